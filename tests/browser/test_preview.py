"""`reperes serve` as an editor sees it: a save shows in the open page, and so does a mistake."""

from __future__ import annotations

import threading
from collections.abc import Iterator
from functools import partial
from pathlib import Path
from typing import Any

import pytest
from playwright.sync_api import Browser, Locator, Page, expect
from support_browser import AXE
from support_commands import Steps, change, write_content

from build_tools import preview
from build_tools.__main__ import _Rebuilding
from build_tools.live_site import LiveSite
from build_tools.stamping import stamp

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
def address(content: Path, tmp_path: Path) -> Iterator[str]:
    """Where the explainer is previewed, until the test ends."""
    live = LiveSite(content, tmp_path / "site", tmp_path / "live", Steps())
    live.build()
    changes = preview.Changes(preview.labels_of(live.explainer), live.problems)
    watcher = preview.Watcher([content], _Rebuilding(live, changes, content))
    with preview.server(live.site, "/bridge/", 0, changes) as server:
        thread = threading.Thread(target=partial(server.serve_forever, 0.01))
        thread.start()
        watcher.start()
        yield f"http://127.0.0.1:{server.server_port}/bridge/"
        watcher.stop()
        server.shutdown()
        thread.join()


@pytest.fixture
def open_page(browser: Browser, address: str, context_options: dict[str, Any]) -> Iterator[Page]:
    """A page that fails the test where anything in it complains, be it the security policy."""
    context = browser.new_context(base_url=address, **context_options)
    complaints: list[str] = []
    context.on("weberror", lambda error: complaints.append(str(error.error)))
    context.on("console", lambda said: complaints.extend([said.text] * (said.type == "error")))
    yield context.new_page()
    context.close()
    assert complaints == []


def problems(page: Page) -> Locator:
    return page.locator(".preview-problems")


def test_a_saved_section_shows_where_the_reader_was(content: Path, open_page: Page) -> None:
    open_page.goto("fr/closing/")
    open_page.evaluate("scrollTo(0, 700)")
    expect(problems(open_page)).to_be_hidden()
    change(content, "sections/fr/closing.md", "ont manifesté", "ont défilé")
    expect(open_page.get_by_text("ont défilé")).to_be_visible()
    open_page.wait_for_function("scrollY === 700")


def test_only_what_changed_is_loaded_again(content: Path, open_page: Page) -> None:
    other = open_page.context.new_page()
    other.goto("en/crossing/")
    other.evaluate("window.stayed = true")
    open_page.goto("fr/closing/")
    change(content, "sections/fr/closing.md", "ont manifesté", "ont défilé")
    expect(open_page.get_by_text("ont défilé")).to_be_visible()
    expect(problems(other)).to_contain_text("closing.md:2:9")
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
    expect(warned).to_contain_text("Warning the original (fr) has changed")
    warned.get_by_role("button", name="Close").focus()
    open_page.keyboard.press("Enter")
    expect(problems(open_page)).to_be_hidden()
    change(content, "sections/en/closing.md", "residents protested", "residents marched")
    expect(open_page.get_by_text("residents marched")).to_be_visible()
    expect(problems(open_page)).to_be_hidden()
    change(content, "facts/figures.yml", 'low: "200"', 'low: "400"')
    expect(problems(open_page)).to_be_visible()
    problems(open_page).get_by_role("button").focus()
    open_page.keyboard.press("Escape")
    expect(problems(open_page)).to_be_hidden()


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
