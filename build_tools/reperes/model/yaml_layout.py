"""The two layouts of YAML in the content: the long one, and the short one.

The long one is that of the `yaml` package of JavaScript as Sveltia CMS calls it: blocks indented by
two spaces, every value in double quotes, no line folded, keys in the order of the schema. In the
short one whatever has a short form stands in it, what entries share stands once above them, and a
small mapping or list stands on one line.
"""

from __future__ import annotations

import json
import re
from collections.abc import Iterator, Sequence
from typing import Any

from reperes.model.explainer import Explainer
from reperes.model.layouts import laid_out_entry, lengthened_file, shortened_file
from reperes.model.schema import Kind, shape_of_file
from reperes.model.shapes import ListOf, Shape
from reperes.model.yaml_values import Listing, Table, Value
from reperes.text.problems import Text

WIDEST_LINE = 200
"""How long a line may be that holds several parts of a mapping or a list."""

_FOLDED_FROM = 40
"""From how many UTF-16 units, quotes included, a text has its line ends written as such."""


def text_of_entries(table: Table, kind: Kind, explainer: Explainer, is_short: bool) -> str:
    """A file of entries in one of the layouts; what it says stays."""
    change = shortened_file if is_short else lengthened_file
    languages = explainer.languages
    shape = shape_of_file(kind, languages)
    return yaml_text(in_order(change(table, kind, explainer), shape, languages), is_short)


def text_of_entry(
    entry: Table,
    table: Table,
    kind: Kind,
    explainer: Explainer,
    indent: str = "  ",
    layout: str | None = None,
) -> str:
    """An entry as it would be added to a file, indented; in the layout of the site, or another."""
    is_short = (layout or explainer.site.layout) == "short"
    value = laid_out_entry(entry, table, kind, explainer, is_short)
    ordered = in_order(value, kind.shape, explainer.languages)
    lines = _lines(Listing((ordered,), table.place), indent, is_short)
    return "".join(f"{line}\n" for line in lines)


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
