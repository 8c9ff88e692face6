"""What an explainer says in one state that it did not say in another."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import Literal

from reperes.model.editions import State
from reperes.model.explainer import Explainer
from reperes.model.published import former_ids, in_words, plain_words, successors
from reperes.model.said import Said, differences, renamed

Change = Literal["new", "changed", "gone"]

OTHER_NAMES = ("kind", "values")
"""Names of differences that are no part or text of what prose says."""


@dataclass(frozen=True)
class PartChange:
    """A part or a text of a fact, with what was said and what is, in each language, in words."""

    name: str
    before: Mapping[str, str]
    after: Mapping[str, str]


@dataclass(frozen=True)
class FactNews:
    """A fact that is new, gone, or says something else; `label` is how it is called now, or was."""

    id: str
    noun: str
    change: Change
    label: Mapping[str, str]
    parts: tuple[PartChange, ...] = ()


@dataclass(frozen=True)
class SectionNews:
    """A section that is new, gone, or reworded; `languages` are those whose text is another."""

    id: str
    change: Change
    languages: tuple[str, ...]


@dataclass(frozen=True)
class News:
    """What is new; `entries` are others that came or went, as what they are, id and change."""

    facts: tuple[FactNews, ...]
    sections: tuple[SectionNews, ...]
    entries: tuple[tuple[str, str, Change], ...]

    def __bool__(self) -> bool:
        return bool(self.facts or self.sections or self.entries)


def news(before: State, after: State, explainer: Explainer) -> News:
    """What the state `after` says otherwise than `before`: what is there in its order, then gone.

    Words are those that the explainer has today.
    """
    return News(
        tuple(_facts(before, after, explainer)),
        tuple(_sections(before, after)),
        tuple(_entries(before, after)),
    )


def _facts(before: State, after: State, explainer: Explainer) -> Iterator[FactNews]:
    known_as: set[str] = set()
    for fact_id, now in after.said.items():
        ids = [fact_id, *former_ids(explainer).get(fact_id, ())]
        known_as.update(ids)
        told = next((before.said[each] for each in ids if each in before.said), None)
        label = _label(now, explainer)
        if told is None:
            yield FactNews(fact_id, now.noun, "new", label)
        elif names := differences(renamed(told, successors(explainer)), now):
            parts = tuple(_parts(told, now, names, explainer))
            yield FactNews(fact_id, now.noun, "changed", label, parts)
    for fact_id, told in before.said.items():
        if fact_id not in known_as:
            yield FactNews(fact_id, told.noun, "gone", _label(told, explainer))


def _label(said: Said, explainer: Explainer) -> Mapping[str, str]:
    return {
        language: plain_words(text, language, explainer)
        for language, text in said.texts.get("label", {}).items()
        if language in explainer.languages
    }


def _parts(
    told: Said, now: Said, names: Sequence[str], explainer: Explainer
) -> Iterator[PartChange]:
    for name in names:
        before, after = (
            {code: in_words(said, [name], code, explainer) for code in explainer.languages}
            for said in (told, now)
        )
        yield PartChange(name, before, after)


def _sections(before: State, after: State) -> Iterator[SectionNews]:
    for section_id, texts in after.sections.items():
        told = before.sections.get(section_id)
        if told is None:
            yield SectionNews(section_id, "new", tuple(texts))
        elif languages := tuple(code for code in texts if told.get(code) != texts[code]):
            yield SectionNews(section_id, "changed", languages)
    for section_id, texts in before.sections.items():
        if section_id not in after.sections:
            yield SectionNews(section_id, "gone", tuple(texts))


def _entries(before: State, after: State) -> Iterator[tuple[str, str, Change]]:
    for noun in {**after.ids, **before.ids}:
        old, new = before.ids_of(noun), after.ids_of(noun)
        yield from ((noun, name, "new") for name in new if name not in old)
        yield from ((noun, name, "gone") for name in old if name not in new)
