"""A clause → the phrases that may each state one goal, with the planned figure in it where there is one.

`引进项目20个、基地3个` is two phrases, the second with the verb of the first. A figure that only tells where, of which size or out of
which list is none of its own: 在5个镇, 20亿元以上项目, 八个方面.
"""

from __future__ import annotations

import re
from bisect import bisect_left
from collections.abc import Iterator, Sequence
from functools import cache
from typing import NamedTuple

from tracker.lexicon import units
from tracker.model import Bound, Figure, Measure
from tracker.plans.clauses import Clause
from tracker.plans.intents import is_frame, opens_with_verb, split_intents, without_manner
from tracker.plans.sections import Aim, Part
from tracker.plans.vocabulary import any_of, head
from tracker.text import Flow

_OPENERS = re.compile(
    rf"(?:{any_of('clauses.openers')}|\d{{1,2}}[.、．](?!\d)|[（(][一二三四五六七八九十\d]{{1,3}}[）)]|[①-⑳]|[#\s、，。；：:*>]|[一二三四五六七八九十]是(?:要)?)+"
)
_CLOSERS = " \t\n，。；：、:;,.!！？*　"
_JOINTS = re.compile(r"、|，|；|和(?!谐)|及|与|以及|并|其中")
_OWN_POINTS = re.compile(
    r"[一二三四五六七八九十两\d]+(?:[个大项件条]?(?:方面|重点工作|工作(?!日)|重点任务)|[个大](?:大局|市场|关系|坚持|必须)|[个项条](?:主要)?(?:指标|举措|措施|政策|要求|原则))"
)
_CIRCLE = re.compile(r"[^，。；、]{0,6}圈")
"""Behind a time: 一小时通勤圈."""
_ANNOUNCES = re.compile(r"(?:是|为|如下|工作|方面|任务|目标|以下.{0,6})$")
_INTRODUCES = re.compile(
    r"特?制[定订]本|特制[定订]|[制拟][定订]如下|现(?:将|就)[^。]{0,40}如下|[提作]出如下|(?:方案|意见|计划|规划|措施|要点|安排)如下|印发给你们|深刻认识"
)
_NEAR = 12
_MARK = re.compile(r"[，、；。：]")
_STOP = re.compile(r"[。！？\n；]")
_PLACED = re.compile(r"(?<![定持制维])[在对]$")
_KINDS = re.compile(r"(?:的)?[^，。；、\d]{0,8}?(?:项目|企业|工程|园区|产业|集群|机组|商户|单位)")
JOINED = re.compile(r"(?:以及|和|及|与|并)(?=[\d.一二三四五六七八九十]+(?:[个家座处条项口套所台辆名户件场]|[万亿]))")
_WILLED = re.compile(rf"{any_of('firmness.ensure', 'firmness.strive')}(?!了)")
_REACHED = re.compile(r"去年的|上年的|(?:已|已经)(?:完成|建成|达到|实现|完工|投产)")
_PASSED = re.compile(r"已|目前|截至|以来|去年|上年|同比|[成现到获增]了|曾|[昨近今]日|了[，。]|建成后|预计|为止|\d月份")
_PAST = re.compile(r"已|目前|截至|去年|上年|累计完成|现有|了|同比|过去")


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


_SENTENCE = 400
"""Characters of a very long sentence that are looked at, before and behind a clause."""


