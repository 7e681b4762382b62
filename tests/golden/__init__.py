"""What each command prints, kept as files. `pytest tests/golden --update-golden` rewrites them; read the difference."""
