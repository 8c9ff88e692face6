"""Dates: what the subset of EDTF accepts, what it means, and what refused text is answered."""

from __future__ import annotations

import datetime
import re

import pytest
from hypothesis import given
from hypothesis import strategies as st

from reperes.text.dates import DateError, FactDate, Precision, parse_date
from reperes.text.problems import Place, Text

ACCEPTED = [
    # text, first, last, iso
    ("2018-07-04", "2018-07-04", "2018-07-04", "2018-07-04"),
    ("2018-07", "2018-07-01", "2018-07-31", "2018-07"),
    ("2018", "2018-01-01", "2018-12-31", "2018"),
    ("2020-02", "2020-02-01", "2020-02-29", "2020-02"),
    ("0476-09-04", "0476-09-04", "0476-09-04", "0476-09-04"),
    ("9999", "9999-01-01", "9999-12-31", "9999"),
    ("2018-06-30~", "2018-06-30", "2018-06-30", None),
    ("2018-06~", "2018-06-01", "2018-06-30", None),
    ("2018-06-19/2018-07-04", "2018-06-19", "2018-07-04", None),
    ("2018-06-19~/2018-07-04~", "2018-06-19", "2018-07-04", None),
    ("2018-06-19/2018-07", "2018-06-19", "2018-07-31", None),
    ("2018-07-19/2018-07", "2018-07-19", "2018-07-31", None),
    ("2015/2018", "2015-01-01", "2018-12-31", None),
    ("2018/2018-01-01", "2018-01-01", "2018-01-01", None),
    ("2018-06-19/..", "2018-06-19", None, None),
    ("2018-06~/..", "2018-06-01", None, None),
]

