"""`tracker add-actual`: data entry. Reads the value as a document writes it, shows what it changes, then appends it."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import UTC, datetime
from functools import partial
from typing import TYPE_CHECKING, Annotated

import typer

from tracker.cli import options
from tracker.cli.asking import ask, confirm
from tracker.errors import InputError, WorkspaceError, WriteError
from tracker.messages import say
from tracker.model import Actual, Assessment, Kind, Measure, Stage, Target, Verdict, Verification
from tracker.periods import Period

if TYPE_CHECKING:
    from tracker.ledger.rows import Row
    from tracker.workspace import Workspace

MOST_LISTED = 8
"""Doubles, and contradictions, that are told one by one."""


def add_actual(
    target: Annotated[
        str | None,
        typer.Argument(
            metavar="TARGET", help=options.text("target"), show_default=False, autocompletion=options.complete_target
        ),
    ] = None,
    value: Annotated[
        str | None, typer.Argument(metavar="VALUE", help=options.text("value"), show_default=False)
    ] = None,
    region: Annotated[
        str | None,
        typer.Option(help=options.text("add_region"), show_default=False, autocompletion=options.complete_region),
    ] = None,
    period: Annotated[str | None, typer.Option(help=options.text("add_period"), show_default=False)] = None,
    source: Annotated[str | None, typer.Option(help=options.text("source"), show_default=False)] = None,
    indicator: Annotated[str | None, typer.Option(help=options.text("indicator"), show_default=False)] = None,
    stage: Annotated[
        str | None,
        typer.Option(help=options.text("stage"), show_default=False, autocompletion=options.complete_words(Stage)),
    ] = None,
    measure: Annotated[
        str | None,
        typer.Option(help=options.text("measure"), show_default=False, autocompletion=options.complete_words(Measure)),
    ] = None,
    verification: Annotated[
        str,
        typer.Option(
            help=options.text("verification"), show_default=False, autocompletion=options.complete_words(Verification)
        ),
    ] = "reported",
    proxy: Annotated[bool, typer.Option("--proxy", help=options.text("proxy"))] = False,
    revises: Annotated[
        str | None,
        typer.Option(help=options.text("revises"), show_default=False, autocompletion=options.complete_actual),
    ] = None,
    note: Annotated[str | None, typer.Option(help=options.text("note"), show_default=False)] = None,
    by: options.ByOption = None,
    yes: options.YesOption = False,
    dry_run: options.DryRunOption = False,
    workspace: options.WorkspaceOption = None,
    lang: options.LangOption = None,
) -> None:
    """Enter one figure."""
    del lang
    from tracker.entries import new_id, value_fields  # noqa: PLC0415 - not for --help
    from tracker.ledger.entries import write_actual  # noqa: PLC0415
    from tracker.ledger.rows import Row, actual_of, check  # noqa: PLC0415

    chosen = {
        "stage": options.choice(stage, Stage, "stage"),
        "measure": options.choice(measure, Measure, "measure"),
        "verification": options.choice(verification, Verification, "verification"),
    }
    opened = options.open_workspace(workspace)
    goal = opened.find_target(target or ask("add.target", complete=partial(options.targets_begun, opened)))
    fields = value_fields(goal, value, proxy=proxy) if value else _ask_value(goal, proxy=proxy)
    recorded = now()
    where = _region(
        opened,
        region
        or (goal.region if yes else ask("add.region", goal.region, complete=partial(options.regions_begun, opened))),
    )
    when = _period(goal, period or _default_period(goal, yes=yes))
    if revises:
        revises = opened.find_actual(revises)[0].id
    row = Row(
        id=new_id(recorded.date()),
        target=goal.id,
        indicator=indicator or "",
        region=where,
        period=when.text if when else "",
        proxy="true" if proxy else "",
        revises=revises or "",
        recorded_at=recorded.isoformat(),
        by=by or user(),
        note=note or "",
        document=source or ask("add.source"),
    )._replace(**{name: text or "" for name, text in (*fields.items(), *chosen.items())})
    if wrong := check(row):
        raise InputError("usage", what=say(f"problem.{wrong[0]}", options.LANG, **wrong[2]))
    ensure_readable(write_actual(row))
    new = actual_of(row, goal.plan)
    doubtful = _preview(opened, goal, new)
    if dry_run:
        _tell("add.dry")
        return
    if doubtful and not yes and not confirm("add.ask"):
        _tell("add.not_written")
        raise typer.Exit(1)
    _write(opened, goal, row)


def _write(workspace: Workspace, target: Target, row: Row) -> None:
    """Append the row under the lock, to the ledger as it is by then."""
    from tracker.ledger.append import append, writing  # noqa: PLC0415
    from tracker.ledger.entries import write_actual  # noqa: PLC0415

    file, block = f"actuals/{target.plan}.toml", write_actual(row)
    with writing(workspace.root / "actuals"):
        workspace.refresh()
        ensure_appendable(workspace, file, block)
        append(workspace.root / file, block)
    typer.echo(say("add.written", options.LANG, id=row.id, file=file))


def ensure_readable(block: str) -> None:
    """Refuse what the ledger would not read back.

    Raises:
        InputError: a text is too long, or holds what no file may hold.
    """
    from tracker.ledger.entries import unreadable  # noqa: PLC0415 - not for --help

    problem = unreadable(block)
    if problem is not None:
        raise InputError("usage", what=say(f"problem.{problem.code}", options.LANG, **problem.values))


def ensure_appendable(workspace: Workspace, file: str, block: str) -> None:
    """Refuse to append behind a torn entry, or where the file as people wrote it would not be TOML any more.

    Raises:
        WriteError: the ledger's last entry is not complete, or its entries are not written as `[[actual]]` blocks.
    """
    from tracker.toml_files import decode, parse  # noqa: PLC0415 - not for --help

    for problem in workspace.file_problems(file):
        if problem.code == "torn":
            raise WriteError("torn_ledger", problem.place)
    path = workspace.root / file
    if path.exists() and not path.is_file():
        raise WriteError("not_a_file", file)
    if path.exists() and not workspace.is_appendable(file):
        try:
            parse(decode(path.read_bytes(), file) + "\n\n" + block, file)
        except WorkspaceError as error:
            raise WriteError("not_appendable", error.place) from None


def _preview(workspace: Workspace, target: Target, new: Actual) -> bool:
    """Say how the entry is read and what it changes; whether there is something to think about first.

    A double, a contradiction, and a verdict that becomes missed or a conflict are.
    """
    from tracker.entries import contradictions, duplicates  # noqa: PLC0415
    from tracker.reports import wording  # noqa: PLC0415

    lang = options.LANG
    if new.quantity is not None and new.quantity.dimension != "rank":
        bound = say(f"bound.{new.quantity.bound}", lang)
        digits = wording.number(new.quantity.value)
        if new.quantity.value_high is not None:
            digits += "—" + wording.number(new.quantity.value_high)
        if new.quantity.unit not in new.source.phrase:
            _tell("add.unit_assumed", unit=new.quantity.unit)
        _tell("add.read_as", value=digits, unit=new.quantity.unit, bound=bound)
    else:
        _tell("add.read_word", word=wording.entered(new, lang))
    period = wording.period_text(new.period, lang)
    typer.echo(wording.clean(f"  {target.key} · {new.region} · {period}"))
    others = workspace.actuals(target)
    doubles, clashes = duplicates(new, others), contradictions(target, new, others)
    _tell_each("add.duplicate", doubles)
    _tell_each("add.contradicts", clashes)
    day = options.read_day(None)
    before, after = workspace.assessment(target, day), workspace.assessment(target, day, [new])
    bearing = next(bearing for bearing in after.bearings if bearing.actual.id == new.id)
    _tell("add.proves", why=wording.why(bearing.why, lang))
    tell_change(target, before, after)
    worse = after.verdict is not before.verdict and after.verdict in (Verdict.MISSED, Verdict.CONFLICT)
    return bool(doubles or clashes or worse)


def _ask_value(target: Target, *, proxy: bool) -> dict[str, str]:
    """The value asked for until it can be read; with nobody to answer, the error of the last answer."""
    from tracker.cli.app import worded  # noqa: PLC0415
    from tracker.entries import value_fields  # noqa: PLC0415

    while True:
        answer = ask("add.value")
        try:
            return value_fields(target, answer, proxy=proxy)
        except InputError as error:
            typer.echo(worded(error), err=True)


def tell_change(target: Target, before: Assessment, after: Assessment, *, err: bool = False) -> None:
    """Say what becomes of the verdict and the completion; `err` on stderr."""
    from tracker.reports import wording  # noqa: PLC0415

    lang = options.LANG
    old, new = (wording.verdict_word(assessment.verdict, lang) for assessment in (before, after))
    key = "add.no_change" if old == new else "add.change"
    _tell(key, err=err, indicator=target.indicator, before=old, after=new)
    shares = [wording.percent(assessment.completion) if assessment.deciding else "" for assessment in (before, after)]
    if shares[0] != shares[1]:
        _tell("add.completion", err=err, before=shares[0] or "—", after=shares[1] or "—")


def _tell(key: str, *, err: bool = False, **values: object) -> None:
    from tracker.reports.wording import clean  # noqa: PLC0415

    typer.echo(clean(say(key, options.LANG, **values)), err=err)


def _tell_each(key: str, entries: Sequence[Actual]) -> None:
    """One line an entry, for as many as can be read at a glance, and how many more there are."""
    from tracker.reports import wording  # noqa: PLC0415

    for entry in entries[:MOST_LISTED]:
        _tell(key, id=entry.id, value=wording.entered(entry, options.LANG))
    if len(entries) > MOST_LISTED:
        _tell("add.more", n=len(entries) - MOST_LISTED)


def _region(workspace: Workspace, name: str) -> str:
    """The region's own name.

    Raises:
        InputError: the tree of regions does not have it.
    """
    regions = workspace.regions
    if name in regions:
        return regions.name(name)
    if not regions.all or any(plan.region == name for plan in workspace.plans):
        return name
    import difflib  # noqa: PLC0415 - only for a mistyped name

    near = difflib.get_close_matches(name, [region.name for region in regions.all], n=4, cutoff=0.3)
    raise InputError("unknown_region", name=name, regions=near)


def _default_period(target: Target, *, yes: bool) -> str:
    """The target's own period with --yes; else the one the user gives. A milestone's may stay open."""
    own = target.period.text if target.period else ""
    if yes:
        return own
    return ask("add.period", own) if own or target.kind is not Kind.MILESTONE else ""


def _period(target: Target, text: str) -> Period | None:
    from tracker.figures import read_period_words  # noqa: PLC0415

    if not text:
        return None
    found = read_period_words(text, target.period.first.year if target.period else None)
    if found is None:
        raise InputError("bad_period", value=text)
    return found


def now() -> datetime:
    """The time of an entry, to the second, with its zone."""
    return datetime.now(UTC).astimezone().replace(microsecond=0)


def user() -> str:
    """The name of the user who runs the program, empty when there is none."""
    import getpass  # noqa: PLC0415 - not for --help

    try:
        return getpass.getuser()
    except (OSError, KeyError, ImportError):
        return ""
