"""What we promise to every reader, measured on every page; docs/MEASURES.md lists the promises."""

from __future__ import annotations

import gzip
import re
import shutil
from collections.abc import Iterator
from contextlib import contextmanager
from io import BytesIO
from pathlib import Path
from typing import Any

import pytest
from playwright.sync_api import Browser, Page, expect
from pypdf import PdfReader

from benchmarks.subject import Subject
from benchmarks.write import write
from reperes.model.loading import load
from support import REAL, TOY
from support_browser import (
    NO_SCRIPT,
    PATIENCE,
    PHONE,
    addresses,
    options,
    squeezed,
    violations,
    wait_until,
)
from support_serving import served
from support_sites import Shared, build_site

CITING = "en/displaced/"
"""A page that cites figures."""

LANGUAGES = ("fr", "en")
FIRST_VISIT = 45_000
"""Bytes of everything that a first visit fetches."""
STILL = {"reduced_motion": "reduce"}
"""Scrolling that arrives at once, so that what is measured does not move."""


def every_address(site: Path) -> list[str]:
    """Every page of both languages, the choice between them, and the page of the lost."""
    return ["./", *addresses(site), "fr/nowhere/", "nowhere"]


@contextmanager
def opened(browser: Browser, site_url: str, **chosen: Any) -> Iterator[Page]:
    """A page of its own, whose complaints are for the test to judge."""
    context = browser.new_context(base_url=site_url, **chosen)
    context.set_default_timeout(PATIENCE)
    yield context.new_page()
    context.close()


# What a visit costs


def received(page: Page, address: str) -> list[float]:
    """Bytes of each answer to a first visit, as they came: compressed, without their headers."""
    headers: dict[str, float] = {}
    totals: dict[str, float] = {}

    def note_headers(event: dict[str, Any]) -> None:
        headers[event["requestId"]] = event["response"]["encodedDataLength"]

    def note_total(event: dict[str, Any]) -> None:
        totals[event["requestId"]] = event["encodedDataLength"]

    debugger = page.context.new_cdp_session(page)
    debugger.send("Network.enable")
    debugger.on("Network.responseReceived", note_headers)
    debugger.on("Network.loadingFinished", note_total)
    page.goto(address, wait_until="networkidle")
    return [total - headers[request] for request, total in totals.items()]


@pytest.mark.parametrize("address", ["fr/", "en/"])
def test_a_first_visit_is_light(page: Page, address: str) -> None:
    sizes = received(page, address)
    assert 4 <= len(sizes) <= 8
    assert 10_000 < sum(sizes) <= FIRST_VISIT


def test_a_first_visit_is_light_at_any_size(browser: Browser, tmp_path: Path) -> None:
    """A hundred sections in each language: the page of one carries its neighbours alone."""
    content, site = tmp_path / "content", tmp_path / "site"
    write(100, content)
    build_site(content, site)
    assert len(addresses(site, "fr")) > 100
    with served(site) as site_url:
        for address in ("fr/", "en/", f"en/{Subject(100).section_ids[50]}/"):
            with opened(browser, site_url) as page:
                sizes = received(page, address)
            assert 4 <= len(sizes) <= 8
            assert 10_000 < sum(sizes) <= FIRST_VISIT, address


def test_what_runs_before_the_reader_acts_is_light(page: Page, built_site: Path) -> None:
    page.goto(CITING)
    scripts = page.evaluate("[...document.scripts].map(script => script.src).filter(Boolean)")
    run = [built_site / "assets" / address.rpartition("/assets/")[2] for address in scripts]
    assert run
    assert sum(len(gzip.compress(path.read_bytes())) for path in run) <= 10_000


def test_every_page_asks_for_little(page: Page, built_site: Path) -> None:
    """Requests to other hosts fail in the fixture `page`."""
    asked: list[str] = []
    page.on("request", lambda request: asked.append(request.url))
    for address in every_address(built_site):
        asked.clear()
        page.goto(address)
        assert 0 < len(asked) <= 8, asked


# What the reader owes us

_KEPT = """async () => [
    document.cookie.length, localStorage.length, sessionStorage.length,
    (await indexedDB.databases()).length, (await caches.keys()).length,
    (await navigator.serviceWorker.getRegistrations()).length,
]"""


