"""Is a translation up to date? The answer for a section, each of its blocks, and YAML texts.

Page notices, `check`, `status`, `diff`, the desk, `stamp`, `export`, `import` and the rules on
terms and tables all ask here; each answer is worked out once for an explainer. How the state of a
single block is decided stands in `rows`, and which block says which in `pairing`.
"""

from __future__ import annotations

from collections.abc import Container, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import Literal

from reperes.model.baselines import FACTS, BaselineUnit
from reperes.model.explainer import Explainer, once_for_an_explainer
from reperes.model.site import Section
from reperes.text.blocks import Block
from reperes.translation.rows import OF_THE_ORIGINAL, Row, RowState, is_same, section_rows

AgeState = Literal["original", "fresh", "stale", "unstamped", "missing"]


@dataclass(frozen=True, slots=True)
class Age:
    """The state of one section in one language.

    "unstamped" has no baseline to compare with. Of a stale one, numbers of paragraphs of the
    original, 0 for title or summary: `changed` are not as they were when translated, `missing` have
    no translation any more, and of `edited` the translation is not as it was when it was compared.
    `dropped` counts paragraphs that the original no longer has.
    """

    state: AgeState
    changed: tuple[int, ...] = ()
    missing: tuple[int, ...] = ()
    edited: tuple[int, ...] = ()
    dropped: int = 0

    @property
    def follows_an_edit(self) -> bool:
        """Whether the original has changed, and its translator has to follow."""
        return bool(self.changed or self.dropped)


def age_of_rows(rows: Sequence[Row]) -> Age:
    """The age of the section that has these rows."""
    if any(row.state == "unstamped" for row in rows):
        return Age("unstamped")
    if all(row.is_fresh for row in rows):
        return Age("fresh")
    return Age(
        "stale",
        _numbers(rows, OF_THE_ORIGINAL),
        _numbers(rows, {"lost"}),
        _numbers(rows, {"edited"}),
        sum(row.state == "removed" for row in rows),
    )


def _numbers(rows: Iterable[Row], states: Container[str]) -> tuple[int, ...]:
    found = (row.original.name for row in rows if row.original and row.state in states)
    return tuple(dict.fromkeys(int(name) if name.isdigit() else 0 for name in found))


@once_for_an_explainer
def rows_of(explainer: Explainer, language: str, section_id: str) -> tuple[Row, ...]:
    """The blocks of a translated section beside those of its original; empty for an original."""
    pair = explainer.translated_pair(language, section_id)
    return section_rows(*pair, explainer.baselines.get((language, section_id))) if pair else ()


def partners(
    explainer: Explainer, section: Section, other: Section
) -> Iterator[tuple[Block, Block]]:
    """Pairs of blocks of two versions of a section, of which one is the other's translation."""
    translation, section_id = section if section.original else other, str(section.id)
    pair = explainer.translated_pair(translation.language, section_id)
    if pair is None or set(map(id, pair)) != {id(section), id(other)}:
        return
    for row in rows_of(explainer, translation.language, section_id):
        for block in row.translations:
            if row.original is not None and section is translation:
                yield block, row.original
            elif row.original is not None:
                yield row.original, block


def age_of(explainer: Explainer, language: str, section_id: str) -> Age | None:
    """How a section stands in a language.

    None where nothing can be said, since its file, or all its other versions, could not be read.
    """
    if explainer.section(language, section_id) is None:
        known = explainer.section_or_other(language, section_id) is not None
        is_refused = (language, section_id) in explainer.refused
        return Age("missing") if known and not is_refused else None
    rows = rows_of(explainer, language, section_id)
    return age_of_rows(rows) if rows else Age("original")


@once_for_an_explainer
def states_of_yaml(explainer: Explainer, language: str) -> Mapping[str, RowState]:
    """How each YAML text stands in a language, by path; "unstamped" where none was stamped."""
    baseline = explainer.baselines.get((language, FACTS))
    if baseline is None:
        return dict.fromkeys(explainer.texts_into(language), "unstamped")
    known = {unit.id: unit for unit in baseline.units}
    return {
        path: text_state(known.get(path), original, translation)
        for path, (original, translation) in explainer.texts_into(language).items()
    }


@once_for_an_explainer
def stale_yaml_texts(explainer: Explainer) -> frozenset[str]:
    """Paths of the YAML texts of which some translation has to follow its original."""
    return frozenset(
        path
        for language in explainer.languages
        for path, state in states_of_yaml(explainer, language).items()
        if state in OF_THE_ORIGINAL
    )


def text_state(unit: BaselineUnit | None, original: str, translation: str) -> RowState:
    """How a YAML text and its translation compare with what they were when last stamped."""
    if unit is None:
        return "added"
    original_as_it_was = is_same([original], [unit.original])
    if not unit.translation or is_same([translation], [unit.translation]):
        return "fresh" if original_as_it_was else "changed"
    return "edited" if original_as_it_was else "both"
