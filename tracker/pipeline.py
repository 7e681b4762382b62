"""The stages in order: file → text → figures → goals; figures × goals → matches → assessments."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterable, Iterator, Sequence
from datetime import date
from decimal import Decimal
from pathlib import Path

from tracker.assessments import assess, bear, elsewhere
from tracker.documents.document import Document
from tracker.documents.reading import read_document
from tracker.figures.geography import Geography, find_geography
from tracker.figures.reading import read_whole
from tracker.model import (
    Actual,
    Assessed,
    Assessment,
    Bearing,
    Draft,
    Extract,
    Match,
    Plan,
    Reason,
    Relation,
    Report,
    Source,
    Target,
    Verdict,
)
from tracker.periods import Period, read_period
from tracker.regions import Regions
from tracker.text import flow


def extract_document(
    path: str | Path, region: str | None = None, period: str | None = None, known: Iterable[str] = ()
) -> Extract:
    """All figures of a document; `region` and `period` say what the document itself does not, `known` which names are regions.

    Raises:
        DocumentError: the document cannot be read.
    """
    return _extract(read_document(path), region, period, known)


def draft_document(path: str | Path, region: str | None = None, period: str | None = None, name: str = "") -> Draft:
    """The plan that a document is, with its goals; `region` and `period` say what the document itself does not.

    `name` is the plan's id, else one made of the document's name. What neither the options nor the document say of region and
    period, the figures that are planned say most often.

    Raises:
        DocumentError: the document cannot be read.
    """
    from tracker.plans.drafting import draft_targets  # noqa: PLC0415 - extract needs no plans: their patterns take long to load
    from tracker.plans.slugs import plan_id  # noqa: PLC0415
    from tracker.plans.titles import Nature, find_title, read_goal_year, read_nature, read_place, read_term  # noqa: PLC0415

    document = read_document(path)
    extract = _extract(document, region, period)
    text = _read_text(document)
    flowing = flow(text).text
    title = find_title(flowing)
    planned = [figure for figure in extract.figures if figure.role == "target"] or list(extract.figures)
    nature = read_nature(title, flowing)
    term = read_term(title) or (read_goal_year(flowing) if nature is Nature.REPORT else None)
    said = [figure.period for figure in planned]
    term = None if nature is Nature.OTHER else term or extract.period or _most(said)
    plan = Plan(
        id=name or plan_id(document.name),
        title=title or document.name,
        region=extract.region or _most([figure.region for figure in planned]) or read_place(title) or "",
        period=_period(period or term or extract.period),
        source=Source(document.name, document.sha256),
        file=document.name,
    )
    return Draft(plan, tuple(draft_targets(text, extract, plan)), extract)


def read_report(
    path: str | Path, region: str | None = None, period: str | None = None, known: Iterable[str] = ()
) -> Report:
    """A document's text and figures. `region` and `period` count only where the document says neither itself.

    `known` are names of regions that the caller knows: parks, towns and firms that no list has.

    Raises:
        DocumentError: the document cannot be read.
    """
    from tracker.plans.drafting import goal_spans  # noqa: PLC0415 - as above
    from tracker.plans.titles import find_title  # noqa: PLC0415

    document = read_document(path)
    extract = _extract(document, None, None, known)
    own = extract.region or _most([figure.region for figure in extract.figures])
    when = extract.period or _most([figure.period for figure in extract.figures])
    said = own is not None and (own in (head := document.text[:HEAD]) or own[:-1] in head)
    if (region and not said) or (period and when is None):
        own = own if said else region or own
        extract = _extract(document, own, None if when else period, known)
    text = _read_text(document)
    goals = goal_spans(text, extract, find_title(flow(text).text))
    return Report(extract, text, own, _original(document), tuple(goals))


def _original(document: Document) -> str:
    """The sha256 of the document whose digest this one is, by its front matter; empty where it is none."""
    head = document.text[slice(*document.skip[0])] if document.skip else ""
    found = _ORIGINAL.search(head)
    return found[1] if found else ""


_ORIGINAL = re.compile(r"(?m)^sha256:[ \t]*([0-9a-f]{64})[ \t]*$")
HEAD = 400
"""Characters at a document's beginning in which it says whose it is."""


class _Judge:
    """How entries bear on targets in one tree of regions."""

    def __init__(self, regions: Regions) -> None:
        self.regions = regions

    def elsewhere(self, target: Target, actual: Actual) -> Reason | None:
        return elsewhere(target, actual, self.regions)

    def bearing(self, target: Target, actual: Actual) -> Bearing:
        return bear(target, actual, self.regions)

    def proves(self, target: Target, actual: Actual) -> Verdict | None:
        verdict = assess(target, [actual], self.regions, date.max).verdict
        return verdict if verdict in (Verdict.ACHIEVED, Verdict.MISSED) else None


