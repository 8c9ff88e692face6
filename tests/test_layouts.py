"""The two layouts of a file of entries: each says what the other says, and all of it."""

from __future__ import annotations

import dataclasses
import json
from collections.abc import Mapping
from pathlib import Path
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from reperes.model.explainer import Explainer
from reperes.model.layouts import lengthened_file, shortened_file
from reperes.model.loading import load
from reperes.model.reading import read_entries
from reperes.model.schema import KINDS, shape_of_file
from reperes.model.shapes import Reader
from reperes.model.yaml_layout import in_order, yaml_text
from reperes.model.yaml_values import Table, parse_yaml
from reperes.site.open_data.document import facts_document
from reperes.site.open_data.language_view import LanguageView
from reperes.text.problems import Place
from reperes.tools.formatting import format_files
from support import REAL, TESTS, TOY, examples, toy, toy_copy

WATER = TESTS / "water_explainer"


def said(value: Any) -> Any:
    """A value without the places of what it holds."""
    if isinstance(value, Place):
        return None
    if dataclasses.is_dataclass(value):
        fields = dataclasses.fields(value)
        return {field.name: said(getattr(value, field.name)) for field in fields}
    if isinstance(value, Mapping):
        return {str(key): said(part) for key, part in value.items()}
    if isinstance(value, tuple):
        return [said(part) for part in value]
    return str(value) if isinstance(value, str) else value


def all_said(explainer: Explainer) -> Mapping[str, Any]:
    entries = {kind.noun: said(explainer.entries[kind.noun]) for kind in KINDS}
    views = (LanguageView(explainer, code) for code in explainer.languages)
    return {**entries, "documents": [facts_document(view) for view in views]}


def says_the_same_in_both_layouts(content: Path) -> None:
    before = all_said(load(content).sound())
    for layout in ("short", "long", "short"):
        format_files(content, layout=layout)
        assert all_said(load(content).sound()) == before, layout
        assert format_files(content, write=False, layout=layout).changed == ()


@pytest.mark.parametrize("original", [TOY, REAL, WATER], ids=["toy", "ours", "water"])
def test_nothing_is_lost_between_layouts(original: Path) -> None:
    with toy_copy(original) as content:
        says_the_same_in_both_layouts(content)


FIRST, OTHER = "courrier_article", "timetable"
LABEL = {"fr": "Habitants bloqués", "en": "Islanders stranded"}


def with_figures(content: Path, shared: Mapping[str, Any], *figures: Mapping[str, Any]) -> None:
    """The toy explainer with these figures after its own, and with something shared."""
    path = content / "facts" / "figures.yml"
    entries = [f"  - {json.dumps(figure, ensure_ascii=False)}\n" for figure in figures]
    defaults = f"defaults: {json.dumps(shared, ensure_ascii=False)}\n" if shared else ""
    path.write_text(defaults + path.read_text("utf-8") + "".join(entries), "utf-8")


def test_of_several_places_each_that_names_no_source_has_that_of_the_file() -> None:
    several = {"id": "several", "label": LABEL, "value": "270 person", "as_of": "2019-03-15"}
    with toy_copy() as content:
        figure = {**several, "attributed_to": "town", "source": ["4", f"{OTHER} heading Ligne 7"]}
        with_figures(content, {"source": FIRST}, figure)
        pins = load(content).sound().figures["several"].pins
        assert [(pin.source_id, str(pin.locator)) for pin in pins] == [
            (FIRST, "4"),
            (OTHER, "heading Ligne 7"),
        ]
        says_the_same_in_both_layouts(content)


def test_a_source_that_all_share_stays_where_some_facts_have_several() -> None:
    day = {"as_of": "2019-03-15", "attributed_to": "town"}
    values = [{"value": "270", "rank": "preferred"}, {"value": "300", "source": "3"}]
    one = {"id": "one", "label": LABEL, "value": "2 person", "source": "4", **day}
    several = {"id": "several", "label": LABEL, "unit": "person", "values": values, "source": "4"}
    with toy_copy() as content:
        with_figures(content, {"source": FIRST}, one, {**several, **day})
        says_the_same_in_both_layouts(content)


