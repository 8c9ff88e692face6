"""Taking translations in: what fits is written to its place and stamped, the rest is reported."""

from __future__ import annotations

import re
from collections import Counter, defaultdict
from collections.abc import Callable, Collection, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field, replace
from functools import cached_property
from pathlib import Path
from typing import NamedTuple

from reperes.exchange.formats import read_units
from reperes.exchange.scalars import ContentFile, double_quoted
from reperes.exchange.structure import differences, has_words
from reperes.exchange.table import SAVE_AS_UTF_8
from reperes.exchange.trial import (
    Key,
    WrittenFile,
    kind_of,
    new_problems,
    problems_of,
    unit_at,
    written_file,
)
from reperes.exchange.units import (
    RULE,
    Returned,
    SectionMatches,
    Unit,
    Verdict,
    batch,
    section_matches,
    target_mark,
    unit_context,
)
from reperes.model.baselines import FACTS, HEAD, BaselineUnit, baseline_path, baseline_text
from reperes.model.explainer import Explainer
from reperes.model.facts import Section
from reperes.model.forms import misfit
from reperes.model.loading import Loaded, load
from reperes.model.readable import file_of_text, readable_part
from reperes.model.references import Placeholder, find_marks
from reperes.model.resolving import check_link_text
from reperes.rules import markdown, parity, unfinished
from reperes.text.blocks import Block, read_blocks
from reperes.text.characters import hidden_characters
from reperes.text.editing import Span, encoded_as, replaced, with_line_ends_of
from reperes.text.files import write_all
from reperes.text.folding import normalised
from reperes.text.problems import ContentError, Place, Problem, Text, did_you_mean, quoted, warning
from reperes.translation.pairing import Row, place_in_section
from reperes.translation.stamping import stamped_units


@dataclass(frozen=True, slots=True)
class Outcome:
    """What an import did.

    `accepted` counts the units that were taken or confirmed, `drafts` those among them that were
    written without being stamped; `changed` are files of texts, and `stamped` the baselines
    ("en/talks"), sorted; `noted` are those to which comments alone were added.
    """

    accepted: int
    changed: tuple[str, ...]
    stamped: tuple[str, ...]
    problems: tuple[Problem, ...]
    drafts: int = 0
    noted: tuple[str, ...] = ()


class Comment(NamedTuple):
    """What a translator noted, with its place in the imported file."""

    text: str
    place: Place


class Taken(NamedTuple):
    """A text to write, with its place in the imported file; a draft is not stamped."""

    text: str
    place: Place
    is_draft: bool = False


