from __future__ import annotations

from pathlib import Path

import pytest

from reperes.model.explainer import Explainer
from reperes.model.loading import load
from reperes.translation.codes import pair_code, section_code
from reperes.translation.stamping import stamp
from reperes.translation.status import Count, Finding, LanguageStatus, translation_status
from support_commands import change, explainer_of, write_content


@pytest.fixture
def content(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """A stamped content folder, "content" from the working directory."""
    write_content(tmp_path)
    monkeypatch.chdir(tmp_path)
    stamp(Path("content"), ["en", "fr"])
    return Path("content")


def read(content: Path) -> Explainer:
    """The explainer, also where a link leads to what was just removed."""
    return load(content).explainer


def of(language: str, content: Path) -> LanguageStatus:
    (found,) = (x for x in translation_status(read(content)) if x.language == language)
    return found


def states(content: Path) -> dict[str, str]:
    found = translation_status(read(content))
    return {str(text.target): text.state for status in found for text in status.texts}


def findings(content: Path) -> list[tuple[str, str, str]]:
    """Target, kind and place of all that is to be looked at."""
    return [
        (str(finding.target), finding.kind, str(finding.place))
        for status in translation_status(read(content))
        for finding in status.findings
    ]


def test_what_was_stamped_is_fresh(content: Path) -> None:
    assert states(content) == {"fr/crossing": "fresh", "en/closing": "fresh", "en/facts": "fresh"}
    assert findings(content) == []


def test_blocks_and_words_of_the_original_are_counted(content: Path) -> None:
    text = of("fr", content).texts[0]
    assert (text.path, text.blocks) == ("content/sections/fr/crossing.md", Count(4, 4))
    original = explainer_of(content).sections["en"]["crossing"]
    words = f"{original.title} {original.summary} {original.body}".split()
    assert text.words == Count(len(words), len(words))


def test_a_reworded_block_is_stale_there(content: Path) -> None:
    change(content, "sections/fr/closing.md", "ont manifesté", "ont défilé")
    assert states(content)["en/closing"] == "stale"
    assert findings(content) == [("en/closing:3", "changed", "content/sections/fr/closing.md:11:1")]
    text = of("en", content).texts[0]
    assert (text.blocks, text.blocks.percent) == (Count(5, 4), 80)


def test_a_finding_holds_both_wordings_and_the_translation(content: Path) -> None:
    change(content, "sections/fr/closing.md", "ont manifesté", "ont défilé")
    (finding,) = of("en", content).findings
    assert finding.was.endswith("riverains ont manifesté.")
    assert str(finding.now).endswith("riverains ont défilé.")
    (translation,) = finding.translations
    assert translation.endswith("residents protested.")
    assert str(translation.place) == "content/sections/en/closing.md:12:1"


def test_a_new_block_and_a_removed_one(content: Path) -> None:
    change(content, "sections/fr/closing.md", "## La colère {#anger}\n\n", "")
    change(content, "sections/en/crossing.md", "See also", "Quite new here.\n\nSee also")
    assert findings(content) == [
        ("fr/crossing:2", "added", "content/sections/en/crossing.md:10:1"),
        ("en/closing:#anger", "removed", "content/sections/en/closing.md:10:1"),
    ]


def test_what_both_languages_removed_is_nobodys_concern(content: Path) -> None:
    change(content, "sections/fr/closing.md", "## La colère {#anger}\n\n", "")
    change(content, "sections/en/closing.md", "## Anger {#anger}\n\n", "")
    assert findings(content) == []


def move_heading(content: Path, language: str, heading: str) -> None:
    change(content, f"sections/{language}/closing.md", f"{heading}\n\n", "")
    path = content / f"sections/{language}/closing.md"
    path.write_text(f"{path.read_text()}\n{heading}\n")


@pytest.mark.parametrize(
    ("language", "heading", "part", "line"),
    [("fr", "## La colère {#anger}", 3, 11), ("en", "## Anger {#anger}", 3, 11)],
)
def test_a_block_that_moved_on_one_side(
    content: Path, language: str, heading: str, part: int, line: int
) -> None:
    move_heading(content, language, heading)
    assert findings(content) == [
        (f"en/closing:{part}", "moved", f"content/sections/fr/closing.md:{line}:1")
    ]


def test_a_block_that_moved_on_both_sides_is_fresh(content: Path) -> None:
    move_heading(content, "fr", "## La colère {#anger}")
    move_heading(content, "en", "## Anger {#anger}")
    assert findings(content) == []


PROTESTED = "According to [the town council](actor:town), {{ protesters }} residents protested."


@pytest.mark.parametrize(
    ("old", "new", "part", "kind", "line"),
    [
        ("residents protested", "residents marched", "3", "edited", 12),
        ("The closure", "A closure", "title", "edited", 2),
        (f"\n{PROTESTED}\n", "", "3", "lost", 10),
        ("Anger {#", "Fury {#", "2", "edited", 10),
        ("(actor:town), {{", "(actor:town),\n\n{{", "3", "divided", 12),
    ],
)
def test_what_became_of_the_translation_alone(
    content: Path, old: str, new: str, part: str, kind: str, line: int
) -> None:
    change(content, "sections/en/closing.md", old, new)
    (finding,) = of("en", content).findings
    assert (finding.target.part, finding.kind) == (part, kind)
    assert str(finding.beside).startswith(f"content/sections/en/closing.md:{line}:")
    assert finding.now is not None
    assert finding.was == finding.now
    assert of("en", content).texts[0].blocks == Count(5, 4)


def test_an_edited_translation_with_what_it_said(content: Path) -> None:
    change(content, "sections/en/closing.md", "residents protested", "residents marched")
    (finding,) = of("en", content).findings
    assert finding.translation_was == PROTESTED
    assert finding.translations == (PROTESTED.replace("protested", "marched"),)


def test_what_both_languages_reworded(content: Path) -> None:
    change(content, "sections/en/closing.md", "residents protested", "residents marched")
    change(content, "sections/fr/closing.md", "ont manifesté", "ont défilé")
    assert findings(content) == [("en/closing:3", "both", "content/sections/fr/closing.md:11:1")]


def test_what_only_the_translation_says(content: Path) -> None:
    change(content, "sections/en/closing.md", "## Anger", "Nobody else says so.\n\n## Anger")
    ((target, kind, place),) = findings(content)
    assert target.startswith("en/closing:")
    assert (kind, place) == ("extra", "content/sections/en/closing.md:10:1")
    assert stamp(content, [target]) == ([target], [])
    assert findings(content) == []


def test_texts_of_the_facts_that_the_translation_edited(content: Path) -> None:
    change(content, "facts/figures.yml", "Protesters", "Marchers")
    (finding,) = of("en", content).findings
    assert (str(finding.target), finding.kind) == ("en/facts:figures/protesters/label", "edited")
    assert (finding.was, finding.translation_was) == ("Manifestants", "Protesters")
    change(content, "facts/figures.yml", "Manifestants", "Marcheurs")
    assert [finding.kind for finding in of("en", content).findings] == ["both"]


@pytest.mark.parametrize(
    ("name", "old", "new"),
    [
        ("facts/figures.yml", 'high: "300"', 'high: "400"'),
        ("facts/figures.yml", "Manifestants", "Manifestants\u00a0"),
        ("sections/fr/closing.md", "Le pont de", "Le\u00a0pont de"),
        ("sections/en/closing.md", "The bridge at", "The\nbridge at"),
    ],
)
def test_what_changes_no_meaning_makes_nothing_stale(
    content: Path, name: str, old: str, new: str
) -> None:
    change(content, name, old, new)
    assert findings(content) == []


def test_texts_of_the_facts(content: Path) -> None:
    change(content, "facts/figures.yml", "Manifestants", "Marcheurs")
    change(content, "corrections.yml", 'id: "fix_date"', 'id: "fix_day"')
    paths = [f"corrections/{{}}/{name}" for name in ("before", "after", "reason")]
    assert [(target, kind) for target, kind, _ in findings(content)] == [
        ("en/facts:figures/protesters/label", "changed"),
        *((f"en/facts:{path.format('fix_day')}", "added") for path in paths),
        *((f"en/facts:{path.format('fix_date')}", "orphaned") for path in paths),
    ]


def test_texts_of_the_facts_that_are_gone_are_orphaned(content: Path) -> None:
    (content / "corrections.yml").write_text("corrections: []\n")
    assert states(content)["en/facts"] == "orphaned"
    assert {place.split(":")[0] for _, _, place in findings(content)} == {
        "content/translations/en/facts.po"
    }


def test_what_was_never_stamped_is_one_finding(content: Path) -> None:
    (content / "translations/en/closing.po").unlink()
    (content / "translations/en/facts.po").unlink()
    assert findings(content) == [
        ("en/closing", "unstamped", "content/sections/fr/closing.md:1:1"),
        ("en/facts", "unstamped", "content/site.yml:2:8"),
    ]
    assert of("en", content).texts[0].blocks == Count(5, 0)


def test_what_is_reviewed_is_fresh_without_a_baseline(content: Path) -> None:
    (content / "translations/en/closing.po").unlink()
    code = section_code(explainer_of(content).sections["fr"]["closing"])
    reviewed = f'original: "fr"\nreviewed: "{code}"'
    change(content, "sections/en/closing.md", 'original: "fr"', reviewed)
    assert states(content)["en/closing"] == "fresh"


def test_what_was_compared_is_fresh_while_neither_side_changes(content: Path) -> None:
    change(content, "sections/fr/closing.md", "ont manifesté", "ont défilé")
    sections = explainer_of(content).sections
    code = pair_code(sections["fr"]["closing"], sections["en"]["closing"])
    reviewed = f'original: "fr"\nreviewed: "{code}"'
    change(content, "sections/en/closing.md", 'original: "fr"', reviewed)
    assert findings(content) == []
    change(content, "sections/en/closing.md", "residents protested", "residents marched")
    assert findings(content) == [("en/closing:3", "edited", "content/sections/fr/closing.md:11:1")]


def test_a_missing_translation(content: Path) -> None:
    (content / "sections/en/closing.md").unlink()
    assert findings(content) == [("en/closing", "missing", "content/sections/fr/closing.md:1:1")]
    text = of("en", content).texts[0]
    assert (text.state, text.path, text.blocks) == (
        "missing",
        "content/sections/en/closing.md",
        Count(5, 0),
    )


def test_a_translation_whose_original_is_gone(content: Path) -> None:
    (content / "sections/fr/closing.md").unlink()
    assert findings(content) == [("en/closing", "orphaned", "content/sections/en/closing.md:1:1")]


def test_a_baseline_of_which_both_languages_are_gone(content: Path) -> None:
    for language in ("fr", "en"):
        (content / f"sections/{language}/closing.md").unlink()
    assert findings(content) == [
        ("en/closing", "orphaned", "content/translations/en/closing.po:1:1")
    ]


def test_a_baseline_of_an_original(content: Path) -> None:
    (content / "translations/fr/closing.po").write_text('msgid "a"\nmsgstr "b"\n')
    (content / "translations/fr/facts.po").write_text("")
    assert findings(content) == [
        ("fr/closing", "orphaned", "content/translations/fr/closing.po:1:1"),
        ("fr/facts", "orphaned", "content/translations/fr/facts.po:1:1"),
    ]


def test_a_language_adds_up(content: Path) -> None:
    change(content, "facts/figures.yml", "Manifestants", "Marcheurs")
    status = of("en", content)
    closing, facts = status.texts
    assert status.blocks == Count(closing.blocks.all + facts.blocks.all, status.blocks.all - 1)
    assert status.words == Count(closing.words.all + facts.words.all, status.words.all - 1)
    assert [type(finding) for finding in status.findings] == [Finding]


@pytest.mark.parametrize(
    ("count", "percent"),
    [(Count(), 100), (Count(3, 3), 100), (Count(300, 299), 99), (Count(3, 0), 0)],
)
def test_a_hundred_per_cent_is_all(count: Count, percent: int) -> None:
    assert count.percent == percent
