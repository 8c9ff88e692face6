"""The ledger: what each edition of an explainer said, as `reperes release` wrote it down.

An edition is a file of its own, and records what it says otherwise than the one before. So two
branches that were each released merge by themselves: both files are there, and what both say was
said. An edition's name ends in the beginning of its digest, so that two of one number differ.
"""

from __future__ import annotations

import base64
import binascii
import json
import zlib
from collections import Counter
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field, replace
from functools import cached_property
from typing import Any

from reperes.model.documents import Folder
from reperes.model.said import PARTS, Said, SaidValue
from reperes.model.yaml_values import refuse_conflicts
from reperes.text.dates import DateError, FactDate, parse_date
from reperes.text.digests import digest_of_parts
from reperes.text.problems import ContentError, Place, Problem, Text
from reperes.text.store import fields_alone

FOLDER = "editions"
"""Where the files of the ledger stand in a content folder."""

SUFFIX = ".json"

RULE = "edition"

_MOST_TEXT = 100_000_000
"""How many bytes the texts of an edition may have when they are unpacked."""

_DIGEST_DIGITS = 8
"""How many hexadecimal digits tell two texts apart, or two editions of one number."""

_NEVER_MISSING = ("day", "author")
"""The parts that every value of every fact has."""

_ROOTS = {noun: f"{noun}s" for noun in PARTS}
"""The keys under which facts stand, by what they are."""

_BROUGHT_BACK = "restore the file from version control or from a copy"


@dataclass(frozen=True)
class Edition:
    """What an edition said that none before it did.

    `explainer` is the address of the site then; `follows` are the digests of the editions that it
    builds on: several where branches met. `said` has the facts by id, `sections` a digest of each
    text by id, then by language, `ids` those of other entries by what they are. `gone` are the
    ids of an earlier edition that it had no more, by what they were. `path` is what messages call
    its file.
    """

    number: int
    day: FactDate
    explainer: str
    follows: tuple[str, ...] = ()
    said: Mapping[str, Said] = field(default_factory=dict)
    sections: Mapping[str, Mapping[str, str]] = field(default_factory=dict)
    ids: Mapping[str, tuple[str, ...]] = field(default_factory=dict)
    gone: Mapping[str, tuple[str, ...]] = field(default_factory=dict)
    digest: str = ""
    path: str = ""

    @property
    def place(self) -> Place:
        return Place(self.path)

    @property
    def file_name(self) -> str:
        return f"{self.number}-{self.digest}{SUFFIX}"


@dataclass(frozen=True)
class State:
    """All that an explainer said in an edition, or says now; as in `Edition`."""

    said: Mapping[str, Said] = field(default_factory=dict)
    sections: Mapping[str, Mapping[str, str]] = field(default_factory=dict)
    ids: Mapping[str, tuple[str, ...]] = field(default_factory=dict)

    def ids_of(self, noun: str) -> Sequence[str]:
        """The ids of what it has of a kind, or of its sections."""
        if noun == "section":
            return tuple(self.sections)
        if noun in PARTS:
            return tuple(fact_id for fact_id, said in self.said.items() if said.noun == noun)
        return self.ids.get(noun, ())

    @property
    def nouns(self) -> tuple[str, ...]:
        return (*PARTS, "section", *self.ids)