@dataclass
class _Plan:
    """What will be written, once everything has been judged.

    `refused` are units that the check of an earlier plan refused. `taken` are the others, and
    `comments` what translators noted, both by language and id. `noted` are the baselines of which
    nothing but comments will change.
    """

    loaded: Loaded
    problems: list[Problem]
    takes_drafts: bool = False
    refused: Collection[Key] = frozenset()
    accepted: int = 0
    taken: dict[Key, Taken] = field(default_factory=dict)
    comments: dict[Key, Comment] = field(default_factory=dict)
    files: dict[Path, ContentFile] = field(default_factory=dict)
    edits: dict[Path, list[tuple[Span, str]]] = field(default_factory=lambda: defaultdict(list))
    created: dict[Path, bytes] = field(default_factory=dict)
    baselines: dict[str, bytes] = field(default_factory=dict)
    noted: set[str] = field(default_factory=set)

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
        """Plan a baseline. Of a draft stays what was known of it, and comments are added."""
        baseline = self.explainer.baselines.get((language, name))
        known = baseline.units if baseline else ()
        earlier = {unit.id: unit for unit in known}
        stamped: list[BaselineUnit] = []
        for unit in units:
            key = language, unit_context(name, unit.id)
            kept: BaselineUnit | None = unit
            if key in self.taken and self.taken[key].is_draft:
                kept = earlier.get(unit.id)
            if kept is not None and key in self.comments:
                kept = replace(kept, comment=self.comments[key].text)
            stamped += () if kept is None else (kept,)
        if not stamped and not known:
            return
        relative, folder = baseline_path(language, name), self.loaded.folder
        path = folder.root / relative
        before = folder.read_text(relative) if folder.has(relative) else ""
        data = with_line_ends_of(path, baseline_text(language, original, stamped, before))
        if not path.exists() or path.read_bytes() != data:
            self.baselines[f"{language}/{name}"] = data
            if _without_comments(stamped) == _without_comments(known):
                self.noted.add(f"{language}/{name}")

    def texts(self) -> dict[Path, bytes]:
        """The files of texts as they will be."""
        return {
            path: encoded_as(path, replaced(self.files[path].text, edits))
            for path, edits in self.edits.items()
        } | self.created

    def written(self) -> dict[str, WrittenFile]:
        """The same by the path under which problems are reported, with what is new in them."""
        found = {
            self.reported(path): written_file(self.files[path].text, edits)
            for path, edits in self.edits.items()
        }
        for path, data in self.created.items():
            found[self.reported(path)] = written_file("", [((0, 0), data.decode())])
        return found

    def reported(self, path: Path) -> str:
        folder = self.loaded.folder
        return folder.path(path.relative_to(folder.root).as_posix())

    def path_of(self, key: Key) -> str:
        """The file, as problems are reported, in which a unit's text stands."""
        language, context = key
        group, _, rest = context.partition("/")
        if group == "sections":
            return self.loaded.folder.path(f"sections/{language}/{rest.split('/')[0]}.md")
        return self._yaml_texts[context][language].place.path

    @cached_property
    def _yaml_texts(self) -> Mapping[str, Mapping[str, Text]]:
        return self.explainer.yaml_texts

    def files_to_write(self) -> dict[Path, bytes]:
        root = self.loaded.folder.root
        baselines = {
            root / baseline_path(*name.split("/", 1)): data for name, data in self.baselines.items()
        }
        return {**self.texts(), **baselines}

    def write(self) -> Outcome:
        write_all(self.files_to_write())
        names = sorted(map(self.reported, self.texts()))
        return Outcome(
            accepted=self.accepted,
            changed=tuple(names),
            stamped=tuple(sorted(self.baselines.keys() - self.noted)),
            noted=tuple(sorted(self.noted)),
            problems=tuple(sorted(set(self.problems))),
            drafts=sum(taken.is_draft for taken in self.taken.values()),
        )


def _without_comments(units: Iterable[BaselineUnit]) -> list[BaselineUnit]:
    return [replace(unit, comment="") for unit in units]


def import_file(content: Path, path: Path, drafts: bool = False) -> Outcome:
    """Take what fits from a translated file.

    Every rule is asked first what it would say of the content with these texts in it: a text that
    brings an error is refused, and the rest planned again. `drafts` takes what is not finished too,
    without stamping it.

    Raises ContentError, before anything is written, where nothing of the content can be read, or of
    the file.
    """
    loaded = load(content)
    if loaded.explainer is None:
        raise ContentError(loaded.problems)
    returned, unreadable = read_units(path)
    refused: set[Key] = set()
    refusals: list[Problem] = []

    def planned_without(keys: Collection[Key]) -> _Plan:
        return _planned(_Plan(loaded, list(unreadable), drafts, {*refused, *keys}), returned)

    while True:
        plan = planned_without(())
        objections = _objections(plan, planned_without)
        if not objections.refused:
            break
        refused |= objections.refused
        refusals += objections.errors
    plan.problems += (*refusals, *objections.warnings)
    return plan.write()


def _planned(plan: _Plan, returned: Iterable[Returned]) -> _Plan:
    by_language: dict[str, list[Returned]] = defaultdict(list)
    for unit in returned:
        by_language[unit.language or _language_of(unit, plan)].append(unit)
    for typed, units in by_language.items():
        _take_language(plan, typed, units)
    return plan


_OF_A_DRAFT = frozenset({unfinished.RULE, parity.STALE_RULE})
"""The rules that say of a draft what is known of it: it is neither finished nor up to date."""


@dataclass
class _Objections:
    """What the check has against planned texts, at their lines in the imported file."""

    refused: set[Key] = field(default_factory=set)
    errors: list[Problem] = field(default_factory=list)
    warnings: list[Problem] = field(default_factory=list)


