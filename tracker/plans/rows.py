"""The rows of a task table → targets: goals out of the cells of goals and of tasks, who, when and in which section out of the others.

What the cells mean as text is read by `read`, the reader of passages; here is only what a row adds.
`招商引资⇥引进项目20个⇥县商务局⇥6月底前` gives one target: 引进项目, led by 县商务局, due in June.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable, Iterator
from decimal import Decimal
from functools import cache

from tracker.lexicon import load, units
from tracker.model import Kind, Target
from tracker.periods import Period, read_period
from tracker.plans.cells import MARKUP, Cell, unnumbered
from tracker.plans.intents import Intent, opens_with_verb, read_intent, without_manner
from tracker.plans.sections import Aim, Part
from tracker.plans.tables import Row, TaskTable
from tracker.plans.times import Time, read_time
from tracker.plans.vocabulary import group, head, tail

_MONTH = re.compile(r"(?<!\d)(?:(20\d\d)[年./-])?(\d{1,2})(?:月|[./-]\d{1,2}(?!\d)|(?<=[年./-]\d)$|(?<=[年./-]\d\d)$)")
_QUARTER = re.compile(r"(?:(20\d\d)年)?第?([一二三四1-4])季度")
_HALF = re.compile(r"(?:(20\d\d)年)?([上下])半年")
_YEARS = re.compile(r"(20\d\d)")
_ALONE = re.compile(r"[≥≤<>约]?\d[\d,.]*[%％]?(?:以上|以内|左右)?")
_TABLE = re.compile(r"(?:表格?|清单|台账|附件\d*|[Ss]heet\d*)$")
"""Names of tables and sheets, which tell no section from another."""
_QUARTERS = {name: str(number) for number, name in enumerate("一二三四", 1)}
_MONTHS = 12
_SHORTEST = 4
_LONGEST_DATE = 24
"""Longer cells tell steps on the way."""
_MARKS = "，。；：、:;,（）() "

Read = Callable[[Part], Iterable[Target]]


def table_targets(
    table: TaskTable, where: Part, period: Period | None, read: Read, fallback: Callable[[Part], Target]
) -> Iterator[Target]:
    """The targets of a table, row by row.

    `where` is the passage that the table stands for, `period` what holds where a row says none. `fallback` makes a target of a task
    that says in no known way what is to become of it.
    """
    if where.aim is Aim.REVIEW:
        return
    around = "/".join(name for name in where.section.split("/") if not _TABLE.search(name))
    for row in table.rows:
        here = where._replace(section=row.section or around, aim=Aim.GOALS, offices=row.offices or where.offices)
        found = list(_of_row(row, here, read) if table.assigned else _numbers(row.unknown, here, row.subject, read))
        if table.assigned and not found and row.tasks and len(row.tasks[0].text) >= _SHORTEST:
            found = [fallback(_at(row.tasks[0], here, ""))]
        time = read_dates(row.due, period)
        for target in sorted(found, key=lambda each: each.source.start or 0):
            yield _timed(target, time, period)


def _of_row(row: Row, here: Part, read: Read) -> Iterator[Target]:
    """Goals of the cells of goals; of the task's own words all where those give none, else only its numbers."""
    found = [_in_unit(target, cell.unit) for cell in row.goals for target in read(_at(cell, here, row.subject))]
    yield from found
    if found:
        yield from _numbers(row.tasks, here, "", read)
    else:
        yield from (target for cell in row.tasks for target in read(_at(cell, here, "")))
    yield from _numbers(row.unknown, here, row.subject, read)


def _numbers(cells: Iterable[Cell], here: Part, subject: str, read: Read) -> Iterator[Target]:
    for cell in cells:
        for target in read(_at(cell, here, subject)):
            if target.quantity is not None:
                yield _in_unit(target, cell.unit)


def _at(cell: Cell, here: Part, subject: str) -> Part:
    """The passage that a cell is. Of a number alone the heading tells what it is of the row's subject."""
    more = cell.heading if subject and _ALONE.fullmatch(cell.text) else ""
    return here._replace(start=cell.start, end=cell.end, subject=subject + more)


