"""Two versions of a plan's targets → what was added, dropped and changed, goal by goal.

Two targets are versions of one goal by what they share: id, wording, place in the same document, names of the indicator. No one of these
decides alone, for ids are given by hand, wording is edited and places shift: the pairs that share most are taken first, each target
once. `引资总额300亿元以上` beside `引资总额280亿元` under another id is one goal, lowered.
"""

from __future__ import annotations

import hashlib
from collections.abc import Callable, Iterator, Mapping, Sequence
from decimal import Decimal
from typing import NamedTuple

from tracker.model import Aspect, Change, Difference, Firmness, Quantity, Source, Target, Trend
from tracker.periods import Period
from tracker.regions import Regions

ALIKE, ALIKE_IN_KIND = 0.8, 0.5
"""How much the names of one goal's indicator share at least, and where the targets are of one kind."""
NO_REGIONS = Regions()
OVERLAP = 0.5
"""How much of the two places together one goal's places share at least."""
WEIGHTS = {"name": 2.0, "wording": 2.0, "id": 1.0, "place": 1.0, "measured": 0.5, "region": 0.3, "section": 0.2}


def differences(old: Sequence[Target], new: Sequence[Target], regions: Regions = NO_REGIONS) -> list[Difference]:
    """What differs, in the order of the new version, what was dropped after what stood before it; empty where nothing does.

    `regions` tells which names mean one region. What the indicator is called counts only where the wording changed too: a name that
    someone gave it is no revision of the plan.
    """
    old = [target._replace(region=regions.name(target.region)) for target in old]
    new = [target._replace(region=regions.name(target.region)) for target in new]
    pairs = _pairs(old, new)
    counterparts = {after: before for before, after in pairs.items()}
    found = list(_dropped(old, pairs, 0))
    for place, target in enumerate(new):
        if (before := counterparts.get(place)) is None:
            found.append(Difference(Change.ADDED, None, target, {}))
            continue
        if aspects := dict(_aspects(old[before], target)):
            found.append(Difference(Change.CHANGED, old[before], target, aspects))
        found += _dropped(old, pairs, before + 1)
    return found


def _dropped(old: Sequence[Target], pairs: Mapping[int, int], first: int) -> Iterator[Difference]:
    """The targets of the old version from a place on that have no counterpart, up to one that has."""
    for place in range(first, len(old)):
        if place in pairs:
            return
        yield Difference(Change.DROPPED, old[place], None, {})


class _Traits(NamedTuple):
    """What a target is known again by. `measured` is kind and dimension: there are goals of an indicator's amount and of its growth."""

    target: Target
    names: tuple[frozenset[str], ...]
    wording: str
    measured: tuple[str, str]


def _pairs(old: Sequence[Target], new: Sequence[Target]) -> dict[int, int]:
    """Places in the new version of the targets at places of the old one; the surest first, then the nearest."""
    before, after = [list(map(_traits, targets)) for targets in (old, new)]
    scores = [
        (-score, abs(first - second), first, second)
        for first, one in enumerate(before)
        for second, other in enumerate(after)
        if (score := _score(one, other))
    ]
    pairs: dict[int, int] = {}
    taken: set[int] = set()
    for _, _, first, second in sorted(scores):
        if first not in pairs and second not in taken:
            pairs[first] = second
            taken.add(second)
    return pairs


def _traits(target: Target) -> _Traits:
    names = tuple(frozenset(_bigrams(name)) for name in (target.indicator, *target.aliases))
    measured = (target.kind, target.quantity.dimension if target.quantity else "")
    return _Traits(target, names, wording(target.source), measured)


def wording(source: Source) -> str:
    """The hash of what stands at a source, empty where that is not known: so a phrase and the hash of one can be compared."""
    if source.text_sha256 or not source.phrase:
        return source.text_sha256
    return hashlib.sha256("".join(source.phrase.split()).encode("utf-8", "surrogatepass")).hexdigest()


def _bigrams(name: str) -> Iterator[str]:
    """Each character with the next; the last alone, so that short names have parts too."""
    return (name[place : place + 2] for place in range(len(name)))


