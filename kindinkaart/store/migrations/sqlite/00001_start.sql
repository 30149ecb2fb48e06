-- Everything Kind in Kaart keeps. Tenant is in every primary key, unique index and foreign key; ids are UUIDv7 text;
-- "body" holds the record as JSON, sealed with the key in data_key where it is about a child, a class or a card.
-- +goose Up

-- What belongs to the whole installation: the check value of the key and the wrapped keys for lookups and the audit chain.
CREATE TABLE meta (
  name TEXT NOT NULL PRIMARY KEY,
  value BLOB NOT NULL
);

-- Every tenant with any data, for jobs that visit all of them.
CREATE TABLE tenant (
  id TEXT NOT NULL PRIMARY KEY
);

-- One data key per child and per class, wrapped by the master key. Without its row the records can never be read again.
CREATE TABLE data_key (
  tenant TEXT NOT NULL,
  kind TEXT NOT NULL,
  id TEXT NOT NULL,
  version INTEGER NOT NULL,
  kek INTEGER NOT NULL,
  wrapped BLOB NOT NULL,
  PRIMARY KEY (tenant, kind, id)
);

-- Who was erased: replayed after a backup is put back, and nothing can be written for them any more.
CREATE TABLE erasure (
  tenant TEXT NOT NULL,
  kind TEXT NOT NULL,
  id TEXT NOT NULL,
  at TIMESTAMP NOT NULL,
  PRIMARY KEY (tenant, kind, id)
);

CREATE TABLE school (
  tenant TEXT NOT NULL,
  id TEXT NOT NULL,
  brin TEXT,
  stored_at TIMESTAMP NOT NULL,
  version INTEGER NOT NULL,
  key_version INTEGER NOT NULL,
  body BLOB NOT NULL,
  PRIMARY KEY (tenant, id),
  UNIQUE (tenant, brin)
);

CREATE TABLE klas (
  tenant TEXT NOT NULL,
  id TEXT NOT NULL,
  organisation TEXT NOT NULL,
  owner TEXT NOT NULL,
  teacher TEXT NOT NULL,
  school_id TEXT,
  created_at TIMESTAMP NOT NULL,
  stored_at TIMESTAMP NOT NULL,
  version INTEGER NOT NULL,
  key_version INTEGER NOT NULL,
  body BLOB NOT NULL,
  PRIMARY KEY (tenant, id),
  FOREIGN KEY (tenant, school_id) REFERENCES school (tenant, id)
);
CREATE INDEX klas_school ON klas (tenant, school_id);
CREATE INDEX klas_owner ON klas (tenant, owner);

CREATE TABLE child (
  tenant TEXT NOT NULL,
  id TEXT NOT NULL,
  organisation TEXT NOT NULL,
  owner TEXT NOT NULL,
  cover TEXT NOT NULL,
  school_id TEXT,
  created_at TIMESTAMP NOT NULL,
  stored_at TIMESTAMP NOT NULL,
  version INTEGER NOT NULL,
  key_version INTEGER NOT NULL,
  body BLOB NOT NULL,
  PRIMARY KEY (tenant, id),
  FOREIGN KEY (tenant, school_id) REFERENCES school (tenant, id)
);
CREATE INDEX child_owner ON child (tenant, owner);
CREATE INDEX child_cover ON child (tenant, cover);
CREATE INDEX child_school ON child (tenant, school_id);

CREATE TABLE card (
  tenant TEXT NOT NULL,
  id TEXT NOT NULL,
  klas_id TEXT NOT NULL,
  child_id TEXT,
  code_hash TEXT NOT NULL,
  state TEXT NOT NULL,
  expires_at TIMESTAMP NOT NULL,
  stored_at TIMESTAMP NOT NULL,
  version INTEGER NOT NULL,
  key_version INTEGER NOT NULL,
  body BLOB NOT NULL,
  PRIMARY KEY (tenant, id),
  UNIQUE (tenant, code_hash),
  FOREIGN KEY (tenant, klas_id) REFERENCES klas (tenant, id),
  FOREIGN KEY (tenant, child_id) REFERENCES child (tenant, id)
);
CREATE INDEX card_klas ON card (tenant, klas_id);
CREATE INDEX card_child ON card (tenant, child_id);

-- A child with a card has no account: its code or card is looked up here before the tenant is known. The key is a keyed
-- hash, so that a code is unique over all tenants; row security does not hold for this table.
CREATE TABLE card_tenant (
  key_hash TEXT NOT NULL PRIMARY KEY,
  tenant TEXT NOT NULL,
  card_id TEXT NOT NULL,
  FOREIGN KEY (tenant, card_id) REFERENCES card (tenant, id) ON DELETE CASCADE
);
CREATE INDEX card_tenant_card ON card_tenant (tenant, card_id);

