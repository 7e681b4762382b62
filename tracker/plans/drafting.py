"""Stage 4: a plan document's text and its planned figures → its goals, in the document's order.

    titles      whether the document plans, looks back first, or tells
    sections    headings, what each part is for, who leads it          leads
    clauses     sentences cut at their marks
    measured    the goal of a planned figure
    intents     the goal of a clause without one
    tables      task tables: what their cells are for                  rows
    slugs       ids

`引进项目20个以上，引资总额30亿元以上，加快物流园建设。` has two quantities and a direction. The spans of goals do not overlap.
"""

from __future__ import annotations

import re
from bisect import bisect_left, bisect_right
from collections import Counter
from collections.abc import Iterator
from functools import cache
from typing import NamedTuple

from tracker.lexicon import units
from tracker.model import Bound, Comparison, Extract, Figure, Firmness, Kind, Measure, Plan, Source, Target
from tracker.periods import Period, read_period
from tracker.plans.clauses import Clause, split_clauses
from tracker.plans.intents import (
    inner_firmness,
    is_frame,
    opens_with_verb,
    read_firmness,
    split_intents,
    what_of,
    without_manner,
)
from tracker.plans.measured import closing_stage, measure_goal, read_desired
from tracker.plans.rows import name_goal, read_about, table_targets
from tracker.plans.sections import Aim, Part, read_parts
from tracker.plans.slugs import with_ids
from tracker.plans.tables import TaskTable, cover, read_task_tables
from tracker.plans.times import Time, read_due, read_time
from tracker.plans.titles import Nature, find_title, read_nature
from tracker.plans.vocabulary import any_of, group, head
from tracker.text import Flow, flow

_OPENERS = re.compile(
    rf"(?:{any_of('clauses.openers')}|\d{{1,2}}[.、．](?!\d)|[（(][一二三四五六七八九十\d]{{1,3}}[）)]|[①-⑳]|[#\s、，。；：:*>]|[一二三四五六七八九十]是(?:要)?)+"
)
_CLOSERS = " \t\n，。；：、:;,.!！？*　"
_JOINTS = re.compile(r"、|，|；|和(?!谐)|及|与|以及|并|其中")
_OWN_POINTS = re.compile(r"[一二三四五六七八九十\d]+[个大项件]?(?:方面|重点工作|工作(?!日)|重点任务)")
_ANNOUNCES = re.compile(r"(?:是|为|如下|工作|方面|任务|目标|以下.{0,6})$")
_INTRODUCES = re.compile(
    r"特?制[定订]本|特制[定订]|[制拟][定订]如下|现(?:将|就)[^。]{0,40}如下|[提作]出如下|(?:方案|意见|计划|规划|措施|要点|安排)如下|印发给你们|深刻认识"
)
_NEAR = 12
_MARK = re.compile(r"[，、；。：]")
_SHORT = 2
"""Characters of a region's name that its park's begins with."""
_STOP = re.compile(r"[。！？\n；]")
_PLACED = re.compile(r"(?<![定持制维])[在对]$")
_KINDS = re.compile(r"(?:的)?[^，。；、\d]{0,8}?(?:项目|企业|工程|园区|产业|集群|机组|商户|单位)")
_JOINED = re.compile(r"(?:以及|和|及|与|并)(?=\d|[一二三四五六七八九十])")
_NUMBERED = re.compile(r"^\d{1,2}[.、]")
_WILLS = re.compile(rf"{any_of('firmness.ensure', 'firmness.strive')}$")
_WILLED = re.compile(rf"{any_of('firmness.ensure', 'firmness.strive')}(?!了)")
_REACHED = re.compile(r"去年的|上年的|(?:已|已经)(?:完成|建成|达到|实现|完工|投产)")
_PAST = re.compile(r"已|目前|截至|去年|上年|累计完成|现有|了|同比|过去")
_LONGEST_NAME = 40
_PARKISH = re.compile(r"园区|高新区|经开区|开发区|工业区")
_PARK_NAME = re.compile(r"(?:高新区|经开区|开发区|园区|工业园|产业园|集中区|集聚区|新区)$")


class Planned(NamedTuple):
    """A planned figure and its place [start, end) in the flow."""

    start: int
    end: int
    figure: Figure


class Phrase(NamedTuple):
    """The place [start, end) of one goal in the flow, its clause and part, and its figure where it has one.

    `verb` is what a list says once for all of its members: 新增 of `新增企业5家、基地2个`.
    """

    start: int
    end: int
    clause: Clause
    part: Part
    planned: Planned | None
    verb: str = ""