@options(**PHONE)
def test_nothing_is_kept_before_the_reader_asks_for_it(page: Page, built_site: Path) -> None:
    for address in every_address(built_site):
        page.goto(address)
        assert page.evaluate(_KEPT) == [0] * 6, address
    page.goto(CITING)
    page.locator("article .cite").first.click()
    page.keyboard.press("Escape")
    page.locator(".menu-button").click()
    page.keyboard.press("Escape")
    page.locator(".search-button").click()
    page.locator("#page-search").fill("Daraa")
    page.locator(".search__results a").first.wait_for()
    assert page.evaluate(_KEPT) == [0] * 6
    assert page.context.cookies() == []


def test_a_theme_is_all_that_is_kept(page: Page) -> None:
    page.goto(CITING)
    page.locator("[data-theme-toggle]").click()
    assert page.evaluate("({...localStorage})") == {"reperes.theme": "dark"}
    assert page.evaluate(_KEPT) == [0, 1, 0, 0, 0, 0]
    assert page.context.cookies() == []


_HOST = re.compile(r"(?:https?:|(?<=[\"'`(=]))//((?:[\w-]+\.)+[a-z]{2,})")

NAMED_NEVER_ASKED = {
    "www.w3.org",  # the name space of SVG
    "example.com",  # Pagefind parses addresses by putting them after it
}


def test_what_we_ship_names_no_host_that_could_be_asked(built_site: Path) -> None:
    shipped = [path for path in built_site.rglob("*") if path.suffix in (".js", ".css")]
    found = {host for path in shipped for host in _HOST.findall(path.read_text("utf-8"))}
    assert "example.com" in found
    assert found <= NAMED_NEVER_ASKED


def test_a_host_is_seen_however_it_is_written() -> None:
    written = "url(//a.org/x) @import 'https://b.org'; fetch(`//c.co.uk`) // d.org is a comment"
    assert _HOST.findall(written) == ["a.org", "b.org", "c.co.uk"]


_LISTEN = """window.breaches = [];
addEventListener("securitypolicyviolation", event =>
    breaches.push(event.effectiveDirective + ": " + (event.blockedURI || event.sample)));"""


def test_no_page_breaks_its_own_policy(page: Page, built_site: Path) -> None:
    page.add_init_script(_LISTEN)
    for address in every_address(built_site):
        page.goto(address)
        assert page.evaluate("breaches") == [], address
        policy = page.locator("meta[http-equiv=Content-Security-Policy]").get_attribute("content")
        assert policy
        assert not {"'unsafe-inline'", "'unsafe-eval'"} & set(re.split(r"[\s;]+", policy))
    page.goto(CITING)
    page.locator(".search-button").click()
    page.locator("#page-search").fill("Daraa")
    page.locator(".search__results a").first.wait_for()
    assert page.evaluate("breaches") == []


def test_a_breach_of_the_policy_is_noticed(browser: Browser, site_url: str) -> None:
    """Or no breach found would say nothing."""
    with opened(browser, site_url) as page:
        page.add_init_script(_LISTEN)
        page.goto(CITING)
        page.evaluate("document.body.setAttribute('style', 'color: red')")
        wait_until(page, "() => breaches.length")
        assert page.evaluate("breaches")[0].startswith("style-src-attr: ")


# What interrupts who reads

TARGETS = 8
"""Links and buttons in a hundred words of a chapter, at most."""


def test_a_chapter_has_few_targets(page: Page, built_site: Path) -> None:
    explainer = load(REAL).explainer
    assert explainer is not None
    found = {}
    for language in LANGUAGES:
        for section_id in explainer.site.section_ids:
            page.goto(f"{language}/{section_id}/")
            targets = page.locator("article .text").locator("a, button").count()
            words = len(page.locator("article .text").inner_text().split())
            assert words > 50
            found[language, section_id] = round(100 * targets / words, 1)
    assert {page: share for page, share in found.items() if share > TARGETS} == {}


# By keyboard

