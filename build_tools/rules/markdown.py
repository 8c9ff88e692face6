"""Markdown that sections do not hold, because a page would show something else than was meant."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator, Mapping

from build_tools.explainer import Explainer
from build_tools.markup import CONFLICT_MARK, blanked, mask_code
from build_tools.problems import Problem, Text, quoted
from build_tools.references import SCHEMES, Placeholder, find_marks

RULE = "markdown"

_HTML = re.compile(r"<(?!https?://|mailto:)[A-Za-z/!?][^>\n]{0,40}>?")
_HEADING_ATTRIBUTES = re.compile(r"(?m)(^#{1,6}.*?)\{[:#.][^{}\n]*\}(?=[ \t]*$)")
_ATTRIBUTES = re.compile(r"\{:?[^{}\n]*(?:=|(?<=[{:\s])[.#])[^{}\n]*\}")
_BRACE = re.compile(r"(?:\\\{)+[^{}\\\n]{0,60}(?:\\\})*|\\?\{[^{}\n]{0,60}\}?|\\?\}")
_DOUBLED = re.compile(r"(?m)^.*(?:\{\{|\}\}).*$")
_ENTITY = re.compile(r"(?:&#(?:x0*7[bBdD]|0*12[35]);|&[lr]c(?:ub|brace);)+")
_LOOSE_LINK = re.compile(rf"\][ \t]+\((?:{'|'.join(SCHEMES)}):[^()\n]*\)")
_OPEN_LINK = re.compile(rf"\]\((?:{'|'.join(SCHEMES)}):[^()\n]*$", re.MULTILINE)


def check(explainer: Explainer) -> Iterator[Problem]:
    """HTML, braces that are no citation, conflict marks, and other marks of no use in a section."""
    for sections in explainer.sections.values():
        for section in sections.values():
            for text in (section.title, section.summary, section.body):
                yield from check_text(text)


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
    for match in _BRACE.finditer(_without_citations(text, masked)):
        yield Problem(text.at(match.start()), _brace(match), RULE)


def _without_citations(text: Text, masked: str) -> str:
    """The text without braces that mean something, or of which `references` speaks already."""
    placeholders = (mark for mark in find_marks(text)[0] if isinstance(mark, Placeholder))
    masked = blanked(masked, ((mark.start, mark.end) for mark in placeholders))
    # What is wrong with the id of a heading is said by its own rule.
    masked = _HEADING_ATTRIBUTES.sub(lambda m: m[1] + " " * (len(m[0]) - len(m[1])), masked)
    return _DOUBLED.sub(lambda match: " " * len(match[0]), masked)


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
    _LOOSE_LINK: lambda _: 'a space between "]" and "("; remove it',
    _OPEN_LINK: lambda match: f'"{match[0]}" is not closed; write ")" after the id',
}
"""What is refused, and what to say of it."""
