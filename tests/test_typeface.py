"""The typeface of titles: its name, its licence, its weight in bytes, and what it can write."""

from __future__ import annotations

import re
from pathlib import Path

import pytest
from fontTools.ttLib import TTFont

ASSETS = Path(__file__).parent.parent / "docs" / "assets"
FILE = ASSETS / "reperes-serif.woff2"
NAMES_OF_ITS_OWN = (1, 3, 4, 6)


@pytest.fixture(scope="module")
def font() -> TTFont:
    return TTFont(FILE)


def characters(ranges: str) -> set[int]:
    """The characters of a `unicode-range`."""
    found: set[int] = set()
    for part in ranges.split(","):
        first, _, last = part.strip().removeprefix("U+").partition("-")
        found.update(range(int(first, 16), int(last or first, 16) + 1))
    return found


def test_it_is_light() -> None:
    assert FILE.stat().st_size <= 20_000


def test_a_changed_copy_has_no_reserved_name_and_carries_its_licence(font: TTFont) -> None:
    names = {name.nameID: str(name) for name in font["name"].names}
    own = [names[number] for number in NAMES_OF_ITS_OWN]
    assert [name for name in own if "source" in name.lower()] == []
    assert names[1] == "Reperes Serif"
    assert "Reserved Font Name" in names[0]
    licence = (ASSETS / "reperes-serif.LICENSE.txt").read_text("utf-8")
    assert "SIL OPEN FONT LICENSE Version 1.1" in licence
    assert "Reserved Font Name 'Source'" in licence


def test_it_has_every_character_that_the_style_sheet_asks_it_for(font: TTFont) -> None:
    css = (ASSETS / "reperes.css").read_text("utf-8")
    (ranges,) = re.findall(r"unicode-range: ([^;]+);", css)
    asked = characters(ranges)
    assert asked - set(font.getBestCmap()) == set()
    assert (
        set(map(ord, "L’Œuvre\u00a0: «\u202f350\u202f000\u202f», naïve – “A”… → é à ç ÿ Ÿ"))
        <= asked
    )
