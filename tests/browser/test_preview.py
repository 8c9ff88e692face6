"""`reperes serve` as an editor sees it: a save shows in the open page, and so does a mistake."""

from __future__ import annotations

import re
import threading
from collections.abc import Iterator
from functools import partial
from pathlib import Path
from typing import Any

import pytest
from playwright.sync_api import Browser, Locator, Page, expect

from reperes.cli.options import report, tell
from reperes.serve import preview
from reperes.serve.live_site import LiveSite
from reperes.serve.session import Rebuilding
from reperes.translation.staleness import age_of
from reperes.translation.stamping import stamp, stamp_as_seen
from support_browser import AXE, PATIENCE, violations, wait_until
from support_commands import Steps, change, explainer_of, write_content

LONG = "\n".join(f"Encore {{{{ protesters }}}} riverains, {n}.\n" for n in "abcdefghijklmnopqrs")


@pytest.fixture
def content(tmp_path: Path) -> Path:
    content = write_content(tmp_path)
    for name in ("sections/fr/closing.md", "sections/en/closing.md"):
        path = content / name
        path.write_text(path.read_text("utf-8") + "\n" + LONG, "utf-8")
    stamp(content, ["en", "fr"])
    return content


@pytest.fixture
def live(content: Path, tmp_path: Path) -> LiveSite:
    live = LiveSite(content, tmp_path / "site", tmp_path / "live", Steps())
    live.build()
    return live


@pytest.fixture
def changes(live: LiveSite) -> preview.Changes:
    return preview.Changes(preview.labels_of(live.explainer), live.problems)


@pytest.fixture
def watcher(content: Path, live: LiveSite, changes: preview.Changes) -> preview.Watcher:
    return preview.Watcher([content], Rebuilding(live, changes, content, report, tell))


@pytest.fixture
def address(
    content: Path, live: LiveSite, changes: preview.Changes, watcher: preview.Watcher
) -> Iterator[str]:
    """Where the explainer is previewed, until the test ends."""
    stamped = partial(stamp_as_seen, content)
    with preview.server(live.site, "/bridge/", 0, changes, stamped) as server:
        thread = threading.Thread(target=partial(server.serve_forever, 0.01))
        thread.start()
        watcher.start()
        yield f"http://127.0.0.1:{server.server_port}/bridge/"
        watcher.stop()
        server.shutdown()
        thread.join()


@pytest.fixture
def open_page(browser: Browser, address: str, context_options: dict[str, Any]) -> Iterator[Page]:
    """A page that fails the test where anything in it complains, be it the security policy.

    But for Chromium, which says of itself that a stamp was refused.
    """
    context = browser.new_context(base_url=address, **context_options)
    context.set_default_timeout(PATIENCE)
    complaints: list[str] = []
    context.on("weberror", lambda error: complaints.append(str(error.error)))
    context.on("console", lambda said: complaints.extend([said.text] * (said.type == "error")))
    yield context.new_page()
    context.close()
    assert [said for said in complaints if "409 (Conflict)" not in said] == []


def problems(page: Page) -> Locator:
    return page.locator(".preview-problems")


def test_a_saved_section_shows_where_the_reader_was(content: Path, open_page: Page) -> None:
    open_page.goto("fr/closing/")
    open_page.evaluate("scrollTo(0, 700)")
    expect(problems(open_page)).to_be_hidden()
    change(content, "sections/fr/closing.md", "ont manifesté", "ont défilé")
    expect(open_page.get_by_text("ont défilé")).to_be_visible()
    wait_until(open_page, "() => scrollY === 700")


def test_only_what_changed_is_loaded_again(content: Path, open_page: Page) -> None:
    other = open_page.context.new_page()
    other.goto("en/crossing/")
    other.evaluate("window.stayed = true")
    open_page.goto("fr/closing/")
    change(content, "sections/fr/closing.md", "ont manifesté", "ont défilé")
    expect(open_page.get_by_text("ont défilé")).to_be_visible()
    expect(problems(other)).to_contain_text("en/closing.md:12:1 Warning paragraph 3")
    assert other.evaluate("window.stayed")


