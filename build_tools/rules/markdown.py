"""Markdown that sections do not hold, because a page would show something else than was meant."""

from __future__ import annotations

import html
import re
from collections.abc import Callable, Iterable, Iterator, Mapping

from build_tools.blocks import DEEPEST, Block, all_blocks, read_blocks
from build_tools.characters import hidden_characters
from build_tools.explainer import Explainer
from build_tools.markup import CONFLICT_MARK, Span, blanked, mask_code
from build_tools.problems import Problem, Text, quoted
from build_tools.references import SCHEMES, Placeholder, find_marks

RULE = "markdown"

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


def check(explainer: Explainer) -> Iterator[Problem]:
    """HTML, braces that are no citation, conflict marks, and other marks of no use in a section."""
    for sections in explainer.sections.values():
        for section in sections.values():
            for text in (section.title, section.summary, section.body):
                yield from check_text(text)
            yield from _check_blocks(section.blocks)


def _check_blocks(blocks: Iterable[Block], depth: int = 0, note: bool = False) -> Iterator[Problem]:
    for block in blocks:
        place = block.text.place
        if depth == DEEPEST:
            message = f"more than {DEEPEST} lists or quotations inside one another; write fewer"
            yield Problem(place, message, RULE)
        elif block.kind == "code" and not block.is_fenced:
            message = "indented by four spaces or more, it is shown as code; remove the spaces"
            yield Problem(place, f'{message}, or put it between lines of "```"', RULE)
        elif block.kind == "footnote" and note:
            message = f"the footnote [^{block.id}] stands inside another; write it at the margin"
            yield Problem(place, message, RULE)
        yield from _check_blocks(block.inner, depth + 1, note or block.kind == "footnote")


def check_text(text: Text) -> Iterator[Problem]:
    """The faults of one text, fault by fault."""
    masked = mask_code(text)
    for match in CONFLICT_MARK.finditer(masked):
        message = f"a mark of a merge conflict ({match[0][:7]}); settle it, remove it"
        yield Problem(text.at(match.start()), message, RULE)
    masked = CONFLICT_MARK.sub(lambda match: " " * len(match[0]), masked)
    for pattern, message_of in _FAULTS.items():
        for match in pattern.finditer(masked):
            yield Problem(text.at(match.start()), message_of(match), RULE)
    for match in _REFERENCE.finditer(masked):
        # A joiner is judged by the letter before it.
        meant = masked[max(match.start() - 1, 0) : match.start()] + html.unescape(match[0])
        for _, message in hidden_characters(meant):
            yield Problem(text.at(match.start()), f'"{match[0]}" stands for {message}', RULE)
    for match in _BRACE.finditer(_without_citations(text, masked)):
        yield Problem(text.at(match.start()), _brace(match), RULE)


def _without_citations(text: Text, masked: str) -> str:
    """The text without braces that mean something, or of which `references` speaks already."""
    placeholders = (mark for mark in find_marks(text)[0] if isinstance(mark, Placeholder))
    masked = blanked(masked, ((mark.start, mark.end) for mark in placeholders))
    if "{" in masked and "#" in masked:
        masked = blanked(masked, _heading_attributes(text))
    return _DOUBLED.sub(lambda match: " " * len(match[0]), masked)


def _heading_attributes(text: Text) -> Iterator[Span]:
    """What stands in braces behind the words of headings: their own rule speaks of it."""
    for block in all_blocks(read_blocks(text)):
        found = _ATTRIBUTES_AT_END.search(block.text) if block.kind == "heading" else None
        span = block.id_span or (found.span() if found else None)
        if span is not None:
            yield block.start + span[0], block.start + span[1]


def _html(match: re.Match[str]) -> str:
    tag = match[0] if match[0].endswith(">") else f"{match[0]}…"
    return f"HTML ({tag}); write Markdown, or put it in `code` to show it"


def _brace(match: re.Match[str]) -> str:
    found = quoted(match[0])
    if _ATTRIBUTES.fullmatch(match[0]):
        return f"{found} gives attributes, which a section has none of; remove it"
    inner = re.fullmatch(r"[\\{\s]*([a-z][a-z0-9_]*(?:\.[a-z_]+)?)[\\}\s]*", match[0])
    example = inner[1] if inner else "id"
    return f'{found} is no citation; write "{{{{ {example} }}}}" (literal braces go in `code`)'


_FAULTS: Mapping[re.Pattern[str], Callable[[re.Match[str]], str]] = {
    _HTML: _html,
    _ENTITY: lambda match: f'"{match[0]}" stands for a brace; write braces themselves',
    _OPEN_NOTE: lambda _: 'a footnote whose mark ends on another line; write "]" on this one',
    _LOOSE_LINK: lambda _: 'a space between "]" and "("; remove it',
    _OPEN_LINK: lambda match: f'"{match[0]}" is not closed; write ")" after the id',
}
"""What is refused, and what to say of it."""
