"""Drafts: what was proposed from a source's text, and which of it somebody has decided.

A file of drafts bears the name of its source, and holds entries as files of facts do. None of them
is a fact until it has been accepted: only then is it written where facts stand.
"""

from __future__ import annotations

from collections.abc import Collection, Iterable, Iterator, Mapping
from contextlib import suppress
from dataclasses import dataclass, field, replace
from typing import Any

from reperes.model.documents import Folder
from reperes.model.entries import PIN
from reperes.model.schema import FACT_NOUNS, KINDS, Kind
from reperes.model.shapes import (
    Field,
    Id,
    ListOf,
    Pattern,
    PerLanguage,
    Reader,
    Record,
    RejectedError,
    ShortFormError,
    Words,
)
from reperes.model.yaml_values import Listing, Table, Value
from reperes.text.problems import ContentError, Place, Problem, Text, did_you_mean, quoted

FOLDER = "drafts"
"""The folder of the content in which drafts are."""

RULE = "draft"
"""The rule of problems with drafts."""

NOUN = "noun"
"""The key of what a figure counts, in the words of its source, while no unit is known for it."""

PARAGRAPHS, ACCEPTED, DROPPED = "paragraphs", "accepted", "dropped"

DIGEST_LENGTH = 12
"""How many digits of a paragraph's digest a file of drafts has: enough to know it again."""

KINDS_OF_DRAFTS: Mapping[str, Kind] = {kind.root: kind for kind in KINDS if kind.noun in FACT_NOUNS}
"""What may be proposed, by the key of its list."""

_DIGEST = Pattern(
    rf"^[0-9a-f]{{{DIGEST_LENGTH}}}$", f"{DIGEST_LENGTH} hexadecimal digits, of a paragraph"
)


@dataclass(frozen=True)
class Proposal:
    """An entry that nobody has decided yet, as it was typed.

    `root` is the key of the list that it is of ("figures"); `paragraph` counts from 1, and
    `evidence` are the words there that it rests on. Both are absent (0 and "") where somebody has
    typed another pin by hand.
    """

    id: Text
    root: str
    entry: Table
    paragraph: int = 0
    evidence: str = ""

    @property
    def kind(self) -> Kind:
        return KINDS_OF_DRAFTS[self.root]


@dataclass(frozen=True)
class Drafts:
    """What was proposed from the text of one source.

    `paragraphs` are the digests of its paragraphs as they were read, in their order. `accepted` and
    `dropped` have, by the id of each draft that is decided, where it stood ("22: five words").
    """

    source_id: str
    path: str
    paragraphs: tuple[str, ...] = ()
    proposals: tuple[Proposal, ...] = ()
    accepted: Mapping[str, Text] = field(default_factory=dict)
    dropped: Mapping[str, Text] = field(default_factory=dict)

    @property
    def place(self) -> Place:
        return Place(self.path)


class _InSomeLanguages(PerLanguage[Any]):
    """Texts in the languages that have them yet."""

    def read(self, value: Value, reader: Reader) -> Mapping[str, Any]:
        if not isinstance(value, Table):
            return super().read(value, reader)
        languages = [code for code in reader.languages if code in value.entries]
        for key in value.entries:
            if key not in languages:
                message = f"unknown key {quoted(key)}{did_you_mean(key, reader.languages)}"
                raise reader.reject(key.place, message)
        return {code: self.shape.read(value.entries[value.key(code)], reader) for code in languages}


def drafts_path(source_id: str) -> str:
    """The file of a source's drafts, from the content folder."""
    return f"{FOLDER}/{source_id}.yml"


def read_drafts(
    folder: Folder, reader: Reader, sources: Collection[str] | None
) -> dict[str, Drafts]:
    """The drafts of each source. What is wrong with them is reported to `reader`.

    `sources` are the ids of all that there are, or None where that is not known.
    """
    found: dict[str, Drafts] = {}
    for source_id in folder.names(FOLDER, ".yml"):
        path = drafts_path(source_id)
        if sources is not None and source_id not in sources:
            message = f'no source "{source_id}"{did_you_mean(source_id, sources)}'
            fix = "name the file as the source of its drafts, or remove it"
            reader.problems.append(Problem(Place(folder.path(path)), f"{message} ({fix})", RULE))
            continue
        try:
            table = folder.read_yaml(path)
        except ContentError as error:
            reader.problems.extend(error.problems)
            continue
        found[source_id] = _drafts(source_id, folder.path(path), table, reader)
    reader.problems.extend(_taken_ids(found.values()))
    return found


