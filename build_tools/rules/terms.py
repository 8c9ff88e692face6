"""Spellings that the glossary discourages."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping

from build_tools.explainer import Explainer
from build_tools.problems import Problem, warning
from build_tools.rules.passages import (
    blank_names,
    name_pattern,
    passages,
    recorded_names,
    visible_words,
)

RULE = "term"


def check(explainer: Explainer) -> Iterator[Problem]:
    """Discouraged forms in prose, each with the preferred one."""
    preferred = {language: _preferred(explainer, language) for language in explainer.languages}
    patterns = {language: name_pattern(words) for language, words in preferred.items()}
    names = {code: _longer_names(explainer, code, patterns[code]) for code in explainer.languages}
    for passage in passages(explainer):
        pattern = patterns[passage.language]
        if pattern is None:
            continue
        words = blank_names(visible_words(passage.text), names[passage.language])
        for match in pattern.finditer(words):
            better = preferred[passage.language][_folded(match[0])]
            found = " ".join(match[0].split())
            message = f'the glossary discourages "{found}"; write "{better}"'
            yield warning(passage.text.at(match.start()), message, RULE)


def _preferred(explainer: Explainer, language: str) -> Mapping[str, str]:
    """The preferred term by discouraged form, folded."""
    return {
        _folded(form): str(term.texts[language].term)
        for term in explainer.terms.values()
        for form in term.texts[language].discouraged
    }


def _longer_names(
    explainer: Explainer, language: str, discouraged: re.Pattern[str] | None
) -> re.Pattern[str] | None:
    """Recorded names of which a discouraged form is a part ("cessez-le-feu" and "feu")."""
    if discouraged is None:
        return None
    names = recorded_names(explainer, language)
    return name_pattern(n for n in names if discouraged.search(n) and not discouraged.fullmatch(n))


def _folded(word: str) -> str:
    return " ".join(word.lower().replace("’", "'").split())
