"""Units as XLIFF 1.2: https://docs.oasis-open.org/xliff/v1.2/os/xliff-core.html

Version 1.2 rather than 2: OmegaT 3 reads no other, and the tools that read 2 read 1.2 as well.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from itertools import groupby
from pathlib import Path

from lxml import etree

from reperes.exchange.units import RULE, Batch, Returned, Unit, Verdict, exported_mark
from reperes.exchange.xml import Element, add, document, local_name, read_xml
from reperes.model.references import Placeholder, marks_in
from reperes.text.blocks import read_blocks
from reperes.text.problems import ContentError, Place, Problem, Text

NAMESPACE = "urn:oasis:names:tc:xliff:document:1.2"
_NAMESPACES: dict[str, str] = {None: NAMESPACE}  # type: ignore[dict-item]
_SPACE = "{http://www.w3.org/XML/1998/namespace}space"
_LEAVES = frozenset({"source", "target", "note", "context"})
_STATES = {"translated": "translated", "stale": "needs-review-translation", "missing": "new"}
_DONE = frozenset({"translated", "final", "signed-off"})


@dataclass(frozen=True, slots=True)
class _Code:
    """A piece of a text that no translator changes. `key` is alike in source and target.

    `element` is "ph", or "bpt" and "ept" for the two ends of a link.
    """

    start: int
    end: int
    element: str
    key: str


def write_xliff(batch: Batch) -> bytes:
    """An XLIFF file: a `file` for each file of the content, a `trans-unit` for each unit.

    A target is a translation and nothing else: that of a stale unit waits to be looked at, and a
    missing one is empty. `alt-trans` holds a stale unit as it was, with the source of that time.
    """
    root = etree.Element(f"{{{NAMESPACE}}}xliff", {"version": "1.2"}, nsmap=_NAMESPACES)
    files = groupby(batch.units, key=lambda unit: (unit.place[0], unit.original))
    for (path, original), units in files:
        file = add(
            root,
            "file",
            original=path,
            source_language=original,
            target_language=batch.language,
            datatype="plaintext",
        )
        body = add(file, "body")
        for unit in units:
            _add_unit(body, unit)
    return document(root, _LEAVES)


def _add_unit(body: Element, unit: Unit) -> None:
    element = add(body, "trans-unit", id=unit.context, resname=unit.context)
    element.set(_SPACE, "preserve")
    numbers: dict[str, list[str]] = {}
    _fill(add(element, "source"), unit.source, numbers, is_source=True)
    # Without approval, some tools take every translation for one that waits to be looked at.
    element.set("approved", "yes" if unit.state == "translated" else "no")
    _fill(add(element, "target", state=_STATES[unit.state]), unit.target, numbers)
    location = add(element, "context-group", purpose="location")
    add(location, "context", unit.place[0], context_type="sourcefile")
    add(location, "context", str(unit.place[1]), context_type="linenumber")
    for note in unit.notes:
        add(element, "note", note, from_="developer")
    if unit.comment:
        add(element, "note", unit.comment, from_="translator")
    if unit.state == "stale":
        before = add(element, "alt-trans", alttranstype="previous-version")
        if unit.previous:
            _fill(add(before, "source"), unit.previous, {}, is_source=True)
        _fill(add(before, "target"), unit.target, {}, is_source=True)


def _fill(
    element: Element, text: str, numbers: dict[str, list[str]], is_source: bool = False
) -> None:
    """Put a text into an element, with its codes as inline elements.

    `numbers` are the ids of the source's codes by their key, for the target to use the same.
    """
    left = {} if is_source else {key: list(ids) for key, ids in numbers.items()}
    opened: list[str] = []
    position = 0
    count = sum(map(len, numbers.values()))
    _append(element, "")
    for code in _codes(text):
        _append(element, text[position : code.start])
        if code.element == "ept":
            number = opened.pop()
        elif left.get(code.key):
            number = left[code.key].pop(0)
        else:
            count += 1
            number = str(count)
            if is_source:
                numbers.setdefault(code.key, []).append(number)
        if code.element == "bpt":
            opened.append(number)
        add(element, code.element, text[code.start : code.end], id=number)
        position = code.end
    _append(element, text[position:])


def _append(element: Element, text: str) -> None:
    if len(element):
        element[-1].tail = (element[-1].tail or "") + text
    else:
        element.text = (element.text or "") + text


def _codes(text: str) -> Iterator[_Code]:
    marks = marks_in(text)
    end = 0
    for mark in marks:
        if mark.start < end:
            continue
        end = mark.end
        if isinstance(mark, Placeholder):
            yield _Code(mark.start, mark.end, "ph", mark.id)
            continue
        key = f"{mark.scheme}:{mark.id}"
        yield _Code(mark.start, mark.start + 1, "bpt", key)
        yield _Code(mark.start + 1 + len(mark.text), mark.end, "ept", key)
    blocks = read_blocks(Text(text, Place(""))) if "{#" in text else []
    if len(blocks) == 1 and blocks[0].id_span is not None:
        start, end = blocks[0].id_span
        at = blocks[0].start
        yield _Code(len(text[: at + start].rstrip(" \t")), at + end, "ph", "heading")


def read_xliff(path: Path) -> tuple[list[Returned], list[Problem]]:
    """The units of an XLIFF file. Raises ContentError for one that cannot be read at all."""
    root = read_xml(path)
    if local_name(root) != "xliff" or root.get("version", "").startswith("2"):
        found = f"XLIFF {root.get('version')}" if local_name(root) == "xliff" else f"<{root.tag}>"
        message = f"expected XLIFF 1.2, found {found}; save it as XLIFF 1.2"
        raise ContentError([Problem(Place(str(path)), message, RULE)])
    units: list[Returned] = []
    problems: list[Problem] = []
    for file in root.iter("{*}file"):
        language = re.split("[-_]", file.get("target-language", ""))[0]
        if not language:
            message = "a <file> without target-language; write the language of the translation"
            problems.append(Problem(_place(path, file), message, RULE))
            continue
        units += (_returned(unit, language, path) for unit in file.iter("{*}trans-unit"))
    return units, problems


def _returned(unit: Element, language: str, path: Path) -> Returned:
    # Direct children alone: an alternative has a source and a target of its own.
    source, target = unit.find("{*}source"), unit.find("{*}target")
    codes: dict[str, str] = {}
    for code in source if source is not None else ():
        codes[f"{local_name(code)}{code.get('id')}"] = _text(code, {})
    return Returned(
        language=language,
        context=unit.get("id", ""),
        source="" if source is None else _text(source, {}),
        target="" if target is None else _text(target, codes),
        verdict=_verdict(unit, target),
        place=_place(path, unit),
        comment=_comment(unit),
        exported=exported_mark("\n".join(_text(note, {}) for note in unit.findall("{*}note"))),
    )


def _comment(unit: Element) -> str:
    """What somebody noted who is not the file's own author; our notes are a developer's."""
    notes = (
        note
        for note in unit.findall("{*}note")
        if note.get("from", "developer") != "developer" or note.get("annotates") == "target"
    )
    return "\n".join(filter(None, (_text(note, {}).strip() for note in notes)))


def _text(element: Element, codes: Mapping[str, str]) -> str:
    """The text of an element. A code that came back empty says what it says in the source."""
    parts = [element.text or ""]
    for child in element:
        name = local_name(child)
        if name:
            inner = _text(child, codes)
            key = f"{'ph' if name == 'x' else name}{child.get('id')}"
            parts.append(inner or codes.get(key, ""))
        parts.append(child.tail or "")
    return "".join(parts)


def _verdict(unit: Element, target: Element | None) -> Verdict:
    state = "" if target is None else target.get("state", "")
    if state in _DONE or unit.get("approved") == "yes":
        return "done"
    return "unsure" if state.startswith("needs-") else "open"


def _place(path: Path, element: Element) -> Place:
    line = element.sourceline
    return Place(str(path), line if isinstance(line, int) else 1)
