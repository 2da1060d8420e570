-- What marketing and sales agreed on, state by state, and what is kept of each decision beside its transition.
CREATE TABLE handoff_definitions (
    version    INTEGER NOT NULL PRIMARY KEY,
    yaml       TEXT    NOT NULL,
    adopted_at INTEGER NOT NULL,
    actor      TEXT
) STRICT;

CREATE TABLE decisions (
    lead_key            INTEGER NOT NULL REFERENCES leads (lead_key),
    transition_id       TEXT    NOT NULL,
    action              TEXT    NOT NULL,
    definitions_version INTEGER NOT NULL,
    note                TEXT,
    PRIMARY KEY (lead_key, transition_id)
) STRICT, WITHOUT ROWID;
