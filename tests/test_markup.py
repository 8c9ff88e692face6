"""Code and escapes, as the engine's own Markdown understands them."""

from __future__ import annotations

import re
from xml.etree import ElementTree

import markdown
import pytest
import yaml
from hypothesis import given
from hypothesis import strategies as st

from reperes.text.folding import folded
from reperes.text.markup import blanked, escape_markdown, mask_code
from support import TESTS, examples

EXTENSIONS = [
    next(iter(entry)) if isinstance(entry, dict) else entry
    for entry in yaml.safe_load((TESTS.parent / "mkdocs.yml").read_text("utf-8"))[
        "markdown_extensions"
    ]
] + ["fenced_code"]
PROSE = st.text(st.characters(exclude_categories=["C", "Zl", "Zp"], exclude_characters="\x85"))
MARKS = st.text(alphabet="`~#*_[](){}<>&\\|:-+=!.\"'^ \n1aé")


def code(value: str) -> list[str]:
    """What `mask_code` hides, piece by piece."""
    masked = mask_code(value)
    hidden = "".join("\x00" if a != b else a for a, b in zip(value, masked, strict=True))
    return [
        value[match.start() : match.end()] for match in re.finditer("\x00[\x00 \n]*", hidden + "$")
    ]


@pytest.mark.parametrize(
    ("value", "hidden"),
    [
        ("a `b` c", ["`b` "]),
        ("``a ` b``", ["``a ` b``"]),
        ("a ` b", []),
        (r"a \`b` c", []),
        (r"a \\`b` c", ["`b` "]),
        ("a `b\nc` d", ["`b\nc` "]),
        ("a `b\n\nc` d", []),
        ("```\na\n\nb\n```\nc", ["```\na\n\nb\n```\n"]),
        ("~~~ text\na\n~~~", ["~~~ text\na\n~~~"]),
        ("```\na `b` c", ["```\na `"]),
        ("``` a `` b", ["``` a `` "]),
        (r"\``a` b", ["`a` "]),
        ("- a ` b\n- c ` d", []),
        ("- a `b`\n- c `d`", ["`b`\n", "`d`"]),
        ("a ` b\n## c ` {#d}", []),
        ("| ` | a |\n|---|---|\n| b | ` |", []),
        ("| `|` | a |\n|---|---|", ["`|` "]),
        ("> a `b\n> c` d", ["`b\n> c` "]),
        ("a `b\n<script>c</script>` d", []),
        ("~~~ two words\na\n~~~", []),
        ("~~~ {.py}\na\n~~~", ["~~~ {.py}\na\n~~~"]),
        ("~~~\n```\na\n```", ["```\na\n```"]),
        ("```a``` b\n```", ["```a``` "]),
    ],
)
def test_code_is_what_the_engine_takes_for_code(value: str, hidden: list[str]) -> None:
    assert code(value) == hidden


@given(MARKS)
@examples(60)
def test_masking_keeps_length_and_line_ends(value: str) -> None:
    masked = mask_code(value)
    assert [len(line) for line in masked.split("\n")] == [len(line) for line in value.split("\n")]
    assert all(a in (b, " ") for a, b in zip(masked, value, strict=True))


@pytest.mark.parametrize("piece", ["`", "` ", "``\\`", "```\n", "~~~\n", "a\n\n", "   ", "\\"])
def test_long_texts_are_read_to_their_end(piece: str) -> None:
    """Quadratic work would take minutes; `make bench` has the figures."""
    value = piece * (300_000 // len(piece))
    assert len(mask_code(value)) == len(value)


def test_spans_are_blanked_where_they_stand() -> None:
    assert blanked("ab\ncd ef", [(1, 4), (6, 8)], "x") == "ax\nxd xx"


@pytest.mark.parametrize(
    ("one", "other"),
    [
        ("l’été", "l'e\u0301te\u0301"),
        ("350\u202f000\u00a0%", "350 000 %"),
        (" a\n  b ", "a b"),
    ],
)
def test_what_changes_no_meaning_is_folded(one: str, other: str) -> None:
    assert folded(one) == folded(other)


@pytest.mark.parametrize(
    "value",
    [
        "# no heading",
        "2018. No list",
        "- no item",
        "<script>alert(1)</script>",
        "&amp; no entity",
        "**no** _emphasis_ `code`",
        "[no](link) ![no](image) [^1]",
        "{#no .attributes}",
        "a | b",
        ": no definition",
        "=====",
        "a\n    b",
        r"no \* escape",
    ],
)
def test_escaped_text_is_shown_as_it_is(value: str) -> None:
    assert shown(value) == " ".join(value.split())


@given(PROSE | MARKS)
@examples(60)
def test_any_escaped_text_is_shown_as_it_is(value: str) -> None:
    if value.strip():
        assert shown(value) == " ".join(value.split())


def shown(value: str) -> str:
    """What a reader sees of an escaped text, which must be one paragraph and nothing else."""
    html = markdown.markdown(escape_markdown(value), extensions=EXTENSIONS)
    paragraph = ElementTree.fromstring(html)
    assert (paragraph.tag, paragraph.attrib, len(paragraph)) == ("p", {}, 0)
    return " ".join((paragraph.text or "").split())
