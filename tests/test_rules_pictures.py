"""Where pictures may stand, and what is wrong with an alternative text."""

from __future__ import annotations

import pytest

from reperes.rules import parity, pictures
from support import found_in, problems_of, replace_in, said_by, toy, toy_copy, with_body

QUAY = "![](picture:quay)"
ALONE = f"{QUAY} stands within other text; give it a line of its own at the margin, a blank line"


@pytest.mark.parametrize(
    "body",
    [
        QUAY,
        f"{QUAY}   ",
        f"A word.\n\n{QUAY}\n\nAnother.",
        f"{QUAY}\n\n![](picture:notice)",
        f"## Title {{#a}}\n{QUAY}\n",
        f"- a\n\n{QUAY}\n\n- b",
        f"`{QUAY}`",
        f"```\n{QUAY}\n```",
        "[words](picture:quay)",  # which `references` speaks of
        "![words](picture:quay)",
    ],
)
def test_a_picture_that_stands_alone_is_accepted(body: str) -> None:
    assert found_in(said_by(pictures, with_body(body))) == []


@pytest.mark.parametrize(
    ("body", "place"),
    [
        (f"See {QUAY}", "1:5"),
        (f"{QUAY} and so on", "1:1"),
        (f"A line.\n{QUAY}", "2:1"),
        (f"{QUAY}\nA line.", "1:1"),
        (f"- {QUAY}", "1:3"),
        (f"- a\n\n    {QUAY}", "3:5"),
        (f"> {QUAY}", "1:3"),
        (f"## {QUAY} {{#a}}", "1:4"),
        (f"| a |\n|---|\n| {QUAY} |", "3:3"),
        (f"[^1]: {QUAY}", "1:7"),
    ],
)
def test_a_picture_within_other_text_is_refused(body: str, place: str) -> None:
    (problem,) = found_in(said_by(pictures, with_body(body)))
    assert problem.startswith(f"{place}: {ALONE}")


def test_two_pictures_need_a_blank_line_between() -> None:
    found = found_in(said_by(pictures, with_body(f"{QUAY}\n![](picture:notice)")))
    assert [problem.partition(": ")[0] for problem in found] == ["1:1", "2:1"]


def test_a_picture_stands_once_in_a_section() -> None:
    assert found_in(said_by(pictures, with_body(f"{QUAY}\n\n{QUAY}"))) == [
        f"3:1: {QUAY} stands twice; remove it here, or at f:1:1"
    ]


def problems_after(file: str, old: str, new: str) -> list[str]:
    with toy_copy() as content:
        replace_in(content / file, old, new)
        return [problem for problem in problems_of(content) if "[stale]" not in problem]


@pytest.mark.parametrize(
    ("file", "old", "place"),
    [
        ("sections/en/money.md", "Repairs, and who", "sections/en/money.md:4:11"),
        ("glossary.yml", "A boat that always", "glossary.yml:12:20"),
        ("pictures.yml", "The ferry at its quay", "pictures.yml:7:12"),
    ],
)
def test_other_texts_show_no_picture(file: str, old: str, place: str) -> None:
    found = problems_after(file, old, f"{QUAY} {old}")
    message = f"{QUAY} is shown in the text of a section alone; move it there [picture]"
    assert f"content/{place}: error: {message}" in found


def test_an_alt_that_says_what_the_caption_says() -> None:
    alt = "A white and blue boat with a red funnel, moored to a stone quay; the island beyond."
    caption = "The ferry at its quay, in [Port-Clair](place:port_clair)."
    message = "picture quay: alt: en: says what the caption says, which is heard twice"
    fix = "write what is to be seen [picture]"
    found = problems_after("pictures.yml", caption, f"“{alt}”")
    assert f"content/pictures.yml:10:12: warning: {message}; {fix}" in found


