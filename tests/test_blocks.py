"""Blocks are what the engine makes: every heading, table, list and footnote, and no other."""

from __future__ import annotations

import re
from collections.abc import Iterator
from itertools import count
from xml.etree.ElementTree import Element

import markdown
import pytest
import yaml
from hypothesis import given
from hypothesis import strategies as st
from markdown.extensions import Extension
from markdown.treeprocessors import Treeprocessor

from reperes.rules import markdown as markdown_rule
from reperes.text.blocks import DEEPEST, Block, all_blocks, read_blocks, table_cells
from support import TESTS, examples, said_by, text, with_body

EXTENSIONS = yaml.safe_load((TESTS.parent / "mkdocs.yml").read_text("utf-8"))["markdown_extensions"]

PIECES = [
    *("a", "Mot", "é", "\u00a0", " ", "  ", "    ", "        ", "\t", "\n", "\n\n", "\n\n\n"),
    *("#", "##", "## T", "### T {#t}", "# ", " #", " {#u}", "{#v .w}", " {: #x }", "\\", "\\#"),
    *("- ", "* ", "+ ", "-", "1. ", "12.", "2) ", "    - ", "> ", ">", " >", ": ", "  : ", ":"),
    *("---", "--", "===", "***", "_ _ _", "- - -", "`", "``", "```", "~~~", "```py", "~~~ x y"),
    *("|", "a|b", "| a | b |\n", "|---|:-:|\n", "-|-", "\\|", "`|`", "---|---\n"),
    *(
        "[^]: ",
        "  [^]: b",
        "[^1]",
        "[^",
        "[",
        "]: ",
        "[x]: /u",
        "[y]: ",
        "[z](/u)",
        '/u "t"',
        "*a*",
        "_b_",
        "1 < 2",
    ),
]
"""What texts are put together from; "[^]: " gets a label of its own wherever it stands."""

Fact = tuple[object, ...]


def facts_of(blocks: list[Block]) -> list[Fact]:
    """What the reader finds, in the order of the page: footnotes stand at its end."""
    notes = [block for block in all_blocks(blocks) if block.kind == "footnote"]
    labels = [("footnote", block.id) for block in notes if not block.continues]
    return [*_outside_notes(blocks), *labels, *(f for n in notes for f in _outside_notes(n.inner))]


def _outside_notes(blocks: list[Block] | tuple[Block, ...]) -> Iterator[Fact]:
    for block in blocks:
        if block.kind == "heading":
            yield "heading", block.level, block.id
        elif block.kind == "table":
            yield "table", block.columns, block.rows
        elif block.kind == "list" and not block.continues:
            yield "list", block.ordered
        elif block.kind in ("definitions", "quote", "code", "rule") and not block.continues:
            yield (block.kind,)
        if block.kind != "footnote":
            yield from _outside_notes(block.inner)


class _Tree(Extension):
    """Keeps the page as it is when attributes are read, before headings without an id get one."""

    def extendMarkdown(self, md: markdown.Markdown) -> None:  # noqa: N802
        keeper = self

        class Keep(Treeprocessor):
            def run(self, root: Element) -> None:
                keeper.facts = list(_made(root))

        md.treeprocessors.register(Keep(md), "keep", 6)


def _made(element: Element) -> Iterator[Fact]:
    """What stands in an element that the engine made. A list counts once, however loose it is."""
    for child in element:
        name = child.tag
        if re.fullmatch("h[1-6]", name):
            yield "heading", int(name[1]), child.get("id", "")
        elif name == "table":
            rows = child.findall("tbody/tr")
            empty = len(rows) == 1 and not any(
                "".join(cell.itertext()) or len(cell) for cell in rows[0]
            )
            yield "table", len(child.findall("thead/tr/th")), 0 if empty else len(rows)
        elif name == "div" and child.get("class") == "footnote":
            notes = child.findall("ol/li")
            for note in notes:
                yield "footnote", note.get("id", "").removeprefix("fn:")
            for note in notes:
                yield from _made(note)
            continue
        elif name in ("ul", "ol"):
            yield "list", name == "ol"
        elif name in _KINDS:
            yield (_KINDS[name],)
        elif "wzxhzdk" in (child.text or ""):
            yield ("code",)
        yield from _made(child)


_KINDS = {"dl": "definitions", "blockquote": "quote", "pre": "code", "hr": "rule"}


