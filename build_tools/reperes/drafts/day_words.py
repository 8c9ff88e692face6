"""The words by which a language says days, months and years."""

from __future__ import annotations

import re
from functools import cache

from babel.dates import get_day_names, get_month_names

from reperes.drafts.tokens import Phrases, Tokens
from reperes.drafts.words import drafting_words
from reperes.language.lexicon import lexicon

_ROMAN = re.compile("[ivx]+(?:er|e|ème)?")


class DayWords:
    """Those of one language; what each is for, its file says."""

    @staticmethod
    @cache
    def of(language: str) -> DayWords:
        return DayWords(language)

    def __init__(self, language: str) -> None:
        words = drafting_words(language)
        self.language = language
        self._months = _names(get_month_names("wide", locale=language))
        self._short_months = words.numbers("short_months")
        self.weekdays = _names(get_day_names("wide", locale=language))
        self.articles = words.set("day_articles")
        self.between = words.set("between")
        self.between_and = words.set("between_and")
        self.from_ = words.set("from_day")
        self.to = words.set("to_day")
        self.joints = frozenset((*self.between_and, *words.words("or"), ","))
        self.ordinal_endings = words.set("ordinal_endings")
        self.ordinals = {word: n for n, word in enumerate(words.words("ordinals"), 1)}
        self.month_before = words.set("month_before")
        self.year_before = words.set("year_before")
        self.year_articles = words.set("year_articles")
        self.sure_year_before = words.set("sure_year_before")
        self.numbered = (
            words.set("numbered") - words.set("numbered_weakly") - words.set("numbered_in_a_year")
        )
        self.small = frozenset((*words.words("no_nouns"), *lexicon(language).small_words))
        self.parts = words.found("parts")
        self.part_words = frozenset(phrase.split()[0] for phrase in words.phrases("parts"))
        self.parts_of_day = words.found("parts_of_day")
        self.days: Phrases[str] = Phrases(words.meanings("days").items(), language)
        self.weekday_steps = words.numbers("weekday_steps")
        self.month_steps = words.numbers("month_steps")
        self.of_a_month = words.set("of_day")
        self.ago = words.found("ago")
        self.ago_after = words.set("ago_after")
        self.ones = words.set("articles")
        self.spans = words.found("spans")
        self.plural_spans = words.set("plural_spans")
        self.steps_before = words.found("steps_before")
        self.steps_after = words.numbers("steps_after")
        self.span_article = words.found("span_article")
        self.weekend_before = words.found("weekend_before")
        self.future = words.set("future")
        self.future_endings = tuple(words.words("future_endings"))
        self.be = words.set("be")
        self.no_future = words.set("no_future")
        self.past = words.set("past")
        self.not_past = words.set("not_past")
        self.put_off = words.set("put_off")
        self.has = words.set("has")
        self.reflexives = words.set("reflexives")
        self.past_verb_endings = tuple(words.words("past_verb_endings"))
        self.season_before = words.found("season_before")
        self.past_endings = tuple(words.words("past_endings"))
        self.decade_before = words.set("decade_before")
        self.decade_endings = words.set("decade_endings")
        self.seasons = words.numbers("seasons")
        self.centuries = words.set("century_words")
        self.era_before = words.found("era_before")
        self.since = words.found("since")
        self.past_since = words.found("past_since")
        self.coming = words.found("coming")
        self.as_early_as = words.set("as_early_as")
        self.not_yet = words.set("not_yet")
        self.until = words.found("until")
        self.before = words.found("before")
        self.after = words.found("after")
        self.about = words.found("about_day")
        phrases = (
            *words.meanings("spans"),
            *words.phrases("ago"),
            *words.meanings("days"),
            *words.meanings("told_days"),
        )
        self._begin = frozenset(
            (
                *self._months,
                *self._short_months,
                *self.weekdays,
                *self.seasons,
                *self.ones,
                *self.ordinals,
                *words.numbers("numbers"),
                *(Tokens(phrase, language)[0].word for phrase in phrases),
            )
        )

    def may_begin(self, word: str) -> bool:
        """Whether a date may begin with a word; those of Roman numerals may."""
        return word in self._begin or _ROMAN.fullmatch(word) is not None

    def weekday_at(self, tokens: Tokens, at: int) -> int | None:
        """The day of the week that a word names, from 0, Monday. English ones have a capital."""
        is_named = self.language != "en" or tokens[at].text[:1].isupper()
        return self.weekdays.get(tokens[at].word) if is_named else None

    def month_at(self, tokens: Tokens, at: int) -> tuple[int, int] | None:
        """The month that a word names, and the place after it and its full stop.

        English months have a capital; short names have a number beside them.
        """
        token = tokens[at]
        if token.kind != "word" or (self.language == "en" and not token.text[0].isupper()):
            return None
        if month := self._months.get(token.word):
            return month, at + 1
        month = self._short_months.get(token.word)
        if month is None:
            return None
        has_stop = tokens[at + 1].text == "." and tokens.touches(at + 1)
        end = at + 2 if has_stop else at + 1
        return (month, end) if "number" in (tokens[end].kind, tokens[at - 1].kind) else None


def _names(names: object) -> dict[str, int]:
    assert hasattr(names, "items")
    return {name.lower().rstrip("."): number for number, name in names.items()}
