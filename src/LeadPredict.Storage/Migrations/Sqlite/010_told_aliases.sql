-- When it was told that the alias is the lead's: its rows are not known to be the lead's before. NULL: it was known ever since.
ALTER TABLE lead_aliases ADD COLUMN told_at INTEGER;
