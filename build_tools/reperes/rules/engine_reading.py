"""What the engine will make of a section's text: read by the engine's own Markdown, and located."""

from __future__ import annotations

import importlib
import re
from bisect import bisect_right
from collections import Counter
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from functools import cache
from html import unescape
from threading import Lock
from typing import Any, NamedTuple
from xml.etree.ElementTree import Element, SubElement

import yaml

from reperes import paths
from reperes.model.references import Link, Mark

_OURS = "#\ue000"
"""The address of a stand-in for a mark of ours, before the mark's number."""

_STAND_IN = re.compile(r"\[([^\[\]]*)\]\(#\ue000[0-9]+\)")
_OURS_NUMBER = re.compile(r"#\ue000([0-9]+)")
_NOT_WORDS_ALONE = re.compile(r"[\[\]<`\\{]|!\ue001")
_MOST_BRACKETS = 500
"""What one paragraph may hold: from each, the engine reads on to the paragraph's end."""

_LINK_PATTERNS = (
    "footnote",
    "reference",
    "link",
    "image_link",
    "image_reference",
    "short_reference",
    "short_image_ref",
    "autolink",
    "automail",
    "html",
)
_HEADINGS = ("h1", "h2", "h3", "h4", "h5", "h6")
_ATTRIBUTES = {
    "a": {"href", "title", "class"},
    "img": {"src", "title", "alt"},
    "th": {"style"},
    "td": {"style"},
    "ol": {"start"},
}
"""The attributes, beside an id and classes, that an element has of the engine's own accord."""

_one_at_a_time = Lock()
_STASHED = re.compile("\x02[^\x03]*\x03")
_BEFORE_TEXT = re.compile(r"[ >*+:#|.\-0-9]*(?:\[\^[^\]\n]*\]:)?[ ]*")
_FENCE = re.compile(r"<pre><code(?: class=\"language-[^\"<>]*\")?>")
_FENCE_WITH_ATTRIBUTES = re.compile(r"(?m)^(?:`{3,}|~{3,})[ ]*\{(?![ ]*\.[\w#+-]*[ ]*\})[^\n]*")


class _StandIn:
    """A text with each mark of ours replaced by a plain link, as on the page; and the way back."""

    def __init__(self, text: str, marks: Sequence[Mark]) -> None:
        self._typed = text.replace("\ue000", "?").replace("\ue001", "?")
        self._starts: list[int] = []
        self._sources: list[tuple[int, bool]] = []
        self._parts: list[str] = []
        self._length = 0
        self.placed: list[int] = []
        position = 0
        for number, mark in enumerate(marks):
            if mark.start < position:  # a placeholder within a link, which is refused elsewhere
                continue
            self.placed.append(number)
            self._copy(position, mark.start)
            if isinstance(mark, Link) and not mark.is_picture:
                self._copy(mark.start, mark.start + 1 + len(mark.text))
                self._add(f"]({_OURS}{number})", mark.start + 1 + len(mark.text), verbatim=False)
            else:
                self._add(f"[0]({_OURS}{number})", mark.start, verbatim=False)
            position = mark.end
        self._copy(position, len(text))
        self.text = "".join(self._parts)

    def _copy(self, start: int, end: int) -> None:
        self._add(self._typed[start:end], start, verbatim=True)

    def _add(self, piece: str, source: int, verbatim: bool) -> None:
        self._starts.append(self._length)
        self._sources.append((source, verbatim))
        self._parts.append(piece)
        self._length += len(piece)

    def source(self, offset: int) -> int:
        """The offset in what was typed of what stands at an offset of `text`."""
        index = bisect_right(self._starts, offset) - 1
        source, verbatim = self._sources[index]
        return source + (offset - self._starts[index] if verbatim else 0)


@dataclass(frozen=True, slots=True)
class EngineText:
    """The text of an element of the page (`p`, `li`, `td` …) before links and code are read in it.

    In place of a mark of ours it has a plain link. `starts` are the offsets of its lines in the
    text that the engine was given.
    """

    tag: str
    text: str
    starts: Sequence[int]
    given: _StandIn

    def at(self, offset: int) -> int:
        """The offset in what was typed of the character at an offset of `text`."""
        line = self.text.count("\n", 0, offset)
        in_line = offset - (self.text.rfind("\n", 0, offset) + 1)
        return self.given.source(self.starts[line] + in_line)


