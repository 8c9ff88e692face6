"""Markdown of other places, which a page would show as it was typed, or take otherwise."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator, Sequence

from reperes.rules.engine_reading import Reading
from reperes.text.markup import mask_code
from reperes.text.problems import Problem, Text, quoted, warning

RULE = "markdown"

_MARKER = re.compile(r"([ >]*)([-*+]|[0-9]+\.)[ ]")
_INDENTED = re.compile(r"([ ]{1,3})(?=[^\s\[])")
_MAY_BE_TYPED = re.compile(
    r"[`~^|•·▪◦‣]|==|\[[!\[ xXT]|\]:|///|:[a-z_]+:|www\.|https?:|\\\n|\n[ ]*(?:[-*+]|[0-9]+\.)[ ]"
    r"|^(?:[ ]*[0-9]+\)|!!!|\?\?\?|:::)|^[-*+]\w",
    re.MULTILINE,
)
_LIST_IN_TEXT = re.compile(r"(?<=\n)(?:[ ]*(?:[-*+]|[0-9]{1,3}\.)[ ][^\n]*(?:\n|\Z))+")
_OTHER_NUMBER = re.compile(r"(?m)(?:^[ ]*[0-9]{1,3}\)[ ][^\n]*(?:\n|\Z))+")
_OTHER_BULLET = re.compile(r"(?m)(?:^[ ]*[•·▪◦‣][^\n]*(?:\n|\Z))+")
_UNREAD_FENCE = re.compile(r"(?m)^[ ]*(?:`{3,}|~{3,})[^`\n]*$")
_GLUED_ITEMS = re.compile(r"(?m)^[-*+](?=\w)[^\n]*\n[-*+]\w")
_BOX_TO_TICK = re.compile(r"(?m)^\[[ xX]\][ ]")
_TYPED: Sequence[tuple[re.Pattern[str], type[Problem] | Callable[..., Problem], str]] = (
    (
        re.compile(r"(?m)^(?:!!!|\?\?\?\+?|:::)[ ]*\w*"),
        Problem,
        "{} makes no box here, and is shown as typed; write a paragraph, or a quotation with >",
    ),
    (
        re.compile(r"(?m)^\[![A-Za-z]+\]"),
        Problem,
        "{} makes no box here, and is shown as typed; write the words, **Note** for one",
    ),
    (
        re.compile(r"(?m)^\[TOC\]|///Footnotes Go Here///"),
        Problem,
        "{} is a mark of the engine; remove it, the page has its contents and notes already",
    ),
    (
        _UNREAD_FENCE,
        Problem,
        (
            "{} opens no code; begin the line with it, outside lists, one word at most after it,"
            " and close it with the same marks"
        ),
    ),
    (
        re.compile(r"(?m)^\*\[[^\]\n]+\]:"),
        Problem,
        "{} is shown as typed; put an abbreviation into glossary.yml, and link it",
    ),
    (
        re.compile(r"\^\[[^\]\n]*\]"),
        Problem,
        '{} is shown as typed; write "[^1]", and "[^1]: the note" on a line of its own',
    ),
    (
        re.compile(r"\[\[[^\[\]\n]+\]\](?!\()"),
        warning,
        "{} is shown as typed; write [words](section:ID)",
    ),
    (
        _BOX_TO_TICK,
        warning,
        "{} is shown as typed; there are no boxes to tick, remove it",
    ),
    (
        re.compile(r"~~(?=\S)[^~\n]+~~"),
        warning,
        "{} is shown as typed; nothing is struck through here, say it in words",
    ),
    (
        re.compile(r"==(?=[^\s=])[^=\n]+=="),
        warning,
        "{} is shown as typed; write **words** instead",
    ),
    (
        re.compile(r"(?<=\w)~\w{1,4}~|(?<=\w)\^\w{1,4}\^"),
        warning,
        "{} is shown as typed; write ₂ or ² itself",
    ),
    (
        re.compile(r"(?<![\w:]):[a-z][a-z_]*[a-z]:(?![\w:])"),
        warning,
        "{} is shown as typed; write the character itself",
    ),
    (
        re.compile(r"(?<!\]\()(?<!\(<)(?<![\w/<\[.])(?:https?://|www\.)\w[^\s<>\])]*(?<![.,;:!?])"),
        warning,
        "{} is shown as text, not as a link; write [words](https://…) or <https://…>",
    ),
    (
        re.compile(r"(?<!\\)\\(?=\n)"),
        warning,
        "{} at the end of a line is shown as typed; end the line with two spaces to break it",
    ),
    (
        re.compile(r"(?m)^[ ]*(?:\|[ ]*)?:?-{2,}:?[ ]*\|[-| :]*$"),
        warning,
        (
            "{} makes no table here; it wants a blank line, a line of titles, this line with"
            " as many columns, then the rows"
        ),
    ),
    (
        re.compile(
            r"(?m)\A(?![\s\S]*^[ ]*(?:\|[ ]*)?:?-{2,})"
            r"[\s\S]*?^\|[^\n]*\|[ ]*\n\|[^\n]*\w[^\n]*\|[ ]*$"
        ),
        warning,
        "a table without titles is shown as typed; write a line of titles, and | --- | --- | below",
    ),
    (
        _LIST_IN_TEXT,
        warning,
        "{} makes no list; put a blank line before the list",
    ),
    (_OTHER_NUMBER, warning, '{} makes no list; write "1." with a point'),
    (_OTHER_BULLET, warning, '{} makes no list; write "- " instead'),
    (_GLUED_ITEMS, warning, '{} makes no list; write a space after "-"'),
)
"""What is shown as typed, whether that is an error, and what to write instead."""


def faults(text: Text, reading: Reading) -> Iterator[Problem]:
    """What the page would show as typed, of a text as the engine reads it."""
    for each in reading.texts:
        if not _MAY_BE_TYPED.search(each.text):
            continue
        masked = mask_code(each.text)
        for pattern, report, message in _TYPED:
            if pattern is _BOX_TO_TICK and each.tag != "li":
                continue
            # Between marks like these, code would hide what the engine does not take for code.
            for match in pattern.finditer(each.text if pattern is _UNREAD_FENCE else masked):
                found = quoted(match[0].strip().split("\n")[0])
                yield report(text.at(each.at(match.start())), message.format(found), RULE)
    for each in reading.code:
        if "\ue000" not in each.text:
            message = "lines indented by four spaces are shown as code; take the spaces out"
            fix = f"{message}, or put ``` on a line before and after"
            yield Problem(text.at(each.at(0)), fix, RULE)
    for row, cells, columns in reading.rows:
        kept = "the last are left out" if cells > columns else "the rest stay empty"
        message = f"a row of {_cells(cells)} in a table of {columns} columns, where {kept}"
        fix = f"{message}; give it {columns} (a | within one is \\|)"
        yield warning(text.at(row.start), fix, RULE)
    yield from _list_faults(text, reading)


def _cells(number: int) -> str:
    return f"{number} cell{'s' if number > 1 else ''}"


def _list_faults(text: Text, reading: Reading) -> Iterator[Problem]:
    for items in reading.lists:
        for item in items:
            marker = _MARKER.match(item.line)
            first = _MARKER.match(items[0].line)
            if not marker or not first:
                continue
            spaces = len(marker[1]) - len(first[1])
            place = text.at(item.start + len(marker[1]))
            if spaces >= 2:
                message = f"an item indented by {spaces} spaces becomes one of the outer list"
                yield warning(place, f"{message}; indent by four spaces", RULE)
            elif marker[2][0].isdigit() != item.numbered:
                becomes = "a number" if item.numbered else "a bullet"
                message = f'"{marker[2]}" becomes {becomes}, as in the list before'
                yield warning(place, f"{message}; put a line of words between the two", RULE)
    yield from _loose_paragraphs(text)


def _loose_paragraphs(text: Text) -> Iterator[Problem]:
    """Paragraphs indented after a list, though not far enough to be part of its last item."""
    in_list = after_blank = False
    offset = 0
    for line in mask_code(text).split("\n"):
        indented = _INDENTED.match(line)
        if _MARKER.match(line):
            in_list = True
        elif line.strip() and after_blank and not line.startswith("    "):
            if in_list and indented:
                spaces = len(indented[1])
                message = f"a paragraph indented by {spaces} spaces stands outside the list"
                place = text.at(offset + spaces)
                yield warning(place, f"{message}; indent by four spaces", RULE)
            in_list = False
        after_blank = not line.strip()
        offset += len(line) + 1
