"""How files of drafts are read, what is wrong with them, and that nothing of them is a fact."""

from __future__ import annotations

from pathlib import Path

import pytest

from reperes.model.loading import load
from reperes.tools.formatting import format_files
from reperes.tools.renaming import rename
from support_commands import SMALL_EXPLAINER, change
from support_drafts import DRAFTS, said, with_drafts


def test_drafts_are_read_and_are_no_facts(tmp_path: Path) -> None:
    loaded = load(with_drafts(tmp_path))
    assert not loaded.problems
    drafts = loaded.explainer.drafts["gazette_2"]
    found = [(str(p.id), p.kind.noun, p.paragraph, p.evidence) for p in drafts.proposals]
    assert found == [
        ("walkers", "figure", 1, "plus de 1 200 personnes"),
        ("lorries", "figure", 2, "Une trentaine de camions"),
        ("hired", "event", 2, "15 mars 2021"),
    ]
    assert drafts.accepted == {"boats": "3: trois bateaux"}
    assert drafts.dropped == {"weeks": "3: deux semaines"}
    assert not {"walkers", "lorries", "hired"} & loaded.explainer.facts.keys()


def test_the_check_counts_undecided_drafts(tmp_path: Path) -> None:
    assert said(with_drafts(tmp_path), "draft") == [
        ("drafts/gazette_2.yml:1: 3 undecided drafts; run `reperes propose gazette_2 --review`")
    ]


def test_decided_drafts_are_no_matter(tmp_path: Path) -> None:
    content = with_drafts(tmp_path, 'dropped:\n  weeks: "3: deux semaines"\n')
    assert said(content, "draft", "file", "shape") == []


@pytest.mark.parametrize(
    ("cited", "message"),
    [
        (
            "{{ walkers }}",
            (
                '{{ walkers }}: no fact "walkers"; it is a draft at FILE:2; '
                "run `reperes propose --accept walkers`"
            ),
        ),
        (
            "[ils](fact:walkers)",
            'no fact "walkers"; it is a draft at FILE:2; run `reperes propose --accept walkers`',
        ),
    ],
)
def test_a_citation_of_a_draft_says_so(tmp_path: Path, cited: str, message: str) -> None:
    content = with_drafts(tmp_path)
    change(content, "sections/fr/closing.md", "riverains ont", f"riverains, {cited}, ont")
    found = [line.partition(": ")[2] for line in said(content, "reference")]
    assert found == [message.replace("FILE", str(content / "drafts/gazette_2.yml"))]


FAULTS = [
    ("nonsense: true\n", "shape", 'drafts/gazette_2.yml:1: unknown key "nonsense"'),
    ('figures: "x"\n', "shape", 'drafts/gazette_2.yml:1: expected a list under "figures"'),
    ("figures:\n  - label: { fr: x }\n", "shape", 'draft number 1: "id" is missing; write it'),
    (
        "figures:\n  - id: x\n    valeur: 1\n",
        "shape",
        'draft x: unknown key "valeur"; did you mean',
    ),
    ("figures:\n  - id: x\n    label: { de: y }\n", "shape", 'draft x: label: unknown key "de"'),
    ("figures:\n  - id: x\n    value: 3 lorry\n", "reference", 'draft x: unit: no unit "lorry"'),
    (
        'figures:\n  - id: x\n    source: "gazette_2 1: a b c d e f"\n',
        "shape",
        "draft x: source: evidence: 6 words; quote 5 at most",
    ),
    ("dropped: [x]\n", "shape", 'dropped: expected a line such as `id: "22: five words"`'),
    ("paragraphs: [xyz]\n", "shape", "paragraphs: expected 12 hexadecimal digits, of a paragraph"),
    ("figures:\n  - id: x\n  - id: x\n", "draft", 'draft id "x" is taken (by '),
    ("<<<<<<< HEAD\nfigures: []\n", "yaml", "drafts/gazette_2.yml:1: "),
    ("figures: [\n", "yaml", "drafts/gazette_2.yml:"),
]


@pytest.mark.parametrize(("text", "rule", "message"), FAULTS)
def test_what_is_wrong_with_a_file_of_drafts(
    tmp_path: Path, text: str, rule: str, message: str
) -> None:
    found = said(with_drafts(tmp_path, text), rule, "conflict", "file")
    assert any(message in each for each in found), found


def test_drafts_of_a_source_that_is_gone(tmp_path: Path) -> None:
    content = with_drafts(tmp_path)
    (content / "drafts/gazette_2.yml").rename(content / "drafts/gazete_2.yml")
    assert said(content, "draft", "file", "reference") == [
        (
            'drafts/gazete_2.yml:1: no source "gazete_2"; did you mean "gazette_2"? '
            "(name the file as the source of its drafts, or remove it)"
        )
    ]


def test_a_file_that_is_none_of_drafts(tmp_path: Path) -> None:
    content = with_drafts(tmp_path, **{"drafts/notes.yaml": "a: b\n"})
    assert [line.partition(";")[0] for line in said(content, "file")] == [
        "drafts/notes.yaml:1: nothing reads this file"
    ]


def test_a_marked_fact_stops_a_build(tmp_path: Path) -> None:
    content = with_drafts(tmp_path, "")
    change(
        content,
        "facts/figures.yml",
        '    unit: "person"\n',
        '    unit: "person"\n    draft: "true"\n',
    )
    assert said(content, "draft") == [
        (
            "facts/figures.yml:2: figure protesters: nobody has confirmed it; compare it with its "
            'source, then remove "draft", or run `reperes propose --accept protesters`'
        )
    ]


def test_a_marked_section_stops_a_build(tmp_path: Path) -> None:
    content = with_drafts(tmp_path, "")
    change(content, "sections/fr/closing.md", 'id: "closing"\n', 'id: "closing"\ndraft: "true"\n')
    assert said(content, "draft") == [
        (
            "sections/fr/closing.md:1: section closing: nobody has confirmed it; read it, "
            'then remove "draft" above its text'
        )
    ]


def test_fmt_leaves_drafts_alone(tmp_path: Path) -> None:
    content = with_drafts(tmp_path)
    assert not format_files(content).problems
    assert (content / "drafts/gazette_2.yml").read_text() == DRAFTS


def test_rename_changes_what_drafts_name(tmp_path: Path) -> None:
    content = with_drafts(tmp_path)
    rename(content, "gazette_2", "gazette_march")
    rename(content, "actor:town", "council_of_town")
    text = (content / "drafts/gazette_march.yml").read_text()
    assert 'source: "gazette_march 1: plus de 1 200 personnes"' in text
    assert 'attributed_to: "council_of_town"' in text
    assert not (content / "drafts/gazette_2.yml").exists()
    assert not [p for p in load(content).problems if p.is_error]


def test_the_small_explainer_has_no_drafts() -> None:
    assert not [name for name in SMALL_EXPLAINER if name.startswith("drafts")]
