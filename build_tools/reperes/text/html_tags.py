"""The tags of a page of HTML, each with its place: what typography and the last look both read.

Pages as our engine and templates write them are read by one strict pattern, many times as fast as
Python's own parser. Whatever else a page may hold (a comment, a bracket in its text or in a value,
a value without quotation marks, markup in a script), on which that parser and browsers could
disagree, has the whole page read by the parser.
"""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from functools import lru_cache
from html import unescape
from html.parser import HTMLParser

_SPACE = r"[ \t\r\n\f]"
_NAME = r"[a-zA-Z][a-zA-Z0-9]*(?:[-:][a-zA-Z0-9]+)*"
_VALUE = r"""="[^"<>]*"|='[^'<>]*'"""
_ATTRIBUTE = re.compile(rf"{_SPACE}+({_NAME})({_VALUE})?")
_START = re.compile(rf"({_NAME})(?:{_SPACE}+{_NAME}(?:{_VALUE})?)*{_SPACE}*/?")
_END = re.compile(rf"/({_NAME}){_SPACE}*")
_DOCTYPE = re.compile(rf"!doctype{_SPACE}+html", re.IGNORECASE)

_TEXT_ALONE = frozenset({"script", "style", "textarea", "title"})
"""Elements of which browsers read all as text, to their end tag."""

_OF_THEIR_OWN = frozenset(
    ("iframe", "noembed", "noframes", "noscript", "plaintext", "xmp")
)  # fmt: skip
"""Elements that browsers read by rules of their own, not all of them always."""

_REMEMBERED_TAGS = 4096


@dataclass(frozen=True, eq=False, slots=True)
class Tag:
    """A tag, by its name and those of its attributes in lower case.

    Markup that is no tag has no name; `odd` is what it is where no page of ours holds such.
    A value that is missing is None; `<br/>` is `closed`.
    """

    name: str
    is_end: bool = False
    closed: bool = False
    attributes: Sequence[tuple[str, str | None]] = ()
    odd: str = ""
    values: Mapping[str, str] = field(init=False)

    def __post_init__(self) -> None:
        # Of an attribute that stands twice, a browser takes the first.
        values = {name: value or "" for name, value in reversed(self.attributes)}
        object.__setattr__(self, "values", values)


PlacedTag = tuple[int, int, Tag]
"""Where a tag starts and ends in its page, and the tag."""


@dataclass(frozen=True)
class Tags:
    """All the tags of a page, in order; between them stands text.

    Of a page that is not `plain`, what stands between them may hold what looks like a tag.
    """

    places: Sequence[PlacedTag]
    plain: bool


def read_tags(html: str) -> Tags:
    """The tags of a page, whatever it holds."""
    places = _plain_tags(html)
    if places is not None:
        return Tags(places, plain=True)
    return read_by_parser(html)


def read_by_parser(html: str) -> Tags:
    """The same, as Python's own parser reads any page at all."""
    return Tags(_Parser(html).places, plain=False)


def _plain_tags(html: str) -> list[PlacedTag] | None:
    """The tags of a page that holds nothing on which readers of HTML could disagree, or None."""
    places: list[PlacedTag] = []
    text_alone = ""
    before, *rest = html.split("<")
    end = len(before)
    for part in rest:
        written, bracket, text = part.partition(">")
        tag = _plain_tag(written)
        if tag is None or not bracket:
            return None
        start, end = end, end + len(part) + 1
        places.append((start, end - len(text), tag))
        if text_alone:
            if not (tag.is_end and tag.name == text_alone):
                return None
            text_alone = ""
        elif tag.name in _TEXT_ALONE and not tag.is_end:
            if tag.closed:
                return None
            text_alone = tag.name
        elif tag.name in _OF_THEIR_OWN:
            return None
    return None if text_alone else places


@lru_cache(_REMEMBERED_TAGS)
def _plain_tag(written: str) -> Tag | None:
    """The tag that is written between two brackets, if everybody reads it alike."""
    if found := _END.fullmatch(written):
        return Tag(found[1].lower(), is_end=True)
    if found := _START.fullmatch(written):
        attributes = [
            (name.lower(), unescape(value[2:-1]) if value else None)
            for name, value in _ATTRIBUTE.findall(written, found.end(1))
        ]
        return Tag(found[1].lower(), closed=written.endswith("/"), attributes=tuple(attributes))
    return Tag("") if _DOCTYPE.fullmatch(written) else None


class _Parser(HTMLParser):
    """Reads any page at all, as Python's own parser does."""

    def __init__(self, html: str) -> None:
        super().__init__(convert_charrefs=True)
        self._html = html
        self._line_starts = [0, *(found.end() for found in re.finditer("\n", html))]
        self.places: list[PlacedTag] = []
        self.feed(html)
        self.close()

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self._start(Tag(tag, attributes=tuple(attrs)))

    def handle_startendtag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self._start(Tag(tag, closed=True, attributes=tuple(attrs)))

    def _start(self, tag: Tag) -> None:
        self._add(self._offset() + len(self.get_starttag_text() or ""), tag)

    def handle_endtag(self, tag: str) -> None:
        self._to_bracket(Tag(tag, is_end=True), 2)

    def handle_comment(self, data: str) -> None:
        opening = 4 if self._html.startswith("<!--", self._offset()) else 2
        self._to_bracket(Tag("", odd="a comment"), opening + len(data))

    def handle_pi(self, data: str) -> None:
        self._to_bracket(Tag("", odd="a processing instruction"), 2 + len(data))

    def handle_decl(self, decl: str) -> None:
        odd = "" if decl.lower() == "doctype html" else "a declaration"
        self._to_bracket(Tag("", odd=odd), 2 + len(decl))

    def parse_marked_section(self, i: int, report: int = 1) -> int:
        """Pass over `<![…`, which browsers read to the next ">" and this parser cannot always."""
        self._to_bracket(Tag("", odd="a declaration"), 0)
        return self.rawdata.find(">", i) + 1 or -1

    def _to_bracket(self, tag: Tag, at_least: int) -> None:
        self._add(self._html.find(">", self._offset() + at_least) + 1 or len(self._html), tag)

    def _add(self, end: int, tag: Tag) -> None:
        # What is broken at the end of a page, the parser reads a second time.
        done = self.places[-1][1] if self.places else 0
        start = max(done, self._offset())
        self.places.append((start, max(start, end), tag))

    def _offset(self) -> int:
        line, column = self.getpos()
        return self._line_starts[line - 1] + column
