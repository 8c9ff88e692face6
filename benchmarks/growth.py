"""Whether what reads texts takes eight times as long for eight times the text."""

from __future__ import annotations

import time
from collections.abc import Callable, Mapping

from reperes.language.typography_of_html import typeset_html
from reperes.model.references import marks_in
from reperes.text.markup import mask_code
from reperes.text.problems import Place, Text

LONG_TEXTS: Mapping[str, tuple[str, Callable[[str], object]]] = {
    "marks": ("a {{ b }} [c](term:d) `e` ", lambda text: marks_in(Text(text, Place("f")))),
    "open braces": ("{{ ", lambda text: marks_in(Text(text, Place("f")))),
    "backticks": ("`` ` ", mask_code),
    "typography": ('<p>L\'<b>ONU</b> dit: "non"!</p>\n', typeset_html),
}
"""Texts that grow by a piece, and what reads them."""


def growth(piece: str, read: Callable[[str], object]) -> float:
    """How many times longer eight times the text takes; 8 is linear."""
    took = []
    for size in (50_000, 400_000):
        start = time.process_time()
        read(piece * (size // len(piece)))
        took.append(time.process_time() - start)
    return took[1] / took[0]


def measure(say: Callable[[str], None]) -> None:
    for name, (piece, read) in LONG_TEXTS.items():
        say(f"eight times the text, {name}: {growth(piece, read):.1f} times as long")
