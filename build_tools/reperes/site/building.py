"""The way from content to a published site, one step after another."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from contextlib import contextmanager
from dataclasses import dataclass, replace
from functools import partial
from pathlib import Path
from typing import NamedTuple

from reperes.model.explainer import Explainer
from reperes.model.tracing import Digests, Traces, carried_over
from reperes.rules.checking import is_refused
from reperes.site import pagefind
from reperes.site.assets import FOLDER as ASSETS
from reperes.site.assets import AssetNames, asset_names
from reperes.site.books import require_weasyprint, write_books
from reperes.site.build import Asked, Built, Extras, Note, Step
from reperes.site.bundles import Bundle
from reperes.site.desk import FOLDER as DESK
from reperes.site.desk import write_desk
from reperes.site.engine import require
from reperes.site.finish import write_assets
from reperes.site.keeping import kept_in
from reperes.site.kept_check import Checked, kept_check_of
from reperes.site.kept_editions import KeptPages, make_kept_editions
from reperes.site.kept_site import remove_others
from reperes.site.last_build import LastBuild
from reperes.site.making import (
    Work,
    make_anew,
    make_open_data,
    make_pages,
    make_root_files,
    make_search,
    make_style_sheet,
    pages_of,
)
from reperes.site.picture_files import write_pictures
from reperes.site.publishing import publish
from reperes.site.verification import verify
from reperes.site.web_editor import FOLDER as ADMIN
from reperes.site.web_editor import check_web_editor, write_web_editor
from reperes.text.files import copy_folder, refusal
from reperes.text.problems import ContentError, Place, Problem, Text
from reperes.text.store import Store

USELESS_SHARD = "made by another program or for other settings, so its pages are made anew"
NOTHING_KEPT = "the site is published, but the next build has to make all of it anew"
NO_SEARCH = "search left out: there is no Pagefind for this machine"


@dataclass(frozen=True)
class Site:
    """A site that was built, of which explainer, with its pages by their ids.

    `kept` are the editions that stand beside it, by number.
    `traces` are of these; `clean` is of what the rules say nothing, as `check_anew` has it.
    `assets` are the files that its pages share.
    """

    explainer: Explainer
    bundles: Mapping[str, Bundle]
    kept: Mapping[int, KeptPages]
    traces: Traces
    clean: Traces
    assets: AssetNames


def make_and_publish(asked: Asked, store: Store) -> Built:
    """Make a site and publish it, of what a store keeps of the last one and what is new.

    For `build`, which says how this ends, and keeps others away meanwhile.
    """
    require(asked.engine)
    if asked.extras.books:
        require_weasyprint()
    content, output, patience = asked.content, asked.output, asked.patience

    @contextmanager
    def step(name: str) -> Iterator[Note]:
        patience.checkpoint()
        with asked.announce(name) as note:
            yield note

    kept = kept_in(store, asked.workspace)
    for shard in kept.join(asked.shards):
        patience.tell(f"{shard}: {USELESS_SHARD}")
    with kept_check_of(asked.workspace, content) as kept_check:
        kept_check.join(asked.shards)
        with step("check"):
            checked = kept_check.check(patience.checkpoint)
            problems = checked.problems
        if is_refused(problems, asked.strict):
            raise ContentError(problems)
        explainer = published_at(checked.explainer, asked.base_url)
        if asked.extras.admin:
            check_web_editor(explainer, content.resolve())
        work = Work(
            explainer,
            asked.workspace,
            kept,
            digests_for(explainer, checked),
            asked.engine,
            asked.extras.books,
            patience.checkpoint,
            asset_names(kept.style_sheet),
        )
        with kept.put_to_work(asked.workspace):
            made = _make_site(work, asked.extras, content, output, step)
            with step("publish"):
                if asked.copy is not None:
                    copy_folder(work.site, asked.copy)
                publish(asked.workspace, output)
        try:
            kept.end_well(output, LastBuild(asked.inputs(checked.inputs), tuple(problems)))
            kept_check.keep_digests(checked)
        except OSError as error:
            patience.tell(f"{refusal(error) or error}; {NOTHING_KEPT}")
    site = Site(explainer, made.bundles, made.kept, kept.traces, checked.clean, made.assets)
    return Built(problems, site)


class _Made(NamedTuple):
    """Of a site what is asked for after it has been made, as `Site` has it."""

    bundles: Mapping[str, Bundle]
    kept: Mapping[int, KeptPages]
    assets: AssetNames


def _make_site(
    work: Work,
    extras: Extras,
    content: Path,
    output: Path,
    step: Step,
) -> _Made:
    """Make every file of a site, and remove what is none."""
    explainer, site = work.explainer, work.site
    with step("pages") as note:
        bundles = make_pages(work, note)
    files = {file for bundle in bundles.values() for file in bundle.files}
    records = {page.path: page.record for each in bundles.values() for page in each.pages.values()}
    if explainer.images:
        with step("pictures"):
            files |= write_pictures(explainer, site)
    kept: Mapping[int, KeptPages] = {}
    if explainer.snapshots:
        with step("kept editions"):
            kept = make_kept_editions(work)
    files |= {file for pages in kept.values() for file in pages.files}
    others = {path: record for pages in kept.values() for path, record in pages.records.items()}
    with step("data and styles"):
        files |= make_open_data(work)
        root_records, root_files = make_root_files(work, bundles)
        records |= root_records
        files |= root_files | write_assets(site)
        style_sheet = make_style_sheet(work, {**records, **others})
        assets = asset_names(style_sheet.rpartition("/")[2])
        files.add(style_sheet)
    if extras.desk:
        with step("desk"):
            files |= make_anew(site, DESK, partial(write_desk, explainer, site, assets))
    if extras.books:
        with step("books"):
            files |= write_books(explainer, pages_of(explainer, bundles), site)
    with step("search" if pagefind.is_available() else NO_SEARCH):
        if pagefind.is_available():
            files |= make_search(work, bundles)
    with step("verify"):
        plain = {f"{ASSETS}/{name}" for name in assets}
        _refuse_faults(verify(records, files | plain, others), output)
    if extras.admin:
        # After the pages have been verified, for it is none of them.
        with step("web editor"):
            write = partial(write_web_editor, explainer, content.resolve(), site)
            files |= make_anew(site, ADMIN, write)
    remove_others(site, frozenset(files))
    return _Made(bundles, kept, assets)


def published_at(explainer: Explainer, base_url: str | None) -> Explainer:
    """The explainer with another address than site.yml says, if one is given."""
    if base_url is None:
        return explainer
    typed = Text(base_url.rstrip("/") + "/", explainer.site.base_url.place)
    return replace(explainer, site=replace(explainer.site, base_url=typed))


def digests_for(explainer: Explainer, checked: Checked) -> Digests:
    """The digests of the explainer that was checked, or of the same at another address."""
    if explainer is checked.explainer:
        return checked.digests
    return Digests(explainer, carried_over(checked.digests.known, checked.explainer, explainer))


def _refuse_faults(faults: Sequence[str], output: Path) -> None:
    if faults:
        place = Place(str(output))
        raise ContentError([Problem(place, fault, "verify") for fault in faults])
