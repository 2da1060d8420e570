-- Keys that let callers in: a salt and a hash, never the key. Instants are whole microseconds since 1970.
CREATE TABLE access_keys (
    id         text COLLATE "C" NOT NULL PRIMARY KEY,
    name       text NOT NULL,
    scopes     bigint NOT NULL,
    salt       bytea NOT NULL,
    hash       bytea NOT NULL,
    created_at bigint NOT NULL,
    expires_at bigint,
    revoked_at bigint
);

-- Who changed what serves. Rows are only added.
CREATE TABLE audit_log (
    id      bigint GENERATED ALWAYS AS IDENTITY PRIMARY KEY,
    at      bigint NOT NULL,
    actor   text NOT NULL,
    action  text NOT NULL,
    subject text NOT NULL,
    outcome text NOT NULL
);
