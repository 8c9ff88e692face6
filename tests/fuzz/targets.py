"""What reads whatever people, programs and attackers type, each with any bytes at all.

`make fuzz` runs each target for some minutes: with atheris, which is led by what the code does with
an input, or with Hypothesis where atheris is not made for the machine. An input that raises
anything but ContentError is kept under .build/fuzz/. Mend the cause, and put the input, made small,
into tests/fuzz/corpus/TARGET/: the fast tests try all of these again.
"""

from __future__ import annotations

import argparse
import shutil
import subprocess
import sys
import time
from collections.abc import Callable, Mapping
from contextlib import nullcontext, suppress
from functools import cache
from pathlib import Path
from tempfile import mkdtemp

from hypothesis import given, settings
from hypothesis import strategies as st

sys.path.append(str(Path(__file__).parent.parent))  # for what tests share

try:
    import atheris
except ImportError:
    atheris = None

# Only what is imported while it looks on tells atheris which of its lines an input reaches.
fuzzes = atheris is not None and __name__ == "__main__"
with atheris.instrument_imports(include=["reperes"]) if fuzzes else nullcontext():
    from reperes.drafts.finding import KnownNames, findings
    from reperes.exchange.draft_sections import chapters_of, with_ids
    from reperes.exchange.formats import read_units
    from reperes.exchange.word_files import read_docx
    from reperes.language.locales import Locale
    from reperes.language.wording import Wording, load_default_labels
    from reperes.model.baselines import Baseline, read_baseline
    from reperes.model.boundaries import parse_boundaries
    from reperes.model.documents import Folder, parse_markdown
    from reperes.model.reading import read_entries, read_section, read_site
    from reperes.model.references import marks_in
    from reperes.model.schema import KINDS
    from reperes.model.shapes import Reader, RejectedError
    from reperes.model.snapshots import Snapshot, unpack
    from reperes.model.yaml_values import parse_yaml
    from reperes.rules.markdown import check_text
    from reperes.site.finish import finished_page
    from reperes.site.html_pages import read_page
    from reperes.site.verification import faults_of_page, links_to_verify
    from reperes.text.blocks import read_blocks
    from reperes.text.characters import hidden_characters
    from reperes.text.dates import DateError, parse_date
    from reperes.text.markup import escape_markdown, mask_code
    from reperes.text.problems import ContentError, Place, Text
    from reperes.translation.rows import paired
    from reperes.translation.stamping import stamped_units
    from support_word import parts_of, write_parts

ROOT = Path(__file__).parent.parent.parent
CORPUS = Path(__file__).parent / "corpus"
FOUND = ROOT / ".build" / "fuzz"
LANGUAGES = ("fr", "en")
LONGEST = 4_096


def text_of(data: bytes) -> str:
    return data.decode("utf-8", "replace")


def loader(data: bytes) -> None:
    """A YAML file read as the site's, and as that of each kind of entry."""
    table = parse_yaml(text_of(data), "f.yml")
    for kind in KINDS:
        reader = Reader(LANGUAGES)
        read_entries(table, kind, reader)
    with suppress(RejectedError):
        read_site(table, Reader(LANGUAGES))


def section(data: bytes) -> None:
    """A section: its front matter, and what its body may and may not hold."""
    document = parse_markdown(text_of(data), "f.md")
    with suppress(RejectedError):
        read_section(document.front_matter, document.body, "fr", Reader(LANGUAGES))
    list(check_text(document.body))


def dates(data: bytes) -> None:
    """A date, and what each language says of it."""
    try:
        date = parse_date(text_of(data))
    except DateError:
        return
    assert parse_date(date.text) == date
    assert date.first is None or date.last is None or date.first <= date.last
    for locale in locales():
        assert locale.date(date)
        assert locale.on(date)


def drafts(data: bytes) -> None:
    """The text of a source, in each language, with and without a day of publication."""
    text = text_of(data)
    for language in LANGUAGES:
        for published in (None, parse_date("2018-07-04")):
            found = findings(text, language, KnownNames(language), published)
            for each in found:
                assert text[each.start : each.end] == each.words
                if each.kind == "date" and each.value:
                    parse_date(each.value)


@cache
def locales() -> tuple[Locale, ...]:
    return tuple(
        Locale(code, tag, Wording(code, load_default_labels(code)))
        for code, tag in (("fr", "fr_FR"), ("en", "en_GB"))
    )


def marks(data: bytes) -> None:
    """The citations and links of a text stand where they say."""
    text = Text(text_of(data), Place("f"))
    for mark in marks_in(text):
        assert 0 <= mark.start < mark.end <= len(text)


def addresses(data: bytes) -> None:
    """A page of any HTML is looked at to its end."""
    name, base_url = "fr/index.html", "https://example.org/x/"
    page = finished_page(text_of(data))
    assert page == read_page(page.text)
    list(links_to_verify(name, page, base_url))
    list(faults_of_page(name, page, base_url, LANGUAGES))


def blocks(data: bytes) -> None:
    """Blocks of a section hold all that is not blank, in order; code is masked in its place."""
    body = Text(text_of(data), Place("f"))
    found = [block.text for block in read_blocks(body)]
    assert "".join("".join(found).split()) == "".join(body.split())
    assert len(mask_code(body)) == len(body)
    escape_markdown(body)


