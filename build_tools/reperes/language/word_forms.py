"""Finding recorded words in prose: whole words, inflected, whatever their capitals and spaces."""

from __future__ import annotations

import re
from collections.abc import Hashable, Iterable, Iterator, Sequence
from dataclasses import dataclass
from functools import lru_cache
from itertools import accumulate, pairwise
from typing import Generic, TypeVar

K = TypeVar("K", bound=Hashable)

_WORD = re.compile(r"[^\W_]+")
_PARTS = re.compile(r"[^\W_]+|[\W_]+")
_ACRONYM = re.compile(r"(?=.*[^\W\d_].)[^\W_a-z]+")

Endings = Sequence[tuple[str, str]]
"""What a word ends in, and what its inflected form ends in instead (("", "s"), ("al", "aux"))."""


@dataclass(frozen=True, slots=True)
class _Form(Generic[K]):
    words: tuple[str, ...]
    between: tuple[str, ...]
    key: K


class WordForms(Generic[K]):
    """Forms by their first two words, so that a text costs its length, however many are recorded.

    Each word of a form may be inflected. An acronym keeps its capitals: "UN" is not "un".
    """

    def __init__(self, forms: Iterable[tuple[str, K]], endings: Endings = ()) -> None:
        self._endings = tuple(endings)
        self._by_first: dict[str, dict[str, list[_Form[K]]]] = {}
        # What is known of words as they are typed: whether they begin a form, and which forms.
        self._known: dict[str, bool] = {}
        self._beginning: dict[tuple[str, str], Sequence[_Form[K]]] = {}
        for typed, key in dict.fromkeys(forms):
            found = list(_WORD.finditer(typed))
            if found:
                words = tuple(_folded(match[0]) for match in found)
                between = tuple(
                    _gap(typed[one.end() : other.start()]) for one, other in pairwise(found)
                )
                by_second = self._by_first.setdefault(words[0], {})
                second = words[1] if len(words) > 1 else ""
                by_second.setdefault(second, []).append(_Form(words, between, key))

    def find(self, text: str) -> Iterator[tuple[int, int, frozenset[K]]]:
        """The longest forms in order, none within another: start, end, keys."""
        parts, known = _PARTS.findall(text), self._known
        starts: list[int] = []
        after = 0
        # Most words begin no form at all.
        for index in [index for index, part in enumerate(parts) if known.get(part, True)]:
            if parts[index] not in known:
                known[parts[index]] = self._may_begin(parts[index])
            if index < after or not known[parts[index]]:
                continue
            following = parts[index + 2] if index + 2 < len(parts) else ""
            fitting = [
                form
                for form in self._forms_beginning(parts[index], following)
                if self._stands_at(form, parts, index)
            ]
            if fitting:
                starts = starts or [0, *accumulate(map(len, parts))]
                length = max(len(form.words) for form in fitting)
                keys = frozenset(form.key for form in fitting if len(form.words) == length)
                after = index + 2 * length - 1
                yield starts[index], starts[after], keys

    def _may_begin(self, word: str) -> bool:
        return _WORD.match(word) is not None and any(
            stem in self._by_first for stem in self._stems(word)
        )

    def _forms_beginning(self, word: str, following: str) -> Sequence[_Form[K]]:
        """The forms of which the first two words, or the only one, fit those of a text."""
        if (word, following) not in self._beginning:
            seconds = ("", *self._stems(following)) if following else ("",)
            self._beginning[word, following] = [
                form
                for stem in self._stems(word)
                if stem in self._by_first
                for second in seconds
                for form in self._by_first[stem].get(second, ())
            ]
        return self._beginning[word, following]

    def _stands_at(self, form: _Form[K], parts: Sequence[str], index: int) -> bool:
        """Whether the words from an index on, of which the first two fit already, are a form."""
        count = len(form.words)
        return index + 2 * count - 1 <= len(parts) and all(
            form.between[n] == _gap(parts[index + 2 * n + 1])
            and form.words[n + 1] in self._stems(parts[index + 2 * n + 2])
            for n in range(count - 1)
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


def _gap(between: str) -> str:
    """What stands between two words, one space for all spaces and one kind of apostrophe."""
    return " " if between.isspace() else between.replace("’", "'")
