"""The typography of a whole page of HTML: text changes, every other byte stays."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterable, Iterator
from html import unescape
from typing import NamedTuple

from reperes.language.typography import LINE_BREAK, OBJECT, Piece, set_pieces, text_pieces
from reperes.text.html_tags import PlacedTag, Tag, Tags, read_tags


def typeset_html(html: str) -> str:
    """A page whose text is set by the rules of the nearest `lang`.

    Idempotent. Every byte that is not text between tags is copied: tags and their attributes,
    comments, and all that stands in code, scripts, styles, drawings and text fields.
    """
    return typeset_page(html, read_tags(html))[0]


def typeset_page(html: str, tags: Tags) -> tuple[str, Tags]:
    """As `typeset_html`, of a page of which the tags have been read; with their places in it."""
    texts = _Page(html, tags).changed_texts()
    parts: list[str] = []
    places: list[PlacedTag] = []
    done = moved = first = 0
    for number in sorted(texts):
        # The text stands between this tag and the one before.
        start = tags.places[number - 1][1] if number else 0
        end = tags.places[number][0] if number < len(tags.places) else len(html)
        parts += (html[done:start], texts[number])
        places += _moved(tags.places[first:number], moved)
        moved += len(texts[number]) - (end - start)
        done, first = end, number
    page = "".join([*parts, html[done:]])
    places += _moved(tags.places[first:], moved)
    # What the parser makes of a page that is not plain, nobody could say without it.
    return page, Tags(places, plain=True) if tags.plain else read_tags(page)


def _moved(places: Iterable[PlacedTag], by: int) -> list[PlacedTag]:
    return [(start + by, end + by, tag) for start, end, tag in places]


def _tags(names: str) -> frozenset[str]:
    return frozenset(names.split())


_BLOCKS = _tags(
    "address article aside blockquote body caption center col colgroup dd details dialog dir div "
    "dl dt fieldset figcaption figure footer form h1 h2 h3 h4 h5 h6 head header hgroup hr html "
    "legend li main menu nav noscript ol optgroup option p search section summary table tbody td "
    "template tfoot th thead title tr ul"
)
"""Elements at whose edges a paragraph ends."""

_APART = _tags("audio button canvas meter object progress select video")
"""Elements in a line whose own text is no part of the sentence around them."""

_UNTOUCHED = _tags("code iframe kbd math noembed noframes pre samp script style svg textarea xmp")
"""Elements whose text is copied as it is."""

_RAW = _tags("iframe noembed noframes script style textarea title xmp")
"""Elements in which nothing but their own end tag is a tag."""

_UNSEEN = _tags("script style")
_VOID = _tags("area base br col embed hr img input link meta param source track")
_VOID_VALUES = {"br": LINE_BREAK, "embed": OBJECT, "img": OBJECT, "input": OBJECT}

_REFERENCE = re.compile(r"(&(?:#(?:[0-9]+|[xX][0-9a-fA-F]+)|[a-zA-Z][a-zA-Z0-9]*);?)")
_LIKE_A_TAG = re.compile("<[a-zA-Z/!?]")


class _Part(NamedTuple):
    """A part of a run as it is written, in the text of that number; what stands for an element is
    in none."""

    text: int | None
    source: str
    piece: Piece


class _Element(NamedTuple):
    """An open element. `run` gathers its text; elements in a line share that of their parent."""

    tag: str
    language: str
    untouched: bool
    run: list[_Part]


class _Page:
    """Follows the elements of a page, gathers the text of each paragraph, and sets it."""

    def __init__(self, html: str, tags: Tags) -> None:
        self.html = html
        self.tags = tags
        self.elements = [_Element("", "", False, [])]
        self.open_tags: Counter[str] = Counter()
        self.after_tag = False
        self._changed: dict[int, str] = {}

    def changed_texts(self) -> dict[int, str]:
        """The texts of paragraphs in which something changes, by the number of the tag after."""
        done = 0
        for number, (start, end, tag) in enumerate(self.tags.places):
            if start > done:
                self._add_text(number, self.html[done:start])
            if tag.is_end:
                self._end(tag.name)
            elif tag.name:
                self._start(tag)
            done = end
        if done < len(self.html):
            self._add_text(len(self.tags.places), self.html[done:])
        while len(self.elements) > 1:
            self._close_last()
        self._finish_run()
        return self._changed

    # Tags

    def _start(self, tag: Tag) -> None:
        name, parent = tag.name, self.elements[-1]
        if parent.tag in _RAW or name == "wbr":
            return
        self.after_tag = True
        if parent.run and name in _BLOCKS:
            self._finish_run()
        if name in _VOID:
            self._stand_in(_VOID_VALUES.get(name, ""))
            return
        language = tag.values.get("lang", parent.language)
        untouched = parent.untouched or name in _UNTOUCHED
        run = parent.run
        if name in _BLOCKS:
            run = []
        elif name in _APART or (language, untouched) != (parent.language, parent.untouched):
            if name not in _UNSEEN:
                self._stand_in(OBJECT)
            run = []
        self.elements.append(_Element(name, language, untouched, run))
        self.open_tags[name] += 1
        # Only in drawings and formulas does "/>" end an element.
        if tag.closed and (self.open_tags["svg"] or self.open_tags["math"]):
            self._end(name)

    def _end(self, tag: str) -> None:
        last = self.elements[-1].tag
        if (last in _RAW and tag != last) or not self.open_tags[tag]:
            return
        self.after_tag = True
        while self._close_last() != tag:
            pass

    def _close_last(self) -> str:
        element = self.elements[-1]
        if element.run and element.run is not self.elements[-2].run:
            self._finish_run()
        self.elements.pop()
        self.open_tags[element.tag] -= 1
        return element.tag

    def _finish_run(self) -> None:
        element = self.elements[-1]
        run = element.run
        if any(part.text is not None and not part.source.isspace() for part in run):
            pieces = tuple([part.piece for part in run])
            values = set_pieces(pieces, element.language)
            if values != tuple([piece.value for piece in pieces]):
                self._change(run, values)
        run.clear()

    def _change(self, run: Iterable[_Part], values: Iterable[str]) -> None:
        for (text, source, piece), value in zip(run, values, strict=True):
            if text is not None:
                self._changed[text] = self._changed.get(text, "") + piece.written(source, value)

    def _stand_in(self, value: str) -> None:
        self.elements[-1].run.append(_Part(None, "", Piece(value, self.after_tag)))

    # Text

    def _add_text(self, number: int, text: str) -> None:
        element = self.elements[-1]
        run = element.run
        # Spaces that nothing stands before change nothing: most of what stands between tags.
        if element.untouched or (not run and text.isspace()):
            return
        broken = None if self.tags.plain else _LIKE_A_TAG.search(text)
        whole = text[: broken.start()] if broken else text
        for source, value in _pieces(whole):
            run.append(_Part(number, source, Piece(value, self.after_tag)))
            self.after_tag = False
        if broken:
            # What of a broken page may be a tag is none of ours to set.
            run.append(_Part(number, text[broken.start() :], Piece(OBJECT)))


def _pieces(text: str) -> Iterable[tuple[str, str]]:
    """A text of HTML: plain parts of it, references and web addresses, and what each stands for."""
    if not ("&" in text or ":" in text or "www" in text.lower()):
        return ((text, text),)
    return _parts(text)


def _parts(text: str) -> Iterator[tuple[str, str]]:
    for n, part in enumerate(_REFERENCE.split(text)):
        if n % 2:
            value = unescape(part)
            yield part, OBJECT if value == part else value
        elif part or not n:
            yield from text_pieces(part)
