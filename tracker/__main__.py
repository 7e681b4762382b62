"""`python -m tracker`, and the `tracker` program."""

from __future__ import annotations

import signal
import sys


def run() -> None:
    """The program. `--version` alone is answered before anything is imported."""
    if hasattr(signal, "SIGPIPE"):
        signal.signal(signal.SIGPIPE, signal.SIG_DFL)  # `tracker status | head` ends where head does
    if sys.argv[1:] == ["--version"]:
        from tracker import __version__  # noqa: PLC0415

        sys.stdout.write(f"tracker {__version__}\n")
        return
    from tracker.cli.app import main  # noqa: PLC0415

    main()


if __name__ == "__main__":
    run()
