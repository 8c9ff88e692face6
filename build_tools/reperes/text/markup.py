"""The little that we need to know of Markdown before an engine reads it: code and escapes."""

from __future__ import annotations

import re
from collections.abc import Iterator
from functools import lru_cache

from reperes.text.blocks import all_blocks, read_blocks, table_cells
from reperes.text.code_spans import Span as Span
from reperes.text.code_spans import blanked as blanked
from reperes.text.code_spans import code_spans
from reperes.text.problems import Place, Text

NOTE_MARK = re.compile(r"\[\^([^\[\]\s]+)\]")
"""The mark of a footnote, where it is cited and where it is written."""

_TAG_AT_MARGIN = re.compile(r"\n {0,3}<[A-Za-z/!?]")
CONFLICT_MARK = re.compile(r"(?m)^(?:<{7}|\|{7}|={7}|>{7})(?: .*)?$")
"""A line that git leaves where two versions of a file met and nobody has chosen."""

_SPECIAL = re.compile(r"[&<>\\`*_{}\[\]|~\"]")
_BLANKS = re.compile(r"[ \t\n]+")
_LINE_START = re.compile(r"^( ?[0-9]*)([#+\-:=.)])")

_REMEMBERED = 4096
"""How many texts are kept as they were escaped: labels and names stand on page after page."""


def with_capital(text: str) -> str:
    """`text` as the opening of a line; what follows its first letter stays as it is."""
    return text[:1].upper() + text[1:]


def mask_code(text: str) -> str:
    """`text` with all code blanked out, every other character at its old offset.

    Left as it is: code by indentation, which a rule refuses.
    """
    if "`" not in text and "~~~" not in text:
        return text
    return (text if isinstance(text, Text) else Text(text, Place(""))).kept(_without_code)


def _without_code(text: Text) -> str:
    return blanked(text, sorted(_code(text)))


def _code(text: Text) -> Iterator[Span]:
    for block in all_blocks(read_blocks(text)):
        start, end = block.start, block.start + len(block.text)
        if block.is_fenced:
            yield start, end
        elif block.kind == "table":
            for cell in table_cells(block):
                yield from code_spans(text, *cell)
        elif not block.inner and block.kind not in ("code", "address"):
            for span in code_spans(text, start, end):
                # To the engine a tag is none of a sentence where it begins a line: no backticks
                # around it make it code.
                if not _TAG_AT_MARGIN.search(text, *span):
                    yield span


@lru_cache(_REMEMBERED)
def escape_markdown(text: str) -> str:
    """Plain text as one line of Markdown that shows it as it is: no mark, tag or entity acts.

    Entities rather than backslashes, for they mean the same inside and outside HTML blocks.
    """
    # One space at most, for four at the start of a line would make code of it.
    line = _BLANKS.sub(" ", text)
    line = _SPECIAL.sub(_entity, line)
    return _LINE_START.sub(lambda match: match[1] + _entity(match[2]), line, count=1)


def _entity(found: re.Match[str] | str) -> str:
    character = found if isinstance(found, str) else found[0]
    return f"&#{ord(character)};"
