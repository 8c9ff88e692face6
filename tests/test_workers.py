"""Work shared among processes: what comes of it, and what is left when it goes wrong."""

from __future__ import annotations

import multiprocessing
import os
import signal
from collections import Counter
from collections.abc import Callable, Iterator
from itertools import count
from pathlib import Path

import pytest

from reperes.text import workers
from reperes.text.workers import WorkerDiedError, each

MANY = range(100)


@pytest.fixture(autouse=True)
def two_processors(monkeypatch: pytest.MonkeyPatch) -> None:
    """Whatever this machine has."""
    monkeypatch.setattr(workers, "processors", lambda: 2)


@pytest.fixture(autouse=True)
def none_left(two_processors: None) -> Iterator[None]:
    """No process may be left when a test ends."""
    yield
    assert multiprocessing.active_children() == []


def square(number: int) -> int:
    return number * number


@pytest.mark.parametrize("number", [0, 1, 24, 25, 26, 32, 33, 100])
def test_every_task_has_its_result(number: int) -> None:
    assert sorted(each(square, range(number))) == [square(task) for task in range(number)]


def processes_of(number: int) -> Counter[int]:
    return Counter(each(lambda _: os.getpid(), range(number)))


def test_many_tasks_are_shared() -> None:
    found = processes_of(100)
    assert found.pop(os.getpid()) == 1  # the first, of which the others find what it worked out
    assert len(found) == 2


@pytest.mark.parametrize("number", [1, 24])
def test_few_tasks_are_not_worth_a_process(number: int) -> None:
    assert processes_of(number) == {os.getpid(): number}


@pytest.mark.parametrize("name", ["processors", "_can_fork"])
def test_one_process_does_all_where_others_would_not_help(
    monkeypatch: pytest.MonkeyPatch, name: str
) -> None:
    monkeypatch.setattr(workers, name, lambda: 1 if name == "processors" else False)
    assert processes_of(100) == {os.getpid(): 100}


def test_a_process_finds_what_this_one_holds_and_changes_nothing_of_it() -> None:
    held: list[int] = []

    def hold(task: int) -> int:
        held.append(task)
        return len(held)

    assert len(list(each(hold, MANY))) == 100
    assert held == [0]


def failing_at(wanted: int, fail: Callable[[], object]) -> Callable[[int], int]:
    def make(task: int) -> int:
        if task == wanted:
            fail()
        return task

    return make


class TaskFailedError(Exception):
    pass


def refuse() -> None:
    raise TaskFailedError("this one", 3)


@pytest.mark.parametrize("task", [0, 1, 57, 99])
def test_what_a_task_raises_is_raised_here(task: int) -> None:
    with pytest.raises(TaskFailedError) as caught:
        list(each(failing_at(task, refuse), MANY))
    assert caught.value.args == ("this one", 3)


def test_an_error_of_the_machine_names_its_file(tmp_path: Path) -> None:
    with pytest.raises(FileNotFoundError) as caught:
        list(each(failing_at(57, (tmp_path / "nothing").read_text), MANY))
    assert caught.value.filename == str(tmp_path / "nothing")


@pytest.mark.parametrize("number", [signal.SIGKILL, signal.SIGTERM])
def test_a_process_that_is_killed_is_told(number: signal.Signals) -> None:
    with pytest.raises(WorkerDiedError, match="is there memory enough"):
        list(each(failing_at(57, lambda: os.kill(os.getpid(), number)), MANY))


def test_a_result_that_cannot_travel_is_an_error() -> None:
    with pytest.raises(Exception, match="pickle"):
        list(each(lambda _: lambda: None, MANY))


@pytest.mark.parametrize("times", [0, 1, 3])
def test_a_checkpoint_that_raises_stops_all(times: int) -> None:
    left = count(times, -1)

    def checkpoint() -> None:
        if not next(left):
            raise KeyboardInterrupt

    def wait(task: int) -> int:
        # But for the first, which is made here, each would go on until it is stopped.
        return task if not task else signal.pause()

    made: list[int] = []
    with pytest.raises(KeyboardInterrupt):
        made += each(wait, MANY, checkpoint)
    assert made == [0]


@pytest.mark.parametrize("number", [1, 3])
def test_a_checkpoint_stops_few_tasks_too(number: int) -> None:
    left = [True] * number

    def checkpoint() -> None:
        if not left:
            raise KeyboardInterrupt
        left.pop()

    made: list[int] = []
    with pytest.raises(KeyboardInterrupt):
        made += each(square, range(10), checkpoint)
    assert len(made) == number


def test_whoever_wants_no_more_results_stops_the_work() -> None:
    results = each(square, MANY)
    next(results)
    next(results)
    results.close()


def test_ctrl_c_is_for_who_shares_the_work_out() -> None:
    """A terminal tells every process of it: those that help are then stopped by this one."""
    interrupt = failing_at(57, lambda: signal.raise_signal(signal.SIGINT))
    assert sorted(each(interrupt, MANY)) == list(MANY)
