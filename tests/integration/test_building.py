from __future__ import annotations

import errno
import re
import shutil
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest

from reperes.pages import Page
from reperes.rules.checking import check, is_refused
from reperes.site import building, bundles, keeping, kept_check, making
from reperes.site.build import Extras, build
from reperes.site.publishing import Patience, mend_beside
from reperes.text.files import refusal, write_text
from reperes.text.locks import Lock
from reperes.text.problems import ContentError, Place, Problem, warning
from reperes.translation.stamping import stamp
from support import TOY
from support_commands import (
    BareEngine,
    Steps,
    change,
    messages,
    replace_engine,
    snapshot,
    write_content,
)

STEPS = ["check", "pages", "data and styles", "search", "verify", "publish"]


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


def is_tidy(site: Path) -> bool:
    """Whether nothing stands beside a site but its content, and what the next build can use."""
    workspace = site.with_name(f".{site.name}.build")
    return names(site.parent) == [workspace.name, "content", site.name] and (
        names(workspace),
        names(workspace / "kept"),
    ) == (["kept"], ["check.db", "site", "store.db"])


def retitle(content: Path, name: str = "La fin") -> None:
    """A change that a build has to follow."""
    change(content, "sections/fr/closing.md", 'title: "La fermeture"', f'title: "{name}"')
    stamp(content, ["en"])


def anew(content: Path) -> dict[str, bytes]:
    """The site that comes of a content where no build has left anything."""
    build(content, content.parent.parent / "anew" / "site", Steps())
    return snapshot(content.parent.parent / "anew" / "site")


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
    build(content, site, steps, extras=Extras(desk=True))
    assert steps.names == [*STEPS[:3], "desk", *STEPS[3:]]
    assert (site / "desk/fr/closing/index.html").is_file()
    build(content, site, steps)
    assert not (site / "desk").exists()


def test_a_build_leaves_the_site_and_what_the_next_can_use(site: Path) -> None:
    assert is_tidy(site)
    assert snapshot(site.parent / ".site.build/kept/site") == snapshot(site)
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


# What the last build has left


def test_where_nothing_has_changed_nothing_is_made(content: Path, site: Path) -> None:
    before, steps = (snapshot(site), times(site)), Steps()
    change(content, "sections/fr/closing.md", "ont manifesté", "ont défilé")
    stale = build(content, site, Steps())
    assert stale.site is not None
    before = snapshot(site), times(site)
    built = build(content, site, steps)
    assert (built.site, list(built.problems)) == (None, list(stale.problems))
    assert [problem.rule for problem in built.problems] == ["stale"]
    assert (steps.names, snapshot(site), times(site)) == ([], *before)
    with pytest.raises(ContentError):
        build(content, site, steps, strict=True)


def test_whoever_says_so_has_everything_made_anew(content: Path, site: Path) -> None:
    before, steps = snapshot(site), Steps()
    damage(site.parent / ".site.build/kept/site/fr/index.html")
    build(content, site, steps, fresh=True)
    assert (steps.names, snapshot(site)) == (STEPS, before)


@pytest.mark.parametrize(
    "asked", [{"base_url": "https://example.net/"}, {"extras": Extras(desk=True)}]
)
def test_what_was_asked_for_is_no_less_than_the_content(
    content: Path, site: Path, asked: dict[str, Any]
) -> None:
    before, steps = snapshot(site), Steps()
    build(content, site, steps, **asked)
    assert steps.names != []
    assert snapshot(site) != before
    build(content, site, Steps())
    assert snapshot(site) == before


