"""Dates in texts, and those worked out from the day of publication."""

from __future__ import annotations

import pytest

from reperes.drafts.finding import Finding, findings
from reperes.drafts.names import KnownNames
from reperes.text.dates import parse_date

WEDNESDAY = "2018-07-04"


def dates(text: str, language: str, published: str | None = WEDNESDAY) -> list[Finding]:
    day = parse_date(published) if published else None
    found = findings(text, language, KnownNames(language), day)
    return [each for each in found if each.kind == "date"]


FRENCH = [
    # Said whole
    ("le 4 juillet 2018", ["2018-07-04"]),
    ("mercredi 4 juillet 2018", ["2018-07-04"]),
    ("le 1er janvier 1999", ["1999-01-01"]),
    ("en juillet 2018", ["2018-07"]),
    ("en 2016", ["2016"]),
    ("l’élection (2017)", ["2017"]),
    ("04/07/2018", ["2018-07-04"]),
    ("2018-07-04", ["2018-07-04"]),
    ("4.7.2018", ["2018-07-04"]),
    ("le 12 sept. 2001", ["2001-09-12"]),
    ("l’hiver 1954", ["1954-24"]),
    ("les années 1990", ["199X"]),
    ("les années 80", ["198X"]),
    ("au XIXe siècle", ["18XX"]),
    ("du IIe siècle avant notre ère", ["-01XX"]),
    ("en 1515", ["1515"]),
    # Intervals
    ("du 3 au 7 mai 2018", ["2018-05-03/2018-05-07"]),
    ("entre le 3 et le 7 mai 2018", ["2018-05-03/2018-05-07"]),
    ("du 30 juin au 4 juillet 2018", ["2018-06-30/2018-07-04"]),
    ("du 28 décembre au 2 janvier 2018", ["2017-12-28/2018-01-02"]),
    ("entre 2011 et 2018", ["2011/2018"]),
    ("de 2011 à 2018", ["2011/2018"]),
    ("2015-2018", ["2015/2018"]),
    ("entre mars et juin 2017", ["2017-03/2017-06"]),
    ("la saison 2018-2019", ["2018/2019"]),
    ("les 8 et 9 août 2019", ["2019-08-08", "2019-08-09"]),
    # Bounds
    ("depuis le 19 juin 2018", ["2018-06-19/.."]),
    ("depuis 2011", ["2011/.."]),
    ("à partir de mars 2019", ["2019-03/.."]),
    ("jusqu’en 2010", ["../2010"]),
    ("jusqu’au 3 mai 2010", ["../2010-05-03"]),
    ("d’ici 2030", ["../2030"]),
    ("avant 2010", ["[..2009]"]),
    ("après 2010", ["[2011..]"]),
    ("vers 1850", ["1850~"]),
    ("aux environs du 15 juin 2018", ["2018-06-15~"]),
    ("fin 2016", ["2016"]),
    ("depuis la fin des années 1990", ["199X/.."]),
    # Without a year, of the nearest
    ("le 19 juin", ["2018-06-19"]),
    ("le 1er janvier", ["2019-01-01"]),
    ("le 20 janvier", ["2018-01-20"]),
    ("le 12 décembre", ["2018-12-12"]),
    ("le 14 juillet dernier", ["2017-07-14"]),
    ("en mars prochain", ["2019-03"]),
    ("mi-juin", ["2018-06"]),
    ("début mars", ["2018-03"]),
    ("mardi 4 juillet", ["2017-07-04"]),
    # From the day of publication
    ("mercredi", ["2018-07-04"]),
    ("mardi soir", ["2018-07-03"]),
    ("jeudi", ["2018-06-28"]),
    ("mercredi dernier", ["2018-06-27"]),
    ("vendredi prochain", ["2018-07-06"]),
    ("dans la nuit de lundi à mardi", ["2018-07-02/2018-07-03"]),
    ("hier", ["2018-07-03"]),
    ("avant-hier", ["2018-07-02"]),
    ("aujourd’hui", ["2018-07-04"]),
    ("demain matin", ["2018-07-05"]),
    ("il y a quatre jours", ["2018-06-30"]),
    ("il y a dix ans", ["2008"]),
    ("il y a trois mois", ["2018-04"]),
    ("l’an dernier", ["2017"]),
    ("l’année prochaine", ["2019"]),
    ("cette année", ["2018"]),
    ("le mois dernier", ["2018-06"]),
    ("la semaine dernière", ["2018-06-25/2018-07-01"]),
    ("ce week-end", ["2018-06-30/2018-07-01"]),
    ("l’été dernier", ["2017-22"]),
    ("la veille", [""]),
    ("du lundi 3 au vendredi 7 mai 2018", ["2018-05-03/2018-05-07"]),
    ("mardi 3 et mercredi 4 mai 2018", ["2018-05-03", "2018-05-04"]),
    ("les années 1950 et 1960", ["195X", "196X"]),
    ("le Tour de France 2018", ["2018"]),
    ("le premier mai 2018", ["2018-05-01"]),
    ("janvier-mars 2018", ["2018-01/2018-03"]),
    ("l’hiver dernier", ["2017-24"]),
    ("il y a un an", ["2017"]),
    ("le 13-Novembre", []),
    # No dates
    ("1 500 personnes et 2018 dossiers", []),
    ("un marché de 2 100 euros", []),
    ("les lundis", []),
    ("il y a quatre raisons", []),
    ("cinq étés de suite", []),
    # Told from the date before them, in the paragraph
    ("Le 3 mai 2018 il dîne. La veille, il partait.", ["2018-05-03", "2018-05-02"]),
    ("Le 3 mai 2018 il part. Quatre jours plus tard, rien.", ["2018-05-03", "2018-05-07"]),
    ("En 2015 il naît. Deux ans plus tôt, rien. L’année suivante, si.", ["2015", "2013", "2014"]),
    ("En 2015 il naît. Quatre jours plus tard, rien.", ["2015"]),
    ("Le 3 mai 2018, la veille du scrutin, il part.", ["2018-05-03", ""]),
    # To come, or over
    ("Le tribunal a siégé le 12 février.", ["2018-02-12"]),
    ("Le tribunal doit siéger le 12 décembre.", ["2018-12-12"]),
    ("depuis décembre", ["2017-12/.."]),
    ("La session s’achève vendredi.", ["2018-07-06"]),
    ("Il a demandé dès lundi un vote.", ["2018-07-02"]),
    ("Elle doit commencer à l’automne.", ["2018-23"]),
    ("Les prix avaient monté à l’automne.", ["2017-23"]),
    ("Il n’est pas attendu avant 2026.", ["2026/.."]),
    ("il y a tout juste soixante-dix ans", ["1948"]),
    ("Entre 1870 et 1890, la ville double.", ["1870/1890"]),
    ("Le budget 2019 atteint trois milliards.", ["2019"]),
    ("On a recensé 2015 villages.", []),
    ("d’ici à la fin 2019", ["../2019"]),
    ("Vers 1720, le port change.", ["1720~"]),
]

