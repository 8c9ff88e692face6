"""The explainer as a whole, and its sections."""

from __future__ import annotations

import re
from dataclasses import dataclass
from functools import cached_property
from typing import Any

from reperes.model.bearings import Licence
from reperes.model.declaring import optional, record, required, shape_of
from reperes.model.entries import LANGUAGE_CODE, PROSE, REVIEW, TEXT, Entry, Labelled, Localized
from reperes.model.shapes import (
    Choice,
    ContactAddress,
    Date,
    Day,
    Flag,
    Id,
    ListOf,
    OneOrEach,
    Pattern,
    Reference,
    WebAddress,
    Words,
)
from reperes.text.blocks import Block, read_blocks
from reperes.text.dates import FactDate
from reperes.text.problems import Place, Text
from reperes.text.store import fields_alone

LAYOUTS = ("long", "short")


_LOCALE = Pattern(r"^[a-z]{2,3}_[A-Z]{2}$", 'a locale, such as "fr_FR"')


_REVIEW = Pattern(r"^[0-9a-f]{6}-?[0-9a-f]{6}$", "the code that the translators’ desk shows")


_SITE_ADDRESS = Pattern(
    r"^https?://[^\s<>\"'?#]+/$",
    'the site\'s address, ending in "/"',
    lambda found: f"{found}/" if re.fullmatch(r"https?://[^\s<>\"'?#]+", found) else None,
)


@record
class Language:
    """A language of the site."""

    code: Text = required(LANGUAGE_CODE, 'as in addresses, such as "fr"')
    locale: Text = required(_LOCALE, 'such as "fr_FR"')
    name: Text = required(Words(), "its name in that language")


@record
class ReadingPath(Entry):
    """A way through the explainer for readers with little time, or with one question."""

    label: Localized = required(TEXT, "what it is for, in each language")
    section_ids: tuple[Text, ...] = required(
        ListOf(Reference(("section",))), "sections and pages, in order", key="sections"
    )


@record
class Editor:
    """Who answers for the site."""

    name: Text | Localized = required(OneOrEach(Words()), "who edits the site")
    url: Text | None = optional(WebAddress, "")

    def named(self, language: str) -> Text:
        """Its name in a language."""
        return self.name if isinstance(self.name, Text) else self.name[language]


@record
class Site:
    """What belongs to the explainer as a whole. The first language is the default one."""

    title: Localized = required(TEXT, "the subject, in each language")
    tagline: Localized = required(PROSE, "the subject in a sentence")
    notice: Localized = required(PROSE, "what a reader must know first: sources, day, limits")
    base_url: Text = required(_SITE_ADDRESS, 'the address at which it is published, ending in "/"')
    moved_from: tuple[Text, ...] = optional(
        ListOf(_SITE_ADDRESS),
        "addresses at which earlier editions of it were published",
        published=None,
        example="https://example.org/old/",
    )
    repository: Text | None = optional(WebAddress, "where the content is kept")
    branch: Text | None = optional(Words(), "the branch that is published")
    report_errors: Text = required(ContactAddress, "where readers report an error")
    editor: Editor = required(shape_of(Editor), "who answers for the site")
    licence: Licence = required(shape_of(Licence), "the licence of the content")
    as_of: FactDate = required(Date(), "the day that the site describes")
    updated: FactDate = required(Day(), "the day of its last change")
    archived: bool = optional(Flag(), '"true" when it is no longer updated')
    layout: str = optional(
        Choice(LAYOUTS),
        "how `reperes fmt` writes its files; without it, the long way",
        published=None,
        example="short",
    )
    languages: tuple[Language, ...] = required(
        ListOf(shape_of(Language)), "the languages, the default one first"
    )
    section_ids: tuple[Text, ...] = required(
        ListOf(Id), "section ids in reading order", key="sections"
    )
    start_here: tuple[ReadingPath, ...] = optional(
        ListOf(shape_of(ReadingPath)), "ways through it that the overview offers"
    )
    sides: tuple[Labelled, ...] = optional(ListOf(shape_of(Labelled)), "the sides of the subject")
    topics: tuple[Labelled, ...] = optional(
        ListOf(shape_of(Labelled)), "the topics of the statements page"
    )

    @cached_property
    def language_codes(self) -> tuple[str, ...]:
        return tuple(str(language.code) for language in self.languages)


@record
class Waiver:
    """Leave, with a reason, for one rule to be broken where `text` stands."""

    rule: Text = required(Words(), "the rule's name, as the message gives it")
    text: Text = required(Words(), "the words at which it is waived")
    reason: Text = required(Words(long=True), "why")


@record
class Section:
    """A chapter, or the introduction of a generated page, in one language.

    `body` is Markdown with marks unresolved. Without an `original` it is the original.
    """

    language: str
    path: str
    body: Text
    title: Text = required(Words(), "the section's title")
    id: Text = required(Id, "the section's id, the same as the file's name")
    summary: Text = required(Words(long=True, most=2_000), "what it says, in a sentence")
    original: Text | None = optional(LANGUAGE_CODE, "the language it was translated from")
    reviewed: Text | None = optional(
        _REVIEW, "the code of both texts when last compared", example="0a1b2c-3d4e5f"
    )
    updated: FactDate | None = optional(Day(), "the day of its last change", example="2018-07-04")
    as_of: FactDate | None = optional(
        Date(), "the day that it describes, where that is not the site’s", example="2018-08-03"
    )
    review_by: FactDate | None = optional(Day(), REVIEW, example="2026-12-01")
    draft: bool = optional(
        Flag(),
        '"true" while nobody has confirmed it: the check refuses it',
        published=None,
        example="true",
    )
    waivers: tuple[Waiver, ...] = optional(
        ListOf(shape_of(Waiver)), "rules that may be broken here, with reasons"
    )

    def __getstate__(self) -> dict[str, Any]:
        return fields_alone(self)

    @property
    def place(self) -> Place:
        return Place(self.path)

    @property
    def texts(self) -> tuple[Text, Text, Text]:
        """Title, summary and body."""
        return self.title, self.summary, self.body

    @property
    def headed_blocks(self) -> tuple[Block, ...]:
        """Title, summary, and the body's blocks in order."""
        head = Block("title", self.title, "title"), Block("summary", self.summary, "summary")
        return (*head, *self.blocks)

    @cached_property
    def blocks(self) -> tuple[Block, ...]:
        """The blocks of the body, read once."""
        return tuple(read_blocks(self.body))

    @property
    def outline(self) -> Outline:
        """What other pages say of it."""
        return Outline(str(self.id), self.language, self.title, self.summary)


@dataclass(frozen=True)
class Outline:
    """What lists and links say of a section."""

    id: str
    language: str
    title: Text
    summary: Text
