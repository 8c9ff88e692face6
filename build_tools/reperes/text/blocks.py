"""A section's Markdown as the engine divides it: headings, paragraphs, lists, tables, notes, code.

Every block that blank lines separate is walked through as Python-Markdown does it, with the
extensions of mkdocs.yml, in the same order of precedence; what is bound to surprise is here because
the engine does it. `tests/test_blocks.py` holds the two against one another. Spans inside a line
(emphasis, links, inline code) are none of a block's business, and neither does raw HTML occur: a
rule refuses it.
"""

from __future__ import annotations

import re
from bisect import bisect_right
from collections import defaultdict
from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import dataclass, field, replace
from itertools import accumulate, takewhile
from typing import Any, Literal, NamedTuple

from reperes.text.code_spans import Span, blanked, code_spans, fence_spans
from reperes.text.problems import Text

Kind = Literal[
    "title",
    "summary",
    "heading",
    "paragraph",
    "list",
    "definitions",
    "table",
    "quote",
    "code",
    "footnote",
    "address",
    "rule",
]
"""What a block is; "definitions" is a list of terms (": …"), "address" a link's ("[a]: …")."""

DEEPEST = 8
"""How many blocks may stand inside one another before the reader stops looking for more."""

_TAB = 4
_INDENT = " " * _TAB
_RUN_OF_LINES = re.compile(r"(?m)(?:^[ \t]*[^ \t\n][^\n]*(?:\n|\Z))+")
_MAY_BE_MORE = re.compile(
    r"(?m)^[ \t]*(?:[#>=:-]|[*+][ \t*]|_[ _]|\d+\.[ \t]|\[\^[^\]\n]*\]:|\[[^\[\]]*\]:)"
    r"|^ {4}|^ {0,3}\t|\|"
)
_UNDERLINE = re.compile(r"(=+|-+) *")
_RULE = re.compile(r" {0,3}(?:(?:- {0,2}){3,}|(?:_ {0,2}){3,}|(?:\* {0,2}){3,}) *")
_ITEM = re.compile(r" {0,3}(?:\d+\.|([*+-])) +(.*)")
_INNER_ITEM = re.compile(r" {4,7}(?:\d+\.|[*+-]) +.*")
_DEFINITION = re.compile(r" {0,3}: {1,3}(.*)")
_NOT_INDENTED = re.compile(r" {0,3}[^ :]")
_QUOTE = re.compile(r" {0,3}> ?(.*)")
_FOOTNOTE = re.compile(r" {0,3}\[\^([^\]\n]*)\]: *(.*)")
_ADDRESS = re.compile(
    r" {0,3}\[[^\[\]]*\]: *(?:\n *)?[^\s]+ *(?:\n *)?(?:([\"']).*\1 *|\(.*\) *)?$", re.MULTILINE
)
_ADDRESS_START = re.compile(r" {0,3}\[")
_ATTRIBUTES = re.compile(r"(?<= )\{(?!\{):? *(?=[^} ])")
_ID = re.compile(r"\{#[^{}\s]+\}$")
_CELL_PARTS = re.compile(r"\\\\|(\\`+)|(`+)|\\\||(\|)")
_ENDS_WITH_EDGE = re.compile(r"(?<!\\)(?:\\\\)*\|$")


@dataclass(frozen=True, slots=True)
class Block:
    """A piece of a section that is translated and grows old as one.

    `name` is "title", "summary", or the number of the block in the body, counted from 1; a block
    inside another has none. `level` is a heading's, `id` its own ("{#id}") or the label of a
    footnote, and `id_span` where in `text` stands what looks like a heading's id, braces included.
    `rows` of a table are counted without its head. `items` are those of a list's first level.
    `continues` says that the engine adds the block to what stands before it: another item of a
    list, a further paragraph of a list or of a footnote. `inner` are the blocks inside lists,
    quotes and footnotes. `start` is where in the body it begins.
    """

    name: str
    text: Text
    kind: Kind = "paragraph"
    level: int = 0
    id: str = ""
    id_span: Span | None = None
    columns: int = 0
    rows: int = 0
    items: int = 0
    ordered: bool = False
    underlined: bool = False
    continues: bool = False
    inner: tuple[Block, ...] = ()
    start: int = field(default=0, compare=False)

    @property
    def is_fenced(self) -> bool:
        """Whether it is code between lines of backticks or tildes."""
        return self.kind == "code" and self.text.startswith(("```", "~~~"))

    @property
    def words(self) -> str:
        """What a heading says, without its marks and its id."""
        end = self.id_span[0] if self.id_span else None
        line = self.text[self.level * (not self.underlined) : end].split("\n", 1)[0]
        return line.strip().rstrip("#").rstrip()


