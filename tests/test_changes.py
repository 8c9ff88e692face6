from __future__ import annotations

import shutil
from pathlib import Path

import pytest

from reperes.model.explainer import Explainer
from reperes.model.loading import load
from reperes.tools.changes import FactChange, fact_changes, newly_stale, summary
from support import TOY, replace_in


def loaded(content: Path) -> Explainer:
    return load(content).explainer


@pytest.fixture
def content(tmp_path: Path) -> Path:
    return shutil.copytree(TOY, tmp_path / "content")


@pytest.fixture
def before(content: Path) -> Explainer:
    return loaded(content)


def test_nothing_has_changed(content: Path, before: Explainer) -> None:
    assert summary(before, loaded(content)) == (
        "### Facts\n\nNo fact says anything else.\n\n"
        "### Translations that this change leaves behind\n\nNone.\n"
    )


def test_a_figure_says_something_else_and_no_translation_is_behind(
    content: Path, before: Explainer
) -> None:
    replace_in(content / "facts/figures.yml", 'value: "900"', 'value: "950"')
    after = loaded(content)
    assert list(fact_changes(before, after)) == [
        FactChange(
            "crossings",
            "changed",
            "Traversées de l’année",
            (
                ("low", "900", "950"),
                ("high", "900", "950"),
                ("text", "environ 900\xa0traversées", "environ 950\xa0traversées"),
            ),
        )
    ]
    assert newly_stale(before, after) == []


def test_a_fact_that_is_new_and_one_that_is_gone(content: Path, before: Explainer) -> None:
    replace_in(content / "facts/figures.yml", 'id: "crossings"', 'id: "trips"')
    after = loaded(content)
    found = [(change.id, change.kind) for change in fact_changes(before, after)]
    assert found == [("trips", "added"), ("crossings", "removed")]


def test_a_reworded_original_leaves_its_translation_behind(
    content: Path, before: Explainer
) -> None:
    replace_in(content / "sections/fr/closure.md", "## Ceux qui traversent", "## Qui traverse")
    (finding,) = newly_stale(before, loaded(content))
    assert (str(finding.target), finding.kind) == ("en/closure:3", "changed")


def test_what_was_stale_before_is_not_told_again_though_it_moved(content: Path) -> None:
    closure = content / "sections/fr/closure.md"
    replace_in(closure, "## Ceux qui traversent", "## Qui traverse")
    before = loaded(content)
    replace_in(closure, "## Qui traverse", "Un mot de plus.\n\n## Qui traverse")
    found = newly_stale(before, loaded(content))
    assert [(str(finding.target), finding.kind) for finding in found] == [("en/closure:3", "added")]


def test_an_edit_of_the_translation_alone_is_told(content: Path, before: Explainer) -> None:
    replace_in(content / "sections/en/closure.md", "## Those who cross", "## Who crosses")
    (finding,) = newly_stale(before, loaded(content))
    assert (str(finding.target), finding.kind) == ("en/closure:3", "edited")


def test_each_text_that_the_translation_adds_is_told(content: Path) -> None:
    closure = content / "sections/en/closure.md"
    replace_in(closure, "## Those who cross", "Only here.\n\n## Those who cross")
    before = loaded(content)
    replace_in(closure, "Only here.", "Only here.\n\nAnd another one.")
    (finding,) = newly_stale(before, loaded(content))
    assert finding.kind == "extra"
    assert list(map(str, finding.translations)) == ["And another one."]


def test_the_summary_names_fields_and_places(content: Path, before: Explainer) -> None:
    replace_in(content / "facts/figures.yml", 'value: "900"', 'value: "950"')
    replace_in(content / "sections/fr/closure.md", "## Ceux qui traversent", "## Qui traverse")
    text = summary(before, loaded(content))
    assert "- **crossings** (Traversées de l’année): changed\n  - `low`: 900 → 950\n" in text
    assert "- `en/closure:3`: changed, `" in text
    assert "sections/fr/closure.md:1" in text