def test_the_author_of_a_fact_stays_where_a_file_or_a_source_names_another() -> None:
    one = {"id": "one", "label": LABEL, "value": "2 person", "as_of": "2018"}
    with toy_copy() as content:
        path = content / "sources.yml"
        lent = '    defaults: { attributed_to: ["town"] }\n'
        path.write_text(path.read_text("utf-8") + lent, "utf-8")
        (*_, photograph) = load(content).explainer.sources
        with_figures(
            content,
            {"attributed_to": ["town"]},
            {**one, "source": f"{FIRST} 4", "attributed_to": "herald"},
            {**one, "id": "lent", "source": photograph},
            {**one, "id": "own", "source": photograph, "attributed_to": "herald"},
        )
        says_the_same_in_both_layouts(content)


def test_facts_can_be_laid_out_while_a_source_has_errors() -> None:
    with toy_copy() as content:
        path = content / "sources.yml"
        path.write_text(path.read_text("utf-8").replace('type: "article"', 'type: "?"'), "utf-8")
        format_files(content, layout="short")
        # That the author is its publisher is not known then.
        figures = (content / "facts" / "figures.yml").read_text("utf-8")
        assert 'attributed_to: ["herald"]\n    source: ["courrier_article 3: plus' in figures


pins = st.builds(
    lambda source, place: f"{source} {place}".strip(),
    st.sampled_from(["", FIRST, "ferry_book"]),
    st.sampled_from(["", "page 3", "page 3: un mot", ": un mot"]),
).filter(str.strip)
sources = st.none() | pins | st.lists(pins, min_size=1, max_size=3, unique=True)
authors = st.none() | st.sampled_from(["town", "herald"]) | st.just(["town", "herald"])
days = st.sampled_from([None, "2018", "2019-03-14"])
reasons = st.sampled_from([None, {"fr": "Ainsi.", "en": "So."}])


def without_absent(**fields: Any) -> dict[str, Any]:
    return {key: value for key, value in fields.items() if value is not None}


shared = st.builds(
    without_absent, source=sources, attributed_to=authors, as_of=days, derived=reasons
)
values = st.builds(
    without_absent,
    value=st.sampled_from(["1", "~2", ">=3", "<3", "4..5"]),
    source=sources,
    attributed_to=authors,
    as_of=days,
    derived=reasons,
)


FIGURES = next(kind for kind in KINDS if kind.noun == "figure")
SHAPE = shape_of_file(FIGURES, ("fr", "en"))


def figures_of(table: Table) -> list[Any] | None:
    """What a file of figures says, beside the sources of the toy explainer; None with an error."""
    publishers = {key: found.publisher_id for key, found in toy().sources.items()}
    reader = Reader(toy().languages, publishers={k: v for k, v in publishers.items() if v})
    entries, _ = read_entries(table, FIGURES, reader)
    return None if reader.problems else list(map(said, entries))


@examples(200)
@given(shared, shared, st.lists(values, min_size=1, max_size=3))
def test_no_mixture_of_forms_loses_anything(
    of_file: Mapping[str, Any], of_fact: Mapping[str, Any], listed: list[Mapping[str, Any]]
) -> None:
    one, *others = listed
    facts = [{"id": "one", "label": LABEL, "unit": "person", **of_fact, **one}]
    if others:
        several = {"values": [{**one, "rank": "preferred"}, *others]}
        facts.append({"id": "several", "label": LABEL, "unit": "person", **of_fact, **several})
    table = parse_yaml(json.dumps({"defaults": of_file, "figures": facts}), "f")
    before = figures_of(table)
    if before is None:
        return
    for change in (shortened_file, lengthened_file, shortened_file):
        laid_out = in_order(change(table, FIGURES, toy()), SHAPE, toy().languages)
        written = yaml_text(laid_out, change is shortened_file)
        table = parse_yaml(written, "f")
        assert figures_of(table) == before, written
        again = in_order(change(table, FIGURES, toy()), SHAPE, toy().languages)
        assert yaml_text(again, change is shortened_file) == written
