"""What readers do with the built site: open cards, change language, find their way, print."""

from __future__ import annotations

import re
from io import BytesIO
from pathlib import Path

import pytest
from playwright.sync_api import Browser, Locator, Page, expect
from pypdf import PdfReader

from reperes.language.typography import typeset
from reperes.model.explainer import Explainer
from reperes.model.facts import Fact
from reperes.model.loading import load
from reperes.model.pins import locator_text
from support import REAL
from support_browser import NO_SCRIPT, PATIENCE, PHONE, addresses, options, squeezed, wait_until

CITING = "en/displaced/"
"""A page that cites figures."""


WORDS = "article a[data-card]"
"""What opens cards: the words that cite a fact or name a term."""


def first_citation(page: Page) -> Locator:
    return page.locator("article a.cite").first


def first_term(page: Page) -> Locator:
    return page.locator("article a.term").first


def card_of(words: Locator) -> Locator:
    return words.page.locator(f'[id="{words.get_attribute("data-card")}"]')


# Cards


def test_a_card_opens_and_closes_by_mouse(page: Page) -> None:
    page.goto(CITING)
    words = first_citation(page)
    card = card_of(words)
    expect(card).to_be_hidden()
    words.click()
    expect(card).to_be_visible()
    expect(card.get_by_role("link")).not_to_have_count(0)
    page.mouse.click(2, 2)
    expect(card).to_be_hidden()


@options(viewport={"width": 800, "height": 800})
def test_the_words_that_opened_a_card_close_it(page: Page) -> None:
    page.goto(CITING)
    words = first_citation(page)
    for press in (words.click, lambda: words.press("Enter")):
        press()
        expect(card_of(words)).to_be_visible()
        press()
        expect(card_of(words)).to_be_hidden()


def test_a_card_opens_by_keyboard_and_gives_the_focus_back(page: Page) -> None:
    page.goto(CITING)
    words = first_citation(page)
    words.focus()
    page.keyboard.press("Enter")
    expect(card_of(words)).to_be_visible()
    page.keyboard.press("Tab")
    expect(card_of(words).locator(":focus")).to_have_count(1)
    page.keyboard.press("Escape")
    expect(card_of(words)).to_be_hidden()
    expect(words).to_be_focused()


def test_a_card_closes_by_its_own_button(page: Page) -> None:
    page.goto(CITING)
    words = first_citation(page)
    words.click()
    card_of(words).locator("button").click()
    expect(card_of(words)).to_be_hidden()
    expect(words).to_be_focused()


@options(**PHONE)
def test_a_card_opens_by_touch_and_fits_the_screen(page: Page) -> None:
    page.goto(CITING)
    words = first_citation(page)
    words.tap()
    card = card_of(words)
    expect(card).to_be_visible()
    box = card.bounding_box()
    assert box is not None
    assert box["x"] >= 0
    assert box["x"] + box["width"] <= 320
    assert box["y"] >= 320
    assert box["y"] + box["height"] <= 640


@options(**NO_SCRIPT)
@pytest.mark.parametrize("address", [CITING, "fr/"])
def test_without_scripts_the_words_lead_to_the_entry(page: Page, address: str) -> None:
    page.goto(address)
    card = first_citation(page).get_attribute("data-card")
    assert card
    first_citation(page).click()
    page.wait_for_url(re.compile(f"#{card.removeprefix('card-')}$"))


@pytest.mark.parametrize("key", ["Control", "Shift", "Alt", "Meta"])
def test_with_a_key_held_the_words_stay_a_link(page: Page, key: str) -> None:
    """They open in another tab or window, or are saved, as the reader asked."""
    page.goto(CITING)
    prevented = page.evaluate(
        """name => {
            let prevented;
            addEventListener("click", event => {
                prevented = event.defaultPrevented;
                event.preventDefault();
            });
            document.querySelector("article .cite").dispatchEvent(new MouseEvent("click",
                { bubbles: true, cancelable: true, [name]: true }));
            return prevented;
        }""",
        {"Control": "ctrlKey"}.get(key, f"{key.lower()}Key"),
    )
    assert prevented is False
    expect(card_of(first_citation(page))).to_be_hidden()


