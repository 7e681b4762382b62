"""Appending to a ledger: under a lock, complete or not at all, no earlier byte touched.

Before the ledger is written the whole block goes into `LEDGER.pending` beside it. A writer stopped half-way leaves that file, and
the next writer finishes the block from it. What a crash can leave is therefore only a torn end whose rest is at hand.
"""

from __future__ import annotations

import contextlib
import hashlib
import os
from collections.abc import Iterator
from pathlib import Path
from typing import NamedTuple

from tracker.errors import WriteError

LOCK = ".tracker.lock"
PATIENCE = 30.0
"""Seconds to wait for another writer."""
KNOWN_AGAIN = 4096
"""Bytes before a begun block by which the ledger is known again."""
PARTS = 3


@contextlib.contextmanager
def writing(folder: Path) -> Iterator[None]:
    """Hold the ledgers of a folder for writing; made if it is not there, and unfinished blocks in it are finished first.

    Raises:
        WriteError: the folder cannot be written, or another writer does not end.
    """
    from filelock import FileLock, Timeout  # noqa: PLC0415 - only for writing

    try:
        folder.mkdir(exist_ok=True)
        lock = FileLock(folder / LOCK, timeout=PATIENCE)
        lock.acquire()
    except Timeout:
        raise WriteError("locked", str(folder)) from None
    except OSError as error:
        raise WriteError("not_writable", str(folder), why=error.strerror or str(error)) from None
    try:
        for pending in sorted(folder.glob("*.toml.pending")):
            _finish(pending)
        yield
    finally:
        lock.release()


def append(path: Path, block: str) -> None:
    """Append a block, a blank line before it, in the file's own line ends; returns when it is on the disk.

    The caller holds `writing(path.parent)`.

    Raises:
        WriteError: it could not be written; the file is as it was.
    """
    pending = path.with_name(path.name + ".pending")
    is_new = not path.exists()
    if not is_new and not path.is_file():
        raise WriteError("not_a_file", str(path))
    try:
        with path.open("ab+", buffering=0) as ledger:
            size = ledger.seek(0, os.SEEK_END)
            data = _prepared(ledger.fileno(), size, block)
            _write_new(pending, _head(size, _before(ledger.fileno(), size), data) + data)
            try:
                _write_all(ledger.fileno(), data)
                os.fsync(ledger.fileno())
            except BaseException:  # Ctrl-C too takes back what it interrupts
                ledger.truncate(size)
                pending.unlink()
                raise
            pending.unlink()
    except OSError as error:
        with contextlib.suppress(OSError):
            if is_new and path.stat().st_size == 0:
                path.unlink()
        raise WriteError("not_written", str(path), why=error.strerror or str(error)) from None


def _prepared(descriptor: int, size: int, block: str) -> bytes:
    """The bytes to append: in the line ends the file begins with, parted from what is before by a blank line."""
    head = _read_at(descriptor, 65536, 0)
    end = _read_at(descriptor, 4, max(0, size - 4))
    crlf = b"\r\n" in head
    gap = "" if not size or end.endswith((b"\n\n", b"\n\r\n")) else "\n" if end.endswith(b"\n") else "\n\n"
    text = gap + block
    return (text.replace("\n", "\r\n") if crlf else text).encode()


def _read_at(descriptor: int, count: int, place: int) -> bytes:
    os.lseek(descriptor, place, os.SEEK_SET)
    return os.read(descriptor, count)


def _write_all(descriptor: int, data: bytes) -> None:
    while data:
        data = data[os.write(descriptor, data) :]


def _before(descriptor: int, size: int) -> str:
    """Checksum of the ledger's last bytes, which tells whether it was edited before an unfinished block is put back."""
    start = max(0, size - KNOWN_AGAIN)
    return hashlib.sha256(_read_at(descriptor, size - start, start)).hexdigest()


def _head(size: int, before: str, data: bytes) -> bytes:
    """First line of a pending file: the ledger's size and its end's checksum, and the checksum of the block that follows."""
    return f"{size} {before} {hashlib.sha256(data).hexdigest()}\n".encode()


class Pending(NamedTuple):
    """A block that a writer began: where it begins, what stood before it, and its bytes."""

    size: int
    before: str
    data: bytes


def read_pending(ledger: Path) -> Pending | None:
    """The block that a stopped or a present writer has begun in a ledger; None without one, or while it is not yet begun."""
    try:
        head, _, data = ledger.with_name(ledger.name + ".pending").read_bytes().partition(b"\n")
    except FileNotFoundError:
        return None
    parts = head.decode("ascii", "replace").split(" ")
    if len(parts) != PARTS or not parts[0].isdecimal() or not data or hashlib.sha256(data).hexdigest() != parts[2]:
        return None
    return Pending(int(parts[0]), parts[1], data)


def committed(ledger: Path, data: bytes) -> bytes:
    """The bytes of a ledger without a block that is only begun: half of `超166` reads as 166."""
    pending = read_pending(ledger)
    if pending is None or data[pending.size :] == pending.data or not pending.data.startswith(data[pending.size :]):
        return data
    return data[: pending.size]


def _write_new(path: Path, data: bytes) -> None:
    try:
        with path.open("wb", buffering=0) as file:
            _write_all(file.fileno(), data)
            os.fsync(file.fileno())
    except OSError:
        path.unlink(missing_ok=True)
        raise


def _finish(path: Path) -> None:
    """Finish the block a stopped writer began; a pending file that is itself unfinished means the ledger was not touched."""
    ledger = path.with_name(path.name.removesuffix(".pending"))
    try:
        pending = read_pending(ledger)
        if pending is not None:
            written = ledger.read_bytes() if ledger.exists() else b""
            if pending.data not in written:
                size, tail = pending.size, written[pending.size :]
                known = hashlib.sha256(written[max(0, size - KNOWN_AGAIN) : size]).hexdigest() == pending.before
                if not known or not pending.data.startswith(tail):
                    raise WriteError("pending_lost", str(ledger), pending=path.name)
                with ledger.open("ab", buffering=0) as file:
                    _write_all(file.fileno(), pending.data[len(tail) :])
                    os.fsync(file.fileno())
        path.unlink()
    except OSError as error:
        raise WriteError("not_written", str(ledger), why=error.strerror or str(error)) from None
