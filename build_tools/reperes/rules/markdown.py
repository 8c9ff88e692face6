"""Markdown that sections do not hold, because a page would show something else than was meant."""

from __future__ import annotations

import html
import re
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from typing import Literal

from reperes.model.explainer import Explainer
from reperes.model.references import (
    SCHEMES,
    Link,
    Mark,
    Placeholder,
    faults_in,
    marks_in,
    replace_between,
)
from reperes.model.resolving import PLAIN_TEXTS
from reperes.rules import links, shown_as_typed
from reperes.rules.engine_reading import Reading, read
from reperes.text.blocks import DEEPEST, Block, all_blocks, is_even, read_blocks
from reperes.text.characters import hidden_characters
from reperes.text.markup import CONFLICT_MARK, Span, blanked, mask_code
from reperes.text.problems import Problem, Text, quoted, warning

RULE = "markdown"

TextKind = Literal["section", "block", "title", "text"]
"""What a text is: a section's body, one block of it, its title or summary, a text of YAML.

Titles, summaries and texts of YAML are no Markdown: but for marks of ours, all is shown as typed.
"""

_HTML = re.compile(r"<(?!https?://|mailto:)[A-Za-z/!?][^>\n]{0,40}>?")
_ATTRIBUTES_AT_END = re.compile(r"\{[:#.][^{}\n]*\}(?=[ \t]*$)")
_ATTRIBUTES = re.compile(r"\{:?[^{}\n]*(?:=|(?<=[{:\s])[.#])[^{}\n]*\}")
_BRACE = re.compile(r"(?:\\\{)+[^{}\\\n]{0,60}(?:\\\})*|\\?\{[^{}\n]{0,60}\}?|\\?\}")
_DOUBLED = re.compile(r"(?m)^.*(?:\{\{|\}\}).*$")
_ENTITY = re.compile(r"(?:&#(?:x0*7[bBdD]|0*12[35]);|&[lr]c(?:ub|brace);)+")
_OPEN_NOTE = re.compile(r"(?m)\[\^[^\]\n]*$")
_REFERENCE = re.compile(r"&(?:#[0-9]+|#[xX][0-9a-fA-F]+|[0-9a-zA-Z]+);")
_LOOSE_LINK = re.compile(rf"\][ \t]+\((?:{'|'.join(SCHEMES)}):[^()\n]*\)")
_OPEN_LINK = re.compile(rf"\]\((?:{'|'.join(SCHEMES)}):[^()\n]*$", re.MULTILINE)

_EDGE = re.compile(r"[ \t]*\|[ \t]*")
_QUOTE_MARK = re.compile(r"^>[ \t]*")
_ITEM = r"[ ]*(?:[-*+•]|[0-9]{1,3}[.)])[ \t]"
_SIGNS_WORTH_READING = (*"[]<`\\|~^", "!\ue001", "==", "http:", "https:", "www.")
_WORTH_READING = (
    re.compile(r"\{(?!#[\w-]+\}[ \t]*$)", re.MULTILINE),
    re.compile(r":[a-z_]+:"),
    re.compile(r"\n(?:[ \t]+\S|>|!!!|\?\?\?|:::|///|[0-9]{1,3}\)[ ]|[•·▪◦‣])"),
)
_WORTH_READING_OF_LISTS = (
    re.compile(r"\n(?:[-*+][ ][^\n]*\n\n?[0-9]|[0-9]+\.[ ][^\n]*\n\n?[-*+][ ])"),
    re.compile(r"\n[-*+]\w[^\n]*\n[-*+]\w"),
)
_BEGINS_ITEM = re.compile(rf"\n{_ITEM}")
_WORDS_ABOVE_ITEM = re.compile(rf"(?!{_ITEM})[^\n]*[^\s][ \t]*\n")
_MAY_BE_ITEM = re.compile(r"\n[ ]*[-*+•0-9]")
"""What a text must hold for the engine to show anything else than words, headings and lists.

In place of each mark of ours there is U+E001, and the words of a link. Apart, they are faster, and
with the line end before a line; there is one before the first line too.
"""


def check_section(explainer: Explainer, section_id: str) -> Iterator[Problem]:
    """HTML, braces that are no citation, conflict marks, and other marks of no use in a section."""
    for section in explainer.versions(section_id):
        yield from check_text(section.title, "title")
        yield from check_text(section.summary, "title")
        yield from check_text(section.body, "section")
        yield from _check_blocks(section.blocks)


def check_rest(explainer: Explainer) -> Iterator[Problem]:
    """The same in the texts of YAML."""
    for path, texts in explainer.yaml_texts.items():
        for text in texts.values():
            # Of these, `resolving` says that they hold no mark at all.
            if path.rsplit("/", 1)[-1] not in PLAIN_TEXTS or not re.search(r"\{\{|\}\}|\]\(", text):
                yield from check_text(text, "text")


