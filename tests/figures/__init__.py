"""Tests of what values and periods say; the texts lie in the TOML files beside them."""
