"""The ledger: what is read of it is what was written, and what is wrong with it is said."""

from __future__ import annotations

import base64
import json
import re
import subprocess
import zlib
from collections.abc import Callable
from dataclasses import replace
from pathlib import Path
from typing import Any

import pytest

from reperes.model import editions
from reperes.model.documents import Folder
from reperes.model.editions import edition_text, next_edition
from reperes.model.loading import load
from reperes.model.published import state_now
from reperes.model.said import differences
from reperes.rules.checking import check
from reperes.text.dates import parse_date
from reperes.text.problems import ContentError
from reperes.tools.releasing import release
from reperes.tools.renaming import rename
from support import REAL, TOY
from support_commands import change, explainer_of, messages, write_content

DAY = "2021-03-14"
MOST_BYTES = 200
"""How many a fact of the first explainer takes in an edition."""


@pytest.fixture
def content(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    monkeypatch.chdir(tmp_path)
    return write_content(tmp_path)


def ledger_file(content: Path, number: int = 1) -> Path:
    (found,) = (content / "editions").glob(f"{number}-*.json")
    return found


def problems(content: Path) -> list[str]:
    return [str(problem) for problem in load(content).problems if problem.rule != "stale"]


@pytest.mark.parametrize("folder", [TOY, REAL])
def test_what_is_read_is_what_was_written(folder: Path, tmp_path: Path) -> None:
    explainer = load(folder).explainer
    now = state_now(explainer)
    edition = next_edition(editions.NO_EDITIONS, now, parse_date(DAY), "https://example.org/")
    (tmp_path / "editions").mkdir()
    (tmp_path / "editions" / edition.file_name).write_text(edition_text(edition), "utf-8")
    ledger, found = editions.read_ledger(Folder(tmp_path), ["https://example.org/"])
    assert found == []
    assert ledger.state(1) == now
    assert ledger.day(1).text == DAY


def test_a_fact_takes_few_bytes() -> None:
    explainer = load(REAL).explainer
    edition = next_edition(
        editions.NO_EDITIONS, state_now(explainer), parse_date(DAY), "https://example.org/reperes/"
    )
    assert len(edition_text(edition).encode()) < MOST_BYTES * len(explainer.facts)


def test_a_later_edition_records_what_is_other_and_no_more(content: Path) -> None:
    release(content, DAY)
    change(content, "sections/fr/closing.md", "ont manifesté", "ont défilé")
    second = release(content, "2021-03-15").edition
    assert not second.said
    assert list(second.sections) == ["closing"]
    rows = json.loads(ledger_file(content, 2).read_text("utf-8"))
    assert set(rows) == {"edition", "day", "explainer", "follows", "sections", "digest"}


def test_what_is_gone_is_recorded_and_may_come_back(content: Path) -> None:
    release(content, DAY)
    glossary = (content / "glossary.yml").read_text("utf-8")
    term = '  - id: "wharf"\n    fr:\n      term: "quai"\n      definition: "Un bord."\n'
    term += '    en:\n      term: "wharf"\n      definition: "A bank."\n'
    (content / "glossary.yml").write_text(glossary + term, "utf-8")
    assert release(content, "2021-03-15").edition.ids == {"term": ("wharf",)}
    (content / "glossary.yml").write_text(glossary, "utf-8")
    explainer = load(content).explainer
    ledger = explainer.editions
    third = next_edition(ledger, state_now(explainer), parse_date(DAY), "")
    assert third.gone == {"term": ("wharf",)}


Damage = Callable[[Path], None]


def conflict(path: Path) -> None:
    text = path.read_text("utf-8")
    path.write_text(f"<<<<<<< ours\n{text}=======\n{text}>>>>>>> theirs\n", "utf-8")


def by_hand(path: Path) -> None:
    path.write_text(path.read_text("utf-8").replace("200..300", "200..900"), "utf-8")


def cut(path: Path) -> None:
    path.write_text(path.read_text("utf-8")[:200], "utf-8")


def listed(path: Path) -> None:
    path.write_text("[1, 2]", "utf-8")


def deep(path: Path) -> None:
    path.write_text("[" * 100_000, "utf-8")


def rewritten(edit: Callable[[dict[str, Any]], object]) -> Damage:
    """An edition of somebody who knows how digests are made."""

    def damage(path: Path) -> None:
        rows = json.loads(path.read_text("utf-8"))
        del rows["digest"]
        edit(rows)
        rows["digest"] = editions._digest(rows)
        path.write_text(json.dumps(rows), "utf-8")

    return damage


def bomb(rows: dict[str, Any]) -> None:
    packed = zlib.compress(b" " * (editions._MOST_TEXT + 1), 9)
    rows["texts"] = base64.b85encode(packed).decode()


BACK = "restore the file from version control or from a copy"

DAMAGES = [
    (conflict, ":1:1: error: a mark of a merge conflict (<<<<<<<); settle it, remove its marks"),
    (by_hand, f":1:1: error: edited by hand: it no longer says what was published; {BACK}"),
    (cut, f": error: no edition that `reperes release` wrote, as it is no JSON; {BACK}"),
    (listed, f":1:1: error: no edition that `reperes release` wrote; {BACK}"),
    (deep, f":1:1: error: no edition that `reperes release` wrote, as it is no JSON; {BACK}"),
    (rewritten(bomb), ": error: an edition of another version of the program; use that version"),
    (
        rewritten(lambda rows: rows.update(texts="not packed")),
        ": error: an edition of another version of the program; use that version, or a later one",
    ),
    (
        rewritten(lambda rows: rows.update(day="soon")),
        ": error: an edition of another version of the program; use that version, or a later one",
    ),
    (
        rewritten(lambda rows: rows.update(figures={"protesters": "1|2|3|4|5|6|7|8"})),
        ": error: an edition of another version of the program; use that version, or a later one",
    ),
    (
        rewritten(lambda rows: rows.update(edition=3)),
        (
            ": error: edition 3 is out of order: it follows one that is not here; bring back"
            " editions/2-….json [edition]"
        ),
    ),
    (
        rewritten(lambda rows: rows.update(explainer="https://other.org/")),
        (
            ": error: edition 1 is one of https://other.org/, and this explainer stands at"
            " https://example.org/bridge/; remove editions/ if it was copied from there, or write"
            ' "https://other.org/" under "moved_from" in site.yml [edition]'
        ),
    ),
]


@pytest.mark.parametrize(("damage", "message"), DAMAGES)
def test_a_damaged_edition_is_refused_in_its_place(
    content: Path, damage: Damage, message: str
) -> None:
    release(content, DAY)
    path = ledger_file(content)
    damage(path)
    (line,) = problems(content)
    assert re.sub(r"^content/editions/1-[0-9a-f]{8}\.json(:\d+:\d+)", r"\1", line) != line
    assert message in line


def test_an_explainer_may_move(content: Path) -> None:
    release(content, DAY)
    change(content, "site.yml", "https://example.org/bridge/", "https://example.com/bridge/")
    assert "moved_from" in problems(content)[0]
    moved = 'moved_from:\n  - "https://example.org/bridge/"\nlicence:'
    change(content, "site.yml", "licence:", moved)
    assert problems(content) == []
    assert release_again(content).explainer == "https://example.com/bridge/"


def release_again(content: Path) -> editions.Edition:
    change(content, "sections/fr/closing.md", "ont manifesté", "ont défilé")
    return release(content, "2021-03-15").edition


def test_an_edition_that_is_missing_is_asked_for(content: Path) -> None:
    release(content, DAY)
    release_again(content)
    first = ledger_file(content)
    first.unlink()
    (line,) = problems(content)
    assert f"it follows one that is not here; bring back editions/{first.name}" in line


def test_an_edition_stands_there_once(content: Path) -> None:
    release(content, DAY)
    first = ledger_file(content)
    first.with_name("1-copy.json").write_bytes(first.read_bytes())
    (line,) = problems(content)
    assert f"edition 1 stands in content/editions/{first.name} too; remove one of them" in line


def test_an_edition_that_stands_there_twice_blames_nothing_that_was_kept(content: Path) -> None:
    release(content, DAY, keep=True)
    first = ledger_file(content)
    first.with_name("2-copy.json").write_bytes(first.read_bytes())
    (line,) = (str(problem) for problem in check(content)[1] if problem.rule == "edition")
    assert "2-copy.json:1:1: error: edition 1 stands in" in line


def test_an_edition_is_no_older_than_the_one_before(content: Path) -> None:
    release(content, DAY)
    release_again(content)
    rewritten(lambda rows: rows.update(day="2021-03-01"))(ledger_file(content, 2))
    (line,) = problems(content)
    assert (
        "edition 2 is out of order: it is of 2021-03-01, and edition 1 before it of 2021-03-14"
        in line
    )


REFUSED = [
    ("2021-03-13", "--day", "2021-03-13 is before edition 1, of 2021-03-14; write a later day"),
    ("2021-03", "--day", 'expected a day, found "2021-03"; write one such as 2026-11-26'),
    ("soon", "--day", "soon"),
]


@pytest.mark.parametrize(("day", "place", "message"), REFUSED)
def test_a_release_is_of_a_day_after_the_last(
    content: Path, day: str, place: str, message: str
) -> None:
    release(content, DAY)
    change(content, "sections/fr/closing.md", "ont manifesté", "ont défilé")
    with pytest.raises(ContentError) as refused:
        release(content, day)
    (problem,) = refused.value.problems
    assert problem.place.path == place
    assert message in problem.message


def test_a_release_is_no_older_than_its_corrections(content: Path) -> None:
    with pytest.raises(ContentError) as refused:
        release(content, "2021-03-11")
    assert messages(refused.value) == [
        (
            "2021-03-11 is before the correction fix_date, of 2021-03-12; write a later day, or"
            " correct that"
        )
    ]


def test_there_is_nothing_to_release_where_nothing_is_new(content: Path) -> None:
    release(content, DAY)
    with pytest.raises(ContentError) as refused:
        release(content, "2021-03-15")
    assert messages(refused.value) == ["edition 1 says all of this; there is nothing to release"]


def test_what_has_errors_is_not_released(content: Path) -> None:
    change(content, "facts/figures.yml", 'low: "200"', 'low: "400"')
    with pytest.raises(ContentError):
        release(content, DAY)
    assert not (content / "editions").exists()


def test_a_dry_run_writes_nothing(content: Path) -> None:
    assert release(content, DAY, write=False).edition.number == 1
    assert not (content / "editions").exists()


def git(folder: Path, *arguments: str) -> None:
    identity = ("-c", "user.name=Test", "-c", "user.email=test@example.org")
    subprocess.run(["git", *identity, *arguments], cwd=folder, check=True, capture_output=True)


def test_two_branches_that_were_each_released_merge_by_themselves(content: Path) -> None:
    folder = content.parent
    git(folder, "init", "--initial-branch=main")
    release(content, DAY)
    git(folder, "add", "."), git(folder, "commit", "-m", "first")
    git(folder, "checkout", "-b", "other")
    change(content, "facts/figures.yml", 'en: "Protesters"', 'en: "Demonstrators"')
    path = content / "corrections.yml"
    correction = path.read_text("utf-8").split("corrections:\n")[1]
    correction = correction.replace("fix_date", "renamed").replace("closure", "protesters")
    correction = correction.replace("    before:", '    edition: "1"\n    before:')
    path.write_text(
        "corrections:\n" + correction.replace("03-12", "03-14") + path.read_text("utf-8")[13:],
        "utf-8",
    )
    release(content, "2021-03-15")
    git(folder, "add", "."), git(folder, "commit", "-m", "theirs")
    git(folder, "checkout", "main")
    change(content, "sections/fr/closing.md", "ont manifesté", "ont défilé")
    release(content, "2021-03-16")
    git(folder, "add", "."), git(folder, "commit", "-m", "ours")
    git(folder, "merge", "other", "-m", "both")
    assert problems(content) == []
    ledger = explainer_of(content).editions
    assert [edition.number for edition in ledger.editions] == [1, 2, 2]
    assert ledger.state(2) == state_now(explainer_of(content))
    assert ledger.day(2).text == "2021-03-16"
    change(content, "sections/fr/closing.md", "ont défilé", "ont marché")
    third = release(content, "2021-03-17").edition
    assert third.number == 3
    assert len(third.follows) == 2
    assert problems(content) == []


def test_where_branches_said_two_things_both_were_said(content: Path) -> None:
    release(content, DAY)
    one = explainer_of(content)
    said = {}
    for label in ("Marchers", "Demonstrators"):
        now = state_now(one)
        fact = now.said["protesters"]
        texts = {**fact.texts, "label": {**fact.texts["label"], "en": label}}
        said[label] = replace(fact, texts=texts)
        state = replace(now, said={**now.said, "protesters": said[label]})
        edition = next_edition(
            one.editions, state, parse_date("2021-03-15"), str(one.site.base_url)
        )
        (content / "editions" / edition.file_name).write_text(edition_text(edition), "utf-8")
    last = explainer_of(content).editions.last_said("protesters")
    assert {number for number, _ in last} == {2}
    assert {each.texts["label"]["en"] for _, each in last} == {"Marchers", "Demonstrators"}
    assert differences(said["Marchers"], said["Demonstrators"]) == ("label",)


def test_a_section_is_the_same_when_what_it_cites_is_renamed(content: Path) -> None:
    release(content, DAY)
    rename(content, "protesters", "marchers")
    rename(content, "marchers", "crowd")
    assert "{{ crowd }}" in (content / "sections/fr/closing.md").read_text("utf-8")
    explainer = explainer_of(content)
    assert state_now(explainer).sections == explainer.editions.state(1).sections
    assert problems(content) == []
