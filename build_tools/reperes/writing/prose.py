"""Prose for one page in one language: marks become Markdown that an engine understands."""

from __future__ import annotations

import dataclasses
import re
import unicodedata
from collections.abc import Callable, Iterable, Iterator
from functools import cache, cached_property

from reperes.language.locales import Locale, text_direction
from reperes.language.typography import in_marks, set_apart, typeset
from reperes.model.bearings import Picture, Term
from reperes.model.citing import passage_address
from reperes.model.credits import credit
from reperes.model.entries import Pin
from reperes.model.explainer import Explainer, once_for_an_explainer
from reperes.model.facts import Claim, Event, Fact, Figure, Quotation
from reperes.model.forms import (
    CHART,
    QUOTED_FORMS,
    VALUE_FORMS,
    attribution,
    fact_date,
    in_source,
    say,
)
from reperes.model.pins import locator_text
from reperes.model.references import (
    PICTURE,
    Link,
    Mark,
    Placeholder,
    fills,
    marks_in,
    replace_between,
    replace_marks,
    stands_alone,
)
from reperes.model.schema import ENTRIES_OF_PAGE, NOUNS
from reperes.model.site import Section
from reperes.model.stated import Stated, StatedNumber, StatedText, StatedWords
from reperes.text.blocks import Block, all_blocks
from reperes.text.dates import FactDate
from reperes.text.markup import escape_markdown, with_capital
from reperes.text.problems import Text
from reperes.writing.list_parts import list_of, page_of_entry
from reperes.writing.renditions import Rendition, renditions
from reperes.writing.templating import macro, render_markdown

_SENTENCE_START = re.compile(
    r"(?:^|[.!?…]|\n[ \t]*(?:[-*+]|[0-9]+[.)]))[\s\u00a0\u202f\"“”«»'’)*_]*$|\n[ \t]*\n\s*$"
)
_DATE_FORMS = frozenset({"", "date", "on", "day", "time"})
_FORMS_WITH_YEAR = _DATE_FORMS - {"day", "time"}
_PAGE_OF_SCHEME = {
    "term": "glossary",
    "actor": "actors",
    "source": "sources",
    "correction": "corrections",
}
_PAGE_OF_FACT: dict[type[Fact], str] = {
    Figure: "figures",
    Event: "timeline",
    Claim: "statements",
    Quotation: "statements",
}

FROM_PAGE = "reperes-from-page:"
"""What an address in HTML begins with until an engine has made its page: Zensical would take it for
seen from the Markdown file, MkDocs for seen from the page. Neither touches a scheme."""

_ANY_CHAPTER = "a-chapter"
"""Stands for the id of every page that is a chapter, which no id can be."""

Draw = Callable[[Explainer, str, Figure, str], str]
"""Draws the values of a figure in a language, with ids that begin as the last argument says."""


