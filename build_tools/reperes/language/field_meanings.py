"""The reference of fields in other languages than English, in which fields are declared."""

from __future__ import annotations

from collections.abc import Mapping
from pathlib import Path

from reperes.text.yaml_in import read_own_yaml

_MEANINGS = Path(__file__).with_name("meanings")


def load_meanings(language: str) -> Mapping[str, str]:
    """Translations by the English text; empty where there are none."""
    path = _MEANINGS / f"{language}.yml"
    if not path.is_file():
        return {}
    found: dict[str, str] = read_own_yaml(path)
    return found
