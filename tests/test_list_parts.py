"""Lists in parts: the toy explainer under a small bound, and lists that are really long."""

from __future__ import annotations

import gzip
import re
from collections.abc import Iterator
from dataclasses import replace
from decimal import Decimal
from itertools import pairwise

import pytest

from reperes.drawings import date_strip as strip_module
from reperes.drawings.date_strip import date_strip
from reperes.model.explainer import Explainer
from reperes.model.facts import Event, Figure
from reperes.model.tracing import Digests, TracedExplainer
from reperes.pages import Page, page_ids, render_page, render_pages
from reperes.site.open_data.language_view import LanguageView
from reperes.site.open_data.linked_data import linked_data
from reperes.text.dates import parse_date
from reperes.text.problems import Place, Text
from reperes.writing import list_parts
from reperes.writing.list_parts import LISTS, is_list, list_of, page_of_entry, whole_list
from reperes.writing.prose import Prose
from support import toy

SMALL = 1_500
TYPED = Place("facts/events.yml")


@pytest.fixture
def parted(monkeypatch: pytest.MonkeyPatch) -> Explainer:
    """The toy explainer where a page holds an entry or a few."""
    monkeypatch.setattr(list_parts, "FULL", SMALL)
    return replace(toy())


@pytest.fixture
def pages(parted: Explainer) -> dict[str, dict[str, Page]]:
    return {
        language: {page.id: page for page in render_pages(parted, language)}
        for language in parted.languages
    }


def texts(count: int, words: str) -> Iterator[dict[str, Text]]:
    for number in range(count):
        yield {code: Text(f"{words} {number}", TYPED) for code in ("fr", "en")}


def with_events(count: int, dates: list[str]) -> Explainer:
    """The toy explainer with as many events more, over and over on some dates."""
    first = next(iter(toy().events.values()))
    events: dict[str, Event] = dict(toy().events)
    for number, label in enumerate(texts(count, "An event of which much is told, as happens")):
        event_id = Text(f"more_{number}", TYPED)
        stated = replace(first.values[0], date=parse_date(dates[number % len(dates)]))
        events[event_id] = replace(first, id=event_id, label=label, values=(stated,))
    return replace(toy(), events=events)


def with_figures(count: int) -> Explainer:
    first = next(iter(toy().figures.values()))
    figures: dict[str, Figure] = dict(toy().figures)
    for number, label in enumerate(texts(count, "How many there were of what was counted")):
        figure_id = Text(f"more_{number}", TYPED)
        low = Decimal(number)
        stated = replace(first.values[0], low=low, high=low)
        figures[figure_id] = replace(first, id=figure_id, label=label, values=(stated,))
    return replace(toy(), figures=figures)


def ids_in(page: Page) -> list[str]:
    return re.findall(r'(?<= id=")[^"]+', page.whole) + re.findall(r"\{#([^ }]+)", page.whole)


def linked(page: Page) -> Iterator[tuple[str, str]]:
    """The page and the anchor of each link to another page of the site, by the page's id."""
    for address in re.findall(r' href="(?:reperes-from-page:)?([^":]+)"', page.whole):
        path, _, anchor = address.partition("#")
        if path and not path.endswith((".csv", ".json", ".ics", ".xml")):
            yield resolved(page.id, path), anchor


def resolved(here: str, path: str) -> str:
    found = [] if here == "overview" else here.split("/")
    for step in path.strip("/").split("/"):
        if step == "..":
            found = found[:-1]
        elif step != ".":
            found = [*found, step]
    return "/".join(found) or "overview"


def test_a_short_list_is_one_page() -> None:
    ids = page_ids(toy())
    assert [page_id for page_id in ids if is_list(page_id)] == [
        "timeline",
        *("figures", "statements", "actors", "glossary", "sources", "corrections"),
    ]


def test_pages_are_the_same_in_every_language(pages: dict[str, dict[str, Page]]) -> None:
    assert list(pages["fr"]) == list(pages["en"])
    parts = [page_id for page_id in pages["fr"] if is_list(page_id) and "/" in page_id]
    assert {list_of(page_id) for page_id in parts} == set(LISTS) - {"contents", "corrections"}


