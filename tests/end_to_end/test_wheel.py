"""The program as it is installed: a wheel, in an environment and a folder that know no clone."""

from __future__ import annotations

import os
import re
import shutil
import subprocess
import sys
import sysconfig
import tarfile
import venv
import zipfile
from collections.abc import Iterator
from dataclasses import dataclass
from email import message_from_bytes
from email.message import Message
from pathlib import Path

import pytest
import yaml
from packaging.requirements import Requirement

from support import REAL, TOY
from support_commands import snapshot
from support_sites import ROOT, BuiltSite

THEME = {
    "mkdocs.yml": "theme/mkdocs.yml",
    "package.json": "theme/package.json",
    "overrides/": "theme/overrides/",
    "docs/assets/": "theme/assets/",
}
"""Files and folders at the root of a clone, and where a wheel has them in the package."""


@dataclass(frozen=True)
class Environment:
    """A virtual environment and an empty folder to run its programs in."""

    path: Path
    folder: Path

    def outcome(self, program: str, *arguments: str) -> subprocess.CompletedProcess[str]:
        return subprocess.run(
            [self.path / "bin" / program, *arguments],
            cwd=self.folder,
            env={name: value for name, value in os.environ.items() if name != "PYTHONPATH"},
            capture_output=True,
            text=True,
            check=False,
        )

    def run(self, program: str, *arguments: str) -> str:
        """What a program prints, which has to succeed."""
        ran = self.outcome(program, *arguments)
        assert ran.returncode == 0, ran.stdout + ran.stderr
        return ran.stdout


def environment(folder: Path) -> Environment:
    venv.create(folder / "venv", symlinks=True)
    (folder / "empty").mkdir()
    return Environment(folder / "venv", folder / "empty")


def show_installed_packages(environment: Environment) -> None:
    """Let an environment see the packages of this one, so that a test needs no network.

    A path in a .pth is added alone: the .pth beside those packages, by which the clone itself is
    installed, is not read.
    """
    packages = sysconfig.get_path("purelib", vars={"base": str(environment.path)})
    Path(packages, "ours.pth").write_text(sysconfig.get_path("purelib"))


