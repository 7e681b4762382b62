"""Matches × a workspace → Candidates: what could become an entry of the ledger, and what has been decided already.

Entered is what stands in the ledger from the same place of a document, or says the same of the same region and period. `引进项目42个`
is offered once, however many articles print it and however often the command is run.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence
from decimal import Decimal
from pathlib import PurePath
from typing import NamedTuple

from tracker.accepting import row_of
from tracker.entries import contradictions, duplicates
from tracker.ledger.reviews import Review
from tracker.ledger.rows import Row
from tracker.model import Actual, Candidate, Evidence, Hindrance, Match, Relation, Source, State, Target
from tracker.pipeline import PROXY_SCORE
from tracker.regions import Regions
from tracker.workspace import Workspace


class Record(NamedTuple):
    """What a workspace knows of one target: entries that stand, those taken out, and candidates that were rejected."""

    standing: Sequence[Actual] = ()
    retracted: Sequence[Actual] = ()
    rejected: Sequence[Review] = ()


def is_weak(match: Match) -> bool:
    """Whether a match is a proxy less alike than those that are listed."""
    return match.relation is Relation.PROXY and match.score < PROXY_SCORE


def read_records(
    workspace: Workspace, reviews: Mapping[str, Iterable[Review]], targets: Iterable[Target]
) -> dict[str, Record]:
    """What the workspace knows of targets, by their keys. `reviews` are those of each plan."""
    rejected: dict[str, list[Review]] = defaultdict(list)
    for plan, found in reviews.items():
        for review in found:
            rejected[f"{plan}/{review.target}"].append(review)
    return {
        target.key: Record(workspace.actuals(target), workspace.retracted(target), rejected[target.key])
        for target in targets
    }


def make_candidates(
    matches: Iterable[Match], records: Mapping[str, Record], regions: Regions, *, again: bool = False
) -> list[Candidate]:
    """The candidates of matches, in their order. `again` offers once more what was rejected."""
    found: list[Candidate] = []
    first: dict[object, Match] = {}
    for match in matches:
        actual = as_entry(match, regions)
        record = records.get(match.target.key, Record())
        candidate = _candidate(match, actual, record, regions, again=again)
        if candidate.state is State.NEW:
            said = (match.target.key, match.relation, *_said(actual, match), candidate.hindrance)
            earlier = first.setdefault(said, match)
            if earlier is not match:
                candidate = candidate._replace(state=State.REPEATED, first=earlier)
        found.append(candidate)
    return _with_clashes(found, records)


def as_entry(match: Match, regions: Regions, *, proxy: bool = False) -> Actual:
    """The entry that a match would be, its region under the tree's own name. What is not clear is no more than a proxy."""
    region, proxy = match.actual.region, match.actual.proxy or proxy or match.unclear
    return match.actual._replace(
        region=regions.name(region) if region else region,
        proxy=proxy,
        done=None if proxy else match.actual.done,
    )


def entry_row(candidate: Candidate, entry: str, recorded_at: str, by: str, document: str) -> Row:
    """The row of a candidate for the ledger."""
    row = row_of(candidate.match._replace(actual=candidate.actual), entry, recorded_at, by, document)
    return row._replace(region=candidate.actual.region or "")


def _candidate(match: Match, actual: Actual, record: Record, regions: Regions, *, again: bool) -> Candidate:
    """A candidate with what the workspace knows of it."""
    if match.relation is None:
        return Candidate(match, actual, State.NEAR)
    if entry := find_entry(match, actual, record.standing):
        return Candidate(match, actual, State.ENTERED, entry=entry.id)
    evidence = match.evidence
    for entry in record.retracted:
        if is_same_place(entry.source, evidence) and _agree(entry, actual, entry.source, evidence):
            return Candidate(match, actual, State.RETRACTED, entry=entry.id)
    for review in record.rejected:
        if not again and is_same_place(review.source, evidence):
            return Candidate(match, actual, State.REJECTED, reason=review.reason)
    missing = actual.region is not None and bool(regions.all) and actual.region not in regions
    hindrance = Hindrance.REGION if missing else Hindrance.UNCLEAR if match.unclear else None
    return Candidate(match, actual, State.NEW, hindrance)


def find_entry(match: Match, actual: Actual, entries: Sequence[Actual]) -> Actual | None:
    """The entry that has this evidence already: from the same place, or saying the same of the same region and period."""
    evidence = match.evidence
    for entry in entries:
        if is_same_place(entry.source, evidence) and _agree(entry, actual, entry.source, evidence):
            return entry
    alike = [entry for entry in entries if not actual.proxy or entry.indicator == actual.indicator]
    for proxy in (False, True):
        if same := duplicates(actual._replace(proxy=proxy), alike):
            return same[0]
    return None


def is_same_place(source: Source, evidence: Evidence) -> bool:
    """Whether a source is the place where evidence stands, or lies around or in it; in an edited document only the very place."""
    if source.start is None or source.end is None:
        return False
    if source.sha256 and source.sha256 != evidence.sha256:
        exact = (source.start, source.end) == (evidence.start, evidence.end)
        phrase = "".join(source.phrase.split()) == "".join(evidence.text.split())
        return exact and phrase and PurePath(source.document).name == evidence.document
    if not source.sha256 and PurePath(source.document).name != evidence.document:
        return False
    return source.start < evidence.end and evidence.start < source.end


def _agree(entry: Actual, actual: Actual, source: Source, evidence: Evidence) -> bool:
    """Whether an entry from a place that overlaps reads it the same way; from the very place it does whatever it says."""
    ours, theirs = actual.quantity, entry.quantity
    if (source.start, source.end) == (evidence.start, evidence.end) or ours is None or theirs is None:
        return True
    return ours.in_base == theirs.in_base and ours.dimension == theirs.dimension


def _said(actual: Actual, match: Match) -> tuple[object, ...]:
    """What a candidate says; two that say the same count once."""
    quantity, period = actual.quantity, actual.period
    scope = (actual.region, period and (period.first, period.last), actual.stage)
    name = actual.indicator if match.relation is Relation.PROXY else ""
    if quantity is None:
        phrase = "".join(match.evidence.text.split()) if actual.done is None else ""
        return (*scope, actual.done, name, phrase)
    return (*scope, quantity.in_base, quantity.high_in_base, quantity.dimension, quantity.bound, actual.measure, name)


def _with_clashes(candidates: Sequence[Candidate], records: Mapping[str, Record]) -> list[Candidate]:
    """The candidates, each with what it contradicts."""
    others: dict[str, list[Actual]] = defaultdict(list)
    for candidate in candidates:
        if candidate.is_open and not candidate.actual.proxy:
            others[candidate.match.target.key].append(candidate.actual)
    found = []
    for candidate in candidates:
        target = candidate.match.target
        if candidate.is_open and not candidate.actual.proxy:
            against = [*records.get(target.key, Record()).standing, *others[target.key]]
            clashes = tuple(contradictions(target, candidate.actual, against))
            candidate = candidate._replace(clashes=clashes)  # noqa: PLW2901 - the same candidate, with more known of it
        found.append(candidate)
    return found


def strength(candidate: Candidate) -> tuple[int, bool, Decimal]:
    """What candidates are sorted by, strongest first: relation, proof, score."""
    match = candidate.match
    ranks = {Relation.SAME: 0, Relation.PART_REGION: 1, Relation.PART_PERIOD: 2, Relation.PROXY: 3, None: 4}
    return ranks[match.relation], match.proves is None, -match.score
