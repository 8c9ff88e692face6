"""The pages of a list: one, or where its entries weigh too much for one, an index and its parts.

Dates part by what readers know them by, from the century down to the day; statements by subject
and actors by side first; all else in pages of a number. The ids of parts are the same in every
language. Only a glossary, which has an order of its own in each, has other terms in them.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import Literal

from reperes.model.bearings import Actor
from reperes.model.entries import Entry
from reperes.model.explainer import (
    Explainer,
    answered_by_an_explainer,
    once_for_an_explainer,
)
from reperes.model.facts import Claim, Event, Fact, Figure, Quotation
from reperes.model.forms import fact_date
from reperes.text.dates import FactDate, Precision, moment_of

FULL = 80_000
"""How much the entries of a page weigh at most: some 30 KB compressed, with what stands around."""

MOST_LINES = 120_000
"""How much the lines of an index weigh at most: some 50 KB compressed. Of more there are none."""

MOST_LISTED = 50
"""How many facts, passages or sections an entry lists at most: it must not grow with the rest."""

_WEIGHED: Mapping[str, tuple[int, tuple[str, ...]]] = {
    "event": (300, ("label", "summary")),
    "figure": (1000, ("label", "unknown", "contested", "note")),
    "claim": (300, ("label", "text")),
    "quotation": (500, ("label", "words")),
    "term": (250, ()),
    "place": (250, ("note",)),
    "actor": (300, ("role",)),
    "source": (500, ("label", "reference")),
    "correction": (300, ("before", "after", "reason")),
}
"""What an entry of each kind weighs: what stands around its texts, as if it were so many letters,
and the texts themselves."""

_CHAPTER, _DERIVED, _OTHER_VALUE = 150, 200, 300
"""The same of a chapter, of a date that was worked out, of another value of a fact."""

_LISTED = 80
"""The same of each link that an entry lists."""

_LINE = 40
"""The same of a line of an index."""

Dated = Figure | Event | Claim | Quotation

NameKind = Literal[
    "date",
    "within",
    "topic",
    "no_topic",
    "quotations",
    "also",
    "terms",
    "places",
    "side",
    "no_side",
    "sources",
    "derived",
    "page",
]


@dataclass(frozen=True)
class Name:
    """What a part is called after: a date, a subject, a side, or its number among others.

    `within` a date is what is known no finer.
    """

    kind: NameKind
    value: str = ""

    @property
    def slug(self) -> str:
        """What it adds to the id of a part. No entry has a hyphen in its id."""
        if self.kind == "date":
            return self.value.lower()
        if self.kind == "within":
            return f"{self.value}-other".lower()
        return "-".join(filter(None, (self.kind.replace("_", "-"), self.value)))

    @property
    def is_of_time(self) -> bool:
        return self.kind in ("date", "within")


def told(names: Sequence[Name]) -> list[Name]:
    """Names without those that the next one says too: a date says all that a coarser one does."""
    pairs = zip(names, [*names[1:], None], strict=False)
    return [name for name, finer in pairs if not (name.is_of_time and finer and finer.is_of_time)]


@dataclass(frozen=True)
class Part:
    """A page of a list, and what stands there.

    `id` is the page's: "timeline" for the list itself, "timeline/2018-07" for a part of it. `names`
    are what it is called after, from the coarsest. `entries` are the anchors of what it holds; an
    index holds what its `parts` do. `has_lines` says whether an index has a line for each entry.
    """

    id: str
    names: tuple[Name, ...]
    entries: tuple[str, ...]
    parts: tuple[Part, ...] = ()
    has_lines: bool = False

    @property
    def nodes(self) -> Iterator[Part]:
        """This page and all beneath it, in the order of navigation."""
        yield self
        for part in self.parts:
            yield from part.nodes

    @property
    def leaves(self) -> Iterator[Part]:
        """The pages that show entries."""
        return (part for part in self.nodes if not part.parts)

    @property
    def ids(self) -> frozenset[str]:
        """The anchors of its entries."""
        return frozenset(self.entries)


@dataclass(frozen=True)
class _Item:
    """An entry of a list: its anchor, what it and its line weigh, and the parts that it may be in.

    These names go from the coarsest to the finest.
    """

    anchor: str
    weight: int
    line: int
    names: tuple[Name, ...]


LISTS = (
    "contents",
    "timeline",
    "figures",
    "statements",
    "actors",
    "glossary",
    "sources",
    "corrections",
)
"""The pages that are lists, by id."""


def is_list(page_id: str) -> bool:
    """Whether a page is a list or a part of one; that of a single figure is none."""
    folder, _, name = page_id.partition("/")
    return folder in LISTS and (folder != "figures" or not name or "-" in name)


def list_of(page_id: str) -> str:
    """The id of the list that a page is, or is a part of."""
    return page_id.partition("/")[0]


@once_for_an_explainer
def whole_list(explainer: Explainer, language: str, list_id: str) -> Part:
    """A list with all its parts."""
    return _divided(list_id, (), tuple(_ITEMS[list_id](explainer, language)), 0)


@once_for_an_explainer
def _page_of_each(explainer: Explainer, language: str, list_id: str) -> Mapping[str, str]:
    """The id of the page that each entry of a list stands on, by the entry's anchor."""
    leaves = whole_list(explainer, language, list_id).leaves
    return {anchor: part.id for part in leaves for anchor in part.entries}


