-- Everything Kind in Kaart keeps. Tenant is in every primary key, unique index and foreign key; ids are UUIDv7 text;
-- "body" holds the record as JSON, sealed with the key in data_key where it is about a child, a class or a card.
-- +goose Up

-- What belongs to the whole installation: the check value of the key and the wrapped keys for lookups and the audit chain.
CREATE TABLE meta (
  name TEXT COLLATE "C" NOT NULL PRIMARY KEY,
  value BYTEA NOT NULL
);

-- Every tenant with any data, for jobs that visit all of them.
CREATE TABLE tenant (
  id TEXT COLLATE "C" NOT NULL PRIMARY KEY
);

-- One data key per child and per class, wrapped by the master key. Without its row the records can never be read again.
CREATE TABLE data_key (
  tenant TEXT COLLATE "C" NOT NULL,
  kind TEXT COLLATE "C" NOT NULL,
  id TEXT COLLATE "C" NOT NULL,
  version BIGINT NOT NULL,
  kek BIGINT NOT NULL,
  wrapped BYTEA NOT NULL,
  PRIMARY KEY (tenant, kind, id)
);

-- Who was erased: replayed after a backup is put back, and nothing can be written for them any more.
CREATE TABLE erasure (
  tenant TEXT COLLATE "C" NOT NULL,
  kind TEXT COLLATE "C" NOT NULL,
  id TEXT COLLATE "C" NOT NULL,
  at TIMESTAMPTZ NOT NULL,
  PRIMARY KEY (tenant, kind, id)
);

CREATE TABLE school (
  tenant TEXT COLLATE "C" NOT NULL,
  id TEXT COLLATE "C" NOT NULL,
  brin TEXT COLLATE "C",
  stored_at TIMESTAMPTZ NOT NULL,
  version BIGINT NOT NULL,
  key_version BIGINT NOT NULL,
  body BYTEA NOT NULL,
  PRIMARY KEY (tenant, id),
  UNIQUE (tenant, brin)
);

CREATE TABLE klas (
  tenant TEXT COLLATE "C" NOT NULL,
  id TEXT COLLATE "C" NOT NULL,
  organisation TEXT COLLATE "C" NOT NULL,
  owner TEXT COLLATE "C" NOT NULL,
  teacher TEXT COLLATE "C" NOT NULL,
  school_id TEXT COLLATE "C",
  created_at TIMESTAMPTZ NOT NULL,
  stored_at TIMESTAMPTZ NOT NULL,
  version BIGINT NOT NULL,
  key_version BIGINT NOT NULL,
  body BYTEA NOT NULL,
  PRIMARY KEY (tenant, id),
  FOREIGN KEY (tenant, school_id) REFERENCES school (tenant, id)
);
CREATE INDEX klas_school ON klas (tenant, school_id);
CREATE INDEX klas_owner ON klas (tenant, owner);

CREATE TABLE child (
  tenant TEXT COLLATE "C" NOT NULL,
  id TEXT COLLATE "C" NOT NULL,
  organisation TEXT COLLATE "C" NOT NULL,
  owner TEXT COLLATE "C" NOT NULL,
  cover TEXT COLLATE "C" NOT NULL,
  school_id TEXT COLLATE "C",
  created_at TIMESTAMPTZ NOT NULL,
  stored_at TIMESTAMPTZ NOT NULL,
  version BIGINT NOT NULL,
  key_version BIGINT NOT NULL,
  body BYTEA NOT NULL,
  PRIMARY KEY (tenant, id),
  FOREIGN KEY (tenant, school_id) REFERENCES school (tenant, id)
);
CREATE INDEX child_owner ON child (tenant, owner);
CREATE INDEX child_cover ON child (tenant, cover);
CREATE INDEX child_school ON child (tenant, school_id);

CREATE TABLE card (
  tenant TEXT COLLATE "C" NOT NULL,
  id TEXT COLLATE "C" NOT NULL,
  klas_id TEXT COLLATE "C" NOT NULL,
  child_id TEXT COLLATE "C",
  code_hash TEXT COLLATE "C" NOT NULL,
  state TEXT COLLATE "C" NOT NULL,
  expires_at TIMESTAMPTZ NOT NULL,
  stored_at TIMESTAMPTZ NOT NULL,
  version BIGINT NOT NULL,
  key_version BIGINT NOT NULL,
  body BYTEA NOT NULL,
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
  key_hash TEXT COLLATE "C" NOT NULL PRIMARY KEY,
  tenant TEXT COLLATE "C" NOT NULL,
  card_id TEXT COLLATE "C" NOT NULL,
  FOREIGN KEY (tenant, card_id) REFERENCES card (tenant, id) ON DELETE CASCADE
);
CREATE INDEX card_tenant_card ON card_tenant (tenant, card_id);

