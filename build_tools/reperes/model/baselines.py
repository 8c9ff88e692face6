"""Baselines: each text and its translation as they were when somebody said that they agree.

A baseline is a PO file, `content/translations/LANGUAGE/NAME.po`. Its `msgid` is the original as it
was, its `msgstr` the translation as it was; where one side says in two paragraphs what the other
says in one, they stand together, with a blank line between them.
"""

from __future__ import annotations

import dataclasses
import hashlib
import re
from collections import Counter
from collections.abc import Callable, Iterable, Iterator, Sequence, Set
from dataclasses import dataclass
from typing import NamedTuple

import polib

from reperes.model.documents import Folder
from reperes.text.blocks import Block, is_surely_one_block, read_blocks
from reperes.text.folding import normalised
from reperes.text.problems import ContentError, Place, Problem, Text, quoted

FACTS = "facts"
"""The baseline that holds the bilingual texts of the YAML files."""

HEAD = ("title", "summary")
"""The ids of what a section's front matter says."""

RULE = "baseline"
NOWHERE = Place("")
"""Of a unit that was not read from a file."""

_ID_LENGTH = 8
_HEADING = re.compile(r"#{2,3} [^\n#{}`\\]* \{(#[a-z][a-z0-9_-]*)\}")
# Until version 0.2 a unit was called by the number of its paragraph, which every insertion changed.
_NUMBER = re.compile(r"[0-9]+(?:/old)*")
_SEPARATORS = re.compile("[\x1c-\x1e\x85\u2028\u2029]")
_AFTER = re.compile(r"^The translation stands after: (\S+)$", re.MULTILINE)
_CONFLICT = re.compile(
    r"(?m)^<{7}(?: .*)?\n(?:[^\n]*\n)*?={7}\n(?:[^\n]*\n)*?>{7}(?: .*)?(?:\n|\Z)"
)


@dataclass(frozen=True, slots=True)
class BaselineUnit:
    """One text as it was when translated, and its translation then.

    `id` is "title", "summary", "#" with the id of a heading, or a short digest of what a paragraph
    said when it was first stamped; of a text of YAML, its path ("figures/displaced/label"). It
    stays when the text is reworded or moves.
    `translation` is "" where an older program did not note it. `after` is the id of the unit that
    the translation follows, where it has another order than the original. `comment` is a
    translator's; "" keeps what the file has. `place` is in the PO file.
    """

    id: str
    original: str
    translation: str
    after: str = ""
    comment: str = ""
    place: Place = dataclasses.field(default=NOWHERE, compare=False, repr=False)

    def __reduce__(self) -> tuple[type[BaselineUnit], tuple[object, ...]]:
        its = (self.id, self.original, self.translation, self.after, self.comment, self.place)
        return BaselineUnit, its


@dataclass(frozen=True, slots=True)
class Baseline:
    """The units of one text, in the order of its original.

    `knows_order` is false of a file of an older program, which did not note where the translation
    has another order.
    """

    units: tuple[BaselineUnit, ...] = ()
    knows_order: bool = True


def unit_id(block: Block) -> str:
    """The id that a paragraph or a heading gets when it is first stamped."""
    if block.kind == "heading" and block.id:
        return f"#{block.id}"
    return _digest(block.text)


def _digest(text: str) -> str:
    return hashlib.sha256(normalised(text).encode()).hexdigest()[:_ID_LENGTH]


def _own_id(text: str) -> str:
    """The id that a text itself gives the unit that holds it: that of its first block."""
    if heading := _HEADING.fullmatch(text):
        return heading[1]
    if is_surely_one_block(text):
        return _digest(text)
    blocks = read_blocks(Text(text, Place("")))
    return unit_id(blocks[0] if blocks else Block("", Text(text, Place(""))))


def free_id(wanted: str, taken: Iterable[str]) -> str:
    """`wanted`, or `wanted` with the first number that makes it unique: "3f9a2c1b-2"."""
    known = taken if isinstance(taken, Set) else set(taken)
    found, number = wanted, 1
    while found in known:
        number += 1
        found = f"{wanted}-{number}"
    return found


