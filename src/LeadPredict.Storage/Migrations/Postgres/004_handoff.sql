-- What marketing and sales agreed on, state by state, and what is kept of each decision beside its transition.
CREATE TABLE handoff_definitions (
    version    bigint NOT NULL PRIMARY KEY,
    yaml       text   NOT NULL,
    adopted_at bigint NOT NULL,
    actor      text
);

CREATE TABLE decisions (
    lead_id             text COLLATE "C" NOT NULL REFERENCES leads (id),
    transition_id       text COLLATE "C" NOT NULL,
    action              text   NOT NULL,
    definitions_version bigint NOT NULL,
    note                text,
    PRIMARY KEY (lead_id, transition_id)
);
