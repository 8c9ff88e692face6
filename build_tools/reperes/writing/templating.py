"""The one place that reads templates/: Markdown and HTML written through Jinja."""

from __future__ import annotations

import html
from functools import cache
from pathlib import Path

from jinja2 import Environment, FileSystemLoader, StrictUndefined

from reperes import paths
from reperes.text.markup import escape_markdown, with_capital

TEMPLATES = Path(__file__).parent / "templates"
"""The folder of every template, and of what else belongs to pages that we write ourselves."""


def render_markdown(name: str, **values: object) -> str:
    """A Markdown template, filled.

    Values go in as they are: what is plain text, the template passes through the filter `md`.
    """
    return _environment(autoescape=False).get_template(name).render(**values)


def render_html(name: str, **values: object) -> str:
    """An HTML or XML template, filled. Values are escaped."""
    return _environment(autoescape=True).get_template(name).render(**values)


def _attribute(text: str) -> str:
    """Plain text as the value of an attribute, as the engine writes it."""
    return html.escape(text, quote=False).replace('"', "&quot;")


@cache
def _environment(*, autoescape: bool) -> Environment:
    # Markdown is plain text to Jinja; each template's caller says which of the two it writes.
    environment = Environment(
        # The parts of the shell that the site's root shows as well are found by their own names.
        loader=FileSystemLoader([TEMPLATES, paths.OVERRIDES]),
        autoescape=autoescape,  # noqa: S701
        undefined=StrictUndefined,
        trim_blocks=True,
        lstrip_blocks=True,
        keep_trailing_newline=True,
        # Jinja's own marks for comments are those of Markdown's explicit ids, `{#id}`.
        comment_start_string="<#",
        comment_end_string="#>",
    )
    environment.filters["md"] = escape_markdown
    environment.filters["plain"] = html.unescape
    environment.filters["attribute"] = _attribute
    environment.filters["capital"] = with_capital
    return environment
