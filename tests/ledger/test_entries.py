"""Reading a ledger: by pattern, by pieces and as a whole it says what a plain reading of the TOML says."""

from __future__ import annotations

import re
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from tests.ledger.building import block, retraction
from tests.ledger.ledgers import Piece, as_written, entries, ledgers, retractions
from tests.ledger.plain import read_plainly
from tracker.errors import WorkspaceError
from tracker.ledger.entries import (
    Ledger,
    NotPieces,
    actual_of,
    read_ledger,
    read_tail,
    retraction_of,
    write_actual,
    write_retraction,
)
from tracker.ledger.rows import Row
from tracker.toml_files import decode

FILE = "actuals/plan.toml"
HEADER = re.compile(r"(?m)^\[\[(?:actual|retraction)\]\]")
STEADY = settings(deadline=None, derandomize=True, database=None)
"""The same examples every time: a run that fails today fails tomorrow."""


def assert_read_as_plain(data: bytes) -> None:
    """The program and a plain reading agree on the entries, or on the text being no TOML; a torn last entry is left out alone."""
    plain = read_plainly(data)
    try:
        found = read_ledger(decode(data, FILE), FILE)
    except WorkspaceError:
        assert plain is None
        return
    torn = [problem for problem in found.problems if problem.code == "torn"]
    if plain is None:
        assert torn
        text = data.decode("utf-8-sig").replace("\r\n", "\n")
        plain = read_plainly(text[: max(match.start() for match in HEADER.finditer(text))].encode())
        assert plain is not None
    else:
        assert not torn
        assert bool(plain.refused) == bool(found.problems)
        assert plain.refused <= len(found.problems)
    assert found.rows == plain.rows
    assert found.retractions == plain.retractions
    for row in found.rows:
        assert actual_of(row, "plan").id == row.id
    for retracted in found.retractions:
        assert retraction_of(retracted).actual == retracted.actual


@settings(STEADY, max_examples=120)
@given(ledgers())
def test_random_ledgers(data: bytes) -> None:
    """What people and the program write is read as it stands there."""
    assert read_plainly(data) is not None
    assert_read_as_plain(data)


@settings(STEADY, max_examples=120)
@given(ledgers(wild=True))
def test_random_ledgers_in_odd_forms(data: bytes) -> None:
    """The same for headers with blanks in them and for arrays of inline tables."""
    assert read_plainly(data) is not None
    assert_read_as_plain(data)


SLIPS = (
    "\n",
    '"',
    "'",
    "[",
    "]",
    "#",
    "=",
    "0",
    ".",
    " ",
    "\t",
    "-",
    "\\",
    "\x00",
    "\r",
    "a",
    "字",
    "[[actual]]\n",
    "\n[[retraction]]\n",
)


@st.composite
def edited(draw: st.DrawFn, slips: tuple[str, ...]) -> bytes:
    """A ledger as the program writes it, with one slip of a hand: something deleted, something typed."""
    tables = draw(st.lists(entries.map(lambda entry: Piece("actual", entry)), min_size=1, max_size=3))
    tables += [Piece("retraction", each) for each in draw(st.lists(retractions, max_size=1))]
    text = "\n".join(as_written(table) for table in tables)
    place = draw(st.integers(0, len(text)))
    end = place + draw(st.integers(0, 3))
    return (text[:place] + draw(st.sampled_from(("", *slips))) + text[end:]).encode()


@settings(STEADY, max_examples=400)
@given(edited(SLIPS))
def test_slips_of_the_hand(data: bytes) -> None:
    """A ledger with a slip in it is read as TOML reads it, or refused where TOML refuses it."""
    assert_read_as_plain(data)


@pytest.mark.parametrize(
    "line",
    [
        pytest.param("value = 1６６", id="digits of full width"),
        pytest.param("recorded_at = 2026-11-20T09:00:00+08:99", id="an offset that is none"),
        pytest.param("recorded_at = 2026-11-20T09:00:00+24:00", id="an offset of a day"),
        pytest.param("recorded_at = ２０26-11-20T09:00:00", id="a year of full width"),
    ],
)
def test_what_toml_refuses_is_refused(line: str) -> None:
    text = block("first").replace("value = 166", line) if line.startswith("value") else block("first", "1", line)
    data = (text + "\n" + block("second")).encode()
    assert read_plainly(data) is None
    assert_read_as_plain(data)


