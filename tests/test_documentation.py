"""What README and the guides show is what the program does with the real content."""

from __future__ import annotations

import ast
import re
import tomllib
from functools import cache
from pathlib import Path

import pytest

from reperes import __version__
from reperes.cli.main import COMMANDS
from reperes.exchange.formats import export
from reperes.model.explainer import Explainer
from reperes.model.facts import Figure
from reperes.model.forms import FORMS, say
from reperes.model.loading import load
from reperes.model.reading import read_entries
from reperes.model.schema import KINDS
from reperes.model.shapes import Reader
from reperes.model.yaml_values import Table, parse_yaml
from reperes.text.dates import Extent, Precision, parse_date
from reperes.text.folding import folded

ROOT = Path(__file__).parent.parent
GUIDES = ("docs/REFERENCE.md", "docs/REFERENCE.fr.md")
STARTS = ("CONTRIBUTING.md", "CONTRIBUTING.fr.md")
DOCUMENTS = sorted(
    path.relative_to(ROOT).as_posix()
    for folder in (ROOT, ROOT / "docs")
    for path in folder.glob("*.md")
)
_EXAMPLE = re.compile(r"^\| (`\{\{ .*?) \| ([^|]+) \| ([^|]+) \|$", re.MULTILINE)

_DATE = re.compile(r"^\| `([^` {]+)` \| [^|]+ \| ([^|]+) \| ([^|]+) \|$", re.MULTILINE)


@pytest.fixture(scope="module")
def explainer() -> Explainer:
    loaded = load(ROOT / "content").explainer
    assert loaded is not None
    return loaded


def forms_shown(typed: str) -> list[tuple[str, str]]:
    """Fact id and form of each citation in a cell: `{{ id.form }}`, then `.form` alone."""
    fact_id = re.findall(r"\{\{ (\w+)", typed)[0]
    return [(fact_id, form) for form in re.findall(r"`(?:\{\{ \w+)?\.?(\w*)(?: \}\})?`", typed)]


@pytest.mark.parametrize("guide", GUIDES)
def test_citations_say_what_the_guides_show(guide: str, explainer: Explainer) -> None:
    rows = _EXAMPLE.findall((ROOT / guide).read_text("utf-8"))
    assert len(rows) > 8
    for typed, *cells in rows:
        for language, cell in zip(("fr", "en"), cells, strict=True):
            locale = explainer.locales[language]
            said = [
                folded(say(explainer.facts[fact_id], form, locale, explainer.actors))
                for fact_id, form in forms_shown(typed)
            ]
            assert ", ".join(said) == folded(cell)


@pytest.mark.parametrize("guide", GUIDES)
def test_dates_are_said_as_the_guides_show(guide: str, explainer: Explainer) -> None:
    rows = _DATE.findall((ROOT / guide).read_text("utf-8"))
    forms = {parse_date(typed).extent for typed, _, _ in rows}
    assert forms == set(Extent)
    assert {parse_date(typed).precision for typed, _, _ in rows} == set(Precision)
    for typed, french, english in rows:
        date = parse_date(typed)
        said = [folded(explainer.locales[code].on(date)) for code in ("fr", "en")]
        assert said == [folded(french), folded(english)], typed


def test_the_guide_to_the_exchange_shows_a_unit_as_it_is_exported() -> None:
    guide = (ROOT / "docs/EXCHANGE.md").read_text("utf-8")
    (shown,) = re.findall(r"```po\n(.*?)```", guide, re.DOTALL)
    assert shown in export(ROOT / "tests/toy_explainer", "po")[0].decode()


@cache
def rules_reported() -> frozenset[str]:
    """The rules of all problems that the program makes, by a name or as they stand."""
    named, literal = set(), set()
    for path in (ROOT / "build_tools").rglob("*.py"):
        source = path.read_text("utf-8")
        named.update(re.findall(r'^\w*RULE = "([a-z-]+)"', source, re.MULTILINE))
        for node in ast.walk(ast.parse(source)):
            match node:
                case ast.Call(ast.Name("Problem" | "warning"), [_, _, ast.Constant(rule), *_]):
                    literal.add(rule)
    assert len(named) > 20
    assert {"output", "books", "preview"} <= literal
    return frozenset(named | literal)


