"""`tracker extract`: the figures of documents. Writes nothing but the file it is told to."""

from __future__ import annotations

import contextlib
import functools
import os
import sys
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import TYPE_CHECKING, Annotated, NamedTuple, TextIO

import typer

from tracker.cli import options
from tracker.errors import InputError, TrackerError, WriteError
from tracker.messages import say

if TYPE_CHECKING:
    from tracker.reports.figures import Look

ENDINGS = (".txt", ".md", ".html", ".htm", ".docx", ".xlsx", ".pdf")
"""What is taken from a folder; a file that is named is read whatever its ending."""
ROLES = ("actual", "target", "background")
STDIN = "-"


class Source(NamedTuple):
    """A document to read and what it is called: its file's name, or its place within the folder that was given."""

    path: str
    name: str


class Task(NamedTuple):
    """What is the same for all documents."""

    region: str | None
    period: str | None
    roles: frozenset[str]
    look: Look


class Outcome(NamedTuple):
    """What became of one document: a block of the output, or why there is none, as the parts of a TrackerError."""

    block: str
    error: tuple[str, str, dict[str, object]] | None = None


def extract(
    files: Annotated[list[str], typer.Argument(metavar="FILE...", help=options.text("files"), show_default=False)],
    region: Annotated[str | None, typer.Option(help=options.text("of_region"), show_default=False)] = None,
    period: Annotated[str | None, typer.Option(help=options.text("of_period"), show_default=False)] = None,
    format_: Annotated[
        str, typer.Option("--format", "-f", help=options.text("format_figures"), show_default=False)
    ] = "table",
    output: Annotated[
        Path | None, typer.Option("--output", "-o", help=options.text("output"), show_default=False)
    ] = None,
    force: Annotated[bool, typer.Option("--force", help=options.text("force"))] = False,
    role: Annotated[list[str] | None, typer.Option(help=options.text("role"), show_default=False)] = None,
    explain: Annotated[bool, typer.Option("--explain", help=options.text("explain"))] = False,
    jobs: Annotated[int, typer.Option("--jobs", "-j", min=0, help=options.text("jobs"), show_default=False)] = 1,
    lang: options.LangOption = None,
) -> None:
    """Print the figures of each document; exit status 1 when some could not be read, 2 when none could."""
    del lang
    from tracker.reports.figures import FORMS, Look, write_parquet  # noqa: PLC0415 - not for --help

    form = options.choice(format_, FORMS) or "table"
    roles = frozenset(filter(None, (options.choice(word, ROLES, "role") for word in role or ())))
    if form == "parquet" and output is None:
        raise InputError("parquet_output")
    if output is not None and output.exists() and not force:
        raise InputError("exists", str(output))
    sources = find_sources(files)
    several = len(files) > 1 or Path(files[0]).is_dir()
    look = Look(form, options.LANG, _width(form, output), explain, several)
    task = Task(region, options.iso_period(period), roles, look)
    write = functools.partial(_write, sources, task, jobs)
    if output is None:
        failed = write(sys.stdout)
    elif form == "parquet":
        import tempfile  # noqa: PLC0415 - it costs as much as the rest of this module

        with tempfile.TemporaryDirectory() as folder:
            lines = Path(folder) / "figures.jsonl"
            with lines.open("w", encoding="utf-8") as out:
                failed = write(out)
            with _replacing(output) as partial:
                unfit = write_parquet(lines, partial)
        if unfit:
            sys.stderr.write(say("extract.unfit", options.LANG, n=unfit) + "\n")
    else:
        with _replacing(output) as partial, partial.open("w", encoding="utf-8", newline="") as out:
            failed = write(out)
    if failed:
        sys.stderr.write(say("extract.failed", options.LANG, n=failed, all=len(sources)) + "\n")
        raise typer.Exit(1)


