"""Who is who: under each side its bodies, under these who belongs to or speaks for them."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from reperes.model.bearings import Actor
from reperes.model.entries import Labelled
from reperes.model.explainer import Explainer
from reperes.model.facts import Claim, Fact, Quotation
from reperes.pages.page import Page
from reperes.pages.writer import PageWriter

_SAID_BY_THE_NAME = frozenset({"other", "person"})
"""Kinds that need not stand beside a name."""


@dataclass(frozen=True)
class Entry:
    """An actor, what it says, what else is attributed to it, and who is part of it.

    `kind` is plain, and empty where name and role say it.
    """

    actor: Actor
    kind: str
    claims: tuple[Claim, ...]
    quotations: tuple[Quotation, ...]
    facts: tuple[Fact, ...]
    parts: tuple[Entry, ...]

    @property
    def speaks(self) -> bool:
        """Whether a word of it, or of a part of it, is reported."""
        reported = self.claims or self.quotations or self.facts
        return bool(reported) or any(part.speaks for part in self.parts)


@dataclass(frozen=True)
class Group:
    """A side, or None for those on none. `body` is the actor that has the side’s name, if any."""

    side: Labelled | None
    body: Entry | None
    entries: tuple[Entry, ...]

    @property
    def speaks(self) -> bool:
        return any(entry.speaks for entry in (*self.entries, *([self.body] if self.body else [])))


def actors_page(explainer: Explainer, language: str, page_id: str = "actors") -> Page:
    page = PageWriter(explainer, language, page_id)
    actors = [explainer.actors[actor_id] for actor_id in page.part.entries]
    groups = [_group(page, side, of_side) for side, of_side in page.by_side(actors)]
    return page.reference(groups=groups, short_name=lambda actor: _short_name(actor, language))


def _group(page: PageWriter, side: Labelled | None, actors: Sequence[Actor]) -> Group:
    """The tree of a side; whoever is part of a body of another side stands at its top."""
    ids = {actor.id for actor in actors}
    entries = [_entry(page, actor, actors) for actor in actors if actor.part_of_id not in ids]
    name = side.label[page.language].casefold() if side else None
    alike = [e for e in entries if e.actor.names[page.language].full.casefold() == name]
    body = alike[0] if alike else None
    return Group(side, body, tuple(entry for entry in entries if entry is not body))


def _entry(page: PageWriter, actor: Actor, group: Sequence[Actor]) -> Entry:
    explainer = page.explainer
    return Entry(
        actor,
        _kind(page, actor),
        explainer.claims_of(actor.id),
        explainer.quotations_of(actor.id),
        explainer.given_by(actor.id),
        tuple(_entry(page, part, group) for part in group if part.part_of_id == actor.id),
    )


def _kind(page: PageWriter, actor: Actor) -> str:
    general = page.explainer.vocabulary.treated_as("actor_kind", actor.kind)
    if general in _SAID_BY_THE_NAME:
        return ""
    kind = page.locale.label(f"kind.actor.{actor.kind}")
    said = f"{actor.names[page.language].full} {actor.role[page.language]}".casefold()
    # That somebody is not named is always said in the same place.
    return "" if kind.casefold() in said and general != "anonymous_source" else kind


def _short_name(actor: Actor, language: str) -> str:
    """The short name, plain; empty where it only repeats a part of the full one."""
    name = actor.names[language]
    short = name.short or ""
    return "" if short.casefold() in name.full.casefold() else short