def _objections(plan: _Plan, planned_without: Callable[[Collection[Key]], _Plan]) -> _Objections:
    found = _Objections()
    if not plan.taken:
        return found
    before = problems_of(plan.loaded)
    paths = {key: plan.path_of(key) for key in plan.taken}
    written = plan.written()
    elsewhere: list[Problem] = []
    for problem in _brought(plan, before):
        path = problem.place.path
        texts = {key: plan.taken[key].text for key in plan.taken if paths[key] == path}
        unit = unit_at(problem, written[path], texts) if path in written else None
        if unit is None:
            elsewhere += (problem,) if problem.is_error else ()
        elif problem.is_error:
            found.refused.add(unit)
            found.errors.append(_of_unit(problem, unit, plan))
        elif not (plan.taken[unit].is_draft and problem.rule in _OF_A_DRAFT):
            found.warnings.append(_of_unit(problem, unit, plan))
    # One at a time: what else is broken may go with the texts that are refused here.
    if elsewhere and not found.refused:
        culprits = _culprits(elsewhere[0], plan, before, planned_without)
        found.refused.update(culprits)
        found.errors.append(_of_units(elsewhere[0], culprits, plan))
    return found


def _brought(plan: _Plan, before: Sequence[Problem]) -> list[Problem]:
    return new_problems(plan.loaded, before, plan.files_to_write(), plan.written())


def _culprits(
    problem: Problem,
    plan: _Plan,
    before: Sequence[Problem],
    planned_without: Callable[[Collection[Key]], _Plan],
) -> Sequence[Key]:
    """The fewest texts that bring a problem together, as far as halving finds them.

    A name of an actor that changes, for example, is no more what the sections call him.
    """
    keys = list(plan.taken)
    while len(keys) > 1:
        middle = len(keys) // 2
        for part in (keys[:middle], keys[middle:]):
            others = plan.taken.keys() - set(part)
            found = _brought(planned_without(others), before)
            if kind_of(problem) in map(kind_of, found):
                keys = part
                break
        else:
            break
    return keys


def _of_unit(problem: Problem, unit: Key, plan: _Plan) -> Problem:
    # Some rules begin with what they speak of, which is the unit itself.
    message = f"{unit[1]}: {problem.message.removeprefix(f'{unit[1]}: ')}"
    return replace(problem, place=plan.taken[unit].place, message=message)


def _of_units(problem: Problem, keys: Sequence[Key], plan: _Plan) -> Problem:
    """An error that stands in none of the texts that bring it."""
    places = {key: plan.taken[key].place for key in keys}
    first = min(keys, key=lambda key: places[key])
    message = f"{first[1]}: with this text there is an error at {problem.place}: {problem.message}"
    if len(keys) > 1:
        message = message.replace("with this text", f"with this text and {len(keys) - 1} more", 1)
    return replace(problem, place=places[first], message=message)


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
    plan.taken |= {(language, context): text for context, text in taken.items()}
    for section in section_matches(readable_part(plan.loaded), language):
        if plan.takes_drafts and section.translation is None:
            _take_draft(plan, language, section, taken)
        else:
            _take_section(plan, language, section, taken)
    _take_texts(plan, language, units, taken)
    _take_comments(plan, language)


_Taken = Mapping[str, Taken]
"""The accepted texts by context."""


def _accepted(
    plan: _Plan, language: str, units: Mapping[str, Unit], returned: Sequence[Returned]
) -> Iterator[tuple[str, Taken]]:
    found = [(each, _unit_of(each, units)) for each in returned]
    times = Counter(unit.context for _, unit in found if unit is not None)
    first: dict[str, Place] = {}
    broken: dict[str, list[Returned]] = defaultdict(list)
    for each, unit in found:
        if unit is None and (error := _error_in_file_of(plan, language, each.context)):
            broken[error].append(each)
        elif unit is None:
            plan.problems.append(_unknown(each, units))
        elif times[unit.context] > 1 and unit.context in first:
            again = f"stands twice (first on line {first[unit.context].line})"
            message = f"{unit.context}: {again}; neither was taken, remove one"
            plan.problems.append(Problem(each.place, message, RULE))
        elif times[unit.context] > 1:
            first[unit.context] = each.place
        else:
            _take_comment(plan, language, unit, each)
            if (language, unit.context) in plan.refused:
                continue
            taken = _judged(plan, language, unit, each)
            if taken is not None:
                yield unit.context, taken
    for error, lost in broken.items():
        texts = "1 text was" if len(lost) == 1 else f"{len(lost)} texts were"
        message = f"{error} ({texts} not taken)"
        plan.problems.append(Problem(lost[0].place, message, RULE))


