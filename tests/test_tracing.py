"""What is noted of all that is read of an explainer, and when it counts as another."""

from __future__ import annotations

import os
import subprocess
import sys
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import fields, replace
from functools import cached_property
from pathlib import Path

import pytest

from reperes.model.explainer import Explainer, answered_by_an_explainer, once_for_an_explainer
from reperes.model.loading import load
from reperes.model.tracing import Digests, Read, TracedExplainer, digest_of
from reperes.pages import page_ids, render_page
from support import REAL, TESTS, TOY, replace_in, toy, toy_copy
from support_commands import explainer_of

FIGURES = [*toy().figures]
FIGURE = "passengers"
FACT = toy().figures[FIGURE]


def reads_of(look: Callable[[Explainer], object], explainer: Explainer | None = None) -> set[Read]:
    reads: set[Read] = set()
    look(TracedExplainer(explainer or toy(), reads))
    return reads


@pytest.mark.parametrize(
    ("look", "noted"),
    [
        (lambda e: e.figures[FIGURE], {("figures", FIGURE)}),
        (lambda e: e.figures.get(FIGURE), {("figures", FIGURE)}),
        (lambda e: e.figures.get("nowhere"), {("figures", "nowhere")}),
        (lambda e: FIGURE in e.figures, {("figures", FIGURE)}),
        (lambda e: "nowhere" in e.figures, {("figures", "nowhere")}),
        (lambda e: [*e.figures], {("figures",)}),
        (lambda e: len(e.figures), {("figures",)}),
        (lambda e: bool(e.figures), {("figures",)}),
        (lambda e: [*e.figures.values()], {("figures",)}),
        (lambda e: [*e.figures.items()], {("figures",)}),
        (lambda e: e.marks.get(("fr", "closure")), {("marks", ("fr", "closure"))}),
        (lambda e: e.entries["figure"][FIGURE], {("figures", FIGURE)}),
        (lambda e: e.facts[FIGURE], {("facts", FIGURE)}),
        (lambda e: e.units_of_figures, {("units_of_figures",)}),
        (lambda e: e.site.title, {("site",)}),
        (lambda e: e.languages, {("languages",)}),
        (lambda e: e.cited_in(FIGURE), {("cited_in", FIGURE)}),
        (lambda e: e.section("fr", "closure"), {("section", "fr", "closure")}),
        (lambda e: e.reading_minutes("fr", "closure"), {("reading_minutes", "fr", "closure")}),
        (lambda e: e, set()),
    ],
)
def test_whatever_is_read_is_noted(look: Callable[[Explainer], object], noted: set[Read]) -> None:
    assert reads_of(look) == noted


def test_what_is_read_to_answer_about_an_entry_is_noted() -> None:
    noted = reads_of(lambda explainer: explainer.in_own_voice(FACT))
    assert noted == {("sources", pin.source_id) for pin in FACT.pins} != set()


NAMES = sorted(
    {field.name for field in fields(Explainer)}
    | {
        name
        for name, value in vars(Explainer).items()
        if isinstance(value, property | cached_property) and not name.startswith("_")
    }
    - {"traced_answers", "answer_before"}
)


@pytest.mark.parametrize("name", NAMES)
def test_every_attribute_says_the_same(name: str) -> None:
    traced = TracedExplainer(toy(), set())
    found, said = getattr(traced, name), getattr(toy(), name)
    assert found.keys() == said.keys() if name == "entries" else found == said


@pytest.mark.parametrize("name", NAMES)
def test_to_read_any_attribute_leaves_a_note_that_has_a_digest(name: str) -> None:
    def read_all(explainer: Explainer) -> None:
        value = getattr(explainer, name)
        if hasattr(value, "values"):
            for each in value.values():
                len(each) if name == "entries" else None

    reads = reads_of(read_all)
    assert reads
    trace = Digests(toy()).trace(reads)
    assert all(trace.values())
    assert Digests(load(TOY).explainer).holds(trace)


def test_what_is_worked_out_once_is_noted_each_time() -> None:
    worked_out: list[str] = []

    @once_for_an_explainer
    def title_of(explainer: Explainer, fact_id: str) -> object:
        worked_out.append(fact_id)
        return explainer.figures[fact_id].label

    explainer = replace(toy())
    first = reads_of(lambda traced: title_of(traced, FIGURE), explainer)
    second = reads_of(lambda traced: title_of(traced, FIGURE), explainer)
    assert first == second == {("figures", FIGURE)}
    assert title_of(explainer, FIGURE) == FACT.label
    assert worked_out == [FIGURE]


def test_what_is_worked_out_of_another_is_noted_too() -> None:
    @once_for_an_explainer
    def inner(explainer: Explainer) -> object:
        return explainer.site.title

    @once_for_an_explainer
    def outer(explainer: Explainer) -> object:
        return inner(explainer), explainer.figures[FIGURE]

    explainer = replace(toy())
    assert reads_of(inner, explainer) == {("site",)}
    assert reads_of(outer, explainer) == {("site",), ("figures", FIGURE)}


def test_an_answer_stands_for_all_that_it_was_found_in() -> None:
    @answered_by_an_explainer
    def first_figure(explainer: Explainer, start: str) -> str | None:
        return next((each for each in explainer.figures if each.startswith(start)), None)

    reads = reads_of(lambda explainer: first_figure(explainer, "pass"))
    assert reads == {("answer", "first_figure", "pass")}
    trace = Digests(toy()).trace(reads)
    others = {name: each for name, each in toy().figures.items() if name.startswith("pass")}
    assert Digests(replace(toy(), figures=others)).holds(trace)
    assert not Digests(replace(toy(), figures={})).holds(trace)


# What breaks a trace


