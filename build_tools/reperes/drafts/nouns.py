"""What a number counts: the noun after it."""

from __future__ import annotations

from reperes.drafts.tokens import Tokens, Words
from reperes.drafts.words import drafting_words
from reperes.language.lexicon import lexicon

_MOST_WORDS = 3


class Nouns:
    """Finds the nouns that numbers count, of a language."""

    def __init__(self, language: str) -> None:
        words = drafting_words(language)
        self._adjectives_first = language == "en"
        self._no_nouns = Words(
            (
                *lexicon(language).small_words,
                *words.words("articles"),
                *words.numbers("numbers"),
                *words.words("no_nouns"),
                "'s",
            )
        )
        self._before_noun = words.set("before_noun")
        self._plurals = words.set("plural_nouns")
        self._adverb_ending = tuple(words.words("adverb_ending"))

    def after(self, tokens: Tokens, at: int, many: bool = False) -> tuple[int, int] | None:
        """From where to where the noun stands that begins at a place, if one does.

        An English one has its adjectives: it ends in the first of three words that is a plural. A
        French one is the first word that is none of those adjectives that stand before; of `many`
        it must look like a plural, which tells it from a verb: « 1.500 participent ».
        """
        start = at
        if tokens[at].text == "-" and tokens.touches(at) and self._adjectives_first:
            start += 1
        if not self.may_be_one(tokens, start):
            return None
        if self._adjectives_first:
            if tokens[start + 1].word == "'s":
                # "half of the world's population"
                owned = self.after(tokens, start + 2)
                return (start, owned[1]) if owned else None
            for place in range(start, start + _MOST_WORDS):
                if not self.may_be_one(tokens, place):
                    break
                if self._is_plural(tokens[place].word):
                    return start, place + 1
            return None if self._is_adverb(tokens[start].word) else (start, start + 1)
        end = start
        while tokens[end].word in self._before_noun and self.may_be_one(tokens, end + 1):
            end += 1
        word = tokens[end]
        if self._is_adverb(word.word) or (many and not self._may_be_many(word.text)):
            return None
        return start, end + 1

    def _may_be_many(self, text: str) -> bool:
        """Whether a French word may be a plural; borrowed ones and names may end in anything."""
        ends_so = text.endswith(("s", "x", "z")) or not text.islower()
        return ends_so or text in self._plurals

    def is_small(self, tokens: Tokens, at: int) -> bool:
        """Whether a word names nothing ("the", "was")."""
        return tokens[at].word in self._no_nouns

    def may_be_one(self, tokens: Tokens, at: int) -> bool:
        """Whether a word names anything."""
        return tokens[at].kind == "word" and tokens[at].word not in self._no_nouns

    def _is_adverb(self, word: str) -> bool:
        # What is counted is in the plural: "logements" and "families" are none.
        return word.endswith(self._adverb_ending)

    def _is_plural(self, word: str) -> bool:
        return word in self._plurals or (word.endswith("s") and not word.endswith(("ss", "us")))
