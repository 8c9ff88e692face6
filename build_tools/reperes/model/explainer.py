"""An explainer as a whole: every fact by id, every section by language, and what cites what."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Mapping
from dataclasses import dataclass, field
from functools import cached_property, wraps
from typing import Any, Concatenate, ParamSpec, TypeVar

from reperes.language.locales import Locale
from reperes.language.units import UnitKind
from reperes.model.baselines import Baseline
from reperes.model.bearings import Actor, GeoPlace, Picture, Source, Term, Unit
from reperes.model.drafts import Drafts
from reperes.model.editions import FOLDER, NO_EDITIONS, Ledger
from reperes.model.entries import Entry, Localized, Pin
from reperes.model.facts import Claim, Correction, Event, Fact, Figure, Quotation
from reperes.model.gone import Gone
from reperes.model.images import ImageFile
from reperes.model.localized import localized_texts
from reperes.model.map_plan import MapPlan
from reperes.model.references import PICTURE, Link, Mark, Placeholder, is_citation, marks_in
from reperes.model.schema import ENTRIES_OF_PAGE, KINDS, RESERVED_IDS
from reperes.model.site import Outline, Section, Site
from reperes.model.snapshots import Snapshot
from reperes.model.stated import Stated, names_of
from reperes.model.vocabulary import NO_WORDS
from reperes.model.words import Vocabulary
from reperes.text.dates import FactDate, Precision
from reperes.text.problems import Place, Text
from reperes.text.store import fields_alone

SectionKey = tuple[str, str]
"""A language code and a section id."""

AnswerWithReads = tuple[object, frozenset[Any]]
"""An answer, with what of an explainer it was made of, as `tracing` notes that."""

WORDS_A_MINUTE = 200
"""How fast a careful reader reads."""

_Arguments = ParamSpec("_Arguments")
_Derived = TypeVar("_Derived")
_IdsOf = Callable[[str, str], tuple[str, ...]]


@dataclass(frozen=True)
class KeptAs:
    """Where an earlier edition stands in the site of today: its number, and that of the latest."""

    number: int
    latest: int

    @property
    def folder(self) -> str:
        """Its folder in the site ("editions/1/")."""
        return f"{FOLDER}/{self.number}/"


@dataclass(frozen=True)
class Explainer:
    """Everything that pages and rules read.

    Entries are by id, in the order of their files. `sections` are by language, then by id; a
    section that one language lacks is absent there, and `refused` are those of which a file is
    there, but could not be read; `refused_baselines` are the same of baselines. `marks` have a key
    for every section that exists. `baselines` are the texts as they were when translated, by the
    language of the translation, then by the section's id, or "facts" for the YAML texts; none
    where nothing was stamped.
    `images` are the files of pictures by the picture's id; one that cannot be shown is absent.
    `defaults` are the texts that entries have from their file, by the path of each.
    `editions` is what has been published, edition by edition; `snapshots` are the contents of
    those that are kept, by number. `kept_as` says which one this is, if it is not that of today.
    `map` is the plan of the locator map, where the explainer has one; `vocabulary` are the kinds
    and acts that it defines itself. `drafts` are what was proposed from the texts of sources, by
    source: no page shows them.
    `whole` is false where something was refused, so that what refers to it may seem to be missing.
    """

    site: Site
    sources: Mapping[str, Source]
    actors: Mapping[str, Actor]
    places: Mapping[str, GeoPlace]
    terms: Mapping[str, Term]
    figures: Mapping[str, Figure]
    events: Mapping[str, Event]
    claims: Mapping[str, Claim]
    units: Mapping[str, Unit]
    quotations: Mapping[str, Quotation]
    pictures: Mapping[str, Picture]
    corrections: Mapping[str, Correction]
    gone: Mapping[str, Gone]
    sections: Mapping[str, Mapping[str, Section]]
    locales: Mapping[str, Locale]
    marks: Mapping[SectionKey, tuple[Mark, ...]]
    baselines: Mapping[SectionKey, Baseline]
    refused: frozenset[SectionKey] = frozenset()
    refused_baselines: frozenset[SectionKey] = frozenset()
    images: Mapping[str, ImageFile] = field(default_factory=dict)
    map: MapPlan | None = None
    vocabulary: Vocabulary = NO_WORDS
    defaults: Mapping[str, Localized] = field(default_factory=dict)
    editions: Ledger = NO_EDITIONS
    snapshots: Mapping[int, Snapshot] = field(default_factory=dict)
    kept_as: KeptAs | None = None
    drafts: Mapping[str, Drafts] = field(default_factory=dict)
    whole: bool = True

    def __getstate__(self) -> dict[str, Any]:
        return fields_alone(self)

    def _once(self, key: tuple[object, ...], derive: Callable[[Explainer], object]) -> object:
        """What `derive` makes of this explainer, made once under a key."""
        if key in self.traced_answers:
            return self.traced_answers[key][0]
        if key not in self._answers:
            self._answers[key] = derive(self)
        return self._answers[key]

    @cached_property
    def _answers(self) -> dict[tuple[object, ...], object]:
        """What `once_for_an_explainer` remembers."""
        return {}

    @cached_property
    def traced_answers(self) -> dict[tuple[object, ...], AnswerWithReads]:
        """The same, where it was asked under the eyes of `tracing`, with what it was made of."""
        return {}

    @cached_property
    def answer_before(self) -> Callable[[tuple[object, ...]], AnswerWithReads | None]:
        """Finds what is still true of what was answered before an edit; `edited` puts it here."""
        return lambda key: None

    @cached_property
    def entries(self) -> Mapping[str, Mapping[str, Entry]]:
        """The entries of each kind of `KINDS`, by its noun ("figure"), then by id."""
        return {kind.noun: getattr(self, kind.root) for kind in KINDS}

    @cached_property
    def facts(self) -> Mapping[str, Fact]:
        """Figures, events, claims and quotations: one namespace."""
        return {**self.figures, **self.events, **self.claims, **self.quotations}

    @cached_property
    def units_of_figures(self) -> tuple[str, ...]:
        """The ids of the units in which figures are, each once, in the order of the alphabet."""
        return tuple(sorted({str(figure.unit) for figure in self.figures.values()}))

    def unit_kind(self, unit: str) -> UnitKind:
        """How numbers of a unit behave: it is the same in every language."""
        return self.locales[self.languages[0]].unit_wording(unit).kind

    @property
    def languages(self) -> tuple[str, ...]:
        return self.site.language_codes

    @property
    def folder(self) -> str:
        """Where it stands in the site: "" for today's, "editions/1/" for one that is kept."""
        return self.kept_as.folder if self.kept_as else ""

    @property
    def shared_url(self) -> str:
        """The address of what all editions of a site share: assets, pictures, the feed."""
        return self.site.base_url.removesuffix(self.folder) if self.folder else self.site.base_url

    @property
    def reading_order(self) -> tuple[str, ...]:
        """Section ids as readers meet them, then the introductions of generated pages."""
        return (*self.site.section_ids, *RESERVED_IDS)

    def is_listed(self, section_id: str) -> bool:
        """Whether a section has its place in the reading order."""
        return section_id in self._listed

    @cached_property
    def _listed(self) -> frozenset[str]:
        return frozenset(self.reading_order)

    @cached_property
    def section_ids(self) -> tuple[str, ...]:
        """The ids of the sections that any language has, those that are not listed at the end."""
        written = dict.fromkeys(str(each) for found in self.sections.values() for each in found)
        return tuple(dict.fromkeys((*filter(written.__contains__, self.reading_order), *written)))

    def versions(self, section_id: str) -> tuple[Section, ...]:
        """A section in each language that has it, in the site's order."""
        found = (self.section(code, section_id) for code in self.languages)
        return tuple(version for version in found if version is not None)

    def section(self, language: str, section_id: str) -> Section | None:
        """The section in that language, or None where it has not been written."""
        return self.sections[language].get(section_id)

    def section_or_other(self, language: str, section_id: str) -> Section | None:
        """The section in that language, else in the first other one that has it."""
        return self.section(language, section_id) or next(iter(self.versions(section_id)), None)

    def outline(self, language: str, section_id: str) -> Outline | None:
        """What other pages of a language say of a section; None where it is written in none."""
        section = self.section_or_other(language, section_id)
        return section.outline if section else None

    def reading_minutes(self, language: str, *section_ids: str) -> int:
        """How long readers of a language take for sections together, a minute at least."""
        found = (self.section_or_other(language, section_id) for section_id in section_ids)
        words = sum(len(section.body.split()) for section in found if section is not None)
        return max(1, round(words / WORDS_A_MINUTE))

    def original_of(self, section_id: str) -> Section | None:
        """The version of a section that is no translation, or None where it is not written."""
        found = (version for version in self.versions(section_id) if not version.original)
        return next(found, None)

    def translated_pair(self, language: str, section_id: str) -> tuple[Section, Section] | None:
        """The original and the translation of a section, where both are written."""
        translation = self.sections.get(language, {}).get(section_id)
        if translation is None or translation.original is None:
            return None
        original = self.sections.get(translation.original, {}).get(section_id)
        # Of two that each call the other the original, neither is one.
        return (original, translation) if original and original.original is None else None

    def has_page(self, page_id: str) -> bool:
        """Whether the page of that id is made: not one that would be empty."""
        if page_id == "editions":
            return bool(self.editions)
        nouns = ENTRIES_OF_PAGE.get(page_id)
        if nouns is None or any(self.entries[noun] for noun in nouns):
            return True
        # What has gone from it still has its address there.
        if any(noun in gone.was for gone in self.gone.values() for noun in nouns):
            return True
        return any(self.section(language, page_id) for language in self.languages)

    def last_change(self, language: str, page_id: str) -> FactDate:
        """The day a page last changed: its section's own, else the site's."""
        section = self.section_or_other(language, page_id)
        return (section.updated if section else None) or self.site.updated

    def as_of(self, page_id: str) -> FactDate:
        """The day that a page describes: its section’s own, else the site’s.

        The languages of a section describe the same day, which one of them may leave to another.
        """
        days = (version.as_of for version in self.versions(page_id))
        return next(filter(None, days), self.site.as_of)

    def corrections_of(self, target_id: str) -> tuple[Correction, ...]:
        """What was changed in an entry or a section after publication, the latest first."""
        return self._corrections_of.get(target_id, ())

    @cached_property
    def _corrections_of(self) -> Mapping[str, tuple[Correction, ...]]:
        return _by_key((entry.target_id, entry) for entry in self.corrections_in_order)

    @cached_property
    def corrections_in_order(self) -> tuple[Correction, ...]:
        """The corrections, the latest first."""
        corrections = self.corrections.values()
        return tuple(sorted(corrections, key=lambda entry: entry.day.sort_key, reverse=True))

    @cached_property
    def events_in_order(self) -> tuple[Event, ...]:
        """The events in order of time."""
        return tuple(sorted(self.events.values(), key=lambda event: event.date.sort_key))

    @cached_property
    def quotations_in_order(self) -> tuple[Quotation, ...]:
        """The quotations in order of time."""
        return tuple(sorted(self.quotations.values(), key=lambda said: said.date.sort_key))

    def terms_of_actor(self, actor_id: str) -> tuple[Term, ...]:
        """The terms that are names of an actor."""
        return self._terms_of_actors.get(actor_id, ())

    @cached_property
    def _terms_of_actors(self) -> Mapping[str, tuple[Term, ...]]:
        found: dict[str, tuple[Term, ...]] = {}
        for term in self.terms.values():
            if term.actor_id:
                found[term.actor_id] = (*found.get(term.actor_id, ()), term)
        return found

    def resting_on(self, source_id: str) -> tuple[Fact, ...]:
        """The facts of which a value was read in a source."""
        return tuple(
            fact
            for fact in self.facts.values()
            if any(pin.source_id == source_id for stated in fact.values for pin in stated.pins)
        )

    def answer(self, question: str, *asked: object) -> Any:
        """What one of the functions answers that `answered_by_an_explainer` marks."""
        return _QUESTIONS[question](self, *asked)

    def in_own_voice(self, stated: Fact | Stated) -> bool:
        """Whether those who published the sources of a value say it themselves."""
        publishers = {self.sources[pin.source_id].publisher_id for pin in stated.pins}
        return {*stated.attributed_to} == publishers

    def given_by(self, actor_id: str) -> tuple[Figure | Event, ...]:
        """The figures and events that are attributed to an actor."""
        return self._given_by.get(actor_id, ())

    @cached_property
    def _given_by(self) -> Mapping[str, tuple[Figure | Event, ...]]:
        facts: tuple[Figure | Event, ...] = (*self.figures.values(), *self.events.values())
        return _by_key(
            (actor_id, fact)
            for fact in facts
            for actor_id in {name: None for stated in fact.values for name in stated.attributed_to}
        )

    def claims_of(self, actor_id: str) -> tuple[Claim, ...]:
        """What an actor is said to ask, to offer, to refuse."""
        return self._claims_of.get(actor_id, ())

    @cached_property
    def _claims_of(self) -> Mapping[str, tuple[Claim, ...]]:
        return _by_key((claim.actor_id, claim) for claim in self.claims.values())

    def quotations_of(self, actor_id: str) -> tuple[Quotation, ...]:
        """What an actor said, word for word."""
        return self._quotations_of.get(actor_id, ())

    @cached_property
    def _quotations_of(self) -> Mapping[str, tuple[Quotation, ...]]:
        return _by_key((said.speaker_id, said) for said in self.quotations.values())

    def pins_in(self, source_id: str) -> tuple[Pin, ...]:
        """Where entries say that a source says so: facts first, pictures last."""
        return self._pins_in.get(source_id, ())

    @cached_property
    def _pins_in(self) -> Mapping[str, tuple[Pin, ...]]:
        pinned: list[Stated | Actor | GeoPlace | Term | Picture] = [
            *(stated for fact in self.facts.values() for stated in fact.values),
            *self.actors.values(),
            *self.places.values(),
            *self.terms.values(),
            *self.pictures.values(),
        ]
        return _by_key((pin.source_id, pin) for each in pinned for pin in each.pins)

    @cached_property
    def only_year(self) -> int | None:
        """The year of all that its facts and sources date by month or day, if it is one and same.

        Pages say it once. The days of corrections are no part of what is told.
        """
        dates = [self.site.as_of]
        dates += [source.published for source in self.sources.values() if source.published]
        dates += [dated.date for event in self.events.values() for dated in event.values]
        dates += [dated.date for claim in self.claims.values() for dated in claim.values]
        dates += [dated.date for said in self.quotations.values() for dated in said.values]
        for number in (number for figure in self.figures.values() for number in figure.values):
            dates += [number.as_of, *([number.period] if number.period else [])]
        moments = (moment for date in dates for moment in date.moments)
        finer = (moment for moment in moments if moment.precision > Precision.YEAR)
        years = {year for moment in finer for year in moment.years}
        return years.pop() if len(years) == 1 else None

    def cited_facts(self, language: str, section_id: str) -> tuple[str, ...]:
        """Ids of the facts that a section cites, each once, in the order of its text."""
        marks = self.marks.get((language, section_id), ())
        ids = (mark.id for mark in marks if is_citation(mark))
        return tuple(dict.fromkeys(ids))

    def linked(self, language: str, section_id: str, scheme: str) -> tuple[str, ...]:
        """Ids that a section links under a scheme, each once, in the order of its text."""
        marks = self.marks.get((language, section_id), ())
        ids = (mark.id for mark in marks if isinstance(mark, Link) and mark.scheme == scheme)
        return tuple(dict.fromkeys(ids))

    @cached_property
    def shown_in(self) -> Mapping[str, tuple[str, ...]]:
        """Ids of the sections that show a picture in any language, in reading order, by its id."""
        return self._index(lambda language, section: self.linked(language, section, PICTURE))

    @cached_property
    def _citing(self) -> Mapping[str, tuple[str, ...]]:
        return self._index(self.cited_facts)

    @cached_property
    def _using_term(self) -> Mapping[str, tuple[str, ...]]:
        return self._index(lambda language, section: self.linked(language, section, "term"))

    def forms_cited(self, fact_id: str) -> Mapping[str, frozenset[str]]:
        """The forms in which each language’s sections cite a fact, by the languages that do."""
        return self._forms_cited.get(fact_id, {})

    @cached_property
    def _forms_cited(self) -> Mapping[str, Mapping[str, frozenset[str]]]:
        found: dict[str, dict[str, frozenset[str]]] = {}
        for language, sections in self.sections.items():
            for section in sections.values():
                for mark in (*marks_in(section.summary), *marks_in(section.body)):
                    if isinstance(mark, Placeholder):
                        forms = found.setdefault(mark.id, {})
                        forms[language] = forms.get(language, frozenset()) | {mark.form}
        return found

    def section_titles(self, language: str) -> tuple[str, ...]:
        """The titles of all sections in a language."""
        return tuple(str(section.title) for section in self.sections[language].values())

    def cited_in(self, fact_id: str) -> tuple[str, ...]:
        """Ids of the sections that cite a fact in any language, in reading order."""
        return self._citing.get(fact_id, ())

    def term_used_in(self, term_id: str) -> tuple[str, ...]:
        """Ids of the sections that link a term in any language, in reading order."""
        return self._using_term.get(term_id, ())

    def _index(self, ids_of: _IdsOf) -> Mapping[str, tuple[str, ...]]:
        index: dict[str, dict[str, None]] = {}
        for section_id in self.reading_order:
            for language in self.languages:
                for found in ids_of(language, section_id):
                    index.setdefault(found, {})[section_id] = None
        return {found: tuple(sections) for found, sections in index.items()}

    @cached_property
    def yaml_texts(self) -> Mapping[str, Mapping[str, Text]]:
        """Every bilingual text of the YAML files, by its path ("figures/displaced/label")."""
        return dict(self._find_yaml_texts())

    def original_of_text(self, path: str) -> str:
        """The language in which a YAML text was written, which it has been translated from.

        The site's first one; of the words of a quotation that in which they were said, where the
        site has it.
        """
        return self._said_in.get(path, self.languages[0])

    @cached_property
    def _said_in(self) -> Mapping[str, str]:
        """The language of the words of each quotation, by their path, where the site has it."""
        found: dict[str, str] = {}
        for quotation in self.quotations.values():
            names = names_of(quotation.values) if len(quotation.values) > 1 else [""]
            for name, stated in zip(names, quotation.values, strict=True):
                steps = ("quotations", str(quotation.id), name, "words")
                if stated.language in self.languages:
                    found["/".join(filter(None, steps))] = str(stated.language)
        return found

    def texts_into(self, language: str) -> Mapping[str, tuple[Text, Text]]:
        """Each YAML text that is a translation in a language, by path: its original, and itself."""
        return self._texts_into[language]

    @cached_property
    def _texts_into(self) -> Mapping[str, Mapping[str, tuple[Text, Text]]]:
        return {
            language: {
                path: (texts[self.original_of_text(path)], texts[language])
                for path, texts in self.yaml_texts.items()
                if self.original_of_text(path) != language
            }
            for language in self.languages
        }

    def original_for(self, language: str) -> str:
        """The language from which most texts of another one are translated."""
        return next((code for code in self.languages if code != language), language)

    def _find_yaml_texts(self) -> Iterator[tuple[str, Mapping[str, Text]]]:
        """The texts, each where it was typed: what entries share stands with their file's defaults.

        Or with those of a source, which come first.
        """
        seen: set[Place] = set()
        for path, texts in (*self.defaults.items(), *self._every_yaml_text()):
            place = next(iter(texts.values())).place
            if place not in seen:
                seen.add(place)
                yield path, texts

    def _every_yaml_text(self) -> Iterator[tuple[str, Mapping[str, Text]]]:
        for path, texts in localized_texts_of_site(self.site):
            yield path, texts
        if self.map is not None:
            for path, texts in localized_texts(self.map, self.languages):
                yield f"map/{path}", texts
        for path, texts in localized_texts(self.vocabulary, self.languages):
            yield f"vocabulary/{path}", texts
        for kind in KINDS:
            for entry_id, entry in self.entries[kind.noun].items():
                for path, texts in localized_texts(entry, self.languages):
                    yield f"{kind.root}/{entry_id}/{path}", texts

    @cached_property
    def yaml_marks(self) -> tuple[tuple[str, str, Mark], ...]:
        """Marks in YAML texts, as path of the text, language, mark."""
        return tuple(
            (path, language, mark)
            for path, texts in self.yaml_texts.items()
            for language, text in texts.items()
            if "{{" in text or "](" in text
            for mark in marks_in(text)
        )


