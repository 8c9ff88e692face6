"""Figures and dates that others contradict, where nothing tells readers why."""

from __future__ import annotations

from collections.abc import Iterator

from reperes.model.explainer import Explainer
from reperes.model.facts import Fact, Figure
from reperes.model.forms import CHART
from reperes.model.stated import Stated, StatedDate, StatedNumber
from reperes.text.problems import Problem, warning

RULE = "rivals"

_TELLING = {"spread", CHART}
"""The forms that show readers what others say."""


def check_rest(explainer: Explainer) -> Iterator[Problem]:
    """Values that cannot be true beside the one that prose says, unless prose or card tells why.

    The card lists them in any case. A reason is `because` beside the preferred value, or
    `contested`; prose tells by the forms `spread` and `chart`, in every language that cites the
    figure.
    """
    for fact in (*explainer.figures.values(), *explainer.events.values()):
        against = [value for value in fact.rivals if _contradicts(value, fact.stated)]
        if against and not _is_explained(fact, explainer):
            yield warning(against[0].place, _message(fact, against[0], explainer), RULE)


def _contradicts(one: Stated, other: Stated) -> bool:
    """Whether two values cannot both be true, as they are bounded."""
    if isinstance(one, StatedNumber) and isinstance(other, StatedNumber):
        return one.lies_above(other) or other.lies_above(one)
    assert isinstance(one, StatedDate)
    assert isinstance(other, StatedDate)
    return one.date.ends_before(other.date) or other.date.ends_before(one.date)


def _is_explained(fact: Fact, explainer: Explainer) -> bool:
    if fact.stated.because is not None:
        return True
    if not isinstance(fact, Figure):
        return False
    if fact.contested is not None:
        return True
    forms = explainer.forms_cited(fact.id)
    return bool(forms) and all(found & _TELLING for found in forms.values())


def _message(fact: Fact, rival: Stated, explainer: Explainer) -> str:
    noun = "figure" if isinstance(fact, Figure) else "event"
    fixes = ["`because` beside the preferred value"]
    if isinstance(fact, Figure):
        fixes += ["`contested`", f"{{{{ {fact.id}.spread }}}} where it is cited"]
    fix = f"{', '.join(fixes[:-1])} or {fixes[-1]}" if len(fixes) > 1 else fixes[0]
    authors = " and ".join(rival.attributed_to)
    against = f"{noun} {fact.id}: {_shown(rival)} ({authors}) contradicts {_shown(fact.stated)}"
    return f"{against}, and readers are not told why; write {fix}"


def _shown(stated: Stated) -> str:
    return stated.notation if isinstance(stated, StatedNumber) else stated.day.text
