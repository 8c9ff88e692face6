from __future__ import annotations

from pathlib import Path

import pytest
from support_commands import change, explainer_of, messages, snapshot, write_content

from build_tools.building import check
from build_tools.problems import ContentError
from build_tools.stamping import stamp
from build_tools.translations import section_code

FIX = 'write LANGUAGE/ID, such as "en/facts"'
ALL = ["en/closing", "en/facts", "fr/crossing"]


@pytest.fixture
def content(tmp_path: Path) -> Path:
    return write_content(tmp_path)


@pytest.fixture
def stamped(content: Path) -> Path:
    stamp(content, ())
    return content


def state(content: Path, language: str, section_id: str) -> str:
    return explainer_of(content).ages[language, section_id].state


def test_without_names_everything_new_is_stamped(content: Path) -> None:
    written, stale = stamp(content, ())
    assert (sorted(written), stale) == (ALL, [])
    assert (state(content, "en", "closing"), state(content, "fr", "crossing")) == ("fresh", "fresh")
    assert check(content)[1] == []


def test_only_baselines_are_written(content: Path) -> None:
    before = snapshot(content)
    stamp(content, ())
    new = snapshot(content).keys() - before.keys()
    assert new == {f"translations/{name}.po" for name in ALL}
    assert {name: snapshot(content)[name] for name in before} == before


def test_stamping_again_writes_nothing(stamped: Path) -> None:
    before = snapshot(stamped)
    assert stamp(stamped, ()) == ([], [])
    assert stamp(stamped, ALL) == ([], [])
    assert snapshot(stamped) == before


def test_a_stale_section_must_be_named(stamped: Path) -> None:
    change(stamped, "sections/fr/closing.md", "ont manifesté", "ont défilé")
    assert state(stamped, "en", "closing") == "stale"
    assert stamp(stamped, ()) == ([], ["en/closing"])
    assert state(stamped, "en", "closing") == "stale"
    assert stamp(stamped, ["en/closing"]) == (["en/closing"], [])
    assert state(stamped, "en", "closing") == "fresh"


def test_stale_texts_of_the_facts_must_be_named(stamped: Path) -> None:
    change(stamped, "facts/figures.yml", "Manifestants", "Marcheurs")
    assert stamp(stamped, ()) == ([], ["en/facts"])
    assert stamp(stamped, ["en/facts"]) == (["en/facts"], [])
    assert check(stamped)[1] == []


def test_only_what_is_named_is_stamped(content: Path) -> None:
    assert stamp(content, ["en/closing"]) == (["en/closing"], [])
    assert state(content, "fr", "crossing") == "unstamped"


def test_a_reviewed_section_is_stamped_without_its_name(stamped: Path) -> None:
    change(stamped, "sections/fr/closing.md", "ont manifesté", "ont défilé")
    original = explainer_of(stamped).sections["fr"]["closing"]
    reviewed = f'original: "fr"\nreviewed: "{section_code(original)}"'
    change(stamped, "sections/en/closing.md", 'original: "fr"', reviewed)
    assert stamp(stamped, ()) == (["en/closing"], [])
    change(stamped, "sections/en/closing.md", reviewed, 'original: "fr"')
    assert state(stamped, "en", "closing") == "fresh"


@pytest.mark.parametrize(
    "typed",
    ["en/closing", "en/closing.md", "sections/en/closing.md", "content/sections/en/closing"],
)
def test_a_name_may_be_the_path_of_the_file(content: Path, typed: str) -> None:
    assert stamp(content, [typed]) == (["en/closing"], [])


@pytest.mark.parametrize(
    ("typed", "message"),
    [
        (
            "en/closeing",
            f'no translation "en/closeing"; did you mean "en/closing"?; {FIX}',
        ),
        ("fr/closing", '"fr/closing" is an original; stamp its translation, "en/closing"'),
        (
            "x",
            f'no translation "x"; known: en/closing, en/facts, fr/crossing; {FIX}',
        ),
    ],
)
def test_an_unknown_name_is_refused_before_anything_is_written(
    content: Path, typed: str, message: str
) -> None:
    before = snapshot(content)
    with pytest.raises(ContentError) as caught:
        stamp(content, ["en/facts", typed])
    assert messages(caught.value) == [message]
    assert snapshot(content) == before


def test_a_pair_that_cites_other_facts_is_refused_before_anything_is_written(
    content: Path,
) -> None:
    change(content, "sections/en/closing.md", "{{ protesters }} residents", "Many residents")
    change(content, "sections/fr/closing.md", "a fermé {{ closure.on }}", "a fermé")
    before = snapshot(content)
    with pytest.raises(ContentError) as caught:
        stamp(content, ())
    french, english = (f"{content}/sections/{language}/closing.md" for language in ("fr", "en"))
    assert messages(caught.value) == [
        f"only {english} cites closure; cite it in both, then stamp",
        f"only {french} cites protesters; cite it in both, then stamp",
    ]
    assert {problem.place.path for problem in caught.value.problems} == {english}
    assert snapshot(content) == before


def test_a_translation_without_its_original_cannot_be_stamped(content: Path) -> None:
    (content / "sections/fr/closing.md").unlink()
    with pytest.raises(ContentError, match='no translation "en/closing"'):
        stamp(content, ["en/closing"])


def test_a_broken_baseline_is_made_anew(stamped: Path) -> None:
    good = snapshot(stamped)
    (stamped / "translations/en/closing.po").write_text("<<<<<<< HEAD\n")
    assert stamp(stamped, ["en/closing"]) == (["en/closing"], [])
    assert snapshot(stamped) == good


def test_content_without_a_frame_is_refused(content: Path) -> None:
    (content / "site.yml").unlink()
    with pytest.raises(ContentError, match=r"site\.yml"):
        stamp(content, ())
