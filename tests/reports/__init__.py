"""Tests of the writers: terminal, markdown, CSV, JSON."""
