"""The web editor's settings: every field of our schema, in its order, with a widget that fits."""

from __future__ import annotations

import json
import re
import shutil
from collections.abc import Iterator
from dataclasses import replace
from functools import cache
from pathlib import Path
from typing import Any

import pytest

from reperes import paths
from reperes.model.declaring import shape_of
from reperes.model.explainer import Explainer
from reperes.model.loading import load
from reperes.model.map_plan import MAP_FILE
from reperes.model.schema import KINDS, SITE, VOCABULARY_FILE
from reperes.model.shapes import ListOf, OneOrEach
from reperes.model.site import Section
from reperes.model.words import Vocabulary
from reperes.model.yaml_values import Table, parse_yaml
from reperes.site.web_editor import (
    check_web_editor,
    editor_settings,
    installed_editor,
    path_in_repository,
)
from reperes.text.problems import ContentError
from reperes.tools.formatting import format_files
from support import REAL, TOY, edited_by, text, toy
from support_commands import messages


@cache
def real() -> Explainer:
    return load(REAL).explainer


def settings(layout: str = "long") -> dict[str, Any]:
    """For files that are not there yet, in a layout of site.yml.

    With an editor named in each language, as the first form of the schema has it.
    """
    named = edited_by(real(), {"fr": "a", "en": "a"})
    laid_out = replace(named, site=replace(named.site, layout=text(layout)))
    return editor_settings(laid_out, "content")


def with_repository(address: str | None) -> Explainer:
    typed = None if address is None else text(address)
    return replace(real(), site=replace(real().site, repository=typed))


def fields_by_file(layout: str = "long") -> dict[str, list[dict[str, Any]]]:
    """The fields of each file that the editor changes, by its path in the content folder."""
    return fields_of(settings(layout))


def fields_of(made: dict[str, Any]) -> dict[str, list[dict[str, Any]]]:
    sections, *collections = made["collections"]
    found = {"sections": [field for field in sections["fields"] if field["name"] != "body"]}
    for collection in collections:
        for file in collection["files"]:
            found[file["file"].removeprefix("content/")] = file["fields"]
    return found


def every_field(fields: list[dict[str, Any]]) -> Iterator[dict[str, Any]]:
    for field in fields:
        yield field
        yield from every_field(field.get("fields", []))


def keys_of(shape: Any, in_each: bool = False) -> Any:
    """The keys that a shape knows, in order, with those of what they hold.

    What may be named once for all languages is, or is `in_each`.
    """
    while isinstance(shape, ListOf):
        shape = shape.shape
    if isinstance(shape, OneOrEach) and not in_each:
        return []
    parts = shape.parts(("fr", "en")).items()
    return [(key, keys_of(field.shape, in_each)) for key, field in parts]


def names_of(fields: list[dict[str, Any]]) -> Any:
    return [(field["name"], names_of(field.get("fields", []))) for field in fields]


RECORDS = {"site.yml": SITE, VOCABULARY_FILE: shape_of(Vocabulary), "sections": shape_of(Section)}


def test_every_key_is_a_field_and_in_its_order() -> None:
    """So that a save leaves the lines of the file where `reperes fmt` puts them."""
    found = fields_by_file()
    assert found.keys() == {*RECORDS, *(kind.path for kind in KINDS)}
    assert MAP_FILE not in found
    for path, record in RECORDS.items():
        assert names_of(found[path]) == keys_of(record, in_each=True), path
    for kind in KINDS:
        assert names_of(found[kind.path]) == [(kind.root, keys_of(kind.shape))], kind.path


def test_in_the_short_layout_what_entries_share_stands_above_their_list() -> None:
    found = fields_by_file("short")
    for kind in KINDS:
        assert [name for name, _ in names_of(found[kind.path])] == ["defaults", kind.root]
    shared, figures = found["facts/figures.yml"]
    assert not shared["required"]
    assert [name for name, _ in names_of(shared["fields"])] == [
        *("unit", "as_of", "derived", "period", "place", "attributed_to", "source"),
        "review_by",
    ]
    said = [name for name, _ in names_of(figures["fields"])]
    # The number says its ends, its bound and its unit.
    assert said[:4] == ["id", "label", "value", "as_of"]
    assert not {"low", "high", "bound", "unit"} & {*said}
    (values,) = (field for field in figures["fields"] if field["name"] == "values")
    assert [name for name, _ in names_of(values["fields"])][:2] == ["value", "as_of"]


