"""The corpus: phrases of our own, each with exactly the figures it states; and that it covers every word of the lexicon.

A line is `"phrase" = [figure, …]`, an empty list for a phrase that states none, or `"phrase" = { region, period, bug, figures }`.
"""

from __future__ import annotations

import re
from functools import cache
from typing import Any

import pytest

from tests.figures.reading import HERE, MEANING, NUMBERS, Phrase, differences, phrases, read_tables
from tracker.lexicon import load, units
from tracker.model import Bound, Measure
from tracker.text import flow

FILES = sorted((HERE / "corpus").glob("*.toml"))
CORPUS = [(path.stem, phrase) for path in FILES for phrase in phrases(path)]
THEMES = {
    *("numerals", "bounds", "units", "ranks", "ranges", "lists", "signs", "shares", "multiples", "others"),
    *("tables", "periods", "regions", "roles", "measures", "words"),
}


def lines() -> list[Any]:
    """The corpus as parameters of a test; a known miss is a strict expected failure."""
    return [
        pytest.param(
            phrase,
            id=f"{theme} {phrase.text}".replace("\n", "⏎"),
            marks=[pytest.mark.xfail(strict=True, reason=phrase.bug)] if phrase.bug else [],
        )
        for theme, phrase in CORPUS
    ]


@pytest.mark.parametrize("phrase", lines())
def test_phrase(phrase: Phrase) -> None:
    assert differences(phrase) == []


def test_the_corpus_is_whole() -> None:
    """Every theme has its file, there are lines enough, and enough of them state no figure."""
    assert {path.stem for path in FILES} == THEMES
    assert len(CORPUS) >= 400
    assert sum(not phrase.figures for _, phrase in CORPUS) >= 80


def test_no_phrase_stands_twice() -> None:
    """A phrase has one line, so that no two lines can contradict each other."""
    texts = [phrase.text for _, phrase in CORPUS]
    assert [text for text in set(texts) if texts.count(text) > 1] == []


def test_lines_are_written_right() -> None:
    """A figure stands in its phrase, and its keys and closed words exist: a slip of the pen would test nothing."""
    for theme, phrase in CORPUS:
        for line in phrase.figures:
            assert set(line) <= {*NUMBERS, *MEANING}, (theme, phrase.text)
            assert line["text"] in "".join(phrase.text.split()), (theme, phrase.text)
            assert line.get("bound", "exact") in set(Bound), (theme, phrase.text)
            assert line.get("measure", "level") in set(Measure), (theme, phrase.text)
            assert line.get("role", "actual") in ("actual", "target", "background"), (theme, phrase.text)


# every word of the lexicon has a line


@cache
def figures_of_units() -> set[str]:
    """Units that stand in a figure's text behind its number, scale and 余 aside."""
    found = set()
    for _, phrase in CORPUS:
        for line in phrase.figures:
            text = flow(line["text"]).text
            found |= {
                word
                for word in units().words
                if re.search(rf"[\d{NUMERALS}余多几来/]{re.escape(flow(word).text)}(?![A-Za-z])", text)
            }
    return found


NUMERALS = "零〇一二三四五六七八九十百千万亿两半"


@pytest.mark.parametrize("word", sorted(units().words))
def test_every_unit_has_a_line(word: str) -> None:
    assert word in figures_of_units()


BOUNDS = [
    pytest.param(kind, word, id=f"{kind} {word}")
    for key, words in load("values")["bounds"].items()
    for kind in [key.partition("_")[0]]
    for word in words
]
KINDS = {"above": "above", "below": "below", "about": "about", "more": "above"}


@pytest.mark.parametrize(("kind", "word"), BOUNDS)
def test_every_bound_word_has_a_line(kind: str, word: str) -> None:
    """It stands in the text of a figure that has its bound."""
    assert any(
        flow(word).text in flow(line["text"]).text and line.get("bound") == KINDS[kind]
        for _, phrase in CORPUS
        for line in phrase.figures
    )


OTHER_WORDS = [
    pytest.param(word, id=f"{file}.{table}.{key} {word}")
    for file, tables in (("values", ("neutral", "growth", "ranges")), ("reader", tuple(load("reader"))))
    for table in tables
    for key, words in load(file)[table].items()
    for word in words
    if word not in load("units")["dimension"]  # units.listed names dimensions beside words
    and word not in load("units")["counters"]
]
"""Tables of values.toml that only typed values go by (done, and how bounds turn round for ranks) are covered by values.toml beside this."""


@pytest.mark.parametrize("word", OTHER_WORDS)
def test_every_other_word_has_a_line(word: str) -> None:
    assert any(word in phrase.text or word in flow(phrase.text).text for _, phrase in CORPUS)


@pytest.mark.parametrize("scale", sorted(units().scales))
def test_every_scale_has_a_line(scale: str) -> None:
    assert any(scale in line["text"] for _, phrase in CORPUS for line in phrase.figures)


def test_reader_words_are_tables_of_lists() -> None:
    """The coverage above sees the whole lexicon: each file is tables of lists of words."""
    for name in ("values", "reader"):
        assert all(isinstance(word, str) for table in load(name).values() for words in table.values() for word in words)
    assert read_tables(HERE / "values.toml")
