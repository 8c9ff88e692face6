"""A section's Markdown as the engine divides it: headings, paragraphs, lists, tables, notes, code.

Every block that blank lines separate is walked through as Python-Markdown does it, with the
extensions of mkdocs.yml, in the same order of precedence (`kinds.KINDS`); what is bound to surprise
is here because the engine does it. `tests/test_blocks.py` holds the two against one another. A
library for Markdown was no help: markdown-it-py knows the lines of a block, but reads another
dialect, and Python-Markdown itself does not say where in the text a block stood.

Spans inside a line (emphasis, links, inline code) are none of a block's business, and neither does
raw HTML occur: a rule refuses it.
"""

from __future__ import annotations

import re
from collections.abc import Iterator

from reperes.text.blocks.block import Block, Kind, all_blocks
from reperes.text.blocks.kinds import KINDS
from reperes.text.blocks.lines import RUN_OF_LINES, may_be_more_than_a_paragraph
from reperes.text.blocks.reader import DEEPEST, Reader
from reperes.text.blocks.tables import cell_spans, cells_by_row
from reperes.text.code_spans import Span
from reperes.text.problems import Text

__all__ = [
    "DEEPEST",
    "Block",
    "Kind",
    "all_blocks",
    "is_even",
    "is_surely_one_block",
    "read_blocks",
    "table_cells",
]


def read_blocks(body: Text) -> list[Block]:
    """The blocks of a section's body, in order.

    A block is what blank lines separate, parted where the engine begins something else without
    one: before and after a heading, a rule or fenced code, before a quotation or a footnote.
    """
    return [*body.kept(_blocks)]


def _blocks(body: Text) -> tuple[Block, ...]:
    # Most texts that are read alone, of baselines above all, are one paragraph.
    run = RUN_OF_LINES.match(body)
    is_one_run = run is not None and run.end() == len(body)
    if is_one_run and not ("```" in body or "~~~" in body or may_be_more_than_a_paragraph(body)):
        return (Block("1", Text(body.removesuffix("\n"), body.place, body.exact)),)
    return tuple(Reader(body, KINDS).blocks())


def table_cells(table: Block) -> Iterator[Span]:
    """Where the cells of a table stand in the body, row by row."""
    for start, end in cell_spans(table.text):
        yield table.start + start, table.start + end


_WORDS = r"(?:[^\W\d_]|\{\{)[^\n]*"
_PLAIN_LINE = rf"(?:(?:- |[0-9]{{1,2}}\. |\| )?{_WORDS}|\|[ :|-]+)"
_PLAIN_LINES = re.compile(rf"{_PLAIN_LINE}(?:\n{_PLAIN_LINE})*|> {_WORDS}(?:\n> {_WORDS})*")


def is_surely_one_block(text: str) -> bool:
    """Whether lines are of words, a list, a table or a quotation, and none begins another block.

    What it says no of may be one block all the same.
    """
    return _PLAIN_LINES.fullmatch(text) is not None and "```" not in text and "~~~" not in text


def is_even(table: Block) -> bool:
    """Whether every row of a table has as many cells as it has columns."""
    return all(len(cells) == table.columns for cells in cells_by_row(table.text))
