"""Figures that do not say what the words quoted as their evidence say."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from decimal import Decimal

from reperes.language.lexicon import lexicon
from reperes.language.locales import Locale
from reperes.model.entries import Pin
from reperes.model.explainer import Explainer
from reperes.model.facts import Figure
from reperes.model.stated import StatedNumber
from reperes.text.folding import folded
from reperes.text.problems import Problem, Text, warning

RULE = "evidence"

_NUMBER = re.compile(
    r"(?<![0-9])(?:[0-9]{1,3}(?:[.,'’\s][0-9]{3}(?![0-9]))+|[0-9]+)(?:[.,][0-9]+)?"
)
_GROUPED = re.compile(r"[.,'’\s][0-9]{3}(?![0-9])")
_PERCENT = re.compile(r"%|\bpour cent\b|\bper ?cent\b", re.I)
_MULTIPLES = {"thousand": 3, "mille": 3, "millier": 3, "million": 6, "milliard": 9, "billion": 9}
"""The power of ten of a word after a number, in the singular."""
_WORDED = {
    "bound.about": "about",
    "bound.at_least": "at_least",
    "bound.more_than": "more_than",
    "bound.at_most": "at_most",
    "bound.less_than": "less_than",
    "bound.less_than_things": "less_than",
}
"""The bounds by the labels that word them."""


def check_rest(explainer: Explainer) -> Iterator[Problem]:
    """Numbers and bounds of figures that their evidence, where it holds digits, does not have.

    So it is where the one was corrected and the other was not. Evidence with numbers in words, or
    that says a share as "one in 4", is left alone.
    """
    for figure in explainer.figures.values():
        for stated in figure.values:
            # Of several sources for one number, each may put it in words of its own.
            for pin in stated.pins:
                yield from _check_pin(figure, stated, pin, explainer)


def _check_pin(
    figure: Figure, stated: StatedNumber, pin: Pin, explainer: Explainer
) -> Iterator[Problem]:
    evidence, source = pin.evidence, explainer.sources.get(pin.source_id)
    if evidence is None or source is None:
        return
    numbers = [match[0] for match in _NUMBER.finditer(evidence)]
    words = {word.lower() for word in re.findall(r"[^\W\d_]+", evidence)}
    others = {w for w in words & {*lexicon(source.language).number_words} if not _power(w)}
    share = explainer.unit_kind(figure.unit) == "percent" and not _PERCENT.search(evidence)
    if numbers and not others and not share:
        yield from _check_value(figure, stated, evidence, numbers, words)
        # Of "moins de 18 ans : 12.000", the words before an age bound no number of ours.
        number = next((number for number in numbers if _gives(number, stated)), None)
        locale = explainer.locales.get(source.language)
        if number is not None and locale is not None:
            yield from _check_bound(figure, stated, evidence, number, locale)


def _check_value(
    figure: Figure, stated: StatedNumber, evidence: Text, numbers: Sequence[str], words: set[str]
) -> Iterator[Problem]:
    powers = {0, *map(_power, words)}
    if any(_GROUPED.search(number) for number in numbers):
        # In "270 à 330.000", the first is of thousands too.
        powers.add(3)
    readings = [reading for number in numbers for reading in _readings(number)]
    said = {reading.scaleb(power) for reading in readings for power in powers}
    ends = {stated.low, stated.high}
    missing = [end for end in ends if abs(end) not in said]
    # Five words may have room for one end of a range.
    if not missing or (len(numbers) == 1 and len(missing) < len(ends)):
        return
    found = " and ".join(f'"{number}"' for number in numbers)
    value = f"{stated.low} to {stated.high}" if len(ends) > 1 else str(stated.low)
    message = f"figure {figure.id}: evidence says {found}, and the value is {value}"
    fix = "correct one of them; if readers saw another value, tell them in corrections.yml"
    yield warning(evidence.place, f"{message}; {fix}", RULE)


def _check_bound(
    figure: Figure, stated: StatedNumber, evidence: Text, number: str, locale: Locale
) -> Iterator[Problem]:
    """A problem where the words before a number are those of another bound."""
    words = folded(evidence).lower()
    wordings = {
        folded(locale.label(key, value=number)).lower(): bound for key, bound in _WORDED.items()
    }
    for said, bound in wordings.items():
        denied = re.search(rf"\b(?:pas|not?) {re.escape(said)}", words)
        if bound != stated.bound != "range" and said in words and not denied:
            message = f'figure {figure.id}: evidence says "{said}", and bound is "{stated.bound}"'
            yield warning(evidence.place, f'{message}; write "{bound}"', RULE)


def _gives(number: str, stated: StatedNumber) -> bool:
    """Whether a number is that of a value, or an end of it, by whichever word follows it."""
    ends = {abs(stated.low), abs(stated.high)}
    powers = {0, *_MULTIPLES.values()}
    return any(reading.scaleb(power) in ends for reading in _readings(number) for power in powers)


def _power(word: str) -> int:
    """The power of ten that a number word multiplies by; 0 for any other word."""
    return _MULTIPLES.get(word.removesuffix("s"), 0)


def _readings(number: str) -> Iterator[Decimal]:
    """What a number may mean: "350.000" is thousands in French, and 350 in English."""
    plain = re.sub(r"['’\s]", "", number)
    yield Decimal(re.sub(r"[.,]", "", plain))
    whole, point, decimals = plain.replace(",", ".").rpartition(".")
    if point:
        yield Decimal(f"{whole.replace('.', '')}.{decimals}")
