"""Several processes with one workspace and one index at the same time."""

from __future__ import annotations

import os
import shutil
import sqlite3
from collections.abc import Callable
from pathlib import Path

import pytest

from tests.ledger.answers import (
    DAYS,
    Watched,
    answers,
    asked,
    assert_answers_plainly,
)
from tests.ledger.building import LEDGER, REGIONS, Nursery, block, command
from tracker.ledger.append import append, writing
from tracker.ledger.cache import discard_damaged
from tracker.workspace import Workspace


class Between:
    """Lets something happen before the `at`-th statement that is not part of a transaction; nothing is told meanwhile."""

    def __init__(self, at: int, happen: Callable[[], None]) -> None:
        self.left = at
        self.happen = happen
        Watched.tell = self

    def __call__(self, connection: Watched, _: str) -> None:
        """Count a statement."""
        if connection.in_transaction or self.left < 0:
            return
        self.left -= 1
        if self.left < 0:
            Watched.tell = None
            self.happen()


MANY = 40
"""More than the statements of any one question."""


def add_by_another(root: Path) -> None:
    """What another process does that adds an entry, and asks for the verdicts or does not."""
    with writing(root / "actuals"):
        other = Workspace(root)
        append(root / LEDGER, block("second", "400", 'verification = "official"'))
        other.refresh()


def renew(root: Path, cache: Path) -> None:
    """A ledger with one entry that proves nothing achieved, and no index."""
    for path in cache.glob("*"):
        path.unlink()
    (root / LEDGER).write_text(block("first", "4"), encoding="utf-8")


@pytest.mark.usefixtures("watched")
def test_entry_added_while_the_index_is_opened(root: Path, cache: Path) -> None:
    """An entry that another process adds while this one opens the workspace is there at the latest when it is opened again."""
    for at in range(MANY):
        renew(root, cache)
        Workspace(root)
        (root / LEDGER).write_text(block("first", "5"), encoding="utf-8")
        moment = Between(at, lambda: add_by_another(root))
        found = [row.id for _, row in Workspace(root).rows()]
        Watched.tell = None
        assert found in (["first"], ["first", "second"])
        if moment.left >= 0:
            break
        assert_answers_plainly(root)
    assert 3 < at < MANY - 1


@pytest.mark.usefixtures("watched")
def test_entry_added_while_assessments_are_made(root: Path, cache: Path) -> None:
    """A verdict asked for while another process adds an entry is of before or after, and never outlives the entry."""
    for at in range(MANY):
        renew(root, cache)
        opened = Workspace(root)
        moment = Between(at, lambda: add_by_another(root))
        verdict = str(opened.assessments("plan", DAYS[1])[0][1].verdict)
        Watched.tell = None
        assert verdict in ("missed", "achieved")
        if moment.left >= 0:
            break
        assert_answers_plainly(root)
    assert 3 < at < MANY - 1


def test_regions_changed_while_assessments_are_made(root: Path) -> None:
    """Assessments made with a tree of regions that another process has replaced meanwhile do not stay."""
    (root / LEDGER).write_text(block("first", "400").replace("甲县", "东镇"), encoding="utf-8")
    opened = Workspace(root)
    assert "东镇" in opened.regions
    (root / "targets" / "regions.toml").write_text(REGIONS.replace('within = "甲县"', "", 1), encoding="utf-8")
    Workspace(root)
    opened.assessments("plan", DAYS[1])
    assert_answers_plainly(root)


@pytest.mark.usefixtures("watched")
def test_index_made_by_two_at_once(root: Path) -> None:
    """Two processes that find no index at the same moment both answer, and leave one that is right."""
    (root / LEDGER).write_text(block("first", "4"), encoding="utf-8")
    others = list[Workspace]()

    def first_look(connection: Watched, sql: str) -> None:
        """The first look finds no index; before it is made here, another process makes it."""
        if "from meta" in sql:
            Watched.tell = None
            try:
                connection.execute(sql)
            finally:
                others.append(Workspace(root))
                Watched.tell = half_made

    def half_made(_: Watched, sql: str) -> None:
        """While it is being made here, the other process goes on with its own."""
        if "create table plans" in sql:
            Watched.tell = None
            others[0].refresh()

    Watched.tell = first_look
    ours = Workspace(root)
    Watched.tell = None
    assert answers(others[0]) == answers(ours)
    assert_answers_plainly(root)


def test_index_made_anew_under_an_open_one(root: Path, cache: Path) -> None:
    """A workspace that is open goes on when somebody takes its index away and another process makes it anew."""
    opened = Workspace(root)
    (index,) = cache.glob("*.sqlite")
    index.unlink()
    Workspace(root)
    (root / LEDGER).write_text(block("first", "400"), encoding="utf-8")
    opened.refresh()
    assert answers(opened) == asked(root)
    assert_answers_plainly(root)


def test_locked_index(root: Path, cache: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """An index that somebody else holds for long is neither waited for without end nor taken away: memory serves this once."""
    connect = sqlite3.connect
    monkeypatch.setattr(sqlite3, "connect", lambda path, **named: connect(path, **{**named, "timeout": 0.1}))
    (root / LEDGER).write_text(block("first", "400"), encoding="utf-8")
    Workspace(root)
    (index,) = cache.glob("*.sqlite")
    base = connect(index, isolation_level=None)
    base.execute("begin exclusive")
    discard_damaged()
    assert_answers_plainly(root)
    base.execute("commit")
    base.close()
    assert list(cache.glob("*.sqlite")) == [index]
    assert_answers_plainly(root)


def test_program_started_eight_times_at_once(root: Path, tmp_path: Path) -> None:
    """Eight processes that find the index made by nobody, or by an older program, all answer the same."""
    (root / LEDGER).write_text("\n".join(block(f"e{n}", str(n + 1)) for n in range(50)), encoding="utf-8")
    with Nursery(tmp_path) as nursery:
        for _ in range(3):
            shutil.rmtree(os.environ["TRACKER_CACHE"], ignore_errors=True)
            children = [
                nursery.start("main", runs=[command(root, "status", "plan", "--format", "json")]) for _ in range(8)
            ]
            outcomes = {child.end() for child in children}
            assert len(outcomes) == 1
            assert outcomes.pop().code == 0
    assert_answers_plainly(root)
