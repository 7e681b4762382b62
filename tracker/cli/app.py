"""The commands put together, and what becomes of errors: one line on stderr, exit status 2."""

from __future__ import annotations

import contextlib
import os
import sys
from collections.abc import Collection
from importlib import import_module

import typer
import typer.exceptions

from tracker.cli import options
from tracker.cli.wording import WordedCommand, WordedGroup, usage_error
from tracker.errors import TrackerError
from tracker.messages import LANGUAGES, say

INTERRUPTED = 130
"""Exit status after Ctrl-C."""

app = typer.Typer(
    name="tracker",
    cls=WordedGroup,
    help=options.text("app"),
    invoke_without_command=True,
    rich_markup_mode=None,  # plain help is twice as fast, and pipes well
    pretty_exceptions_enable=False,
    context_settings={"help_option_names": ["-h", "--help"]},
)
COMMANDS = {
    "status": ("status", "status", "status"),
    "show": ("show", "show", "show"),
    "add-actual": ("add", "add_actual", "add"),
    "retract": ("retract", "retract", "retract"),
    "report": ("report", "report", "report"),
    "compare": ("compare", "compare", "compare"),
    "check": ("check", "check", "check"),
    "match": ("match", "match", "match"),
    "assess": ("assess", "assess", "assess"),
    "extract": ("extract", "extract", "extract"),
    "draft": ("draft", "draft", "draft"),
    "text": ("text", "text", "text"),
    "init": ("init", "init", "init"),
}
"""Each command: its module in `tracker.cli`, its function, and its help text."""


def register(asked: Collection[str] = tuple(COMMANDS)) -> typer.Typer:
    """The application with its commands. Only those asked for are loaded; of the others a list needs the name and the help."""
    app.registered_commands.clear()
    for name, (module, function, help_) in COMMANDS.items():
        command = getattr(import_module(f"tracker.cli.{module}"), function) if name in asked else _not_loaded
        settings = {"ignore_unknown_options": True} if name == "add-actual" else {}  # so that -3.1% is a value
        app.command(name, cls=WordedCommand, help=options.text(help_), context_settings=settings)(command)
    return app


def _words() -> set[str]:
    """The words of the command line, or of the one that a shell wants completed."""
    typed = [os.environ.get(name, "") for name in ("COMP_WORDS", "_TYPER_COMPLETE_ARGS")]
    return {*sys.argv[1:], *(word for text in typed for word in text.split())}


def _not_loaded() -> None:
    """Stand for a command that this run does not use."""


def _version(wanted: bool) -> None:
    if wanted:
        from tracker import __version__  # noqa: PLC0415

        typer.echo(f"tracker {__version__}")
        raise typer.Exit


@app.callback()
def root(
    context: typer.Context,
    version: bool = typer.Option(False, "--version", help=options.text("version"), callback=_version, is_eager=True),
    lang: options.LangOption = None,
) -> None:
    """Take what stands before the command; the language is settled already."""
    del version, lang
    if context.invoked_subcommand is None:
        typer.echo(context.get_help())


def main() -> None:
    """Run the program: results on stdout, all else on stderr, no traceback for what a user can mend."""
    wish = options.lang_option(sys.argv[1:])
    if wish is not None and wish.lower()[:2] not in LANGUAGES:
        sys.stderr.write(f"error: --lang {wish}: zh, en\n")
        sys.exit(2)
    for stream in (sys.stdout, sys.stderr):
        with contextlib.suppress(AttributeError, ValueError):
            stream.reconfigure(errors="replace")  # type: ignore[union-attr]  # a console that lacks a character shows ?
    register(_words())
    try:
        for word in sys.argv:
            word.encode()
    except UnicodeEncodeError:
        sys.stderr.write(f"{say('error.prefix', options.LANG)}: {say('error.not_text', options.LANG)}\n")
        sys.exit(2)
    try:
        sys.exit(_run())
    except TrackerError as error:
        sys.stderr.write(worded(error) + "\n")
        sys.exit(2)
    except typer.exceptions.TyperException as error:  # a command line that Typer cannot parse
        sys.stderr.write(f"{say('error.prefix', options.LANG)}: {_usage(error)}\n")
        sys.exit(2)
    except SystemExit as ending:
        if ending.code == INTERRUPTED:
            sys.stderr.write("\n" + say("error.interrupted", options.LANG) + "\n")
        raise
    except (KeyboardInterrupt, typer.Abort):
        sys.stderr.write("\n" + say("error.interrupted", options.LANG) + "\n")
        sys.exit(INTERRUPTED)


def _usage(error: typer.exceptions.TyperException) -> str:
    """What is wrong with a command line, in one line, and where the help is."""
    context = getattr(error, "ctx", None)
    command = context.command_path if context else "tracker"
    message = usage_error(str(getattr(error, "format_message", lambda: error)()))
    space = "" if message.endswith("。") else " "
    return f"{message}{space}{say('error.see_help', options.LANG, command=command)}"


def _run() -> int:
    """The command's exit status. Where the index fails when it is asked, the command begins again with one in memory."""
    try:
        return _run_once()
    except Exception as error:
        base = sys.modules.get("sqlite3")
        if base is None or not isinstance(error, base.DatabaseError):
            raise
        from tracker.ledger.cache import discard_damaged  # noqa: PLC0415

        discard_damaged()
        os.environ["TRACKER_CACHE"] = os.devnull  # no folder
        return _run_once()


def _run_once() -> int:
    with options.OPENED:
        return app(standalone_mode=False) or 0


def worded(error: TrackerError) -> str:
    """An error as its one line: `error: FILE:LINE: what is wrong and how to mend it`."""
    from tracker.reports.wording import clean  # noqa: PLC0415

    values = {
        name: (", ".join(map(str, value)) or "—") if isinstance(value, list) else str(value)
        for name, value in error.values.items()
    }
    if "kind" in values:
        values["kind"] = say(f"kind.{values['kind']}", options.LANG)
    place = f"{error.place}: " if error.place else ""
    return clean(f"{say('error.prefix', options.LANG)}: {place}{say(f'error.{error.code}', options.LANG, **values)}")
