"""Each shape of value: what it takes, what it refuses and what it then says."""

from __future__ import annotations

from decimal import Decimal
from typing import Any

import pytest

from reperes.model.shapes import (
    Choice,
    ContactAddress,
    Date,
    Day,
    Field,
    Flag,
    Id,
    ListOf,
    Number,
    OneOrEach,
    PerLanguage,
    Reader,
    Record,
    Reference,
    RejectedError,
    Shape,
    WebAddress,
    Words,
)
from reperes.model.yaml_values import parse_yaml

BOAT: Record[dict[str, Any]] = Record(
    {"name": Field(Words(), meaning="its name"), "length": Field(Number(), False, "in metres")},
    lambda values, _: values,
)


def read(shape: Shape[Any], yaml: str) -> Any:
    """What a shape makes of a value, or the messages with which it refuses it."""
    reader = Reader(("fr", "en"))
    value = parse_yaml(f"key: {yaml}\n", "f").get("key")
    assert value is not None
    try:
        return shape.read(value, reader)
    except RejectedError:
        return [f"{p.place.line}:{p.place.column}: {p.message}" for p in reader.problems]


@pytest.mark.parametrize(
    ("shape", "yaml", "value"),
    [
        (Words(), '"Été : « 12 »"', "Été : « 12 »"),
        (Words(), f'"{"a" * 300}"', "a" * 300),
        (Words(long=True), f'"{"a" * 5_000}"', "a" * 5_000),
        (Id, '"a_1"', "a_1"),
        (WebAddress, '"https://example.org/a?b#c"', "https://example.org/a?b#c"),
        (ContactAddress, '"mailto:a@example.org"', "mailto:a@example.org"),
        (Choice(("a", "b")), "b", "b"),
        (Flag(), "true", True),
        (Flag(), '"false"', False),
        (Number(), '"350000"', Decimal(350000)),
        (Number(), "-2.5", Decimal("-2.5")),
        (Number(), "0.125", Decimal("0.125")),
        (Number(fine=True), "36.125", Decimal("36.125")),
        (ListOf(Words()), '["a", "b"]', ("a", "b")),
        (PerLanguage(Words()), '{en: "b", fr: "a"}', {"fr": "a", "en": "b"}),
        (OneOrEach(Words()), '{en: "b", fr: "a"}', {"fr": "a", "en": "b"}),
        (OneOrEach(Words()), '"a"', "a"),
        (BOAT, '{name: "a"}', {"name": "a", "length": None}),
        (BOAT, '{length: "12", name: "a"}', {"name": "a", "length": Decimal(12)}),
    ],
)
def test_a_shape_takes(shape: Shape[Any], yaml: str, value: object) -> None:
    assert read(shape, yaml) == value


ID = "1:7: expected an id (small letters, digits, _), found "
ADDRESS = "1:7: expected a web address (https://…), found "
DAY = '1:7: expected a day, such as "2018-07-04", found '
WHOLE = "1:7: expected a whole number, found "
NUMBER = "1:7: expected a number, found "


