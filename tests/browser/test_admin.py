"""The web editor as an editor meets it, on a copy of the content that the browser holds.

"Work with a local repository" asks for a folder through `showDirectoryPicker`. No dialog can be
answered without a screen, so the test hands over a folder of the browser's private file system
(OPFS), which has the same interface; everything after that is the editor's own.
"""

from __future__ import annotations

import difflib
import itertools
import shutil
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
import yaml
from playwright.sync_api import Locator, Page, expect

from reperes.model.loading import load
from reperes.model.schema import KINDS
from reperes.rules.checking import check
from reperes.site.web_editor import editor_settings, typed_files
from reperes.text.yaml_out import as_yaml
from reperes.tools.formatting import format_files
from support import REAL, TOY, replace_in
from support_serving import served

FIGURES = "admin/#/collections/facts/entries/figures"

FOLDER = """
const folderOf = async (steps, create) => {
  let folder = await navigator.storage.getDirectory();
  for (const step of ["repository", ...steps])
    folder = await folder.getDirectoryHandle(step, { create });
  return folder;
};
"""
PICK = f"{FOLDER} window.showDirectoryPicker = () => folderOf([], false);"
FILL = f"""async (files) => {{
  {FOLDER}
  await folderOf([".git"], true);
  for (const [path, text] of Object.entries(files)) {{
    const steps = path.split("/");
    const name = steps.pop();
    const file = await (await folderOf(steps, true)).getFileHandle(name, {{ create: true }});
    const stream = await file.createWritable();
    await stream.write(text);
    await stream.close();
  }}
}}"""
READ = f"""async (path) => {{
  {FOLDER}
  const steps = path.split("/");
  const name = steps.pop();
  const file = await (await folderOf(steps, false)).getFileHandle(name);
  return await (await file.getFile()).text();
}}"""


