"""What one language says and the other does not."""

from __future__ import annotations

from dataclasses import replace

import pytest
from support import found_in, toy, with_body

from build_tools.rules.parity import check
from build_tools.translations import Age

ENGLISH = toy().sections["en"]["money"].body


@pytest.mark.parametrize(
    ("body", "missing"),
    [
        (str(ENGLISH), []),
        (f"{ENGLISH} {{{{ delay }}}}", []),
        ("\n\n".join(reversed(ENGLISH.split("\n\n"))), []),
        (ENGLISH.replace("{{ delay.words }} {{ delay.unit }}", "time"), ["the citation of delay"]),
        (
            ENGLISH.replace("[refuses](claim:town_refuses)", "refuses"),
            ["the citation of town_refuses"],
        ),
        (ENGLISH.replace("[province](actor:province)", "province"), []),
    ],
)
def test_sets_of_citations_count_not_their_order_or_number(body: str, missing: list[str]) -> None:
    messages = [problem.message for problem in check(with_body(body, "en"))]
    assert [message.split(" is missing")[0] for message in messages] == missing


def problems_with(age: Age, body: str = str(ENGLISH)) -> list[str]:
    explainer = with_body(body)
    ages = {**explainer.ages, ("fr", "money"): age}
    return [str(problem).split(": ", 1)[1] for problem in check(replace(explainer, ages=ages))]


@pytest.mark.parametrize(
    ("age", "message"),
    [
        (
            Age("stale", (0, 3), 1),
            "the original (en) has changed (title or summary, paragraph 3, 1 removed); translate",
        ),
        (Age("stale"), "the original (en) has changed; translate"),
        (Age("unstamped"), "nothing says how old this translation is; compare it"),
    ],
)
def test_an_old_translation_is_a_warning(age: Age, message: str) -> None:
    run = "then run `reperes stamp fr/money` [stale]"
    assert problems_with(age) == [f"warning: {message}, {run}"]


def test_what_an_old_translation_lacks_is_a_warning() -> None:
    body = ENGLISH.replace("{{ delay.words }} {{ delay.unit }}", "time")
    severities = [problem.split(":")[0] for problem in problems_with(Age("stale"), body)]
    assert severities == ["warning", "warning"]
    assert "error" in problems_with(Age("fresh"), body)[0]


def test_a_section_in_one_language_is_a_warning() -> None:
    explainer = toy()
    sections = {**explainer.sections, "fr": {}}
    ages = {("fr", "money"): Age("missing"), ("en", "money"): Age("original")}
    ages |= {("en", "closure"): Age("fresh"), ("en", "overview"): Age("fresh")}
    (problem,) = check(replace(explainer, sections=sections, ages=ages))
    assert problem.message == (
        "section money has no sections/fr/money.md; readers see it in another language"
    )


def test_ids_that_do_not_exist_are_no_matter_of_parity() -> None:
    assert found_in(check(with_body(f"{ENGLISH} {{{{ gone }}}} [x](term:gone)", "en"))) == []


def test_headings_without_a_sound_id_are_no_matter_of_parity() -> None:
    assert found_in(check(with_body(f"{ENGLISH}\n\n## One {{#one}}\n\n## Two", "en"))) == []
    assert len(list(check(with_body(f"{ENGLISH}\n\n## One {{#one}}", "en")))) == 1


def test_yaml_texts_without_a_baseline_are_one_warning() -> None:
    (problem,) = check(replace(toy(), baselines={}))
    assert problem.message == (
        "nothing says how old the en texts of the YAML files are; run `reperes stamp en/facts`"
    )