_LOOKS = """window.looks = element => {
    const { outlineStyle, outlineWidth, outlineColor, boxShadow } = getComputedStyle(element);
    const outline = outlineStyle === "none" || [outlineStyle, outlineWidth, outlineColor];
    return [outline, boxShadow].join();
};
window.before = new Map([...document.querySelectorAll("*")].map(one => [one, looks(one)]));"""

# What has the focus: in the article or not, and what is wrong with how it shows it.
_STOP = """() => {
    const stop = document.activeElement;
    if (stop === document.body) return null;
    const [box] = stop.getClientRects();
    const [x, y] = [box.x + box.width / 2, box.y + box.height / 2];
    const seen = document.elementsFromPoint(x, y)[0];
    const faults = [];
    if (x < 0 || y < 0 || x > innerWidth || y > innerHeight) faults.push("off the screen");
    else if (!stop.contains(seen) && !seen?.contains(stop)) faults.push("under " + seen?.className);
    if (looks(stop) === before.get(stop)) faults.push("looks the same");
    return {
        skips: stop.matches("a.skip"),
        before: !stop.closest("article"),
        faults: faults.map(fault => fault + ": " + stop.outerHTML.slice(0, 100)),
    };
}"""


def stops(page: Page) -> list[dict[str, Any]]:
    """Everything that the tab key stops at, in order."""
    page.evaluate(_LOOKS)
    found = []
    page.keyboard.press("Tab")
    while stop := page.evaluate(_STOP):
        found.append(stop)
        page.keyboard.press("Tab")
    return found


@options(**STILL)
@pytest.mark.parametrize("width", [320, 1280])
def test_every_stop_is_seen_and_few_come_before_the_text(
    page: Page, built_site: Path, width: int
) -> None:
    page.set_viewport_size({"width": width, "height": 800})
    for address in addresses(built_site):
        page.goto(address)
        found = stops(page)
        assert [fault for stop in found for fault in stop["faults"]] == [], address
        assert found[0]["skips"]
        assert len(found) > 10
        before = [stop["before"] for stop in found]
        # The page of editions has no link in its text where nothing has changed since.
        assert False not in before or before.index(False) <= 8


def test_a_stop_that_does_not_show_is_noticed(page: Page) -> None:
    page.goto(CITING)
    page.evaluate(
        """() => {
            const sheet = new CSSStyleSheet();
            sheet.replaceSync(":focus-visible { outline: none } .languages a { margin: -99px }");
            document.adoptedStyleSheets.push(sheet);
        }"""
    )
    faults = [fault.partition(":")[0] for stop in stops(page) for fault in stop["faults"]]
    assert {"off the screen", "looks the same"} <= set(faults)


def test_the_first_stop_skips_to_the_text(page: Page) -> None:
    page.goto("en/figures/")
    page.keyboard.press("Tab")
    skip = page.locator("a.skip")
    expect(skip).to_be_focused()
    expect(skip).to_be_in_viewport()
    page.keyboard.press("Enter")
    expect(page.locator("#page-text")).to_be_focused()


def is_of_one_figure(address: str) -> bool:
    return address.count("/") > 2


def test_the_menu_and_the_languages_say_where_we_are(page: Page, built_site: Path) -> None:
    in_menu = 0
    for address in addresses(built_site):
        page.goto(address)
        here = page.locator("#page-menu [aria-current=page]")
        assert here.evaluate_all("links => links.every(link => link.href === location.href)")
        in_menu += here.count()
        language = page.locator(".languages [aria-current=true]")
        expect(language).to_contain_text(address[:2].upper())
        if is_of_one_figure(address):
            above = page.locator("#page-menu [aria-current=true]")
            assert above.evaluate("link => location.href.startsWith(link.href)")
    assert in_menu == len([a for a in addresses(built_site) if not is_of_one_figure(a)])


def expanded(page: Page, selector: str) -> bool:
    """What a screen reader is told of a button or a link that opens something."""
    debugger = page.context.new_cdp_session(page)
    root = debugger.send("DOM.getDocument")["root"]["nodeId"]
    node = debugger.send("DOM.querySelector", {"nodeId": root, "selector": selector})["nodeId"]
    tree = debugger.send("Accessibility.getPartialAXTree", {"nodeId": node})
    told = {each["name"]: each["value"].get("value") for each in tree["nodes"][0]["properties"]}
    return bool(told["expanded"])


