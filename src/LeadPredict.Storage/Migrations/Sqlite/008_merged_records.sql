-- Records that a sender merged into another of its own: name is gone there, and survivor is what it is kept as.
CREATE TABLE merged_records (
    name     TEXT NOT NULL PRIMARY KEY,
    survivor TEXT NOT NULL
) STRICT, WITHOUT ROWID;

CREATE INDEX merged_records_by_survivor ON merged_records (survivor);
