"""Pages as Markdown: the real explainer and the toy one, in both languages."""

from __future__ import annotations

import re
from collections.abc import Callable, Mapping, Sequence
from dataclasses import replace
from decimal import Decimal
from html import unescape
from pathlib import Path
from typing import Any

import pytest
import yaml

from reperes.model.explainer import Explainer
from reperes.model.forms import say
from reperes.model.loading import load
from reperes.model.references import marks_in
from reperes.model.schema import KINDS
from reperes.model.site import Section
from reperes.pages import Page, page_ids, render_page, render_pages
from reperes.pages.actors import actors_page
from reperes.pages.corrections import corrections_page
from reperes.pages.figures import figures_page
from reperes.pages.glossary import glossary_page
from reperes.pages.gone import gone_page_ids
from reperes.pages.overview import LATEST, LISTED, latest_events
from reperes.pages.page import REST_STANDS_HERE
from reperes.pages.statements import statements_page
from reperes.pages.timeline import date_shape, involved_actors, timeline_page
from reperes.pages.writer import MENU_LENGTH, PageWriter
from reperes.text.dates import parse_date
from reperes.text.markup import with_capital
from reperes.text.problems import Place, Text
from reperes.writing.prose import FROM_PAGE, Prose
from reperes.writing.templating import render_markdown
from support import REAL, saying, text, toy, with_body

ROOT = Path(__file__).parent.parent
REFERENCE = ["timeline", "figures", "statements", "actors", "glossary", "sources", "corrections"]


@pytest.fixture(scope="module", params=["content", "tests/toy_explainer"])
def explainer(request: pytest.FixtureRequest) -> Explainer:
    loaded = load(ROOT / request.param).explainer
    assert loaded is not None
    return loaded


@pytest.fixture(scope="module")
def pages(explainer: Explainer) -> Mapping[str, Sequence[Page]]:
    return {language: render_pages(explainer, language) for language in explainer.languages}


def shell(page: Page) -> dict[str, Any]:
    front_matter = yaml.safe_load(page.whole.split("---\n")[1])
    assert isinstance(front_matter, dict)
    return front_matter


def anchors(page: Page) -> set[str]:
    """The ids of a page but those of glossary letters, which are a language's own."""
    found = re.findall(r'\bid="([^"]+)"|\{#([^}]+)\}', page.whole)
    return {"".join(either) for either in found if not "".join(either).startswith("letter-")}


def test_pages_are_in_the_order_of_their_navigation(
    explainer: Explainer, pages: Mapping[str, Sequence[Page]]
) -> None:
    for language in explainer.languages:
        figures = [f"figures/{figure_id}" for figure_id in explainer.figures]
        gone = gone_page_ids(explainer)
        editions = ["editions"] if explainer.editions else []
        reference = [*REFERENCE, *editions]
        expected = ["overview", *explainer.site.section_ids, *reference, *figures, *gone]
        assert [page.id for page in pages[language]] == expected


def test_both_languages_have_the_same_anchors(pages: Mapping[str, Sequence[Page]]) -> None:
    first, *others = ([anchors(page) for page in found] for found in pages.values())
    assert all(other == first for other in others)


def test_every_entry_has_its_anchor(
    explainer: Explainer, pages: Mapping[str, Sequence[Page]]
) -> None:
    entries = {
        "timeline": explainer.events,
        "figures": explainer.figures,
        "statements": explainer.claims,
        "actors": explainer.actors,
        "glossary": explainer.terms,
        "sources": explainer.sources,
        "corrections": explainer.corrections,
    }
    for found in pages.values():
        for page in found:
            for entry_id in entries.get(page.id, ()):
                assert f' id="{entry_id}"' in page.whole


def test_no_page_writes_what_the_policy_forbids(pages: Mapping[str, Sequence[Page]]) -> None:
    for found in pages.values():
        for page in found:
            assert not re.search(r"<script|<style|\sstyle=|\son[a-z]+=", page.whole)


def test_every_card_is_opened_by_words(
    pages: Mapping[str, Sequence[Page]],
) -> None:
    for found in pages.values():
        for page in found:
            opened = set(re.findall(r'data-card="([^"]+)"', page.whole))
            cards = re.findall(r'id="((?:card|term)-[^"]+)" popover', page.whole)
            assert opened == set(cards)
            assert len(cards) == len(set(cards))


def test_no_engine_reads_entries_and_cards(pages: Mapping[str, Sequence[Page]]) -> None:
    for page in (page for found in pages.values() for page in found):
        assert not re.search(r'class="(?:card|event|figure|claim|term-entry)\b', page.text)
        assert page.text.count(REST_STANDS_HERE) == bool(page.rest)
        assert "markdown=" not in page.rest


def test_a_card_is_written_once_for_all_chapters(monkeypatch: pytest.MonkeyPatch) -> None:
    written = []

    def counted(name: str, **values: Any) -> str:
        if name == "card.md.jinja":
            written.append((values["prose"].language, values["fact"].id))
        return render_markdown(name, **values)

    monkeypatch.setattr("reperes.writing.prose.render_markdown", counted)
    bodies = {"en": "{{ delay }} {{ repair_cost }}", "fr": "{{ delay }}"}
    explainer = toy()
    for language, body in bodies.items():
        sections = {
            key: replace(section, body=text(body))
            for key, section in explainer.sections[language].items()
        }
        explainer = replace(explainer, sections={**explainer.sections, language: sections})
    marks = {
        (language, section.id): tuple(marks_in(section.body))
        for language, found in explainer.sections.items()
        for section in found.values()
    }
    explainer = replace(explainer, marks=marks)
    for section_id in explainer.site.section_ids:
        for language in explainer.languages:
            assert 'id="card-delay"' in render_page(explainer, language, section_id).rest
    assert sorted(written) == [("en", "delay"), ("en", "repair_cost"), ("fr", "delay")]


def test_the_first_section_has_no_previous_and_the_last_no_next(
    explainer: Explainer, pages: Mapping[str, Sequence[Page]]
) -> None:
    sections = [shell(page) for page in pages["fr"] if page.id in explainer.site.section_ids]
    assert "previous" not in sections[0]
    assert "next" not in sections[-1]
    assert [after["previous"]["id"] for after in sections[1:]] == [
        before["id"] for before in sections[:-1]
    ]


def test_a_menu_lists_a_dozen_neighbours_at_most(explainer: Explainer) -> None:
    section_id = explainer.site.section_ids[0]
    long = replace(explainer, site=replace(explainer.site, section_ids=(section_id,) * 100))
    menu = shell(PageWriter(long, "fr", "corrections").reference(corrections=[], schemes={}))
    assert len(menu["neighbours"]) == MENU_LENGTH


