"""What each thing that has a name is called in each language, and what it should not be called."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field

from reperes.language.lexicon import lexicon
from reperes.language.word_forms import WordForms
from reperes.model.explainer import (
    Explainer,
    answered_by_an_explainer,
    once_for_an_explainer,
)


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


@answered_by_an_explainer
@once_for_an_explainer
def concepts(explainer: Explainer) -> Mapping[str, Concept]:
    """By every name of each: one that is a term and an actor has both ("actor sohr")."""
    names: dict[str, Mapping[str, tuple[str, ...]]] = {}
    for noun, entries in (("actor", explainer.actors), ("place", explainer.places)):
        for entry in entries.values():
            names[f"{noun} {entry.id}"] = {
                code: tuple(map(str, name.all)) for code, name in entry.names.items()
            }
    found = {name: Concept(name, forms) for name, forms in names.items()}
    for term in explainer.terms.values():
        same = [n for n in (f"actor {term.actor_id}", f"place {term.place_id}") if n in names]
        agreed, discouraged = {}, {}
        for code, words in term.texts.items():
            others = [form for name in same for form in names[name][code]]
            agreed[code] = tuple(dict.fromkeys(map(str, (words.term, *words.forms, *others))))
            discouraged[code] = tuple(map(str, words.discouraged))
        concept = Concept(f"term {term.id}", agreed, discouraged)
        found.update((name, concept) for name in (concept.name, *same))
    return found


@once_for_an_explainer
def agreed_forms(explainer: Explainer, language: str) -> WordForms[str]:
    """Finds concepts, by name, where an agreed form in a language stands, inflected."""
    words = lexicon(language)
    return WordForms(_forms(explainer, language), (*words.plurals, *words.feminines))


@once_for_an_explainer
def foreign_forms(explainer: Explainer, language: str) -> WordForms[tuple[str, str]]:
    """Finds concepts, by name and language, where what other languages call them stands.

    What the language itself calls something is not among it.
    """
    ours = {form.lower() for form, _ in _forms(explainer, language)}
    return WordForms(
        (form, (name, other))
        for other in explainer.languages
        if other != language
        for form, name in _forms(explainer, other)
        if form.lower() not in ours
    )


def _forms(explainer: Explainer, language: str) -> Iterator[tuple[str, str]]:
    for concept in concepts(explainer).values():
        for form in concept.agreed[language]:
            yield form, concept.name
