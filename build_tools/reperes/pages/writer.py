"""What every page's template can ask for: words, links and names in one page's language."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable, Iterator, Sized
from decimal import Decimal
from functools import cached_property
from typing import Any, TypeVar

from reperes.drawings.figure_pictures import figure_picture
from reperes.model.bearings import Actor
from reperes.model.entries import Derivation, Labelled, Localized
from reperes.model.explainer import Explainer
from reperes.model.facts import Claim, Event, Fact, Figure, Quotation
from reperes.model.gone import NAMESPACE_OF
from reperes.model.published import corrections_of_page
from reperes.model.schema import ENTRIES_OF_PAGE
from reperes.model.site import Outline
from reperes.pages.page import REST_STANDS_HERE, Page, figure_page_id, page_file, page_url
from reperes.pages.part_names import part_name, part_title
from reperes.text.dates import FactDate
from reperes.text.markup import escape_markdown, with_capital
from reperes.translation.staleness import Age, age_of
from reperes.writing.list_parts import (
    MOST_LISTED,
    Part,
    is_list,
    list_of,
    page_of_entry,
    part_of_page,
)
from reperes.writing.prose import Prose, anchor_on_list
from reperes.writing.templating import render_markdown

MENU_LENGTH = 12
"""Sections that a page's menu lists at most, so that pages do not grow with the book."""

_COLOURED_LIKE = {
    **dict.fromkeys(("promises", "supports", "votes_for"), "accepts"),
    **dict.fromkeys(("demands", "threatens"), "insists"),
    **dict.fromkeys(("opposes", "denies", "condemns", "accuses", "votes_against"), "refuses"),
}
"""Acts that have the colour of another: consent, or dissent. All others are plain."""

D = TypeVar("D", bound=Figure | Event | Claim | Quotation)