@once_for_an_explainer
def _parts_by_id(explainer: Explainer, language: str, list_id: str) -> Mapping[str, Part]:
    return {part.id: part for part in whole_list(explainer, language, list_id).nodes}


@answered_by_an_explainer
def page_of_entry(explainer: Explainer, language: str, list_id: str, anchor: str) -> str:
    """The id of the page on which an entry of a list stands."""
    return _page_of_each(explainer, language, list_id).get(anchor, list_id)


@answered_by_an_explainer
def part_of_page(explainer: Explainer, language: str, page_id: str) -> Part:
    """What a page of a list shows."""
    return _parts_by_id(explainer, language, list_of(page_id))[page_id]


def pages_of_list(explainer: Explainer, list_id: str) -> list[str]:
    """The ids of a list and of its parts, in the order of navigation."""
    return [part.id for part in whole_list(explainer, explainer.languages[0], list_id).nodes]


def _divided(list_id: str, names: tuple[Name, ...], items: Sequence[_Item], depth: int) -> Part:
    """Items on one page, or on the fewest that part them by one more of their names."""
    if sum(item.weight for item in items) <= FULL:
        return _part(list_id, names, items)
    while depth < min(len(item.names) for item in items):
        groups: dict[Name, list[_Item]] = {}
        for item in items:
            groups.setdefault(item.names[depth], []).append(item)
        depth += 1
        # That all is of one year is no reason for a page of years.
        if len(groups) > 1 or not all(name.is_of_time for name in groups):
            parts = (_divided(list_id, (*names, n), found, depth) for n, found in groups.items())
            return _part(list_id, names, items, tuple(parts))
    pages = (
        _part(list_id, (*names, Name("page", str(number))), found)
        for number, found in enumerate(_pages(items), 1)
    )
    return _part(list_id, names, items, tuple(pages))


