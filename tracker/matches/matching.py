"""Figures × targets → Matches: which figures bear on which targets, how, and what each would prove alone.

Gates first (role, measure, unit, region, period), then the names. Only what has the same name, verb and stage counts for a target; what
is merely alike is a proxy and proves nothing. `引进项目42个` of the park is a part of 引进产业项目140个以上 of its county.
"""

from __future__ import annotations

import re
from collections import Counter, defaultdict
from collections.abc import Hashable, Iterable, Iterator, Sequence
from decimal import Decimal
from typing import Protocol

from tracker import indicators, lexicon
from tracker.matches.doubts import find_doubt
from tracker.matches.names import (
    ALIKE,
    HEAD,
    Carried,
    Comparison,
    Subject,
    compare,
    evidence_subject,
    stage_of,
    target_subject,
)
from tracker.model import (
    Accumulation,
    Actual,
    Bearing,
    Evidence,
    Figure,
    Kind,
    Match,
    Measure,
    Quantity,
    Reason,
    Relation,
    Source,
    Target,
    Verdict,
)
from tracker.regions import Regions


class Judge(Protocol):
    """The assessments' own logic, for the regions of one document."""

    def elsewhere(self, target: Target, actual: Actual) -> Reason | None:
        """Why an entry tells of another place or time than a target, None where it may be the same."""

    def bearing(self, target: Target, actual: Actual) -> Bearing:
        """How an entry bears on a target."""

    def proves(self, target: Target, actual: Actual) -> Verdict | None:
        """What an entry proves alone, achieved or missed; None for nothing."""


_GRAM = 2
_SHARE = 3
"""Of the pairs of characters of the shorter name one in so many must be in the other."""


class Targets:
    """Targets by what they name, so that a figure is compared with those only that share something with it."""

    def __init__(self, targets: Sequence[Target], regions: Regions) -> None:
        self.places = tuple(name for region in regions.all for name in (region.name, *region.aliases))
        self.all = [(target, target_subject(target, self.places)) for target in targets]
        self.unclear = _several(
            ((subject.names[0].core, subject.verb, _scope(t)), _number(t)) for t, subject in self.all
        )
        self._by_gram: dict[str, list[int]] = defaultdict(list)
        self._by_head: dict[str, set[int]] = defaultdict(set)
        self._sizes: list[int] = []
        self._ranks = {number for number, (target, _) in enumerate(self.all) if target.kind is Kind.RANK}
        for number, (_, subject) in enumerate(self.all):
            grams = [_grams("".join(name.core)) for name in subject.names]
            self._sizes.append(min(map(len, grams)))
            for name in subject.names:
                self._by_head[indicators.head(name)].add(number)
            for gram in set[str]().union(*grams):
                self._by_gram[gram].append(number)

    def alike(self, subject: Subject, figure: Figure) -> list[int]:
        """Numbers of the targets whose names share enough with a subject's, and for a rank all ranks, in the plan's order."""
        name = subject.names[0]
        grams = _grams("".join(name.core))
        shared = Counter(number for gram in grams for number in self._by_gram.get(gram, ()))
        found = {number for number, count in shared.items() if count * _SHARE >= min(len(grams), self._sizes[number])}
        found |= self._by_head.get(indicators.head(name), set())
        return sorted(found | self._ranks if figure.measure is Measure.RANK else found)

    def is_unclear(self, number: int) -> bool:
        """Whether the plan gives two numbers under what reads as one name, so that it is not sure which one is meant."""
        target, subject = self.all[number]
        return (subject.names[0].core, subject.verb, _scope(target)) in self.unclear


def _scope(target: Target) -> tuple[object, ...]:
    return (target.kind, target.region, target.period, target.quantity and target.quantity.dimension, target.stage)


def _number(target: Target) -> object:
    return target.quantity and (target.quantity.in_base, target.quantity.high_in_base)


def _several(pairs: Iterable[tuple[Hashable, object]]) -> frozenset[Hashable]:
    """Keys that stand with two values or more."""
    found: dict[Hashable, object] = {}
    return frozenset(key for key, value in pairs if found.setdefault(key, value) != value)


def _grams(text: str) -> set[str]:
    """Pairs of neighbouring characters; a text of one is its own."""
    return {text[place : place + _GRAM] for place in range(max(len(text) - 1, 1))}


