"""Credits: lines as Wikimedia Commons, agencies, museums and governments ask for them."""

from __future__ import annotations

from dataclasses import replace
from typing import Any

import pytest

from reperes.model.bearings import Licence, Picture
from reperes.model.credits import credit, credit_line
from reperes.text.dates import parse_date
from support import text, toy


def made(**typed: Any) -> Picture:
    """A picture with a credit; a text for `rights` or `changes` is that of both languages."""
    licence, taken = typed.pop("licence", None), typed.pop("taken", None)
    both = {
        key: dict.fromkeys(("fr", "en"), text(typed.pop(key)))
        for key in ("rights", "changes")
        if key in typed
    }
    base = replace(
        toy().pictures["quay"], kind=None, creator=None, licence=None, taken=None, url=None
    )
    return replace(
        base,
        licence=licence and Licence(name=text(licence)),
        taken=taken and parse_date(taken),
        **both,
        **{key: text(value) for key, value in typed.items()},
    )


COMMONS = "Wikimedia Commons"


@pytest.mark.parametrize(
    ("line", "typed"),
    [
        (
            "Photo: Jane Doe / CC BY-SA 4.0, via Wikimedia Commons",
            {
                "kind": "photograph",
                "creator": "Jane Doe",
                "licence": "CC BY-SA 4.0",
                "via": COMMONS,
            },
        ),
        (
            "Diego Delso / CC BY-SA 4.0, via Wikimedia Commons",
            {"creator": "Diego Delso", "licence": "CC BY-SA 4.0", "via": COMMONS},
        ),
        (
            "Olaf Kosinsky / CC BY-SA 3.0 DE, via Wikimedia Commons",
            {"creator": "Olaf Kosinsky", "licence": "CC BY-SA 3.0 DE", "via": COMMONS},
        ),
        (
            "User:Thomas Boucajay / CC BY 3.0, via Wikimedia Commons",
            {"creator": "User:Thomas Boucajay", "licence": "CC BY 3.0", "via": COMMONS},
        ),
        (
            "Habib M’henni / CC BY-SA 3.0, via Wikimedia Commons (cropped)",
            {
                "creator": "Habib M’henni",
                "licence": "CC BY-SA 3.0",
                "via": COMMONS,
                "changes": "cropped",
            },
        ),
        (
            "Unknown author / Public domain, via Wikimedia Commons",
            {"creator": "Unknown author", "rights": "Public domain", "via": COMMONS},
        ),
        ("Public domain, via Wikimedia Commons", {"rights": "Public domain", "via": COMMONS}),
        (
            "Ansel Adams, 1942 / Public domain, via Wikimedia Commons",
            {"creator": "Ansel Adams", "taken": "1942", "rights": "Public domain", "via": COMMONS},
        ),
        ("© AFP", {"rights": "© AFP"}),
        ("AFP / all rights reserved", {"creator": "AFP", "rights": "all rights reserved"}),
        (
            "Photo: Mohamad Abazeed / AFP",
            {"kind": "photograph", "creator": "Mohamad Abazeed", "rights": "AFP"},
        ),
        (
            "Photo: Mohamad Abazeed / AFP, via Getty Images",
            {
                "kind": "photograph",
                "creator": "Mohamad Abazeed",
                "rights": "AFP",
                "via": "Getty Images",
            },
        ),
        ("REUTERS/Alaa Al-Faqir", {"rights": "REUTERS/Alaa Al-Faqir"}),
        ("© UNICEF/UN0202135/Sanadiki", {"rights": "© UNICEF/UN0202135/Sanadiki"}),
        ("UN Photo/Eskinder Debebe", {"rights": "UN Photo/Eskinder Debebe"}),
        ("© UNHCR/Mohammad Hawari", {"rights": "© UNHCR/Mohammad Hawari"}),
        ("NASA/JPL-Caltech", {"rights": "NASA/JPL-Caltech"}),
        (
            "Satellite image: ESA / CC BY-SA 3.0 IGO",
            {"kind": "satellite_image", "creator": "ESA", "licence": "CC BY-SA 3.0 IGO"},
        ),
        (
            "Satellite image: contains modified Copernicus Sentinel data, July 2018",
            {
                "kind": "satellite_image",
                "rights": "contains modified Copernicus Sentinel data, July 2018",
            },
        ),
        (
            "Map: © OpenStreetMap contributors / ODbL 1.0",
            {"kind": "map", "creator": "© OpenStreetMap contributors", "licence": "ODbL 1.0"},
        ),
        (
            "Number 10 / OGL v3.0, via Flickr",
            {"creator": "Number 10", "licence": "OGL v3.0", "via": "Flickr"},
        ),
        (
            "Crown copyright / Open Government Licence v3.0",
            {"creator": "Crown copyright", "licence": "Open Government Licence v3.0"},
        ),
        (
            "Laura Ockel, via Unsplash",
            {"rights": "Laura Ockel", "via": "Unsplash"},
        ),
        (
            "Alexander Baxevanis / CC BY 2.0, via Flickr",
            {"creator": "Alexander Baxevanis", "licence": "CC BY 2.0", "via": "Flickr"},
        ),
        (
            "Chart: Our World in Data / CC BY 4.0",
            {"kind": "chart", "creator": "Our World in Data", "licence": "CC BY 4.0"},
        ),
        (
            "Painting: Rembrandt, 1642 / Rijksmuseum",
            {"kind": "painting", "creator": "Rembrandt", "taken": "1642", "rights": "Rijksmuseum"},
        ),
        (
            "Drawing: Honoré Daumier / CC0, via Paris Musées",
            {
                "kind": "drawing",
                "creator": "Honoré Daumier",
                "licence": "CC0",
                "via": "Paris Musées",
            },
        ),
        (
            "Poster: Library of Congress / no known restrictions on publication",
            {
                "kind": "poster",
                "creator": "Library of Congress",
                "rights": "no known restrictions on publication",
            },
        ),
        (
            "Bundesarchiv, Bild 183-R57262 / CC BY-SA 3.0 DE, via Wikimedia Commons",
            {
                "creator": "Bundesarchiv, Bild 183-R57262",
                "licence": "CC BY-SA 3.0 DE",
                "via": COMMONS,
            },
        ),
        (
            "Photo: Ada Brunel, 4 July 2018 / by leave of the town",
            {
                "kind": "photograph",
                "creator": "Ada Brunel",
                "taken": "2018-07-04",
                "rights": "by leave of the town",
            },
        ),
        (
            "Screenshot: VLC / GPL 2.0",
            {"kind": "screenshot", "creator": "VLC", "licence": "GPL 2.0"},
        ),
    ],
)
def test_credits_that_people_ask_for(line: str, typed: dict[str, Any]) -> None:
    assert credit_line(made(**typed), toy().locales["en"], {}).replace("\u00a0", " ") == line


