"""What the engine reads: pages and settings, written for each language into a work folder."""

from __future__ import annotations

import os
import shutil
from collections.abc import Iterable, Mapping
from pathlib import Path
from typing import Any

from reperes import paths
from reperes.model.edition_now import latest_edition
from reperes.model.explainer import Explainer
from reperes.pages import Page, reference_page_ids, title_of_page
from reperes.site.books import book_links
from reperes.site.bundles import Draft
from reperes.site.edition_addresses import words_on_kept
from reperes.site.open_data import open_data_files
from reperes.site.pagefind import is_available as search_is_available
from reperes.site.publishing import Workspace
from reperes.text.files import write_text
from reperes.text.yaml_out import as_yaml

_GENERATED = "# Written by `reperes build`; changes here are lost.\n"


def write_tree(
    explainer: Explainer, drafts: Iterable[Draft], workspace: Workspace, books: bool = False
) -> None:
    """Write all pages, the open data that they link, and settings with the shell that these name.

    For an engine that makes whole sites. Files whose text is the same are left alone, others
    removed. With `books` every page links the PDF and the EPUB of its language.
    """
    every = list(drafts)
    for language in explainer.languages:
        texts = {each.pages[language].uri: each.pages[language].markdown for each in every}
        _write_folder(workspace.docs / language, {**texts, **open_data_files(explainer, language)})
        settings = settings_of(explainer, language, books)
        settings |= {
            "INHERIT": paths.SETTINGS.name,
            # Every path starts at their own folder, so that it may be moved.
            "docs_dir": os.path.relpath(workspace.docs / language, workspace.root),
            "site_dir": os.path.relpath(workspace.site / language, workspace.root),
            "nav": [{each.pages[language].title: each.pages[language].uri} for each in every],
        }
        extras = {each.id: each.extras(language) for each in every}
        for page_id, of_page in extras.items():
            for name, value in of_page.items():
                settings["extra"].setdefault(name, {})[page_id] = value
        write_text(workspace.settings(language), _GENERATED + as_yaml(settings))
    shell = {
        path.relative_to(paths.OVERRIDES).as_posix(): path.read_text("utf-8")
        for path in paths.OVERRIDES.rglob("*.html")
    }
    _write_folder(workspace.root / paths.OVERRIDES.name, shell)
    write_text(workspace.root / paths.SETTINGS.name, paths.SETTINGS.read_text("utf-8"))


def write_pages(pages: Mapping[str, Page], workspace: Workspace) -> None:
    """Write the pages of one id, for people who want to see what they are made of."""
    for language, page in pages.items():
        write_text(workspace.docs / language / page.uri, page.whole)


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


def settings_of(explainer: Explainer, language: str, books: bool = False) -> dict[str, Any]:
    """The settings of a language's engine, but for what they say of single pages."""
    site = explainer.site
    back = explainer.locales[language].label("page.footnote_back", number="{}")
    return {
        "site_name": str(site.title[language]),
        "site_description": str(site.tagline[language]),
        "site_url": f"{site.base_url}{language}/",
        "theme": {"language": language},
        "markdown_extensions": {"footnotes": {"BACKLINK_TITLE": back}},
        "extra": {
            **_extra(explainer, language),
            "books": book_links(language) if books else [],
        },
    }


def _extra(explainer: Explainer, language: str) -> dict[str, Any]:
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
        "edition": latest_edition(explainer, language),
        # What all editions share is found from the folder of a language.
        "shared": "../" * (1 + explainer.folder.count("/")),
        "kept": words_on_kept(explainer, language),
        "search": search_is_available() and explainer.kept_as is None,
        "pages": [
            {
                "id": page_id,
                "title": title_of_page(explainer, language, page_id),
                "url": f"{page_id}/",
            }
            for page_id in reference_page_ids(explainer)
        ],
        "contents": title_of_page(explainer, language, "contents"),
        "labels": dict(locale.wording.labels),
    }
