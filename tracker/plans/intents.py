"""What a clause without a planned figure sets as a goal: a thing to finish, or something that is to rise or fall, or nothing.

`确保物流园建成投用` is a milestone, `农民收入稳步提高` a direction, `围绕主导产业` neither. Words are of lexicon/goals.toml.
"""

from __future__ import annotations

import re
from typing import NamedTuple

from tracker.model import Comparison, Firmness, Kind
from tracker.plans.sections import Aim
from tracker.plans.vocabulary import any_of, group, head, pairs, pattern, tail

_FIRM = (
    (Firmness.ENSURE, "firmness.ensure"),
    (Firmness.STRIVE, "firmness.strive"),
    (Firmness.PLAN, "firmness.plan"),
)
_MANNER = ("firmness.ensure", "firmness.strive", "firmness.plan", "clauses.adverbs")
_CARRIERS = pattern("milestones.carriers")
_INNER = re.compile(any_of("milestones.inner"))
_FRAMED = re.compile(
    rf"{any_of('clauses.after_frame')}|(?:{any_of('clauses.adverbs')})+(?:加快)?{any_of('directions.rising')}"
)
_PLACE = re.compile(r"在.*(?:领域|方面|上|中|下|之际|基础)")
_FRAME_END = re.compile(rf"^以[^，；]*为[^，；]*$|{any_of('clauses.frame_ends')}$")
_DEGREE = pattern("directions.degrees")
_ENDINGS = re.compile(rf"(?<=..)(?:{any_of('milestones.ends')})+$")
_DEGREES_END = re.compile(rf"(?<=..){any_of('directions.degrees')}+$")
_HOPE = pattern("hope.words")
_SET_UP = pattern("milestones.set_up")
_SPLIT = re.compile(
    rf"、(?=(?:{any_of('clauses.adverbs')}){{0,2}}{any_of('milestones.verbs', 'directions.rising', 'directions.falling')}[^、]{{3}})"
)
_TIMES = re.compile(
    r"(?:(?:到|至|在)?(?:20\d\d年|今年|明年|年内)?(?:\d{1,2}月|年|[一二三四]季度|上半年)?(?:底|末)?(?:之前|以前|前)?[，,]?)"
)
_SHALL = r"(?:(?<=比重)|(?<![需重概提主纲摘]))要"
_WILL = re.compile(
    rf"^[^，、“”]{{2,16}}?(?:将|{_SHALL}|年内)(?=(?:{any_of('clauses.adverbs')})*"
    rf"{any_of('directions.rising', 'directions.falling', 'milestones.verbs')})"
)
"""Who is to do it: 公司将进一步扩大…"""
_WILLED = re.compile(
    rf"(?<=..)[也都还]?(?:{any_of('names.wills')}|{_SHALL})+(?:(?:{any_of('clauses.adverbs')})*(?={any_of('milestones.verbs')}|通过|进入)|$)"
)
"""How a thing is willed, at the end of its name or before a verb within it."""
_VERBS = (
    *("clauses.adverbs", "directions.degrees", "directions.rising", "directions.falling", "directions.second"),
    *("directions.ends_rising", "directions.ends_falling", "milestones.ends"),
)
_NOUN = (
    "用地|规划|项目|工程|任务|资金|标准|质量|成本|行动|计划|方案|水平|能力|环境|格局|基础|空间|动能|路径|目标|机制|体系"
)
"""Behind these a verb is part of a name: 提升工程."""
_DUE_END = re.compile(
    r"(?:(?:20\d\d年|今年|明年)?(?:\d{1,2}月|年|上半年|[一二三四]季度)?(?:底|末)?(?:之前|以前|前)|年内|上半年|年底)$"
)
_MADE = re.compile(r"[将把](.{2,30}?)(?:升级)?(?:打造成为?|建设成为?|打造为|建设为|升级为|建成)")
_GRADED = re.compile(r"(?:国家|省|市|县)级")
_OWN_POINTS = re.compile(
    r"(?:以下|[一二三四五六七八九十\d]+个?)方面|[做抓]好(?:今年|明年|全年|20\d\d年|政府).{0,8}工作|意义重大|至关重要|重要意义"
)
_DONE = re.compile(rf"{any_of('directions.rising', 'directions.falling', 'milestones.verbs')}了")
_VERB = re.compile(
    rf"(?:{any_of('clauses.adverbs')})*{any_of('directions.rising', 'directions.falling', 'milestones.carriers')}(?![型性化力度率是])"
)
_SECOND = re.compile(rf"(?:{any_of('clauses.adverbs')})*{any_of('directions.second')}(?![型性化力度率]|{_NOUN})")
_ALSO = re.compile(rf"^(?:实施|健全|完善|落实|推行|启动|建设)(?![型性化力度率]|{_NOUN})(?=.{{4}})")
"""A second verb of what is to be done: 出台实施."""
_SHORTEST = 4
_LONGEST = 40


