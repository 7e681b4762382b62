"""What else a report tells of things of a target's kind: always proxies, low in score.

`重点实验室1个` tells something of 科技创新平台: it helps a person who looks for evidence, and proves nothing.
"""

from __future__ import annotations

from bisect import bisect_left
from collections import defaultdict
from collections.abc import Iterator, Sequence
from decimal import Decimal

from tracker.indicators import topics
from tracker.matches.matching import Judge
from tracker.matches.matching import actual_of as number_of
from tracker.matches.milestones import Scene, evidence_of
from tracker.matches.milestones import actual_of as thing_of
from tracker.matches.passages import Clause, Passages
from tracker.model import Evidence, Match, Reason, Relation, Target

KIN = Decimal("0.35")
"""The score of a clause on things of the same kind."""


def match_related(
    targets: Sequence[Target],
    passages: Passages,
    evidence: Sequence[Evidence],
    scenes: Sequence[tuple[Clause, Scene]],
    document: tuple[str, str],
    judge: Judge,
) -> Iterator[Match]:
    """The figures of the clauses of a target's kind, or the clauses themselves, as proxies where place and time allow."""
    asked: dict[int, list[Target]] = defaultdict(list)
    for target in targets:
        for topic in topics(target.indicator + target.source.phrase):
            asked[topic].append(target)
    places = [passages.place(each.start) for each in evidence]
    for clause, scene in scenes:
        if not scene.reports:
            continue
        told = evidence[bisect_left(places, clause.start) : bisect_left(places, clause.end)]
        named = "，".join(each.figure.indicator for each in told if each.figure)
        kinds = topics(f"{passages.flow.text[clause.start : clause.end]}，{named}")
        wanted = {target.key: target for topic in sorted(kinds) for target in asked[topic]}
        for target in wanted.values():
            for each in told or [evidence_of(passages, clause, scene, document)]:
                if each.figure is None or each.figure.role != "target":
                    yield from _proxy(target, each, judge)


def _proxy(target: Target, evidence: Evidence, judge: Judge) -> Iterator[Match]:
    """Evidence as a proxy, unless it is another place's or another time's."""
    figure = evidence.figure
    actual = number_of(target, evidence, figure, "") if figure else thing_of(target, evidence)
    if judge.elsewhere(target, actual) is None:
        proxy = actual._replace(proxy=True, done=None)
        yield Match(target, evidence, Relation.PROXY, proxy, None, KIN, (Reason("match.kind", {}),))
