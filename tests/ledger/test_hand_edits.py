"""Ledgers that people have edited: an entry goes behind what they wrote, or the program says in one line why not."""

from __future__ import annotations

import os
import tomllib
from collections import Counter
from pathlib import Path
from typing import NamedTuple

import pytest

from tests.ledger.building import ADD, LEDGER, Nursery, block, retraction
from tests.ledger.plain import read_plainly
from tracker.workspace import Workspace


class Edit(NamedTuple):
    """A ledger's bytes; the ids that count in it; the error's words where nothing may be appended."""

    data: bytes
    counted: tuple[str, ...] = ("first",)
    refused: str = ""


FIRST = block("first")
COMMENTED = """\
# 台账：甲县
[[actual]]  # 手工
id = "first"
# 见第三版
target = "investment"  # 引资

value = 166
unit = "亿元"  # 不是美元
# 完
"""
MULTILINE = '''\
[[actual]]
id = "first"
target = "investment"
note = """
[[actual]]
id = "not this one"
[[retraction]]
actual = "first"
"""
value = 166
unit = "亿元"
'''
INLINE = """\
actual = [
  { id = "first", target = "investment", value = 166, unit = "亿元" },
]
"""

EDITS = {
    "comments between and inside": Edit(COMMENTED.encode()),
    "other order of keys": Edit(b'[[actual]]\nunit = "\xe4\xb8\xaa"\nvalue = 1\ntarget = "investment"\nid = "first"\n'),
    "inline source": Edit((FIRST + 'source = { document = "甲县日报", span = [1, 2] }\n').encode()),
    "dotted keys": Edit((FIRST + 'source.document = "甲县日报"\nsource.phrase = "超166亿元"\n').encode()),
    "literal strings": Edit((FIRST + "note = 'C:\\日报'\nby = '''\n张'三\n'''\n").encode()),
    "headers in a string": Edit(MULTILINE.encode()),
    "headers in a literal string": Edit(MULTILINE.replace('"""', "'''").encode()),
    "header with blanks": Edit(
        (FIRST + FIRST.replace("[[actual]]", "[[ actual ]]").replace("first", "b")).encode(), ("first", "b")
    ),
    "header with blanks behind a comment": Edit(
        (COMMENTED + FIRST.replace("[[actual]]", "[[ actual ]]").replace("first", "b")).encode(),
        ("first", "b"),
    ),
    "indented header behind a comment": Edit(
        (COMMENTED + "  " + block("b")).encode(),
        ("first", "b"),
    ),
    "quoted header behind a comment": Edit(
        (COMMENTED + block("b").replace("[[actual]]", '[["actual"]]')).encode(),
        ("first", "b"),
    ),
    "CRLF": Edit(FIRST.replace("\n", "\r\n").encode()),
    "CRLF and LF": Edit((FIRST.replace("\n", "\r\n") + "\n" + block("b")).encode(), ("first", "b")),
    "BOM": Edit(b"\xef\xbb\xbf" + FIRST.encode()),
    "BOM alone": Edit(b"\xef\xbb\xbf", ()),
    "BOM and CRLF": Edit(b"\xef\xbb\xbf" + COMMENTED.replace("\n", "\r\n").encode()),
    "empty": Edit(b"", ()),
    "blank lines": Edit(b"\n \n\t\n", ()),
    "a comment alone": Edit("# 尚无".encode(), ()),
    "no line end at the end": Edit(FIRST.removesuffix("\n").encode()),
    "a comment at the end": Edit((FIRST + "# 完").encode()),
    "blanks at the end": Edit((FIRST + "\n\n   ").encode()),
    "double id": Edit((FIRST + FIRST).encode(), ("first", "first")),
    "unknown key": Edit((FIRST + 'colour = "red"\n' + block("b")).encode(), ("b",)),
    "unknown key in the source": Edit((FIRST + "source.page = 3\n" + block("b")).encode(), ("b",)),
    "unknown table": Edit((FIRST + "[[target]]\nid = 5\n").encode()),
    "not a number": Edit((FIRST.replace("166", "nan") + block("b")).encode(), ("b",)),
    "infinite": Edit((FIRST.replace("166", "-inf") + block("b")).encode(), ("b",)),
    "huge exponent": Edit((FIRST.replace("166", "1e999999") + block("b")).encode(), ("b",)),
    "monstrous exponent": Edit((FIRST.replace("166", "1e9999999999999999999") + block("b")).encode(), ("b",)),
    "hundred digits": Edit((FIRST.replace("166", "1" * 100) + block("b")).encode(), ("b",)),
    "five thousand digits": Edit(
        (FIRST.replace("166", "1" * 5000) + block("b")).encode(),
        refused=f"{LEDGER}:6: a number of thousands of digits",
    ),
    "truth for a number": Edit((FIRST.replace("166", "true") + block("b")).encode(), ("b",)),
    "text for a number": Edit((FIRST.replace("166", '"166"') + block("b")).encode(), ("b",)),
    "30 February in a period": Edit((FIRST.replace('"2024"', '"2024-02-30"') + block("b")).encode(), ("b",)),
    "day 0 in a period": Edit((FIRST.replace('"2024"', '"2024-02-00"') + block("b")).encode(), ("b",)),
    "30 February as a time": Edit(
        (FIRST + "recorded_at = 2024-02-30T09:00:00\n" + block("b")).encode(), refused=f"{LEDGER}:8: not valid TOML"
    ),
    "a date for a time": Edit((FIRST + "recorded_at = 2024-02-28\n" + block("b")).encode(), ("b",)),
    "digits of full width": Edit(
        (FIRST.replace("166", "1６６") + block("b")).encode(),
        refused=f"{LEDGER}:6: not valid TOML",
    ),
    "curly quotes": Edit(
        FIRST.replace('"亿元"', "“亿元”").encode() + block("b").encode(), refused=f"{LEDGER}:7: not valid TOML"
    ),
    "the same key twice": Edit((FIRST + "value = 5\n" + block("b")).encode(), refused=f"{LEDGER}:8: not valid TOML"),
    "GB18030": Edit(FIRST.encode("gb18030"), refused=f"{LEDGER}:4: not UTF-8 (looks like GB18030"),
    "UTF-16": Edit(FIRST.encode("utf-16"), refused=f"{LEDGER}:1: not UTF-8 (looks like UTF-16)"),
    "UTF-16 without a mark": Edit(FIRST.encode("utf-16-le"), refused=f"{LEDGER}:"),
    "Latin-1": Edit(FIRST.encode() + b"# caf\xe9 \xff\n", refused=f"{LEDGER}:8: not UTF-8"),
    "NUL bytes": Edit(FIRST.encode() + b"\x00" * 64, refused=f"{LEDGER}:"),
    "NUL in a string": Edit(
        FIRST.encode() + b'note = "a\x00b"\n' + block("b").encode(), refused=f"{LEDGER}:8: not valid TOML"
    ),
    "a lone CR": Edit(FIRST.encode() + b"# a\rb\n" + block("b").encode(), refused=f"{LEDGER}:"),
    "torn entry": Edit(
        (FIRST + '\n[[actual]]\nid = "b').encode(), refused=f"{LEDGER}:9: the last entry is not complete"
    ),
    "torn retraction": Edit(
        (FIRST + '\n[[retraction]]\nactual = "fir').encode(), refused=f"{LEDGER}:10: not valid TOML"
    ),
    "string never closed": Edit((FIRST + 'note = """\n' + block("b") + block("c")).encode(), refused=f"{LEDGER}:"),
    "a torn entry and a whole one": Edit(
        (FIRST + '\n[[actual]]\nid = "b\n' + block("c")).encode(), refused=f"{LEDGER}:10: not valid TOML"
    ),
    "inline tables": Edit(INLINE.encode(), refused=f"{LEDGER}:"),
    "an empty array": Edit(b"actual = []\n", refused=f"{LEDGER}:"),
    "one table": Edit(FIRST.replace("[[actual]]", "[actual]").encode(), refused=f"{LEDGER}:"),
    "keys without a table": Edit(b'actual.id = "first"\nactual.target = "investment"\n', refused=f"{LEDGER}:"),
    "deep nesting": Edit(
        (FIRST + "note = " + "[" * 3000 + "]" * 3000 + "\n" + block("b")).encode(),
        refused=f"{LEDGER}:8: brackets lie too deep",
    ),
}


