"""The words that bound a number, before it ("more than") and after it ("or more")."""

from __future__ import annotations

from collections.abc import Iterable

from reperes.drafts.amount import Amount
from reperes.drafts.numerals import Numerals
from reperes.drafts.tokens import Phrases, Tokens
from reperes.drafts.units import TIMES
from reperes.drafts.words import drafting_words
from reperes.model.short_forms import SIGN_OF

_NAMES = ("more_than", "at_least", "at_most", "less_than", "about")


class Bounds:
    """The bounds of a language, as the signs of our notation."""

    def __init__(self, language: str, numerals: Numerals) -> None:
        words = drafting_words(language)
        self._numerals = numerals
        self._before = _bounds(language, "")
        self._after = _bounds(language, "after_")
        self._fillers = words.found("before_number")
        self._not_before = words.found("not_after_bound")
        self._or = words.set("or")
        self._joints = self._or | words.set("between_and")
        self._lasting = words.set("lasting")
        self._lasts = words.set("lasts")
        self._spans = words.found("not_of_times")
        self._deadlines = words.found("deadlines")

    def are_before(self, tokens: Tokens, at: int) -> bool:
        return self._before.before(tokens, at) is not None

    def skipped(self, tokens: Tokens, at: int) -> int:
        """The place after a bound that begins at a place, or the same place."""
        found = self._before.after(tokens, at)
        return found[0] if found else at

    def before(self, tokens: Tokens, amount: Amount, floor: int) -> tuple[int, str]:
        """Where the bound words before an amount begin, from `floor` on, and their sign.

        Of several, the plainer holds: "plus de quelque 300" is more than 300.
        """
        start, sign = amount.start, ""
        deadline = self._deadlines.before(tokens, start)
        if amount.unit.id in TIMES and deadline and deadline[0] >= floor:
            return deadline[0], SIGN_OF["at_most"]
        while True:
            place = start
            bound = self._before.before(tokens, place)
            while bound is None and (filler := self._fillers.before(tokens, place)):
                place = filler[0]
                bound = self._before.before(tokens, place)
            if bound is None or bound[0] < floor:
                break
            if amount.unit.id in TIMES and self._tells_how_long(tokens, bound[0]):
                break
            start = bound[0]
            if sign in ("", "~"):
                sign = bound[1]
        return start, sign

    def _tells_how_long(self, tokens: Tokens, at: int) -> bool:
        """Whether "over five years" and « dans les 24 heures » bound no number."""
        if self._spans.after(tokens, at):
            return True
        lasting = tokens[at].word in self._lasting
        return lasting and at > 0 and tokens[at - 1].word not in self._lasts

    def after(self, tokens: Tokens, places: Iterable[int]) -> tuple[int, str] | None:
        """The place after the bound words that begin at one of some places, and their sign.

        None where they are those of what follows: "1.237 morts et plus de 4.000 blessés".
        """
        for place in places:
            found = self._after.after(tokens, place)
            if found is None and tokens[place].text == ",":
                # "300 morts, au bas mot."
                found = self._after.after(tokens, place + 1)
                found = found if found and tokens[found[0]].kind == "sign" else None
            if found is None or self._numerals.read(tokens, found[0]):
                continue
            linked = self._not_before.after(tokens, found[0])
            if linked and tokens[place].word in self._or:
                # « 30 grammes ou plus de fruits », and no « trois morts ou plus de dix blessés »
                linked = linked if self._numerals.read(tokens, linked[0]) else None
            if not (linked and tokens[place].word in self._joints):
                return found
        return None


def _bounds(language: str, prefix: str) -> Phrases[str]:
    words = drafting_words(language)
    return Phrases(
        [(each, SIGN_OF[name]) for name in _NAMES for each in words.phrases(prefix + name)],
        language,
    )
