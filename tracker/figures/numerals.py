"""Numerals at the head of a text: digits, Chinese numerals and mixtures, with 余/多/几 inside.

`2000余万` is 2000 with scale 万 and more than it; `三百二十一万` is 321 with scale 万; `十几` is 10 and more.
"""

from __future__ import annotations

import re
from decimal import Decimal
from typing import NamedTuple

FULL_WIDTH = str.maketrans("０１２３４５６７８９．，％＋－／（）", "0123456789.,%+-/()")
DIGITS = {c: i for i, c in enumerate("零一二三四五六七八九")} | {"〇": 0, "两": 2}
TENS = {"十": 10, "百": 100, "千": 1000}
MYRIADS = {"万": 10**4, "亿": 10**8}
_ARABIC = r"(?:\d{1,3}(?:,\d{3}){1,12}|\d{1,60})(?:[.·]\d{1,60})?"
_CHINESE = r"[零一二三四五六七八九〇两十百千]{1,60}(?:点[零一二三四五六七八九〇]{1,60})?"
_SCALE = r"[十百千]?(?:万亿|[万亿])|[百千](?=[余多个家户人名亩吨元米公斤头项台套件条座口处所辆])"
_NUMERAL = re.compile(rf"(?:({_ARABIC})|({_CHINESE}))(?:([余多几])({_SCALE})?|({_SCALE})([余多几])?)?")
"""Digits or Chinese numerals, then what more there is and the scale, in either order."""
LOOSE = re.compile(r"[一二三四五六七八九两]{2,3}")
"""Two or three digits side by side are no number: 三四五, 一二三."""
DEEPEST = 3


class Numeral(NamedTuple):
    """`value` without the scale, `scale` as written (`万`, `亿`, empty), `more` for 余/多/几, `end` the place after it."""

    value: Decimal
    scale: str
    more: bool
    end: int


def read_numeral(text: str, at: int = 0, depth: int = 0) -> Numeral | None:
    """The numeral that begins at `at`, None when none does. Full-width digits are to be narrowed before (`FULL_WIDTH`).

    `depth` counts the scaled numerals this one follows (1亿2000万3000): more than a few are no numeral of anybody's.
    """
    match = _NUMERAL.match(text, at)
    if match is None:
        return None
    arabic, chinese, more, more_scale, scale, after = match.groups()
    if arabic:
        value = Decimal(arabic.replace(",", "").replace("·", "."))
    elif LOOSE.fullmatch(chinese):
        return None
    else:
        value = _chinese(chinese)
    end = match.end()
    if scale and not after and depth < DEEPEST and (rest := _rest(text, end, scale, depth)):
        total = value * _scale(scale) + rest.value * _scale(
            rest.scale
        )  # 2亿3000万 is 23000万, so that its last digit is known
        return Numeral(total / _scale(rest.scale), rest.scale, rest.more, rest.end)
    return Numeral(value, more_scale or scale or "", bool(more or after), end)


def _rest(text: str, at: int, scale: str, depth: int) -> Numeral | None:
    """What follows a scaled numeral as its smaller part: `3000万` of `2亿3000万`, `五千` of `三万五千`."""
    if text[at : at + 1] in TENS:
        return None  # 76.6亿千瓦时: the 千 is the unit's
    rest = read_numeral(text, at, depth + 1)
    if rest is None or rest.value * _scale(rest.scale) >= _scale(scale):
        return None
    if rest.end == at + 1 and text[at] in DIGITS and not rest.scale:
        return rest._replace(value=rest.value / 10, scale=scale)  # 两万五 is 25000
    return rest


def _scale(text: str) -> int:
    factor = 1
    for character in text:
        factor *= TENS.get(character) or MYRIADS[character]
    return factor


def _chinese(text: str) -> Decimal:
    """Value of Chinese numerals below 万: `三百二十一`, `二〇二四`, `两百四`, `三点五`."""
    whole, point, fraction = text.partition("点")
    if not set(whole) & set(TENS):
        value = Decimal("".join(str(DIGITS[c]) for c in whole))
    else:
        total, digit, last = 0, 0, 1
        for character in whole:
            if character in TENS:
                last = TENS[character]
                total, digit = total + (digit or 1) * last, 0
            else:
                digit = DIGITS[character]
                last = 10 if character in "零〇" else last
        short = whole[-1] in DIGITS and len(whole) > 1 and whole[-2] in "百千"
        value = Decimal(total + digit * (last // 10 if short else 1))
    if not point:
        return value
    return value + Decimal("0." + "".join(str(DIGITS[c]) for c in fraction))