@pytest.mark.parametrize("guide", GUIDES)
def test_guides_explain_every_rule_that_can_be_reported(guide: str) -> None:
    text = (ROOT / guide).read_text("utf-8")
    commands = {"stamp", "explain", "rename", "source", "fmt", "exchange", "new"}
    first_cells = " ".join(re.findall(r"^\| (.*?) \|", text, re.MULTILINE))
    assert rules_reported() - commands <= set(re.findall(r"`([a-z-]+)`", first_cells))


def test_the_fact_in_readme_loads() -> None:
    readme = (ROOT / "README.md").read_text("utf-8")
    example = re.search(r"```yaml\n(.*?)```", readme, re.DOTALL)
    assert example
    table = parse_yaml("figures:\n" + example[1], "README.md")
    assert isinstance(table, Table)
    reader = Reader(("fr", "en"))
    kind = next(kind for kind in KINDS if kind.noun == "figure")
    entries, _ = read_entries(table, kind, reader)
    assert not reader.problems
    assert isinstance(entries[0], Figure)


def test_readme_names_every_command() -> None:
    readme = (ROOT / "README.md").read_text("utf-8")
    missing = [name for name in COMMANDS if f"reperes {name}" not in readme]
    assert not missing


def test_every_form_is_in_the_guides() -> None:
    guide = (ROOT / GUIDES[0]).read_text("utf-8")
    forms = {form for known in FORMS.values() for form in known if form}
    assert not {form for form in forms if f".{form}" not in guide}


@pytest.mark.parametrize("guide", STARTS)
def test_who_starts_here_reads_ten_minutes_and_types_no_path_to_a_program(guide: str) -> None:
    text = (ROOT / guide).read_text("utf-8")
    assert len(text.split()) < 1300
    assert ".venv" not in text
    assert "```py" not in text


@pytest.mark.parametrize(("english", "french"), [STARTS, GUIDES])
def test_both_languages_of_a_guide_have_the_same_parts(english: str, french: str) -> None:
    """As many parts, tables, lists and examples, in the same order."""
    assert outline(english) == outline(french)


@pytest.mark.parametrize("document", [path for path in DOCUMENTS if path.endswith(".fr.md")])
def test_french_signs_stand_behind_spaces_that_do_not_break(document: str) -> None:
    text = re.sub(r"^```.*?^```$", "", (ROOT / document).read_text("utf-8"), flags=re.M | re.S)
    prose = re.sub(r"`[^`]*`", "`…`", text)
    assert re.findall(r".*(?: [:;!?»](?= |$)|« ).*", prose, re.MULTILINE) == []


def outline(document: str) -> list[str]:
    """What each line of a document begins with, where that is a mark of Markdown."""
    marks = r"^(#+ |\| |- |\d\. |```\w*$)"
    return re.findall(marks, (ROOT / document).read_text("utf-8"), re.MULTILINE)


@pytest.mark.parametrize("document", DOCUMENTS)
def test_links_in_documents_lead_to_files_and_headings_that_exist(document: str) -> None:
    text = (ROOT / document).read_text("utf-8")
    broken = []
    for address in re.findall(
        r"\]\(([^)\s]+)\)", re.sub(r"```.*?```|`[^`]*`", "", text, flags=re.DOTALL)
    ):
        name, _, heading = address.partition("#")
        target = (ROOT / document).parent / name if name else ROOT / document
        if not address.startswith(("https:", "mailto:")) and not (
            target.exists() and (not heading or heading in headings(target))
        ):
            broken.append(address)
    assert not broken


def headings(document: Path) -> set[str]:
    """The headings of a document, as GitHub writes them in an address."""
    titles = re.findall(r"^#+ (.+)$", document.read_text("utf-8"), re.MULTILINE)
    return {re.sub(r"[^\w\- ]", "", title.lower()).replace(" ", "-") for title in titles}


