"""Characters that no text holds, and those that languages cannot do without."""

from __future__ import annotations

import unicodedata

import pytest
from hypothesis import given
from hypothesis import strategies as st

from reperes.text.characters import hidden_characters

SEEN_BY_NOBODY = "a character that nobody sees"
TURNS = "a character that turns the direction of the text"
MEANINGLESS = "a character that has no meaning of its own"
NO_CHARACTER = "a number that stands for no character"
FLAG_OF_SCOTLAND = "🏴" + "".join(map(chr, (0xE0067, 0xE0062, 0xE0073, 0xE0063, 0xE0074, 0xE007F)))


@pytest.mark.parametrize(
    "text",
    [
        "L’été : « 12 000 »\u00a0; 5\u202f%, 3\u20095, non\u2011lieu\ttab\nline",
        "سيرغي لافروف",
        "שלום עולם",
        "می\u200cخواهم, **می**\u200cخواهم",
        "क्\u200dष, अर्थात्\u200c",
        "ന\u0d4d\u200d",
        "👨\u200d👩\u200d👧 👩🏽\u200d🚀 ❤️\u200d🔥 ✌🏽 ☎\ufe0e ©️ 1️⃣ 🇫🇷",
        FLAG_OF_SCOTLAND,
        "葛\U000e0100城, 、\ufe00",
        "ᠮᠣᠩ\u180bᠭᠣᠯ",
        "e\u0301 한국어 ไทย 🫨",
    ],
)
def test_what_languages_need_is_kept(text: str) -> None:
    assert list(hidden_characters(text)) == []


@pytest.mark.parametrize(
    ("character", "message"),
    [
        ("\x00", f"{SEEN_BY_NOBODY} (U+0000); remove it"),
        ("\x07", f"{SEEN_BY_NOBODY} (U+0007); remove it"),
        ("\r", f"{SEEN_BY_NOBODY} (U+000D); remove it"),
        ("\x85", f"{SEEN_BY_NOBODY} (U+0085); remove it"),
        ("\u00ad", f"{SEEN_BY_NOBODY} (U+00AD, soft hyphen); remove it"),
        ("\u200b", f"{SEEN_BY_NOBODY} (U+200B, zero width space); remove it"),
        ("\u200c", f"{SEEN_BY_NOBODY} (U+200C, zero width non-joiner); remove it"),
        ("\u200d", f"{SEEN_BY_NOBODY} (U+200D, zero width joiner); remove it"),
        ("\u2060", f"{SEEN_BY_NOBODY} (U+2060, word joiner); remove it"),
        ("\u2063", f"{SEEN_BY_NOBODY} (U+2063, invisible separator); remove it"),
        ("\u3164", f"{SEEN_BY_NOBODY} (U+3164, hangul filler); remove it"),
        ("\ufeff", f"{SEEN_BY_NOBODY} (U+FEFF, zero width no-break space); remove it"),
        ("\ufe0f", f"{SEEN_BY_NOBODY} (U+FE0F, variation selector-16); remove it"),
        ("\U000e0100", f"{SEEN_BY_NOBODY} (U+E0100, variation selector-17); remove it"),
        ("\U000e0041", f"{SEEN_BY_NOBODY} (U+E0041, tag latin capital letter a); remove it"),
        ("\ufff9", f"{SEEN_BY_NOBODY} (U+FFF9, interlinear annotation anchor); remove it"),
        ("\U0001d173", f"{SEEN_BY_NOBODY} (U+1D173, musical symbol begin beam); remove it"),
        ("\u061c", f"{TURNS} (U+061C, arabic letter mark); remove it"),
        ("\u200e", f"{TURNS} (U+200E, left-to-right mark); remove it"),
        ("\u202e", f"{TURNS} (U+202E, right-to-left override); remove it"),
        ("\u2066", f"{TURNS} (U+2066, left-to-right isolate); remove it"),
        (
            "\u2028",
            "a line end that nobody sees (U+2028, line separator); end the line with Enter",
        ),
        ("\ue000", f"{MEANINGLESS} (U+E000); write the letter or word that is meant"),
        ("\U0010fffd", f"{MEANINGLESS} (U+10FFFD); write the letter or word that is meant"),
        ("\ud800", f"{NO_CHARACTER} (U+D800); remove it"),
        ("\ufdd0", f"{NO_CHARACTER} (U+FDD0); remove it"),
        ("\uffff", f"{NO_CHARACTER} (U+FFFF); remove it"),
        ("\U0001fffe", f"{NO_CHARACTER} (U+1FFFE); remove it"),
    ],
)
def test_what_is_refused_and_why(character: str, message: str) -> None:
    assert list(hidden_characters(f"né{character}e")) == [(2, message)]
    assert list(hidden_characters(f"👍 né{character * 3}e")) == [(4, message)]


def test_each_is_told_and_what_stands_between_is_kept() -> None:
    text = f"a\u200b\u202eb {FLAG_OF_SCOTLAND}\U000e0041 می\u200cخ\u200d\u200d"
    assert [offset for offset, _ in hidden_characters(text)] == [1, 2, 12, 19]


def test_no_character_of_these_categories_is_forgotten() -> None:
    """What is left are signs that fonts draw: around Arabic numbers, and of hieroglyphs."""
    hidden = {"Cc", "Cf", "Co", "Cs", "Zl", "Zp"}
    drawn = "\t\n\u0600\u0601\u0602\u0603\u0604\u0605\u06dd\u070f\u0890\u0891\u08e2"
    drawn += "\U000110bd\U000110cd" + "".join(map(chr, range(0x13430, 0x13440)))
    every = [c for c in map(chr, range(0x110000)) if unicodedata.category(c) in hidden]
    text = "".join(f"a{c}" for c in every if c not in drawn)
    assert len(list(hidden_characters(text))) == len(text) // 2


@given(st.text())
def test_what_is_removed_leaves_nothing_hidden(text: str) -> None:
    while offsets := {offset for offset, _ in hidden_characters(text)}:
        text = "".join(c for offset, c in enumerate(text) if offset not in offsets)
    assert text.encode().decode() == text
