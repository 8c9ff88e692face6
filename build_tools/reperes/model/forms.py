"""The closed list of forms in which prose may cite a fact, and what each says to a reader."""

from __future__ import annotations

from collections.abc import Callable, Mapping

from reperes.language.locales import Bound, Locale
from reperes.language.typography import in_marks, within_marks
from reperes.model.bearings import Actor, Source
from reperes.model.facts import Claim, Event, Fact, Figure, Quotation
from reperes.model.stated import Stated, StatedNumber
from reperes.text.dates import GREGORIAN_SINCE, FactDate, Precision

Actors = Mapping[str, Actor]
_Say = Callable[[Fact, Locale, Actors], str]


def attribution(fact: Fact | Stated, locale: Locale, actors: Actors) -> str:
    """Who says so, as a formula: "selon l’ONU", or "selon l’ONU et l’OSDH"."""
    names = [actors[actor_id].names[locale.code].according_to for actor_id in fact.attributed_to]
    opening = locale.label("attribution.opening")
    if len(names) > 1 and all(name.startswith(opening) for name in names):
        return opening + locale.list([name.removeprefix(opening) for name in names])
    return locale.list(names)


def spoken_by(fact: Fact, locale: Locale, actors: Actors) -> str:
    """Who said a quotation, as a formula; whoever reports it has not said it."""
    assert isinstance(fact, Quotation)
    return actors[fact.speaker_id].names[locale.code].according_to


def spread(figure: Figure, locale: Locale, actors: Actors) -> str:
    """How far what is given for a figure lies apart: "de 270 000 (ONU) à 330 000 (OSDH)"."""
    given = figure.given_alike
    lowest = min(given, key=lambda number: number.low)
    highest = max(given, key=lambda number: number.high)
    low = locale.cited(lowest.low, lowest.low, _end(lowest), figure.unit)
    high = locale.cited(highest.high, highest.high, _end(highest), figure.unit)
    if lowest is highest:
        by = _named(lowest, locale, actors)
        return locale.from_to("spread.of_one", low, high, by=by)
    return locale.from_to(
        "spread",
        low,
        high,
        low_by=_named(lowest, locale, actors),
        high_by=_named(highest, locale, actors),
    )


def _end(number: StatedNumber) -> Bound:
    """The bound of one end of a number: none of its own where both ends are known."""
    return "exact" if number.bound == "range" else number.bound


def _named(stated: Stated, locale: Locale, actors: Actors) -> str:
    names = [actors[actor_id].names[locale.code].in_prose for actor_id in stated.attributed_to]
    return locale.list(list(map(str, names)))


def in_source(source: Source, locale: Locale) -> str:
    """Where a fact was read: "dans une dépêche d’agence publiée le 4 juillet 2018"."""
    day = source.published
    on = locale.on(day) if day else locale.label("source.in.undated")
    # A type of the explainer's own has a name, and may have no such phrase.
    key = f"source.in.{source.type}"
    return locale.label(key if locale.wording.has(key) else "source.in.other", on=on)


def fact_date(fact: Fact) -> FactDate:
    """The date that a fact is about: a figure's as-of day; when it happened, or was said."""
    if isinstance(fact, Figure):
        return fact.as_of
    assert isinstance(fact, Event | Claim | Quotation)
    return fact.date


def _of_figure(say: Callable[[Figure, Locale], str]) -> _Say:
    def say_figure(fact: Fact, locale: Locale, _: Actors) -> str:
        assert isinstance(fact, Figure)
        return say(fact, locale)

    return say_figure


def _of_quotation(say: Callable[[Quotation, Locale], str]) -> _Say:
    def say_quotation(fact: Fact, locale: Locale, _: Actors) -> str:
        assert isinstance(fact, Quotation)
        return say(fact, locale)

    return say_quotation


def _of_date(say: Callable[[Locale, FactDate], str]) -> _Say:
    return lambda fact, locale, _: say(locale, fact_date(fact))


def _figure(fact: Fact) -> Figure:
    assert isinstance(fact, Figure)
    return fact


CHART = "chart"
"""The form that draws all values of a figure, on a line of its own in a section."""

