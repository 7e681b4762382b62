"""The markdown writers: what is escaped, and what a table is."""

from __future__ import annotations

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from tests.reports import pandoc
from tracker.reports.markdown import escape, table

ESCAPES = [
    ("引资总额", "引资总额"),
    ("a|b", "a\\|b"),
    ("*a*", "\\*a\\*"),
    ("a_b", "a\\_b"),
    ("`a`", "\\`a\\`"),
    ("a\\", "a\\\\"),
    ("<b>", "\\<b\\>"),
    ("&lt;", "\\&lt;"),
    ("# a", "\\# a"),
    ("- a", "\\- a"),
    ("+3.3", "\\+3.3"),
    ("-38.0", "\\-38.0"),
    ("1. a", "1\\. a"),
    ("12) a", "12\\) a"),
    ("8.2%", "8.2%"),
    ("≥62.0%", "≥62.0%"),
    ("a\nb", "a b"),
    ("\x1b[1m", " \\[1m"),
    ("http://x", "http\\://x"),
    ("a :tada: b", "a \\:tada\\: b"),
    ("www.x", "w\u2060ww.x"),
    ("2024-12-31", "2024-12-31"),
]


@pytest.mark.parametrize(("text", "escaped"), ESCAPES)
def test_a_text_is_escaped(text: str, escaped: str) -> None:
    assert escape(text) == escaped


def test_a_table_has_its_rule() -> None:
    """Heads, the rule with the right-hand columns, a row; an empty cell is a blank."""
    text = table(["a", "b"], [["1", ""], ["2", "3"]], right=(1,))
    assert text == "| a | b |\n| --- | --: |\n| 1 |   |\n| 2 | 3 |\n"


PRINTED = st.text(st.characters(codec="utf-8", categories=("L", "N", "P", "S", "Zs", "Cc")), min_size=1, max_size=30)


@pandoc.NEEDED
@settings(max_examples=12, deadline=None)
@given(st.lists(PRINTED, min_size=20, max_size=40))
def test_any_text_comes_back_from_a_table(texts: list[str]) -> None:
    """Whatever stands in a cell, pandoc reads as many cells as were written, and their text."""
    written = table(["n", "text"], [[str(place), escape(text)] for place, text in enumerate(texts)])
    (rows,) = pandoc.tables(pandoc.blocks(written, "gfm-emoji"))
    assert [row[0] for row in rows[1:]] == [str(place) for place in range(len(texts))]
    for row, text in zip(rows[1:], texts, strict=True):
        there = pandoc.squeezed(row[1])
        assert there == pandoc.squeezed(text)
