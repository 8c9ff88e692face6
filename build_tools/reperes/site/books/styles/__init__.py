"""The style sheets of books, beside this file."""

from __future__ import annotations

from pathlib import Path


def style(*names: str) -> str:
    """The text of style sheets, one after another."""
    return "\n".join((Path(__file__).parent / f"{name}.css").read_text("utf-8") for name in names)
