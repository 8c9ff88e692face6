"""Units as CSV for a spreadsheet: https://www.rfc-editor.org/rfc/rfc4180"""

from __future__ import annotations

import codecs
import csv
import io
import re
from collections.abc import Iterator
from contextlib import suppress
from pathlib import Path

from reperes.exchange.units import RULE, Batch, Returned, Verdict, exported_mark
from reperes.text.problems import ContentError, Place, Problem

_COLUMNS = (
    "id",
    "state",
    "source",
    "target",
    "comment",
    "language",
    "previous",
    "notes",
    "place",
)
_NEEDED = ("id", "source", "target")
_NAMES = {",": "commas", ";": "semicolons", "\t": "tabs"}
_MAY_BE_FORMULA = re.compile("['=+\\-@\t\r＝＋－＠]")
_PROTECTED = re.compile("'['=+\\-@\t\r＝＋－＠]")


SAVE_AS_UTF_8 = "save it as “CSV UTF-8”, or as “Unicode text”, then import"


def write_table(batch: Batch) -> bytes:
    """A CSV file, with the byte order mark by which spreadsheets know UTF-8.

    Semicolons, because Excel takes a comma for no separator where it is one of decimals, as in
    French; LibreOffice finds out by itself, and translate-toolkit where every cell is quoted.

    An apostrophe stands before what a spreadsheet might take for a formula, such as a list's
    hyphen; reading takes it away. See https://owasp.org/www-community/attacks/CSV_Injection
    """
    written = io.StringIO()
    table = csv.writer(written, delimiter=";", quoting=csv.QUOTE_ALL, lineterminator="\r\n")
    table.writerow(_COLUMNS)
    for unit in batch.units:
        notes = "\n".join(unit.notes)
        place = f"{unit.place[0]}:{unit.place[1]}"
        texts = (unit.context, unit.state, unit.source, unit.target)
        cells = (*texts, unit.comment, batch.language, unit.previous, notes, place)
        table.writerow([_safe(cell) for cell in cells])
    return written.getvalue().encode("utf-8-sig")


def _safe(cell: str) -> str:
    return f"'{cell}" if _MAY_BE_FORMULA.match(cell) else cell


def _typed(cell: str) -> str:
    return cell[1:] if _PROTECTED.match(cell) else cell


def read_table(path: Path) -> tuple[list[Returned], list[Problem]]:
    """The rows of a table with commas, semicolons or tabs, and those that cannot be read.

    Raises ContentError where the columns that we need are not there.
    """
    text, is_narrow = _read(path)
    first = text.partition("\n")[0]
    separator = max(_NAMES, key=first.count)
    rows = _rows(text, separator, str(path))
    _, header = next(rows, (1, []))
    names = [name.strip().lower() for name in header]
    missing = [name for name in _NEEDED if name not in names]
    if missing:
        message = f"the first row names no column {' and no '.join(missing)}; export anew"
        raise ContentError([Problem(Place(str(path)), message, RULE)])
    units: list[Returned] = []
    problems: list[Problem] = []
    for line, row in rows:
        place = Place(str(path), line)
        if len(row) != len(names):
            message = f"expected {len(names)} cells, found {len(row)}"
            fix = f"quote cells that hold {_NAMES[separator]}"
            problems.append(Problem(place, f"{message}; {fix}", RULE))
            continue
        cells = dict(zip(names, map(_typed, row), strict=True))
        verdict: Verdict = "done" if cells.get("state") == "translated" else "open"
        texts = (cells["id"], cells["source"], cells["target"])
        language = cells.get("language", "").strip()
        comment = cells.get("comment", "").strip()
        exported = exported_mark(cells.get("notes", ""))
        units.append(Returned(language, *texts, verdict, place, comment, is_narrow, exported))
    return units, problems


def _read(path: Path) -> tuple[str, bool]:
    """The text of a table, and whether its encoding has no place for every character.

    Excel saves “CSV UTF-8” with its byte order mark, “Unicode text” as UTF-16, and plain “CSV” in
    French or English as Windows-1252, in which "?" stands for what has no place there.
    """
    try:
        data = path.read_bytes()
    except OSError as error:
        message = f"cannot be read: {error.strerror}"
        raise ContentError([Problem(Place(str(path)), message, RULE)]) from None
    is_wide = data.startswith((codecs.BOM_UTF16_LE, codecs.BOM_UTF16_BE))
    for encoding in ("utf-16",) if is_wide else ("utf-8-sig", "cp1252"):
        with suppress(UnicodeDecodeError):
            text = data.decode(encoding)
            return text.replace("\r\n", "\n").replace("\r", "\n"), encoding == "cp1252"
    message = f"no encoding that spreadsheets write; {SAVE_AS_UTF_8}"
    raise ContentError([Problem(Place(str(path)), message, RULE)])


def _rows(text: str, separator: str, path: str) -> Iterator[tuple[int, list[str]]]:
    """The rows that hold anything, with their first line."""
    reader = csv.reader(io.StringIO(text, newline=""), delimiter=separator, strict=True)
    line = 1
    try:
        for row in reader:
            if any(row):
                yield line, row
            line = reader.line_num + 1
    except csv.Error as error:
        message = f"not a valid table: {error}; save it again as CSV (UTF-8)"
        raise ContentError([Problem(Place(path, line), message, RULE)]) from None