@pytest.mark.parametrize(
    ("language", "title", "error", "kept"),
    [
        ("fr", "Problèmes du contenu", "Erreur", "La page montre la dernière version sans erreur."),
        ("en", "Problems in the content", "Error", "The page shows the last version"),
    ],
)
def test_a_mistake_is_shown_over_the_last_good_page_until_it_is_mended(
    content: Path, open_page: Page, language: str, title: str, error: str, kept: str
) -> None:
    open_page.goto(f"{language}/closing/")
    before = open_page.locator("main").inner_text()
    change(content, "sections/fr/closing.md", "{{ protesters }} riverains ont", "{{ riot }} ont")
    alert = open_page.get_by_role("alert", name=title)
    expect(alert).to_be_visible()
    expect(alert).to_contain_text(kept)
    expect(alert).to_contain_text(f"closing.md:11:32 {error} {{{{ riot }}}}: no fact")
    assert open_page.locator("main").inner_text() == before
    change(content, "sections/fr/closing.md", "{{ riot }} ont", "{{ protesters }} riverains ont")
    expect(problems(open_page)).to_be_hidden()


def test_a_message_is_text_whatever_was_typed(content: Path, open_page: Page) -> None:
    open_page.goto("fr/closing/")
    change(content, "facts/figures.yml", '"range"', '"<img src=x>"')
    expect(problems(open_page)).to_contain_text("<img src=x>")
    assert problems(open_page).locator("img").count() == 0


def test_problems_can_be_closed_by_keyboard_and_come_back_when_others_come(
    content: Path, open_page: Page
) -> None:
    open_page.goto("en/closing/")
    change(content, "sections/fr/closing.md", "ont manifesté", "ont défilé")
    warned = open_page.get_by_role("region", name="Problems in the content")
    expect(warned).to_contain_text("Warning paragraph 3: the original was reworded")
    warned.get_by_role("button", name="Close").focus()
    open_page.keyboard.press("Enter")
    expect(problems(open_page)).to_be_hidden()
    change(content, "site.yml", '"The editors"', '"The new editors"')
    expect(open_page.get_by_text("The new editors")).to_be_attached()
    expect(problems(open_page)).to_be_hidden()
    change(content, "facts/figures.yml", 'low: "200"', 'low: "400"')
    expect(problems(open_page)).to_be_visible()
    problems(open_page).get_by_role("button").focus()
    open_page.keyboard.press("Escape")
    expect(problems(open_page)).to_be_hidden()


# The translators' desk


DESK = "desk/en/closing/"
BASELINE = "translations/en/closing.po"


def row(page: Page, name: str) -> Locator:
    """The row of a block on the desk."""
    return page.locator(f"#en-{name}")


def stamp_button(page: Page, name: str) -> Locator:
    return row(page, name).get_by_role("button", name="It is up to date")


def test_a_save_shows_on_the_desk(content: Path, open_page: Page) -> None:
    open_page.goto(DESK)
    expect(row(open_page, "3")).to_contain_text("up to date")
    change(content, "sections/fr/closing.md", "ont manifesté", "ont défilé")
    expect(row(open_page, "3").locator("ins")).to_have_text("défilé")
    expect(row(open_page, "3").locator("del")).to_have_text("manifesté")


def test_problems_show_on_the_desk(content: Path, open_page: Page) -> None:
    open_page.goto(DESK)
    change(content, "facts/figures.yml", 'low: "200"', 'low: "400"')
    alert = open_page.get_by_role("alert", name="Problems in the content")
    expect(alert).to_contain_text("figures.yml:6:11 Error")


