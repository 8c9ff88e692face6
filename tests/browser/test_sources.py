"""What a browser makes of the links to the words that are our evidence."""

from __future__ import annotations

from pathlib import Path

import pytest
from playwright.sync_api import Browser

from reperes.model.citing import at_words
from support_serving import served

WORDS = "Port-Clair, jusqu’au 30 juin & après"

_PAGE = """<!doctype html>
<html lang="fr"><meta charset="utf-8"><title>Horaires</title>
<h1 id="bacs">Horaires</h1>
{filling}
<p id="words">De Sel à Port-Clair, jusqu’au 30 juin &amp; après la fête.</p>
{filling}
</html>
"""


@pytest.mark.parametrize("fragment", ["", "#bacs"])
def test_a_page_opens_at_the_words(tmp_path: Path, browser: Browser, fragment: str) -> None:
    filling = "<p>Le bac part chaque heure.</p>\n" * 200
    (tmp_path / "times.html").write_text(_PAGE.format(filling=filling), "utf-8")
    address = at_words(f"times.html{fragment}", WORDS)
    (tmp_path / "index.html").write_text(f'<a href="{address}">open the source</a>', "utf-8")
    with served(tmp_path) as url, browser.new_context() as context:
        page = context.new_page()
        page.goto(url)
        page.get_by_role("link").click()
        page.wait_for_url("**/times.html*")
        page.wait_for_function("scrollY > 0")
        top, height = page.evaluate(
            "[document.querySelector('#words').getBoundingClientRect().top, innerHeight]"
        )
        assert 0 <= top < height


def test_words_that_are_gone_open_the_page_all_the_same(tmp_path: Path, browser: Browser) -> None:
    (tmp_path / "times.html").write_text(_PAGE.format(filling=""), "utf-8")
    (tmp_path / "index.html").write_text(f'<a href="{at_words("times.html", "x-y")}">o</a>')
    with served(tmp_path) as url, browser.new_context() as context:
        page = context.new_page()
        page.goto(url)
        page.get_by_role("link").click()
        page.wait_for_url("**/times.html*")
        assert page.title() == "Horaires"
