"""A planned figure and the phrase around it → the numbers and the nature of its goal.

`引资总额300亿元以上` is a quantity, at least 300 亿元, which adds up over time. Falling rates are negative:
下降3%以上 is −3 or less.
"""

from __future__ import annotations

import re
from typing import NamedTuple

from tracker import lexicon
from tracker.model import Accumulation, Bound, Comparison, Desired, Figure, Kind, Measure, Quantity, Stage
from tracker.plans.vocabulary import any_of, group, pattern, tail

_KINDS = {
    Measure.RANK: Kind.RANK,
    Measure.GROWTH: Kind.GROWTH,
    Measure.MULTIPLE: Kind.GROWTH,
    Measure.LEVEL: Kind.QUANTITY,
    Measure.SHARE: Kind.QUANTITY,
}
_RATES = ("percent", "permille", "points", "permille_points", "multiple", "rank")
_GROWING = ("percent", "points", "multiple")
_MOST = pattern("comparisons.most")
_MOST_BEFORE = re.compile(rf"{any_of('comparisons.most')}[在到至]?$")
_FALLEN = re.compile(r"(?:下降|降|降低|压减|压缩|缩短)[到至]$")
_LEAST = pattern("comparisons.least")
_LEAST_BEFORE = re.compile(rf"{any_of('comparisons.least')}[在到至]?$")
_ASCII_NUMBER = re.compile(r"\d[\d.,]*")
_GROWS = re.compile(r"(?:增长|增幅|增速|涨幅|增长率)(?:的?(?:预期)?目标)?(?:保持|稳定|控制|达到)?[在到为是]?$")
_NEARLY = re.compile(r"近|接近|将近|不足|不到")
_STAGES = (
    (Stage.OPERATING, pattern("stages.operating")),
    (Stage.IN_PLACE, pattern("stages.in_place")),
    (Stage.STARTED, pattern("stages.started")),
    (Stage.SIGNED, pattern("stages.signed")),
)
_EACH = re.compile(r"[人亩户村地]均|平均|单位(?!项目|工程)|每[百千万户人个亩]|万元[^，、]{0,12}(?:能耗|水耗|用水|电耗)")
"""Of what is so much for each, which adds up over nothing."""
_CLOSING = tuple((stage, f"stages.{stage}") for stage in reversed(Stage))
_STAGED = re.compile(r"项目|资金|投资|外资|内资|引资|合同|工程")


class Measured(NamedTuple):
    """What a figure and its phrase say of a goal."""

    kind: Kind
    comparison: Comparison
    quantity: Quantity
    accumulation: Accumulation
    desired: Desired
    stage: Stage | None


def measure_goal(figure: Figure, phrase: str, indicator: str, verb: str = "") -> Measured | None:
    """The goal of a planned figure in its phrase; None where the figure's unit is none that a plan's file may have.

    `verb` is what the first of a list says for all of it.
    """
    quantity = written(figure)
    if quantity is None:
        return None
    desired = read_desired(indicator or phrase)
    kind = _kind(figure, quantity, phrase)
    comparison = _comparison(figure, phrase, kind, desired)
    bound = (
        Bound.RANGE if quantity.value_high is not None else Bound.ABOUT if figure.bound is Bound.ABOUT else Bound.EXACT
    )
    return Measured(
        kind,
        comparison,
        quantity._replace(bound=bound),
        _accumulation(kind, quantity, verb + phrase, indicator),
        desired,
        read_stage(phrase) if kind is Kind.QUANTITY and _STAGED.search(phrase) else None,
    )


def written(figure: Figure) -> Quantity | None:
    """A figure's value in the unit it is written in: the longest one in its text that has its base unit."""
    units, text = lexicon.units(), figure.text
    found = None
    if figure.measure is Measure.RANK:
        text = ""  # 前十 is 10 位, not 1 十位
    for start in _unit_starts(text):
        for end in range(len(text), start, -1):
            unit = units.read(text[start:end]) or units.read(text[start:end] + figure.unit)
            if unit is not None and unit.base == figure.unit and (found is None or len(unit.text) > len(found.text)):
                found = unit
    found = found or units.read(figure.unit)
    if found is None:
        return None
    value = (figure.value / found.factor).normalize()
    high = None if figure.value_high is None else (figure.value_high / found.factor).normalize()
    plain = [
        number.quantize(1) if number is not None and number == number.to_integral_value() else number
        for number in (value, high)
    ]
    low = plain[0]
    return (
        None
        if low is None
        else Quantity(low, found.text, found.base, found.factor, found.dimension, figure.bound, plain[1])
    )


