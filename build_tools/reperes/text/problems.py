"""What is wrong with the content, and where: the one form in which every step reports it."""

from __future__ import annotations

import enum
import re
from bisect import bisect_right
from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass, field
from difflib import get_close_matches
from typing import Any, NamedTuple, TypeVar

_LINE_END = re.compile("\n")
_SPACES = "\u00a0\u202f"
"""Spaces that French text is full of, shown as they are."""


T = TypeVar("T")


class Severity(enum.StrEnum):
    """How much a problem weighs: an error stops a build, a warning stops only a strict one."""

    ERROR = "error"
    WARNING = "warning"


class Place(NamedTuple):
    """A point in a content file.

    `path` is from the working directory, or absolute outside it, with forward slashes
    ("content/facts/figures.yml"). `line` and `column` count from 1, columns in characters.
    """

    path: str
    line: int = 1
    column: int = 1

    def __str__(self) -> str:
        return f"{self.path}:{self.line}:{self.column}"

    def __reduce__(self) -> tuple[type[Place], tuple[str, int, int]]:
        # As short as can be, here and for others like it, for each explainer has thousands.
        return Place, (self.path, self.line, self.column)


class Text(str):
    """A string that remembers where it was typed.

    `exact` says whether an offset in the string is also an offset in the file; it is false
    for YAML scalars with escapes or folded lines, whose parts are reported at their start.
    `whole` is the text that it was cut out of, and where it begins there.
    """

    # Without a dictionary, for there are very many.
    __slots__ = ("_kept", "_line_starts", "exact", "place", "whole")

    place: Place
    exact: bool
    whole: tuple[Text, int] | None
    _line_starts: list[int] | None
    _kept: dict[Callable[[Text], Any], Any] | None

    def __new__(
        cls, value: str, place: Place, exact: bool = True, whole: tuple[Text, int] | None = None
    ) -> Text:
        text = super().__new__(cls, value)
        text.place = place
        text.exact = exact
        text.whole = whole
        text._line_starts = text._kept = None
        return text

    def part(self, start: int, end: int) -> Text:
        """The text between two offsets, which knows where it was cut out."""
        return Text(self[start:end], self.at(start), self.exact, (self, start))

    @property
    def lines_of(self) -> tuple[Text, int] | None:
        """The text of which it is some whole lines, and where it begins there."""
        if self.whole is None:
            return None
        text, start = self.whole
        end = start + len(self)
        begins = start == 0 or text[start - 1] == "\n"
        return self.whole if begins and (end == len(text) or text[end] == "\n") else None

    def at(self, offset: int) -> Place:
        """The place of the character at `offset`."""
        if not self.exact:
            return self.place
        starts, (path, first, column) = self.line_starts, self.place
        line = bisect_right(starts, offset) - 1
        return Place(path, first + line, (1 if line else column) + offset - starts[line])

    @property
    def line_starts(self) -> Sequence[int]:
        """Where its lines begin."""
        if self._line_starts is None:
            # Kept, for a long text is asked for as many places as it has marks.
            self._line_starts = [0, *(match.end() for match in _LINE_END.finditer(self))]
        return self._line_starts

    def kept(self, make: Callable[[Text], T]) -> T:
        """What `make` returns for this text, computed once, as several rules ask for the same.

        It is handed out again, so it must be nothing that can be changed.
        """
        if self._kept is None:
            self._kept = {}
        if make not in self._kept:
            self._kept[make] = make(self)
        found: T = self._kept[make]
        return found

    def keep(self, make: Callable[[Text], T], made: T) -> None:
        """Have `kept` return what was made of the same text before."""
        self._kept = {**(self._kept or {}), make: made}

    def __reduce__(self) -> tuple[type[Text], tuple[str, Place, bool]]:
        return Text, (str(self), self.place, self.exact)


@dataclass(frozen=True, order=True, slots=True)
class Problem:
    """One thing to mend: where it is, which rule found it, what was found and what to write.

    `entry` is what the message has somebody add: YAML, ready to paste, of one or several lines.
    """

    place: Place
    message: str
    rule: str = "content"
    severity: Severity = field(default=Severity.ERROR, compare=False)
    entry: str = field(default="", compare=False)

    def __str__(self) -> str:
        line = f"{self.place}: {self.severity}: {self.message} [{self.rule}]"
        return "\n    ".join((line, *self.entry.splitlines()))

    @property
    def is_error(self) -> bool:
        return self.severity is Severity.ERROR


def warning(place: Place, message: str, rule: str) -> Problem:
    """A problem that stops only a strict build."""
    return Problem(place, message, rule, Severity.WARNING)


class ContentError(Exception):
    """Content that cannot be built; `problems` says why, in the order of the files."""

    def __init__(self, problems: Iterable[Problem]) -> None:
        self.problems: Sequence[Problem] = sorted(problems)
        super().__init__("\n".join(map(str, self.problems)))


def quoted(text: str, most: int = 60) -> str:
    """`text` in quotation marks for a message: on one line, and cut where it is long."""
    cut = text if len(text) <= most else f"{text[: most - 1]}…"
    shown = (c if c.isprintable() or c in _SPACES else ascii(c)[1:-1] for c in cut)
    return f'"{"".join(shown)}"'


def did_you_mean(word: str, known: Iterable[str]) -> str:
    """`; did you mean "x"?` for the nearest known word, or what is known when that is little."""
    candidates = sorted(known)
    near = get_close_matches(word, candidates, n=1, cutoff=0.65)
    if near:
        return f'; did you mean "{near[0]}"?'
    if 0 < len(candidates) <= 12:
        return f"; known: {', '.join(candidates)}"
    return ""