@pytest.mark.parametrize("edit", EDITS.values(), ids=EDITS)
def test_adding_to_an_edited_ledger(root: Path, nursery: Nursery, edit: Edit) -> None:
    """What is there stays, byte for byte; the entry stands behind it and counts, or one line says why nothing was written."""
    ledger = root / LEDGER
    ledger.write_bytes(edit.data)
    outcome = nursery.run(root, *ADD)
    if edit.refused:
        assert outcome.code == 2, outcome
        assert ledger.read_bytes() == edit.data
        assert outcome.err.startswith(f"error: {edit.refused}") or f"/{edit.refused}" in outcome.err, outcome.err
        assert outcome.err.count("\n") == 1
        return
    assert outcome.code == 0, outcome.err
    assert ledger.read_bytes().startswith(edit.data)
    added = outcome.out.splitlines()[-1].split()[0]
    assert [row.id for _, row in Workspace(root).rows()] == [*edit.counted, added]
    plain = read_plainly(ledger.read_bytes())
    assert plain is not None
    assert [row.id for row in plain.rows] == [*edit.counted, added]


@pytest.mark.parametrize("edit", EDITS.values(), ids=EDITS)
def test_reading_an_edited_ledger(root: Path, nursery: Nursery, edit: Edit) -> None:
    """No command fails with a traceback; what cannot be read is status 2 and one line that names the file."""
    (root / LEDGER).write_bytes(edit.data)
    for words in (("status",), ("show", "investment"), ("report",)):
        outcome = nursery.run(root, *words)
        assert outcome.code in (0, 2), outcome.err[-300:]
        assert outcome.code == 0 or (outcome.err.count("\n") == 1 and LEDGER in outcome.err)
    assert (root / LEDGER).read_bytes() == edit.data


