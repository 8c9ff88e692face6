"""A last look at the finished site, as a browser would: links, anchors, languages, hosts."""

from __future__ import annotations

import json
from collections import Counter
from collections.abc import Iterator
from dataclasses import dataclass, field
from html.parser import HTMLParser
from pathlib import Path, PurePosixPath
from urllib.parse import unquote, urlsplit

_FETCHED = {
    "script": ("src",),
    "img": ("src",),
    "source": ("src",),
    "iframe": ("src",),
    "embed": ("src",),
    "audio": ("src",),
    "video": ("src", "poster"),
    "object": ("data",),
}
"""The attributes by which an element has the browser fetch something."""

_DATA_BLOCK = "application/ld+json"

_FETCHED_RELATIONS = frozenset({"stylesheet", "icon", "preload", "preconnect", "modulepreload"})


@dataclass
class _HtmlPage(HTMLParser):
    """What one page declares and asks for."""

    language: str | None = None
    ids: Counter[str] = field(default_factory=Counter)
    links: list[str] = field(default_factory=list)
    fetched: list[str] = field(default_factory=list)
    inline: list[str] = field(default_factory=list)
    data_blocks: list[str] = field(default_factory=list)
    _in_data_block: bool = False

    def __post_init__(self) -> None:
        super().__init__(convert_charrefs=True)

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        values = {name: value or "" for name, value in attrs}
        if tag == "html":
            self.language = values.get("lang")
        if "id" in values:
            self.ids[values["id"]] += 1
        self._note_address(tag, values)
        # A data block is never run, so that the policy does not concern it.
        self._in_data_block = tag == "script" and values.get("type") == _DATA_BLOCK
        if self._in_data_block:
            self.data_blocks.append("")
        elif tag == "style" or "style" in values or (tag == "script" and "src" not in values):
            self.inline.append(tag)
        self.inline += [name for name in values if name.startswith("on")]

    def handle_data(self, data: str) -> None:
        if self._in_data_block:
            self.data_blocks[-1] += data

    def handle_endtag(self, tag: str) -> None:
        self._in_data_block = False

    def _note_address(self, tag: str, values: dict[str, str]) -> None:
        relations = set(values.get("rel", "").split())
        if tag == "a":
            self.links.append(values.get("href", ""))
        elif tag == "link" and relations & _FETCHED_RELATIONS:
            self.fetched.append(values.get("href", ""))
        self.fetched += [values[name] for name in _FETCHED.get(tag, ()) if name in values]


def verify(site: Path, base_url: str, languages: tuple[str, ...]) -> list[str]:
    """What is wrong with a finished site, a sentence each, in the order of its pages.

    Anything found is a bug of the program or a template, or a raw link in a section.
    """
    pages = {
        path.relative_to(site).as_posix(): _read(path) for path in sorted(site.rglob("*.html"))
    }
    base = urlsplit(base_url)
    faults: list[str] = []
    for name, page in pages.items():
        faults += (f"{name}: {fault}" for fault in _faults(name, page, languages))
        for link in page.links + page.fetched:
            fault = _broken(link, name, pages, site, base.path)
            if fault:
                faults.append(f"{name}: {link}: {fault}")
    return faults


def _read(path: Path) -> _HtmlPage:
    page = _HtmlPage()
    page.feed(path.read_text("utf-8"))
    return page


def _faults(name: str, page: _HtmlPage, languages: tuple[str, ...]) -> Iterator[str]:
    folder = name.split("/")[0]
    if folder in languages and page.language != folder:
        yield f'lang="{page.language}" on a page of {folder}'
    for twice in sorted(found for found, times in page.ids.items() if times > 1):
        yield f'id "{twice}" stands twice'
    for address in page.fetched:
        if urlsplit(address).netloc:
            yield f"fetches {address} from another host"
    for tag in page.inline:
        yield f"inline script or style ({tag}), which the security policy refuses"
    for block in page.data_blocks:
        if not _is_json(block):
            yield "a data block that is not JSON"


def _is_json(text: str) -> bool:
    try:
        json.loads(text)
    except ValueError:
        return False
    return True


def _broken(
    link: str, name: str, pages: dict[str, _HtmlPage], site: Path, base_path: str
) -> str | None:
    parts = urlsplit(link)
    if parts.scheme or parts.netloc:
        return None
    path = unquote(parts.path)
    if path.startswith("/"):
        if not path.startswith(base_path):
            return f"leads out of the site, which lies under {base_path}"
        target = PurePosixPath("/", path.removeprefix(base_path))
    else:
        target = PurePosixPath("/", PurePosixPath(name).parent, path or ".")
    found = _resolve(str(target), name if not path else None, site)
    if found is None:
        return "no such page"
    if parts.fragment and found in pages and unquote(parts.fragment) not in pages[found].ids:
        return "no such anchor"
    return None


def _resolve(target: str, same_page: str | None, site: Path) -> str | None:
    """The file that an address means, as a path under the site, or None."""
    if same_page is not None:
        return same_page
    steps: list[str] = []
    for step in target.split("/"):
        if step == "..":
            if not steps:
                return None
            steps.pop()
        elif step not in ("", "."):
            steps.append(step)
    relative = "/".join(steps)
    for candidate in (relative, f"{relative}/index.html".lstrip("/")):
        if candidate and (site / candidate).is_file():
            return candidate
    return None