def _by_key(pairs: Iterable[tuple[str, _Derived]]) -> Mapping[str, tuple[_Derived, ...]]:
    found: dict[str, list[_Derived]] = {}
    for key, value in pairs:
        found.setdefault(key, []).append(value)
    return {key: tuple(values) for key, values in found.items()}


def once_for_an_explainer(
    derive: Callable[Concatenate[Explainer, _Arguments], _Derived],
) -> Callable[Concatenate[Explainer, _Arguments], _Derived]:
    """Have a function compute its answer only once for each explainer and other arguments.

    The explainer keeps the answer, and takes it along when it goes: rooms above the model can ask
    the same again and again without a place of their own to remember it.
    """

    @wraps(derive)
    def remembered(
        explainer: Explainer, /, *rest: _Arguments.args, **named: _Arguments.kwargs
    ) -> _Derived:
        key = (derive, rest, *named.items())
        answer: Any = explainer._once(key, lambda asked: derive(asked, *rest, **named))
        return answer  # type: ignore[no-any-return]

    return remembered


_QUESTIONS: dict[str, Callable[..., Any]] = {}
"""The functions that `answered_by_an_explainer` made answers of, by their names."""


def answered_by_an_explainer(
    find: Callable[Concatenate[Explainer, _Arguments], _Derived],
) -> Callable[Concatenate[Explainer, _Arguments], _Derived]:
    """Have a function of an explainer and words count as one of the explainer's own answers.

    Whatever is made of it then depends on the answer alone, not on all that it was found in: on the
    page where a term stands, and not on every other term that came before it there.
    """
    _QUESTIONS[find.__name__] = find

    @wraps(find)
    def ask(explainer: Explainer, /, *asked: _Arguments.args, **_: _Arguments.kwargs) -> _Derived:
        found: _Derived = explainer.answer(find.__name__, *asked)
        return found

    return ask


def localized_texts_of_site(site: Site) -> Iterator[tuple[str, Mapping[str, Text]]]:
    """The site's own texts, under "site"."""
    for path, texts in localized_texts(site, site.language_codes):
        yield f"site/{path}", texts
