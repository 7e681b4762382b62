"""Periods as documents and people write them → `Period`: `2024年1-8月`, `上半年`, `一季度`, `2021—2025年`, `“十四五”期间`."""

from __future__ import annotations

import re

from tracker.figures.numerals import FULL_WIDTH, read_numeral
from tracker.periods import Period, read_period

_YEAR = r"(?:(?P<year>\d{4})年?|(?P<this>今年|本年|全年|当年))?"
_DASH = r"(?:[-—–~～－]+|至|到)"
_N = r"(?:1[0-2]|0?[1-9]|十[一二]?|[一二三四五六七八九])"
_REST = re.compile(
    rf"(?P<from>{_N})月?{_DASH}(?P<to>{_N})月(?:份|底|末)?"
    rf"|(?P<month>{_N})月(?:份|底|末)?(?:(?P<day>\d{{1,2}})[日号])?"
    r"|(?P<whole>全年|年度)"
    r"|(?P<half>[上下])半年"
    r"|第?(?P<quarter>[1-4一二三四])季度"
    r"|前(?P<quarters>[23二两三])季度"
)
_YEARS = re.compile(rf"(\d{{4}})年?{_DASH}(\d{{4}})年?")
_MONTHS = re.compile(rf"(\d{{4}})年(\d{{1,2}})月?{_DASH}(\d{{4}})年(\d{{1,2}})月")
_FIVE_YEARS = re.compile(r"[“\"]?(十[一二三四五])五[”\"]?(?:期间|时期)?")


def read_period_words(text: str, year: int | None = None) -> Period | None:
    """The period a text names, None when it names none; `year` is the one meant where the text has none."""
    words = re.sub(r"\s+", "", text).translate(FULL_WIDTH)
    try:
        return read_period(words)
    except ValueError:
        pass
    try:
        return _read(words, year)
    except ValueError:
        return None


def _read(words: str, year: int | None) -> Period | None:
    if match := _YEARS.fullmatch(words):
        return read_period(f"{match[1]}/{match[2]}")
    if match := _MONTHS.fullmatch(words):
        return read_period(f"{match[1]}-{int(match[2]):02}/{match[3]}-{int(match[4]):02}")
    if match := _FIVE_YEARS.fullmatch(words):  # the first five-year plan began in 1953; the tenth in 2001
        first = 2001 + (_number(match[1]) - 10) * 5
        return read_period(f"{first}/{first + 4}")
    match = re.match(_YEAR, words)
    if match is None:
        return None
    year = int(match["year"]) if match["year"] else year
    rest = words[match.end() :].removeprefix("度") if match["year"] else words[match.end() :]
    if year is None or not words:
        return None
    if not rest:
        return read_period(str(year))
    return _within(year, rest)


def _within(year: int, rest: str) -> Period | None:
    """A part of a year: months, half, quarters."""
    found = _REST.fullmatch(rest)
    if found is None:
        return None
    if found["from"]:
        return read_period(f"{year}-{_number(found['from']):02}/{year}-{_number(found['to']):02}")
    if found["whole"]:
        return read_period(str(year))
    if found["month"] and found["day"]:
        return read_period(f"{year}-{_number(found['month']):02}-{int(found['day']):02}")
    if found["month"]:
        return read_period(f"{year}-{_number(found['month']):02}")
    if found["half"]:
        return read_period(f"{year}-H{1 if found['half'] == '上' else 2}")
    if found["quarter"]:
        return read_period(f"{year}-Q{_number(found['quarter'])}")
    return read_period(f"{year}-01/{year}-{_number(found['quarters']) * 3:02}")


def _number(text: str) -> int:
    numeral = read_numeral(text)
    if numeral is None:
        raise ValueError(text)
    return int(numeral.value)