def read_blocks(body: Text) -> list[Block]:
    """The blocks of a section's body, in order.

    A block is what blank lines separate, parted where the engine begins something else without
    one: before and after a heading, a rule or fenced code, before a quotation or a footnote.
    """
    return [*body.kept(_blocks)]


def _blocks(body: Text) -> tuple[Block, ...]:
    # Most texts that are read alone, of baselines above all, are one paragraph.
    run = _RUN_OF_LINES.match(body)
    may_be_more = "```" in body or "~~~" in body or _MAY_BE_MORE.search(body)
    if run is not None and run.end() == len(body) and not may_be_more:
        text = Text(body.removesuffix("\n"), body.place, body.exact)
        return (Block("1", text),)
    return tuple(_Reader(body).blocks())


def all_blocks(blocks: Iterable[Block]) -> Iterator[Block]:
    """`blocks` in the order of the text, each followed by those inside it."""
    for block in blocks:
        yield block
        yield from all_blocks(block.inner)


# Lines


class _Line(NamedTuple):
    """A line of a block, without what its container puts before it.

    `text` has spaces for its tabs. `column` is where it begins in the whole line, tabs so expanded.
    """

    text: str
    number: int
    column: int = 0

    def without(self, count: int) -> _Line:
        """The line without its first characters."""
        return _Line(self.text[count:], self.number, self.column + count)

    def outdented(self, level: int = 1) -> _Line:
        """The line one level or more to the left, where it is indented so far."""
        indent = _INDENT * level
        return self.without(len(indent)) if self.text.startswith(indent) else self


class _Chunk:
    """Lines between two blank ones, of which the engine has not made something yet.

    `apart` says that more than one blank line stands before. `lacks` are the patterns known to
    match none of the lines, lest they are looked for again after every line that was taken. A
    chunk of the body that can be no more than a paragraph has no lines; `plain` is where it stands.
    """

    __slots__ = ("apart", "is_fence", "lacks", "lines", "plain", "start", "stop")

    def __init__(
        self,
        lines: Sequence[_Line],
        apart: bool = False,
        is_fence: bool = False,
        plain: Span | None = None,
    ) -> None:
        self.lines, self.apart, self.is_fence, self.plain = lines, apart, is_fence, plain
        self.start, self.stop = 0, len(lines)
        self.lacks: frozenset[object] = frozenset()

    def __len__(self) -> int:
        return self.stop - self.start

    def __iter__(self) -> Iterator[_Line]:
        return (self.lines[n] for n in range(self.start, self.stop))

    def __getitem__(self, n: int) -> _Line:
        return self.lines[self.start + n]

    @property
    def first(self) -> str:
        return self.lines[self.start].text

    def part(self, start: int, stop: int | None = None) -> _Chunk:
        """Some of the lines, by their position in this chunk."""
        part = _Chunk(self.lines)
        part.start = self.start + start
        part.stop = self.stop if stop is None else self.start + stop
        part.lacks = self.lacks
        return part

    def find(self, is_wanted: Callable[[str], object], start: int = 0) -> int | None:
        """The position of the first line that is wanted."""
        if is_wanted in self.lacks:
            return None
        for n in range(self.start + start, self.stop):
            if is_wanted(self.lines[n].text):
                return n - self.start
        if not start:
            self.lacks |= {is_wanted}
        return None


def _chunks(lines: Iterable[_Line]) -> list[_Chunk]:
    """Lines parted at blank ones."""
    chunks: list[_Chunk] = []
    run: list[_Line] = []
    blank = 0
    for line in lines:
        if line.text:
            run.append(line)
            continue
        if run:
            chunks.append(_Chunk(run, apart=blank > 1))
            run, blank = [], 0
        blank += 1
    if run:
        chunks.append(_Chunk(run, apart=blank > 1))
    return chunks


# Single lines


