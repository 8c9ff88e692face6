"""Reading a content again of which most was read before: what has not changed is not read anew."""

from __future__ import annotations

import re
from collections.abc import Collection, Mapping
from dataclasses import dataclass, replace
from pathlib import Path

from reperes.model.baselines import baseline_path, read_baseline
from reperes.model.documents import Folder
from reperes.model.explainer import Explainer, SectionKey
from reperes.model.loading import KnownParts, load_folder, reread
from reperes.text.digests import digests_of_files
from reperes.text.problems import ContentError, Problem

_SECTION = re.compile(r"sections/(?P<language>[^/]+)/(?P<id>[^/]+)\.md")
_BASELINE = re.compile(baseline_path(r"(?P<language>[^/]+)", r"(?P<id>[^/]+)"))

_FAR_BEHIND = 20
"""How many sections may have changed since a reading was kept, before a new one is."""


@dataclass(frozen=True)
class Reading:
    """A content as it was read: what came of it, and what loading said.

    `name` is what messages call its folder; `files` has the digest of each file that it was read
    from. `before` is the earlier reading of which this one has all but some sections.
    """

    name: str
    files: Mapping[str, bytes]
    explainer: Explainer
    problems: tuple[Problem, ...] = ()
    before: Reading | None = None

    @property
    def is_sound(self) -> bool:
        """Whether what was read may be kept: loading says nothing of it."""
        return not self.problems

    @property
    def is_worth_keeping(self) -> bool:
        """Whether the next reading would be much slower by an earlier one."""
        if not self.is_sound:
            return False
        return self.before is None or len(_changed(self.files, self.before.files)) > _FAR_BEHIND


def read_content(content: Path, before: Reading | None = None) -> Reading:
    """Read everything in a content folder, as `load` does; `before` is an earlier, sound reading.

    Raises ContentError as `load` does.
    """
    # First of all: what is saved from now on is seen to be new, here or the next time.
    files = digests_of_files(content)
    folder = Folder(content)
    if before is not None and before.name == folder.name:
        changed = _changed(files, before.files)
        again = _read_sections(content, files, changed, before)
        if again is not None:
            return again
        known = known_parts(before.explainer, changed)
    else:
        known = KnownParts()
    loaded = load_folder(folder, known)
    now = {**files, **folder.digests}
    return Reading(folder.name, now, loaded.explainer, loaded.problems)


def _changed(files: Mapping[str, bytes], before: Mapping[str, bytes]) -> set[str]:
    """The files that one folder has and another has not, or has otherwise."""
    return {name for name in {*files, *before} if files.get(name) != before.get(name)}


def _read_sections(
    content: Path, files: Mapping[str, bytes], changed: Collection[str], before: Reading
) -> Reading | None:
    """The reading, if only sections and baselines have changed, and nothing is wrong with them."""
    explainer = before.explainer
    sections: set[SectionKey] = set()
    baselines: set[SectionKey] = set()
    for name in changed:
        if name not in files or name not in before.files:
            return None
        if (found := _SECTION.fullmatch(name)) and found.groups() in explainer.marks:
            # What is said of one language depends on the others.
            versions = explainer.versions(found["id"])
            sections.update((version.language, found["id"]) for version in versions)
        elif (found := _BASELINE.fullmatch(name)) and found.groups() in explainer.baselines:
            baselines.add((found["language"], found["id"]))
        else:
            return None
    return _with_sections(content, files, sorted(sections), sorted(baselines), before)


def _with_sections(
    content: Path,
    files: Mapping[str, bytes],
    sections: Collection[SectionKey],
    baselines: Collection[SectionKey],
    before: Reading,
) -> Reading | None:
    folder = Folder(content)
    explainer = before.explainer
    if baselines:
        try:
            read = {key: read_baseline(folder, *key) for key in baselines}
        except ContentError:
            return None
        found = {key: baseline for key, baseline in read.items() if baseline is not None}
        explainer = replace(explainer, baselines={**explainer.baselines, **found})
    if sections:
        loaded = reread(explainer, folder, sections)
        if loaded.problems:
            return None
        explainer = loaded.explainer
    now = {**files, **folder.digests}
    return Reading(before.name, now, explainer, before=before)


def known_parts(explainer: Explainer, changed: Collection[str]) -> KnownParts:
    """What can be taken from a sound explainer, whatever the files say that have changed since."""
    if "site.yml" in changed:
        return KnownParts()
    sections = {
        (language, section_id): section
        for language, found in explainer.sections.items()
        for section_id, section in found.items()
        if f"sections/{language}/{section_id}.md" not in changed
    }
    return KnownParts(
        sections,
        {key: marks for key, marks in explainer.marks.items() if key in sections},
        {
            key: baseline
            for key, baseline in explainer.baselines.items()
            if baseline_path(*key) not in changed
        },
    )
