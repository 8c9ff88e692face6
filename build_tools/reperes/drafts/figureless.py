"""Numbers that count nothing: "article 5", "F-16", "14e", "14h30", "Boeing 737", phone numbers."""

from __future__ import annotations

from collections.abc import Callable

from reperes.drafts.numerals import Numerals
from reperes.drafts.tokens import Phrases, Tokens
from reperes.language.drafting_words import drafting_words

_NounAt = Callable[[Tokens, int], tuple[int, int] | None]


class Figureless:
    """Tells which numbers are none, of a language."""

    def __init__(self, language: str, numerals: Numerals) -> None:
        words = drafting_words(language)
        self._language = language
        self._numerals = numerals
        self._numbered = frozenset(words.words("numbered"))
        self._weakly = frozenset(words.words("numbered_weakly"))
        self._ordinal_endings = frozenset(words.words("ordinal_endings"))
        self._ordinals = frozenset(words.words("ordinals"))
        self._lists = frozenset(
            (*words.words("between_and"), *words.words("or"), "à", "to", ",", "-")
        )
        self._clock_after = _phrases(words.phrases("clock_after"), language)
        self._clock_before = _phrases(words.phrases("clock_before"), language)
        self._clock_hour = frozenset(words.words("clock_hour"))
        self._set_phrases = _phrases(words.phrases("phrases"), language)
        self._scales = frozenset(words.words("short_scales"))
        self._short = frozenset(pair.partition("=")[0] for pair in words.words("short_scales"))
        self._units = frozenset(
            phrase for phrase in words.meanings("units") if " " not in phrase and len(phrase) < 5
        )
        self._sports = frozenset(words.words("sports"))
        self._hyphened = words.words("hyphened_names")
        self._bounds = frozenset(
            phrase.split()[-1]
            for key in ("more_than", "at_least", "at_most", "about")
            for phrase in words.phrases(key)
        )

    def after(self, tokens: Tokens, at: int, noun: _NounAt) -> int | None:
        """The place after a number that counts nothing, or None for one that may count."""
        phrase = self._set_phrases.after(tokens, at)
        if phrase:
            return phrase[0]
        if tokens[at].kind == "number":
            return (
                self._coded(tokens, at)
                or self._run(tokens, at)
                or self._ordinal_or_clock(tokens, at)
                or self._score(tokens, at)
                or self._numbered_by(tokens, at, noun)
                or self._in_a_name(tokens, at, noun)
                or self._in_a_list(tokens, at)
            )
        return self._in_words(tokens, at, noun)

    def _coded(self, tokens: Tokens, at: int) -> int | None:
        """ "G7", "A320", "Covid-19", "F-16", "5G", "#12"."""
        end = at + 1
        before = tokens[at - 1]
        if tokens.touches(at):
            is_word = before.kind == "word" and not before.word.endswith("'")
            is_joined = before.text in ("-", "‑", "/", "_", "#", ".") and tokens.touches(at - 1)
            joins_word = is_joined and tokens[at - 2].kind == "word"
            if before.text == "#" or (is_word and before.text not in _MONEY) or joins_word:
                return self._code_end(tokens, end)
        following = tokens[end]
        if tokens.touches(end) and following.kind == "word":
            known = {*self._short, *self._units, *self._ordinal_endings, *self._clock_hour}
            if following.text not in known and following.word not in ("am", "pm", "s"):
                return self._code_end(tokens, end)
            if following.word == "s" and following.text == "s":
                return end + 1
        return None

    def _code_end(self, tokens: Tokens, end: int) -> int:
        while tokens.touches(end) and (
            tokens[end].kind != "sign" or (tokens[end].text == "-" and tokens.touches(end + 1))
        ):
            end += 1
        return end

    def _run(self, tokens: Tokens, at: int) -> int | None:
        """Phone and account numbers, times and results with colons, zeros before."""
        end, numbers = at + 1, 1
        while True:
            joint = tokens[end].text in ("-", ".", "/", ":") and tokens.touches(end)
            place = end + 1 if joint and tokens.touches(end + 1) else end
            if tokens[place].kind != "number":
                break
            numbers += 1
            end = place + 1
        text = tokens[at].text
        if numbers >= 3 or (len(text) > 1 and text[0] == "0" and text[1] not in ".,"):
            return end
        if numbers == 2 and tokens[at + 1].text in (":", "/"):
            return end
        return None

    def _ordinal_or_clock(self, tokens: Tokens, at: int) -> int | None:
        following = tokens[at + 1]
        if tokens.touches(at + 1) and following.word in self._ordinal_endings:
            return at + 2
        if clock := self._clock_after.after(tokens, at + 1):
            return clock[0]
        text = tokens[at].text
        if following.word in self._clock_hour and text.isdigit() and int(text) <= 24:
            if (
                tokens[at + 2].kind == "number"
                and len(tokens[at + 2].text) == 2
                and (following.word == "h" or int(tokens[at + 2].text or 0) < 60)
            ):
                return at + 3
            is_told = self._clock_before.before(tokens, at)
            if is_told and (following.word != "heure"):
                return at + 2
        return None

    def _score(self, tokens: Tokens, at: int) -> int | None:
        """ "won 3-1", "victoire 2-0", and pairs such as "5-3" that do not rise."""
        if tokens[at + 1].text not in ("-", "–") or tokens[at + 2].kind != "number":
            return None
        first, second = tokens[at].text, tokens[at + 2].text
        if not (first.isdigit() and second.isdigit()):
            return None
        near = (tokens[n].word for n in (at - 3, at - 2, at - 1, at + 3, at + 4))
        if int(first) >= int(second) or any(word in self._sports for word in near):
            return at + 3
        return None

    def _numbered_by(self, tokens: Tokens, at: int, noun: _NounAt) -> int | None:
        """ "article 5", "resolutions 2254 and 2268", "no. 10"."""
        place = at - 1
        if tokens[place].text in (".", "°", "º") and tokens[place - 1].kind == "word":
            place -= 1
            if tokens[place].word not in ("no", "n", "art", "nos", "vol", "p", "pp", "chap", "fig"):
                return None
        word = tokens[place].word
        if tokens[place].text in ("№", "n°"):
            word = "no"
        if place == at - 2 and word in ("no", "n", "art", "nos", "vol", "p", "pp", "chap", "fig"):
            return at + 1
        if word not in self._numbered:
            return None
        found = noun(tokens, at + 1)
        if word in self._weakly and found and tokens[found[0]].text.islower():
            return None
        if (
            word == "no"
            and place == at - 1
            and self._language == "en"
            and not tokens[place].text[0].isupper()
        ):
            return None
        end = at + 1
        while tokens[end].word in self._lists and tokens[end + 1].kind == "number":
            if not word.endswith("s") and tokens[end].text != "-":
                break
            end += 2
        return end

    def _in_a_name(self, tokens: Tokens, at: int, noun: _NounAt) -> int | None:
        """ "Apollo 11", "Ligue 1": after a word with a capital, before nothing that is counted."""
        before = tokens[at - 1]
        if before.kind != "word" or not before.text[0].isupper() or tokens.begins_sentence(at - 1):
            return None
        if before.word in self._bounds or before.text in _MONEY:
            return None
        following = tokens[at + 1]
        if following.text in ("%", "°", "€", "$", "£") or following.text in self._units:
            return None
        if self._numerals.read(tokens, at) and noun(tokens, at + 1):
            return None
        numeral = self._numerals.read(tokens, at)
        if numeral is None or numeral.scale > 1 or numeral.value >= 3000 or "," in tokens[at].text:
            return None
        return at + 1

    def _in_a_list(self, tokens: Tokens, at: int) -> int | None:
        """The number of a list item that begins a paragraph, or of a note: "1. ", "[12]"."""
        if at == 0 and tokens[1].text in (".", ")") and tokens.touches(1) and len(tokens) > 2:
            return 2
        if tokens[at - 1].text == "[" and tokens[at + 1].text == "]":
            return at + 2
        return None

    def _in_words(self, tokens: Tokens, at: int, noun: _NounAt) -> int | None:
        """Words that are names ("les Vingt-Sept", "Trois-Rivières"), ordinals, or other words."""
        numeral = self._numerals.read(tokens, at)
        end = numeral.end if numeral else at + 1
        token = tokens[at]
        if token.text[0].isupper() and not tokens.begins_sentence(at):
            return end
        if tokens.touches(at) and tokens[at - 1].text == "-" and tokens[at - 2].kind == "word":
            return end
        following = tokens[end]
        if following.text == "-" and tokens.touches(end) and tokens.touches(end + 1):
            after = tokens[end + 1]
            if after.text[:1].isupper() or after.word in self._ordinals:
                return end + 2
            if any(after.word.startswith(w.rstrip("*")) for w in self._hyphened):
                return end + 2
            if self._language == "fr" and after.kind == "word":
                return end + 2
        if following.word in self._ordinals and numeral and token.word not in ("un", "une", "a"):
            is_fraction = token.word in self._numerals.small
            return None if is_fraction else end + 1
        if token.word == "neuf" and end == at + 1 and not noun(tokens, end):
            return end
        return None


_MONEY = frozenset(("EUR", "USD", "GBP", "CHF", "US", "JPY"))


def _phrases(typed: list[str], language: str) -> Phrases[str]:
    return Phrases(((phrase, phrase) for phrase in typed), language)
