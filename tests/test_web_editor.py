"""The web editor's settings: every field of our schema, in its order, with a widget that fits."""

from __future__ import annotations

import json
from collections.abc import Iterator
from dataclasses import replace
from functools import cache
from pathlib import Path
from typing import Any

import pytest

from reperes import paths
from reperes.model.explainer import Explainer
from reperes.model.loading import load
from reperes.model.map_plan import MAP_FILE
from reperes.model.schema import json_schemas, section_json_schema
from reperes.site.web_editor import (
    check_web_editor,
    editor_settings,
    installed_editor,
    path_in_repository,
)
from reperes.text.problems import ContentError
from support import REAL, edited_by, text, toy
from support_commands import messages


@cache
def real() -> Explainer:
    return load(REAL).explainer


def settings() -> dict[str, Any]:
    """With an editor named in each language, as the first form of the schema has it."""
    named = edited_by(real(), {"fr": "a", "en": "a"})
    return editor_settings(named, "content")


def with_repository(address: str | None) -> Explainer:
    typed = None if address is None else text(address)
    return replace(real(), site=replace(real().site, repository=typed))


def fields_by_file() -> dict[str, list[dict[str, Any]]]:
    """The fields of each file that the editor changes, by its path in the content folder."""
    sections, *collections = settings()["collections"]
    found = {"sections": [field for field in sections["fields"] if field["name"] != "body"]}
    for collection in collections:
        for file in collection["files"]:
            found[file["file"].removeprefix("content/")] = file["fields"]
    return found


def every_field(fields: list[dict[str, Any]]) -> Iterator[dict[str, Any]]:
    for field in fields:
        yield field
        yield from every_field(field.get("fields", []))


def shape(schema: dict[str, Any]) -> Any:
    """The keys that a JSON Schema knows, in order, with those of what they hold."""
    schema = schema.get("anyOf", [schema])[0]
    schema = schema.get("items", schema)
    return [(key, shape(value)) for key, value in schema.get("properties", {}).items()]


def shape_of(fields: list[dict[str, Any]]) -> Any:
    return [(field["name"], shape_of(field.get("fields", []))) for field in fields]


def test_every_key_of_the_schema_is_a_field_and_in_its_order() -> None:
    """So that a save leaves the lines of the file where `reperes fmt` puts them."""
    schemas = {**json_schemas(("fr", "en")), "sections": section_json_schema(("fr", "en"))}
    found = fields_by_file()
    assert found.keys() == schemas.keys()
    assert MAP_FILE not in found
    for path, schema in schemas.items():
        assert shape_of(found[path]) == shape(schema), path


@pytest.mark.parametrize(
    ("path", "name", "widget"),
    [
        ("facts/figures.yml", "value", "string"),
        ("facts/figures.yml", "bound", "select"),
        ("facts/figures.yml", "key", "select"),
        ("facts/figures.yml", "unknown", "object"),
        ("facts/figures.yml", "editor_note", "text"),
        ("facts/figures.yml", "attributed_to", "relation"),
        ("facts/figures.yml", "paragraphs", "list"),
        ("facts/events.yml", "place", "relation"),
        ("facts/claims.yml", "topic", "relation"),
        ("actors.yml", "side", "relation"),
        ("glossary.yml", "definition", "text"),
        ("glossary.yml", "term", "string"),
        ("corrections.yml", "target", "string"),
        ("sections", "summary", "text"),
        ("sections", "title", "string"),
    ],
)
def test_a_field_has_the_widget_that_fits(path: str, name: str, widget: str) -> None:
    fields = [field for field in every_field(fields_by_file()[path]) if field["name"] == name]
    assert {field["widget"] for field in fields} == {widget}


@pytest.mark.parametrize(("name", "widget"), [("a", "string"), ({"fr": "a", "en": "a"}, "object")])
def test_the_name_of_the_editor_is_shown_as_it_is_typed(
    name: str | dict[str, str], widget: str
) -> None:
    _, *collections = editor_settings(edited_by(real(), name), "content")["collections"]
    files = {file["name"]: file for found in collections for file in found["files"]}
    (editor,) = (field for field in files["site"]["fields"] if field["name"] == "editor")
    (named,) = (field for field in editor["fields"] if field["name"] == "name")
    assert named["widget"] == widget
    assert [part["name"] for part in named.get("fields", [])] == [*name] * (widget == "object")


def test_a_picker_offers_entries_that_exist() -> None:
    lists = {
        (collection["name"], file["name"], field["name"]): [
            part["name"] for part in field["fields"]
        ]
        for collection in settings()["collections"][1:]
        for file in collection["files"]
        for field in file["fields"]
        if field["widget"] == "list" and "fields" in field
    }
    pickers = [
        field
        for fields in fields_by_file().values()
        for field in every_field(fields)
        if field["widget"] == "relation"
    ]
    assert {picker["name"] for picker in pickers} >= {"attributed_to", "place", "topic", "side"}
    for picker in pickers:
        root, _, key = picker["value_field"].partition(".*.")
        assert key in lists[picker["collection"], picker["file"], root]
        for shown in picker["display_fields"]:
            assert shown.split(".")[2] in lists[picker["collection"], picker["file"], root]


