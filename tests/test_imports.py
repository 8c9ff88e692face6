"""What a command does not need is not imported: starting is what most of them take time for."""

from __future__ import annotations

import subprocess
import sys
from pathlib import Path

import pytest

from support_commands import write_content
from support_sites import ROOT

RUN = """
import sys
from reperes.cli.main import main
heavy = {"mkdocs", "PIL", "uharfbuzz", "weasyprint", "icalendar", "lxml", "mammoth", "watchdog"}
if sys.argv[1] in ("--help", "--version"):
    heavy |= {"jinja2", "yaml", "babel", "markdown", "reperes.model.explainer"}
if sys.argv[1] == "build":
    heavy |= {"material", "jinja2", "yaml", "babel", "markdown", "tinycss2", "num2words"}
    heavy |= {"reperes.model.explainer", "reperes.pages", "reperes.site.building"}
if sys.argv[1] in ("check", "status"):
    heavy |= {"jinja2", "num2words"}
try:
    main(sys.argv[1:])
finally:
    print("imported:", *sorted(heavy & set(sys.modules)), file=sys.stderr)
"""


@pytest.mark.parametrize(
    "command", ["--version", "--help", "check", "status", "stamp en fr", "fmt --check"]
)
def test_commands_import_only_what_they_need(tmp_path: Path, command: str) -> None:
    write_content(tmp_path)
    done = subprocess.run(
        [sys.executable, "-c", RUN, *command.split()],
        cwd=tmp_path,
        env={"PYTHONPATH": str(ROOT / "build_tools"), "PATH": ""},
        capture_output=True,
        text=True,
        check=False,
    )
    assert done.returncode == 0, done.stdout + done.stderr
    assert done.stderr.splitlines()[-1] == "imported:", done.stderr


@pytest.mark.integration
def test_a_build_of_which_nothing_has_changed_imports_nothing_that_builds(tmp_path: Path) -> None:
    write_content(tmp_path)
    first, second = (
        subprocess.run(
            [sys.executable, "-c", RUN, "build"],
            cwd=tmp_path,
            env={"PYTHONPATH": str(ROOT / "build_tools")},
            capture_output=True,
            text=True,
            check=True,
        ).stderr.splitlines()
        for _ in range(2)
    )
    assert "reperes.site.building" in first[-1].split()
    assert any("nothing has changed" in line for line in second)
    assert second[-1].split() == ["imported:"]
