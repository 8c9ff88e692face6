"""The engine that turns Markdown pages into HTML: the one door to it, whichever it is."""

from __future__ import annotations

import logging
import os
import posixpath
import re
import subprocess
import sys
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from contextlib import contextmanager
from dataclasses import dataclass
from importlib import import_module
from importlib.util import find_spec
from pathlib import Path
from typing import Any
from urllib.parse import unquote, urlsplit, urlunsplit
from xml.etree.ElementTree import Element

import yaml

from reperes import paths
from reperes.pages import Page
from reperes.site.engines import MKDOCS, Engine
from reperes.text.files import refusal
from reperes.text.problems import ContentError, Place, Problem
from reperes.writing.templating import CompiledTemplates

_ENVIRONMENT = {
    "SOURCE_DATE_EPOCH": "0",  # the same input must give the same bytes, whatever the day
    "PYTHONUTF8": "1",
    "NO_COLOR": "1",
    "NO_MKDOCS_2_WARNING": "1",  # Material's, in colour, before every message of the engine
}

_OF_A_FOLDER = frozenset({"INHERIT", "docs_dir", "nav", "site_dir"})
"""The settings by which the engine finds its way in a folder of pages."""

_SIGNS = {
    "BacktickInlineProcessor": "`",
    "EscapeInlineProcessor": "\\",
    "FootnoteInlineProcessor": "[^",
    "ReferenceInlineProcessor": "[",
    "LinkInlineProcessor": "[",
    "ImageInlineProcessor": "![",
    "ImageReferenceInlineProcessor": "![",
    "ShortReferenceInlineProcessor": "[",
    "ShortImageReferenceInlineProcessor": "![",
    "AutolinkInlineProcessor": "://",
    "AutomailInlineProcessor": "@",
}
"""What a pattern of Markdown’s needs to find anything in a text, by its name.

A page is cut into dozens of texts, and each pattern tried on every one: a sixth of its time goes by
on those for which it has nothing.
"""

_CHECKPOINT_SECONDS = 0.2

# "[Errno 28] No space left on device: 'a.css' -> 'b.css'", and "(os error 28)" of Pagefind.
_REFUSED = re.compile(
    r"\[Errno (?P<python>\d+)\][^\n']*(?:'[^\n]*-> )?(?:'(?P<file>[^'\n]*)')?"
    r"|\(os error (?P<rust>\d+)\)"
)


class EngineError(Exception):
    """The engine failed on what we gave it, which is our fault and not the content's."""


def require(engine: Engine) -> None:
    """Raise ContentError where an engine is not installed, or would not do all that we need."""
    problems = []
    if find_spec(engine.name) is None:
        how = f'run `pip install "{engine.requirement}"`, or build with {MKDOCS.name}'
        message = f"{engine.name} is not installed; {how}"
        problems.append(Problem(Place("--engine"), message, "engine"))
    settings = yaml.safe_load(paths.SETTINGS.read_text("utf-8"))
    for name in passed_over(settings, engine.heeds):
        message = f"{engine.name} would pass over {name} in silence; build with {MKDOCS.name}"
        problems.append(Problem(Place(paths.SETTINGS.name), message, "engine"))
    if problems:
        raise ContentError(problems)


def passed_over(settings: Any, heeded: Any) -> Iterator[str]:
    """The settings that are not among those heeded, each by its way from the top ("theme.icon")."""
    if not isinstance(heeded, Mapping):
        return
    named = settings if isinstance(settings, Mapping) else dict.fromkeys(map(str, settings or ()))
    for name, value in named.items():
        if name not in heeded:
            yield name
        else:
            yield from (f"{name}.{inner}" for inner in passed_over(value, heeded[name]))


def build_sites(
    settings: Sequence[Path],
    checkpoint: Callable[[], None] = lambda: None,
    engine: Engine = MKDOCS,
) -> None:
    """Build a site for each settings file, all at the same time where the engine can.

    `checkpoint` is called again and again, and raises to stop the engines. Raises EngineError with
    what the engines that failed printed, or OSError where the machine refused to write a file.
    """
    if engine.keeps_to_its_folder:
        for path in settings:
            _build_together([path], checkpoint, engine)
    else:
        _build_together(settings, checkpoint, engine)


def _build_together(
    settings: Sequence[Path], checkpoint: Callable[[], None], engine: Engine
) -> None:
    running: list[subprocess.Popen[str]] = []
    failures = []
    alive, ours = os.pipe()  # the engines end when ours is closed, as our death does too
    try:
        running += (_start(path, alive, engine) for path in settings)
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


