from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from dataclasses import replace
from decimal import Decimal
from functools import cache
from io import BytesIO
from itertools import pairwise
from pathlib import Path
from typing import get_args

import pytest
from hypothesis import given
from hypothesis import strategies as st
from PIL import Image, ImageDraw, ImageFont

from reperes.language.locales import Bound
from reperes.model.explainer import Explainer
from reperes.model.loading import load
from reperes.model.map_plan import MapPlan
from reperes.pages import Page, render_page, render_pages
from reperes.paths import ASSETS
from reperes.site.social_cards import Cards, cards_of_pages, drawing, fonts, write_card
from reperes.site.social_cards.drawing import COLOURS, png
from reperes.site.social_cards.layout import (
    HEIGHT,
    WIDTH,
    Block,
    Box,
    Disc,
    Line,
    Outline,
    Part,
    Picture,
    Sheet,
    Texts,
    fit,
    lay_out,
)
from reperes.site.social_cards.pictures import map_picture, picture_of
from support import REAL, saying, text, toy

TEXTS = Texts(
    code="FR",
    subject="Le bac de Port-Clair",
    day="Situation au 2 juillet 2019",
    kicker="Chapitre 1 sur 2",
    value="",
    title="La fermeture",
)
REAL_EXPLAINER = load(REAL).explainer
LONG = "Sud de la Syrie\u00a0: les pourparlers échouent, les frappes reprennent"


def lines_of(texts: Texts) -> list[Line]:
    return [part for part in lay_out(texts) if isinstance(part, Line)]


def title_of(title: str, **others: str) -> list[Line]:
    """The lines of the title alone."""
    ink = [line for line in lines_of(replace(TEXTS, title=title, **others)) if line.colour == "ink"]
    return ink[1:]


# Fonts


@pytest.mark.parametrize("font", [fonts.serif(), fonts.sans()])
def test_fonts_have_what_both_languages_print(font: fonts.Font) -> None:
    assert font.has("ABCXYZabcxyz0123456789 \u00a0\u202f’‘“”«»–—…,;:.!?()%€-")
    assert font.has("ÀÂÆÇÉÈÊËÎÏÔŒÙÛÜŸàâæçéèêëîïôœùûüÿ")
    assert not font.has("درعا")


def test_widths_are_those_that_harfbuzz_measures() -> None:
    """To a thousandth of an em: `ImageFont.getlength` with Layout.RAQM, and no ligatures."""
    measured = {"AVTo": 2350, "L’offensive": 4831, "Key figures": 5231, "1998–2004": 4875}
    found = {text: round(fonts.serif().width(text) * 1000) for text in measured}
    assert found == measured
    assert round(fonts.sans().width("L’offensive") * 1000) == 4564


def test_pairs_close_up() -> None:
    serif = fonts.serif()
    assert serif.width("AV") < serif.width("A") + serif.width("V")
    assert serif.width("HH") == pytest.approx(2 * serif.width("H"))


def test_a_narrow_space_is_narrower() -> None:
    serif = fonts.serif()
    assert serif.width("330\u202f000") < serif.width("330\u00a0000")
    assert serif.width("330\u00a0000") == serif.width("330 000")


# Lines


def fitted(text: str, width: int = 1056, lines: int = 4, height: int = 400) -> Block:
    return fit(text, fonts.serif(), width, range(112, 47, -4), lines, height)


def test_a_short_title_is_one_line_at_the_largest_size() -> None:
    block = fitted("Glossaire")
    assert (block.lines, block.size) == (("Glossaire",), 112)


@pytest.mark.parametrize(
    ("title", "lines"),
    [
        (LONG, ("Sud de la Syrie\u00a0:", "les pourparlers échouent,", "les frappes reprennent")),
        ("L’échec des pourparlers", ("L’échec", "des pourparlers")),
        ("Ce que répondaient les rebelles", ("Ce que répondaient", "les rebelles")),
        ("What the rebels answered", ("What the rebels", "answered")),
    ],
)
def test_lines_are_even_and_break_where_a_reader_pauses(title: str, lines: tuple[str]) -> None:
    assert fitted(title).lines == lines


def test_a_longer_title_is_smaller() -> None:
    sizes = [fitted(" ".join(["pourparlers"] * count)).size for count in (2, 5, 9)]
    assert sizes == sorted(set(sizes), reverse=True)


def test_a_long_word_is_shrunk_and_not_cut() -> None:
    block = fitted("Anticonstitutionnellement")
    assert block.lines == ("Anticonstitutionnellement",)
    assert 48 < block.size < 112


