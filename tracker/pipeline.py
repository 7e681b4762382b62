"""The stages in order, for one document: file → text → figures."""

from __future__ import annotations

from pathlib import Path

from tracker.documents.reading import read_document
from tracker.figures.reading import read_explained
from tracker.model import Extract


def extract_document(path: str | Path, region: str | None = None, period: str | None = None) -> Extract:
    """All figures of a document; `region` and `period` say what the document itself does not.

    Raises:
        DocumentError: the document cannot be read.
    """
    document = read_document(path)
    found = read_explained(document.text, region, period, document.skip)
    return Extract(
        name=document.name,
        sha256=document.sha256,
        characters=len(document.text),
        region=region,
        period=period,
        figures=tuple(figure for figure, _ in found),
        origins=tuple(origins for _, origins in found),
    )
