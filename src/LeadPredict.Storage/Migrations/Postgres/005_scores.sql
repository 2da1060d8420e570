-- Every score that was served or made by rescoring, with what it said. Instants are whole microseconds since 1970.
-- role: champion answered, challenger was scored beside it. origin: served, or rescored by the service itself.
CREATE TABLE score_log (
    id                bigint GENERATED ALWAYS AS IDENTITY PRIMARY KEY,
    at                bigint NOT NULL,
    lead_id           text COLLATE "C" NOT NULL,
    as_of             bigint NOT NULL,
    model             text NOT NULL,
    version           bigint NOT NULL,
    hash              text NOT NULL,
    role              text NOT NULL,
    origin            text NOT NULL,
    fingerprint       text NOT NULL,
    stage             text NOT NULL,
    score             bigint NOT NULL,
    grade             text NOT NULL,
    points            double precision,
    p_sql             double precision,
    p_close_given_sql double precision,
    p_close           double precision,
    next_stage        text NOT NULL,
    next_action       text NOT NULL,
    answer            text
);

CREATE INDEX score_log_by_lead ON score_log (lead_id, at);
CREATE INDEX score_log_by_model ON score_log (model, at);

-- The last score of each stored lead: what rescoring compares with. No reference: a lead may be forgotten.
CREATE TABLE lead_scores (
    lead_id     text COLLATE "C" NOT NULL PRIMARY KEY,
    as_of       bigint NOT NULL,
    model       text NOT NULL,
    version     bigint NOT NULL,
    stage       text NOT NULL,
    score       bigint NOT NULL,
    next_stage  text NOT NULL,
    next_action text NOT NULL
);

CREATE INDEX lead_scores_by_age ON lead_scores (as_of);

-- Events that wait to be delivered, were delivered, or could not be. The order of id is the order of delivery for a lead.
CREATE TABLE outbox (
    id           bigint GENERATED ALWAYS AS IDENTITY PRIMARY KEY,
    event_id     text NOT NULL UNIQUE,
    lead_id      text COLLATE "C" NOT NULL,
    kind         text NOT NULL,
    payload      text NOT NULL,
    created_at   bigint NOT NULL,
    attempts     bigint NOT NULL,
    due_at       bigint NOT NULL,
    delivered_at bigint,
    dead_at      bigint,
    error        text
);

CREATE INDEX outbox_waiting ON outbox (lead_id, id) WHERE delivered_at IS NULL AND dead_at IS NULL;
CREATE INDEX outbox_due ON outbox (due_at) WHERE delivered_at IS NULL AND dead_at IS NULL;

-- Which of several services does a work that only one may do.
CREATE TABLE work_leases (
    name  text NOT NULL PRIMARY KEY,
    owner text NOT NULL,
    until bigint NOT NULL
);
