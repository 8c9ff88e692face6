"""Where a YAML text stands in its file, and how another is written in its place."""

from __future__ import annotations

from functools import cached_property
from pathlib import Path
from typing import Any

import yaml

from reperes.text.editing import Span, file_text, offset_of
from reperes.text.problems import ContentError, Place, Problem, Text

_ESCAPES = str.maketrans({"\\": "\\\\", '"': '\\"', "\n": "\\n", "\t": "\\t"})


def double_quoted(text: str) -> str:
    """`text` as a YAML scalar in double quotes, the style of the content's files."""
    return f'"{text.translate(_ESCAPES)}"'


def single_quoted(text: str) -> str:
    """`text`, which is all printable, as a YAML scalar in single quotes."""
    return "'{}'".format(text.replace("'", "''"))


def _line_and_column(mark: Any) -> tuple[int, int]:
    return mark.line + 1, mark.column + 1


class ContentFile:
    """A file of the content as it was typed, to be changed in a few spans."""

    def __init__(self, path: Path) -> None:
        self.path = path
        self.text = file_text(path)
        self.line_end = "\r\n" if "\r\n" in self.text else "\n"

    def offset(self, place: Place) -> int:
        return offset_of(self.text, place)

    def block_span(self, block: Text) -> Span:
        """Where a block of a section stands."""
        return self.offset(block.place), self.offset(block.at(len(block)))

    def scalar_edit(self, old: Text, new: str) -> tuple[Span, str]:
        """The change that puts `new` where the YAML text `old` stands, in its style of quotes.

        Raises ContentError where no scalar at that place says `old`.
        """
        place = old.place
        for column in (place.column, place.column - 1):
            event: Any = self._scalars.get((place.line, column))
            if event is not None and event.value == old:
                break
        else:
            message = "this text is not typed in one piece; write it in double quotes"
            raise ContentError([Problem(place, message, "exchange")])
        start = self._offset_of_mark(event.start_mark)
        typed = self.text[start : self._offset_of_mark(event.end_mark)]
        # A block scalar ends where the next key begins; what is between stays.
        span = (start, start + len(typed.rstrip()))
        if event.style == "'" and new.isprintable():
            return span, single_quoted(new)
        return span, double_quoted(new)

    def _offset_of_mark(self, mark: Any) -> int:
        return self.offset(Place(str(self.path), *_line_and_column(mark)))

    @cached_property
    def _scalars(self) -> dict[tuple[int, int], Any]:
        """Every scalar by the line and column where it begins, its quotation mark included."""
        text = self.text.replace("\r\n", "\n").replace("\r", "\n")
        if self.path.suffix == ".md":
            lines = text.split("\n")
            end = next(n for n, line in enumerate(lines[1:], 1) if line.rstrip() == "---")
            # The opening mark's line is kept, empty, so that the lines counted are the file's.
            text = "\n".join(["", *lines[1:end], ""])
        return {
            _line_and_column(event.start_mark): event
            for event in yaml.parse(text, Loader=yaml.BaseLoader)
            if isinstance(event, yaml.ScalarEvent)
        }
