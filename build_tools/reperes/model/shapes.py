"""The shapes a YAML value can be asked to have: each reads a value, and describes itself."""

from __future__ import annotations

import re
import unicodedata
from abc import ABC, abstractmethod
from collections.abc import Callable, Collection, Mapping, Sequence
from contextlib import suppress
from dataclasses import dataclass, field, replace
from decimal import Decimal
from typing import Any, ClassVar, Generic, TypeGuard, TypeVar

from reperes.model.yaml_values import MAX_TEXT, Listing, Table, Value
from reperes.text.dates import PATTERN, DateError, FactDate, Precision, parse_date
from reperes.text.problems import Place, Problem, Text, did_you_mean, quoted

ID_PATTERN = r"^[a-z][a-z0-9_]*$"
JsonSchema = dict[str, Any]
T = TypeVar("T")


class RejectedError(Exception):
    """The value at hand is not usable; why has been reported to the reader already."""


@dataclass(frozen=True, slots=True)
class Mention:
    """An id typed in YAML that must exist among the entries of `namespaces`."""

    namespaces: tuple[str, ...]
    id: Text
    trail: str


@dataclass(frozen=True, slots=True)
class _Step:
    """A step of a trail while we are inside it. Not a generator: every value enters one."""

    name: str
    trail: list[str]

    def __enter__(self) -> None:
        self.trail.append(self.name)

    def __exit__(self, *_: object) -> None:
        self.trail.pop()


@dataclass(frozen=True)
class LikeDate:
    """What a fact says of its day, as typed: others may say that theirs is the same."""

    date: Value
    derived: Value | None


def names_a_fact(value: Value | None) -> TypeGuard[Text]:
    """Whether what stands for a date is the id of a fact."""
    return isinstance(value, Text) and re.fullmatch(ID_PATTERN, value) is not None


@dataclass
class Reader:
    """What reading a file gathers beside its values: problems, and ids that must exist.

    `table` is the mapping that a record is being built from, for the places of its values.
    `publishers` and `defaults_of_sources` are what the sources read so far lend to facts, by the
    source's id, and `lent` the places of all that they lend; `dates` are those of facts, by the
    fact's id. `own` are the words that vocabulary.yml adds
    to a choice, by the noun of their list ("actor_kind"), each with the one of the program that it
    is treated as; of lists in `unread`, not all words are known.
    """

    languages: tuple[str, ...]
    problems: list[Problem] = field(default_factory=list)
    mentions: list[Mention] = field(default_factory=list)
    table: Table | None = None
    publishers: dict[str, Text] = field(default_factory=dict)
    defaults_of_sources: dict[str, Table] = field(default_factory=dict)
    dates: dict[str, LikeDate] = field(default_factory=dict)
    lent: set[Place] = field(default_factory=set)
    own: Mapping[str, Mapping[str, str]] = field(default_factory=dict)
    unread: Collection[str] = ()
    _trail: list[str] = field(default_factory=list)

    def inside(self, step: str) -> _Step:
        """Name where in the file we are; problems begin with it ("figure displaced: high")."""
        return _Step(step, self._trail)

    @property
    def trail(self) -> str:
        return ": ".join(self._trail)

    def date_like(self, fact_id: str) -> LikeDate | None:
        """The date that a fact has in the end, where its own is another's.

        None where they go round, or lead to no fact.
        """
        seen: set[str] = set()
        found = self.dates.get(fact_id)
        derived = found.derived if found else None
        while found and names_a_fact(found.date):
            if found.date in seen:
                return None
            seen.add(found.date)
            found = self.dates.get(found.date)
            derived = derived or (found.derived if found else None)
        return found and LikeDate(found.date, derived)

    def place_of(self, key: str) -> Place:
        """Where the value of a key stands in the mapping that is being built from."""
        assert self.table is not None
        value = self.table.get(key)
        return self.table.place if value is None else value.place

    def report(self, place: Place, message: str) -> None:
        where = f"{self.trail}: " if self._trail else ""
        self.problems.append(Problem(place, where + message, "shape"))

    def reject(self, place: Place, message: str) -> RejectedError:
        """Report, and give back what to raise."""
        self.report(place, message)
        return RejectedError(message)


