"""What a fact says to readers, as an edition records it: to compare, and to say again."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, replace

from reperes.model.facts import Claim, Event, Fact, Figure, Quotation
from reperes.model.localized import localized_texts
from reperes.model.references import Link, id_span, marks_in
from reperes.model.stated import Stated, StatedNumber, StatedWords, names_of
from reperes.text.editing import replaced
from reperes.text.folding import folded
from reperes.text.problems import Text

PARTS: Mapping[str, tuple[str, ...]] = {
    "figure": ("value", "day", "author", "place", "period", "rank"),
    "event": ("day", "author", "place", "rank"),
    "claim": ("day", "author", "actor", "act", "rank"),
    "quotation": ("day", "author", "speaker", "rank"),
}
"""What a value of each kind of fact consists of besides its texts, in the order of the record."""

ACTOR_PARTS = ("author", "actor", "speaker")
"""Those that are ids of actors, several with a space between."""

_NOUNS: Mapping[type[Fact], str] = {
    Figure: "figure",
    Event: "event",
    Claim: "claim",
    Quotation: "quotation",
}
SaidValue = tuple[str, ...]
"""What is given of a fact: a text for each part of its kind, "" for what it has not."""

SaidTexts = Mapping[str, Mapping[str, str]]
"""The texts of a fact by the path of its field ("label"), then by language, marks as typed.

They are what it says. Remarks on it are not among them, and may be bettered freely.
"""


@dataclass(frozen=True)
class Said:
    """What a fact says. The first of its `values` is the one that prose says."""

    noun: str
    values: tuple[SaidValue, ...]
    texts: SaidTexts

    def part(self, name: str) -> str:
        """A part of what prose says; "" where the kind of fact has none."""
        names = PARTS[self.noun]
        return self.values[0][names.index(name)] if name in names else ""


def said_by(fact: Fact, languages: Sequence[str]) -> Said:
    """What a fact says now."""
    noun = _NOUNS[type(fact)]
    others = sorted(_value(fact, each) for each in fact.values if each is not fact.stated)
    texts = {
        path: {language: folded(words) for language, words in found.items()}
        for path, found in _texts(fact, languages)
    }
    return Said(noun, (_value(fact, fact.stated), *others), texts)


def _texts(fact: Fact, languages: Sequence[str]) -> Iterator[tuple[str, Mapping[str, Text]]]:
    """What prose says has the path of its field alone, so that others may come to stand beside."""
    for path, found in localized_texts(fact, languages):
        if path in ("label", "summary"):
            yield path, found
    for name, stated in zip(names_of(fact.values), fact.values, strict=True):
        before = "" if stated is fact.stated else f"{name}/"
        for path, found in localized_texts(stated, languages):
            if path in ("text", "words"):
                yield f"{before}{path}", found
        # The words of which those are translations, in a language that is none of the site's.
        if isinstance(stated, StatedWords) and stated.original_words is not None:
            yield f"{before}original_words", {str(stated.language): stated.original_words}


def _value(fact: Fact, stated: Stated) -> SaidValue:
    said = {
        "day": stated.day.text,
        "author": " ".join(stated.attributed_to),
        "rank": "" if stated.rank == "normal" else str(stated.rank),
    }
    if isinstance(fact, Figure) and isinstance(stated, StatedNumber):
        said["value"] = f"{stated.notation} {fact.unit}"
        said["place"] = stated.place_id or ""
        said["period"] = stated.period.text if stated.period else ""
    elif isinstance(fact, Event):
        said["place"] = fact.place_id or ""
    elif isinstance(fact, Claim):
        said |= {"actor": fact.actor_id, "act": str(fact.act)}
    elif isinstance(fact, Quotation):
        said["speaker"] = fact.speaker_id
    return tuple(said[name] for name in PARTS[_NOUNS[type(fact)]])


def differences(before: Said, now: Said) -> tuple[str, ...]:
    """What readers were told and are not told any more, by the names of parts and paths of texts.

    "values" stands for one beside that which prose says. What was added is no difference, nor is
    another rank of what is still said.
    """
    return tuple(dict.fromkeys(_differing(before, now)))


def _differing(before: Said, now: Said) -> Iterator[str]:
    if before.noun != now.noun:
        yield "kind"
        return
    for name, old, new in zip(PARTS[now.noun], before.values[0], now.values[0], strict=True):
        if name != "rank" and old != new:
            yield name
    if not {*_unranked(before)[1:]} <= {*_unranked(now)}:
        yield "values"
    for path, texts in before.texts.items():
        said = now.texts.get(path)
        if said is None:
            yield path.rpartition("/")[2]
            continue
        # Of a language that came or went, nobody was told otherwise.
        if any(said.get(language, words) != words for language, words in texts.items()):
            yield path.rpartition("/")[2]


def _unranked(said: Said) -> list[SaidValue]:
    return [value[:-1] for value in said.values]


def renamed(said: Said, now: Mapping[str, Mapping[str, str]]) -> Said:
    """The same by other ids, where some entries have new ones: by their namespace, and old id."""
    actors, places = now.get("actor", {}), now.get("place", {})

    def value(old: SaidValue) -> SaidValue:
        named = dict(zip(PARTS[said.noun], old, strict=True))
        for name in ACTOR_PARTS:
            if name in named:
                named[name] = " ".join(actors.get(each, each) for each in named[name].split())
        if "place" in named:
            named["place"] = places.get(named["place"], named["place"])
        return tuple(named.values())

    texts = {
        path: {language: with_ids(text, now) for language, text in found.items()}
        for path, found in said.texts.items()
    }
    return replace(said, values=tuple(map(value, said.values)), texts=texts)


def with_ids(text: str, now: Mapping[str, Mapping[str, str]]) -> str:
    """A text with other ids in its marks, where some entries have others: by namespace, and id."""
    if not now:
        return text
    edits = []
    for mark in marks_in(text):
        scheme = mark.scheme if isinstance(mark, Link) else "fact"
        new_id = now.get("fact" if scheme == "claim" else scheme, {}).get(mark.id)
        if new_id is not None:
            edits.append((id_span(text, mark), new_id))
    return replaced(text, edits)
