"""Charts show what a figure was at several times, or in several places, as what is known of it."""

from __future__ import annotations

import re
from dataclasses import replace
from decimal import Decimal
from functools import cache
from html import unescape
from itertools import pairwise
from typing import Any
from xml.etree import ElementTree

import markdown
import pytest
from hypothesis import given
from hypothesis import strategies as st

from reperes.drawings.chart_words import chart_reading
from reperes.drawings.comparison_chart import comparison_chart
from reperes.drawings.figure_pictures import figure_picture, values_table
from reperes.drawings.figure_series import contradictions, is_over_time, series_of
from reperes.drawings.label_layout import BEFORE, widest
from reperes.drawings.time_axis import Name
from reperes.drawings.time_chart import MARGIN, NARROW, WIDE, signs_of, time_chart
from reperes.language.locales import Bound
from reperes.model.entries import Derivation
from reperes.model.facts import Figure
from reperes.model.stated import StatedNumber
from reperes.text.dates import parse_date
from reperes.writing.prose import Prose
from support import examples, text, toy

LANGUAGES = ["fr", "en"]


def value(
    typed: str,
    as_of: str = "2018",
    *,
    by: str = "company",
    place: str | None = None,
    rank: str = "normal",
    period: str | None = None,
    derived: bool = False,
) -> StatedNumber:
    """A value as the short form has it: `~30`, `>30`, `>=30`, `<=30`, `<30`, `20..30`, `30`."""
    (model,) = toy().figures["crossings"].values
    sign, low, _, high = re.fullmatch(r"([~<>]=?)?(-?[\d.]*?\d)(\.\.(-?[\d.]+))?", typed).groups()  # type: ignore[union-attr]
    bounds: dict[str | None, Bound] = {"~": "about", ">=": "at_least", "<=": "at_most"}
    bounds |= {">": "more_than", "<": "less_than", None: "range" if high else "exact"}
    reason = {language: text(f"Reason of {typed}.") for language in LANGUAGES}
    return replace(
        model,
        low=Decimal(low),
        high=Decimal(high or low),
        bound=bounds[sign],
        as_of=parse_date(as_of),
        period=parse_date(period) if period else None,
        attributed_to=(text(by),),
        place_id=text(place) if place else None,
        rank=rank,
        because=reason if rank != "normal" else None,
        derived=Derivation(reason=reason, anchor=None) if derived else None,
    )


def figure(*values: StatedNumber, unit: str = "passenger") -> Figure:
    return replace(toy().figures["crossings"], values=values, unit=text(unit))


SERIES = figure(
    value("12", "1990"),
    value("20", "2000"),
    value("~25", "2010"),
    value("30", "2018"),
)
COMPARED = figure(
    value("120", place="port_clair", rank="preferred"),
    value("~35", place="salt_island"),
    value("300..350", place="estuary"),
)


def said(made: Figure, language: str) -> list[str]:
    """The sentences of a chart: its caption, and its notes; all spaces are plain ones."""
    reading = chart_reading(toy(), toy().locales[language], made)
    return [re.sub("[\u00a0\u202f]", " ", each) for each in (reading.caption, *reading.notes)]


def tree(block: str) -> ElementTree.Element:
    return ElementTree.fromstring(block)


# Which chart


@pytest.mark.parametrize(
    ("values", "over_time"),
    [
        ([value("1", "2017"), value("2", "2018")], True),
        ([value("1", "2017"), value("2", "2018", by="town")], False),
        ([value("1", "2016"), value("2", by="town"), value("3", "2017", by="users")], True),
        ([value("1", "2017", place="estuary"), value("2", place="port_clair")], False),
        ([value("1"), value("2", by="town"), value("3", by="users")], False),
        ([value("1", period="2017"), value("2", period="2018")], True),
        ([value("1"), value("0..2")], False),
        ([value("1", "2016", by="town"), value("1", "2017"), value("3", "2018")], True),
    ],
)
def test_values_of_several_times_are_over_time_and_others_compared(
    values: list[StatedNumber], over_time: bool
) -> None:
    assert is_over_time(figure(*values)) == over_time


