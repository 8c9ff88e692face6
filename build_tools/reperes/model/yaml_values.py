"""YAML as it was typed: every value is a text, a list or a mapping that knows its place."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field, replace
from itertools import islice
from typing import Any

import yaml

from reperes.text.characters import hidden_characters
from reperes.text.markup import CONFLICT_MARK
from reperes.text.problems import ContentError, Place, Problem, Text, quoted

MAX_DEPTH = 16
"""How many lists and mappings may stand in one another."""

MAX_VALUES = 500_000
"""How many keys and values a YAML file may hold."""

MAX_TEXT = 5_000
"""How many characters a text in YAML may have. Shapes may ask for fewer."""

_MOST_HIDDEN = 20
"""How many of the characters that a file must not hold are named one by one."""

_ABSENT = frozenset({"", "~", "null", "Null", "NULL"})

_ADVICE = (
    ("mapping values are not", 'a ":" in a text without quotes; put the text in double quotes'),
    ("unexpected end of stream", "a quotation mark opens here and is never closed; close it"),
    ("expected ',' or", "a bracket opens here and is never closed; close it"),
    (
        "start any token",
        "a tab or a sign that YAML keeps for itself; indent with spaces, quote texts",
    ),
    (
        "unknown escape",
        'a "\\" in double quotes stands before a letter; write "\\\\", or remove it',
    ),
    (
        "expected key",
        'this fits nothing above; check the indentation, and close quotation marks (\\" inside)',
    ),
    ("'-' indicator", 'a line in a list that does not begin with "- "; check the indentation'),
    ("expected ':'", 'a line without ":"; write `key: value`, and keep long texts in quotes'),
)
"""What each of YAML's own complaints mostly means, and what to do."""

_Loader = getattr(yaml, "CBaseLoader", yaml.BaseLoader)


@dataclass(frozen=True, slots=True)
class Listing:
    """A YAML sequence."""

    items: tuple[Value, ...]
    place: Place


@dataclass(frozen=True, slots=True)
class Table:
    """A YAML mapping. Keys keep their place; absent values are left out: `""`, `[]`, null, `{}`.

    `empty` are the places of the keys that stand there without a value.
    """

    entries: dict[Text, Value]
    place: Place
    empty: Mapping[str, Place] = field(default_factory=dict)

    def get(self, key: str) -> Value | None:
        return self.entries.get(key)  # type: ignore[call-overload, no-any-return]

    def key(self, key: str) -> Text:
        """The key as it was typed, with its place."""
        return next(typed for typed in self.entries if typed == key)


Value = Text | Listing | Table


def table_of(plain: Mapping[str, Any]) -> Table:
    """A mapping of texts, lists and mappings of our own making, which was typed nowhere."""
    place = Place("")
    return Table({Text(key, place): _value_of(part) for key, part in plain.items()}, place)


def _value_of(plain: Any) -> Value:
    if isinstance(plain, Mapping):
        return table_of(plain)
    if isinstance(plain, list | tuple):
        return Listing(tuple(map(_value_of, plain)), Place(""))
    return Text(plain, Place(""))


def parse_yaml(text: str, path: str) -> Table:
    """The mapping that `text` holds; every scalar is kept as it was typed.

    Raises ContentError with every duplicate key, tag and alias in it.
    """
    refuse_hidden(Text(text, Place(path)))
    refuse_conflicts(Text(text, Place(path)))
    if (plain := _plain_table(text, path)) is not None:
        return plain
    builder = _TreeBuilder(text, path)
    try:
        for event in yaml.parse(text, Loader=_Loader):
            builder.add(event)
    except yaml.MarkedYAMLError as error:
        builder.problems.append(_syntax_problem(error, path))
    if builder.problems:
        raise ContentError(builder.problems)
    if not isinstance(builder.root, Table):
        message = "expected a mapping (`key: value`) at the root of the file"
        raise ContentError([Problem(Place(path), message, "yaml")])
    return builder.root


_PLAIN_LINE = re.compile(r'([a-z_]{1,40}): "([^"\\\t\n]+)"')


def _plain_table(text: str, path: str) -> Table | None:
    """A mapping of nothing but `key: "text"`, a line each; None for any other, which YAML reads.

    The front matter of nearly every section is one.
    """
    entries: dict[Text, Value] = {}
    for number, line in enumerate(text.split("\n"), 1):
        match = _PLAIN_LINE.fullmatch(line)
        if match:
            key = Text(match[1], Place(path, number))
            if key in entries or key in _ABSENT or len(match[2]) > MAX_TEXT:
                return None
            entries[key] = Text(match[2], Place(path, number, match.start(2) + 1))
        elif line:
            return None
    return Table(entries, next(iter(entries)).place) if entries else None