def draft_targets(text: str, extract: Extract, plan: Plan) -> list[Target]:
    """The goals of a plan document, in order, their sources filled in with the document's spans.

    `text` is the document's, with what is not to be read blanked out; `extract` its figures. A review has few goals or none.
    """
    return _Drafting(text, extract, plan).targets()


class _Drafting:
    """What the phrases of one document share."""

    def __init__(self, text: str, extract: Extract, plan: Plan) -> None:
        self.raw = text
        self.plan = plan
        self.flow: Flow = flow(text)
        self.text = self.flow.text
        self.figures = [_in_flow(self.flow, figure) for figure in extract.figures]
        self.planned = [each for each in self.figures if each.figure.role == "target"]
        self.starts = [each.start for each in self.planned]
        self.reported = [each.start for each in self.figures if each.figure.role == "actual"]
        self.nature = read_nature(plan.title or find_title(self.text), self.text)
        self.park = _park(extract, plan)
        self.verb, self.verb_end = "", 0

    def targets(self) -> list[Target]:
        drafted: list[Target] = []
        planned = 2 * len(self.planned) >= len(self.reported)
        tables = read_task_tables(self.text)
        places = [each.start for each in self.figures]
        standing = {table.start: table for table in tables}
        for part in read_parts(cover(self.text, tables), self.nature, places, planned=planned):
            table = standing.get(part.start)
            drafted += self._of_part(part) if table is None else self._of_table(table, part)
        return with_ids(drafted)

    def _of_table(self, table: TaskTable, part: Part) -> Iterator[Target]:
        """The targets of a task table, which stands where the part does. Numbers of its cells that tell no results are planned."""
        for row in table.rows if table.assigned and part.aim is not Aim.REVIEW else ():
            for cell in (*row.tasks, *row.goals):
                self._plan(cell.start, cell.end)
        where = part._replace(
            aim=Aim.GOALS if part.aim is Aim.STORY else part.aim,
            section=part.section.removeprefix(self.plan.title).removeprefix("/"),
        )
        period = _period(part.term) or self.plan.period
        return table_targets(table, where, period, lambda cell: list(self._of_part(cell)), self._unread)

    def _unread(self, part: Part) -> Target:
        """A goal in the words of its passage, where nothing in them says what is to become of it."""
        start, end, words = self._trimmed(part.start, part.end)
        phrase = Phrase(start, end, Clause(start, end, start, ""), part, None)
        return self._common(phrase, Firmness.PLAN, Time())._replace(indicator=words[:_LONGEST_NAME])

    def _of_part(self, part: Part) -> Iterator[Target]:
        if part.aim is Aim.REVIEW:
            return
        self.verb = ""
        firmness: Firmness | None = None
        time = Time()
        sentence = -1
        for clause in split_clauses(self.text, part.start, part.end):
            words = self.text[clause.start : clause.end]
            said = read_time(words, self._year())
            time = said if said != Time() or clause.sentence != sentence else time
            bare = self._trimmed(clause.start, clause.end)[2]
            own = read_firmness(bare)
            if own is not None or clause.sentence != sentence or opens_with_verb(bare):
                firmness = own
            sentence = clause.sentence
            for phrase in self._phrases(clause, part):
                inner = inner_firmness(self.text[phrase.start : phrase.end])
                target = self._target(phrase, inner or firmness or Firmness.PLAN, time)
                if target is not None:
                    yield target

    def _phrases(self, clause: Clause, part: Part) -> Iterator[Phrase]:
        """The phrases of a clause that may state a goal: one a planned figure, else one a verb."""
        self._promote(clause, part)
        low, high = bisect_left(self.starts, clause.start), bisect_left(self.starts, clause.end)
        planned = [each for place, each in enumerate(self.planned[low:high], low) if not self._idle(place)]
        if planned and is_frame(self._trimmed(clause.start, clause.end)[2]):
            return
        if not planned:
            if self._reports(clause) or self._announces(clause) or self._introduces(clause):
                return
            start, end, words = self._trimmed(clause.start, clause.end)
            for first, last in split_intents(words):
                yield Phrase(start + first, start + last, clause, part, None)
            return
        begin = clause.start
        for place, each in enumerate(planned):
            end = self._cut(each, planned[place + 1]) if place + 1 < len(planned) else clause.end
            joined = _JOINED.match(self.text, begin, end) if begin > clause.start else None
            start, last, words = self._trimmed(joined.end() if joined else begin, end)
            if start < last and not _REACHED.search(words):
                verb = self._shared(start, last, each)
                yield Phrase(min(start, each.start), max(last, each.end), clause, part, each, verb)
            begin = end

    def _shared(self, start: int, end: int, planned: Planned) -> str:
        """The verb that the list says for this member, empty where it has its own or there is none."""
        words = self.text[start:end]
        bare = without_manner(words.removeprefix("其中"))
        own = head(bare, "numbers.shared")
        joined = self.verb and not _STOP.search(self.text, self.verb_end, start)
        counted = planned.figure.measure is Measure.LEVEL and planned.figure.unit in _things()
        self.verb_end = end
        if own or not joined or opens_with_verb(bare):
            self.verb = own if counted else ""
            return ""
        return self.verb if counted else ""

    def _cut(self, one: Planned, other: Planned) -> int:
        """Where the phrase of one figure ends and that of the next begins."""
        joint = _JOINTS.search(self.text, one.end, other.start)
        if joint is None:
            return one.end
        return joint.start()

    def _promote(self, clause: Clause, part: Part) -> None:
        """Take figures for planned that count as reported though they stand in a plan's goals, or where 确保 or 力争 is said."""
        if part.aim is not Aim.GOALS or not self._reports(clause) or _PAST.search(self.text, clause.start, clause.end):
            return
        willed = _WILLED.search(self.text, clause.sentence, clause.end)
        if willed or self.nature is Nature.PLAN:
            self._plan(clause.start, clause.end)

    def _plan(self, start: int, end: int) -> None:
        """Take the figures of a stretch that count as reported for planned ones."""
        low, high = bisect_left(self.reported, start), bisect_left(self.reported, end)
        moved = set(self.reported[low:high])
        del self.reported[low:high]
        self.planned = sorted([*self.planned, *(each for each in self.figures if each.start in moved)])
        self.starts = [each.start for each in self.planned]

    def _idle(self, place: int) -> bool:
        """Whether a planned figure sets nothing: it counts the document's own points, or names the class of what is counted."""
        each = self.planned[place]
        if _OWN_POINTS.match(self.text, each.start):
            return True
        if self._describes(place) or self._places(each):
            return True
        before = self.planned[place - 1] if place else None
        if before is None:
            return False
        beside = before.end == each.start and "class" in each.figure.rule
        between = self.text[before.end : each.start]
        return beside or (between in ("（", "(") and self.text[each.end : each.end + 1] in ("）", ")"))

    def _describes(self, place: int) -> bool:
        """Whether an amount only tells what is counted behind it: 投资20亿元的6个项目."""
        each, following = self.planned[place], self.planned[place + 1] if place + 1 < len(self.planned) else None
        if following is None or each.figure.unit in _things() or following.figure.unit not in _things():
            return False
        between = self.text[each.end : following.start]
        return between.startswith("的") and len(between) <= _NEAR and not _MARK.search(between)

    def _places(self, each: Planned) -> bool:
        """Whether a figure tells where something is done or of which size: 在17个镇, 投资20亿元以上项目."""
        if each.figure.unit in _things():
            return _PLACED.search(self.text, max(0, each.start - 2), each.start) is not None
        bounded = each.figure.bound in (Bound.ABOVE, Bound.BELOW) and each.figure.measure is Measure.LEVEL
        return bounded and _KINDS.match(self.text, each.end) is not None

    def _announces(self, clause: Clause) -> bool:
        """Whether a clause only leads to what is listed behind its colon."""
        return clause.mark in "：:" and _ANNOUNCES.search(self.text, clause.start, clause.end) is not None

    def _introduces(self, clause: Clause) -> bool:
        """Whether a clause stands in the sentence that says why there is a plan: 为加快…，特制定本方案."""
        end = self.text.find("。", clause.end)
        line = self.text.find("\n", clause.end)
        end = min((place for place in (end, line) if place >= 0), default=len(self.text))
        return _INTRODUCES.search(self.text, clause.sentence, end) is not None

    def _reports(self, clause: Clause) -> bool:
        """Whether a clause tells a figure that is reached."""
        place = bisect_left(self.reported, clause.start)
        return place < len(self.reported) and self.reported[place] < clause.end

    def _trimmed(self, start: int, end: int) -> tuple[int, int, str]:
        """A stretch without what only connects or numbers it, and its words."""
        while start < end and (match := _OPENERS.match(self.text, start, end)) and match.end() > start:
            start = match.end()
        while end > start and self.text[end - 1] in _CLOSERS:
            end -= 1
        return start, end, self.text[start:end]

    def _target(self, phrase: Phrase, firmness: Firmness, time: Time) -> Target | None:
        words = self.text[phrase.start : phrase.end]
        common = self._common(phrase, firmness, time)
        if phrase.planned is None:
            intent = read_about(words, phrase.part.subject, phrase.part.aim)
            if intent is None:
                return None
            stage = closing_stage(words) if intent.kind is Kind.MILESTONE else None
            return common._replace(
                kind=intent.kind,
                comparison=intent.comparison,
                indicator=intent.indicator,
                stage=stage,
                desired=read_desired(intent.indicator) if intent.comparison == "decrease" else common.desired,
            )
        figure = phrase.planned.figure
        indicator = figure.indicator
        if not indicator or without_manner(indicator) in group("numbers.shared"):
            indicator = words.replace(figure.text, "") or words
        if indicator in group("numbers.bare"):
            rest = what_of(words[words.find(figure.text) + len(figure.text) :])
            indicator = f"{rest}{indicator[-2:]}" if len(rest) > len(indicator) else indicator
        indicator = _WILLS.sub("", _NUMBERED.sub("", _JOINED.split(indicator)[0])) or words
        if "”" in indicator and "“" not in indicator[: indicator.index("”")]:
            indicator = "“" + indicator
        if phrase.verb in group("numbers.meaning") and not indicator.startswith(phrase.verb):
            indicator = phrase.verb + indicator
        indicator = name_goal(indicator, words, phrase.part.subject)
        goal = measure_goal(figure, words, indicator, phrase.verb)
        if goal is None:
            return None
        return common._replace(
            indicator=indicator,
            kind=goal.kind,
            comparison=goal.comparison,
            quantity=goal.quantity,
            accumulation=goal.accumulation,
            desired=goal.desired,
            stage=goal.stage,
            region=figure.region or common.region,
            period=self._period(figure, phrase) or common.period,
        )

    def _common(self, phrase: Phrase, firmness: Firmness, time: Time) -> Target:
        """What a target has whatever its kind."""
        start, end = self.flow.span(phrase.start, phrase.end)
        offices = phrase.part.offices
        words = "".join(self.raw[start:end].split())
        return Target(
            plan=self.plan.id,
            id="",
            indicator="",
            kind=Kind.DIRECTION,
            comparison=Comparison.INCREASE,
            region=self._region(phrase),
            period=time.period or _period(phrase.part.term) or self.plan.period,
            due=time.due or (read_due(offices.due, self._year()) if offices else None),
            firmness=firmness,
            section=phrase.part.section,
            lead=offices.lead if offices else "",
            support=offices.support if offices else (),
            source=Source(self.plan.source.document, self.plan.source.sha256, start, end, words),
        )

    def _region(self, phrase: Phrase) -> str:
        """The document's park where the phrase or its heading speaks of the park, else the plan's region."""
        words = self.text[phrase.start : phrase.end] + phrase.part.section.rpartition("/")[2]
        return self.park if self.park and _PARKISH.search(words) else self.plan.region

    def _period(self, figure: Figure, phrase: Phrase) -> Period | None:
        """A figure's period; the year before the plan's is none where the sentence does not say it, nor is the month of a due date."""
        period, own = _period(figure.period), self.plan.period
        if period is None or own is None:
            return period
        words = self.text[phrase.clause.start : phrase.clause.end]
        said = self.text[phrase.clause.sentence : phrase.clause.end]
        before = period.text == str(own.first.year - 1) and period.text not in said
        due = read_time(words, own.first.year).due
        return None if before or (due is not None and due.covers(period)) else period

    def _year(self) -> int | None:
        return self.plan.period.first.year if self.plan.period else None


@cache
def _things() -> frozenset[str]:
    """Counters of things."""
    return frozenset(word for word, unit in units().words.items() if unit.dimension in ("things", "people", "animals"))


def _in_flow(flowing: Flow, figure: Figure) -> Planned:
    """A figure at its place in the flow."""
    places = []
    for offset in (figure.start, figure.end - 1):
        piece = bisect_right(flowing.origins, offset) - 1
        places.append(flowing.starts[piece] + offset - flowing.origins[piece])
    return Planned(places[0], places[1] + 1, figure)


def _park(extract: Extract, plan: Plan) -> str:
    """The park of the plan's region that figures are most often of, empty where there is none."""
    names = Counter(figure.region for figure in extract.figures if figure.region and _PARK_NAME.search(figure.region))
    own = plan.region[:_SHORT]
    return next((name for name, _ in names.most_common() if name != plan.region and name[:_SHORT] == own), "")


def _period(text: str | None) -> Period | None:
    try:
        return read_period(text) if text else None
    except ValueError:
        return None