@dataclass(frozen=True)
class Ledger:
    """The editions in their order: by number, then by day."""

    editions: tuple[Edition, ...] = ()

    def __getstate__(self) -> dict[str, Any]:
        return fields_alone(self)

    def __bool__(self) -> bool:
        return bool(self.editions)

    @property
    def number(self) -> int:
        """The number of the latest edition; 0 where there is none."""
        return self.editions[-1].number if self.editions else 0

    @property
    def numbers(self) -> tuple[int, ...]:
        return tuple(sorted({edition.number for edition in self.editions}))

    def day(self, number: int) -> FactDate:
        """The day of an edition: of one that two branches have released, the later one."""
        return [edition.day for edition in self.editions if edition.number == number][-1]

    def state(self, number: int) -> State:
        """All that was said in an edition; nothing in edition 0."""
        said: dict[str, Any] = {}
        sections: dict[str, Any] = {}
        ids: dict[str, dict[str, Any]] = {}
        for edition in self.editions:
            if edition.number > number:
                break
            for noun, names in edition.gone.items():
                every: dict[str, dict[str, Any]] = {**dict.fromkeys(PARTS, said), **ids}
                held = every.get(noun, {}) if noun != "section" else sections
                for name in names:
                    held.pop(name, None)
            said |= edition.said
            sections |= edition.sections
            for noun, names in edition.ids.items():
                ids.setdefault(noun, {}).update(dict.fromkeys(names))
        return State(said, sections, {noun: tuple(names) for noun, names in ids.items()})

    def last_said(self, fact_id: str) -> tuple[tuple[int, Said], ...]:
        """What was said of a fact last, each with the number of the edition that said it first.

        Several where branches met that both released it; none where no edition has it.
        """
        found = self._said.get(fact_id, [])
        return tuple(each for each in found if each[0] == found[-1][0])

    @cached_property
    def _said(self) -> Mapping[str, list[tuple[int, Said]]]:
        found: dict[str, list[tuple[int, Said]]] = {}
        for edition in self.editions:
            for fact_id, said in edition.said.items():
                found.setdefault(fact_id, []).append((edition.number, said))
        return found

    @cached_property
    def first_edition_of(self) -> Mapping[tuple[str, str], int]:
        """The number of the edition that had an entry or a section first, by what it is, and id."""
        found: dict[tuple[str, str], int] = {}
        for edition in self.editions:
            for fact_id, said in edition.said.items():
                found.setdefault((said.noun, fact_id), edition.number)
            for section_id in edition.sections:
                found.setdefault(("section", section_id), edition.number)
            for noun, names in edition.ids.items():
                for name in names:
                    found.setdefault((noun, name), edition.number)
        return found


NO_EDITIONS = Ledger()


def text_digest(*texts: str) -> str:
    """What tells a text from another one."""
    return digest_of_parts(text.encode() for text in texts)[:_DIGEST_DIGITS]


def next_edition(ledger: Ledger, now: State, day: FactDate, explainer: str) -> Edition:
    """The edition that records what is said now otherwise than in the latest one."""
    before = ledger.state(ledger.number)
    latest = [edition.digest for edition in ledger.editions if edition.number == ledger.number]
    said = {
        fact_id: fact
        for fact_id, fact in now.said.items()
        # Where branches met, what both said stands until an edition says what holds.
        if before.said.get(fact_id) != fact or len(ledger.last_said(fact_id)) > 1
    }
    sections = {
        section_id: texts
        for section_id, texts in now.sections.items()
        if before.sections.get(section_id) != texts
    }
    ids = {noun: _without(names, before.ids_of(noun)) for noun, names in now.ids.items()}
    gone = {noun: _without(before.ids_of(noun), now.ids_of(noun)) for noun in before.nouns}
    edition = Edition(
        number=ledger.number + 1,
        day=day,
        explainer=explainer,
        follows=tuple(latest),
        said=said,
        sections=sections,
        ids={noun: names for noun, names in ids.items() if names},
        gone={noun: names for noun, names in gone.items() if names},
    )
    return replace(edition, digest=_digest(_rows(edition)))


def _without(names: Sequence[str], known: Sequence[str]) -> tuple[str, ...]:
    left_out = frozenset(known)
    return tuple(name for name in names if name not in left_out)


def is_news(edition: Edition) -> bool:
    """Whether an edition says anything that the one before did not."""
    return bool(edition.said or edition.sections or edition.ids or edition.gone)


def edition_text(edition: Edition) -> str:
    """The file of an edition."""
    rows = {**_rows(edition), "digest": edition.digest}
    return "{\n" + ",\n".join(_lines(rows)) + "\n}\n"


def _rows(edition: Edition) -> dict[str, Any]:
    usual = _usual(edition.said.values())
    facts = {
        root: {
            fact_id: _values(said, usual)
            for fact_id, said in edition.said.items()
            if said.noun == noun
        }
        for noun, root in _ROOTS.items()
    }
    optional = {
        "usual": usual,
        **facts,
        "texts": _packed(edition.said) if edition.said else "",
        "sections": edition.sections,
        "ids": {noun: " ".join(names) for noun, names in edition.ids.items()},
        "gone": {noun: " ".join(names) for noun, names in edition.gone.items()},
    }
    return {
        "edition": edition.number,
        "day": edition.day.text,
        "explainer": edition.explainer,
        "follows": [*edition.follows],
        **{key: value for key, value in optional.items() if value},
    }


