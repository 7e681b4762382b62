"""Stage 3: passages → Figures. Here: what one value says, as a person types it or a document writes it."""

from tracker.figures.values import Value, read_value

__all__ = ["Value", "read_value"]
