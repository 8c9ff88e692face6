"""What all pages of a site share: files whose names tell what they hold, so that caches keep them.

A browser, or a network of caches, may keep such a file for ever: what holds something else is
another file. While a page is made it names them plainly, as docs/assets/ does; it gets the names of
the files as it is written.
"""

from __future__ import annotations

import hashlib
import re
from collections.abc import Mapping
from pathlib import Path

from reperes import paths
from reperes.text.files import write_bytes

FOLDER = "assets"
"""The folder of a site with what all pages share."""

STYLE_SHEET = "reperes.css"
"""The one style sheet: ours in docs/assets/; in a site, with what it needs of the theme's."""

AssetNames = Mapping[str, str]
"""The name of each file in a site, by its plain one."""

NO_STYLE_SHEET = "reperes.00000000.css"
"""Stands in pages for the style sheet of a site that has had none yet."""

_LICENCE = ".LICENSE.txt"
_DIGITS = 8
_NAMED = re.compile(rf'((?:href|src)="[^"]*\b{FOLDER}/)([\w.-]+)(?=")')
_SHEET_NAMED = re.compile(rb"\breperes\.[0-9a-f]{8}\.css(?=\")")


def named(name: str, data: bytes) -> str:
    """The name of a file that holds this."""
    stem, dot, ending = name.rpartition(".")
    digest = hashlib.blake2b(data, digest_size=_DIGITS // 2).hexdigest()
    return f"{stem}.{digest}{dot}{ending}"


def _files() -> Mapping[str, tuple[str, bytes]]:
    """Each file but for the style sheet: its name in a site and what it holds, by its plain name.

    Where a script names another one, it names the file of the site.
    """
    found: dict[str, tuple[str, bytes]] = {}
    every = {
        path.relative_to(paths.ASSETS).as_posix(): path.read_bytes()
        for path in sorted(paths.ASSETS.rglob("*"))
        if path.is_file() and path.name != STYLE_SHEET
    }
    # Those that name no other one first.
    for name in sorted(every, key=lambda name: (_names_another(every, name), name)):
        data = every[name]
        for other, (other_name, _) in found.items():
            data = data.replace(f'"{other}"'.encode(), f'"{other_name}"'.encode())
        found[name] = (name if name.endswith(_LICENCE) else named(name, data)), data
    return found


def _names_another(every: Mapping[str, bytes], name: str) -> bool:
    return any(f'"{other}"'.encode() in every[name] for other in every if other != name)


def asset_names(style_sheet: str) -> dict[str, str]:
    """The names in a site; that of its style sheet is known only when all pages have been made."""
    return {STYLE_SHEET: style_sheet, **{name: file for name, (file, _) in _files().items()}}


def asset_files() -> dict[str, bytes]:
    """All files but for the style sheet, by their paths in a site."""
    return {f"{FOLDER}/{name}": data for name, data in _files().values()}


def with_asset_names(text: str, names: AssetNames) -> str:
    """A page as it is written: the files that its head names plainly under their names."""
    head, end, rest = text.partition("</head>")
    return _NAMED.sub(lambda found: found[1] + names.get(found[2], found[2]), head) + end + rest


def style_sheet_with_names(css: str) -> str:
    """A style sheet that names the files of the site."""
    for plain, (name, _) in _files().items():
        css = css.replace(f'"{plain}"', f'"{name}"')
    return css


def rename_style_sheet(page: Path, name: str) -> None:
    """Let a page that was written name another style sheet, of a name of the same length."""
    html = page.read_bytes()
    found = _SHEET_NAMED.search(html)
    if found is None:
        return
    if page.stat().st_nlink == 1:
        with page.open("r+b") as opened:
            opened.seek(found.start())
            opened.write(name.encode())
    else:
        # It is a page of the last site, too, which must stay as it is.
        write_bytes(page, html[: found.start()] + name.encode() + html[found.end() :])
