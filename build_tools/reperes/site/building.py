"""The way from content to a published site, one step after another."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping, Sequence
from contextlib import AbstractContextManager, ExitStack, contextmanager
from dataclasses import dataclass, replace
from functools import partial
from pathlib import Path

from reperes.model.explainer import Explainer
from reperes.model.tracing import Digests, Traces, carried_over
from reperes.rules.checking import is_refused
from reperes.site import pagefind
from reperes.site.bundles import Bundle
from reperes.site.desk import FOLDER as DESK
from reperes.site.desk import write_desk
from reperes.site.editions import require_weasyprint, write_editions
from reperes.site.engine import MKDOCS, Engine, require
from reperes.site.finish import check_output, write_assets
from reperes.site.inputs import digest_of_content
from reperes.site.keeping import LastBuild, kept_of
from reperes.site.kept_check import Checked, kept_check_of
from reperes.site.kept_site import remove_others
from reperes.site.making import (
    Note,
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
from reperes.site.publishing import Patience, alone, publish, workspace_for
from reperes.site.verification import verify
from reperes.site.web_editor import FOLDER as ADMIN
from reperes.site.web_editor import check_web_editor, write_web_editor
from reperes.text.digests import digests_of_files
from reperes.text.files import copy_folder, refusal
from reperes.text.problems import ContentError, Place, Problem, Text

Step = Callable[[str], AbstractContextManager[Note]]
"""Announces a step by its name, and how long it took when it ends."""

USELESS_SHARD = "made by another program or for other settings, so its pages are made anew"
NOTHING_KEPT = "the site is published, but the next build has to make all of it anew"
NO_SEARCH = "search left out: there is no Pagefind for this machine"


@dataclass(frozen=True)
class Extras:
    """What a build makes beside the pages, where it is asked for.

    `editions` is a PDF and an EPUB of each language; `admin` the web editor; `desk` the pages that
    show translators each text beside its translation.
    """

    editions: bool = False
    admin: bool = False
    desk: bool = False


NO_EXTRAS = Extras()
PATIENT = Patience()


@dataclass(frozen=True)
class Site:
    """A site that was built, of which explainer, with its pages by their ids.

    `traces` are of these; `clean` is of what the rules say nothing, as `check_anew` has it.
    """

    explainer: Explainer
    bundles: Mapping[str, Bundle]
    traces: Traces
    clean: Traces


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
    require(engine)
    if extras.editions:
        require_weasyprint()
    workspace = workspace_for(content.resolve(), output)
    if engine.keeps_to_its_folder:
        workspace = replace(workspace, docs=workspace.root / "docs")

    @contextmanager
    def step(name: str) -> Iterator[Note]:
        patience.checkpoint()
        with announce(name) as note:
            yield note

    with ExitStack() as its:
        its.enter_context(alone(workspace, output, patience))
        kept = its.enter_context(kept_of(workspace, fresh or bool(shards)))
        for shard in kept.join(shards):
            patience.tell(f"{shard}: {USELESS_SHARD}")
        # Only now: whoever waited builds what has been typed meanwhile.
        settings = f"{base_url} {extras} {engine.name}"
        inputs = f"{digest_of_content(content, digests_of_files(content))} {settings}"
        last = kept.last_build(inputs, output)
        # Only the program knows where the web editor is; and a copy is wanted of what was made.
        if last and not extras.admin and copy is None and not is_refused(last.problems, strict):
            return Built(last.problems, None)
        kept_check = its.enter_context(kept_check_of(workspace, content))
        kept_check.join(shards)
        with step("check"):
            checked = kept_check.check(patience.checkpoint)
            problems = checked.problems
        if is_refused(problems, strict):
            raise ContentError(problems)
        explainer = published_at(checked.explainer, base_url)
        if extras.admin:
            check_web_editor(explainer, content.resolve())
        digests = digests_for(explainer, checked)
        work = Work(
            explainer, workspace, kept, digests, engine, extras.editions, patience.checkpoint
        )
        with kept.put_to_work(workspace):
            bundles = _make_site(work, extras, content, output, step)
            with step("publish"):
                if copy is not None:
                    copy_folder(workspace.site, copy)
                publish(workspace, output)
        try:
            kept.end_well(output, LastBuild(f"{checked.inputs} {settings}", tuple(problems)))
            kept_check.keep_digests(checked)
        except OSError as error:
            patience.tell(f"{refusal(error) or error}; {NOTHING_KEPT}")
    return Built(problems, Site(explainer, bundles, kept.traces, checked.clean))


def _make_site(
    work: Work,
    extras: Extras,
    content: Path,
    output: Path,
    step: Callable[[str], AbstractContextManager[Note]],
) -> dict[str, Bundle]:
    """Make every file of a site, and remove what is none; its pages by their ids."""
    explainer, site = work.explainer, work.site
    with step("pages") as note:
        bundles = make_pages(work, note)
    files = {file for bundle in bundles.values() for file in bundle.files}
    records = {page.path: page.record for each in bundles.values() for page in each.pages.values()}
    if explainer.images:
        with step("pictures"):
            files |= write_pictures(explainer, site)
    with step("data and styles"):
        files |= make_open_data(work)
        root_records, root_files = make_root_files(work, bundles)
        records |= root_records
        files |= root_files | write_assets(site)
        files |= make_style_sheet(work, records)
    if extras.desk:
        with step("desk"):
            files |= make_anew(site, DESK, partial(write_desk, explainer, site))
    if extras.editions:
        with step("editions"):
            files |= write_editions(explainer, pages_of(explainer, bundles), site)
    with step("search" if pagefind.is_available() else NO_SEARCH):
        if pagefind.is_available():
            files |= make_search(work, bundles)
    with step("verify"):
        _refuse_faults(verify(records, files), output)
    if extras.admin:
        # After the pages have been verified, for it is none of them.
        with step("web editor"):
            write = partial(write_web_editor, explainer, content.resolve(), site)
            files |= make_anew(site, ADMIN, write)
    remove_others(site, frozenset(files))
    return bundles


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
