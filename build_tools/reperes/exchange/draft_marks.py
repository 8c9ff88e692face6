"""Marks for a draft: citations where it says word for word what a fact says, links on names.

`rules.naked_figures` names every fact that may fit a number, for somebody to choose from. Here
nobody is asked, and a citation is written only where the page will show what was typed.
"""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import NamedTuple

from reperes.drafts.finding import LANGUAGES, findings
from reperes.drafts.names import KnownNames, known_names
from reperes.language.locales import Locale
from reperes.language.word_forms import WordForms
from reperes.model.explainer import Explainer, once_for_an_explainer
from reperes.model.facts import Event, Figure
from reperes.model.forms import misfit, say
from reperes.model.references import Link, marks_in
from reperes.rules.passages import visible_words
from reperes.rules.termbase import agreed_forms, concepts
from reperes.text.blocks import Block, read_blocks
from reperes.text.editing import Span, replaced
from reperes.text.folding import folded
from reperes.text.markup import blanked
from reperes.text.problems import Text

_FORMS = {Figure: ("between", "", "words"), Event: ("on", "date")}
"""The forms that are tried. Of two that say the same, the first is written."""

_GROUPED = re.compile(r"(?<=[0-9])[ \u00a0\u202f,](?=[0-9]{3}(?![0-9]))")
_GROUPINGS = ("", " ", ".", ",", "'")
"""How people part thousands."""

_WORD = re.compile(r"[^\W_]")
_LINK = re.compile(r"!?\[[^\[\]\n]*\](?:\([^()\n]*\)|\[[^\[\]\n]*\])|<[^<>\n]+>")
_QUOTED = re.compile(r"«[^»\n]*»|“[^”\n]*”|\"[^\"\n]*\"")
_JOINED = re.compile(r"[\w/’'-]|[.,:][0-9]")
_BEFORE = re.compile(r"[\w/–\x00-]$|[0-9][.,:]$")
"""What belongs to the number or the name before it: "350 000e", "12,5", "2018-2019"."""


@dataclass(frozen=True, slots=True)
class Marked:
    """A text with marks in it, and how many citations and links these are."""

    text: str
    cited: int
    linked: int


class _Phrase(NamedTuple):
    """What a fact says in a language, the noun that must follow ("" for none), and its citation.

    Of several citations that say the same, that of the lowest `rank` is written.
    """

    said: str
    noun: str
    fact_id: str
    mark: str
    rank: int


def marked(text: Text, explainer: Explainer, language: str, links: bool = True) -> Marked:
    """A draft's text with citations and, of each name, its first mention as a link.

    Left as typed: headings' names, quotations, code, and what more than one entry may mean.
    """
    blocks = read_blocks(text) if links else []
    hidden = [_span_of(b) for b in blocks if b.kind in ("quote", "code", "address")]
    hidden += [found.span() for found in _LINK.finditer(text)]
    words = blanked(visible_words(text), sorted(hidden), "\x00")
    words = _QUOTED.sub(lambda found: "\x00" * len(found[0]), words)
    edits = list(_citations(words, explainer, language))
    cited = len(edits)
    if links:
        headings = [_span_of(block) for block in blocks if block.kind == "heading"]
        words = blanked(words, sorted([*headings, *(span for span, _ in edits)]), "\x00")
        known = {f"{m.scheme} {m.id}" for m in marks_in(text) if isinstance(m, Link)}
        edits += _links(text, words, explainer, language, known)
    return Marked(replaced(text, edits), cited, len(edits) - cited)


def _span_of(block: Block) -> Span:
    return block.start, block.start + len(block.text)


def _citations(words: str, explainer: Explainer, language: str) -> Iterator[tuple[Span, str]]:
    if language not in LANGUAGES:
        return  # nobody could tell "40 %" from "nearly 40 %"
    names = _known_names(explainer, language)
    paragraphs: dict[int, list[Span]] = {}
    for start, _, phrases in _phrases(explainer, language).find(words):
        fitting = []
        for phrase in phrases:
            ends = _ends_of(phrase, words, start)
            if ends is None or _joins(words, start, ends[0]):
                continue
            # To search a paragraph takes long; in most, no fact is said.
            begin = words.rfind("\n\n", 0, start) + 1
            if begin not in paragraphs:
                paragraphs[begin] = _amounts_in(words, begin, names, language)
            # What is found there may begin before it, with a bound, or end after it.
            there = [(a, b) for a, b in paragraphs[begin] if a < ends[0] and b > start]
            if there and all(start <= a and b <= ends[1] for a, b in there):
                fitting.append((phrase.rank, phrase.mark, phrase.fact_id, ends[0]))
        if len({fact_id for *_, fact_id, _ in fitting}) == 1:
            _, mark, _, end = min(fitting)
            yield (start, end), mark