class ShortFormError(Exception):
    """What is wrong with a short form, and where."""

    def __init__(self, place: Place, message: str) -> None:
        self.place = place
        super().__init__(message)


@dataclass(frozen=True)
class ShortForm:
    """A shorter way to type a mapping.

    `lengthen` writes out what is typed so, and may raise ShortFormError; `shorten` is the way
    back. Both leave any other value as it is. `pattern` is of the text that stands for the whole
    mapping, `whole` of one that says all that is needed, and `expected` names it for people; none
    where the mapping stays one. `replaces` are keys that such a form has no need of, and `supplies`
    those whose value stands in it if nowhere else, with a JSON Schema of the mapping where it does.
    """

    lengthen: Callable[[Value], Value]
    shorten: Callable[[Value], Value]
    pattern: str = ""
    whole: str = ""
    expected: str = ""
    supplies: Mapping[str, JsonSchema] = field(default_factory=dict)
    replaces: tuple[str, ...] = ()


class Shape(ABC, Generic[T]):
    """One kind of value; `absent` is what stands for one that may be left out, and is."""

    absent: ClassVar[Any] = None

    @abstractmethod
    def read(self, value: Value, reader: Reader) -> T:
        """The typed value. Reports what is wrong and raises RejectedError otherwise."""

    @abstractmethod
    def json_schema(self, languages: Sequence[str]) -> JsonSchema:
        """The same shape for editors, as JSON Schema 2020-12."""

    def parts(self, languages: Sequence[str]) -> Mapping[str, Field]:
        """The keys of a mapping, in order; of any other value, none."""
        return {}

    def partial(self) -> Shape[Any]:
        """The shape of what others complete: a mapping of which any key may be left to them."""
        return self

    def needs(self, languages: Sequence[str]) -> JsonSchema:
        """What a whole value has that a partial one may lack, as JSON Schema."""
        return {}

    def lengthened(self, value: Value) -> Value:
        """The value with every short form in it written out, save those that are malformed."""
        return value

    def shortened(self, value: Value) -> Value:
        """The value, which is sound, in the shortest form that says the same."""
        return value


def _text(value: Value, reader: Reader, expected: str) -> Text:
    if isinstance(value, Text):
        return value
    found = "a list" if isinstance(value, Listing) else "a mapping"
    raise reader.reject(value.place, f"expected {expected}, found {found}")


MAX_ADDRESS = 2_000
"""How many characters an address on the web may have; browsers and servers take no more."""

MAX_NAME = 300
"""How many characters a name, a label or a title may have; ours have 60 at most."""


@dataclass(frozen=True)
class Words(Shape[Text]):
    """Text for people, not empty; `long` where it may be a sentence or more, not only a name.

    `most` is how many characters it may have, where that is not what its kind may have.
    """

    long: bool = False
    most: int | None = None

    @property
    def bound(self) -> int:
        return self.most or (MAX_TEXT if self.long else MAX_NAME)

    def read(self, value: Value, reader: Reader) -> Text:
        text = _text(value, reader, "text")
        if not text.strip():
            raise reader.reject(text.place, "the text is empty; write it")
        if len(text) > self.bound:
            raise reader.reject(text.place, f"{len(text)} characters; write {self.bound} at most")
        return text

    def json_schema(self, languages: Sequence[str]) -> JsonSchema:
        return {"type": "string", "pattern": r"\S", "maxLength": self.bound}


@dataclass(frozen=True)
class Pattern(Shape[Text]):
    """Text of a fixed form; `expected` names it for people."""

    regex: str
    expected: str
    suggest: Callable[[str], str | None] = lambda found: None
    most: int = MAX_NAME

    def read(self, value: Value, reader: Reader) -> Text:
        text = _text(value, reader, self.expected)
        if len(text) > self.most:
            raise reader.reject(text.place, f"{len(text)} characters; write {self.most} at most")
        if not re.fullmatch(self.regex, text):
            better = self.suggest(text)
            fix = f'; write "{better}"' if better else ""
            found = quoted(text)
            raise reader.reject(text.place, f"expected {self.expected}, found {found}{fix}")
        return text

    def json_schema(self, languages: Sequence[str]) -> JsonSchema:
        return {"type": "string", "pattern": self.regex, "maxLength": self.most}


