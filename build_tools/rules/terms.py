"""Spellings that the glossary discourages."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping

from build_tools.explainer import Explainer
from build_tools.problems import Problem, warning
from build_tools.rules.passages import passages, visible_words

RULE = "term"


def check(explainer: Explainer) -> Iterator[Problem]:
    """Discouraged forms in prose, each with the preferred one."""
    preferred = {language: _preferred(explainer, language) for language in explainer.languages}
    patterns = {language: _pattern(words) for language, words in preferred.items()}
    for passage in passages(explainer):
        pattern = patterns[passage.language]
        if pattern is None:
            continue
        for match in pattern.finditer(visible_words(passage.text)):
            better = preferred[passage.language][_folded(match[0])]
            message = f'the glossary discourages "{match[0]}"; write "{better}"'
            yield warning(passage.text.at(match.start()), message, RULE)


def _preferred(explainer: Explainer, language: str) -> Mapping[str, str]:
    """The preferred term by discouraged form, folded."""
    return {
        _folded(form): str(term.texts[language].term)
        for term in explainer.terms.values()
        for form in term.texts[language].discouraged
    }


def _pattern(words: Mapping[str, str]) -> re.Pattern[str] | None:
    longest_first = sorted(words, key=len, reverse=True)
    escaped = "|".join(re.escape(word).replace("'", "['’]") for word in longest_first)
    return re.compile(rf"(?<!\w)(?:{escaped})(?!\w)", re.IGNORECASE) if words else None


def _folded(word: str) -> str:
    return word.lower().replace("’", "'")