@pytest.mark.parametrize("guide", GUIDES)
def test_the_explainer_that_the_guides_start_loads(guide: str, tmp_path: Path) -> None:
    text = (ROOT / guide).read_text("utf-8")
    for start, name in re.findall(r"```yaml\n(# (\w+\.yml)\n.*?)```", text, re.DOTALL):
        (tmp_path / name).write_text(start.replace("…", "0" * 64), "utf-8")
    for language, original in (("fr", ""), ("en", 'original: "fr"\n')):
        section = tmp_path / "sections" / language / "decision.md"
        section.parent.mkdir(parents=True)
        section.write_text(f'---\ntitle: "T"\nid: "decision"\nsummary: "S"\n{original}---\nT.\n')
    loading = load(tmp_path)
    assert loading.explainer.sources
    assert not [problem for problem in loading.problems if problem.is_error]


PROMISES = ("docs/MEASURES.md", "docs/SPEED.md", "SECURITY.md", "DEVELOPING.md")
FOR_PROGRAMMERS = ("ARCHITECTURE.md", "DEVELOPING.md", "SECURITY.md")
ROOMS = ROOT / "build_tools" / "reperes"


@pytest.mark.parametrize("document", PROMISES)
def test_promises_name_tests_and_commands_that_exist(document: str) -> None:
    told = (ROOT / document).read_text("utf-8")
    files = {path.name: path.read_text("utf-8") for path in (ROOT / "tests").rglob("test_*.py")}
    tests = re.findall(r"`(test_\w+)`", told)
    assert not {name for name in tests if f"def {name}(" not in "".join(files.values())}
    assert set(re.findall(r"`(?:[\w/]+/)?(test_\w+\.py)`", told)) <= files.keys()
    assert not {
        path for path in re.findall(r"`(tests/[\w/.]+)`", told) if not (ROOT / path).exists()
    }
    makefile = (ROOT / "Makefile").read_text("utf-8")
    commands = re.findall(r"`make (\w+)", told)
    assert commands
    assert not {name for name in commands if f"\n{name}:" not in makefile}


def test_most_measures_are_held_by_a_test() -> None:
    told = (ROOT / "docs" / "MEASURES.md").read_text("utf-8")
    assert len(re.findall(r"`(test_\w+)`", told)) > 15


@pytest.mark.parametrize("document", FOR_PROGRAMMERS)
def test_modules_that_programmers_are_sent_to_exist(document: str) -> None:
    told = (ROOT / document).read_text("utf-8")
    sent_to = {
        name
        for name in re.findall(r"`(\w+/[\w/.]*)`", told)
        if (ROOMS / name.split("/")[0]).is_dir()
    }
    assert len(sent_to) > 3
    assert not {name for name in sent_to if not (ROOMS / name).exists()}


def test_the_flow_names_modules_that_exist() -> None:
    told = (ROOT / "ARCHITECTURE.md").read_text("utf-8")
    (flow, *_) = re.findall(r"^```text\n(.*?)^```", told, re.MULTILINE | re.DOTALL)
    named = {
        name for name in re.findall(r"\b\w+/\w+", flow) if (ROOMS / name.split("/")[0]).is_dir()
    }
    assert len(named) > 15
    assert not {
        name
        for name in named
        if not (ROOMS / name).is_dir() and not (ROOMS / f"{name}.py").exists()
    }


def test_the_changelog_tells_of_this_version() -> None:
    told = (ROOT / "CHANGELOG.md").read_text("utf-8")
    versions = re.findall(r"^## \[(.+?)\]", told, re.MULTILINE)
    assert __version__ in versions
    assert {version for version in versions if f"\n[{version}]: https://" not in told} == set()


def test_every_room_is_described_in_its_layer() -> None:
    told = (ROOT / "ARCHITECTURE.md").read_text("utf-8")
    (rooms,) = re.findall(r"^## Rooms\n(.*?)^## ", told, re.MULTILINE | re.DOTALL)
    described = re.findall(r"^\| ((?:`\w+/?[.\w]*`(?:, )?)+) \|", rooms, re.MULTILINE)
    with (ROOT / "pyproject.toml").open("rb") as file:
        (contract,) = tomllib.load(file)["tool"]["importlinter"]["contracts"]
    layers = [layer.replace(" | ", ", ") for layer in reversed(contract["layers"])]
    assert [re.sub(r"[`/]|\.py", "", names) for names in described] == layers
