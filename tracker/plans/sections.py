"""The flow of a plan document → its parts: passages with the headings above them, what they are for, and who leads.

`（一）做强产业 / 1.招商引资。引进项目20个。（县商务局牵头）` is one part, `引进项目20个。`, of section 做强产业/招商引资, led by 县商务局.
"""

from __future__ import annotations

import re
from bisect import bisect_left
from collections.abc import Iterator, Sequence
from enum import StrEnum
from typing import NamedTuple

from tracker.plans.leads import BRACKET, LINE, Offices, read_offices
from tracker.plans.titles import KNOWN, Nature, read_terms, says_term
from tracker.plans.vocabulary import acting, any_of, group, pattern

_NUMBERS = (
    (10, re.compile(r"第[一二三四五六七八九十百]{1,3}[编篇部章]分?")),
    (20, re.compile(r"第[一二三四五六七八九十百]{1,3}[节条]")),
    (30, re.compile(r"[一二三四五六七八九十]{1,3}[、.．](?!是)")),
    (40, re.compile(r"[（(][一二三四五六七八九十]{1,3}[）)]")),
    (50, re.compile(r"\d{1,3}(?:[.、．](?!\d)|\s)")),
    (60, re.compile(r"[（(]\d{1,2}[）)]|\d{1,2}[）)]")),
    (70, re.compile(r"[①-⑳]")),
)
_CHAPTER = 30
"""Down to this level a line alone is a heading whatever follows it."""
_BARE = 80
_INLINE = 90
"""A heading without a number before its paragraph's text: it ends with the paragraph."""
_BULLET = re.compile(r"[●◆■★▲•·▪※○◇□►>*—–-]")
_MARKDOWN = re.compile(r"#{1,6}\s*")
_ROOT = 0
_LONGEST = 46
_LONGEST_INLINE = 30
_SHORTEST_INLINE = 2
_LONGEST_BARE = 10
_LONGEST_REVIEW = 16
_REVIEW = pattern("headings.review")
_TIMED = re.compile(
    r"(?:今年|明年|20\d\d年|今后|未来|下一步|下一阶段|新的一年|本届)[^，。]{0,12}(?:工作|重点|主要|发展|目标|任务|建议|安排|打算)"
)
_GOALS = re.compile(rf"{_TIMED.pattern}|{any_of('headings.goals')}")
_BOTH = re.compile(r"(?:回顾|总结|成就|成效)[和及、与].*(?:目标|任务|安排|打算)")
"""A heading of a part that looks back first."""
_OPENING = 40
_PRINCIPLES = pattern("headings.principles")
_MEANS = pattern("headings.means")
_REACHED = re.compile(r"(?:完成|实现|好于|高于|达到|超过)[^，。；]{0,12}$")
_TURNS = re.compile(
    rf"{any_of('headings.turns')}[^。；]{{0,8}}[是为：:]|(?:今年|20\d\d年)[^。；]{{0,10}}(?:重点|着重|主要)(?:抓好|做好|推进)"
    r"|(?:重点|着重|着力|主要)(?:抓好|做好)(?:以下|[一二三四五六七八九十\d])"
)
_LED = re.compile(
    rf"([^，。：]{{2,30}}?{any_of('leads.offices')})(?:牵头|负责)(?:的|落实)?(?:工作|任务|事项|项目)?(?:[（(]|$)"
)
"""A heading that says who leads what stands under it: 县商务局牵头工作（8项）."""
_GLOSSARY = re.compile(r"名词解释|名词注释|注释$")
_BACK = re.compile(r"20\d\d年(?:以来)?(?:主要)?(?:工作|政府工作|经济)?(?:回顾|完成|情况|总结)")
_LOOKS_BACK = re.compile(r"(?:回顾|总结|成就|成效)$")
_REPORT = re.compile(r"工作报告$")
"""A title repeated above the text."""
_END = "。！？；：:;，,、"


class Aim(StrEnum):
    """What a part of a document is for."""

    GOALS = "goals"
    PRINCIPLES = "principles"
    MEANS = "means"
    REVIEW = "review"
    STORY = "story"