def _usual(said: Iterable[Said]) -> dict[str, str]:
    """The day and the author that most values have, which need not be repeated."""
    facts = list(said)
    counts = {name: Counter(fact.part(name) for fact in facts) for name in _NEVER_MISSING}
    return {
        name: max(found, key=lambda each: found[each]) for name, found in counts.items() if found
    }


def _values(said: Said, usual: Mapping[str, str]) -> str | list[str]:
    rows = [_row(said.noun, value, usual) for value in said.values]
    return rows[0] if len(rows) == 1 else rows


def _row(noun: str, value: SaidValue, usual: Mapping[str, str]) -> str:
    parts = zip(PARTS[noun], value, strict=True)
    return "|".join("" if part == usual.get(name) else part for name, part in parts).rstrip("|")


def _value(noun: str, row: str, usual: Mapping[str, str]) -> SaidValue:
    """Raises ValueError where it has more parts than the facts of its kind."""
    parts = row.split("|")
    parts += [""] * (len(PARTS[noun]) - len(parts))
    return tuple(part or usual.get(name, "") for name, part in zip(PARTS[noun], parts, strict=True))


def _lines(rows: Mapping[str, Any]) -> Iterator[str]:
    """JSON with a line for each fact, so that one edition can be read beside another."""
    for key, value in rows.items():
        if isinstance(value, Mapping):
            inner = ",\n".join(f" {_json(name)}:{_json(each)}" for name, each in value.items())
            yield f"{_json(key)}:{{\n{inner}\n}}"
        else:
            yield f"{_json(key)}:{_json(value)}"


def _json(value: object) -> str:
    return json.dumps(value, ensure_ascii=False, separators=(",", ":"))


def _digest(rows: Mapping[str, Any]) -> str:
    """The digest of what an edition says, however its file is laid out."""
    return text_digest(json.dumps(rows, ensure_ascii=False, sort_keys=True))


def _packed(said: Mapping[str, Said]) -> str:
    """The texts of facts in base 85, field by field and language by language: like packs well.

    Each is a list of the facts of a kind in their order, with null for what one has not.
    """
    columns: dict[str, dict[str, dict[str, list[str | None]]]] = {}
    for noun in PARTS:
        facts = [fact for fact in said.values() if fact.noun == noun]
        for path in dict.fromkeys(path for fact in facts for path in fact.texts):
            texts = [fact.texts.get(path, {}) for fact in facts]
            languages = sorted({language for each in texts for language in each})
            each = {code: [text.get(code) for text in texts] for code in languages}
            columns.setdefault(noun, {})[path] = each
    return base64.b85encode(zlib.compress(_json(columns).encode(), 9)).decode()


def _unpacked(packed: str) -> Mapping[str, Mapping[str, Mapping[str, Sequence[str | None]]]]:
    """Raises ValueError where it is nothing that `_packed` makes, or far too large."""
    inflate = zlib.decompressobj()
    try:
        data = inflate.decompress(base64.b85decode(packed), _MOST_TEXT)
    except zlib.error as error:
        raise ValueError(str(error)) from None
    if not inflate.eof:
        raise ValueError("too large")
    columns: Mapping[str, Any] = json.loads(data)
    return columns


def read_ledger(folder: Folder, addresses: Sequence[str]) -> tuple[Ledger, list[Problem]]:
    """The ledger of a content folder, and what is wrong with it.

    `addresses` are those at which the explainer stands and stood: an edition of another one is
    none of its own. What is refused is left out.
    """
    problems: list[Problem] = []
    editions: list[Edition] = []
    for name in folder.names(FOLDER, SUFFIX):
        try:
            editions.append(_read_edition(folder, f"{FOLDER}/{name}{SUFFIX}"))
        except ContentError as error:
            problems += error.problems
    editions.sort(key=lambda edition: (edition.number, edition.day.sort_key, edition.digest))
    if not problems:
        # Of an edition that could not be read, nothing is said to be missing.
        problems += _out_of_order(editions)
    problems += _foreign(editions, addresses)
    # One that stands there twice has said what it says once.
    known = {edition.digest: edition for edition in reversed(editions)}
    return Ledger(tuple(reversed(known.values()))), problems


