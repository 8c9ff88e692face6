"""The preview's page of drafts, as somebody decides on it by mouse and by keyboard."""

from __future__ import annotations

import threading
from collections.abc import Iterator
from functools import partial
from pathlib import Path
from typing import Any

import pytest
from playwright.sync_api import Browser, Locator, Page, expect

from reperes.cli.options import report, tell
from reperes.model.loading import load
from reperes.serve import preview
from reperes.serve.drafts_page import DraftsPage
from reperes.serve.live_site import LiveSite
from reperes.serve.session import Rebuilding
from support_browser import PATIENCE, violations
from support_commands import Steps, change
from support_drafts_page import keep_texts, write_drafts


@pytest.fixture
def content(tmp_path: Path) -> Path:
    return write_drafts(tmp_path)


@pytest.fixture
def address(content: Path, tmp_path: Path) -> Iterator[str]:
    """Where the explainer is previewed, until the test ends."""
    live = LiveSite(content, tmp_path / "site", tmp_path / "live", Steps())
    live.build()
    changes = preview.Changes(preview.labels_of(live.explainer), live.problems)
    watcher = preview.Watcher([content], Rebuilding(live, changes, content, report, tell))
    texts = keep_texts(tmp_path / "texts")
    drafts = DraftsPage(content, lambda: live.explainer, texts, live.named)
    with preview.server(live.site, "/bridge/", 0, changes, lambda *_: None, drafts) as server:
        thread = threading.Thread(target=partial(server.serve_forever, 0.01))
        thread.start()
        watcher.start()
        yield f"http://127.0.0.1:{server.server_port}/bridge/"
        watcher.stop()
        server.shutdown()
        thread.join()


@pytest.fixture
def page(browser: Browser, address: str, context_options: dict[str, Any]) -> Iterator[Page]:
    """A page that fails the test where anything in it complains, or leaves this machine."""
    context = browser.new_context(base_url=address, **context_options)
    context.set_default_timeout(PATIENCE)
    complaints: list[str] = []
    elsewhere: list[str] = []
    context.on("weberror", lambda error: complaints.append(str(error.error)))
    context.on("console", lambda said: complaints.extend([said.text] * (said.type == "error")))
    context.on("request", lambda sent: elsewhere.append(sent.url))
    yield context.new_page()
    context.close()
    assert [said for said in complaints if "409 (Conflict)" not in said] == []
    assert [url for url in elsewhere if not url.startswith("http://127.0.0.1:")] == []


def draft(page: Page, draft_id: str) -> Locator:
    return page.locator(f"#draft-{draft_id}")


def facts(content: Path) -> set[str]:
    return set(map(str, load(content).explainer.facts))


def dropped(content: Path) -> set[str]:
    return set(load(content).explainer.drafts["gazette_1"].dropped)


def test_every_page_leads_to_the_first_draft(page: Page) -> None:
    page.goto("en/closing/")
    page.get_by_role("link", name="Review the drafts").click()
    expect(page.get_by_role("heading", name="Drafts")).to_be_visible()
    expect(draft(page, "residents")).to_be_focused()
    expect(page.get_by_role("link", name="Review the drafts")).to_be_hidden()


def test_the_words_are_marked_in_their_paragraph(page: Page) -> None:
    page.goto("drafts/en/")
    quoted = draft(page, "footbridges").locator("blockquote")
    expect(quoted).to_have_text("La mairie demande une passerelle provisoire.")
    expect(quoted.locator("mark")).to_have_text("une passerelle provisoire")


def test_a_draft_is_accepted_with_a_click(page: Page, content: Path) -> None:
    page.goto("drafts/en/")
    draft(page, "residents").get_by_role("button", name="Accept", exact=True).click()
    expect(page.locator(".drafts-left")).to_have_text(
        "2 drafts await a decision. Until then, no page shows them."
    )
    expect(draft(page, "residents")).to_have_count(0)
    expect(page.locator(".drafts-told")).to_have_text("Accepted: residents")
    expect(draft(page, "footbridges")).to_be_focused()
    assert "residents" in facts(content)


