"""Whether a quantity is reported (`actual`), planned (`target`), or neither (`background`: a capacity in a name, a threshold).

In a plan what is not said to be reached already is planned; elsewhere what is not hoped for is reported.
"""

from __future__ import annotations

import re

from tracker.figures.quantities import Found
from tracker.figures.settings import Setting
from tracker.figures.spots import Spot
from tracker.figures.words import any_of, group, pattern, words
from tracker.lexicon import longest
from tracker.model import Bound

SIZES = ("mass", "area", "land", "volume", "power", "length", "energy", "inches", "compute")
PROJECT = re.compile(rf"[^，。；、0-9]{{0,16}}{any_of('roles.projects')}")
_PROJECT_AHEAD = re.compile(rf"[^，。；]*?{any_of('roles.projects')}")
_CAPACITY = words("roles.capacity_before")
_BASE = words("roles.base_before")
_BASE_APART = re.compile(r"[以较比](?:(?<=以)前[^，]{0,12}|(?<=[较比])[^，\d]{0,12}的)$")
_OF_A_YEAR = re.compile(r"(?:19|20)\d\d年末?的[^，。；\d]{0,6}$")
"""从2020年的33亿元: reported of that year."""
_FROM = re.compile(r"[由从](?:20\d\d年的?)?[^，。；\d]{0,12}$")
CHANGES = re.compile(rf"(?:又|再|已)?{any_of('indicators.changes')}(?:至|到|为|到了|成)")
_DESIGN = words("roles.design")
_PLANNED_AMOUNT = re.compile(r"计划(?:完成|安排)?总?投资(?:额|为|约)?$")
_TASK_IS = re.compile(
    rf"(?<!完成)(?:任务|任务数|指标)(?:为|是|：|:)$|[年度]计划{any_of('roles.planned_doing')}[^，。；\d]{{0,12}}$"
)
"""全年任务为282个, 本年度计划改造户厕29万座."""
_SHARE_OF = re.compile(rf"{any_of('roles.of_plan')}[^，。；]{{0,20}}$")
_TRAVEL = pattern("roles.travel")
_KIND = re.compile(rf"的[^，。；\d]{{0,10}}{any_of('roles.members')}")
_AMBITION = pattern("roles.ambition")
_NOT_REACHED = pattern("roles.not_reached")
_ENTERED = pattern("roles.entered")
_HOPE = re.compile(
    rf"{longest(group('roles.hope'))}|计划(?<![单书生产度划年》”、升育增才展持动程造]计划)(?![单书生》”，、内外的执完])|目标(?:是|为|：|:|达|值)"
    rf"|将(?<!即将){any_of('roles.will')}"
    r"|规划(?:建设(?!总?规模)|到|总|面积|新|投资|用地)|拟(?:投|建|引|新|用|在|于)"
    r"|计划(?<=[\d今明当]年计划)(?![^，]*率)|年内[使将要达](?<=[一二两三四五1-5]年内.)"
)
_WILL_DO = re.compile(r"将(?<!即将)[^，。；\d为成到至把的]{2,8}$")
_OF_PLAN = re.compile(
    r"(?:占|完成|达到?|为|超|率)[^，。；]{0,14}(?:计划|任务|目标|指标)(?:[^，。；\d]{0,4}|[\d.]{1,9}[万亿]?[元亩吨]?)的?$"
)
_PLAN_NAMED = re.compile(r"计划(?:总?投资|新?开工|任务|目标)|(?:投资|年度|全年|当年|年)计划")
_DONE_PART = re.compile(r"已[^，]{0,8}$|^[^，]{0,10}(?:完成|到位|占|实际)|率[为达]?$")
"""A clause that tells what was done of a plan that is named before it: 计划投资5亿元，完成投资3亿元."""
_TARGET = pattern("roles.target")
_AFTER_TARGET = re.compile(rf"[^，。；（(“]{{0,4}}{any_of('roles.target_after')}")
_PAST = pattern("roles.past")
_FIVE_YEARS = re.compile(r"十([一二三四五])五[”\"]?(?:期间|以来|时期)[^到]*$")
_LATER = re.compile(r"[到至](?<![升增降高长加少].)(20[1-4]\d)年")
_LATER_OPENING = re.compile(r"到(20[1-4]\d)年[，,底末]")
_WITHIN = re.compile(r"年(?:内[使将要达](?<=[一二两三四五1-5]年内.)|将(?<=20[1-4]\d年将))[^。；]*$")
_AIMED = re.compile(r"(?:提出|力争|争取|确保|目标)[^。\d]{0,6}到(20[1-4]\d)年")
_QUOTED = re.compile(r"“[^”]{0,8}$")
_COUNTED = re.compile(rf"的[^，。；、\d]{{0,16}}|[^，。；、\d]{{0,10}}{any_of('classes.nouns')}[^，。；、\d]{{0,4}}")
_AMONG = re.compile(r"[^，。；]{0,10}中(?:，|$)")
_FORECAST = re.compile("预计")
_ENSURED = re.compile(r"确保[^，。；\d]{2,12}(?:，|$)")
_PLANNED = words("roles.planned_before")
_ONE_SIDED = (Bound.ABOVE, Bound.BELOW)
_WHOLE_PLAN = re.compile(rf"(?:^|年度?|全年|目标|[省市县区]定|下达){any_of('roles.planned_before')}$")
_SMALL = "两三四五六七八九"
_NEXT = 50


