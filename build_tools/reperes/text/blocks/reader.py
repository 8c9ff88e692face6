"""Walking through a body as the engine does, and noting what it makes of it."""

from __future__ import annotations

from bisect import bisect_right
from collections.abc import Callable, Iterable, Iterator, Sequence
from typing import Any, Literal

from reperes.text.blocks.block import Block, Kind
from reperes.text.blocks.lines import (
    RUN_OF_LINES,
    TAB,
    Chunk,
    Line,
    may_be_more_than_a_paragraph,
)
from reperes.text.code_spans import fence_spans
from reperes.text.problems import Text

DEEPEST = 8
"""How many blocks may stand inside one another before the reader stops looking for more.

A rule refuses what stands deeper. (`documents.MAX_LEVELS` is about what was typed: it keeps the
engine from a line with hundreds of levels in a section that is shown in spite of its errors.)
"""

EngineState = Literal["list", "looselist", "detabbed", "blockquote", "footnote"]
"""What the engine is inside of; a block may mean something else in one."""


class Node:
    """An element as the engine has it so far: what decides where the next block goes."""

    __slots__ = ("children", "has_tail", "has_text", "tag")

    def __init__(self, tag: str, has_text: bool = False) -> None:
        self.tag, self.has_text, self.has_tail = tag, has_text, False
        self.children: list[Node] = []

    @property
    def last(self) -> Node | None:
        return self.children[-1] if self.children else None

    def add(self, tag: str, has_text: bool = False) -> Node:
        node = Node(tag, has_text)
        self.children.append(node)
        return node

    def wrap_text(self) -> None:
        """Make a paragraph of an item's own text."""
        if self.has_text:
            self.has_text = False
            self.children.insert(0, Node("p", True))

    def wrap_tail(self) -> None:
        """Make a paragraph of the text after an item's last block."""
        if self.last is not None and self.last.has_tail:
            self.last.has_tail = False
            self.add("p", True)


class Reader:
    """Walks through a body as the engine does, and notes the blocks that it makes.

    The engine asks each kind of block in turn (`kinds`) whether a chunk of lines is such a one.
    """

    def __init__(self, body: Text, kinds: Sequence[ReadKind]) -> None:
        self.body, self.kinds = body, kinds
        self.typed = body.split("\n")
        self.starts = body.line_starts
        self.root = Node("div")
        self.found: list[Block] = []
        self.states: list[EngineState] = []
        self.depth = 0

    def blocks(self) -> list[Block]:
        """The blocks of the body."""
        self.read(self.root, self._body_chunks())
        return self.found

    def read(self, parent: Node, chunks: Iterable[Chunk]) -> None:
        """What the engine makes of chunks inside an element."""
        left = [*chunks][::-1]
        while left:
            chunk = left.pop()
            if chunk.plain is not None:
                parent.add("p", True)
                self._note_span("paragraph", *chunk.plain)
                continue
            if chunk.start < chunk.stop and not chunk.first:
                chunk = chunk.part(1)
            if chunk.start == chunk.stop:
                continue
            if chunk.is_fence:
                parent.add("p", True)
                self.note("code", chunk)
            else:
                kinds = self.kinds[-1:] if chunk.is_one_plain_line else self.kinds
                next(kind for kind in kinds if kind(self, parent, chunk, left))

    def read_inside(
        self, node: Node, chunks: Sequence[Chunk], state: EngineState
    ) -> tuple[Block, ...]:
        """The blocks of an element that holds blocks."""
        outer, self.found = self.found, []
        self.states.append(state)
        self.depth += 1
        if self.depth < DEEPEST:
            self.read(node, chunks)
        else:
            for chunk in chunks:
                self.note("paragraph", chunk)
        self.depth -= 1
        self.states.pop()
        found, self.found = self.found, outer
        return tuple(found)

    def is_in(self, state: EngineState) -> bool:
        """Whether the innermost element that is being read is such a one."""
        return bool(self.states) and self.states[-1] == state

    def note(self, kind: Kind, lines: Chunk | Sequence[Line], **details: Any) -> None:
        """Add a block that stands in some lines, as they were typed."""
        start = self.offset(lines[0])
        last = lines[len(lines) - 1]
        self._note_span(kind, start, max(start, self.end_of(last)), **details)

    def _note_span(self, kind: Kind, start: int, end: int, **details: Any) -> None:
        text = self.body.part(start, end)
        name = "" if self.depth else str(len(self.found) + 1)
        self.found.append(Block(name, text, kind, start=start, **details))

    def offset(self, line: Line) -> int:
        """Where a line begins in the body, without what its containers put before it."""
        typed = self.typed[line.number]
        offset = min(line.column, len(typed))
        if "\t" in typed:
            while offset and len(typed[:offset].expandtabs(TAB)) > line.column:
                offset -= 1
        return self.starts[line.number] + offset

    def end_of(self, line: Line) -> int:
        """Where a line ends in the body."""
        return self.starts[line.number] + len(self.typed[line.number])

    def _body_chunks(self) -> Iterator[Chunk]:
        """Fenced code, which the engine takes out before all else, and the runs between."""
        position = 0
        for start, end in fence_spans(self.body):
            yield from self._chunks_between(position, start)
            yield Chunk(self._lines(start, end), is_fence=True)
            position = end
        yield from self._chunks_between(position, len(self.body))

    def _chunks_between(self, position: int, stop: int) -> Iterator[Chunk]:
        for match in RUN_OF_LINES.finditer(self.body, position, stop):
            start, end = match.span()
            if may_be_more_than_a_paragraph(self.body, start, end):
                apart = self.body.count("\n", position, start) > 1
                yield Chunk(self._lines(start, end), apart)
            else:
                yield Chunk((), plain=(start, end - (self.body[end - 1] == "\n")))
            position = end

    def _lines(self, start: int, end: int) -> list[Line]:
        first = bisect_right(self.starts, start) - 1
        typed = self.body[start:end].removesuffix("\n").split("\n")
        return [Line(line.expandtabs(TAB), first + n) for n, line in enumerate(typed)]


ReadKind = Callable[[Reader, Node, Chunk, list[Chunk]], bool]
"""Reads one kind of block: whether the chunk, which stands in the node, is such a one.

It puts back on the list, of the chunks to come with the next one last, what it does not take.
"""
