"""When the pages of kept editions are made, and where they lead as the explainer goes on."""

from __future__ import annotations

import re
import shutil
from collections.abc import Sequence
from pathlib import Path

import pytest
from click.testing import CliRunner

from reperes.cli.main import main
from reperes.model.kept_editions import opened
from reperes.serve.live_site import LiveSite
from reperes.site import kept_editions
from reperes.site.build import build
from reperes.site.kept_editions import way_now
from reperes.site.shards import Share, build_shard
from reperes.text.problems import ContentError
from reperes.tools.releasing import release
from reperes.tools.renaming import rename
from reperes.translation.stamping import stamp
from support_commands import (
    Steps,
    change,
    explainer_of,
    messages,
    replace_site_wide,
    snapshot,
    write_content,
)

FIGURE = "editions/1/fr/figures/protesters/index.html"

GONE = """\
gone:
  - id: "protesters"
    was:
      - "figure"
    day: "2021-05-01"
    {became}
"""


@pytest.fixture
def content(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """An explainer of which the first edition is kept."""
    replace_site_wide(monkeypatch)
    content = write_content(tmp_path)
    stamp(content, ["en", "fr"])
    release(content, "2021-04-01", keep=True)
    return content


@pytest.fixture
def made(monkeypatch: pytest.MonkeyPatch) -> list[int]:
    """The numbers of the editions that builds make, in their order."""
    numbers: list[int] = []
    make = kept_editions._make

    def make_and_note(*asked: object) -> object:
        numbers.append(asked[1].number)  # type: ignore[attr-defined]
        return make(*asked)  # type: ignore[arg-type]

    monkeypatch.setattr(kept_editions, "_make", make_and_note)
    return numbers


def built(content: Path) -> Path:
    output = content.parent / "site"
    build(content, output, Steps())
    return output


def links_of_notice(page: Path) -> list[str]:
    found = re.search(r'<div class="notice" role="note".*?</div>', page.read_text("utf-8"), re.S)
    assert found
    return re.findall(r'href="([^"]*)"', found[0])


def remove_the_figure(content: Path, became: str) -> None:
    """Let the one figure be gone, and another one in its place."""
    change(content, "facts/figures.yml", '"protesters"', '"marchers"')
    for language in ("fr", "en"):
        change(content, f"sections/{language}/closing.md", "{{ protesters }}", "{{ marchers }}")
    (content / "gone.yml").write_text(GONE.format(became=became), "utf-8")


@pytest.mark.parametrize(
    ("page_id", "now", "way"),
    [
        ("overview", ["overview"], "overview"),
        ("figures/deaths", ["overview", "figures", "figures/deaths"], "figures/deaths"),
        ("figures/deaths", ["overview", "figures"], "figures"),
        ("figures/deaths", ["overview"], "overview"),
        ("timeline/2018-07", ["overview", "timeline"], "timeline"),
        ("closing", ["overview", "figures"], "overview"),
    ],
)
def test_each_page_leads_to_what_stands_there_now(
    page_id: str, now: Sequence[str], way: str
) -> None:
    assert way_now(page_id, now) == way


@pytest.mark.parametrize(
    "became", ['now: "marchers"', 'reason: { fr: "Recompté.", en: "Counted anew." }']
)
def test_a_page_that_is_gone_leads_to_what_says_so(
    content: Path, made: list[int], became: str
) -> None:
    site = built(content)
    assert links_of_notice(site / FIGURE) == ["../../../../../fr/figures/protesters/"]
    remove_the_figure(content, became)
    built(content)
    assert links_of_notice(site / FIGURE) == ["../../../../../fr/figures/protesters/"]
    assert (site / "fr/figures/protesters/index.html").exists()
    assert made == [1]


def test_a_page_that_was_never_released_is_not_missed(content: Path, made: list[int]) -> None:
    built(content)
    change(
        content,
        "facts/figures.yml",
        "figures:\n",
        'figures:\n  - id: "walkers"\n    label: { fr: "Marcheurs", en: "Walkers" }\n'
        '    value: "20"\n    unit: "person"\n    as_of: "2021-03-10"\n    source: "gazette_1 3"\n',
    )
    site = built(content)
    assert (site / "fr/figures/walkers/index.html").exists()
    assert not (site / "editions/1/fr/figures/walkers").exists()
    # Nothing in it leads there.
    assert made == [1]


def test_a_new_edition_is_told_of_on_the_pages_of_those_before(
    content: Path, made: list[int]
) -> None:
    site = built(content)
    assert "a paru depuis" not in (site / FIGURE).read_text("utf-8")
    change(content, "sections/en/crossing.md", "See also", "See as well")
    release(content, "2021-05-01", keep=True)
    built(content)
    assert "L’édition\u00a02 a paru depuis." in (site / FIGURE).read_text("utf-8")
    later = (site / FIGURE.replace("editions/1", "editions/2")).read_text("utf-8")
    assert "a paru depuis" not in later
    assert made == [1, 1, 2]


def test_a_kept_edition_does_not_say_that_nothing_has_changed_since(content: Path) -> None:
    site = built(content)
    nothing = "Rien n’a changé depuis."
    assert nothing in (site / "fr/editions/index.html").read_text("utf-8")
    kept = (site / "editions/1/fr/editions/index.html").read_text("utf-8")
    assert nothing not in kept
    assert ">Édition\u00a01 du " in kept


def test_of_a_language_that_is_gone_pages_lead_to_the_root(content: Path) -> None:
    now = explainer_of(content)
    with opened(now.snapshots[1], now) as edition:
        way = kept_editions._way("figures", "figures", "it", edition, now)
    url = "https://example.org/bridge/"
    assert way == {"is_same": False, "address": "../../../", "url": url}


def test_a_shard_makes_none_and_who_joins_them_does(
    content: Path, tmp_path: Path, made: list[int]
) -> None:
    folders = [tmp_path / "one", tmp_path / "two"]
    for number, folder in enumerate(folders, 1):
        build_shard(content, folder, Share(number, 2), Steps())
    assert made == []
    build(content, tmp_path / "joined", Steps(), shards=folders)
    assert made == [1]
    assert snapshot(tmp_path / "joined") == snapshot(built(content))


def test_a_preview_has_them_too(content: Path, tmp_path: Path, made: list[int]) -> None:
    live = LiveSite(content, tmp_path / "site", tmp_path / "live", Steps())
    live.build()
    assert (live.site / FIGURE).exists()
    next((content / "editions").glob("*.zip")).unlink()
    live.update(lambda update: None, lambda seconds: False)
    assert not (live.site / FIGURE).exists()
    assert made == [1]


def test_pages_that_would_not_be_sound_are_refused(
    content: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(kept_editions, "verify", lambda records, files: ["editions/1/fr/: a fault"])
    with pytest.raises(ContentError) as refused:
        built(content)
    (message,) = messages(refused.value)
    assert message == "edition 1: its pages would not be sound: editions/1/fr/: a fault"
    assert not (content.parent / "site").exists()


def test_the_command_says_what_it_has_kept(tmp_path: Path) -> None:
    content = write_content(tmp_path)

    def run(*words: str) -> str:
        asked = ["release", "--content", str(content), *words]
        return CliRunner().invoke(main, asked).output.replace(f"{tmp_path}/", "")

    assert run("--keep", "--day", "2021-04-01", "--dry-run").endswith("nothing was written\n")
    assert not (content / "editions").exists()
    said = run("--keep", "--day", "2021-04-01")
    (kept,) = (content / "editions").glob("*.zip")
    where = "its pages will stand at editions/1/ of the site"
    assert said.splitlines()[-2:] == [
        f"recorded in content/editions/{kept.stem}.json: commit it with the content",
        f"kept in content/editions/{kept.name}: commit it too, and {where}",
    ]
    kept.unlink()
    assert run("--keep", "--day", "2021-04-01").startswith("edition 1 says all of this\nkept in ")
    rename(content, "protesters", "marchers")
    assert run("--day", "2021-04-02", "--dry-run").startswith(
        "edition 2, 2021-04-02: nothing said otherwise, under other ids\n"
    )


def test_a_copy_without_hidden_files_builds_the_same(content: Path, tmp_path: Path) -> None:
    copy = tmp_path / "copy" / "content"
    shutil.copytree(content, copy)
    build(copy, tmp_path / "copy" / "site", Steps())
    assert snapshot(tmp_path / "copy" / "site") == snapshot(built(content))
