"""figures.csv and events.csv: RFC 4180, with the fields of facts.json, one row an entry."""

from __future__ import annotations

import csv
import io
import re
from collections.abc import Iterable, Mapping
from typing import Any

from reperes.model.facts import Entry, Event, Figure
from reperes.site.open_data.document import columns, entry_row
from reperes.site.open_data.language_view import LanguageView

_FORMULA = re.compile("[=+\\-@\t\r\n＝＋－＠]")
_NUMBER = re.compile(r"-?[0-9]+(\.[0-9]+)?")


def figures_csv(view: LanguageView) -> str:
    return _table(view, Figure, view.explainer.figures.values())


def events_csv(view: LanguageView) -> str:
    """The events in order of time."""
    return _table(view, Event, view.events)


def _table(view: LanguageView, kind: type[Entry], entries: Iterable[Entry]) -> str:
    # An address is long, and leads away: it stands last.
    names = [*(name for name in columns(kind) if name != "url"), "url"]
    written = io.StringIO()
    table = csv.writer(written, lineterminator="\r\n")
    table.writerow(names)
    for entry in entries:
        cells = _flat(entry_row(view, entry))
        table.writerow([_safe(cells.get(name, "")) for name in names])
    return written.getvalue()


def _flat(row: Mapping[str, Any], prefix: str = "") -> dict[str, str]:
    """The cells of a row: lists with spaces between, parts of a group under GROUP_PART."""
    cells: dict[str, str] = {}
    for name, value in row.items():
        if isinstance(value, dict):
            cells |= _flat(value, f"{prefix}{name}_")
        else:
            cells[prefix + name] = _cell(value)
    return cells


def _cell(value: object) -> str:
    if isinstance(value, list):
        return " ".join(map(str, value))
    if isinstance(value, bool):
        return "true" if value else "false"
    return "" if value is None else str(value)


def _safe(cell: str) -> str:
    """A cell that no spreadsheet takes for a formula: an apostrophe stands before what it might.

    See https://owasp.org/www-community/attacks/CSV_Injection
    """
    is_formula = _FORMULA.match(cell.lstrip(" ")) and not _NUMBER.fullmatch(cell)
    return f"'{cell}" if is_formula else cell