def baseline_path(language: str, name: str) -> str:
    """Where the baseline of a section, or of the facts, is kept in the content folder."""
    return f"translations/{language}/{name}.po"


# Reading


def read_baseline(folder: Folder, language: str, name: str) -> Baseline | None:
    """A baseline, or None where there is none. Raises ContentError for a broken one."""
    relative = baseline_path(language, name)
    if not folder.has(relative):
        return None
    path, text = folder.path(relative), folder.read_text(relative)
    settle = f"run `reperes settle {language}/{name}`"
    if "<" * 7 in text and (conflict := _CONFLICT.search(text)):
        place = Place(path, text.count("\n", 0, conflict.start()) + 1)
        message = f"a merge left both sides of a change here; {settle}"
        raise ContentError([Problem(place, message, RULE)])
    try:
        entries = _entries(text)
    except _PoError as error:
        message = f"not a valid PO file, from {quoted(error.typed, 40)} on"
        fix = "mend it, or bring back its last version"
        raise ContentError([Problem(Place(path, error.line), f"{message}; {fix}", RULE)]) from None
    problems = list(_doubled(entries, path, settle))
    if problems:
        raise ContentError(problems)
    return _baseline(entries, path)


class _PoError(ValueError):
    """A text that is no PO file, from one line on."""

    def __init__(self, line: int, typed: str) -> None:
        super().__init__(line)
        self.line, self.typed = line, typed


def _parsed(text: str) -> polib.POFile:
    try:
        # With a line end, lest polib takes the text for the name of a file.
        return polib.pofile(f"{text}\n", check_for_duplicates=False, wrapwidth=0)
    except (OSError, ValueError, IndexError) as error:
        found = re.search(r"line (\d+)", str(error))
        line = int(found[1]) if found else 1
        raise _PoError(line, "".join(text.splitlines()[line - 1 : line])) from None


class _Entry(NamedTuple):
    """What a baseline needs to know of an entry of a PO file; `line` is where it begins."""

    msgctxt: str | None
    msgid: str
    msgstr: str
    line: int
    comment: str = ""
    tcomment: str = ""


def _entries(text: str) -> list[_Entry]:
    """The entries in force, without obsolete ones and the second header that a doubled file has."""
    found = _plain_entries(f"{text}\n")
    if found is None:
        found = [
            _Entry(
                entry.msgctxt,
                entry.msgid,
                entry.msgstr,
                int(entry.linenum or 1),
                entry.comment,
                entry.tcomment,
            )
            for entry in _parsed(text)
            if not entry.obsolete
        ]
    return [entry for entry in found if entry.msgid]


# What a string holds apart from escapes: neither quotes nor anything that may end a line.
_PART = r'[^"\\\n\r\x0b\x0c\x1c-\x1e\x85\u2028\u2029]*'
_STRING = rf'"{_PART}(?:\\[\\ntrvbf"]{_PART})*"'
_STRINGS = rf"{_STRING}\n(?:{_STRING}\n)*"
_HEADER = re.compile(rf'(?:#\n)?msgid ""\nmsgstr {_STRINGS}')
_ENTRY = re.compile(rf"\n+(?:msgctxt ({_STRING})\n)?msgid ({_STRINGS})msgstr ({_STRINGS})")


def _plain_entries(text: str) -> list[_Entry] | None:
    """The entries of a file that holds no more than we write; None of any other, which polib reads.

    Nearly all are like that, and there is one for each section: polib takes ten times as long.
    """
    header = _HEADER.match(text)
    position, line, entries = (header.end(), 1, []) if header else (0, 1, [])
    counted = 0
    while header and (match := _ENTRY.match(text, position)):
        start = match.start(1) if match[1] else match.start(2)
        line, counted = line + text.count("\n", counted, start), start
        context = _unquoted(match[1]) if match[1] else None
        entries.append(_Entry(context, _unquoted(match[2]), _unquoted(match[3]), line))
        position = match.end()
    return entries if header and not text[position:].strip("\n") else None


