"""News items that are typed as reports, and that readers would be told are reports."""

from __future__ import annotations

from collections.abc import Iterator

from reperes.model.explainer import Explainer
from reperes.text.problems import Problem, warning

RULE = "source-type"


def check_rest(explainer: Explainer) -> Iterator[Problem]:
    """Reports that a news medium published, without the title that a report has.

    "report" was the type of news items before "article" was one.
    """
    for source in explainer.sources.values():
        publisher = explainer.actors.get(source.publisher_id or "")
        is_news = publisher is not None and publisher.kind == "media"
        if source.type == "report" and is_news and source.title is None:
            message = f"source {source.id}: a news medium published it, and it has no title"
            fix = 'write type: "article" for a news item, or the title of the report'
            yield warning(source.type.place, f"{message}; {fix}", RULE)
