"""A class of fields that are each declared once, and what follows from it."""

from __future__ import annotations

from dataclasses import FrozenInstanceError
from decimal import Decimal
from typing import Any, ClassVar

import pytest

from reperes.model.declaring import (
    Values,
    declared_fields,
    held_ids,
    optional,
    record,
    required,
    shape_of,
    shorthand,
)
from reperes.model.schema import KINDS
from reperes.model.shapes import Flag, ListOf, Number, Reader, RejectedError, Words
from reperes.model.yaml_values import parse_yaml
from support import toy


@record
class Vessel:
    name: str = required(Words(), "what it is called")
    note: str | None = optional(Words(), "a note", published=None, late=1)


@record
class Ferry(Vessel):
    feet: ClassVar[Decimal] = shorthand(Number(), "its length in feet")
    metres: Decimal = optional(Number(), "its length in metres", published="length")
    port_id: str = required(Words(), "where it lies", key="port")
    crew: tuple[str, ...] = optional(ListOf(Words()), "who works on it")
    laid_up: bool = optional(Flag(), "whether it is laid up")
    path: str


def judge(values: Values, reader: Reader) -> None:
    feet = values.pop("feet")
    if feet is not None and values["metres"] is not None:
        raise reader.reject(reader.place_of("feet"), "both lengths; write one")
    values["metres"] = values["metres"] or feet * Decimal("0.3048")


def read(yaml: str) -> Any:
    reader = Reader(("fr", "en"))
    try:
        return shape_of(Ferry, judge, path="f").read(parse_yaml(yaml, "f"), reader)
    except RejectedError:
        return [str(problem) for problem in reader.problems]


def test_a_value_has_its_attributes_and_what_no_key_holds() -> None:
    ferry = Ferry(name="a", metres=Decimal(9), port_id="b", crew=("c",), laid_up=True, path="f")
    assert read('{name: a, metres: "9", port: b, crew: [c], laid_up: "true"}') == ferry


def test_what_is_absent_is_none_or_empty_or_false() -> None:
    ferry = read('{name: a, metres: "9", port: b}')
    assert (ferry.note, ferry.crew, ferry.laid_up) == (None, (), False)


def test_a_shorthand_reaches_the_rule_alone() -> None:
    ferry = read('{name: a, feet: "100", port: b}')
    assert ferry.metres == Decimal("30.48")
    assert not hasattr(ferry, "feet")


def test_a_rule_sees_several_keys_together() -> None:
    typed = '{name: a, feet: "100", metres: "9", port: b}'
    assert read(typed) == ["f:1:18: error: both lengths; write one [shape]"]


def test_a_missing_key_is_said_with_its_meaning() -> None:
    assert read('{name: a, metres: "9"}') == [
        'f:1:1: error: "port" is missing; write it: where it lies [shape]'
    ]


def test_fields_stand_as_classes_have_them_but_for_late_ones() -> None:
    keys = ["name", "feet", "metres", "port", "crew", "laid_up", "note"]
    assert list(declared_fields(Ferry)) == keys


def test_names_in_data_are_the_keys_unless_it_says_otherwise() -> None:
    published = {key: declared.published for key, declared in declared_fields(Ferry).items()}
    assert published == {
        "name": "name",
        "feet": None,
        "metres": "length",
        "port": "port",
        "crew": "crew",
        "laid_up": "laid_up",
        "note": None,
    }


def test_a_record_never_changes() -> None:
    ferry = read('{name: a, metres: "9", port: b}')
    with pytest.raises(FrozenInstanceError):
        ferry.name = "b"


@pytest.mark.parametrize("kind", KINDS, ids=lambda kind: kind.noun)
def test_an_entry_begins_with_its_id_and_ends_with_its_editors_note(kind: Any) -> None:
    first, *_, last = kind.shape.parts(("fr", "en"))
    assert (first, last) == ("id", "editor_note")


def test_a_record_says_which_ids_it_holds() -> None:
    assert list(held_ids(toy().terms["line_7"])) == [(("place",), "port_clair")]
    assert list(held_ids(toy().figures["repair_cost"])) == [
        (("unit",), "euro"),
        (("actor",), "users"),
        (("source",), "courrier_article"),
    ]
