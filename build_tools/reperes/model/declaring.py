"""How a class declares its fields: each once, with what files, editors and programs make of it.

    @record
    class Language:
        code: Text = required(LANGUAGE, 'as in addresses, such as "fr"')
        name: Text = required(Words(), "its name in that language")

From such a class follow the value as loaded (`shape_of`), the JSON Schemas, the web editor's
widgets, the entries of facts.json, and docs/FIELDS.md.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field, replace
from functools import cached_property
from typing import Any, TypeVar, dataclass_transform

from reperes.model.defaults import completed
from reperes.model.shapes import (
    Choice,
    Field,
    ListOf,
    Reader,
    Record,
    Reference,
    Shape,
    ShortForm,
)
from reperes.model.yaml_values import Listing, Table, Value
from reperes.text.problems import Text

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
    `example` is for a field that explainers seldom have. `listed` says that a value has it only
    where it is one of several (`several`), and `inlined` that it is such a value's, typed among the
    fields of its entry where there is one alone.
    """

    attribute: str = ""
    key: str = ""
    published: str | None = ""
    late: int = 0
    example: str = ""
    listed: bool = False
    inlined: bool = False
    each: type[Any] | None = None


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
    listed: bool = False,
) -> Any:
    """Declare what an entry may have."""
    declared = Declared(
        shape,
        False,
        meaning,
        key=key,
        published=published,
        late=late,
        example=example,
        listed=listed,
    )
    return field(default=shape.absent, metadata={_DECLARED: declared})


def several(
    cls: type[Any],
    meaning: str,
    rule: Rule | None = None,
    *,
    late: int = 0,
    short: ShortForm | None = None,
) -> Any:
    """Declare values of which an entry has one or more, of a class of records.

    One is typed among the fields of the entry. Several are a list under the field's own key, where
    each takes from the entry what it does not say itself. `rule` judges each, and `short` is a
    short form of its fields, wherever they stand.
    """
    shape = ListOf(shape_of(cls, rule, short=short))
    return field(metadata={_DECLARED: Declared(shape, False, meaning, late=late, each=cls)})


def shorthand(shape: Shape[Any], meaning: str, *, example: str = "") -> Any:
    """Declare what may be typed in place of other fields, and is not kept beside them: a ClassVar.

    The rule of the record takes it out of the values.
    """
    declared = Declared(shape, False, meaning, published=None, example=example)
    return field(metadata={_DECLARED: declared})


