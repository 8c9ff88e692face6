"""Which old text each new text was made of, though it was moved, reworded, split or joined."""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Container, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from functools import lru_cache

from reperes.text.folding import normalised

ALIKE = 0.5
"""The share of words in common from which a text counts as a reworded one."""

HELD = 0.6
"""The share of a text's words in another from which it counts as a part of that one."""

_FEWEST_WORDS_OF_A_PART = 4
_WORD = re.compile(r"\w+")
_Bag = frozenset[tuple[str, int]]


@dataclass(frozen=True, slots=True)
class Piece:
    """A text to be found again. `name` is what it keeps when reworded ("title", "#id"), or ""."""

    name: str
    text: str


@dataclass(frozen=True, slots=True)
class Origin:
    """What a text was made of: the indexes of old texts, none where it is new.

    Two or more where texts were joined; a text that was split is the origin of each part.
    `same` says that it is the old text as it was, and the first to be so.
    """

    old: tuple[int, ...] = ()
    same: bool = False


def origins(
    old: Sequence[Piece], new: Sequence[Piece], likely: Container[int] = frozenset()
) -> list[Origin]:
    """For each of the `new` texts, what it was made of.

    Five passes, each over what the ones before have left: unchanged texts, wherever they moved;
    texts with a name, by that name; reworded texts, by their words; parts of texts that were split
    or joined, by the text that holds them; and the rest by where it stands.

    `likely` are indexes of old texts that come first where one text stood several times, and now
    stands fewer times.
    """
    return _Search(old, new).origins(likely)


class _Search:
    """Works out `origins`. `same` and `found` map the index of a new text to those of old ones."""

    def __init__(self, old: Sequence[Piece], new: Sequence[Piece]) -> None:
        self.old, self.new = old, new
        self.before = [normalised(piece.text) for piece in old]
        self.after = [normalised(piece.text) for piece in new]
        self.same: dict[int, int] = {}
        self.found: dict[int, list[int]] = {}

    def origins(self, likely: Container[int]) -> list[Origin]:
        self._find_same(likely)
        if len(self.same) < max(len(self.old), len(self.new)):
            self._find_names()
            self._find_reworded()
            self._find_parts()
            self._find_places()
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

    def _find_same(self, likely: Container[int]) -> None:
        standing: dict[str, list[int]] = defaultdict(list)
        for i, text in enumerate(self.before):
            standing[text].append(i)
        wanted: dict[str, list[int]] = defaultdict(list)
        for n, text in enumerate(self.after):
            wanted[text].append(n)
        for text, places in wanted.items():
            stood = standing.get(text, [])
            if len(places) != len(stood):
                # Twice, and now once, or the reverse: which of them it is, its neighbours tell.
                pairs = self._by_neighbours(stood, places, likely)
                stood, places = ([pair[side] for pair in pairs] for side in (0, 1))
            self.same.update(zip(sorted(places), sorted(stood), strict=True))

    def _by_neighbours(
        self, stood: Sequence[int], places: Sequence[int], likely: Container[int]
    ) -> list[tuple[int, int]]:
        """Pairs of an old and a new index, as many as possible, each index used once.

        "A X B X" became "B X": the second X stands behind B as before, and is the one that stayed.
        """

        def order(pair: tuple[int, int]) -> tuple[bool, int, int]:
            i, n = pair
            before, after = self.before, self.after
            alike = (i and n and before[i - 1] == after[n - 1]) + (
                before[i + 1 : i + 2] == after[n + 1 : n + 2]
            )
            return i not in likely, -alike, abs(i - n)

        chosen: list[tuple[int, int]] = []
        for i, n in sorted(((i, n) for i in stood for n in places), key=order):
            if all(i != old and n != new for old, new in chosen):
                chosen.append((i, n))
        return chosen

    def _find_names(self) -> None:
        named = {self.old[i].name: i for i in self._left_old if self.before[i]}
        for n in self._left_new:
            name = self.new[n].name
            if name and name in named:
                self.found[n] = [named.pop(name)]

    def _find_reworded(self) -> None:
        """Pairs of texts that share most words, the most alike first, and of equals the nearest."""
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

    def _find_parts(self) -> None:
        """Texts split off from an old one, texts that repeat one, and old texts joined to another.

        "A B" became "A" and "B": A is the reworded text, and B, which "A B" holds, a part of it."""
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

    def _find_places(self) -> None:
        """Texts with no word in common that stand, as many of them, between the same neighbours.

        "A, B, C" became "A, X, C", and nothing else is like X: X is what became of B.
        """
        left, lost = self._left_new, set(self._left_old)
        for run in unbroken(left):
            after = self._last_of(run[0] - 1) if run[0] else -1
            stood = range(after + 1, after + 1 + len(run))
            closed = stood.stop not in lost and self._first_of(run[-1] + 1) in (stood.stop, None)
            if closed and lost.issuperset(stood):
                self.found.update((n, [i]) for n, i in zip(run, stood, strict=True))

    def _last_of(self, n: int) -> int:
        return self.same[n] if n in self.same else self.found[n][-1]

    def _first_of(self, n: int) -> int | None:
        if n in self.same:
            return self.same[n]
        return self.found[n][0] if n in self.found else None


@lru_cache(maxsize=512)  # each text of a section is asked for several times
def _words(text: str) -> _Bag:
    """The words of a text, each with how often it occurred before.

    "A rose is a rose" has ("rose", 0) and ("rose", 1): sets are compared faster than counters.
    """
    seen: dict[str, int] = {}
    bag = []
    for word in _WORD.findall(text.casefold()):
        before = seen.get(word, 0)
        bag.append((word, before))
        seen[word] = before + 1
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


def unbroken(numbers: Iterable[int]) -> Iterator[list[int]]:
    """Ascending numbers, parted where one is missing."""
    run: list[int] = []
    for number in numbers:
        if run and number != run[-1] + 1:
            yield run
            run = []
        run.append(number)
    if run:
        yield run
