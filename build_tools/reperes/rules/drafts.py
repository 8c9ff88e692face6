"""What nobody has confirmed: entries and sections marked as drafts, and proposals undecided."""

from __future__ import annotations

from collections.abc import Iterator

from reperes.model.drafts import RULE as RULE
from reperes.model.explainer import Explainer
from reperes.text.problems import Problem, warning


def check_section(explainer: Explainer, section_id: str) -> Iterator[Problem]:
    """Sections that bear the mark of a draft."""
    for section in explainer.versions(section_id):
        if section.draft:
            message = f"section {section.id}: nobody has confirmed it"
            fix = 'read it, then remove "draft" above its text'
            yield Problem(section.place, f"{message}; {fix}", RULE)


def check_rest(explainer: Explainer) -> Iterator[Problem]:
    """Facts that bear it, and files with proposals that nobody has accepted or dropped."""
    for fact in explainer.facts.values():
        if fact.draft:
            message = f"{type(fact).__name__.lower()} {fact.id}: nobody has confirmed it"
            fix = f'remove "draft", or run `reperes propose --accept {fact.id}`'
            yield Problem(fact.place, f"{message}; compare it with its source, then {fix}", RULE)
    for drafts in explainer.drafts.values():
        if count := len(drafts.proposals):
            found = f"{count} undecided drafts" if count > 1 else "1 undecided draft"
            fix = f"run `reperes propose {drafts.source_id} --review`"
            yield warning(drafts.place, f"{found}; {fix}", RULE)
