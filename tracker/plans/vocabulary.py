"""Groups of words from `lexicon/goals.toml`: as alternatives of a pattern, or as beginnings and ends to be looked for."""

from __future__ import annotations

import re
from functools import cache

from tracker.lexicon import load


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
    words = {word for path in paths for word in group(path)}
    return f"(?:{'|'.join(re.escape(word) for word in sorted(words, key=lambda word: (-len(word), word)))})"


@cache
def pattern(*paths: str) -> re.Pattern[str]:
    """Groups as a pattern of their alternatives."""
    return re.compile(any_of(*paths))


def head(text: str, *paths: str) -> str:
    """The longest word of the groups that a text begins with, empty when it begins with none."""
    match = pattern(*paths).match(text)
    return match[0] if match else ""


@cache
def _ending(*paths: str) -> re.Pattern[str]:
    return re.compile(any_of(*paths) + "$")


def tail(text: str, *paths: str) -> str:
    """The longest word of the groups that a text ends with, empty when it ends with none."""
    match = _ending(*paths).search(text)
    return match[0] if match else ""
