"""Search as readers meet it: what it finds, what it says, what it fetches and when."""

from __future__ import annotations

import re

import pytest
from playwright.sync_api import Locator, Page, expect

from support_browser import AXE, options

PAGE = "fr/offensive/"
COUNTS = {"fr": r"^[1-9]\d*\xa0résultats?$", "en": r"^[1-9]\d* results?$"}


def opener(page: Page) -> Locator:
    return page.locator(".search-button")


def results(page: Page) -> Locator:
    return page.locator(".search__results a")


def search(page: Page, query: str, address: str = PAGE) -> Locator:
    """Open a page, then search; what its count says once it is no longer the hint."""
    page.goto(address)
    opener(page).click()
    count = page.get_by_role("status")
    hint = count.inner_text()
    page.locator("#page-search").fill(query)
    expect(count).not_to_have_text(hint)
    return count


# What is found


@pytest.mark.parametrize("language", ["fr", "en"])
@pytest.mark.parametrize(
    ("query", "found"),
    [
        ("offensive", "/offensive/"),
        ("Deraa", "/glossary/#deraa"),
        ("Daraa", "/glossary/#deraa"),
        ("dera'a", "/glossary/#deraa"),
        ("OSDH", "/glossary/#sohr"),
        ("SOHR", "/glossary/#sohr"),
        ("osdh", "/actors/#sohr"),
        ("sohr", "/actors/#sohr"),
        ("Israël", "/actors/#israel"),
        ("Israel", "/actors/#israel"),
        ("Assad", "/actors/#bashar_al_assad"),
    ],
)
def test_found_in_both_languages(page: Page, language: str, query: str, found: str) -> None:
    count = search(page, query, f"{language}/")
    expect(count).to_have_text(re.compile(COUNTS[language]))
    links = [link.get_attribute("href") or "" for link in results(page).all()]
    assert f"/reperes/{language}{found}" in links
    assert all(link.startswith(f"/reperes/{language}/") for link in links)


@pytest.mark.parametrize(
    ("query", "same"),
    [
        ("l’offensive", "offensive"),
        ("l'offensive", "offensive"),
        ("réfugiés", "refugies"),
        ("ISRAEL", "Israël"),
        ("artilleries lourdes", "artillerie lourde"),
    ],
)
def test_accents_elisions_and_endings_change_nothing(page: Page, query: str, same: str) -> None:
    count = search(page, query).inner_text()
    assert search(page, same).inner_text() == count


def test_the_page_that_only_links_comes_after_the_one_that_says(page: Page) -> None:
    search(page, "Daraa")
    expect(results(page).first).to_have_attribute("href", "/reperes/fr/glossary/#deraa")
    expect(page.locator(".search__results mark").first).to_have_text("Daraa")
    expect(page.locator('.search__results a[href="/reperes/fr/strikes/"]')).to_be_visible()


def test_a_result_shows_title_section_and_marked_words_as_they_are_written(page: Page) -> None:
    search(page, "offensive")
    listed = page.locator(".search__results")
    shown = set(listed.locator("mark").all_inner_texts())
    assert "offensive" in shown
    expect(page.locator(".search__section").first).to_be_visible()
    expect(listed).to_contain_text("Début de l’offensive dans le sud")
    assert not re.search("[\u203f\u2060\u2063\u2064#]", listed.inner_text())


@pytest.mark.parametrize("typed", ["350 000", "350\u202f000", "350000", "350,000", "350.000"])
@pytest.mark.parametrize(
    ("language", "title"),
    [
        ("fr", "Morts dans le conflit syrien plus de 350\u202f000\xa0morts"),
        ("en", "Deaths in the Syrian conflict more than 350,000 deaths"),
    ],
)
def test_a_number_is_found_however_it_is_grouped(
    page: Page, language: str, title: str, typed: str
) -> None:
    search(page, typed, f"{language}/")
    expect(results(page).first).to_have_text(title)
    expect(results(page).first).to_have_attribute("href", f"/reperes/{language}/figures/deaths/")


