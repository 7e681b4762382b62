"""One target on the terminal: goal, evidence, reasoning, what would settle it."""

from __future__ import annotations

from collections.abc import Callable

from rich.console import Console

from tracker.documents.shelf import Sentence
from tracker.messages import Language, say
from tracker.model import Assessment, Source, Target
from tracker.reports import wording
from tracker.reports.terminal import STYLES, fold, pad, width_of, write_rows


def write_target(
    target: Target,
    assessment: Assessment,
    lang: Language,
    console: Console,
    width: int,
    sentence: Callable[[Source], Sentence | None],
) -> None:
    """Print one target. `sentence` gives the text around a source where the document is at hand."""

    def write(text: str, indent: str = "", style: str | None = None, hang: int = 0) -> None:
        for row, part in enumerate(fold(wording.clean(text), max(20, width - width_of(indent) - hang))):
            console.print(indent + (" " * hang if row else "") + part, style=style, soft_wrap=True)

    write(f"{target.indicator}  ({target.key})", style="bold")
    verdict = wording.verdict_word(assessment.verdict, lang)
    completion = wording.percent(assessment.completion) if assessment.deciding else ""
    write(f"{verdict}  {completion}".rstrip(), style=STYLES[assessment.verdict])
    console.print()
    facts = _facts(target, lang)
    size = max(width_of(name) for name, _ in facts)
    for name, text in facts:
        for row, part in enumerate(fold(wording.clean(text), max(20, width - size - 4))):
            console.print("  " + pad(name if row == 0 else "", size) + "  " + part)
    _write_sentence(target.source, sentence, write, lang)
    console.print()
    write(say("show.evidence", lang), style="bold")
    if assessment.bearings:
        _write_evidence(target, assessment, lang, console, width)
    else:
        write(say("verdict_step.no_evidence", lang), "  ")
    for bearing in assessment.bearings:
        source = bearing.actual.source
        write(f"{bearing.actual.id}{say('word.colon', lang)}{_place(source, lang)}", "  ", "dim")
        _write_sentence(source, sentence, lambda text, _, style: write(text, "    ", style), lang)
    console.print()
    write(say("show.reasoning", lang), style="bold")
    for number, step in enumerate(reasoning(target, assessment, lang), 1):
        write(f"{number}. {step}", "  ", hang=3)
    if assessment.settle:
        console.print()
        write(say("show.settle", lang), style="bold")
        for reason in assessment.settle:
            write(wording.settle(reason, target, lang), "  ")


def reasoning(target: Target, assessment: Assessment, lang: Language) -> list[str]:
    """The steps to the verdict in words: deciding evidence, what decides nothing and why, pace, conclusion."""
    *steps, conclusion = (wording.step(step, target, lang) for step in assessment.steps)
    steps += [
        f"{b.actual.id}{say('word.colon', lang)}{wording.why(b.why, lang)}"
        for b in assessment.bearings
        if b.interval is None
    ]
    if assessment.pace is not None and assessment.pace_gap is not None:
        word, gap = wording.pace_word(assessment.pace, lang), wording.points(assessment.pace_gap)
        line = say("show.pace_line", lang, word=word, day=assessment.pace_day, gap=gap)
        steps.append(line)
    return [*steps, conclusion]


def _facts(target: Target, lang: Language) -> list[tuple[str, str]]:
    """What the plan says of the target, (name, text), without what it does not say."""
    source = target.source
    place = _place(source._replace(phrase=""), lang)
    baseline = (
        ""
        if target.baseline is None or target.quantity is None
        else wording.number(target.baseline) + target.quantity.unit
    )
    facts = [
        ("show.goal", f"{wording.goal(target, lang)}  ({say(f'kind.{target.kind}', lang)})"),
        ("show.wording", source.phrase),
        ("show.place", place),
        ("column.section", target.section),
        ("show.scope", f"{target.region} · {wording.period_text(target.period, lang)}"),
        ("show.due", target.due.text if target.due else ""),
        ("show.adds", say(f"accumulation.{target.accumulation}", lang) if target.accumulation else ""),
        ("show.baseline", baseline),
        ("show.firmness", say(f"firmness.{target.firmness}", lang) if target.firmness else ""),
        ("show.lead", target.lead),
        ("show.support", "、".join(target.support)),
        ("show.aliases", "、".join(target.aliases)),
        ("show.note", target.note),
    ]
    return [(say(key, lang), text) for key, text in facts if text]


def _write_sentence(
    source: Source, sentence: Callable[[Source], Sentence | None], write: Callable[..., None], lang: Language
) -> None:
    around = sentence(source)
    if around is not None:
        write(
            f"{say('show.sentence', lang)}{say('word.colon', lang)}…{around.before}【{around.phrase}】{around.after}…",
            "  ",
            "dim",
        )


def _write_evidence(target: Target, assessment: Assessment, lang: Language, console: Console, width: int) -> None:
    names = ("entry", "value", "region", "period", "relation", "gives", "verification")
    rows = []
    for bearing in assessment.bearings:
        actual = bearing.actual
        texts = (
            actual.id,
            wording.entered(actual, lang),
            actual.region or say("word.unknown", lang),
            wording.period_text(actual.period, lang) if actual.period else say("word.unknown", lang),
            wording.relation(bearing, lang),
            wording.given(target, bearing, lang),
            say(f"verification.{actual.verification}", lang),
        )
        rows.append([wording.clean(text) for text in texts])
    write_rows(console, width, [say(f"column.{name}", lang) for name in names], rows)


def _place(source: Source, lang: Language) -> str:
    """Where something stands: document and characters, with the phrase."""
    if source.start is None:
        return f"{source.document} {source.phrase}".strip()
    return say("show.characters", lang, document=source.document, start=source.start, end=source.end)
