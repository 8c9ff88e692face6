"""Figures, dates and days typed in prose, where a citation belongs."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass
from functools import cached_property

from babel.dates import get_day_names, get_month_names

from build_tools.dates import Precision
from build_tools.explainer import Explainer
from build_tools.facts import Event
from build_tools.locales import Locale
from build_tools.problems import Problem, warning
from build_tools.rules.lexicon import lexicon
from build_tools.rules.passages import (
    Passage,
    blank_names,
    passages,
    recorded_names,
    visible_words,
)

RULE = "naked-figure"
WEEKDAY_RULE = "weekday"


@dataclass(frozen=True)
class _Patterns:
    """What counts as a figure or a day in one language of one explainer."""

    explainer: Explainer
    language: str

    @cached_property
    def names(self) -> re.Pattern[str] | None:
        """Recorded names that hold a digit or a number word, longest first."""
        names = [n for n in recorded_names(self.explainer, self.language) if self._counts(n)]
        longest_first = sorted(names, key=len, reverse=True)
        return re.compile("|".join(map(re.escape, longest_first))) if names else None

    def _counts(self, name: str) -> bool:
        words = re.findall(r"\w+", name.lower())
        return any(w.isdigit() or w in lexicon(self.language).number_words for w in words)

    @cached_property
    def digits(self) -> re.Pattern[str]:
        months = get_month_names("wide", locale=self._babel).values()
        month = "|".join(map(re.escape, months))
        number = r"[0-9](?:[0-9.,/\u00a0\u202f' -]*[0-9])?"
        return re.compile(
            rf"(?<!\w){number}(?:er|st|nd|rd|th)?(?:\s+(?:{month})(?:\s+[0-9]{{4}})?)?", re.I
        )

    @cached_property
    def counted(self) -> re.Pattern[str] | None:
        """A number word directly before a noun that some figure counts."""
        words = lexicon(self.language)
        nouns = self._unit_nouns()
        if not words.number_words or not nouns:
            return None
        number = "|".join(sorted(words.number_words, key=len, reverse=True))
        links = "|".join(map(re.escape, words.number_links)).replace("’", "['’]")
        noun = "|".join(map(re.escape, sorted(nouns, key=len, reverse=True)))
        return re.compile(
            rf"\b((?:{number})(?:[ -](?:{number}))*)\s+(?:(?:{links})\s*)?({noun})\b", re.I
        )

    def _unit_nouns(self) -> set[str]:
        wording = self.explainer.locales[self.language].wording
        units = {figure.unit for figure in self.explainer.figures.values()}
        keys = [f"unit.{unit}.{form}" for unit in units for form in ("one", "other")]
        nouns = {wording.label(key) for key in keys if wording.has(key)}
        return {noun for noun in nouns if noun[:1].isalpha()}

    @cached_property
    def days(self) -> re.Pattern[str]:
        names = [*get_day_names("wide", locale=self._babel).values()]
        relative = [word.replace("’", "['’]") for word in lexicon(self.language).relative_days]
        return re.compile(rf"\b(?:{'|'.join([*names, *relative])})s?\b", re.I)

    @property
    def _babel(self) -> str:
        return str(self.explainer.locales[self.language].locale)


def check(explainer: Explainer) -> Iterator[Problem]:
    """Digits, counted number words and weekdays in prose."""
    patterns = {language: _Patterns(explainer, language) for language in explainer.languages}
    for passage in passages(explainer):
        pattern = patterns[passage.language]
        words = blank_names(visible_words(passage.text), pattern.names)
        yield from _naked(passage, words, pattern)
        yield from _days(passage, words, pattern)


def _naked(passage: Passage, words: str, pattern: _Patterns) -> Iterator[Problem]:
    for match in pattern.digits.finditer(words):
        yield _problem(passage, match, match[0], pattern)
    for match in pattern.counted.finditer(words) if pattern.counted else ():
        yield _problem(passage, match, match[0], pattern)


def _problem(passage: Passage, match: re.Match[str], found: str, pattern: _Patterns) -> Problem:
    fitting = _fitting_facts(found, pattern)
    if fitting:
        fix = f"write {' or '.join(fitting)}"
    else:
        fix = 'write it once in facts/ and cite it here ("{{ id }}")'
    message = f'"{found.strip()}" typed in prose; {fix}'
    return Problem(passage.text.at(match.start()), message, RULE)


def _fitting_facts(found: str, pattern: _Patterns) -> list[str]:
    """Citations that would say what was typed."""
    explainer, locale = pattern.explainer, pattern.explainer.locales[pattern.language]
    digits = re.sub(r"[^0-9]", "", found)
    fitting = []
    for figure in explainer.figures.values():
        ends = {str(figure.low), str(figure.high)}
        if digits in ends or found.lower().startswith(_words(figure.low, pattern)):
            fitting.append(f"{{{{ {figure.id} }}}}")
    for event in explainer.events.values():
        if _typed_date(found) and _typed_date(found) in _dates(event, locale):
            fitting.append(f"{{{{ {event.id}.on }}}}")
    return fitting[:3]


def _words(number: object, pattern: _Patterns) -> str:
    locale = pattern.explainer.locales[pattern.language]
    figures = pattern.explainer.figures.values()
    figure = next(f for f in figures if f.low == number)
    said = locale.words(figure.low, figure.low, "exact", figure.unit)
    return f"{said} " if said.isalpha() else "\x00"


def _typed_date(found: str) -> str:
    return re.sub(r"\s+", " ", found).strip().lower() if re.search(r"[^\W\d]{3}", found) else ""


def _dates(event: Event, locale: Locale) -> set[str]:
    says = [locale.date(event.date)]
    if event.date.precision is Precision.DAY:
        says.append(locale.day(event.date))
    return {re.sub(r"\s+", " ", said).lower() for said in says}


def _days(passage: Passage, words: str, pattern: _Patterns) -> Iterator[Problem]:
    for match in pattern.days.finditer(words):
        message = f'"{match[0]}" means a day only to who reads it then; cite the date'
        fix = '("{{ id.on }}", or "{{ id.weekday }}" for the day\'s name)'
        yield warning(passage.text.at(match.start()), f"{message} {fix}", WEEKDAY_RULE)
