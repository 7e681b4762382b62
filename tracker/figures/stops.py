"""What has digits or numerals and is no quantity: dates, times, codes, roads, ages. It is passed over whole.

`2024年1-8月`, `G107国道`, `13907301234`, `60后`, `十四五`, `9.2:51:39.8` are each one stop.
"""

from __future__ import annotations

import re
from typing import NamedTuple

from tracker.figures.words import any_of

_YEAR = r"(?:19|20)\d{2}"
_DASH = r"[-—–~至到]"
_PART = any_of("stops.month_parts")

_ARABIC = {
    "code": r"\d{19,}|\d{1,3}(?:,\d{3}){6,}|\d+\.\d{12,}",
    "day_number": r"20[0-4]\d[01]\d[0-3]\d(?!\d)",
    "date": rf"{_YEAR}(?:年{any_of('stops.year_parts')}?(?:\d{{1,2}}(?:[-—–~至到、]\d{{1,2}})?月{_PART}?(?:\d{{1,2}}[日号])?)?"
    r"|[-/.]\d{1,2}[-/.]\d{1,2}(?!\d))",
    "years": rf"{_YEAR}(?:{_DASH}|[、和与])(?={_YEAR}(?:年|{_DASH}|、))",
    "ratio": r"\d{1,9}(?:\.\d{1,9})?(?:[:：\u2236]\d{1,9}(?:\.\d{1,9})?)+",
    "phone": r"(?:0\d{2,3}-\d{7,8}|1[3-9]\d{9}|\d{3,4}-\d{3,4}-\d{3,4})(?!\d)",
    "month": rf"\d{{1,2}}(?:[-—–~至到]\d{{1,2}})?月(?!均){_PART}?(?:\d{{1,2}}(?:[-—–~至到]\d{{1,2}})?[日号])?(?![\d.]{{0,8}}[万亿])",
    "day": r"\d{1,2}日(?=[，,。在上下晚至电讯]|$)",
    "model": r"\d{1,9}(?=[A-Za-z]\d)",
    "number": r"\d{10,18}(?![\d.]|余?[万亿元])",
    "road": rf"\d{{3}}{any_of('stops.roads')}",
    "round_the_clock": r"24小时(?!内|以内|之内)",
    "age": r"\d{1,3}(?:周?岁|后(?![期续的进方]))",
    "decade": r"\d0年代|\d{1,2}世纪",
    "anniversary": r"\d{1,4}周年",
    "season": r"[1-4]季度",
    "article": rf"\d{{1,3}}{any_of('stops.counted_names')}",
}
_CHINESE = {
    "long": r"[零〇一二三四五六七八九十百千万亿两半几数廿]{16,}",
    "decade": r"[一二三四五六七八九]十年代",
    "day_of": r"[一二三四五六七八九十]{1,3}月(?:[一二三四五六七八九十]{1,3}日)?(?!份?均)",
    "anniversary": r"[一二三四五六七八九十]{1,3}周年",
    "zero": r"零(?!下)",
    "season": r"[一二三四]季度",
    "five_years": r"十[一二三四五]五(?!家|个|项)",
    "half_year": r"半年",
    "lasting": r"[一二两三四五六七八九十]{1,2}个多(?:月|小时|星期)",
    "phase": r"[一二三四五六七八九十]{1,3}期(?!间|货)",
    "sector": r"[一二三]产业?(?=[、，。增实比])|[一二三]产业",
    "article": rf"[一二三四五六七八九十]{any_of('stops.counted_names')}",
}


def _compile(named: dict[str, str], guard: str = "") -> re.Pattern[str]:
    either = "|".join(f"(?P<{name}>{pattern})" for name, pattern in named.items())
    return re.compile(f"{guard}(?:{either})")


_PLAIN = r"(?!\d{1,9}(?:\.\d{1,9})?[%万亿])"
"""What is none of them at first sight, most numbers of a report."""
_ARABIC_STOPS, _CHINESE_STOPS = _compile(_ARABIC, _PLAIN), _compile(_CHINESE)
_STAKE = re.compile(r"[A-Za-z]\d{1,4}\+$")
_MODEL = re.compile(r"[0-9A-Za-z.\-]{1,60}")


class Passed(NamedTuple):
    """What stands at a place and is no quantity: it ends at `end`."""

    end: int
    rule: str


def read_stop(text: str, start: int) -> Passed | None:
    """The stop that begins at a place, None when none does."""
    match = (_ARABIC_STOPS if text[start].isdecimal() else _CHINESE_STOPS).match(text, start)
    return Passed(match.end(), match.lastgroup or "") if match else None


def read_model(text: str, start: int) -> Passed | None:
    """The rest of a name with letters before its digits: `5` of `AGV-5`, `107` of `G107`."""
    before = text[start - 1] if start else ""
    if not before.isascii() or not before:
        return None
    if before == "+" and _STAKE.search(text, max(0, start - 8), start):
        match = _MODEL.match(text, start)
        return Passed(match.end(), "model") if match else None
    joined = before in "._-/" and start > 1 and text[start - 2].isascii() and text[start - 2].isalpha()
    if not before.isalpha() and not joined:
        return None
    match = _MODEL.match(text, start)
    return Passed(match.end(), "model") if match else None
