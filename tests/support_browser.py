"""What tests in a browser share: the pages to open, how a page is seen, and what axe-core says."""

from __future__ import annotations

import re
import unicodedata
from functools import cache
from pathlib import Path
from typing import Any

import pytest
from playwright.sync_api import Page

from support_sites import ROOT

AXE = ROOT / "node_modules" / "axe-core" / "axe.min.js"
AXE_OPTIONS = "{resultTypes: ['violations'], rules: {'target-size': {enabled: true}}}"
"""Every rule that axe-core applies by itself, and that targets measure 24 by 24 pixels."""

TARGETS_ALONE = AXE_OPTIONS.replace("{", "{runOnly: ['target-size'], ", 1)

PATIENCE = 300_000
"""Milliseconds. What takes a second may take minutes on a machine that is busy otherwise."""

NO_SCRIPT = {"java_script_enabled": False}
PHONE = {"viewport": {"width": 320, "height": 640}, "has_touch": True}


def addresses(site: Path, language: str = "") -> list[str]:
    """Every page's address under the site; those of one language where one is named."""
    paths = sorted((site / language).rglob("index.html"))
    found = [path.parent.relative_to(site).as_posix() for path in paths]
    # The root, and what stands at editions/, have a shell of their own.
    return [f"{each}/" for each in found if each != "." and not each.startswith("editions/")]


def options(**chosen: Any) -> pytest.MarkDecorator:
    """How the page of a test is seen."""
    return pytest.mark.parametrize("context_options", [chosen], ids=["-".join(chosen)])


@cache
def _axe() -> str:
    return f"if (!window.axe) {{ {AXE.read_text('utf-8')} }} 0"


def wait_until(page: Page, condition: str, argument: Any = None) -> None:
    """Wait until a function of JavaScript, of one argument, says something that is true.

    `page.wait_for_function` has the page read the function again for each frame, which the page's
    own policy refuses from the second time on.
    """
    page.evaluate(
        f"""argument => new Promise(done => {{
            const look = () => ({condition})(argument) ? done() : requestAnimationFrame(look);
            look();
        }})""",
        argument,
    )


def violations(page: Page, options: str = AXE_OPTIONS) -> list[str]:
    """What axe-core finds wrong, a line each."""
    # Run by the browser's debugger, for the page's own policy lets no script of ours in.
    page.evaluate(_axe())
    found = page.evaluate(f"axe.run(document, {options})")
    assert found["passes"]
    return [
        f"{page.url}: {rule['id']}: {node['html'][:120]}"
        for rule in found["violations"]
        for node in rule["nodes"]
    ]


def squeezed(text: str) -> str:
    """Without white space, of which a PDF keeps little, and with ligatures taken apart."""
    return re.sub(r"\s", "", unicodedata.normalize("NFKC", text))