@pytest.mark.parametrize("space", ["\u00a0", "\u202f"])
def test_no_line_ends_at_a_no_break_space(space: str) -> None:
    kept = f"«{space}avant{space}»{space}:"
    for count in range(1, 12):
        lines = fitted(f"{'mot ' * count}{kept} après").lines
        assert [line for line in lines if kept in line]


def test_what_cannot_fit_loses_its_last_words() -> None:
    block = fitted(" ".join(["pourparlers"] * 40))
    assert (block.size, len(block.lines)) == (48, 4)
    assert block.lines[-1].endswith("pourparlers…")


def test_a_word_that_cannot_fit_loses_its_end() -> None:
    (line,) = fitted("a" * 100).lines
    assert re.fullmatch("a{30,}…", line)


@given(st.lists(st.text("abceéilmnoœprstuv’-\u00a0", min_size=1, max_size=40), min_size=1))
def test_titles_of_any_length_stay_inside_and_whole(words: list[str]) -> None:
    title = " ".join(words)
    block = fitted(title, height=300)
    assert all(fonts.serif().width(line) * block.size <= 1056 for line in block.lines)
    assert block.height <= 300
    written = " ".join(block.lines)
    assert written == title or title.startswith(written[:-1])


# The layout


@pytest.mark.parametrize(
    "value",
    [
        "",
        "plus de 60\u00a0%",
        "270\u202f000 à 330\u202f000",
        "au moins 1,5\u00a0million à 2,3\u00a0millions de personnes",
    ],
)
@pytest.mark.parametrize("title", ["Glossaire", LONG, " ".join(["pourparlers"] * 40)])
def test_everything_is_inside_the_margins_and_apart(title: str, value: str) -> None:
    lines = lines_of(replace(TEXTS, title=title, value=value))
    for line in lines:
        font = fonts.serif() if line.font == "serif" else fonts.sans()
        assert line.x >= 72
        assert line.x + font.width(line.text) * line.size <= WIDTH - 72 + 0.01
    body = sorted({line.y for line in lines if line.y > 130})
    assert body[0] > 150
    assert body[-1] == 556
    assert all(below - above > 40 for above, below in pairwise(body))


def test_a_card_shows_every_text() -> None:
    texts = replace(TEXTS, value="12", byline="Selon l’OSDH")
    shown = {line.text for line in lines_of(texts)}
    assert shown == set(vars(texts).values()) - {None}


def test_a_card_without_a_kicker_has_no_empty_line() -> None:
    shown = [line.text for line in lines_of(replace(TEXTS, kicker=""))]
    assert shown == [TEXTS.subject, TEXTS.day, TEXTS.code, TEXTS.title]


def test_a_value_is_larger_than_its_title() -> None:
    by_text = {line.text: line for line in lines_of(replace(TEXTS, value="plus de 60\u00a0%"))}
    value, title = by_text["plus de 60\u00a0%"], by_text["La fermeture"]
    assert value.size >= 2 * title.size
    assert value.y < title.y


def test_a_value_is_whole_however_long() -> None:
    value = "au moins 1,5\u00a0million à 2,3\u00a0millions de personnes"
    shown = [line for line in lines_of(replace(TEXTS, value=value)) if line.colour == "accent"]
    assert " ".join(line.text for line in shown[:-1]) == value


def test_a_byline_stands_at_the_foot_under_the_picture() -> None:
    picture = Picture(1056, 60, (Box(0, 0, 500, 60, "accent", 0.5),))
    texts = replace(TEXTS, value="12", byline="Selon l’OSDH", picture=picture)
    by_text = {line.text: line for line in lines_of(texts)}
    (box,) = (part for part in lay_out(texts) if isinstance(part, Box) and part.strength == 0.5)
    assert (box.x, by_text["Selon l’OSDH"].y) == (72, 556)
    assert by_text["La fermeture"].y < box.y
    assert box.y + box.height < 556 - by_text["Selon l’OSDH"].size * 0.67


def test_a_picture_beside_the_text_leaves_it_room() -> None:
    picture = Picture(440, 300, (Sheet(0, 0, 440, 300, ()),), beside=True)
    texts = replace(TEXTS, title=LONG, picture=picture)
    (sheet,) = (part for part in lay_out(texts) if isinstance(part, Sheet))
    assert sheet.x + sheet.width == WIDTH - 72
    for line in lines_of(texts)[3:]:
        assert line.x + fonts.serif().width(line.text) * line.size < sheet.x


