"""What a target and a figure name, and whether the two names mean the same: indicator, verb, stage, list, qualifiers.

`新认定国家高新技术企业8家以上` is newly recognised firms; `高新技术企业达到120家` are all there are, and prove nothing of it.
"""

from __future__ import annotations

import re
from collections.abc import Iterable
from decimal import Decimal
from functools import cache
from typing import NamedTuple

from tracker import indicators
from tracker.indicators import Name, likeness, read_name
from tracker.lexicon import load
from tracker.model import Evidence, Kind, Reason, Stage, Target

_COUNTERS = ("things", "events", "people", "animals", "plants")
_COUNTED_VERBS = frozenset(
    {
        "新增",
        "净增",
        "入库",
        "申报",
        "现有",
        "签约",
        "开工",
        "投产",
        "续建",
        "谋划",
        "启动",
        "建设",
        "退出",
        "培育",
        "扩产",
    }
)
"""Verbs that tell one count of the same things from another."""
_TELLING = frozenset({"新增", "净增", "签约", "开工", "续建", "谋划", "启动", "申报", "建设"})
"""Verbs without which an amount or a length is another one."""
_STAGES = {"签约": Stage.SIGNED, "开工": Stage.STARTED, "投产": Stage.OPERATING, "建成": Stage.OPERATING}
_IN_PLACE = "到位"
_SCOPES = (
    "世界",
    "全球",
    "亚洲",
    "全国",
    "国家",
    "中部",
    "西部",
    "东部",
    "东北",
    "全省",
    "省",
    "全市",
    "市州",
    "市",
    "全县",
    "全区",
)
_SHORTEST = 3
ALIKE = Decimal("0.5")
"""Names less alike than that have nothing to do with each other, unless they end in the same word."""
HEAD = Decimal("0.4")
"""How alike names are that only end in the same word: 民间投资 and 固定资产投资."""


class Carried(NamedTuple):
    """What the figure before in a sentence was a number of, for one that goes on with it; `things` is whether it counted things."""

    sentence: str = ""
    indicator: str = ""
    verb: str = ""
    things: bool = False


class Subject(NamedTuple):
    """What is counted or measured: the names it goes by, the verb, and the words that make it another number of that name."""

    names: tuple[Name, ...]
    verb: str
    qualifiers: frozenset[str]


def target_subject(target: Target, regions: Iterable[str]) -> Subject:
    """What a target asks for: by its indicator, its aliases and the wording of the plan."""
    places = tuple(regions)
    names = tuple(dict.fromkeys(read_name(text, places) for text in (target.indicator, *target.aliases)))
    wording = target.source.phrase
    verb = next((name.verb for name in names if name.verb), "") or _verb_around(wording, target.indicator)
    return Subject(names, verb, indicators.qualifiers(wording + target.indicator))


def evidence_subject(evidence: Evidence, regions: Iterable[str], before: Carried) -> Subject:
    """What a figure is a number of. `before` is what its sentence told of before it."""
    figure = evidence.figure
    if figure is None:
        raise ValueError("a phrase has no number")
    indicator, carried = figure.indicator, ""
    if before.sentence == evidence.sentence:
        carried = before.verb if _goes_on(evidence) else ""
        if indicators.is_investment(indicator) and before.indicator.endswith("项目"):
            indicator = before.indicator + indicators.without_lead(indicator)
    name = read_name(indicator, tuple(regions))
    verb = name.verb or _verb_around(evidence.before, figure.indicator) or _verb_after(evidence.after) or carried
    return Subject((name,), verb, indicators.qualifiers(evidence.before + figure.indicator))


def _goes_on(evidence: Evidence) -> bool:
    """Whether a figure goes on with the list of the one before: 新增国家级2家、省级8家."""
    place = evidence.sentence.find(evidence.before + evidence.text)
    return (place > 0 and evidence.sentence[place - 1] == "、") or evidence.before[:1] == "、"


@cache
def _verbs() -> tuple[dict[str, str], re.Pattern[str], re.Pattern[str]]:
    table = load("indicators")["verbs"]
    words = {word: verb for verb, others in table.items() for word in (verb, *others)}
    either = "|".join(map(re.escape, sorted(words, key=lambda word: (-len(word), word))))
    return words, re.compile(rf"(?:{either})(?=了|$)"), re.compile(rf"(?:已|全部|已经|均)?({either})")


def _verb_around(words: str, indicator: str) -> str:
    """The verb that stands before or after an indicator in its clause, empty where none does."""
    known, _, first = _verbs()
    place = words.find(indicator) if indicator else -1
    head, tail = (words[:place], words[place + len(indicator) :]) if place >= 0 else (words, "")
    match = first.match(tail)
    if match:
        return known[match[1]]
    for size in range(min(6, len(head)), 1, -1):
        if head[-size:] in known:
            return known[head[-size:]]
    found = None
    if place < 0:
        found = first.match(head)
    return known[found[1]] if found else ""


