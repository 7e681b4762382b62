"""Appending: complete or not at all, whatever stops the writer, and never a byte of what was there before."""

from __future__ import annotations

import os
import random
import subprocess
import time
import tomllib
from collections import Counter
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest
from filelock import FileLock

from tests.ledger.building import ADD, LEDGER, PLAN, Nursery, Outcome, acknowledged, block, command, make_workspace
from tests.ledger.plain import read_plainly
from tracker.errors import WriteError
from tracker.ledger.append import LOCK, append, writing
from tracker.workspace import Workspace

KILLS = 200


def ids(data: bytes) -> list[str]:
    """The ids a plain reading finds; the bytes must be TOML."""
    return [entry.get("id", "") for entry in tomllib.loads(data.decode()).get("actual", [])]


def read_ids(root: Path) -> list[str]:
    """The ids the program finds."""
    return [row.id for _, row in Workspace(root).rows()]


def assert_refused(outcome: Outcome) -> None:
    """The program said in one line what is wrong, and ended with status 2."""
    assert outcome.code == 2, outcome
    assert outcome.err.startswith("error: "), outcome.err
    assert outcome.err.count("\n") == 1, outcome.err


def leftovers(root: Path) -> list[str]:
    """Files beside the ledgers that are not ledgers and not the lock."""
    return [path.name for path in (root / "actuals").iterdir() if path.suffix != ".toml" and path.name != LOCK]


# a writer that is killed


def test_two_hundred_kills_lose_nothing(root: Path, nursery: Nursery) -> None:
    """After each of 200 kills at random moments every acknowledged entry is read, and the next entry mends the ledger."""
    chance = random.Random(2024)  # noqa: S311 - moments, not secrets
    ledger = root / LEDGER
    safe, verified, known = set[str](), b"", Counter[str]()
    for life in range(KILLS):
        kind = ("appends", "blocks")[life % 2]
        child = nursery.start(kind, root=str(root), name=f"k{life}", count=1000)
        time.sleep(chance.uniform(0.002, 0.02))
        child.kill()
        outcome = child.end()
        assert outcome.code == -9, outcome.err
        safe |= acknowledged(outcome)
        assert safe <= set(read_ids(root))
        after = nursery.write(root, f"after{life}")
        assert acknowledged(after) == {f"after{life}-0"}, after.err
        safe |= acknowledged(after)
        data = ledger.read_bytes()
        assert data.startswith(verified)
        known.update(ids(data[len(verified) :]))
        verified = data
        assert set(known.values()) == {1}
        assert safe <= set(known)
    assert ids(verified) == read_ids(root)
    assert len(known) > KILLS
    assert leftovers(root) == []


STRIKES = [
    *((call, at, 0) for call in ("fsync", "unlink") for at in (1, 2)),
    *(("write", 1, size) for size in (*range(5), *range(5, 450, 30))),
    *(("write", 2, size) for size in (*range(25), *range(25, 360, 6))),
]
"""Every step of one append: both files synced, the pending one removed, and numbers of bytes of either that got written."""


def test_killed_at_every_step(root: Path, nursery: Nursery) -> None:
    """A writer killed at any step, with any number of bytes written, leaves what the next one completes or drops, once."""
    first = acknowledged(nursery.write(root, "first"))
    ledger = root / LEDGER
    assert len(ledger.read_bytes()) < 360
    expected = Counter(first)
    for number, (call, at, size) in enumerate(STRIKES):
        before = ledger.read_bytes()
        struck = nursery.write(root, f"s{number}", strike={"call": call, "at": at, "how": "kill", "size": size})
        expected.update(acknowledged(struck))
        assert ledger.read_bytes().startswith(before)
        expected.update(acknowledged(nursery.write(root, f"t{number}")))
        after = ledger.read_bytes()
        assert after.startswith(before)
        found = Counter(ids(after[len(before) :]))
        assert set(found.values()) == {1}
        assert set(found) - set(expected) <= {f"s{number}-0"}
        expected.update(set(found) - set(expected))
        assert leftovers(root) == []
    assert Counter(ids(ledger.read_bytes())) == expected == Counter(read_ids(root))


