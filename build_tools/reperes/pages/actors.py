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


@dataclass(frozen=True)
class Group:
    """A side, or None for those on none. `body` is the actor that has the side’s name, if any.

    `speaks` says whether a word of anyone on it is reported, on whichever page of the list.
    """

    side: Labelled | None
    body: Entry | None
    entries: tuple[Entry, ...]
    speaks: bool


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
    others = tuple(entry for entry in entries if entry is not body)
    return Group(side, body, others, _speaks(page, side))


def _speaks(page: PageWriter, side: Labelled | None) -> bool:
    explainer = page.explainer
    said_by = (explainer.claims_of, explainer.quotations_of, explainer.given_by)
    of_side = (actor_id for actor_id in explainer.actors if page.side_of(actor_id) == side)
    return any(said(actor_id) for actor_id in of_side for said in said_by)


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