@pytest.mark.parametrize("alt", ["notice.jpg", "Notice", "NOTICE_JPG"])
def test_an_alt_that_is_the_name_of_the_file(alt: str) -> None:
    known = "A yellowed sheet pinned to a board: a title on a dark ground, nine lines."
    assert problems_after("pictures.yml", known, alt) == [
        (
            "content/pictures.yml:25:12: warning: picture notice: alt: en: is the name of the file;"
            " write what is to be seen [picture]"
        )
    ]


# Elsewhere


def test_a_picture_that_one_language_lacks() -> None:
    (problem,) = problems_after("sections/en/money.md", "\n![](picture:notice)\n", "")
    message = "the picture notice is missing; the fr text has it at content/sections/fr/money.md"
    assert problem.startswith(f"content/sections/en/money.md:2:9: warning: {message}:")


def test_pictures_stand_in_the_same_order() -> None:
    explainer = with_body("![](picture:notice)\n\n![](picture:quay)")
    (problem,) = [found for found in found_in(said_by(parity, explainer)) if "picture" in found]
    (quay,) = [m.place for m in toy().marks["en", "money"] if str(m) == QUAY]
    found = f"1:1: the picture notice where the en text has quay, at {quay}"
    assert problem == f"{found}; show them in the same order"


def test_an_unknown_picture() -> None:
    found = problems_after("sections/en/money.md", "picture:notice", "picture:notise")
    message = 'error: no picture "notise"; did you mean "notice"? [reference]'
    assert [problem for problem in found if problem.endswith(f":13: {message}")]


def test_a_picture_that_nothing_shows() -> None:
    with toy_copy() as content:
        for language in ("fr", "en"):
            path = content / "sections" / language / "money.md"
            replace_in(path, "\n![](picture:notice)\n", "")
        found = [problem for problem in problems_of(content) if "[stale]" not in problem]
    assert found == [
        (
            "content/pictures.yml:17:10: warning: picture notice is shown nowhere; show it by"
            ' "![](picture:notice)" on a line of its own, or remove it [orphan]'
        )
    ]


@pytest.mark.parametrize(
    ("old", "new", "message"),
    [
        (
            '    creator: "Atelier du bac"\n',
            "",
            'no "creator"; write "creator" and "licence", or "rights" to say why there is none',
        ),
        (
            (
                '    creator: "Atelier du bac"\n    licence:\n      name: "CC0 1.0"\n'
                '      url: "https://creativecommons.org/publicdomain/zero/1.0/"\n'
            ),
            "",
            'no credit; write "creator" and "licence", or "rights"',
        ),
        (
            (
                '    licence:\n      name: "CC0 1.0"\n'
                '      url: "https://creativecommons.org/publicdomain/zero/1.0/"\n'
            ),
            "",
            'no "licence"; write "creator" and "licence", or "rights"',
        ),
        (
            '    taken: "2019-03"\n',
            '    rights:\n      fr: "a"\n      en: "b"\n',
            'both "licence" and "rights", typed here or in "defaults"; keep one of them',
        ),
        (
            (
                '      en: "A white and blue boat with a red funnel, moored to a stone quay;'
                ' the island beyond."\n'
            ),
            "",
            '"en" is missing; write it beside "fr"',
        ),
    ],
)
def test_a_picture_without_credit_or_words(old: str, new: str, message: str) -> None:
    problems = problems_after("pictures.yml", old, new)
    assert len([problem for problem in problems if message in problem]) == 1


def test_pictures_of_a_file_share_what_its_defaults_say() -> None:
    licence = (
        '    creator: "Atelier du bac"\n    licence:\n      name: "CC0 1.0"\n'
        '      url: "https://creativecommons.org/publicdomain/zero/1.0/"\n'
    )
    with toy_copy() as content:
        path = content / "pictures.yml"
        replace_in(path, licence, "")
        replace_in(path, "pictures:\n", f"defaults:\n{licence.replace('    ', '  ')}pictures:\n")
        (problem,) = problems_of(content)
    assert problem.startswith("content/pictures.yml:")
    assert 'picture notice: both "licence" and "rights", typed here or in "defaults"' in problem
