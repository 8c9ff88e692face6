"""Accepting and dropping drafts: what is written, what is refused, and that nothing is lost."""

from __future__ import annotations

from pathlib import Path

import pytest

from reperes.drafts.deciding import Changes, accept, accept_all, drop
from reperes.model.loading import load
from reperes.rules.checking import problems_of
from reperes.text.problems import ContentError
from reperes.tools.formatting import format_files
from support_commands import SMALL_EXPLAINER, change, explainer_of, messages, snapshot
from support_drafts import DRAFTS, with_drafts

SHORT = {"site.yml": 'layout: "short"\n' + SMALL_EXPLAINER["site.yml"]}
LORRIES: Changes = {
    "label": {"en": "Lorries"},
    "unit": "lorry",
    "new_unit": {"fr": "camion/camions/masculine", "en": "lorry/lorries"},
}
HIRED: Changes = {
    "kind": "other",
    "label": {"fr": "Un bac", "en": "A ferry"},
    "summary": {"fr": "Un bac est loué.", "en": "A ferry is hired."},
}


def names(paths: list[Path], content: Path) -> list[str]:
    return [path.relative_to(content).as_posix() for path in paths]


def test_an_accepted_draft_is_a_fact(tmp_path: Path) -> None:
    content = with_drafts(tmp_path)
    written = accept(content, "walkers", {}, problems_of)
    assert names(written, content) == ["facts/figures.yml", "drafts/gazette_2.yml"]
    figure = explainer_of(content).figures["walkers"]
    assert (figure.low, figure.bound, str(figure.unit)) == (1200, "more_than", "person")
    assert figure.pins[0].evidence == "plus de 1 200 personnes"
    assert figure.attributed_to == ("town",)
    text = (content / "drafts/gazette_2.yml").read_text()
    assert '  boats: "3: trois bateaux"\n  walkers: "1: plus de 1 200 personnes"\n' in text
    assert 'id: "walkers"' not in text


def test_all_others_stay_as_they_are(tmp_path: Path) -> None:
    content = with_drafts(tmp_path)
    before = snapshot(content)
    accept(content, "walkers", {}, problems_of)
    after = snapshot(content)
    changed = {name for name in after if before.get(name) != after[name]}
    assert changed == {"facts/figures.yml", "drafts/gazette_2.yml"}
    assert after["facts/figures.yml"].startswith(before["facts/figures.yml"])


@pytest.mark.parametrize("layout", ["long", "short"])
def test_what_fmt_would_leave_it_still_does(tmp_path: Path, layout: str) -> None:
    content = with_drafts(tmp_path, **(SHORT if layout == "short" else {}))
    format_files(content)
    accept_all(content, {"walkers": {}, "lorries": LORRIES}, problems_of)
    for name in ("facts/figures.yml", "units.yml"):
        assert not format_files(content, [str(content / name)], write=False).changed


def test_the_short_layout_is_short(tmp_path: Path) -> None:
    content = with_drafts(tmp_path, **SHORT)
    format_files(content)
    accept(content, "walkers", {}, problems_of)
    assert (
        (content / "facts/figures.yml")
        .read_text()
        .endswith("""\
  - id: "walkers"
    label: { fr: "Passants", en: "Walkers" }
    value: ">1200 person"
    as_of: "2021-03-18"
    attributed_to: ["town"]
    source: "gazette_2 1: plus de 1 200 personnes"
""")
    )


COMMENTED = {
    "facts/figures.yml": SMALL_EXPLAINER["facts/figures.yml"].replace(
        "figures:\n", "# What was counted.\nfigures:\n  # the first\n"
    )
    + "\n# The end.\n"
}


def test_comments_and_layout_of_others_stay(tmp_path: Path) -> None:
    content = with_drafts(tmp_path, **COMMENTED)
    before = (content / "facts/figures.yml").read_text()
    accept(content, "walkers", {}, problems_of)
    after = (content / "facts/figures.yml").read_text()
    head, tail = before.removesuffix("\n# The end.\n"), "\n# The end.\n"
    assert after.startswith(head)
    assert after.endswith(tail)
    assert "walkers" in explainer_of(content).figures


