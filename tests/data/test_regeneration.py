"""The ledger is what `match --accept same,part` makes of the digests, and proxies that somebody reviewed."""

from __future__ import annotations

from functools import cache

import pytest

from tests.cli.running import REPOSITORY
from tracker.candidates import as_entry, entry_row, make_candidates
from tracker.ledger.rows import Row
from tracker.model import Relation
from tracker.pipeline import match_reports, read_report
from tracker.workspace import Workspace

PLAN = "pingjiang-2024"
DECIDING = (Relation.SAME, Relation.PART_REGION, Relation.PART_PERIOD)
COMPARED = ("target", "region", "period", "value", "value_high", "unit", "bound", "done", "start", "end")
MISSED = {
    "pj24-vocational-school": "县职校 is not known as 平江职校, nor 签有协议 and 合作 as one deed",
    "pj24-platform-shanrun-centre": "a clause that says 获批 without a number is no match of a count",
    "pj24-top500-landed": "a clause that says 已落地 is no match of a direction, and is taken to be of the firm before it",
    "pj24-wuhao-top-ten-parks": "产业园区十强 and 五好 are not known as one list",
}
"""Entries of the ledger that matching does not find, and why."""
EXTRA: dict[str, str] = {}
"""Targets for which matching finds what is no evidence, and why."""


@cache
def made() -> list[Row]:
    """What `match --accept same,part` would write into an empty ledger."""
    with Workspace(REPOSITORY) as opened:
        targets, regions = opened.targets(PLAN), opened.regions
        reports = [read_report(path) for path in sorted((REPOSITORY / "seeds").glob("*.md"))]
        found = make_candidates(match_reports(targets, reports, regions), {}, regions)
        return [
            entry_row(each._replace(actual=as_entry(each.match, regions)), "", "", "", "")
            for each in found
            if each.match.relation in DECIDING and each.is_open
        ]


@cache
def kept() -> dict[str, Row]:
    """The entries of the ledger that are no proxies, by id."""
    with Workspace(REPOSITORY) as opened:
        return {row.id: row for plan, row in opened.rows() if plan == PLAN and row.proxy != "true"}


def compared(row: Row) -> tuple[str, ...]:
    """What is held against each other."""
    return tuple(getattr(row, name) for name in COMPARED)


def entries() -> list[object]:
    """The ids of the ledger's entries, those that are missed as strict expected failures."""
    return [
        pytest.param(name, marks=pytest.mark.xfail(reason=MISSED[name], strict=True)) if name in MISSED else name
        for name in kept()
    ]


@pytest.mark.parametrize("name", entries())
def test_an_entry_is_made_again(name: str) -> None:
    assert compared(kept()[name]) in [compared(row) for row in made()]


def targets() -> list[object]:
    """The targets for which something is made, those with what is none as strict expected failures."""
    names = sorted({row.target for row in made()} | set(EXTRA))
    return [
        pytest.param(name, marks=pytest.mark.xfail(reason=EXTRA[name], strict=True)) if name in EXTRA else name
        for name in names
    ]


@pytest.mark.parametrize("name", targets())
def test_nothing_else_is_made(name: str) -> None:
    """What would be written stands in the ledger."""
    known = [compared(row) for row in kept().values()]
    assert [row for row in made() if row.target == name and compared(row) not in known] == []


def test_every_miss_is_an_entry() -> None:
    assert set(MISSED) <= set(kept())
