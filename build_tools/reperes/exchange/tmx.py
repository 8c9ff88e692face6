"""What was translated before as TMX 1.4: https://www.gala-global.org/tmx-14b"""

from __future__ import annotations

from lxml import etree

from reperes import __version__
from reperes.exchange.units import memory
from reperes.exchange.xml import add, document
from reperes.model.loading import Loaded

_LANGUAGE = "{http://www.w3.org/XML/1998/namespace}lang"
_LEAVES = frozenset({"seg"})


def write_tmx(loaded: Loaded, language: str) -> bytes:
    """The stamped pairs of a language. Marks stay as they are typed, as PO files show them too."""
    root = etree.Element("tmx", {"version": "1.4"})
    add(
        root,
        "header",
        creationtool="reperes",
        creationtoolversion=__version__,
        segtype="paragraph",
        o_tmf="PO",
        adminlang="en",
        srclang="*all*",
        datatype="plaintext",
    )
    body = add(root, "body")
    for context, original, source, target in memory(loaded, language):
        unit = add(body, "tu", tuid=context, srclang=original)
        for code, text in ((original, source), (language, target)):
            variant = add(unit, "tuv")
            variant.set(_LANGUAGE, code)
            add(variant, "seg", text)
    return document(root, _LEAVES)
