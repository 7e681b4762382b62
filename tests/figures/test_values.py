"""What one value says: the corpus, the lexicon's coverage by it, and what holds for any text."""

from __future__ import annotations

import time
from decimal import Decimal
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from tests.making import STEADY, THOROUGH, corpus
from tracker.figures import Value, read_value
from tracker.figures.numerals import FULL_WIDTH
from tracker.lexicon import load, units
from tracker.model import Bound

CORPUS: dict[str, dict[str, Any]] = {
    text: line for table in corpus(__file__, "values.toml").values() for text, line in table.items()
}


def lines() -> list[Any]:
    """The corpus as parameters of a test; a known miss is a strict expected failure."""
    marks = {
        text: [pytest.mark.xfail(strict=True, reason=line["bug"])] for text, line in CORPUS.items() if "bug" in line
    }
    return [pytest.param(text, line, id=text or "nothing", marks=marks.get(text, [])) for text, line in CORPUS.items()]


def expected(line: dict[str, Any]) -> Value | None:
    """The value a line of the corpus asks for; numbers with the digits they are written with."""
    if line.get("none"):
        return None
    if "done" in line:
        return Value(done=line["done"])
    high = Decimal(line["value_high"]) if "value_high" in line else None
    return Value(
        Decimal(line["value"]),
        high,
        line.get("unit", ""),
        Bound(line.get("bound", "exact")),
        rank=line.get("rank", False),
    )


def written(value: Value | None) -> object:
    """A value in a form that tells 3.20 from 3.2 and -0 from 0."""
    return value and (str(value.value), str(value.value_high), *value[2:])


@pytest.mark.parametrize(("text", "line"), lines())
def test_value(text: str, line: dict[str, Any]) -> None:
    assert written(read_value(text)) == written(expected(line))


def test_corpus_is_large_enough() -> None:
    """The corpus has lines that are read and lines that are not."""
    assert len(CORPUS) >= 150
    assert sum(bool(line.get("none")) for line in CORPUS.values()) >= 30


WORDS = sorted(
    {
        word.translate(FULL_WIDTH)
        for table in load("values").values()
        for words in table.values()
        for word in words
    },
    key=len,
    reverse=True,
)  # fmt: skip


def words_of(text: str) -> set[str]:
    """The lexicon's words in a text, each place going to its longest word."""
    text = "".join(text.split()).translate(FULL_WIDTH)
    found, at = set[str](), 0
    while at < len(text):
        word = next((word for word in WORDS if text.startswith(word, at)), "")
        found |= {word} - {""}
        at += max(len(word), 1)
    return found


@pytest.mark.parametrize(
    ("place", "word"),
    [
        pytest.param(f"{table}.{key}", word, id=f"{table}.{key} {word}")
        for table, keys in load("values").items()
        for key, words in keys.items()
        for word in words
    ],
)
def test_every_word_of_the_lexicon_has_a_line(place: str, word: str) -> None:
    narrow = word.translate(FULL_WIDTH)
    wanted = {"bounds.above": "above", "bounds.below": "below", "bounds.about": "about"}.get(place.rpartition("_")[0])
    assert any(
        (narrow in words_of(text) or word == text.lower()) and wanted in (None, line.get("bound"))
        for text, line in CORPUS.items()
    )


@pytest.mark.parametrize(
    "dimension", [*load("units")["dimension"], *(counter for counter in load("units")["counters"])]
)
def test_every_dimension_of_the_lexicon_has_a_line(dimension: str) -> None:
    found = {units().read(line["unit"]) for line in CORPUS.values() if line.get("unit")}
    assert dimension in {unit.dimension for unit in found if unit is not None}


NARROWED_AWAY = {"％"}
"""In full width: texts are narrowed before units are looked up."""


@pytest.mark.parametrize("word", sorted(set(units().words) - NARROWED_AWAY))
def test_every_unit_is_read_after_a_number(word: str) -> None:
    assert written(read_value(f"12{word}")) == ("12", "None", word, Bound.EXACT, None, False)
    assert written(read_value(f"12.5万{word}")) == ("12.5", "None", f"万{word}", Bound.EXACT, None, False)


