"""The neutral sheet: what a progress table says, before any writer lays it out."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from datetime import date
from decimal import Decimal
from typing import NamedTuple

from tracker.assessments.verdicts import calendar_of
from tracker.messages import Language, say
from tracker.model import Assessment, Kind, Plan, Target, Verdict
from tracker.reports import wording


class Bar(NamedTuple):
    """Shares from 0 to 1: `proven` is solid, up to `possible` shaded, the mark stands at `calendar` (None: no calendar)."""

    proven: Decimal
    possible: Decimal
    calendar: Decimal | None


class Line(NamedTuple):
    """One target in words of the sheet's language."""

    target: Target
    assessment: Assessment
    id: str
    indicator: str
    goal: str
    proven: str
    completion: str
    pace: str
    pace_word: str
    verdict: str
    lead: str
    bar: Bar


class Table(NamedTuple):
    """One plan's lines by section, in the plan's order."""

    plan: Plan
    heading: str
    sections: list[tuple[str, list[Line]]]

    @property
    def lines(self) -> list[Line]:
        """All lines, one after the other."""
        return [line for _, lines in self.sections for line in lines]


class Sheet(NamedTuple):
    """A progress table: counts first, then one table a plan."""

    lang: Language
    as_of: date
    counts: dict[Verdict, int]
    tables: list[Table]

    @property
    def total(self) -> int:
        """How many targets it counts."""
        return sum(self.counts.values())

    @property
    def headline(self) -> str:
        """The counts in words."""
        parts = [f"{wording.verdict_word(verdict, self.lang)} {count}" for verdict, count in self.counts.items()]
        return say("status.counts", self.lang, total=self.total, parts=" · ".join(parts))


def make_sheet(found: Iterable[tuple[Plan, Sequence[tuple[Target, Assessment]]]], as_of: date, lang: Language) -> Sheet:
    """A sheet of the given targets; plans without any are left out of the tables."""
    counts = dict.fromkeys(Verdict, 0)
    tables = []
    for plan, pairs in found:
        sections: dict[str, list[Line]] = {}
        for target, assessment in pairs:
            counts[assessment.verdict] += 1
            sections.setdefault(wording.clean(target.section), []).append(make_line(target, assessment, as_of, lang))
        if sections:
            period = wording.period_text(plan.period, lang)
            heading = say("status.plan", lang, title=plan.title, region=plan.region, period=period)
            tables.append(Table(plan, wording.clean(heading), list(sections.items())))
    return Sheet(lang, as_of, counts, tables)


def make_line(target: Target, assessment: Assessment, as_of: date, lang: Language) -> Line:
    """One target in words."""
    return Line(
        target=target,
        assessment=assessment,
        id=target.id,
        indicator=wording.clean(target.indicator),
        goal=wording.clean(wording.goal(target, lang)),
        proven=wording.clean(wording.evidence_short(target, assessment, lang)),
        completion=wording.percent(assessment.completion) if assessment.deciding else "",
        pace=wording.points(assessment.pace_gap) or wording.difference(target, assessment),
        pace_word=wording.pace_word(assessment.pace, lang) if assessment.deciding else "",
        verdict=wording.verdict_word(assessment.verdict, lang),
        lead=wording.clean(target.lead),
        bar=make_bar(target, assessment, as_of),
    )


def make_bar(target: Target, assessment: Assessment, as_of: date) -> Bar:
    """What is proven, what is still possible, and where the calendar stands."""
    calendar = None if target.period is None else calendar_of(target).elapsed(as_of)
    if assessment.verdict is Verdict.ACHIEVED:
        return Bar(Decimal(1), Decimal(1), calendar)
    if target.kind is not Kind.QUANTITY or assessment.completion is None or not assessment.deciding:
        return Bar(Decimal(0), Decimal(0), calendar)
    low, high = assessment.completion
    proven = min(max(low or Decimal(0), Decimal(0)), Decimal(1))
    possible = Decimal(1) if high is None else min(max(high, Decimal(0)), Decimal(1))
    return Bar(proven, possible, calendar)