def test_only_what_a_change_reaches_is_made(
    content: Path, site: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    made: list[str] = []

    class CountingEngine(BareEngine):
        def render(self, page: Page, extras: object) -> str:
            made.append(f"{page.language}/{page.id}")
            return super().render(page, extras)

    monkeypatch.setattr(making, "LiveEngine", CountingEngine)
    change(content, "sections/en/crossing.md", "See also", "Then see")
    stamp(content, ["fr"])
    build(content, site, Steps())
    assert made == ["fr/crossing", "en/crossing"]
    assert snapshot(site) == anew(content)


def damage(path: Path) -> None:
    """Write into a file what it does not hold, as a program does that knows nothing of us."""
    path.write_bytes(b"damaged")


def remove(path: Path) -> None:
    if path.is_dir():
        shutil.rmtree(path)
    else:
        path.unlink()


def add(path: Path) -> None:
    (path.parent / "added.html").write_text("added")


@pytest.mark.parametrize("harm", [damage, remove, add])
@pytest.mark.parametrize(
    "name",
    [
        *(
            "site/fr/index.html",
            "site/index.html",
            "site/fr/figures.csv",
            "site/fr/cards/closing.*.png",
            "site/assets/reperes.*.css",
        ),
        *(".site.build/kept/site/fr/index.html", ".site.build/kept/site/en/facts.json"),
        ".site.build/kept/store.db",
    ],
)
@pytest.mark.parametrize("changed", [True, False])
def test_harm_to_what_was_built_is_made_good(
    content: Path, site: Path, name: str, harm: Callable[[Path], None], changed: bool
) -> None:
    (path,) = site.parent.glob(name)
    harm(path)
    if changed:
        retitle(content)
    build(content, site, Steps())
    assert snapshot(site) == anew(content)


@pytest.mark.parametrize("name", ["site", ".site.build", ".site.build/kept", "kept/site"])
def test_a_folder_that_was_removed_is_made_again(content: Path, site: Path, name: str) -> None:
    before = snapshot(site)
    remove(site.parent / name if name != "kept/site" else site.parent / ".site.build" / name)
    build(content, site, Steps())
    assert snapshot(site) == before
    assert is_tidy(site)


def test_another_site_in_the_place_of_the_output_is_replaced(content: Path, site: Path) -> None:
    before = snapshot(site)
    shutil.copytree(site, site.with_name("other"))
    retitle(content)
    build(content, site, Steps())
    remove(site)
    site.with_name("other").rename(site)  # as somebody does who wants the site of before
    build(content, site, Steps())
    assert snapshot(site) == anew(content) != before


def test_a_site_that_was_copied_elsewhere_with_all_that_is_beside_it_is_built_on(
    content: Path, site: Path
) -> None:
    shutil.copytree(site.parent, site.parent.parent / "moved")
    moved = site.parent.parent / "moved"
    retitle(moved / "content")
    build(moved / "content", moved / "site", Steps())
    assert snapshot(moved / "site") == anew(moved / "content") != snapshot(site)


# What goes wrong


def test_an_error_leaves_the_last_site_as_it_was(content: Path, site: Path) -> None:
    before = snapshot(site), times(site)
    change(content, "sections/fr/closing.md", "{{ protesters }}", "{{ protester }}")
    with pytest.raises(ContentError) as caught:
        build(content, site, Steps())
    assert any('did you mean "protesters"?' in message for message in messages(caught.value))
    assert (snapshot(site), times(site)) == before
    assert is_tidy(site)


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


STEPS_THAT_FAIL = [
    (kept_check, "read_content"),
    (bundles, "render_page"),
    (BareEngine, "render"),
    (bundles, "write_card"),
    (making, "open_data_file"),
    (making, "write_style_sheet"),
    (making.pagefind, "indexes"),
    (building, "verify"),
    (building, "remove_others"),
    (building, "publish"),
]


@pytest.mark.parametrize(("of", "step"), STEPS_THAT_FAIL, ids=[step for _, step in STEPS_THAT_FAIL])
@pytest.mark.parametrize("error", [StepFailedError, KeyboardInterrupt])
def test_a_crash_in_any_step_leaves_the_last_site_and_harms_no_next_one(
    content: Path,
    site: Path,
    monkeypatch: pytest.MonkeyPatch,
    of: object,
    step: str,
    error: type[BaseException],
) -> None:
    def fail(*_: object) -> None:
        raise error

    before = snapshot(site), times(site)
    change(content, "site.yml", '  fr: "Le pont"', '  fr: "Un pont"')  # all that is made is another
    with monkeypatch.context() as broken:
        broken.setattr(of, step, fail)
        with pytest.raises(error):
            # Bare pages ask for the same styles and the same index, whatever they say.
            build(content, site, Steps(), fresh=step in ("write_style_sheet", "indexes"))
    assert (snapshot(site), times(site)) == before
    build(content, site, Steps())
    assert snapshot(site) == anew(content)
    assert is_tidy(site)


@pytest.mark.parametrize(("of", "step"), STEPS_THAT_FAIL, ids=[step for _, step in STEPS_THAT_FAIL])
def test_a_crash_of_the_first_build_leaves_nothing_that_harms(
    content: Path, engine: None, monkeypatch: pytest.MonkeyPatch, of: object, step: str
) -> None:
    site = content.parent / "site"
    with monkeypatch.context() as broken:
        broken.setattr(of, step, fail)
        with pytest.raises(StepFailedError):
            build(content, site, Steps())
    assert not site.exists()
    build(content, site, Steps())
    assert snapshot(site) == anew(content)
    assert is_tidy(site)


class NoRoom:
    """Stands in for what keeps something, on a disk that is full."""

    def __init__(self, *_: object) -> None:
        raise OSError(errno.ENOSPC, "No space left on device", "kept")


@pytest.mark.parametrize("where", ["follow", "manifest_of"])
def test_a_site_that_cannot_be_kept_is_published(
    content: Path, site: Path, monkeypatch: pytest.MonkeyPatch, where: str
) -> None:
    retitle(content)
    told: list[str] = []
    publish = building.publish

    def publish_and_fill(*arguments: Any) -> None:
        publish(*arguments)
        monkeypatch.setattr(keeping, where, NoRoom)

    monkeypatch.setattr(building, "publish", publish_and_fill)
    built = build(content, site, Steps(), patience=Patience(tell=told.append))
    assert built.site
    assert told == [f"kept: No space left on device; {building.NOTHING_KEPT}"]
    assert names(site.parent) == ["content", "site"]
    monkeypatch.undo()
    replace_engine(monkeypatch)
    assert snapshot(site) == anew(content)
    assert build(content, site, Steps()).site
    assert is_tidy(site)


@pytest.mark.parametrize("in_the_way", ["", "kept", "kept/store.db/x"])
def test_a_workspace_that_is_none_is_one_line(content: Path, engine: None, in_the_way: str) -> None:
    path = content.parent / ".site.build" / in_the_way
    write_text(path, "mine")
    with pytest.raises(OSError, match=re.escape(str(content.parent / ".site.build"))) as caught:
        build(content, content.parent / "site", Steps())
    assert refusal(caught.value)
    assert path.read_text() == "mine"


def test_a_fault_of_the_built_pages_is_reported_and_nothing_published(
    content: Path, site: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    before = snapshot(site)
    retitle(content)
    monkeypatch.setattr(building, "verify", lambda *_: ["fr/index.html: nowhere/: no such page"])
    with pytest.raises(ContentError) as caught:
        build(content, site, Steps())
    assert messages(caught.value) == ["fr/index.html: nowhere/: no such page"]
    assert snapshot(site) == before


def test_a_site_moved_away_by_a_build_that_was_killed_comes_back(content: Path, site: Path) -> None:
    before = snapshot(site)
    workspace = site.parent / ".site.build"
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
    assert names(target.parent) == [".site.build", "site"]


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
    retitle(content)
    for step in range(len(STEPS)):
        steps = Steps()

        def checkpoint(steps: Steps = steps, step: int = step) -> None:
            if len(steps.names) == step:
                raise KeyboardInterrupt

        with pytest.raises(KeyboardInterrupt):
            build(content, site, steps, patience=Patience(checkpoint=checkpoint))
        assert steps.names == STEPS[:step]
        assert snapshot(site) == before
        assert is_tidy(site)


def test_a_copy_is_of_the_same_site(content: Path, engine: None) -> None:
    output, copy = content.parent / "site", content.parent / "live" / "copy"
    build(content, output, Steps(), copy=copy)
    assert snapshot(copy) == snapshot(output)


def test_who_builds_nothing_mends_what_stands_beside_the_content(content: Path, site: Path) -> None:
    other = site.rename(content.parent / "other")
    for output in (site, other):
        (content.parent / f".{output.name}.build").mkdir(exist_ok=True)
    shutil.copytree(other, content.parent / ".site.build" / "previous")
    other.rename(content.parent / ".other.build" / "previous")
    assert mend_beside(content) == [other, site]
    assert snapshot(other) == snapshot(site)
    assert names(content.parent) == [".site.build", "content", "other", "site"]
    assert mend_beside(content) == []


def test_a_site_that_somebody_stands_in_is_replaced(
    content: Path, site: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.chdir(site / "fr")
    with (site / "fr" / "index.html").open() as opened:
        retitle(content)
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