def test_shares_that_grow_smaller_with_their_number_have_no_chart() -> None:
    made = figure(value("4", "2017"), value("5", "2018"), unit="one_person_in")
    assert figure_picture(toy(), "en", made) == ""


# What is said


@pytest.mark.parametrize(
    ("made", "french", "english"),
    [
        (
            SERIES,
            [
                (
                    "4 valeurs selon la Compagnie des bacs, de 1990 à 2018. "
                    "De 12 passagers en 1990 à 30 en 2018."
                ),
            ],
            [
                (
                    "4 values according to the Compagnie des bacs, from 1990 to 2018. "
                    "From 12 passengers in 1990 to 30 in 2018."
                ),
            ],
        ),
        (
            figure(value("~30", "2016"), value(">40", "2018"), value("1", "2017")),
            [
                (
                    "3 valeurs selon la Compagnie des bacs, de 2016 à 2018. "
                    "D’environ 30 passagers en 2016 à plus de 40 en 2018. "
                    "La valeur la plus basse est 1 passager en 2017."
                )
            ],
            [
                (
                    "3 values according to the Compagnie des bacs, from 2016 to 2018. "
                    "From about 30 passengers in 2016 to more than 40 in 2018. "
                    "The lowest value is 1 passenger in 2017."
                )
            ],
        ),
        (
            figure(value("20..30", "2017"), value("25", period="2016/2018", as_of="2018")),
            [
                (
                    "2 valeurs selon la Compagnie des bacs, de 2016 à 2018. "
                    "D’abord 25 passagers de 2016 à 2018, en dernier 20 à 30 passagers en 2017."
                )
            ],
            [
                (
                    "2 values according to the Compagnie des bacs, from 2016 to 2018. "
                    "First 25 passengers from 2016 to 2018, last 20 to 30 passengers in 2017."
                )
            ],
        ),
    ],
)
def test_a_chart_is_read_out(made: Figure, french: list[str], english: list[str]) -> None:
    assert (said(made, "fr"), said(made, "en")) == (french, english)


@pytest.mark.parametrize(
    ("made", "french", "english"),
    [
        (
            figure(
                value("12", "2014"),
                value("14", "2015"),
                value("15", "2016"),
                value("17", "2018"),
                value("3", "2018", rank="deprecated"),
            ),
            [
                "Aucune valeur intermédiaire de 2016 à 2018.",
                "1 valeur a été écartée : 3 passagers en 2018.",
            ],
            [
                "No value in between, from 2016 to 2018.",
                "1 value has been set aside: 3 passengers in 2018.",
            ],
        ),
        (
            figure(
                value("10", "2017", by="town"),
                value("12", "2018", by="town"),
                value("15..20", "2018", by="users"),
            ),
            [
                (
                    "En 2018, les valeurs ne concordent pas : 12 passagers selon la mairie ; "
                    "15 à 20 passagers selon l’Association des usagers."
                )
            ],
            [
                (
                    "In 2018, the values do not agree: 12 passengers according to the town hall; "
                    "15 to 20 passengers according to the Users’ Association."
                )
            ],
        ),
        (
            figure(
                value("10", "2017", by="town"),
                value("~12", "2018", by="town"),
                value(">=11", "2018", by="users"),
            ),
            [],
            [],
        ),
        (
            figure(value("3500", "2017"), value("3600", "2018")),
            ["L’axe des nombres commence à 3 500 passagers, pas à zéro."],
            ["The axis of numbers begins at 3,500 passengers, not at zero."],
        ),
        (
            figure(
                value("5", by="town"),
                value("1", by="users", rank="deprecated"),
                value("2", by="company", rank="deprecated"),
            ),
            [
                (
                    "2 valeurs ont été écartées : 1 passager en 2018 (selon l’Association des "
                    "usagers) ; 2 passagers en 2018 (selon la Compagnie des bacs)."
                )
            ],
            [
                (
                    "2 values have been set aside: 1 passenger in 2018 (according to the Users’ "
                    "Association); 2 passengers in 2018 (according to the Compagnie des bacs)."
                )
            ],
        ),
    ],
)
def test_what_is_to_be_known_beside_is_told(
    made: Figure, french: list[str], english: list[str]
) -> None:
    assert (said(made, "fr")[1:], said(made, "en")[1:]) == (french, english)


