"""Whether a rendered value fits the words before it: elision, contraction, doubling, precision."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator

from reperes.language.lexicon import Lexicon, lexicon
from reperes.language.locales import Locale
from reperes.model.cited import said
from reperes.model.explainer import Explainer
from reperes.model.facts import Event, Fact
from reperes.model.forms import fact_date, misfit
from reperes.model.references import Placeholder, marks_in
from reperes.rules.passages import Passage, passages_of, passages_of_yaml
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
                yield from _check_mark(mark, passage, explainer)


def _check_mark(mark: Placeholder, passage: Passage, explainer: Explainer) -> Iterator[Problem]:
    fact = explainer.facts.get(mark.id)
    if fact is None or misfit(fact, mark.form) or not _can_say(mark, explainer):
        return
    locale = explainer.locales[passage.language]
    value = said(explainer, passage.language, mark.id, mark.form)
    before = passage.text[max(0, mark.start - _REACH) : mark.start]
    if "{{" in before.rpartition("}}")[2]:
        # Braces that are not closed, of which `references` speaks, are no words.
        return
    words = lexicon(passage.language)
    if day_word := _says_day(before, mark, fact, value, locale):
        message = f'"{day_word} {mark}" says a day, and the date is {fact_date(fact).text}'
        yield Problem(mark.place, f"{message}; write {{{{ {mark.id}.on }}}} alone", PRECISION_RULE)
    elif fault := _misfit_before(before, value, words):
        found, right = fault
        yield Problem(mark.place, f'{mark} makes "{found}"; write "{right}"', RULE)


def _says_day(before: str, mark: Placeholder, fact: Fact, value: str, locale: Locale) -> str | None:
    """The word before a date that makes a day of it, where the date is no day."""
    is_date = mark.form in ("date", "on") or (mark.form == "" and isinstance(fact, Event))
    last = _last_word(before) if is_date else None
    if last is None or last.lower() not in lexicon(locale.code).day_words:
        return None
    date = fact_date(fact)
    # "On" before "21:30 on 4 July" says the day twice; "le" before "4 juillet à 21 h 30" does not.
    fits = date.is_day and (not date.is_of_times or value.startswith(locale.date(date.day)))
    return None if fits else last


def _last_word(before: str) -> str | None:
    """The word that ends a text, before its last spaces."""
    words = before.rstrip()
    return _NO_WORD.split(words)[-1] or None if len(words) < len(before) else None


def _can_say(mark: Placeholder, explainer: Explainer) -> bool:
    """Whether what the form needs was sound enough to be loaded."""
    fact = explainer.facts[mark.id]
    return mark.form != "by" or all(actor in explainer.actors for actor in fact.attributed_to)


def _misfit_before(before: str, said: str, words: Lexicon) -> tuple[str, str] | None:
    """What stands there and what should, or None where the value fits."""
    first = _SPACE.split(said, maxsplit=1)[0]
    elided = _ELIDED_END.search(before) if before.endswith(("'", "’")) else None
    if elided:
        return _wrongly_elided(elided[1], said, first, words)
    last = _last_word(before)
    if last is None:
        return None
    word = last.lower()
    if (word, first) in words.contracted:
        right = words.contracted[word, first] + said[len(first) :]
        return f"{last} {said}", right
    if word in words.elided and _begins_with_vowel(said, first, words):
        return f"{last} {said}", f"{words.elided[word]}{said}"
    return _doubled(before, said)


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


def _doubled(before: str, said: str) -> tuple[str, str] | None:
    """The longest run of words that ends the text and begins the value."""
    starts = _SPACE.sub(" ", said).lower().split(" ")
    if not starts[0].isalpha():
        return None
    ends = _SPACE.sub(" ", before).strip().lower().split(" ")
    for count in (3, 2, 1):
        if len(starts) >= count and ends[-count:] == starts[:count]:
            return f"{' '.join(ends[-count:])} {said}", said
    return None