@settings(STEADY, max_examples=100)
@given(ledgers(), st.data())
def test_read_in_two_goes(data: bytes, draw: st.DataObject) -> None:
    """A ledger read to some line and then by what follows says the same as one read at once."""
    text = decode(data, FILE)
    lines = text.splitlines(keepends=True)
    place = len("".join(lines[: draw.draw(st.integers(0, len(lines)))]))
    head = _read(text[:place])
    if head is None or not head.appendable or any(problem.code == "torn" for problem in head.problems):
        return
    try:
        tail = read_tail(text[place:], FILE, text.count("\n", 0, place) + 1)
    except NotPieces:
        return
    whole = read_ledger(text, FILE)
    assert [*head.rows, *tail.rows] == whole.rows
    assert [*head.retractions, *tail.retractions] == whole.retractions
    assert [*head.problems, *tail.problems] == whole.problems


def _read(text: str) -> Ledger | None:
    try:
        return read_ledger(text, FILE)
    except WorkspaceError:
        return None


def test_torn_entry_and_more() -> None:
    """Nothing is read by its tail behind an entry that is not complete: the text is no TOML any more."""
    head = read_ledger(block("first") + '\n[[actual]]\nid = "second"\nnote = "abc', FILE)
    assert [problem.code for problem in head.problems] == ["torn"]
    assert not head.appendable


@settings(STEADY, max_examples=100)
@given(entries)
def test_written_entries_are_read_back(entry: dict[str, object]) -> None:
    """A row that was read is written as a block from which the same row is read."""
    row = _one(as_written(Piece("actual", entry)))
    text = write_actual(row)
    assert _one(text) == row
    plain = read_plainly(text.encode())
    assert plain is not None
    assert plain.rows == [row]


def _one(text: str) -> Row:
    (row,) = read_ledger(text, FILE).rows
    return row


@STEADY
@given(retractions)
def test_written_retractions_are_read_back(table: dict[str, object]) -> None:
    """The same for retractions."""
    (row,) = read_ledger(as_written(Piece("retraction", table)), FILE).retractions
    assert read_ledger(write_retraction(row), FILE).retractions == [row]


def test_the_repository_s_ledgers() -> None:
    """The county's own ledgers are read as a plain reading reads them, without a finding."""
    for path in sorted((Path(__file__).parents[2] / "actuals").glob("*.toml")):
        found = read_ledger(decode(path.read_bytes(), path.name), path.name)
        plain = read_plainly(path.read_bytes())
        assert plain is not None
        assert found.rows == plain.rows
        assert len(found.rows) > 10
        assert found.retractions == plain.retractions
        assert found.problems == []


# torn ends


TORN = (
    block("first")
    + "\n# 注\n"
    + retraction("first")
    + "\n"
    + block("last", "166", 'bound = "above"', 'note = "超166亿元"')
)


def test_cut_at_every_byte() -> None:
    """A ledger cut anywhere in its last entry keeps all others, and never raises."""
    data = TORN.encode()
    start = data.rindex(b"[[actual]]") + len("[[actual]]\n")
    for end in range(start, len(data)):
        text = data[:end].decode(errors="ignore")
        found = read_ledger(text, FILE)
        assert [row.id for row in found.rows][:1] == ["first"], text[-30:]
        assert [row.actual for row in found.retractions] == ["first"]
        assert len(found.rows) == 2 or found.problems, text[-30:]


def test_cut_in_a_retraction() -> None:
    """A ledger cut in a retraction is refused: without it an entry would count that somebody took out."""
    text = block("first") + "\n" + retraction("first")
    for end in range(text.index("[[retraction]]") + len("[[retraction]]\n"), len(text) - 1):
        found = _read(text[:end])
        assert found is None or found.problems or [row.actual for row in found.retractions] == ["first"]


@pytest.mark.parametrize("count", [2, 1200])
def test_string_that_is_never_closed(count: int) -> None:
    """An unclosed string long before the end is no torn last entry: the file is refused, with one line."""
    text = block("first", "1", 'note = """') + "".join(block(f"b{number}") for number in range(count))
    with pytest.raises(WorkspaceError) as refused:
        read_ledger(text, FILE)
    assert refused.value.code == "bad_toml"


@pytest.mark.parametrize(
    "number",
    [
        pytest.param("1e9999999999999999999", id="exponent"),
        pytest.param("0x" + "f" * 5000, id="hexadecimal"),
    ],
)
def test_monstrous_numbers(number: str) -> None:
    """A number too large for Python's own limits is a finding that names its line."""
    found = read_ledger(block("first", number) + block("second"), FILE)
    assert [row.id for row in found.rows] == ["second"]
    assert [(problem.line, problem.path) for problem in found.problems] == [(6, "first.value")]


def test_more_digits_than_python_reads() -> None:
    """A whole number without end makes a ledger unreadable, even in its last entry; the error names its line."""
    for text in (block("first", "1" * 5000), block("first") + block("second", "1" * 5000) + block("third")):
        with pytest.raises(WorkspaceError) as refused:
            read_ledger(text, FILE)
        line = text[: text.index("1111")].count("\n") + 1
        assert (refused.value.code, refused.value.place) == ("long_number", f"{FILE}:{line}")
