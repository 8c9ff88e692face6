"""What translators name on the command line: a translation, a block of it, or a YAML text."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path

from reperes.model.baselines import FACTS
from reperes.model.explainer import Explainer, SectionKey
from reperes.model.loading import load
from reperes.model.readable import readable_part
from reperes.text.problems import ContentError, Place, Problem, did_you_mean, quoted
from reperes.translation.staleness import rows_of

HOW = f'write LANGUAGE/ID, such as "en/{FACTS}"'


@dataclass(frozen=True, order=True, slots=True)
class Target:
    """A translation ("en/talks"), or one block or text of it ("en/talks:3").

    `name` is the section's id, or "facts" for the YAML texts. `part` is "" for the whole, else the
    block's name in the original ("title", "3"), its id in the baseline where the original no longer
    has it, or the path of a text ("figures/displaced/label").
    """

    language: str
    name: str
    part: str = ""

    def __str__(self) -> str:
        return f"{self.language}/{self.name}" + (f":{self.part}" if self.part else "")

    @property
    def key(self) -> SectionKey:
        return self.language, self.name


def translations_of(explainer: Explainer) -> Iterator[Target]:
    """All that has a translation: the YAML texts of each language but the first, then sections.

    The first has some too where words were said in another.
    """
    for language in explainer.languages:
        if explainer.texts_into(language):
            yield Target(language, FACTS)
    for language, sections in explainer.sections.items():
        for section_id in sections:
            if explainer.translated_pair(language, section_id):
                yield Target(language, section_id)


def name_and_part(typed: str) -> tuple[str, str]:
    """A translation's name as typed, which may be the path of its file, and what follows a ":"."""
    name, _, part = typed.partition(":")
    return name.removesuffix(".md").removeprefix("content/").removeprefix("sections/"), part


def find_targets(typed: str, explainer: Explainer) -> list[Target]:
    """The targets named: several for a language ("en"), or for a fact with several texts.

    The name may be the path of the translation's file. Raises ContentError for what is not there.
    """
    name, part = name_and_part(typed)
    known = {str(target): target for target in translations_of(explainer)}
    of_language = [target for target in known.values() if target.language == typed]
    if of_language:
        return of_language
    target = known.get(name)
    if target is None:
        raise _refusal(typed, _unknown(name, known, explainer))
    if not part:
        return [target]
    parts = (
        _texts(typed, part, target.language, explainer)
        if target.name == FACTS
        else _block(target, typed, part, explainer)
    )
    return [Target(target.language, target.name, found) for found in parts]


@dataclass(frozen=True)
class Readable:
    """What of an explainer can be read, and the errors because of which the rest cannot."""

    explainer: Explainer
    unread: Sequence[Problem] = ()


def load_readable(content: Path, names: Sequence[str] = ()) -> Readable:
    """What of a content can be spoken of, though some of its files have errors.

    Raises ContentError where these are in what was asked for, by `names` such as "en/talks:3".
    """
    loaded = load(content)
    asked = {name_and_part(name)[0].rpartition("/")[2] for name in names}
    if refused := [p for p in loaded.unread if _named_by(p.place.path) in asked]:
        raise ContentError(refused)
    return Readable(readable_part(loaded), loaded.unread)


def _named_by(path: str) -> str:
    """The name under which translators ask for what stands in a file: "talks", or "facts"."""
    return FACTS if path.endswith(".yml") else Path(path).stem


def original_named(name: str, explainer: Explainer) -> str | None:
    """The id of the section whose original was named ("fr/talks"), or None where it was not."""
    language, _, section_id = name.partition("/")
    section = explainer.sections.get(language, {}).get(section_id)
    return section_id if section is not None and section.original is None else None


def _refusal(typed: str, message: str) -> ContentError:
    return ContentError([Problem(Place(typed), message, "stamp")])


def _unknown(name: str, known: Iterable[str], explainer: Explainer) -> str:
    language, _, section_id = name.partition("/")
    twins = [f'"{twin}"' for twin in known if twin.endswith(f"/{section_id}")]
    section = explainer.sections.get(language, {}).get(section_id)
    if twins and section and section.original is None:
        return f'"{name}" is an original; name its translation, {" or ".join(twins)}'
    if section and section.original is not None:
        original = f"sections/{section.original}/{section_id}.md"
        return f'no translation "{name}": its original, {original}, is gone'
    others = [found[section_id] for found in explainer.sections.values() if section_id in found]
    if language in explainer.languages and others:
        path = f"sections/{language}/{section_id}.md"
        return f'no translation "{name}": translate {others[0].path} in {path} first'
    return f'no translation "{name}"{did_you_mean(name, known)}; {HOW}'


def _block(target: Target, typed: str, part: str, explainer: Explainer) -> Sequence[str]:
    rows = rows_of(explainer, *target.key)
    found = [row.name for row in rows if part in (row.name, row.id)]
    if found:
        return found[:1]
    original = explainer.original_of(target.name)
    assert original is not None
    names = [row.name for row in rows if row.original]
    some = f"write title, summary, or 1 to {names[-1]}"
    message = f"{original.path} has no block {quoted(part)}; {some}"
    raise _refusal(typed, message)


def _texts(typed: str, part: str, language: str, explainer: Explainer) -> Sequence[str]:
    """The paths of the texts that `part` names: one by its path, or all of an entry by its id."""
    paths = [*explainer.texts_into(language)]
    if part in paths:
        return [part]
    entries = _entries(paths)
    named = {
        entry: found for entry, found in entries.items() if part in (entry, entry.split("/")[-1])
    }
    if len(named) == 1:
        return next(iter(named.values()))
    if named:
        ways = " or ".join(typed.replace(f":{part}", f":{entry}") for entry in named)
        raise _refusal(typed, f"several entries have the id {quoted(part)}; write {ways}")
    hint = did_you_mean(part, {*paths, *entries, *(entry.split("/")[-1] for entry in entries)})
    raise _refusal(typed, f"no text or entry {quoted(part)}{hint}; write an id, such as figures/ID")


def _entries(paths: Iterable[str]) -> Mapping[str, list[str]]:
    """The paths of texts under each entry's own ("figures/displaced", "site/sides/russia")."""
    entries: dict[str, list[str]] = defaultdict(list)
    for path in paths:
        steps = path.split("/")
        for length in range(1, len(steps)):
            entries["/".join(steps[:length])].append(path)
    return entries
