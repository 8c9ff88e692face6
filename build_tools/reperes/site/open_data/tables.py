"""figures.csv and events.csv: RFC 4180, with the fields of facts.json, one row an entry."""

from __future__ import annotations

import csv
import io
import re
from collections.abc import Mapping, Sequence
from typing import Any

from reperes.site.open_data.document import event_row, figure_row
from reperes.site.open_data.edition import Edition

_FORMULA = re.compile("[=+\\-@\t\r\n＝＋－＠]")
_NUMBER = re.compile(r"-?[0-9]+(\.[0-9]+)?")
_SOURCE_COLUMNS = ("source_id", "source_paragraphs", "source_evidence")
_FIGURE_COLUMNS = (
    *("id", "label", "low", "high", "bound", "unit", "text", "as_of", "period", "place"),
    *("unknown", "contested", "note", "attributed_to", "attribution", *_SOURCE_COLUMNS),
    *("key", "url"),
)
_EVENT_COLUMNS = (
    *("id", "label", "date", "date_text", "derived_reason", "derived_anchor", "kind", "place"),
    *("actors", "summary", "attributed_to", "attribution", *_SOURCE_COLUMNS, "key", "url"),
)


def figures_csv(edition: Edition) -> str:
    figures = edition.explainer.figures.values()
    return _table(_FIGURE_COLUMNS, [figure_row(edition, figure) for figure in figures])


def events_csv(edition: Edition) -> str:
    """The events in order of time."""
    return _table(_EVENT_COLUMNS, [event_row(edition, event) for event in edition.events])


def _table(columns: Sequence[str], rows: Sequence[Mapping[str, Any]]) -> str:
    written = io.StringIO()
    table = csv.writer(written, lineterminator="\r\n")
    table.writerow(columns)
    for row in rows:
        cells = _flat(row)
        table.writerow([_safe(cells.get(column, "")) for column in columns])
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
