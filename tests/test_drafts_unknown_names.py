"""Which words of a text are names that no entry records."""

from __future__ import annotations

import pytest

from reperes.drafts.names import KnownNames
from reperes.drafts.unknown_names import unknown_names

CASES = [
    ("en", "The mayor, Greta Holm, met Greta Holm.", ["Greta Holm"]),
    ("en", "In Port Clair it rained on Tuesday January 3.", []),
    ("en", "The Norwegian ship froze. In January Greta came.", []),
    ("fr", "Selon Anne de la Tour, rien.", ["Anne de la Tour"]),
    ("fr", "Les Amis du Bac et Jean Dupont écrivent.", ["Amis du Bac", "Jean Dupont"]),
    ("fr", "Édouard Éluard est venu, l’Île de Sel aussi.", ["Édouard Éluard"]),
]


@pytest.mark.parametrize(("language", "text", "expected"), CASES)
def test_names(language: str, text: str, expected: list[str]) -> None:
    known = KnownNames(language, (("Port Clair", "port_clair"), ("Île de Sel", "salt_island")))
    assert [*unknown_names([text], known)] == expected


def test_each_is_listed_with_its_paragraphs() -> None:
    texts = ["Greta Holm came.", "Nobody.", "So did Ann Lee, and Greta Holm."]
    assert unknown_names(texts, KnownNames("en")) == {"Greta Holm": [1, 3], "Ann Lee": [3]}
