"""What readers do with the built site: open cards, change language, find their way, print."""

from __future__ import annotations

import re
from pathlib import Path

import pytest
from playwright.sync_api import Locator, Page, expect

from support_browser import NO_SCRIPT, PHONE, addresses, options

CITING = "en/displaced/"
"""A page that cites figures."""


def first_button(page: Page) -> Locator:
    """What opens the first card of the text."""
    return page.locator("article button.cite-card").first


def card_of(button: Locator) -> Locator:
    target = button.get_attribute("popovertarget")
    return button.page.locator(f'[id="{target}"]')


# Cards


def test_a_card_opens_and_closes_by_mouse(page: Page) -> None:
    page.goto(CITING)
    button = first_button(page)
    card = card_of(button)
    expect(card).to_be_hidden()
    button.click()
    expect(card).to_be_visible()
    expect(card.get_by_role("link")).not_to_have_count(0)
    page.mouse.click(2, 2)
    expect(card).to_be_hidden()


@pytest.mark.parametrize("key", ["Enter", "Space"])
def test_a_card_opens_by_keyboard_and_gives_the_focus_back(page: Page, key: str) -> None:
    page.goto(CITING)
    button = first_button(page)
    button.focus()
    page.keyboard.press(key)
    expect(card_of(button)).to_be_visible()
    page.keyboard.press("Escape")
    expect(card_of(button)).to_be_hidden()
    expect(button).to_be_focused()


def test_the_next_stop_after_an_open_card_is_in_it(page: Page) -> None:
    page.goto(CITING)
    button = first_button(page)
    button.focus()
    page.keyboard.press("Enter")
    page.keyboard.press("Tab")
    expect(card_of(button).locator(":focus")).to_have_count(1)


def test_a_card_closes_by_its_own_button(page: Page) -> None:
    page.goto(CITING)
    button = first_button(page)
    button.click()
    card_of(button).locator("button").click()
    expect(card_of(button)).to_be_hidden()
    expect(button).to_be_focused()


@options(**PHONE)
def test_a_card_opens_by_touch_and_fits_the_screen(page: Page) -> None:
    page.goto(CITING)
    button = first_button(page)
    button.tap()
    card = card_of(button)
    expect(card).to_be_visible()
    box = card.bounding_box()
    assert box is not None
    assert box["x"] >= 0
    assert box["x"] + box["width"] <= 320
    assert box["y"] >= 0
    assert box["y"] + box["height"] <= 640


@options(**NO_SCRIPT)
def test_a_card_opens_without_scripts(page: Page) -> None:
    page.goto(CITING)
    button = first_button(page)
    button.click()
    expect(card_of(button)).to_be_visible()
    page.keyboard.press("Escape")
    expect(card_of(button)).to_be_hidden()


def test_opening_one_card_closes_the_other(page: Page) -> None:
    page.goto("en/")
    buttons = page.locator("article button.cite-card")
    first = buttons.first
    other = next(
        button
        for button in buttons.all()
        if button.get_attribute("popovertarget") != first.get_attribute("popovertarget")
    )
    first.press("Enter")
    other.press("Enter")
    expect(card_of(other)).to_be_visible()
    expect(card_of(first)).to_be_hidden()


def test_a_card_leads_to_the_facts_own_place(page: Page) -> None:
    page.goto(CITING)
    button = first_button(page)
    button.click()
    card_of(button).locator("a.card__more").click()
    page.wait_for_url(re.compile(r"/en/(figures|timeline|statements)/#"))
    anchor = page.evaluate("location.hash.slice(1)")
    expect(page.locator(f'[id="{anchor}"]')).to_be_in_viewport()


def test_every_button_has_a_name_and_a_card(page: Page, built_site: Path) -> None:
    seen = 0
    for address in addresses(built_site):
        page.goto(address)
        nameless = page.evaluate(
            """() => [...document.querySelectorAll("button[popovertarget]")]
            .filter(b => !(b.ariaLabel || b.textContent.trim()) || !b.popoverTargetElement)
            .length"""
        )
        assert nameless == 0
        seen += page.locator("button.cite-card").count()
    assert seen > 0


# Terms


@pytest.mark.parametrize("key", ["Enter", "Space"])
def test_a_term_explains_itself_by_keyboard(page: Page, key: str) -> None:
    page.goto("en/offensive/")
    button = page.locator("button.term-card").first
    expect(button).to_have_attribute("aria-label", "Definition: offensive")
    button.focus()
    page.keyboard.press(key)
    card = card_of(button)
    expect(card).to_contain_text("A large military operation")
    page.keyboard.press("Escape")
    expect(card).to_be_hidden()
    expect(button).to_be_focused()


@pytest.mark.parametrize("context_options", [PHONE, {**PHONE, **NO_SCRIPT}], ids=["js", "no-js"])
def test_a_term_explains_itself_by_touch(page: Page) -> None:
    page.goto("fr/talks/")
    button = page.locator("button.term-card").first
    button.tap()
    expect(card_of(button)).to_be_visible()
    expect(card_of(button).locator("[lang=en]")).to_have_text("Syrian government")
    card_of(button).locator("a.card__more").tap()
    page.wait_for_url("**/fr/glossary/#syrian_government")


