"""A site made in parts, on as many machines: each makes a shard, and one build joins them.

A shard is a workspace of its own with what a build of some of the pages keeps. A build that is
given shards finds there what others have made, as after a build of its own.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path

from reperes.rules.checking import is_refused
from reperes.site.assets import NO_STYLE_SHEET, asset_names
from reperes.site.build import PATIENT, Step
from reperes.site.building import digests_for, published_at
from reperes.site.engines import MKDOCS
from reperes.site.keeping import kept_in
from reperes.site.kept_check import kept_check_of
from reperes.site.last_build import store_of
from reperes.site.making import Work, make_pages
from reperes.site.publishing import KEPT, Patience, Workspace, alone
from reperes.text.problems import ContentError, Place, Problem

_RULE = "shard"


@dataclass(frozen=True)
class Share:
    """One of several shares: the first of four is 1 and 4."""

    number: int
    shares: int

    def __str__(self) -> str:
        return f"{self.number}/{self.shares}"

    def of(self, names: Sequence[str]) -> Sequence[str]:
        """Its part of a list: every name is in one share, and long pages are dealt out."""
        return names[self.number - 1 :: self.shares]


def read_share(typed: str) -> Share | None:
    """A share as it is typed, "1/4", or None."""
    found = re.fullmatch(r"([1-9]\d{0,4})/([1-9]\d{0,4})", typed)
    share = Share(int(found[1]), int(found[2])) if found else None
    return share if share and share.number <= share.shares else None


def build_shard(
    content: Path,
    folder: Path,
    share: Share,
    announce: Step,
    base_url: str | None = None,
    books: bool = False,
    strict: bool = False,
    patience: Patience = PATIENT,
) -> Sequence[Problem]:
    """Make a share of the pages of a site into a folder, and check that share of the sections.

    Returns the warnings about these. Raises ContentError with what is wrong with them, or where the
    folder holds anything else than such a shard.
    """
    if folder.exists() and not _may_be_replaced(folder):
        message = "is not empty, and no shard; name another folder with --output"
        raise ContentError([Problem(Place(str(folder)), message, _RULE)])
    workspace = Workspace(folder.resolve(), folder.resolve() / "docs", lasting=False)
    with alone(workspace, folder / "none", patience), store_of(workspace) as store:
        kept = kept_in(store, workspace)
        with announce("check"), kept_check_of(workspace, content) as kept_check:
            checked = kept_check.check(patience.checkpoint, share.of)
        if is_refused(checked.problems, strict):
            raise ContentError(checked.problems)
        explainer = published_at(checked.explainer, base_url)
        digests = digests_for(explainer, checked)
        work = Work(
            explainer,
            workspace,
            kept,
            digests,
            MKDOCS,
            books,
            patience.checkpoint,
            asset_names(NO_STYLE_SHEET),
        )
        with kept.put_to_work(workspace), announce("pages") as note:
            make_pages(work, note, share.of)
        kept.keep_manifest()
    return checked.problems


def _may_be_replaced(folder: Path) -> bool:
    """Whether a folder is a shard, or empty."""
    names = {path.name for path in folder.iterdir()} if folder.is_dir() else {""}
    return names <= {KEPT, "docs", "lock"}
