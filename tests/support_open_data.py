"""What tests of open data share: the toy explainer and the real one, in each language."""

from __future__ import annotations

from dataclasses import replace
from functools import cache

import pytest

from reperes.model.explainer import Explainer
from reperes.model.loading import load
from reperes.site.open_data.language_view import LanguageView
from support import REAL, toy


@cache
def real() -> Explainer:
    return load(REAL).explainer


VIEWS = [
    pytest.param(LanguageView(explainer, language), id=f"{name}-{language}")
    for name, explainer in (("toy", toy()), ("real", real()))
    for language in ("fr", "en")
]


def without_corrections(language: str) -> LanguageView:
    """The toy explainer before anything was corrected."""
    return LanguageView(replace(toy(), corrections={}), language)