def test_opening_one_card_closes_the_other(page: Page) -> None:
    page.goto("en/")
    every = page.locator("article a.cite")
    first = every.first
    other = next(
        words
        for words in every.all()
        if words.get_attribute("data-card") != first.get_attribute("data-card")
    )
    first.press("Enter")
    other.press("Enter")
    expect(card_of(other)).to_be_visible()
    expect(card_of(first)).to_be_hidden()
    expect(first).to_have_attribute("aria-expanded", "false")
    expect(other).to_have_attribute("aria-expanded", "true")


@pytest.mark.parametrize(
    ("card", "place"),
    [("displaced", "figures/displaced/"), ("jordan_refusal", "statements/#jordan_refusal")],
)
def test_a_card_leads_to_the_facts_own_place(page: Page, card: str, place: str) -> None:
    page.goto(CITING)
    words = page.locator(f"article [data-card=card-{card}]").first
    words.click()
    card_of(words).locator("a.card__more").click()
    page.wait_for_url(lambda address: address.endswith(f"/en/{place}"))
    if "#" in place:
        expect(page.locator(f'[id="{card}"]')).to_be_in_viewport()


def test_every_button_has_a_name_and_all_words_have_their_card(
    page: Page, built_site: Path
) -> None:
    seen = 0
    for address in addresses(built_site):
        page.goto(address)
        nameless = page.evaluate(
            """() => [...document.querySelectorAll("button[popovertarget], .card__close")]
            .filter(b => !(b.ariaLabel || b.textContent.trim())
                || !(b.popoverTargetElement || b.closest(".card")))
            .length"""
        )
        assert nameless == 0
        lost = page.evaluate(
            """words => [...document.querySelectorAll(words)]
            .filter(link => !document.getElementById(link.dataset.card)?.popover
                || link.ariaHasPopup !== "dialog" || link.ariaExpanded !== "false")
            .map(link => link.outerHTML)""",
            WORDS,
        )
        assert lost == []
        seen += page.locator(WORDS).count()
    assert seen > 0


# Puts some words at a height of the screen, as a part of it, and says where to press them.
_SCROLL_TO = """([words, number, part]) => {
    const line = document.querySelectorAll(words)[number].getClientRects()[0];
    scrollBy({ top: line.top + line.height / 2 - innerHeight * part, behavior: "instant" });
    const now = document.querySelectorAll(words)[number].getClientRects()[0];
    return [now.left + now.width / 2, now.top + now.height / 2];
}"""

# What is wrong with where the words and their open card are.
_COVERED = """([words, number]) => {
    const link = document.querySelectorAll(words)[number];
    const card = document.getElementById(link.dataset.card);
    if (!card.matches(":popover-open")) return ["no card: " + link.textContent];
    const box = card.getBoundingClientRect();
    const masthead = document.querySelector(".masthead").getBoundingClientRect();
    const faults = [];
    for (const line of link.getClientRects()) {
        if (line.bottom > box.top && line.top < box.bottom && line.right > box.left
            && line.left < box.right) faults.push("under its card");
        if (line.top < masthead.bottom - 1 || line.bottom > innerHeight)
            faults.push("out of sight");
    }
    if (box.left < 0 || box.right > document.documentElement.clientWidth + 1
        || box.top < 0 || box.bottom > innerHeight + 1) faults.push("its card is cut");
    return faults.map(fault => fault + ": " + link.textContent);
}"""


@pytest.mark.parametrize("size", [(320, 740), (360, 740), (320, 256), (768, 900), (1440, 900)])
def test_no_pressed_word_is_under_its_card(
    browser: Browser, site_url: str, built_site: Path, size: tuple[int, int]
) -> None:
    width, height = size
    is_phone = width < 768
    context = browser.new_context(
        base_url=site_url,
        viewport={"width": width, "height": height},
        has_touch=is_phone,
        is_mobile=is_phone,
    )
    context.set_default_timeout(PATIENCE)
    page, pressed, found = context.new_page(), 0, []
    press = page.touchscreen.tap if is_phone else page.mouse.click
    for address in addresses(built_site, "fr" if width == 360 else "en"):
        page.goto(address)
        for number in range(page.locator(WORDS).count()):
            for part in (0.2, 0.5, 0.9):
                x, y = page.evaluate(_SCROLL_TO, [WORDS, number, part])
                if 0 < y < height - 2:
                    press(x, y)
                    found += page.evaluate(_COVERED, [WORDS, number])
                    page.keyboard.press("Escape")
                    pressed += 1
    context.close()
    assert found == []
    assert pressed > 300