def _score(one: _Traits, other: _Traits) -> float:
    """How sure it is that two targets are versions of one goal; 0 where they are none."""
    old, new = one.target, other.target
    alike = max(_shared(first, second) for first in one.names for second in other.names)
    same = one.wording == other.wording != ""
    measured = one.measured == other.measured
    known = same or (measured and (old.id == new.id or _overlap(old.source, new.source) >= OVERLAP))
    if not known and alike < (ALIKE_IN_KIND if measured else ALIKE):
        return 0.0
    shares = {
        "name": alike,
        "wording": same,
        "id": old.id == new.id,
        "place": _overlap(old.source, new.source) >= OVERLAP,
        "measured": measured,
        "region": old.region == new.region,
        "section": old.section == new.section,
    }
    return sum(WEIGHTS[trait] * share for trait, share in shares.items())


def _shared(one: frozenset[str], other: frozenset[str]) -> float:
    return 2 * len(one & other) / (len(one) + len(other) or 1)


def _overlap(one: Source, other: Source) -> float:
    """Share of two places in one document that is common to both."""
    if not one.sha256 or one.sha256 != other.sha256 or None in (one.start, one.end, other.start, other.end):
        return 0.0
    starts, ends = (one.start or 0, other.start or 0), (one.end or 0, other.end or 0)
    return max(0, min(ends) - max(starts)) / (max(ends) - min(starts) or 1)


def _baseline(target: Target) -> Decimal | None:
    """The value at the start in the base unit."""
    if target.baseline is None or target.quantity is None:
        return target.baseline
    return target.baseline * target.quantity.factor


def _days(period: Period) -> tuple[object, object]:
    return period.first, period.last


def _aspects(old: Target, new: Target) -> Iterator[tuple[Aspect, Trend | None]]:
    """In what two versions differ. What is not said is no wording; the names other than the first, notes and places do not count."""
    if old.comparison != new.comparison or _amount(old.quantity) != _amount(new.quantity):
        yield Aspect.GOAL, _goal_trend(old.quantity, new.quantity)
    one, other = wording(old.source), wording(new.source)
    for aspect, said in SAID.items():
        if said(old) != said(new) and not (aspect is Aspect.INDICATOR and one and one == other):
            yield aspect, _trend(aspect, old, new)
    if one and other and one != other:
        yield Aspect.WORDING, None


SAID: dict[Aspect, Callable[[Target], object]] = {
    Aspect.KIND: lambda target: target.kind,
    Aspect.BASELINE: _baseline,
    Aspect.DESIRED: lambda target: target.desired,
    Aspect.ACCUMULATION: lambda target: target.accumulation,
    Aspect.STAGE: lambda target: target.stage,
    Aspect.REGION: lambda target: target.region,
    Aspect.PERIOD: lambda target: target.period and _days(target.period),
    Aspect.DUE: lambda target: target.due and _days(target.due),
    Aspect.FIRMNESS: lambda target: target.firmness,
    Aspect.LEAD: lambda target: target.lead,
    Aspect.SUPPORT: lambda target: sorted(target.support),
    Aspect.SECTION: lambda target: target.section,
    Aspect.INDICATOR: lambda target: target.indicator,
}
"""What a target says of an aspect, in a form that is equal where it says the same."""
FIRM = (Firmness.STRIVE, Firmness.PLAN, Firmness.ENSURE)


def _amount(quantity: Quantity | None) -> tuple[object, ...]:
    """A number as it is compared: 300亿元 and 3000000万元 are one goal, 个 and 家 count alike."""
    if quantity is None:
        return ()
    return quantity.in_base, quantity.high_in_base, quantity.bound, quantity.dimension


def _goal_trend(old: Quantity | None, new: Quantity | None) -> Trend | None:
    if old is None or new is None or old.dimension != new.dimension:
        return None
    one, other = (old.in_base, old.high_in_base), (new.in_base, new.high_in_base)
    if one == other:
        return None
    if other[0] >= one[0] and other[1] >= one[1]:
        return Trend.RAISED
    return Trend.LOWERED if other[0] <= one[0] and other[1] <= one[1] else None


def _trend(aspect: Aspect, old: Target, new: Target) -> Trend | None:
    match aspect:
        case Aspect.BASELINE if (one := _baseline(old)) is not None and (other := _baseline(new)) is not None:
            return Trend.RAISED if other > one else Trend.LOWERED
        case Aspect.PERIOD | Aspect.DUE:
            before, after = ((target.due if aspect is Aspect.DUE else None) or target.period for target in (old, new))
            if before is None or after is None or before.last == after.last:
                return None
            return Trend.LATER if after.last > before.last else Trend.EARLIER
        case Aspect.FIRMNESS if old.firmness and new.firmness:
            return Trend.FIRMER if FIRM.index(new.firmness) > FIRM.index(old.firmness) else Trend.SOFTER
        case _:
            return None
