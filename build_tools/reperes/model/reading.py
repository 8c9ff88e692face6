"""Documents to values: entries, sections and the site, with everything wrong in them reported."""

from __future__ import annotations

import re
from collections.abc import Collection, Container, Iterator
from contextlib import suppress
from dataclasses import dataclass

from reperes.language.wording import shipped_languages
from reperes.model.bearings import Lent, Source
from reperes.model.declaring import SeveralRecord, shape_of
from reperes.model.defaults import DATES, VALUES, completed, values_of
from reperes.model.entries import Entry, Localized
from reperes.model.schema import DEFAULTS, KINDS, SITE, Kind, defaults_shape
from reperes.model.shapes import (
    ID_PATTERN,
    LikeDate,
    Mention,
    Reader,
    Record,
    RejectedError,
    names_a_fact,
)
from reperes.model.site import Section, Site
from reperes.model.yaml_values import Listing, Table, Value
from reperes.text.dates import DateError, SortKey, parse_date
from reperes.text.problems import Place, Problem, Text, did_you_mean, quoted

_LANGUAGES = Record({"languages": SITE.fields["languages"]}, lambda values, _: values["languages"])


def read_languages(table: Table, reader: Reader) -> tuple[str, ...]:
    """The language codes that site.yml declares, each once. Raises RejectedError after reporting.

    Read before all else: without them no text can be judged.
    """
    named = {key: value for key, value in table.entries.items() if key == "languages"}
    with reader.inside("site"):
        languages = _LANGUAGES.read(Table(named, table.place), reader)
    doubled = duplicate_ids([language.code for language in languages], "language")
    if doubled:
        reader.problems.extend(doubled)
        raise RejectedError
    for language in languages:
        if language.code not in shipped_languages():
            known = ", ".join(shipped_languages())
            message = f'languages: the program has no wording for "{language.code}"; it has {known}'
            reader.problems.append(Problem(language.code.place, message, "wording"))
    return tuple(str(language.code) for language in languages)


def read_site(table: Table, reader: Reader) -> Site:
    """The site of a site.yml. Raises RejectedError after reporting."""
    with reader.inside("site"):
        return SITE.read(table, reader)


def read_entries(table: Table, kind: Kind, reader: Reader) -> tuple[list[Entry], list[Text | None]]:
    """The sound entries of a file, and the ids of all, sound or not, in the order of the file.

    None stands for an id that cannot be made out.
    """
    for key in table.entries:
        if key not in (kind.root, DEFAULTS):
            message = f'unknown key {quoted(key)}; the file holds one list, "{kind.root}"'
            reader.report(key.place, message)
    defaults, faulty = _read_defaults(table.get(DEFAULTS), kind, reader)
    listing = table.get(kind.root)
    if listing is None:
        return [], []
    if not isinstance(listing, Listing):
        reader.report(listing.place, f'expected a list under "{kind.root}"')
        return [], []
    lent = _Lent.of(defaults, reader)
    entries: list[Entry] = []
    ids: list[Text | None] = []
    for number, item in enumerate(listing.items, 1):
        found = item.get("id") if isinstance(item, Table) else None
        typed_id = found if isinstance(found, Text) else None
        name = f"number {number}" if typed_id is None else quoted(typed_id)[1:-1]
        ids.append(typed_id if typed_id and re.fullmatch(ID_PATTERN, typed_id) else None)
        told, mentioned = len(reader.problems), len(reader.mentions)
        with reader.inside(f"{kind.name} {name}"), suppress(RejectedError):
            if isinstance(item, Table):
                item = _dated(with_defaults(item, kind, defaults, reader), reader)
                if isinstance(typed_id, Text):
                    _remember_defaults(typed_id, item, kind, reader)
            entry = kind.shape.read(item, reader)
            entries.append(entry)
            if isinstance(entry, Source) and entry.publisher_id is not None:
                reader.publishers[entry.id] = entry.publisher_id
        taken = [key for key in faulty if isinstance(item, Table) and _takes(item, key, defaults)]
        _forget_what_was_told(reader, told, mentioned, lent, f"{kind.name} {name}", taken)
    return entries, ids


def _parts(value: Value) -> Iterator[Value]:
    """A value, and all that it holds."""
    yield value
    if isinstance(value, Table):
        for key, item in value.entries.items():
            yield key
            yield from _parts(item)
    elif isinstance(value, Listing):
        for item in value.items:
            yield from _parts(item)


def _takes(entry: Table, key: str, defaults: Table) -> bool:
    """Whether what an entry has under a key is its file's, wholly or in part."""
    shared, found = defaults.get(key), entry.get(key)
    return found is shared or (isinstance(found, Table) and isinstance(shared, Table))


@dataclass
class _Lent:
    """The places of what entries were lent, and of what has been told and mentioned of it.

    Kept beside the problems, for to look through all of them after each entry takes time that
    grows with the square of the entries.
    """

    places: set[Place]
    told: set[Place]
    mentioned: set[Place]

    @classmethod
    def of(cls, defaults: Table, reader: Reader) -> _Lent:
        places = {part.place for part in _parts(defaults)} | reader.lent
        told = {problem.place for problem in reader.problems}
        mentioned = {mention.id.place for mention in reader.mentions}
        return cls(places, told & places, mentioned & places)