@dataclass(frozen=True, slots=True)
class EngineLink:
    """A link or an image of the page, with its words.

    `address` is what a browser takes it for: entities read, escaped characters restored. `start`
    and `end` are offsets in what was typed. `inside` says whether it stands in another link.
    """

    tag: str
    address: str
    words: str
    start: int
    end: int
    inside: bool


@dataclass(frozen=True, slots=True)
class Item:
    """An item of a list: whether the page numbers it, its line as typed, and the line's offset."""

    numbered: bool
    line: str
    start: int


class Named(NamedTuple):
    """What was typed somewhere: a note's or a reference's name, or a tag; `start` is its offset."""

    name: str
    start: int


@dataclass(slots=True)
class Reading:
    """A text as the engine reads it.

    `lost` are marks of ours that the page would show as typed. `html` is what reaches the page as
    it is, `fences` the opening of code with attributes. `rows` are rows of tables with too few or
    too many cells: the row, how many it has, and the columns of its table. `crowded` are offsets of
    paragraphs that are not read, for they hold more brackets than anybody means.
    """

    texts: list[EngineText] = field(default_factory=list)
    code: list[EngineText] = field(default_factory=list)
    lists: list[list[Item]] = field(default_factory=list)
    links: list[EngineLink] = field(default_factory=list)
    lost: list[Mark] = field(default_factory=list)
    html: list[Named] = field(default_factory=list)
    attributes: list[Named] = field(default_factory=list)
    definitions: list[tuple[str, str]] = field(default_factory=list)
    cited_references: set[str] = field(default_factory=set)
    unknown_references: list[Named] = field(default_factory=list)
    notes: list[str] = field(default_factory=list)
    cited_notes: set[str] = field(default_factory=set)
    unknown_notes: list[Named] = field(default_factory=list)
    heading_ids: list[str] = field(default_factory=list)
    rows: list[tuple[Named, int, int]] = field(default_factory=list)
    crowded: list[int] = field(default_factory=list)


def read(text: str, marks: Sequence[Mark]) -> Reading:
    """What the engine makes of a text, of which `marks` are the marks of ours.

    Raises RecursionError where lists or quotations are nested deeper than the engine can follow.
    """
    with _one_at_a_time:
        return _Reader(_StandIn(text, marks), marks).read()


def extensions_of_site() -> dict[str, Any]:
    """The extensions of Markdown with which the engine reads every page, and their settings."""
    settings: dict[str, Any] = yaml.safe_load(paths.SETTINGS.read_text("utf-8"))
    extensions: dict[str, Any] = settings["markdown_extensions"]
    return extensions


@cache
def _engine() -> Any:
    """The engine's Markdown with the site's extensions; one is enough, for it is slow to make."""
    # Imported here, for most texts need no such reading.
    from markdown import Markdown

    # Made here rather than by name, which would search all that is installed.
    made = (
        importlib.import_module(f"markdown.extensions.{name}").makeExtension(**(config or {}))
        for name, config in extensions_of_site().items()
    )
    return Markdown(extensions=list(made))


@dataclass
class _Match:
    """What a pattern of links made of characters of one element; `node` is None for nothing."""

    pattern: str
    node: Any
    typed: str
    element: int


class _Definitions(dict[str, tuple[str, str]]):
    """The engine's references, which remembers those that another definition replaced."""

    def __init__(self) -> None:
        super().__init__()
        self.all: list[tuple[str, str]] = []

    def __setitem__(self, name: str, value: tuple[str, str]) -> None:
        self.all.append((name, value[0]))
        super().__setitem__(name, value)


