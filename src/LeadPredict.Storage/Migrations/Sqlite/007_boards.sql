-- What the pages show, made from the history at one instant and made anew when it has grown old. Nothing here is a source: all of it can be deleted.
-- content: the aggregates, as JSON.
CREATE TABLE boards (
    name    TEXT NOT NULL PRIMARY KEY,
    made_at INTEGER NOT NULL,
    content TEXT NOT NULL
) STRICT;

-- The call list. sought: what is found by, in lower case. value: what the list is ordered by, the worth of a call or, where none is known, the chance.
CREATE TABLE call_list (
    lead_id     TEXT NOT NULL PRIMARY KEY,
    stage       TEXT NOT NULL,
    source      TEXT NOT NULL,
    owner       TEXT NOT NULL,
    grade       TEXT NOT NULL,
    agreement   TEXT NOT NULL,
    sought      TEXT NOT NULL,
    value       REAL NOT NULL,
    worth       REAL,
    probability REAL NOT NULL,
    points      REAL,
    stage_since INTEGER NOT NULL,
    call_due    INTEGER
) STRICT;

CREATE INDEX call_list_by_value ON call_list (value DESC, probability DESC, lead_id);

-- The rows as they are shown; apart, so that counting and sorting does not read them.
CREATE TABLE call_texts (
    lead_id TEXT NOT NULL PRIMARY KEY,
    content TEXT NOT NULL
) STRICT;