@pytest.fixture
def stopped(root: Path, nursery: Nursery) -> Stopped:
    """A ledger of two acknowledged entries whose writer is stopped while it writes a third."""
    for name in ("first", "second"):
        assert nursery.write(root, name).code == 0
    before = (root / LEDGER).read_bytes()
    struck = nursery.write(root, "third", strike={"call": "unlink", "at": 1, "how": "kill"})
    assert struck.code == -9
    data = (root / LEDGER).read_bytes()
    assert data.startswith(before)
    assert ids(data) == ["first-0", "second-0", "third-0"]
    assert len(leftovers(root)) == 1
    return Stopped(root, before, data[len(before) :])


class Stopped:
    """A ledger whose last block was being written when its writer stopped; `at` leaves so many bytes of the block there."""

    def __init__(self, root: Path, before: bytes, block: bytes) -> None:
        self.root = root
        self.before = before
        self.block = block

    @property
    def ledger(self) -> Path:
        """The ledger's file."""
        return self.root / LEDGER

    def at(self, size: int) -> None:
        """As if the writer had stopped after so many bytes."""
        self.ledger.write_bytes(self.before + self.block[:size])


def test_acknowledged_entries_are_read_before_the_repair(stopped: Stopped) -> None:
    """However much of the next block is there, the entries before it are read."""
    for size in range(len(stopped.block)):
        stopped.at(size)
        assert read_ids(stopped.root)[:2] == ["first-0", "second-0"], stopped.block[:size]


def test_no_part_of_an_entry_is_read_before_the_repair(stopped: Stopped) -> None:
    """An entry of which only a part is written is not read as if that were all: without `bound` it would say another thing."""
    stopped.at(len(stopped.block))
    whole = {row.id: row for _, row in Workspace(stopped.root).rows()}["third-0"]
    for size in range(len(stopped.block)):
        stopped.at(size)
        found = {row.id: row for _, row in Workspace(stopped.root).rows()}
        assert found.get("third-0") in (None, whole), stopped.block[:size].decode(errors="replace")


def test_block_that_is_finished_while_it_is_read(
    stopped: Stopped, nursery: Nursery, monkeypatch: pytest.MonkeyPatch
) -> None:
    """A reader that has read half a block, and finds no pending file because the writer is done by now, reads no half entry."""
    whole = {row.id: row for _, row in Workspace(stopped.root).rows()}["third-0"]
    stopped.at(stopped.block.index(b"bound ="))
    read_bytes, met = Path.read_bytes, list[Path]()

    def read(path: Path) -> bytes:
        if path.suffix == ".pending" and not met:
            met.append(path)
            assert nursery.write(stopped.root, "fourth").code == 0
        return read_bytes(path)

    monkeypatch.setattr(Path, "read_bytes", read)
    found = {row.id: row for _, row in Workspace(stopped.root).rows()}
    assert met
    assert found.get("third-0") in (None, whole)


@pytest.mark.parametrize("size", [3, 12, 40, 90, 130])
def test_unfinished_block_whose_pending_file_is_deleted(stopped: Stopped, nursery: Nursery, size: int) -> None:
    """Without its pending file the rest of a block counts for what it is, for an index that knew better as for a new one."""
    stopped.at(size)
    for _ in range(2):
        assert read_ids(stopped.root) == ["first-0", "second-0"]
    (pending,) = (stopped.root / "actuals").glob("*.pending")
    pending.unlink()
    warm = list(Workspace(stopped.root).rows()), Workspace(stopped.root).problems()
    before = stopped.ledger.read_bytes()
    outcome = nursery.run(stopped.root, *ADD)
    if outcome.code:
        assert stopped.ledger.read_bytes() == before
    else:
        assert ids(stopped.ledger.read_bytes())[:2] == ["first-0", "second-0"]
    stopped.at(size)
    with pytest.MonkeyPatch.context() as patch:
        patch.setenv("TRACKER_CACHE", str(stopped.root / "fresh"))
        assert warm == (list(Workspace(stopped.root).rows()), Workspace(stopped.root).problems())