def _drafts(source_id: str, path: str, table: Table, reader: Reader) -> Drafts:
    known = (PARAGRAPHS, *KINDS_OF_DRAFTS, ACCEPTED, DROPPED)
    for key in table.entries:
        if key not in known:
            reader.report(key.place, f"unknown key {quoted(key)}{did_you_mean(key, known)}")
    return Drafts(
        source_id,
        path,
        _digests(table.get(PARAGRAPHS), reader),
        tuple(_proposals(table, reader)),
        _records(ACCEPTED, table, reader),
        _records(DROPPED, table, reader),
    )


def _digests(value: Value | None, reader: Reader) -> tuple[str, ...]:
    if value is None:
        return ()
    with reader.inside(PARAGRAPHS), suppress(RejectedError):
        return tuple(map(str, ListOf(_DIGEST).read(value, reader)))
    return ()


def _records(name: str, table: Table, reader: Reader) -> dict[str, Text]:
    value = table.get(name)
    if value is None:
        return {}
    if not isinstance(value, Table):
        reader.report(value.place, f'{name}: expected a line such as `id: "22: five words"`')
        return {}
    found = {}
    for key, typed in value.entries.items():
        if isinstance(typed, Text):
            found[str(key)] = Text(typed, key.place)
        else:
            message = f"{name}: {key}: expected a paragraph and the words there, as in"
            reader.report(typed.place, f'{message} "22: five words"')
    return found


def _proposals(table: Table, reader: Reader) -> Iterator[Proposal]:
    for root, kind in KINDS_OF_DRAFTS.items():
        listing = table.get(root)
        if listing is None:
            continue
        if not isinstance(listing, Listing):
            reader.report(listing.place, f'expected a list under "{root}"')
            continue
        for number, item in enumerate(listing.items, 1):
            typed_id = item.get("id") if isinstance(item, Table) else None
            name = f"number {number}" if not isinstance(typed_id, Text) else typed_id
            with reader.inside(f"draft {name}"), suppress(RejectedError):
                yield _proposal(item, kind, reader)


def _proposal(item: Value, kind: Kind, reader: Reader) -> Proposal:
    """One entry, if all that it has is sound; it may lack anything but its id."""
    _shape_of_draft(kind).read(item, reader)
    assert isinstance(item, Table)
    entry_id = item.get("id")
    assert isinstance(entry_id, Text)
    paragraph, evidence = _pin(item.get("source"))
    return Proposal(entry_id, kind.root, item, paragraph, evidence)


def _shape_of_draft(kind: Kind) -> Record[Any]:
    fields = {key: _loose(key, field) for key, field in kind.shape.fields.items()}
    if kind.noun == "figure":
        fields[NOUN] = Field(Words(), False)
    fields["id"] = Field(Id, True, "a name for it")
    return Record(fields, lambda values, _: values, kind.shape.short)


def _loose(key: str, field: Field) -> Field:
    """A field that a draft may lack, or have in some languages only."""
    if type(field.shape) is PerLanguage:
        return replace(field, shape=_InSomeLanguages(field.shape.shape), required=False)
    return field.partial() if key == "derived" else replace(field, required=False)


def _pin(value: Value | None) -> tuple[int, str]:
    """The paragraph and the evidence of an entry that names one paragraph."""
    value = value.items[0] if isinstance(value, Listing) and len(value.items) == 1 else value
    if value is None:
        return 0, ""
    assert PIN.short is not None
    try:
        long = PIN.short.lengthen(value)
    except ShortFormError:
        return 0, ""
    paragraphs = long.get("paragraphs") if isinstance(long, Table) else None
    evidence = long.get("evidence") if isinstance(long, Table) else None
    if not isinstance(paragraphs, Listing) or len(paragraphs.items) != 1:
        return 0, ""
    number = str(paragraphs.items[0])
    return int(number) if number.isdecimal() else 0, str(evidence or "")


def _taken_ids(every: Iterable[Drafts]) -> Iterator[Problem]:
    first: dict[str, Place] = {}
    for drafts in every:
        for proposal in drafts.proposals:
            if proposal.id in first:
                message = f"draft id {quoted(proposal.id)} is taken (by {first[proposal.id]})"
                yield Problem(proposal.id.place, f"{message}; choose another", RULE)
            first.setdefault(str(proposal.id), proposal.id.place)