@pytest.mark.parametrize("size", [(320, 740), (320, 256), (1280, 800)])
def test_the_next_stop_is_not_under_the_card(page: Page, size: tuple[int, int]) -> None:
    page.set_viewport_size({"width": size[0], "height": size[1]})
    page.goto("fr/talks/")
    count = page.locator(WORDS).count()
    assert count > 5
    for number in range(count):
        words = page.locator(WORDS).nth(number)
        words.focus()
        page.keyboard.press("Tab")
        following = page.evaluate_handle("document.activeElement")
        words.focus()
        page.keyboard.press("Enter")
        for _ in range(card_of(words).locator("a, button").count()):
            page.keyboard.press("Tab")
            expect(card_of(words).locator(":focus")).to_have_count(1)
        page.keyboard.press("Tab")
        expect(page.locator(":popover-open")).to_have_count(0)
        assert page.evaluate("stop => stop === document.activeElement", following)
        expect(page.locator(":focus")).to_be_in_viewport()
        words.focus()
        page.keyboard.press("Enter")
        page.keyboard.press("Shift+Tab")
        expect(page.locator(":popover-open")).to_have_count(0)


_BESIDE = """link => {
    const text = link.closest(".text").getBoundingClientRect();
    const card = document.getElementById(link.dataset.card).getBoundingClientRect();
    return [card.left - text.right, card.top - link.getClientRects()[0].top];
}"""


@options(viewport={"width": 1440, "height": 1400})
def test_where_there_is_room_a_card_stands_beside_its_words(page: Page) -> None:
    page.goto(CITING)
    words = first_citation(page)
    words.click()
    right, down = words.evaluate(_BESIDE)
    assert 0 < right < 40
    assert abs(down) < 20
    page.set_viewport_size({"width": 1280, "height": 1400})
    wait_until(page, f"link => ({_BESIDE})(link)[0] > 0", words.element_handle())


_NOTES = """() => [...document.querySelectorAll("article [data-source]")].map(link => {
    const note = getComputedStyle(link, "::before");
    return [note.content.split(" / ")[0], note.float, parseFloat(note.fontSize)];
})"""


@pytest.mark.parametrize(("width", "shows"), [(1199, False), (1280, True), (1440, True)])
def test_sources_stand_beside_the_text_where_there_is_room(
    page: Page, width: int, shows: bool
) -> None:
    page.set_viewport_size({"width": width, "height": 800})
    page.goto(CITING)
    notes = page.evaluate(_NOTES)
    assert notes
    assert {content == "none" for content, _, _ in notes} == {not shows}
    if shows:
        for content, side, size in notes:
            assert re.fullmatch(r'"According to .+\xa0·\xa0paras?\.?\xa0[\d, and]+"', content)
            assert (side, size) == ("inline-end", 14)
    assert "para." not in page.locator("article .text").inner_text()


# Terms


def test_a_term_explains_itself_by_keyboard(page: Page) -> None:
    page.goto("en/offensive/")
    words = first_term(page)
    words.focus()
    page.keyboard.press("Enter")
    card = card_of(words)
    expect(card.locator(".card__term")).to_have_text(re.compile(r"^[A-Z]"))
    expect(card.locator(".card__origin")).to_have_text(re.compile("^(Our definition|para)"))
    page.keyboard.press("Escape")
    expect(card).to_be_hidden()
    expect(words).to_be_focused()


@options(**PHONE)
def test_a_term_explains_itself_by_touch(page: Page) -> None:
    page.goto("fr/talks/")
    words = first_term(page)
    term = (words.get_attribute("data-card") or "").removeprefix("term-")
    words.tap()
    expect(card_of(words)).to_be_visible()
    card_of(words).locator("a.card__more").tap()
    page.wait_for_url(f"**/fr/glossary/#{term}")


@options(**NO_SCRIPT)
def test_without_scripts_a_term_leads_to_the_glossary(page: Page) -> None:
    page.goto("en/offensive/")
    term = (first_term(page).get_attribute("data-card") or "").removeprefix("term-")
    first_term(page).click()
    page.wait_for_url(f"**/en/glossary/#{term}")