@pytest.mark.parametrize(
    ("layout", "source", "part"),
    [
        ("long", ("object", None), ("relation", "object")),
        ("short", ("string", 'a source and where in it ("afp_2018 22: five words")'), ()),
    ],
)
def test_a_source_has_the_form_of_the_layout(
    layout: str, source: tuple[str, str | None], part: tuple[str, ...]
) -> None:
    for path in ("facts/figures.yml", "actors.yml", "glossary.yml"):
        (field,) = (f for f in fields_by_file(layout)[path][-1]["fields"] if f["name"] == "source")
        assert (field["widget"], field.get("pattern", [None, None])[1]) == source
        assert bool(field.get("fields")) == bool(part)


def typed(relative: str, yaml: str) -> dict[str, Table]:
    return {relative: parse_yaml(yaml, f"content/{relative}")}


@pytest.mark.parametrize(
    ("yaml", "widget"),
    [
        ('source: "a 1"', {"widget": "string"}),
        ('source: ["a 1", "b 2"]', {"widget": "list", "field": "string"}),
        ('source: { id: "a" }', {"widget": "object"}),
        ('source: [{ id: "a" }]', {"widget": "list"}),
        ('values: [{ source: ["a 1"] }]', {"widget": "list", "field": "string"}),
    ],
)
@pytest.mark.parametrize("layout", ["long", "short"])
def test_a_field_is_shown_in_the_form_in_which_it_is_typed(
    layout: str, yaml: str, widget: dict[str, str]
) -> None:
    laid_out = replace(real(), site=replace(real().site, layout=text(layout)))
    files = typed("facts/figures.yml", f"figures: [{{ {yaml} }}]")
    entries = fields_of(editor_settings(laid_out, "content", files))["facts/figures.yml"][-1]
    (field,) = (field for field in entries["fields"] if field["name"] == "source")
    assert field["widget"] == widget["widget"]
    if "field" in widget:
        assert field["field"]["widget"] == widget["field"]


def needed(layout: str, yaml: str, path: str = "facts/figures.yml") -> set[str]:
    laid_out = replace(real(), site=replace(real().site, layout=text(layout)))
    made = fields_of(editor_settings(laid_out, "content", typed(path, yaml)))
    return {field["name"] for field in made[path][-1]["fields"] if field["required"]}


def test_what_may_be_inherited_need_not_be_filled_in() -> None:
    alone = '{ id: "a", label: "x", value: "1 day", as_of: "2018", source: "a 1" }'
    assert needed("short", f"figures: [{alone}]") == {"id", "label", "as_of", "source"}
    assert needed("short", f'defaults: {{ source: "a" }}\nfigures: [{alone}]') == {
        *("id", "label", "as_of"),
    }
    several = '{ id: "b", label: "x", values: [{ value: "1 day", as_of: "2018", source: "a" }] }'
    assert needed("short", f"figures: [{alone}, {several}]") == {"id", "label"}
    assert needed("long", "figures: []") == {"id", "label", "unit", "as_of", "source"}


@pytest.mark.parametrize(
    ("first", "second", "key", "column"),
    [
        ('{ source: "a 1" }', '{ source: ["a 1", "b 2"] }', "source", 15),
        ('{ source: "a 1" }', '{ source: { id: "a" } }', "source", 15),
        ('{ source: "a 1" }', '{ values: [{ source: { id: "a" } }] }', "source", 26),
        ('{ attributed_to: ["town"] }', '{ attributed_to: "town" }', "attributed_to", 23),
    ],
)
def test_what_no_form_can_show_is_refused(
    tmp_path: Path, first: str, second: str, key: str, column: int
) -> None:
    content = shutil.copytree(REAL, tmp_path / "content")
    figures = content / "facts/figures.yml"
    figures.write_text(f"figures:\n  - {first}\n  - {second}\n", "utf-8")
    with pytest.raises(ContentError) as caught:
        check_web_editor(real(), content)
    message = f"{key}: typed in several ways in this file, and a form shows one; run `reperes fmt`"
    assert list(map(str, caught.value.problems)) == [
        f"{figures}:3:{column}: error: {message} [admin]"
    ]


@pytest.mark.parametrize("layout", ["long", "short"])
@pytest.mark.parametrize("origin", [TOY, REAL], ids=["toy", "real"])
def test_what_fmt_writes_can_be_shown(origin: Path, layout: str, tmp_path: Path) -> None:
    content = shutil.copytree(origin, tmp_path / "content")
    site = content / "site.yml"
    typed = re.sub(r"repository: .*", 'repository: "https://github.com/a/b"', site.read_text())
    typed = re.sub(r"layout: .*\n", "", typed)
    site.write_text(f'{typed}layout: "{layout}"\n', "utf-8")
    format_files(content)
    check_web_editor(load(content).explainer, content)


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
    shutil.copytree(REAL, tmp_path / "content")
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
