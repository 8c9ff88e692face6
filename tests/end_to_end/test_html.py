"""Every page of the built site is HTML as the standard has it, by html-validate and by Nu."""

from __future__ import annotations

import json
import re
import subprocess
from pathlib import Path
from typing import Any

from support_sites import ROOT, complaints

NU = ROOT / "node_modules" / "vnu-jar" / "build" / "dist" / "vnu.jar"

# To Nu, a file on disk has no origin that "self" could mean; and it takes linked data, which no
# browser runs, for a script. tests/browser/test_measures.py has a browser judge the policy.
MISREAD = re.compile("violates Content Security Policy")

NEWER_THAN_NU = {"@container", "container", "container-type", "paint-order", "vector-effect"}
"""Properties that we use and browsers know, each of which only adds to what works without it."""


def nu_complaints(*options: str | Path) -> list[str]:
    """Errors and warnings of the Nu HTML checker, a line each."""
    command = ["java", "-jar", NU, "--format", "json", "--stdout", "--exit-zero-always", *options]
    checked = subprocess.run(command, capture_output=True, text=True, check=True)
    messages: list[dict[str, Any]] = json.loads(checked.stdout)["messages"]
    return [f"{said['url']}:{said.get('lastLine')}: {said['message']}" for said in messages]


def test_every_page_is_valid(built_site: Path) -> None:
    assert complaints(built_site) == ""


def test_the_validator_complains_of_what_is_wrong(tmp_path: Path) -> None:
    """Or an empty list of complaints would say nothing."""
    (tmp_path / "page.html").write_text("<!doctype html><p id=a><p id=a>")
    assert "[no-dup-id]" in complaints(tmp_path)


def test_nu_finds_nothing_in_any_page(built_site: Path) -> None:
    found = nu_complaints("--skip-non-html", built_site)
    assert [line for line in found if not MISREAD.search(line)] == []


def test_nu_complains_of_what_is_wrong(tmp_path: Path) -> None:
    page = tmp_path / "page.html"
    page.write_text("<!doctype html><title>T</title><h1>A</h1><p><img src=a.png></p><main></p>")
    found = nu_complaints("--skip-non-html", tmp_path)
    assert [line for line in found if "alt" in line]
    assert [line for line in found if "lang" in line]
    assert [line for line in found if "No “p” element in scope" in line]


def test_nu_knows_every_word_of_the_style_sheet() -> None:
    found = nu_complaints("--css", *sorted((ROOT / "docs" / "assets").glob("*.css")))
    unknown = [re.search("(?:Property|Unrecognized at-rule) “(.*?)”", line) for line in found]
    assert [line for line, match in zip(found, unknown, strict=True) if not match] == []
    assert {match[1] for match in unknown if match} == NEWER_THAN_NU


def test_nu_complains_of_what_a_style_sheet_gets_wrong(tmp_path: Path) -> None:
    sheet = tmp_path / "sheet.css"
    sheet.write_text("p { colour: red; color: 4px }")
    found = nu_complaints("--css", sheet)
    assert [line for line in found if "“colour” doesn't exist" in line]
    assert [line for line in found if "is not a “color” value" in line]
