"""Texts as tokens: words, numbers in digits, and signs, each with its place."""

from __future__ import annotations

import re
from collections.abc import Iterable
from typing import Any, Generic, Literal, NamedTuple, TypeVar

T = TypeVar("T")

_SPACE = " \u00a0\u2009\u202f"
_GROUPED = rf"\d{{1,3}}(?:[{_SPACE}]\d{{3}}|['’]\d{{3}})+(?!\d)(?:[.,]\d+)?"
_DIGITS = rf"{_GROUPED}|\d+(?:[.,]\d+)*"
_ELIDED = r"(?i:aujourd['’]hui|(?:jusqu|lorsqu|puisqu|quelqu|presqu|qu|[ldjmnstc])['’])"
_LETTERS = r"[^\W\d_]+"
_TOKEN = {
    "fr": re.compile(rf"(?P<number>{_DIGITS})|(?P<word>{_ELIDED}|{_LETTERS})|(?P<sign>\S)"),
    "en": re.compile(rf"(?P<number>{_DIGITS})|(?P<word>['’]s\b|{_LETTERS})|(?P<sign>\S)"),
}
LANGUAGES = tuple(_TOKEN)


class Token(NamedTuple):
    """A word, a number in digits or a sign. `word` is in small letters, with straight apostrophes.

    A French article that is elided is a word with its apostrophe ("l'"), as the English "'s" is.
    A number has its separators: "350.000", "1,5".
    """

    kind: Literal["word", "number", "sign"]
    text: str
    start: int
    end: int
    word: str


def _token(match: re.Match[str], offset: int) -> Token:
    kind, text = match.lastgroup, match[0]
    assert kind in ("word", "number", "sign")
    word = text.lower().replace("’", "'")
    return Token(kind, text, offset + match.start(), offset + match.end(), word)  # type: ignore[arg-type]


_MOST_LOOKED_OUTSIDE = 64
"""Tokens before the first and after the last of a paragraph that anybody may look at."""

_NOTHING = Token("sign", "", 0, 0, "")


class Tokens:
    """The tokens of a paragraph; outside of it there is an empty sign, so that nothing matches."""

    def __init__(self, text: str, language: str, offset: int = 0) -> None:
        """`offset` is where the paragraph begins in the text that places are counted in."""
        found = _TOKEN[language].finditer(text)
        tokens = [_token(match, offset) for match in found]
        self.numerals: dict[int, Any] = {}
        """What `numerals` has read at each place, for several readers ask for the same."""
        self._length = len(tokens)
        # Python counts places before the first from the end, where empty signs stand too.
        self._tokens = [*tokens, *(_MOST_LOOKED_OUTSIDE * [_NOTHING])]

    def __len__(self) -> int:
        return self._length

    def __getitem__(self, at: int) -> Token:
        return self._tokens[at]

    def touches(self, at: int) -> bool:
        """Whether nothing stands between a token and the one before it."""
        return 0 < at < self._length and self._tokens[at - 1].end == self._tokens[at].start

    def begins_sentence(self, at: int) -> bool:
        return at == 0 or self[at - 1].text in _ENDS

    def spelled(self, start: int, end: int, exact: bool) -> tuple[str, ...]:
        """The words from one place to another, with their capitals if `exact`."""
        if end - start == 1:
            token = self[start]
            return (token.text if exact else token.word,)
        tokens = self._tokens[start:end]
        return tuple(token.text if exact else token.word for token in tokens)


SENTENCE_ENDS = (".", "!", "?", "…")
DASHES = ("-", "–", "—", "‑")
_ENDS = frozenset('.!?…:;«»“”"(—–-•*#|')


class Words:
    """Single words; one typed with a "*" stands for all that begin so."""

    def __init__(self, typed: Iterable[str]) -> None:
        typed = list(typed)
        self._words = frozenset(word for word in typed if not word.endswith("*"))
        self._beginnings = tuple(word[:-1] for word in typed if word.endswith("*"))

    def __contains__(self, word: str) -> bool:
        return word in self._words or bool(self._beginnings and word.startswith(self._beginnings))


class Phrases(Generic[T]):
    """Phrases and what each means, found after or before a place; the longest wins.

    `exact` keeps capitals apart: "M" is no "m".
    """

    def __init__(
        self, meanings: Iterable[tuple[str, T]], language: str, exact: bool = False
    ) -> None:
        self._exact = exact
        self._meanings: dict[tuple[str, ...], T] = {}
        for phrase, meaning in meanings:
            tokens = Tokens(phrase, language)
            self._meanings[tokens.spelled(0, len(tokens), exact)] = meaning
        # How many words the phrases have that begin or end with a word, the most first.
        self._after = _lengths((words[0], len(words)) for words in self._meanings)
        self._before = _lengths((words[-1], len(words)) for words in self._meanings)

    def after(self, tokens: Tokens, at: int) -> tuple[int, T] | None:
        """The place after the longest phrase that begins at a place, and what it means."""
        token = tokens[at]
        for length in self._after.get(token.text if self._exact else token.word, ()):
            words = tokens.spelled(at, at + length, self._exact)
            if words in self._meanings:
                return at + length, self._meanings[words]
        return None

    def before(self, tokens: Tokens, at: int) -> tuple[int, T] | None:
        """Where the longest phrase begins that ends before a place, and what it means."""
        token = tokens[at - 1]
        for length in self._before.get(token.text if self._exact else token.word, ()):
            words = tokens.spelled(at - length, at, self._exact) if length <= at else ()
            if words in self._meanings:
                return at - length, self._meanings[words]
        return None


def _lengths(words: Iterable[tuple[str, int]]) -> dict[str, list[int]]:
    found: dict[str, set[int]] = {}
    for word, length in words:
        found.setdefault(word, set()).add(length)
    return {word: sorted(lengths, reverse=True) for word, lengths in found.items()}
