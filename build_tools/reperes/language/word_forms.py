"""Finding recorded words in prose: whole words, inflected, whatever their capitals and spaces."""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Hashable, Iterable, Iterator, Sequence
from dataclasses import dataclass
from functools import lru_cache
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
        self._beginning: dict[str, list[_Form[K]]] = {}
        self._by_first: dict[str, list[_Form[K]]] = defaultdict(list)
        for typed, key in dict.fromkeys(forms):
            found = list(_WORD.finditer(typed))
            if found:
                words = tuple(_folded(match[0]) for match in found)
                between = tuple(_between(typed, *pair) for pair in pairwise(found))
                self._by_first[words[0]].append(_Form(words, between, key))

    def find(self, text: str) -> Iterator[tuple[int, int, frozenset[K]]]:
        """The longest forms in order, none within another: start, end, keys."""
        words = list(_WORD.finditer(text))
        after = 0
        for index, word in enumerate(words):
            # Most words begin no form at all.
            forms = self._forms_beginning(word[0])
            if not forms or index < after:
                continue
            fitting = [
                form
                for form in forms
                if self._stands_at(form, text, words[index : index + len(form.words)])
            ]
            if fitting:
                length = max(len(form.words) for form in fitting)
                keys = frozenset(form.key for form in fitting if len(form.words) == length)
                after = index + length
                yield word.start(), words[after - 1].end(), keys

    def _forms_beginning(self, word: str) -> Sequence[_Form[K]]:
        if word not in self._beginning:
            found = (self._by_first.get(stem, ()) for stem in self._stems(word))
            self._beginning[word] = [form for forms in found for form in forms]
        return self._beginning[word]

    def _stands_at(self, form: _Form[K], text: str, words: Sequence[re.Match[str]]) -> bool:
        """Whether words of a text, of which the first fits already, are a form."""
        return len(words) == len(form.words) and all(
            between == _between(text, *pair) and word in self._stems(pair[1][0])
            for between, word, pair in zip(
                form.between, form.words[1:], pairwise(words), strict=True
            )
        )

    def _stems(self, word: str) -> frozenset[str]:
        """What a word may be recorded as: itself, and all that it may be an inflection of."""
        return _stems_of(word, self._endings)


# Kept, for a text is made of few words said many times, and several rules look for them.
@lru_cache(maxsize=50_000)
def _stems_of(word: str, endings: tuple[tuple[str, str], ...]) -> frozenset[str]:
    return frozenset(
        _folded(stem) for form in (word, _folded(word)) for stem in (form, *_bare(form, endings))
    )


def _bare(word: str, endings: tuple[tuple[str, str], ...]) -> Iterator[str]:
    for bare, inflected in endings:
        if word.endswith(inflected) and len(word) > len(inflected) + 1:
            yield word.removesuffix(inflected) + bare


def _folded(word: str) -> str:
    return word if _ACRONYM.fullmatch(word) else word.lower()


def _between(text: str, before: re.Match[str], after: re.Match[str]) -> str:
    """What stands between two words, one space for all spaces and one kind of apostrophe."""
    gap = text[before.end() : after.start()]
    return " " if gap.isspace() else gap.replace("’", "'")
