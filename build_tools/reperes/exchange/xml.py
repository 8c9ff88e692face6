"""XML for translators' tools: written with an element a line, read without trust."""

from __future__ import annotations

from collections.abc import Collection
from pathlib import Path
from typing import Any

from lxml import etree

from reperes.exchange.units import RULE
from reperes.model.documents import read_bytes
from reperes.text.problems import ContentError, Place, Problem

Element = etree._Element


def add(parent: Element, name: str, text: str | None = None, **attributes: str) -> Element:
    """Put an element at the end of another, in its namespace."""
    tag = parent.tag
    assert isinstance(tag, str)
    namespace = f"{{{etree.QName(parent).namespace}}}" if tag.startswith("{") else ""
    names = {name.rstrip("_").replace("_", "-"): value for name, value in attributes.items()}
    element = etree.SubElement(parent, namespace + name, names)
    element.text = text
    return element


def local_name(element: Element) -> str:
    """An element's name without its namespace, "" for a comment."""
    return etree.QName(element).localname if isinstance(element.tag, str) else ""


def document(root: Element, leaves: Collection[str]) -> bytes:
    """The bytes of a document. What stands inside `leaves` is text, and keeps its spaces."""
    _lay_out(root, 0, leaves)
    written: bytes = etree.tostring(root, xml_declaration=True, encoding="UTF-8")
    return written + b"\n"


def _lay_out(element: Element, depth: int, leaves: Collection[str]) -> None:
    if local_name(element) in leaves or not len(element):
        return
    element.text = "\n" + "  " * (depth + 1)
    for child in element:
        _lay_out(child, depth + 1, leaves)
        child.tail = "\n" + "  " * (depth + 1)
    element[-1].tail = "\n" + "  " * depth


def read_xml(path: Path) -> Element:
    """The root of an XML file. Raises ContentError, with its place, for what is not XML."""
    try:
        data = read_bytes(path)
    except OSError as error:
        message = f"cannot be read: {error.strerror}"
        raise ContentError([Problem(Place(str(path)), message, RULE)]) from None
    return parse_xml(data, str(path))


def parse_xml(data: bytes, path: str) -> Element:
    """The root of the XML that a file holds. Raises ContentError, with its place, for what is none.

    No entity is expanded and nothing is fetched: a file that declares any is refused.
    """
    parser = etree.XMLParser(
        resolve_entities=False, load_dtd=False, no_network=True, dtd_validation=False
    )
    try:
        root = etree.fromstring(data, parser)
    except etree.XMLSyntaxError as error:
        line, column = error.position
        place = Place(path, max(line, 1), max(column, 1))
        reason = str(error.msg).removesuffix(f", line {line}, column {column}")
        message = f"not valid XML: {reason}; export anew, or mend it here"
        raise ContentError([Problem(place, message, RULE)]) from None
    information: Any = root.getroottree().docinfo
    if information.doctype:
        message = "declares a document type (<!DOCTYPE …>), which no tool needs; remove it"
        raise ContentError([Problem(Place(path), message, RULE)])
    return root
