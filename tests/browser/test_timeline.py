"""The timeline's filters: what they keep, what they say, and what the address remembers."""

from __future__ import annotations

import gzip
from pathlib import Path
from typing import Any

import pytest
from playwright.sync_api import Locator, Page, Route, expect

AXE = Path(__file__).parents[2] / "node_modules" / "axe-core" / "axe.min.js"
PAGE = "en/timeline/"
FILTERED = f"{PAGE}?actor=russia&kind=talks"
TALKS_WITH_RUSSIA = ["deadline_warning", "talks_deadline", "talks_failed"]
SIZES = [
    {"color_scheme": scheme, "viewport": {"width": width, "height": 800}}
    for scheme in ("light", "dark")
    for width in (320, 1280)
]

PAINTED = """() => new Promise((resolve) => {
    new PerformanceObserver(resolve).observe({type: "paint", buffered: true});
}).then(() => true)"""
MOVED = """() => new Promise((resolve) => {
    const moved = [];
    new PerformanceObserver((list) => moved.push(...list.getEntries().map(({value}) => value)))
        .observe({type: "layout-shift", buffered: true});
    requestAnimationFrame(() => requestAnimationFrame(() => setTimeout(() => resolve(moved))));
})"""
"""What Chromium notes of things that moved by themselves, once the next frames are drawn."""


def options(**chosen: Any) -> pytest.MarkDecorator:
    """How the page of a test is seen."""
    return pytest.mark.parametrize("context_options", [chosen], ids=["-".join(chosen)])


def actor(page: Page) -> Locator:
    return page.locator("#filter-actor")


def kind(page: Page) -> Locator:
    return page.locator("#filter-kind")


def show_all(page: Page) -> Locator:
    return page.locator(".filters__all")


def shown(page: Page) -> list[str]:
    """Ids of the events that a reader sees, in their order."""
    events = page.locator(".event").all()
    return [event.get_attribute("id") or "" for event in events if event.is_visible()]


def total(page: Page) -> int:
    return page.locator(".event").count()


# What is kept


def test_all_is_shown_until_the_reader_chooses(page: Page) -> None:
    page.goto(PAGE)
    expect(page.get_by_role("group", name="Filter the timeline")).to_be_visible()
    assert len(shown(page)) == total(page) > len(TALKS_WITH_RUSSIA)


def test_an_actor_is_shown_with_what_its_parts_do(page: Page) -> None:
    page.goto(PAGE)
    actor(page).select_option("russia")
    assert shown(page) == [*TALKS_WITH_RUSSIA, "moscow_meeting"]
    actor(page).select_option("russian_delegation")
    assert shown(page) == ["deadline_warning", "talks_deadline"]


def test_a_kind_is_shown_alone(page: Page) -> None:
    page.goto(PAGE)
    kind(page).select_option("talks")
    assert shown(page) == TALKS_WITH_RUSSIA


def test_both_choices_hold_at_once(page: Page) -> None:
    page.goto(PAGE)
    actor(page).select_option("russia")
    kind(page).select_option("diplomacy")
    assert shown(page) == ["moscow_meeting"]


def test_every_choice_finds_something(page: Page) -> None:
    page.goto(PAGE)
    for choice in (actor(page), kind(page)):
        for option in choice.locator("option").all():
            choice.select_option(option.get_attribute("value"))
            assert shown(page)
        show_all(page).click()


def test_days_and_months_without_an_event_go_with_their_heading(page: Page) -> None:
    page.goto(PAGE)
    expect(page.locator("#month-2018-06")).to_be_visible()
    kind(page).select_option("talks")
    expect(page.locator("#month-2018-06")).to_be_hidden()
    expect(page.locator("#month-2011")).to_be_hidden()
    expect(page.locator("#month-2018-07")).to_be_visible()
    expect(page.locator("#day-2018-07-04")).to_be_visible()
    expect(page.locator("#day-2018-07-05")).to_be_hidden()
    assert page.locator(".derived").filter(visible=True).count() == 2


