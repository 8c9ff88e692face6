from __future__ import annotations

import os
import subprocess
import sys
import threading
import tomllib
from dataclasses import replace
from pathlib import Path

import pytest

from reperes.pages import page_ids
from reperes.pages.page import page_file, site_file
from reperes.site import engine
from reperes.site.bundles import draft
from reperes.site.engine import (
    EngineError,
    LiveEngine,
    build_sites,
    passed_over,
    refused_file,
    require,
    require_pages,
)
from reperes.site.engines import ENGINES, MKDOCS, PROPERDOCS, ZENSICAL, Engine
from reperes.site.open_data import data_file_names
from reperes.site.publishing import Workspace
from reperes.site.tree import settings_of, write_tree
from reperes.text.files import is_running, refusal
from reperes.text.problems import ContentError
from support import toy
from support_commands import messages

ROOT = Path(engine.__file__).parent.parent
CLONE = Path(__file__).parent.parent


def standing_in(monkeypatch: pytest.MonkeyPatch, program: str) -> list[subprocess.Popen[str]]:
    """Let a few lines of Python stand in for the engine; the processes that were started."""
    started: list[subprocess.Popen[str]] = []

    def start(settings: Path, *_: object) -> subprocess.Popen[str]:
        command = [sys.executable, "-c", program, str(settings)]
        pipes = {"stdout": subprocess.PIPE, "stderr": subprocess.STDOUT}
        started.append(subprocess.Popen(command, text=True, **pipes))  # type: ignore[call-overload]
        return started[-1]

    monkeypatch.setattr(engine, "_start", start)
    return started


MEETING = """
import pathlib, sys, time
here = pathlib.Path(sys.argv[1])
here.write_text("here")
while not all((here.parent / name).exists() for name in ("fr.yml", "en.yml")):
    time.sleep(0.01)
"""


