"""Figures whose unit prose leaves out: "l’eau coûte 4,28 le mètre cube"."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass

from build_tools.explainer import Explainer
from build_tools.facts import Figure
from build_tools.forms import BARE_FORMS, misfit
from build_tools.locales import MORE_UNIT_FORMS, PERCENT, Locale
from build_tools.problems import Problem, warning
from build_tools.references import Mark, Placeholder, find_marks
from build_tools.rules.lexicon import Lexicon, lexicon
from build_tools.rules.passages import Passage, passages, sentences, visible_words

RULE = "unit"

_SIGN = re.compile(r"[€$£¥%‰°]")
_SIGN_AFTER = re.compile(
    r"[\s*_]*(?:[€$£¥%‰°]|(?:[kM]€|[kMGT]?Wh?|[kcm]?m[²³]?|k?g|ha|h|min|[hcm]?[lL])(?!\w))"
)
_WORD = re.compile(r"[^\W\d_]+(?:-[^\W\d_]+)*")
_NEXT_WORD = re.compile(rf"[\s*_\[“«\"’']*({_WORD.pattern})")
_PERCENT_NAMES = {"percent", "per cent", "pour cent", "point", "points"}


@dataclass(frozen=True)
class _Unit:
    """How prose may name a unit: `names` are single words, such as "euro" and "euros"."""

    names: frozenset[str]
    measured: bool

    def is_named_in(self, words: str) -> bool:
        return any(re.search(rf"(?<!\w){re.escape(n)}(?!\w)", words, re.I) for n in self.names)


def check(explainer: Explainer) -> Iterator[Problem]:
    """Values that prose cites without their unit.

    What is measured (money, degrees, metres) is named in the sentence, or by a sign. What is
    counted may be named by any noun after the number ("330 000 habitants"), or beforehand.
    """
    for passage in passages(explainer):
        if "{{" in passage.text and not passage.plain:
            yield from _check_passage(passage, explainer)


def _check_passage(passage: Passage, explainer: Explainer) -> Iterator[Problem]:
    found, problems = find_marks(passage.text)
    refused = {problem.place for problem in problems}
    marks = [mark for mark in found if mark.place not in refused]
    words = visible_words(passage.text)
    before = ""
    for start, end in sentences(words):
        inside = [mark for mark in marks if start <= mark.start < end]
        yield from _check_sentence(words[start:end], start, before, inside, passage, explainer)
        before = words[start:end]


def _check_sentence(
    words: str,
    start: int,
    before: str,
    marks: list[Mark],
    passage: Passage,
    explainer: Explainer,
) -> Iterator[Problem]:
    locale, lexical = explainer.locales[passage.language], lexicon(passage.language)
    bare: list[tuple[Placeholder, Figure, _Unit]] = []
    named: set[str] = set()
    for mark in marks:
        figure = explainer.figures.get(mark.id) if isinstance(mark, Placeholder) else None
        if figure is None or not isinstance(mark, Placeholder) or misfit(figure, mark.form):
            continue
        if mark.form in ("unit", "with_unit"):
            named.add(figure.unit)
        elif mark.form in BARE_FORMS and _lacks_unit(mark, figure):
            unit = _unit(figure, locale, lexical)
            bare.append((mark, figure, unit))
            after = words[mark.end - start :]
            if (
                unit.is_named_in(words)
                or _SIGN_AFTER.match(after)
                or _SIGN.match(words[: mark.start - start].rstrip()[-1:])
                or (not unit.measured and _names_what_is_counted(after, lexical))
            ):
                # "de 20 à 30 personnes": what is said of one is said of all.
                named.add(figure.unit)
    for mark, figure, unit in bare:
        said = figure.unit in named or (
            not unit.measured
            and (unit.is_named_in(before) or _counts(words, mark.start - start, lexical))
        )
        if not said:
            yield warning(mark.place, _message(mark, figure, unit, locale), RULE)


def _lacks_unit(mark: Placeholder, figure: Figure) -> bool:
    return figure.unit != PERCENT or mark.form in ("low", "high")


def _unit(figure: Figure, locale: Locale, lexical: Lexicon) -> _Unit:
    if figure.unit == PERCENT:
        return _Unit(frozenset(_PERCENT_NAMES), measured=True)
    wording = locale.wording
    keys = [f"unit.{figure.unit}.{form}" for form in ("one", "other", *MORE_UNIT_FORMS)]
    forms = [wording.label(key).split() for key in keys if wording.has(key)]
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


def _names_what_is_counted(after: str, lexical: Lexicon) -> bool:
    """Whether a noun follows: "rebel-held towns", "des maisons", and not "par an"."""
    partitive = False
    position = 0
    while word := _NEXT_WORD.match(after, position):
        small = word[1].lower()
        if small not in lexical.small_words:
            return True
        partitive = partitive or small in lexical.partitives
        if not partitive:
            return False
        position = word.end()
    return False


def _counts(words: str, offset: int, lexical: Lexicon) -> bool:
    """Whether the sentence tells a number of what was named: "le bilan est de", "ils étaient"."""
    if any(re.search(rf"(?<!\w){word}(?!\w)", words, re.I) for word in lexical.counting):
        return True
    *_, last = _WORD.findall(words[:offset]) or [""]
    return last.lower() in lexical.equating


def _message(mark: Placeholder, figure: Figure, unit: _Unit, locale: Locale) -> str:
    if mark.form == "":
        said = locale.with_unit(figure.low, figure.high, figure.bound, figure.unit)
        fix = f'write {{{{ {figure.id}.with_unit }}}} ("{said}")'
    else:
        fix = f"write {mark} {{{{ {figure.id}.unit }}}}"
    # The longest is the plural.
    noun = "%" if figure.unit == PERCENT else max(sorted(unit.names), key=len)
    other = f'say "{noun}" in the same sentence' if unit.measured else "name what it counts"
    return f"{mark} stands without its unit; {fix}, or {other}"