@pytest.mark.parametrize(
    "text", ["figures: []\n", "figures:\n", "# none yet\nfigures: []\n", "# none\nfigures:\n"]
)
def test_the_first_entry_of_a_file(tmp_path: Path, text: str) -> None:
    content = with_drafts(tmp_path)
    change(content, "sections/fr/closing.md", "{{ protesters }}", "Des")
    change(content, "sections/en/closing.md", "{{ protesters }}", "some")
    (content / "facts/figures.yml").write_text(text)
    accept(content, "walkers", {}, problems_of)
    assert [*explainer_of(content).figures] == ["walkers"]


def test_a_file_that_is_not_there_is_made(tmp_path: Path) -> None:
    content = with_drafts(tmp_path)
    (content / "facts/events.yml").read_text()
    accept_all(content, {"lorries": LORRIES}, problems_of)
    assert (content / "units.yml").read_text().startswith('units:\n  - id: "lorry"\n')


def test_line_ends_and_mark_of_a_file_stay(tmp_path: Path) -> None:
    content = with_drafts(tmp_path)
    path = content / "facts/figures.yml"
    path.write_bytes(b"\xef\xbb\xbf" + path.read_bytes().replace(b"\n", b"\r\n"))
    accept(content, "walkers", {}, problems_of)
    data = path.read_bytes()
    assert data.startswith(b"\xef\xbb\xbf")
    assert data.count(b"\n") == data.count(b"\r\n")


def test_a_new_unit_comes_with_its_figure(tmp_path: Path) -> None:
    content = with_drafts(tmp_path)
    written = accept(content, "lorries", LORRIES, problems_of)
    expected = ["facts/figures.yml", "units.yml", "drafts/gazette_2.yml"]
    assert names(written, content) == expected
    explainer = explainer_of(content)
    assert str(explainer.figures["lorries"].unit) == "lorry"
    assert explainer.locales["fr"].unit("lorry", explainer.figures["lorries"].high) == "camions"


def test_what_is_changed(tmp_path: Path) -> None:
    content = with_drafts(tmp_path)
    changes: Changes = {
        "id": "passers",
        "label": {"fr": "Passants par jour"},
        "value": "~1200 person",
        "attributed_to": "",
    }
    accept(content, "walkers", changes, problems_of)
    figure = explainer_of(content).figures["passers"]
    assert dict(figure.label) == {"fr": "Passants par jour", "en": "Walkers"}
    assert (figure.bound, figure.attributed_to) == ("about", ("gazette",))


REFUSED: list[tuple[str, Changes, list[str]]] = [
    ("wolkers", {}, ['no draft "wolkers"; did you mean "walkers"?']),
    (
        "protesters",
        {},
        ["protesters is a fact already (figure, at FIGURES:2:10); nothing to decide"],
    ),
    (
        "weeks",
        {},
        [
            (
                "weeks was dropped before (DRAFTS:21:3); to have it proposed again, "
                "remove that line, then run `reperes propose gazette_2 --text FILE`"
            )
        ],
    ),
    (
        "boats",
        {},
        [
            (
                "boats was accepted before (DRAFTS:19:3); to have it proposed again, "
                "remove that line, then run `reperes propose gazette_2 --text FILE`"
            )
        ],
    ),
    (
        "lorries",
        {},
        [
            'draft lorries: no label in en; write it (--label en="…")',
            (
                'draft lorries: no unit for "camions"; write one (--unit person), or define one '
                "(--unit ID --noun en=litre/litres)"
            ),
        ],
    ),
    (
        "hired",
        {"label": {"fr": "Un bac", "en": "A ferry"}, "summary": {"fr": "Un bac."}},
        [
            "draft hired: no kind; write it (--set kind=…)",
            'draft hired: no summary in en; write it (--summary en="…")',
        ],
    ),
    (
        "walkers",
        {"id": "protesters"},
        ['draft walkers: "protesters" is taken (by FIGURES:2:10); choose another (--id)'],
    ),
    (
        "walkers",
        {"as_of": "soon"},
        [
            (
                'figure walkers: as_of: no fact "soon"; known: closure, protesters, walkers, '
                "wants_footbridge"
            )
        ],
    ),
    (
        "walkers",
        {"label": {"en": "The 12 walkers"}},
        ['"12" typed in prose; write it once in facts/ and cite it here ("{{ id }}")'],
    ),
    (
        "lorries",
        {**LORRIES, "new_unit": {"fr": "camion/camions", "en": "lorry"}},
        [
            (
                "draft lorries: the noun in fr: expected one/many/feminine or one/many/masculine, "
                'found "camion/camions"'
            ),
            'draft lorries: the noun in en: expected one/many, found "lorry"',
        ],
    ),
]