def _amounts_in(words: str, begin: int, names: KnownNames, language: str) -> list[Span]:
    """Where numbers and dates stand in a paragraph, with all that bounds them."""
    end = words.find("\n\n", begin + 1)
    paragraph = words[begin : end if end >= 0 else len(words)]
    return [
        (begin + found.start, begin + found.end)
        for found in findings(paragraph, language, names, None)
        if found.kind in ("number", "date")
    ]


@once_for_an_explainer
def _known_names(explainer: Explainer, language: str) -> KnownNames:
    """What the finder must know, the same for each text of a draft."""
    return known_names(explainer, language)


def _joins(words: str, start: int, end: int) -> bool:
    """Whether what stands around some words belongs to them."""
    before = _BEFORE.search(words[max(0, start - 2) : start])
    return before is not None or _JOINED.match(words, end) is not None


def _ends_of(phrase: _Phrase, words: str, start: int) -> tuple[int, int] | None:
    """Where what the fact says ends, without and with its noun, if both stand at `start`."""
    said = _pattern(phrase.said).match(words, start)
    if said is None:
        return None
    if not phrase.noun:
        return said.end(), said.end()
    noun = re.compile(rf"\s+{_pattern(phrase.noun).pattern}(?!\w)", re.I).match(words, said.end())
    return (said.end(), noun.end()) if noun else None


def _pattern(said: str) -> re.Pattern[str]:
    escaped = r"\s+".join(map(re.escape, said.split()))
    # "40%" is typed as often as "40 %".
    escaped = re.sub(r"\\s\+(?=[%‰€£°]|\\\$)", r"\\s*", escaped)
    return re.compile(re.sub("['’]", "['’]", escaped), re.I)


@once_for_an_explainer
def _phrases(explainer: Explainer, language: str) -> WordForms[_Phrase]:
    """Finds what facts say, by its words."""
    locale = explainer.locales[language]
    return WordForms((phrase.said, phrase) for phrase in _said(explainer, locale))


def _said(explainer: Explainer, locale: Locale) -> Iterator[_Phrase]:
    for fact in explainer.facts.values():
        if not isinstance(fact, Figure | Event):
            continue
        if isinstance(fact, Event) and not fact.date.is_day:
            continue  # "en 2018" may be said of anything
        noun = ""
        if isinstance(fact, Figure):
            counted = locale.unit_wording(fact.unit).is_counted
            noun = locale.unit(fact.unit, fact.high) if counted else ""
        for rank, form in enumerate(_FORMS[type(fact)]):
            if misfit(fact, form) is not None:
                continue
            said = folded(say(fact, form, locale, explainer.actors))
            if not _WORD.match(said) or not (noun or re.search(r"[^\W\d]|[%‰€$£°]", said)):
                continue  # a bare number may count anything
            mark = f"{{{{ {fact.id}{'.' if form else ''}{form} }}}}"
            for typed in dict.fromkeys([said, *(_GROUPED.sub(each, said) for each in _GROUPINGS)]):
                yield _Phrase(typed, noun, str(fact.id), mark, rank)


def _links(
    text: Text, words: str, explainer: Explainer, language: str, known: Iterable[str]
) -> Iterator[tuple[Span, str]]:
    """A link on the first mention of each name that is recorded as it was typed.

    `known` are what the text links already ("term sohr").
    """
    owners = _owners(explainer, language)
    seen = {_concept(explainer, name) for name in known}
    for start, end, _ in agreed_forms(explainer, language).find(words):
        typed = text[start:end]
        # Terms may begin a sentence; the name of an actor or a place is written in one way.
        small = [n for n in owners[folded(typed[:1].lower() + typed[1:])] if n.startswith("term ")]
        found = {*owners[folded(typed)], *small}
        if "-" in (words[start - 1 : start], words[end : end + 1]):
            continue
        if len({_concept(explainer, name) for name in found}) != 1:
            continue
        # Of an actor and the term that explains it, the term leads to both.
        name = max(found, key=lambda name: name.startswith("term "))
        concept = _concept(explainer, name)
        if concept not in seen:
            seen.add(concept)
            yield (start, end), f"[{typed}]({name.replace(' ', ':')})"


def _concept(explainer: Explainer, name: str) -> str:
    concept = concepts(explainer).get(name)
    return concept.name if concept else name


@once_for_an_explainer
def _owners(explainer: Explainer, language: str) -> Mapping[str, Sequence[str]]:
    """The entries that record a name as their own, by the name: "actor sohr", "term sohr"."""
    owners: dict[str, list[str]] = defaultdict(list)
    for scheme, named in (("actor", explainer.actors), ("place", explainer.places)):
        for entry in named.values():
            for name in entry.names[language].all:
                owners[folded(name)].append(f"{scheme} {entry.id}")
    for term in explainer.terms.values():
        words = term.texts[language]
        for form in (words.term, *words.forms):
            owners[folded(form)].append(f"term {term.id}")
    return owners
