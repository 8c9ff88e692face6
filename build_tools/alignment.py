"""Which block became which: between two states of one text, and between two languages."""

from __future__ import annotations

import re
from collections import Counter, defaultdict, deque
from collections.abc import Container, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from difflib import SequenceMatcher
from typing import Literal

from build_tools.facts import Section
from build_tools.translations import (
    Baseline,
    BaselineUnit,
    Block,
    normalised,
    section_blocks,
    section_code,
)

ALIKE = 0.5
"""The share of words in common from which a text counts as a reworded one."""

HELD = 0.6
"""The share of a text's words in another from which it counts as a part of that one."""

_FEWEST_WORDS_OF_A_PART = 4
_WORD = re.compile(r"\w+")
_TOKEN = re.compile(r"\s*(?:\{\{.*?\}\}|\w+(?:-\w+)*['’]?|[^\w\s])|\s+$", re.DOTALL)
_Bag = frozenset[tuple[str, int]]

RowState = Literal["fresh", "changed", "added", "repeated", "removed", "extra", "unstamped"]
"""How a row stands; its words are explained by `Row`."""


@dataclass(frozen=True, slots=True)
class Origin:
    """What a text was made of: the indexes of old texts, none where it is new.

    Two or more where texts were joined; a text that was split is the origin of each part.
    `same` says that it is the old text as it was, and the first to be so.
    """

    old: tuple[int, ...] = ()
    same: bool = False


@dataclass(frozen=True, slots=True)
class Change:
    """A stretch of a word-by-word difference."""

    kind: Literal["same", "removed", "added"]
    text: str


@dataclass(frozen=True, slots=True)
class Row:
    """A block of the original beside its translation, and the original as it was.

    `original` is None where the original no longer has the block ("removed") or never had it
    ("extra", which is no fault: neither language mirrors the other). `translations` are several
    where the translation has split the block, and none where it lacks it, or where what it says
    stands with the translation of `along`, another block. "changed" was reworded, "added" is new,
    "repeated" says once more what another block says; "unstamped" has nothing to compare with.
    """

    state: RowState
    original: Block | None
    translations: tuple[Block, ...] = ()
    was: tuple[BaselineUnit, ...] = ()
    along: str = ""

    @property
    def name(self) -> str:
        """What the block is called: in the original, else as it was, else in the translation."""
        if self.original is not None:
            return self.original.name
        return self.was[0].context if self.was else self.translations[0].name

    @property
    def is_stale(self) -> bool:
        """Whether a translator must look at it."""
        return self.state not in ("fresh", "extra")

    @property
    def old_text(self) -> str:
        """The original as it was, "" where it is new."""
        return "\n\n".join(unit.original for unit in self.was)


def origins(old: Sequence[tuple[str, str]], new: Sequence[tuple[str, str]]) -> list[Origin]:
    """For each of the `new` texts, what it was made of. Texts come as name and text.

    The same text is found wherever it moved; then a title or a summary by its name, reworded
    texts by their words, parts by what holds them, and what is left by where it stands.
    """
    return _Matching(old, new).origins()