def _check_blocks(blocks: Iterable[Block], depth: int = 0, note: bool = False) -> Iterator[Problem]:
    for block in blocks:
        place = block.text.place
        if depth == DEEPEST:
            message = f"more than {DEEPEST} lists or quotations inside one another; write fewer"
            yield Problem(place, message, RULE)
        elif block.kind == "footnote" and note:
            message = f"the footnote [^{block.id}] stands inside another; write it at the margin"
            yield Problem(place, message, RULE)
        yield from _check_blocks(block.inner, depth + 1, note or block.kind == "footnote")


def faults_of(text: Text, kind: TextKind) -> list[Problem]:
    """All that is wrong with a text taken alone, its marks included."""
    return [*faults_in(text), *check_text(text, kind)]


def check_text(text: Text, kind: TextKind = "section") -> Iterator[Problem]:
    """The faults of a text, but for those of its marks, of which `faults_in` speaks."""
    if kind in ("title", "text") and not _MAY_BE_MARKDOWN.search(text):
        return
    marks, malformed = marks_in(text), faults_in(text)
    problems = [] if kind == "text" else list(_typed_faults(text, marks))
    yield from problems
    if kind in ("title", "text"):
        yield from _faults_of_plain_text(text, marks)
        return
    plain = _without_frames(text) if kind == "section" else text
    others = "".join(("\n", *replace_between(plain, marks, _words, str)))
    has_sign = any(sign in others for sign in _SIGNS_WORTH_READING)
    may_hold_items = _MAY_BE_ITEM.search(others)
    patterns = (*_WORTH_READING, *(_WORTH_READING_OF_LISTS if may_hold_items else ()))
    if not (
        has_sign
        or any(pattern.search(others) for pattern in patterns)
        or (may_hold_items and _has_items_below_words(others))
    ):
        return
    try:
        reading = read(text, marks)
    except RecursionError:
        # Of 400 items, each indented below the one before, few are blocks in one another; the
        # engine calls itself for each of them all the same.
        message = "lists or quotations nested too deeply; leave some levels out"
        yield Problem(text.place, message, RULE)
        return
    said = {problem.place for problem in (*problems, *malformed)}
    for problem in (
        *links.faults(text, reading, kind == "section", said),
        *_html_faults(text, reading, bool(problems)),
        *shown_as_typed.faults(text, reading),
    ):
        if problem.place not in said:
            yield problem


def _has_items_below_words(text: str) -> bool:
    """Whether what looks like an item stands right below a line that does not."""
    before = (text.rfind("\n", 0, item.start()) + 1 for item in _BEGINS_ITEM.finditer(text))
    return any(_WORDS_ABOVE_ITEM.match(text, start) for start in before)


def _without_frames(text: Text) -> str:
    """A section with each cell of its even tables on a line of its own, and without the ">" of
    quotations of one line.

    These alone are no reason to have the engine read all of it.
    """
    parts, position = [], 0
    for block in read_blocks(text):
        frame = None
        if block.kind == "table" and is_even(block):
            frame = _EDGE
        elif block.kind == "quote" and _is_one_line(block):
            frame = _QUOTE_MARK
        if frame is not None:
            end = block.start + len(block.text)
            words = frame.sub(lambda match: "\n" * len(match[0]), text[block.start : end])
            parts += [text[position : block.start], words]
            position = end
    return "".join([*parts, text[position:]])


def _is_one_line(quotation: Block) -> bool:
    return "\n" not in quotation.text and [each.kind for each in quotation.inner] == ["paragraph"]


def _words(mark: Mark) -> str:
    return f"\ue001{mark.text}" if isinstance(mark, Link) else "\ue001"


def _typed_faults(text: Text, marks: Sequence[Mark]) -> Iterator[Problem]:
    """What is to be seen without reading on: HTML, braces, marks of a conflict, broken links."""
    masked = mask_code(text)
    if any(sign in masked for sign in _SIGNS_OF_CONFLICTS):
        for match in CONFLICT_MARK.finditer(masked):
            message = f"a mark of a merge conflict ({match[0][:7]}); settle it, remove it"
            yield Problem(text.at(match.start()), message, RULE)
        masked = CONFLICT_MARK.sub(lambda match: " " * len(match[0]), masked)
    for pattern, (sign, message_of) in _FAULTS.items():
        for match in pattern.finditer(masked) if sign in masked else ():
            yield Problem(text.at(match.start()), message_of(match), RULE)
    for match in _REFERENCE.finditer(masked) if "&" in masked else ():
        # A joiner is judged by the letter before it.
        meant = masked[max(match.start() - 1, 0) : match.start()] + html.unescape(match[0])
        for _, message in hidden_characters(meant):
            yield Problem(text.at(match.start()), f'"{match[0]}" stands for {message}', RULE)
    masked = _without_citations(text, masked, marks)
    for match in _BRACE.finditer(masked) if "{" in masked or "}" in masked else ():
        yield Problem(text.at(match.start()), _brace(match), RULE)


