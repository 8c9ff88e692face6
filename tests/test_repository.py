"""The files around the program keep their own promises: pinned, and tied to no host."""

from __future__ import annotations

import json
import os
import re
import subprocess
from dataclasses import dataclass
from pathlib import Path

import pytest
import yaml

from reperes.cli.main import COMMANDS
from reperes.tools.starting import STARTER

ROOT = Path(__file__).parent.parent
WORKFLOWS = sorted((ROOT / ".github" / "workflows").glob("*.yml"))
STARTERS_WORKFLOWS = sorted((STARTER / "shared" / "dot-github" / "workflows").glob("*.yml"))
LOCKED = sorted((ROOT / "requirements").glob("*.txt"))


def make_targets() -> set[str]:
    return set(re.findall(r"^([a-z]+):", (ROOT / "Makefile").read_text(), re.MULTILINE))


def commands(workflow: Path) -> list[str]:
    jobs = yaml.safe_load(workflow.read_text())["jobs"].values()
    return [step["run"] for job in jobs for step in job["steps"] if "run" in step]


def actions(workflows: list[Path]) -> set[str]:
    return {action for path in workflows for action in re.findall(r"uses: (.*)", path.read_text())}


@pytest.mark.parametrize("path", WORKFLOWS + STARTERS_WORKFLOWS, ids=lambda path: path.name)
def test_actions_are_pinned_to_a_commit_and_say_its_version(path: Path) -> None:
    used = actions([path])
    assert used
    for action in used:
        assert re.fullmatch(r"[\w-]+/[\w-]+@[0-9a-f]{40} # v\d+\.\d+\.\d+", action)


def test_new_explainers_use_the_versions_of_actions_that_we_use() -> None:
    assert actions(STARTERS_WORKFLOWS) <= actions(WORKFLOWS)


@pytest.mark.parametrize("path", WORKFLOWS, ids=lambda path: path.name)
def test_workflows_run_commands_that_make_has(path: Path) -> None:
    made = [word for run in commands(path) for word in re.findall(r"^make (\w+)", run)]
    assert made
    assert set(made) <= make_targets()


@pytest.mark.parametrize("path", LOCKED, ids=lambda path: path.name)
def test_every_python_package_is_pinned_by_hash_and_none_by_host(path: Path) -> None:
    text = path.read_text()
    pins = re.findall(r"^[^#\s].*$", text, re.MULTILINE)
    assert pins
    assert all(re.fullmatch(r"\S+==\S+( ; .*)? \\", pin) for pin in pins)
    assert len(re.findall(r"^\S.*\n +--hash=sha256:", text, re.MULTILINE)) == len(pins)
    assert not re.search(r"https?:|index-url|find-links|file:", text)


@pytest.mark.parametrize(
    "folder", [ROOT, ROOT / "tests" / "lighthouse"], ids=["tests", "lighthouse"]
)
def test_every_node_package_is_pinned_by_hash_and_none_by_host(folder: Path) -> None:
    packages = json.loads((folder / "package-lock.json").read_text())["packages"]
    installed = [package for path, package in packages.items() if path]
    assert installed
    assert all("integrity" in package for package in installed)
    assert not any("resolved" in package for package in installed)


def test_the_pictures_stay_light() -> None:
    pictures = list((ROOT / "docs" / "pictures").iterdir())
    shown = re.findall(r"\(docs/pictures/(.*?)\)", (ROOT / "README.md").read_text())
    shown += re.findall(r"\(pictures/(.*?)\)", (ROOT / "docs" / "SPEED.md").read_text())
    assert sorted(shown) == sorted(path.name for path in pictures)
    assert sum(path.stat().st_size for path in pictures) < 300_000


APT_GET = """#!/bin/sh
echo "$(id -u) apt-get $*" >>"$DONE"
"""
SUDO = """#!/bin/sh
[ "$1" != -n ] || shift
AS=0 exec "$@"
"""
INSTALLED = ["0 apt-get -qq update", "0 apt-get -qq install --no-install-recommends cat dog"]
SAYS_HOW = "cat dog missing, for company: install it (on Debian: sudo apt install cat dog)\n"
ASKS = 'cat dog missing, for company. Install it now, by "{}apt-get install cat dog"? [y/N] '
SAYS_SO = "Installing cat dog, for company\n"


@dataclass(frozen=True)
class Machine:
    """A machine on which nothing is installed, whatever is asked of it."""

    folder: Path

    def install(
        self, user: int, typed: str | None = None, **environment: str
    ) -> tuple[int, str, list[str]]:
        """How the script ends, what it says, and what ran; with `typed`, at a terminal."""
        done = self.folder / "done"
        done.write_text("")
        keyboard, terminal = os.openpty()
        if typed is not None:
            os.write(keyboard, typed.encode())
        ended = subprocess.run(
            [ROOT / ".ci" / "install", "company", "cat", "dog"],
            env={"PATH": str(self.folder), "DONE": str(done), "AS": str(user)} | environment,
            stdin=subprocess.DEVNULL if typed is None else terminal,
            stdout=subprocess.PIPE,
            stderr=subprocess.STDOUT,
            text=True,
            check=False,
        )
        os.close(keyboard)
        os.close(terminal)
        return ended.returncode, ended.stdout, done.read_text().splitlines()


