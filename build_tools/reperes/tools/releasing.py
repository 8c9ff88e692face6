"""`reperes release`: numbering an edition, writing down what it says, and keeping its content."""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path

from reperes.model.documents import Folder
from reperes.model.editions import FOLDER, RULE, Edition, edition_text, is_news, next_edition
from reperes.model.explainer import Explainer
from reperes.model.news import News, news
from reperes.model.published import state_now
from reperes.model.snapshots import snapshot_name, snapshot_of
from reperes.rules.checking import sound_explainer
from reperes.text.dates import DateError, FactDate, parse_date
from reperes.text.files import write_all
from reperes.text.problems import ContentError, Place, Problem


@dataclass(frozen=True)
class Release:
    """An edition, the files that record it as messages name them, and what is new in it.

    `snapshot` is that by which it is kept, or "". It is not new where it was released before, and
    is kept only now.
    """

    edition: Edition
    path: str
    news: News
    snapshot: str = ""
    is_new: bool = True


def release(content: Path, day: str, write: bool = True, keep: bool = False) -> Release:
    """Record what the content says as the next edition, of a day (EDTF).

    To `keep` it is to put its content beside that; where the content says what the last edition
    says, that one is kept. Raises ContentError where anything is wrong with the content, where it
    says nothing new, and for a day before that of the last edition.
    """
    explainer = sound_explainer(content)
    now, ledger = state_now(explainer), explainer.editions
    edition = next_edition(ledger, now, _day(day, explainer), str(explainer.site.base_url))
    has_news = is_news(edition)
    if keep and not has_news and ledger.number not in explainer.snapshots:
        edition = ledger.editions[-1]
    elif not has_news:
        message = f"edition {ledger.number} says all of this; there is nothing to release"
        raise _refusal(str(content), message)
    folder = Folder(content)
    relative = f"{FOLDER}/{edition.file_name}"
    files = {relative: edition_text(edition).encode()} if has_news else {}
    if keep:
        files[snapshot_name(edition)] = snapshot_of(folder)
    if write:
        write_all({folder.root / name: data for name, data in files.items()})
    found = news(ledger.state(ledger.number), now, explainer)
    snapshot = folder.path(snapshot_name(edition)) if keep else ""
    return Release(edition, folder.path(relative), found, snapshot, has_news)


def _day(typed: str, explainer: Explainer) -> FactDate:
    try:
        day = parse_date(typed)
    except DateError as error:
        raise _refusal("--day", str(error)) from None
    if not day.is_day:
        raise _refusal("--day", f'expected a day, found "{typed}"; write one such as 2026-11-26')
    earlier = [("edition", each.number, each.day) for each in explainer.editions.editions[-1:]]
    for what, number, before in earlier:
        if day.sort_key < before.sort_key:
            message = f"{typed} is before {what} {number}, of {before.text}; write a later day"
            raise _refusal("--day", message)
    for correction in explainer.corrections.values():
        if day.sort_key < correction.day.sort_key:
            message = f"{typed} is before the correction {correction.id}, of {correction.day.text}"
            raise _refusal("--day", f"{message}; write a later day, or correct that")
    return day


def _refusal(where: str, message: str) -> ContentError:
    return ContentError([Problem(Place(where), message, RULE)])
