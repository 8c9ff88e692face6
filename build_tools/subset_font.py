"""Make the typeface of titles: Source Serif, semibold, with the characters that our pages write.

A tool for whoever changes those characters; no build runs it. It reads the font that the PDF is set
in, and needs fontTools and brotli, as the making of books does:

    pip install font-source-serif-pro==0.0.1 fonttools==4.68.0 brotli==1.2.1
    python build_tools/subset_font.py docs/assets

The Open Font License reserves the name "Source": a changed copy has another, and carries the
licence. A character that is missing here is taken from the reader's own serif, a whole word never.
"""

from __future__ import annotations

from pathlib import Path

import click
import font_source_serif_pro
from fontTools.subset import Options, Subsetter
from fontTools.ttLib import TTFont
from fontTools.ttLib.tables._g_l_y_f import Glyph

ORIGINAL = Path(font_source_serif_pro.font_directory) / "SourceSerifPro-Semibold.ttf"
LICENCE = ORIGINAL.with_name("LICENSE.txt")

FAMILY = "Reperes Serif"
FILE = "reperes-serif.woff2"
LICENCE_FILE = "reperes-serif.LICENSE.txt"

NOT_IN_TITLES = set(map(ord, "\\^_`{|}~¢¤¥¦¨©ª¬¯±²³´µ¶¸¹º¼½¾×÷ÐÝÞðýþ"))
CHARACTERS = {
    *(set(range(0x20, 0x7F)) | set(range(0xA0, 0x100))) - NOT_IN_TITLES,
    *map(ord, "ŒœŸ‐–—‘’‚“”„…‹›−′″€←→"),
}
"""Of Latin-1 what titles may hold; French letters, punctuation of both languages, and arrows."""

NARROW_NO_BREAK_SPACE, SHARE_OF_A_SPACE = 0x202F, 0.6
NO_BREAK_HYPHEN = 0x2011
"""Two characters that the original lacks."""

NAMES = {
    1: FAMILY,
    2: "Regular",
    3: f"{FAMILY} Semibold, a subset",
    4: f"{FAMILY} Semibold",
    6: FAMILY.replace(" ", "") + "-Semibold",
}
"""What takes the place of the reserved name, by the numbers that OpenType has for names."""

COPYRIGHT, VERSION, LICENCE_TEXT, LICENCE_ADDRESS = 0, 5, 13, 14


@click.command()
@click.argument("folder", type=click.Path(path_type=Path, file_okay=False, exists=True))
def main(folder: Path) -> None:
    """Write the font and its licence into FOLDER."""
    font = TTFont(ORIGINAL, recalcTimestamp=False)
    _subset(font)
    _add_missing(font)
    _rename(font)
    font.flavor = "woff2"
    font.save(folder / FILE)
    (folder / LICENCE_FILE).write_text(LICENCE.read_text("utf-8"), "utf-8")
    print(f"{folder / FILE}: {(folder / FILE).stat().st_size} bytes")


def _subset(font: TTFont) -> None:
    options = Options()
    options.layout_features = ["kern", "liga"]
    options.hinting = False  # screens that need it have fonts of their own
    options.glyph_names = False
    options.notdef_outline = True
    options.name_IDs = [COPYRIGHT, VERSION, LICENCE_TEXT, LICENCE_ADDRESS]
    subsetter = Subsetter(options)
    subsetter.populate(unicodes=CHARACTERS)
    subsetter.subset(font)


def _add_missing(font: TTFont) -> None:
    """The narrow space of French, and the hyphen at which no line breaks."""
    known = font.getBestCmap()
    width, side = font["hmtx"][known[ord(" ")]]
    name = "uni202F"
    font.setGlyphOrder([*font.getGlyphOrder(), name])
    font["glyf"].glyphs[name] = Glyph()
    font["hmtx"].metrics[name] = (round(width * SHARE_OF_A_SPACE), side)
    for table in font["cmap"].tables:
        if table.isUnicode():
            table.cmap[NARROW_NO_BREAK_SPACE] = name
            table.cmap[NO_BREAK_HYPHEN] = known[ord("-")]


def _rename(font: TTFont) -> None:
    for number, text in NAMES.items():
        font["name"].setName(text, number, 3, 1, 0x409)


if __name__ == "__main__":
    main()
