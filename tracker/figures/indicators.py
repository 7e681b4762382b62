"""What a quantity measures, as a short noun phrase in the document's own words.

The phrase stands before the number (`固定资产投资92.68亿元`), after it (`50余家企业`), or with the figure before (`…，增长8%`).
"""

from __future__ import annotations

import re

from tracker.figures.roles import CHANGES, PROJECT, SIZES
from tracker.figures.spots import Spot
from tracker.figures.words import HAN, any_of, group, words

_PLANNED = words("roles.planned_before")
_LEFT = re.compile(
    rf"(?:(?!{any_of('indicators.kept')})(?:连续[\d一二三四五六七八九十]{{1,3}}(?:年|个月|个季度)|{any_of('indicators.left')}|(?:19|20)\d\d年度?|\d{{1,2}}(?:[-—~至]\d{{1,2}})?月(?:份|底|末)?|[上下]半年|[一二三四]季度|前三季度|[、：:的（(“”\s]))+"
)
_REGION = re.compile(rf"(?:(?:19|20)\d\d年度?)?{any_of('indicators.regions')}(?=.{{2}})")
_NUMBERED = re.compile(r"\d{1,2}[.、]")
_RIGHT = words("indicators.right")
_MARKS_RIGHT = "、：:的（(“”"
_VERBS = words("indicators.verbs")
_HEAD_VERBS = re.compile(rf"{any_of('indicators.head_verbs')}(?=[^，]{{0,3}}$)")
_NOT_NOUN = re.compile(any_of("indicators.not_nouns"))
_NOUN = re.compile(
    rf"(?:的|以上的|左右的)?((?:{HAN}|[A-Za-z“])(?:{HAN}|[A-Za-z0-9“”（）()、])*?)"
    rf"(?={any_of('indicators.noun_ends')}|\d{{1,2}}(?:[-—~至]\d{{1,2}})?月|，|。|；|$|、)"
)
_TOLD = re.compile(r"[^，。；\d]{13,40}的([\u4e00-\u9fff]{2,16})(?=[，。；]|$)")
_NOUN_CUT = re.compile(rf"(?<!新){any_of('indicators.noun_cuts')}")
_GUARDED = group("bounds.guarded")
_NOTE = re.compile(r"\[[ivx\d]{1,4}\]")
_OF_PLAN = re.compile(
    r"(?:占|完成|达到?|为|超|低于|高于|[比较])?(?:年度?|全年|当年|[省市县区]定|下达|总|控制|预期)*(?:计划|任务|目标|指标){1,2}的?"
)
_HIGH = re.compile(r"([高长宽深厚])的([\u4e00-\u9fff]{2,8}?)(?=[中里内上]|[^\u4e00-\u9fff]|$)")
_ONLY_RATE = re.compile("增速|增幅|增长率|总量|规模|排名|数量")
_POPULATION = re.compile("口(?![岸径腔罩袋号碑味感粮])")
_PER_HEAD = ("人均", "户均", "亩均")
_TIMES_OF = re.compile(r"(?:是|为|相当于|达到?)(?:20\d\d年|上年|去年|\d{1,2}年前)的?")
_INVESTED = re.compile(r"(?:总|计划|协议|年度)?投资$")
_DONE_OF = re.compile(r"(?:开工|建成|完工|投产|竣工|复工|落地|签约|入库|通过|完成)")
_REPORTED = re.compile(rf"{any_of('indicators.reported')}|看$")
_GRADES = group("indicators.grades")
_GRADE = re.compile(rf"^{any_of('indicators.grades')}")
_CHANGED_TO = re.compile(rf"{CHANGES.pattern}(?:{any_of('indicators.now')}的?|20\d\d年的?)?")
_ONLY_GROWTH = re.compile(rf"{any_of('indicators.only_growth')}+$|{any_of('indicators.compared')}")
_SCOPES = words("ranks.scopes")
_RANKING = re.compile(rf"[^，。；：]{{0,16}}{any_of('indicators.rankings')}")
_GOING_ON = re.compile(any_of("indicators.going_on"))
_SPLIT = re.compile(r"[，,；;：:、]")
_COUNTED = ("things", "people", "animals", "events")
_GROWTHS = ("growth", "multiple", "change")
_JOINERS = group("lists.ends")
_BASE = re.compile(r"[由从]")
_COMPARED = re.compile(r"[较比]")
_WHOLES = ("全国", "全省", "全市", "全县", "全区", "全州")
"""增速高于全国4个百分点、全省5个百分点."""
_BY_UNIT = {"户": "户数", "人": "人口", "家": "企业"}
_BRACKETS = re.compile(r"[（(][^()（）]{1,30}[)）]$")
_DIGIT = re.compile(r"\d")
_LISTS = ("rank.best", "rank.great")
_LED = re.compile(rf"{any_of('indicators.led')}([\u4e00-\u9fff]{{2,16}})，$")
_STOPPED = re.compile("[；;]")
_COMMAS = re.compile("[，,；;。]")
_AMONG_MANY = re.compile(r"([^\d]{2,}?)(?:分别|均|稳|位|跃|名)*[居列排][^\d]{0,8}\d+个[^\d]*$")
"""经济总量居全省34个县第1位: among how many."""
_LONGEST = 30
_CUT = re.compile(r"^\d*(?:年度?的?)?")
"""What a cut leaves of a number or a year."""
_LONGEST_NOUN = 20
_SHORTEST = 1