def _take_comment(plan: _Plan, language: str, unit: Unit, returned: Returned) -> None:
    if returned.comment in ("", unit.comment):
        return
    for _, message in hidden_characters(returned.comment):
        found = f"{unit.context}: the comment was not kept, for it holds {message}"
        plan.problems.append(warning(returned.place, found, RULE))
        return
    plan.comments[language, unit.context] = Comment(returned.comment, returned.place)


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


def _error_in_file_of(plan: _Plan, language: str, context: str) -> str | None:
    """Why the text of a unit cannot be written: its own file, or that of its record, is broken."""
    group, _, rest = context.partition("/")
    if group == "sections":
        name = rest.split("/")[0]
        files = [f"sections/{code}/{name}.md" for code in plan.explainer.languages]
    else:
        name, files = FACTS, [file_of_text(context)]
    paths = {plan.loaded.folder.path(f) for f in (*files, baseline_path(language, name))}
    for problem in plan.loaded.unread:
        if problem.place.path in paths:
            error = f"{problem.place.path} has an error on line {problem.place.line}"
            return f"{error}; mend it, then import again"
    return None


def _judged(plan: _Plan, language: str, unit: Unit, returned: Returned) -> Taken | None:
    """The text to write or to confirm, or None; what is refused is reported."""
    target = _trimmed(returned.target, unit.source)
    unchanged = target == unit.target
    if not target or (unchanged and unit.state != "stale"):
        return None
    # A name may be the same in both languages, and be confirmed; a paragraph is not translated yet.
    may_be_alike = unchanged and not unit.context.startswith("sections/")
    if not may_be_alike and _is_copied(unit.source, target, returned.verdict):
        return None
    if not unchanged and returned.exported == target_mark(target):
        return None  # The translator has left it; it is ours that has changed since the export.

    def refuse(message: str, report: Callable[[Place, str, str], Problem] = Problem) -> None:
        plan.problems.append(report(returned.place, f"{unit.context}: {message}", RULE))

    if returned.is_narrow and _has_lost_characters(unit, returned):
        refuse(f"characters were lost when the table was saved; {SAVE_AS_UTF_8}")
        return None
    if normalised(returned.source) != normalised(unit.source):
        message = "the original has changed since the export; export anew"
        refuse(message, warning if unchanged else Problem)
        return None
    if not unchanged and returned.exported not in ("", target_mark(unit.target)):
        refuse("our translation has changed since the export; export anew")
        return None
    if not unchanged and _is_as_stamped(unit, target):
        # A tool that brings earlier translations over to a newer export, as msgmerge does, would
        # undo what was edited in between.
        refuse("as it was when last stamped, and edited since; to have it back, edit it", warning)
        return None
    mark = unfinished.mark_in(target)
    if mark is not None and not plan.takes_drafts:
        refuse(f"{quoted(mark)} stands in it, as in what is not finished; {_FINISH_IT}")
        return None
    if returned.verdict == "unsure" and not unchanged and not plan.takes_drafts:
        refuse(f"marked as unfinished, and not taken; {_FINISH_IT}", warning)
        return None
    if unchanged and (returned.verdict != "done" or mark is not None):
        return None
    if error := _error_in_file_of(plan, language, unit.context):
        refuse(error)
        return None
    faults = list(dict.fromkeys(_faults(plan.explainer, language, unit, target)))
    for fault in faults:
        refuse(fault)
    is_draft = returned.verdict == "unsure" or mark is not None
    return None if faults else Taken(target, returned.place, is_draft)


def _is_as_stamped(unit: Unit, target: str) -> bool:
    now, then = normalised(unit.target), normalised(unit.stamped)
    return bool(now) and normalised(target) == then != now


_FINISH_IT = "finish it, or import it with --drafts"


