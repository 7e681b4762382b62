"""One bad file for every finding: what is found, and on which line."""
