"""The strip of days is true to scale, says how sure each date is, and fits whatever happened."""

from __future__ import annotations

import re
from dataclasses import replace
from pathlib import Path
from xml.etree import ElementTree

import markdown
import pytest

from reperes.drawings.date_strip import MOST_STACKED, certainty, date_strip
from reperes.model.explainer import Explainer
from reperes.model.loading import load
from reperes.text.dates import parse_date
from support import saying, toy

CONTENT = Path(__file__).parent.parent / "content"


def dated(*dates: str) -> Explainer:
    """The toy explainer with an event on each date; "!" after one says that it is derived."""
    known = toy().events["last_crossing"]
    derived = toy().events["announcement"].derived
    events = {
        f"e{number}": saying(
            known,
            date=parse_date(date.rstrip("!")),
            derived=derived if date.endswith("!") else None,
        )
        for number, date in enumerate(dates)
    }
    return replace(toy(), events=events)


def drawn(explainer: Explainer, language: str = "en") -> ElementTree.Element:
    svg = ElementTree.fromstring(date_strip(explainer, language)).find("{*}svg")
    assert svg is not None
    return svg


def percent(element: ElementTree.Element, name: str) -> float:
    return float(element.attrib[name].removesuffix("%"))


def names(svg: ElementTree.Element) -> list[str]:
    return [text.text or "" for text in svg.iter("text") if "strip__name" in text.attrib["class"]]


def key(explainer: Explainer, language: str = "en") -> list[str]:
    block = ElementTree.fromstring(date_strip(explainer, language))
    return ["".join(item.itertext()).strip() for item in block.iter("li")]


CASES = [
    ["2018-07-04"],
    ["2018-07-04"] * 12,
    ["2018-07"],
    ["2018-07-04/.."],
    ["2018-06-19!", "2018-06-30~", "2018-07-03", "2018-07-04", "2018-07-05", "2011/.."],
    ["2018-06-19/2018-07-04", "2018-06-20/2018-06-25!", "2018-07-01/..", "2018-06~"],
    ["2018-12-30", "2018-12-31", "2019-01-01", "2019-01-02"],
    ["2019-02-10~", "2019-03-18/2019-03-20", "2019-11-01/.."],
    ["1998-04", "2015/2016", "2019-06-30"],
    ["0001-01-01", "9999-12-31/.."],
    ["-9999-01-01", "9999-12-31/.."],
    ["-0043-03-15", "0079-08-24", "0500-06-19"],
    ["../2018-07-04", "2018-07-02", "2018-07-03/.."],
    ["2018-07-04T21:30+03:00", "2018-07-04T23:00+03:00", "2018-07-05"],
    ["2018-06-19", "2018-22", "[..2018-06-01]", "201X", "19XX"],
    [f"2018-07-{day:02}" for day in range(1, 32)],
]


@pytest.mark.parametrize("language", ["fr", "en"])
@pytest.mark.parametrize("dates", CASES, ids=lambda dates: "+".join(dates)[:40])
def test_a_strip_is_sound(dates: list[str], language: str) -> None:
    block = date_strip(dated(*dates), language)
    svg = drawn(dated(*dates), language)
    assert svg.get("role") == "img"
    ids = re.findall(r'\bid="([^"]+)"', block)
    assert ids == [svg.get("aria-labelledby"), svg.get("aria-describedby")]
    assert svg.findtext("{*}title")
    assert svg.findtext("{*}desc")
    assert "\n\n" not in block
    assert not re.search(r"\s(style|on\w+)=|<script|#[0-9a-f]{3,6}\b|viewBox", block)
    assert names(svg)
    for element in svg.iter():
        for name in {"x", "cx", "x1", "x2"} & set(element.attrib):
            assert 0 <= percent(element, name) <= 100
    assert block in markdown.markdown(
        f'<div markdown="block">\n\n{block}\n\nText\n\n</div>', extensions=["md_in_html"]
    )


def test_days_stand_at_a_true_scale() -> None:
    svg = drawn(dated("2018-06-19", "2018-06-30", "2018-07-03", "2018-07-05"))
    assert [percent(dot, "cx") for dot in svg.iter("circle")] == [0, 68.75, 87.5, 100]
    assert names(svg) == ["19", "30", "3", "5", "June 2018", "July"]


def test_a_date_is_drawn_as_sure_as_it_is() -> None:
    explainer = dated("2018-07-03", "2018-07-04!", "2018-07-05~", "2018-07-05~!")
    marks = [dot.attrib["class"].split("--")[1] for dot in drawn(explainer).iter("circle")]
    assert marks == ["known", "derived", "approximate", "approximate"]
    assert key(explainer) == [
        "One dot per event.",
        "date given by the source",
        "date inferred",
        "date approximate",
    ]