def _unquoted(strings: str) -> str:
    """What strings on several lines say together."""
    joined = strings.rstrip("\n")[1:-1].replace('"\n"', "")
    return polib.unescape(joined) if "\\" in joined else joined


def _doubled(entries: Iterable[_Entry], path: str, settle: str) -> Iterator[Problem]:
    """The first text that stands twice; in a file that was pasted twice, all the others do too."""
    lines: dict[tuple[str | None, str], int] = {}
    for entry in entries:
        key, line = (entry.msgctxt, entry.msgid), entry.line
        if key in lines:
            message = f"{quoted(entry.msgid, 40)} stands twice (first on line {lines[key]})"
            yield Problem(Place(path, line), f"{message}; {settle}", RULE)
            return
        lines[key] = line


def _baseline(entries: Sequence[_Entry], path: str) -> Baseline:
    is_old = any(entry.msgctxt and _NUMBER.fullmatch(entry.msgctxt) for entry in entries)
    ids = _ids((entry.msgctxt, entry.msgid) for entry in entries)
    return Baseline(
        tuple(
            BaselineUnit(
                entry_id,
                entry.msgid,
                entry.msgstr,
                _after(entry),
                entry.tcomment,
                Place(path, entry.line),
            )
            for entry_id, entry in zip(ids, entries, strict=True)
        ),
        not is_old,
    )


def _ids(entries: Iterable[tuple[str | None, str]]) -> list[str]:
    """The id of each entry, given as context and text: the one, else what the other gives it."""
    named = [
        (context if context and not _NUMBER.fullmatch(context) else "", text)
        for context, text in entries
    ]
    taken = {name for name, _ in named}
    ids = []
    for name, text in named:
        found = name or free_id(_own_id(text), taken)
        taken.add(found)
        ids.append(found)
    return ids


def _after(entry: _Entry) -> str:
    found = _AFTER.search(entry.comment) if entry.comment else None
    return found[1] if found else ""


# Writing


def baseline_text(
    language: str, original: str, units: Iterable[BaselineUnit], before: str = ""
) -> str:
    """A baseline as a PO file; the same units give the same bytes.

    `before` is the file as it was, sound: what translators' tools keep there stays, be it in the
    header, in comments, or in entries that they marked as obsolete. Rare separators, at which
    programs disagree whether a line ends, are written as spaces; a baseline is compared with all
    white space folded.
    """
    po = polib.POFile(wrapwidth=0)
    old = _parsed(before)
    po.header, po.metadata_is_fuzzy = old.header, old.metadata_is_fuzzy
    po.metadata = {
        **old.metadata,
        "Content-Type": "text/plain; charset=UTF-8",
        "Content-Transfer-Encoding": "8bit",
        "Language": language,
        "X-Source-Language": original,
    }
    units = list(units)
    times = Counter(unit.original for unit in units)
    entries = {
        unit.id: polib.POEntry(
            msgctxt=_context(unit, times),
            msgid=_SEPARATORS.sub(" ", unit.original),
            msgstr=_SEPARATORS.sub(" ", unit.translation),
        )
        for unit in units
    }
    _keep_comments(entries, [entry for entry in old if not entry.obsolete and entry.msgid])
    for unit in units:
        entry = entries[unit.id]
        entry.tcomment = unit.comment or entry.tcomment
        kept = _AFTER.sub("", entry.comment).strip("\n")
        noted = f"The translation stands after: {unit.after}" if unit.after else ""
        entry.comment = "\n".join(part for part in (kept, noted) if part)
    po.extend(entries.values())
    po.extend(entry for entry in old if entry.obsolete)
    return f"{po}\n"


