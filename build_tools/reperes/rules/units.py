"""Figures whose unit prose leaves out, or says twice: "ils étaient 320", "4,28 euros euros"."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass

from reperes.language.lexicon import Lexicon, lexicon
from reperes.language.locales import Locale
from reperes.language.units import UnitWording
from reperes.model.explainer import Explainer
from reperes.model.facts import Figure
from reperes.model.forms import BARE_FORMS, VALUE_FORMS, misfit, say
from reperes.model.references import Mark, Placeholder, faults_in, marks_in
from reperes.model.worded_units import stand_in
from reperes.rules.passages import (
    Passage,
    passages_of,
    passages_of_yaml,
    visible_words,
)
from reperes.text.markup import Span
from reperes.text.problems import Problem, warning
from reperes.text.sentences import sentences

RULE = "unit"

_SIGN_BEFORE = re.compile(r"[€$£¥]\s*$")
_SIGN_AFTER = re.compile(
    r"[\s*_]*(?:[€$£¥%‰°]|(?:[kM]€|[kMGT]?Wh?|[kcm]?m[²³]?|k?g|ha|h|min|[hcm]?[lL])(?!\w))"
)
_REACH = 40
_WORD = re.compile(r"[^\W\d_]+(?:-[^\W\d_]+)*")
_NEXT_WORD = re.compile(rf"[\s*_\[“«\"’']*({_WORD.pattern})")


@dataclass(frozen=True)
class _Unit:
    """How prose may name a unit: `names` are single words, such as "euro" and "euros"."""

    names: frozenset[str]
    measured: bool

    def is_named_in(self, words: str, span: Span) -> bool:
        names = "|".join(map(re.escape, self.names))
        return re.compile(rf"(?<!\w)(?:{names})(?!\w)", re.I).search(words, *span) is not None


def check_section(explainer: Explainer, section_id: str) -> Iterator[Problem]:
    """Values that prose cites without their unit, or with one that they say themselves.

    Of a unit that is counted, a citation is the number alone: where its noun is a measure (years)
    it is named in the sentence, or by a sign; else any noun after the number says what is counted
    ("330 000 habitants"), or one beforehand. Money and measures say their unit themselves.
    """
    yield from _check(passages_of(explainer, section_id), explainer)


def check_rest(explainer: Explainer) -> Iterator[Problem]:
    """The same in the prose of YAML."""
    yield from _check(passages_of_yaml(explainer), explainer)


def _check(passages: Iterable[Passage], explainer: Explainer) -> Iterator[Problem]:
    for passage in passages:
        if "{{" in passage.text and not passage.plain:
            yield from _check_passage(passage, explainer)


def _check_passage(passage: Passage, explainer: Explainer) -> Iterator[Problem]:
    found, problems = marks_in(passage.text), faults_in(passage.text)
    refused = {problem.place for problem in problems}
    marks = [mark for mark in found if mark.place not in refused]
    words = visible_words(passage.text)
    before, after = (0, 0), 0
    for span in sentences(words):
        first = after
        while after < len(marks) and marks[after].start < span[1]:
            after += 1
        if first < after:
            yield from _check_sentence(words, span, before, marks[first:after], passage, explainer)
        before = span


def _check_sentence(
    words: str,
    span: Span,
    before: Span,
    marks: Sequence[Mark],
    passage: Passage,
    explainer: Explainer,
) -> Iterator[Problem]:
    """`words` are the passage's; the sentence is at `span`, and the one before it at `before`."""
    locale, lexical = explainer.locales[passage.language], lexicon(passage.language)
    units: dict[str, _Unit] = {}
    bare: list[tuple[Placeholder, Figure]] = []
    # "De 20 à 30 personnes": what is said of one is said of all.
    named: set[str] = set()
    for mark in marks:
        figure = explainer.figures.get(mark.id) if isinstance(mark, Placeholder) else None
        if figure is None or not isinstance(mark, Placeholder) or misfit(figure, mark.form):
            if isinstance(mark, Placeholder) and mark.form == "unit":
                # The unit of a fact that is misspelt or was refused may be the one that is wanted.
                return
            continue
        if mark.form in ("unit", "with_unit"):
            named.add(figure.unit)
        wording = locale.unit_wording(figure.unit)
        if wording == stand_in(figure.unit):
            continue
        if not wording.is_counted:
            if mark.form in VALUE_FORMS and (again := _said_again(words, mark, marks, wording)):
                yield warning(mark.place, _message_of_two(mark, figure, again, locale), RULE)
            continue
        if mark.form not in BARE_FORMS or figure.unit in named:
            continue
        bare.append((mark, figure))
        unit = _unit(figure, locale, lexical)
        if figure.unit not in units and unit.is_named_in(words, span):
            named.add(figure.unit)
        units[figure.unit] = unit
        if _has_sign(words, mark) or (not unit.measured and _counts_a_noun(words, mark, lexical)):
            named.add(figure.unit)
    left = [(mark, figure) for mark, figure in bare if figure.unit not in named]
    counting = left and _says_a_count(words, span, lexical)
    for mark, figure in left:
        unit = units[figure.unit]
        said = counting or _equates(words, mark, lexical) or unit.is_named_in(words, before)
        if unit.measured or not said:
            yield warning(mark.place, _message(mark, figure, unit, locale), RULE)