def _unit_starts(text: str) -> list[int]:
    """Where in a figure's text its unit may begin: behind the number, of whose Chinese digits 十, 百 and 千 are."""
    after = [match.end() for match in _ASCII_NUMBER.finditer(text)]
    if after:
        return [start for place in after for start in (place, place + 1)]
    return [place for place in range(1, len(text)) if text[place] not in "十百千"]


def _kind(figure: Figure, quantity: Quantity, phrase: str) -> Kind:
    grows = _GROWS.search(phrase[: max(phrase.find(figure.text), 0)]) is not None
    if figure.measure is Measure.CHANGE or (figure.measure is Measure.SHARE and grows):
        kind = Kind.GROWTH if quantity.dimension in _GROWING else Kind.QUANTITY
    else:
        kind = _KINDS[figure.measure]
    fits = (kind is not Kind.GROWTH or quantity.dimension in _GROWING) and (
        kind is not Kind.RANK or quantity.dimension == "rank"
    )
    return kind if fits else Kind.QUANTITY


def _comparison(figure: Figure, phrase: str, kind: Kind, desired: Desired) -> Comparison:
    """How the actual value must stand to the goal's, by the words at the figure."""
    place = phrase.find(figure.text)
    before = phrase[max(0, place - 6) : max(place, 0)]
    if kind is Kind.RANK:
        inside = figure.bound is Bound.BELOW or figure.text.startswith(("前", "第一", "首"))
        return Comparison.WITHIN_RANK if inside else Comparison.REACH
    most = figure.bound is Bound.BELOW and not _NEARLY.match(figure.text)
    most = most or _MOST_BEFORE.search(before) is not None
    least = figure.bound is Bound.ABOVE or _LEAST_BEFORE.search(before) is not None
    if most and not (figure.bound is Bound.ABOUT and (desired is Desired.NEAR or _FALLEN.search(before))):
        return Comparison.AT_LEAST if figure.value < 0 else Comparison.AT_MOST
    if least:
        return Comparison.AT_MOST if figure.value < 0 else Comparison.AT_LEAST
    return Comparison.REACH


def read_desired(text: str) -> Desired:
    """Which side of a goal's value is welcome, by what is measured."""
    if any(word in text for word in group("desired.near")):
        return Desired.NEAR
    return Desired.LOWER if any(word in text for word in group("desired.lower")) else Desired.HIGHER


def _accumulation(kind: Kind, quantity: Quantity, phrase: str, indicator: str) -> Accumulation:
    """How a goal adds up. What no word tells adds up over parts only: to add it over months could prove too much."""
    if kind in (Kind.GROWTH, Kind.RANK) or quantity.dimension in _RATES or "/" in quantity.unit:
        return Accumulation.RATE
    if indicator.endswith(group("accumulation.rate")) or _EACH.search(indicator):
        return Accumulation.RATE
    if quantity.base in group("accumulation.events") or _summed(indicator):
        return Accumulation.FLOW
    text = indicator + phrase
    if any(word in text for word in group("accumulation.rising")):
        return Accumulation.FLOW
    if any(word in text for word in group("accumulation.stock")):
        return Accumulation.STOCK
    return Accumulation.FLOW if any(word in text for word in group("accumulation.flow")) else Accumulation.STOCK


def _summed(indicator: str) -> bool:
    """Whether a name is of what is made or earned in a time: 粮食产量, 地区生产总值总量."""
    end = tail(indicator, "accumulation.sum_ends")
    return bool(
        tail(indicator, "accumulation.sums") or (end and tail(indicator.removesuffix(end), "accumulation.sums"))
    )


def read_stage(phrase: str) -> Stage | None:
    """How far what a phrase counts has come, by its farthest word."""
    return next((stage for stage, words in _STAGES if words.search(phrase)), None)


def closing_stage(phrase: str) -> Stage | None:
    """The stage that a phrase ends with: 建成投用."""
    return next((stage for stage, path in _CLOSING if tail(phrase, path)), None)
