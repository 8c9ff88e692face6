"""How old a translation is: blocks of text, and the original as it was when translated."""

from __future__ import annotations

import dataclasses
import hashlib
import re
from collections import Counter
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, fields, is_dataclass
from typing import Any, Literal

import polib

from build_tools.documents import Folder
from build_tools.facts import Entry, Section
from build_tools.markup import folded, split_blocks
from build_tools.problems import ContentError, Place, Problem, Text

State = Literal["original", "fresh", "stale", "unstamped", "missing"]
CODE_LENGTH = 12
FACTS = "facts"
"""The baseline that holds the bilingual texts of the YAML files."""

NOWHERE = Place("")
"""Of a unit that was not read from a file."""

_SEPARATORS = re.compile("[\x1c-\x1e\x85\u2028\u2029]")


@dataclass(frozen=True, slots=True)
class Block:
    """A piece of a section that is translated and grows old as one.

    `name` is "title", "summary", or the number of a paragraph, counted from 1.
    """

    name: str
    text: Text


@dataclass(frozen=True, slots=True)
class Age:
    """The state of one section in one language.

    "unstamped" has no baseline to compare with. `stale` are the numbers of the paragraphs of
    the original that are not as they were when translated; 0 stands for title or summary.
    `dropped` counts paragraphs that the original no longer has.
    """

    state: State
    stale: tuple[int, ...] = ()
    dropped: int = 0


@dataclass(frozen=True, slots=True)
class BaselineUnit:
    """One text as it was when translated, and its translation then; `place` is in the PO file.

    `comment` is what a translator noted of it.
    """

    context: str
    original: str
    translation: str
    comment: str = ""
    place: Place = dataclasses.field(default=NOWHERE, compare=False)


Baseline = tuple[BaselineUnit, ...]


def normalised(text: str) -> str:
    """`text` folded, and with one space inside the braces of its placeholders."""
    return re.sub(r"\{\{\s*(.*?)\s*\}\}", r"{{ \1 }}", folded(text))


def section_blocks(section: Section) -> list[Block]:
    """Title, summary, and the body's blocks in order."""
    head = [Block("title", section.title), Block("summary", section.summary)]
    body = [Block(str(n), text) for n, text in enumerate(split_blocks(section.body), 1)]
    return head + body


def section_code(section: Section) -> str:
    """A short code of a section's present text, for `reviewed:`; the same text, the same code."""
    texts = "\n\n".join(normalised(block.text) for block in section_blocks(section))
    return hashlib.sha256(texts.encode()).hexdigest()[:CODE_LENGTH]


def section_age(original: Section, translation: Section, baseline: Baseline | None) -> Age:
    """How `translation` stands to `original` today."""
    if translation.reviewed == section_code(original):
        return Age("fresh")
    if baseline is None:
        return Age("stale" if translation.reviewed else "unstamped")
    # A multiset, so that a moved paragraph is found and a repeated one is counted.
    known = Counter(normalised(unit.original) for unit in baseline)
    stale = []
    for block in section_blocks(original):
        text = normalised(block.text)
        if known[text]:
            known[text] -= 1
        else:
            stale.append(int(block.name) if block.name.isdigit() else 0)
    dropped = max(0, known.total() - len(stale))
    if not stale and not dropped:
        return Age("fresh")
    return Age("stale", tuple(dict.fromkeys(stale)), dropped)


def runs(numbers: Iterable[int]) -> list[tuple[int, int]]:
    """Ascending numbers as first and last of each unbroken run; 0 is a run of its own."""
    found: list[tuple[int, int]] = []
    for number in numbers:
        if found and found[-1][1] == number - 1 > 0:
            found[-1] = (found[-1][0], number)
        else:
            found.append((number, number))
    return found


def localized_texts(
    entry: object, languages: Sequence[str]
) -> Iterator[tuple[str, Mapping[str, Text]]]:
    """Every text that an entry holds in all languages, after the path of its keys ("label")."""
    yield from _texts_of(entry, tuple(languages), "")


