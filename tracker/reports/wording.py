"""Numbers, intervals and reasons in words, in either language. Rounding never makes a bound say more than is known."""

from __future__ import annotations

import calendar
from collections.abc import Iterable
from contextlib import suppress
from decimal import ROUND_CEILING, ROUND_FLOOR, ROUND_HALF_EVEN, Context, Decimal, Inexact
from typing import cast

from tracker.assessments import accepted
from tracker.messages import Language, say
from tracker.model import (
    Accumulation,
    Actual,
    Assessment,
    Bearing,
    Bound,
    Comparison,
    Interval,
    Kind,
    Pace,
    Quantity,
    Reason,
    Target,
    Verdict,
)
from tracker.periods import Period, read_period

ONE = Decimal(1)
TENTH = Decimal("0.1")
FOUR_PLACES = Decimal("0.0001")
WIDE = Context(prec=120)
"""Enough digits for any number a file may hold."""
NOTHING = "—"


UNPRINTABLE = dict.fromkeys((*range(32), *range(127, 160), 8232, 8233), " ") | dict.fromkeys(
    (1564, 8203, 8206, 8207, 65279, *range(8234, 8239), *range(8294, 8298))
)


def clean(text: str) -> str:
    """A text of a document or a hand-edited file without what could steer a terminal or turn its reading round."""
    return text.translate(UNPRINTABLE)


def number(value: Decimal) -> str:
    """A number without needless zeros and never with an exponent: `300`, `3.29`, `-0.5`."""
    text = format(value, "f")
    return text.rstrip("0").rstrip(".") if "." in text else text


def quantity(value: Quantity) -> str:
    """A quantity as written: `≥166亿元`, `≤5000万元`, `约300家`, `120—150亿元`."""
    digits = number(value.value)
    if value.value_high is not None:
        digits += f"—{number(value.value_high)}"
    falling = value.value < 0  # a fall by more than 3 % is at most -3 %
    match value.bound:
        case Bound.ABOVE:
            return f"{'≤' if falling else '≥'}{digits}{value.unit}"
        case Bound.BELOW:
            return f"{'≥' if falling else '≤'}{digits}{value.unit}"
        case Bound.ABOUT:
            return f"约{digits}{value.unit}"
        case _:
            return f"{digits}{value.unit}"


def entered(actual: Actual, lang: Language) -> str:
    """What an entry of the ledger says: its quantity, done or not done, else its phrase."""
    if actual.done is not None:
        return say("word.done" if actual.done else "word.not_done", lang)
    if actual.quantity is None:
        return actual.source.phrase or actual.note or NOTHING
    if actual.quantity.dimension == "rank":
        key = "word.rank_within" if actual.quantity.bound is Bound.BELOW else "word.rank"
        return say(key, lang, n=number(actual.quantity.value))
    return quantity(actual.quantity)


def goal(target: Target, lang: Language) -> str:
    """What a target asks for, short: `≥140个`, `8%`, `前10位`, `完成`."""
    match target.comparison:
        case Comparison.DONE:
            return say("word.done", lang)
        case Comparison.INCREASE | Comparison.DECREASE:
            return say(f"word.{target.comparison}", lang)
        case _:
            pass
    if target.quantity is None:
        return NOTHING
    if target.comparison is Comparison.WITHIN_RANK:
        return say("word.rank_within", lang, n=number(target.quantity.value))
    sign = {Comparison.AT_LEAST: "≥", Comparison.AT_MOST: "≤"}.get(target.comparison, "")
    return sign + quantity(target.quantity)


def in_unit(value: Decimal, target: Target, rounding: str = ROUND_HALF_EVEN) -> str:
    """A base value in the unit the target is written in; four places where the unit does not divide it, rounded as told."""
    if target.quantity is None:
        return number(value)
    exact = Context()
    share = exact.divide(value, target.quantity.factor)
    if exact.flags[Inexact]:
        share = _rounded(share, FOUR_PLACES, rounding)
    return number(share) + target.quantity.unit


def known(target: Target, interval: Interval | None, lang: Language) -> str:
    """What is known of the target's quantity, short: `≥42个`, `第3位`, `2—3亿元`; a dash for nothing."""
    if interval is None or interval == Interval():
        return NOTHING
    low, high = interval
    if target.kind is Kind.MILESTONE:
        return say("word.done" if low == 1 else "word.not_done", lang)
    if target.kind is Kind.RANK:
        if low == high:
            return say("word.rank", lang, n=number(low or ONE))
        if high is None:
            return NOTHING
        return say("word.rank_best", lang, n=number(high))
    if low == high and low is not None:
        return in_unit(low, target)
    floor = "" if low is None else in_unit(low, target, ROUND_FLOOR)
    ceiling = "" if high is None else in_unit(high, target, ROUND_CEILING)
    if not ceiling:
        return "≥" + floor
    return "≤" + ceiling if low is None or low == 0 else f"{floor}—{ceiling}"