def _without_citations(text: Text, masked: str, marks: Sequence[Mark]) -> str:
    """The text without braces that mean something, or of which `references` speaks already."""
    placeholders = (mark for mark in marks if isinstance(mark, Placeholder))
    masked = blanked(masked, ((mark.start, mark.end) for mark in placeholders))
    if "{" in masked and "#" in masked:
        masked = blanked(masked, _heading_attributes(text))
    if "{{" in masked or "}}" in masked:
        masked = _DOUBLED.sub(lambda match: " " * len(match[0]), masked)
    return masked


def _heading_attributes(text: Text) -> Iterator[Span]:
    """What stands in braces behind the words of headings: their own rule speaks of it."""
    for block in all_blocks(read_blocks(text)):
        found = _ATTRIBUTES_AT_END.search(block.text) if block.kind == "heading" else None
        span = block.id_span or (found.span() if found else None)
        if span is not None:
            yield block.start + span[0], block.start + span[1]


def _html(match: re.Match[str]) -> str:
    tag = match[0] if match[0].endswith(">") else f"{match[0]}…"
    if re.fullmatch(r"<[^\s@]+@[^\s@]+>", tag):
        return f'{tag} is no address yet; write "<mailto:{tag[1:]}"'
    return f"HTML ({tag}); write Markdown, or put it in `code` to show it"


def _brace(match: re.Match[str]) -> str:
    found = quoted(match[0])
    if _ATTRIBUTES.fullmatch(match[0]):
        return f"{found} gives attributes, which a section has none of; remove it"
    inner = re.fullmatch(r"[\\{\s]*([a-z][a-z0-9_]*(?:\.[a-z_]+)?)[\\}\s]*", match[0])
    example = inner[1] if inner else "id"
    return f'{found} is no citation; write "{{{{ {example} }}}}" (literal braces go in `code`)'


_FAULTS: Mapping[re.Pattern[str], tuple[str, Callable[[re.Match[str]], str]]] = {
    _HTML: ("<", _html),
    _ENTITY: ("&", lambda match: f'"{match[0]}" stands for a brace; write braces themselves'),
    _OPEN_NOTE: (
        "[^",
        lambda _: 'a footnote whose mark ends on another line; write "]" on this one',
    ),
    _LOOSE_LINK: ("]", lambda _: 'a space between "]" and "("; remove it'),
    _OPEN_LINK: ("](", lambda match: f'"{match[0]}" is not closed; write ")" after the id'),
}
"""What is refused, what a text must hold for it to be there, and what to say of it."""

_SIGNS_OF_CONFLICTS = tuple(sign * 7 for sign in "<|=>")


def _faults_of_plain_text(text: Text, marks: Sequence[Mark]) -> Iterator[Problem]:
    """What looks like Markdown in a text that is none."""
    others = blanked(mask_code(text), ((mark.start, mark.end) for mark in marks))
    for match in _FOREIGN_LINK.finditer(others):
        message = f"{quoted(match[0])} is shown as typed here; link a source ([words](source:ID))"
        yield Problem(text.at(match.start()), f"{message}, or put the link in a section", RULE)
    for match in _EMPHASIS.finditer(others):
        message = f"{quoted(match[0])} is shown as typed here, for this is no Markdown"
        yield warning(text.at(match.start()), f"{message}; write the words alone", RULE)


_MAY_BE_MARKDOWN = re.compile(r"[\[\]<>{}*&]|__|={7}")
_FOREIGN_LINK = re.compile(
    r"!?\[[^\[\]\n]*\]\([^\n]*?\)+|\[[^\[\]\n]+\]\[[^\[\]\n]*\]|\[\^[^\[\]\n]+\]"
    r"|<(?:https?://|mailto:)[^<>\s]*>"
)
_EMPHASIS = re.compile(
    r"(?<![\w*])(\*{1,3})(?=[^\s*])[^*\n]*[^\s*]\1(?![\w*])|(?<!\w)__\w[^_\n]*__(?!\w)"
)


def _html_faults(text: Text, reading: Reading, said: bool) -> Iterator[Problem]:
    """What reaches the page as it was typed, and attributes; where braces and tags seemed in order.

    That they are in `code` to us and not to the engine is one way to get there.
    """
    for found in reading.attributes:
        if found.name.startswith(("`", "~")):
            marks = re.match(r"(?:`+|~+)", found.name)
            assert marks is not None
            language = re.search(r"\.([\w#+-]+)", found.name)
            example = marks[0] + (language[1] if language else "text")
            message = f'attributes on a fence ({quoted(found.name)}); write "{example}"'
            yield Problem(text.at(found.start), message, RULE)
        elif not said:
            message = f"the attribute {quoted(found.name)}; only headings have one, their {{#id}}"
            yield Problem(text.at(found.start), message, RULE)
    for found in reading.html if not said else ():
        message = f"HTML ({quoted(found.name)}) reaches the page; put it in `code` to show it"
        yield Problem(text.at(found.start), message, RULE)
    for start in reading.crowded:
        message = "a paragraph with more brackets than can be read; split it, or put it in `code`"
        yield Problem(text.at(start), message, RULE)