def suggested_id(found: str) -> str | None:
    """The id that comes nearest to some words: "Déplacés, en tout" is `deplaces_en_tout`."""
    plain = unicodedata.normalize("NFD", found.lower()).encode("ascii", "ignore").decode()
    better = re.sub(r"[^a-z0-9]+", "_", plain).strip("_")
    return better if re.fullmatch(ID_PATTERN, better) else None


Id = Pattern(ID_PATTERN, "an id (small letters, digits, _)", suggested_id, most=100)


def _suggest_address(found: str) -> str | None:
    if found.startswith("http://"):
        return found.replace("http", "https", 1)
    return f"https://{found}" if re.match(r"^[\w-]+(\.[\w-]+)+(/\S*)?$", found) else None


WebAddress = Pattern(
    r"^https://[^\s<>\"']+$", "a web address (https://…)", _suggest_address, MAX_ADDRESS
)
ContactAddress = Pattern(
    r"^(https://|mailto:)[^\s<>\"']+$",
    "an address (https://… or mailto:…)",
    _suggest_address,
    MAX_ADDRESS,
)


@dataclass(frozen=True)
class FileName(Shape[Text]):
    """The name of an image file in a folder of the content.

    The folder may stand before it, as the web editor writes it, and is no part of the value.
    """

    folder: str
    endings: tuple[str, ...]

    @property
    def accept(self) -> str:
        """The endings as a form for files takes them."""
        return ",".join(self.endings)

    def read(self, value: Value, reader: Reader) -> Text:
        expected = f"the name of a JPEG, PNG or WebP file in {self.folder}/"
        text = _text(value, reader, expected)
        name = re.split(r"[/\\]", text)[-1]
        if name.lower().endswith((".svg", ".svgz")):
            fix = f'save it as PNG, 2,880 pixels wide, and write "{name.rpartition(".")[0]}.png"'
            raise reader.reject(text.place, f"an SVG can hold scripts; {fix}")
        if len(text) > MAX_NAME:
            raise reader.reject(text.place, f"{len(text)} characters; write {MAX_NAME} at most")
        if not re.fullmatch(self._pattern, text):
            fix = f'; write "{name}"' if re.fullmatch(self._pattern, name) else ""
            raise reader.reject(text.place, f"expected {expected}, found {quoted(text)}{fix}")
        return Text(name, text.place, exact=name == text)

    @property
    def _pattern(self) -> str:
        # Without flags: a JSON Schema has none.
        endings = "|".join(
            "".join(f"[{letter}{letter.upper()}]" for letter in ending[1:])
            for ending in self.endings
        )
        return rf"^({self.folder}/)?[^/\\.][^/\\]*\.({endings})$"

    def json_schema(self, languages: Sequence[str]) -> JsonSchema:
        return {"type": "string", "pattern": self._pattern, "maxLength": MAX_NAME}


@dataclass(frozen=True)
class Reference(Shape[Text]):
    """The id of another entry, of one of the `namespaces` ("actor").

    `with_shipped` says that the program has such entries too, beside those that were typed.
    """

    namespaces: tuple[str, ...]
    with_shipped: bool = False

    def read(self, value: Value, reader: Reader) -> Text:
        text = _text(value, reader, f"the id of a {' or '.join(self.namespaces)}")
        reader.mentions.append(Mention(self.namespaces, text, reader.trail))
        return text

    def json_schema(self, languages: Sequence[str]) -> JsonSchema:
        return {"type": "string", "pattern": ID_PATTERN}


