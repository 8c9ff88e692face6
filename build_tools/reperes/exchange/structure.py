"""What a translation must have in common with its original: marks, and the shape of a block."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from itertools import zip_longest

from reperes.model.references import SCHEMES, Mark, Placeholder, marks_in
from reperes.text.blocks import Block, Kind, all_blocks, read_blocks
from reperes.text.markup import NOTE_MARK, mask_code
from reperes.text.problems import Place, Text

_FENCE = re.compile(r"(?m)^(```|~~~)")
_OUTSIDE_LINK = re.compile(r"\]\((?:https?:|mailto:)[^()\s]*\)|<(?:https?:|mailto:)[^<>\s]*>")
_NOT_WORDS = re.compile(rf"\{{\{{.*?\}}\}}|\]\((?:{'|'.join(SCHEMES)}):[^()\n]*\)")


@dataclass(frozen=True, slots=True)
class BlockShape:
    """The Markdown of a block, its words aside.

    `kind` is what a translator calls it; `detail` is what two of a kind may differ in: level and
    id of a heading, the items of a list, the rows and columns of a table, the mark of a footnote.
    """

    kind: str
    detail: str = ""

    def __str__(self) -> str:
        return f"{self.kind} ({self.detail})" if self.detail else self.kind


def shape_of(block: Block) -> BlockShape:
    """The shape of one block of a section."""
    if block.kind == "heading":
        heading_id = f" {{#{block.id}}}" if block.id else ""
        marks = "underlined" if block.underlined else "#" * block.level
        return BlockShape("heading", f"{marks}{heading_id}")
    if block.kind == "table":
        return BlockShape("table", f"{block.rows} rows of {block.columns} columns")
    if block.kind == "list":
        return BlockShape("list", _list_detail(block))
    if block.kind == "footnote":
        return BlockShape("footnote", f"[^{block.id}]")
    if block.kind == "code":
        return BlockShape("code", block.text.split("\n", 1)[0] if block.is_fenced else "")
    return BlockShape(_NAMES.get(block.kind, block.kind))


_NAMES: Mapping[Kind, str] = {"definitions": "list of terms", "address": "link address"}


def _list_detail(block: Block) -> str:
    deeper = sum(inner.items for inner in all_blocks(block.inner))
    inner = f", {deeper} of them indented" if deeper else ""
    return f"{block.items + deeper} {'numbers' if block.ordered else 'bullets'}{inner}"


def has_words(text: str) -> bool:
    """Whether anything is left to translate when code and marks are taken away."""
    return any(character.isalpha() for character in _NOT_WORDS.sub(" ", mask_code(text)))


def differences(source: str, target: str, is_block: bool, standing: str = "") -> Iterator[str]:
    """Why `target` cannot be the translation of `source`: a message each, with what to do.

    The form of a citation may differ ("on" for "date"), and so may an address on the web: what
    is compared is which facts and entries are named, and how often. `is_block` says whether the
    text is Markdown, and not a title or a text of YAML.
    """
    if not target.strip():
        yield "the translation is empty; write it"
        return
    for name, count_in in _COUNTED.items():
        found, wanted = count_in(target), count_in(source)
        for mark in [*wanted, *(mark for mark in found if mark not in wanted)]:
            if message := _count_message(name.format(mark), found[mark], wanted[mark]):
                yield message
    if is_block:
        yield from _shape_differences(source, target, standing)
    else:
        yield from _line_differences(source, target)


def _count_message(name: str, found: int, wanted: int) -> str | None:
    if found == wanted:
        return None
    if not wanted:
        return f"{name} is not in the original; remove it"
    if found > wanted:
        return f"{name} stands {found} times instead of {wanted}; remove what is too much"
    if not found:
        return f"{name} is missing; put it back, as in the original"
    return f"{name} stands {found} of {wanted} times; put back what is missing"


def _cited(text: str) -> Counter[str]:
    return Counter(mark.id for mark in _marks(text) if isinstance(mark, Placeholder))


def _linked(text: str) -> Counter[str]:
    marks = _marks(text)
    return Counter(f"{m.scheme}:{m.id}" for m in marks if not isinstance(m, Placeholder))


def _marks(text: str) -> Sequence[Mark]:
    return marks_in(text)


def _footnotes(text: str) -> Counter[str]:
    return Counter(NOTE_MARK.findall(mask_code(text)))


def _outside_links(text: str) -> Counter[str]:
    return Counter("" for _ in _OUTSIDE_LINK.finditer(mask_code(text)))


_COUNTED: Mapping[str, Callable[[str], Counter[str]]] = {
    "{{{{ {} }}}}": _cited,
    "the link to {}": _linked,
    "the footnote [^{}]": _footnotes,
    "a link to the web{}": _outside_links,
}


def _shape_differences(source: str, target: str, standing: str) -> Iterator[str]:
    """A target has as many blocks as its source or, where these differ, as the one it replaces."""
    originals, translations, before = (
        read_blocks(Text(text, Place(""))) for text in (source, target, standing)
    )
    if len(originals) > 1 or len(before) > 1:
        yield from _differences_of_several(originals, translations, before, target)
        return
    if "\n".join(block.text for block in translations) != target:
        yield "the translation holds a blank line, or ends with one; keep it in one block"
        return
    for one, other in zip(originals, translations, strict=False):
        if message := _unlike(one, other):
            yield message
            return
    marks = [_opening(block) for block in translations[len(originals) :]]
    # A fence without its end here may find one in what follows.
    marks += (_fences(target) - _fences(source)).elements()
    for mark in dict.fromkeys(marks):
        found = f"a line begins with {mark}, as none does in the original"
        yield f"{found}; join it to the line before"


def _differences_of_several(
    originals: Sequence[Block], translations: Sequence[Block], before: Sequence[Block], target: str
) -> Iterator[str]:
    """`_shape_differences` for a text of several paragraphs in one language or the other."""
    if "\n\n".join(block.text for block in translations) != target:
        yield "paragraphs stand apart by one blank line, and none ends the text; mend that"
        return
    if len(translations) not in (len(originals), len(before)):
        instead = f"{len(translations)} blocks instead of {len(originals)}"
        yield f"{instead}; part them as the original does"
        return
    if len(translations) != len(originals):
        translations, originals = (
            [block for block in found if block.kind != "paragraph"]
            for found in (translations, originals)
        )
    for one, other in zip_longest(originals, translations):
        if one is None or other is None:
            yield "not as many headings, lists or tables as in the original; make them alike"
            return
        if message := _unlike(one, other):
            yield message
            return


def _unlike(original: Block, translation: Block) -> str | None:
    """A message if two blocks are not of the same kind, else None."""
    if shape_of(original) == shape_of(translation):
        return None
    named = f"the original is a {shape_of(original)}, and the translation a {shape_of(translation)}"
    return f"{named}; make them alike"


def _opening(block: Block) -> str:
    """The mark that turns a line into a block of its own: "##", ">", "[^1]:"."""
    if block.kind == "heading":
        return "#" * block.level
    return block.text.split(maxsplit=1)[0]


def _fences(text: str) -> Counter[str]:
    return Counter(_FENCE.findall(mask_code(text)))


def _line_differences(source: str, target: str) -> Iterator[str]:
    if "\n" in target and "\n" not in source:
        yield "the translation has a line break; write it on one line"