@options(**PHONE)
@pytest.mark.parametrize("opener", [".menu-button", "article .cite", "article .term"])
def test_what_opens_says_so_and_gives_the_focus_back(page: Page, opener: str) -> None:
    page.goto(CITING)
    assert not expanded(page, opener)
    page.locator(opener).first.press("Enter")
    assert expanded(page, opener)
    page.keyboard.press("Escape")
    assert not expanded(page, opener)
    expect(page.locator(opener).first).to_be_focused()


def test_search_says_that_it_opens_a_dialog(page: Page) -> None:
    page.goto(CITING)
    expect(page.locator(".search-button")).to_have_attribute("aria-haspopup", "dialog")
    page.locator(".search-button").press("Enter")
    expect(page.get_by_role("dialog")).to_be_visible()
    page.keyboard.press("Escape")
    expect(page.locator(".search-button")).to_be_focused()


# Tables of a text


WIDE_TABLE = """
| qui | ce qu’il dit | depuis |
| --- | --- | ---: |
| mairie | absolument rien | toujours |
"""

_TABLE = """table => {
    const text = document.querySelector("article p:has(.cite)");
    const size = element => parseFloat(getComputedStyle(element).fontSize);
    return {
        size: size(table),
        ratio: size(table) / size(text),
        alignment: getComputedStyle(table.querySelector("td:last-child")).textAlign,
        scrolls: table.scrollWidth > table.clientWidth,
        overflows: document.documentElement.scrollWidth > innerWidth,
    };
}"""


@pytest.fixture(scope="module")
def tabled_url(shared: Shared) -> Iterator[str]:
    """The address of a small site with a wide table in a section."""
    with served(shared.made("tables", build_tabled)) as url:
        yield url


def build_tabled(output: Path) -> None:
    content = output.with_name("tables content") / "content"
    shutil.copytree(TOY, content)
    with (content / "sections/fr/money.md").open("a", encoding="utf-8") as section:
        section.write(WIDE_TABLE)
    build_site(content, output, strict=False)


@pytest.mark.parametrize("width", [320, 1280])
def test_a_table_of_a_text_is_as_easy_to_read_as_the_text(
    browser: Browser, tabled_url: str, width: int
) -> None:
    with opened(browser, tabled_url, viewport={"width": width, "height": 800}) as page:
        page.goto("fr/money/")
        table = page.locator("article table").evaluate(_TABLE)
        assert table["size"] >= 16
        assert table["ratio"] >= 0.9
        assert table["alignment"] == "end"
        # What is wider than the screen scrolls within itself, and can be reached by keyboard.
        assert (table["scrolls"], table["overflows"]) == (width == 320, False)
        assert violations(page) == []


# Without scripts, and on paper


# What scripts add: controls, and what they say of what they did.
_WITHOUT_EXTRAS = """() => document.querySelectorAll("article .filters, article [data-copy]")
    .forEach(extra => { extra.hidden = true; })"""


@pytest.mark.parametrize("language", LANGUAGES)
def test_everything_reads_without_scripts(
    browser: Browser, site_url: str, built_site: Path, language: str
) -> None:
    with opened(browser, site_url) as page, opened(browser, site_url, **NO_SCRIPT) as plain:
        for address in addresses(built_site, language):
            page.goto(address)
            plain.goto(address)
            text = plain.locator("article").inner_text()
            assert len(text) > 200
            page.evaluate(_WITHOUT_EXTRAS)
            assert text == page.locator("article").inner_text()
            for selector in ("h1", "#page-menu a >> nth=0", ".languages a", "footer"):
                expect(plain.locator(selector).first).to_be_visible()
        plain.set_viewport_size({"width": 320, "height": 640})
        expect(plain.locator(".menu-button")).to_be_visible()
        expect(plain.locator(".languages a")).to_be_visible()


