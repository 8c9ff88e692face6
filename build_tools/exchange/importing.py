"""Taking translations in: what fits is written to its place and stamped, the rest is reported."""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from functools import cached_property
from pathlib import Path

from build_tools.documents import UNREADABLE
from build_tools.editing import Span, encoded_as, replaced, with_line_ends_of, write_all
from build_tools.exchange.formats import read_units
from build_tools.exchange.pairing import Pair
from build_tools.exchange.scalars import ContentFile, double_quoted
from build_tools.exchange.structure import differences, has_words
from build_tools.exchange.units import (
    RULE,
    Returned,
    SectionPairing,
    Unit,
    Verdict,
    batch,
    section_context,
    section_pairings,
)
from build_tools.explainer import Explainer
from build_tools.facts import Section
from build_tools.forms import misfit
from build_tools.loading import Loaded, load
from build_tools.markup import split_blocks
from build_tools.problems import ContentError, Place, Problem, Text, did_you_mean, quoted, warning
from build_tools.references import Placeholder, find_marks
from build_tools.resolving import check_link_text
from build_tools.rules import markdown
from build_tools.translations import (
    FACTS,
    BaselineUnit,
    baseline_path,
    baseline_text,
    normalised,
)


@dataclass(frozen=True, slots=True)
class Outcome:
    """What an import did.

    `accepted` counts the units that were taken or confirmed; `changed` are files of texts, and
    `stamped` the baselines ("en/talks"), sorted.
    """

    accepted: int
    changed: tuple[str, ...]
    stamped: tuple[str, ...]
    problems: tuple[Problem, ...]


@dataclass
class _Plan:
    """What will be written, once everything has been judged."""

    loaded: Loaded
    problems: list[Problem]
    accepted: int = 0
    files: dict[Path, ContentFile] = field(default_factory=dict)
    edits: dict[Path, list[tuple[Span, str]]] = field(default_factory=lambda: defaultdict(list))
    created: dict[Path, bytes] = field(default_factory=dict)
    baselines: dict[str, bytes] = field(default_factory=dict)

    @property
    def explainer(self) -> Explainer:
        assert self.loaded.explainer is not None
        return self.loaded.explainer

    @cached_property
    def contexts(self) -> Mapping[str, frozenset[str]]:
        """The ids of all units, by language."""
        return {
            code: frozenset(unit.context for unit in batch(self.loaded, code)[0].units)
            for code in self.explainer.languages
        }

    def file_of(self, path: str) -> ContentFile:
        resolved = Path(path).resolve()
        if resolved not in self.files:
            self.files[resolved] = ContentFile(resolved)
        return self.files[resolved]

    def replace_scalar(self, old: Text, new: str) -> None:
        file = self.file_of(old.place.path)
        self.edits[file.path].append(file.scalar_edit(old, new))

    def stamp(self, language: str, name: str, original: str, units: Iterable[BaselineUnit]) -> None:
        relative, folder = baseline_path(language, name), self.loaded.folder
        path = folder.root / relative
        before = folder.read_text(relative) if folder.has(relative) else ""
        data = with_line_ends_of(path, baseline_text(language, original, units, before))
        if not path.exists() or path.read_bytes() != data:
            self.baselines[f"{language}/{name}"] = data

    def write(self) -> Outcome:
        root = self.loaded.folder.root
        texts = {
            path: encoded_as(path, replaced(self.files[path].text, edits))
            for path, edits in self.edits.items()
        }
        texts |= self.created
        baselines = {
            root / baseline_path(*name.split("/", 1)): data for name, data in self.baselines.items()
        }
        write_all({**texts, **baselines})
        names = [self.loaded.folder.path(path.relative_to(root).as_posix()) for path in texts]
        stamped = tuple(sorted(self.baselines))
        return Outcome(self.accepted, tuple(sorted(names)), stamped, tuple(sorted(self.problems)))


