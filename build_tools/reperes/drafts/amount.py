"""What a text says of one number: its value, bound and unit, and where it stands."""

from __future__ import annotations

from dataclasses import dataclass
from decimal import Decimal

from reperes.drafts.tokens import Tokens
from reperes.drafts.units import NO_UNIT, Unit


@dataclass(frozen=True, slots=True)
class Amount:
    """A number or a range ("5..10") from one token to another, `end` being after its last.

    `sign` is its bound, which a range has none of; `noun` what it counts.
    """

    value: str
    start: int
    end: int
    unit: Unit = NO_UNIT
    sign: str = ""
    noun: str = ""

    @property
    def largest(self) -> Decimal:
        return Decimal(self.value.rpartition("..")[2])

    @property
    def is_bare(self) -> bool:
        """Whether neither a unit nor a noun tells what it is."""
        return self.unit == NO_UNIT and not self.noun

    @property
    def text(self) -> str:
        """As the model has it."""
        return self.value if ".." in self.value else f"{self.sign}{self.value}"


def said(tokens: Tokens, start: int, end: int) -> str:
    """The words from one token to another, a space between them where the text has any."""
    parts = [
        (" " if n > start and not tokens.touches(n) else "") + tokens[n].text
        for n in range(start, end)
    ]
    return "".join(parts)
