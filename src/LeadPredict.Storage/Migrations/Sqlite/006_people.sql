-- Leads that are one person, and accounts that are one company. Nothing is moved: a lead says as what it is read.
ALTER TABLE leads ADD COLUMN merged_into TEXT;
ALTER TABLE leads ADD COLUMN read_account TEXT;
ALTER TABLE leads ADD COLUMN read_group TEXT;

-- The group that reads go by, in place of group_key, which says what it would be without merges.
ALTER TABLE leads ADD COLUMN reading TEXT GENERATED ALWAYS AS
    (coalesce(read_group, CASE WHEN account_id IS NULL THEN 'lead:' || id ELSE 'account:' || account_id END)) VIRTUAL;

DROP INDEX leads_by_group;
CREATE INDEX leads_by_reading ON leads (reading, id);
CREATE INDEX leads_read_otherwise ON leads (id) WHERE read_group IS NOT NULL;

-- kind: lead (merged is read as kept), account (the same of companies), attach (merged is a lead, kept its account).
-- root is what kept itself is read as while the merge is open.
CREATE TABLE merges (
    id        INTEGER PRIMARY KEY,
    kind      TEXT    NOT NULL,
    kept      TEXT    NOT NULL,
    merged    TEXT    NOT NULL,
    root      TEXT    NOT NULL,
    reason    TEXT    NOT NULL,
    merged_at INTEGER NOT NULL,
    undone_at INTEGER
) STRICT;

CREATE UNIQUE INDEX merges_open ON merges (kind, merged) WHERE undone_at IS NULL;

-- People who asked to be forgotten: a salted hash of an identifier or an address, never either of them. The salt is in settings.
CREATE TABLE suppressions (
    hash         TEXT    NOT NULL PRIMARY KEY,
    forgotten_at INTEGER NOT NULL
) STRICT, WITHOUT ROWID;
