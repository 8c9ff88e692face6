"""Every address that an edition gave still answers, whatever becomes of what stood there."""

from __future__ import annotations

import re
from collections.abc import Iterator
from pathlib import Path

import pytest

from reperes.model.explainer import Explainer
from reperes.model.gone import NAMESPACE_OF
from reperes.model.loading import load
from reperes.model.schema import KINDS
from reperes.site.open_data.language_view import LanguageView
from reperes.tools.releasing import release
from reperes.tools.renaming import rename
from support import problems_of, toy_copy
from support_sites import BuiltSite, build_site

BASE = "https://example.org/ferry/"

RENAMED = {
    "fact:commuters": "riders",
    "fact:passengers": "carried_in_all",
    "fact:announcement": "first_word",
    "fact:company_closes": "closing_said",
    "fact:banner": "sheet",
    "actor:town": "hall",
    "actor:herald": "paper",
    "place:salt_island": "island",
    "place:port_clair": "harbour",
    "term:ferry": "boat",
    "term:line_7": "seventh_line",
    "source:courrier_article": "article",
    "section:closure": "shutting",
}
REMOVED = {
    "facts/claims.yml": ["mayor_states"],
    "facts/events.yml": ["falling_numbers", "old_quay"],
}
"""What is taken away, and no text names."""


def permalinks(explainer: Explainer) -> Iterator[str]:
    """Every address of an entry or a section, under the site's, in every language."""
    for language in explainer.languages:
        view = LanguageView(explainer, language)
        for kind in KINDS:
            for entry_id in explainer.entries[kind.noun]:
                if kind.noun in NAMESPACE_OF:
                    yield view.permalink(NAMESPACE_OF[kind.noun], entry_id)
                    yield view.file("figures/") + f"#{entry_id}" if kind.noun == "figure" else BASE
        for section_id in explainer.site.section_ids:
            yield view.permalink("section", section_id)


def answers(site: BuiltSite, url: str) -> bool:
    """Whether an address is a page with its anchor, or one that leads on to such a page."""
    file = site.folder / url.removeprefix(BASE).partition("#")[0] / "index.html"
    led = re.search(
        r'http-equiv="refresh" content="0; url=([^"]+)"',
        file.read_text("utf-8") if file.is_file() else "",
    )
    if led is None:
        return site.leads_somewhere(url)
    address = file.parent.relative_to(site.folder).as_posix().split("/")
    up = led[1].count("../")
    return answers(site, BASE + "/".join([*address[:-up], led[1].replace("../", "")]))


def remove(content: Path, name: str, entry_id: str) -> None:
    path = content / name
    typed = path.read_text("utf-8")
    entry = re.compile(rf'  - id: "{entry_id}"\n(?:    .*\n)*')
    assert entry.search(typed)
    path.write_text(entry.sub("", typed), "utf-8")


def add_what_is_offered(content: Path) -> None:
    """Add the entries that the check asks for to gone.yml, each with a reason."""
    offered = [problem for problem in problems_of(content) if "[gone]" in problem]
    assert offered
    with (content / "gone.yml").open("a") as file:
        for problem in offered:
            lines = problem.split("\n")[1:]
            file.writelines(f"{line[4:]}\n".replace("…", "No more.") for line in lines)


@pytest.fixture(scope="module")
def moved(tmp_path_factory: pytest.TempPathFactory) -> tuple[BuiltSite, list[str]]:
    with toy_copy() as content:
        release(content, "2019-03-20")
        before = list(permalinks(load(content).explainer))
        for old, new in RENAMED.items():
            rename(content, old, new)
        for name, entry_ids in REMOVED.items():
            for entry_id in entry_ids:
                remove(content, name, entry_id)
        add_what_is_offered(content)
        problems = [each for each in problems_of(content) if "error" in each]
        assert problems == []
        output = tmp_path_factory.mktemp("moved") / "site"
        build_site(content.resolve(), output, strict=False)
    return BuiltSite(output, BASE), before


def test_every_permalink_of_an_edition_answers(moved: tuple[BuiltSite, list[str]]) -> None:
    site, before = moved
    assert len(before) > 150
    assert [url for url in before if not answers(site, url)] == []
