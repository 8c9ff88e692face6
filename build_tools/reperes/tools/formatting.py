"""Laying out the files of a content, all or some, in one of the two layouts of YAML."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path

from reperes.model.declaring import shape_of
from reperes.model.documents import Folder
from reperes.model.explainer import Explainer
from reperes.model.map_plan import MAP_FILE, MapPlan
from reperes.model.schema import KINDS, SITE, json_schemas
from reperes.model.site import Section
from reperes.model.yaml_layout import in_order, text_of_entries, yaml_text
from reperes.model.yaml_values import find_comment
from reperes.rules.checking import check
from reperes.text.files import write_all
from reperes.text.problems import ContentError, Place, Problem, Severity

RULE = "fmt"


@dataclass(frozen=True)
class Formatted:
    """The files that differ from the layout, as messages name them, and those that were skipped."""

    changed: tuple[str, ...]
    problems: tuple[Problem, ...]


def format_files(
    content: Path, typed: Sequence[str] = (), write: bool = True, layout: str | None = None
) -> Formatted:
    """Lay out the files `typed`, or every file that the layout concerns; what they say stays.

    `layout` is one of `LAYOUTS`, or None for the one that site.yml names.

    A file with an error, or with comments (which the layout has no place for), is left alone and
    reported. Raises ContentError for a name that is no such file, before anything is written.
    """
    explainer, problems = check(content)
    folder = Folder(content)
    known = dict.fromkeys(_files(folder, explainer))
    chosen = [_chosen(name, folder, known) for name in typed] or list(known)
    errors = [problem for problem in problems if problem.is_error]
    left_alone: list[Problem] = []
    changed: dict[Path, bytes] = {}
    for relative in chosen:
        path = folder.path(relative)
        reasons = [problem for problem in errors if problem.place.path == path]
        reasons = reasons or list(_comment(folder, relative))
        left_alone += reasons
        text = "" if reasons else _laid_out(folder, relative, explainer, layout)
        if not reasons and (folder.root / relative).read_bytes() != text.encode():
            changed[folder.root / relative] = text.encode()
    if write:
        write_all(changed)
    names = (folder.path(path.relative_to(folder.root).as_posix()) for path in changed)
    return Formatted(tuple(names), tuple(sorted(left_alone)))


def _files(folder: Folder, explainer: Explainer) -> Iterator[str]:
    wording = [f"interface/{language}.yml" for language in explainer.languages]
    schemas = [*json_schemas(explainer.languages), MAP_FILE]
    yield from (path for path in (*schemas, *wording) if folder.has(path))
    for language in explainer.languages:
        for name in folder.names(f"sections/{language}", ".md"):
            yield f"sections/{language}/{name}.md"


def _chosen(typed: str, folder: Folder, known: Iterable[str]) -> str:
    path = Path(typed).resolve()
    relative = path.relative_to(folder.root).as_posix() if path.is_relative_to(folder.root) else ""
    if relative not in known:
        message = "no YAML file or section of the content; name one, such as "
        example = folder.path("site.yml")
        raise ContentError([Problem(Place(typed), message + example, RULE)])
    return relative


def _comment(folder: Folder, relative: str) -> Iterator[Problem]:
    place = find_comment(folder.read_text(relative), folder.path(relative))
    if place is not None:
        message = "a comment, which the layout would lose: file left alone; "
        fix = "make it an editor_note, or remove it"
        yield Problem(place, message + fix, RULE, Severity.WARNING)


def _laid_out(folder: Folder, relative: str, explainer: Explainer, layout: str | None) -> str:
    languages = explainer.languages
    is_short = (layout or explainer.site.layout) == "short"
    if relative.endswith(".md"):
        document = folder.read_markdown(relative)
        head = yaml_text(in_order(document.front_matter, shape_of(Section), languages))
        return f"---\n{head}---\n\n{document.body.strip()}\n"
    table = folder.read_yaml(relative)
    kind = next((kind for kind in KINDS if kind.path == relative), None)
    if kind is not None:
        return text_of_entries(table, kind, explainer, is_short)
    if relative == "site.yml":
        return yaml_text(in_order(table, SITE, languages), is_short)
    if relative == MAP_FILE:
        return yaml_text(in_order(table, shape_of(MapPlan), languages), is_short)
    return yaml_text(table)
