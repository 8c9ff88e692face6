"""Tables as the engine reads them: how many columns they have, and where their cells stand."""

from __future__ import annotations

import re
from bisect import bisect_right
from collections import defaultdict
from collections.abc import Iterable, Iterator, Sequence
from itertools import accumulate
from typing import NamedTuple

from reperes.text.code_spans import Span

_CELL_PARTS = re.compile(r"\\\\|(\\`+)|(`+)|\\\||(\|)")
_ENDS_WITH_EDGE = re.compile(r"(?<!\\)(?:\\\\)*\|$")


def columns_of(head: str, rule: str, rows: Iterable[str]) -> int:
    """The columns of the table that lines are, or 0 where they are none.

    A table has a second line of dashes, with as many cells as its head. One of a single column has
    an edge on each line, lest a paragraph above "---" be taken for one.
    """
    head, rule = head.strip(" "), rule.strip(" ")
    if not set(rule) <= set("|:- "):
        return 0
    bordered = _has_edge(head)
    columns = len(_cells(head, bordered))
    if columns != len(_cells(rule, bordered)):
        return 0
    if columns == 1:
        others = (row.strip(" ") for row in rows)
        return int(bordered and _has_edge(rule) and all(map(_has_edge, others)))
    return columns


def cell_spans(table: str) -> Iterator[Span]:
    """Where the cells of a table stand in its text, row by row."""
    for cells in cells_by_row(table):
        yield from cells


def cells_by_row(table: str) -> Iterator[list[Span]]:
    """The same, a list for each row."""
    start = 0
    rows = table.split("\n")
    bordered = _has_edge(rows[0].strip(" "))
    for row in rows:
        yield [
            (start + cell_start, start + cell_end) for cell_start, cell_end in _cells(row, bordered)
        ]
        start += len(row) + 1


def _has_edge(row: str) -> bool:
    return row.startswith("|") or (row.endswith("|") and _ENDS_WITH_EDGE.search(row) is not None)


def _cells(row: str, bordered: bool) -> list[Span]:
    """The cells of a row of a table. What is in inline code parts none: "a | `b|c`" has two."""
    start, end = len(row) - len(row.lstrip(" ")), len(row.rstrip(" "))
    if bordered:
        start += row.startswith("|", start)
        end -= _ENDS_WITH_EDGE.search(row, start, end) is not None
    if "`" not in row and "\\" not in row:
        cells = row[start:end].split("|")
        starts = accumulate((len(cell) + 1 for cell in cells), initial=start)
        return [(begin, begin + len(cell)) for begin, cell in zip(starts, cells, strict=False)]
    edges = []
    runs: list[_Backticks] = []
    for match in _CELL_PARTS.finditer(row, start, end):
        if match[1] or match[2]:
            runs.append(_Backticks(match.start(), match.end(), bool(match[1])))
        elif match[3]:
            edges.append(match.start())
    found = []
    code = _code_in_row(runs)
    hidden = next(code, None)
    for edge in edges:
        while hidden is not None and hidden[1] <= edge:
            hidden = next(code, None)
        if hidden is None or edge < hidden[0]:
            found.append((start, edge))
            start = edge + 1
    return [*found, (start, end)]


class _Backticks(NamedTuple):
    """A run of backticks; where it is escaped, with the backslash before it."""

    start: int
    end: int
    escaped: bool


def _code_in_row(runs: Sequence[_Backticks]) -> Iterator[Span]:
    """What the engine takes for code where it looks for the edges of cells.

    That is not what it takes for code in a line (`code_spans`): of tables it has its own idea.
    """
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
