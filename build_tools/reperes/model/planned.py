"""A content as a command would leave it, before any file is written."""

from __future__ import annotations

import re
from collections.abc import Mapping
from pathlib import Path

from reperes.model.documents import SPLIT, Folder
from reperes.text.problems import Problem


class PlannedFolder(Folder):
    """A content folder in which some files are as they will be; `files` are by absolute path."""

    def __init__(self, folder: Folder, files: Mapping[Path, bytes]) -> None:
        super().__init__(folder.root)
        self.files = {
            path.relative_to(folder.root).as_posix(): data for path, data in files.items()
        }

    def has(self, relative: str) -> bool:
        return relative in self.files or super().has(relative)

    def names(self, relative: str, suffix: str) -> list[str]:
        prefix = f"{relative}/" if relative else ""
        planned = {path.removeprefix(prefix) for path in self.files if path.startswith(prefix)}
        ours = (name for name in planned if "/" not in name and name.endswith(suffix))
        return sorted({*super().names(relative, suffix), *(n.removesuffix(suffix) for n in ours)})

    def data(self, relative: str, advice: str = SPLIT) -> bytes:
        return self.files[relative] if relative in self.files else super().data(relative, advice)


def kind_of(problem: Problem) -> tuple[str, str, bool, str]:
    """What identifies a problem even when the lines before it change.

    Whether it is an error counts: a warning that becomes one is new."""
    message = re.sub(r":[0-9]+:[0-9]+", "", problem.message)
    return problem.place.path, problem.rule, problem.is_error, message
