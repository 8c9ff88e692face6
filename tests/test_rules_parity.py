"""What one language says and the other does not."""

from __future__ import annotations

from dataclasses import replace

import pytest

from reperes.model.explainer import Explainer
from reperes.rules import parity
from reperes.text.problems import Problem
from support import found_in, problems_of, replace_in, said_by, toy, toy_copy, with_body

ENGLISH = toy().sections["en"]["money"].body
BLOCKS = ENGLISH.split("\n\n")


@pytest.mark.parametrize(
    ("body", "missing"),
    [
        (str(ENGLISH), []),
        (f"{ENGLISH} {{{{ delay }}}}", []),
        ("\n\n".join([*BLOCKS[1::-1], *BLOCKS[2:]]), []),
        (ENGLISH.replace("{{ delay.words }} {{ delay.unit }}", "time"), ["the citation of delay"]),
        (
            ENGLISH.replace("[refuses](claim:town_refuses)", "refuses"),
            ["the citation of town_refuses"],
        ),
        (ENGLISH.replace("[province](actor:province)", "province"), []),
    ],
)
def test_sets_of_citations_count_not_their_order_or_number(body: str, missing: list[str]) -> None:
    messages = [problem.message for problem in parity_of(with_body(body, "en"))]
    assert [message.split(" is missing")[0] for message in messages] == missing


FRENCH_WITHOUT_MONEY = {
    name: section for name, section in toy().sections["fr"].items() if name != "money"
}


def parity_of(explainer: Explainer) -> list[Problem]:
    return [problem for problem in said_by(parity, explainer) if problem.rule == "parity"]


FR, EN, FACTS = "sections/fr/closure.md", "sections/en/closure.md", "facts/figures.yml"
CLAIM = "[announced](claim:company_closes)"


@pytest.mark.parametrize(
    ("changes", "expected"),
    [
        pytest.param([], [], id="nothing"),
        pytest.param(
            [(FR, "C’est {{ decline }}", "Soit {{ decline }}")],
            [
                (
                    "sections/en/closure.md:14:1: warning: paragraph 2: the original was reworded "
                    "([-C’est-]{+Soit+} {{ decline }} de moins …); translate, then run "
                    "`reperes stamp en/closure:2` [stale]"
                )
            ],
            id="the original reworded",
        ),
        pytest.param(
            [(EN, "That is {{ decline }}", "This is {{ decline }}")],
            [
                (
                    "sections/en/closure.md:14:1: warning: paragraph 2: the translation was edited "
                    "([-That-]{+This+} is {{ decline }} fewer …); compare, then run "
                    "`reperes stamp en/closure:2` [stale]"
                )
            ],
            id="the translation edited",
        ),
        pytest.param(
            [
                (FR, "C’est {{ decline }}", "Soit {{ decline }}"),
                (EN, "That is {{ decline }}", "This is {{ decline }}"),
            ],
            [
                (
                    "sections/en/closure.md:14:1: warning: paragraph 2: the original was reworded, "
                    "and the translation edited ([-C’est-]{+Soit+} {{ decline }} de moins …; "
                    "[-That-]{+This+} is {{ decline }} fewer …); compare, then run "
                    "`reperes stamp en/closure:2` [stale]"
                )
            ],
            id="both",
        ),
        pytest.param(
            [(FR, "Une ligne qui ferme", "Une ligne fermée")],
            [
                (
                    "sections/en/closure.md:2:9: warning: title: the original was reworded "
                    "(Une ligne [-qui ferme-]{+fermée+}); translate, then run "
                    "`reperes stamp en/closure:title` [stale]"
                )
            ],
            id="the title",
        ),
        pytest.param(
            [(FR, "## Ceux", "Un mot de plus.\n\n## Ceux")],
            [
                (
                    "sections/en/closure.md:14:1: warning: paragraph 3: the original is new; "
                    "translate, then run `reperes stamp en/closure:3` [stale]"
                )
            ],
            id="added, beside the paragraph that it follows",
        ),
        pytest.param(
            [(FR, "## Ceux", "Un mot de plus.\n\n## Ceux"), (EN, "## Those", "More.\n\n## Those")],
            [
                (
                    "sections/en/closure.md:16:1: warning: paragraph 3: the original is new; "
                    "compare, then run `reperes stamp en/closure:3` [stale]"
                )
            ],
            id="added to both",
        ),
        pytest.param(
            [(FR, "### La réunion {#meeting-of-march}\n\n", "")],
            [
                (
                    "sections/en/closure.md:20:1: warning: #meeting-of-march: the original "
                    "no longer "
                    'has this ("### The meeting {#meeting-of-march}"); remove its translation, or '
                    "run "
                    "`reperes stamp en/closure:#meeting-of-march` [stale]"
                ),
                (
                    "sections/fr/closure.md:2:9: warning: the heading with id meeting-of-march is "
                    "missing; the en text has it at content/sections/en/closure.md:20:1 [parity]"
                ),
            ],
            id="removed from the original",
        ),
        pytest.param(
            [(EN, "### The meeting {#meeting-of-march}\n\n", "")],
            [
                (
                    "sections/en/closure.md:2:9: error: the heading with id meeting-of-march is "
                    "missing; the fr text has it at content/sections/fr/closure.md:20:1 [parity]"
                ),
                (
                    "sections/en/closure.md:18:1: warning: paragraph 5: the translation is gone "
                    '("### The meeting {#meeting-of-march}"); put it back, or say it with '
                    "the block "
                    "before and stamp the section [stale]"
                ),
            ],
            id="gone from the translation",
        ),
        pytest.param(
            [
                (FR, "### La réunion {#meeting-of-march}\n\n", ""),
                (EN, "### The meeting {#meeting-of-march}\n\n", ""),
            ],
            [],
            id="gone from both",
        ),
        pytest.param(
            [(EN, "fewer than before, {{", "fewer than before,\n\n{{")],
            [
                (
                    "sections/en/closure.md:14:1: warning: paragraph 2: original and "
                    "translation are "
                    "divided into paragraphs otherwise than before; compare, then run "
                    "`reperes stamp en/closure:2` [stale]"
                )
            ],
            id="split in the translation",
        ),
        pytest.param(
            [(EN, CLAIM, "announced")],
            [
                (
                    "sections/en/closure.md:2:9: error: the citation of company_closes is missing; "
                    "the fr text has it at content/sections/fr/closure.md:12:42 [parity]"
                ),
                (
                    "sections/en/closure.md:12:1: warning: paragraph 1: the translation was edited "
                    "(The [Compagnie des bacs](actor:company) "
                    "[-[announced](claim:company_closes)-]{+announced+}, "
                    "{{ announcement.on }}, the …); compare, then run "
                    "`reperes stamp en/closure:1` [stale]"
                ),
            ],
            id="what the translation alone dropped is an error",
        ),
        pytest.param(
            [(FR, "[annoncé](claim:company_closes)", "annoncé")],
            [
                (
                    "sections/en/closure.md:12:1: warning: paragraph 1: the original was reworded "
                    "(La [Compagnie des bacs](actor:company) a "
                    "[-[annoncé](claim:company_closes)-]{+annoncé+}, {{ announcement.on }}, la …); "
                    "translate, then run "
                    "`reperes stamp en/closure:1` [stale]"
                ),
                (
                    "sections/fr/closure.md:2:9: warning: the citation of company_closes "
                    "is missing; "
                    "the en text has it at content/sections/en/closure.md:12:41 [parity]"
                ),
            ],
            id="what the original dropped is a warning",
        ),
    ],
)
def test_what_is_not_up_to_date_is_said_at_its_line(
    changes: list[tuple[str, str, str]], expected: list[str]
) -> None:
    with toy_copy() as content:
        for name, old, new in changes:
            replace_in(content / name, old, new)
        found = [line.removeprefix("content/") for line in problems_of(content)]
    assert [line for line in found if line.endswith(("[stale]", "[parity]"))] == expected


