"""The finished site: root files, typography and style sheet; and where it may be published."""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from pathlib import Path
from typing import Any
from urllib.parse import urlsplit

from reperes import paths
from reperes.language.typography_of_html import typeset_page
from reperes.model.explainer import Explainer
from reperes.pages import Page
from reperes.pages.gone import gone_page_ids
from reperes.pages.page import page_url, reference_pages
from reperes.site.assets import FOLDER as ASSETS
from reperes.site.assets import STYLE_SHEET, asset_files, named, style_sheet_with_names
from reperes.site.edition_addresses import files_of_editions_not_kept
from reperes.site.html_pages import HtmlPage, Names, PageRecord, SearchEntry, page_of
from reperes.site.open_data import linked_data_of_root
from reperes.site.open_data.document_schema import FILE as FACTS_SCHEMA
from reperes.site.open_data.document_schema import facts_schema_json
from reperes.site.pagefind import is_available as search_is_available
from reperes.site.publishing import MARKER
from reperes.site.redirects import redirect_files
from reperes.site.stylesheets import combined, theme_styles
from reperes.site.verification import faults_of_page, links_to_verify
from reperes.text.files import write_if_new, write_text
from reperes.text.html_tags import read_tags
from reperes.writing.prose import FROM_PAGE
from reperes.writing.templating import render_html

PagesByLanguage = Mapping[str, Sequence[Page]]
"""Every page of a site, by its language."""

_MARKER_TEXT = "A site built by reperes; the next build replaces this whole folder.\n"
_ROOT_TEMPLATES = {
    "root.html.jinja": "index.html",
    "404.html.jinja": "404.html",
}
MOST_ADDRESSES = 50_000
"""How many addresses a sitemap holds at most, by its protocol: https://www.sitemaps.org."""

# Both are tags as Markdown writes them, to the letter, and no page holds others like them: the last
# look refuses every `style`. Parsing pages a second time for them would buy nothing.
# The security policy refuses the style attribute by which Markdown aligns the cells of a table.
_ALIGNMENT = re.compile(r'(<t[hd] )style="text-align: (left|center|right);"')
# A table of Markdown's scrolls where it is wider than the screen; by keyboard too, so.
_TABLE = re.compile(r"<table(?=>\s*<thead>)")

_ID = re.compile(r"#([\w-]+)")


def finished_page(html: str) -> HtmlPage:
    """A page of the engine's with its typography set, within the policy, whole by keyboard.

    Its tags are read once: no step of finishing adds or removes any.
    """
    html = _TABLE.sub(r'\g<0> tabindex="0"', html.replace(FROM_PAGE, ""))
    html = _ALIGNMENT.sub(r'\1class="align-\2"', html)
    return page_of(*typeset_page(html, read_tags(html)))


def page_record(
    name: str, page: HtmlPage, explainer: Explainer, search: SearchEntry | None = None
) -> PageRecord:
    """What is known of a finished page; `name` is its file, by its way from the site's root."""
    base_url = explainer.site.base_url
    return PageRecord(
        names=page.names,
        links=tuple(links_to_verify(name, page, base_url)),
        faults=tuple(faults_of_page(name, page, base_url, explainer.languages)),
        search=search,
    )


def write_style_sheet(names: Names, site: Path, name: str | None = None) -> str:
    """Write the style sheet of pages that are made of `names`; its path in the site.

    It is named after what it holds, unless its `name` is given.
    """
    scripts = "".join(path.read_text("utf-8") for path in sorted(paths.ASSETS.glob("*.js")))
    css = style_sheet_with_names(combined(theme_styles(), _own_styles(), names, scripts))
    path = f"{ASSETS}/{name or named(STYLE_SHEET, css.encode())}"
    write_text(site / path, css)
    return path


def ids_in_styles() -> set[str]:
    """The ids for which a rule may ask."""
    return set(_ID.findall(theme_styles() + _own_styles()))


def _own_styles() -> str:
    return (paths.ASSETS / STYLE_SHEET).read_text("utf-8")