def test_every_entry_stands_in_one_part(
    parted: Explainer, pages: dict[str, dict[str, Page]]
) -> None:
    for language, of_language in pages.items():
        for list_id in set(LISTS) - {"contents"}:
            whole = whole_list(parted, language, list_id)
            shown = [anchor for part in whole.leaves for anchor in part.entries]
            assert sorted(shown) == sorted(whole.entries)
            for part in whole.leaves:
                ids = ids_in(of_language[part.id])
                for anchor in part.entries:
                    if not anchor.startswith(("also-", "derived-")):
                        assert anchor in ids, part.id


def without_what_is_gone(page: Page) -> str:
    return page.whole.partition('<section aria-labelledby="page-gone"')[0]


def test_an_index_has_a_line_for_each_entry_where_it_stood(
    parted: Explainer, pages: dict[str, dict[str, Page]]
) -> None:
    for language, of_language in pages.items():
        for list_id in set(LISTS) - {"contents"}:
            for node in whole_list(parted, language, list_id).nodes:
                if not node.parts:
                    continue
                lines = dict(
                    re.findall(
                        r'<li id="([^"]+)">.*?<a href="reperes-from-page:([^"]+)"',
                        without_what_is_gone(of_language[node.id]),
                    )
                )
                entries = [e for e in node.entries if not e.startswith(("also-", "derived-"))]
                assert sorted(lines) == sorted(entries)
                for anchor, address in lines.items():
                    path, _, fragment = address.partition("#")
                    assert fragment == anchor
                    there = resolved(node.id, path)
                    assert there == page_of_entry(parted, language, list_id, anchor)


def test_every_link_leads_to_what_is_there(pages: dict[str, dict[str, Page]]) -> None:
    for of_language in pages.values():
        anchors = {page_id: set(ids_in(page)) for page_id, page in of_language.items()}
        for page in of_language.values():
            for there, anchor in linked(page):
                assert there in anchors, (page.id, there)
                assert not anchor or anchor in anchors[there], (page.id, there, anchor)


def test_no_page_has_an_anchor_twice(pages: dict[str, dict[str, Page]]) -> None:
    for of_language in pages.values():
        for page in of_language.values():
            if is_list(page.id):
                ids = ids_in(page)
                assert sorted(ids) == sorted(set(ids)), page.id


def test_a_part_says_which_it_is_and_leads_to_those_beside_it(
    pages: dict[str, dict[str, Page]],
) -> None:
    of_language = pages["en"]
    parts = [page_id for page_id in of_language if is_list(page_id) and "/" in page_id]
    titles = [of_language[page_id].title for page_id in parts]
    assert sorted(titles) == sorted(set(titles))
    for page_id in parts:
        page = of_language[page_id]
        assert page.title.startswith(of_language[list_of(page_id)].title + ": ")
        assert page.meta["parent"] == list_of(page_id)
        assert page.whole.count('aria-current="page"') == 1
    leaves = [part.id for part in whole_list(replace(toy()), "en", "figures").leaves]
    for before, after in pairwise(leaves):
        assert of_language[before].meta["next"]["url"] == f"{after}/"
        assert of_language[after].meta["previous"]["url"] == f"{before}/"
    assert "previous" not in of_language[leaves[0]].meta
    assert "next" not in of_language[leaves[-1]].meta


def test_the_introduction_stands_on_the_index_alone(pages: dict[str, dict[str, Page]]) -> None:
    shown = [page_id for page_id, page in pages["en"].items() if '<div class="text"' in page.whole]
    assert not [page_id for page_id in shown if is_list(page_id) and "/" in page_id]


def test_links_from_everywhere_lead_to_the_part(parted: Explainer) -> None:
    term = next(iter(parted.terms))
    page_id = page_of_entry(parted, "en", "glossary", term)
    assert "/" in page_id
    assert LanguageView(parted, "en").permalink("term", term).endswith(f"/en/{page_id}/#{term}")
    assert Prose(parted, "en", "closure").target("term", term) == f"{page_id}.md#{term}"
    assert (
        Prose(parted, "en", "figures/audience")
        .entry_address("term", term)
        .endswith(f":../../{page_id}/#{term}")
    )


def test_search_engines_are_told_of_each_entry_on_its_page(
    parted: Explainer, pages: dict[str, dict[str, Page]]
) -> None:
    view = LanguageView(parted, "en")
    told = {page_id: linked_data(view, page) for page_id, page in pages["en"].items()}
    for event in parted.events.values():
        address = view.permalink("fact", event.id)
        holding = [page_id for page_id, text in told.items() if f'"{address}"' in text]
        assert holding == [page_of_entry(parted, "en", "timeline", event.id)]