@pytest.mark.parametrize(
    ("shape", "yaml", "messages"),
    [
        (Words(), '" "', ["1:7: the text is empty; write it"]),
        (Words(), f'"{"a" * 301}"', ["1:7: 301 characters; write 300 at most"]),
        (Words(most=10), '"a long text"', ["1:7: 11 characters; write 10 at most"]),
        (Id, f'"{"a" * 101}"', ["1:7: 101 characters; write 100 at most"]),
        (
            WebAddress,
            f'"https://{"a" * 2_000}"',
            ["1:7: 2008 characters; write 2000 at most"],
        ),
        (Words(), "[a]", ["1:6: expected text, found a list"]),
        (Words(), "{a: b}", ["1:6: expected text, found a mapping"]),
        (Id, '"L’Été 2018"', [f'{ID}"L’Été 2018"; write "lete_2018"']),
        (Id, '"2018"', [f'{ID}"2018"']),
        (Id, '"a\\nb"', [f'{ID}"a\\nb"; write "a_b"'.replace("1:7", "1:6")]),
        (WebAddress, '"example.org"', [f'{ADDRESS}"example.org"; write "https://example.org"']),
        (
            WebAddress,
            '"http://example.org/a"',
            [f'{ADDRESS}"http://example.org/a"; write "https://example.org/a"'],
        ),
        (WebAddress, '"mailto:a@b.c"', [f'{ADDRESS}"mailto:a@b.c"']),
        (
            Choice(("about", "exact")),
            "abuot",
            ['1:6: expected one of about, exact, found "abuot"; did you mean "about"?'],
        ),
        (Flag(), "yes", ['1:6: expected "true" or "false", found "yes"']),
        (
            Number(),
            '"350.000"',
            [f'{WHOLE}"350.000"; write "350000"'],
        ),
        (Number(), '"350 000"', [f'{WHOLE}"350 000"; write "350000"']),
        (Number(), '"1,250,000"', [f'{WHOLE}"1,250,000"; write "1250000"']),
        (Number(), '"1’250"', [f'{WHOLE}"1’250"; write "1250"']),
        (Number(), '"60%"', [f'{NUMBER}"60%"; write "60"']),
        (Number(), '"2,5"', [f'{NUMBER}"2,5"; write "2.5"']),
        (Number(), '"+5"', [f'{NUMBER}"+5"; write "5"']),
        (Number(), '"012"', [f'{NUMBER}"012"; write "12"']),
        (Number(), '"1e6"', [f'{NUMBER}"1e6"; write digits alone']),
        (Number(), '"Infinity"', [f'{NUMBER}"Infinity"; write digits alone']),
        (Number(), '"٣"', [f'{NUMBER}"٣"; write digits alone']),
        (
            Date(),
            '"4 juillet 2018"',
            ['1:7: expected a date, found "4 juillet 2018"; write "2018-07-04"'],
        ),
        (Day(), '"2018-07"', [f'{DAY}"2018-07"']),
        (Day(), '"2018-07-04~"', [f'{DAY}"2018-07-04~"']),
        (
            ListOf(Words()),
            '"a"',
            ['1:7: expected a list, each entry on a line that begins with "- ", found "a"'],
        ),
        (
            ListOf(Number()),
            '["1", "x", "y"]',
            [
                '1:13: expected a number, found "x"; write digits alone',
                '1:18: expected a number, found "y"; write digits alone',
            ],
        ),
        (
            PerLanguage(Words()),
            '"a"',
            ['1:7: expected a key for each language (fr, en), found "a"'],
        ),
        (
            PerLanguage(Words()),
            '{fr: "a"}',
            ['1:6: "en" is missing; write it beside "fr"'],
        ),
        (OneOrEach(Words()), '{fr: "a"}', ['1:6: "en" is missing; write it beside "fr"']),
        (OneOrEach(Words()), '" "', ["1:7: the text is empty; write it"]),
        (
            PerLanguage(Words()),
            '{fr: "a", en: " ", ne: "c"}',
            [
                '1:25: unknown key "ne"; known: en, fr',
                "1:21: en: the text is empty; write it",
            ],
        ),
        (BOAT, "[a]", ["1:6: expected a mapping with the keys name, length; found a list"]),
        (
            BOAT,
            "{length: x, naem: y}",
            [
                '1:18: unknown key "naem"; did you mean "name"?',
                '1:6: "name" is missing; write it: its name',
                '1:15: length: expected a number, found "x"; write digits alone',
            ],
        ),
        (
            Record({"kind": Field(Choice(("ship", "raft")), True, "what it is")}, dict),
            "{x: y}",
            [
                '1:7: unknown key "x"; known: kind',
                '1:6: "kind" is missing; write it: what it is, one of ship, raft',
            ],
        ),
    ],
)
def test_a_shape_refuses(shape: Shape[Any], yaml: str, messages: list[str]) -> None:
    assert read(shape, yaml) == messages


def test_a_reference_is_kept_for_later_with_its_place_and_trail() -> None:
    reader = Reader(("fr", "en"))
    value = parse_yaml('key: "un"\n', "f").get("key")
    assert value is not None
    with reader.inside("figure a"), reader.inside("source"):
        Reference(("actor",)).read(value, reader)
    (mention,) = reader.mentions
    assert (mention.namespaces, mention.id, mention.trail) == (("actor",), "un", "figure a: source")
    assert str(mention.id.place) == "f:1:7"


def test_a_record_is_built_with_the_places_of_its_values() -> None:
    def build(values: dict[str, Any], reader: Reader) -> list[str]:
        return [str(reader.place_of(key)) for key in values]

    shape = Record(BOAT.fields, build)
    assert read(shape, '{name: "a", length: "12"}') == ["f:1:14", "f:1:27"]
    assert read(shape, '{name: "a"}') == ["f:1:14", "f:1:6"]


def test_what_is_absent_is_absent_in_the_json_schema_too() -> None:
    schema = BOAT.json_schema(["fr"])
    assert schema["required"] == ["name"]
    assert schema["properties"]["length"]["anyOf"][1] == {"enum": ["", [], None]}