ENGLISH = [
    ("July 4, 2018", ["2018-07-04"]),
    ("4 July 2018", ["2018-07-04"]),
    ("Wednesday, July 4, 2018", ["2018-07-04"]),
    ("the 19th of June 2018", ["2018-06-19"]),
    ("Sept. 11, 2001", ["2001-09-11"]),
    ("in July 2018", ["2018-07"]),
    ("in 2016", ["2016"]),
    ("2018-07-04", ["2018-07-04"]),
    ("12/25/2018 and 25/12/2018", ["2018-12-25", "2018-12-25"]),
    ("03/04/2018", [""]),
    ("in the 1990s", ["199X"]),
    ("the '90s", ["199X"]),
    ("the 19th century", ["18XX"]),
    ("the nineteenth century", ["18XX"]),
    ("summer 2015", ["2015-22"]),
    ("the winter of 1954", ["1954-24"]),
    ("from 3 to 7 May 2018", ["2018-05-03/2018-05-07"]),
    ("May 3-7, 2018", ["2018-05-03/2018-05-07"]),
    ("3–7 May 2018", ["2018-05-03/2018-05-07"]),
    ("June 30 to July 4, 2018", ["2018-06-30/2018-07-04"]),
    ("between March and June 2017", ["2017-03/2017-06"]),
    ("from 2001 to 2009", ["2001/2009"]),
    ("2015-18", ["2015/2018"]),
    ("the 2015-16 season", ["2015/2016"]),
    ("on June 8 and 9, 2019", ["2019-06-08", "2019-06-09"]),
    ("in August and September 2017", ["2017-08", "2017-09"]),
    ("since 19 June 2018", ["2018-06-19/.."]),
    ("since 2011", ["2011/.."]),
    ("until March 2010", ["../2010-03"]),
    ("by 2030", ["../2030"]),
    ("before 2010", ["[..2009]"]),
    ("after 2010", ["[2011..]"]),
    ("circa 1850", ["1850~"]),
    ("around 1850 people", []),
    ("early 2019", ["2019"]),
    ("mid-June", ["2018-06"]),
    ("since the late 1990s", ["199X/.."]),
    ("on 12 December", ["2018-12-12"]),
    ("last March", ["2018-03"]),
    ("next March", ["2019-03"]),
    ("on Wednesday", ["2018-07-04"]),
    ("last Wednesday", ["2018-06-27"]),
    ("next Friday", ["2018-07-06"]),
    ("late on Thursday", ["2018-06-28"]),
    ("from Monday to Tuesday", ["2018-07-02/2018-07-03"]),
    ("yesterday", ["2018-07-03"]),
    ("last night", ["2018-07-03"]),
    ("tonight", ["2018-07-04"]),
    ("four days ago", ["2018-06-30"]),
    ("a decade ago", ["2008~"]),
    ("two weeks ago", ["2018-06-20~"]),
    ("last year", ["2017"]),
    ("last month", ["2018-06"]),
    ("last week", ["2018-06-25/2018-07-01"]),
    ("over the weekend", ["2018-06-30/2018-07-01"]),
    ("this summer", ["2018-22"]),
    ("He may march. They march on. May said so. April Jones left.", []),
    ("Mondays and Tuesdays", []),
    ("1500 people and 2018 files", []),
    ("in the past two years", []),
    ("the 2008-09 financial crisis", ["2008/2009"]),
    ("the 2018 World Cup and 2000 Syrians", ["2018"]),
    ("in his 20s", []),
    ("in the 80s", ["198X"]),
    ("last spring", ["2018-21"]),
    ("next winter", ["2018-24"]),
    ("the last week of June", ["2018-06"]),
    ("after Tuesday's vote", ["2018-07-03"]),
    ("before the end of 2019", ["../2019"]),
    ("no later than 15 June 2018", ["../2018-06-15"]),
    ("the fourth of July 2018", ["2018-07-04"]),
    ("March-April 2018", ["2018-03/2018-04"]),
    ("the night of 13 to 14 November 2015", ["2015-11-13/2015-11-14"]),
    ("the 2015 Paris agreement", ["2015"]),
    # Told from the date before them, in the paragraph
    ("It fell on 3 May 2018. The previous day it stood.", ["2018-05-03", "2018-05-02"]),
    ("It fell on 3 May 2018. Four days later it rose.", ["2018-05-03", "2018-05-07"]),
    ("It fell on 3 May 2018, the day before the vote.", ["2018-05-03", ""]),
    ("It was founded in 2015. Two years earlier it was not.", ["2015", "2013"]),
    # To come, or over
    ("They were at home on 28 January.", ["2018-01-28"]),
    ("He was found at home on 12 December.", ["2017-12-12"]),
    ("He will be at home on 12 December.", ["2018-12-12"]),
    ("The hearing was adjourned to 12 December.", ["2018-12-12"]),
    ("since December", ["2017-12/.."]),
    ("calmer weather from Friday", ["2018-07-06/.."]),
    ("coins from the third century", ["02XX"]),
    ("It is not expected before 2026.", ["2026/.."]),
    ("Around 1880, the port changed.", ["1880~"]),
    ("Around 1500, or so.", []),
    ("between 1870 and 1890", ["1870/1890"]),
]


