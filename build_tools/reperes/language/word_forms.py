"""Finding recorded words in prose: whole words, inflected, whatever their capitals and spaces."""

from __future__ import annotations

import re
from collections.abc import Callable, Hashable, Iterable, Iterator, Sequence
from functools import lru_cache
from itertools import pairwise
from typing import Generic, TypeVar

K = TypeVar("K", bound=Hashable)
T = TypeVar("T")

_WORD = re.compile(r"[^\W_]+")
_NEXT_WORD = re.compile(r"[\W_]+([^\W_]+)")
_ACRONYM = re.compile(r"(?=.*[^\W\d_].)[^\W_a-z]+")

Endings = Sequence[tuple[str, str]]
"""What a word ends in, and what its inflected form ends in instead (("", "s"), ("al", "aux"))."""


class Parts(Generic[T]):
    """What stands between spaces in texts, each looked at once, however often it stands there.

    `look` says what is to be found in one; where that is None or empty, it is passed over.
    """

    def __init__(self, look: Callable[[str], T | None]) -> None:
        self._look = look
        self._known: dict[str, T | None] = {}

    def found_in(self, text: str) -> Iterator[tuple[int, T]]:
        """What was found in the parts of a text, in order, each after the part's offset."""
        known, end = self._known, 0
        # In most parts, nothing was found.
        for part in [part for part in text.split() if known.get(part, part) is not None]:
            if part not in known:
                known[part] = self._look(part) or None
            found = known[part]
            if found is None:
                continue
            at = text.find(part, end)
            # Within other letters, it is no part by itself.
            while text[at - 1 : at].strip() or text[at + len(part) : at + len(part) + 1].strip():
                at = text.find(part, at + 1)
            yield at, found
            end = at + len(part)


class _Node(Generic[K]):
    """Some first words of forms: what follows them, and what forms that end here stand for.

    A further word is under what stands before it and itself.
    """

    __slots__ = ("further", "keys")

    def __init__(self) -> None:
        self.further: dict[tuple[str, str], _Node[K]] = {}
        self.keys: list[K] = []


class WordForms(Generic[K]):
    """Forms word by word, so that a text costs its length, however many are recorded.

    Each word of a form may be inflected. An acronym keeps its capitals: "UN" is not "un".
    """

    def __init__(self, forms: Iterable[tuple[str, K]], endings: Endings = ()) -> None:
        self._endings = tuple(endings)
        self._first: dict[str, _Node[K]] = {}
        # All that a first word may be in a text, in small letters.
        self._inflected: set[str] = set()
        self._parts = Parts(self._words_that_begin)
        for typed, key in forms:
            if found := list(_WORD.finditer(typed)):
                first = _folded(found[0][0])
                self._inflected |= _inflected(first.lower(), self._endings)
                node = self._first.setdefault(first, _Node())
                for before, word in pairwise(found):
                    step = _gap(typed[before.end() : word.start()]), _folded(word[0])
                    node = node.further.setdefault(step, _Node())
                node.keys.append(key)

    def find(self, text: str) -> Iterator[tuple[int, int, frozenset[K]]]:
        """The longest forms in order, none within another: start, end, keys."""
        after = 0
        beginnings = (
            (offset + start, word)
            for offset, words in self._parts.found_in(text)
            for start, word in words
        )
        for start, word in beginnings:
            found = self._longest_from(text, start, word) if start >= after else None
            if found:
                after, keys = found
                yield start, after, frozenset(keys)

    def _longest_from(self, text: str, start: int, word: str) -> tuple[int, list[K]] | None:
        """Where the longest form ends that begins with a word of a text, and what it stands for."""
        nodes = [self._first[stem] for stem in self._stems(word) if stem in self._first]
        end, found = start + len(word), None
        while nodes:
            if keys := [key for node in nodes for key in node.keys]:
                found = end, keys
            if not any(node.further for node in nodes) or not (
                next_word := _NEXT_WORD.match(text, end)
            ):
                break
            gap = _gap(text[end : next_word.start(1)])
            steps = [(gap, stem) for stem in self._stems(next_word[1])]
            nodes = [node.further[step] for node in nodes for step in steps if step in node.further]
            end = next_word.end()
        return found

    def _words_that_begin(self, part: str) -> Sequence[tuple[int, str]]:
        """The words of a part that may begin a form, and where. Most words begin none at all."""
        words = ((match.start(), match[0]) for match in _WORD.finditer(part))
        return [
            (start, word)
            for start, word in words
            if word.lower() in self._inflected and self._may_begin(word)
        ]

    def _may_begin(self, word: str) -> bool:
        return any(stem in self._first for stem in self._stems(word))

    def _stems(self, word: str) -> frozenset[str]:
        """What a word may be recorded as: itself, and all that it may be an inflection of."""
        return _stems_of(word, self._endings)


# Kept, for a text is made of few words said many times, and several rules look for them.
@lru_cache(maxsize=50_000)
def _stems_of(word: str, endings: tuple[tuple[str, str], ...]) -> frozenset[str]:
    return frozenset(
        _folded(stem) for form in (word, _folded(word)) for stem in (form, *_bare(form, endings))
    )


def _inflected(word: str, endings: Endings) -> set[str]:
    found = (word[: len(word) - len(bare)] + end for bare, end in endings if word.endswith(bare))
    return {word, *found}


def _bare(word: str, endings: tuple[tuple[str, str], ...]) -> Iterator[str]:
    for bare, inflected in endings:
        if word.endswith(inflected) and len(word) > len(inflected) + 1:
            yield word.removesuffix(inflected) + bare


def _folded(word: str) -> str:
    return word if _ACRONYM.fullmatch(word) else word.lower()


def _gap(between: str) -> str:
    """What stands between two words, one space for all spaces and one kind of apostrophe."""
    return " " if between.isspace() else between.replace("’", "'")
