"""TOML files that people edit: bytes → text → data; where something stands in them is for `toml_places`."""

from __future__ import annotations

import re
from decimal import Decimal
from typing import Any

from tracker.errors import WorkspaceError

LINE_OF_ERROR = re.compile(r"\(at line (\d+), column \d+\)")
_DIGITS = re.compile(r"\d[\d_]*")
_BRACKETS = re.compile(r"[\[{][\[{\s]*")
MOST_BYTES = 2_000_000_000
"""A larger file is refused: no ledger is that long."""


def decode(data: bytes, file: str) -> str:
    """Text of a file in UTF-8, with or without a byte order mark; every line ends in a line feed.

    Raises:
        WorkspaceError: the bytes are not UTF-8; names the encoding they look like, and the line.
    """
    try:
        text = data.decode("utf-8-sig")
    except UnicodeDecodeError as error:
        line = data.count(b"\n", 0, error.start) + 1
        try:
            data.decode("gb18030")
            looks = "GB18030 (GBK)"
        except UnicodeDecodeError:
            looks = "UTF-16" if data[:2] in (b"\xff\xfe", b"\xfe\xff") else "?"
        raise WorkspaceError("not_utf8", f"{file}:{line}", looks=looks) from None
    return text.replace("\r\n", "\n")


class Unreadable:
    """A number whose exponent is beyond what can be computed with. It fits no key, so its entry is refused where it stands."""

    def __init__(self, text: str) -> None:
        self.text = text

    def __str__(self) -> str:
        return self.text


def parse(text: str, file: str) -> dict[str, Any]:
    """Data of a TOML text; numbers with a point or an exponent are exact decimals, or `Unreadable`.

    Raises:
        WorkspaceError: the text is not TOML, or more than can be read; names the line.
    """
    import tomllib  # noqa: PLC0415 - only when a file has changed

    try:
        return tomllib.loads(text, parse_float=_decimal)
    except tomllib.TOMLDecodeError as error:
        match = LINE_OF_ERROR.search(str(error))
        line = int(match[1]) if match else text.count("\n") + 1
        what = LINE_OF_ERROR.sub("", str(error)).strip().replace("(at end of document)", "").strip()
        raise WorkspaceError("bad_toml", f"{file}:{line}", what=what) from None
    except ValueError:  # a whole number longer than Python reads
        raise WorkspaceError("long_number", f"{file}:{_line_of_longest(_DIGITS, text)}") from None
    except RecursionError:
        raise WorkspaceError("too_deep", f"{file}:{_line_of_longest(_BRACKETS, text)}") from None


def _decimal(text: str) -> Decimal | Unreadable:
    try:
        return Decimal(text)
    except ArithmeticError:
        return Unreadable(text)


def _line_of_longest(pattern: re.Pattern[str], text: str) -> int:
    longest = max(pattern.finditer(text), key=lambda match: len(match[0]), default=None)
    return 1 if longest is None else text.count("\n", 0, longest.start()) + 1


def brief(value: object) -> str:
    """A value as the head of a message; of a number too long to print only that it is one."""
    try:
        return str(value)[:60]
    except ValueError:
        return "…"
