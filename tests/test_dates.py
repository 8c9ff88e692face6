"""Dates: what the subset of EDTF accepts, what it means, and what refused text is answered."""

from __future__ import annotations

import datetime
import re
from itertools import pairwise

import pytest
from hypothesis import given
from hypothesis import strategies as st

from reperes.text.dates import PATTERN, DateError, Extent, FactDate, Precision, parse_date
from reperes.text.days import CalendarDay, length_of_month
from reperes.text.problems import Place, Text
from support_dates import dates, moments

ACCEPTED = [
    # text, first, last, iso
    ("2018-07-04", "2018-07-04", "2018-07-04", "2018-07-04"),
    ("2018-07", "2018-07-01", "2018-07-31", "2018-07"),
    ("2018", "2018-01-01", "2018-12-31", "2018"),
    ("2020-02", "2020-02-01", "2020-02-29", "2020-02"),
    # Before 1583 nobody knows which calendar is meant.
    ("0476-09-04", "0476-09-04", "0476-09-04", None),
    ("1582", "1582-01-01", "1582-12-31", None),
    ("1583", "1583-01-01", "1583-12-31", "1583"),
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
    ("../2010", None, "2010-12-31", None),
    ("../2018-06-19~", None, "2018-06-19", None),
    # Before and after
    ("[..2009]", None, "2009-12-31", None),
    ("[2011..]", "2011-01-01", None, None),
    ("[..2018-12]", None, "2018-12-31", None),
    ("[2018-01..]", "2018-01-01", None, None),
    ("[..2018-12-31]", None, "2018-12-31", None),
    ("[2018-01-01..]", "2018-01-01", None, None),
    ("[..-0001]", None, "-0001-12-31", None),
    ("[..9999]", None, "9999-12-31", None),
    # Before our era
    ("0000", "0000-01-01", "0000-12-31", None),
    ("-0043-03-15", "-0043-03-15", "-0043-03-15", None),
    ("-0004-02", "-0004-02-01", "-0004-02-29", None),
    ("-9999", "-9999-01-01", "-9999-12-31", None),
    ("-0043~", "-0043-01-01", "-0043-12-31", None),
    # Decades and centuries
    ("201X", "2010-01-01", "2019-12-31", None),
    ("007X~", "0070-01-01", "0079-12-31", None),
    ("19XX", "1900-01-01", "1999-12-31", None),
    ("00XX", "0001-01-01", "0099-12-31", None),
    ("-00XX", "-0099-01-01", "0000-12-31", None),
    ("-01XX", "-0199-01-01", "-0100-12-31", None),
    ("01XX/03XX", "0100-01-01", "0399-12-31", None),
    # Seasons
    ("2018-21", "2018-03-01", "2018-05-31", None),
    ("2018-22", "2018-06-01", "2018-08-31", None),
    ("2018-23", "2018-09-01", "2018-11-30", None),
    ("2018-24", "2018-12-01", "2019-02-28", None),
    ("2019-24~", "2019-12-01", "2020-02-29", None),
    # Times
    ("2018-07-04T21:30+03:00", "2018-07-04", "2018-07-04", "2018-07-04T21:30+03:00"),
    ("2018-07-04T00:00Z", "2018-07-04", "2018-07-04", "2018-07-04T00:00Z"),
    ("2018-07-04T21:30-12:00~", "2018-07-04", "2018-07-04", None),
    ("2018-07-04T21:30+14:00/2018-07-05T01:00+14:00", "2018-07-04", "2018-07-05", None),
    ("2018-07-04T21:30Z/2018-07-04T21:31Z", "2018-07-04", "2018-07-04", None),
]