class Intent(NamedTuple):
    """What is to become of what."""

    kind: Kind
    comparison: Comparison
    indicator: str


def read_intent(text: str, aim: Aim) -> Intent | None:
    """The goal that a clause sets, None where it sets none in a part of that aim."""
    if len(text) < _SHORTEST or _OWN_POINTS.search(text) or _DONE.search(text) or aim in (Aim.REVIEW, Aim.PRINCIPLES):
        return None
    if aim is Aim.STORY and not _HOPE.search(text):
        return None
    subject, text = _acting(text)
    bare = _unframed(text)
    if bare is None:
        return None
    intent = _milestone(bare) or _direction(bare) or (_direction_of(subject, bare) if subject else None)
    if intent is None or len(intent.indicator) < 2:  # noqa: PLR2004 - a character is no name
        return None
    if aim is Aim.MEANS and not (intent.kind is Kind.MILESTONE and _SET_UP.match(without_manner(bare))):
        return None
    return intent


def read_firmness(text: str) -> Firmness | None:
    """How hard the words at the beginning of a clause bind, None where they say nothing of it."""
    text = _TIMES.sub("", text, count=1)
    while text:
        for firmness, path in _FIRM:
            if head(text, path):
                return firmness
        word = head(text, "clauses.adverbs")
        if not word:
            return None
        text = text[len(word) :]
    return None


def is_frame(text: str) -> bool:
    """Whether a clause only tells by what or around what something is done: 依托20家龙头企业."""
    if text.startswith("以") and "为" in text:
        return True
    return bool(head(text, "clauses.strict_frames")) and _unframed(text) is None


def what_of(text: str) -> str:
    """What stands behind the verb that a stretch begins with, empty where it begins with none: 建设养殖基地."""
    bare = without_manner(text)
    verb = head(bare, "milestones.verbs", "directions.rising")
    return _name(bare[len(verb) :]) if verb else ""


def inner_firmness(text: str) -> Firmness | None:
    """How hard the words within a clause bind: 规上企业力争突破200家."""
    return next((firmness for firmness, path in _FIRM[:2] if pattern(path).search(text)), None)


def opens_with_verb(text: str) -> bool:
    """Whether a clause begins, manner aside, with a verb that sets goals: it is not one more member of a list before it."""
    return bool(
        head(without_manner(text), "milestones.verbs", "directions.rising", "directions.falling", "numbers.shared")
    )


def without_manner(text: str) -> str:
    """A clause without the time and the words of how hard and how that it begins with."""
    text = _TIMES.sub("", text, count=1)
    while word := head(text, *_MANNER):
        if len(text) - len(word) < 2 or len(head(text, "milestones.verbs")) >= len(word):  # noqa: PLR2004 - 争创 is verb and manner
            break
        text = text[len(word) :]
    return text


def split_intents(text: str) -> list[tuple[int, int]]:
    """The goals that 、 strings together, each with its verb: offsets in a clause."""
    if not opens_with_verb(text):
        return [(0, len(text))]
    cuts = [match.start() for match in _SPLIT.finditer(text) if _balanced(text[: match.start()])]
    return list(zip([0, *(cut + 1 for cut in cuts)], [*cuts, len(text)], strict=True))


def _balanced(text: str) -> bool:
    return all(text.count(left) == text.count(right) for left, right in ("“”", "（）", "《》", "()"))