def test_unfinished_block_of_another_ledger(root: Path, nursery: Nursery) -> None:
    """A block that was being written into one ledger is finished when the next entry goes into another."""
    other = root / "actuals" / "other.toml"
    other.write_text(block("there"), encoding="utf-8")
    strike = {"call": "write", "at": 2, "how": "kill", "size": 40}
    assert nursery.write(root, "one", ledger="actuals/other.toml", strike=strike).code == -9
    assert nursery.write(root, "two").code == 0
    assert ids(other.read_bytes()) == ["there", "one-0"]
    assert ids((root / LEDGER).read_bytes()) == ["two-0"]
    assert leftovers(root) == []


HAND_EDITS: dict[str, Callable[[bytes, bytes], bytes]] = {
    "torn end deleted": lambda before, _: before,
    "torn end as it was": lambda before, torn: before + torn,
    "a comment before it": lambda before, torn: b"# looked at\n" + before + torn,
    "a comment less, by one byte": lambda before, torn: before[1:] + torn,
    "a line added behind": lambda before, torn: before + torn + b"\n# what is this?\n",
    "completed by hand": lambda before, _: before + b"\n" + block("third-0", "170").encode(),
    "saved with CRLF": lambda before, torn: (before + torn).replace(b"\n", b"\r\n"),
    "saved with a BOM": lambda before, torn: b"\xef\xbb\xbf" + before + torn,
    "emptied": lambda *_: b"",
}


@pytest.mark.parametrize("edit", HAND_EDITS)
@pytest.mark.parametrize("size", [1, 3, 11, 40, 100])
def test_unfinished_block_and_a_hand_edit(root: Path, nursery: Nursery, edit: str, size: int) -> None:
    """A ledger edited since its writer was killed is either mended into whole TOML, or left as it is with one clear line."""
    comment = "# " + "注" * 60 + "\n"
    ledger = root / LEDGER
    ledger.write_text(comment + block("first"), encoding="utf-8")
    before = ledger.read_bytes()
    struck = nursery.write(root, "third", strike={"call": "write", "at": 2, "how": "kill", "size": size})
    assert struck.code == -9
    edited = HAND_EDITS[edit](before, ledger.read_bytes()[len(before) :])
    ledger.write_bytes(edited)
    outcome = nursery.run(root, *ADD)
    if outcome.code:
        assert_refused(outcome)
        assert ledger.read_bytes() == edited
        return
    assert ledger.read_bytes().startswith(edited)
    counted = Counter(ids(ledger.read_bytes()))
    assert set(counted.values()) == {1}
    assert edit == "emptied" or "first" in counted
    assert list(counted) == read_ids(root)


@pytest.mark.parametrize("size", [3, 11, 40, 100])
def test_unfinished_block_and_an_edit_of_its_length(root: Path, nursery: Nursery, size: int) -> None:
    """A ledger that has got shorter by as much as was written of the block is not mended at the wrong place."""
    ledger = root / LEDGER
    ledger.write_text("#" * size + " looked at\n" + block("first"), encoding="utf-8")
    struck = nursery.write(root, "third", strike={"call": "write", "at": 2, "how": "kill", "size": size})
    assert struck.code == -9
    edited = ledger.read_bytes().replace(b"#" * size, b"", 1).replace(b" looked", b"#looked")
    ledger.write_bytes(edited)
    if nursery.run(root, *ADD).code:
        assert ledger.read_bytes() == edited
        return
    assert ledger.read_bytes().startswith(edited)
    assert sorted(Counter(ids(ledger.read_bytes())).items())[-2:] == [("first", 1), ("third-0", 1)]


@pytest.mark.parametrize(
    "data",
    [
        b"",
        b"\n",
        b"12\n",
        b"\x00" * 300,
        b"10 e3b0c44298fc1c149afbf4c8996fb92427ae41e4649b934ca495991b7852b855",
        b" e3b0c44298fc1c149afbf4c8996fb92427ae41e4649b934ca495991b7852b855\n",
    ],
)
def test_pending_file_that_says_nothing(root: Path, nursery: Nursery, data: bytes) -> None:
    """A pending file that is empty or damaged never keeps anybody from adding, and never gets into the ledger."""
    (root / LEDGER).write_text(block("first"), encoding="utf-8")
    (root / f"{LEDGER}.pending").write_bytes(data)
    outcome = nursery.run(root, *ADD)
    assert outcome.code == 0, outcome.err
    assert len(ids((root / LEDGER).read_bytes())) == 2


