"""The parts of a site: each is made, unless the last build's is what would come of it."""

from __future__ import annotations

import shutil
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from functools import partial
from pathlib import Path
from tempfile import TemporaryDirectory

from reperes.model.explainer import Explainer
from reperes.model.tracing import Digests, Trace, digest_of
from reperes.pages import Page, page_ids
from reperes.pages.page import page_file, page_url, site_file
from reperes.site import search
from reperes.site.bundles import Bundle, draft, finish_bundle
from reperes.site.bundles import Extras as PageExtras
from reperes.site.engine import Engine, LiveEngine, build_sites, require_pages
from reperes.site.finish import finished_page, page_record, root_files, write_style_sheet
from reperes.site.html_pages import PageRecord, SearchCopy, all_names, read_page
from reperes.site.keeping import Kept
from reperes.site.open_data import data_file_names, open_data_files
from reperes.site.publishing import Workspace
from reperes.site.tree import settings_of, write_pages, write_tree
from reperes.text.files import write_text
from reperes.text.workers import each

Note = Callable[[str], None]
"""Says how far a step is; what it said last stands with its time when it ends."""


@dataclass(frozen=True)
class Work:
    """What is needed to make any part: of what, where, what is there already, and how.

    `checkpoint` is called again and again, and raises to have the build given up.
    """

    explainer: Explainer
    workspace: Workspace
    kept: Kept
    digests: Digests
    engine: Engine
    editions: bool
    checkpoint: Callable[[], None]

    @property
    def site(self) -> Path:
        return self.workspace.site


def make_pages(
    work: Work, note: Note, share: Callable[[Sequence[str]], Sequence[str]] = lambda ids: ids
) -> dict[str, Bundle]:
    """Every page with its card, by its id; or a share of them, by their ids in order."""
    frame = frame_of(work.explainer, work.engine, work.editions)
    ids = share(page_ids(work.explainer))
    known = _known_bundles(work, frame)
    missing = [page_id for page_id in ids if page_id not in known]
    made: dict[str, Bundle] = {}
    if missing:
        finish = _finisher(work)
        for bundle, trace in each(finish, missing, work.checkpoint):
            made[bundle.id] = bundle
            work.kept.traces.note(bundle.id, trace)
            work.digests.learn(trace)
            note(f"{len(made)} of {len(missing)}")
    for name, bundle in made.items():
        work.kept.store.put("bundle", name, bundle)
    work.kept.store.keep_only("bundle", frozenset(ids))
    work.kept.store.put("build", "frame", frame)
    kept = len(ids) - len(made)
    note(f"{len(made)} made, {kept} kept" if kept else f"{len(made)}")
    every = {**known, **made}
    return {page_id: every[page_id] for page_id in ids}


def frame_of(explainer: Explainer, engine: Engine, editions: bool) -> bytes:
    """A digest of what the shell is told on all pages, and of the engine."""
    settings = [settings_of(explainer, code, editions) for code in explainer.languages]
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


def _finisher(work: Work) -> Callable[[str], tuple[Bundle, Trace]]:
    """What makes the bundle of a page's id, and says of what it has made it."""
    if not work.engine.renders_pages:
        return _whole_finisher(work)
    engines = live_engines(work.explainer, work.editions, work.engine)
    site = work.site  # which is named after this process, and not after one that helps it

    def finish(page_id: str) -> tuple[Bundle, Trace]:
        drafted = draft(work.explainer, page_id)
        if work.workspace.lasting:
            write_pages(drafted.pages, work.workspace)
        bundle = finish_bundle(
            drafted, lambda page, extras: engines[page.language].render(page, extras), site
        )
        return bundle, work.digests.trace(drafted.reads)

    return finish


def live_engines(explainer: Explainer, editions: bool, engine: Engine) -> dict[str, LiveEngine]:
    """The engine of each language, which knows every page and file that pages may link."""
    addressed = [*map(page_file, page_ids(explainer)), *data_file_names(explainer)]
    return {
        code: LiveEngine(settings_of(explainer, code, editions), addressed, engine)
        for code in explainer.languages
    }


