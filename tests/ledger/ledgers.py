"""Random ledgers: entries in the form the program writes, and in the many forms in which people may write the same.

`wild` adds forms that TOML allows and hardly anybody uses.
"""

from __future__ import annotations

import re
from datetime import datetime, timedelta, timezone
from decimal import Decimal
from typing import Any, NamedTuple

import tomli_w
from hypothesis import strategies as st

Entry = dict[str, Any]
"""A table as tomllib gives it."""

TEXTS = (
    *("甲县日报", "a # b", 'say "x"', "it's", "back\\slash", "tab\there", "😀", "=", "'''", '"""', " ", "[[actual]]"),
    *(
        '\n[[actual]]\nid = "no"\n',
        "\n[[retraction]]\n",
        "\nactual = 3\n",
        "\u2028",
        "\x85",
        "\ufeff",
        "\x7f",
        "\x00",
        "字" * 401,
    ),
)
PERIODS = ("2024", "2024-H1", "2024-Q3", "2024-08", "2024-01/2024-08", "2021/2025", "2024-02-29", "2025")
IDS = tuple(f"e{number}" for number in range(12))
TARGETS = ("investment", "growth", "rank", "festival", "nobody")
NUMBERS: tuple[int | Decimal, ...] = (
    *(0, 1, 12, 166, 300, 1000, -3, 10**12),
    *map(Decimal, ("0.5", "8.2", "166.50", "-0.01", "1234567890.12345678", "0.000000001")),
)
TIMES = (
    datetime(2026, 11, 20, 9, tzinfo=timezone(timedelta(hours=8))),
    datetime(2026, 11, 20, 9, 30, 15, 250000, tzinfo=timezone.utc),  # noqa: UP017 - written as +00:00
    datetime(2026, 11, 21, 10),  # noqa: DTZ001 - a local time, which TOML has
)

texts = st.sampled_from(TEXTS) | st.text(st.sampled_from("甲县a1 #[]='\"\\.\t\n"), max_size=8)
numbers = st.sampled_from(NUMBERS)
sources = st.fixed_dictionaries(
    {},
    optional={
        "document": texts,
        "sha256": st.just("0123456789abcdef" * 4),
        "span": st.lists(st.integers(0, 3000), min_size=2, max_size=2, unique=True).map(sorted),
        "phrase": texts,
    },
)
_about: dict[str, st.SearchStrategy[Any]] = {
    "indicator": texts,
    "region": st.sampled_from(("甲县", "东镇", "西镇", "外省")) | texts,
    "period": st.sampled_from(PERIODS),
    "measure": st.sampled_from(("level", "growth", "rank")),
    "stage": st.sampled_from(("signed", "in_place")),
    "among": texts,
    "verification": st.sampled_from(("reported", "self", "official")),
    "proxy": st.booleans(),
    "revises": st.sampled_from(IDS),
    "recorded_at": st.sampled_from(TIMES),
    "by": texts,
    "note": texts,
    "source": sources,
}
_named = {"id": st.sampled_from(IDS), "target": st.sampled_from(TARGETS)}
_measured = {"value": numbers, "unit": st.sampled_from(("亿元", "万元", "%", "位", "个"))}
_bound = {"bound": st.sampled_from(("exact", "above", "below", "about"))}


def _range(entry: Entry) -> Entry:
    low, high = sorted(entry["value"])
    return entry | {"value": low, "value_high": high, "bound": "range"}


def _not_its_own(entry: Entry) -> Entry:
    return {key: value for key, value in entry.items() if key != "revises" or value != entry["id"]}


entries: st.SearchStrategy[Entry] = st.one_of(
    st.fixed_dictionaries(_named | _measured, optional=_about | _bound),
    st.fixed_dictionaries(_named | _measured | {"value": st.lists(numbers, min_size=2, max_size=2)}, optional=_about).map(_range),
    st.fixed_dictionaries(_named | {"done": st.booleans()}, optional=_about),
    st.fixed_dictionaries(_named, optional=_about),
).map(_not_its_own)  # fmt: skip
"""Entries that say something allowed."""

