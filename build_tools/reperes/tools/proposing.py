"""From the text of a source to drafts of facts, written beside the facts for people to decide."""

from __future__ import annotations

from collections import Counter
from collections.abc import Collection, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from pathlib import Path

from reperes.drafts.files import text_of_drafts
from reperes.drafts.finding import LANGUAGES, Finding, findings, known_names
from reperes.drafts.proposals import MOST_DRAFTS, Proposed, propose
from reperes.drafts.texts import keep_paragraphs, paragraphs_of_text
from reperes.drafts.unknown_names import unknown_names
from reperes.language.lexicon import lexicon
from reperes.model.bearings import Source
from reperes.model.documents import Folder
from reperes.model.drafts import KINDS_OF_DRAFTS, RULE, Drafts, drafts_path
from reperes.model.explainer import Explainer
from reperes.model.loading import load
from reperes.model.paragraphs import paragraph_digest, read_paragraphs
from reperes.model.schema import DEFAULTS, NOUNS
from reperes.model.yaml_values import Table, find_comment
from reperes.text.editing import with_line_ends_of
from reperes.text.files import write_all
from reperes.text.problems import ContentError, Place, Problem, did_you_mean, warning
from reperes.tools.source_check import digest_problems

_MOST_NAMES = 12
"""How many names without an entry are listed."""


@dataclass(frozen=True)
class Reading:
    """What came of reading a source's text: the drafts, where they are, and what to tell.

    `names` are those that no entry records, with the paragraphs that have them. `digests` are lines
    for sources.yml, where the source has none there yet.
    """

    proposed: Proposed
    path: str
    problems: tuple[Problem, ...] = ()
    names: Mapping[str, Sequence[int]] = field(default_factory=dict)
    digests: str = ""


class UnknownSourceError(ContentError):
    """There is no such source; `entry` is one for sources.yml, for a person to complete."""

    def __init__(self, problem: Problem, entry: str) -> None:
        super().__init__([problem])
        self.entry = entry


def read_source(
    content: Path, source_id: str, text: Path, texts: Path, only: Collection[int] | None = None
) -> Reading:
    """Propose what a text of a source says, and write it to its file of drafts.

    `texts` is the folder in which it is kept for those who decide; with `only`, no other paragraphs
    are searched. Raises ContentError, with nothing written, where the content or the text cannot be
    read, or the text is not the one of which sources.yml has the digests.
    """
    explainer = load(content).read()
    folder = Folder(content)
    paragraphs = paragraphs_of_text(text)
    source = _source(explainer, folder, source_id, paragraphs)
    surplus: list[Problem] = []
    if source.paragraphs:
        surplus = list(digest_problems(source, read_paragraphs(text), text))
        if other := [problem for problem in surplus if problem.is_error]:
            raise ContentError(other)
        # What stands below the text that was read is not the source's, or repeats it.
        paragraphs = paragraphs[: len(source.paragraphs)]
    relative = drafts_path(source_id)
    before = explainer.drafts.get(source_id) or Drafts(source_id, folder.path(relative))
    _refuse_comment(folder, relative)
    names = known_names(explainer, str(source.language))

    def find(searched: str) -> Sequence[Finding]:
        return findings(searched, str(source.language), names, source.published)

    proposed = propose(explainer, source, paragraphs, before, find, _shared(folder), only)
    path = folder.root / relative
    written = text_of_drafts(proposed.drafts, explainer.languages)
    if proposed.drafts.proposals or folder.has(relative):
        write_all({path: with_line_ends_of(path, written)})
    keep_paragraphs(texts, source_id, paragraphs)
    digests = "" if source.paragraphs else _digest_lines(paragraphs)
    problems = tuple(sorted([*_problems(proposed, text), *surplus]))
    others = unknown_names(paragraphs, names)
    return Reading(proposed, folder.path(relative), problems, others, digests)


def _source(
    explainer: Explainer, folder: Folder, source_id: str, paragraphs: Sequence[str]
) -> Source:
    source = explainer.sources.get(source_id)
    if source is None:
        hint = did_you_mean(source_id, explainer.sources)
        message = f'no source "{source_id}"{hint}'
        fix = f"complete the entry below and add it to {folder.path('sources.yml')}"
        problem = Problem(Place(source_id), f"{message.rstrip('?')} ({fix})", "source")
        raise UnknownSourceError(problem, _entry(explainer, source_id, paragraphs))
    if source.language not in LANGUAGES:
        known = " or ".join(f'"{code}"' for code in LANGUAGES)
        message = f'source {source_id}: numbers and dates are found in {known} alone, not "'
        fix = '"; write its facts by hand'
        raise ContentError(
            [Problem(source.language.place, f"{message}{source.language}{fix}", RULE)]
        )
    return source