def test_a_corpus_text_in_full_width_reads_alike() -> None:
    """Full-width digits and signs say what the narrow ones say, in every line of the corpus."""
    widen = {narrow: full for full, narrow in FULL_WIDTH.items()}
    for text in CORPUS:
        assert written(read_value(text.translate(widen))) == written(read_value(text)), text


@STEADY
@given(st.sampled_from(sorted(CORPUS)), st.data())
def test_white_space_inside_does_not_matter(text: str, data: st.DataObject) -> None:
    """A value is the same wherever a line break or a wide space of the layout falls into it."""
    bare = "".join(text.split())
    spaced = "".join(data.draw(st.sampled_from(("", "", " ", "\n", "\u3000", "\t"))) + letter for letter in bare)
    if not bare.isalpha() or not bare.isascii():  # in English words it does
        assert written(read_value(spaced)) == written(read_value(bare))


@STEADY
@given(st.decimals(0, 10**9, places=2), st.sampled_from(["亿元", "个", "%", "万亩", "", "公斤/亩"]))
def test_a_written_number_comes_back(value: Decimal, unit: str) -> None:
    """Any decimal with a unit is read as it stands, with all its digits, thousands marked or not."""
    for digits in (f"{value:f}", f"{value:,f}"):
        assert written(read_value(f"{digits}{unit}")) == (f"{value:f}", "None", unit, Bound.EXACT, None, False)


@STEADY
@given(
    st.sampled_from(["超{}", "{}以上", "不低于{}", "近{}", "{}以内", "约{}", "{}左右", "达到{}"]), st.integers(0, 10**6)
)
def test_a_bound_leaves_the_number_alone(pattern: str, number: int) -> None:
    """Words around a number change its bound and nothing else."""
    bare, bounded = read_value(f"{number}家"), read_value(pattern.format(f"{number}家"))
    assert bare is not None
    assert bounded is not None
    assert bounded._replace(bound=Bound.EXACT) == bare


ALPHABET = sorted(
    {letter for word in WORDS for letter in word}
    | set("0123456789零一二三四五六七八九十百千万亿两点第前强成半/分之.,·-—~%元个家亩 \n")
)


def pieces(alphabet: list[str] | None = None, size: int = 12) -> st.SearchStrategy[str]:
    return st.text(st.sampled_from(alphabet) if alphabet else st.characters(), max_size=size)


@THOROUGH
@given(pieces(ALPHABET) | pieces() | st.lists(st.sampled_from(WORDS + ALPHABET), max_size=8).map("".join))
def test_any_text_is_read_or_refused(text: str) -> None:
    """No text crashes the reader, and what it reads is a value in itself: a number with a known unit, or done."""
    value = read_value(text)
    if value is None:
        return
    assert (value.done is None) == (value.value is not None)
    assert value.bound is not Bound.RANGE or value.value_high is not None
    assert value.value_high is None or (value.bound in (Bound.RANGE, Bound.ABOUT) and value.value is not None)
    assert value.value_high is None or value.value is None or value.value <= value.value_high
    assert value.unit == "" or value.unit in units().scales or units().read(value.unit) is not None


@STEADY
@given(st.sampled_from(["", "-", "下降", "降低"]), st.integers(0, 99), st.integers(0, 99))
def test_a_range_ends_where_it_is_higher(sign: str, one: int, other: int) -> None:
    """Of a range, value is the lower end and value_high the upper one, as the ledger asks."""
    value = read_value(f"{sign}{one}%—{other}%")
    assert value is None or value.value is None or value.value_high is None or value.value <= value.value_high


@pytest.mark.parametrize(
    ("unit", "times"),
    [("9", 20_000), ("超", 20_000), ("十", 20_000), ("3—", 5_000), ("1,", 5_000), ("1万", 200), ("元/", 200), ("第", 5_000), (" ", 50_000)],
)  # fmt: skip
def test_long_texts_are_read_quickly(unit: str, times: int) -> None:
    start = time.process_time()
    read_value(unit * times)
    read_value("3" + unit * times)
    assert time.process_time() - start < 2


@pytest.mark.parametrize("text", ["1万" * 3000, "3" + "元/" * 3000 + "元", "1" + "0" * 30 + "/1", "9" * 30 + "元"])
def test_monstrous_texts_are_refused(text: str) -> None:
    assert read_value(text) is None
