"""Content files as they were typed, whatever was typed."""

from __future__ import annotations

import os
import socket
from collections.abc import Callable
from contextlib import suppress
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from reperes.model.documents import Folder, parse_markdown, read_outside
from reperes.model.yaml_values import Listing, Table, parse_yaml
from reperes.text.problems import ContentError, Text
from support import examples


def fault(error: pytest.ExceptionInfo[ContentError]) -> str:
    (problem,) = error.value.problems
    return str(problem)


def value_of(yaml: str) -> object:
    return parse_yaml(f"key: {yaml}\n", "f").get("key")


@pytest.mark.parametrize(
    "typed",
    ["no", "012", "12:30", "2018-07-04", "1_000", "0x1F", "+5", "true", "é 🫨 \u00a0;", ".inf"],
)
def test_scalars_are_what_was_typed(typed: str) -> None:
    assert value_of(typed) == typed
    assert value_of(f'"{typed}"') == typed


@pytest.mark.parametrize(
    "typed",
    [
        "",
        '""',
        "''",
        "null",
        "Null",
        "~",
        "[]",
        "{}",
        '{ fr: "", en: }',
        '{ b: { c: [""] } }',
        "# x",
    ],
)
def test_absent_values_are_left_out(typed: str) -> None:
    assert value_of(typed) is None


@pytest.mark.parametrize("typed", ['"null"', "'~'", '{ a: "b" }', '{ a: "", b: "c" }'])
def test_quoted_nulls_and_mappings_with_one_value_are_values(typed: str) -> None:
    assert value_of(typed) is not None


@pytest.mark.parametrize(
    ("yaml", "place", "exact"),
    [
        ('a: "bc"', "f:1:5", True),
        ("a: bc", "f:1:4", True),
        ("a: 'it''s'", "f:1:4", False),
        ('a: "b\\u00e9"', "f:1:4", False),
        ("a: >\n  b\n  c", "f:1:4", False),
        ("a:\n  - x\nb: c", "f:2:5", True),
    ],
)
def test_a_text_knows_where_it_was_typed(yaml: str, place: str, exact: bool) -> None:
    value = parse_yaml(yaml, "f").get("a")
    text = value.items[0] if isinstance(value, Listing) else value
    assert isinstance(text, Text)
    assert (str(text.place), text.exact) == (place, exact)


def test_of_very_many_hidden_characters_the_first_are_named() -> None:
    with pytest.raises(ContentError) as error:
        parse_yaml("a: |\n" + "  x\u200bx\n" * 30, "f")
    problems = list(map(str, error.value.problems))
    assert len(problems) == 20
    assert problems[-1] == (
        "f:21:4: error: a character that nobody sees (U+200B, zero width space); remove it "
        "(and 10 more such characters after it) [file]"
    )


@pytest.mark.parametrize("relative", ["words/fr.txt", "translations/en/facts.po", "map.json"])
def test_no_file_holds_hidden_characters(relative: str, tmp_path: Path) -> None:
    (tmp_path / relative).parent.mkdir(exist_ok=True, parents=True)
    (tmp_path / relative).write_text("mot\nmo\u202et\n", "utf-8")
    with pytest.raises(ContentError, match=r":2:3: error: a character that turns .*\(U\+202E"):
        Folder(tmp_path).read_text(relative)


def section(body: str) -> str:
    return f"---\na: b\n---\n{body}"


@pytest.mark.parametrize(
    "body",
    [
        "mot " * 5_000,
        ("mot " * 4_000 + "\n\n") * 5,
        "[a](term:b) " * 1_000,
        "    " * 9 + "- deep",
        ">" * 9 + " - deep",
        "```\n" + "    " * 30 + "- code\n```",
        " " * 30_000,
    ],
    ids=["block", "blocks", "links", "list", "quotation", "code", "spaces"],
)
def test_a_section_may_be_as_large_as_this(body: str) -> None:
    assert parse_markdown(section(body), "f").body == body