def _has_lost_characters(unit: Unit, returned: Returned) -> bool:
    """Whether an encoding had no place for some characters, and "?" stands for them."""
    if normalised(returned.source) != normalised(unit.source):
        return True
    # No question mark of prose stands before a letter, a digit, or such a mark.
    lost = re.search(r"\?[\w%€;:»]", returned.target)
    return lost is not None or returned.target.count("?") > unit.source.count("?")


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
    if hidden := [message for _, message in hidden_characters(target)]:
        yield from hidden
        return
    text = Text(target, Place(""))
    not_a_block: markdown.Kind = "title" if unit.context.startswith("sections/") else "text"
    problems = markdown.faults_of(text, "block" if unit.is_block else not_a_block)
    refused = [problem.message for problem in problems if problem.is_error]
    yield from refused
    if refused:
        return
    yield from differences(unit.source, target, unit.is_block, unit.target)
    for mark in find_marks(text)[0]:
        if not isinstance(mark, Placeholder):
            yield from (each.message for each in check_link_text(mark, language, explainer))
        elif (fact := explainer.facts.get(mark.id)) and (message := misfit(fact, mark.form)):
            yield f"{mark}: {message}"


def _take_section(plan: _Plan, language: str, section: SectionMatches, taken: _Taken) -> None:
    contexts = {section.context(match): match for match in section.matches}
    ours = {context: taken[context][0] for context in contexts if context in taken}
    if not ours:
        return
    if section.translation is None:
        ours = _with_wordless(section, ours)
    if section.translation is None and len(ours) < len(contexts):
        left = [match.name for context, match in contexts.items() if context not in ours]
        place = next(taken[context][1] for context in ours if context in taken)
        plan.problems.append(_unfinished(section.original, left, place))
        return
    plan.accepted += len(ours)
    texts = {match.id: ours[context] for context, match in contexts.items() if context in ours}
    if section.translation is None:
        path = f"sections/{language}/{section.original.id}.md"
        plan.created[plan.loaded.folder.root / path] = _new_section(section.original, ours)
    else:
        _edit_section(plan, section, section.translation, texts)
    units = stamped_units(_with_texts(section, texts), texts)
    plan.stamp(language, str(section.original.id), section.original.language, units)


def _with_wordless(section: SectionMatches, texts: Mapping[str, str]) -> dict[str, str]:
    """The texts of a new section, and of its other blocks those that any language says alike."""
    found = {}
    for match in section.matches:
        context = section.context(match)
        if context in texts or not has_words(match.original):
            found[context] = texts.get(context, match.original)
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
    plan: _Plan, section: SectionMatches, translation: Section, texts: Mapping[str, str]
) -> None:
    """Write texts, by the id of their match, over the translation's blocks or among them."""
    file = plan.file_of(translation.path)
    edits = plan.edits[file.path]
    after: Text | None = None
    inserted: dict[int, str] = defaultdict(str)
    for match in section.matches:
        text = texts.get(match.id)
        blocks = [block.text for block in match.translations]
        if match.is_head:
            if text is not None and text != blocks[0]:
                edits.append(file.scalar_edit(blocks[0], text))
            continue
        typed = (text or "").replace("\n", file.line_end)
        if text is not None and not blocks:
            position, new = _insertion(file, translation.body, after, typed)
            inserted[position] += new
        elif text is not None and text != match.translation:
            edits += _replacements(file, blocks, text)
        after = blocks[-1] if blocks else after
    edits += (((position, position), new) for position, new in inserted.items())
    if not edits:
        del plan.edits[file.path]


def _replacements(file: ContentFile, old: Sequence[Text], new: str) -> Iterator[tuple[Span, str]]:
    for block, text in zip(old, _shared_out(new, len(old)), strict=True):
        start, end = file.block_span(block)
        if text and text != block:
            yield (start, end), text.replace("\n", file.line_end)
        elif not text:
            before = len(file.text[:start].rstrip())
            yield (before, end), ""


def _shared_out(text: str, count: int) -> list[str]:
    """`text` over as many blocks: one each where it has as many, else all in the first.

    Other blocks may stand between them, so that each has its own place.
    """
    blocks: list[str] = [block.text for block in read_blocks(Text(text, Place("")))]
    return blocks if len(blocks) == count else [text, *[""] * (count - 1)]


def _with_texts(section: SectionMatches, texts: Mapping[str, str]) -> list[Row]:
    """The rows as they are once `texts`, by the id of their match, stand in the translation."""
    standing = [
        (place_in_section(block), row.id, str(block.text))
        for row in section.rows
        for block in row.translations
    ]
    entries = [[row_id, text] for _, row_id, text in sorted(standing)]
    after = len(
        [block for match in section.matches if match.is_head for block in match.translations]
    )
    for match in section.matches:
        text = texts.get(match.id)
        ids = {row.id for row in match.rows}
        mine = [number for number, entry in enumerate(entries) if entry[0] in ids]
        if text is not None and mine:
            for number, part in zip(mine, _shared_out(text, len(mine)), strict=True):
                entries[number][1] = part
        elif text is not None:
            mine = [0 if match.name == "title" else 1 if match.is_head else after]
            entries.insert(mine[0], [match.id, text])
        after = mine[-1] + 1 if mine else after
    return _with_blocks(section.rows, entries)