def _verb_after(words: str) -> str:
    """The verb right after a number, or at the end of its clause: 25个已投产."""
    known, last, first = _verbs()
    match = first.match(words)
    if match:
        return known[match[1]]
    match = last.search(words)
    return known[match[0]] if match and match.start() else ""


def stage_of(verb: str, words: str) -> Stage | None:
    """The stage that a verb or the words around a figure tell, None where they tell none."""
    return Stage.IN_PLACE if _IN_PLACE in words else _STAGES.get(verb)


class Comparison(NamedTuple):
    """How two subjects lie to each other: `same`, or alike by `score`, and the first thing in which they differ.

    `sure` is false of what has the same name, where only one of the two says what was done with the things.
    """

    same: bool
    score: Decimal
    why: Reason
    sure: bool = True


def compare(target: Target, ours: Subject, evidence: Evidence, theirs: Subject) -> Comparison:
    """Whether a figure is a number of what a target asks for."""
    score, name = max((likeness(name, theirs.names[0]), name) for name in ours.names)
    if score < ALIKE and indicators.head(name) == indicators.head(theirs.names[0]):
        score = HEAD
    figure = evidence.figure
    shown = {"name": figure.indicator if figure else evidence.text, "wanted": target.indicator}
    if target.kind is Kind.RANK:
        return _compare_ranks(target, evidence, score, shown)
    if not indicators.same(name, theirs.names[0]):
        return Comparison(same=False, score=score, why=Reason("match.other_name", shown))
    different = ours.qualifiers ^ theirs.qualifiers
    if different:
        return Comparison(
            same=False, score=score, why=Reason("match.qualifier", {"word": "、".join(sorted(different))})
        )
    counted = target.quantity is not None and target.quantity.dimension in _COUNTERS
    if not _verbs_agree(ours.verb, theirs.verb, counted=counted):
        values = {"verb": theirs.verb or "—", "wanted": ours.verb or "—"}
        half = bool(ours.verb) is not bool(theirs.verb)
        return Comparison(same=half, score=min(score, Decimal("0.9")), why=Reason("match.verb", values), sure=False)
    return Comparison(same=True, score=score, why=Reason("match.same_name", shown))


def _verbs_agree(wanted: str, given: str, *, counted: bool) -> bool:
    """Whether what was done is what was asked for. What is built counts where building was asked for, not the other way round.

    Where one of the two says nothing, only deeds that leave the things there agree with it: not 新增, 现有 or 签约, and of counts none.
    """
    if wanted == given or (wanted == "建设" and given == "建成"):
        return True
    if wanted and given:
        return False
    return not {wanted, given} & (_COUNTED_VERBS if counted else _TELLING)


def _compare_ranks(target: Target, evidence: Evidence, score: Decimal, shown: dict[str, str]) -> Comparison:
    """Ranks are the same in the same list: its name in both, and the same scope said."""
    wanted, given = _scope(target.source.phrase or target.indicator), _scope(evidence.sentence)
    core = max(read_name(target.indicator).core, key=len, default="")
    quoted = re.findall(r"[“\"]([^”\"]{1,12})[”\"]", target.indicator + target.source.phrase)
    words = evidence.sentence
    listed = (len(core) >= _SHORTEST and core in re.sub(r"[“”\"]", "", words)) or any(
        f"“{each}”" in words for each in quoted
    )
    if not listed:
        return Comparison(same=False, score=score, why=Reason("match.other_list", shown))
    if wanted and given and not wanted & given:
        values = {"scope": "、".join(sorted(given)), "wanted": "、".join(sorted(wanted))}
        return Comparison(same=False, score=score, why=Reason("match.scope", values))
    if wanted and not given:
        return Comparison(
            same=False, score=score, why=Reason("match.scope_unknown", {"wanted": "、".join(sorted(wanted))})
        )
    return Comparison(same=True, score=max(score, Decimal("0.9")), why=Reason("match.same_list", shown))


_SCOPE = re.compile(
    r"世界|全球|亚洲|全国|国家级|中部|西部|东部|东北|全省|[\u4e00-\u9fff]{2}省|省级|全市|市州|全县|全区|全州"
)
_LEVELS = {"全球": "世界", "国家级": "全国", "省级": "全省", "市州": "全省"}


def _scope(text: str) -> frozenset[str]:
    """Among whom a rank is counted, as far as a text says it, in one word for each."""
    return frozenset(_LEVELS.get(word, "全省" if word.endswith("省") else word) for word in _SCOPE.findall(text))
