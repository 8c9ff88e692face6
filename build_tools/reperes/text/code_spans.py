"""Where fenced and inline code stands in Markdown: nothing inside it is a mark or a heading."""

from __future__ import annotations

import re
from bisect import bisect_right
from collections import defaultdict
from collections.abc import Iterable, Iterator

Span = tuple[int, int]
"""Offsets in a text: the first character, and the one after the last."""

_LINE = re.compile(r"[^\n]*\n|[^\n]+")
_FENCE = re.compile(
    r"(`{3,}|~{3,})[ \t]*"
    r"(?:\{[^{}\n]*\}|\.?[\w#.+-]*[ \t]*(?:hl_lines=(?:\"[^\"\n]*\"|'[^'\n]*')[ \t]*)?)\n"
)
_BACKTICKS = re.compile(r"`+")


def blanked(text: str, spans: Iterable[Span], filling: str = " ") -> str:
    """`text` with its spans, in order, filled; its length and its line ends stay as they are."""
    parts: list[str] = []
    position = 0
    for start, end in spans:
        hidden = text[start:end].split("\n")
        parts += [text[position:start], "\n".join(filling * len(line) for line in hidden)]
        position = end
    return "".join([*parts, text[position:]])


def fence_spans(text: str) -> Iterator[Span]:
    """Where fenced code stands, opening and closing lines included."""
    if "```" not in text and "~~~" not in text:
        return
    lines = [match.span() for match in _LINE.finditer(text)]
    typed = [text[start:end].rstrip(" \t\n") for start, end in lines]
    closing: dict[str, list[int]] = defaultdict(list)
    for number, line in enumerate(typed):
        if line[:3] in ("```", "~~~"):
            closing[line].append(number)
    number = 0
    while number < len(lines):
        opening = _FENCE.match(text, *lines[number])
        ends = closing[opening[1]] if opening else []
        after = bisect_right(ends, number)
        if after < len(ends):
            yield lines[number][0], lines[ends[after]][1]
            number = ends[after]
        number += 1


def code_spans(text: str, start: int, end: int) -> Iterator[Span]:
    """Where inline code stands between two offsets of one run of text.

    Code ends at the next run of as many backticks as open it. Where there is none, the engine
    tries fewer of them: of "``` a `` b", the first two open code.
    """
    runs = [match.span() for match in _BACKTICKS.finditer(text, start, end)]
    by_length: dict[int, list[int]] = defaultdict(list)
    for index, (first, last) in enumerate(runs):
        by_length[last - first].append(index)
    index = 0
    while index < len(runs):
        first, last = runs[index]
        first += _is_escaped(text, first)
        for length in range(last - first, 0, -1):
            ends = by_length.get(length, [])
            after = bisect_right(ends, index)
            if after < len(ends):
                index = ends[after]
                yield first, runs[index][1]
                break
        index += 1


def _is_escaped(text: str, offset: int) -> bool:
    start = offset
    while start and text[start - 1] == "\\":
        start -= 1
    return (offset - start) % 2 == 1
