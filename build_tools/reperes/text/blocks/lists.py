"""Lists and lists of terms, and what is indented under them."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import replace
from itertools import takewhile

from reperes.text.blocks.block import Block, Kind
from reperes.text.blocks.lines import INDENT, TAB, Chunk, Line
from reperes.text.blocks.reader import EngineState, Node, Reader

_ITEM = re.compile(r" {0,3}(?:\d+\.|([*+-])) +(.*)")
_INNER_ITEM = re.compile(r" {4,7}(?:\d+\.|[*+-]) +.*")
_DEFINITION = re.compile(r" {0,3}: {1,3}(.*)")
_NOT_INDENTED = re.compile(r" {0,3}[^ :]")
_is_definition = _DEFINITION.match

_ITEMS_AND_LISTS = ((("li",), ("ul", "ol")), (("li", "dd"), ("ul", "ol", "dl")))
"""What the engine looks for in turn: an item of a list, then one of a list of terms as well."""


def read_indented(reader: Reader, parent: Node, chunk: Chunk, left: list[Chunk]) -> bool:
    """What is indented under a list goes into one of its items."""
    if not chunk.first.startswith(INDENT) or reader.is_in("detabbed"):
        return False
    for items, lists in _ITEMS_AND_LISTS:
        if parent.tag in items or (parent.last is not None and parent.last.tag in lists):
            _read_into_item(reader, parent, chunk, items, lists)
            return True
    return False


def _read_into_item(
    reader: Reader, parent: Node, chunk: Chunk, items: Sequence[str], lists: Sequence[str]
) -> None:
    """Find the item that is as deep as the chunk is indented, or the last one on the way there."""
    indent = (len(chunk.first) - len(chunk.first.lstrip(" "))) // TAB
    level, node = int(reader.is_in("list")), parent
    while level < indent and node.last is not None and node.last.tag in (*items, *lists):
        node = node.last
        level += node.tag in lists
    lines = Chunk([line.outdented(level) for line in chunk])
    if parent.tag in items:
        last = parent.last
        node = last if last is not None and last.tag in lists else parent
    elif node.tag not in items:
        if node.last is not None and node.last.tag in items:
            node = node.last
            node.wrap_text()
        else:
            node = node.add("dd" if "dd" in items else "li")
    inner = reader.read_inside(node, [lines], "detabbed")
    if parent is reader.root:
        in_list = parent.last is not None and parent.last.tag in ("ul", "ol")
        kind: Kind = "list" if in_list else "definitions"
        reader.note(kind, chunk, continues=True, inner=inner)
    else:
        reader.found += inner


def read_list(reader: Reader, parent: Node, chunk: Chunk, left: list[Chunk]) -> bool:
    """ "- one", "* one", "1. one"; a list behind another one is more of it, whatever its marks."""
    found = _ITEM.match(chunk.first)
    if found is None:
        return False
    inner: list[Block] = []
    node, last = parent, parent.last
    state: EngineState = "list"
    if last is not None and last.tag in ("ul", "ol"):
        node, state = last, "looselist"
        if node.last is not None:
            node.last.wrap_text()
            node.last.wrap_tail()
    elif parent.tag not in ("ul", "ol"):
        node = parent.add("ul" if found[1] else "ol")
    items = _items(chunk)
    for item in items:
        is_deeper = item.first.startswith(INDENT) and node.last is not None
        into = node.last if is_deeper and node.last is not None else node.add("li")
        inner += reader.read_inside(into, [item], state)
        state = "list"
    reader.note(
        "list",
        chunk,
        items=sum(not item.first.startswith(INDENT) for item in items),
        ordered=found[1] is None,
        continues=node is last or node is parent,
        inner=tuple(inner),
    )
    return True


def _items(chunk: Chunk) -> list[Chunk]:
    """The items of a list, without their marks; what is indented below one is an item of its own.

    The engine hands the latter to the item before it.
    """
    items: list[list[Line]] = []
    for line in chunk:
        if _ITEM.match(line.text):
            items.append([line.without_mark(_ITEM)])
        elif _INNER_ITEM.match(line.text) and not items[-1][0].text.startswith(INDENT):
            items.append([line])
        else:
            items[-1].append(line)
    return [Chunk(item) for item in items]


def read_definition(reader: Reader, parent: Node, chunk: Chunk, left: list[Chunk]) -> bool:
    """ ": what it is", under the term; the paragraph before is the term where a blank line parts
    them."""
    at = chunk.find(_is_definition)
    if at is None:
        return False
    before = parent.last
    has_terms = any(line.text.strip() for line in chunk.part(0, at))
    if not has_terms and before is None:
        return False
    rest = chunk.part(at + 1)
    own = [chunk[at].without_mark(_DEFINITION)]
    if len(rest) and _NOT_INDENTED.match(rest.first):
        own += rest
    else:
        own += (line.outdented() for line in takewhile(lambda line: line.is_indented, rest))
    state: EngineState = "list"
    continues = False
    if not has_terms and before is not None and before.tag == "p":
        parent.children.pop()
        before, has_terms, state = parent.last, True, "looselist"
        # The paragraph that was noted last turns out to be the term.
        if reader.found and reader.found[-1].kind == "paragraph":
            follows = before is not None and before.tag == "dl"
            term = replace(reader.found[-1], kind="definitions", continues=follows)
            reader.found[-1], continues = term, True
    if before is not None and before.tag == "dl":
        node, continues = before, True
        if not has_terms and node.last is not None and node.last.children:
            state = "looselist"
    else:
        node = parent.add("dl")
    if has_terms:
        node.add("dt", True)
    inner = reader.read_inside(node.add("dd"), [Chunk(own)], state)
    taken = at + len(own)
    reader.note("definitions", chunk.part(0, taken), continues=continues, inner=inner)
    left.append(chunk.part(taken))
    return True
