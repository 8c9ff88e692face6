"""The synthetic explainer's subject: the public services of a valley, for any number of sections.

The same numbers always give the same subject. A text holds `{{ id.form }}` and `[words](scheme:id)`
as a section does; `write` writes it for us, `peers` for others.
"""

from __future__ import annotations

import datetime
import random
from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from functools import cached_property
from pathlib import Path
from typing import Any

import yaml

LANGUAGES = ("fr", "en")
CITED_FIGURES, CITED_EVENTS, LINKED_TERMS = 5, 3, 6
"""Of each section: eight citations of facts, and six links to terms."""

SECTIONS_A_SOURCE = 5
SECTIONS_AN_ACTOR = 10

_ONSETS = (
    *("B", "Br", "C", "Ch", "Cl", "Cr", "D", "Dr", "F", "Fl", "G", "Gr", "J", "L", "M", "N"),
    *("P", "Pl", "R", "S", "T", "Tr", "V", "Vr", "Gl"),
)
_MIDDLES = (
    *("al", "ar", "av", "ev", "ol", "or", "ur", "an", "on", "ab", "ad", "im", "ouv", "aud"),
    *("ib", "es", "oc", "ign", "erm"),
)
_TOWN_ENDINGS = ("onges", "ency", "ières", "igny", "oges", "uzon", "onnay", "ombe")
_TERM_ENDINGS = (
    *(("ouse", "owse"), ("oison", "ison"), ("ette", "et"), ("elière", "elry"), ("aine", "eyne")),
    *(("ure", "urm"), ("ouille", "oule")),
)
_HIGHEST_VALUES = {
    "person": 9000,
    "euro": 900_000,
    "percent": 97,
    "kilometre": 120,
    "tonne": 3000,
    "hectare": 900,
}

Texts = Mapping[str, str]
"""A text in each language."""


@dataclass(frozen=True)
class Actor:
    id: str
    names: Texts
    according_to: Texts
    role: Texts


@dataclass(frozen=True)
class Source:
    id: str
    publisher: Actor
    published: str
    label: Texts
    reference: Texts


@dataclass(frozen=True)
class Figure:
    id: str
    label: Texts
    value: int
    bound: str
    unit: str
    as_of: str
    source: Source
    page: int
    sentences: Sequence[Texts]


@dataclass(frozen=True)
class Event:
    id: str
    label: Texts
    summary: Texts
    kind: str
    date: datetime.date
    source: Source
    page: int
    sentences: Sequence[Texts]


@dataclass(frozen=True)
class Quotation:
    id: str
    label: Texts
    words: Texts
    date: datetime.date
    source: Source
    page: int


@dataclass(frozen=True)
class Term:
    id: str
    words: Texts
    definition: Texts


@dataclass(frozen=True)
class Section:
    """Its `blocks` are paragraphs, headings, a list, a table and a quotation, in reading order."""

    id: str
    title: Texts
    summary: Texts
    blocks: Sequence[Texts]

    def body(self, language: str) -> str:
        return "\n\n".join(block[language] for block in self.blocks) + "\n"


def name(number: int, endings: Sequence[str]) -> str:
    """A name that no other number has; of numbers that follow each other, they begin unlike."""
    number, onset = divmod(number, len(_ONSETS))
    number, ending = divmod(number, len(endings))
    middles: list[str] = []
    while number or not middles:
        number, middle = divmod(number, len(_MIDDLES))
        # Those that begin unlike go on and end unlike, too.
        middles.append(_MIDDLES[(middle + 7 * onset) % len(_MIDDLES)])
    return _ONSETS[onset] + "".join(reversed(middles)) + endings[(ending + onset) % len(endings)]


def town(number: int) -> str:
    return name(number, _TOWN_ENDINGS)


def in_each(make: Callable[[str], str]) -> Texts:
    return {language: make(language) for language in LANGUAGES}


