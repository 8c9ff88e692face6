"""A last look at the finished site, as a browser would: links, anchors, languages, hosts.

What could act on a reader's device is refused here a second time: whatever passed the check of
the content, or came from a template, does not pass this.
"""

from __future__ import annotations

import json
import re
from collections import Counter
from collections.abc import Collection, Iterator, Mapping, Sequence, Set
from functools import lru_cache
from types import MappingProxyType
from urllib.parse import unquote, urlsplit

from reperes.site.html_pages import HtmlPage, Link, PageRecord
from reperes.text.problems import quoted

_SCHEMES = ("https", "mailto", "tel")

_SPACE_AT_ENDS = "".join(map(chr, range(0x21)))
_SCHEME = re.compile(r"([a-zA-Z][a-zA-Z0-9+.-]*):")

_REMEMBERED_ADDRESSES = 4096

_NO_PAGE = "no such page"
_NO_ANCHOR = "no such anchor"


def verify(
    records: Mapping[str, PageRecord],
    files: Collection[str],
    others: Mapping[str, PageRecord] = MappingProxyType({}),
) -> list[str]:
    """What is wrong with a finished site, a sentence each, in the order of its pages.

    `records` are those of all its pages, and `files` all its files, by their way from its root;
    `others` those of pages that have been looked at by themselves, with the links that are left.
    Anything found is a bug of the program or a template, or a raw link in a section.
    """
    pages = {**records, **others}
    # Most links are on many pages, and are looked at once.
    every = set[Link]().union(*(record.links for record in pages.values()))
    faults = {link: link.fault or _broken(link, records, files) for link in every}
    broken = {link for link, fault in faults.items() if fault}
    found: list[str] = []
    for name, record in sorted(pages.items(), key=lambda item: item[0].split("/")):
        found += (f"{name}: {fault}" for fault in record.faults)
        if not broken.isdisjoint(record.links):
            here = (link for link in record.links if link in broken)
            found += (f"{name}: {link.written}: {faults[link]}" for link in here)
    return found


def _broken(link: Link, records: Mapping[str, PageRecord], files: Collection[str]) -> str:
    file = link.path
    if file not in files:
        file = f"{file}/index.html" if file else "index.html"
        if file not in files:
            return _NO_PAGE
    if link.anchor and file in records and link.anchor not in records[file].names.ids:
        return _NO_ANCHOR
    return ""


def links_to_verify(name: str, page: HtmlPage, base_url: str) -> Iterator[Link]:
    """The links of a page that are wrong, or that something else in the site must answer for.

    `name` is its own file, by the way from the site's root.
    """
    base_path = urlsplit(base_url).path
    steps = name.split("/")[:-1]
    known: dict[str, Link | None] = {}
    for written in (*page.links, *page.fetched):
        if written not in known:
            known[written] = _link(written, name, steps, base_path, page.names.ids)
        link = known[written]
        if link is not None:
            yield link


def _link(
    written: str, name: str, folder: Sequence[str], base_path: str, ids: Set[str]
) -> Link | None:
    """A link of the page `name`, or None where nothing can be wrong with it."""
    try:
        parts = urlsplit(written)
    except ValueError:
        return Link(written, "", "", "not an address")
    if parts.scheme or parts.netloc:
        return None
    path, anchor = unquote(parts.path), unquote(parts.fragment)
    if path.startswith("/") and not path.startswith(base_path):
        return Link(written, "", "", f"leads out of the site, which lies under {base_path}")
    if path.startswith("/"):
        steps = _resolved((), path.removeprefix(base_path))
    else:
        steps = _resolved(folder, path) if path else name.split("/")
    if steps is None:
        return Link(written, "", "", _NO_PAGE)
    target = "/".join(steps)
    if target != name:
        return Link(written, target, anchor)
    return None if not anchor or anchor in ids else Link(written, target, anchor, _NO_ANCHOR)


def _resolved(folder: Sequence[str], path: str) -> list[str] | None:
    """The steps from the root to what a path means in a folder, or None outside of the site."""
    steps = list(folder)
    for step in path.split("/"):
        if step == "..":
            if not steps:
                return None
            steps.pop()
        elif step not in ("", "."):
            steps.append(step)
    return steps


def faults_of_page(
    name: str, page: HtmlPage, base_url: str, languages: Sequence[str]
) -> Iterator[str]:
    """What is wrong with a page by itself; `name` is its file, by the way from the site's root."""
    folder = name.split("/")[0]
    if folder in languages and page.language != folder:
        yield f'lang="{page.language}" on a page of {folder}'
    for twice in sorted(found for found, times in Counter(page.ids).items() if times > 1):
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


@lru_cache(_REMEMBERED_ADDRESSES)
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