def test_html_in_a_fact_is_shown_and_not_run(explainer: Explainer) -> None:
    site = explainer.site
    attack = Text('<script>alert("1")</script> [x](javascript:1) `y`', Place("site.yml"))
    hostile = replace(explainer, site=replace(site, notice=dict.fromkeys(site.title, attack)))
    overview = render_pages(hostile, "fr")[0].whole
    assert "<script" not in overview
    assert "](javascript:" not in overview


def test_a_missing_translation_is_shown_in_the_other_language_under_a_notice(
    explainer: Explainer,
) -> None:
    section_id = explainer.site.section_ids[0]
    english = {key: text for key, text in explainer.sections["en"].items() if key != section_id}
    lacking = replace(
        explainer,
        sections={**explainer.sections, "en": english},
    )
    page = render_pages(lacking, "en")[1]
    assert shell(page)["written_in"] == "fr"
    assert shell(page)["notices"][0]["kind"] == "missing"
    assert '<div class="text" lang="fr"' in page.whole


REVIEW = "The original text has changed since this translation was made. Paragraphs to review: {}."
COMPARE = (
    "This translation has been edited since it was last compared with the original. "
    "Paragraphs to compare: {}."
)
TRANSLATE = "This translation lacks some of the original. Paragraphs to translate: {}."
REMOVED = "The original no longer has a passage that is still translated here."


@pytest.mark.parametrize(
    ("changes", "said"),
    [
        ([], []),
        ([("fr", "C’est {{ decline", "Soit {{ decline")], [REVIEW.format("2")]),
        (
            [("fr", "en un an", "en douze mois"), ("fr", "Le navire date", "Le bateau date")],
            [REVIEW.format("1 and 4")],
        ),
        (
            [("fr", "en un an", "en douze mois"), ("fr", "C’est {{", "Soit {{")],
            [REVIEW.format("1–2")],
        ),
        ([("en", "That is {{ decline", "So {{ decline")], [COMPARE.format("2")]),
        (
            [("fr", "C’est {{ decline", "Soit {{"), ("en", "That is {{ decline", "So {{ decline")],
            [REVIEW.format("2")],
        ),
        (
            [("fr", "en un an", "en douze mois"), ("en", "That is {{ decline", "So {{ decline")],
            [REVIEW.format("1"), COMPARE.format("2")],
        ),
        ([("en", "### The meeting {#meeting-of-march}\n\n", "")], [TRANSLATE.format("5")]),
        ([("fr", "### La réunion {#meeting-of-march}\n\n", "")], [REMOVED]),
        ([("en", "## Those", "A word of our own.\n\n## Those")], []),
        ([("en", "fewer than before, {{", "fewer than before,\n\n{{")], []),
    ],
)
def test_a_translation_that_is_not_up_to_date_says_where(
    changes: list[tuple[str, str, str]], said: list[str]
) -> None:
    """Readers are not told that a paragraph stands elsewhere or is divided otherwise."""
    sections = {language: dict(found) for language, found in toy().sections.items()}
    for language, old, new in changes:
        section = sections[language]["closure"]
        assert section.body.count(old) == 1
        body = Text(section.body.replace(old, new), section.body.place)
        sections[language]["closure"] = replace(section, body=body)
    (page,) = (
        page
        for page in render_pages(replace(toy(), sections=sections), "en")
        if page.id == "closure"
    )
    notices = [each["text"] for each in shell(page)["notices"] if each["kind"] != "corrected"]
    assert notices == ([" ".join(said)] if said else [])


def test_latest_events_are_the_last_in_order_of_time(explainer: Explainer) -> None:
    events = latest_events(explainer)
    assert len(events) <= LATEST
    assert events == sorted(events, key=lambda event: event.date.sort_key)


@pytest.mark.parametrize(
    ("date", "shape"),
    [
        ("2018-07-04", "day"),
        ("2018-06-30~", "day"),
        ("2018-06", "interval"),
        ("2018-06-19/2018-07-04", "interval"),
        ("2018-06-19/..", "open"),
        ("../2018-06-19", "interval"),
        ("[..2018-06-19]", "interval"),
        ("[2018-06-19..]", "open"),
        ("2018-06-19T21:30Z", "day"),
        ("2018-06-19T21:30Z/2018-06-19T22:30Z", "day"),
        ("201X", "interval"),
    ],
)
def test_dates_are_drawn_as_what_they_are(date: str, shape: str) -> None:
    assert date_shape(parse_date(date)) == shape


def test_an_event_involves_the_bodies_that_its_actors_are_part_of() -> None:
    explainer = load(ROOT / "content").explainer
    meeting = explainer.events["moscow_meeting"]
    assert involved_actors(explainer, meeting) == [
        "ayman_al_safadi",
        "jordan",
        "sergei_lavrov",
        "russia",
    ]
    assert involved_actors(explainer, explainer.events["raids"]) == []


def test_events_say_by_what_they_are_filtered(explainer: Explainer) -> None:
    page = timeline_page(explainer, "en").whole
    for event in explainer.events.values():
        found = re.search(rf'(?: data-actors="([^"]+)")? data-kind="(\w+)" id="{event.id}">', page)
        assert found is not None
        assert found[2] == event.kind
        assert (found[1] or "").split() == involved_actors(explainer, event)


@pytest.mark.parametrize("language", ["fr", "en"])
def test_filters_offer_what_some_event_has_and_nothing_else(
    explainer: Explainer, language: str
) -> None:
    events = explainer.events.values()
    page = timeline_page(explainer, language).whole
    actors, kinds = (
        re.findall(r'<option value="(\w+)">', choice) for choice in page.split("<select")[1:]
    )
    assert sorted(kinds) == sorted({event.kind for event in events} - {"other"})
    assert set(actors) == {body for event in events for body in involved_actors(explainer, event)}
    assert len(actors) == len(set(actors))


def test_filters_list_actors_under_their_sides_in_order() -> None:
    explainer = load(ROOT / "content").explainer
    page = timeline_page(explainer, "en").whole
    assert re.findall('<optgroup label="([^"]+)">', page) == [
        "Syrian government",
        "Russia",
        "Rebels and opposition",
        "Neighbouring states",
        "UN, NGOs, observers and media",
    ]
    russia = page.split('<optgroup label="Russia">')[1].split("</optgroup>")[0]
    assert re.findall(r">(.+)</option>", russia) == [
        "Russia",
        "Russian delegation",
        "Sergei Lavrov",
    ]


def test_a_timeline_that_nothing_divides_has_no_filter(explainer: Explainer) -> None:
    events = {
        key: replace(event, kind="other", actors=()) for key, event in explainer.events.items()
    }
    page = timeline_page(replace(explainer, events=events), "en").whole
    assert 'class="event ' in page
    assert "<select" not in page


def test_only_the_timeline_asks_for_its_script(pages: Mapping[str, Sequence[Page]]) -> None:
    for found in pages.values():
        scripts = {page.id: shell(page).get("scripts", []) for page in found}
        assert [name for name, files in scripts.items() if "timeline.js" in files] == ["timeline"]


