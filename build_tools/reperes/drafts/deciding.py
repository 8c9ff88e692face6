"""Accepting and dropping what was proposed: all that is decided at once is written, or nothing."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Callable, Collection, Iterator, Mapping, Sequence
from dataclasses import dataclass, field, replace
from pathlib import Path

from reperes.drafts.files import NOWHERE, text_of_drafts, text_with_entry, text_without_draft
from reperes.language.units import has_genders
from reperes.model.drafts import NOUN, RULE, Drafts, Proposal, drafts_path
from reperes.model.explainer import Explainer
from reperes.model.loading import Loaded, load, load_folder
from reperes.model.planned import PlannedFolder, kind_of
from reperes.model.schema import DEFAULTS, KINDS, NOUNS, Kind
from reperes.model.yaml_layout import text_of_entry
from reperes.model.yaml_values import Table, Value, find_comment, parse_yaml
from reperes.text.editing import with_line_ends_of
from reperes.text.files import write_all
from reperes.text.problems import ContentError, Place, Problem, Text, did_you_mean

Changes = Mapping[str, str | Mapping[str, str]]
"""What somebody types anew in a draft, by field: a text, or one for each language. "" removes it.

"unit" changes the unit of a value alone. "new_unit" has, by language, what a unit that nobody has
defined yet is called: "turbine/turbines", and its gender where nouns have one
("éolienne/éoliennes/feminine").
"""

Judge = Callable[[Loaded], Sequence[Problem]]
"""What is wrong with a content: `rules.checking.problems_of`, which stands above this room."""

_UNIT = next(kind for kind in KINDS if kind.noun == "unit")
_UNIT_IN_VALUE = re.compile(r"(?P<number>[^a-z]+?)\s*(?P<unit>[a-z][a-z0-9_]*)?\s*")
_TEXTS = ("label", "summary", "text", "words")
"""The fields of which each language needs its own."""

_CHOSEN = ("kind", "speaker", "actor", "act")
"""Those that no text tells."""


def accept(content: Path, draft_id: str, changes: Changes, judge: Judge) -> list[Path]:
    """Write a draft where facts stand, changed or as it is; the files written, the fact's first.

    The id may also be that of a fact that bears the mark of a draft, which then goes. Raises
    ContentError, with nothing written, where no such draft is undecided, where something that the
    entry needs is missing, and where the content would have an error that it does not have now.
    """
    return accept_all(content, {draft_id: changes}, judge)


def accept_all(content: Path, decisions: Mapping[str, Changes], judge: Judge) -> list[Path]:
    """The same for several drafts at once, by their ids: all of them or none."""
    loaded = load(content)
    plan = _Plan(loaded)
    problems: list[Problem] = []
    for draft_id, changes in decisions.items():
        try:
            _accept(draft_id, changes, plan)
        except ContentError as error:
            problems += error.problems
    if problems:
        raise ContentError(problems)
    _refuse_new_errors(plan, judge)
    return plan.write()


def drop(content: Path, draft_ids: Sequence[str]) -> list[Path]:
    """Remember of drafts that nobody wants them; the files written.

    Raises ContentError, with nothing written, where no such draft is undecided.
    """
    plan = _Plan(load(content))
    problems: list[Problem] = []
    for draft_id in dict.fromkeys(draft_ids):
        try:
            drafts, proposal = _undecided(draft_id, plan.explainer)
            plan.decide(drafts, proposal, "dropped")
        except ContentError as error:
            problems += error.problems
    if problems:
        raise ContentError(problems)
    return plan.write()


@dataclass
class _Plan:
    """What will be written: the texts of files of entries, and files of drafts as they will be.

    `places` are those of the drafts that were accepted, by the ids of the new facts.
    """

    loaded: Loaded
    texts: dict[str, str] = field(default_factory=dict)
    drafts: dict[str, Drafts] = field(default_factory=dict)
    places: dict[str, Place] = field(default_factory=dict)

    @property
    def explainer(self) -> Explainer:
        return self.loaded.explainer

    def text(self, relative: str) -> str:
        """A file as it will be. Raises ContentError where it cannot be read now."""
        if relative not in self.texts:
            folder = self.loaded.folder
            broken = [p for p in self.loaded.unread if p.place.path == folder.path(relative)]
            if broken:
                raise ContentError(broken)
            self.texts[relative] = folder.read_text(relative) if folder.has(relative) else ""
        return self.texts[relative]

    def shared(self, kind: Kind) -> Table:
        """What a file of entries says for all of them."""
        text, path = self.text(kind.path), self.loaded.folder.path(kind.path)
        found = parse_yaml(text, path).get(DEFAULTS) if text.strip() else None
        return found if isinstance(found, Table) else Table({}, NOWHERE)

    def add(self, entry: Table, kind: Kind) -> None:
        path = self.loaded.folder.path(kind.path)
        text = text_with_entry(self.text(kind.path), path, entry, kind, self.explainer)
        self.texts[kind.path] = text

    def decide(self, drafts: Drafts, proposal: Proposal, how: str) -> None:
        """Take a proposal out of its file, and remember how it was decided."""
        drafts = self.drafts.get(drafts.source_id, drafts)
        folder, relative = self.loaded.folder, drafts_path(drafts.source_id)
        broken = [p for p in self.loaded.unread if p.place.path == folder.path(relative)]
        if broken:
            raise ContentError(broken)
        if comment := find_comment(folder.read_text(relative), drafts.path):
            message = "a comment, which would be lost; make it an editor_note, or remove it"
            raise ContentError([Problem(comment, message, RULE)])
        left = tuple(each for each in drafts.proposals if each.id != proposal.id)
        where = f"{proposal.paragraph}: {proposal.evidence}" if proposal.paragraph else "?"
        record = {**getattr(drafts, how), str(proposal.id): Text(where, NOWHERE)}
        decided = replace(drafts, proposals=left, **{how: record})  # type: ignore[arg-type]
        self.drafts[drafts.source_id] = decided

    def files(self) -> dict[Path, bytes]:
        root, languages = self.loaded.folder.root, self.explainer.languages
        texts = dict(self.texts)
        for source_id, drafts in self.drafts.items():
            texts[drafts_path(source_id)] = text_of_drafts(drafts, languages)
        return {root / name: with_line_ends_of(root / name, text) for name, text in texts.items()}

    def write(self) -> list[Path]:
        files = self.files()
        write_all(files)
        return list(files)


def _accept(draft_id: str, changes: Changes, plan: _Plan) -> None:
    fact = plan.explainer.facts.get(draft_id)
    if fact is not None and fact.draft:
        kind = next(kind for kind in KINDS if kind.noun == NOUNS[type(fact)])
        path = plan.loaded.folder.path(kind.path)
        text = text_without_draft(plan.text(kind.path), path, draft_id, kind, plan.explainer)
        plan.texts[kind.path] = text
        return
    drafts, proposal = _undecided(draft_id, plan.explainer)
    entry = changed_entry(proposal, changes)
    shared = plan.shared(proposal.kind)
    if missing := list(_missing(entry, proposal, shared, plan)):
        raise ContentError(missing)
    plan.add(entry, proposal.kind)
    new_id = str(entry.get("id"))
    if new_id in plan.explainer.facts or new_id in plan.places:
        at = plan.explainer.facts[new_id].place if new_id in plan.explainer.facts else NOWHERE
        message = f'draft {draft_id}: "{new_id}" is taken'
        where = f" (by {at})" if at.path else ""
        fix = "choose another (--id)"
        raise ContentError([Problem(proposal.id.place, f"{message}{where}; {fix}", RULE)])
    plan.places[new_id] = proposal.id.place
    if names := changes.get("new_unit"):
        assert isinstance(names, Mapping)
        plan.add(_new_unit(unit_of(entry) or "", names, proposal), _UNIT)
    plan.decide(drafts, proposal, "accepted")


def _undecided(draft_id: str, explainer: Explainer) -> tuple[Drafts, Proposal]:
    """A draft that waits for a decision. Raises ContentError for any other id."""
    known: list[str] = []
    for drafts in explainer.drafts.values():
        for proposal in drafts.proposals:
            if proposal.id == draft_id:
                return drafts, proposal
            known.append(str(proposal.id))
    fact = explainer.facts.get(draft_id)
    if fact is not None:
        noun = NOUNS[type(fact)]
        message = f"{draft_id} is a fact already ({noun}, at {fact.place}); nothing to decide"
        raise ContentError([Problem(Place(draft_id), message, RULE)])
    for drafts in explainer.drafts.values():
        for how, records in (("accepted", drafts.accepted), ("dropped", drafts.dropped)):
            if draft_id in records:
                at = records[draft_id].place
                fix = f"remove that line, then run `reperes propose {drafts.source_id} --text FILE`"
                message = f"{draft_id} was {how} before ({at}); to have it proposed again, {fix}"
                raise ContentError([Problem(Place(draft_id), message, RULE)])
    message = f'no draft "{draft_id}"{did_you_mean(draft_id, known)}'
    raise ContentError([Problem(Place(draft_id), message, RULE)])


def changed_entry(proposal: Proposal, changes: Changes) -> Table:
    """The entry that a draft becomes, with what somebody has typed anew."""
    entries: dict[Text, Value] = {
        key: value for key, value in proposal.entry.entries.items() if key != NOUN
    }
    place = proposal.id.place
    for name, typed in changes.items():
        if name in ("new_unit", "unit"):
            continue
        key = next((key for key in entries if key == name), Text(name, place))
        if isinstance(typed, str):
            entries[key] = Text(typed, place)
        else:
            before = entries.get(key)
            texts = dict(before.entries) if isinstance(before, Table) else {}
            texts |= {Text(code, place): Text(text, place) for code, text in typed.items()}
            entries[key] = Table({k: v for k, v in texts.items() if v != ""}, place)
    unit = changes.get("unit")
    value = next((value for key, value in entries.items() if key == "value"), None)
    if isinstance(unit, str) and isinstance(value, Text):
        match = _UNIT_IN_VALUE.fullmatch(value)
        number = match["number"] if match else value
        entries[Text("value", place)] = Text(f"{number} {unit}".strip(), place)
    kept = {key: v for key, v in entries.items() if v != "" and not _is_bare_anchor(key, v)}
    return Table(kept, proposal.entry.place)


def _is_bare_anchor(key: str, value: Value) -> bool:
    """Whether a date says what it was worked out from, and nobody has written how."""
    return key == "derived" and isinstance(value, Table) and value.entries.keys() == {"anchor"}


def text_of_proposal(proposal: Proposal, explainer: Explainer) -> str:
    """A draft as it would be written where facts stand, in the layout of the site."""
    empty = Table({}, proposal.entry.place)
    return text_of_entry(changed_entry(proposal, {}), empty, proposal.kind, explainer)


def unit_of(entry: Table) -> str | None:
    """The unit of a figure, where it says it."""
    unit, value = entry.get("unit"), entry.get("value")
    if isinstance(unit, Text):
        return str(unit)
    match = _UNIT_IN_VALUE.fullmatch(value) if isinstance(value, Text) else None
    return match["unit"] if match else None


def missing_fields(
    entry: Table, kind: Kind, languages: Sequence[str], shared: Collection[str] = ()
) -> Iterator[tuple[str, str]]:
    """What an entry lacks that nobody but a person can say: the field, and the language or "".

    `shared` are the fields that its file lends to every entry.
    """
    fields = kind.shape.fields
    if kind.noun == "figure" and unit_of(entry) is None and "unit" not in shared:
        yield "unit", ""
    for key in _CHOSEN:
        is_needed = key in fields and fields[key].required and key not in shared
        if is_needed and entry.get(key) is None:
            yield key, ""
    for key in _TEXTS:
        value = entry.get(key)
        for code in languages if key in fields and key not in shared else ():
            if not isinstance(value, Table) or value.get(code) is None:
                yield key, code


def _missing(entry: Table, proposal: Proposal, shared: Table, plan: _Plan) -> Iterator[Problem]:
    named = f"draft {proposal.id}"
    languages = plan.explainer.languages
    for key, code in missing_fields(entry, proposal.kind, languages, shared.entries):
        if code:
            message = f'no {key} in {code}; write it (--{key} {code}="…")'
        elif key == "unit":
            counted = proposal.entry.get(NOUN)
            message = f'no unit for "{counted}"' if counted else "no unit"
            fix = "write one (--unit person), or define one (--unit ID --noun en=litre/litres)"
            message = f"{message}; {fix}"
        else:
            message = f"no {key}; write it (--set {key}=…)"
        yield Problem(proposal.id.place, f"{named}: {message}", RULE)


def _new_unit(unit_id: str, names: Mapping[str, str], proposal: Proposal) -> Table:
    """An entry of units.yml for what is counted, by its nouns in each language."""
    place = proposal.id.place
    problems: list[Problem] = []
    by_language: dict[Text, Value] = {}
    for code, typed in names.items():
        parts = [part.strip() for part in typed.split("/")]
        gender = has_genders(code)
        if len(parts) != 2 + gender or not all(parts):
            form = "one/many/feminine or one/many/masculine" if gender else "one/many"
            message = f'draft {proposal.id}: the noun in {code}: expected {form}, found "{typed}"'
            problems.append(Problem(place, message, RULE))
            continue
        keys = ("one", "other", "gender")[: len(parts)]
        fields = {Text(k, place): Text(v, place) for k, v in zip(keys, parts, strict=True)}
        by_language[Text(code, place)] = Table(fields, place)  # type: ignore[arg-type]
    if problems:
        raise ContentError(problems)
    return Table(
        {
            Text("id", place): Text(unit_id, place),
            Text("kind", place): Text("count", place),
            Text("names", place): Table(by_language, place),
        },
        place,
    )


def _refuse_new_errors(plan: _Plan, judge: Judge) -> None:
    """Raise ContentError where the content would have errors that it does not have now.

    Errors in what was accepted are told where the draft stands: the lines that they are about are
    not written.
    """
    loaded = plan.loaded
    try:
        after = judge(load_folder(PlannedFolder(loaded.folder, plan.files())))
    except ContentError as error:
        after = error.problems
    errors = [problem for problem in after if problem.is_error]
    if not errors:
        return
    known = Counter(map(kind_of, judge(loaded)))
    new = [problem for problem in errors if not known[kind_of(problem)]]
    if new:
        raise ContentError(_at_its_draft(problem, plan) for problem in new)


def _at_its_draft(problem: Problem, plan: _Plan) -> Problem:
    written = {plan.loaded.folder.path(name): name for name in plan.texts}
    name = written.get(problem.place.path)
    if name is None:
        return problem
    root = next(kind.root for kind in KINDS if kind.path == name)
    listing = parse_yaml(plan.texts[name], problem.place.path).get(root)
    items = getattr(listing, "items", ())
    above = [item for item in items if item.place.line <= problem.place.line]
    entry_id = str(above[-1].get("id")) if above and isinstance(above[-1], Table) else ""
    place = plan.places.get(entry_id)
    return problem if place is None else replace(problem, place=place)
