"""The engine that turns Markdown pages into HTML: the one module that knows which it is."""

from __future__ import annotations

import os
import subprocess
import sys
from collections.abc import Sequence
from pathlib import Path

_ENVIRONMENT = {
    "SOURCE_DATE_EPOCH": "0",  # the same input must give the same bytes, whatever the day
    "PYTHONUTF8": "1",
    "NO_COLOR": "1",
    "NO_MKDOCS_2_WARNING": "1",  # Material's, in colour, before every message of the engine
}


class EngineError(Exception):
    """The engine failed on what we gave it, which is our fault and not the content's."""


def build_sites(settings: Sequence[Path]) -> None:
    """Build a site for each settings file, all at the same time.

    Raises EngineError with what the engines that failed printed.
    """
    running: list[subprocess.Popen[str]] = []
    failures = []
    try:
        running += map(_start, settings)
        for path, process in zip(settings, running, strict=True):
            output, _ = process.communicate()
            code = process.returncode
            if code:
                failures.append(f"{path.name}: the engine stopped with {code}\n{output}")
    finally:
        _stop(running)
    if failures:
        raise EngineError("\n".join(failures))


def _stop(processes: Sequence[subprocess.Popen[str]]) -> None:
    """End what an interruption has left running: it would go on writing."""
    for process in processes:
        if process.poll() is None:
            process.kill()
            process.communicate()


def _start(settings: Path) -> subprocess.Popen[str]:
    command = [sys.executable, "-m", "mkdocs", "build", "--quiet", "--clean", "-f", str(settings)]
    return subprocess.Popen(  # noqa: S603
        command,
        stdout=subprocess.PIPE,
        stderr=subprocess.STDOUT,
        text=True,
        encoding="utf-8",
        env={**os.environ, **_ENVIRONMENT},
    )


def theme_styles(site: Path) -> str:
    """The style sheet that the theme put into a built site."""
    return next(site.glob("assets/stylesheets/main.*.css")).read_text("utf-8")


def leftovers(site: Path) -> list[Path]:
    """What the engine and its theme put into a built site that our pages do not use."""
    found = [site / name for name in ("sitemap.xml", "sitemap.xml.gz", "404.html", "assets")]
    return [path for path in found if path.exists()]
