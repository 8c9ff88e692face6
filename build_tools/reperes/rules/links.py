"""Links, notes and references of a section: whether each leads somewhere, and somewhere safe."""

from __future__ import annotations

import re
from collections import Counter, defaultdict
from collections.abc import Collection, Iterator
from html import unescape

from reperes.model.references import IMAGE
from reperes.rules.addresses import fault_of_address
from reperes.rules.engine_reading import EngineLink, Reading
from reperes.text.markup import mask_code
from reperes.text.problems import Place, Problem, Text, did_you_mean, quoted, warning

RULE = "reference"

_DEFINITION = re.compile(
    r"(?m)^[ >]*\[(?P<name>(?!\^)[^\[\]]*)\]:[ ]*(?:\n[ ]*)?<?(?P<address>\S+)"
)
_NOTE = re.compile(r"(?m)^[ >]*\[\^(?P<name>[^\]]*)\]:")
_INLINE_ADDRESS = re.compile(r".*?\]\(\s*<?", re.DOTALL)


def faults(
    text: Text, reading: Reading, whole: bool, said: Collection[Place] = ()
) -> Iterator[Problem]:
    """The faults of a text's links, as the engine reads them.

    A link at one of the places where something was `said` already is left out. `whole` is for a
    section, and not for one block of it: a block may cite notes that another one holds.
    """
    defined = {address for _, address in reading.definitions}
    for link in reading.links:
        span = (text.at(link.start), text.at(link.end))
        if any(span[0] <= place < span[1] for place in said):
            continue
        if link.address not in defined or link.tag != "a":
            yield from _fault_of_link(text, link)
    for mark in reading.lost:
        message = f"{mark} is shown as typed here; take it out of the code or the link around it"
        yield Problem(mark.place, message, RULE)
    yield from _faults_of_definitions(text, reading, whole)
    yield from _faults_of_notes(text, reading, whole)
    if whole:
        yield from _broken_anchors(text, reading)


def _fault_of_link(text: Text, link: EngineLink) -> Iterator[Problem]:
    if link.tag != "a":
        yield Problem(text.at(link.start), IMAGE, RULE)
        return
    if message := fault_of_address(link.address):
        inline = _INLINE_ADDRESS.match(text, link.start, link.end)
        yield Problem(text.at(inline.end() if inline else link.start), message, RULE)
    elif link.inside:
        message = f"a link to {quoted(link.address)} within another link; put it beside that"
        yield Problem(text.at(link.start), message, RULE)
    elif "](" in link.words and "\ue000" not in link.words:  # that would be a mark of ours, lost
        message = f"a link to {quoted(link.address)} holds another one, shown as typed"
        yield Problem(text.at(link.start), f"{message}; put them side by side", RULE)
    elif not link.words.strip():
        shown = quoted(link.address)
        message = f'a link to {shown} without words; write "[words]({link.address[:60]})"'
        yield Problem(text.at(link.start), message, RULE)


def _broken_anchors(text: Text, reading: Reading) -> Iterator[Problem]:
    known = set(reading.heading_ids)
    for link in reading.links:
        anchor = link.address.removeprefix("#")
        if link.tag != "a" or anchor == link.address or anchor in known or not anchor:
            continue
        note = re.fullmatch(r"fn(?:ref)?[0-9]*:(.*)", anchor)
        if note:
            message = f'{quoted(link.address)} is made by the engine; write "[^{note[1]}]"'
        else:
            hint = did_you_mean(anchor, known)
            wanted = hint or "; give one {#id}, or link a section as section:ID"
            message = f"no heading of this section has the id {quoted(anchor)}{wanted}"
        yield Problem(text.at(link.start), message, RULE)


def _faults_of_definitions(text: Text, reading: Reading, whole: bool) -> Iterator[Problem]:
    typed: dict[str, list[re.Match[str]]] = defaultdict(list)
    for match in _DEFINITION.finditer(mask_code(text)):
        typed[match["name"].strip().lower()].append(match)
    seen: Counter[str] = Counter()
    for name, address in reading.definitions:
        times, seen[name] = seen[name], seen[name] + 1
        found = typed[name][times] if times < len(typed[name]) else None
        start = found.start("name") - 1 if found else 0
        if message := fault_of_address(unescape(address)):
            place = text.at(found.start("address") if found else 0)
            yield Problem(place, message, RULE)
        elif times:
            message = f"[{name}]: is defined twice; remove one of the two"
            yield Problem(text.at(start), message, RULE)
        elif whole and name not in reading.cited_references:
            message = f"no link uses [{name}]:; write [words][{name}], or remove it"
            yield warning(text.at(start), message, RULE)
    if whole:
        for name, start in reading.unknown_references:
            message = f"nothing defines [{name}], so that this is shown as typed"
            fix = f'write "[words](https://…)", or "[{name}]: https://…" on a line of its own'
            yield Problem(text.at(start), f"{message}; {fix}", RULE)


def _faults_of_notes(text: Text, reading: Reading, whole: bool) -> Iterator[Problem]:
    typed: dict[str, list[int]] = defaultdict(list)
    for match in _NOTE.finditer(mask_code(text)):
        typed[match["name"]].append(match.end() - len(match["name"]) - 4)
    for name, times in Counter(reading.notes).items():
        places = [*typed[name], *([0] * times)]
        for start in places[1:times]:
            message = f"the note [^{name}]: stands twice; give one of them another name"
            yield Problem(text.at(start), message, RULE)
        if whole and name not in reading.cited_notes:
            message = f'nothing cites the note [^{name}]; write "[^{name}]" where it belongs'
            yield Problem(text.at(places[0]), f"{message}, or remove the note", RULE)
    # A note whose own mark is broken over two lines is told of already, and may be the one.
    is_broken = any("\n" in name for name in reading.notes)
    for found in reading.unknown_notes if whole and not is_broken else ():
        hint = did_you_mean(found.name, set(reading.notes)) if reading.notes else ""
        message = f"there is no note [^{found.name}], so that this is shown as typed"
        fix = f'; write "[^{found.name}]: …" on a line of its own'
        yield Problem(text.at(found.start), f"{message}{hint or fix}", RULE)
