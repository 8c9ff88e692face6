from __future__ import annotations

from pathlib import Path

import pytest

from reperes.model.baselines import unit_id
from reperes.rules.checking import check
from reperes.text.blocks import Block
from reperes.text.problems import ContentError, Place, Text
from reperes.translation.codes import pair_code
from reperes.translation.staleness import Age, age_of
from reperes.translation.stamping import stamp
from support_commands import change, explainer_of, messages, snapshot, write_content

FIX = 'write LANGUAGE/ID, such as "en/facts"'
ALL = ["en/closing", "en/facts", "fr/crossing"]
LANGUAGES = ["en", "fr"]


@pytest.fixture
def content(tmp_path: Path) -> Path:
    return write_content(tmp_path)


@pytest.fixture
def stamped(content: Path) -> Path:
    stamp(content, LANGUAGES)
    return content


def state(content: Path, language: str, section_id: str) -> str:
    found = age_of(explainer_of(content), language, section_id)
    assert found is not None
    return found.state


def test_without_names_nothing_is_declared_up_to_date(content: Path) -> None:
    before = snapshot(content)
    written, others = stamp(content, ())
    assert (written, sorted(others)) == ([], ALL)
    assert snapshot(content) == before


def test_a_language_names_all_that_is_translated_into_it(content: Path) -> None:
    assert stamp(content, ["en"]) == (["en/facts", "en/closing"], ["fr/crossing"])
    assert stamp(content, ["fr"]) == (["fr/crossing"], [])
    assert (state(content, "en", "closing"), state(content, "fr", "crossing")) == ("fresh", "fresh")
    assert check(content)[1] == []


def test_only_baselines_are_written(content: Path) -> None:
    before = snapshot(content)
    stamp(content, LANGUAGES)
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
    written, others = stamp(content, ["en/closing"])
    assert (written, sorted(others)) == (["en/closing"], ["en/facts", "fr/crossing"])
    assert state(content, "fr", "crossing") == "unstamped"


def code_of(content: Path) -> str:
    sections = explainer_of(content).sections
    return pair_code(sections["fr"]["closing"], sections["en"]["closing"])


def test_a_reviewed_section_is_stamped_without_its_name(stamped: Path) -> None:
    change(stamped, "sections/fr/closing.md", "ont manifesté", "ont défilé")
    reviewed = f'original: "fr"\nreviewed: "{code_of(stamped)}"'
    change(stamped, "sections/en/closing.md", 'original: "fr"', reviewed)
    assert stamp(stamped, ()) == (["en/closing"], [])
    change(stamped, "sections/en/closing.md", reviewed, 'original: "fr"')
    assert state(stamped, "en", "closing") == "fresh"


@pytest.mark.parametrize(
    "typed",
    ["en/closing", "en/closing.md", "sections/en/closing.md", "content/sections/en/closing"],
)
def test_a_name_may_be_the_path_of_the_file(content: Path, typed: str) -> None:
    assert stamp(content, [typed])[0] == ["en/closing"]


