from __future__ import annotations

from pathlib import Path

import pytest
from hypothesis import given

from reperes.exchange.units import Returned
from reperes.exchange.xliff import read_xliff, write_xliff
from reperes.text.problems import ContentError
from support import REAL, TOY
from support_commands import messages
from support_exchange import TEXTS, batch_of, one, there_and_back, unit

SOURCE = "L’[OSDH](term:osdh) compte {{ dead.by }}"
PROTECTED = (
    'L’<bpt id="1">[</bpt>OSDH<ept id="1">](term:osdh)</ept> compte <ph id="2">{{ dead.by }}</ph>'
)


def written(text: str, folder: Path) -> Path:
    path = folder / "x.xliff"
    path.write_text(text, "utf-8")
    return path


def returned(inner: str, folder: Path) -> Returned:
    """The one unit of a file, whose target and the rest are given as XML."""
    text = (
        '<xliff version="1.2"><file original="f" source-language="fr" target-language="en-GB">'
        f'<body><trans-unit id="a"><source>{PROTECTED}</source>{inner}</trans-unit></body>'
        "</file></xliff>"
    )
    units, problems = read_xliff(written(text, folder))
    assert problems == []
    return units[0]


def refusal(text: str, folder: Path) -> str:
    with pytest.raises(ContentError) as raised:
        read_xliff(written(text, folder))
    (problem,) = raised.value.problems
    return f"{problem.place.line}:{problem.place.column}: {problem.message}"


def test_marks_are_protected() -> None:
    made = write_xliff(one(unit(SOURCE, "{{ dead.by }}: the [SOHR](term:osdh)"))).decode()
    assert f"<source>{PROTECTED}</source>" in made
    assert (
        '<target state="translated"><ph id="2">{{ dead.by }}</ph>: the '
        '<bpt id="1">[</bpt>SOHR<ept id="1">](term:osdh)</ept></target>'
    ) in made


def test_ids_of_headings_are_protected() -> None:
    made = write_xliff(one(unit("## Le délai {#deadline}"))).decode()
    assert '<source>## Le délai<ph id="1"> {#deadline}</ph></source>' in made
    made = write_xliff(one(unit("###Le délai {#deadline} ##"))).decode()
    assert '<source>###Le délai<ph id="1"> {#deadline}</ph> ##</source>' in made


def test_a_missing_target_is_empty() -> None:
    assert '<target state="new"></target>' in write_xliff(one(unit("Le pont"))).decode()


def test_a_stale_unit_holds_its_translation_to_be_reviewed() -> None:
    made = write_xliff(one(unit("Le pont", "The", state="stale", previous="Le"))).decode()
    assert 'approved="no"' in made
    assert '<target state="needs-review-translation">The</target>' in made
    assert (
        '<alt-trans alttranstype="previous-version">\n'
        "          <source>Le</source>\n"
        "          <target>The</target>\n"
    ) in made


@pytest.mark.parametrize(
    ("notes", "comment"),
    [
        ("<note>ours, in an older export</note>", ""),
        ('<note from="developer">ours</note>', ""),
        ('<note from="developer">ours</note><note from="translator">Hm.</note>', "Hm."),
        ('<note from="Ana">Hm.</note><note annotates="target"> Why? </note>', "Hm.\nWhy?"),
        ('<alt-trans><target>x</target><note from="Ana">old</note></alt-trans>', ""),
    ],
)
def test_notes_of_translators(notes: str, comment: str, tmp_path: Path) -> None:
    assert returned(notes, tmp_path).comment == comment


def test_the_units_know_their_file_and_place() -> None:
    made = write_xliff(one(unit("Le pont"))).decode()
    assert '<file original="sections/fr/closing.md" source-language="fr" target-language="en"' in (
        made
    )
    assert '<context context-type="linenumber">7</context>' in made
    assert '<note from="developer">https://example.org/en/closing/</note>' in made


@given(TEXTS, TEXTS)
def test_any_text_comes_back(tmp_path_factory: pytest.TempPathFactory, a: str, b: str) -> None:
    brought = there_and_back(unit(a, b), "xliff", tmp_path_factory.getbasetemp())
    assert (brought.context, brought.source, brought.target) == ("sections/closing/422a9a98", a, b)


