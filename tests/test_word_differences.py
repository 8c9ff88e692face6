"""How one text became another, word by word."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from reperes.text.folding import normalised
from reperes.translation.word_differences import Change, brief, word_difference

TALKS = "Les rebelles ont annoncé que les discussions avaient échoué."


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
        ("Un “mot” ici", 'Un "mot" ici', 'Un "mot" ici'),
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


@pytest.mark.parametrize(
    ("old", "new", "shown"),
    [
        ("Ils cèdent leurs armes.", "Ils cèdent des armes.", "Ils cèdent [-leurs-]{+des+} armes."),
        (
            f"{TALKS} Puis la paix.",
            f"{TALKS} Puis la guerre.",
            "… échoué. Puis la [-paix-]{+guerre+}.",
        ),
        (
            f"Ah. {TALKS}",
            f"Oh. {TALKS}",
            "[-Ah-]{+Oh+}. Les rebelles …",
        ),
        (
            f"Ah {TALKS} Puis la paix",
            f"Oh {TALKS} Puis la guerre",
            "[-Ah-]{+Oh+} Les rebelles ont … échoué. Puis la [-paix-]{+guerre+}",
        ),
        ("Une ligne\nde plus.", "Une ligne\nde moins.", "Une ligne de [-plus-]{+moins+}."),
        ("", "mot " * 20, "{+mot mot mot mot mot mot mot mot mot mot…+}"),
        ("a b", "a b", "a b"),
    ],
)
def test_what_changed_in_brief(old: str, new: str, shown: str) -> None:
    assert brief(word_difference(old, new)) == shown


@given(st.lists(st.sampled_from(["un", "deux", "trois", "{{ a }}", "."]), max_size=60), st.text())
def test_what_is_brief_is_one_short_line(words: list[str], new: str) -> None:
    shown = brief(word_difference(" ".join(words), new))
    assert len(shown) <= 200
    assert shown == " ".join(shown.split())
