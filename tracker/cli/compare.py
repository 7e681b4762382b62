"""`tracker compare`: regions side by side in one indicator."""

from __future__ import annotations

from typing import TYPE_CHECKING, Annotated

import typer

from tracker.cli import options
from tracker.cli.status import notice
from tracker.errors import InputError
from tracker.model import Compared, Measure
from tracker.periods import Period

if TYPE_CHECKING:
    from tracker.workspace import Workspace


def compare(
    indicator: Annotated[
        str,
        typer.Argument(
            metavar="INDICATOR",
            help=options.text("compared"),
            show_default=False,
            autocompletion=options.complete_indicator,
        ),
    ],
    period: Annotated[str | None, typer.Option(help=options.text("compare_period"), show_default=False)] = None,
    measure: Annotated[
        list[str] | None,
        typer.Option(
            help=options.text("compare_measure"), show_default=False, autocompletion=options.complete_words(Measure)
        ),
    ] = None,
    region: Annotated[
        list[str] | None,
        typer.Option(help=options.text("compare_region"), show_default=False, autocompletion=options.complete_region),
    ] = None,
    format_: options.FormatOption = "table",
    workspace: options.WorkspaceOption = None,
    lang: options.LangOption = None,
) -> None:
    """Print the regions' figures of one indicator, ranked where that is proven."""
    del lang
    form = options.choice(format_, options.FORMATS)
    wanted = None if period is None else _period(period)
    measures = [Measure(word) for each in measure or () if (word := options.choice(each, Measure, "measure"))]
    opened = options.open_workspace(workspace)
    from tracker.comparisons import compare_indicator  # noqa: PLC0415 - not for --help

    write(opened, compare_indicator(opened, indicator, wanted, measures, region or ()), form or "table")


def _period(text: str) -> Period:
    """The period that is typed, also as Chinese documents write it.

    Raises:
        InputError: it is none.
    """
    from tracker.figures import read_period_words  # noqa: PLC0415 - not for --help

    found = read_period_words(text, None)
    if found is None:
        raise InputError("bad_period", value=text)
    return found


def write(workspace: Workspace, compared: Compared, form: str) -> None:
    """Write a comparison in a format; what is not the result goes to stderr."""
    from tracker.reports.boards import make_board_sheet  # noqa: PLC0415

    sheet = make_board_sheet(compared, workspace.regions, options.LANG)
    if form == "json":
        from tracker.reports.boards_data import boards_json  # noqa: PLC0415

        options.emit(boards_json(compared, sheet, workspace.regions))
    elif form == "csv":
        from tracker.reports.boards_data import boards_csv  # noqa: PLC0415

        options.emit(boards_csv(sheet))
    elif form == "md":
        from tracker.reports.boards_markdown import boards_text  # noqa: PLC0415

        options.emit(boards_text(sheet))
    else:
        from tracker.reports.boards_terminal import write_boards  # noqa: PLC0415
        from tracker.reports.terminal import make_console, output_width  # noqa: PLC0415

        write_boards(sheet, make_console(), output_width())
    notice(workspace)
