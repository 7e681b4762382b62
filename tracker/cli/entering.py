"""Accepted candidates → the ledgers: appended under the lock, all of a plan at once, and what that changes is told."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence
from typing import TYPE_CHECKING, NamedTuple

import typer

from tracker.cli import options
from tracker.cli.add import ensure_appendable, ensure_readable, now, tell_change
from tracker.errors import InputError
from tracker.messages import say
from tracker.model import Actual, Assessment, Candidate, Target

if TYPE_CHECKING:
    from tracker.ledger.rows import Row
    from tracker.workspace import Workspace


class Scribe(NamedTuple):
    """Who enters candidates, and where their documents lie: the path that the ledger cites, by (name, sha256)."""

    by: str
    places: Mapping[tuple[str, str], str]
    dry: bool = False
    err: bool = False


class Entered(NamedTuple):
    """A candidate with its row."""

    candidate: Candidate
    row: Row


def enter(workspace: Workspace, chosen: Sequence[Candidate], scribe: Scribe) -> list[Entered]:
    """Append candidates to the ledgers of their plans, but for those that stand there by now; those that were written.

    Raises:
        WriteError: a ledger could not be written.
    """
    from tracker.candidates import find_entry  # noqa: PLC0415 - not for --help
    from tracker.ledger.append import append, writing  # noqa: PLC0415
    from tracker.ledger.entries import write_actual  # noqa: PLC0415

    with writing(workspace.root / "actuals"):
        workspace.refresh()
        standing = {key: workspace.actuals(target) for key, target in _targets(chosen).items()}
        missing = [each for each in chosen if not find_entry(each.match, each.actual, standing[each.match.target.key])]
        entered = make_rows(missing, scribe)
        blocks: dict[str, list[str]] = defaultdict(list)
        for candidate, row in entered:
            blocks[f"actuals/{candidate.match.target.plan}.toml"].append(write_actual(row))
        texts = {file: "\n".join(each) for file, each in blocks.items()}
        for file, text in texts.items():
            ensure_appendable(workspace, file, text)
        for file, text in texts.items():
            append(workspace.root / file, text)
    workspace.refresh()
    return entered


def make_rows(chosen: Iterable[Candidate], scribe: Scribe) -> list[Entered]:
    """The rows of candidates. One that the ledger could not read back is left out, with a line on stderr."""
    from tracker.candidates import entry_row  # noqa: PLC0415 - not for --help
    from tracker.cli.app import worded  # noqa: PLC0415
    from tracker.entries import new_id  # noqa: PLC0415
    from tracker.ledger.entries import write_actual  # noqa: PLC0415

    recorded, found = now(), []
    for candidate in chosen:
        evidence = candidate.match.evidence
        document = scribe.places.get((evidence.document, evidence.sha256), evidence.document)
        row = entry_row(candidate, new_id(recorded.date()), recorded.isoformat(), scribe.by, document)
        try:
            ensure_readable(write_actual(row))
        except InputError as error:
            error.place = f"{evidence.document} [{evidence.start}, {evidence.end})"
            typer.echo(worded(error), err=True)
            continue
        found.append(Entered(candidate, row))
    return found


def accept(workspace: Workspace, chosen: Sequence[Candidate], scribe: Scribe) -> list[Entered]:
    """Enter candidates without asking, and tell what becomes of each target."""
    day = options.read_day(None)
    targets = _targets(chosen)
    before = {key: workspace.assessment(target, day) for key, target in targets.items()}
    entered = make_rows(chosen, scribe) if scribe.dry else enter(workspace, chosen, scribe)
    new = {key: [each for each in entered if each.candidate.match.target.key == key] for key in targets}
    for key, target in targets.items():
        if new[key]:
            more = [entry_of(each) for each in new[key]] if scribe.dry else []
            _tell_target(target, before[key], workspace.assessment(target, day, more), new[key], scribe)
    files = sorted({f"actuals/{each.candidate.match.target.plan}.toml" for each in entered})
    key = "add.dry" if scribe.dry else "match.written" if entered else "add.not_written"
    typer.echo(say(key, options.LANG, n=len(entered), file=", ".join(files)), err=scribe.err)
    return entered


def entry_of(entered: Entered) -> Actual:
    """The entry that a candidate's row is."""
    from tracker.ledger.rows import actual_of  # noqa: PLC0415 - not for --help

    return actual_of(entered.row, entered.candidate.match.target.plan)


def _tell_target(
    target: Target, before: Assessment, after: Assessment, entered: Sequence[Entered], scribe: Scribe
) -> None:
    """Say what becomes of a target, and by which entries."""
    from tracker.reports import wording  # noqa: PLC0415 - not for --help
    from tracker.reports.candidates import state_words  # noqa: PLC0415

    lang = options.LANG
    tell_change(target, before, after, err=scribe.err)
    for each in entered:
        actual = entry_of(each)
        period = wording.period_text(actual.period, lang)
        region = actual.region or say("word.unknown", lang)
        line = f"  {wording.entered(actual, lang)} · {region} · {period}  {'' if scribe.dry else each.row.id}"
        typer.echo(wording.clean(line.rstrip()), err=scribe.err)
        if each.candidate.clashes:
            typer.echo("    " + state_words(each.candidate, lang), err=scribe.err)


def _targets(chosen: Iterable[Candidate]) -> dict[str, Target]:
    return {each.match.target.key: each.match.target for each in chosen}