@pytest.fixture(scope="module")
def wheel(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Built of the source distribution, as PyPI's users may build it."""
    folder = tmp_path_factory.mktemp("wheel")
    hatchling = [sys.executable, "-m", "hatchling", "build", "--directory", str(folder)]
    subprocess.run([*hatchling, "--target", "sdist"], cwd=ROOT, check=True, capture_output=True)
    (archive,) = folder.glob("reperes-*.tar.gz")
    with tarfile.open(archive) as sources:
        sources.extractall(folder, filter="data")
    unpacked = folder / archive.name.removesuffix(".tar.gz")
    subprocess.run([*hatchling, "--target", "wheel"], cwd=unpacked, check=True, capture_output=True)
    (path,) = folder.glob("reperes-*.whl")
    return path


@pytest.fixture(scope="module")
def metadata(wheel: Path) -> Message:
    with zipfile.ZipFile(wheel) as archive:
        (name,) = (name for name in archive.namelist() if name.endswith(".dist-info/METADATA"))
        return message_from_bytes(archive.read(name))


@pytest.fixture(scope="module")
def installed(wheel: Path, tmp_path_factory: pytest.TempPathFactory) -> Environment:
    made = environment(tmp_path_factory.mktemp("installed"))
    pip = [sys.executable, "-m", "pip", "--python", str(made.path / "bin" / "python")]
    options = ["--quiet", "--disable-pip-version-check", "--no-deps", "--no-index"]
    subprocess.run([*pip, "install", *options, str(wheel)], check=True, capture_output=True)
    # Only now: pip would find the clone among the packages, and leave the wheel away.
    show_installed_packages(made)
    return made


def files_of_the_package() -> Iterator[str]:
    """Every file that git has, or would take, of what the wheel should hold, as it names it."""
    listing = ["git", "ls-files", "--cached", "--others", "--exclude-standard"]
    places = {"build_tools/reperes/": "", **THEME}
    names = subprocess.run(
        [*listing, *places], cwd=ROOT, check=True, capture_output=True, text=True
    ).stdout
    for name in filter(lambda name: (ROOT / name).is_file(), names.splitlines()):
        (start,) = (start for start in places if name.startswith(start))
        yield "reperes/" + name.replace(start, places[start], 1)


def test_the_wheel_holds_every_file_of_the_package_and_its_licence(wheel: Path) -> None:
    with zipfile.ZipFile(wheel) as archive:
        names = set(archive.namelist())
    ours = {name for name in names if not name.partition("/")[0].endswith(".dist-info")}
    assert ours == set(files_of_the_package())
    assert "reperes/py.typed" in ours
    assert {
        "reperes/theme/assets/reperes-serif.woff2",
        "reperes/theme/assets/reperes-serif.LICENSE.txt",
    } <= ours
    assert [name for name in names if name.endswith(".dist-info/licenses/LICENSE")]


def test_every_requirement_has_a_floor_and_a_ceiling(metadata: Message) -> None:
    requirements = [Requirement(line) for line in metadata.get_all("Requires-Dist", [])]
    assert len(requirements) > 15
    for requirement in requirements:
        operators = {specifier.operator for specifier in requirement.specifier}
        assert operators in ({">=", "<"}, {"=="}), str(requirement)
    assert "setuptools" not in {requirement.name for requirement in requirements}


def test_what_the_index_shows_of_it(metadata: Message) -> None:
    extras = {"books", "drafts", "editor", "properdocs", "zensical"}
    assert set(metadata.get_all("Provides-Extra", [])) == extras
    links = re.findall(r"\]\(([^)]+)\)", str(metadata.get_payload()))
    assert links
    assert all(link.startswith("https://") for link in links)
    repository = yaml.safe_load((REAL / "site.yml").read_text("utf-8"))["repository"]
    urls = dict(line.split(", ", 1) for line in metadata.get_all("Project-URL", []))
    assert urls.keys() == {"Source", "Documentation", "Changelog", "Issues"}
    assert all(url.startswith(repository) for url in urls.values())
    classifiers = metadata.get_all("Classifier", [])
    assert "Typing :: Typed" in classifiers
    assert "Programming Language :: Python :: 3.11" in classifiers
    assert metadata["License-Expression"] == "MIT"
    assert metadata["Requires-Python"] == ">=3.11"


@pytest.mark.parametrize("kind", ["toy", "real"])
def test_it_builds_the_same_bytes_as_the_clone(
    installed: Environment, kind: str, content: Path, site: BuiltSite
) -> None:
    where = installed.run("python", "-c", "import reperes; print(reperes.__file__)")
    assert Path(where).is_relative_to(installed.path)
    folder = installed.folder / kind
    shutil.copytree(content, folder / "content")
    installed.run("reperes", "build", "--strict", "--content", f"{kind}/content")
    built = snapshot(folder / "site")
    expected = snapshot(site.folder)
    assert built.keys() == expected.keys()
    assert [name for name in expected if built[name] != expected[name]] == []


@pytest.mark.parametrize("languages", ["fr,en", "en"])
def test_it_begins_an_explainer_that_checks_and_builds(
    installed: Environment, languages: str
) -> None:
    name = languages.replace(",", "_")
    installed.run("reperes", "new", name, "--languages", languages, "--title", "Ferry", "--yes")
    content = f"{name}/content"
    installed.run("reperes", "check", "--strict", "--content", content)
    installed.run(
        "reperes", "verify-source", "note", "--content", content, "--text", f"{name}/note.txt"
    )
    installed.run("reperes", "build", "--strict", "--content", content)
    built = snapshot(installed.folder / name / "site")
    assert {f"{code}/example/index.html" for code in languages.split(",")} <= built.keys()
    assert {path.split("/")[0] for path in built if path.endswith("/example/index.html")} == {
        *languages.split(",")
    }


def test_it_writes_schemas_beside_the_content_and_not_into_itself(installed: Environment) -> None:
    # Of ours, for a schema names its explainer's own kinds, and .vscode/ has those of ours.
    shutil.copytree(REAL, installed.folder / "schemas" / "content")
    before = snapshot(installed.path)
    installed.run("reperes", "schemas", "--content", "schemas/content")
    after = snapshot(installed.path)
    assert {name for name in after.keys() - before.keys() if not name.endswith(".pyc")} == set()
    assert snapshot(installed.folder / "schemas" / ".vscode" / "schemas") == snapshot(
        ROOT / ".vscode" / "schemas"
    )


@pytest.fixture
def on_github(installed: Environment, request: pytest.FixtureRequest) -> Path:
    """A new explainer of which the web editor knows where it is kept."""
    folder = installed.folder / request.node.name
    installed.run("reperes", "new", folder.name, "--languages", "en", "--yes")
    with (folder / "content" / "site.yml").open("a") as settings:
        settings.write('repository: "https://github.com/example/ferry"\n')
    return folder


def test_without_the_web_editor_it_says_how_to_install_it(
    installed: Environment, on_github: Path
) -> None:
    version = yaml.safe_load((ROOT / "package.json").read_text())["dependencies"]["@sveltia/cms"]
    told = installed.outcome("reperes", "build", "--admin", "--content", f"{on_github}/content")
    assert told.returncode == 1
    assert told.stdout == (
        f"{on_github}:1:1: error: no web editor; run `npm install --ignore-scripts"
        f" @sveltia/cms@{version}` in {on_github}"
        ' (npm comes with Node.js, or with `pip install "reperes[editor]"`) [admin]\n'
    )


def test_the_web_editor_is_found_beside_the_content(
    installed: Environment, on_github: Path
) -> None:
    (on_github / "node_modules").symlink_to(ROOT / "node_modules")
    installed.run("reperes", "build", "--admin", "--content", f"{on_github}/content")
    assert (on_github / "site" / "admin" / "sveltia" / "npm" / "index.js").is_file()


def test_a_clone_runs_where_it_is_not_installed(tmp_path: Path, toy_site: BuiltSite) -> None:
    bare = environment(tmp_path)
    show_installed_packages(bare)
    assert "No module named 'reperes" in bare.outcome("python", "-c", "import reperes.cli").stderr
    here = Environment(bare.path, ROOT)
    output = str(tmp_path / "site")
    here.run("python", "-m", "build_tools", "build", "--content", str(TOY), "--output", output)
    assert snapshot(tmp_path / "site") == snapshot(toy_site.folder)