AS_SHAPES = 'write it as "2018-07-04", "2018-07" or "2018"'
REFUSED = [
    # Another order or another punctuation
    ("04/07/2018", 'expected a date, found "04/07/2018"; write "2018-07-04"'),
    ("25/07/2018", 'expected a date, found "25/07/2018"; write "2018-07-25"'),
    ("07/25/2018", 'expected a date, found "07/25/2018"; write "2018-07-25"'),
    ("4.7.2018", 'expected a date, found "4.7.2018"; write "2018-07-04"'),
    ("07/2018", 'expected a date, found "07/2018"; write "2018-07"'),
    ("2018/07/04", 'expected a date, found "2018/07/04"; write "2018-07-04"'),
    ("2018/07", 'expected a date, found "2018/07"; write "2018-07"'),
    ("2018-7-4", 'expected a date, found "2018-7-4"; write "2018-07-04"'),
    ("20180704", 'expected a date, found "20180704"; write "2018-07-04"'),
    # Words
    ("4 juillet 2018", 'expected a date, found "4 juillet 2018"; write "2018-07-04"'),
    ("le 1er août 2018", 'expected a date, found "le 1er août 2018"; write "2018-08-01"'),
    ("juil. 2018", 'expected a date, found "juil. 2018"; write "2018-07"'),
    ("4 July 2018", 'expected a date, found "4 July 2018"; write "2018-07-04"'),
    ("July 4th, 2018", 'expected a date, found "July 4th, 2018"; write "2018-07-04"'),
    ("hier", f'expected a date, found "hier"; {AS_SHAPES}'),
    # Spaces
    (" 2018-07-04", 'expected a date, found " 2018-07-04"; write "2018-07-04"'),
    ("2018-07-04\n", 'expected a date, found "2018-07-04\\n"; write "2018-07-04"'),
    (
        "4\u00a0juillet 2018",
        'expected a date, found "4\\xa0juillet 2018"; write "2018-07-04"',
    ),
    # About
    ("~2018", 'expected a date, found "~2018"; write "2018~"'),
    ("2018-06-30?", 'expected a date, found "2018-06-30?"; write "2018-06-30~"'),
    (
        "vers le 30 juin 2018",
        'expected a date, found "vers le 30 juin 2018"; write "2018-06-30~"',
    ),
    ("2018-06-XX", 'expected a date, found "2018-06-XX"; write "2018-06"'),
    # More precise than we are
    (
        "2018-07-04T20:30:00Z",
        'a date stops at the day, found "2018-07-04T20:30:00Z"; write "2018-07-04"',
    ),
    (
        "2018-07-04 20h30",
        'a date stops at the day, found "2018-07-04 20h30"; write "2018-07-04"',
    ),
    ("x" * 40, f'expected a date, found "{"x" * 40}"; {AS_SHAPES}'),
    ("x" * 41, f'expected a date, found "{"x" * 39}…"; {AS_SHAPES}'),
    (
        "2018-07-04" + " " * 50 + "Z",
        f'expected a date, found "2018-07-04{" " * 29}…"; {AS_SHAPES}',
    ),
    (
        "vers le 30~/30 juin 2018",
        f'expected a date, found "vers le 30~/30 juin 2018"; {AS_SHAPES}',
    ),
    (
        "2018-06-30~/2018-06-30",
        (
            "the interval begins and ends on the same date, "
            'found "2018-06-30~/2018-06-30"; write "2018-06-30~"'
        ),
    ),
    # What the calendar does not have
    (
        "2018-06-31",
        '2018-06 has no day 31, found "2018-06-31"; write a day from 01 to 30',
    ),
    (
        "2018-02-29",
        '2018-02 has no day 29, found "2018-02-29"; write a day from 01 to 28',
    ),
    ("2018-07-00", '2018-07 has no day 00, found "2018-07-00"; write "2018-07"'),
    ("2018-13", 'there is no month 13, found "2018-13"; write a month from 01 to 12'),
    ("2018-25-07", 'there is no month 25, found "2018-25-07"; write "2018-07-25"'),
    (
        "0000-07-04",
        'there is no year 0000, found "0000-07-04"; write a year from 0001 to 9999',
    ),
    # Intervals
    (
        "2018-07-04/2018-06-19",
        (
            'the interval ends before it begins, found "2018-07-04/2018-06-19"; '
            'write "2018-06-19/2018-07-04"'
        ),
    ),
    (
        "2018-07-04/2018-07-04",
        (
            "the interval begins and ends on the same date, "
            'found "2018-07-04/2018-07-04"; write "2018-07-04"'
        ),
    ),
    (
        "../2018-07-04",
        (
            'an interval begins with a date, found "../2018-07-04"; '
            'write the date it began before the "/"'
        ),
    ),
    (
        "/2018",
        'an interval begins with a date, found "/2018"; write the date it began before the "/"',
    ),
    (
        "2018-06-19/",
        'an interval ends with a date or "..", found "2018-06-19/"; write "2018-06-19/.."',
    ),
    (
        "2018-06-19 / 2018-07-04",
        'expected a date, found "2018-06-19 / 2018-07-04"; write "2018-06-19/2018-07-04"',
    ),
    ("2018-06-19/30", 'expected a date, found "2018-06-19/30"; write "2018-06-19/2018-06-30"'),
    ("2015-2018", 'expected a date, found "2015-2018"; write "2015/2018"'),
    (
        "du 19 juin 2018 au 4 juillet 2018",
        'expected a date, found "du 19 juin 2018 au 4 juillet 2018"; write "2018-06-19/2018-07-04"',
    ),
    (
        "2015/2016/2017/2018",
        f'expected a date, found "2015/2016/2017/2018"; {AS_SHAPES}',
    ),
    # Nothing, and too much
    ("", f'expected a date, found ""; {AS_SHAPES}'),
    ("٢٠١٨", f'expected a date, found "٢٠١٨"; {AS_SHAPES}'),
    ("2018-07-04" * 9, f'expected a date, found "{("2018-07-04" * 9)[:39]}…"; {AS_SHAPES}'),
]


def day(iso: str | None) -> datetime.date | None:
    return None if iso is None else datetime.date.fromisoformat(iso)


@pytest.mark.parametrize(("text", "first", "last", "iso"), ACCEPTED)
def test_accepted_dates_have_bounds(
    text: str, first: str, last: str | None, iso: str | None
) -> None:
    date = parse_date(text)
    assert (date.text, date.first, date.last, date.iso) == (text, day(first), day(last), iso)


