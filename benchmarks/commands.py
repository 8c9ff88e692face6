"""What the commands cost that build nothing: `check` at several sizes, `--help` and others."""

from __future__ import annotations

import sys
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from pathlib import Path

from benchmarks.builds import Workplace, reperes
from benchmarks.measuring import Cost, cost

MANY_FACTS = (2000, 10_000)
"""Sections, and facts, of the explainer that is checked and not built."""


@dataclass(frozen=True)
class Timed:
    """A command, what it was run on, and what each run cost."""

    name: str
    content: str
    costs: Sequence[Cost]


def measure(
    workplaces: Sequence[Workplace], folder: Path, runs: int, say: Callable[[str], None]
) -> list[Timed]:
    """`check` and `status` of each size, `check` of very many facts, and what needs no content."""
    found: list[Timed] = []

    def add(name: str, content: str, command: Sequence[str | Path]) -> None:
        found.append(Timed(name, content, [cost(command) for _ in range(runs)]))
        least = min(found[-1].costs, key=lambda one: one.cpu)
        say(f"{name}, {content}: {least.cpu:.2f} s of CPU, {least.memory / 1e6:.0f} MB")

    add("python -c pass", "nothing", [sys.executable, "-c", "pass"])
    for option in ("--version", "--help"):
        add(f"reperes {option}", "nothing", reperes(option))
    for workplace in workplaces:
        workplace.prepare()
        content = f"{workplace.sections} sections"
        for name in ("check", "status"):
            add(f"reperes {name}", content, reperes(name, "--content", workplace.content))
    sections, facts = MANY_FACTS
    if any(workplace.sections >= sections // 2 for workplace in workplaces):
        many = folder / "many"
        cost([sys.executable, "-m", "benchmarks.write", str(sections), many, "--facts", str(facts)])
        content = f"{sections:,} sections, {facts:,} facts"
        add("reperes check", content, reperes("check", "--content", many))
    return found