def pairing(data: bytes) -> None:
    """Each block of two texts, as they were and as they are, stands in one row; a stamp settles."""
    texts = [read_blocks(Text(text, Place("f"))) for text in text_of(data).split("\x1d")[:4]]
    before, translated, original, translation = (texts + [[]] * 4)[:4]
    baseline = Baseline(tuple(stamped_units(paired(before, translated, None))))
    rows = paired(original, translation, baseline)
    assert [row.original for row in rows if row.original] == original
    ours = [block.name for row in rows for block in row.translations]
    assert sorted(ours) == sorted(block.name for block in translation)
    assert len({row.id for row in rows}) == len(rows)


def characters(data: bytes) -> None:
    """A hidden character stands where it is said to."""
    text = text_of(data)
    for offset, message in hidden_characters(text):
        assert f"U+{ord(text[offset]):04X}" in message


def po(data: bytes) -> None:
    imported(data, ".po")


def xliff(data: bytes) -> None:
    imported(data, ".xlf")


def table(data: bytes) -> None:
    imported(data, ".csv")


def imported(data: bytes, suffix: str) -> None:
    """The units of a file that a translator sent."""
    path = folder() / f"sent{suffix}"
    path.write_bytes(data)
    read_units(path)


def draft(data: bytes) -> None:
    """A Markdown draft, parted into sections whose headings have ids."""
    chapters, _ = chapters_of(Text(text_of(data), Place("f.md")), Path("f.md"))
    for chapter in chapters:
        assert chapter.id
        with_ids(chapter.body)


def word(data: bytes) -> None:
    """A Word document with any XML for a text."""
    parts = parts_of() | {"word/document.xml": data}
    read_docx(write_parts(folder() / "f.docx", parts))


def baseline(data: bytes) -> None:
    """The original as it was when translated."""
    path = folder() / "content" / "translations" / "en" / "talks.po"
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_bytes(data)
    read_baseline(Folder(folder() / "content"), "en", "talks")


def boundaries(data: bytes) -> None:
    """The file that a map is drawn from."""
    with suppress(ValueError):
        parse_boundaries(text_of(data))


def snapshot(data: bytes) -> None:
    """The content of an edition, packed; nothing but its folder is written to."""
    file, target = folder() / "outer" / "f.zip", folder() / "outer" / "content"
    shutil.rmtree(file.parent, ignore_errors=True)
    file.parent.mkdir()
    file.write_bytes(data)
    with suppress(ContentError):
        unpack(Snapshot(1, "x", "", "f.zip", file), target)
    assert {*file.parent.iterdir()} <= {file, target}


@cache
def folder() -> Path:
    """Where files are put that are to be read as files."""
    return Path(mkdtemp(prefix="reperes-fuzz-"))


TARGETS: Mapping[str, Callable[[bytes], None]] = {
    target.__name__: target
    for target in (
        addresses,
        baseline,
        blocks,
        boundaries,
        characters,
        dates,
        drafts,
        draft,
        loader,
        marks,
        pairing,
        po,
        section,
        snapshot,
        table,
        word,
        xliff,
    )
}


def attempt(name: str, data: bytes) -> None:
    """Give bytes to a target. Raises what it raises, unless it is for whoever typed them."""
    with suppress(ContentError):
        TARGETS[name](data)


def run(name: str, seconds: int) -> None:
    """Try one target, in this process, which it may end."""
    found = FOUND / name
    found.mkdir(parents=True, exist_ok=True)
    if atheris is None:
        run_with_hypothesis(name, seconds)
        return
    options = [
        f"-max_total_time={seconds}",
        f"-max_len={LONGEST}",
        "-timeout=10",
        "-rss_limit_mb=2048",
        "-verbosity=0",
        f"-artifact_prefix={FOUND}/{name}-",
    ]
    arguments = [sys.argv[0], *options, str(found), str(CORPUS / name)]
    atheris.Setup(arguments, lambda data: attempt(name, data))
    atheris.Fuzz()


def run_with_hypothesis(name: str, seconds: int) -> None:
    """Bytes, and the kept inputs with a part exchanged, for about so long."""
    kept = [path.read_bytes() for path in sorted((CORPUS / name).iterdir())]
    spot = st.floats(0, 1)

    def mixed(first: bytes, start: float, end: float, put_in: bytes) -> bytes:
        low, high = sorted((int(start * len(first)), int(end * len(first))))
        return first[:low] + put_in + first[high:]

    pieces = st.binary(max_size=40) | st.text(max_size=20).map(str.encode) | st.sampled_from(kept)
    inputs = st.binary(max_size=LONGEST) | st.builds(
        mixed, st.sampled_from(kept), spot, spot, pieces
    )

    @settings(max_examples=1_000, deadline=None, database=None)
    @given(inputs)
    def tried(data: bytes) -> None:
        attempt(name, data)

    until = time.monotonic() + seconds
    while time.monotonic() < until:
        tried()


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__.partition("\n")[0])
    parser.add_argument("targets", nargs="*", choices=[*TARGETS, []], help="default: all")
    parser.add_argument("--seconds", type=int, default=60, help="for each target (default: 60)")
    parser.add_argument("--here", action="store_true", help=argparse.SUPPRESS)
    arguments = parser.parse_args()
    if arguments.here:
        run(arguments.targets[0], arguments.seconds)
        return
    failed = []
    for name in arguments.targets or TARGETS:
        print(f"{name}: {arguments.seconds} s", flush=True)
        # A process each: atheris ends its own.
        command = [sys.executable, __file__, "--here", name, "--seconds", str(arguments.seconds)]
        if subprocess.run(command, cwd=ROOT, check=False).returncode:
            failed.append(name)
    if failed:
        sys.exit(f"failed: {', '.join(failed)}; the inputs are in {FOUND.relative_to(ROOT)}/")
    print("nothing but problems for people was raised")


if __name__ == "__main__":
    main()
