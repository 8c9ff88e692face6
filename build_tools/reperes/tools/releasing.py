"""`reperes release`: numbering an edition, and writing down what it says."""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path

from reperes.model.documents import Folder
from reperes.model.editions import FOLDER, RULE, Edition, edition_text, is_news, next_edition
from reperes.model.explainer import Explainer
from reperes.model.news import News, news
from reperes.model.published import state_now
from reperes.rules.checking import sound_explainer
from reperes.text.dates import DateError, FactDate, parse_date
from reperes.text.files import write_all
from reperes.text.problems import ContentError, Place, Problem


@dataclass(frozen=True)
class Release:
    """An edition, the file that records it as messages name it, and what is new in it."""

    edition: Edition
    path: str
    news: News


def release(content: Path, day: str, write: bool = True) -> Release:
    """Record what the content says as the next edition, of a day (EDTF).

    Raises ContentError where anything is wrong with the content, where it says nothing new, and
    for a day before that of the last edition.
    """
    explainer = sound_explainer(content)
    now, ledger = state_now(explainer), explainer.editions
    edition = next_edition(ledger, now, _day(day, explainer), str(explainer.site.base_url))
    if not is_news(edition):
        message = f"edition {ledger.number} says all of this; there is nothing to release"
        raise _refusal(str(content), message)
    folder = Folder(content)
    relative = f"{FOLDER}/{edition.file_name}"
    if write:
        write_all({folder.root / relative: edition_text(edition).encode()})
    found = news(ledger.state(ledger.number), now, explainer)
    return Release(edition, folder.path(relative), found)


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
