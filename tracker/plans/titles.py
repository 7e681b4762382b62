"""What a plan document calls itself, and whether it plans, looks back first, or tells."""

from __future__ import annotations

import re
from enum import StrEnum

from tracker.plans.vocabulary import pattern

_LINES = 14
_LONGEST = 60
_NO_TITLE = re.compile(
    r"附件|附：|附录|索引号|.{0,12}[〔\[（(]?20\d\d[〕\]）)]?\d*号$|各[^。]{2,}[：:]$|(?:来源|发布|时间|日期|作者|文号|主题词)|20\d\d年\d|当前位置|目录$"
)
_CHAPTER = re.compile(
    r"[一二三四五六七八九十]{1,3}、|第[一二三四五六七八九十]{1,3}[章节编篇部]|[（(][一二三四五六七八九十\d]{1,3}[）)]|\d+[.、]"
)
_PLACE = re.compile(
    r"(?:20\d\d年)?([\u4e00-\u9fff]{2,9}?(?:省|市|县|区|州|旗|镇|乡|街道))(?![\u4e00-\u9fff]?[域级委直属区])(?=20|“|《|人民政府|政府|[\u4e00-\u9fff]{4})"
)
_ADDRESS = re.compile(r"我代表[^。]{2,30}(?:报告|工作)[^。]{0,60}审议")
_HEAD = 1500
_YEARS = re.compile(r"(20[0-4]\d)年?[-—–~～至到]{1,2}(20[0-4]\d)")
_FIVE_YEARS = re.compile(r"十([一二三四五])五")
_YEAR = re.compile(r"(20[0-4]\d)(?=年|政府工作报告|重点)")
_GOAL_YEAR = re.compile(
    r"(?m)^(?!.{0,40}(?:回顾|总结|成就|完成情况))[^。\n]{0,12}?(20[0-4]\d)年[^。，\n]{0,16}?(?:(?:安排|任务|目标|重点|主要工作|总体要求|工作打算|建议)[^。，\n]{0,8}|工作)$"
)
_MEETING = re.compile(r"[—―（(\-]{1,2}\s*(20[0-4]\d)年(\d{1,2})月\d{1,2}日在")
_AUTUMN = 10
_PERIOD = re.compile(r"十[一二三四五]五|20[0-4]\d年")
_START = re.compile(
    r"十[一二三四五]五”?的?(?:良好|精彩|新)?(?:开好局|开局|起好步|开门红|起步|首|第一年|蓝图|新征程|收官|圆满)"
)
"""Five years spoken of because they begin or end."""
_PAST = re.compile(r"回顾|总结|成就|成效|发展情况")
_PARTS = re.compile(r"[和及、与]|以及")
_QUOTED = re.compile(r"《([^《》]{4,60})》")
_FORWARDED = re.compile(r"关于(?:印发|转发|发布)")
KNOWN = pattern("titles.plans", "titles.reports")
_PLANS = pattern("titles.plans")
_REPORTS = pattern("titles.reports")
_FEATURES = pattern("titles.features")


class Nature(StrEnum):
    """A plan sets goals throughout, a report in its later part, any other text only where it says so."""

    PLAN = "plan"
    REPORT = "report"
    OTHER = "other"


def find_title(text: str) -> str:
    """The title in the first lines of a flow: the first that names a plan or report, else the first that may be one."""
    lines = [line.lstrip("#").strip() for line in text[:3000].split("\n")[:_LINES]]
    lines = [line for line in lines if 4 <= len(line) <= _LONGEST and not _NO_TITLE.match(line)]  # noqa: PLR2004 - a word is no title
    lines = [
        line
        for line in lines
        if "，" not in line and not line.endswith(("。", "：", "；")) and not _CHAPTER.match(line)
    ]
    named = [line for line in lines if KNOWN.search(line)]
    named.sort(key=lambda line: _YEAR.search(line) is None and _FIVE_YEARS.search(line) is None)
    own = [line for line in named if not _FORWARDED.search(line)]
    for line in (*own, *named):
        quoted = _QUOTED.search(line) if _FORWARDED.search(line) else None
        return quoted[1] if quoted else line
    return lines[0] if lines else ""


def read_term(title: str) -> str | None:
    """The period that a title states, as ISO text: `2024年…方案` is 2024, `“十四五”…规划` 2021/2025, None where it states none."""
    if match := _YEARS.search(title):
        return f"{match[1]}/{match[2]}"
    if match := _FIVE_YEARS.search(title):
        first = 2001 + ("一二三四五".index(match[1]) + 1) * 5
        return f"{first}/{first + 4}"
    match = _YEAR.search(title)
    return match[1] if match else None


def read_goal_year(text: str) -> str | None:
    """The year that a report's text sets its goals for: of the last heading that says so, else that of the meeting it was given at."""
    headings = _GOAL_YEAR.findall(text)
    if headings:
        return str(headings[-1])
    meeting = _MEETING.search(text, 0, _HEAD)
    return str(int(meeting[1]) + (int(meeting[2]) >= _AUTUMN)) if meeting else None


def read_terms(heading: str) -> list[str]:
    """The periods of which a heading announces something to come, in order; parts of it that look back left out."""
    heading = _START.sub("", heading)
    parts = [part for part in _PARTS.split(heading) if not _PAST.search(part)]
    found = [term for part in parts if _PERIOD.search(part) and (term := read_term(part))]
    return found or [term for term in [read_term(heading)] if term]


def says_term(term: str, text: str) -> bool:
    """Whether a text speaks of a period: 今年 of one year, 十五五 of five."""
    first, _, last = term.partition("/")
    if last:
        return f"十{'一二三四五'[max(0, min(4, (int(first) - 2001) // 5 - 1))]}五" in text
    return "今年" in text or f"{first}年" in text


def read_place(title: str) -> str | None:
    """The region a title begins with, by how it ends: `青禾县2024年…方案`, None where it begins with none."""
    match = _PLACE.match(title)
    return match[1] if match else None


def read_nature(title: str, text: str = "") -> Nature:
    """What a document of that title is, by the last of its telling words: 工作报告任务清单 is a plan.

    Where no word tells, one whose text begins with 现在，我代表…报告工作 is a report.
    """
    places = {
        nature: max((match.end() for match in words.finditer(title)), default=-1)
        for nature, words in ((Nature.PLAN, _PLANS), (Nature.REPORT, _REPORTS), (Nature.OTHER, _FEATURES))
    }
    last = max(places, key=places.__getitem__)
    if places[last] < 0:
        return Nature.REPORT if _ADDRESS.search(text, 0, _HEAD) else Nature.OTHER
    return last
