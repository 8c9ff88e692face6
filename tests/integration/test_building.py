from __future__ import annotations

import shutil
from collections.abc import Callable
from pathlib import Path

import pytest

from reperes.site import building
from reperes.site.building import build, check, is_refused
from reperes.site.publishing import Patience, mend_beside
from reperes.text.locks import Lock
from reperes.text.problems import ContentError, Place, Problem, warning
from reperes.translation.stamping import stamp
from support import TOY
from support_commands import Steps, change, messages, replace_engine, snapshot, write_content

STEPS = [
    *("check", "write pages", "build fr and en", "draw cards"),
    *("finish", "search", "verify", "publish"),
]


@pytest.fixture
def engine(monkeypatch: pytest.MonkeyPatch) -> None:
    replace_engine(monkeypatch)


@pytest.fixture
def content(tmp_path: Path) -> Path:
    content = write_content(tmp_path)
    stamp(content, ["en", "fr"])
    return content


@pytest.fixture
def site(content: Path, engine: None) -> Path:
    """A site that an earlier build published."""
    output = content.parent / "site"
    build(content, output, Steps())
    return output


def times(folder: Path) -> dict[str, int]:
    return {str(path): path.stat().st_mtime_ns for path in folder.rglob("*")}


def names(folder: Path) -> list[str]:
    return sorted(path.name for path in folder.iterdir())


def test_check_gives_the_explainer_and_its_problems(content: Path) -> None:
    change(content, "sections/fr/closing.md", "Le pont de", "Les 17 ponts de")
    explainer, problems = check(content)
    assert explainer.languages == ("fr", "en")
    assert [problem.rule for problem in problems] == ["stale", "naked-figure"]


def test_check_of_a_folder_that_is_not_there_is_a_problem(tmp_path: Path) -> None:
    with pytest.raises(ContentError) as refused:
        check(tmp_path / "nothing")
    assert [problem.message for problem in refused.value.problems] == [
        "the content folder does not exist; name it with --content DIR"
    ]


ERROR, WARNING = Problem(Place("a"), "x"), warning(Place("a"), "x", "stale")


@pytest.mark.parametrize(
    ("problems", "strict", "refused"),
    [
        ([], False, False),
        ([], True, False),
        ([WARNING], False, False),
        ([WARNING], True, True),
        ([WARNING, ERROR], False, True),
        ([ERROR], True, True),
    ],
)
def test_what_stops_a_build(problems: list[Problem], strict: bool, refused: bool) -> None:
    assert is_refused(problems, strict) is refused


def test_steps_come_in_order(content: Path, engine: None) -> None:
    steps = Steps()
    assert build(content, content.parent / "site", steps).problems == []
    assert steps.names == STEPS


def test_the_desk_is_written_where_it_is_asked_for(content: Path, engine: None) -> None:
    steps = Steps()
    site = content.parent / "site"
    build(content, site, steps, extras=building.Extras(desk=True))
    assert steps.names == [*STEPS[:5], "write desk", *STEPS[5:]]
    assert (site / "desk/fr/closing/index.html").is_file()
    build(content, site, steps)
    assert not (site / "desk").exists()


def test_a_build_leaves_the_site_and_nothing_else(site: Path) -> None:
    assert names(site.parent) == ["content", "site"]
    assert {"fr/index.html", "en/closing/index.html", "index.html", "404.html"} <= set(
        snapshot(site)
    )


def test_the_content_is_only_read(content: Path, engine: None) -> None:
    before = snapshot(content), times(content)
    build(content, content.parent / "site", Steps())
    assert (snapshot(content), times(content)) == before


def test_a_page_that_is_no_longer_made_is_gone(content: Path, site: Path) -> None:
    (site / "fr" / "old.html").write_text("old")
    build(content, site, Steps())
    assert not (site / "fr" / "old.html").exists()


