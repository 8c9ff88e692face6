"""An earlier edition as an explainer again: from its snapshot, as the ledger has it."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import replace
from pathlib import Path
from tempfile import TemporaryDirectory

from reperes.model.editions import Edition, Ledger, State, is_news, next_edition
from reperes.model.explainer import Explainer, KeptAs
from reperes.model.loading import load
from reperes.model.published import state_now
from reperes.model.snapshots import Snapshot, unpack
from reperes.text.problems import ContentError, Problem, Text


def history(ledger: Ledger, digest: str) -> Ledger:
    """The edition of a digest and those on which it builds: what it had behind it."""
    known = {edition.digest: edition for edition in ledger.editions}
    wanted, found = [digest], set()
    while wanted:
        name = wanted.pop()
        if name not in found and name in known:
            found.add(name)
            wanted += known[name].follows
    return Ledger(tuple(edition for edition in ledger.editions if edition.digest in found))


@contextmanager
def opened(snapshot: Snapshot, now: Explainer) -> Iterator[Explainer]:
    """The explainer as it was in an edition that `now` keeps, at the address where that is kept.

    Its pictures can be read as long as this lasts. Raises ContentError, at the place of the
    snapshot, where that is damaged, or is none of what the ledger says of this edition.
    """
    ledger = history(now.editions, snapshot.edition)
    edition = ledger.editions[-1]
    with TemporaryDirectory(prefix="reperes-") as name:
        content = Path(name).resolve() / "content"
        unpack(snapshot, content)
        explainer = _loaded(snapshot, content)
        if said := _said_otherwise(explainer, ledger):
            message = f"it holds another content than what was released ({said})"
            raise snapshot.refusal(message)
        yield at_its_address(replace(explainer, editions=ledger), edition, now)


def at_its_address(explainer: Explainer, edition: Edition, now: Explainer) -> Explainer:
    """An edition's explainer, where it is kept in the site of `now`."""
    kept_as = KeptAs(edition.number, now.editions.number)
    base_url = now.site.base_url
    address = Text(f"{base_url}{kept_as.folder}", base_url.place)
    return replace(explainer, kept_as=kept_as, site=replace(explainer.site, base_url=address))


def _loaded(snapshot: Snapshot, content: Path) -> Explainer:
    """Whatever today's rules would say of it, as long as all of it can be read."""
    try:
        return load(content).sound()
    except ContentError as error:
        first = min(error.problems)
        file = first.place.path.removeprefix(f"{content.as_posix()}/")
        where = f"{file}:{first.place.line}" if file != content.as_posix() else "site.yml"
        message = f"this version of the program does not read it ({where}: {first.message})"
        raise snapshot.refusal(message) from None


def _said_otherwise(explainer: Explainer, ledger: Ledger) -> str:
    """What an explainer says otherwise than an edition, the last of its history; "" for nothing."""
    # As if it were released again: there must be nothing new in it.
    again = next_edition(ledger, state_now(explainer), ledger.editions[-1].day, "")
    return next(_first_news(again, ledger.state(ledger.number)), "") if is_news(again) else ""


def _first_news(again: Edition, before: State) -> Iterator[str]:
    yield from (f"{said.noun} {fact_id}" for fact_id, said in again.said.items())
    yield from (f"section {section_id}" for section_id in again.sections)
    for ids in (again.ids, again.gone):
        yield from (f"{noun} {name}" for noun, names in ids.items() for name in names)


def problems_of_kept_editions(explainer: Explainer) -> Iterator[Problem]:
    """The snapshots of which no pages can be made. What they say is not judged again."""
    for snapshot in explainer.snapshots.values():
        try:
            with opened(snapshot, explainer):
                pass
        except ContentError as error:
            yield from error.problems
