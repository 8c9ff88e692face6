from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace

import pytest
from build_tools.alignment import Change, Origin, Row, aligned, origins, word_difference
from hypothesis import given
from hypothesis import strategies as st

from build_tools.blocks import Block, read_blocks
from build_tools.problems import Place, Text
from build_tools.translations import Baseline, BaselineUnit, normalised

TALKS = "Les rebelles ont annoncé que les discussions avaient échoué."
WEAPONS = "Ils refusaient de céder leurs armes lourdes {{ deadline.on }}."
PEACE = "Une pause avait commencé quelques jours plus tôt."


def numbered(*texts: str) -> list[tuple[str, str]]:
    return [(str(number), text) for number, text in enumerate(texts, 1)]


def found(old: Sequence[str], new: Sequence[str]) -> list[tuple[int, ...] | int]:
    """Old indexes by new text; a bare number for a text that is the same."""
    return [
        origin.old[0] if origin.same else origin.old
        for origin in origins(numbered(*old), numbered(*new))
    ]


@pytest.mark.parametrize(
    ("new", "expected"),
    [
        pytest.param([TALKS, WEAPONS, PEACE], [0, 1, 2], id="as it was"),
        pytest.param([PEACE, TALKS, WEAPONS], [2, 0, 1], id="moved"),
        pytest.param([TALKS, PEACE], [0, 2], id="removed"),
        pytest.param([TALKS, "Ajouté ici.", WEAPONS, PEACE], [0, (), 1, 2], id="added"),
        pytest.param([TALKS, WEAPONS, PEACE, TALKS], [0, 1, 2, (0,)], id="repeated"),
        pytest.param(
            [TALKS, WEAPONS.replace("céder", "livrer"), PEACE], [0, (1,), 2], id="reworded"
        ),
        pytest.param(
            [PEACE, TALKS, WEAPONS.replace("céder", "livrer")], [2, 0, (1,)], id="moved, reworded"
        ),
        pytest.param([f"{TALKS}\n{WEAPONS}", PEACE], [(0, 1), 2], id="joined"),
        pytest.param([TALKS, WEAPONS, "Tout autre chose."], [0, 1, (2,)], id="in its place"),
        pytest.param(
            [TALKS, "Tout autre chose.", "Et encore."], [0, (1,), (2,)], id="two in their place"
        ),
        pytest.param(["Tout autre chose.", TALKS], [(), 0], id="another number in no place"),
        pytest.param([], [], id="nothing left"),
    ],
)
def test_what_texts_were_made_of(new: list[str], expected: list[tuple[int, ...] | int]) -> None:
    assert found([TALKS, WEAPONS, PEACE], new) == expected


def test_a_text_that_was_split_is_the_origin_of_each_part() -> None:
    assert found([f"{TALKS} {WEAPONS}", PEACE], [TALKS, WEAPONS, PEACE]) == [(0,), (0,), 1]


def test_a_part_may_be_reworded_too() -> None:
    parts = [TALKS, WEAPONS.replace("céder", "livrer")]
    assert found([f"{TALKS} {WEAPONS}", PEACE], [*parts, PEACE]) == [(0,), (0,), 1]


def test_repeated_texts_are_counted() -> None:
    assert found([TALKS, TALKS], [TALKS, TALKS, TALKS]) == [0, 1, (0,)]


def test_few_words_in_common_are_no_part() -> None:
    assert found([TALKS, PEACE], [TALKS, "Les rebelles.", PEACE]) == [0, (), 1]


def test_a_title_is_found_by_its_name() -> None:
    assert origins([("title", "Un"), ("1", "Trois")], [("title", "Deux"), ("1", "Trois")]) == [
        Origin((0,)),
        Origin((1,), same=True),
    ]


WORD = st.sampled_from(["mot", "l’ONU", "{{ a }}", "[x](term:y)", "rebelles", "paix", "é", "armes"])
TEXTS = st.lists(st.lists(WORD, min_size=1, max_size=6).map(" ".join), max_size=6)


@given(TEXTS, TEXTS)
def test_nothing_is_lost_or_found_twice(old: list[str], new: list[str]) -> None:
    result = origins(numbered(*old), numbered(*new))
    assert len(result) == len(new)
    same = [origin.old[0] for origin in result if origin.same]
    assert len(same) == len(set(same))
    for text, origin in zip(new, result, strict=True):
        if origin.same:
            assert normalised(old[origin.old[0]]) == normalised(text)
    # Whatever stands in both is found, as often as it stands in both.
    for text in {*old} & {*new}:
        assert sum(old[i] == text for i in same) == min(old.count(text), new.count(text))


# Word by word