@pytest.mark.parametrize("edit", EDITS.values(), ids=EDITS)
def test_checking_an_edited_ledger(root: Path, nursery: Nursery, edit: Edit) -> None:
    """`check` lists what is wrong with a ledger whatever it is: status 1, and each finding names the file."""
    (root / LEDGER).write_bytes(edit.data)
    outcome = nursery.run(root, "check")
    assert outcome.code in (0, 1), outcome.err[-300:]
    assert outcome.err == ""
    assert outcome.code == 0 or outcome.out.startswith(LEDGER)


BLOCK = block("last", "166", 'bound = "above"', 'by = "张三"', "", "[actual.source]", 'phrase = "超166亿元"')


def test_cut_in_the_last_block(root: Path, nursery: Nursery) -> None:
    """A ledger cut in its last block is refused, or the entry goes behind it and all is TOML; nothing else moves."""
    data = (FIRST + "\n" + BLOCK).encode()
    ledger = root / LEDGER
    start = len(FIRST.encode())
    refused = 0
    for end in (*range(start, start + 20), *range(start + 20, len(data), 5)):
        ledger.write_bytes(data[:end])
        outcome = nursery.run(root, *ADD)
        assert outcome.code in (0, 2), outcome.err
        refused += outcome.code == 2
        if outcome.code:
            assert outcome.err.count("\n") == 1
            assert outcome.err.startswith("error: ")
            assert ledger.read_bytes() == data[:end]
        else:
            assert ledger.read_bytes().startswith(data[:end])
            ids = [entry.get("id") for entry in tomllib.loads(ledger.read_text("utf-8"))["actual"]]
            assert ids[0] == "first"
            assert max(Counter(ids).values()) == 1
            assert ids[-1] == outcome.out.splitlines()[-1].split()[0]
    assert refused > 20


