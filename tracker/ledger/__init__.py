"""Stage 6: actuals/*.toml, the ledger. Read whole or by its tail, appended to under a lock, indexed for speed.

The TOML is the truth. The index is derived from it, may be deleted at any time, and is tested to say the same.
"""