def test_places_are_compared_and_the_one_of_the_text_is_named() -> None:
    assert said(COMPARED, "fr") == [
        (
            "3 valeurs selon la Compagnie des bacs, lieu par lieu, en 2018. "
            "La valeur la plus haute est "
            "300 à 350 passagers (Estuaire), la plus basse environ 35 passagers (Île de Sel). "
            "Valeur retenue dans le texte : 120 passagers en 2018 (Port-Clair)."
        )
    ]
    assert said(COMPARED, "en") == [
        (
            "3 values according to the Compagnie des bacs, place by place, in 2018. "
            "The highest value is "
            "300 to 350 passengers (Estuary), the lowest about 35 passengers (Île de Sel). "
            "The text gives 120 passengers in 2018 (Port-Clair)."
        )
    ]


def test_series_of_several_authors_are_told_one_by_one() -> None:
    made = figure(
        value("10", "2017", by="town"),
        value("12", "2018", by="town"),
        value("11", "2018", by="users"),
    )
    caption, *_ = said(made, "fr")
    assert caption == (
        "3 valeurs de 2 auteurs, de 2017 à 2018. "
        "Mairie de Port-Clair : de 10 passagers en 2017 à 12 en 2018. "
        "Association des usagers : 11 passagers en 2018."
    )


def test_a_day_that_we_worked_out_is_put_in_nobodys_mouth() -> None:
    made = figure(value("10", "2017-05-02"), value("12", "2018-05-05", derived=True))
    assert said(made, "fr")[0].endswith(
        "De 10 passagers le 2 mai 2017 à 12 le 5 mai 2018 (date déduite)."
    )
    assert said(made, "en")[0].endswith(
        "From 10 passengers on 2 May 2017 to 12 on 5 May 2018 (date inferred)."
    )


def test_rows_with_a_best_estimate_and_its_ends() -> None:
    """UCDP gives a low, a best and a high estimate a year: a number, and a range around it."""
    rows = {2016: (41, 44, 50), 2017: (27, 29, 33), 2018: (11, 12, 13)}
    values = []
    for year, (low, best, high) in rows.items():
        rank = "preferred" if year == 2018 else "normal"
        values += [
            value(str(best), str(year), period=str(year), rank=rank),
            value(f"{low}..{high}", str(year), period=str(year)),
        ]
    made = figure(*values)
    (series,) = series_of(made)
    assert [held.high for held in series.held] == [44, 29, 12]
    assert signs_of(made) == ["span", "range"]
    assert said(made, "en") == [
        (
            "6 values according to the Compagnie des bacs, from 2016 to 2018. "
            "From 44 passengers in 2016 to 12 in 2018. "
            "The highest value is 41 to 50 passengers in 2016, "
            "the lowest 11 to 13 passengers in 2018. The text gives 12 passengers in 2018."
        )
    ]


def test_a_population_whose_statements_have_ranks() -> None:
    """Wikidata's items: years apart, of several sources, one preferred, some deprecated."""
    made = figure(
        value("2090", "1968", by="town"),
        value("1905", "1990", by="province"),
        value("1842", "2006", by="herald", rank="deprecated"),
        value("1850", "2006", by="town"),
        value("1799", "2017", by="province", rank="preferred"),
    )
    assert is_over_time(made)
    assert said(made, "en") == [
        (
            "4 values from 2 authors, from 1968 to 2017. "
            "Port-Clair town hall: from 2,090 passengers in 1968 to "
            "1,850 in 2006. Province: from 1,905 passengers in 1990 to 1,799 in 2017."
        ),
        (
            "1 value has been set aside: 1,842 passengers in 2006 (according to the Courrier de "
            "l’estuaire)."
        ),
    ]


# What is drawn


