"""The period a figure covers: the nearest said before it in its sentence, else what the paragraph or the document says.

`较2020年的9323亿元` is 2020; 今年以来 in a report on nine months means those; a target of a quarter's report is the year's.
"""

from __future__ import annotations

import re
from typing import NamedTuple

from tracker.figures.settings import Setting
from tracker.figures.spots import Spot
from tracker.figures.statements import Stated
from tracker.figures.words import any_of, pattern

_AFTER_COMPLETION = pattern("periods.after_completion")
_WHOLE_SPAN = pattern("periods.whole_span")
_AT_END = re.compile(rf"{any_of('periods.at_end')}[了约近超过]*$")
_PLACES = ("rank.ordinal", "rank.first_place")
_GROWN = re.compile(r"(?:增长|提高|下降|降低)[了约近超过]*$")
_FROM_TO = re.compile(r"[从由]((?:19|20)\d\d)年[^。]*[到至]((?:19|20)\d\d)年[^。]*$")
_SUMMED = re.compile(r"年均|累计|连续|[五5]年")
_SUMMED_UP = re.compile(r"累计|[五5]年")
_TWO_YEARS = re.compile(r"两年(?:平均|年均)")
_SPAN = re.compile(r"20\d\d/20\d\d")
_COMPARISONS = ("multiple", "points")
_PLANNING = re.compile(r"[^，。；]{0,6}(?:安排|计划|拟|将|确定)")
_BRACKET_REACH = 12
_YEAR = 4


class Situation(NamedTuple):
    """Where the text stands.

    `period` is what its section covers, `goals` whether that sets goals, `carried` what its paragraph opened with, `before` the period
    of the figure before where 其中 goes on with it.
    """

    setting: Setting
    period: str | None
    goals: bool
    carried: Stated | None
    before: str | None


def read_coverage(
    spot: Spot, periods: list[Stated], now: Situation, role: str, why_role: str
) -> tuple[str | None, str]:
    """(period, where it was said) of a figure with its role; of years, what there is at their end is of the last."""
    period, why = _nearest(spot, periods, now, role, why_role)
    if role == "target" or now.goals or now.setting.plan:
        return period, why
    if why in ("paragraph", "figure before") and _SPAN.fullmatch(now.period or "") and _SUMMED_UP.search(spot.clause):
        return now.period, "document"
    if period and _SPAN.fullmatch(period):
        return _of_years(period, spot, why_role), why
    return period, why


def _of_years(period: str, spot: Spot, why_role: str) -> str:
    """Of a period of years the one before for what it began with, the last for what was reached, else all."""
    if why_role == "base":
        return str(int(period[:_YEAR]) - 1)
    part = spot.clause[spot.clause.rfind("，") + 1 :]
    passed = spot.text.startswith("突破", spot.figure.start)
    reached = passed or spot.figure.rule in _PLACES or _AT_END.search(spot.before)
    return period[_YEAR + 1 :] if reached and not _SUMMED.search(part) else period


def _nearest(spot: Spot, periods: list[Stated], now: Situation, role: str, why_role: str) -> tuple[str | None, str]:
    """(period, where it was said): the nearest statement that reaches the figure."""
    place, text = spot.figure.start, spot.text
    said = [each for each in periods if each.place < place] if periods else periods
    own = spot.figure.dimension not in _COMPARISONS  # 较2020年的9323亿元, not 是2020年的2.1倍
    if own and said and said[-1].kind == "base" and text[said[-1].end : place] == "的":
        return said[-1].text, "compared"
    said = [each for each in said if each.kind != "base" and not _in_brackets(text, each, place)] if said else said
    if _AFTER_COMPLETION.search(text, said[-1].place if said else spot.begin, place):
        return None, "after completion"
    if role == "target" and "明年" in spot.after and now.setting.year:
        return str(now.setting.year + 1), "after"
    if said and said[-1].kind == "now" and _SPAN.fullmatch(now.period or "") and not now.setting.plan:
        return (now.period or "")[_YEAR + 1 :], "document"  # 目前, in a report on several years
    if said:
        return _over_years(_said(text, said[-1], now), spot, now), "sentence"
    if role == "background" and now.setting.plan:
        return None, "nothing"
    if now.before:
        return now.before, "figure before"
    if now.carried:
        return _said(text, now.carried, now), "paragraph"
    return _of_document(spot, now, role, why_role)


def _of_document(spot: Spot, now: Situation, role: str, why_role: str) -> tuple[str | None, str]:
    """What the section or document covers."""
    period, year = now.period, now.setting.year
    if period and not now.goals and _SPAN.fullmatch(period):  # of years: a sum covers them all, a state the last
        if role == "background" and why_role == "base":
            return str(int(period[:_YEAR]) - 1), "document"
        whole = _WHOLE_SPAN.search(spot.whole) or (spot.figure.dimension == "percent" and _GROWN.search(spot.before))
        return (period if whole else period[_YEAR + 1 :]), "document"
    if period and role == "target" and not now.goals and "-" in period:
        return period[:_YEAR], "document"
    if period:
        return period, "document"
    return (str(year), "document") if now.setting.plan and year else (None, "nothing")


def _in_brackets(text: str, stated: Stated, place: int) -> bool:
    """Whether a period is said in brackets that are closed before a place: （2018年出列）."""
    low = max(0, stated.place - _BRACKET_REACH)
    opened = text.rfind("（", low, stated.place)
    return opened > text.rfind("）", low, stated.place) and text.find("）", stated.end, place) >= 0


def _over_years(period: str | None, spot: Spot, now: Situation) -> str | None:
    """A yearly average covers all the years of the plan or part that ends then, or those that are said."""
    if not period or len(period) != _YEAR:
        return period
    if _TWO_YEARS.search(spot.clause):
        return f"{int(period) - 1}/{period}"
    if "年均" not in spot.before:
        return period
    if (between := _FROM_TO.search(spot.whole)) and between[2] == period > between[1]:
        return f"{between[1]}/{period}"
    spans = [span for span in (now.setting.period, now.period) if span and _SPAN.fullmatch(span)]
    return next((span for span in spans if span.endswith(period)), period)


def _said(text: str, stated: Stated, now: Situation) -> str | None:
    """What a statement says; a report on nine months means those by 今年以来."""
    to_date = stated.kind == "to_date" or (stated.kind == "said" and text.startswith("今年", stated.place))
    planning = _PLANNING.match(text, stated.end)  # 今年，全区安排项目90个
    if to_date and now.period and stated.text == now.period[:_YEAR] and not now.goals and not planning:
        return now.period
    return stated.text
