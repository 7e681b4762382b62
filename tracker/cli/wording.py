"""What Typer says by itself, in the run's language: the headings and its own options of a help, and errors of the command line.

Typer has no translations. Its help is built by methods made to be overridden; its errors are known by their English sentences,
and one that is not known stays as it is.
"""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, Any

from typer.core import TyperCommand, TyperGroup

from tracker.cli import options
from tracker.messages import say

if TYPE_CHECKING:
    from typer._click import Context, HelpFormatter
    from typer._click.core import Command

SENTENCES = {
    "usage.no_option_near": r"No such option: (?P<name>.+) \(Possible options: (?P<near>.+)\)",
    "usage.no_option": r"No such option: (?P<name>.+)",
    "usage.no_command_near": r"No such command (?P<name>.+)\. Did you mean (?P<near>.+)\?",
    "usage.no_command": r"No such command (?P<name>.+)",
    "usage.no_argument": r"Missing argument (?P<name>.+)",
    "usage.option_needed": r"Missing option (?P<name>.+)",
    "usage.value_needed": r"Option (?P<name>.+) requires an argument",
    "usage.no_value": r"Option (?P<name>.+) does not take a value",
    "usage.too_many": r"Got unexpected extra argument\(s\) \((?P<words>.+)\)",
    "usage.no_number": r"Invalid value for (?P<name>.+): (?P<value>.+) is not a valid (?:int|integer|float)(?: range)?",
    "usage.out_of_range": r"Invalid value for (?P<name>.+): (?P<value>.+) is not in the range (?P<range>.+)",
    "usage.bad_value": r"Invalid value for (?P<name>.+): (?P<why>.+)",
}
"""Typer's sentences about a command line, less the stop at the end, by the messages that say the same. The first that fits counts."""


def usage_error(sentence: str) -> str:
    """What is wrong with a command line, as Typer says it, in the run's language."""
    for key, pattern in SENTENCES.items():
        if match := re.fullmatch(pattern, sentence.rstrip("."), re.DOTALL):
            return say(key, options.LANG, **match.groupdict())
    return sentence if sentence.endswith((".", "?")) else sentence + "."


def _write_parameters(command: Command, context: Context, formatter: HelpFormatter) -> None:
    """The sections of arguments and options. What Typer adds of its own has its help from here."""
    own = {name: options.text(name) for name in ("help", "install_completion", "show_completion")}
    required = options.text("required")
    headings = {"argument": options.text("arguments"), "option": options.text("options")}
    parameters = command.get_params(context)
    for kind, heading in headings.items():
        rows = [
            (record[0], own.get(parameter.name or "", record[1].replace("[required]", required)))
            for parameter in parameters
            if parameter.param_type_name == kind and (record := parameter.get_help_record(context)) is not None
        ]
        if rows:
            with formatter.section(heading):
                formatter.write_dl(rows)


def _write_usage(command: Command, context: Context, formatter: HelpFormatter) -> None:
    pieces = " ".join(command.collect_usage_pieces(context))
    formatter.write_usage(context.command_path, pieces, options.text("usage"))


class WordedCommand(TyperCommand):
    """A command whose help is all in the run's language."""

    def __init__(self, *given: Any, **named: Any) -> None:  # noqa: ANN401 - as Typer has it
        super().__init__(*given, **named)
        self.options_metavar = options.text("some_options")

    def format_usage(self, ctx: Context, formatter: HelpFormatter) -> None:
        """Write the line that shows how the command is called."""
        _write_usage(self, ctx, formatter)

    def format_options(self, ctx: Context, formatter: HelpFormatter) -> None:
        """Write what the command takes."""
        _write_parameters(self, ctx, formatter)


class WordedGroup(TyperGroup):
    """The program, whose help is all in the run's language."""

    def __init__(self, *given: Any, **named: Any) -> None:  # noqa: ANN401 - as Typer has it
        super().__init__(*given, **named)
        self.options_metavar = options.text("some_options")
        self.subcommand_metavar = options.text("some_command")

    def format_usage(self, ctx: Context, formatter: HelpFormatter) -> None:
        """Write the line that shows how the program is called."""
        _write_usage(self, ctx, formatter)

    def format_options(self, ctx: Context, formatter: HelpFormatter) -> None:
        """Write what the program takes, and its commands."""
        _write_parameters(self, ctx, formatter)
        longest = max(map(len, self.commands))
        with formatter.section(options.text("commands")):
            formatter.write_dl(
                [(name, each.get_short_help_str(formatter.width - 6 - longest)) for name, each in self.commands.items()]
            )