def points(interval: Interval | None) -> str:
    """An interval of shares as percentage points with a sign: `≥-44.7`, `+5.3`, `-3.0—+1.0`."""
    if interval is None or interval == Interval():
        return ""
    low, high = interval
    if low == high and low is not None:
        return _signed(low, ROUND_HALF_EVEN)
    if high is None and low is not None:
        return "≥" + _signed(low, ROUND_FLOOR)
    if low is None and high is not None:
        return "≤" + _signed(high, ROUND_CEILING)
    return f"{_signed(cast('Decimal', low), ROUND_FLOOR)}—{_signed(cast('Decimal', high), ROUND_CEILING)}"


def _rounded(value: Decimal, step: Decimal, rounding: str) -> Decimal:
    """A number to the places of `step`, however long it is."""
    return value.quantize(step, rounding=rounding, context=WIDE)


def _signed(share: Decimal, rounding: str) -> str:
    value = _rounded(share * 100, TENTH, rounding)
    return f"+{value}" if value > 0 else str(value + 0)


def percent(interval: Interval | None) -> str:
    """A completion with its bound: `≥55.3%`, `30.0%`, `40.0—50.0%`. 99.96 % is not printed as 100 %."""
    if interval is None:
        return ""
    low, high = interval
    if low == high and low is not None:
        return f"{_exact(low)}%"
    if high is None and low is not None:
        return f"≥{_rounded(low * 100, TENTH, ROUND_FLOOR)}%"
    if high is not None and (low is None or low == 0):
        return f"≤{_rounded(high * 100, TENTH, ROUND_CEILING)}%"
    if low is None or high is None:
        return ""
    return f"{_rounded(low * 100, TENTH, ROUND_FLOOR)}—{_rounded(high * 100, TENTH, ROUND_CEILING)}%"


def _exact(share: Decimal) -> Decimal:
    value = _rounded(share * 100, TENTH, ROUND_HALF_EVEN)
    if (share < 1) != (value < 100):  # noqa: PLR2004 - per cent
        value = _rounded(share * 100, TENTH, ROUND_FLOOR if share < 1 else ROUND_CEILING)
    return value


def difference(target: Target, assessment: Assessment) -> str:
    """How far it is from the target where there is no completion: growth in points, places that a rank has still to go."""
    wanted = target.quantity
    if assessment.known is None or wanted is None:
        return ""
    low, high = assessment.known
    if target.kind is Kind.GROWTH and wanted.dimension in ("percent", "points"):
        gaps = [None if end is None else (end - wanted.in_base) / 100 for end in (low, high)]
        return points(Interval(*gaps))
    if target.kind is Kind.GROWTH:
        gaps = [None if end is None else end - wanted.in_base for end in (low, high)]
        return known(target, Interval(*gaps), "en")
    if target.kind is Kind.RANK and low is not None and low > wanted.in_base:
        return ("" if low == high else "≥") + number(low - wanted.in_base)
    return ""


def period_text(period: Period | None, lang: Language) -> str:
    """A period in words, `2024年1—8月`, or that none is stated."""
    if period is None:
        return say("word.no_period", lang)
    first, last = period.first, period.last
    values = {"year": first.year, "month": first.month, "to": last.month}
    if first.day != 1 or last.day != calendar.monthrange(last.year, last.month)[1]:
        return say("period.days", lang, first=first, last=last)
    if (first.month, last.month) == (1, 12):
        return say("period.year" if first.year == last.year else "period.years", lang, **values | {"last": last.year})
    if first.year != last.year:
        return say("period.days", lang, first=first, last=last)
    return say("period.month" if first.month == last.month else "period.months", lang, **values)


def evidence_short(target: Target, assessment: Assessment, lang: Language) -> str:
    """The evidence in a table's cell: what is known, else how much is only listed."""
    if assessment.deciding:
        return known(target, assessment.known, lang)
    return say("word.related", lang, n=assessment.listed) if assessment.listed else NOTHING


def relation(bearing: Bearing, lang: Language) -> str:
    """How an entry stands to the target, in a word."""
    return say(f"relation.{bearing.relation or 'none'}", lang)


def pace_word(pace: Pace | None, lang: Language) -> str:
    """Pace in words; empty where a target has none."""
    return "" if pace is None else say(f"pace.{pace}", lang)


def verdict_word(verdict: Verdict, lang: Language) -> str:
    """A verdict in words."""
    return say(f"verdict.{verdict}", lang)


def given(target: Target, bearing: Bearing, lang: Language) -> str:
    """What an entry says of the target's own quantity, in a cell."""
    return NOTHING if bearing.interval is None else known(target, bearing.interval, lang)


