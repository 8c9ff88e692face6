"""What readers fetch: sections, lists and data of a built site, and a first search in Chromium."""

from __future__ import annotations

import gzip
import os
from collections.abc import Container, Iterator
from pathlib import Path
from typing import Any

from playwright.sync_api import sync_playwright

from benchmarks.builds import Workplace
from benchmarks.results import Weights
from tests.support_serving import PagesHandler, served

LISTS = ("timeline", "figures", "glossary", "statements", "sources", "actors")
QUERY = "rivière"
"""What is searched for: a word of many sections."""


def weigh(workplace: Workplace) -> Weights:
    """Weigh the built French pages; a section that stands in the middle of the reading order."""
    site = workplace.site
    address = f"fr/{workplace.section_ids[workplace.sections // 2]}/"
    html = (site / address / "index.html").read_bytes()
    with sync_playwright() as playwright, served(site, _CountingHandler) as url:
        browser = playwright.chromium.launch(
            executable_path=os.environ["CHROMIUM"], args=["--no-sandbox", "--disable-gpu"]
        )
        page = browser.new_page()
        before = _CountingHandler.sent
        page.goto(url + address, wait_until="networkidle")
        visit = _CountingHandler.sent - before
        page.locator(".search-button").click()
        page.locator("#page-search").fill(QUERY)
        page.locator(".search__results a").first.wait_for()
        page.wait_for_load_state("networkidle")
        search = _CountingHandler.sent - before - visit
        browser.close()
    return Weights(
        workplace.sections,
        len(html),
        len(_compressed(html)),
        visit,
        {name: _heaviest(site / "fr" / name, workplace.figure_ids) for name in LISTS},
        search,
        dict(_data(site)),
    )


class _CountingHandler(PagesHandler):
    """Counts the bodies that it sends, whoever in the browser asked for them."""

    sent = 0

    def copyfile(self, source: Any, outputfile: Any) -> None:
        body = source.read()
        type(self).sent += len(body)
        outputfile.write(body)


def _heaviest(folder: Path, others: Container[str]) -> tuple[int, int]:
    """Of the pages of a list; `others` have their folder among these, and are no part of it."""
    found = [path for path in folder.rglob("index.html") if path.parent.name not in others]
    sizes = [len(_compressed(path.read_bytes())) for path in found]
    return max(sizes), len(sizes)


def _data(site: Path) -> Iterator[tuple[str, tuple[int, int]]]:
    for path in sorted(site.rglob("facts*.json")):
        data = path.read_bytes()
        yield path.relative_to(site).as_posix(), (len(data), len(_compressed(data)))


def _compressed(data: bytes) -> bytes:
    return gzip.compress(data, 9, mtime=0)
