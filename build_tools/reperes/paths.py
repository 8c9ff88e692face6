"""Where the program's own files are: in a wheel inside the package, in a clone at its root."""

from __future__ import annotations

from pathlib import Path

PACKAGE = Path(__file__).resolve().parent

_CARRIED = PACKAGE / "theme"
"""In a wheel: what pyproject.toml puts there of what follows."""

CLONE = None if _CARRIED.is_dir() else PACKAGE.parent.parent
"""The repository, or None where the program was installed."""

SETTINGS = (CLONE or _CARRIED) / "mkdocs.yml"
"""The settings of the engine that all languages share."""

NODE_PACKAGES = (CLONE or _CARRIED) / "package.json"
"""What the program takes from npm, and in which version."""

OVERRIDES = (CLONE or _CARRIED) / "overrides"
"""The shell: the templates that take the place of the theme's."""

ASSETS = CLONE / "docs" / "assets" if CLONE else _CARRIED / "assets"
"""Our style sheet, scripts and icon, which every site carries."""