def test_each_figure_is_found_by_its_own_name(page: Page) -> None:
    search(page, "chiffre")
    links = [link.get_attribute("href") or "" for link in results(page).all()]
    titles = [link.inner_text() for link in results(page).all()]
    assert len(set(titles)) == len(titles)
    assert not [link for link in links if "/figures/#" in link]


def test_excerpts_keep_labels_and_values_apart(page: Page) -> None:
    search(page, "350 000")
    excerpt = page.locator(".search__results p").first
    expect(excerpt).to_contain_text("350\u202f000")
    expect(excerpt).to_contain_text("Qui le dit – AFP")


@pytest.mark.parametrize(
    ("typed", "said", "found"),
    [
        ("lavrof", "« lavrof ». Résultats pour « Lavrov » :", "/fr/actors/#sergei_lavrov"),
        ("derra", "« derra ». Résultats pour « Deraa » :", "/fr/glossary/#deraa"),
        ("isreal", "« isreal ». Résultats pour « Israël » :", "/fr/actors/#israel"),
        ("lavrof moscou", "Résultats pour « Lavrov moscou » :", "/fr/timeline/"),
    ],
)
def test_a_mistyped_name_is_understood(page: Page, typed: str, said: str, found: str) -> None:
    count = search(page, typed)
    expect(count).to_contain_text(said)
    links = [link.get_attribute("href") or "" for link in results(page).all()]
    assert [link for link in links if link.startswith(f"/reperes{found}")]


@pytest.mark.parametrize("typed", ["lavage", "laxqzw", "350 001", "deplorable"])
def test_the_beginning_of_a_word_is_not_the_word(page: Page, typed: str) -> None:
    """Pagefind finds "la" for "lavage", on every page."""
    expect(search(page, typed)).to_have_text(f"Aucun résultat pour «\xa0{typed}\xa0»")
    expect(results(page)).to_have_count(0)


@pytest.mark.parametrize("words", ["Londres", "complète", "Sommaire", "types"])
def test_what_no_article_says_is_not_found(page: Page, words: str) -> None:
    """Neither in cards, controls and links of the shell, nor as the beginning of an elided word."""
    expect(search(page, words)).to_have_text(re.compile("^Aucun résultat"))


def test_every_result_leads_to_a_place_on_its_page(page: Page) -> None:
    search(page, "gouvernement")
    for address in [link.get_attribute("href") or "" for link in results(page).all()]:
        page.goto(address)
        anchor = address.partition("#")[2]
        assert not anchor or page.locator(f'[id="{anchor}"]').count() == 1


# What is said


def test_one_none_and_nothing_typed(page: Page) -> None:
    count = search(page, "zzzz")
    expect(count).to_have_text("Aucun résultat pour «\xa0zzzz\xa0»")
    expect(count).to_have_attribute("role", "status")
    for nothing in ("  ", "a"):
        page.locator("#page-search").fill(nothing)
        expect(count).to_have_text("Tapez un mot, un nom ou un lieu.")
        expect(results(page)).to_have_count(0)


def test_what_is_typed_is_shown_as_text(page: Page) -> None:
    expect(search(page, "<b>zzzz$&</b>", "en/")).to_have_text("No results for “<b>zzzz$&</b>”")


def test_more_results_on_demand_and_the_focus_goes_to_the_first_of_them(page: Page) -> None:
    search(page, "AFP")
    expect(results(page)).to_have_count(10)
    page.locator(".search__more").click()
    expect(results(page).nth(10)).to_be_focused()
    expect(page.locator(".search__more")).to_be_hidden()


def test_an_index_that_cannot_be_fetched_is_said(page: Page) -> None:
    page.route("**/pagefind.js", lambda route: route.fulfill(path=AXE))
    page.goto(PAGE)
    opener(page).click()
    expect(page.get_by_role("status")).to_have_text(re.compile("n’a pas pu être chargée"))


# Keys and focus


def test_control_k_opens_it_and_escape_closes_it(page: Page) -> None:
    page.goto(PAGE)
    page.keyboard.press("Control+k")
    field = page.locator("#page-search")
    expect(field).to_be_focused()
    expect(field).to_have_value("")
    page.keyboard.type("a/b")
    expect(field).to_have_value("a/b")
    page.keyboard.press("Escape")
    expect(page.locator("dialog")).to_be_hidden()
    expect(opener(page)).to_be_focused()


