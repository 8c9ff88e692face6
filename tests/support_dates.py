"""Dates of every form, for property tests."""

from __future__ import annotations

from hypothesis import strategies as st

from reperes.text.dates import DateError, FactDate, parse_date
from reperes.text.days import CalendarDay


def is_accepted(text: str) -> bool:
    try:
        parse_date(text)
    except DateError:
        return False
    return True


def days() -> st.SearchStrategy[str]:
    return st.integers(-3_600_000, 3_600_000).map(lambda n: str(CalendarDay.from_ordinal(n)))


def plain() -> st.SearchStrategy[str]:
    """Days, months and years."""
    return st.builds(lambda day, parts: day.rsplit("-", parts)[0], days(), st.integers(0, 2))


def moments() -> st.SearchStrategy[str]:
    years = days().map(lambda day: day.rsplit("-", 2)[0])
    seasons = st.builds("{}-{}".format, years, st.integers(21, 24))
    times = st.builds(
        "{}T{:02}:{:02}{}".format,
        days(),
        st.integers(0, 23),
        st.integers(0, 59),
        st.sampled_from(["Z", "+03:00", "-03:30", "+14:00", "-12:00"]),
    )
    decades = years.map(lambda year: f"{year[:-1]}X").filter(is_accepted)
    centuries = years.map(lambda year: f"{year[:-2]}XX")
    kinds = plain() | seasons | times | decades | centuries
    return st.builds("{}{}".format, kinds, st.sampled_from(["", "~"]))


def dates() -> st.SearchStrategy[FactDate]:
    """Dates of every form, about as many of each."""
    closed = st.builds("{}/{}".format, moments(), moments())
    open_ends = moments().map("{}/..".format) | moments().map("../{}".format)
    bounds = plain().map("[..{}]".format) | plain().map("[{}..]".format)
    typed = moments() | closed | open_ends | bounds
    return typed.filter(is_accepted).map(parse_date)
