"""Groups of words from `lexicon/reader.toml`, as alternatives of a pattern or as ends to be looked for and taken off.

`group("roles.hope")` is the list under `[roles]`. A group used at the end of a text is a `Words`: looking the last characters up
costs the same however many words there are, where a pattern that ends in `$` is tried at every character.
"""

from __future__ import annotations

import re
from collections.abc import Iterable
from functools import cache

from tracker.lexicon import load, longest

HAN = "[\u4e00-\u9fff]"
NUMERALS = "零〇一二三四五六七八九十百千万亿两半几数廿"


@cache
def group(path: str) -> tuple[str, ...]:
    """The words of a group, as the lexicon lists them."""
    table, _, key = path.partition(".")
    return tuple(load("reader")[table][key])


def any_of(*paths: str) -> str:
    """Groups as one bracket of alternatives, longest first."""
    return f"(?:{longest(word for path in paths for word in group(path))})"


def pattern(*paths: str) -> re.Pattern[str]:
    """Groups as a pattern of their alternatives."""
    return re.compile(any_of(*paths))


class Words:
    """Words to be looked for at the end of a text; `sizes` are the lengths of those that end in a letter."""

    def __init__(self, words: Iterable[str]) -> None:
        self.words = frozenset(words)
        sizes: dict[str, set[int]] = {}
        for word in self.words:
            sizes.setdefault(word[-1], set()).add(len(word))
        self.sizes = {last: sorted(known, reverse=True) for last, known in sizes.items()}

    def end(self, text: str) -> str:
        """The longest word a text ends with, empty when it ends with none."""
        for size in self.sizes.get(text[-1:], ()):
            if (tail := text[-size:]) in self.words:
                return tail
        return ""

    def strip_end(self, text: str) -> str:
        """The text without all words at its end."""
        while word := self.end(text):
            text = text[: -len(word)]
        return text


@cache
def words(*paths: str) -> Words:
    """Groups as words to be looked for at the end of a text."""
    return Words(word for path in paths for word in group(path))
