"""The two formats that go out alone: TBX and TMX."""

from __future__ import annotations

from pathlib import Path

import pytest
from lxml import etree

from reperes.exchange.formats import export, read_units
from reperes.exchange.tbx import write_tbx
from reperes.exchange.tmx import write_tmx
from reperes.model.loading import load
from reperes.text.problems import ContentError
from reperes.translation.stamping import stamp
from support_commands import explainer_of, messages, write_content

GLOSSARY = """\
terms:
  - id: "footbridge"
    fr:
      term: "passerelle"
      definition: "Pont étroit, réservé aux piétons."
      forms:
        - "passerelles"
      discouraged:
        - "pont piéton"
    en:
      term: "footbridge"
      definition: "A narrow bridge, for walkers alone."
"""


@pytest.fixture
def content(tmp_path: Path) -> Path:
    content = write_content(tmp_path, **{"glossary.yml": GLOSSARY})
    stamp(content, ["en", "fr"])
    return content


def test_a_term_has_its_definition_and_the_standing_of_each_form(content: Path) -> None:
    made = write_tbx(explainer_of(content)).decode()
    assert (
        '      <termEntry id="footbridge">\n'
        '        <langSet xml:lang="fr">\n'
        '          <descrip type="definition">Pont étroit, réservé aux piétons.</descrip>\n'
        "          <tig>\n"
        "            <term>passerelle</term>\n"
        '            <termNote type="administrativeStatus">preferredTerm-admn-sts</termNote>\n'
        "          </tig>\n"
        "          <tig>\n"
        "            <term>passerelles</term>\n"
        '            <termNote type="administrativeStatus">admittedTerm-admn-sts</termNote>\n'
        "          </tig>\n"
        "          <tig>\n"
        "            <term>pont piéton</term>\n"
        '            <termNote type="administrativeStatus">deprecatedTerm-admn-sts</termNote>\n'
        "          </tig>\n"
        "        </langSet>\n"
        '        <langSet xml:lang="en">\n'
    ) in made


def test_the_memory_holds_pairs_with_their_languages(content: Path) -> None:
    root = etree.fromstring(write_tmx(load(content), "en"))
    found = root.find(".//tu[@tuid='sections/closing/#anger']")
    assert found is not None
    assert found.get("srclang") == "fr"
    language = "{http://www.w3.org/XML/1998/namespace}lang"
    assert [(each.get(language), each.findtext("seg")) for each in found] == [
        ("fr", "## La colère {#anger}"),
        ("en", "## Anger {#anger}"),
    ]


def test_the_memory_keeps_what_was_translated_before_a_change(content: Path) -> None:
    path = content / "sections/fr/closing.md"
    path.write_bytes(path.read_bytes().replace(b"La fermeture", b"Le pont ferme"))
    assert b"<seg>La fermeture</seg>" in write_tmx(load(content), "en")


@pytest.mark.parametrize("format_name", ["tbx", "tmx"])
def test_the_same_content_gives_the_same_bytes(format_name: str, content: Path) -> None:
    assert export(content, format_name) == export(content, format_name)


@pytest.mark.parametrize(
    ("name", "message"),
    [
        ("x.tbx", "a glossary goes out alone; change glossary.yml"),
        (
            "x.tmx",
            "a translation memory goes out alone; import the PO, XLIFF or CSV file",
        ),
    ],
)
def test_they_do_not_come_back(name: str, message: str, tmp_path: Path) -> None:
    (tmp_path / name).touch()
    with pytest.raises(ContentError) as raised:
        read_units(tmp_path / name)
    assert messages(raised.value) == [message]
