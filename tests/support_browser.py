"""What tests in a browser share: the pages to open, and how a page is seen."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import pytest
from support_sites import ROOT

AXE = ROOT / "node_modules" / "axe-core" / "axe.min.js"

NO_SCRIPT = {"java_script_enabled": False}
PHONE = {"viewport": {"width": 320, "height": 640}, "has_touch": True}


def addresses(site: Path, language: str = "") -> list[str]:
    """Every page's address under the site; those of one language where one is named."""
    paths = sorted((site / language).rglob("index.html"))
    found = [path.parent.relative_to(site).as_posix() for path in paths]
    return [f"{address}/" for address in found if address != "."]


def options(**chosen: Any) -> pytest.MarkDecorator:
    """How the page of a test is seen."""
    return pytest.mark.parametrize("context_options", [chosen], ids=["-".join(chosen)])
