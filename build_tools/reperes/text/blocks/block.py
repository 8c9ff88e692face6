"""A block: what of a section is translated, and grows old, as one."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field
from typing import Literal

from reperes.text.code_spans import Span
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


def all_blocks(blocks: Iterable[Block]) -> Iterator[Block]:
    """`blocks` in the order of the text, each followed by those inside it."""
    for block in blocks:
        yield block
        yield from all_blocks(block.inner)