def _pages(items: Sequence[_Item]) -> Iterator[Sequence[_Item]]:
    """Items in as many pages of the same length as their weight asks for, whatever their order."""
    pages = min(len(items), -(-sum(item.weight for item in items) // FULL))
    for page in range(pages):
        yield items[page * len(items) // pages : (page + 1) * len(items) // pages]


def _part(
    list_id: str, names: tuple[Name, ...], items: Iterable[_Item], parts: tuple[Part, ...] = ()
) -> Part:
    items = tuple(items)
    page_id = "/".join(filter(None, (list_id, "-".join(name.slug for name in told(names)))))
    has_lines = bool(parts) and sum(item.line for item in items) <= MOST_LINES
    return Part(page_id, names, tuple(item.anchor for item in items), parts, has_lines)


def _names_of_date(date: FactDate) -> tuple[Name, ...]:
    """The century, the decade, the year, the month and the day that a date begins in."""
    moment = date.moments[0]
    day = date.place_in_order
    year, month = moment_of(day, Precision.YEAR).text, moment_of(day, Precision.MONTH).text
    # EDTF has centuries and decades of four-digit years alone.
    longer = [year[:2] + "XX", year[:3] + "X"] if year.isdigit() and len(year) == 4 else [year] * 2
    names = [Name("date", text) for text in (*longer, year)]
    if moment.precision < Precision.MONTH:
        return (*names, Name("within", year), Name("within", year))
    finest = Name("date", str(day)) if moment.precision >= Precision.DAY else Name("within", month)
    return (*names, Name("date", month), finest)


def _longest(texts: Mapping[str, str]) -> int:
    return max(map(len, texts.values()))


def _letters(kind: str, entry: object) -> int:
    """How much an entry says, in the language that needs the most letters."""
    markup, names = _WEIGHED[kind]
    texts = (getattr(entry, name) for name in names)
    return markup + sum(map(_longest, filter(None, texts)))


def _item(
    explainer: Explainer,
    kind: str,
    entry: Entry,
    label: int,
    names: tuple[Name, ...] = (),
    more: int = 0,
) -> _Item:
    """An entry of a list: how long its name is, what it may be parted by, what else it weighs."""
    weight = _letters(kind, entry) + more
    weight += sum(
        _LISTED + _letters("correction", each) for each in explainer.corrections_of(entry.id)
    )
    anchor = f"place-{entry.id}" if kind == "place" else str(entry.id)
    return _Item(anchor, weight, _LINE + len(anchor) + label, names)


def _links(number: int) -> int:
    """What the links of an entry weigh, of which it lists no more than some."""
    return _LISTED * min(number, MOST_LISTED)


def _fact(explainer: Explainer, kind: str, fact: Fact, names: tuple[Name, ...] = ()) -> _Item:
    others = _OTHER_VALUE * (len(fact.values) - 1)
    return _item(explainer, kind, fact, _longest(fact.label), names, others)


def _events(explainer: Explainer, _: str) -> Iterator[_Item]:
    for event in explainer.events_in_order:
        yield _fact(explainer, "event", event, _names_of_date(event.date))


def _figures(explainer: Explainer, _: str) -> Iterator[_Item]:
    for figure in explainer.figures.values():
        yield _fact(explainer, "figure", figure)


def _statements(explainer: Explainer, _: str) -> Iterator[_Item]:
    """Statements by subject, then quotations, then who is named for something else."""
    claims = sorted(explainer.claims.values(), key=lambda claim: claim.date.sort_key)
    for topic in (*explainer.site.topics, None):
        name = Name("topic", topic.id) if topic else Name("no_topic")
        for claim in claims:
            if claim.topic_id == (topic.id if topic else None):
                yield _fact(explainer, "claim", claim, (name, *_names_of_date(claim.date)))
    for said in explainer.quotations_in_order:
        names = (Name("quotations"), *_names_of_date(said.date))
        yield _fact(explainer, "quotation", said, names)
    for actor_id, facts in said_elsewhere(explainer).items():
        yield _Item(f"also-{actor_id}", _LISTED + _links(len(facts)), 0, (Name("also"),))


def said_elsewhere(explainer: Explainer) -> Mapping[str, Sequence[Fact]]:
    """Figures and events by the actor that gives them, of actors that no statement names."""
    claims = explainer.claims.values()
    named = {claim.actor_id for claim in claims}.union(*(claim.attributed_to for claim in claims))
    for quotation in explainer.quotations.values():
        named.update([quotation.speaker_id, *quotation.attributed_to])
    return {
        actor_id: found
        for actor_id in explainer.actors
        if actor_id not in named and (found := explainer.given_by(actor_id))
    }


def _glossary(explainer: Explainer, language: str) -> Iterator[_Item]:
    locale = explainer.locales[language]
    places = places_unexplained(explainer)
    for term in sorted(
        explainer.terms.values(), key=lambda term: locale.sort_key(term.texts[language].term)
    ):
        label = max(len(text.term) for text in term.texts.values())
        defined = max(len(text.definition) for text in term.texts.values())
        linked = _links(len(explainer.term_used_in(term.id))) + _links(len(term.see_also))
        names = (Name("terms"),) if places else ()
        yield _item(explainer, "term", term, label, names, defined + linked)
    for place_id in sorted(
        places, key=lambda each: locale.sort_key(explainer.places[each].names[language].name)
    ):
        place = explainer.places[place_id]
        label = max(len(names.name) for names in place.names.values())
        yield _item(explainer, "place", place, label, (Name("places"),))


def places_unexplained(explainer: Explainer) -> list[str]:
    """The places that no term explains: those that a term does explain are found there."""
    explained = {term.place_id for term in explainer.terms.values()}
    return [place_id for place_id in explainer.places if place_id not in explained]


def _actors(explainer: Explainer, _: str) -> Iterator[_Item]:
    """Actors by side, and there, whoever is part of another one after it."""
    actors = explainer.actors
    side_of = {actor_id: _side_of(explainer, actor) for actor_id, actor in actors.items()}
    for side_id in (*(side.id for side in explainer.site.sides), None):
        name = Name("side", side_id) if side_id else Name("no_side")
        names = (name,) if explainer.site.sides else ()
        of_side = [actor for actor in actors.values() if side_of[actor.id] == side_id]
        for actor in in_tree_order(of_side):
            said = (explainer.claims_of, explainer.quotations_of, explainer.given_by)
            linked = sum(_links(len(found_of(actor.id))) for found_of in said)
            label = max(len(names.full) for names in actor.names.values())
            yield _item(explainer, "actor", actor, label, names, linked)


def _side_of(explainer: Explainer, actor: Actor) -> str | None:
    whole = None if actor.side_id else explainer.actors.get(actor.part_of_id or "")
    return _side_of(explainer, whole) if whole else actor.side_id


def in_tree_order(actors: Sequence[Actor]) -> Iterator[Actor]:
    """Actors in their order, but each followed by those that are part of it."""
    ids = {actor.id for actor in actors}
    parts: dict[str | None, list[Actor]] = {}
    for actor in actors:
        parts.setdefault(actor.part_of_id if actor.part_of_id in ids else None, []).append(actor)

    def tree(whole: str | None) -> Iterator[Actor]:
        for actor in parts.get(whole, ()):
            yield actor
            yield from tree(actor.id)

    return tree(None)


def _sources(explainer: Explainer, _: str) -> Iterator[_Item]:
    """The sources, then the facts of which the date was worked out."""
    derived = derived_facts(explainer)
    names = (Name("sources"),) if derived else ()
    for source in explainer.sources.values():
        label = _longest(source.label)
        passages = [pin for pin in explainer.pins_in(source.id) if pin.evidence and source.url]
        yield _item(explainer, "source", source, label, names, _links(len(passages)))
    for fact in derived:
        assert fact.derived is not None, "only facts of which a date was worked out are asked for"
        weight = _DERIVED + _longest(fact.derived.reason)
        yield _Item(f"derived-{fact.id}", weight, 0, (Name("derived"),))


def derived_facts(explainer: Explainer) -> Sequence[Dated]:
    """The facts of which a date was worked out, in order of time."""
    dated: list[Dated] = [
        *explainer.events.values(),
        *explainer.claims.values(),
        *explainer.quotations.values(),
        *explainer.figures.values(),
    ]
    return sorted((fact for fact in dated if fact.derived), key=lambda f: fact_date(f).sort_key)


def _corrections(explainer: Explainer, _: str) -> Iterator[_Item]:
    for correction in explainer.corrections_in_order:
        names = _names_of_date(correction.day)
        # The line says the day, and the name of what was corrected.
        yield _item(explainer, "correction", correction, 60, names)


def _chapters(explainer: Explainer, _: str) -> Iterator[_Item]:
    for section_id in explainer.site.section_ids:
        titles, summaries = [0], [0]
        for language in explainer.languages:
            section = explainer.section(language, section_id)
            if section is not None:
                titles.append(len(section.title))
                summaries.append(len(section.summary))
        title = max(titles)
        weight = _CHAPTER + title + max(summaries)
        yield _Item(section_id, weight, _LINE + len(section_id) + title, ())


_ITEMS: Mapping[str, Callable[[Explainer, str], Iterable[_Item]]] = {
    "contents": _chapters,
    "timeline": _events,
    "figures": _figures,
    "statements": _statements,
    "actors": _actors,
    "glossary": _glossary,
    "sources": _sources,
    "corrections": _corrections,
}
