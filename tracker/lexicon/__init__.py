"""Words as data: units, bounds and the like, read from the TOML files beside this module, checked while they are read."""

from __future__ import annotations

import re
from collections.abc import Iterable
from decimal import Decimal
from functools import cache
from pathlib import Path
from typing import Any, NamedTuple


class Unit(NamedTuple):
    """A unit as written: `亿元` is `text`, base `元`, factor 10^8, dimension `money`. A counter is its own base."""

    text: str
    base: str
    factor: Decimal
    dimension: str


class Units:
    """All units of the lexicon. `read` takes a unit as it stands after a number, scale included."""

    def __init__(self, table: dict[str, Any]) -> None:
        self.scales = {word: Decimal(factor) for word, factor in table["scales"].items()}
        self.words: dict[str, Unit] = {}
        for dimension, entry in table["dimension"].items():
            for word, factor in entry["words"].items():
                self._add(Unit(word, entry["base"], Decimal(factor), dimension))
        for dimension, entry in table["counters"].items():
            for word in entry["words"]:
                self._add(Unit(word, word, Decimal(1), dimension))
        self.longest = max(map(len, self.words))
        self._known: dict[str, Unit | None] = {}

    def _add(self, unit: Unit) -> None:
        if unit.text in self.words:
            raise ValueError(
                f"units.toml: {unit.text} stands in {self.words[unit.text].dimension} and {unit.dimension}"
            )
        self.words[unit.text] = unit

    def read(self, text: str) -> Unit | None:
        """The unit a text is, None when it is none. `万亩`, `亿元`, `%`, `个百分点`, `公斤/亩`."""
        if text not in self._known:
            self._known[text] = self._read(text)
        return self._known[text]

    def _read(self, text: str) -> Unit | None:
        if unit := self._whole(text):
            return unit
        for cut in [place for place, character in enumerate(text) if character == "/"]:
            above, below = text[:cut], text[cut + 1 :]
            one, other = self._whole(above), self._whole(below)
            if one is not None and other is not None:
                per = below if below in ("日", "月") else other.base  # 吨/日, 元/月 stay as written
                base, dimension = f"{one.base}/{per}", f"{one.dimension}/{other.dimension}"
                return Unit(text, base, one.factor / other.factor, dimension)
        return None

    def _whole(self, text: str) -> Unit | None:
        """A word of the lexicon, alone or behind a scale."""
        if text in self.words:
            return self.words[text]
        for scale in sorted(self.scales, key=len, reverse=True):
            if text.startswith(scale) and (unit := self.words.get(text[len(scale) :])):
                return unit._replace(text=text, factor=unit.factor * self.scales[scale])
        return None


def longest(words: Iterable[str]) -> str:
    """Words as alternatives of a pattern, longest first, without brackets around."""
    return "|".join(map(re.escape, sorted(words, key=lambda word: (-len(word), word))))


@cache
def load(name: str) -> dict[str, Any]:
    """A lexicon file by its name without `.toml`. Numbers with a point are exact decimals."""
    import tomllib  # noqa: PLC0415 - not for completion

    text = Path(__file__).with_name(f"{name}.toml").read_text(encoding="utf-8")
    return tomllib.loads(text, parse_float=Decimal)


@cache
def units() -> Units:
    """The units of the lexicon."""
    return Units(load("units"))
