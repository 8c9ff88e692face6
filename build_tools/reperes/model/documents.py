"""Content files as they were typed: YAML values and Markdown bodies that know their place."""

from __future__ import annotations

import codecs
import errno
import os
import re
import stat
from collections.abc import Iterator
from dataclasses import dataclass
from functools import cached_property
from pathlib import Path

from reperes.model.yaml_values import Table, parse_yaml, refuse_hidden
from reperes.text.digests import digest_of_bytes
from reperes.text.markup import mask_code
from reperes.text.problems import ContentError, Place, Problem, Text

# No content comes near these bounds. What does is a slip, such as a whole archive pasted into a
# field, or an attack; it is refused before anything has to work its way through it.
MAX_BYTES = 8_000_000
"""How large any file may be that people write or send: some 10,000 facts."""

SPLIT = "remove what is not needed, or split it"
"""What to do with a file that is larger."""

MAX_SECTION = 500_000
"""How many characters a section may have: a thick book."""

MAX_BLOCK = 20_000
"""How many characters may stand in a section without a blank line: a paragraph, or a table."""

MAX_BRACKETS = 1_000
"""How many "[" a block may hold. The engine looks from each of them for its end."""

MAX_LEVELS = 10
"""How many lists and quotations may stand in one another in a section."""

_KINDS_OF_FILE = {
    stat.S_IFDIR: "a folder",
    stat.S_IFIFO: "a named pipe",
    stat.S_IFSOCK: "a socket",
    stat.S_IFCHR: "a device",
    stat.S_IFBLK: "a device",
}

_BLOCK = re.compile(r"(?:^[ \t]*[^ \t\n][^\n]*(?:\n|\Z))+", re.MULTILINE)
_MAY_BE_DEEP = re.compile(rf"\n(?: {{4}}|\t|> ?){{{MAX_LEVELS}}}")
_DEEP = re.compile(rf"^(?: {{4}}|\t|> ?){{{MAX_LEVELS},}}(?:[-+*>]|\d+[.)])", re.MULTILINE)


@dataclass(frozen=True, slots=True)
class MarkdownDocument:
    """A Markdown file: its front matter and what follows, from the line after the last `---`."""

    front_matter: Table
    body: Text


class Folder:
    """The content folder: the one place that reads content files.

    Paths given are relative to it. Paths reported are what a reader of messages can open: from
    the working directory where the folder lies in it ("content/site.yml"), else absolute.
    """

    def __init__(self, root: Path) -> None:
        try:
            self.root = root.resolve()
            found = self.root.is_dir()
        except (OSError, RuntimeError) as error:
            raise _unreadable(str(root), error) from None
        if not found:
            wrong = "is not a folder" if self.root.exists() else "does not exist"
            message = f"the content folder {wrong}; name it with --content DIR"
            raise ContentError([Problem(Place(str(root)), message, "file")])
        here = Path.cwd()
        inside = self.root.is_relative_to(here)
        self.name = (self.root.relative_to(here) if inside else self.root).as_posix()

    @cached_property
    def digests(self) -> dict[str, bytes]:
        """The digest of each file that has been read, empty where that was not the same twice."""
        return {}

    @cached_property
    def _before(self) -> str:
        return "" if self.name == "." else f"{self.name.removesuffix('/')}/"

    @cached_property
    def _folders(self) -> dict[str, Path]:
        """Where the folders in it are, as far as they have been asked for."""
        return {}

    def path(self, relative: str) -> str:
        """What messages call the file at `relative`."""
        return f"{self._before}{relative}"

    def has(self, relative: str) -> bool:
        """Whether anything bears that name, if only a broken link; reading says what is wrong."""
        try:
            os.lstat(f"{self.root}/{relative}")
        except (FileNotFoundError, NotADirectoryError):
            return False
        except OSError:
            return True
        return True

    def names(self, relative: str, suffix: str) -> list[str]:
        """The names, without `suffix`, of the files in a sub-folder, sorted."""
        folder = self.root / relative
        try:
            if not folder.is_dir():
                return []
            return sorted(
                path.name.removesuffix(suffix)
                for path in folder.iterdir()
                if path.name.endswith(suffix) and not path.name.startswith(".")
            )
        except OSError as error:
            raise _unreadable(self.path(relative), error) from None

    def read_text(self, relative: str) -> str:
        """The text of a file, without byte order mark, with `\\n` line ends.

        Raises ContentError for what cannot be read, is not UTF-8, holds characters that no text
        should, or lies outside the folder.
        """
        path = self.path(relative)
        text = self._read(relative)
        refuse_hidden(Text(text, Place(path)))
        return text

    def _read(self, relative: str) -> str:
        return _decode(self.data(relative), self.path(relative))

    def data(self, relative: str, advice: str = SPLIT) -> bytes:
        """What a file holds. Raises ContentError for what cannot be read, or lies outside.

        `advice` is what to do with a file that is too large.
        """
        path = self.path(relative)
        try:
            target = self._resolved(relative)
            if not target.is_relative_to(self.root):
                message = f"leads out of the content folder ({target.name}); put the file here"
                raise ContentError([Problem(Place(path), message, "file")])
            data = read_bytes(target, advice)
            digest = digest_of_bytes(data)
            if self.digests.setdefault(relative, digest) != digest:
                self.digests[relative] = b""
            return data
        except (OSError, RuntimeError) as error:
            raise _unreadable(path, error) from None

    def _resolved(self, relative: str) -> Path:
        """Where a file is, whatever links lead there; a folder is resolved but once."""
        folder, _, name = relative.rpartition("/")
        if folder not in self._folders:
            self._folders[folder] = (self.root / folder).resolve()
        path = self._folders[folder] / name
        return path.resolve() if path.is_symlink() else path

    def read_yaml(self, relative: str) -> Table:
        """The mapping at the root of a YAML file. Raises ContentError."""
        return parse_yaml(self._read(relative), self.path(relative))

    def read_markdown(self, relative: str) -> MarkdownDocument:
        """A Markdown file with front matter. Raises ContentError."""
        return parse_markdown(self._read(relative), self.path(relative))


