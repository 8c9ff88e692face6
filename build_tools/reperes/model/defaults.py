"""What an entry takes from its file, from its source, or from the entry that it is a value of."""

from __future__ import annotations

from collections.abc import Collection

from reperes.model.yaml_values import Listing, Table, Value
from reperes.text.problems import Text

VALUES = "values"
"""The key of the list in which an entry has several values."""

DATES = ("as_of", "date", "published")
"""The dates of which `derived` says how they were worked out."""


def completed(table: Table, defaults: Table, languages: Collection[str]) -> Table:
    """`table` with what it does not say itself taken from `defaults`.

    How a date was worked out goes with that date: who types another date types its reason. Of a
    text in each language all is taken or nothing, and of a source no more than its id. What each
    of its `values` says itself, an entry does not take.
    """
    if not defaults.entries:
        return table
    entries = dict(table.entries)
    has_own_date = any(key in entries for key in DATES)
    for key, value in defaults.entries.items():
        typed = table.get(key)
        if (key == "derived" and has_own_date) or _no_value_takes(table, key, value, languages):
            continue
        if typed is None:
            entries[key] = value
        elif key == "source":
            entries[table.key(key)] = _in_source(typed, named_source(value))
        elif isinstance(typed, Table) and isinstance(value, Table):
            entries[table.key(key)] = _completed_part(typed, value, languages)
    empty = {key: place for key, place in table.empty.items() if key not in entries}
    return Table(entries, table.place, empty)


def values_of(table: Table) -> list[Table]:
    """The values of an entry that has a list of them, but for those that are no mapping."""
    values = table.get(VALUES)
    items = values.items if isinstance(values, Listing) else ()
    return [item for item in items if isinstance(item, Table)]


def _no_value_takes(table: Table, key: Text, value: Value, languages: Collection[str]) -> bool:
    shared = Table({key: value}, value.place)
    values = values_of(table)
    return bool(values) and all(
        item.get(key) is not None and completed(item, shared, languages).entries == item.entries
        for item in values
    )


def _completed_part(table: Table, defaults: Table, languages: Collection[str]) -> Table:
    own_texts = any(language in table.entries for language in languages)
    taken = {
        key: value
        for key, value in defaults.entries.items()
        if key not in table.entries and not (own_texts and key in languages)
    }
    empty = {key: place for key, place in table.empty.items() if key not in taken}
    return Table({**table.entries, **taken}, table.place, empty)


def named_source(value: Value) -> Text | None:
    """The id of the only source that a place in one names, or a list of places."""
    if isinstance(value, Listing):
        return named_source(value.items[0]) if len(value.items) == 1 else None
    found = value.get("id") if isinstance(value, Table) else None
    return found if isinstance(found, Text) else None


def _in_source(pin: Value, source_id: Text | None) -> Value:
    """A place in a source, or a list of them, each of the source where it names none itself."""
    if source_id is None:
        return pin
    if isinstance(pin, Listing):
        items = tuple(_in_source(item, source_id) for item in pin.items)
        same = all(found is item for found, item in zip(items, pin.items, strict=True))
        return pin if same else Listing(items, pin.place)
    if not isinstance(pin, Table) or pin.get("id") is not None:
        return pin
    empty = {key: place for key, place in pin.empty.items() if key != "id"}
    return Table({**pin.entries, Text("id", source_id.place): source_id}, pin.place, empty)