def test_a_term_itself_leads_to_the_glossary(page: Page) -> None:
    page.goto("en/offensive/")
    page.locator("a.term").first.click()
    page.wait_for_url("**/en/glossary/#offensive")


# Figures to quote


@options(permissions=["clipboard-read", "clipboard-write"])
@pytest.mark.parametrize("address", ["fr/figures/", "fr/figures/displaced/"])
def test_a_figure_is_copied_with_its_author_and_its_address(page: Page, address: str) -> None:
    page.goto(address)
    closed = page.locator("#displaced details.citing > summary")
    if closed.count():
        closed.click()
    page.locator("[data-copy=displaced-quote]").click()
    expect(page.locator(".citing__done").first).to_have_text("Copié")
    copied = page.evaluate("navigator.clipboard.readText()")
    assert "270\u202f000 à 330\u202f000\xa0personnes, selon l’ONU" in copied
    assert copied.endswith("https://example.org/reperes/fr/figures/displaced/")


def test_where_copying_is_refused_the_text_is_selected(page: Page) -> None:
    page.goto("en/figures/displaced/")
    page.evaluate("navigator.clipboard.writeText = async () => { throw 0; }; 0")
    page.locator("[data-copy]").click()
    expect(page.get_by_role("status")).to_contain_text("The browser refused to copy")
    assert page.evaluate("getSelection().toString()").startswith("People displaced since")


@options(**NO_SCRIPT)
def test_without_scripts_the_text_to_quote_is_there_and_no_button(page: Page) -> None:
    page.goto("en/figures/displaced/")
    expect(page.locator(".citing__text")).to_contain_text("according to the UN")
    expect(page.locator("[data-copy]")).to_be_hidden()


def test_a_figure_on_the_page_of_all_leads_to_its_own(page: Page) -> None:
    page.goto("fr/figures/")
    page.locator("#displaced a.permalink").click()
    page.wait_for_url("**/fr/figures/displaced/")
    expect(page.locator("nav.menu [aria-current=true]")).to_have_text("Chiffres clés")


# Languages


@pytest.mark.parametrize("address", ["", "figures/", "figures/displaced/", "talks/"])
def test_the_language_switch_keeps_the_page(page: Page, site_url: str, address: str) -> None:
    page.goto(f"fr/{address}")
    page.locator("nav.languages a[hreflang=en]").click()
    expect(page).to_have_url(f"{site_url}en/{address}")
    expect(page.locator("html")).to_have_attribute("lang", "en")
    page.locator("nav.languages a[hreflang=fr]").click()
    expect(page).to_have_url(f"{site_url}fr/{address}")


def test_the_language_switch_keeps_the_place_on_the_page(page: Page, site_url: str) -> None:
    page.goto("fr/timeline/#pause_start")
    link = page.locator("nav.languages a[hreflang=en]")
    expect(link).to_have_attribute("href", re.compile("#pause_start$"))
    link.click()
    expect(page).to_have_url(f"{site_url}en/timeline/#pause_start")
    page.goto("fr/glossary/")
    page.evaluate("location.hash = 'deraa'")
    page.locator("nav.languages a[hreflang=en]").click()
    expect(page).to_have_url(f"{site_url}en/glossary/#deraa")
    expect(page.locator("#deraa")).to_be_in_viewport()


@pytest.mark.parametrize(
    ("context_options", "address"),
    [
        ({"locale": "fr-CA"}, "fr/"),
        ({"locale": "en-US"}, "en/"),
        ({"locale": "de-DE"}, ""),
        ({"locale": "fr-FR", **NO_SCRIPT}, ""),
    ],
    ids=["fr-CA", "en-US", "de-DE", "no script"],
)
def test_the_root_goes_on_to_the_readers_language(page: Page, site_url: str, address: str) -> None:
    page.goto("./")
    expect(page).to_have_url(f"{site_url}{address}")
    if not address:
        expect(page.get_by_role("link")).to_have_count(2)


@pytest.mark.parametrize(
    ("address", "languages"),
    [("fr/nowhere/", ["fr"]), ("en/a/b/c", ["en"]), ("nowhere", ["fr", "en"])],
)
def test_a_lost_reader_is_told_in_their_language(
    page: Page, address: str, languages: list[str]
) -> None:
    response = page.goto(address)
    assert response is not None
    assert response.status == 404
    shown = [text for text in page.locator("section[data-lost]").all() if text.is_visible()]
    assert [text.get_attribute("lang") for text in shown] == languages
    expect(page.locator("h1")).to_have_count(1)
    told = {"fr": "Page introuvable", "en": "Page not found"}
    assert page.locator("h1").inner_text().split("\n") == [told[code] for code in languages]
    # Nothing stands above the first language that is shown.
    assert shown[0].evaluate("text => getComputedStyle(text).borderTopWidth") == "0px"
    shown[-1].get_by_role("link").first.click()
    expect(page.locator("html")).to_have_attribute("lang", languages[-1])
    expect(page.locator("article h1")).to_be_visible()


