"""Figures, dates and days typed in prose, where a citation belongs."""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from decimal import Decimal
from functools import cached_property

from babel.dates import get_day_names, get_month_names

from reperes.language.lexicon import lexicon
from reperes.language.locales import Locale
from reperes.language.units import shipped_unit_ids
from reperes.model.explainer import Explainer, once_for_an_explainer
from reperes.model.facts import Event
from reperes.model.forms import misfit
from reperes.model.references import Link, marks_in
from reperes.rules.passages import (
    Passage,
    blank_names,
    name_pattern,
    passages_of,
    passages_of_yaml,
    recorded_names,
    visible_words,
)
from reperes.text.markup import Span, blanked
from reperes.text.problems import Problem, warning

RULE = "naked-figure"
_SIGNS = ("€", "$", "£", "¥", "k€", "M€", "Md€", "%", "‰", "°", "°C", "°F", "m²", "m³", "km²")
"""What may follow a number as its unit, whatever units the explainer has."""

_SCALES = {"million": 6, "milliard": 9, "billion": 9, "trillion": 12}
"""The power of ten of a noun after digits, in the singular."""

_SCALE = re.compile(rf"(?i)\b({'|'.join(_SCALES)})s?\b")
_DIGITS = re.compile(r"[0-9](?:[\d.,/:'’\s-]*\d)?")
WEEKDAY_RULE = "weekday"


@dataclass(frozen=True)
class _Patterns:
    """What counts as a figure or a day in one language of one explainer."""

    explainer: Explainer
    language: str

    @cached_property
    def names(self) -> re.Pattern[str] | None:
        """Recorded names in which something would else be taken for a figure or a day."""
        names = recorded_names(self.explainer, self.language)
        return name_pattern(name for name in names if self._counts(name))

    def _counts(self, name: str) -> bool:
        words = re.findall(r"\w+", name.lower())
        number_words = lexicon(self.language).number_words
        return (
            any(character.isdigit() for character in name)
            or any(word in number_words for word in words)
            or self.days.search(name) is not None
        )

    @cached_property
    def digits(self) -> re.Pattern[str]:
        months = get_month_names("wide", locale=self._babel).values()
        month = "|".join(map(re.escape, months))
        number = r"\d+(?:[.,/:'’\u00a0\u202f -]\d+)*"
        # Letters before it make it part of a word, such as COVID-19 or PM2.5.
        start = r"(?<!\w)(?<![A-Z]-)(?<![^\W\d]\d[.,])(?<![^\W\d]\d\d[.,])"
        ordinal = "(?:er|re|e|ème|st|nd|rd|th)?"
        centuries = "|".join(lexicon(self.language).centuries) or "(?!)"
        date = rf"\s+(?:{month})(?:\s+[0-9]{{4}})?|\s+(?:{centuries})\b"
        roman = rf"(?<!\w)[IVX]+(?:er|e|ème)\s+(?:{centuries})\b"
        # "€35 million", "35 M€", "12 °C": what is said of a number is part of the figure.
        signs = "|".join(map(re.escape, sorted(self._signs(), key=len, reverse=True)))
        scale = rf"\s*(?P<scale>{'|'.join(_SCALES)})s?(?!\w)"
        unit = rf"(?:{scale})?(?:\s*(?:{signs})(?!\w))?"
        before = r"(?:(?<!\w)(?:US|[AC])?[$€£¥]\s?)?"
        arabic = f"{start}(?i:{number}{ordinal}(?:{date}|{unit}))"
        return re.compile(f"{before}(?P<number>{arabic}|{roman})")

    def _signs(self) -> set[str]:
        """What may follow a number as its unit, and is no word: "°C", "M€", "km/h"."""
        locale = self.explainer.locales[self.language]
        own = {figure.unit for figure in self.explainer.figures.values()}
        symbols = {locale.unit_wording(unit).symbol for unit in {*own, *shipped_unit_ids()}}
        return {*_SIGNS, *(symbols - {""})}

    @cached_property
    def numbered(self) -> re.Pattern[str] | None:
        """A number that is a name: "article L. 2224-1", "13e arrondissement", "24/7"."""
        words = lexicon(self.language)
        if not words.numbered:
            return None
        singular = "|".join(word for word in words.numbered if f"{word}s" in words.numbered)
        lists = "|".join(words.number_lists)
        code = r"(?:[A-Z]{1,3}\.?[ \u00a0]?)?\d+(?:[.-]\d+)*(?:er)?(?!\w)"
        ordinal = r"\d+(?:er|re|e|ème|st|nd|rd|th)"
        names = "|".join(words.ordinal_names)
        phrases = "|".join(map(re.escape, words.number_phrases))
        return re.compile(
            rf"\b(?i:{singular})\s+{code}"
            rf"|\b(?i:{singular})s\s+{code}(?:\s+(?:{lists})\s+{code})?"
            rf"|(?<!\w){ordinal}(?:\s+(?:{lists})\s+{ordinal})?\s+(?i:{names})\b"
            rf"|(?<![\w/])(?:{phrases})(?![\w/])"
        )

    @cached_property
    def counted(self) -> re.Pattern[str] | None:
        """A number word directly before a noun that some figure counts."""
        words = lexicon(self.language)
        nouns = self._unit_nouns()
        if not words.number_words or not nouns:
            return None
        number = "|".join(sorted(words.number_words, key=len, reverse=True))
        joint = rf"[\s-]+(?:(?:{'|'.join(words.number_joints)})[\s-]+)?"
        more = "|".join((number, *words.number_ones))
        links = "|".join(map(re.escape, words.number_links)).replace("’", "['’]")
        noun = "|".join(map(re.escape, sorted(nouns, key=len, reverse=True)))
        return re.compile(
            rf"\b((?:{number})(?:{joint}(?:{more})\b){{0,9}})\s+(?:(?:{links})\s*)?({noun})\b", re.I
        )

    def _unit_nouns(self) -> set[str]:
        locale = self.explainer.locales[self.language]
        units = {figure.unit for figure in self.explainer.figures.values()}
        wordings = [locale.unit_wording(unit) for unit in units]
        nouns = {wording.noun(form) for wording in wordings for form in ("one", "other")}
        return {noun for noun in nouns if noun[:1].isalpha()}

    @cached_property
    def days(self) -> re.Pattern[str]:
        names = [*get_day_names("wide", locale=self._babel).values()]
        relative = [word.replace("’", "['’]") for word in lexicon(self.language).relative_days]
        return re.compile(rf"\b(?:{'|'.join([*names, *relative])})s?\b", re.I)

    @cached_property
    def numbers(self) -> Mapping[str, list[str]]:
        """Citations of figures by their numbers in canonical digits."""
        found: dict[str, list[str]] = defaultdict(list)
        for figure in self.explainer.figures.values():
            for number in dict.fromkeys((figure.low, figure.high)):
                found[_plain(number)].append(f"{{{{ {figure.id} }}}}")
        return found

    @cached_property
    def phrases(self) -> Mapping[str, list[str]]:
        """Citations by what they say: counted nouns ("deux personnes"), days and dates."""
        found: dict[str, list[str]] = defaultdict(list)
        locale = self.explainer.locales[self.language]
        for figure in self.explainer.figures.values():
            phrase = locale.words(figure.low, figure.low, "exact", figure.unit)
            citation = f"{{{{ {figure.id}.words }}}}"
            if locale.unit_wording(figure.unit).is_counted:
                phrase += f" {locale.unit(figure.unit, figure.low)}"
                citation += f" {{{{ {figure.id}.unit }}}}"
            elif phrase == locale.cited(figure.low, figure.low, "exact", figure.unit):
                continue
            found[" ".join(phrase.lower().split())].append(citation)
        for event in self.explainer.events.values():
            for said in _dates(event, locale):
                found[said].append(f"{{{{ {event.id}.on }}}}")
        return found

    @property
    def _babel(self) -> str:
        return str(self.explainer.locales[self.language].locale)


