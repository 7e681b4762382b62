"""A workspace says what its files say, whatever the index went through before: the TOML is the truth."""

from __future__ import annotations

import gc
import json
import os
import random
import re
import shutil
import sqlite3
import subprocess
import sys
import time
from collections.abc import Callable, Iterator
from datetime import date
from pathlib import Path
from typing import Any, ClassVar, NamedTuple

import pytest
from hypothesis import Phase, settings
from hypothesis import strategies as st
from hypothesis.stateful import (
    RuleBasedStateMachine,
    invariant,
    precondition,
    rule,
    run_state_machine_as_test,
)

import tracker
from tests.cli.running import call
from tests.ledger.building import LEDGER, PLAN, REGIONS, TARGETS, Nursery, block, command, make_workspace, retraction
from tests.ledger.ledgers import IDS, Piece, as_written, blocks, entries, inline_ledgers
from tests.ledger.plain import read_plainly
from tracker.assessments import assess
from tracker.cli.add import ensure_appendable
from tracker.errors import InputError, Problem, WorkspaceError, WriteError
from tracker.ledger.append import append, writing
from tracker.ledger.cache import OLD, discard_damaged
from tracker.ledger.entries import read_ledger, write_actual, write_retraction
from tracker.ledger.index import Index
from tracker.ledger.rows import Retracted, Row, actual_of
from tracker.model import Assessment
from tracker.plans import read_plan, read_regions
from tracker.regions import Regions
from tracker.workspace import Workspace, find_root

DAYS = (date(2024, 6, 30), date(2024, 12, 31), date(2030, 1, 1))
OTHER = "actuals/comparison.toml"