@pytest.mark.parametrize(("text", "message"), REFUSED)
def test_refused_dates_are_answered(text: str, message: str) -> None:
    with pytest.raises(DateError, match=f"^{re.escape(message)}$"):
        parse_date(text)


def test_a_moment_has_the_precision_it_was_typed_with() -> None:
    typed = ["2018", "2018-07", "2018-07-04"]
    precisions = [parse_date(text).precision for text in typed]
    assert precisions == [Precision.YEAR, Precision.MONTH, Precision.DAY]
    assert precisions == sorted(precisions)


def test_about_belongs_to_the_moment_it_follows() -> None:
    date = parse_date("2018-06-19/2018-07-04~")
    assert date.end is not None
    assert (date.start.approximate, date.end.approximate) == (False, True)
    assert not date.approximate


@pytest.mark.parametrize(
    ("text", "is_interval", "is_day"),
    [
        ("2018-07-04", False, True),
        ("2018-07-04~", False, False),
        ("2018-07", False, False),
        ("2018-06-19/2018-07-04", True, False),
        ("2018-06-19/..", True, False),
    ],
)
def test_what_kind_of_date_it_is(text: str, is_interval: bool, is_day: bool) -> None:
    date = parse_date(text)
    assert (date.is_interval, date.is_day) == (is_interval, is_day)


def test_dates_sort_on_their_first_day_then_on_their_last() -> None:
    in_order = [
        "2017",
        "2018-06-19",
        "2018-06-19~",
        "2018-06-19/2018-07-04",
        "2018-06-19/..",
        "2018-07-01",
        "2018-07",
        "2018-07~",
        "2018-07-04",
    ]
    backwards = [parse_date(text) for text in reversed(in_order)]
    assert [date.text for date in sorted(backwards, key=lambda date: date.sort_key)] == in_order


def test_the_text_of_a_date_forgets_where_it_was_typed() -> None:
    typed = Text("2018-07-04", Place("content/facts/events.yml", 3, 11))
    assert type(parse_date(typed).text) is str


def test_an_error_holds_its_suggestion() -> None:
    with pytest.raises(DateError) as caught:
        parse_date("4 juillet 2018")
    assert caught.value.suggestion == "2018-07-04"


# Properties


def read(text: str) -> FactDate | DateError:
    try:
        return parse_date(text)
    except DateError as error:
        return error


def moments() -> st.SearchStrategy[str]:
    days = st.dates().map(datetime.date.isoformat)
    lengths = st.sampled_from([4, 7, 10])
    about = st.sampled_from(["", "~"])
    return st.builds(lambda day, length, about: day[:length] + about, days, lengths, about)


def dates() -> st.SearchStrategy[FactDate]:
    intervals = st.builds("{}/{}".format, moments(), st.just("..") | moments())
    return (moments() | intervals).filter(is_accepted).map(parse_date)


def is_accepted(text: str) -> bool:
    return isinstance(read(text), FactDate)


NEARLY_DATES = st.text(alphabet="0123456789-/.~?T: jule", max_size=30)


@given(st.text() | NEARLY_DATES)
def test_any_text_is_a_date_or_a_date_error(text: str) -> None:
    result = read(text)
    assert isinstance(result, DateError) or result.text == text


@given(st.text() | NEARLY_DATES)
def test_what_an_error_suggests_is_a_date(text: str) -> None:
    result = read(text)
    if isinstance(result, DateError):
        assert "\n" not in str(result)
        assert result.suggestion is None or parse_date(result.suggestion)


@given(dates())
def test_no_date_ends_before_it_begins(date: FactDate) -> None:
    assert date.last is None or date.first <= date.last
    assert date.start.first <= date.start.last


@given(dates())
def test_a_date_can_be_typed_again_from_its_text(date: FactDate) -> None:
    assert parse_date(date.text) == date


@given(dates(), dates())
def test_only_equal_dates_sort_as_equal(one: FactDate, other: FactDate) -> None:
    assert (one.sort_key == other.sort_key) == (one == other)


@given(moments(), moments())
def test_an_interval_typed_backwards_is_turned_round(one: str, other: str) -> None:
    result = read(f"{one}/{other}")
    if isinstance(result, DateError):
        assert result.suggestion in (f"{other}/{one}", one, other)
