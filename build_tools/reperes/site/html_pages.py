"""What a finished page is made of, declares and asks for: read once, for all who need it.

The style sheet asks for names, search for headings and links, and the last look for whatever could
act. Of the tags alone: parsers that build a tree forget what the last look must see, an attribute
that stands twice, a name that is none, markup in a title; and search copies an article as it was
written, for which a tree knows no places.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from functools import lru_cache
from html import unescape
from typing import NamedTuple

from reperes.model.tracing import digest_of
from reperes.text.characters import hidden_characters
from reperes.text.html_tags import PlacedTag, Tag, Tags, read_tags
from reperes.text.problems import quoted

_FETCHED = {
    "script": ("src",),
    "img": ("src",),
    "source": ("src",),
    "embed": ("src",),
    "audio": ("src",),
    "video": ("src", "poster"),
}
"""The attributes by which an element has the browser fetch something."""

_ADDRESSES = frozenset(
    (
        "action", "archive", "background", "cite", "classid", "codebase", "data",
        "dynsrc", "formaction", "href", "icon", "longdesc", "lowsrc", "manifest",
        "ping", "poster", "profile", "src", "usemap", "xlink:href",
    )
)  # fmt: skip
"""The attributes that hold one address."""

_SETS_OF_ADDRESSES = frozenset({"srcset", "imagesrcset"})
_NO_ELEMENTS = frozenset(
    (
        "animate", "animatemotion", "animatetransform", "applet", "base", "embed",
        "foreignobject", "frame", "frameset", "iframe", "math", "noembed", "noframes",
        "noscript", "object", "plaintext", "set", "template", "xmp",
    )
)  # fmt: skip
"""What no page of ours needs: it shows other pages, changes attributes, or holds text that browsers
read by rules of their own."""

_DATA_BLOCK = "application/ld+json"

_FETCHED_RELATIONS = frozenset({"stylesheet", "icon", "preload", "preconnect", "modulepreload"})
_NAME = re.compile(r"[a-z][a-z0-9]*(?:[-:][a-z0-9]+)*")
_OWN_PATTERN = re.compile(r"url\(#[\w-]+\)")
"""How a picture fills its shapes with a pattern of its own."""

_LEADS_ON = re.compile(r"0; url=((?:\.\./)+[\w/-]*(?:#[\w-]+)?)")
"""How a page that was given up leads on to another one of the site."""

_HEADINGS_AND_LINKS = frozenset(("a", "h1", "h2", "h3", "h4", "h5", "h6"))

_LOOKED_AT = _HEADINGS_AND_LINKS | {"area", "html", "main", "script", "textarea", "title"}
"""The elements that a page is read by, whatever their attributes."""

_REMEMBERED_TAGS = 4096


@dataclass(frozen=True)
class Names:
    """What pages are made of: names that a selector of a style sheet may ask for, in lower case."""

    tags: frozenset[str]
    classes: frozenset[str]
    ids: frozenset[str]
    attributes: frozenset[str]

    def __or__(self, other: Names) -> Names:
        return Names(
            tags=self.tags | other.tags,
            classes=self.classes | other.classes,
            ids=self.ids | other.ids,
            attributes=self.attributes | other.attributes,
        )


NO_NAMES = Names(frozenset(), frozenset(), frozenset(), frozenset())


@dataclass(frozen=True, slots=True)
class Part:
    """A heading or a link of the text: offsets in the page of its tags and of what they enclose."""

    tag: str
    attributes: Mapping[str, str]
    start: int
    inner_start: int
    inner_end: int
    end: int


class Link(NamedTuple):
    """A link that only the whole site can answer for, or `fault`: what is wrong with it anyway.

    `path` is the file or folder of the site that it means, without a slash at either end.
    """

    written: str
    path: str
    anchor: str
    fault: str = ""


class SearchCopy(NamedTuple):
    """A page as search reads it, and the words of its headings."""

    html: str
    headings: tuple[str, ...]

    @property
    def entry(self) -> SearchEntry:
        return SearchEntry(digest_of(self.html), self.headings)


class SearchEntry(NamedTuple):
    """What remains in hand of a copy: all that says whether an index is still that of its pages."""

    digest: bytes
    headings: tuple[str, ...]


@dataclass(frozen=True)
class PageRecord:
    """What a page is known by once it is finished: all that the steps after it ask about it.

    `faults` are those that it has by itself, a sentence each; `search` is None where search leaves
    the page out.
    """

    names: Names
    links: tuple[Link, ...]
    faults: tuple[str, ...]
    search: SearchEntry | None = None


@dataclass(frozen=True)
class HtmlPage:
    """What one page is made of, declares and asks for.

    `parts` are the headings and links in `<main>`, in the order of their ends; `main` are the
    offsets at which that begins and ends inside its tags, or None. `ids` are all, in their order.

    Where readers of HTML could disagree on where something ends, one of them may see an element
    that another takes for text; `odd` is such markup, which no page of ours holds.
    """

    text: str
    tags: Tags = field(repr=False, compare=False)
    language: str | None
    names: Names
    ids: Sequence[str]
    links: Sequence[str]
    fetched: Sequence[str]
    addresses: Sequence[str]
    inline: Sequence[str]
    odd: Sequence[str]
    data_blocks: Sequence[str]
    main: tuple[int, int] | None
    parts: Sequence[Part]


def read_page(text: str) -> HtmlPage:
    """A page, read to its end."""
    return page_of(text, read_tags(text))


def page_of(text: str, tags: Tags) -> HtmlPage:
    """A page of which the tags have been read."""
    reader = _Reader(text)
    for place in tags.places:
        reader.read(place)
    return reader.page(tags)


@dataclass(frozen=True, eq=False, slots=True)
class _Said:
    """What one tag declares and asks for, whatever stands around it."""

    classes: frozenset[str]
    links: tuple[str, ...]
    fetched: tuple[str, ...]
    addresses: tuple[str, ...]
    inline: tuple[str, ...]
    odd: tuple[str, ...]
    is_mere: bool
    """Whether it is nothing but its name and its classes, as most tags are."""


class _Reader:
    """Goes through the tags of a page, from the first to the last."""

    def __init__(self, text: str) -> None:
        self.text = text
        self.language: str | None = None
        self.main: tuple[int, int] | None = None
        self.parts: list[Part] = []
        self.seen: dict[Tag, _Said] = {}
        self.ids: list[str] = []
        self.links: list[str] = []
        self.fetched: list[str] = []
        self.addresses: list[str] = []
        self.inline: list[str] = []
        self.odd: list[str] = []
        self.data_blocks: list[str] = []
        self._block_start: int | None = None
        self._in_title = False
        self._main_start = 0
        self._open: list[PlacedTag] = []

    def page(self, tags: Tags) -> HtmlPage:
        # Also what a reference stands for: &#x202e; is shown as the character.
        hidden = (
            message.partition(";")[0] for _, message in hidden_characters(unescape(self.text))
        )
        return HtmlPage(
            text=self.text,
            tags=tags,
            language=self.language,
            names=self._names(),
            ids=self.ids,
            links=self.links,
            fetched=self.fetched,
            addresses=self.addresses,
            inline=self.inline,
            odd=[*self.odd, *hidden],
            data_blocks=self.data_blocks,
            main=self.main,
            parts=self.parts,
        )

    def _names(self) -> Names:
        return Names(
            tags=frozenset(tag.name for tag in self.seen),
            classes=frozenset().union(*(said.classes for said in self.seen.values())),
            ids=frozenset(self.ids),
            attributes=frozenset().union(*(tag.values for tag in self.seen)),
        )

    def read(self, place: PlacedTag) -> None:
        tag = place[2]
        if not tag.name:
            if tag.odd:
                self.odd.append(tag.odd)
            return
        if not tag.is_end:
            self._start(place)
        if tag.is_end or tag.closed:
            self._end(place)

    def _start(self, place: PlacedTag) -> None:
        _, end, tag = place
        if self._in_title:
            self.odd.append("markup inside a title")
        said = self.seen.get(tag)
        if said is None:
            said = self.seen[tag] = _said_by(tag)
        self._in_title = False
        self._block_start = None
        if said.is_mere:
            return
        self.links += said.links
        self.fetched += said.fetched
        self.addresses += said.addresses
        self.inline += said.inline
        self.odd += said.odd
        if "id" in tag.values:
            self.ids.append(tag.values["id"])
        if tag.name == "html":
            self.language = tag.values.get("lang")
        self._in_title = tag.name in ("title", "textarea")
        if _is_data_block(tag):
            self._block_start = end
            self.data_blocks.append("")
        if tag.name == "main" and not self._main_start:
            self._main_start = end
        elif tag.name in _HEADINGS_AND_LINKS and self._main_start and self.main is None:
            self._open.append(place)

    def _end(self, place: PlacedTag) -> None:
        start, end, tag = place
        self._in_title = False
        if self._block_start is not None:
            self.data_blocks[-1] = self.text[self._block_start : start]
            self._block_start = None
        if tag.name == "main" and self._main_start:
            self.main = self._main_start, start
        elif tag.name in _HEADINGS_AND_LINKS and any(
            tag.name == each.name for *_, each in self._open
        ):
            # What was left open within it ends nowhere, and is no part.
            while (last := self._open.pop())[2].name != tag.name:
                pass
            first, inner, opened = last
            self.parts.append(Part(tag.name, opened.values, first, inner, start, end))


def _is_data_block(tag: Tag) -> bool:
    # It is never run, so that the policy does not concern it.
    return tag.name == "script" and tag.values.get("type") == _DATA_BLOCK


@lru_cache(_REMEMBERED_TAGS)
def _said_by(tag: Tag) -> _Said:
    links = (tag.values.get("href", ""),) if tag.name in ("a", "area") else _led_to(tag)
    asked = tuple(_fetched(tag)), tuple(_addresses(tag)), tuple(_inline(tag)), tuple(_odd(tag))
    fetched, addresses, inline, odd = asked
    return _Said(
        classes=frozenset(tag.values.get("class", "").split()),
        links=links,
        fetched=fetched,
        addresses=addresses,
        inline=inline,
        odd=odd,
        is_mere=not (tag.name in _LOOKED_AT or "id" in tag.values or links or any(asked)),
    )


def _fetched(tag: Tag) -> Iterator[str]:
    values = tag.values
    if tag.name == "link" and _FETCHED_RELATIONS & set(values.get("rel", "").lower().split()):
        yield values.get("href", "")
    yield from (values[name] for name in _FETCHED.get(tag.name, ()) if name in values)
    for name in _SETS_OF_ADDRESSES & values.keys():
        yield from (part.split()[0] for part in values[name].split(",") if part.strip())


def _addresses(tag: Tag) -> Iterator[str]:
    for name, value in tag.attributes:
        if not _NAME.fullmatch(name):
            continue
        if name in _ADDRESSES or (
            "url(" in (value or "").lower() and not _OWN_PATTERN.fullmatch(value or "")
        ):
            yield value or ""


def _inline(tag: Tag) -> Iterator[str]:
    values = tag.values
    if not _is_data_block(tag):
        script = tag.name == "script" and "src" not in values
        if script or tag.name == "style" or "style" in values:
            yield tag.name
    yield from (name for name in values if name.startswith("on") or name == "srcdoc")


def _led_to(tag: Tag) -> tuple[str, ...]:
    """The address of our own to which a page leads at once; none of any other page."""
    is_refresh = tag.name == "meta" and tag.values.get("http-equiv") == "refresh"
    order = _LEADS_ON.fullmatch(tag.values.get("content", "")) if is_refresh else None
    return (order[1],) if order else ()


def _odd(tag: Tag) -> Iterator[str]:
    if tag.name in _NO_ELEMENTS or not _NAME.fullmatch(tag.name):
        yield f"an element that no page needs ({quoted(tag.name)})"
    if tag.name == "img":
        # Words for who does not see it; and its room, so that nothing moves when it comes.
        present = {name for name, value in tag.attributes if value}
        missing = sorted({"alt", "width", "height"} - present)
        yield from (f"an image without {name}" for name in missing)
    for name, value in tag.attributes:
        if not _NAME.fullmatch(name):
            yield f"an attribute that is none ({quoted(name)})"
        elif name == "http-equiv" and not (
            (value or "").lower() == "content-security-policy" or _led_to(tag)
        ):
            yield f"an order to the browser ({quoted(value or '')})"


def all_names(names: Iterable[Names]) -> Names:
    """What pages are made of. What scripts add later is not among it."""
    every = list(names)
    return Names(
        tags=frozenset().union(*(each.tags for each in every)),
        classes=frozenset().union(*(each.classes for each in every)),
        ids=frozenset().union(*(each.ids for each in every)),
        attributes=frozenset().union(*(each.attributes for each in every)),
    )
