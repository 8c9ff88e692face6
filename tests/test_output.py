from __future__ import annotations

import re
from pathlib import Path

import pytest

from reperes.pages import render_pages
from reperes.site import finish
from reperes.site.finish import (
    finished_page,
    ids_in_styles,
    root_files,
    write_assets,
    write_style_sheet,
)
from reperes.site.html_pages import read_page
from reperes.site.publishing import MARKER, check_output
from reperes.text.files import write_all
from reperes.text.problems import ContentError
from support import TOY, toy
from support_commands import THEME_STYLES, snapshot


@pytest.fixture(scope="module")
def site(tmp_path_factory: pytest.TempPathFactory) -> dict[str, bytes]:
    """What stands in a site beside its pages."""
    explainer, folder = toy(), tmp_path_factory.mktemp("site")
    pages = {code: render_pages(explainer, code) for code in explainer.languages}
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr("reperes.site.finish.theme_styles", lambda: THEME_STYLES)
        write_style_sheet(read_page("<h1></h1>").names, folder)
    write_assets(folder)
    write_all(
        {folder / name: text.encode() for name, text in root_files(explainer, pages, None).items()}
    )
    return snapshot(folder)


PAGE = (
    '<!doctype html><html lang="fr"><p>Combien : trois ?</p>'
    '<table><td style="text-align: right;">3</td></table></html>'
)


def test_one_style_sheet_holds_the_themes_rules_and_then_ours(site: dict[str, bytes]) -> None:
    (name,) = (name for name in site if name.endswith(".css"))
    assert re.fullmatch(r"assets/reperes\.[0-9a-f]{8}\.css", name)
    sheet = site[name].decode()
    assert sheet.startswith("h1{color:red}@font-face{")
    assert "theme-menu" not in sheet
    assert "sourceMappingURL" not in sheet


def test_pages_are_typeset() -> None:
    assert "Combien\u00a0: trois\u202f?" in finished_page(PAGE).text


def test_cells_are_aligned_by_a_class() -> None:
    assert '<td class="align-right">3</td>' in finished_page(PAGE).text


def test_a_table_can_be_scrolled_by_keyboard() -> None:
    assert finished_page("<table>\n<thead></table>").text == '<table tabindex="0">\n<thead></table>'
    assert finished_page('<table class="x"><thead>').text == '<table class="x"><thead>'
    assert finished_page("<code>&lt;table&gt;</code>").text == "<code>&lt;table&gt;</code>"


def test_the_root_offers_every_language(site: dict[str, bytes]) -> None:
    text = site["index.html"].decode()
    assert '<a href="fr/" hreflang="fr">' in text
    assert '<a href="en/" hreflang="en">' in text


def test_the_lost_page_starts_every_address_at_the_base(site: dict[str, bytes]) -> None:
    addresses = re.findall(r'(?:href|src)="([^"]*)"', site["404.html"].decode())
    assert addresses
    assert [address for address in addresses if not address.startswith("/ferry/")] == []


def test_the_site_is_marked_as_ours_and_as_finished_html(site: dict[str, bytes]) -> None:
    assert site[MARKER].startswith(b"A site built by reperes;")
    assert site[".nojekyll"] == b""


def test_robots_are_told_of_the_sitemap(site: dict[str, bytes]) -> None:
    assert site["robots.txt"].decode() == (
        "User-agent: *\nAllow: /\nSitemap: https://example.org/ferry/sitemap.xml\n"
    )


def test_the_sitemap_is_xml_from_its_first_byte(site: dict[str, bytes]) -> None:
    assert site["sitemap.xml"].startswith(b'<?xml version="1.0" encoding="UTF-8"?>')


@pytest.mark.parametrize("name", ["new", "empty", "ours"])
def test_outputs_that_a_build_may_take(tmp_path: Path, name: str) -> None:
    (tmp_path / "empty").mkdir()
    (tmp_path / "ours").mkdir()
    (tmp_path / "ours" / MARKER).write_text("")
    check_output(TOY, tmp_path / name)


def test_a_broken_link_in_place_of_the_output_is_no_site_of_ours(tmp_path: Path) -> None:
    (tmp_path / "site").mkdir()
    (tmp_path / "site" / "index.html").write_text("mine")
    with pytest.raises(ContentError, match="not a site of ours"):
        check_output(TOY, tmp_path / "site")


def test_all_ids_that_a_rule_may_ask_for_are_known(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(finish, "theme_styles", lambda: "p #a-1{color:#eee}div#b,#c:hover{}")
    assert {"a-1", "b", "c"} <= ids_in_styles()
