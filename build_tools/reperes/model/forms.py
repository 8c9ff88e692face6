"""The closed list of forms in which prose may cite a fact, and what each says to a reader."""

from __future__ import annotations

from collections.abc import Callable, Mapping

from reperes.language.locales import Bound, Locale
from reperes.model.facts import Actor, Claim, Event, Fact, Figure, Source, Stated
from reperes.text.dates import FactDate, Precision

Actors = Mapping[str, Actor]
_Say = Callable[[Fact, Locale, Actors], str]


def attribution(fact: Fact | Stated, locale: Locale, actors: Actors) -> str:
    """Who says so, as a formula: "selon l’ONU", or "selon l’ONU et selon l’OSDH"."""
    names = [actors[actor_id].names[locale.code].according_to for actor_id in fact.attributed_to]
    return locale.list(names)


def in_source(source: Source, locale: Locale) -> str:
    """Where a fact was read: "dans une dépêche d’agence publiée le 4 juillet 2018"."""
    day = source.published
    on = locale.on(day) if day else locale.label("source.in.undated")
    return locale.label(f"source.in.{source.type}", on=on)


def fact_date(fact: Fact) -> FactDate:
    """The date that a fact is about: a figure's as-of day, an event's or a claim's date."""
    if isinstance(fact, Figure):
        return fact.as_of
    assert isinstance(fact, Event | Claim)
    return fact.date


def _of_figure(say: Callable[[Figure, Locale], str]) -> _Say:
    def say_figure(fact: Fact, locale: Locale, _: Actors) -> str:
        assert isinstance(fact, Figure)
        return say(fact, locale)

    return say_figure


def _of_date(say: Callable[[Locale, FactDate], str]) -> _Say:
    return lambda fact, locale, _: say(locale, fact_date(fact))


_SHARED: Mapping[str, _Say] = {
    "by": attribution,
    "label": lambda fact, locale, _: fact.label[locale.code],
    "on": _of_date(Locale.on),
    "date": _of_date(Locale.date),
}
_DATED: Mapping[str, _Say] = {
    **_SHARED,
    "day": _of_date(Locale.day),
    "weekday": _of_date(Locale.weekday),
}
FORMS: Mapping[type[Fact], Mapping[str, _Say]] = {
    Figure: {
        "": _of_figure(lambda f, locale: locale.amount(f.low, f.high, f.bound, f.unit)),
        "low": _of_figure(lambda f, locale: locale.number(f.low)),
        "high": _of_figure(lambda f, locale: locale.number(f.high)),
        "number": _of_figure(lambda f, locale: locale.amount(f.low, f.high, _bare(f), f.unit)),
        "between": _of_figure(lambda f, locale: locale.between(f.low, f.high, f.unit)),
        "unit": _of_figure(lambda f, locale: locale.unit(f.unit, f.high)),
        "with_unit": _of_figure(lambda f, locale: locale.with_unit(f.low, f.high, f.bound, f.unit)),
        "words": _of_figure(lambda f, locale: locale.words(f.low, f.high, f.bound, f.unit)),
        "number_words": _of_figure(lambda f, locale: locale.words(f.low, f.high, _bare(f), f.unit)),
        **_SHARED,
    },
    Event: {"": _of_date(Locale.date), **_DATED},
    Claim: _DATED,
}
"""What each kind of fact may be cited as; "" is the bare `{{ id }}`."""

BARE_FORMS = frozenset({"", "low", "high", "number", "between", "words", "number_words"})
"""The forms of a figure that show its value without its unit, a percentage's sign aside."""

VALUE_FORMS = BARE_FORMS | {"with_unit"}
"""The forms of a figure that show its value; `by`, `unit`, `label` and dates do not."""


def _bare(figure: Figure) -> Bound:
    """The bound that adds no word of its own."""
    return "range" if figure.bound == "range" else "exact"


def say(fact: Fact, form: str, locale: Locale, actors: Actors) -> str:
    """The fact in one form, as plain text.

    Raises LookupError for a form that this fact does not have; `misfit` says so beforehand.
    """
    return FORMS[type(fact)][form](fact, locale, actors)


def misfit(fact: Fact, form: str) -> str | None:
    """Why a fact has no such form, as a message for who typed it, or None when it has."""
    known = FORMS[type(fact)]
    noun = type(fact).__name__.lower()
    article = "an" if noun == "event" else "a"
    if form in known:
        return _unfit(fact, form)
    forms = ", ".join(sorted(key for key in known if key))
    if not form:
        return (
            f"{noun} {fact.id} has no value to show; link it with [words](claim:{fact.id}), "
            f"or use one of its forms: {forms}"
        )
    return f'{article} {noun} has no form "{form}"; use one of {forms}'


def _unfit(fact: Fact, form: str) -> str | None:
    if form == "between" and isinstance(fact, Figure) and fact.low == fact.high:
        return f'"between" is for ranges, and {fact.id} is one number; write {{{{ {fact.id} }}}}'
    date = fact_date(fact)
    if (form == "weekday" and not date.is_day) or (form == "day" and not _names_days(date)):
        return (
            f'"{form}" is for dates known to the day, and {fact.id} has {date.text}; '
            f"write {{{{ {fact.id}.on }}}}"
        )
    return None


def _names_days(date: FactDate) -> bool:
    """Whether a date, or both ends of an interval, are known to the day."""
    return all(moment.precision is Precision.DAY for moment in date.moments)
