"""Measure how fast the program is: `make bench`; docs/SPEED.md says what is measured, and how.

python -m benchmarks [--sizes 10,100] [--runs 3] [--parts builds,commands] [--record]
"""

from __future__ import annotations

import argparse
import shutil
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass

from benchmarks import builds, commands
from benchmarks.builds import Workplace
from benchmarks.chart import chart
from benchmarks.measuring import ROOT
from benchmarks.record import (
    builds_text,
    circumstances,
    commands_text,
    preview_text,
    reader_text,
    record,
    version_of_chromium,
    versions_of_peers,
)

WORK = ROOT / ".build" / "bench" / "work"
CHART = ROOT / "docs" / "pictures" / "speed.svg"
_PICTURE = f"![CPU seconds that builds take, by the number of sections](pictures/{CHART.name})"


@dataclass(frozen=True)
class Job:
    """What somebody asked to be measured."""

    sizes: Sequence[int]
    runs: int
    parts: Sequence[str]
    record: bool

    @property
    def places(self) -> Sequence[Workplace]:
        return [Workplace(WORK / str(size), size) for size in self.sizes]

    def command(self, part: str) -> str:
        sizes = ",".join(map(str, self.sizes))
        return f"make bench N={sizes} PARTS={part} RUNS={self.runs} RECORD=1"

    def keep(self, part: str, text: str, *versions: str) -> None:
        """Print what was found, and put it into the document where it was asked for."""
        say(f"\n{text}\n")
        if self.record:
            told = circumstances(self.command(part), *versions)
            record(part, f"{told}\n\n{text}")


def say(line: str) -> None:
    print(line, flush=True)


def _builds(job: Job) -> None:
    measured = []
    for place in job.places:
        measured.append(builds.measure(place, job.runs, say))
        # At once: the next size may take an hour.
        job.keep("builds", f"{_PICTURE}\n\n{builds_text(measured)}", *versions_of_peers())
        if job.record:
            CHART.write_text(f"{chart(measured)}\n", "utf-8")


def _commands(job: Job) -> None:
    timed = commands.measure(job.places, WORK, job.runs, say)
    job.keep("commands", commands_text(timed))


# A part that needs a browser, or the program itself, is imported once it is asked for.
def _reader(job: Job) -> None:
    from benchmarks import reader

    weights = []
    for place in job.places:
        place.prepare()
        place.build()
        weights.append(reader.weigh(place))
    job.keep("reader", reader_text(weights), version_of_chromium())


def _preview(job: Job) -> None:
    from benchmarks import preview

    saved = []
    for place in job.places:
        saved += preview.measure(place, say)
        job.keep("preview", preview_text(saved), version_of_chromium())


def _growth(_: Job) -> None:
    from benchmarks import growth

    growth.measure(say)


PARTS: Mapping[str, Callable[[Job], None]] = {
    "builds": _builds,
    "commands": _commands,
    "reader": _reader,
    "preview": _preview,
    "growth": _growth,
}
"""In the order in which they are measured."""


def main(arguments: Sequence[str] | None = None) -> None:
    job = _job(arguments)
    shutil.rmtree(WORK, ignore_errors=True)
    for part, measure in PARTS.items():
        if part in job.parts:
            measure(job)
    shutil.rmtree(WORK, ignore_errors=True)


def _job(arguments: Sequence[str] | None) -> Job:
    parser = argparse.ArgumentParser(prog="python -m benchmarks", description=__doc__)
    parser.add_argument("--sizes", default="10,100", help="numbers of sections in each language")
    parser.add_argument("--runs", type=int, default=3)
    parser.add_argument("--parts", default=",".join(PARTS), help="of: %(default)s")
    parser.add_argument("--record", action="store_true", help="write it into docs/SPEED.md")
    chosen = parser.parse_args(arguments)
    parts = chosen.parts.split(",")
    if unknown := [part for part in parts if part not in PARTS]:
        parser.error(f"no part is called {unknown[0]}; parts are {', '.join(PARTS)}")
    sizes = [int(size) for size in chosen.sizes.split(",")]
    return Job(sizes, chosen.runs, parts, chosen.record)


if __name__ == "__main__":
    main()