WRONG: tuple[Entry, ...] = (
    {"colour": "red"},
    {"value": True, "unit": "个"},
    {"value": "166", "unit": "亿元"},
    {"value": Decimal("NaN"), "unit": "亿元"},
    {"value": Decimal("Infinity"), "unit": "亿元"},
    {"value": Decimal("1E+999999"), "unit": "亿元"},
    {"value": 10**30, "unit": "亿元"},
    {"value": 5},
    {"value": 5, "unit": "光年"},
    {"value": 5, "unit": "个", "done": True},
    {"period": "2024-02-30"},
    {"period": "二〇二四"},
    {"bound": "roughly"},
    {"id": "有空 格"},
    {"id": 5},
    {"source": {"span": [5, 5]}},
    {"source": {"span": [1]}},
    {"source": {"sha256": "ff"}},
    {"source": {"page": 5}},
    {"source": "seeds/a.md"},
    {"recorded_at": TIMES[0].date()},
    {"note": ["a"]},
)
wrong_entries = st.builds(lambda entry, wrong: entry | wrong, entries, st.sampled_from(WRONG))
"""Entries of which one key says something not allowed."""

retractions: st.SearchStrategy[Entry] = st.fixed_dictionaries(
    {"actual": st.sampled_from(IDS), "reason": st.sampled_from(("重复登记", "a # b", 'say "x"'))},
    optional={"recorded_at": st.sampled_from(TIMES), "by": texts},
)


class Piece(NamedTuple):
    """A table of a ledger, by the name of its array."""

    name: str
    table: Entry


pieces = st.one_of(
    *[st.builds(Piece, st.just("actual"), entries)] * 4,
    st.builds(Piece, st.just("actual"), wrong_entries),
    st.builds(Piece, st.just("retraction"), retractions),
)

ORDER = (
    *("id", "target", "indicator", "region", "period", "value", "value_high", "unit", "bound", "done", "measure", "stage"),
    *("among", "verification", "proxy", "revises", "actual", "reason", "recorded_at", "by", "note"),
)  # fmt: skip


def as_written(piece: Piece) -> str:
    """A table as the program writes it."""
    head = {key: piece.table[key] for key in ORDER if key in piece.table}
    rest = {key: value for key, value in piece.table.items() if key not in (*ORDER, "source")}
    text = f"[[{piece.name}]]\n" + tomli_w.dumps(head | rest)
    source = piece.table.get("source", {})
    if not isinstance(source, dict):
        return text + tomli_w.dumps({"source": source})
    lines = [
        f"span = {list(value)}\n" if key == "span" else tomli_w.dumps({key: value}) for key, value in source.items()
    ]
    return text + (f"\n[{piece.name}.source]\n" + "".join(lines) if source else "")


@st.composite
def by_hand(draw: st.DrawFn, piece: Piece, *, wild: bool = False) -> str:
    """A table as a person may write it: keys in any order, comments, other kinds of strings, dotted keys, inline tables."""
    header: str = draw(
        st.sampled_from(("[[{}]]", "[[{}]]  # 手工", *(("  [[{}]]", "[[ {} ]]", '[["{}"]]') if wild else ())))
    )
    lines = list[str]()
    given = piece.table.get("source")
    source: Entry = given if isinstance(given, dict) else {}
    style = draw(st.sampled_from(("table", "inline", "dotted"))) if source else ""
    plain = {key: value for key, value in piece.table.items() if key != "source" or not style}
    for key in draw(st.permutations(sorted(plain))):
        lines.append(f"{key} = {draw(values(plain[key]))}")
    if style == "inline":
        lines.append(f"source = {_inline(source)}")
    if style == "dotted":
        lines += [f"source.{key} = {draw(values(value))}" for key, value in source.items()]
    lines = draw(st.permutations(lines))
    if style == "table":
        lines = [*lines, f"[{piece.name}.source]", *(f"{key} = {draw(values(value))}" for key, value in source.items())]
    text = header.format(piece.name) + "\n"
    for line in lines:
        text += draw(st.sampled_from(("", "", "", "\n", "# 见附件\n", "    ", "\t"))) + line
        text += draw(st.sampled_from(("\n", "\n", "\n", "  # 核对过\n", " \n")))
    return text


