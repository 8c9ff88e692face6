"""What changed between two editions, or between one and now: for people, and as JSON."""

from __future__ import annotations

import json
from collections.abc import Mapping
from pathlib import Path
from typing import Any

from reperes.model.editions import RULE, State
from reperes.model.explainer import Explainer
from reperes.model.loading import load
from reperes.model.news import FactNews, News, news
from reperes.model.published import state_now
from reperes.text.problems import ContentError, Place, Problem
from reperes.writing.templating import render_markdown

FORMATS = ("text", "json")


def changes_between(content: Path, before: int, after: int | None, format_name: str) -> str:
    """What edition `after` says otherwise than `before`; without one, what is said now.

    As Markdown, or as a JSON object with the lists `facts`, `sections` and `entries`. Raises
    ContentError for an edition that was not released.
    """
    explainer = load(content).read()
    found = news(_state(explainer, before), _state(explainer, after), explainer)
    if format_name == "json":
        return json.dumps(_document(found, explainer, before, after), ensure_ascii=False, indent=1)
    return render_markdown(
        "edition_changes.md.jinja",
        news=found,
        before=before,
        after=after,
        languages=explainer.languages,
    )


def _state(explainer: Explainer, number: int | None) -> State:
    if number is None:
        return state_now(explainer)
    known = explainer.editions.numbers
    if number not in known:
        released = ", ".join(map(str, known)) or "none yet: `reperes release` makes the first"
        message = f"there is no edition {number}; released: {released}"
        raise ContentError([Problem(Place(str(number)), message, RULE)])
    return explainer.editions.state(number)


def _document(
    found: News, explainer: Explainer, before: int, after: int | None
) -> Mapping[str, Any]:
    ledger = explainer.editions
    return {
        "before": {"edition": before, "day": ledger.day(before).text},
        "after": {"edition": after, "day": ledger.day(after).text if after else None},
        "facts": [_fact(fact) for fact in found.facts],
        "sections": [
            {"id": each.id, "change": each.change, "languages": list(each.languages)}
            for each in found.sections
        ],
        "entries": [
            {"kind": each.noun, "id": each.id, "change": each.change} for each in found.entries
        ],
    }


def _fact(fact: FactNews) -> Mapping[str, Any]:
    return {
        "id": fact.id,
        "kind": fact.noun,
        "change": fact.change,
        "label": dict(fact.label),
        "parts": [
            {"name": part.name, "before": dict(part.before), "after": dict(part.after)}
            for part in fact.parts
        ],
    }