def strokes(made: Figure) -> list[tuple[str, dict[str, str]]]:
    """What the first drawing of a chart over time has within its series, in order."""
    svg = tree(figure_picture(toy(), "en", made)).findall(".//div/svg")[1]
    return [(node.tag, dict(node.attrib)) for series in svg.findall("svg") for node in series]


def test_a_line_joins_numbers_of_one_author_and_no_gap() -> None:
    made = figure(
        value("12", "2012"),
        value("14", "2013"),
        value("13", "2014"),
        value("~17", "2018"),
        value("18..19", "2019"),
        value("18", "2019", by="town"),
    )
    lines = [part for tag, part in strokes(made) if part.get("stroke-width") == "0.1em"]
    assert len(lines) == 2


def test_an_approximate_number_is_an_outline_that_fades_on_both_sides() -> None:
    made = figure(value("12", "2017"), value("~14", "2018"))
    fading = [part["stroke-opacity"] for _, part in strokes(made) if "stroke-opacity" in part]
    assert fading == ["0.6", "0.7", "0.45", "0.2", "0.7", "0.45", "0.2", "0.35"]
    assert sum(part.get("class") == "chart__void" for _, part in strokes(made)) == 1


@pytest.mark.parametrize("maximum", ["<=10", "<10"])
def test_a_minimum_fades_into_an_arrow_and_a_maximum_down_to_zero(maximum: str) -> None:
    made = figure(value("12", "2016"), value(">14", "2017"), value(maximum, "2018"))
    chart = time_chart(toy(), toy().locales["en"], made)
    assert [tag for tag, _ in strokes(made)].count("text") == 1
    (pale,) = [part for _, part in strokes(made) if part.get("stroke-opacity") == "0.35"]
    assert pale["y2"] == f"{chart.zero}em"
    assert "maximum: may be lower" in figure_picture(toy(), "en", made)


def test_a_number_below_zero_stands_below_the_line_of_zero() -> None:
    chart = time_chart(toy(), toy().locales["en"], figure(value("-12", "2016"), value("8", "2017")))
    assert chart.zero is not None
    assert chart.zero < chart.floor
    assert ("−15" in [text for _, text in chart.lines]) or chart.lines


def test_what_is_set_aside_is_struck_through_and_joined_to_nothing() -> None:
    held = figure(value("12", "2016"), value("13", "2017"))
    aside = figure(*held.values, value("9", "2018", rank="deprecated"))
    added = len(strokes(aside)) - len(strokes(held))
    assert added == 3  # an outline, what is within it, and the stroke
    assert "value set aside" in figure_picture(toy(), "en", aside)


def test_series_have_shapes_and_names_and_not_colours_alone() -> None:
    made = figure(
        *(
            value(f"1{n}", year, by=by)
            for n, by in enumerate(("town", "users", "company"))
            for year in ("2017", "2018")
        )
    )
    root = tree(figure_picture(toy(), "en", made))
    key = [" ".join(item.itertext()).strip() for item in root.findall("ul[@class='chart__key']/li")]
    assert key[:3] == ["Port-Clair town hall", "Users’ Association", "Compagnie des bacs"]
    shapes = [
        [(part.get("stroke-linecap"), part.get("stroke-width")) for part in swatch]
        for swatch in root.findall("ul[@class='chart__key']/li/svg")[:3]
    ]
    assert len({str(shape) for shape in shapes}) == 3


def test_many_series_have_a_drawing_each_on_one_scale() -> None:
    authors = ("town", "users", "company", "herald", "mayor")
    made = figure(
        *(
            value(f"{n + 1}0", year, by=by)
            for n, by in enumerate(authors)
            for year in ("2017", "2018")
        )
    )
    chart = time_chart(toy(), toy().locales["en"], made)
    assert [panel.name for panel in chart.panels] == [
        "Port-Clair town hall",
        "Users’ Association",
        "Compagnie des bacs",
        "Courrier",
        "Ada Brunel",
    ]


def test_rows_of_a_comparison_are_read_and_share_an_axis() -> None:
    root = tree(figure_picture(toy(), "en", COMPARED))
    rows = [" ".join("".join(row.itertext()).split()) for row in root.findall("ul/li")]
    assert rows == [
        "Port-Clair 120 passengers given in the text",
        "Île de Sel About 35 passengers",
        "Estuary 300 to 350 passengers",
    ]
    ends = [row.find("svg/rect[last()]") for row in root.findall("ul/li")]
    assert [end.get("x") for end in ends if end is not None] == ["0%", "10.5%", "75%"]