def require_pages(site: Path, addresses: Iterable[str], engine: Engine) -> None:
    """Raise EngineError for pages that an engine did not make, whatever it said.

    Told what it does not understand, Zensical says "Build finished" of a site without pages.
    """
    missing = [address for address in addresses if not (site / address / "index.html").is_file()]
    if missing:
        raise EngineError(f"{engine.name} did not make {', '.join(missing)}")


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
    """The engine of one language in this process: it renders pages one at a time.

    Its settings, its theme, and Python-Markdown, which it has read pages. Its own way with a page
    would set Markdown up anew for each, and read the text a second time for anchors, which nobody
    here asks for: a third of its time.
    """

    def __init__(
        self, settings: Mapping[str, Any], addressed: Iterable[str], engine: Engine = MKDOCS
    ) -> None:
        """`settings` go with those that all languages share, one list or mapping over another.

        `addressed` are the files that pages may link, by their way from the language's folder:
        "talks.md", "facts.json". None of them need exist.
        """
        # Imported where pages are rendered: it takes longer than most commands.
        config, files, utils = (
            import_module(f"{engine.name}.{module}")
            for module in ("config", "structure.files", "utils")
        )
        markdown = import_module("markdown")
        logging.getLogger(engine.name).setLevel(logging.ERROR)  # as `--quiet` does
        with _engines_environment():
            self._config = config.load_config(str(paths.SETTINGS), **_with_shared(settings))
        templates = self._config.theme.get_env()
        version = import_module(engine.name).__version__
        templates.bytecode_cache = CompiledTemplates(f"{engine.name}-{version}")
        self._shell = templates.get_template("main.html")
        self._urls = {
            uri: files.File(uri, src_dir=None, dest_dir="", use_directory_urls=True).url
            for uri in addressed
        }
        self._markdown = markdown.Markdown(
            extensions=self._config.markdown_extensions,
            extension_configs=self._config.mdx_configs,
        )
        self._patterns = [
            (_SIGNS.get(type(pattern).__name__, ""), pattern)
            for pattern in self._markdown.inlinePatterns
        ]
        self._links = _Links(self._urls, utils.get_relative_url)
        # Last of all, as the engine does it.
        self._markdown.treeprocessors.register(self._links, "links", 0)

    def render(self, page: Page, extras: Mapping[str, Any]) -> str:
        """The HTML of a page; `extras` are what `extra` says of it alone, by the name there."""
        self._config.extra.update({name: {page.id: value} for name, value in extras.items()})
        self._links.page = page.uri
        text = page.text.lstrip("\n")
        self._markdown.reset()
        self._markdown.treeprocessors["inline"].inlinePatterns = [
            pattern for sign, pattern in self._patterns if sign in text
        ]
        shown = _Shown(
            meta=page.meta,
            url="" if page.uri == "index.md" else self._urls[page.uri],
            content=self._markdown.convert(text),
        )
        html: str = self._shell.render(config=self._config, page=shown, base_url="")
        return html


@dataclass(frozen=True)
class _Shown:
    """What the shell looks at of a page."""

    meta: Mapping[str, Any]
    url: str
    content: str


class _Links:
    """The step of Markdown's that has links between files lead from one page to the other."""

    def __init__(
        self, urls: Mapping[str, str], relative_url: Callable[[str, str], str], page: str = ""
    ) -> None:
        self._urls, self._relative_url = urls, relative_url
        self.page = page
        """The file of the page that is being read."""

    def run(self, root: Element) -> None:
        for element in root.iter():
            name = {"a": "href", "img": "src"}.get(element.tag)
            if name:
                element.set(name, self._address(element.get(name, "")))

    def _address(self, link: str) -> str:
        scheme, host, path, query, anchor = urlsplit(link)
        file = posixpath.normpath(posixpath.join(posixpath.dirname(self.page), unquote(path)))
        if scheme or host or file not in self._urls:
            return link
        way = self._relative_url(self._urls[file], self._urls[self.page])
        return urlunsplit(("", "", way, query, anchor))


def _with_shared(settings: Mapping[str, Any]) -> dict[str, Any]:
    shared = yaml.safe_load(paths.SETTINGS.read_text("utf-8"))
    theme = {**shared["theme"], "custom_dir": str(paths.OVERRIDES), **settings["theme"]}
    extensions = {**shared["markdown_extensions"], **settings["markdown_extensions"]}
    own = {name: value for name, value in settings.items() if name not in _OF_A_FOLDER}
    # The engine wants a folder that exists, and is given every page by hand.
    folder = {"docs_dir": str(paths.ASSETS)}
    return {**own, **folder, "theme": theme, "markdown_extensions": extensions}


@contextmanager
def _engines_environment() -> Iterator[None]:
    """The environment that engines run in, which they look at as they start."""
    before = {name: os.environ.get(name) for name in _ENVIRONMENT}
    os.environ.update(_ENVIRONMENT)
    try:
        yield
    finally:
        for name, value in before.items():
            if value is None:
                del os.environ[name]
            else:
                os.environ[name] = value


def _stop(processes: Sequence[subprocess.Popen[str]]) -> None:
    """End what an interruption has left running: it would go on writing."""
    for process in processes:
        process.kill()  # which is nothing to one that has ended
        if process.stdout and not process.stdout.closed:
            process.communicate()


def _start(settings: Path, alive: int, engine: Engine) -> subprocess.Popen[str]:
    command = [sys.executable, "-m", "reperes.site.engine_process", engine.command]
    return subprocess.Popen(  # noqa: S603
        [*command, "build", *engine.options, "--config-file", str(settings)],
        stdin=alive,
        stdout=subprocess.PIPE,
        stderr=subprocess.STDOUT,
        text=True,
        encoding="utf-8",
        env={**os.environ, **_ENVIRONMENT},
    )
