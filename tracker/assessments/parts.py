"""What disjoint parts add up to: the largest sum over parts that share no region or no day."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date, timedelta
from decimal import Decimal
from itertools import pairwise
from typing import NamedTuple

from tracker.periods import Period
from tracker.regions import Regions

MOST_TRIALS = 2000
"""Trials for the best sum of one tangle of overlapping parts."""


class Part(NamedTuple):
    """What is known of one region and period: at least `value`, which is not negative, at most `high` (None: no end)."""

    region: str
    period: Period
    value: Decimal
    high: Decimal | None = None


def contradicted(parts: Sequence[Part], regions: Regions) -> Part | None:
    """A part whose own parts come to more than it has, None when there is none: 42 in the park, 100 of one firm in it."""
    if len({part.region for part in parts}) == 1 and not _any_meet(parts):
        return None
    for part in parts:
        if part.high is None:
            continue
        inside = [other for other in parts if other is not part and _lies_in(other, part, regions)]
        if inside and add_parts(inside, regions) > part.high:
            return part
    return None


def _any_meet(parts: Sequence[Part]) -> bool:
    """Whether two of the parts share a day."""
    ordered = sorted(part.period[1:] for part in parts)
    return any(later[0] <= earlier[1] for earlier, later in pairwise(ordered))


def _lies_in(inner: Part, outer: Part, regions: Regions) -> bool:
    return outer.period.covers(inner.period) and regions.covers(outer.region, inner.region)


def add_parts(parts: Sequence[Part], regions: Regions) -> Decimal:
    """The largest total of parts of which no two overlap. 0 for no parts; independent of their order."""
    by_region: dict[str, list[Part]] = {}
    for part in parts:
        by_region.setdefault(regions.name(part.region), []).append(part)
    total = Decimal(0)
    for names in _overlapping(sorted(by_region), regions):
        group = [part for name in names for part in by_region[name]]
        if len(names) == 1:
            total += _best_in_time(group)
            continue
        total += _best(group, regions, [MOST_TRIALS])
    return total


def cover(parts: Sequence[Part], whole: Period) -> Decimal | None:
    """The least total that parts of one region can have which follow one another without a gap from the first day of a period to the last.

    None where no chain of them does, or one of its members has no upper end. Twelve months are a year, eight of them are not.
    """
    day = timedelta(days=1)
    totals = {whole.first: Decimal(0)}
    for part in sorted(parts, key=lambda part: part.period.last):
        before = totals.get(part.period.first)
        if before is None or part.high is None:
            continue
        if part.period.last == date.max:
            continue
        after = part.period.last + day
        totals[after] = min(before + part.high, totals.get(after, before + part.high))
    return None if whole.last == date.max else totals.get(whole.last + day)


def _overlapping(names: Sequence[str], regions: Regions) -> list[list[str]]:
    """Names in groups, so that any two names of different groups are disjoint."""
    groups: list[list[str]] = []
    for name in names:
        touching = [group for group in groups if any(not regions.disjoint(name, other) for other in group)]
        groups = [group for group in groups if group not in touching]
        groups.append([other for group in touching for other in group] + [name])
    return groups


def _tangles(parts: Sequence[Part], regions: Regions) -> list[list[Part]]:
    """Parts in groups, so that no two of different groups overlap: twelve months of county and park are twelve pairs."""
    groups: list[list[Part]] = []
    for part in parts:
        touching = [group for group in groups if any(_overlap(part, other, regions) for other in group)]
        groups = [group for group in groups if not any(group is each for each in touching)]
        groups.append([other for group in touching for other in group] + [part])
    return groups


def _best_region(parts: Sequence[Part]) -> Decimal:
    """The best sum of the parts of one region, of any."""
    by_region: dict[str, list[Part]] = {}
    for part in parts:
        by_region.setdefault(part.region, []).append(part)
    return max(map(_best_in_time, by_region.values()))


def _best_in_time(parts: Sequence[Part]) -> Decimal:
    """Best sum of parts of one region: weighted interval scheduling over the days."""
    ordered = sorted(parts, key=lambda part: part.period.last)
    best = [Decimal(0)]
    for index, part in enumerate(ordered):
        before = next((j + 1 for j in range(index - 1, -1, -1) if ordered[j].period.last < part.period.first), 0)
        best.append(max(best[-1], best[before] + part.value))
    return best[-1]


def _best(parts: Sequence[Part], regions: Regions, trials: list[int]) -> Decimal:
    """Best sum by trying, in each tangle, the part that clashes most in and out.

    When the trials are used up, the best single region of what is left: a lower floor, still a true one.
    """
    total = Decimal(0)
    for tangle in _tangles(parts, regions):
        if len(tangle) == 1:
            total += tangle[0].value
            continue
        if trials[0] <= 0:
            total += _best_region(tangle)
            continue
        trials[0] -= 1
        part = max(tangle, key=lambda each: sum(_overlap(each, other, regions) for other in tangle))
        rest = [other for other in tangle if other is not part]
        free = [other for other in rest if not _overlap(part, other, regions)]
        total += max(part.value + _best(free, regions, trials), _best(rest, regions, trials))
    return total


def _overlap(one: Part, other: Part, regions: Regions) -> bool:
    return one.period.meets(other.period) and not regions.disjoint(one.region, other.region)
