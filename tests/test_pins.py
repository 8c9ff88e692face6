"""Places in a source: what people type, what we keep of it, and how each language says it."""

import re
from contextlib import suppress

import pytest
from hypothesis import given
from hypothesis import strategies as st

from reperes.language.locales import Locale
from reperes.language.wording import Wording, load_default_labels
from reperes.model.pins import (
    LOCATOR_KINDS,
    Locator,
    LocatorError,
    PlaceValue,
    locator_text,
    parse_locator,
    read_value,
)

ACCEPTED = {
    "22": "22",
    "4, 22": "4, 22",
    "4 et 22": "4, 22",
    "4-6": "4-6",
    "§ 22": "22",
    "paragraph 22": "22",
    "para. 3": "3",
    "page 12": "page 12",
    "p. 12": "page 12",
    "p12": "page 12",
    "pages 12–14": "pages 12-14",
    "pages 12, 14 - 15": "pages 12, 14-15",
    "page A3": "page A3",
    "pp. xii-xv": "pages xii-xv",
    "article L. 2224-1": "article L. 2224-1",
    "art. 6 § 1": "article 6 § 1",
    "articles 3 and 4": "articles 3, 4",
    "Article IV": "article IV",
    "article unique": "article unique",
    "ligne 7": "row 7",
    "rows 7-9": "rows 7-9",
    "time 1:02:30": "time 1:02:30",
    "time 01:02:30": "time 1:02:30",
    "1:02:30": "time 1:02:30",
    "à 0:45": "time 0:45",
    "00:45": "time 0:45",
    "times 1:30-2:05, 4:00": "times 1:30-2:05, 4:00",
    "heading Results": "heading Results",
    "heading Water, air and soil": "heading Water, air and soil",
    "headings Results | Table 2": "headings Results | Table 2",
}

_ARTICLE = 'expected an article as it is numbered ("12", "L. 2224-1")'
_PAGE = 'expected a page as it is numbered ("12", "14-15", "xii")'
_TIME = 'expected a time as minutes and seconds ("12:30") or with hours ("1:02:30")'
_BARE = 'write "22" for a paragraph, "page 22", "article 22", "row 22" or "time 12:30"'

REFUSED = {
    "": '"" is no place in a source; write "22", "page 12" or "heading Results"',
    "Results": '"Results" is no place in a source; write "heading Results"',
    "L. 2224-1": '"L. 2224-1" is no place in a source; write "article L. 2224-1"',
    "22nd": f'"22nd" is no place in a source; {_BARE}',
    "page": '"page" without which; write "page 12"',
    "0": 'expected a paragraph number, counted from 1, found "0"',
    "page 0": f'{_PAGE}, found "0"',
    "page 012": f'{_PAGE}, found "012"; write "12"',
    "page 14-12": '"14-12" does not go up; write "12-14"',
    "page 12-12": '"12-12" does not go up; write "12"',
    "pages xv-xii": '"xv-xii" does not go up; write "xii-xv"',
    "row seven": 'expected a row number, counted from 1 ("7", "7-9"), found "seven"',
    "time 1:75": f'{_TIME}, found "1:75"',
    "1:75": f'{_TIME}, found "1:75"',
    "time 75:10": f'{_TIME}, found "75:10"; write "1:15:10"',
    "time 45": f'{_TIME}, found "45"; write "0:45"',
    "time 1 h 02 min 30 s": f'{_TIME}, found "1 h 02 min 30 s"; write "1:02:30"',
    "time 2:05-1:30": '"2:05-1:30" does not go up; write "1:30-2:05"',
    "article Preamble": f'{_ARTICLE}, found "Preamble"',
    "heading a|b": 'expected a heading as the source prints it, without "|", found "a|b"',
}


@pytest.mark.parametrize(("typed", "kept"), ACCEPTED.items())
def test_what_people_type_is_a_place(typed: str, kept: str) -> None:
    assert str(parse_locator(typed)) == kept
    assert parse_locator(kept) == parse_locator(typed)


@pytest.mark.parametrize(("typed", "message"), REFUSED.items())
def test_what_is_no_place_is_refused_with_what_to_write(typed: str, message: str) -> None:
    with pytest.raises(LocatorError) as refused:
        parse_locator(typed)
    assert str(refused.value) == message


@pytest.mark.parametrize(
    ("kind", "typed", "message"),
    [
        ("pages", "p. 12", f'{_PAGE}, found "p. 12"; write "12"'),
        (
            "articles",
            "art. 12",
            f'{_ARTICLE}, found "art. 12"; write "12"',
        ),
        ("times", "12 min 30 s", f'{_TIME}, found "12 min 30 s"; write "12:30"'),
    ],
)
def test_a_word_before_a_value_is_not_part_of_it(kind: str, typed: str, message: str) -> None:
    with pytest.raises(LocatorError, match=re.escape(message)):
        read_value(kind, typed)


def test_paragraphs_of_a_range_are_each_named() -> None:
    assert parse_locator("2, 4-6").paragraphs == (2, 4, 5, 6)
    assert parse_locator("page 2").paragraphs == ()


_PLACES = st.sampled_from(LOCATOR_KINDS).flatmap(
    lambda kind: st.builds(
        Locator,
        st.just(kind),
        st.lists(
            st.from_regex(PlaceValue(kind).json_schema([])["pattern"], fullmatch=True),
            min_size=1,
            max_size=3,
        ).map(tuple),
    )
)


@given(_PLACES)
def test_a_place_is_read_from_its_own_text(typed: Locator) -> None:
    try:
        place = Locator(typed.kind, tuple(read_value(typed.kind, v) for v in typed.values))
    except LocatorError:
        return
    assert parse_locator(str(place)) == place


@given(st.text(max_size=40))
def test_any_text_is_a_place_or_refused(typed: str) -> None:
    with suppress(LocatorError):
        assert parse_locator(typed).values


LOCALES = [
    Locale(code, locale, Wording(code, load_default_labels(code)))
    for code, locale in (("fr", "fr_FR"), ("en", "en_GB"))
]
SAID = {
    "22": ("§ 22", "para. 22"),
    "4, 22": ("§ 4 et 22", "paras 4 and 22"),
    "4-6": ("§ 4-6", "paras 4–6"),
    "page 12": ("p. 12", "p. 12"),
    "pages 12-14": ("p. 12-14", "pp. 12–14"),
    "article L. 2224-1": ("art. L. 2224-1", "art. L. 2224-1"),
    "articles 3, 4": ("art. 3 et 4", "arts 3 and 4"),
    "row 7": ("ligne 7", "row 7"),
    "rows 7-9": ("lignes 7-9", "rows 7–9"),
    "time 1:02:30": ("à 1 h 02 min 30 s", "at 1:02:30"),
    "time 0:45": ("à 0 min 45 s", "at 0:45"),
    "times 1:30-2:05, 4:00": (
        "de 1 min 30 s à 2 min 05 s et à 4 min 00 s",
        "from 1:30 to 2:05 and at 4:00",
    ),
    "heading Results": ("sous le titre « Results »", "under the heading “Results”"),
    "headings Results | Table 2": (
        "sous les titres « Results » et « Table 2 »",
        "under the headings “Results” and “Table 2”",
    ),
}


@pytest.mark.parametrize(("typed", "said"), SAID.items())
def test_each_language_says_a_place_in_its_way(typed: str, said: tuple[str, str]) -> None:
    place = parse_locator(typed)
    found = tuple(re.sub("[\u00a0\u202f]", " ", locator_text(place, locale)) for locale in LOCALES)
    assert found == said
