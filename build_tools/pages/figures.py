"""The key figures: each with who says so, when, with what bound, and what is not known."""

from __future__ import annotations

from build_tools.drawings.figure_pictures import figure_picture
from build_tools.explainer import Explainer
from build_tools.pages.page import Page
from build_tools.pages.writer import PageWriter


def figures_page(explainer: Explainer, language: str) -> Page:
    page = PageWriter(explainer, language, "figures")
    figures = list(explainer.figures.values())
    return page.reference(figures=figures, picture=figure_picture)