def _with_blocks(rows: Sequence[Row], entries: Iterable[Sequence[str]]) -> list[Row]:
    """`rows` with the texts of the translation, in its order, under the ids of the rows."""
    blocks: dict[str, list[Block]] = defaultdict(list)
    number = 0
    for row_id, text in entries:
        if row_id in HEAD:
            blocks[row_id].append(Block(row_id, Text(text, Place(""))))
            continue
        for block in read_blocks(Text(text, Place(""))):
            number += 1
            blocks[row_id].append(replace(block, name=str(number)))
    return [replace(row, translations=tuple(blocks.get(row.id, ()))) for row in rows]


def _insertion(file: ContentFile, body: Text, after: Text | None, typed: str) -> tuple[int, str]:
    """Where a paragraph that is new is put in, and how: after the one that it follows."""
    gap = file.line_end * 2
    if after is not None:
        return file.block_span(after)[1], gap + typed
    blocks = read_blocks(body)
    if blocks:
        return file.block_span(blocks[0].text)[0], typed + gap
    start = "" if file.text.endswith("\n") else file.line_end
    return len(file.text), f"{start}{file.line_end}{typed}{file.line_end}"


def _take_draft(plan: _Plan, language: str, section: SectionMatches, taken: _Taken) -> None:
    """Make the file of a new section of what there is of it; the original's title stands in."""
    contexts = {section.context(match): match for match in section.matches}
    ours = {context: taken[context].text for context in contexts if context in taken}
    title, summary, *blocks = contexts
    if not ours:
        return
    if not any(block in ours for block in blocks):
        place = min(taken[context].place for context in ours)
        message = (
            f"sections/{section.original.id} is new in this language, and has no paragraph yet"
        )
        plan.problems.append(Problem(place, f"{message}; translate one too", RULE))
        for context in ours:
            del plan.taken[language, context]
        return
    ours = _with_wordless(section, ours)
    plan.accepted += len(ours)
    path = f"sections/{language}/{section.original.id}.md"
    front_matter = {title: str(section.original.title), summary: str(section.original.summary)}
    plan.created[plan.loaded.folder.root / path] = _new_section(
        section.original, {**front_matter, **ours}
    )
    texts = {match.id: ours[context] for context, match in contexts.items() if context in ours}
    units = stamped_units(_with_texts(section, texts), texts)
    plan.stamp(language, str(section.original.id), section.original.language, units)


def _take_comments(plan: _Plan, language: str) -> None:
    """Put what translators noted beside the records of their texts, stamped now or before."""
    explainer = plan.explainer
    left = {context for code, context in plan.comments if code == language}
    for (code, name), baseline in explainer.baselines.items():
        contexts = {unit_context(name, unit.id) for unit in baseline.units}
        if code != language or not contexts & left:
            continue
        left -= contexts
        if f"{language}/{name}" not in plan.baselines:
            translation = explainer.section(language, name)
            original = translation.original if translation else None
            plan.stamp(language, name, original or explainer.languages[0], baseline.units)
    for context in sorted(left):
        taken = plan.taken.get((language, context))
        if taken is None or taken.is_draft:
            place = plan.comments[language, context].place
            message = (
                f"{context}: the comment was not kept; it stands beside a text that is stamped"
            )
            plan.problems.append(warning(place, message, RULE))


def _take_texts(plan: _Plan, language: str, units: Mapping[str, Unit], taken: _Taken) -> None:
    texts = plan.explainer.yaml_texts
    ours = {context: text.text for context, text in taken.items() if context in texts}
    if not ours:
        return
    for context, text in ours.items():
        old = texts[context][language]
        if old != text:
            plan.replace_scalar(old, text)
    plan.accepted += len(ours)
    baseline = plan.explainer.baselines.get((language, FACTS))
    known = {unit.id: unit for unit in baseline.units} if baseline else {}
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
