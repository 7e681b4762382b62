"""A workspace says what its files say, whatever the index went through before: the TOML is the truth."""

from __future__ import annotations

import os
import shutil
import sqlite3
import time
from pathlib import Path

import pytest

from tests.cli.running import call
from tests.ledger.answers import (
    OTHER,
    Watched,
    afresh,
    asked,
    assert_answers_plainly,
    is_open,
    verdicts,
)
from tests.ledger.building import LEDGER, PLAN, REGIONS, block, make_workspace, retraction
from tracker.errors import InputError, WorkspaceError
from tracker.ledger.index import Index
from tracker.workspace import Workspace, find_root


@pytest.mark.parametrize("tolerant", [False, True], ids=["away", "broken"])
def test_plan_that_comes_back(root: Path, tolerant: bool) -> None:
    """A plan's file that was away or broken for one look has its evidence again when it is back."""
    (root / LEDGER).write_text(block("first", "400"), encoding="utf-8")
    assert verdicts(root)["investment"] == "achieved"
    plan = root / "targets" / "plan.toml"
    if tolerant:
        plan.write_text(PLAN + "\n[", encoding="utf-8")
    else:
        plan.unlink()
    assert [row.id for _, row in Workspace(root, tolerant=True).rows()] == ["first"]
    plan.write_text(PLAN, encoding="utf-8")
    assert verdicts(root)["investment"] == "achieved"


def test_broken_regions(root: Path) -> None:
    """`check` says the same of a broken tree of regions whether it knew the tree before or not."""
    Workspace(root)
    (root / "targets" / "regions.toml").write_text(REGIONS + "\n[", encoding="utf-8")
    warm = Workspace(root, tolerant=True)
    with pytest.MonkeyPatch.context() as patch:
        patch.setenv("TRACKER_CACHE", str(root / "fresh"))
        assert warm.problems() == Workspace(root, tolerant=True).problems()


def test_more_behind_a_torn_entry(root: Path) -> None:
    """Text behind a torn entry makes the file unreadable for an index that knew it before, as for one that did not."""
    torn = block("first") + '\n[[actual]]\nid = "b'
    (root / LEDGER).write_text(torn, encoding="utf-8")
    Workspace(root)
    (root / LEDGER).write_text(torn + "\n\n" + block("third"), encoding="utf-8")
    assert asked(root) == afresh(root)


def test_byte_order_mark_in_the_middle(root: Path) -> None:
    """A file with a byte order mark put behind a ledger (`type new.toml >> ledger`) is no TOML, however it is read."""
    (root / LEDGER).write_text(block("first"), encoding="utf-8")
    Workspace(root)
    with (root / LEDGER).open("ab") as ledger:
        ledger.write(b"\xef\xbb\xbf" + block("second").encode())
    assert asked(root) == afresh(root)


def test_entries_that_name_another_ledger_s(root: Path) -> None:
    """What is found between two ledgers does not depend on which of them was read last."""
    (root / OTHER).write_text('[[actual]]\nid = "a"\nindicator = "产值"\n', encoding="utf-8")
    (root / LEDGER).write_text(block("first", "1", 'revises = "a"') + block("twice"), encoding="utf-8")
    Workspace(root)
    with (root / OTHER).open("a", encoding="utf-8") as ledger:
        ledger.write('# 换行\n[[actual]] # 手工\nid = "twice"\nindicator = "产值"\n')
    (root / OTHER).write_text("# 注\n" + (root / OTHER).read_text("utf-8"), encoding="utf-8")
    warm = {problem.path for problem in Workspace(root).problems()}
    with pytest.MonkeyPatch.context() as patch:
        patch.setenv("TRACKER_CACHE", str(root / "fresh"))
        assert warm == {problem.path for problem in Workspace(root).problems()}


def test_same_size_within_a_tick(root: Path) -> None:
    """Edits that change neither size nor, within one tick of the clock, the times of a file are seen, each of them."""
    for value in range(100, 160):
        (root / LEDGER).write_text(block("first", str(value)), encoding="utf-8")
        assert [row.value for _, row in Workspace(root).rows()] == [str(value)]


