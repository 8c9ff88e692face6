"""What the engine reads: pages and settings, written for each language into a work folder."""

from __future__ import annotations

import os
import shutil
from collections.abc import Mapping, Sequence
from pathlib import Path
from typing import Any

from reperes import paths
from reperes.model.explainer import Explainer
from reperes.pages import Page
from reperes.pages.page import reference_pages
from reperes.site.editions import edition_links
from reperes.site.open_data import open_data_files
from reperes.site.publishing import Workspace
from reperes.site.rendered import Rendered
from reperes.site.search import is_available as search_is_available
from reperes.text.files import write_text
from reperes.text.yaml_out import as_yaml

_GENERATED = "# Written by `reperes build`; changes here are lost.\n"


def write_tree(rendered: Rendered, workspace: Workspace, editions: bool = False) -> None:
    """Write pages, the open data that they link, and settings with the shell that these name.

    Files whose text is the same are left alone, others removed. With `editions` every page links
    the PDF and the EPUB of its language.
    """
    explainer, pages = rendered.explainer, rendered.pages
    for language, language_pages in pages.items():
        texts = {page.uri: page.markdown for page in language_pages}
        _write_folder(workspace.docs / language, {**texts, **open_data_files(explainer, language)})
    shell = {
        path.relative_to(paths.OVERRIDES).as_posix(): path.read_text("utf-8")
        for path in paths.OVERRIDES.rglob("*.html")
    }
    _write_folder(workspace.root / paths.OVERRIDES.name, shell)
    write_text(workspace.root / paths.SETTINGS.name, paths.SETTINGS.read_text("utf-8"))
    for language, of_pages in rendered.extras.items():
        settings = settings_of(explainer, language, pages[language], workspace, editions)
        settings["extra"].update(of_pages)
        write_text(workspace.settings(language), _GENERATED + as_yaml(settings))


def _write_folder(folder: Path, texts: Mapping[str, str]) -> None:
    """Let a folder hold these texts, by their path in it, and nothing else."""
    kept = {folder / name for name in texts}
    folders = {parent for path in kept for parent in path.parents}
    for path in sorted(folder.rglob("*")):
        if path.is_dir() and path not in folders:
            shutil.rmtree(path)
        elif path.is_file() and path not in kept:
            path.unlink()
    for name, text in texts.items():
        write_text(folder / name, text)


def settings_of(
    explainer: Explainer,
    language: str,
    pages: Sequence[Page],
    workspace: Workspace,
    editions: bool = False,
) -> dict[str, Any]:
    """The settings of a language's engine, but for what they say of single pages.

    Every path in them starts at their own folder, so that it may be moved.
    """
    site = explainer.site
    back = explainer.locales[language].label("page.footnote_back", number="{}")
    return {
        "INHERIT": paths.SETTINGS.name,
        "site_name": str(site.title[language]),
        "site_description": str(site.tagline[language]),
        "site_url": f"{site.base_url}{language}/",
        "docs_dir": os.path.relpath(workspace.docs / language, workspace.root),
        "site_dir": os.path.relpath(workspace.site / language, workspace.root),
        "theme": {"language": language},
        "markdown_extensions": {"footnotes": {"BACKLINK_TITLE": back}},
        "nav": [{page.title: page.uri} for page in pages],
        "extra": {
            **_extra(explainer, language, pages),
            "editions": edition_links(language) if editions else [],
        },
    }


def _extra(explainer: Explainer, language: str, pages: Sequence[Page]) -> dict[str, Any]:
    """What the theme's templates know of all pages, beside each one's own front matter."""
    site, locale = explainer.site, explainer.locales[language]
    return {
        "language": language,
        "languages": [{"code": x.code, "locale": x.locale, "name": x.name} for x in site.languages],
        "default_language": site.language_codes[0],
        "base_url": site.base_url,
        "title": site.title[language],
        "tagline": site.tagline[language],
        "as_of": locale.date(site.as_of),
        "updated": site.updated.text,
        "updated_text": locale.date(site.updated),
        "editor": {"name": site.editor.named(language), "url": site.editor.url or ""},
        "licence": {"name": site.licence.name, "url": site.licence.url or ""},
        "repository": site.repository or "",
        "archived": site.archived,
        "search": search_is_available(),
        "pages": [
            {"id": page.id, "title": page.title, "url": f"{page.id}/"}
            for page in reference_pages(pages)
        ],
        "contents": next((page.title for page in pages if page.id == "contents"), ""),
        "labels": dict(locale.wording.labels),
    }
