"""Tests of documents and of the shelf they are looked up on."""
