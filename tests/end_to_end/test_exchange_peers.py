"""The exchange, tried with programs that translators use: gettext's, and translate-toolkit."""

from __future__ import annotations

import shutil
import subprocess
from pathlib import Path
from typing import Any

import pytest
from click.testing import CliRunner, Result
from translate.storage import factory
from translate.storage.placeables import StringElem
from translate.storage.xliff import Xliff1Unit

from reperes.cli.main import main
from reperes.exchange.formats import read_units
from support import REAL, TOY, problems_of, toy_copy
from support_commands import snapshot
from support_exchange import with_ids

EDITABLE = ("po", "xliff", "csv")
TITLE = "sections/closure/title"
STALE = with_ids(TOY, "sections/closure/2")


def run(*command: str | Path) -> subprocess.CompletedProcess[str]:
    done = subprocess.run(list(map(str, command)), capture_output=True, text=True, check=False)
    assert done.returncode == 0, done.stdout + done.stderr
    return done


def reperes(*arguments: str | Path) -> Result:
    done = CliRunner(catch_exceptions=False).invoke(main, list(map(str, arguments)))
    assert done.exit_code == 0, done.output
    return done


def exported(content: Path, format_name: str, folder: Path) -> Path:
    path = folder / f"exported.{format_name}"
    reperes("export", "--content", content, "--format", format_name, "--output", path)
    return path


def units(store: Any) -> list[Any]:
    return [unit for unit in store.units if not unit.isheader()]


def outdated(content: Path) -> None:
    """Reword a paragraph and a text of the original, and lose a section's translation."""
    for name, old, new in (
        ("sections/fr/closure.md", "C’est {{ decline }} de moins", "Soit {{ decline }} de moins"),
        ("site.yml", "Une ligne qui ferme,", "Une ligne s’arrête,"),
    ):
        path = content / name
        path.write_bytes(path.read_bytes().replace(old.encode(), new.encode()))
    (content / "sections/en/overview.md").unlink()
    (content / "translations/en/overview.po").unlink()


@pytest.mark.parametrize("origin", [TOY, REAL])
@pytest.mark.parametrize("language", ["en", "fr"])
def test_msgfmt_finds_nothing_wrong(origin: Path, language: str, tmp_path: Path) -> None:
    path = tmp_path / "x.po"
    command = ("export", "--content", origin, "--format", "po", "--language", language)
    reperes(*command, "--output", path)
    done = run("msgfmt", "--check", "--output-file", tmp_path / "x.mo", path)
    assert (done.stdout, done.stderr) == ("", "")


def test_msgfmt_counts_what_is_stale_and_missing(tmp_path: Path) -> None:
    with toy_copy() as content:
        outdated(content)
        path = exported(content, "po", tmp_path)
    done = run("msgfmt", "--check", "--statistics", "--output-file", tmp_path / "x.mo", path)
    fresh = path.read_text("utf-8").count("\nmsgctxt ") - 5
    said = f"{fresh} translated messages, 2 fuzzy translations, 3 untranslated messages.\n"
    assert done.stderr == said


def test_msgmerge_keeps_every_unit(tmp_path: Path) -> None:
    with toy_copy() as content:
        before = exported(content, "po", tmp_path)
        old = before.rename(tmp_path / "old.po")
        outdated(content)
        new = exported(content, "po", tmp_path)
        merged = tmp_path / "merged.po"
        run("msgmerge", "--quiet", "--no-wrap", "--output-file", merged, old, new)
        contexts = [unit.context for unit in read_units(new)[0]]
        assert [unit.context for unit in read_units(merged)[0]] == contexts
        # The translation that was lost is still in the old file; what has changed is fuzzy.
        done = reperes("import", "--content", content, merged)
        assert done.stdout == "changed content/sections/en/overview.md\nstamped en/overview\n"
        assert "3 texts taken; " in done.stderr


@pytest.mark.parametrize("format_name", EDITABLE)
@pytest.mark.parametrize("origin", [TOY, REAL])
def test_the_toolkit_reads_every_unit_and_placeholder(
    origin: Path, format_name: str, tmp_path: Path
) -> None:
    path = exported(origin, format_name, tmp_path)
    ours, theirs = read_units(path)[0], units(factory.getobject(str(path)))
    assert [unit.source for unit in theirs] == [_protected(unit.source, path) for unit in ours]
    assert [unit.target for unit in theirs] == [_protected(unit.target, path) for unit in ours]


@pytest.mark.parametrize("format_name", ["po", "xliff"])
def test_the_toolkit_knows_what_is_stale_and_what_is_missing(
    format_name: str, tmp_path: Path
) -> None:
    with toy_copy() as content:
        outdated(content)
        path = exported(content, format_name, tmp_path)
        found = {_context(unit): unit for unit in units(factory.getobject(str(path)))}
    stale = found[STALE]
    assert stale.isfuzzy()
    assert stale.target.startswith("That is {{ decline }} fewer than before")
    missing = found["sections/overview/title"]
    assert (missing.target or "", missing.istranslated()) == ("", False)
    assert found[TITLE].istranslated()


