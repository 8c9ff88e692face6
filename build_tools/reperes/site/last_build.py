"""What is known of the last build of an output: of what it was made, and what came of it."""

from __future__ import annotations

import shutil
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path

from reperes.site.inputs import digest_of_program
from reperes.site.kept_site import is_same
from reperes.site.publishing import KEPT, Workspace
from reperes.text.problems import Problem
from reperes.text.store import Store

STORE = "store.db"
"""The file in which values are kept."""


@dataclass(frozen=True)
class LastBuild:
    """What the last build was made of, and the warnings that it gave."""

    inputs: str
    problems: tuple[Problem, ...]


def last_build(store: Store, kept_site: Path, inputs: str, output: Path) -> LastBuild | None:
    """The last build, if it was made of the same and `output` is what came of it.

    Where nothing is kept of the site, the next build had to make all of it: better now.
    """
    last = store.get("build", "last")
    if not isinstance(last, LastBuild) or last.inputs != inputs or not kept_site.is_dir():
        return None
    return last if is_same(output, store.get("site", "manifest") or {}) else None


@contextmanager
def store_of(workspace: Workspace, fresh: bool = False) -> Iterator[Store]:
    """What is kept in a workspace; nothing, where it is damaged or another program's.

    With `fresh`, what is there is thrown away.
    """
    folder = workspace.root / KEPT
    if fresh:
        shutil.rmtree(folder, ignore_errors=True)
    store = Store(folder / STORE, digest_of_program())
    if store.was_emptied:
        shutil.rmtree(workspace.kept_site, ignore_errors=True)
    try:
        yield store
    finally:
        store.close()