AS_SHAPES = 'write it as "2018-07-04", "2018-07" or "2018"'
A_TIME = "expected a time to the minute, with its zone, found "
WITH_ZONE = (
    'write "2018-07-04T21:30+03:00", where +03:00 is how far clocks there are ahead of UTC, or the '
    "day alone"
)
ZONES = 'write a zone from -12:00 to +14:00, or "Z" for UTC'
BRACKETS = 'write "[..2009]" for before 2010, "[2011..]" for after 2010'
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
    # Times
    ("2018-07-04T20:30:00Z", f'{A_TIME}"2018-07-04T20:30:00Z"; write "2018-07-04T20:30Z"'),
    ("2018-07-04 20h30 GMT", f'{A_TIME}"2018-07-04 20h30 GMT"; write "2018-07-04T20:30Z"'),
    ("2018-07-04 9.05 UTC+3", f'{A_TIME}"2018-07-04 9.05 UTC+3"; write "2018-07-04T09:05+03:00"'),
    ("2018-07-04T20:30+0300", f'{A_TIME}"2018-07-04T20:30+0300"; write "2018-07-04T20:30+03:00"'),
    ("2018-07-04 20h30", f'{A_TIME}"2018-07-04 20h30"; {WITH_ZONE}'),
    ("2018-07-04T20:30", f'{A_TIME}"2018-07-04T20:30"; {WITH_ZONE}'),
    (
        "2018-07-04T25:00+03:00",
        'there is no time 25:00, found "2018-07-04T25:00+03:00"; write a time from 00:00 to 23:59',
    ),
    (
        "2018-07-04T20:60Z",
        'there is no time 20:60, found "2018-07-04T20:60Z"; write a time from 00:00 to 23:59',
    ),
    (
        "2018-07-04T24:00Z",
        (
            'there is no time 24:00, found "2018-07-04T24:00Z"; write a time from 00:00 to 23:59 '
            '("00:00" of the next day for midnight)'
        ),
    ),
    ("2018-07-04T20:30+25:00", f'there is no zone +25:00, found "2018-07-04T20:30+25:00"; {ZONES}'),
    ("2018-07-04T20:30+14:01", f'there is no zone +14:01, found "2018-07-04T20:30+14:01"; {ZONES}'),
    ("2018-07-04T20:30+03:60", f'there is no zone +03:60, found "2018-07-04T20:30+03:60"; {ZONES}'),
    ("2018-07-04T20:30-00:00", f'there is no zone -00:00, found "2018-07-04T20:30-00:00"; {ZONES}'),
    (
        "2018-07-32T20:30Z",
        '2018-07 has no day 32, found "2018-07-32T20:30Z"; write a day from 01 to 31',
    ),
    (
        "2018-07-04T21:30+03:00/2018-07-04T20:00+03:00",
        (
            'the interval ends before it begins, found "2018-07-04T21:30+03:00/2018-07-04T20:00…"; '
            'write "2018-07-04T20:00+03:00/2018-07-04T21:30+03:00"'
        ),
    ),
    (
        "2018-07-04T21:30+03:00/2018-07-04T19:30+01:00",
        (
            "the interval begins and ends on the same date, found "
            '"2018-07-04T21:30+03:00/2018-07-04T19:30…"; '
            'write it once, without the "/"'
        ),
    ),
    # Years, decades, centuries, seasons
    ("500", 'expected a date, found "500"; write "0500"'),
    ("AD 79", 'expected a date, found "AD 79"; write "0079"'),
    ("79 apr. J.-C.", 'expected a date, found "79 apr. J.-C."; write "0079"'),
    ("44 BC", 'expected a date, found "44 BC"; write "-0043"'),
    ("44 av. J.-C.", 'expected a date, found "44 av. J.-C."; write "-0043"'),
    (
        "-44",
        (
            'expected a year of four digits, found "-44"; write "-0043" for 44 BC: one less, '
            "since the year before 1 is 0000"
        ),
    ),
    (
        "-0000",
        'there is no year -0000, found "-0000"; write "0000" for 1 BC, or "-0001" for 2 BC',
    ),
    ("the 2010s", 'expected a date, found "the 2010s"; write "201X"'),
    ("les années 2010", 'expected a date, found "les années 2010"; write "201X"'),
    ("201x", 'expected a date, found "201x"; write "201X"'),
    (
        "-004X",
        'decades begin with the year 10, found "-004X"; write an interval, such as "-0048/-0039"',
    ),
    ("20th century", 'expected a date, found "20th century"; write "19XX"'),
    ("XIVe siècle", 'expected a date, found "XIVe siècle"; write "13XX"'),
    ("2nd century BC", 'expected a date, found "2nd century BC"; write "-01XX"'),
    ("été 2018", 'expected a date, found "été 2018"; write "2018-22"'),
    ("winter 2018", 'expected a date, found "winter 2018"; write "2018-24"'),
    ("2018-20", 'there is no month 20, found "2018-20"; write a month from 01 to 12'),
    (
        "2018-25",
        (
            'there is no season 25, found "2018-25"; write 21 for spring, 22 for summer, 23 for '
            "autumn, 24 for winter, or a month from 01 to 12"
        ),
    ),
    # Before and after
    ("before 2010", 'expected a date, found "before 2010"; write "[..2009]"'),
    ("avant juin 2018", 'expected a date, found "avant juin 2018"; write "[..2018-05]"'),
    ("avant janvier 2018", 'expected a date, found "avant janvier 2018"; write "[..2017-12]"'),
    ("after 4 July 2018", 'expected a date, found "after 4 July 2018"; write "[2018-07-05..]"'),
    ("> 2010", 'expected a date, found "> 2010"; write "[2011..]"'),
    ("depuis 2011", 'expected a date, found "depuis 2011"; write "2011/.."'),
    ("jusqu’en 2010", 'expected a date, found "jusqu’en 2010"; write "../2010"'),
    ("[2009]", f'brackets hold one date, before or after two points, found "[2009]"; {BRACKETS}'),
    ("[..201X]", f'brackets hold a year, a month or a day, found "[..201X]"; {BRACKETS}'),
    ("[..2009~]", f'brackets hold a year, a month or a day, found "[..2009~]"; {BRACKETS}'),
    ("[..2018-22]", f'brackets hold a year, a month or a day, found "[..2018-22]"; {BRACKETS}'),
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
    ("/2018", 'an interval begins with a date or "..", found "/2018"; write "../2018"'),
    (
        "../..",
        (
            'an interval has a date at one end at least, found "../.."; '
            'write it before or after the "/"'
        ),
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


@pytest.mark.parametrize(("text", "first", "last", "iso"), ACCEPTED)
def test_accepted_dates_have_bounds(
    text: str, first: str | None, last: str | None, iso: str | None
) -> None:
    date = parse_date(text)
    ends = [day and str(day) for day in (date.first, date.last)]
    assert (date.text, *ends, date.iso) == (text, first, last, iso)


@pytest.mark.parametrize(("text", "message"), REFUSED)
def test_refused_dates_are_answered(text: str, message: str) -> None:
    with pytest.raises(DateError, match=f"^{re.escape(message)}$"):
        parse_date(text)


def test_a_moment_has_the_precision_it_was_typed_with() -> None:
    typed = ["20XX", "201X", "2018", "2018-22", "2018-07", "2018-07-04", "2018-07-04T21:30Z"]
    assert [parse_date(text).precision for text in typed] == sorted(Precision)


def test_about_belongs_to_the_moment_it_follows() -> None:
    date = parse_date("2018-06-19/2018-07-04~")
    assert [moment.approximate for moment in date.moments] == [False, True]
    assert not date.approximate


@pytest.mark.parametrize(
    ("text", "is_interval", "is_day"),
    [
        ("2018-07-04", False, True),
        ("2018-07-04~", False, False),
        ("2018-07", False, False),
        ("2018-06-19/2018-07-04", True, False),
        ("2018-06-19/..", True, False),
        ("../2018-06-19", True, False),
        ("[..2018-06-19]", False, False),
        ("2018-07-04T21:30Z", False, True),
        ("2018-07-04T21:30Z~", False, True),
        ("2018-07-04T21:30Z/2018-07-04T22:00Z", True, True),
        ("2018-07-04T21:30Z/2018-07-05T22:00Z", True, False),
        ("-0043-03-15", False, True),
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
        "2018-07-04T08:00+03:00",
        "2018-07-04T06:00Z",
        "2018-07-04T06:00Z~",
        "2018-07-04T09:30+03:00",
    ]
    backwards = [parse_date(text) for text in reversed(in_order)]
    assert [date.text for date in sorted(backwards, key=lambda date: date.sort_key)] == in_order


def test_dates_of_every_length_and_era_stand_in_one_order() -> None:
    in_order = [
        "-0199",
        "-00XX",
        "-0043",
        "-0043-03",
        "-0043-03-15",
        "0000",
        "0001",
        "0070",
        "007X",
        "0079-08-24",
        "[..2009]",
        "../2010",
        "2010-01-01",
        "2010",
        "201X",
        "2010/..",
        "[2011..]",
        "2018-22",
        "2018-07",
    ]
    backwards = [parse_date(text) for text in reversed(in_order)]
    assert [date.text for date in sorted(backwards, key=lambda date: date.sort_key)] == in_order


def test_what_is_before_a_date_is_said_by_that_date() -> None:
    dates = [parse_date(text) for text in ("[..2009]", "[2011..]", "[..2018-02-28]")]
    assert [(date.extent, date.moments[0].text) for date in dates] == [
        (Extent.BEFORE, "2010"),
        (Extent.AFTER, "2010"),
        (Extent.BEFORE, "2018-03-01"),
    ]


@pytest.mark.parametrize("text", ["2018-07-04", "1583-01-01", "2018-07-04T01:00+03:00"])
def test_a_day_of_our_calendar_has_a_weekday(text: str) -> None:
    assert parse_date(text).has_weekday


@pytest.mark.parametrize("text", ["1582-12-31", "-0043-03-15", "2018-07", "[..2018-07-04]"])
def test_other_dates_have_none(text: str) -> None:
    assert not parse_date(text).has_weekday


@pytest.mark.parametrize(
    ("text", "day"),
    [
        ("2018-07-04T21:30+03:00", "2018-07-04"),
        ("2018-07-04T21:30+03:00~", "2018-07-04"),
        ("2018-07-04T21:30+03:00/2018-07-04T23:00+03:00", "2018-07-04"),
        (
            "2018-07-04T21:30+03:00/2018-07-05T23:00+03:00",
            "2018-07-04T21:30+03:00/2018-07-05T23:00+03:00",
        ),
        ("2018-07-04T21:30Z/..", "2018-07-04T21:30Z/.."),
        ("2018-07-04~", "2018-07-04~"),
    ],
)
def test_times_of_one_day_are_of_that_day(text: str, day: str) -> None:
    assert parse_date(text).day == parse_date(day)


@pytest.mark.parametrize(
    ("one", "other", "before"),
    [
        ("2018-07-03", "2018-07-04", True),
        ("2018-07-04", "2018-07-04", False),
        ("2018-07", "2018-07-31", False),
        ("2018-06", "2018-07", True),
        ("2018-07-04T21:30+03:00", "2018-07-04T18:31Z", True),
        ("2018-07-04T21:30+03:00", "2018-07-04T18:30Z", False),
        ("2018-07-04T21:30+03:00~", "2018-07-04T18:31Z", False),
        ("2018-07-04T21:30+03:00", "2018-07-04", False),
        ("[..2009]", "2010", True),
        ("[..2009]", "2009", False),
        ("2010", "[2011..]", True),
        ("../2010", "2011/..", True),
        ("2009/..", "2010", False),
        ("-0043", "00XX", True),
    ],
)
def test_a_date_ends_before_another_where_it_must(one: str, other: str, before: bool) -> None:
    assert parse_date(one).ends_before(parse_date(other)) is before


@given(st.dates())
def test_days_are_counted_as_the_standard_library_counts_them(date: datetime.date) -> None:
    day = CalendarDay(date.year, date.month, date.day)
    assert (day.ordinal, str(day), day.date) == (date.toordinal(), date.isoformat(), date)


@given(st.integers(-4_000_000, 4_000_000))
def test_days_have_numbers_before_our_era_too(ordinal: int) -> None:
    day, following = CalendarDay.from_ordinal(ordinal), CalendarDay.from_ordinal(ordinal + 1)
    assert day.ordinal == ordinal
    assert day < following
    assert day.plus(1) == following
    assert 1 <= day.day <= length_of_month(day.year, day.month)
    assert (following.day == 1) == (day.day == length_of_month(day.year, day.month))


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
    assert date.first is None or date.last is None or date.first <= date.last
    assert all(moment.first <= moment.last for moment in date.moments)


@given(dates(), dates())
def test_what_ends_before_another_begins_stands_before_it(one: FactDate, other: FactDate) -> None:
    if one.last and other.first and one.last < other.first:
        assert one.sort_key < other.sort_key


@given(st.lists(dates(), min_size=2, max_size=5))
def test_dates_have_one_order_however_they_are_mixed(mixed: list[FactDate]) -> None:
    ordered = sorted(mixed, key=lambda date: date.sort_key)
    turned = ordered[1:] + ordered[:1]
    assert ordered == sorted(turned, key=lambda date: date.sort_key)
    assert all(one.place_in_order <= other.place_in_order for one, other in pairwise(ordered))


@given(dates())
def test_schemas_accept_every_date(date: FactDate) -> None:
    assert re.search(PATTERN, date.text)


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
        once = 'write it once, without the "/"'
        turned = result.suggestion in (f"{other}/{one}", one, other)
        assert turned or (result.suggestion is None and str(result).endswith(once))
