-- Every score that was served or made by rescoring, with what it said. Instants are whole microseconds since 1970.
-- role: champion answered, challenger was scored beside it. origin: served, or rescored by the service itself.
CREATE TABLE score_log (
    id                INTEGER PRIMARY KEY,
    at                INTEGER NOT NULL,
    lead_id           TEXT NOT NULL,
    as_of             INTEGER NOT NULL,
    model             TEXT NOT NULL,
    version           INTEGER NOT NULL,
    hash              TEXT NOT NULL,
    role              TEXT NOT NULL,
    origin            TEXT NOT NULL,
    fingerprint       TEXT NOT NULL,
    stage             TEXT NOT NULL,
    score             INTEGER NOT NULL,
    grade             TEXT NOT NULL,
    points            REAL,
    p_sql             REAL,
    p_close_given_sql REAL,
    p_close           REAL,
    next_stage        TEXT NOT NULL,
    next_action       TEXT NOT NULL,
    answer            TEXT
) STRICT;

CREATE INDEX score_log_by_lead ON score_log (lead_id, at);
CREATE INDEX score_log_by_model ON score_log (model, at);

-- The last score of each stored lead: what rescoring compares with. No reference: a lead may be forgotten.
CREATE TABLE lead_scores (
    lead_id     TEXT NOT NULL PRIMARY KEY,
    as_of       INTEGER NOT NULL,
    model       TEXT NOT NULL,
    version     INTEGER NOT NULL,
    stage       TEXT NOT NULL,
    score       INTEGER NOT NULL,
    next_stage  TEXT NOT NULL,
    next_action TEXT NOT NULL
) STRICT;

CREATE INDEX lead_scores_by_age ON lead_scores (as_of);

-- Events that wait to be delivered, were delivered, or could not be. The order of id is the order of delivery for a lead.
CREATE TABLE outbox (
    id           INTEGER PRIMARY KEY,
    event_id     TEXT NOT NULL UNIQUE,
    lead_id      TEXT NOT NULL,
    kind         TEXT NOT NULL,
    payload      TEXT NOT NULL,
    created_at   INTEGER NOT NULL,
    attempts     INTEGER NOT NULL,
    due_at       INTEGER NOT NULL,
    delivered_at INTEGER,
    dead_at      INTEGER,
    error        TEXT
) STRICT;

CREATE INDEX outbox_waiting ON outbox (lead_id, id) WHERE delivered_at IS NULL AND dead_at IS NULL;
CREATE INDEX outbox_due ON outbox (due_at) WHERE delivered_at IS NULL AND dead_at IS NULL;

-- Which of several services does a work that only one may do.
CREATE TABLE work_leases (
    name  TEXT NOT NULL PRIMARY KEY,
    owner TEXT NOT NULL,
    until INTEGER NOT NULL
) STRICT;
