"""The explainer in content/ keeps its promises."""

from __future__ import annotations

import re
from collections.abc import Iterator
from functools import cache

import pytest

from reperes.model.entries import EVIDENCE_WORDS
from reperes.model.explainer import Explainer
from reperes.model.facts import Fact
from reperes.model.forms import FORMS, misfit, say
from reperes.model.references import is_citation
from reperes.model.schema import RESERVED_IDS
from reperes.rules.checking import check
from reperes.rules.passages import visible_words
from reperes.text.sentences import sentences
from support import REAL


@cache
def real() -> Explainer:
    explainer, _ = check(REAL)
    return explainer


def facts() -> list[Fact]:
    return list(real().facts.values())


def test_it_loads_without_an_error() -> None:
    _, problems = check(REAL)
    assert [str(problem) for problem in problems if problem.is_error] == []


def test_no_translation_is_stale() -> None:
    _, problems = check(REAL)
    assert [str(problem) for problem in problems if problem.rule == "stale"] == []


def test_it_has_no_warning() -> None:
    _, problems = check(REAL)
    assert [str(problem) for problem in problems if problem.rule != "stale"] == []


@pytest.mark.parametrize("language", ["fr", "en"])
def test_every_figure_is_cited_in_each_language(language: str) -> None:
    marks = [mark for key, found in real().marks.items() if key[0] == language for mark in found]
    marks += [mark for _, code, mark in real().yaml_marks if code == language]
    cited = {mark.id for mark in marks if is_citation(mark)}
    assert sorted(set(real().figures) - cited) == []


@pytest.mark.parametrize("language", ["fr", "en"])
def test_every_section_is_written_in_each_language(language: str) -> None:
    written = set(real().sections[language])
    assert written >= {*real().site.section_ids}
    assert written <= {*real().site.section_ids, *RESERVED_IDS}


def test_evidence_has_five_words_at_most() -> None:
    pins = [(fact.id, pin) for fact in facts() for value in fact.values for pin in value.pins]
    long = [name for name, pin in pins if len((pin.evidence or "").split()) > EVIDENCE_WORDS]
    assert long == []


def test_every_fact_has_a_source_a_paragraph_and_an_author() -> None:
    for fact in facts():
        assert all(pin.source_id in real().sources for pin in fact.pins)
        assert all(pin.locator and pin.locator.paragraphs for pin in fact.pins)
        assert fact.attributed_to
        assert set(fact.attributed_to) <= set(real().actors)


@pytest.mark.parametrize("language", ["fr", "en"])
def test_every_form_of_every_fact_can_be_said(language: str) -> None:
    for fact in facts():
        for form in FORMS[type(fact)]:
            if misfit(fact, form) is None:
                assert say(fact, form, real().locales[language], real().actors)


def test_every_date_that_was_worked_out_says_how_in_each_language() -> None:
    for fact in facts():
        derived = getattr(fact, "derived", None)
        if derived is not None:
            assert set(derived.reason) == set(real().languages)


# What the report does or does not say

MOST_ABOUT_THE_REPORT = 12
ABOUT_THE_REPORT = {
    "fr": re.compile(
        r"dépêche"
        r"|\bn[e’] ?(le |la |les |l’|en |y )?(dit|disent|précise|nomme|cite|mentionne)(nt)? "
        r"|\bn’(en |y )?(est|sont|était|étaient)( pas)? (dit|précis|nomm|cit|rapport|connu)"
        r"|\bsans (autre |le |la |les )?(précision|préciser|nommer)",
        re.IGNORECASE,
    ),
    "en": re.compile(
        r"\bthe report\b"
        r"|\b(do|does|did) not (say|name|specify|quote|mention)\b"
        r"|\b(is|are|was|were) not (said|named|specified|quoted|reported|known)\b"
        r"|\bmentions? (no|none|neither)\b"
        r"|\bwithout (saying|naming|specifying)\b",
        re.IGNORECASE,
    ),
}
"""What a sentence says that is about the report, and not about what happened.

The report itself by that word, and that something is not said, named, quoted or reported in it. Who
says what ("according to AFP") is no such thing.
"""


def about_the_report(language: str) -> Iterator[str]:
    """Sentences of chapters and their summaries that say so, or whose heading does."""
    for section_id in real().site.section_ids:
        section = real().section(language, section_id)
        assert section is not None
        below = False
        for block in section.headed_blocks:
            words = visible_words(block.text)
            written = [words[start:end].strip() for start, end in sentences(words)]
            told = [sentence for sentence in written if ABOUT_THE_REPORT[language].search(sentence)]
            if block.kind == "heading":
                below = bool(told)
            elif block.kind != "title":
                yield from filter(None, written if below else told)


@pytest.mark.parametrize("language", ["fr", "en"])
def test_chapters_tell_of_events_and_seldom_of_the_report(language: str) -> None:
    found = list(about_the_report(language))
    assert len(found) <= MOST_ABOUT_THE_REPORT, "\n".join([str(len(found)), *found])


@pytest.mark.parametrize(
    ("language", "told"),
    [
        ("fr", "La dépêche ne précise pas lesquelles."),
        ("fr", "Son nom n’est pas précisé."),
        ("fr", "Aucun responsable n’est cité."),
        ("fr", "L’agence ne dit pas d’où elle le tient."),
        ("en", "The report does not say which."),
        ("en", "The source is not named."),
        ("en", "AFP mentions no reply."),
    ],
)
def test_what_is_about_the_report(language: str, told: str) -> None:
    assert ABOUT_THE_REPORT[language].search(told)


@pytest.mark.parametrize(
    ("language", "told"),
    [
        ("fr", "Selon l’AFP, le gouvernement a repris des localités."),
        ("fr", "Les discussions n’ont rien donné, a-t-il dit à l’AFP."),
        ("en", "According to AFP, the government retook towns."),
        ("en", "The talks had produced nothing, he told AFP."),
    ],
)
def test_what_is_about_events(language: str, told: str) -> None:
    assert not ABOUT_THE_REPORT[language].search(told)