@pytest.mark.parametrize(("text", "expected"), FRENCH)
def test_a_french_date_is(text: str, expected: list[str]) -> None:
    assert [date.value for date in dates(text, "fr")] == expected


@pytest.mark.parametrize(("text", "expected"), ENGLISH)
def test_an_english_date_is(text: str, expected: list[str]) -> None:
    assert [date.value for date in dates(text, "en")] == expected


@pytest.mark.parametrize(
    ("language", "text", "published", "expected"),
    [
        # On a Wednesday: "on Wednesday" is that day.
        ("en", "on Wednesday", "2018-07-04", "2018-07-04"),
        ("en", "on Tuesday", "2018-07-04", "2018-07-03"),
        # What is to come.
        ("en", "ministers will meet on Friday", "2018-07-04", "2018-07-06"),
        ("en", "it will be discussed on Friday", "2018-07-04", "2018-07-06"),
        ("en", "they will leave, he said on Friday", "2018-07-04", "2018-06-29"),
        ("en", "they have until Friday", "2018-07-04", "../2018-07-06"),
        ("en", "he said on Friday it would rain", "2018-07-04", "2018-06-29"),
        ("fr", "les obsèques auront lieu samedi", "2018-07-04", "2018-07-07"),
        ("fr", "le texte sera examiné jeudi", "2018-07-04", "2018-07-05"),
        ("fr", "ce qui sera fait a été annoncé jeudi", "2018-07-04", "2018-06-28"),
        ("fr", "un opéra samedi", "2018-07-04", "2018-06-30"),
        ("fr", "d’ici vendredi", "2018-07-04", "../2018-07-06"),
        # The weekend that is not over.
        ("fr", "ce week-end", "2018-07-08", "2018-07-07/2018-07-08"),
        ("fr", "le week-end dernier", "2018-07-08", "2018-06-30/2018-07-01"),
        ("fr", "le week-end dernier", "2018-07-09", "2018-07-07/2018-07-08"),
        # The year that is nearest.
        ("fr", "le 28 décembre", "2018-01-03", "2017-12-28"),
        ("fr", "le 3 janvier", "2017-12-28", "2018-01-03"),
        ("en", "in December", "2018-01-03", "2017-12"),
        ("fr", "le 29 février", "2019-03-01", "2020-02-29"),
        # A month and a year tell no day, and still the year.
        ("fr", "hier", "2018-07", ""),
        ("fr", "le 3 mai", "2018-07", "2018-05-03"),
    ],
)
def test_a_day_is_worked_out(language: str, text: str, published: str, expected: str) -> None:
    (found,) = dates(text, language, published)
    assert found.value == expected