def _conflicts(text: Text) -> Iterator[Problem]:
    """Merge conflicts, each at its first mark; what YAML would say of the rest leads nowhere."""
    opened = False
    for match in CONFLICT_MARK.finditer(text):
        if not opened:
            message = f"a mark of a merge conflict ({match[0][:7]}); settle it, remove its marks"
            yield Problem(text.at(match.start()), message, "yaml")
        opened = (opened or match[0].startswith("<")) and not match[0].startswith(">")


def find_comment(text: str, path: str) -> Place | None:
    """Where the first comment of YAML, or of the front matter of a section, begins, if any.

    `text` has been parsed without a problem.
    """
    lines = text.split("\n")
    if path.endswith(".md"):
        end = next(n for n, line in enumerate(lines[1:], 1) if line.rstrip() == "---")
        text = "\n".join(["", *lines[1:end], ""])
    left, after = "", 0
    for event in yaml.parse(text, Loader=_Loader):
        if isinstance(event, yaml.ScalarEvent):
            start, end = _span(event)
            # The line that opens a block of text may end in a comment.
            start = text.index("\n", start) if event.style in ("|", ">") else start
            left += text[after:start] + re.sub(r"[^\n]", " ", text[start:end])
            after = end
    left += text[after:]
    found = left.find("#")
    return None if found < 0 else Text(text, Place(path)).at(found)


def _span(event: Any) -> tuple[int, int]:
    return event.start_mark.index, event.end_mark.index


@dataclass(slots=True)
class _Open:
    """A collection whose end has not come yet; `key` waits for its value in a mapping.

    `joined` says that the next entry of a list was taken for a part of this one; `repeated` are
    the problems of keys that stand twice, until that shows.
    """

    place: Place
    entries: dict[Text, Value | None] | None
    items: list[Value]
    key: Text | None = None
    keys: dict[str, Text] = field(default_factory=dict)
    joined: bool = False
    repeated: list[Problem] = field(default_factory=list)


