"""The recorded names of actors, places and terms, and the units, that a text is searched for."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, field

from reperes.drafts.found import Finding
from reperes.language.lexicon import lexicon
from reperes.language.units import UnitWording
from reperes.language.word_forms import WordForms
from reperes.model.explainer import Explainer

_WORD = re.compile(r"[^\W_]+")


@dataclass(frozen=True, eq=False)
class KnownNames:
    """What an explainer calls things in the language of a text.

    `names` are recorded names with the id of what has each; `units` the explainer's own units.
    """

    language: str
    names: Iterable[tuple[str, str]] = ()
    units: Mapping[str, UnitWording] = field(default_factory=dict)

    def __post_init__(self) -> None:
        keys = ((name, (name, found)) for name, found in self.names)
        forms = WordForms(keys, lexicon(self.language).plurals)
        object.__setattr__(self, "_forms", forms)

    def find(self, text: str) -> Iterator[Finding]:
        """The names in a text, in order; the first of those who share one."""
        forms: WordForms[tuple[str, str]] = self._forms  # type: ignore[attr-defined]
        for start, end, found in forms.find(text):
            words = text[start:end]
            ids = [each for name, each in sorted(found) if _has_capitals_of(words, name)]
            if ids:
                yield Finding("name", start, end, words, ids[0])


def known_names(explainer: Explainer, language: str) -> KnownNames:
    """The names that an explainer records in a language; none where it is not one of its own."""
    if language not in explainer.locales:
        return KnownNames(language)
    names: list[tuple[str, str]] = []
    for actor in explainer.actors.values():
        name = actor.names[language]
        names += [(str(each), str(actor.id)) for each in (*name.all, *name.common_nouns)]
    for place in explainer.places.values():
        names += [(str(each), str(place.id)) for each in place.names[language].all]
    for term in explainer.terms.values():
        texts = term.texts[language]
        names += [(str(each), str(term.id)) for each in (texts.term, *texts.forms)]
    return KnownNames(language, tuple(names), dict(explainer.locales[language].units))


def _has_capitals_of(words: str, name: str) -> bool:
    """Whether words have the capitals of a name but for its first word: "the Guardian".

    So "le monde" is not « Le Monde », and "Ceasefire" may begin a sentence.
    """
    said, recorded = _WORD.findall(words), _WORD.findall(name)
    capitals = [n for n, word in enumerate(recorded) if word[0].isupper()]
    if capitals[:1] == [0] and len(capitals) > 1:
        capitals = capitals[1:]
    return all(n < len(said) and said[n][0].isupper() for n in capitals)
