from __future__ import annotations

import json
import os
import re
import signal
import socket
from pathlib import Path

import click
import pytest
from click.testing import CliRunner, Result

from reperes import __version__
from reperes.cli import translate
from reperes.cli.main import main
from reperes.model.loading import load
from reperes.pages import page_ids
from reperes.site import building
from reperes.text.locks import Lock
from reperes.translation.stamping import stamp
from support_commands import (
    BROKEN,
    SOURCE_TEXT,
    BareEngine,
    broken,
    change,
    replace_engine,
    snapshot,
    stale,
    write_content,
)
from support_exchange import with_ids

ROOT = Path(__file__).parents[2]
COMMANDS = (
    *("check", "build", "serve", "status", "diff", "stamp", "verify-source", "explain", "rename"),
    *("export", "import", "new"),
)


@pytest.fixture
def content(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """A sound and stamped content folder, "content" from the working directory."""
    write_content(tmp_path)
    monkeypatch.chdir(tmp_path)
    stamp(Path("content"), ["en", "fr"])
    return Path("content")


@pytest.fixture
def engine(monkeypatch: pytest.MonkeyPatch) -> None:
    replace_engine(monkeypatch)


def run(*arguments: str) -> Result:
    return CliRunner(catch_exceptions=False).invoke(main, arguments)


def without_times(text: str) -> str:
    return re.sub(r"\d+\.\d+ s", "N s", text)


# check


def test_clean_content(content: Path) -> None:
    result = run("check")
    assert (result.exit_code, result.stdout, result.stderr) == (0, "", "no problems\n")


def test_warnings_alone_pass(content: Path) -> None:
    stale(content)
    result = run("check")
    assert result.exit_code == 0
    assert result.stdout.startswith("content/sections/en/closing.md:")
    assert ": warning: " in result.stdout
    assert result.stderr == "1 warning\n"


def test_warnings_fail_a_strict_check(content: Path) -> None:
    stale(content)
    assert run("check", "--strict").exit_code == 1


def test_errors_fail(content: Path) -> None:
    broken(content)
    result = run("check")
    assert result.exit_code == 1
    assert BROKEN in result.stdout
    assert result.stderr == "1 error\n"


@pytest.mark.parametrize("arguments", [("check",), ("build",), ("explain", "x"), ("stamp",)])
def test_a_content_folder_that_is_not_there(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, arguments: tuple[str, ...]
) -> None:
    monkeypatch.chdir(tmp_path)
    result = run(*arguments, "--content", "nothing")
    assert result.exit_code == 1
    assert result.stdout == (
        "nothing:1:1: error: the content folder does not exist; name it with --content DIR [file]\n"
    )


def test_json_is_json_whatever_happens(content: Path) -> None:
    assert json.loads(run("check", "--format", "json").stdout) == []
    broken(content)
    problems = json.loads(run("check", "--format", "json").stdout)
    assert {problem["severity"] for problem in problems} == {"error"}
    missing = json.loads(run("check", "--content", "nothing", "--format", "json").stdout)
    assert [problem["path"] for problem in missing] == ["nothing"]


def test_github_annotations(content: Path) -> None:
    broken(content)
    lines = run("check", "--format", "github").stdout.splitlines()
    assert lines[0].startswith("::error file=content/facts/figures.yml,line=6,col=11,title=shape::")


@pytest.mark.parametrize(
    "arguments",
    [
        ("check", "--format", "xml"),
        ("check", "--unknown"),
        ("unknown",),
        ("explain",),
        ("rename", "one"),
        ("verify-source", "gazette_1"),
        ("serve", "--port", "70000"),
        ("build", "--base-url", "example.org"),
    ],
)
def test_wrong_usage(content: Path, arguments: tuple[str, ...]) -> None:
    assert run(*arguments).exit_code == 2


def test_a_port_that_is_taken_is_said_before_anybody_has_waited(content: Path) -> None:
    with socket.create_server(("127.0.0.1", 0)) as other:
        port = other.getsockname()[1]
        result = run("serve", "--port", str(port))
    message = f"Error: port {port}: Address already in use; name another with --port\n"
    assert (result.exit_code, result.stderr.endswith(message)) == (2, True)
    assert not Path("site").exists()


# build


def test_a_build_goes_beside_the_content(content: Path, engine: None) -> None:
    result = run("build")
    assert (result.exit_code, result.stdout) == (0, "")
    assert Path("site/fr/closing/index.html").is_file()
    assert without_times(result.stderr) == (
        "  check             N s\n"
        f"  pages             N s  {len(page_ids(load(content).explainer))}\n"
        "  data and styles   N s\n"
        "  search            N s\n"
        "  verify            N s\n"
        "  publish           N s\n"
        "no problems; built site in N s\n"
        "look at it with `make serve` (or `reperes serve`)\n"
    )


def test_what_is_as_it_was_is_not_built_again(content: Path, engine: None) -> None:
    run("build")
    result = run("build")
    assert (result.exit_code, result.stdout) == (0, "")
    assert without_times(result.stderr).startswith("no problems; nothing has changed in site")


def test_a_fresh_build_makes_everything(content: Path, engine: None) -> None:
    run("build")
    result = run("build", "--fresh")
    assert result.exit_code == 0
    assert "  pages " in result.stderr
    assert "built site in" in result.stderr


def test_a_change_is_said_to_be_small(content: Path, engine: None) -> None:
    run("build")
    stale(content)
    every = len(page_ids(load(content).explainer))
    made, kept = map(int, re.search(r"(\d+) made, (\d+) kept\n", run("build").stderr).groups())
    assert made + kept == every
    assert 0 < made < kept


def test_a_refused_build_changes_nothing(content: Path, engine: None) -> None:
    assert run("build").exit_code == 0
    before = snapshot(Path("site"))
    broken(content)
    result = run("build")
    assert result.exit_code == 1
    assert BROKEN in result.stdout
    assert result.stderr.endswith("1 error; nothing was changed\n")
    assert snapshot(Path("site")) == before


def test_a_strict_build(content: Path, engine: None) -> None:
    stale(content)
    assert run("build", "--strict").exit_code == 1
    assert not Path("site").exists()
    result = run("build")
    assert result.exit_code == 0
    assert "1 warning; built site in" in result.stderr


def test_an_output_that_is_not_ours(content: Path) -> None:
    Path("site").mkdir()
    Path("site/letter.txt").write_text("dear")
    result = run("build")
    assert result.exit_code == 1
    assert result.stdout.endswith(
        "site:1:1: error: is not empty, and not a site of ours; "
        "name another folder with --output [output]\n"
    )


@pytest.mark.parametrize(
    ("output", "said"),
    [
        ("letter.txt/site", "Not a directory; nothing was changed\n"),
        ("x" * 300, "File name too long; nothing was changed\n"),
    ],
)
def test_an_output_that_cannot_be_written_is_one_line(
    content: Path, output: str, said: str
) -> None:
    Path("letter.txt").write_text("dear")
    result = run("build", "--output", output)
    assert (result.exit_code, result.stdout) == (1, "")
    assert result.stderr.endswith(said)
    assert len(without_times(result.stderr).splitlines()) <= 2


@pytest.mark.parametrize(
    "error",
    [
        PermissionError(13, "Permission denied", "site/x"),
        OSError(28, "No space left on device", "site/x"),
    ],
)
def test_a_machine_that_refuses_to_write_is_one_line(
    content: Path, monkeypatch: pytest.MonkeyPatch, error: OSError
) -> None:
    def refuse(*_: object) -> None:
        raise error

    monkeypatch.setattr(building, "make_pages", refuse)
    result = run("build")
    assert result.exit_code == 1
    assert result.stderr.endswith(f"site/x: {error.strerror}; nothing was changed\n")
    assert not Path("site").exists()


@pytest.mark.parametrize("number", [signal.SIGTERM, signal.SIGHUP])
def test_a_signal_ends_a_build_as_ctrl_c_does(
    content: Path, engine: None, monkeypatch: pytest.MonkeyPatch, number: signal.Signals
) -> None:
    before = signal.getsignal(number)
    assert run("build").exit_code == 0
    published = snapshot(Path("site"))

    def end(*_: object) -> None:
        signal.raise_signal(number)

    monkeypatch.setattr(BareEngine, "render", end)
    assert run("build", "--fresh").exit_code == 128 + number
    assert snapshot(Path("site")) == published
    assert sorted(path.name for path in Path().iterdir()) == [".site.build", "content", "site"]
    assert [path.name for path in Path(".site.build").iterdir()] == ["kept"]
    assert signal.getsignal(number) is before


def test_a_command_that_ignores_hanging_up_goes_on_doing_so(
    content: Path, engine: None, monkeypatch: pytest.MonkeyPatch
) -> None:
    before = signal.signal(signal.SIGHUP, signal.SIG_IGN)
    monkeypatch.setattr(building, "verify", lambda *_: signal.raise_signal(signal.SIGHUP) or ())
    assert run("build").exit_code == 0
    assert signal.signal(signal.SIGHUP, before) is signal.SIG_IGN


def test_a_build_that_does_not_wait(content: Path, engine: None) -> None:
    lock = Lock(Path(".site.build/lock"))
    assert lock.take()
    result = run("build", "--wait", "0")
    lock.free()
    assert result.exit_code == 1
    start, _, end = result.stdout.partition(", since ")
    assert start.endswith(f"/site:1:1: error: is being built by process {os.getpid()}")
    assert end.endswith("; try again when that has ended [output]\n")
    assert result.stderr == "1 error; nothing was changed\n"


def test_a_check_puts_a_site_back_that_a_killed_build_had_moved(
    content: Path, engine: None
) -> None:
    run("build")
    Path("site").rename(".site.build/previous")
    result = run("check")
    assert result.stderr == (
        "site: back in its place; a build was killed on the way\nno problems\n"
    )
    assert Path("site/index.html").is_file()


@pytest.mark.parametrize("error", [ZeroDivisionError(), FileNotFoundError(2, "not there", "x")])
def test_a_bug_keeps_its_traceback(
    content: Path, monkeypatch: pytest.MonkeyPatch, error: Exception
) -> None:
    def bug(*_: object) -> None:
        raise error

    monkeypatch.setattr(building, "make_pages", bug)
    with pytest.raises(type(error)):
        run("build")


# The other commands


def test_stamp_says_what_it_wrote_and_what_it_left(content: Path) -> None:
    stale(content)
    result = run("stamp")
    assert (result.exit_code, result.stdout) == (0, "")
    assert result.stderr == "not up to date, and not stamped: en/closing\nnothing to stamp\n"
    result = run("stamp", "en/closing")
    assert (result.exit_code, result.stdout, result.stderr) == (0, "stamped en/closing\n", "")


def test_stamp_of_something_unknown(content: Path) -> None:
    result = run("stamp", "en/closeing")
    assert result.exit_code == 1
    assert result.stdout == (
        'en/closeing:1:1: error: no translation "en/closeing"; did you mean "en/closing"?; '
        'write LANGUAGE/ID, such as "en/facts" [stamp]\n'
    )


def test_status(content: Path) -> None:
    result = run("status")
    assert (result.exit_code, result.stderr) == (0, "")
    lines = result.stdout.splitlines()
    assert lines[1].split() == ["crossing", "up", "to", "date", "4/4", "100%", "21/21", "100%"]
    stale(content)
    assert ": en/closing:3: the original was reworded" in run("status").stdout


def test_a_strict_status_fails_where_anything_is_not_up_to_date(content: Path) -> None:
    assert run("status", "--strict").exit_code == 0
    stale(content)
    assert run("status").exit_code == 0
    assert run("status", "--strict").exit_code == 1
    assert run("status", "--strict", "--format", "json").exit_code == 1


def test_status_in_every_format(content: Path) -> None:
    stale(content)
    assert json.loads(run("status", "--format", "json").stdout)["version"] == "1.0"
    assert run("status", "--format", "markdown").stdout.startswith("| fr | state |")
    assert run("status", "--format", "github").stdout.startswith("::warning file=content/")


@pytest.mark.parametrize("command", ["status", "diff"])
def test_an_error_in_one_file_leaves_the_others_to_be_told_of(content: Path, command: str) -> None:
    stale(content)
    change(content, "sections/fr/closing.md", "(place:villeneuve)", "(place:vileneuve)")
    assert "en/closing:3" in run(command).stdout
    change(content, "sections/en/crossing.md", "summary:", "sumary:")
    change(content, "facts/figures.yml", 'low: "200"', 'low: "400"')
    result = run(command)
    assert result.exit_code == 0
    assert "en/closing:3" in result.stdout
    assert "crossing" not in result.stdout
    assert "figures/protesters" not in result.stdout
    assert "content/sections/en/crossing.md:4:1: error: " in result.stderr
    assert "content/facts/figures.yml:6:11: error: " in result.stderr


@pytest.mark.parametrize("command", ["status", "diff"])
def test_nothing_is_told_of_a_translation_of_which_the_record_is_broken(
    content: Path, command: str
) -> None:
    (content / "translations/en/closing.po").write_text("<<<<<<< HEAD\n")
    result = run(command)
    assert result.exit_code == 0
    assert "closing" not in result.stdout
    assert result.stderr == (
        "content/translations/en/closing.po:1:1: error: not a valid PO file, from "
        '"<<<<<<< HEAD" on; mend it, or bring back its last version [baseline]\n'
    )


@pytest.mark.parametrize(
    ("name", "broken", "exit_code"),
    [
        ("en/closing", "sections/fr/closing.md", 1),
        ("en/closing:3", "sections/en/closing.md", 1),
        ("fr/crossing", "sections/fr/closing.md", 0),
        ("en/facts", "places.yml", 1),
        ("en/facts", "sections/fr/closing.md", 0),
        ("en/closing", "places.yml", 0),
    ],
)
def test_a_difference_that_cannot_be_read(
    content: Path, name: str, broken: str, exit_code: int
) -> None:
    path = content / broken
    path.write_text(path.read_text("utf-8").replace("Villeneuve", "\x01"), "utf-8")
    result = run("diff", name)
    assert result.exit_code == exit_code
    said = result.stdout if exit_code else result.stderr
    assert f"content/{broken}:" in said


def test_diff(content: Path) -> None:
    assert run("diff", "en/closing").stdout == "en/closing: nothing differs\n"
    stale(content)
    result = run("diff", "en/closing")
    assert result.exit_code == 0
    assert "riverains ont [-manifesté-]{+défilé+}." in result.stdout


def test_diff_in_colours(content: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    stale(content)
    monkeypatch.setattr(translate, "_has_colours", lambda: True)
    result = CliRunner().invoke(main, ["diff"], color=True)
    removed, added = "\x1b[31m\x1b[9mmanifesté\x1b[0m", "\x1b[32m\x1b[4mdéfilé\x1b[0m"
    assert f"riverains ont {removed}{added}." in result.stdout


def test_diff_of_something_unknown(content: Path) -> None:
    result = run("diff", "en/closeing")
    assert result.exit_code == 1
    assert 'did you mean "en/closing"?' in result.stdout


def test_verify_source(content: Path) -> None:
    Path("report.txt").write_text(SOURCE_TEXT)
    result = run("verify-source", "gazette_1", "--text", "report.txt")
    assert (result.exit_code, result.stdout) == (
        0,
        "gazette_1: 4 paragraphs and 3 facts agree with the text\n",
    )


def test_verify_source_of_a_changed_text(content: Path) -> None:
    Path("report.txt").write_text(SOURCE_TEXT.replace("Travaux", "Chantier"))
    result = run("verify-source", "gazette_1", "--text", "report.txt")
    assert (result.exit_code, result.stderr) == (1, "1 error\n")
    assert result.stdout == (
        "report.txt:2:1: error: is not the paragraph 2 that was read; "
        "the text was changed [source]\n"
    )


def test_verify_source_passes_with_a_warning(content: Path) -> None:
    Path("report.txt").write_text(f"{SOURCE_TEXT}En bref\n")
    result = run("verify-source", "gazette_1", "--text", "report.txt")
    assert result.exit_code == 0
    assert "report.txt:5:1: warning: " in result.stdout


def test_explain(content: Path) -> None:
    result = run("explain", "closure")
    assert result.exit_code == 0
    assert result.stdout.startswith("event closure  (content/facts/events.yml:2:10)\n  fr\n")


def test_explain_does_not_speak_of_broken_content(content: Path) -> None:
    broken(content)
    result = run("explain", "closure")
    assert result.exit_code == 1
    assert BROKEN in result.stdout


def test_rename_says_what_it_changed(content: Path) -> None:
    result = run("rename", "fix_date", "date_fixed")
    assert (result.exit_code, result.stdout) == (
        0,
        "changed content/corrections.yml\nchanged content/translations/en/facts.po\n",
    )


def test_rename_of_something_unknown(content: Path) -> None:
    result = run("rename", "closur", "shut")
    assert result.exit_code == 1
    assert result.stdout == (
        'closur:1:1: error: nothing has the id "closur"; did you mean "closure"? [rename]\n'
    )
    assert result.stderr == "1 error; nothing was changed\n"


# Engines


def test_an_engine_that_nobody_knows() -> None:
    result = run("build", "--engine", "hugo")
    assert result.exit_code == 2
    assert result.stderr.splitlines()[-1] == (
        "Error: Invalid value for '--engine': "
        "'hugo' is not one of 'mkdocs', 'properdocs', 'zensical'."
    )


def test_a_preview_by_an_engine_that_renders_no_single_pages() -> None:
    result = run("serve", "--engine", "zensical")
    assert result.exit_code == 2
    assert result.stderr.splitlines()[-1] == (
        "Error: zensical makes whole sites alone, and a preview single pages; take mkdocs"
    )


# Help


@pytest.mark.parametrize("command", COMMANDS)
def test_every_command_explains_itself(command: str) -> None:
    result = run(command, "--help")
    assert result.exit_code == 0
    assert result.stdout.startswith(f"Usage: main {command} [OPTIONS]")
    options = re.findall(r"^  (--[a-z-]+(?: \S+)?|-h, --help)(.*)$", result.stdout, re.MULTILINE)
    assert [name for name, said in options if not said.strip()] == []
    assert max(map(len, result.stdout.splitlines())) <= 80


def test_the_program_lists_its_commands() -> None:
    listed = re.findall(r"^  ([a-z-]+)  +(\S.*)$", run("--help").stdout, re.MULTILINE)
    assert {name for name, _ in listed} >= set(COMMANDS)
    assert [said for _, said in listed if said.endswith("...")] == []
    with click.Context(main) as context:
        for name, said in listed[-len(main.list_commands(context)) :]:
            command = main.get_command(context, name)
            assert command is not None
            assert command.get_short_help_str(100).startswith(said.removesuffix("."))


def test_the_program_says_its_version() -> None:
    assert run("--version").stdout == f"reperes, version {__version__}\n"


# export and import


def test_an_export_goes_to_standard_output_alone(content: Path) -> None:
    result = run("export", "--format", "po")
    assert (result.exit_code, result.stderr) == (0, "")
    assert result.stdout.startswith('#\nmsgid ""\nmsgstr ""\n"Project-Id-Version: The bridge\\n"')


def test_an_export_to_a_file_says_so(content: Path) -> None:
    result = run("export", "--format", "xliff", "--output", "bridge.xlf")
    assert (result.exit_code, result.stdout, result.stderr) == (0, "", "wrote bridge.xlf\n")
    assert b"urn:oasis:names:tc:xliff:document:1.2" in Path("bridge.xlf").read_bytes()


def test_an_export_of_what_is_pending(content: Path) -> None:
    stale(content)
    result = run("export", "--format", "csv", "--pending")
    assert [line.split(";")[:2] for line in result.stdout.splitlines()[:2]] == [
        ['\ufeff"id"', '"state"'],
        [f'"{with_ids(content, "sections/closing/3")}"', '"stale"'],
    ]


def test_an_export_says_what_it_leaves_out(content: Path) -> None:
    change(content, "sections/en/closing.md", "{{ closure.on }}.\n\n##", "now.\n\nThen.\n\n##")
    left_out = (
        'content/sections/en/closing.md:10:1: warning: only the translation says this ("Then.")'
    )
    result = run("export", "--format", "po", "--output", "bridge.po")
    assert (result.exit_code, result.stderr) == (0, "wrote bridge.po\n")
    assert result.stdout.startswith(left_out)
    # Beside the file on standard output, it would be taken for a part of it.
    result = run("export", "--format", "po")
    assert result.stdout.startswith("#\nmsgid")
    assert result.stderr.startswith(left_out)


def test_an_export_beside_an_error_in_another_file(content: Path) -> None:
    change(content, "facts/figures.yml", 'low: "200"', 'low: "400"')
    result = run("export", "--format", "po", "--output", "bridge.po")
    assert (result.exit_code, result.stdout) == (0, "")
    assert "content/facts/figures.yml:6:11: error: " in result.stderr
    assert "wrote bridge.po\n" in result.stderr


def test_an_import_says_what_it_changed(content: Path) -> None:
    exported = run("export", "--format", "po").stdout
    text = exported.replace('msgstr "## Anger', 'msgstr "## Fury')
    Path("bridge.po").write_text(text, "utf-8")
    result = run("import", "bridge.po")
    assert result.exit_code == 0
    assert result.stdout == "changed content/sections/en/closing.md\nstamped en/closing\n"
    assert result.stderr == "1 text taken; no problems\n"
    assert run("check").exit_code == 0


def test_an_import_that_refuses_something_fails(content: Path) -> None:
    exported = run("export", "--format", "po").stdout
    text = exported.replace('msgstr "## Anger {#anger}"', 'msgstr "Anger"')
    Path("bridge.po").write_text(text, "utf-8")
    result = run("import", "bridge.po")
    assert result.exit_code == 1
    assert result.stdout == (
        "bridge.po:43:1: error: sections/closing/#anger: the original is a heading (## {#anger}), "
        "and the translation a paragraph; make them alike [exchange]\n"
    )
    assert result.stderr == "0 texts taken; 1 error\n"


def test_an_import_of_drafts(content: Path) -> None:
    exported = run("export", "--format", "po").stdout
    text = exported.replace('msgstr "## Anger', 'msgstr "## TODO')
    Path("bridge.po").write_text(text, "utf-8")
    refused = run("import", "bridge.po")
    assert (refused.exit_code, refused.stderr) == (1, "0 texts taken; 1 error\n")
    result = run("import", "--drafts", "bridge.po")
    assert (result.exit_code, result.stdout) == (0, "changed content/sections/en/closing.md\n")
    assert result.stderr == "1 text taken (1 as a draft); no problems\n"
