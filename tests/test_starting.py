"""`reperes new`: what it writes is whole and honest, in any languages; what it asks and refuses."""

from __future__ import annotations

import re
import tomllib
from collections.abc import Sequence
from datetime import date
from pathlib import Path

import pytest
from click.testing import CliRunner, Result

from reperes import __version__
from reperes.cli.main import main
from reperes.language.wording import shipped_languages
from reperes.model.entries import EVIDENCE_WORDS
from reperes.model.explainer import Explainer
from reperes.model.loading import load
from reperes.rules.checking import check
from reperes.text.problems import ContentError
from reperes.tools.source_check import check_source
from reperes.tools.starting import LOCALES, REPOSITORY, TITLES, new_explainer
from reperes.translation.stamping import stamp
from reperes.translation.status import translation_status
from support_commands import snapshot

ROOT = Path(__file__).parent.parent
EVERY_CHOICE = [("fr", "en"), ("en", "fr"), ("fr",), ("en",)]
TODAY = date(2026, 3, 1)


def begin(folder: Path, languages: Sequence[str] = ("fr", "en"), title: str | None = None) -> Path:
    """A new explainer's content."""
    new_explainer(
        folder, languages, {c: TITLES[c] if title is None else title for c in languages}, TODAY
    )
    return folder / "content"


def explainer_of(content: Path) -> Explainer:
    explainer = load(content).explainer
    assert explainer is not None
    return explainer


def run(*arguments: str, input: str | None = None) -> Result:
    return CliRunner(catch_exceptions=False).invoke(main, ["new", *arguments], input=input)


