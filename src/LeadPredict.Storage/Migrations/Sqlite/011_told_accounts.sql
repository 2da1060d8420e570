-- When it was told of which account the lead is: it has no colleagues before, and is none. NULL: that is known as long as the lead.
ALTER TABLE leads ADD COLUMN account_known_at INTEGER;