@pytest.mark.parametrize("name", ["subject", "day", "kicker", "byline"])
def test_what_is_one_line_stays_one_line(name: str) -> None:
    texts = replace(TEXTS, **{name: "Une longue histoire " * 12 + "encore"})
    shown = lines_of(texts)
    assert len(shown) == len(lines_of(TEXTS)) + (name == "byline")
    assert [line.text[-1] for line in shown if line.text.startswith("Une longue")] == ["…"]


def test_a_long_subject_leaves_room_for_the_day() -> None:
    subject, day, *_ = lines_of(replace(TEXTS, subject="Une longue histoire " * 8))
    assert subject.text.endswith("…")
    assert day.x > subject.x + fonts.serif().width(subject.text) * subject.size


# Drawing


def test_a_card_is_a_small_png_of_the_right_size() -> None:
    data = png(lay_out(replace(TEXTS, title=LONG)))
    image = Image.open(BytesIO(data))
    assert (image.format, image.size, image.mode) == ("PNG", (1200, 630), "P")
    assert len(data) < 25_000


def test_the_same_drawing_is_the_same_bytes() -> None:
    first = png(lay_out(TEXTS))
    png.cache_clear()
    assert png(lay_out(replace(TEXTS))) == first


def test_words_are_drawn_where_the_layout_puts_them() -> None:
    line = Line("H", 100, 300, "serif", 100, "ink")
    image = Image.open(BytesIO(png((line,)))).convert("L").point(lambda shade: 255 * (shade < 128))
    box = image.getbbox()
    assert box is not None
    left, top, right, bottom = box
    assert bottom == 300
    assert 230 <= top <= 236
    assert 100 <= left < right <= 100 + fonts.serif().width("H") * 100


def test_a_box_is_filled_to_its_edges() -> None:
    image = Image.open(BytesIO(png((Box(10, 20, 30, 40, "accent"),)))).convert("RGB")
    assert image.getpixel((10, 20)) == image.getpixel((39, 59)) == (15, 76, 92)
    assert image.getpixel((9, 20)) == image.getpixel((40, 59)) == (253, 252, 249)


def test_a_pale_box_lets_the_paper_through() -> None:
    image = Image.open(BytesIO(png((Box(0, 0, 9, 9, "accent", 0.6),)))).convert("RGB")
    assert image.getpixel((4, 4)) == (110, 146, 155)


def test_a_disc_is_round() -> None:
    image = Image.open(BytesIO(png((Disc(50, 50, 20, "ink"),)))).convert("L")
    assert image.point(lambda shade: 255 * (shade < 128)).getbbox() == (30, 30, 70, 70)
    assert image.getpixel((32, 32)) > 200  # type: ignore[operator]


def test_a_sheet_is_cut_at_its_edges() -> None:
    area = Outline(((-50, -50), (200, -50), (200, 200), (-50, 200)), "accent")
    image = Image.open(BytesIO(png((Sheet(100, 100, 60, 40, (area,)),)))).convert("L")
    assert image.point(lambda shade: 255 * (shade < 128)).getbbox() == (100, 100, 160, 140)


def test_colours_are_those_of_the_site() -> None:
    css = (ASSETS / "reperes.css").read_text("utf-8")
    for name, colour in COLOURS.items():
        assert f"--{name}: light-dark({colour}," in css


def test_the_mark_is_that_of_the_icon() -> None:
    icon = (ASSETS / "favicon.svg").read_text("utf-8")
    boxes = re.findall(r"M([\d.]+) ([\d.]+)h([\d.]+)v([\d.]+)[Hh]", icon)
    scale = 36 / 24
    expected = [tuple(float(number) * scale for number in box) for box in boxes]
    drawn = [part for part in lay_out(TEXTS) if isinstance(part, Box)][2:]
    left, top = drawn[0].x - expected[0][0], drawn[0].y - expected[0][1]
    assert [(box.x - left, box.y - top, box.width, box.height) for box in drawn] == expected


# The cards of a site


Pages = Mapping[str, Sequence[Page]]


def pages_of(explainer: Explainer) -> Pages:
    return {code: render_pages(explainer, code) for code in explainer.languages}


def cards_of(explainer: Explainer) -> Cards:
    return cards_of_pages(explainer, pages_of(explainer))


@cache
def cards() -> Cards:
    """Those of the toy explainer."""
    return cards_of(toy())


def retitled(title: str) -> Explainer:
    """The toy explainer with another French title of its first section."""
    french = toy().sections["fr"]
    section = replace(french["closure"], title=text(title))
    return replace(toy(), sections={**toy().sections, "fr": {**french, "closure": section}})


def test_every_page_has_its_card_in_each_language() -> None:
    for language, pages in pages_of(toy()).items():
        assert list(cards()[language]) == [page.id for page in pages]
        assert {card.language for card in cards()[language].values()} == {language}


