"""A preview after a save: every file is what a full build would have written."""

from __future__ import annotations

import re
import shutil
from pathlib import Path

import pytest

from reperes.serve.live_site import LiveSite, Update
from reperes.site.build import Extras, build
from support import REAL, TOY
from support_commands import Steps, snapshot, with_one_name_of_styles


class Previewed:
    """A copy of an explainer, and its preview."""

    def __init__(self, explainer: Path, folder: Path) -> None:
        self.content = folder / "content"
        shutil.copytree(explainer, self.content)
        self.folder = folder
        self.steps = Steps()
        self.live = LiveSite(self.content, folder / "site", folder / "live", self.steps)
        self.live.build()
        self.steps.names.clear()

    def change(self, name: str, pattern: str, new: str) -> None:
        """Replace the first place in a file where `pattern` fits."""
        path = self.content / name
        text, count = re.subn(pattern, new, path.read_text("utf-8"), count=1, flags=re.DOTALL)
        assert count == 1
        path.write_text(text, "utf-8")

    def update(self) -> list[Update]:
        updates: list[Update] = []
        self.live.update(updates.append, lambda _: False, self.open_pages)
        return updates

    def open_pages(self) -> list[str]:
        """Browsers are at the pages of all sections, and of the figures, in one language."""
        names = [*self.live.explainer.site.section_ids, "figures"]
        return [f"fr/{name}/index.html" for name in names]

    def differences(self) -> list[str]:
        """Files that a full build writes otherwise. Search and old cards are left aside."""
        output = self.folder / "built"
        build(self.content, output, Steps(), extras=Extras(desk=True))
        # A preview leaves the style sheet its name, whatever it has for the pages of an edit.
        built, shown = map(with_one_name_of_styles, (snapshot(output), snapshot(self.live.site)))
        names = {name for name in {*built, *shown} if "/pagefind/" not in name}
        names -= {name for name in shown if name.endswith(".png") and name not in built}
        return sorted(name for name in names if built.get(name) != shown.get(name))


@pytest.fixture(scope="module")
def toy_preview(tmp_path_factory: pytest.TempPathFactory) -> Previewed:
    return Previewed(TOY, tmp_path_factory.mktemp("toy"))


@pytest.fixture(scope="module")
def real_preview(tmp_path_factory: pytest.TempPathFactory) -> Previewed:
    return Previewed(REAL, tmp_path_factory.mktemp("real"))


TABLE = "\n\n| a | b |\n| :--- | ---: |\n| ~~c~~ | `d` |\n\n1. x[^1]\n\n[^1]: Note.\n"
TOY_CHANGES = {
    "a text": ("sections/fr/closure.md", r"\Z", "\nEncore une phrase : « la fin » !\n"),
    "a translation": ("sections/fr/money.md", r"\Z", "\nEt une autre.\n"),
    "a table": ("sections/en/money.md", r"\Z", TABLE),
    "a title": ("sections/fr/closure.md", r'title: "', 'title: "Enfin : '),
    "a summary": ("sections/en/money.md", r'summary: "', 'summary: "In short: '),
    "a figure": ("facts/figures.yml", r'value: "900"', 'value: "950"'),
    "a label": ("facts/figures.yml", r'fr: "Passagers', 'fr: "Voyageurs'),
    "a term": ("glossary.yml", r'definition: "Bateau qui', 'definition: "Navire qui'),
    "a name": ("actors.yml", r'role:\n      fr: "', 'role:\n      fr: "En bref : '),
    "what stands for a page": ("gone.yml", r'now: "passengers"', 'now: "crossings"'),
    "why a page went": ("gone.yml", r"compte pas à part", "compte plus à part"),
    "a day": ("sections/fr/closure.md", r'updated: "[^"]*"', 'updated: "2019-03-20"'),
}


@pytest.mark.parametrize("kind", TOY_CHANGES)
def test_a_change_to_the_toy(toy_preview: Previewed, kind: str) -> None:
    toy_preview.change(*TOY_CHANGES[kind])
    updates = toy_preview.update()
    assert all(update.pages for update in updates[:1])
    assert toy_preview.steps.names == []
    assert toy_preview.differences() == []


REAL_CHANGES = {
    "a text": ("sections/en/talks.md", r"\Z", "\nOne more sentence.\n"),
    "a title": ("sections/fr/talks.md", r'title: "', 'title: "Enfin : '),
    "a figure": ("facts/figures.yml", r"ne dit ni d’où vient", "ne précise ni d’où vient"),
    "a term": ("glossary.yml", r'definition: "Arrêt momentané', 'definition: "Bref arrêt'),
}


@pytest.mark.parametrize("kind", REAL_CHANGES)
def test_a_change_to_the_real_explainer(real_preview: Previewed, kind: str) -> None:
    real_preview.change(*REAL_CHANGES[kind])
    real_preview.update()
    assert real_preview.steps.names == []
    assert real_preview.differences() == []


def test_a_section_that_goes_and_comes_back(toy_preview: Previewed) -> None:
    path = toy_preview.content / "sections" / "fr" / "money.md"
    text = path.read_bytes()
    path.unlink()
    toy_preview.update()
    assert set(toy_preview.differences()) <= {"assets/reperes.css"}
    path.write_bytes(text)
    toy_preview.update()
    assert set(toy_preview.differences()) <= {"assets/reperes.css"}
    assert toy_preview.steps.names == []


def test_a_change_that_reaches_every_page_is_built_in_full(tmp_path: Path) -> None:
    previewed = Previewed(TOY, tmp_path)
    previewed.change("site.yml", r'en: "The end of', 'en: "The final end of')
    assert previewed.update()[-1].pages is None
    for language in ("fr", "en"):
        (previewed.content / "sections" / language / "money.md").unlink()
    previewed.change("site.yml", r'  - "money"\n', "")
    # What is gone is said to lead there.
    (previewed.content / "gone.yml").unlink()
    assert previewed.update()[-1].pages is None
    assert previewed.steps.names.count("check") == 2
    assert previewed.differences() == []
