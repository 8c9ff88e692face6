"""Spelling without hunspell: what is asked about, what is known, what a machine may lack."""

from __future__ import annotations

from pathlib import Path

import pytest
from click.testing import CliRunner

from reperes.cli.main import main
from reperes.language.word_forms import WordForms
from reperes.model.documents import Folder
from reperes.tools.spelling import _known_words, _unrecorded_words
from support import TOY, text, toy


def asked(typed: str) -> list[str]:
    known = WordForms([(word, "") for word in _known_words("fr", toy(), Folder(TOY))])
    return [word for _, word in _unrecorded_words(text(typed), known)]


@pytest.mark.parametrize(
    ("typed", "words"),
    [
        ("Il traverse.", ["Il", "traverse"]),
        ("l’eau, aujourd'hui, porte-bagages", ["l’eau", "aujourd'hui", "porte-bagages"]),
        ("**gras** et _mou_, «\u00a0dit-il\u00a0»", ["gras", "et", "mou", "dit-il"]),
        ("le 1er, la 2e, 3G, A4, F-16", ["le", "la", "F"]),
        ("`code`, {{ delay.words }} [mot](term:ferry) <https://a.example/b>", ["mot"]),
        ("## Titre {#ancre}\n\n[^note]: ici", ["Titre", "ici"]),
        ('[mot](https://a.example/b "c")', ["mot"]),
        # Names, whole or in part, terms, and units of figures
        ("Ada Brunel, d’Ada, la Ligne 7, l’île de Sel, Sel", ["la"]),
        ("le bac, deux bacs", ["le", "deux"]),
        ("un habitant, l’euro", ["un", "habitant"]),
    ],
)
def test_words_that_hunspell_is_asked_about(typed: str, words: list[str]) -> None:
    assert asked(typed) == words


def test_the_word_list_is_known() -> None:
    words = list(_known_words("en", toy(), Folder(TOY)))
    assert "3 voix" in words
    assert "s’arrête" in words


@pytest.mark.parametrize(("options", "code"), [([], 0), (["--strict"], 1)])
def test_a_machine_without_hunspell_is_told_what_to_install(
    options: list[str], code: int, monkeypatch: pytest.MonkeyPatch, tmp_path: Path
) -> None:
    monkeypatch.setenv("PATH", str(tmp_path))
    result = CliRunner(catch_exceptions=False).invoke(
        main, ["spell", "--content", str(TOY), *options]
    )
    assert result.exit_code == code
    assert result.output == (
        "spelling is not checked, for hunspell is missing; on Debian: sudo apt install hunspell "
        "hunspell-fr hunspell-en-gb; on macOS: brew install hunspell, and put fr_FR.aff, "
        "fr_FR.dic, en_GB.aff, en_GB.dic in ~/Library/Spelling\n"
    )