@pytest.mark.parametrize("render", [timeline_page, figures_page, statements_page, glossary_page])
def test_a_page_without_entries_says_so(
    explainer: Explainer, render: Callable[[Explainer, str], Page]
) -> None:
    kept = ("actor", "source")
    nothing: dict[str, Any] = {kind.root: {} for kind in KINDS if kind.noun not in kept}
    sections: dict[str, Any] = {language: {} for language in explainer.languages}
    site = replace(explainer.site, section_ids=())
    page = render(replace(explainer, **nothing, site=site, sections=sections), "en")
    assert "<p>No entries.</p>" in page.whole
    assert "<table" not in page.whole


def test_the_kind_other_is_not_shown(explainer: Explainer) -> None:
    events = {key: replace(event, kind="other") for key, event in explainer.events.items()}
    actors = {key: replace(actor, kind="other") for key, actor in explainer.actors.items()}
    plain = replace(explainer, events=events, actors=actors)
    shown = {page.id: page.whole for page in render_pages(plain, "en")}
    assert 'class="tag">other<' not in shown["timeline"]
    assert not re.search(r'class="actor__kind"[^>]*>(other|</p>)', shown["actors"])


def test_no_entry_can_have_an_id_of_the_shell() -> None:
    """An entry's id has no hyphen, and every id of the shell has one."""
    shells = [path.read_text("utf-8") for path in (ROOT / "overrides").rglob("*.html")]
    ids = re.findall(r'\bid="([^"]+)"', "".join(shells))
    assert ids
    assert all("-" in found for found in ids)


# The timeline, day by day


def toy_dated(**dates: str) -> Explainer:
    """The toy explainer with other dates for some events."""
    events = {
        key: saying(event, date=parse_date(dates[key])) if key in dates else event
        for key, event in toy().events.items()
    }
    return replace(toy(), events=events)


def headings(page: Page) -> list[str]:
    """What the headings of a page say, as Markdown has them, without their anchors and tags."""
    found = re.findall(r"<h([2-6]) [^>]*>(.*?)</h", page.whole)
    return ["#" * int(level) + " " + re.sub(r"<[^>]+>", "", heading) for level, heading in found]


def test_a_day_is_named_once_under_its_month() -> None:
    page = timeline_page(toy_dated(meeting="2019-03-14", last_crossing="2019-03"), "en")
    assert headings(page) == [
        "## Before 1800",
        "### An older quay",
        "## The 19th century",
        "### The first boatmen",
        "## April 1998",
        "### The boat is bought",
        "## Since 2015",
        "### Passenger numbers fall",
        "## February 2019",
        "### Around 10\xa0February",
        "#### Census",
        "## March 2019",
        "### Day not known",
        "#### Last crossing",
        "### 14\xa0March",
        "#### The closure is announced",
        "#### Public meeting",
        "## June 2019",
        "### 28\xa0June",
        "#### Last evening departure",
        "## No longer on this page",
    ]


def test_an_interval_keeps_the_year_that_its_month_does_not_say() -> None:
    page = timeline_page(toy_dated(meeting="2018-12-30/2019-01-02"), "en")
    assert "### 30\xa0December 2018 to 2\xa0January 2019" in headings(page)


def test_years_that_hold_several_things_say_which() -> None:
    page = timeline_page(toy_dated(purchase="2015", meeting="2015~"), "en")
    assert headings(page)[4:11] == [
        "## 2015",
        "### Day not known",
        "#### The boat is bought",
        "### Around 2015",
        "#### Public meeting",
        "### Since 2015",
        "#### Passenger numbers fall",
    ]


def test_one_account_of_a_date_serves_every_event_of_its_day() -> None:
    explainer = load(ROOT / "content").explainer
    page = timeline_page(explainer, "fr").whole
    day = page.split(' id="day-2018-07-04"')[1].split("</details>")[0]
    assert day.count('<details class="derived"') == 1
    assert day.count("extérieure à la dépêche") == 1
    raids = Prose(explainer, "fr", "timeline").unlinked(explainer.events["raids"].label["fr"])
    assert f"<strong>{raids}</strong> – " in day


def test_a_day_dated_in_one_way_names_no_event_in_its_account() -> None:
    page = timeline_page(toy_dated(), "en").whole
    account = page.split('<details class="derived"')[1].split("</details>")[0]
    assert "The Thursday before publication." in account
    assert "<strong>" not in account


def test_times_stand_under_their_day_in_order() -> None:
    page = timeline_page(
        toy_dated(
            meeting="2019-06-30T20:00+02:00",
            census="2019-06-30T08:05Z~",
            last_departure="2019-06-30T18:30+02:00/2019-06-30T19:00+02:00",
        ),
        "en",
    )
    assert headings(page)[-7:-1] == [
        "## June 2019",
        "### 30\xa0June",
        "#### Last crossing",
        "#### Census",
        "#### Last evening departure",
        "#### Public meeting",
    ]
    times = re.findall(r'<p class="event__source">(.*UTC.*)</p>', page.whole)
    assert list(map(unescape, times)) == [
        "Around 08:05 (UTC)",
        "18:30 to 19:00 (UTC+2)",
        '<time datetime="2019-06-30T20:00+02:00">20:00 (UTC+2)</time>',
    ]


def test_what_is_of_a_year_alone_parts_no_month() -> None:
    page = timeline_page(
        toy_dated(meeting="2018-01-01", census="2018", last_crossing="2018-01-05"), "en"
    )
    assert [line for line in headings(page) if "2018" in line] == ["## January 2018", "## 2018"]


def test_an_event_shows_how_sure_its_date_is() -> None:
    page = timeline_page(toy(), "en").whole
    classes = dict(re.findall(r'<li class="([^"]+)"[^>]* id="(\w+)"', page))
    shown = {event_id: names.split()[1:] for names, event_id in classes.items()}
    assert shown["announcement"] == ["event--derived", "event--day", "event--key"]
    assert shown["census"] == ["event--approximate", "event--day"]
    assert shown["meeting"] == ["event--known", "event--interval"]
    assert shown["falling_numbers"] == ["event--known", "event--open"]


def test_that_the_order_of_a_day_is_not_known_is_said_where_it_matters() -> None:
    said = toy().locales["en"].label("page.timeline.order")
    assert said in timeline_page(toy_dated(meeting="2019-03-14"), "en").whole
    assert said not in timeline_page(toy(), "en").whole


# Who says what