@pytest.mark.parametrize(
    ("name", "message"),
    [
        (
            "fr/money",
            (
                "sections/fr/money.md:2:9: warning: nothing says how old this translation is; "
                "compare, then run `reperes stamp fr/money` [stale]"
            ),
        ),
        (
            "en/facts",
            (
                "site.yml:3:8: warning: nothing says how old the en texts of the YAML files are; "
                "compare, then run `reperes stamp en/facts` [stale]"
            ),
        ),
    ],
)
def test_what_was_never_stamped_is_one_warning(name: str, message: str) -> None:
    with toy_copy() as content:
        (content / f"translations/{name}.po").unlink()
        assert [line.removeprefix("content/") for line in problems_of(content)] == [message]


def test_a_section_in_one_language_is_a_warning() -> None:
    (problem,) = said_by(
        parity, replace(toy(), sections={**toy().sections, "fr": FRENCH_WITHOUT_MONEY})
    )
    assert (problem.place, problem.rule) == (toy().sections["en"]["money"].place, "parity")
    assert problem.message == (
        "section money has no sections/fr/money.md; readers see it in another language"
    )


def test_ids_that_do_not_exist_are_no_matter_of_parity() -> None:
    assert found_in(parity_of(with_body(f"{ENGLISH} {{{{ gone }}}} [x](term:gone)", "en"))) == []


def test_headings_without_a_sound_id_are_no_matter_of_parity() -> None:
    assert parity_of(with_body(f"{ENGLISH}\n\n## One {{#one}}\n\n## Two", "en")) == []
    assert len(parity_of(with_body(f"{ENGLISH}\n\n## One {{#one}}", "en"))) == 1


LABEL = "figures/crossings/label"


@pytest.mark.parametrize(
    ("changes", "message"),
    [
        (
            [("Traversées de l’année", "Traversées par an")],
            "the original was reworded (Traversées [-de l’année-]{+par an+}); translate",
        ),
        (
            [("Crossings in the year", "Trips in the year")],
            "the translation was edited ([-Crossings-]{+Trips+} in the year); compare",
        ),
        (
            [("Traversées de l’année", "Trajets"), ("Crossings in the year", "Trips")],
            (
                "the original was reworded, and the translation edited "
                "([-Traversées de l’année-]{+Trajets+}; [-Crossings in the year-]{+Trips+}); "
                "compare"
            ),
        ),
    ],
)
def test_texts_of_yaml_are_told_at_their_line_too(
    changes: list[tuple[str, str]], message: str
) -> None:
    with toy_copy() as content:
        for old, new in changes:
            replace_in(content / FACTS, old, new)
        assert problems_of(content) == [
            (
                f"content/{FACTS}:23:12: warning: {LABEL}: {message}, "
                f"then run `reperes stamp en/facts:{LABEL}` [stale]"
            )
        ]
