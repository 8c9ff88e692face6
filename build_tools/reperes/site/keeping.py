"""What a build finds of the last one, and leaves for the next: the store, and the finished site."""

from __future__ import annotations

import shutil
from collections.abc import Callable, Iterator, Mapping, Sequence
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path

from reperes.model.explainer import Explainer
from reperes.model.tracing import Digests, Read, TracedExplainer, Traces
from reperes.site.assets import NO_STYLE_SHEET
from reperes.site.bundles import Bundle
from reperes.site.inputs import digest_of_program
from reperes.site.kept_site import (
    FileState,
    States,
    follow,
    follow_too,
    manifest_of,
    remove_others,
    unchanged,
)
from reperes.site.last_build import STORE, LastBuild
from reperes.site.publishing import KEPT, Workspace
from reperes.text.store import Store

Bundles = Mapping[str, Bundle]
"""Bundles by their ids."""


@dataclass
class Kept:
    """What a build finds of the last one.

    `traces` are of the bundles, by their ids, and of other files that are made of an explainer.
    `intact` are the files of its site as it left them.
    """

    site: Path
    store: Store
    traces: Traces
    manifest: Mapping[str, FileState]
    intact: frozenset[str] = frozenset()

    @contextmanager
    def put_to_work(self, workspace: Workspace) -> Iterator[None]:
        """Have the last site be the one that a build works at.

        Where that does not end well, what is left of the last one is kept, and nothing else.
        """
        if self.site.is_dir():
            self.intact = unchanged(self.site, self.manifest)
            # Who finds a file there, such as a card, may take it for what it is named after.
            remove_others(self.site, self.intact)
            self.site.rename(workspace.site)
        else:
            workspace.site.mkdir(parents=True)
        try:
            yield
        except BaseException:
            remove_others(workspace.site, unchanged(workspace.site, self.manifest))
            raise
        finally:
            # Where it was published, the one before it stands there now.
            if workspace.site.is_dir():
                workspace.site.rename(self.site)

    def bundles(self, frame: bytes) -> dict[str, Bundle]:
        """Those of the last build that are still what would be made, by their ids."""
        if self.store.get("build", "frame") != frame:
            return {}
        bundles: Bundles = self.store.get("build", "bundles") or {}
        return {
            name: bundle
            for name, bundle in bundles.items()
            if name in self.traces and self.intact.issuperset(bundle.files)
        }

    def keep_bundles(self, bundles: Bundles, frame: bytes) -> None:
        """Keep these bundles, by their ids, and no others."""
        # All of them together, for much of what they hold is the same, and is then read once.
        self.store.put("build", "bundles", dict(bundles))
        self.store.put("build", "frame", frame)
        pages = (page.path for bundle in bundles.values() for page in bundle.pages.values())
        self.store.keep_only("copy", frozenset(pages))
        self.traces.keep_only({*bundles, *self.store.names("files")})

    @property
    def style_sheet(self) -> str:
        """The name of the style sheet that the pages of the last build name, which are kept."""
        return self.store.get("build", "style sheet") or NO_STYLE_SHEET

    def make(
        self,
        name: str,
        explainer: Explainer,
        digests: Digests,
        write: Callable[[Explainer], tuple[str, ...]],
    ) -> tuple[str, ...]:
        """The files that `write` writes, unless they are there, of the same explainer."""
        files = self.store.get("files", name)
        if name in self.traces and isinstance(files, tuple) and self.intact.issuperset(files):
            return files
        reads: set[Read] = set()
        written = write(TracedExplainer(explainer, reads))
        self.store.put("files", name, written)
        self.traces.note(name, digests.trace(reads))
        return written

    def join(self, shards: Sequence[Path]) -> list[Path]:
        """Let what shards have kept be kept here; those that are of no use.

        Which are made by another version of the program, or for other settings than the first.
        """
        useless, frame = [], None
        bundles: dict[str, Bundle] = {}
        for shard in shards:
            store = Store(shard / KEPT / STORE, digest_of_program())
            its_frame = store.get("build", "frame")
            frame = frame or its_frame
            traces = store.get("build", "traces")
            is_one = its_frame is not None and its_frame == frame and isinstance(traces, Traces)
            if not is_one or not self.traces.join(traces):
                useless.append(shard)
            else:
                bundles |= store.get("build", "bundles") or {}
                for name in store.names("copy"):
                    self.store.put("copy", name, store.get("copy", name))
                follow_too(shard / KEPT / "site", self.site)
                self.manifest = {**self.manifest, **(store.get("site", "manifest") or {})}
            store.close()
        if shards:
            self.store.put("build", "frame", frame)
            self.store.put("build", "bundles", bundles)
        return useless

    def end_well(self, output: Path, last: LastBuild) -> None:
        """Keep what a build has made of the site that is now published; nothing, if that fails.

        Raises OSError then, which is no reason for the build to fail.
        """
        try:
            states = follow(output, self.site)
            self.store.put("build", "last", last)
            self.keep_manifest(states)
        except OSError:
            self.store.close()
            shutil.rmtree(self.site.parent, ignore_errors=True)
            raise

    def keep_manifest(self, states: States | None = None) -> None:
        """Keep the files of the site as they are now, and all that was put into the store.

        `states` is what the system says of them, where that is known.
        """
        self.manifest = manifest_of(self.site, self.manifest, states)
        self.store.put("site", "manifest", self.manifest)
        self.store.put("build", "traces", self.traces.compact())
        self.store.commit()


def kept_in(store: Store, workspace: Workspace) -> Kept:
    """What a store, and the site beside it, keep of the last build in a workspace."""
    traces = store.get("build", "traces") or Traces()
    return Kept(workspace.kept_site, store, traces, store.get("site", "manifest") or {})
