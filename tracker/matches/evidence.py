"""A document's text and figures → Evidence: each reported figure with the words around it."""

from __future__ import annotations

from collections.abc import Iterator

from tracker.matches.passages import Passages
from tracker.model import Evidence, Extract
from tracker.periods import Period, read_period


def read_evidence(passages: Passages, extract: Extract) -> Iterator[Evidence]:
    """The figures of a document, in order, each with the words around it."""
    for figure in extract.figures:
        before, after, sentence = passages.around(figure.start, figure.end)
        yield Evidence(
            document=extract.name,
            sha256=extract.sha256,
            text=figure.text,
            start=figure.start,
            end=figure.end,
            region=figure.region,
            period=period_of(figure.period),
            figure=figure,
            before=before,
            after=after,
            sentence=sentence,
        )


def period_of(text: str | None) -> Period | None:
    """The period of a figure; None where it has none, or one that no calendar has."""
    try:
        return None if text is None else read_period(text)
    except ValueError:
        return None
