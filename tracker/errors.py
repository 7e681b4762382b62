"""What can go wrong, as data and as exceptions. Both carry a message key and values; `tracker.messages` words them.

A `Problem` is bad user data: it is gathered, shown with its file and line, and work goes on with the rest.
A `TrackerError` means the command cannot go on: one line on stderr, exit status 2, nothing written.

    Exception
    └── TrackerError          a message key and its values
        ├── WorkspaceError    no workspace, or one that cannot be read
        ├── InputError        an option, argument or value that cannot be understood
        └── WriteError        the ledger could not be written; nothing was changed
"""

from __future__ import annotations

from typing import NamedTuple


class Problem(NamedTuple):
    """One finding in a file of the workspace.

    `file` is relative to the workspace; `line` counts from 1, None where no line can be named; `path` is the id or key concerned
    (`investment-attracted.unit`), empty for the whole file; `code` with `values` is the message `problem.CODE`.
    """

    file: str
    line: int | None
    path: str
    code: str
    values: dict[str, str]

    @property
    def place(self) -> str:
        """`FILE:LINE`, or the file alone."""
        return self.file if self.line is None else f"{self.file}:{self.line}"


class TrackerError(Exception):
    """The command cannot go on. `place` is the file (and line) concerned; the message is `error.CODE`."""

    def __init__(self, code: str, place: str = "", **values: object) -> None:
        super().__init__(code, place, values)
        self.code, self.place, self.values = code, place, values


class WorkspaceError(TrackerError):
    """No workspace here, or one that cannot be read."""


class InputError(TrackerError):
    """Something the user typed cannot be understood."""


class WriteError(TrackerError):
    """The ledger could not be written; what was there before is unchanged."""