def test_dates_part_as_coarsely_as_they_can() -> None:
    days = [f"{year}-{month:02}-11" for year in (1998, 2003, 2004) for month in (1, 2, 3)]
    few = whole_list(with_events(50, days), "en", "timeline")
    assert not few.parts
    many = whole_list(with_events(900, days), "en", "timeline")
    ids = [part.id.removeprefix("timeline/") for part in many.nodes]
    assert ids[0] == "timeline"
    assert {"19xx", "20xx"} <= {*ids} or {"199x", "200x"} <= {*ids}
    assert all(len(part.entries) < 400 for part in many.leaves)


def test_what_is_known_by_its_year_alone_has_a_part_of_its_own() -> None:
    events = with_events(900, ["2004", "2004-02-11", "2004-03-11"])
    ids = [part.id for part in whole_list(events, "en", "timeline").nodes]
    assert "timeline/2004-other" in {page_id.partition("-page")[0] for page_id in ids}
    page = next(page_id for page_id in ids if page_id.startswith("timeline/2004-other"))
    assert "2004, no further detail" in render_page(events, "en", page).title


def test_a_day_that_is_too_long_has_pages() -> None:
    events = with_events(900, ["2004-02-11"])
    ids = [part.id for part in whole_list(events, "en", "timeline").leaves]
    assert [page_id for page_id in ids if "-page-2" in page_id]


@pytest.mark.parametrize("list_id", ["timeline", "figures"])
def test_no_page_of_a_long_list_is_heavy(list_id: str) -> None:
    days = [f"20{year:02}-{month:02}-{day:02}" for year in (4, 5) for month in range(1, 13)
            for day in range(1, 29)]  # fmt: skip
    long = with_events(1000, days) if list_id == "timeline" else with_figures(500)
    for part in whole_list(long, "en", list_id).nodes:
        page = render_page(long, "en", part.id)
        assert len(gzip.compress(page.whole.encode(), 9)) < 50_000, part.id


def test_an_index_without_room_for_lines_has_none(
    monkeypatch: pytest.MonkeyPatch, parted: Explainer
) -> None:
    monkeypatch.setattr(list_parts, "MOST_LINES", 100)
    page = render_page(parted, "en", "figures")
    assert "<li id=" not in without_what_is_gone(page)
    assert ':page-1/"' in page.whole


def test_a_page_that_links_an_entry_depends_on_where_it_stands_and_on_no_other() -> None:
    reads: set[tuple[str, ...]] = set()
    explainer = toy()
    first, other = list(explainer.terms)[:2]
    render = Prose(TracedExplainer(explainer, reads), "en", "closure")
    render.entry_address("term", first)
    trace = Digests(explainer).trace(reads)
    terms = dict(explainer.terms)
    terms[other] = replace(terms[other], see_also=())
    assert Digests(replace(explainer, terms=terms)).holds(trace)
    assert not any(read[0] == "terms" for read in reads)


def test_what_an_entry_lists_does_not_grow_with_the_rest(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("reperes.pages.writer.MOST_LISTED", 1)
    monkeypatch.setattr("reperes.pages.writer.PageWriter.most_listed", 1)
    page = render_page(replace(toy()), "en", "actors").whole
    assert re.search(r"and \d+ others?</li>", page)
    assert "and 1 other" not in render_page(toy(), "en", "statements").whole


# The strip of days


def test_the_strip_shows_periods_where_there_are_too_many_days(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    assert "<li>One dot per event.</li>" in date_strip(toy(), "en")
    monkeypatch.setattr(strip_module, "MOST_PLACES", 3)
    strip = date_strip(toy(), "en")
    assert re.search(r"(Month by month|Year by year), one dot per event", strip)
    assert "<rect" not in strip


def test_the_strip_does_not_grow_with_what_is_told() -> None:
    days = [f"20{year:02}-{month:02}-{day:02}" for year in range(20) for month in range(1, 13)
            for day in (3, 17)]  # fmt: skip
    some, many = (date_strip(with_events(count, days), "fr") for count in (480, 4800))
    assert max(len(some), len(many)) < 20_000
    assert "Année par année, un point pour" in many