@pytest.mark.parametrize(
    ("typed", "message"),
    [
        (
            "en/closeing",
            f'no translation "en/closeing"; did you mean "en/closing"?; {FIX}',
        ),
        ("fr/closing", '"fr/closing" is an original; name its translation, "en/closing"'),
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
        stamp(content, LANGUAGES)
    french, english = (f"{content}/sections/{language}/closing.md" for language in ("fr", "en"))
    assert messages(caught.value) == [
        f"only {english}:8:53 cites closure; cite it in both, then stamp",
        f"only {french}:11:32 cites protesters; cite it in both, then stamp",
    ]
    assert {problem.place.path for problem in caught.value.problems} == {english}
    assert snapshot(content) == before


def test_a_translation_without_its_original_cannot_be_stamped(content: Path) -> None:
    (content / "sections/fr/closing.md").unlink()
    with pytest.raises(ContentError, match='no translation "en/closing"'):
        stamp(content, ["en/closing"])


@pytest.mark.parametrize("targets", [["en"], ["en/closing"], ["en/facts", "en/closing:1"]])
def test_a_broken_baseline_is_never_written_over(stamped: Path, targets: list[str]) -> None:
    path = stamped / "translations/en/closing.po"
    path.write_text("<<<<<<< HEAD\n")
    change(stamped, "facts/figures.yml", "Manifestants", "Marcheurs")
    before = snapshot(stamped)
    with pytest.raises(ContentError) as caught:
        stamp(stamped, targets)
    (problem,) = caught.value.problems
    assert problem.place == Place(str(path), 1)
    assert problem.message == (
        'not a valid PO file, from "<<<<<<< HEAD" on; mend it, or bring back its last version'
    )
    assert snapshot(stamped) == before


def test_others_are_stamped_beside_a_broken_baseline(stamped: Path) -> None:
    (stamped / "translations/en/closing.po").write_text("<<<<<<< HEAD\n")
    change(stamped, "facts/figures.yml", "Manifestants", "Marcheurs")
    before = snapshot(stamped)
    assert stamp(stamped, ()) == ([], ["en/facts", "en/closing"])
    assert snapshot(stamped) == before
    assert stamp(stamped, ["en/facts"]) == (["en/facts"], ["en/closing"])


def test_a_broken_baseline_can_be_deleted_and_made_anew(stamped: Path) -> None:
    good = snapshot(stamped)
    (stamped / "translations/en/closing.po").unlink()
    assert stamp(stamped, ["en/closing"]) == (["en/closing"], [])
    assert snapshot(stamped) == good


def test_content_without_a_frame_is_refused(content: Path) -> None:
    (content / "site.yml").unlink()
    with pytest.raises(ContentError, match=r"site\.yml"):
        stamp(content, ())


# One block, one text


PROTESTED = "Selon [la mairie](actor:town), {{ protesters }} riverains ont manifesté."


def block_of(typed: str) -> Block:
    return Block("1", Text(typed, Place("f")))


FIRST = "Le pont de [Villeneuve](place:villeneuve) a fermé"


@pytest.fixture
def reworded(stamped: Path) -> Path:
    """Two paragraphs of an original have changed since."""
    change(stamped, "sections/fr/closing.md", "a fermé {{", "est fermé {{")
    change(stamped, "sections/fr/closing.md", "ont manifesté", "ont défilé")
    return stamped


def age(content: Path) -> Age:
    found = age_of(explainer_of(content), "en", "closing")
    assert found is not None
    return found


def test_one_block_is_stamped_and_no_other(reworded: Path) -> None:
    assert age(reworded) == Age("stale", (1, 3))
    assert stamp(reworded, ["en/closing:3"]) == (["en/closing:3"], [])
    assert age(reworded) == Age("stale", (1,))


def test_stamping_block_by_block_comes_to_the_same_as_the_whole(reworded: Path) -> None:
    stamp(reworded, ["en/closing:3"])
    stamp(reworded, ["en/closing:1"])
    by_block = snapshot(reworded)
    stamp(reworded, ["en/closing"])
    assert snapshot(reworded) == by_block
    assert age(reworded) == Age("fresh")


def test_several_blocks_are_stamped_at_once(reworded: Path) -> None:
    names = ["en/closing:1", "en/closing:3"]
    assert stamp(reworded, names) == (names, [])
    assert age(reworded) == Age("fresh")


def test_a_title_is_stamped_by_its_name(stamped: Path) -> None:
    change(stamped, "sections/fr/closing.md", "La fermeture", "Une fermeture")
    assert stamp(stamped, ["en/closing:title"]) == (["en/closing:title"], [])
    assert age(stamped) == Age("fresh")


def test_what_stands_elsewhere_stays_as_it_was(reworded: Path) -> None:
    """An added block and a removed one beside the one that is stamped."""
    change(reworded, "sections/fr/closing.md", "## La colère {#anger}\n", "Tout à fait nouveau.\n")
    before = (reworded / "translations/en/closing.po").read_text()
    assert age(reworded) == Age("stale", (1, 2, 3))
    stamp(reworded, ["en/closing:3"])
    after = (reworded / "translations/en/closing.po").read_text()
    assert age(reworded) == Age("stale", (1, 2))
    # What was reworded is called by the id that it had.
    named = f'msgctxt "{unit_id(block_of(PROTESTED))}"\nmsgid "Selon'
    reworded_unit = before.replace("ont manifesté", "ont défilé").replace('msgid "Selon', named)
    assert after == reworded_unit


def test_a_block_of_a_reviewed_section_stamps_it_whole(reworded: Path) -> None:
    reviewed = f'original: "fr"\nreviewed: "{code_of(reworded)}"'
    change(reworded, "sections/en/closing.md", 'original: "fr"', reviewed)
    stamp(reworded, ["en/closing:3"])
    change(reworded, "sections/en/closing.md", reviewed, 'original: "fr"')
    assert age(reworded) == Age("fresh")


def test_a_block_of_a_section_never_stamped_leaves_the_others_to_do(content: Path) -> None:
    stamp(content, ["en/closing:3"])
    assert age(content) == Age("stale", (0, 1, 2))


def test_what_the_translation_edited_is_stamped(stamped: Path) -> None:
    change(stamped, "sections/en/closing.md", "residents protested", "residents marched")
    assert age(stamped) == Age("stale", edited=(3,))
    assert stamp(stamped, ["en/closing:3"]) == (["en/closing:3"], [])
    assert age(stamped) == Age("fresh")
    assert "residents marched" in (stamped / "translations/en/closing.po").read_text()


def test_an_order_of_its_own_is_noted_once(stamped: Path) -> None:
    path = stamped / "sections/en/closing.md"
    change(stamped, "sections/en/closing.md", "## Anger {#anger}\n\n", "")
    path.write_text(f"{path.read_text()}\n## Anger {{#anger}}\n")
    assert age(stamped) == Age("stale")
    stamp(stamped, ["en/closing"])
    written = (stamped / "translations/en/closing.po").read_text()
    assert written.count("#. The translation stands after: ") == 1
    assert age(stamped) == Age("fresh")
    stamp(stamped, ["en/closing"])
    assert (stamped / "translations/en/closing.po").read_text() == written


def test_numbers_of_an_older_program_are_converted_without_a_name(stamped: Path) -> None:
    path = stamped / "translations/en/closing.po"
    new = path.read_text()
    number = 0
    lines = []
    for line in new.splitlines(keepends=True):
        if line.startswith("msgid") and lines[-1] == "\n":
            number += 1
            lines.append(f'msgctxt "{number}"\n')
        lines.append(line)
    assert number == 3
    path.write_text("".join(lines))
    assert age(stamped) == Age("fresh")
    assert stamp(stamped, ()) == (["en/closing"], [])
    assert path.read_text() == new


def refused(content: Path, *targets: str) -> list[str]:
    """What stamping is refused with; nothing is changed."""
    before = snapshot(content)
    with pytest.raises(ContentError) as caught:
        stamp(content, targets)
    assert snapshot(content) == before
    return [str(problem).replace(f"{content}/", "") for problem in caught.value.problems]


def test_a_block_that_cites_other_facts_is_refused_with_both_places(reworded: Path) -> None:
    change(reworded, "sections/en/closing.md", "{{ protesters }} residents", "Many residents")
    assert refused(reworded, "en/closing:3") == [
        (
            "sections/en/closing.md:12:1: error: block 3: only sections/fr/closing.md:11:32 "
            "cites protesters; cite it in both, then stamp [stamp]"
        )
    ]
    assert stamp(reworded, ["en/closing:1"]) == (["en/closing:1"], [])


def test_a_link_to_a_term_that_one_side_lacks_is_refused(stamped: Path) -> None:
    change(stamped, "sections/fr/crossing.md", "[passerelle](term:footbridge)", "passerelle")
    assert refused(stamped, "fr/crossing:1") == [
        (
            "sections/fr/crossing.md:8:1: error: block 1: only sections/en/crossing.md:7:50 "
            "links term:footbridge; link it in both, then stamp [stamp]"
        )
    ]


def test_a_block_without_a_translation_is_refused(stamped: Path) -> None:
    change(stamped, "sections/fr/closing.md", FIRST, f"Ajouté ici.\n\n{FIRST}")
    assert refused(stamped, "en/closing:1") == [
        (
            "sections/fr/closing.md:7:1: error: block 1: sections/en/closing.md has no translation "
            "of it; translate it, or stamp en/closing if another block says it [stamp]"
        )
    ]


@pytest.mark.parametrize("part", ["protesters", "figures/protesters", "figures/protesters/label"])
def test_one_text_of_the_facts_is_stamped(stamped: Path, part: str) -> None:
    change(stamped, "facts/figures.yml", "Manifestants", "Marcheurs")
    change(stamped, "actors.yml", "Journal local.", "Journal du lieu.")
    assert stamp(stamped, [f"en/facts:{part}"]) == (["en/facts:figures/protesters/label"], [])
    assert stamp(stamped, ()) == ([], ["en/facts"])
    assert stamp(stamped, ["en/facts:gazette"])[0] == [
        f"en/facts:actors/gazette/{name}" for name in ("names/full", "names/according_to", "role")
    ]
    assert check(stamped)[1] == []


def test_a_text_that_cites_other_facts_is_refused_with_both_places(stamped: Path) -> None:
    change(stamped, "facts/claims.yml", "since {{ closure.date }}", "since then")
    message = (
        "facts/claims.yml:11:12: error: claims/wants_footbridge/text: only "
        "facts/claims.yml:10:68 cites closure; cite it in both, then stamp [stamp]"
    )
    assert refused(stamped, "en/facts:wants_footbridge") == [message]
    change(stamped, "facts/claims.yml", "La mairie veut", "La mairie voudrait")
    assert [line[-40:] for line in refused(stamped, "en/facts")] == [message[-40:]]


@pytest.mark.parametrize(
    ("typed", "message"),
    [
        (
            "en/closing:12",
            'sections/fr/closing.md has no block "12"; write title, summary, or 1 to 3',
        ),
        (
            "en/closing:closure",
            'sections/fr/closing.md has no block "closure"; write title, summary, or 1 to 3',
        ),
        (
            "en/facts:protester",
            (
                'no text or entry "protester"; did you mean "protesters"?; '
                "write an id, such as figures/ID"
            ),
        ),
    ],
)
def test_an_unknown_part_is_refused(stamped: Path, typed: str, message: str) -> None:
    assert refused(stamped, typed) == [f"{typed}:1:1: error: {message} [stamp]"]


def test_an_id_of_several_entries_is_refused(stamped: Path) -> None:
    change(stamped, "places.yml", 'id: "villeneuve"', 'id: "gazette"')
    change(stamped, "facts/events.yml", 'place: "villeneuve"', 'place: "gazette"')
    for language in ("fr", "en"):
        change(stamped, f"sections/{language}/closing.md", "(place:villeneuve)", "(place:gazette)")
    assert refused(stamped, "en/facts:gazette") == [
        (
            'en/facts:gazette:1:1: error: several entries have the id "gazette"; '
            "write en/facts:actors/gazette or en/facts:places/gazette [stamp]"
        )
    ]


def test_a_section_that_is_not_translated_yet_is_refused(stamped: Path) -> None:
    (stamped / "sections/en/closing.md").unlink()
    assert refused(stamped, "en/closing") == [
        (
            'en/closing:1:1: error: no translation "en/closing": translate sections/fr/closing.md '
            "in sections/en/closing.md first [stamp]"
        )
    ]


def test_a_section_that_cannot_be_read_is_refused_with_what_is_wrong(stamped: Path) -> None:
    change(stamped, "sections/en/closing.md", 'title: "The closure"', 'title "The closure"')
    (line,) = refused(stamped, "en/closing")
    assert line.startswith("sections/en/closing.md:3:3: error: not valid YAML: ")
    assert line.endswith("[yaml]")


def test_what_a_tool_noted_stays(reworded: Path) -> None:
    path = reworded / "translations/en/closing.po"
    path.write_text("# Notes of the team" + path.read_text().removeprefix("#"))
    stamp(reworded, ["en/closing:1"])
    stamp(reworded, ["en/closing"])
    assert path.read_text().startswith("# Notes of the team\n")
