"""Numerals: written out in Chinese and read again, digits of either width, and what no text may do."""

from __future__ import annotations

from decimal import Decimal

import pytest
from hypothesis import given
from hypothesis import strategies as st

from tests.making import STEADY, THOROUGH
from tracker.figures.numerals import FULL_WIDTH, Numeral, read_numeral

DIGITS = "零一二三四五六七八九"
PLACES = ("", "十", "百", "千")
SCALES = {
    "": 1,
    "万": 10**4,
    "亿": 10**8,
    "万亿": 10**12,
    "十": 10,
    "百": 100,
    "千": 1000,
    "百万": 10**6,
    "千万": 10**7,
}


def below_myriad(number: int) -> str:
    """A number from 1 to 9999 in Chinese: 1050 is 一千零五十."""
    text, gap = "", False
    for place in range(3, -1, -1):
        digit = number // 10**place % 10
        if digit:
            text += ("零" if gap and text else "") + DIGITS[digit] + PLACES[place]
        gap = not digit
    return text


def in_chinese(number: int) -> str:
    """A number below 10^12 in Chinese, as it is read aloud: 100010005 is 一亿零一万零五."""
    if number == 0:
        return "零"
    text, gap = "", False
    for place, word in ((2, "亿"), (1, "万"), (0, "")):
        group = number // 10 ** (4 * place) % 10**4
        if group:
            text += ("零" if text and (gap or group < 1000) else "") + below_myriad(group) + word
        gap = not group
    return text.removeprefix("一") if text.startswith("一十") else text


def total(numeral: Numeral | None) -> Decimal | None:
    return None if numeral is None else numeral.value * SCALES[numeral.scale]


@pytest.mark.parametrize(
    ("number", "text"),
    [
        (0, "零"),
        (10, "十"),
        (15, "十五"),
        (20, "二十"),
        (110, "一百一十"),
        (105, "一百零五"),
        (1050, "一千零五十"),
        (1005, "一千零五"),
        (10_005, "一万零五"),
        (150_000, "十五万"),
        (100_010_005, "一亿零一万零五"),
        (321_0000_0000, "三百二十一亿"),
    ],
)
def test_in_chinese(number: int, text: str) -> None:
    assert in_chinese(number) == text


sizes = st.integers(0, 9999) | st.integers(0, 10**8) | st.integers(0, 10**12 - 1)


@THOROUGH
@given(sizes)
def test_number_to_chinese_to_number(number: int) -> None:
    """A number written out in Chinese is read as the number, to its last character."""
    text = in_chinese(number)
    numeral = read_numeral(text)
    assert numeral is not None
    assert (total(numeral), numeral.more, numeral.end) == (Decimal(number), False, len(text))


@STEADY
@given(st.integers(0, 9999), st.text("0123456789", min_size=1, max_size=4))
def test_chinese_decimals(whole: int, fraction: str) -> None:
    """Behind 点 every digit is read by itself."""
    text = f"{in_chinese(whole)}点{''.join(DIGITS[int(digit)] for digit in fraction)}"
    assert total(read_numeral(text)) == Decimal(f"{whole}.{fraction}")


@STEADY
@given(st.text("0123456789〇零", min_size=1, max_size=8).filter(lambda text: text.isdigit()))
def test_digits_one_by_one(digits: str) -> None:
    """A row of Chinese digits without 十百千 that begins or holds a 〇 is read digit by digit, as years are."""
    text = "".join("〇" if digit == "0" else DIGITS[int(digit)] for digit in f"{digits}0")
    assert total(read_numeral(text)) == int(f"{digits}0")


@STEADY
@given(st.decimals(0, 10**9, places=2), st.sampled_from(["", "万", "亿", "万亿", "百万", "千万"]))
def test_width_of_digits_does_not_matter(value: Decimal, scale: str) -> None:
    """Full-width digits and points read like narrow ones once they are narrowed."""
    narrow = f"{value:,f}{scale}"
    wide = narrow.translate({narrow_sign: wide_sign for wide_sign, narrow_sign in FULL_WIDTH.items()})
    assert wide != narrow
    assert read_numeral(wide.translate(FULL_WIDTH)) == read_numeral(narrow)
    assert total(read_numeral(narrow)) == value * SCALES[scale]


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("2000余万元", Numeral(Decimal(2000), "万", more=True, end=6)),
        ("2000万余元", Numeral(Decimal(2000), "万", more=True, end=6)),
        ("十几个", Numeral(Decimal(10), "", more=True, end=2)),
        ("300多家", Numeral(Decimal(300), "", more=True, end=4)),
        ("2亿3000余万元", Numeral(Decimal(23000), "万", more=True, end=8)),
        ("3000亿", Numeral(Decimal(3000), "亿", more=False, end=5)),
        ("3.5%", Numeral(Decimal("3.5"), "", more=False, end=3)),
        ("1,234,567元", Numeral(Decimal(1234567), "", more=False, end=9)),
        ("12,34", Numeral(Decimal(12), "", more=False, end=2)),
        ("76.6亿千瓦时", Numeral(Decimal("76.6"), "亿", more=False, end=5)),
        ("3千瓦", Numeral(Decimal(3), "", more=False, end=1)),
        ("亿元", None),
        ("几十家", None),
        ("余家", None),
        ("", None),
    ],
)
def test_numeral(text: str, expected: Numeral | None) -> None:
    assert read_numeral(text) == expected


@STEADY
@given(st.text(max_size=20) | st.text("0123456789一二三十百千万亿点零两余多几,.", max_size=20), st.integers(0, 20))
def test_any_text_has_a_numeral_or_none(text: str, at: int) -> None:
    """No text crashes the reader at any place, and what it reads begins there, is no less than 0 and ends within the text."""
    numeral = read_numeral(text.translate(FULL_WIDTH), at)
    if numeral is not None:
        assert at < numeral.end <= len(text)
        assert numeral.value >= 0
        assert numeral.scale == "" or numeral.scale in text.translate(FULL_WIDTH)[at : numeral.end]
