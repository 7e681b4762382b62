"""Where tables and keys stand in a TOML text, strings and brackets notwithstanding."""

from __future__ import annotations

import tomllib
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from tracker.toml_places import Path, find_places, line_of

TEXT = """\
title = "x" # [[target]]
plan.id = "p"

[[target]]
id = "a"
support = [ # id = "no"
  "x]", 'y[',
]
note = \'\'\'
[[target]]
id = "no"
\'\'\'\'
lead = \"\"\"a\\\"\"\"
id = "no"
\"\"\"
source = { document = "x", span = [1, 2] }

[[ target ]]
  "id"="b" # the second
  [target . source]
  span = [
    3, 9]
[plan.source]
document = "x\\"y"
"""
LINES = [
    ("title", 0, "", 1),
    ("plan", 0, "", 2),
    ("plan", 0, "id", 2),
    ("plan", 0, "source.document", 24),
    ("plan", 0, "source.span", 23),
    ("target", 0, "", 4),
    ("target", 0, "support", 6),
    ("target", 0, "lead", 13),
    ("target", 0, "source.span", 16),
    ("target", 0, "colour", 4),
    ("target", 1, "", 18),
    ("target", 1, "id", 19),
    ("target", 1, "source.span", 21),
    ("target", 2, "", None),
    ("no", 0, "", None),
]


@pytest.mark.parametrize(("table", "number", "key", "line"), LINES)
def test_lines(table: str, number: int, key: str, line: int | None) -> None:
    assert line_of(TEXT, table, number, key) == line


def test_the_sample_is_toml() -> None:
    """What the sample says, tomllib reads: two targets, and no id that stands in a string."""
    assert [target["id"] for target in tomllib.loads(TEXT)["target"]] == ["a", "b"]


PIECES = (
    *("a = 1\n", 'b = """\n[x]\n"""\n', "c = [\n[1],\n]\n", "d = { e = 1 }\n", "'f' . g = \"#\"\n", "# [[t]]\n", "\n"),
    *("[[t]]\n", "[t.s]\n", "[u]\n", "[[t.v]]\n", "h = x\n", "i = 2020-01-01 10:00:00", "j = 'it''s'\n"),
)


@given(st.lists(st.sampled_from(PIECES), max_size=12).map("".join))
@settings(max_examples=300, deadline=None, derandomize=True, database=None)
def test_all_that_is_there_is_found(text: str) -> None:
    """Each table and key that tomllib reads has its place, and no others, inline tables apart."""
    try:
        data = tomllib.loads(text)
    except tomllib.TOMLDecodeError:
        find_places(text)
        return
    assert {path for path in find_places(text) if path[-1:] != ("d",)} == set(paths(data, ()))


def paths(value: Any, path: Path) -> list[Path]:  # noqa: ANN401 - as tomllib reads it
    """The paths of what is in a value, itself included; an inline table `d` is left out."""
    if isinstance(value, dict):
        inside = [each for key, more in value.items() if key != "d" for each in paths(more, (*path, key))]
        return [path, *inside] if path else inside
    if isinstance(value, list) and value and isinstance(value[0], dict):
        return [each for number, more in enumerate(value) for each in paths(more, (*path, number))]
    return [path]
