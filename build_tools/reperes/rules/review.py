"""What somebody meant to look at again by a day that has come.

Only who names a day is told: what a site is made of, and whether it is sound, hangs on no clock.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass

from reperes.model.explainer import Explainer
from reperes.model.schema import NOUNS
from reperes.text.dates import FactDate
from reperes.text.days import CalendarDay
from reperes.text.problems import Place, Problem, warning

RULE = "review"


@dataclass(frozen=True)
class Review:
    """A fact or a section, as messages name it, and the day by which to look at it again."""

    place: Place
    name: str
    by: FactDate

    def __str__(self) -> str:
        return f"{self.name}: to be looked at again by {self.by.text}"


def reviews_of(explainer: Explainer) -> tuple[Review, ...]:
    """All that are asked for: of facts in the order of their files, then of sections."""
    return tuple(_reviews(explainer))


def _reviews(explainer: Explainer) -> Iterator[Review]:
    for fact in explainer.facts.values():
        if fact.review_by is not None:
            yield Review(fact.place, f"{NOUNS[type(fact)]} {fact.id}", fact.review_by)
    for section_id in explainer.section_ids:
        for version in explainer.versions(section_id):
            if version.review_by is not None:
                yield Review(version.id.place, f"section {section_id}", version.review_by)


def due(reviews: Iterable[Review], day: CalendarDay) -> list[Review]:
    """Those of which the day has come by another one, the earliest first."""
    found = [review for review in reviews if review.by.moments[0].first <= day]
    return sorted(found, key=lambda review: review.by.sort_key)


def problems_due(reviews: Iterable[Review], today: CalendarDay) -> list[Problem]:
    """A warning for each of which the day has come."""
    fix = "look at it, then write a later day, or remove review_by"
    return [warning(review.place, f"{review}; {fix}", RULE) for review in due(reviews, today)]
