"""Which texts of an imported file are accepted, and why the others are not."""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Collection, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from typing import NamedTuple

from reperes.exchange.structure import differences, has_words
from reperes.exchange.table import SAVE_AS_UTF_8
from reperes.exchange.trial import Key
from reperes.exchange.units import RULE, Returned, Unit, Verdict, batch, target_mark
from reperes.model.baselines import FACTS, baseline_path
from reperes.model.explainer import Explainer
from reperes.model.forms import misfit
from reperes.model.loading import Loaded
from reperes.model.readable import file_of_text
from reperes.model.references import Placeholder, marks_in
from reperes.model.resolving import check_link_text
from reperes.rules import markdown, unfinished
from reperes.text.characters import hidden_characters
from reperes.text.folding import normalised
from reperes.text.problems import Place, Problem, Text, did_you_mean, quoted, warning

_FINISH_IT = "finish it, or import it with --drafts"


class AcceptedText(NamedTuple):
    """A text to write, with its place in the imported file; a draft is not stamped."""

    text: str
    place: Place
    is_draft: bool = False


class Comment(NamedTuple):
    """What a translator noted, with its place in the imported file."""

    text: str
    place: Place


@dataclass(frozen=True, slots=True)
class Accepted:
    """What is taken from an imported file, by language and id of the unit.

    `with_drafts` says that unfinished texts are taken too.
    """

    texts: Mapping[Key, AcceptedText]
    comments: Mapping[Key, Comment]
    with_drafts: bool

    def without(self, keys: Collection[Key]) -> Accepted:
        """The same without some texts; what was noted beside them is kept."""
        texts = {key: text for key, text in self.texts.items() if key not in keys}
        return replace(self, texts=texts)


def judge(
    returned: Sequence[Returned], loaded: Loaded, with_drafts: bool
) -> tuple[Accepted, list[Problem]]:
    """What can be taken of the units that a file brings, and what is wrong with the rest.

    A unit that says what the content says already is neither.
    """
    units = {
        code: {unit.context: unit for unit in batch(loaded, code)[0].units}
        for code in loaded.explainer.languages
    }
    texts: dict[Key, AcceptedText] = {}
    comments: dict[Key, Comment] = {}
    problems: list[Problem] = []
    for language, brought in _by_language(returned, units).items():
        if language not in units:
            message = f'the translation is in "{language}", which is no language of the site'
            hint = did_you_mean(language, units)
            problems.append(Problem(brought[0].place, f"{message}{hint}", RULE))
            continue
        found = [(each, _unit_of(each, units[language])) for each in brought]
        unknown = [each for each, unit in found if unit is None]
        problems += _problems_of_unknown(unknown, units[language], language, loaded)
        by_unit: dict[str, list[tuple[Returned, Unit]]] = defaultdict(list)
        for each, unit in found:
            if unit is not None:
                by_unit[unit.context].append((each, unit))
        for context, [(first, unit), *again] in by_unit.items():
            if again:
                twice = f"{context}: stands twice (first on line {first.place.line})"
                message = f"{twice}; neither was taken, remove one"
                problems += (Problem(each.place, message, RULE) for each, _ in again)
                continue
            if first.comment not in ("", unit.comment):
                if hidden := [message for _, message in hidden_characters(first.comment)]:
                    message = f"{context}: the comment was not kept, for it holds {hidden[0]}"
                    problems.append(warning(first.place, message, RULE))
                else:
                    comments[language, context] = Comment(first.comment, first.place)
            judged = _judged(first, unit, language, loaded, with_drafts)
            if isinstance(judged, AcceptedText):
                texts[language, context] = judged
            else:
                problems += judged
    return Accepted(texts, comments, with_drafts), problems


def _by_language(
    returned: Iterable[Returned], units: Mapping[str, Mapping[str, Unit]]
) -> Mapping[str, list[Returned]]:
    """What came back by the language it is in, as the site knows it or else as it was typed."""
    found: dict[str, list[Returned]] = defaultdict(list)
    for each in returned:
        # A table may not say its language. Then it is that of the unit, the last one of several;
        # an id that no language has is reported later, and any language serves for that.
        known = [code for code in units if each.context in units[code]] or [*units]
        typed = each.language or known[-1]
        found[typed.lower() if typed.lower() in units else typed].append(each)
    return found


def _unit_of(returned: Returned, units: Mapping[str, Unit]) -> Unit | None:
    """The unit that was exported: by its id or, where paragraphs have moved, by its source.

    A section was restamped after the export, and "sections/talks/4" is another paragraph now: the
    one that has the exported source is meant, as long as there is only one of them.
    """
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


def _problems_of_unknown(
    unknown: Iterable[Returned], units: Iterable[str], language: str, loaded: Loaded
) -> Iterator[Problem]:
    """Texts that belong to no unit: a problem each, or one for all that a broken file hides."""
    hidden: dict[str, list[Returned]] = defaultdict(list)
    for each in unknown:
        if error := _error_in_file_of(each.context, language, loaded):
            hidden[error].append(each)
        elif not each.context:
            yield Problem(each.place, "a unit without its id; export anew", RULE)
        else:
            hint = did_you_mean(each.context, units) or "; export anew"
            message = f"there is nothing {quoted(each.context)} to translate{hint}"
            yield Problem(each.place, message, RULE)
    for error, lost in hidden.items():
        texts = "1 text was" if len(lost) == 1 else f"{len(lost)} texts were"
        yield Problem(lost[0].place, f"{error} ({texts} not taken)", RULE)


