"""`tracker retract`: take an entry out of the evidence. It stays in the ledger, with the retraction behind it."""

from __future__ import annotations

from datetime import UTC, datetime
from typing import Annotated

import typer

from tracker.cli import options
from tracker.cli.add import ensure_appendable, ensure_readable, tell_change, user
from tracker.cli.asking import ask
from tracker.errors import InputError
from tracker.messages import say


def retract(
    actual: Annotated[
        str,
        typer.Argument(
            metavar="ID", help=options.text("actual"), show_default=False, autocompletion=options.complete_actual
        ),
    ],
    reason: Annotated[str | None, typer.Option(help=options.text("reason"), show_default=False)] = None,
    by: options.ByOption = None,
    dry_run: options.DryRunOption = False,
    workspace: options.WorkspaceOption = None,
    lang: options.LangOption = None,
) -> None:
    """Take one entry out."""
    del lang
    from tracker.ledger.append import append, writing  # noqa: PLC0415 - not for --help
    from tracker.ledger.entries import write_retraction  # noqa: PLC0415
    from tracker.ledger.rows import Retracted  # noqa: PLC0415
    from tracker.reports import wording  # noqa: PLC0415

    opened = options.open_workspace(workspace)
    found, gone = opened.find_actual(actual)
    if gone:
        raise InputError("already_retracted", name=found.id)
    region, period = found.region or "", found.period.text if found.period else ""
    entry = " · ".join(
        part for part in (found.target or found.indicator, region, period, wording.entered(found, options.LANG)) if part
    )
    typer.echo(wording.clean(say("retract.entry", options.LANG, id=found.id, text=entry)))
    target = next((each for each in opened.targets(found.plan) if each.id == found.target), None)
    if target is not None:
        day = options.read_day(None)
        tell_change(target, opened.assessment(target, day), opened.assessment(target, day, without=found.id))
    why = reason or ask("retract.reason")
    if dry_run:
        typer.echo(say("add.dry", options.LANG))
        return
    now = datetime.now(UTC).astimezone().replace(microsecond=0)
    row = Retracted(found.id, why, now.isoformat(), by or user())
    file = f"actuals/{found.plan}.toml"
    block = write_retraction(row)
    ensure_readable(block)
    with writing(opened.root / "actuals"):
        opened.refresh()
        ensure_appendable(opened, file, block)
        if opened.find_actual(found.id)[1]:
            raise InputError("already_retracted", name=found.id)
        append(opened.root / file, block)
    typer.echo(say("retract.written", options.LANG, id=found.id, file=file))
