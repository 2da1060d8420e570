-- Records that a sender merged into another of its own: name is gone there, and survivor is what it is kept as.
CREATE TABLE merged_records (
    name     text COLLATE "C" NOT NULL PRIMARY KEY,
    survivor text COLLATE "C" NOT NULL
);

CREATE INDEX merged_records_by_survivor ON merged_records (survivor);
