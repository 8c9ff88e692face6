"""The JSON Schemas that editors check YAML with: current, pointed at, and as strict as we are."""

from __future__ import annotations

import json
import shutil
from copy import deepcopy
from pathlib import Path, PurePosixPath
from typing import Any

import jsonschema
import pytest
import yaml
from click.testing import CliRunner

from reperes.cli.main import main
from reperes.model.map_plan import MAP_FILE, map_json_schema
from reperes.model.schema import VOCABULARY_FILE, json_schemas
from reperes.model.vocabulary import own_words
from support import REAL, TESTS, TOY, toy

ROOT = TESTS.parent
LANGUAGES = ("fr", "en")
SCHEMAS = {**json_schemas(LANGUAGES), MAP_FILE: map_json_schema(LANGUAGES)}
OWN = own_words(toy().vocabulary)
SCHEMAS_OF = {TOY: {**SCHEMAS, **json_schemas(LANGUAGES, OWN)}, REAL: SCHEMAS}
OPTIONAL = (
    *(MAP_FILE, VOCABULARY_FILE, "units.yml", "pictures.yml", "facts/quotations.yml"),
    "gone.yml",
)


def typed(content: Any, path: str) -> Any:
    return yaml.load((content / path).read_text("utf-8"), Loader=yaml.BaseLoader)


def faults(path: str, value: Any, content: Path = TOY) -> list[str]:
    validator = jsonschema.Draft202012Validator(SCHEMAS_OF[content][path])
    return [error.json_path for error in validator.iter_errors(value)]


@pytest.mark.parametrize("path", SCHEMAS)
def test_a_schema_is_itself_valid(path: str) -> None:
    jsonschema.Draft202012Validator.check_schema(SCHEMAS[path])


@pytest.mark.parametrize("path", SCHEMAS)
@pytest.mark.parametrize("content", [TOY, REAL], ids=["toy", "real"])
def test_sound_content_is_valid(path: str, content: Any) -> None:
    """The toy explainer has no map, and ours no words and units of its own, as an explainer may."""
    assert path in OPTIONAL or (content / path).exists()
    assert not (content / path).exists() or faults(path, typed(content, path), content) == []


@pytest.mark.parametrize(
    ("path", "keys", "value"),
    [
        ("facts/figures.yml", ("figures", 0, "value"), "12.5 "),
        ("facts/figures.yml", ("figures", 0, "value"), 12000),
        ("facts/figures.yml", ("figures", 0, "bound"), "roughly"),
        ("facts/figures.yml", ("figures", 0, "unit"), ""),
        ("facts/figures.yml", ("figures", 0, "key"), "yes"),
        ("facts/figures.yml", ("figures", 0, "id"), "Two Words"),
        ("facts/figures.yml", ("figures", 0, "label"), {"fr": "a"}),
        ("facts/figures.yml", ("figures", 0, "label", "en"), " "),
        ("facts/figures.yml", ("figures", 0, "label", "en"), "a" * 301),
        ("facts/figures.yml", ("figures", 0, "note"), {"fr": "a" * 5_001, "en": "a"}),
        ("facts/figures.yml", ("figures", 0, "as_of"), "4 July 2018"),
        ("facts/figures.yml", ("figures", 0, "label"), []),
        ("facts/figures.yml", ("figures", 0, "sorce"), "x"),
        ("facts/figures.yml", ("figures", 0, "source", 0, "paragraphs"), ["0"]),
        ("facts/events.yml", ("events", 0, "kind"), "battle"),
        ("vocabulary.yml", ("acts", 0, "id"), "Two Words"),
        ("vocabulary.yml", ("acts", 0, "like"), "shares"),
        ("vocabulary.yml", ("verbs",), []),
        ("facts/events.yml", ("events", 3, "derived", "fr"), ""),
        ("facts/claims.yml", ("claims", 0, "act"), "says"),
        ("sources.yml", ("sources", 0, "url"), "example.org"),
        ("sources.yml", ("sources", 0, "paragraphs"), ["abc"]),
        ("actors.yml", ("actors", 0, "names", "fr"), "x"),
        ("glossary.yml", ("terms", 0, "en"), {"term": "x"}),
        ("corrections.yml", ("corrections", 0, "day"), "2019-03"),
        ("site.yml", ("base_url",), "https://example.org"),
        ("site.yml", ("languages", 0, "code"), "FR"),
        ("site.yml", ("sections",), []),
    ],
)
def test_broken_content_is_refused_where_it_is_broken(
    path: str, keys: tuple[str | int, ...], value: Any
) -> None:
    broken = deepcopy(typed(TOY, path))
    entry = broken
    for key in keys[:-1]:
        entry = entry[key]
    entry[keys[-1]] = value
    (where,) = faults(path, broken)
    assert where.startswith(f"$.{keys[0]}") or where == "$"


