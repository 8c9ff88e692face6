from __future__ import annotations

import json
from decimal import Decimal
from typing import Any

import jsonschema
import pytest

from reperes.model.declaring import declared_fields
from reperes.model.words import Vocabulary
from reperes.site.open_data import document as document_module
from reperes.site.open_data import open_data_files
from reperes.site.open_data.document import facts_document, facts_files
from reperes.site.open_data.document_schema import facts_schema
from reperes.site.open_data.language_view import LanguageView, canonical
from support import edited_by, toy
from support_open_data import VIEWS

GROUPS = ("figures", "events", "claims", "actors", "places", "terms", "sources", "corrections")


def entry(document: dict[str, Any], group: str, entry_id: str) -> dict[str, Any]:
    (found,) = (entry for entry in document[group] if entry["id"] == entry_id)
    return dict(found)


@pytest.fixture(scope="module")
def document() -> dict[str, Any]:
    return facts_document(LanguageView(toy(), "en"))


def test_the_document_says_what_it_is(document: dict[str, Any]) -> None:
    said = {key: value for key, value in document.items() if not isinstance(value, list)}
    assert said.pop("vocabulary").keys() == set(declared_fields(Vocabulary))
    assert said == {
        "$schema": "https://example.org/ferry/facts.schema.json",
        "schema_version": "3.1",
        "language": "en",
        "title": "The end of the Port-Clair ferry",
        "tagline": "A line that closes, an island that worries",
        "base_url": "https://example.org/ferry/",
        "url": "https://example.org/ferry/en/",
        "as_of": "2019-03-15",
        "updated": "2019-03-16",
        "archived": False,
        "edition": None,
        "editor": {"name": "Atelier du bac", "url": "https://example.org/about"},
        "licence": {
            "name": "CC BY 4.0",
            "url": "https://creativecommons.org/licenses/by/4.0/",
        },
    }


REPAIR_COST_PIN = {
    "id": "courrier_article",
    "locator": {"kind": "paragraphs", "values": ["4"], "text": "para.\xa04"},
    "evidence": "entre 200.000 et 250.000",
    "url": "https://example.org/courrier/bac#:~:text=entre%20200.000%20et%20250.000",
}


def test_a_figure(document: dict[str, Any]) -> None:
    assert entry(document, "figures", "repair_cost") == {
        "id": "repair_cost",
        "url": "https://example.org/ferry/en/figures/repair_cost/",
        "label": "Cost of the repairs",
        "low": "200000",
        "high": "250000",
        "bound": "range",
        "unit": "euro",
        "text": "200,000 to 250,000 euros",
        "as_of": "2019-03-15",
        "derived": None,
        "period": None,
        "place": None,
        "unknown": None,
        "contested": "The ferry company gives no amount.",
        "note": None,
        "attributed_to": ["users"],
        "attribution": "according to the Users’ Association",
        "sources": [REPAIR_COST_PIN],
        "key": True,
        "values": [
            {
                "id": "courrier_article@2019-03-15",
                "low": "200000",
                "high": "250000",
                "bound": "range",
                "text": "200,000 to 250,000 euros",
                "as_of": "2019-03-15",
                "derived": None,
                "period": None,
                "place": None,
                "attributed_to": ["users"],
                "attribution": "according to the Users’ Association",
                "sources": [REPAIR_COST_PIN],
                "rank": "normal",
                "because": None,
            }
        ],
    }


def test_an_event_with_a_date_that_was_worked_out(document: dict[str, Any]) -> None:
    event = entry(document, "events", "announcement")
    assert event["date"] == "2019-03-14"
    assert event["derived"] == {
        "reason": "The Thursday before publication.",
        "anchor": "jeudi",
    }
    assert event["actors"] == ["company"]


@pytest.mark.parametrize(
    ("figure_id", "bound", "ends"),
    [
        ("passengers", "more_than", ("12000", None)),
        ("commuters", "at_least", ("35", None)),
        ("audience", "at_most", (None, "100")),
        ("crossings", "about", ("900", "900")),
        ("delay", "exact", ("2", "2")),
    ],
)
def test_an_open_end_has_no_number(
    document: dict[str, Any], figure_id: str, bound: str, ends: tuple[str | None, str | None]
) -> None:
    figure = entry(document, "figures", figure_id)
    assert figure["bound"] == bound
    assert (figure["low"], figure["high"]) == ends