def read_bytes(path: Path, advice: str = SPLIT) -> bytes:
    """The bytes of a file that people wrote or sent.

    Raises OSError also for a file that is too large, and for what is none: opening a pipe would
    wait for ever, and a device has no end.
    """
    status = path.stat()
    kind = _KINDS_OF_FILE.get(stat.S_IFMT(status.st_mode))
    if kind is not None:
        raise OSError(errno.EINVAL, f"it is {kind}, not a file; put the file in its place")
    if status.st_size > MAX_BYTES:
        size = f"{status.st_size / 1_000_000:.1f} MB, and {MAX_BYTES // 1_000_000} MB are the most"
        raise OSError(errno.EFBIG, f"it has {size}; {advice}")
    return path.read_bytes()


def read_outside(path: Path) -> str:
    """The text of a file outside the content, with the characters that it holds.

    Raises ContentError for what cannot be read or is not UTF-8.
    """
    try:
        data = read_bytes(path)
    except OSError as error:
        raise _unreadable(str(path), error) from None
    return _decode(data, str(path))


def parse_markdown(text: str, path: str) -> MarkdownDocument:
    """Split front matter from body. Raises ContentError where there is no front matter."""
    lines = text.split("\n")
    if lines[0].rstrip() != "---":
        message = 'no front matter; begin the file with "---", title, id and summary, and "---"'
        raise ContentError([Problem(Place(path), message, "front-matter")])
    end = next((n for n, line in enumerate(lines[1:], 1) if line.rstrip() == "---"), None)
    if end is None:
        message = 'the front matter has no end; write "---" on a line of its own after it'
        raise ContentError([Problem(Place(path), message, "front-matter")])
    # An empty first line stands for the opening mark, so that the lines YAML counts are the file's.
    front_matter = parse_yaml("\n" + "\n".join(lines[1:end]) + "\n", path)
    body = Text("\n".join(lines[end + 1 :]), Place(path, end + 2))
    refuse_hidden(body)
    if faults := list(too_large(body)):
        raise ContentError(faults)
    return MarkdownDocument(front_matter, body)


def too_large(body: Text) -> Iterator[Problem]:
    """Problems for text that would keep the engine busy for minutes, or exhaust it."""
    if len(body) > MAX_SECTION:
        message = f"a section of {len(body)} characters; split it: {MAX_SECTION} are the most"
        yield Problem(body.place, message, "file")
        return
    # Most sections are smaller than one block may be.
    if len(body) > MAX_BLOCK or body.count("[") > MAX_BRACKETS:
        for match in _BLOCK.finditer(body):
            place, brackets = body.at(match.start()), match[0].count("[")
            if len(match[0]) > MAX_BLOCK:
                message = f"{len(match[0])} characters without a blank line"
                yield Problem(place, f"{message}; put one after {MAX_BLOCK} at most", "file")
            elif brackets > MAX_BRACKETS:
                message = f'{brackets} times "[" without a blank line'
                yield Problem(place, f"{message}; put one after {MAX_BRACKETS} at most", "file")
    if _MAY_BE_DEEP.search(f"\n{body}") and (deep := _DEEP.search(mask_code(body))):
        message = f"lists or quotations more than {MAX_LEVELS} levels deep; indent this less"
        yield Problem(body.at(deep.start()), message, "file")


def _decode(data: bytes, path: str) -> str:
    try:
        text = data.removeprefix(codecs.BOM_UTF8).decode("utf-8")
    except UnicodeDecodeError as error:
        before = _with_line_ends(error.object[: error.start].decode("utf-8", "replace"))
        line = before.count("\n") + 1
        column = len(before) - before.rfind("\n")
        found = f"byte 0x{error.object[error.start]:02X}"
        message = f'{found} is not UTF-8; save the file with the encoding "UTF-8"'
        raise ContentError([Problem(Place(path, line, column), message, "file")]) from None
    return _with_line_ends(text)


def _with_line_ends(text: str) -> str:
    return text.replace("\r\n", "\n").replace("\r", "\n")


def _unreadable(path: str, error: Exception) -> ContentError:
    reason = getattr(error, "strerror", None) or str(error)
    return ContentError([Problem(Place(path), f"cannot be read: {reason}", "file")])