@pytest.mark.parametrize("size", [20, 100])
def test_interrupted_while_writing(root: Path, nursery: Nursery, size: int) -> None:
    """Ctrl-C in the middle of writing leaves the ledger as it was, or with the whole entry."""
    (root / LEDGER).write_text(block("first"), encoding="utf-8")
    outcome = nursery.run(root, *ADD, strike={"call": "write", "at": 2, "how": "interrupt", "size": size})
    assert outcome.code == 130
    assert len(ids((root / LEDGER).read_bytes())) in (1, 2)


# several writers


def test_eight_writers_at_once(root: Path, nursery: Nursery) -> None:
    """Eight processes of fifty additions each end with four hundred entries, each once, and readers meanwhile see only more."""
    goals = "".join(
        f'\n[[target]]\nid = "goal-{n}"\nindicator = "指标{n}"\nkind = "quantity"\ncomparison = "at_least"\n'
        'value = 300\nunit = "亿元"\naccumulation = "flow"\n'
        for n in range(8)
    )
    (root / "targets" / "plan.toml").write_text(PLAN + goals, encoding="utf-8")
    assert read_ids(root) == []  # the index is there before they start: how it is made has a test of its own
    children = [
        nursery.start(
            "main",
            seconds=300,
            runs=[
                command(
                    root, "add-actual", f"goal-{number}", f"超{50 * number + n + 1}亿元", "--yes", "--source", "日报"
                )
                for n in range(50)
            ],
        )
        for number in range(8)
    ]
    seen = set[str]()
    for _ in range(60):
        now = set(read_ids(root))
        assert seen <= now
        seen = now
        time.sleep(0.02)
    outcomes = [child.end() for child in children]
    assert not any(outcome.err for outcome in outcomes), "\n".join(outcome.err for outcome in outcomes)
    assert [outcome.code for outcome in outcomes] == [0] * 8
    written = [line.split()[0] for outcome in outcomes for line in outcome.out.splitlines() if " written to " in line]
    found = ids((root / LEDGER).read_bytes())
    assert len(found) == len(set(found)) == 400
    assert sorted(found) == sorted(written)
    assert found == read_ids(root)
    values = {entry["value"] for entry in tomllib.loads((root / LEDGER).read_text("utf-8"))["actual"]}
    assert values == set(range(1, 401))


def test_writers_and_a_killed_one(root: Path, nursery: Nursery) -> None:
    """A writer killed while it holds the lock does not keep the others from writing."""
    strike = {"call": "fsync", "at": 1, "how": "kill"}
    started = [nursery.start("appends", root=str(root), name=f"w{n}", count=20) for n in range(3)]
    killed = nursery.write(root, "dead", strike=strike)
    outcomes = [child.end() for child in started]
    assert killed.code == -9
    assert [outcome.code for outcome in outcomes] == [0, 0, 0], [outcome.err for outcome in outcomes]
    assert acknowledged(nursery.write(root, "last")) == {"last-0"}
    found = ids((root / LEDGER).read_bytes())
    assert set(found) - {"dead-0"} == {"last-0"}.union(*(acknowledged(outcome) for outcome in outcomes))
    assert len(set(found)) == len(found)


def test_one_entry_retracted_by_six_at_once(root: Path, nursery: Nursery) -> None:
    """Of six processes that retract the same entry one does, and five are told that it is done."""
    (root / LEDGER).write_text(block("first"), encoding="utf-8")
    words = command(root, "retract", "first", "--reason", "重复登记")
    outcomes = [child.end() for child in [nursery.start("main", runs=[words]) for _ in range(6)]]
    assert sorted(outcome.code for outcome in outcomes) == [0, 2, 2, 2, 2, 2], [outcome.err for outcome in outcomes]
    plain = read_plainly((root / LEDGER).read_bytes())
    assert plain is not None
    assert [row.actual for row in plain.retractions] == ["first"]


