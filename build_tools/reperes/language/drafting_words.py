"""By what texts say numbers and days, read from drafting/."""

from __future__ import annotations

from functools import cache
from pathlib import Path

from reperes.text.yaml_in import read_own_yaml

_FOLDER = Path(__file__).with_name("drafting")


class DraftingWords:
    """The words of one language, by the keys of its file, which says what each key is for."""

    def __init__(self, typed: dict[str, str]) -> None:
        self._typed = typed

    def words(self, key: str) -> list[str]:
        """Single words."""
        return self._typed[key].split()

    def phrases(self, key: str) -> list[str]:
        """Phrases that are parted by "|"."""
        return [phrase for each in self._typed[key].split("|") if (phrase := each.strip())]

    def meanings(self, key: str) -> dict[str, str]:
        """Phrases with what each means ("two=2")."""
        pairs = (phrase.rpartition("=") for phrase in self.phrases(key))
        return {phrase.strip(): meaning.strip() for phrase, _, meaning in pairs}

    def numbers(self, key: str) -> dict[str, int]:
        """Single words with the number that each stands for."""
        pairs = (word.rpartition("=") for word in self.words(key))
        return {word: int(number) for word, _, number in pairs}


@cache
def drafting_words(language: str) -> DraftingWords:
    """Those of a language. Raises KeyError where the program has none."""
    path = _FOLDER / f"{language}.yml"
    if not path.is_file():
        raise KeyError(language)
    return DraftingWords(read_own_yaml(path))