def test_one_block_is_stamped_with_a_click(content: Path, open_page: Page) -> None:
    change(content, "sections/fr/closing.md", "ont manifesté", "ont défilé")
    change(content, "sections/en/closing.md", "The bridge at", "A bridge at")
    before = (content / BASELINE).read_text("utf-8")
    open_page.goto(DESK)
    expect(row(open_page, "1")).to_contain_text("edited in the translation")
    expect(row(open_page, "3")).to_contain_text("reworded in the original")
    stamp_button(open_page, "3").click()
    expect(row(open_page, "3")).to_contain_text("up to date")
    expect(stamp_button(open_page, "3")).to_have_count(0)
    # The other one is as it was, and what was written is what stands there.
    expect(stamp_button(open_page, "1")).to_be_visible()
    after = (content / BASELINE).read_text("utf-8")
    said = 'msgid "Selon [la mairie](actor:town), {{ protesters }} riverains ont'
    assert set(before.splitlines()) ^ set(after.splitlines()) == {
        f'{said} manifesté."',
        f'{said} défilé."',
        'msgctxt "e4990aaf"',
    }


def test_a_whole_text_is_stamped_with_a_click(content: Path, open_page: Page) -> None:
    change(content, "sections/fr/closing.md", "ont manifesté", "ont défilé")
    change(content, "sections/en/closing.md", "The bridge at", "A bridge at")
    open_page.goto(DESK)
    expect(stamp_button(open_page, "1")).to_be_visible()
    expect(stamp_button(open_page, "3")).to_be_visible()
    open_page.locator("p[data-stamp='en/closing'] button").click()
    expect(row(open_page, "3")).to_contain_text("up to date")
    expect(open_page.get_by_role("button", name="It is up to date")).to_have_count(0)
    age = age_of(explainer_of(content), "en", "closing")
    assert age is not None
    assert age.state == "fresh"


def test_the_button_works_by_keyboard_and_says_what_it_is_for(
    content: Path, open_page: Page
) -> None:
    change(content, "sections/fr/closing.md", "ont manifesté", "ont défilé")
    open_page.goto(DESK)
    button = stamp_button(open_page, "3")
    expect(button).to_be_visible()
    assert violations(open_page) == []
    expect(button).to_have_accessible_description(re.compile("^3 reworded in the original"))
    button.focus()
    open_page.keyboard.press("Enter")
    expect(row(open_page, "3")).to_contain_text("up to date")


def test_what_has_changed_behind_the_page_is_not_stamped(
    content: Path, open_page: Page, watcher: preview.Watcher
) -> None:
    change(content, "sections/fr/closing.md", "ont manifesté", "ont défilé")
    open_page.goto(DESK)
    expect(stamp_button(open_page, "3")).to_be_visible()
    watcher.stop()
    before = (content / BASELINE).read_bytes()
    change(content, "sections/fr/closing.md", "ont défilé", "ont chanté")
    stamp_button(open_page, "3").click()
    expect(row(open_page, "3").get_by_role("status")).to_have_text(
        "has changed since this page was made; look again"
    )
    assert (content / BASELINE).read_bytes() == before


def test_the_desk_is_in_french_too(content: Path, open_page: Page) -> None:
    change(content, "sections/fr/closing.md", "ont manifesté", "ont défilé")
    open_page.goto("desk/fr/closing/")
    row(open_page, "3").get_by_role("button", name="C’est à jour").click()
    expect(row(open_page, "3").locator(".desk-state--fresh")).to_be_visible()


@pytest.mark.parametrize(
    "context_options",
    [
        {"color_scheme": scheme, "viewport": {"width": width, "height": 640}}
        for scheme in ("light", "dark")
        for width in (320, 1280)
    ],
)
def test_problems_are_within_everybodys_reach(content: Path, open_page: Page) -> None:
    open_page.goto("fr/closing/")
    change(content, "facts/figures.yml", 'low: "200"', 'low: "400"')
    expect(problems(open_page)).to_be_visible()
    open_page.evaluate(AXE.read_text("utf-8"))
    found = open_page.evaluate("axe.run('.preview-problems')")
    assert [violation["id"] for violation in found["violations"]] == []
    assert open_page.evaluate("document.documentElement.scrollWidth <= innerWidth")
