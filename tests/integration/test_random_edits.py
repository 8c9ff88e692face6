"""After any edit, a build that keeps what it can gives the site of a build from nothing."""

from __future__ import annotations

import os
import random
import re
import shutil
from collections.abc import Callable
from contextlib import nullcontext
from pathlib import Path

import pytest

from reperes.rules.checking import check
from reperes.site import last_build
from reperes.site.build import Built, build
from reperes.text.problems import ContentError
from reperes.tools.releasing import release
from reperes.translation.stamping import stamp

TOY = Path(__file__).parent.parent / "toy_explainer"

SEED = int(os.environ.get("EDITS_SEED", "1"))
ROUNDS = int(os.environ.get("EDITS_ROUNDS", "1"))
"""How often each kind of edit is made."""

PARTS = 2
"""Into how many tests the edits are divided, for as many processes."""

Edit = Callable[[Path, random.Random], None]


def built(content: Path, output: Path, *, fresh: bool = False) -> Built:
    return build(content, output, lambda _: nullcontext(lambda _: None), fresh=fresh)


def files_of(site: Path) -> dict[str, bytes]:
    return {
        path.relative_to(site).as_posix(): path.read_bytes()
        for path in site.rglob("*")
        if path.is_file()
    }


def text_of_yaml(content: Path, chance: random.Random) -> None:
    """A word more in some text of any YAML file: fact, term, actor, source, caption, label…"""
    path = chance.choice(sorted(content.rglob("*.yml")))
    lines = path.read_text("utf-8").split("\n")
    texts = [n for n, line in enumerate(lines) if re.match(r' +(fr|en): ".*\w"$', line)]
    if texts:
        number = chance.choice(texts)
        lines[number] = f'{lines[number][:-1]} bis"'
        path.write_text("\n".join(lines), "utf-8")


def number_of_a_figure(content: Path, chance: random.Random) -> None:
    path = content / "facts" / "figures.yml"
    text = path.read_text("utf-8")
    found = chance.choice(list(re.finditer(r'    value: "(\d+)"\n', text)))
    number = str(int(found[1]) + chance.randint(1, 9))
    path.write_text(f"{text[: found.start(1)]}{number}{text[found.end(1) :]}", "utf-8")


def day_of_an_event(content: Path, chance: random.Random) -> None:
    path = content / "facts" / "events.yml"
    text = path.read_text("utf-8")
    found = chance.choice(list(re.finditer(r'    date: "\d{4}-\d\d-(\d\d)"\n', text)))
    day = f"{chance.randint(1, 28):02}"
    path.write_text(f"{text[: found.start(1)]}{day}{text[found.end(1) :]}", "utf-8")


def sentence_of_a_section(content: Path, chance: random.Random) -> None:
    path = chance.choice(sorted(content.rglob("sections/*/*.md")))
    paragraphs = path.read_text("utf-8").split("\n\n")
    number = chance.randrange(1, len(paragraphs))
    if re.match(r"\w", paragraphs[number]):
        paragraphs[number] += " Encore."
    path.write_text("\n\n".join(paragraphs), "utf-8")


def title_of_a_section(content: Path, chance: random.Random) -> None:
    path = chance.choice(sorted(content.rglob("sections/*/*.md")))
    text = path.read_text("utf-8")
    path.write_text(re.sub(r'(?m)^(title: ".*)"$', r'\1 !"', text, count=1), "utf-8")


def lines_moved(content: Path, chance: random.Random) -> None:
    """A comment at the head of a file: every place in it is another, and nothing else."""
    path = chance.choice(sorted(content.rglob("*.yml")))
    path.write_text("# moved\n" + path.read_text("utf-8"), "utf-8")


def order_of_entries(content: Path, chance: random.Random) -> None:
    path = chance.choice([content / "facts" / f"{name}.yml" for name in ("figures", "claims")])
    head, *entries = re.split(r"(?m)^(?=  - id:)", path.read_text("utf-8"))
    chance.shuffle(entries)
    path.write_text(head + "".join(entries), "utf-8")


def order_of_sections(content: Path, chance: random.Random) -> None:
    path = content / "site.yml"
    text = path.read_text("utf-8")
    found = re.search(r'(?m)^sections:\n((?:  - "\w+"\n)+)', text)
    assert found is not None
    ids = found[1].splitlines(keepends=True)
    chance.shuffle(ids)
    path.write_text(text.replace(found[1], "".join(ids)), "utf-8")


