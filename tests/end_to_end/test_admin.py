"""The web editor beside a site: its files, its policy, and the pages of readers as they were."""

from __future__ import annotations

import json
import re
from pathlib import Path

import jsonschema
import pytest
import yaml

from support_commands import snapshot
from support_sites import ROOT, HtmlPage


@pytest.fixture
def site(built_editor: Path) -> Path:
    return built_editor


@pytest.fixture
def page(site: Path) -> HtmlPage:
    page = HtmlPage()
    page.feed((site / "admin" / "index.html").read_text("utf-8"))
    return page


def test_what_readers_get_is_the_same_with_and_without_it(site: Path, built_site: Path) -> None:
    with_editor, without = snapshot(site), snapshot(built_site)
    added = with_editor.keys() - without.keys()
    assert added
    assert all(name.startswith("admin/") for name in added)
    assert {name: with_editor[name] for name in without} == without


def test_the_settings_are_valid_by_the_schema_of_the_package(site: Path) -> None:
    schema_path = ROOT / "node_modules" / "@sveltia" / "cms" / "schema" / "sveltia-cms.json"
    schema = json.loads(schema_path.read_text("utf-8"))
    settings = yaml.safe_load((site / "admin" / "config.yml").read_text("utf-8"))
    validator = jsonschema.Draft7Validator(schema)
    assert [error.json_path for error in validator.iter_errors(settings)] == []
    settings["collections"][0]["fields"][0]["widgets"] = "string"
    assert list(validator.iter_errors(settings))


def test_its_page_has_a_policy_of_its_own(page: HtmlPage) -> None:
    (policy,) = page.all("meta", **{"http-equiv": "Content-Security-Policy"})
    rules = dict(rule.strip().split(" ", 1) for rule in policy["content"].split(";"))
    assert rules["default-src"] == "'none'"
    assert rules["script-src"] == "'self'"
    assert rules["connect-src"] == "'self' blob: data: https://api.github.com"
    hosts = set(re.findall(r"https?://[^\s;]+", policy["content"]))
    assert hosts == {"https://api.github.com"}
    assert page.all("meta", name="referrer")[0]["content"] == "no-referrer"


def test_the_policy_of_readers_allows_nothing_more(site: Path) -> None:
    for path in site.rglob("*.html"):
        if path.parent.name != "admin":
            html = path.read_text("utf-8")
            assert "default-src 'none'" in html
            assert "api.github.com" not in html
            assert "'unsafe-inline'" not in html


def test_nothing_leads_to_it(site: Path, page: HtmlPage) -> None:
    assert [meta["content"] for meta in page.all("meta", name="robots")] == ["noindex"]
    assert "admin" not in (site / "sitemap.xml").read_text("utf-8")
    assert not [path for path in (site / "fr").rglob("*.html") if "/admin/" in path.read_text()]


def test_it_brings_its_own_fonts_and_languages(site: Path) -> None:
    program = (site / "admin" / "sveltia" / "npm" / "index.js").read_text("utf-8")
    assert "cdn.jsdelivr.net" not in program
    assert "unpkg.com/@sveltia/cms" not in program
    for font in re.findall(r"sveltia/npm/assets/[\w-]+\.woff2", program):
        assert (site / "admin" / font).is_file()
    assert "import(`../locales/fr.json`,{with:{type:`json`}})" in program
    assert not list((site / "admin").rglob("*.map"))