def _error_in_file_of(context: str, language: str, loaded: Loaded) -> str | None:
    """Why the text of a unit cannot be written: its own file, or that of its record, is broken."""
    group, _, rest = context.partition("/")
    if group == "sections":
        name = rest.split("/")[0]
        files = [f"sections/{code}/{name}.md" for code in loaded.explainer.languages]
    else:
        name, files = FACTS, [file_of_text(context)]
    paths = {loaded.folder.path(file) for file in (*files, baseline_path(language, name))}
    for problem in loaded.unread:
        if problem.place.path in paths:
            error = f"{problem.place.path} has an error on line {problem.place.line}"
            return f"{error}; mend it, then import again"
    return None


def _judged(
    returned: Returned, unit: Unit, language: str, loaded: Loaded, with_drafts: bool
) -> AcceptedText | Sequence[Problem]:
    """The text to write or to confirm, or else what is wrong with it: nothing where it is left."""

    def refusal(message: str) -> list[Problem]:
        return [Problem(returned.place, f"{unit.context}: {message}", RULE)]

    def remark(message: str) -> list[Problem]:
        return [warning(returned.place, f"{unit.context}: {message}", RULE)]

    target = _trimmed(returned.target, unit.source)
    unchanged = target == unit.target
    # What is the same as ours confirms a stale translation, and says nothing of another one.
    if not target or (unchanged and unit.state != "stale"):
        return []
    # A name may be the same in both languages, and be confirmed; a paragraph is not translated yet.
    may_be_alike = unchanged and not unit.context.startswith("sections/")
    if not may_be_alike and _is_copied(unit.source, target, returned.verdict):
        return []
    # The translator has left it as exported; it is ours that has changed since.
    if not unchanged and returned.exported == target_mark(target):
        return []
    if returned.is_narrow and _has_lost_characters(unit, returned):
        return refusal(f"characters were lost when the table was saved; {SAVE_AS_UTF_8}")
    if normalised(returned.source) != normalised(unit.source):
        message = "the original has changed since the export; export anew"
        return remark(message) if unchanged else refusal(message)
    if not unchanged and returned.exported not in ("", target_mark(unit.target)):
        return refusal("our translation has changed since the export; export anew")
    # A tool that brings earlier translations over to a newer export, as msgmerge does, would undo
    # what was edited in between.
    stamped, standing = normalised(unit.stamped), normalised(unit.target)
    if standing and stamped != standing and normalised(target) == stamped and not unchanged:
        return remark("as it was when last stamped, and edited since; to have it back, edit it")
    mark = unfinished.mark_in(target)
    if mark is not None and not with_drafts:
        return refusal(f"{quoted(mark)} stands in it, as in what is not finished; {_FINISH_IT}")
    if returned.verdict == "unsure" and not unchanged and not with_drafts:
        return remark(f"marked as unfinished, and not taken; {_FINISH_IT}")
    # A draft that is already ours has nothing to bring: confirming it would stamp it.
    if unchanged and (returned.verdict != "done" or mark is not None):
        return []
    if error := _error_in_file_of(unit.context, language, loaded):
        return refusal(error)
    faults = dict.fromkeys(_faults(target, unit, language, loaded.explainer))
    if faults:
        return [problem for fault in faults for problem in refusal(fault)]
    return AcceptedText(target, returned.place, returned.verdict == "unsure" or mark is not None)


def _trimmed(target: str, source: str) -> str:
    """`target` without what tools add around a text that has no spaces at its ends."""
    text = target.replace("\r\n", "\n").replace("\r", "\n")
    return text.strip(" \t\n") if source == source.strip(" \t\n") else text


def _is_copied(source: str, target: str, verdict: Verdict) -> bool:
    """Whether a target is its source, as tools fill it in before anybody has translated.

    "{{ deaths }}" is the same in every language, and taken where the tool says that it is finished.
    """
    if normalised(target) != normalised(source):
        return False
    return has_words(source) or verdict != "done"


def _has_lost_characters(unit: Unit, returned: Returned) -> bool:
    """Whether an encoding had no place for some characters, and "?" stands for them."""
    if normalised(returned.source) != normalised(unit.source):
        return True
    # No question mark of prose stands before a letter, a digit, or such a mark.
    lost = re.search(r"\?[\w%€;:»]", returned.target)
    return lost is not None or returned.target.count("?") > unit.source.count("?")


def _faults(target: str, unit: Unit, language: str, explainer: Explainer) -> Iterator[str]:
    """Why a text cannot stand in its place: what `check` would refuse there, and what is lost."""
    if hidden := [message for _, message in hidden_characters(target)]:
        yield from hidden
        return
    text = Text(target, Place(""))
    not_a_block: markdown.TextKind = "title" if unit.context.startswith("sections/") else "text"
    problems = markdown.faults_of(text, "block" if unit.is_block else not_a_block)
    refused = [problem.message for problem in problems if problem.is_error]
    # Where the Markdown itself is broken, what it seems to lack beside its source would mislead.
    yield from refused
    if refused:
        return
    yield from differences(unit.source, target, unit.is_block, unit.target)
    for mark in marks_in(text):
        if not isinstance(mark, Placeholder):
            yield from (each.message for each in check_link_text(mark, language, explainer))
        elif (fact := explainer.facts.get(mark.id)) and (message := misfit(fact, mark.form)):
            yield f"{mark}: {message}"
