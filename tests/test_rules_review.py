"""What is to be looked at again, and on which day the check says so."""

from __future__ import annotations

import json
from dataclasses import replace
from pathlib import Path

import pytest
from click.testing import CliRunner

from reperes.cli.main import main
from reperes.model.explainer import Explainer
from reperes.model.loading import load
from reperes.pages import render_page
from reperes.rules.review import due, problems_due, reviews_of
from reperes.site.open_data.document import facts_document
from reperes.site.open_data.language_view import LanguageView
from reperes.site.open_data.linked_data import linked_data
from reperes.text.dates import parse_date
from reperes.text.days import CalendarDay
from support import problems_of, replace_in, toy, toy_copy


def reviewed() -> Explainer:
    """The toy explainer with a figure, an event and a section to be looked at again."""
    figure = replace(toy().figures["passengers"], review_by=parse_date("2019-06-01"))
    event = replace(toy().events["meeting"], review_by=parse_date("2019-04-01"))
    section = replace(toy().sections["en"]["money"], review_by=parse_date("2019-05-01"))
    english = {**toy().sections["en"], "money": section}
    return replace(
        toy(),
        figures={**toy().figures, "passengers": figure},
        events={**toy().events, "meeting": event},
        sections={**toy().sections, "en": english},
    )


@pytest.mark.parametrize(
    ("day", "names"),
    [
        (CalendarDay(2019, 3, 31), []),
        (CalendarDay(2019, 4, 1), ["event meeting"]),
        (CalendarDay(2019, 5, 31), ["event meeting", "section money"]),
        (CalendarDay(2020, 1, 1), ["event meeting", "section money", "figure passengers"]),
    ],
)
def test_a_day_that_has_come_is_told_the_earliest_first(day: CalendarDay, names: list[str]) -> None:
    assert [review.name for review in due(reviews_of(reviewed()), day)] == names


def test_the_message() -> None:
    with toy_copy() as content:
        edit(content)
        reviews = reviews_of(load(content).explainer)
        assert list(map(str, problems_due(reviews, CalendarDay(2019, 6, 1)))) == [
            (
                "content/facts/figures.yml:70:10: warning: figure delay: to be looked at again by"
                " 2019-06-01; look at it, then write a later day, or remove review_by [review]"
            )
        ]


def test_nobody_else_asks_the_clock() -> None:
    with toy_copy() as content:
        edit(content)
        assert problems_of(content) == []


def edit(content: Path) -> None:
    figures = content / "facts/figures.yml"
    replace_in(figures, '  - id: "delay"\n', '  - id: "delay"\n    review_by: "2019-06-01"\n')


def test_it_is_not_published() -> None:
    assert "review_by" not in str(facts_document(LanguageView(reviewed(), "fr")))


@pytest.mark.parametrize("typed", ["2019", "2019-06", "2019-06-01~", "soon"])
def test_it_is_a_day(typed: str) -> None:
    with toy_copy() as content:
        edit(content)
        replace_in(content / "facts/figures.yml", '"2019-06-01"', f'"{typed}"')
        (problem,) = [each for each in problems_of(content) if "review_by" in each]
        assert "figure delay: review_by: " in problem


@pytest.mark.parametrize(
    ("arguments", "code", "said"),
    [
        (["--today", "2019-05-31"], 0, False),
        (["--today", "2019-06-01"], 0, True),
        (["--today", "2019-06-01", "--strict"], 1, True),
        (["--today", "2019-05-31", "--strict"], 0, False),
        ([], 0, True),
    ],
)
def test_the_check_goes_by_the_day_that_is_named(
    arguments: list[str], code: int, said: bool
) -> None:
    with toy_copy() as content:
        edit(content)
        result = CliRunner().invoke(main, ["check", "--content", str(content), *arguments])
    assert result.exit_code == code
    assert ("figure delay: to be looked at again by 2019-06-01" in result.output) is said


@pytest.mark.parametrize("typed", ["2019-06", "tomorrow", "2019-02-30"])
def test_a_day_that_is_none_is_refused(typed: str) -> None:
    with toy_copy() as content:
        result = CliRunner().invoke(main, ["check", "--content", str(content), "--today", typed])
    assert result.exit_code == 2
    assert "--today" in result.output


@pytest.mark.parametrize(("today", "said"), [("2019-05-01", False), ("2019-05-02", True)])
def test_the_status_tells_thirty_days_ahead(today: str, said: bool) -> None:
    with toy_copy() as content:
        edit(content)
        result = CliRunner().invoke(main, ["status", "--content", str(content), "--today", today])
    line = "content/facts/figures.yml:70:10: figure delay: to be looked at again by 2019-06-01"
    assert (line in result.output.splitlines()) is said


def test_the_places_are_those_of_what_is_meant() -> None:
    with toy_copy() as content:
        replace_in(
            content / "sections/fr/money.md", "summary:", 'review_by: "2019-06-01"\nsummary:'
        )
        (review,) = reviews_of(load(content).explainer)
        assert str(review.place) == "content/sections/fr/money.md:3:6"


# The day that a section describes


def dated(content: Path, language: str, day: str) -> None:
    path = content / f"sections/{language}/money.md"
    typed = path.read_text("utf-8").replace('as_of: "2019-03-20"\n', "")
    path.write_text(typed.replace("summary:", f'as_of: "{day}"\nsummary:', 1), "utf-8")


@pytest.mark.parametrize(
    ("language", "said"), [("fr", "Situation au 20\xa0mars 2019"), ("en", "As of 20\xa0March 2019")]
)
def test_a_section_says_which_day_it_describes(language: str, said: str) -> None:
    page = render_page(toy(), language, "money")
    assert said in page.meta["facts"]
    assert said.endswith(page.meta["as_of"])
    assert "as_of" not in render_page(toy(), language, "closure").meta
    node = json.loads(linked_data(LanguageView(toy(), language), page))
    assert node["temporalCoverage"] == "2019-03-20"


def test_what_iso_cannot_say_is_no_coverage() -> None:
    with toy_copy() as content:
        dated(content, "en", "2019-03~")
        explainer = load(content).explainer
        page = render_page(explainer, "en", "money")
        assert page.meta["as_of"] == "around March 2019"
        assert "temporalCoverage" not in linked_data(LanguageView(explainer, "en"), page)


def test_the_days_of_both_languages_are_the_same() -> None:
    with toy_copy() as content:
        dated(content, "fr", "2019-03-20")
        assert problems_of(content) == []
        dated(content, "fr", "2019-03-21")
        (problem,) = problems_of(content)
        assert problem.endswith(
            "error: section money: as_of: 2019-03-20 here, 2019-03-21 in"
            " content/sections/fr/money.md; write the same day, or remove one [parity]"
        )
