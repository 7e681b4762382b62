"""Groups of words from `lexicon/goals.toml`: as alternatives of a pattern, or as beginnings and ends to be looked for."""

from __future__ import annotations

import re
from collections.abc import Iterable
from functools import cache

from tracker.lexicon import load, longest


@cache
def group(path: str) -> tuple[str, ...]:
    """The words of a group, as the lexicon lists them."""
    table, _, key = path.partition(".")
    return tuple(load("goals")[table][key])


@cache
def pairs(path: str) -> tuple[tuple[str, str], ...]:
    """A group of pairs of words."""
    table, _, key = path.partition(".")
    return tuple((first, second) for first, second in load("goals")[table][key])


def any_of(*paths: str) -> str:
    """Groups as one bracket of alternatives, longest first."""
    return f"(?:{longest({word for path in paths for word in group(path)})})"


@cache
def pattern(*paths: str) -> re.Pattern[str]:
    """Groups as a pattern of their alternatives."""
    return re.compile(any_of(*paths))


class Words:
    """Words to be looked for where a text begins or ends, the longest first: cheaper than a pattern, which is to be compiled."""

    def __init__(self, words: Iterable[str]) -> None:
        self.words = frozenset(words)
        self.heads = _sizes(self.words, 0)
        self.tails = _sizes(self.words, -1)

    def head(self, text: str, start: int = 0) -> str:
        """The longest word that stands at a place of a text, empty when none does."""
        for size in self.heads.get(text[start : start + 1], ()):
            if (word := text[start : start + size]) in self.words:
                return word
        return ""

    def tail(self, text: str) -> str:
        """The longest word that a text ends with, empty when it ends with none."""
        for size in self.tails.get(text[-1:], ()):
            if (word := text[-size:]) in self.words:
                return word
        return ""


def _sizes(words: Iterable[str], place: int) -> dict[str, list[int]]:
    """The lengths of words by the letter at one of their ends, the longest first."""
    sizes: dict[str, set[int]] = {}
    for word in words:
        sizes.setdefault(word[place], set()).add(len(word))
    return {letter: sorted(known, reverse=True) for letter, known in sizes.items()}


@cache
def words(*paths: str) -> Words:
    """Groups as words to be looked for."""
    return Words(word for path in paths for word in group(path))


def head(text: str, *paths: str) -> str:
    """The longest word of the groups that a text begins with, empty when it begins with none."""
    return words(*paths).head(text)


def tail(text: str, *paths: str) -> str:
    """The longest word of the groups that a text ends with, empty when it ends with none."""
    return words(*paths).tail(text)


_FORMS = ("化", "型", "性")
"""Behind these a word is part of a longer one: 规范化."""


def acting(text: str, *paths: str, start: int = 0, most: int = 9) -> tuple[int, int] | None:
    """The place [start, end) of a word of the groups behind at most so many words of manner, None where none stands there.

    A word that is both counts as manner where another follows: 加快推进.
    """
    manner, places = words("clauses.adverbs"), [start]
    while len(places) <= most and (word := manner.head(text, places[-1])):
        if text[places[-1] + len(word) :].startswith(_FORMS):
            break
        places.append(places[-1] + len(word))
    for place in reversed(places):
        if word := words(*paths).head(text, place):
            return place, place + len(word)
    return None
