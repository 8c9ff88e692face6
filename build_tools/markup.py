"""The little that we need to know of Markdown before an engine reads it: code, blocks, escapes."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterator

from build_tools.problems import Text

_FENCE = re.compile(r"(`{3,}|~{3,})")
_BACKTICKS = re.compile(r"`+")
_SPECIAL = re.compile(r"[&<>\\`*_{}\[\]|~\"]")
_LINE_START = re.compile(r"^([ \t]*[0-9]*)([#+\-:=.)])")


def _fence_spans(text: str) -> Iterator[tuple[int, int]]:
    """Where fenced code stands, opening and closing lines included."""
    start, fence, offset = 0, "", 0
    for line in text.splitlines(keepends=True):
        match = _FENCE.match(line)
        if not fence and match:
            start, fence = offset, match[1]
        elif fence and line.rstrip() == fence:
            yield start, offset + len(line)
            fence = ""
        offset += len(line)


def _code_spans(text: str, start: int, end: int) -> Iterator[tuple[int, int]]:
    """Where inline code stands between two offsets of one paragraph."""
    runs = list(_BACKTICKS.finditer(text, start, end))
    index = 0
    while index < len(runs):
        opening = runs[index]
        if opening.start() > start and text[opening.start() - 1] == "\\":
            index += 1
            continue
        length = len(opening[0])
        closing = next((n for n in range(index + 1, len(runs)) if len(runs[n][0]) == length), None)
        if closing is not None:
            yield opening.start(), runs[closing].end()
        index = (closing or index) + 1


def mask_code(text: str) -> str:
    """`text` with all code blanked out, every other character at its old offset."""
    masked = text
    for start, end in _fence_spans(text):
        masked = _blank(masked, start, end)
    for start, end in list(_paragraph_spans(masked)):
        for code_start, code_end in _code_spans(masked, start, end):
            masked = _blank(masked, code_start, code_end)
    return masked


def _blank(text: str, start: int, end: int) -> str:
    hidden = re.sub(r"[^\n]", " ", text[start:end])
    return text[:start] + hidden + text[end:]


def _paragraph_spans(text: str) -> Iterator[tuple[int, int]]:
    """Runs of lines that are not blank, as offsets without the last line end."""
    for match in re.finditer(r"(?:^[ \t]*[^ \t\n][^\n]*(?:\n|\Z))+", text, re.MULTILINE):
        yield match.start(), match.end() - match[0].endswith("\n")


def split_blocks(body: Text) -> list[Text]:
    """The blocks of a section: what blank lines separate, with fenced code kept whole."""
    fences = list(_fence_spans(body))
    blocks: list[Text] = []
    start, end, offset = -1, 0, 0
    for line in [*body.splitlines(keepends=True), "\n"]:
        fenced = any(first <= offset < last for first, last in fences)
        if line.strip() or fenced:
            start = offset if start < 0 else start
            end = offset + len(line.rstrip("\n"))
        elif start >= 0:
            blocks.append(Text(body[start:end], body.at(start), body.exact))
            start = -1
        offset += len(line)
    return blocks


def folded(text: str) -> str:
    """`text` without what changes no meaning: composition, kinds of apostrophe and of space."""
    text = unicodedata.normalize("NFC", text).replace("\u2019", "'")
    return re.sub(r"\s+", " ", text).strip()


def escape_markdown(text: str) -> str:
    """Plain text as one line of Markdown that shows it as it is: no mark, tag or entity acts.

    Entities rather than backslashes, for they mean the same inside and outside HTML blocks.
    """
    line = re.sub(r"[ \t]*\n[ \t]*", " ", text)
    line = _SPECIAL.sub(_entity, line)
    return _LINE_START.sub(lambda match: match[1] + _entity(match[2]), line, count=1)


def _entity(found: re.Match[str] | str) -> str:
    character = found if isinstance(found, str) else found[0]
    return f"&#{ord(character)};"
