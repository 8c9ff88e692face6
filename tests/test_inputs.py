"""The digests of all that a site is made of: what changes them, and what does not."""

from __future__ import annotations

import os
import shutil
import sys
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest

from reperes import paths
from reperes.site.inputs import digest_of_content, digest_of_program
from reperes.text.digests import digests_of_files
from support import toy_copy


@pytest.fixture
def content() -> Iterator[Path]:
    with toy_copy() as copy:
        yield Path(copy.name)


def digest_of(content: Path) -> str:
    return digest_of_content(content, digests_of_files(content))


def append(content: Path) -> None:
    with (content / "sections/fr/closure.md").open("a") as opened:
        opened.write("\n")


def add(content: Path) -> None:
    (content / "sections/fr/new.md").touch()


def remove(content: Path) -> None:
    (content / "sections/fr/closure.md").unlink()


def rename(content: Path) -> None:
    (content / "sections/fr/closure.md").rename(content / "sections/fr/closed.md")


def swap(content: Path) -> None:
    """The same names and the same texts, but each under the other's."""
    folder = content / "sections"
    (folder / "fr").rename(folder / "x")
    (folder / "en").rename(folder / "fr")
    (folder / "x").rename(folder / "en")


def move_a_line(content: Path) -> None:
    """The same bytes in the same order, of which a file has more and the next one less."""
    first, second = sorted((content / "sections/fr").glob("*.md"))[:2]
    moved = second.read_bytes()
    first.write_bytes(first.read_bytes() + moved[:1])
    second.write_bytes(moved[1:])


def unreadable(content: Path) -> None:
    path = content / "sections/fr/closure.md"
    path.unlink()
    path.symlink_to("nowhere.md")


CHANGES = [append, add, remove, rename, swap, move_a_line, unreadable]


@pytest.mark.parametrize("change", CHANGES)
def test_a_change_of_the_content_is_seen(content: Path, change: Callable[[Path], None]) -> None:
    before = digest_of(content)
    change(content)
    assert digest_of(content) != before


def touch(content: Path) -> None:
    os.utime(content / "site.yml", (1, 1))


def hide(content: Path) -> None:
    (content / ".hidden.md.swp").write_text("x")
    (content / ".git").mkdir()
    (content / ".git/config").write_text("x")


def copy(content: Path) -> None:
    """A copy, in which a disk may give the files in another order."""
    content.rename("other")
    for path in sorted(Path("other").rglob("*"), reverse=True):
        if path.is_file():
            target = content / path.relative_to("other")
            target.parent.mkdir(parents=True, exist_ok=True)
            shutil.copyfile(path, target)


@pytest.mark.parametrize("change", [touch, hide, copy])
def test_what_is_no_change_of_the_content_is_none(
    content: Path, change: Callable[[Path], None]
) -> None:
    before = digest_of(content)
    change(content)
    assert digest_of(content) == before


def test_messages_name_files_as_they_were_typed(content: Path) -> None:
    assert digest_of(content) != digest_of(content.resolve())


def test_a_folder_that_is_not_there_has_a_digest(tmp_path: Path) -> None:
    assert digest_of(tmp_path / "nowhere") != digest_of(tmp_path)


# The program


@pytest.fixture
def program(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Iterator[Path]:
    """A program of a few files, in the place of ours."""
    for name, text in {
        "package/a.py": "a = 1\n",
        "package/templates/page.html.jinja": "<p>",
        "overrides/main.html": "<main>",
        "assets/site.css": "p{}",
        "mkdocs.yml": "theme: x\n",
        "packages/mkdocs-1.6.1.dist-info/METADATA": "",
    }.items():
        (tmp_path / name).parent.mkdir(parents=True, exist_ok=True)
        (tmp_path / name).write_text(text)
    monkeypatch.setattr(paths, "PACKAGE", tmp_path / "package")
    monkeypatch.setattr(paths, "OVERRIDES", tmp_path / "overrides")
    monkeypatch.setattr(paths, "ASSETS", tmp_path / "assets")
    monkeypatch.setattr(paths, "SETTINGS", tmp_path / "mkdocs.yml")
    monkeypatch.setattr(sys, "path", [str(tmp_path / "packages"), "", str(tmp_path / "nowhere")])
    digest_of_program.cache_clear()
    yield tmp_path
    digest_of_program.cache_clear()


def digest_now() -> str:
    digest_of_program.cache_clear()
    return digest_of_program()


@pytest.mark.parametrize(
    "name",
    [
        "package/a.py",
        "package/new.py",
        "package/templates/page.html.jinja",
        "overrides/main.html",
        "assets/site.css",
        "mkdocs.yml",
    ],
)
def test_a_change_of_the_program_is_seen(program: Path, name: str) -> None:
    before = digest_now()
    (program / name).write_text("other")
    assert digest_now() != before


def test_another_version_of_a_package_is_seen(program: Path) -> None:
    before = digest_now()
    (program / "packages/mkdocs-1.6.1.dist-info").rename(
        program / "packages/mkdocs-1.6.2.dist-info"
    )
    assert digest_now() != before


def test_another_python_is_seen(program: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    before = digest_now()
    monkeypatch.setattr(sys, "version", "3.99")
    assert digest_now() != before


def test_compiled_code_is_no_change(program: Path) -> None:
    before = digest_now()
    (program / "package/__pycache__").mkdir()
    (program / "package/__pycache__/a.cpython-311.pyc").write_bytes(b"x")
    assert digest_now() == before


def test_the_digest_is_worked_out_once(program: Path) -> None:
    before = digest_of_program()
    (program / "package/a.py").write_text("other")
    assert digest_of_program() == before
