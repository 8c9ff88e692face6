"""Where a reader reports an error: at an address that already says which page it is about."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from urllib.parse import quote, urlsplit

from reperes.model.explainer import Explainer
from reperes.pages import Page
from reperes.pages.page import page_url


def report_addresses(
    explainer: Explainer, language: str, pages: Sequence[Page]
) -> Mapping[str, str]:
    """The address that each page links, by the page's id."""
    locale, site = explainer.locales[language], explainer.site
    base = f"{site.base_url}{language}/"
    return {
        page.id: report_address(
            site.report_errors,
            locale.label("page.report_errors.about", title=page.title),
            base + page_url(page.id).removeprefix("."),
        )
        for page in pages
    }


def report_address(typed: str, about: str, page: str) -> str:
    """`typed` with what it is about, and the address of the page, where the form or the mail that
    it opens can hold them; else as it was typed."""
    parts = urlsplit(typed)
    if parts.scheme == "mailto":
        names = ("subject", "body")
    elif parts.hostname == "github.com" and parts.path.endswith("/issues/new"):
        names = ("title", "body")
    else:
        return typed
    mark = "&" if parts.query else "?"
    asked = zip(names, (about, page), strict=True)
    return typed + mark + "&".join(f"{name}={quote(value, safe='')}" for name, value in asked)
