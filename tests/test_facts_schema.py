"""facts.schema.json, which ships with a site: it fits what facts.json holds, and nothing else."""

from __future__ import annotations

import json
from collections.abc import Callable
from pathlib import Path
from typing import Any

import jsonschema
import pytest

from reperes.model.loading import load
from reperes.site.open_data.document import facts_document, facts_files
from reperes.site.open_data.document_schema import facts_schema, facts_schema_json
from reperes.site.open_data.language_view import LanguageView
from support import REAL, TESTS, TOY

WATER = TESTS / "water_explainer"
VALIDATOR = jsonschema.Draft202012Validator(facts_schema())


def document(content: Path, language: str) -> Any:
    return facts_document(LanguageView(load(content).sound(), language))


def faults(found: Any) -> list[str]:
    return [f"{error.json_path}: {error.message}" for error in VALIDATOR.iter_errors(found)]


def test_the_schema_is_itself_valid() -> None:
    jsonschema.Draft202012Validator.check_schema(facts_schema())
    assert json.loads(facts_schema_json()) == facts_schema()


@pytest.mark.parametrize("language", ["fr", "en"])
@pytest.mark.parametrize("content", [TOY, REAL, WATER], ids=["toy", "real", "water"])
def test_every_document_fits(content: Path, language: str) -> None:
    assert faults(document(content, language)) == []


@pytest.mark.parametrize("content", [TOY, WATER], ids=["toy", "water"])
def test_the_schema_knows_every_key(content: Path) -> None:
    found, known = document(content, "en"), facts_schema()["properties"]
    assert found.keys() == known.keys() - {"parts", "part_of"}
    for group, rows in found.items():
        items = known[group].get("items", {}).get("properties")
        if items and rows:
            assert rows[0].keys() == items.keys(), group


def test_it_is_named_in_the_document() -> None:
    view = LanguageView(load(TOY).sound(), "en")
    assert (
        json.loads(facts_files(view)["facts.json"])["$schema"]
        == "https://example.org/ferry/facts.schema.json"
    )


def without_values(found: Any) -> None:
    del found["figures"][0]["values"]


def with_a_number(found: Any) -> None:
    found["figures"][0]["low"] = 12000


def with_a_date_for_a_person(found: Any) -> None:
    found["events"][0]["actors"] = "mayor"


def with_another_version(found: Any) -> None:
    found["schema_version"] = "2.0"


def with_a_source_that_is_a_text(found: Any) -> None:
    found["claims"][0]["sources"] = ["courrier_article"]


@pytest.mark.parametrize(
    ("change", "where"),
    [
        (without_values, "$.figures[0]"),
        (with_a_number, "$.figures[0].low"),
        (with_a_date_for_a_person, "$.events[0].actors"),
        (with_another_version, "$.schema_version"),
        (with_a_source_that_is_a_text, "$.claims[0].sources[0]"),
    ],
)
def test_what_is_wrong_is_refused(change: Callable[[Any], None], where: str) -> None:
    found = document(TOY, "en")
    change(found)
    assert [fault.split(":")[0] for fault in faults(found)] == [where]
