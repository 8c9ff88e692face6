"""The one layout of YAML in the content, which the web editor writes too, so that diffs stay small.

The layout is that of the `yaml` package of JavaScript as Sveltia CMS calls it: blocks indented by
two spaces, every value in double quotes, no line folded, keys in the order of the schema.
"""

from __future__ import annotations

import json
import re
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path

from reperes.model.documents import Folder
from reperes.model.explainer import Explainer
from reperes.model.map_plan import MAP_FILE, map_json_schema
from reperes.model.schema import json_schemas, section_json_schema
from reperes.model.shapes import JsonSchema
from reperes.model.yaml_values import Listing, Table, Value, find_comment
from reperes.rules.checking import check
from reperes.text.files import write_all
from reperes.text.problems import ContentError, Place, Problem, Severity, Text

RULE = "fmt"

_FOLDED_FROM = 40
"""From how many UTF-16 units, quotes included, a text has its line ends written as such."""


@dataclass(frozen=True)
class Formatted:
    """The files that differ from the layout, as messages name them, and those that were skipped."""

    changed: tuple[str, ...]
    problems: tuple[Problem, ...]


def format_files(content: Path, typed: Sequence[str] = (), write: bool = True) -> Formatted:
    """Lay out the files `typed`, or every file that the layout concerns; values stay as they are.

    A file with an error, or with comments (which the layout has no place for), is left alone and
    reported. Raises ContentError for a name that is no such file, before anything is written.
    """
    explainer, problems = check(content)
    folder = Folder(content)
    known = dict.fromkeys(_files(folder, explainer))
    chosen = [_chosen(name, folder, known) for name in typed] or list(known)
    errors = [problem for problem in problems if problem.is_error]
    left_alone: list[Problem] = []
    changed: dict[Path, bytes] = {}
    for relative in chosen:
        path = folder.path(relative)
        reasons = [problem for problem in errors if problem.place.path == path]
        reasons = reasons or list(_comment(folder, relative))
        left_alone += reasons
        text = "" if reasons else _laid_out(folder, relative, explainer.languages)
        if not reasons and (folder.root / relative).read_bytes() != text.encode():
            changed[folder.root / relative] = text.encode()
    if write:
        write_all(changed)
    names = (folder.path(path.relative_to(folder.root).as_posix()) for path in changed)
    return Formatted(tuple(names), tuple(sorted(left_alone)))


def _files(folder: Folder, explainer: Explainer) -> Iterator[str]:
    wording = [f"interface/{language}.yml" for language in explainer.languages]
    schemas = [*json_schemas(explainer.languages), MAP_FILE]
    yield from (path for path in (*schemas, *wording) if folder.has(path))
    for language in explainer.languages:
        for name in folder.names(f"sections/{language}", ".md"):
            yield f"sections/{language}/{name}.md"


def _chosen(typed: str, folder: Folder, known: Iterable[str]) -> str:
    path = Path(typed).resolve()
    relative = path.relative_to(folder.root).as_posix() if path.is_relative_to(folder.root) else ""
    if relative not in known:
        message = "no YAML file or section of the content; name one, such as "
        example = folder.path("site.yml")
        raise ContentError([Problem(Place(typed), message + example, RULE)])
    return relative


def _comment(folder: Folder, relative: str) -> Iterator[Problem]:
    place = find_comment(folder.read_text(relative), folder.path(relative))
    if place is not None:
        message = "a comment, which the layout would lose: file left alone; "
        fix = "make it an editor_note, or remove it"
        yield Problem(place, message + fix, RULE, Severity.WARNING)


def _laid_out(folder: Folder, relative: str, languages: tuple[str, ...]) -> str:
    if relative.endswith(".md"):
        document = folder.read_markdown(relative)
        head = yaml_text(_in_order(document.front_matter, section_json_schema(languages)))
        return f"---\n{head}---\n\n{document.body.strip()}\n"
    schemas = {**json_schemas(languages), MAP_FILE: map_json_schema(languages)}
    return yaml_text(_in_order(folder.read_yaml(relative), schemas.get(relative, {})))


def _in_order(value: Value, schema: JsonSchema) -> Value:
    """The value with the keys of its mappings in the order of the schema.

    What is empty goes, but for the list that a file is there for.
    """
    schema = schema.get("anyOf", [schema])[0]
    if isinstance(value, Table):
        fields = schema.get("properties", {})
        rank = {key: place for place, key in enumerate(fields)}
        ordered = sorted(value.entries, key=lambda key: rank.get(key, len(rank)))
        entries = {key: _in_order(value.entries[key], fields.get(key, {})) for key in ordered}
        needed = value.empty.keys() & schema.get("required", ())
        entries |= {Text(key, value.empty[key]): Listing((), value.empty[key]) for key in needed}
        return Table(entries, value.place)
    if isinstance(value, Listing):
        items = schema.get("items", {})
        return Listing(tuple(_in_order(item, items) for item in value.items), value.place)
    return value


def yaml_text(value: Value) -> str:
    """A mapping as YAML in our layout, with a line end at its end."""
    return "".join(f"{line}\n" for line in _lines(value, ""))


def _lines(value: Value, indent: str) -> Iterator[str]:
    """The lines of a mapping or a list whose entries begin at `indent`."""
    if isinstance(value, Table):
        for key, item in value.entries.items():
            if isinstance(item, Listing) and not item.items:
                yield f"{indent}{key}: []"
            elif isinstance(item, Table | Listing):
                yield f"{indent}{key}:"
                yield from _lines(item, f"{indent}  ")
            else:
                yield f"{indent}{key}: {_quoted(item, f'{indent}  ')}"
    elif isinstance(value, Listing):
        for item in value.items:
            if isinstance(item, Table | Listing):
                first, *others = _lines(item, f"{indent}  ")
                yield f"{indent}- {first.removeprefix(f'{indent}  ')}"
                yield from others
            else:
                yield f"{indent}- {_quoted(item, f'{indent}  ')}"


def _quoted(text: str, indent: str) -> str:
    """A text in double quotes; the line ends of a long one stand as blank lines."""
    lines = [json.dumps(line, ensure_ascii=False)[1:-1] for line in text.split("\n")]
    # A space at the end of a line is escaped, or a reader of YAML folds it away.
    lines[:-1] = [re.sub(r" $", r"\\ ", line) for line in lines[:-1]]
    if len(lines) == 1 or _utf16_units(json.dumps(text, ensure_ascii=False)) < _FOLDED_FROM:
        return '"' + "\\n".join(lines) + '"'
    tail = "\\n" if text.endswith("\n") else ""
    body = re.sub(
        r"(\n+)( ?)",
        lambda found: f"\n{found[1]}{indent}" + ("\\ " if found[2] else ""),
        "\n".join(lines).removesuffix("\n"),
    )
    return f'"{body}{tail}"'


def _utf16_units(text: str) -> int:
    return len(text.encode("utf-16-le")) // 2