@dataclass(frozen=True)
class Subject:
    """What an explainer of so many sections in each language says, and so many facts.

    Half as many figures and half as many terms as sections, as many events, and a tenth as many
    quotations; at least as many as a section cites. Where `facts` are asked for, a third of these
    are figures.
    """

    sections_wanted: int
    facts_wanted: int = 0

    @cached_property
    def sentences(self) -> dict[str, Any]:
        text = Path(__file__).with_name("sentences.yml").read_text("utf-8")
        read: dict[str, Any] = yaml.load(text, Loader=yaml.CSafeLoader)
        return read

    @cached_property
    def actors(self) -> Sequence[Actor]:
        return [
            Actor(
                f"council_{town(number).lower().replace('è', 'e')}",
                {"fr": f"Mairie de {town(number)}", "en": f"{town(number)} town council"},
                {
                    "fr": f"selon la mairie de {town(number)}",
                    "en": f"according to the {town(number)} town council",
                },
                {
                    "fr": f"Administre {town(number)} et ses hameaux.",
                    "en": f"Runs {town(number)} and its hamlets.",
                },
            )
            for number in range(1 + self.sections_wanted // SECTIONS_AN_ACTOR)
        ]

    @cached_property
    def sources(self) -> Sequence[Source]:
        return [self._source(number) for number in range(3 + self._sources_beyond)]

    @property
    def _sources_beyond(self) -> int:
        return self.sections_wanted // SECTIONS_A_SOURCE

    def _source(self, number: int) -> Source:
        publisher = self.actors[number % len(self.actors)]
        year = 2000 + number % 24
        where = publisher.id.removeprefix("council_").capitalize()
        return Source(
            f"report_{number}_{where.lower()}",
            publisher,
            f"{year}-{1 + number % 12:02}",
            {"fr": f"Rapport de {where}", "en": f"{where} report"},
            {
                "fr": f"Rapport de la commune de {where} sur ses services, {year}.",
                "en": f"Report by the town of {where} on its services, {year}.",
            },
        )

    @cached_property
    def figures(self) -> Sequence[Figure]:
        wanted = self.facts_wanted // 3 if self.facts_wanted else self.sections_wanted // 2
        return [self._figure(number) for number in range(max(wanted, CITED_FIGURES))]

    def _figure(self, number: int) -> Figure:
        chance = random.Random(f"figure {number}")
        kinds = self.sentences["figures"]
        kind = kinds[number % len(kinds)]
        fill = self._filling(chance, town(number))
        unit = kind["unit"]
        return Figure(
            f"{kind['id']}_{_slug(town(number))}",
            fill(kind["label"]),
            chance.randint(3, _HIGHEST_VALUES[unit]),
            chance.choice(self.sentences["bounds"]),
            unit,
            str(chance.randint(2012, 2023)),
            chance.choice(self.sources),
            chance.randint(2, 90),
            [fill(sentence) for sentence in kind["sentences"]],
        )

    @cached_property
    def events(self) -> Sequence[Event]:
        wanted = self.facts_wanted - len(self.figures) if self.facts_wanted else 0
        count = max(wanted or self.sections_wanted, CITED_EVENTS)
        return [self._event(number) for number in range(count)]

    def _event(self, number: int) -> Event:
        chance = random.Random(f"event {number}")
        kinds = self.sentences["events"]
        kind = kinds[number % len(kinds)]
        fill = self._filling(chance, town(number))
        day = datetime.date(1996, 1, 1) + datetime.timedelta(chance.randint(0, 10_000))
        return Event(
            f"{kind['id']}_{_slug(town(number))}",
            fill(kind["label"]),
            fill(kind["summary"]),
            kind["kind"],
            day,
            chance.choice(self.sources),
            chance.randint(2, 90),
            [fill(sentence) for sentence in kind["sentences"]],
        )

    @cached_property
    def quotations(self) -> Sequence[Quotation]:
        return [self._quotation(number) for number in range(1 + self.sections_wanted // 10)]

    def _quotation(self, number: int) -> Quotation:
        chance = random.Random(f"quotation {number}")
        quotes = self.sentences["quotes"]
        label = {"fr": "Ce qu’en dit {town}", "en": "What {town} says of it"}
        fill = self._filling(chance, town(number))
        return Quotation(
            f"words_{_slug(town(number))}",
            fill(label),
            fill(quotes[number % len(quotes)]),
            datetime.date(2019, 1, 1) + datetime.timedelta(chance.randint(0, 1500)),
            chance.choice(self.sources),
            chance.randint(2, 90),
        )

    @cached_property
    def terms(self) -> Sequence[Term]:
        wanted = max(self.sections_wanted // 2, LINKED_TERMS)
        return [self._term(number) for number in range(wanted)]

    def _term(self, number: int) -> Term:
        """Two of three are words that only the valley has, the third is called after a town."""
        definitions = self.sentences["definitions"]
        definition = definitions[number % len(definitions)]
        if number % 3 == 2:
            nouns = self.sentences["term_nouns"]
            noun = nouns[number // 3 % len(nouns)]
            words = {
                "fr": f"{noun['fr']} de {town(number)}",
                "en": f"{town(number)} {noun['en']}",
            }
            return Term(f"{noun['en']}_{_slug(town(number))}", words, definition)
        french, english = zip(*_TERM_ENDINGS, strict=True)
        words = {"fr": name(number, french).lower(), "en": name(number, english).lower()}
        return Term(words["fr"].replace("è", "e"), words, definition)

    @cached_property
    def section_ids(self) -> Sequence[str]:
        services = self.sentences["services"]
        return [
            f"{services[number % len(services)]['id']}_{_slug(town(number))}"
            for number in range(self.sections_wanted)
        ]

    def sections(self) -> Iterator[Section]:
        """Made one after another, for there may be very many."""
        for number in range(self.sections_wanted):
            yield self._section(number)

    def _section(self, number: int) -> Section:
        chance = random.Random(f"section {number}")
        services = self.sentences["services"]
        service = services[number % len(services)]
        home = town(number)
        title = {"fr": f"{service['fr']} de {home}", "en": f"{service['en']} of {home}"}
        summary = self._filling(chance, home)(service["summary"])
        return Section(self.section_ids[number], title, summary, self._blocks(number, chance))

    def _filling(self, chance: random.Random, home: str) -> Callable[[Texts], Texts]:
        """What fills a sentence in, the same in both languages."""

        def fill(texts: Texts) -> Texts:
            people = chance.choice(self.sentences["people"])
            where = chance.choice(self.sentences["where"])

            def filled(language: str) -> str:
                text = texts[language].replace("{town}", home)
                text = text.replace("{people}", people[language])
                return text.replace("{where}", where[language])

            return in_each(filled)

        return fill

    def _blocks(self, number: int, chance: random.Random) -> Sequence[Texts]:
        say = _Sayings(self, number, chance)
        first, second, third = chance.sample(self.sentences["headings"], 3)
        return [
            _paragraph(say.plain(), say.figure(), say.term(), say.plain()),
            _paragraph(say.event(), say.plain(), say.source(), say.term(), say.plain()),
            _heading(first),
            _paragraph(say.plain(), say.figure(), say.section(), say.plain(), say.term()),
            say.items(),
            _paragraph(say.event(), say.plain(), say.figure(), say.source()),
            _heading(second),
            _paragraph(say.plain(), say.term(), say.plain()),
            say.table(),
            _paragraph(say.term(), say.plain(), say.event(), say.plain()),
            _heading(third),
            _paragraph(say.plain(), say.section(), say.plain(), say.term()),
            say.introduction(),
            say.quotation(),
            _paragraph(say.plain(), say.plain(), say.plain()),
        ]


class _Sayings:
    """What one section says: each sentence once, each fact and term in its turn."""

    def __init__(self, subject: Subject, number: int, chance: random.Random) -> None:
        self._subject = subject
        self._sentences = subject.sentences
        self._chance = chance
        self._figures = _turns(subject.figures, number, CITED_FIGURES)
        self._events = _turns(subject.events, number, CITED_EVENTS)
        self._terms = _turns(subject.terms, number, LINKED_TERMS)
        self._quotation: Quotation = subject.quotations[number % len(subject.quotations)]
        self._plain = iter(chance.sample(self._sentences["plain"], 20))
        self._section_ids = _turns(subject.section_ids, number + 1, 2)
        self._sources = iter(chance.sample(subject.sources, 3))
        self._left = {
            kind: iter(chance.sample(self._sentences[kind], len(self._sentences[kind])))
            for kind in ("terms", "source_links", "section_links", "items")
        }
        self._fill = subject._filling(chance, town(number))

    def plain(self) -> Texts:
        return self._filled(next(self._plain))

    def figure(self) -> Texts:
        figure = next(self._figures)
        sentence = self._chance.choice(figure.sentences)
        return in_each(
            lambda language: (
                sentence[language]
                .replace("{mark}", f"{{{{ {figure.id}.with_unit }}}}")
                .replace("{by}", f"{{{{ {figure.id}.by }}}}")
            )
        )

    def event(self) -> Texts:
        event = next(self._events)
        sentence = self._chance.choice(event.sentences)
        return _marked(sentence, in_each(lambda _: f"{{{{ {event.id}.on }}}}"))

    def term(self) -> Texts:
        term = next(self._terms)
        sentence = self._filled(next(self._left["terms"]))
        return _marked(sentence, _link(term.words, "term", term.id))

    def source(self) -> Texts:
        sentence = self._filled(next(self._left["source_links"]))
        return _marked(sentence, self._source_link())

    def section(self) -> Texts:
        sentence = self._filled(next(self._left["section_links"]))
        words = self._chance.choice(self._sentences["section_words"])
        return _marked(sentence, _link(words, "section", next(self._section_ids)))

    def items(self) -> Texts:
        items = [self._filled(next(self._left["items"]), capital=False) for _ in range(4)]
        return in_each(lambda language: "\n".join(f"- {item[language]}" for item in items))

    def table(self) -> Texts:
        figures = [next(self._figures), next(self._figures)]
        rows = in_each(
            lambda language: "\n".join(
                f"| {figure.label[language]} | {{{{ {figure.id}.with_unit }}}} |"
                for figure in figures
            )
        )
        heads = {"fr": "| Ce qui est compté | Valeur |", "en": "| What is counted | Value |"}
        return in_each(lambda language: f"{heads[language]}\n| --- | ---: |\n{rows[language]}")

    def introduction(self) -> Texts:
        sentence = self._filled(self._chance.choice(self._sentences["quote_introductions"]))
        return _marked(sentence, self._source_link())

    def quotation(self) -> Texts:
        return in_each(lambda _: f"> {{{{ {self._quotation.id} }}}}")

    def _source_link(self) -> Texts:
        words = self._chance.choice(self._sentences["source_words"])
        return _link(words, "source", next(self._sources).id)

    def _filled(self, texts: Texts, capital: bool = True) -> Texts:
        filled = self._fill(texts)
        return in_each(lambda language: _capital(filled[language])) if capital else filled


def _turns(entries: Sequence[Any], number: int, each: int) -> Iterator[Any]:
    """The entries of which it is a section's turn: all of them come up equally often."""
    return iter([entries[(each * number + turn) % len(entries)] for turn in range(each)])


def _link(words: Texts, scheme: str, target: str) -> Texts:
    return in_each(lambda language: f"[{words[language]}]({scheme}:{target})")


def _marked(sentence: Texts, mark: Texts) -> Texts:
    return in_each(lambda language: sentence[language].replace("{mark}", mark[language]))


def _heading(heading: Mapping[str, str]) -> Texts:
    return in_each(lambda language: f"## {heading[language]} {{#{heading['id']}}}")


def _paragraph(*sentences: Texts) -> Texts:
    return in_each(lambda language: " ".join(sentence[language] for sentence in sentences))


def _capital(text: str) -> str:
    return text[:1].upper() + text[1:]


def _slug(words: str) -> str:
    return words.lower().replace("è", "e")
