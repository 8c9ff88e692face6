from __future__ import annotations

import re
from pathlib import Path

import pytest
import yaml
from jinja2 import Environment, meta, nodes

from reperes import paths
from reperes.model.explainer import Explainer
from reperes.pages import page_ids, render_page, render_pages
from reperes.site.bundles import draft
from reperes.site.publishing import Workspace, workspace_for
from reperes.site.tree import write_tree
from reperes.text.files import write_text
from reperes.writing.prose import FROM_PAGE
from support import REAL, TOY, edited_by, toy
from support_commands import explainer_of, snapshot

ROOT = Path(__file__).parent.parent


def written(root: Path, explainer: Explainer | None = None) -> Workspace:
    workspace = Workspace(root, root / "docs", lasting=False)
    explainer = explainer or toy()
    write_tree(explainer, [draft(explainer, page_id) for page_id in page_ids(explainer)], workspace)
    return workspace


def settings_of(workspace: Workspace, language: str) -> dict[str, object]:
    told = yaml.safe_load(workspace.settings(language).read_text("utf-8"))
    assert isinstance(told, dict)
    return told


def test_our_own_explainer_is_built_where_its_pages_can_be_looked_at() -> None:
    workspace = workspace_for(ROOT / "content", ROOT / "site")
    assert (workspace.docs, workspace.lasting) == (ROOT / "docs", True)


@pytest.mark.parametrize(
    ("content", "output"),
    [(ROOT / "content", Path("/tmp/site")), (Path("/tmp/content"), ROOT / "site")],
)
def test_any_other_beside_its_output(content: Path, output: Path) -> None:
    workspace = workspace_for(content, output)
    assert workspace.root == output.parent / ".site.build"
    assert not workspace.lasting


def test_each_language_has_the_same_pages(tmp_path: Path) -> None:
    workspace = written(tmp_path)
    french, english = (snapshot(workspace.docs / code) for code in ("fr", "en"))
    assert french.keys() == english.keys()
    assert {"index.md", "closure.md", "money.md", "timeline.md", "glossary.md"} <= french.keys()


def test_settings_say_that_they_are_generated(tmp_path: Path) -> None:
    text = written(tmp_path).settings("fr").read_text("utf-8")
    assert text.startswith("# Written by `reperes build`; changes here are lost.\n")


def test_settings_tell_the_engine_where_everything_is(tmp_path: Path) -> None:
    workspace = written(tmp_path)
    told = settings_of(workspace, "en")
    assert told["INHERIT"] == "mkdocs.yml"
    assert told["docs_dir"] == "docs/en"
    assert told["site_dir"] == f"{workspace.site.name}/en"
    assert told["site_url"] == "https://example.org/ferry/en/"
    assert told["site_name"] == "The end of the Port-Clair ferry"


def test_the_shell_names_the_editor_in_the_language_of_the_page(tmp_path: Path) -> None:
    workspace = written(tmp_path, edited_by(toy(), {"fr": "L’atelier", "en": "The workshop"}))
    for language, name in (("fr", "L’atelier"), ("en", "The workshop")):
        extra = settings_of(workspace, language)["extra"]
        assert isinstance(extra, dict)
        assert extra["editor"] == {"name": name, "url": "https://example.org/about"}


def test_the_shell_and_the_shared_settings_stand_beside_them(tmp_path: Path) -> None:
    workspace = written(tmp_path)
    assert snapshot(workspace.root / "overrides") == snapshot(paths.OVERRIDES)
    assert (tmp_path / "mkdocs.yml").read_bytes() == paths.SETTINGS.read_bytes()


def test_nothing_names_a_place_on_this_machine(tmp_path: Path) -> None:
    written(tmp_path)
    for path in tmp_path.rglob("*.yml"):
        text = path.read_text("utf-8")
        assert str(tmp_path) not in text
        assert str(ROOT) not in text


def test_the_open_data_that_pages_link_stands_beside_them(tmp_path: Path) -> None:
    folder = written(tmp_path).docs / "en"
    page = render_page(explainer_of(TOY), "en", "figures").whole
    assert ':../figures.csv">The figures as a table (CSV)</a>' in page
    assert (folder / "figures.csv").is_file()