def test_the_button_brings_everything_back(page: Page, site_url: str) -> None:
    page.goto(FILTERED)
    show_all(page).click()
    assert len(shown(page)) == total(page)
    expect(actor(page)).to_have_value("")
    expect(kind(page)).to_have_value("")
    expect(page).to_have_url(f"{site_url}{PAGE}")
    expect(show_all(page)).to_be_focused()


# What is said


@pytest.mark.parametrize(
    ("language", "all_of_them", "some", "none", "one"),
    [
        (
            "fr",
            "{0}\xa0événements sur {0}",
            "3\xa0événements sur {0}\xa0: Pourparlers",
            "Aucun événement ne répond à ces deux choix\xa0: Jordanie, Pourparlers",
            "1\xa0événement sur {0}\xa0: Jordanie, Diplomatie",
        ),
        (
            "en",
            "{0} of {0} events",
            "3 of {0} events: Talks",
            "No event matches both choices: Jordan, Talks",
            "1 of {0} events: Jordan, Diplomacy",
        ),
    ],
)
def test_how_many_are_shown_is_said_and_by_which_choices(
    page: Page, language: str, all_of_them: str, some: str, none: str, one: str
) -> None:
    page.goto(f"{language}/timeline/")
    status = page.get_by_role("status")
    expect(status).to_have_text(all_of_them.format(total(page)), use_inner_text=True)
    kind(page).select_option("talks")
    expect(status).to_have_text(some.format(total(page)), use_inner_text=True)
    actor(page).select_option("jordan")
    expect(status).to_have_text(none, use_inner_text=True)
    assert shown(page) == []
    kind(page).select_option("diplomacy")
    expect(status).to_have_text(one.format(total(page)), use_inner_text=True)


def test_the_same_count_is_not_said_twice(page: Page) -> None:
    page.goto(FILTERED)
    page.evaluate(
        """() => new MutationObserver(() => { document.body.dataset.said = "again"; })
        .observe(document.querySelector(".filters__count"), {childList: true})"""
    )
    page.locator("#talks_failed .permalink").click()
    expect(page.locator("body")).not_to_have_attribute("data-said", "again")
    show_all(page).click()
    expect(page.locator("body")).to_have_attribute("data-said", "again")


# What the address remembers


def test_the_address_tells_the_choices(page: Page, site_url: str) -> None:
    page.goto(f"{PAGE}?from=newsletter")
    actor(page).select_option("russia")
    expect(page).to_have_url(f"{site_url}{PAGE}?from=newsletter&actor=russia")
    kind(page).select_option("talks")
    actor(page).select_option("")
    expect(page).to_have_url(f"{site_url}{PAGE}?from=newsletter&kind=talks")


def test_an_address_is_opened_and_opened_again_as_it_was_left(page: Page) -> None:
    page.goto(FILTERED)
    assert shown(page) == TALKS_WITH_RUSSIA
    expect(actor(page)).to_have_value("russia")
    page.reload()
    assert shown(page) == TALKS_WITH_RUSSIA


def test_choices_survive_the_way_to_another_page_and_back(page: Page) -> None:
    page.goto(PAGE)
    kind(page).select_option("talks")
    page.locator(".event__actors a").filter(visible=True).first.click()
    page.wait_for_url("**/actors/#*")
    page.go_back()
    expect(kind(page)).to_have_value("talks")
    assert shown(page) == TALKS_WITH_RUSSIA


def test_back_and_forward_on_the_page_follow_the_address(page: Page) -> None:
    page.goto(FILTERED)
    page.locator("#talks_failed .permalink").click()
    kind(page).select_option("")
    assert len(shown(page)) > len(TALKS_WITH_RUSSIA)
    page.go_back()
    expect(kind(page)).to_have_value("talks")
    assert shown(page) == TALKS_WITH_RUSSIA
    page.go_forward()
    expect(kind(page)).to_have_value("")