def test_retraction_behind_hand_edits(root: Path, nursery: Nursery) -> None:
    """A retraction is appended to a ledger of somebody's own making, and takes out just that entry."""
    ledger = root / LEDGER
    data = (COMMENTED + block("second") + "# 完").replace("\n", "\r\n").encode()
    ledger.write_bytes(data)
    outcome = nursery.run(root, "retract", "first", "--reason", "重复登记")
    assert outcome.code == 0, outcome.err
    assert ledger.read_bytes().startswith(data)
    assert b"\n" not in ledger.read_bytes().replace(b"\r\n", b"")
    plain = read_plainly(ledger.read_bytes())
    assert plain is not None
    assert [row.actual for row in plain.retractions] == ["first"]
    target = Workspace(root).find_target("investment")
    assert [actual.id for actual in Workspace(root).actuals(target)] == ["second"]
    again = nursery.run(root, "retract", "first", "--reason", "重复登记")
    assert (again.code, again.err.count("\n")) == (2, 1)


@pytest.mark.parametrize("torn", ['[[actual]]\nid = "b', retraction("first")[:30]], ids=["entry", "retraction"])
def test_retracting_behind_a_torn_end(root: Path, nursery: Nursery, torn: str) -> None:
    """Nothing is appended behind a torn end, a retraction neither."""
    (root / LEDGER).write_text(FIRST + "\n" + torn, encoding="utf-8")
    outcome = nursery.run(root, "retract", "first", "--reason", "重复登记")
    assert (outcome.code, outcome.err.count("\n")) == (2, 1)
    assert (root / LEDGER).read_text("utf-8") == FIRST + "\n" + torn


@pytest.mark.parametrize(
    "words",
    [
        pytest.param(("--note", "字" * 5000), id="long note"),
        pytest.param(("--indicator", "字" * 5000), id="long name"),
        pytest.param(("--by", "字" * 5000), id="long by"),
        pytest.param(("--source", "字" * 5000), id="long source"),
        pytest.param(("--note", 'a\n[[retraction]]\nactual = "first"'), id="a header in a note"),
        pytest.param(("--note", '"""\\ \t\x7f\x01\u2028'), id="what must be escaped"),
        pytest.param(("--note", "\ufeff"), id="a byte order mark"),
        pytest.param(("--note", os.fsdecode("备注".encode("gb18030"))), id="bytes that are not UTF-8"),
    ],
)
def test_what_is_acknowledged_is_read(root: Path, nursery: Nursery, words: tuple[str, ...]) -> None:
    """Whatever is typed, an entry that is acknowledged counts, and one that is refused leaves no trace."""
    (root / LEDGER).write_text(FIRST, encoding="utf-8")
    outcome = nursery.run(root, *ADD, *words)
    expected = ["first"]
    if outcome.code == 0:
        expected.append(outcome.out.splitlines()[-1].split()[0])
    else:
        assert (outcome.code, outcome.err.count("\n")) == (2, 1), outcome.err[-300:]
        assert (root / LEDGER).read_text("utf-8") == FIRST
    assert [row.id for _, row in Workspace(root).rows()] == expected


def test_long_reason(root: Path, nursery: Nursery) -> None:
    """A retraction that is acknowledged takes the entry out, however long its reason."""
    (root / LEDGER).write_text(FIRST, encoding="utf-8")
    outcome = nursery.run(root, "retract", "first", "--reason", "字" * 500)
    opened = Workspace(root)
    left = [actual.id for actual in opened.actuals(opened.find_target("investment"))]
    assert (outcome.code, left) in ((0, []), (2, ["first"]))


@pytest.mark.parametrize(
    "value",
    [
        "-5亿元",
        "１６６亿元",
        "1" * 24 + "亿元",
        "9" * 30 + "亿元",
        "0." + "1" * 40 + "亿元",
    ],
)
def test_odd_values(root: Path, nursery: Nursery, value: str) -> None:
    """A value too long for a figure is refused in one line; what is accepted is read back."""
    outcome = nursery.run(root, "add-actual", "investment", value, "--yes", "--source", "日报")
    assert outcome.code in (0, 2), outcome.err[-300:]
    assert outcome.err.count("\n") == (outcome.code == 2)
    assert len(list(Workspace(root).rows())) == (outcome.code == 0)