def test_a_credit_in_french() -> None:
    picture = made(kind="photograph", creator="Jane Doe", taken="2018-07-04", licence="CC BY 4.0")
    line = credit_line(picture, toy().locales["fr"], {})
    assert line == "Photo\u00a0: Jane Doe, 4\u00a0juillet 2018 / CC BY 4.0"


def test_what_leads_where() -> None:
    url = "https://commons.wikimedia.org/wiki/File:A.jpg"
    quay = replace(toy().pictures["quay"], url=text(url))
    parts = {part.text: part for part in credit(quay, toy().locales["en"], toy().sources)}
    licence = "https://creativecommons.org/publicdomain/zero/1.0/"
    assert parts["CC0 1.0"].url == licence
    assert parts["Atelier du bac"].url == url
    offered = replace(quay, via=text(COMMONS))
    parts = {part.text: part for part in credit(offered, toy().locales["en"], toy().sources)}
    assert (parts["Atelier du bac"].url, parts[COMMONS].url) == ("", url)


def test_a_source_of_ours_is_named() -> None:
    notice, locale = toy().pictures["notice"], toy().locales["en"]
    line = "Photo: by leave of the newspaper, via Courrier article (cropped)"
    assert credit_line(notice, locale, toy().sources) == line
    (part,) = [part for part in credit(notice, locale, toy().sources) if part.source_id]
    assert (part.text, part.source_id) == ("Courrier article", "courrier_article")