def _heading_level(line: str) -> int:
    """The level of a heading ("##Title" has two), or 0 for a line that is none."""
    if not line.startswith("#") or _ends_with_backslash(line):
        return 0
    return min(6, len(line) - len(line.lstrip("#")))


def _ends_with_backslash(line: str) -> bool:
    """Whether the line ends with a backslash that is not itself escaped."""
    return (len(line) - len(line.rstrip("\\"))) % 2 == 1


def _heading_words(line: str, level: int) -> str:
    words = line[level:]
    bare = words.rstrip("#")
    if len(bare) < len(words) and _ends_with_backslash(bare):
        bare += "#"
    return bare.strip()


def _heading_id(words: str) -> tuple[str, str]:
    """The id written after a heading's words, and what at their end looks like it.

    "Words{#id}" has none for the engine, which wants a space before the brace.
    """
    shown = blanked(words, code_spans(words, 0, len(words))) if "`" in words else words
    named = ""
    opening = _ATTRIBUTES.search(shown) if shown.endswith("}") else None
    if opening is not None and "}" not in shown[opening.end() : -1]:
        for attribute in shown[opening.end() : -1].split():
            if attribute.startswith("#"):
                named = attribute[1:]
            elif attribute.startswith("id="):
                named = attribute[3:].strip("\"'")
    looking_alike = _ID.search(shown, max(0, shown.rfind("{")))
    return named, looking_alike[0] if looking_alike else ""


def table_cells(table: Block) -> Iterator[Span]:
    """Where the cells of a table stand in the body, row by row."""
    start = table.start
    rows = table.text.split("\n")
    bordered = _has_edge(rows[0].strip(" "))
    for row in rows:
        for cell_start, cell_end in _cells(row, bordered):
            yield start + cell_start, start + cell_end
        start += len(row) + 1


def _cells(row: str, bordered: bool) -> list[Span]:
    """The cells of a row of a table. What is in inline code parts none."""
    start, end = len(row) - len(row.lstrip(" ")), len(row.rstrip(" "))
    if bordered:
        start += row.startswith("|", start)
        end -= _ENDS_WITH_EDGE.search(row, start, end) is not None
    edges = []
    runs: list[_Run] = []
    for match in _CELL_PARTS.finditer(row, start, end):
        if match[1] or match[2]:
            runs.append(_Run(match.start(), match.end(), bool(match[1])))
        elif match[3]:
            edges.append(match.start())
    cells = []
    code = _code_in_row(runs)
    hidden = next(code, None)
    for edge in edges:
        while hidden is not None and hidden[1] <= edge:
            hidden = next(code, None)
        if hidden is None or edge < hidden[0]:
            cells.append((start, edge))
            start = edge + 1
    return [*cells, (start, end)]


class _Run(NamedTuple):
    """A run of backticks; where it is escaped, with the backslash before it."""

    start: int
    end: int
    escaped: bool


def _code_in_row(runs: Sequence[_Run]) -> Iterator[Span]:
    """What the engine takes for code where it looks for the edges of cells."""
    standing: dict[int, list[int]] = defaultdict(list)
    for n, run in enumerate(runs):
        standing[run.end - run.start - run.escaped].append(n)
    n = 0
    while n < len(runs):
        # An escaped run may close as it is, and opens with one backtick less.
        length = runs[n].end - runs[n].start - 2 * runs[n].escaped
        ends = standing.get(length, [])
        after = bisect_right(ends, n)
        if length and after < len(ends):
            yield runs[n].start, runs[ends[after]].end
            n = ends[after]
        n += 1


def _has_edge(row: str) -> bool:
    return row.startswith("|") or _ENDS_WITH_EDGE.search(row) is not None


def _table_columns(chunk: _Chunk) -> int:
    """The columns of the table that a chunk is, or 0 where it is none."""
    if len(chunk) < 2:
        return 0
    head, line = chunk[0].text.strip(" "), chunk[1].text.strip(" ")
    if not set(line) <= set("|:- "):
        return 0
    bordered = _has_edge(head)
    columns = len(_cells(head, bordered))
    if columns != len(_cells(line, bordered)):
        return 0
    if columns == 1:
        rows = (chunk[n].text.strip(" ") for n in range(1, len(chunk)))
        return int(bordered and all(map(_has_edge, rows)))
    return columns


# What the engine makes


