"""A process that has the program loaded and forks a child for each order, so that a test may start, and kill, very many.

Orders are JSON lines on stdin, answers are lines on stdout. `run` starts a child and answers its process id; `wait` answers a
child's exit status, negative for the signal that ended it. A child does one of:

    main       the program with one list of arguments after the other, as from a shell, until one fails
    appends    entries one after the other through the same steps as `add-actual`, each id written to stdout after its return
    blocks     blocks appended without opening the workspace, each id written to stdout after its return

`strike` names a system call on a ledger or its pending file, counted from 1, at which the child is struck: only the first `bytes`
of a write are done, then the child is killed (`kill`), interrupted as by Ctrl-C (`interrupt`) or refused (`refuse`).
"""

from __future__ import annotations

import errno
import json
import os
import resource
import signal
import sys
from collections.abc import Callable
from pathlib import Path
from typing import Any

import filelock  # noqa: F401 - loaded once for all children
import tomli_w  # noqa: F401

import tracker.checks
import tracker.ledger.schema
import tracker.plans.schema
import tracker.reports.terminal
import tracker.workspace  # noqa: F401
from tracker.cli.add import ensure_appendable
from tracker.cli.app import main
from tracker.ledger.append import append, writing
from tracker.ledger.entries import write_actual
from tracker.ledger.rows import Row
from tracker.workspace import Workspace

LEDGER = "actuals/plan.toml"


def serve() -> None:
    """Take orders until stdin ends."""
    for line in sys.stdin:
        order = json.loads(line)
        if "wait" in order:
            _, status = os.waitpid(order["wait"], 0)
            print(os.waitstatus_to_exitcode(status), flush=True)  # noqa: T201 - the answer
            continue
        child = os.fork()
        if not child:
            _live(order)
        print(child, flush=True)  # noqa: T201 - the answer


def _live(order: dict[str, Any]) -> None:
    """A child's life; never returns."""
    for descriptor, name in enumerate(("/dev/null", order["out"], order["err"])):
        os.dup2(os.open(name, os.O_RDWR | os.O_CREAT | os.O_APPEND, 0o644), descriptor)
    signal.signal(signal.SIGINT, signal.default_int_handler)
    signal.alarm(order.get("seconds", 60))
    os.environ.update(order.get("environ", {}))
    if "file_size" in order:
        resource.setrlimit(resource.RLIMIT_FSIZE, (order["file_size"], resource.RLIM_INFINITY))
    if "strike" in order:
        _strike(**order["strike"])
    code = 1
    try:
        code = LIVES[order["life"]](order)
    except BaseException:  # noqa: BLE001 - what the interpreter would do, without its exit
        resource.setrlimit(resource.RLIMIT_FSIZE, (resource.RLIM_INFINITY, resource.RLIM_INFINITY))
        sys.excepthook(*sys.exc_info())
    finally:
        sys.stdout.flush()
        sys.stderr.flush()
        os._exit(code)


def _main(order: dict[str, Any]) -> int:
    for words in order["runs"]:
        sys.argv = ["tracker", *(os.fsdecode(bytes.fromhex(word)) for word in words)]
        try:
            main()
        except SystemExit as end:
            if end.code:
                return int(end.code)
    return 0


def _appends(order: dict[str, Any]) -> int:
    root = Path(order["root"])
    workspace = Workspace(root)
    for name in _names(order):
        block = write_actual(_row(name))
        with writing(root / "actuals"):
            workspace.refresh()
            ensure_appendable(workspace, LEDGER, block)
            append(root / LEDGER, block)
        os.write(1, f"{name}\n".encode())
    return 0


def _blocks(order: dict[str, Any]) -> int:
    ledger = Path(order["root"]) / order.get("ledger", LEDGER)
    for name in _names(order):
        with writing(ledger.parent):
            append(ledger, write_actual(_row(name)))
        os.write(1, f"{name}\n".encode())
    return 0


LIVES: dict[str, Callable[[dict[str, Any]], int]] = {"main": _main, "appends": _appends, "blocks": _blocks}


def _names(order: dict[str, Any]) -> list[str]:
    return [f"{order['name']}-{number}" for number in range(order.get("count", 1))]


def _row(name: str) -> Row:
    return Row(
        id=name,
        target="investment",
        region="甲县",
        period="2024",
        value="166",
        unit="亿元",
        bound="above",
        verification="reported",
        recorded_at="2026-11-20T09:00:00+08:00",
        by="测试",
        document="甲县日报",
        phrase="超166亿元",
    )


def _strike(call: str, at: int, how: str, size: int = 0) -> None:
    """Be struck at the `at`-th such call on a ledger or a pending file."""
    met = [0]

    def watch(name: str) -> bool:
        met[0] += name.endswith((".toml", ".toml.pending"))
        return met[0] == at and name.endswith((".toml", ".toml.pending"))

    def end() -> None:
        match how:
            case "kill":
                os.kill(os.getpid(), signal.SIGKILL)
            case "interrupt":
                signal.raise_signal(signal.SIGINT)
            case "refuse":
                raise OSError(errno.ENOSPC, os.strerror(errno.ENOSPC))

    write, fsync, unlink = os.write, os.fsync, os.unlink

    def struck_write(descriptor: int, data: bytes) -> int:
        if call == "write" and watch(_file(descriptor)):
            done = write(descriptor, data[:size]) if size else 0
            end()
            return done
        return write(descriptor, data)

    def struck_fsync(descriptor: int) -> None:
        if call == "fsync" and watch(_file(descriptor)):
            end()
        fsync(descriptor)

    def struck_unlink(path: str | os.PathLike[str], *, dir_fd: int | None = None) -> None:
        if call == "unlink" and watch(os.fspath(path)):
            end()
        unlink(path, dir_fd=dir_fd)

    os.write, os.fsync, os.unlink = struck_write, struck_fsync, struck_unlink  # type: ignore[assignment]


def _file(descriptor: int) -> str:
    return str(Path(f"/proc/self/fd/{descriptor}").readlink())


if __name__ == "__main__":
    serve()
