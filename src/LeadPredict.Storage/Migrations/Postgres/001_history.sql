-- The lead history. Rows are only ever added; the first write of an identifier stands.
-- Instants are whole microseconds since 1970-01-01T00:00:00Z: to_timestamp(occurred_at / 1e6) shows them.
-- Identifiers compare by their bytes (COLLATE "C"), whatever the database's own collation is.

CREATE TABLE accounts (
    id          text COLLATE "C" NOT NULL PRIMARY KEY,
    name        text,
    domain      text,
    created_at  bigint NOT NULL,
    recorded_at bigint NOT NULL
);

-- account_id may name an account of which nothing else is known: no reference.
-- group_key is what splits and streaming reads go by. lead_key is a short name for a lead within one reading.
CREATE TABLE leads (
    id          text COLLATE "C" NOT NULL PRIMARY KEY,
    lead_key    bigint NOT NULL GENERATED ALWAYS AS IDENTITY,
    account_id  text COLLATE "C",
    source      text,
    created_at  bigint NOT NULL,
    recorded_at bigint NOT NULL,
    group_key   text COLLATE "C" NOT NULL GENERATED ALWAYS AS
        (CASE WHEN account_id IS NULL THEN 'lead:' || id ELSE 'account:' || account_id END) STORED
);

CREATE INDEX leads_by_group ON leads (group_key, id);

-- The keys of a lead's rows begin with the lead: its history is one range of an index, and on a cluster it lies on one node.
-- The second key of a table makes identifiers unique across leads; it cannot be had on a cluster (docs/scaling.md).
CREATE TABLE touches (
    lead_id     text COLLATE "C" NOT NULL REFERENCES leads (id),
    id          text COLLATE "C" NOT NULL,
    type        text COLLATE "C" NOT NULL,
    occurred_at bigint NOT NULL,
    recorded_at bigint NOT NULL,
    properties  json,
    PRIMARY KEY (lead_id, id),
    CONSTRAINT touches_unique_id UNIQUE (id)
);

-- kind: 0 missing (cleared), 1 text, 2 number, 3 boolean (number is 1 or 0).
CREATE TABLE attributes (
    lead_id     text COLLATE "C" NOT NULL REFERENCES leads (id),
    name        text COLLATE "C" NOT NULL,
    occurred_at bigint NOT NULL,
    recorded_at bigint NOT NULL,
    kind        smallint NOT NULL CHECK (kind BETWEEN 0 AND 3),
    text        text,
    number      double precision,
    PRIMARY KEY (lead_id, name, occurred_at, recorded_at)
);

CREATE TABLE transitions (
    lead_id     text COLLATE "C" NOT NULL REFERENCES leads (id),
    id          text COLLATE "C" NOT NULL,
    stage       text COLLATE "C" NOT NULL,
    occurred_at bigint NOT NULL,
    recorded_at bigint NOT NULL,
    actor       text,
    reason      text,
    PRIMARY KEY (lead_id, id),
    CONSTRAINT transitions_unique_id UNIQUE (id)
);

-- numeric keeps an amount's digits, those after the last that counts too.
CREATE TABLE outcomes (
    lead_id     text COLLATE "C" NOT NULL REFERENCES leads (id),
    id          text COLLATE "C" NOT NULL,
    won         boolean NOT NULL,
    amount      numeric,
    currency    text,
    occurred_at bigint NOT NULL,
    recorded_at bigint NOT NULL,
    PRIMARY KEY (lead_id, id),
    CONSTRAINT outcomes_unique_id UNIQUE (id)
);

-- What the company decided once, such as the steps of its funnel, as JSON.
CREATE TABLE settings (
    name  text COLLATE "C" NOT NULL PRIMARY KEY,
    value text NOT NULL
);
