"""Running the program: in this process where that is enough, as its own where streams, signals or the environment matter."""

from __future__ import annotations

import contextlib
import errno
import fcntl
import io
import os
import pty
import re
import select
import shutil
import struct
import subprocess
import sys
import termios
import time
from collections.abc import Mapping
from pathlib import Path
from typing import NamedTuple

import pytest

from tracker.cli import options
from tracker.cli.app import main
from tracker.messages import Language

REPOSITORY = Path(__file__).resolve().parents[2]
DEMO = REPOSITORY / "tests" / "data" / "demo"
NEIGHBOURS = REPOSITORY / "tests" / "data" / "neighbours"
"""Four made-up counties with their plans and figures, to be compared."""
DAY = "2024-12-31"
ESCAPE = re.compile(r"\x1b|\x9b")
SECONDS = 60
QUIET = 0.4
"""Seconds without output after which the program is taken to wait for keys."""


class Ran(NamedTuple):
    """What a run left behind."""

    status: int
    out: str
    err: str

    @property
    def lines(self) -> list[str]:
        """Lines of standard output."""
        return self.out.splitlines()

    @property
    def total(self) -> int:
        """How many targets a status says there are: the first number it prints."""
        found = re.search(r"\d+", self.lines[0])
        assert found, self
        return int(found[0])


def call(*args: str, at: Path = DEMO, lang: Language = "en", width: int = 100, typed: str = "") -> Ran:
    """The program in this process. The language is set past the command line: help was worded when it was imported."""
    out, err = io.StringIO(), io.StringIO()
    with pytest.MonkeyPatch.context() as patch, contextlib.redirect_stdout(out), contextlib.redirect_stderr(err):
        patch.chdir(at)
        patch.setenv("COLUMNS", str(width))
        patch.setattr(options, "LANG", lang)
        patch.setattr(sys, "argv", ["tracker", *args])
        patch.setattr(sys, "stdin", io.StringIO(typed))
        with pytest.raises(SystemExit) as left:
            main()
    status = left.value.code
    return Ran(status if isinstance(status, int) else 1, out.getvalue(), err.getvalue())


def run(*args: str, at: Path = DEMO, typed: str | None = None, encoding: str = "utf-8", **settings: str) -> Ran:
    """The program as a process; `typed` stands on its standard input, which is empty without it."""
    done = subprocess.run(  # noqa: S603 - our own program
        [sys.executable, "-m", "tracker", *args],
        cwd=at,
        env={**os.environ, **settings},
        input=(typed or "").encode(),
        capture_output=True,
        timeout=SECONDS,
        check=False,
    )
    return Ran(done.returncode, done.stdout.decode(encoding, "replace"), done.stderr.decode(encoding, "replace"))


def run_on_terminal(
    *args: str,
    at: Path = DEMO,
    keys: bytes = b"",
    when: bytes = b"",
    size: tuple[int, int] = (40, 100),
    settings: Mapping[str, str] | None = None,
) -> Ran:
    """The program on a terminal of its own; both streams come back as `out`. `keys` are typed once `when` has appeared."""
    ours, theirs = pty.openpty()
    fcntl.ioctl(theirs, termios.TIOCSWINSZ, struct.pack("HHHH", *size, 0, 0))
    program = [sys.executable, "-m", "tracker", *args]
    process = subprocess.Popen(  # noqa: S603 - our own program
        [sys.executable, "-c", _TAKE_TERMINAL, *program],
        cwd=at,
        env={**os.environ, "TERM": "xterm-256color", **(settings or {})},
        stdin=theirs,
        stdout=theirs,
        stderr=theirs,
        start_new_session=True,
    )
    os.close(theirs)
    try:
        seen = _answered(ours, keys, when)
        return Ran(process.wait(SECONDS), seen.decode().replace("\r\n", "\n"), "")
    finally:
        process.kill()
        process.wait()
        os.close(ours)


def _answered(terminal: int, keys: bytes, when: bytes) -> bytes:
    """All that appears on a terminal. Keys are typed once it is silent behind `when`, and again should they have been too early."""
    seen, end = b"", time.monotonic() + SECONDS
    while time.monotonic() < end:
        if select.select([terminal], [], [], QUIET)[0]:
            part = _read(terminal)
            if not part:
                return seen
            seen += part
        elif keys and when in seen:
            os.write(terminal, keys)
    raise TimeoutError(seen)


_TAKE_TERMINAL = (
    "import fcntl, os, sys, termios; fcntl.ioctl(0, termios.TIOCSCTTY, 0); os.execv(sys.argv[1], sys.argv[1:])"
)
"""Makes the terminal the session's own, so that ^C typed on it is a signal, and becomes the program."""


def _read(terminal: int) -> bytes:
    try:
        return os.read(terminal, 65536)
    except OSError as error:  # how Linux says that the other end is closed
        if error.errno == errno.EIO:
            return b""
        raise


def copy_demo(to: Path) -> Path:
    """The made-up county's workspace, to write in."""
    return Path(shutil.copytree(DEMO, to / "county"))


def one_line(ran: Ran) -> str:
    """The one line in which a run said why it could not go on."""
    assert ran.status == 2, ran
    assert ran.out.strip() == "", ran
    *_, line, end = ran.err.split("\n")
    assert end == "", ran
    assert line.startswith(("error: ", "错误: ")), ran
    assert "Traceback" not in ran.err, ran
    return line
