"""What an explainer says now, beside what its editions have said, in values and in words."""

from __future__ import annotations

from collections.abc import Collection, Iterator, Mapping, Sequence
from contextlib import suppress
from decimal import Decimal
from typing import NamedTuple, get_args

from reperes.language.locales import Bound, Locale
from reperes.language.typography import in_marks
from reperes.model.editions import State, text_digest
from reperes.model.explainer import (
    Explainer,
    once_for_an_explainer,
)
from reperes.model.facts import Correction
from reperes.model.forms import say
from reperes.model.gone import NAMESPACE_OF
from reperes.model.references import Mark, Placeholder, marks_in, replace_marks
from reperes.model.said import ACTOR_PARTS, PARTS, Said, SaidValue, said_by, with_ids
from reperes.model.short_forms import SIGN_OF
from reperes.text.dates import parse_date
from reperes.text.folding import folded

WITH_PERMALINKS = ("actor", "place", "term", "source")
"""The kinds of entries, beside facts and sections, that readers can link."""

_DATES = ("day", "period")
"""The parts that are dates."""


@once_for_an_explainer
def said_now(explainer: Explainer) -> Mapping[str, Said]:
    """What each fact says now."""
    return {str(key): said_by(fact, explainer.languages) for key, fact in explainer.facts.items()}


@once_for_an_explainer
def state_now(explainer: Explainer) -> State:
    """All that is said now, as an edition would record it."""
    # By its first ids a text is the same, whatever the entries that it cites are called by now.
    first_ids = {
        namespace: {now: ids[0] for now, ids in found.items()}
        for namespace, found in former_ids(explainer).items()
    }
    sections = {
        section_id: {
            version.language: text_digest(*(with_ids(folded(t), first_ids) for t in version.texts))
            for version in explainer.versions(section_id)
        }
        for section_id in explainer.section_ids
    }
    ids = {noun: tuple(map(str, explainer.entries[noun])) for noun in WITH_PERMALINKS}
    ids = {noun: names for noun, names in ids.items() if names}
    return State(said_now(explainer), sections, ids)


@once_for_an_explainer
def successors(explainer: Explainer) -> Mapping[str, Mapping[str, str]]:
    """The ids of what stands for entries that are gone, by namespace, then by their old id."""
    found: dict[str, dict[str, str]] = {}
    for gone in explainer.gone.values():
        for noun in gone.was if gone.now is not None else ():
            found.setdefault(NAMESPACE_OF[noun], {})[str(gone.id)] = str(gone.now)
    return found


@once_for_an_explainer
def former_ids(explainer: Explainer) -> Mapping[str, Mapping[str, Sequence[str]]]:
    """The ids that renamed entries had before, the first one first, by namespace and by id.

    No reason says of them that they are others now.
    """
    found: dict[str, dict[str, list[str]]] = {}
    for gone in explainer.gone.values():
        if gone.now is not None and gone.reason is None:
            for namespace in dict.fromkeys(NAMESPACE_OF[noun] for noun in gone.was):
                ids = found.setdefault(namespace, {}).setdefault(str(gone.now), [])
                ids.append(str(gone.id))
    return found


def ids_ever(explainer: Explainer, namespace: str, entry_id: str) -> Sequence[str]:
    """The id of an entry, and those that it had before."""
    return (entry_id, *former_ids(explainer).get(namespace, {}).get(entry_id, ()))


def last_said(explainer: Explainer, fact_id: str) -> tuple[tuple[int, Said], ...]:
    """As `Ledger.last_said` says, of a fact under whichever id it had then."""
    ledger = explainer.editions
    ids = ids_ever(explainer, "fact", fact_id)
    found = [each for every_id in ids for each in ledger.last_said(every_id)]
    latest = max((number for number, _ in found), default=0)
    return tuple(each for each in found if each[0] == latest)


