"""Problems as people, programs and pull requests read them, and how lines are set."""

from __future__ import annotations

import json
from collections.abc import Callable, Mapping, Sequence

from reperes.text.problems import Problem

IndentedLine = tuple[int, str]
"""The depth at which a line is set on the terminal, and its text."""


def as_text(problems: Sequence[Problem]) -> str:
    """One line for each problem, and under it, indented, the entry to add where there is one."""
    return "\n".join(map(str, problems))


def as_json(problems: Sequence[Problem]) -> str:
    """An array of objects with path, line, column, severity, rule and message.

    And with the entry to add, where there is one.
    """
    entries = [
        {
            "path": problem.place.path,
            "line": problem.place.line,
            "column": problem.place.column,
            "severity": str(problem.severity),
            "rule": problem.rule,
            "message": problem.message,
            **({"entry": problem.entry} if problem.entry else {}),
        }
        for problem in problems
    ]
    return json.dumps(entries, ensure_ascii=False, indent=2)


def as_github(problems: Sequence[Problem]) -> str:
    """A workflow command for each problem, which GitHub shows as an annotation on its line.

    https://docs.github.com/actions/reference/workflow-commands-for-github-actions
    """
    return "\n".join(_workflow_command(problem) for problem in problems)


def _workflow_command(problem: Problem) -> str:
    place = problem.place
    properties = {
        "file": place.path,
        "line": str(place.line),
        "col": str(place.column),
        "title": problem.rule,
    }
    named = ",".join(f"{key}={_escaped(value, ':,')}" for key, value in properties.items())
    message = "\n".join(filter(None, (problem.message, problem.entry)))
    return f"::{problem.severity} {named}::{_escaped(message)}"


def _escaped(text: str, also: str = "") -> str:
    for character in ("%", "\r", "\n", *also):
        text = text.replace(character, f"%{ord(character):02X}")
    return text


def count(problems: Sequence[Problem]) -> str:
    """How many errors and warnings there are, in words."""
    errors = sum(problem.is_error for problem in problems)
    warnings = len(problems) - errors
    parts = [_plural(errors, "error")] if errors else []
    parts += [_plural(warnings, "warning")] if warnings else []
    return ", ".join(parts) or "no problems"


def _plural(number: int, noun: str) -> str:
    return f"{number} {noun}{'s' if number > 1 else ''}"


FORMATS: Mapping[str, Callable[[Sequence[Problem]], str]] = {
    "text": as_text,
    "json": as_json,
    "github": as_github,
}
