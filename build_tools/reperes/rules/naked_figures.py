"""Figures, dates and days typed in prose, where a citation belongs."""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from decimal import Decimal
from typing import TYPE_CHECKING, NamedTuple

from babel.dates import get_day_names, get_month_names

from reperes.language.lexicon import Lexicon, lexicon
from reperes.language.locales import Locale
from reperes.language.units import shipped_unit_ids
from reperes.language.word_forms import Parts
from reperes.model.explainer import (
    Explainer,
    answered_by_an_explainer,
    once_for_an_explainer,
)
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

if TYPE_CHECKING:
    from reperes.drafts.offering import Offer

RULE = "naked-figure"
_SIGNS = ("€", "$", "£", "¥", "k€", "M€", "Md€", "%", "‰", "°", "°C", "°F", "m²", "m³", "km²")
"""What may follow a number as its unit, whatever units the explainer has."""

_SCALES = {"million": 6, "milliard": 9, "billion": 9, "trillion": 12}
"""The power of ten of a noun after digits, in the singular."""

_SCALE = re.compile(rf"(?i)\b({'|'.join(_SCALES)})s?\b")
_DIGITS = re.compile(r"[0-9](?:[\d.,/:'’\s-]*\d)?")
WEEKDAY_RULE = "weekday"

_MOST_ENTRIES = 10
"""For how many numbers of a text an entry is offered: who typed more wants to see them all."""

_LOOKED_AT = 200
"""How many characters around a number are looked at for what it counts."""


@dataclass(frozen=True)
class _Patterns:
    """What counts as a figure or a day in one language of one explainer.

    `names` are recorded names in which something would else be taken for a figure or a day;
    `numbered` are numbers that are names ("article L. 2224-1", "13e arrondissement", "24/7");
    `counted` is a number word directly before a noun that some figure counts. `nouns` is what such
    nouns begin with; `signs` find what a figure or a day may begin with.
    """

    names: re.Pattern[str] | None
    digits: re.Pattern[str]
    numbered: re.Pattern[str] | None
    counted: re.Pattern[str] | None
    nouns: frozenset[str]
    days: re.Pattern[str]
    signs: Parts[_Signs]

    def find_counted(self, words: str) -> Iterator[re.Match[str]]:
        """What counts a noun; looked for where a number word stands."""
        after = 0
        for offset, signs in self.signs.found_in(words):
            for start in signs.numbers:
                if self.counted is None or offset + start < after:
                    continue
                if found := self.counted.match(words, offset + start):
                    yield found
                    after = found.end()


class _Signs(NamedTuple):
    """What stands in a part of a text: digits, number words, by where they begin, or a day."""

    digits: bool
    numbers: tuple[int, ...]
    days: bool


@dataclass(frozen=True, slots=True)
class _SignsOf:
    """Looks for signs in a part of a text, given the words that numbers and days begin with."""

    number_words: frozenset[str]
    day_words: frozenset[str]

    def __call__(self, part: str) -> _Signs | None:
        words = [(match.start(), match[0].lower()) for match in _WORD.finditer(part)]
        numbers = tuple(start for start, word in words if word in self.number_words)
        days = any(not self.day_words.isdisjoint((w, w.removesuffix("s"))) for _, w in words)
        digits = _DIGIT.search(part) is not None or _ROMAN.search(part) is not None
        return _Signs(digits, numbers, days) if digits or numbers or days else None


@once_for_an_explainer
def _patterns(explainer: Explainer, language: str) -> _Patterns:
    words, locale = lexicon(language), explainer.locales[language]
    nouns = sorted(_unit_nouns(explainer.units_of_figures, locale), key=len, reverse=True)
    days = (*_day_names(locale), *words.relative_days)
    return _Patterns(
        name_pattern(names_like_figures(explainer, language)),
        _digits(explainer.units_of_figures, locale),
        _numbered(words),
        _counted(nouns, words),
        _outer_words(nouns, 0),
        _days_of(locale),
        Parts(_SignsOf(_outer_words(words.number_words, 0), _outer_words(days, -1))),
    )


@answered_by_an_explainer
def names_like_figures(explainer: Explainer, language: str) -> list[str]:
    """The recorded names that hold digits, a number in words or a day."""
    days = _days_of(explainer.locales[language])
    numbers = {word.lower() for word in lexicon(language).number_words}
    return [
        name
        for name in recorded_names(explainer, language)
        if any(character.isdigit() for character in name)
        or not numbers.isdisjoint(re.findall(r"\w+", name.lower()))
        or days.search(name)
    ]


