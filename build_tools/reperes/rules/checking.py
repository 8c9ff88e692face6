"""Content, loaded and put before every rule."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from pathlib import Path

from reperes import rules
from reperes.model.explainer import Explainer
from reperes.model.loading import Loaded, load, paused_collection
from reperes.text.problems import ContentError, Problem


def check(
    content: Path, loaded: Explainer | None = None, checkpoint: Callable[[], None] = lambda: None
) -> tuple[Explainer, Sequence[Problem]]:
    """Load the content and run every rule: what it is, and all that is wrong with it, sorted.

    `loaded` is for who has read it already, without a problem; `checkpoint` is as for the rules.
    Raises ContentError where nothing can be made of it, as `load` does.
    """
    with paused_collection():
        if loaded is not None:
            return loaded, sorted(set(rules.check(loaded, checkpoint)))
        read = load(content)
        checkpoint()
        return read.explainer, problems_of(read, checkpoint)


def problems_of(loaded: Loaded, checkpoint: Callable[[], None] = lambda: None) -> list[Problem]:
    """What loading and every rule say of a content, sorted; `checkpoint` is as for the rules."""
    return sorted({*loaded.problems, *rules.check(loaded.explainer, checkpoint)})


def sound_explainer(content: Path) -> Explainer:
    """The explainer, if nothing in it is wrong. Raises ContentError with every error."""
    explainer, problems = check(content)
    if errors := [problem for problem in problems if problem.is_error]:
        raise ContentError(errors)
    return explainer


def is_refused(problems: Sequence[Problem], strict: bool) -> bool:
    """Whether problems stop a build: errors always, warnings in a strict one."""
    return any(problem.is_error or strict for problem in problems)
