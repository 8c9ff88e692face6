"""Commands for who writes content: `fmt`, `spell`, `digest`, `explain`, `rename` and others."""

from __future__ import annotations

import sys
from collections.abc import Sequence
from pathlib import Path

import click

from reperes.cli.options import (
    content_option,
    format_option,
    print_indented,
    report,
    shown,
    strict_option,
)
from reperes.language.wording import shipped_languages
from reperes.model.paragraphs import paragraph_digest, read_paragraphs
from reperes.model.vocabulary import own_words
from reperes.rules.checking import sound_explainer
from reperes.text.files import write_text
from reperes.text.reports import count
from reperes.tools.editor_schemas import SCHEMAS, how_to_point, schema_files
from reperes.tools.explaining import explain
from reperes.tools.field_reference import field_reference
from reperes.tools.formatting import format_files
from reperes.tools.renaming import rename
from reperes.tools.source_check import check_source, file_digest
from reperes.tools.spelling import spell


@click.command("fmt")
@content_option
@click.option("--check", "only_check", is_flag=True, help="Change nothing; fail if a file differs.")
@click.option("--short", "layout", flag_value="short", help="Write the short forms.")
@click.option("--long", "layout", flag_value="long", help="Write every entry out in full.")
@click.argument("files", nargs=-1, metavar="[FILE]...")
def fmt_command(content: Path, only_check: bool, layout: str | None, files: Sequence[str]) -> None:
    """Lay out YAML, long or short, as site.yml says.

    A change is one line then. Without a name, every YAML file and section; what they say stays.
    """
    formatted = format_files(content, files, write=not only_check, layout=layout)
    for path in formatted.changed:
        click.echo(f"differs: {path}" if only_check else f"laid out {path}")
    report(formatted.problems)
    refused = any(problem.is_error for problem in formatted.problems)
    sys.exit(int(refused or bool(only_check and formatted.changed)))


@click.command("spell")
@content_option
@strict_option
@format_option
def spell_command(content: Path, strict: bool, format_name: str) -> None:
    """Say which words no dictionary has.

    The program hunspell has the dictionaries. A name that an entry records, and a word of
    words/LANGUAGE.txt, is known.
    """
    problems, missing = spell(content)
    report(problems, format_name)
    for message in missing:
        click.echo(message, err=True)
    if problems or not missing:
        click.echo(count(problems), err=True)
    sys.exit(int(strict and bool(problems or missing)))


@click.command("digest")
@click.argument("path", metavar="FILE", type=click.Path(path_type=Path))
@click.option("--file", "whole", is_flag=True, help="Of the file itself: a PDF, a video, a table.")
def digest_command(path: Path, whole: bool) -> None:
    """Print the digests of a source's paragraphs.

    They go into sources.yml. The file holds the source's text, one paragraph a line.
    """
    if whole:
        click.echo(f'    file_hash: "{file_digest(path)}"')
        return
    paragraphs = read_paragraphs(path).values()
    click.echo("    paragraphs:")
    for paragraph in paragraphs:
        click.echo(f'      - "{paragraph_digest(paragraph)}"')


@click.command("verify-source")
@content_option
@click.argument("source_id", metavar="ID")
@click.option(
    "--text",
    "text_path",
    type=click.Path(path_type=Path),
    help="The source's text, one paragraph a line.",
)
@click.option(
    "--file",
    "file_path",
    type=click.Path(path_type=Path),
    help="The file of a source that is no text.",
)
def verify_source_command(
    content: Path, source_id: str, text_path: Path | None, file_path: Path | None
) -> None:
    """Compare a source's text, or its file, with what was read.

    Each paragraph must have its recorded digest, and hold the evidence of the facts.
    """
    if text_path is None and file_path is None:
        raise click.UsageError("write --text FILE, --file FILE or both")
    explainer = sound_explainer(content)
    problems = check_source(explainer, source_id, text_path, file_path)
    report(problems)
    if any(problem.is_error for problem in problems):
        click.echo(count(problems), err=True)
        sys.exit(1)
    if text_path:
        pinned = len(explainer.resting_on(source_id))
        paragraphs = len(explainer.sources[source_id].paragraphs)
        read = f"{paragraphs} paragraph{'s' * (paragraphs != 1)}"
        known = f"{pinned} fact{'s' * (pinned != 1)}"
        click.echo(f"{source_id}: {read} and {known} agree with the text")
    if file_path:
        click.echo(f"{source_id}: its file is the one that was read")


@click.command("explain")
@content_option
@click.argument("entry_id", metavar="ID")
def explain_command(content: Path, entry_id: str) -> None:
    """Show what each language says of an id.

    Then where it is cited, and what rests on it.
    """
    print_indented(list(explain(sound_explainer(content), entry_id)))


@click.command("rename")
@content_option
@click.argument("old")
@click.argument("new")
def rename_command(content: Path, old: str, new: str) -> None:
    """Change an id everywhere it is typed."""
    for path in rename(content, old, new):
        click.echo(f"changed {path}")


@click.command("schemas")
@content_option
@click.option(
    "--output",
    type=click.Path(path_type=Path, file_okay=False),
    help="The folder to write to.  [default: .vscode/schemas, beside the content]",
)
def schemas_command(content: Path, output: Path | None) -> None:
    """Write the JSON Schemas by which editors check files.

    They are made for the content's languages.
    """
    folder = output or content.resolve().parent / SCHEMAS
    explainer = sound_explainer(content)
    own = own_words(explainer.vocabulary)
    for name, text in schema_files(explainer.languages, own).items():
        if write_text(folder / name, text):
            click.echo(f"wrote {shown(folder / name)}")
    click.echo(how_to_point(folder, content), nl=False)


@click.command("fields")
@content_option
@click.option(
    "--language",
    type=click.Choice(shipped_languages()),
    default="en",
    help="The language of the list.  [default: en]",
)
@click.option(
    "--output",
    type=click.Path(path_type=Path, dir_okay=False),
    help="The file to write.  [default: standard output]",
)
def fields_command(content: Path, language: str, output: Path | None) -> None:
    """List every field of every file, for editors.

    Its examples come out of the content.
    """
    text = field_reference(content, language)
    if output is None:
        click.echo(text, nl=False)
    elif write_text(output, text):
        click.echo(f"wrote {shown(output)}")
