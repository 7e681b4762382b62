"""The lexicon's words are fit for use: no word twice where it would say two things, none that narrowing of widths makes unreachable."""

from __future__ import annotations

from collections import Counter

import pytest

from tracker.figures.numerals import FULL_WIDTH
from tracker.lexicon import load

VALUES = load("values")


@pytest.mark.parametrize("side", ["before", "after"])
def test_a_bound_word_says_one_bound(side: str) -> None:
    words = [word for kind in ("above", "below", "about") for word in VALUES["bounds"][f"{kind}_{side}"]]
    assert [word for word, count in Counter(words).items() if count > 1] == []


def test_done_and_not_done_share_no_word() -> None:
    """No word says both done and not done, and Latin words stand in lower case, as they are looked up."""
    yes, no = set(VALUES["done"]["yes"]), set(VALUES["done"]["no"])
    assert not yes & no
    assert all(word == word.lower() for word in yes | no)


def test_rising_and_falling_share_no_word() -> None:
    """No word says both up and down, and none that falls begins with one that rises, or it would be read as the rise."""
    up, down = VALUES["growth"]["up"], VALUES["growth"]["down"]
    assert not [(rise, fall) for rise in up for fall in down if rise.startswith(fall)]


@pytest.mark.parametrize(
    ("table", "key", "word"),
    [(table, key, word) for table, keys in VALUES.items() for key, words in keys.items() for word in words],
)
def test_a_word_can_be_found_in_narrowed_text(table: str, key: str, word: str) -> None:
    assert word
    assert table == "done" or not any(letter.isspace() for letter in word)
    assert word.translate(FULL_WIDTH) in VALUES[table][key]
