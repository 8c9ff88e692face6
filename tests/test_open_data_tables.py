from __future__ import annotations

import csv
import io
from collections.abc import Mapping
from typing import Any

import pytest

from reperes.site.open_data.document import facts_document
from reperes.site.open_data.language_view import LanguageView
from reperes.site.open_data.tables import _safe, events_csv, figures_csv
from support import toy
from support_open_data import VIEWS

LISTS = ("attributed_to", "actors")


def rows(text: str) -> list[dict[str, str]]:
    return list(csv.DictReader(io.StringIO(text, newline=""), strict=True))


def as_cells(fact: Mapping[str, Any]) -> dict[str, str]:
    """A fact of facts.json as its row should read."""
    cells = {name: value for name, value in fact.items() if not isinstance(value, dict)}
    cells |= {f"source_{name}": value for name, value in fact["source"].items()}
    if fact.get("derived"):
        cells |= {f"derived_{name}": value for name, value in fact["derived"].items()}
    for name in (*LISTS, "source_paragraphs"):
        if name in cells:
            cells[name] = " ".join(map(str, cells[name]))
    cells["key"] = "true" if fact["key"] else "false"
    return {name: value for name, value in cells.items() if value}


@pytest.mark.parametrize("view", VIEWS)
@pytest.mark.parametrize(("name", "write"), [("figures", figures_csv), ("events", events_csv)])
def test_tables_say_what_facts_json_says(view: LanguageView, name: str, write: Any) -> None:
    read = [{k: v for k, v in row.items() if v} for row in rows(write(view))]
    assert read == [as_cells(fact) | {"id": fact["id"]} for fact in facts_document(view)[name]]


def test_a_row_of_figures() -> None:
    line = figures_csv(LanguageView(toy(), "en")).split("\r\n")[4]
    assert line == (
        'repair_cost,Cost of the repairs,200000,250000,range,euro,"200,000 to 250,000 euros",'
        "2019-03-15,,,,,,The ferry company gives no amount.,,users,"
        "according to the Users’ Association,courrier_article,4,entre 200.000 et 250.000,"
        "true,https://example.org/ferry/en/figures/repair_cost/"
    )


def test_every_line_ends_as_the_standard_says() -> None:
    text = events_csv(LanguageView(toy(), "fr"))
    assert text.count("\n") == text.count("\r\n") == len(toy().events) + 1
    assert text.endswith("\r\n")


@pytest.mark.parametrize(
    ("cell", "safe"),
    [
        ("plain", "plain"),
        ("a=b", "a=b"),
        ("", ""),
        ("-4", "-4"),
        ("-4.50", "-4.50"),
        ("=1+1", "'=1+1"),
        (" =1+1", "' =1+1"),
        ("+33 1", "'+33 1"),
        ("-4+cmd|x", "'-4+cmd|x"),
        ("@SUM(A1)", "'@SUM(A1)"),
        ("\tx", "'\tx"),
        ("＝1", "'＝1"),
    ],
)
def test_no_cell_is_a_formula(cell: str, safe: str) -> None:
    assert _safe(cell) == safe
