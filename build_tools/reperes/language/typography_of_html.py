"""The typography of a whole page of HTML: text changes, every other byte stays."""

from __future__ import annotations

import html as html_entities
import re
from collections import Counter
from collections.abc import Iterator
from dataclasses import dataclass
from html.parser import HTMLParser

from reperes.language.typography import LINE_BREAK, OBJECT, Piece, set_pieces, text_pieces


def typeset_html(html: str) -> str:
    """A page whose text is set by the rules of the nearest `lang`.

    Idempotent. Every byte that is not text between tags is copied: tags and their attributes,
    comments, and all that stands in code, scripts, styles, drawings and text fields.
    """
    page = _Page(html)
    page.feed(html)
    page.close()
    return page.typeset()


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


@dataclass(frozen=True, slots=True)
class _Element:
    """An open element. `run` gathers its text; elements in a line share that of their parent."""

    tag: str
    language: str
    untouched: bool
    run: list[Piece]


class _Page(HTMLParser):
    """Finds the text of a page, with its place, so that all else can be copied."""

    def __init__(self, source: str) -> None:
        super().__init__(convert_charrefs=False)
        self.source = source
        self.line_starts = [0, *(match.end() for match in re.finditer("\n", source))]
        self.elements = [_Element("", "", False, [])]
        self.open_tags: Counter[str] = Counter()
        self.texts: list[tuple[int, int, list[Piece]]] = []
        self.after_tag = False

    def typeset(self) -> str:
        """The page with its text set, once all of it has been fed."""
        while len(self.elements) > 1:
            self._close_last()
        self._finish_run()
        return "".join(self._parts())

    def _parts(self) -> Iterator[str]:
        done = 0
        for start, end, pieces in self.texts:
            yield self.source[done:start]
            yield from (piece.written for piece in pieces)
            done = end
        yield self.source[done:]

    # Tags

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        parent = self.elements[-1]
        if parent.tag in _RAW or tag == "wbr":
            return
        self.after_tag = True
        if tag in _BLOCKS:
            self._finish_run()
        if tag in _VOID:
            self._stand_in(_VOID_VALUES.get(tag, ""))
            return
        language = dict(attrs).get("lang", parent.language) or ""
        self.elements.append(self._element(tag, language, parent))
        self.open_tags[tag] += 1

    def _element(self, tag: str, language: str, parent: _Element) -> _Element:
        untouched = parent.untouched or tag in _UNTOUCHED
        same = (language, untouched) == (parent.language, parent.untouched)
        in_line = same and tag not in _BLOCKS and tag not in _APART
        if not (in_line or tag in _BLOCKS or tag in _UNSEEN):
            self._stand_in(OBJECT)
        return _Element(tag, language, untouched, parent.run if in_line else [])

    def handle_startendtag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self.handle_starttag(tag, attrs)
        # Only in drawings and formulas does "/>" end an element.
        if self.open_tags["svg"] or self.open_tags["math"]:
            self.handle_endtag(tag)

    def handle_endtag(self, tag: str) -> None:
        last = self.elements[-1].tag
        if (last in _RAW and tag != last) or not self.open_tags[tag]:
            return
        self.after_tag = True
        while self._close_last() != tag:
            pass

    def _close_last(self) -> str:
        element = self.elements[-1]
        if element.run is not self.elements[-2].run:
            self._finish_run()
        self.elements.pop()
        self.open_tags[element.tag] -= 1
        return element.tag

    def _finish_run(self) -> None:
        element = self.elements[-1]
        set_pieces(element.run, element.language)
        element.run.clear()

    def _stand_in(self, value: str) -> None:
        self.elements[-1].run.append(Piece("", value, self.after_tag))

    def parse_marked_section(self, i: int, report: bool = True) -> int:
        # The parser raises on "<![" where HTML sees a comment.
        return self.parse_bogus_comment(i, report)

    # Text

    def handle_data(self, data: str) -> None:
        # Only of a broken page does the parser give tags as text; they are none of ours to set.
        if data == "<" or "<" not in data:
            self._add_text(data, text_pieces(data))

    def handle_entityref(self, name: str) -> None:
        self._add_reference(f"&{name}")

    def handle_charref(self, name: str) -> None:
        self._add_reference(f"&#{name}")

    def _add_reference(self, source: str) -> None:
        start = self._offset()
        if self.source.startswith(";", start + len(source)):
            source += ";"
        value = html_entities.unescape(source)
        self._add_text(source, [Piece(source, OBJECT if value == source else value)])

    def _add_text(self, source: str, pieces: list[Piece]) -> None:
        element, start = self.elements[-1], self._offset()
        # The parser gives some broken markup as text: what is not found in its place is copied.
        if element.untouched or not self.source.startswith(source, start):
            return
        pieces[0].after_tag = self.after_tag
        self.after_tag = False
        element.run.extend(pieces)
        self.texts.append((start, start + len(source), pieces))

    def _offset(self) -> int:
        line, column = self.getpos()
        return self.line_starts[line - 1] + column