CREATE TABLE consent (
  tenant TEXT NOT NULL,
  id TEXT NOT NULL,
  child_id TEXT NOT NULL,
  stored_at TIMESTAMP NOT NULL,
  version INTEGER NOT NULL,
  key_version INTEGER NOT NULL,
  body BLOB NOT NULL,
  PRIMARY KEY (tenant, id),
  FOREIGN KEY (tenant, child_id) REFERENCES child (tenant, id)
);
CREATE INDEX consent_child ON consent (tenant, child_id);

CREATE TABLE afname (
  tenant TEXT NOT NULL,
  id TEXT NOT NULL,
  child_id TEXT,
  klas_id TEXT,
  finished BOOLEAN NOT NULL,
  started_at TIMESTAMP NOT NULL,
  stored_at TIMESTAMP NOT NULL,
  version INTEGER NOT NULL,
  key_version INTEGER NOT NULL,
  body BLOB NOT NULL,
  PRIMARY KEY (tenant, id),
  FOREIGN KEY (tenant, child_id) REFERENCES child (tenant, id),
  FOREIGN KEY (tenant, klas_id) REFERENCES klas (tenant, id),
  CHECK (child_id IS NOT NULL OR klas_id IS NOT NULL)
);
CREATE INDEX afname_child ON afname (tenant, child_id);
CREATE INDEX afname_klas ON afname (tenant, klas_id);

CREATE TABLE traject (
  tenant TEXT NOT NULL,
  id TEXT NOT NULL,
  child_id TEXT NOT NULL,
  organisation TEXT NOT NULL,
  owner TEXT NOT NULL,
  cover TEXT NOT NULL,
  school_id TEXT,
  stage TEXT NOT NULL,
  since TEXT NOT NULL,
  stored_at TIMESTAMP NOT NULL,
  version INTEGER NOT NULL,
  key_version INTEGER NOT NULL,
  body BLOB NOT NULL,
  PRIMARY KEY (tenant, id),
  FOREIGN KEY (tenant, child_id) REFERENCES child (tenant, id),
  FOREIGN KEY (tenant, school_id) REFERENCES school (tenant, id)
);
CREATE INDEX traject_child ON traject (tenant, child_id);
CREATE INDEX traject_owner ON traject (tenant, owner);
CREATE INDEX traject_school ON traject (tenant, school_id);
CREATE INDEX traject_stage ON traject (tenant, stage);

CREATE TABLE traject_event (
  tenant TEXT NOT NULL,
  id TEXT NOT NULL,
  child_id TEXT NOT NULL,
  traject_id TEXT NOT NULL,
  stored_at TIMESTAMP NOT NULL,
  version INTEGER NOT NULL,
  key_version INTEGER NOT NULL,
  body BLOB NOT NULL,
  PRIMARY KEY (tenant, id),
  FOREIGN KEY (tenant, child_id) REFERENCES child (tenant, id),
  FOREIGN KEY (tenant, traject_id) REFERENCES traject (tenant, id)
);
CREATE INDEX traject_event_traject ON traject_event (tenant, traject_id);
CREATE INDEX traject_event_child ON traject_event (tenant, child_id);

CREATE TABLE task (
  tenant TEXT NOT NULL,
  id TEXT NOT NULL,
  child_id TEXT NOT NULL,
  traject_id TEXT NOT NULL,
  due TEXT NOT NULL,
  done BOOLEAN NOT NULL,
  stored_at TIMESTAMP NOT NULL,
  version INTEGER NOT NULL,
  key_version INTEGER NOT NULL,
  body BLOB NOT NULL,
  PRIMARY KEY (tenant, id),
  FOREIGN KEY (tenant, child_id) REFERENCES child (tenant, id),
  FOREIGN KEY (tenant, traject_id) REFERENCES traject (tenant, id)
);
CREATE INDEX task_traject ON task (tenant, traject_id);
CREATE INDEX task_child ON task (tenant, child_id);

CREATE TABLE "check" (
  tenant TEXT NOT NULL,
  id TEXT NOT NULL,
  child_id TEXT NOT NULL,
  traject_id TEXT NOT NULL,
  due TEXT NOT NULL,
  done BOOLEAN NOT NULL,
  stored_at TIMESTAMP NOT NULL,
  version INTEGER NOT NULL,
  key_version INTEGER NOT NULL,
  body BLOB NOT NULL,
  PRIMARY KEY (tenant, id),
  FOREIGN KEY (tenant, child_id) REFERENCES child (tenant, id),
  FOREIGN KEY (tenant, traject_id) REFERENCES traject (tenant, id)
);
CREATE INDEX check_traject ON "check" (tenant, traject_id);
CREATE INDEX check_child ON "check" (tenant, child_id);

-- The catalogue is about organisations and what they offer; it can live in a database of its own.
CREATE TABLE partner (
  tenant TEXT NOT NULL,
  id TEXT NOT NULL,
  source TEXT,
  source_id TEXT,
  version INTEGER NOT NULL,
  body TEXT NOT NULL,
  PRIMARY KEY (tenant, id),
  UNIQUE (tenant, source, source_id)
);