class Prose:
    """Renders texts for one page, and remembers what it cited and named, for the page's cards."""

    def __init__(
        self, explainer: Explainer, language: str, page_id: str, draw: Draw | None = None
    ) -> None:
        self.explainer = explainer
        self.language = language
        self.page_id = page_id
        self._draw = draw
        self._charts = 0
        self._year_is_said = False
        self._year_is_said_in_running_text = False
        self._cited: dict[str, Fact] = {}
        self._named: dict[str, Term] = {}
        self._marked: set[str] = set()
        self._last_note: tuple[object, ...] = ()

    @cached_property
    def is_read_through(self) -> bool:
        """Whether the page is a text: a chapter or the overview, and nothing to look things up in.

        Such a page says what its marks mean, has sources beside it where there is room, and
        numbered below it on paper. Entries elsewhere say on their own where they come from.
        """
        return self.page_id == "overview" or self.page_id in self.explainer.site.section_ids

    @property
    def cites(self) -> bool:
        """Whether a fact has been cited so far."""
        return bool(self._cited)

    @property
    def explains(self) -> bool:
        """Whether a term or a name has been marked so far."""
        return bool(self._marked)

    @cached_property
    def locale(self) -> Locale:
        return self.explainer.locales[self.language]

    def section_body(self, section: Section) -> str:
        """A section's Markdown with every mark resolved, in the section's own language.

        In headings marks become plain text, lest links leak into the table of contents.
        """
        locale = self.explainer.locales[section.language]
        marks = self.explainer.marks[section.language, section.id]
        headings = [
            (block.start, block.start + len(block.text))
            for block in all_blocks(section.blocks)
            if block.kind == "heading"
        ]
        paragraphs = list(_with_room_beside(section.blocks)) if self.is_read_through else []
        alone = self._standing_alone(section.blocks, marks)

        def replace(mark: Mark) -> str:
            if isinstance(mark, Link) and mark.is_picture:
                return self.picture(mark.id, section.language)
            if mark in alone.values():
                return self._block(mark, locale)
            if any(start <= mark.start < end for start, end in headings):
                return self._plain_mark(mark, section.body, locale)
            beside = next((block for block in paragraphs if _holds(block, mark)), None)
            dating = self._dating(mark, locale, running=True)
            return self._mark(mark, section.body, dating, beside)

        return replace_marks(section.body, [alone.get(mark, mark) for mark in marks], replace)

    def _standing_alone(self, blocks: Iterable[Block], marks: Iterable[Mark]) -> dict[Mark, Mark]:
        """The marks that are a block: `> {{ id }}` of a quotation, and the chart of a figure.

        Each with the mark that covers the whole block.
        """
        possible = [mark for mark in marks if self._may_be_block(mark)]
        found: dict[Mark, Mark] = {}
        for block in blocks:
            for mark in possible:
                if _holds(block, mark) and self._is_block(mark, block):
                    end = block.start + len(block.text)
                    found[mark] = dataclasses.replace(mark, start=block.start, end=end)
        return found

    def _may_be_block(self, mark: Mark) -> bool:
        is_chart = isinstance(mark, Placeholder) and mark.form == CHART and self._draw is not None
        return is_chart or mark.id in self.explainer.quotations

    def _is_block(self, mark: Mark, block: Block) -> bool:
        if mark.id in self.explainer.quotations:
            return block.kind == "quote" and stands_alone(block.text)
        return block.kind == "paragraph" and fills(mark, block.start, block.text)

    def _block(self, mark: Mark, locale: Locale) -> str:
        if mark.id in self.explainer.quotations:
            return self._block_quotation(self.explainer.quotations[mark.id], locale)
        return self._chart(self.explainer.figures[mark.id], locale)

    def _chart(self, figure: Figure, locale: Locale) -> str:
        """The chart of a figure under its name, which cites it."""
        assert self._draw is not None, "what no page draws is no block"
        self._charts += 1
        return render_markdown(
            "chart_in_text.md.jinja",
            cited=self._citation(figure, "label", escape_markdown(figure.label[locale.code])),
            chart=self._draw(self.explainer, locale.code, figure, f"chart-{self._charts}"),
        )

    def _block_quotation(self, quotation: Quotation, locale: Locale) -> str:
        """A quotation that stands by itself, with a caption: who said it, when, and where it is."""
        source = self.explainer.sources[quotation.pins[0].source_id]
        speaker = self.explainer.actors[quotation.speaker_id].names[locale.code].display
        date = self._locale_of(quotation.date, locale, running=True).date(quotation.date)
        return render_markdown(
            "block_quotation.md.jinja",
            words=escape_markdown(set_apart(quotation.words[locale.code], locale.code)),
            address=source.url,
            speaker=self.link("actor", quotation.speaker_id, with_capital(speaker)),
            date=escape_markdown(date),
            where=self._citation(quotation, "label", self._where_quoted(quotation, locale)),
        )

    def _where_quoted(self, quotation: Quotation, locale: Locale) -> str:
        """Its sources; of a translation, the language of the original too."""
        sources = (self.explainer.sources[pin.source_id] for pin in quotation.pins)
        said = [locale.list([source.label[locale.code] for source in sources])]
        if quotation.language != locale.code:
            name = locale.language_name(quotation.language)
            said.append(locale.label("quotation.original_in", language=name))
        return escape_markdown(", ".join(said))

    def picture(self, picture_id: str, language: str) -> str:
        """A picture with its caption and its credit, in the language of the text around it."""
        picture, image = self.explainer.pictures[picture_id], self.explainer.images[picture_id]
        files = renditions(picture_id, image)
        return render_markdown(
            "photo.md.jinja",
            picture=picture,
            files=files,
            address=self.site_file(files.main.path),
            webp=self._source_set(files.webp),
            fallback=self._source_set(files.fallback),
            width=image.width,
            height=image.height,
            alt=typeset(picture.alt[language], language),
            caption=self.markdown(picture.caption[language]),
            credit="".join(self._credit(picture, language)),
        )

    def _source_set(self, files: Iterable[Rendition]) -> str:
        return ", ".join(f"{self.site_file(file.path)} {file.width}w" for file in files)

    def _credit(self, picture: Picture, language: str) -> Iterator[str]:
        locale = self.explainer.locales[language]
        for part in credit(picture, locale, self.explainer.sources):
            shown = escape_markdown(part.text)
            if part.source_id:
                yield f"[{shown}]({self.target('source', part.source_id)})"
            else:
                yield f"[{shown}]({part.url})" if part.url else shown

    def site_file(self, path: str) -> str:
        """A file that all editions of the site share, as the address of it from this page.

        No engine knows it: each begins with a mark that `site/finish.py` takes away.
        """
        depth = 0 if self.page_id == "overview" else 1 + self.page_id.count("/")
        return FROM_PAGE + "../" * (1 + depth + self.explainer.folder.count("/")) + path

    def markdown(self, text: Text) -> str:
        """A text from YAML as one line of Markdown: marks resolved, all else shown as typed."""
        return self._escaped(text, lambda mark: self._mark(mark, text, self._dating(mark)))

    def unlinked(self, text: Text, language: str | None = None) -> str:
        """The same without links or cards, for places that are themselves links."""
        locale = self.explainer.locales[language or self.language]
        return self._escaped(
            text, lambda mark: self._plain_mark(mark, text, self._dating(mark, locale))
        )

    def _escaped(self, text: Text, replace: Callable[[Mark], str]) -> str:
        marks = map(_with_plain_words, marks_in(text))
        return "".join(replace_between(text, marks, replace, escape_markdown)).strip(" \n")

    def plain(self, text: Text, language: str | None = None) -> str:
        """A text with marks resolved and no Markdown of ours, for titles and descriptions."""
        locale = self.explainer.locales[language or self.language]
        marks = marks_in(text)
        return replace_marks(
            text, marks, lambda mark: self._plain_mark(mark, text, locale, raw=True)
        )

    def date(self, date: FactDate) -> str:
        """A date as it stands in an entry of this page, as safe Markdown."""
        return escape_markdown(self._locale_of(date).date(date))

    def on(self, date: FactDate) -> str:
        """The same as a sentence says it: "le 4 juillet"."""
        return escape_markdown(self._locale_of(date).on(date))

    def in_source(self, fact: Fact) -> str:
        """Where a fact was read, and when that was published, as safe Markdown."""
        source = self.explainer.sources[fact.pins[0].source_id]
        day = source.published
        return escape_markdown(in_source(source, self._locale_of(day) if day else self.locale))

    def locator(self, pin: Pin) -> str:
        """Where in its source a fact stands, plain; "" where the whole of it says so."""
        return locator_text(pin.locator, self.locale) if pin.locator else ""

    def address(self, pin: Pin) -> str:
        """Where its source is read on the web, at the words that are its evidence, or ""."""
        return passage_address(self.explainer.sources[pin.source_id], pin) or ""

    def _dating(self, mark: Mark, locale: Locale | None = None, running: bool = False) -> Locale:
        """The locale for a mark: one without the year where it says a date, and readers know it."""
        locale = locale or self.locale
        if isinstance(mark, Link):
            return locale
        fact = self.explainer.facts[mark.id]
        says_date = mark.form in _FORMS_WITH_YEAR and not (
            isinstance(fact, Figure | Quotation) and not mark.form
        )
        return self._locale_of(fact_date(fact), locale, running) if says_date else locale

    def _locale_of(
        self, date: FactDate, locale: Locale | None = None, running: bool = False
    ) -> Locale:
        """The locale in which this page says a date next; of an only year it has then been told.

        A page whose dates are all of one year says it with its first date, and with the first in
        its running text, above which a reader may have skipped everything.
        """
        locale = locale or self.locale
        if not date.is_finer_than_years or date.years != {self.explainer.only_year}:
            return locale
        is_said = self._year_is_said_in_running_text if running else self._year_is_said
        self._year_is_said = True
        self._year_is_said_in_running_text |= running
        return locale.without_year if is_said else locale

    def link(self, scheme: str, entry_id: str, text: str = "") -> str:
        """A link to an entry, as HTML; `text` is plain, an empty one means its name."""
        shown = self.escape(text) if text else self.name(scheme, entry_id)
        return self._link_to(self.entry_address(scheme, entry_id), shown)

    def opening(self, scheme: str, entry_id: str) -> str:
        """The same where it opens a line: a name that is a common noun takes a capital there."""
        shown = with_capital(self.name(scheme, entry_id))
        return self._link_to(self.entry_address(scheme, entry_id), shown)

    @staticmethod
    def _link_to(address: str, text: str, kind: str = "", card: str = "") -> str:
        return macro("link")(address, text, kind, card)

    def name(self, scheme: str, entry_id: str) -> str:
        """What readers call an entry, as safe Markdown."""
        explainer, language = self.explainer, self.language
        if scheme == "gone":
            return escape_markdown(entry_id)
        if scheme == "section":
            section = explainer.outline(language, entry_id)
            # The overview's title is a headline; menus call it by its name.
            if section is None or entry_id == "overview":
                key = "nav.overview" if entry_id == "overview" else f"page.{entry_id}.title"
                return escape_markdown(self.locale.label(key))
            return escape_markdown(self.plain(section.title, section.language))
        names = {
            "term": lambda: explainer.terms[entry_id].texts[language].term,
            "actor": lambda: explainer.actors[entry_id].names[language].display,
            "place": lambda: explainer.places[entry_id].names[language].name,
            "source": lambda: explainer.sources[entry_id].label[language],
            PICTURE: lambda: explainer.pictures[entry_id].alt[language],
        }
        name = names.get(scheme, lambda: explainer.facts[entry_id].label[language])()
        return escape_markdown(name)

    def target(self, scheme: str, entry_id: str) -> str:
        """Where an entry stands, as the engine's link from this page ("figures.md#displaced")."""
        return self.page_link(self._place_of(scheme, entry_id))

    def page_of(self, scheme: str, entry_id: str) -> str:
        """The id of the page on which an entry stands, or of the list that this is a part of."""
        return list_of(_page_of(self._place_of(scheme, entry_id)))

    def page_link(self, file: str) -> str:
        """A file among the engine's pages, as the link to it from this page."""
        return "../" * self.page_id.count("/") + file

    def entry_address(self, scheme: str, entry_id: str) -> str:
        """The same as an address in HTML ("../figures/#displaced", with a mark before it)."""
        return self.page_address(self._place_of(scheme, entry_id))

    def file_address(self, name: str) -> str:
        """A file beside the pages of this language, as an address in HTML."""
        depth = 0 if self.page_id == "overview" else 1 + self.page_id.count("/")
        return FROM_PAGE + "../" * depth + name

    def page_address(self, place: str) -> str:
        """A file among the engine's pages, perhaps with an anchor, as an address in HTML.

        It begins with a mark, as that of `site_file` does.
        """
        file, mark, anchor = place.partition("#")
        return FROM_PAGE + _way(self.page_id, _page_of(file)) + mark + anchor

    def _place_of(self, scheme: str, entry_id: str) -> str:
        if scheme == "section":
            return "index.md" if entry_id == "overview" else f"{entry_id}.md"
        if scheme == PICTURE:
            shown_in = self.explainer.shown_in.get(entry_id, ("overview",))
            return f"{self._place_of('section', shown_in[0])}#picture-{entry_id}"
        if scheme == "place":
            explained = self._term_of(entry_id)
            anchor = explained.id if explained else anchor_on_list("place", entry_id)
            return self._place_in("glossary", anchor)
        if scheme == "gone":
            noun = self.explainer.gone[entry_id].was[0]
            if noun == "section":
                return f"{entry_id}.md"
            return f"{list_of_noun(noun)}.md#{anchor_on_list(noun, entry_id)}"
        if scheme in _PAGE_OF_SCHEME:
            return self._place_in(_PAGE_OF_SCHEME[scheme], entry_id)
        return self._place_in(_PAGE_OF_FACT[type(self.explainer.facts[entry_id])], entry_id)

    def _place_in(self, list_id: str, anchor: str) -> str:
        page_id = page_of_entry(self.explainer, self.language, list_id, anchor)
        return f"{page_id}.md#{anchor}"

    def _term_of(self, place_id: str) -> Term | None:
        """The term that explains a place: the place has its entry there, and none of its own."""
        terms = self.explainer.terms.values()
        return next((term for term in terms if term.place_id == place_id), None)

    def anchor_of_place(self, term: Term) -> str:
        """The anchor that a place would have by itself, which has its entry with a term, or ""."""
        explained = self._term_of(term.place_id) if term.place_id else None
        if term.place_id is None or explained is None or explained.id != term.id:
            return ""
        return anchor_on_list("place", term.place_id)

    def cards(self) -> str:
        """The cards of every fact cited and term named so far, in that order, as HTML, or "".

        On paper, those of the facts are the sources of a text, by the numbers in it.
        """
        cards = [
            *(self._card("fact", fact_id) for fact_id in self._cited),
            *(self._card("term", term_id) for term_id in self._named),
        ]
        if not cards:
            return ""
        return render_markdown("cards.md.jinja", cards=cards, prose=self).rstrip("\n")

    def _card(self, scheme: str, entry_id: str) -> str:
        """One of them, which says the year if it comes first."""
        # To all chapters, what they link stands in the same direction.
        is_chapter = self.page_id in self.explainer.site.section_ids and self.page_id != "overview"
        page_id = _ANY_CHAPTER if is_chapter else self.page_id
        card, self._year_is_said = _card(
            self.explainer, self.language, page_id, self._year_is_said, scheme, entry_id
        )
        return card

    def _mark(self, mark: Mark, text: str, locale: Locale, beside: Block | None = None) -> str:
        """A mark as Markdown; `beside` is the paragraph that has room for a note, if any."""
        if isinstance(mark, Link):
            return self._link(mark, beside)
        fact = self.explainer.facts[mark.id]
        shown = self._said(mark, fact, text, locale)
        if mark.form == "by":
            if len(fact.authors) == 1:
                return self._first_mention("actor", fact.authors[0], shown)
            return shown
        if mark.form in ("unit", "weekday"):
            return shown
        return self._citation(fact, mark.form, shown, beside)

    def _link(self, mark: Link, beside: Block | None) -> str:
        if mark.scheme in ("claim", "fact"):
            return self._citation(self.explainer.facts[mark.id], "label", mark.text, beside)
        if mark.scheme in ("term", "actor", "place"):
            return self._first_mention(mark.scheme, mark.id, mark.text)
        return self._link_to(self.entry_address(mark.scheme, mark.id), mark.text, mark.scheme)

    def _first_mention(self, scheme: str, entry_id: str, shown: str) -> str:
        """A term or a name: a link where the page first has it, plain words after that.

        A term has a card there. Where the entries themselves stand, each of them links others.
        """
        place = self._place_of(scheme, entry_id)
        address = self.page_address(place)
        if list_of(_page_of(place)) == list_of(self.page_id):
            return self._link_to(address, shown, scheme)
        if place in self._marked:
            return shown
        self._marked.add(place)
        term = self._term_of(entry_id) if scheme == "place" else self.explainer.terms.get(entry_id)
        if scheme == "actor" or term is None:
            return self._link_to(address, shown, scheme)
        self._named[term.id] = term
        return self._link_to(address, shown, "term", card=f"term-{term.id}")

    def _said(self, mark: Placeholder, fact: Fact, text: str, locale: Locale) -> str:
        said = say(fact, mark.form, locale, self.explainer.actors)
        if isinstance(fact, Quotation) and mark.form in QUOTED_FORMS:
            return escape_markdown(said)
        if _SENTENCE_START.search(text[max(0, mark.start - 200) : mark.start] or ""):
            said = with_capital(said)
        return escape_markdown(said)

    def _citation(self, fact: Fact, form: str, shown: str, beside: Block | None = None) -> str:
        """Words that cite a fact: one link, which opens its card.

        Beside it stands who says so and where, at the first citation on the page.
        """
        is_new = fact.id not in self._cited
        self._cited.setdefault(fact.id, fact)
        return macro("citation")(
            fact=fact,
            text=shown,
            address=self.entry_address("fact", fact.id),
            value=machine_value(fact, form),
            datetime=_machine_date(fact, form),
            original=isinstance(fact, Quotation) and form == "original",
            prose=self,
            number=list(self._cited).index(fact.id) + 1 if self.is_read_through else None,
            note=self._note(fact, beside) if beside and is_new else "",
        )

    def _note(self, fact: Fact, beside: Block) -> str:
        """Who says so and where (“Selon l’ONU · § 22”), for an attribute, which holds no tag.

        "" right after the same in a paragraph.
        """
        note = macro("note")(fact, self)
        before, self._last_note = self._last_note, (beside.start, note)
        if before == self._last_note:
            return ""
        # Rules of typography see the text itself: an entity ends in a semicolon that is no sign.
        return escape_markdown(typeset(_unescaped(note), self.language))

    def _plain_mark(self, mark: Mark, text: str, locale: Locale, raw: bool = False) -> str:
        if isinstance(mark, Link):
            return mark.text
        said = self._said(mark, self.explainer.facts[mark.id], text, locale)
        return _unescaped(said) if raw else said

    def twins(self, term: Term) -> dict[str, str]:
        """The other languages' words for a term, by language; none that is the same word."""
        own = _letters(term.texts[self.language].term)
        words = {code: text.term for code, text in term.texts.items() if code != self.language}
        return {code: word for code, word in words.items() if _letters(word) != own}

    def value(self, fact: Fact) -> str:
        """What a fact says, alone on its line, with a capital.

        A figure with its unit, an event's date, a claim's text, a quotation in its marks.
        """
        return with_capital(self.stated_value(fact, fact.stated))

    def stated_value(self, fact: Fact, stated: Stated) -> str:
        """The same of one of the values that are given for it, without a capital of ours."""
        if isinstance(stated, StatedNumber):
            assert isinstance(fact, Figure)
            amount = self.locale.with_unit(stated.low, stated.high, stated.bound, fact.unit)
            return escape_markdown(amount)
        if isinstance(stated, StatedText):
            return self.unlinked(stated.text[self.language])
        if isinstance(stated, StatedWords):
            return escape_markdown(in_marks(stated.words[self.language], self.language))
        return self.date(stated.day)

    def in_sentence(self, fact: Fact, stated: Stated) -> str:
        """The same where the sentence goes on with who says so."""
        return self.stated_value(fact, stated).removesuffix(".")

    @staticmethod
    def noun(fact: Fact) -> str:
        """What kind of fact it is, as labels know it ("figure")."""
        return NOUNS[type(fact)]

    def apart(self, quotation: Quotation) -> str:
        """A quotation that stands by itself, without marks."""
        return escape_markdown(set_apart(quotation.words[self.language], self.language))

    def original(self, quotation: Quotation) -> str:
        """What was said, in the marks of its own language."""
        return escape_markdown(in_marks(quotation.original, quotation.language))

    @staticmethod
    def direction(language: str) -> str:
        """Which way a language is written, for `dir`."""
        return text_direction(language)

    @staticmethod
    def escape(text: str) -> str:
        """Plain text as one line of Markdown, safe in an HTML attribute too."""
        return escape_markdown(text)

    def by(self, fact: Fact) -> str:
        """The attribution formula, with a capital ("Selon l’ONU")."""
        return with_capital(self.said_by(fact))

    def said_by(self, stated: Fact | Stated) -> str:
        """The attribution formula of a fact, or of one of its values ("selon l’ONU")."""
        return escape_markdown(attribution(stated, self.locale, self.explainer.actors))


