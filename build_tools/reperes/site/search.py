"""Search: each language's pages, prepared for a reader's words and indexed by Pagefind."""

from __future__ import annotations

import json
import re
from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import dataclass
from fnmatch import fnmatchcase
from html import unescape
from itertools import chain

from reperes.model.bearings import Term
from reperes.model.explainer import Explainer
from reperes.pages.gone import is_gone
from reperes.pages.page import figure_page_id
from reperes.site.html_pages import HtmlPage, Part, SearchCopy
from reperes.site.open_data.language_view import LanguageView
from reperes.site.pagefind import Files
from reperes.text.html_tags import Tag
from reperes.writing.list_parts import list_of
from reperes.writing.templating import render_html

FOLDER = "pagefind"
"""Where a language keeps its index; Pagefind takes the folder above as the base of addresses."""

_NEEDED = (
    "pagefind.js",
    "pagefind-worker.js",
    "pagefind-entry.json",
    "*.pf_meta",
    "wasm.*.pagefind",
)
"""What our own script needs of what Pagefind writes beside the folders of the index."""

NAMES_FILE = "names.json"
"""Beside the index: the words of names and titles, one of which may be what a reader mistyped."""

# An `aside` is a notice above the text. That a translation is behind its original is nothing to
# find, and would have the translations' index made again with the original's.
_UNSOUGHT_TAGS = frozenset({"nav", "button", "svg", "aside"})
_UNSOUGHT_CLASSES = frozenset(
    (
        *("photo__frame", "photo__credit", "cards", "opening__kicker", "opening__facts"),
        *("term__more", "filters", "citing", "picture__data", "gone"),
        # Lists of links to pages that are found by themselves; each figure has one of its own.
        *("paths", "chapters", "figure", "index"),
    )
)
"""The elements in which nothing is sought. Told to pass over them, Pagefind takes half as long
again as for copies without them."""

# Each begins with a set of characters, for which a text is searched ten times as fast.
_TAG_OR_ELISION = re.compile(
    r"[<'’](?:(?<=<)[^>]*>|(?<=\w['’])(?=(?:<[^>]*>)*\w)(?P<letter>\w(?!\w))?)"
)
_TAG_OR_NUMBER = re.compile(
    r"[<\d](?:(?<=<)[^>]*>|(?<=\b\d)\d{0,2}(?:[\u202f\u00a0,.]\d{3})+\b(?![,.]\d))"
)
_SHORT_WORD_AT_END = re.compile(r"(?<!\w)\w{1,2}\Z")
_WIDE_SPACE = re.compile(r"\s{2,}")
"""As it stands around what is left out, whose coming and going is to change nothing."""

_END_OF_CELL = re.compile(r"</(dt|dd|th|td)>")
_TAG = re.compile(r"<[^>]*>")
_HEADING_ID = re.compile(r'(<h[2-6][^>]*?) id="[^"]*"')
_WORD_OF_A_NAME = re.compile(r"\b[^\W\d_]+\b(?!['’])")
_SHORTEST_NAME = 4
_ENTRY_ADDRESS = re.compile(r"[^#]*/#(.+)")
_PLACE = "place-"
"""How the anchor of a place begins, among terms."""

_LETTER, _NAME = "letter-", "-name"
"""How the id of a heading begins that is a letter of the alphabet, and ends that names an entry."""

_JOINER = "\u2060"
"""Goes before each space that we add, so that docs/assets/search.js can take it out again."""

_LIAISON = "\u203f"
"""Opens a part of a word too short to be sought: Pagefind, which reads this mark as a letter, would
else find "l’" for "Londres", as the beginning of a word that no page has."""

_NUMBER = "\u2064"
"""Opens a number that we write without its spaces or commas; the script writes them again."""

_UNSEEN = "\u2063"
"""Opens each word that we add: the script shows such a word only where it is what was sought."""


NamesOf = Callable[[str, str], tuple[str, ...]]
"""The names of the entry that has an anchor on a page."""


def needed(index: Files, language: str) -> dict[str, bytes]:
    """The files of an index without the interfaces that Pagefind ships, which we have no use for.

    Nor is there the stemmer that it has for no language, beside that of this one.
    """
    ours, other = f"wasm.{language}.pagefind", "wasm.unknown.pagefind"
    return {
        name: data
        for name, data in index.items()
        if ("/" in name or any(fnmatchcase(name, pattern) for pattern in _NEEDED))
        and not (name == other and ours in index)
    }


