"""Where in a source something stands: a page, an article, a time code, or what its kind has.

As text it is what a short form holds ("22", "pages 12-14", "time 1:02:30"): `parse_locator` reads
it, and `str` writes it.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass

from reperes.language.locales import Locale
from reperes.model.shapes import MAX_NAME, JsonSchema, Reader, Shape
from reperes.model.yaml_values import Listing, Value
from reperes.text.problems import Text, quoted

_NUMBER = r"[1-9][0-9]{0,6}"
_PAGE = r"(?:[A-Z]?[1-9][0-9]{0,4}|[ivxlcdm]{1,12})"
_TIME = r"(?:[0-9]{1,2}:[0-5][0-9]:[0-5][0-9]|[0-5]?[0-9]:[0-5][0-9])"
_ARTICLE = (
    r"(?![Aa]rt(?:icle)?s?\b)"
    r"(?=[^,|]*[0-9]|(?:[IVXLCDM]{1,8}|unique|premier)$)"
    r"[0-9A-Za-z](?:[0-9A-Za-z .°§()/-]{0,38}[0-9A-Za-z)])?"
)
_HEADING = r"[^\s|](?:[^|]*[^\s|])?"


def _or_range(one: str) -> str:
    return rf"{one}(?:-{one})?"


@dataclass(frozen=True)
class _Kind:
    """A kind of place: its word for one and for several, `words` that open it, how it is written.

    `regex` is what one value is like; `expected` and `example` say it to people.
    """

    one: str
    several: str
    words: frozenset[str]
    regex: str
    expected: str
    example: str
    separator: str = ", "


_KINDS: Mapping[str, _Kind] = {
    kind.several: kind
    for kind in (
        _Kind(
            "paragraph",
            "paragraphs",
            frozenset({"paragraph", "paragraphs", "paragraphe", "paragraphes"})
            | {"para", "paras", "par", "§", "§§"},
            _or_range(r"[1-9][0-9]{0,3}"),
            "a paragraph number, counted from 1",
            "22",
        ),
        _Kind(
            "page",
            "pages",
            frozenset({"page", "pages", "p", "pp"}),
            _or_range(_PAGE),
            'a page as it is numbered ("12", "14-15", "xii")',
            "12",
        ),
        _Kind(
            "article",
            "articles",
            frozenset({"article", "articles", "art", "arts"}),
            _ARTICLE,
            'an article as it is numbered ("12", "L. 2224-1")',
            "L. 2224-1",
        ),
        _Kind(
            "row",
            "rows",
            frozenset({"row", "rows", "ligne", "lignes"}),
            _or_range(_NUMBER),
            'a row number, counted from 1 ("7", "7-9")',
            "7",
        ),
        _Kind(
            "time",
            "times",
            frozenset({"time", "times", "at", "à"}),
            _or_range(_TIME),
            'a time as minutes and seconds ("12:30") or with hours ("1:02:30")',
            "12:30",
        ),
        _Kind(
            "heading",
            "headings",
            frozenset({"heading", "headings", "titre", "titres"}),
            _HEADING,
            'a heading as the source prints it, without "|"',
            "Results",
            " | ",
        ),
    )
}

LOCATOR_KINDS = tuple(_KINDS)
"""The keys of a pin that say where in its source, of which it has one at most."""

_KIND_OF_WORD = {word: key for key, kind in _KINDS.items() for word in kind.words}
_OPENING = re.compile(r"(§§?|[^\W\d_]+)\.?\s*(.*)", re.DOTALL)
_BETWEEN = re.compile(r"\s*(?:,|\band\b|\bet\b|&)\s*")
_BARE = {
    "paragraphs": r"[0-9]+(?:(?: ?[-–—,&] ?| and | et )[0-9]+)*",
    "times": r"[0-9]+(?::[0-9]+)+(?:(?: ?[-–—,&] ?| and | et )[0-9]+(?::[0-9]+)+)*",
}
"""What needs no word in front of it to say of which kind it is."""


class LocatorError(ValueError):
    """A text that is no place in a source; the message says what was found and what to write."""


@dataclass(frozen=True)
class Locator:
    """A place in a source: a kind, one of `LOCATOR_KINDS`, and at least one value of it.

    Values are as a source numbers them ("22", "14-15", "L. 2224-1", "1:02:30"), or a heading.
    """

    kind: str
    values: tuple[str, ...]

    def __str__(self) -> str:
        """What `parse_locator` reads again; paragraphs are numbers alone."""
        if self.kind == "paragraphs":
            return ", ".join(self.values)
        return self.spelled_out

    @property
    def spelled_out(self) -> str:
        """The same with its kind in front: "paragraph 22"."""
        kind = _KINDS[self.kind]
        name = kind.several if self.is_several else kind.one
        return f"{name} {kind.separator.join(self.values)}"

    @property
    def sort_key(self) -> tuple[int, bool, int, str]:
        """Orders places as they follow in a source; headings stand by the alphabet."""
        first = self.values[0]
        return LOCATOR_KINDS.index(self.kind), *_rank(_ends(self.kind, first)[0]), first

    @property
    def is_several(self) -> bool:
        """Whether it names more than one page, row or the like."""
        return len(self.values) > 1 or len(_ends(self.kind, self.values[0])) > 1

    @property
    def paragraphs(self) -> tuple[int, ...]:
        """The paragraphs that it names, each of a range too; none for another kind."""
        if self.kind != "paragraphs":
            return ()
        ends = [[int(end) for end in _ends(self.kind, value)] for value in self.values]
        return tuple(number for each in ends for number in range(each[0], each[-1] + 1))


def how_to_type(kind: str) -> str:
    """What a message proposes for a place of a kind, as text and as a key with its list."""
    example = _KINDS[kind].example
    return f'"{Locator(kind, (example,))}", or {kind}: ["{example}"]'


def parse_locator(text: str) -> Locator:
    """The place that a text names: "22", "4, 22", "page 12", "article L. 2224-1", "time 1:02:30".

    The words that open it may be French ("ligne 7"), and short ("p. 12"). Headings are parted by
    "|", all others by commas. Raises LocatorError.
    """
    typed = " ".join(text.split())
    if opening := _OPENING.fullmatch(typed):
        word, rest = opening.groups()
        if kind := _KIND_OF_WORD.get(word.lower()):
            return _locator(kind, rest)
    for kind, bare in _BARE.items():
        if re.fullmatch(bare, typed):
            return _locator(kind, typed)
    raise LocatorError(f"{quoted(typed)} is no place in a source; {_advice(typed)}")


def _locator(kind: str, values: str) -> Locator:
    if not values:
        one, example = _KINDS[kind].one, _KINDS[kind].example
        raise LocatorError(f'"{one}" without which; write "{one} {example}"')
    return Locator(kind, tuple(read_value(kind, value) for value in _split(kind, values)))


def _split(kind: str, values: str) -> list[str]:
    return values.split(" | ") if kind == "headings" else _BETWEEN.split(values)


def _advice(typed: str) -> str:
    if re.match(r"[0-9]", typed):
        return 'write "22" for a paragraph, "page 22", "article 22", "row 22" or "time 12:30"'
    if _fits("articles", typed) and any(map(str.isdigit, typed)):
        return f'write "article {typed}"'
    # A source, and a mark between it and the place.
    if found := re.fullmatch(r"([a-z][a-z0-9_]*)[,;:]\s*(.+)", typed):
        return f'write "{found[1]} {found[2]}"'
    return f'write "heading {typed}"' if typed else 'write "22", "page 12" or "heading Results"'


def read_value(kind: str, typed: str) -> str:
    """One value of a kind as we keep it: with a hyphen in a range, and no zeros before a time.

    Raises LocatorError.
    """
    value = " ".join(typed.split())
    if kind != "headings":
        value = re.sub(r"\s*[-–—]\s*", "-", value)
    if not _fits(kind, value):
        expected, better = _KINDS[kind].expected, _suggest(kind, value)
        fix = f'; write "{better}"' if better else ""
        raise LocatorError(f"expected {expected}, found {quoted(typed)}{fix}")
    ends = [_plain_time(end) if kind == "times" else end for end in _ends(kind, value)]
    if len(ends) == 2 and _rank(ends[0]) >= _rank(ends[1]):
        fix = f'"{ends[1]}-{ends[0]}"' if ends[0] != ends[1] else f'"{ends[0]}"'
        raise LocatorError(f"{quoted(typed)} does not go up; write {fix}")
    return "-".join(ends)


def _fits(kind: str, value: str) -> bool:
    return len(value) <= MAX_NAME and re.fullmatch(_KINDS[kind].regex, value) is not None


def _ends(kind: str, value: str) -> list[str]:
    """The two ends of a range, or the one value. The hyphen of an article is part of its number."""
    return [value] if kind in ("articles", "headings") else value.split("-")


def _rank(end: str) -> tuple[bool, int]:
    """Orders what a range leads from and to; a book begins with its Roman numbers."""
    if re.fullmatch("[ivxlcdm]+", end):
        return False, _roman(end)
    rank = 0
    for part in re.findall("[0-9]+", end):
        # The parts of a time; any other number has one.
        rank = rank * 60 + int(part)
    return True, rank


def _roman(number: str) -> int:
    worth = [{"i": 1, "v": 5, "x": 10, "l": 50, "c": 100, "d": 500, "m": 1000}[c] for c in number]
    following = [*worth[1:], 0]
    return sum(-a if a < b else a for a, b in zip(worth, following, strict=True))


def _plain_time(time: str) -> str:
    """A time without zeros in front of it: "01:02:30" is "1:02:30", and "00:45" is "0:45"."""
    return re.sub(r"^0(?=[0-9])", "", re.sub(r"^0?0:(?=[0-9]{2}:)", "", time))


def _suggest(kind: str, value: str) -> str | None:
    """What was probably meant, or None."""
    if opening := _OPENING.fullmatch(value):
        word, rest = opening.groups()
        if _KIND_OF_WORD.get(word.lower()) == kind and _fits(kind, rest):
            return rest
    if kind == "times":
        parts = [int(part) for part in re.findall("[0-9]+", value)]
        if re.fullmatch(r"[0-9]+(:[0-9]+){0,2}", value) and len(parts) < 3 and parts[-1] < 60:
            minutes, seconds = (parts[0], parts[1]) if len(parts) == 2 else (0, parts[0])
            hours, minutes = divmod(minutes, 60)
            better = f"{hours}:{minutes:02}:{seconds:02}" if hours else f"{minutes}:{seconds:02}"
            return better if _fits(kind, better) else None
        if spoken := re.fullmatch(
            r"(?:([0-9]+) ?h ?)?(?:([0-9]+) ?(?:min|mn|m|')? ?)?(?:([0-9]+) ?(?:s|\")?)?", value
        ):
            hours, minutes, seconds = (int(part or 0) for part in spoken.groups())
            better = f"{hours}:{minutes:02}:{seconds:02}" if hours else f"{minutes}:{seconds:02}"
            return better if any(spoken.groups()) and _fits(kind, better) else None
    better = re.sub(r"^0+|[\s.;]+$", "", value)
    return better if _fits(kind, better) else None


@dataclass(frozen=True)
class PlaceValue(Shape[str]):
    """One value of a kind of place, in the list that a pin has of it."""

    kind: str

    @property
    def expected(self) -> str:
        """What it is, for people."""
        return _KINDS[self.kind].expected

    def read(self, value: Value, reader: Reader) -> str:
        if not isinstance(value, Text):
            found = "a list" if isinstance(value, Listing) else "a mapping"
            raise reader.reject(value.place, f"expected {self.expected}, found {found}")
        try:
            return read_value(self.kind, value)
        except LocatorError as error:
            raise reader.reject(value.place, str(error)) from None

    def json_schema(self, languages: Sequence[str]) -> JsonSchema:
        # In a range, spaces and a dash are accepted too.
        regex = _KINDS[self.kind].regex.replace("(?:-", r"(?:\s*[-–—]\s*")
        return {"type": "string", "pattern": rf"^\s*{regex}\s*$", "maxLength": MAX_NAME}


def locator_text(locator: Locator, locale: Locale) -> str:
    """A place as a language says it: "§ 22", "pp. 12–14", "à 1 h 02 min 30 s"."""
    kind = _KINDS[locator.kind]
    said = locale.list(list(said_values(locator, locale)))
    if locator.kind == "times":
        return said
    return locale.label(f"card.{kind.several if locator.is_several else kind.one}", numbers=said)


def said_values(locator: Locator, locale: Locale) -> Iterator[str]:
    """Each value of a place as a language writes it."""
    for value in locator.values:
        ends = _ends(locator.kind, value)
        if locator.kind == "times":
            times = [_said_time(end, locale) for end in ends]
            if len(times) == 1:
                yield locale.label("card.time", time=times[0])
            else:
                yield locale.label("card.times", first=times[0], last=times[1])
        elif locator.kind == "headings":
            yield locale.label("card.heading.words", words=value)
        elif len(ends) == 2:
            yield locale.label("card.range", first=ends[0], last=ends[1])
        else:
            yield value


def _said_time(time: str, locale: Locale) -> str:
    *hours, minutes, seconds = time.split(":")
    if hours:
        return locale.label("card.time.hours", hours=hours[0], minutes=minutes, seconds=seconds)
    return locale.label("card.time.minutes", minutes=minutes, seconds=seconds)
