"""One indicator over all plans and ledgers of a workspace: which entries and targets are of it, and how they compare."""

from __future__ import annotations

import difflib
from collections.abc import Sequence

from tracker.assessments.comparing import compare_measures
from tracker.assessments.naming import Label, Named, find_indicator
from tracker.errors import InputError
from tracker.ledger.index import Title
from tracker.ledger.rows import Row, actual_of
from tracker.model import Actual, Board, Compared, Measure, Target
from tracker.periods import Period
from tracker.regions import Regions
from tracker.workspace import COMPARISON, Workspace


def compare_indicator(
    workspace: Workspace,
    asked: str,
    period: Period | None = None,
    measures: Sequence[Measure] = (),
    within: Sequence[str] = (),
) -> Compared:
    """All that is reported and aimed at of an indicator. `within` leaves only entries of these regions or of parts of them.

    Raises:
        InputError: no such indicator, region or measure, or nothing of the period; names what there is.
    """
    targets = [target for plan in workspace.plans for target in workspace.targets(plan.id)]
    titles = [(title, _label(title)) for title in workspace.titles()]
    named = find_indicator(asked, targets, {label for _, label in titles})
    wanted = [title for title, label in titles if named.has(label)]
    actuals = [_actual(ledger, row, named) for ledger, row in workspace.entitled(wanted)]
    if within:
        regions = [_region(workspace.regions, name) for name in within]
        actuals = [each for each in actuals if _lies_in(each, regions, workspace.regions)]
    boards, apart = compare_measures(actuals, named.targets, workspace.regions, period)
    boards = _of_measures(boards, measures, named)
    if period is not None and all(board.basis is None for board in boards):
        raise InputError(
            "nothing_in_period", name=named.name, period=period.text, periods=_periods(actuals, named.targets)
        )
    return Compared(named.name, named.names, tuple(boards), () if measures else tuple(apart))


def _label(title: Title) -> Label:
    """An entry of a target is of the target's indicator, whatever the source calls it, unless it is only related to it."""
    counts = title.target and title.proxy != "true"
    return Label(title.indicator, f"{title.ledger}/{title.target}" if counts else "")


def _actual(ledger: str, row: Row, named: Named) -> Actual:
    """The entry; one that is only related to another indicator's target is a figure of its own indicator like any other."""
    actual = actual_of(row, "" if ledger == COMPARISON else ledger)
    aims = {target.key for target in named.targets}
    if actual.proxy and actual.target is not None and f"{actual.plan}/{actual.target}" not in aims:
        return actual._replace(proxy=False, target=None, note="")  # the note says why it does not decide that target
    return actual


def _region(regions: Regions, name: str) -> str:
    if name not in regions:
        known = [region.name for region in regions.all] + [alias for region in regions.all for alias in region.aliases]
        raise InputError("no_region", name=name, regions=difflib.get_close_matches(name, known, n=4, cutoff=0.4))
    return regions.name(name)


def _lies_in(actual: Actual, wanted: Sequence[str], regions: Regions) -> bool:
    return actual.region is not None and any(regions.covers(outer, actual.region) for outer in wanted)


def _of_measures(boards: Sequence[Board], measures: Sequence[Measure], named: Named) -> list[Board]:
    kept = [board for board in boards if not measures or board.measure in measures]
    if measures and not kept:
        there = [str(board.measure) for board in boards]
        raise InputError("no_measure", name=named.name, measure=", ".join(measures), measures=there)
    return kept


def _periods(actuals: Sequence[Actual], targets: Sequence[Target]) -> list[str]:
    """The periods there are, the latest first."""
    entries: list[Actual | Target] = [*actuals, *targets]
    found = {(each.period.last, each.period.first): each.period.text for each in entries if each.period}
    return [text for _, text in sorted(found.items(), reverse=True)]
