"""Whether a source's text is the one that facts were read from, and says what they rest on."""

from __future__ import annotations

import hashlib
import re
from collections.abc import Iterable, Iterator, Mapping, Sequence
from difflib import SequenceMatcher
from pathlib import Path

from reperes.model.bearings import Source
from reperes.model.entries import Pin
from reperes.model.explainer import Explainer
from reperes.model.paragraphs import RULE, paragraph_digest, read_paragraphs, unreadable
from reperes.text.folding import folded, normalised
from reperes.text.problems import (
    ContentError,
    Place,
    Problem,
    Text,
    did_you_mean,
    quoted,
    warning,
)

_LEFT_OUT = re.compile(r"\[(?:…|\.\.\.)\]")
_LIKENESS = 0.6
"""How alike words must be, from 0 to 1, to be what somebody meant to quote."""


def file_digest(path: Path) -> str:
    """SHA-256 of a file, byte by byte. Raises ContentError where it cannot be read."""
    try:
        with path.open("rb") as file:
            return hashlib.file_digest(file, "sha256").hexdigest()
    except OSError as error:
        raise unreadable(path, str(error.strerror)) from None


def check_source(
    explainer: Explainer, source_id: str, text: Path | None, file: Path | None = None
) -> list[Problem]:
    """How a source's text, its file or both differ from what sources.yml and the facts say.

    The text's paragraphs are compared in order; further ones that repeat earlier ones are a
    warning. Raises ContentError for an unknown source or an unreadable file.
    """
    source = explainer.sources.get(source_id)
    if source is None:
        hint = did_you_mean(source_id, explainer.sources)
        raise ContentError([Problem(Place(source_id), f'no source "{source_id}"{hint}', RULE)])
    problems: list[Problem] = []
    if text is not None:
        problems += _check_text(explainer, source, text)
    if file is not None:
        problems += _check_file(source, file)
    return sorted(problems)


def _check_text(explainer: Explainer, source: Source, path: Path) -> Iterator[Problem]:
    lines = read_paragraphs(path)
    if source.paragraphs:
        yield from digest_problems(source, lines, path)
    else:
        fix = f"write what `reperes digest {path.name}` prints"
        yield warning(source.place, f"source {source.id}: no digests of its text; {fix}", RULE)
    paragraphs = dict(enumerate(lines.values(), 1))
    for words, numbers in _pinned_words(explainer, source):
        pinned = [folded(paragraphs.get(number, "")) for number in numbers or paragraphs]
        if not any(folded(words) in paragraph for paragraph in pinned):
            where = _where(numbers, source)
            message = f'"{words}" is not in {where}{_elsewhere(words, paragraphs)}'
            yield Problem(words.place, message, RULE)
    yield from _check_quotations(explainer, source, paragraphs)


def _check_quotations(
    explainer: Explainer, source: Source, paragraphs: Mapping[int, str]
) -> Iterator[Problem]:
    """Quotations that are not, word for word, where they are said to stand.

    Only those in the language of the source: what it translated, it has in other words.
    """
    for quotation in explainer.quotations.values():
        for stated in quotation.values:
            for pin in stated.pins:
                if pin.source_id != source.id or stated.language != source.language:
                    continue
                numbers = _paragraphs(pin)
                pinned = [paragraphs.get(number, "") for number in numbers or paragraphs]
                if not _quotes(stated.original, pinned):
                    words, where = quoted(stated.original, 60), _where(numbers, source)
                    found = _where_quoted(stated.original, pinned, paragraphs)
                    message = f"quotation {quotation.id}: {words} is not in {where}; {found}"
                    yield Problem(stated.original.place, message, RULE)


def _quotes(words: str, paragraphs: Iterable[str]) -> bool:
    """Whether paragraphs have the words, whatever their quotation marks; parts around […] in order.

    Only where words were left out does a quotation go from one paragraph to the next.
    """
    text, position = "\n".join(normalised(paragraph) for paragraph in paragraphs), 0
    for part in _parts(words):
        found = text.find(part, position)
        if found < 0:
            return False
        position = found + len(part)
    return True


def _parts(words: str) -> list[str]:
    """What stands literally in the source: the words between "[…]", marks for words left out."""
    parts = (normalised(part) for part in _LEFT_OUT.split(words))
    return [part for part in parts if part]


def _where_quoted(words: str, pinned: Sequence[str], paragraphs: Mapping[int, str]) -> str:
    """Where the words of a quotation stand, or those that are most like them."""
    elsewhere = [number for number, text in paragraphs.items() if _quotes(words, [text])]
    if elsewhere:
        return f"it stands in {', '.join(map(str, elsewhere))}"
    missing = next((part for part in _parts(words) if not _quotes(part, pinned)), "")
    if not missing:
        return "its parts stand in another order"
    nearest = _nearest(missing, pinned)
    return f"{quoted(nearest, 90)} stands there" if nearest else "quote it as it stands"


def _nearest(words: str, texts: Iterable[str]) -> str:
    """The words of the texts that are most like others; "" where none are like them."""
    matcher = SequenceMatcher(b=words, autojunk=False)
    length, best, likeness = len(words.split()), "", _LIKENESS
    for said in (text.split() for text in texts):
        for count in range(max(1, length - 2), length + 3):
            for start in range(max(1, len(said) - count + 1)):
                window = " ".join(said[start : start + count]).strip('«»“”" ,.')
                matcher.set_seq1(normalised(window))
                if matcher.quick_ratio() > likeness and matcher.ratio() > likeness:
                    best, likeness = window, matcher.ratio()
    return best


def _check_file(source: Source, path: Path) -> Iterator[Problem]:
    digest = file_digest(path)
    if source.file_hash is None:
        message = f'no file_hash; write file_hash: "{digest}"'
        yield Problem(source.place, f"source {source.id}: {message}", RULE)
    elif source.file_hash != digest:
        message = f"is not that of {path.name}; it is another file, or was changed"
        yield Problem(source.file_hash.place, f"source {source.id}: file_hash {message}", RULE)


def digest_problems(source: Source, lines: Mapping[int, str], path: Path) -> Iterator[Problem]:
    """Where a text, given by its lines, is not the one of which sources.yml has the digests."""
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


def _pinned_words(explainer: Explainer, source: Source) -> Iterator[tuple[Text, tuple[int, ...]]]:
    """Evidence and anchors that must stand in the source, each with its paragraphs.

    None where it may stand in any: a page or a heading does not say in which.
    """
    if source.derived and source.derived.anchor:
        yield source.derived.anchor, ()
    for stated in (stated for fact in explainer.facts.values() for stated in fact.values):
        # What a date was worked out from stands in the first of its sources.
        first = stated.pins[0]
        if first.source_id == source.id and stated.derived and stated.derived.anchor:
            yield stated.derived.anchor, _paragraphs(first)
    for pin in explainer.pins_in(source.id):
        if pin.evidence:
            yield pin.evidence, _paragraphs(pin)


def _paragraphs(pin: Pin) -> tuple[int, ...]:
    return pin.locator.paragraphs if pin.locator else ()


def _where(numbers: Sequence[int], source: Source) -> str:
    """Paragraphs of a source as messages name them; none stand for all of it."""
    return f"paragraph {', '.join(map(str, numbers))} of {source.id}" if numbers else source.id


def _elsewhere(words: Text, paragraphs: Mapping[int, str]) -> str:
    found = [number for number, text in paragraphs.items() if folded(words) in folded(text)]
    return f"; it stands in {', '.join(map(str, found))}" if found else "; quote it as it stands"