def match_reports(
    targets: Sequence[Target], reports: Iterable[Report], known: Regions | None = None
) -> Iterator[Match]:
    """Everything the reports say that may bear on the targets, report by report; near misses included, repetitions marked.

    `known` is the tree of regions of a workspace; what it does not have is placed by the names themselves.
    """
    from tracker.matches import match_document  # noqa: PLC0415 - extract needs it not

    seen: dict[object, tuple[str, int]] = {}
    asked = {target.region for target in targets}
    for report in reports:
        names = asked | {figure.region for figure in report.extract.figures if figure.region}
        geography = find_geography(names, report.region, known)

        for match in match_document(report, targets, geography.regions, geography.presumed, _Judge(geography.regions)):
            if match.target.source.sha256 in (report.extract.sha256, report.original or None):
                reasons = (Reason("match.own_plan", {}),)
                yield match._replace(relation=None, proves=None, reasons=reasons, unclear=False)
                continue
            evidence, figure = match.evidence, match.evidence.figure
            said = (
                (figure.indicator, figure.value, figure.value_high, figure.unit, figure.bound)
                if figure
                else evidence.text
            )
            key = (match.target.key, match.relation, evidence.region, evidence.period and evidence.period[1:], said)
            first = seen.setdefault(key, (evidence.document, evidence.start))
            repeats = first if first != (evidence.document, evidence.start) and match.relation else None
            yield match._replace(repeats=repeats)


def assess_documents(
    plan: str | Path, documents: Sequence[str | Path], as_of: date, region: str | None = None, period: str | None = None
) -> Assessed:
    """What documents prove of the goals of a plan document. `region` and `period` say what the documents themselves do not.

    Raises:
        DocumentError: a document cannot be read.
    """
    draft = draft_document(plan, region, period)
    known = {target.region for target in draft.targets} | {draft.plan.region}
    reports = [read_report(path, region, period, known) for path in documents]
    matches = tuple(match_reports(draft.targets, reports))
    names = {target.region for target in draft.targets} | {
        each.evidence.region for each in matches if each.evidence.region
    }
    home = next((report.region for report in reports if report.region), None)
    geography = find_geography(names, home)
    assessments = tuple(_assess(draft.targets, matches, geography, as_of))
    return Assessed(draft, tuple(reports), matches, assessments, geography.regions)


def _assess(
    targets: Sequence[Target], matches: Sequence[Match], geography: Geography, as_of: date
) -> Iterator[Assessment]:
    """The assessment of each target by the matches that have a relation. What is said twice counts once."""
    evidence: dict[str, list[Actual]] = {}
    for number, match in enumerate(matches):
        if not is_evidence(match):
            continue
        unsure = match.evidence.region in geography.presumed or (match.unclear and match.relation is not Relation.PROXY)
        actual = match.actual._replace(id=f"m{number + 1}", proxy=match.actual.proxy or unsure)
        evidence.setdefault(match.target.key, []).append(actual)
    for target in targets:
        yield assess(target, evidence.get(target.key, ()), geography.regions, as_of)


def is_evidence(match: Match) -> bool:
    """Whether a match is listed as evidence: it has a relation, is not said already, and as a proxy is alike enough."""
    return (
        match.relation is not None
        and not match.repeats
        and (match.relation is not Relation.PROXY or match.score >= PROXY_SCORE)
    )


PROXY_SCORE = Decimal("0.5")
"""Proxies less alike than that are found when asked for, and not listed as evidence."""


def _extract(document: Document, region: str | None, period: str | None, known: Iterable[str] = ()) -> Extract:
    read = read_whole(document.text, region, period, document.skip, known)
    return Extract(
        name=document.name,
        sha256=document.sha256,
        characters=len(document.text),
        region=read.region,
        period=read.period,
        figures=tuple(figure for figure, _ in read.figures),
        origins=tuple(origins for _, origins in read.figures),
    )


def _read_text(document: Document) -> str:
    """A document's text with line feeds for what says something about it."""
    text = document.text
    for start, end in document.skip:
        text = text[:start] + "\n" * (min(end, len(text)) - start) + text[end:]
    return text


def _most(words: Sequence[str | None]) -> str | None:
    return next((word for word, _ in Counter(word for word in words if word).most_common(1)), None)


def _period(text: str | None) -> Period | None:
    try:
        return read_period(text) if text else None
    except ValueError:
        return None
