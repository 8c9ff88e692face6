"""Facts of several values: what prose says of them, what stands beside it, and no value lost."""

from __future__ import annotations

import csv
import io
import json
import re
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from decimal import Decimal
from pathlib import Path
from typing import Any

import pytest

from reperes.model.explainer import Explainer
from reperes.model.facts import Figure
from reperes.model.forms import misfit, say
from reperes.model.loading import load
from reperes.pages import render_page, render_pages
from reperes.site.open_data.document import facts_document
from reperes.site.open_data.language_view import LanguageView
from reperes.site.open_data.tables import figures_csv
from reperes.text.problems import ContentError
from support import toy_copy

PARAGRAPH = "courrier_article 4"


@contextmanager
def with_figures(*figures: Mapping[str, Any]) -> Iterator[Explainer]:
    """The toy explainer with more figures; JSON is YAML."""
    with toy_copy() as content:
        path = content / "facts" / "figures.yml"
        entries = [f"  - {json.dumps(figure, ensure_ascii=False)}\n" for figure in figures]
        path.write_text(path.read_text("utf-8") + "".join(entries), "utf-8")
        yield load(content).sound()


def figure(*values: Mapping[str, Any], **fields: Any) -> dict[str, Any]:
    label = {"fr": "Habitants bloqués", "en": "Islanders stranded"}
    head = {"id": "stranded", "label": label, "unit": "person"}
    return {**head, **fields, "values": list(values)}


def value(said: str, by: str, day: str = "2019-03-15", **fields: Any) -> dict[str, Any]:
    return {"value": said, "attributed_to": by, "as_of": day, "source": PARAGRAPH, **fields}


def because(french: str, english: str) -> dict[str, str]:
    return {"fr": french, "en": english}


# In the form of https://doc.wikimedia.org/Wikibase/master/php/docs_topics_json.html, with values
# that nobody measured.
STATEMENTS = [
    {"amount": "+11800", "time": "+1990-00-00T00:00:00Z", "rank": "normal", "by": "town"},
    {"amount": "+12650", "time": "+2011-00-00T00:00:00Z", "rank": "normal", "by": "town"},
    {"amount": "+12400", "time": "+2017-00-00T00:00:00Z", "rank": "preferred", "by": "province"},
    {"amount": "+13000", "time": "+2017-00-00T00:00:00Z", "rank": "normal", "by": "users"},
    {"amount": "+21600", "time": "+2011-00-00T00:00:00Z", "rank": "deprecated", "by": "insider"},
]
REASON = because("Une faute de frappe.", "A misprint.")


def of_statement(statement: Mapping[str, str]) -> dict[str, Any]:
    ranked: dict[str, Any] = {"rank": statement["rank"]} if statement["rank"] != "normal" else {}
    if statement["rank"] == "deprecated":
        ranked["because"] = REASON
    number, year = statement["amount"].removeprefix("+"), statement["time"][1:5]
    return value(number, statement["by"], year, **ranked)


def test_the_best_of_ranked_statements_is_said() -> None:
    with with_figures(figure(*map(of_statement, STATEMENTS))) as explainer:
        found = explainer.figures["stranded"]
        best = [each for each in STATEMENTS if each["rank"] == "preferred"]
        assert [str(found.low)] == [each["amount"].removeprefix("+") for each in best]
        assert [value.low for value in found.rivals] == [Decimal(13000)]
        assert [value.low for value in found.set_aside] == [Decimal(21600)]


