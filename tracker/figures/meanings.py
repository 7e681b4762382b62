"""What each quantity of a text means where it stands: measure and sign, role, period, region, indicator, each with its `why`.

One pass over the sentences: nearest statement wins, a paragraph's opening is carried on, headings turn the document to a place, to what
was done or to what is to be done. What no statement gives stays None.
"""

from __future__ import annotations

import re
from bisect import bisect_left
from collections.abc import Iterable, Sequence
from typing import NamedTuple

from tracker.figures.coverage import Situation, read_coverage
from tracker.figures.indicators import read_indicator, without_region
from tracker.figures.lists import listed_names
from tracker.figures.measures import read_measure
from tracker.figures.places import find_mentions
from tracker.figures.quantities import Found
from tracker.figures.roles import read_role
from tracker.figures.settings import HEADING, Setting, find_setting
from tracker.figures.spots import Spot, find_spots
from tracker.figures.statements import Stated, Years, find_periods
from tracker.figures.subjects import Subjects
from tracker.figures.words import any_of, pattern

_SENTENCE = re.compile(r"[^。！？!?\n]{1,1000}[。！？!?\n]?")
_GOALS = pattern("headings.goals")
_DONE = pattern("headings.done")
_AHEAD = re.compile(rf"[二三四五六]、[^。]*{any_of('headings.ahead')}")
_OPENS_PARAGRAPH = re.compile(r"(?:^|\n)(?:各位代表[！，：])?$")
_PART_OF = ("（", "(")
_STATES_GOALS = re.compile(r"(?:预期|主要|工作|奋斗|发展)目标[^。]{0,6}[是为：:]")
_MAYBE_PERIOD = re.compile(r"年|月|季度")
_ONGOING = ("其中", "（其中", "(其中")
_OWN_WORDS = ("before", "after", "around", "list")
_LIST_MARKS = ("、", "或", "和", "及")
_REACHED = ("达到", "达", "至", "到")
_DONE_WORDS = re.compile(r"已|目前|截至|完成")
_CLAUSE_MARK = re.compile(r"[，；。：]")
_SPAN = 9
"""Characters of a period of years: 2021/2025."""
_LEADS = 14
"""Characters of a sentence within which a period is said for what follows, too."""


class Meaning(NamedTuple):
    """The attributes of one quantity. `falls` is the sign of a rate; `why` says for each attribute where it came from.

    What stands there: `before`, `after`, `around`, `clause`, `earlier`, `words`, `unit`, `year`, `list`, `figure before`. What is
    carried: `sentence`, `paragraph`, `section`, `document`, `compared`, `after completion`; of tables `row`, `column`. Of background:
    `class`, `name`, `capacity`, `base`, `way`, `quoted`, `threshold`, `small`. Else `default`, `nothing`.
    """

    measure: str
    falls: bool
    role: str
    period: str | None
    region: str | None
    indicator: str
    why: dict[str, str]


