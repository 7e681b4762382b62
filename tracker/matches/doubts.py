"""Words around a number that make it no result, or a number of another time or place: such a figure may be listed and proves nothing.

`引进项目任务60个` is a task, `自2020年以来引进项目560个` a sum of years, `增长8.6%的目标没有实现` a goal. The words stand in
`lexicon/indicators.toml`.
"""

from __future__ import annotations

import re
from functools import cache
from typing import NamedTuple

from tracker.lexicon import load, longest
from tracker.model import Evidence, Measure, Target

_BASE = re.compile(r"(?:[比较]|相比|是)((?:19|20)\d\d)年")
_YEAR = 370
"""Days of a period that is a year or less."""


class _Words(NamedTuple):
    before: re.Pattern[str]
    after: re.Pattern[str]
    since: re.Pattern[str]
    holidays: re.Pattern[str]
    ranks: re.Pattern[str]
    wider: re.Pattern[str]
    parks: re.Pattern[str]
    park: re.Pattern[str]


@cache
def _words() -> _Words:
    table = load("indicators")["doubts"]
    not_this = "".join(f"(?<!{re.escape(word)})" for word in table["this_year"])
    since = longest(word for word in table["since"] if word != "以来")
    return _Words(
        before=re.compile(longest(table["before"])),
        after=re.compile(f"(?:左右|以上|以内)?(?:{longest(table['after'])})"),
        since=re.compile(f"{not_this}以来|{since}"),
        holidays=re.compile(longest(table["holidays"])),
        ranks=re.compile(longest(table["ranks"])),
        wider=re.compile(f"(?:^|年|，)(?:{longest(table['wider'])})(?!第|前|平均|领先|各|性|首)"),
        parks=re.compile(f"(?:全|该)?(?:{longest(table['parks'])})"),
        park=re.compile(f"(?:{longest(table['parks'])})$"),
    )


def find_doubt(target: Target, evidence: Evidence) -> str:
    """The word that makes a figure doubtful as evidence of a target; empty where none does."""
    words, figure = _words(), evidence.figure
    if figure is None:
        return ""
    place = evidence.sentence.find(evidence.before + evidence.text)
    told = evidence.sentence[: max(place, 0)] + evidence.before
    found = words.before.search(evidence.before) or words.after.match(evidence.after)
    if found is None and figure.measure is Measure.RANK:
        found = words.ranks.search(evidence.before) or words.ranks.search(evidence.after)
    if found is None and _is_short(target):
        found = words.since.search(told) or words.holidays.search(told) or _from_long_ago(evidence)
    if found is None and evidence.region != "全国":
        found = words.wider.search(evidence.before)
    if found is None and evidence.region is not None and not words.park.search(evidence.region):
        found = words.parks.match(evidence.before)
    return found[0] if found else ""


def _from_long_ago(evidence: Evidence) -> re.Match[str] | None:
    """Where a growth is told from another year than the one before: 比2005年增长."""
    match, period = _BASE.search(evidence.before), evidence.period
    if match is None or (period is not None and int(match[1]) == period.first.year - 1):
        return None
    return match


def _is_short(target: Target) -> bool:
    """Whether a target's time is a year or less."""
    period = target.period
    return period is not None and (period.last - period.first).days < _YEAR
