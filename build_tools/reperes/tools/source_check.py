"""Whether a source's text is the one that facts were read from, and says what they rest on."""

from __future__ import annotations

import hashlib
from collections.abc import Iterator, Mapping
from pathlib import Path

from reperes.model.documents import read_bytes
from reperes.model.explainer import Explainer
from reperes.model.facts import Actor, Claim, Event, Figure, GeoPlace, Picture, Pin, Source, Term
from reperes.text.folding import folded
from reperes.text.problems import ContentError, Place, Problem, Text, did_you_mean, warning

RULE = "source"


def paragraph_digest(paragraph: str) -> str:
    """SHA-256 of a paragraph, normalised as "nfc-space-collapsed": NFC, apostrophes, spaces."""
    return hashlib.sha256(folded(paragraph).encode()).hexdigest()


def read_paragraphs(path: Path) -> dict[int, str]:
    """The paragraphs of a text file, one a line, by line number; blank lines are none.

    Raises ContentError where it cannot be read.
    """
    try:
        text = read_bytes(path).decode("utf-8-sig")
    except OSError as error:
        raise _unreadable(path, str(error.strerror)) from None
    except UnicodeDecodeError as error:
        raise _unreadable(path, f'not UTF-8 ({error.reason}); save it as "UTF-8"') from None
    lines = text.replace("\r\n", "\n").replace("\r", "\n").split("\n")
    return {number: line for number, line in enumerate(lines, 1) if line.strip()}


def _unreadable(path: Path, reason: str) -> ContentError:
    return ContentError([Problem(Place(str(path)), f"cannot be read: {reason}", RULE)])


def check_source(explainer: Explainer, source_id: str, path: Path) -> list[Problem]:
    """How a text differs from what sources.yml and the facts say of it.

    The text's paragraphs are compared in order; further ones that repeat earlier ones are a
    warning. Raises ContentError for an unknown source or an unreadable text.
    """
    source = explainer.sources.get(source_id)
    if source is None:
        hint = did_you_mean(source_id, explainer.sources)
        raise ContentError([Problem(Place(source_id), f'no source "{source_id}"{hint}', RULE)])
    lines = read_paragraphs(path)
    problems = list(_check_digests(source, lines, path))
    paragraphs = dict(enumerate(lines.values(), 1))
    for place, pin, words in _pinned_words(explainer, source):
        pinned = [folded(paragraphs.get(number, "")) for number in pin.paragraphs]
        if not any(folded(words) in paragraph for paragraph in pinned):
            message = f'"{words}" is not in {_where(pin, source)}{_elsewhere(words, paragraphs)}'
            problems.append(Problem(place, message, RULE))
    return sorted(problems)


def _check_digests(source: Source, lines: Mapping[int, str], path: Path) -> Iterator[Problem]:
    found = [(number, paragraph_digest(text)) for number, text in lines.items()]
    for number, digest in enumerate(source.paragraphs, 1):
        if number > len(found):
            yield Problem(digest.place, f"paragraph {number} is missing from {path.name}", RULE)
        elif found[number - 1][1] != digest:
            line = found[number - 1][0]
            elsewhere = next((at for at, other in found if other == digest), None)
            moved = f"; it stands on line {elsewhere}" if elsewhere else "; the text was changed"
            message = f"is not the paragraph {number} that was read{moved}"
            yield Problem(Place(str(path), line), message, RULE)
    yield from _check_surplus(source, found[len(source.paragraphs) :], path)


def _check_surplus(source: Source, surplus: list[tuple[int, str]], path: Path) -> Iterator[Problem]:
    """Warnings for what stands after the last paragraph, one for a run of repeated ones."""
    known: dict[str, int] = {digest: number for number, digest in enumerate(source.paragraphs, 1)}
    numbers = [known.get(digest) for _, digest in surplus]
    start = 0
    for end in range(1, len(surplus) + 1):
        first, last = numbers[start], numbers[end - 1]
        goes_on = end < len(surplus) and last is not None and numbers[end] == last + 1
        if goes_on:
            continue
        if first is None:
            message = f"is not among the {len(source.paragraphs)} paragraphs of {source.id}"
        elif first == last:
            message = f"repeats paragraph {first}"
        else:
            message = f"repeats paragraphs {first} to {last}, down to line {surplus[end - 1][0]}"
        yield warning(Place(str(path), surplus[start][0]), message, RULE)
        start = end


def _pinned_words(explainer: Explainer, source: Source) -> Iterator[tuple[Place, Pin, Text]]:
    """Evidence and anchors that must stand in the source, each with its pin."""
    if source.derived and source.derived.anchor:
        anywhere = tuple(range(1, len(source.paragraphs) + 1))
        pin = Pin(source_id=source.id, paragraphs=anywhere, evidence=None)
        yield source.derived.anchor.place, pin, source.derived.anchor
    for fact in explainer.facts.values():
        if fact.pin.source_id != source.id:
            continue
        if fact.pin.evidence:
            yield fact.pin.evidence.place, fact.pin, fact.pin.evidence
        if isinstance(fact, Figure | Event | Claim) and fact.derived and fact.derived.anchor:
            yield fact.derived.anchor.place, fact.pin, fact.derived.anchor
    others: tuple[Actor | GeoPlace | Term | Picture, ...] = (
        *explainer.actors.values(),
        *explainer.places.values(),
        *explainer.terms.values(),
        *explainer.pictures.values(),
    )
    for entry in others:
        if entry.pin and entry.pin.source_id == source.id and entry.pin.evidence:
            yield entry.pin.evidence.place, entry.pin, entry.pin.evidence


def _where(pin: Pin, source: Source) -> str:
    if len(pin.paragraphs) == len(source.paragraphs):
        return source.id
    return f"paragraph {', '.join(map(str, pin.paragraphs))} of {source.id}"


def _elsewhere(words: Text, paragraphs: Mapping[int, str]) -> str:
    found = [number for number, text in paragraphs.items() if folded(words) in folded(text)]
    return f"; it stands in {', '.join(map(str, found))}" if found else "; quote it as it stands"
