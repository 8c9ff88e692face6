"""The last site, kept beside the published one: what of it is taken for unchanged."""

from __future__ import annotations

import errno
import os
import shutil
from collections.abc import Callable
from pathlib import Path

import pytest

from reperes.site.kept_site import (
    follow,
    is_same,
    manifest_of,
    remove_others,
    unchanged,
)
from reperes.text.files import write_all, write_text
from support_commands import snapshot

SITE = {
    "index.html": b"root",
    "fr/index.html": b"overview",
    "fr/talks/index.html": b"talks",
    "assets/site.css": b"styles",
}


@pytest.fixture
def site(tmp_path: Path) -> Path:
    write_all({tmp_path / "site" / name: data for name, data in SITE.items()})
    return tmp_path / "site"


@pytest.fixture(params=["links", "copies"])
def kept(request: pytest.FixtureRequest, site: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """The site as it is kept, on a filesystem with links and on one without."""

    def refuse(*_: object) -> None:
        raise OSError(errno.EPERM, "Operation not permitted")

    if request.param == "copies":
        monkeypatch.setattr(os, "link", refuse)
    follow(site, site.with_name("kept"))
    return site.with_name("kept")


def test_a_site_is_kept_as_links(site: Path, tmp_path: Path) -> None:
    follow(site, tmp_path / "kept")
    assert snapshot(tmp_path / "kept") == SITE
    assert all((tmp_path / "kept" / name).samefile(site / name) for name in SITE)


def test_it_is_copied_where_links_are_refused(kept: Path, site: Path) -> None:
    assert snapshot(kept) == SITE
    times = [path.stat().st_mtime_ns for path in (kept / "index.html", site / "index.html")]
    assert times[0] == times[1]


def test_both_are_the_same(kept: Path, site: Path) -> None:
    assert is_same(site, manifest_of(kept, {}))


def test_what_is_said_of_the_files_need_not_be_asked_twice(site: Path, tmp_path: Path) -> None:
    states = follow(site, tmp_path / "kept")
    assert manifest_of(tmp_path / "kept", {}, states) == manifest_of(tmp_path / "kept", {})


def later(path: Path) -> None:
    """As it would be some time after: a clock may not tell two changes of one moment apart."""
    state = path.stat()
    os.utime(path, ns=(state.st_atime_ns, state.st_mtime_ns + 1_000_000))


def change_in_place(folder: Path) -> None:
    with (folder / "fr/index.html").open("r+b") as opened:
        opened.write(b"OVERVIEW")  # as long as before
    later(folder / "fr/index.html")


def replace_one(folder: Path) -> None:
    (folder / "fr/index.html").unlink()
    (folder / "fr/index.html").write_bytes(b"OVERVIEW")
    later(folder / "fr/index.html")


def remove_one(folder: Path) -> None:
    (folder / "fr/index.html").unlink()


def add_one(folder: Path) -> None:
    (folder / "fr/new.html").write_bytes(b"new")


def remove_all(folder: Path) -> None:
    shutil.rmtree(folder)


HARMS = [change_in_place, replace_one, remove_one, add_one, remove_all]


@pytest.mark.parametrize("harm", HARMS)
def test_a_difference_is_seen(kept: Path, site: Path, harm: Callable[[Path], None]) -> None:
    manifest = manifest_of(kept, {})
    harm(site)
    assert not is_same(site, manifest)


@pytest.mark.parametrize(
    ("harm", "gone"),
    [
        (change_in_place, {"fr/index.html"}),
        (replace_one, {"fr/index.html"}),
        (remove_one, {"fr/index.html"}),
        (add_one, set()),
        (remove_all, set(SITE)),
    ],
)
def test_what_was_harmed_is_not_unchanged(
    kept: Path, harm: Callable[[Path], None], gone: set[str]
) -> None:
    manifest = manifest_of(kept, {})
    assert unchanged(kept, manifest) == set(SITE)
    harm(kept)
    assert unchanged(kept, manifest) == set(SITE) - gone


def test_a_file_of_another_time_that_holds_the_same_is_unchanged(kept: Path) -> None:
    manifest = manifest_of(kept, {})
    later(kept / "fr/index.html")
    assert unchanged(kept, manifest) == set(SITE)


def test_files_that_are_as_they_were_are_not_read(
    kept: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    manifest = manifest_of(kept, {})
    change_in_place(kept)
    read: list[Path] = []
    read_bytes = Path.read_bytes

    def reading(path: Path) -> bytes:
        read.append(path)
        return read_bytes(path)

    monkeypatch.setattr(Path, "read_bytes", reading)
    found = manifest_of(kept, manifest)
    assert read == [kept / "fr/index.html"]
    assert {name for name in found if found[name] != manifest[name]} == {"fr/index.html"}


def test_a_kept_site_follows_the_next_one(kept: Path, site: Path) -> None:
    (site / "fr/talks/index.html").unlink()
    (site / "fr/talks").rmdir()
    write_text(site / "fr/index.html", "another")
    write_text(site / "en/index.html", "new")
    assert snapshot(kept) == SITE  # until it follows
    follow(site, kept)
    assert snapshot(kept) == snapshot(site)
    assert not (kept / "fr/talks").exists()
    assert is_same(site, manifest_of(kept, {}))


def test_to_write_into_the_kept_site_leaves_the_published_one(kept: Path, site: Path) -> None:
    write_text(kept / "index.html", "next")
    assert snapshot(site) == SITE


def test_a_file_becomes_a_folder_and_a_folder_a_file(kept: Path, site: Path) -> None:
    (site / "index.html").unlink()
    shutil.rmtree(site / "fr")
    write_text(site / "index.html/index.html", "a folder")
    write_text(site / "fr", "a file")
    follow(site, kept)
    assert snapshot(kept) == snapshot(site)


def test_only_what_is_wanted_remains(site: Path) -> None:
    (site / "empty/folder").mkdir(parents=True)
    remove_others(site, frozenset({"fr/talks/index.html", "nowhere.html"}))
    assert snapshot(site) == {"fr/talks/index.html": b"talks"}
    assert [path.name for path in site.iterdir()] == ["fr"]


def test_what_a_link_leads_to_is_never_removed(site: Path, tmp_path: Path) -> None:
    write_text(tmp_path / "elsewhere/letter.txt", "dear")
    (site / "fr/link").symlink_to(tmp_path / "elsewhere")
    remove_others(site, frozenset())
    assert list(site.iterdir()) == []
    assert (tmp_path / "elsewhere/letter.txt").read_text() == "dear"
