"""Time `reperes serve`: from saving a section to seeing it in a browser.

`make bench` runs it, or with the numbers of sections wanted in a language:
.venv/bin/python tests/bench_preview.py 10 200

A sentence is added to one section after another, each open in Chromium. "Served" is when the
server has the new page, "seen" when the browser shows it, "rest" when everything has been checked
and whatever else depends on it made anew. "Seen at once after" is a second save that comes while
the rest is being made.
"""

from __future__ import annotations

import os
import shutil
import statistics
import sys
import tempfile
import threading
import time
from collections.abc import Iterator, Sequence
from contextlib import contextmanager, nullcontext
from functools import partial
from pathlib import Path

from playwright.sync_api import Page, sync_playwright

from bench import ROOT, grow, reading_order
from reperes.serve import preview
from reperes.serve.live_site import LiveSite, Superseded, SupersededError, Update
from reperes.translation.stamping import stamp, stamp_as_seen

SIZES = (10, 200)
RUNS = 3
SAVES = 10
PATIENCE_SECONDS = 60


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
            self.live.update(self._show, superseded)
        except SupersededError:
            return
        self.rest = time.perf_counter()
        self.done.set()

    def _show(self, update: Update) -> None:
        self.changes.announce(update.pages, update.problems)
        self.served = self.served or time.perf_counter()


class Editor:
    """Someone who saves sections, and waits until the browser shows them."""

    def __init__(self, content: Path, timed: Timed, page: Page, url: str) -> None:
        self.folder = content / "sections" / "fr"
        self.timed = timed
        self.page = page
        self.url = url
        self.saves = 0

    def save(self, section_id: str, words: str) -> tuple[float, float]:
        """When a section was saved, and when it was seen."""
        path = self.folder / f"{section_id}.md"
        text = path.read_text("utf-8")
        self.timed.done.clear()
        start = time.perf_counter()
        path.write_text(f"{text}\n{words}\n", "utf-8")
        self.page.wait_for_function("words => document.body.textContent.includes(words)", arg=words)
        return start, time.perf_counter()

    def measure(self, section_id: str) -> tuple[float, ...]:
        """Milliseconds until a save was served, seen, and all done; and until a second was seen."""
        self.page.goto(f"{self.url}fr/{section_id}/")
        self.saves += 1
        start, seen = self.save(section_id, f"Une phrase de plus {'ici ' * self.saves}.")
        assert self.timed.done.wait(PATIENCE_SECONDS)
        times = [self.timed.served - start, seen - start, self.timed.rest - start]
        self.save(section_id, f"Encore une phrase {'ici ' * self.saves}.")
        start, seen = self.save(section_id, f"Et la toute dernière {'ici ' * self.saves}.")
        assert self.timed.done.wait(PATIENCE_SECONDS)
        return tuple(1000 * seconds for seconds in (*times, seen - start))


@contextmanager
def previewed(total: int) -> Iterator[tuple[Path, Timed, str]]:
    """A copy of our explainer with so many sections a language, while it is previewed."""
    with tempfile.TemporaryDirectory() as name:
        folder = Path(name)
        content = folder / "content"
        shutil.copytree(ROOT / "content", content)
        grow(content, total)
        stamp(content, ["en", "fr"])
        live = LiveSite(content, folder / "site", folder / "live", lambda _: nullcontext())
        live.build()
        changes = preview.Changes(preview.labels_of(live.explainer), live.problems)
        timed = Timed(live, changes)
        watcher = preview.Watcher([content], timed)
        with preview.server(live.site, "/", 0, changes, partial(stamp_as_seen, content)) as server:
            threading.Thread(target=server.serve_forever, daemon=True).start()
            watcher.start()
            yield content, timed, f"http://127.0.0.1:{server.server_port}/"
            watcher.stop()
            server.shutdown()


def row(name: str, measured: Sequence[Sequence[float]]) -> str:
    cells = (
        f"{statistics.median(times):10.0f}{max(times):8.0f}"
        for times in zip(*measured, strict=True)
    )
    return name + "".join(cells)


def main() -> None:
    print("milliseconds from a save, median and maximum; each line a run")
    print(f"{'sections':>10}{'served':>18}{'seen':>18}{'rest':>18}{'seen at once after':>20}")
    with sync_playwright() as playwright:
        browser = playwright.chromium.launch(
            executable_path=os.environ["CHROMIUM"], args=["--no-sandbox", "--disable-gpu"]
        )
        for total in [int(size) for size in sys.argv[1:]] or SIZES:
            with previewed(total) as (content, timed, url):
                editor = Editor(content, timed, browser.new_page(), url)
                ids = reading_order(content)
                for run in range(RUNS):
                    chosen = [ids[(run + RUNS * n) % len(ids)] for n in range(SAVES)]
                    print(row(f"{total:10}", [editor.measure(name) for name in chosen]), flush=True)
        browser.close()


if __name__ == "__main__":
    main()
