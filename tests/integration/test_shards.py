"""A site made in shards, on machines that know nothing of each other, is that of one build."""

from __future__ import annotations

import shutil
from pathlib import Path

import pytest
from click.testing import CliRunner, Result

from reperes.cli.main import main
from reperes.site.shards import Share, read_share

TOY = Path(__file__).parent.parent / "toy_explainer"


def run(*words: object) -> Result:
    return CliRunner().invoke(main, [str(word) for word in words])


def shards_of(content: Path, folder: Path, number: int = 4) -> list[Path]:
    shards = [folder / f"shard-{part}" for part in range(1, number + 1)]
    for part, shard in enumerate(shards, 1):
        share = f"{part}/{number}"
        made = run("build", "--content", content, "--shard", share, "--output", shard)
        assert made.exit_code == 0, made.output
        assert f"no problems; the share {share} is in {shard}" in made.output
    return shards


def files_of(site: Path) -> dict[str, bytes]:
    return {
        path.relative_to(site).as_posix(): path.read_bytes()
        for path in site.rglob("*")
        if path.is_file()
    }


def test_four_shards_are_joined_to_the_site_of_one_build(tmp_path: Path) -> None:
    shards = shards_of(TOY, tmp_path)
    site, alone = tmp_path / "joined" / "site", tmp_path / "alone" / "site"
    joined = run("merge", *shards, "--content", TOY, "--output", site)
    assert joined.exit_code == 0, joined.output
    assert " 0 made, " in joined.output
    assert run("build", "--content", TOY, "--output", alone).exit_code == 0
    assert files_of(site) == files_of(alone)


def test_what_has_changed_since_or_is_damaged_is_made_anew(tmp_path: Path) -> None:
    content = tmp_path / "content"
    shutil.copytree(TOY, content)
    shards = shards_of(content, tmp_path, 2)
    section = content / "sections" / "fr" / "closure.md"
    text = section.read_text("utf-8")
    section.write_text(text.replace('title: "', 'title: "Encore ', 1), "utf-8")
    (shards[0] / "kept" / "store.db").write_bytes(b"no database")
    page = next((shards[1] / "kept" / "site").rglob("*.html"))
    page.write_text(page.read_text("utf-8") + "<p>more</p>", "utf-8")
    site, alone = tmp_path / "joined" / "site", tmp_path / "alone" / "site"
    joined = run("merge", *shards, "--content", content, "--output", site)
    assert joined.exit_code == 0, joined.output
    useless = "made by another program or for other settings, so its pages are made anew"
    assert f"{shards[0]}: {useless}" in joined.output
    assert run("build", "--content", content, "--output", alone).exit_code == 0
    assert files_of(site) == files_of(alone)


def test_a_shard_is_written_over_no_other_folder(tmp_path: Path) -> None:
    (tmp_path / "letter.txt").write_text("mine", "utf-8")
    refused = run("build", "--content", TOY, "--shard", "1/4", "--output", tmp_path)
    assert refused.exit_code == 1
    assert (
        f"{tmp_path}:1:1: error: is not empty, and no shard; name another folder with --output"
        " [shard]" in refused.output
    )


@pytest.mark.parametrize("typed", ["0/4", "5/4", "1", "1/0", "a/b", "1/4/2", "", "01/4"])
def test_what_is_no_share(typed: str) -> None:
    assert read_share(typed) is None
    refused = run("build", "--content", TOY, "--shard", typed, "--output", "x")
    assert refused.exit_code == 2
    assert f'"{typed}" is no share; write 1/4 for the first of four' in refused.output


def test_shares_have_every_name_once() -> None:
    names = [str(number) for number in range(10)]
    shares = [Share(number, 3).of(names) for number in (1, 2, 3)]
    assert sorted(name for share in shares for name in share) == names
    assert read_share("2/3") == Share(2, 3)


@pytest.mark.parametrize(
    ("options", "message"),
    [
        ([], "--shard needs --output, the folder of the shard"),
        (["--output", "x", "--desk"], "--admin and --desk go with `reperes merge`"),
        (["--output", "x", "--engine", "zensical"], "--shard needs mkdocs"),
    ],
)
def test_what_does_not_go_with_a_shard(options: list[str], message: str) -> None:
    refused = run("build", "--content", TOY, "--shard", "1/4", *options)
    assert refused.exit_code == 2
    assert message in refused.output
