"""Candidates on a terminal and as JSON, CSV and markdown: the match, and what has become of it so far."""

from __future__ import annotations

import csv
import io
import re
from collections.abc import Iterable, Iterator, Sequence
from typing import Any

from rich.console import Console

from tracker.messages import Language, say
from tracker.model import Actual, Candidate, Evidence, State
from tracker.reports import wording
from tracker.reports.data import cell
from tracker.reports.markdown import escape, table
from tracker.reports.matches import COLUMNS, SHOWN, in_words, match_data, proves_word, relation_word, rows
from tracker.reports.terminal import fold

GROUPS = ("target", "document")
MOST_AROUND = 120
"""Characters of a sentence that are shown on either side of a figure."""


def candidate_data(candidate: Candidate, lang: Language) -> dict[str, Any]:
    """A candidate for JSON: its match, with `state`, the `entry` that has it, and what it `contradicts`."""
    first = candidate.first.evidence if candidate.first else None
    return match_data(candidate.match, lang) | {
        "repeats": {"document": first.document, "start": first.start} if first else None,
        "state": candidate.state,
        "hindrance": candidate.hindrance,
        "entry": candidate.entry or None,
        "contradicts": [
            {"entry": other.id or None, "document": other.source.document or None, "start": other.source.start}
            for other in candidate.clashes
        ],
    }


def candidates_csv(candidates: Sequence[Candidate], lang: Language) -> str:
    """One row a candidate, headings in the language, with a byte order mark as spreadsheets want it."""
    out = io.StringIO()
    writer = csv.writer(out, lineterminator="\r\n")
    writer.writerow([say(f"column.{name}", lang) for name in (*COLUMNS, "state")])
    for candidate, texts in zip(candidates, _rows(candidates, lang, COLUMNS), strict=True):
        writer.writerow([cell(text) for text in (*texts, state_words(candidate, lang))])
    return "\ufeff" + out.getvalue()


def candidates_markdown(candidates: Sequence[Candidate], lang: Language) -> str:
    """A markdown table of candidates."""
    columns = (*SHOWN, "reasons", "document")
    heads = [say(f"column.{name}", lang) for name in (*columns, "state")]
    found = zip(candidates, _rows(candidates, lang, columns), strict=True)
    return table(heads, [[escape(text) for text in (*texts, state_words(each, lang))] for each, texts in found])


def _rows(candidates: Sequence[Candidate], lang: Language, columns: Sequence[str]) -> list[list[str]]:
    return rows((candidate.match for candidate in candidates), lang, columns)


def state_words(candidate: Candidate, lang: Language) -> str:
    """What has become of a candidate, what it contradicts, and what keeps it from being written, in words."""
    words = [say(f"state.{candidate.state}", lang)]
    if candidate.entry:
        words[0] += say("word.colon", lang) + candidate.entry
    elif candidate.reason:
        words[0] += say("word.colon", lang) + candidate.reason
    elif candidate.first is not None:
        evidence = candidate.first.evidence
        words[0] = say("match.repeats", lang, document=evidence.document, start=evidence.start)
    return wording.clean(say("word.separator", lang).join([*words, *_notes(candidate, lang)]))


def _notes(candidate: Candidate, lang: Language) -> Iterator[str]:
    """What is to be thought about before a candidate is written."""
    if candidate.hindrance is not None:
        yield say(f"hindrance.{candidate.hindrance}", lang, region=candidate.actual.region)
    for other in candidate.clashes:
        yield say("add.contradicts", lang, id=other.id or _place(other, lang), value=wording.entered(other, lang))


def _place(actual: Actual, lang: Language) -> str:
    source = actual.source
    return say("match.place", lang, document=source.document, start=source.start, end=source.end)


def grouped(candidates: Sequence[Candidate], group: str) -> Iterator[tuple[str, list[Candidate]]]:
    """Candidates under the key of their target, or the name of their document, in the order in which these come first."""
    found: dict[str, list[Candidate]] = {}
    for candidate in candidates:
        match = candidate.match
        found.setdefault(match.target.key if group == "target" else match.evidence.document, []).append(candidate)
    yield from found.items()


