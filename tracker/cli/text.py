"""`tracker text`: a document as plain text, to the character what offsets count."""

from __future__ import annotations

import contextlib
import sys
from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from tracker.cli import options
from tracker.errors import InputError, WriteError
from tracker.messages import say

if TYPE_CHECKING:
    from tracker.documents import Document


def text(
    file: Annotated[str, typer.Argument(metavar="FILE", help=options.text("document"), show_default=False)],
    output: Annotated[
        Path | None, typer.Option("--output", "-o", help=options.text("output"), show_default=False)
    ] = None,
    force: Annotated[bool, typer.Option("--force", help=options.text("force"))] = False,
    lang: options.LangOption = None,
) -> None:
    """Print the text of one document and nothing else."""
    del lang
    from tracker.documents import read_document  # noqa: PLC0415 - not for --help

    if output is not None and output.exists() and not force:
        raise InputError("exists", str(output))
    document = read_document(file)
    if output is None:
        _print(document.text)
    else:
        try:
            output.write_text(document.text, encoding="utf-8", newline="")
        except OSError as error:
            raise WriteError("not_writable", str(output), why=error.strerror or str(error)) from None
        sys.stderr.write(say("text.written", options.LANG, file=output) + "\n")
    notice(document)


def _print(words: str) -> None:
    with contextlib.suppress(AttributeError):
        sys.stdout.reconfigure(newline="")  # type: ignore[union-attr]  # line ends as they are, on Windows too
    sys.stdout.write(words)
    sys.stdout.flush()


def notice(document: Document) -> None:
    """Say on stderr which pages have no text."""
    if document.silent:
        pages = ", ".join(map(str, document.silent))
        sys.stderr.write(say("text.silent", options.LANG, file=document.name, pages=pages) + "\n")
