from __future__ import annotations

from pathlib import Path

import pytest

from reperes.model.loading import load
from reperes.text.problems import ContentError
from reperes.translation.differences import differences
from reperes.translation.stamping import stamp
from reperes.translation.status import Finding, translation_status
from support_commands import change, messages, write_content


@pytest.fixture
def content(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """A stamped content folder, "content" from the working directory."""
    write_content(tmp_path)
    monkeypatch.chdir(tmp_path)
    stamp(Path("content"), ["en", "fr"])
    return Path("content")


def shown(content: Path, *names: str) -> str:
    explainer = load(content).explainer
    return "".join("  " * depth + text + "\n" for depth, text in differences(names, explainer))


def findings(content: Path) -> list[Finding]:
    explainer = load(content).explainer
    return [finding for status in translation_status(explainer) for finding in status.findings]


REWORDED = """\
en/closing:3: the original was reworded
  original content/sections/fr/closing.md:11:1
    Selon [la mairie](actor:town), {{ protesters }} riverains ont [-manifesté-]{+défilé+}.
  translation content/sections/en/closing.md:12:1
    According to [the town council](actor:town), {{ protesters }} residents protested.
"""


@pytest.fixture
def reworded(content: Path) -> Path:
    change(content, "sections/fr/closing.md", "ont manifesté", "ont défilé")
    return content


@pytest.mark.parametrize(
    "names",
    [[], ["en/closing"], ["en/closing:3"], ["sections/en/closing.md"]],
)
def test_a_reworded_block(reworded: Path, names: list[str]) -> None:
    assert shown(reworded, *names) == REWORDED


def test_an_original_stands_for_its_translations(reworded: Path) -> None:
    assert shown(reworded, "fr/closing") == f"fr/closing is the original of en/closing\n{REWORDED}"
    assert shown(reworded, "fr/closing:1") == (
        "fr/closing is the original of en/closing\nen/closing:1: nothing differs\n"
    )


@pytest.mark.parametrize("name", ["fr/crossing", "en/facts", "en/closing:title", "en/closing:1"])
def test_where_nothing_differs_it_says_so(reworded: Path, name: str) -> None:
    assert shown(reworded, name) == f"{name}: nothing differs\n"


def test_where_nothing_differs_at_all(content: Path) -> None:
    assert shown(content) == "nothing differs\n"


def test_an_added_block(content: Path) -> None:
    change(content, "sections/fr/closing.md", "## La", "Tout nouveau.\n\n## La")
    assert (
        shown(content, "en/closing")
        == """\
en/closing:2: the original is new
  original content/sections/fr/closing.md:9:1
    {+Tout nouveau.+}
"""
    )


def test_a_removed_block_with_the_translation_that_is_left(content: Path) -> None:
    change(content, "sections/fr/closing.md", "## La colère {#anger}\n\n", "")
    assert (
        shown(content, "en/closing")
        == """\
en/closing:#anger: the original no longer has this
  original, as it was
    [-## La colère {#anger}-]
  translation content/sections/en/closing.md:10:1
    ## Anger {#anger}
"""
    )


def test_a_removed_block_that_was_never_translated(content: Path) -> None:
    change(content, "sections/fr/closing.md", "## La colère {#anger}\n\n", "")
    change(content, "sections/en/closing.md", "## Anger {#anger}\n\n", "")
    change(content, "translations/en/closing.po", "## Anger {#anger}", "")
    assert (
        shown(content, "en/closing")
        == """\
en/closing:#anger: the original no longer has this
  original, as it was
    [-## La colère {#anger}-]
"""
    )


EDITED = """\
en/closing:3: the translation was edited
  original content/sections/fr/closing.md:11:1
    Selon [la mairie](actor:town), {{ protesters }} riverains ont manifesté.
  translation content/sections/en/closing.md:12:1
    According to [the town council](actor:town), {{ protesters }} residents \
[-protested-]{+marched+}.
"""


def test_an_edited_translation(content: Path) -> None:
    change(content, "sections/en/closing.md", "residents protested", "residents marched")
    assert shown(content) == shown(content, "en/closing:3") == EDITED


def test_both_sides_reworded(content: Path) -> None:
    change(content, "sections/en/closing.md", "residents protested", "residents marched")
    change(content, "sections/fr/closing.md", "ont manifesté", "ont défilé")
    assert (
        shown(content)
        == """\
en/closing:3: the original was reworded, and the translation edited
  original content/sections/fr/closing.md:11:1
    Selon [la mairie](actor:town), {{ protesters }} riverains ont [-manifesté-]{+défilé+}.
  translation content/sections/en/closing.md:12:1
    According to [the town council](actor:town), {{ protesters }} residents \
[-protested-]{+marched+}.
"""
    )


def test_a_translation_that_is_gone(content: Path) -> None:
    text = "According to [the town council](actor:town), {{ protesters }} residents protested."
    change(content, "sections/en/closing.md", f"{text}\n", "")
    assert (
        shown(content)
        == f"""\
en/closing:3: the translation is gone
  original content/sections/fr/closing.md:11:1
    Selon [la mairie](actor:town), {{{{ protesters }}}} riverains ont manifesté.
  translation content/sections/en/closing.md:10:1, where it stood
    [-{text}-]
"""
    )


def test_what_only_the_translation_says(content: Path) -> None:
    change(content, "sections/en/closing.md", "## Anger", "Nobody else says so.\n\n## Anger")
    (found,) = findings(content)
    name = found.target
    assert name.part not in ("title", "summary", "1", "2", "3")
    assert (
        shown(content)
        == shown(content, str(name))
        == f"""\
{name}: only the translation says this
  translation content/sections/en/closing.md:10:1
    Nobody else says so.
"""
    )


def test_a_block_that_stands_elsewhere(content: Path) -> None:
    path = content / "sections/en/closing.md"
    change(content, "sections/en/closing.md", "## Anger {#anger}\n\n", "")
    path.write_text(f"{path.read_text()}\n## Anger {{#anger}}\n")
    assert (
        shown(content)
        == """\
en/closing:3: the translation stands elsewhere
  original content/sections/fr/closing.md:11:1
    Selon [la mairie](actor:town), {{ protesters }} riverains ont manifesté.
  translation content/sections/en/closing.md:10:1
    According to [the town council](actor:town), {{ protesters }} residents protested.
"""
    )


def test_a_block_that_is_divided_otherwise(content: Path) -> None:
    change(content, "sections/en/closing.md", "(actor:town), {{", "(actor:town),\n\n{{")
    assert (
        shown(content)
        == """\
en/closing:3: original and translation are divided into paragraphs otherwise than before
  original content/sections/fr/closing.md:11:1
    Selon [la mairie](actor:town), {{ protesters }} riverains ont manifesté.
  translation content/sections/en/closing.md:12:1
    According to [the town council](actor:town),
  translation content/sections/en/closing.md:14:1
    {{ protesters }} residents protested.
"""
    )


def test_a_repeated_block(content: Path) -> None:
    path = content / "sections/fr/closing.md"
    path.write_text(f"{path.read_text()}\n## La colère {{#anger}}\n")
    assert (
        shown(content, "en/closing")
        == """\
en/closing:4: the original says this once more
  original content/sections/fr/closing.md:13:1
    ## La colère {#anger}
  translated with block 2
"""
    )


def test_texts_of_the_facts(content: Path) -> None:
    change(content, "facts/figures.yml", "Manifestants", "Marcheurs")
    expected = """\
en/facts:figures/protesters/label: the original was reworded
  original content/facts/figures.yml:4:12
    [-Manifestants-]{+Marcheurs+}
  translation content/facts/figures.yml:5:12
    Protesters
"""
    for name in ("en/facts", "en/facts:protesters", "en/facts:figures/protesters/label"):
        assert shown(content, name) == expected


def test_an_edited_text_of_the_facts(content: Path) -> None:
    change(content, "facts/figures.yml", "Protesters", "Marchers")
    assert (
        shown(content, "en/facts:protesters")
        == """\
en/facts:figures/protesters/label: the translation was edited
  original content/facts/figures.yml:4:12
    Manifestants
  translation content/facts/figures.yml:5:12
    [-Protesters-]{+Marchers+}
"""
    )


def test_a_text_of_the_facts_that_is_gone(content: Path) -> None:
    (content / "corrections.yml").write_text("corrections: []\n")
    lines = shown(content, "en/facts").splitlines()
    place = next(finding.place for finding in findings(content))
    assert lines[:3] == [
        "en/facts:corrections/fix_date/before: its original is gone",
        f"  baseline {place}",
        "    [-Le pont a fermé mardi.-]",
    ]
    assert str(place).startswith("content/translations/en/facts.po:")


def test_what_was_never_stamped(content: Path) -> None:
    (content / "translations/en/closing.po").unlink()
    assert (
        shown(content, "en/closing")
        == shown(content, "en/closing:2")
        == """\
en/closing: was never stamped: nothing says how old it is
  original content/sections/fr/closing.md:1:1
"""
    )


def test_a_missing_translation(content: Path) -> None:
    (content / "sections/en/closing.md").unlink()
    assert (
        shown(content, "en/closing")
        == """\
en/closing: is not translated
  original content/sections/fr/closing.md:1:1
"""
    )


def test_a_translation_whose_original_is_gone(content: Path) -> None:
    (content / "sections/fr/closing.md").unlink()
    assert (
        shown(content, "en/closing")
        == """\
en/closing: its original is gone
  translation content/sections/en/closing.md:1:1
"""
    )


@pytest.mark.parametrize(
    ("name", "message"),
    [
        (
            "en/closng",
            (
                'no translation "en/closng"; did you mean "en/closing"?; '
                'write LANGUAGE/ID, such as "en/facts"'
            ),
        ),
        (
            "en/closing:9",
            'content/sections/fr/closing.md has no block "9"; write title, summary, or 1 to 3',
        ),
        (
            "en/facts:protestors",
            (
                'no text or entry "protestors"; did you mean "protesters"?; '
                "write an id, such as figures/ID"
            ),
        ),
    ],
)
def test_what_is_not_there(content: Path, name: str, message: str) -> None:
    with pytest.raises(ContentError) as caught:
        shown(content, name)
    assert messages(caught.value) == [message]
