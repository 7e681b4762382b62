"""`tracker draft`: the goals of a plan document, to be reviewed. Writes nothing but the file it is told to."""

from __future__ import annotations

import sys
from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from tracker.cli import options
from tracker.errors import InputError, WriteError
from tracker.messages import say
from tracker.model import Kind

if TYPE_CHECKING:
    from tracker.model import Draft
    from tracker.regions import Regions

FORMS = ("toml", "json", "table")


def draft(
    plan_doc: Annotated[str, typer.Argument(metavar="PLAN_DOC", help=options.text("plan_doc"), show_default=False)],
    region: Annotated[str | None, typer.Option(help=options.text("of_region"), show_default=False)] = None,
    period: Annotated[str | None, typer.Option(help=options.text("of_period"), show_default=False)] = None,
    format_: Annotated[
        str, typer.Option("--format", "-f", help=options.text("format_draft"), show_default=False)
    ] = "toml",
    kind: Annotated[list[str] | None, typer.Option(help=options.text("kind"), show_default=False)] = None,
    output: Annotated[
        Path | None, typer.Option("--output", "-o", help=options.text("output"), show_default=False)
    ] = None,
    force: Annotated[bool, typer.Option("--force", help=options.text("force"))] = False,
    diff: Annotated[Path | None, typer.Option("--diff", help=options.text("diff"), show_default=False)] = None,
    lang: options.LangOption = None,
) -> None:
    """Print the goals of a plan document, or how they differ from a plan's file."""
    del lang
    form = options.choice(format_, FORMS) or "toml"
    kinds = {options.choice(word, Kind, "kind") for word in kind or ()}
    if output is not None and output.exists() and not force:
        raise InputError("exists", str(output))
    if output is not None and form == "table":
        raise InputError("bad_choice", value=form, allowed="toml, json")
    from tracker.pipeline import draft_document  # noqa: PLC0415 - not for --help

    found = draft_document(plan_doc, region, options.iso_period(period), _plan_id(output or diff))
    if kinds:
        found = found._replace(targets=tuple(target for target in found.targets if target.kind in kinds))
    if diff is not None:
        _compare(diff, found, form)
    elif output is not None:
        _write(output, _written(found, form))
    elif form == "table":
        from tracker.reports.drafts import draft_table  # noqa: PLC0415 - Rich is for tables alone
        from tracker.reports.terminal import make_console, output_width  # noqa: PLC0415

        draft_table(found, make_console(), output_width(), options.LANG)
    else:
        options.emit(_written(found, form))
    _notice(found)


def _plan_id(file: Path | None) -> str:
    """The id of a plan that is to stand in a file: the file's name."""
    return "" if file is None else file.stem


def _written(found: Draft, form: str) -> str:
    if form == "json":
        from tracker.reports.drafts import draft_json  # noqa: PLC0415

        return draft_json(found)
    from tracker.plans import write_plan  # noqa: PLC0415

    return write_plan(found.plan, found.targets)


def _write(output: Path, text: str) -> None:
    """Write the whole file.

    Raises:
        WriteError: it cannot be written.
    """
    try:
        output.write_text(text, encoding="utf-8", newline="")
    except OSError as error:
        raise WriteError("not_writable", str(output), why=error.strerror or str(error)) from None
    sys.stderr.write(say("draft.written", options.LANG, file=output) + "\n")


def _compare(file: Path, found: Draft, form: str) -> None:
    """Print how the plan of a file differs from the one drafted.

    Raises:
        InputError: the file is not there or is no plan.
    """
    from tracker.plans import differences, read_plan  # noqa: PLC0415
    from tracker.reports.differences import diff_json, diff_table  # noqa: PLC0415
    from tracker.reports.terminal import make_console, output_width  # noqa: PLC0415
    from tracker.toml_files import decode  # noqa: PLC0415

    try:
        data = file.read_bytes()
    except OSError as error:
        raise InputError("not_readable", str(file), why=error.strerror or str(error)) from None
    known = read_plan(decode(data, str(file)), str(file), file.stem)
    if known.plan is None:
        raise InputError("no_plan_file", str(file))
    changes = differences(known.targets, found.targets, _regions(file.with_name("regions.toml")))
    if form == "json":
        options.emit(diff_json(changes))
    else:
        diff_table(changes, make_console(), output_width(), options.LANG)


def _regions(file: Path) -> Regions:
    """The tree of regions beside a plan's file, an empty one where there is none."""
    from tracker.plans import read_regions  # noqa: PLC0415
    from tracker.regions import Regions  # noqa: PLC0415
    from tracker.toml_files import decode  # noqa: PLC0415

    return Regions(read_regions(decode(file.read_bytes(), str(file)), str(file))[0] if file.is_file() else ())


def _notice(found: Draft) -> None:
    """Say on stderr what the document does not and the options did not."""
    if not found.plan.region:
        sys.stderr.write(say("draft.no_region", options.LANG) + "\n")
    if found.plan.period is None:
        sys.stderr.write(say("draft.no_period", options.LANG) + "\n")