@dataclass(frozen=True)
class Choice(Shape[Text]):
    """One word of a list, to which vocabulary.yml may add where the list has a noun there, `own`.

    Such words are the ids of entries, and are renamed with them.
    """

    options: tuple[str, ...]
    own: str = ""

    def words(self, own: Mapping[str, Collection[str]]) -> tuple[str, ...]:
        """Every word that may stand here, those of the explainer last."""
        return tuple(dict.fromkeys((*self.options, *own.get(self.own, ()))))

    def read(self, value: Value, reader: Reader) -> Text:
        text = _text(value, reader, "a word")
        known = self.words(reader.own)
        if text not in known:
            if self.own in reader.unread:
                raise RejectedError(text)  # what is wrong has been said of vocabulary.yml
            hint = did_you_mean(text, known)
            hint = "" if hint.startswith("; known") else hint
            fix = self._how_to_add(text, bool(hint))
            message = f"expected one of {', '.join(known)}, found {quoted(text)}{hint}{fix}"
            raise reader.reject(text.place, message)
        if text in reader.own.get(self.own, ()):
            reader.mentions.append(Mention((self.own,), text, reader.trail))
        return text

    def _how_to_add(self, found: str, after_question: bool) -> str:
        if not self.own:
            return ""
        better = suggested_id(found)
        name = "it" if better == found or better is None else f'"{better}"'
        way = f'define {name} under "{self.own}s" in vocabulary.yml'
        return f" If not, {way}" if after_question else f"; take one of these, or {way}"

    def json_schema(self, languages: Sequence[str]) -> JsonSchema:
        """Of a list that may be added to, the words stand among the definitions of the file."""
        return {"$ref": f"#/$defs/{self.own}s"} if self.own else {"enum": list(self.options)}


class Flag(Shape[bool]):
    """ "true" or "false"."""

    absent = False

    def read(self, value: Value, reader: Reader) -> bool:
        text = _text(value, reader, '"true" or "false"')
        if text not in ("true", "false"):
            raise reader.reject(text.place, f'expected "true" or "false", found {quoted(text)}')
        return text == "true"

    def json_schema(self, languages: Sequence[str]) -> JsonSchema:
        return {"enum": ["true", "false"]}


NUMBER_PATTERN = r"^-?(0|[1-9][0-9]{0,17})(\.[0-9]{1,6})?$"
_GROUPED = re.compile(r"[1-9][0-9]{0,2}([., '\u2019\u00a0\u202f][0-9]{3})+")


@dataclass(frozen=True)
class Number(Shape[Decimal]):
    """A number in canonical digits: no separators, a point before decimals, no sign for plus.

    Three digits after a single point look like thousands to a French or German eye, and are
    refused, unless `fine` says that such a number is only ever small (a latitude).
    """

    fine: bool = False

    def read(self, value: Value, reader: Reader) -> Decimal:
        text = _text(value, reader, "a number")
        grouped = not self.fine and _GROUPED.fullmatch(text) is not None
        if grouped or not re.fullmatch(NUMBER_PATTERN, text):
            better = _suggest_number(text, self.fine)
            fix = f'; write "{better}"' if better else "; write digits alone"
            if decimal := _suggest_decimal(text) if grouped else None:
                fix += f' (or "{decimal}" for a decimal number)'
            noun = "a whole number" if grouped else "a number"
            raise reader.reject(text.place, f"expected {noun}, found {quoted(text)}{fix}")
        return Decimal(text)

    def json_schema(self, languages: Sequence[str]) -> JsonSchema:
        return {"type": "string", "pattern": NUMBER_PATTERN}


_ONE_NUMBER = NUMBER_PATTERN[1:-1]


class Quantity(Number):
    """A number alone, or in the short form that says its bound, its other end and its unit too."""

    expected = (
        'the number, its bound, its unit ("350000", ">350000 death", "270000..330000 person")'
    )

    def json_schema(self, languages: Sequence[str]) -> JsonSchema:
        sign, unit = r"(~|[<>]=?|≥|≤)?\s*", r"(\s+[a-z][a-z0-9_]*)?"
        pattern = rf"^{sign}{_ONE_NUMBER}(\s*(\.\.+|…)\s*{_ONE_NUMBER})?{unit}$"
        return {"type": "string", "pattern": pattern}


def _suggest_number(found: str, fine: bool) -> str | None:
    if not fine and _GROUPED.fullmatch(found):
        return re.sub(r"[^0-9]", "", found)
    better = re.sub(r"[\s%]+$|^[+]", "", found).replace(",", ".").replace(" ", "")
    better = re.sub(r"^0+(?=[0-9])", "", re.sub("^[−–]", "-", better))
    return better if re.fullmatch(NUMBER_PATTERN, better) else None


