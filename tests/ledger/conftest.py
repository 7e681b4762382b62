"""What the tests of the ledger share: a cache folder for each test, and one nursery for all."""

from __future__ import annotations

import sqlite3
from collections.abc import Iterator
from pathlib import Path

import pytest

from tests.ledger.answers import Watched
from tests.ledger.building import Nursery, make_workspace


@pytest.fixture(autouse=True)
def cache(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """A cache folder of this test's own."""
    folder = tmp_path / "cache"
    monkeypatch.setenv("TRACKER_CACHE", str(folder))
    return folder


@pytest.fixture
def root(tmp_path: Path) -> Path:
    """A workspace with a plan and no ledger."""
    return make_workspace(tmp_path / "county")


@pytest.fixture
def watched(monkeypatch: pytest.MonkeyPatch) -> Iterator[None]:
    """Every connection to an index is watched."""
    connect = sqlite3.connect
    monkeypatch.setattr(sqlite3, "connect", lambda *given, **named: connect(*given, **named, factory=Watched))
    yield
    Watched.tell = None
    Watched.made.clear()


@pytest.fixture(scope="package")
def nursery(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Nursery]:
    """The process that starts children."""
    with Nursery(tmp_path_factory.mktemp("nursery")) as started:
        yield started