CREATE TABLE consent (
  tenant TEXT COLLATE "C" NOT NULL,
  id TEXT COLLATE "C" NOT NULL,
  child_id TEXT COLLATE "C" NOT NULL,
  stored_at TIMESTAMPTZ NOT NULL,
  version BIGINT NOT NULL,
  key_version BIGINT NOT NULL,
  body BYTEA NOT NULL,
  PRIMARY KEY (tenant, id),
  FOREIGN KEY (tenant, child_id) REFERENCES child (tenant, id)
);
CREATE INDEX consent_child ON consent (tenant, child_id);

CREATE TABLE afname (
  tenant TEXT COLLATE "C" NOT NULL,
  id TEXT COLLATE "C" NOT NULL,
  child_id TEXT COLLATE "C",
  klas_id TEXT COLLATE "C",
  finished BOOLEAN NOT NULL,
  started_at TIMESTAMPTZ NOT NULL,
  stored_at TIMESTAMPTZ NOT NULL,
  version BIGINT NOT NULL,
  key_version BIGINT NOT NULL,
  body BYTEA NOT NULL,
  PRIMARY KEY (tenant, id),
  FOREIGN KEY (tenant, child_id) REFERENCES child (tenant, id),
  FOREIGN KEY (tenant, klas_id) REFERENCES klas (tenant, id),
  CHECK (child_id IS NOT NULL OR klas_id IS NOT NULL)
);
CREATE INDEX afname_child ON afname (tenant, child_id);
CREATE INDEX afname_klas ON afname (tenant, klas_id);

CREATE TABLE traject (
  tenant TEXT COLLATE "C" NOT NULL,
  id TEXT COLLATE "C" NOT NULL,
  child_id TEXT COLLATE "C" NOT NULL,
  organisation TEXT COLLATE "C" NOT NULL,
  owner TEXT COLLATE "C" NOT NULL,
  cover TEXT COLLATE "C" NOT NULL,
  school_id TEXT COLLATE "C",
  stage TEXT COLLATE "C" NOT NULL,
  since TEXT COLLATE "C" NOT NULL,
  stored_at TIMESTAMPTZ NOT NULL,
  version BIGINT NOT NULL,
  key_version BIGINT NOT NULL,
  body BYTEA NOT NULL,
  PRIMARY KEY (tenant, id),
  FOREIGN KEY (tenant, child_id) REFERENCES child (tenant, id),
  FOREIGN KEY (tenant, school_id) REFERENCES school (tenant, id)
);
CREATE INDEX traject_child ON traject (tenant, child_id);
CREATE INDEX traject_owner ON traject (tenant, owner);
CREATE INDEX traject_school ON traject (tenant, school_id);
CREATE INDEX traject_stage ON traject (tenant, stage);

CREATE TABLE traject_event (
  tenant TEXT COLLATE "C" NOT NULL,
  id TEXT COLLATE "C" NOT NULL,
  child_id TEXT COLLATE "C" NOT NULL,
  traject_id TEXT COLLATE "C" NOT NULL,
  stored_at TIMESTAMPTZ NOT NULL,
  version BIGINT NOT NULL,
  key_version BIGINT NOT NULL,
  body BYTEA NOT NULL,
  PRIMARY KEY (tenant, id),
  FOREIGN KEY (tenant, child_id) REFERENCES child (tenant, id),
  FOREIGN KEY (tenant, traject_id) REFERENCES traject (tenant, id)
);
CREATE INDEX traject_event_traject ON traject_event (tenant, traject_id);
CREATE INDEX traject_event_child ON traject_event (tenant, child_id);