def engine_facts(body: str) -> list[Fact]:
    tree = _Tree()
    engine = markdown.Markdown(
        extensions=[*EXTENSIONS, "fenced_code", tree], extension_configs=EXTENSIONS
    )
    engine.convert(body)
    return tree.facts


def composed(pieces: list[str]) -> str:
    labels = count(2)
    return re.sub(r"\[\^\]", lambda _: f"[^{next(labels)}]", "".join(pieces))


BODIES = st.lists(st.sampled_from(PIECES), max_size=25).map(composed)


def is_refused(body: str) -> bool:
    """Whether a rule stops what the reader need not know.

    That is a note inside a note (the engine loses it, or fails), a note's mark on two lines, very
    deep nesting, and braces that are no heading's id, of which the engine has ideas of its own.
    """
    problems = [problem.message for problem in said_by(markdown_rule, with_body(body))]
    reasons = (
        "is no citation",
        "ends on another line",
        "stands inside another",
        "inside one another",
    )
    return any(reason in problem for reason in reasons for problem in problems)


@given(BODIES)
@examples(120)
def test_what_the_engine_makes_was_found_or_is_refused(body: str) -> None:
    """Headings with level and id, tables with columns and rows, lists, quotations and code.

    All in the order of the page, which has its notes at its end; a list of which the items stand
    apart is one.
    """
    typed = f"Before.\n\n{body}"
    found = facts_of(read_blocks(text(typed)))
    if not is_refused(typed):
        assert found == engine_facts(typed)


@given(BODIES)
@examples(60)
def test_each_block_is_what_stands_in_the_body_there(body: str) -> None:
    typed = text(body)
    for block in all_blocks(read_blocks(typed)):
        assert body[block.start : block.start + len(block.text)] == block.text
        assert block.text.place == typed.at(block.start)


def outlines(body: str) -> list[str]:
    return [outline(block) for block in read_blocks(text(body))]


def outline(block: Block) -> str:
    """A block and those inside it as one line: "list 2 [paragraph, heading 2 one]"."""
    size = f"{block.columns}x{block.rows}" if block.kind == "table" else block.items or block.level
    said = [block.kind, str(size or ""), block.id, "continued" if block.continues else ""]
    inner = f"[{', '.join(map(outline, block.inner))}]" if block.inner else ""
    return " ".join(filter(None, [*said, inner]))


@pytest.mark.parametrize(
    ("body", "expected"),
    [
        ("", []),
        ("a\nb", ["paragraph"]),
        ("a\n##Title {#t}\nb", ["paragraph", "heading 2 t", "paragraph"]),
        ("## T ## {#t}", ["heading 2 t"]),
        ("## T {#t} ##", ["heading 2 t"]),
        ("## T{#t}", ["heading 2"]),
        ("## T {: #t .c }", ["heading 2 t"]),
        ("## `a {#b}`", ["heading 2"]),
        ("\\## T", ["paragraph"]),
        ("## T\\", ["paragraph"]),
        ("a `\n# b` c", ["paragraph", "heading 1"]),
        ("```\n# a\n```", ["code"]),
        ("a\n```\n# a\n```\nb", ["paragraph", "code", "paragraph"]),
        ("~~~ two words\n# a\n~~~", ["paragraph", "heading 1", "paragraph"]),
        ("    # a", ["code"]),
        ("a\n    # b", ["paragraph"]),
        ("T {#t}\n---\nb", ["heading 2 t", "paragraph"]),
        ("a\nb\n---", ["paragraph", "rule"]),
        ("- a\n- b", ["list 2 [paragraph, paragraph]"]),
        ("a\n- b", ["paragraph"]),
        ("## T\n- b", ["heading 2", "list 1 [paragraph]"]),
        ("- a\n\n- b", ["list 1 [paragraph]", "list 1 continued [paragraph]"]),
        ("- a\n\n    b", ["list 1 [paragraph]", "list continued [paragraph]"]),
        ("- a\n\n    ## b {#c}", ["list 1 [paragraph]", "list continued [heading 2 c]"]),
        ("- a\n    1. b", ["list 1 [paragraph, list 1 [paragraph]]"]),
        ("- # a", ["list 1 [heading 1]"]),
        ("- a\n# b", ["list 1 [paragraph]", "heading 1"]),
        ("2) a", ["paragraph"]),
        ("> # a\n> b", ["quote [heading 1, paragraph]"]),
        ("a\n> b", ["paragraph", "quote [paragraph]"]),
        ("> a\n\n> b", ["quote [paragraph]", "quote continued [paragraph]"]),
        ("| a | b |\n|---|---|\n| c | d |", ["table 2x1"]),
        ("a | b\n--|--", ["table 2x0"]),
        ("a\na | b\n--|--", ["paragraph"]),
        ("| a |\n|---|\n| b |", ["table 1x1"]),
        ("| `|` | \\| |\n|---|---|", ["table 2x0"]),
        ("- | a | b |\n  |---|---|", ["list 1 [table 2x0]"]),
        ("[^1]: a\n[^2]: b", ["footnote 1 [paragraph]", "footnote 2 [paragraph]"]),
        (
            "[^1]: a\n\n    # b\n\nc",
            ["footnote 1 [paragraph]", "footnote 1 continued [heading 1]", "paragraph"],
        ),
        ("[^1]: a\n\n\n    b", ["footnote 1 [paragraph]", "code"]),
        ("a\n[b]: /c\n- d", ["paragraph", "address", "list 1 [paragraph]"]),
        ("a\n: b", ["definitions [paragraph]"]),
        ("a\n\n: b", ["definitions", "definitions continued [paragraph]"]),
    ],
)
def test_blocks(body: str, expected: list[str]) -> None:
    assert outlines(body) == expected


