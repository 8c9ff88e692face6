"""What stands at the address of an edition as a whole, "editions/1/", and on its pages of itself.

Whoever has its number from a citation finds something there, whether it is kept or not.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence

from reperes.model.edition_now import label_of_edition
from reperes.model.editions import FOLDER
from reperes.model.explainer import Explainer
from reperes.writing.templating import render_html

_UP = "../../"
"""The way from there to the site's root."""


def words_on_kept(explainer: Explainer, language: str) -> str:
    """What pages of an earlier edition say of it; "" for those of today."""
    kept_as, locale = explainer.kept_as, explainer.locales[language]
    if kept_as is None:
        return ""
    said = label_of_edition("kept.edition", explainer, language, kept_as.number)
    if kept_as.latest == kept_as.number:
        return said
    return f"{said} {locale.label('kept.newer', number=str(kept_as.latest))}"


def file_of_kept_edition(edition: Explainer, today: Explainer) -> str:
    """The page at the address of an edition which is kept: it offers the edition's languages."""
    languages = [
        {
            **_language(edition, code, words_on_kept(edition, code)),
            "way": f"{code}/",
            # Of a language that the site has no more, to where it offers those that it has.
            "now": _UP + (f"{code}/" if code in today.languages else ""),
        }
        for code in edition.languages
    ]
    return _file(languages, today, is_kept=True)


def files_of_editions_not_kept(explainer: Explainer) -> dict[str, str]:
    """The pages at the addresses of all others, by their files."""
    files = {}
    for number in explainer.editions.numbers:
        if number not in explainer.snapshots:
            languages = [
                {
                    **_language(
                        explainer, code, label_of_edition("kept.not", explainer, code, number)
                    ),
                    "way": f"{_UP}{code}/editions/#edition-{number}",
                    "now": f"{_UP}{code}/",
                }
                for code in explainer.languages
            ]
            files[f"{FOLDER}/{number}/index.html"] = _file(languages, explainer, is_kept=False)
    return files


def _language(explainer: Explainer, code: str, words: str) -> dict[str, object]:
    labels = explainer.locales[code].wording.labels
    return {"code": code, "title": explainer.site.title[code], "words": words, "labels": labels}


def _file(languages: Sequence[Mapping[str, object]], today: Explainer, is_kept: bool) -> str:
    return render_html(
        "edition.html.jinja",
        versions=languages,
        shared=_UP,
        is_kept=is_kept,
        now_url=today.site.base_url,
    ).lstrip()
