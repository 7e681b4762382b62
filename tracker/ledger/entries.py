"""The ledger's text → entries. Blocks as the program writes them are read by one anchored pattern; all others by tomllib.

Both ways give the same entries: the pattern matches only what TOML reads the same way, and what a block means is checked in one
place (`check`). A ledger is cut at lines that begin a block; where a piece is no TOML by itself, the whole file is read at once.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from datetime import date, datetime
from decimal import Decimal
from functools import lru_cache
from typing import Any, NamedTuple, TypeAlias

from tracker.errors import Problem, WorkspaceError
from tracker.ledger.rows import Retracted, Row, actual_of, check, retraction_of
from tracker.model import Bound, Measure, Stage, Verification
from tracker.toml_files import brief, parse
from tracker.toml_places import Lines, find_lines, line_of

__all__ = [
    "Ledger",
    "NotPieces",
    "Retracted",
    "Row",
    "actual_of",
    "check",
    "read_ledger",
    "read_tail",
    "retraction_of",
    "write_actual",
    "write_retraction",
]


class Ledger(NamedTuple):
    """What one ledger's text, or its tail, holds. `parsed` is the length of the text that was read, without a torn end.

    `appendable` is whether a tail may be read by itself later.
    """

    rows: list[Row]
    retractions: list[Retracted]
    problems: list[Problem]
    parsed: int
    appendable: bool


class _Table(NamedTuple):
    """A table that tomllib read: its name and data; the text whose `number`-th of the name it is, and the line that begins at."""

    name: str
    data: Any
    text: str
    line: int
    number: int


_Piece: TypeAlias = Row | Retracted | _Table


class NotPieces(Exception):  # noqa: N818 - a way out, not an error
    """The text does not fall into blocks that stand by themselves: it must be read from the file's beginning."""


_TEXT = r'"([^"\\\x00-\x1f\x7f]{0,4000})"'
_NUMBER = r"(0|-?[1-9]\d{0,11}|-?(?:0|[1-9]\d{0,11})\.\d{1,8})"
_TIME = r"(\d{4}-\d\d-\d\d[T ](?:[01]\d|2[0-3]):[0-5]\d:[0-5]\d(?:[+-](?:[01]\d|2[0-3]):[0-5]\d)?)"
_HASH = r'"([0-9a-f]{64})"'
_NAME = r'"([^"\\\x00-\x1f\x7f]{1,400})"'


def _words(words: type[Bound | Measure | Stage | Verification]) -> str:
    return '"(' + "|".join(words) + ')"'


def _line(key: str, value: str, *, needed: bool = False) -> str:
    line = rf"{key} = {value}\n"
    return line if needed else rf"(?:{line})?"


_ID = r'"([A-Za-z0-9][A-Za-z0-9._-]{0,79})"'
_GAP = r"(?:[ \t]*(?:#[^\n\x00-\x08\x0b-\x1f\x7f]*)?\n)*"
_ACTUAL = re.compile(
    r"\[\[actual\]\]\n"
    + _line("id", _ID, needed=True)
    + _line("target", _ID)
    + "".join(_line(key, _NAME) for key in ("indicator", "region", "period"))
    + _line("value", _NUMBER)
    + _line("value_high", _NUMBER)
    + _line("unit", _NAME)
    + _line("bound", _words(Bound))
    + _line("done", "(true|false)")
    + _line("measure", _words(Measure))
    + _line("stage", _words(Stage))
    + _line("among", _NAME)
    + _line("verification", _words(Verification))
    + _line("proxy", "(true|false)")
    + _line("revises", _ID)
    + _line("recorded_at", _TIME)
    + _line("by", _TEXT)
    + _line("note", _TEXT)
    + r"(?:\n?\[actual\.source\]\n"
    + _line("document", _TEXT)
    + _line("sha256", _HASH)
    + r"(?:span = \[(0|[1-9]\d{0,8}), (0|[1-9]\d{0,8})\]\n)?"
    + _line("phrase", _TEXT)
    + r")?(?=\n|\Z|\[\[|#)",
    re.ASCII,
)
_RETRACTION = re.compile(
    r"\[\[retraction\]\]\n"
    + _line("actual", _ID, needed=True)
    + _line("reason", _NAME, needed=True)
    + _line("recorded_at", _TIME)
    + _line("by", _TEXT)
    + r"(?=\n|\Z|\[\[|#)",
    re.ASCII,
)
_SKIP = re.compile(_GAP)
_HEADER = re.compile(r"(?m)^\[\[(?:actual|retraction)\]\]")


