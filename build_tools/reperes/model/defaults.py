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
        elif isinstance(typed, Table) and isinstance(value, Table):
            entries[table.key(key)] = _completed_part(typed, value, key, languages)
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


def _completed_part(table: Table, defaults: Table, name: str, languages: Collection[str]) -> Table:
    own_texts = any(language in table.entries for language in languages)
    taken = {
        key: value
        for key, value in defaults.entries.items()
        if key not in table.entries
        and not (own_texts and key in languages)
        and (name != "source" or key == "id")
    }
    empty = {key: place for key, place in table.empty.items() if key not in taken}
    return Table({**table.entries, **taken}, table.place, empty)
