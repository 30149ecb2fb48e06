-- When something changed, and what about an activity is better than it was. Lines that are older have neither and are no news.
-- +goose Up
ALTER TABLE change ADD COLUMN at TIMESTAMPTZ;
ALTER TABLE change ADD COLUMN better TEXT COLLATE "C";
CREATE INDEX change_better ON change (tenant, seq) WHERE better IS NOT NULL;
