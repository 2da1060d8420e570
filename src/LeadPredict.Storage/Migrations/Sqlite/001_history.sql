-- The lead history. Rows are only ever added; the first write of an identifier stands.
-- Instants are whole microseconds since 1970-01-01T00:00:00Z.

CREATE TABLE accounts (
    id          TEXT    NOT NULL PRIMARY KEY,
    name        TEXT,
    domain      TEXT,
    created_at  INTEGER NOT NULL,
    recorded_at INTEGER NOT NULL
) STRICT, WITHOUT ROWID;

-- account_id may name an account of which nothing else is known: no reference.
-- group_key is what splits and streaming reads go by.
CREATE TABLE leads (
    lead_key    INTEGER PRIMARY KEY,
    id          TEXT    NOT NULL UNIQUE,
    account_id  TEXT,
    source      TEXT,
    created_at  INTEGER NOT NULL,
    recorded_at INTEGER NOT NULL,
    group_key   TEXT    NOT NULL GENERATED ALWAYS AS
        (CASE WHEN account_id IS NULL THEN 'lead:' || id ELSE 'account:' || account_id END) VIRTUAL
) STRICT;

CREATE INDEX leads_by_group ON leads (group_key, id);

-- The rows of a lead lie together (clustered by lead_key), so that reading one lead, or all of them in
-- order of group, follows the tables and sorts nothing.
CREATE TABLE touches (
    lead_key    INTEGER NOT NULL REFERENCES leads (lead_key),
    id          TEXT    NOT NULL UNIQUE,
    type        TEXT    NOT NULL,
    occurred_at INTEGER NOT NULL,
    recorded_at INTEGER NOT NULL,
    properties  TEXT,
    PRIMARY KEY (lead_key, id)
) STRICT, WITHOUT ROWID;

-- kind: 0 missing (cleared), 1 text, 2 number, 3 boolean (number is 1 or 0).
CREATE TABLE attributes (
    lead_key    INTEGER NOT NULL REFERENCES leads (lead_key),
    name        TEXT    NOT NULL,
    occurred_at INTEGER NOT NULL,
    recorded_at INTEGER NOT NULL,
    kind        INTEGER NOT NULL CHECK (kind BETWEEN 0 AND 3),
    text        TEXT,
    number      REAL,
    PRIMARY KEY (lead_key, name, occurred_at, recorded_at)
) STRICT, WITHOUT ROWID;

CREATE TABLE transitions (
    lead_key    INTEGER NOT NULL REFERENCES leads (lead_key),
    id          TEXT    NOT NULL UNIQUE,
    stage       TEXT    NOT NULL,
    occurred_at INTEGER NOT NULL,
    recorded_at INTEGER NOT NULL,
    actor       TEXT,
    reason      TEXT,
    PRIMARY KEY (lead_key, id)
) STRICT, WITHOUT ROWID;

-- amount is decimal text: money keeps its digits.
CREATE TABLE outcomes (
    lead_key    INTEGER NOT NULL REFERENCES leads (lead_key),
    id          TEXT    NOT NULL UNIQUE,
    won         INTEGER NOT NULL CHECK (won IN (0, 1)),
    amount      TEXT,
    currency    TEXT,
    occurred_at INTEGER NOT NULL,
    recorded_at INTEGER NOT NULL,
    PRIMARY KEY (lead_key, id)
) STRICT, WITHOUT ROWID;

-- What the company decided once, such as the steps of its funnel, as JSON.
CREATE TABLE settings (
    name  TEXT NOT NULL PRIMARY KEY,
    value TEXT NOT NULL
) STRICT, WITHOUT ROWID;
