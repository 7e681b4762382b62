"""The files that the index lies in: one for each workspace and each version of the program, in the user's cache folder.

Two versions never share a file, so neither reads what the other judged nor takes it away under it. A file is removed only when
it is damaged or no index at all, or when it is another version's and nobody has written it for a day; one that is locked stays.
"""

from __future__ import annotations

import hashlib
import os
import sqlite3
import sys
import time
from contextlib import closing, suppress
from pathlib import Path

import tracker

LAYOUT = 1
DAMAGE = {sqlite3.SQLITE_CORRUPT, sqlite3.SQLITE_NOTADB, sqlite3.SQLITE_ERROR}
"""What sqlite says of a file that is none of its own, is broken, or lacks our tables: not that it is locked or cannot be written."""
OLD = 24 * 3600
"""Seconds after which the index of another version of the program is taken to be of no more use."""


def cache_folder() -> Path:
    """Where derived files live: `TRACKER_CACHE`, else the platform's cache folder for this user."""
    if given := os.environ.get("TRACKER_CACHE"):
        return Path(given)
    home = Path.home()
    if sys.platform == "win32":
        return Path(os.environ.get("LOCALAPPDATA", home / "AppData" / "Local")) / "tracker" / "Cache"
    if sys.platform == "darwin":
        return home / "Library" / "Caches" / "tracker"
    return Path(os.environ.get("XDG_CACHE_HOME") or home / ".cache") / "tracker"


def fingerprint() -> str:
    """Changes whenever the program that reads and judges changes."""
    package = Path(tracker.__file__).parent
    parts = [f"{LAYOUT} {tracker.__version__} {sys.version_info[:2]}"]
    for folder in (".", "lexicon", "plans", "ledger", "assessments"):
        with os.scandir(package / folder) as entries:
            for entry in sorted(entries, key=lambda entry: entry.name):
                if entry.name.endswith((".py", ".toml")):
                    stat = entry.stat()
                    parts.append(f"{folder}/{entry.name} {stat.st_size} {stat.st_mtime_ns}")
    return hashlib.sha256("\n".join(parts).encode()).hexdigest()


def open_file(root: Path, schema: str) -> sqlite3.Connection:
    """The database of a workspace, with the tables of `schema` (one is `meta`), made where there is none.

    Raises:
        OSError, RuntimeError: there is no cache folder.
        sqlite3.Error: the file can be neither used nor made anew.
    """
    folder, mark = cache_folder(), fingerprint()
    folder.mkdir(parents=True, exist_ok=True)
    workspace = hashlib.sha256(os.fsencode(root.resolve())).hexdigest()[:20]
    path = folder / f"{workspace}-{mark[:12]}.sqlite"
    if not path.exists():
        _remove_old(folder, workspace)
    try:
        return _ready(path, mark, schema)
    except sqlite3.DatabaseError as error:
        if not _is_damage(error):
            raise
    _remove(path)
    return _ready(path, mark, schema)


def open_memory(schema: str) -> sqlite3.Connection:
    """A database that is gone with the process."""
    return _ready(":memory:", fingerprint(), schema)


def discard_damaged() -> None:
    """Remove the indexes of this user that are damaged: they can be made again. Others may have the sound ones open."""
    with suppress(OSError):
        for path in cache_folder().glob("*.sqlite"):
            if not _is_sound(path):
                _remove(path)


def _ready(path: Path | str, mark: str, schema: str) -> sqlite3.Connection:
    """A database with our tables and `mark` in them."""
    base = _connect(path)
    try:
        _make_ours(base, mark, schema)
    except BaseException:
        base.close()
        raise
    return base


def _make_ours(base: sqlite3.Connection, mark: str, schema: str) -> None:
    """Make the tables where there are none. Of several processes that find none one makes them, and the others wait."""
    found = _mark(base)
    if found is None:
        with base:
            base.execute("begin immediate")
            found = _mark(base)
            if found is None:
                for statement in schema.split(";\n"):
                    base.execute(statement)
                base.execute("insert into meta values ('mark', ?)", (mark,))
                found = mark
    if found != mark:
        raise sqlite3.DatabaseError("no index of ours")


def _mark(base: sqlite3.Connection) -> str | None:
    """The mark of the program that made the tables, empty when they are not ours; None when there are no tables."""
    try:
        row = base.execute("select value from meta where key = 'mark'").fetchone()
    except sqlite3.OperationalError as error:
        if error.sqlite_errorcode != sqlite3.SQLITE_ERROR:
            raise
        return "" if base.execute("select 1 from sqlite_master limit 1").fetchone() else None
    return str(row[0]) if row else ""


def _connect(path: Path | str) -> sqlite3.Connection:
    base = sqlite3.connect(path, timeout=20, isolation_level=None)
    base.execute("pragma synchronous = normal")
    return base


def _is_damage(error: sqlite3.Error) -> bool:
    """Whether an error says that the file is of no use, and not only at this moment. One that Python raised has no code."""
    return getattr(error, "sqlite_errorcode", sqlite3.SQLITE_CORRUPT) & 0xFF in DAMAGE


def _is_sound(path: Path) -> bool:
    try:
        with closing(_connect(path)) as base:
            return bool(base.execute("pragma quick_check(1)").fetchone() == ("ok",))
    except sqlite3.Error as error:
        return not _is_damage(error)


def _remove_old(folder: Path, workspace: str) -> None:
    """Remove what other versions of the program left of a workspace, where they have not written it for long."""
    with suppress(OSError):
        for path in folder.glob(f"{workspace}*.sqlite"):
            if time.time() - path.stat().st_mtime > OLD:
                _remove(path)


def _remove(path: Path) -> None:
    for name in ("", "-journal", "-wal", "-shm"):
        path.with_name(path.name + name).unlink(missing_ok=True)
