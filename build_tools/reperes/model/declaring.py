"""How a class declares its fields: each once, with what files, editors and programs make of it.

    @record
    class Language:
        code: Text = required(LANGUAGE, 'as in addresses, such as "fr"')
        name: Text = required(Words(), "its name in that language")

From such a class follow the value as loaded (`shape_of`), the JSON Schemas, the web editor's
widgets, the entries of facts.json, and docs/FIELDS.md.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass, field, replace
from typing import Any, TypeVar, dataclass_transform

from reperes.model.shapes import Choice, Field, ListOf, Reader, Record, Reference, Shape

T = TypeVar("T")
Values = dict[str, Any]
Rule = Callable[[Values, Reader], None]
"""Judges the values of a record together, by their attributes, and may change them."""

_DECLARED = "declared"


@dataclass(frozen=True, kw_only=True)
class Declared(Field):
    """A field as its class declares it.

    `attribute` is its name in Python and `key` the one in the file ("place" for `place_id`).
    `published` is the one in facts.json, or None for what is not published. The higher `late`, the
    later in the file it stands; else as in its class, behind those that the class inherits.
    `example` is for a field that explainers seldom have.
    """

    attribute: str = ""
    key: str = ""
    published: str | None = ""
    late: int = 0
    example: str = ""


def required(
    shape: Shape[Any],
    meaning: str,
    *,
    key: str = "",
    published: str | None = "",
    late: int = 0,
    example: str = "",
) -> Any:
    """Declare what every entry has. Its key, and its name in facts.json, are usually its own."""
    declared = Declared(
        shape, True, meaning, key=key, published=published, late=late, example=example
    )
    return field(metadata={_DECLARED: declared})


def optional(
    shape: Shape[Any],
    meaning: str,
    *,
    key: str = "",
    published: str | None = "",
    late: int = 0,
    example: str = "",
) -> Any:
    """Declare what an entry may have."""
    declared = Declared(
        shape, False, meaning, key=key, published=published, late=late, example=example
    )
    return field(default=shape.absent, metadata={_DECLARED: declared})


def shorthand(shape: Shape[Any], meaning: str) -> Any:
    """Declare what may be typed in place of other fields, and is not kept beside them: a ClassVar.

    The rule of the record takes it out of the values.
    """
    return field(metadata={_DECLARED: Declared(shape, False, meaning, published=None)})


@dataclass_transform(
    frozen_default=True, kw_only_default=True, field_specifiers=(required, optional, shorthand)
)
def record(cls: type[T]) -> type[T]:
    """Make a class one of values that never change, written with the names of their fields."""
    made = dataclass(frozen=True, kw_only=True)(cls)
    found = []
    # Not `dataclasses.fields`, which leaves out shorthands.
    for attribute, its_field in vars(made)["__dataclass_fields__"].items():
        if _DECLARED in its_field.metadata:
            declared: Declared = its_field.metadata[_DECLARED]
            key = declared.key or attribute
            published = key if declared.published == "" else declared.published
            found.append(replace(declared, attribute=attribute, key=key, published=published))
    _FIELDS[made] = {each.key: each for each in sorted(found, key=lambda each: each.late)}
    return made


_FIELDS: dict[type[Any], Mapping[str, Declared]] = {}


def declared_fields(cls: type[Any]) -> Mapping[str, Declared]:
    """What a record declares, by its key, in the order in which files are written."""
    return _FIELDS[cls]


def shape_of(cls: type[T], rule: Rule | None = None, **given: Any) -> Record[T]:
    """The shape of a mapping whose keys `cls` declares; `given` are values that no key holds."""
    fields = declared_fields(cls)
    attributes = {key: declared.attribute for key, declared in fields.items()}

    def build(typed: Values, reader: Reader) -> T:
        values = {attributes[key]: value for key, value in typed.items()}
        if rule is not None:
            rule(values, reader)
        return cls(**{**values, **given})

    return Record(fields, build)


def held_ids(value: object) -> Iterator[tuple[tuple[str, ...], str]]:
    """The ids of other entries that a record holds, each after the namespaces that it may be of.

    A kind or an act is one that vocabulary.yml may define.
    """
    for declared in declared_fields(type(value)).values():
        shape = declared.shape.shape if isinstance(declared.shape, ListOf) else declared.shape
        if isinstance(shape, Choice) and shape.own:
            shape = Reference((shape.own,))
        if not isinstance(shape, Reference | Record):
            continue
        found = getattr(value, declared.attribute)
        for held in found if isinstance(found, tuple) else (found,):
            if held is None:
                continue
            if isinstance(shape, Reference):
                yield shape.namespaces, held
            else:
                yield from held_ids(held)
