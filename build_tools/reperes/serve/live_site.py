"""The site of a preview: after a save, the pages that it changes are made anew, and no others."""

from __future__ import annotations

import gc
import os
import shutil
from collections.abc import Callable, Collection, Mapping, Sequence
from dataclasses import dataclass, replace
from pathlib import Path

from reperes import paths, rules
from reperes.model.documents import Folder
from reperes.model.explainer import Explainer, SectionKey
from reperes.model.loading import Loaded, load, reread
from reperes.model.tracing import Digests, Trace
from reperes.pages import page_ids
from reperes.rules.checking import check_anew, is_refused
from reperes.site import build
from reperes.site.assets import STYLE_SHEET, with_asset_names
from reperes.site.bundles import Bundle, draft, finish_bundle
from reperes.site.desk import write_desk
from reperes.site.engines import MKDOCS, Engine
from reperes.site.finish import write_style_sheet
from reperes.site.html_pages import Names, all_names, read_page
from reperes.site.making import finished_root_files, frame_of, live_engines
from reperes.site.open_data import open_data_files
from reperes.site.picture_files import write_pictures
from reperes.site.publishing import Patience
from reperes.text.files import exchange, write_text
from reperes.text.problems import ContentError, Place, Problem
from reperes.writing.templating import forget_templates

PROGRAM_FOLDERS = (paths.OVERRIDES, paths.ASSETS, paths.PACKAGE)
"""What a site is made with; a change in it changes every page."""

REST_AFTER_SECONDS = 0.25
"""How long the browser has for a section that was saved, before the rest takes the processor."""

GONE = "the content folder is gone; put it back, and the preview goes on"

