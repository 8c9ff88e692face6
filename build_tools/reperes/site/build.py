"""A site that is asked for: whether it is there already, and if not, all the way to it.

Most builds of a day change nothing, or are asked for by who only wants to be sure. To see that must
not import what builds, which takes longer than all the rest of it.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from contextlib import AbstractContextManager
from dataclasses import dataclass, replace
from pathlib import Path
from typing import TYPE_CHECKING

from reperes.site.engines import MKDOCS, Engine
from reperes.site.inputs import digest_of_content
from reperes.site.last_build import last_build, store_of
from reperes.site.publishing import Patience, Workspace, alone, check_output, workspace_for
from reperes.text.digests import digests_of_files
from reperes.text.problems import Problem

if TYPE_CHECKING:
    from reperes.site.building import Site

Note = Callable[[str], None]
"""Says how far a step is; what it said last stands with its time when it ends."""

Step = Callable[[str], AbstractContextManager[Note]]
"""Announces a step by its name, and how long it took when it ends."""


@dataclass(frozen=True)
class Extras:
    """What a build makes beside the pages, where it is asked for.

    `books` is a PDF and an EPUB of each language; `admin` the web editor; `desk` the pages that
    show translators each text beside its translation.
    """

    books: bool = False
    admin: bool = False
    desk: bool = False


NO_EXTRAS = Extras()
PATIENT = Patience()


@dataclass(frozen=True)
class Asked:
    """A site that is asked for, as `build` has it, and where it is to be made."""

    content: Path
    output: Path
    workspace: Workspace
    announce: Step
    strict: bool
    base_url: str | None
    extras: Extras
    patience: Patience
    copy: Path | None
    engine: Engine
    shards: Sequence[Path]

    def inputs(self, digest: str) -> str:
        """All that the site is made of, beside the program; `digest` is that of the content."""
        return f"{digest} {self.base_url} {self.extras} {self.engine.name}"


@dataclass(frozen=True)
class Built:
    """The warnings that remain, and the site; None where the last one is what would be built."""

    problems: Sequence[Problem]
    site: Site | None


def build(
    content: Path,
    output: Path,
    announce: Step,
    strict: bool = False,
    base_url: str | None = None,
    extras: Extras = NO_EXTRAS,
    patience: Patience = PATIENT,
    copy: Path | None = None,
    engine: Engine = MKDOCS,
    fresh: bool = False,
    shards: Sequence[Path] = (),
) -> Built:
    """Build a site and publish it to `output`, when no other build works there any more.

    What the last build of the same output has left is not made again, unless `fresh` says so.
    `base_url` takes the place of the one in site.yml, for who publishes a copy elsewhere; `copy`
    is a new folder for one more copy of exactly this site. `shards` are folders in which others
    have made pages of it, which take the place of what the last build has left. An output that is
    a link stays one: the folder that it leads to is replaced, or made.
    Raises ContentError, with every problem, while the last site stays as it is.
    """
    output = output.resolve()
    check_output(content.resolve(), output)
    workspace = workspace_for(content.resolve(), output)
    if engine.keeps_to_its_folder:
        workspace = replace(workspace, docs=workspace.root / "docs")
    asked = Asked(
        content, output, workspace, announce, strict, base_url, extras, patience, copy, engine,
        shards,
    )  # fmt: skip
    with alone(workspace, output, patience), store_of(workspace, fresh or bool(shards)) as store:
        # Only now: whoever waited builds what has been typed meanwhile.
        inputs = asked.inputs(digest_of_content(content, digests_of_files(content)))
        last = last_build(store, workspace.kept_site, inputs, output)
        # Only the program knows where the web editor is; and a copy is wanted of what was made.
        if last and not extras.admin and copy is None and not (strict and last.problems):
            return Built(last.problems, None)
        from reperes.site.building import make_and_publish

        return make_and_publish(asked, store)
