"""Work for several processes of this machine, where it is much."""

from __future__ import annotations

import gc
import multiprocessing
import os
import signal
import sys
from collections.abc import Callable, Iterator, Sequence
from multiprocessing.connection import Connection, wait
from multiprocessing.context import ForkProcess
from typing import Any, TypeVar

_Task = TypeVar("_Task")
_Result = TypeVar("_Result")

_FEW = 24
"""Tasks for which other processes are not worth their start."""

_SHARE = 8
"""Tasks that a process is given at a time."""

_CHECKPOINT_SECONDS = 0.2


class WorkerDiedError(Exception):
    """A process ended in the midst of its work: the machine has stopped it, for want of memory."""


def each(
    make: Callable[[_Task], _Result],
    tasks: Sequence[_Task],
    checkpoint: Callable[[], None] = lambda: None,
) -> Iterator[_Result]:
    """What `make` returns for each task, in the order in which they are ready.

    Where there are many, processes share them, one for each processor. They are forked, so that
    `make` may be any function and finds all that this process holds; what it changes stays with
    them. `checkpoint` is called again and again, and raises to have all work stopped. An exception
    that `make` raises is raised here. Results travel between processes, so they must be small.
    """
    processes = min(processors(), (len(tasks) + _SHARE - 1) // _SHARE)
    if processes < 2 or len(tasks) <= _FEW or not _can_fork():
        for task in tasks:
            checkpoint()
            yield make(task)
        return
    # What the first works out once for all of them, the others then find.
    yield make(tasks[0])
    rest = tasks[1:]
    shares = [rest[start : start + _SHARE] for start in range(0, len(rest), _SHARE)]
    yield from _shared(make, shares, processes, checkpoint)


def processors() -> int:
    if sys.platform == "linux":
        return len(os.sched_getaffinity(0))
    return os.cpu_count() or 1


def _can_fork() -> bool:
    """Whether a copy of this process is safe to go on: macOS and Windows are not made for it."""
    return sys.platform == "linux"


def _shared(
    make: Callable[[_Task], _Result],
    shares: Sequence[Sequence[_Task]],
    processes: int,
    checkpoint: Callable[[], None],
) -> Iterator[_Result]:
    context = multiprocessing.get_context("fork")
    # What is there by now is not looked through for garbage, which would copy it.
    gc.collect()
    gc.freeze()
    waiting = list(reversed(shares))
    workers: dict[Connection, ForkProcess] = {}
    try:
        for _ in range(processes):
            ours, theirs = context.Pipe()
            worker = context.Process(target=_work, args=(make, theirs, [ours, *workers]))
            worker.start()
            theirs.close()
            workers[ours] = worker
            ours.send(waiting.pop())
        busy = set(workers)
        while busy:
            checkpoint()
            for ready in wait(list(busy), timeout=_CHECKPOINT_SECONDS):
                assert isinstance(ready, Connection)
                results = _received(ready)
                if waiting:
                    ready.send(waiting.pop())
                else:
                    busy.discard(ready)
                yield from results
    finally:
        gc.unfreeze()
        for connection, worker in workers.items():
            connection.close()
            worker.kill()  # which has nothing to do, or must do nothing more
            worker.join()


def _received(connection: Connection) -> Any:
    try:
        found = connection.recv()
    except EOFError:
        raise WorkerDiedError("a process was stopped; is there memory enough?") from None
    if isinstance(found, BaseException):
        raise found
    return found


def _work(
    make: Callable[[_Task], _Result], connection: Connection, others: Sequence[Connection]
) -> None:
    """What a process does: one share after another, until the one that it works for ends."""
    signal.signal(signal.SIGINT, signal.SIG_IGN)  # who is asked to stop will stop us
    signal.signal(signal.SIGTERM, signal.SIG_DFL)
    for other in others:
        other.close()
    while True:
        try:
            share = connection.recv()
        except EOFError:
            return
        try:
            connection.send([make(task) for task in share])
        except Exception as error:
            connection.send(error)