@pytest.mark.parametrize(
    ("language", "text", "anchor"),
    [
        ("fr", "mercredi dernier", "mercredi dernier"),
        ("fr", "depuis le 19 juin", "depuis le 19 juin"),
        ("en", "four days ago", "four days ago"),
        ("en", "in March", "March"),
    ],
)
def test_without_a_day_of_publication_words_alone_are_told(
    language: str, text: str, anchor: str
) -> None:
    (found,) = dates(text, language, published=None)
    assert (found.value, found.anchor) == ("", anchor)


@pytest.mark.parametrize("text", ["le 4 juillet 2018", "en 2016", "entre 2011 et 2018"])
def test_what_is_said_whole_has_no_anchor(text: str) -> None:
    (found,) = dates(text, "fr")
    assert found.anchor == ""


@pytest.mark.parametrize(
    ("language", "text", "marked"),
    [
        ("fr", "C’était le 4 juillet 2018.", "4 juillet 2018"),
        ("fr", "Fermé du 3 au 7 mai.", "du 3 au 7 mai"),
        ("fr", "Ouvert jusqu’au 3 mai 2010.", "jusqu’au 3 mai 2010"),
        ("fr", "Parti fin 2016.", "fin 2016"),
        ("fr", "Arrivé mardi soir.", "mardi soir"),
        ("en", "It was on July 4, 2018.", "July 4, 2018"),
        ("en", "Open since the late 1990s.", "since the late 1990s"),
        ("en", "It ended last Friday.", "last Friday"),
    ],
)
def test_bound_words_are_marked(language: str, text: str, marked: str) -> None:
    (found,) = dates(text, language)
    assert found.words == text[found.start : found.end] == marked