def _whole_finisher(work: Work) -> Callable[[str], tuple[Bundle, Trace]]:
    """The same of an engine that makes a whole site or nothing: it has made it before."""
    drafts = {page_id: draft(work.explainer, page_id) for page_id in page_ids(work.explainer)}
    write_tree(work.explainer, drafts.values(), work.workspace, work.editions)
    settings = [work.workspace.settings(code) for code in work.explainer.languages]
    build_sites(settings, work.checkpoint, work.engine)
    languages = work.explainer.languages
    addresses = [f"{code}/{page_url(page_id)}" for code in languages for page_id in drafts]
    require_pages(work.site, addresses, work.engine)

    def html_of(page: Page, extras: PageExtras) -> str:
        return (work.site / page.language / site_file(page.id)).read_text("utf-8")

    def finish(page_id: str) -> tuple[Bundle, Trace]:
        drafted = drafts[page_id]
        bundle = finish_bundle(drafted, html_of, work.site)
        return bundle, work.digests.trace(drafted.reads)

    return finish


def make_open_data(work: Work) -> set[str]:
    """The files that programs read; their paths in the site."""
    files: set[str] = set()
    for language in work.explainer.languages:
        write = partial(_write_open_data, work.workspace, language)
        files.update(work.kept.make(f"data {language}", work.explainer, work.digests, write))
    return files


def _write_open_data(workspace: Workspace, language: str, explainer: Explainer) -> tuple[str, ...]:
    texts = open_data_files(explainer, language)
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
        write_text(work.site / name, text)
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


def make_style_sheet(work: Work, records: Mapping[str, PageRecord]) -> set[str]:
    """The one style sheet, with what the pages need; its path in the site."""
    names = all_names(record.names for record in records.values())
    wanted = digest_of(
        repr([sorted(part) for part in (names.tags, names.classes, names.ids, names.attributes)])
    )
    return _unless_kept(work, "style sheet", wanted, lambda: [write_style_sheet(names, work.site)])


def make_search(work: Work, records: Mapping[str, PageRecord]) -> set[str]:
    """The index of each language; the paths of its files in the site."""
    files: set[str] = set()
    for language in work.explainer.languages:
        copies = {
            path: record.copy
            for path, record in records.items()
            if record.copy is not None and path.startswith(f"{language}/")
        }
        words = search.words_of(work.explainer, language, copies)
        wanted = digest_of(repr((sorted(copies.items()), words)))
        files |= _unless_kept(
            work,
            f"search {language}",
            wanted,
            partial(_write_index, work.site, language, copies, words),
        )
    return files


def _write_index(
    site: Path, language: str, copies: Mapping[str, SearchCopy], words: Sequence[str]
) -> list[str]:
    # Beside the site, where the next build tidies up should this one be killed.
    with TemporaryDirectory(dir=site.parent) as folder:
        index = Path(folder, search.FOLDER)
        search.write_index(language, copies, words, index)
        return put_in_place(index, site, f"{language}/{search.FOLDER}")


def make_anew(site: Path, folder: str, write: Callable[[], object]) -> set[str]:
    """The files of a folder of the site that `write` writes; what stood there before is gone."""
    shutil.rmtree(site / folder, ignore_errors=True)
    write()
    return set(files_below(site, folder))


def put_in_place(folder: Path, site: Path, name: str) -> list[str]:
    """Let a folder of a site hold what another one holds; the paths of its files."""
    shutil.rmtree(site / name, ignore_errors=True)
    (site / name).parent.mkdir(parents=True, exist_ok=True)
    folder.rename(site / name)
    return files_below(site, name)


def files_below(site: Path, name: str) -> list[str]:
    """Every file below a folder of a site, by its path in the site."""
    return [
        path.relative_to(site).as_posix() for path in (site / name).rglob("*") if path.is_file()
    ]


def _unless_kept(
    work: Work, name: str, wanted: bytes, write: Callable[[], Sequence[str]]
) -> set[str]:
    """The files that `write` writes, unless those are there that it wrote of the same."""
    known = work.kept.store.get("made of", name)
    if isinstance(known, tuple) and known[0] == wanted and work.kept.intact.issuperset(known[1]):
        return set(known[1])
    files = tuple(write())
    work.kept.store.put("made of", name, (wanted, files))
    return set(files)