@pytest.mark.parametrize(
    ("old", "new", "shown"),
    [
        (
            "Ils cèdent leurs armes.",
            "Ils livrent leurs armes.",
            "Ils -cèdent-+livrent+ leurs armes.",
        ),
        ("Un mot.", "Un très grand mot.", "Un +très grand+ mot."),
        ("Un très grand mot.", "Un mot.", "Un -très grand- mot."),
        ("Un mot", "Un mot.", "Un mot+.+"),
        ("Un mot.", "Ah : Un mot.", "+Ah :+ Un mot."),
        ("Ah : Un mot.", "Un mot.", "-Ah : -Un mot."),
        ("le {{ a.on }}", "le {{ a.date }}", "le -{{ a.on }}-+{{ a.date }}+"),
        ("le {{ a }}", "le {{a}}", "le {{a}}"),
        ("l’offensive", "l'attaque", "l'-offensive-+attaque+"),
        ("[mots](term:x)", "[mots](term:y)", "[mots](term:-x-+y+)"),
        ("Avant : après", "Avant\u00a0: après", "Avant\u00a0: après"),
        ("", "Tout", "+Tout+"),
        ("Tout", "", "-Tout-"),
        ("", "", ""),
    ],
)
def test_word_differences(old: str, new: str, shown: str) -> None:
    marks = {"same": "", "removed": "-", "added": "+"}
    changes = word_difference(old, new)
    assert "".join(f"{marks[c.kind]}{c.text}{marks[c.kind]}" for c in changes) == shown


@given(st.text(max_size=40), st.text(max_size=40))
def test_a_difference_holds_the_whole_new_text(old: str, new: str) -> None:
    changes = word_difference(old, new)
    kept = "".join(change.text for change in changes if change.kind != "removed")
    assert normalised(kept) == normalised(new)


def test_the_same_text_differs_nowhere() -> None:
    assert word_difference(TALKS, TALKS) == [Change("same", TALKS)]


# Beside a translation

ENGLISH = {
    TALKS: "The rebels announced that the talks had failed.",
    WEAPONS: "They refused to give up their heavy weapons {{ deadline.on }}.",
    PEACE: "A pause had begun a few days before.",
}
ORIGINAL = (TALKS, WEAPONS, PEACE)


def blocks(*texts: str) -> list[Block]:
    return [
        replace(read_blocks(Text(text, Place("f")))[0], name=name)
        for name, text in numbered(*texts)
    ]


def units(*originals: str) -> Baseline:
    return tuple(
        BaselineUnit(name, text, ENGLISH.get(text, "")) for name, text in numbered(*originals)
    )


def shown(rows: Sequence[Row]) -> list[tuple[str, str, str]]:
    """State, original's name ("-" for none), and names of the translation's blocks."""
    return [
        (
            row.state,
            row.original.name if row.original else "-",
            " ".join(block.name for block in row.translations) or (row.along and f"={row.along}"),
        )
        for row in rows
    ]


def rows_of(
    original: Sequence[str], translation: Sequence[str], baseline: Baseline | None
) -> list[tuple[str, str, str]]:
    return shown(aligned(blocks(*original), blocks(*translation), baseline))


T1, T2, T3 = (ENGLISH[text] for text in ORIGINAL)


@pytest.mark.parametrize(
    ("original", "translation", "expected"),
    [
        pytest.param(
            ORIGINAL, (T1, T2, T3), [("fresh", "1", "1"), ("fresh", "2", "2"), ("fresh", "3", "3")],
            id="as stamped",
        ),
        pytest.param(
            (PEACE, TALKS, WEAPONS), (T1, T2, T3),
            [("fresh", "1", "3"), ("fresh", "2", "1"), ("fresh", "3", "2")],
            id="moved in the original alone",
        ),
        pytest.param(
            (TALKS, "Tout autre chose ici.", WEAPONS, PEACE), (T1, T2, T3),
            [("fresh", "1", "1"), ("added", "2", ""), ("fresh", "3", "2"), ("fresh", "4", "3")],
            id="added",
        ),
        pytest.param(
            (TALKS, "Tout autre chose ici.", WEAPONS, PEACE), (T1, "Something new.", T2, T3),
            [("fresh", "1", "1"), ("added", "2", "2"), ("fresh", "3", "3"), ("fresh", "4", "4")],
            id="added and translated",
        ),
        pytest.param(
            (TALKS, PEACE), (T1, T2, T3),
            [("fresh", "1", "1"), ("removed", "-", "2"), ("fresh", "2", "3")],
            id="removed",
        ),
        pytest.param(
            (TALKS, PEACE), (T1, T3),
            [("fresh", "1", "1"), ("removed", "-", ""), ("fresh", "2", "2")],
            id="removed from both",
        ),
        pytest.param(
            ORIGINAL, (T1, "A word of our own.", T2, T3),
            [
                ("fresh", "1", "1"), ("extra", "-", "2"), ("fresh", "2", "3"), ("fresh", "3", "4"),
            ],
            id="only in the translation",
        ),
        pytest.param(
            (TALKS, WEAPONS.replace("céder", "livrer"), PEACE), (T3, T1, T2),
            [("fresh", "1", "2"), ("changed", "2", "3"), ("fresh", "3", "1")],
            id="reworded, and moved in the translation",
        ),
        pytest.param(
            ORIGINAL, (T1, "They refused to give up", "their heavy weapons {{ deadline.on }}.", T3),
            [("fresh", "1", "1"), ("fresh", "2", "2 3"), ("fresh", "3", "4")],
            id="split in the translation",
        ),
        pytest.param(
            (f"{TALKS} {WEAPONS}", PEACE), (T1, T2, T3),
            [("changed", "1", "1 2"), ("fresh", "2", "3")],
            id="joined in the original",
        ),
        pytest.param(
            (*ORIGINAL, TALKS), (T1, T2, T3),
            [
                ("fresh", "1", "1"), ("fresh", "2", "2"), ("fresh", "3", "3"),
                ("repeated", "4", "=1"),
            ],
            id="repeated",
        ),
    ],
)  # fmt: skip
def test_rows(
    original: Sequence[str], translation: Sequence[str], expected: list[tuple[str, str, str]]
) -> None:
    assert rows_of(original, translation, units(*ORIGINAL)) == expected


