"""The state of the translations as people, programs and pull requests read it."""

from __future__ import annotations

import json
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from typing import Any

from reperes.text.problems import Place, warning
from reperes.text.reports import as_github as problems_as_github
from reperes.translation.status import (
    Count,
    Finding,
    FindingKind,
    LanguageStatus,
    TextState,
    TextStatus,
)

JSON_VERSION = "1.0"
"""The first number rises when a key goes or changes its meaning, the second when one is added."""

_HEAD = ("", "state", "blocks", "up to date", "words", "up to date")
_STATES: Mapping[TextState, str] = {
    "fresh": "up to date",
    "stale": "stale",
    "missing": "missing",
    "orphaned": "orphaned",
}
KIND_WORDS: Mapping[FindingKind, str] = {
    "changed": "the original was reworded",
    "edited": "the translation was edited",
    "both": "the original was reworded, and the translation edited",
    "lost": "the translation is gone",
    "added": "the original is new",
    "repeated": "the original says this once more",
    "removed": "the original no longer has this",
    "extra": "only the translation says this",
    "moved": "the translation stands elsewhere",
    "divided": "original and translation are divided into paragraphs otherwise than before",
    "unstamped": "was never stamped: nothing says how old it is",
    "missing": "is not translated",
    "orphaned": "its original is gone",
}
"""How each kind of finding is put in words, after the name of the text."""


def as_text(languages: Sequence[LanguageStatus]) -> str:
    """One table for each language, then one line for each finding."""
    parts = []
    for status in languages:
        table = [(status.language, *_HEAD[1:]), *_rows(status)]
        parts.append("\n".join(_set_in_columns(table)))
    lines = [f"{finding.place}: {_said(finding)}" for finding in _findings(languages)]
    return "\n\n".join([*parts, "\n".join(lines)] if lines else parts)


def _rows(status: LanguageStatus) -> Iterator[tuple[str, ...]]:
    for text in status.texts:
        yield (text.target.name, _STATES[text.state], *_cells(text.blocks), *_cells(text.words))
    yield ("all", _state_of_all(status), *_cells(status.blocks), *_cells(status.words))


def _cells(count: Count) -> tuple[str, str]:
    return (f"{count.fresh}/{count.all}", f"{count.percent}%") if count.all else ("", "")


def _state_of_all(status: LanguageStatus) -> str:
    numbers = {state: sum(text.state == state for text in status.texts) for state in _STATES}
    parts = [f"{n} {_STATES[state]}" for state, n in numbers.items() if n and state != "fresh"]
    return ", ".join(parts) or _STATES["fresh"]


def _set_in_columns(table: Sequence[tuple[str, ...]]) -> Iterator[str]:
    """Words to the left, numbers to the right."""
    widths = [max(map(len, column)) for column in zip(*table, strict=True)]
    for row in table:
        cells = [
            cell.ljust(width) if number < 2 else cell.rjust(width)
            for number, (cell, width) in enumerate(zip(row, widths, strict=True))
        ]
        yield "  ".join(cells).rstrip()


def _findings(languages: Iterable[LanguageStatus]) -> Iterator[Finding]:
    for status in languages:
        yield from status.findings


def _said(finding: Finding) -> str:
    places = [f"{text.place.path}:{text.place.line}" for text in finding.translations]
    beside = f" (translation at {places[0]})" if places and finding.kind != "extra" else ""
    return f"{finding.target}: {KIND_WORDS[finding.kind]}{beside}"


def as_github(languages: Sequence[LanguageStatus]) -> str:
    """A workflow command for each finding, which GitHub shows at the original's line."""
    return problems_as_github(
        [warning(finding.place, _said(finding), "stale") for finding in _findings(languages)]
    )


def as_markdown(languages: Sequence[LanguageStatus]) -> str:
    """A table for each language, then a list, for a pull request ($GITHUB_STEP_SUMMARY)."""
    return "\n\n".join(part for status in languages for part in _markdown(status))


def _markdown(status: LanguageStatus) -> Iterator[str]:
    rows: list[tuple[str, ...]] = [
        (status.language, *_HEAD[1:]),
        ("---", "---", "--:", "--:", "--:", "--:"),
    ]
    rows += [("**all**", *row[1:]) if row[0] == "all" else row for row in _rows(status)]
    yield "\n".join(f"| {' | '.join(row)} |" for row in rows)
    if status.findings:
        yield "\n".join(
            f"- `{finding.place.path}:{finding.place.line}` {_said(finding)}"
            for finding in status.findings
        )


def as_json(languages: Sequence[LanguageStatus]) -> str:
    """What docs/DATA.md describes; the same state gives the same bytes."""
    told = {"version": JSON_VERSION, "languages": [_language(status) for status in languages]}
    return json.dumps(told, ensure_ascii=False, indent=2)


def _language(status: LanguageStatus) -> dict[str, Any]:
    return {
        "language": status.language,
        "blocks": _count(status.blocks),
        "words": _count(status.words),
        "texts": [_text(text) for text in status.texts],
    }


def _text(text: TextStatus) -> dict[str, Any]:
    return {
        "target": str(text.target),
        "state": text.state,
        "path": text.path,
        "blocks": _count(text.blocks),
        "words": _count(text.words),
        "findings": [
            {
                "target": str(finding.target),
                "kind": finding.kind,
                **_place(finding.place),
                "translations": [_place(block.place) for block in finding.translations],
            }
            for finding in text.findings
        ],
    }


def _count(count: Count) -> dict[str, int]:
    return {"all": count.all, "fresh": count.fresh, "percent": count.percent}


def _place(place: Place) -> dict[str, Any]:
    return {"path": place.path, "line": place.line, "column": place.column}


FORMATS: Mapping[str, Callable[[Sequence[LanguageStatus]], str]] = {
    "text": as_text,
    "json": as_json,
    "github": as_github,
    "markdown": as_markdown,
}
