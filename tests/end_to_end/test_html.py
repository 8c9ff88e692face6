"""Every page of the built site is HTML as the standard has it, by html-validate."""

from __future__ import annotations

from pathlib import Path

from support_sites import complaints


def test_every_page_is_valid(built_site: Path) -> None:
    assert complaints(built_site) == ""


def test_the_validator_complains_of_what_is_wrong(tmp_path: Path) -> None:
    """Or an empty list of complaints would say nothing."""
    (tmp_path / "page.html").write_text("<!doctype html><p id=a><p id=a>")
    assert "[no-dup-id]" in complaints(tmp_path)
