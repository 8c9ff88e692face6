"""Pictures for a person to look at: `make screenshots`. No part of `make test`."""

from __future__ import annotations

from pathlib import Path
from typing import Literal

import pytest
from playwright.sync_api import Browser

PICTURES = Path(__file__).parents[2] / ".build" / "screenshots"


@pytest.mark.parametrize("scheme", ["light", "dark"])
@pytest.mark.parametrize("width", [320, 768, 1440])
def test_picture_every_page(
    browser: Browser, built_site: Path, site_url: str, width: int, scheme: Literal["light", "dark"]
) -> None:
    """Whole pages, as .build/screenshots/LANGUAGE-PAGE-WIDTH-SCHEME.png."""
    context = browser.new_context(
        base_url=site_url, viewport={"width": width, "height": 900}, color_scheme=scheme
    )
    page = context.new_page()
    for path in sorted(built_site.rglob("index.html")):
        address = path.parent.relative_to(built_site).as_posix()
        page.goto(f"{address}/")
        name = "root" if address == "." else address.replace("/", "-")
        page.screenshot(full_page=True, path=PICTURES / f"{name}-{width}-{scheme}.png")
    context.close()
