"""What a chart shows, in sentences for those who cannot see it, or who read before they look."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass

from reperes.drawings.figure_series import (
    Names,
    Series,
    contradictions,
    in_order_of_time,
    is_over_time,
    series_of,
    time_of,
)
from reperes.drawings.time_chart import axis_over_time
from reperes.language.locales import Locale
from reperes.language.typography import typeset
from reperes.model.explainer import Explainer
from reperes.model.facts import Figure
from reperes.model.forms import attribution
from reperes.model.stated import StatedNumber
from reperes.text.dates import Extent, FactDate, Moment
from reperes.text.markup import with_capital

MOST_TOLD = 3
"""Up to so many contradictions, gaps and values set aside are told one by one."""

MOST_SERIES = 6
"""Up to so many series are told one by one: from which value to which."""


@dataclass(frozen=True)
class Reading:
    """Sentences, plain: the first to be read before the chart, and what is to be known beside."""

    caption: str
    notes: tuple[str, ...]


def chart_reading(explainer: Explainer, locale: Locale, figure: Figure) -> Reading:
    """What the chart of a figure with several values shows."""
    words = _Words(explainer, locale, figure)
    said: Iterable[str] = [locale.label("chart.none_held")]
    if not all(value.is_deprecated for value in figure.values):
        said = words.over_time() if is_over_time(figure) else words.compared()
    return Reading(
        caption=" ".join(_sentence(each, locale) for each in said),
        notes=tuple(_sentence(each, locale) for each in words.notes()),
    )


def _sentence(said: str, locale: Locale) -> str:
    return typeset(locale.label("chart.sentence", said=with_capital(said)), locale.code)


class _Words:
    """The sentences of one figure in one language, without capitals and full stops."""

    def __init__(self, explainer: Explainer, locale: Locale, figure: Figure) -> None:
        self._explainer = explainer
        self._locale = locale
        self._figure = figure
        self._names = Names(explainer, locale, figure)
        self._series = [each for each in series_of(figure) if each.held]
        self._held = in_order_of_time(value for value in figure.values if not value.is_deprecated)

    def over_time(self) -> Iterator[str]:
        moments = [moment for value in self._held for moment in time_of(value).moments]
        first = min(moments, key=lambda moment: moment.first)
        last = max(moments, key=lambda moment: moment.last)
        yield self._joined(self._how_many(), self._between(first, last))
        yield from self._courses()
        if self._figure.rivals:
            yield from self._preferred()

    def compared(self) -> Iterator[str]:
        has_one_time = len({time_of(value).text for value in self._held}) == 1
        how = "places" if self._names.has_places else "authors"
        by = self._locale.label(f"chart.by.{how}")
        is_told = self._names.has_places or self._names.has_authors
        on = self._on(self._held[0]) if has_one_time else ""
        yield self._joined(self._how_many(), by if is_told else "", on)
        yield from self._extremes(said_when=not has_one_time)
        yield from self._preferred()

    def notes(self) -> Iterator[str]:
        """Where values do not agree, where there are none, which do not hold, how it is drawn."""
        if is_over_time(self._figure):
            yield from self._contradictions()
            yield from self._gaps()
        yield from self._set_aside()
        if is_over_time(self._figure) and (axis := axis_over_time(self._figure)).is_cut:
            bottom = self._locale.with_unit(axis.bottom, axis.bottom, "exact", self._figure.unit)
            yield self._locale.label("chart.cut", bottom=bottom)

    def _how_many(self) -> str:
        """ "5 valeurs selon le Courrier"; of several authors, or for several places."""
        locale = self._locale
        values = locale.counted("chart.values", len(self._held))
        if not self._names.has_authors:
            return locale.label("chart.values.by", values=values, by=self._by(self._held[0]))
        if self._names.has_places:
            return values
        authors = len({value.attributed_to for value in self._held})
        return locale.counted("chart.values.of", authors, values=values)

    def _between(self, start: Moment, end: Moment) -> str:
        """From one time to another, or the one where both are alike."""
        if (start.first, start.last) == (end.first, end.last):
            return self._locale.on(FactDate(start.text, (start,)))
        both = FactDate(f"{start.text}/{end.text}", (start, end), Extent.INTERVAL)
        return self._locale.on(both)

    def _courses(self) -> Iterator[str]:
        """From the first value to the last, series by series, and what lies beyond all of these."""
        if len(self._series) == 1:
            (only,) = self._series
            yield self._course(only)
            yield from self._extremes(but=_ends(only))
        elif len(self._series) <= MOST_SERIES:
            for each in self._series:
                name, said = self._names.of(each), self._course(each)
                yield self._locale.label("chart.of", name=name, said=said)
            yield from self._extremes(but=[end for each in self._series for end in _ends(each)])
        else:
            yield from self._extremes()

    def _course(self, series: Series) -> str:
        """ "De 12 en 1990 à 30 en 2018": in one phrase, where both are one number of one moment."""
        first, last = _ends(series)
        if first is last:
            return self._value(first, is_named=False)
        if not (_is_plain(first) and _is_plain(last)):
            values = {"first": self._value(first, is_named=False)}
            values["last"] = self._value(last, is_named=False)
            return self._locale.label("chart.first_and_last", **values)
        return self._locale.from_to(
            "chart.from_to",
            self._amount(first),
            self._locale.amount(last.low, last.high, last.bound, self._figure.unit),
            low_on=self._when(first),
            high_on=self._when(last),
        )

    def _extremes(
        self, but: Sequence[StatedNumber] = (), *, said_when: bool = True
    ) -> Iterator[str]:
        """The highest value and the lowest, unless they are among those that have been told."""
        highest = max(self._held, key=lambda value: value.high)
        lowest = min(self._held, key=lambda value: value.low)
        if (highest.low, highest.high) == (lowest.low, lowest.high):
            if not but and len(self._held) > 1:
                yield self._locale.label("chart.all_alike")
            return
        values = {
            key: self._value(value, is_dated=said_when)
            for key, value, told in (
                ("highest", highest, [value.high for value in but]),
                ("lowest", lowest, [value.low for value in but]),
            )
            if getattr(value, "high" if key == "highest" else "low") not in told
        }
        if len(values) == 2:
            yield self._locale.label("chart.highest_and_lowest", **values)
        for key, value in values.items():
            if len(values) == 1:
                yield self._locale.label(f"chart.{key}", value=value)

    def _preferred(self) -> Iterator[str]:
        if self._figure.stated.rank == "preferred":
            yield self._locale.label("chart.preferred", value=self._value(self._figure.stated))

    def _contradictions(self) -> Iterator[str]:
        found = contradictions(self._figure)
        for values in found[:MOST_TOLD]:
            told = [
                self._locale.label("chart.said_by", amount=self._amount(value), by=self._by(value))
                for value in values
            ]
            yield self._locale.label(
                "chart.contradiction",
                on=self._noted(self._locale.on(time_of(values[0])), self._place(values[0])),
                values=self._listed(told),
            )
        if len(found) > MOST_TOLD:
            yield self._locale.counted("chart.contradictions", len(found) - MOST_TOLD)

    def _gaps(self) -> Iterator[str]:
        for series in self._series:
            gaps = [
                self._between(time_of(before).moments[-1], time_of(after).moments[0])
                for before, after in series.gaps
            ]
            if gaps:
                told = self._locale.label("chart.gap", on=self._locale.list(gaps))
                is_alone = len(self._series) == 1
                name = self._names.of(series)
                yield told if is_alone else self._locale.label("chart.of", name=name, said=told)

    def _set_aside(self) -> Iterator[str]:
        found = [value for value in self._figure.values if value.is_deprecated]
        if found:
            told = self._listed(map(self._value, found[:MOST_TOLD]))
            if len(found) > MOST_TOLD:
                told = self._locale.label("chart.among_others", values=told)
            yield self._locale.counted("chart.set_aside", len(found), values=told)

    def _value(self, value: StatedNumber, *, is_named: bool = True, is_dated: bool = True) -> str:
        """A number with its unit, its time, its place and whose it is, where these are told."""
        when = self._when(value, is_named=is_named, is_dated=is_dated)
        return self._locale.label("chart.value", amount=self._amount(value), when=when).strip()

    def _when(self, value: StatedNumber, *, is_named: bool = False, is_dated: bool = True) -> str:
        """When it was; in brackets what else is to be known of it.

        A day that we worked out is said to be, lest it be put in the mouth of an author.
        """
        on = self._locale.on(time_of(value)) if is_dated else ""
        by = self._by(value) if self._names.has_authors else ""
        notes = [self._place(value), by] if is_named else []
        return self._noted(on, self._derived(value) if is_dated else "", *notes)

    def _on(self, value: StatedNumber) -> str:
        return self._noted(self._locale.on(time_of(value)), self._derived(value))

    def _noted(self, said: str, *notes: str) -> str:
        told = [note for note in notes if note]
        if not told:
            return said
        return self._locale.label("chart.noted", said=said, notes=self._listed(told)).strip()

    def _derived(self, value: StatedNumber) -> str:
        is_derived = value.derived is not None and value.period is None
        return self._locale.label("strip.derived") if is_derived else ""

    def _place(self, value: StatedNumber) -> str:
        return self._names.place(value) if self._names.has_places else ""

    def _amount(self, value: StatedNumber) -> str:
        return self._locale.with_unit(value.low, value.high, value.bound, self._figure.unit)

    def _by(self, value: StatedNumber) -> str:
        return attribution(value, self._locale, self._explainer.actors)

    def _joined(self, *said: str) -> str:
        return self._locale.label("chart.comma").join(filter(None, said))

    def _listed(self, said: Iterable[str]) -> str:
        return self._locale.label("chart.next").join(said)


def _ends(series: Series) -> tuple[StatedNumber, StatedNumber]:
    return series.held[0], series.held[-1]


def _is_plain(value: StatedNumber) -> bool:
    """Whether "from this one to another" can be said: "de 2 à 5 en 2018 à 9" could not."""
    return value.bound != "range" and time_of(value).extent is Extent.MOMENT