@pytest.mark.parametrize(("draft_id", "changes", "expected"), REFUSED)
def test_refused(tmp_path: Path, draft_id: str, changes: Changes, expected: list[str]) -> None:
    content = with_drafts(tmp_path)
    before = snapshot(content)
    with pytest.raises(ContentError) as caught:
        accept(content, draft_id, changes, problems_of)
    files = {"FIGURES": "facts/figures.yml", "DRAFTS": "drafts/gazette_2.yml"}
    wanted = expected
    for word, name in files.items():
        wanted = [line.replace(word, str(content / name)) for line in wanted]
    assert sorted(messages(caught.value)) == sorted(wanted)
    assert snapshot(content) == before


def test_all_or_none(tmp_path: Path) -> None:
    content = with_drafts(tmp_path)
    before = snapshot(content)
    with pytest.raises(ContentError) as caught:
        accept_all(content, {"walkers": {}, "lorries": {}, "nobody": {}}, problems_of)
    assert len(caught.value.problems) == 3
    assert snapshot(content) == before


def test_errors_of_other_files_do_not_stand_in_the_way(tmp_path: Path) -> None:
    content = with_drafts(tmp_path)
    change(content, "sections/fr/closing.md", "{{ protesters }}", "{{ protestors }}")
    accept(content, "walkers", {}, problems_of)
    assert "walkers" in load(content).explainer.figures


def test_a_file_that_cannot_be_read_is_not_written(tmp_path: Path) -> None:
    content = with_drafts(tmp_path)
    (content / "facts/figures.yml").write_text("figures: [\n")
    before = snapshot(content)
    with pytest.raises(ContentError, match=r"figures\.yml"):
        accept(content, "walkers", {}, problems_of)
    assert snapshot(content) == before


def test_a_comment_among_drafts_is_not_lost(tmp_path: Path) -> None:
    content = with_drafts(tmp_path, DRAFTS.replace("figures:", "# mine\nfigures:", 1))
    before = snapshot(content)
    with pytest.raises(ContentError) as caught:
        drop(content, ["walkers"])
    assert messages(caught.value) == [
        "a comment, which would be lost; make it an editor_note, or remove it"
    ]
    assert snapshot(content) == before


def test_the_mark_of_a_draft_goes(tmp_path: Path) -> None:
    content = with_drafts(tmp_path)
    unit = '    unit: "person"\n'
    change(content, "facts/figures.yml", unit, f'{unit}    draft: "true"\n')
    assert names(accept(content, "protesters", {}, problems_of), content) == ["facts/figures.yml"]
    text = (content / "facts/figures.yml").read_text()
    assert text == SMALL_EXPLAINER["facts/figures.yml"]


def test_an_event(tmp_path: Path) -> None:
    content = with_drafts(tmp_path)
    accept(content, "hired", HIRED, problems_of)
    event = explainer_of(content).events["hired"]
    assert (event.date.text, event.kind) == ("2021-03-15", "other")


@pytest.mark.parametrize("reasons", [{}, {"fr": "Le mardi.", "en": "The Tuesday."}])
def test_how_a_day_was_worked_out(tmp_path: Path, reasons: dict[str, str]) -> None:
    date = '    date: "2021-03-15"\n'
    derived = f'{date}    derived: {{ anchor: "15 mars" }}\n'
    content = with_drafts(tmp_path, DRAFTS.replace(date, derived))
    accept(content, "hired", {**HIRED, "derived": reasons} if reasons else HIRED, problems_of)
    found = explainer_of(content).events["hired"].derived
    said = (found.anchor, dict(found.reason)) if found else None
    assert said == (("15 mars", reasons) if reasons else None)


def test_dropping_leaves_a_line(tmp_path: Path) -> None:
    content = with_drafts(tmp_path)
    assert names(drop(content, ["walkers", "hired", "walkers"]), content) == [
        "drafts/gazette_2.yml"
    ]
    text = (content / "drafts/gazette_2.yml").read_text()
    assert (
        text
        == """\
figures:
  - id: "lorries"
    label: { fr: "Camions" }
    value: "~30"
    as_of: "2021-03-18"
    source: "gazette_2 2: Une trentaine de camions"
    noun: "camions"
accepted:
  boats: "3: trois bateaux"
dropped:
  weeks: "3: deux semaines"
  walkers: "1: plus de 1 200 personnes"
  hired: "2: 15 mars 2021"
"""
    )