class Phrases:
    """Finds the phrases of one document's clauses."""

    def __init__(self, flowing: Flow, figures: Sequence[Figure]) -> None:
        self.text = flowing.text
        self.figures = [_in_flow(flowing, figure) for figure in figures]
        self.planned = [each for each in self.figures if each.figure.role == "target"]
        self.starts = [each.start for each in self.planned]
        self.reported = [each.start for each in self.figures if each.figure.role == "actual"]
        self.verb, self.verb_end = "", 0

    def of_clause(self, clause: Clause, part: Part, *, sure: bool = True) -> Iterator[Phrase]:
        """The phrases of a clause that may state a goal: one a planned figure, else one a verb.

        `sure` is whether the part as a whole sets goals, not only this sentence of it.
        """
        if part.aim is Aim.GOALS:
            self._promote(clause, sure=sure)
        low, high = bisect_left(self.starts, clause.start), bisect_left(self.starts, clause.end)
        planned = [each for place, each in enumerate(self.planned[low:high], low) if not self._idle(place)]
        if planned and is_frame(self.trimmed(clause.start, clause.end)[2]):
            return
        if not planned:
            if self._reports(clause) or self._announces(clause) or self._introduces(clause):
                return
            start, end, words = self.trimmed(clause.start, clause.end)
            for first, last in split_intents(words):
                yield Phrase(start + first, start + last, clause, part, None)
            return
        begin = clause.start
        for place, each in enumerate(planned):
            end = self._cut(each, planned[place + 1]) if place + 1 < len(planned) else clause.end
            joined = JOINED.match(self.text, begin, end) if begin > clause.start else None
            start, last, words = self.trimmed(joined.end() if joined else begin, end)
            if start < last and not _REACHED.search(words):
                verb = self._shared(start, last, each)
                yield Phrase(min(start, each.start), max(last, each.end), clause, part, each, verb)
            begin = end

    def _shared(self, start: int, end: int, planned: Planned) -> str:
        """The verb that the list says for this member, empty where it has its own or there is none."""
        words = self.text[start:end]
        bare = without_manner(words.removeprefix("其中"))
        own = head(bare, "numbers.shared")
        near = start - self.verb_end < _SENTENCE
        joined = self.verb and near and not _STOP.search(self.text, self.verb_end, start)
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

    def _promote(self, clause: Clause, *, sure: bool) -> None:
        """Take figures for planned that count as reported though they stand in a part for goals, or where 确保 or 力争 is said."""
        if not self._reports(clause) or _PAST.search(self.text, clause.start, clause.end):
            return
        if sure or _WILLED.search(self.text, max(clause.sentence, clause.start - _SENTENCE), clause.end):
            self.plan_all(clause.start, clause.end)

    def looks_ahead(self, start: int, end: int) -> bool:
        """Whether a passage of a story says what is willed and nothing of what is reached."""
        return _WILLED.search(self.text, start, end) is not None and _PASSED.search(self.text, start, end) is None

    def plan_all(self, start: int, end: int) -> None:
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
        if self._describes(place) or self._places(each) or self._names(each):
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

    def _names(self, each: Planned) -> bool:
        """Whether a figure is part of a name or of a measure: 一小时通勤圈, 每50公斤."""
        circle = each.figure.unit in ("小时", "分钟", "天") and _CIRCLE.match(self.text, each.end)
        title = self.text.rfind("《", max(0, each.start - _NEAR), each.start)
        quoted = title >= 0 and "》" not in self.text[title : each.start]
        return bool(circle) or quoted or self.text[each.start - 1 : each.start] == "每"

    def _announces(self, clause: Clause) -> bool:
        """Whether a clause only leads to what is listed behind its colon."""
        return clause.mark in "：:" and _ANNOUNCES.search(self.text, clause.start, clause.end) is not None

    def _introduces(self, clause: Clause) -> bool:
        """Whether a clause stands in the sentence that says why there is a plan: 为加快…，特制定本方案."""
        far = min(len(self.text), clause.end + _SENTENCE)
        ends = (self.text.find("。", clause.end, far), self.text.find("\n", clause.end, far))
        end = min((place for place in ends if place >= 0), default=far)
        return _INTRODUCES.search(self.text, max(clause.sentence, clause.start - _SENTENCE), end) is not None

    def _reports(self, clause: Clause) -> bool:
        """Whether a clause tells a figure that is reached."""
        place = bisect_left(self.reported, clause.start)
        return place < len(self.reported) and self.reported[place] < clause.end

    def trimmed(self, start: int, end: int) -> tuple[int, int, str]:
        """A stretch without what only connects or numbers it, and its words."""
        while start < end and (match := _OPENERS.match(self.text, start, end)) and match.end() > start:
            start = match.end()
        while end > start and self.text[end - 1] in _CLOSERS:
            end -= 1
        return start, end, self.text[start:end]


@cache
def _things() -> frozenset[str]:
    """Counters of things."""
    return frozenset(word for word, unit in units().words.items() if unit.dimension in ("things", "people", "animals"))


def _in_flow(flowing: Flow, figure: Figure) -> Planned:
    """A figure at its place in the flow."""
    return Planned(flowing.place(figure.start), flowing.place(figure.end - 1) + 1, figure)
