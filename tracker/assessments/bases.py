"""On what basis an indicator is compared, and what keeps an entry or a target from standing on it."""

from __future__ import annotations

from collections.abc import Iterator
from typing import NamedTuple

from tracker.assessments.scopes import Entries, Scope
from tracker.model import Accumulation, Actual, Basis, Measure, Reason, Target
from tracker.periods import Period
from tracker.regions import Regions

FIRST_DAY, LAST_DAY = (1, 1), (12, 31)


class Claim(NamedTuple):
    """What speaks for a basis, the weightiest first."""

    listed: bool
    regions: int
    aimed: bool
    last: int
    longer: int
    targets: int
    actuals: int
    spelled: tuple[str, ...]


def choose_basis(entries: Entries, regions: Regions, period: Period | None = None) -> Basis | None:
    """The basis on which most regions can be ranked; of equals one with a target, then the latest.

    Ranks that name their list come before those that do not. `period` asks for one. None when nothing could stand.
    """
    found: dict[Basis, list[Scope]] = {}
    for scope in (
        *entries.actuals,
        *entries.targets,
    ):  # targets last: they join what is there, whatever the type of region
        if _could_stand(scope, period):
            for basis in _bases(scope):
                same = [one for one in found if one._replace(sort=basis.sort) == basis] if _is_target(scope) else []
                for one in same or [basis]:
                    found.setdefault(one, []).append(scope)

    def claim(basis: Basis) -> Claim:
        members = found[basis]
        targets = sum(map(_is_target, members))
        return Claim(
            listed=entries.measure is not Measure.RANK or bool(basis.among),
            regions=len({regions.name(str(scope.region)) for scope in members if not _is_target(scope)}),
            aimed=bool(targets),
            last=basis.period.last.toordinal(),
            longer=-basis.period.first.toordinal(),
            targets=targets,
            actuals=len(members) - targets,
            spelled=(basis.sort, basis.dimension, basis.stage or "", basis.accumulation or "", basis.among),
        )

    return max(found, key=claim, default=None)


def _is_target(scope: Scope) -> bool:
    return isinstance(scope.item, Target)


def _could_stand(scope: Scope, period: Period | None) -> bool:
    if scope.region is None or scope.revised or (isinstance(scope.item, Actual) and scope.item.proxy):
        return False
    return scope.period is not None if period is None else scope.in_time(period)


def _bases(scope: Scope) -> Iterator[Basis]:
    """The bases on which an entry stands; a target of a rank may mean several lists. Periods are told apart by their days only."""
    if scope.period is None:
        return
    period = scope.period._replace(text="")
    if scope.accumulation is Accumulation.STOCK:
        period = period._replace(first=period.last)
    for name in sorted(scope.among):
        yield Basis(period, scope.sort, scope.quantity.dimension, scope.item.stage, scope.accumulation, name)


def find_obstacles(scope: Scope, basis: Basis | None, asked: Period | None = None) -> tuple[Reason, ...]:
    """Why an entry or a target is not ranked on a basis; empty when nothing stands in the way. `asked` is the period without one.

    A target stands also among regions of another type than its own.
    """
    if scope.revised:
        return (Reason("apart.revised", {}),)
    if isinstance(scope.item, Actual) and scope.item.proxy:
        return (Reason("apart.proxy", {}),)
    found = [] if scope.region is not None else [Reason("apart.region_unknown", {})]
    wanted = asked if basis is None else basis.period
    if scope.period is None:
        found.append(Reason("apart.period_unknown", {}))
    elif wanted is not None and not scope.in_time(wanted):
        found.append(_other_time(scope.period._replace(text=""), wanted, scope.accumulation))
    return tuple(found) if basis is None else (*found, *_differences(scope, basis))


def _other_time(given: Period, wanted: Period, accumulation: Accumulation | None) -> Reason:
    """How a period differs from the one compared in: a part of it, several years together, or just another."""
    if accumulation is Accumulation.STOCK:
        return Reason("apart.period", {"period": given})
    if wanted.covers(given):
        return Reason("apart.part", {"period": given})
    years = given.last.year - given.first.year + 1
    whole = (given.first.month, given.first.day) == FIRST_DAY and (given.last.month, given.last.day) == LAST_DAY
    if years > 1 and whole:
        key = "apart.years" if accumulation is Accumulation.RATE else "apart.cumulative"
        return Reason(key, {"period": given, "years": years})
    return Reason("apart.period", {"period": given})


def _differences(scope: Scope, basis: Basis) -> Iterator[Reason]:
    """What else than the time is not that of the basis."""
    if scope.region is not None and scope.sort != basis.sort and not _is_target(scope):
        yield Reason("apart.sort" if scope.sort else "apart.sort_unknown", {"sort": scope.sort})
    if scope.quantity.dimension != basis.dimension:
        yield Reason("apart.unit", {"unit": scope.quantity.base})
    elif scope.accumulation is not basis.accumulation:
        known = scope.accumulation is not None
        yield Reason("apart.accumulation" if known else "apart.accumulation_unknown", {"way": scope.accumulation})
    if scope.item.stage is not basis.stage:
        yield Reason("apart.stage" if scope.item.stage else "apart.stage_unknown", {"stage": scope.item.stage})
    if basis.among not in scope.among:
        named = "、".join(sorted(filter(None, scope.among)))
        yield Reason("apart.list" if named else "apart.list_unknown", {"among": named})