@pytest.mark.parametrize("content", [TOY, REAL])
def test_real_units_come_back(content: Path, tmp_path: Path) -> None:
    made = batch_of(content)
    path = tmp_path / "x.xlf"
    path.write_bytes(write_xliff(made))
    units, problems = read_xliff(path)
    assert problems == []
    assert [(each.context, each.source, each.target) for each in units] == [
        (each.context, each.source, each.target) for each in made.units
    ]


@pytest.mark.parametrize(
    "target",
    [
        '<ph id="2"/>: <bpt id="1"/>SOHR<ept id="1"/>',
        '<x id="2"/>: <bpt id="1">[</bpt>SOHR<ept id="1">](term:osdh)</ept>',
        '<mrk mtype="seg" mid="0"><ph id="2">{{ dead.by }}</ph>: </mrk>[SOHR](term:osdh)',
        '<!-- a --><ph id="2">{{ dead.by }}</ph>: [SOHR](term:osdh)',
    ],
)
def test_codes_that_a_tool_emptied_are_filled_from_the_source(target: str, tmp_path: Path) -> None:
    brought = returned(f"<target>{target}</target>", tmp_path)
    assert brought.target == "{{ dead.by }}: [SOHR](term:osdh)"
    assert brought.source == SOURCE


@pytest.mark.parametrize(
    ("state", "verdict"),
    [
        ("translated", "done"),
        ("final", "done"),
        ("signed-off", "done"),
        ("new", "open"),
        ("needs-review-translation", "unsure"),
        ("needs-translation", "unsure"),
    ],
)
def test_states(state: str, verdict: str, tmp_path: Path) -> None:
    assert returned(f'<target state="{state}">x</target>', tmp_path).verdict == verdict


def test_alternatives_are_not_translations(tmp_path: Path) -> None:
    brought = returned("<alt-trans><source>a</source><target>b</target></alt-trans>", tmp_path)
    assert (brought.language, brought.target, brought.verdict) == ("en", "", "open")


def test_broken_xml(tmp_path: Path) -> None:
    assert refusal("<xliff>\n<file>\n</xliff>", tmp_path) == (
        "3:9: not valid XML: Opening and ending tag mismatch: file line 2 and xliff; "
        "export anew, or mend it here"
    )
    assert refusal("", tmp_path) == (
        "1:1: not valid XML: Document is empty; export anew, or mend it here"
    )


def test_other_xml(tmp_path: Path) -> None:
    assert refusal("<html/>", tmp_path) == (
        "1:1: expected XLIFF 1.2, found <html>; save it as XLIFF 1.2"
    )
    assert refusal('<xliff version="2.0"/>', tmp_path) == (
        "1:1: expected XLIFF 1.2, found XLIFF 2.0; save it as XLIFF 1.2"
    )


DOCTYPE = "declares a document type (<!DOCTYPE …>), which no tool needs; remove it"


def test_an_entity_of_another_file_is_not_read(tmp_path: Path) -> None:
    (tmp_path / "secret").write_text("secret", "utf-8")
    text = f'<!DOCTYPE x [<!ENTITY e SYSTEM "{tmp_path}/secret">]><xliff>&e;</xliff>'
    assert refusal(text, tmp_path) == f"1:1: {DOCTYPE}"


def test_entities_that_multiply_are_not_expanded(tmp_path: Path) -> None:
    entities = "".join(f'<!ENTITY e{n} "{f"&e{n - 1};" * 10}">' for n in range(1, 12))
    text = f'<!DOCTYPE x [<!ENTITY e0 "ha">{entities}]><xliff>&e11;</xliff>'
    assert refusal(text, tmp_path).startswith("1:5: not valid XML: Maximum entity amplification")


def test_a_file_element_without_language(tmp_path: Path) -> None:
    text = '<xliff version="1.2">\n<file original="f"><body/></file>\n</xliff>'
    units, problems = read_xliff(written(text, tmp_path))
    assert units == []
    assert [(problem.place.line, problem.message) for problem in problems] == [
        (2, "a <file> without target-language; write the language of the translation")
    ]


def test_messages_name_the_file(tmp_path: Path) -> None:
    with pytest.raises(ContentError) as raised:
        read_xliff(tmp_path / "none.xlf")
    assert messages(raised.value) == ["cannot be read: No such file or directory"]