# Text in the order in which it is read, block by block; what paper does not show is left out, and
# the numbers that only paper shows stand behind their words.
_BLOCKS = """() => {
    const numbered = [...document.querySelectorAll("[data-number]")];
    for (const words of numbered) words.append(words.dataset.number);
    const blocks = [...document.querySelectorAll("article :is(h1, h2, h3, p, th, td, dt, dd)")]
        .filter(block => block.checkVisibility()
            && !block.querySelector("p, ul, table, dl, .unseen"))
        .map(block => block.innerText).filter(Boolean);
    for (const words of numbered) words.lastChild.remove();
    return blocks;
}"""


@pytest.mark.parametrize("language", LANGUAGES)
@pytest.mark.parametrize("name", ["statements", "figures", "displaced"])
def test_the_pdf_has_every_word(page: Page, language: str, name: str) -> None:
    page.emulate_media(media="print")
    page.goto(f"{language}/{name}/")
    blocks = page.evaluate(_BLOCKS)
    assert len(blocks) > 10
    printed = PdfReader(BytesIO(page.pdf(format="A4"))).pages
    text = squeezed("".join(sheet.extract_text() for sheet in printed))
    assert [block for block in blocks if squeezed(block) not in text] == []


# What moves, what is cut

_SHIFTS = """new PerformanceObserver(list => shifts.push(...list.getEntries()))
    .observe({ type: "layout-shift", buffered: true }); window.shifts = [];"""
_SHIFTED = """async () => {
    for (let i = 0; i < 2; i++) await new Promise(requestAnimationFrame);
    return shifts.reduce((sum, shift) => sum + shift.value, 0);
}"""
_SIDEWAYS = "document.documentElement.scrollWidth > document.documentElement.clientWidth"


def moved_each_time(page: Page, address: str) -> float:
    """How much a page moves while it is opened, each of three times.

    To a busy machine a page comes in pieces, and a piece may make room for the next one. What a
    script or a picture moves, it moves every time.
    """
    for _ in range(3):
        page.goto(address)
        moved = page.evaluate(_SHIFTED)
        if moved == 0:
            break
    return float(moved)


# The least that WCAG 1.4.12 has readers choose.
_SPACED = """() => {
    const sheet = new CSSStyleSheet();
    sheet.replaceSync(`* { line-height: 1.5 !important; letter-spacing: 0.12em !important;
        word-spacing: 0.16em !important } p { margin-block-end: 2em !important }`);
    document.adoptedStyleSheets.push(sheet);
}"""

# Text larger than its box. A box of one pixel is for screen readers alone.
_CLIPPED = """() => [...document.querySelectorAll("body *")].filter(box => {
    if (!box.checkVisibility() || box.clientWidth <= 1 || box.closest("svg")) return false;
    const { overflowX, overflowY, display } = getComputedStyle(box);
    if (display === "inline") return false;
    const wide = box.scrollWidth > box.clientWidth + 1;
    const high = box.scrollHeight > box.clientHeight + 1;
    const holds = box.matches("button, .tag, th, td, dt, dd, li");
    return (wide && (overflowX === "hidden" || holds)) || (high && overflowY === "hidden");
}).map(box => box.outerHTML.slice(0, 120))"""


@pytest.mark.parametrize(
    "size", [(320, 256), (320, 800), (412, 800), (768, 800), (1280, 800)], ids=str
)
def test_nothing_moves_nothing_is_cut_nothing_scrolls_sideways(
    page: Page, built_site: Path, size: tuple[int, int]
) -> None:
    """1280 by 1024 pixels at 400 % are 320 by 256, WCAG 1.4.10."""
    page.set_viewport_size({"width": size[0], "height": size[1]})
    page.add_init_script(_SHIFTS)
    for address in every_address(built_site)[1:]:
        assert moved_each_time(page, address) == 0, address
        assert not page.evaluate(_SIDEWAYS), address
        page.evaluate(_SPACED)
        assert page.evaluate(_CLIPPED) == [], address
        assert not page.evaluate(_SIDEWAYS), address


_TOOLS_OFF_SCREEN = """() => [...document.querySelectorAll(".masthead :is(a, button)")]
    .filter(tool => tool.checkVisibility())
    .filter(tool => tool.getBoundingClientRect().left < 0
        || tool.getBoundingClientRect().right > innerWidth)
    .map(tool => tool.outerHTML.slice(0, 80))"""