def match_figures(
    targets: Targets, evidence: Iterable[Evidence], judge: Judge, presumed: frozenset[str]
) -> Iterator[Match]:
    """Every figure with every target it may bear on, near misses included. `presumed` are regions whose place is not certain."""
    before = Carried()
    evidence = list(evidence)
    unclear = _several((_told(each.figure, each.sentence), each.figure.value) for each in evidence if each.figure)
    for each in evidence:
        figure = each.figure
        if figure is None:
            continue
        subject = evidence_subject(each, targets.places, before)
        theirs = before.things and before.sentence == each.sentence and _IN_TURN.match(each.before) is not None
        theirs = theirs and not indicators.is_investment(figure.indicator)
        before = Carried(each.sentence, figure.indicator, subject.verb, _counts_things(figure))
        for number in targets.alike(subject, figure):
            target, wanted = targets.all[number]
            compared = compare(target, wanted, each, subject)
            if compared.score < HEAD and not compared.same:
                continue
            match = _match(target, each, figure, compared, subject, judge, presumed)
            if match.relation and (theirs or targets.is_unclear(number) or _told(figure, each.sentence) in unclear):
                why = Reason("match.theirs" if theirs else "match.unclear", {})
                match = match._replace(proves=None, unclear=True, reasons=(*match.reasons, why))
            yield match


_IN_TURN = re.compile(
    "[共年已可均]?(?:累计|预计)?(?:实现|完成|带动|吸纳|创造|缴纳|贡献|解决|产值|产量|销售|投资|利润|税收|营业|年产)"
)
"""How a clause begins that tells of the things counted before it: 示范村418个，实现旅游收入310亿元."""


def _counts_things(figure: Figure) -> bool:
    unit = lexicon.units().read(figure.unit)
    return unit is not None and unit.dimension == "things" and figure.measure is Measure.LEVEL


def _told(figure: Figure, sentence: str) -> Hashable:
    """What a figure tells of within its sentence; two that tell the same with different values cannot both be read right."""
    return (sentence, figure.indicator, figure.measure, figure.unit, figure.region, figure.period, figure.role)


def _match(
    target: Target,
    evidence: Evidence,
    figure: Figure,
    compared: Comparison,
    subject: Subject,
    judge: Judge,
    presumed: frozenset[str],
) -> Match:
    """How one figure bears on one target."""
    actual = actual_of(target, evidence, figure, subject.verb)
    score = compared.score
    if figure.role != "actual":
        return Match(target, evidence, None, actual, None, score, (Reason(f"match.role_{figure.role}", {}),))
    elsewhere = judge.elsewhere(target, actual)
    if elsewhere is not None:
        return Match(target, evidence, None, actual, None, score, (compared.why, elsewhere))
    if not compared.same and score < ALIKE:
        return Match(target, evidence, Relation.PROXY, actual._replace(proxy=True), None, score, (compared.why,))
    bearing = judge.bearing(target, actual)
    reasons: tuple[Reason, ...] = (compared.why, bearing.why)
    relation = bearing.relation
    if target.kind is Kind.DIRECTION and compared.same:
        relation = judge.bearing(_as_number(target, actual), actual).relation
    if not compared.same or relation is None:
        return Match(target, evidence, Relation.PROXY, actual._replace(proxy=True), None, score, reasons)
    if evidence.region in presumed:
        reasons = (*reasons, Reason("match.presumed", {"region": evidence.region}))
    if doubt := find_doubt(target, evidence):
        reasons = (*reasons, Reason("match.doubt", {"word": doubt}))
    unclear = evidence.region in presumed or not compared.sure or bool(doubt)
    proves = None if unclear else judge.proves(target, actual)
    return Match(target, evidence, relation, actual, proves, score, reasons, unclear=unclear)


def _as_number(target: Target, actual: Actual) -> Target:
    """A direction as a target with the evidence's own number, to see how the two scopes lie to each other."""
    return target._replace(kind=Kind.QUANTITY, quantity=actual.quantity, accumulation=Accumulation.FLOW)


def actual_of(target: Target, evidence: Evidence, figure: Figure, verb: str) -> Actual:
    """The ledger's entry that a figure would be, without its id."""
    unit = lexicon.units().read(figure.unit)
    dimension = unit.dimension if unit else figure.unit
    quantity = Quantity(
        figure.value,
        figure.unit,
        unit.base if unit else figure.unit,
        Decimal(1),
        dimension,
        figure.bound,
        figure.value_high,
    )
    return Actual(
        id="",
        plan=target.plan,
        target=target.id,
        indicator=figure.indicator,
        region=evidence.region,
        period=evidence.period,
        quantity=quantity,
        measure=None if _is_change(target, figure) else figure.measure,
        stage=stage_of(verb, evidence.before + figure.indicator) if target.stage is not None else None,
        source=Source(evidence.document, evidence.sha256, evidence.start, evidence.end, evidence.text),
    )


def _is_change(target: Target, figure: Figure) -> bool:
    """Whether plan and report both tell how much more or less there is: 减少农村贫困人口1000万人以上, 减贫1386万人."""
    return (
        figure.measure is Measure.CHANGE
        and target.kind is Kind.QUANTITY
        and _CHANGE.search(target.source.phrase) is not None
    )


_CHANGE = re.compile("减少|增加|提高|提升|压缩|压减|降低|缩短|下降|净增")
