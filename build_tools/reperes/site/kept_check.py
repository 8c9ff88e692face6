"""The check of a content of which most was checked before, by what is kept of that."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping, Sequence
from contextlib import contextmanager, suppress
from dataclasses import dataclass, replace
from pathlib import Path
from typing import Any

from reperes.model.explainer import Explainer
from reperes.model.kept_editions import problems_of_kept_editions
from reperes.model.rereading import Reading, read_content
from reperes.model.tracing import Digests, Read, Traces, carried_over
from reperes.rules.checking import check, check_anew
from reperes.rules.review import Review, problems_due, reviews_of
from reperes.site.inputs import digest_of_content, digest_of_program
from reperes.site.publishing import KEPT, Workspace
from reperes.text.days import CalendarDay
from reperes.text.digests import digests_of_files
from reperes.text.files import refusal
from reperes.text.problems import Problem
from reperes.text.store import Store

Share = Callable[[Sequence[str]], Sequence[str]]
"""Chooses of several names a part."""

STORE = "check.db"
"""The file in which a workspace keeps what was read and checked."""


@dataclass(frozen=True)
class Checked:
    """A content that was checked: as it was read, what is wrong with it, digests of its parts.

    `inputs` is the digest of all that it was read from; `clean` as `check_anew` has it.
    """

    reading: Reading
    problems: Sequence[Problem]
    digests: Digests
    clean: Traces
    inputs: str

    @property
    def explainer(self) -> Explainer:
        return self.reading.explainer


@dataclass(frozen=True)
class _LastCheck:
    """What was checked last, by its digest, what was wrong with it, and what to look at again.

    When that is due is for each day to say.
    """

    inputs: str
    problems: tuple[Problem, ...]
    reviews: tuple[Review, ...]


@dataclass(frozen=True)
class _KnownDigests:
    """Digests of parts of the reading that is kept, which was made of these inputs."""

    inputs: str
    digests: Mapping[Read, bytes]


class KeptCheck:
    """What a workspace keeps of a content that was read and checked, for whoever asks next."""

    def __init__(self, store: Store, content: Path) -> None:
        self._store, self._content = store, content
        # Several may lie side by side, and have one workspace.
        self._name = str(content.resolve())

    def _get(self, kind: str) -> Any:
        return self._store.get(kind, self._name)

    def _put(self, kind: str, value: object) -> None:
        self._store.put(kind, self._name, value)

    def last_problems(self, today: CalendarDay) -> Sequence[Problem] | None:
        """What is wrong with the content, if nothing has changed since it was last checked."""
        last = self._get("last")
        inputs = digest_of_content(self._content, digests_of_files(self._content))
        if not isinstance(last, _LastCheck) or last.inputs != inputs:
            return None
        return sorted([*last.problems, *problems_due(last.reviews, today)])

    def check(
        self,
        checkpoint: Callable[[], None] = lambda: None,
        share: Share | None = None,
    ) -> Checked:
        """Read the content, and ask the rules about what they have not yet had nothing to say of.

        `checkpoint` and `share` are as for `check_anew`. Raises ContentError as `load` does.
        """
        before = self._get("reading")
        reading = read_content(self._content, before if isinstance(before, Reading) else None)
        checkpoint()
        digests = self._digests(reading)
        clean = self._get("clean") or Traces()
        problems = check_anew(
            reading.explainer, reading.problems, clean, digests, checkpoint, share or list
        )
        inputs = digest_of_content(self._content, reading.files)
        checked = Checked(reading, problems, digests, clean, inputs)
        # Whoever cannot keep anything has checked it all the same.
        with suppress(OSError):
            self._keep(checked, is_whole=share is None)
        return checked

    def join(self, shards: Sequence[Path]) -> None:
        """Let what was checked in shards, which others have made, be what was checked here."""
        clean = Traces()
        for shard in shards:
            store = Store(shard / KEPT / STORE, digest_of_program())
            found, reading = store.get("clean", self._name), store.get("reading", self._name)
            if isinstance(found, Traces) and clean.join(found) and reading is not None:
                self._put("reading", reading)
            store.close()
        if shards:
            self._put("clean", clean)

    def _digests(self, reading: Reading) -> Digests:
        before = reading.before
        known = self._get("digests") if before else None
        if before is None or not isinstance(known, _KnownDigests):
            return Digests(reading.explainer)
        if known.inputs != digest_of_content(self._content, before.files):
            return Digests(reading.explainer)
        same = carried_over(known.digests, before.explainer, reading.explainer)
        return Digests(reading.explainer, same)

    def _keep(self, checked: Checked, is_whole: bool) -> None:
        reading = checked.reading
        if reading.is_worth_keeping:
            self._put("reading", replace(reading, before=None))
        self._put("clean", checked.clean.compact())
        if is_whole:
            reviews = reviews_of(reading.explainer)
            last = _LastCheck(checked.inputs, tuple(checked.problems), reviews)
            self._put("last", last)
        self.keep_digests(checked)

    def keep_digests(self, checked: Checked) -> None:
        """Keep also what digests have been worked out by now. Raises OSError."""
        reading = checked.reading
        is_kept = reading.is_worth_keeping or (
            reading.before is not None and reading.before.explainer is reading.explainer
        )
        if is_kept:
            known = _KnownDigests(checked.inputs, checked.digests.known)
            self._put("digests", known)
        self._store.commit()


def problems_of_content(
    content: Path, workspace: Workspace, today: CalendarDay, fresh: bool = False
) -> Sequence[Problem]:
    """What is wrong with a content, by what a workspace keeps of it, unless `fresh` says no.

    What was to be looked at again by `today`, or earlier, is among it. Raises ContentError as
    `load` does.
    """
    try:
        with kept_check_of(workspace, content, fresh) as kept:
            last = kept.last_problems(today)
            return _problems_at(today, kept.check()) if last is None else last
    except OSError as error:
        if refusal(error) is None:
            raise
        # Nothing can be kept here, and nobody has asked for that.
        explainer, problems = check(content)
        due = problems_due(reviews_of(explainer), today)
        return sorted({*problems, *due, *problems_of_kept_editions(explainer)})


def _problems_at(today: CalendarDay, checked: Checked) -> Sequence[Problem]:
    return sorted([*checked.problems, *problems_due(reviews_of(checked.explainer), today)])


@contextmanager
def kept_check_of(workspace: Workspace, content: Path, fresh: bool = False) -> Iterator[KeptCheck]:
    """What a workspace keeps of a content; nothing, where it is damaged or another program's.

    With `fresh`, what is there is thrown away.
    """
    path = workspace.root / KEPT / STORE
    if fresh:
        path.unlink(missing_ok=True)
    store = Store(path, digest_of_program())
    try:
        yield KeptCheck(store, content)
    finally:
        store.close()