class _TreeBuilder:
    """YAML events to values, without recursion, so that no nesting can exhaust the stack."""

    def __init__(self, text: str, path: str) -> None:
        self.text = text
        self.path = path
        self.problems: list[Problem] = []
        self.root: Value | None = None
        self.documents = 0
        self.values = 0
        self.open: list[_Open] = []

    def add(self, event: yaml.Event) -> None:
        self.values += 1
        if self.values > MAX_VALUES:
            message = f"more than {MAX_VALUES} keys and values up to here; split the file"
            raise ContentError([*self.problems, Problem(self._place(event), message, "yaml")])
        if isinstance(event, yaml.ScalarEvent):
            self._refuse_tag(event)
            self._place_value(self._scalar(event), event)
        elif isinstance(event, yaml.MappingStartEvent | yaml.SequenceStartEvent):
            self._refuse_tag(event)
            self._start(event)
        elif isinstance(event, yaml.MappingEndEvent | yaml.SequenceEndEvent):
            self._end(event)
        elif isinstance(event, yaml.AliasEvent):
            self._report(event, f"an alias (*{event.anchor}); write the value out")
            self._place_value(Text("?", self._place(event)), event)
        elif isinstance(event, yaml.DocumentStartEvent):
            self.documents += 1
            if self.documents == 2:
                self._report(event, 'a second document begins here; remove the "---"')

    def _place(self, event: Any) -> Place:
        mark = event.start_mark
        return Place(self.path, mark.line + 1, mark.column + 1)

    def _report(self, event: Any, message: str) -> None:
        self.problems.append(Problem(self._place(event), message, "yaml"))

    def _refuse_tag(self, event: Any) -> None:
        if event.tag is not None:
            tag = event.tag.replace("tag:yaml.org,2002:", "!!")
            self._report(event, f"a tag ({tag}); remove it: every value is read as text")

    def _start(self, event: Any) -> None:
        if len(self.open) == MAX_DEPTH:
            message = f"nested more than {MAX_DEPTH} levels deep; no content needs that"
            raise ContentError([*self.problems, Problem(self._place(event), message, "yaml")])
        mapping = isinstance(event, yaml.MappingStartEvent)
        self.open.append(_Open(self._place(event), {} if mapping else None, []))

    def _end(self, event: Any) -> None:
        done = self.open.pop()
        value: Value | None
        if done.entries is None:
            value = Listing(tuple(done.items), done.place) if done.items else None
        else:
            present = {key: value for key, value in done.entries.items() if value is not None}
            empty = {str(key): key.place for key, value in done.entries.items() if value is None}
            # A web editor may leave a mapping whose every value is empty; the root stays one.
            value = Table(present, done.place, empty) if present or not self.open else None
        self._place_value(value, event)

    def _place_value(self, value: Value | None, event: Any) -> None:
        if not self.open:
            self.root = value if self.documents == 1 else self.root
            return
        parent = self.open[-1]
        if parent.entries is None:
            parent.items.extend([] if value is None else [value])
        elif parent.key is None:
            parent.key = self._key(value, event)
        else:
            if parent.key not in parent.entries:
                parent.entries[parent.key] = value
            parent.key = None

    def _key(self, value: Value | None, event: Any) -> Text:
        if not isinstance(value, Text):
            self._report(event, "a key that is not a word; did you mean to put quotes around it?")
            return Text(f"?{event.start_mark.index}", self._place(event))
        first = self.open[-1].keys.setdefault(value, value)
        if first is not value:
            self._refuse_repeated(value, first)
        return value

    def _refuse_repeated(self, key: Text, first: Text) -> None:
        """A key that stands twice; once for all keys of a new entry that lacks its dash."""
        mapping = self.open[-1]
        in_list = len(self.open) > 1 and self.open[-2].entries is None
        again = f"key {quoted(key)} stands twice (first on line {first.place.line})"
        problem = Problem(key.place, f"{again}; remove one", "yaml")
        if in_list and key == next(iter(mapping.keys)):
            # Keys that were told of before it are the new entry's too, in another order.
            first_told = mapping.repeated[0] if mapping.repeated else problem
            self.problems = [told for told in self.problems if told not in mapping.repeated]
            message = first_told.message.replace("remove one", 'a new entry begins with "- "')
            self.problems.append(Problem(first_told.place, message, "yaml"))
            mapping.repeated.clear()
            mapping.joined = True
        elif not mapping.joined:
            mapping.repeated.append(problem)
            self.problems.append(problem)

    def _scalar(self, event: Any) -> Text | None:
        plain = event.style in (None, "")
        if (plain and event.value in _ABSENT) or not event.value:
            return None
        start, end = event.start_mark, event.end_mark
        offset = 0 if plain else 1
        typed = self.text[start.index + offset : end.index - offset]
        place = Place(self.path, start.line + 1, start.column + 1 + offset)
        exact = typed == event.value
        # An escape can make a character that does not stand in the file.
        if not exact:
            for _, message in islice(hidden_characters(event.value), 1):
                self.problems.append(Problem(self._place(event), message, "file"))
        if len(event.value) > MAX_TEXT:
            message = f"a text of {len(event.value)} characters; {MAX_TEXT} are the most"
            self._report(event, f"{message}: shorten it")
            return Text(event.value[:MAX_TEXT], self._place(event), False)
        return Text(event.value, place if exact else self._place(event), exact)


def refuse_conflicts(text: Text) -> None:
    """Raise ContentError where a merge left both of its sides for somebody to choose."""
    if conflicts := list(_conflicts(text)):
        raise ContentError(conflicts)


def refuse_hidden(text: Text) -> None:
    """Raise ContentError where a text holds characters that nobody sees."""
    found = list(hidden_characters(text))
    problems = [
        Problem(text.at(offset), message, "file") for offset, message in found[:_MOST_HIDDEN]
    ]
    if left := len(found) - len(problems):
        message = f"{problems[-1].message} (and {left} more such characters after it)"
        problems[-1] = replace(problems[-1], message=message)
    if problems:
        raise ContentError(problems)


def _syntax_problem(error: yaml.MarkedYAMLError, path: str) -> Problem:
    reason = error.problem or error.context or "unreadable"
    fallback = f"{reason}; check quotes, colons and indentation near here"
    advice = next((text for part, text in _ADVICE if part in reason), fallback)
    # What is never closed was opened where the context begins, and missed at the end.
    opened = "never closed" in advice and error.context_mark
    mark = opened or error.problem_mark or error.context_mark
    place = Place(path, mark.line + 1, mark.column + 1) if mark else Place(path)
    return Problem(place, f"not valid YAML: {advice}", "yaml")
