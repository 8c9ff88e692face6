"""What begins each kind of block, in the order in which the engine asks."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence

from reperes.text.blocks.headings import heading_id, heading_level, heading_words
from reperes.text.blocks.lines import INDENT, Chunk, Line, chunks_of
from reperes.text.blocks.lists import read_definition, read_indented, read_list
from reperes.text.blocks.reader import Node, Reader, ReadKind
from reperes.text.blocks.tables import columns_of

_UNDERLINE = re.compile(r"(=+|-+) *")
_RULE = re.compile(r" {0,3}(?:(?:- {0,2}){3,}|(?:_ {0,2}){3,}|(?:\* {0,2}){3,}) *")
_QUOTE = re.compile(r" {0,3}> ?(.*)")
_FOOTNOTE = re.compile(r" {0,3}\[\^([^\]\n]*)\]: *(.*)")
_ADDRESS = re.compile(
    r" {0,3}\[[^\[\]]*\]: *(?:\n *)?[^\s]+ *(?:\n *)?(?:([\"']).*\1 *|\(.*\) *)?$", re.MULTILINE
)
_ADDRESS_START = re.compile(r" {0,3}\[")

# A chunk remembers by the function which of them match none of its lines.
_is_rule = _RULE.fullmatch
_is_quote = _QUOTE.match
_is_footnote = _FOOTNOTE.match
_may_be_address = _ADDRESS_START.match


def _read_code(reader: Reader, parent: Node, chunk: Chunk, left: list[Chunk]) -> bool:
    """What is indented, as far as it is; behind a blank line, more of the same code."""
    if not chunk.first.startswith(INDENT):
        return False
    indented = (n for n, line in enumerate(chunk) if not line.is_indented)
    count = next(indented, len(chunk))
    continues = parent.last is not None and parent.last.tag == "pre"
    if not continues:
        parent.add("pre")
    reader.note("code", chunk.part(0, count), continues=continues)
    left.append(chunk.part(count))
    return True


def _read_table(reader: Reader, parent: Node, chunk: Chunk, left: list[Chunk]) -> bool:
    if len(chunk) < 2:
        return False
    rows = (line.text for line in chunk.part(2))
    columns = columns_of(chunk.first, chunk[1].text, rows)
    if columns:
        parent.add("table")
        reader.note("table", chunk, columns=columns, rows=len(chunk) - 2)
    return bool(columns)


def _read_heading(reader: Reader, parent: Node, chunk: Chunk, left: list[Chunk]) -> bool:
    """ "## Title", in the midst of a paragraph too."""
    at = chunk.find(heading_level)
    if at is None:
        return False
    if at:
        reader.read(parent, [chunk.part(0, at)])
    line = chunk[at]
    level = heading_level(line.text)
    _note_heading(reader, line, line, heading_words(line.text, level), level)
    parent.add("h")
    if at + 1 < len(chunk):
        rest = chunk.part(at + 1)
        if reader.is_in("looselist"):
            rest = Chunk([line.outdented() for line in rest])
        left.append(rest)
    return True


def _read_underlined(reader: Reader, parent: Node, chunk: Chunk, left: list[Chunk]) -> bool:
    """A title above "===" or "---"."""
    if len(chunk) < 2 or not _UNDERLINE.fullmatch(chunk[1].text):
        return False
    level = 1 if chunk[1].text.startswith("=") else 2
    _note_heading(reader, chunk[0], chunk[1], chunk.first.strip(), level, underlined=True)
    parent.add("h")
    left.append(chunk.part(2))
    return True


def _note_heading(
    reader: Reader, first: Line, last: Line, words: str, level: int, underlined: bool = False
) -> None:
    named, looking_alike = heading_id(words)
    span = None
    if looking_alike:
        begin = reader.offset(first)
        at = reader.body.rindex(looking_alike, begin, reader.end_of(first)) - begin
        span = (at, at + len(looking_alike))
    details = {"level": level, "id": named, "id_span": span, "underlined": underlined}
    reader.note("heading", (first, last), **details)


def _read_rule(reader: Reader, parent: Node, chunk: Chunk, left: list[Chunk]) -> bool:
    """ "---", "* * *" or "___"."""
    at = chunk.find(_is_rule)
    if at is None:
        return False
    reader.read(parent, [chunk.part(0, at)])
    parent.add("hr")
    reader.note("rule", chunk.part(at, at + 1))
    left.append(chunk.part(at + 1))
    return True


def _read_quote(reader: Reader, parent: Node, chunk: Chunk, left: list[Chunk]) -> bool:
    """ "> words", to the end of the chunk; one behind another one is more of it."""
    at = chunk.find(_is_quote)
    if at is None:
        return False
    reader.read(parent, [chunk.part(0, at)])
    quote = chunk.part(at)
    last = parent.last
    continues = last is not None and last.tag == "blockquote"
    node = last if last is not None and continues else parent.add("blockquote")
    lines = (
        line.without(len(line.text)) if line.text.strip() == ">" else line.without_mark(_QUOTE)
        for line in quote
    )
    inner = reader.read_inside(node, chunks_of(lines), "blockquote")
    reader.note("quote", quote, continues=continues, inner=inner)
    return True


def _read_footnote(reader: Reader, parent: Node, chunk: Chunk, left: list[Chunk]) -> bool:
    """ "[^1]: words", up to the next footnote, with what is indented under it."""
    at = chunk.find(_is_footnote)
    if at is None:
        return False
    reader.read(parent, [chunk.part(0, at)])
    while at + 1 < len(chunk) and _is_footnote(chunk[at + 1].text):
        _note_footnote(reader, [chunk.part(at, at + 1)])
        at += 1
    note = chunk.part(at)
    other = note.find(_is_footnote, 1)
    if other is not None:
        _note_footnote(reader, [note.part(0, other)])
        left.append(note.part(other))
    else:
        _note_footnote(reader, [note, *_take_indented(left)])
    return True


def _take_indented(left: list[Chunk]) -> Iterator[Chunk]:
    """What is indented under a footnote, up to the next one, taken off the chunks to come."""
    while left and len(left[-1]) and left[-1].first.startswith(INDENT) and not left[-1].apart:
        chunk = left.pop()
        other = chunk.find(_is_footnote)
        yield chunk.part(0, other)
        if other is not None:
            left.append(chunk.part(other))
            return


def _note_footnote(reader: Reader, chunks: Sequence[Chunk]) -> None:
    """A footnote and its further paragraphs. The engine reads it apart, after all the rest."""
    found = _FOOTNOTE.match(chunks[0].first)
    assert found is not None
    states, reader.states = reader.states, []
    node = Node("div")
    for n, chunk in enumerate(chunks):
        lines = [line.outdented() for line in chunk]
        if not n:
            lines[0] = chunk[0].without_mark(_FOOTNOTE)
        if n == len(chunks) - 1:
            lines[-1] = lines[-1]._replace(text=lines[-1].text.rstrip())
        inner = reader.read_inside(node, [Chunk(lines)], "footnote")
        reader.note("footnote", chunk, id=found[1], continues=n > 0, inner=inner)
    reader.states = states


def _read_address(reader: Reader, parent: Node, chunk: Chunk, left: list[Chunk]) -> bool:
    """What a link is to lead to ("[name]: https://…"), of which nothing is shown."""
    at = chunk.find(_may_be_address)
    while at is not None:
        count = _lines_of_address(chunk, at)
        if count:
            reader.read(parent, [chunk.part(0, at)])
            end = at + count
            while end < len(chunk) and _lines_of_address(chunk, end) == 1:
                end += 1
            reader.note("address", chunk.part(at, end))
            left.append(chunk.part(end))
            return True
        at = chunk.find(_may_be_address, at + 1)
    return False


def _lines_of_address(chunk: Chunk, at: int) -> int:
    """How many lines the address of a link takes from one line on; 0 where there is none."""
    last = min(len(chunk), at + 4)
    found = _ADDRESS.match("\n".join(chunk[n].text for n in range(at, last)))
    return found[0].count("\n") + 1 if found else 0


def _read_paragraph(reader: Reader, parent: Node, chunk: Chunk, left: list[Chunk]) -> bool:
    """Whatever nothing else has taken; in a list without blank lines it is the item's own text."""
    reader.note("paragraph", chunk)
    if not any(line.text.strip() for line in chunk):
        return True
    if not reader.is_in("list"):
        parent.add("p", True)
    elif parent.last is not None:
        parent.last.has_tail = True
    else:
        parent.has_text = True
    return True


KINDS: Sequence[ReadKind] = (
    read_indented,
    _read_code,
    _read_table,
    _read_heading,
    _read_underlined,
    _read_rule,
    read_list,
    read_definition,
    _read_quote,
    _read_footnote,
    _read_address,
    _read_paragraph,
)
"""The first that takes a chunk is right: "- - -" is a rule, and no list; "a | b" above "--|--" is a
table, and "a" above "--" a heading."""