def test_the_grid_says_by_which_act_each_side_speaks_on_a_topic() -> None:
    page = statements_page(toy(), "en").whole
    service, cost = page.split("<tbody")[1].split("</tbody>")[0].split("<tr")[1:]
    chips = re.compile(
        r'<a class="chip [^"]*" href="#(\w+)">([^<]+)<span[^>]*> – ([^<]+)</span></a>'
    )
    say = toy().locales["en"].label
    assert chips.findall(service) == [
        ("insider_warns", say("act.warns"), "Earlier stop"),
        ("company_closes", say("act.announces"), "End announced"),
        ("users_ask", say("act.asks"), "A delay"),
        ("mayor_states", say("act.states"), "The audience expected"),
    ]
    acts = [say(f"act.{act}") for act in ("refuses", "shares", "accepts")]
    assert [act for _, act, _ in chips.findall(cost)] == acts
    assert cost.count('class="positions__none"') == 2


def test_acts_of_one_kind_are_counted_in_one_chip() -> None:
    claims = {
        key: replace(claim, actor_id=toy().claims["town_offers"].actor_id, act="offers")
        for key, claim in toy().claims.items()
    }
    page = statements_page(replace(toy(), claims=claims), "en").whole
    offers = toy().locales["en"].label("act.offers")
    assert page.count(f">{offers} ×4<span") == 1
    assert page.count(f">{offers} ×3<span") == 1


def test_a_side_that_says_nothing_has_its_column() -> None:
    claims = {key: claim for key, claim in toy().claims.items() if claim.actor_id not in ("users",)}
    page = statements_page(replace(toy(), claims=claims), "en").whole
    assert page.count('<th class="side-2" scope="col"') == 1
    assert page.count('class="positions__silent" rowspan="2"') == 1
    assert '<p class="silence">' in page
    whole = statements_page(toy(), "en").whole
    assert "positions__silent" not in whole
    assert "silence" not in whole


def test_a_statement_names_once_who_speaks_and_who_reports() -> None:
    page = statements_page(load(ROOT / "content").explainer, "fr").whole
    russia = page.split('id="russia_at_once"')[1].split("</div>")[0]
    assert ">Russie<" not in russia.split("claim__source")[0].split("claim__act")[1]
    assert re.search(
        ':../actors/#ibrahim_al_jabbawi">Ibrahim al-Jabbawi</a> · <a [^>]*>§\xa07</a>', russia
    )
    agency = page.split('id="afp_crisis_risk"')[1].split("</div>")[0]
    assert agency.count(':../actors/#afp">AFP</a>') == 1
    assert "Selon" not in page.split("<tbody")[1]


def test_every_topic_has_a_heading_and_no_claim_is_lost(explainer: Explainer) -> None:
    page = statements_page(explainer, "en")
    topics = {claim.topic_id for claim in explainer.claims.values()}
    for topic in topics:
        assert page.whole.count(f' id="topic-{topic}"') == 1
    for claim_id in explainer.claims:
        assert page.whole.count(f' id="{claim_id}"') == 1


def without_topics(*claim_ids: str) -> str:
    claims = {
        key: replace(claim, topic_id=None) if key in claim_ids else claim
        for key, claim in toy().claims.items()
    }
    return statements_page(replace(toy(), claims=claims), "en").whole


def test_what_is_said_on_no_topic_stands_last() -> None:
    page = without_topics("town_refuses")
    assert re.findall(r'<h2 id="(?:topic|page-no)[^>]*>(.*)</h2>', page) == [
        "The service",
        "The cost",
        "Other statements",
    ]
    assert page.count('<a href="#page-no-topic">Other statements</a></th>') == 1
    assert page.split(' id="page-no-topic"')[1].count('<div class="claim" id="town_refuses"') == 1


def test_statements_that_nobody_has_sorted_are_not_grouped() -> None:
    page = without_topics(*toy().claims)
    assert "Other statements" not in page
    assert '<table class="positions"' not in page
    assert '<section class="subject" aria-labelledby="page-no-topic"' not in page
    for claim_id in toy().claims:
        assert page.count(f' id="{claim_id}"') == 1


def test_who_gives_figures_and_no_statement_is_listed_at_the_end() -> None:
    page = statements_page(load(ROOT / "content").explainer, "en").whole
    also = page.split(' id="page-also"')[1].split("</section>")[0]
    authors = re.findall(r"<dt.*?<a [^>]*>([^<]+)</a>", also)
    assert authors == ["UN", "Diplomatic sources", "SOHR"]
    assert ':../figures/#displaced"' in also
    assert ':../timeline/#raids"' in also
    assert ':../figures/#deaths"' not in also
    assert ' id="page-also"' not in statements_page(toy_silent(), "en").whole


def toy_silent() -> Explainer:
    """The toy explainer, where all that is reported is in the voice of the newspaper."""
    herald = toy().claims["users_ask"].attributed_to
    return replace(
        toy(),
        events={key: saying(e, attributed_to=herald) for key, e in toy().events.items()},
        figures={key: saying(f, attributed_to=herald) for key, f in toy().figures.items()},
    )


# Who is who


def test_who_is_part_of_a_body_stands_under_it() -> None:
    page = actors_page(load(ROOT / "content").explainer, "en")
    found = headings(page)
    rebels = found.index("### Rebels in southern Syria")
    assert found[rebels + 1].startswith("#### ")
    assert found[rebels + 2] == "##### Ibrahim al-Jabbawi"


def test_a_side_with_the_name_of_its_body_says_it_once(explainer: Explainer) -> None:
    for language in explainer.languages:
        page = actors_page(explainer, language)
        names = [heading.lstrip("# ") for heading in headings(page)]
        assert len(names) == len(set(names))
        for actor_id in explainer.actors:
            assert page.whole.count(f'id="{actor_id}"') == 1
            assert f' id="{actor_id}-name"' in page.whole


def test_a_short_name_stands_beside_the_full_one_unless_that_says_it() -> None:
    found = headings(actors_page(load(ROOT / "content").explainer, "fr"))
    assert "### Organisation des Nations unies (ONU)" in found
    assert "#### Conseil de sécurité de l’ONU" in found


@pytest.mark.parametrize(
    ("kind", "role", "said"),
    [
        ("state", "Un pays.", "État"),
        ("state", "État voisin.", ""),
        ("person", "Maire.", ""),
        ("other", "Rien.", ""),
        ("anonymous_source", "Une source non nommée.", "source non nommée"),
    ],
)
def test_a_kind_is_not_repeated_where_the_role_says_it(kind: str, role: str, said: str) -> None:
    known = toy().actors["town"]
    roles = {**known.role, "fr": Text(role, Place("actors.yml"))}
    actor = replace(known, kind=kind, role=roles, pins=())
    page = actors_page(replace(toy(), actors={**toy().actors, "town": actor}), "fr").whole
    town = page.split('id="town"')[1].split("</li>")[0].split("<ul")[0]
    found = re.findall(r'class="actor__kind">(.*?)</p>', town)
    assert found == ([said] if said else [])