@pytest.mark.parametrize("content", [TOY, REAL], ids=["toy", "real"])
def test_an_address_in_raw_html_is_none_that_an_engine_changes(content: Path) -> None:
    """Engines resolve those of Markdown's links alike; what stands in tags, each its own way."""
    explainer = explainer_of(content)
    raw = re.compile(r'<[a-z][^<>]*\s(?:href|src|srcset|action|data|poster|cite)="([^"]*)"')
    pages = [page for code in explainer.languages for page in render_pages(explainer, code)]
    found = {address for page in pages for address in raw.findall(page.text)}
    # Nor does an engine touch what leads out of the site, or stays on the page.
    assert {text for text in found if not re.match(rf"{FROM_PAGE}|https://|#", text)} == set()
    assert any(text.startswith(FROM_PAGE) for text in found)


# The shell, by what engines with another Jinja can run (Zensical's is minijinja)


def shell_templates() -> list[tuple[str, nodes.Template]]:
    environment = Environment(autoescape=True)
    environment.filters["url"] = str  # which engines add
    return [
        (path.name, environment.parse(path.read_text("utf-8")))
        for path in sorted(paths.OVERRIDES.rglob("*.html"))
    ]


def test_the_shell_calls_no_method_of_python() -> None:
    for name, template in shell_templates():
        called = [call.node for call in template.find_all(nodes.Call)]
        assert [found for found in called if isinstance(found, nodes.Getattr)] == [], name


def test_the_shell_uses_filters_that_engines_share() -> None:
    used = {
        found.name for _, template in shell_templates() for found in template.find_all(nodes.Filter)
    }
    assert used == {"d", "e", "length", "replace", "upper", "url"}


def test_the_shell_asks_for_nothing_but_the_page_and_the_settings() -> None:
    named = [meta.find_undeclared_variables(template) for _, template in shell_templates()]
    set_by_main = {"labels", "language", "meta", "here", "root", "is_overview"}
    set_by_masthead = {"search_id", "search_index"}
    assert set().union(*named) == {"config", "page"} | set_by_main | set_by_masthead
    main = dict(shell_templates())["main.html"]
    assert meta.find_undeclared_variables(main) == {"config", "page"}


def test_the_navigation_is_the_reading_order(tmp_path: Path) -> None:
    navigation = settings_of(written(tmp_path), "fr")["nav"]
    assert isinstance(navigation, list)
    uris = [uri for entry in navigation for uri in entry.values()]
    figures = [f"figures/{figure_id}.md" for figure_id in toy().figures]
    assert uris[10:] == [*figures, "figures/tourists.md", "prices.md"]
    assert uris[:10] == [
        "index.md",
        "closure.md",
        "money.md",
        "timeline.md",
        "figures.md",
        "statements.md",
        "actors.md",
        "glossary.md",
        "sources.md",
        "corrections.md",
    ]


def test_writing_the_same_again_touches_nothing(tmp_path: Path) -> None:
    def times() -> dict[Path, int]:
        return {path: path.stat().st_mtime_ns for path in tmp_path.rglob("*")}

    written(tmp_path)
    before = times()
    written(tmp_path)
    assert times() == before


def test_pages_no_longer_made_are_removed(tmp_path: Path) -> None:
    docs = written(tmp_path).docs
    (docs / "fr" / "gone.md").write_text("old")
    (docs / "fr" / "folder").mkdir()
    (docs / "fr" / "folder" / "gone.md").write_text("old")
    (docs / "fr" / "figures" / "gone.md").write_text("old")
    written(tmp_path)
    assert not (docs / "fr" / "gone.md").exists()
    written_figures = {path.stem for path in (docs / "fr" / "figures").iterdir()}
    assert written_figures == {*toy().figures, "tourists"}
    assert not (docs / "fr" / "folder").exists()


def test_what_stands_beside_the_languages_stays(tmp_path: Path) -> None:
    assets = tmp_path / "docs" / "assets"
    assets.mkdir(parents=True)
    (assets / "picture.svg").write_text("kept")
    written(tmp_path)
    assert (assets / "picture.svg").read_text() == "kept"


def test_a_text_is_written_once(tmp_path: Path) -> None:
    path = tmp_path / "a" / "b.txt"
    assert write_text(path, "été\n") is True
    assert path.read_bytes() == "été\n".encode()
    assert write_text(path, "été\n") is False
    assert write_text(path, "hiver\n") is True
