"""Short codes that change when a text does, so that one can tell later whether it has changed."""

from __future__ import annotations

import hashlib

from reperes.model.site import Section
from reperes.text.folding import normalised

CODE_LENGTH = 6
"""Hexadecimal digits of each half of a code for `reviewed:`."""


def section_code(section: Section) -> str:
    """A short code of a section's present text: the same text, the same code."""
    texts = "\n\n".join(normalised(block.text) for block in section.headed_blocks)
    return hashlib.sha256(texts.encode()).hexdigest()[: 2 * CODE_LENGTH]


def pair_code(original: Section, translation: Section) -> str:
    """What `reviewed:` says of a translation that was compared with its original, as both are."""
    codes = (section_code(section)[:CODE_LENGTH] for section in (original, translation))
    return "-".join(codes)


def seen_code(original: str, translation: str) -> str:
    """A short code of a text and its translation, as somebody sees them beside each other."""
    both = f"{normalised(original)}\n\n{normalised(translation)}"
    return hashlib.sha256(both.encode()).hexdigest()[: 2 * CODE_LENGTH]
