"""Texts as tokens: words, numbers in digits, and signs, each with its place."""

from __future__ import annotations

import re
from collections.abc import Iterable
from typing import Generic, Literal, NamedTuple, TypeVar

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


_NOTHING = Token("sign", "", 0, 0, "")


class Tokens:
    """The tokens of a paragraph; outside of it there is an empty sign, so that nothing matches."""

    def __init__(self, text: str, language: str, offset: int = 0) -> None:
        """`offset` is where the paragraph begins in the text that places are counted in."""
        found = _TOKEN[language].finditer(text)
        self._tokens = [_token(match, offset) for match in found]

    def __len__(self) -> int:
        return len(self._tokens)

    def __getitem__(self, at: int) -> Token:
        return self._tokens[at] if 0 <= at < len(self._tokens) else _NOTHING

    def touches(self, at: int) -> bool:
        """Whether nothing stands between a token and the one before it."""
        return 0 < at < len(self._tokens) and self._tokens[at - 1].end == self._tokens[at].start

    def begins_sentence(self, at: int) -> bool:
        return at == 0 or self[at - 1].text in _ENDS

    def one_of(self, at: int, words: Words) -> bool:
        return self[at].word in words


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
        self._by_first: dict[str, list[tuple[tuple[str, ...], T]]] = {}
        self._by_last: dict[str, list[tuple[tuple[str, ...], T]]] = {}
        phrases = {
            tuple(self._spelling(token) for token in Tokens(phrase, language)._tokens): meaning
            for phrase, meaning in meanings
        }
        for words, meaning in sorted(phrases.items(), key=lambda each: -len(each[0])):
            if words:
                self._by_first.setdefault(words[0], []).append((words, meaning))
                self._by_last.setdefault(words[-1], []).append((words, meaning))

    def _spelling(self, token: Token) -> str:
        return token.text if self._exact else token.word

    def after(self, tokens: Tokens, at: int) -> tuple[int, T] | None:
        """The place after the longest phrase that begins at a place, and what it means."""
        for words, meaning in self._by_first.get(self._spelling(tokens[at]), ()):
            if all(self._spelling(tokens[at + n]) == word for n, word in enumerate(words)):
                return at + len(words), meaning
        return None

    def before(self, tokens: Tokens, at: int) -> tuple[int, T] | None:
        """Where the longest phrase begins that ends before a place, and what it means."""
        for words, meaning in self._by_last.get(self._spelling(tokens[at - 1]), ()):
            start = at - len(words)
            if all(self._spelling(tokens[start + n]) == word for n, word in enumerate(words)):
                return start, meaning
        return None
