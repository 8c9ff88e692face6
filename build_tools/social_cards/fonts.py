"""The measures of a font: how wide each character is, and by how much pairs of them close up.

Pillow closes up pairs only where the machine has a library that its wheels do not bring. Read from
the font, widths are the same on every machine and at every size. The tables are those of
https://learn.microsoft.com/typography/opentype/spec/ in the formats that our two fonts have.
"""

from __future__ import annotations

import struct
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from functools import cache
from importlib.resources import files
from itertools import pairwise
from pathlib import Path
from typing import Any

from build_tools.typography import NARROW_NO_BREAK_SPACE, NO_BREAK_SPACE

SPACES = frozenset({" ", NO_BREAK_SPACE, NARROW_NO_BREAK_SPACE})
"""What takes room and leaves no trace: a font need not have it."""

_NARROW_SPACE = 0.125
_PAIR_ADJUSTMENT = 2
_GLYPH_PAIRS = 1


@dataclass(frozen=True)
class _Pairs:
    """By how much single pairs of glyphs move."""

    values: Mapping[tuple[int, int], int]

    def value(self, left: int, right: int) -> int | None:
        """The value of a pair, or None where the next table is to be asked."""
        return self.values.get((left, right))


@dataclass(frozen=True)
class _ClassPairs:
    """By how much pairs move by their glyphs' classes: a row for each class of the left one."""

    covered: frozenset[int]
    left: Mapping[int, int]
    right: Mapping[int, int]
    columns: int
    values: Sequence[int]

    def value(self, left: int, right: int) -> int | None:
        if left not in self.covered:
            return None
        return self.values[self.left.get(left, 0) * self.columns + self.right.get(right, 0)]


@dataclass(frozen=True)
class Font:
    """A font file. Its measures are in em: times the size, they are pixels."""

    path: Path
    units: int
    glyphs: Mapping[str, int]
    advances: Sequence[int]
    pairs: Sequence[_Pairs | _ClassPairs]

    def has(self, text: str) -> bool:
        """Whether the font can write every character of a text."""
        return all(c in SPACES or c in self.glyphs for c in text)

    def positions(self, text: str) -> list[float]:
        """Where each character begins, and at last where the text ends."""
        found = [0.0]
        for character, after in pairwise(f"{text} "):
            found.append(found[-1] + self._advance(character) + self._kerning(character, after))
        return found

    def width(self, text: str) -> float:
        return self.positions(text)[-1]

    def _advance(self, character: str) -> float:
        if character == NARROW_NO_BREAK_SPACE:
            return _NARROW_SPACE
        # Glyphs of one width share the last entry.
        glyph = min(self.glyphs[character], len(self.advances) - 1)
        return self.advances[glyph] / self.units

    def _kerning(self, left: str, right: str) -> float:
        if left in SPACES or right in SPACES:
            return 0
        glyphs = self.glyphs[left], self.glyphs[right]
        values = (pairs.value(*glyphs) for pairs in self.pairs)
        return next((value for value in values if value is not None), 0) / self.units


@cache
def serif() -> Font:
    """The font of the subject, the value and the title."""
    return read_font(_file("font_source_serif_pro", "SourceSerifPro-Bold.otf"))


@cache
def sans() -> Font:
    """The font of what is small."""
    return read_font(_file("font_source_sans_pro", "SourceSansPro-Semibold.otf"))


def _file(package: str, name: str) -> Path:
    return Path(str(files(package) / "files" / name))


def read_font(path: Path) -> Font:
    """The measures of a font file. Raises KeyError where it lacks a table that we read."""
    tables = _Tables(path)
    starts = {tag: start for tag, _, start, _ in tables.rows("4sIII", 12, tables.number("H", 4))}
    widths = tables.number("H", starts[b"hhea"] + 34)
    return Font(
        path,
        units=tables.number("H", starts[b"head"] + 18),
        glyphs=dict(tables.glyphs(starts[b"cmap"])),
        advances=[advance for advance, _ in tables.rows("Hh", starts[b"hmtx"], widths)],
        pairs=list(tables.kerning(starts[b"GPOS"])),
    )


class _Tables:
    """The big-endian tables of a font file, by where they start in it."""

    def __init__(self, path: Path) -> None:
        self._data = path.read_bytes()

    def number(self, kind: str, start: int) -> int:
        (number,) = struct.unpack_from(f">{kind}", self._data, start)
        return int(number)

    def rows(self, kinds: str, start: int, count: int) -> Iterator[tuple[Any, ...]]:
        row = struct.Struct(f">{kinds}")
        return (row.unpack_from(self._data, start + row.size * n) for n in range(count))

    def listed(self, kinds: str, start: int) -> Iterator[tuple[Any, ...]]:
        """Rows that stand after their own number."""
        return self.rows(kinds, start + 2, self.number("H", start))

    def glyphs(self, cmap: int) -> Iterator[tuple[str, int]]:
        """The glyph of each character, from the table that covers all of Unicode (format 12)."""
        tables = {(platform, code): start for platform, code, start in self.listed("HHI", cmap + 2)}
        start = cmap + tables[3, 10]
        for first, last, glyph in self.rows("III", start + 16, self.number("I", start + 12)):
            for code in range(first, last + 1):
                yield chr(code), glyph + code - first

    def kerning(self, gpos: int) -> Iterator[_Pairs | _ClassPairs]:
        """Tables of pairs, in the order in which they are asked."""
        features, lookups = (gpos + self.number("H", gpos + place) for place in (6, 8))
        by_tag = {tag: features + start for tag, start in self.listed("4sH", features)}
        starts = [lookups + start for (start,) in self.listed("H", lookups)]
        for (index,) in self.listed("H", by_tag[b"kern"] + 2):
            if self.number("H", starts[index]) == _PAIR_ADJUSTMENT:
                for (start,) in self.listed("H", starts[index] + 4):
                    yield self._pairs(starts[index] + start)

    def _pairs(self, start: int) -> _Pairs | _ClassPairs:
        table_format, coverage = (self.number("H", start + place) for place in (0, 2))
        covered = self._classes(start + coverage, coverage=True)
        if table_format == _GLYPH_PAIRS:
            sets = [start + place for (place,) in self.listed("H", start + 8)]
            return _Pairs(
                {
                    (left, right): value
                    for left, index in covered.items()
                    for right, value in self.listed("Hh", sets[index])
                }
            )
        left, right, rows, columns = next(self.rows("HHHH", start + 8, 1))
        (values,) = self.rows(f"{rows * columns}h", start + 16, 1)
        classes = self._classes(start + left), self._classes(start + right)
        return _ClassPairs(frozenset(covered), *classes, columns, values)

    def _classes(self, start: int, *, coverage: bool = False) -> dict[int, int]:
        """A number for each glyph: its class, or in a coverage table its place."""
        if self.number("H", start) == 1 and coverage:
            return {glyph: place for place, (glyph,) in enumerate(self.listed("H", start + 2))}
        if self.number("H", start) == 1:
            first = self.number("H", start + 2)
            return {first + n: number for n, (number,) in enumerate(self.listed("H", start + 4))}
        return {
            glyph: number + (glyph - first if coverage else 0)
            for first, last, number in self.listed("HHH", start + 2)
            for glyph in range(first, last + 1)
        }
