"""Pages at addresses that were given up, which lead on to what stands for them now."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass

from reperes.model.explainer import Explainer
from reperes.pages.gone import gone_pages
from reperes.pages.page import site_file
from reperes.site.open_data.language_view import LanguageView
from reperes.writing.templating import render_html


@dataclass(frozen=True)
class Redirect:
    """A file of the site that leads on to an address of it, given from there and whole."""

    path: str
    language: str
    address: str
    url: str
    title: str


def redirects(explainer: Explainer) -> Iterator[Redirect]:
    """Those of every language."""
    for language in explainer.languages:
        view = LanguageView(explainer, language)
        for page in gone_pages(explainer):
            if page.entry.now is not None:
                url = view.permalink(page.namespace, page.entry.now)
                up = "../" * (page.id.count("/") + 1)
                yield Redirect(
                    f"{language}/{site_file(page.id)}",
                    language,
                    up + url.removeprefix(view.file("")),
                    url,
                    view.name(page.namespace, page.entry.now),
                )


def redirect_files(explainer: Explainer) -> dict[str, str]:
    """The text of each, by its path in the site."""
    return {
        redirect.path: render_html(
            "redirect.html.jinja",
            **vars(redirect),
            root="../" * f"{explainer.folder}{redirect.path}".count("/"),
            labels=explainer.locales[redirect.language].wording.labels,
        ).lstrip()
        for redirect in redirects(explainer)
    }
