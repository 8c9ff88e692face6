"""What each thing that has a name is called in each language, and what it should not be called."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from functools import cached_property

from reperes.language.lexicon import lexicon
from reperes.language.word_forms import WordForms
from reperes.model.explainer import Explainer, once_for_an_explainer


@dataclass(frozen=True, slots=True)
class Concept:
    """A term, an actor or a place; a term for an actor or a place is one with it.

    `name` says which ("term sohr"). `agreed` and `discouraged` are forms by language; the first
    agreed form is the preferred one.
    """

    name: str
    agreed: Mapping[str, tuple[str, ...]]
    discouraged: Mapping[str, tuple[str, ...]] = field(default_factory=dict)

    @property
    def is_term(self) -> bool:
        return self.name.startswith("term ")


class Termbase:
    """The concepts of an explainer, and how to find each in a text of a language."""

    def __init__(self, explainer: Explainer) -> None:
        self.explainer = explainer
        self._agreed: dict[str, WordForms[str]] = {}
        self._foreign: dict[str, WordForms[tuple[str, str]]] = {}

    @cached_property
    def concepts(self) -> Mapping[str, Concept]:
        """By every name of each: one that is a term and an actor has both ("actor sohr")."""
        names: dict[str, Mapping[str, tuple[str, ...]]] = {}
        for noun, entries in (("actor", self.explainer.actors), ("place", self.explainer.places)):
            for entry in entries.values():
                names[f"{noun} {entry.id}"] = {
                    code: tuple(map(str, name.all)) for code, name in entry.names.items()
                }
        found = {name: Concept(name, forms) for name, forms in names.items()}
        for term in self.explainer.terms.values():
            same = [n for n in (f"actor {term.actor_id}", f"place {term.place_id}") if n in names]
            agreed, discouraged = {}, {}
            for code, words in term.texts.items():
                others = [form for name in same for form in names[name][code]]
                agreed[code] = tuple(dict.fromkeys(map(str, (words.term, *words.forms, *others))))
                discouraged[code] = tuple(map(str, words.discouraged))
            concept = Concept(f"term {term.id}", agreed, discouraged)
            found.update((name, concept) for name in (concept.name, *same))
        return found

    def agreed(self, language: str) -> WordForms[str]:
        """Finds concepts, by name, where an agreed form in a language stands, inflected."""
        if language not in self._agreed:
            forms = self._forms(language)
            words = lexicon(language)
            self._agreed[language] = WordForms(forms, (*words.plurals, *words.feminines))
        return self._agreed[language]

    def foreign(self, language: str) -> WordForms[tuple[str, str]]:
        """Finds concepts, by name and language, where what other languages call them stands.

        What the language itself calls something is not among it.
        """
        if language not in self._foreign:
            ours = {form.lower() for form, _ in self._forms(language)}
            self._foreign[language] = WordForms(
                (form, (name, other))
                for other in self.explainer.languages
                if other != language
                for form, name in self._forms(other)
                if form.lower() not in ours
            )
        return self._foreign[language]

    def _forms(self, language: str) -> Iterator[tuple[str, str]]:
        for concept in self.concepts.values():
            for form in concept.agreed[language]:
                yield form, concept.name


termbase = once_for_an_explainer(Termbase)
"""The termbase of an explainer, made once."""
