"""Tests of stage 5: figures and clauses of reports against the goals of plans."""