def test_the_other_language_shows_the_same(page: Page) -> None:
    page.goto(PAGE)
    kind(page).select_option("talks")
    page.locator("nav.languages a[hreflang=fr]").click()
    page.wait_for_url("**/fr/timeline/?kind=talks")
    assert shown(page) == TALKS_WITH_RUSSIA


@pytest.mark.parametrize(
    "query", ["actor=nobody", "kind=%22%5D", "actor=&kind=", "actor=talks", "other=russia"]
)
def test_what_is_no_choice_is_ignored(page: Page, query: str) -> None:
    page.goto(f"{PAGE}?{query}")
    assert len(shown(page)) == total(page)
    expect(actor(page)).to_have_value("")
    expect(kind(page).locator("option:checked")).to_have_text("All kinds")


def test_nothing_is_stored(page: Page) -> None:
    page.goto(PAGE)
    kind(page).select_option("talks")
    kept = "[document.cookie.length, localStorage.length, sessionStorage.length]"
    assert page.evaluate(kept) == [0, 0, 0]


# Links to one event


@pytest.mark.parametrize("address", [f"{FILTERED}#raids", f"{FILTERED}#month-2018-06"])
def test_a_link_to_what_a_filter_hides_drops_the_filter(
    page: Page, site_url: str, address: str
) -> None:
    page.goto(address)
    anchor = address.partition("#")[2]
    expect(page.locator(f"#{anchor}")).to_be_in_viewport()
    assert len(shown(page)) == total(page)
    expect(page).to_have_url(f"{site_url}{PAGE}#{anchor}")


def test_so_does_one_that_is_followed_on_the_page(page: Page, site_url: str) -> None:
    page.goto(FILTERED)
    page.evaluate("location.hash = 'raids'")
    expect(page.locator("#raids")).to_be_in_viewport()
    expect(page).to_have_url(f"{site_url}{PAGE}#raids")
    assert len(shown(page)) == total(page)


def test_a_link_to_what_a_filter_shows_keeps_it(page: Page) -> None:
    page.goto(f"{FILTERED}#talks_failed")
    expect(page.locator("#talks_failed")).to_be_in_viewport()
    assert shown(page) == TALKS_WITH_RUSSIA


def test_a_new_choice_leaves_the_event_that_was_linked(page: Page, site_url: str) -> None:
    page.goto(f"{PAGE}#raids")
    kind(page).select_option("talks")
    expect(page).to_have_url(f"{site_url}{PAGE}?kind=talks")


@pytest.mark.parametrize("event", ["initiatives", "raids", "council_meeting"])
def test_the_address_of_an_event_leads_to_it(page: Page, event: str) -> None:
    page.goto(f"{PAGE}#{event}")
    expect(page.locator(f"#{event}")).to_be_in_viewport()


# Without scripts, by keyboard, on paper


@options(java_script_enabled=False)
@pytest.mark.parametrize("address", [PAGE, FILTERED])
def test_without_scripts_every_event_shows_and_no_control(page: Page, address: str) -> None:
    page.goto(address)
    assert len(shown(page)) == total(page)
    expect(page.locator(".filters")).to_be_hidden()
    assert page.locator(".filters").bounding_box() is None


def test_if_its_script_is_lost_every_event_shows_and_no_control(page: Page) -> None:
    page.route("**/timeline.*.js", lambda route: route.fulfill(content_type="text/javascript"))
    page.goto(FILTERED)
    assert len(shown(page)) == total(page)
    expect(page.locator(".filters")).to_be_hidden()


def test_all_is_done_by_keyboard(page: Page) -> None:
    page.goto(PAGE)
    actor(page).focus()
    page.keyboard.type("Russia")
    expect(actor(page)).to_have_value("russia")
    page.keyboard.press("Tab")
    expect(kind(page)).to_be_focused()
    page.keyboard.type("Talks")
    assert shown(page) == TALKS_WITH_RUSSIA
    page.keyboard.press("Tab")
    page.keyboard.press("Enter")
    assert len(shown(page)) == total(page)