def test_a_card_says_what_the_page_says() -> None:
    card = cards()["en"]["closure"]
    assert card.texts == Texts(
        code="EN",
        subject="The end of the Port-Clair ferry",
        day="As of 15\xa0March 2019",
        kicker="Chapter 1 of 2",
        value="",
        title="A line that closes",
    )
    assert card.alt == (
        "A line that closes – Chapter 1 of 2"
        " – The end of the Port-Clair ferry – As of 15\xa0March 2019"
    )


def test_the_page_of_a_figure_shows_its_value() -> None:
    pages = pages_of(toy())
    figure = replace(pages["fr"][0], id="figures/boats", title="Bateaux", value="12 : plus")
    found = cards_of_pages(toy(), {**pages, "fr": [figure]})["fr"]["figures/boats"]
    assert found.texts.value == "12\u00a0: plus"
    assert re.fullmatch(r"fr/cards/figures-boats\.[0-9a-f]{8}\.png", found.path)


def test_the_card_of_a_figure_names_its_author_and_its_day() -> None:
    french, english = (cards()[code]["figures/passengers"] for code in ("fr", "en"))
    assert (
        french.texts.byline == "Selon le Courrier de l’estuaire, "
        "dans un article publié le 15\u00a0mars 2019"
    )
    said = "According to the Courrier de l’estuaire, in an article published on 15\u00a0March 2019"
    assert english.texts.byline == said
    assert f" – {french.texts.byline} – " in french.alt
    assert french.texts.picture is not None
    assert cards()["fr"]["figures"].texts.byline == ""
    assert cards()["fr"]["closure"].texts.picture is None


@pytest.mark.parametrize("bound", get_args(Bound))
@pytest.mark.parametrize(
    ("low", "high", "unit"),
    [
        ("20", "30", "percent"),
        ("20", "30", "person"),
        ("2", "5", "day"),
        ("1000", "9000", "person"),
        ("-9000", "-1000", "person"),
    ],
)
def test_pictures_stay_within_their_size(low: str, high: str, unit: str, bound: Bound) -> None:
    low = low if bound == "range" else high
    figure = saying(
        toy().figures["passengers"], low=Decimal(low), high=Decimal(high), unit=unit, bound=bound
    )
    explainer = replace(REAL_EXPLAINER, figures={"passengers": figure})
    picture = picture_of(explainer, "en", figure)
    assert picture is not None
    assert not picture.beside
    for part in picture.parts:
        if isinstance(part, Box):
            assert part.x >= 0
            assert part.x + part.width <= picture.width
            assert part.y + part.height <= picture.height
        if isinstance(part, Disc):
            assert part.x + part.radius <= picture.width
            assert part.y + part.radius <= picture.height


def test_a_figure_that_has_no_picture_has_none_on_its_card() -> None:
    nothing = saying(toy().figures["passengers"], low=Decimal(0), high=Decimal(0))
    assert picture_of(toy(), "en", nothing) is None


def test_chapters_show_the_map() -> None:
    plan = REAL_EXPLAINER.map
    assert plan is not None
    picture = map_picture(REAL_EXPLAINER, "fr", plan)
    (sheet,) = (part for part in picture.parts if isinstance(part, Sheet))
    names = [part.text for part in picture.parts if isinstance(part, Line)]
    assert {"Syrie", "Damas", "Province"} <= set(names)
    assert (picture.beside, sheet.width, sheet.height) == (True, picture.width, picture.height)
    of_pages = cards_of(REAL_EXPLAINER)["fr"]
    shown = {name for name, card in of_pages.items() if card.texts.picture == picture}
    assert shown == {"overview", *REAL_EXPLAINER.site.section_ids}


def test_disputed_borders_are_dashed_on_cards_too() -> None:
    plan = REAL_EXPLAINER.map
    assert plan is not None

    def lines(plan: MapPlan) -> int:
        (sheet,) = (
            p for p in map_picture(REAL_EXPLAINER, "fr", plan).parts if isinstance(p, Sheet)
        )
        return sum(outline.width > 0 for outline in sheet.parts)

    assert lines(plan) > 2 * lines(replace(plan, disputed=(), disputed_area=None))


def test_spaces_that_html_would_fold_are_folded() -> None:
    assert cards_of(retitled("Le  bac\n fermé "))["fr"]["closure"].texts.title == "Le bac fermé"


def test_words_are_typeset() -> None:
    title = cards_of(retitled("L'arrêt : pourquoi ?"))["fr"]["closure"].texts.title
    assert title == "L’arrêt\u00a0: pourquoi\u202f?"


