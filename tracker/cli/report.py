"""`tracker report`: the markdown report for a superior."""

from __future__ import annotations

import sys
from pathlib import Path
from typing import Annotated

import typer

from tracker.cli import options
from tracker.cli.status import notice
from tracker.errors import InputError, WriteError
from tracker.messages import say


def report(
    plan: options.PlanArgument = None,
    output: Annotated[
        Path | None, typer.Option("--output", "-o", help=options.text("output"), show_default=False)
    ] = None,
    force: Annotated[bool, typer.Option("--force", help=options.text("force"))] = False,
    as_of: options.AsOfOption = None,
    workspace: options.WorkspaceOption = None,
    lang: options.LangOption = None,
) -> None:
    """Write the report of one plan, or of all."""
    del lang
    from tracker.reports.markdown import report_text  # noqa: PLC0415 - not for --help
    from tracker.reports.sheet import make_sheet  # noqa: PLC0415

    day = options.read_day(as_of)
    if output is not None and output.exists() and not force:
        raise InputError("exists", str(output))
    opened = options.open_workspace(workspace)
    plans = [opened.plan(plan)] if plan else opened.plans
    found = [(each, opened.assessments(each.id, day)) for each in plans]
    evidence = {
        target.key: opened.actuals(target) for _, pairs in found for target, assessment in pairs if assessment.listed
    }
    title = plans[0].title if len(plans) == 1 else say("report.all", options.LANG)
    text = report_text(make_sheet(found, day, options.LANG), evidence, title)
    if output is None:
        options.emit(text)
    else:
        try:
            output.write_text(text, encoding="utf-8", newline="\n")
        except OSError as error:
            raise WriteError("not_writable", str(output), why=error.strerror or str(error)) from None
        sys.stderr.write(say("report.written", options.LANG, file=output) + "\n")
    notice(opened)
