"""Which block of a translation says which block of its original, and is it up to date?"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Sequence
from dataclasses import replace

import pytest
from hypothesis import example, given
from hypothesis import strategies as st

from reperes.model.baselines import Baseline, BaselineUnit
from reperes.model.site import Section
from reperes.text.blocks import Block, read_blocks
from reperes.text.folding import normalised
from reperes.text.problems import Place, Text
from reperes.translation.codes import pair_code, section_code
from reperes.translation.order import Standing, out_of_order
from reperes.translation.rows import Reviewed, Row, matches, paired, section_rows
from reperes.translation.staleness import Age, age_of_rows, text_state
from reperes.translation.stamping import stamped_units
from support import text, toy

TALKS = "Les rebelles ont annoncé que les discussions avaient échoué."
WEAPONS = "Ils refusaient de céder leurs armes lourdes {{ deadline.on }}."
PEACE = "Une pause avait commencé quelques jours plus tôt."
ENGLISH = {
    TALKS: "The rebels announced that the talks had failed.",
    WEAPONS: "They refused to give up their heavy weapons {{ deadline.on }}.",
    PEACE: "A pause had begun a few days before.",
}
ORIGINAL = (TALKS, WEAPONS, PEACE)
T1, T2, T3 = (ENGLISH[text] for text in ORIGINAL)
NEW, OURS = "Tout autre chose ici.", "A word of our own."
REWORDED, EDITED = WEAPONS.replace("céder", "livrer"), T2.replace("give up", "hand over")
HALVES = "Ils refusaient de céder", "leurs armes lourdes {{ deadline.on }}."
OUR_HALVES = "They refused to give up", "their heavy weapons {{ deadline.on }}."


def blocks(*texts: str) -> list[Block]:
    return read_blocks(Text("\n\n".join(texts), Place("f")))


def stamped(original: Sequence[str], translation: Sequence[str]) -> Baseline:
    rows = paired(blocks(*original), blocks(*translation), None)
    return Baseline(tuple(stamped_units(rows)))


def shown(rows: Iterable[Row]) -> list[str]:
    """Each row as "state original = translation": numbers, "-" for none, "+1" for along 1."""
    return [
        f"{row.state} {row.original.name if row.original else '-'} = "
        + (
            " ".join(block.name for block in row.translations)
            or (f"+{row.along}" * bool(row.along) or "-")
        )
        for row in rows
    ]


def partner(row: Row) -> str:
    if row.along:
        return f"+{row.along}"
    return " ".join(block.name for block in row.translations) or "-"


BASELINE = stamped(ORIGINAL, (T1, T2, T3))


def rows_of(
    original: Sequence[str], translation: Sequence[str], baseline: Baseline | None = BASELINE
) -> list[str]:
    return shown(paired(blocks(*original), blocks(*translation), baseline))


@pytest.mark.parametrize(
    ("original", "translation", "expected"),
    [
        pytest.param(
            ORIGINAL, (T1, T2, T3), ["fresh 1 = 1", "fresh 2 = 2", "fresh 3 = 3"],
            id="as stamped",
        ),
        pytest.param(
            (TALKS, REWORDED, PEACE), (T1, T2, T3),
            ["fresh 1 = 1", "changed 2 = 2", "fresh 3 = 3"],
            id="the original reworded",
        ),
        pytest.param(
            ORIGINAL, (T1, EDITED, T3), ["fresh 1 = 1", "edited 2 = 2", "fresh 3 = 3"],
            id="the translation edited",
        ),
        pytest.param(
            (TALKS, REWORDED, PEACE), (T1, EDITED, T3),
            ["fresh 1 = 1", "both 2 = 2", "fresh 3 = 3"],
            id="both reworded",
        ),
        pytest.param(
            ORIGINAL, (T1, OURS, T3), ["fresh 1 = 1", "edited 2 = 2", "fresh 3 = 3"],
            id="the translation rewritten",
        ),
        pytest.param(
            (TALKS, NEW, PEACE), (T1, OURS, T3), ["fresh 1 = 1", "both 2 = 2", "fresh 3 = 3"],
            id="both rewritten",
        ),
        pytest.param(
            (TALKS, NEW, WEAPONS, PEACE), (T1, T2, T3),
            ["fresh 1 = 1", "added 2 = -", "fresh 3 = 2", "fresh 4 = 3"],
            id="added to the original",
        ),
        pytest.param(
            (TALKS, NEW, WEAPONS, PEACE), (T1, OURS, T2, T3),
            ["fresh 1 = 1", "added 2 = 2", "fresh 3 = 3", "fresh 4 = 4"],
            id="added to both",
        ),
        pytest.param(
            ORIGINAL, (T1, OURS, T2, T3),
            ["fresh 1 = 1", "extra - = 2", "fresh 2 = 3", "fresh 3 = 4"],
            id="added to the translation",
        ),
        pytest.param(
            (TALKS, PEACE), (T1, T2, T3), ["fresh 1 = 1", "removed - = 2", "fresh 2 = 3"],
            id="removed from the original",
        ),
        pytest.param(
            ORIGINAL, (T1, T3), ["fresh 1 = 1", "lost 2 = -", "fresh 3 = 2"],
            id="removed from the translation",
        ),
        pytest.param(
            (TALKS, PEACE), (T1, T3), ["fresh 1 = 1", "fresh 2 = 2"],
            id="removed from both",
        ),
        pytest.param(
            (TALKS, PEACE), (T1, EDITED, T3), ["fresh 1 = 1", "removed - = 2", "fresh 2 = 3"],
            id="removed from the original, and edited",
        ),
        pytest.param(
            (PEACE, TALKS, WEAPONS), (T1, T2, T3),
            ["moved 1 = 3", "fresh 2 = 1", "fresh 3 = 2"],
            id="moved in the original",
        ),
        pytest.param(
            ORIGINAL, (T3, T1, T2), ["fresh 1 = 2", "fresh 2 = 3", "moved 3 = 1"],
            id="moved in the translation",
        ),
        pytest.param(
            (PEACE, TALKS, WEAPONS), (T3, T1, T2), ["fresh 1 = 1", "fresh 2 = 2", "fresh 3 = 3"],
            id="moved in both",
        ),
        pytest.param(
            (TALKS, REWORDED, PEACE), (T3, T1, T2),
            ["fresh 1 = 2", "changed 2 = 3", "moved 3 = 1"],
            id="reworded, and moved in the translation",
        ),
        pytest.param(
            ORIGINAL, (T1, *OUR_HALVES, T3), ["fresh 1 = 1", "divided 2 = 2 3", "fresh 3 = 4"],
            id="split in the translation",
        ),
        pytest.param(
            (TALKS, *HALVES, PEACE), (T1, T2, T3),
            ["fresh 1 = 1", "divided 2 = 2", "divided 3 = +2", "fresh 4 = 3"],
            id="split in the original",
        ),
        pytest.param(
            (TALKS, *HALVES, PEACE), (T1, *OUR_HALVES, T3),
            ["fresh 1 = 1", "fresh 2 = 2", "fresh 3 = 3", "fresh 4 = 4"],
            id="split in both",
        ),
        pytest.param(
            (TALKS, HALVES[0], HALVES[1].replace("lourdes", "de fer"), PEACE), (T1, T2, T3),
            ["fresh 1 = 1", "changed 2 = 2", "changed 3 = +2", "fresh 4 = 3"],
            id="split in the original, and reworded",
        ),
        pytest.param(
            (f"{TALKS} {WEAPONS}", PEACE), (T1, T2, T3), ["divided 1 = 1 2", "fresh 2 = 3"],
            id="joined in the original",
        ),
        pytest.param(
            ORIGINAL, (f"{T1} {T2}", T3), ["divided 1 = 1", "divided 2 = +1", "fresh 3 = 2"],
            id="joined in the translation",
        ),
        pytest.param(
            (f"{TALKS} {WEAPONS}", PEACE), (f"{T1} {T2}", T3), ["fresh 1 = 1", "fresh 2 = 2"],
            id="joined in both",
        ),
        pytest.param(
            (*ORIGINAL, TALKS), (T1, T2, T3),
            ["fresh 1 = 1", "fresh 2 = 2", "fresh 3 = 3", "repeated 4 = +1"],
            id="repeated in the original",
        ),
        pytest.param(
            (TALKS.replace("que", "\u00a0que"), WEAPONS, PEACE), (T1, T2.replace(" h", "\nh"), T3),
            ["fresh 1 = 1", "fresh 2 = 2", "fresh 3 = 3"],
            id="other spaces",
        ),
    ],
)  # fmt: skip
def test_rows(original: Sequence[str], translation: Sequence[str], expected: list[str]) -> None:
    assert rows_of(original, translation) == expected


def test_quotes_are_no_difference() -> None:
    baseline = stamped(["Un « mot »."], ['A "word".'])
    assert rows_of(["Un “mot”."], ["A “word”."], baseline) == ["fresh 1 = 1"]


def test_what_an_older_program_did_not_note_of_the_translation_is_no_edit() -> None:
    units = tuple(replace(unit, translation="") for unit in BASELINE.units)
    assert rows_of(ORIGINAL, (T1, T2, T3), Baseline(units)) == [
        "fresh 1 = 1",
        "fresh 2 = 2",
        "fresh 3 = 3",
    ]


def test_nothing_is_said_of_the_order_where_it_was_not_noted() -> None:
    old = replace(BASELINE, knows_order=False)
    assert rows_of(ORIGINAL, (T3, T1, T2), old) == ["fresh 1 = 2", "fresh 2 = 3", "fresh 3 = 1"]


def test_an_order_that_was_noted_is_fresh() -> None:
    noted = Baseline(tuple(stamped_units(paired(blocks(*ORIGINAL), blocks(T3, T1, T2), BASELINE))))
    assert [unit.after for unit in noted.units] == ["", "", noted.units[2].id]
    assert rows_of(ORIGINAL, (T3, T1, T2), noted) == ["fresh 1 = 2", "fresh 2 = 3", "fresh 3 = 1"]
    assert rows_of(ORIGINAL, (T1, T3, T2), noted)[1:] == ["fresh 2 = 3", "moved 3 = 2"]
    # Where both languages have the same order again, there is nothing to look at.
    assert rows_of(ORIGINAL, (T1, T2, T3), noted) == ["fresh 1 = 1", "fresh 2 = 2", "fresh 3 = 3"]


def test_an_extra_paragraph_that_was_stamped_is_known() -> None:
    noted = Baseline(tuple(stamped_units(paired(blocks(TALKS), blocks(T1, OURS), None))))
    assert rows_of([TALKS], [T1, OURS], noted) == ["fresh 1 = 1 2"]
    assert rows_of([TALKS], [T1], noted) == ["edited 1 = 1"]


def test_without_a_baseline_blocks_are_paired_between_headings() -> None:
    original = (TALKS, "## Ici {#here}", WEAPONS, PEACE)
    assert rows_of(original, (T1, "One more.", "## Here {#here}", T2, T3), None) == [
        "unstamped 1 = 1 2",
        "unstamped 2 = 3",
        "unstamped 3 = 4",
        "unstamped 4 = 5",
    ]


def test_headings_with_the_same_id_are_the_same() -> None:
    original = ("## Un {#one}", "## Deux {#two}")
    assert rows_of(original, ("## Two {#two}", "## One {#one}"), None) == [
        "unstamped 1 = 2",
        "unstamped 2 = 1",
    ]


def test_what_stands_together_in_both_languages_is_not_handed_out() -> None:
    unit = BaselineUnit("a", f"{TALKS}\n\n{WEAPONS}", f"{OURS}\n\n{T1}")
    assert rows_of((TALKS, WEAPONS), (OURS, T1), Baseline((unit,))) == [
        "fresh 1 = 1 2",
        "fresh 2 = +1",
    ]


def test_three_paragraphs_that_two_translate_belong_together() -> None:
    baseline = stamped(("Un.", "Deux.", "Trois."), ("One.", "Two and three."))
    rows = paired(blocks("Un.", "Deux.", "Trois."), blocks("One.", "Two and three."), baseline)
    assert shown(rows) == ["fresh 1 = 1 2", "fresh 2 = +1", "fresh 3 = +1"]
    assert [(match.name, len(match.rows)) for match in matches(rows)] == [("1", 3)]


def test_a_row_holds_what_both_sides_said() -> None:
    (row,) = paired(blocks(REWORDED), blocks(EDITED), stamped([WEAPONS], [T2]))
    assert row.before == (WEAPONS, T2)
    assert (row.original and row.original.text, row.translation) == (REWORDED, EDITED)


def test_a_match_has_the_id_of_what_the_translation_stands_beside() -> None:
    rows = paired(blocks(*ORIGINAL), blocks(f"{T1} {T2}", T3), BASELINE)
    first, second = matches(rows)
    assert (first.id, first.name) == (BASELINE.units[0].id, "1")
    assert first.original == f"{TALKS}\n\n{WEAPONS}"
    assert first.translation == f"{T1} {T2}"
    assert first.before.original == f"{TALKS}\n\n{WEAPONS}"
    assert (first.is_fresh, second.is_fresh) == (False, True)


# Sections


def section(*paragraphs: str, title: str = "T", summary: str = "S", **fields: object) -> Section:
    made = replace(
        toy().sections["fr"]["closure"],
        title=text(title),
        summary=text(summary),
        body=text("\n\n".join(paragraphs)),
    )
    return replace(made, **fields)  # type: ignore[arg-type]


def known(original: Section, translation: Section) -> Baseline:
    return Baseline(tuple(stamped_units(section_rows(original, translation, None))))


OLD, OUR_SECTION = section(*ORIGINAL), section(T1, T2, T3)
KNOWN = known(OLD, OUR_SECTION)


@pytest.mark.parametrize(
    ("original", "translation", "expected"),
    [
        (OLD, OUR_SECTION, Age("fresh")),
        (section(TALKS, REWORDED, PEACE), OUR_SECTION, Age("stale", (2,))),
        (OLD, section(T1, EDITED, T3), Age("stale", edited=(2,))),
        (section(TALKS, REWORDED, PEACE), section(T1, EDITED, T3), Age("stale", (2,))),
        (OLD, section(T1, T3), Age("stale", missing=(2,))),
        (section(TALKS, PEACE), OUR_SECTION, Age("stale", dropped=1)),
        (section(TALKS, NEW, WEAPONS, PEACE), OUR_SECTION, Age("stale", (2,))),
        (OLD, section(T1, OURS, T2, T3), Age("stale")),
        (OLD, section(T2, T1, T3), Age("stale")),
        (section(*ORIGINAL, title="Autre", summary="Autre."), OUR_SECTION, Age("stale", (0,))),
        (OLD, section(T1, T2, T3, title="Other"), Age("stale", edited=(0,))),
    ],
)
def test_ages(original: Section, translation: Section, expected: Age) -> None:
    found = age_of_rows(section_rows(original, translation, KNOWN))
    assert found == expected
    assert found.follows_an_edit == bool(expected.changed or expected.dropped)


def test_what_the_translation_alone_begins_with() -> None:
    rows = section_rows(OLD, section(OURS, T1, T2, T3), KNOWN)
    assert shown(rows)[2:] == ["extra - = 1", "fresh 1 = 2", "fresh 2 = 3", "fresh 3 = 4"]


def test_without_a_baseline_nothing_is_known() -> None:
    assert age_of_rows(section_rows(OLD, OUR_SECTION, None)) == Age("unstamped")


CHANGED = section(TALKS, REWORDED, PEACE)
OUR_EDIT = section(T1, EDITED, T3)


@pytest.mark.parametrize(
    ("code", "original", "translation", "baseline", "expected"),
    [
        (pair_code(CHANGED, OUR_EDIT), CHANGED, OUR_EDIT, KNOWN, Age("fresh")),
        (pair_code(CHANGED, OUR_EDIT), CHANGED, OUR_EDIT, None, Age("fresh")),
        (pair_code(CHANGED, OUR_SECTION), CHANGED, OUR_EDIT, KNOWN, Age("stale", edited=(2,))),
        (pair_code(OLD, OUR_EDIT), CHANGED, OUR_EDIT, KNOWN, Age("stale", (2,))),
        (pair_code(OLD, OUR_SECTION), CHANGED, OUR_EDIT, KNOWN, Age("stale", (2,))),
        (section_code(CHANGED), CHANGED, OUR_SECTION, KNOWN, Age("fresh")),
        (section_code(CHANGED), CHANGED, OUR_EDIT, KNOWN, Age("stale", edited=(2,))),
        (section_code(CHANGED), CHANGED, OUR_EDIT, None, Age("fresh")),
        (section_code(OLD), CHANGED, OUR_SECTION, KNOWN, Age("stale", (2,))),
        (section_code(OLD), CHANGED, OUR_SECTION, None, Age("unstamped")),
    ],
)
def test_what_was_compared_as_it_is_now(
    code: str, original: Section, translation: Section, baseline: Baseline | None, expected: Age
) -> None:
    reviewed = replace(translation, reviewed=text(code))
    assert age_of_rows(section_rows(original, reviewed, baseline)) == expected


def test_what_is_reviewed_is_fresh_whatever_the_baseline_says() -> None:
    rows = paired(blocks("Neuf."), blocks("New."), BASELINE, Reviewed(True, True))
    assert shown(rows) == ["fresh 1 = 1"]


UNIT = BaselineUnit("site/title", "Le pont", "The bridge")


@pytest.mark.parametrize(
    ("unit", "original", "translation", "state"),
    [
        (None, "Le pont", "The bridge", "added"),
        (UNIT, "Le pont", "The bridge", "fresh"),
        (UNIT, "Le\u00a0pont", "The  bridge", "fresh"),
        (UNIT, "Un pont", "The bridge", "changed"),
        (UNIT, "Le pont", "A bridge", "edited"),
        (UNIT, "Un pont", "A bridge", "both"),
        (replace(UNIT, translation=""), "Le pont", "A bridge", "fresh"),
        (replace(UNIT, translation=""), "Un pont", "A bridge", "changed"),
    ],
)
def test_texts_of_yaml(
    unit: BaselineUnit | None, original: str, translation: str, state: str
) -> None:
    assert text_state(unit, original, translation) == state


@pytest.mark.parametrize(
    ("places", "noted", "expected"),
    [
        ([1, 2, 3], "", {}),
        ([3, 1, 2], "", {"a": "c"}),
        ([2, 3, 1], "", {"c": "c"}),
        ([2, 1], "a", {"a": "b"}),
        ([2, 1], "b", {"b": "b"}),
        ([1, 3, 2, 4], "b", {"b": "c"}),
        ([1, 3, 2, 4], "c", {"c": "a"}),
    ],
)
def test_the_fewest_that_stand_elsewhere(
    places: list[int], noted: str, expected: dict[str, str]
) -> None:
    standing = [Standing(unit, at, unit == noted) for unit, at in zip("abcd", places, strict=False)]
    assert out_of_order(standing) == expected


# Whatever is edited


WORDS = [
    "pause",
    "combat",
    "ville",
    "route",
    "camp",
    "eau",
    "nuit",
    "accord",
    "porte",
    "parole",
    "soldat",
    "tente",
    "convoi",
]
PARAGRAPHS = st.lists(
    st.lists(st.sampled_from(WORDS), min_size=4, max_size=9).map(" ".join),
    min_size=1,
    max_size=6,
    unique_by=normalised,
)


def ours(paragraph: str) -> str:
    """What a paragraph is called in the other language."""
    return " ".join(f"{word[::-1]}y" for word in paragraph.split())


EDITS = st.lists(
    st.tuples(
        st.booleans(),
        st.sampled_from(["reword", "rewrite", "delete", "add", "move", "repeat", "split", "join"]),
        st.integers(0, 9),
        st.integers(0, 9),
    ),
    max_size=3,
)
"""Whether it is the original that is edited, how, where, and whither."""

Edit = tuple[bool, str, int, int]


def edited(paragraphs: list[str], edits: Iterable[Edit]) -> tuple[list[str], list[str], set[str]]:
    """Both languages after some edits, and the paragraphs of the first that nobody touched."""
    sides = {True: list(paragraphs), False: [ours(paragraph) for paragraph in paragraphs]}
    touched: set[str] = set()
    for is_original, kind, place, whither in edits:
        side = sides[is_original]
        if not side:
            continue
        at, to = place % len(side), whither % len(side)
        found = side[at]
        if kind != "move":
            touched.add(found)
        if kind == "reword":
            side[at] = " ".join(["changed", *found.split()[1:]])
        elif kind == "rewrite":
            side[at] = f"nothing of the kind {whither}"
        elif kind == "delete":
            del side[at]
        elif kind == "add":
            side.insert(at, f"something new {whither}")
        elif kind == "move":
            side.insert(to, side.pop(at))
        elif kind == "repeat":
            side.insert(to, found)
        elif kind == "split" and len(found.split()) > 1:
            words = found.split()
            side[at : at + 1] = [" ".join(words[:2]), " ".join(words[2:])]
            side[:] = [paragraph for paragraph in side if paragraph]
        elif kind == "join" and at + 1 < len(side):
            touched.add(side[at + 1])
            side[at : at + 2] = [f"{found} {side[at + 1]}"]
    untouched = {p for p in paragraphs if p not in touched and ours(p) not in touched}
    return sides[True], sides[False], untouched


# One that shared a unit with the block before it, and had another unit's translation.
@example(
    [
        *("pause pause pause combat", "pause pause pause convoi", "pause pause pause pause pause"),
        *("pause pause pause pause pause pause", "eau pause pause pause"),
    ],
    [(False, "join", 2, 0), (True, "join", 3, 0), (True, "join", 1, 0)],
)
@given(PARAGRAPHS, EDITS)
def test_every_block_stands_in_one_row_and_every_id_once(
    paragraphs: list[str], edits: list[Edit]
) -> None:
    original, translation, _ = edited(paragraphs, edits)
    baseline = stamped(paragraphs, [ours(paragraph) for paragraph in paragraphs])
    rows = paired(blocks(*original), blocks(*translation), baseline)
    assert [row.original for row in rows if row.original] == blocks(*original)
    standing = [block for row in rows for block in row.translations]
    assert sorted(standing, key=lambda block: int(block.name)) == blocks(*translation)
    assert len({row.id for row in rows}) == len(rows)
    for row in rows:
        if row.along:
            (leader,) = (other for other in rows if other.name == row.along)
            assert leader.translations
            assert not leader.along


@given(PARAGRAPHS, EDITS)
def test_what_nobody_touched_keeps_its_partner_and_its_id(
    paragraphs: list[str], edits: list[Edit]
) -> None:
    original, translation, untouched = edited(paragraphs, edits)
    baseline = stamped(paragraphs, [ours(paragraph) for paragraph in paragraphs])
    ids = {unit.original: unit.id for unit in baseline.units}
    for row in paired(blocks(*original), blocks(*translation), baseline):
        if row.original is not None and row.original.text in untouched:
            assert row.state in ("fresh", "moved")
            assert [str(block.text) for block in row.translations] == [ours(row.original.text)]
            assert row.id == ids[row.original.text]


@given(PARAGRAPHS, EDITS)
def test_all_is_fresh_just_where_both_sides_are_as_they_were(
    paragraphs: list[str], edits: list[Edit]
) -> None:
    original, translation, _ = edited(paragraphs, edits)
    baseline = stamped(paragraphs, [ours(paragraph) for paragraph in paragraphs])
    rows = paired(blocks(*original), blocks(*translation), baseline)
    is_fresh = all(row.is_fresh for row in rows)
    if (
        [ours(paragraph) for paragraph in original] == translation
        and set(original) <= set(paragraphs)
        and len(set(original)) == len(original)
    ):
        assert is_fresh
    elif {kind for _, kind, _, _ in edits} <= {"reword", "rewrite", "move", "repeat", "add"}:
        assert not is_fresh


@given(PARAGRAPHS, st.integers(0, 9), st.booleans())
def test_whatever_is_reworded_is_not_fresh(
    paragraphs: list[str], place: int, is_original: bool
) -> None:
    number = place % len(paragraphs)
    original, translation, _ = edited(paragraphs, [(is_original, "reword", number, 0)])
    baseline = stamped(paragraphs, [ours(paragraph) for paragraph in paragraphs])
    rows = paired(blocks(*original), blocks(*translation), baseline)
    stale = [(row.name, row.state) for row in rows if not row.is_fresh]
    assert stale == [(str(number + 1), "changed" if is_original else "edited")]


@given(PARAGRAPHS, st.randoms(use_true_random=False))
def test_moving_blocks_alike_in_both_languages_makes_nothing_stale(
    paragraphs: list[str], random: object
) -> None:
    baseline = stamped(paragraphs, [ours(paragraph) for paragraph in paragraphs])
    moved = list(paragraphs)
    random.shuffle(moved)  # type: ignore[attr-defined]
    rows = paired(blocks(*moved), blocks(*map(ours, moved)), baseline)
    assert [row.state for row in rows] == ["fresh"] * len(moved)


@given(PARAGRAPHS, EDITS)
def test_stamping_the_whole_makes_all_fresh_and_is_the_same_again(
    paragraphs: list[str], edits: list[Edit]
) -> None:
    original, translation, _ = edited(paragraphs, edits)
    baseline = stamped(paragraphs, [ours(paragraph) for paragraph in paragraphs])
    before = paired(blocks(*original), blocks(*translation), baseline)
    units = stamped_units(before)
    rows = paired(blocks(*original), blocks(*translation), Baseline(tuple(units)))
    assert len({unit.id for unit in units}) == len(units)
    if original and translation:
        assert all(row.is_fresh for row in rows)
        again = stamped_units(rows)
        # One that is repeated may be noted where it stands first, from the second time on.
        is_repeated = len(set(original)) < len(original)
        assert again == units or (
            is_repeated and sorted(again, key=by_id) == sorted(units, key=by_id)
        )
        theirs, said = (
            Counter(str(block.text) for unit in units for block in blocks(getattr(unit, side)))
            for side in ("original", "translation")
        )
        assert (theirs, said) == (Counter(original), Counter(translation))


@given(PARAGRAPHS, EDITS, st.integers(0, 9))
def test_stamping_one_match_leaves_the_partners_of_others_as_they_were(
    paragraphs: list[str], edits: list[Edit], place: int
) -> None:
    original, translation, untouched = edited(paragraphs, edits)
    baseline = stamped(paragraphs, [ours(paragraph) for paragraph in paragraphs])
    before = paired(blocks(*original), blocks(*translation), baseline)
    stale = [match for match in matches(before) if match.translations and not match.is_fresh]
    if not stale:
        return
    chosen = {row.id for row in stale[place % len(stale)].rows}
    units = stamped_units(before, chosen)
    after = paired(blocks(*original), blocks(*translation), Baseline(tuple(units)))
    assert partners(before, untouched) == partners(after, untouched)
    states = {row.name: row.state for row in after}
    for row in before:
        if row.id in chosen:
            assert states[row.name] in ("fresh", "moved")


def by_id(unit: BaselineUnit) -> str:
    return unit.id


def partners(rows: Iterable[Row], texts: set[str]) -> dict[str, list[str]]:
    return {
        str(row.original.text): [block.name for block in row.translations]
        for row in rows
        if row.original and row.original.text in texts
    }
