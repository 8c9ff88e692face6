"""Every text that an entry holds in all languages, whatever kind of entry it is."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import fields, is_dataclass
from decimal import Decimal
from typing import Any

from reperes.model.declaring import declared_fields
from reperes.model.entries import Entry, Pin
from reperes.model.shapes import Words
from reperes.model.stated import Stated, names_of
from reperes.text.dates import FactDate
from reperes.text.problems import Place, Text


def localized_texts(
    entry: object, languages: Sequence[str]
) -> Iterator[tuple[str, Mapping[str, Text]]]:
    """Every text that an entry holds in all languages, after the path of its keys ("label")."""
    yield from _texts_of(entry, tuple(languages), "")


_WITHOUT_TEXTS = (str, Decimal, bool, Place, FactDate, Pin)
"""What most fields hold, and what need not be searched."""


def _texts_of(value: Any, languages: tuple[str, ...], path: str) -> Iterator[tuple[str, Any]]:
    if value is None or isinstance(value, _WITHOUT_TEXTS):
        return
    if isinstance(value, Mapping) and set(value) == set(languages):
        yield from _pairs(value, languages, path)
    elif isinstance(value, tuple) and value and isinstance(value[0], Stated):
        yield from _texts_of_values(value, languages, path.rpartition("/")[0])
    elif is_dataclass(value):
        for field in fields(value):
            inner = f"{path}/{field.name}" if path else field.name
            yield from _texts_of(getattr(value, field.name), languages, inner)
    elif isinstance(value, tuple):
        for item in value:
            name = f"{path}/{item.id}" if isinstance(item, Entry) else path
            yield from _texts_of(item, languages, name)


def _texts_of_values(
    values: tuple[Stated, ...], languages: tuple[str, ...], path: str
) -> Iterator[tuple[str, Any]]:
    """The texts of the only value of a fact are the fact's; those of several have its name too."""
    if len(values) == 1:
        for field in fields(values[0]):
            inner = f"{path}/{field.name}" if path else field.name
            yield from _texts_of(getattr(values[0], field.name), languages, inner)
        return
    for name, value in zip(names_of(values), values, strict=True):
        yield from _texts_of(value, languages, f"{path}/{name}" if path else name)


def _pairs(
    value: Mapping[str, Any], languages: tuple[str, ...], path: str
) -> Iterator[tuple[str, Any]]:
    first = value[languages[0]]
    if isinstance(first, Text):
        yield path, value
        return
    for declared in declared_fields(type(first)).values():
        name = declared.attribute
        texts = {language: getattr(value[language], name) for language in languages}
        # A choice, such as a gender, is each language's own, and nothing to translate.
        is_said = isinstance(declared.shape, Words)
        if is_said and all(isinstance(text, Text) for text in texts.values()):
            yield f"{path}/{name}", texts