CREATE TABLE task (
  tenant TEXT COLLATE "C" NOT NULL,
  id TEXT COLLATE "C" NOT NULL,
  child_id TEXT COLLATE "C" NOT NULL,
  traject_id TEXT COLLATE "C" NOT NULL,
  due TEXT COLLATE "C" NOT NULL,
  done BOOLEAN NOT NULL,
  stored_at TIMESTAMPTZ NOT NULL,
  version BIGINT NOT NULL,
  key_version BIGINT NOT NULL,
  body BYTEA NOT NULL,
  PRIMARY KEY (tenant, id),
  FOREIGN KEY (tenant, child_id) REFERENCES child (tenant, id),
  FOREIGN KEY (tenant, traject_id) REFERENCES traject (tenant, id)
);
CREATE INDEX task_traject ON task (tenant, traject_id);
CREATE INDEX task_child ON task (tenant, child_id);

CREATE TABLE "check" (
  tenant TEXT COLLATE "C" NOT NULL,
  id TEXT COLLATE "C" NOT NULL,
  child_id TEXT COLLATE "C" NOT NULL,
  traject_id TEXT COLLATE "C" NOT NULL,
  due TEXT COLLATE "C" NOT NULL,
  done BOOLEAN NOT NULL,
  stored_at TIMESTAMPTZ NOT NULL,
  version BIGINT NOT NULL,
  key_version BIGINT NOT NULL,
  body BYTEA NOT NULL,
  PRIMARY KEY (tenant, id),
  FOREIGN KEY (tenant, child_id) REFERENCES child (tenant, id),
  FOREIGN KEY (tenant, traject_id) REFERENCES traject (tenant, id)
);
CREATE INDEX check_traject ON "check" (tenant, traject_id);
CREATE INDEX check_child ON "check" (tenant, child_id);

-- The catalogue is about organisations and what they offer; it can live in a database of its own.
CREATE TABLE partner (
  tenant TEXT COLLATE "C" NOT NULL,
  id TEXT COLLATE "C" NOT NULL,
  source TEXT COLLATE "C",
  source_id TEXT COLLATE "C",
  version BIGINT NOT NULL,
  body TEXT COLLATE "C" NOT NULL,
  PRIMARY KEY (tenant, id),
  UNIQUE (tenant, source, source_id)
);

CREATE TABLE activity (
  tenant TEXT COLLATE "C" NOT NULL,
  id TEXT COLLATE "C" NOT NULL,
  partner_id TEXT COLLATE "C",
  state TEXT COLLATE "C" NOT NULL,
  source TEXT COLLATE "C",
  source_id TEXT COLLATE "C",
  version BIGINT NOT NULL,
  body TEXT COLLATE "C" NOT NULL,
  PRIMARY KEY (tenant, id),
  UNIQUE (tenant, source, source_id),
  FOREIGN KEY (tenant, partner_id) REFERENCES partner (tenant, id)
);
CREATE INDEX activity_partner ON activity (tenant, partner_id);

CREATE TABLE catalog_head (
  tenant TEXT COLLATE "C" NOT NULL PRIMARY KEY,
  seq BIGINT NOT NULL
);

CREATE TABLE change (
  tenant TEXT COLLATE "C" NOT NULL,
  seq BIGINT NOT NULL,
  kind TEXT COLLATE "C" NOT NULL,
  id TEXT COLLATE "C" NOT NULL,
  PRIMARY KEY (tenant, seq)
);

CREATE TABLE scheme (
  tenant TEXT COLLATE "C" NOT NULL,
  id TEXT COLLATE "C" NOT NULL,
  verified BOOLEAN NOT NULL,
  valid_from TEXT COLLATE "C" NOT NULL,
  valid_to TEXT COLLATE "C" NOT NULL,
  body TEXT COLLATE "C" NOT NULL,
  PRIMARY KEY (tenant, id)
);

-- People who log in. Login and token are looked up before the tenant is known, so they are also indexed alone
-- and row security does not hold for them.
CREATE TABLE account (
  tenant TEXT COLLATE "C" NOT NULL,
  id TEXT COLLATE "C" NOT NULL,
  login TEXT COLLATE "C" NOT NULL,
  version BIGINT NOT NULL,
  body TEXT COLLATE "C" NOT NULL,
  PRIMARY KEY (tenant, id),
  UNIQUE (tenant, login)
);
CREATE INDEX account_login ON account (login);