def corrections_of_page(explainer: Explainer, page_id: str) -> list[Correction]:
    """The corrections of what a page is about or cites, the latest first.

    The list of all of them is no page about any, nor are other lists: each entry has its own there.
    """
    cited = [
        fact_id
        for language in explainer.languages
        for fact_id in explainer.cited_facts(language, page_id)
    ]
    folder, _, figure_id = page_id.partition("/")
    about = [figure_id] if folder == "figures" and figure_id else [page_id]
    ids = dict.fromkeys([*about, *cited])
    found = [correction for each in ids for correction in explainer.corrections_of(each)]
    return sorted(found, key=lambda correction: correction.day.sort_key, reverse=True)


class _Number(NamedTuple):
    low: Decimal
    high: Decimal
    bound: Bound
    unit: str


def _number(value: str) -> _Number:
    """What ">350000 death" says."""
    notation, _, unit = value.partition(" ")
    # The longer signs first, since they begin with the shorter ones.
    bounds: dict[str, Bound] = {SIGN_OF[each]: each for each in get_args(Bound) if each in SIGN_OF}
    sign = next(each for each in sorted(bounds, key=len, reverse=True) if notation.startswith(each))
    low, _, high = notation.removeprefix(sign).partition("..")
    bound = "range" if high else bounds[sign]
    return _Number(Decimal(low), Decimal(high or low), bound, unit)


def in_words(said: Said, names: Collection[str], language: str, explainer: Explainer) -> str:
    """Parts and texts of what a fact said, by the names that `differences` gives them, in words.

    Plain text, with the wording of today. Marks in texts say what they would say now.
    """
    return ", ".join(dict.fromkeys(filter(None, _in_words(said, names, language, explainer))))


def _in_words(
    said: Said, names: Collection[str], language: str, explainer: Explainer
) -> Iterator[str]:
    for path, texts in said.texts.items():
        if path not in names:
            continue
        if path == "original_words":
            yield from texts.values()
            continue
        words = plain_words(texts.get(language, ""), language, explainer)
        yield in_marks(words, language) if path == "words" else words
    yield from _value_in_words(said.noun, said.values[0], names, language, explainer)
    if "values" in names:
        for value in said.values[1:]:
            every = [name for name in PARTS[said.noun] if name != "rank"]
            told = _value_in_words(said.noun, value, every, language, explainer)
            yield ", ".join(filter(None, told))


def _value_in_words(
    noun: str, value: SaidValue, names: Collection[str], language: str, explainer: Explainer
) -> Iterator[str]:
    locale = explainer.locales[language]
    for name, part in zip(PARTS[noun], value, strict=True):
        if name not in names or not part:
            continue
        if name == "value":
            yield _amount(part, locale)
        elif name in _DATES:
            yield locale.date(parse_date(part))
        elif name in ACTOR_PARTS:
            yield _actors(name, part, language, explainer)
        elif name == "place":
            place = explainer.places.get(part)
            yield place.names[language].name if place else part
        elif name == "act":
            yield locale.label(f"act.{part}") if locale.wording.has(f"act.{part}") else part


def _amount(value: str, locale: Locale) -> str:
    low, high, bound, unit = _number(value)
    # Of a unit that is gone, the number is left.
    with suppress(KeyError):
        return locale.with_unit(low, high, bound, unit)
    return f"{SIGN_OF.get(bound, '')}{locale.number(low)}"


def _actors(name: str, ids: str, language: str, explainer: Explainer) -> str:
    locale = explainer.locales[language]
    found = {
        actor_id: actor.names[language] if (actor := explainer.actors.get(actor_id)) else None
        for actor_id in ids.split()
    }
    formula = name == "author"
    return locale.list(
        [
            actor_id if each is None else str(each.according_to if formula else each.in_prose)
            for actor_id, each in found.items()
        ]
    )


def plain_words(text: str, language: str, explainer: Explainer) -> str:
    """A text without its marks: what facts say now, and the words of links."""
    locale = explainer.locales[language]

    def plain(mark: Mark) -> str:
        if not isinstance(mark, Placeholder):
            return mark.text
        fact = explainer.facts.get(mark.id)
        with suppress(LookupError):
            return say(fact, mark.form, locale, explainer.actors) if fact else mark.id
        return mark.id

    return replace_marks(text, marks_in(text), plain)