def _suggest_decimal(found: str) -> str | None:
    """What a number such as "12.500" or "4.285" is when its point is no thousands separator.

    Nobody writes "350.000" for 350.
    """
    whole, point, decimals = found.partition(".")
    if not point or not decimals.isdigit() or decimals == "000":
        return None
    shorter = decimals.rstrip("0")
    return f"{whole}.{shorter}" if len(shorter) < 3 else f"{found}0"


class Date(Shape[FactDate]):
    """A date of our subset of EDTF."""

    def read(self, value: Value, reader: Reader) -> FactDate:
        # YAML takes the brackets of "[..2009]" for those of a list.
        text = _text(value, reader, 'a date in quotation marks ("2018-07-04", "[..2009]")')
        try:
            return parse_date(text)
        except DateError as error:
            raise reader.reject(text.place, str(error)) from None

    def json_schema(self, languages: Sequence[str]) -> JsonSchema:
        return {"type": "string", "pattern": PATTERN}


class DateOrFact(Date):
    """A date, or the id of a fact of the same date, which has been put in its place before."""

    def read(self, value: Value, reader: Reader) -> FactDate:
        if names_a_fact(value):
            if value in reader.dates and reader.date_like(value) is None:
                message = f"{quoted(value)} has no date of its own; write one of them as a date"
                raise reader.reject(value.place, message)
            # That there is no such fact, or that its date is none, is said elsewhere.
            raise RejectedError
        return super().read(value, reader)

    def json_schema(self, languages: Sequence[str]) -> JsonSchema:
        pattern = super().json_schema(languages)["pattern"]
        return {"type": "string", "pattern": f"{pattern}|{ID_PATTERN}"}


class Day(Date):
    """A date that is one calendar day, of the calendar that machines go by, and has no time."""

    def read(self, value: Value, reader: Reader) -> FactDate:
        date = super().read(value, reader)
        if not date.has_weekday or date.precision is not Precision.DAY:
            message = f'expected a day, such as "2018-07-04", found "{date.text}"'
            raise reader.reject(value.place, message)
        return date

    def json_schema(self, languages: Sequence[str]) -> JsonSchema:
        return {"type": "string", "pattern": r"^[0-9]{4}-[0-9]{2}-[0-9]{2}$"}


@dataclass(frozen=True)
class ListOf(Shape[tuple[T, ...]], Generic[T]):
    """A list of values of one shape, at least one where the key stands."""

    absent = ()
    shape: Shape[T]

    def read(self, value: Value, reader: Reader) -> tuple[T, ...]:
        if not isinstance(value, Listing):
            found = quoted(value) if isinstance(value, Text) else "a mapping"
            message = f'expected a list, each entry on a line that begins with "- ", found {found}'
            raise reader.reject(value.place, message)
        values: list[T] = []
        rejected = False
        for item in value.items:
            try:
                values.append(self.shape.read(item, reader))
            except RejectedError:
                rejected = True
        if rejected:
            raise RejectedError
        return tuple(values)

    def json_schema(self, languages: Sequence[str]) -> JsonSchema:
        items = self.shape.json_schema(languages)
        return {"type": "array", "items": items, "minItems": 1}

    def partial(self) -> ListOf[Any]:
        return replace(self, shape=self.shape.partial())

    def lengthened(self, value: Value) -> Value:
        return _each(value, self.shape.lengthened)

    def shortened(self, value: Value) -> Value:
        return _each(value, self.shape.shortened)


def _each(value: Value, change: Callable[[Value], Value]) -> Value:
    if isinstance(value, Listing):
        return Listing(tuple(map(change, value.items)), value.place)
    return value


