"""What a clause without a planned figure sets as a goal: a thing to finish, or something that is to rise or fall, or nothing.

`确保物流园建成投用` is a milestone, `农民收入稳步提高` a direction, `围绕主导产业` neither. Words are of lexicon/goals.toml.
"""

from __future__ import annotations

import re
from typing import NamedTuple

from tracker.model import Comparison, Firmness, Kind
from tracker.plans.sections import Aim
from tracker.plans.vocabulary import acting, any_of, group, head, pairs, pattern, tail, words

_FIRM = (
    (Firmness.ENSURE, "firmness.ensure"),
    (Firmness.STRIVE, "firmness.strive"),
    (Firmness.PLAN, "firmness.plan"),
)
_MANNER = ("firmness.ensure", "firmness.strive", "firmness.plan", "clauses.adverbs")
_INNER = re.compile(any_of("milestones.inner"))
_PLACE = re.compile(r"在.*(?:领域|方面|上|中|下|之际|基础)")
_FRAME_END = re.compile(rf"^以[^，；]*为[^，；]*$|{any_of('clauses.frame_ends')}$")
_TIMES = re.compile(
    r"(?:(?:到|至|在)?(?:20\d\d年|今年|明年|年内)?(?:\d{1,2}月|年|[一二三四]季度|上半年)?(?:底|末)?(?:之前|以前|前)?[，,]?)"
)
_SHALL = re.compile(r"将|年内|(?:(?<=比重)|(?<![需重概提主纲摘]))要")
_PERFECT = re.compile("了")
_MARKED = re.compile(r"[，、“”]")
_LONGEST_SUBJECT = 16
_WILLED = re.compile(rf"(?<=..)[也都还]?(?:{any_of('names.wills')}|{_SHALL.pattern.removeprefix('将|年内|')})+")
_FIRST = ("directions.rising", "directions.falling", "milestones.carriers")
_ACTS = ("directions.rising", "directions.falling", "milestones.verbs")
_VERBS = (
    *("clauses.adverbs", "directions.degrees", "directions.rising", "directions.falling", "directions.second"),
    *("directions.ends_rising", "directions.ends_falling", "milestones.ends"),
)
_NOUN = r"[型性化力度率]|用地|规划|项目|工程|任务|资金|标准|质量|成本|行动|计划|方案|水平|能力|环境|格局|基础|空间|动能|路径|目标|机制|体系"
"""Behind these a verb is part of a name: 提升工程."""
_DUE_END = re.compile(
    r"(?:(?:20\d\d年|今年|明年)?(?:\d{1,2}月|年|上半年|[一二三四]季度)?(?:底|末)?(?:之前|以前|前)|年内|上半年|年底)$"
)
_MADE = re.compile(r"[将把](.{2,30}?)(?:升级)?(?:打造成为?|建设成为?|打造为|建设为|升级为|建成)")
_GRADED = re.compile(r"(?:国家|省|市|县)级")
_OWN_POINTS = re.compile(
    r"(?:以下|[一二三四五六七八九十\d]+个?)方面|[做抓]好(?:今年|明年|全年|20\d\d年|政府).{0,8}工作|意义重大|至关重要|重要意义"
)
_WITHIN = re.compile(_NOUN)
_WITHIN_FIRST = re.compile(r"[型性化力度率是]")
_ALSO = re.compile(rf"^(?:实施|健全|完善|落实|推行|启动|建设)(?!{_NOUN})(?=.{{4}})")
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
    if len(text) < _SHORTEST or _OWN_POINTS.search(text) or _done_already(text) or aim in (Aim.REVIEW, Aim.PRINCIPLES):
        return None
    if aim is Aim.STORY and not pattern("hope.words").search(text):
        return None
    subject, text = _acting(text)
    bare = _unframed(text)
    if bare is None:
        return None
    intent = _milestone(bare) or _direction(bare) or (_direction_of(subject, bare) if subject else None)
    if intent is None or len(intent.indicator) < 2:  # noqa: PLR2004 - a character is no name
        return None
    if aim is Aim.MEANS and not (intent.kind is Kind.MILESTONE and head(without_manner(bare), "milestones.set_up")):
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
    verbs = opens_with_verb(text)
    places = [place for place, char in enumerate(text) if char == "、"]
    cuts = [place for place in places if (verbs and _begins(text, place + 1)) or _finished(text, place)]
    cuts = [place for place in cuts if _balanced(text[:place])]
    return list(zip([0, *(cut + 1 for cut in cuts)], [*cuts, len(text)], strict=True))


def _begins(text: str, place: int) -> bool:
    """Whether a verb with something behind it stands at a place."""
    verb = acting(text, *_ACTS, start=place, most=2)
    behind = text[verb[1] : verb[1] + 3] if verb else ""
    return len(behind) == 3 and "、" not in behind  # noqa: PLR2004 - less is one more verb of a list


def _finished(text: str, place: int) -> bool:
    """Whether one thing is finished before a place and another after it: A路开工建设、B路竣工通车."""
    before, after = _without_end(text[:place], "milestones.ends"), _without_end(text[place + 1 :], "milestones.ends")
    return len(before) < place and _SHORTEST <= len(after) < len(text) - place - 1


def _done_already(text: str) -> bool:
    """Whether a clause tells what was done: 促进了发展."""
    return any(tail(text[: match.start()], *_ACTS) for match in _PERFECT.finditer(text))


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
    inner = next((place for place in range(3, len(text)) if _goes_on(text, place)), None)
    return None if inner is None else text[inner:]


