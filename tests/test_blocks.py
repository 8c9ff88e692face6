"""Blocks are what the engine makes: every heading, table, list and footnote, and no other."""

from __future__ import annotations

import re
from collections.abc import Iterator
from itertools import count
from xml.etree.ElementTree import Element

import markdown
import yaml
from hypothesis import given, settings
from hypothesis import strategies as st
from markdown.extensions import Extension
from markdown.treeprocessors import Treeprocessor
from support import TESTS, text

from build_tools.blocks import Block, all_blocks, read_blocks

EXTENSIONS = yaml.safe_load((TESTS.parent / "mkdocs.yml").read_text("utf-8"))["markdown_extensions"]

PIECES = [
    *("a", "Mot", "é", "\u00a0", " ", "  ", "    ", "        ", "\t", "\n", "\n\n", "\n\n\n"),
    *("#", "##", "## T", "### T {#t}", "# ", " #", " {#u}", "{#v .w}", " {: #x }", "\\", "\\#"),
    *("- ", "* ", "+ ", "-", "1. ", "12.", "2) ", "    - ", "> ", ">", " >", ": ", "  : ", ":"),
    *("---", "--", "===", "***", "_ _ _", "- - -", "`", "``", "```", "~~~", "```py", "~~~ x y"),
    *("|", "a|b", "| a | b |\n", "|---|:-:|\n", "-|-", "\\|", "`|`", "---|---\n"),
    *("[^]: ", "  [^]: b", "[^1]", "[x]: /u", "[y]: ", "[z](/u)", '/u "t"', "*a*", "_b_", "1 < 2"),
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
    engine.convert(f"Before.\n\n{body}")
    return tree.facts


def composed(pieces: list[str]) -> str:
    labels = count(2)
    return re.sub(r"\[\^\]", lambda _: f"[^{next(labels)}]", "".join(pieces))


BODIES = st.lists(st.sampled_from(PIECES), max_size=25).map(composed)


@given(BODIES)
@settings(max_examples=1000)
def test_blocks_are_what_the_engine_makes(body: str) -> None:
    assert facts_of(read_blocks(text(f"Before.\n\n{body}"))) == engine_facts(body)
