"""`tracker init`: a new workspace, empty or with the example."""

from __future__ import annotations

from pathlib import Path
from typing import Annotated

import typer

from tracker.cli import options
from tracker.errors import InputError, WriteError
from tracker.messages import say

FOLDERS = ("targets", "actuals", "seeds")
REGIONS = """\
# The tree of regions: name, type, and the region each lies in. See docs/files.md.
#
# [[region]]
# name = "某县"
# type = "county"        # country province city county town park area firm
# within = "某市"
# aliases = []
"""
IGNORED = ".tracker.lock\n*.toml.pending\n"


def init(
    folder: Annotated[Path, typer.Argument(metavar="DIR", help=options.text("folder"), show_default=False)],
    example: Annotated[bool, typer.Option("--example", help=options.text("example"))] = False,
    lang: options.LangOption = None,
) -> None:
    """Make a workspace in a folder that is new or empty."""
    del lang
    import shlex  # noqa: PLC0415 - not for --help
    import shutil  # noqa: PLC0415

    try:
        if folder.exists() and any(folder.iterdir()):
            raise InputError("not_empty", str(folder))
        origin = example_folder() if example else None
        folder.mkdir(parents=True, exist_ok=True)
        for name in FOLDERS:
            if origin is None:
                (folder / name).mkdir(exist_ok=True)
            else:
                shutil.copytree(
                    origin / name,
                    folder / name,
                    ignore=shutil.ignore_patterns(".*", "*.pending"),
                    copy_function=shutil.copyfile,
                )
        if origin is None:
            (folder / "targets" / "regions.toml").write_text(REGIONS, encoding="utf-8")
        (folder / ".gitignore").write_text(IGNORED, encoding="utf-8")
    except OSError as error:
        raise WriteError("not_writable", str(folder), why=error.strerror or str(error)) from None
    typer.echo(say("init.done", options.LANG, folder=shlex.quote(str(folder))))


def example_folder() -> Path:
    """Where the example lies: in the installed package, or in the checkout the package is run from.

    Raises:
        InputError: this installation has none.
    """
    package = Path(__file__).resolve().parent.parent
    for place in (package / "example", package.parent):
        if all((place / name).is_dir() for name in FOLDERS):
            return place
    raise InputError("no_example")
