"""What is measured in a browser, apart from the browser: to write it down needs none."""

from __future__ import annotations

import statistics
from collections.abc import Sequence
from dataclasses import dataclass


@dataclass(frozen=True)
class Saved:
    """Milliseconds from each save until it was served, seen, and all the rest done."""

    sections: int
    what: str
    language: str
    times: Sequence[tuple[float, ...]]

    def median(self, part: int) -> float:
        return statistics.median(times[part] for times in self.times)


@dataclass(frozen=True)
class Weights:
    """Bytes; what is `fetched` is what a browser receives, compressed as a server does.

    Of a list, `lists` has the heaviest of its pages by gzip -9, and how many there are.
    """

    sections: int
    section_html: int
    section_html_compressed: int
    section_fetched: int
    lists: dict[str, tuple[int, int]]
    search_fetched: int
    data: dict[str, tuple[int, int]]
    """Each `facts*.json` by its path: as it is, and by gzip -9."""
