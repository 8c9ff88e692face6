"""Built sites as a browser sees them: pages, addresses and what they lead to."""

from __future__ import annotations

import fcntl
import subprocess
import sys
from collections.abc import Callable, Iterator
from dataclasses import dataclass, field
from functools import cached_property
from html.parser import HTMLParser
from pathlib import Path
from urllib.parse import unquote, urljoin, urlsplit

ROOT = Path(__file__).parent.parent


def build_site(content: Path, output: Path, *options: str, strict: bool = True) -> str:
    """Build through the command line, in a process of its own; what it printed."""
    command = [sys.executable, "-m", "build_tools", "build"]
    command += ["--content", str(content), "--output", str(output), *options]
    command += ["--strict"] if strict else []
    build = subprocess.run(command, cwd=ROOT, capture_output=True, text=True, check=False)
    assert build.returncode == 0, build.stdout + build.stderr
    return build.stdout + build.stderr


@dataclass(frozen=True)
class Shared:
    """What several tests look at: made by the first that asks, whichever process runs it."""

    folder: Path

    def made(self, name: str, make: Callable[[Path], object]) -> Path:
        """A folder, or a file, that `make` wrote, and that no test may change."""
        whole = self.folder / name
        with (self.folder / f"{name}.lock").open("w") as lock:
            fcntl.flock(lock, fcntl.LOCK_EX)
            if not whole.exists():
                half = self.folder / f"{name}.half"  # or a half would be taken for the whole
                make(half)
                half.rename(whole)
        return whole


def complaints(folder: Path) -> str:
    """What html-validate finds wrong in the pages of a folder."""
    validator = ROOT / "node_modules" / ".bin" / "html-validate"
    settings = ROOT / "tests" / "end_to_end" / "htmlvalidate.json"
    command = [validator, "--config", settings, "--formatter", "text", folder / "**" / "*.html"]
    validation = subprocess.run(command, capture_output=True, text=True, check=False)
    assert not validation.stderr
    return validation.stdout


@dataclass
class Element:
    """A tag with its attributes, and the text inside it."""

    tag: str
    attributes: dict[str, str]
    text: str = ""

    def __getitem__(self, name: str) -> str:
        return self.attributes[name]


DATA = "application/ld+json"
"""The type of a script that tells machines what a page is about."""

_VOID = frozenset({"meta", "link", "img", "br", "hr", "input", "source", "wbr"})


@dataclass
class HtmlPage(HTMLParser):
    """A page's elements, in the order of their start."""

    elements: list[Element] = field(default_factory=list)

    def __post_init__(self) -> None:
        super().__init__(convert_charrefs=True)
        self._open: list[Element] = []

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        element = Element(tag, {name: value or "" for name, value in attrs})
        self.elements.append(element)
        if tag not in _VOID:
            self._open.append(element)

    def handle_endtag(self, tag: str) -> None:
        while self._open and self._open.pop().tag != tag:
            pass

    def handle_data(self, data: str) -> None:
        if self._open and self._open[-1].tag == "script":
            self._open[-1].text += data
            return
        for element in self._open:
            element.text += data

    def all(self, tag: str, **wanted: str) -> list[Element]:
        """Elements of a tag whose attributes are as wanted ("" for any value)."""
        return [
            element
            for element in self.elements
            if element.tag == tag
            and all(
                name in element.attributes and value in ("", element.attributes[name])
                for name, value in wanted.items()
            )
        ]

    @property
    def scripts(self) -> list[Element]:
        """What a browser would run: a script of another type holds data alone."""
        return [script for script in self.all("script") if script.attributes.get("type") != DATA]

    @cached_property
    def ids(self) -> frozenset[str]:
        return frozenset(element["id"] for element in self.elements if "id" in element.attributes)


def depth(address: str) -> int:
    """How many folders down a page stands, from that of its language."""
    return address.count("/")


@dataclass(frozen=True)
class BuiltSite:
    """A site in a folder, as if published at `base_url`."""

    folder: Path
    base_url: str

    @cached_property
    def pages(self) -> dict[str, HtmlPage]:
        """Every page by its address under the base: "fr/", "fr/figures/", "404.html"."""
        found = {}
        for path in sorted(self.folder.rglob("*.html")):
            page = HtmlPage()
            page.feed(path.read_text("utf-8"))
            if page.all("meta", **{"http-equiv": "refresh"}):
                continue  # it only leads on to another one
            name = path.relative_to(self.folder).as_posix()
            found[name.removesuffix("index.html")] = page
        return found

    def pages_of(self, language: str) -> dict[str, HtmlPage]:
        """The pages of a language by their address under it."""
        start = f"{language}/"
        return {
            address.removeprefix(start): page
            for address, page in self.pages.items()
            if address.startswith(start)
        }

    def url(self, address: str) -> str:
        return self.base_url + address

    def addresses(self, address: str) -> Iterator[tuple[str, str]]:
        """Every address in a page, as typed, and in full as a browser asks for it."""
        for element in self.pages[address].elements:
            for name in ("href", "src"):
                if name in element.attributes:
                    typed = element[name]
                    yield typed, urljoin(self.url(address), typed)

    def is_ours(self, typed: str) -> bool:
        """Whether an address as typed stays on the site."""
        return not any(urlsplit(typed)[:2]) or typed.startswith(self.base_url)

    def leads_somewhere(self, url: str) -> bool:
        """Whether a full address of ours is a file, and its fragment an anchor there."""
        parts = urlsplit(url)
        base = urlsplit(self.base_url).path
        if not parts.path.startswith(base):
            return False
        address = unquote(parts.path.removeprefix(base))
        if not address.endswith(("/", ".html")) and address:
            return (self.folder / address).is_file()
        page = self.pages.get(address)
        return page is not None and (not parts.fragment or unquote(parts.fragment) in page.ids)