def read_role(spot: Spot, setting: Setting, *, goals: bool, review: bool = False) -> tuple[str, str]:
    """(role, what said so). `goals`, `review`: the text is in a part that sets goals, that looks back."""
    background = _background(spot, setting)
    if background:
        reported = background == "base" and _OF_A_YEAR.search(spot.before)
        return "actual" if reported else "background", background
    figure, clause = spot.figure, spot.clause
    back = setting.look_back and not goals
    if _is_class(figure) and _AMBITION.search(_last_part(clause)):
        return ("background", "class") if back else ("target", "words")
    review = (setting.report or review) and not goals
    hoping = _hoping(spot, goals=goals)
    hoping = hoping.replace("计划", "") if back else hoping  # a plan that is looked back on: 超年度计划10家
    aimed = (_FORECAST.search(hoping) and not setting.look_back) if review else _TARGET.search(hoping)
    if _HOPE.search(hoping) or aimed or (not review and _WITHIN.search(spot.whole)) or _plans_after(spot, back=back):
        return "target", "words"
    if _WILL_DO.search(spot.before) or _is_planned(spot):
        return "target", "before"
    later = _LATER.search(clause)
    if later is None and "到20" in spot.whole:
        later = _LATER_OPENING.search(spot.whole) or _AIMED.search(spot.whole)
    if later and (setting.year is None or int(later[1]) > setting.year - setting.plan) and not _PAST.search(clause):
        return "target", "year"
    if goals and not _PAST.search(clause) and not _past_years(clause, setting):
        return "target", "section"
    return "actual", "section" if setting.report else "default"


def _is_planned(spot: Spot) -> bool:
    """Whether a word such as 任务 right before a figure says what was to be reached: not of 完成年度目标33%, 超任务200亩."""
    planned = _PLANNED.end(spot.before)
    if (amount := _PLANNED_AMOUNT.search(spot.before)) and not _SHARE_OF.search(spot.before[: amount.start()]):
        return spot.figure.dimension == "money"
    if _TASK_IS.search(spot.before):
        return spot.figure.dimension != "percent"
    if not planned or not plans_all(spot):
        return False
    part = _SHARE_OF.search(spot.before.removesuffix(planned))
    if part is None:
        return spot.figure.dimension != "multiple"
    if spot.figure.dimension in ("percent", "points", "multiple") or part[0].startswith("超"):
        return False  # how much of it, or how far beyond it
    return not part[0].startswith("完成") or spot.after.startswith("的")  # 完成任务5亿元的60%


def _plans_after(spot: Spot, *, back: bool) -> bool:
    """Whether a word right after a figure plans it: 5亿元预计, 12家计划; names such as 行动计划 do not."""
    planned = _AFTER_TARGET.match(spot.after)
    return planned is not None and not planned[0].endswith("计划" if back else "行动计划")


def plans_all(spot: Spot) -> bool:
    """Whether a word such as 任务 right before a figure means it as what is to be reached: things may be tasks themselves."""
    return spot.figure.dimension != "things" or bool(_WHOLE_PLAN.search(spot.before))


