"""Pictures in a built site: shown with their credit, from the site itself, and without a trace."""

from __future__ import annotations

import json
import re
import zipfile
from io import BytesIO
from pathlib import Path
from urllib.parse import urljoin, urlsplit

import pytest
from PIL import Image

from support import TOY
from support_sites import BuiltSite, Element, HtmlPage, build_site

LANGUAGES = ("fr", "en")
CAPTIONS = {
    "fr": [
        "Le bac à quai, à Port-Clair. Dessin : Atelier du bac, mars 2019 / CC0 1.0",
        (
            "L’avis affiché au guichet, le 14 mars 2019."
            " Photo : avec l’accord du journal, via Article du Courrier (recadrée)"
        ),
    ],
    "en": [
        "The ferry at its quay, in Port-Clair. Drawing: Atelier du bac, March 2019 / CC0 1.0",
        (
            "The notice at the ticket window, on 14 March 2019."
            " Photo: by leave of the newspaper, via Courrier article (cropped)"
        ),
    ],
}


def images(page: HtmlPage) -> list[Element]:
    return page.all("img")


def opened(path: Path) -> Image.Image:
    return Image.open(BytesIO(path.read_bytes()))


def plain(text: str) -> str:
    return re.sub(r"[\s\u00a0\u202f]+", " ", text).strip()


@pytest.mark.parametrize("language", LANGUAGES)
def test_a_section_shows_its_pictures_in_order(toy_site: BuiltSite, language: str) -> None:
    page = toy_site.pages_of(language)["money/"]
    captions = page.all("figcaption", **{"class": "photo__caption"})
    assert [plain(each.text) for each in captions] == CAPTIONS[language]
    first, second = images(page)
    assert (first["width"], first["height"]) == ("1200", "800")
    assert (second["width"], second["height"]) == ("600", "800")
    assert all(each["loading"] == "lazy" and each["alt"] for each in (first, second))


def test_every_file_is_there_and_a_size_is_offered_once(toy_site: BuiltSite) -> None:
    asked_for = set()
    for address, page in toy_site.pages.items():
        for element in [*images(page), *page.all("source")]:
            for part in element["srcset"].split(", "):
                name, width = part.split(" ")
                path = urlsplit(urljoin(toy_site.base_url + address, name)).path
                found = toy_site.folder / path.removeprefix(urlsplit(toy_site.base_url).path)
                assert opened(found).width == int(width.removesuffix("w"))
                asked_for.add(found)
    assert asked_for == set((toy_site.folder / "pictures").iterdir())


def test_no_file_says_where_it_was_taken(toy_site: BuiltSite) -> None:
    taken = opened(TOY / "pictures" / "notice.jpg")
    assert taken.getexif().get_ifd(0x8825), "the photograph of the toy explainer says where"
    for path in (toy_site.folder / "pictures").iterdir():
        made, data = opened(path), path.read_bytes()
        assert dict(made.getexif()) == {}
        assert not {"exif", "icc_profile", "xmp", "comment"} & made.info.keys()
        assert not any(word in data for word in (b"Exif", b"Camera", b"Brunel", b"taken by"))


def test_a_telephone_fetches_little(toy_site: BuiltSite) -> None:
    for path in (toy_site.folder / "pictures").glob("*.webp"):
        if opened(path).width <= 640:
            assert path.stat().st_size < 40_000


@pytest.mark.parametrize("language", LANGUAGES)
def test_programs_are_told_of_them(toy_site: BuiltSite, language: str) -> None:
    facts = json.loads((toy_site.folder / language / "facts.json").read_text("utf-8"))
    for row in facts["pictures"]:
        file = toy_site.folder / row["image"]["url"].removeprefix(toy_site.base_url)
        assert opened(file).size == (row["image"]["width"], row["image"]["height"])
    page = (toy_site.folder / language / "money" / "index.html").read_text("utf-8")
    block = re.search(r'<script type="application/ld\+json">(.*?)</script>', page)
    assert block is not None
    shown = json.loads(block[1])["image"]
    assert [each["creditText"] for each in shown] == [row["credit"] for row in facts["pictures"]]


def test_books_hold_them(tmp_path_factory: pytest.TempPathFactory) -> None:
    site = tmp_path_factory.mktemp("books") / "site"
    printed = build_site(TOY, site, "--books")
    assert "WARNING" not in printed
    with zipfile.ZipFile(site / "en" / "reperes-en.epub") as book:
        held = [name for name in book.namelist() if name.startswith("EPUB/pictures/")]
        package = book.read("EPUB/package.opf").decode()
        chapter = book.read("EPUB/money.xhtml").decode()
        for name in held:
            Image.open(BytesIO(book.read(name))).load()
    assert len(held) == 2
    for name in held:
        inner = name.removeprefix("EPUB/")
        assert f'href="{inner}" media-type="image/' in package
        assert f'src="{inner}"' in chapter
    assert b"/Subtype /Image" in (site / "en" / "reperes-en.pdf").read_bytes()
