"""Files of entries as a form on a screen can show them: each field in one form alone.

What may be typed as a text or as a mapping, alone or in a list, has a widget for one of these.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from functools import cached_property
from typing import Any

from reperes.model.bearings import Lent
from reperes.model.declaring import SeveralRecord, declared_fields
from reperes.model.facts import Fact
from reperes.model.schema import DEFAULTS, Kind, defaults_shape
from reperes.model.shapes import (
    Field,
    Flag,
    ListOf,
    Number,
    OneOrEach,
    OneOrMore,
    Pattern,
    PerLanguage,
    Quantity,
    Record,
    Shape,
    Words,
)
from reperes.model.yaml_values import Listing, Table, Value
from reperes.text.problems import Text

_OF_EACH_ENTRY = (PerLanguage, Words, Number, Flag)
"""What entries seldom share: texts and numbers."""


@dataclass(frozen=True)
class EntryFile:
    """A file of entries of a kind: `typed` as it stands, or None where there is none.

    `is_short` says how site.yml has files written; `lends` that a source shares something with
    the facts read in it.
    """

    kind: Kind
    typed: Table | None
    languages: Sequence[str]
    is_short: bool
    lends: bool

    @cached_property
    def may_share(self) -> bool:
        """Whether something stands, or may stand, under `defaults` above the list."""
        return self.is_short or self._defaults is not None

    def entry_fields(self) -> Mapping[str, Field]:
        """The fields of an entry, in the form in which this file has them."""
        short = self.kind.shape.short
        supplied = short.supplies if short and self.is_short else ()
        return {
            key: self._shown(key, field, self._entries)
            for key, field in self.kind.shape.parts(self.languages).items()
            if not self._is_replaced(key) and (key not in supplied or self._found(key))
        }

    def shared_fields(self) -> Mapping[str, Field]:
        """What entries share."""
        typed = self._defaults.entries if self._defaults else {}
        return {
            key: self._shown(key, field, ())
            for key, field in defaults_shape(self.kind, self.languages).fields.items()
            if key in typed
            or not (isinstance(field.shape, _OF_EACH_ENTRY) or self._is_replaced(key))
        }

    @cached_property
    def _entries(self) -> tuple[Table, ...]:
        listing = self.typed.get(self.kind.root) if self.typed else None
        items = listing.items if isinstance(listing, Listing) else ()
        return tuple(item for item in items if isinstance(item, Table))

    @cached_property
    def _defaults(self) -> Table | None:
        found = self.typed.get(DEFAULTS) if self.typed else None
        return found if isinstance(found, Table) else None

    @cached_property
    def _values(self) -> tuple[Table, ...]:
        lists = (entry.get("values") for entry in self._entries)
        items = (item for each in lists if isinstance(each, Listing) for item in each.items)
        return tuple(item for item in items if isinstance(item, Table))

    def _found(self, key: str) -> list[Value]:
        """What stands under a key anywhere in the file."""
        shared = [self._defaults] if self._defaults else []
        found = (table.get(key) for table in (*shared, *self._entries, *self._values))
        return [value for value in found if value is not None]

    def _is_replaced(self, key: str) -> bool:
        """Whether a short form says what stood under a key, in this file everywhere."""
        short = self.kind.shape.short
        return bool(self.is_short and short and key in short.replaces and not self._found(key))

    def _shown(self, key: str, field: Field, tables: Sequence[Table]) -> Field:
        """A field in its form; what may come from elsewhere need not be filled in."""
        shape = field.shape
        if isinstance(self.kind.shape, SeveralRecord) and key == self.kind.shape.listed.key:
            fields = self.kind.shape.value_shape.fields
            shown = {
                name: self._shown(name, each, ())
                for name, each in fields.items()
                if not self._is_replaced(name)
            }
            return replace(field, shape=ListOf(Record(shown, self.kind.shape.build)))
        is_lent = self.lends and key in declared_fields(Lent) and issubclass(self.kind.entry, Fact)
        is_shared = is_lent or (self._defaults is not None and key in self._defaults.entries)
        if is_shared or self.may_share:
            shape = shape.partial()
        if isinstance(shape, OneOrMore):
            shape = self._in_its_form(key, shape)
        elif isinstance(shape, OneOrEach):
            in_each = any(isinstance(value, Table) for value in self._found(key))
            shape = PerLanguage(shape.shape) if in_each else shape.shape
        # What a text may say is said with its example, where there are several ways.
        example = getattr(shape, "expected", "") if self.is_short else ""
        meaning = example if isinstance(shape, Pattern | Quantity) and example else field.meaning
        everywhere = bool(tables) and all(table.get(key) is not None for table in tables)
        needed = field.required and not is_shared and (everywhere or not self._entries)
        return replace(field, shape=shape, required=needed, meaning=meaning)

    def _in_its_form(self, key: str, shape: OneOrMore[Any]) -> Shape[Any]:
        found = self._found(key)
        is_list, is_text = _form(found[0]) if found else (shape.listed, self.is_short)
        one: Shape[Any] = shape.shape
        if isinstance(one, Record) and one.short and is_text:
            one = Pattern(one.short.pattern, one.short.expected)
        return ListOf(one) if is_list or shape.listed else one


def _form(value: Value) -> tuple[bool, bool]:
    """Whether a value is a list, and whether it is a text or holds texts."""
    if isinstance(value, Listing):
        return True, all(isinstance(item, Text) for item in value.items)
    return False, isinstance(value, Text)