class _Node:
    """An element as the engine has it so far: what decides where the next block goes."""

    __slots__ = ("children", "has_tail", "has_text", "tag")

    def __init__(self, tag: str, has_text: bool = False) -> None:
        self.tag, self.has_text, self.has_tail = tag, has_text, False
        self.children: list[_Node] = []

    @property
    def last(self) -> _Node | None:
        return self.children[-1] if self.children else None

    def add(self, tag: str, has_text: bool = False) -> _Node:
        node = _Node(tag, has_text)
        self.children.append(node)
        return node

    def wrap_text(self) -> None:
        """Make a paragraph of an item's own text."""
        if self.has_text:
            self.has_text = False
            self.children.insert(0, _Node("p", True))

    def wrap_tail(self) -> None:
        """Make a paragraph of the text after an item's last block."""
        if self.last is not None and self.last.has_tail:
            self.last.has_tail = False
            self.add("p", True)


_State = Literal["list", "looselist", "detabbed", "blockquote", "footnote"]
"""What the engine is inside of; a block may mean something else in one."""


class _Reader:
    """Walks through a body as the engine does, and notes what it makes of it.

    A reader of one kind of block returns whether the chunk is such a one; it puts back on `left`
    (the chunks to come, the next one last) what it does not take.
    """

    def __init__(self, body: Text) -> None:
        self.body = body
        self.typed = body.split("\n")
        self.starts = [0, *accumulate(len(line) + 1 for line in self.typed)]
        self.root = _Node("div")
        self.found: list[Block] = []
        self.states: list[_State] = []
        self.depth = 0
        self.readers = (
            self._read_indented,
            self._read_code,
            self._read_table,
            self._read_heading,
            self._read_underlined,
            self._read_rule,
            self._read_list,
            self._read_definition,
            self._read_quote,
            self._read_footnote,
            self._read_address,
            self._read_paragraph,
        )

    def blocks(self) -> list[Block]:
        """The blocks of the body."""
        self._read(self.root, self._body_chunks())
        return self.found

    def _body_chunks(self) -> Iterator[_Chunk]:
        position = 0
        for start, end in fence_spans(self.body):
            yield from self._chunks_between(position, start)
            yield _Chunk(self._lines(start, end), is_fence=True)
            position = end
        yield from self._chunks_between(position, len(self.body))

    def _chunks_between(self, position: int, stop: int) -> Iterator[_Chunk]:
        for match in _RUN_OF_LINES.finditer(self.body, position, stop):
            start, end = match.span()
            if _MAY_BE_MORE.search(self.body, start, end):
                apart = self.body.count("\n", position, start) > 1
                yield _Chunk(self._lines(start, end), apart)
            else:
                yield _Chunk((), plain=(start, end - match[0].endswith("\n")))
            position = end

    def _lines(self, start: int, end: int) -> list[_Line]:
        first = bisect_right(self.starts, start) - 1
        typed = self.body[start:end].removesuffix("\n").split("\n")
        return [_Line(line.expandtabs(_TAB), first + n) for n, line in enumerate(typed)]

    def _read(self, parent: _Node, chunks: Iterable[_Chunk]) -> None:
        """What the engine makes of chunks inside an element."""
        left = [*chunks][::-1]
        while left:
            chunk = left.pop()
            if chunk.plain is not None:
                parent.add("p", True)
                self._note_span("paragraph", *chunk.plain)
                continue
            if len(chunk) and not chunk.first:
                chunk = chunk.part(1)
            if not len(chunk):
                continue
            if chunk.is_fence:
                parent.add("p", True)
                self._note("code", chunk)
            else:
                next(read for read in self.readers if read(parent, chunk, left))

    def _read_inside(
        self, node: _Node, chunks: Sequence[_Chunk], state: _State
    ) -> tuple[Block, ...]:
        """The blocks of an element that holds blocks."""
        outer, self.found = self.found, []
        self.states.append(state)
        self.depth += 1
        if self.depth < DEEPEST:
            self._read(node, chunks)
        else:
            for chunk in chunks:
                self._note("paragraph", chunk)
        self.depth -= 1
        self.states.pop()
        found, self.found = self.found, outer
        return tuple(found)

    def _is_in(self, state: _State) -> bool:
        return bool(self.states) and self.states[-1] == state

    def _note(self, kind: Kind, lines: _Chunk | Sequence[_Line], **details: Any) -> None:
        start = self._offset(lines[0])
        last = lines[len(lines) - 1]
        end = max(start, self.starts[last.number] + len(self.typed[last.number]))
        self._note_span(kind, start, end, **details)

    def _note_span(self, kind: Kind, start: int, end: int, **details: Any) -> None:
        text = Text(self.body[start:end], self.body.at(start), self.body.exact)
        name = "" if self.depth else str(len(self.found) + 1)
        self.found.append(Block(name, text, kind, start=start, **details))

    def _offset(self, line: _Line) -> int:
        """Where a line begins in the body."""
        typed = self.typed[line.number]
        offset = min(line.column, len(typed))
        if "\t" in typed:
            while offset and len(typed[:offset].expandtabs(_TAB)) > line.column:
                offset -= 1
        return self.starts[line.number] + offset

    def _read_indented(self, parent: _Node, chunk: _Chunk, left: list[_Chunk]) -> bool:
        """What is indented under a list goes into one of its items."""
        if not chunk.first.startswith(_INDENT) or self._is_in("detabbed"):
            return False
        for items, lists in ((("li",), ("ul", "ol")), (("li", "dd"), ("ul", "ol", "dl"))):
            last = parent.last
            if parent.tag in items or (last is not None and last.tag in lists):
                self._read_into_item(parent, chunk, items, lists)
                return True
        return False

    def _read_into_item(
        self, parent: _Node, chunk: _Chunk, items: Sequence[str], lists: Sequence[str]
    ) -> None:
        indent = (len(chunk.first) - len(chunk.first.lstrip(" "))) // _TAB
        level, node = int(self._is_in("list")), parent
        while level < indent and node.last is not None and node.last.tag in (*items, *lists):
            node = node.last
            level += node.tag in lists
        lines = _Chunk([line.outdented(level) for line in chunk])
        if parent.tag in items:
            last = parent.last
            node = last if last is not None and last.tag in lists else parent
        elif node.tag not in items:
            if node.last is not None and node.last.tag in items:
                node = node.last
                node.wrap_text()
            else:
                node = node.add("dd" if "dd" in items else "li")
        inner = self._read_inside(node, [lines], "detabbed")
        if parent is self.root:
            in_list = parent.last is not None and parent.last.tag in ("ul", "ol")
            kind: Kind = "list" if in_list else "definitions"
            self._note(kind, chunk, continues=True, inner=inner)
        else:
            self.found += inner

    def _read_code(self, parent: _Node, chunk: _Chunk, left: list[_Chunk]) -> bool:
        if not chunk.first.startswith(_INDENT):
            return False
        count = next(
            (n for n, line in enumerate(chunk) if line.text and not line.text.startswith(_INDENT)),
            len(chunk),
        )
        continues = parent.last is not None and parent.last.tag == "pre"
        if not continues:
            parent.add("pre")
        self._note("code", chunk.part(0, count), continues=continues)
        left.append(chunk.part(count))
        return True

    def _read_table(self, parent: _Node, chunk: _Chunk, left: list[_Chunk]) -> bool:
        columns = _table_columns(chunk)
        if columns:
            parent.add("table")
            self._note("table", chunk, columns=columns, rows=len(chunk) - 2)
        return bool(columns)

    def _read_heading(self, parent: _Node, chunk: _Chunk, left: list[_Chunk]) -> bool:
        at = chunk.find(_heading_level)
        if at is None:
            return False
        self._read(parent, [chunk.part(0, at)])
        line = chunk[at]
        level = _heading_level(line.text)
        self._note_heading(line, line, _heading_words(line.text, level), level)
        parent.add("h")
        rest = chunk.part(at + 1)
        if self._is_in("looselist"):
            rest = _Chunk([line.outdented() for line in rest])
        left.append(rest)
        return True

    def _read_underlined(self, parent: _Node, chunk: _Chunk, left: list[_Chunk]) -> bool:
        if len(chunk) < 2 or not _UNDERLINE.fullmatch(chunk[1].text):
            return False
        level = 1 if chunk[1].text.startswith("=") else 2
        self._note_heading(chunk[0], chunk[1], chunk[0].text.strip(), level, underlined=True)
        parent.add("h")
        left.append(chunk.part(2))
        return True

    def _note_heading(
        self, first: _Line, last: _Line, words: str, level: int, underlined: bool = False
    ) -> None:
        named, typed = _heading_id(words)
        span = None
        if typed:
            begin = self._offset(first)
            at = self.body.rindex(
                typed, begin, self.starts[first.number] + len(self.typed[first.number])
            )
            span = (at - begin, at - begin + len(typed))
        details = {"level": level, "id": named, "id_span": span, "underlined": underlined}
        self._note("heading", (first, last), **details)

    def _read_rule(self, parent: _Node, chunk: _Chunk, left: list[_Chunk]) -> bool:
        at = chunk.find(_is_rule)
        if at is None:
            return False
        self._read(parent, [chunk.part(0, at)])
        parent.add("hr")
        self._note("rule", chunk.part(at, at + 1))
        left.append(chunk.part(at + 1))
        return True

    def _read_list(self, parent: _Node, chunk: _Chunk, left: list[_Chunk]) -> bool:
        found = _ITEM.match(chunk.first)
        if found is None:
            return False
        ordered = found[1] is None
        items = _items(chunk)
        inner: list[Block] = []
        node, last = parent, parent.last
        state: _State = "list"
        if last is not None and last.tag in ("ul", "ol"):
            node, state = last, "looselist"
            if node.last is not None:
                node.last.wrap_text()
                node.last.wrap_tail()
        elif parent.tag not in ("ul", "ol"):
            node = parent.add("ol" if ordered else "ul")
        for item in items:
            is_deeper = item.first.startswith(_INDENT) and node.last is not None
            into = node.last if is_deeper and node.last is not None else node.add("li")
            inner += self._read_inside(into, [item], state)
            state = "list"
        count = sum(1 for item in items if not item.first.startswith(_INDENT))
        continues = node is last or node is parent
        details = {"items": count, "ordered": ordered, "continues": continues}
        self._note("list", chunk, inner=tuple(inner), **details)
        return True

    def _read_definition(self, parent: _Node, chunk: _Chunk, left: list[_Chunk]) -> bool:
        at = chunk.find(_is_definition)
        if at is None:
            return False
        before = parent.last
        has_terms = any(line.text.strip() for line in chunk.part(0, at))
        if not has_terms and before is None:
            return False
        rest = chunk.part(at + 1)
        own = [_without_mark(chunk[at], _DEFINITION)]
        if len(rest) and _NOT_INDENTED.match(rest.first):
            own += rest
        else:
            own += (line.outdented() for line in takewhile(_is_indented, rest))
        state: _State = "list"
        continues = False
        if not has_terms and before is not None and before.tag == "p":
            parent.children.pop()
            before, has_terms, state = parent.last, True, "looselist"
            continues = self._note_terms(before)
        if before is not None and before.tag == "dl":
            node, continues = before, True
            if not has_terms and node.last is not None and node.last.children:
                state = "looselist"
        else:
            node = parent.add("dl")
        if has_terms:
            node.add("dt", True)
        inner = self._read_inside(node.add("dd"), [_Chunk(own)], state)
        taken = at + len(own)
        self._note("definitions", chunk.part(0, taken), continues=continues, inner=inner)
        left.append(chunk.part(taken))
        return True

    def _note_terms(self, before: _Node | None) -> bool:
        """Whether the paragraph just noted turns out to be what a definition defines."""
        if not self.found or self.found[-1].kind != "paragraph":
            return False
        follows = before is not None and before.tag == "dl"
        self.found[-1] = replace(self.found[-1], kind="definitions", continues=follows)
        return True

    def _read_quote(self, parent: _Node, chunk: _Chunk, left: list[_Chunk]) -> bool:
        at = chunk.find(_is_quote)
        if at is None:
            return False
        self._read(parent, [chunk.part(0, at)])
        quote = chunk.part(at)
        continues = parent.last is not None and parent.last.tag == "blockquote"
        node = parent.last if continues and parent.last is not None else parent.add("blockquote")
        inner = self._read_inside(node, _chunks(map(_unquoted, quote)), "blockquote")
        self._note("quote", quote, continues=continues, inner=inner)
        return True

    def _read_footnote(self, parent: _Node, chunk: _Chunk, left: list[_Chunk]) -> bool:
        at = chunk.find(_is_footnote)
        if at is None:
            return False
        self._read(parent, [chunk.part(0, at)])
        while at + 1 < len(chunk) and _is_footnote(chunk[at + 1].text):
            self._note_footnote([chunk.part(at, at + 1)])
            at += 1
        note = chunk.part(at)
        other = note.find(_is_footnote, 1)
        if other is not None:
            self._note_footnote([note.part(0, other)])
            left.append(note.part(other))
        else:
            self._note_footnote([note, *_indented_chunks(left)])
        return True

    def _note_footnote(self, chunks: Sequence[_Chunk]) -> None:
        """A footnote and its further paragraphs. The engine reads it apart, after all the rest."""
        found = _FOOTNOTE.match(chunks[0].first)
        assert found is not None
        states, self.states = self.states, []
        node = _Node("div")
        for n, chunk in enumerate(chunks):
            lines = [line.outdented() for line in chunk]
            if not n:
                lines[0] = _without_mark(chunk[0], _FOOTNOTE)
            if n == len(chunks) - 1:
                lines[-1] = lines[-1]._replace(text=lines[-1].text.rstrip())
            inner = self._read_inside(node, [_Chunk(lines)], "footnote")
            self._note("footnote", chunk, id=found[1], continues=n > 0, inner=inner)
        self.states = states

    def _read_address(self, parent: _Node, chunk: _Chunk, left: list[_Chunk]) -> bool:
        """What a link is to lead to ("[name]: https://…"), of which nothing is shown."""
        at = chunk.find(_may_be_address)
        while at is not None:
            count = _lines_of_address(chunk, at)
            if count:
                self._read(parent, [chunk.part(0, at)])
                end = at + count
                while end < len(chunk) and _lines_of_address(chunk, end) == 1:
                    end += 1
                self._note("address", chunk.part(at, end))
                left.append(chunk.part(end))
                return True
            at = chunk.find(_may_be_address, at + 1)
        return False

    def _read_paragraph(self, parent: _Node, chunk: _Chunk, left: list[_Chunk]) -> bool:
        self._note("paragraph", chunk)
        if not any(line.text.strip() for line in chunk):
            return True
        if not self._is_in("list"):
            parent.add("p", True)
        elif parent.last is not None:
            parent.last.has_tail = True
        else:
            parent.has_text = True
        return True


