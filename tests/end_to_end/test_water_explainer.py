"""The water explainer as readers see it: what each kind of fact says, word for word."""

from __future__ import annotations

import csv
import json
import re
from functools import partial
from html.parser import HTMLParser
from pathlib import Path

import pytest

from support import TESTS
from support_sites import Shared, build_site, complaints

WATER = TESTS / "water_explainer"

SENTENCES = [
    # Dates
    ("history/", "En 52~av.~J.-C., les habitants de l’île", "In 52~BC, the people of the island"),
    ("history/", "les relaie au IIe~siècle", "took over in the 2nd century"),
    ("history/", "lointaines dans les années 1860.", "distant springs in the 1860s."),
    ("history/", "À l’hiver 1879-1880, il fait", "In winter 1879–1880 it was"),
    ("history/", "reprend la gestion avant 2010, selon", "took over before 2010, according to"),
    ("history/", "est traitée depuis 1985.", "has been treated since 1985."),
    (
        "leaks/",
        "Le 3~février 2024 à 4~h~15 (UTC+1), une conduite a cédé.",
        "At 04:15 (UTC+1) on 3~February 2024, a main burst.",
    ),
    ("price/", "ils ont commencé le 6~septembre 2021.", "it began on 6~September 2021."),
    (
        "timeline/",
        "octobre 2021, selon River Watch (sous",
        "October 2021, according to River Watch (",
    ),
    (
        "timeline/",
        "La régie tient le journal du chantier.",
        "The water board keeps the site’s log.",
    ),
    ("timeline/", "Du 6~septembre 2021 à juin 2023", "6~September 2021 to June 2023"),
    # Numbers with their units
    ("history/", "il fait −23,9~°C~: les conduites", "it was −23.9~°C, and the pipes"),
    ("history/", "dessert 2,1~millions~de personnes,", "serves 2.1 million people,"),
    (
        "price/",
        "L’eau coûte 4,28~euros le mètre cube, selon",
        "Water costs €4.28 per cubic metre, acc",
    ),
    ("price/", "économiser 35~millions~d’euros par an", "saves €35 million a year"),
    ("price/", "ont coûté 20 à 27~millions~d’euros_;", "cost €20 million to €27 million;"),
    ("price/", "Le réseau vaut 1,2~milliard~d’euros.", "The network is worth €1.2 billion."),
    (
        "elsewhere/",
        "a livré 483_000~mètres cubes par jour.",
        "delivered 483,000 cubic metres per day.",
    ),
    ("elsewhere/", "consomme 120~litres par jour", "uses 120 litres per day"),
    ("elsewhere/", "une évolution de −3,5~% en un an", "a change of −3.5% in a year"),
    ("elsewhere/", "Un foyer sur~quatre réutilise", "One~in~four households reuse"),
    ("figures/rainwater/", "1 foyer sur~4", "1~in~4 households"),
    ("elsewhere/", "Environ 30 fontaines ont été", "About 30 fountains have been"),
    ("elsewhere/", "est à 12,5~°C.", "is at 12.5~°C."),
    ("elsewhere/", "dureté va de 19 à 26~°f.", "hardness is 19 to 26~°f."),
    # Several values
    (
        "leaks/",
        "va de 8~% (régie) à 20~% (River Watch).",
        "ranges from 8% (water board) to 20% (River Watch).",
    ),
    (
        "figures/lost/",
        "plus de 12~%, selon la chambre régionale des comptes (§~2, Avis sur la régie)",
        "more than 12%, according to the Regional Chamber of Accounts (para.~2, Opinion on",
    ),
    (
        "figures/price/",
        "4,32~euros le mètre cube, selon la régie (p.~12,",
        "€4.32 per cubic metre, ",
    ),
    ("figures/price/", "Coquille de la première impression.", "A misprint of the first printing."),
    (
        "figures/delivered/",
        "De 512_000~mètres cubes par jour en 2018 à 483_000 en 2023.",
        "From 512,000 cubic metres per day in 2018 to 483,000 in 2023.",
    ),
    ("figures/delivered/", "Aucune valeur intermédiaire de 2020 à 2022.", "No value in between"),
    (
        "elsewhere/",
        "470_000 à 490_000~mètres cubes par jour",
        "470,000 to 490,000 cubic metres per",
    ),
    ("figures/use/", "Au moins 160~litres par jour", "At least 160 litres per day"),
    ("figures/fountains/", "30~points, en demi-teinte", "30~dots, all of them pale"),
    # Sources, and who says so
    ("price/", "L’article L.~2224-1 veut que", "Article L.~2224-1 wants water"),
    ("price/", "art.~L.~2224-7, Le code, sur l’eau", "art.~L.~2224-7, The code, on water"),
    ("elsewhere/", "lignes~1-4, Relevés hebdomadaires", "rows~1–4, Weekly readings"),
    ("leaks/", "à~1~h~02~min~30~s, Entretien avec", "at~1:02:30, Interview with"),
    ("sources/", "avis de juridiction", "court opinion"),
    (
        "sources/",
        "Odile Marchand, Paris et ses eaux [livre], 1987",
        "Odile Marchand, Paris et ses e",
    ),
    ("actors/", "Ville de Paris (mairie)", "City of Paris"),
    # Statements and quotations
    (
        "statements/",
        "Karim Vasseur dit qu’il n’en a pas été informé, selon le Diario del Agua (§~2",
        "Karim Vasseur says that he was not told of any, according to the Diario del Agua (para.~2",
    ),
    ("statements/", "met en cause", "faults"),
    ("statements/", "Autres déclarations", "Other statements"),
    (
        "leaks/",
        "Inés Robles, 2~février 2024 · Article du Diario del Agua, original en espagnol",
        "Inés Robles, 2~February 2024 · Diario del Agua article, original in Spanish",
    ),
    ("leaks/", "«París ha recuperado su agua; ahora", "«París ha recuperado su agua; ahora"),
    ("leaks/", "Une conduite que personne ne mesure", "“A pipe that nobody measures is"),
    # A picture, and what a newcomer had to do without
    ("history/", "Dessin~: Odile Marchand, 1987", "Drawing: Odile Marchand, 1987"),
    ("history/", "13e arrondissement compris.", "the 13th arrondissement included."),
    ("leaks/", "le réseau 24/7.", "its network 24/7."),
    ("elsewhere/", "Les PM2.5 n’y", "PM2.5 has nothing"),
]
"""What pages say, in French and in English: "~" is a no-break space, "_" a narrow one."""