def import_file(content: Path, path: Path) -> Outcome:
    """Take what fits from a translated file.

    Raises ContentError, before anything is written, where the content itself is not sound or the
    file cannot be read at all.
    """
    loaded = load(content)
    if loaded.explainer is None or any(problem.is_error for problem in loaded.problems):
        raise ContentError(loaded.problems)
    returned, problems = read_units(path)
    plan = _Plan(loaded, problems)
    by_language: dict[str, list[Returned]] = defaultdict(list)
    for unit in returned:
        by_language[unit.language or _language_of(unit, plan)].append(unit)
    for typed, units in by_language.items():
        _take_language(plan, typed, units)
    return plan.write()


def _language_of(returned: Returned, plan: _Plan) -> str:
    """The language of a unit whose file does not say it: the last one that has its id."""
    found = [code for code, contexts in plan.contexts.items() if returned.context in contexts]
    # An id that is of none is reported later; any language serves for that.
    return [*plan.explainer.languages, *found][-1]


def _take_language(plan: _Plan, typed: str, returned: Sequence[Returned]) -> None:
    languages = plan.explainer.languages
    language = next((code for code in languages if typed.lower() == code), None)
    if language is None:
        message = f'the translation is in "{typed}", which is no language of the site'
        hint = did_you_mean(typed, languages)
        plan.problems.append(Problem(returned[0].place, f"{message}{hint}", RULE))
        return
    units = {unit.context: unit for unit in batch(plan.loaded, language)[0].units}
    taken = dict(_accepted(plan, language, units, returned))
    for section in section_pairings(plan.loaded, language):
        _take_section(plan, language, section, taken)
    _take_texts(plan, language, units, taken)


_Taken = Mapping[str, tuple[str, Place]]
"""The accepted texts by context, each with its place in the imported file."""


def _accepted(
    plan: _Plan, language: str, units: Mapping[str, Unit], returned: Sequence[Returned]
) -> Iterator[tuple[str, tuple[str, Place]]]:
    found = [(each, _unit_of(each, units)) for each in returned]
    times = Counter(unit.context for _, unit in found if unit is not None)
    first: dict[str, Place] = {}
    for each, unit in found:
        if unit is None:
            plan.problems.append(_unknown(each, units))
        elif times[unit.context] > 1 and unit.context in first:
            again = f"stands twice (first on line {first[unit.context].line})"
            message = f"{unit.context}: {again}; neither was taken, remove one"
            plan.problems.append(Problem(each.place, message, RULE))
        elif times[unit.context] > 1:
            first[unit.context] = each.place
        else:
            text = _judged(plan, language, unit, each)
            if text is not None:
                yield unit.context, (text, each.place)


def _unit_of(returned: Returned, units: Mapping[str, Unit]) -> Unit | None:
    """The unit that was exported: by its id or, where paragraphs have moved, by its source."""
    unit = units.get(returned.context)
    source = normalised(returned.source)
    group, _, rest = returned.context.partition("/")
    if group != "sections" or (unit is not None and normalised(unit.source) == source):
        return unit
    section = f"{group}/{rest.rpartition('/')[0]}/"
    moved = [
        other
        for context, other in units.items()
        if context.startswith(section) and normalised(other.source) == source
    ]
    return moved[0] if len(moved) == 1 else unit


def _unknown(returned: Returned, units: Mapping[str, Unit]) -> Problem:
    if not returned.context:
        return Problem(returned.place, "a unit without its id; export anew", RULE)
    hint = did_you_mean(returned.context, units)
    message = f"there is nothing {quoted(returned.context)} to translate{hint or '; export anew'}"
    return Problem(returned.place, message, RULE)


