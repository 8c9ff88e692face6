"""What follows from the type of a source: which places it has, how it opens, what the web calls it.

A type that an explainer defines itself has all kinds of places, and needs none.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

from reperes.model.pins import LOCATOR_KINDS


@dataclass(frozen=True)
class SourceType:
    """What is true of all sources of a type.

    `places` are the kinds of places that a pin may name, the usual one first; `needs_place` where
    the whole is too much to look through. `is_read_online` where its address leads to its text, so
    that a browser can open it at some words. `schema_type` is its class in https://schema.org.
    """

    places: tuple[str, ...] = LOCATOR_KINDS
    needs_place: bool = False
    is_read_online: bool = False
    schema_type: str = "CreativeWork"


_TEXT = ("paragraphs", "pages", "headings")

SOURCE_TYPES: Mapping[str, SourceType] = {
    "agency_report": SourceType(("paragraphs", "headings"), True, True, "NewsArticle"),
    "article": SourceType(_TEXT, True, True, "Article"),
    "report": SourceType(("pages", "paragraphs", "headings"), True, False, "Report"),
    "statement": SourceType(_TEXT, True, True, "CreativeWork"),
    "law": SourceType(("articles", *_TEXT), True, False, "Legislation"),
    "judgment": SourceType(_TEXT, True, False, "CreativeWork"),
    "study": SourceType(("pages", "paragraphs", "headings"), True, False, "ScholarlyArticle"),
    "dataset": SourceType(("rows", "headings"), False, False, "Dataset"),
    "book": SourceType(("pages", "paragraphs", "headings"), True, False, "Book"),
    "web_page": SourceType(("headings", "paragraphs"), False, True, "WebPage"),
    "post": SourceType(("paragraphs",), False, True, "SocialMediaPosting"),
    "interview": SourceType(("paragraphs", "times", "pages"), False, False, "CreativeWork"),
    "video": SourceType(("times",), True, False, "VideoObject"),
    "photograph": SourceType((), False, False, "Photograph"),
}
"""The general types; https://schema.org has no class for an interview, a judgment, a statement."""


def source_type(name: str) -> SourceType:
    return SOURCE_TYPES.get(name, SourceType())