def why(reason: Reason, lang: Language) -> str:
    """A reason of `why.*` in words; enumerations among its values in the language."""
    names = {"measure": "measure", "kind": "kind", "stage": "stage"}
    values = {
        key: say(f"{names[key]}.{value}", lang) if key in names else str(value) for key, value in reason.values.items()
    }
    for key in ("period", "wanted"):
        with suppress(ValueError, KeyError):
            values[key] = period_text(read_period(values[key]), lang)
    if reason.key.startswith("why.stage") and "wanted" in values:
        values["wanted"] = say(f"stage.{values['wanted']}", lang)
    return say(reason.key, lang, **values)


def step(reason: Reason, target: Target, lang: Language) -> str:
    """One step of the reasoning in words."""
    values = reason.values
    if reason.key.startswith("verdict_step."):
        interval = cast("Interval | None", values["known"])
        plain = (
            interval is None and target.kind in (Kind.MILESTONE, Kind.DIRECTION) and reason.key == "verdict_step.open"
        )
        key = "verdict_step.open_plain" if plain else reason.key
        return say(key, lang, known=range_words(target, interval, lang), goal=goal_words(target, lang))
    match reason.key:
        case "step.evidence":
            bearing = cast("Bearing", values["bearing"])
            return say(
                reason.key,
                lang,
                entry=named(bearing.actual, lang),
                why=why(bearing.why, lang),
                range=range_words(target, bearing.interval, lang),
            )
        case "step.revised" | "step.superseded":
            return say(reason.key, lang, entry=named(cast("Actual", values["actual"]), lang))
        case "step.conflict":
            entries = [named(actual, lang) for actual in cast("Iterable[Actual]", values["actuals"])]
            return say(reason.key, lang, entries=(" / ").join(entries))
        case "step.sum" | "step.cover":
            return say(
                reason.key, lang, **{key: in_unit(cast("Decimal", value), target) for key, value in values.items()}
            )
        case "step.part_exceeded":
            period, high = cast("Period", values["period"]), in_unit(cast("Decimal", values["high"]), target)
            return say(reason.key, lang, region=str(values["region"]), period=period_text(period, lang), high=high)
        case "step.parts_exceed":
            ranges = {key: range_words(target, cast("Interval", value), lang) for key, value in values.items()}
            return say(reason.key, lang, **ranges)
        case _:
            return say(reason.key, lang, **{key: str(value) for key, value in values.items()})


def named(actual: Actual, lang: Language) -> str:
    """An entry by its value and id."""
    return f"{entered(actual, lang)} ({actual.id})"


def range_words(target: Target, interval: Interval | None, lang: Language) -> str:
    """An interval as a clause: `it is at least 42个`."""
    if interval is None or interval == Interval():
        return say("range.none", lang)
    low, high = interval
    if target.kind is Kind.MILESTONE:
        return say("range.done" if low == 1 else "range.not_done", lang)
    texts = {
        "low": "" if low is None else _one(low, target, lang),
        "high": "" if high is None else _one(high, target, lang),
    }
    if low == high:
        return say("range.exact", lang, **texts)
    if high is None:
        return say("range.least", lang, **texts)
    return say("range.most" if low is None or low == 0 else "range.between", lang, **texts)


def goal_words(target: Target, lang: Language) -> str:
    """What a target accepts as a clause: `at least 140个`."""
    interval = accepted(target)
    if interval is None:
        return say("goal.done" if target.kind is Kind.MILESTONE else "goal.direction", lang)
    low, high = interval
    if low is not None and high is not None:
        return say("goal.between", lang, low=_one(low, target, lang), high=_one(high, target, lang))
    if low is not None:
        return say("goal.least", lang, low=_one(low, target, lang))
    if target.kind is Kind.RANK:
        return say("word.rank_best", lang, n=number(cast("Decimal", high)))
    return say("goal.most", lang, high=_one(cast("Decimal", high), target, lang))


def _one(value: Decimal, target: Target, lang: Language) -> str:
    return say("word.rank", lang, n=number(value)) if target.kind is Kind.RANK else in_unit(value, target)


def settle(reason: Reason, target: Target, lang: Language) -> str:
    """What would settle a target, in words."""
    interval = cast("Interval | None", reason.values["known"])
    key, missing = reason.key, ""
    wanted = accepted(target)
    adds = target.accumulation in (Accumulation.FLOW, Accumulation.STOCK)
    if (
        key == "settle.quantity"
        and adds
        and interval
        and interval.low
        and wanted
        and wanted.low
        and interval.high is None
    ):
        key, missing = "settle.quantity_floor", in_unit(wanted.low - interval.low, target, ROUND_CEILING)
    lead = say("settle.from", lang, lead=target.lead) if target.lead else ""
    period = period_text(target.period, lang)
    return say(
        key,
        lang,
        indicator=target.indicator,
        region=target.region,
        period=period,
        goal=goal_words(target, lang),
        lead=lead,
        missing=missing,
    )
