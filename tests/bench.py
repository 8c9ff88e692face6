"""Time the check and the build of the real explainer, and of copies many times its size.

`make bench` runs it, or with the sizes wanted: .venv/bin/python tests/bench.py 1 100
Time and bytes should grow no faster than the pages do.
"""

from __future__ import annotations

import re
import shutil
import subprocess
import sys
import tempfile
import time
from collections.abc import Callable
from pathlib import Path

from reperes.language.typography_of_html import typeset_html
from reperes.model.references import marks_in
from reperes.text.markup import mask_code
from reperes.text.problems import Place, Text

ROOT = Path(__file__).parent.parent
SIZES = (1, 4, 16)


def reading_order(content: Path) -> list[str]:
    """The ids of the sections that site.yml lists."""
    return re.findall(r'"([^"]*)"', _listed(content))


def _listed(content: Path) -> str:
    text = (content / "site.yml").read_text("utf-8")
    # On a line each, or on one.
    order = re.search(r"^sections:(?:\n(?:  - .*\n)+| \[.*\]\n)", text, re.MULTILINE)
    assert order is not None
    return order[0]


def grow(content: Path, total: int) -> None:
    """Copy sections of the reading order, in each language, until it names `total`."""
    ids = reading_order(content)
    copies = [(name, f"{name}_{number}") for number in range(2, total + 2) for name in ids]
    del copies[total - len(ids) :]
    for language in (content / "sections").iterdir():
        for section_id, copy_id in copies:
            text = (language / f"{section_id}.md").read_text("utf-8")
            copied = text.replace(f'id: "{section_id}"', f'id: "{copy_id}"', 1)
            (language / f"{copy_id}.md").write_text(copied, "utf-8")
    listed = _listed(content)
    every = [*ids, *(copy_id for _, copy_id in copies)]
    longer = "sections:\n" + "".join(f'  - "{section_id}"\n' for section_id in every)
    site_file = content / "site.yml"
    site_file.write_text(site_file.read_text("utf-8").replace(listed, longer), "utf-8")


def multiply(content: Path, times: int) -> None:
    """Have every section that the reading order names so many times, in each language."""
    grow(content, times * len(reading_order(content)))


def seconds(*command: str) -> float:
    start = time.perf_counter()
    subprocess.run(
        [sys.executable, "-m", "build_tools", *command], cwd=ROOT, check=True, capture_output=True
    )
    return time.perf_counter() - start


def measure(times: int) -> str:
    with tempfile.TemporaryDirectory() as folder:
        content, site = Path(folder, "content"), Path(folder, "site")
        shutil.copytree(ROOT / "content", content)
        multiply(content, times)
        seconds("stamp", "--content", str(content))
        check = seconds("check", "--content", str(content))
        build = seconds("build", "--content", str(content), "--output", str(site))
        sizes = [path.stat().st_size for path in site.rglob("*.html")]
    kilobytes = sum(sizes) / len(sizes) / 1000
    return f"{len(sizes):8}{check:10.1f} s{build:10.1f} s{kilobytes:12.1f} KB"


LONG_TEXTS: dict[str, tuple[str, Callable[[str], object]]] = {
    "marks": ("a {{ b }} [c](term:d) `e` ", lambda text: marks_in(Text(text, Place("f")))),
    "open braces": ("{{ ", lambda text: marks_in(Text(text, Place("f")))),
    "backticks": ("`` ` ", mask_code),
    "typography": ('<p>L\'<b>ONU</b> dit: "non"!</p>\n', typeset_html),
}
"""Texts that grow by a piece, and what reads them."""


def growth(piece: str, read: Callable[[str], object]) -> float:
    """How many times longer eight times the text takes; 8 is linear."""
    took = []
    for size in (50_000, 400_000):
        start = time.process_time()
        read(piece * (size // len(piece)))
        took.append(time.process_time() - start)
    return took[1] / took[0]


def main() -> None:
    print(f"{'pages':>8}{'check':>12}{'build':>12}{'HTML a page':>15}")
    for times in [int(size) for size in sys.argv[1:]] or SIZES:
        print(measure(times), flush=True)
    print("\neight times the text takes")
    for name, (piece, read) in LONG_TEXTS.items():
        print(f"{growth(piece, read):8.1f} times as long: {name}")


if __name__ == "__main__":
    main()
