"""Content, loaded and put before every rule."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Sequence
from pathlib import Path

from reperes import rules
from reperes.model.explainer import Explainer
from reperes.model.kept_editions import problems_of_kept_editions
from reperes.model.loading import Loaded, load
from reperes.model.tracing import Digests, Read, Trace, TracedExplainer, Traces
from reperes.text.memory import paused_collection
from reperes.text.problems import ContentError, Problem
from reperes.text.workers import each


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


REST = ""
"""The name in the traces of `check_anew` of all that is no section's."""

KEPT = "editions/"
"""The name there of the editions that are kept. To look at these takes longer than all else."""


def check_anew(
    explainer: Explainer,
    of_loading: Iterable[Problem],
    clean: Traces,
    digests: Digests,
    checkpoint: Callable[[], None] = lambda: None,
    share: Callable[[Sequence[str]], Sequence[str]] = lambda names: names,
) -> list[Problem]:
    """What loading said of a content, and what the rules say, who are asked about what is new.

    `clean` has the trace of each section of which they have said nothing, by its id, of all that is
    no section's under `REST`, and of the editions that are kept under `KEPT`: while it holds, they
    say nothing again. It is brought up to date. What they complain about is asked anew each time: a
    message names places, which no trace has. `share` chooses of all these names those to ask about.
    """
    names = (REST, KEPT, *explainer.section_ids)
    clean.follow(digests)
    clean.keep_only(names)

    def ask(name: str) -> tuple[str, list[Problem], Trace]:
        reads: set[Read] = set()
        traced = TracedExplainer(explainer, reads)
        if name == KEPT:
            found = list(problems_of_kept_editions(traced))
        else:
            found = rules.check_section(traced, name) if name != REST else rules.check_rest(traced)
        return name, found, {} if found else digests.trace(reads)

    problems = {*of_loading}
    with paused_collection():
        new = [name for name in share(names) if name not in clean]
        for name, found, trace in each(ask, new, checkpoint):
            problems.update(found)
            if not found:
                clean.note(name, trace)
                digests.learn(trace)
    return sorted(problems)


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
