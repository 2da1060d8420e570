-- How often the history of a lead changed since its first score, and how often it had when the last score was made: where the two differ it is due for another.
ALTER TABLE lead_scores ADD COLUMN changes bigint NOT NULL DEFAULT 0, ADD COLUMN scored_changes bigint NOT NULL DEFAULT 0;

CREATE INDEX lead_scores_changed ON lead_scores (lead_id) WHERE changes <> scored_changes;