def _texts_of(value: Any, languages: tuple[str, ...], path: str) -> Iterator[tuple[str, Any]]:
    if isinstance(value, Mapping) and set(value) == set(languages):
        yield from _pairs(value, languages, path)
    elif is_dataclass(value):
        for field in fields(value):
            inner = f"{path}/{field.name}" if path else field.name
            yield from _texts_of(getattr(value, field.name), languages, inner)
    elif isinstance(value, tuple):
        for item in value:
            name = f"{path}/{item.id}" if isinstance(item, Entry) else path
            yield from _texts_of(item, languages, name)


def _pairs(
    value: Mapping[str, Any], languages: tuple[str, ...], path: str
) -> Iterator[tuple[str, Any]]:
    first = value[languages[0]]
    if isinstance(first, Text):
        yield path, value
        return
    for field in fields(first):
        texts = {language: getattr(value[language], field.name) for language in languages}
        if all(isinstance(text, Text) for text in texts.values()):
            yield f"{path}/{field.name}", texts


def stale_texts(
    pairs: Iterable[tuple[str, Mapping[str, Text]]],
    original: str,
    translation: str,
    baseline: Baseline,
) -> Iterator[tuple[str, Text]]:
    """The contexts whose original is not as it was, with the translation as it stands."""
    known = {unit.context: normalised(unit.original) for unit in baseline}
    for context, texts in pairs:
        if known.get(context) != normalised(texts[original]):
            yield context, texts[translation]


def baseline_path(language: str, name: str) -> str:
    """Where the baseline of a section, or of the facts, is kept in the content folder."""
    return f"translations/{language}/{name}.po"


def read_baseline(folder: Folder, language: str, name: str) -> Baseline | None:
    """A baseline, or None where there is none. Raises ContentError for a broken one."""
    relative = baseline_path(language, name)
    if not folder.has(relative):
        return None
    path = folder.path(relative)
    try:
        entries = _parsed(folder.read_text(relative))
    except _PoError as error:
        message = f'not a valid PO file, from "{error.typed[:40]}" on'
        fix = f"mend it, or delete it and run `reperes stamp {language}/{name}`"
        place = Place(path, error.line)
        raise ContentError([Problem(place, f"{message}; {fix}", "baseline")]) from None
    return tuple(
        BaselineUnit(
            entry.msgctxt or "",
            entry.msgid,
            entry.msgstr,
            entry.tcomment,
            Place(path, int(entry.linenum or 1)),
        )
        for entry in entries
        if not entry.obsolete
    )


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
    entries = [
        polib.POEntry(
            msgctxt=unit.context,
            msgid=_SEPARATORS.sub(" ", unit.original),
            msgstr=_SEPARATORS.sub(" ", unit.translation),
            tcomment=_SEPARATORS.sub(" ", unit.comment),
        )
        for unit in units
    ]
    _keep_comments(entries, [entry for entry in old if not entry.obsolete])
    po.extend(entries)
    po.extend(entry for entry in old if entry.obsolete)
    return f"{po}\n"


def _keep_comments(entries: Sequence[polib.POEntry], old: Sequence[polib.POEntry]) -> None:
    """Give entries what tools noted of the same text, else of the text in the same place."""
    waiting, standing = list(entries), list(old)
    for key in (lambda entry: (entry.msgctxt, _msgid(entry))), _msgid, lambda entry: entry.msgctxt:
        known = {key(entry): entry for entry in reversed(standing)}
        found = [(entry, known.pop(key(entry))) for entry in waiting if key(entry) in known]
        for entry, before in found:
            _keep_comments_of(before, entry)
        done = {id(entry) for pair in found for entry in pair}
        waiting = [entry for entry in waiting if id(entry) not in done]
        standing = [entry for entry in standing if id(entry) not in done]


def _keep_comments_of(before: polib.POEntry, entry: polib.POEntry) -> None:
    entry.tcomment, entry.comment = entry.tcomment or before.tcomment, before.comment
    entry.occurrences, entry.flags = before.occurrences, list(before.flags)
    if (entry.msgid, entry.msgstr) == (before.msgid, before.msgstr):
        entry.previous_msgid, entry.previous_msgctxt = (
            before.previous_msgid,
            before.previous_msgctxt,
        )
    elif entry.fuzzy:
        # What a tool doubted is not what stands there now.
        entry.flags.remove("fuzzy")


def _msgid(entry: polib.POEntry) -> str:
    return normalised(entry.msgid)
