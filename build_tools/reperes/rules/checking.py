"""Content, loaded and put before every rule."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from pathlib import Path

from reperes import rules
from reperes.model.explainer import Explainer
from reperes.model.loading import load
from reperes.text.problems import ContentError, Problem


def check(
    content: Path, loaded: Explainer | None = None, pause: Callable[[], None] = lambda: None
) -> tuple[Explainer | None, Sequence[Problem]]:
    """Load the content and run every rule: what it is, and all that is wrong with it, sorted.

    `loaded` is for who has read it already, without a problem; `pause` is as for the rules.
    """
    if loaded is not None:
        return loaded, sorted(set(rules.check(loaded, pause)))
    try:
        found = load(content)
    except ContentError as error:
        return None, error.problems
    pause()
    problems = list(found.problems)
    if found.explainer is not None:
        problems += rules.check(found.explainer, pause)
    return found.explainer, sorted(set(problems))


def is_refused(problems: Sequence[Problem], strict: bool) -> bool:
    """Whether problems stop a build: errors always, warnings in a strict one."""
    return any(problem.is_error or strict for problem in problems)