def read_ledger(text: str, file: str) -> Ledger:
    """Entries of a whole ledger's text.

    A last entry that is torn off (a writer was stopped, or an edit is not finished) is a Problem and not read; `parsed` ends before it.

    Raises:
        WorkspaceError: the text is not TOML, other than by a torn last entry.
    """
    try:
        return _gather(list(_pieces(text, file)), text, file, appendable=text.endswith("\n"))
    except NotPieces:
        pass
    try:
        return _gather(_whole(text, file), text, file, appendable=False)
    except WorkspaceError as error:
        if error.code != "bad_toml":
            raise
        return _before_torn_end(text, file, error)


def _before_torn_end(text: str, file: str, error: WorkspaceError) -> Ledger:
    """The entries before a last one that is not complete; the error itself where more than that is wrong.

    A torn retraction is never passed over: what it takes out would count.
    """
    last = text.rfind("\n") + 1
    headers = [match.start() for match in _HEADER.finditer(text)]
    start = last if text.startswith("[", last) else headers[-1] if headers else 0
    line = int(error.place.rpartition(":")[2])
    if not start or line <= text.count("\n", 0, start) or text.startswith("[[retraction", start):
        raise error
    head = text[:start]
    try:
        ledger = _gather(list(_pieces(head, file)), head, file, appendable=False)
    except NotPieces:
        try:
            ledger = _gather(_whole(head, file), head, file, appendable=False)
        except WorkspaceError:
            raise error from None
    torn = Problem(file, text.count("\n", 0, start) + 1, "", "torn", {"what": str(error.values.get("what", ""))})
    return ledger._replace(problems=[*ledger.problems, torn])


def read_tail(text: str, file: str, first_line: int) -> Ledger:
    """Entries of what was appended to a ledger; `first_line` is the line it begins at.

    Raises:
        NotPieces: the ledger must be read as a whole.
    """
    return _gather(list(_pieces(text, file, first_line)), text, file, appendable=text.endswith("\n"))


def _gather(pieces: list[tuple[_Piece, int]], text: str, file: str, *, appendable: bool) -> Ledger:
    rows, retractions, problems = list[Row](), list[Retracted](), list[Problem]()
    for piece, line in pieces:
        entry: Row | Retracted | None
        if isinstance(piece, _Table):
            entry, found = _from_table(piece, file)
            problems += found
        else:
            entry = piece
        if isinstance(entry, Row):
            wrong = check(entry)
            if wrong is None:
                rows.append(entry)
            else:
                code, key, values = wrong
                problems.append(Problem(file, line, f"{entry.id}.{key}", code, values))
        elif entry is not None:
            retractions.append(entry)
    return Ledger(rows, retractions, problems, len(text), appendable)


def _pieces(text: str, file: str, first_line: int = 1) -> Iterator[tuple[_Piece, int]]:
    """Entries one after the other with their lines: read by pattern, else as tables from tomllib.

    Raises:
        NotPieces: what stands between two headers is not TOML by itself, or not only entries.
    """
    at = _skip(text, 0)
    lines = Lines(text, first_line)
    while at < len(text):
        line = lines.at(at)
        match = _ACTUAL.match(text, at)
        if match and (row := _row(match)):
            yield row, line
            at = _skip(text, match.end())
            continue
        match = _RETRACTION.match(text, at)
        if match and (retracted := _retracted(match)):
            yield retracted, line
            at = _skip(text, match.end())
            continue
        following = _HEADER.search(text, at + 1)
        end = following.start() if following else len(text)
        try:
            tables = parse(text[at:end], file)
        except WorkspaceError:
            raise NotPieces from None
        if not _HEADER.match(text, at) or len(tables) != 1:
            raise NotPieces
        name, found = next(iter(tables.items()))
        if not isinstance(found, list) or len(found) != 1:
            raise NotPieces
        yield _Table(name, found[0], text[at:end], line, 0), line
        at = end


def _skip(text: str, at: int) -> int:
    """The place after blank lines and comments."""
    match = _SKIP.match(text, at)
    return match.end() if match else at


def _row(match: re.Match[str]) -> Row | None:
    row = Row._make(match.groups(""))
    time = _time(row.recorded_at)
    return None if time is None else row._replace(recorded_at=time) if time != row.recorded_at else row