@pytest.mark.parametrize("language", ["fr", "en"])
def test_no_ranked_statement_is_lost_on_the_way_out(language: str) -> None:
    with with_figures(figure(*map(of_statement, STATEMENTS))) as explainer:
        view = LanguageView(explainer, language)
        expected = [each["amount"].removeprefix("+") for each in STATEMENTS]
        row = next(r for r in facts_document(view)["figures"] if r["id"] == "stranded")
        assert [each["low"] for each in row["values"]] == expected
        assert [each["rank"] for each in row["values"]] == [each["rank"] for each in STATEMENTS]
        assert row["values"][4]["because"] == REASON[language]
        assert row["low"] == "12400"
        delimiter = ";" if language == "fr" else ","
        table = csv.reader(io.StringIO(figures_csv(view)), delimiter=delimiter)
        lines = [cells for cells in table if "stranded" in cells]
        assert [cells[1] for cells in lines] == expected
        assert REASON[language] in lines[4]
        page = render_page(explainer, language, "figures/stranded")
        for number in ("12400", "13000", "21600"):
            shown = explainer.locales[language].number(Decimal(number))
            assert shown in page.whole, number
        assert REASON[language] in page.whole


UCDP = [
    {"year": "2016", "low": "640", "best": "812", "high": "1011"},
    {"year": "2017", "low": "95", "best": "95", "high": "120"},
    {"year": "2018", "low": "301", "best": "340", "high": "602"},
]
"""Rows with the columns of the Georeferenced Event Dataset; their numbers are made up."""


def of_row(row: Mapping[str, str]) -> Iterator[dict[str, Any]]:
    yield value(row["best"], "province", row["year"], rank="preferred")
    yield value(f"{row['low']}..{row['high']}", "province", row["year"])


def test_a_best_estimate_is_said_and_its_range_kept() -> None:
    rows = [each for row in UCDP for each in of_row(row)]
    with with_figures(figure(*rows)) as explainer:
        found = explainer.figures["stranded"]
        assert (found.low, found.high, found.as_of.text) == (340, 340, "2018")
        kept = [(str(v.low), str(v.high)) for v in found.values if v.rank == "normal"]
        assert kept == [(row["low"], row["high"]) for row in UCDP]
        said = [say(found, "spread", locale, explainer.actors) for locale in locales(explainer)]
        assert said == ["de 301 à 602 (Province)", "from 301 to 602 (Province)"]


def locales(explainer: Explainer) -> list[Any]:
    return [explainer.locales[language] for language in ("fr", "en")]


def spread(*values: Mapping[str, Any]) -> list[str]:
    with with_figures(figure(*values)) as explainer:
        found = explainer.figures["stranded"]
        return [
            say(found, "spread", locale, explainer.actors).replace("\u202f", " ")
            for locale in locales(explainer)
        ]


def test_a_spread_names_who_gives_its_ends() -> None:
    said = spread(value("270000", "town", rank="preferred"), value("330000", "province"))
    assert said == [
        "de 270 000 (mairie) à 330 000 (Province)",
        "from 270,000 (town hall) to 330,000 (Province)",
    ]


def test_a_spread_elides_and_keeps_bounds() -> None:
    said = spread(value("~270", "town", rank="preferred"), value(">330", "province"))
    assert said == [
        "d’environ 270 (mairie) à plus de 330 (Province)",
        "from about 270 (town hall) to more than 330 (Province)",
    ]


def test_a_spread_from_fewer_than() -> None:
    assert spread(value("<270", "town", rank="preferred"), value("330", "province")) == [
        "de moins de 270 (mairie) à 330 (Province)",
        "from fewer than 270 (town hall) to 330 (Province)",
    ]


def test_a_spread_of_authors_who_agree_names_them_together() -> None:
    both = {**value("330", "town"), "attributed_to": ["town", "province"]}
    assert spread(value("270", "users", rank="preferred"), both)[0] == (
        "de 270 (Association des usagers) à 330 (mairie et Province)"
    )


def test_a_spread_leaves_out_other_days_and_what_was_set_aside() -> None:
    with with_figures(
        figure(
            value("270", "town", "2018"),
            value("300", "town"),
            value("900", "users", rank="deprecated", because=REASON),
        )
    ) as explainer:
        found = explainer.figures["stranded"]
        assert found.low == 300
        assert misfit(found, "spread") == (
            '"spread" is for figures of which several values are given for one day, and stranded '
            "has one; write {{ stranded }}"
        )


