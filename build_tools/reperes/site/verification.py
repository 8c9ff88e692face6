"""A last look at the finished site, as a browser would: links, anchors, languages, hosts.

What could act on a reader's device is refused here a second time: whatever passed the check of
the content, or came from a template, does not pass this.
"""

from __future__ import annotations

import json
import re
from collections import Counter
from collections.abc import Iterator
from dataclasses import dataclass, field
from html import unescape
from html.parser import HTMLParser
from pathlib import Path, PurePosixPath
from urllib.parse import unquote, urlsplit

from reperes.text.characters import hidden_characters
from reperes.text.problems import quoted

_FETCHED = {
    "script": ("src",),
    "img": ("src",),
    "source": ("src",),
    "embed": ("src",),
    "audio": ("src",),
    "video": ("src", "poster"),
}
"""The attributes by which an element has the browser fetch something."""

_ADDRESSES = frozenset(
    (
        "action", "archive", "background", "cite", "classid", "codebase", "data",
        "dynsrc", "formaction", "href", "icon", "longdesc", "lowsrc", "manifest",
        "ping", "poster", "profile", "src", "usemap", "xlink:href",
    )
)  # fmt: skip
"""The attributes that hold one address."""

_SETS_OF_ADDRESSES = frozenset({"srcset", "imagesrcset"})
_SCHEMES = ("https", "mailto", "tel")

_NO_ELEMENTS = frozenset(
    (
        "animate", "animatemotion", "animatetransform", "applet", "base", "embed",
        "foreignobject", "frame", "frameset", "iframe", "math", "noembed", "noframes",
        "noscript", "object", "plaintext", "set", "template", "xmp",
    )
)  # fmt: skip
"""What no page of ours needs: it shows other pages, changes attributes, or holds text that browsers
read by rules of their own."""

_DATA_BLOCK = "application/ld+json"

_FETCHED_RELATIONS = frozenset({"stylesheet", "icon", "preload", "preconnect", "modulepreload"})
_NAME = re.compile(r"[a-z][a-z0-9]*(?:[-:][a-z0-9]+)*")
_SPACE_AT_ENDS = "".join(map(chr, range(0x21)))
_SCHEME = re.compile(r"([a-zA-Z][a-zA-Z0-9+.-]*):")


