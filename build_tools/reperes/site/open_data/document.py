"""facts.json: everything curated, in one language. docs/DATA.md describes its fields."""

from __future__ import annotations

import json
from collections.abc import Iterable, Mapping
from decimal import Decimal
from typing import Any

from reperes.model.facts import (
    Actor,
    Claim,
    Correction,
    Derivation,
    Editor,
    Event,
    Fact,
    Figure,
    GeoPlace,
    Labelled,
    Licence,
    Pin,
    Source,
    Term,
)
from reperes.pages.corrections import correction_scheme
from reperes.site.open_data.edition import Edition, canonical

SCHEMA_VERSION = "1.1"
"""Its first number changes when a field goes or changes its meaning, the second when one comes."""

Row = dict[str, Any]


def facts_json(edition: Edition) -> str:
    """The document as text: its keys always all there and in one order, null where unknown."""
    return json.dumps(facts_document(edition), ensure_ascii=False, indent=1) + "\n"


def facts_document(edition: Edition) -> Row:
    explainer = edition.explainer
    return {
        **_heading(edition),
        "sides": _labelled(edition, edition.site.sides),
        "topics": _labelled(edition, edition.site.topics),
        "figures": [figure_row(edition, figure) for figure in explainer.figures.values()],
        "events": [event_row(edition, event) for event in edition.events],
        "claims": [_claim(edition, claim) for claim in explainer.claims.values()],
        "actors": [_actor(edition, actor) for actor in explainer.actors.values()],
        "places": [_place(edition, place) for place in explainer.places.values()],
        "terms": [_term(edition, term) for term in explainer.terms.values()],
        "sources": [_source(edition, source) for source in explainer.sources.values()],
        "corrections": [_correction(edition, entry) for entry in explainer.corrections_in_order],
    }


def _heading(edition: Edition) -> Row:
    site = edition.site
    return {
        "schema_version": SCHEMA_VERSION,
        "language": edition.language,
        "languages": list(site.language_codes),
        "title": edition.text(site.title),
        "tagline": edition.text(site.tagline),
        "base_url": str(site.base_url),
        "url": edition.file(""),
        "as_of": site.as_of.text,
        "updated": site.updated.text,
        "archived": site.archived,
        "editor": _name_and_url(site.editor),
        "licence": _name_and_url(site.licence),
    }


def figure_row(edition: Edition, figure: Figure) -> Row:
    return {
        **_fact(edition, figure),
        "low": canonical(figure.low),
        "high": canonical(figure.high),
        "bound": figure.bound,
        "unit": str(figure.unit),
        "text": edition.value(figure),
        "as_of": figure.as_of.text,
        "period": figure.period.text if figure.period else None,
        "place": _id(figure.place_id),
        "unknown": edition.optional(figure.unknown),
        "contested": edition.optional(figure.contested),
        "note": edition.optional(figure.note),
        **_account(edition, figure),
    }


def event_row(edition: Edition, event: Event) -> Row:
    return {
        **_fact(edition, event),
        "date": event.date.text,
        "date_text": edition.locale.date(event.date),
        "derived": _derived(edition, event.derived),
        "kind": event.kind,
        "place": _id(event.place_id),
        "actors": _ids(event.actors),
        "summary": edition.text(event.summary),
        **_account(edition, event),
    }


def _claim(edition: Edition, claim: Claim) -> Row:
    return {
        **_fact(edition, claim),
        "actor": str(claim.actor_id),
        "act": claim.act,
        "topic": str(claim.topic_id),
        "text": edition.text(claim.text),
        "date": claim.date.text,
        "date_text": edition.locale.date(claim.date),
        "derived": _derived(edition, claim.derived),
        **_account(edition, claim),
    }


def _actor(edition: Edition, actor: Actor) -> Row:
    name = actor.names[edition.language]
    return {
        "id": str(actor.id),
        "url": edition.permalink("actor", actor.id),
        "name": str(name.full),
        "short_name": _id(name.short),
        "accepted_names": _ids(name.accepted),
        "kind": actor.kind,
        "side": _id(actor.side_id),
        "part_of": _id(actor.part_of_id),
        "role": edition.text(actor.role),
        "source": _pin(actor.pin),
    }


