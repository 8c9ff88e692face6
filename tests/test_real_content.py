"""The explainer in content/ keeps its promises."""

from __future__ import annotations

from functools import cache

import pytest

from reperes.model.explainer import Explainer
from reperes.model.facts import EVIDENCE_WORDS, Fact
from reperes.model.forms import FORMS, misfit, say
from reperes.model.references import is_citation
from reperes.model.schema import RESERVED_IDS
from reperes.rules.checking import check
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
    long = [fact.id for fact in facts() if len((fact.pin.evidence or "").split()) > EVIDENCE_WORDS]
    assert long == []


def test_every_fact_has_a_source_a_paragraph_and_an_author() -> None:
    for fact in facts():
        assert fact.pin.source_id in real().sources
        assert fact.pin.paragraphs
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