def test_who_says_how_much_is_counted_and_silence_is_said() -> None:
    page = actors_page(load(ROOT / "content").explainer, "en").whole
    government = page.split(' id="syrian_government-name"')[1].split("</section>")[0]
    assert "No statement reported" in government
    rest = page.split(' id="syrian_government-name"')[1].split("</section>", 1)[1]
    assert "No statement reported" not in rest
    grouping = page.split('id="rebel_grouping"')[1].split("ibrahim_al_jabbawi")[0]
    assert ">2 statements</summary>" in grouping
    un = page.split('id="un"')[1].split("</details>")[0]
    assert ">1 attributed fact</summary>" in un


# The glossary, the sources, the corrections


def test_the_other_languages_word_is_shown_unless_it_is_the_same() -> None:
    page = glossary_page(load(ROOT / "content").explainer, "fr").whole
    assert '<span class="term__other" lang="en">heavy artillery</span>' in page
    assert '<span class="term__other" lang="en">Deraa</span>' not in page
    for words in re.findall(r'class="term__other" lang="en">([^<]+)<', page):
        assert f"\n### {words} " not in page


def test_that_definitions_are_ours_is_said_once() -> None:
    said = toy().locales["en"].label("page.glossary.own")
    assert glossary_page(toy(), "en").whole.count(said) == 1
    pins = toy().events["announcement"].pins
    terms = {key: replace(term, pins=pins) for key, term in toy().terms.items()}
    page = glossary_page(replace(toy(), terms=terms), "en").whole
    assert said not in page
    assert page.count("para.\xa01") >= len(terms)


def test_each_reasoning_for_a_date_is_told_once() -> None:
    explainer = load(ROOT / "content").explainer
    page = page_named(explainer, "fr", "sources").whole
    table = page[page.index(' id="page-derived"') :]
    reasons = re.findall(r'<td>(.*?)(?: <span class="anchor">.*)?</td>', table)[::2]
    assert len(reasons) == len(set(reasons))
    derived = [
        fact.id for fact in explainer.facts.values() if getattr(fact, "derived", None) is not None
    ]
    assert all(f'#{fact_id}"' in table for fact_id in derived)


def test_one_reasoning_for_two_dates_lists_both() -> None:
    derived = toy().events["announcement"].derived
    events = {**toy().events}
    events["meeting"] = saying(events["meeting"], derived=derived)
    page = page_named(replace(toy(), events=events), "en", "sources").whole
    table = page[page.index(' id="page-derived"') :]
    assert table.count("The Thursday before publication.") == 1
    row = table[: table.index("The Thursday before publication.")]
    assert re.findall(r"14\xa0March 2019|<br>|18 to 20\xa0March 2019", row) == [
        "14\xa0March 2019",
        "<br>",
        "18 to 20\xa0March 2019",
    ]


def test_corrections_say_where_to_report_an_error(explainer: Explainer) -> None:
    page = corrections_page(explainer, "en").whole
    label = explainer.locales["en"].label("page.report_errors")
    assert f'href="{explainer.site.report_errors}">{label}</a>' in page


def test_the_overview_is_listed_by_its_name_in_the_menu() -> None:
    page = PageWriter(toy(), "en", "glossary")
    assert page.sections(["overview"]) == '<a href="reperes-from-page:../">At a glance</a>'


# A figure's own page, and what others may quote


def page_named(explainer: Explainer, language: str, page_id: str) -> Page:
    return next(page for page in render_pages(explainer, language) if page.id == page_id)


def quoted(page: Page) -> list[str]:
    return re.findall(r'class="citing__text"[^>]*>(.*?)</p>', page.whole)


@pytest.mark.parametrize(
    ("language", "text"),
    [
        (
            "fr",
            (
                "Passagers transportés dans l’année\xa0: plus de 12\u202f000\xa0passagers, "
                "selon le Courrier de l’estuaire (2018). Source\xa0: Article du Courrier, §\xa03. "
                "D’après «\xa0La fin du bac de Port-Clair\xa0», "
                "https://example.org/ferry/fr/figures/passengers/"
            ),
        ),
        (
            "en",
            (
                "Passengers carried in the year: more than 12,000 passengers, "
                "according to the Courrier de l’estuaire (2018). "
                "Source: Courrier article, para.\xa03. From “The end of the Port-Clair ferry”, "
                "https://example.org/ferry/en/figures/passengers/"
            ),
        ),
    ],
)
def test_a_figure_is_quoted_with_its_author_its_source_and_its_address(
    language: str, text: str
) -> None:
    own = page_named(toy(), language, "figures/passengers")
    assert quoted(own) == [text]
    assert text in quoted(page_named(toy(), language, "figures"))


@pytest.mark.parametrize(
    ("language", "said"),
    [
        (
            "fr",
            (
                "au moins 35\xa0personnes, selon la mairie, "
                "dans un article publié le 15\xa0mars 2019"
            ),
        ),
        (
            "en",
            (
                "at least 35 people, according to the town hall, "
                "in an article published on 15\xa0March 2019"
            ),
        ),
    ],
)
def test_no_day_that_we_worked_out_is_put_in_the_authors_mouth(language: str, said: str) -> None:
    page = page_named(toy(), language, "figures/commuters")
    assert page.description == with_capital(said)
    (quote,) = quoted(page)
    assert f": {said}. Source" in quote.replace("\xa0:", ":")


def test_a_description_begins_with_a_capital(explainer: Explainer) -> None:
    for language in explainer.languages:
        for page in render_pages(explainer, language):
            assert page.description == with_capital(page.description), page.id


def test_a_figures_page_links_from_one_folder_down() -> None:
    page = page_named(toy(), "fr", "figures/passengers").whole
    links = re.findall(r"\]\(([^)]*)\)", page) + re.findall(r'href="([^"]*)"', page)
    outside = [link for link in links if link.startswith("https:")]
    assert len(outside) == 1
    assert all(
        re.match(r"(reperes-from-page:)?\.\./", link) for link in links if link not in outside
    )


def test_a_figures_page_says_who_when_and_what_is_not_known(explainer: Explainer) -> None:
    for language in explainer.languages:
        say = explainer.locales[language].label
        for figure in explainer.figures.values():
            page = page_named(explainer, language, f"figures/{figure.id}")
            assert shell(page)["parent"] == "figures"
            rows = ["card.who", "card.as_of", "card.bound", "card.where"]
            rows += ["card.derived"] if figure.derived else []
            rows += ["card.unknown"] if figure.unknown else []
            for row in rows:
                assert f"<dt>{say(row)}</dt>\n<dd>" in page.whole


def test_the_sources_page_lists_dates_that_were_worked_out_of_figures_too() -> None:
    markdown = page_named(toy(), "en", "sources").whole
    listed = markdown[markdown.index(' id="page-derived"') :]
    assert listed.count("The year is that of the article.") == 1
    assert ':../figures/#commuters"' in listed
    assert ':../figures/#repair_cost"' not in listed