@st.composite
def values(draw: st.DrawFn, value: object) -> str:
    """A value in one of the ways in which TOML lets it be written."""
    match value:
        case str():
            return draw(st.sampled_from(_strings(value)))
        case bool() | datetime() | Decimal() | int():
            return draw(st.sampled_from([_plain(value), *_numbers(value)]))
        case list():
            inner = ", ".join([_plain(each) for each in value])
            return draw(
                st.sampled_from((f"[{inner}]", f"[ {inner}, ]", "[\n  " + inner.replace(", ", ",\n  ") + "\n]"))
            )
        case dict():
            return _inline(value)
        case _:
            return _plain(value)


def _plain(value: object) -> str:
    if isinstance(value, dict):
        return _inline(value)
    return tomli_w.dumps({"k": value}).removeprefix("k = ").removesuffix("\n").replace("\n", "")


def _inline(table: Entry) -> str:
    return "{ " + ", ".join(f"{key} = {_plain(value)}" for key, value in table.items()) + " }"


def _numbers(value: object) -> list[str]:
    found = list[str]()
    if isinstance(value, int) and not isinstance(value, bool) and value >= 0:
        found += [f"{value:_}", f"+{value}", f"0x{value:X}", f"0b{value:b}"]
    if isinstance(value, Decimal) and value.is_finite() and abs(value.adjusted()) < 30:
        found += [f"{value:E}".lower().replace("e-", "0e-0") if "." in f"{value:E}" else f"{value:f}"]
    if isinstance(value, datetime):
        found += [value.isoformat(), value.isoformat(" "), value.isoformat().replace("+00:00", "Z")]
    return found


def _strings(value: str) -> list[str]:
    escaped = re.sub(r"[\x00-\x08\x0b-\x1f\x7f]", lambda match: f"\\u{ord(match[0]):04X}", value.replace("\\", "\\\\"))
    found = [_plain(value), '"""\n' + escaped.replace('"', '\\"') + '"""']
    if not re.search(r"[\x00-\x08\x0a-\x1f\x7f']", value):
        found += [f"'{value}'"]
    if not re.search(r"[\x00-\x08\x0b-\x1f\x7f]|'''|'$", value):
        found += [f"'''\n{value}'''"]
    return found


GAPS = ("", "\n", "\n", "\n\n", "# 甲县台账\n", "\n  # [[actual]]\n\n", "   \n")


@st.composite
def blocks(draw: st.DrawFn, *, wild: bool = False) -> str:
    """One table as text, as the program or a person writes it, perhaps with a comment or blank lines behind."""
    piece = draw(pieces)
    text = as_written(piece) if draw(st.booleans()) else draw(by_hand(piece, wild=wild))
    return text + draw(st.sampled_from(GAPS))


@st.composite
def ledgers(draw: st.DrawFn, *, wild: bool = False) -> bytes:
    """A whole ledger's bytes: up to eight tables, in LF or CRLF, with or without a byte order mark."""
    if wild and draw(st.integers(0, 5)) == 0:
        return draw(inline_ledgers()).encode()
    text = draw(st.sampled_from(GAPS)) + "".join(draw(st.lists(blocks(wild=wild), max_size=8)))
    if draw(st.integers(0, 3)) == 0:
        text = text.rstrip("\n")
    data = text.encode()
    if draw(st.integers(0, 3)) == 0:
        data = data.replace(b"\n", b"\r\n")
    return (b"\xef\xbb\xbf" if draw(st.integers(0, 3)) == 0 else b"") + data


@st.composite
def inline_ledgers(draw: st.DrawFn) -> str:
    """A ledger as arrays of inline tables."""
    found = draw(st.lists(pieces, max_size=4))
    text = ""
    for name in ("actual", "retraction"):
        tables = [_inline(piece.table) for piece in found if piece.name == name]
        text += f"{name} = [\n  " + ",\n  ".join(tables) + "\n]\n" if tables else ""
    return text