def _judged(plan: _Plan, language: str, unit: Unit, returned: Returned) -> str | None:
    """The text to write or to confirm, or None; what is refused is reported."""
    target = _trimmed(returned.target, unit.source)
    unchanged = target == unit.target
    if not target or (unchanged and unit.state != "stale"):
        return None
    if not unchanged and _is_copied(unit.source, target, returned.verdict):
        return None
    if normalised(returned.source) != normalised(unit.source):
        message = f"{unit.context}: the original has changed since the export; export anew"
        report = warning if unchanged else Problem
        plan.problems.append(report(returned.place, message, RULE))
        return None
    if returned.verdict == "unsure" and not unchanged:
        message = f"{unit.context}: marked as unfinished, and not taken; finish it, import again"
        plan.problems.append(warning(returned.place, message, RULE))
        return None
    if unchanged and returned.verdict != "done":
        return None
    faults = list(dict.fromkeys(_faults(plan.explainer, language, unit, target)))
    plan.problems += (Problem(returned.place, f"{unit.context}: {fault}", RULE) for fault in faults)
    return None if faults else target


def _is_copied(source: str, target: str, verdict: Verdict) -> bool:
    """Whether a target is its source, as tools fill it in before anybody has translated."""
    if normalised(target) != normalised(source):
        return False
    return has_words(source) or verdict != "done"


def _trimmed(target: str, source: str) -> str:
    """`target` without what tools add around a text that has no spaces at its ends."""
    text = target.replace("\r\n", "\n").replace("\r", "\n")
    return text.strip(" \t\n") if source == source.strip(" \t\n") else text


def _faults(explainer: Explainer, language: str, unit: Unit, target: str) -> Iterator[str]:
    """Why a text cannot stand in its place: what `check` would refuse there, and what is lost."""
    if bad := UNREADABLE.search(target):
        yield f"a character that nobody sees (U+{ord(bad[0]):04X}); remove it"
        return
    text = Text(target, Place(""))
    not_a_block: markdown.Kind = "title" if unit.context.startswith("sections/") else "text"
    problems = markdown.faults_of(text, "block" if unit.is_block else not_a_block)
    refused = [problem.message for problem in problems if problem.is_error]
    yield from refused
    if refused:
        return
    yield from differences(unit.source, target, unit.is_block)
    for mark in find_marks(text)[0]:
        if not isinstance(mark, Placeholder):
            yield from (each.message for each in check_link_text(mark, language, explainer))
        elif (fact := explainer.facts.get(mark.id)) and (message := misfit(fact, mark.form)):
            yield f"{mark}: {message}"


def _take_section(plan: _Plan, language: str, section: SectionPairing, taken: _Taken) -> None:
    contexts = {
        section_context(section.original, pair.original): pair for pair in section.pairing.pairs
    }
    ours = {context: taken[context][0] for context in contexts if context in taken}
    if not ours:
        return
    if section.translation is None:
        ours = _with_wordless(section, ours)
    if section.translation is None and len(ours) < len(contexts):
        left = [pair.original.name for context, pair in contexts.items() if context not in ours]
        place = next(taken[context][1] for context in ours if context in taken)
        plan.problems.append(_unfinished(section.original, left, place))
        return
    plan.accepted += len(ours)
    if section.translation is None:
        path = f"sections/{language}/{section.original.id}.md"
        plan.created[plan.loaded.folder.root / path] = _new_section(section.original, ours)
    else:
        _edit_section(plan, section, section.translation, ours)
    plan.stamp(
        language,
        str(section.original.id),
        section.original.language,
        _section_baseline(section, ours),
    )


def _with_wordless(section: SectionPairing, texts: Mapping[str, str]) -> dict[str, str]:
    """The texts of a new section, and of its other blocks those that any language says alike."""
    found = {}
    for pair in section.pairing.pairs:
        context, source = section_context(section.original, pair.original), pair.original.text
        if context in texts or not has_words(source):
            found[context] = texts.get(context, str(source))
    return found


def _unfinished(original: Section, left: Sequence[str], place: Place) -> Problem:
    names = ", ".join(left)
    message = f"sections/{original.id} is new in this language, and is not whole yet ({names})"
    return Problem(place, f"{message}; translate these too, then import again", RULE)