def read_indicator(spot: Spot, measure: str, last: str, listed: str) -> tuple[str, str]:
    """(indicator, where it stood). `last` is that of the level before in the sentence, `listed` this figure's name in a list."""
    before = (
        "" if spot.before.endswith(_JOINERS) else _named_before(spot)
    )  # what stands there belongs to the figure before
    if spot.between is not None and spot.between.startswith("的"):
        before = before[before.rfind("、") + 1 :] or before  # 投资6亿元的甲项目、投资5亿元的乙项目
    left = strip_left(_NUMBERED.sub("", before, count=1) if before[:1].isdecimal() else before)
    if CHANGES.match(spot.after) and (base := _BASE.search(left)):
        left = left[: base.start()] or left
    if last and _PLANNED.end(before) and _OF_PLAN.fullmatch(before):
        return last + left, "before"
    if last and before.endswith("（"):
        return last, "figure before"
    if measure == "rank" or spot.figure.dimension == "rank":
        return _ranking(spot, left, last)
    if listed:
        return listed, "list"
    if last and _goes_on(spot, measure, before, left):
        return last, "figure before"
    if last and measure == "share" and (left.startswith("占") or _OF_PLAN.fullmatch(before)):
        return last + left, "figure before"
    if spot.figure.rule == "class.money":
        noun = right_noun(spot.after)
        if noun or not left or spot.figure.start == spot.figure.core:
            return f"{left}{spot.text[spot.figure.start : spot.figure.end]}{noun}", "around"
    if measure == "share" and spot.after.startswith("的") and (noun := right_noun(spot.after)):
        return (left if "占" in left else "") + noun, "after"
    named = _of_level(spot, before, left, last) if measure == "level" else None
    return named or _nearest(spot, left, last)


def _named_before(spot: Spot) -> str:
    """What stands before a number, a list such as 500强 in it left whole, 其 replaced by what it stands for."""
    previous, before = spot.previous, spot.before
    if previous is not None and previous.rule in _LISTS and before == spot.between:
        return _SPLIT.split(spot.clause)[-1]  # 世界500强企业投资项目3个
    if before.startswith("其") and (led := _LED.search(spot.whole.removesuffix(before))):
        return led[1] + before[1:].removeprefix("中")
    return before


def _nearest(spot: Spot, left: str, last: str) -> tuple[str, str]:
    """The indicator as the phrase that stands nearest: before the number, after it, earlier in the sentence."""
    if left:
        return left, "before"
    if noun := right_noun(spot.after):
        return noun, "after"
    return _earlier(spot.whole) or last, "earlier"


def _goes_on(spot: Spot, measure: str, before: str, left: str) -> bool:
    """Whether a figure is one more of what the figure before measures: its growth, its base, what it changed to, its other count."""
    if measure in _GROWTHS and (not left or left in _WHOLES or _ONLY_GROWTH.match(left) or _TIMES_OF.fullmatch(before)):
        return True
    if measure in ("level", "share") and (
        _CHANGED_TO.fullmatch(before) or (measure == "level" and _COMPARED.match(left))
    ):
        return True
    return spot.between == "" or (measure == "share" and spot.between == "的")  # 120户440人; 完成年任务75亿元的23.7%


def _of_level(spot: Spot, before: str, left: str, last: str) -> tuple[str, str] | None:
    """The indicator of an amount or count where it is not simply what stands before it."""
    figure, after = spot.figure, spot.after
    if last and (_GOING_ON.match(after) or (not left and _DONE_OF.match(after))):
        return last + right_noun(after)[:8], "figure before"
    if high := _HIGH.match(after):
        return high[2] + high[1], "after"
    bare = not left or bool(_VERBS.end(before.rstrip("了着过"))) or before.endswith("等")
    counted = figure.dimension in _COUNTED
    sized = figure.dimension in SIZES and PROJECT.match(after) is not None
    if not (bare or counted or sized or figure.rule.startswith("class")):
        return None
    if noun := _noun_of(spot) if bare or counted else right_noun(after):
        head = _HEAD_VERBS.search(before)
        return (head[0] if head and not noun.startswith(head[0][:2]) else "") + noun, "after"
    return None