_SHARED: Mapping[str, _Say] = {
    "by": attribution,
    "label": lambda fact, locale, _: fact.label[locale.code],
    "on": _of_date(Locale.on),
    "date": _of_date(Locale.date),
}
_DATED: Mapping[str, _Say] = {
    **_SHARED,
    "day": _of_date(Locale.day),
    "time": _of_date(Locale.time),
    "weekday": _of_date(Locale.weekday),
}
FORMS: Mapping[type[Fact], Mapping[str, _Say]] = {
    Figure: {
        "": _of_figure(lambda f, locale: locale.cited(f.low, f.high, f.bound, f.unit)),
        "low": _of_figure(lambda f, locale: locale.one(f.low, f.unit)),
        "high": _of_figure(lambda f, locale: locale.one(f.high, f.unit)),
        "number": _of_figure(lambda f, locale: locale.cited(f.low, f.high, _bare(f), f.unit)),
        "between": _of_figure(lambda f, locale: locale.between(f.low, f.high, f.unit)),
        "unit": _of_figure(lambda f, locale: locale.unit(f.unit, f.high)),
        "with_unit": _of_figure(lambda f, locale: locale.with_unit(f.low, f.high, f.bound, f.unit)),
        "words": _of_figure(lambda f, locale: locale.words(f.low, f.high, f.bound, f.unit)),
        "number_words": _of_figure(lambda f, locale: locale.words(f.low, f.high, _bare(f), f.unit)),
        # Where there is room for a chart, the page draws it; elsewhere its name would be there.
        CHART: lambda fact, locale, _: fact.label[locale.code],
        "spread": lambda fact, locale, actors: spread(_figure(fact), locale, actors),
        **_SHARED,
    },
    Event: {"": _of_date(Locale.date), **_DATED},
    Claim: _DATED,
    Quotation: {
        "": _of_quotation(lambda q, locale: in_marks(q.words[locale.code], locale.code)),
        "words": _of_quotation(lambda q, locale: within_marks(q.words[locale.code], locale.code)),
        "original": _of_quotation(lambda q, _: in_marks(q.original, q.language)),
        **_DATED,
        "by": spoken_by,
    },
}
"""What each kind of fact may be cited as; "" is the bare `{{ id }}`."""

BARE_FORMS = frozenset({"", "low", "high", "number", "between", "words", "number_words", "spread"})
"""The forms of a figure that show the value of what is counted without its noun."""

QUOTED_FORMS = frozenset({"", "words", "original"})
"""The forms of a quotation that show what was said, in which no letter is ours to change."""

VALUE_FORMS = (BARE_FORMS - {"spread"}) | {"with_unit"}
"""The forms of a figure that show its value; `by`, `unit`, `label` and dates do not.

`spread` shows those of others too, and names them all.
"""


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
    if form == "spread" and isinstance(fact, Figure) and len(fact.given_alike) < 2:
        return (
            f'"spread" is for figures of which several values are given for one day, and '
            f"{fact.id} has one; write {{{{ {fact.id} }}}}"
        )
    if form == CHART and isinstance(fact, Figure) and len(fact.values) < 2:
        return (
            f'"{CHART}" is for figures with several values, and {fact.id} has one; '
            f"write {{{{ {fact.id} }}}}"
        )
    date = fact_date(fact)
    instead = f"write {{{{ {fact.id}.on }}}}"
    if (form == "weekday" and not date.is_day) or (form == "day" and not _names_days(date)):
        return f'"{form}" is for dates known to the day, and {fact.id} has {date.text}; {instead}'
    if form == "weekday" and not date.has_weekday:
        return (
            f'"weekday" is for days from {GREGORIAN_SINCE} on, when calendars agree, and '
            f"{fact.id} has {date.text}; {instead}"
        )
    if form == "time" and not date.is_of_times:
        return f'"time" is for dates with a time, and {fact.id} has {date.text}; {instead}'
    return None


def _names_days(date: FactDate) -> bool:
    """Whether a date, or both ends of an interval, are known to the day."""
    return all(moment.precision >= Precision.DAY for moment in date.moments)