def test_two_sources_for_one_value_are_one_attribution() -> None:
    sources = ["courrier_article 4", "timetable heading Horaires"]
    given = {**value("270", "town"), "source": sources}
    del given["attributed_to"]
    with with_figures(figure(given, value("200", "town", "2017"))) as explainer:
        found = explainer.figures["stranded"]
        assert found.attributed_to == ("herald", "company")
        said = [say(found, "by", locale, explainer.actors) for locale in locales(explainer)]
        assert said == [
            "selon le Courrier de l’estuaire et la Compagnie des bacs",
            "according to the Courrier de l’estuaire and the Compagnie des bacs",
        ]


def test_a_value_takes_from_its_entry_what_it_does_not_say() -> None:
    entry = figure(
        {"value": "270", "rank": "preferred"},
        {"value": "300", "attributed_to": "town", "as_of": "2018"},
        as_of="2019",
        source=PARAGRAPH,
        attributed_to="province",
    )
    with with_figures(entry) as explainer:
        first, second = explainer.figures["stranded"].values
        assert (first.as_of.text, first.attributed_to) == ("2019", ("province",))
        assert (second.as_of.text, second.attributed_to) == ("2018", ("town",))
        assert second.pins == first.pins


def test_what_is_refused_keeps_its_id(tmp_path: Path) -> None:
    with (
        pytest.raises(ContentError) as refused,
        with_figures(figure(value("1", "town"), value("2", "users"))),
    ):
        pass
    assert "none is preferred" in str(refused.value)


def test_the_latest_day_is_said_however_the_values_are_ordered() -> None:
    for values in (("2017", "2019"), ("2019", "2017")):
        given = [value(year, "town", year) for year in values]
        with with_figures(figure(*given)) as explainer:
            found: Figure = explainer.figures["stranded"]
            assert str(found.low) == "2019"


RANKED: dict[str, dict[str, Any]] = {
    "figures": {"unit": "person", "value": "270", "as_of": "2019-03-14"},
    "events": {
        "kind": "other",
        "summary": because("Une panne.", "A breakdown."),
        "date": "2019-03-14",
    },
    "claims": {
        "actor": "users",
        "act": "asks",
        "text": because("Elle demande.", "It asks."),
        "date": "2019-03-14",
    },
    "quotations": {
        "speaker": "users",
        "language": "fr",
        "words": because("L’île", "The island"),
        "date": "2019-03-14",
    },
}
"""A fact of each kind; its date is that of the value that prose says."""


@pytest.mark.parametrize("kind", RANKED)
def test_each_kind_of_fact_shows_why_a_value_is_preferred(kind: str) -> None:
    day = "as_of" if kind == "figures" else "date"
    head = {"id": "ranked", "label": because("Un fait", "A fact"), "source": PARAGRAPH}
    said = {day: "2019-03-14", "rank": "preferred", "because": because("Parce que.", "Because.")}
    rival = {day: "2019-03-14", "source": "courrier_article 5", "attributed_to": "town"}
    shared = {key: part for key, part in RANKED[kind].items() if key != day}
    if kind == "figures":
        del shared["value"]
        said, rival = {**said, "value": "270"}, {**rival, "value": "300"}
    fact = {**head, **shared, "values": [said, rival]}
    with toy_copy() as content:
        path = content / "facts" / f"{kind}.yml"
        entry = f"  - {json.dumps(fact, ensure_ascii=False)}\n"
        path.write_text(path.read_text("utf-8") + entry, "utf-8")
        explainer = load(content).sound()
        shown = "".join(page.whole for page in render_pages(explainer, "en"))
    assert re.search(r"<dt>Why this \w+</dt>\n<dd>Because\.</dd>\n", shown)
