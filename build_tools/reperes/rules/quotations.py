"""Quotations that stand without their author or their source."""

from __future__ import annotations

import re
from bisect import bisect_left, bisect_right
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from functools import cache

from reperes.model.explainer import Explainer
from reperes.model.references import Link, Mark, marks_in
from reperes.rules.attribution import linked_actor
from reperes.rules.passages import name_pattern, recorded_names, sentences, visible_words
from reperes.text.blocks import read_blocks
from reperes.text.folding import folded
from reperes.text.markup import Span, blanked
from reperes.text.problems import Problem, Text, quoted, warning

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
    """A block of a text: its words at their offsets, with and without what is quoted in them."""

    text: Text
    words: str
    unquoted: str
    sentences: list[Span]
    quotes: list[Span]
    marks: Sequence[Mark]

    @classmethod
    def of(cls, text: Text) -> _Block:
        words = visible_words(text)
        quotes = [match.span() for match in _QUOTED.finditer(words)]
        unquoted = blanked(words, quotes)
        return cls(text, words, unquoted, sentences(words), quotes, marks_in(text))


def _check_text(text: Text, names: _Names, explainer: Explainer) -> Iterator[Problem]:
    @cache
    def names_author(number: int, span: Span) -> bool:
        # Kept, for a sentence may hold many quotations.
        return _names_author(blocks[number], span, names, explainer)

    blocks = [_Block.of(block.text) for block in read_blocks(text) if block.kind != "heading"]
    for number, block in enumerate(blocks):
        is_quotation = block.text.startswith(">")
        beside: list[tuple[int, Span]] = []
        if number and _INTRODUCES.search(blocks[number - 1].words):
            beside.append((number - 1, blocks[number - 1].sentences[-1]))
        if is_quotation and number + 1 < len(blocks) and _SIGNS.match(blocks[number + 1].words):
            beside.append((number + 1, (0, len(blocks[number + 1].words))))
        for quote in [(0, len(block.words))] if is_quotation else block.quotes:
            near = [(number, _neighbourhood(block.sentences, quote)), *beside]
            if _is_quotation(block.words[slice(*quote)], names) and not any(
                names_author(*each) for each in near
            ):
                yield _problem(block, quote)


def _is_quotation(words: str, names: _Names) -> bool:
    """Whether somebody's words are quoted, not a word or a name."""
    inner = words.strip("«»“”\"'[]*_ \n\u00a0\u202f")
    count = sum(any(map(str.isalpha, word)) for word in inner.split())
    return count >= FEWEST_WORDS and folded(inner) not in names.all


def _neighbourhood(spans: list[Span], quote: Span) -> Span:
    """The sentences that a quotation stands in, and those next to them."""
    first = bisect_right(spans, quote[0], key=lambda span: span[0]) - 1
    last = bisect_left(spans, quote[1], key=lambda span: span[0]) - 1
    return spans[max(0, first - 1)][0], spans[min(len(spans) - 1, last + 1)][1]


def _names_author(block: _Block, span: Span, names: _Names, explainer: Explainer) -> bool:
    first, after = (bisect_left(block.marks, offset, key=lambda m: m.start) for offset in span)
    if any(_answers(mark, block, explainer) for mark in block.marks[first:after]):
        return True
    # Whom a quotation speaks of has not spoken it.
    return names.authors is not None and bool(names.authors.search(block.unquoted, *span))


def _answers(mark: Mark, block: _Block, explainer: Explainer) -> bool:
    """Whether a mark says who spoke, or leads to where it was read."""
    if not isinstance(mark, Link):
        return mark.form == "by"
    if mark.scheme in ("claim", "fact", "source"):
        return True
    # The words of a link within quotation marks are blanked.
    quoted_too = block.unquoted[mark.start : mark.end].isspace()
    return linked_actor(mark, explainer) is not None and not quoted_too


def _problem(block: _Block, quote: Span) -> Problem:
    offset = quote[0]
    words = block.text[offset : quote[1]].strip("«»“”\"'>[]*_ \n\u00a0\u202f")
    found = quoted(re.sub(r"[ \n>]+", " ", words), 40)
    fix = "beside it, write {{ id.by }}, or link a claim, an actor or a source"
    return warning(
        block.text.at(offset), f"{found} is quoted without its author or source; {fix}", RULE
    )