def test_a_corrected_fact_shows_what_it_was_when_and_why() -> None:
    row = (
        'Correction, <time datetime="2019-03-16">16\xa0March 2019</time></dt>\n<dd>'
        '<span class="unseen">What we wrote</span> <del>12,000 passengers</del> '
        '<span aria-hidden="true">→</span> <span class="unseen">What we write now</span> '
        "<ins>more than 12,000 passengers</ins> – The article gives a minimum."
    )
    for page_id in ("figures", "figures/passengers", "closure"):
        assert page_named(toy(), "en", page_id).whole.count(row) == 1
    assert "<del>" not in page_named(toy(), "en", "figures/crossings").whole


def test_a_corrected_section_says_so_before_it_begins() -> None:
    correction = next(iter(toy().corrections.values()))
    moved = replace(correction, target_id=Text("closure", correction.place))
    explainer = replace(toy(), corrections={moved.id: moved})
    assert shell(page_named(explainer, "fr", "closure"))["notices"] == [
        {
            "kind": "corrected",
            "text": "Correction du 16\xa0mars 2019\xa0: L’article donne un plancher.",
            "url": "corrections/#passengers_bound",
            "url_text": "Ce qui a été changé",
        }
    ]


def test_a_section_says_that_a_fact_it_cites_was_corrected() -> None:
    assert toy().cited_in("passengers") == ("closure",)
    assert shell(page_named(toy(), "en", "closure"))["notices"][-1] == {
        "kind": "corrected",
        "text": (
            "Correction, 16\xa0March 2019 (Passengers carried in the year): The article gives a"
            " minimum."
        ),
        "url": "corrections/#passengers_bound",
        "url_text": "What was changed",
    }
    (notice,) = shell(page_named(toy(), "fr", "figures/passengers"))["notices"]
    assert notice["text"] == "Correction du 16\xa0mars 2019\xa0: L’article donne un plancher."


@pytest.mark.parametrize(
    "heading",
    ["## {} {{#h}}", "##{} {{#h}}", "Before\n### The {} {{#h}}\nAfter", "- a\n\n    ## {}"],
)
def test_no_link_stands_in_a_heading(heading: str) -> None:
    """It would come into the table of contents too."""
    explainer = with_body(heading.format("{{ passengers }}"), "en")
    page = page_named(explainer, "en", "money").whole
    line = next(line for line in page.split("\n") if line.lstrip().startswith("##"))
    assert say(explainer.facts["passengers"], "", explainer.locales["en"], explainer.actors) in line
    assert "](" not in line


# Terms and names


def body_of(page: Page) -> str:
    """What editors wrote for a page, as Markdown."""
    return page.whole.partition('<div class="text" markdown="block">')[2].partition("</div>")[0]


def marked(kind: str, entry_id: str, words: str) -> str:
    card, address = f"{kind}-{entry_id}", f"../glossary/#{entry_id}"
    return f'<a class="{kind}" data-card="{card}" href="{FROM_PAGE}{address}">{words}</a>'


@pytest.mark.parametrize(
    ("typed", "shown"),
    [
        (
            "[Line 7](term:line_7), then [Line 7](term:line_7)",
            f"{marked('term', 'line_7', 'Line 7')}, then Line 7",
        ),
        (
            "[Ada](actor:mayor), [Brunel](actor:mayor)",
            '<a class="actor" href="reperes-from-page:../actors/#mayor">Ada</a>, Brunel',
        ),
        (
            "[Salt](place:salt_island), [Island](place:salt_island)",
            f'<a class="place" href="{FROM_PAGE}../glossary/#place-salt_island">Salt</a>, Island',
        ),
        # A place that a term explains is that term, whichever comes first.
        (
            "[Port-Clair](place:port_clair), on [Line 7](term:line_7)",
            f"{marked('term', 'line_7', 'Port-Clair')}, on Line 7",
        ),
        (
            "{{ repair_cost.by }}; [users](actor:users)",
            (
                '<a class="actor" href="reperes-from-page:../actors/#users">'
                "According to the Users’ Association</a>; users"
            ),
        ),
        (
            "[here](section:closure), [here](section:closure)",
            ", ".join(['<a class="section" href="reperes-from-page:../closure/">here</a>'] * 2),
        ),
    ],
)
def test_a_term_or_a_name_is_marked_where_a_page_first_has_it(typed: str, shown: str) -> None:
    page = page_named(with_body(typed, "en"), "en", "money")
    assert body_of(page).strip() == shown


def test_among_the_entries_each_links_the_others_and_needs_no_card() -> None:
    prose = Prose(toy(), "en", "glossary")
    linked = '<a class="term" href="reperes-from-page:./#ferry">ferry</a>'
    typed = Text("[ferry](term:ferry)", Place("f"))
    assert [prose.markdown(typed), prose.markdown(typed), prose.cards()] == [linked, linked, ""]


def card_of(prose: Prose, typed: str) -> str:
    prose.markdown(Text(typed, Place("f")))
    return prose.cards()


def test_a_definition_says_whose_it_is() -> None:
    ours = card_of(Prose(toy(), "en", "closure"), "[ferry](term:ferry)")
    pinned = card_of(Prose(toy(), "en", "closure"), "[town hall](term:town_hall)")
    assert 'class="card__origin">Our definition</p>' in ours
    assert "Our definition" not in pinned
    source = '<a href="reperes-from-page:../sources/#courrier_article">'
    assert f'<p class="card__origin">para.\xa05, {source}Courrier article</a>' in pinned


@pytest.mark.parametrize(
    ("french", "english", "twins"),
    [
        ("bac", "ferry", {"en": "ferry"}),
        ("offensive", "Offensive", {}),
        ("réconciliation", "reconciliation", {}),
        ("tir de roquette", "rocket", {"en": "rocket"}),
    ],
)
def test_a_word_that_is_the_same_is_no_twin(
    french: str, english: str, twins: dict[str, str]
) -> None:
    term = toy().terms["ferry"]
    words = {"fr": french, "en": english}
    texts = {
        code: replace(text, term=Text(words[code], text.term.place))
        for code, text in term.texts.items()
    }
    renamed = replace(term, texts=texts)
    assert Prose(toy(), "fr", "closure").twins(renamed) == twins
    explainer = replace(toy(), terms={**toy().terms, "ferry": renamed})
    card = card_of(Prose(explainer, "fr", "closure"), "[bac](term:ferry)")
    assert ("card__others" in card) is bool(twins)


# Citations


BESIDE = "According to the Users’ Association\xa0·\xa0para.\xa04, Courrier article"