def _said_again(words: str, mark: Mark, marks: Sequence[Mark], wording: UnitWording) -> str:
    """What prose says of a unit beside a citation that has said it, or ""."""
    for other in marks:
        is_unit = isinstance(other, Placeholder) and (other.id, other.form) == (mark.id, "unit")
        if is_unit and other.start >= mark.end and not words[mark.end : other.start].strip():
            return str(other)
    if sign := _SIGN_BEFORE.search(words[max(0, mark.start - 3) : mark.start]):
        return sign[0].strip()
    said = {wording.symbol, *wording.forms.values()} - {""}
    names = "|".join(map(re.escape, sorted(said, key=len, reverse=True)))
    noun = re.compile(rf"[\s*_]*((?:de\s+|d['’])?(?:{names}))(?!\w)", re.I) if names else None
    found = noun and noun.match(words, mark.end)
    sign_after = _SIGN_AFTER.match(words, mark.end)
    if found:
        return found[1]
    return sign_after[0].strip(" *_") if sign_after and wording.kind != "ratio" else ""


def _unit(figure: Figure, locale: Locale, lexical: Lexicon) -> _Unit:
    forms = [noun.split() for noun in locale.unit_wording(figure.unit).forms.values()]
    measures = [[word for word in words if _is_measure(word, lexical)] for words in forms]
    fraction = figure.low % 1 or figure.high % 1 or figure.low < 0
    if any(measures) or fraction:
        # The first: of "euro par mètre cube", the euro.
        names = {(found or words)[0] for found, words in zip(measures, forms, strict=True)}
        return _Unit(frozenset(names), measured=True)
    names = {word for words in forms for word in words if word.lower() not in lexical.small_words}
    return _Unit(frozenset(names), measured=False)


def _is_measure(word: str, lexical: Lexicon) -> bool:
    """Whether a word of a unit's wording is a measure's: "euros", "km", "°C"."""
    is_sign = not word.replace("-", "").replace("’", "").isalpha()
    word = word.lower()
    return is_sign or word in lexical.measures or word.removesuffix("s") in lexical.measures


def _has_sign(words: str, mark: Mark) -> bool:
    """Whether a sign or an abbreviation stands at a value: "{{ price }} €", "{{ way }} km"."""
    return bool(_SIGN_BEFORE.search(words[max(0, mark.start - 3) : mark.start])) or bool(
        _SIGN_AFTER.match(words, mark.end)
    )


def _counts_a_noun(words: str, mark: Mark, lexical: Lexicon) -> bool:
    """Whether a noun follows: "rebel-held towns", "des maisons", and not "par an"."""
    partitive = False
    word = _NEXT_WORD.match(words, mark.end)
    while word and word[1].lower() in lexical.small_words:
        partitive = partitive or word[1].lower() in lexical.partitives
        word = _NEXT_WORD.match(words, word.end()) if partitive else None
    return word is not None


def _says_a_count(words: str, span: Span, lexical: Lexicon) -> bool:
    """Whether a sentence tells the number of something: "le bilan est de"."""
    nouns = "|".join(lexical.counting)
    return bool(nouns) and bool(re.compile(rf"(?<!\w)(?:{nouns})(?!\w)", re.I).search(words, *span))


def _equates(words: str, mark: Mark, lexical: Lexicon) -> bool:
    """Whether a value says how many those are that were named: "ils étaient"."""
    *_, last = _WORD.findall(words[max(0, mark.start - _REACH) : mark.start]) or [""]
    return last.lower() in lexical.equating


def _message(mark: Placeholder, figure: Figure, unit: _Unit, locale: Locale) -> str:
    if mark.form == "":
        said = locale.with_unit(figure.low, figure.high, figure.bound, figure.unit)
        fix = f'write {{{{ {figure.id}.with_unit }}}} ("{said}")'
    else:
        fix = f"write {mark} {{{{ {figure.id}.unit }}}}"
    # The longest is the plural.
    noun = max(sorted(unit.names), key=len)
    other = f'say "{noun}" in the same sentence' if unit.measured else "name what it counts"
    return f"{mark} stands without its unit; {fix}, or {other}"


def _message_of_two(mark: Placeholder, figure: Figure, again: str, locale: Locale) -> str:
    said = say(figure, mark.form, locale, {})
    return f'{mark} says its unit itself ("{said}"); remove "{again}"'
