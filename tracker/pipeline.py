"""The stages in order, for one document: file → text → figures → goals."""

from __future__ import annotations

from collections import Counter
from pathlib import Path

from tracker.documents.document import Document
from tracker.documents.reading import read_document
from tracker.figures.reading import read_explained
from tracker.model import Draft, Extract, Plan, Source
from tracker.periods import Period, read_period
from tracker.plans.drafting import draft_targets
from tracker.plans.slugs import plan_id
from tracker.plans.titles import Nature, find_title, read_nature, read_term
from tracker.text import flow


def extract_document(path: str | Path, region: str | None = None, period: str | None = None) -> Extract:
    """All figures of a document; `region` and `period` say what the document itself does not.

    Raises:
        DocumentError: the document cannot be read.
    """
    return _extract(read_document(path), region, period)


def draft_document(path: str | Path, region: str | None = None, period: str | None = None, name: str = "") -> Draft:
    """The plan that a document is, with its goals; `region` and `period` say what the document itself does not.

    `name` is the plan's id, else one made of the document's name. What neither the options nor the document say of region and
    period, the figures that are planned say most often.

    Raises:
        DocumentError: the document cannot be read.
    """
    document = read_document(path)
    extract = _extract(document, region, period)
    text = _read_text(document)
    title = find_title(flow(text).text)
    planned = [figure for figure in extract.figures if figure.role == "target"] or list(extract.figures)
    told = read_nature(title) is Nature.OTHER
    term = None if told else read_term(title) or extract.period or _most([figure.period for figure in planned])
    plan = Plan(
        id=name or plan_id(document.name),
        title=title or document.name,
        region=extract.region or _most([figure.region for figure in planned]) or "",
        period=_period(period or term or extract.period),
        source=Source(document.name, document.sha256),
        file=document.name,
    )
    return Draft(plan, tuple(draft_targets(text, extract, plan)), extract)


def _extract(document: Document, region: str | None, period: str | None) -> Extract:
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


def _read_text(document: Document) -> str:
    """A document's text with line feeds for what says something about it."""
    text = document.text
    for start, end in document.skip:
        text = text[:start] + "\n" * (min(end, len(text)) - start) + text[end:]
    return text


def _most(words: list[str | None]) -> str | None:
    return next((word for word, _ in Counter(word for word in words if word).most_common(1)), None)


def _period(text: str | None) -> Period | None:
    try:
        return read_period(text) if text else None
    except ValueError:
        return None