def test_the_key_names_nothing_that_is_not_drawn() -> None:
    assert key(dated("2018-07-04!")) == ["One dot per event.", "date inferred"]


def test_the_days_are_said_in_words() -> None:
    french = drawn(dated("2018-06-19!", "2018-06-30~", "2018-07-04", "2018-07-04"), "fr")
    assert french.findtext("{*}desc") == (
        "Frise à l’échelle. 19\xa0juin 2018\xa0: 1 événement, date déduite\u202f; "
        "30\xa0juin 2018 environ\xa0: 1 événement, date approximative\u202f; "
        "4\xa0juillet 2018\xa0: 2 événements."
    )


@pytest.mark.parametrize(("events", "dots"), [(1, 1), (2, 2), (8, 8), (12, MOST_STACKED)])
def test_several_events_of_a_day_are_one_stack_under_their_number(events: int, dots: int) -> None:
    svg = drawn(dated(*["2018-07-04"] * events))
    circles = list(svg.iter("circle"))
    assert len(circles) == dots
    assert {percent(circle, "cx") for circle in circles} == {50}
    assert len({circle.attrib["cy"] for circle in circles}) == dots
    counts = [text.text for text in svg.iter("text") if text.get("class") == "strip__count"]
    assert counts == ([str(events)] if events > 1 else [])


def test_bars_that_overlap_stand_on_lines_of_their_own() -> None:
    svg = drawn(dated("2018-07-01/2018-07-10", "2018-07-05/2018-07-08", "2018-07-12/2018-07-21"))
    bars = [(percent(bar, "x"), percent(bar, "width"), bar.get("y")) for bar in svg.iter("rect")]
    assert [bar[:2] for bar in bars] == [(0, 45), (20, 15), (55, 45)]
    assert bars[0][2] == bars[2][2] != bars[1][2]


def test_what_has_no_end_runs_beyond_what_is_known() -> None:
    svg = drawn(dated("2018-07-01", "2018-07-11/.."))
    (bar,) = svg.iter("rect")
    assert percent(bar, "x") + percent(bar, "width") == pytest.approx(100)
    assert percent(bar, "x") < 100
    assert "→" in names(svg)


def test_what_has_no_beginning_runs_from_before_what_is_known() -> None:
    svg = drawn(dated("2018-07-11", "../2018-07-06"))
    (bar,) = svg.iter("rect")
    assert percent(bar, "x") == 0
    assert 0 < percent(bar, "width") < 100
    assert "←" in names(svg)


def test_times_of_a_day_are_one_stack() -> None:
    day = "2018-07-04T21:30+03:00"
    svg = drawn(dated("2018-07-04", day, f"{day}/2018-07-04T23:00+03:00", "2018-07-05"))
    assert [percent(dot, "cx") for dot in svg.iter("circle")] == [0, 0, 0, 100]
    assert not list(svg.iter("rect"))


def test_years_of_old_have_their_era() -> None:
    assert names(drawn(dated("-0001-03-15", "0002-06-19"))) == ["1 BC", "AD 1", "AD 2"]


@pytest.mark.parametrize(
    "date",
    [
        "2011",
        "2011~",
        "2011/..",
        "2011/2018-07-04",
        "2018-07-04/2019",
        "201X",
        "2018-22",
        "[..2018-07-01]",
    ],
)
def test_a_date_of_a_year_alone_is_said_and_not_drawn(date: str) -> None:
    explainer = dated("2018-07-04", date)
    assert len(list(drawn(explainer).iter("circle"))) == 1
    said = explainer.locales["en"].date(parse_date(date))
    assert key(explainer)[-1] == f"no day known: {said}"
    assert date_strip(dated(date), "en") == ""


@pytest.mark.parametrize(
    ("dates", "found"),
    [
        (["2018-07-04"], ["4", "July 2018"]),
        (["2018-12-31", "2019-01-01"], ["31", "1", "December 2018", "January 2019"]),
        (["2019-03-14", "2019-06-30"], ["Apr", "May", "Jun", "2019"]),
        (["2018-11-14", "2019-01-30"], ["Dec", "Jan", "2018", "2019"]),
        (["2015-03-14", "2018-06-30"], ["2016", "2017", "2018"]),
    ],
)
def test_what_is_named_follows_the_length(dates: list[str], found: list[str]) -> None:
    assert names(drawn(dated(*dates))) == found


def test_names_that_would_meet_on_a_phone_with_large_text_are_shifted() -> None:
    svg = drawn(load(CONTENT).explainer, "fr")
    shifted = [text.text for text in svg.iter("text") if "strip__name--by-1" in text.get("class")]
    assert shifted == ["4", "juillet"]


def test_certainty_is_that_of_the_weaker_end() -> None:
    (event,) = dated("2018-07-01/2018-07-04~").events.values()
    assert certainty(event) == "approximate"
