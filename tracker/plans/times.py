"""When a clause says that its goal is to be reached: `到2025年` is a period, `6月底前` a due date in the plan's year."""

from __future__ import annotations

import re
from typing import NamedTuple

from tracker.periods import Period, read_period

_YEAR = re.compile(r"(?<![比较])(?:到|至|截至|力争|争取|确保|在)?(20[1-5]\d)年(?![-—~至到]|以来|以前的)(?:底|末|年底)?")
_FIVE = re.compile(r"十([一二三四五])五[”\"]?(?:末|期末|时期末|收官)")
_SPAN = re.compile(r"(20[1-5]\d)年?[-—–~～至到]{1,2}(20[1-5]\d)年")
_DUE = re.compile(r"(?:(20[1-5]\d)年)?(\d{1,2})月(?:份|底|末|上旬|中旬|下旬|\d{1,2}日)?(?:之前|以前|前)")
_DUE_YEAR = re.compile(r"(20[1-5]\d|今|当|本)?年(?:底|末)(?:之前|以前|前)?")
_HALF = re.compile(r"上半年")
_QUARTER = re.compile(r"(?:第)?([一二三四])季度(?:末|底|前)")
_PLAIN = re.compile(r"(?:(20[1-5]\d)年)?(?:(\d{1,2})月)?")
_MONTHS = 12


def read_due(text: str, year: int | None) -> Period | None:
    """When something is due by the words of a column or a line of its own: `2024年12月底前`, `6月`, `2025年`."""
    if due := _due(text, year):
        return due
    match = _PLAIN.search(text)
    if match is None:
        return None
    said, month = int(match[1]) if match[1] else year, int(match[2]) if match[2] else 0
    if said is None or month > _MONTHS or not (match[1] or month):
        return None
    return read_period(f"{said}-{month:02}" if month else str(said))


class Time(NamedTuple):
    """The period a goal is for, and the month or part of the year by whose end it is due; None where not said."""

    period: Period | None = None
    due: Period | None = None


def read_time(text: str, year: int | None) -> Time:
    """What a clause says of its time; the last that is said counts."""
    due = _due(text, year)
    if match := _SPAN.search(text):
        first, last = match.groups()
        return Time(read_period(f"{first}/{last}") if first <= last else None, due)
    if match := _FIVE.search(text):
        return Time(read_period(str(2005 + ("一二三四五".index(match[1]) + 1) * 5)), due)
    years = _YEAR.findall(text)
    return Time(read_period(years[-1]) if years else None, due)


def _due(text: str, year: int | None) -> Period | None:
    if match := _DUE.search(text):
        said = int(match[1]) if match[1] else year
        month = int(match[2])
        return read_period(f"{said}-{month:02}") if said and 1 <= month <= _MONTHS else None
    if year is None:
        return None
    if match := _QUARTER.search(text):
        return read_period(f"{year}-Q{'一二三四'.index(match[1]) + 1}")
    return read_period(f"{year}-H1") if _HALF.search(text) else None