def test_times_of_the_future(root: Path) -> None:
    """A file dated in the future is compared by its bytes."""
    ahead = time.time_ns() + 10**13
    for value in ("100", "200"):
        (root / LEDGER).write_text(block("first", value), encoding="utf-8")
        os.utime(root / LEDGER, ns=(ahead, ahead))
        assert [row.value for _, row in Workspace(root).rows()] == [value]


@pytest.mark.usefixtures("watched")
def test_time_of_reading(root: Path) -> None:
    """The moment that a file is known of is before its bytes are had: what changes while it is being read is seen."""
    (root / LEDGER).write_text(block("first", "100"), encoding="utf-8")
    Workspace(root)
    moments = list[int]()
    Watched.tell = lambda _, sql: moments.append(time.time_ns()) if sql.startswith("delete from actuals") else None
    (root / LEDGER).write_text(block("first", "200") + block("second"), encoding="utf-8")
    opened = Workspace(root)
    Watched.tell = None
    assert len(moments) == 1
    assert Index.of(root).files()[LEDGER].checked < moments[0]
    assert len(list(opened.rows())) == 2


@pytest.mark.usefixtures("watched")
def test_workspace_that_is_closed(root: Path) -> None:
    """A workspace lets go of its index when it is closed, when a `with` ends, and when it cannot be read."""
    with Workspace(root) as opened:
        assert opened.plans
    closed = Workspace(root)
    closed.close()
    for each in (opened, closed):
        with pytest.raises(sqlite3.ProgrammingError):
            list(each.rows())
    Watched.made.clear()
    (root / LEDGER).write_text("[", encoding="utf-8")
    with pytest.raises(WorkspaceError):
        Workspace(root)
    assert [is_open(base) for base in Watched.made] == [False]


@pytest.mark.usefixtures("watched")
@pytest.mark.parametrize("words", [("status",), ("show", "investment"), ("check",), ("report",), ("show", "nothing")])
def test_commands_close_what_they_open(root: Path, words: tuple[str, ...]) -> None:
    """No command leaves an index open, neither when it ends well nor when it does not."""
    call(*words, "--workspace", str(root))
    assert [is_open(base) for base in Watched.made] == [False]


def test_two_workspaces_do_not_mix(tmp_path: Path) -> None:
    """Two workspaces with one cache folder keep their entries apart, and so does a copy of one of them."""
    roots = [make_workspace(tmp_path / name) for name in ("one", "two")]
    for number, root in enumerate(roots):
        (root / LEDGER).write_text(block(f"entry{number}", "400" if number else "4"), encoding="utf-8")
    shutil.copytree(roots[0], tmp_path / "three")
    for _ in range(2):
        assert [verdicts(root)["investment"] for root in roots] == ["missed", "achieved"]
        assert [[row.id for _, row in Workspace(root).rows()] for root in roots] == [["entry0"], ["entry1"]]
        assert_answers_plainly(tmp_path / "three")
    shutil.rmtree(roots[0])
    roots[1].rename(roots[0])
    assert verdicts(roots[0])["investment"] == "achieved"
    assert_answers_plainly(roots[0])


def test_workspace_behind_a_link(root: Path, tmp_path: Path) -> None:
    """A workspace has one index, by whichever path it is reached."""
    (tmp_path / "link").symlink_to(root)
    (root / LEDGER).write_text(block("first"), encoding="utf-8")
    Workspace(root)
    (root / LEDGER).write_text(block("other"), encoding="utf-8")
    assert [row.id for _, row in Workspace(tmp_path / "link").rows()] == ["other"]
    assert len(list((tmp_path / "cache").glob("*.sqlite"))) == 1


GBK = os.fsdecode("方案".encode("gb18030"))
"""A name as old archives unpack it, in the place of one in UTF-8."""