class Part(NamedTuple):
    """A passage [start, end) of the flow. `section` is the path of its headings, those that tell nothing left out.

    `term` is the period (ISO text) that the nearest of its headings states, None where none does.
    `subject` is what a passage is about that does not name it: of a cell of goals, the task of its row.
    """

    start: int
    end: int
    section: str
    aim: Aim
    offices: Offices | None
    term: str | None = None
    subject: str = ""


class _Heading(NamedTuple):
    """A heading. `terms` are the periods it announces, in order; `waits` is whether what it announces stands behind a review."""

    level: int
    title: str
    aim: Aim | None
    offices: Offices | None = None
    terms: tuple[str, ...] = ()
    waits: bool = False


class _Draft(NamedTuple):
    """A part whose office is not known yet; `group_` counts the headings before it."""

    part: Part
    heading: int
    inline: bool


def read_parts(text: str, nature: Nature, figures: Sequence[int], *, planned: bool = True) -> list[Part]:
    """The parts of a flow, in order.

    `figures` are the places of its figures: what states one is no heading. `planned` is whether most of them are planned
    figures, which tells in a report without a part of its own for goals whether it sets any.
    """
    return _Parts(text, nature, figures, planned=planned).read()


class _Parts:
    """Goes through the paragraphs of one document, from the first to the last."""

    def __init__(self, text: str, nature: Nature, figures: Sequence[int], *, planned: bool) -> None:
        self.text = text
        self.figures = figures
        self.nature = nature
        first = {Nature.PLAN: Aim.GOALS, Nature.REPORT: Aim.REVIEW, Nature.OTHER: Aim.STORY}[nature]
        if nature is Nature.REPORT and not self._turns():
            first = Aim.GOALS if planned else Aim.STORY
        self.stack = [_Heading(_ROOT, "", first)]
        self.parts: list[Part] = []
        self.open = 0
        """Parts from here on wait for their office."""
        self.line: tuple[int, int] | None = None
        """Where the lines before this one began that say who leads, and the first part they lead."""
        self.lone = 0
        """Parts from here on stand under the last heading that has a line of its own."""

    def read(self) -> list[Part]:
        """All parts."""
        lines = list(_lines(self.text))
        for place, (start, end) in enumerate(lines):
            following = lines[place + 1] if place + 1 < len(lines) else None
            if end - start <= _LONGEST_REVIEW and _GLOSSARY.search(self.text, start, end):
                break
            if "\t" in self.text[start:end] or self.text[start] == "|":
                continue
            self._paragraph(start, end, following)
        return self.parts

    def _paragraph(self, start: int, end: int, following: tuple[int, int] | None) -> None:
        text = self.text
        if LINE.match(text, start, end):
            begin, first = self.line if self.line is not None and self.line[0] < start else (start, self.lone)
            offices = read_offices(text[begin:end])
            if offices is not None:
                self._assign(offices, first, again=begin < start)
                self.line = (begin, first)
                return
        self.line = None
        self._close(_INLINE)
        level, body = _number(text, start, end)
        unmarked = level is None and end - start <= _LONGEST and text[end - 1] not in f"{_END}|"
        if unmarked and not self.parts and KNOWN.search(text, start, end):
            return  # the document's own title
        title_end = self._title(level, body, end, following)
        if title_end is not None:
            title = text[body:title_end].strip("*# 　")
            offices = None
            if bracket := BRACKET.search(title):
                offices = read_offices(bracket[1])
                title = title[: bracket.start()] if offices else title
            lone = title_end >= end - 1
            self._open_heading(level or (_BARE if lone else _INLINE), title, lone=lone)
            body = title_end + 1
        elif level is not None:
            self._close(level)
            self.open = len(self.parts)
        self._passages(body, end)

    def _title(self, level: int | None, body: int, end: int, following: tuple[int, int] | None) -> int | None:
        """Where the heading that a paragraph begins with ends, None when it begins with none."""
        text = self.text
        if level is None and _BULLET.match(text, body):
            return None
        stop = text.find("。", body, end)
        colon = text.find("：", body, min(end, body + _LONGEST_INLINE))
        if stop < 0 and text[end - 1] not in _END:
            lone = end - body <= _LONGEST and not self._planned(body, end)
            return end if lone and self._heads(level, following) else None
        if colon >= 0 and level is not None and (stop < 0 or colon < stop) and not self._planned(body, colon):
            return colon
        longest = _LONGEST_INLINE if level is not None else _LONGEST_BARE
        bare = level is None and ("，" in text[body:stop] or text[end - 1] not in "。；）)")
        if stop < 0 or stop - body > longest or bare or self._planned(body, stop):
            return None
        if stop >= end - 1:
            return stop if level is not None and self._heads(level, following, lone=False) else None
        return None if text[stop + 1] in "（(〔【" and BRACKET.fullmatch(text, stop + 1, end) else stop

    def _heads(self, level: int | None, following: tuple[int, int] | None, *, lone: bool = True) -> bool:
        """Whether a line alone stands above something: not one of a list, nor the last line. `lone`: it has no full stop."""
        if following is None:
            return False
        if not lone and LINE.match(self.text, *following):
            return False
        if lone and level is not None and level <= _CHAPTER:
            return True
        next_level, _ = _number(self.text, *following)
        if level is None:
            return True
        return next_level is None or next_level > level

    def _planned(self, start: int, end: int) -> bool:
        """Whether a figure stands there, but for one in brackets: （8项）."""
        low, high = bisect_left(self.figures, start), bisect_left(self.figures, end)
        return any(self.text[place - 1] not in "（(" for place in self.figures[low:high])

    def _close(self, level: int) -> None:
        while self.stack[-1].level >= level:
            self.stack.pop()

    def _open_heading(self, level: int, title: str, *, lone: bool) -> None:
        self._close(level)
        aim = self._aim_of(title)
        if self.nature is not Nature.PLAN and aim is Aim.GOALS:
            self._turn()
        led = _LED.match(title)
        waits = self.nature is Nature.REPORT and aim is Aim.REVIEW and _BOTH.search(title) is not None
        offices = read_offices(f"{led[1]}牵头") if led else None
        self.stack.append(_Heading(level, title, aim, offices, tuple(read_terms(title)), waits))
        self.open = len(self.parts)
        if lone:
            self.lone = len(self.parts)

    def _aim_of(self, title: str) -> Aim | None:
        """What a heading turns the text to, None where it leaves it as it is: a review's own headings do, but for one of a year to come."""
        aim = self._said(title)
        within = any(heading.aim is Aim.REVIEW for heading in self.stack[1:])
        return None if aim is Aim.GOALS and within and not _TIMED.search(title) else aim

    def _said(self, title: str) -> Aim | None:
        """What the words of a heading turn the text to."""
        acts = acting(title, "directions.rising", "directions.falling", "milestones.verbs") and not _REVIEW.match(title)
        short = len(title) <= _LONGEST_REVIEW and "，" not in title and not acts
        if _REPORT.search(title):
            return None
        if (
            _BACK.search(title)
            or _LOOKS_BACK.search(title)
            or (self.nature is Nature.REPORT and _BOTH.search(title) and not acts)
            or (short and _REVIEW.search(title) and not _GOALS.search(title))
        ):
            return Aim.REVIEW
        if self.nature is not Nature.PLAN:
            return Aim.GOALS if _GOALS.search(title) else None
        if "目标" in title:
            return Aim.GOALS
        if _PRINCIPLES.search(title):
            return Aim.PRINCIPLES
        return Aim.MEANS if _MEANS.search(title) else None

    def _aim(self) -> Aim:
        return next(heading.aim for heading in reversed(self.stack) if heading.aim is not None)

    def _section(self) -> str:
        """The path of the last two headings that tell a section from another."""
        titles = [heading.title for heading in self.stack[1:] if heading.title]
        telling = [title for title in titles if not title.startswith(group("headings.general"))]
        return "/".join((telling or titles)[-2:])

    def _passages(self, start: int, end: int) -> None:
        """The passages of a paragraph, cut at brackets that say who leads."""
        place = start
        for bracket in BRACKET.finditer(self.text, start, end):
            offices = read_offices(bracket[1])
            if offices is None or not _closes(self.text, bracket, end):
                continue
            self._add(place, bracket.start())
            self._assign(offices, self.open)
            place = bracket.end()
        self._add(place, end)

    def _add(self, start: int, end: int) -> None:
        while start < end and self.text[start] in "。；，、 ":
            start += 1
        if start >= end:
            return
        if self._aim() is not Aim.GOALS and (_turning(self.text, start, end) or self._waited(start, end)):
            self._turn()
        term = self._term(self.text[start : min(end, start + _OPENING)])
        led = next((heading.offices for heading in reversed(self.stack) if heading.offices), None)
        self.parts.append(Part(start, end, self._section(), self._aim(), led, term))

    def _waited(self, start: int, end: int) -> bool:
        """Whether a passage begins with the time to come that its heading announces behind a review."""
        opening = self.text[start : min(end, start + _OPENING)]
        return any(says_term(term, opening) for heading in self.stack if heading.waits for term in heading.terms[:1])

    def _term(self, opening: str) -> str | None:
        """The period of the nearest heading that states one; of several the one that the passages have come to."""
        place = next((place for place in reversed(range(len(self.stack))) if self.stack[place].terms), None)
        if place is None:
            return None
        terms = self.stack[place].terms
        if len(terms) > 1 and says_term(terms[1], opening):
            terms = terms[1:]
            self.stack[place] = self.stack[place]._replace(terms=terms)
        return terms[0]

    def _turn(self) -> None:
        """From here on the document sets goals."""
        if self.nature is not Nature.PLAN:
            self.stack[0] = self.stack[0]._replace(aim=Aim.GOALS)
        self.stack[1:] = [heading._replace(aim=None) for heading in self.stack[1:]]

    def _turns(self) -> bool:
        """Whether anything in the document turns it to its goals."""
        return any(
            _turning(self.text, start, end)
            or (
                end - start <= _LONGEST
                and not KNOWN.search(self.text, max(start, end - 10), end)
                and self._said(self.text[start:end]) is Aim.GOALS
            )
            for start, end in _lines(self.text)
        )

    def _assign(self, offices: Offices, first: int, *, again: bool = False) -> None:
        """Give the parts from `first` on that have none their offices; `again` where the line before gave them some of these."""
        for place in range(first, len(self.parts)):
            known = self.parts[place].offices
            if known is None or (again and known.lead == offices.lead):
                self.parts[place] = self.parts[place]._replace(offices=offices)
        self.open = len(self.parts)


def _turning(text: str, start: int, end: int) -> bool:
    """Whether a passage says what the goals are: not that they were reached."""
    return any(
        not _REACHED.search(text, max(start, match.start() - 16), match.start())
        for match in _TURNS.finditer(text, start, end)
    )


def _closes(text: str, bracket: re.Match[str], end: int) -> bool:
    """Whether a bracket closes a sentence or paragraph."""
    return (
        bracket.end() >= end
        or text[bracket.end()] in "。；\n"
        or text[bracket.start() - 1] in "。；"
        or "牵头" in bracket[1]
    )


def _lines(text: str) -> Iterator[tuple[int, int]]:
    place = 0
    for line in text.split("\n"):
        if line.strip():
            yield place, place + len(line)
        place += len(line) + 1


def _number(text: str, start: int, end: int) -> tuple[int | None, int]:
    """(level, where the words begin) of a paragraph; level None where it has no number and no mark of Markdown."""
    level = None
    if mark := _MARKDOWN.match(text, start, end):
        level, start = len(mark[0].strip()), mark.end()
    while start < end and text[start] in "*　 ":
        start += 1
    for rank, number in _NUMBERS:
        if match := number.match(text, start, end):
            return rank, match.end()
    return level, start
