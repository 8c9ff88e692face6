"""What texts were made of: moved, reworded, split, joined, repeated."""

from __future__ import annotations

from collections.abc import Sequence

import pytest
from hypothesis import given
from hypothesis import strategies as st

from reperes.text.folding import normalised
from reperes.translation.origins import Origin, Piece, origins, unbroken

TALKS = "Les rebelles ont annoncé que les discussions avaient échoué."
WEAPONS = "Ils refusaient de céder leurs armes lourdes {{ deadline.on }}."
PEACE = "Une pause avait commencé quelques jours plus tôt."


def pieces(texts: Sequence[str]) -> list[Piece]:
    return [Piece("", text) for text in texts]


def found(
    old: Sequence[str], new: Sequence[str], likely: frozenset[int] = frozenset()
) -> list[tuple[int, ...] | int]:
    """Old indexes by new text; a bare number for a text that is the same."""
    return [
        origin.old[0] if origin.same else origin.old
        for origin in origins(pieces(old), pieces(new), likely)
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
    assert found([TALKS, TALKS], [TALKS, TALKS, TALKS]) == [0, (0,), 1]


@pytest.mark.parametrize(
    ("old", "new", "expected"),
    [
        ([TALKS, WEAPONS, TALKS, PEACE], [WEAPONS, TALKS, PEACE], [1, 2, 3]),
        ([TALKS, WEAPONS, TALKS, PEACE], [TALKS, WEAPONS, PEACE], [0, 1, 3]),
        ([WEAPONS, TALKS], [TALKS, WEAPONS, TALKS], [(1,), 0, 1]),
    ],
)
def test_which_of_two_is_gone_or_new_its_neighbours_tell(
    old: list[str], new: list[str], expected: list[tuple[int, ...] | int]
) -> None:
    assert found(old, new) == expected


def test_what_is_likely_comes_before_what_the_neighbours_tell() -> None:
    old, new = [TALKS, WEAPONS, TALKS, PEACE], [TALKS, WEAPONS, PEACE]
    assert found(old, new, frozenset({2})) == [2, 1, 3]


def test_few_words_in_common_are_no_part() -> None:
    assert found([TALKS, PEACE], [TALKS, "Les rebelles.", PEACE]) == [0, (), 1]


@pytest.mark.parametrize("name", ["title", "#talks"])
def test_what_has_a_name_is_found_by_it(name: str) -> None:
    old = [Piece(name, "Un"), Piece("", "Trois")]
    assert origins(old, [Piece("", "Trois"), Piece(name, "Deux")]) == [
        Origin((1,), same=True),
        Origin((0,)),
    ]


@pytest.mark.parametrize(
    ("old", "new"),
    [
        ("a « mot »", "a “mot”"),
        ("a «\u00a0mot\u00a0»", 'a "mot"'),
        ("l’ONU : {{ a }}", "l'ONU\u00a0: {{a}}"),
    ],
)
def test_quotes_and_spaces_are_no_difference(old: str, new: str) -> None:
    assert found([old], [new]) == [0]


WORD = st.sampled_from(["mot", "l’ONU", "{{ a }}", "[x](term:y)", "rebelles", "paix", "é", "armes"])
TEXTS = st.lists(st.lists(WORD, min_size=1, max_size=6).map(" ".join), max_size=6)


@given(TEXTS, TEXTS)
def test_nothing_is_lost_or_found_twice(old: list[str], new: list[str]) -> None:
    result = origins(pieces(old), pieces(new))
    assert len(result) == len(new)
    same = [origin.old[0] for origin in result if origin.same]
    assert len(same) == len(set(same))
    for text, origin in zip(new, result, strict=True):
        if origin.same:
            assert normalised(old[origin.old[0]]) == normalised(text)
    # Whatever stands in both is found, as often as it stands in both.
    for text in {*old} & {*new}:
        assert sum(old[i] == text for i in same) == min(old.count(text), new.count(text))


@pytest.mark.parametrize(
    ("numbers", "expected"),
    [([], []), ([1], [[1]]), ([0, 1, 3, 4, 6], [[0, 1], [3, 4], [6]])],
)
def test_unbroken_runs(numbers: list[int], expected: list[list[int]]) -> None:
    assert list(unbroken(numbers)) == expected