def _read_edition(folder: Folder, relative: str) -> Edition:
    path = folder.path(relative)
    text = folder.read_text(relative)
    refuse_conflicts(Text(text, Place(path)))
    try:
        rows = json.loads(text)
    except (json.JSONDecodeError, RecursionError) as error:
        line, column = getattr(error, "lineno", 1), getattr(error, "colno", 1)
        message = f"no edition that `reperes release` wrote, as it is no JSON; {_BROUGHT_BACK}"
        raise ContentError([Problem(Place(path, line, column), message, RULE)]) from None
    if not isinstance(rows, dict):
        message = f"no edition that `reperes release` wrote; {_BROUGHT_BACK}"
        raise ContentError([Problem(Place(path), message, RULE)])
    digest = rows.pop("digest", None)
    if digest != _digest(rows):
        message = "edited by hand: it no longer says what was published"
        raise ContentError([Problem(Place(path), f"{message}; {_BROUGHT_BACK}", RULE)])
    try:
        return _edition(rows, digest, path)
    except (KeyError, TypeError, ValueError, AttributeError, DateError, binascii.Error):
        message = "an edition of another version of the program; use that version, or a later one"
        raise ContentError([Problem(Place(path), message, RULE)]) from None


def _edition(rows: Mapping[str, Any], digest: str, path: str) -> Edition:
    columns = _unpacked(rows["texts"]) if "texts" in rows else {}
    said: dict[str, Said] = {}
    for noun, root in _ROOTS.items():
        for number, (fact_id, found) in enumerate(rows.get(root, {}).items()):
            listed = [found] if isinstance(found, str) else found
            values = tuple(_value(noun, row, rows.get("usual", {})) for row in listed)
            texts = {
                path: {code: text for code, texts in each.items() if (text := texts[number])}
                for path, each in columns.get(noun, {}).items()
            }
            said[fact_id] = Said(noun, values, {path: each for path, each in texts.items() if each})
    return Edition(
        number=int(rows["edition"]),
        day=parse_date(rows["day"]),
        explainer=str(rows["explainer"]),
        follows=tuple(rows["follows"]),
        said=said,
        sections={name: dict(each) for name, each in rows.get("sections", {}).items()},
        ids={noun: tuple(names.split()) for noun, names in rows.get("ids", {}).items()},
        gone={noun: tuple(names.split()) for noun, names in rows.get("gone", {}).items()},
        digest=digest,
        path=path,
    )


def _out_of_order(editions: Sequence[Edition]) -> Iterator[Problem]:
    """Editions that follow none that is here, that are there twice, or of a day too early."""
    known: dict[str, Edition] = {}
    for edition in editions:
        name = f"edition {edition.number}"
        if edition.digest in known:
            first = known[edition.digest].path
            yield Problem(edition.place, f"{name} stands in {first} too; remove one of them", RULE)
            continue
        before = [known[digest] for digest in edition.follows if digest in known]
        missing = [digest for digest in edition.follows if digest not in known]
        if missing or (edition.number > 1 and not edition.follows):
            file = f"{edition.number - 1}-{missing[0] if missing else '…'}{SUFFIX}"
            message = f"{name} is out of order: it follows one that is not here"
            yield Problem(edition.place, f"{message}; bring back {FOLDER}/{file}", RULE)
        for earlier in before:
            if edition.day.sort_key < earlier.day.sort_key:
                message = (
                    f"{name} is out of order: it is of {edition.day.text}, and edition"
                    f" {earlier.number} before it of {earlier.day.text}; {_BROUGHT_BACK}"
                )
                yield Problem(edition.place, message, RULE)
        known[edition.digest] = edition


def _foreign(editions: Sequence[Edition], addresses: Sequence[str]) -> Iterator[Problem]:
    for edition in editions:
        if edition.explainer not in addresses:
            message = (
                f"edition {edition.number} is one of {edition.explainer}, and this explainer"
                f" stands at {addresses[0]}; remove {FOLDER}/ if it was copied from there, or"
                f' write "{edition.explainer}" under "moved_from" in site.yml'
            )
            yield Problem(edition.place, message, RULE)