@pytest.mark.parametrize(
    ("typed", "attributes"),
    [
        # A fact says who and where once a page, and on paper its number each time.
        ("{{ delay }} days, {{ delay }} days", [(1, BESIDE), (1, "")]),
        # The same author and paragraph need no second note, unless another stands between, or
        # it is another paragraph of the text.
        ("{{ delay }}, {{ repair_cost }}", [(1, BESIDE), (2, "")]),
        ("- {{ delay }}\n- {{ repair_cost }}", [(1, BESIDE), (2, BESIDE)]),
        (
            "{{ delay }} [x](claim:users_ask) {{ repair_cost }}",
            [(1, BESIDE), (2, BESIDE.replace("Users’ Association", "Courrier de l’estuaire")),
             (3, BESIDE)],
        ),
        # Where there is no room beside the words, there is no note.
        ("| a |\n| --- |\n| {{ delay }} |", [(1, "")]),
        ("a[^1]\n\n[^1]: {{ delay }}", [(1, "")]),
        ("# {{ delay }}", []),
    ],
)  # fmt: skip
def test_a_fact_has_its_source_beside_it(typed: str, attributes: list[tuple[int, str]]) -> None:
    body = body_of(page_named(with_body(typed, "en"), "en", "money"))
    found = re.findall(
        r'class="cite" data-card="card-\w+" data-number="(.)"(?: data-source="(.*?)")? ', body
    )
    assert [(int(number), note) for number, note in found] == attributes


def note_beside(fact_id: str, explainer: Explainer) -> str:
    body = body_of(page_named(explainer, "fr", "money"))
    (note,) = re.findall(rf'data-card="card-{fact_id}"[^>]* data-source="(.*?)"', body)
    return str(note)


def test_a_heading_beside_a_citation_is_plain_text() -> None:
    explainer = with_body("{{ last_crossing.on }}", "fr")
    event = explainer.events["last_crossing"]
    printed = saying(event, pins=event.pins[1:])
    changed = replace(explainer, events={**explainer.events, printed.id: printed})
    assert note_beside("last_crossing", changed) == (
        "Selon la Compagnie des bacs\xa0·\xa0sous le titre «\xa0Ligne 7\xa0», "
        "Horaires de la compagnie"
    )


def test_typography_beside_a_citation_sees_no_entities() -> None:
    explainer = with_body("{{ delay }}", "fr")
    users = explainer.actors["users"]
    named = replace(users.names["fr"], according_to=text("selon Dupont & fils"))
    changed = replace(users, names={**users.names, "fr": named})
    explainer = replace(explainer, actors={**explainer.actors, "users": changed})
    assert note_beside("delay", explainer).startswith("Selon Dupont &#38; fils\xa0·\xa0§")


def test_only_what_is_read_through_has_numbers_notes_and_a_legend(
    explainer: Explainer, pages: Mapping[str, Sequence[Page]]
) -> None:
    for page in (page for found in pages.values() for page in found):
        cites = 'class="cite"' in page.whole
        is_text = page.id in ("overview", *explainer.site.section_ids)
        assert ("data-number" in page.whole) is (is_text and cites)
        assert ("cards--sources" in page.whole) is (is_text and cites)
        assert ('<p class="marks"' in page.whole) is (
            is_text and bool(re.search(r'<a class="(cite|term|actor|place)"', body_of(page)))
        )


def test_the_legend_names_the_marks_that_a_text_has() -> None:
    signs = {}
    for typed in ("{{ delay }}", "[ferry](term:ferry)", "{{ delay }} [ferry](term:ferry)", "No."):
        page = page_named(with_body(typed, "en"), "en", "money").whole
        signs[typed] = re.findall(r'<span class="marks__\w+">(\w+)</span>', page)
    assert list(signs.values()) == [["Underlined"], ["Dotted"], ["Underlined", "Dotted"], []]


def test_who_speaks_and_who_reports_it_are_one_row_where_they_are_one() -> None:
    claim = toy().claims["users_ask"]
    alone = saying(claim, attributed_to=(claim.actor_id,))
    reported = saying(claim, attributed_to=(Text("herald", claim.actor_id.place),))
    rows = []
    for found in (alone, reported):
        explainer = replace(toy(), claims={**toy().claims, claim.id: found})
        card = card_of(Prose(explainer, "en", "closure"), "[asks](claim:users_ask)")
        rows.append(re.findall(r"<dt>(.*)</dt>\n<dd><a ", card))
    assert rows == [["Who says so"], ["Position of", "Reported by"]]


def test_a_card_begins_with_capitals_and_says_where_it_leads() -> None:
    prose = Prose(toy(), "en", "closure")
    card = card_of(prose, "{{ passengers }}")
    assert prose.value(toy().figures["passengers"]) == "More than 12,000 passengers"
    assert ">More than 12,000 passengers</p>" in card
    assert 'href="reperes-from-page:../figures/passengers/">See this figure</a>' in card


# Where to begin


def test_a_path_says_how_long_it_takes_where_all_of_it_is_read() -> None:
    overview = page_named(toy(), "en", "overview").whole
    paths = overview.partition("Start here")[2].partition("<h2")[0]
    assert re.findall(r"<h3 [^>]*>(.*?)</h3>", paths) == ["In short", "The numbers"]
    assert re.findall(r'href="reperes-from-page:(.*?)">(.*?)</a>', paths) == [
        ("closure/", "A line that closes"),
        ("figures/", "Key figures"),
        ("statements/", "Who says what"),
    ]
    assert re.findall(r'class="path__time"[^>]*>(.*?)<', paths) == ["1\xa0min read"]


def test_any_page_is_rendered_alone(monkeypatch: pytest.MonkeyPatch) -> None:
    whole = {page.id: page for page in render_pages(toy(), "en")}
    assert [*whole] == page_ids(toy())
    for page_id in reversed(page_ids(toy())):
        written: list[str] = []
        with monkeypatch.context() as patched:
            patched.setattr(PageWriter, "write", _noting(written))
            assert render_page(toy(), "en", page_id) == whole[page_id]
        assert written == [page_id]


def _noting(written: list[str]) -> Callable[..., Page]:
    write = PageWriter.write

    def noted(page: PageWriter, *arguments: str, **values: object) -> Page:
        written.append(page.id)
        return write(page, *arguments, **values)

    return noted


@pytest.mark.parametrize(("sections", "more"), [(LISTED, False), (LISTED + 1, True)])
def test_a_long_explainer_lists_its_sections_on_a_page_of_their_own(
    sections: int, more: bool
) -> None:
    site = replace(toy().site, section_ids=(toy().site.section_ids[0],) * sections)
    long = replace(toy(), site=site)
    overview = page_named(long, "en", "overview").whole
    assert overview.count('class="chapters__time"') == LISTED
    assert (':contents/"' in overview) is more
    assert ("contents" in page_ids(long)) is more
    contents = render_page(long, "en", "contents").whole
    assert contents.count('class="chapters__time"') == sections


def test_the_words_of_a_link_in_yaml_are_no_markdown() -> None:
    typed = Text("[<b>*x*</b>](actor:mayor)", Place("f"))
    words = "&#60;b&#62;&#42;x&#42;&#60;/b&#62;"
    prose = Prose(toy(), "en", "closure")
    linked = f'<a class="actor" href="{FROM_PAGE}../actors/#mayor">{words}</a>'
    assert prose.markdown(typed) == linked
    assert prose.unlinked(typed) == words


