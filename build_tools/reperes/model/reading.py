"""Documents to values: entries, sections and the site, with everything wrong in them reported."""

from __future__ import annotations

import re
from contextlib import suppress

from reperes.language.wording import shipped_languages
from reperes.model.declaring import shape_of
from reperes.model.facts import Entry, Section, Site
from reperes.model.schema import SITE, Kind
from reperes.model.shapes import ID_PATTERN, Reader, Record, RejectedError
from reperes.model.yaml_values import Listing, Table
from reperes.text.problems import Place, Problem, Text, quoted

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
        if key != kind.root:
            message = f'unknown key {quoted(key)}; the file holds one list, "{kind.root}"'
            reader.report(key.place, message)
    listing = table.get(kind.root)
    if listing is None:
        return [], []
    if not isinstance(listing, Listing):
        reader.report(listing.place, f'expected a list under "{kind.root}"')
        return [], []
    entries: list[Entry] = []
    ids: list[Text | None] = []
    for number, item in enumerate(listing.items, 1):
        found = item.get("id") if isinstance(item, Table) else None
        typed_id = found if isinstance(found, Text) else None
        name = f"number {number}" if typed_id is None else quoted(typed_id)[1:-1]
        ids.append(typed_id if typed_id and re.fullmatch(ID_PATTERN, typed_id) else None)
        with reader.inside(f"{kind.name} {name}"), suppress(RejectedError):
            entries.append(kind.shape.read(item, reader))
    return entries, ids


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
