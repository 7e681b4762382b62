"""Tests of the words and units."""