def _new_section(original: Section, texts: Mapping[str, str]) -> bytes:
    title, summary, *blocks = texts.values()
    front_matter = {
        "title": title,
        "id": str(original.id),
        "summary": summary,
        "original": original.language,
    }
    lines = [f"{key}: {double_quoted(text)}" for key, text in front_matter.items()]
    return "\n".join(["---", *lines, "---", "", "\n\n".join(blocks), ""]).encode()


def _edit_section(
    plan: _Plan, section: SectionPairing, translation: Section, texts: Mapping[str, str]
) -> None:
    file = plan.file_of(translation.path)
    edits = plan.edits[file.path]
    after: Text | None = None
    inserted: dict[int, str] = defaultdict(str)
    for pair in section.pairing.pairs:
        text = texts.get(section_context(section.original, pair.original))
        typed = (text or "").replace("\n", file.line_end)
        if not pair.original.name.isdigit():
            if text is not None and pair.translation is not None and text != pair.translation:
                edits.append(file.scalar_edit(pair.translation, text))
            continue
        if text is not None and pair.translation is None:
            position, new = _insertion(file, translation.body, after, typed)
            inserted[position] += new
        elif text is not None and pair.translation is not None and text != pair.translation:
            edits.append((file.block_span(pair.translation), typed))
        after = pair.translation or after
    edits += (((position, position), new) for position, new in inserted.items())
    if not edits:
        del plan.edits[file.path]


def _insertion(file: ContentFile, body: Text, after: Text | None, typed: str) -> tuple[int, str]:
    """Where a paragraph that is new is put in, and how: after the one that it follows."""
    gap = file.line_end * 2
    if after is not None:
        return file.block_span(after)[1], gap + typed
    blocks = split_blocks(body)
    if blocks:
        return file.block_span(blocks[0])[0], typed + gap
    start = "" if file.text.endswith("\n") else file.line_end
    return len(file.text), f"{start}{file.line_end}{typed}{file.line_end}"


def _section_baseline(section: SectionPairing, texts: Mapping[str, str]) -> Iterator[BaselineUnit]:
    """What was accepted as it is now, what is still stale as it was."""
    pairs = (*section.pairing.pairs, *section.pairing.unclear)
    for pair in sorted(pairs, key=_number):
        name, source = pair.original.name, str(pair.original.text)
        text = texts.get(section_context(section.original, pair.original))
        known = pair.known.translation if pair.known else ""
        ours = str(pair.translation) if pair.translation is not None else known
        if text is not None:
            yield BaselineUnit(name, source, text)
        elif pair.state == "translated":
            yield BaselineUnit(name, source, ours)
        elif pair.known is not None:
            yield BaselineUnit(name, pair.known.original, ours)
    yield from section.pairing.dropped


def _number(pair: Pair) -> int:
    """The place of a block in its section; title and summary, in this order, come first."""
    name = pair.original.name
    return int(name) if name.isdigit() else 0


def _take_texts(plan: _Plan, language: str, units: Mapping[str, Unit], taken: _Taken) -> None:
    texts = dict(plan.explainer.yaml_texts())
    ours = {context: text for context, (text, _) in taken.items() if context in texts}
    if not ours:
        return
    for context, text in ours.items():
        old = texts[context][language]
        if old != text:
            plan.replace_scalar(old, text)
    plan.accepted += len(ours)
    known = {unit.context: unit for unit in plan.explainer.fact_baselines[language] or ()}
    stamped = []
    for context in texts:
        unit = units[context]
        if context in ours:
            stamped.append(BaselineUnit(context, unit.source, ours[context]))
        elif unit.state == "translated":
            stamped.append(BaselineUnit(context, unit.source, unit.target))
        elif context in known:
            stamped.append(known[context])
    plan.stamp(language, FACTS, plan.explainer.languages[0], stamped)