@pytest.fixture
def machine(tmp_path: Path) -> Machine:
    programs = {"apt-get": APT_GET, "sudo": SUDO, "id": "#!/bin/sh\necho $AS\n"}
    for name, program in programs.items():
        (tmp_path / name).write_text(program)
        (tmp_path / name).chmod(0o755)
    (tmp_path / "env").symlink_to("/usr/bin/env")
    return Machine(tmp_path)


@pytest.mark.parametrize(
    ("user", "environment"),
    [(0, {}), (0, {"CI": "true"}), (7, {"CI": "1"}), (7, {"INSTALL": "yes"})],
)
def test_packages_are_installed_where_somebody_has_agreed(
    user: int, environment: dict[str, str], machine: Machine
) -> None:
    assert machine.install(user, **environment) == (0, SAYS_SO, INSTALLED)


@pytest.mark.parametrize("environment", [{}, {"INSTALL": "no"}, {"CI": ""}])
def test_sudo_is_not_used_unasked(environment: dict[str, str], machine: Machine) -> None:
    assert machine.install(7, **environment) == (1, SAYS_HOW, [])


@pytest.mark.parametrize(("user", "sudo"), [(0, ""), (7, "sudo ")])
def test_a_terminal_is_asked_first(user: int, sudo: str, machine: Machine) -> None:
    asked = ASKS.format(sudo)
    assert machine.install(user, "y\n") == (0, asked + SAYS_SO, INSTALLED)
    assert machine.install(user, "\n") == (1, asked + SAYS_HOW, [])
    assert machine.install(user, "n\n") == (1, asked + SAYS_HOW, [])
    assert machine.install(user, "\n", CI="true") == (0, SAYS_SO, INSTALLED)


@pytest.mark.parametrize("lacking", ["apt-get", "sudo"])
def test_a_machine_without_the_means_says_how(lacking: str, machine: Machine) -> None:
    (machine.folder / lacking).unlink()
    assert machine.install(7, INSTALL="yes") == (1, SAYS_HOW, [])


def test_what_cannot_be_installed_says_how(machine: Machine) -> None:
    (machine.folder / "apt-get").write_text("#!/bin/sh\nexit 100\n")
    assert machine.install(0) == (1, SAYS_SO + SAYS_HOW, [])


def test_nothing_else_of_ours_becomes_root() -> None:
    for path in (ROOT / "Makefile", ROOT / ".ci" / "run"):
        assert not re.findall(r"sudo|apt-get", path.read_text())


FORMS = sorted((ROOT / ".github" / "ISSUE_TEMPLATE").glob("[0-9]*.yml"))
FIELDS = {"input", "textarea"}


@pytest.mark.parametrize("path", FORMS, ids=lambda path: path.name)
def test_forms_of_reports_have_what_github_asks_of_them(path: Path) -> None:
    """https://docs.github.com/en/communities/using-templates-to-encourage-useful-issues-and-pull-requests"""
    form = yaml.safe_load(path.read_text("utf-8"))
    assert form.keys() == {"name", "description", "body"}
    fields = [element for element in form["body"] if element["type"] in FIELDS]
    texts = [element for element in form["body"] if element["type"] == "markdown"]
    assert len(fields) + len(texts) == len(form["body"])
    assert all(element["attributes"]["value"] for element in texts)
    assert all(element["attributes"]["label"] for element in fields)
    assert len({element["id"] for element in fields}) == len(fields)
    assert any(element.get("validations", {}).get("required") for element in fields)


def test_a_mistake_is_reported_with_its_source() -> None:
    forms = [yaml.safe_load(path.read_text("utf-8"))["body"] for path in FORMS]
    required = [e["id"] for body in forms for e in body if e.get("validations", {}).get("required")]
    assert "source" in required


def test_the_list_of_a_pull_request_names_what_is_there() -> None:
    template = (ROOT / ".github" / "pull_request_template.md").read_text("utf-8")
    named = set(re.findall(r"`([^`]+)`", template))
    targets = {name.removeprefix("make ") for name in named if name.startswith("make ")}
    programs = {name.removeprefix("reperes ") for name in named if name.startswith("reperes ")}
    paths = {name for name in named if not name.startswith(("make ", "reperes "))}
    assert "content/corrections.yml" in paths
    assert targets <= make_targets()
    assert programs <= COMMANDS.keys()
    assert all((ROOT / path).is_file() for path in paths)


def test_hooks_before_a_commit_run_what_make_has_set_up() -> None:
    settings = yaml.safe_load((ROOT / ".pre-commit-config.yaml").read_text())
    pinned = (ROOT / "requirements" / "test.txt").read_text()
    hooks = [hook for repository in settings["repos"] for hook in repository["hooks"]]
    assert [repository["repo"] for repository in settings["repos"]] == ["local"]
    assert all(hook["language"] == "system" for hook in hooks)
    for program, argument, *_ in [[*hook["entry"].split(), ""] for hook in hooks]:
        if program == "make":
            assert argument in make_targets()
        else:
            name = program.removeprefix(".venv/bin/").replace("lint-imports", "import-linter")
            assert f"\n{name}==" in pinned
