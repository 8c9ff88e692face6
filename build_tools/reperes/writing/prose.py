"""Prose for one page in one language: marks become Markdown that an engine understands."""

from __future__ import annotations

import dataclasses
import re
from collections.abc import Callable

from reperes.language.locales import Locale
from reperes.model.explainer import Explainer
from reperes.model.facts import Claim, Event, Fact, Figure, Section, Term
from reperes.model.forms import VALUE_FORMS, attribution, fact_date, in_source, say
from reperes.model.references import (
    Link,
    Mark,
    Placeholder,
    marks_in,
    replace_between,
    replace_marks,
)
from reperes.text.blocks import all_blocks
from reperes.text.dates import FactDate
from reperes.text.markup import escape_markdown, with_capital
from reperes.text.problems import Text
from reperes.writing.templating import render_markdown

_SENTENCE_START = re.compile(
    r"(?:^|[.!?…]|\n[ \t]*(?:[-*+]|[0-9]+[.)]))[\s\u00a0\u202f\"“”«»'’)*_]*$|\n[ \t]*\n\s*$"
)
_AFTER_A_MARK = re.compile(r"(?:\}\}|\]\([a-z]+:[a-z0-9_]+\))\s+\Z")
_DATE_FORMS = frozenset({"", "date", "on", "day"})
_FORMS_WITH_YEAR = _DATE_FORMS - {"day"}
_PAGE_OF_SCHEME = {"term": "glossary", "actor": "actors", "source": "sources"}
_PAGE_OF_FACT: dict[type[Fact], str] = {
    Figure: "figures",
    Event: "timeline",
    Claim: "statements",
}