def test_a_writer_that_does_not_end(root: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """A lock held for longer than the patience is an error that names the folder; nothing is written."""
    monkeypatch.setattr("tracker.ledger.append.PATIENCE", 0.05)
    with FileLock(root / "actuals" / LOCK), pytest.raises(WriteError) as refused, writing(root / "actuals"):
        pass
    assert (refused.value.code, refused.value.place) == ("locked", str(root / "actuals"))
    assert not (root / LEDGER).exists()


# disks and folders that cannot be written


@pytest.mark.parametrize("there", ["", "# 台账\n" * 90 + block("first")], ids=["no ledger yet", "a ledger"])
def test_no_room_for_any_number_of_bytes(root: Path, nursery: Nursery, there: str) -> None:
    """A file that may grow by too few bytes for the block is left as it was, to the byte; later the next entry fits."""
    ledger = root / LEDGER
    if there:
        ledger.write_text(there, encoding="utf-8")
    for room in (*range(12), *range(12, 240, 8)):
        outcome = nursery.write(root, "full", file_size=len(there.encode()) + room)
        assert outcome.code == 1
        assert "not_written" in outcome.err
        assert (ledger.read_text("utf-8") if ledger.exists() else "") == there
        assert ledger.exists() == bool(there)
        assert leftovers(root) == []
    assert nursery.write(root, "fits").code == 0
    assert ids(ledger.read_bytes())[-1] == "fits-0"
    assert len(ledger.read_bytes()) - len(there.encode()) > 240


@pytest.mark.parametrize(("call", "at"), [("write", 1), ("write", 2), ("fsync", 1), ("fsync", 2)])
def test_refused_by_the_disk(root: Path, nursery: Nursery, call: str, at: int) -> None:
    """A system call that fails while the program adds an entry is one clear line, and the ledger is as it was."""
    (root / LEDGER).write_text(block("first"), encoding="utf-8")
    before = (root / LEDGER).read_bytes()
    outcome = nursery.run(root, *ADD, strike={"call": call, "at": at, "how": "refuse", "size": 30})
    assert_refused(outcome)
    assert "No space left on device" in outcome.err
    assert (root / LEDGER).read_bytes() == before
    assert leftovers(root) == []


@pytest.fixture
def small_disk(tmp_path: Path) -> Iterator[Path]:
    """A workspace on a file system of its own, of 64 KiB."""
    folder = tmp_path / "disk"
    folder.mkdir()
    mounted = subprocess.run(  # noqa: S603 - fixed words
        ["/bin/mount", "-t", "tmpfs", "-o", "size=64k", "tmpfs", str(folder)], capture_output=True, check=False
    )
    if mounted.returncode:
        pytest.skip("mounting a small file system needs root in a machine of one's own")
    try:
        yield make_workspace(folder / "county")
    finally:
        subprocess.run(["/bin/umount", str(folder)], check=True)  # noqa: S603 - fixed words


def fill(folder: Path) -> Path:
    """Fill a file system to the last byte; the file that does so."""
    filler = folder / "filler"
    with filler.open("wb", buffering=0) as file:
        try:
            while True:
                file.write(b"\0" * 512)
        except OSError:
            return filler


def test_disk_full(small_disk: Path, nursery: Nursery) -> None:
    """On a full disk an entry is refused with one line, the ledger keeps its bytes, and room lets the same command succeed."""
    ledger = small_disk / LEDGER
    ledger.write_text(block("first") + "#" * 3900 + "\n", encoding="utf-8")
    before = ledger.read_bytes()
    filler = fill(small_disk)
    outcome = nursery.run(small_disk, *ADD)
    assert_refused(outcome)
    assert "No space left on device" in outcome.err
    assert ledger.read_bytes() == before
    filler.unlink()
    assert nursery.run(small_disk, *ADD).code == 0
    assert ledger.read_bytes().startswith(before)
    assert len(ids(ledger.read_bytes())) == 2
    assert leftovers(small_disk) == []


def test_disk_full_before_the_first_entry(small_disk: Path, nursery: Nursery) -> None:
    """A full disk leaves no empty ledger behind."""
    fill(small_disk)
    assert_refused(nursery.run(small_disk, *ADD))
    assert not (small_disk / LEDGER).exists()


def test_read_only_disk(small_disk: Path, nursery: Nursery) -> None:
    """On a disk that is mounted read-only an entry is refused with one line; reading still works."""
    (small_disk / LEDGER).write_text(block("first"), encoding="utf-8")
    remount = ["/bin/mount", "-o", "remount,ro", str(small_disk.parent)]
    subprocess.run(remount, check=True)  # noqa: S603 - fixed words
    outcome = nursery.run(small_disk, *ADD)
    assert_refused(outcome)
    assert "Read-only file system" in outcome.err
    assert read_ids(small_disk) == ["first"]


@pytest.mark.skipif(
    os.geteuid() == 0, reason="permission bits do not bind root; test_read_only_disk stands for this one"
)
@pytest.mark.parametrize("bits", [0o555, 0o000])
def test_folder_without_permission(root: Path, nursery: Nursery, bits: int) -> None:
    """A folder one may not write into is one clear line."""
    (root / "actuals").chmod(bits)
    try:
        assert_refused(nursery.run(root, *ADD))
    finally:
        (root / "actuals").chmod(0o755)
    assert not (root / LEDGER).exists()


def put_file_for_folder(root: Path) -> None:
    """A file where the folder of ledgers should be."""
    (root / "actuals").rmdir()
    (root / "actuals").write_bytes(b"")


def put_link_for_folder(root: Path) -> None:
    """A link that leads nowhere where the folder of ledgers should be."""
    (root / "actuals").rmdir()
    (root / "actuals").symlink_to(root / "nowhere")


IN_THE_WAY: dict[str, Callable[[Path], None]] = {
    "a file in place of the folder": put_file_for_folder,
    "a link to nowhere in place of the folder": put_link_for_folder,
    "a folder in place of the ledger": lambda root: (root / LEDGER).mkdir(),
    "a folder in place of the lock": lambda root: (root / "actuals" / LOCK).mkdir(),
    "a folder in place of the pending file": lambda root: (root / f"{LEDGER}.pending").mkdir(),
    "a pipe in place of the ledger": lambda root: os.mkfifo(root / LEDGER),
}


@pytest.mark.parametrize("what", IN_THE_WAY)
def test_something_in_the_way(root: Path, nursery: Nursery, what: str) -> None:
    """What stands where a file should be is one clear line, and stays."""
    IN_THE_WAY[what](root)
    there = sorted(root.rglob("*"))
    outcome = nursery.run(root, *ADD, seconds=3)
    assert_refused(outcome)
    assert [path for path in sorted(root.rglob("*")) if path.name != LOCK] == [p for p in there if p.name != LOCK]


def test_folder_of_ledgers_is_made(root: Path, nursery: Nursery) -> None:
    """The first entry of a workspace without `actuals/` makes the folder."""
    (root / "actuals").rmdir()
    assert nursery.run(root, *ADD).code == 0
    assert len(read_ids(root)) == 1


# what exactly is appended


@pytest.mark.parametrize(
    ("there", "added"),
    [
        (b"", b"[[x]]\n"),
        (b"# a\n", b"\n[[x]]\n"),
        (b"# a\n\n", b"[[x]]\n"),
        (b"# a", b"\n\n[[x]]\n"),
        (b"# a\r\n", b"\r\n[[x]]\r\n"),
        (b"# a\r\n\r\n", b"[[x]]\r\n"),
        (b"# a\r\n# b", b"\r\n\r\n[[x]]\r\n"),
        (b"\xef\xbb\xbf# a\n", b"\n[[x]]\n"),
        (b"# a\n" * 30000 + b"# b\r\n", b"\n[[x]]\n"),
    ],
)
def test_blank_line_and_line_ends(tmp_path: Path, there: bytes, added: bytes) -> None:
    ledger = tmp_path / "plan.toml"
    ledger.write_bytes(there)
    with writing(tmp_path):
        append(ledger, "[[x]]\n")
    assert ledger.read_bytes() == there + added


def test_ledger_behind_a_link(root: Path, nursery: Nursery, tmp_path: Path) -> None:
    """A ledger that is a link to a file elsewhere stays a link, and the entry goes into that file."""
    elsewhere = tmp_path / "elsewhere.toml"
    elsewhere.write_text(block("first"), encoding="utf-8")
    (root / LEDGER).symlink_to(elsewhere)
    assert nursery.run(root, *ADD).code == 0
    assert (root / LEDGER).is_symlink()
    plain = read_plainly(elsewhere.read_bytes())
    assert plain is not None
    assert len(plain.rows) == 2
    assert len(read_ids(root)) == 2
