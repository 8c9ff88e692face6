"""Whether a rendered value fits the words before it: elision, contraction, doubling, precision."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass

from reperes.language.lexicon import Lexicon, lexicon
from reperes.language.locales import Locale
from reperes.model.cited import said
from reperes.model.explainer import Explainer, once_for_an_explainer
from reperes.model.facts import Event
from reperes.model.forms import fact_date, misfit
from reperes.model.references import Placeholder, marks_in
from reperes.rules.passages import Passage, passages_of, passages_of_yaml
from reperes.text.dates import FactDate
from reperes.text.problems import Problem

RULE = "insertion"
PRECISION_RULE = "precision"
_NO_WORD = re.compile(r"[\s(«“\"\u00a0\u202f]")
_ELIDED_END = re.compile(r"(?:^|[\s(«“\u00a0\u202f])(\w+['’])$")
_SPACE = re.compile(r"[\s\u00a0\u202f]+")
_REACH = 60


def check_section(explainer: Explainer, section_id: str) -> Iterator[Problem]:
    """Every placeholder in prose, with the words before it."""
    yield from _check(passages_of(explainer, section_id), explainer)


def check_rest(explainer: Explainer) -> Iterator[Problem]:
    """The same in the prose of YAML."""
    yield from _check(passages_of_yaml(explainer), explainer)


def _check(passages: Iterable[Passage], explainer: Explainer) -> Iterator[Problem]:
    for passage in passages:
        if "{{" not in passage.text:
            continue
        for mark in marks_in(passage.text):
            if isinstance(mark, Placeholder):
                inserted = _inserted(explainer, passage.language, mark.id, mark.form)
                if inserted is not None:
                    yield from _check_mark(mark, inserted, passage, explainer)


@dataclass(frozen=True, slots=True)
class _Inserted:
    """What a citation says, its first word, its words in small letters, and the date that it is."""

    value: str
    first: str
    words: Sequence[str]
    date: FactDate | None


@once_for_an_explainer
def _inserted(explainer: Explainer, language: str, fact_id: str, form: str) -> _Inserted | None:
    """None where a fact has no such form, or what that needs was not sound enough to be loaded."""
    fact = explainer.facts.get(fact_id)
    if fact is None or misfit(fact, form):
        return None
    if form == "by" and not all(actor in explainer.actors for actor in fact.attributed_to):
        return None
    value = said(explainer, language, fact_id, form)
    words = _SPACE.sub(" ", value).lower().split(" ")
    is_date = form in ("date", "on") or (form == "" and isinstance(fact, Event))
    first = _SPACE.split(value, maxsplit=1)[0]
    return _Inserted(value, first, words, fact_date(fact) if is_date else None)


def _check_mark(
    mark: Placeholder, inserted: _Inserted, passage: Passage, explainer: Explainer
) -> Iterator[Problem]:
    before = passage.text[max(0, mark.start - _REACH) : mark.start]
    if "{{" in before.rpartition("}}")[2]:
        # Braces that are not closed, of which `references` speaks, are no words.
        return
    words, last = lexicon(passage.language), _last_word(before)
    if inserted.date is not None and last is not None and last.lower() in words.day_words:
        locale = explainer.locales[passage.language]
        if not _fits_day(inserted.date, inserted.value, locale):
            message = f'"{last} {mark}" says a day, and the date is {inserted.date.text}'
            fix = f"write {{{{ {mark.id}.on }}}} alone"
            yield Problem(mark.place, f"{message}; {fix}", PRECISION_RULE)
            return
    if fault := _misfit_before(before, last, inserted, words):
        found, right = fault
        yield Problem(mark.place, f'{mark} makes "{found}"; write "{right}"', RULE)


def _fits_day(date: FactDate, value: str, locale: Locale) -> bool:
    """Whether a date may stand behind a word that makes a day of it."""
    # "On" before "21:30 on 4 July" says the day twice; "le" before "4 juillet à 21 h 30" does not.
    return date.is_day and (not date.is_of_times or value.startswith(locale.date(date.day)))


def _last_word(before: str) -> str | None:
    """The word that ends a text, before its last spaces."""
    words = before.rstrip()
    if not words or len(words) == len(before):
        return None
    return _NO_WORD.split(words.rsplit(None, 1)[-1])[-1] or None


def _misfit_before(
    before: str, last: str | None, inserted: _Inserted, words: Lexicon
) -> tuple[str, str] | None:
    """What stands there and what should, or None where the value fits."""
    said, first = inserted.value, inserted.first
    elided = _ELIDED_END.search(before) if before.endswith(("'", "’")) else None
    if elided:
        return _wrongly_elided(elided[1], said, first, words)
    if last is None:
        return None
    word = last.lower()
    if (word, first) in words.contracted:
        right = words.contracted[word, first] + said[len(first) :]
        return f"{last} {said}", right
    if word in words.elided and _begins_with_vowel(said, first, words):
        return f"{last} {said}", f"{words.elided[word]}{said}"
    return _doubled(before, inserted)


def _begins_with_vowel(said: str, first: str, words: Lexicon) -> bool:
    return said[:1].lower() in words.vowels and first.lower() not in words.unelided


def _wrongly_elided(typed: str, said: str, first: str, words: Lexicon) -> tuple[str, str] | None:
    full = {short: full for full, short in words.elided.items() if full != "la"}
    whole = full.get(typed.lower().replace("'", "’"))
    if whole is None or _begins_with_vowel(said, first, words):
        return None
    if (whole, first) in words.contracted:
        return f"{typed}{said}", words.contracted[whole, first] + said[len(first) :]
    return f"{typed}{said}", f"{whole} {said}"


def _doubled(before: str, inserted: _Inserted) -> tuple[str, str] | None:
    """The longest run of words that ends the text and begins the value."""
    starts, said = inserted.words, inserted.value
    letters = before.lower()
    if not starts[0].isalpha() or starts[0] not in letters:
        return None
    ends = _SPACE.sub(" ", letters).strip().split(" ")
    for count in (3, 2, 1):
        if len(starts) >= count and ends[-count:] == starts[:count]:
            return f"{' '.join(ends[-count:])} {said}", said
    return None