class _Matching:
    """The work of `origins`; `found` are old indexes by new index."""

    def __init__(self, old: Sequence[tuple[str, str]], new: Sequence[tuple[str, str]]) -> None:
        self.old, self.new = old, new
        self.before = [normalised(text) for _, text in old]
        self.after = [normalised(text) for _, text in new]
        self.same: dict[int, int] = {}
        self.found: dict[int, list[int]] = {}

    def origins(self) -> list[Origin]:
        self._match_same()
        self._match_names()
        self._match_reworded()
        self._match_parts()
        self._match_places()
        return [
            Origin((self.same[n],), True)
            if n in self.same
            else Origin(tuple(self.found.get(n, ())))
            for n in range(len(self.new))
        ]

    @property
    def _left_old(self) -> list[int]:
        used = {*self.same.values(), *(i for found in self.found.values() for i in found)}
        return [i for i in range(len(self.old)) if i not in used]

    @property
    def _left_new(self) -> list[int]:
        return [n for n in range(len(self.new)) if n not in self.same and n not in self.found]

    def _match_same(self) -> None:
        # In order, so that repeated texts are counted and none is found twice.
        standing: dict[str, deque[int]] = defaultdict(deque)
        for i, text in enumerate(self.before):
            if text:
                standing[text].append(i)
        for n, text in enumerate(self.after):
            if standing[text]:
                self.same[n] = standing[text].popleft()

    def _match_names(self) -> None:
        named = {self.old[i][0]: i for i in self._left_old if self.before[i]}
        for n in self._left_new:
            name = self.new[n][0]
            if not name.isdigit() and name in named:
                self.found[n] = [named[name]]

    def _match_reworded(self) -> None:
        old = {i: _words(self.before[i]) for i in self._left_old}
        new = {n: _words(self.after[n]) for n in self._left_new}
        scores = [
            (-likeness, abs(i - n), n, i)
            for n, words in new.items()
            for i, others in old.items()
            if (likeness := _likeness(words, others)) >= ALIKE
        ]
        taken: set[int] = set()
        for _, _, n, i in sorted(scores):
            if n not in self.found and i not in taken:
                self.found[n] = [i]
                taken.add(i)

    def _match_parts(self) -> None:
        """What was split off from an old text, what repeats one, and what was joined to one."""
        reworded = {n: found[0] for n, found in self.found.items()}
        lost, added = self._left_old, self._left_new
        wholes = {i: _with_words(self.before[i]) for i in (*reworded.values(), *lost)}
        for n in added:
            same = [i for i, text in enumerate(self.before) if text == self.after[n]]
            if whole := same[:1] or _holding(self.after[n], wholes):
                self.found[n] = whole
        wholes = {n: _with_words(self.after[n]) for n in (*reworded, *added)}
        for i in self._left_old:
            for n in _holding(self.before[i], wholes):
                self.found[n] = sorted({*self.found.get(n, ()), i})

    def _match_places(self) -> None:
        """Texts with no word in common that stand, as many of them, between the same neighbours."""
        left, lost = self._left_new, set(self._left_old)
        for run in _unbroken(left):
            after = self._last_of(run[0] - 1) if run[0] else -1
            stood = range(after + 1, after + 1 + len(run))
            closed = stood.stop not in lost and self._first_of(run[-1] + 1) in (stood.stop, None)
            if after is not None and closed and lost.issuperset(stood):
                self.found.update((n, [i]) for n, i in zip(run, stood, strict=True))

    def _last_of(self, n: int) -> int:
        return self.same[n] if n in self.same else self.found[n][-1]

    def _first_of(self, n: int) -> int | None:
        if n in self.same:
            return self.same[n]
        return self.found[n][0] if n in self.found else None


def _words(text: str) -> _Bag:
    """The words of a text, each with how often it stood before: sets are compared fast."""
    seen: Counter[str] = Counter()
    bag = []
    for word in _WORD.findall(text.casefold()):
        bag.append((word, seen[word]))
        seen[word] += 1
    return frozenset(bag)


def _likeness(words: _Bag, others: _Bag) -> float:
    """Dice's coefficient of two bags of words."""
    return 2 * len(words & others) / ((len(words) + len(others)) or 1)


def _with_words(text: str) -> tuple[str, _Bag]:
    return text, _words(text)


def _holding(part: str, wholes: Mapping[int, tuple[str, _Bag]]) -> list[int]:
    """The key of the text that holds `part`, or most of its words; at most one."""
    for key, (whole, _) in wholes.items():
        if part and part in whole:
            return [key]
    words = _words(part)
    if len(words) < _FEWEST_WORDS_OF_A_PART:
        return []
    shares = {key: len(words & others) / len(words) for key, (_, others) in wholes.items()}
    best = max(shares, key=lambda key: shares[key], default=None)
    return [best] if best is not None and shares[best] >= HELD else []


def _unbroken(numbers: Iterable[int]) -> Iterator[list[int]]:
    """Ascending numbers, parted where one is missing."""
    run: list[int] = []
    for number in numbers:
        if run and number != run[-1] + 1:
            yield run
            run = []
        run.append(number)
    if run:
        yield run


def word_difference(old: str, new: str) -> list[Change]:
    """How `old` became `new`, word by word; what `normalised` folds is no difference.

    Placeholders are single words. Spaces around what changed belong to what stayed.
    """
    before, after = _TOKEN.findall(old), _TOKEN.findall(new)
    matcher = SequenceMatcher(None, _compared(before), _compared(after), autojunk=False)
    changes: list[Change] = []
    for kind, i, j, n, m in matcher.get_opcodes():
        if kind != "equal":
            changes += _replaced("".join(before[i:j]), "".join(after[n:m]))
            continue
        if changes and not n:
            # What the new text opens with stood after a space in the old one.
            changes[-1] = Change("removed", f"{changes[-1].text} ")
        changes.append(Change("same", "".join(after[n:m])))
    return _joined(changes)