def test_an_error_leaves_the_last_site_as_it_was(content: Path, site: Path) -> None:
    before = snapshot(site), times(site)
    change(content, "sections/fr/closing.md", "{{ protesters }}", "{{ protester }}")
    with pytest.raises(ContentError) as caught:
        build(content, site, Steps())
    assert any('did you mean "protesters"?' in message for message in messages(caught.value))
    assert (snapshot(site), times(site)) == before
    assert names(site.parent) == ["content", "site"]


def test_warnings_stop_a_strict_build_alone(content: Path, site: Path) -> None:
    change(content, "sections/fr/closing.md", "ont manifesté", "ont défilé")
    before = snapshot(site), times(site)
    with pytest.raises(ContentError):
        build(content, site, Steps(), strict=True)
    assert (snapshot(site), times(site)) == before
    problems = build(content, site, Steps()).problems
    assert [problem.rule for problem in problems] == ["stale"]
    assert times(site) != before[1]


class StepFailedError(Exception):
    """Stands for a bug, or a machine that gives up."""


def fail(*_: object) -> None:
    raise StepFailedError


@pytest.mark.parametrize(
    "step",
    ["render_pages", "write_tree", "build_sites", "write_cards", "finish", "verify", "publish"],
)
def test_a_crash_in_any_step_leaves_the_last_site_and_no_work_folder(
    content: Path, site: Path, monkeypatch: pytest.MonkeyPatch, step: str
) -> None:
    before = snapshot(site), times(site)
    monkeypatch.setattr(building, step, fail)
    with pytest.raises(StepFailedError):
        build(content, site, Steps())
    assert (snapshot(site), times(site)) == before
    assert names(site.parent) == ["content", "site"]