def _noun_of(spot: Spot) -> str:
    """What is counted, as the noun after the figure or after the next where they share it: 15条市级、3条省级河湖."""
    figure, following = spot.figure, spot.following
    after = spot.after or spot.text[figure.end : figure.end + 12]
    if following is None:
        return right_noun(after)
    behind = spot.text[following.end : following.end + 16]
    if following.start == figure.end:
        return right_noun(behind)  # 1429户5168人稳定脱贫
    if _INVESTED.fullmatch(after):
        return right_noun(behind)  # 11个总投资20亿元项目
    noun = right_noun(after)
    return noun + right_noun(_GRADE.sub("", behind)) if noun in _GRADES else noun


def _ranking(spot: Spot, left: str, last: str) -> tuple[str, str]:
    """What a rank is of: the evaluation or list named before it, else the noun phrase around it."""
    if spot.figure.rule in ("rank.best", "rank.great"):
        said = spot.text[spot.figure.start : spot.figure.end]
        entered, noun = left.removeprefix("跻身").removeprefix("进入"), right_noun(spot.after)
        return (f"{entered}{said}" if left and not noun else f"{said}{noun}"), "around"
    for ranking in reversed(_RANKING.findall(_STOPPED.split(spot.whole[-80:])[-1])):
        if len(name := strip_left(ranking).removeprefix("在")) > 1:
            return name, "earlier"
    among = _AMONG_MANY.match(_COMMAS.split(spot.clause)[-1])
    left = (
        strip_left(among[1]).rstrip("和与及") if among else _strip_right(_SCOPES.strip_end(left))
    )  # 居全省, 位列全国: among whom it is
    if last and (rate := _ONLY_RATE.match(spot.before)):
        return last + rate[0], "figure before"
    if last and not left:
        return last, "figure before"
    if left and (rate := _ONLY_RATE.match(spot.before, spot.before.rfind(left) + len(left))):
        left += rate[0]
    return left or right_noun(spot.after), "before"


def _earlier(whole: str) -> str:
    """The nearest noun phrase a sentence said before."""
    for part in reversed(_SPLIT.split(whole)):
        clause = strip_left(part)
        if clause and not _DIGIT.search(clause) and not _REPORTED.search(clause):
            return clause
    return ""


def strip_left(text: str) -> str:
    """The noun phrase before a number: without period words, connectives and verbs at its ends."""
    text = quoted = _NOTE.sub("", text).lstrip("、，：:；;）)”●•◆■★▲※")
    match = _LEFT.match(text)
    text = text[match.end() :] if match else text
    text = _strip_right(text)
    if match := _REGION.match(text):
        text = text[match.end() :]
        match = _LEFT.match(text)
        text = text[match.end() :] if match else text
    text = f"“{text}" if "”" in text and quoted.count("“") > text.count("“") else text
    text = _BRACKETS.sub("", text) if text.endswith(("）", ")")) else text
    return text if len(text) <= _LONGEST else _CUT.sub("", text[-_LONGEST:])


def _strip_right(text: str) -> str:
    """The text without the verbs and marks at its end, words such as 签约 left whole."""
    while text:
        stripped = text.rstrip(_MARKS_RIGHT)
        word = "" if stripped.endswith((*_GUARDED, *_PER_HEAD)) else _RIGHT.end(stripped)
        if not word and stripped == text:
            break
        text = stripped[: len(stripped) - len(word)]
    return text


def right_noun(text: str) -> str:
    """The noun phrase after a number: `50余家媒体聚焦…` gives 媒体, cut at its verb where one is known."""
    match = _NOUN.match(text)
    if _POPULATION.match(text):
        return "人口"
    if not match or _NOT_NOUN.match(text):
        return ""
    told = _TOLD.match(text)
    if told and not _NOUN_CUT.search(told[0]):
        return told[1][:_LONGEST_NOUN]
    noun = match[1]
    if len(noun) <= _SHORTEST and text[match.end() : match.end() + 1] == "、":
        noun = text[match.start(1) :]  # 9个市、县重点项目
    return _NOUN_CUT.split(noun, maxsplit=1)[0][:_LONGEST_NOUN]


def without_region(indicator: str, region: str | None, unit: str) -> str:
    """An indicator without the region's name before it; what only the unit says is named by it: 南冲村现有496户."""
    if region and indicator.startswith(region):
        indicator = strip_left(indicator.removeprefix(region).lstrip("的、，：（("))
        return indicator or _BY_UNIT.get(unit, "")
    return indicator