@pytest.mark.parametrize(
    ("body", "problem"),
    [
        (
            "one\n\n" + "mot " * 5_001,
            "f:6:1: error: 20004 characters without a blank line; put one after 20000 at most",
        ),
        (
            "one\n\n" + "[" * 1_001,
            'f:6:1: error: 1001 times "[" without a blank line; put one after 1000 at most',
        ),
        (
            "mot \n\n" * 100_000,
            "f:4:1: error: a section of 600000 characters; split it: 500000 are the most",
        ),
        (
            "one\n" + "    " * 10 + "- deep",
            "f:5:1: error: lists or quotations more than 10 levels deep; indent this less",
        ),
        (
            "\t" * 200 + "1. deep",
            "f:4:1: error: lists or quotations more than 10 levels deep; indent this less",
        ),
        (
            "> " * 500 + "deep",
            "f:4:1: error: lists or quotations more than 10 levels deep; indent this less",
        ),
    ],
    ids=["block", "brackets", "section", "list", "tabs", "quotation"],
)
def test_a_section_that_is_too_large(body: str, problem: str) -> None:
    with pytest.raises(ContentError) as error:
        parse_markdown(section(body), "f")
    assert fault(error) == f"{problem} [file]"


@pytest.mark.parametrize(
    ("yaml", "problem"),
    [
        (
            f'a: "{"x" * 5_001}"',
            "f:1:4: error: a text of 5001 characters; 5000 are the most: shorten it",
        ),
        (
            f"? {'x' * 5_001}\n: b",
            "f:1:3: error: a text of 5001 characters; 5000 are the most: shorten it",
        ),
        (
            f"a: [{'x, ' * 500_000}]",
            "f:1:1499990: error: more than 500000 keys and values up to here; split the file",
        ),
    ],
    ids=["value", "key", "values"],
)
def test_yaml_that_is_too_large(yaml: str, problem: str) -> None:
    with pytest.raises(ContentError) as error:
        parse_yaml(yaml, "f")
    assert fault(error) == f"{problem} [yaml]"


def test_keys_and_collections_know_where_they_were_typed() -> None:
    table = parse_yaml("a:\n  - b: c\n", "f")
    listing = table.get("a")
    assert isinstance(listing, Listing)
    assert isinstance(listing.items[0], Table)
    assert str(table.key("a").place) == "f:1:1"
    assert str(listing.place) == "f:2:3"
    assert str(listing.items[0].place) == "f:2:5"


def test_every_slip_of_a_file_is_reported_at_once() -> None:
    with pytest.raises(ContentError) as error:
        parse_yaml("a: !t x\na: *b\na: y\n", "f")
    assert [str(problem.place) for problem in error.value.problems] == [
        "f:1:4",
        "f:2:1",
        "f:2:4",
        "f:3:1",
    ]


def test_a_bomb_of_aliases_is_only_so_many_problems() -> None:
    bomb = "a: &a [x, x]\n" + "".join(
        f"{new}: &{new} [{', '.join([f'*{old}'] * 9)}]\n"
        for old, new in zip("abcdefg", "bcdefgh", strict=True)
    )
    with pytest.raises(ContentError) as error:
        parse_yaml(bomb, "f")
    assert len(error.value.problems) == 7 * 9


@pytest.mark.parametrize("opening", ["[", "{", "- ", "a: {", "? "])
def test_no_nesting_exhausts_anything(opening: str) -> None:
    with pytest.raises(ContentError):
        parse_yaml(opening * 100_000, "f")


def test_many_equal_keys_are_found_in_linear_time() -> None:
    keys = "".join(f"k{number}: x\n" for number in range(5000))
    with pytest.raises(ContentError) as error:
        parse_yaml(keys + "k4999: y\n" * 5000, "f")
    assert len(error.value.problems) == 5000