def _compared(tokens: Iterable[str]) -> list[str]:
    """Tokens without what is no difference; the first counts as standing after a space."""
    return [
        ("" if number and not token[:1].isspace() else " ") + normalised(token)
        for number, token in enumerate(tokens)
    ]


def _replaced(old: str, new: str) -> Iterator[Change]:
    old_word, new_word = old.lstrip(), new.lstrip()
    shared = all(text != word for text, word in ((old, old_word), (new, new_word)) if text)
    if shared:
        space = new[: len(new) - len(new_word)] or old[: len(old) - len(old_word)]
        yield Change("same", space)
        old, new = old_word, new_word
    if old:
        yield Change("removed", old)
    if new:
        yield Change("added", new)


def _joined(changes: Iterable[Change]) -> list[Change]:
    joined: list[Change] = []
    for change in changes:
        if joined and joined[-1].kind == change.kind:
            joined[-1] = Change(change.kind, joined[-1].text + change.text)
        elif change.text:
            joined.append(change)
    return joined


def aligned(
    original: Sequence[Block],
    translation: Sequence[Block],
    baseline: Baseline | None,
    reviewed: bool = False,
) -> list[Row]:
    """The blocks of an original in order, each beside its translation; then, where they stood, what
    only the translation or only the baseline has.

    `reviewed` says that the translation is up to date, whatever the baseline says.
    """
    known = [(unit.context, unit.original) for unit in baseline or ()]
    was = origins(known, [(block.name, block.text) for block in original])
    partners = _Partners(original, translation, baseline or (), was)
    rows = [
        Row(
            _state(original[n], was[n], known, reviewed, baseline),
            original[n],
            tuple(translation[t] for t in partners.of[n]),
            () if baseline is None else tuple(baseline[i] for i in was[n].old),
            partners.along.get(n, ""),
        )
        for n in range(len(original))
    ]
    return _with_the_others(rows, partners, translation, baseline or (), was, reviewed)


def _state(
    block: Block,
    origin: Origin,
    known: Sequence[tuple[str, str]],
    reviewed: bool,
    baseline: Baseline | None,
) -> RowState:
    if reviewed or origin.same:
        return "fresh"
    if baseline is None:
        return "unstamped"
    if not origin.old:
        return "added"
    text = normalised(block.text)
    return "repeated" if any(normalised(known[i][1]) == text for i in origin.old) else "changed"


class _Partners:
    """Which blocks of the translation say what each block of the original says.

    `of` are indexes of the translation by index of the original. `unit_of` is the baseline's unit
    whose translation a block of the translation is.
    """

    def __init__(
        self,
        original: Sequence[Block],
        translation: Sequence[Block],
        baseline: Baseline,
        was: Sequence[Origin],
    ) -> None:
        self.original, self.translation, self.was = original, translation, was
        self.of: list[list[int]] = [[] for _ in original]
        self.along: dict[int, str] = {}
        self.free = set(range(len(translation)))
        translated = [(unit.context, unit.translation) for unit in baseline]
        found = origins(translated, [(block.name, block.text) for block in translation])
        self.unit_of = {t: origin.old[0] for t, origin in enumerate(found) if origin.old}
        self._pair_names()
        self._pair_by_baseline(found)
        self._pair_between()

    def _take(self, n: int, t: int) -> None:
        self.of[n].append(t)
        self.free.discard(t)

    def _pair_names(self) -> None:
        """Titles, summaries, and headings with the same id."""
        ours = {_fixed_name(block): t for t, block in enumerate(self.translation)}
        for n, block in enumerate(self.original):
            t = ours.get(_fixed_name(block)) if _fixed_name(block) else None
            if t is not None and t in self.free:
                self._take(n, t)

    def _pair_by_baseline(self, found: Sequence[Origin]) -> None:
        translated: dict[int, list[int]] = defaultdict(list)
        for t, origin in enumerate(found):
            for unit in origin.old[:1]:
                if t in self.free:
                    translated[unit].append(t)
        # An unchanged block has the first claim to what was its translation.
        order = sorted(range(len(self.original)), key=lambda n: (not self.was[n].same, n))
        owner = {unit: n for n in order[::-1] if self.of[n] for unit in self.was[n].old}
        for n in order:
            for unit in () if self.of[n] else self.was[n].old:
                if unit in owner:
                    if not self.of[n]:
                        self.along[n] = self.original[owner[unit]].name
                elif translated[unit]:
                    owner[unit] = n
                    for t in translated[unit]:
                        self._take(n, t)
        self._share_parts(owner, order)

    def _share_parts(self, owner: Mapping[int, int], order: Sequence[int]) -> None:
        """Where both languages split a block, each part gets its own."""
        for n in order:
            others = [owner[unit] for unit in self.was[n].old if unit in owner]
            first = others[0] if others else n
            if n in self.along and len(self.of[first]) > 1:
                self.of[n] = [self.of[first].pop(1)]
                del self.along[n]

    def _pair_between(self) -> None:
        """What is left between the same neighbours: in order where both languages have as many.

        Elsewhere all that the translation has there stands with the first of the blocks.
        """
        lonely = [n for n, mine in enumerate(self.of) if not mine and n not in self.along]
        for run in _unbroken(lonely):
            behind = self._start_of(run[-1] + 1)
            after, before = (
                self._free_from(self._end_of(run[0] - 1), 1),
                self._free_from(behind, -1),
            )
            found = after if len(after) == len(run) or after == before else before
            if len(found) == len(run):
                for n, t in zip(run, found, strict=True):
                    self._take(n, t)
            elif found and after == before:
                for t in found:
                    self._take(run[0], t)
                self.along.update((n, self.original[run[0]].name) for n in run[1:])

    def _end_of(self, n: int) -> int | None:
        """The last block of the translation that belongs to one of the original."""
        return max(self.of[n], default=None) if n >= 0 else -1

    def _start_of(self, n: int) -> int | None:
        return min(self.of[n], default=None) if n < len(self.of) else len(self.translation)

    def _free_from(self, start: int | None, step: int) -> list[int]:
        """The unbroken run of free blocks beside one, in their order."""
        found: list[int] = []
        while start is not None and start + step in self.free:
            start += step
            found.append(start)
        return found[::step]