_Stamps = Mapping[Path, tuple[int, ...]]


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
        write_desk(explainer, copy, self._assets)
        self._put_in_place(copy)
        self._engines = live_engines(explainer, self._extras.editions, self._engine)
        # So that the first save need not wait for templates.
        overview = draft(explainer, "overview")
        for language, page in overview.pages.items():
            self._engines[language].render(page, overview.extras(language))
        root_files = finished_root_files(explainer, self._bundles)
        self._names = _names(self._bundles) | _root_names(root_files)
        self._frame = self._frame_of(explainer)
        self._keep(explainer, built.problems, stamps)
        self._program = program
        # What a whole site was made of would be searched for garbage in the middle of a save.
        gc.collect()
        gc.freeze()
        return Update(None, built.problems)

    def _put_in_place(self, copy: Path) -> None:
        """Let a new copy be what the preview shows, in one step where that can be."""
        if self.site.exists() and not exchange(copy, self.site):
            shutil.rmtree(self.site)
        if not self.site.exists():
            copy.rename(self.site)
        shutil.rmtree(copy, ignore_errors=True)

    def _frame_of(self, explainer: Explainer) -> tuple[bytes, list[str]]:
        """What can change every page: what the shell is told on all, and which pages there are."""
        return frame_of(explainer, self._engine, self._extras.editions), page_ids(explainer)

    @property
    def base_url(self) -> str:
        return str(self._explainer.site.base_url)

    @property
    def explainer(self) -> Explainer:
        """The content as it was when it was last sound."""
        return self._explainer

    @property
    def problems(self) -> Sequence[Problem]:
        """The warnings that there were then."""
        return self._problems

    @property
    def is_behind(self) -> bool:
        """Whether anything has been saved since the last full build began."""
        return (_stamps(*PROGRAM_FOLDERS), _stamps(self._content)) != (self._program, self._stamps)

    def update(self, show: Show, superseded: Superseded) -> None:
        """Bring the site up to date, and show each step.

        Sections that alone have changed come first; then everything is checked, and whatever else
        depends on them follows. Raises SupersededError as soon as that is so; what is shown by
        then stays.
        """
        if not self._content.is_dir():
            problem = Problem(Place(str(self._typed)), GONE, "preview")
            show(Update(frozenset(), [problem]))
            return
        if _stamps(*PROGRAM_FOLDERS) != self._program:
            self._show_build(show, superseded)
            return
        stamps = _stamps(self._content)
        keys = self._changed_sections(stamps)
        shown = bool(keys) and self._show_sections(keys, stamps, show)
        if shown and superseded(REST_AFTER_SECONDS):
            raise SupersededError
        self._check_and_show_all(stamps, show, superseded, loaded=shown)

    def _keep(self, explainer: Explainer, problems: Sequence[Problem], stamps: _Stamps) -> None:
        self._explainer, self._problems, self._stamps = explainer, problems, stamps

    def _show_build(self, show: Show, superseded: Superseded) -> None:
        def checkpoint() -> None:
            # A full build is not given up for a save, or who saves again and again would see none.
            superseded(0)

        try:
            show(self.build(checkpoint))
        except ContentError as error:
            show(Update(frozenset(), error.problems))

    def _changed_sections(self, stamps: _Stamps) -> list[SectionKey]:
        """The sections that are not as they were, or none where anything else has changed too."""
        keys = []
        for path in sorted({*stamps, *self._stamps}):
            if stamps.get(path) == self._stamps.get(path):
                continue
            folder, language, name = ("", "", "", *path.relative_to(self._content).parts)[-3:]
            key = (language, name.removesuffix(".md"))
            if folder != "sections" or path not in stamps or not self._shows(key):
                return []
            keys.append(key)
        return keys

    def _shows(self, key: SectionKey) -> bool:
        language, name = key
        explainer = self._explainer
        return name in explainer.reading_order and name in explainer.sections.get(language, ())

    def _show_sections(self, keys: Collection[SectionKey], stamps: _Stamps, show: Show) -> bool:
        """Show the pages of some sections, or their problems. Returns whether pages are shown."""
        loaded = reread(self._explainer, Folder(self._content), keys)
        names = list(dict.fromkeys(name for _, name in keys))
        problems = self._problems_with(loaded, loaded.explainer, names)
        if is_refused(problems, strict=False):
            show(Update(frozenset(), problems))
            return False
        self._keep(loaded.explainer, problems, stamps)
        digests = Digests(self._explainer)
        changed: set[str] = set()
        for name in names:
            changed |= self._make(name, digests)
        show(Update(frozenset(changed), problems))
        return True

    def _problems_with(
        self, loaded: Loaded, explainer: Explainer, names: Sequence[str]
    ) -> list[Problem]:
        """The known problems, with those of the sections called `names` checked again."""
        part = {
            language: {name: found[name] for name in names if name in found}
            for language, found in explainer.sections.items()
        }
        paths = {section.path for found in part.values() for section in found.values()}
        # Not whole, or all that only other sections speak of would seem to be forgotten.
        found = rules.check(replace(explainer, sections=part, whole=False))
        problems = {each for each in (*loaded.problems, *found) if each.place.path in paths}
        problems |= {each for each in self._problems if each.place.path not in paths}
        return sorted(problems)

    def _check_and_show_all(
        self, stamps: _Stamps, show: Show, superseded: Superseded, loaded: bool
    ) -> None:
        """Run every rule, and show every page that has changed.

        `loaded` says that the content has been read already.
        """

        def checkpoint() -> None:
            if superseded(0):
                raise SupersededError

        explainer = self._explainer
        of_loading: tuple[Problem, ...] = ()
        if not loaded:
            try:
                read = load(self._content)
            except ContentError as error:
                show(Update(frozenset(), error.problems))
                return
            explainer, of_loading = read.explainer, read.problems
        checkpoint()
        digests = Digests(explainer)
        problems = check_anew(explainer, of_loading, self._clean, digests, checkpoint)
        if is_refused(problems, strict=False):
            show(Update(frozenset(), problems))
            return
        if self._frame_of(explainer) != self._frame:
            self._show_build(show, superseded)
            return
        self._keep(explainer, problems, stamps)
        write_pictures(explainer, self.site)
        changed: set[str] = set()
        self._traces.follow(digests)
        for name, trace in self._made_since.items():
            if digests.holds(trace):
                self._traces.note(name, trace)
        self._made_since.clear()
        stale = [name for name in self._bundles if name not in self._traces]
        for number, name in enumerate(stale):
            changed |= self._make(name, digests)
            self._traces.note(name, self._made_since.pop(name))
            if superseded(0) and number + 1 < len(stale):
                break
        else:
            changed |= self._write_files_beside(explainer)
            changed |= write_desk(explainer, self.site, self._assets)
        show(Update(frozenset(changed), problems))
        checkpoint()

    def _make(self, page_id: str, digests: Digests) -> set[str]:
        """Make the pages of one id anew; the files that are not as they were."""
        before = {path: _bytes(self.site / path) for path in self._bundles[page_id].files}
        drafted = draft(self._explainer, page_id)
        bundle, _ = finish_bundle(
            drafted,
            lambda page, extras: self._engines[page.language].render(page, extras),
            self.site,
            self._assets,
        )
        self._bundles[page_id] = bundle
        self._made_since[page_id] = digests.trace(drafted.reads)
        names = self._names | _names({page_id: bundle})
        if names != self._names:
            self._names = names
            # Under the same name, which a preview lets no browser keep.
            write_style_sheet(names, self.site, self._assets[STYLE_SHEET])
        pages = (page.path for page in bundle.pages.values())
        return {path for path in pages if _bytes(self.site / path) != before.get(path)}

    def _write_files_beside(self, explainer: Explainer) -> set[str]:
        """Write anew what pages stand beside, open data and the root's files; what was new."""
        texts = finished_root_files(explainer, self._bundles)
        for language in explainer.languages:
            for name, text in open_data_files(explainer, language).items():
                texts[f"{language}/{name}"] = text
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


def _bytes(path: Path) -> bytes:
    return path.read_bytes() if path.is_file() else b""


def _stamps(*folders: Path) -> _Stamps:
    """A stamp of every file in some folders, hidden ones aside: it changes when the file does."""
    found = {}
    for folder in folders:
        for parent, folders_in, files in os.walk(folder):
            folders_in[:] = [name for name in folders_in if is_watched(name)]
            for name in filter(is_watched, files):
                path = Path(parent, name)
                try:
                    state = path.stat()
                except OSError:
                    continue  # removed this moment, or a broken link
                found[path] = (state.st_mtime_ns, state.st_size, state.st_ino)
    return found


def is_watched(name: str) -> bool:
    """Whether a file or folder of that name can matter: programs hide what is for them alone."""
    return not name.startswith((".", "__pycache__"))