CREATE TABLE session (
  tenant TEXT COLLATE "C" NOT NULL,
  token_hash TEXT COLLATE "C" NOT NULL,
  account_id TEXT COLLATE "C" NOT NULL,
  created_at TIMESTAMPTZ NOT NULL,
  seen_at TIMESTAMPTZ NOT NULL,
  PRIMARY KEY (tenant, token_hash),
  FOREIGN KEY (tenant, account_id) REFERENCES account (tenant, id)
);
CREATE INDEX session_token ON session (token_hash);
CREATE INDEX session_account ON session (tenant, account_id);

-- Attempts are counted before anybody knows of which tenant they are; the key is a keyed hash.
CREATE TABLE attempt (
  key_hash TEXT COLLATE "C" NOT NULL PRIMARY KEY,
  began TIMESTAMPTZ NOT NULL,
  n BIGINT NOT NULL
);

CREATE TABLE audit_head (
  tenant TEXT COLLATE "C" NOT NULL PRIMARY KEY,
  seq BIGINT NOT NULL,
  hash BYTEA NOT NULL
);

CREATE TABLE audit_event (
  tenant TEXT COLLATE "C" NOT NULL,
  seq BIGINT NOT NULL,
  id TEXT COLLATE "C" NOT NULL,
  at TIMESTAMPTZ NOT NULL,
  actor TEXT COLLATE "C" NOT NULL,
  role TEXT COLLATE "C" NOT NULL,
  action TEXT COLLATE "C" NOT NULL,
  kind TEXT COLLATE "C" NOT NULL,
  subject TEXT COLLATE "C" NOT NULL,
  purpose TEXT COLLATE "C" NOT NULL,
  detail TEXT COLLATE "C" NOT NULL,
  hash BYTEA NOT NULL,
  PRIMARY KEY (tenant, seq)
);
CREATE INDEX audit_event_subject ON audit_event (tenant, kind, subject);

-- Public facts, the same for every tenant: no tenant in the key.
CREATE TABLE postcode (
  code TEXT COLLATE "C" NOT NULL PRIMARY KEY,
  pc4 TEXT COLLATE "C" NOT NULL,
  lat DOUBLE PRECISION NOT NULL,
  lon DOUBLE PRECISION NOT NULL,
  residence TEXT COLLATE "C" NOT NULL,
  wijk TEXT COLLATE "C" NOT NULL
);
CREATE INDEX postcode_pc4 ON postcode (pc4);

CREATE TABLE area (
  code TEXT COLLATE "C" NOT NULL PRIMARY KEY,
  kind TEXT COLLATE "C" NOT NULL,
  name TEXT COLLATE "C" NOT NULL,
  residence TEXT COLLATE "C" NOT NULL,
  geojson TEXT COLLATE "C" NOT NULL
);

CREATE TABLE holiday (
  region TEXT COLLATE "C" NOT NULL,
  name TEXT COLLATE "C" NOT NULL,
  from_day TEXT COLLATE "C" NOT NULL,
  to_day TEXT COLLATE "C" NOT NULL,
  PRIMARY KEY (region, name, from_day)
);

-- The audit log only grows.
-- +goose StatementBegin
CREATE FUNCTION audit_event_refuse() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
  RAISE EXCEPTION 'audit_event only grows';
END $$;
-- +goose StatementEnd
CREATE TRIGGER audit_event_keep BEFORE UPDATE OR DELETE ON audit_event FOR EACH ROW EXECUTE FUNCTION audit_event_refuse();
CREATE TRIGGER audit_event_keep_all BEFORE TRUNCATE ON audit_event FOR EACH STATEMENT EXECUTE FUNCTION audit_event_refuse();

-- A second wall: a transaction sees the rows of the tenant it named in app.tenant, and without one it sees none.
-- +goose StatementBegin
DO $$
DECLARE name TEXT;
BEGIN
  FOREACH name IN ARRAY ARRAY['data_key', 'erasure', 'school', 'klas', 'child', 'card', 'consent', 'afname', 'traject',
    'traject_event', 'task', 'check', 'partner', 'activity', 'change', 'catalog_head', 'scheme', 'audit_event'] LOOP
    EXECUTE format('ALTER TABLE %I ENABLE ROW LEVEL SECURITY', name);
    EXECUTE format('ALTER TABLE %I FORCE ROW LEVEL SECURITY', name);
    EXECUTE format('CREATE POLICY tenant_only ON %I USING (tenant = NULLIF(current_setting(''app.tenant'', true), ''''))', name);
  END LOOP;
END $$;
-- +goose StatementEnd
