"""Let Lighthouse judge the built site as a phone on a slow line meets it: `make lighthouse`.

No part of `make test`: its performance depends on the machine and on what else that is doing.
"""

from __future__ import annotations

import json
import os
import re
import subprocess
import sys
from collections.abc import Mapping, Sequence
from datetime import date
from pathlib import Path
from statistics import median

from support_serving import served

ROOT = Path(__file__).parent.parent
LIGHTHOUSE = ROOT / "tests" / "lighthouse" / "node_modules" / ".bin" / "lighthouse"
RECORD = ROOT / "docs" / "MEASURES.md"

PAGES = (
    "fr/",
    "en/",
    "fr/timeline/",
    "en/figures/",
    "fr/statements/",
    "en/glossary/",
    "fr/talks/",
)
RUNS = 5
LEAST = {"performance": 99, "accessibility": 100, "best-practices": 100, "seo": 100}
"""What we promise of each category, in hundredths."""

CHROMIUM_OPTIONS = (
    "--headless",
    "--no-sandbox",
    "--disable-gpu",
    "--disable-background-networking",
    "--disable-component-update",
    "--disable-sync",
    "--no-first-run",
)

_RECORDED = re.compile(r"(?<=<!-- lighthouse -->\n).*?(?=<!-- end of lighthouse -->)", re.DOTALL)

Scores = Mapping[str, float]
"""Hundredths by category; medians may end in a half."""


def scores(url: str, chromium: str) -> Scores:
    """One run of Lighthouse with its default settings, which are those of a phone."""
    command = [LIGHTHOUSE, url, "--output", "json", "--quiet", "--no-enable-error-reporting"]
    command += [f"--chrome-flags={' '.join(CHROMIUM_OPTIONS)}"]
    env = {**os.environ, "CHROME_PATH": chromium}
    run = subprocess.run(command, env=env, stdout=subprocess.PIPE, text=True, check=True)
    categories = json.loads(run.stdout)["categories"]
    return {name: round(100 * categories[name]["score"]) for name in LEAST}


def medians(runs: Sequence[Scores]) -> Scores:
    return {name: median(run[name] for run in runs) for name in LEAST}


def version(*command: str | Path) -> str:
    told = subprocess.run(command, capture_output=True, text=True, check=True).stdout
    found = re.search(r"\d+(\.\d+)+", told)
    assert found
    return found[0]


def table(measured: Mapping[str, Scores]) -> str:
    rows = ["| page | performance | accessibility | best practices | SEO |"]
    rows += ["| --- | ---: | ---: | ---: | ---: |"]
    for page, found in measured.items():
        rows.append(f"| `{page}` | {' | '.join(f'{found[name]:g}' for name in LEAST)} |")
    return "\n".join(rows)


def record(measured: Mapping[str, Scores], machine: str) -> None:
    text = RECORD.read_text("utf-8")
    found = f"\nMedians of {RUNS} runs each, {machine}:\n\n{table(measured)}\n\n"
    new, times = _RECORDED.subn(lambda _: found, text)
    assert times == 1, f"{RECORD} has no place for the scores"
    RECORD.write_text(new, "utf-8", newline="\n")


def main(site: Path) -> int:
    chromium = os.environ["CHROMIUM"]
    measured = {}
    with served(site) as site_url:
        for page in PAGES:
            runs = [scores(site_url + page, chromium) for _ in range(RUNS)]
            measured[page] = medians(runs)
            told = ", ".join(f"{name} {score:g}" for name, score in measured[page].items())
            print(f"{page:16}{told}", flush=True)
    machine = (
        f"{date.today().isoformat()}, {os.cpu_count()} cores, Chromium "
        f"{version(chromium, '--version')}, Lighthouse {version(LIGHTHOUSE, '--version')}"
    )
    record(measured, machine)
    low = [page for page, found in measured.items() if any(found[n] < LEAST[n] for n in LEAST)]
    if low:
        print(f"less than promised: {', '.join(low)}", file=sys.stderr)
    return 1 if low else 0


if __name__ == "__main__":
    sys.exit(main(ROOT / "site"))
