"""The pages of earlier editions that are kept, beside those of today, of which they share assets.

An edition does not change: its pages are made again only where the program does, or the pages of
today to which they lead.
"""

from __future__ import annotations

from collections.abc import Collection, Iterator, Mapping
from dataclasses import dataclass, replace
from itertools import product
from typing import NamedTuple

from reperes.model.explainer import Explainer
from reperes.model.kept_editions import history, opened
from reperes.model.snapshots import Snapshot
from reperes.model.tracing import digest_of
from reperes.pages import page_ids, render_page
from reperes.pages.gone import gone_pages
from reperes.pages.page import page_url, site_file
from reperes.site.assets import with_asset_names
from reperes.site.bundles import Extras, Shared
from reperes.site.edition_addresses import file_of_kept_edition
from reperes.site.engines import MKDOCS
from reperes.site.error_reports import report_addresses
from reperes.site.finish import finished_page, ids_in_styles, page_record
from reperes.site.html_pages import Link, Names, PageRecord, all_names
from reperes.site.making import Work, live_engines
from reperes.site.open_data import data_file_names, linked_data_of_pages, open_data_file
from reperes.site.picture_files import write_pictures
from reperes.site.redirects import redirect_files
from reperes.site.verification import verify
from reperes.text.files import write_text
from reperes.text.problems import ContentError, Problem
from reperes.text.workers import each


@dataclass(frozen=True)
class KeptPages:
    """The pages of an edition, once they are made: what the steps after it ask of them.

    `made_of` is a digest of that. `ways` has the id of the page of today to which each page leads,
    by its own. `files` are all their files in the site, and those of their pictures; `names` what
    they are made of together; `links` those that lead out of the edition, by the page's file.
    """

    made_of: bytes
    ways: Mapping[str, str]
    files: tuple[str, ...]
    names: Names
    links: Mapping[str, tuple[Link, ...]]

    @property
    def records(self) -> dict[str, PageRecord]:
        return {path: PageRecord(self.names, links, ()) for path, links in self.links.items()}


class _Made(NamedTuple):
    """The pages of one id, by their files."""

    records: Mapping[str, PageRecord]


def make_kept_editions(work: Work) -> dict[int, KeptPages]:
    """The editions that are kept, by number.

    Raises ContentError for a snapshot that cannot be used, or pages of it that are not sound.
    """
    store, snapshots = work.kept.store, work.explainer.snapshots
    gone = (page.id for page in gone_pages(work.explainer))
    now = frozenset((*page_ids(work.explainer), *gone))
    store.keep_only("edition", {str(number) for number in snapshots})
    found = {}
    for number, snapshot in snapshots.items():
        made_of = _made_of(work, snapshot)
        known = store.get("edition", str(number))
        if not (
            isinstance(known, KeptPages)
            and known.made_of == made_of
            and work.kept.intact.issuperset(known.files)
            and all(way_now(page_id, now) == way for page_id, way in known.ways.items())
        ):
            known = _make(work, snapshot, now, made_of)
            store.put("edition", str(number), known)
        found[number] = known
    return found


def _made_of(work: Work, snapshot: Snapshot) -> bytes:
    explainer = work.explainer
    before = [edition.digest for edition in history(explainer.editions, snapshot.edition).editions]
    # Which edition is the latest, and which languages there are, stands on every page.
    today = explainer.site.base_url, explainer.languages, explainer.editions.number
    return digest_of(repr((work.engine.name, snapshot.digest, before, today)))


def way_now(page_id: str, now: Collection[str]) -> str:
    """The page of today to which one leads: the same, else the list that it was of, else the first.

    "figures/displaced" leads to "figures" where there is no such figure any more.
    """
    ways = (page_id, page_id.partition("/")[0])
    return next((way for way in ways if way in now), "overview")


