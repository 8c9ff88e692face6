"""Words that prose quotes, and no entry of quotations.yml answers for."""

from __future__ import annotations

import json
import re
import unicodedata
from bisect import bisect_left, bisect_right
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from functools import cache

from reperes.model.explainer import (
    Explainer,
    answered_by_an_explainer,
    once_for_an_explainer,
)
from reperes.model.references import Link, Mark, marks_in
from reperes.rules.attribution import linked_actor
from reperes.rules.passages import name_pattern, recorded_names, visible_words
from reperes.text.blocks import read_blocks
from reperes.text.folding import folded
from reperes.text.markup import Span, blanked
from reperes.text.problems import Problem, Severity, Text, quoted
from reperes.text.sentences import sentences

RULE = "quotation"
FEWEST_WORDS = 4
"""What is shorter is a word that the text keeps at a distance."""

_QUOTED = re.compile(r"«[^«»]*»|“[^“”]*”|\"[^\"]*\"")
_MAY_BE_QUOTED = re.compile('[«“"]')
_INTRODUCES = re.compile(r":[\s*_]*$")
_AROUND = "«»“”\"'[]*_ \n\u00a0\u202f"
_SIGNS = re.compile(r"[—–-]")


def check_section(explainer: Explainer, section_id: str) -> Iterator[Problem]:
    """Quotations of some words, and block quotations, that are typed and not cited.

    Typed are words that an entry has, though it is there to be cited; a part of them may be, as the
    words of a link to it. Of all others the entry is missing: an error where nothing answers for
    them. An actor, a claim, a fact or a source does, in the same sentence or the next to it, in
    the line that introduces the block ("The mayor wrote:"), or in the one that signs it ("— The
    mayor").
    """
    for section in explainer.versions(section_id):
        for text in (section.body, section.summary):
            if ">" in text or _MAY_BE_QUOTED.search(text):
                yield from _check_text(text, section.language, explainer)


@answered_by_an_explainer
def quotation_with_words(explainer: Explainer, bare: str) -> str | None:
    """The id of the quotation with these words, which are as `_bare` has them."""
    return _words_of_entries(explainer).get(bare)


@once_for_an_explainer
def _words_of_entries(explainer: Explainer) -> Mapping[str, str]:
    """The ids of quotations by their words, in any language."""
    found: dict[str, str] = {}
    for quotation in explainer.quotations.values():
        for stated in quotation.values:
            for words in (*stated.words.values(), stated.original):
                found.setdefault(_bare(words), str(quotation.id))
    return found


@answered_by_an_explainer
def is_name_or_title(explainer: Explainer, language: str, words: str) -> bool:
    """Whether words, folded, are what an entry or a section is called in a language."""
    return words in _names_and_titles(explainer, language)


@once_for_an_explainer
def _names_and_titles(explainer: Explainer, language: str) -> frozenset[str]:
    sources = [str(source.label[language]) for source in explainer.sources.values()]
    titles = explainer.section_titles(language)
    return frozenset(map(folded, (*recorded_names(explainer, language), *sources, *titles)))


@answered_by_an_explainer
def names_of_speakers(explainer: Explainer, language: str) -> list[str]:
    """What those who may have said something, and what may quote it, are called."""
    actors = [str(n) for each in explainer.actors.values() for n in each.names[language].all]
    return [*actors, *(str(source.label[language]) for source in explainer.sources.values())]


@once_for_an_explainer
def _speakers(explainer: Explainer, language: str) -> re.Pattern[str] | None:
    return name_pattern(names_of_speakers(explainer, language))


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


def _check_text(text: Text, language: str, explainer: Explainer) -> Iterator[Problem]:
    @cache
    def names_author(number: int, span: Span) -> bool:
        # Kept, for a sentence may hold many quotations.
        return _names_author(blocks[number], span, language, explainer)

    texts = [block.text for block in read_blocks(text) if block.kind != "heading"]
    if not any(_may_quote(each, language, explainer) for each in texts):
        return
    blocks = [_Block.of(each) for each in texts]
    for number, block in enumerate(blocks):
        is_quotation = block.text.startswith(">")
        beside: list[tuple[int, Span]] = []
        if number and _INTRODUCES.search(blocks[number - 1].words):
            beside.append((number - 1, blocks[number - 1].sentences[-1]))
        if is_quotation and number + 1 < len(blocks) and _SIGNS.match(blocks[number + 1].words):
            beside.append((number + 1, (0, len(blocks[number + 1].words))))
        for quote in [(0, len(block.words))] if is_quotation else block.quotes:
            words = block.words[slice(*quote)]
            if not _is_quotation(words, language, explainer):
                continue
            if _is_part_of_entry(block, quote, explainer):
                continue
            if entry_id := quotation_with_words(explainer, _bare(words)):
                yield _to_cite(block, quote, entry_id)
                continue
            near = [(number, _neighbourhood(block.sentences, quote)), *beside]
            answered = any(names_author(*each) for each in near)
            yield _to_write(block, quote, language, answered, explainer)