def _unframed(text: str) -> str | None:
    """A clause without what it begins with of ground or means; None where there is nothing else."""
    if read_firmness(text) in (Firmness.ENSURE, Firmness.STRIVE):
        return text
    if _FRAME_END.search(text):
        return None
    if text.startswith("为") or _PLACE.fullmatch(text):
        return None
    if head(without_manner(text), "clauses.spirits"):
        return None
    if not head(without_manner(text), "clauses.frames") or not head(text, "clauses.frames", "clauses.adverbs"):
        return text
    inner = _FRAMED.search(text, 3)
    return text[inner.start() :] if inner else None


def _acting(text: str) -> tuple[str, str]:
    """A clause without its subject where that is to do something, and with it, named first, where nothing stands behind the verb.

    公司将扩大规模 is 扩大规模; 产业体系要更加健全 is 产业体系更加健全.
    """
    match = _WILL.match(text)
    if match is None:
        return "", text
    rest = text[match.end() :]
    while word := head(rest, *_VERBS):
        rest = rest[len(word) :]
    if rest:
        return "", text[match.end() :]
    subject = _name(match[0])
    return subject, subject + text[match.end() :]


def _direction_of(subject: str, text: str) -> Intent:
    """What a clause that has nothing but verbs behind its subject wants of it."""
    falls = bool(tail(text, "directions.ends_falling", "directions.falling"))
    return Intent(Kind.DIRECTION, Comparison.DECREASE if falls else Comparison.INCREASE, subject)


def _milestone(text: str) -> Intent | None:
    bare = without_manner(text)
    ending = tail(bare, "milestones.ends")
    if ending and len(bare) > len(ending) + 1:
        return _done(_object(_ENDINGS.sub("", bare)))
    if any(first in bare and bare.endswith(last) for first, last in pairs("milestones.pairs")):
        return _done(_object(bare))
    if any(bare.startswith(first) and bare.endswith(last) for first, last in pairs("milestones.set_pairs")):
        return _done(_object(bare))
    if (made := _MADE.search(text)) and _GRADED.search(text, made.end()):
        return _done(made[1] + text[made.end() :])
    verb, rest = next(((word, each) for each in (bare, text) if (word := head(each, "milestones.verbs"))), ("", ""))
    if verb and not rest.startswith("一批", len(verb)):  # how many is not said
        return _done(_ALSO.sub("", rest[len(verb) :], count=1))
    if _CARRIERS.match(bare) and (inner := _INNER.search(bare, 3)):
        carrier = _CARRIERS.match(bare)
        return _done(bare[carrier.end() if carrier else 0 : inner.start()] + bare[inner.end() :])
    return None


def _done(indicator: str) -> Intent:
    return Intent(Kind.MILESTONE, Comparison.DONE, _name(indicator))


def _direction(text: str) -> Intent | None:
    bare = without_manner(text)
    if made := _MADE.search(text):
        return Intent(Kind.DIRECTION, Comparison.INCREASE, _name(text[made.end() :]))
    if head(bare, "directions.falling"):
        return Intent(Kind.DIRECTION, Comparison.DECREASE, _name(_object(bare)))
    if (head(bare, "directions.rising") and _VERB.match(bare)) or "一批" in bare:
        return Intent(Kind.DIRECTION, Comparison.INCREASE, _name(_object(bare)))
    for comparison, path in (
        (Comparison.DECREASE, "directions.ends_falling"),
        (Comparison.INCREASE, "directions.ends_rising"),
    ):
        ending = tail(bare, path)
        subject = bare[: -len(ending)] if ending else ""
        degree = _DEGREE.search(subject, 2) or _DEGREE.match(ending) or ending in group("directions.ends_alone")
        if ending and degree and len(subject) > 1:
            return Intent(Kind.DIRECTION, comparison, _name(_DEGREES_END.sub("", subject) or subject))
    return None


def _object(text: str) -> str:
    """What stands behind the verbs that a clause begins with, those that are parts of a word (创新型) left."""
    for verb in (_VERB, _SECOND, _SECOND):
        match = verb.match(text)
        if match is None or len(text) - match.end() < 2:  # noqa: PLR2004 - a character is no name
            break
        text = text[match.end() :]
    return text


def _name(text: str) -> str:
    """An indicator without marks at its ends and without the time it is due."""
    name = _WILLED.sub("", _DUE_END.sub("", text.strip("的、：: ，（(")))
    return name.strip("的、").removeprefix("成为")[:_LONGEST]