def _forget_what_was_told(
    reader: Reader, told: int, mentioned: int, lent: _Lent, name: str, faulty: Collection[str]
) -> None:
    """Drop what is wrong with what an entry was lent: it is told once, and not with every entry.

    `told` and `mentioned` are how much was known before the entry, and `faulty` the keys of what it
    was lent that were refused.
    """
    trails = [f"{name}: {values}{key}:" for key in faulty for values in ("", "values: ")]
    reader.problems[told:] = [
        problem
        for problem in reader.problems[told:]
        if problem.place not in lent.told and not problem.message.startswith(tuple(trails))
    ]
    reader.mentions[mentioned:] = [
        mention for mention in reader.mentions[mentioned:] if mention.id.place not in lent.mentioned
    ]
    lent.told |= {problem.place for problem in reader.problems[told:]} & lent.places
    lent.mentioned |= {mention.id.place for mention in reader.mentions[mentioned:]} & lent.places


def _read_defaults(
    value: Value | None, kind: Kind, reader: Reader
) -> tuple[Table, Collection[str]]:
    """What the entries of a file share, written out, and the keys of it that cannot be used."""
    if value is None:
        return Table({}, Place("")), ()
    shape = defaults_shape(kind, reader.languages)
    faulty: set[str] = set()
    with reader.inside(DEFAULTS):
        if not isinstance(value, Table):
            known = ", ".join(shape.fields)
            reader.report(value.place, f"expected a mapping with some of the keys {known}")
            return Table({}, value.place), ()
        defaults = shape.lengthened(value)
        assert isinstance(defaults, Table)
        for key, item in defaults.entries.items():
            if key not in shape.fields:
                reader.report(
                    key.place, f"unknown key {quoted(key)}{did_you_mean(key, shape.fields)}"
                )
                faulty.add(key)
                continue
            with reader.inside(key):
                try:
                    if names_a_fact(item) and key in _MAY_NAME_A_FACT:
                        reader.mentions.append(Mention(("fact",), item, reader.trail))
                    else:
                        shape.fields[key].shape.read(item, reader)
                except RejectedError:
                    faulty.add(key)
    return defaults, faulty


def shared_texts(table: Table, kind: Kind, languages: Collection[str]) -> dict[str, Localized]:
    """The texts that the entries of a file share, by the path of each.

    As entries have them: "figures/defaults/derived/reason".
    """
    defaults = table.get(DEFAULTS)
    found: dict[str, Localized] = {}
    for key, value in defaults.entries.items() if isinstance(defaults, Table) else ():
        texts = {code: value.get(code) for code in languages} if isinstance(value, Table) else {}
        each = {code: text for code, text in texts.items() if isinstance(text, Text)}
        if each and len(each) == len(languages):
            name = f"{key}/reason" if key == "derived" else key
            found[f"{kind.root}/{DEFAULTS}/{name}"] = each
    return found


def with_defaults(entry: Table, kind: Kind, defaults: Table, reader: Reader) -> Table:
    """An entry written out, with what its file and its source say for it."""
    long = kind.shape.lengthened(entry)
    assert isinstance(long, Table)
    long = completed(long, defaults, reader.languages)
    known = kind.shape.parts(reader.languages)
    values = long.get(VALUES)
    if not isinstance(kind.shape, SeveralRecord) or not isinstance(values, Listing):
        return completed(long, _lent(long, known, reader), reader.languages)
    # Each value has a source of its own, and what that one lends.
    of_value = kind.shape.value_shape.fields
    items = tuple(_with_lent(item, long, of_value, reader) for item in values.items)
    several = {long.key(VALUES): Listing(items, values.place)}
    long = Table({**long.entries, **several}, long.place, long.empty)
    own = [key for key in known if key not in of_value]
    return completed(long, _lent(long, own, reader), reader.languages)


def _with_lent(value: Value, entry: Table, known: Container[str], reader: Reader) -> Value:
    """One of several values, with what its source says for it; its entry goes before that."""
    if not isinstance(value, Table):
        return value
    shared = Table({key: item for key, item in entry.entries.items() if key in known}, entry.place)
    lent = _lent(completed(value, shared, reader.languages), known, reader)
    kept = {key: item for key, item in lent.entries.items() if key not in shared.entries}
    if any(key in shared.entries for key in DATES):
        kept.pop(_DERIVED, None)
    return completed(value, Table(kept, lent.place), reader.languages)


def _lent(entry: Table, known: Container[str], reader: Reader) -> Table:
    """What the source of an entry says for the facts read in it, of the keys that it may have."""
    lent = reader.defaults_of_sources.get(_first_source(entry), Table({}, entry.place))
    return Table({key: item for key, item in lent.entries.items() if key in known}, lent.place)