@given(st.text())
@examples(80)
def test_arbitrary_yaml_raises_nothing_but_our_error(text: str) -> None:
    with suppress(ContentError):
        assert isinstance(parse_yaml(text, "f"), Table)


@given(st.text(alphabet="ab:-?[]{}\"'|>&*!%@`# \n\t,.~0é"))
@examples(120)
def test_signs_of_yaml_raise_nothing_but_our_error(text: str) -> None:
    with suppress(ContentError):
        assert isinstance(parse_yaml(text, "f"), Table)


def test_front_matter_and_body_keep_the_lines_of_the_file() -> None:
    document = parse_markdown('---\ntitle: "T"\n---\nfirst\nsecond\n', "f")
    title = document.front_matter.get("title")
    assert isinstance(title, Text)
    assert str(title.place) == "f:2:9"
    assert str(document.body.at(document.body.index("second"))) == "f:5:1"


@pytest.mark.parametrize(
    ("markdown", "problem"),
    [
        ("", 'f:1:1: error: no front matter; begin the file with "---", title, id and summary, '),
        ("text\n---\n", "f:1:1: error: no front matter; begin the file with"),
        ("---\ntitle: x\n", 'f:1:1: error: the front matter has no end; write "---" on a line'),
        ("---\n---\n", "f:1:1: error: expected a mapping (`key: value`) at the root"),
        ("---\na: b\n---\nx\x02y", "f:4:2: error: a character that nobody sees (U+0002); remove"),
    ],
)
def test_front_matter_that_is_none(markdown: str, problem: str) -> None:
    with pytest.raises(ContentError) as error:
        parse_markdown(markdown, "f")
    assert fault(error).startswith(problem)


@given(st.text(), st.text())
@examples(40)
def test_arbitrary_markdown_raises_nothing_but_our_error(front: str, body: str) -> None:
    for text in (front, f"---\n{front}\n---\n{body}", f'---\na: "b"\n---\n{body}'):
        with suppress(ContentError):
            assert text.endswith(parse_markdown(text, "f").body)


@pytest.mark.parametrize(
    "data", [b'a: "b"\n', b'\xef\xbb\xbfa: "b"\n', b'a: "b"\r\n', b'a: "b"\r', b'a: "b"']
)
def test_byte_order_marks_and_line_ends_simply_work(data: bytes, tmp_path: Path) -> None:
    (tmp_path / "f.yml").write_bytes(data)
    assert Folder(tmp_path).read_yaml("f.yml").get("a") == "b"


@pytest.mark.parametrize(
    ("data", "place"),
    [
        (b"caf\xe9", "1:4"),
        ("é\nà ".encode() + b"\xff", "2:3"),
        (b"\xef\xbb\xbfa\r\nb\xe9", "2:2"),
        (b"a\rb\rc\xe9", "3:2"),
        (b"\xc3", "1:1"),
    ],
)
def test_a_byte_that_is_not_utf_8_has_its_place(data: bytes, place: str, tmp_path: Path) -> None:
    (tmp_path / "f.yml").write_bytes(data)
    with pytest.raises(ContentError) as error:
        Folder(tmp_path).read_yaml("f.yml")
    byte = f"byte 0x{data[-1]:02X} is not UTF-8"
    message = f'f.yml:{place}: error: {byte}; save the file with the encoding "UTF-8" [file]'
    assert fault(error).endswith(message)


def test_a_folder_that_is_missing_or_a_file(tmp_path: Path) -> None:
    with pytest.raises(ContentError, match="the content folder does not exist; name it with"):
        Folder(tmp_path / "none")
    (tmp_path / "file").touch()
    with pytest.raises(ContentError, match="the content folder is not a folder; name it with"):
        Folder(tmp_path / "file")


def test_a_folder_that_leads_to_itself(tmp_path: Path) -> None:
    (tmp_path / "loop").symlink_to(tmp_path / "loop")
    with pytest.raises(ContentError):
        Folder(tmp_path / "loop")