def wording(content: Path, chance: random.Random) -> None:
    path = content / "interface" / chance.choice(["fr.yml", "en.yml"])
    label = chance.choice(["nav.skip", "page.glossary.title", "card.who"])
    text = path.read_text("utf-8") if path.is_file() else ""
    kept = [line for line in text.splitlines() if not line.startswith(f"{label}:")]
    kept.append(f'{label}: "Essai {chance.randint(1, 99)}"')
    path.parent.mkdir(exist_ok=True)
    path.write_text("\n".join(kept) + "\n", "utf-8")


def settings(content: Path, chance: random.Random) -> None:
    path = content / "site.yml"
    day = f'updated: "2019-03-{chance.randint(16, 29)}"'
    text = re.sub(r'(?m)^updated: "2019-03-\d\d"', day, path.read_text("utf-8"))
    path.write_text(text, "utf-8")


def correction(content: Path, chance: random.Random) -> None:
    path = content / "corrections.yml"
    text = path.read_text("utf-8")
    entry = re.findall(r"(?ms)^  - id:.*?(?=^  - id:|\Z)", text)[0]
    new = re.sub(r'id: "\w+"', f'id: "again_{chance.randrange(10**6)}"', entry, count=1)
    path.write_text(text.rstrip("\n") + "\n" + new, "utf-8")


def baselines(content: Path, chance: random.Random) -> None:
    stamp(content, ["en"])


def section_lost(content: Path, chance: random.Random) -> None:
    """One language lacks a section, and shows the other’s."""
    path = content / "sections" / "en" / "money.md"
    path.unlink(missing_ok=True)


def another_program(content: Path, chance: random.Random) -> None:
    version = str(chance.random())
    last_build.digest_of_program = lambda: version  # type: ignore[assignment]


KINDS: tuple[Edit, ...] = (
    text_of_yaml,
    text_of_yaml,
    number_of_a_figure,
    day_of_an_event,
    sentence_of_a_section,
    sentence_of_a_section,
    title_of_a_section,
    lines_moved,
    order_of_entries,
    order_of_sections,
    wording,
    settings,
    correction,
    baselines,
    section_lost,
    another_program,
)


@pytest.mark.parametrize("part", range(PARTS))
def test_a_build_after_edits_is_that_from_nothing(
    part: int, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(last_build, "digest_of_program", last_build.digest_of_program)
    chance = random.Random(SEED)
    edits = [edit for _ in range(ROUNDS) for edit in chance.sample(KINDS, len(KINDS))]
    content = tmp_path / "content"
    shutil.copytree(TOY, content)
    built(content, tmp_path / "site")
    for edit in edits[part::PARTS]:
        before = tmp_path / "before"
        shutil.copytree(content, before)
        edit(content, chance)
        try:
            built(content, tmp_path / "site")
        except ContentError:
            # It was no sound edit: the site is that of the content as it was.
            shutil.rmtree(content)
            before.rename(content)
            continue
        shutil.rmtree(before)
        built(content, tmp_path / "fresh", fresh=True)
        ours, theirs = files_of(tmp_path / "site"), files_of(tmp_path / "fresh")
        assert ours.keys() == theirs.keys(), edit.__name__
        assert [name for name in ours if ours[name] != theirs[name]] == [], edit.__name__


def test_a_build_after_releases_is_that_from_nothing(tmp_path: Path) -> None:
    content = tmp_path / "content"
    shutil.copytree(TOY, content)
    chance = random.Random(SEED)

    def unchanged(what: str) -> None:
        built(content, tmp_path / "site")
        built(content, tmp_path / "fresh", fresh=True)
        assert files_of(tmp_path / "site") == files_of(tmp_path / "fresh"), what

    built(content, tmp_path / "site")
    release(content, "2019-04-01")
    unchanged("a first edition")
    sentence_of_a_section(content, chance)
    unchanged("a section that is other than in the edition")
    number_of_a_figure(content, chance)
    asked = [problem for problem in check(content)[1] if problem.entry]
    path = content / "corrections.yml"
    entries = "".join(problem.entry for problem in asked).replace("…", "Essai")
    path.write_text(path.read_text("utf-8") + entries, "utf-8")
    unchanged("a fact that was corrected")
    release(content, "2019-04-02")
    unchanged("a second edition")