def write_candidates(candidates: Sequence[Candidate], group: str, lang: Language, console: Console, width: int) -> None:
    """Print candidates in groups, each with relation, proof, score, place, reasons, and what has become of it."""
    for name, members in grouped(candidates, group):
        heading = target_words(members[0], lang) if group == "target" else name
        console.print(wording.clean(heading), style="bold", soft_wrap=True)
        for candidate in members:
            write_candidate(candidate, lang, console, width, named=group != "target")
        console.print()


def target_words(candidate: Candidate, lang: Language) -> str:
    """A candidate's target: its name, what it asks for, its key."""
    target = candidate.match.target
    return f"{target.indicator}  {wording.goal(target, lang)}  ({target.key})"


def write_candidate(candidate: Candidate, lang: Language, console: Console, width: int, *, named: bool) -> None:
    """Print one candidate; `named` with its target."""
    match, evidence = candidate.match, candidate.match.evidence
    (said,) = rows([match], lang, ["evidence"])[0]
    scope = f"{evidence.region or say('word.unknown', lang)} · {wording.period_text(evidence.period, lang)}"
    proves = f" → {proves_word(match, lang)}" if match.relation else ""
    relation = f"{relation_word(match.relation, lang)}{proves}   {match.score:.2f}"
    place = say("match.place", lang, document=evidence.document, start=evidence.start, end=evidence.end)
    texts = [f"{relation}   {place}", say("word.separator", lang).join(in_words(match.reasons, lang))]
    if named:
        texts.insert(0, target_words(candidate, lang))
    if candidate.state not in (State.NEW, State.NEAR) or candidate.hindrance or candidate.clashes:
        texts.append(state_words(candidate, lang))
    _write(f"{said}   {scope}", "  ", console, width)
    for text in texts:
        _write(text, "      ", console, width)


def write_sentence(evidence: Evidence, lang: Language, console: Console, width: int) -> None:
    """Print the sentence of a piece of evidence, its phrase between 【 and 】."""
    before, phrase, after = around(evidence)
    _write(
        f"{say('show.sentence', lang)}{say('word.colon', lang)}{before}【{phrase}】{after}", "      ", console, width
    )


def _write(text: str, indent: str, console: Console, width: int) -> None:
    for row, part in enumerate(fold(wording.clean(text), max(20, width - len(indent) - 2))):
        console.print(indent + ("  " if row else "") + part, soft_wrap=True)


def around(evidence: Evidence) -> tuple[str, str, str]:
    """(before, phrase, after) of a sentence; all of it before, with the phrase behind it, where the phrase is not found in it."""
    sentence = evidence.sentence
    start = max(sentence.find(evidence.before), 0) + len(evidence.before) if evidence.before else 0
    pattern = re.compile(r"\s*".join(map(re.escape, "".join(evidence.text.split()))))
    found = pattern.search(sentence, start) or pattern.search(sentence)
    first, last = found.span() if found else (len(sentence), len(sentence))
    before, after = sentence[:first], sentence[last:]
    return (
        before if len(before) <= MOST_AROUND else "…" + before[-MOST_AROUND:],
        sentence[first:last] or evidence.text,
        after if len(after) <= MOST_AROUND else after[:MOST_AROUND] + "…",
    )


def counts_line(candidates: Iterable[Candidate], hidden: dict[str, int], lang: Language) -> str:
    """How many candidates there are of each state, and how many are not shown."""
    counts: dict[str, int] = {}
    for candidate in candidates:
        counts[candidate.state] = counts.get(candidate.state, 0) + 1
    parts = [f"{say(f'state.{state}', lang)} {number}" for state, number in counts.items()]
    parts += [say(f"match.hidden_{name}", lang, n=number) for name, number in hidden.items() if number]
    return " · ".join(parts) or say("match.none", lang)
