"""What every curated entry has: an id, a place in a source, and shapes that kinds share."""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from dataclasses import replace
from typing import Any, ClassVar

from reperes.model import short_forms
from reperes.model.declaring import Values, optional, record, required, shape_of, shorthand
from reperes.model.pins import LOCATOR_KINDS, Locator, PlaceValue
from reperes.model.shapes import (
    Field,
    Id,
    JsonSchema,
    ListOf,
    Pattern,
    PerLanguage,
    Reader,
    Record,
    Reference,
    Words,
)
from reperes.model.yaml_values import Table
from reperes.text.problems import Place, Text

Localized = Mapping[str, Text]
"""Text by language code; every language of the site is present."""


EVIDENCE_WORDS = 5
"""How many words of a source a fact may quote as evidence."""


MOST_QUOTED_WORDS = 40
"""How many words a quotation may have. The right to quote is one to short quotations, of which no
law counts the words; 40 are what style guides set within a sentence, and no text lives by them."""


TEXT = PerLanguage(Words())


QUOTED = Words(most=1_000)


PROSE = PerLanguage(Words(long=True))


LANGUAGE_CODE = Pattern(r"^[a-z]{2,3}$", 'a language code, such as "fr"')


# How late in its file a field stands that several kinds of entries have, as `Declared` says.
UNIT, WHEN, SOURCE, RANK, REMARK, KEY, _LAST = 1, 2, 3, 4, 5, 6, 7


@record
class Pin:
    """Where in a source a fact stands.

    The place is of one kind, typed under its key, or None where the whole source says it.
    `paragraphs` count from 1, sub-headings included. `evidence` is found literally in the place.
    """

    source_id: Text = required(
        Reference(("source",)), "the id of a source in sources.yml", key="id"
    )
    paragraphs: ClassVar[tuple[str, ...]] = shorthand(
        ListOf(PlaceValue("paragraphs")), "the paragraphs of the source that say it"
    )
    pages: ClassVar[tuple[str, ...]] = shorthand(
        ListOf(PlaceValue("pages")), "instead, its pages as they are numbered", example="14-15"
    )
    articles: ClassVar[tuple[str, ...]] = shorthand(
        ListOf(PlaceValue("articles")), "instead, the articles of a law", example="L. 2224-1"
    )
    rows: ClassVar[tuple[str, ...]] = shorthand(
        ListOf(PlaceValue("rows")), "instead, the rows of a table, counted from 1", example="7"
    )
    times: ClassVar[tuple[str, ...]] = shorthand(
        ListOf(PlaceValue("times")), "instead, the times of a recording", example="1:02:30"
    )
    headings: ClassVar[tuple[str, ...]] = shorthand(
        ListOf(PlaceValue("headings")), "instead, the headings above it", example="Results"
    )
    evidence: Text | None = optional(
        Words(),
        "at most five words of the source, to find the passage",
        example="plus de 350.000",
    )
    locator: Locator | None = None


def count_words(quoted: str) -> int:
    """How many words are quoted; a number is one, though spaces part its thousands."""
    return len(re.sub(r"(?<=[0-9])\s(?=[0-9]{3}(?![0-9]))", "", quoted).split())


def _judge_pin(values: Values, reader: Reader) -> None:
    evidence: Text | None = values["evidence"]
    if evidence and (count := count_words(evidence)) > EVIDENCE_WORDS:
        message = f"{count} words; quote {EVIDENCE_WORDS} at most"
        with reader.inside("evidence"):
            raise reader.reject(evidence.place, message)
    typed = {kind: values.pop(kind) for kind in LOCATOR_KINDS}
    given = [kind for kind in LOCATOR_KINDS if typed[kind]]
    if len(given) > 1:
        keys = " and ".join(f'"{kind}"' for kind in given)
        raise reader.reject(reader.place_of(given[1]), f"{keys}; write one kind of place")
    values["locator"] = Locator(given[0], typed[given[0]]) if given else None


PIN = shape_of(Pin, _judge_pin, short=short_forms.PIN)


@record
class Derivation:
    """Why a date that the source does not spell out is what we say it is.

    `anchor` is the word of the source that the date was worked out from ("mercredi").
    """

    reason: Localized = required(
        PROSE, "how the date was worked out", example="The Thursday before publication."
    )
    anchor: Text | None = optional(
        Words(), "the words of the source that it starts from", example="jeudi"
    )


class _DerivationShape(Record[Derivation]):
    """A reason for each language, beside the word of the source it starts from."""

    def read(self, value: Any, reader: Reader) -> Derivation:
        if not isinstance(value, Table):
            raise reader.reject(value.place, "expected a reason for each language, and an anchor")
        anchor = value.get("anchor")
        reasons = {key: item for key, item in value.entries.items() if key != "anchor"}
        reason = PROSE.read(Table(reasons, value.place), reader)
        with reader.inside("anchor"):
            word = Words().read(anchor, reader) if anchor is not None else None
        return self.build({"reason": reason, "anchor": word}, reader)

    def parts(self, languages: Sequence[str]) -> Mapping[str, Field]:
        return {**PROSE.parts(languages), "anchor": self.fields["anchor"]}

    def partial(self) -> _PartOfDerivation:
        return _PartOfDerivation(self.fields, self.build)

    def needs(self, languages: Sequence[str]) -> JsonSchema:
        return {"required": list(languages)}

    def json_schema(self, languages: Sequence[str]) -> JsonSchema:
        schema = PROSE.json_schema(languages)
        schema["properties"]["anchor"] = Words().json_schema(languages)
        return schema


class _PartOfDerivation(_DerivationShape):
    """The same where the file, the source or another fact may say one of both."""

    def parts(self, languages: Sequence[str]) -> Mapping[str, Field]:
        return {
            key: replace(field, required=False) for key, field in super().parts(languages).items()
        }

    def read(self, value: Any, reader: Reader) -> Any:
        if isinstance(value, Table) and value.entries.keys() == {"anchor"}:
            with reader.inside("anchor"):
                return Words().read(value.entries[value.key("anchor")], reader)
        return super().read(value, reader)

    def json_schema(self, languages: Sequence[str]) -> JsonSchema:
        schema = super().json_schema(languages)
        all_or_none = {
            code: [*(other for other in languages if other != code)] for code in languages
        }
        return {**schema, "required": [], "dependentRequired": all_or_none}


DERIVATION = _DerivationShape(shape_of(Derivation).fields, shape_of(Derivation).build)


DERIVED = "how the date was worked out, in each language"


PINNED = "the source, and where in it"


REVIEW = "the day by which somebody should look at it again"


@record
class Entry:
    """What every curated entry has: an id, unique in its namespace, and where it was typed."""

    id: Text = required(Id, "the name by which prose and other entries cite it")
    editor_note: Text | None = optional(
        Words(long=True),
        "a note among editors, never shown to readers",
        published=None,
        late=_LAST,
        example="Ask the town for the exact day.",
    )

    @property
    def place(self) -> Place:
        return self.id.place


@record
class Labelled(Entry):
    """A side or a topic of the subject, or a kind of event."""

    label: Localized = required(TEXT, "its name in each language")