def _may_quote(text: Text, language: str, explainer: Explainer) -> bool:
    """Whether a block quotes anything."""
    words = visible_words(text)
    if text.startswith(">"):
        return _is_quotation(words, language, explainer)
    if not _MAY_BE_QUOTED.search(words):
        return False
    quotes = (match[0] for match in _QUOTED.finditer(words))
    return any(_is_quotation(quote, language, explainer) for quote in quotes)


def _is_quotation(words: str, language: str, explainer: Explainer) -> bool:
    """Whether somebody's words are quoted, not a word or a name."""
    inner = words.strip(_AROUND)
    count = sum(any(map(str.isalpha, word)) for word in inner.split())
    return count >= FEWEST_WORDS and not is_name_or_title(explainer, language, folded(inner))


def _bare(words: str) -> str:
    """Words as they are compared: without what stands around them, and whatever their marks."""
    return folded(re.sub(r"[>*_]|[\[\]](?!…)", "", words)).strip(_AROUND + ".,;:!?…").casefold()


def _is_part_of_entry(block: _Block, quote: Span, explainer: Explainer) -> bool:
    """Whether a quotation stands in a link to an entry of which it is some of the words."""
    for mark in block.marks:
        quotation = explainer.quotations.get(mark.id) if isinstance(mark, Link) else None
        within = mark.start <= quote[0] < mark.end or quote[0] <= mark.start < quote[1]
        if quotation is not None and within:
            said = [_bare(words) for each in quotation.values for words in each.words.values()]
            part = _bare(block.words[slice(*quote)])
            return any(part in words and part != words for words in said)
    return False


def _neighbourhood(spans: list[Span], quote: Span) -> Span:
    """The sentences that a quotation stands in, and those next to them."""
    first = bisect_right(spans, quote[0], key=lambda span: span[0]) - 1
    last = bisect_left(spans, quote[1], key=lambda span: span[0]) - 1
    return spans[max(0, first - 1)][0], spans[min(len(spans) - 1, last + 1)][1]


def _names_author(block: _Block, span: Span, language: str, explainer: Explainer) -> bool:
    first, after = (bisect_left(block.marks, offset, key=lambda m: m.start) for offset in span)
    if any(_answers(mark, block, explainer) for mark in block.marks[first:after]):
        return True
    # Whom a quotation speaks of has not spoken it.
    names = _speakers(explainer, language)
    return names is not None and bool(names.search(block.unquoted, *span))


def _answers(mark: Mark, block: _Block, explainer: Explainer) -> bool:
    """Whether a mark says who spoke, or leads to where it was read."""
    if not isinstance(mark, Link):
        return mark.form == "by"
    if mark.scheme in ("claim", "fact", "source"):
        return True
    # The words of a link within quotation marks are blanked.
    quoted_too = block.unquoted[mark.start : mark.end].isspace()
    return linked_actor(mark, explainer) is not None and not quoted_too


def _to_cite(block: _Block, quote: Span, entry_id: str) -> Problem:
    message = f"{quoted(_words_read(block, quote), 40)} is typed, and quotation {entry_id} has it"
    return Problem(block.text.at(quote[0]), f"{message}; write {{{{ {entry_id} }}}}", RULE)


def _to_write(
    block: _Block, quote: Span, language: str, answered: bool, explainer: Explainer
) -> Problem:
    """A missing entry, and the whole of it: what is not known yet is "…" there."""
    words = _words_read(block, quote)
    suggested = "_".join(re.findall(r"[a-z0-9]+", _ascii(words))[:FEWEST_WORDS])
    entry_id = suggested if suggested[:1].isalpha() else f"words_{suggested}".rstrip("_")
    others = "".join(f', {code}: "…"' for code in explainer.languages if code != language)
    fault = "is quoted, and is no entry" if answered else "is quoted without its author or source"
    message = (
        f"{quoted(words, 40)} {fault}; write {{{{ {entry_id} }}}} here, and in "
        f'facts/quotations.yml - {{id: "{entry_id}", label: {{{language}: "…"{others}}}, '
        f'speaker: "…", language: "{language}", '
        f"words: {{{language}: {json.dumps(words, ensure_ascii=False)}{others}}}, "
        f'date: "…", source: "…"}}'
    )
    severity = Severity.WARNING if answered else Severity.ERROR
    return Problem(block.text.at(quote[0]), message, RULE, severity)


def _words_read(block: _Block, quote: Span) -> str:
    """The words of a quotation as a reader sees them, with "…" for what a citation says there."""
    plain = re.sub(r"(?m)^ *>|\[(?!…)|(?<!…)\]", "", block.words[slice(*quote)])
    return " ".join(re.sub("\x00+", "…", plain).split()).strip(_AROUND)


def _ascii(words: str) -> str:
    return unicodedata.normalize("NFD", words.lower()).encode("ascii", "ignore").decode()
