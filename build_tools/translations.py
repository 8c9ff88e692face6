"""How old a translation is: blocks of text, and the original as it was when translated."""

from __future__ import annotations

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
    """One text as it was when translated, and its translation then."""

    context: str
    original: str
    translation: str


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
    text = folder.read_text(relative)
    try:
        entries = polib.pofile(f"{text}\n", check_for_duplicates=False)
    except (OSError, ValueError, IndexError) as error:
        found = re.search(r"line (\d+)", str(error))
        line = int(found[1]) if found else 1
        typed = "".join(text.splitlines()[line - 1 : line])
        message = f'not a valid PO file, from "{typed[:40]}" on'
        fix = f"make it anew with `reperes stamp {language}/{name}`"
        place = Place(folder.path(relative), line)
        raise ContentError([Problem(place, f"{message}; {fix}", "baseline")]) from None
    return tuple(
        BaselineUnit(entry.msgctxt or "", entry.msgid, entry.msgstr)
        for entry in entries
        if not entry.obsolete
    )


def baseline_text(language: str, original: str, units: Iterable[BaselineUnit]) -> str:
    """A baseline as a PO file; the same units give the same bytes.

    Rare separators, at which programs disagree whether a line ends, are written as spaces; a
    baseline is compared with all white space folded.
    """
    po = polib.POFile(wrapwidth=0)
    po.metadata = {
        "Content-Type": "text/plain; charset=UTF-8",
        "Content-Transfer-Encoding": "8bit",
        "Language": language,
        "X-Source-Language": original,
    }
    po.extend(
        polib.POEntry(
            msgctxt=unit.context,
            msgid=_SEPARATORS.sub(" ", unit.original),
            msgstr=_SEPARATORS.sub(" ", unit.translation),
        )
        for unit in units
    )
    return f"{po}\n"


def section_units(original: Section, translation: Section) -> list[BaselineUnit]:
    """The baseline of a pair as it stands today.

    Paragraphs are paired in order where both languages have as many; elsewhere the memory
    keeps the original alone.
    """
    theirs, ours = section_blocks(original), section_blocks(translation)
    aligned = len(theirs) == len(ours)
    paired = {block.name: str(block.text) for block in (ours if aligned else ours[:2])}
    return [
        BaselineUnit(block.name, str(block.text), paired.get(block.name, "")) for block in theirs
    ]
