"""What README and CONTRIBUTING show is what the program does with the real content."""

from __future__ import annotations

import re
from pathlib import Path

import pytest

from reperes.cli.main import main
from reperes.exchange.formats import export
from reperes.model.documents import Table, parse_yaml
from reperes.model.explainer import Explainer
from reperes.model.facts import Figure
from reperes.model.forms import FORMS, say
from reperes.model.loading import load
from reperes.model.reading import read_entries
from reperes.model.schema import KINDS
from reperes.model.shapes import Reader
from reperes.text.folding import folded

ROOT = Path(__file__).parent.parent
GUIDES = ("CONTRIBUTING.md", "CONTRIBUTING.fr.md")
_EXAMPLE = re.compile(r"^\| (`\{\{ .*?) \| ([^|]+) \| ([^|]+) \|$", re.MULTILINE)


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


def test_the_guide_to_the_exchange_shows_a_unit_as_it_is_exported() -> None:
    guide = (ROOT / "docs/EXCHANGE.md").read_text("utf-8")
    (shown,) = re.findall(r"```po\n(.*?)```", guide, re.DOTALL)
    assert shown in export(ROOT / "tests/toy_explainer", "po")[0].decode()


@pytest.mark.parametrize("guide", GUIDES)
def test_guides_explain_every_rule_that_can_be_reported(guide: str) -> None:
    text = (ROOT / guide).read_text("utf-8")
    source = "".join(path.read_text("utf-8") for path in (ROOT / "build_tools").rglob("*.py"))
    rules = set(re.findall(r'^\w*RULE = "([a-z-]+)"', source, re.MULTILINE))
    commands = {"stamp", "explain", "rename", "source", "fmt", "exchange"}
    assert not {rule for rule in rules - commands if f"`{rule}`" not in text}


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
    missing = [name for name in main.commands if f"reperes {name}" not in readme]
    assert not missing


def test_every_form_is_in_the_guides() -> None:
    guide = (ROOT / GUIDES[0]).read_text("utf-8")
    forms = {form for known in FORMS.values() for form in known if form}
    assert not {form for form in forms if f".{form}" not in guide}


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


def test_the_measures_name_tests_and_commands_that_exist() -> None:
    told = (ROOT / "docs" / "MEASURES.md").read_text("utf-8")
    files = {path.name: path.read_text("utf-8") for path in (ROOT / "tests").glob("*/test_*.py")}
    tests = re.findall(r"`(test_\w+)`", told)
    assert len(tests) > 15
    assert not {name for name in tests if f"def {name}(" not in "".join(files.values())}
    assert set(re.findall(r"`(test_\w+\.py)`", told)) <= files.keys()
    makefile = (ROOT / "Makefile").read_text("utf-8")
    commands = re.findall(r"`make (\w+)`", told)
    assert not {name for name in commands if f"\n{name}:" not in makefile}