@dataclass(frozen=True)
class OneOrMore(ListOf[T]):
    """A list, of which one value may stand alone without being one.

    `listed` says that `reperes fmt` makes it a list even then.
    """

    listed: bool = True

    def lengthened(self, value: Value) -> Value:
        if isinstance(value, Listing):
            return super().lengthened(value)
        one = self.shape.lengthened(value)
        return Listing((one,), value.place) if self.listed else one

    def shortened(self, value: Value) -> Value:
        if not isinstance(value, Listing):
            one = self.shape.shortened(value)
            return Listing((one,), value.place) if self.listed else one
        short = super().shortened(value)
        assert isinstance(short, Listing)
        return short if self.listed or len(short.items) > 1 else short.items[0]

    def read(self, value: Value, reader: Reader) -> tuple[T, ...]:
        if isinstance(value, Listing):
            return super().read(value, reader)
        return (self.shape.read(value, reader),)

    def needs(self, languages: Sequence[str]) -> JsonSchema:
        of_one = self.shape.needs(languages)
        return {**of_one, "items": of_one} if of_one else {}

    def json_schema(self, languages: Sequence[str]) -> JsonSchema:
        several, one = super().json_schema(languages), self.shape.json_schema(languages)
        return {"anyOf": [several, one] if self.listed else [one, several]}


@dataclass(frozen=True)
class PerLanguage(Shape[Mapping[str, T]], Generic[T]):
    """A value for each language of the site, by its code; all are required."""

    shape: Shape[T]

    def read(self, value: Value, reader: Reader) -> Mapping[str, T]:
        expected = ", ".join(reader.languages)
        if not isinstance(value, Table):
            found = quoted(value) if isinstance(value, Text) else "a list"
            message = f"expected a key for each language ({expected}), found {found}"
            raise reader.reject(value.place, message)
        rejected = _report_unknown_keys(value, reader.languages, reader)
        values: dict[str, T] = {}
        for language in reader.languages:
            item = value.get(language)
            if item is None:
                beside = _others(reader.languages, language)
                fix = f"write it beside {beside}"
                reader.report(value.empty.get(language, value.place), _absent(value, language, fix))
                rejected = True
                continue
            with reader.inside(language), suppress(RejectedError):
                values[language] = self.shape.read(item, reader)
        if rejected or len(values) < len(reader.languages):
            raise RejectedError
        return values

    def parts(self, languages: Sequence[str]) -> Mapping[str, Field]:
        return {code: Field(self.shape) for code in languages}

    def lengthened(self, value: Value) -> Value:
        return _each_under(value, lambda _, item: self.shape.lengthened(item))

    def shortened(self, value: Value) -> Value:
        return _each_under(value, lambda _, item: self.shape.shortened(item))

    def json_schema(self, languages: Sequence[str]) -> JsonSchema:
        properties = {code: self.shape.json_schema(languages) for code in languages}
        return _object_schema(properties, list(languages))


@dataclass(frozen=True)
class OneOrEach(PerLanguage[Text]):
    """A text that holds for all languages, kept as it is, or one for each."""

    def read(self, value: Value, reader: Reader) -> Text | Mapping[str, Text]:  # type: ignore[override]
        if isinstance(value, Text):
            return self.shape.read(value, reader)
        return super().read(value, reader)

    def json_schema(self, languages: Sequence[str]) -> JsonSchema:
        return {"anyOf": [super().json_schema(languages), self.shape.json_schema(languages)]}


def _others(languages: Sequence[str], language: str) -> str:
    return " and ".join(f'"{other}"' for other in languages if other != language)


ABSENT: JsonSchema = {"enum": ["", [], None]}
"""What stands for a value that is not there, in the JSON Schemas."""


@dataclass(frozen=True)
class Field:
    """One key of a record: what stands under it, whether it must be there, what it means."""

    shape: Shape[Any]
    required: bool = True
    meaning: str = ""

    def partial(self) -> Field:
        """The field where others complete what it holds."""
        return replace(self, shape=self.shape.partial(), required=False)

    def json_schema(self, languages: Sequence[str]) -> JsonSchema:
        """The shape's own, or an absent value (web editors write `""`) where it may be absent."""
        schema = self.shape.json_schema(languages)
        return schema if self.required else {"anyOf": [schema, ABSENT]}


