"""By what texts say numbers and days, read from language/drafting/."""

from __future__ import annotations

from functools import cache
from pathlib import Path

import reperes.language
from reperes.drafts.tokens import Phrases
from reperes.text.yaml_in import read_own_yaml

_FOLDER = Path(reperes.language.__file__).with_name("drafting")


class DraftingWords:
    """The words of one language, by the keys of its file, which says what each key is for."""

    def __init__(self, language: str) -> None:
        self.language = language
        self._typed: dict[str, str] = read_own_yaml(_FOLDER / f"{language}.yml")

    def words(self, key: str) -> list[str]:
        """Single words."""
        return self._typed[key].split()

    def set(self, key: str) -> frozenset[str]:
        return frozenset(self.words(key))

    def phrases(self, key: str) -> list[str]:
        """Phrases that are parted by "|"."""
        return [phrase for each in self._typed[key].split("|") if (phrase := each.strip())]

    def meanings(self, key: str) -> dict[str, str]:
        """Phrases with what each means ("two=2")."""
        pairs = (phrase.rpartition("=") for phrase in self.phrases(key))
        return {phrase.strip(): meaning.strip() for phrase, _, meaning in pairs}

    def found(self, key: str) -> Phrases[str]:
        """Phrases, to be found in tokens; of those with meanings, what each means."""
        typed = self._typed[key]
        meanings = self.meanings(key) if "=" in typed else {p: p for p in self.phrases(key)}
        return Phrases(meanings.items(), self.language)

    def numbers(self, key: str) -> dict[str, int]:
        """Single words with the number that each stands for."""
        pairs = (word.rpartition("=") for word in self.words(key))
        return {word: int(number) for word, _, number in pairs}


@cache
def drafting_words(language: str) -> DraftingWords:
    """Those of a language that `tokens.LANGUAGES` has."""
    return DraftingWords(language)