def _day_names(locale: Locale) -> list[str]:
    return [*get_day_names("wide", locale=str(locale.locale)).values()]


def _days_of(locale: Locale) -> re.Pattern[str]:
    relative = [word.replace("’", "['’]") for word in lexicon(locale.code).relative_days]
    return re.compile(rf"\b(?:{'|'.join([*_day_names(locale), *relative])})s?\b", re.I)


def _outer_words(phrases: Iterable[str], index: int) -> frozenset[str]:
    """The word that each phrase begins with (0) or ends with (-1), in small letters."""
    found = (_WORD.findall(phrase.lower()) for phrase in phrases)
    return frozenset(words[index] for words in found if words)


def _digits(units: Iterable[str], locale: Locale) -> re.Pattern[str]:
    months = get_month_names("wide", locale=str(locale.locale)).values()
    month = "|".join(map(re.escape, months))
    number = r"\d+(?:[.,/:'’\u00a0\u202f -]\d+)*"
    # Letters before it make it part of a word, such as COVID-19 or PM2.5.
    start = r"(?<!\w)(?<![A-Z]-)(?<![^\W\d]\d[.,])(?<![^\W\d]\d\d[.,])"
    ordinal = "(?:er|re|e|ème|st|nd|rd|th)?"
    centuries = "|".join(lexicon(locale.code).centuries) or "(?!)"
    date = rf"\s+(?:{month})(?:\s+[0-9]{{4}})?|\s+(?:{centuries})\b"
    roman = rf"(?<!\w)[IVX]+(?:er|e|ème)\s+(?:{centuries})\b"
    # "€35 million", "35 M€", "12 °C": what is said of a number is part of the figure.
    signs = "|".join(map(re.escape, sorted(_unit_signs(units, locale), key=len, reverse=True)))
    scale = rf"\s*(?P<scale>{'|'.join(_SCALES)})s?(?!\w)"
    unit = rf"(?:{scale})?(?:\s*(?:{signs})(?!\w))?"
    before = r"(?:(?<!\w)(?:US|[AC])?[$€£¥]\s?)?"
    arabic = f"{start}(?i:{number}{ordinal}(?:{date}|{unit}))"
    return re.compile(f"{before}(?P<number>{arabic}|{roman})")


_DIGIT = re.compile(r"\d")
_ROMAN = re.compile(r"[IVX](?:er?|ème)$")
_WORD = re.compile(r"\w+")


def _unit_signs(units: Iterable[str], locale: Locale) -> set[str]:
    """What may follow a number as its unit, and is no word: "°C", "M€", "km/h"."""
    symbols = {locale.unit_wording(unit).symbol for unit in {*units, *shipped_unit_ids()}}
    return {*_SIGNS, *(symbols - {""})}


def _numbered(words: Lexicon) -> re.Pattern[str] | None:
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


def _counted(nouns: Sequence[str], words: Lexicon) -> re.Pattern[str] | None:
    if not words.number_words or not nouns:
        return None
    number = "|".join(sorted(words.number_words, key=len, reverse=True))
    joint = rf"[\s-]+(?:(?:{'|'.join(words.number_joints)})[\s-]+)?"
    more = "|".join((number, *words.number_ones))
    links = "|".join(map(re.escape, words.number_links)).replace("’", "['’]")
    noun = "|".join(map(re.escape, nouns))
    return re.compile(
        rf"\b((?:{number})(?:{joint}(?:{more})\b){{0,9}})\s+(?:(?:{links})\s*)?({noun})\b", re.I
    )


def _unit_nouns(units: Iterable[str], locale: Locale) -> set[str]:
    wordings = [locale.unit_wording(unit) for unit in units]
    nouns = {wording.noun(form) for wording in wordings for form in ("one", "other")}
    return {noun for noun in nouns if noun[:1].isalpha()}


@once_for_an_explainer
def _numbers(explainer: Explainer) -> Mapping[str, list[str]]:
    """Citations of figures by their numbers in canonical digits."""
    found: dict[str, list[str]] = defaultdict(list)
    for figure in explainer.figures.values():
        for number in dict.fromkeys((figure.low, figure.high)):
            found[_plain(number)].append(f"{{{{ {figure.id} }}}}")
    return found


