"""Changing an id everywhere it is typed, and nothing else."""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping
from pathlib import Path

from build_tools.explainer import Explainer
from build_tools.facts import Entry
from build_tools.loading import Loaded, load
from build_tools.problems import ContentError, Place, Problem, Text, did_you_mean
from build_tools.references import Link, Mark, find_marks, replace_marks
from build_tools.schema import KINDS
from build_tools.shapes import ID_PATTERN
from build_tools.translations import (
    BaselineUnit,
    baseline_path,
    baseline_text,
    read_baseline,
)

RULE = "rename"
_FACT_NOUNS = ("figure", "event", "claim")


def rename(content: Path, old: str, new: str) -> list[str]:
    """Change the id `old` to `new` in every file; the files changed, sorted.

    `old` may name the kind ("term:osdh") where several kinds bear the id. Ids of sections are
    file names, and are renamed with them. Raises ContentError, before anything is written.
    """
    loaded = load(content)
    if loaded.explainer is None or any(problem.is_error for problem in loaded.problems):
        raise ContentError(loaded.problems)
    noun, old_id = _find(loaded.explainer, old)
    _check_new(loaded.explainer, noun, new)
    places = set(_places(loaded, noun, old_id))
    changed = {path: _edited(path, places, old_id, new) for path in {p.path for p in places}}
    baselines = dict(_edited_baselines(loaded, noun, old_id, new))
    for path, data in changed.items():
        Path(path).write_bytes(data)
    for baseline, text in baselines.items():
        baseline.write_text(text, "utf-8", newline="\n")
    moved = list(_move_files(loaded, old_id, new)) if noun == "section" else []
    return sorted({*changed, *map(str, baselines), *moved})


def _ids(explainer: Explainer) -> Mapping[str, Iterable[str]]:
    return {
        "fact": explainer.facts,
        "actor": explainer.actors,
        "place": explainer.places,
        "term": explainer.terms,
        "source": explainer.sources,
        "section": explainer.site.section_ids,
    }


def _find(explainer: Explainer, typed: str) -> tuple[str, str]:
    noun, _, old = typed.rpartition(":")
    noun = "fact" if noun in _FACT_NOUNS else noun
    ids = _ids(explainer)
    nouns = [name for name, known in ids.items() if old in known and noun in ("", name)]
    if len(nouns) == 1:
        return nouns[0], old
    if nouns:
        choices = " or ".join(f"{name}:{old}" for name in nouns)
        raise _refusal(typed, f'"{old}" is the id of a {" and a ".join(nouns)}; write {choices}')
    every = {known for group in ids.values() for known in group}
    raise _refusal(typed, f'nothing has the id "{old}"{did_you_mean(old, every)}')


def _check_new(explainer: Explainer, noun: str, new: str) -> None:
    if not re.fullmatch(ID_PATTERN, new):
        raise _refusal(new, f'"{new}" is no id; write small letters, digits and _, a letter first')
    if new in _ids(explainer)[noun]:
        raise _refusal(new, f'{noun} id "{new}" is taken; choose another')


def _refusal(typed: str, message: str) -> ContentError:
    return ContentError([Problem(Place(typed), message, RULE)])


def _places(loaded: Loaded, noun: str, old: str) -> Iterator[Place]:
    """Where the id itself begins, wherever it is typed."""
    explainer = loaded.explainer
    assert explainer is not None
    for mention in loaded.mentions:
        if mention.id == old and noun in mention.namespaces:
            yield mention.id.place
    if noun == "section":
        for language in explainer.languages:
            section = explainer.section(language, old)
            yield from [section.id.place] if section else []
        yield from (typed.place for typed in explainer.site.section_ids if typed == old)
    else:
        yield _groups(explainer)[noun][old].id.place
    every = [mark for marks in explainer.marks.values() for mark in marks]
    every += [mark for _, _, mark in explainer.yaml_marks]
    for sections in explainer.sections.values():
        for section in sections.values():
            every += [m for text in (section.title, section.summary) for m in find_marks(text)[0]]
    for mark in every:
        if _means(mark, noun, old):
            yield mark.id_place if isinstance(mark, Link) else mark.place


def _groups(explainer: Explainer) -> Mapping[str, Mapping[str, Entry]]:
    return {
        "fact": explainer.facts,
        "actor": explainer.actors,
        "place": explainer.places,
        "term": explainer.terms,
        "source": explainer.sources,
    }


def _means(mark: Mark, noun: str, old: str) -> bool:
    if not isinstance(mark, Link):
        return noun == "fact" and mark.id == old
    return mark.id == old and (mark.scheme == noun or (noun, mark.scheme) == ("fact", "claim"))


def _edited(path: str, places: Iterable[Place], old: str, new: str) -> bytes:
    """A file's bytes with the id changed at its places; line ends and all else stay."""
    by_line: dict[int, list[int]] = defaultdict(list)
    for place in places:
        if place.path == path:
            by_line[place.line].append(place.column)
    data = Path(path).read_bytes()
    mark = b"\xef\xbb\xbf" if data.startswith(b"\xef\xbb\xbf") else b""
    lines = re.split(r"(?<=\n)|(?<=\r)(?!\n)", data.decode("utf-8-sig"))
    for number, columns in by_line.items():
        line = lines[number - 1]
        for column in sorted(columns, reverse=True):
            start = line.find(old, column - 1)
            if start >= 0:
                line = line[:start] + new + line[start + len(old) :]
        lines[number - 1] = line
    return mark + "".join(lines).encode()


def _edited_baselines(loaded: Loaded, noun: str, old: str, new: str) -> Iterator[tuple[Path, str]]:
    """Baselines hold marks unresolved: an id that changes there too makes nothing stale."""
    explainer, folder = loaded.explainer, loaded.folder
    assert explainer is not None
    for language in explainer.languages:
        for name in folder.names(f"translations/{language}", ".po"):
            baseline = read_baseline(folder, language, name)
            edited = tuple(_edited_unit(unit, noun, old, new) for unit in baseline or ())
            if edited != baseline:
                original = _original_of(explainer, language, name)
                path = folder.root / baseline_path(language, name)
                yield path, baseline_text(language, original, edited)


def _original_of(explainer: Explainer, language: str, name: str) -> str:
    section = explainer.section(language, name)
    return str(section.original) if section and section.original else explainer.languages[0]


def _edited_unit(unit: BaselineUnit, noun: str, old: str, new: str) -> BaselineUnit:
    nouns = _FACT_NOUNS if noun == "fact" else (noun,)
    roots = {kind.root for kind in KINDS if kind.noun in nouns}
    parts = unit.context.split("/")
    if len(parts) > 2 and parts[0] in roots and parts[1] == old:
        parts[1] = new
    texts = (_edited_text(text, noun, old, new) for text in (unit.original, unit.translation))
    return BaselineUnit("/".join(parts), *texts)


def _edited_text(text: str, noun: str, old: str, new: str) -> str:
    marks = [m for m in find_marks(Text(text, Place("")))[0] if _means(m, noun, old)]

    def renamed(mark: Mark) -> str:
        typed = text[mark.start : mark.end]
        start = typed.rfind(old) if isinstance(mark, Link) else typed.find(old)
        return typed[:start] + new + typed[start + len(old) :]

    return replace_marks(text, marks, renamed)


def _move_files(loaded: Loaded, old: str, new: str) -> Iterator[str]:
    root = loaded.folder.root
    for pattern in (f"sections/*/{old}.md", f"translations/*/{old}.po"):
        for path in sorted(root.glob(pattern)):
            target = path.with_name(f"{new}{path.suffix}")
            path.rename(target)
            yield str(target)