@pytest.mark.parametrize(
    ("body", "blocks"),
    [
        ("", []),
        ("\n\n", []),
        ("a\nb\n\n\nc\n", ["a\nb", "c"]),
        ("a\n \t\nb", ["a", "b"]),
        ("\n  a  \n\nb", ["  a  ", "b"]),
        ("```\na\n\nb\n```\n\nc", ["```\na\n\nb\n```", "c"]),
        ("```\na\n\nb", ["```\na", "b"]),
    ],
)
def test_blocks_stand_between_blank_lines(body: str, blocks: list[str]) -> None:
    assert [block.text for block in read_blocks(text(body))] == blocks


def test_blocks_know_their_names_and_places() -> None:
    found = read_blocks(text("\na\n\n\n  b\n## c", 4))
    assert [(block.name, str(block.text.place)) for block in found] == [
        ("1", "f:5:1"),
        ("2", "f:8:1"),
        ("3", "f:9:1"),
    ]


@given(BODIES | st.text())
@examples(60)
def test_no_character_is_lost_between_blocks(body: str) -> None:
    joined = "".join(block.text for block in read_blocks(text(body)))
    assert re.sub(r"[ \t\n]", "", joined) == re.sub(r"[ \t\n]", "", body)


@pytest.mark.parametrize(
    ("line", "words", "typed"),
    [
        ("## Un `b` {#c}", "Un `b`", "{#c}"),
        ("##\tUn\t{#c}", "Un", "{#c}"),
        ("##Un{#c}", "Un", "{#c}"),
        ("## {{ un }} {#c} ##", "{{ un }}", "{#c}"),
        ("## Un ##", "Un", ""),
        ("Un {#c}\n===", "Un", "{#c}"),
    ],
)
def test_a_heading_knows_its_words_and_where_its_id_stands(
    line: str, words: str, typed: str
) -> None:
    heading = read_blocks(text(line))[0]
    assert heading.words == words
    assert heading.text[slice(*heading.id_span or (0, 0))] == typed


def test_cells_of_a_table_know_where_they_stand() -> None:
    body = "a\n\n  | b | `c|d` |\n--|--\ne \\| f"
    table = read_blocks(text(body))[1]
    cells = [body[start:end].strip() for start, end in table_cells(table)]
    assert cells == ["b", "`c|d`", "--", "--", "e \\| f"]


def test_very_deep_nesting_is_read_so_far() -> None:
    blocks = read_blocks(text("> " * 1000 + "# a"))
    kinds = [block.kind for block in all_blocks(blocks)]
    assert kinds == ["quote"] * DEEPEST + ["paragraph"]


@pytest.mark.parametrize(
    "piece",
    [
        *("a\n\n", "# a\n", "# a {#", "***\n", "- a\n", "> ", ">\n", "    - a\n\n", "|\n", "|`"),
        *("[^1]: a\n", "[a]: b\nc\n", "[a]: (", ": b\n", "a\n\n: b\n\n", "=\n", "- a\n\n    b\n\n"),
    ],
)
def test_long_texts_are_read_to_their_end(piece: str) -> None:
    """Quadratic work would take minutes; `make bench` has the figures."""
    value = piece * (60_000 // len(piece))
    assert "".join(block.text for block in read_blocks(text(value)))
