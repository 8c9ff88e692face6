"""Finished pages, each read once: for the style sheet, for search, and for the last look.

Read by Python's own parser, tag after tag. Parsers that build a tree are faster (84 pages of ours
take selectolax 1.0.2 0.2 s, lxml 6.1 0.5 s, this one 1.3 s), but forget what the last look must
see: an attribute that stands twice, a name that is none, markup in a title. And search copies an
article as it was written, for which a tree knows no places. Reading each page both ways would cost
more than this one.
"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from functools import reduce
from html import unescape
from html.parser import HTMLParser
from operator import or_
from pathlib import Path

from reperes.text.characters import hidden_characters
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
_HEADING_OR_LINK = re.compile("h[1-6]|a")


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


@dataclass
class HtmlPage(HTMLParser):
    """What one page is made of, declares and asks for, once `read_page` has fed it.

    `parts` are the headings and links in `<main>`, in the order of their ends; `main` are the
    offsets at which that begins and ends inside its tags, or None.

    Where this parser and browsers could disagree on where something ends, one of them may see an
    element that the other takes for text; `odd` is such markup, which no page of ours holds.
    """

    text: str
    language: str | None = None
    main: tuple[int, int] | None = None
    parts: list[Part] = field(default_factory=list)
    tags: set[str] = field(default_factory=set)
    classes: set[str] = field(default_factory=set)
    attributes: set[str] = field(default_factory=set)
    ids: Counter[str] = field(default_factory=Counter)
    links: list[str] = field(default_factory=list)
    fetched: list[str] = field(default_factory=list)
    addresses: list[str] = field(default_factory=list)
    inline: list[str] = field(default_factory=list)
    odd: list[str] = field(default_factory=list)
    data_blocks: list[str] = field(default_factory=list)
    _in_data_block: bool = False
    _in_title: bool = False
    _main_start: int = 0
    _open: list[tuple[str, dict[str, str], int, int]] = field(default_factory=list)

    def __post_init__(self) -> None:
        super().__init__(convert_charrefs=True)
        self._line_starts = [0, *(found.end() for found in re.finditer("\n", self.text))]

    @property
    def names(self) -> Names:
        return Names(
            tags=frozenset(self.tags),
            classes=frozenset(self.classes),
            ids=frozenset(self.ids),
            attributes=frozenset(self.attributes),
        )

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        # Of an attribute that stands twice, a browser takes the first.
        values = {name: value or "" for name, value in reversed(attrs)}
        if tag == "html":
            self.language = values.get("lang")
        if "id" in values:
            self.ids[values["id"]] += 1
        self.tags.add(tag)
        self.attributes.update(values)
        self.classes.update(values.get("class", "").split())
        self._note_place(tag, values)
        self._note_address(tag, values)
        self._note_odd(tag, attrs)
        # A data block is never run, so that the policy does not concern it.
        self._in_data_block = tag == "script" and values.get("type") == _DATA_BLOCK
        self._in_title = tag in ("title", "textarea")
        if self._in_data_block:
            self.data_blocks.append("")
        elif tag == "style" or "style" in values or (tag == "script" and "src" not in values):
            self.inline.append(tag)
        self.inline += [name for name in values if name.startswith("on") or name == "srcdoc"]

    def handle_data(self, data: str) -> None:
        if self._in_data_block:
            self.data_blocks[-1] += data

    def handle_endtag(self, tag: str) -> None:
        self._in_data_block = self._in_title = False
        if tag == "main" and self._main_start:
            self.main = self._main_start, self._offset()
        if _HEADING_OR_LINK.fullmatch(tag) and any(tag == each for each, *_ in self._open):
            # What was left open within it ends nowhere, and is no part.
            while (last := self._open.pop())[0] != tag:
                pass
            end = self.text.find(">", self._offset()) + 1
            self.parts.append(Part(*last, self._offset(), end))

    def handle_comment(self, data: str) -> None:
        self.odd.append("a comment")

    def handle_pi(self, data: str) -> None:
        self.odd.append("a processing instruction")

    def parse_marked_section(self, i: int, report: int = 1) -> int:
        """Pass over `<![…`, which browsers read to the next ">" and this parser cannot always."""
        self.odd.append("a declaration")
        return self.rawdata.find(">", i) + 1 or -1

    def handle_decl(self, decl: str) -> None:
        if decl.lower() != "doctype html":
            self.odd.append("a declaration")

    def _note_place(self, tag: str, values: dict[str, str]) -> None:
        start = self._offset()
        inner = start + len(self.get_starttag_text() or "")
        if tag == "main" and not self._main_start:
            self._main_start = inner
        elif self._main_start and self.main is None and _HEADING_OR_LINK.fullmatch(tag):
            self._open.append((tag, values, start, inner))

    def _offset(self) -> int:
        line, column = self.getpos()
        return self._line_starts[line - 1] + column

    def _note_address(self, tag: str, values: dict[str, str]) -> None:
        relations = set(values.get("rel", "").lower().split())
        if tag in ("a", "area"):
            self.links.append(values.get("href", ""))
        elif tag == "link" and relations & _FETCHED_RELATIONS:
            self.fetched.append(values.get("href", ""))
        self.fetched += [values[name] for name in _FETCHED.get(tag, ()) if name in values]
        for name in _SETS_OF_ADDRESSES & values.keys():
            self.fetched += (part.split()[0] for part in values[name].split(",") if part.strip())

    def _note_odd(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        if self._in_title:
            self.odd.append("markup inside a title")
        if tag in _NO_ELEMENTS or not _NAME.fullmatch(tag):
            self.odd.append(f"an element that no page needs ({quoted(tag)})")
        if tag == "img":
            # Words for who does not see it; and its room, so that nothing moves when it comes.
            missing = sorted({"alt", "width", "height"} - {name for name, value in attrs if value})
            self.odd += (f"an image without {name}" for name in missing)
        for name, value in attrs:
            if not _NAME.fullmatch(name):
                self.odd.append(f"an attribute that is none ({quoted(name)})")
            elif name in _ADDRESSES:
                self.addresses.append(value or "")
            elif "url(" in (value or "").lower() and not re.fullmatch(
                r"url\(#[\w-]+\)", value or ""
            ):
                # A picture fills its shapes with patterns of its own.
                self.addresses.append(value or "")
            elif name == "http-equiv" and (value or "").lower() != "content-security-policy":
                self.odd.append(f"an order to the browser ({quoted(value or '')})")


def read_page(text: str) -> HtmlPage:
    """A page, read to its end."""
    page = HtmlPage(text)
    page.feed(text)
    page.close()
    # Also what a reference stands for: &#x202e; is shown as the character.
    page.odd += (message.partition(";")[0] for _, message in hidden_characters(unescape(text)))
    return page


class HtmlPages:
    """The pages of a site that is finished: each is read when somebody first asks for it."""

    def __init__(self, site: Path) -> None:
        self.site = site
        self._read: dict[Path, HtmlPage] = {}

    def __getitem__(self, path: Path) -> HtmlPage:
        if path not in self._read:
            self._read[path] = read_page(path.read_text("utf-8"))
        return self._read[path]

    @property
    def paths(self) -> list[Path]:
        """Every page that there is now, sorted."""
        return sorted(self.site.rglob("*.html"))

    @property
    def names(self) -> Names:
        """What all of them are made of."""
        return all_names(self[path] for path in self.paths)


def all_names(pages: Iterable[HtmlPage]) -> Names:
    """What pages are made of. What scripts add later is not among it."""
    return reduce(or_, (page.names for page in pages), NO_NAMES)