def _hoping(spot: Spot, *, goals: bool) -> str:
    """The clause in which words of hope are looked for; what is done of a plan leaves the plan's name out."""
    part = _last_part(spot.clause)
    if not goals and _ENSURED.search(spot.clause) and not _ENSURED.search(part):
        return part  # 确保安全，转移群众300人
    done = _DONE_PART.search(part) or (spot.figure.dimension == "percent" and _OF_PLAN.search(part))
    if not done or (_HOPE.search(part) and not _PLAN_NAMED.search(spot.clause)):
        return spot.clause
    return _PLAN_NAMED.sub("", spot.clause)


def _past_years(clause: str, setting: Setting) -> bool:
    """Whether a clause speaks of a five-year plan other than the document's own."""
    match = _FIVE_YEARS.search(clause)
    if match is None:
        return False
    first = 2001 + ("一二三四五".index(match[1]) + 1) * 5
    return setting.period != f"{first}/{first + 4}"


def _background(spot: Spot, setting: Setting) -> str:
    """What makes a quantity neither reported nor planned, empty when nothing does."""
    figure, before, after = spot.figure, spot.before, spot.after
    if _is_class(figure):
        return _class(spot)
    if figure.dimension == "rank" and _is_others_rank(spot):
        return "name"
    if _CAPACITY.end(before) and _PROJECT_AHEAD.match(spot.text, figure.end, figure.end + _NEXT):
        return "capacity"
    if figure.dimension in SIZES and PROJECT.match(after):
        return "capacity"
    if _BASE.end(before) or _BASE_APART.search(before) or (CHANGES.match(after) and _FROM.search(before)):
        return "base"
    if _is_of_way(figure, before):
        return "way"
    if figure.dimension == "pressure" or (figure.dimension == "months" and spot.text[figure.tail - 1] != "月"):
        return "unit"
    quoted = figure.dimension == "things" and spot.text[figure.end : figure.end + 1] == "”" and _QUOTED.search(before)
    if before.endswith(("“", "《")) or quoted:
        return "quoted"
    if _threshold(spot) or (figure.dimension == "things" and _AMONG.match(spot.after)):
        return "threshold"
    small = spot.text[figure.core] in _SMALL and figure.dimension == "things" and figure.value < 10  # noqa: PLR2004
    return "small" if small and setting.plan else ""


def _is_others_rank(spot: Spot) -> bool:
    """Whether a rank names a list or who has it, rather than that it was reached: 500强企业, 距前十一步."""
    if spot.figure.rule in ("rank.best", "rank.great") and not _ENTERED.search(spot.clause[-20:]):
        return True
    return _NOT_REACHED.search(_last_part(spot.clause)) is not None


def _is_of_way(figure: Found, before: str) -> bool:
    """Whether a quantity says how long a way is, or what a road is designed for."""
    if figure.unit in ("km/h", "车道"):
        return bool(_DESIGN.end(before))
    return figure.dimension in ("length", "hours", "minutes") and _TRAVEL.search(before) is not None


def _class(spot: Spot) -> str:
    """A scale for a number names a class (千亿级产业), unless it is what is reached."""
    figure = spot.figure
    if spot.text[figure.tail - 1] == "级" or figure.rule == "class.scale" or not figure.start < figure.core:
        return "" if spot.text[figure.tail - 1] == "级" and _AMBITION.search(_last_part(spot.clause)) else "class"
    if spot.after.startswith("的"):
        return "class"
    return "class" if PROJECT.match(spot.after) or spot.after[:2] in group("classes.members") else ""


def _last_part(clause: str) -> str:
    """What a clause says since its last comma."""
    return clause[clause.rfind("，") + 1 :]


def _threshold(spot: Spot) -> bool:
    """Whether a bounded amount tells which things are counted: 投资超2000万元的项目12个, 规模500亩以上的基地3个."""
    figure, following = spot.figure, spot.following
    if figure.bound not in _ONE_SIDED or not _measured(figure):
        return False
    if figure.bound is Bound.ABOVE and figure.dimension == "money" and _KIND.match(spot.after):
        return True
    counted = following is not None and following.dimension in ("things", "people")
    return counted and following is not None and _COUNTED.fullmatch(spot.text[figure.end : following.start]) is not None


def _measured(figure: Found) -> bool:
    return figure.dimension == "money" or figure.dimension in SIZES


def _is_class(figure: Found) -> bool:
    return "class" in figure.rule
