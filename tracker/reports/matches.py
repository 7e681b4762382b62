"""Matches on a terminal and as JSON, CSV and markdown: what the evidence is, how it bears on the target, and why."""

from __future__ import annotations

import csv
import io
from collections.abc import Iterable, Sequence
from typing import Any

from rich.console import Console

from tracker.messages import Language, say
from tracker.model import Assessed, Match, Reason, Relation
from tracker.reports import wording
from tracker.reports.data import assessment_data, cell, plan_data, target_data
from tracker.reports.figures import figure_data
from tracker.reports.markdown import escape, table
from tracker.reports.terminal import fold

COLUMNS = (
    "target",
    "evidence",
    "relation",
    "proves",
    "score",
    "reasons",
    "document",
    "start",
    "end",
    "region",
    "period",
)
SHOWN = ("target", "evidence", "region", "period", "relation", "proves")
_RANKS = {Relation.SAME: 0, Relation.PART_REGION: 1, Relation.PART_PERIOD: 2, Relation.PROXY: 3, None: 4}


def in_words(reasons: Sequence[Reason], lang: Language) -> list[str]:
    """Reasons as sentences, each once."""
    return list(dict.fromkeys(wording.why(reason, lang) for reason in reasons))


def relation_word(relation: Relation | None, lang: Language) -> str:
    """A relation in words, of a near miss that it is none."""
    return say("relation.none" if relation is None else f"relation.{relation}", lang)


def proves_word(match: Match, lang: Language) -> str:
    """What a match proves alone, in words."""
    return say("match.nothing", lang) if match.proves is None else wording.verdict_word(match.proves, lang)


def sorted_matches(matches: Iterable[Match]) -> list[Match]:
    """Matches with the strongest first: by relation, proof, score; those alike in the order they were found."""
    return sorted(matches, key=lambda match: (_RANKS[match.relation], match.proves is None, -match.score))


def match_data(match: Match, lang: Language) -> dict[str, Any]:
    """A match for JSON, as the interface says: spans of target and figure, relation, proves, score, reasons."""
    evidence, source = match.evidence, match.target.source
    return {
        "target": {
            "id": match.target.key,
            "document": source.document or None,
            "text": source.phrase or None,
            "start": source.start,
            "end": source.end,
        },
        "figure": {
            "document": evidence.document,
            "text": evidence.text,
            "start": evidence.start,
            "end": evidence.end,
            "region": evidence.region,
            "period": evidence.period.text if evidence.period else None,
        },
        "relation": match.relation,
        "proves": match.proves or "nothing",
        "score": f"{match.score:.2f}",
        "repeats": None if match.repeats is None else {"document": match.repeats[0], "start": match.repeats[1]},
        "reasons": in_words(match.reasons, lang),
    }


def assessed_data(assessed: Assessed, lang: Language) -> dict[str, Any]:
    """`{"plan", "targets", "figures", "matches", "assessments"}` of an assessment of documents."""
    targets = assessed.draft.targets
    return {
        "plan": plan_data(assessed.draft.plan),
        "targets": [target_data(target) for target in targets],
        "figures": [
            {"document": report.extract.name, **figure_data(figure)}
            for report in assessed.reports
            for figure in report.extract.figures
        ],
        "matches": [match_data(match, lang) for match in assessed.matches if match.relation is not None],
        "assessments": [
            assessment_data(target, assessment)
            | {"reasons": [wording.step(step, target, lang) for step in assessment.steps]}
            for target, assessment in zip(targets, assessed.assessments, strict=True)
        ],
    }


def rows(matches: Iterable[Match], lang: Language, columns: Sequence[str]) -> list[list[str]]:
    """The texts of matches for a table, cleaned of what would move a terminal."""
    return [[wording.clean(_text(match, column, lang)) for column in columns] for match in matches]


def _text(match: Match, column: str, lang: Language) -> str:
    evidence = match.evidence
    match column:
        case "target":
            return match.target.indicator
        case "evidence":
            figure = evidence.figure
            return f"{figure.indicator} {evidence.text}" if figure and figure.indicator else evidence.text
        case "relation":
            return relation_word(match.relation, lang)
        case "proves":
            return proves_word(match, lang)
        case "score":
            return f"{match.score:.2f}"
        case "reasons":
            return say("word.separator", lang).join(in_words(match.reasons, lang))
        case "document":
            return evidence.document
        case "start" | "end":
            return str(evidence.start if column == "start" else evidence.end)
        case "region":
            return evidence.region or say("word.unknown", lang)
        case _:
            return evidence.period.text if evidence.period else say("word.unknown", lang)


def matches_csv(matches: Iterable[Match], lang: Language) -> str:
    """One row a match, headings in the language, with a byte order mark as spreadsheets want it."""
    out = io.StringIO()
    writer = csv.writer(out, lineterminator="\r\n")
    writer.writerow([say(f"column.{name}", lang) for name in COLUMNS])
    writer.writerows([[cell(text) for text in row] for row in rows(matches, lang, COLUMNS)])
    return "\ufeff" + out.getvalue()


def matches_markdown(matches: Iterable[Match], lang: Language) -> str:
    """A markdown table of matches."""
    columns = (*SHOWN, "reasons", "document")
    heads = [say(f"column.{name}", lang) for name in columns]
    return table(heads, [[escape(text) for text in row] for row in rows(matches, lang, columns)])


def write_matches(matches: Sequence[Match], lang: Language, console: Console, width: int) -> None:
    """Print matches: a table, each with its reasons in a line below."""
    for match in matches:
        write_match(match, lang, console, width)


def write_match(match: Match, lang: Language, console: Console, width: int) -> None:
    """Print one match: target, evidence with its place, relation and proof, reasons."""
    evidence = match.evidence
    period = wording.period_text(evidence.period, lang)
    heading = f"{match.target.indicator}  {wording.goal(match.target, lang)}"
    said = " ".join(row for row in rows([match], lang, ["evidence"])[0])
    place = say("match.place", lang, document=evidence.document, start=evidence.start, end=evidence.end)
    scope = f"{evidence.region or say('word.unknown', lang)} · {period}"
    verdict = f"{relation_word(match.relation, lang)} → {proves_word(match, lang)}"
    console.print(wording.clean(heading), style="bold", soft_wrap=True)
    for text in (f"{said}   {scope}", f"{verdict}   {place}", *in_words(match.reasons, lang)):
        for part in fold(wording.clean(text), max(20, width - 4)):
            console.print("    " + part, soft_wrap=True)
    if match.repeats is not None:
        console.print(
            "    " + wording.clean(say("match.repeats", lang, document=match.repeats[0], start=match.repeats[1]))
        )
