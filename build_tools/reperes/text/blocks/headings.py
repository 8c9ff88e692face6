"""Headings as the engine reads them in a line: their level, their words and their id."""

from __future__ import annotations

import re

from reperes.text.code_spans import blanked, code_spans

_ATTRIBUTES = re.compile(r"(?<= )\{(?!\{):? *(?=[^} ])")
_ID = re.compile(r"\{#[^{}\s]+\}$")


def heading_level(line: str) -> int:
    """The level of a heading ("##Title" has two), or 0 for a line that is none."""
    if not line.startswith("#") or _ends_with_backslash(line):
        return 0
    return min(6, len(line) - len(line.lstrip("#")))


def heading_words(line: str, level: int) -> str:
    """What a heading says: "## Title ##" has one word, and "## C\\#" keeps its sharp."""
    words = line[level:]
    bare = words.rstrip("#")
    if len(bare) < len(words) and _ends_with_backslash(bare):
        bare += "#"
    return bare.strip()


def _ends_with_backslash(line: str) -> bool:
    """Whether the line ends with a backslash that is not itself escaped."""
    return (len(line) - len(line.rstrip("\\"))) % 2 == 1


def heading_id(words: str) -> tuple[str, str]:
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
