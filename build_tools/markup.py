"""The little that we need to know of Markdown before an engine reads it: code, blocks, escapes."""

from __future__ import annotations

import re
import unicodedata
from bisect import bisect_right
from collections import defaultdict
from collections.abc import Iterable, Iterator

from build_tools.problems import Text

Span = tuple[int, int]
"""Offsets in a text: the first character, and the one after the last."""

_LINE = re.compile(r"[^\n]*\n|[^\n]+")
_FENCE = re.compile(r"(`{3,}|~{3,})[^`]*")
_BACKTICKS = re.compile(r"`+")
_PARAGRAPH = re.compile(r"(?:^[ \t]*[^ \t\n][^\n]*(?:\n|\Z))+", re.MULTILINE)
CONFLICT_MARK = re.compile(r"(?m)^(?:<{7}|\|{7}|={7}|>{7})(?: .*)?$")
"""A line that git leaves where two versions of a file met and nobody has chosen."""
_SPECIAL = re.compile(r"[&<>\\`*_{}\[\]|~\"]")
_LINE_START = re.compile(r"^( ?[0-9]*)([#+\-:=.)])")


def with_capital(text: str) -> str:
    """`text` as the opening of a line; what follows its first letter stays as it is."""
    return text[:1].upper() + text[1:]


def blanked(text: str, spans: Iterable[Span], filling: str = " ") -> str:
    """`text` with its spans, in order, filled; its length and its line ends stay as they are."""
    parts: list[str] = []
    position = 0
    for start, end in spans:
        hidden = text[start:end].split("\n")
        parts += [text[position:start], "\n".join(filling * len(line) for line in hidden)]
        position = end
    return "".join([*parts, text[position:]])


def mask_code(text: str) -> str:
    """`text` with all code blanked out, every other character at its old offset."""
    if "`" not in text and "~~~" not in text:
        return text
    masked = blanked(text, _fence_spans(text))
    return blanked(
        masked,
        (span for paragraph in _paragraphs(masked) for span in _code_spans(masked, *paragraph)),
    )


def _fence_spans(text: str) -> Iterator[Span]:
    """Where fenced code stands, opening and closing lines included."""
    lines = [match.span() for match in _LINE.finditer(text)]
    typed = [text[start:end].rstrip(" \t\n") for start, end in lines]
    closing: dict[str, list[int]] = defaultdict(list)
    for number, line in enumerate(typed):
        if line[:3] in ("```", "~~~"):
            closing[line].append(number)
    number = 0
    while number < len(lines):
        opening = _FENCE.fullmatch(typed[number])
        ends = closing[opening[1]] if opening else []
        after = bisect_right(ends, number)
        if after < len(ends):
            yield lines[number][0], lines[ends[after]][1]
            number = ends[after]
        number += 1


def _paragraphs(text: str) -> Iterator[Span]:
    """Runs of lines that are not blank, without the last line end."""
    for match in _PARAGRAPH.finditer(text):
        yield match.start(), match.end() - match[0].endswith("\n")


def _code_spans(text: str, start: int, end: int) -> Iterator[Span]:
    """Where inline code stands between two offsets of one paragraph."""
    runs = list(_BACKTICKS.finditer(text, start, end))
    closing = _closing_runs(runs)
    index = 0
    while index < len(runs):
        closed_by = closing[index]
        if closed_by is not None and not _is_escaped(text, runs[index].start()):
            yield runs[index].start(), runs[closed_by].end()
            index = closed_by
        index += 1


def _closing_runs(runs: list[re.Match[str]]) -> list[int | None]:
    """For each run of backticks, the index of the next one of its length."""
    closing: list[int | None] = []
    nearest: dict[int, int] = {}
    for index in range(len(runs) - 1, -1, -1):
        length = len(runs[index][0])
        closing.append(nearest.get(length))
        nearest[length] = index
    return closing[::-1]


def _is_escaped(text: str, offset: int) -> bool:
    start = offset
    while start and text[start - 1] == "\\":
        start -= 1
    return (offset - start) % 2 == 1


def split_blocks(body: Text) -> list[Text]:
    """The blocks of a section: what blank lines separate, with fenced code kept whole."""
    solid = list(body)
    for start, end in _fence_spans(body):
        inner = end - body[start:end].endswith("\n")
        solid[start:inner] = "x" * (inner - start)
    return [
        Text(body[start:end], body.at(start), body.exact)
        for start, end in _paragraphs("".join(solid))
    ]


def folded(text: str) -> str:
    """`text` without what changes no meaning: composition, kinds of apostrophe and of space."""
    text = unicodedata.normalize("NFC", text).replace("\u2019", "'")
    return re.sub(r"\s+", " ", text).strip()


def escape_markdown(text: str) -> str:
    """Plain text as one line of Markdown that shows it as it is: no mark, tag or entity acts.

    Entities rather than backslashes, for they mean the same inside and outside HTML blocks.
    """
    # One space at most, for four at the start of a line would make code of it.
    line = re.sub(r"[ \t\n]+", " ", text)
    line = _SPECIAL.sub(_entity, line)
    return _LINE_START.sub(lambda match: match[1] + _entity(match[2]), line, count=1)


def _entity(found: re.Match[str] | str) -> str:
    character = found if isinstance(found, str) else found[0]
    return f"&#{ord(character)};"