CREATE TABLE activity (
  tenant TEXT NOT NULL,
  id TEXT NOT NULL,
  partner_id TEXT,
  state TEXT NOT NULL,
  source TEXT,
  source_id TEXT,
  version INTEGER NOT NULL,
  body TEXT NOT NULL,
  PRIMARY KEY (tenant, id),
  UNIQUE (tenant, source, source_id),
  FOREIGN KEY (tenant, partner_id) REFERENCES partner (tenant, id)
);
CREATE INDEX activity_partner ON activity (tenant, partner_id);

CREATE TABLE catalog_head (
  tenant TEXT NOT NULL PRIMARY KEY,
  seq INTEGER NOT NULL
);

CREATE TABLE change (
  tenant TEXT NOT NULL,
  seq INTEGER NOT NULL,
  kind TEXT NOT NULL,
  id TEXT NOT NULL,
  PRIMARY KEY (tenant, seq)
);

CREATE TABLE scheme (
  tenant TEXT NOT NULL,
  id TEXT NOT NULL,
  verified BOOLEAN NOT NULL,
  valid_from TEXT NOT NULL,
  valid_to TEXT NOT NULL,
  body TEXT NOT NULL,
  PRIMARY KEY (tenant, id)
);

-- People who log in. Login and token are looked up before the tenant is known, so they are also indexed alone
-- and row security does not hold for them.
CREATE TABLE account (
  tenant TEXT NOT NULL,
  id TEXT NOT NULL,
  login TEXT NOT NULL,
  version INTEGER NOT NULL,
  body TEXT NOT NULL,
  PRIMARY KEY (tenant, id),
  UNIQUE (tenant, login)
);
CREATE INDEX account_login ON account (login);

CREATE TABLE session (
  tenant TEXT NOT NULL,
  token_hash TEXT NOT NULL,
  account_id TEXT NOT NULL,
  created_at TIMESTAMP NOT NULL,
  seen_at TIMESTAMP NOT NULL,
  PRIMARY KEY (tenant, token_hash),
  FOREIGN KEY (tenant, account_id) REFERENCES account (tenant, id)
);
CREATE INDEX session_token ON session (token_hash);
CREATE INDEX session_account ON session (tenant, account_id);

-- Attempts are counted before anybody knows of which tenant they are; the key is a keyed hash.
CREATE TABLE attempt (
  key_hash TEXT NOT NULL PRIMARY KEY,
  began TIMESTAMP NOT NULL,
  n INTEGER NOT NULL
);

CREATE TABLE audit_head (
  tenant TEXT NOT NULL PRIMARY KEY,
  seq INTEGER NOT NULL,
  hash BLOB NOT NULL
);

CREATE TABLE audit_event (
  tenant TEXT NOT NULL,
  seq INTEGER NOT NULL,
  id TEXT NOT NULL,
  at TIMESTAMP NOT NULL,
  actor TEXT NOT NULL,
  role TEXT NOT NULL,
  action TEXT NOT NULL,
  kind TEXT NOT NULL,
  subject TEXT NOT NULL,
  purpose TEXT NOT NULL,
  detail TEXT NOT NULL,
  hash BLOB NOT NULL,
  PRIMARY KEY (tenant, seq)
);
CREATE INDEX audit_event_subject ON audit_event (tenant, kind, subject);

-- Public facts, the same for every tenant: no tenant in the key.
CREATE TABLE postcode (
  code TEXT NOT NULL PRIMARY KEY,
  pc4 TEXT NOT NULL,
  lat DOUBLE PRECISION NOT NULL,
  lon DOUBLE PRECISION NOT NULL,
  residence TEXT NOT NULL,
  wijk TEXT NOT NULL
);
CREATE INDEX postcode_pc4 ON postcode (pc4);

CREATE TABLE area (
  code TEXT NOT NULL PRIMARY KEY,
  kind TEXT NOT NULL,
  name TEXT NOT NULL,
  residence TEXT NOT NULL,
  geojson TEXT NOT NULL
);

CREATE TABLE holiday (
  region TEXT NOT NULL,
  name TEXT NOT NULL,
  from_day TEXT NOT NULL,
  to_day TEXT NOT NULL,
  PRIMARY KEY (region, name, from_day)
);

-- The audit log only grows.
-- +goose StatementBegin
CREATE TRIGGER audit_event_keep_update BEFORE UPDATE ON audit_event BEGIN
  SELECT RAISE(ABORT, 'audit_event only grows');
END;
-- +goose StatementEnd
-- +goose StatementBegin
CREATE TRIGGER audit_event_keep_delete BEFORE DELETE ON audit_event BEGIN
  SELECT RAISE(ABORT, 'audit_event only grows');
END;
-- +goose StatementEnd
