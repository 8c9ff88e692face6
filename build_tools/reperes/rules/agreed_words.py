"""Terms that a translation does not call what the glossary says."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import NamedTuple

from reperes.language.lexicon import lexicon
from reperes.language.word_forms import WordForms
from reperes.model.cited import said
from reperes.model.explainer import Explainer, once_for_an_explainer
from reperes.model.facts import Figure
from reperes.model.forms import VALUE_FORMS, misfit
from reperes.model.references import Link, Mark, Placeholder, marks_placed_in
from reperes.rules.passages import passages_of_yaml, visible_words
from reperes.rules.termbase import Concept, agreed_forms, concepts, foreign_forms
from reperes.rules.terms import RULE
from reperes.text.markup import Span
from reperes.text.problems import Place, Problem, Text, warning
from reperes.translation.rows import OF_THE_ORIGINAL, Row, matches
from reperes.translation.staleness import rows_of, stale_yaml_texts

_NAMING_FORMS = ("by", "label", "unit", "with_unit")
"""Forms of citations that name things."""


class _Use(NamedTuple):
    """What in a text names one of some concepts: words of it, or a mark."""

    names: frozenset[str]
    text: Text
    span: Span = (0, 0)
    mark: Mark | None = None

    @property
    def place(self) -> Place:
        return self.mark.place if self.mark else self.text.at(self.span[0])

    @property
    def words(self) -> str:
        if isinstance(self.mark, Link):
            return self.mark.text
        return str(self.mark) if self.mark else " ".join(self.text[slice(*self.span)].split())

    @property
    def linked(self) -> bool:
        return isinstance(self.mark, Link) and self.mark.scheme == "term"


def check_section(explainer: Explainer, section_id: str) -> Iterator[Problem]:
    """Paragraphs without any agreed form of what their original names.

    A term counts as named where the original links it or says its preferred form; what goes by
    another form, an actor or a place may become a pronoun in translation. Anything counts where
    the translation says the other language's word. What is stale waits for its translator. Where
    an entry was refused, some names are unknown, and nothing is said.
    """
    if not explainer.whole:
        return
    for section in explainer.versions(section_id):
        if section.original is not None:
            rows = rows_of(explainer, section.language, section_id)
            comparison = _Comparison.of(explainer, str(section.original), section.language)
            for originals, translations in _said_together(rows):
                yield from comparison.problems(originals, translations)


def check_rest(explainer: Explainer) -> Iterator[Problem]:
    """The same of texts of YAML."""
    if not explainer.whole:
        return
    stale = stale_yaml_texts(explainer)
    prose = {passage.text.place for passage in passages_of_yaml(explainer)}
    first, *others = explainer.languages
    comparisons = [_Comparison.of(explainer, first, other) for other in others]
    for path, texts in explainer.yaml_texts.items():
        if path in stale or texts[first].place not in prose:
            continue
        for comparison in comparisons:
            yield from comparison.problems([texts[first]], [texts[comparison.language]])


def _said_together(rows: Sequence[Row]) -> Iterator[tuple[list[Text], list[Text]]]:
    """Blocks of the original and what says them, less what its translator has to follow yet.

    Where a block stands alone on one side, those around it may say it: the section is one.
    """
    found = matches(rows)
    if any(row.state == "unstamped" for row in rows) and not all(m.translations for m in found):
        yield (
            [block.text for match in found for block in match.originals],
            [block.text for row in rows for block in row.translations],
        )
        return
    for match in found:
        if not any(row.state in OF_THE_ORIGINAL for row in match.rows):
            yield (
                [block.text for block in match.originals],
                [block.text for block in match.translations],
            )


# What they name


@dataclass(frozen=True, slots=True)
class _Comparison:
    """Compares texts in one language with those in another one from which they are translated."""

    explainer: Explainer
    original: str
    language: str
    concepts: Mapping[str, Concept]
    forms: Mapping[str, WordForms[str]]

    @classmethod
    def of(cls, explainer: Explainer, original: str, language: str) -> _Comparison:
        forms = {code: agreed_forms(explainer, code) for code in (original, language)}
        return cls(explainer, original, language, concepts(explainer), forms)

    def problems(
        self, originals: Sequence[Text], translations: Sequence[Text]
    ) -> Iterator[Problem]:
        """What the originals name and their translations do not."""
        if not translations:
            return
        uses = [use for text in originals for use in self._uses(text, self.original)]
        if not uses:
            return
        named = {
            name
            for text in translations
            for use in self._uses(text, self.language)
            for name in use.names
        }
        missing = [use for use in uses if not use.names & named]
        if not missing:
            return
        language = self.language
        # A concept has its names in the alphabet's order: "term sohr" after "actor sohr".
        foreign = {name: use for use in self._foreign(translations) for name in use.names}
        for name, use in {max(use.names): use for use in missing[::-1]}.items():
            concept = self.concepts[name]
            discouraged = concept.discouraged.get(language, ())
            if _finds(discouraged, map(visible_words, translations), language):
                continue
            source = f'the {self.original} text says "{use.words}" at {use.place}'
            write = " or ".join(f'"{form}"' for form in concept.agreed[language][:3])
            if name in foreign:
                found = foreign[name]
                message = f'"{found.words}" is not what {name} is called in {language}'
                yield warning(found.place, f"{message}; write {write} ({source})", RULE)
            elif use.linked or _is_preferred(use.words, concept, self.original):
                message = f"no agreed form of {name} here; write {write}, or add one to its forms"
                yield warning(translations[0].place, f"{message} ({source})", RULE)

    def _foreign(self, texts: Sequence[Text]) -> Iterator[_Use]:
        forms = foreign_forms(self.explainer, self.language)
        for text in texts:
            for start, end, found in forms.find(visible_words(text)):
                names = frozenset(name for name, _ in found)
                yield _Use(names, text, (start, end))

    def _uses(self, text: Text, language: str) -> Iterator[_Use]:
        """What a text names: by links first, for these say what is meant."""
        for mark in marks_placed_in(text):
            if isinstance(mark, Placeholder):
                for names in _named_by(self.explainer, language, mark.id, mark.form):
                    yield _Use(names, text, mark=mark)
            elif concept := self.concepts.get(f"{mark.scheme} {mark.id}"):
                yield _Use(frozenset({concept.name}), text, mark=mark)
        for start, end, names in self.forms[language].find(visible_words(text)):
            yield _Use(names, text, (start, end))


@once_for_an_explainer
def _named_by(
    explainer: Explainer, language: str, fact_id: str, form: str
) -> tuple[frozenset[str], ...]:
    """What a citation names of somebody or something, beside its value."""
    fact = explainer.facts.get(fact_id)
    if fact is None or misfit(fact, form):
        return ()
    # Money and measures say their unit with every value.
    says_unit = isinstance(fact, Figure) and explainer.unit_kind(fact.unit) != "count"
    if form not in _NAMING_FORMS and not (says_unit and form in VALUE_FORMS):
        return ()
    if not all(author in explainer.actors for author in fact.attributed_to):
        return ()
    found = agreed_forms(explainer, language).find(said(explainer, language, fact_id, form))
    return tuple(names for _, _, names in found)


def _is_preferred(words: str, concept: Concept, language: str) -> bool:
    return concept.is_term and _finds(concept.agreed[language][:1], [words], language)


def _finds(forms: Iterable[str], texts: Iterable[str], language: str) -> bool:
    found = WordForms(((form, "") for form in forms), lexicon(language).plurals)
    return any(any(found.find(text)) for text in texts)