def test_keys_decide_about_the_draft_that_has_the_focus(page: Page, content: Path) -> None:
    page.goto("drafts/fr/#draft-residents")
    expect(draft(page, "residents")).to_be_focused()
    page.keyboard.press("d")
    expect(page.locator(".drafts-left")).to_contain_text("2 brouillons")
    expect(page.get_by_role("status").first).to_have_text("Rejeté : residents")
    expect(draft(page, "footbridges")).to_be_focused()
    page.keyboard.press("d")
    expect(page.locator(".drafts-left")).to_contain_text("1 brouillon attend")
    assert dropped(content) == {"residents", "footbridges"}


def test_no_key_decides_where_no_draft_has_the_focus(page: Page, content: Path) -> None:
    page.goto("drafts/en/")
    page.get_by_role("link", name="Translation desk").focus()
    page.keyboard.press("d")
    page.keyboard.press("a")
    draft(page, "residents").get_by_role("button", name="Change").focus()
    page.keyboard.press("Control+d")
    expect(draft(page, "residents")).to_be_visible()
    assert dropped(content) == set()


def test_what_a_draft_lacks_is_asked_for_before_it_is_accepted(page: Page, content: Path) -> None:
    page.goto("drafts/en/#draft-footbridges")
    page.keyboard.press("a")
    bridges = draft(page, "footbridges")
    expect(bridges.get_by_label("Label (English)")).to_be_focused()
    # Here, the same keys are letters.
    page.keyboard.type("Footbridges, a and d")
    bridges.get_by_label("Unit", exact=True).fill("bridge")
    bridges.get_by_label("(Français)").last.fill("passerelle/passerelles/feminine")
    bridges.get_by_label("(English)").last.fill("footbridge/footbridges")
    page.keyboard.press("Enter")
    expect(page.locator(".drafts-told")).to_have_text("Accepted: footbridges")
    figure = load(content).explainer.figures["footbridges"]
    assert figure.label["en"] == "Footbridges, a and d"


def test_what_the_check_refuses_is_said_beside_what_was_typed(page: Page, content: Path) -> None:
    page.goto("drafts/en/#draft-residents")
    page.keyboard.press("c")
    value = draft(page, "residents").get_by_label("Value")
    value.fill("300..200 person")
    page.keyboard.press("Enter")
    expect(draft(page, "residents").locator(".draft-answer")).not_to_be_empty()
    expect(value).to_have_value("300..200 person")
    assert "residents" not in facts(content)
    value.press("Escape")
    expect(value).to_be_hidden()
    expect(draft(page, "residents").get_by_role("button", name="Change")).to_be_focused()


def test_what_was_typed_comes_back_when_the_page_is_loaded_again(page: Page, content: Path) -> None:
    page.goto("drafts/en/#draft-residents")
    page.keyboard.press("c")
    draft(page, "residents").get_by_label("Label (English)").fill("People")
    change(content, "drafts/gazette_1.yml", 'fr: "Passerelles"', 'fr: "Ponts"')
    expect(draft(page, "footbridges")).to_contain_text("Ponts")
    expect(draft(page, "residents").get_by_label("Label (English)")).to_have_value("People")


def test_the_last_decision_leaves_an_empty_page(page: Page, content: Path) -> None:
    page.goto("drafts/en/#draft-residents")
    for left in ("2 drafts", "1 draft", "No draft"):
        page.locator(".draft").first.get_by_role("button", name="Drop").click()
        expect(page.locator(".drafts-left")).to_contain_text(left)
    page.goto("en/closing/")
    expect(page.get_by_role("link", name="Review the drafts")).to_be_hidden()


@pytest.mark.parametrize(
    "context_options",
    [
        {"color_scheme": scheme, "viewport": {"width": width, "height": 640}}
        for scheme in ("light", "dark")
        for width in (320, 1280)
    ],
)
def test_the_page_is_within_everybodys_reach(page: Page) -> None:
    page.goto("drafts/fr/#draft-footbridges")
    page.keyboard.press("c")
    expect(draft(page, "footbridges").get_by_label("Intitulé (English)")).to_be_visible()
    assert violations(page) == []
    assert page.evaluate("document.documentElement.scrollWidth <= innerWidth")


def test_no_site_has_the_page(address: str, tmp_path: Path) -> None:
    for folder in (tmp_path / "site", tmp_path / "live"):
        assert not list(folder.rglob("drafts/*"))
        assert not [
            path
            for path in folder.rglob("*.html")
            if "demande une passerelle provisoire" in path.read_text("utf-8")
        ]
