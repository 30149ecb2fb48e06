-- The sealed record of a child now also holds another place to search from and what funds granted. They have no columns of
-- their own, so no table changes; but an older program would lose them when it writes the record, so it must refuse this
-- database.
-- +goose Up
SELECT 1;
