"""The parts of a site: each is made, unless the last build's is what would come of it."""

from __future__ import annotations

import shutil
from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from functools import partial
from itertools import product
from pathlib import Path
from typing import NamedTuple

from reperes.model.explainer import Explainer
from reperes.model.tracing import Digests, Trace, digest_of
from reperes.pages import Page, page_ids
from reperes.pages.page import page_file, page_url, site_file
from reperes.site import pagefind, search
from reperes.site.assets import (
    STYLE_SHEET,
    AssetNames,
    rename_style_sheet,
    with_asset_names,
)
from reperes.site.build import Note
from reperes.site.bundles import Bundle, Copies, FinishedPage, Shared, draft, finish_bundle
from reperes.site.bundles import Extras as PageExtras
from reperes.site.engine import LiveEngine, build_sites, require_pages
from reperes.site.engines import Engine
from reperes.site.finish import (
    finished_page,
    ids_in_styles,
    page_record,
    root_files,
    write_style_sheet,
)
from reperes.site.html_pages import PageRecord, all_names, read_page
from reperes.site.keeping import Kept
from reperes.site.open_data import data_file_names, open_data_file
from reperes.site.publishing import Workspace
from reperes.site.tree import settings_of, write_pages, write_tree
from reperes.text.files import write_if_new, write_text
from reperes.text.workers import each


@dataclass(frozen=True)
class Work:
    """What is needed to make any part: of what, where, what is there already, and how.

    `checkpoint` is called again and again, and raises to have the build given up. `assets` has the
    style sheet of the last build, which most builds leave as it is.
    """

    explainer: Explainer
    workspace: Workspace
    kept: Kept
    digests: Digests
    engine: Engine
    books: bool
    checkpoint: Callable[[], None]
    assets: AssetNames

    @property
    def site(self) -> Path:
        return self.workspace.site


def make_pages(
    work: Work, note: Note, share: Callable[[Sequence[str]], Sequence[str]] = lambda ids: ids
) -> dict[str, Bundle]:
    """Every page with its card, by its id; or a share of them, by their ids in order."""
    frame = frame_of(work.explainer, work.engine, work.books)
    ids = share(page_ids(work.explainer))
    known = _known_bundles(work, frame)
    missing = [page_id for page_id in ids if page_id not in known]
    made: dict[str, Bundle] = {}
    shared = Shared()
    if missing:
        finish = _finisher(work)
        for bundle, copies, trace in each(finish, missing, work.checkpoint):
            made[bundle.id] = shared.of(bundle)
            work.kept.traces.note(bundle.id, trace)
            work.digests.learn(trace)
            for path, html in copies.items():
                work.kept.store.put("copy", path, html)
            note(f"{len(made)} of {len(missing)}")
    every = {**known, **made}
    bundles = {page_id: every[page_id] for page_id in ids}
    work.kept.keep_bundles(bundles, frame)
    kept = len(ids) - len(made)
    note(f"{len(made)} made, {kept} kept" if kept else f"{len(made)}")
    return bundles


def frame_of(explainer: Explainer, engine: Engine, books: bool) -> bytes:
    """A digest of what the shell is told on all pages, and of the engine."""
    settings = [settings_of(explainer, code, books) for code in explainer.languages]
    return digest_of(repr((engine.name, settings)))


def _known_bundles(work: Work, frame: bytes) -> dict[str, Bundle]:
    work.kept.traces.follow(work.digests)
    found = work.kept.bundles(frame)
    if not work.workspace.lasting:
        return found
    # The pages themselves are kept too, where people look at them.
    docs = work.workspace.docs
    return {
        name: bundle
        for name, bundle in found.items()
        if all((docs / code / page_file(name)).is_file() for code in bundle.pages)
    }


class _Finished(NamedTuple):
    """A bundle, its pages as search reads them, and what it was made of."""

    bundle: Bundle
    copies: Copies
    trace: Trace