@pytest.fixture(scope="module")
def site_with_editor(built_editor: Path, tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A copy of this process's own, for a test changes the editor's settings."""
    return shutil.copytree(built_editor, tmp_path_factory.mktemp("admin") / "site")


@pytest.fixture(scope="module")
def site_url(site_with_editor: Path) -> Iterator[str]:
    """Of the site with the web editor, in the place of the one without."""
    with served(site_with_editor) as url:
        yield url


@pytest.fixture
def context_options() -> dict[str, Any]:
    return {"locale": "fr-FR", "viewport": {"width": 1440, "height": 900}}


@pytest.fixture
def content(tmp_path: Path) -> Path:
    """A copy of the content, to take over what the editor saved."""
    copied = shutil.copytree(REAL, tmp_path / "content")
    # Or what was published would ask for a correction of each change.
    shutil.rmtree(copied / "editions")
    return copied


@pytest.fixture
def editor(page: Page) -> Page:
    """The editor, signed in to a local repository that holds the content."""
    return editor_of(page, REAL)


def editor_of(page: Page, content: Path) -> Page:
    page.goto("fr/")
    paths = [path for path in content.rglob("*") if path.suffix in (".yml", ".md")]
    files = {f"content/{path.relative_to(content).as_posix()}": path.read_text() for path in paths}
    page.evaluate(FILL, files)
    page.add_init_script(PICK)
    page.goto("admin/")
    page.get_by_role("button", name="Travailler avec un dépôt local").click()
    expect(page.get_by_text("Textes").first).to_be_visible()
    return page


def field(place: Page | Locator, label: str) -> Locator:
    return place.get_by_role("group", name=f"Champ «\u00a0\u2068{label}\u2069")


def pane(editor: Page, language: str) -> Locator:
    return editor.get_by_role("group", name=f"Modifier le contenu en \u2068{language}\u2069")


def save(editor: Page) -> None:
    editor.get_by_role("button", name="Enregistrer").click()
    expect(editor.get_by_text("Entrée enregistrée")).to_be_visible()


def changed_lines(editor: Page, relative: str, content: Path) -> list[str]:
    """What a save changed in a file, which the copy of the content takes over."""
    before = (content / relative).read_text("utf-8")
    after = editor.evaluate(READ, f"content/{relative}")
    (content / relative).write_text(after, "utf-8", newline="")
    lines = difflib.ndiff(before.splitlines(), after.splitlines())
    return [line for line in lines if line[0] in "+-"]


def errors(content: Path) -> list[str]:
    return [str(problem) for problem in check(content)[1] if problem.is_error]


def test_a_new_title_is_one_line(editor: Page, content: Path) -> None:
    editor.get_by_text("Où vont les déplacés", exact=True).click()
    box = field(pane(editor, "Français"), "Titre (title)").get_by_role("textbox")
    expect(box).to_have_value("Où vont les déplacés")
    box.fill("Où sont les déplacés")
    save(editor)
    assert changed_lines(editor, "sections/fr/displaced.md", content) == [
        '- title: "Où vont les déplacés"',
        '+ title: "Où sont les déplacés"',
    ]
    assert changed_lines(editor, "sections/en/displaced.md", content) == []
    assert errors(content) == []


def test_a_new_word_in_a_text_is_one_line(editor: Page, content: Path) -> None:
    path = "sections/en/displaced.md"
    text = (content / path).read_text("utf-8").split("---\n", 2)[2].strip()
    editor.get_by_text("Où vont les déplacés", exact=True).click()
    box = field(pane(editor, "Anglais"), "Texte (body)").get_by_role("textbox")
    expect(box).to_have_value(text)
    box.fill(f"Later, {text}")
    save(editor)
    first = text.split("\n")[0]
    assert changed_lines(editor, path, content) == [f"- {first}", f"+ Later, {first}"]
    assert errors(content) == []


def test_a_new_figure_is_one_line_once_it_is_laid_out(editor: Page, content: Path) -> None:
    """The editor writes blocks, of more lines than the short layout; `reperes fmt` joins them."""
    before = (content / "facts/figures.yml").read_text("utf-8")
    editor.goto(FIGURES)
    editor.get_by_role("button", name="Développer", exact=True).nth(1).click()
    box = field(editor, "Valeur (value)").get_by_role("textbox")
    expect(box).to_have_value("270000..330000 person")
    box.fill("270000..340000 person")
    save(editor)
    lines = changed_lines(editor, "facts/figures.yml", content)
    assert '+     value: "270000..340000 person"' in lines
    assert errors(content) == []
    assert format_files(content).changed != ()
    after = before.replace("270000..330000", "270000..340000")
    assert (content / "facts/figures.yml").read_text("utf-8") == after


def test_a_figure_in_another_form_is_not_saved(editor: Page) -> None:
    editor.goto(FIGURES)
    editor.get_by_role("button", name="Développer", exact=True).nth(1).click()
    box = field(editor, "Valeur (value)").get_by_role("textbox")
    box.fill("270 000..340 000 person")
    editor.get_by_role("button", name="Enregistrer").click()
    expect(box).to_have_attribute("aria-invalid", "true")
    saved = editor.evaluate(READ, "content/facts/figures.yml")
    assert saved == (REAL / "facts/figures.yml").read_text("utf-8")


def test_a_text_of_several_lines_is_laid_out_as_fmt_does(editor: Page, content: Path) -> None:
    editor.get_by_text("Où vont les déplacés", exact=True).click()
    text = "Combien ils étaient selon l’ONU,\n  où ils allaient \n\net ce qui les attendait."
    field(pane(editor, "Français"), "Résumé (summary)").get_by_role("textbox").fill(text)
    save(editor)
    assert len(changed_lines(editor, "sections/fr/displaced.md", content)) > 2
    assert errors(content) == []
    assert format_files(content, write=False).changed == ()


def test_a_save_that_keeps_empty_fields_is_understood(
    editor: Page, content: Path, site_with_editor: Path
) -> None:
    """The editor with its own habits: every empty field written, no quotation marks."""
    settings = site_with_editor / "admin" / "config.yml"
    ours = settings.read_text("utf-8")
    replace_in(settings, "omit_empty_optional_fields: true", "omit_empty_optional_fields: false")
    replace_in(settings, "quote: double", "quote: none")
    editor.reload()
    editor.goto(FIGURES)
    editor.get_by_role("button", name="Tout développer").click()
    field(editor, "Valeur (value)").first.get_by_role("textbox").fill("270000..340000 person")
    save(editor)
    settings.write_text(ours, "utf-8")
    lines = changed_lines(editor, "facts/figures.yml", content)
    assert "+     as_of: ''" in lines or '+     as_of: ""' in lines
    assert errors(content) == []
    assert format_files(content).changed != ()
    before = (REAL / "facts/figures.yml").read_text("utf-8")
    after = before.replace("270000..330000", "270000..340000")
    assert (content / "facts/figures.yml").read_text("utf-8") == after


TO_SAVE = {
    "facts": ("figures", "events", "claims", "quotations"),
    "bearings": ("actors", "places", "terms", "sources"),
}
"""Files of which an entry is changed, by their list in the menu."""


@pytest.mark.parametrize("layout", ["long", "short"])
def test_a_save_loses_nothing(
    page: Page, tmp_path: Path, site_with_editor: Path, layout: str
) -> None:
    """Of the toy explainer, which has every kind of entry, several values and several sources."""
    content = shutil.copytree(TOY, tmp_path / "content")
    site_file = content / "site.yml"
    replace_in(site_file, "https://example.org/ferry.git", "https://github.com/example/ferry")
    site_file.write_text(f'{site_file.read_text("utf-8")}layout: "{layout}"\n', "utf-8")
    format_files(content)
    explainer = load(content).explainer
    settings = site_with_editor / "admin" / "config.yml"
    ours = settings.read_text("utf-8")
    made = editor_settings(explainer, "content", typed_files(content))
    settings.write_text(as_yaml(made), "utf-8")
    editor = editor_of(page, content)
    for collection, names in TO_SAVE.items():
        for name in names:
            path = next(kind.path for kind in KINDS if kind.root == name)
            editor.goto(f"admin/#/collections/{collection}/entries/{name}")
            label = explainer.locales["fr"].label(f"editor.{name}")
            expect(editor.get_by_text(f"› {label}")).to_be_visible()
            editor.get_by_role("button", name="Tout développer").last.click()
            box = field(editor, "Identifiant (id)").first.get_by_role("textbox")
            before = yaml.safe_load((content / path).read_text("utf-8"))
            entry_id = box.input_value()
            box.fill(f"{entry_id}_2")
            save(editor)
            expect(editor.get_by_text("Entrée enregistrée")).to_be_hidden()
            changed_lines(editor, path, content)
            after = yaml.safe_load((content / path).read_text("utf-8"))
            assert differences(before, after) == [(entry_id, f"{entry_id}_2")]
    settings.write_text(ours, "utf-8")


def differences(before: Any, after: Any) -> list[tuple[Any, Any]]:
    """What a value has where another has something else."""
    if isinstance(before, dict) and isinstance(after, dict):
        keys = dict.fromkeys((*before, *after))
        pairs = [(before.get(key), after.get(key)) for key in keys]
    elif isinstance(before, list) and isinstance(after, list):
        pairs = [*itertools.zip_longest(before, after)]
    else:
        return [] if before == after else [(before, after)]
    return [found for pair in pairs for found in differences(*pair)]