@pytest.mark.parametrize(
    ("name", "found"),
    [
        (GBK, []),
        (f"targets/{GBK}.txt", []),
        (f"actuals/.{GBK}.toml", []),
        (f"targets/{GBK}.toml", ["targets/\\xb7\\xbd\\xb0\\xb8.toml bad_name"]),
        (f"actuals/{GBK}.toml", ["actuals/\\xb7\\xbd\\xb0\\xb8.toml bad_name"]),
    ],
)
def test_names_that_are_not_utf8(root: Path, name: str, found: list[str]) -> None:
    """A file whose name is no text stops nothing; it is a finding where it would be read but for its name."""
    (root / name).write_text("[[broken", encoding="utf-8")
    (root / LEDGER).write_text(block("first", "400"), encoding="utf-8")
    opened = Workspace(root)
    assert [f"{problem.file} {problem.code}" for problem in opened.problems()] == found
    assert [f"{problem.file} {problem.code}" for problem in opened.file_problems()] == found
    assert opened.problems() == Workspace(root, tolerant=True).problems()
    assert verdicts(root)["investment"] == "achieved"


def test_workspace_whose_name_is_not_utf8(tmp_path: Path) -> None:
    """A folder whose name is no text may be a workspace."""
    root = make_workspace(tmp_path / GBK)
    (root / LEDGER).write_text(block("first", "400"), encoding="utf-8")
    assert verdicts(root)["investment"] == "achieved"
    assert asked(root) == afresh(root)


# what is asked for by name


def test_workspace_is_the_nearest_above(root: Path) -> None:
    """The workspace is the nearest folder upwards that has `targets/`; one that is named must have it."""
    inner = root / "a" / "b"
    inner.mkdir(parents=True)
    assert find_root(None, inner) == root
    assert find_root(root, inner) == root
    with pytest.raises(WorkspaceError) as refused:
        find_root(inner, root)
    assert (refused.value.code, refused.value.place) == ("no_workspace_there", str(inner))


@pytest.mark.parametrize(
    ("name", "found"),
    [
        ("investment", "investment"),
        ("plan/investment", "investment"),
        ("inv", "investment"),
        ("plan/inv", "investment"),
        ("引资总额", "investment"),
        ("引资", "investment"),
        ("investmnt", "target_unknown"),
        ("plan/", "target_ambiguous"),
        ("", "target_ambiguous"),
    ],
)
def test_target_by_name(root: Path, name: str, found: str) -> None:
    try:
        assert Workspace(root).find_target(name).id == found
    except InputError as error:
        assert error.code == found  # noqa: PT017 - either, as the table says


def test_entry_by_name(root: Path) -> None:
    """An entry is found by its id or the only beginning of one, with whether it is retracted."""
    text = block("a1") + block("a12") + block("b1") + retraction("b1")
    (root / LEDGER).write_text(text, encoding="utf-8")
    opened = Workspace(root)
    assert [opened.find_actual(name)[0].id for name in ("a1", "a12", "b")] == ["a1", "a12", "b1"]
    assert [opened.find_actual(name)[1] for name in ("a1", "b1")] == [False, True]
    for name, code in (("a", "actual_ambiguous"), ("c", "actual_unknown"), ("%", "actual_unknown")):
        with pytest.raises(InputError) as refused:
            opened.find_actual(name)
        assert refused.value.code == code


def test_counts_are_those_of_the_assessments(root: Path) -> None:
    """The counts over the workspace are those of the verdicts one by one."""
    (root / LEDGER).write_text(block("first", "400"), encoding="utf-8")
    counts = {verdict: number for (_, verdict), number in Workspace(root).counts().items()}
    assert counts == {"achieved": 1, "no_evidence": 3}
    assert sorted(verdicts(root).values()) == ["achieved", "no_evidence", "no_evidence", "no_evidence"]


def test_file_that_is_too_large(root: Path) -> None:
    """A file of more than two thousand million bytes is refused before it is read."""
    with (root / LEDGER).open("wb") as file:
        file.truncate(2_000_000_001)
    assert asked(root) == f"too_large {LEDGER}"


def test_file_that_cannot_be_read(root: Path) -> None:
    """A file whose bytes cannot be had is an error that names it; for `check` it is a finding and the rest is read."""
    (root / LEDGER).symlink_to("/proc/self/mem")
    (root / OTHER).write_text('[[actual]]\nid = "a"\nindicator = "产值"\n', encoding="utf-8")
    assert asked(root) == f"unreadable {LEDGER}"
    tolerant = Workspace(root, tolerant=True)
    assert [row.id for _, row in tolerant.rows()] == ["a"]
    assert [(problem.file, problem.code) for problem in tolerant.problems()] == [(LEDGER, "unreadable")]
