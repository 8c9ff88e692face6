"""What an explainer says in one state that it did not say in another."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from typing import Literal

from reperes.model.editions import State
from reperes.model.explainer import Explainer
from reperes.model.published import ids_ever, in_words, plain_words, successors
from reperes.model.said import Said, differences, renamed

Change = Literal["new", "changed", "gone"]


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

    def in_language(self, language: str) -> FactNews:
        """The same without what only another language says otherwise."""
        same = (part for part in self.parts if part.before[language] != part.after[language])
        return replace(self, parts=tuple(same))


@dataclass(frozen=True)
class SectionNews:
    """A section that is new, gone, or reworded; `languages` are those whose text is another."""

    id: str
    change: Change
    languages: tuple[str, ...]


@dataclass(frozen=True)
class EntryNews:
    """Another entry that came or went."""

    noun: str
    id: str
    change: Change


@dataclass(frozen=True)
class News:
    """What is new."""

    facts: tuple[FactNews, ...]
    sections: tuple[SectionNews, ...]
    entries: tuple[EntryNews, ...]

    def __bool__(self) -> bool:
        return bool(self.facts or self.sections or self.entries)

    def in_language(self, language: str) -> News:
        """What of it is news to who reads one language."""
        facts = (fact.in_language(language) for fact in self.facts)
        return News(
            tuple(fact for fact in facts if fact.change != "changed" or fact.parts),
            tuple(each for each in self.sections if language in each.languages),
            self.entries,
        )


def news(before: State, after: State, explainer: Explainer) -> News:
    """What the state `after` says otherwise than `before`: what is there in its order, then gone.

    Words are those that the explainer has today.
    """
    return News(
        tuple(_facts(before, after, explainer)),
        tuple(_sections(before, after, explainer)),
        tuple(_entries(before, after, explainer)),
    )


def _facts(before: State, after: State, explainer: Explainer) -> Iterator[FactNews]:
    known_as: set[str] = set()
    for fact_id, now in after.said.items():
        ids = ids_ever(explainer, "fact", fact_id)
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
    texts = said.texts.get("label", {})
    return {
        language: plain_words(texts[language], language, explainer)
        for language in explainer.languages
        if language in texts
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


def _sections(before: State, after: State, explainer: Explainer) -> Iterator[SectionNews]:
    known_as: set[str] = set()
    for section_id, texts in after.sections.items():
        ids = ids_ever(explainer, "section", section_id)
        known_as.update(ids)
        told = next((before.sections[each] for each in ids if each in before.sections), None)
        if told is None:
            yield SectionNews(section_id, "new", tuple(texts))
        elif languages := tuple(code for code in texts if told.get(code) != texts[code]):
            yield SectionNews(section_id, "changed", languages)
    for section_id, texts in before.sections.items():
        if section_id not in known_as:
            yield SectionNews(section_id, "gone", tuple(texts))


def _entries(before: State, after: State, explainer: Explainer) -> Iterator[EntryNews]:
    for noun in dict.fromkeys((*after.ids, *before.ids)):
        old = dict.fromkeys(before.ids_of(noun))
        known_as: set[str] = set()
        for name in after.ids_of(noun):
            ids = ids_ever(explainer, noun, name)
            known_as.update(ids)
            if old.keys().isdisjoint(ids):
                yield EntryNews(noun, name, "new")
        yield from (EntryNews(noun, name, "gone") for name in old if name not in known_as)
