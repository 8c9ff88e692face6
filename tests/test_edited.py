"""An explainer after an edit of some entries or sections: it answers as one that is new."""

from __future__ import annotations

import random
import shutil
from collections.abc import Mapping
from dataclasses import fields, replace
from functools import cached_property
from pathlib import Path

import pytest

from reperes.model import edited as module
from reperes.model.documents import Folder
from reperes.model.edited import OF_ENTRIES, OF_SECTIONS, edited
from reperes.model.explainer import Explainer
from reperes.model.loading import load, reread, reread_entries
from reperes.model.references import is_citation
from reperes.model.schema import KINDS
from reperes.model.tracing import Digests, TracedExplainer
from reperes.pages import page_ids, render_page
from reperes.text.problems import Text
from support import REAL, TOY

SEED = 20261126
KINDS_BY_PATH = {kind.path: kind for kind in KINDS}


@pytest.fixture(params=[TOY, REAL], ids=["toy", "real"])
def content(request: pytest.FixtureRequest, tmp_path: Path) -> Path:
    return Path(shutil.copytree(request.param, tmp_path / "content"))


def worked_out(explainer: Explainer) -> dict[str, object]:
    """All that an explainer works out once, and keeps."""
    names = [n for n, v in vars(Explainer).items() if isinstance(v, cached_property)]
    return {
        name: getattr(explainer, name)
        for name in names
        if name not in ("_answers", "traced_answers", "answer_before")
    }


def pages(explainer: Explainer, ids: list[str]) -> dict[tuple[str, str], object]:
    traced = TracedExplainer(explainer, set())
    return {
        (code, page_id): render_page(traced, code, page_id)
        for page_id in ids
        for code in explainer.languages
    }


def assert_answers_as_new(after: Explainer, ids: list[str]) -> None:
    new = Explainer(**{field.name: getattr(after, field.name) for field in fields(after)})
    assert worked_out(after) == worked_out(new)
    assert pages(after, ids) == pages(new, ids)


def test_what_is_kept_are_things_that_an_explainer_works_out() -> None:
    every = worked_out(load(TOY).explainer).keys()
    assert every >= OF_ENTRIES | OF_SECTIONS
    assert not OF_ENTRIES & OF_SECTIONS


def test_after_an_edited_entry_all_is_answered_as_if_it_were_new(content: Path) -> None:
    explainer = load(content).explainer
    ids = page_ids(explainer)
    before = pages(explainer, ids)
    worked_out(explainer)
    path = content / "facts" / "events.yml"
    text = path.read_text("utf-8")
    event = next(iter(explainer.events.values()))
    path.write_text(text.replace(event.label["fr"], "Le lapin", 1), "utf-8")
    loaded = reread_entries(explainer, Folder(content), KINDS_BY_PATH["facts/events.yml"], text)
    assert loaded is not None
    assert loaded.explainer.events[event.id].label["fr"] == "Le lapin"
    assert_answers_as_new(loaded.explainer, ids)
    assert pages(loaded.explainer, ids) != before


def test_after_an_edited_section_all_is_answered_as_if_it_were_new(content: Path) -> None:
    explainer = load(content).explainer
    ids = page_ids(explainer)
    pages(explainer, ids)
    worked_out(explainer)
    first, second, *_ = explainer.site.section_ids
    cited = next(mark for mark in explainer.marks["fr", second] if is_citation(mark))
    for name, words in ((first, f"\nEt {cited} aussi.\n"), (second, "\nUn mot.\n")):
        path = content / "sections" / "fr" / f"{name}.md"
        path.write_text(path.read_text("utf-8") + words, "utf-8")
        explainer = reread(explainer, Folder(content), [("fr", str(name))]).explainer
        assert_answers_as_new(explainer, ids)
    assert first in explainer.cited_in(cited.id)


def test_what_nothing_touched_is_not_worked_out_again(monkeypatch: pytest.MonkeyPatch) -> None:
    explainer = load(TOY).explainer
    pages(explainer, ["timeline"])
    after = edited(explainer, terms=dict(explainer.terms))
    key = next(key for key in explainer.traced_answers if "_parts_by_id" in str(key[0]))
    pages(after, ["timeline"])
    assert after.traced_answers[key][0] is explainer.traced_answers[key][0]
    monkeypatch.setattr(module._Before, "__call__", lambda *_: None)
    again = edited(explainer, terms=dict(explainer.terms))
    pages(again, ["timeline"])
    assert again.traced_answers[key][0] is not explainer.traced_answers[key][0]


# Entries that are read again


def mutated(text: str, chance: random.Random) -> str:
    """A file of entries with one of its lines mutated, doubled, moved or gone."""
    lines = text.split("\n")
    at = chance.randrange(len(lines))
    line = lines[at]
    edit = chance.choice(
        ("letter", "letter", "digit", "digit", "gone", "doubled", "indented", "blank")
    )
    if edit in ("letter", "digit"):
        found = [
            n
            for n, sign in enumerate(line)
            if sign.isdigit() or (edit == "letter" and sign.isalpha())
        ]
        if found:
            n = chance.choice(found)
            lines[at] = line[:n] + chance.choice("e71 ") + line[n + 1 :]
    else:
        lines[at : at + 1] = {
            "gone": [], "doubled": [line, line], "indented": ["  " + line], "blank": ["", line]
        }[edit]  # fmt: skip
    return "\n".join(lines)


def places(value: object) -> object:
    """The places of all texts in an entry."""
    if isinstance(value, Text):
        return value.place
    if isinstance(value, Mapping):
        return [places(each) for each in value.values()]
    if isinstance(value, tuple):
        return [places(each) for each in value]
    slots = getattr(type(value), "__dataclass_fields__", {})
    return [places(getattr(value, name, None)) for name in slots]


def test_entries_read_again_are_what_reading_everything_makes(content: Path) -> None:
    chance = random.Random(SEED)
    explainer = load(content).explainer
    files = [kind for kind in KINDS if (content / kind.path).exists()]
    compared = 0
    for _ in range(60):
        kind = chance.choice(files)
        path = content / kind.path
        text = path.read_text("utf-8")
        path.write_text(mutated(text, chance), "utf-8")
        found = reread_entries(explainer, Folder(content), kind, text)
        if found is not None and not found.problems:
            loaded = load(content)
            if not any(problem.is_error for problem in loaded.problems):
                assert found.explainer == replace(loaded.explainer, locales=explainer.locales)
                known = getattr(explainer, kind.root)
                for entry_id, entry in getattr(found.explainer, kind.root).items():
                    if entry is not known[entry_id]:
                        assert places(entry) == places(
                            getattr(loaded.explainer, kind.root)[entry_id]
                        )
                compared += 1
        path.write_text(text, "utf-8")
    assert compared > 5


def test_a_digest_of_what_was_read_again_is_that_of_a_new_explainer(content: Path) -> None:
    explainer = load(content).explainer
    path = content / "facts" / "figures.yml"
    text = path.read_text("utf-8")
    figure = next(iter(explainer.figures.values()))
    path.write_text(text.replace(figure.label["en"], "Rabbits", 1), "utf-8")
    found = reread_entries(explainer, Folder(content), KINDS_BY_PATH["facts/figures.yml"], text)
    assert found is not None
    reads = set()
    render_page(TracedExplainer(explainer, reads), "fr", "figures")
    ours, theirs = Digests(found.explainer), Digests(load(content).explainer)
    assert {read for read in reads if ours.of(read) != theirs.of(read)} == set()