class _Reader:
    """One reading. It watches the engine where that forgets what it saw."""

    def __init__(self, given: _StandIn, marks: Sequence[Mark]) -> None:
        self._given = given
        self._marks = marks
        self._reading = Reading()
        self._matches: list[_Match] = []
        self._element = 0
        self._engine = _engine()
        self._definitions = _Definitions()
        self._plain_links: set[int] = set()

    def read(self) -> Reading:
        engine, reading = self._engine, self._reading
        engine.reset()
        engine.references = self._definitions
        self._watch()
        # As templates/section.md.jinja has it.
        lines = ['<div class="text" markdown="block">', "", *self._given.text.split("\n"), "</div>"]
        for preprocessor in engine.preprocessors:
            lines = preprocessor.run(lines)
        root = engine.parser.parseDocument(lines).getroot()
        engine.treeprocessors["footnote"].run(root)
        elements = list(self._locate(root))
        self._collect_lists(root, dict(elements))
        for self._element, (element, text) in enumerate(elements):
            if element.tag == "code":
                reading.code.append(text)
            else:
                reading.texts.append(text)
                self._read_inline(element, text)
        engine.treeprocessors["attr_list"].run(root)
        engine.treeprocessors["unescape"].run(root)
        self._collect_links(root, dict(elements))
        self._collect_html()
        reading.definitions = self._definitions.all
        return reading

    def _watch(self) -> None:
        """Have the engine tell what its patterns matched, and what notes and rows it read."""
        engine, reading = self._engine, self._reading

        for name in _LINK_PATTERNS:
            pattern = engine.inlinePatterns[name]

            def handle(
                match: re.Match[str], data: str, name: str = name, pattern: Any = pattern
            ) -> Any:
                node, start, end = type(pattern).handleMatch(pattern, match, data)
                typed = match[0] if start is None else data[start:end]
                self._matches.append(_Match(name, node, typed, self._element))
                return node, start, end

            pattern.handleMatch = handle

        notes = engine.inlinePatterns["footnote"].footnotes

        def set_note(name: str, text: str) -> None:
            reading.notes.append(name)
            type(notes).setFootnote(notes, name, text)

        notes.setFootnote = set_note
        table = engine.parser.blockprocessors["table"]

        def build_row(row: str, parent: Element, align: Sequence[str | None]) -> None:
            type(table)._build_row(table, row, parent, align)
            cells = len(table._split_row(row))
            if cells != len(align):
                typed = re.search(rf"(?m)^[ >]*{re.escape(row)}[ ]*$", self._given.text)
                start = self._given.source(typed.start() if typed else 0)
                reading.rows.append((Named(row, start), cells, len(align)))

        table._build_row = build_row

    def _locate(self, root: Element) -> Iterator[tuple[Element, EngineText]]:
        """Every element that holds text, with the place of its lines."""
        given = self._given
        position = 0
        for element in root.iter():
            if element.tag == "li" and element.get("id", "").startswith("fn:"):
                name = re.escape(element.get("id", "").removeprefix("fn:"))
                # The last, for the engine has a later definition replace an earlier one.
                for note in re.finditer(rf"\[\^{name}\]:", given.text):
                    position = note.end()
            text = str(element.text or "")
            if not text.strip() or element.get("class") == "footnote-backref":
                continue
            starts: list[int] = []
            for line in text.split("\n"):
                first = 0 if starts else 50
                start = _find_line(given.text, line.strip(), position, first)
                starts.append(start - (len(line) - len(line.lstrip())))
                position = start + len(line.strip())
            yield element, EngineText(element.tag, text, starts, given)

    def _collect_lists(self, root: Element, texts: dict[Element, EngineText]) -> None:
        for found in root.iter():
            if found.tag not in ("ul", "ol"):
                continue
            items = []
            for element in found:
                of_item = (texts[each] for each in element.iter() if each in texts)
                text = next(of_item, None)
                if text is not None and not element.get("id", "").startswith("fn:"):
                    start = self._given.text.rfind("\n", 0, text.starts[0]) + 1
                    line = self._given.text[start:].partition("\n")[0]
                    items.append(Item(found.tag == "ol", line, self._given.source(start)))
            self._reading.lists.append(items)

    def _read_inline(self, element: Element, text: EngineText) -> None:
        """Have the engine read the links and code of an element, where it may hold any."""
        others = _STAND_IN.sub("\ue001\\1", text.text)
        if type(element.text) is not str:
            return
        if not _NOT_WORDS_ALONE.search(others):
            self._plain_links |= set(map(int, _OURS_NUMBER.findall(text.text)))
            return
        if others.count("[") + others.count("<") > _MOST_BRACKETS:
            self._reading.crowded.append(text.at(0))
            return
        alone = Element("div")
        inner = SubElement(alone, element.tag)
        inner.text = element.text
        self._engine.treeprocessors["inline"].run(alone)
        element.text = inner.text
        for index, child in enumerate(list(inner)):
            element.insert(index, child)

    def _collect_links(self, root: Element, texts: Mapping[Element, EngineText]) -> None:
        reading = self._reading
        matches = {id(each.node): each for each in self._matches if each.node is not None}
        spans = self._spans(list(texts.values()))
        linked = Counter(self._plain_links)
        for element, inside in _walk(root, inside=False):
            if element.tag in _HEADINGS and element.get("id"):
                reading.heading_ids.append(element.get("id", ""))
            match = matches.get(id(element))
            start, end = spans.get(id(match), (0, 0))
            for name in set(element.keys()) - {"id", "class"} - _ATTRIBUTES.get(element.tag, set()):
                place = texts[element].at(0) if element in texts else start
                reading.attributes.append(Named(name, place))
            address = element.get("src") if element.tag == "img" else element.get("href")
            if address is None or str(element.get("class")).startswith("footnote-"):
                continue
            ours = _OURS_NUMBER.fullmatch(address)
            if ours and element.tag == "a" and not inside:
                linked[int(ours[1])] += 1
            elif not ours:
                words = "".join(element.itertext())
                address = _as_browsers_read(address)
                link = EngineLink(element.tag, address, words, start, end, inside)
                reading.links.append(link)
        reading.lost += (self._marks[each] for each in self._given.placed if linked[each] != 1)
        for match in self._matches:
            self._collect_name(match, spans[id(match)][0])

    def _collect_name(self, match: _Match, start: int) -> None:
        reading = self._reading
        if match.pattern == "footnote":
            name = match.typed[2:-1]
            if match.node is None:
                reading.unknown_notes.append(Named(name, start))
            else:
                reading.cited_notes.add(name)
        elif "reference" in match.pattern or match.pattern == "short_image_ref":
            words, full, name = match.typed.lstrip("!")[1:-1].rpartition("][")
            name = " ".join((name or words).lower().split())
            if match.node is not None:
                reading.cited_references.add(name)
            elif full and match.pattern == "reference":
                reading.unknown_references.append(Named(_STASHED.sub("", name), start))

    def _spans(self, texts: Sequence[EngineText]) -> dict[int, tuple[int, int]]:
        """Where each match was typed, by its id: the same characters, found in the same order."""
        spans = {}
        after: dict[tuple[int, str, str], int] = {}
        for match in self._matches:
            text = texts[match.element]
            key = (match.element, match.pattern, match.typed)
            found = _find_pieces(text.text, _STASHED.split(match.typed), after.get(key, 0))
            after[key] = found[0] + 1
            spans[id(match)] = (text.at(found[0]), text.at(max(found[1] - 1, 0)) + 1)
        return spans

    def _collect_html(self) -> None:
        given = self._given
        fences = _FENCE_WITH_ATTRIBUTES.finditer(given.text)
        for html in self._engine.htmlStash.rawHtmlBlocks:
            typed = str(html) if isinstance(html, str) else ""
            if not typed.strip() or re.fullmatch(r"&[^;]*;", typed) or _FENCE.match(typed):
                continue
            fence = next(fences, None) if typed.startswith("<pre") else None
            if fence:
                self._reading.attributes.append(Named(fence[0], given.source(fence.start())))
            else:
                start = max(given.text.find(typed.split("\n")[0]), 0)
                self._reading.html.append(Named(typed, given.source(start)))


