"""A browser and the built site, served as GitHub Pages would serve it."""

from __future__ import annotations

import os
import shutil
from collections.abc import Callable, Iterator
from functools import partial
from pathlib import Path
from typing import Any
from urllib.parse import urlsplit

import pytest
from playwright.sync_api import (
    Browser,
    BrowserContext,
    BrowserType,
    ConsoleMessage,
    Page,
    Request,
    expect,
    sync_playwright,
)

from reperes.model.loading import load
from reperes.site.assets import asset_names
from reperes.site.desk import write_desk
from support import REAL, replace_in
from support_browser import PATIENCE
from support_serving import served
from support_sites import Shared

CHROMIUM_OPTIONS = [
    "--no-sandbox",  # the tests may run as root, where the sandbox cannot
    "--disable-gpu",
    "--disable-background-networking",
    "--disable-component-update",
    "--disable-sync",
    "--no-first-run",
    # A page that asks another host for something is told of by `Watch`, and gets nothing.
    "--host-resolver-rules=MAP * ~NOTFOUND, EXCLUDE 127.0.0.1",
]


expect.set_options(timeout=PATIENCE)


class Watch:
    """Notes what a page must not do: ask another host for something, or complain."""

    def __init__(self, context: BrowserContext, site_url: str) -> None:
        self.host = urlsplit(site_url).netloc
        self.opened: set[str] = set()
        self.complaints: list[str] = []
        context.on("request", self._note_request)
        context.on("console", self._note_message)
        context.on("weberror", lambda error: self.complaints.append(f"uncaught: {error.error}"))

    def _note_request(self, request: Request) -> None:
        address = urlsplit(request.url)
        if request.is_navigation_request():
            self.opened.add(request.url)
        if address.scheme not in ("data", "blob", "about") and address.netloc != self.host:
            self.complaints.append(f"request to another host: {request.url}")

    def _note_message(self, message: ConsoleMessage) -> None:
        """A breach of the Content-Security-Policy is a console error too.

        The one error that is let pass is Chromium's on a page that was opened and answered 404.
        """
        place = message.location["url"]
        asked_for = message.text.startswith("Failed to load resource") and place in self.opened
        if message.type == "error" and not asked_for:
            self.complaints.append(f"console: {message.text} ({place})")


@pytest.fixture(scope="session")
def site_url(built_site: Path) -> Iterator[str]:
    """The address of the built site, ending in a slash."""
    with served(built_site) as url:
        yield url


@pytest.fixture(scope="session")
def desk_url(built_site: Path, shared: Shared) -> Iterator[str]:
    """The address of a copy of the built site with the desk, where translations are behind."""
    with served(shared.made("real_desk", partial(add_desk, built_site))) as url:
        yield url


def add_desk(built_site: Path, output: Path) -> None:
    content = output.with_name("desk of real content") / "content"
    shutil.copytree(REAL, content)
    fall_behind(content)
    shutil.copytree(built_site, output)
    explainer = load(content).explainer
    (style_sheet,) = (output / "assets").glob("reperes.*.css")
    write_desk(explainer, output, asset_names(style_sheet.name))


def fall_behind(content: Path) -> None:
    """Reword, add and remove paragraphs of an original, reword a text, remove a translation."""
    french = content / "sections/fr/talks.md"
    replace_in(french, "négociait avec", "discutait avec")
    replace_in(french, "## L’échéance", "Un paragraphe tout neuf.\n\n## L’échéance")
    replace_in(french, "\n## L’échec {#failure}\n", "")
    replace_in(content / "facts/figures.yml", "Déplacés depuis le", "Personnes déplacées depuis le")
    (content / "sections/en/strikes.md").unlink()


@pytest.fixture(scope="session")
def browser() -> Iterator[Browser]:
    """The system's Chromium, headless, with a profile of its own."""
    with sync_playwright() as playwright:
        browser = launch(playwright.chromium)
        yield browser
        browser.close()


def launch(browsers: BrowserType, *arguments: str, **environment: str) -> Browser:
    path = os.environ.get("CHROMIUM") or shutil.which("chromium")
    if not path:
        pytest.fail("no Chromium: run `make test`, or set CHROMIUM to its path", pytrace=False)
    env: dict[str, str | float | bool] = {**os.environ, **environment}
    return browsers.launch(executable_path=path, args=[*CHROMIUM_OPTIONS, *arguments], env=env)


@pytest.fixture(scope="session")
def launch_with_fonts(browser: Browser) -> Callable[[Path, Path], Browser]:
    """Starts another Chromium that knows the fonts of a folder, and no others."""

    def launch_with(fonts: Path, folder: Path) -> Browser:
        settings = folder / "fonts.conf"
        settings.write_text(
            '<?xml version="1.0"?><!DOCTYPE fontconfig SYSTEM "fonts.dtd"><fontconfig>'
            f"<dir>{fonts}</dir><cachedir>{folder / 'cache'}</cachedir></fontconfig>"
        )
        return launch(browser.browser_type, FONTCONFIG_FILE=str(settings))

    return launch_with


@pytest.fixture(scope="session", params=[24, 32], ids=["150 %", "200 %"])
def browser_of_large_text(browser: Browser, request: pytest.FixtureRequest) -> Iterator[Browser]:
    """Another Chromium, whose reader has chosen larger text than the usual 16 pixels."""
    large = launch(browser.browser_type, f"--blink-settings=defaultFontSize={request.param}")
    yield large
    large.close()


@pytest.fixture
def context_options() -> dict[str, Any]:
    """How the page is seen; a test module overrides it for a size, a scheme, no JavaScript."""
    return {}


@pytest.fixture
def page(browser: Browser, site_url: str, context_options: dict[str, Any]) -> Iterator[Page]:
    """A page without history, whose `goto` takes addresses relative to the site.

    The test fails if the page asked another host for anything, or wrote an error to the console.
    """
    context = browser.new_context(base_url=site_url, **context_options)
    context.set_default_timeout(PATIENCE)
    watch = Watch(context, site_url)
    yield context.new_page()
    context.close()
    if watch.complaints:
        pytest.fail("\n".join(watch.complaints), pytrace=False)
