"""What every test starts from: a cache folder of its own, no user settings, English, and the option that rewrites goldens."""

from __future__ import annotations

import os
import signal
from collections.abc import Iterator
from pathlib import Path

import pytest

SETTINGS = (
    *("TRACKER_LANG", "TRACKER_WORKSPACE", "TRACKER_DOCUMENTS", "TRACKER_AMBIGUOUS"),
    *("COLUMNS", "LINES", "NO_COLOR", "FORCE_COLOR", "TTY_COMPATIBLE", "PYTHONIOENCODING", "LC_ALL", "LC_MESSAGES"),
)
"""Variables of the user who runs the tests that would change what the program prints."""


def pytest_addoption(parser: pytest.Parser) -> None:
    """`--update-golden` writes what comes out now as what must come out; read the difference before you commit it."""
    parser.addoption("--update-golden", action="store_true", help="rewrite the expected outputs of tests/golden")


def pytest_configure() -> None:
    """Settle the environment before the program is imported: it settles its language then."""
    for name in SETTINGS:
        os.environ.pop(name, None)
    os.environ["LANG"] = "C.UTF-8"
    signal.signal(
        signal.SIGINT, signal.default_int_handler
    )  # a run in the background ignores it, and so would its children


@pytest.fixture(autouse=True, scope="session")
def _own_cache(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Path]:
    """The index goes into a folder of this run. One for all tests: it is kept by the workspace's path."""
    folder = tmp_path_factory.mktemp("cache")
    with pytest.MonkeyPatch.context() as patch:
        patch.setenv("TRACKER_CACHE", str(folder))
        yield folder
