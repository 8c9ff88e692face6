"""Snapshots of a content: what they hold, and which files are none."""

from __future__ import annotations

import os
import shutil
import stat
import zipfile
from collections.abc import Callable
from pathlib import Path

import pytest

from reperes.model import snapshots
from reperes.model.documents import Folder
from reperes.model.kept_editions import history, opened, problems_of_kept_editions
from reperes.model.loading import load
from reperes.model.snapshots import WAYS_OUT, snapshot_of, unpack
from reperes.model.tracing import Digests, Traces
from reperes.rules.checking import KEPT, check, check_anew
from reperes.site.kept_check import problems_of_content
from reperes.site.publishing import workspace_for
from reperes.text.problems import ContentError, Problem
from reperes.tools.releasing import release
from support_commands import change, explainer_of, messages, snapshot, write_content


@pytest.fixture
def content(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    write_content(tmp_path)
    monkeypatch.chdir(tmp_path)
    return Path("content")


@pytest.fixture
def kept(content: Path) -> Path:
    """The snapshot of the one edition."""
    released = release(content, "2021-04-01", keep=True)
    return Path(released.snapshot)


def problems(content: Path) -> list[Problem]:
    loaded = load(content)
    return [*loaded.problems, *problems_of_kept_editions(loaded.explainer)]


def refusal(message: str) -> str:
    return f"cannot keep edition 1: {message}; {WAYS_OUT}"


def test_a_snapshot_holds_all_of_which_pages_are_made(content: Path, tmp_path: Path) -> None:
    before = snapshot(content)
    for left_out in ("editions/1-aaaaaaaa.zip", "drafts/note.md", ".git/config", "words/.x"):
        path = content / left_out
        path.parent.mkdir(exist_ok=True)
        path.write_text("x", "utf-8")
    (tmp_path / "x.zip").write_bytes(snapshot_of(Folder(content)))
    with zipfile.ZipFile(tmp_path / "x.zip") as archive:
        assert {name: archive.read(name) for name in archive.namelist()} == before


def test_the_same_content_gives_the_same_bytes(content: Path, tmp_path: Path) -> None:
    copy = shutil.copytree(content, tmp_path / "copy")
    assert snapshot_of(Folder(content)) == snapshot_of(Folder(copy))


def test_too_much_is_not_kept(content: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(snapshots, "MOST_BYTES", 3_000_000)
    (content / "notes.txt").write_bytes(b"x" * 4_000_000)
    with pytest.raises(ContentError) as refused:
        release(content, "2021-04-01", keep=True)
    (message,) = messages(refused.value)
    fix = "too much to keep; make pictures smaller, or release without --keep"
    assert message == f"more than 3 MB with the files before it; {fix}"
    assert not (content / "editions").exists()


def test_an_edition_is_opened_as_it_was_at_its_own_address(content: Path, kept: Path) -> None:
    change(content, "facts/figures.yml", 'low: "200"', 'low: "250"')
    now = explainer_of(content)
    with opened(now.snapshots[1], now) as edition:
        assert edition.figures["protesters"].stated.low == 200
        assert edition.site.base_url == "https://example.org/bridge/editions/1/"
        assert edition.shared_url == "https://example.org/bridge/"
        assert edition.editions == now.editions
    assert kept.exists()


def test_what_was_kept_is_not_judged_again(content: Path, kept: Path) -> None:
    sloppy = shutil.copytree(content, Path("sloppy"))
    # The rules would say something of it, and it is nothing that an edition says.
    change(sloppy, "site.yml", "Un pont fermé", "TODO")
    kept.write_bytes(snapshot_of(Folder(sloppy)))
    assert [each.rule for each in check(sloppy)[1]].count("unfinished") == 1
    assert problems(content) == []


def cut(path: Path) -> None:
    path.write_bytes(path.read_bytes()[:-200])


def scratch(path: Path) -> None:
    data = bytearray(path.read_bytes())
    data[200:220] = bytes(20)
    path.write_bytes(bytes(data))


def add(name: str, text: str = "x", mode: int = stat.S_IFREG) -> Callable[[Path], None]:
    def change(path: Path) -> None:
        with zipfile.ZipFile(path, "a") as archive:
            entry = zipfile.ZipInfo(name)
            entry.create_system, entry.external_attr = 3, (mode | 0o644) << 16
            archive.writestr(entry, text)

    return change


NO_FILE = "which is no file of a content folder"


@pytest.mark.parametrize(
    ("damage", "message"),
    [
        (lambda path: path.write_bytes(b""), "it is damaged (File is not a zip file)"),
        (cut, "it is damaged (File is not a zip file)"),
        (add("../outside.yml"), f'it holds "../outside.yml", {NO_FILE}'),
        (add("/etc/passwd"), f'it holds "/etc/passwd", {NO_FILE}'),
        (add("a\\b.yml"), f'it holds "a\\b.yml", {NO_FILE}'),
        (add("c:b.yml"), f'it holds "c:b.yml", {NO_FILE}'),
        (add("facts/"), f'it holds "facts/", {NO_FILE}'),
        (add(".hidden"), f'it holds ".hidden", {NO_FILE}'),
        (add("a//b"), f'it holds "a//b", {NO_FILE}'),
        (add("link", "/etc", stat.S_IFLNK), 'it holds "link", which is a link or a device'),
        (add("Site.yml"), 'it holds "site.yml" twice'),
        (add("site.yml/more"), 'it holds "site.yml" twice'),
        (add("large.yml", "x" * 9_000_000), 'it holds "large.yml" of 9 MB'),
    ],
)
def test_what_is_no_snapshot_is_refused_whole(
    content: Path, kept: Path, tmp_path: Path, damage: Callable[[Path], None], message: str
) -> None:
    damage(kept)
    (problem,) = problems(content)
    assert (problem.place.path, problem.message) == (kept.as_posix(), refusal(message))
    with pytest.raises(ContentError):
        unpack(explainer_of(content).snapshots[1], tmp_path / "target")
    assert not (tmp_path / "target").exists()
    assert not (tmp_path / "outside.yml").exists()


def test_a_pipe_is_no_snapshot(content: Path, kept: Path) -> None:
    kept.unlink()
    os.mkfifo(kept)
    (problem,) = problems(content)
    assert problem.message == refusal("it is no file")


def test_a_scratched_snapshot_is_refused(content: Path, kept: Path) -> None:
    scratch(kept)
    (problem,) = problems(content)
    assert problem.message.startswith("cannot keep edition 1: it is damaged (")


def test_much_that_packs_into_little_is_refused(
    content: Path, kept: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(snapshots, "MOST_BYTES", 3_000_000)
    for name in ("one", "two"):
        add(name, "x" * 2_000_000)(kept)
    (problem,) = problems(content)
    assert problem.message == refusal("it holds more than 3 MB")


def test_another_content_is_refused(content: Path, kept: Path, tmp_path: Path) -> None:
    other = write_content(tmp_path / "other")
    change(other, "facts/figures.yml", 'low: "200"', 'low: "250"')
    kept.write_bytes(snapshot_of(Folder(other)))
    (problem,) = problems(content)
    said = "it holds another content than what was released (figure protesters)"
    assert problem.message == refusal(said)


def test_a_content_that_does_not_load_is_refused(content: Path, kept: Path, tmp_path: Path) -> None:
    other = write_content(tmp_path / "other")
    (other / "places.yml").write_text("places:\n  - id: [\n", "utf-8")
    kept.write_bytes(snapshot_of(Folder(other)))
    (problem,) = problems(content)
    start = "cannot keep edition 1: this version of the program does not read it"
    assert problem.message.startswith(f"{start} (places.yml:")
    (other / "site.yml").unlink()
    kept.write_bytes(snapshot_of(Folder(other)))
    (problem,) = problems(content)
    assert problem.message.startswith(f"{start} (")


def test_a_snapshot_without_its_edition_is_refused(content: Path, kept: Path) -> None:
    kept.with_suffix(".json").unlink()
    (problem,) = load(content).problems
    fix = f"bring back editions/{kept.stem}.json, or remove this file"
    assert problem.place.path == kept.as_posix()
    assert problem.message == f"is the snapshot of an edition that is not recorded; {fix}"


def test_a_snapshot_of_an_edition_that_cannot_be_read_is_not_missed(
    content: Path, kept: Path
) -> None:
    kept.with_suffix(".json").write_text("{", "utf-8")
    (problem,) = load(content).problems
    assert "as it is no JSON" in problem.message


def test_the_check_looks_at_a_snapshot_once(content: Path, kept: Path) -> None:
    explainer, clean = explainer_of(content), Traces()
    said = check_anew(explainer, [], clean, Digests(explainer))
    assert KEPT in clean
    # Nobody looks again at an explainer that was read before this.
    kept.write_bytes(b"")
    assert check_anew(explainer, [], clean, Digests(explainer)) == said
    changed = explainer_of(content)
    (problem,) = {*check_anew(changed, [], clean, Digests(changed))} - {*said}
    assert problem.message == refusal("it is damaged (File is not a zip file)")


def test_the_command_finds_it(content: Path, kept: Path) -> None:
    workspace = workspace_for(content.resolve(), Path("site").resolve())
    assert not [each for each in problems_of_content(content, workspace, False) if each.is_error]
    kept.write_bytes(b"")
    found = problems_of_content(content, workspace, False)
    assert refusal("it is damaged (File is not a zip file)") in [each.message for each in found]


def test_an_edition_is_kept_later_while_nothing_has_changed(content: Path) -> None:
    first = release(content, "2021-04-01")
    assert (first.is_new, first.snapshot) == (True, "")
    again = release(content, "2021-04-02", keep=True)
    assert (again.is_new, again.edition.number) == (False, 1)
    assert sorted(path.name for path in (content / "editions").iterdir()) == [
        f"1-{first.edition.digest}.json",
        f"1-{first.edition.digest}.zip",
    ]
    with pytest.raises(ContentError) as refused:
        release(content, "2021-04-03", keep=True)
    assert messages(refused.value) == ["edition 1 says all of this; there is nothing to release"]


def test_nothing_is_kept_in_a_dry_run(content: Path) -> None:
    release(content, "2021-04-01", write=False, keep=True)
    assert not (content / "editions").exists()


def test_an_edition_stands_on_those_of_its_own_branch(content: Path) -> None:
    first = release(content, "2021-04-01").edition
    copy = shutil.copytree(content, Path("copy"))
    for each, word in ((content, "Protestataires"), (copy, "Marcheurs")):
        change(each, "facts/figures.yml", '"Manifestants"', f'"{word}"')
        # The correction that the check would ask for is not what is looked at here.
        change(each, "corrections.yml", "corrections:\n", CORRECTION)
        release(each, "2021-05-01", keep=True)
    for path in (copy / "editions").iterdir():
        shutil.copy(path, content / "editions" / path.name)
    ledger = explainer_of(content).editions
    assert [edition.number for edition in ledger.editions] == [1, 2, 2]
    for edition in ledger.editions[1:]:
        assert history(ledger, edition.digest).editions == (ledger.editions[0], edition)
    assert first.digest == ledger.editions[0].digest
    # One of the two stands at editions/2/, whichever is last in the ledger; both can be read.
    assert problems(content) == []


CORRECTION = """\
corrections:
  - id: "protesters_1"
    day: "2021-04-20"
    kind: "clarification"
    target: "protesters"
    edition: "1"
    before:
      fr: "Manifestants"
      en: "Protesters"
    after:
      fr: "Participants"
      en: "Protesters"
    reason:
      fr: "Le mot de la source."
      en: "The word of the source."
"""
