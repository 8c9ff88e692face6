"""A content read again: what is not read anew, and that it comes out as if it were."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import dataclass, fields
from pathlib import Path

import pytest

from reperes.model import rereading
from reperes.model.documents import Folder
from reperes.model.explainer import Explainer
from reperes.model.loading import load
from reperes.model.rereading import Reading, read_content
from reperes.model.tracing import (
    OF_ENTRIES,
    OF_ONE_SECTION,
    Digests,
    Read,
    TracedExplainer,
    carried_over,
)
from reperes.pages import page_ids, render_page
from reperes.rules import check_rest, check_section
from reperes.text.digests import digest_of_bytes
from reperes.text.problems import Place
from reperes.text.store import packed, unpacked
from support import REAL, replace_in, toy, toy_copy

SECTION = "sections/fr/closure.md"
TRANSLATION = "sections/en/closure.md"
BASELINE = "translations/en/closure.po"


@dataclass
class Folders:
    """A content, the reading of it that was kept, and the files that are read from now on."""

    content: Path
    kept: Reading
    files: list[str]

    def again(self) -> Reading:
        self.files.clear()
        return read_content(self.content, self.kept)


@pytest.fixture
def folders(monkeypatch: pytest.MonkeyPatch) -> Iterator[Folders]:
    files: list[str] = []
    data = Folder.data

    def noted(folder: Folder, relative: str, **advice: str) -> bytes:
        files.append(relative)
        return data(folder, relative, **advice)

    monkeypatch.setattr(Folder, "data", noted)
    with toy_copy() as copy:
        content = Path(copy.name)
        kept = read_content(content)
        assert kept.is_sound
        assert kept.is_worth_keeping
        yield Folders(content, unpacked(packed(kept)), files)


def same(one: Explainer, other: Explainer) -> bool:
    """Whether two explainers are told apart by nothing, not even by where a text stands."""
    names = (each.name for each in fields(Explainer) if each.name != "locales")
    return places(one) == places(other) and all(
        repr(getattr(one, name)) == repr(getattr(other, name)) for name in names
    )


def places(explainer: Explainer) -> list[Place]:
    sections = (section for found in explainer.sections.values() for section in found.values())
    marks = (mark for found in explainer.marks.values() for mark in found)
    texts = (text for found in explainer.yaml_texts.values() for text in found.values())
    found = [text.place for section in sections for text in section.texts]
    return [*found, *(mark.place for mark in marks), *(text.place for text in texts)]


def test_nothing_is_read_where_nothing_has_changed(folders: Folders) -> None:
    again = folders.again()
    assert again.explainer is folders.kept.explainer
    assert folders.files == []
    assert not again.is_worth_keeping


@pytest.mark.parametrize("original", [toy(), load(REAL).explainer])
def test_what_is_kept_is_the_same(original: Explainer) -> None:
    kept: Explainer = unpacked(packed(original))
    assert same(kept, original)
    for code, locale in original.locales.items():
        assert kept.locales[code].wording == locale.wording
        assert kept.locales[code].units == locale.units


def reword(content: Path) -> None:
    path = content / SECTION
    path.write_text(path.read_text("utf-8") + "\nUn mot de plus.\n", "utf-8")


def retitle(content: Path) -> None:
    replace_in(content / TRANSLATION, '"A line that closes"', '"A line that has closed"')


def forget_a_paragraph(content: Path) -> None:
    path = content / BASELINE
    path.write_text(path.read_text("utf-8").rstrip().rpartition("\n\n")[0] + "\n", "utf-8")


def reword_a_fact(content: Path) -> None:
    replace_in(content / "facts/figures.yml", "Passengers carried", "Travellers carried")


def retitle_the_site(content: Path) -> None:
    path = content / "site.yml"
    path.write_text(path.read_text("utf-8") + "\n# a remark\n", "utf-8")


def drop_a_section(content: Path) -> None:
    for code in ("fr", "en"):
        (content / f"sections/{code}/closure.md").unlink()


EDITS: dict[Callable[[Path], None], set[str]] = {
    reword: {SECTION, TRANSLATION},
    retitle: {SECTION, TRANSLATION},
    forget_a_paragraph: {BASELINE},
}


@pytest.mark.parametrize(("edit", "read"), EDITS.items())
def test_of_sections_only_those_that_changed_are_read(
    folders: Folders, edit: Callable[[Path], None], read: set[str]
) -> None:
    edit(folders.content)
    again = folders.again()
    assert {*folders.files} == read
    assert again.before is folders.kept
    assert same(again.explainer, load(folders.content).explainer)
    assert again.problems == load(folders.content).problems
    assert not same(again.explainer, folders.kept.explainer)


def test_of_other_changes_everything_is_read_but_sections_and_baselines(folders: Folders) -> None:
    reword(folders.content)
    reword_a_fact(folders.content)
    again = folders.again()
    assert SECTION in folders.files
    assert "facts/figures.yml" in folders.files
    assert TRANSLATION not in folders.files
    assert BASELINE not in folders.files
    assert same(again.explainer, load(folders.content).explainer)
    assert again.is_worth_keeping


@pytest.mark.parametrize("edit", [retitle_the_site, drop_a_section])
def test_of_what_concerns_all_sections_all_is_read(
    folders: Folders, edit: Callable[[Path], None]
) -> None:
    edit(folders.content)
    again, fresh = folders.again(), load(folders.content)
    assert again.problems == fresh.problems
    assert same(again.explainer, fresh.explainer)


@pytest.mark.parametrize(
    ("file", "old", "new"),
    [
        (SECTION, 'id: "closure"', 'id: "closed"'),
        (SECTION, "---", "--"),
        (TRANSLATION, 'original: "fr"', 'original: "de"'),
    ],
)
def test_what_is_wrong_is_said_as_if_all_were_read(
    folders: Folders, file: str, old: str, new: str
) -> None:
    path = folders.content / file
    path.write_text(path.read_text("utf-8").replace(old, new, 1), "utf-8")
    again = folders.again()
    assert again.problems
    assert [*again.problems] == [*load(folders.content).problems]
    assert not again.is_worth_keeping


def test_an_unknown_id_in_a_section_is_said_as_if_all_were_read(folders: Folders) -> None:
    path = folders.content / SECTION
    path.write_text(path.read_text("utf-8") + "\n{{ nowhere }}\n", "utf-8")
    assert [str(each) for each in folders.again().problems] == [
        str(each) for each in load(folders.content).problems
    ]


def test_another_name_of_the_folder_is_another_reading(folders: Folders) -> None:
    again = read_content(folders.content.resolve().parent / "content", folders.kept)
    assert again.explainer is folders.kept.explainer
    moved = folders.content.rename("moved")
    assert read_content(moved, folders.kept).explainer is not folders.kept.explainer


def test_a_file_that_changes_while_it_is_read_is_seen_the_next_time(
    folders: Folders, monkeypatch: pytest.MonkeyPatch
) -> None:
    before = (folders.content / SECTION).read_bytes()
    digests = rereading.digests_of_files

    def then_save(folder: Path) -> dict[str, bytes]:
        found = digests(folder)
        reword(folder)
        return found

    (folders.content / SECTION).write_bytes(before + b"\nEt encore.\n")
    with monkeypatch.context() as patch:
        patch.setattr(rereading, "digests_of_files", then_save)
        again = folders.again()
    assert again.files[SECTION] == digest_of_bytes((folders.content / SECTION).read_bytes())
    (folders.content / SECTION).write_bytes(before + b"\nEt encore.\n")
    last = read_content(folders.content, again)
    assert "Un mot de plus" not in last.explainer.sections["fr"]["closure"].body


def test_after_many_edits_the_reading_is_kept_anew(
    folders: Folders, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(rereading, "_FAR_BEHIND", 1)
    reword(folders.content)
    assert not folders.again().is_worth_keeping
    retitle(folders.content)
    assert folders.again().is_worth_keeping


def all_reads(explainer: Explainer) -> set[Read]:
    """All that is read of an explainer to check it and to make its pages."""
    reads: set[Read] = set()
    traced = TracedExplainer(explainer, reads)
    check_rest(traced)
    for section_id in explainer.section_ids:
        check_section(traced, section_id)
    for page_id in page_ids(explainer):
        for code in explainer.languages:
            render_page(traced, code, page_id)
    return reads


@pytest.mark.parametrize("edit", [reword, retitle, forget_a_paragraph, reword_a_fact])
def test_digests_that_are_carried_over_are_those_of_the_new_explainer(
    folders: Folders, edit: Callable[[Path], None]
) -> None:
    before = folders.kept.explainer
    digests = Digests(before)
    digests.trace(all_reads(before))
    edit(folders.content)
    now = folders.again().explainer
    carried = carried_over(digests.known, before, now)
    fresh = Digests(now)
    assert {read: fresh.of(read) for read in carried} == carried
    assert carried or edit is reword_a_fact
    assert any(fresh.of(read) != digest for read, digest in digests.known.items())


class Spied(Explainer):
    """An explainer that notes which of its fields are read, for whatever answer."""

    def __getattribute__(self, name: str) -> object:
        if name in FIELDS:
            object.__getattribute__(self, "__dict__")["spied"].add(name)
        return object.__getattribute__(self, name)


FIELDS = {each.name for each in fields(Explainer)}
OF_SECTIONS = {"sections", "marks", "baselines"}


def spied(explainer: Explainer) -> tuple[Explainer, set[str]]:
    spy = object.__new__(Spied)
    noted: set[str] = set()
    vars(spy)["spied"] = noted
    vars(spy).update({name: getattr(explainer, name) for name in FIELDS})
    return spy, noted


def test_answers_of_entries_look_at_no_section() -> None:
    names = set()
    for explainer in (toy(), load(REAL).explainer):
        for name, *arguments in all_reads(explainer):
            if name in OF_ENTRIES:
                names.add(name)
                spy, noted = spied(explainer)
                value = getattr(spy, name)
                if callable(value):
                    value(*arguments)
                assert noted.isdisjoint(OF_SECTIONS), name
    # What the others answer is asked by other answers alone, of this program as it is.
    assert names >= {"corrections_of", "facts", "given_by", "only_year", "pins_in", "unit_kind"}


class OnlyOne(dict[str, object]):
    """Sections of which but one may be looked at."""

    def __init__(self, sections: dict[str, object], section_id: str) -> None:
        super().__init__(sections)
        self._section_id = section_id

    def __getitem__(self, key: str) -> object:
        assert key == self._section_id
        return super().__getitem__(key)

    def get(self, key: str, default: object = None) -> object:
        assert key == self._section_id
        return super().get(key, default)

    def __iter__(self) -> Iterator[str]:
        raise AssertionError("all sections are looked at")

    def values(self) -> object:  # type: ignore[override]
        raise AssertionError("all sections are looked at")

    items = values  # type: ignore[assignment]


ARGUMENTS = {
    "as_of": "{id}",
    "original_of": "{id}",
    "versions": "{id}",
    "linked": "{language} {id} term",
}
"""What to ask, where it is not a language and a section."""


@pytest.mark.parametrize("name", sorted(OF_ONE_SECTION))
def test_answers_of_one_section_look_at_no_other(name: str) -> None:
    explainer = load(REAL).explainer
    for language, section_id in explainer.marks:
        spy, noted = spied(explainer)
        vars(spy)["sections"] = {
            code: OnlyOne(dict(found), section_id) for code, found in explainer.sections.items()
        }
        asked = ARGUMENTS.get(name, "{language} {id}").format(language=language, id=section_id)
        getattr(spy, name)(*asked.split())
        assert "baselines" not in noted
