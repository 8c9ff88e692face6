"""Spelling by the real hunspell and its dictionaries, which `make test` installs."""

from __future__ import annotations

import re
from collections.abc import Iterator
from pathlib import Path

import pytest
from click.testing import CliRunner, Result

from reperes.cli.main import main
from reperes.tools.spelling import SUGGESTIONS
from support import REAL, TOY, replace_in, toy_copy


@pytest.fixture
def content() -> Iterator[Path]:
    with toy_copy() as copy:
        yield copy


def spell(*options: str) -> Result:
    return CliRunner(catch_exceptions=False).invoke(main, ["spell", *options])


@pytest.mark.parametrize("content", [REAL, TOY])
def test_our_own_content_is_spelt_as_dictionaries_have_it(content: Path) -> None:
    result = spell("--content", str(content), "--strict")
    assert (result.output, result.exit_code) == ("no problems\n", 0)


def misspelt(content: Path) -> None:
    replace_in(content / "sections/fr/closure.md", "travaillent sur", "travaillent sûrr")
    replace_in(content / "sections/en/closure.md", "That is", "The harbour’s wharrf-side is")
    replace_in(content / "places.yml", "La ville d’où", "La ville d’oùù")


MEANT = re.compile(r'(?<=did you mean )"[^?]*"(?=\?)')


def test_words_are_reported_where_they_stand(content: Path) -> None:
    misspelt(content)
    result = spell()
    assert result.exit_code == 0
    known = "is not a known word; did you mean …? (if it is right, add it to content/words"
    # What may be meant depends on the dictionary's edition.
    assert MEANT.sub("…", result.output).splitlines() == [
        f'content/places.yml:21:21: warning: "d’oùù" {known}/fr.txt) [spelling]',
        f'content/sections/en/closure.md:14:15: warning: "wharrf" {known}/en.txt) [spelling]',
        f'content/sections/fr/closure.md:18:59: warning: "sûrr" {known}/fr.txt) [spelling]',
        "3 warnings",
    ]
    meant = [found[0].split(", ") for found in MEANT.finditer(result.output)]
    assert all(1 <= len(words) <= SUGGESTIONS for words in meant)
    assert '"wharf"' in meant[1]


def test_a_strict_check_fails(content: Path) -> None:
    misspelt(content)
    assert spell("--strict").exit_code == 1


def test_a_word_of_the_list_is_known(content: Path) -> None:
    misspelt(content)
    words = content / "words"
    (words / "fr.txt").write_text("# ours\nsûrr  # so said\noùù\n", "utf-8")
    (words / "en.txt").write_text("wharrf\n3 voix\nbac\ns’arrête\n", "utf-8")
    assert spell("--strict").output == "no problems\n"


def test_other_formats(content: Path) -> None:
    misspelt(content)
    assert spell("--format", "github").output.startswith("::warning file=content/places.yml,line=2")


def test_a_dictionary_that_is_missing_leaves_the_others(content: Path) -> None:
    misspelt(content)
    replace_in(content / "site.yml", '"fr_FR"', '"fr_GP"')
    result = spell()
    assert result.exit_code == 0
    assert result.output.splitlines()[1:] == [
        (
            "spelling is not checked in fr_GP, for its dictionary is missing; on Debian: sudo apt "
            "install hunspell-fr-gp; on macOS: put fr_GP.aff and fr_GP.dic in ~/Library/Spelling"
        ),
        "1 warning",
    ]
    assert spell("--strict").exit_code == 1
