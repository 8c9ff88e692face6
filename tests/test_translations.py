from __future__ import annotations

from pathlib import Path

import pytest

from reperes.model.site import Section
from reperes.pages.writer import runs
from reperes.text.folding import normalised
from reperes.text.problems import Place, Text
from reperes.translation.codes import pair_code, section_code
from support_commands import explainer_of, write_content

TITLE, SUMMARY = "Le titre", "Le résumé."
BODY = "Premier {{ deaths }} mot.\n\n## Titre {#here}\n\nDeuxième l’alinéa : voilà.\n"


def section(
    body: str = BODY,
    title: str = TITLE,
    summary: str = SUMMARY,
    language: str = "fr",
    reviewed: str | None = None,
) -> Section:
    def text(value: str) -> Text:
        return Text(value, Place("talks.md"))

    return Section(
        id=text("talks"),
        language=language,
        path="talks.md",
        title=text(title),
        summary=text(summary),
        body=text(body),
        original=text("fr") if language == "en" else None,
        reviewed=text(reviewed) if reviewed else None,
    )


def test_blocks_are_title_summary_and_paragraphs() -> None:
    blocks = [(block.name, str(block.text)) for block in section().headed_blocks]
    assert blocks == [
        ("title", TITLE),
        ("summary", SUMMARY),
        ("1", "Premier {{ deaths }} mot."),
        ("2", "## Titre {#here}"),
        ("3", "Deuxième l’alinéa : voilà."),
    ]


@pytest.mark.parametrize(
    ("text", "other"),
    [
        ("l’alinéa", "l'alinéa"),
        ("alinéa : voilà", "alinéa\u00a0: voilà"),
        ("alinéa : voilà", "alinéa\u202f: voilà"),
        ("alinéa : voilà", "alinéa\n: voilà"),
        ("{{ deaths }}", "{{deaths}}"),
        ("{{ deaths }}", "{{\u00a0deaths  }}"),
        ("Deuxième", "Deuxie\u0300me"),
        ("« mot »", "“mot”"),
        ("«\u00a0mot\u00a0»", '"mot"'),
        ("„mot“", "”mot”"),
        ("‘mot’", "'mot'"),
    ],
)
def test_what_changes_no_meaning(text: str, other: str) -> None:
    assert normalised(text) == normalised(other)


@pytest.mark.parametrize(
    ("text", "other"),
    [
        ("Mot", "mot"),
        ("{{ deaths }}", "{{ deaths.words }}"),
        ("“mot”", "mot"),
        ("mot.", "mot"),
        ("un mot", "unmot"),
    ],
)
def test_what_changes_the_meaning(text: str, other: str) -> None:
    assert normalised(text) != normalised(other)


def test_the_code_is_of_the_meaning() -> None:
    code = section_code(section())
    assert code == section_code(section(BODY.replace("{{ deaths }}", "{{deaths}}")))
    assert code != section_code(section(BODY.replace("Premier", "Dernier")))
    assert code != section_code(section(title="Autre"))


def test_the_code_of_a_pair_is_of_both_texts() -> None:
    original, translation = section(), section("First.\n", "Title", "Summary.", "en")
    code = pair_code(original, translation)
    assert code == f"{section_code(original)[:6]}-{section_code(translation)[:6]}"
    assert code == pair_code(section(BODY.replace("{{ deaths }}", "{{deaths}}")), translation)
    assert code != pair_code(original, section("Last.\n", "Title", "Summary.", "en"))
    assert code != pair_code(section(title="Autre"), translation)


# Texts of the YAML files


def test_every_bilingual_text_has_a_path_of_its_own(tmp_path: Path) -> None:
    contexts = [*explainer_of(write_content(tmp_path)).yaml_texts]
    assert len(contexts) == len(set(contexts))
    assert {
        "site/title",
        "site/sides/council/label",
        "site/topics/works/label",
        "sources/gazette_1/reference",
        "actors/town/names/according_to",
        "places/villeneuve/names/name",
        "terms/footbridge/texts/definition",
        "figures/protesters/label",
        "events/closure/derived/reason",
        "claims/wants_footbridge/text",
        "corrections/fix_date/before",
    } <= set(contexts)


@pytest.mark.parametrize(
    ("numbers", "expected"),
    [
        ([], []),
        ([0], [(0, 0)]),
        ([0, 1, 2, 4], [(0, 0), (1, 2), (4, 4)]),
        ([3, 4, 5], [(3, 5)]),
    ],
)
def test_runs(numbers: list[int], expected: list[tuple[int, int]]) -> None:
    assert runs(numbers) == expected
