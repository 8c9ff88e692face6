"""The JSON Schemas by which VS Code checks an explainer's YAML while it is typed."""

from __future__ import annotations

import json
from collections.abc import Sequence
from pathlib import Path

from reperes.model.map_plan import MAP_FILE, map_json_schema
from reperes.model.schema import OwnWords, json_schemas

SCHEMAS = Path(".vscode", "schemas")
"""Where they stand beside the content; .vscode/settings.json says which file each is for."""


def schema_files(languages: Sequence[str], own: OwnWords | None = None) -> dict[str, str]:
    """The text of each schema by its name, such as "figures.json" for facts/figures.yml.

    `own` are the words that the explainer's vocabulary.yml adds, where it has one.
    """
    schemas = {**json_schemas(languages, own), MAP_FILE: map_json_schema(languages)}
    return {
        schema_name(path): json.dumps(schema, ensure_ascii=False, indent=2) + "\n"
        for path, schema in schemas.items()
    }


def schema_name(path: str) -> str:
    return f"{Path(path).stem}.json"


def how_to_point(folder: Path, content: Path) -> str:
    """What to write into .vscode/settings.json, or nothing where it says so already."""
    folder, content = folder.resolve(), content.resolve()
    beside = content.parent
    where = folder.relative_to(beside) if folder.is_relative_to(beside) else folder
    pointers = {
        (where / schema_name(path)).as_posix(): f"{content.name}/{path}"
        for path in (*json_schemas(()), MAP_FILE)
    }
    settings = beside / ".vscode" / "settings.json"
    # Not parsed, for VS Code allows comments in it.
    known = settings.read_text("utf-8") if settings.is_file() else ""
    if all(f'"{schema}": "{path}"' in known for schema, path in pointers.items()):
        return ""
    lines = json.dumps({"yaml.schemas": pointers}, ensure_ascii=False, indent=2)
    return (
        "VS Code (with Red Hat's extension YAML) checks each file as you type, with this in"
        f" {settings}; open {beside} in it:\n{lines}\n"
    )