def _in_unit(target: Target, word: str) -> Target:
    """A target whose number stands alone in its cell, in the unit that its row or heading gives."""
    quantity, unit = target.quantity, units().read(word)
    if quantity is None or unit is None or quantity.base != unit.base or quantity.unit != quantity.base:
        return target
    if quantity.base in target.source.phrase:
        return target
    high = None if quantity.value_high is None else _divided(quantity.value_high, unit.factor)
    value = _divided(quantity.value, unit.factor)
    return target._replace(quantity=quantity._replace(value=value, value_high=high, unit=unit.text, factor=unit.factor))


def _divided(value: Decimal, factor: Decimal) -> Decimal:
    number = (value / factor).normalize()
    return number.quantize(Decimal(1)) if number == number.to_integral_value() else number


def _timed(target: Target, time: Time, period: Period | None) -> Target:
    """A target with the row's time, where its own words say none. A date behind its period is a date of a later period."""
    if time.period is not None and target.period == period:
        target = target._replace(period=time.period)
    if time.due is not None and target.due is None:
        target = target._replace(due=time.due)
        if target.period is not None and time.due.first > target.period.last:
            target = target._replace(period=read_period(str(time.due.first.year)))
    return target


def read_dates(text: str, period: Period | None) -> Time:
    """What a cell of dates says: `6月底前`, `2024.6`, 三季度 are due dates, `2025年底` is a period, 全年 and 长期 are nothing.

    A due date is of the plan's year where the cell names none; of several it is the last. What tells more
    than a date gives none.
    """
    if "%" in text or len(text) > _LONGEST_DATE:
        return Time()
    plans = str(period.first.year) if period and period.first.year == period.last.year else ""
    dates = [
        (match[1] or plans, part)
        for pattern, name in ((_MONTH, _month), (_QUARTER, _quarter), (_HALF, _half))
        for match in pattern.finditer(text)
        if (part := name(match))
    ]
    if dates:
        year, part = dates[-1]
        return Time(due=read_period(f"{year}-{part}")) if year else Time()
    years = _YEARS.findall(text)
    return Time(period=read_period(years[-1])) if years else read_time(text, None)


def _month(match: re.Match[str]) -> str:
    return f"{int(match[2]):02}" if 1 <= int(match[2]) <= _MONTHS else ""


def _quarter(match: re.Match[str]) -> str:
    return f"Q{_QUARTERS.get(match[2], match[2])}"


def _half(match: re.Match[str]) -> str:
    return "H2" if match[2] == "下" else "H1"


def read_about(words: str, subject: str, aim: Aim) -> Intent | None:
    """The goal that a cell's words set, those of its row's task before them where they name nothing themselves: 12月底前建成投用."""
    intent, bare = read_intent(words, aim), without_manner(words)
    if subject and (intent is None or tail(bare, "milestones.ends") == bare):
        return read_intent(subject + bare, aim) or intent
    if intent is None or not subject or opens_with_verb(subject) or set(intent.indicator) & set(subject):
        return intent
    return intent._replace(indicator=subject + intent.indicator) if intent.kind is Kind.MILESTONE else intent


def name_goal(indicator: str, words: str, subject: str) -> str:
    """What a number measures whose own words may not name it: 增长8% under the subject 工业增加值 is of that.

    A verb that means something of its own stays: 新增15家 under 规上企业 is of 新增规上企业.
    """
    if MARKUP.search(indicator):
        indicator = unnumbered(MARKUP.split(indicator)[-1])
    if not subject:
        return indicator
    bare = without_manner(indicator).strip(_MARKS)
    named = (indicator in words and bare not in _bare()) or (bool(indicator) and indicator in subject)
    if named:
        return indicator
    bare = without_manner(subject)
    carrier = head(bare, "milestones.carriers")
    subject = bare[len(carrier) :] if carrier and len(bare) > len(carrier) + 1 else subject
    verb = indicator if indicator in group("numbers.meaning") else ""
    return subject if subject.startswith(verb) else verb + subject


@cache
def _bare() -> frozenset[str]:
    return frozenset((*load("columns")["headings"]["bare"], *group("numbers.shared"), ""))
