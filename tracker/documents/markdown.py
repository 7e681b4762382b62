"""Markdown is read as it stands; what it says about itself is marked, so that a reader of figures can pass over it."""

from __future__ import annotations

import re

FRONT = re.compile(r"(---|\+\+\+)[ \t]*\r?\n")
MOST_FRONT = 100_000
"""Front matter that does not end within so many characters is none."""


def asides(text: str) -> tuple[tuple[int, int], ...]:
    """Spans [start, end) of the front matter and of the comments, in order, apart from each other."""
    end = _front(text)
    spans = [(0, end)] if end else []
    while (start := text.find("<!--", end)) >= 0 and (stop := text.find("-->", start + 4)) >= 0:
        end = stop + 3
        spans.append((start, end))
    return tuple(spans)


def _front(text: str) -> int:
    """Where the text after the front matter begins; 0 without front matter."""
    opening = FRONT.match(text)
    if opening is None:
        return 0
    closing = re.compile(rf"^{re.escape(opening[1])}[ \t]*(?:\r?\n|\Z)", re.MULTILINE)
    found = closing.search(text, opening.end(), opening.end() + MOST_FRONT)
    return found.end() if found else 0