def test_paper_has_what_the_screen_shows_and_no_control(page: Page) -> None:
    page.goto(PAGE)
    page.emulate_media(media="print")
    expect(page.locator(".filters")).to_be_hidden()
    page.goto(FILTERED)
    assert shown(page) == TALKS_WITH_RUSSIA
    status = page.get_by_role("status")
    expect(status).to_be_visible()
    expect(status).to_contain_text("Russia, Talks")
    expect(actor(page)).to_be_hidden()
    expect(show_all(page)).to_be_hidden()


# How it looks


@pytest.mark.parametrize("context_options", SIZES, ids=str)
@pytest.mark.parametrize("language", ["fr", "en"])
@pytest.mark.parametrize("query", ["actor=russia&kind=talks", "actor=hrw&kind=talks"])
def test_a_filtered_page_breaks_no_rule_and_fits(page: Page, language: str, query: str) -> None:
    page.goto(f"{language}/timeline/?{query}")
    page.evaluate(f"{AXE.read_text('utf-8')};0")
    found = page.evaluate("axe.run(document, {resultTypes: ['violations']})")
    assert [(rule["id"], rule["nodes"][0]["html"]) for rule in found["violations"]] == []
    assert page.evaluate("document.documentElement.scrollWidth") <= page.evaluate("innerWidth")
    for control in page.locator(".filters :is(select, button)").all():
        box = control.bounding_box()
        assert box is not None
        assert box["height"] >= 44


@pytest.mark.parametrize("context_options", SIZES[:2], ids=str)
@pytest.mark.parametrize("address", [PAGE, "fr/timeline/", FILTERED, f"{PAGE}?kind=humanitarian"])
def test_nothing_moves_however_late_the_script_comes(page: Page, address: str) -> None:
    held: list[Route] = []
    page.route("**/timeline.*.js", lambda route: held.append(route))
    page.goto(address, wait_until="commit")
    page.evaluate(PAINTED)
    expect(page.locator(".filters")).to_be_hidden()
    held[0].continue_()
    expect(page.locator(".filters")).to_be_visible()
    assert page.evaluate(MOVED) == []


def test_the_script_is_light_and_for_this_page_alone(page: Page, built_site: Path) -> None:
    (script,) = (path.read_bytes() for path in (built_site / "assets").glob("timeline.*.js"))
    assert len(gzip.compress(script)) <= 1500
    asked: list[str] = []
    page.on("request", lambda request: asked.append(request.url))
    page.goto("en/figures/")
    assert not [url for url in asked if "/timeline." in url]


# The strip of days


STRIP = """() => {
    const boxes = [...document.querySelectorAll(".strip text")]
        .filter((text) => getComputedStyle(text).display !== "none")
        .map((text) => ({name: text.textContent, ...text.getBoundingClientRect().toJSON()}));
    const meet = (a, b) => a.left < b.right && b.left < a.right && a.top < b.bottom - 3
        && b.top < a.bottom - 3;
    return {
        names: boxes.map(({name}) => name),
        met: boxes.flatMap((a, n) => boxes.slice(n + 1).filter((b) => meet(a, b))
            .map((b) => `${a.name} ${b.name}`)),
        outside: boxes.filter(({left, right}) => left < 0 || right > innerWidth)
            .map(({name}) => name),
    };
}"""


@pytest.mark.parametrize(
    "context_options", [{"viewport": {"width": width, "height": 800}} for width in (320, 768, 1440)]
)
@pytest.mark.parametrize("size", ["100%", "200%"])
def test_no_name_on_the_strip_meets_another_or_leaves_the_page(page: Page, size: str) -> None:
    page.goto("fr/timeline/")
    page.evaluate("size => { document.documentElement.style.fontSize = size; }", size)
    found = page.evaluate(STRIP)
    assert found["met"] == found["outside"] == []
    assert {"19", "30", "3", "4", "5", "juin 2018", "juillet"} <= set(found["names"])
