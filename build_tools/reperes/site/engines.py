"""The programs that can make pages of Markdown, and what they are told."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any


@dataclass(frozen=True)
class Engine:
    """A program that makes a site of a folder of Markdown, told by settings in MkDocs' form.

    It is run by the `cli` of the module `command`, with `options`; pip installs it by
    `requirement`.
    """

    name: str
    command: str
    options: tuple[str, ...]
    requirement: str

    heeds: Mapping[str, Any] | None = None
    """The settings that it acts upon, and what may stand in them (True for anything), of an engine
    that passes over others in silence; None for one that complains."""

    renders_pages: bool = True
    """Whether it renders single pages in our process, as a preview needs."""

    keeps_to_its_folder: bool = False
    """Whether all that it reads and writes must lie below its settings. Two would be in each
    other's way there."""


_ANYTHING = True
MKDOCS = Engine("mkdocs", "mkdocs.__main__", ("--quiet", "--clean"), "mkdocs>=1.6,<2")
PROPERDOCS = Engine(
    "properdocs", "properdocs.__main__", ("--quiet", "--clean"), "properdocs>=1.6.7,<2"
)
ZENSICAL = Engine(
    "zensical",
    "zensical.main",
    ("--clean",),
    "zensical>=0.0.73,<0.1",
    # What we have seen it act upon as MkDocs does; of plugins, whose names it has of its own, none.
    heeds={
        **dict.fromkeys(("site_name", "site_description", "site_url", "nav", "extra"), _ANYTHING),
        **dict.fromkeys(("docs_dir", "site_dir", "use_directory_urls"), _ANYTHING),
        "theme": dict.fromkeys(("name", "custom_dir", "font", "language"), _ANYTHING),
        "plugins": {},
        "markdown_extensions": {
            **dict.fromkeys(("toc", "tables", "fenced_code", "attr_list"), _ANYTHING),
            **dict.fromkeys(("def_list", "footnotes", "md_in_html"), _ANYTHING),
        },
    },
    renders_pages=False,
    keeps_to_its_folder=True,
)

ENGINES: Mapping[str, Engine] = {engine.name: engine for engine in (MKDOCS, PROPERDOCS, ZENSICAL)}
"""The engines that build a site, by name; docs/ENGINES.md says how they differ."""
