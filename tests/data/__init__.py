"""Data of the tests (`demo`, a made-up county) and tests of the repository's own data."""
