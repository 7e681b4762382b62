"""Tests: they mirror the package; `data`, `golden` and the like hold what is read and what must come out."""
