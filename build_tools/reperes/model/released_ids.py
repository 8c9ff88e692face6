"""Ids that an edition had and the content has no more, where gone.yml does not say so."""

from __future__ import annotations

from collections.abc import Collection, Iterator, Mapping

from reperes.model.explainer import Explainer
from reperes.model.gone import NAMESPACE_OF, Gone
from reperes.model.published import said_now
from reperes.model.said import differences
from reperes.model.schema import KINDS, RESERVED_IDS
from reperes.model.yaml_layout import text_of_entry
from reperes.model.yaml_values import table_of
from reperes.text.problems import Place, Problem

RULE = "gone"

GONE = next(kind for kind in KINDS if kind.entry is Gone)

_UNSAID = "…"
"""What stands for a reason in an entry that is offered."""


def check_released(
    explainer: Explainer, ids: Mapping[str, set[str]], unread: Collection[str]
) -> Iterator[Problem]:
    """A problem for each released id that is missing without a word.

    `ids` are all that were typed, by what they are of, whether or not their entry is sound; of what
    is `unread`, not all are known.
    """
    for (noun, entry_id), number in explainer.editions.first_edition_of.items():
        known = explainer.gone.get(entry_id)
        if noun not in NAMESPACE_OF or noun in unread or entry_id in ids[noun]:
            continue
        if noun == "section" and entry_id in RESERVED_IDS:
            continue  # an introduction, whose page has its address without it
        if known is not None and noun in known.was:
            continue
        now = _same_by_another_id(explainer, noun, entry_id)
        message = f"{noun} {entry_id}: edition {number} had it, and readers may have its address"
        fix = f"bring it back, or add to {GONE.path} what replaces it, or why it went"
        if known is not None:
            fix = f'bring it back, or add "{noun}" to "was" of {entry_id}'
        entry = "" if known else gone_entry(explainer, noun, entry_id, now)
        yield Problem(_place(explainer), f"{message}; {fix}", RULE, entry=entry)


def _same_by_another_id(explainer: Explainer, noun: str, fact_id: str) -> str | None:
    """The fact, unknown to any edition, that says what one that is missing said last."""
    ledger = explainer.editions
    told = ledger.last_said(fact_id)
    for other_id, said in said_now(explainer).items() if told else ():
        is_new = (noun, other_id) not in ledger.first_edition_of
        if is_new and not differences(told[-1][1], said):
            return other_id
    return None


def gone_entry(explainer: Explainer, noun: str, entry_id: str, now: str | None) -> str:
    """The lines of an entry of gone.yml, without a reason where something stands for it."""
    ledger, site = explainer.editions, explainer.site
    days = [site.updated, *(edition.day for edition in ledger.editions)]
    entry: dict[str, object] = {
        "id": entry_id,
        "was": noun,
        "day": max(days, key=lambda day: day.sort_key).text,
    }
    if now is not None:
        entry["now"] = now
    else:
        entry["reason"] = dict.fromkeys(explainer.languages, _UNSAID)
    return text_of_entry(table_of(entry), table_of({}), GONE, explainer)


def _place(explainer: Explainer) -> Place:
    """The file in which it would be said, beside site.yml."""
    site = explainer.site.base_url.place.path
    return Place(f"{site.removesuffix('site.yml')}{GONE.path}")
