"""The water explainer: what the first attempt at a second explainer could not say, said.

Its sources are invented, and stand in `water_explainer_sources/`.
"""

from __future__ import annotations

import json
import re
import shutil
from collections.abc import Iterator
from functools import cache
from pathlib import Path
from typing import Any

import pytest
import yaml

from reperes.model.explainer import Explainer
from reperes.model.loading import load
from reperes.rules.checking import check
from reperes.site.open_data.document import facts_document
from reperes.site.open_data.language_view import LanguageView
from reperes.tools.formatting import format_files
from reperes.tools.source_check import check_source
from support import TESTS, problems_of

WATER = TESTS / "water_explainer"
SOURCES = TESTS / "water_explainer_sources"
FACTS = ("figures", "events", "claims", "quotations")
MOST_LINES = 9
"""How many lines of YAML a fact may cost on average."""


@cache
def water() -> Explainer:
    return load(WATER).sound()


def typed(name: str) -> list[dict[str, Any]]:
    """The facts of a file as another reader of YAML finds them."""
    found: list[dict[str, Any]] = yaml.safe_load((WATER / f"facts/{name}.yml").read_text())[name]
    return found


@pytest.fixture
def copy(tmp_path: Path) -> Path:
    return Path(shutil.copytree(WATER, tmp_path / "content"))


def contents(folder: Path) -> dict[str, bytes]:
    return {str(path.relative_to(folder)): path.read_bytes() for path in folder.rglob("*.*")}


def test_nothing_is_wrong_with_it() -> None:
    assert problems_of(WATER) == []


def test_it_has_the_layout_that_it_names() -> None:
    assert format_files(WATER, write=False).changed == ()


def test_the_long_layout_and_back_gives_the_same_files(copy: Path) -> None:
    before = contents(copy)
    assert format_files(copy, layout="long").changed
    assert problems_of(copy) == []
    long = load(copy).sound()
    assert long.facts.keys() == water().facts.keys()
    for fact_id, fact in water().facts.items():
        assert long.facts[fact_id].values == fact.values, fact_id
    format_files(copy, layout="short")
    assert contents(copy) == before


def test_a_fact_costs_few_lines() -> None:
    lines, facts = 0, 0
    for name in FACTS:
        lines += len((WATER / f"facts/{name}.yml").read_text().splitlines())
        facts += len(typed(name))
    assert facts >= 30
    assert lines / facts <= MOST_LINES


@pytest.mark.parametrize(
    ("source_id", "file"),
    [
        ("annual_report", "annual_report.txt"),
        ("opinion", "opinion.txt"),
        ("network_page", "network_page.txt"),
        ("diario_article", "spanish_article.txt"),
    ],
)
def test_what_it_quotes_stands_in_its_sources(source_id: str, file: str) -> None:
    assert check_source(water(), source_id, SOURCES / file) == []


def texts_of(value: object) -> Iterator[str]:
    """Every text of a fact but marks and keys, without its notes among editors."""
    if isinstance(value, dict):
        for key, part in value.items():
            if key not in ("editor_note", "source", "value", "rank"):
                yield from texts_of(part)
    elif isinstance(value, list):
        for part in value:
            yield from texts_of(part)
    else:
        yield str(value)


def test_no_value_is_lost_between_yaml_and_facts_json() -> None:
    documents = {code: facts_document(LanguageView(water(), code)) for code in ("fr", "en")}
    for name in FACTS:
        for fact in typed(name):
            rows = [
                next(row for row in documents[code][name] if row["id"] == fact["id"])
                for code in documents
            ]
            assert len(rows[0]["values"]) == len(fact.get("values", [0]))
            said = json.dumps(rows, ensure_ascii=False)
            for text in texts_of({key: part for key, part in fact.items() if key != "key"}):
                words = re.sub(r"\{\{.*?\}\}|\]\([^)]*\)|\[", "", text).split()
                missing = [word for word in words if word.rstrip(".:") not in said]
                dated = {"works_start", "frost"}
                assert set(missing) <= dated | {":"}, (fact["id"], missing)


def test_a_value_has_what_its_own_source_says_for_it() -> None:
    lost = water().figures["lost"]
    assert [value.attributed_to for value in lost.values] == [
        ("utility",),
        ("chamber",),
        ("river_watch",),
    ]
    denied = water().claims["no_shortage"]
    assert [value.date.text for value in denied.values] == ["2024-02-05", "2024-02-02"]


def test_the_date_of_a_disputed_event_is_lent_as_prose_says_it() -> None:
    assert water().claims["works_announced"].date.text == "2021-09-06"
    assert water().figures["works_cost"].as_of.text == "2021-09-06"


def test_facts_miss_nothing_that_a_refused_source_lends_them(copy: Path) -> None:
    sources = copy / "sources.yml"
    sources.write_text(sources.read_text().replace('type: "opinion"', 'type: "avis"'))
    found = [str(problem) for problem in check(copy)[1] if "stale" not in problem.rule]
    assert len(found) == 1
    assert 'found "avis"' in found[0]


@pytest.mark.parametrize(
    ("old", "new", "message"),
    [
        ('"35000000 euro"', '"35 millions d’euros"', 'write "35000000 euro"'),
        ('"35000000 euro"', '"€35 million"', 'write "35000000 euro"'),
        ('"20000000..27000000 euro"', '"20 to 27 million euro"', '"20000000..27000000 euro"'),
        ('"4 one_household_in"', '"1 in 4"', 'write "4 one_in"'),
        ('"12.5 celsius"', '"12,5 °C"', 'write "12.5 celsius"'),
        ('"-23.9 celsius"', '"−23.9 celsius"', 'expected a number, found "−23.9"; write "-23.9"'),
        ('"~30 fountain"', '"environ 30 fountain"', 'write "~30 fountain"'),
        ('"~30 fountain"', '"~30 fountains"', 'no unit "fountains"; did you mean "fountain"?'),
        ('">12"', '">12 percent"', 'unit: all values have one; write it above "values" alone'),
        (
            '"page 31: à 12,5 degrés"',
            '"annual_report, page 31"',
            '"annual_report, page 31" is no place in a source; write "annual_report page 31"',
        ),
    ],
)
def test_what_a_newcomer_types_is_answered_with_what_to_type(
    copy: Path, old: str, new: str, message: str
) -> None:
    figures = copy / "facts" / "figures.yml"
    figures.write_text(figures.read_text("utf-8").replace(old, new), "utf-8")
    (found,) = [problem for problem in problems_of(copy) if "[stale]" not in problem]
    assert message in found
