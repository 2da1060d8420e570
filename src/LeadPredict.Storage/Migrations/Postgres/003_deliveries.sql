-- What senders deliver: in any order, more than once, under several names of one person.

-- Another name of a lead, such as a visitor's before it gave its own. lead_id is never itself an alias; the lead may be yet to come.
CREATE TABLE lead_aliases (
    alias   text COLLATE "C" NOT NULL PRIMARY KEY,
    lead_id text COLLATE "C" NOT NULL
);

CREATE INDEX lead_aliases_by_lead ON lead_aliases (lead_id);

-- Rows that came before their lead; they move to their tables with it. kind: touch, attribute, transition, outcome. content is JSON.
CREATE TABLE waiting_rows (
    lead_id text COLLATE "C" NOT NULL,
    kind    text COLLATE "C" NOT NULL,
    id      text COLLATE "C" NOT NULL,
    content text NOT NULL,
    PRIMARY KEY (lead_id, kind, id)
);

-- A delivered attribute change is known by lead, name, occurred_at and value: mark is a hash of the last three.
CREATE TABLE attribute_marks (
    lead_id text COLLATE "C" NOT NULL,
    mark    text COLLATE "C" NOT NULL,
    PRIMARY KEY (lead_id, mark)
);