@pytest.mark.parametrize("format_name", ["po", "xliff"])
def test_a_note_that_the_toolkit_added_is_kept(format_name: str, tmp_path: Path) -> None:
    with toy_copy() as content:
        path = exported(content, format_name, tmp_path)
        store = factory.getobject(str(path))
        (unit,) = (unit for unit in units(store) if _context(unit) == TITLE)
        unit.addnote("Ask Ana.", origin="translator")
        store.save()
        done = reperes("import", "--content", content, path)
        assert (done.stdout, done.stderr) == (
            "kept the comments of en/closure\n",
            "0 texts taken; no problems\n",
        )
        again = exported(content, format_name, tmp_path)
        notes = {
            _context(unit): unit.getnotes("translator")
            for unit in units(factory.getobject(str(again)))
        }
        assert notes[TITLE] == "Ask Ana."
        assert [context for context, note in notes.items() if note] == [TITLE]


def test_weblate_finds_its_flags(tmp_path: Path) -> None:
    path = exported(TOY, "po", tmp_path)
    found = {_context(unit): unit for unit in units(factory.getobject(str(path)))}
    # It reads them where the toolkit keeps what gettext calls flags.
    assert found[STALE].typecomments == [
        '#, md-text, placeholders:r"\\{\\{[^}]*\\}\\}|\\]\\([a-z]+:[a-z_0-9]+\\)"\n'
    ]
    assert found[TITLE].typecomments == []


def _protected(text: str, path: Path) -> str:
    """A text as a cell of a spreadsheet has it."""
    return f"'{text}" if path.suffix == ".csv" and text.startswith("-") else text


def test_the_toolkit_knows_what_is_stale_and_missing(tmp_path: Path) -> None:
    with toy_copy() as content:
        outdated(content)
        for format_name in ("po", "xliff"):
            store = factory.getobject(str(exported(content, format_name, tmp_path)))
            waiting = [unit for unit in units(store) if unit.isfuzzy() or not unit.target]
            assert len(waiting) == 5
    xliff = next(unit for unit in waiting if unit.getid().endswith(STALE))
    (before,) = xliff.getalttrans()
    assert before.source.startswith("C’est {{ decline }} de moins")


def test_the_toolkit_reads_the_glossary(tmp_path: Path) -> None:
    terms = units(factory.getobject(str(exported(TOY, "tbx", tmp_path))))
    found = {unit.getid(): (unit.source, unit.target) for unit in terms}
    assert found["ferry"] == ("bac", "ferry")
    assert len(found) == (TOY / "glossary.yml").read_text("utf-8").count("\n  - id:")


def test_the_toolkit_reads_the_memory(tmp_path: Path) -> None:
    path = exported(TOY, "tmx", tmp_path)
    found = units(factory.getobject(str(path)))
    pairs = {unit.getid(): (unit.source, unit.target) for unit in found}
    assert pairs[TITLE] == ("Une ligne qui ferme", "A line that closes")
    assert len(pairs) == path.read_text("utf-8").count("<tu ")


@pytest.mark.parametrize("format_name", EDITABLE)
def test_what_the_toolkit_translated_is_taken_and_stamped(format_name: str, tmp_path: Path) -> None:
    with toy_copy() as content:
        outdated(content)
        path = exported(content, format_name, tmp_path)
        store = factory.getobject(str(path))
        english = {
            STALE: ("It is {{ decline }} fewer, {{ decline.by }}. The bulletin 3 voix said so."),
            "site/tagline": "A line stops, an island worries",
            "sections/overview/title": "In short",
            "sections/overview/summary": "The ferry stops: who says so.",
            with_ids(TOY, "sections/overview/1"): (
                "- The [ferry](term:ferry) from [Port-Clair](place:port_clair) stops "
                "{{ last_crossing.on }}.\n"
                "- See [the closure](section:closure), and [it](source:courrier_article)."
            ),
        }
        for unit in units(store):
            context = _context(unit)
            if context in english:
                _translate(unit, english.pop(context))
        assert english == {}
        store.save()
        done = reperes("import", "--content", content, path)
        assert done.stderr == "5 texts taken; no problems\n"
        assert done.stdout == (
            "changed content/sections/en/closure.md\n"
            "changed content/sections/en/overview.md\n"
            "changed content/site.yml\n"
            "stamped en/closure\n"
            "stamped en/facts\n"
            "stamped en/overview\n"
        )
        assert problems_of(content) == []


def _translate(unit: Any, text: str) -> None:
    # Its plain `target` leaves the inline elements of XLIFF where they are, and doubles them.
    if isinstance(unit, Xliff1Unit):
        unit.rich_target = [StringElem(text)]
    else:
        unit.target = text
    unit.markfuzzy(False)


def _context(unit: Any) -> str:
    context: str = unit.getcontext() or unit.getid()
    return context.rpartition("\x04")[2]


@pytest.mark.parametrize("format_name", EDITABLE)
def test_what_the_toolkit_saved_unchanged_changes_nothing(format_name: str, tmp_path: Path) -> None:
    content = tmp_path / "content"
    shutil.copytree(REAL, content)
    before = snapshot(content)
    path = exported(content, format_name, tmp_path)
    store = factory.getobject(str(path))
    store.save()
    done = reperes("import", "--content", content, path)
    assert (done.stdout, done.stderr) == ("", "0 texts taken; no problems\n")
    assert snapshot(content) == before