@pytest.mark.parametrize("absent", ["", [], None])
def test_optional_values_may_be_left_empty(absent: Any) -> None:
    figures = typed(TOY, "facts/figures.yml")
    figures["figures"][0]["note"] = absent
    assert faults("facts/figures.yml", figures) == []


@pytest.mark.parametrize("path", SCHEMAS)
def test_every_key_explains_itself(path: str) -> None:
    for properties in records(SCHEMAS[path]):
        described = {key: value.get("description") for key, value in properties.items()}
        assert all(described.values()), described


def records(schema: Any) -> list[dict[str, Any]]:
    """The properties of every record in a schema; texts in each language have none to explain."""
    found = []
    if isinstance(schema, dict):
        properties = schema.get("properties", {})
        if "id" in properties or "title" in properties:
            found.append(properties)
        found += [record for value in schema.values() for record in records(value)]
    return found


@pytest.mark.parametrize("path", SCHEMAS)
def test_the_written_schemas_are_current(path: str) -> None:
    written = ROOT / ".vscode" / "schemas" / f"{PurePosixPath(path).stem}.json"
    text = json.dumps(SCHEMAS[path], ensure_ascii=False, indent=2) + "\n"
    assert written.read_text("utf-8") == text, "run `make schemas`"


def test_editors_are_pointed_at_them() -> None:
    settings = json.loads((ROOT / ".vscode" / "settings.json").read_text("utf-8"))
    assert settings["yaml.schemas"] == {
        f".vscode/schemas/{PurePosixPath(path).stem}.json": f"content/{path}" for path in SCHEMAS
    }


def test_they_go_beside_the_content_and_say_how_to_use_them(tmp_path: Path) -> None:
    content = shutil.copytree(TOY, tmp_path / "ferry")
    written = CliRunner().invoke(main, ["schemas", "--content", str(content)])
    assert written.exit_code == 0
    folder = tmp_path / ".vscode" / "schemas"
    assert {path.name for path in folder.iterdir()} == {
        f"{PurePosixPath(path).stem}.json" for path in SCHEMAS
    }
    said, _, settings = written.output.partition("{")
    assert said.endswith(f"with this in {tmp_path}/.vscode/settings.json; open {tmp_path} in it:\n")
    pointers = json.loads("{" + settings)["yaml.schemas"]
    assert pointers[".vscode/schemas/figures.json"] == "ferry/facts/figures.yml"
    for schema, path in pointers.items():
        assert (tmp_path / schema).is_file()
        assert (tmp_path / path).is_file() or path == f"ferry/{MAP_FILE}"
    (tmp_path / ".vscode" / "settings.json").write_text("// Ours\n{" + settings, "utf-8")
    assert CliRunner().invoke(main, ["schemas", "--content", str(content)]).output == ""


def test_they_go_where_they_are_told(tmp_path: Path) -> None:
    options = ["schemas", "--content", str(TOY), "--output", str(tmp_path / "mine")]
    assert f'"{tmp_path}/mine/site.json": "toy_explainer/site.yml"' in (
        CliRunner().invoke(main, options).output
    )
    assert len(list((tmp_path / "mine").iterdir())) == len(SCHEMAS)
    assert not (TOY.parent / ".vscode").exists()