@once_for_an_explainer
def _card(
    explainer: Explainer,
    language: str,
    page_id: str,
    year_is_said: bool,
    scheme: str,
    entry_id: str,
) -> tuple[str, bool]:
    """The card of a fact or a term on a page, and whether the only year has been said after it."""
    prose = Prose(explainer, language, page_id)
    prose._year_is_said = year_is_said
    if scheme == "fact":
        card = render_markdown("card.md.jinja", fact=explainer.facts[entry_id], prose=prose)
    else:
        term = explainer.terms[entry_id]
        card = render_markdown("term_card.md.jinja", term=term, prose=prose)
    return card, prose._year_is_said


def anchor_on_list(noun: str, entry_id: str) -> str:
    """The anchor of an entry on the list of its kind, where terms and places stand together."""
    return f"place-{entry_id}" if noun == "place" else entry_id


def list_of_noun(noun: str) -> str:
    """The id of the list on which entries of a kind stand."""
    return next(page_id for page_id, nouns in ENTRIES_OF_PAGE.items() if noun in nouns)


def _page_of(place: str) -> str:
    return place.partition(".md")[0]


@cache
def _way(here: str, there: str) -> str:
    """The address of a page from another, by their ids, as the engine writes it."""
    own, other = (
        [] if page in ("index", "overview") else page.split("/") for page in (here, there)
    )
    common = 0
    while own[common : common + 1] == other[common : common + 1] != []:
        common += 1
    return "/".join([*[".."] * (len(own) - common), *other[common:]] or ["."]) + "/"