def _fixed_name(block: Block) -> str:
    """What names a block in every language, or ""."""
    if not block.name.isdigit():
        return block.name
    return f"#{block.id}" if block.kind == "heading" and block.id else ""


def section_rows(original: Section, translation: Section, baseline: Baseline | None) -> list[Row]:
    """The rows of a section and its translation."""
    return aligned(
        section_blocks(original),
        section_blocks(translation),
        baseline,
        translation.reviewed == section_code(original),
    )


def section_units(
    original: Section, translation: Section, baseline: Baseline | None = None
) -> list[BaselineUnit]:
    """The baseline of a pair as it stands today; `baseline` is the one before.

    The memory keeps the original alone of blocks that no single block of the translation says.
    """
    rows = section_rows(original, translation, baseline)
    shared = {row.along for row in rows}
    return [
        BaselineUnit(row.name, str(row.original.text), translated_text(row, shared))
        for row in rows
        if row.original is not None
    ]


def translated_text(row: Row, shared: Container[str]) -> str:
    """The translation of a row's block, "" where it has none that is its own alone."""
    alone = len(row.translations) == 1 and row.name not in shared
    return str(row.translations[0].text) if alone else ""


def _with_the_others(
    rows: list[Row],
    partners: _Partners,
    translation: Sequence[Block],
    baseline: Baseline,
    was: Sequence[Origin],
    reviewed: bool,
) -> list[Row]:
    """`rows`, and among them what the original no longer has, or only the translation has."""
    used = {unit for origin in was for unit in origin.old}
    # Each row under the last unit and the last block of the translation that stand in it.
    keyed = [
        (row, max(was[n].old, default=-1), max(partners.of[n], default=-1))
        for n, row in enumerate(rows)
    ]
    for unit in range(len(baseline)):
        if unit in used or reviewed:
            continue
        theirs = [t for t in sorted(partners.free) if partners.unit_of.get(t) == unit]
        partners.free.difference_update(theirs)
        blocks = tuple(translation[t] for t in theirs)
        at = _after(unit - 1, [key for _, key, _ in keyed])
        row = Row("removed", None, blocks, (baseline[unit],))
        keyed.insert(at, (row, unit, max(theirs, default=-1)))
    for t in sorted(partners.free):
        at = _after(t - 1, [key for _, _, key in keyed])
        keyed.insert(at, (Row("extra", None, (translation[t],)), -1, t))
    return [row for row, _, _ in keyed]


def _after(key: int, keys: Sequence[int]) -> int:
    """The index behind the last of `keys` that is `key`, or the end."""
    return max((at + 1 for at, found in enumerate(keys) if found == key), default=len(keys))
