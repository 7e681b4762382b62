"""Each option that several commands share, once, and what all commands do first."""

from __future__ import annotations

import os
import sys
from collections import Counter
from collections.abc import Callable, Iterable
from contextlib import ExitStack
from datetime import date
from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from tracker.errors import InputError
from tracker.messages import LANGUAGES, MESSAGES, Language, language

if TYPE_CHECKING:
    from tracker.workspace import Workspace


def lang_option(argv: list[str]) -> str | None:
    """What `--lang` says, wherever it stands on the command line."""
    for place, word in enumerate(argv):
        if word == "--lang" and place + 1 < len(argv):
            return argv[place + 1]
        if word.startswith("--lang="):
            return word.removeprefix("--lang=")
    return None


LANG: Language = language(lang_option(sys.argv[1:]))
"""The language of this run; help is worded while the commands are defined, so it is settled first."""


def text(key: str) -> str:
    """A help text in the run's language."""
    return MESSAGES[f"help.{key}"][LANGUAGES.index(LANG)]


def complete_target(context: typer.Context, incomplete: str) -> list[str]:
    """Target ids that begin with what is typed."""
    workspace = _quiet_workspace(context)
    return [] if workspace is None else targets_begun(workspace, incomplete)


def targets_begun(workspace: Workspace, typed: str) -> list[str]:
    """Target ids that begin with what is typed; PLAN/ID where an id alone is not enough."""
    ids = workspace.target_ids()
    seen = Counter(target for _, target in ids)
    return [
        target if seen[target] == 1 and not typed.startswith(f"{plan}/") else f"{plan}/{target}"
        for plan, target in ids
        if target.startswith(typed) or f"{plan}/{target}".startswith(typed)
    ]


def complete_words(words: Iterable[str]) -> Callable[[str], list[str]]:
    """A completion from a fixed list of words."""
    known = [str(word) for word in words]
    return lambda incomplete: [word for word in known if word.startswith(incomplete)]


def complete_plan(context: typer.Context, incomplete: str) -> list[str]:
    """Plan ids that begin with what is typed."""
    workspace = _quiet_workspace(context)
    plans = dict.fromkeys(plan for plan, _ in workspace.target_ids()) if workspace is not None else ()
    return [plan for plan in plans if plan.startswith(incomplete)]


def complete_actual(context: typer.Context, incomplete: str) -> list[str]:
    """Entry ids that begin with what is typed."""
    workspace = _quiet_workspace(context)
    return [] if workspace is None else workspace.standing(incomplete)


def complete_region(context: typer.Context, incomplete: str) -> list[str]:
    """Region names that begin with what is typed."""
    workspace = _quiet_workspace(context)
    return [] if workspace is None else regions_begun(workspace, incomplete)


def regions_begun(workspace: Workspace, typed: str) -> list[str]:
    """Region names that begin with what is typed."""
    return [region.name for region in workspace.regions.all if region.name.startswith(typed)]


def complete_indicator(context: typer.Context, incomplete: str) -> list[str]:
    """Names of indicators that are aimed at with a number, and their aliases, that begin with what is typed."""
    workspace = _quiet_workspace(context)
    if workspace is None:
        return []
    targets = [target for plan in workspace.plans for target in workspace.targets(plan.id) if target.quantity]
    names = dict.fromkeys(name for target in targets for name in (target.indicator, *target.aliases))
    return [name for name in names if name.startswith(incomplete)]


def _quiet_workspace(context: typer.Context) -> Workspace | None:
    """The workspace of the line that is completed; None rather than a message where there is none."""
    from tracker.errors import TrackerError  # noqa: PLC0415

    try:
        return open_workspace(Path(given) if (given := context.params.get("workspace")) else None)
    except TrackerError:
        return None


WorkspaceOption = Annotated[Path | None, typer.Option("--workspace", "-w", help=text("workspace"), show_default=False)]
LangOption = Annotated[str | None, typer.Option("--lang", help=text("lang"), show_default=False)]
FORMATS = ("table", "json", "csv", "md")
FormatOption = Annotated[
    str, typer.Option("--format", "-f", help=text("format"), show_default=False, autocompletion=complete_words(FORMATS))
]
JsonFormatOption = Annotated[str, typer.Option("--format", "-f", help=text("format_json"), show_default=False)]
AsOfOption = Annotated[str | None, typer.Option("--as-of", help=text("as_of"), show_default=False)]
PlanArgument = Annotated[
    str | None, typer.Argument(metavar="[PLAN]", help=text("plan"), show_default=False, autocompletion=complete_plan)
]
TargetArgument = Annotated[
    str, typer.Argument(metavar="TARGET", help=text("target"), show_default=False, autocompletion=complete_target)
]
YesOption = Annotated[bool, typer.Option("--yes", "-y", help=text("yes"))]
DryRunOption = Annotated[bool, typer.Option("--dry-run", "-n", help=text("dry_run"))]
ByOption = Annotated[str | None, typer.Option("--by", help=text("by"), show_default=False)]


def workspace_root(given: Path | None) -> Path:
    """The folder of a command's workspace: `--workspace`, else `TRACKER_WORKSPACE`, else the nearest one upwards."""
    from tracker.workspace import find_root  # noqa: PLC0415 - not for --help

    named = given or (Path(value) if (value := os.environ.get("TRACKER_WORKSPACE")) else None)
    return find_root(named, Path.cwd())


OPENED = ExitStack()
"""What this run has opened. The program lets go of it at its end, however that comes about."""


def open_workspace(given: Path | None, *, tolerant: bool = False) -> Workspace:
    """The workspace of a command, read; `tolerant` leaves out what cannot be read. It is closed when the command has ended."""
    from tracker.workspace import Workspace  # noqa: PLC0415 - not for --help

    return OPENED.enter_context(Workspace(workspace_root(given), tolerant=tolerant))


def read_day(text_: str | None) -> date:
    """The day of `--as-of`, today without one.

    Raises:
        InputError: it is no date.
    """
    if text_ is None:
        return date.today()  # noqa: DTZ011 - the calendar of the user's place
    try:
        return date.fromisoformat(text_)
    except ValueError:
        raise InputError("bad_date", value=text_) from None


def choice(value: str | None, allowed: Iterable[str], words: str = "") -> str | None:
    """An option's value among the allowed ones, also in either language's word (`words` is their message group).

    Raises:
        InputError: it is none of them.
    """
    if value is None:
        return None
    names = list(allowed)
    for name in names:
        if value.lower().replace("-", "_") == name or (words and value in MESSAGES[f"{words}.{name}"]):
            return name
    raise InputError("bad_choice", value=value, allowed=", ".join(names))


def iso_period(text_: str | None) -> str | None:
    """The period a user says, as the files write it.

    Raises:
        InputError: it is none.
    """
    if text_ is None:
        return None
    from tracker.figures import read_period_words  # noqa: PLC0415 - not for --help

    found = read_period_words(text_)
    if found is None:
        raise InputError("bad_period", value=text_)
    return found.text


def emit(text_: str) -> None:
    """Write a result to stdout. Where it is not UTF-8, no byte order mark, and escapes for what it cannot show."""
    encoding = sys.stdout.encoding or "utf-8"
    if encoding.lower().replace("-", "") != "utf8":
        text_ = text_.removeprefix("\ufeff").encode(encoding, "backslashreplace").decode(encoding)
    sys.stdout.write(text_)
