"""Stage 3: passages → Figures. Here: what one value and one period say, as a person types them or a document writes them."""

from tracker.figures.periods import read_period_words
from tracker.figures.values import Value, read_value

__all__ = ["Value", "read_period_words", "read_value"]
