"""Stage 5: what documents report × what plans want → Matches, each with its relation and its reasons. Pure.

    passages     sentences and clauses
    evidence     figures with the words around them
    names        what a target and a figure name, and whether that is the same
    matching     figures × targets
    scenes       of what region and time a clause tells
    milestones   clauses × things to be done
    related      what else is told of things of a target's kind

`引进项目42个，投资额超166亿元` of a park in 2024 are floors for the county's 140 projects and 300亿元; neither proves anything alone.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from tracker.matches.evidence import dated, read_evidence, reported
from tracker.matches.matching import Judge, Targets, match_figures
from tracker.matches.milestones import match_milestones, things
from tracker.matches.passages import Passages
from tracker.matches.related import match_related
from tracker.matches.scenes import read_scenes
from tracker.model import Match, Report, Target
from tracker.regions import Regions

__all__ = ["Judge", "Targets", "match_document"]


def match_document(
    report: Report, targets: Sequence[Target], regions: Regions, presumed: frozenset[str], judge: Judge
) -> Iterator[Match]:
    """All matches of a document, near misses included: of its figures in their order, of its clauses, of things of a kind.

    `regions` is the tree in which all regions named stand, `presumed` those whose place there is only taken to be. `judge` says how an
    entry bears on a target and what it proves.
    """
    passages = Passages(report.text)
    known = Targets(targets, regions)
    evidence = reported(dated(list(read_evidence(passages, report.extract))), report)
    scenes = list(read_scenes(passages, report))
    document = (report.extract.name, report.extract.sha256)
    wanted = things(targets, known.places)
    found: set[tuple[str, int]] = set()
    for match in (
        *match_figures(known, evidence, judge, presumed),
        *match_milestones(wanted, passages, scenes, document, judge, regions),
    ):
        found.add((match.target.key, match.evidence.start))
        yield match
    for match in match_related(targets, passages, evidence, scenes, document, judge):
        if (match.target.key, match.evidence.start) not in found:
            yield match
