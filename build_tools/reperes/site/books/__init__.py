"""Books: a language of a finished site as one file, a PDF to print and an EPUB to take along."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from contextlib import redirect_stdout
from importlib import import_module
from io import StringIO
from pathlib import Path

from reperes import paths
from reperes.model.explainer import Explainer
from reperes.pages import Page
from reperes.text.files import write_bytes
from reperes.text.problems import ContentError, Place, Problem

FILES: Mapping[str, str] = {
    "application/pdf": "reperes-{language}.pdf",
    "application/epub+zip": "reperes-{language}.epub",
}
"""Each book’s media type, and its name in the folder of its language."""

PDF, EPUB = FILES

_HOW_TO_INSTALL = (
    "needs WeasyPrint and Pango: run `make site BOOKS=1`, which installs both, or build without it"
    if paths.CLONE
    else 'needs WeasyPrint (`pip install "reperes[books]"`) and Pango (on Debian: `sudo apt'
    " install libpango-1.0-0 libpangoft2-1.0-0 libharfbuzz-subset0`); or build without it"
)


def book_links(language: str) -> list[dict[str, str]]:
    """What the shell links: `name` is what readers call the kind of file."""
    return [
        {"type": media_type, "file": name.format(language=language), "name": kind}
        for (media_type, name), kind in zip(FILES.items(), ("PDF", "EPUB"), strict=True)
    ]


def require_weasyprint() -> None:
    """Raise ContentError where books cannot be made on this machine."""
    try:
        # It prints a page of advice when Pango is not there.
        with redirect_stdout(StringIO()):
            import_module("weasyprint")
    except (ImportError, OSError):
        problem = Problem(Place("--books"), _HOW_TO_INSTALL, "books")
        raise ContentError([problem]) from None


def write_books(explainer: Explainer, pages: Mapping[str, Sequence[Page]], site: Path) -> set[str]:
    """Write both files of each language of a finished site; their paths there.

    The same pages give the same bytes.
    """
    # Both stand on packages that a machine may lack, and only who asks for books needs.
    from reperes.site.books.book import read_book
    from reperes.site.books.epub import epub_bytes
    from reperes.site.books.pdf import pdf_bytes

    files = set()
    for language in explainer.languages:
        book = read_book(explainer, language, pages[language], site)
        for media_type, bytes_of in ((PDF, pdf_bytes), (EPUB, epub_bytes)):
            name = FILES[media_type].format(language=language)
            write_bytes(site / language / name, bytes_of(book))
            files.add(f"{language}/{name}")
    return files
