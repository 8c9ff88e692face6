"""A page in all its languages, made together: the unit of a build, and of what it keeps.

Trade calls it a bundle. It is made under the eyes of `model.tracing`, so that its trace says of
what: while that stays the same, and the program and the settings of the shell with it, what was
made is the same too.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, replace
from pathlib import Path
from typing import Any

from reperes.model.explainer import Explainer
from reperes.model.tracing import Digests, Trace, TracedExplainer, digest_of
from reperes.pages import Page, render_page
from reperes.site.engine import Shell
from reperes.site.finish import finished_page
from reperes.site.html_pages import PageRecord
from reperes.site.rendered import Rendered
from reperes.site.search import EntryNames
from reperes.site.social_cards import png_of
from reperes.text.files import write_bytes, write_text


@dataclass(frozen=True)
class FinishedPage:
    """A page as it stands in the site, and what the steps after it need to know of it.

    `page` has no Markdown any more. `source` is the digest of what the engine made it of. `card`
    is what its head says of its social card.
    """

    page: Page
    source: bytes
    path: str
    record: PageRecord
    card: Mapping[str, Any] | None


@dataclass(frozen=True)
class Bundle:
    """The pages of one id, by language, and what they were made of."""

    id: str
    pages: Mapping[str, FinishedPage]
    trace: Trace

    @property
    def files(self) -> list[str]:
        """Its files in the site."""
        cards = [finished.card["path"] for finished in self.pages.values() if finished.card]
        return [*(finished.path for finished in self.pages.values()), *cards]
