"""Checking the content as an import would leave it, before any file is written."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path

from reperes.exchange.scalars import double_quoted, single_quoted
from reperes.model.loading import Loaded, load_folder
from reperes.model.planned import PlannedFolder, kind_of
from reperes.rules import parity
from reperes.rules.checking import problems_of
from reperes.text.editing import Span, offset_of
from reperes.text.problems import ContentError, Place, Problem

_OF_THE_WHOLE = frozenset({parity.RULE, parity.STALE_RULE})
"""The rules that compare whole sections, and report at the title what has no place of its own."""


Key = tuple[str, str]
"""A language and the id of a unit."""


@dataclass(frozen=True, slots=True)
class WrittenFile:
    """The text of a file as it will be, with the spans of it that are new."""

    text: str
    spans: tuple[Span, ...]

    def spans_at(self, place: Place) -> Iterator[Span]:
        """The new spans that contain a place, their ends included."""
        offset = offset_of(self.text, place)
        return (span for span in self.spans if span[0] <= offset <= span[1])

    def holds(self, text: str, place: Place) -> bool:
        """Whether a place stands in `text`, new here as paragraphs or as a YAML scalar.

        Its paragraphs may have been written to several places.
        """
        offset = offset_of(self.text, place)
        paragraphs = [part for part in re.split(r"\n[ \t]*\n", text) if part]
        typed_alike = (text, *paragraphs, *(each.replace("\n", "\r\n") for each in paragraphs))
        forms = dict.fromkeys((*typed_alike, double_quoted(text), single_quoted(text)))
        return any(
            start <= found <= offset <= found + len(typed) <= end
            for start, end in self.spans_at(place)
            for typed in forms
            for found in _positions(typed, self.text, start, end)
        )


def _positions(part: str, text: str, start: int, end: int) -> Iterator[int]:
    found = text.find(part, start, end)
    while found >= 0:
        yield found
        found = text.find(part, found + 1, end)


def written_file(text: str, edits: Iterable[tuple[Span, str]]) -> WrittenFile:
    """A file with its edits made, of which no two overlap."""
    parts: list[str] = []
    spans: list[Span] = []
    end = length = 0
    for (start, after), new in sorted(edits):
        parts += (text[end:start], new)
        length += start - end
        spans.append((length, length + len(new)))
        length, end = length + len(new), after
    return WrittenFile("".join((*parts, text[end:])), tuple(spans))


def new_problems(
    loaded: Loaded,
    before: Sequence[Problem],
    files: Mapping[Path, bytes],
    written: Mapping[str, WrittenFile],
) -> list[Problem]:
    """What is wrong with the content with `files` written, and was not wrong before.

    `written` are the same files as they are reported, by their path. A problem that has only moved
    to another line is not new.
    """
    try:
        after = problems_of(load_folder(PlannedFolder(loaded.folder, files)))
    except ContentError as error:
        after = list(error.problems)
    known = Counter(map(kind_of, before))
    more = Counter(map(kind_of, after)) - known
    # Where one of a kind stood there before, what was written tells which of them is new.
    return [
        problem
        for problem in after
        if (kind := kind_of(problem)) in more
        and (not known[kind] or _is_in_what_is_new(problem, written))
    ]


def _is_in_what_is_new(problem: Problem, written: Mapping[str, WrittenFile]) -> bool:
    file = written.get(problem.place.path)
    return file is not None and any(file.spans_at(problem.place))


def _is_title_of_section(context: str) -> bool:
    return context.startswith("sections/") and context.endswith("/title")


def unit_at(problem: Problem, file: WrittenFile, texts: Mapping[Key, str]) -> Key | None:
    """The text, of those written to a file, in which a problem stands.

    None for what is wrong with a section as a whole.
    """
    found = [
        key
        for key, text in texts.items()
        if not (problem.rule in _OF_THE_WHOLE and _is_title_of_section(key[1]))
        and file.holds(text, problem.place)
    ]
    return max(found, key=lambda key: len(texts[key]), default=None)
