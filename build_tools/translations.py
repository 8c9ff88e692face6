"""Texts that are translated: the blocks of a section, and what the YAML says in each language."""

from __future__ import annotations

import hashlib
import re
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import fields, is_dataclass
from functools import lru_cache
from typing import Any

from build_tools.blocks import section_blocks
from build_tools.facts import Entry, Section
from build_tools.markup import folded
from build_tools.problems import Text

CODE_LENGTH = 6
"""Hexadecimal digits of each half of a code for `reviewed:`."""

_QUOTES = str.maketrans("‘‚‛“”„‟«»", "'''" + 6 * '"')
_INSIDE_QUOTES = re.compile(r"«\s+|\s+»")


# Pairing compares the same texts again and again.
@lru_cache(maxsize=4096)
def normalised(text: str) -> str:
    """`text` folded, whatever its quotation marks, with one space inside its placeholders' braces.

    «\u00a0mot\u00a0», “mot” and "mot" are the same word in the same marks.
    """
    text = _INSIDE_QUOTES.sub(lambda match: match[0].strip(), text).translate(_QUOTES)
    return re.sub(r"\{\{\s*(.*?)\s*\}\}", r"{{ \1 }}", folded(text))


def section_code(section: Section) -> str:
    """A short code of a section's present text: the same text, the same code."""
    texts = "\n\n".join(normalised(block.text) for block in section_blocks(section))
    return hashlib.sha256(texts.encode()).hexdigest()[: 2 * CODE_LENGTH]


def pair_code(original: Section, translation: Section) -> str:
    """What `reviewed:` says of a translation that was compared with its original, as both are."""
    codes = (section_code(section)[:CODE_LENGTH] for section in (original, translation))
    return "-".join(codes)


def seen_code(original: str, translation: str) -> str:
    """A short code of a text and its translation, as somebody sees them beside each other."""
    both = f"{normalised(original)}\n\n{normalised(translation)}"
    return hashlib.sha256(both.encode()).hexdigest()[: 2 * CODE_LENGTH]


def runs(numbers: Iterable[int]) -> list[tuple[int, int]]:
    """Ascending numbers as first and last of each unbroken run; 0 is a run of its own."""
    found: list[tuple[int, int]] = []
    for number in numbers:
        if found and found[-1][1] == number - 1 > 0:
            found[-1] = (found[-1][0], number)
        else:
            found.append((number, number))
    return found


def localized_texts(
    entry: object, languages: Sequence[str]
) -> Iterator[tuple[str, Mapping[str, Text]]]:
    """Every text that an entry holds in all languages, after the path of its keys ("label")."""
    yield from _texts_of(entry, tuple(languages), "")


def _texts_of(value: Any, languages: tuple[str, ...], path: str) -> Iterator[tuple[str, Any]]:
    if isinstance(value, Mapping) and set(value) == set(languages):
        yield from _pairs(value, languages, path)
    elif is_dataclass(value):
        for field in fields(value):
            inner = f"{path}/{field.name}" if path else field.name
            yield from _texts_of(getattr(value, field.name), languages, inner)
    elif isinstance(value, tuple):
        for item in value:
            name = f"{path}/{item.id}" if isinstance(item, Entry) else path
            yield from _texts_of(item, languages, name)


def _pairs(
    value: Mapping[str, Any], languages: tuple[str, ...], path: str
) -> Iterator[tuple[str, Any]]:
    first = value[languages[0]]
    if isinstance(first, Text):
        yield path, value
        return
    for field in fields(first):
        texts = {language: getattr(value[language], field.name) for language in languages}
        if all(isinstance(text, Text) for text in texts.values()):
            yield f"{path}/{field.name}", texts
