"""Lines, and the runs of them that blank lines part, as the engine goes through them."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable, Iterator, Sequence
from typing import NamedTuple

from reperes.text.code_spans import Span

TAB = 4
INDENT = " " * TAB
"""What the engine indents by: a list in a list, code, a further paragraph of an item."""

RUN_OF_LINES = re.compile(r"(?m)(?:^[ \t]*[^ \t\n][^\n]*(?:\n|\Z))+")
_MAY_BEGIN_MORE = re.compile(
    r"[ \t]*(?:[#>=:-]|[*+][ \t*]|_[ _]|\d+\.[ \t]|\[\^[^\]\n]*\]:|\[[^\[\]]*\]:)"
    r"| {4}| {0,3}\t"
)


def may_be_more_than_a_paragraph(text: str, start: int = 0, end: int | None = None) -> bool:
    """Whether something in a text may begin another kind of block: most have nothing of the kind.

    Fences are no matter of single lines, and are looked for elsewhere.
    """
    end = len(text) if end is None else end
    if text.find("|", start, end) >= 0:
        return True
    while not _MAY_BEGIN_MORE.match(text, start, end):
        start = text.find("\n", start, end) + 1
        if not start:
            return False
    return True


class Line(NamedTuple):
    """A line of a block, without what its container puts before it.

    `text` has spaces for its tabs. `column` is where it begins in the whole line, tabs so expanded.
    """

    text: str
    number: int
    column: int = 0

    def without(self, count: int) -> Line:
        """The line without its first characters."""
        return Line(self.text[count:], self.number, self.column + count)

    def without_mark(self, mark: re.Pattern[str]) -> Line:
        """The line without what makes it an item, a quotation or a note.

        The last group of the pattern is what follows that.
        """
        found = mark.match(self.text)
        return self if found is None else self.without(found.start(mark.groups))

    def outdented(self, level: int = 1) -> Line:
        """The line one level or more to the left, where it is indented so far."""
        indent = INDENT * level
        return self.without(len(indent)) if self.text.startswith(indent) else self

    @property
    def is_indented(self) -> bool:
        """Whether it belongs to an item or a note above; a line without text does as well."""
        return not self.text or self.text.startswith(INDENT)


class Chunk:
    """Lines between two blank ones, of which the engine has not made something yet.

    `apart` says that more than one blank line stands before. `lacks` are the patterns known to
    match none of the lines, lest they are looked for again after every line that was taken. A
    chunk of the body that can be no more than a paragraph has no lines; `plain` is where it stands.
    """

    __slots__ = ("apart", "is_fence", "lacks", "lines", "plain", "start", "stop")

    def __init__(
        self,
        lines: Sequence[Line],
        apart: bool = False,
        is_fence: bool = False,
        plain: Span | None = None,
    ) -> None:
        self.lines, self.apart, self.is_fence, self.plain = lines, apart, is_fence, plain
        self.start, self.stop = 0, len(lines)
        self.lacks: frozenset[object] = frozenset()

    def __len__(self) -> int:
        return self.stop - self.start

    def __iter__(self) -> Iterator[Line]:
        return (self.lines[n] for n in range(self.start, self.stop))

    def __getitem__(self, n: int) -> Line:
        return self.lines[self.start + n]

    @property
    def first(self) -> str:
        return self.lines[self.start].text

    @property
    def is_one_plain_line(self) -> bool:
        """Whether it is a line that can be no more than a paragraph: what begins with a letter."""
        return self.stop == self.start + 1 and self.first[:1].isalpha()

    def part(self, start: int, stop: int | None = None) -> Chunk:
        """Some of the lines, by their position in this chunk."""
        part = Chunk(self.lines)
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


def chunks_of(lines: Iterable[Line]) -> list[Chunk]:
    """Lines parted at blank ones."""
    chunks: list[Chunk] = []
    run: list[Line] = []
    blank = 0
    for line in lines:
        if line.text:
            run.append(line)
            continue
        if run:
            chunks.append(Chunk(run, apart=blank > 1))
            run, blank = [], 0
        blank += 1
    if run:
        chunks.append(Chunk(run, apart=blank > 1))
    return chunks
