"""Word documents, read as Markdown: by mammoth, from parts that were looked at before.

Mammoth knows the styles, lists, fields and notes of Word, LibreOffice and Google Docs, and takes
tracked changes as accepted. It gets no more of a file than the XML that text is made of, each part
parsed here first without entities: neither macros nor pictures, and nothing that grows without end.
"""

from __future__ import annotations

import errno
import lzma
import re
import stat
import zipfile
import zlib
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from importlib import import_module
from io import BytesIO
from pathlib import Path

from lxml import etree

from reperes import paths
from reperes.exchange.units import RULE
from reperes.exchange.word_markdown import read_word_html
from reperes.exchange.xml import Element, local_name, parse_xml
from reperes.text.problems import ContentError, Place, Problem, warning

MAX_XML = 20_000_000
"""How many bytes the text of a document and what lays it out may have: a thick book has 5 MB."""

MAX_RATIO = 200
"""How much smaller a part may be packed; Word packs long tables sixty times smaller."""

MAX_PARTS = 5_000

_PACKED = 1_000_000
"""The size from which on the ratio is looked at: a few kilobytes of spaces are no bomb."""

_OLD_OFFICE = bytes.fromhex("d0cf11e0a1b11ae1")
_ENCRYPTED = "EncryptedPackage".encode("utf-16-le")
_SAVE_AS = "open it in a word processor, and save it as .docx"

_NEEDED = re.compile(
    r"\[Content_Types\]\.xml|(?:.*/)?_rels/[^/]*\.rels"
    r"|[^/]+/(?:document\d*|styles|numbering|footnotes|endnotes|comments)\.xml"
)
_MACROS = re.compile(r"(?:.*/)?vbaProject\.bin", re.I)
_CHANGES = frozenset({"ins", "del", "moveFrom", "moveTo"})

_STYLES = """
p[style-name='Title'] => h1.title:fresh
p[style-name='Quote'] => blockquote > p:fresh
p[style-name='Intense Quote'] => blockquote > p:fresh
p[style-name='Quotations'] => blockquote > p:fresh
p[style-name='Block Text'] => blockquote > p:fresh
p[style-name^='toc '] => !
p[style-name^='TOC '] => !
p[style-name^='Contents '] => !
"""
"""What mammoth does not know by itself; a table of contents is made anew by every page."""

_HOW_TO_INSTALL = (
    "reading a .docx needs mammoth, which `make site` installs"
    if paths.CLONE
    else 'reading a .docx needs mammoth; install it with `pip install "reperes[drafts]"`'
)

_UNREADABLE = (
    zipfile.BadZipFile,
    zlib.error,
    lzma.LZMAError,
    EOFError,
    NotImplementedError,
    RuntimeError,
    ValueError,
)
"""How zipfile refuses what is broken, or packed in a way that it does not know."""


@dataclass(frozen=True, slots=True)
class WordText:
    """What a document says, as Markdown, and warnings of what was left out of it."""

    markdown: str
    notices: tuple[Problem, ...]


def read_docx(path: Path) -> WordText:
    """What a Word document says. Raises ContentError for what is none, or not safe to read."""
    _look_at_beginning(path)
    parts, notices = _read_parts(path)
    place = Place(str(path))
    roots = {name: parse_xml(data, f"{path}/{name}") for name, data in parts.items()}
    notices += [warning(place, message, RULE) for message in _left_out(roots)]
    html, messages = _html_of(path, roots)
    markdown, left_out = read_word_html(html)
    notices += [warning(place, message, RULE) for message in (*messages, *left_out)]
    return WordText(markdown, tuple(notices))


def _refusal(path: Path, message: str) -> ContentError:
    return ContentError([Problem(Place(str(path)), message, RULE)])


def _look_at_beginning(path: Path) -> None:
    """Refuse what is no .docx, as its first bytes tell."""
    try:
        if not stat.S_ISREG(path.stat().st_mode):
            raise OSError(errno.EINVAL, "it is no file; name one")
        with path.open("rb") as file:
            start = file.read(8)
            rest = file.read(MAX_XML) if start == _OLD_OFFICE else b""
    except OSError as error:
        raise _refusal(path, f"cannot be read: {error.strerror}") from None
    if not start:
        raise _refusal(path, "is empty; save the document again")
    if start == _OLD_OFFICE and _ENCRYPTED in rest:
        raise _refusal(path, "is encrypted; save it without a password")
    if start == _OLD_OFFICE:
        raise _refusal(path, f"is an old Word file (.doc); {_SAVE_AS}")
    if start.startswith(b"{\\rtf"):
        raise _refusal(path, f"is an RTF file; {_SAVE_AS}")
    if not start.startswith(b"PK"):
        raise _refusal(path, f"is no Word document, which is a ZIP file; {_SAVE_AS}")


