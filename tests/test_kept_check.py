"""What a check keeps for the next one: which then says the same, of less work."""

from __future__ import annotations

import os
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest

from reperes import rules
from reperes.model.explainer import Explainer
from reperes.model.loading import load
from reperes.rules.checking import REST, check
from reperes.site import kept_check
from reperes.site.kept_check import STORE, kept_check_of, problems_of_content
from reperes.site.publishing import KEPT, Workspace, workspace_for
from reperes.text.days import CalendarDay
from reperes.text.problems import ContentError
from support import TOY, replace_in, toy_copy

TODAY = CalendarDay(2019, 3, 20)

SECTION = "sections/fr/closure.md"


@pytest.fixture
def content() -> Iterator[Path]:
    with toy_copy() as copy:
        yield Path(copy.name)


@pytest.fixture
def asked(monkeypatch: pytest.MonkeyPatch) -> list[str]:
    """What the rules are asked about."""
    names: list[str] = []
    check_section, check_rest = rules.check_section, rules.check_rest

    def of_section(explainer: Explainer, section_id: str) -> object:
        names.append(section_id)
        return check_section(explainer, section_id)

    def of_rest(explainer: Explainer) -> object:
        names.append(REST)
        return check_rest(explainer)

    monkeypatch.setattr(rules, "check_section", of_section)
    monkeypatch.setattr(rules, "check_rest", of_rest)
    return names


def workspace(content: Path) -> Workspace:
    return workspace_for(content.resolve(), content.resolve().parent / "site")


def again(content: Path, fresh: bool = False) -> list[str]:
    return list(map(str, problems_of_content(content, workspace(content), TODAY, fresh)))


def test_what_is_due_is_said_of_the_day_that_is_asked_about(content: Path) -> None:
    path = content / "facts/figures.yml"
    replace_in(path, '  - id: "crossings"\n', '  - id: "crossings"\n    review_by: "2019-03-21"\n')

    def at(day: int) -> list[str]:
        today = CalendarDay(2019, 3, day)
        return list(map(str, problems_of_content(content, workspace(content), today)))

    said = [
        (
            "content/facts/figures.yml:20:10: warning: figure crossings: to be looked at again by"
            " 2019-03-21; look at it, then write a later day, or remove review_by [review]"
        )
    ]
    assert [at(20), at(21), at(22), at(20)] == [[], said, said, []]


def break_a_number(content: Path) -> None:
    path = content / SECTION
    path.write_text(path.read_text("utf-8") + "\nIls étaient 4321.\n", "utf-8")


def mend_it(content: Path) -> None:
    replace_in(content / SECTION, "\nIls étaient 4321.\n", "")


def reword(content: Path) -> None:
    path = content / SECTION
    path.write_text(path.read_text("utf-8") + "\nEt voilà.\n", "utf-8")


def test_it_says_what_a_check_of_all_says(content: Path) -> None:
    for edit in (break_a_number, mend_it, reword, break_a_number):
        edit(content)
        assert again(content) == list(map(str, check(content)[1]))
        assert again(content) == list(map(str, check(content)[1]))


def test_where_nothing_has_changed_nothing_is_read_or_asked(
    content: Path, asked: list[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    break_a_number(content)
    said = again(content)
    assert said
    asked.clear()
    monkeypatch.setattr(kept_check, "read_content", None)
    assert again(content) == said
    assert asked == []


def test_what_is_complained_about_is_asked_again_and_no_more(
    content: Path, asked: list[str]
) -> None:
    again(content)
    assert {*asked} == {REST, *load(content).explainer.section_ids}
    asked.clear()
    break_a_number(content)
    assert len(again(content)) == 2  # and the translation, which is behind now
    assert asked == ["closure"]
    asked.clear()
    (content / "sections/en/overview.md").touch()
    replace_in(content / "sources.yml", "sources:", "# One.\nsources:")
    assert len(again(content)) == 2
    assert asked == ["closure"]


def test_fresh_asks_about_everything(content: Path, asked: list[str]) -> None:
    again(content)
    asked.clear()
    again(content, fresh=True)
    assert {*asked} == {REST, *load(content).explainer.section_ids}


def garble(path: Path) -> None:
    data = bytearray(path.read_bytes())
    data[len(data) // 3 : 2 * len(data) // 3] = os.urandom(len(data) // 3)
    path.write_bytes(data)


def cut(path: Path) -> None:
    path.write_bytes(path.read_bytes()[:5000])


def empty(path: Path) -> None:
    path.write_bytes(b"")


@pytest.mark.parametrize("harm", [garble, cut, empty, Path.unlink])
def test_a_damaged_file_is_made_anew(content: Path, harm: Callable[[Path], None]) -> None:
    break_a_number(content)
    said = again(content)
    harm(workspace(content).root / KEPT / STORE)
    assert again(content) == said
    assert again(content) == said


def test_another_program_uses_nothing_of_it(
    content: Path, asked: list[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    again(content)
    asked.clear()
    monkeypatch.setattr(kept_check, "digest_of_program", lambda: "another")
    again(content)
    assert {*asked} == {REST, *load(content).explainer.section_ids}


def test_two_contents_may_lie_side_by_side(content: Path, asked: list[str]) -> None:
    other = content.resolve().with_name("other")
    with toy_copy(TOY) as copy:
        copy.rename(other)
    break_a_number(content)
    assert [len(again(each)) for each in (content, other)] == [2, 0]
    asked.clear()
    assert [len(again(each)) for each in (content, other)] == [2, 0]
    assert asked == []


def test_where_nothing_can_be_kept_it_is_checked_all_the_same(content: Path) -> None:
    root = workspace(content).root
    root.parent.joinpath(root.name).write_text("a file is in the way", "utf-8")
    break_a_number(content)
    assert again(content) == list(map(str, check(content)[1]))
    assert root.is_file()


def test_what_cannot_be_read_at_all_is_said_each_time(content: Path) -> None:
    again(content)
    (content / "site.yml").unlink()
    for _ in range(2):
        with pytest.raises(ContentError):
            again(content)


def test_a_share_is_not_taken_for_all(content: Path, asked: list[str]) -> None:
    break_a_number(content)
    with kept_check_of(workspace(content), content) as kept:
        checked = kept.check(share=lambda names: [REST])
    assert not checked.problems
    assert len(again(content)) == 2


def test_a_unit_may_have_another_id(content: Path) -> None:
    assert again(content) == []
    for file in ("facts/figures.yml", "interface/fr.yml", "interface/en.yml"):
        path = content / file
        typed = path.read_text("utf-8").replace("unit.crossing.", "unit.trip.")
        path.write_text(typed.replace('unit: "crossing"', 'unit: "trip"'), "utf-8")
    assert again(content) == again(content, fresh=True)
    back = {"unit.trip.": "unit.crossing.", 'unit: "trip"': 'unit: "crossing"'}
    for file in ("facts/figures.yml", "interface/fr.yml", "interface/en.yml"):
        for new, old in back.items():
            path = content / file
            path.write_text(path.read_text("utf-8").replace(new, old), "utf-8")
    assert again(content) == []
