"""What tests of the loader and the rules share: the toy explainer, and copies with a change."""

from __future__ import annotations

import os
import shutil
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import replace
from functools import cache
from pathlib import Path
from tempfile import TemporaryDirectory
from types import ModuleType
from typing import Any, TypeVar

from hypothesis import settings

from reperes.model.explainer import Explainer
from reperes.model.facts import Fact
from reperes.model.loading import load
from reperes.model.references import marks_in
from reperes.rules.checking import check
from reperes.text.problems import ContentError, Place, Problem, Text

TESTS = Path(__file__).parent
TOY = TESTS / "toy_explainer"
TOY_SOURCE = TESTS / "toy_explainer_source.txt"
REAL = TESTS.parent / "content"

PROFILE = os.environ.get("HYPOTHESIS_PROFILE", "repeatable")
"""How Hypothesis chooses its examples: "repeatable", or "random" and very many."""
MORE = 40
"""How many times more examples the random profile tries."""


def examples(number: int) -> settings:
    """Try as many examples in the repeatable profile, and many times more in the random one."""
    return settings(max_examples=number * (MORE if PROFILE == "random" else 1))


def text(value: str, line: int = 1, column: int = 1) -> Text:
    """A text as if typed in a file called `f`."""
    return Text(value, Place("f", line, column))


@contextmanager
def toy_copy(original: Path = TOY) -> Iterator[Path]:
    """A copy of an explainer to break, named "content" from the working directory."""
    before = Path.cwd()
    with TemporaryDirectory() as folder:
        copy = Path(folder, "content")
        shutil.copytree(original, copy)
        os.chdir(folder)
        try:
            yield copy
        finally:
            os.chdir(before)


def replace_in(file: Path, old: str, new: str) -> None:
    """Change the one place of a file where `old` stands."""
    typed = file.read_text("utf-8")
    assert typed.count(old) == 1, f"{old!r} stands {typed.count(old)} times in {file}"
    file.write_text(typed.replace(old, new), "utf-8", newline="")


def problems_of(content: Path) -> list[str]:
    """Every problem of a content folder, as a reader sees it."""
    try:
        return list(map(str, check(content)[1]))
    except ContentError as error:
        return list(map(str, error.problems))


@cache
def toy() -> Explainer:
    return load(TOY).explainer


_F = TypeVar("_F", bound=Fact)


def saying(fact: _F, **changes: Any) -> _F:
    """A fact with something else as its value, or as each of several, or about the fact itself."""
    of_value = {name: changes.pop(name) for name in [*changes] if hasattr(fact.stated, name)}
    values = tuple(replace(stated, **of_value) for stated in fact.values)
    return replace(fact, values=values, **changes)


def edited_by(explainer: Explainer, name: str | dict[str, str]) -> Explainer:
    """The explainer with another name of its editor: one, or one in each language."""
    typed = (
        text(name) if isinstance(name, str) else {code: text(named) for code, named in name.items()}
    )
    editor = replace(explainer.site.editor, name=typed)
    return replace(explainer, site=replace(explainer.site, editor=editor))


def with_body(body: str, language: str = "fr", section_id: str = "money") -> Explainer:
    """The toy explainer with another body in one section; its first line is line 1 of `f`."""
    section = replace(toy().sections[language][section_id], body=text(body), path="f", waivers=())
    sections = {**toy().sections[language], section_id: section}
    marks = {**toy().marks, (language, section_id): tuple(marks_in(section.body))}
    return replace(toy(), sections={**toy().sections, language: sections}, marks=marks)


def said_by(rule: ModuleType, explainer: Explainer) -> Iterator[Problem]:
    """All that one rule says of an explainer, of its sections and of the rest."""
    if hasattr(rule, "check_section"):
        for section_id in explainer.section_ids:
            yield from rule.check_section(explainer, section_id)
    if hasattr(rule, "check_rest"):
        yield from rule.check_rest(explainer)


def found_in(problems: Iterator[Problem]) -> list[str]:
    """The problems of a section made by `with_body`, as `line:column: message`."""
    return [
        f"{problem.place.line}:{problem.place.column}: {problem.message}"
        for problem in problems
        if problem.place.path == "f"
    ]