@pytest.mark.parametrize("width", [320, 360, 412])
def test_large_text_is_neither_cut_nor_wider_than_a_phone(
    browser_of_large_text: Browser, site_url: str, built_site: Path, width: int
) -> None:
    size = {"width": width, "height": 740}
    with opened(browser_of_large_text, site_url, viewport=size) as page:
        for address in every_address(built_site):
            page.goto(address)
            assert page.evaluate("parseFloat(getComputedStyle(document.body).fontSize)") >= 24
            assert not page.evaluate(_SIDEWAYS), address
            assert page.evaluate(_CLIPPED) == [], address
            assert page.evaluate(_TOOLS_OFF_SCREEN) == [], address


@options(viewport={"width": 320, "height": 740})
def test_a_tool_that_leaves_the_screen_is_noticed(page: Page) -> None:
    page.goto(CITING)
    page.evaluate(
        """() => {
            const sheet = new CSSStyleSheet();
            sheet.replaceSync(".masthead .masthead__tools { flex-wrap: nowrap; font-size: 2rem }");
            document.adoptedStyleSheets.push(sheet);
        }"""
    )
    assert page.evaluate(_TOOLS_OFF_SCREEN)
    assert page.evaluate(_SIDEWAYS)


def test_titles_are_set_in_the_typeface_of_the_site(page: Page, built_site: Path) -> None:
    """It comes with the page, and no character of a title is missing from it."""
    for address in addresses(built_site):
        page.goto(address, wait_until="networkidle")
        fonts = page.evaluate("[...document.fonts].map(font => [font.family, font.status])")
        assert fonts == [["Reperes Serif", "loaded"]], address
    debugger = page.context.new_cdp_session(page)
    debugger.send("DOM.enable")
    debugger.send("CSS.enable")
    for address in addresses(built_site):
        page.goto(address)
        root = debugger.send("DOM.getDocument")["root"]["nodeId"]
        title = debugger.send("DOM.querySelector", {"nodeId": root, "selector": "h1"})["nodeId"]
        used = debugger.send("CSS.getPlatformFontsForNode", {"nodeId": title})["fonts"]
        assert [font["familyName"] for font in used] == ["Reperes Serif"], address


@pytest.mark.parametrize("width", [320, 1280])
def test_an_open_card_may_be_spaced_out(page: Page, width: int) -> None:
    page.set_viewport_size({"width": width, "height": 800})
    page.goto(CITING)
    page.evaluate(_SPACED)
    page.locator("article .cite").first.press("Enter")
    assert page.evaluate(_CLIPPED) == []


def test_what_moves_is_noticed(page: Page) -> None:
    page.add_init_script(_SHIFTS)
    page.goto(CITING)
    page.evaluate(_SHIFTED)
    page.evaluate("document.body.prepend(Object.assign(document.createElement('p'), "
                  "{textContent: 'late', className: 'opening__kicker'}))")  # fmt: skip
    assert page.evaluate(_SHIFTED) > 0


def test_text_that_is_clipped_is_noticed(page: Page) -> None:
    page.goto(CITING)
    page.evaluate(
        """() => {
            const sheet = new CSSStyleSheet();
            sheet.replaceSync("h1 { height: 1em; overflow: hidden }");
            document.adoptedStyleSheets.push(sheet);
        }"""
    )
    page.evaluate(_SPACED)
    assert [box[:3] for box in page.evaluate(_CLIPPED)] == ["<h1"]


# The labels of drawings, and how large they are beside the text.
_LABELS = """([selector, size]) => {
    const sheet = new CSSStyleSheet();
    sheet.replaceSync(`:root { font-size: ${size}% }`);
    document.adoptedStyleSheets.push(sheet);
    return [...document.querySelectorAll(selector)].map(drawing => {
        const edge = drawing.getBoundingClientRect();
        const labels = [...drawing.querySelectorAll("text")]
            .filter(label => label.checkVisibility());
        const boxes = labels.map(label => label.getBoundingClientRect());
        const apart = (a, b) => a.right <= b.left + 1 || b.right <= a.left + 1
            || a.bottom <= b.top + 3 || b.bottom <= a.top + 3;
        return {
            height: boxes[0]?.height,
            outside: labels.filter((_, n) =>
                boxes[n].left < edge.left - 2 || boxes[n].right > edge.right + 2)
                .map(label => label.textContent),
            over: labels.filter((_, n) => boxes.some((box, m) => m > n && !apart(boxes[n], box)))
                .map(label => label.textContent),
        };
    });
}"""


