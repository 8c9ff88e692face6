"""Finding recorded words in prose: whole words, inflected, whatever their capitals and spaces."""

from __future__ import annotations

import re
from collections.abc import Callable, Hashable, Iterable, Iterator, Sequence
from dataclasses import dataclass
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
        # All that a first word may be in a text, in small letters.
        self._inflected: set[str] = set()
        self._parts = Parts(self._words_that_begin)
        self._beginning: dict[tuple[str, str], Sequence[_Form[K]]] = {}
        for typed, key in dict.fromkeys(forms):
            found = list(_WORD.finditer(typed))
            if found:
                words = tuple(_folded(match[0]) for match in found)
                between = tuple(
                    _gap(typed[one.end() : other.start()]) for one, other in pairwise(found)
                )
                self._inflected |= _inflected(words[0].lower(), self._endings)
                by_second = self._by_first.setdefault(words[0], {})
                second = words[1] if len(words) > 1 else ""
                by_second.setdefault(second, []).append(_Form(words, between, key))

    def find(self, text: str) -> Iterator[tuple[int, int, frozenset[K]]]:
        """The longest forms in order, none within another: start, end, keys."""
        after = 0
        beginnings = (
            (offset + start, word)
            for offset, words in self._parts.found_in(text)
            for start, word in words
        )
        for start, word in beginnings:
            if start < after:
                continue
            following = _NEXT_WORD.match(text, start + len(word))
            fitting: dict[int, list[K]] = {}
            for form in self._forms_beginning(word, following[1] if following else ""):
                end = self._end_of(form, text, start + len(word))
                if end is not None:
                    fitting.setdefault(len(form.words), []).append(form.key)
                    after = max(after, end)
            if fitting:
                yield start, after, frozenset(fitting[max(fitting)])

    def _words_that_begin(self, part: str) -> Sequence[tuple[int, str]]:
        """The words of a part that may begin a form, and where. Most words begin none at all."""
        words = ((match.start(), match[0]) for match in _WORD.finditer(part))
        return [
            (start, word)
            for start, word in words
            if word.lower() in self._inflected and self._may_begin(word)
        ]

    def _may_begin(self, word: str) -> bool:
        return any(stem in self._by_first for stem in self._stems(word))

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

    def _end_of(self, form: _Form[K], text: str, end: int) -> int | None:
        """Where a form ends of which the first word, that fits already, does at `end`."""
        for between, word in zip(form.between, form.words[1:], strict=True):
            following = _NEXT_WORD.match(text, end)
            if following is None or _gap(text[end : following.start(1)]) != between:
                return None
            if word not in self._stems(following[1]):
                return None
            end = following.end()
        return end

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
