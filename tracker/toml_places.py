"""Where the tables and keys of a TOML text stand, for messages: a scanner that knows strings and brackets and checks nothing.

`[[target]]`, then `value = 3`: the places of `("target", 0)` and `("target", 0, "value")`. Text that is no TOML gives some places.
"""

from __future__ import annotations

import re
from functools import lru_cache
from typing import TypeAlias

Path: TypeAlias = tuple[str | int, ...]
"""Keys from the top of the file, with the number of the table after the name of an array of tables."""

_KEY = r"""(?:[A-Za-z0-9_-]+|"(?:[^"\\\n]|\\.)*"|'[^'\n]*')"""
_KEYS = rf"{_KEY}(?:[ \t]*\.[ \t]*{_KEY})*"
_STATEMENT = re.compile(
    rf"[ \t]*(?:\[\[[ \t]*(?P<array>{_KEYS})[ \t]*\]\]|\[[ \t]*(?P<table>{_KEYS})[ \t]*\]|(?P<key>{_KEYS})[ \t]*=)?"
)
_PLAIN_REST = re.compile(r"[^\"'#\[{\n]*(?:\"[^\"\\\n]*\"[ \t]*)?\n")
_TOKEN = re.compile(
    r"""(?s)\"{3}(?:[^\\]|\\.)*?\"{3,5}|'{3}.*?'{3,5}|"(?:[^"\\\n]|\\.)*"|'[^'\n]*'|\#[^\n]*|[^"'\#\[\]{}\n]+|."""
)
_ID = re.compile(r"""(?<![^\s{,"'])["']?(?P<key>id|actual)["']?[ \t]*=[ \t]*["'](?P<id>[^"'\n]*)["']""")
_PART = re.compile(_KEY)


def line_of(text: str, table: str, index: int, key: str = "") -> int | None:
    """Line of the `index`-th `[[table]]` (or of the `[table]`, or of the key at the top), or of a key within it.

    `key` may be dotted (`source.span`). Where it is not written the line of what holds it; None when there is nothing at all.
    """
    lines = find_lines(text)
    keys = tuple(key.split(".")) if key else ()
    for length in range(len(keys), -1, -1):
        paths: tuple[Path, Path] = ((table, index, *keys[:length]), (table, *keys[:length]))
        for path in paths:
            if path in lines:
                return lines[path]
    return None


def lines_by_id(text: str) -> dict[str, int]:
    """Lines of a file's ids (`id = "a"`, else `actual = "a"`) and of the other keys beside them (`a.unit`); the first of each."""
    ids: dict[str, dict[str, int]] = {"id": {}, "actual": {}, "": {}}
    keys: dict[str, int] = {}
    names: dict[Path, str] = {}
    places = find_places(text)
    for path, place in places.items():
        if path[-1] == "id" and (match := _ID.match(text, place)):
            names[path[:-1]] = match["id"]
    for path, line in find_lines(text).items():
        if path[-1] in ids and (match := _ID.match(text, places[path])):
            ids[str(path[-1])].setdefault(match["id"], line)
        elif name := names.get(path[:-1]):
            keys.setdefault(f"{name}.{path[-1]}", line)
    inline = Lines(text)
    for match in _ID.finditer(text):
        ids[""].setdefault(match["id"], inline.at(match.start("key")))
    return keys | ids[""] | ids["actual"] | ids["id"]


@lru_cache(maxsize=2)
def find_lines(text: str) -> dict[Path, int]:
    """The line of each table's header and of each key outside of inline tables, in the order of the text."""
    lines = Lines(text)
    return {path: lines.at(place) for path, place in find_places(text).items()}


class Lines:
    """The lines of places asked for in the order of the text: each newline is counted once."""

    def __init__(self, text: str, first: int = 1) -> None:
        self._text, self._line, self._place = text, first, 0

    def at(self, place: int) -> int:
        """The line of a place that is not before the last one asked for."""
        self._line += self._text.count("\n", self._place, place)
        self._place = place
        return self._line


@lru_cache(maxsize=2)
def find_places(text: str) -> dict[Path, int]:
    """The place of each table's header and of each key outside of inline tables, in the order of the text."""
    found: dict[Path, int] = {}
    counts: dict[Path, int] = {}
    table: Path = ()
    at = 0
    while at < len(text):
        match = _STATEMENT.match(text, at)
        if match is None:
            break
        if match.lastgroup is not None:
            keys = [part.strip("\"'") for part in _PART.findall(match[match.lastgroup])]
            start = match.start(match.lastgroup)
            if match.lastgroup == "key":
                path = (*table, *keys)
            else:
                path = table = _table(keys, counts, array=match.lastgroup == "array")
            for length in range(1, len(path) + 1):
                if path[:length] not in counts:
                    found.setdefault(path[:length], start)
        at = _end_of_statement(text, match.end())
    return found


def _table(keys: list[str], counts: dict[Path, int], *, array: bool) -> Path:
    """The path of a header; `counts` has how many tables the arrays had before it, and then with it."""
    path: Path = ()
    for place, key in enumerate(keys):
        path = (*path, key)
        if array and place == len(keys) - 1:
            counts[path] = counts.get(path, 0) + 1
        if path in counts:
            path = (*path, counts[path] - 1)
    return path


def _end_of_statement(text: str, at: int) -> int:
    """The place behind the line in which a value, and every bracket and string in it, ends."""
    if match := _PLAIN_REST.match(text, at):
        return match.end()
    depth = 0
    while match := _TOKEN.match(text, at):
        at = match.end()
        match match[0]:
            case "[" | "{":
                depth += 1
            case "]" | "}":
                depth -= 1
            case "\n" if depth <= 0:
                break
    return at
