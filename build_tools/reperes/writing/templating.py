"""The one place that reads templates/: Markdown and HTML written through Jinja."""

from __future__ import annotations

import hashlib
import html
import sys
from collections.abc import Callable
from contextlib import suppress
from functools import cache
from pathlib import Path
from typing import cast

from jinja2 import (
    Environment,
    FileSystemBytecodeCache,
    FileSystemLoader,
    StrictUndefined,
    Template,
)
from jinja2.bccache import Bucket

from reperes import paths
from reperes.text.markup import escape_markdown, with_capital

TEMPLATES = Path(__file__).parent / "templates"
"""The folder of every template, and of what else belongs to pages that we write ourselves."""


def render_markdown(name: str, **values: object) -> str:
    """A Markdown template, filled.

    Values go in as they are: what is plain text, the template passes through the filter `md`.
    """
    return _template(name, autoescape=False).render(**values)


@cache
def macro(name: str) -> Callable[..., str]:
    """The macro of a Markdown template that has its name.

    What is written some dozen times a page is called by it: a template takes five times as long.
    """
    return cast(
        Callable[..., str], getattr(_template(f"{name}.md.jinja", autoescape=False).module, name)
    )


def render_html(name: str, **values: object) -> str:
    """An HTML or XML template, filled. Values are escaped."""
    return _template(name, autoescape=True).render(**values)


def forget_templates() -> None:
    """Have templates read again, for they may have changed."""
    macro.cache_clear()
    _template.cache_clear()
    _environment.cache_clear()


@cache
def _template(name: str, *, autoescape: bool) -> Template:
    return _environment(autoescape=autoescape).get_template(name)


def _attribute(text: str) -> str:
    """Plain text as the value of an attribute, as the engine writes it."""
    return html.escape(text, quote=False).replace('"', "&quot;")


class CompiledTemplates(FileSystemBytecodeCache):
    """Templates as Python keeps its own modules: compiled beside their source, where it may write.

    Compiling them takes as long as making a dozen pages. `kind` names the environment that they
    are for: another would compile them otherwise.
    """

    def __init__(self, kind: str) -> None:
        folder = TEMPLATES / "__pycache__"
        if not sys.dont_write_bytecode:
            with suppress(OSError):
                folder.mkdir(exist_ok=True)
        # What the environment does to a template is written in this file.
        ours = hashlib.sha256(Path(__file__).read_bytes()).hexdigest()[:8]
        super().__init__(str(folder), f"{kind}-{ours}-%s.cache")

    def dump_bytecode(self, bucket: Bucket) -> None:
        if not sys.dont_write_bytecode:
            with suppress(OSError):
                super().dump_bytecode(bucket)


@cache
def _environment(*, autoescape: bool) -> Environment:
    # Markdown is plain text to Jinja; each template's caller says which of the two it writes.
    environment = Environment(
        # The parts of the shell that the site's root shows as well are found by their own names.
        loader=FileSystemLoader([TEMPLATES, paths.OVERRIDES]),
        autoescape=autoescape,  # noqa: S701
        auto_reload=False,
        undefined=StrictUndefined,
        trim_blocks=True,
        lstrip_blocks=True,
        keep_trailing_newline=True,
        # Jinja's own marks for comments are those of Markdown's explicit ids, `{#id}`.
        comment_start_string="<#",
        comment_end_string="#>",
        bytecode_cache=CompiledTemplates("html" if autoescape else "markdown"),
    )
    environment.filters["md"] = escape_markdown
    environment.filters["plain"] = html.unescape
    environment.filters["attribute"] = _attribute
    environment.filters["capital"] = with_capital
    return environment
