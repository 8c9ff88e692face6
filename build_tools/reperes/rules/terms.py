"""The glossary as the agreement on words: what it discourages, and what links to it must say."""

from __future__ import annotations

from collections.abc import Iterable, Iterator

from reperes.language.lexicon import lexicon
from reperes.language.word_forms import WordForms
from reperes.model.explainer import (
    Explainer,
    answered_by_an_explainer,
    once_for_an_explainer,
)
from reperes.model.references import Link, marks_in
from reperes.rules.passages import (
    Passage,
    passages_of,
    passages_of_yaml,
    recorded_names,
    visible_words,
)
from reperes.rules.termbase import agreed_forms, concepts
from reperes.text.problems import Problem, Text, warning

RULE = "term"

_Spelling = tuple[bool, str]
"""Whether a form is discouraged, and the term to write instead."""


def check_section(explainer: Explainer, section_id: str) -> Iterator[Problem]:
    """Discouraged forms in prose, each with the preferred one, and links in other words."""
    yield from _check(passages_of(explainer, section_id), explainer)


def check_rest(explainer: Explainer) -> Iterator[Problem]:
    """The same in the prose of YAML."""
    yield from _check(passages_of_yaml(explainer), explainer)


def _check(passages: Iterable[Passage], explainer: Explainer) -> Iterator[Problem]:
    for passage in passages:
        spellings = _spellings(explainer, passage.language)
        if spellings is not None:
            yield from _discouraged(passage, spellings)
        if "](term:" in passage.text:
            yield from _check_links(passage.text, passage.language, explainer)


@once_for_an_explainer
def _spellings(explainer: Explainer, language: str) -> WordForms[_Spelling] | None:
    """Discouraged forms, and the recorded names of which they may be a part ("cessez-le-feu").

    None where nothing is discouraged.
    """
    if not (better := discouraged_forms(explainer, language)):
        return None
    discouraged = [(form, (True, term)) for form, term in better]
    accepted = [(name, (False, "")) for name in recorded_names(explainer, language)]
    return WordForms([*discouraged, *accepted], lexicon(language).plurals)


@answered_by_an_explainer
def discouraged_forms(explainer: Explainer, language: str) -> list[tuple[str, str]]:
    """Each form that the glossary discourages in a language, with the term to write instead."""
    return [
        (str(form), str(term.texts[language].term))
        for term in explainer.terms.values()
        for form in term.texts[language].discouraged
    ]


def _discouraged(passage: Passage, spellings: WordForms[_Spelling]) -> Iterator[Problem]:
    words = visible_words(passage.text)
    for start, end, found in spellings.find(words):
        _, better = max(found)
        if better and words[start - 1 : start] != "-":
            typed = " ".join(words[start:end].split())
            message = f'the glossary discourages "{typed}"; write "{better}"'
            yield warning(passage.text.at(start), message, RULE)


def _check_links(text: Text, language: str, explainer: Explainer) -> Iterator[Problem]:
    for mark in marks_in(text):
        if not isinstance(mark, Link) or mark.scheme != "term":
            continue
        shown = mark.text.strip("*_ ")
        if _is_form(explainer, language, mark.id, shown):
            continue
        concept = concepts(explainer)[f"term {mark.id}"]
        if _discourages(shown, concept.discouraged[language], language):
            continue
        message = f'"{" ".join(mark.text.split())}" is no form of {concept.name}'
        forms = ", ".join(f'"{form}"' for form in concept.agreed[language])
        fix = f"write {forms}, or add it to its forms in {language}"
        yield warning(mark.place, f"{message}; {fix}", RULE)


@once_for_an_explainer
def _is_form(explainer: Explainer, language: str, term_id: str, shown: str) -> bool:
    """Whether words are a form of a term; of one that was refused, nobody knows, and they are."""
    concept = concepts(explainer).get(f"term {term_id}")
    if concept is None:
        return True
    return any(
        (start, end) == (0, len(shown)) and concept.name in names
        for start, end, names in agreed_forms(explainer, language).find(shown)
    )


def _discourages(shown: str, forms: tuple[str, ...], language: str) -> bool:
    """Whether the words are reported already, as discouraged ones."""
    return any(WordForms(((form, "") for form in forms), lexicon(language).plurals).find(shown))
