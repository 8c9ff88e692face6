"""Quotations that stand without their author or their source."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass

from build_tools.explainer import Explainer
from build_tools.markup import Span, blanked, folded, split_blocks
from build_tools.problems import Problem, Text, quoted, warning
from build_tools.references import Link, Mark, find_marks
from build_tools.rules.attribution import is_heading, linked_actor
from build_tools.rules.passages import name_pattern, recorded_names, sentences, visible_words

RULE = "quotation"
FEWEST_WORDS = 4
"""What is shorter is a word that the text keeps at a distance."""

_QUOTED = re.compile(r"«[^«»]*»|“[^“”]*”|\"[^\"]*\"")
_INTRODUCES = re.compile(r":[\s*_]*$")
_SIGNS = re.compile(r"[—–-]")


def check(explainer: Explainer) -> Iterator[Problem]:
    """Quotations of some words, and block quotations, that nothing beside them answers for.

    An actor, a claim, a fact or a source does, in the same sentence or the next to it, in the line
    that introduces the block ("The mayor wrote:"), or in the one that signs it ("— The mayor").
    """
    for language, sections in explainer.sections.items():
        names = _Names.of(explainer, language)
        for section in sections.values():
            for text in (section.body, section.summary):
                if ">" in text or _QUOTED.search(text):
                    yield from _check_text(text, names, explainer)


@dataclass(frozen=True)
class _Names:
    """Recorded names in one language: of who may have spoken, and all of them, folded."""

    authors: re.Pattern[str] | None
    all: frozenset[str]

    @classmethod
    def of(cls, explainer: Explainer, language: str) -> _Names:
        sources = [str(source.label[language]) for source in explainer.sources.values()]
        actors = [str(n) for each in explainer.actors.values() for n in each.names[language].all]
        titles = [str(section.title) for section in explainer.sections[language].values()]
        known = (*recorded_names(explainer, language), *sources, *titles)
        return cls(name_pattern([*actors, *sources]), frozenset(map(folded, known)))


@dataclass(frozen=True)
class _Block:
    """A block of a text: its words at their offsets, its marks, and where quotation marks stand."""

    text: Text
    words: str
    marks: list[Mark]
    quotes: list[Span]

    @classmethod
    def of(cls, text: Text) -> _Block:
        words = visible_words(text)
        quotes = [match.span() for match in _QUOTED.finditer(words)]
        return cls(text, words, find_marks(text)[0], quotes)


def _check_text(text: Text, names: _Names, explainer: Explainer) -> Iterator[Problem]:
    blocks = [_Block.of(block) for block in split_blocks(text) if not is_heading(block)]
    for number, block in enumerate(blocks):
        is_quotation = block.text.startswith(">")
        beside: list[tuple[_Block, Span]] = []
        if number and _INTRODUCES.search(blocks[number - 1].words):
            beside.append((blocks[number - 1], sentences(blocks[number - 1].words.rstrip())[-1]))
        if is_quotation and number + 1 < len(blocks) and _SIGNS.match(blocks[number + 1].words):
            beside.append((blocks[number + 1], (0, len(blocks[number + 1].words))))
        for quote in [(0, len(block.words))] if is_quotation else block.quotes:
            near = [(block, _neighbourhood(block.words, quote)), *beside]
            if _is_quotation(block.words[slice(*quote)], names) and not any(
                _names_author(each, span, names, explainer) for each, span in near
            ):
                yield _problem(block, quote)


def _is_quotation(words: str, names: _Names) -> bool:
    """Whether somebody's words are quoted, not a word or a name."""
    inner = words.strip("«»“”\"'[]*_ \n\u00a0\u202f")
    count = sum(any(map(str.isalpha, word)) for word in inner.split())
    return count >= FEWEST_WORDS and folded(inner) not in names.all


def _neighbourhood(words: str, quote: Span) -> Span:
    """The sentences that a quotation stands in, and those next to them."""
    spans = sentences(words)
    touched = [n for n, (start, end) in enumerate(spans) if start < quote[1] and quote[0] < end]
    return spans[max(0, touched[0] - 1)][0], spans[min(len(spans) - 1, touched[-1] + 1)][1]


def _names_author(block: _Block, span: Span, names: _Names, explainer: Explainer) -> bool:
    start, end = span
    if any(_answers(m, block, explainer) for m in block.marks if start <= m.start < end):
        return True
    # Whom a quotation speaks of has not spoken it.
    said = blanked(block.words, block.quotes)[start:end]
    return names.authors is not None and names.authors.search(said) is not None


def _answers(mark: Mark, block: _Block, explainer: Explainer) -> bool:
    """Whether a mark says who spoke, or leads to where it was read."""
    if not isinstance(mark, Link):
        return mark.form == "by"
    if mark.scheme in ("claim", "fact", "source"):
        return True
    quoted_too = any(start <= mark.start < end for start, end in block.quotes)
    return linked_actor(mark, explainer) is not None and not quoted_too


def _problem(block: _Block, quote: Span) -> Problem:
    offset = quote[0]
    words = block.text[offset : quote[1]].strip("«»“”\"'>[]*_ \n\u00a0\u202f")
    found = quoted(re.sub(r"[ \n>]+", " ", words), 40)
    fix = "beside it, write {{ id.by }}, or link a claim, an actor or a source"
    return warning(
        block.text.at(offset), f"{found} is quoted without its author or source; {fix}", RULE
    )