def _read_parts(path: Path) -> tuple[dict[str, bytes], list[Problem]]:
    """The parts that text is read from, by their names, looked at before they are unpacked."""
    notices = []
    try:
        with zipfile.ZipFile(path) as packed:
            names = {info.filename: info for info in packed.infolist()}
            if names.keys() >= {"mimetype", "content.xml"}:
                raise _refusal(path, f"is an OpenDocument file; {_SAVE_AS}")
            needed = {name: info for name, info in names.items() if _NEEDED.fullmatch(name)}
            if not any(re.search(r"document\d*\.xml$", name) for name in needed):
                raise _refusal(path, f"is a ZIP file without a Word document in it; {_SAVE_AS}")
            if len(names) > MAX_PARTS:
                raise _refusal(path, f"has {len(names)} parts; {MAX_PARTS} are the most")
            if fault := _fault_of_sizes(needed):
                raise _refusal(path, f"{fault}; {_SAVE_AS}, without what is no text")
            if any(info.flag_bits & 1 for info in needed.values()):
                raise _refusal(path, "is encrypted; save it without a password")
            parts = {name: packed.read(info) for name, info in needed.items()}
    except _UNREADABLE as error:
        message = f"is a broken ZIP file ({error}); save the document again"
        raise _refusal(path, message) from None
    if any(map(_MACROS.fullmatch, names)):
        message = "holds macros (vbaProject.bin); its text was read, and they were not"
        notices.append(warning(Place(str(path)), message, RULE))
    return parts, notices


def _fault_of_sizes(parts: Mapping[str, zipfile.ZipInfo]) -> str | None:
    """Why parts may not be unpacked; no more is ever read of one than the size it declares."""
    for name, part in parts.items():
        if part.file_size > max(_PACKED, part.compress_size * MAX_RATIO):
            return f"{name} would unpack to more than {MAX_RATIO} times its size"
    total = sum(part.file_size for part in parts.values())
    if total > MAX_XML:
        found = f"has {total / 1_000_000:.0f} MB of text and layout"
        return f"{found}, and {MAX_XML // 1_000_000} MB are the most"
    return None


def _left_out(roots: Mapping[str, Element]) -> Iterator[str]:
    counts = {"change": 0, "comment": 0}
    for root in roots.values():
        for element in root.iter():
            name = local_name(element)
            counts["change"] += name in _CHANGES
            counts["comment"] += name == "commentReference"
    if changes := counts["change"]:
        marks = "1 tracked change" if changes == 1 else f"{changes} tracked changes"
        yield f"{marks} taken as accepted; look at them"
    if comments := counts["comment"]:
        yield "1 comment left out" if comments == 1 else f"{comments} comments left out"


def _html_of(path: Path, roots: Mapping[str, Element]) -> tuple[str, list[str]]:
    """A document as mammoth's HTML, and what was left out of it."""
    try:
        mammoth = import_module("mammoth")
    except ImportError:
        raise _refusal(path, _HOW_TO_INSTALL) from None
    packed = BytesIO()
    with zipfile.ZipFile(packed, "w") as parts:
        for name, root in roots.items():
            parts.writestr(name, etree.tostring(root, xml_declaration=True, encoding="UTF-8"))
    try:
        result = mammoth.convert_to_html(
            packed,
            style_map=_STYLES,
            # Their bytes stay where they are; the alternative text says which one it was.
            convert_image=mammoth.images.img_element(lambda image: {}),
        )
    except RecursionError:
        raise _refusal(path, "tables or lists nested too deeply; leave some levels out") from None
    except (KeyError, ValueError, IndexError, AttributeError, TypeError, OSError) as error:
        # It expects what Word writes, and says in many ways that something else is there.
        message = f"is no whole Word document ({type(error).__name__}: {error}); {_SAVE_AS}"
        raise _refusal(path, message) from None
    found = (re.search(r"element was ignored: (\S+)", each.message) for each in result.messages)
    unknown = dict.fromkeys(match[1] for match in found if match)
    return result.value, [f"what <{name}> holds was left out; type it anew" for name in unknown]