@dataclass(frozen=True)
class Record(Shape[T], Generic[T]):
    """A mapping with known keys, made into a value by `build`.

    `build` receives the values by key (an absent one is what its shape says of it) and the reader,
    to which it may report what only shows when several keys are looked at together.
    """

    fields: Mapping[str, Field]
    build: Callable[[dict[str, Any], Reader], T]
    short: ShortForm | None = None

    def read(self, value: Value, reader: Reader) -> T:
        if self.short is not None:
            try:
                value = self.short.lengthen(value)
            except ShortFormError as error:
                raise reader.reject(error.place, str(error)) from None
        if not isinstance(value, Table):
            known = ", ".join(self.fields)
            found = quoted(value) if isinstance(value, Text) else "a list"
            message = f"expected a mapping with the keys {known}; found {found}"
            raise reader.reject(value.place, message)
        rejected = _report_unknown_keys(value, self.fields, reader)
        values: dict[str, Any] = {}
        for key, spec in self.fields.items():
            item = value.get(key)
            values[key] = spec.shape.absent
            if item is None:
                if spec.required:
                    one_of = spec.shape.words(reader.own) if isinstance(spec.shape, Choice) else ()
                    among = f", one of {', '.join(one_of)}" if one_of else ""
                    message = _absent(value, key, f"write it: {spec.meaning}{among}")
                    reader.report(value.empty.get(key, value.place), message)
                    rejected = True
                continue
            try:
                with reader.inside(key):
                    values[key] = spec.shape.read(item, reader)
            except RejectedError:
                rejected = True
        if rejected:
            raise RejectedError
        reader.table = value
        return self.build(values, reader)

    def parts(self, languages: Sequence[str]) -> Mapping[str, Field]:
        return self.fields

    def partial(self) -> Record[Any]:
        fields = {key: spec.partial() for key, spec in self.fields.items()}
        return Record(fields, lambda values, _: values, self.short)

    def needs(self, languages: Sequence[str]) -> JsonSchema:
        needed = [key for key, spec in self.parts(languages).items() if spec.required]
        whole = {"pattern": self.short.whole} if self.short and self.short.whole else {}
        return {"required": needed, **whole} if needed else {}

    def lengthened(self, value: Value) -> Value:
        with suppress(ShortFormError):
            value = self.short.lengthen(value) if self.short else value
        fields = self.fields
        return _each_under(
            value, lambda key, item: fields[key].shape.lengthened(item) if key in fields else item
        )

    def shortened(self, value: Value) -> Value:
        fields = self.fields
        short = _each_under(
            value, lambda key, item: fields[key].shape.shortened(item) if key in fields else item
        )
        return self.short.shorten(short) if self.short else short

    def json_schema(self, languages: Sequence[str]) -> JsonSchema:
        properties = {
            key: {**spec.json_schema(languages), "description": spec.meaning}
            for key, spec in self.fields.items()
        }
        supplied = self.short.supplies if self.short else ()
        needed = [key for key, spec in self.fields.items() if spec.required and key not in supplied]
        schema = _object_schema(properties, needed)
        if self.short is None or not self.short.pattern:
            return schema
        return {"anyOf": [schema, {"type": "string", "pattern": self.short.pattern}]}


def _each_under(value: Value, change: Callable[[str, Value], Value]) -> Value:
    if not isinstance(value, Table):
        return value
    entries = {key: change(key, item) for key, item in value.entries.items()}
    if all(entries[key] is item for key, item in value.entries.items()):
        return value
    return Table(entries, value.place, value.empty)


def _absent(table: Table, key: str, fix: str) -> str:
    """What to say of a key that is needed and has no value."""
    return f'"{key}" is {"empty" if key in table.empty else "missing"}; {fix}'


def _report_unknown_keys(table: Table, known: Collection[str], reader: Reader) -> bool:
    unknown = [key for key in table.entries if key not in known]
    for key in unknown:
        reader.report(key.place, f"unknown key {quoted(key)}{did_you_mean(key, known)}")
    return bool(unknown)


def _object_schema(properties: JsonSchema, required: list[str]) -> JsonSchema:
    return {
        "type": "object",
        "properties": properties,
        "required": required,
        "additionalProperties": False,
    }