def test_nothing_is_marked_twice_in_a_text(page: Page, built_site: Path) -> None:
    marked = 0
    for address in addresses(built_site):
        page.goto(address)
        targets = page.locator(".text a:is(.term, .actor, .place)").evaluate_all(
            "links => links.map(link => link.href)"
        )
        assert len(targets) == len(set(targets)), address
        marked += len(targets)
    assert marked > 0


# Figures to quote


@options(permissions=["clipboard-read", "clipboard-write"])
@pytest.mark.parametrize("address", ["fr/figures/", "fr/figures/displaced/"])
def test_a_figure_is_copied_with_its_author_and_its_address(page: Page, address: str) -> None:
    page.goto(address)
    # Among all figures, what is looked up is folded.
    if address == "fr/figures/":
        page.locator("#displaced details > summary").first.click()
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
    page.locator("#displaced h2 a").click()
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
    shown = [text for text in page.locator(".bare__language").all() if text.is_visible()]
    assert [text.get_attribute("lang") for text in shown] == languages
    expect(page.locator("h1")).to_have_count(1)
    told = {"fr": "Page introuvable", "en": "Page not found"}
    assert page.locator("h1").inner_text().split("\n") == [told[code] for code in languages]
    # Nothing stands above the first language that is shown.
    assert shown[0].evaluate("text => getComputedStyle(text).borderTopWidth") == "0px"
    shown[-1].get_by_role("link").first.click()
    expect(page.locator("html")).to_have_attribute("lang", languages[-1])
    expect(page.locator("article h1")).to_be_visible()


@pytest.mark.parametrize("language", ["fr", "en"])
def test_a_lost_reader_can_search(page: Page, language: str) -> None:
    page.goto(f"{language}/a/b/nowhere")
    page.keyboard.press("Control+k")
    expect(page.locator("dialog[open]")).to_have_count(1)
    page.locator("dialog[open] input").fill("Lavrov")
    first = page.locator("dialog[open] .search__results a").first
    address = first.get_attribute("href") or ""
    assert address.startswith(f"/reperes/{language}/")
    first.click()
    page.wait_for_url(f"**{address}")
    expect(page.locator("article h1")).to_be_visible()


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
    for selector in (".skip", ".theme", ".menu-button", ".marks", ".card--term", ".card__close"):
        expect(page.locator(selector).first).to_be_hidden()


def printed_rows(explainer: Explainer, language: str, fact: Fact) -> list[str]:
    """What the list of printed sources has to say of a fact, as it is written there."""
    locale = explainer.locales[language]
    names = [explainer.actors[actor].names[language].display for actor in fact.attributed_to]
    (pin,) = fact.pins
    assert pin.locator is not None
    source = explainer.sources[pin.source_id].label[language]
    return [*names, f"{locator_text(pin.locator, locale)}, {source}"]


@pytest.mark.parametrize("language", ["fr", "en"])
def test_a_printed_text_has_its_numbered_sources_and_its_address(page: Page, language: str) -> None:
    explainer = load(REAL).explainer
    assert explainer is not None
    for page_id in ("overview", *explainer.site.section_ids):
        address = f"{language}/" if page_id == "overview" else f"{language}/{page_id}/"
        page.goto(address)
        cited = page.locator("article a.cite").evaluate_all(
            """links => links.map(link =>
                [link.dataset.number, link.dataset.card.slice(5), link.innerText])"""
        )
        sheets = PdfReader(BytesIO(page.pdf(format="A4"))).pages
        printed = squeezed("".join(sheet.extract_text() for sheet in sheets)).casefold()
        assert squeezed(f"{explainer.site.base_url}{address}") in printed
        facts = {number: explainer.facts[fact_id] for number, fact_id, _ in cited}
        assert list(facts) == [str(number) for number in range(1, len(facts) + 1)]
        heads = {
            number: squeezed(typeset(f"{number}. {fact.label[language]}", language)).casefold()
            for number, fact in facts.items()
        }
        text, _, sources = printed.partition(f"sources{heads['1']}")
        for number, _, words in cited:
            assert squeezed(words + number).casefold() in text, words
        sources = heads["1"] + sources
        for number, fact in facts.items():
            entry = sources[sources.index(heads[number]) :]
            entry = entry.partition(heads.get(str(int(number) + 1), "http"))[0]
            for row in printed_rows(explainer, language, fact):
                assert squeezed(typeset(row, language)).casefold() in entry, (page_id, fact.id)