def _with_room_beside(blocks: Iterable[Block]) -> Iterator[Block]:
    """Paragraphs that end where the text does: not those of tables, definitions and footnotes."""
    for block in blocks:
        if block.kind == "paragraph":
            yield block
        elif block.kind in ("list", "quote"):
            yield from _with_room_beside(block.inner)


def _holds(block: Block, mark: Mark) -> bool:
    return block.start <= mark.start < block.start + len(block.text)


def _with_plain_words(mark: Mark) -> Mark:
    """A mark in a text that is not Markdown, with the words of its link escaped accordingly."""
    return (
        dataclasses.replace(mark, text=escape_markdown(mark.text))
        if isinstance(mark, Link)
        else mark
    )


def machine_value(fact: Fact, form: str = "") -> str:
    """A figure's number for `<data value>`: canonical digits, the ends of a range with a slash."""
    if not isinstance(fact, Figure) or form not in VALUE_FORMS:
        return ""
    if form in ("low", "high"):
        return str(getattr(fact, form))
    return str(fact.low) if fact.low == fact.high else f"{fact.low}/{fact.high}"


def _machine_date(fact: Fact, form: str) -> str:
    """The `<time datetime>` of a date or its time, or "" where HTML allows none."""
    says_no_date = isinstance(fact, Quotation) and not form
    if isinstance(fact, Figure) or says_no_date or form not in _DATE_FORMS:
        return ""
    date = fact_date(fact)
    return (date.day if form == "day" else date).iso or ""


def _letters(word: str) -> str:
    """A word as its letters, however it is accented and in capitals or not."""
    letters = unicodedata.normalize("NFD", word.casefold())
    return "".join(letter for letter in letters if letter.isalnum())


def _unescaped(text: str) -> str:
    return re.sub(r"&#([0-9]+);", lambda match: chr(int(match[1])), text)
