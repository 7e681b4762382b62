"""What the cache folder may be: damaged, of another version, read-only. The answers are the same."""

from __future__ import annotations

import gc
import json
import os
import random
import shutil
import sqlite3
import subprocess
import sys
import time
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest

import tracker
from tests.ledger.answers import (
    DAYS,
    asked,
    assert_answers_plainly,
    verdicts,
)
from tests.ledger.building import LEDGER, Nursery, block
from tracker.ledger.cache import OLD
from tracker.workspace import Workspace


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