def test_a_block_split_in_the_original_alone_shares_its_translation() -> None:
    baseline = (BaselineUnit("1", f"{TALKS} {WEAPONS}", f"{T1} {T2}"), *units(PEACE))
    assert rows_of(ORIGINAL, (f"{T1} {T2}", T3), baseline) == [
        ("changed", "1", "1"),
        ("changed", "2", "=1"),
        ("fresh", "3", "2"),
    ]


def test_a_block_split_in_both_languages_is_matched_part_by_part() -> None:
    baseline = (BaselineUnit("1", f"{TALKS} {WEAPONS}", f"{T1} {T2}"), *units(PEACE))
    assert rows_of(ORIGINAL, (T1, T2, T3), baseline) == [
        ("changed", "1", "1"),
        ("changed", "2", "2"),
        ("fresh", "3", "3"),
    ]


def test_without_a_baseline_blocks_are_paired_between_headings() -> None:
    original = (TALKS, "## Ici {#here}", WEAPONS, PEACE)
    assert rows_of(original, (T1, "One more.", "## Here {#here}", T2, T3), None) == [
        ("unstamped", "1", "1 2"),
        ("unstamped", "2", "3"),
        ("unstamped", "3", "4"),
        ("unstamped", "4", "5"),
    ]


def test_headings_with_the_same_id_are_the_same() -> None:
    original = ("## Un {#one}", "## Deux {#two}")
    assert rows_of(original, ("## Two {#two}", "## One {#one}"), None) == [
        ("unstamped", "1", "2"),
        ("unstamped", "2", "1"),
    ]


def test_what_is_reviewed_is_fresh_whatever_the_baseline_says() -> None:
    rows = aligned(blocks("Neuf."), blocks("New."), units(TALKS, WEAPONS), reviewed=True)
    assert shown(rows) == [("fresh", "1", "1")]


ORDERED = st.lists(st.sampled_from(ORIGINAL), min_size=1, max_size=6).flatmap(
    lambda texts: st.tuples(st.just(texts), st.permutations(texts), st.permutations(texts))
)


@given(ORDERED)
def test_moving_blocks_in_either_language_makes_nothing_stale(
    orders: tuple[list[str], list[str], list[str]],
) -> None:
    before, original, translation = orders
    rows = aligned(blocks(*original), blocks(*(ENGLISH[t] for t in translation)), units(*before))
    assert [row.state for row in rows] == ["fresh"] * len(original)
    assert [[str(block.text) for block in row.translations] for row in rows] == [
        [ENGLISH[text]] for text in original
    ]


@given(TEXTS, TEXTS, TEXTS)
def test_every_block_stands_in_one_row(old: list[str], new: list[str], ours: list[str]) -> None:
    baseline = tuple(BaselineUnit(name, text, text[::-1]) for name, text in numbered(*old))
    rows = aligned(blocks(*new), blocks(*ours), baseline)
    assert [row.name for row in rows if row.original] == [name for name, _ in numbered(*new)]
    shown_blocks = [block.name for row in rows for block in row.translations]
    assert sorted(shown_blocks, key=int) == [name for name, _ in numbered(*ours)]
    seen = {unit.context for row in rows for unit in row.was}
    assert seen == {unit.context for unit in baseline}