def _goes_on(text: str, place: int) -> bool:
    """Whether the goal of a clause that began with its ground begins at a place."""
    if words("clauses.after_frame").head(text, place):
        return True
    verb = acting(text, "directions.rising", start=place)
    return verb is not None and verb[0] > place


def _acting(text: str) -> tuple[str, str]:
    """A clause without its subject where that is to do something, and with it, named first, where nothing stands behind the verb.

    公司将扩大规模 is 扩大规模; 产业体系要更加健全 is 产业体系更加健全.
    """
    match = next(
        (each for each in _SHALL.finditer(text, 2, _LONGEST_SUBJECT + 2) if acting(text, *_ACTS, start=each.end())),
        None,
    )
    if match is None or _MARKED.search(text, 0, match.start()):
        return "", text
    rest = text[match.end() :]
    while word := head(rest, *_VERBS):
        rest = rest[len(word) :]
    if rest:
        return "", text[match.end() :]
    subject = _name(text[: match.start()])
    return subject, subject + text[match.end() :]


def _direction_of(subject: str, text: str) -> Intent:
    """What a clause that has nothing but verbs behind its subject wants of it."""
    falls = bool(tail(text, "directions.ends_falling", "directions.falling"))
    return Intent(Kind.DIRECTION, Comparison.DECREASE if falls else Comparison.INCREASE, subject)


def _milestone(text: str) -> Intent | None:
    bare = without_manner(text)
    ending = tail(bare, "milestones.ends")
    if ending and len(bare) > len(ending) + 1:
        return _done(_object(_without_end(bare, "milestones.ends")))
    if any(first in bare and bare.endswith(last) for first, last in pairs("milestones.pairs")):
        return _done(_object(bare))
    if any(bare.startswith(first) and bare.endswith(last) for first, last in pairs("milestones.set_pairs")):
        return _done(_object(bare))
    if (made := _MADE.search(text)) and _GRADED.search(text, made.end()):
        return _done(made[1] + text[made.end() :])
    verb, rest = next(((word, each) for each in (bare, text) if (word := head(each, "milestones.verbs"))), ("", ""))
    if verb and not rest.startswith("一批", len(verb)):  # how many is not said
        return _done(_ALSO.sub("", rest[len(verb) :], count=1))
    if (carrier := head(bare, "milestones.carriers")) and (inner := _INNER.search(bare, 3)):
        return _done(bare[len(carrier) : inner.start()] + bare[inner.end() :])
    return None


def _done(indicator: str) -> Intent:
    return Intent(Kind.MILESTONE, Comparison.DONE, _name(indicator))


def _direction(text: str) -> Intent | None:
    bare = without_manner(text)
    if made := _MADE.search(text):
        return Intent(Kind.DIRECTION, Comparison.INCREASE, _name(text[made.end() :]))
    if head(bare, "directions.falling"):
        return Intent(Kind.DIRECTION, Comparison.DECREASE, _name(_object(bare)))
    if (head(bare, "directions.rising") and _verb_end(bare, *_FIRST, barred=_WITHIN_FIRST)) or "一批" in bare:
        return Intent(Kind.DIRECTION, Comparison.INCREASE, _name(_object(bare)))
    for comparison, path in (
        (Comparison.DECREASE, "directions.ends_falling"),
        (Comparison.INCREASE, "directions.ends_rising"),
    ):
        ending = tail(bare, path)
        subject = bare[: -len(ending)] if ending else ""
        degrees = pattern("directions.degrees")
        degree = degrees.search(subject, 2) or degrees.match(ending) or ending in group("directions.ends_alone")
        if ending and degree and len(subject) > 1:
            return Intent(Kind.DIRECTION, comparison, _name(_without_end(subject, "directions.degrees")))
    return None


def _object(text: str) -> str:
    """What stands behind the verbs that a clause begins with, those that are parts of a word (创新型) left."""
    for place in range(3):
        barred = _WITHIN if place else _WITHIN_FIRST
        end = _verb_end(text, *(("directions.second",) if place else _FIRST), barred=barred)
        if not end or len(text) - end < 2:  # noqa: PLR2004 - a character is no name
            break
        text = text[end:]
    return text


def _verb_end(text: str, *paths: str, barred: re.Pattern[str]) -> int:
    """Where the verb that a text begins with ends, 0 where it begins with none or that is part of a word."""
    verb = acting(text, *paths)
    return verb[1] if verb and not barred.match(text, verb[1]) else 0


def _without_end(text: str, path: str) -> str:
    """A text without the words of a group at its end; two characters stay."""
    while (word := tail(text, path)) and len(text) - len(word) > 1:
        text = text[: -len(word)]
    return text


def _name(text: str) -> str:
    """An indicator without marks at its ends and without the time it is due."""
    name = _unwilled(_DUE_END.sub("", text.strip("的、：: ，（(")))
    return name.strip("的、").removeprefix("成为")[:_LONGEST]


def _unwilled(name: str) -> str:
    """A name without how it is willed, at its end or before a verb within it."""
    for match in _WILLED.finditer(name):
        verb = acting(name, "milestones.verbs", "names.into", start=match.end())
        if match.end() == len(name):
            return name[: match.start()]
        if verb:
            return name[: match.start()] + name[verb[0] :]
    return name
