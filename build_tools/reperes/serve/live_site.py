"""The site of a preview: after a save, the pages that it changes are made anew, and no others."""

from __future__ import annotations

import gc
import os
import shutil
from collections.abc import Callable, Collection, Mapping, Sequence
from contextlib import suppress
from dataclasses import dataclass
from itertools import product
from pathlib import Path

from reperes import paths, rules
from reperes.model.baselines import FACTS
from reperes.model.documents import Folder
from reperes.model.explainer import Explainer, SectionKey
from reperes.model.images import FOLDER as PICTURES
from reperes.model.loading import (
    KnownParts,
    Loaded,
    load_folder,
    reread,
    reread_entries,
)
from reperes.model.rereading import known_parts
from reperes.model.schema import KINDS, Kind
from reperes.model.snapshots import Snapshot
from reperes.model.tracing import Digests, Read, Trace, TracedExplainer, carried_over
from reperes.pages import page_ids
from reperes.rules.checking import check_anew, is_refused
from reperes.serve.drafts_page import page_files
from reperes.site import build
from reperes.site.assets import STYLE_SHEET, with_asset_names
from reperes.site.bundles import Bundle, draft, finish_bundle
from reperes.site.desk import write_desk
from reperes.site.engines import MKDOCS, Engine
from reperes.site.finish import write_style_sheet
from reperes.site.html_pages import Names, all_names, read_page
from reperes.site.making import finished_root_files, frame_of, live_engines
from reperes.site.open_data import data_file_names, open_data_file
from reperes.site.picture_files import write_pictures
from reperes.site.publishing import Patience
from reperes.site.redirects import redirects
from reperes.text.files import exchange, write_text
from reperes.text.problems import ContentError, Place, Problem
from reperes.writing.templating import forget_templates

PROGRAM_FOLDERS = (paths.OVERRIDES, paths.ASSETS, paths.PACKAGE)
"""What a site is made with; a change in it changes every page."""

REST_AFTER_SECONDS = 0.25
"""How long the browser has for a section that was saved, before the rest takes the processor."""

GONE = "the content folder is gone; put it back, and the preview goes on"

_ENTRIES = frozenset(kind.path for kind in KINDS)

_Stamps = Mapping[str, tuple[int, ...]]


@dataclass(frozen=True)
class Update:
    """What came of a save: `pages` are the files of the site that changed, None for all of them.

    `problems` are all that are known; where one is an error, the site stays as it was.
    """

    pages: frozenset[str] | None
    problems: Sequence[Problem]


Show = Callable[[Update], None]

Superseded = Callable[[float], bool]
"""Waits for so many seconds at most; whether something has been saved again.

Raises SupersededError once the preview is being ended.
"""


class SupersededError(Exception):
    """What was being made is old before it is ready: something was saved again, or all ends."""


