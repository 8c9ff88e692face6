from __future__ import annotations

import pytest

from reperes.exchange.structure import differences, has_words, shape_of
from reperes.text.blocks import read_blocks
from support import text

TABLE = "| a | b |\n| --- | ---: |\n| 1 | 2 |"


@pytest.mark.parametrize(
    ("block", "shape"),
    [
        ("Des mots.", "paragraph"),
        ("Des mots\n- et un tiret", "paragraph"),
        ("## Le délai {#deadline}", "heading (## {#deadline})"),
        ("### Sans adresse", "heading (###)"),
        ("Souligné\n---", "heading (underlined)"),
        ("- un\n- deux\n    - trois", "list (3 bullets, 1 of them indented)"),
        ("1. un\n2. deux", "list (2 numbers)"),
        ("[^1]: Une note.", "footnote ([^1])"),
        ("Un mot\n: et ce qu’il veut dire", "list of terms"),
        ("---", "rule"),
        ("    du code", "code"),
        ("> cité", "quote"),
        (TABLE, "table (1 rows of 2 columns)"),
        ("```text\n- un\n\n- deux\n```", "code (```text)"),
        ("`- code`", "paragraph"),
        ("#sans espace", "heading (#)"),
        ("```\njamais fermé", "paragraph"),
    ],
)
def test_shapes(block: str, shape: str) -> None:
    assert [str(shape_of(found)) for found in read_blocks(text(block))] == [shape]


@pytest.mark.parametrize("text", ["{{ displaced }} ({{ displaced.by }})", "`ls`", "270 000 %", ""])
def test_texts_without_words(text: str) -> None:
    assert not has_words(text)


@pytest.mark.parametrize("text", ["AFP", "[AFP](actor:afp)", "{{ a }} personnes"])
def test_texts_with_words(text: str) -> None:
    assert has_words(text)


@pytest.mark.parametrize(
    ("source", "target"),
    [
        ("{{ displaced }} personnes", "people: {{ displaced.between }}"),
        ("L’[OSDH](term:osdh) {{ a.by }}", "{{ a.by }}, the [SOHR](term:osdh)"),
        ("## Le délai {#deadline}", "## The deadline {#deadline}"),
        ("Voir `{{ rien }}`", "See `nothing`"),
        ("[page](https://fr.example.org)", "[page](https://en.example.org)"),
        (TABLE, "| c | d |\n|---|--:|\n| 3 | 4 |"),
        ("```\na\n\nb\n```", "```\nc\n\nd\n```"),
        ("Une note.[^1]", "A note.[^1]"),
        ("> un\n> deux", "> one\n> and\n> two"),
    ],
)
def test_blocks_that_agree(source: str, target: str) -> None:
    assert list(differences(source, target, is_block=True)) == []


@pytest.mark.parametrize(
    ("source", "target", "message"),
    [
        ("a", " ", "the translation is empty; write it"),
        (
            "{{ displaced }} personnes",
            "people",
            "{{ displaced }} is missing; put it back, as in the original",
        ),
        (
            "{{ displaced }} personnes",
            "{{ displaced }} to {{ displaced.high }} people",
            "{{ displaced }} stands 2 times instead of 1; remove what is too much",
        ),
        (
            "{{ displaced.low }} à {{ displaced.high }}",
            "{{ displaced }}",
            "{{ displaced }} stands 1 of 2 times; put back what is missing",
        ),
        ("personnes", "{{ displaced }}", "{{ displaced }} is not in the original; remove it"),
        (
            "L’[OSDH](term:osdh)",
            "The SOHR",
            "the link to term:osdh is missing; put it back, as in the original",
        ),
        (
            "L’OSDH",
            "[SOHR](actor:sohr)",
            "the link to actor:sohr is not in the original; remove it",
        ),
        (
            "[page](https://fr.example.org)",
            "page",
            "a link to the web is missing; put it back, as in the original",
        ),
        (
            "Une note.[^1]",
            "A note.",
            "the footnote [^1] is missing; put it back, as in the original",
        ),
        (
            "## Le délai {#deadline}",
            "## The deadline {#the_deadline}",
            (
                "the original is a heading (## {#deadline}), and the translation a heading "
                "(## {#the_deadline}); make them alike"
            ),
        ),
        (
            "## Le délai {#deadline}",
            "### The deadline {#deadline}",
            (
                "the original is a heading (## {#deadline}), and the translation a heading "
                "(### {#deadline}); make them alike"
            ),
        ),
        (
            "- un\n- deux",
            "- one and two",
            (
                "the original is a list (2 bullets), and the translation a list (1 bullets); "
                "make them alike"
            ),
        ),
        (
            TABLE,
            TABLE + "\n| 5 | 6 |",
            (
                "the original is a table (1 rows of 2 columns), and the translation a table "
                "(2 rows of 2 columns); make them alike"
            ),
        ),
        (
            "Le 4 juillet",
            "- On 4 July",
            "the original is a paragraph, and the translation a list (1 bullets); make them alike",
        ),
        (
            "Un.\nDeux.",
            "One.\n## Two {#two}",
            "a line begins with ##, as none does in the original; join it to the line before",
        ),
        (
            "Un.\nDeux.",
            "One.\n##Two {#two}",
            "a line begins with ##, as none does in the original; join it to the line before",
        ),
        (
            "Un.\nDeux.",
            "One.\nTwo.\n***",
            "a line begins with ***, as none does in the original; join it to the line before",
        ),
        (
            "Un.\nDeux.",
            "One.\n> Two.",
            "a line begins with >, as none does in the original; join it to the line before",
        ),
        (
            "Un.\nDeux.",
            "One.\n```\nTwo.",
            "a line begins with ```, as none does in the original; join it to the line before",
        ),
        (
            "```text\nun\n```",
            "```text\none",
            "the original is a code (```text), and the translation a paragraph; make them alike",
        ),
        (
            "un",
            "one\n\ntwo",
            "the translation holds a blank line, or ends with one; keep it in one block",
        ),
    ],
)
def test_blocks_that_differ(source: str, target: str, message: str) -> None:
    assert list(differences(source, target, is_block=True)) == [message]


def test_a_title_has_no_shape_and_one_line() -> None:
    assert list(differences("Le 4 juillet", "- 4 July", is_block=False)) == []
    assert list(differences("Le titre", "The\ntitle", is_block=False)) == [
        "the translation has a line break; write it on one line"
    ]