@dataclass_transform(
    frozen_default=True,
    kw_only_default=True,
    field_specifiers=(required, optional, shorthand, several),
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
            found += _inlined(declared.each) if declared.each else []
            found.append(replace(declared, attribute=attribute, key=key, published=published))
    _FIELDS[made] = {each.key: each for each in sorted(found, key=lambda each: each.late)}
    return made


def _inlined(cls: type[Any]) -> list[Declared]:
    """The fields of a value as they stand among those of the entry that has it alone."""
    return [
        replace(declared, inlined=True)
        for declared in declared_fields(cls).values()
        if not declared.listed
    ]


_FIELDS: dict[type[Any], Mapping[str, Declared]] = {}


def declared_fields(cls: type[Any]) -> Mapping[str, Declared]:
    """What a record declares, by its key, in the order in which files are written."""
    return _FIELDS[cls]


def shape_of(
    cls: type[T], rule: Rule | None = None, *, short: ShortForm | None = None, **given: Any
) -> Record[T]:
    """The shape of a mapping whose keys `cls` declares; `given` are values that no key holds."""
    fields = declared_fields(cls)
    build = _build_of(cls, rule, given)
    listed = next((declared for declared in fields.values() if declared.each), None)
    if listed is None:
        return Record(fields, build, short)
    assert isinstance(listed.shape, ListOf)
    assert isinstance(listed.shape.shape, Record)
    # The fields of a value that is alone have its short form among those of the entry.
    return SeveralRecord(fields, build, listed.shape.shape.short, listed)


def _build_of(
    cls: type[T], rule: Rule | None, given: Mapping[str, Any]
) -> Callable[[Values, Reader], T]:
    fields = declared_fields(cls)
    attributes = {key: declared.attribute for key, declared in fields.items()}

    def build(typed: Values, reader: Reader) -> T:
        values = {attributes[key]: value for key, value in typed.items()}
        if rule is not None:
            rule(values, reader)
        return cls(**{**values, **given})

    return build


@dataclass(frozen=True)
class SeveralRecord(Record[T]):
    """An entry with values that are typed among its own fields, or in a list under `listed`."""

    listed: Declared = Declared(Record({}, lambda *_: None))

    @cached_property
    def own(self) -> Mapping[str, Field]:
        """The fields that are no value's."""
        return {
            key: each
            for key, each in self.fields.items()
            if isinstance(each, Declared) and not each.inlined and not each.each
        }

    @cached_property
    def of_values(self) -> Mapping[str, Field]:
        """The fields that a value may have among those of its entry."""
        return {
            key: each
            for key, each in self.fields.items()
            if isinstance(each, Declared) and each.inlined
        }

    @cached_property
    def value_shape(self) -> Record[Any]:
        """The shape of one value in the list."""
        assert isinstance(self.listed.shape, ListOf)
        assert isinstance(self.listed.shape.shape, Record)
        return self.listed.shape.shape

    def read(self, value: Value, reader: Reader) -> T:
        if not isinstance(value, Table) or value.get(self.listed.key) is None:
            self._refuse_ranks(value, reader)
            return self._of_one.read(value, reader)
        shared = {key: item for key, item in value.entries.items() if key in self.of_values}
        own = {key: item for key, item in value.entries.items() if key not in shared}
        values = value.get(self.listed.key)
        if isinstance(values, Listing):
            known = tuple(self._without_own(item, reader) for item in values.items)
            items = tuple(self._completed(item, shared, reader) for item in known)
            self._refuse_what_none_takes(shared, known, items, reader)
            own[value.key(self.listed.key)] = Listing(items, values.place)
        empty = {key: place for key, place in value.empty.items() if key not in self.of_values}
        return self._of_several.read(Table(own, value.place, empty), reader)

    def _refuse_ranks(self, value: Value, reader: Reader) -> None:
        """Report what only one of several values has, where there is one alone."""
        listed = [key for key, each in self.value_shape.fields.items() if _is_listed(each)]
        for key in value.entries if isinstance(value, Table) else ():
            if key in listed:
                message = f'{key}: for one of several values; write them under "{self.listed.key}"'
                raise reader.reject(key.place, message)

    def _refuse_what_none_takes(
        self,
        shared: Mapping[Text, Value],
        typed: Sequence[Value],
        items: Sequence[Value],
        reader: Reader,
    ) -> None:
        tables = [
            (before, after)
            for before, after in zip(typed, items, strict=True)
            if isinstance(before, Table) and isinstance(after, Table)
        ]
        for key in shared:
            if tables and all(before.get(key) is after.get(key) for before, after in tables):
                message = (
                    f'{key}: every value has its own under "{self.listed.key}"; remove it here'
                )
                reader.report(key.place, message)

    def _without_own(self, item: Value, reader: Reader) -> Value:
        """One of several values, without what stands once for all of them, which is reported."""
        if not isinstance(item, Table):
            return item
        of_value = self.value_shape.fields
        misplaced = [key for key in item.entries if key in self.own and key not in of_value]
        for key in misplaced:
            message = f'{key}: all values have one; write it above "{self.listed.key}" alone'
            reader.report(key.place, message)
        kept = {key: part for key, part in item.entries.items() if key not in misplaced}
        return Table(kept, item.place, item.empty)

    def _completed(self, item: Value, shared: Mapping[Text, Value], reader: Reader) -> Value:
        if not isinstance(item, Table):
            return item
        return completed(item, Table(dict(shared), item.place), reader.languages)

    @cached_property
    def _of_one(self) -> Record[T]:
        """The shape of an entry that has one value, among its own fields."""
        fields = {key: each for key, each in self.fields.items() if key != self.listed.key}
        return Record(fields, self._build_one, self.short)

    @cached_property
    def _of_several(self) -> Record[T]:
        """The shape of one that has a list of them."""
        return Record({**self.own, self.listed.key: self.listed}, self.build)

    def _build_one(self, typed: Values, reader: Reader) -> T:
        of_value = {key: typed.pop(key) for key in self.of_values}
        shape = self.value_shape
        absent = {key: each.shape.absent for key, each in shape.fields.items()}
        value = shape.build({**absent, **of_value}, reader)
        return self.build({**typed, self.listed.key: (value,)}, reader)


def held_ids(value: object) -> Iterator[tuple[tuple[str, ...], str]]:
    """The ids of other entries that a record holds, each after the namespaces that it may be of.

    A kind or an act is one that vocabulary.yml may define.
    """
    for declared in declared_fields(type(value)).values():
        if declared.inlined:
            continue
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


def _is_listed(each: Field) -> bool:
    return isinstance(each, Declared) and each.listed
