"""Units: what each word is in its base unit, how scales and slashes combine, and what the loader refuses."""

from __future__ import annotations

import time
from decimal import Decimal
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from tests.making import STEADY
from tracker.lexicon import Units, load, units

WORDS = sorted(units().words)

CONVERSIONS: dict[str, tuple[int | str, str]] = {
    "公顷": (15, "亩"),
    "平方公里": (1_000_000, "平方米"),
    "平方千米": (1_000_000, "平方米"),
    "公斤": ("0.001", "吨"),
    "千克": ("0.001", "吨"),
    "kg": ("0.001", "吨"),
    "斤": ("0.0005", "吨"),
    "克": ("0.000001", "吨"),
    "担": ("0.05", "吨"),
    "升": ("0.001", "立方米"),
    "公里": (1000, "米"),
    "千米": (1000, "米"),
    "km": (1000, "米"),
    "厘米": ("0.01", "米"),
    "毫米": (1, "毫米"),
    "里": (500, "米"),
    "海里": (1852, "米"),
    "瓦": ("0.001", "千瓦"),
    "兆瓦": (1000, "千瓦"),
    "MW": (1000, "千瓦"),
    "吉瓦": (1_000_000, "千瓦"),
    "GW": (1_000_000, "千瓦"),
    "kPa": ("0.001", "MPa"),
    "周": (7, "天"),
    "年": (12, "个月"),
    "成": (10, "%"),
    "毫克/立方米": (1000, "微克/立方米"),
}


@pytest.mark.parametrize("word", WORDS)
def test_factor_to_the_base_unit(word: str) -> None:
    factor, base = CONVERSIONS.get(word, (1, units().words[word].base))
    assert (units().words[word].factor, units().words[word].base) == (Decimal(factor), base)


def test_every_conversion_is_of_a_word() -> None:
    """The table of conversions has no word that the lexicon has lost."""
    assert set(CONVERSIONS) <= set(WORDS)


@pytest.mark.parametrize(
    ("text", "base", "factor", "dimension"),
    [
        ("亿元", "元", 10**8, "money"),
        ("万亿元", "元", 10**12, "money"),
        ("百万元", "元", 10**6, "money"),
        ("万亩", "亩", 10**4, "land"),
        ("千瓦", "千瓦", 1, "power"),
        ("万千瓦", "千瓦", 10**4, "power"),
        ("千米", "米", 1000, "length"),
        ("万千瓦时", "千瓦时", 10**4, "energy"),
        ("个百分点", "百分点", 1, "points"),
        ("万人次", "人次", 10**4, "visits"),
        ("个", "个", 1, "things"),
        ("家", "家", 1, "things"),
        ("公斤/亩", "吨/亩", "0.001", "mass/land"),
        ("元/公斤", "元/吨", 1000, "money/mass"),
        ("吨标准煤/万元", "吨标准煤/元", "0.0001", "coal/money"),
    ],
)
def test_unit(text: str, base: str, factor: object, dimension: str) -> None:
    unit = units().read(text)
    assert unit is not None
    assert (unit.text, unit.base, unit.factor, unit.dimension) == (text, base, Decimal(str(factor)), dimension)


@pytest.mark.parametrize(
    "text", ["", "万", "亿", "元元", "/元", "元/", "/", "元/人/", "斗", "万斗", "元/斗", "亿亿元", " 元", "元 "]
)
def test_no_unit(text: str) -> None:
    assert units().read(text) is None


@pytest.mark.parametrize(
    ("one", "other"),
    [
        ("元", "美元"),
        ("亩", "平方米"),
        ("人", "个"),
        ("人", "人次"),
        ("%", "百分点"),
        ("%", "‰"),
        ("%", "倍"),
        ("吨", "吨标准煤"),
        ("千瓦", "千瓦时"),
        ("元", "元/亩"),
        ("位", "个"),
        ("天", "个月"),
        ("场次", "个"),
        ("头", "株"),
    ],
)
def test_units_that_cannot_be_compared(one: str, other: str) -> None:
    first, second = units().read(one), units().read(other)
    assert first is not None
    assert second is not None
    assert first.dimension != second.dimension


@STEADY
@given(st.sampled_from(WORDS), st.sampled_from(sorted(units().scales)))
def test_a_scale_multiplies_and_changes_nothing_else(word: str, scale: str) -> None:
    """With a scale before it a unit keeps base and dimension, unless the two together are another word (千 + 米)."""
    plain, scaled = units().words[word], units().read(scale + word)
    assert scaled is not None
    if scale + word not in units().words:
        assert scaled == plain._replace(text=scale + word, factor=plain.factor * units().scales[scale])
    else:
        assert scaled.text == scale + word


@STEADY
@given(st.sampled_from(WORDS), st.sampled_from(WORDS))
def test_a_slash_divides(above: str, below: str) -> None:
    """A unit per another one has the quotient of their factors, up to the digits a decimal has."""
    unit, one, other = units().read(f"{above}/{below}"), units().words[above], units().words[below]
    assert unit is not None
    assert unit.base == f"{one.base}/{below if below in ('日', '月') else other.base}"
    assert unit.factor == one.factor / other.factor


@STEADY
@given(st.text(max_size=8) | st.text("".join(WORDS) + "万亿千百十/", max_size=8))
def test_any_text_is_a_unit_or_none(text: str) -> None:
    """No text crashes the lookup; a unit that is found keeps its text and has a factor above 0."""
    unit = units().read(text)
    assert unit is None or (unit.text == text and unit.factor > 0)


@pytest.mark.parametrize(
    "tables",
    [
        {"scales": {}, "dimension": {"a": {"base": "元", "words": {"元": 1}}, "b": {"base": "角", "words": {"元": 1}}}, "counters": {}},
        {"scales": {}, "dimension": {"a": {"base": "元", "words": {"元": 1}}}, "counters": {"c": {"words": ["元"]}}},
        {"scales": {}, "dimension": {}, "counters": {"c": {"words": ["个", "个"]}}},
    ],
    ids=["two dimensions", "dimension and counter", "twice in a list"],
)  # fmt: skip
def test_a_word_stands_in_one_place(tables: dict[str, Any]) -> None:
    with pytest.raises(ValueError, match=r"units\.toml: . stands in"):
        Units(tables)


def test_every_base_is_one_of_its_own_words() -> None:
    """The base unit of a dimension is a word of it, with the factor 1."""
    for dimension, entry in load("units")["dimension"].items():
        assert entry["words"][entry["base"]] == 1, dimension


def test_numbers_of_the_lexicon_are_exact() -> None:
    """No factor passes through a binary float."""
    assert all(isinstance(unit.factor, Decimal) for unit in units().words.values())
    assert units().words["斤"].factor * 2000 == 1


def test_long_units_are_refused_quickly() -> None:
    """A text of many slashes is looked up once for each, not for each pair."""
    start = time.process_time()
    assert units().read("元/" * 200) is None
    assert units().read("万" * 20_000) is None
    assert time.process_time() - start < 1