# Whatever the values


BOUNDS = st.sampled_from(["", "~", ">", ">=", "<=", "<"])
AUTHORS = st.sampled_from(["town", "users", "company", "herald", "mayor"])
PLACES = st.sampled_from([None, "port_clair", "salt_island"])
DATES = st.one_of(
    st.integers(1850, 2030).map(str),
    st.dates().filter(lambda day: day.year > 1000).map(lambda day: day.isoformat()[:7]),
    st.dates().filter(lambda day: day.year > 1000).map(lambda day: day.isoformat()),
    st.integers(1900, 2000).map(lambda year: f"{year}/{year + 3}"),
    st.integers(1900, 2000).map(lambda year: f"{year}/.."),
    st.integers(2010, 2019).map(lambda year: f"{year}~"),
    st.sampled_from(["[..2009]", "../1950", "19XX", "201X", "2018-21", "-0043", "0476"]),
)
NUMBERS = st.one_of(
    st.integers(-100, 100),
    st.integers(0, 10**10),
    st.decimals(-1000, 1000, places=2),
)


@st.composite
def typed_values(draw: st.DrawFn) -> dict[str, Any]:
    """What `value` makes a value of, which Hypothesis can show."""
    low = draw(NUMBERS)
    typed = f"{draw(BOUNDS)}{low}"
    if draw(st.integers(0, 3)) == 0:
        typed = f"{low}..{low + draw(st.integers(1, 10**6))}"
    return {
        "typed": typed,
        "as_of": draw(DATES),
        "by": draw(AUTHORS),
        "place": draw(PLACES),
        "rank": draw(st.sampled_from(["normal", "normal", "normal", "deprecated"])),
        "period": draw(st.one_of(st.none(), DATES)),
        "derived": draw(st.booleans()),
    }


TYPED = st.lists(typed_values(), min_size=2, max_size=12)


def made_of(typed: list[dict[str, Any]]) -> Figure:
    return figure(*(value(**each) for each in typed))


@examples(150)
@given(TYPED)
def test_nothing_leaves_the_drawing_whatever_the_values(typed: list[dict[str, Any]]) -> None:
    made = made_of(typed)
    root = tree(figure_picture(toy(), "en", made))
    for svg in root.iter("svg"):
        height = float(svg.get("height", "99em").removesuffix("em"))
        for part in svg:
            for name in ("x", "x1", "x2"):
                if (part.get(name) or "").endswith("%"):
                    assert 0 <= float(part.get(name, "").removesuffix("%")) <= 100
            for name in ("y", "y1", "y2"):
                if part.get(name):
                    assert 0 <= float(part.get(name, "").removesuffix("em")) <= height
    ids = [node.get("id") for node in root.iter() if node.get("id")]
    assert len(ids) == len(set(ids))


@examples(150)
@given(TYPED.filter(lambda typed: is_over_time(made_of(typed))), st.sampled_from(LANGUAGES))
def test_no_name_covers_another_whatever_the_values(
    typed: list[dict[str, Any]], language: str
) -> None:
    made = made_of(typed)
    chart = time_chart(toy(), toy().locales[language], made)
    for width, narrow in ((WIDE, False), (NARROW, True)):
        room = width - chart.scale_width - MARGIN
        for names in (chart.axis.names, chart.axis.groups):
            assert_apart(list(names), room, narrow)
    heights = [y for y, name in chart.lines if name]
    assert all(b - a >= 1.29 for a, b in pairwise(heights))


def assert_apart(names: list[Name], room: float, narrow: bool) -> None:
    lines: dict[int, float] = {}
    for name in names:
        if narrow and name.shift is None:
            continue
        line = name.line + (name.shift or 0 if narrow else 0)
        start = name.x / 100 * room - BEFORE[name.anchor] * widest(name.text)
        assert lines.get(line, -99) <= start + 1e-6
        lines[line] = start + widest(name.text)


