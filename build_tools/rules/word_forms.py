"""Finding recorded words in prose: whole words, inflected, whatever their capitals and spaces."""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Hashable, Iterable, Iterator, Sequence
from dataclasses import dataclass
from itertools import pairwise
from typing import Generic, TypeVar

K = TypeVar("K", bound=Hashable)

_WORD = re.compile(r"[^\W_]+")
_ACRONYM = re.compile(r"(?=.*[^\W\d_].)[^\W_a-z]+")

Endings = Sequence[tuple[str, str]]
"""What a word ends in, and what its inflected form ends in instead (("", "s"), ("al", "aux"))."""


@dataclass(frozen=True, slots=True)
class _Form(Generic[K]):
    words: tuple[str, ...]
    between: tuple[str, ...]
    key: K


class WordForms(Generic[K]):
    """Forms by their first word, so that a text costs its length, however many are recorded.

    Each word of a form may be inflected. An acronym keeps its capitals: "UN" is not "un".
    """

    def __init__(self, forms: Iterable[tuple[str, K]], endings: Endings = ()) -> None:
        self._endings = tuple(endings)
        # Kept, for a text is made of few words said many times.
        self._stems_of: dict[str, frozenset[str]] = {}
        self._by_first: dict[str, list[_Form[K]]] = defaultdict(list)
        for typed, key in dict.fromkeys(forms):
            found = list(_WORD.finditer(typed))
            if found:
                words = tuple(_folded(match[0]) for match in found)
                self._by_first[words[0]].append(_Form(words, tuple(_between(typed, found)), key))

    def find(self, text: str) -> Iterator[tuple[int, int, frozenset[K]]]:
        """The longest forms in order, none within another: start, end, keys."""
        found = list(_WORD.finditer(text))
        stems = [self._stems(match[0]) for match in found]
        between = _between(text, found)
        index = 0
        while index < len(found):
            length, keys = self._longest(stems, between, index)
            if keys:
                yield found[index].start(), found[index + length - 1].end(), keys
            index += max(1, length)

    def _longest(
        self, stems: Sequence[frozenset[str]], between: Sequence[str], index: int
    ) -> tuple[int, frozenset[K]]:
        best = 0
        keys: set[K] = set()
        for stem in stems[index]:
            for form in self._by_first.get(stem, ()):
                end = index + len(form.words)
                if (
                    len(form.words) < best
                    or tuple(between[index : end - 1]) != form.between
                    or not all(w in s for w, s in zip(form.words, stems[index:end], strict=True))
                ):
                    continue
                if len(form.words) > best:
                    best, keys = len(form.words), set()
                keys.add(form.key)
        return best, frozenset(keys)

    def _stems(self, word: str) -> frozenset[str]:
        """What a word may be recorded as: itself, and all that it may be an inflection of."""
        if word not in self._stems_of:
            self._stems_of[word] = frozenset(self._possible_stems(word))
        return self._stems_of[word]

    def _possible_stems(self, word: str) -> Iterator[str]:
        for form in (word, _folded(word)):
            yield _folded(form)
            yield from map(_folded, self._uninflected(form))

    def _uninflected(self, word: str) -> Iterator[str]:
        for bare, inflected in self._endings:
            if word.endswith(inflected) and len(word) > len(inflected) + 1:
                yield word.removesuffix(inflected) + bare


def _folded(word: str) -> str:
    return word if _ACRONYM.fullmatch(word) else word.lower()


def _between(text: str, words: Sequence[re.Match[str]]) -> list[str]:
    """What stands between words, one space for all spaces and one kind of apostrophe."""
    gaps = [text[a.end() : b.start()] for a, b in pairwise(words)]
    return [" " if gap.isspace() else gap.replace("’", "'") for gap in gaps]
