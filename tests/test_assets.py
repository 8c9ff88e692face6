"""What all pages share: names that say what a file holds, and pages that use them."""

from __future__ import annotations

from pathlib import Path

import pytest

from reperes import paths
from reperes.paths import ASSETS
from reperes.site.assets import (
    NO_STYLE_SHEET,
    STYLE_SHEET,
    asset_files,
    asset_names,
    named,
    rename_style_sheet,
    style_sheet_with_names,
    with_asset_names,
)

NAMES = {STYLE_SHEET: NO_STYLE_SHEET, "a.js": "a.1.js"}
PAGE = (
    '<head><link href="../assets/reperes.css"><script src="/x/assets/a.js"></script></head>'
    '<p>"assets/a.js" src="assets/a.js"'
)


def test_a_name_says_what_the_file_holds() -> None:
    assert named("a.js", b"x") != named("a.js", b"y")
    assert named("a.js", b"x") == named("a.js", b"x")
    assert len(named(STYLE_SHEET, b"x")) == len(NO_STYLE_SHEET)


def test_each_file_is_there_under_its_name_but_for_the_licence() -> None:
    names, files = asset_names("s.css"), asset_files()
    plain = {path.name for path in ASSETS.iterdir()}
    assert names.keys() == plain
    assert {f"assets/{names[name]}" for name in plain - {STYLE_SHEET}} == files.keys()
    assert [name for name, file in names.items() if name == file] == ["reperes-serif.LICENSE.txt"]


def test_a_script_that_was_edited_has_another_name(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(paths, "ASSETS", tmp_path)
    (tmp_path / "a.js").write_text("1", "utf-8")
    before = asset_names("s.css")["a.js"]
    (tmp_path / "a.js").write_text("2", "utf-8")
    assert asset_names("s.css")["a.js"] != before
    assert asset_files() == {f"assets/{asset_names('s.css')['a.js']}": b"2"}


def test_files_name_each_other_as_they_are_in_a_site() -> None:
    names, files = asset_names("s.css"), asset_files()
    script = files[f"assets/{names['reperes.js']}"].decode()
    assert f'new URL("{names["search.js"]}"' in script
    assert f'url("{names["reperes-serif.woff2"]}")' in style_sheet_with_names(
        (ASSETS / STYLE_SHEET).read_text("utf-8")
    )


def test_a_head_names_files_and_what_people_wrote_stays() -> None:
    assert with_asset_names(PAGE, NAMES) == (
        '<head><link href="../assets/reperes.00000000.css"><script src="/x/assets/a.1.js"></script>'
        '</head><p>"assets/a.js" src="assets/a.js"'
    )


def test_a_style_sheet_gets_another_name_in_a_page_and_not_in_the_last_one(tmp_path: Path) -> None:
    page, last = tmp_path / "index.html", tmp_path / "last.html"
    page.write_text(with_asset_names(PAGE, NAMES), "utf-8")
    last.hardlink_to(page)
    rename_style_sheet(page, "reperes.12345678.css")
    expected = with_asset_names(PAGE, {**NAMES, STYLE_SHEET: "reperes.12345678.css"})
    assert page.read_text("utf-8") == expected
    assert last.read_text("utf-8") == with_asset_names(PAGE, NAMES)
