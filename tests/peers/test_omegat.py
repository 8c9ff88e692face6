"""The exchange, tried with OmegaT in a project of its own; `make peers` runs this."""

from __future__ import annotations

import re
import subprocess
import sys
from pathlib import Path

from support import toy_copy

FOLDERS = ("source", "target", "tm", "glossary", "omegat", "dictionary")
PROJECT = """\
<?xml version="1.0" encoding="UTF-8" standalone="yes"?>
<omegat><project version="1.0">
<source_dir>__DEFAULT__</source_dir><target_dir>__DEFAULT__</target_dir>
<tm_dir>__DEFAULT__</tm_dir><glossary_dir>__DEFAULT__</glossary_dir>
<glossary_file>__DEFAULT__</glossary_file><dictionary_dir>__DEFAULT__</dictionary_dir>
<source_lang>FR</source_lang><target_lang>EN</target_lang>
<sentence_seg>false</sentence_seg><remove_tags>false</remove_tags>
<support_default_translations>true</support_default_translations>
</project></omegat>
"""
_TARGET = re.compile(r'(<tuv [^>]*lang="EN"[^>]*>\s*<seg>)(.*?)(</seg>)', re.DOTALL)


def reperes(*arguments: str | Path) -> str:
    command = [sys.executable, "-m", "reperes", *map(str, arguments)]
    done = subprocess.run(command, capture_output=True, text=True, check=False)
    assert done.returncode == 0, done.stdout + done.stderr
    return done.stdout + done.stderr


def omegat(project: Path, *arguments: str) -> None:
    settings = f"--config-dir={project.parent / 'settings'}"
    command = ["omegat", str(project), settings, *arguments]
    done = subprocess.run(command, capture_output=True, text=True, check=False)
    assert done.returncode == 0, done.stdout + done.stderr


def translate(project: Path) -> None:
    """Give every segment that OmegaT sees its own text with " EN" behind, and make the files."""
    segments = project.parent / "segments.tmx"
    pseudo = f"--pseudotranslatetmx={segments}"
    omegat(
        project, "--mode=console-createpseudotranslatetmx", pseudo, "--pseudotranslatetype=equal"
    )
    text = segments.read_text("utf-8")
    assert _TARGET.search(text)
    (project / "omegat/project_save.tmx").write_text(_TARGET.sub(r"\1\2 EN\3", text), "utf-8")
    omegat(project, "--mode=console-translate")


def test_what_omegat_translated_is_taken(tmp_path: Path) -> None:
    project = tmp_path / "project"
    for name in FOLDERS:
        (project / name).mkdir(parents=True)
    (project / "omegat.project").write_text(PROJECT, "utf-8")
    with toy_copy() as content:
        for name in ("sections/en/overview.md", "translations/en/overview.po"):
            (content / name).unlink()
        original = content / "sections/fr/closure.md"
        original.write_text(original.read_text("utf-8").replace("C’est", "Soit"), "utf-8")
        reperes("export", "--pending", "--format", "po", "--output", project / "source/toy.po")
        reperes("export", "--format", "tbx", "--output", project / "glossary/toy.tbx")
        reperes("export", "--format", "tmx", "--output", project / "tm/toy.tmx")
        translate(project)
        said = reperes("import", project / "target/toy.po")
        # What the glossary has against the French words is said, and stops nothing.
        assert [line.split(" ", 3)[1] for line in said.splitlines()[:2]] == ["warning:"] * 2
        assert said.splitlines()[2:] == [
            "changed content/sections/en/closure.md",
            "changed content/sections/en/overview.md",
            "stamped en/closure",
            "stamped en/overview",
            "4 texts taken; 2 warnings",
        ]
        assert 'title: "L’essentiel EN"' in (content / "sections/en/overview.md").read_text("utf-8")
        assert "Soit {{ decline }} de moins qu’auparavant, {{ decline.by }}. Le bulletin" in (
            content / "sections/en/closure.md"
        ).read_text("utf-8")
