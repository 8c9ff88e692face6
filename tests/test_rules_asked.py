"""Of which sections the rules are asked again, after an edit of a clean content."""

from __future__ import annotations

import re
from copy import deepcopy
from pathlib import Path

import pytest

from benchmarks.write import write
from reperes import rules
from reperes.model.explainer import Explainer
from reperes.model.loading import load
from reperes.model.tracing import Digests, Traces
from reperes.rules.checking import REST, check_anew

SECTIONS = 20
"""Few enough for one process to ask."""
FIGURES = "facts/figures.yml"
GLOSSARY = "glossary.yml"


def edit(file: Path, pattern: str, by: str) -> None:
    """Replace what is found first."""
    typed = file.read_text("utf-8")
    edited = re.sub(pattern, by, typed, count=1)
    assert edited != typed
    file.write_text(edited, "utf-8")


class Asked:
    """A content, and what of it was clean before any edit."""

    def __init__(self, content: Path, monkeypatch: pytest.MonkeyPatch) -> None:
        self.content = content
        self._names: list[str] = []
        check_section, check_rest = rules.check_section, rules.check_rest

        def of_section(explainer: Explainer, section_id: str) -> object:
            self._names.append(section_id)
            return check_section(explainer, section_id)

        def of_rest(explainer: Explainer) -> object:
            self._names.append(REST)
            return check_rest(explainer)

        monkeypatch.setattr(rules, "check_section", of_section)
        monkeypatch.setattr(rules, "check_rest", of_rest)
        self._clean = Traces()
        self.explainer = load(content).explainer
        assert self.again() == [REST, *self.explainer.section_ids]

    def again(self) -> list[str]:
        """The sections of which the rules are asked now."""
        self._names.clear()
        loaded, clean = load(self.content), deepcopy(self._clean)
        check_anew(loaded.explainer, loaded.problems, clean, Digests(loaded.explainer))
        if not self._clean.numbers:
            self._clean = clean
        return self._names


@pytest.fixture
def asked(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Asked:
    write(SECTIONS, tmp_path)
    return Asked(tmp_path, monkeypatch)


def test_of_nothing_where_nothing_has_changed(asked: Asked) -> None:
    assert asked.again() == []


@pytest.mark.parametrize("language", ["fr", "en"])
def test_of_a_section_alone_that_was_reworded(asked: Asked, language: str) -> None:
    name = asked.explainer.section_ids[5]
    edit(asked.content / f"sections/{language}/{name}.md", r"(?<=\n\n)(?=\w)", "Or, ")
    assert asked.again() == [name]


def test_of_a_section_alone_that_has_another_title(asked: Asked) -> None:
    name = asked.explainer.section_ids[5]
    edit(asked.content / f"sections/fr/{name}.md", r'(?<=title: ")', "Or, ")
    assert asked.again() == [name]


def test_of_those_that_cite_a_figure_of_another_value(asked: Asked) -> None:
    cited = [name for name in asked.explainer.figures if asked.explainer.cited_in(name)]
    name = min(cited, key=lambda figure: len(asked.explainer.cited_in(figure)))
    citing = asked.explainer.cited_in(name)
    assert len(citing) < SECTIONS
    edit(asked.content / FIGURES, rf'(id: "{name}"(?:\n    .*)*?\n    value: )"\d+"', r'\1"77"')
    assert {*asked.again()} - {REST} == {*citing}


def test_of_those_that_link_a_term_of_another_definition(asked: Asked) -> None:
    name = min(asked.explainer.terms, key=lambda term: len(asked.explainer.term_used_in(term)))
    linking = asked.explainer.term_used_in(name)
    assert len(linking) < SECTIONS
    edit(asked.content / GLOSSARY, rf'(id: "{name}"(?:\n    .*)*?definition: ")', r"\1Or, ")
    assert {*asked.again()} - {REST} == {*linking}


def test_of_all_that_may_hold_a_term_of_another_form(asked: Asked) -> None:
    name = next(iter(asked.explainer.terms))
    edit(asked.content / GLOSSARY, rf'(id: "{name}"(?:\n    .*)*?term: ")', r"\1or ")
    assert asked.again() == [REST, *asked.explainer.section_ids]


def test_of_those_that_rest_on_a_source_that_is_called_otherwise(asked: Asked) -> None:
    explainer = asked.explainer
    resting = {
        name: {
            *(each for fact in explainer.resting_on(name) for each in explainer.cited_in(fact.id)),
            *(
                each
                for each in explainer.section_ids
                for code in explainer.languages
                if name in explainer.linked(code, each, "source")
            ),
        }
        for name in explainer.sources
    }
    name = min(resting, key=lambda source: len(resting[source]))
    assert len(resting[name]) < SECTIONS
    edit(asked.content / "sources.yml", rf'(id: "{name}"(?:\n    .*)*?fr: ")', r"\1Or, ")
    assert {*asked.again()} - {REST} <= resting[name]