@pytest.mark.parametrize("close", [".search__close", "backdrop"])
def test_the_focus_goes_back_to_the_button(page: Page, close: str) -> None:
    page.goto(PAGE)
    opener(page).press("Enter")
    expect(page.locator("#page-search")).to_be_focused()
    if close == "backdrop":
        page.mouse.click(5, 400)
    else:
        page.locator(close).click()
    expect(page.locator("dialog")).to_be_hidden()
    expect(opener(page)).to_be_focused()


def test_enter_goes_to_the_first_result_and_then_follows_it(page: Page) -> None:
    search(page, "OSDH", "fr/")
    expect(results(page).first).to_be_visible()
    target = results(page).first.get_attribute("href") or ""
    page.keyboard.press("Enter")
    expect(results(page).first).to_be_focused()
    page.keyboard.press("Enter")
    page.wait_for_url(f"**{target}")


def test_the_arrows_go_through_the_results_and_back(page: Page) -> None:
    search(page, "OSDH", "fr/")
    expect(results(page).nth(1)).to_be_visible()
    for key, where in (
        ("ArrowDown", results(page).nth(0)),
        ("ArrowDown", results(page).nth(1)),
        ("ArrowUp", results(page).nth(0)),
        ("ArrowUp", page.locator("#page-search")),
        ("ArrowUp", page.locator("#page-search")),
    ):
        page.keyboard.press(key)
        expect(where).to_be_focused()


def test_who_comes_back_finds_the_query_again(page: Page) -> None:
    search(page, "OSDH", "fr/")
    target = results(page).first.get_attribute("href") or ""
    results(page).first.click()
    page.wait_for_url(f"**{target}")
    page.go_back()
    expect(page.locator("dialog")).to_be_hidden()
    opener(page).click()
    expect(page.locator("#page-search")).to_have_value("OSDH")
    expect(results(page).first).to_be_visible()


def test_a_result_on_the_same_page_closes_the_dialog(page: Page) -> None:
    search(page, "Daraa", "fr/glossary/")
    results(page).first.click()
    expect(page.locator("dialog")).to_be_hidden()
    expect(page.locator("#deraa")).to_be_in_viewport()


# What is fetched


def test_nothing_is_fetched_before_it_is_opened(page: Page) -> None:
    requests: list[str] = []
    page.on("request", lambda request: requests.append(request.url))
    page.goto(PAGE, wait_until="networkidle")
    assert not [url for url in requests if "/pagefind/" in url]
    with page.expect_request("**/pagefind/pagefind.js"):
        opener(page).click()


@options(java_script_enabled=False)
def test_without_scripts_neither_button_nor_dialog_shows(page: Page) -> None:
    page.goto(PAGE)
    expect(opener(page)).to_be_hidden()
    expect(page.locator("dialog")).to_be_hidden()


# How it looks


@pytest.mark.parametrize(
    "context_options",
    [
        {"color_scheme": scheme, "viewport": {"width": width, "height": 640}}
        for scheme in ("light", "dark")
        for width in (320, 1280)
    ],
    ids=str,
)
@pytest.mark.parametrize("query", ["", "offensive", "zzzz"])
def test_the_open_dialog_breaks_no_rule_and_fits(page: Page, query: str) -> None:
    if query:
        search(page, query)
    else:
        page.goto(PAGE)
        opener(page).click()
    page.evaluate(f"{AXE.read_text('utf-8')};0")
    found = page.evaluate("axe.run(document, {resultTypes: ['violations']})")
    assert [(rule["id"], rule["nodes"][0]["html"]) for rule in found["violations"]] == []
    assert page.evaluate("(({scrollWidth, clientWidth}) => scrollWidth - clientWidth)"
                         "(document.querySelector('dialog'))") == 0  # fmt: skip
    box = page.locator("dialog").bounding_box()
    assert box is not None
    assert box["x"] >= 0
    assert box["x"] + box["width"] <= page.evaluate("innerWidth")
