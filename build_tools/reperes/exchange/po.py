"""Units as a gettext PO file: https://www.gnu.org/software/gettext/manual/html_node/PO-Files.html"""

from __future__ import annotations

import re
from collections.abc import Iterator
from pathlib import Path

import polib

from reperes.exchange.units import RULE, Batch, Returned, Unit, exported_mark
from reperes.model.documents import read_outside
from reperes.text.problems import Place, Problem, quoted

_LINE = re.compile(r'(?:(?:msg(?:ctxt|id|id_plural|str(?:\[\d+\])?))?\s*"(?:[^"\\]|\\.)*"|#.*)?\s*')
_LANGUAGE = re.compile(r'^"Language: *([A-Za-z]+)[^"]*"', re.MULTILINE)

# Without a comma, by which programs tell flags apart, and without a quotation mark.
_PLACEHOLDER = re.compile(r"\{\{[^}]*\}\}|\]\([a-z]+:[a-z_0-9]+\)")


def write_po(batch: Batch) -> bytes:
    """A PO file: ids as contexts, stale units fuzzy with their previous source."""
    po = polib.POFile(wrapwidth=0)
    po.metadata = {
        "Project-Id-Version": batch.title,
        "PO-Revision-Date": f"{batch.updated} 00:00+0000",
        "Last-Translator": batch.editor,
        "Language-Team": batch.language,
        "Language": batch.language,
        "MIME-Version": "1.0",
        "Content-Type": "text/plain; charset=UTF-8",
        "Content-Transfer-Encoding": "8bit",
        "X-Source-Language": batch.original,
    }
    po.extend(map(_entry, batch.units))
    return f"{po}\n".encode()


def _entry(unit: Unit) -> polib.POEntry:
    path, line = unit.place
    return polib.POEntry(
        msgctxt=unit.context,
        msgid=unit.source,
        msgstr=unit.target,
        comment="\n".join(unit.notes),
        tcomment=unit.comment,
        occurrences=[(path, str(line))],
        flags=list(_flags(unit)),
        previous_msgid=unit.previous or None,
    )


def _flags(unit: Unit) -> Iterator[str]:
    """What gettext and Weblate should know: https://docs.weblate.org/en/latest/admin/checks.html

    Weblate compares the placeholders, and the addresses of our links, of both sides.
    """
    if unit.state == "stale":
        yield "fuzzy"
    if unit.is_block:
        yield "md-text"
    if _PLACEHOLDER.search(unit.source):
        yield f'placeholders:r"{_PLACEHOLDER.pattern}"'


def read_po(path: Path) -> tuple[list[Returned], list[Problem]]:
    """The units of a PO file, and what in it cannot be read; the rest is read all the same.

    Raises ContentError for a file that is no text, or says nothing of its language.
    """
    text = read_outside(path)
    found = _LANGUAGE.search(text)
    if found is None:
        message = 'no language in its head; write the line "Language: en\\n"'
        return [], [Problem(Place(str(path)), f"{message} (of the translation)", RULE)]
    units: list[Returned] = []
    problems: list[Problem] = []
    for line, chunk in _chunks(text):
        entries = _entries(chunk)
        if isinstance(entries, int):
            typed = chunk.split("\n")[entries]
            problems.append(_broken(Place(str(path), line + entries), typed))
            continue
        for entry in entries:
            if not entry.obsolete and entry.msgid:
                place = Place(str(path), line + _first_line(chunk, entry.linenum or 1) - 1)
                # polib takes a comment at the very beginning for that of the file.
                comment = entry.tcomment or (entries.header if entry is entries[0] else "")
                units.append(_returned(entry, comment, found[1], place))
    return units, problems


def _chunks(text: str) -> Iterator[tuple[int, str]]:
    """The chunks between blank lines, each with its first line: usually one entry.

    Each is read by itself, so that a broken one costs no other.
    """
    for match in re.finditer(r"(?:^[^\n]*\S[^\n]*(?:\n|\Z))+", text, re.MULTILINE):
        yield text.count("\n", 0, match.start()) + 1, f"{match[0]}\n"


def _entries(chunk: str) -> polib.POFile | int:
    """The entries of a chunk, or the number (from 0) of the first line that cannot be read.

    Lines are looked at here, because polib reads over a quotation mark that is missing.
    """
    for number, line in enumerate(chunk.split("\n")):
        if not _LINE.fullmatch(line):
            return number
    try:
        return polib.pofile(chunk, check_for_duplicates=False)
    except (OSError, ValueError, IndexError) as error:
        found = re.search(r"line (\d+)", str(error))
        return int(found[1]) - 1 if found else 0


def _first_line(chunk: str, number: int) -> int:
    """The line of an entry that says its id, after its comments; both from 1."""
    lines = chunk.split("\n")
    return next(n for n in range(number, len(lines) + 1) if not lines[n - 1].startswith("#"))


def _broken(place: Place, typed: str) -> Problem:
    message = f"not valid PO, from {quoted(typed, 40)} on; mend it, or export anew"
    return Problem(place, message, RULE)


def _returned(entry: polib.POEntry, comment: str, language: str, place: Place) -> Returned:
    return Returned(
        language=language,
        context=entry.msgctxt or "",
        source=entry.msgid,
        target=entry.msgstr,
        verdict="unsure" if entry.fuzzy else "done",
        place=place,
        comment=comment.strip(),
        exported=exported_mark(entry.comment),
    )