class Reader:
    """Reads the meanings of the quantities of one document, from the first to the last."""

    def __init__(self, text: str, region: str | None, period: str | None, known: Iterable[str] = ()) -> None:
        self.text = text
        mentions = find_mentions(text, known)
        self.setting: Setting = find_setting(text, mentions, region, period)
        self.subjects = Subjects(text, mentions, self.setting)
        self.goals = self.setting.plan
        self.review = False
        self.period = self.setting.period
        self.parts: frozenset[str] = frozenset()
        self.carried: Stated | None = None
        self.told: int | None = None
        self.last: Meaning | None = None

    def read(self, figures: Sequence[Found]) -> list[Meaning]:
        """The meanings of the figures, in their order."""
        starts = [figure.core for figure in figures]
        meanings: list[Meaning] = []
        low = 0
        for match in _SENTENCE.finditer(self.text):
            start, end = match.span()
            high = bisect_left(starts, end, low)
            if start and self.text[start - 1] == "\n":
                self.carried = None
                self.subjects.open_paragraph(start)
            heading = end - start < HEADING and self.text[end - 1] == "\n"
            self.subjects.open_sentence(start, end, heading=heading, busy=low < high)
            if heading or self.text.find("目标", start, end) >= 0:
                self._turn(start, end, heading=heading)
            if low < high:
                periods = find_periods(self.text[start:end], start, self._years())
                meanings += self._sentence(find_spots(self.text, figures[low:high], start, end), periods)
                if periods:
                    self._carry(periods, start)
            elif _MAYBE_PERIOD.search(self.text, start, min(end, start + _LEADS + 2)):
                self._carry(find_periods(self.text[start : min(end, start + HEADING)], start, self._years()), start)
            self.subjects.close_sentence(start, end)
            low = high
        return meanings

    def stated(self, text: str) -> str | None:
        """The period a short text such as a column's heading states."""
        return next(
            (each.text for each in find_periods(text, 0, self._years()) if each.text and each.kind == "said"), None
        )

    def _years(self) -> Years:
        """What 今年 and 全年 mean here: a report to the congress speaks of the year before as 全年."""
        this = self.setting.year
        back = self.setting.look_back and not self.goals and this is not None
        whole = this - 1 if back and this else self.told or self.setting.reported
        period = self.setting.period or ""
        planned = self.setting.plan and len(period) == _SPAN and "/" in period
        return Years(this, whole, int(period[:4]) - 1 if planned else whole)

    def _carry(self, periods: list[Stated], start: int) -> None:
        leading = next((each for each in periods if each.place - start < _LEADS and each.kind != "base"), None)
        self.carried = leading or self.carried
        if leading and leading.text in self.parts and _OPENS_PARAGRAPH.search(self.text, max(0, start - _LEADS), start):
            self.period = leading.text
        if leading and leading.text and leading.text.isdecimal() and not self.setting.sure:
            self.told = int(leading.text)  # the year that 全年 means from here on

    def _turn(self, start: int, end: int, *, heading: bool) -> None:
        """A heading, or an opening sentence, that turns the text to what was done or to what is to be done."""
        states = None if heading else _STATES_GOALS.search(self.text, start, end)
        if not heading and states is None:
            return
        sentence, year = self.text[start : states.end() if states else end], self.setting.year
        if self.setting.look_back and not self.goals and heading and sentence.startswith(_PART_OF):
            return  # one of the chapters of what was done: （六）办好民生实事
        goals, done = _GOALS.search(sentence), _DONE.search(sentence)
        goals = goals or (_AHEAD.match(sentence) if self.setting.look_back and heading else None)
        if not goals and not (heading and done):
            return
        periods = find_periods(sentence, 0, self._years())
        stated = next((each.text for each in periods if each.text and each.kind == "said"), None)
        if goals and not done:
            self.goals = True
            self.period = stated or (str(year) if year else None)
        elif heading and done:
            self.goals, self.review = False, True
            said = frozenset(each.text for each in periods if each.text)  # 和2025年 is not compared with here
            self.parts = said if len(said) > 1 and self.setting.look_back else frozenset()
            back = str(year - 1) if year and self.setting.look_back else None
            self.period = stated or back or (None if self.setting.plan else self.setting.period)

    def _sentence(self, spots: Sequence[Spot], periods: list[Stated]) -> list[Meaning]:
        """The meanings of the figures of one sentence."""
        result: list[Meaning] = []
        last_level, measured = "", None
        names, echoes = listed_names(spots)
        ongoing = self.text.startswith(_ONGOING, spots[0].begin)
        now = Situation(self.setting, self.period, self.goals, self.carried, None)
        for index, spot in enumerate(spots):
            measured = read_measure(spot, measured)
            listed = names.get(index, "") or (result[echoes[index]].indicator if index in echoes else "")
            indicator, why_indicator = read_indicator(spot, measured.measure, last_level, listed)
            if why_indicator in _OWN_WORDS or not last_level:
                last_level = indicator
            role, why_role = read_role(spot, self.setting, goals=self.goals, review=self.review)
            if role == "actual" and result and result[-1].role == "target" and (_listed(spot) or _next_goal(spot)):
                role, why_role = "target", "list"
            last = self.last
            if last and why_role == "section" and last.role != "background" and (ongoing or _parted(spot)):
                role, why_role = last.role, "figure before"
            if last and ongoing:
                now = now._replace(before=last.period)
            period, why_period = read_coverage(spot, periods, now, role, why_role)
            region, why_region = self.subjects.region_of(spot)
            indicator = without_region(indicator, region, spot.figure.unit)
            why = {
                "measure": measured.why,
                "role": why_role,
                "period": why_period,
                "region": why_region,
                "indicator": why_indicator,
            }
            self.last = Meaning(measured.measure, measured.falls, role, period, region, indicator, why)
            result.append(self.last)
        return result


def _listed(spot: Spot) -> bool:
    """Whether a figure is one more of a list in one clause: 50亿元项目2个、30亿元项目6个."""
    between = spot.between
    return between is not None and between[:1] in _LIST_MARKS and _CLAUSE_MARK.search(between) is None


def _next_goal(spot: Spot) -> bool:
    """Whether a clause after a goal's sets one more: 力争…达到3亿元；工业增加值达到2亿元."""
    between = spot.between or ""
    return "；" in between and between.endswith(_REACHED) and _DONE_WORDS.search(between) is None


def _parted(spot: Spot) -> bool:
    """Whether a figure tells a part of the one before, with 其中 between."""
    between = spot.between
    return between is not None and "其中" in between
