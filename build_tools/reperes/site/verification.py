"""A last look at the finished site, as a browser would: links, anchors, languages, hosts.

What could act on a reader's device is refused here a second time: whatever passed the check of
the content, or came from a template, does not pass this.
"""

from __future__ import annotations

import json
import re
from collections.abc import Iterator
from pathlib import Path, PurePosixPath
from urllib.parse import unquote, urlsplit

from reperes.site.html_pages import HtmlPage, HtmlPages
from reperes.text.problems import quoted

_SCHEMES = ("https", "mailto", "tel")

_SPACE_AT_ENDS = "".join(map(chr, range(0x21)))
_SCHEME = re.compile(r"([a-zA-Z][a-zA-Z0-9+.-]*):")


def verify(found: HtmlPages, base_url: str, languages: tuple[str, ...]) -> list[str]:
    """What is wrong with a finished site, a sentence each, in the order of its pages.

    Anything found is a bug of the program or a template, or a raw link in a section.
    """
    site = found.site
    pages = {path.relative_to(site).as_posix(): found[path] for path in found.paths}
    base = urlsplit(base_url)
    faults: list[str] = []
    for name, page in pages.items():
        faults += (f"{name}: {fault}" for fault in _faults(name, page, languages, base_url))
        for link in page.links + page.fetched:
            fault = _broken(link, name, pages, site, base.path)
            if fault:
                faults.append(f"{name}: {link}: {fault}")
    return faults


def _faults(name: str, page: HtmlPage, languages: tuple[str, ...], base_url: str) -> Iterator[str]:
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
    link: str, name: str, pages: dict[str, HtmlPage], site: Path, base_path: str
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
