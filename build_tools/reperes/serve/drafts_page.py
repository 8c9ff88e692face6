"""The page of a preview on which drafts are decided, each beside its paragraph.

It is made when it is asked for, and for this machine alone: the text of a source is no content, so
that no folder of a site ever has it.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping
from pathlib import Path
from textwrap import dedent
from typing import Any

from reperes.drafts.deciding import (
    Changes,
    accept,
    changed_entry,
    drop,
    missing_fields,
    text_of_proposal,
)
from reperes.drafts.evidence import span_of
from reperes.drafts.texts import kept_paragraphs
from reperes.language.locales import Locale
from reperes.language.units import has_genders
from reperes.model.drafts import NOUN, RULE, Drafts, Proposal
from reperes.model.explainer import Explainer
from reperes.model.loading import load
from reperes.model.words import EVENT_KINDS
from reperes.model.yaml_values import Table
from reperes.rules.checking import problems_of
from reperes.text.digests import digest_of_bytes
from reperes.text.problems import ContentError, Place, Problem, Text
from reperes.writing.templating import render_html

FOLDER = "drafts"
"""Where the page is, beside the languages of the site: FOLDER/LANGUAGE/."""

_NOT_TYPED = frozenset({"source", "draft", "derived"})
"""Fields that nobody types anew here."""

_SUGGESTED = {
    "kind": "kinds",
    "place": "places",
    "speaker": "actors",
    "attributed_to": "actors",
    "unit": "units",
}
"""The list of known ids that a field offers."""


def page_files(explainer: Explainer) -> set[str]:
    """The page in each language, as files of the site that is shown."""
    return {f"{FOLDER}/{language}/index.html" for language in explainer.languages}


class DraftsPage:
    """The drafts of a content, as a preview shows them and takes decisions about them.

    `explainer` gives the content as it was when it was last sound, `texts` is the folder of texts
    that are kept, and `named` puts the names of asset files into a page.
    """

    def __init__(
        self,
        content: Path,
        explainer: Callable[[], Explainer],
        texts: Path,
        named: Callable[[str], str],
    ) -> None:
        self._content, self._explainer = content, explainer
        self._texts, self._named = texts, named

    def html(self, language: str) -> str | None:
        """The page in a language of the site."""
        explainer = self._explainer()
        if language not in explainer.languages:
            return None
        return self._named(_html(explainer, language, self._texts))

    def links(self, base: str) -> dict[str, str]:
        """Where the first draft is decided, by the language of the page that leads there."""
        explainer = self._explainer()
        first = next((p.id for each in explainer.drafts.values() for p in each.proposals), None)
        if first is None:
            return {}
        return {code: f"{base}{FOLDER}/{code}/#draft-{first}" for code in explainer.languages}

    def decide(self, asked: Mapping[str, Any]) -> None:
        """Do what was decided about a draft, if it still is what the page showed.

        Raises ContentError where it is not, or the content would have a new error, and ValueError,
        KeyError or TypeError for what is no decision.
        """
        draft_id, seen, decision = (str(asked[key]) for key in ("draft", "seen", "decision"))
        changes = _read_changes(asked.get("changes", {}))
        if decision not in ("accept", "drop"):
            raise ValueError(decision)
        explainer = load(self._content).explainer
        known = {str(p.id): p for each in explainer.drafts.values() for p in each.proposals}
        if draft_id in known and code_of(known[draft_id], explainer) != seen:
            message = "has changed since this page was made; look again"
            raise ContentError([Problem(Place(draft_id), message, RULE)])
        if decision == "drop":
            drop(self._content, [draft_id])
        else:
            accept(self._content, draft_id, changes, problems_of)


def _read_changes(typed: Any) -> Changes:
    """Texts by field, or by field and language. Raises TypeError for anything else."""
    changes: dict[str, str | Mapping[str, str]] = {}
    for field, value in dict(typed).items():
        texts = value.items() if isinstance(value, dict) else [("", value)]
        if not all(isinstance(part, str) for pair in texts for part in pair):
            raise TypeError(field)
        changes[field] = value
    return changes


def code_of(proposal: Proposal, explainer: Explainer) -> str:
    """What tells a draft from the same one after an edit."""
    return digest_of_bytes(text_of_proposal(proposal, explainer).encode()).hex()[:12]


def _html(explainer: Explainer, language: str, texts: Path) -> str:
    locale = explainer.locales[language]
    every = [each for each in explainer.drafts.values() if each.proposals]
    left = sum(len(each.proposals) for each in every)
    return render_html(
        "preview/drafts.html.jinja",
        root="../../desk/",
        here="../",
        address="",
        language=language,
        languages=[{"code": str(x.code), "name": x.name} for x in explainer.site.languages],
        site_title=explainer.site.title[language],
        label=locale.label,
        left=locale.counted("drafts.left", left) if left else locale.label("drafts.none"),
        sources=[_source(each, explainer, locale, texts) for each in every],
        suggested={
            "kinds": (*EVENT_KINDS, *(str(kind.id) for kind in explainer.vocabulary.event_kinds)),
            "places": tuple(explainer.places),
            "actors": tuple(explainer.actors),
            "units": tuple(sorted(explainer.units_of_figures)),
        },
    ).lstrip()


def _source(drafts: Drafts, explainer: Explainer, locale: Locale, texts: Path) -> dict[str, Any]:
    source = explainer.sources[drafts.source_id]
    paragraphs = kept_paragraphs(texts, drafts)
    rows = [
        {
            "id": str(proposal.id),
            "kind": locale.label(f"drafts.kind.{proposal.kind.noun}"),
            "seen": code_of(proposal, explainer),
            "paragraph": str(proposal.paragraph or ""),
            "parts": _parts(proposal, paragraphs.get(proposal.paragraph, "")),
            "yaml": dedent(text_of_proposal(proposal, explainer)).rstrip(),
            "fields": list(_fields(proposal, explainer, locale)),
        }
        for proposal in drafts.proposals
    ]
    return {
        "id": drafts.source_id,
        "label": source.label[locale.code],
        "language": str(source.language),
        "lacks_text": any(p.paragraph not in paragraphs for p in drafts.proposals),
        "drafts": rows,
    }


def _parts(proposal: Proposal, paragraph: str) -> tuple[str, str, str]:
    """What stands in a paragraph before the words that a draft rests on, these, and what after.

    The words alone, where the paragraph is not kept or is not the one that was read.
    """
    span = span_of(proposal.evidence, paragraph)
    if span is None:
        return "", proposal.evidence, ""
    start, end = span
    return paragraph[:start], paragraph[start:end], paragraph[end:]


def _fields(
    proposal: Proposal, explainer: Explainer, locale: Locale
) -> Iterator[dict[str, str | bool]]:
    """What may be typed anew: what the draft has, and what it lacks."""
    entry = changed_entry(proposal, {})
    lacking = set(missing_fields(entry, proposal.kind, explainer.languages))
    names = {str(known.code): known.name for known in explainer.site.languages}

    def row(name: str, key: str, code: str, value: str, title: str = "") -> dict[str, str | bool]:
        title = title or locale.label(f"editor.field.{key}")
        return {
            "name": name,
            "title": f"{title} ({names[code]})" if code else title,
            "language": code,
            "value": value,
            "is_lacking": (key, code) in lacking,
            "is_long": key in ("summary", "text", "words", "derived"),
            "suggested": _SUGGESTED.get(key, ""),
        }

    def rows_of_new_unit() -> Iterator[dict[str, str | bool]]:
        for code in explainer.languages:
            form = "one/many/feminine" if has_genders(code) else "one/many"
            title = locale.label("drafts.noun", noun=str(proposal.entry.get(NOUN) or ""), form=form)
            yield row(f"new_unit.{code}", "", code, "", title)

    for key in proposal.kind.shape.fields:
        value = entry.get(key)
        if key in _NOT_TYPED:
            continue
        if isinstance(value, Text):
            yield row(key, key, "", value)
        elif isinstance(value, Table) or any(field == key and code for field, code in lacking):
            texts = value.entries if isinstance(value, Table) else {}
            found = {str(code): text for code, text in texts.items() if isinstance(text, Text)}
            if len(found) == len(texts) and found.keys() <= names.keys():
                for code in explainer.languages:
                    yield row(f"{key}.{code}", key, code, found.get(code, ""))
        elif value is None and (key, "") in lacking:
            yield row(key, key, "", "")
            if key == "unit":
                yield from rows_of_new_unit()
    derived = proposal.entry.get("derived")
    if isinstance(derived, Table) and isinstance(anchor := derived.get("anchor"), Text):
        for code in explainer.languages:
            title = locale.label("drafts.derived", anchor=anchor)
            yield row(f"derived.{code}", "derived", code, "", title)