def _finisher(work: Work) -> Callable[[str], _Finished]:
    """What makes the bundle of a page's id."""
    if not work.engine.renders_pages:
        return _whole_finisher(work)
    engines = live_engines(work.explainer, work.books, work.engine)
    site = work.site  # which is named after this process, and not after one that helps it

    def finish(page_id: str) -> _Finished:
        drafted = draft(work.explainer, page_id)
        if work.workspace.lasting:
            write_pages(drafted.pages, work.workspace)
        bundle, copies = finish_bundle(
            drafted,
            lambda page, extras: engines[page.language].render(page, extras),
            site,
            work.assets,
        )
        return _Finished(bundle, copies, work.digests.trace(drafted.reads))

    return finish


def live_engines(explainer: Explainer, books: bool, engine: Engine) -> dict[str, LiveEngine]:
    """The engine of each language, which knows every page and file that pages may link."""
    addressed = [*map(page_file, page_ids(explainer)), *data_file_names(explainer)]
    return {
        code: LiveEngine(settings_of(explainer, code, books), addressed, engine)
        for code in explainer.languages
    }


def _whole_finisher(work: Work) -> Callable[[str], _Finished]:
    """The same of an engine that makes a whole site or nothing: it has made it before."""
    drafts = {page_id: draft(work.explainer, page_id) for page_id in page_ids(work.explainer)}
    write_tree(work.explainer, drafts.values(), work.workspace, work.books)
    settings = [work.workspace.settings(code) for code in work.explainer.languages]
    build_sites(settings, work.checkpoint, work.engine)
    languages = work.explainer.languages
    addresses = [f"{code}/{page_url(page_id)}" for code in languages for page_id in drafts]
    require_pages(work.site, addresses, work.engine)

    def html_of(page: Page, extras: PageExtras) -> str:
        return (work.site / page.language / site_file(page.id)).read_text("utf-8")

    def finish(page_id: str) -> _Finished:
        drafted = drafts[page_id]
        bundle, copies = finish_bundle(drafted, html_of, work.site, work.assets)
        return _Finished(bundle, copies, work.digests.trace(drafted.reads))

    return finish


def make_open_data(work: Work) -> set[str]:
    """The files that programs read; their paths in the site."""
    files: set[str] = set()
    for language, file in product(work.explainer.languages, data_file_names(work.explainer)):
        write = partial(_write_open_data, work.workspace, language, file)
        name = f"data {language} {file}"
        files.update(work.kept.make(name, work.explainer, work.digests, write))
    return files


def _write_open_data(
    workspace: Workspace, language: str, file: str, explainer: Explainer
) -> tuple[str, ...]:
    texts = open_data_file(explainer, language, file)
    for name, text in texts.items():
        write_text(workspace.site / language / name, text)
        if workspace.lasting:
            write_text(workspace.docs / language / name, text)
    return tuple(f"{language}/{name}" for name in texts)


def pages_of(explainer: Explainer, bundles: Mapping[str, Bundle]) -> dict[str, list[Page]]:
    """Every page by its language, without its text."""
    return {
        language: [bundle.pages[language].page for bundle in bundles.values()]
        for language in explainer.languages
    }


def make_root_files(
    work: Work, bundles: Mapping[str, Bundle]
) -> tuple[dict[str, PageRecord], set[str]]:
    """What stands beside the languages: what is known of the pages there, and all its paths."""
    texts = finished_root_files(work.explainer, bundles)
    for name, text in texts.items():
        write_text(work.site / name, with_asset_names(text, work.assets))
    records = {
        name: page_record(name, read_page(text), work.explainer)
        for name, text in texts.items()
        if name.endswith(".html")
    }
    return records, set(texts)


def finished_root_files(explainer: Explainer, bundles: Mapping[str, Bundle]) -> dict[str, str]:
    """The text of every file that stands beside the languages, by its name."""
    overview = bundles["overview"].pages[explainer.languages[0]]
    texts = root_files(explainer, pages_of(explainer, bundles), overview.card)
    return {
        name: finished_page(text).text if name.endswith(".html") else text
        for name, text in texts.items()
    }