def names_a_date(value: Value) -> bool:
    """Whether a fact, or what facts share, has the date of another fact."""
    if isinstance(value, Listing):
        return any(map(names_a_date, value.items))
    if not isinstance(value, Table):
        return False
    for key, part in value.entries.items():
        if isinstance(part, Text):
            if key in _MAY_NAME_A_FACT and names_a_fact(part):
                return True
        elif key in _WITH_DATES and names_a_date(part):
            return True
    return False


_MAY_NAME_A_FACT = ("as_of", "date")
_WITH_DATES = (DEFAULTS, "values", *(kind.root for kind in KINDS))


def gather_dates(table: Table, kind: Kind, reader: Reader) -> None:
    """Let the facts of a file lend their dates to others; what is wrong with it is said later."""
    listing, typed = table.get(kind.root), table.get(DEFAULTS)
    shape = defaults_shape(kind, reader.languages)
    shared = shape.lengthened(typed) if isinstance(typed, Table) else None
    defaults = shared if isinstance(shared, Table) else Table({}, table.place)
    for item in listing.items if isinstance(listing, Listing) else ():
        entry = with_defaults(item, kind, defaults, reader) if isinstance(item, Table) else None
        entry_id = entry.get("id") if entry else None
        if not isinstance(entry, Table) or not isinstance(entry_id, Text):
            continue
        said = _said(entry)
        date = said.get("as_of") or said.get("date")
        if date is not None:
            reader.dates.setdefault(entry_id, LikeDate(date, said.get("derived")))


def _said(entry: Table) -> Table:
    """The one of an entry's values that prose says, before they are read; an only one is all of it.

    Of values for several days it is that of the latest, as in `latest_of`.
    """
    own = Table({key: item for key, item in entry.entries.items() if key != VALUES}, entry.place)
    values = [value for value in values_of(entry) if value.get("rank") != "deprecated"]
    values = [value for value in values if value.get("rank") == "preferred"] or values
    return max((completed(value, own, ()) for value in values), key=_day_order, default=entry)


def _day_order(value: Table) -> tuple[SortKey, ...]:
    """Where the day of a value stands in time; what is no date comes first."""
    day = value.get("as_of") or value.get("date")
    try:
        return (parse_date(day).sort_key,) if isinstance(day, Text) else ()
    except DateError:
        return ()


def _dated(entry: Table, reader: Reader) -> Table:
    """An entry with the date, and the reason for it, of the fact that it names for it.

    So are its values, where it has several.
    """
    values = entry.get("values")
    if isinstance(values, Listing):
        items = (_dated(v, reader) if isinstance(v, Table) else v for v in values.items)
        several = {entry.key("values"): Listing(tuple(items), values.place)}
        entry = Table({**entry.entries, **several}, entry.place, entry.empty)
    for key in _MAY_NAME_A_FACT:
        typed = entry.get(key)
        if not names_a_fact(typed):
            continue
        reader.mentions.append(Mention(("fact",), typed, f"{reader.trail}: {key}"))
        like = reader.date_like(typed)
        # What is no date is told of the fact whose date it is.
        if like is not None and isinstance(like.date, Text) and _is_date(like.date):
            lent: dict[Text, Value] = {} if like.derived is None else {_DERIVED: like.derived}
            without = {name: part for name, part in entry.entries.items() if name != key}
            found = completed(
                Table(without, entry.place), Table(lent, entry.place), reader.languages
            )
            date = Text(like.date, typed.place, False)
            entry = Table({**found.entries, entry.key(key): date}, entry.place, entry.empty)
    return entry


_DERIVED = Text("derived", Place(""))


def _is_date(text: Text) -> bool:
    try:
        parse_date(text)
    except DateError:
        return False
    return True


def _first_source(entry: Table) -> str:
    """The id of the source that an entry names first, or ""."""
    pin = entry.get("source")
    pin = pin.items[0] if isinstance(pin, Listing) else pin
    source_id = pin.get("id") if isinstance(pin, Table) else None
    return source_id if isinstance(source_id, Text) else ""


def _remember_defaults(source_id: Text, typed: Table, kind: Kind, reader: Reader) -> None:
    """Keep what facts take from a source, sound or not; what is not is told of the source."""
    defaults = typed.get(DEFAULTS)
    if kind.entry is Source and isinstance(defaults, Table):
        long = shape_of(Lent).lengthened(defaults)
        assert isinstance(long, Table)
        reader.defaults_of_sources[source_id] = long
        reader.lent |= {part.place for part in _parts(long)}


def read_section(front_matter: Table, body: Text, language: str, reader: Reader) -> Section:
    """A section from its front matter and body. Raises RejectedError after reporting."""
    shape = shape_of(Section, language=language, path=body.place.path, body=body)
    return shape.read(front_matter, reader)


def duplicate_ids(ids: list[Text], noun: str) -> list[Problem]:
    """A problem for each id that stands again after its first place."""
    first: dict[str, Place] = {}
    problems = []
    for typed in ids:
        if typed in first:
            message = f"{noun} id {quoted(typed)} is taken (by {first[typed]}); choose another"
            problems.append(Problem(typed.place, message, "shape"))
        first.setdefault(typed, typed.place)
    return problems
