"""Terms that a translation does not call what the glossary says."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, field

from reperes.language.lexicon import lexicon
from reperes.language.word_forms import WordForms
from reperes.model.explainer import Explainer, once_for_an_explainer
from reperes.model.facts import Figure
from reperes.model.forms import VALUE_FORMS, misfit, say
from reperes.model.references import Mark, Placeholder, marks_in
from reperes.rules.passages import passages_of_yaml, visible_words
from reperes.rules.termbase import Concept, Termbase, termbase
from reperes.rules.terms import RULE
from reperes.text.problems import Problem, Text, warning
from reperes.translation.rows import OF_THE_ORIGINAL, Row, matches
from reperes.translation.staleness import rows_of, stale_yaml_texts

_NAMING_FORMS = ("by", "label", "unit", "with_unit")
"""Forms of citations that name things."""


@dataclass(frozen=True, slots=True)
class _Use:
    """Words of a text that name one of some concepts, by a link or not."""

    names: frozenset[str]
    text: Text
    offset: int
    words: str
    linked: bool = False


def check_section(explainer: Explainer, section_id: str) -> Iterator[Problem]:
    """Paragraphs without any agreed form of what their original names.

    A term counts as named where the original links it or says its preferred form; what goes by
    another form, an actor or a place may become a pronoun in translation. Anything counts where
    the translation says the other language's word. What is stale waits for its translator. Where
    an entry was refused, some names are unknown, and nothing is said.
    """
    if not explainer.whole:
        return
    checker = _checker(explainer)
    for section in explainer.versions(section_id):
        language = section.language
        for originals, translations in _said_together(rows_of(explainer, language, section_id)):
            yield from checker.compare(originals, translations, str(section.original), language)


def check_rest(explainer: Explainer) -> Iterator[Problem]:
    """The same of texts of YAML."""
    if not explainer.whole:
        return
    checker, stale = _checker(explainer), stale_yaml_texts(explainer)
    prose = {passage.text.place for passage in passages_of_yaml(explainer)}
    first, *others = explainer.languages
    for path, texts in explainer.yaml_texts.items():
        if path in stale or texts[first].place not in prose:
            continue
        for language in others:
            yield from checker.compare([texts[first]], [texts[language]], first, language)


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


@dataclass(frozen=True)
class _Checker:
    """Compares texts; `named_by` is what citations name, by language, id and form."""

    termbase: Termbase
    named_by: dict[tuple[str, str, str], list[frozenset[str]]] = field(default_factory=dict)

    def compare(
        self,
        originals: Sequence[Text],
        translations: Sequence[Text],
        original_language: str,
        language: str,
    ) -> Iterator[Problem]:
        """What texts in one language name and their translations in the other do not."""
        named = {name for use in self._uses(translations, language) for name in use.names}
        missing = [use for use in self._uses(originals, original_language) if not use.names & named]
        if not missing or not translations:
            return
        # A concept has its names in the alphabet's order: "term sohr" after "actor sohr".
        foreign = {name: use for use in self._foreign(translations, language) for name in use.names}
        for name, use in {max(use.names): use for use in missing[::-1]}.items():
            concept = self.termbase.concepts[name]
            discouraged = concept.discouraged.get(language, ())
            if _finds(discouraged, map(visible_words, translations), language):
                continue
            said = f'the {original_language} text says "{use.words}" at {use.text.at(use.offset)}'
            write = " or ".join(f'"{form}"' for form in concept.agreed[language][:3])
            if name in foreign:
                found = foreign[name]
                message = f'"{found.words}" is not what {name} is called in {language}'
                place = found.text.at(found.offset)
                yield warning(place, f"{message}; write {write} ({said})", RULE)
            elif use.linked or _is_preferred(use.words, concept, original_language):
                message = f"no agreed form of {name} here; write {write}, or add one to its forms"
                yield warning(translations[0].place, f"{message} ({said})", RULE)

    def _uses(self, texts: Sequence[Text], language: str) -> Iterator[_Use]:
        """What texts name: by links first, for these say what is meant."""
        forms = self.termbase.agreed(language)
        for text in texts:
            yield from self._named_by_marks(text, marks_in(text), language)
            for start, end, names in forms.find(visible_words(text)):
                yield _Use(names, text, start, " ".join(text[start:end].split()))

    def _named_by_marks(self, text: Text, marks: Sequence[Mark], language: str) -> Iterator[_Use]:
        for mark in marks:
            if isinstance(mark, Placeholder):
                for names in self._named_by(mark, language):
                    yield _Use(names, text, mark.start, str(mark))
            elif concept := self.termbase.concepts.get(f"{mark.scheme} {mark.id}"):
                linked = mark.scheme == "term"
                yield _Use(frozenset({concept.name}), text, mark.start, mark.text, linked)

    def _named_by(self, mark: Placeholder, language: str) -> Sequence[frozenset[str]]:
        key = (language, mark.id, mark.form)
        if key not in self.named_by:
            found = self.termbase.agreed(language).find(self._said(mark, language))
            self.named_by[key] = [names for _, _, names in found]
        return self.named_by[key]

    def _said(self, mark: Placeholder, language: str) -> str:
        """What a citation says of somebody or something, beside its value."""
        explainer = self.termbase.explainer
        fact = explainer.facts.get(mark.id)
        if fact is None or misfit(fact, mark.form):
            return ""
        # Money and measures say their unit with every value.
        says_unit = isinstance(fact, Figure) and explainer.unit_kind(fact.unit) != "count"
        if mark.form not in _NAMING_FORMS and not (says_unit and mark.form in VALUE_FORMS):
            return ""
        if not all(author in explainer.actors for author in fact.attributed_to):
            return ""
        return say(fact, mark.form, explainer.locales[language], explainer.actors)

    def _foreign(self, texts: Sequence[Text], language: str) -> Iterator[_Use]:
        for text in texts:
            for start, end, found in self.termbase.foreign(language).find(visible_words(text)):
                names = frozenset(name for name, _ in found)
                yield _Use(names, text, start, " ".join(text[start:end].split()))


@once_for_an_explainer
def _checker(explainer: Explainer) -> _Checker:
    return _Checker(termbase(explainer))


def _is_preferred(words: str, concept: Concept, language: str) -> bool:
    return concept.is_term and _finds(concept.agreed[language][:1], [words], language)


def _finds(forms: Iterable[str], texts: Iterable[str], language: str) -> bool:
    found = WordForms(((form, "") for form in forms), lexicon(language).plurals)
    return any(any(found.find(text)) for text in texts)
