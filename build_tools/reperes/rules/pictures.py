"""Pictures where no reader would see them well, and alternative texts that tell nobody anything."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator

from reperes.model.bearings import Picture
from reperes.model.explainer import Explainer
from reperes.model.images import RULE
from reperes.model.references import Link, Mark, marks_in
from reperes.model.site import Section
from reperes.text.folding import folded
from reperes.text.problems import Problem, Text, warning


def check_section(explainer: Explainer, section_id: str) -> Iterator[Problem]:
    """Pictures that do not stand alone on a line of a section, or twice in one."""
    for section in explainer.versions(section_id):
        yield from _misplaced(section, explainer)
        for text in (section.title, section.summary):
            yield from _outside_sections(marks_in(text))


def check_rest(explainer: Explainer) -> Iterator[Problem]:
    """Pictures in texts of YAML; poor `alt`s."""
    yield from _outside_sections(mark for _, _, mark in explainer.yaml_marks)
    for picture in explainer.pictures.values():
        yield from _poor_alts(picture)


def _misplaced(section: Section, explainer: Explainer) -> Iterator[Problem]:
    alone = {
        block.start + len(block.text) - len(block.text.lstrip())
        for block in section.blocks
        if block.kind == "paragraph" and "\n" not in block.text.strip()
    }
    first: dict[str, Link] = {}
    for mark in explainer.marks[section.language, str(section.id)]:
        if not isinstance(mark, Link) or not _is_sound(mark, section.body):
            continue
        line = section.body[mark.start :].partition("\n")[0]
        if mark.start not in alone or line.rstrip() != str(mark):
            message = f"{mark} stands within other text; give it a line of its own at the margin"
            yield Problem(mark.place, f"{message}, a blank line before and after", RULE)
        elif mark.id in first:
            message = f"{mark} stands twice; remove it here, or at {first[mark.id].place}"
            yield Problem(mark.place, message, RULE)
        first.setdefault(mark.id, mark)


def _is_sound(mark: Link, body: Text) -> bool:
    """Whether a picture is typed as one: of others, `references` speaks."""
    return mark.is_picture and not mark.text and body[mark.start] == "!"


def _outside_sections(marks: Iterable[Mark]) -> Iterator[Problem]:
    for mark in marks:
        if isinstance(mark, Link) and mark.is_picture:
            message = f"{mark} is shown in the text of a section alone; move it there"
            yield Problem(mark.place, message, RULE)


def _poor_alts(picture: Picture) -> Iterator[Problem]:
    stem = picture.file.rpartition(".")[0]
    for language, alt in picture.alt.items():
        message = None
        if _letters(alt) == _letters(picture.caption[language]):
            message = "says what the caption says, which is heard twice"
        elif _letters(alt) in (_letters(picture.file), _letters(stem)):
            message = "is the name of the file"
        if message:
            where = f"picture {picture.id}: alt: {language}"
            fix = "write what is to be seen"
            yield warning(alt.place, f"{where}: {message}; {fix}", RULE)


def _letters(text: str) -> str:
    return re.sub(r"[\W_]+", "", folded(text).casefold())