def names_file(words: Sequence[str]) -> bytes:
    """What goes beside an index as `NAMES_FILE`, of words that a reader may have mistyped."""
    return json.dumps(words, ensure_ascii=False).encode()


def words_of(explainer: Explainer, language: str, headings: Iterable[Sequence[str]]) -> list[str]:
    """The words of names and of headings that a reader of a language may look for.

    `headings` are those of each page.
    """
    names = EntryNames(explainer, language).all
    return words_of_names([*names, *chain.from_iterable(headings)])


@dataclass(frozen=True)
class EntryNames:
    """Every name by which a reader of a language may look for an entry, discouraged ones too.

    Of other languages only the main names: their inflections would find too much.
    """

    explainer: Explainer
    language: str

    def of(self, page: str, anchor: str) -> tuple[str, ...]:
        """The names of the entry that has an anchor on a page; none of what is no entry."""
        explainer, language = self.explainer, self.language
        if page == "actors" and anchor in explainer.actors:
            names = list(_actor_names(explainer, anchor, language))
            for term in explainer.terms_of_actor(anchor):
                names += _unique(_term_names(explainer, term, language))
            return _unique(names)
        place_id = anchor.removeprefix(_PLACE)
        if page == "glossary" and place_id != anchor and place_id in explainer.places:
            return _unique(_place_names(explainer, place_id, language))
        if page == "glossary" and anchor in explainer.terms:
            return _unique(_term_names(explainer, explainer.terms[anchor], language))
        return ()

    @property
    def all(self) -> Iterator[str]:
        """Those of every entry."""
        for actor_id in self.explainer.actors:
            yield from self.of("actors", actor_id)
        for term_id in self.explainer.terms:
            yield from self.of("glossary", term_id)
        for place_id in self.explainer.places:
            yield from self.of("glossary", f"{_PLACE}{place_id}")


def _term_names(explainer: Explainer, term: Term, language: str) -> Iterator[str]:
    for code, text in term.texts.items():
        yield text.term
        if code == language:
            yield from (*text.forms, *text.discouraged)
    if term.actor_id:
        yield from _actor_names(explainer, term.actor_id, language)
    if term.place_id:
        yield from _place_names(explainer, term.place_id, language)


def _actor_names(explainer: Explainer, actor_id: str, language: str) -> Iterator[str]:
    for code, names in explainer.actors[actor_id].names.items():
        yield from names.all if code == language else (names.display, names.full)


def _place_names(explainer: Explainer, place_id: str, language: str) -> Iterator[str]:
    for code, names in explainer.places[place_id].names.items():
        yield from names.all if code == language else (names.name,)


def _unique(names: Iterable[str]) -> tuple[str, ...]:
    """Names in their order, each once whatever its capitals."""
    found: dict[str, str] = {}
    for name in names:
        found.setdefault(name.casefold(), name)
    return tuple(found.values())


def words_of_names(names: Iterable[str]) -> list[str]:
    """The words of names, each once whatever its capitals; short ones are mistyped for anything."""
    words = (word for name in names for word in _WORD_OF_A_NAME.findall(name))
    return list(_unique(word for word in words if len(word) >= _SHORTEST_NAME))


def copy_of(page: HtmlPage, page_id: str, language: str, explainer: Explainer) -> SearchCopy | None:
    """What search reads of a page of an explainer, or None for a page with nothing to find."""
    if is_gone(explainer, page_id):
        return None
    figure_id = page_id.rpartition("/")[2]
    figure = explainer.figures.get(figure_id) if page_id == figure_page_id(figure_id) else None
    value = LanguageView(explainer, language).value(figure) if figure else ""
    html = prepared(page, page_id, language, EntryNames(explainer, language).of, value)
    if html is None:
        return None
    headings = (
        unescape(_TAG.sub("", page.text[part.inner_start : part.inner_end]))
        for part in page.parts
        if part.tag != "a"
    )
    return SearchCopy(html, tuple(headings))


def prepared(
    page: HtmlPage, page_id: str, language: str, names: NamesOf, value: str = ""
) -> str | None:
    """The copy of a page that is indexed, or None for a page without an article.

    `value` is what the figure says that the page is about; its headings are no results of theirs.
    """
    if page.main is None:
        return None
    linked = _unique(name for part in page.parts for name in _names_of_linked(part, names))
    article = _WIDE_SPACE.sub(" ", _article(page, page.main, page_id, names))
    if value:
        article = _HEADING_ID.sub(r"\1", article)
    return render_html(
        "search.html.jinja",
        language=language,
        article=_split_elisions(_with_whole_numbers(_separated(article))),
        also=[] if list_of(page_id) in ("glossary", "actors") else linked,
        value=_with_whole_numbers(value),
    )


