"""The entry that a number or a date typed in prose could be, for whoever typed it to paste."""

from __future__ import annotations

from dataclasses import dataclass

from reperes.drafts.deciding import unit_of
from reperes.drafts.entries import EntryMaker
from reperes.drafts.files import NOWHERE
from reperes.drafts.finding import LANGUAGES, KnownNames, findings, known_names
from reperes.drafts.found import Finding
from reperes.drafts.proposals import ids_taken
from reperes.model.drafts import NOUN, Proposal
from reperes.model.explainer import Explainer, once_for_an_explainer
from reperes.model.yaml_layout import text_of_entry
from reperes.model.yaml_values import Table
from reperes.text.folding import folded
from reperes.text.problems import Text

_OPEN = "…"
"""What stands for all that the text does not tell."""


@dataclass(frozen=True)
class Offer:
    """What stands for a number or a date: the draft of it, or an entry under its file's name."""

    draft_id: str = ""
    entry: str = ""


def offer_for(explainer: Explainer, words: str, offset: int, language: str) -> Offer | None:
    """What to write for the number or date at an offset of some words; None where nothing is found.

    The entry is in the short layout. What only a person can say is left open in it, and refused by
    the check until it is written.
    """
    if language not in LANGUAGES:
        return None
    found = findings(words, language, _names(explainer, language), explainer.site.as_of)
    here = [f for f in found if f.kind in ("number", "date") and f.start <= offset < f.end]
    if not here or not here[0].value:
        return None
    if draft := _draft_of(here[0], explainer):
        return Offer(draft_id=str(draft.id))
    day = explainer.site.as_of.text
    source_id = next(iter(explainer.sources)) if len(explainer.sources) == 1 else "SOURCE"
    maker = EntryMaker(explainer, language, source_id, {"figures": day}, ids_taken(explainer))
    proposal = maker.proposal(here[0], 0, words, _OPEN, found)
    empty = Table({}, NOWHERE)
    text = text_of_entry(
        _completed(proposal, explainer), empty, proposal.kind, explainer, layout="short"
    )
    return Offer(entry=f"{proposal.kind.path}:\n{text.rstrip()}")


@once_for_an_explainer
def _names(explainer: Explainer, language: str) -> KnownNames:
    return known_names(explainer, language)


def _draft_of(finding: Finding, explainer: Explainer) -> Proposal | None:
    """A draft that says what was found, if its unit or its noun is the same."""
    for drafts in explainer.drafts.values():
        for proposal in drafts.proposals:
            typed = proposal.entry.get("value" if finding.kind == "number" else "date")
            noun = proposal.entry.get(NOUN)
            alike = f"{finding.value} {finding.unit}".strip() == typed
            if alike and (noun is None or folded(finding.noun) == folded(str(noun))):
                return proposal
    return None


def _completed(proposal: Proposal, explainer: Explainer) -> Table:
    entries = {key: value for key, value in proposal.entry.entries.items() if key != NOUN}
    fields = proposal.kind.shape.fields
    for key in ("label", "summary"):
        if key in fields:
            before = entries.get(Text(key, NOWHERE))
            known = before.entries if isinstance(before, Table) else {}
            texts = {Text(code, NOWHERE): Text(_OPEN, NOWHERE) for code in explainer.languages}
            entries[Text(key, NOWHERE)] = Table({**texts, **known}, NOWHERE)
    if "kind" in fields:
        entries[Text("kind", NOWHERE)] = Text(_OPEN, NOWHERE)
    value = entries.get(Text("value", NOWHERE))
    if isinstance(value, Text) and unit_of(proposal.entry) is None:
        entries[Text("value", NOWHERE)] = Text(f"{value} {_OPEN}", NOWHERE)
    pin = entries[Text("source", NOWHERE)]
    assert isinstance(pin, Text)
    entries[Text("source", NOWHERE)] = Text(pin.replace(" 0: ", f" {_OPEN}: "), NOWHERE)
    return Table(entries, NOWHERE)