@pytest.fixture(autouse=True)
def cache(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """A cache folder of this test's own."""
    folder = tmp_path / "cache"
    monkeypatch.setenv("TRACKER_CACHE", str(folder))
    return folder


@pytest.fixture
def root(tmp_path: Path) -> Path:
    """A workspace with a plan and no ledger."""
    return make_workspace(tmp_path / "county")


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


# any sequence of edits


class Edits(RuleBasedStateMachine):
    """Programs and people working on one workspace in any order; after each step all ways of reading say the same."""

    def __init__(self) -> None:
        super().__init__()
        self.folder = Path(os.environ["TRACKER_CACHE"]).parent / f"run{time.monotonic_ns()}"
        self.root = make_workspace(self.folder / "county")
        self.chunks: dict[str, list[str]] = {LEDGER: [], OTHER: []}
        self.opened = Workspace(self.root)

    def teardown(self) -> None:
        """Leave nothing behind."""
        shutil.rmtree(self.folder)

    def save(self, file: str) -> None:
        """Write a ledger as an editor does: over the file that is there."""
        (self.root / file).write_text("".join(self.chunks[file]), encoding="utf-8", newline="")

    @rule(entry=entries)
    def append_by_program(self, entry: dict[str, object]) -> None:
        """An entry through the program's own steps."""
        (row,) = read_ledger(as_written(Piece("actual", entry)), LEDGER).rows
        self._append(LEDGER, write_actual(row))

    @rule(name=st.sampled_from(IDS), file=st.sampled_from((LEDGER, OTHER)))
    def retract_by_program(self, name: str, file: str) -> None:
        """A retraction through the program's own steps, of an entry of this ledger, the other one or none."""
        self._append(file, write_retraction(Retracted(name, "重复登记", "2026-11-21T09:00:00+08:00", "测试")))

    def _append(self, file: str, text: str) -> None:
        with writing(self.root / "actuals"):
            self.opened.refresh()
            try:
                ensure_appendable(self.opened, file, text)
            except WriteError:
                assert self.chunks[file][0].startswith(("actual =", "retraction ="))
                return
            append(self.root / file, text)
        data = (self.root / file).read_bytes().decode()
        before = "".join(self.chunks[file])
        assert data.startswith(before)
        self.chunks[file].append(data[len(before) :])

    @rule(text=blocks(), file=st.sampled_from((LEDGER, LEDGER, OTHER)))
    def append_by_hand(self, text: str, file: str) -> None:
        """A block typed at the end, in any form."""
        before = "".join(self.chunks[file])
        if before.startswith(("actual =", "retraction =")):
            return
        addition = ("" if before.endswith("\n") or not before else "\n") + text
        self.chunks[file].append(addition)
        with (self.root / file).open("a", encoding="utf-8", newline="") as ledger:
            ledger.write(addition)

    @precondition(lambda self: self.chunks[LEDGER])
    @rule(draw=st.data(), text=blocks())
    def edit_in_the_middle(self, draw: st.DataObject, text: str) -> None:
        """A block put before one that is there."""
        self.chunks[LEDGER].insert(draw.draw(st.integers(0, len(self.chunks[LEDGER]) - 1)), text)
        self.save(LEDGER)

    @precondition(lambda self: self.chunks[LEDGER])
    @rule(draw=st.data())
    def delete_a_block(self, draw: st.DataObject) -> None:
        """A block deleted."""
        del self.chunks[LEDGER][draw.draw(st.integers(0, len(self.chunks[LEDGER]) - 1))]
        self.save(LEDGER)

    @rule(digit=st.sampled_from("123456789"), file=st.sampled_from((LEDGER, "targets/plan.toml")))
    def change_a_digit(self, digit: str, file: str) -> None:
        """A value changed into another of as many bytes, at once after it was read, with the old times put back."""
        path = self.root / file
        if not path.exists():
            return
        before = path.stat()
        pattern, change = re.compile(r"(?m)^(value = )[1-9]"), rf"\g<1>{digit}"
        if file == LEDGER:
            self.chunks[LEDGER] = [pattern.sub(change, chunk) for chunk in self.chunks[LEDGER]]
            self.save(LEDGER)
        else:
            path.write_text(pattern.sub(change, path.read_text("utf-8")), encoding="utf-8")
        os.utime(path, ns=(before.st_atime_ns, before.st_mtime_ns))

    @rule()
    def replace_the_file(self) -> None:
        """The ledger saved as an editor does that writes a new file and renames it."""
        new = self.folder / "new"
        self.chunks[LEDGER].reverse()
        new.write_text("".join(self.chunks[LEDGER]), encoding="utf-8", newline="")
        new.replace(self.root / LEDGER)

    @rule()
    def remove_the_ledger(self) -> None:
        """The other ledger taken away."""
        self.chunks[OTHER].clear()
        (self.root / OTHER).unlink(missing_ok=True)

    @rule()
    def touch(self) -> None:
        """New times, the same bytes."""
        (self.root / "targets" / "plan.toml").touch()

    @rule(left_out=st.sampled_from(TARGETS))
    def change_the_plan(self, left_out: str) -> None:
        """A target taken out of the plan, all others there."""
        head, *targets = PLAN.split("\n[[target]]\n")
        kept = [text for text in targets if f'id = "{left_out}"' not in text]
        (self.root / "targets" / "plan.toml").write_text("\n[[target]]\n".join([head, *kept]), encoding="utf-8")

    @rule(whole=st.booleans())
    def change_the_regions(self, whole: bool) -> None:
        """A town that lies in the county, or does not."""
        text = REGIONS if whole else REGIONS.replace('within = "甲县"', "", 1)
        (self.root / "targets" / "regions.toml").write_text(text, encoding="utf-8")

    @invariant()
    def all_say_the_same(self) -> None:
        """A workspace opened now, one open since the beginning, one with an index of its own, and a plain reading."""
        assert_answers_plainly(self.root)
        self.opened.refresh()
        assert answers(self.opened) == asked(self.root)


class RoughEdits(Edits):
    """The same with what is not done every day: a plan taken away or broken and put back, arrays of inline tables."""

    @rule()
    def take_the_plan_away(self) -> None:
        """The plan's file moved elsewhere while somebody looks, and put back."""
        (self.root / "targets" / "plan.toml").rename(self.folder / "away")
        Workspace(self.root)
        (self.folder / "away").rename(self.root / "targets" / "plan.toml")

    @rule()
    def break_the_plan(self) -> None:
        """The plan's file broken while somebody runs `check`, and mended."""
        path = self.root / "targets" / "plan.toml"
        text = path.read_text("utf-8")
        path.write_text(text + "\n=", encoding="utf-8")
        Workspace(self.root, tolerant=True)
        path.write_text(text, encoding="utf-8")

    @rule(text=inline_ledgers())
    def arrays(self, text: str) -> None:
        """The other ledger as arrays of inline tables."""
        self.chunks[OTHER] = [text]
        self.save(OTHER)


EDITED = settings(
    max_examples=25,
    stateful_step_count=12,
    deadline=None,
    derandomize=True,
    database=None,
    phases=(Phase.generate,),  # the steps that failed are told; making them fewer takes minutes
    report_multiple_bugs=False,
)


def test_any_sequence_of_edits() -> None:
    """Whatever is done to the files, in whatever order, the index never says anything that the TOML does not."""
    run_state_machine_as_test(Edits, settings=EDITED)


def test_any_sequence_of_rough_edits() -> None:
    """The same with plans that go and come back, and arrays of inline tables."""
    run_state_machine_as_test(RoughEdits, settings=EDITED)


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


@pytest.fixture
def watched(monkeypatch: pytest.MonkeyPatch) -> Iterator[None]:
    """Every connection to an index is watched."""
    connect = sqlite3.connect
    monkeypatch.setattr(sqlite3, "connect", lambda *given, **named: connect(*given, **named, factory=Watched))
    yield
    Watched.tell = None
    Watched.made.clear()


# one change at a time


def verdicts(root: Path) -> dict[str, str]:
    """The verdict on each target."""
    return {target.id: str(found.verdict) for target, found in Workspace(root).assessments("plan", DAYS[1])}


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


def is_open(base: sqlite3.Connection) -> bool:
    """Whether a connection can still be used."""
    try:
        base.execute("select 1")
    except sqlite3.ProgrammingError:
        return False
    return True


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


# what the cache folder may be


def damage_with(change: Callable[[bytearray, random.Random], object]) -> Callable[[Path, random.Random], None]:
    """A damage that changes the bytes of the index."""

    def damage(path: Path, chance: random.Random) -> None:
        data = bytearray(path.read_bytes())
        change(data, chance)
        path.write_bytes(data)

    return damage


def _overwrite_page(data: bytearray, chance: random.Random, first: int = 0) -> None:
    page = chance.randrange(first, len(data) // 4096) * 4096
    data[page : page + 4096] = chance.randbytes(4096)


def _cut(data: bytearray, chance: random.Random) -> None:
    del data[chance.randrange(len(data)) :]


def _other_database(path: Path, _: random.Random) -> None:
    path.unlink()
    with sqlite3.connect(path) as base:
        base.execute("create table meta (word text)")
    base.close()


def _empty_database(path: Path, _: random.Random) -> None:
    path.unlink()
    with sqlite3.connect(path) as base:
        base.execute("create table songs (title text)")
    base.close()


def _journal_of_another(path: Path, chance: random.Random) -> None:
    path.with_name(path.name + "-journal").write_bytes(chance.randbytes(2000))


def _folder(path: Path, _: random.Random) -> None:
    path.unlink()
    path.mkdir()


DAMAGES: dict[str, Callable[[Path, random.Random], None]] = {
    "emptied": damage_with(lambda data, _: data.clear()),
    "head overwritten": damage_with(lambda data, chance: data.__setitem__(slice(0, 100), chance.randbytes(100))),
    "all overwritten": damage_with(lambda data, chance: data.__setitem__(slice(None), chance.randbytes(len(data)))),
    "text": damage_with(lambda data, _: data.__setitem__(slice(None), b"hello\n" * 999)),
    "another program's database": _other_database,
    "a database without our tables": _empty_database,
    "a journal of another": _journal_of_another,
    "a folder": _folder,
    "removed": lambda path, _: path.unlink(),
}


@pytest.mark.parametrize("damage", DAMAGES)
def test_damaged_index(root: Path, cache: Path, damage: str) -> None:
    """An index that is damaged, foreign or gone is made anew, and the answers are the same."""
    (root / LEDGER).write_text("\n".join(block(f"e{n}", str(n)) for n in range(150)), encoding="utf-8")
    assert_answers_plainly(root)
    (index,) = cache.glob("*.sqlite")
    DAMAGES[damage](index, random.Random(7))  # noqa: S311 - no secret
    assert_answers_plainly(root)
    assert_answers_plainly(root)


@pytest.mark.parametrize("damage", [_overwrite_page, _cut], ids=["a page overwritten", "cut"])
def test_index_damaged_in_one_place(
    root: Path, cache: Path, tmp_path: Path, damage: Callable[[bytearray, random.Random], None]
) -> None:
    """A page of the index that is overwritten, or missing, is no reason for a command to fail, nor to say anything else."""
    (root / LEDGER).write_text("\n".join(block(f"e{n}", str(n)) for n in range(150)), encoding="utf-8")
    questions = (("status", "plan", "--format", "json"), ("show", "investment"), ("check",))
    with Nursery(tmp_path) as nursery:
        before = {words: nursery.run(root, *words) for words in questions}
        (index,) = cache.glob("*.sqlite")
        whole = index.read_bytes()
        for seed in range(24):
            damage_with(damage)(index, random.Random(seed))  # noqa: S311 - no secret
            words = questions[seed % 3]
            assert nursery.run(root, *words) == before[words], seed
            index.unlink(missing_ok=True)
            index.write_bytes(whole)


def test_cache_folder_that_is_a_file(root: Path, cache: Path) -> None:
    """Where no index can be kept it lives in memory, and the answers are the same."""
    cache.write_text("no folder", encoding="utf-8")
    (root / LEDGER).write_text(block("first", "400"), encoding="utf-8")
    assert verdicts(root)["investment"] == "achieved"
    assert cache.read_text("utf-8") == "no folder"


@pytest.fixture
def frozen(cache: Path) -> Iterator[Callable[[], None]]:
    """A cache folder on a file system of its own; calling this makes it read-only."""
    cache.mkdir()
    mounted = subprocess.run(  # noqa: S603 - fixed words
        ["/bin/mount", "-t", "tmpfs", "-o", "size=4m", "tmpfs", str(cache)], capture_output=True, check=False
    )
    if mounted.returncode:
        pytest.skip("mounting a small file system needs root in a machine of one's own")
    try:
        yield lambda: _freeze(cache)
    finally:
        subprocess.run(["/bin/umount", "-l", str(cache)], check=True)  # noqa: S603 - fixed words


def _freeze(folder: Path) -> None:
    gc.collect()  # no index may be open
    subprocess.run(["/bin/mount", "-o", "remount,ro", str(folder)], check=True)  # noqa: S603 - fixed words


@pytest.mark.parametrize(
    "warm",
    [
        "",
        "assessed",
        "changed",
        "read",
    ],
)
def test_read_only_cache_folder(root: Path, frozen: Callable[[], None], warm: str) -> None:
    """A cache folder that cannot be written, with an index in it or without, changes no answer."""
    (root / LEDGER).write_text(block("first", "400"), encoding="utf-8")
    if warm:
        Workspace(root)
    if warm in ("assessed", "changed"):
        asked(root)
    frozen()
    if warm == "changed":
        (root / LEDGER).write_text(block("first", "40"), encoding="utf-8")
    assert_answers_plainly(root)


class OtherVersion:
    """Another version of the program: a copy of it that can be changed."""

    def __init__(self, folder: Path) -> None:
        self.folder = folder
        shutil.copytree(Path(tracker.__file__).parent, folder / "tracker")

    def take_a_yi_for_ten(self) -> None:
        """Change its lexicon, and so its verdicts."""
        lexicon = self.folder / "tracker" / "lexicon" / "units.toml"
        text = lexicon.read_text("utf-8")
        changed = text.replace('"亿" = 100000000\n', '"亿" = 1000000000\n')
        assert changed != text
        lexicon.write_text(changed, encoding="utf-8")

    def verdict(self, root: Path) -> str:
        """What it says of the investment."""
        done = subprocess.run(  # noqa: S603 - this interpreter
            [sys.executable, "-m", "tracker", "status", "plan", "--format", "json", "--workspace", str(root)],
            cwd=self.folder,
            env={**os.environ, "PYTHONPATH": str(self.folder)},
            capture_output=True,
            encoding="utf-8",
            check=True,
        )
        found = {each["target"]["id"]: each["verdict"] for each in json.loads(done.stdout)["assessments"]}
        return str(found["investment"])


@pytest.fixture
def other(tmp_path: Path) -> OtherVersion:
    """Another version of the program."""
    return OtherVersion(tmp_path / "code")


def test_program_that_has_changed(root: Path, other: OtherVersion) -> None:
    """An index made by another version of the program, even of its lexicon alone, is not read."""
    (root / LEDGER).write_text(block("first", "40000000000", unit="元"), encoding="utf-8")
    assert [other.verdict(root) for _ in range(2)] == ["achieved", "achieved"]
    other.take_a_yi_for_ten()
    assert other.verdict(root) == "missed"


def test_two_versions_in_turn(root: Path, cache: Path, other: OtherVersion) -> None:
    """Two versions of the program with one cache folder each keep what they judged, whoever looks when."""
    (root / LEDGER).write_text(block("first", "40000000000", unit="元"), encoding="utf-8")
    other.take_a_yi_for_ten()
    opened = Workspace(root)
    assert opened.assessments("plan", DAYS[1])[0][1].verdict == "achieved"
    assert other.verdict(root) == "missed"
    indexes = sorted(cache.glob("*.sqlite"))
    assert len(indexes) == 2
    (root / LEDGER).write_text(block("first", "50000000000", unit="元"), encoding="utf-8")
    opened.refresh()
    assert opened.assessments("plan", DAYS[1])[0][1].verdict == "achieved"
    assert other.verdict(root) == "missed"
    assert_answers_plainly(root)
    assert sorted(cache.glob("*.sqlite")) == indexes


def test_indexes_of_old_versions_go(root: Path, cache: Path) -> None:
    """Of other versions' indexes of a workspace the old ones go when a new one is made; those of other workspaces stay."""
    Workspace(root)
    (index,) = cache.glob("*.sqlite")
    workspace, _, _ = index.stem.partition("-")
    names = {f"{workspace}.sqlite": True, f"{workspace}-0123.sqlite": True, f"{'0' * 20}-0123.sqlite": False}
    recent = cache / f"{workspace}-4567.sqlite"
    for name in (*names, recent.name):
        (cache / name).write_bytes(b"")
        os.utime(cache / name, (time.time() - OLD - 9,) * 2)
    recent.touch()
    Workspace(root)
    assert all((cache / name).exists() for name in names)
    index.unlink()
    Workspace(root)
    assert {name: not (cache / name).exists() for name in names} == names
    assert recent.exists()
    assert index.exists()


# several processes at once


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
