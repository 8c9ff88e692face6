"""The state of every translation: what is up to date, stale, missing or orphaned, and where."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from typing import Literal

from build_tools.alignment import Row, section_rows
from build_tools.explainer import Explainer
from build_tools.facts import Section
from build_tools.problems import Place, Text
from build_tools.targets import Target, section_pair
from build_tools.translations import FACTS, baseline_path, normalised, section_blocks

TextState = Literal["fresh", "stale", "missing", "orphaned"]
"""In the order of how well a translation stands."""

Kind = Literal["changed", "added", "repeated", "removed", "unstamped", "missing", "orphaned"]
"""Why a translator must look at something.

The original of a block was reworded; is new; says once more what another block says; or is gone,
while its translation may still stand. A text was never stamped, so that nothing can be compared;
is not translated at all; or is a translation or a baseline whose original is gone.
"""


@dataclass(frozen=True, slots=True)
class Finding:
    """Something that a translator must look at.

    `place` is that of the original; of what is gone, that of its baseline or translation. `was` is
    the original as it was when translated, "" where that is not known; `now` as it is, None where
    it is gone. `translations` are the blocks that say it, none where there are none, or where they
    say it together with another block, `along`.
    """

    target: Target
    kind: Kind
    place: Place
    was: str = ""
    now: Text | None = None
    translations: tuple[Text, ...] = ()
    along: str = ""


@dataclass(frozen=True, slots=True)
class Count:
    """How much there is of something in an original, and how much of it is up to date."""

    all: int = 0
    fresh: int = 0

    def __add__(self, other: Count) -> Count:
        return Count(self.all + other.all, self.fresh + other.fresh)

    @property
    def percent(self) -> int:
        """Rounded down, so that 100 means all; 100 of nothing."""
        return self.fresh * 100 // self.all if self.all else 100


@dataclass(frozen=True, slots=True)
class TextStatus:
    """The state of a section, or of the YAML texts, in a language that it is translated into.

    `path` is the file of the translation, whether it is written or not; for the YAML texts, that
    of their baseline. `blocks` and `words` are counted in the original.
    """

    target: Target
    state: TextState
    path: str
    blocks: Count = Count()
    words: Count = Count()
    findings: tuple[Finding, ...] = ()


@dataclass(frozen=True, slots=True)
class LanguageStatus:
    """All that is translated into one language, sections in reading order."""

    language: str
    texts: tuple[TextStatus, ...]

    @property
    def blocks(self) -> Count:
        return sum((text.blocks for text in self.texts), Count())

    @property
    def words(self) -> Count:
        return sum((text.words for text in self.texts), Count())

    @property
    def findings(self) -> Sequence[Finding]:
        return [finding for text in self.texts for finding in text.findings]


def translation_status(explainer: Explainer) -> list[LanguageStatus]:
    """The state of the translations into each language that has any, in the site's order."""
    found = [
        LanguageStatus(language, tuple(_texts(language, explainer)))
        for language in explainer.languages
    ]
    return [status for status in found if status.texts]


def _texts(language: str, explainer: Explainer) -> Iterator[TextStatus]:
    written = (section for sections in explainer.sections.values() for section in sections)
    for section_id in dict.fromkeys((*explainer.reading_order, *written)):
        yield from _section(Target(language, str(section_id)), explainer)
    if language != explainer.languages[0]:
        yield _facts(Target(language, FACTS), explainer)
    for baseline_language, name in sorted(explainer.baselines):
        target = Target(language, name)
        if baseline_language == language and _is_orphaned_baseline(target, explainer):
            yield _orphan(target, Place(_root(explainer) + baseline_path(*target.key)))


