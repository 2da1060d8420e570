-- Leads that are one person, and accounts that are one company. Nothing is moved: a lead says as what it is read.
ALTER TABLE leads ADD COLUMN merged_into text COLLATE "C";
ALTER TABLE leads ADD COLUMN read_account text COLLATE "C";
ALTER TABLE leads ADD COLUMN read_group text COLLATE "C";

-- The group that reads go by, in place of group_key, which says what it would be without merges.
ALTER TABLE leads ADD COLUMN reading text COLLATE "C" GENERATED ALWAYS AS
    (coalesce(read_group, CASE WHEN account_id IS NULL THEN 'lead:' || id ELSE 'account:' || account_id END)) STORED;

DROP INDEX leads_by_group;
CREATE INDEX leads_by_reading ON leads (reading, id);
CREATE INDEX leads_read_otherwise ON leads (id) WHERE read_group IS NOT NULL;

-- kind: lead (merged is read as kept), account (the same of companies), attach (merged is a lead, kept its account).
-- root is what kept itself is read as while the merge is open.
CREATE TABLE merges (
    id        bigint NOT NULL GENERATED ALWAYS AS IDENTITY PRIMARY KEY,
    kind      text COLLATE "C" NOT NULL,
    kept      text COLLATE "C" NOT NULL,
    merged    text COLLATE "C" NOT NULL,
    root      text COLLATE "C" NOT NULL,
    reason    text NOT NULL,
    merged_at bigint NOT NULL,
    undone_at bigint
);

CREATE UNIQUE INDEX merges_open ON merges (kind, merged) WHERE undone_at IS NULL;

-- People who asked to be forgotten: a salted hash of an identifier or an address, never either of them. The salt is in settings.
CREATE TABLE suppressions (
    hash         text COLLATE "C" NOT NULL PRIMARY KEY,
    forgotten_at bigint NOT NULL
);
