"""Charts where a text has no room for one."""

from __future__ import annotations

from collections.abc import Iterable, Iterator

from reperes.model.explainer import Explainer
from reperes.model.forms import CHART
from reperes.model.references import Placeholder, fills, marks_in
from reperes.rules.passages import Passage, passages_of, passages_of_yaml
from reperes.text.problems import Problem

RULE = "chart"


def check_section(explainer: Explainer, section_id: str) -> Iterator[Problem]:
    """Charts that are not a paragraph of their own in the body of a section."""
    yield from _check(passages_of(explainer, section_id))


def check_rest(explainer: Explainer) -> Iterator[Problem]:
    """Charts in texts of YAML."""
    yield from _check(passages_of_yaml(explainer))


def _check(passages: Iterable[Passage]) -> Iterator[Problem]:
    for passage in passages:
        if f".{CHART}" not in passage.text:
            continue
        for mark in marks_in(passage.text):
            if (
                isinstance(mark, Placeholder)
                and mark.form == CHART
                and not _has_room(mark, passage)
            ):
                message = (
                    f"{mark}: a chart is a paragraph of its own in a section, with an empty line "
                    f"before and after; write it there, or {{{{ {mark.id} }}}} here"
                )
                yield Problem(mark.place, message, RULE)


def _has_room(mark: Placeholder, passage: Passage) -> bool:
    if passage.section is None or passage.text is not passage.section.body:
        return False
    return any(
        block.kind == "paragraph" and fills(mark, block.start, block.text)
        for block in passage.section.blocks
    )
