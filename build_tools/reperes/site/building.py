"""The way from content to a published site, one step after another."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from contextlib import AbstractContextManager, contextmanager
from dataclasses import dataclass, replace
from pathlib import Path

from reperes.model.explainer import Explainer
from reperes.pages import render_pages
from reperes.pages.page import page_url
from reperes.rules.checking import check, is_refused
from reperes.site import search
from reperes.site.desk import write_desk
from reperes.site.editions import require_weasyprint, write_editions
from reperes.site.engine import MKDOCS, Engine, build_sites, require, require_pages
from reperes.site.finish import check_output, finish, records_of_rest
from reperes.site.html_pages import Names, all_names
from reperes.site.picture_files import write_pictures
from reperes.site.publishing import Patience, alone, publish, workspace_for
from reperes.site.rendered import Rendered
from reperes.site.social_cards import write_cards
from reperes.site.tree import write_tree
from reperes.site.verification import verify
from reperes.site.web_editor import check_web_editor, write_web_editor
from reperes.text.files import copy_folder, files_below
from reperes.text.problems import ContentError, Place, Problem, Text

Step = Callable[[str], AbstractContextManager[None]]
"""Announces a step by its name, and how long it took when it ends."""

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
class Built:
    """What a build made a site of, the names in readers' pages, and the warnings that remain."""

    rendered: Rendered
    names: Names
    problems: Sequence[Problem]


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
) -> Built:
    """Build a site and publish it to `output`, when no other build works there any more.

    `base_url` takes the place of the one in site.yml, for who publishes a copy elsewhere; `copy`
    is a new folder for one more copy of exactly this site. An output that is a link stays one: the
    folder that it leads to is replaced, or made.
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
    def step(name: str) -> Iterator[None]:
        patience.checkpoint()
        with announce(name):
            yield

    with alone(workspace, output, patience):
        # Only now: whoever waited builds what has been typed meanwhile.
        with step("check"):
            explainer, problems = check(content)
        if is_refused(problems, strict):
            raise ContentError(problems)
        explainer = _published_at(explainer, base_url)
        if extras.admin:
            check_web_editor(explainer, content.resolve())
        with step("write pages"):
            pages = {code: render_pages(explainer, code) for code in explainer.languages}
            rendered = Rendered(explainer, pages)
            write_tree(rendered, workspace, extras.editions)
        with step(f"build {' and '.join(explainer.languages)}"):
            settings = [workspace.settings(code) for code in explainer.languages]
            build_sites(settings, patience.checkpoint, engine)
            addresses = [f"{code}/{page_url(page.id)}" for code in pages for page in pages[code]]
            require_pages(workspace.site, addresses, engine)
        with step("draw cards"):
            write_cards(rendered.cards, workspace.site, output)
        if explainer.images:
            with step("make pictures"):
                write_pictures(explainer, workspace.site, output)
        with step("finish"):
            records = finish(rendered, workspace)
            names = all_names(record.names for record in records.values())
        if extras.desk:
            with step("write desk"):
                write_desk(explainer, workspace.site)
        if extras.editions:
            with step("editions"):
                write_editions(explainer, pages, workspace.site)
        with step("search" if search.is_available() else NO_SEARCH):
            if search.is_available():
                copies = {name: record.copy for name, record in records.items() if record.copy}
                search.index_site(explainer, workspace.site, copies)
        with step("verify"):
            files = set(files_below(workspace.site))
            rest = records_of_rest(records, files, workspace.site, explainer)
            _refuse_faults(verify({**records, **rest}, files), output)
        if extras.admin:
            # After the pages have been verified, for it is none of them.
            with step("web editor"):
                write_web_editor(explainer, content.resolve(), workspace.site)
        with step("publish"):
            if copy is not None:
                copy_folder(workspace.site, copy)
            publish(workspace, output)
    return Built(rendered, names, problems)


def _published_at(explainer: Explainer, base_url: str | None) -> Explainer:
    if base_url is None:
        return explainer
    typed = Text(base_url.rstrip("/") + "/", explainer.site.base_url.place)
    return replace(explainer, site=replace(explainer.site, base_url=typed))


def _refuse_faults(faults: Sequence[str], output: Path) -> None:
    if faults:
        place = Place(str(output))
        raise ContentError([Problem(place, fault, "verify") for fault in faults])
