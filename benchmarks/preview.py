"""`reperes serve`: from saving a section or a fact to seeing it in Chromium.

"Served" is when the server has the new page, "seen" when the browser shows it, "rest" when
everything has been checked and whatever else depends on it made anew.
"""

from __future__ import annotations

import os
import re
import tempfile
import threading
import time
from collections.abc import Callable, Iterator
from contextlib import AbstractContextManager, contextmanager, nullcontext
from functools import partial
from pathlib import Path

from playwright.sync_api import Page, sync_playwright

from benchmarks.builds import Workplace
from benchmarks.results import Saved
from reperes.serve import preview
from reperes.serve.live_site import LiveSite, Superseded, SupersededError, Update
from reperes.translation.stamping import stamp_as_seen

SAVES = 8
PATIENCE_SECONDS = 60
LANGUAGES = ("fr", "en")


class Timed:
    """Keeps a preview up to date as `reperes serve` does, and notes when."""

    def __init__(self, live: LiveSite, changes: preview.Changes) -> None:
        self.live = live
        self.changes = changes
        self.served = self.rest = 0.0
        self.done = threading.Event()

    def __call__(self, superseded: Superseded) -> None:
        self.served = 0.0
        try:
            self.live.update(self._show, superseded, self.changes.looked_at)
        except SupersededError:
            return
        self.rest = time.perf_counter()
        self.done.set()

    def _show(self, update: Update) -> None:
        self.changes.announce(update.pages, update.problems)
        self.served = self.served or time.perf_counter()


class Editor:
    """Someone who saves, and waits until the browser shows it."""

    def __init__(self, workplace: Workplace, timed: Timed, page: Page, url: str) -> None:
        self._workplace = workplace
        self._timed = timed
        self._page = page
        self._url = url
        self._saves = 0

    def section(self, language: str) -> tuple[float, ...]:
        """A sentence is added to one section after another, each open in the browser."""
        self._saves += 1
        ids = self._workplace.section_ids
        section_id = ids[7 * self._saves % len(ids)]
        path = self._workplace.content / "sections" / language / f"{section_id}.md"
        words = {"fr": "Une phrase de plus", "en": "One more sentence"}[language]
        words += " ici" * self._saves
        self._page.goto(f"{self._url}{language}/{section_id}/")
        return self._save(path, f"{path.read_text('utf-8')}\n{words}.\n", words)

    def fact(self, language: str) -> tuple[float, ...]:
        """The number of a figure changes, while a section that cites it is open."""
        self._saves += 1
        path = self._workplace.content / "facts" / "figures.yml"
        value = str(300 + self._saves)
        changed = re.sub(r'(?<=    value: ")\d+', value, path.read_text("utf-8"), count=1)
        self._page.goto(f"{self._url}{language}/{self._workplace.section_ids[0]}/")
        return self._save(path, changed, f"{value} {PEOPLE[language]}")

    def _save(self, path: Path, text: str, words: str) -> tuple[float, ...]:
        self._timed.done.clear()
        start = time.perf_counter()
        path.write_text(text, "utf-8")
        self._page.wait_for_function(
            "words => document.body?.textContent.replace(/\\s+/g, ' ').includes(words)",
            arg=words,
            timeout=1000 * PATIENCE_SECONDS,
        )
        seen = time.perf_counter()
        assert self._timed.done.wait(PATIENCE_SECONDS)
        return tuple(1000 * (at - start) for at in (self._timed.served, seen, self._timed.rest))


PEOPLE = {"fr": "personnes", "en": "people"}
"""What the first figure counts."""


def _silent(_: str) -> AbstractContextManager[Callable[[str], None]]:
    """Steps of a build, and their progress, of which nobody is told."""
    return nullcontext(lambda _: None)


@contextmanager
def previewed(workplace: Workplace) -> Iterator[tuple[Timed, str]]:
    """An explainer while it is previewed, and the preview's address."""
    with tempfile.TemporaryDirectory() as name:
        content = workplace.content
        live = LiveSite(content, workplace.site, Path(name) / "live", _silent)
        live.build()
        changes = preview.Changes(preview.labels_of(live.explainer), live.problems)
        timed = Timed(live, changes)
        watcher = preview.Watcher([content], timed)
        with preview.server(live.site, "/", 0, changes, partial(stamp_as_seen, content)) as server:
            threading.Thread(target=server.serve_forever, daemon=True).start()
            watcher.start()
            yield timed, f"http://127.0.0.1:{server.server_port}/"
            watcher.stop()
            server.shutdown()


def measure(workplace: Workplace, say: Callable[[str], None]) -> list[Saved]:
    """Save sections, then a fact, in each language."""
    workplace.prepare()
    found = []
    with sync_playwright() as playwright, previewed(workplace) as (timed, url):
        browser = playwright.chromium.launch(
            executable_path=os.environ["CHROMIUM"], args=["--no-sandbox", "--disable-gpu"]
        )
        editor = Editor(workplace, timed, browser.new_page(), url)
        for what, save in (("section", editor.section), ("fact", editor.fact)):
            for language in LANGUAGES:
                times = [save(language) for _ in range(SAVES)]
                found.append(Saved(workplace.sections, what, language, times))
                served, seen, rest = (found[-1].median(part) for part in range(3))
                say(
                    f"N={workplace.sections}, {what} ({language}): served {served:.0f} ms, "
                    f"seen {seen:.0f} ms, rest {rest:.0f} ms"
                )
        browser.close()
    workplace.prepare()
    return found
