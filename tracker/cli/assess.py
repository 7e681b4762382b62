"""`tracker assess`: a plan document and documents that report, no workspace → what they prove of the plan's goals."""

from __future__ import annotations

import json
from collections.abc import Collection
from datetime import date
from pathlib import Path
from typing import Annotated

import typer

from tracker.cli import options
from tracker.cli.extract import find_sources
from tracker.errors import InputError
from tracker.messages import say
from tracker.model import Assessed, Kind, Match, Relation, Verdict


def assess(
    plan: Annotated[str, typer.Argument(metavar="PLAN_DOC", help=options.text("plan_doc"), show_default=False)],
    documents: Annotated[list[str], typer.Argument(metavar="DOC...", help=options.text("docs"), show_default=False)],
    region: Annotated[str | None, typer.Option(help=options.text("of_region"), show_default=False)] = None,
    period: Annotated[str | None, typer.Option(help=options.text("of_period"), show_default=False)] = None,
    as_of: options.AsOfOption = None,
    verdict: Annotated[
        list[str] | None,
        typer.Option(help=options.text("verdict"), show_default=False, autocompletion=options.complete_words(Verdict)),
    ] = None,
    kind: Annotated[
        list[str] | None,
        typer.Option(help=options.text("kind"), show_default=False, autocompletion=options.complete_words(Kind)),
    ] = None,
    save: Annotated[Path | None, typer.Option(metavar="DIR", help=options.text("save"), show_default=False)] = None,
    format_: options.FormatOption = "table",
    lang: options.LangOption = None,
) -> None:
    """Print what the documents prove of every goal of the plan."""
    del lang
    from tracker.pipeline import assess_documents  # noqa: PLC0415 - not for --help

    form = options.choice(format_, options.FORMATS) or "table"
    day = options.read_day(as_of)
    verdicts = {options.choice(word, Verdict, "verdict") for word in verdict or ()}
    kinds = {options.choice(word, Kind, "kind") for word in kind or ()}
    sources = [source.path for source in find_sources(documents)]
    if save is not None and save.exists() and (not save.is_dir() or any(save.iterdir())):
        raise InputError("not_empty", str(save))
    assessed = assess_documents(plan, sources, day, region, options.iso_period(period))
    if not assessed.draft.targets:
        raise InputError("no_goals", plan)
    _write(assessed if form == "json" else _chosen(assessed, verdicts, kinds), day, form)
    if save is not None:
        from tracker.accepting import save_workspace  # noqa: PLC0415
        from tracker.cli.add import now, user  # noqa: PLC0415

        save_workspace(assessed, save, [plan, *sources], now().isoformat(), user())
        typer.echo(say("assess.saved", options.LANG, folder=save), err=True)


def _chosen(assessed: Assessed, verdicts: Collection[str | None], kinds: Collection[str | None]) -> Assessed:
    """The goals of these verdicts and kinds, empty for all, with what bears on them."""
    pairs = zip(assessed.draft.targets, assessed.assessments, strict=True)
    kept = [
        (target, assessment)
        for target, assessment in pairs
        if (not verdicts or assessment.verdict in verdicts) and (not kinds or target.kind in kinds)
    ]
    keys = {target.key for target, _ in kept}
    return assessed._replace(
        draft=assessed.draft._replace(targets=tuple(target for target, _ in kept)),
        assessments=tuple(assessment for _, assessment in kept),
        matches=tuple(match for match in assessed.matches if match.target.key in keys),
    )


def _write(assessed: Assessed, day: date, form: str) -> None:
    """Write the result in a format."""
    from tracker.reports.matches import assessed_data, matches_markdown  # noqa: PLC0415
    from tracker.reports.sheet import make_sheet  # noqa: PLC0415

    draft = assessed.draft
    sheet = make_sheet([(draft.plan, list(zip(draft.targets, assessed.assessments, strict=True)))], day, options.LANG)
    if form == "json":
        options.emit(json.dumps(assessed_data(assessed, options.LANG), ensure_ascii=False, indent=1) + "\n")
    elif form == "csv":
        from tracker.reports.data import sheet_csv  # noqa: PLC0415

        options.emit(sheet_csv(sheet))
    elif form == "md":
        from tracker.reports.markdown import sheet_text  # noqa: PLC0415

        heading = say("assess.evidence", options.LANG)
        table = matches_markdown(_telling(assessed), options.LANG)
        options.emit(f"{sheet_text(sheet)}\n## {heading}\n\n{table}")
    else:
        from tracker.reports.matches import write_matches  # noqa: PLC0415
        from tracker.reports.terminal import make_console, output_width, write_sheet  # noqa: PLC0415

        console, telling = make_console(), _telling(assessed)
        write_sheet(sheet, console, output_width())
        if telling:
            console.print("\n" + say("assess.evidence", options.LANG), style="bold")
            write_matches(telling, options.LANG, console, output_width())


def _telling(assessed: Assessed) -> list[Match]:
    """The matches that bear on a verdict, in the plan's order."""
    order = {target.key: place for place, target in enumerate(assessed.draft.targets)}
    found = [match for match in assessed.matches if match.relation not in (None, Relation.PROXY)]
    return sorted(found, key=lambda match: order[match.target.key])