def test_a_figure_whose_day_was_worked_out(document: dict[str, Any]) -> None:
    figure = entry(document, "figures", "commuters")
    assert figure["as_of"] == "2019-02-10~"
    assert figure["derived"] == {
        "reason": "The year is that of the article.",
        "anchor": "vers le 10 février",
    }
    assert entry(document, "figures", "repair_cost")["derived"] is None


@pytest.mark.parametrize(
    ("name", "shown"),
    [("L'atelier", ("L'atelier", "L'atelier")), ({"fr": "Nous", "en": "Us"}, ("Nous", "Us"))],
)
def test_the_editor_is_named_in_the_language(
    name: str | dict[str, str], shown: tuple[str, str]
) -> None:
    explainer = edited_by(toy(), name)
    views = (LanguageView(explainer, language) for language in ("fr", "en"))
    assert tuple(facts_document(view)["editor"]["name"] for view in views) == shown


def test_a_correction(document: dict[str, Any]) -> None:
    assert document["corrections"] == [
        {
            "id": "passengers_bound",
            "url": "https://example.org/ferry/en/corrections/#passengers_bound",
            "day": "2019-03-16",
            "kind": "correction",
            "target": "passengers",
            "target_url": "https://example.org/ferry/en/figures/passengers/",
            "edition": None,
            "before": "12,000 passengers",
            "after": "more than 12,000 passengers",
            "reason": "The article gives a minimum.",
        }
    ]


def test_texts_have_their_citations_resolved(document: dict[str, Any]) -> None:
    assert entry(document, "claims", "company_closes")["text"] == (
        "The company announces that the ferry will stop on 30\xa0June 2019."
    )
    assert entry(document, "actors", "company")["role"] == "Runs the ferry."


@pytest.mark.parametrize("view", VIEWS)
def test_every_entry_is_there_with_the_same_keys(view: LanguageView) -> None:
    document = facts_document(view)
    for group in GROUPS:
        assert {entry["id"] for entry in document[group]} == set(getattr(view.explainer, group))
        assert len({tuple(entry) for entry in document[group]}) <= 1


@pytest.mark.parametrize("view", VIEWS)
def test_no_mark_of_ours_is_left_and_no_note_of_editors(view: LanguageView) -> None:
    text = facts_files(view)["facts.json"]
    assert json.loads(text) == facts_document(view)
    for mark in ("{{", "](", "editor_note", "Ask the town"):
        assert mark not in text


def test_the_same_content_gives_the_same_bytes() -> None:
    assert open_data_files(toy(), "fr") == open_data_files(toy(), "fr")


@pytest.mark.parametrize(
    ("number", "text"),
    [("350000", "350000"), ("2.50", "2.50"), ("3.5E+5", "350000"), ("-4", "-4"), ("0", "0")],
)
def test_canonical_numbers(number: str, text: str) -> None:
    assert canonical(Decimal(number)) == text


def test_a_large_document_stands_in_parts(monkeypatch: pytest.MonkeyPatch) -> None:
    view = LanguageView(toy(), "en")
    whole = facts_document(view)
    monkeypatch.setattr(document_module, "LARGEST", 12_000)
    files = {name: json.loads(text) for name, text in facts_files(view).items()}
    index = files.pop("facts.json")
    validator = jsonschema.Draft202012Validator(facts_schema())
    for found in (index, *files.values()):
        assert [error.message for error in validator.iter_errors(found)] == []
    base = f"{view.file('')}"
    parts = index.pop("parts")
    named = [part["url"].removeprefix(base) for group in parts.values() for part in group]
    assert named == list(files)
    assert len(parts["figures"]) > 1
    joined = {
        group: [row for part in found for row in files[part["url"].removeprefix(base)][group]]
        for group, found in parts.items()
    }
    assert {**index, **joined} == whole
    assert [part["count"] for part in parts["events"]] == [
        len(files[part["url"].removeprefix(base)]["events"]) for part in parts["events"]
    ]


def test_no_part_of_a_large_document_is_too_large(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(document_module, "LARGEST", 12_000)
    files = facts_files(LanguageView(toy(), "fr"))
    sizes = {name: len(text.encode()) for name, text in files.items() if name != "facts.json"}
    assert max(sizes.values()) <= 12_000


def test_a_document_of_usual_size_is_one_file() -> None:
    assert list(facts_files(LanguageView(toy(), "fr"))) == ["facts.json"]
