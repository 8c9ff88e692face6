"""Numbers that count nothing: "article 5", "F-16", "14e", "14h30", "Boeing 737", phone numbers."""

from __future__ import annotations

from reperes.drafts.nouns import Nouns
from reperes.drafts.numerals import Numeral, Numerals
from reperes.drafts.tokens import DASHES, SENTENCE_ENDS, Tokens, Words
from reperes.drafts.units import Units
from reperes.drafts.words import drafting_words

_FEWEST_OF_A_RUN = 3
"""So many numbers, after a zero or a plus or joined by signs, are a phone number or a code."""

_MOST_OF_A_RUN = 12
_LARGEST_IN_A_NAME = 3000
_LARGEST_SCORE = 200


class Figureless:
    """Tells which numbers count nothing, of a language."""

    def __init__(self, language: str, numerals: Numerals, nouns: Nouns, units: Units) -> None:
        words = drafting_words(language)
        self._language = language
        self._numerals = numerals
        self._nouns = nouns
        self._units = units
        self._numbered = words.set("numbered")
        self._weakly = words.set("numbered_weakly")
        self._abbreviated = words.set("numbered_abbreviated")
        self._lists = frozenset(
            (*words.words("between_and"), *words.words("or"), ",", "-", "à", "to")
        )
        self._ordinal_endings = words.set("ordinal_endings")
        self._ordinals = words.set("ordinals")
        self._fractions = words.numbers("fractions")
        self._clock_after = words.found("clock_after")
        self._clock_before = words.found("clock_before")
        self._clock_hours = words.set("clock_hours")
        self._hours_of = words.set("hours_of")
        self._set_phrases = words.found("set_phrases")
        self._to = words.found("to")
        self._from = words.set("from")
        self._sports = words.set("sports")
        self._hyphened = Words(words.words("hyphened_names"))
        self._articles = words.set("articles")
        self._clock_told = words.found("clock_told")
        self._streets = words.set("streets")
        self._before_unit = words.set("before_unit")
        self._before_none = words.set("before_none")
        self._ratios = words.found("ratios")
        self._adjectives = words.set("number_adjectives")
        self._names_nothing = frozenset(
            phrase.split()[-1]
            for key in ("more_than", "at_least", "at_most", "less_than", "about")
            for phrase in words.phrases(key)
        )

    def after(self, tokens: Tokens, at: int) -> int | None:
        """The place after a number that counts nothing, or None for one that may count."""
        # « un quart de finale »
        first = at + 1 if tokens[at].word in self._articles else at
        if phrase := self._set_phrases.after(tokens, first):
            return phrase[0]
        if tokens[at].kind == "word":
            return self._in_words(tokens, at)
        numeral = self._numerals.read(tokens, at)
        return (
            self._coded(tokens, at)
            or self._run(tokens, at)
            or self._ordinal(tokens, at)
            or self._clock(tokens, numeral)
            or self._score(tokens, at)
            or self._numbered_by(tokens, at)
            or self._in_a_name(tokens, numeral)
            or self._of_a_house(tokens, at)
            or self._of_a_list(tokens, at)
        )

    def _coded(self, tokens: Tokens, at: int) -> int | None:
        """Within a code: "G7", "A320", "Covid-19", "F-16", "5G", "#12"."""
        end, before = at + 1, tokens[at - 1]
        if tokens.touches(at) and not self._units.money_before(tokens, at):
            joined = before.text in ("-", "‑", "/", "_", ".", "&") and tokens.touches(at - 1)
            is_word = before.kind == "word" and not before.word.endswith("'")
            if is_word or before.text == "#" or (joined and tokens[at - 2].kind == "word"):
                return self._end_of_code(tokens, end)
        following = tokens[end]
        if following.text == "-" and tokens.touches(end) and tokens[end + 1].text[:1].isupper():
            # « le 13-Novembre »
            return self._end_of_code(tokens, end)
        if not tokens.touches(end) or following.kind != "word":
            return None
        numeral = self._numerals.read(tokens, at)
        multiplied = numeral is not None and numeral.end > end
        known = following.word in self._ordinal_endings or following.word in self._clock_hours
        if (
            multiplied
            or known
            or self._units.after(tokens, end)
            or self._clock_after.after(tokens, end)
        ):
            return None
        return self._end_of_code(tokens, end)

    def _end_of_code(self, tokens: Tokens, end: int) -> int:
        while tokens.touches(end) and (
            tokens[end].kind != "sign" or (tokens[end].text == "-" and tokens.touches(end + 1))
        ):
            end += 1
        return end

    def _run(self, tokens: Tokens, at: int) -> int | None:
        """Phone numbers, "14:30", "7/7", "007"."""
        end, numbers = at + 1, 1
        while numbers < _MOST_OF_A_RUN:
            joined = tokens[end].text in ("-", ".", "/", ":") and tokens.touches(end)
            place = end + 1 if joined and tokens.touches(end + 1) else end
            if tokens[place].kind != "number":
                break
            numbers, end = numbers + 1, place + 1
        is_code = numbers > 1 and tokens[at + 1].text in (":", "/")
        is_phone = tokens[at].text[0] == "0" or tokens[at - 1].text == "+" or tokens.touches(at + 1)
        if numbers >= _FEWEST_OF_A_RUN and is_phone:
            return end
        return end if is_code or self._numerals.read(tokens, at) is None else None

    def _ordinal(self, tokens: Tokens, at: int) -> int | None:
        is_one = tokens[at + 1].word in self._ordinal_endings and tokens.touches(at + 1)
        return at + 2 if is_one else None

    def _clock(self, tokens: Tokens, numeral: Numeral | None) -> int | None:
        """ "14h30", "à 20 heures", "9-10am"; but not "48h" and "14 heures de vol"."""
        if numeral is None:
            return None
        end = numeral.end
        if clock := self._clock_after.after(tokens, end):
            return clock[0]
        if self._clock_told.before(tokens, numeral.start):
            return end
        if tokens[end].text in DASHES or tokens[end].word in self._lists:
            # "9-10am", "between 2 and 3 p.m."
            last = self._numerals.read(tokens, end + 1)
            clock = self._clock_after.after(tokens, last.end) if last else None
            return clock[0] if clock and numeral.value <= 24 else None
        if tokens[end].word not in self._clock_hours or numeral.value > 24:
            return None
        minutes = tokens[end + 1]
        if minutes.kind == "number" and len(minutes.text) == 2:
            return end + 2
        is_told = self._clock_before.before(tokens, numeral.start) is not None
        goes_to = self._to.after(tokens, end + 1)
        if goes_to and tokens[goes_to[0] + 1].word == tokens[end].word == "h":
            return goes_to[0] + 2
        if not is_told or tokens[end + 1].word in self._hours_of:
            # « 14 heures de vol »
            return None
        last = self._numerals.read(tokens, end + 2) if tokens[end + 1].word in self._lists else None
        if last is None or tokens[end + 1].text == ",":
            return end + 1
        # « entre 14 heures et 16 heures », and no « 4 heures et 20 minutes »
        return last.end + 1 if tokens[last.end].word in self._clock_hours else None

    def _score(self, tokens: Tokens, at: int) -> int | None:
        """ "won 3-1", "6-4, 7-5", "battu par 3 à 0"."""
        end = self._pair(tokens, at)
        if end is None:
            return None
        if self._units.after(tokens, end):
            # « les 18-24 ans »
            return None
        begins = at
        while begins > at - 6 and tokens[begins - 1].text not in SENTENCE_ENDS:
            begins -= 1
        near = [tokens[n].word for n in (*range(begins, at), *range(end, end + 4))]
        first, second = int(tokens[at].text), int(tokens[end - 1].text)
        of_a_game = any(word in self._sports for word in near)
        if tokens[at - 1].word in self._from or max(first, second) > _LARGEST_SCORE:
            return None
        by_word = tokens[at + 1].kind == "word"
        if not of_a_game and (first <= second or by_word):
            # "5-3" without a game is no range, and counts nothing.
            return end if not by_word and first == second else None
        if by_word and first < second:
            return None
        while tokens[end].text == "," and (following := self._pair(tokens, end + 1)):
            end = following
        return end

    def _pair(self, tokens: Tokens, at: int) -> int | None:
        joined = tokens[at + 1].text in DASHES or self._to.after(tokens, at + 1) == (at + 2, "à")
        joined = joined or tokens[at + 1].word == "to"
        texts = tokens[at].text, tokens[at + 2].text
        are_scores = all(text.isdecimal() and len(text) <= 3 for text in texts)
        return at + 3 if joined and are_scores else None

    def _numbered_by(self, tokens: Tokens, at: int) -> int | None:
        """ "article 5", "resolutions 2254 and 2268", "no. 10", « n° 5 »."""
        before = tokens[at - 1]
        abbreviated = before.text in (".", "°", "º") and tokens[at - 2].word in self._abbreviated
        if not abbreviated and before.word not in self._numbered:
            return None
        noun = self._nouns.after(tokens, at + 1)
        if before.word in self._weakly and (
            (noun and tokens[noun[0]].text.islower()) or self._units.after(tokens, at + 1)
        ):
            return None
        end = at + 1
        while tokens[end].word in self._lists and tokens[end + 1].kind == "number":
            is_plural = before.word.endswith("s") or tokens[at - 2].word.endswith("s")
            if not is_plural and tokens[end].text != "-":
                break
            end += 2
        return end

    def _in_a_name(self, tokens: Tokens, numeral: Numeral | None) -> int | None:
        """ "Apollo 11", "Ligue 1": after a word with a capital, before nothing that is counted."""
        if numeral is None or numeral.scale > 1 or numeral.value >= _LARGEST_IN_A_NAME:
            return None
        at, end = numeral.start, numeral.end
        before = tokens[at - 1]
        if before.kind != "word" or not before.text[0].isupper() or tokens.begins_sentence(at - 1):
            return None
        if before.word in self._names_nothing or self._units.money_before(tokens, at):
            return None
        if self._units.after(tokens, end) or self._nouns.after(tokens, end):
            return None
        is_whole = tokens[at].text.isdecimal() and tokens[end].text not in ("%", "-", "–")
        return end if is_whole else None

    def _of_a_house(self, tokens: Tokens, at: int) -> int | None:
        """ "10 Downing Street", « 12, rue de la Paix »."""
        if self._units.after(tokens, at + 1):
            # "2,000 square metres"
            return None
        place = at + 2 if tokens[at + 1].text == "," else at + 1
        names = (tokens[n].word for n in (place, place + 1))
        return at + 1 if any(name in self._streets for name in names) else None

    def _of_a_list(self, tokens: Tokens, at: int) -> int | None:
        """The number of a list item that begins a paragraph, or of a note: "1. ", "[12]"."""
        if at == 0 and tokens[1].text in (".", ")") and tokens.touches(1) and len(tokens) > 2:
            return 2
        if tokens[at - 1].text == "[" and tokens[at + 1].text == "]":
            return at + 2
        return None

    def _in_words(self, tokens: Tokens, at: int) -> int | None:
        """Words that are names, ordinals, or times: « les Vingt-Sept », "twenty-first"."""
        numeral = self._numerals.read(tokens, at)
        token, end = tokens[at], numeral.end if numeral else at + 1
        if token.text[0].isupper() and not tokens.begins_sentence(at):
            return end
        if tokens.touches(at) and tokens[at - 1].text == "-" and tokens[at - 2].kind == "word":
            return end
        if clock := self._clock(tokens, numeral):
            return clock
        before = tokens[at - 1].word
        if before in self._numbered and not (
            before in self._weakly and self._nouns.after(tokens, end)
        ):
            # "phase two", « numéro deux »
            return end
        following, hyphened = tokens[end], tokens[end + 1]
        if following.text == "-" and tokens.touches(end) and tokens.touches(end + 1):
            # "two-thirds" and "one-fifth" are shares, "twenty-fifth" is none.
            is_share = hyphened.word in self._fractions and (
                numeral is None or numeral.value == 1 or hyphened.word.endswith("s")
            )
            named = hyphened.text[:1].isupper() or hyphened.word in self._hyphened
            in_one_word = self._language == "fr" or hyphened.word in self._ordinals
            if named or (in_one_word and not is_share):
                return end + 2
        if numeral is None or numeral.scale > 1 or numeral.about or numeral.at_least:
            return None
        has_noun = (
            self._nouns.after(tokens, end)
            or self._units.after(tokens, end)
            or following.word in self._before_unit
        )
        is_adjective = token.word in self._adjectives and end == at + 1
        if is_adjective and not has_noun and not self._ratios.after(tokens, end):
            return end
        if tokens[at - 1].word in self._before_none and not has_noun:
            return end if tokens[end].kind == "sign" or self._nouns.is_small(tokens, end) else None
        return None
