"""What a command costs: the time and memory of its process and of all that this one started."""

from __future__ import annotations

import os
import statistics
import subprocess
import sys
import tempfile
from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass
from pathlib import Path

ROOT = Path(__file__).parent.parent


@dataclass(frozen=True)
class Cost:
    """Seconds and bytes. `cpu` is user and system time of a process and of all it waited for.

    `memory` is the peak of the largest single process, not of all together.
    """

    cpu: float
    wall: float
    memory: int

    def __add__(self, other: Cost) -> Cost:
        """What two commands cost, one after the other."""
        return Cost(self.cpu + other.cpu, self.wall + other.wall, max(self.memory, other.memory))


def cost(command: Sequence[str | Path], folder: Path = ROOT) -> Cost:
    """Run a command to its end, and say what it cost. Raises CommandError where it fails."""
    with tempfile.NamedTemporaryFile("r") as result:
        launch = Path(__file__).with_name("launch.py")
        run = subprocess.run(
            [sys.executable, "-I", "-S", launch, result.name, *command],
            cwd=folder,
            env=_environment(),
            capture_output=True,
            text=True,
            check=False,
        )
        if run.returncode:
            raise CommandError(command, run.stdout + run.stderr)
        cpu, wall, memory = result.read().split()
    return Cost(float(cpu), float(wall), int(memory))


class CommandError(Exception):
    """A command that was to be measured, and failed."""

    def __init__(self, command: Sequence[str | Path], told: str) -> None:
        super().__init__(f"{' '.join(map(str, command))}\n{told[-2000:]}")


def _environment() -> dict[str, str]:
    # Compiled code is kept, as it is for whoever installs a program; Material is silent.
    kept = {name: value for name, value in os.environ.items() if not name.startswith("PYTHON")}
    return {**kept, "NO_MKDOCS_2_WARNING": "1"}


def median_of(costs: Iterable[Cost], part: Callable[[Cost], float]) -> float:
    return statistics.median(part(found) for found in costs)


@dataclass(frozen=True)
class Size:
    """Bytes of a built site."""

    total: int
    html: int
    pages: int

    @property
    def html_a_page(self) -> float:
        return self.html / self.pages


def size_of(site: Path) -> Size:
    sizes = [(path.suffix, path.stat().st_size) for path in site.rglob("*") if path.is_file()]
    html = [size for suffix, size in sizes if suffix == ".html"]
    return Size(sum(size for _, size in sizes), sum(html), len(html))