class _Words(HTMLParser):
    """The words of a page, a space between blocks."""

    def __init__(self) -> None:
        super().__init__()
        self.words: list[str] = []

    def handle_starttag(self, tag: str, attrs: object) -> None:
        if tag not in ("a", "abbr", "b", "em", "q", "span", "strong", "time"):
            self.words.append(" ")

    def handle_data(self, data: str) -> None:
        self.words.append(data)


def words_of(path: Path) -> str:
    page = _Words()
    page.feed(path.read_text("utf-8"))
    said = "".join(page.words).replace("\u00a0", "~").replace("\u202f", "_")
    return re.sub(r"[ \n\t]+", " ", said)


@pytest.fixture(scope="module")
def site(shared: Shared) -> Path:
    return shared.made("water", partial(build_site, WATER))


@pytest.mark.parametrize(("address", "french", "english"), SENTENCES)
def test_pages_say_it_in_both_languages(
    site: Path, address: str, french: str, english: str
) -> None:
    assert french in words_of(site / "fr" / address / "index.html")
    assert english in words_of(site / "en" / address / "index.html")


def test_every_page_is_valid_html(site: Path) -> None:
    assert not complaints(site)


def test_no_value_is_missing_from_the_tables(site: Path) -> None:
    for code, delimiter in (("fr", ";"), ("en", ",")):
        data = json.loads((site / code / "facts.json").read_text("utf-8"))
        with (site / code / "figures.csv").open(encoding="utf-8-sig", newline="") as table:
            rows = list(csv.reader(table, delimiter=delimiter))
        values = [value for figure in data["figures"] for value in figure["values"]]
        assert len(rows) == len(values) + 1


def test_only_days_are_in_the_calendar(site: Path) -> None:
    calendar = (site / "en" / "timeline.ics").read_text("utf-8")
    assert re.findall(r"DTSTART.*:(.*)", calendar) == ["20210906", "20240203T031500Z"]