_is_rule = _RULE.fullmatch
_is_definition = _DEFINITION.match
_is_quote = _QUOTE.match
_is_footnote = _FOOTNOTE.match
_may_be_address = _ADDRESS_START.match


def _is_indented(line: _Line) -> bool:
    return not line.text or line.text.startswith(_INDENT)


def _items(chunk: _Chunk) -> list[_Chunk]:
    """The items of a list, without their marks; what is indented below one is an item of its own.

    The engine hands the latter to the item before it.
    """
    items: list[list[_Line]] = []
    for line in chunk:
        if _ITEM.match(line.text):
            items.append([_without_mark(line, _ITEM)])
        elif _INNER_ITEM.match(line.text) and not items[-1][0].text.startswith(_INDENT):
            items.append([line])
        else:
            items[-1].append(line)
    return [_Chunk(item) for item in items]


def _without_mark(line: _Line, mark: re.Pattern[str]) -> _Line:
    """A line without what makes it an item, a quotation or a note: its last group is the rest."""
    found = mark.match(line.text)
    return line if found is None else line.without(found.start(mark.groups))


def _unquoted(line: _Line) -> _Line:
    if line.text.strip() == ">":
        return line.without(len(line.text))
    return _without_mark(line, _QUOTE)


def _indented_chunks(left: list[_Chunk]) -> Iterator[_Chunk]:
    """What is indented under a footnote, up to the next one, taken off the chunks to come."""
    while left and len(left[-1]) and left[-1].first.startswith(_INDENT) and not left[-1].apart:
        chunk = left.pop()
        other = chunk.find(_is_footnote)
        yield chunk.part(0, other)
        if other is not None:
            left.append(chunk.part(other))
            return


def _lines_of_address(chunk: _Chunk, at: int) -> int:
    """How many lines the address of a link takes from one line on; 0 where there is none."""
    last = min(len(chunk), at + 4)
    found = _ADDRESS.match("\n".join(chunk[n].text for n in range(at, last)))
    return found[0].count("\n") + 1 if found else 0
