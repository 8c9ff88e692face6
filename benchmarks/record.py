"""What was measured, as tables and a chart in docs/SPEED.md."""

from __future__ import annotations

import datetime
import os
import platform
import re
import statistics
import subprocess
from collections.abc import Iterable, Sequence
from importlib.metadata import version
from pathlib import Path

from benchmarks.builds import EDITS, HUGO, MKDOCS, OURS, Measured, hugo
from benchmarks.commands import Timed
from benchmarks.measuring import ROOT, Cost, median_of
from benchmarks.results import Saved, Weights
from reperes import __version__

RECORD = ROOT / "docs" / "SPEED.md"

Row = Sequence[str]


def table(heads: Row, rows: Iterable[Row]) -> str:
    """A Markdown table; of every column but the first, numbers stand to the right."""
    lines = [heads, ["---", *(["---:"] * (len(heads) - 1))], *rows]
    return "\n".join(f"| {' | '.join(line)} |" for line in lines)


def record(part: str, found: str, path: Path = RECORD) -> None:
    """Put what was measured between the marks of its part, in place of what stood there."""
    text = path.read_text("utf-8")
    between = re.compile(rf"(?<=<!-- {part} -->\n).*?(?=<!-- end of {part} -->)", re.DOTALL)
    new, times = between.subn(lambda _: f"\n{found}\n\n", text)
    assert times == 1, f"{path} has no place for {part}"
    path.write_text(new, "utf-8", newline="\n")


def circumstances(command: str, *others: str) -> str:
    """When, on what, with which versions and by which command it was measured."""
    versions = [f"Repères {__version__}", f"Python {platform.python_version()}", *others]
    today = datetime.date.today().isoformat()
    return f"Measured on {today}, {os.cpu_count()} cores, with {', '.join(versions)}: `{command}`."


def versions_of_peers() -> list[str]:
    found = [f"MkDocs {version('mkdocs')}", f"Material {version('mkdocs-material')}"]
    if program := hugo():
        told = subprocess.run([program, "version"], capture_output=True, text=True, check=True)
        number = re.search(r"v([\d.]+)", told.stdout)
        found.append(f"Hugo {number[1] if number else '?'}")
    return found


def version_of_chromium() -> str:
    command = [os.environ["CHROMIUM"], "--version"]
    told = subprocess.run(command, capture_output=True, text=True, check=True).stdout
    number = re.search(r"[\d.]+", told)
    return f"Chromium {number[0] if number else '?'}"


def seconds(value: float) -> str:
    return f"{value:.2f}" if value < 10 else f"{value:.1f}" if value < 100 else f"{value:.0f}"


def megabytes(value: float) -> str:
    return f"{value / 1e6:,.1f}" if value < 100e6 else f"{value / 1e6:,.0f}"


def kilobytes(value: float) -> str:
    return f"{value / 1e3:,.1f}"


def builds_text(measured: Sequence[Measured]) -> str:
    heads = ("sections", "build", "CPU s", "wall s", "memory MB", "output MB", "HTML KB a page")
    costs = table(heads, (row for found in measured for row in _build_rows(found)))
    peers = ("sections", "build", f"to {MKDOCS}", f"to {HUGO}")
    ratios = table(peers, (row for found in measured for row in _ratio_rows(found)))
    runs = min(len(found.costs[OURS]) for found in measured)
    compared = "CPU seconds of ours divided by those of each peer in the same run; least, median:"
    return f"{_of_runs(runs)}:\n\n{costs}\n\n{compared}\n\n{ratios}"


def _of_runs(runs: int) -> str:
    return "One run" if runs == 1 else f"Medians of {runs} runs"


def _build_rows(found: Measured) -> Iterable[Row]:
    for name in (OURS, *EDITS, MKDOCS, HUGO):
        if name not in found.costs:
            continue
        size = found.sizes.get(name)
        yield (
            f"{found.sections:,}",
            f"{OURS}, {name}" if name in EDITS else name,
            *_cost_cells(found.costs[name]),
            megabytes(size.total) if size else "",
            kilobytes(size.html_a_page) if size else "",
        )


def _cost_cells(costs: Sequence[Cost]) -> Row:
    return (
        seconds(median_of(costs, lambda one: one.cpu)),
        seconds(median_of(costs, lambda one: one.wall)),
        f"{median_of(costs, lambda one: one.memory) / 1e6:.0f}",
    )


def _ratio_rows(found: Measured) -> Iterable[Row]:
    for name in (OURS, *EDITS):
        cells = [_ratios(found.ratios(name, peer)) for peer in (MKDOCS, HUGO)]
        if any(cells):
            label = f"{OURS}, {name}" if name in EDITS else f"{OURS}, from nothing"
            yield f"{found.sections:,}", label, *cells


def _ratios(ratios: Sequence[float]) -> str:
    if not ratios:
        return ""
    return f"{min(ratios):.2g}, {statistics.median(ratios):.2g}"


def commands_text(timed: Sequence[Timed]) -> str:
    rows = ((f"`{one.name}`", one.content, *_cost_cells(one.costs)) for one in timed)
    runs = min(len(one.costs) for one in timed)
    heads = ("command", "of", "CPU s", "wall s", "memory MB")
    return f"{_of_runs(runs)}.\n\n{table(heads, rows)}"


def preview_text(saved: Sequence[Saved]) -> str:
    heads = ("sections", "saved", "served ms", "seen ms", "seen at the latest ms", "all done ms")
    rows = (
        (
            f"{one.sections:,}",
            f"a {one.what} ({one.language})",
            f"{one.median(0):,.0f}",
            f"{one.median(1):,.0f}",
            f"{max(times[1] for times in one.times):,.0f}",
            f"{one.median(2):,.0f}",
        )
        for one in saved
    )
    saves = min(len(one.times) for one in saved)
    return f"Medians of {saves} saves each, in milliseconds from the save.\n\n{table(heads, rows)}"


def reader_text(weights: Sequence[Weights]) -> str:
    """Each size a column, for these are few."""
    heads = ("KB (of 1000 bytes)", *(f"{one.sections:,} sections" for one in weights))
    rows = [
        ("a section’s page, as it is", *(kilobytes(one.section_html) for one in weights)),
        ("the same, `gzip -9`", *(kilobytes(one.section_html_compressed) for one in weights)),
        ("all that a first visit fetches", *(kilobytes(one.section_fetched) for one in weights)),
        (
            "all that a first search fetches",
            *(kilobytes(one.search_fetched) for one in weights),
        ),
    ]
    for name in weights[0].lists:
        label = f"{name}: the heaviest of its pages, `gzip -9`"
        rows.append((label, *(_list_cell(one.lists[name]) for one in weights)))
    for path in ("fr/facts.json", "en/facts.json"):
        rows.append((f"`{path}`, as it is", *(_data_cell(one, path, 0) for one in weights)))
        rows.append((f"`{path}`, `gzip -9`", *(_data_cell(one, path, 1) for one in weights)))
    return table(heads, rows)


def _list_cell(found: tuple[int, int]) -> str:
    compressed, pages = found
    return f"{kilobytes(compressed)} (of {pages:,})" if pages > 1 else kilobytes(compressed)


def _data_cell(weights: Weights, path: str, part: int) -> str:
    return kilobytes(weights.data[path][part]) if path in weights.data else ""