@contextmanager
def changed(name: str, old: str, new: str) -> Iterator[Explainer]:
    """The toy explainer with one change to a file."""
    with toy_copy() as content:
        replace_in(content / name, old, new)
        yield explainer_of(content)


def holds(look: Callable[[Explainer], object], explainer: Explainer) -> bool:
    """Whether what was read of the toy explainer is the same in another."""
    return Digests(explainer).holds(Digests(toy()).trace(reads_of(look)))


OTHER = next(name for name in FIGURES if name != FIGURE)


def without(name: str) -> Explainer:
    return replace(toy(), figures={k: v for k, v in toy().figures.items() if k != name})


def with_another(name: str) -> Explainer:
    another = replace(toy().figures[name], unknown=toy().site.title)
    return replace(toy(), figures={**toy().figures, name: another})


def in_another_order() -> Explainer:
    return replace(toy(), figures=dict(reversed(toy().figures.items())))


@pytest.mark.parametrize(
    ("look", "explainer", "same"),
    [
        (lambda e: e.figures[FIGURE], with_another(FIGURE), False),
        (lambda e: e.figures[FIGURE], with_another(OTHER), True),
        (lambda e: e.figures[FIGURE], without(FIGURE), False),
        (lambda e: e.figures[FIGURE], without(OTHER), True),
        (lambda e: e.figures[FIGURE], in_another_order(), True),
        (lambda e: [*e.figures], with_another(FIGURE), False),
        (lambda e: [*e.figures], without(FIGURE), False),
        (lambda e: [*e.figures], in_another_order(), False),
        (lambda e: e.facts[FIGURE], with_another(FIGURE), False),
        (lambda e: e.units_of_figures, with_another(FIGURE), True),
        (lambda e: e.resting_on(str(FACT.pins[0].source_id)), with_another(FIGURE), False),
        (lambda e: e.events, with_another(FIGURE), True),
    ],
)
def test_a_trace_holds_as_long_as_all_that_was_read(
    look: Callable[[Explainer], object], explainer: Explainer, same: bool
) -> None:
    assert holds(look, explainer) is same


def test_an_entry_that_was_looked_for_in_vain_may_come() -> None:
    trace = Digests(without(FIGURE)).trace(reads_of(lambda e: e.figures.get(FIGURE)))
    assert trace == {("figures", FIGURE): b""}
    assert Digests(without(FIGURE)).holds(trace)
    assert not Digests(toy()).holds(trace)


def test_an_answer_about_what_is_gone_since_is_another_one() -> None:
    assert Digests(toy()).of(("unit_kind", "crossing")) != b""
    assert Digests(toy()).of(("unit_kind", "trip")) == b""


def test_a_line_that_has_moved_changes_nothing() -> None:
    with changed("facts/figures.yml", "figures:\n", "# A remark.\n\nfigures:\n") as moved:
        place = moved.figures[FIGURE].id.place
        assert place.line == FACT.id.place.line + 2
        assert place.path != FACT.id.place.path
        every = reads_of(lambda e: [getattr(e, name) for name in NAMES])
        trace = Digests(toy()).trace(every)
        now = Digests(moved)
        assert [read for read in trace if now.of(read) != trace[read]] == []


def test_the_body_of_a_section_counts() -> None:
    body = toy().sections["en"]["closure"].body
    last = str(body).rstrip().splitlines()[-1]
    with changed("sections/en/closure.md", last, f"{last} And more.") as longer:
        assert not holds(lambda e: e.section("en", "closure"), longer)
        assert holds(lambda e: e.section("fr", "closure"), longer)
        assert holds(lambda e: e.outline("en", "closure"), longer)
        assert not holds(lambda e: e.sections, longer)


def test_what_has_no_words_of_its_own_is_refused() -> None:
    class Thing:
        pass

    with pytest.raises(TypeError, match="not the same words each time"):
        Digests(replace(toy(), map=Thing())).of(("map",))  # type: ignore[arg-type]


@pytest.mark.parametrize(
    ("one", "other"), [("a", "b"), ("", " "), ("é", "e\u0301"), ("('a', 'b')", "('a, b')")]
)
def test_two_texts_have_two_digests(one: str, other: str) -> None:
    assert digest_of(one) != digest_of(other)
    assert digest_of(one) == digest_of(one)


# Pages


@pytest.mark.parametrize("page_id", page_ids(toy()))
def test_pages_are_the_same_under_these_eyes(page_id: str) -> None:
    for language in toy().languages:
        traced = TracedExplainer(toy(), set())
        assert render_page(traced, language, page_id) == render_page(toy(), language, page_id)


DIGESTS = f"""
import sys
sys.path.insert(0, {str(TESTS)!r})
from pathlib import Path
from reperes.model.loading import load
from reperes.model.tracing import Digests, TracedExplainer
from reperes.pages import page_ids, render_page
explainer = load(Path({str(REAL)!r})).explainer
reads = set()
for page_id in page_ids(explainer):
    render_page(TracedExplainer(explainer, reads), "fr", page_id)
trace = Digests(explainer).trace(reads)
for read, digest in sorted((repr(read), digest.hex()) for read, digest in trace.items()):
    print(read, digest)
"""


def test_another_process_finds_the_same_digests() -> None:
    """Whatever order its sets have."""

    def digests(seed: str) -> str:
        command = [sys.executable, "-c", DIGESTS]
        environment = {**os.environ, "PYTHONHASHSEED": seed}
        folder = Path(load.__code__.co_filename).parents[2]
        return subprocess.run(
            command, env=environment, cwd=folder, capture_output=True, text=True, check=True
        ).stdout

    one, other = digests("1"), digests("2")
    assert len(one.splitlines()) > 100
    assert one == other