def make_style_sheet(work: Work, records: Mapping[str, PageRecord]) -> str:
    """The one style sheet, with what the pages need, which then name it; its path in the site."""
    names = all_names(record.names for record in records.values())
    # Most ids are of headings and entries, and new ones no reason to make it again.
    ids = names.ids & ids_in_styles()
    wanted = digest_of(
        repr([sorted(part) for part in (names.tags, names.classes, ids, names.attributes)])
    )
    known = _kept_files(work, "style sheet", wanted)
    if known is None:
        made = [write_style_sheet(names, work.site)]
        known = _keep_files(work, "style sheet", wanted, made)
    (path,) = known
    name = path.rpartition("/")[2]
    if name != work.assets[STYLE_SHEET]:
        for page in records:
            rename_style_sheet(work.site / page, name)
        work.kept.store.put("build", "style sheet", name)
    return path


def make_search(work: Work, bundles: Mapping[str, Bundle]) -> set[str]:
    """The index of each language; the paths of its files in the site."""
    files: set[str] = set()
    due: dict[str, tuple[list[FinishedPage], list[str], bytes]] = {}
    for language in work.explainer.languages:
        every = (bundle.pages[language] for bundle in bundles.values())
        pages = [page for page in every if page.record.search is not None]
        # In an order that has nothing to do with that of the chapters.
        pages.sort(key=lambda page: page.path.split("/"))
        entries = [page.record.search for page in pages if page.record.search is not None]
        words = search.words_of(work.explainer, language, [entry.headings for entry in entries])
        wanted = digest_of(repr(([page.path for page in pages], entries, words)))
        known = _kept_files(work, f"search {language}", wanted)
        if known is None:
            due[language] = pages, words, wanted
        else:
            files.update(known)
    copies = {language: _copies(work, language, pages) for language, (pages, *_) in due.items()}
    for language, index in pagefind.indexes(copies, work.checkpoint).items():
        _, words, wanted = due[language]
        index = {**search.needed(index, language), search.NAMES_FILE: search.names_file(words)}
        made = [f"{language}/{search.FOLDER}/{name}" for name in index]
        for path, data in zip(made, index.values(), strict=True):
            write_if_new(work.site / path, data)
        files.update(_keep_files(work, f"search {language}", wanted, made))
    return files


def _copies(work: Work, language: str, pages: Sequence[FinishedPage]) -> Iterator[pagefind.Copy]:
    """Pages as search reads them, one at a time: they are most of what is kept of a page."""
    for page in pages:
        html = work.kept.store.get("copy", page.path)
        entry = page.record.search
        if not isinstance(html, str) or entry is None or digest_of(html) != entry.digest:
            finished = read_page((work.site / page.path).read_text("utf-8"))
            copy = search.copy_of(finished, page.page.id, language, work.explainer)
            html = copy.html if copy else ""
        yield pagefind.Copy(page.path.removeprefix(f"{language}/"), html)


def make_anew(site: Path, folder: str, write: Callable[[], object]) -> set[str]:
    """The files of a folder of the site that `write` writes; what stood there before is gone."""
    shutil.rmtree(site / folder, ignore_errors=True)
    write()
    return set(files_below(site, folder))


def files_below(site: Path, name: str) -> list[str]:
    """Every file below a folder of a site, by its path in the site."""
    return [
        path.relative_to(site).as_posix() for path in (site / name).rglob("*") if path.is_file()
    ]


def _kept_files(work: Work, name: str, wanted: bytes) -> Sequence[str] | None:
    """The files of the last build that were made of the same, if they are as it left them."""
    known = work.kept.store.get("made of", name)
    if isinstance(known, tuple) and known[0] == wanted and work.kept.intact.issuperset(known[1]):
        return tuple(known[1])
    return None


def _keep_files(work: Work, name: str, wanted: bytes, files: Sequence[str]) -> Sequence[str]:
    work.kept.store.put("made of", name, (wanted, tuple(files)))
    return files
