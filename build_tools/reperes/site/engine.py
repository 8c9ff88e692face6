"""The engine that turns Markdown pages into HTML: the one module that knows which it is."""

from __future__ import annotations

import logging
import os
import re
import subprocess
import sys
from collections.abc import Callable, Mapping, Sequence
from pathlib import Path
from typing import Any

from reperes.text.files import refusal

_ENVIRONMENT = {
    "SOURCE_DATE_EPOCH": "0",  # the same input must give the same bytes, whatever the day
    "PYTHONUTF8": "1",
    "NO_COLOR": "1",
    "NO_MKDOCS_2_WARNING": "1",  # Material's, in colour, before every message of the engine
}

_CHECKPOINT_SECONDS = 0.2

# "[Errno 28] No space left on device: 'a.css' -> 'b.css'", and "(os error 28)" of Pagefind.
_REFUSED = re.compile(
    r"\[Errno (?P<python>\d+)\][^\n']*(?:'[^\n]*-> )?(?:'(?P<file>[^'\n]*)')?"
    r"|\(os error (?P<rust>\d+)\)"
)


class EngineError(Exception):
    """The engine failed on what we gave it, which is our fault and not the content's."""


def build_sites(settings: Sequence[Path], checkpoint: Callable[[], None] = lambda: None) -> None:
    """Build a site for each settings file, all at the same time.

    `checkpoint` is called again and again, and raises to stop the engines. Raises EngineError with
    what the engines that failed printed, or OSError where the machine refused to write a file.
    """
    running: list[subprocess.Popen[str]] = []
    failures = []
    alive, ours = os.pipe()  # the engines end when ours is closed, as our death does too
    try:
        running += (_start(path, alive) for path in settings)
        for path, process in zip(settings, running, strict=True):
            output = _output_of(process, checkpoint)
            code = process.returncode
            if code and (refused := refused_file(output, path.parent)):
                raise refused
            if code:
                failures.append(f"{path.name}: the engine stopped with {code}\n{output}")
    finally:
        _stop(running)
        os.close(alive)
        os.close(ours)
    if failures:
        raise EngineError("\n".join(failures))


def _output_of(process: subprocess.Popen[str], checkpoint: Callable[[], None]) -> str:
    """What a process has printed when it ends."""
    while True:
        checkpoint()
        try:
            return process.communicate(timeout=_CHECKPOINT_SECONDS)[0]
        except subprocess.TimeoutExpired:
            continue


def refused_file(printed: str, folder: Path) -> OSError | None:
    """The error of a machine that refused a program to write a file, by what the program printed.

    Names the file where the program does, else the folder that it writes.
    """
    every = list(_REFUSED.finditer(printed))
    if not every:
        return None
    found = every[-1]
    number = int(found["python"] or found["rust"])
    error = OSError(number, os.strerror(number), found["file"] or str(folder))
    return error if refusal(error) else None


class LiveEngine:
    """The engine of one language, kept in this process: it renders pages one at a time.

    The settings file and the set of pages are read once; each page's file whenever it is rendered.
    """

    def __init__(self, settings: Path) -> None:
        # Imported for a preview alone: it takes longer than most commands.
        from mkdocs.config import load_config
        from mkdocs.structure.files import get_files
        from mkdocs.structure.nav import get_navigation

        logging.getLogger("mkdocs").setLevel(logging.ERROR)  # as `--quiet` does
        self._config = load_config(config_file=str(settings))
        self._environment = self._config.theme.get_env()
        self._files = get_files(self._config)
        self._files.add_files_from_theme(self._environment, self._config)
        self._navigation = get_navigation(self._files, self._config)

    def tell(self, of_pages: Mapping[str, Mapping[str, Any]]) -> None:
        """Change what `extra` says of single pages: by the name there, then the page's id."""
        for name, values in of_pages.items():
            self._config.extra[name].update(values)

    def render(self, uri: str) -> tuple[str, str]:
        """A page from its file as it stands: its place in the site, and the HTML."""
        from mkdocs.commands.build import get_context

        file = self._files.src_uris[uri]
        page = file.page
        assert page is not None, f"{uri} is not in the navigation"
        page.read_source(self._config)
        page.render(self._config, self._files)
        page.active = True
        context = get_context(self._navigation, self._files, self._config, page)
        html = self._environment.get_template("main.html").render(context)
        page.active = False
        return file.dest_uri, html

    @property
    def styles(self) -> str:
        """The style sheet that the theme puts into a site."""
        return next(
            theme_styles(Path(folder))
            for folder in self._config.theme.dirs
            if Path(folder, "assets", "stylesheets").is_dir()
        )


def _stop(processes: Sequence[subprocess.Popen[str]]) -> None:
    """End what an interruption has left running: it would go on writing."""
    for process in processes:
        process.kill()  # which is nothing to one that has ended
        if process.stdout and not process.stdout.closed:
            process.communicate()


def _start(settings: Path, alive: int) -> subprocess.Popen[str]:
    command = [sys.executable, "-m", "reperes.site.engine_process", "build", "--quiet", "--clean"]
    return subprocess.Popen(  # noqa: S603
        [*command, "--config-file", str(settings)],
        stdin=alive,
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
