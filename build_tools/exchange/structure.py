"""What a translation must have in common with its original: marks, and the shape of a block."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass

from build_tools.markup import mask_code, split_blocks
from build_tools.problems import Place, Text
from build_tools.references import SCHEMES, Mark, Placeholder, find_marks

_HEADING = re.compile(r"(#{1,6})[ \t]*[^#\s].*?(?:\{#([^{}\s]+)\}[ \t]*)?$")
_UNDERLINE = re.compile(r"(?:=+|-+)[ \t]*$")
_ITEM = re.compile(r"(?m)^([ \t]*)(?:([-*+])|[0-9]+[.)])[ \t]")
_TABLE_RULE = re.compile(r"[ \t]*\|?[ \t:]*-[-| \t:]*$")
_LINE_MARK = re.compile(r"(?m)^ {0,3}(#{1,6}|>|```|~~~)")
_FOOTNOTE = re.compile(r"\[\^([^\]\s]+)\]")
_OUTSIDE_LINK = re.compile(r"\]\((?:https?:|mailto:)[^()\s]*\)|<(?:https?:|mailto:)[^<>\s]*>")
_NOT_WORDS = re.compile(rf"\{{\{{.*?\}}\}}|\]\((?:{'|'.join(SCHEMES)}):[^()\n]*\)")


@dataclass(frozen=True, slots=True)
class Shape:
    """The Markdown of a block, its words aside.

    `kind` is paragraph, heading, list, table, quote or code; `detail` is what two of a kind may
    differ in: level and id of a heading, the items of a list, the rows and columns of a table.
    """

    kind: str
    detail: str = ""

    def __str__(self) -> str:
        return f"{self.kind} ({self.detail})" if self.detail else self.kind


def shape_of(block: str) -> Shape:
    """The shape of one block of a section."""
    if block.startswith(("```", "~~~")) and not mask_code(block).strip():
        return Shape("code", block.split("\n", 1)[0])
    lines = mask_code(block).split("\n")
    if heading := _HEADING.match(lines[0]):
        return Shape("heading", _heading_detail(heading))
    if len(lines) > 1 and _UNDERLINE.match(lines[1]):
        return Shape("heading", "underlined")
    if len(lines) > 1 and "|" in lines[0] and _TABLE_RULE.match(lines[1]):
        columns = lines[1].strip(" \t|").count("|") + 1
        return Shape("table", f"{len(lines) - 2} rows of {columns} columns")
    if lines[0].startswith(">"):
        return Shape("quote")
    if items := list(_ITEM.finditer("\n".join(lines))):
        return Shape("list", _list_detail(items))
    return Shape("paragraph")


def _heading_detail(heading: re.Match[str]) -> str:
    return heading[1] + (f" {{#{heading[2]}}}" if heading[2] else "")


def _list_detail(items: list[re.Match[str]]) -> str:
    levels = [len(item[1].expandtabs(4)) // 4 for item in items]
    kind = "bullets" if items[0][2] else "numbers"
    deeper = sum(1 for level in levels if level)
    inner = f", {deeper} of them indented" if deeper else ""
    return f"{len(items)} {kind}{inner}"


def heading_id(block: str) -> str | None:
    """The id by which both languages share a heading's address, if the block is such a heading."""
    heading = _HEADING.match(block)
    return heading[2] if heading and "\n" not in block else None


def has_words(text: str) -> bool:
    """Whether anything is left to translate when code and marks are taken away."""
    return any(character.isalpha() for character in _NOT_WORDS.sub(" ", mask_code(text)))


def differences(source: str, target: str, is_block: bool) -> Iterator[str]:
    """How `target` cannot stand for `source`, a message each, with what to do.

    The form of a citation may differ ("on" for "date"), and so may an address on the web: what
    is compared is which facts and entries are named, and how often. `is_block` says whether the
    text is Markdown, and not a title or a text of YAML.
    """
    if not target.strip():
        yield "the translation is empty; write it"
        return
    for name, count_in in _COUNTED.items():
        ours, theirs = count_in(target), count_in(source)
        for mark in [*theirs, *(mark for mark in ours if mark not in theirs)]:
            if message := _count_message(name.format(mark), ours[mark], theirs[mark]):
                yield message
    yield from _shape_differences(source, target) if is_block else _line_differences(source, target)


def _count_message(name: str, ours: int, theirs: int) -> str | None:
    if ours == theirs:
        return None
    if not theirs:
        return f"{name} is not in the original; remove it"
    if ours > theirs:
        return f"{name} stands {ours} times instead of {theirs}; remove what is too much"
    if not ours:
        return f"{name} is missing; put it back, as in the original"
    return f"{name} stands {ours} of {theirs} times; put back what is missing"


def _cited(text: str) -> Counter[str]:
    return Counter(mark.id for mark in _marks(text) if isinstance(mark, Placeholder))


def _linked(text: str) -> Counter[str]:
    marks = _marks(text)
    return Counter(f"{m.scheme}:{m.id}" for m in marks if not isinstance(m, Placeholder))


def _marks(text: str) -> list[Mark]:
    return find_marks(Text(text, Place("")))[0]


def _footnotes(text: str) -> Counter[str]:
    return Counter(_FOOTNOTE.findall(mask_code(text)))


def _outside_links(text: str) -> Counter[str]:
    return Counter("" for _ in _OUTSIDE_LINK.finditer(mask_code(text)))


_COUNTED: Mapping[str, Callable[[str], Counter[str]]] = {
    "{{{{ {} }}}}": _cited,
    "the link to {}": _linked,
    "the footnote [^{}]": _footnotes,
    "a link to the web{}": _outside_links,
}


def _shape_differences(source: str, target: str) -> Iterator[str]:
    blocks = split_blocks(Text(target, Place("")))
    if len(blocks) != 1 or len(blocks[0]) != len(target):
        yield "the translation holds a blank line, or ends with one; keep it in one block"
        return
    ours, theirs = shape_of(target), shape_of(source)
    if ours != theirs:
        yield f"the original is a {theirs}, and the translation a {ours}; make them alike"
        return
    for mark in _line_marks(target) - _line_marks(source):
        if (mark, ours.kind) != (">", "quote"):
            found = f"a line begins with {mark}, as none does in the original"
            yield f"{found}; join it to the line before"


def _line_marks(block: str) -> Counter[str]:
    """What makes something else of the rest of a block, where a line begins with it."""
    return Counter(match[1] for match in _LINE_MARK.finditer(mask_code(block)))


def _line_differences(source: str, target: str) -> Iterator[str]:
    if "\n" in target and "\n" not in source:
        yield "the translation has a line break; write it on one line"
