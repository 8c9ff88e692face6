"""How sources are cited, and at which address they open."""

from __future__ import annotations

from dataclasses import replace

import pytest

from reperes.model.citing import at_words, citation, passage_address
from reperes.model.entries import Pin
from reperes.model.forms import in_source
from reperes.model.source_types import SOURCE_TYPES, SourceType, source_type
from support import text, toy

CITED = {
    "courrier_article": (
        (
            "Article du Courrier [article], Courrier de l’estuaire, [15 mars 2019], "
            "https://example.org/courrier/bac"
        ),
        (
            "Courrier article [article], Courrier de l’estuaire, [15 March 2019], "
            "https://example.org/courrier/bac"
        ),
    ),
    "timetable": (
        (
            "Horaires des bacs [page web], Compagnie des bacs, mars 2019, "
            "https://example.org/bacs/horaires#ligne-7 (consulté le 15 mars 2019), "
            "copie archivée : https://web.archive.org/web/20190315080000/https://example.org/bacs/horaires"
        ),
        (
            "Horaires des bacs [web page], Compagnie des bacs, March 2019, "
            "https://example.org/bacs/horaires#ligne-7 (accessed on 15 March 2019), archived copy: "
            "https://web.archive.org/web/20190315080000/https://example.org/bacs/horaires"
        ),
    ),
    "ferry_book": (
        "Anne Roy et Paul Le Goff, Passer l’eau [livre], s. d.",
        "Anne Roy and Paul Le Goff, Passer l’eau [book], n.d.",
    ),
    "ferry_law": (
        "Règlement des passages d’eau [texte de loi], Journal de la province, Province, 2 mai 1972",
        "Règlement des passages d’eau [law], Journal de la province, Province, 2 May 1972",
    ),
}


@pytest.mark.parametrize(("source_id", "said"), CITED.items())
def test_a_source_is_cited_in_each_language(source_id: str, said: tuple[str, str]) -> None:
    explainer = toy()
    found = tuple(
        "".join(citation(explainer.sources[source_id], locale, explainer.actors))
        for locale in explainer.locales.values()
    )
    assert tuple(each.replace("\u00a0", " ") for each in found) == said


def test_each_type_is_said_as_what_it_is() -> None:
    law = toy().sources["ferry_law"]
    said = {
        name: tuple(in_source(replace(law, type=text(name)), x) for x in toy().locales.values())
        for name in SOURCE_TYPES
    }
    assert said["judgment"] == (
        "dans une décision de justice rendue le 2\u00a0mai 1972",
        "in a judgment given on 2\u00a0May 1972",
    )
    assert said["report"][0] == "dans un rapport publié le 2\u00a0mai 1972"
    assert len(set(said.values())) == len(SOURCE_TYPES)
    own = replace(law, type=text("leaflet"))
    assert in_source(own, toy().locales["en"]) == "in a document published on 2\u00a0May 1972"
    undated = replace(law, published=None)
    assert in_source(undated, toy().locales["fr"]) == "dans un texte de loi publié sans date"


def test_a_type_of_an_explainers_own_has_every_kind_of_place() -> None:
    assert source_type("leaflet") == SourceType()
    assert "rows" in SourceType().places


@pytest.mark.parametrize(
    ("address", "words", "opens_at"),
    [
        ("https://a.org/x", "plus de 12", "https://a.org/x#:~:text=plus%20de%2012"),
        (
            "https://a.org/x#ligne-7",
            "Port-Clair, l’été & été",
            "https://a.org/x#ligne-7:~:text=Port%2DClair%2C%20l%E2%80%99%C3%A9t%C3%A9%20%26%20%C3%A9t%C3%A9",
        ),
        ("https://a.org/x#:~:text=un", "deux", "https://a.org/x#:~:text=un&text=deux"),
        ("https://a.org/x?a=b", "40% de/moins", "https://a.org/x?a=b#:~:text=40%25%20de%2Fmoins"),
    ],
)
def test_an_address_opens_at_words(address: str, words: str, opens_at: str) -> None:
    assert at_words(address, words) == opens_at


def test_only_what_is_read_as_a_page_opens_at_words() -> None:
    page = toy().sources["timetable"]
    pin = Pin(source_id=page.id, evidence=text("30 juin"))
    assert passage_address(page, pin) == f"{page.url}:~:text=30%20juin"
    for other in (
        replace(page, general_type="report"),
        replace(page, url=text("https://example.org/a.pdf?x=1")),
    ):
        assert passage_address(other, pin) == other.url
    assert passage_address(page, replace(pin, evidence=None)) == page.url
    assert passage_address(replace(page, url=None), pin) is None