@pytest.fixture
def here(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    monkeypatch.chdir(tmp_path)
    return tmp_path


@pytest.mark.parametrize("languages", EVERY_CHOICE, ids=",".join)
def test_whatever_the_languages_there_is_no_problem(tmp_path: Path, languages: list[str]) -> None:
    content = begin(tmp_path / "ferry", languages)
    explainer, problems = check(content)
    assert list(problems) == []
    assert explainer is not None
    assert explainer.languages == tuple(languages)
    assert check_source(explainer, "note", tmp_path / "ferry" / "note.txt") == []
    for status in translation_status(explainer):
        assert list(status.findings) == []


@pytest.mark.parametrize("languages", EVERY_CHOICE, ids=",".join)
def test_there_is_one_of_each_kind_in_every_language(tmp_path: Path, languages: list[str]) -> None:
    explainer = explainer_of(begin(tmp_path / "ferry", languages))
    kinds = (explainer.sources, explainer.actors, explainer.places, explainer.terms)
    facts = (explainer.figures, explainer.events, explainer.claims, explainer.corrections)
    assert [len(entries) for entries in (*kinds, *facts)] == [1] * 8
    assert [[*explainer.sections[code]] for code in languages] == [["example"]] * len(languages)


@pytest.mark.parametrize("languages", EVERY_CHOICE, ids=",".join)
def test_nothing_is_left_of_the_templates_or_of_another_language(
    tmp_path: Path, languages: list[str]
) -> None:
    folder = tmp_path / "ferry"
    begin(folder, languages)
    texts = {name: data.decode() for name, data in snapshot(folder).items()}
    for text in texts.values():
        assert not re.search(r"@[a-z.]+@|^ *# (fr|en): | # (fr|en)$", text, re.MULTILINE)
    content = "\n".join(text for name, text in texts.items() if name.startswith("content/"))
    keys = re.findall(r"^ +(fr|en):", content, re.MULTILINE)
    assert set(keys) == set(languages)
    assert keys == [*languages] * (len(keys) // len(languages))


def test_every_file_of_it(tmp_path: Path) -> None:
    begin(tmp_path / "one", ["en"])
    names = set(snapshot(tmp_path / "one"))
    assert {name for name in names if not name.startswith(("content/", ".vscode/schemas/"))} == {
        ".editorconfig",
        ".gitattributes",
        ".github/workflows/check.yml",
        ".github/workflows/publish.yml",
        ".gitignore",
        ".vscode/extensions.json",
        ".vscode/settings.json",
        "README.md",
        "note.txt",
        "requirements.txt",
    }
    begin(tmp_path / "two", ["en", "fr"])
    assert set(snapshot(tmp_path / "two")) - names == {
        "README.fr.md",
        "content/interface/fr.yml",
        "content/sections/fr/example.md",
        "content/translations/fr/example.po",
        "content/translations/fr/facts.po",
    }


def test_what_it_says_of_itself_is_true(tmp_path: Path) -> None:
    explainer = explainer_of(begin(tmp_path / "ferry"))
    assert explainer.figures["quoted_words"].high == EVIDENCE_WORDS
    assert explainer.events["beginning"].date.text == "2026-03-01"
    note = (tmp_path / "ferry" / "note.txt").read_text("utf-8").splitlines()
    assert note[2] == "Ce dossier a été commencé le 1er mars 2026."
    assert f"version {__version__}," in explainer.sources["note"].reference["fr"]


def test_it_is_set_up_as_we_are(tmp_path: Path) -> None:
    folder = tmp_path / "ferry"
    begin(folder)
    ours, theirs = snapshot(ROOT / ".vscode"), snapshot(folder / ".vscode")
    assert {name: theirs[name] for name in ours} == ours
    project = tomllib.loads((ROOT / "pyproject.toml").read_text("utf-8"))["project"]
    assert project["urls"]["Source"] == REPOSITORY
    assert (folder / "requirements.txt").read_text().splitlines()[-1] == f"reperes=={__version__}"
    for guide in ("CONTRIBUTING.md", "CONTRIBUTING.fr.md"):
        assert (ROOT / guide).is_file()
        links = [(folder / name).read_text("utf-8") for name in ("README.md", "README.en.md")]
        assert f"{REPOSITORY}/blob/main/{guide})" in "".join(links)


def test_every_language_of_the_program_can_be_begun_in() -> None:
    assert sorted(LOCALES) == sorted(TITLES) == shipped_languages()


@pytest.mark.parametrize(
    "title", ["L’île", 'The "last" ferry', "Élections 2027 : 60 %", "a \\ b # c", "-", "@today@"]
)
def test_a_title_is_kept_as_it_was_typed(tmp_path: Path, title: str) -> None:
    content = begin(tmp_path / "ferry", title=title)
    explainer, problems = check(content)
    assert list(problems) == []
    assert explainer is not None
    assert explainer.site.title["en"] == title
    assert (tmp_path / "ferry" / "README.md").read_text("utf-8").startswith(f"# {title}\n")


@pytest.mark.parametrize("languages", [["fr", "en"], ["en", "fr"]])
def test_each_readme_stamps_what_is_a_translation(tmp_path: Path, languages: list[str]) -> None:
    content = begin(tmp_path / "ferry", languages)
    readmes = sorted((tmp_path / "ferry").glob("README*.md"))
    assert len(readmes) == 2
    for readme in readmes:
        named = re.findall(r"`(\w\w/\w+)`", readme.read_text("utf-8"))
        assert len(named) == 2
        stamp(content, named)


def test_a_readme_of_one_language_speaks_of_no_translation(tmp_path: Path) -> None:
    begin(tmp_path / "ferry", ["fr"])
    text = (tmp_path / "ferry" / "README.md").read_text("utf-8")
    assert "stamp" not in text
    assert "@" not in text


def test_what_is_wrong_with_a_title_is_said_where_it_would_stand(tmp_path: Path) -> None:
    folder = tmp_path / "ferry"
    with pytest.raises(ContentError) as refused:
        begin(folder, title="")
    assert {problem.place.path for problem in refused.value.problems} == {
        str(folder / "content/site.yml")
    }


def test_it_asks_for_what_it_is_not_told(here: Path) -> None:
    asked = run("ferry", input="de\nen,fr\nThe ferry\n\n")
    assert asked.exit_code == 0
    assert asked.stdout == (
        "Languages, the original first [fr,en]: de\n"
        'Error: no wording for "de"; the program has en, fr\n'
        "Languages, the original first [fr,en]: en,fr\n"
        "Title (en) [A first explainer]: The ferry\n"
        "Title (fr) [Un premier dossier]: \n"
        "wrote 42 files into ferry\n"
    )
    assert asked.stderr == (
        "look at it with `reperes serve --content ferry/content`;"
        " ferry/README.md says how to make it yours\n"
    )
    explainer = explainer_of(here / "ferry" / "content")
    assert dict(explainer.site.title) == {"en": "The ferry", "fr": "Un premier dossier"}


def test_told_a_title_it_asks_how_the_other_language_says_it(here: Path) -> None:
    asked = run("ferry", "--languages", "fr,en", "--title", "Le bac", input="\n")
    assert asked.stdout.startswith("Title (en) [Le bac]: \n")
    assert dict(explainer_of(here / "ferry" / "content").site.title) == {
        "fr": "Le bac",
        "en": "Le bac",
    }


def test_told_everything_it_asks_nothing(here: Path) -> None:
    done = run("ferry", "--languages", "fr,en", "--title", "Le bac", "--title", "The ferry")
    assert done.stdout == "wrote 42 files into ferry\n"


def test_a_script_need_not_say_anything(here: Path) -> None:
    assert run("ferry", "--yes").stdout == "wrote 42 files into ferry\n"
    explainer = explainer_of(here / "ferry" / "content")
    assert dict(explainer.site.title) == {"fr": "Un premier dossier", "en": "A first explainer"}


@pytest.mark.parametrize(
    ("arguments", "message"),
    [
        (
            ["--languages", "fr,de"],
            "Invalid value for '--languages': no wording for \"de\"; the program has en, fr",
        ),
        (
            ["--languages", "fr,fr"],
            "Invalid value for '--languages': \"fr\" stands twice; name each language once",
        ),
        (
            ["--languages", ","],
            "Invalid value for '--languages': no language; the program has en, fr",
        ),
        (
            ["--languages", "fr", "--title", "a", "--title", "b"],
            "Invalid value for '--title': 2 titles for 1 language",
        ),
    ],
)
def test_a_command_line_that_cannot_be_meant(
    here: Path, arguments: list[str], message: str
) -> None:
    refused = run("ferry", "--yes", *arguments)
    assert refused.exit_code == 2
    assert refused.stderr.splitlines()[-1] == f"Error: {message}"
    assert not (here / "ferry").exists()


def test_a_folder_that_holds_something_is_left_alone(here: Path) -> None:
    (here / "ferry").mkdir()
    (here / "ferry" / "notes.txt").write_text("mine")
    refused = run("ferry", "--yes")
    assert refused.exit_code == 1
    assert refused.stdout == "ferry:1:1: error: is not empty; name a new folder [new]\n"
    assert snapshot(here / "ferry") == {"notes.txt": b"mine"}


def test_a_file_is_no_folder(here: Path) -> None:
    (here / "ferry").write_text("mine")
    assert run("ferry").stdout == "ferry:1:1: error: is a file; name a new folder [new]\n"


def test_an_empty_repository_may_be_begun_in(here: Path) -> None:
    (here / ".git").mkdir()
    assert run(".", "--yes").exit_code == 0
    assert (here / "content" / "site.yml").is_file()


def test_a_title_that_cannot_be_one_is_shown_where_it_would_stand(here: Path) -> None:
    refused = run("ferry", "--languages", "en", "--title", "The {{ ferry }}")
    assert refused.exit_code == 1
    assert refused.stdout == (
        "ferry/content/site.yml:3:8: error: site title:"
        " plain words only here; put the citation in the summary or text [reference]\n"
    )
    assert not (here / "ferry").exists()


def test_on_a_full_disk_nothing_is_begun(here: Path, small_disk: None) -> None:
    refused = run("ferry", "--yes")
    assert refused.exit_code == 1
    assert refused.stderr.endswith(": File too large; nothing was changed\n")
    assert snapshot(here) == {}