def test_languages_are_built_at_the_same_time(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    standing_in(monkeypatch, MEETING)
    build_sites([tmp_path / "fr.yml", tmp_path / "en.yml"])


def test_every_failure_is_told_with_what_was_printed(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    standing_in(monkeypatch, "import sys; print('bad', sys.argv[1][-6:]); sys.exit(3)")
    with pytest.raises(EngineError) as caught:
        build_sites([tmp_path / "fr.yml", tmp_path / "en.yml"])
    assert str(caught.value).splitlines() == [
        "fr.yml: the engine stopped with 3",
        "bad fr.yml",
        "",
        "en.yml: the engine stopped with 3",
        "bad en.yml",
    ]


def test_much_output_blocks_nothing(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    standing_in(monkeypatch, "print('x' * 1_000_000)")
    build_sites([tmp_path / "fr.yml", tmp_path / "en.yml"])


def test_an_interruption_ends_the_engines(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    started = standing_in(monkeypatch, "import time; time.sleep(600)")

    def interrupt() -> None:
        raise KeyboardInterrupt

    with pytest.raises(KeyboardInterrupt):
        build_sites([tmp_path / "fr.yml", tmp_path / "en.yml"], interrupt)
    assert len(started) == 2
    # The stand-ins would go on for ten minutes by themselves.
    assert all(process.poll() is not None for process in started)


def state_of(process: int) -> str:
    """A letter; "Z" for one that has ended, and that nobody has asked about yet."""
    command = ["ps", "-o", "stat=", "-p", str(process)]
    return subprocess.run(command, capture_output=True, text=True, check=False).stdout


KILLED = """
import os, pathlib, signal, sys
from reperes.site import engine
from reperes.site.bundles import draft
start = engine._start
def start_and_say(*of_engine):
    process = start(*of_engine)
    print(process.pid, flush=True)
    return process
engine._start = start_and_say
engine.build_sites([pathlib.Path(sys.argv[1])], lambda: os.kill(os.getpid(), signal.SIGKILL))
"""


def test_an_engine_ends_with_whoever_started_it(tmp_path: Path) -> None:
    settings = tmp_path / "fr.yml"
    os.mkfifo(settings)  # the engine would wait for ever to be told its settings
    command = [sys.executable, "-c", KILLED, str(settings)]
    with subprocess.Popen(command, stdout=subprocess.PIPE, text=True, cwd=ROOT) as killed:
        assert killed.stdout is not None
        engine_id = int(killed.stdout.readline())
        assert killed.wait() == -9
    pause = threading.Event()
    while is_running(engine_id) and "Z" not in state_of(engine_id):
        pause.wait(0.01)


def test_settings_that_the_engine_refuses(tmp_path: Path) -> None:
    settings = tmp_path / "fr.yml"
    settings.write_text("site_name: 3\n")
    with pytest.raises(EngineError, match=r"^fr\.yml: the engine stopped with 1\n"):
        build_sites([settings])


@pytest.mark.parametrize(
    ("printed", "name"),
    [
        ("OSError: [Errno 28] No space left on device: '/x/fr/a.css'", "/x/fr/a.css"),
        ("OSError: [Errno 28] No space left on device: 'a.css' -> '/x/b.css'\n", "/x/b.css"),
        (
            "Error building page 'talks.md': [Errno 28] No\nOSError: [Errno 28] No space: 'x'",
            "x",
        ),
        ("OSError: [Errno 28] No space left on device\n", "work"),
        ("Error: No space left on device (os error 28)", "work"),
    ],
)
def test_a_machine_that_refuses_is_no_fault_of_the_engine(printed: str, name: str) -> None:
    error = refused_file(printed, Path("work"))
    assert error is not None
    assert refusal(error) == f"{name}: No space left on device"


@pytest.mark.parametrize(
    "printed",
    [
        "ERROR - Config value 'nav': unknown",
        "FileNotFoundError: [Errno 2] No such file or directory: 'x.css'",
    ],
)
def test_any_other_failure_is(tmp_path: Path, printed: str) -> None:
    assert refused_file(printed, tmp_path) is None


def test_a_full_disk_is_told_as_such(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    standing_in(monkeypatch, "raise OSError(28, 'No space left on device', '/x/fr/a.css')")
    with pytest.raises(OSError, match=r"No space left on device: '/x/fr/a\.css'"):
        build_sites([tmp_path / "fr.yml", tmp_path / "en.yml"])


@pytest.mark.usefixtures("small_disk")
def test_a_file_that_the_engine_cannot_write_is_named(tmp_path: Path) -> None:
    (tmp_path / "docs").mkdir()
    (tmp_path / "docs" / "index.md").write_text("# Page\n\nSome text.\n")
    settings = tmp_path / "fr.yml"
    settings.write_text("site_name: x\ntheme: {name: null, custom_dir: theme}\nplugins: []\n")
    (tmp_path / "theme").mkdir()
    (tmp_path / "theme" / "main.html").write_text("{{ 'x' * 200 }}")
    with pytest.raises(OSError) as caught:  # noqa: PT011
        build_sites([settings])
    assert refusal(caught.value) == f"{tmp_path}/site/index.html: File too large"


def test_the_engine_says_nothing_but_what_is_wrong(tmp_path: Path) -> None:
    settings = tmp_path / "fr.yml"
    settings.write_text("site_name: x\ntheme: material\nplugins: 3\n")
    with pytest.raises(EngineError) as caught:
        build_sites([settings])
    assert "\x1b" not in str(caught.value)
    assert "Zensical" not in str(caught.value)


# Which engine


def test_an_engine_that_is_not_installed_says_what_to_install() -> None:
    missing = replace(ZENSICAL, name="nowhere_to_be_found")
    with pytest.raises(ContentError) as caught:
        require(missing)
    assert [found.place.path for found in caught.value.problems] == ["--engine"]
    how = 'run `pip install "zensical>=0.0.73,<0.1"`, or build with mkdocs'
    assert messages(caught.value) == [f"nowhere_to_be_found is not installed; {how}"]


@pytest.mark.parametrize("known", ENGINES.values(), ids=ENGINES)
def test_every_engine_does_all_that_our_settings_ask_for(known: Engine) -> None:
    require(known)


def test_what_an_engine_would_pass_over_is_refused(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    settings = tmp_path / "mkdocs.yml"
    settings.write_text(
        "hooks: [x.py]\ntheme: {name: material, icon: {}}\n"
        "plugins: [tags]\nmarkdown_extensions: [toc, wikilinks]\n"
    )
    monkeypatch.setattr("reperes.paths.SETTINGS", settings)
    with pytest.raises(ContentError) as caught:
        require(ZENSICAL)
    names = ("hooks", "markdown_extensions.wikilinks", "plugins.tags", "theme.icon")
    assert messages(caught.value) == [
        f"zensical would pass over {name} in silence; build with mkdocs" for name in names
    ]
    require(MKDOCS)  # which itself refuses what it does not know


@pytest.mark.parametrize(
    ("settings", "found"),
    [
        ({"a": 1, "b": {"c": {"anything": 2}}}, []),
        ({"b": {"d": 3}, "e": None}, ["b.d", "e"]),
        ({"b": None, "f": []}, []),
        ({"b": ["c", "d"]}, ["b.d"]),
    ],
)
def test_settings_that_are_not_heeded(settings: object, found: list[str]) -> None:
    assert list(passed_over(settings, {"a": True, "b": {"c": True}, "f": {}})) == found


def test_what_to_install_is_what_the_package_asks_for() -> None:
    project = tomllib.loads((CLONE / "pyproject.toml").read_text("utf-8"))["project"]
    assert MKDOCS.requirement in project["dependencies"]
    for known in (PROPERDOCS, ZENSICAL):
        assert project["optional-dependencies"][known.name] == [known.requirement]


def test_engines_that_keep_to_their_folder_run_one_after_another(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    alone = (
        "import pathlib, sys; here = pathlib.Path(sys.argv[1]).parent / 'here'; here.mkdir();"
        "here.rmdir(); sys.exit(0 if sys.argv[1].endswith('fr.yml') else 3)"
    )
    started = standing_in(monkeypatch, alone)
    with pytest.raises(EngineError, match=r"^en\.yml: the engine stopped with 3"):
        build_sites([tmp_path / f"{code}.yml" for code in ("fr", "en", "ar")], engine=ZENSICAL)
    assert len(started) == 2  # the third was not begun


def test_a_page_that_an_engine_did_not_make_is_told(tmp_path: Path) -> None:
    (tmp_path / "fr" / "talks").mkdir(parents=True)
    (tmp_path / "fr" / "talks" / "index.html").touch()
    require_pages(tmp_path, ["fr/talks/"], ZENSICAL)
    with pytest.raises(EngineError) as caught:
        require_pages(tmp_path, ["fr/talks/", "fr/strikes/", "fr/."], ZENSICAL)
    assert str(caught.value) == "zensical did not make fr/strikes/, fr/."


# The engine itself


def write_toy(root: Path) -> Workspace:
    workspace = Workspace(root, root / "docs", lasting=False)
    explainer = toy()
    write_tree(explainer, [draft(explainer, page_id) for page_id in page_ids(explainer)], workspace)
    return workspace


def test_a_work_folder_that_is_moved_still_builds(tmp_path: Path) -> None:
    before = write_toy(tmp_path / "before")
    before.root.rename(tmp_path / "after")
    after = Workspace(tmp_path / "after", tmp_path / "after" / "docs", lasting=False)
    build_sites([after.settings("fr")])
    page = (after.site / "fr" / "figures" / "index.html").read_text("utf-8")
    assert page.startswith('<!DOCTYPE html>\n<html lang="fr">')
    assert (after.site / "fr" / "figures.csv").is_file()
    assert [path.name for path in tmp_path.iterdir()] == ["after"]


def live(known: Engine, language: str = "en") -> LiveEngine:
    explainer = toy()
    addressed = [*map(page_file, page_ids(explainer)), *data_file_names(explainer)]
    return LiveEngine(settings_of(explainer, language), addressed, known)


@pytest.fixture(scope="module")
def one_by_one() -> LiveEngine:
    return live(MKDOCS)


def test_pages_are_the_same_one_by_one_as_in_a_whole_site(
    tmp_path: Path, one_by_one: LiveEngine
) -> None:
    workspace = write_toy(tmp_path)
    build_sites([workspace.settings("en")])
    for page_id in page_ids(toy()):
        drafted = draft(toy(), page_id)
        html = one_by_one.render(drafted.pages["en"], drafted.extras("en"))
        whole = (workspace.site / "en" / site_file(page_id)).read_text("utf-8")
        assert html == whole, page_id


def test_pages_are_the_same_with_properdocs(one_by_one: LiveEngine) -> None:
    other = live(PROPERDOCS)
    for page_id in ("overview", "figures", "closure"):
        drafted = draft(toy(), page_id)
        page, extras = drafted.pages["en"], drafted.extras("en")
        html = one_by_one.render(page, extras)
        assert html == other.render(page, extras)
        assert "<h1>" in html


def test_pages_are_the_same_in_any_order(one_by_one: LiveEngine) -> None:
    drafts = {page_id: draft(toy(), page_id) for page_id in page_ids(toy())}

    def rendered(page_id: str) -> str:
        return one_by_one.render(drafts[page_id].pages["en"], drafts[page_id].extras("en"))

    forwards = {page_id: rendered(page_id) for page_id in drafts}
    assert {page_id: rendered(page_id) for page_id in reversed(drafts)} == forwards


def test_the_environment_is_left_as_it_was(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("SOURCE_DATE_EPOCH", "3")
    monkeypatch.delenv("NO_COLOR", raising=False)
    before = dict(os.environ)
    live(MKDOCS)
    assert dict(os.environ) == before


def test_zensical_refuses_a_shell_that_it_cannot_run(tmp_path: Path) -> None:
    workspace = write_toy(tmp_path)
    main = tmp_path / "overrides" / "main.html"
    main.write_text('{{ config.site_url.rstrip("/") }}')
    with pytest.raises(EngineError, match="string has no method named rstrip"):
        build_sites([workspace.settings("fr")], engine=ZENSICAL)
