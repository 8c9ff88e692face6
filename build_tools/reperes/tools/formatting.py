"""The two layouts of YAML in the content: the long one, and the short one.

The long one is that of the `yaml` package of JavaScript as Sveltia CMS calls it: blocks indented by
two spaces, every value in double quotes, no line folded, keys in the order of the schema. In the
short one whatever has a short form stands in it, what entries share stands once above them, and a
small mapping or list stands on one line.
"""

from __future__ import annotations

import json
import re
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from reperes.model.declaring import shape_of
from reperes.model.documents import Folder
from reperes.model.explainer import Explainer
from reperes.model.map_plan import MAP_FILE, MapPlan
from reperes.model.schema import KINDS, SITE, json_schemas, shape_of_file
from reperes.model.shapes import ListOf, Shape
from reperes.model.site import Section
from reperes.model.yaml_values import Listing, Table, Value, find_comment
from reperes.rules.checking import check
from reperes.text.files import write_all
from reperes.text.problems import ContentError, Place, Problem, Severity, Text
from reperes.tools.layouts import lengthened_file, shortened_file

RULE = "fmt"

WIDEST_LINE = 200
"""How long a line may be that holds several parts of a mapping or a list."""

_FOLDED_FROM = 40
"""From how many UTF-16 units, quotes included, a text has its line ends written as such."""


@dataclass(frozen=True)
class Formatted:
    """The files that differ from the layout, as messages name them, and those that were skipped."""

    changed: tuple[str, ...]
    problems: tuple[Problem, ...]


def format_files(
    content: Path, typed: Sequence[str] = (), write: bool = True, layout: str | None = None
) -> Formatted:
    """Lay out the files `typed`, or every file that the layout concerns; what they say stays.

    `layout` is one of `LAYOUTS`, or None for the one that site.yml names.

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
        text = "" if reasons else _laid_out(folder, relative, explainer, layout)
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


def _laid_out(folder: Folder, relative: str, explainer: Explainer, layout: str | None) -> str:
    languages = explainer.languages
    is_short = (layout or explainer.site.layout) == "short"
    if relative.endswith(".md"):
        document = folder.read_markdown(relative)
        head = yaml_text(in_order(document.front_matter, shape_of(Section), languages))
        return f"---\n{head}---\n\n{document.body.strip()}\n"
    table = folder.read_yaml(relative)
    kind = next((kind for kind in KINDS if kind.path == relative), None)
    if kind is not None:
        change = shortened_file if is_short else lengthened_file
        shape = shape_of_file(kind, languages)
        return yaml_text(in_order(change(table, kind, explainer), shape, languages), is_short)
    if relative == "site.yml":
        return yaml_text(in_order(table, SITE, languages), is_short)
    if relative == MAP_FILE:
        return yaml_text(in_order(table, shape_of(MapPlan), languages), is_short)
    return yaml_text(table)


def in_order(value: Value, shape: Shape[Any], languages: Sequence[str]) -> Value:
    """The value with the keys of its mappings in the order in which its shape declares them.

    What is empty goes, but for the list that a file is there for.
    """
    if isinstance(value, Table):
        fields = shape.parts(languages)
        rank = {key: place for place, key in enumerate(fields)}
        ordered = sorted(value.entries, key=lambda key: rank.get(key, len(rank)))
        entries: dict[Text, Value] = {}
        for key in ordered:
            part = value.entries[key]
            entries[key] = in_order(part, fields[key].shape, languages) if key in fields else part
        for name, place in value.empty.items():
            if name in fields and fields[name].required:
                entries[Text(name, place)] = Listing((), place)
        return Table(entries, value.place)
    if isinstance(value, Listing) and isinstance(shape, ListOf):
        items = (in_order(item, shape.shape, languages) for item in value.items)
        return Listing(tuple(items), value.place)
    return value


def yaml_text(value: Value, is_short: bool = False) -> str:
    """A mapping as YAML in one of our layouts, with a line end at its end."""
    return "".join(f"{line}\n" for line in _lines(value, "", is_short))


def _lines(value: Value, indent: str, is_short: bool) -> Iterator[str]:
    """The lines of a mapping or a list whose entries begin at `indent`."""
    if isinstance(value, Table):
        for key, item in value.entries.items():
            parts = _flow(item) if is_short else []
            if isinstance(item, Listing) and not item.items:
                yield f"{indent}{key}: []"
            elif parts:
                yield from _flow_lines(f"{indent}{key}: ", parts)
            elif isinstance(item, Table | Listing):
                yield f"{indent}{key}:"
                yield from _lines(item, f"{indent}  ", is_short)
            else:
                yield f"{indent}{key}: {_quoted(item, f'{indent}  ')}"
    elif isinstance(value, Listing):
        for item in value.items:
            # The entries of a file stand apart; what they hold need not.
            parts = _flow(item) if is_short and indent.startswith("    ") else []
            if parts:
                yield from _flow_lines(f"{indent}- ", parts)
            elif isinstance(item, Table | Listing):
                first, *others = _lines(item, f"{indent}  ", is_short)
                yield f"{indent}- {first.removeprefix(f'{indent}  ')}"
                yield from others
            else:
                yield f"{indent}- {_quoted(item, f'{indent}  ')}"


def _flow(value: Value) -> list[str]:
    """What stands between the brackets of a mapping or a list of texts, with these around it.

    Nothing for any other: one that holds a mapping, or a text of several lines.
    """
    if isinstance(value, Table):
        said = [(f"{key}: ", _flat(part)) for key, part in value.entries.items()]
        brackets = "{  }"
    elif isinstance(value, Listing):
        said = [("", _flat(part)) for part in value.items]
        brackets = "[]"
    else:
        return []
    if not said or not all(part for _, part in said):
        return []
    half = len(brackets) // 2
    parts = [f"{key}{part}," for key, part in said]
    parts[0] = brackets[:half] + parts[0]
    parts[-1] = parts[-1].removesuffix(",") + brackets[half:]
    return parts


def _flat(value: Value) -> str:
    """A text, or a list of texts, on one line; "" for what does not stand on one."""
    if isinstance(value, Text):
        return "" if "\n" in value else _quoted(value, "")
    return " ".join(_flow(value)) if isinstance(value, Listing) else ""


def _flow_lines(start: str, parts: Sequence[str]) -> Iterator[str]:
    """The parts after what opens them, on as few lines as there is room for.

    Of a pair of sentences, each stands on a line of its own where they do not fit on one.
    """
    under = " " * (len(start) + (2 if parts[0].startswith("{") else 1))
    line = start + parts[0]
    for part in parts[1:]:
        if len(line) + 1 + len(part) <= WIDEST_LINE:
            line += f" {part}"
        else:
            yield line
            line = under + part
    yield line


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
