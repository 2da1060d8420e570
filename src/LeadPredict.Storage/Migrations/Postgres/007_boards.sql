-- What the pages show, made from the history at one instant and made anew when it has grown old. Nothing here is a source: all of it can be deleted.
-- content: the aggregates, as JSON.
CREATE TABLE boards (
    name    text COLLATE "C" NOT NULL PRIMARY KEY,
    made_at bigint NOT NULL,
    content text NOT NULL
);

-- The call list. sought: what is found by, in lower case. value: what the list is ordered by, the worth of a call or, where none is known, the chance.
CREATE TABLE call_list (
    lead_id     text COLLATE "C" NOT NULL PRIMARY KEY,
    stage       text NOT NULL,
    source      text NOT NULL,
    owner       text NOT NULL,
    grade       text NOT NULL,
    agreement   text NOT NULL,
    sought      text NOT NULL,
    value       double precision NOT NULL,
    worth       double precision,
    probability double precision NOT NULL,
    points      double precision,
    stage_since bigint NOT NULL,
    call_due    bigint
);

CREATE INDEX call_list_by_value ON call_list (value DESC, probability DESC, lead_id);

-- The rows as they are shown; apart, so that counting and sorting does not read them.
CREATE TABLE call_texts (
    lead_id text COLLATE "C" NOT NULL PRIMARY KEY,
    content text NOT NULL
);