class LiveSite:
    """A copy of a built site, kept as a build would make it of the content as it stands.

    The translators' desk is added to it: what readers get, in `output`, has none.

    Search finds what was there at the last full build, and nothing is verified again. A full build
    comes where a change reaches every page: another set of pages, the site's title, a template.
    """

    def __init__(
        self,
        content: Path,
        output: Path,
        folder: Path,
        step: build.Step,
        extras: build.Extras = build.NO_EXTRAS,
        tell: Callable[[str], None] = lambda _: None,
        engine: Engine = MKDOCS,
    ) -> None:
        """`tell` says on the terminal which other build one of ours has to wait for."""
        self.site = folder / "site"
        self._typed, self._content = content, content.resolve()
        self._output = output.resolve()
        self._step = step
        self._extras = extras
        self._tell = tell
        self._engine = engine
        self._program: _Stamps = {}
        self._ahead: set[str] = set()
        self._of_loading: Sequence[Problem] = ()

    def build(self, checkpoint: Callable[[], None] = lambda: None) -> Update:
        """Build the whole site, for readers and for the preview. Raises ContentError.

        `checkpoint` is called again and again, and raises to have the build given up.
        """
        program, stamps = _stamps(*PROGRAM_FOLDERS), _stamps(self._content)
        forget_templates()
        copy = self.site.with_name("copy")
        shutil.rmtree(copy, ignore_errors=True)
        built = build.build(
            self._content,
            self._output,
            self._step,
            extras=self._extras,
            patience=Patience(tell=self._tell, checkpoint=checkpoint),
            copy=copy,
            engine=self._engine,
        )
        assert built.site is not None, "a copy is made of a site that was built"
        explainer, self._bundles = built.site.explainer, dict(built.site.bundles)
        self._traces, self._clean = built.site.traces, built.site.clean
        self._made_since: dict[str, Trace] = {}
        self._assets = built.site.assets
        known: dict[Read, bytes] = {}
        for traces in (self._traces, self._clean):
            known |= zip(traces.reads, traces.digests, strict=True)
        self._digests, self._digested = Digests(explainer, known), explainer
        write_desk(explainer, copy, self._assets)
        self._desk_behind: set[str] = set()
        self._put_in_place(copy)
        self._engines = live_engines(explainer, self._extras.books, self._engine)
        self._data: dict[tuple[str, str], Trace] = {}
        self._rehearse(explainer)
        root_files = finished_root_files(explainer, self._bundles)
        kept = all_names(pages.names for pages in built.site.kept.values())
        self._names = _names(self._bundles) | _root_names(root_files) | kept
        self._frame = self._frame_of(explainer)
        self._keep(explainer, built.problems, stamps)
        # Of what is sound, loading says nothing but that there are files which are no pictures.
        self._of_loading = [
            each for each in built.problems if f"/{PICTURES}/" in f"/{each.place.path}"
        ]
        self._program = program
        # What a whole site was made of would be searched for garbage in the middle of a save.
        gc.collect()
        gc.freeze()
        return Update(None, built.problems)

    def _rehearse(self, explainer: Explainer) -> None:
        """Make pages for nobody, so that the next save waits for no template and no index."""
        for page_id in ("overview", *explainer.section_ids[:1]):
            drafted = draft(explainer, page_id)
            for language, page in drafted.pages.items():
                self._engines[language].render(page, drafted.extras(language))
        for name in explainer.section_ids[:1]:
            rules.check_section(TracedExplainer(explainer, set()), name)

    def _put_in_place(self, copy: Path) -> None:
        """Let a new copy be what the preview shows, in one step where that can be."""
        if self.site.exists() and not exchange(copy, self.site):
            shutil.rmtree(self.site)
        if not self.site.exists():
            copy.rename(self.site)
        shutil.rmtree(copy, ignore_errors=True)

    def _frame_of(self, explainer: Explainer) -> tuple[bytes, list[str], list[str], list[Snapshot]]:
        """What can change every page: what the shell is told on all, and which pages there are."""
        frame = frame_of(explainer, self._engine, self._extras.books)
        redirected = [each.path for each in redirects(explainer)]
        return frame, page_ids(explainer), redirected, list(explainer.snapshots.values())

    @property
    def base_url(self) -> str:
        return str(self._explainer.site.base_url)

    @property
    def explainer(self) -> Explainer:
        """The content as it was when it was last sound."""
        return self._explainer

    def named(self, page: str) -> str:
        """A page with the names that asset files have in this site."""
        return with_asset_names(page, self._assets)

    @property
    def problems(self) -> Sequence[Problem]:
        """The warnings that there were then."""
        return self._problems

    @property
    def is_behind(self) -> bool:
        """Whether anything has been saved since the last full build began."""
        return (_stamps(*PROGRAM_FOLDERS), _stamps(self._content)) != (self._program, self._stamps)

    def update(
        self, show: Show, superseded: Superseded, looked_at: Callable[[], Sequence[str]] = tuple
    ) -> None:
        """Bring the site up to date, and show each step.

        Sections that alone have changed come first, or, where entries of one file have, the pages
        that browsers are at: `looked_at` says which files of the site. Then everything is checked,
        and whatever else depends on them follows. Raises SupersededError as soon as that is so;
        what is shown by then stays.
        """
        if not self._content.is_dir():
            problem = Problem(Place(str(self._typed)), GONE, "preview")
            show(Update(frozenset(), [problem]))
            return
        if _stamps(*PROGRAM_FOLDERS) != self._program:
            self._show_build(show, superseded)
            return
        stamps = _stamps(self._content)
        changed = self._changed_files(stamps)
        self._desk_behind.update(changed)
        keys = self._sections_in(changed)
        kind = next((kind for kind in KINDS if changed == [kind.path]), None)
        shown = loaded = bool(keys) and self._show_sections(keys, stamps, show)
        if kind is not None:
            shown = self._show_entries(kind, looked_at(), show, superseded)
        if shown and superseded(REST_AFTER_SECONDS):
            raise SupersededError
        known = known_parts(self._explainer, changed) if not loaded else None
        self._check_and_show_all(stamps, show, superseded, known)

    def _keep(self, explainer: Explainer, problems: Sequence[Problem], stamps: _Stamps) -> None:
        self._explainer, self._problems, self._stamps = explainer, problems, stamps
        self._texts = {kind.path: _text(self._content / kind.path) for kind in KINDS}

    def _show_build(self, show: Show, superseded: Superseded) -> None:
        def checkpoint() -> None:
            # A full build is not given up for a save, or who saves again and again would see none.
            superseded(0)

        try:
            show(self.build(checkpoint))
        except ContentError as error:
            show(Update(frozenset(), error.problems))

    def _changed_files(self, stamps: _Stamps) -> list[str]:
        """The files that are not as they were, by their paths in the content folder."""
        changed = {path for path, _ in stamps.items() ^ self._stamps.items()}
        return [Path(path).relative_to(self._content).as_posix() for path in sorted(changed)]

    def _sections_in(self, changed: Sequence[str]) -> list[SectionKey]:
        """The sections that have changed, or none where anything else has changed too."""
        keys = []
        for path in changed:
            folder, language, name = ("", "", "", *path.split("/"))[-3:]
            key = (language, name.removesuffix(".md"))
            if folder != "sections" or not (self._content / path).exists() or not self._shows(key):
                return []
            keys.append(key)
        return keys

    def _show_entries(
        self, kind: Kind, looked_at: Sequence[str], show: Show, superseded: Superseded
    ) -> bool:
        """Show the pages that browsers are at, as edited entries make them. Returns whether any is.

        Nothing is kept of it but the pages: what else has become of the edit is not known yet.
        """
        names = self._pages_of(looked_at)
        loaded = names and reread_entries(
            self._explainer, Folder(self._content), kind, self._texts[kind.path]
        )
        if not loaded or is_refused(loaded.problems, strict=False):
            return False
        digests = Digests(loaded.explainer)
        shown = False
        for name in names:
            if self._is_as_made(name, digests):
                continue
            self._ahead.add(name)
            # One after the other: nobody knows whether a browser is still at the next one.
            if changed := self._make(name, loaded.explainer, digests):
                show(Update(frozenset(changed), self._problems))
                shown = True
                if superseded(0):
                    raise SupersededError
        return shown

    def _is_as_made(self, page_id: str, digests: Digests) -> bool:
        """Whether a page is still what would be made."""
        if page_id in self._made_since:
            return digests.holds(self._made_since[page_id])
        return page_id in self._traces and digests.holds(self._traces.trace(page_id))

    def _pages_of(self, files: Sequence[str]) -> list[str]:
        """The ids of the pages that some files of the site are, each once."""
        ids = {
            page.path: name for name, each in self._bundles.items() for page in each.pages.values()
        }
        return list(dict.fromkeys(ids[file] for file in files if file in ids))

    def _shows(self, key: SectionKey) -> bool:
        language, name = key
        explainer = self._explainer
        return name in explainer.reading_order and name in explainer.sections.get(language, ())

    def _show_sections(self, keys: Collection[SectionKey], stamps: _Stamps, show: Show) -> bool:
        """Show the pages of some sections, or their problems. Returns whether pages are shown."""
        loaded = reread(self._explainer, Folder(self._content), keys)
        names = list(dict.fromkeys(name for _, name in keys))
        problems = self._problems_with(loaded, names)
        if is_refused(problems, strict=False):
            show(Update(frozenset(), problems))
            return False
        self._keep(loaded.explainer, problems, stamps)
        digests = Digests(self._explainer)
        changed: set[str] = set()
        for name in names:
            changed |= self._make(name, self._explainer, digests)
        show(Update(frozenset(changed), problems))
        return True

    def _problems_with(self, loaded: Loaded, names: Sequence[str]) -> list[Problem]:
        """The known problems, with those of the sections called `names` checked again."""
        traced = TracedExplainer(loaded.explainer, set())
        found = [problem for name in names for problem in rules.check_section(traced, name)]
        paths = {each.path for name in names for each in loaded.explainer.versions(name)}
        problems = {each for each in (*loaded.problems, *found) if each.place.path in paths}
        problems |= {each for each in self._problems if each.place.path not in paths}
        return sorted(problems)

    def _check_and_show_all(
        self,
        stamps: _Stamps,
        show: Show,
        superseded: Superseded,
        known: KnownParts | None,
    ) -> None:
        """Run every rule, and show every page that has changed.

        `known` is what need not be read again; None, where nothing has to be.
        """

        def checkpoint() -> None:
            if superseded(0):
                raise SupersededError

        explainer, of_loading = self._explainer, self._of_loading
        if known is not None:
            try:
                read = load_folder(Folder(self._content), known)
            except ContentError as error:
                self._refuse(error.problems, show)
                return
            explainer, of_loading = read.explainer, read.problems
        checkpoint()
        carried = carried_over(self._digests.known, self._digested, explainer)
        digests = Digests(explainer, carried)
        problems = check_anew(explainer, of_loading, self._clean, digests, checkpoint)
        if is_refused(problems, strict=False):
            self._refuse(problems, show)
            return
        if self._frame_of(explainer) != self._frame:
            self._show_build(show, superseded)
            return
        changed = page_files(explainer) if explainer.drafts != self._explainer.drafts else set()
        self._keep(explainer, problems, stamps)
        self._digests, self._digested = digests, explainer
        self._of_loading = of_loading
        self._ahead.clear()
        write_pictures(explainer, self.site)
        self._traces.follow(digests)
        for name, trace in self._made_since.items():
            if digests.holds(trace):
                self._traces.note(name, trace)
        self._made_since.clear()
        stale = [name for name in self._bundles if name not in self._traces]
        for number, name in enumerate(stale):
            changed |= self._make(name, explainer, digests)
            self._traces.note(name, self._made_since.pop(name))
            if superseded(0) and number + 1 < len(stale):
                break
        else:
            changed |= self._write_files_beside(explainer, digests)
            changed |= self._write_desk(explainer)
        show(Update(frozenset(changed), problems))
        checkpoint()
        if known is not None:
            self._rehearse(explainer)

    def _make(self, page_id: str, explainer: Explainer, digests: Digests) -> set[str]:
        """Make the pages of one id anew; the files that are not as they were."""
        before = {path: _bytes(self.site / path) for path in self._bundles[page_id].files}
        drafted = draft(explainer, page_id)
        bundle, _ = finish_bundle(
            drafted,
            lambda page, extras: self._engines[page.language].render(page, extras),
            self.site,
            self._assets,
        )
        self._bundles[page_id] = bundle
        self._traces.forget(page_id)
        self._made_since[page_id] = digests.trace(drafted.reads)
        names = self._names | _names({page_id: bundle})
        if names != self._names:
            self._names = names
            # Under the same name, which a preview lets no browser keep.
            write_style_sheet(names, self.site, self._assets[STYLE_SHEET])
        pages = (page.path for page in bundle.pages.values())
        return {path for path in pages if _bytes(self.site / path) != before.get(path)}

    def _refuse(self, problems: Sequence[Problem], show: Show) -> None:
        """Tell what is wrong, and let pages that were ahead of the rest be as they were."""
        digests = Digests(self._explainer)
        changed: set[str] = set()
        for name in self._ahead:
            changed |= self._make(name, self._explainer, digests)
        self._ahead.clear()
        show(Update(frozenset(changed), problems))

    def _write_desk(self, explainer: Explainer) -> set[str]:
        """Write anew the desk's pages of texts that have changed; those that are new."""
        changed = self._desk_behind - _ENTRIES
        names = {Path(path).stem for path in changed if path.startswith("sections/")}
        if changed < self._desk_behind:
            names.add(FACTS)
        is_all = not all(path.startswith("sections/") for path in changed)
        self._desk_behind.clear()
        return write_desk(explainer, self.site, self._assets, None if is_all else names)

    def _write_files_beside(self, explainer: Explainer, digests: Digests) -> set[str]:
        """Write anew what pages stand beside, open data and the root's files; what was new."""
        texts = finished_root_files(explainer, self._bundles)
        for language, file in product(explainer.languages, data_file_names(explainer)):
            known = self._data.get((language, file))
            if known is not None and digests.holds(known):
                continue
            reads: set[Read] = set()
            traced = TracedExplainer(explainer, reads)
            for name, text in open_data_file(traced, language, file).items():
                texts[f"{language}/{name}"] = text
            self._data[language, file] = digests.trace(reads)
        return {
            name
            for name, text in texts.items()
            if write_text(self.site / name, with_asset_names(text, self._assets))
        }


