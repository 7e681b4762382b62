"""Many items through one function, on several cores, results in the order of the items and never many of them at a time.

A worker that dies (killed for its memory, say) costs the one item that killed it: those that were under way are tried again, each
alone, and only the one that dies again is lost.
"""

from __future__ import annotations

import multiprocessing
import os
import signal
from collections import deque
from collections.abc import Callable, Generator, Iterable
from concurrent.futures import Future, ProcessPoolExecutor
from concurrent.futures.process import BrokenProcessPool
from typing import TypeVar

Item = TypeVar("Item")
Result = TypeVar("Result")
AHEAD = 4
"""Items under way per worker: enough that none waits, few enough that results of a large item do not pile up behind a small one."""


def in_order(
    work: Callable[[Item], Result], items: Iterable[Item], jobs: int, lost: Callable[[Item], Result]
) -> Generator[Result, None, None]:
    """`work` of every item, in order; on this process where `jobs` is 1, on all cores where it is 0. `lost` is for a dead worker."""
    jobs = jobs or os.cpu_count() or 1
    if jobs == 1:
        yield from map(work, items)
        return
    pending: deque[tuple[Item, Future[Result]]] = deque()
    source = iter(items)
    pool = _pool(jobs)
    try:
        while True:
            for item in source:
                pending.append((item, _submit(pool, work, item)))
                if len(pending) >= jobs * AHEAD:
                    break
            if not pending:
                return
            try:
                result = pending[0][1].result()
            except BrokenProcessPool:
                pool.shutdown(wait=False)
                yield from _one_by_one(work, pending, lost)
                pending.clear()
                pool = _pool(jobs)
                continue
            pending.popleft()
            yield result
    finally:
        pool.shutdown(wait=False, cancel_futures=True)


def _pool(jobs: int) -> ProcessPoolExecutor:
    return ProcessPoolExecutor(jobs, multiprocessing.get_context("spawn"), initializer=_leave_interrupts)


def _submit(pool: ProcessPoolExecutor, work: Callable[[Item], Result], item: Item) -> Future[Result]:
    try:
        return pool.submit(work, item)
    except BrokenProcessPool as error:
        broken: Future[Result] = Future()
        broken.set_exception(error)
        return broken


def _one_by_one(
    work: Callable[[Item], Result], pending: Iterable[tuple[Item, Future[Result]]], lost: Callable[[Item], Result]
) -> Generator[Result, None, None]:
    """The results of what was under way when a worker died: those that are there, the others tried again on one worker."""
    pool = _pool(1)
    try:
        for item, future in pending:
            if future.done() and not future.cancelled() and future.exception() is None:
                yield future.result()
                continue
            try:
                yield pool.submit(work, item).result()
            except BrokenProcessPool:
                pool = _pool(1)
                yield lost(item)
    finally:
        pool.shutdown(wait=False, cancel_futures=True)


def _leave_interrupts() -> None:
    """^C is for the process that started the workers."""
    signal.signal(signal.SIGINT, signal.SIG_IGN)