class Prose:
    """Renders texts for one page, and remembers what it cited and named, for the page's cards."""

    def __init__(self, explainer: Explainer, language: str, page_id: str) -> None:
        self.explainer = explainer
        self.language = language
        self.page_id = page_id
        self._year_is_said = False
        self._year_is_said_in_running_text = False
        self._cited: dict[str, Fact] = {}
        self._named: dict[str, Term] = {}

    @property
    def locale(self) -> Locale:
        return self.explainer.locales[self.language]

    def section_body(self, section: Section) -> str:
        """A section's Markdown with every mark resolved, in the section's own language.

        In headings marks become plain text, lest cards leak into the table of contents.
        """
        locale = self.explainer.locales[section.language]
        marks = self.explainer.marks[section.language, section.id]
        headings = [
            (block.start, block.start + len(block.text))
            for block in all_blocks(section.blocks)
            if block.kind == "heading"
        ]

        def replace(mark: Mark) -> str:
            if any(start <= mark.start < end for start, end in headings):
                return self._plain_mark(mark, section.body, locale)
            return self._mark(mark, section.body, self._dating(mark, locale, running=True))

        return replace_marks(section.body, marks, replace)

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

    def cite(self, fact: Fact) -> str:
        """The bare citation of a figure or an event, or a claim's label: link and card."""
        form = "label" if isinstance(fact, Claim) else ""
        locale = self._locale_of(fact_date(fact)) if isinstance(fact, Event) else self.locale
        return self._citation(fact, form, say(fact, form, locale, self.explainer.actors))

    def date(self, date: FactDate) -> str:
        """A date as it stands in an entry of this page, as safe Markdown."""
        return escape_markdown(self._locale_of(date).date(date))

    def on(self, date: FactDate) -> str:
        """The same as a sentence says it: "le 4 juillet"."""
        return escape_markdown(self._locale_of(date).on(date))

    def in_source(self, fact: Fact) -> str:
        """Where a fact was read, and when that was published, as safe Markdown."""
        source = self.explainer.sources[fact.pin.source_id]
        return escape_markdown(in_source(source, self._locale_of(source.published)))

    def _dating(self, mark: Mark, locale: Locale | None = None, running: bool = False) -> Locale:
        """The locale for a mark: one without the year where it says a date, and readers know it."""
        locale = locale or self.locale
        if isinstance(mark, Link):
            return locale
        fact = self.explainer.facts[mark.id]
        says_date = mark.form in _FORMS_WITH_YEAR and not (
            isinstance(fact, Figure) and not mark.form
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
        years = {moment.first.year for moment in date.moments}
        if not date.is_finer_than_years or years != {self.explainer.only_year}:
            return locale
        is_said = self._year_is_said_in_running_text if running else self._year_is_said
        self._year_is_said = True
        self._year_is_said_in_running_text |= running
        return locale.without_year if is_said else locale

    def link(self, scheme: str, entry_id: str, text: str = "") -> str:
        """A Markdown link to an entry; `text` is plain, an empty one means its name."""
        shown = self.escape(text) if text else self.name(scheme, entry_id)
        return f"[{shown}]({self.target(scheme, entry_id)})"

    def name(self, scheme: str, entry_id: str) -> str:
        """What readers call an entry, as safe Markdown."""
        explainer, language = self.explainer, self.language
        if scheme == "section":
            section = explainer.section_or_other(language, entry_id)
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
        }
        name = names.get(scheme, lambda: explainer.facts[entry_id].label[language])()
        return escape_markdown(name)

    def target(self, scheme: str, entry_id: str) -> str:
        """Where an entry stands, as the engine's link from this page ("figures.md#displaced")."""
        return self.page_link(self._place_of(scheme, entry_id))

    def page_link(self, file: str) -> str:
        """A file among the engine's pages, as the link to it from this page."""
        return "../" * self.page_id.count("/") + file

    def _place_of(self, scheme: str, entry_id: str) -> str:
        if scheme == "section":
            return "index.md" if entry_id == "overview" else f"{entry_id}.md"
        if scheme == "place":
            # A place that a term explains has its entry there, and none of its own.
            terms = self.explainer.terms.values()
            explained = next((term.id for term in terms if term.place_id == entry_id), None)
            return f"glossary.md#{explained or f'place-{entry_id}'}"
        if scheme in _PAGE_OF_SCHEME:
            return f"{_PAGE_OF_SCHEME[scheme]}.md#{entry_id}"
        return f"{_PAGE_OF_FACT[type(self.explainer.facts[entry_id])]}.md#{entry_id}"

    def cards(self) -> str:
        """The cards of every fact cited and term named so far, in that order; may be empty."""
        said = {"prose": self, "explainer": self.explainer, "language": self.language}
        cards = [
            *(render_markdown("card.md.jinja", fact=fact, **said) for fact in self._cited.values()),
            *(
                render_markdown("term_card.md.jinja", term=term, **said)
                for term in self._named.values()
            ),
        ]
        return render_markdown("cards.md.jinja", cards=cards) if cards else ""

    def _mark(self, mark: Mark, text: str, locale: Locale) -> str:
        if isinstance(mark, Link):
            return self._link(mark)
        fact = self.explainer.facts[mark.id]
        shown = self._said(mark, fact, text, locale)
        if mark.form == "by":
            if len(fact.attributed_to) == 1:
                return f"[{shown}]({self.target('actor', fact.attributed_to[0])}){{.actor}}"
            return shown
        if mark.form in ("unit", "weekday"):
            return shown
        close = bool(_AFTER_A_MARK.search(text, max(0, mark.start - 200), mark.start))
        return self._citation(fact, mark.form, shown, close)

    def _link(self, mark: Link) -> str:
        target = self.target(mark.scheme, mark.id)
        # A card at the first mention is enough, and none is needed where the entry itself stands.
        if mark.scheme == "term" and mark.id not in self._named and self.page_id != "glossary":
            term = self._named[mark.id] = self.explainer.terms[mark.id]
            return _one_line("term.md.jinja", term=term, text=mark.text, target=target, prose=self)
        if mark.scheme not in ("claim", "fact"):
            return f"[{mark.text}]({target}){{.{mark.scheme}}}"
        fact = self.explainer.facts[mark.id]
        self._cited.setdefault(mark.id, fact)
        return _one_line("citation.md.jinja", fact=fact, text=mark.text, target=target, prose=self)

    def _said(self, mark: Placeholder, fact: Fact, text: str, locale: Locale) -> str:
        said = say(fact, mark.form, locale, self.explainer.actors)
        if _SENTENCE_START.search(text[max(0, mark.start - 200) : mark.start] or ""):
            said = with_capital(said)
        return escape_markdown(said)

    def _citation(self, fact: Fact, form: str, shown: str, close: bool = False) -> str:
        """A citation with its card; `close` where it stands right behind another mark.

        A short number there ("four") would leave a finger too little room between two cards.
        """
        self._cited.setdefault(fact.id, fact)
        value = machine_value(fact, form)
        return _one_line(
            "citation.md.jinja",
            fact=fact,
            text=shown,
            target=self.target("fact", fact.id),
            value=value,
            close=close and len(value) == 1,
            datetime=_machine_date(fact, form),
            prose=self,
        )

    def _plain_mark(self, mark: Mark, text: str, locale: Locale, raw: bool = False) -> str:
        if isinstance(mark, Link):
            return mark.text
        said = self._said(mark, self.explainer.facts[mark.id], text, locale)
        return _unescaped(said) if raw else said

    def value(self, fact: Fact) -> str:
        """What a fact says, alone on its line, with a capital.

        A figure with its unit, an event's date, a claim's text.
        """
        if isinstance(fact, Figure):
            amount = self.locale.with_unit(fact.low, fact.high, fact.bound, fact.unit)
            return escape_markdown(with_capital(amount))
        if isinstance(fact, Claim):
            return self.unlinked(fact.text[self.language])
        return with_capital(self.date(fact_date(fact)))

    @staticmethod
    def escape(text: str) -> str:
        """Plain text as one line of Markdown, safe in an HTML attribute too."""
        return escape_markdown(text)

    def by(self, fact: Fact) -> str:
        """The attribution formula, with a capital ("Selon l’ONU")."""
        said = attribution(fact, self.locale, self.explainer.actors)
        return escape_markdown(with_capital(said))


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
    """The `<time datetime>` of a date said in full, or "" where HTML allows none."""
    if isinstance(fact, Figure) or form not in _DATE_FORMS:
        return ""
    return fact_date(fact).iso or ""


def _one_line(template: str, **values: object) -> str:
    values = {"value": "", "datetime": "", "close": False, **values}
    return render_markdown(template, **values).rstrip("\n")


def _unescaped(text: str) -> str:
    return re.sub(r"&#([0-9]+);", lambda match: chr(int(match[1])), text)
