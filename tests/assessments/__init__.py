"""Tests of what evidence proves; the cases lie in the TOML files beside them."""
