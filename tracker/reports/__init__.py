"""Stage 8: assessments → one neutral sheet → terminal, markdown, CSV, JSON: one writer each."""
