"""Loading and each rule take as many steps for a thing among many as for one among few."""

from __future__ import annotations

import sys
from collections import Counter
from collections.abc import Callable
from pathlib import Path

import pytest

from benchmarks.write import write
from reperes import rules
from reperes.model.explainer import Explainer
from reperes.model.loading import load
from reperes.text.folding import normalised

SIZES = {
    "sections": [(12, 0), (24, 0), (48, 0)],
    "facts": [(10, 400), (10, 600), (10, 1000)],
}
"""How many sections each of three explainers has, what they cite growing along, and how many facts
where these are more."""

MOST = 2.2
"""How many times the steps from the first to the second that from the second to the third may be.

Twice as many are right, for twice as much is added."""


class Steps:
    """Counts the calls of functions, Python's and C's, while somebody works."""

    def __init__(self) -> None:
        self.taken = 0

    def of(self, work: Callable[[], object]) -> int:
        before = self.taken
        sys.setprofile(self._count)
        try:
            work()
        finally:
            sys.setprofile(None)
        return self.taken - before

    def _count(self, frame: object, event: str, argument: object) -> None:
        self.taken += event in ("call", "c_call")


def steps_of(folder: Path) -> Counter[str]:
    """The steps that loading and each rule take, by the name of its module."""
    normalised.cache_clear()  # of what other tests have read
    steps, loaded = Steps(), []
    found = Counter({"loading": steps.of(lambda: loaded.append(load(folder)))})
    explainer: Explainer = loaded[0].explainer
    for of_section in rules.RULES_OF_SECTIONS:
        for section_id in explainer.section_ids:
            work = lambda rule=of_section, name=section_id: list(rule(explainer, name))  # noqa: E731
            found[of_section.__module__] += steps.of(work)
    for rule in rules.RULES_OF_THE_REST:
        found[f"{rule.__module__}, the rest"] += steps.of(lambda rule=rule: list(rule(explainer)))
    return found


@pytest.mark.parametrize("kind", SIZES)
def test_steps_grow_as_the_explainer_does(tmp_path: Path, kind: str) -> None:
    folders = [tmp_path / f"{sections} and {facts}" for sections, facts in SIZES[kind]]
    for folder, (sections, facts) in zip(folders, SIZES[kind], strict=True):
        write(sections, folder, facts)
    steps_of(folders[0])  # what the program reads but once
    few, more, many = map(steps_of, folders)
    assert few.keys() == more.keys() == many.keys()
    grown = {
        name: (many[name] - more[name]) / (more[name] - few[name])
        for name in many
        if more[name] - few[name] > 20
    }
    assert {"loading", "reperes.rules.unused, the rest"} <= grown.keys()
    assert {name: ratio for name, ratio in grown.items() if ratio > MOST} == {}