@dataclass
class _HtmlPage(HTMLParser):
    """What one page declares and asks for.

    Where this parser and browsers could disagree on where something ends, one of them may see an
    element that the other takes for text; `odd` is such markup, which no page of ours holds.
    """

    language: str | None = None
    ids: Counter[str] = field(default_factory=Counter)
    links: list[str] = field(default_factory=list)
    fetched: list[str] = field(default_factory=list)
    addresses: list[str] = field(default_factory=list)
    inline: list[str] = field(default_factory=list)
    odd: list[str] = field(default_factory=list)
    data_blocks: list[str] = field(default_factory=list)
    _in_data_block: bool = False
    _in_title: bool = False

    def __post_init__(self) -> None:
        super().__init__(convert_charrefs=True)

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        # Of an attribute that stands twice, a browser takes the first.
        values = {name: value or "" for name, value in reversed(attrs)}
        if tag == "html":
            self.language = values.get("lang")
        if "id" in values:
            self.ids[values["id"]] += 1
        self._note_address(tag, values)
        self._note_odd(tag, attrs)
        # A data block is never run, so that the policy does not concern it.
        self._in_data_block = tag == "script" and values.get("type") == _DATA_BLOCK
        self._in_title = tag in ("title", "textarea")
        if self._in_data_block:
            self.data_blocks.append("")
        elif tag == "style" or "style" in values or (tag == "script" and "src" not in values):
            self.inline.append(tag)
        self.inline += [name for name in values if name.startswith("on") or name == "srcdoc"]

    def handle_data(self, data: str) -> None:
        if self._in_data_block:
            self.data_blocks[-1] += data

    def handle_endtag(self, tag: str) -> None:
        self._in_data_block = self._in_title = False

    def handle_comment(self, data: str) -> None:
        self.odd.append("a comment")

    def handle_pi(self, data: str) -> None:
        self.odd.append("a processing instruction")

    def parse_marked_section(self, i: int, report: int = 1) -> int:
        """Pass over `<![…`, which browsers read to the next ">" and this parser cannot always."""
        self.odd.append("a declaration")
        return self.rawdata.find(">", i) + 1 or -1

    def handle_decl(self, decl: str) -> None:
        if decl.lower() != "doctype html":
            self.odd.append("a declaration")

    def _note_address(self, tag: str, values: dict[str, str]) -> None:
        relations = set(values.get("rel", "").lower().split())
        if tag in ("a", "area"):
            self.links.append(values.get("href", ""))
        elif tag == "link" and relations & _FETCHED_RELATIONS:
            self.fetched.append(values.get("href", ""))
        self.fetched += [values[name] for name in _FETCHED.get(tag, ()) if name in values]
        for name in _SETS_OF_ADDRESSES & values.keys():
            self.fetched += (part.split()[0] for part in values[name].split(",") if part.strip())

    def _note_odd(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        if self._in_title:
            self.odd.append("markup inside a title")
        if tag in _NO_ELEMENTS or not _NAME.fullmatch(tag):
            self.odd.append(f"an element that no page needs ({quoted(tag)})")
        for name, value in attrs:
            if not _NAME.fullmatch(name):
                self.odd.append(f"an attribute that is none ({quoted(name)})")
            elif name in _ADDRESSES:
                self.addresses.append(value or "")
            elif "url(" in (value or "").lower() and not re.fullmatch(
                r"url\(#[\w-]+\)", value or ""
            ):
                # A picture fills its shapes with patterns of its own.
                self.addresses.append(value or "")
            elif name == "http-equiv" and (value or "").lower() != "content-security-policy":
                self.odd.append(f"an order to the browser ({quoted(value or '')})")


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
        faults += (f"{name}: {fault}" for fault in _faults(name, page, languages, base_url))
        for link in page.links + page.fetched:
            fault = _broken(link, name, pages, site, base.path)
            if fault:
                faults.append(f"{name}: {link}: {fault}")
    return faults


def _read(path: Path) -> _HtmlPage:
    page, text = _HtmlPage(), path.read_text("utf-8")
    page.feed(text)
    page.close()
    # Also what a reference stands for: &#x202e; is shown as the character.
    page.odd += (message.partition(";")[0] for _, message in hidden_characters(unescape(text)))
    return page


def _faults(name: str, page: _HtmlPage, languages: tuple[str, ...], base_url: str) -> Iterator[str]:
    folder = name.split("/")[0]
    if folder in languages and page.language != folder:
        yield f'lang="{page.language}" on a page of {folder}'
    for twice in sorted(found for found, times in page.ids.items() if times > 1):
        yield f'id "{twice}" stands twice'
    for address in page.fetched:
        # A browser takes backslashes for slashes.
        if re.match(r"\s*(?:[a-zA-Z][\w+.-]*:)?[/\\]{2}", address):
            yield f"fetches {address} from another host"
    for address in page.addresses:
        if not _is_safe(address, base_url):
            schemes = ", ".join(f"{scheme}:" for scheme in _SCHEMES)
            yield f"an address that is neither {schemes} nor our own: {quoted(address)}"
    for found in page.odd:
        yield f"{found}, which the program never writes"
    for tag in page.inline:
        yield f"inline script or style ({tag}), which the security policy refuses"
    for block in page.data_blocks:
        # A browser ends a block, or does not, by marks that JSON may spell otherwise.
        if not _is_json(block) or re.search(r"<(?:!--|/?script)", block, re.IGNORECASE):
            yield "a data block that is not JSON"


def _is_safe(address: str, base_url: str) -> bool:
    """Whether a browser may be sent there: a scheme that runs nothing, or a path of the site.

    Spaces and control characters are dropped, and backslashes taken for slashes, as browsers do:
    https://url.spec.whatwg.org/#concept-basic-url-parser
    """
    read = re.sub(r"[\t\n\r]", "", address.strip(_SPACE_AT_ENDS)).replace("\\", "/")
    if read.startswith(base_url):
        return True
    scheme = _SCHEME.match(read)
    if scheme is None:
        return not read.startswith("//") and "url(" not in read.lower()
    return scheme[1].lower() in _SCHEMES


def _is_json(text: str) -> bool:
    try:
        json.loads(text)
    except ValueError:
        return False
    return True


def _broken(
    link: str, name: str, pages: dict[str, _HtmlPage], site: Path, base_path: str
) -> str | None:
    try:
        parts = urlsplit(link)
    except ValueError:
        return "not an address"
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