def test_a_path_does_not_leave_the_folder(tmp_path: Path) -> None:
    (tmp_path / "outside.yml").write_text("a: b")
    content = tmp_path / "content"
    content.mkdir()
    (content / "site.yml").symlink_to("../outside.yml")
    for relative in ("site.yml", "../outside.yml"):
        with pytest.raises(ContentError, match=r"leads out of the content folder \(outside.yml\)"):
            Folder(content).read_yaml(relative)


def test_a_link_within_the_folder_is_followed(tmp_path: Path) -> None:
    (tmp_path / "real.yml").write_text("a: b")
    (tmp_path / "site.yml").symlink_to("real.yml")
    assert Folder(tmp_path).read_yaml("site.yml").get("a") == "b"


def test_what_cannot_be_read_is_there_all_the_same(tmp_path: Path) -> None:
    (tmp_path / "broken.yml").symlink_to("nothing")
    (tmp_path / "folder.yml").mkdir()
    folder = Folder(tmp_path)
    for name in ("broken.yml", "folder.yml"):
        assert folder.has(name)
        with pytest.raises(ContentError, match="cannot be read: "):
            folder.read_yaml(name)
    assert not folder.has("missing.yml")


def test_a_file_without_permission(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    def refuse(path: Path) -> bytes:
        raise PermissionError(13, "Permission denied", str(path))

    (tmp_path / "f.yml").touch()
    monkeypatch.setattr(Path, "read_bytes", refuse)
    with pytest.raises(ContentError, match="cannot be read: Permission denied"):
        Folder(tmp_path).read_yaml("f.yml")


def pipe(path: Path) -> None:
    os.mkfifo(path)


def socket_at(path: Path) -> None:
    with socket.socket(socket.AF_UNIX) as made:
        made.bind(str(path))


def device(path: Path) -> None:
    path.symlink_to("/dev/zero")


@pytest.mark.skipif(os.name != "posix", reason="such files are of Unix alone")
@pytest.mark.parametrize(
    ("make", "kind"),
    [
        (pipe, "a named pipe"),
        (socket_at, "a socket"),
        (device, "a device"),
        (Path.mkdir, "a folder"),
    ],
)
def test_what_is_no_file_is_not_waited_for(
    make: Callable[[Path], None], kind: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.chdir(tmp_path)  # a socket's name must be short
    make(Path("f.yml"))
    message = f"f.yml:1:1: error: cannot be read: it is {kind}, not a file; put the file in its"
    with pytest.raises(ContentError) as error:
        read_outside(Path("f.yml"))
    assert fault(error) == f"{message} place [file]"
    if make is not device:
        with pytest.raises(ContentError, match=f"it is {kind}, not a file"):
            Folder(tmp_path).read_yaml("f.yml")


def test_a_file_that_is_too_large_is_not_read(tmp_path: Path) -> None:
    with (tmp_path / "f.yml").open("wb") as file:
        file.truncate(10_000_000)
    with pytest.raises(ContentError) as error:
        Folder(tmp_path).read_yaml("f.yml")
    assert fault(error).endswith(
        "f.yml:1:1: error: cannot be read: it has 10.0 MB, and 8 MB are the most; remove what is "
        "not needed, or split it [file]"
    )


def test_paths_are_named_from_the_working_directory(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    (tmp_path / "content").mkdir()
    monkeypatch.chdir(tmp_path)
    assert Folder(Path("content")).path("site.yml") == "content/site.yml"
    monkeypatch.chdir("/")
    assert Folder(tmp_path / "content").path("site.yml").endswith("/content/site.yml")


def test_names_are_sorted_and_hidden_files_left_out(tmp_path: Path) -> None:
    for name in ("b.md", "a.md", ".c.md", "d.txt"):
        (tmp_path / name).touch()
    assert Folder(tmp_path).names("", ".md") == ["a", "b"]
    assert Folder(tmp_path).names("missing", ".md") == []
