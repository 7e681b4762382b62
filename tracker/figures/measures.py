"""Whether a quantity is a level, a rate of growth, a change, a share, a rank or a multiple, and whether it falls.

`增长8%` is growth, `下降8%` growth that falls, `下降到8%` a share; `提高3个百分点` and `压缩60天` are changes.
"""

from __future__ import annotations

import re
from typing import NamedTuple

from tracker.figures.spots import Spot
from tracker.figures.words import any_of, group, words

_FILL = "".join(group("measures.fill"))
_JOINED = group("lists.joins")
_TO = ("至", "到")
_REACHED = ("达到", "达", "至", "到")
_GROWING = words("measures.growth")
_FALLING = words("measures.falling")
_CHANGING = words("measures.changing")
_COUNTABLE = ("things", "land", "area", "length")
_RAISED = group("measures.raised")
_RATES = group("measures.rates")
_RATES_AFTER = re.compile(rf"的?{any_of('measures.rates')}|的?增长")
_FALLING_ANYWHERE = re.compile(any_of("measures.falling"))
_COMPARED = re.compile(rf"[比较][^，,；;。]{{0,30}}{any_of('measures.compared_change')}了?$")
_OPENING_CHANGE = re.compile(any_of("measures.opening_change"))
_APART = re.compile(
    rf"{any_of('measures.rates')}[^，。；]{{0,4}}分别[^，。；]{{0,40}}$"
    rf"|分别[^，。；\d]{{0,10}}({any_of('measures.growth', 'measures.falling')})[^，。；]{{0,30}}$"
)
_FALLS_FIRST = ("减少", "降低", "压减", "缩减")
_VERB_FIRST = re.compile(
    r"(?:^|[，、；。后实现可将使])(增加|提高|提升|扩大|减少|降低|压减|缩减)[^，；。占至到达为率比\d]{2,12}$"
)
"""提高效率20%: the verb before the thing."""
_NEAR = 14
_REACH = 60


class Measured(NamedTuple):
    """A measure, whether the quantity falls, and what said so."""

    measure: str
    falls: bool
    why: str


_BY_UNIT = {
    dimension: Measured(measure, falls=False, why="unit")
    for dimension, measure in (
        ("rank", "rank"),
        ("multiple", "multiple"),
        ("points", "change"),
        ("permille_points", "change"),
    )
}
_LEVEL, _SHARE = Measured("level", falls=False, why="unit"), Measured("share", falls=False, why="unit")


def read_measure(spot: Spot, last: Measured | None) -> Measured:
    """The measure of a quantity; `last` is that of the figure before in the sentence, which one joined to it shares."""
    dimension = spot.figure.dimension
    if dimension == "rank" and spot.figure.start == spot.figure.core and _CHANGING.end(spot.before):
        return Measured("change", falls=False, why="before")
    if dimension in _BY_UNIT:
        return _BY_UNIT[dimension]
    joined = spot.previous is not None and spot.previous.dimension == dimension and spot.between in _JOINED
    if last is not None and joined:
        return last._replace(why="list")
    if dimension in ("percent", "permille"):
        return _rate(spot)
    before = spot.before.removesuffix("了")
    changing = _CHANGING.end(before)
    if (
        changing
        and not before.endswith(_TO)
        and not (dimension in _COUNTABLE and changing in _RAISED and (spot.after or dimension != "things"))
    ):
        return Measured("change", falls=False, why="before")
    opening = not before.endswith(_TO) and _OPENING_CHANGE.match(spot.before)
    if opening or _COMPARED.search(spot.whole[-44:]):
        return Measured("change", falls=False, why="before")
    listed = spot.between is not None and spot.between[:1] == "、" and not spot.between.endswith(_REACHED)
    if last is not None and last.measure == "change" and listed:
        return last._replace(why="list")
    return _LEVEL


def _rate(spot: Spot) -> Measured:
    """Growth or a share, of a quantity in per cent."""
    head = spot.before[-_NEAR:]
    tail = head.rstrip(_FILL)
    reached = any(mark in head[len(tail) :] for mark in _TO)
    falls = bool(_FALLING.end(tail)) and not reached
    if falls or (_GROWING.end(tail) and not reached):
        return Measured("growth", falls=falls, why="before")
    named = next((rate for rate in _RATES if rate in head), "")
    if named:
        fell = named in group("measures.falling_rates") or (not reached and bool(_FALLING_ANYWHERE.search(head)))
        return Measured("growth", falls=fell, why="before")
    if apart := _APART.search(spot.whole, max(0, len(spot.whole) - _REACH)):
        return Measured("growth", falls=bool(apart[1] and _FALLING_ANYWHERE.fullmatch(apart[1])), why="list")
    if raised := _VERB_FIRST.search(spot.before):
        return Measured("growth", falls=raised[1] in _FALLS_FIRST, why="before")
    if _RATES_AFTER.match(spot.after):
        return Measured("growth", falls=False, why="after")
    return _SHARE