_patterns = once_for_an_explainer(_Patterns)


def check_section(explainer: Explainer, section_id: str) -> Iterator[Problem]:
    """Digits, counted number words and weekdays in prose."""
    yield from _check(passages_of(explainer, section_id), explainer)


def check_rest(explainer: Explainer) -> Iterator[Problem]:
    """The same in the prose of YAML."""
    yield from _check(passages_of_yaml(explainer), explainer)


def _check(passages: Iterable[Passage], explainer: Explainer) -> Iterator[Problem]:
    for passage in passages:
        pattern = _patterns(explainer, passage.language)
        words = blank_names(visible_words(passage.text), pattern.names)
        if pattern.numbered:
            words = blanked(words, (match.span() for match in pattern.numbered.finditer(words)))
        if not explainer.whole:
            words = blanked(words, _unknown_names(passage, explainer))
        yield from _naked(passage, words, pattern)
        yield from _days(passage, words, pattern)


def _unknown_names(passage: Passage, explainer: Explainer) -> Iterator[Span]:
    """Links to names that were refused or could not be read: "Line 7" may be one of them."""
    known = {"term": explainer.terms, "actor": explainer.actors, "place": explainer.places}
    for mark in marks_in(passage.text):
        if isinstance(mark, Link) and mark.id not in known.get(mark.scheme, (mark.id,)):
            yield mark.start, mark.end


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
    typed = re.sub(r"[ \t\n]+", " ", found)
    # A waiver quotes the number, whatever sign stands before it.
    start = match.start("number") if "number" in match.re.groupindex else match.start()
    return Problem(passage.text.at(start), f'"{typed}" typed in prose; {fix}', RULE)


def _fitting_facts(found: str, pattern: _Patterns) -> list[str]:
    """Citations that would say what was typed."""
    number = _canonical(found)
    words = " ".join(found.lower().split())
    return [*pattern.numbers.get(number, ()), *pattern.phrases.get(words, ())][:3]


def _canonical(found: str) -> str:
    """Digits as YAML has them: no separators or signs, a point before decimals, all zeros."""
    typed = _DIGITS.search(found)
    digits = re.sub(r"[\s'’]", "", typed[0]) if typed else ""
    if re.fullmatch(r"[0-9]{1,3}([.,][0-9]{3})+", digits):
        digits = re.sub(r"[.,]", "", digits)
    digits = digits.replace(",", ".")
    if not re.fullmatch(r"[0-9]+(\.[0-9]+)?", digits):
        return digits
    scale = _SCALE.search(found)
    return _plain(Decimal(digits).scaleb(_SCALES[scale[1].lower()] if scale else 0))


def _plain(number: Decimal) -> str:
    """A number without an exponent or trailing decimal zeros: "4.50" is "4.5"."""
    return format(number.normalize(), "f")


def _dates(event: Event, locale: Locale) -> set[str]:
    """A date as it is said, with and without its year."""
    says = [locale.date(event.date)]
    if misfit(event, "day") is None:
        says.append(locale.day(event.date))
    # A century has its article in English, and prose may have another.
    return {" ".join(said.lower().split()).removeprefix("the ") for said in says}


def _days(passage: Passage, words: str, pattern: _Patterns) -> Iterator[Problem]:
    for match in pattern.days.finditer(words):
        message = f'"{match[0]}" means a day only to who reads it then; cite the date'
        fix = '("{{ id.on }}", or "{{ id.weekday }}" for the day\'s name)'
        yield warning(passage.text.at(match.start()), f"{message} {fix}", WEEKDAY_RULE)