def _make(work: Work, snapshot: Snapshot, now: Collection[str], made_of: bytes) -> KeptPages:
    with opened(snapshot, work.explainer) as edition:
        ways = {page_id: way_now(page_id, now) for page_id in page_ids(edition)}
        records = _make_pages(work, edition, ways)
        files = {*records, *_write_data(work, edition), *write_pictures(edition, work.site)}
    beside = {"index.html": file_of_kept_edition(edition, work.explainer)}
    for name, text in {**beside, **redirect_files(edition)}.items():
        path, page = f"{edition.folder}{name}", finished_page(text)
        write_text(work.site / path, with_asset_names(page.text, work.assets))
        records[path] = page_record(path, page, edition)
        files.add(path)
    _refuse_faults(snapshot, edition, records, files)
    names = all_names(record.names for record in records.values())
    links = {path: _links_out(record, edition) for path, record in records.items()}
    return KeptPages(
        made_of,
        ways,
        tuple(sorted(files)),
        replace(names, ids=frozenset(names.ids & ids_in_styles())),
        links,
    )


def _make_pages(work: Work, edition: Explainer, ways: Mapping[str, str]) -> dict[str, PageRecord]:
    """Write every page; what is known of each by its file in the site."""
    engine = work.engine if work.engine.renders_pages else MKDOCS
    engines = live_engines(edition, books=False, engine=engine)
    site = work.site  # which is named after this process, and not after one that helps it

    def make(page_id: str) -> _Made:
        records = {}
        for language in edition.languages:
            page = render_page(edition, language, page_id)
            extras: Extras = {
                # Nobody is meant to pass these pages on, rather than those of today.
                "cards": None,
                "report_errors": report_addresses(edition, language, [page])[page_id],
                "linked_data": linked_data_of_pages(edition, language, [page])[page_id],
                "now": _way(page_id, ways[page_id], language, edition, work.explainer),
            }
            html = engines[language].render(page, extras)
            finished = finished_page(page.completed(html))
            path = f"{edition.folder}{language}/{site_file(page_id)}"
            write_text(site / path, with_asset_names(finished.text, work.assets))
            records[path] = page_record(path, finished, edition)
        return _Made(records)

    records: dict[str, PageRecord] = {}
    shared = Shared()
    for made in each(make, list(ways), work.checkpoint):
        records |= {path: shared.record(record) for path, record in made.records.items()}
    return records


def _way(
    page_id: str, way: str, language: str, edition: Explainer, today: Explainer
) -> Mapping[str, str | bool]:
    """What a page says of that of today; `address` is one for the shell, `url` the canonical one.

    Of a language that the site has no more, all pages lead to its root.
    """
    up = "../" * (1 + edition.folder.count("/"))
    if language not in today.languages:
        return {"is_same": False, "address": up, "url": str(today.site.base_url)}
    is_same = way == page_id
    place = f"{language}/{page_url(way).removeprefix('.')}"
    own = f"{edition.site.base_url}{language}/{page_url(page_id).removeprefix('.')}"
    url = f"{today.site.base_url}{place}" if is_same else own
    return {"is_same": is_same, "address": f"{up}{place}", "url": url}


def _write_data(work: Work, edition: Explainer) -> Iterator[str]:
    """Write the files that programs read; their paths in the site."""
    for language, file in product(edition.languages, data_file_names(edition)):
        for name, text in open_data_file(edition, language, file).items():
            path = f"{edition.folder}{language}/{name}"
            write_text(work.site / path, text)
            yield path


def _is_within(link: Link, edition: Explainer) -> bool:
    return f"{link.path}/".startswith(edition.folder)


def _links_out(record: PageRecord, edition: Explainer) -> tuple[Link, ...]:
    return tuple(link for link in record.links if not _is_within(link, edition))


def _refuse_faults(
    snapshot: Snapshot, edition: Explainer, records: Mapping[str, PageRecord], files: set[str]
) -> None:
    """Raise ContentError for what the last look refuses, but for links to pages of today."""
    within = {
        path: replace(
            record, links=tuple(link for link in record.links if _is_within(link, edition))
        )
        for path, record in records.items()
    }
    if faults := verify(within, files):
        what = "its pages would not be sound"
        problems = [
            Problem(snapshot.place, f"edition {snapshot.number}: {what}: {fault}", "verify")
            for fault in faults
        ]
        raise ContentError(problems)