def write_assets(site: Path) -> set[str]:
    """Write what all pages share but for the style sheet, and by what a site of ours is known."""
    files = {".nojekyll": b"", MARKER: _MARKER_TEXT.encode(), **asset_files()}
    for name, data in files.items():
        write_if_new(site / name, data)
    return set(files)


def root_files(
    explainer: Explainer, pages: PagesByLanguage, card: Mapping[str, Any] | None
) -> dict[str, str]:
    """The text of every file that stands beside the languages or leads on to others, by its path.

    `card` is what pages say of the social card of the default language's overview.
    """
    base_url = explainer.site.base_url
    default = explainer.languages[0]
    values = {
        "base_url": base_url,
        "base_path": urlsplit(base_url).path,
        "languages": explainer.languages,
        "search": search_is_available(),
        "versions": [
            _version(explainer, language, pages[language]) for language in explainer.languages
        ],
        "card": card,
        "linked_data": linked_data_of_root(explainer),
    }
    # An XML declaration is valid as the first bytes alone.
    texts = {
        name: render_html(template, **values).lstrip() for template, name in _ROOT_TEMPLATES.items()
    }
    texts |= _sitemaps(explainer, _sitemap_pages(explainer, pages[default]))
    texts |= files_of_editions_not_kept(explainer)
    robots = f"User-agent: *\nAllow: /\nSitemap: {base_url}sitemap.xml\n"
    texts |= redirect_files(explainer)
    return {**texts, FACTS_SCHEMA: facts_schema_json(), "robots.txt": robots}


def _version(explainer: Explainer, language: str, pages: Sequence[Page]) -> dict[str, Any]:
    """What the root pages say of the site in one language, plain."""
    locale = explainer.locales[language]
    known = next(known for known in explainer.site.languages if known.code == language)
    return {
        "code": language,
        "locale": known.locale,
        "name": known.name,
        "title": explainer.site.title[language],
        "tagline": explainer.site.tagline[language],
        "labels": locale.wording.labels,
        "menu": _menu(explainer, language, pages),
    }


def _menu(
    explainer: Explainer, language: str, pages: Sequence[Page]
) -> list[tuple[str, list[dict[str, str]]]]:
    """The pages of a language in the two groups of the shell's menu; of many sections, the page
    that lists them."""
    sections = [page for page in pages if page.id in explainer.site.section_ids]
    groups = {
        "nav.story": [page for page in pages if page.id == "contents"] or sections,
        "nav.bearings": reference_pages(pages),
    }
    locale = explainer.locales[language]
    return [
        (locale.label(name), [{"title": page.title, "url": page_url(page.id)} for page in group])
        for name, group in groups.items()
    ]


def _sitemaps(explainer: Explainer, pages: Sequence[Mapping[str, str]]) -> dict[str, str]:
    """The sitemap; of more pages than one may hold, the index of several."""
    values = {"base_url": explainer.site.base_url, "languages": explainer.languages}
    most = MOST_ADDRESSES // len(explainer.languages)
    parts = [pages[start : start + most] for start in range(0, len(pages), most)]
    maps = [render_html("sitemap.xml.jinja", pages=part, **values).lstrip() for part in parts]
    if len(maps) == 1:
        return {"sitemap.xml": maps[0]}
    named = {f"sitemap-{number}.xml": text for number, text in enumerate(maps, 1)}
    index = render_html("sitemap_index.xml.jinja", names=list(named), **values).lstrip()
    return {"sitemap.xml": index, **named}


def _sitemap_pages(explainer: Explainer, pages: Sequence[Page]) -> list[dict[str, str]]:
    """The address of each page under its language's, and the day of its last change.

    Pages that say what is gone are nothing to find.
    """
    found = []
    gone = set(gone_page_ids(explainer))
    for page in pages:
        if page.id in gone:
            continue
        updated = explainer.last_change(page.language, page.id)
        url = "" if page.uri == "index.md" else f"{page.id}/"
        found.append({"url": url, "updated": updated.text})
    return found
