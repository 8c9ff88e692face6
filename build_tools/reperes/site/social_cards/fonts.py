"""The two fonts of the cards: what they can write, and how wide it is by HarfBuzz's measure."""

from __future__ import annotations

from dataclasses import dataclass
from functools import cache, lru_cache
from importlib.resources import files
from pathlib import Path

import uharfbuzz

from reperes.language.typography import NARROW_NO_BREAK_SPACE, NO_BREAK_SPACE

SPACES = frozenset({" ", NO_BREAK_SPACE, NARROW_NO_BREAK_SPACE})
"""What takes room and leaves no trace: a font need not have it."""

_FEATURES = {"kern": True, "liga": False}
"""Without ligatures each character has a place of its own, at which it is drawn."""


@dataclass(frozen=True)
class Font:
    """A font file. Its measures are in em: times the size, they are pixels.

    Pillow sets pairs of letters closer only where the machine has a library that its wheels do not
    bring; measured here, they stand alike on every machine.
    """

    path: Path
    measures: uharfbuzz.Font

    def has(self, text: str) -> bool:
        """Whether the font can write every character of a text."""
        return all(c in SPACES or self.measures.get_nominal_glyph(ord(c)) for c in set(text))

    @lru_cache(maxsize=512)  # noqa: B019  (there are two fonts; a text is tried in many sizes)
    def positions(self, text: str) -> tuple[float, ...]:
        """Where each character begins, and at last where the text ends."""
        buffer = uharfbuzz.Buffer()
        buffer.add_str(text)
        buffer.guess_segment_properties()
        uharfbuzz.shape(self.measures, buffer, _FEATURES)
        found = [0.0]
        for place in buffer.glyph_positions or ():
            found.append(found[-1] + place.x_advance / self.measures.face.upem)
        return tuple(found)

    def width(self, text: str) -> float:
        return self.positions(text)[-1]


@cache
def serif() -> Font:
    """The font of the subject, the value and the title."""
    return _read("font_source_serif_pro", "SourceSerifPro-Bold.otf")


@cache
def sans() -> Font:
    """The font of what is small."""
    return _read("font_source_sans_pro", "SourceSansPro-Semibold.otf")


def _read(package: str, name: str) -> Font:
    path = Path(str(files(package) / "files" / name))
    return Font(path, uharfbuzz.Font(uharfbuzz.Face(uharfbuzz.Blob.from_file_path(str(path)))))
