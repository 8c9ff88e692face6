"""A file of entries in the long layout or in the short one: what is said stays the same."""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Container, Iterable, Iterator, Sequence
from functools import partial
from typing import TypeVar

from reperes.model.defaults import completed, named_source
from reperes.model.explainer import Explainer
from reperes.model.facts import Fact
from reperes.model.reading import with_defaults
from reperes.model.schema import DEFAULTS, Kind, defaults_shape
from reperes.model.shapes import OneOrEach, OneOrMore, Reader
from reperes.model.short_forms import plain
from reperes.model.yaml_values import Listing, Table, Value
from reperes.text.problems import Text

_DATES = ("as_of", "date")


def lengthened_file(table: Table, kind: Kind, explainer: Explainer) -> Table:
    """Every entry with all that it says, its author too, and nothing shared."""
    is_fact = issubclass(kind.entry, Fact)
    entries = [
        _with_author(entry, explainer) if is_fact and isinstance(entry, Table) else entry
        for entry in _complete(table, kind, explainer)
    ]
    return _alike(_file(table, kind, None, entries), kind, explainer.languages)


def shortened_file(table: Table, kind: Kind, explainer: Explainer) -> Table:
    """Every entry in its short form, without what the file says for all, or a source's publisher.

    What most entries say goes into the file's defaults, where something there does not stand yet.
    """
    table = _alone(table, kind)
    entries = _complete(table, kind, explainer)
    shape = defaults_shape(kind, explainer.languages)
    typed = _defaults(table, kind, explainer)
    defaults = _with_most_common(typed, entries, shape.fields, explainer.languages)
    short = [
        kind.shape.shortened(_without(entry, defaults, explainer))
        if isinstance(entry, Table)
        else entry
        for entry in entries
    ]
    shared = shape.shortened(defaults) if defaults.entries else None
    return _alike(_file(table, kind, shared, short), kind, explainer.languages)


def laid_out_entry(
    entry: Table, table: Table, kind: Kind, explainer: Explainer, is_short: bool
) -> Value:
    """An entry as it would stand in a file, which says some of it for all its entries."""
    alone = Table({Text(kind.root, table.place): Listing((entry,), table.place)}, table.place)
    defaults = table.get(DEFAULTS)
    shared = {} if defaults is None else {Text(DEFAULTS, table.place): defaults}
    whole = _complete(Table({**shared, **alone.entries}, table.place), kind, explainer)[0]
    if not isinstance(whole, Table):
        return whole
    if is_short:
        return kind.shape.shortened(_without(whole, _defaults(table, kind, explainer), explainer))
    return _with_author(whole, explainer) if issubclass(kind.entry, Fact) else whole


def _alone(table: Table, kind: Kind) -> Table:
    """A file in which the only source of a list stands without one, to be compared with others."""
    for key, field in kind.shape.fields.items():
        if isinstance(field.shape, OneOrMore) and not field.shape.listed:
            table = _changed_under(key, table, kind, _only)
    return table


def _only(value: Value) -> Value:
    return value.items[0] if isinstance(value, Listing) and len(value.items) == 1 else value


def _alike(table: Table, kind: Kind, languages: Sequence[str]) -> Table:
    """A file in which a field has one form: in a list, or a mapping, where one of them must be.

    A form of the web editor can show no more than one.
    """
    for key, field in kind.shape.fields.items():
        shape, found = field.shape, list(_under(key, table, kind))
        as_mapping = any(isinstance(item, Table) for value in found for item in _items(value))
        if isinstance(shape, OneOrEach) and as_mapping:
            table = _changed_under(key, table, kind, lambda value: _in_each(value, languages))
        elif isinstance(shape, OneOrMore) and not shape.listed:
            in_list = any(isinstance(value, Listing) for value in found)
            long = shape.shape.lengthened if as_mapping else _same
            change = partial(_in_list, long) if in_list else long
            table = _changed_under(key, table, kind, change)
    return table


def _same(value: Value) -> Value:
    return value


