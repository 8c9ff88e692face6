from __future__ import annotations

from pathlib import Path

import pytest

from reperes.model.loading import load
from reperes.model.readable import file_of_text, readable_part
from reperes.translation.stamping import stamp
from support_commands import change, write_content


@pytest.fixture
def content(tmp_path: Path) -> Path:
    content = write_content(tmp_path)
    stamp(content, ["en/closing", "en/facts", "fr/crossing"])
    return content


def test_sound_content_is_all_there(content: Path) -> None:
    loaded = load(content)
    assert readable_part(loaded) is loaded.explainer


@pytest.mark.parametrize(
    "broken", ["sections/en/closing.md", "sections/fr/closing.md", "translations/en/closing.po"]
)
def test_a_section_of_which_a_file_is_broken_is_left_out(content: Path, broken: str) -> None:
    (content / broken).write_text("<<<<<<< ours\n", "utf-8")
    explainer = readable_part(load(content))
    assert [list(found) for found in explainer.sections.values()] == [["crossing"], ["crossing"]]
    assert ("en", "closing") not in explainer.baselines
    assert ("fr", "crossing") in explainer.baselines


def test_what_is_recorded_of_a_broken_file_is_not_of_texts_that_are_gone(content: Path) -> None:
    change(content, "facts/figures.yml", 'low: "200"', 'low: "400"')
    loaded = load(content)
    texts = {*loaded.explainer.yaml_texts}
    assert "figures/protesters/label" not in texts
    known = {unit.id for unit in readable_part(loaded).baselines["en", "facts"].units}
    assert known == texts


def test_a_wrong_id_leaves_nothing_out(content: Path) -> None:
    change(content, "sections/fr/closing.md", "(place:villeneuve)", "(place:vileneuve)")
    loaded = load(content)
    assert any(problem.is_error for problem in loaded.problems)
    assert readable_part(loaded) is loaded.explainer


@pytest.mark.parametrize(
    ("path", "file"),
    [
        ("figures/protesters/label", "facts/figures.yml"),
        ("terms/footbridge/texts/term", "glossary.yml"),
        ("map/title", "map.yml"),
        ("site/sides/council/label", "site.yml"),
    ],
)
def test_the_file_of_a_text(path: str, file: str) -> None:
    assert file_of_text(path) == file