@once_for_an_explainer
def _phrases(explainer: Explainer, language: str) -> Mapping[str, list[str]]:
    """Citations by what they say: counted nouns ("deux personnes"), days and dates."""
    found: dict[str, list[str]] = defaultdict(list)
    locale = explainer.locales[language]
    for figure in explainer.figures.values():
        phrase = locale.words(figure.low, figure.low, "exact", figure.unit)
        citation = f"{{{{ {figure.id}.words }}}}"
        if locale.unit_wording(figure.unit).is_counted:
            phrase += f" {locale.unit(figure.unit, figure.low)}"
            citation += f" {{{{ {figure.id}.unit }}}}"
        elif phrase == locale.cited(figure.low, figure.low, "exact", figure.unit):
            continue
        found[" ".join(phrase.lower().split())].append(citation)
    for event in explainer.events.values():
        for said in _dates(event, locale):
            found[said].append(f"{{{{ {event.id}.on }}}}")
    return found


def check_section(explainer: Explainer, section_id: str) -> Iterator[Problem]:
    """Digits, counted number words and weekdays in prose."""
    yield from _check(passages_of(explainer, section_id), explainer)


def check_rest(explainer: Explainer) -> Iterator[Problem]:
    """The same in the prose of YAML."""
    yield from _check(passages_of_yaml(explainer), explainer)


def _check(passages: Iterable[Passage], explainer: Explainer) -> Iterator[Problem]:
    for passage in passages:
        pattern = _patterns(explainer, passage.language)
        words = visible_words(passage.text)
        signs = [found for _, found in pattern.signs.found_in(words)]
        digits, days = any(each.digits for each in signs), any(each.days for each in signs)
        counted = any(each.numbers for each in signs) and _names_noun(words, pattern)
        if counted and pattern.names is None:
            # Names would be blanked, and what stands around them would stand together.
            counted = next(pattern.find_counted(words), None) is not None
        if not (digits or counted or days):
            continue
        words = blank_names(words, pattern.names)
        if pattern.numbered:
            words = blanked(words, (match.span() for match in pattern.numbered.finditer(words)))
        if not explainer.whole:
            words = blanked(words, _unknown_names(passage, explainer))
        typed = [*pattern.digits.finditer(words)] if digits else []
        typed += pattern.find_counted(words) if counted else ()
        for number, match in enumerate(typed):
            yield _problem(passage, match, explainer, with_entry=number < _MOST_ENTRIES)
        if days:
            yield from _days(passage, words, pattern)


def _names_noun(words: str, pattern: _Patterns) -> bool:
    letters = words.lower()
    return any(noun in letters for noun in pattern.nouns)


def _unknown_names(passage: Passage, explainer: Explainer) -> Iterator[Span]:
    """Links to names that were refused or could not be read: "Line 7" may be one of them."""
    known = {"term": explainer.terms, "actor": explainer.actors, "place": explainer.places}
    for mark in marks_in(passage.text):
        if isinstance(mark, Link) and mark.id not in known.get(mark.scheme, (mark.id,)):
            yield mark.start, mark.end


def _problem(
    passage: Passage, match: re.Match[str], explainer: Explainer, with_entry: bool
) -> Problem:
    found, entry = match[0], ""
    fitting = _fitting_facts(found, passage.language, explainer)
    if fitting:
        fix = f"write {' or '.join(fitting)}"
    else:
        fix = 'write it once in facts/ and cite it here ("{{ id }}")'
        offer = _offer(passage, match.start(), explainer) if with_entry else None
        if offer is not None and offer.draft_id:
            accept = f"`reperes propose --accept {offer.draft_id}`"
            fix = f'accept the draft of it ({accept}) and cite that ("{{{{ {offer.draft_id} }}}}")'
        elif offer is not None:
            entry = offer.entry
    typed = re.sub(r"[ \t\n]+", " ", found)
    # A waiver quotes the number, whatever sign stands before it.
    start = match.start("number") if "number" in match.re.groupindex else match.start()
    message = f'"{typed}" typed in prose; {fix}'
    return Problem(passage.text.at(start), message, RULE, entry=entry)


def _offer(passage: Passage, offset: int, explainer: Explainer) -> Offer | None:
    """The entry for a number or a date that no fact says, or the draft of one."""
    # What finds it is loaded only for those who have typed one.
    from reperes.drafts.offering import offer_for

    start = max(0, offset - _LOOKED_AT)
    words = visible_words(passage.text)[start : offset + _LOOKED_AT]
    return offer_for(explainer, words, offset - start, passage.language)


def _fitting_facts(found: str, language: str, explainer: Explainer) -> list[str]:
    """Citations that would say what was typed."""
    number = _canonical(found)
    words = " ".join(found.lower().split())
    numbers, phrases = _numbers(explainer), _phrases(explainer, language)
    return [*numbers.get(number, ()), *phrases.get(words, ())][:3]


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
