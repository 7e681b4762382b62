"""The ledger: what is appended, what is read back, and what the index makes of it."""