def _entry(explainer: Explainer, source_id: str, paragraphs: Sequence[str]) -> str:
    """An entry for sources.yml with all that a text tells; a person has the rest."""
    each = ", ".join(f'{code}: "…"' for code in explainer.languages)
    return (
        f'  - id: "{source_id}"\n'
        '    type: "article"\n'
        '    publisher: "…"\n'
        f'    language: "{_likely_language(paragraphs)}"\n'
        '    published: "…"\n'
        f"    label: {{ {each} }}\n"
        f"    reference: {{ {each} }}\n"
        f"{_digest_lines(paragraphs)}"
    )


def _likely_language(paragraphs: Sequence[str]) -> str:
    """The language of which a text has most small words."""
    words = Counter(word for text in paragraphs[:50] for word in text.lower().split())
    return max(LANGUAGES, key=lambda code: sum(words[w] for w in lexicon(code).small_words))


def _digest_lines(paragraphs: Sequence[str]) -> str:
    lines = (f'      - "{paragraph_digest(text)}"\n' for text in paragraphs)
    return "    paragraphs:\n" + "".join(lines)


def _shared(folder: Folder) -> dict[str, Table]:
    """What each file of facts says for all its entries."""
    found = {}
    for root, kind in KINDS_OF_DRAFTS.items():
        table = folder.read_yaml(kind.path) if folder.has(kind.path) else None
        shared = table.get(DEFAULTS) if table else None
        if isinstance(shared, Table):
            found[root] = shared
    return found


def _refuse_comment(folder: Folder, relative: str) -> None:
    if not folder.has(relative):
        return
    if comment := find_comment(folder.read_text(relative), folder.path(relative)):
        message = "a comment, which would be lost; make it an editor_note, or remove it"
        raise ContentError([Problem(comment, message, RULE)])


def _problems(proposed: Proposed, text: Path) -> Iterator[Problem]:
    for known in proposed.known:
        if known.is_contradicted:
            fact = known.fact
            message = f'{NOUNS[type(fact)]} {fact.id}: its source says "{known.words}" in paragraph'
            found = f"{known.paragraph}, which seems to be {known.typed}; compare"
            yield warning(fact.place, f"{message} {found}", RULE)
    for number in proposed.changed:
        message = f"paragraph {number} has changed since it was last read; compare"
        yield warning(Place(str(text)), message, RULE)
    for lost in proposed.lost:
        message = f'draft {lost.id}: "{lost.evidence}" is no longer in paragraph {lost.paragraph}'
        yield warning(lost.id.place, f"{message}; drop it, or correct its source", RULE)
    if proposed.next_paragraph:
        message = (
            f"a file holds {MOST_DRAFTS} drafts, and paragraphs from {proposed.next_paragraph}"
        )
        fix = "on were not searched; decide some, then run this again"
        yield warning(proposed.drafts.place, f"{message} {fix}", RULE)


def summary(reading: Reading) -> Iterator[str]:
    """What was found, in a few lines for the terminal."""
    proposed = reading.proposed
    new = {kind.noun: 0 for kind in KINDS_OF_DRAFTS.values()}
    for proposal in proposed.drafts.proposals:
        new[proposal.kind.noun] += proposal.id in proposed.new
    counts = ", ".join(_counted(number, noun) for noun, number in new.items() if number)
    read = _counted(len(proposed.drafts.paragraphs), "paragraph")
    yield f"{read} read; {counts or 'nothing new'}" + (f" in {reading.path}" if counts else "")
    said = dict.fromkeys(str(k.fact.id) for k in proposed.known if not k.is_contradicted)
    if said:
        yield f"{_counted(len(said), 'fact')} say the rest already: {', '.join(said)}"
    for reason, number in proposed.left_out.items():
        yield f"left out: {number} {reason}"
    if reading.names:
        each = [f"{name} ({', '.join(map(str, at[:3]))})" for name, at in reading.names.items()]
        more = f" and {len(each) - _MOST_NAMES} more" if len(each) > _MOST_NAMES else ""
        yield f"names that no entry records: {', '.join(each[:_MOST_NAMES])}{more}"


def _counted(number: int, noun: str) -> str:
    return f"{number} {noun}{'s' * (number != 1)}"
