"""Periods of time: the ISO-like texts of the files, and how two periods lie to each other.

Both ends are days and belong to the period. `2024-01/2024-08` runs from 1 January to 31 August 2024.
"""

from __future__ import annotations

import calendar
import re
from datetime import date
from decimal import Decimal
from functools import lru_cache
from typing import NamedTuple

_PART = re.compile(r"(\d{4})(?:-(?:Q([1-4])|H([12])|(\d{2})(?:-(\d{2}))?))?")


class Period(NamedTuple):
    """A span of days, `first` and `last` included, and the text it was written as."""

    text: str
    first: date
    last: date

    def covers(self, other: Period) -> bool:
        """Whether every day of `other` lies in this period."""
        return self.first <= other.first and other.last <= self.last

    def equals(self, other: Period) -> bool:
        """Whether the two are the same days, however written (`2024` and `2024-01/2024-12`)."""
        return self.first == other.first and self.last == other.last

    def meets(self, other: Period) -> bool:
        """Whether the two share a day."""
        return self.first <= other.last and other.first <= self.last

    def elapsed(self, day: date) -> Decimal:
        """Share of the period that is over at the end of `day`, from 0 to 1, counted in months as 序时进度 is.

        The end of August is 8/12 of a year; days within a month count as a part of that month.
        """
        start = _month(self.first, Decimal(self.first.day - 1))
        return min(max((_month(day) - start) / (_month(self.last) - start), Decimal(0)), Decimal(1))


def _month(day: date, days: Decimal | None = None) -> Decimal:
    """Months since year 0 at the end of `day`, or when so many `days` of its month are over."""
    over = Decimal(day.day) if days is None else days
    return day.year * 12 + day.month - 1 + over / calendar.monthrange(day.year, day.month)[1]


@lru_cache(maxsize=4096)
def read_period(text: str) -> Period:
    """Period of an ISO-like text: `2024`, `2024-H1`, `2024-Q3`, `2024-08`, `2024-08-15`, or two of these around a `/`.

    Raises:
        ValueError: the text is none of these, names no real day, or ends before it begins.
    """
    head, slash, tail = text.partition("/")
    first, last = _ends(head)
    if slash:
        last = _ends(tail)[1]
    if last < first:
        raise ValueError(f"{text!r} ends before it begins")
    return Period(text, first, last)


def _ends(text: str) -> tuple[date, date]:
    match = _PART.fullmatch(text)
    if match is None:
        raise ValueError(f"{text!r} is not a period")
    year, quarter, half, month, day = (int(part) if part else 0 for part in match.groups())
    if match[5] is not None:
        return date(year, month, day), date(year, month, day)
    first, last = 1, 12
    if quarter:
        first, last = quarter * 3 - 2, quarter * 3
    elif half:
        first, last = half * 6 - 5, half * 6
    elif match[4]:
        first = last = month
    return date(year, first, 1), _month_end(year, last)


def _month_end(year: int, month: int) -> date:
    if not 1 <= month <= 12:  # noqa: PLR2004 - months of a year
        raise ValueError(f"there is no month {month}")
    return date(year, month, calendar.monthrange(year, month)[1])