class PageWriter:
    """Writes one page in one language; templates know it as `page`.

    Its methods give safe Markdown, unless they say that they are plain.
    """

    def __init__(self, explainer: Explainer, language: str, page_id: str) -> None:
        self.explainer = explainer
        self.site = explainer.site
        self.language = language
        self.id = page_id
        self.locale = explainer.locales[language]
        self.prose = Prose(explainer, language, page_id, figure_picture)
        self.section = explainer.section_or_other(language, page_id)
        self._rest = ""

    most_listed = MOST_LISTED

    @property
    def list_id(self) -> str:
        """The id of the list that this page is, or is a part of."""
        return list_of(self.id)

    def address_of(self, anchor: str) -> str:
        """An entry of this page's list, as the address of it from here."""
        page_id = page_of_entry(self.explainer, self.language, self.list_id, anchor)
        return self.prose.page_address(f"{page_file(page_id)}#{anchor}")

    def more(self, found: Sized) -> str:
        """How many there are beyond those that an entry lists."""
        return escape_markdown(self.locale.counted("page.more", len(found) - MOST_LISTED))

    @cached_property
    def part(self) -> Part:
        """What this page shows of the list that it is, or is a part of."""
        return part_of_page(self.explainer, self.language, self.id)

    @cached_property
    def shows(self) -> frozenset[str]:
        """The anchors of the entries of the list that stand here."""
        return self.part.ids

    def reference(self, template: str = "", **values: Any) -> Page:
        """A list, or a part of one; opened by the section of the same id where there is one.

        `values` are as for `write`; the template is called after the list, if after nothing else.
        """
        list_id = self.list_id
        title = self.locale.label(f"page.{list_id}.title")
        summary = self.locale.label(f"page.{list_id}.summary")
        opening = self.explainer.section_or_other(self.language, list_id)
        if opening is not None:
            title = self.prose.plain(opening.title, opening.language)
            summary = self.prose.plain(opening.summary, opening.language)
        shell = {"kicker": self.locale.label("nav.bearings"), **values.pop("shell", {})}
        if self.id != list_id:
            named = part_title(self, self.part)
            title = self.locale.label("page.part.title", list=title, part=named)
            shell |= {"parent": list_id, **self._onward()}
            if list_id == "glossary":
                shell["ordered_by_language"] = True
        return self.write(template or list_id, title, summary, shell=shell, **values)

    def _gone(self) -> str:
        """What has gone from the list that this page is, or is a part of, as HTML, or "".

        Nobody knows any more on which part it stood, so that each has all of it; but not where
        something else has the same anchor by now.
        """
        entries = [
            (anchor, noun, gone)
            for gone in self.explainer.gone.values()
            for noun in gone.was
            if noun in ENTRIES_OF_PAGE[self.list_id]
            and (anchor := anchor_on_list(noun, gone.id)) not in self.shows
        ]
        if not entries:
            return ""
        return render_markdown(
            "gone_from_list.md.jinja", page=self, entries=entries, namespaces=NAMESPACE_OF
        )

    def _onward(self) -> dict[str, Any]:
        """What comes before and after a part of a list, as the shell links it."""
        leaves = list(self._list.leaves)
        if self.part not in leaves:
            return {}
        here = leaves.index(self.part)
        found = {"previous": leaves[here - 1 : here], "next": leaves[here + 1 : here + 2]}
        return {
            name: {"title": with_capital(part_title(self, part)), "url": page_url(part.id)}
            for name, parts in found.items()
            for part in parts
        }

    @property
    def _list(self) -> Part:
        return part_of_page(self.explainer, self.language, self.list_id)

    def rows_of_parts(self) -> Iterator[list[tuple[str, str, str]]]:
        """The parts of a list from which this page leads on: of its own, and of each index above.

        Each is its name, safe; its address; and what it is to this page, as
        `aria-current` says it.
        """
        node = self._list if is_list(self.id) else None
        while node is not None and node.parts:
            on_the_way = next((part for part in node.parts if self.part in part.nodes), None)
            yield [
                (
                    escape_markdown(with_capital(part_name(self, part))),
                    self.prose.page_address(page_file(part.id)),
                    ("page" if part.id == self.id else "true") if part is on_the_way else "",
                )
                for part in node.parts
            ]
            node = on_the_way

    def write(self, template: str, title: str, summary: str, **values: Any) -> Page:
        """The page, with the cards of what it cites at its end.

        `title` and `summary` are plain. A value `shell` adds to what the shell is told: `scripts`
        there names files of docs/assets/ that this page alone needs.
        """
        shell = values.pop("shell", {})
        meta: dict[str, Any] = {
            "title": title,
            "description": summary,
            "summary": summary,
            "id": self.id,
            **self._updated(),
            "notices": self._notices(),
            "neighbours": list(self._neighbours()),
            **shell,
        }
        text = render_markdown(f"{template}.md.jinja", page=self, **values)
        gone = self._gone() if is_list(self.id) and self.list_id in ENTRIES_OF_PAGE else ""
        rest = "\n".join(filter(None, [self._rest.strip("\n"), gone, self.prose.cards()]))
        if rest:
            text += f"\n{REST_STANDS_HERE}\n"
        return Page(
            id=self.id,
            language=self.language,
            uri=page_file(self.id),
            title=title,
            description=summary,
            text=text,
            rest=rest,
            meta=meta,
            kicker=shell.get("kicker", ""),
            value=shell.get("value", ""),
        )

    def rest(self, caller: Callable[[], str]) -> str:
        """Keep what a template writes behind the editors’ text: HTML, which no engine reads."""
        self._rest = caller()
        return ""

    def plain(self, text: str) -> str:
        """A text of the section's language as plain text, for titles that the shell escapes."""
        language = self.section.language if self.section else self.language
        return self.prose.plain(text, language)  # type: ignore[arg-type]

    def say(self, key: str, **values: str) -> str:
        """An interface label."""
        return escape_markdown(self.locale.label(key, **values))

    def text(self, text: Localized) -> str:
        """A text of the facts, with its links and citations."""
        return self.prose.markdown(text[self.language])

    def bare(self, text: Localized) -> str:
        """A text of the facts without links or citations: for headings, and inside links."""
        return self.prose.unlinked(text[self.language])

    def value(self, figure: Figure) -> str:
        """What a figure says beside its label, plain, with a capital: "Environ 30".

        The unit is left out where the label names it: "Localités reprises".
        """
        low, high, bound, unit = figure.low, figure.high, figure.bound, figure.unit
        nouns = {self.locale.unit(unit, number) for number in (high, Decimal(1))}
        said = set(re.findall(r"\w+", self.prose.plain(figure.label[self.language]).casefold()))
        named = any(set(noun.casefold().split()) <= said for noun in nouns)
        say = self.locale.amount if named else self.locale.with_unit
        return with_capital(say(low, high, bound, unit))

    def time(self, date: FactDate) -> str:
        """The time of a date that has one, with a capital: "21 h 30 (UTC+3)"."""
        return escape_markdown(with_capital(self.locale.time(date)))

    def figure_address(self, figure: Figure) -> str:
        """The page of a figure, as an address in HTML."""
        return self.prose.page_address(page_file(figure_page_id(figure.id)))

    def sections(self, section_ids: Iterable[str]) -> str:
        """Titles of sections, linked, as a list in words; the overview by its name in the menu."""
        links = [self.prose.link("section", section_id) for section_id in section_ids]
        return self.locale.list(links)

    def terms(self, term_ids: Iterable[str]) -> str:
        """Glossary terms, linked, as a list in words."""
        return self.locale.list([self.prose.link("term", term_id) for term_id in term_ids])

    def facts(self, facts: Iterable[Fact]) -> str:
        """Labels of facts, linked, as a list in words."""
        return self.locale.list([self.prose.link("fact", fact.id) for fact in facts])

    def language_name(self, code: str) -> str:
        """The name of a language, in the page's own."""
        return escape_markdown(self.locale.language_name(code))

    def by_reason(self, facts: Iterable[D]) -> list[tuple[Derivation, tuple[D, ...]]]:
        """Facts whose date was worked out, by the reason as readers see it, each reason once.

        The same reason may cite one fact's weekday here and another's there.
        """
        found: dict[str, tuple[Derivation, list[D]]] = {}
        for fact in facts:
            if fact.derived:
                reason = self.prose.plain(fact.derived.reason[self.language])
                found.setdefault(reason, (fact.derived, []))[1].append(fact)
        return [(derivation, tuple(alike)) for derivation, alike in found.values()]

    def side_of(self, actor_id: str) -> Labelled | None:
        """The side of an actor, or of the body that it is part of."""
        actor = self.explainer.actors[actor_id]
        if actor.side_id is not None:
            return next(side for side in self.site.sides if side.id == actor.side_id)
        return self.side_of(actor.part_of_id) if actor.part_of_id else None

    def by_side(self, actors: Iterable[Actor]) -> Iterator[tuple[Labelled | None, list[Actor]]]:
        """Actors in their order under the sides in the site's; last those that are on none."""
        sides = [(self.side_of(actor.id), actor) for actor in actors]
        for side in (*self.site.sides, None):
            group = [actor for found, actor in sides if found == side]
            if group:
                yield side, group

    def side_class(self, side: Labelled | None) -> str:
        """The class that gives a side its colour and its shape: "side-1" for the first."""
        return f"side-{self.site.sides.index(side) + 1}" if side else "side-none"

    def chip_class(self, claim: Claim) -> str:
        """The class that gives the act of a claim its colour: that of what it is treated as."""
        act = self.explainer.vocabulary.treated_as("act", claim.act)
        return f"chip--{_COLOURED_LIKE.get(act, act)}"

    def chapters(self, section_ids: Iterable[str]) -> list[Outline]:
        """Sections in the page's language, or in another where they lack it."""
        found = (self.explainer.outline(self.language, name) for name in section_ids)
        return [outline for outline in found if outline is not None]

    def reading_time(self, *sections: Outline) -> str:
        """How long sections take, as plain text ("2 min")."""
        ids = (section.id for section in sections)
        minutes = self.explainer.reading_minutes(self.language, *ids)
        return self.locale.label("page.reading_time", minutes=str(minutes))

    def _updated(self) -> dict[str, str]:
        updated = self.explainer.last_change(self.language, self.id)
        as_of = self.explainer.as_of(self.id)
        own = {"as_of": self.locale.date(as_of)} if as_of != self.site.as_of else {}
        return {"updated": updated.text, "updated_text": self.locale.date(updated), **own}

    def _neighbours(self) -> Iterator[dict[str, Any]]:
        """The sections before and after; after a page that is none comes the first one."""
        section_ids = self.site.section_ids
        here = section_ids.index(self.id) if self.id in section_ids else 0
        first = max(0, min(here - MENU_LENGTH // 2, len(section_ids) - MENU_LENGTH))
        for number, section_id in enumerate(section_ids[first : first + MENU_LENGTH], first + 1):
            yield {"number": number, **self.shell_link(section_id)}

    def shell_link(self, section_id: str) -> dict[str, str]:
        """A section as the shell links it, plain."""
        section = self.explainer.outline(self.language, section_id)
        assert section is not None, f"section {section_id} exists in no language"
        title = self.prose.plain(section.title, section.language)
        return {"id": section_id, "title": title, "url": page_url(section_id)}

    def _notices(self) -> list[dict[str, str]]:
        """What readers are told before they read, plain."""
        return [*self._age_notices(), *self._correction_notices()]

    def _correction_notices(self) -> Iterator[dict[str, str]]:
        for correction in corrections_of_page(self.explainer, self.id):
            kind = self.locale.label(f"kind.correction.{correction.kind}")
            page_id = page_of_entry(self.explainer, self.language, "corrections", correction.id)
            said = {
                "kind": with_capital(kind),
                "date": self.locale.date(correction.day),
                "reason": self.prose.plain(correction.reason[self.language]),
            }
            fact = self.explainer.facts.get(correction.target_id)
            if fact is None or self.id == figure_page_id(fact.id):
                text = self.locale.label("page.corrected", **said)
            else:
                name = self.prose.plain(fact.label[self.language])
                text = self.locale.label("page.corrected.fact", name=name, **said)
            yield {
                "kind": "corrected",
                "text": text,
                "url": page_url(page_id) + f"#{correction.id}",
                "url_text": self.locale.label("page.corrections.details"),
            }

    def _age_notices(self) -> list[dict[str, str]]:
        age = age_of(self.explainer, self.language, self.id)
        if self.section is None or age is None:
            return []
        other = self.section.original or self.section.language
        name = next(known.name for known in self.site.languages if known.code == other)
        said = list(self._said_of(age, str(name)))
        if not said:
            return []
        original = self.locale.label("page.original", language=name)
        return [{"kind": age.state, "text": " ".join(said), "other": other, "other_text": original}]

    def _said_of(self, age: Age, language: str) -> Iterator[str]:
        """What readers should know of a translation; that a paragraph has moved is not among it."""
        if age.state == "missing":
            yield self.locale.label("page.missing", language=language)
        if age.changed:
            yield self.locale.label("page.stale", paragraphs=self._paragraphs(age.changed))
        if age.dropped:
            yield self.locale.label("page.stale.removed")
        if age.missing:
            yield self.locale.label("page.stale.missing", paragraphs=self._paragraphs(age.missing))
        if age.edited:
            yield self.locale.label("page.stale.edited", paragraphs=self._paragraphs(age.edited))

    def _paragraphs(self, numbers: Iterable[int]) -> str:
        """Paragraph numbers in words; 0 stands for the title or the summary."""
        return self.locale.list([self._run(first, last) for first, last in runs(sorted(numbers))])

    def _run(self, first: int, last: int) -> str:
        if last == 0:
            return self.locale.label("page.stale.title")
        return str(first) if first == last else f"{first}–{last}"


def runs(numbers: Iterable[int]) -> list[tuple[int, int]]:
    """Ascending numbers as first and last of each unbroken run; 0 is a run of its own."""
    found: list[tuple[int, int]] = []
    for number in numbers:
        if found and found[-1][1] == number - 1 > 0:
            found[-1] = (found[-1][0], number)
        else:
            found.append((number, number))
    return found
