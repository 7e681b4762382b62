"""Tests of the command line: mostly through processes of its own, as a user or a script meets it."""
