"""`tracker check`: everything wrong in the workspace's files, in one run."""

from __future__ import annotations

import json
import sys
from pathlib import Path
from typing import Annotated

import typer

from tracker.cli import options
from tracker.messages import MESSAGES, say


def check(
    documents: Annotated[list[Path] | None, typer.Option(help=options.text("documents"), show_default=False)] = None,
    format_: options.JsonFormatOption = "table",
    workspace: options.WorkspaceOption = None,
    lang: options.LangOption = None,
) -> None:
    """List all findings; exit status 1 when there are any."""
    del lang
    from tracker.checks import find_problems  # noqa: PLC0415 - not for --help
    from tracker.documents import Shelf  # noqa: PLC0415
    from tracker.reports.wording import clean  # noqa: PLC0415

    form = options.choice(format_, ("table", "json"))
    opened = options.open_workspace(workspace, tolerant=True)
    found = find_problems(opened, Shelf(opened.root, documents or []))
    lines = []
    for problem in found.problems:
        key = f"problem.{problem.code}"
        values = dict(problem.values)
        if "kind" in values:
            values["kind"] = say(f"kind.{values['kind']}", options.LANG)
        message = say(key if key in MESSAGES else f"error.{problem.code}", options.LANG, **values)
        lines.append((problem, clean(message)))
    if form == "json":
        data = [{"file": p.file, "line": p.line, "path": p.path, "code": p.code, "message": text} for p, text in lines]
        options.emit(json.dumps(data, ensure_ascii=False, indent=1) + "\n")
    else:
        for problem, text in lines:
            sys.stdout.write(f"{clean(problem.place)}: {clean(problem.path) + ': ' if problem.path else ''}{text}\n")
        sys.stdout.write(say("check.spans", options.LANG, done=found.confirmed, all=found.spans) + "\n")
        if not lines:
            sys.stdout.write(
                say("check.fine", options.LANG, plans=found.plans, targets=found.targets, actuals=found.actuals) + "\n"
            )
        else:
            sys.stdout.write(say("check.findings", options.LANG, n=len(lines)) + "\n")
    if lines:
        raise typer.Exit(1)