def _walk(element: Element, inside: bool) -> Iterator[tuple[Element, bool]]:
    """Every element below, with whether it stands within a link."""
    for child in element:
        yield child, inside
        yield from _walk(child, inside or child.tag == "a")


def _as_browsers_read(address: str) -> str:
    from markdown.util import AMP_SUBSTITUTE

    return unescape(address.replace(AMP_SUBSTITUTE, "&"))


def _find_line(text: str, line: str, position: int, tries: int) -> int:
    """Where a line of an element stands after a position, or what comes nearest to it.

    Before the first one (`tries`), only marks of Markdown may stand on its line.
    """
    if not line:
        return position
    first = text.find(line, position)
    at = first
    for _ in range(tries):
        if at < 0:
            break
        line_start = text.rfind("\n", 0, at) + 1
        if _BEFORE_TEXT.fullmatch(text, line_start, at) or text[line_start:at].rstrip()[-1:] == "|":
            return at
        at = text.find(line, at + 1)
    return first if first >= 0 else max(text.find(line), 0) or position


def _find_pieces(text: str, pieces: Iterable[str], position: int) -> tuple[int, int]:
    """The span in which pieces stand one after another."""
    first, *others = [piece for piece in pieces if piece] or [""]
    start = max(text.find(first, position), 0)
    end = start + len(first)
    for piece in others:
        end = max(text.find(piece, end), end) + len(piece)
    return start, end
