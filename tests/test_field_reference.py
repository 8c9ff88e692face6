"""The reference of fields: current, whole, and said in French wherever it is said in English."""

from __future__ import annotations

import re
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
from click.testing import CliRunner

from reperes.cli.main import main
from reperes.language.field_meanings import load_meanings
from reperes.model.declaring import declared_fields
from reperes.model.documents import Folder
from reperes.model.entries import Derivation
from reperes.model.map_plan import MAP_FILE, MapPlan, map_json_schema
from reperes.model.pins import PlaceValue
from reperes.model.schema import KINDS, json_schemas, section_json_schema
from reperes.model.shapes import Field, ListOf, Pattern, PerLanguage, Record, Shape
from reperes.model.site import Section, Site
from reperes.model.words import Vocabulary
from reperes.tools.field_reference import ReferenceWriter, field_reference
from reperes.writing.templating import TEMPLATES
from support import TESTS, TOY

DOCS = {"en": "FIELDS.md", "fr": "FIELDS.fr.md"}


def english_of(fields: dict[str, Field]) -> Iterator[str]:
    """What the fields of a record say of themselves, and those that they hold."""
    for field in fields.values():
        yield field.meaning
        shape: Shape[Any] = field.shape
        while isinstance(shape, ListOf | PerLanguage):
            shape = shape.shape
        if isinstance(shape, Pattern | PlaceValue):
            yield shape.expected
        if isinstance(shape, Record) and shape.short:
            yield shape.short.expected
        if isinstance(shape, Record):
            yield from english_of(dict(shape.fields))


def every_english_text() -> set[str]:
    template = (TEMPLATES / "fields.md.jinja").read_text("utf-8")
    texts = {"Map", *re.findall(r't\("([^"]+)"\)', template)}
    texts.update(kind.together for kind in KINDS)
    for record in (Site, MapPlan, Section, Derivation, Vocabulary, *(kind.entry for kind in KINDS)):
        texts.update(english_of(dict(declared_fields(record))))
    return texts - {""}


def alone(schema: dict[str, Any]) -> dict[str, Any]:
    """The schema of a mapping, whatever else may stand in its place, or several of it."""
    while "properties" not in schema and ("anyOf" in schema or "items" in schema):
        schema = schema["items"] if "items" in schema else schema["anyOf"][0]
    return schema


def keys(
    schema: dict[str, Any], above: str = "", known: frozenset[str] = frozenset()
) -> Iterator[str]:
    """The keys that a JSON Schema knows, as the reference names them in English.

    Of several values those alone that the entry itself does not know.
    """
    properties = alone(schema).get("properties", {})
    for key, value in properties.items():
        if key in known:
            continue
        inner = alone(value).get("properties", {})
        yield f"{above}{key}"
        if inner.keys() == {"en"} and "properties" not in inner["en"]:
            continue
        beside = frozenset(properties) if key == "values" else frozenset()
        yield from keys(value, f"{above}{key}.", beside)


@pytest.mark.parametrize("language", DOCS)
def test_the_written_reference_is_current(language: str) -> None:
    written = (TESTS.parent / "docs" / DOCS[language]).read_text("utf-8")
    assert written == field_reference(TOY, language), "run `make schemas`"


def test_no_field_of_a_file_is_missing() -> None:
    files = {file.path: file for file in ReferenceWriter(Folder(TOY), "en").files()}
    schemas = {**json_schemas(["en"]), MAP_FILE: map_json_schema(["en"])}
    schemas["sections/en/ID.md"] = section_json_schema(["en"])
    assert files.keys() == schemas.keys()
    for path, schema in schemas.items():
        root = files[path].root
        known = schema["properties"][root] if root else schema
        names = [row.name for row in files[path].rows]
        assert [name for name in keys(known) if not name.endswith("names.en")] == names


@pytest.mark.parametrize("language", DOCS)
def test_every_field_says_what_it_is_and_has_an_example(language: str) -> None:
    for file in ReferenceWriter(Folder(TOY), language).files():
        names = [row.name for row in file.rows]
        for row in file.rows:
            holds_others = any(name.startswith(f"{row.name}.") for name in names)
            assert row.meaning, row.name
            assert bool(row.example) != holds_others, (file.path, row.name)


def test_every_text_is_said_in_french_and_nothing_else() -> None:
    assert load_meanings("fr").keys() == every_english_text()


def test_a_translation_keeps_what_is_filled_in_and_what_is_typed() -> None:
    for english, french in load_meanings("fr").items():
        for pattern in (r"\{\w+\}", r"`[a-z_.]+`"):
            assert set(re.findall(pattern, english)) == set(re.findall(pattern, french)), english


def test_what_nobody_translated_stands_in_english() -> None:
    assert load_meanings("de") == {}
    assert ReferenceWriter(Folder(TOY), "en").translated("Map") == "Map"


def test_the_words_of_a_choice_stand_with_what_readers_see() -> None:
    files = {file.path: file for file in ReferenceWriter(Folder(TOY), "fr").files()}
    options = {row.name: row.options for row in files["facts/claims.yml"].rows if row.options}
    assert options["act"]["asks"] == "demande"
    assert options["act"]["accepts_partly"] == "accepte en partie"
    bound = next(row for row in files["facts/figures.yml"].rows if row.name == "bound")
    assert bound.options["at_least"] == "au moins …"


def test_the_command_prints_it_or_writes_it(tmp_path: Path) -> None:
    options = ["fields", "--content", str(TOY), "--language", "fr"]
    printed = CliRunner().invoke(main, options)
    assert printed.output == field_reference(TOY, "fr")
    path = tmp_path / "CHAMPS.md"
    written = CliRunner().invoke(main, [*options, "--output", str(path)])
    assert written.output == f"wrote {path}\n"
    assert path.read_text("utf-8") == printed.output


def test_a_language_without_wording_is_refused() -> None:
    refused = CliRunner().invoke(main, ["fields", "--language", "de"])
    assert refused.exit_code == 2
    assert "'de' is not one of 'en', 'fr'" in refused.output
