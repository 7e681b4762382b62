"""`tracker status`: the progress table."""

from __future__ import annotations

import sys
from collections.abc import Sequence
from datetime import date
from typing import TYPE_CHECKING, Annotated

import typer

from tracker.cli import options
from tracker.messages import say
from tracker.model import Assessment, Kind, Plan, Target, Verdict

if TYPE_CHECKING:
    from tracker.workspace import Workspace

MOST_TABLES = 12
"""More plans than these are summed up, one row each, unless one is named, filtered for, or --all is given."""


def status(
    plan: options.PlanArgument = None,
    as_of: options.AsOfOption = None,
    section: Annotated[str | None, typer.Option(help=options.text("section"), show_default=False)] = None,
    lead: Annotated[str | None, typer.Option(help=options.text("lead"), show_default=False)] = None,
    verdict: Annotated[
        list[str] | None,
        typer.Option(help=options.text("verdict"), show_default=False, autocompletion=options.complete_words(Verdict)),
    ] = None,
    kind: Annotated[
        list[str] | None,
        typer.Option(help=options.text("kind"), show_default=False, autocompletion=options.complete_words(Kind)),
    ] = None,
    region: Annotated[
        str | None,
        typer.Option(help=options.text("region"), show_default=False, autocompletion=options.complete_region),
    ] = None,
    proven: Annotated[bool, typer.Option("--proven", help=options.text("proven"))] = False,
    every: Annotated[bool, typer.Option("--all", help=options.text("all"))] = False,
    format_: options.FormatOption = "table",
    workspace: options.WorkspaceOption = None,
    lang: options.LangOption = None,
) -> None:
    """Print what is proven of every target."""
    del lang
    form = options.choice(format_, options.FORMATS)
    day = options.read_day(as_of)
    verdicts = {options.choice(word, Verdict, "verdict") for word in verdict or ()}
    if proven:
        verdicts |= {Verdict.ACHIEVED, Verdict.MISSED}
    kinds = {options.choice(word, Kind, "kind") for word in kind or ()}
    opened = options.open_workspace(workspace)
    plans = [opened.plan(plan)] if plan else opened.plans
    filtered = bool(section or lead or verdicts or kinds or region)
    if form == "table" and len(plans) > MOST_TABLES and not filtered and not every:
        _summary(opened)
        return

    def wanted(target: Target, assessment: Assessment) -> bool:
        return (
            (section is None or section in target.section)
            and (lead is None or lead in target.lead)
            and (not verdicts or assessment.verdict in verdicts)
            and (not kinds or target.kind in kinds)
            and (region is None or opened.regions.name(region) == opened.regions.name(target.region))
        )

    found = [(each, [pair for pair in opened.assessments(each.id, day) if wanted(*pair)]) for each in plans]
    found.sort(key=lambda each: not any(assessment.listed for _, assessment in each[1]))  # plans with evidence first
    write(opened, found, day, form or "table", empty="status.nothing" if plans else "status.no_plans")


def write(
    workspace: Workspace,
    found: Sequence[tuple[Plan, Sequence[tuple[Target, Assessment]]]],
    day: date,
    form: str,
    *,
    empty: str,
) -> None:
    """Write the sheet in a format; what is not the result goes to stderr."""
    from tracker.reports.sheet import make_sheet  # noqa: PLC0415

    sheet = make_sheet(found, day, options.LANG)
    if form == "json":
        from tracker.reports.data import sheet_json  # noqa: PLC0415

        options.emit(sheet_json(sheet))
    elif form == "csv":
        from tracker.reports.data import sheet_csv  # noqa: PLC0415

        options.emit(sheet_csv(sheet))
    elif form == "md":
        from tracker.reports.markdown import sheet_text  # noqa: PLC0415

        options.emit(sheet_text(sheet))
    else:
        from tracker.reports.terminal import make_console, output_width, write_sheet  # noqa: PLC0415

        write_sheet(sheet, make_console(), output_width())
    if not sheet.tables:
        sys.stderr.write(say(empty, options.LANG) + "\n")
    notice(workspace)


def notice(workspace: Workspace) -> None:
    """Say on stderr when entries of the files could not be counted."""
    if problems := workspace.file_problems():
        sys.stderr.write(say("status.problems", options.LANG, n=len(problems)) + "\n")


def _summary(workspace: Workspace) -> None:
    """One row a plan: how many targets have which verdict."""
    from tracker.reports.terminal import make_console, write_summary  # noqa: PLC0415

    write_summary(make_console(), workspace.plans, workspace.counts(), options.LANG)
    notice(workspace)