def _context(unit: BaselineUnit, times: Counter[str]) -> str | None:
    """What a unit must be called: nothing where its own text says it.

    A paragraph that stands once needs no name. So two branches that each add one merge by
    themselves, and nothing is renamed by an insertion.
    """
    return None if times[unit.original] == 1 and unit.id == _own_id(unit.original) else unit.id


def _keep_comments(entries: dict[str, polib.POEntry], old: Sequence[polib.POEntry]) -> None:
    """Carry over what tools had noted on the same unit, or else on the same text."""
    by_id = dict(zip(_ids((each.msgctxt, each.msgid) for each in old), old, strict=True))
    by_text = {normalised(entry.msgid): entry for entry in old[::-1]}
    for entry_id, entry in entries.items():
        before = by_id.get(entry_id) or by_text.get(normalised(entry.msgid))
        if before is not None:
            _keep_comments_of(before, entry)


def _keep_comments_of(before: polib.POEntry, entry: polib.POEntry) -> None:
    entry.tcomment, entry.comment = before.tcomment, before.comment
    entry.occurrences, entry.flags = before.occurrences, list(before.flags)
    if (entry.msgid, entry.msgstr) == (before.msgid, before.msgstr):
        entry.previous_msgid, entry.previous_msgctxt = (
            before.previous_msgid,
            before.previous_msgctxt,
        )
    elif entry.fuzzy:
        # What a tool doubted is not what stands there now.
        entry.flags.remove("fuzzy")


# After a merge


def settled(
    text: str, path: str, is_current: Callable[[BaselineUnit], int]
) -> tuple[BaselineUnit, ...]:
    """The units of a file that a merge left in conflict or doubled: those of both sides.

    Where the sides say something else of one unit, the one for which `is_current` gives the higher
    number stays: what nobody compared is then stale, as it should be. Raises ContentError where a
    side is no PO file.
    """
    chosen: dict[str, BaselineUnit] = {}
    for side in _sides(text):
        try:
            units = _baseline(_entries(side), path).units
        except _PoError as error:
            message = f"not a valid PO file, from {quoted(error.typed, 40)} on; mend it"
            raise ContentError([Problem(Place(path, error.line), message, RULE)]) from None
        chosen = _joined(chosen, units, is_current)
    return tuple(chosen.values())


def _joined(
    first: dict[str, BaselineUnit],
    second: Sequence[BaselineUnit],
    is_current: Callable[[BaselineUnit], int],
) -> dict[str, BaselineUnit]:
    """The units of two sides, each of the second's own behind the one that it follows there."""
    joined = list(first)
    units = dict(first)
    before = None
    for unit in second:
        # A paragraph that stands in a doubled file is the same, whatever it was numbered.
        twin = next((u.id for u in units.values() if _says_the_same(u, unit)), unit.id)
        if twin not in units:
            joined.insert(joined.index(before) + 1 if before else 0, twin)
            units[twin] = unit
        elif is_current(unit) > is_current(units[twin]):
            units[twin] = dataclasses.replace(unit, id=twin)
        before = twin
    return {name: units[name] for name in joined}


def _says_the_same(unit: BaselineUnit, other: BaselineUnit) -> bool:
    return unit.id.partition("-")[0] == other.id.partition("-")[0] and (
        normalised(unit.original),
        normalised(unit.translation),
    ) == (normalised(other.original), normalised(other.translation))


def _sides(text: str) -> tuple[str, str]:
    """A file as each side of its merge conflicts has it: the same text twice if there is none."""
    ours, theirs, side = [], [], "both"
    for line in text.splitlines(keepends=True):
        mark = line.rstrip("\n")[:7]
        if mark in ("<<<<<<<", "|||||||", "=======", ">>>>>>>") and line.rstrip()[7:8] in ("", " "):
            side = {"<": "ours", "|": "base", "=": "theirs", ">": "both"}[mark[0]]
            continue
        if side in ("both", "ours"):
            ours.append(line)
        if side in ("both", "theirs"):
            theirs.append(line)
    return "".join(ours), "".join(theirs)
