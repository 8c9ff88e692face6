from __future__ import annotations

import csv
import io
from dataclasses import replace
from decimal import Decimal

import pytest

from reperes.model.facts import Figure
from reperes.site.open_data.language_view import LanguageView
from reperes.site.open_data.tables import _safe, events_csv, figures_csv
from support import saying, toy
from support_open_data import VIEWS

FRENCH, ENGLISH = (LanguageView(toy(), language) for language in ("fr", "en"))


def rows(text: str, delimiter: str = ",") -> list[dict[str, str]]:
    """The rows as a spreadsheet reads them, by their headings."""
    assert text.startswith("\ufeff")
    table = io.StringIO(text.removeprefix("\ufeff"), newline="")
    return list(csv.DictReader(table, delimiter=delimiter, strict=True))


def filled(row: dict[str, str]) -> dict[str, str]:
    return {name: cell for name, cell in row.items() if cell}


def with_figure(figure: Figure, language: str) -> LanguageView:
    return LanguageView(replace(toy(), figures={figure.id: figure}), language)


@pytest.mark.parametrize("view", VIEWS)
def test_every_entry_has_its_row_under_headings_of_the_language(view: LanguageView) -> None:
    delimiter = {"fr": ";", "en": ","}[view.language]
    for text, entries in (
        (figures_csv(view), [*view.explainer.figures.values()]),
        (events_csv(view), view.events),
    ):
        read = rows(text, delimiter)
        assert [row[view.locale.label("data.column.id")] for row in read] == [
            entry.id for entry in entries for _ in entry.values
        ]
        headings = [*read[0]]
        assert len(headings) == len(set(headings))
        assert all(heading[:1].isupper() for heading in headings)
        assert all(None not in row and None not in row.values() for row in read)


def test_a_table_has_columns_for_the_kinds_of_places_that_it_names() -> None:
    row = next(row for row in rows(figures_csv(ENGLISH)) if row["Id"] == "audience")
    assert (row["Paragraphs"], row["Rows"], "Pages" in row) == ("8", "4", False)
    row = next(
        row for row in rows(events_csv(FRENCH), ";") if row["Identifiant"] == "last_crossing"
    )
    assert (row["Paragraphes"], row["Titres"], "Lignes" in row) == ("1", "Ligne 7", False)


def test_a_row_of_figures_in_each_language() -> None:
    (french,) = (
        row for row in rows(figures_csv(FRENCH), ";") if row["Identifiant"] == "passengers"
    )
    assert filled(french) == {
        "Intitulé": "Passagers transportés dans l’année",
        "Valeur basse": "12000",
        "Précision": FRENCH.locale.label("picture.bound.more_than"),
        "Unité": "passagers",
        "Formulation": "plus de 12\u202f000\u00a0passagers",
        "Date du chiffre": "2018",
        "Date (EDTF)": "2018",
        "Période": "2018",
        "Lieu": "Port-Clair",
        "Qui le dit": "Courrier",
        "Source": "Article du Courrier",
        "Paragraphes": "3",
        "Mots de la source": "plus de 12.000 passagers",
        "Identifiant": "passengers",
        "Adresse": "https://example.org/ferry/fr/figures/passengers/",
    }
    (english,) = (row for row in rows(figures_csv(ENGLISH)) if row["Id"] == "repair_cost")
    assert filled(english) == {
        "Label": "Cost of the repairs",
        "Low value": "200000",
        "High value": "250000",
        "Precision": "range",
        "Unit": "euros",
        "In words": "200,000 to 250,000 euros",
        "As of": "15\u00a0March 2019",
        "Date (EDTF)": "2019-03-15",
        "Contested": "The ferry company gives no amount.",
        "Who says so": "Users’ Association",
        "Source": "Courrier article",
        "Paragraphs": "4",
        "Words of the source": "entre 200.000 et 250.000",
        "Id": "repair_cost",
        "Address": "https://example.org/ferry/en/figures/repair_cost/",
    }


def test_a_row_of_events() -> None:
    (row,) = (row for row in rows(events_csv(FRENCH), ";") if row["Identifiant"] == "announcement")
    assert filled(row) == {
        "Intitulé": FRENCH.text(toy().events["announcement"].label),
        "Résumé": FRENCH.text(toy().events["announcement"].summary),
        "Date": "14\u00a0mars 2019",
        "Date (EDTF)": "2019-03-14",
        "Date déduite": "Le jeudi qui précède la parution.",
        "Type": "déclaration",
        "Lieu": "Port-Clair",
        "Acteurs": "Compagnie des bacs",
        "Qui le dit": "Courrier",
        "Source": "Article du Courrier",
        "Paragraphes": "1",
        "Mots de la source": "a annoncé jeudi",
        "Identifiant": "announcement",
        "Adresse": "https://example.org/ferry/fr/timeline/#announcement",
    }


@pytest.mark.parametrize(
    ("bound", "low", "high"),
    [
        ("exact", "2.5", "2.5"),
        ("about", "2.5", "2.5"),
        ("at_least", "2.5", ""),
        ("more_than", "2.5", ""),
        ("at_most", "", "2.5"),
        ("less_than", "", "2.5"),
    ],
)
def test_no_number_stands_at_an_open_end(bound: str, low: str, high: str) -> None:
    number = Decimal("2.5")
    figure = saying(toy().figures["delay"], low=number, high=number, bound=bound)
    (english,) = rows(figures_csv(with_figure(figure, "en")))
    assert (english["Low value"], english["High value"]) == (low, high)
    (french,) = rows(figures_csv(with_figure(figure, "fr")), ";")
    comma = (low.replace(".", ","), high.replace(".", ","))
    assert (french["Valeur basse"], french["Valeur haute"]) == comma


def test_every_line_ends_as_the_standard_says() -> None:
    text = events_csv(FRENCH)
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
        ("-4,50", "-4,50"),
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