def _in_list(change: Callable[[Value], Value], value: Value) -> Value:
    return Listing(tuple(map(change, _items(value))), value.place)


def _in_each(value: Value, languages: Sequence[str]) -> Value:
    """A text that holds for all languages, in each of them."""
    if not isinstance(value, Text):
        return value
    return Table({Text(code, value.place): value for code in languages}, value.place)


def _items(value: Value) -> tuple[Value, ...]:
    return value.items if isinstance(value, Listing) else (value,)


def _holds_entries(key: str, kind: Kind) -> bool:
    return key in (DEFAULTS, kind.root, "values")


def _under(key: str, table: Table, kind: Kind) -> Iterator[Value]:
    """What stands under a key in a file: in its defaults, its entries and their values."""
    for name, part in table.entries.items():
        if name == key:
            yield part
        elif _holds_entries(name, kind):
            for item in _items(part):
                if isinstance(item, Table):
                    yield from _under(key, item, kind)


def _changed_under(key: str, table: Table, kind: Kind, change: Callable[[Value], Value]) -> Table:
    entries = dict(table.entries)
    for name, part in table.entries.items():
        if name == key:
            entries[name] = change(part)
        elif _holds_entries(name, kind):
            items = (
                _changed_under(key, item, kind, change) if isinstance(item, Table) else item
                for item in _items(part)
            )
            entries[name] = (
                Listing(tuple(items), part.place) if isinstance(part, Listing) else next(items)
            )
    return Table(entries, table.place, table.empty)


def _file(table: Table, kind: Kind, defaults: Value | None, entries: Sequence[Value]) -> Table:
    place = table.place
    shared = {} if defaults is None else {Text(DEFAULTS, place): defaults}
    found = table.get(kind.root)
    listing = Listing(tuple(entries), found.place if found else place)
    # An empty list stands for itself: the file is there for it.
    held = {Text(kind.root, place): listing} if entries or kind.root in table.empty else {}
    return Table({**shared, **held}, place, table.empty)


def _complete(table: Table, kind: Kind, explainer: Explainer) -> list[Value]:
    """The entries written out, each with what it has from its file."""
    defaults, reader = _defaults(table, kind, explainer), Reader(explainer.languages)
    listing = table.get(kind.root)
    return [
        with_defaults(entry, kind, defaults, reader) if isinstance(entry, Table) else entry
        for entry in (listing.items if isinstance(listing, Listing) else ())
    ]


def _defaults(table: Table, kind: Kind, explainer: Explainer) -> Table:
    found = table.get(DEFAULTS)
    long = defaults_shape(kind, explainer.languages).lengthened(found) if found else None
    return long if isinstance(long, Table) else Table({}, table.place)


def _with_most_common(
    typed: Table, entries: Sequence[Value], known: Container[str], languages: Sequence[str]
) -> Table:
    """The defaults of a file, with the source and the date that most entries have.

    Of what an entry may lack, nothing is shared: it would have it then.
    """
    tables = [entry for entry in entries if isinstance(entry, Table)]
    shared = dict(typed.entries)
    if "source" in known and "source" not in shared:
        pins = [entry.get("source") for entry in tables]
        ids = [pin.get("id") for pin in pins if isinstance(pin, Table)]
        if len(ids) == len(tables) and (source_id := _most_common(ids)):
            shared[Text("source", source_id.place)] = Table(
                {Text("id", source_id.place): source_id}, source_id.place
            )
    date_key = next((key for key in _DATES if key in known), None)
    if date_key and date_key not in shared and all(date_key in entry.entries for entry in tables):
        dates = [Listing(tuple(_dated(e, date_key, languages)), e.place) for e in tables]
        if common := _most_common(dates):
            names = (date_key, "derived")
            shared |= {
                Text(name, common.place): part
                for name, part in zip(names, common.items, strict=False)
            }
    return Table(shared, typed.place)