def test_an_interruption_is_a_crash_too(
    content: Path, site: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    def interrupt(*_: object) -> None:
        raise KeyboardInterrupt

    before = snapshot(site)
    monkeypatch.setattr(building, "build_sites", interrupt)
    with pytest.raises(KeyboardInterrupt):
        build(content, site, Steps())
    assert snapshot(site) == before
    assert names(site.parent) == ["content", "site"]


def test_a_fault_of_the_built_pages_is_reported_and_nothing_published(
    content: Path, site: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    before = snapshot(site)
    monkeypatch.setattr(building, "verify", lambda *_: ["fr/index.html: nowhere/: no such page"])
    with pytest.raises(ContentError) as caught:
        build(content, site, Steps())
    assert messages(caught.value) == ["fr/index.html: nowhere/: no such page"]
    assert snapshot(site) == before


def test_a_site_moved_away_by_a_build_that_was_killed_comes_back(content: Path, site: Path) -> None:
    before = snapshot(site)
    workspace = site.parent / ".site.build"
    workspace.mkdir()
    site.rename(workspace / "previous")
    change(content, "sections/fr/closing.md", "{{ protesters }}", "{{ protester }}")
    with pytest.raises(ContentError):
        build(content, site, Steps())
    assert snapshot(site) == before


@pytest.mark.parametrize(
    ("place", "message"),
    [
        ("content", "holds the content, or lies in it; name another folder with --output"),
        ("content/site", "holds the content, or lies in it; name another folder with --output"),
        (".", "holds the content, or lies in it; name another folder with --output"),
        ("full", "is not empty, and not a site of ours; name another folder with --output"),
        ("file", "is a file; name a folder with --output"),
    ],
)
def test_an_output_that_is_not_ours_is_refused(
    content: Path, engine: None, place: str, message: str
) -> None:
    (content.parent / "full").mkdir()
    (content.parent / "full" / "letter.txt").write_text("dear")
    (content.parent / "file").write_text("dear")
    before = snapshot(content.parent)
    steps = Steps()
    with pytest.raises(ContentError) as caught:
        build(content, content.parent / place, steps)
    assert messages(caught.value) == [message]
    assert steps.names == []
    assert snapshot(content.parent) == before


@pytest.mark.parametrize("output", [building.__file__, "."])
def test_the_program_is_never_built_over(content: Path, engine: None, output: str) -> None:
    root = Path(building.__file__).parents[3]
    with pytest.raises(ContentError):
        build(content, root if output == "." else Path(output), Steps())


def test_an_empty_folder_is_taken(content: Path, engine: None) -> None:
    output = content.parent / "empty"
    output.mkdir()
    build(content, output, Steps())
    assert (output / "index.html").is_file()


def test_folders_on_the_way_are_made(content: Path, engine: None) -> None:
    output = content.parent / "a" / "b" / "site"
    build(content, output, Steps())
    assert (output / "index.html").is_file()


@pytest.mark.parametrize("there", [True, False])
def test_an_output_that_is_a_link_stays_one(content: Path, engine: None, there: bool) -> None:
    link, target = content.parent / "link", content.parent / "elsewhere" / "site"
    link.symlink_to("elsewhere/site")
    if there:
        target.mkdir(parents=True)
    build(content, link, Steps())
    assert link.is_symlink()
    assert (target / "index.html").is_file()
    assert names(target.parent) == ["site"]


def test_who_waited_builds_what_was_typed_meanwhile(content: Path, engine: None) -> None:
    output = content.parent / "site"
    lock = Lock(content.parent / ".site.build" / "lock")
    assert lock.take()

    def save(_: str) -> None:
        change(content, "sections/fr/closing.md", 'title: "La fermeture"', 'title: "La fin"')
        lock.free()

    build(content, output, Steps(), patience=Patience(60, tell=save))
    assert "La fin" in (output / "fr" / "closing" / "index.html").read_text()


def test_a_build_may_be_given_up_before_any_step(content: Path, site: Path) -> None:
    before = snapshot(site)
    for step in range(len(STEPS)):
        left = [True] * step

        def checkpoint(left: list[bool] = left) -> None:
            if not left:
                raise KeyboardInterrupt
            left.pop()

        steps = Steps()
        with pytest.raises(KeyboardInterrupt):
            build(content, site, steps, patience=Patience(checkpoint=checkpoint))
        assert steps.names == STEPS[:step]
        assert snapshot(site) == before
        assert names(site.parent) == ["content", "site"]


def test_a_copy_is_of_the_same_site(content: Path, engine: None) -> None:
    output, copy = content.parent / "site", content.parent / "live" / "copy"
    build(content, output, Steps(), copy=copy)
    assert snapshot(copy) == snapshot(output)


def test_who_builds_nothing_mends_what_stands_beside_the_content(content: Path, site: Path) -> None:
    other = site.rename(content.parent / "other")
    for output in (site, other):
        (content.parent / f".{output.name}.build").mkdir()
    shutil.copytree(other, content.parent / ".site.build" / "previous")
    other.rename(content.parent / ".other.build" / "previous")
    assert mend_beside(content) == [other, site]
    assert snapshot(other) == snapshot(site)
    assert names(content.parent) == ["content", "other", "site"]
    assert mend_beside(content) == []


def test_a_site_that_somebody_stands_in_is_replaced(
    content: Path, site: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.chdir(site / "fr")
    with (site / "fr" / "index.html").open() as opened:
        change(content, "sections/fr/closing.md", 'title: "La fermeture"', 'title: "La fin"')
        build(content, site, Steps())
        assert opened.read()
    assert "La fin" in (site / "fr" / "closing" / "index.html").read_text()


def test_another_address_takes_the_place_of_the_sites_own(content: Path, engine: None) -> None:
    output = content.parent / "site"
    build(content, output, Steps(), base_url="https://example.net/copy")
    assert b"https://example.net/copy/fr/" in snapshot(output)["sitemap.xml"]
    assert not [name for name, data in snapshot(output).items() if b"example.org/bridge" in data]


@pytest.fixture
def toy_output(tmp_path: Path) -> Callable[[str], Path]:
    def build_toy(name: str) -> Path:
        folder = tmp_path / name
        shutil.copytree(TOY, folder / "content")
        build(folder / "content", folder / "site", Steps(), strict=True)
        return folder / "site"

    return build_toy


def test_the_folder_leaves_no_trace_in_the_site(
    toy_output: Callable[[str], Path], engine: None
) -> None:
    assert snapshot(toy_output("one")) == snapshot(toy_output("another, with é and spaces"))