def _retracted(match: re.Match[str]) -> Retracted | None:
    row = Retracted._make(match.groups(""))
    time = _time(row.recorded_at)
    return None if time is None else row._replace(recorded_at=time)


def _time(text: str) -> str | None:
    """A time as `isoformat` writes it, None when its day is no real one; empty for none."""
    if text and not _is_day(text[:10]):
        return None
    return datetime.fromisoformat(text).isoformat() if text[10:11] == " " or text.endswith("-00:00") else text


@lru_cache(maxsize=4096)
def _is_day(text: str) -> bool:
    try:
        date.fromisoformat(text)
    except ValueError:
        return False
    return True


def _whole(text: str, file: str) -> list[tuple[_Piece, int]]:
    """All tables of a text that tomllib reads at once, with the lines of their headers, or of the array that they stand in."""
    found: list[tuple[_Piece, int]] = []
    lines = find_lines(text)
    for name, value in parse(text, file).items():
        for number, table in enumerate(value if isinstance(value, list) else [value]):
            line = lines.get((name, number), lines.get((name,), 1))
            found.append((_Table(name, table, text, 1, number), line))
    return found


def _from_table(table: _Table, file: str) -> tuple[Row | Retracted | None, list[Problem]]:
    """A row from a table of tomllib; unknown keys and wrong types are Problems and no row."""
    from tracker.ledger.schema import read_table  # noqa: PLC0415 - Pydantic only for blocks written by hand

    def problem(path: str, key: str, code: str, values: dict[str, str]) -> Problem:
        line = line_of(table.text, table.name, table.number, key)
        return Problem(file, None if line is None else line + table.line - 1, path, code, values)

    if table.name not in ("actual", "retraction"):
        return None, [problem(table.name, "", "unknown_table", {"name": table.name})]
    fields, errors = read_table(table.name, table.data)
    if errors:
        path = str(table.data.get("id", "")) if isinstance(table.data, dict) else ""
        return None, [problem(".".join(filter(None, (path, key))), key, code, values) for key, code, values in errors]
    return (Row(**fields) if table.name == "actual" else Retracted(**fields)), []


def write_actual(row: Row) -> str:
    """A row as the block the program appends; `read_ledger` reads it back equal. The keys stand in the order of `Row`."""
    import tomli_w  # noqa: PLC0415 - only for writing

    head = "".join(_written(key, getattr(row, key)) for key in Row._fields[: Row._fields.index("document")])
    source = {key: getattr(row, key) for key in ("document", "sha256") if getattr(row, key)}
    block = "[[actual]]\n" + head
    span = f"span = [{row.start}, {row.end}]\n" if row.start else ""
    phrase = tomli_w.dumps({"phrase": row.phrase}) if row.phrase else ""
    if source or span or phrase:
        block += "\n[actual.source]\n" + tomli_w.dumps(source) + span + phrase
    return block


def write_retraction(row: Retracted) -> str:
    """A retraction as the block the program appends."""
    return "[[retraction]]\n" + "".join(_written(key, text) for key, text in zip(Retracted._fields, row, strict=True))


def unreadable(block: str) -> Problem | None:
    """What keeps a block from being read back as one entry; None when nothing does. What would not be read is not written."""
    try:
        block.encode()
        ledger = read_ledger(block, "")
    except (UnicodeEncodeError, WorkspaceError) as error:
        return Problem("", None, "", "bad_type", {"key": "", "value": brief(repr(error))})
    if ledger.problems:
        return ledger.problems[0]
    return (
        None
        if len(ledger.rows) + len(ledger.retractions) == 1
        else Problem("", None, "", "bad_type", {"key": "", "value": ""})
    )


def _written(key: str, text: str) -> str:
    """A key's line, nothing for an empty text. A time keeps the T of the ledger's other times, which tomli_w would make a blank."""
    import tomli_w  # noqa: PLC0415 - only for writing

    if not text:
        return ""
    return f"recorded_at = {text}\n" if key == "recorded_at" else tomli_w.dumps({key: _typed(key, text)})


def _typed(key: str, text: str) -> object:
    """The TOML value of a row's text: whole numbers stay whole, others keep their digits."""
    match key:
        case "value" | "value_high":
            number = Decimal(text)
            return int(number) if number == number.to_integral_value() and "." not in text else number
        case "done" | "proxy":
            return text == "true"
        case _:
            return text