@pytest.mark.parametrize(("language", "word"), [("fr", "Lavrov"), ("en", "Lavrov")])
def test_a_lost_reader_can_search(page: Page, language: str, word: str) -> None:
    page.goto(f"{language}/a/b/nowhere")
    page.keyboard.press("Control+k")
    expect(page.locator("dialog[open]")).to_have_count(1)
    page.locator("dialog[open] input").fill(word)
    page.locator("dialog[open] .search__results a").first.click()
    page.wait_for_url(f"**/{language}/actors/#sergei_lavrov")


def test_a_lost_reader_sees_where_they_can_go(page: Page, built_site: Path) -> None:
    page.goto("fr/nowhere/")
    menu = page.locator(".bare__menu").first
    links = menu.get_by_role("link").evaluate_all("links => links.map(link => link.pathname)")
    pages = {f"/reperes/{address}" for address in addresses(built_site, "fr")}
    assert pages - set(links) == {
        "/reperes/fr/",
        *(address for address in pages if address.count("/") > 4),
    }


# The menu


@pytest.mark.parametrize("context_options", [PHONE, {**PHONE, **NO_SCRIPT}], ids=["js", "no-js"])
def test_the_menu_of_a_phone(page: Page, site_url: str) -> None:
    page.goto("en/talks/")
    menu = page.locator("#page-menu")
    expect(menu).to_be_hidden()
    page.locator(".menu-button").tap()
    expect(menu).to_be_visible()
    menu.locator("a[href*=figures]").tap()
    expect(page).to_have_url(f"{site_url}en/figures/")


def test_the_menu_opens_by_keyboard(page: Page) -> None:
    page.set_viewport_size(PHONE["viewport"])  # type: ignore[arg-type]
    page.goto("en/talks/")
    page.locator(".menu-button").focus()
    page.keyboard.press("Enter")
    expect(page.locator("#page-menu")).to_be_visible()
    page.keyboard.press("Escape")
    expect(page.locator("#page-menu")).to_be_hidden()
    expect(page.locator(".menu-button")).to_be_focused()


# The theme


@options(color_scheme="light")
def test_a_theme_that_was_chosen_stays(page: Page) -> None:
    page.goto("en/")
    ground = "getComputedStyle(document.body).backgroundColor"
    light = page.evaluate(ground)
    page.locator("[data-theme-toggle]").click()
    dark = page.evaluate(ground)
    assert dark != light
    page.goto("fr/figures/")
    assert page.evaluate(ground) == dark
    page.locator("[data-theme-toggle]").click()
    assert page.evaluate(ground) == light


@options(color_scheme="light")
def test_the_theme_of_the_system_is_no_choice_to_keep(page: Page) -> None:
    page.goto("en/")
    toggle = page.locator("[data-theme-toggle]")
    toggle.click()
    assert page.evaluate("({...localStorage})") == {"reperes.theme": "dark"}
    toggle.click()
    assert page.evaluate("({...localStorage})") == {}
    # It follows the system again.
    page.emulate_media(color_scheme="dark")
    expect(toggle).to_have_attribute("aria-label", "Switch to the light theme")
    scheme = "getComputedStyle(document.body).colorScheme"
    assert page.evaluate(scheme) == "light dark"


# Touch and print


def test_what_is_touched_is_large_enough(page: Page) -> None:
    """At least 24 by 24 pixels, WCAG 2.2, 2.5.8; links in running text are excepted."""
    page.set_viewport_size(PHONE["viewport"])  # type: ignore[arg-type]
    page.goto("en/")
    for button in page.locator("header button, nav a, footer a").all():
        box = button.bounding_box()
        if button.is_visible() and box:
            assert box["height"] >= 24, button.inner_text()


_CUT = """() => [...document.querySelectorAll("table")].flatMap(table => {
    const right = document.documentElement.clientWidth;
    const cells = [...table.querySelectorAll("th, td")];
    const cut = cells.filter(cell => cell.getClientRects().length
        && cell.getBoundingClientRect().right > right + 1);
    for (let box = table; box; box = box.parentElement)
        if (box.scrollWidth > box.clientWidth + 1
            && getComputedStyle(box).overflowX !== "visible") cut.push(box);
    return cut.map(cell => cell.outerHTML.slice(0, 80));
})"""


@pytest.mark.parametrize("language", ["fr", "en"])
def test_print_keeps_every_column_of_a_table(page: Page, built_site: Path, language: str) -> None:
    page.emulate_media(media="print")
    page.set_viewport_size({"width": 680, "height": 960})  # A4 within its margins
    tables = 0
    for address in addresses(built_site, language):
        page.goto(address)
        assert page.evaluate(_CUT) == [], address
        tables += page.locator("table").count()
    assert tables > 0


def test_print_leaves_out_what_paper_cannot_do(page: Page) -> None:
    page.emulate_media(media="print")
    page.goto(CITING)
    expect(page.locator("h1")).to_be_visible()
    for selector in (".skip", ".theme", ".menu-button", "button.cite-card"):
        expect(page.locator(selector).first).to_be_hidden()
