"""What a planned figure measures, as a goal's indicator: the reader's, mended by the phrase and the list it stands in."""

from __future__ import annotations

import re

from tracker.model import Figure
from tracker.plans.intents import what_of, without_manner
from tracker.plans.phrases import JOINED
from tracker.plans.rows import name_goal
from tracker.plans.vocabulary import any_of, group

_NUMBERED = re.compile(r"^(?:\d{1,2}[.、]|[一二三四五六七八九十]{1,3}(?:是|要)(?:要)?|其中:?)")
_ENDS = re.compile(
    rf"(?:的?(?:建[成设])?(?:预期|约束性|增长)?目标(?:任务|值)?[为是]?|{any_of('names.before_number')}|(?<![需重概提主纲摘])要"
    r"|(?<!中)和|(?<!普)及|(?<!参)与|(?<!平)均|[比较]?20\d\d年|[、“（(])$"
)
"""What stands between a name and its number and is no part of it: 的目标为, 力争, 稳定."""
_KEPT = re.compile(r"(?:招生|生产|年度|行动|投资|融资|五年)计划$")
_LATER = re.compile(
    rf"^(?P<what>.{{2,}}?)(?:{any_of('names.wills')}+再?(?P<verb>{any_of('numbers.shared')})|的(?P<aim>{any_of('numbers.shared')})目标)$"
)
"""A verb behind what it counts: 高新技术企业计划新认定."""
_YEAR = re.compile(r"^(?:[到至]?20\d\d年(?:末|底)?|今年|全年|年内)(?=..)")
_AIM = re.compile(r"^(?:左右|以上|以内)?的?(?:预期|增长|年度)*目标")
_SHORTEST = 2


def name_figure(figure: Figure, words: str, verb: str, subject: str, above: str = "") -> str:
    """The indicator of a figure in a phrase. `verb` is the list's, `subject` what the row of a table is about.

    `above` is what the clause before is about: of that is the number of a phrase that says no more than 产值.
    `其中“三类”企业4家` in a list that began with 引进 is 引进“三类”企业; 投资3亿元建设物流园 is 物流园投资.
    """
    indicator, place = figure.indicator or "", words.find(figure.text)
    behind = words[place + len(figure.text) :] if place >= 0 else ""
    if place > 0 and indicator.endswith("目标") and _AIM.match(behind):
        indicator = words[:place]
    bare = without_manner(indicator)
    if not indicator or bare in group("numbers.shared") or bare in group("directions.rising"):
        indicator = words.replace(figure.text, "") or words
    if indicator in group("numbers.bare"):
        rest = what_of(behind)
        indicator = f"{rest}{indicator[-2:]}" if len(rest) > len(indicator) else indicator
    indicator = _mended(_NUMBERED.sub("", JOINED.split(indicator)[0]), behind) or words
    if verb in group("numbers.meaning") and not indicator.startswith(verb):
        indicator = verb + indicator
    named = name_goal(indicator, words, subject)
    return above + named if above and named in group("numbers.vague") else named


def _mended(name: str, behind: str) -> str:
    """A name without the words that lead to its number, its marks in pairs. `behind` is what follows the number."""
    if "”" in name and "“" not in name[: name.index("”")]:
        name = "“" + name
    opened = name.count("“") - name.count("”")
    if opened > 0 and "”" in behind and name.endswith("“"):
        name += behind[: behind.index("”") + 1]
    if name.count("（") > name.count("）"):
        name = name[: name.rindex("（")]
    if later := _LATER.match(name):
        name = (later["verb"] or later["aim"]) + later["what"]
    while len(shorter := _ENDS.sub("", name)) < len(name) and len(shorter) >= _SHORTEST and not _KEPT.search(name):
        name = shorter
    return _YEAR.sub("", name)