def _section(target: Target, explainer: Explainer) -> Iterator[TextStatus]:
    section = explainer.section(*target.key)
    pair = section_pair(explainer, *target.key)
    if pair is not None:
        rows = section_rows(*pair, explainer.baselines.get(target.key))
        yield _translated(target, pair, rows)
    elif section is not None and section.original is not None:
        yield _orphan(target, section.place)
    elif section is None and (original := _original(target.name, explainer)):
        blocks, words = _counts((block.text, False) for block in section_blocks(original))
        finding = Finding(target, "missing", original.place)
        path = f"{_root(explainer)}sections/{target.language}/{target.name}.md"
        yield TextStatus(target, "missing", path, blocks, words, (finding,))


def _original(section_id: str, explainer: Explainer) -> Section | None:
    versions = (explainer.section(code, section_id) for code in explainer.languages)
    return next((section for section in versions if section and section.original is None), None)


def _translated(target: Target, pair: tuple[Section, Section], rows: Sequence[Row]) -> TextStatus:
    blocks, words = _counts((row.original.text, not row.is_stale) for row in rows if row.original)
    if any(row.state == "unstamped" for row in rows):
        findings: tuple[Finding, ...] = (Finding(target, "unstamped", pair[0].place),)
    else:
        findings = tuple(_finding(target, row) for row in rows if row.is_stale)
    state: TextState = "stale" if findings else "fresh"
    return TextStatus(target, state, pair[1].path, blocks, words, findings)


def _finding(target: Target, row: Row) -> Finding:
    assert row.state != "fresh"
    assert row.state != "extra"
    place = row.original.text.place if row.original else row.was[0].place
    return Finding(
        Target(target.language, target.name, row.name if row.original else ""),
        row.state,
        place,
        row.old_text,
        row.original.text if row.original else None,
        tuple(block.text for block in row.translations),
        row.along,
    )


def _facts(target: Target, explainer: Explainer) -> TextStatus:
    baseline = explainer.baselines.get(target.key)
    texts = dict(explainer.yaml_texts())
    known = {unit.context: unit for unit in baseline or ()}
    first = explainer.languages[0]
    findings = []
    fresh = {}
    for path, pair in texts.items():
        unit = known.pop(path, None)
        fresh[path] = unit is not None and normalised(unit.original) == normalised(pair[first])
        if not fresh[path]:
            part = Target(target.language, FACTS, path)
            kind: Kind = "changed" if unit else "added"
            was = unit.original if unit else ""
            ours = (pair[target.language],)
            findings.append(Finding(part, kind, pair[first].place, was, pair[first], ours))
    orphans = [
        Finding(Target(target.language, FACTS, path), "orphaned", unit.place, unit.original)
        for path, unit in known.items()
    ]
    if baseline is None:
        findings = [Finding(target, "unstamped", explainer.site.title[first].place)]
    blocks, words = _counts((pair[first], fresh[path]) for path, pair in texts.items())
    state: TextState = "stale" if findings else "orphaned" if orphans else "fresh"
    path = _root(explainer) + baseline_path(*target.key)
    return TextStatus(target, state, path, blocks, words, (*findings, *orphans))


def _counts(texts: Iterable[tuple[str, bool]]) -> tuple[Count, Count]:
    """Texts with whether they are fresh, counted themselves and by their words."""
    blocks = words = Count()
    for text, fresh in texts:
        length = len(text.split())
        blocks += Count(1, int(fresh))
        words += Count(length, length * fresh)
    return blocks, words


def _orphan(target: Target, place: Place) -> TextStatus:
    finding = Finding(target, "orphaned", place)
    return TextStatus(target, "orphaned", place.path, findings=(finding,))


def _is_orphaned_baseline(target: Target, explainer: Explainer) -> bool:
    """Whether nothing that is written, or should be, is compared with a baseline."""
    if target.name == FACTS:
        return target.language == explainer.languages[0]
    section = explainer.section(*target.key)
    if section is None:
        return _original(target.name, explainer) is None
    return section.original is None


def _root(explainer: Explainer) -> str:
    """The content folder as messages call it, with a slash."""
    return explainer.site.base_url.place.path.removesuffix("site.yml")
