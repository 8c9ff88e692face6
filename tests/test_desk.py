from __future__ import annotations

from dataclasses import replace
from pathlib import Path

import pytest

from reperes.model.explainer import Explainer
from reperes.model.loading import load
from reperes.site.desk import desk_pages, write_desk
from reperes.text.problems import Place, Text
from reperes.translation.codes import pair_code
from reperes.translation.stamping import stamp
from reperes.translation.status import translation_status
from support_commands import change, write_content
from support_sites import Element, HtmlPage


@pytest.fixture
def content(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """A stamped content folder, "content" from the working directory."""
    write_content(tmp_path)
    monkeypatch.chdir(tmp_path)
    stamp(Path("content"), ["en", "fr"])
    return Path("content")


def read(content: Path, repository: str = "https://github.com/example/bridge") -> Explainer:
    explainer = load(content).explainer
    site = replace(explainer.site, repository=Text(repository, Place("site.yml")))
    return replace(explainer, site=site)


def parsed(html: str) -> HtmlPage:
    page = HtmlPage()
    page.feed(html)
    return page


def page_of(content: Path, name: str) -> HtmlPage:
    return parsed(desk_pages(read(content))[name])


def texts(elements: list[Element]) -> list[str]:
    return [" ".join(element.text.split()) for element in elements]


def row(page: HtmlPage, anchor: str) -> HtmlPage:
    """What a page holds of one row."""
    start = next(n for n, e in enumerate(page.elements) if e.attributes.get("id") == anchor)
    ends = (n for n, e in enumerate(page.elements[start + 1 :], start + 1) if e.tag == "li")
    part = HtmlPage()
    part.elements = page.elements[start : next(ends, len(page.elements))]
    return part


def test_a_choice_and_a_page_for_each_text_in_each_language(content: Path) -> None:
    names = ["index.html", "closing/index.html", "crossing/index.html", "facts/index.html"]
    expected = {f"{language}/{name}" for language in ("fr", "en") for name in names}
    assert desk_pages(read(content)).keys() == {"index.html", *expected}


def test_the_same_content_gives_the_same_bytes(content: Path) -> None:
    assert desk_pages(read(content)) == desk_pages(read(content))


def test_pages_are_kept_from_search_engines_and_run_no_foreign_script(content: Path) -> None:
    for html in desk_pages(read(content)).values():
        page = parsed(html)
        assert page.all("meta", name="robots")[0]["content"] == "noindex"
        (policy,) = page.all("meta", **{"http-equiv": "Content-Security-Policy"})
        assert policy["content"] == (
            "default-src 'none'; style-src 'self'; script-src 'self'; connect-src 'self'; "
            "img-src 'self'; font-src 'self'; base-uri 'none'; form-action 'none'"
        )
        # Others are told nothing; a request to ourselves says that it is our own.
        assert page.all("meta", name="referrer")[0]["content"] == "same-origin"
        assert not page.all("script")
        assert not page.all("style")
        assert not [e for e in page.elements if "style" in e.attributes]


def test_the_state_of_the_translations(content: Path) -> None:
    change(content, "sections/fr/closing.md", "ont manifesté", "ont défilé")
    change(content, "sections/fr/closing.md", "## La colère {#anger}\n\n", "")
    page = page_of(content, "en/index.html")
    assert texts(page.all("h2")) == ["Français", "English"]
    assert [
        text for text in texts(page.all("tr")) if text.startswith(("How", "The c", "Texts"))
    ] == [
        "How to cross up to date 4/4 (100%) 21/21 (100%)",
        (
            "The closure stale 3/4 (75%) 17/26 (65%) "
            "gone from the original, 2 (reworded in the original)"
        ),
        "Texts of the YAML files up to date 25/25 (100%) 78/78 (100%)",
    ]
    links = {link.text: link["href"] for link in page.all("a")}
    assert links["2 (reworded in the original)"] == "closing/#en-2"
    assert links["gone from the original"] == "closing/#en--anger"
    assert links["The closure"] == "closing/"


def test_the_state_is_told_in_french_too(content: Path) -> None:
    (row_text,) = (
        text
        for text in texts(page_of(content, "fr/index.html").all("tr"))
        if text.startswith("La fermeture")
    )
    assert row_text == "La fermeture à jour 5 / 5 (100 %) 30 / 30 (100 %)"


def test_what_is_orphaned_is_named_without_a_page(content: Path) -> None:
    (content / "sections/fr/closing.md").unlink()
    (content / "corrections.yml").write_text("corrections: []\n")
    pages = desk_pages(read(content))
    assert "en/closing/index.html" not in pages
    rows = texts(parsed(pages["en/index.html"]).all("tr"))
    assert "The closure without its original" in rows
    assert any("corrections/fix_date/before (without its original)" in text for text in rows)


def test_a_stale_block_beside_its_translation(content: Path) -> None:
    change(content, "sections/fr/closing.md", "ont manifesté", "ont défilé")
    found = row(page_of(content, "en/closing/index.html"), "en-3")
    assert "desk-row--stale" in found.elements[0]["class"]
    assert texts(found.all("span")) == ["reworded in the original"]
    assert texts(found.all("del") + found.all("ins")) == ["manifesté", "défilé"]
    assert [(text["lang"], text.text) for text in found.all("p", lang="")] == [
        (
            "fr",
            "Selon [la mairie](actor:town), {{ protesters }} riverains ont manifestédéfilé.",
        ),
        (
            "en",
            "According to [the town council](actor:town), {{ protesters }} residents protested.",
        ),
    ]
    edit = "https://github.com/example/bridge/edit/main/content/sections"
    assert [link["href"] for link in found.all("a")] == [
        "#en-3",
        f"{edit}/fr/closing.md#L11",
        f"{edit}/en/closing.md#L12",
    ]


def test_a_fresh_block_is_not_marked(content: Path) -> None:
    found = row(page_of(content, "en/closing/index.html"), "en-3")
    assert found.elements[0]["class"] == "desk-row"
    assert texts(found.all("span")) == ["up to date"]
    assert not found.all("del") + found.all("ins")


def test_a_removed_block(content: Path) -> None:
    change(content, "sections/fr/closing.md", "## La colère {#anger}\n\n", "")
    found = row(page_of(content, "en/closing/index.html"), "en--anger")
    assert texts(found.all("del")) == ["## La colère {#anger}"]
    assert texts(found.all("p", lang="en")) == ["## Anger {#anger}"]


def edited(content: Path) -> None:
    change(content, "sections/en/closing.md", "residents protested", "residents marched")


def test_an_edited_translation_beside_its_original(content: Path) -> None:
    edited(content)
    found = row(page_of(content, "en/closing/index.html"), "en-3")
    assert "desk-row--stale" in found.elements[0]["class"]
    assert texts(found.all("span")) == ["edited in the translation"]
    assert [text.text for text in found.all("p", lang="")] == [
        "Selon [la mairie](actor:town), {{ protesters }} riverains ont manifesté.",
        (
            "According to [the town council](actor:town), "
            "{{ protesters }} residents protestedmarched."
        ),
    ]
    assert [(e.tag, e.text) for e in found.all("del") + found.all("ins")] == [
        ("del", "protested"),
        ("ins", "marched"),
    ]
    assert "reperes stamp en/closing:3" in texts(found.all("code"))


def test_what_both_languages_edited(content: Path) -> None:
    edited(content)
    change(content, "sections/fr/closing.md", "ont manifesté", "ont défilé")
    found = row(page_of(content, "en/closing/index.html"), "en-3")
    assert texts(found.all("span")) == ["edited on both sides"]
    assert texts(found.all("del")) == ["manifesté", "protested"]
    assert texts(found.all("ins")) == ["défilé", "marched"]


def test_a_translation_that_is_gone(content: Path) -> None:
    """It is to be put back, and no command does that."""
    text = "According to [the town council](actor:town), {{ protesters }} residents protested.\n"
    change(content, "sections/en/closing.md", text, "")
    found = row(page_of(content, "en/closing/index.html"), "en-3")
    assert texts(found.all("span")) == ["gone from the translation"]
    assert texts(found.all("del")) == [text.strip()]
    assert not found.all("code")


def test_what_only_the_translation_says(content: Path) -> None:
    change(content, "sections/en/closing.md", "## Anger", "Nobody else says so.\n\n## Anger")
    (finding,) = translation_status(read(content))[1].findings
    page = page_of(content, "en/index.html")
    links = {link.text: link["href"] for link in page.all("a")}
    assert links["in the translation alone"] == f"closing/#en-{finding.target.part}"
    found = row(page_of(content, "en/closing/index.html"), f"en-{finding.target.part}")
    assert texts(found.all("span")) == ["in the translation alone"]
    assert texts(found.all("p", lang="en")) == ["Nobody else says so."]
    assert f"reperes stamp {finding.target}" in texts(found.all("code"))


def test_an_edited_text_of_the_yaml_files(content: Path) -> None:
    change(content, "facts/figures.yml", "Protesters", "Marchers")
    found = row(page_of(content, "en/facts/index.html"), "en-figures-protesters-label")
    assert texts(found.all("span")) == ["edited in the translation"]
    assert texts(found.all("del") + found.all("ins")) == ["Protesters", "Marchers"]


def test_the_code_to_paste_is_that_of_both_texts(content: Path) -> None:
    change(content, "sections/fr/closing.md", "ont manifesté", "ont défilé")
    explainer = read(content)
    page = page_of(content, "en/closing/index.html")
    sections = explainer.sections
    code = pair_code(sections["fr"]["closing"], sections["en"]["closing"])
    assert texts(page.all("pre")) == [f'reviewed: "{code}"']
    assert "reperes stamp en/closing" in texts(page.all("code"))
    change(
        content, "sections/en/closing.md", 'original: "fr"', f'original: "fr"\nreviewed: "{code}"'
    )
    reviewed = page_of(content, "en/closing/index.html")
    assert not reviewed.all("pre")
    assert "up to date" in texts(reviewed.all("span"))[0]
    edited(content)
    (stale,) = texts(page_of(content, "en/closing/index.html").all("pre"))
    assert stale != f'reviewed: "{code}"'


def test_a_missing_translation_can_be_begun(content: Path) -> None:
    (content / "sections/en/closing.md").unlink()
    page = page_of(content, "en/closing/index.html")
    (link,) = (
        a
        for a in page.all("a")
        if a.text == "content/sections/en/closing.md" and "new" in a["href"]
    )
    assert link["href"] == (
        "https://github.com/example/bridge/new/main/content/sections/en?filename=closing.md"
    )
    assert texts(row(page, "en-1").all("p"))[-1] == "No translation"


def test_the_texts_of_the_yaml_files(content: Path) -> None:
    change(content, "facts/figures.yml", "Manifestants", "Marcheurs")
    page = page_of(content, "en/facts/index.html")
    found = row(page, "en-figures-protesters-label")
    assert texts(found.all("del") + found.all("ins")) == ["Manifestants", "Marcheurs"]
    assert found.all("a")[-1]["href"].endswith("/edit/main/content/facts/figures.yml#L5")
    assert not page.all("pre")


@pytest.mark.parametrize(
    ("repository", "href"),
    [
        ("https://github.com/example/bridge/", "https://github.com/example/bridge/edit/main/"),
        ("https://github.com/example/bridge.git", "https://github.com/example/bridge/edit/main/"),
        ("https://git.example.org/bridge", ""),
        ("", ""),
    ],
)
def test_only_github_is_known_to_edit(content: Path, repository: str, href: str) -> None:
    page = parsed(desk_pages(read(content, repository))["en/closing/index.html"])
    found = row(page, "en-3")
    if href:
        assert found.all("a")[1]["href"] == f"{href}content/sections/fr/closing.md#L11"
    else:
        assert texts(found.all("code"))[0] == "content/sections/fr/closing.md:11"
        assert len(found.all("a")) == 1


def test_content_elsewhere_is_taken_for_a_folder_of_the_repository(
    content: Path, tmp_path_factory: pytest.TempPathFactory, monkeypatch: pytest.MonkeyPatch
) -> None:
    whole = content.resolve()
    monkeypatch.chdir(tmp_path_factory.mktemp("elsewhere"))
    found = row(page_of(whole, "en/closing/index.html"), "en-3")
    assert found.all("a")[1]["href"].endswith("/edit/main/content/sections/fr/closing.md#L11")


def test_what_is_typed_is_shown_as_typed(content: Path) -> None:
    change(content, "sections/fr/closing.md", "Selon", "<b>&amp; Selon")
    html = desk_pages(read(content))["fr/closing/index.html"]
    assert "&lt;b&gt;&amp;amp;" in html
    assert "<b>" not in html


def test_the_desk_is_written_under_its_folder_with_its_style_sheet(content: Path) -> None:
    write_desk(read(content), Path("site"), {})
    files = {path.relative_to("site").as_posix() for path in Path("site").rglob("*.*")}
    assert files == {"desk/desk.css", *(f"desk/{name}" for name in desk_pages(read(content)))}