def _dated(entry: Table, date_key: str, languages: Sequence[str]) -> Iterator[Value]:
    """The date of an entry and the reason for it, without the words that it starts from."""
    date, derived = entry.get(date_key), entry.get("derived")
    if date is not None:
        yield date
    if isinstance(derived, Table):
        texts = {key: text for key, text in derived.entries.items() if key in languages}
        yield Table(texts, derived.place)


_Value = TypeVar("_Value", bound=Value)


def _most_common(values: Iterable[_Value | None]) -> _Value | None:
    """What stands most often among some values, if it stands more than once; the first such."""
    kept = [value for value in values if value is not None]
    counts = Counter(map(repr, map(plain, kept)))
    best = max(kept, key=lambda value: counts[repr(plain(value))], default=None)
    return best if best is not None and counts[repr(plain(best))] > 1 else None


def _without(entry: Table, defaults: Table, explainer: Explainer) -> Table:
    """An entry without what it has from its file anyway, nor its source's publisher as author."""
    whole, left = plain(entry), entry
    groups = [(date_key, "derived") for date_key in _DATES]
    for keys in (*groups, *((key,) for key in defaults.entries)):
        for shorter in (_dropping(left, keys), _dropping_parts(left, keys, defaults)):
            if plain(completed(shorter, defaults, explainer.languages)) == whole:
                left = shorter
                break
    # Without an author of its own it would have that of the file; and several values, of which
    # some may be of other sources, each that of its source.
    others = "attributed_to" in defaults.entries or "values" in entry.entries
    if not others and plain(entry.get("attributed_to")) == _publishers(entry, explainer):
        left = _dropping(left, ("attributed_to",))
    return left


def _dropping(table: Table, keys: Container[str]) -> Table:
    entries = {key: part for key, part in table.entries.items() if key not in keys}
    return Table(entries, table.place)


def _dropping_parts(table: Table, keys: Container[str], defaults: Table) -> Table:
    """The same, but of a mapping only what the file says too."""
    entries: dict[Text, Value] = {}
    for key, part in table.entries.items():
        shared = defaults.get(key)
        if key not in keys:
            entries[key] = part
        elif isinstance(part, Listing) and shared is not None:
            source_id = named_source(shared)
            items = (_dropping_source(item, source_id) for item in part.items)
            entries[key] = Listing(tuple(items), part.place)
        elif isinstance(part, Table) and isinstance(shared, Table):
            own = _dropping(part, shared.entries)
            entries |= {key: own} if own.entries else {}
    return Table(entries, table.place)


def _dropping_source(pin: Value, source_id: str | None) -> Value:
    """A place in a source without the name of that source, where it says more than this name."""
    if not isinstance(pin, Table) or pin.get("id") != source_id or len(pin.entries) == 1:
        return pin
    return _dropping(pin, ("id",))


def _with_author(entry: Table, explainer: Explainer) -> Table:
    """An entry with the author that it has from its source, where it names none."""
    publishers = _publishers(entry, explainer)
    if entry.get("attributed_to") is not None or entry.get("values") or not publishers:
        return entry
    items = tuple(Text(publisher, entry.place) for publisher in publishers)
    key = Text("attributed_to", entry.place)
    return Table({**entry.entries, key: Listing(items, entry.place)}, entry.place)


def _publishers(entry: Table, explainer: Explainer) -> list[str]:
    """Who published the sources that an entry names, each once: its authors, if it names none.

    Nobody where they are not, for its source says whose its facts are; or where a source is not
    known, for it has errors or is not there.
    """
    found = entry.get("source")
    pins = found.items if isinstance(found, Listing) else (found,)
    ids = [pin.get("id") for pin in pins if isinstance(pin, Table)]
    sources = [explainer.sources[str(key)] for key in ids if str(key) in explainer.sources]
    lent = sources[0].defaults if sources else None
    if len(sources) < len(ids) or (lent and lent.attributed_to):
        return []
    publishers = (source.publisher_id for source in sources if source.publisher_id)
    return list(dict.fromkeys(map(str, publishers)))