def _place(edition: Edition, place: GeoPlace) -> Row:
    name = place.names[edition.language]
    return {
        "id": str(place.id),
        "url": edition.permalink("place", place.id),
        "name": str(name.name),
        "accepted_names": _ids(name.accepted),
        "kind": place.kind,
        "within": _id(place.within_id),
        "latitude": _number(place.latitude),
        "longitude": _number(place.longitude),
        "coordinates_from": _id(place.coordinates_from),
        "note": edition.optional(place.note),
        "source": _pin(place.pin),
    }


def _term(edition: Edition, term: Term) -> Row:
    definitions = {code: text.definition for code, text in term.texts.items()}
    return {
        "id": str(term.id),
        "url": edition.permalink("term", term.id),
        "term": str(term.texts[edition.language].term),
        "definition": edition.text(definitions),
        "forms": _ids(term.texts[edition.language].forms),
        "translations": {
            code: str(text.term) for code, text in term.texts.items() if code != edition.language
        },
        "see_also": _ids(term.see_also),
        "actor": _id(term.actor_id),
        "place": _id(term.place_id),
        "source": _pin(term.pin),
    }


def _source(edition: Edition, source: Source) -> Row:
    return {
        "id": str(source.id),
        "url": edition.permalink("source", source.id),
        "label": edition.text(source.label),
        "reference": edition.text(source.reference),
        "type": source.type,
        "publisher": str(source.publisher_id),
        "language": str(source.language),
        "published": source.published.text,
        "derived": _derived(edition, source.derived),
        "address": _id(source.url),
        "hash": source.hash,
        "normalisation": source.normalisation,
        "paragraphs": _ids(source.paragraphs),
    }


def _correction(edition: Edition, correction: Correction) -> Row:
    scheme = correction_scheme(edition.explainer, correction.target_id)
    return {
        "id": str(correction.id),
        "url": edition.file(f"corrections/#{correction.id}"),
        "day": correction.day.text,
        "kind": correction.kind,
        "target": str(correction.target_id),
        "target_url": edition.permalink(scheme, correction.target_id),
        "before": edition.text(correction.before),
        "after": edition.text(correction.after),
        "reason": edition.text(correction.reason),
    }


def _fact(edition: Edition, fact: Fact) -> Row:
    """What opens every fact."""
    return {
        "id": str(fact.id),
        "url": edition.permalink("fact", fact.id),
        "label": edition.text(fact.label),
    }


def _account(edition: Edition, fact: Fact) -> Row:
    """What ends every fact: who answers for it, and where it was read."""
    return {
        "attributed_to": _ids(fact.attributed_to),
        "attribution": edition.by(fact),
        "source": _pin(fact.pin),
        "key": fact.key,
    }


def _pin(pin: Pin | None) -> Row | None:
    if pin is None:
        return None
    return {
        "id": str(pin.source_id),
        "paragraphs": list(pin.paragraphs),
        "evidence": _id(pin.evidence),
    }


def _derived(edition: Edition, derivation: Derivation | None) -> Row | None:
    if derivation is None:
        return None
    return {"reason": edition.text(derivation.reason), "anchor": _id(derivation.anchor)}


def _labelled(edition: Edition, entries: Iterable[Labelled]) -> list[Mapping[str, str]]:
    return [{"id": str(entry.id), "label": edition.text(entry.label)} for entry in entries]


def _name_and_url(of: Editor | Licence) -> Row:
    return {"name": str(of.name), "url": _id(of.url)}


def _number(number: Decimal | None) -> str | None:
    return None if number is None else canonical(number)


def _id(text: str | None) -> str | None:
    """A text as typed, or None: what `json` writes must not remember its place."""
    return None if text is None else str(text)


def _ids(texts: Iterable[str]) -> list[str]:
    return [str(text) for text in texts]