def _names(bundles: Mapping[str, Bundle]) -> Names:
    """What the pages of some bundles are made of."""
    return all_names(
        page.record.names for bundle in bundles.values() for page in bundle.pages.values()
    )


def _root_names(files: Mapping[str, str]) -> Names:
    """What the pages are made of that stand beside the languages."""
    return all_names(read_page(text).names for name, text in files.items() if name.endswith("html"))


def _text(path: Path) -> str:
    """The text of a file of entries; empty where there is none, or none that can be read."""
    try:
        return path.read_text("utf-8")
    except (OSError, ValueError):
        return ""


def _bytes(path: Path) -> bytes:
    return path.read_bytes() if path.is_file() else b""


def _stamps(*folders: Path) -> _Stamps:
    """A stamp of every file in some folders, hidden ones aside: it changes when the file does."""
    found: dict[str, tuple[int, ...]] = {}
    waiting = [*map(str, folders)]
    while waiting:
        # What is removed this moment has no stamp; neither has a broken link.
        with suppress(OSError), os.scandir(waiting.pop()) as entries:
            for entry in entries:
                if not is_watched(entry.name):
                    continue
                if entry.is_dir(follow_symlinks=False):
                    waiting.append(entry.path)
                    continue
                with suppress(OSError):
                    state = entry.stat()
                    found[entry.path] = (state.st_mtime_ns, state.st_size, state.st_ino)
    return found


def is_watched(name: str) -> bool:
    """Whether a file or folder of that name can matter: programs hide what is for them alone."""
    return not name.startswith((".", "__pycache__"))