def test_a_pattern_accepts_what_the_schema_accepts() -> None:
    (entries,) = fields_by_file()["facts/figures.yml"]
    fields = {field["name"]: field for field in entries["fields"]}
    assert fields["id"]["pattern"] == ["^[a-z][a-z0-9_]*$", "an id (small letters, digits, _)"]
    assert fields["key"]["options"] == ["true", "false"]
    assert "pattern" not in fields["editor_note"]


def test_it_signs_in_with_a_token_alone() -> None:
    backend = settings()["backend"]
    assert backend == {
        "name": "github",
        "repo": "example/reperes",
        "branch": "main",
        "auth_methods": ["token"],
    }


@pytest.mark.parametrize("address", ["https://github.com/a/b.c.git", "https://github.com/a/b.c/"])
def test_the_repository_is_named_as_github_names_it(address: str) -> None:
    explainer = with_repository(address)
    assert editor_settings(explainer, "content")["backend"]["repo"] == "a/b.c"


MESSAGE = "repository: the web editor writes to GitHub; write https://github.com/OWNER/NAME"


@pytest.mark.parametrize("explainer", [with_repository(None), toy()], ids=["none", "elsewhere"])
def test_a_repository_elsewhere_is_refused(explainer: Explainer) -> None:
    with pytest.raises(ContentError) as caught:
        check_web_editor(explainer, REAL)
    (problem,) = caught.value.problems
    assert (problem.message, problem.rule) == (MESSAGE, "admin")


def test_without_the_package_the_message_names_the_command(
    monkeypatch: pytest.MonkeyPatch, tmp_path: Path
) -> None:
    monkeypatch.setattr(paths, "CLONE", tmp_path)
    with pytest.raises(ContentError) as caught:
        check_web_editor(real(), tmp_path / "content")
    (problem,) = caught.value.problems
    message = f"no web editor; install it with `make site ADMIN=1`, or `npm ci` in {tmp_path}"
    assert problem.message == message


def test_the_package_is_found_beside_the_content_or_above_it(tmp_path: Path) -> None:
    package = tmp_path / "node_modules" / "@sveltia" / "cms"
    package.mkdir(parents=True)
    (package / "package.json").touch()
    assert installed_editor(tmp_path / "content") == package
    assert installed_editor(tmp_path / "strikes" / "ferry" / "content") == package
    assert installed_editor(REAL) != package


def install(folder: Path, version: str, program: str) -> Path:
    """An editor of a few characters, where `npm ci` would put it."""
    package = folder / "node_modules" / "@sveltia" / "cms"
    (package / "npm").mkdir(parents=True)
    (package / "package.json").write_text(json.dumps({"version": version}), "utf-8")
    (package / "npm" / "index.js").write_text(program, "utf-8")
    return package


STARTS = "`https://unpkg.com/@sveltia/cms` `https://www.githubstatus.com/api/v2/status.json` "
FONT = "url(https://cdn.jsdelivr.net/fontsource/fonts/noto-mono@5.3.0/latin-400-normal.woff2) "
LOCALE = "import(`../locales/fr.json`) "


def test_a_program_that_has_what_we_change(tmp_path: Path) -> None:
    install(tmp_path, "0.221.1", STARTS + 3 * FONT + 28 * LOCALE)
    check_web_editor(real(), tmp_path / "content")


def test_a_program_that_we_would_change_in_vain(tmp_path: Path) -> None:
    install(tmp_path, "0.222.0", STARTS[:33] + STARTS[:33] + 2 * FONT + 28 * LOCALE)
    with pytest.raises(ContentError) as caught:
        check_web_editor(real(), tmp_path / "content")
    then = f"in version 0.222.0; run `npm ci` in {tmp_path}"
    changed = {
        "https://unpkg.com/@sveltia/cms": (1, 2),
        "https://www.githubstatus.com/api/v2/status.json": (1, 0),
        "the address of a font": (3, 2),
    }
    assert messages(caught.value) == [
        f"{name}: expected {times} of it, as in version 0.221.1, and found {found} {then}"
        for name, (times, found) in changed.items()
    ]


def test_the_content_is_named_from_the_root_of_its_repository(tmp_path: Path) -> None:
    content = tmp_path / "strike" / "content"
    content.mkdir(parents=True)
    assert path_in_repository(content) == "content"
    (tmp_path / ".git").touch()
    assert path_in_repository(content) == "strike/content"
