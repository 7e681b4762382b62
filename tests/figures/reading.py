"""The reader under test, and tables of phrases with the figures they must give."""

from __future__ import annotations

import tomllib
from collections.abc import Iterator, Mapping
from decimal import Decimal
from pathlib import Path
from typing import Any, NamedTuple

from tracker.figures.reading import read_figures
from tracker.model import Figure

HERE = Path(__file__).parent
NUMBERS = ("text", "value", "value_high", "unit", "bound")
"""What a line must say of a figure; a key left out has the value of `DEFAULTS`."""
MEANING = ("measure", "indicator", "region", "period", "role")
"""What a line may say of a figure; a key left out is not looked at, an empty text is None."""
DEFAULTS: Mapping[str, Any] = {"value_high": None, "unit": "", "bound": "exact"}


class Phrase(NamedTuple):
    """A phrase, what is said of it on the command line, and its figures; `bug` is the reason of a known miss."""

    text: str
    figures: list[dict[str, Any]]
    region: str | None = None
    period: str | None = None
    bug: str = ""


def read_tables(path: Path) -> dict[str, Any]:
    """A TOML file; numbers with a point are exact decimals."""
    return tomllib.loads(path.read_text(encoding="utf-8"), parse_float=Decimal)


def phrases(path: Path) -> Iterator[Phrase]:
    """The lines of one file of the corpus."""
    for table in read_tables(path).values():
        for text, line in table.items():
            if isinstance(line, list):
                yield Phrase(text, line)
            else:
                yield Phrase(text, line["figures"], line.get("region"), line.get("period"), line.get("bug", ""))


def read(phrase: Phrase) -> list[Figure]:
    """What the reader makes of a phrase."""
    return read_figures(phrase.text, phrase.region, phrase.period)


def expected(line: Mapping[str, Any]) -> dict[str, Any]:
    """A figure as a line states it, in the form of `found`."""
    told = {**DEFAULTS, **line}
    numbers = {name: Decimal(told[name]) for name in ("value", "value_high") if told[name] is not None}
    return {**{name: told[name] for name in told}, **numbers}


def found(figure: Figure, names: Mapping[str, Any]) -> dict[str, Any]:
    """What of a figure a line speaks of; None of an attribute of meaning is an empty text there."""
    data = figure._asdict()
    return {name: ("" if name in MEANING and data[name] is None else data[name]) for name in names}


def differences(phrase: Phrase) -> list[str]:
    """Where the reader and a line of the corpus do not agree, in words; empty when they do."""
    wanted = [expected(line) for line in phrase.figures]
    figures = read(phrase)
    if [figure.text for figure in figures] != [line["text"] for line in wanted]:
        return [f"read {[figure.text for figure in figures]}, not {[line['text'] for line in wanted]}"]
    told = []
    for figure, line in zip(figures, wanted, strict=True):
        got = found(figure, line)
        told += [f"{figure.text}: {name} {got[name]!r}, not {line[name]!r}" for name in line if got[name] != line[name]]
    return told