def _separated(html: str) -> str:
    """`html` with a mark after each label and each value of a list or a table, which excerpts would
    run together."""
    return _END_OF_CELL.sub(lambda end: (" –" if end[1] == "dt" else " ·") + end[0], html)


def _with_whole_numbers(html: str) -> str:
    """`html` with numbers as one word each, which the script makes of what readers type, too."""
    return _TAG_OR_NUMBER.sub(
        lambda found: (
            found[0] if found[0].startswith("<") else _NUMBER + re.sub(r"\D", "", found[0])
        ),
        html,
    )


def _names_of_linked(part: Part, names: NamesOf) -> tuple[str, ...]:
    kind = part.attributes.get("class", "").split(" ")[0]
    entry = _ENTRY_ADDRESS.fullmatch(part.attributes.get("href", ""))
    if entry is None or kind not in ("term", "actor", "place"):
        return ()
    return names("actors" if kind == "actor" else "glossary", entry[1])


def _article(page: HtmlPage, main: tuple[int, int], page_id: str, names: NamesOf) -> str:
    """The text as it was written, without what is no words of it, and with entries' other names."""
    edits = [(start, end, "") for start, end in _unsought(page)]
    edits += [
        (part.start, part.end, "")
        for part in page.parts
        if part.attributes.get("class") == "permalink"
        or part.attributes.get("id", "").startswith(_LETTER)
    ]
    for part in page.parts:
        part_id = part.attributes.get("id", "")
        if part.tag != "a" and part_id.endswith(_NAME):
            anchor = part_id.removesuffix(_NAME)
            heading = _edited(page.text, part.inner_start, part.inner_end, edits)
            opened = page.text[part.start : part.inner_start].replace(part_id, anchor, 1)
            edits.append((part.start, part.inner_start, opened))
            edits.append(
                (part.end, part.end, _other_names(heading, names(list_of(page_id), anchor)))
            )
    return _edited(page.text, *main, edits)


def _unsought(page: HtmlPage) -> Iterator[tuple[int, int]]:
    """The offsets at which the elements begin and end in which nothing is sought."""
    name = ""
    depth = begins = 0
    for start, end, tag in page.tags.places:
        if not depth and not tag.is_end and not tag.closed and _is_unsought(tag):
            name, depth, begins = tag.name, 1, start
        elif depth and tag.name == name and not tag.closed:
            depth += -1 if tag.is_end else 1
            if not depth:
                yield begins, end


def _is_unsought(tag: Tag) -> bool:
    classes = tag.values.get("class", "").split()
    return tag.name in _UNSOUGHT_TAGS or not _UNSOUGHT_CLASSES.isdisjoint(classes)


def _edited(text: str, start: int, end: int, edits: Iterable[tuple[int, int, str]]) -> str:
    """A part of a text with the edits that lie in it; what lies within another one is dropped."""
    pieces = []
    for first, last, new in sorted(edits):
        if start <= first and last <= end:
            pieces += [text[start:first], new]
            start = last
    return "".join([*pieces, text[start:end]])


def _other_names(heading: str, names: Iterable[str]) -> str:
    """What goes after the heading of an entry: what else it is called, a word at a time."""
    known = re.findall(r"\w+", heading.casefold())
    words = dict.fromkeys(re.findall(r"[\w-]{2,}", " ".join(names)))
    # The stems of what stands in the heading are found without our help.
    new = [word for word in words if not any(part in word.casefold() for part in known)]
    return " ".join(["", *(_UNSEEN + word for word in new), ""])


def _split_elisions(html: str) -> str:
    """`html` with a space after each apostrophe in a word: "l’offensive" is two words to find.

    The script does the same to what a reader types, so that any language may be cut like this.
    """

    parts = []
    done = 0
    for found in _TAG_OR_ELISION.finditer(html):
        mark = found.start()
        if html[mark] == "<":
            continue
        before = _SHORT_WORD_AT_END.search(html, max(done, mark - 2), mark)
        parts.append(html[done : before.start() if before else mark])
        if before:
            parts += [_LIAISON, before[0]]
        parts += [html[mark], _JOINER, " "]
        if found["letter"]:
            parts += [_LIAISON, found["letter"]]
        done = found.end()
    return "".join([*parts, html[done:]])
