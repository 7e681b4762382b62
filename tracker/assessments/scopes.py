"""Entries and targets of one indicator with what must be shared to be compared: measure, period, unit, stage, accumulation, list."""

from __future__ import annotations

from collections.abc import Hashable, Iterable, Iterator, Mapping, Sequence
from typing import NamedTuple

from tracker.assessments.verdicts import calendar_of
from tracker.model import Accumulation, Actual, Kind, Measure, Quantity, Target
from tracker.periods import Period
from tracker.regions import Regions

OF_KIND = {Kind.QUANTITY: Measure.LEVEL, Kind.GROWTH: Measure.GROWTH, Kind.RANK: Measure.RANK}
UNLISTED = frozenset({""})


class Scope(NamedTuple):
    """An entry or a target that has a number. `sort` is its region's type, empty where the tree does not have it.

    `period` is the time a target has, which a due date may cut.
    `among` has all lists that a rank may be a place in, an empty name for one that is not named. `revised`: a later entry replaces it.
    """

    item: Actual | Target
    region: str | None
    sort: str
    period: Period | None
    quantity: Quantity
    accumulation: Accumulation | None
    among: frozenset[str] = UNLISTED
    revised: bool = False

    @property
    def time(self) -> tuple[Hashable, ...] | None:
        """The period as its days; of a stock only the last one, since that is when it is counted. None for no period."""
        if self.period is None:
            return None
        last = self.period.last
        return (last,) if self.accumulation is Accumulation.STOCK else (self.period.first, last)

    def in_time(self, period: Period) -> bool:
        """Whether it is of this period."""
        return self.time is not None and self.time == self._replace(period=period).time


class Entries(NamedTuple):
    """What there is of one measure of an indicator."""

    measure: Measure
    actuals: list[Scope]
    targets: list[Scope]


def gather(
    actuals: Iterable[Actual], targets: Sequence[Target], regions: Regions
) -> tuple[list[Entries], list[Actual | Target]]:
    """Entries and targets by measure, in the order of Measure; and those without a number.

    Entries of one place in a document that say the same count once, whichever ledgers they stand in.
    """
    known = list(_once(actuals))
    lists = _lists(actual for actual, _ in known)
    found: dict[Measure, Entries] = {}
    silent: list[Actual | Target] = []
    by_key = {target.key: target for target in targets if target.quantity is not None}
    for target in targets:
        if target.quantity is None:
            silent.append(target)
            continue
        measure = measure_of(target)
        scope = _of_target(target, target.quantity, measure, lists)
        found.setdefault(measure, Entries(measure, [], [])).targets.append(scope._replace(sort=_sort(scope, regions)))
    for actual, revised in known:
        if actual.quantity is None:
            silent.append(actual)
            continue
        aim = None if actual.proxy else by_key.get(f"{actual.plan}/{actual.target}")
        measure = measure_of(actual, aim)
        entries = found.setdefault(measure, Entries(measure, [], []))
        scope = _of_actual(actual, actual.quantity, aim, entries)
        entries.actuals.append(scope._replace(sort=_sort(scope, regions), revised=revised))
    return [found[measure] for measure in Measure if measure in found], silent


def measure_of(entry: Actual | Target, aim: Target | None = None) -> Measure:
    """What a number measures: as entered, else as its target's kind asks for, else by its unit. A level in per cent is a share."""
    dimension = "" if entry.quantity is None else entry.quantity.dimension
    if isinstance(entry, Target):
        measure = OF_KIND.get(entry.kind, Measure.LEVEL)
    elif entry.measure is not None:
        measure = entry.measure
    elif aim is not None:
        measure = OF_KIND.get(aim.kind, Measure.LEVEL)
    else:
        measure = Measure.RANK if dimension == "rank" else Measure.LEVEL
    return Measure.SHARE if measure is Measure.LEVEL and dimension == "percent" else measure


def _once(actuals: Iterable[Actual]) -> Iterator[tuple[Actual, bool]]:
    """Entries without those that only repeat another, and whether a later one revises them. Notes of the same are joined."""
    every = sorted(actuals, key=lambda each: (each.target is None, each.plan, each.id))
    replaced = {(actual.plan, actual.revises) for actual in every if actual.revises}
    kept: dict[Hashable, Actual] = {}
    revised = set[Hashable]()
    for actual in every:
        key = _said(actual)
        if (actual.plan, actual.id) in replaced:
            revised.add(key)
        first = kept.setdefault(key, actual)
        if actual.note and actual.note not in first.note:
            first = first._replace(note=f"{first.note}；{actual.note}" if first.note else actual.note)
        kept[key] = first._replace(measure=first.measure or actual.measure)
    return ((actual, key in revised) for key, actual in kept.items())


def _said(actual: Actual) -> Hashable:
    """What two entries that say the same of the same words share; an entry without a place in a document stands for itself."""
    source = actual.source
    if source.start is None:
        return actual.plan, actual.id
    period = actual.period and (actual.period.first, actual.period.last)
    where = source.document, source.sha256, source.start, source.end
    return where, actual.region, period, actual.quantity, actual.stage, actual.among, actual.proxy, actual.verification


def _lists(actuals: Iterable[Actual]) -> Mapping[str, frozenset[str]]:
    """The lists that each target means: those of the entries that count for it."""
    found: dict[str, frozenset[str]] = {}
    for actual in actuals:
        if actual.target is not None and not actual.proxy:
            key = f"{actual.plan}/{actual.target}"
            found[key] = found.get(key, frozenset()) | {actual.among}
    return found


def _of_target(target: Target, quantity: Quantity, measure: Measure, lists: Mapping[str, frozenset[str]]) -> Scope:
    accumulation = target.accumulation if measure is Measure.LEVEL else Accumulation.RATE
    among = lists.get(target.key, UNLISTED) if measure is Measure.RANK else UNLISTED
    period = None if target.period is None else calendar_of(target)
    return Scope(target, target.region, "", period, quantity, accumulation, among)


def _sort(scope: Scope, regions: Regions) -> str:
    region = None if scope.region is None else regions.find(scope.region)
    return "" if region is None else region.type


def _of_actual(actual: Actual, quantity: Quantity, aim: Target | None, entries: Entries) -> Scope:
    """An entry without a target adds up as the indicator's targets do, where they agree."""
    accumulation: Accumulation | None = Accumulation.RATE
    if entries.measure is Measure.LEVEL:
        ways = {scope.accumulation for scope in entries.targets}
        accumulation = aim.accumulation if aim is not None else ways.pop() if len(ways) == 1 else None
    among = frozenset({actual.among}) if entries.measure is Measure.RANK else UNLISTED
    return Scope(actual, actual.region, "", actual.period, quantity, accumulation, among)