def find_sources(files: list[str]) -> list[Source]:
    """The documents named, those of folders in the order of their paths. Hidden files and Office's lock files are left out.

    Raises:
        InputError: there is none.
    """
    found: list[Source] = []
    for file in files:
        path = Path(file)
        if file == STDIN or not path.is_dir():
            found.append(Source(file, path.name))
            continue
        for folder, folders, names in os.walk(path):
            folders[:] = sorted(name for name in folders if not name.startswith("."))
            found += [
                Source(str(each), each.relative_to(path).as_posix())
                for name in sorted(names)
                if name.lower().endswith(ENDINGS) and not name.startswith((".", "~$"))
                for each in [Path(folder, name)]
            ]
    if not found:
        raise InputError("nothing_to_read", files[0], endings=" ".join(ENDINGS))
    return found


def read_block(task: Task, source: Source) -> Outcome:
    """One document's block of the output. Runs in a worker where there are several."""
    from tracker.pipeline import extract_document  # noqa: PLC0415
    from tracker.reports.figures import block  # noqa: PLC0415

    try:
        found = extract_document(source.path, task.region, task.period)
    except TrackerError as error:
        return Outcome("", (error.code, source.path, error.values))
    if task.roles:
        chosen = [place for place, figure in enumerate(found.figures) if figure.role in task.roles]
        found = found._replace(
            figures=tuple(found.figures[place] for place in chosen),
            origins=tuple(found.origins[place] for place in chosen),
        )
    return Outcome(block(found._replace(name=source.name), task.look))


def _lost(source: Source) -> Outcome:
    return Outcome("", ("worker_died", source.path, {}))


def _write(sources: list[Source], task: Task, jobs: int, out: TextIO) -> int:
    """Write the blocks as they come, in order, and a line on stderr for each document that could not be read; how many those were.

    Raises:
        TrackerError: none could be read, with the reason of the last; the reasons of the others are on stderr.
    """
    from tracker.cli.app import worded  # noqa: PLC0415 - it imports this module
    from tracker.pooling import in_order  # noqa: PLC0415
    from tracker.reports import figures  # noqa: PLC0415

    look, failed, written = task.look, 0, 0
    outcomes = in_order(functools.partial(read_block, task), sources, 1 if len(sources) == 1 else jobs, _lost)
    with progress(len(sources), out) as advance, contextlib.closing(outcomes):
        for source, outcome in zip(sources, outcomes, strict=True):
            advance()
            if outcome.error is None:
                start = figures.between(look) if written else figures.opening(look)
                out.write(start + outcome.block)
                written += 1
                continue
            failed += 1
            code, place, values = outcome.error
            error = TrackerError(code, place, **values)
            if failed == len(sources):
                raise error
            sys.stderr.write(worded(error) + "\n")
            del source
    out.write(("" if written else figures.opening(look)) + figures.closing(look, empty=not written))
    return failed


@contextlib.contextmanager
def progress(total: int, out: TextIO | None = None) -> Iterator[Callable[[], None]]:
    """A bar on stderr for several documents, where stderr is a terminal and no results go to one (`out`) meanwhile."""
    if total == 1 or not sys.stderr.isatty() or (out is not None and out.isatty()):
        yield lambda: None
        return
    from tracker.reports.progress import bar  # noqa: PLC0415 - Rich, for those who see it

    with bar(total, say("extract.reading", options.LANG)) as advance:
        yield advance


@contextlib.contextmanager
def _replacing(output: Path) -> Iterator[Path]:
    """A file beside the output that takes its place at the end: an output is whole or not there.

    Raises:
        WriteError: it cannot be written.
    """
    partial = output.with_name(f".{output.name}.{os.getpid()}.partial")
    try:
        yield partial
        partial.replace(output)
    except OSError as error:
        raise WriteError("not_writable", str(output), why=error.strerror or str(error)) from None
    finally:
        partial.unlink(missing_ok=True)


def _width(form: str, output: Path | None) -> int:
    if form != "table" or output is not None:
        return 100
    from tracker.reports.terminal import output_width  # noqa: PLC0415

    return output_width()
