"""What is new since an edition, and on the page that tells it."""

from __future__ import annotations

from pathlib import Path

import pytest

from reperes.model.edition_now import edition_named, edition_now
from reperes.model.explainer import Explainer
from reperes.model.news import News, news
from reperes.model.published import state_now
from reperes.pages import render_page
from reperes.tools.releasing import release
from reperes.tools.renaming import rename
from support_commands import change, explainer_of, write_content

GONE = """\
gone:
  - id: "crossing"
    was: "section"
    day: "2021-03-15"
    reason:
      fr: "Le bac a repris."
      en: "The ferry runs again."
"""


@pytest.fixture
def content(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    monkeypatch.chdir(tmp_path)
    content = write_content(tmp_path)
    release(content, "2021-03-14")
    return content


def since_release(explainer: Explainer) -> News:
    return news(explainer.editions.state(1), state_now(explainer), explainer)


def test_nothing_is_new_where_nothing_changed(content: Path) -> None:
    explainer = explainer_of(content)
    assert not since_release(explainer)
    assert edition_named(explainer, "en") == "edition\u00a01 of 14\u00a0March 2021"
    assert "Nothing has changed since." in render_page(explainer, "en", "editions").whole


@pytest.mark.parametrize(
    "typed", ["protesters", "closure", "section:crossing", "actor:town", "term:footbridge"]
)
def test_a_new_id_is_no_news(content: Path, typed: str) -> None:
    rename(content, typed, "another")
    rename(content, f"{typed.rpartition(':')[0]}:another".lstrip(":"), "yet_another")
    explainer = explainer_of(content)
    assert since_release(explainer) == News((), (), ())
    now = edition_now(explainer)
    assert now is not None
    assert not now.has_changed


def test_a_text_in_one_language_is_news_there(content: Path) -> None:
    change(content, "facts/figures.yml", 'en: "Protesters"', 'en: "Demonstrators"')
    explainer = explainer_of(content)
    (fact,) = since_release(explainer).in_language("en").facts
    assert [(part.name, part.before["en"], part.after["en"]) for part in fact.parts] == [
        ("label", "Protesters", "Demonstrators")
    ]
    assert not since_release(explainer).in_language("fr")
    page = render_page(explainer, "en", "editions").whole
    assert "<del>Protesters</del>" in page
    assert "<ins>Demonstrators</ins>" in page
    assert "<del>" not in render_page(explainer, "fr", "editions").whole


def test_a_section_that_was_reworded_and_one_that_went(content: Path) -> None:
    change(content, "sections/fr/closing.md", "ont manifesté", "ont défilé")
    change(content, "sections/fr/closing.md", "Le pont de [Villeneuve]", "Le pont à [Villeneuve]")
    for language in ("fr", "en"):
        (content / "sections" / language / "crossing.md").unlink()
    change(content, "site.yml", '  - "crossing"\n', "")
    (content / "gone.yml").write_text(GONE, "utf-8")
    explainer = explainer_of(content)
    found = [(each.id, each.change, each.languages) for each in since_release(explainer).sections]
    assert found == [("closing", "changed", ("fr",)), ("crossing", "gone", ("fr", "en"))]
    page = render_page(explainer, "fr", "editions").whole
    assert "Textes modifiés" in page
    assert "<code>crossing</code>\u00a0: Le bac a repris." in page
