"""TOML files that people edit: bytes → text → data; where something stands in them is for `toml_places`."""

from __future__ import annotations

import re
from decimal import Decimal
from typing import Any

from tracker.errors import WorkspaceError

LINE_OF_ERROR = re.compile(r"\(at line (\d+), column \d+\)")
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


def parse(text: str, file: str) -> dict[str, Any]:
    """Data of a TOML text; numbers with a point are exact decimals.

    Raises:
        WorkspaceError: the text is not TOML; names the line.
    """
    import tomllib  # noqa: PLC0415 - only when a file has changed

    try:
        return tomllib.loads(text, parse_float=Decimal)
    except (ValueError, ArithmeticError, RecursionError) as error:  # a number too long to read is one too
        match = LINE_OF_ERROR.search(str(error))
        line = int(match[1]) if match else text.count("\n") + 1 if isinstance(error, tomllib.TOMLDecodeError) else 1
        what = LINE_OF_ERROR.sub("", str(error)).strip().replace("(at end of document)", "").strip()
        raise WorkspaceError("bad_toml", f"{file}:{line}", what=what) from None


def brief(value: object) -> str:
    """A value as the head of a message; of a number too long to print only that it is one."""
    try:
        return str(value)[:60]
    except ValueError:
        return "…"