@pytest.mark.parametrize(("width", "size"), [(320, 100), (320, 200), (768, 100), (1440, 100)])
def test_labels_of_drawings_are_as_large_as_text_and_keep_apart(
    page: Page, width: int, size: int
) -> None:
    page.set_viewport_size({"width": width, "height": 800})
    for address, selector in (("fr/figures/", ".picture__drawing"), ("en/", ".map__drawing")):
        page.goto(address)
        drawings = page.evaluate(_LABELS, [selector, size])
        assert drawings
        for drawing in drawings:
            assert (drawing["outside"], drawing["over"]) == ([], []), address
            # A map of a phone's width has no room for names twice as large; its key has them.
            if drawing["height"] is not None and not (size == 200 and "map" in selector):
                assert 12 <= drawing["height"] * 100 / size <= 26, address


# What the reader has chosen for their eyes


_MOVING = """() => [...document.querySelectorAll("*")].filter(one =>
    [null, "::before", "::after"].map(part => getComputedStyle(one, part)).some(style =>
        style.animationName !== "none" || (style.transitionProperty !== "none"
            && style.transitionDuration.split(", ").some(time => parseFloat(time))))
).map(one => one.outerHTML.slice(0, 100))"""


@options(**STILL)
def test_nothing_moves_for_who_asks_for_less_motion(page: Page, built_site: Path) -> None:
    for address in every_address(built_site):
        page.goto(address)
        assert page.evaluate("document.getAnimations().length") == 0
        assert page.evaluate("getComputedStyle(document.documentElement).scrollBehavior") == "auto"
        assert page.evaluate(_MOVING) == [], address


# Signs that carry meaning, and what draws each: a property of the element or of a part of it.
_SIGNS = {
    ".side": ("", "backgroundColor"),
    ".tag": ("", "borderTopColor"),
    ".event": ("::before", "borderTopColor"),
    ".group > h2": ("", "borderTopColor"),
    ".menu-button": ("", "borderTopColor"),
    ".theme": ("::before", "borderTopColor"),
    ".search-button": ("::before", "borderTopColor"),
    ".cite": ("", "textDecorationColor"),
    ".marks__word": ("", "textDecorationColor"),
    ".menu a[aria-current]": ("", "borderLeftColor"),
    ".picture__drawing": ("", "color"),
    ".picture__mark": ("", "fill"),
    ".picture__axis": ("", "fill"),
    ".map__border": ("", "stroke"),
    ".map__coast": ("", "stroke"),
    ".map__label": ("", "fill"),
}

_INVISIBLE = """signs => {
    const canvas = getComputedStyle(document.body).backgroundColor;
    const gone = colour => colour === canvas || /^rgba\\(.*, 0\\)$/.test(colour);
    return Object.entries(signs).flatMap(([selector, [part, property]]) =>
        [...document.querySelectorAll(selector)]
            .filter(sign => sign.checkVisibility())
            .map(sign => getComputedStyle(sign, part || null)[property])
            .map(colour => [selector, gone(colour) ? `${property}: ${colour}` : ""]));
}"""


@pytest.mark.parametrize("scheme", ["light", "dark"])
def test_every_sign_stays_when_colours_are_forced(
    browser: Browser, site_url: str, built_site: Path, scheme: str
) -> None:
    seen = set()
    chosen = {"forced_colors": "active", "color_scheme": scheme}
    with opened(browser, site_url, viewport={"width": 800, "height": 800}, **chosen) as page:
        for address in addresses(built_site):
            page.goto(address)
            for selector, fault in page.evaluate(_INVISIBLE, _SIGNS):
                seen.add(selector)
                assert not fault, f"{address}: {selector}: {fault}"
        page.set_viewport_size({"width": 1280, "height": 800})
        seen |= {selector for selector, _ in page.evaluate(_INVISIBLE, _SIGNS)}
    assert seen == set(_SIGNS)
