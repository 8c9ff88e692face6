from __future__ import annotations

from pathlib import Path

import pytest
from hypothesis import given

from reperes.exchange.table import read_table, write_table
from reperes.text.problems import ContentError
from support import REAL, TOY
from support_commands import messages
from support_exchange import TEXTS, batch_of, one, there_and_back, unit


def read(data: bytes, folder: Path) -> tuple[list[str], list[str]]:
    """Contexts with targets, and problems with their lines."""
    path = folder / "x.csv"
    path.write_bytes(data)
    units, problems = read_table(path)
    return (
        [f"{each.place.line}: {each.context}={each.target} ({each.verdict})" for each in units],
        [f"{problem.place.line}: {problem.message}" for problem in problems],
    )


def refusal(data: bytes, folder: Path) -> list[str]:
    with pytest.raises(ContentError) as raised:
        read(data, folder)
    return messages(raised.value)


def test_a_row_a_unit() -> None:
    made = unit("Le pont, fermé", "The bridge", state="stale", previous="Le pont", comment="sic")
    assert write_table(one(made)).decode("utf-8-sig") == (
        '"id";"state";"source";"target";"comment";"language";"previous";"notes";"place"\r\n'
        '"sections/closing/422a9a98";"stale";"Le pont, fermé";"The bridge";"sic";"en";"Le pont";'
        '"https://example.org/en/closing/";"sections/fr/closing.md:7"\r\n'
    )


@pytest.mark.parametrize("text", ["- un", "=1+1", "@a", "'=a", "'t Zand", "+1"])
def test_no_cell_is_a_formula(text: str, tmp_path: Path) -> None:
    made = unit(text, text)
    assert f""";"'{text}";"'{text}";""" in write_table(one(made)).decode()
    brought = there_and_back(made, "csv", tmp_path)
    assert (brought.source, brought.target) == (text, text)


@given(TEXTS, TEXTS)
def test_any_text_comes_back(tmp_path_factory: pytest.TempPathFactory, a: str, b: str) -> None:
    brought = there_and_back(unit(a, b), "csv", tmp_path_factory.getbasetemp())
    assert (brought.context, brought.source, brought.target) == ("sections/closing/422a9a98", a, b)


@pytest.mark.parametrize("content", [TOY, REAL])
def test_real_units_come_back(content: Path, tmp_path: Path) -> None:
    made = batch_of(content)
    path = tmp_path / "x.csv"
    path.write_bytes(write_table(made))
    units, problems = read_table(path)
    assert problems == []
    assert [(each.context, each.source, each.target) for each in units] == [
        (each.context, each.source, each.target) for each in made.units
    ]


@pytest.mark.parametrize("separator", [",", ";", "\t"])
def test_separators_of_other_spreadsheets(separator: str, tmp_path: Path) -> None:
    rows = [
        "id,source,Target ,language,state",
        'a,un,"one\ntwo",en,translated',
        "",
        "b,deux,- two,en,",
    ]
    data = "\n".join(rows).replace(",", separator).encode()
    assert read(data, tmp_path) == (
        ["2: a=one\ntwo (done)", "5: b=- two (open)"],
        [],
    )


def test_a_row_of_another_length_costs_no_other(tmp_path: Path) -> None:
    assert read(b"id,source,target,language\na,un,one, again,en\nb,deux,two,en\n", tmp_path) == (
        ["3: b=two (open)"],
        ["2: expected 4 cells, found 5; quote cells that hold commas"],
    )


@pytest.mark.parametrize(
    ("data", "message"),
    [
        (
            b"id,source,english\n",
            "the first row names no column target; export anew",
        ),
        (
            b"",
            ("the first row names no column id and no source and no target; export anew"),
        ),
        (
            b'id,source,target,language\na,un,"one\n',
            "not a valid table: unexpected end of data; save it again as CSV (UTF-8)",
        ),
        (
            "id,source,target\na,un,é\n".encode("utf-16")[:-1],
            (
                "no encoding that spreadsheets write; save it as “CSV UTF-8”, or as “Unicode "
                "text”, then import"
            ),
        ),
    ],
)
def test_tables_that_cannot_be_read(data: bytes, message: str, tmp_path: Path) -> None:
    assert refusal(data, tmp_path) == [message]


ROWS = "id;source;target\r\na;l’œuvre, 60\u00a0%;the “work”\r\n"


@pytest.mark.parametrize(
    ("data", "is_narrow"),
    [
        (ROWS.encode(), False),
        (ROWS.encode("utf-8-sig"), False),
        (ROWS.replace(";", "\t").encode("utf-16"), False),
        (b"\xfe\xff" + ROWS.replace(";", "\t").encode("utf-16-be"), False),
        (ROWS.encode("cp1252"), True),
    ],
)
def test_encodings_of_spreadsheets(data: bytes, is_narrow: bool, tmp_path: Path) -> None:
    path = tmp_path / "x.csv"
    path.write_bytes(data)
    units, problems = read_table(path)
    assert problems == []
    assert [(each.source, each.target, each.is_narrow) for each in units] == [
        ("l’œuvre, 60\u00a0%", "the “work”", is_narrow)
    ]
