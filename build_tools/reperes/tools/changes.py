"""What an edit of the content changed: facts that say something else, and stale translations."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any, Literal

from reperes.model.explainer import Explainer
from reperes.site.open_data.document import facts_document
from reperes.site.open_data.language_view import LanguageView
from reperes.translation.status import Finding, translation_status
from reperes.writing.templating import render_markdown

_KINDS = ("figures", "events", "claims", "quotations")
_FOLLOWING = frozenset({"url", "date_text", "attribution"})
"""Fields that only say again what another one says, and change with it."""


@dataclass(frozen=True)
class FactChange:
    """A fact that is new, gone, or says something else.

    `fields` are those that differ, each with what it was and what it is, in the site's first
    language; none for a fact that is new or gone.
    """

    id: str
    kind: Literal["added", "removed", "changed"]
    label: str
    fields: tuple[tuple[str, str, str], ...] = ()


def fact_changes(before: Explainer, after: Explainer) -> Iterator[FactChange]:
    """Facts in the order of what there is now, then those that are gone."""
    old, new = _rows(before), _rows(after)
    for fact_id, row in new.items():
        if fact_id not in old:
            yield FactChange(fact_id, "added", row["label"])
        elif fields := tuple(_differing(old[fact_id], row)):
            yield FactChange(fact_id, "changed", row["label"], fields)
    for fact_id, row in old.items():
        if fact_id not in new:
            yield FactChange(fact_id, "removed", row["label"])


def _rows(explainer: Explainer) -> dict[str, dict[str, Any]]:
    document = facts_document(LanguageView(explainer, explainer.languages[0]))
    return {row["id"]: _with_values(row) for kind in _KINDS for row in document[kind]}


def _with_values(row: dict[str, Any]) -> dict[str, Any]:
    """A fact with each of its values under a name of its own; of one alone, all is told already."""
    values = row.pop("values")
    named = {value.pop("id"): value for value in values} if len(values) > 1 else {}
    return {**row, **named}


def _differing(old: dict[str, Any], new: dict[str, Any]) -> Iterator[tuple[str, str, str]]:
    for name in new:
        if name not in _FOLLOWING and old.get(name) != new[name]:
            yield name, _shown(old.get(name)), _shown(new[name])


def _shown(value: object) -> str:
    if isinstance(value, dict):
        return ", ".join(f"{name} {_shown(part)}" for name, part in value.items() if part)
    if isinstance(value, list):
        return ", ".join(map(str, value))
    return "" if value is None else str(value)


def newly_stale(before: Explainer, after: Explainer) -> list[Finding]:
    """What translators must look at now and did not have to before."""
    known = set(map(_what, _findings(before)))
    return [finding for finding in _findings(after) if _what(finding) not in known]


def _what(finding: Finding) -> tuple[object, ...]:
    """What identifies a finding: not a block's number, which shifts with the blocks before it."""
    return finding.target.key, finding.kind, finding.was or finding.now or finding.translations


def _findings(explainer: Explainer) -> Iterator[Finding]:
    for status in translation_status(explainer):
        yield from status.findings


def summary(before: Explainer, after: Explainer) -> str:
    """Changed facts and stale translations as Markdown, for a reviewer."""
    return render_markdown(
        "changes.md.jinja",
        facts=list(fact_changes(before, after)),
        stale=newly_stale(before, after),
    )