@examples(100)
@given(TYPED)
def test_numbers_under_a_comparison_keep_apart(typed: list[dict[str, Any]]) -> None:
    made = made_of(typed)
    chart = comparison_chart(toy(), toy().locales["fr"], made)
    end = -1.0
    for x, name, anchor in chart.numbers:
        start = x / 100 * NARROW - BEFORE[anchor] * widest(name)
        assert end < start
        end = start + widest(name)


@cache
def plain_table(table: str) -> str:
    html = markdown.markdown(table, extensions=["md_in_html", "attr_list"])
    assert html.count("<table") == html.count("</table>") == 1
    return " ".join(unescape(re.sub("<[^>]+>", "", html)).split())


@examples(60)
@given(TYPED, st.sampled_from(LANGUAGES))
def test_every_value_is_in_the_table_with_all_that_is_known_of_it(
    typed: list[dict[str, Any]], language: str
) -> None:
    made = made_of(typed)
    explainer, locale = toy(), toy().locales[language]
    table = plain_table(values_table(made, Prose(explainer, language, "figures/crossings")))
    for each in made.values:
        amount = locale.with_unit(each.low, each.high, each.bound, made.unit)
        told = [
            amount,
            locale.date(each.as_of),
            explainer.sources["courrier_article"].label[language],
        ]
        told += [locale.date(each.period)] if each.period else []
        told += [each.because[language]] if each.because else []
        told += [each.derived.reason[language]] if each.derived else []
        told += [explainer.actors[by].names[language].display for by in each.attributed_to]
        told += [explainer.places[each.place_id].names[language].name] if each.place_id else []
        for words in told:
            assert " ".join(words.split()).casefold() in table.casefold()


@examples(100)
@given(TYPED, st.sampled_from(LANGUAGES))
def test_what_is_said_agrees_with_the_values(typed: list[dict[str, Any]], language: str) -> None:
    made = made_of(typed)
    sentences = said(made, language)
    held = [each for each in made.values if not each.is_deprecated]
    if held:
        assert sentences[0].startswith(f"{len(held)} val")
    for each in sentences:
        assert re.fullmatch(r"[^a-zà-ÿ\s].*[^.,;\s]\.", each)
    assert not re.search(r" ,|  |\( | \)|\(\)|\.\.(?!\.)|\bde [aeiou]\w* \d", " ".join(sentences))
    aside = len(made.values) - len(held)
    assert any(re.match(rf"{aside} v", each) for each in sentences[1:]) == bool(aside)
    if is_over_time(made):
        unalike = len(contradictions(made))
        words = "concordent" if language == "fr" else "agree"
        told = sum(words in each for each in sentences[1:])
        assert told == min(unalike, 4)


@pytest.mark.parametrize("language", LANGUAGES)
@pytest.mark.parametrize("made", [SERIES, COMPARED, toy().figures["carried"]])
def test_markdown_leaves_every_chart_whole(made: Figure, language: str) -> None:
    block = figure_picture(toy(), language, made)
    assert "\n\n" not in block
    assert not re.search(r"\s(style|on\w+)=|<script|#[0-9a-f]{3,6}\b", block)
    html = markdown.markdown(
        f'<section markdown="block">\n\n## Title\n\n{block}\n\nText\n\n</section>',
        extensions=["md_in_html", "attr_list"],
    )
    assert re.sub(r"\s+", "", block) in re.sub(r"\s+", "", html)


def test_a_table_has_a_name_and_heads_of_rows_and_columns() -> None:
    table = values_table(toy().figures["carried"], Prose(toy(), "en", "figures/carried"))
    html = markdown.markdown(table, extensions=["md_in_html", "attr_list"])
    assert '<p class="given__name" id="carried-values">All the values: Passengers, year by' in html
    assert '<table aria-labelledby="carried-values" class="given">' in html
    assert html.count('scope="col"') == 6
    assert html.count('scope="row"') == 6
    assert "<del>9,000 passengers</del>" in html
    assert "Set aside: It counted the summer alone." in html
