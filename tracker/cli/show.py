"""`tracker show`: one target with its evidence, the reasoning, and what would settle it."""

from __future__ import annotations

import json
from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from tracker.cli import options
from tracker.cli.status import notice
from tracker.model import Assessment, Target

if TYPE_CHECKING:
    from tracker.workspace import Workspace


def show(
    target: options.TargetArgument,
    as_of: options.AsOfOption = None,
    documents: Annotated[list[Path] | None, typer.Option(help=options.text("documents"), show_default=False)] = None,
    format_: options.JsonFormatOption = "table",
    workspace: options.WorkspaceOption = None,
    lang: options.LangOption = None,
) -> None:
    """Print one target."""
    del lang
    form = options.choice(format_, ("table", "json"))
    day = options.read_day(as_of)
    opened = options.open_workspace(workspace)
    found = opened.find_target(target)
    assessment = opened.assessment(found, day)
    if form == "json":
        options.emit(_json(found, assessment))
    else:
        _print(opened, found, assessment, documents or [])
    notice(opened)


def _json(target: Target, assessment: Assessment) -> str:
    from tracker.reports import wording  # noqa: PLC0415
    from tracker.reports.data import assessment_data, bearing_data  # noqa: PLC0415
    from tracker.reports.target import reasoning  # noqa: PLC0415

    data = assessment_data(target, assessment)
    data["evidence"] = [bearing_data(bearing, options.LANG) for bearing in assessment.bearings]
    data["reasons"] = reasoning(target, assessment, options.LANG)
    data["settle"] = [wording.settle(reason, target, options.LANG) for reason in assessment.settle]
    return json.dumps(data, ensure_ascii=False, indent=1) + "\n"


def _print(workspace: Workspace, target: Target, assessment: Assessment, documents: list[Path]) -> None:
    from tracker.documents import Shelf  # noqa: PLC0415
    from tracker.reports.target import write_target  # noqa: PLC0415
    from tracker.reports.terminal import make_console, output_width  # noqa: PLC0415

    shelf = Shelf(workspace.root, documents)
    write_target(target, assessment, options.LANG, make_console(), output_width(), shelf.sentence)
