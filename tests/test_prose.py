"""The year of a page of one year: said with its first date, and left out of the others."""

from __future__ import annotations

import re
from dataclasses import replace
from pathlib import Path

import pytest

from reperes.model.explainer import Explainer
from reperes.pages import render_pages
from reperes.site.open_data import open_data_files
from reperes.text.dates import parse_date
from reperes.writing.prose import Prose
from support import text, toy
from support_commands import explainer_of, write_content
from support_open_data import real

NB = "\u00a0"
YEAR = "2021"
ALONE = re.compile(
    r'="[^"]*"|#[\w-]+|\w+_2018_\w+|<p class="citing__text"[^\n]*'
    r'|<figure.*?</figure>|<table class="picture__data.*?</table>',
    re.DOTALL,
)
"""What readers do not see, and what others show alone: a quotation, a picture with its table."""


@pytest.fixture
def bridge(tmp_path: Path) -> Explainer:
    """An explainer of which all is dated by the day, in one year; its correction too."""
    return explainer_of(write_content(tmp_path))


def pages(explainer: Explainer, language: str = "en") -> dict[str, str]:
    """The Markdown of each page below its front matter, by the page's id."""
    made = render_pages(explainer, language)
    return {str(page.id): page.whole.split("---\n", 2)[2] for page in made}


def with_published(explainer: Explainer, date: str) -> Explainer:
    (source,) = explainer.sources.values()
    dated = replace(source, published=parse_date(date))
    return replace(explainer, sources={source.id: dated})


def test_the_only_year_is_that_of_all_that_is_dated_finely(bridge: Explainer) -> None:
    assert bridge.only_year == 2021
    assert toy().only_year is None


@pytest.mark.parametrize(
    ("published", "year"),
    [
        ("2021-12", 2021),
        ("2020", 2021),
        ("2019/2021-03-10", 2021),
        ("2021-01-01/..", 2021),
        ("2020-12-31", None),
        ("2020-12-31/2021-01-02", None),
        ("2022-01~", None),
    ],
)
def test_a_year_alone_makes_no_second_one(
    bridge: Explainer, published: str, year: int | None
) -> None:
    assert with_published(bridge, published).only_year == year


def test_days_of_corrections_are_no_part_of_what_is_told(bridge: Explainer) -> None:
    (correction,) = bridge.corrections.values()
    later = replace(correction, day=parse_date("2024-05-01"))
    corrected = replace(bridge, corrections={later.id: later})
    assert corrected.only_year == 2021
    assert pages(corrected)["corrections"].count(f"1{NB}May 2024") == 1


def test_a_page_says_the_year_with_its_first_date(bridge: Explainer) -> None:
    prose = Prose(bridge, "en", "timeline")
    said = [prose.date(parse_date(typed)) for typed in ("2021-03-10", "2021-03-11", "2021-04")]
    assert said == [f"10{NB}March 2021", f"11{NB}March", "April"]
    assert prose.on(parse_date("2021-03-10")) == f"on 10{NB}March"
    assert Prose(bridge, "fr", "timeline").on(parse_date("2021-04")) == "en avril 2021"


@pytest.mark.parametrize("typed", ["2021", "2019/2021-03-10", "2020-12-31/2021-01-02"])
def test_a_date_of_more_than_the_year_keeps_it(bridge: Explainer, typed: str) -> None:
    """And does not tell what year the others are of."""
    prose = Prose(bridge, "en", "timeline")
    date = parse_date(typed)
    before = prose.date(date)
    assert YEAR in before
    assert prose.date(parse_date("2021-03-11")) == f"11{NB}March 2021"
    assert prose.date(date) == before


def test_the_first_date_in_running_text_keeps_its_year(bridge: Explainer) -> None:
    prose = Prose(bridge, "en", "closing")
    assert prose.date(parse_date("2021-03-10")) == f"10{NB}March 2021"
    section = bridge.sections["en"]["closing"]
    body = prose.section_body(section)
    assert f"closed on 10{NB}March 2021" in re.sub(r"<[^>]+>", "", body)
    assert f"closed on 10{NB}March." in re.sub(r"<[^>]+>", "", prose.section_body(section))


def test_a_day_that_is_said_without_its_year_tells_none(bridge: Explainer) -> None:
    prose = Prose(bridge, "en", "statements")
    assert prose.unlinked(text("{{ closure.day }}")) == f"10{NB}March"
    assert prose.unlinked(text("{{ closure.date }}")) == f"10{NB}March 2021"
    assert prose.unlinked(text("{{ closure.date }}")) == f"10{NB}March"


@pytest.mark.parametrize("language", ["fr", "en"])
def test_no_page_repeats_the_year(bridge: Explainer, language: str) -> None:
    """But in what others show alone: a quotation, a picture with its data."""
    found = pages(bridge, language).items()
    counts = {page_id: ALONE.sub("", page).count(YEAR) for page_id, page in found}
    assert {page_id: count for page_id, count in counts.items() if count > 1} == {}
    for page_id in ("closing", "timeline", "statements", "sources"):
        assert counts[page_id] == 1, page_id


@pytest.mark.parametrize("language", ["fr", "en"])
def test_no_page_of_our_own_repeats_it(language: str) -> None:
    """Once above the text and once in it."""
    year = str(real().only_year)
    for page_id, page in pages(real(), language).items():
        assert ALONE.sub("", page).count(year) <= 2, page_id


def test_what_stands_alone_always_has_its_year(bridge: Explainer) -> None:
    for page in render_pages(bridge, "en"):
        if page.id == "closing":
            assert page.description == f"The bridge closes on 10{NB}March 2021."
    day = f"10{NB}March"
    for name, file in open_data_files(bridge, "en").items():
        assert file.count(day) == file.count(f"{day} {YEAR}"), name
    assert f"since 10{NB}March 2021" in open_data_files(bridge, "en")["facts.json"]


def test_a_machine_reads_the_whole_date(bridge: Explainer) -> None:
    said = re.findall(r'<time datetime="([^"]*)">([^<]*)', pages(bridge)["timeline"])
    assert {date for date, _ in said} == {"2021-03-10", "2021-03-12"}
    assert any(YEAR not in shown for _, shown in said)


def test_an_explainer_of_several_years_says_them_all() -> None:
    prose = Prose(toy(), "en", "timeline")
    date = parse_date("2019-03-14")
    assert [prose.date(date), prose.date(date)] == [f"14{NB}March 2019"] * 2
