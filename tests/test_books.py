"""Books are made when asked for, where they can be, and linked only then."""

from __future__ import annotations

from pathlib import Path

import pytest

from reperes.pages import Page
from reperes.site import books, building, making
from reperes.site.books import FILES, book_links
from reperes.site.build import Extras, build
from reperes.text.problems import ContentError
from reperes.translation.stamping import stamp
from support_commands import (
    BareEngine,
    Steps,
    messages,
    replace_engine,
    snapshot,
    write_content,
)

MESSAGE = (
    "needs WeasyPrint and Pango: run `make site BOOKS=1`, which installs both, or build without it"
)


@pytest.fixture
def content(tmp_path: Path) -> Path:
    content = write_content(tmp_path)
    stamp(content, ["en", "fr"])
    return content


def without_weasyprint(error: Exception, monkeypatch: pytest.MonkeyPatch) -> None:
    def load(name: str) -> None:
        raise error

    monkeypatch.setattr(books, "import_module", load)


@pytest.mark.parametrize("error", [ModuleNotFoundError("weasyprint"), OSError("libpango")])
def test_a_machine_that_cannot_says_what_to_do_and_changes_nothing(
    content: Path, monkeypatch: pytest.MonkeyPatch, error: Exception
) -> None:
    replace_engine(monkeypatch)
    output = content.parent / "site"
    build(content, output, Steps())
    before = snapshot(content.parent)
    without_weasyprint(error, monkeypatch)
    with pytest.raises(ContentError) as caught:
        build(content, output, Steps(), extras=Extras(books=True))
    assert messages(caught.value) == [MESSAGE]
    assert snapshot(content.parent) == before


@pytest.mark.parametrize("asked", [True, False])
def test_pages_are_told_of_books_that_will_be(
    content: Path, monkeypatch: pytest.MonkeyPatch, asked: bool
) -> None:
    replace_engine(monkeypatch)
    told = {}

    class ToldEngine(BareEngine):
        def render(self, page: Page, extras: object) -> str:
            told[page.language] = self.settings["extra"]["books"]
            return super().render(page, extras)

    monkeypatch.setattr(making, "LiveEngine", ToldEngine)
    monkeypatch.setattr(building, "require_weasyprint", lambda: None)
    monkeypatch.setattr(building, "write_books", lambda *_: set())
    steps = Steps()
    build(content, content.parent / "site", steps, extras=Extras(books=asked))
    for language in ("fr", "en"):
        links = book_links(language) if asked else []
        assert told[language] == links
    assert ("books" in steps.names) is asked


def test_links_name_the_files() -> None:
    assert [link["file"] for link in book_links("fr")] == ["reperes-fr.pdf", "reperes-fr.epub"]
    assert [link["type"] for link in book_links("fr")] == list(FILES)