# What is seen at a glance


def test_the_overview_counts_what_it_rests_on() -> None:
    french, english = (page_named(toy(), code, "overview").whole for code in ("fr", "en"))
    proof = re.compile(r'<nav class="proof".*?</nav>', re.DOTALL)
    counts = len(toy().events), len(toy().figures), len(toy().claims)
    derived = sum(event.derived is not None for event in toy().events.values())
    said = re.findall(r"\[(.*?)\]\((.*?)\)", proof.findall(french)[0])
    assert said == [
        (f"{len(toy().sources)} sources", "sources.md"),
        (f"{counts[0]} dates, dont {derived} déduite", "timeline.md"),
        (f"{counts[1]} chiffres", "figures.md"),
        (f"{counts[2]} déclarations", "statements.md"),
        (f"{len(toy().quotations)} citations", "statements.md#page-quotations"),
        ("1 correction", "corrections.md"),
    ]
    bare = replace(toy(), corrections={})
    none = page_named(bare, "fr", "overview").whole
    assert "[0 correction](corrections.md)" in none
    assert "[0 corrections](corrections.md)" in page_named(bare, "en", "overview").whole
    assert f"{derived} of them inferred" in english


def test_a_source_alone_is_named_by_its_type() -> None:
    real = load(ROOT / "content").explainer
    assert len(real.sources) == 1
    assert "[1 dépêche d’agence](sources.md)" in page_named(real, "fr", "overview").whole


def test_the_overview_of_an_archive_has_the_days_and_no_latest_dates() -> None:
    site = toy().site
    living, archived = (
        page_named(replace(toy(), site=replace(site, archived=flag)), "en", "overview").whole
        for flag in (False, True)
    )
    assert 'class="dates"' in living
    assert 'class="dates"' not in archived
    assert 'class="strip"' in archived


def test_every_tile_and_every_entry_leads_to_the_page_of_its_figure() -> None:
    pages = {page.id: page.whole for page in render_pages(toy(), "en")}
    for figure in toy().figures.values():
        label = figure.label["en"]
        assert f':{figure.id}/">{label}</a></h2>' in pages["figures"]
        assert (f':figures/{figure.id}/">{label}</a>' in pages["overview"]) == figure.key


@pytest.mark.parametrize(
    ("label", "unit", "value"),
    [
        ("Towns and villages retaken", "locality", "About 30"),
        ("Places retaken", "locality", "About 30 towns and villages"),
        ("Town retaken", "locality", "About 30 towns and villages"),
        ("Time since then", "day", "About 30 days"),
        ("Share of the country", "percent", "About 30%"),
    ],
)
def test_a_value_leaves_out_the_unit_that_its_label_names(
    label: str, unit: str, value: str
) -> None:
    explainer = load(REAL).explainer
    figure = saying(
        next(iter(explainer.figures.values())),
        label={"fr": text(label), "en": text(label)},
        low=Decimal(30),
        high=Decimal(30),
        bound="about",
        unit=unit,
    )
    assert PageWriter(explainer, "en", "figures").value(figure) == value


def test_an_entry_folds_what_is_looked_up() -> None:
    page = page_named(toy(), "en", "figures").whole
    entry = page.partition(' class="figure" ')[2].partition("</section>")[0]
    seen, _, folded = entry.partition('<details class="figure__details"')
    assert ("<svg" in seen, "<svg" in folded) == (True, False)
    for part in ("Who says so", "picture__data", "citing__text"):
        assert (part in seen, part in folded) == (False, True)


# Pages with nothing on them

ENTRIES = {kind.root for kind in KINDS}


def bare_toy(*kept: str) -> Explainer:
    """The toy explainer with no text, and no entries but some."""
    nothing: dict[str, Any] = {name: {} for name in ENTRIES - {*kept}}
    sections: dict[str, dict[str, Section]] = {"fr": {}, "en": {}}
    site = replace(toy().site, section_ids=(), start_here=())
    return replace(toy(), site=site, sections=sections, marks={}, **nothing)


@pytest.mark.parametrize(
    ("kept", "page_id"),
    [
        ("events", "timeline"),
        ("figures", "figures"),
        ("claims", "statements"),
        ("quotations", "statements"),
        ("actors", "actors"),
        ("terms", "glossary"),
        ("places", "glossary"),
        ("sources", "sources"),
    ],
)
def test_a_page_is_made_for_what_it_shows(kept: str, page_id: str) -> None:
    assert bare_toy(kept).has_page(page_id)
    assert not bare_toy().has_page(page_id)


def test_an_introduction_in_one_language_is_worth_a_page() -> None:
    section = toy().sections["fr"]["closure"]
    sections = {**bare_toy().sections, "fr": {"timeline": section}}
    assert replace(bare_toy(), sections=sections).has_page("timeline")


def test_that_nothing_was_corrected_is_worth_a_page() -> None:
    assert bare_toy().has_page("corrections")


def test_pages_without_entries_are_not_made_and_nothing_leads_to_them() -> None:
    notice = {"fr": text("Un essai."), "en": text("A trial.")}
    article = {"courrier_article": toy().sources["courrier_article"]}
    lacking = replace(bare_toy(), sources=article, actors={"herald": toy().actors["herald"]})
    lacking = replace(lacking, site=replace(lacking.site, notice=notice))
    pages = {page.id: page.whole for page in render_pages(lacking, "en")}
    assert [*pages] == ["overview", "actors", "sources", "corrections"]
    linked = {
        link
        for page in pages.values()
        for link in re.findall(r'(?:\]\(|href="reperes-from-page:\.\./)(\w+)(?:\.md|/)', page)
    }
    assert linked <= pages.keys()


# Names


def test_a_short_name_that_is_a_common_noun_stands_in_prose_alone() -> None:
    card = card_of(Prose(toy(), "fr", "closure"), "{{ commuters }}")
    assert ':../actors/#town">Mairie de Port-Clair</a>, en son propre nom' not in card
    assert ':../actors/#town">Mairie de Port-Clair</a>' in card
    assert toy().actors["town"].names["fr"].in_prose == "mairie"


def test_a_name_that_is_a_common_noun_opens_a_line_with_a_capital() -> None:
    town = toy().actors["town"]
    name = replace(town.names["fr"], full=text("chambre des comptes"), short=None)
    actors = {**toy().actors, "town": replace(town, names={**town.names, "fr": name})}
    explainer = replace(toy(), actors=actors)
    assert 'id="town-name">Chambre des comptes</h3>' in actors_page(explainer, "fr").whole
    page = statements_page(explainer, "fr").whole
    openings = re.findall(r'claim__act.*?:../actors/#town">(.*?)</a>', page)
    assert openings == ["Chambre des comptes", "Chambre des comptes"]