@pytest.mark.parametrize(
    ("typed", "drawn"),
    [("porte\u2011clés", "porte-clés"), ("e\u0301te\u0301", "été"), ("3\u2009mots", "3\u202fmots")],
)
def test_signs_that_the_fonts_lack_are_drawn_as_those_that_look_the_same(
    typed: str, drawn: str
) -> None:
    assert cards_of(retitled(typed))["fr"]["closure"].texts.title == drawn


def test_a_page_that_the_fonts_cannot_write_has_no_card() -> None:
    found = cards_of(retitled("Le bac 渡し船"))
    assert "closure" not in found["fr"]
    assert "closure" in found["en"]


def test_a_missing_translation_has_the_card_of_the_text_that_it_shows() -> None:
    english = {key: value for key, value in toy().sections["en"].items() if key != "closure"}
    found = cards_of(replace(toy(), sections={**toy().sections, "en": english}))
    assert found["en"]["closure"] == found["fr"]["closure"]
    assert found["en"]["closure"].path.startswith("fr/cards/closure.")


def test_the_name_changes_with_what_is_drawn_and_with_nothing_else() -> None:
    before, after = cards(), cards_of(retitled("Un autre titre"))
    assert before["fr"]["closure"].path != after["fr"]["closure"].path
    assert before["fr"]["money"].path == after["fr"]["money"].path
    assert before == cards_of(toy())


def test_a_card_is_named_without_being_laid_out(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("reperes.site.social_cards.lay_out", None)
    paths = [card.path for of_language in cards_of(toy()).values() for card in of_language.values()]
    assert len(paths) == len(set(paths)) > 0


def test_cards_of_one_page_are_those_of_all() -> None:
    every = cards()
    for page_id in ("overview", "closure", "figures/passengers"):
        pages = {code: [render_page(toy(), code, page_id)] for code in toy().languages}
        found = cards_of_pages(toy(), pages)
        assert found == {code: {page_id: every[code][page_id]} for code in toy().languages}


def test_the_map_is_drawn_once_for_a_language(monkeypatch: pytest.MonkeyPatch) -> None:
    explainer = replace(REAL_EXPLAINER)
    drawn = []

    def counted(explainer: Explainer, language: str, plan: MapPlan) -> Picture:
        drawn.append(language)
        return map_picture(explainer, language, plan)

    monkeypatch.setattr("reperes.site.social_cards.map_picture", counted)
    for section_id in explainer.site.section_ids:
        pages = {code: [render_page(explainer, code, section_id)] for code in explainer.languages}
        cards_of_pages(explainer, pages)
    assert drawn == list(explainer.languages)


def test_a_card_is_written_once(tmp_path: Path) -> None:
    card = cards()["fr"]["money"]
    write_card(card, tmp_path)
    assert (tmp_path / card.path).read_bytes() == card.png
    (tmp_path / card.path).write_bytes(b"drawn before")
    write_card(card, tmp_path)
    assert (tmp_path / card.path).read_bytes() == b"drawn before"


# Shades: what is quicker than true colours looks the same


def in_true_colours(drawn: tuple[Part, ...]) -> bytes:
    """A drawing by Pillow's own means, brought to the palette at the end."""
    image = Image.new("RGB", (WIDTH, HEIGHT), COLOURS["paper"])
    draw = ImageDraw.Draw(image)
    for part in drawn:
        assert isinstance(part, Box | Line)
        if isinstance(part, Box):
            colour = drawing._colour(part.colour, part.strength)
            end = round(part.x + part.width - 1), round(part.y + part.height - 1)
            draw.rectangle([(round(part.x), round(part.y)), end], colour)
            continue
        font = fonts.serif() if part.font == "serif" else fonts.sans()
        letters = ImageFont.truetype(
            str(font.path), part.size, layout_engine=ImageFont.Layout.BASIC
        )
        for letter, start in zip(part.text, font.positions(part.text), strict=False):
            if letter not in fonts.SPACES:
                place = part.x + start * part.size, part.y
                draw.text(place, letter, COLOURS[part.colour], letters, anchor="ls")
    palette = drawing._palette()
    return image.quantize(palette=palette, dither=Image.Dither.NONE).convert("RGB").tobytes()


def test_letters_look_as_they_do_in_true_colours() -> None:
    plain = [
        card
        for of_language in cards().values()
        for card in of_language.values()
        if all(isinstance(part, Box | Line) for part in card.drawing)
    ]
    assert len(plain) > 10
    for card in plain[:12]:
        with Image.open(BytesIO(card.png)) as image:
            assert image.convert("RGB").tobytes() == in_true_colours(card.drawing), card.path
