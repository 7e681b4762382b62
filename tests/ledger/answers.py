"""What a workspace says, asked in several ways that must agree; and connections to its index that can be watched."""

from __future__ import annotations

import sqlite3
from collections.abc import Callable
from datetime import date
from pathlib import Path
from typing import Any, ClassVar, NamedTuple

import pytest

from tests.ledger.plain import read_plainly
from tracker.assessments import assess
from tracker.errors import Problem, WorkspaceError
from tracker.ledger.cache import discard_damaged
from tracker.ledger.rows import Row, actual_of
from tracker.model import Assessment
from tracker.plans import read_plan, read_regions
from tracker.regions import Regions
from tracker.workspace import Workspace

DAYS = (date(2024, 6, 30), date(2024, 12, 31), date(2030, 1, 1))
OTHER = "actuals/comparison.toml"


class Answers(NamedTuple):
    """All that a workspace says: its entries, what they prove on some days, and what is wrong."""

    rows: list[tuple[str, Row]]
    assessments: list[Assessment]
    problems: list[Problem]


def answers(workspace: Workspace) -> Answers:
    """What an open workspace says."""
    found = [
        assessment._replace(steps=(), settle=(), bearings=())
        for plan in workspace.plans
        for day in DAYS
        for _, assessment in workspace.assessments(plan.id, day)
    ]
    return Answers(list(workspace.rows()), found, sorted(workspace.problems(), key=str))


def asked(root: Path) -> Answers | str:
    """What a workspace says that is opened now; the error's code and place where it cannot be.

    As the program does, it begins again without the index where that turns out to be damaged.
    """
    try:
        try:
            return answers(Workspace(root))
        except sqlite3.DatabaseError:
            discard_damaged()
            return answers(Workspace(root))
    except WorkspaceError as error:
        return f"{error.code} {error.place}"


def afresh(root: Path) -> Answers | str:
    """The same from an index that is made for this once, in memory: a file is in the place of the cache folder."""
    with pytest.MonkeyPatch.context() as patch:
        patch.setenv("TRACKER_CACHE", str(root / "targets" / "regions.toml"))
        return asked(root)


def plainly(root: Path) -> Answers:
    """The same without index, pattern or tail: each file read by tomllib and assessed. The ledgers must be TOML."""
    rows, gone = list[tuple[str, Row]](), set[str]()
    for path in sorted((root / "actuals").glob("*.toml")):
        plain = read_plainly(path.read_bytes())
        assert plain is not None
        rows += [(path.stem, row) for row in plain.rows]
        gone |= {row.actual for row in plain.retractions}
    regions = Regions(read_regions((root / "targets" / "regions.toml").read_text("utf-8"), "")[0])
    found = list[Assessment]()
    for path in sorted((root / "targets").glob("p*.toml")):
        file = read_plan(path.read_text("utf-8"), f"targets/{path.name}", path.stem)
        for day in DAYS:
            for target in file.targets:
                evidence = [
                    actual_of(row, path.stem)
                    for ledger, row in rows
                    if ledger == path.stem and row.target == target.id and row.id not in gone
                ]
                assessment = assess(target, evidence, regions, day)
                found.append(assessment._replace(steps=(), settle=(), bearings=()))
    return Answers(rows, found, [])


def assert_answers_plainly(root: Path) -> None:
    """The index that has been through it all, one made afresh and a plain reading say the same."""
    warm, fresh = asked(root), afresh(root)
    assert warm == fresh
    assert not isinstance(warm, str), warm
    plain = plainly(root)
    assert warm.rows == plain.rows
    assert warm.assessments == plain.assessments


def verdicts(root: Path) -> dict[str, str]:
    """The verdict on each target."""
    return {target.id: str(found.verdict) for target, found in Workspace(root).assessments("plan", DAYS[1])}


class Watched(sqlite3.Connection):
    """A connection that tells of each statement before it runs, so that another process can be let in between."""

    tell: Callable[[Watched, str], object] | None = None
    made: ClassVar[list[Watched]] = []

    def __init__(self, *given: Any, **named: Any) -> None:  # noqa: ANN401 - as sqlite3 has it
        super().__init__(*given, **named)
        Watched.made.append(self)

    def execute(self, sql: str, parameters: Any = (), /) -> sqlite3.Cursor:  # noqa: ANN401 - as sqlite3 has it
        """Run one statement."""
        if Watched.tell is not None:
            Watched.tell(self, sql)
        return super().execute(sql, parameters)


def is_open(base: sqlite3.Connection) -> bool:
    """Whether a connection can still be used."""
    try:
        base.execute("select 1")
    except sqlite3.ProgrammingError:
        return False
    return True
