"""`reperes export` and `import`, for the tools that translators use."""

from __future__ import annotations

import sys
from pathlib import Path

import click

from reperes.cli.options import content_option, report, shown
from reperes.exchange.draft_sections import MARKDOWN_SUFFIXES, WORD_SUFFIXES, import_draft
from reperes.exchange.formats import FORMATS, export
from reperes.exchange.importing import import_file
from reperes.text.files import write_bytes
from reperes.text.reports import count


@click.command("export")
@content_option
@click.option(
    "--format",
    "format_name",
    metavar="FORMAT",
    type=click.Choice(FORMATS),
    required=True,
    help="po, xliff or csv to translate; tbx for the glossary, tmx for the memory.",
)
@click.option("--language", help="The language to translate into, if not the site's second.")
@click.option("--pending", is_flag=True, help="Only what is missing or stale.")
@click.option(
    "--output",
    type=click.Path(path_type=Path, dir_okay=False),
    help="The file to write.  [default: standard output]",
)
def export_command(
    content: Path, format_name: str, language: str | None, pending: bool, output: Path | None
) -> None:
    """Write a file for the tools that translators use."""
    data, problems = export(content, format_name, language, pending)
    for problem in problems:
        # Beside the file itself, where that goes to standard output, it would be taken for a part.
        click.echo(str(problem), err=output is None or problem.is_error)
    if output is None:
        click.echo(data, nl=False)
    else:
        write_bytes(output, data)
        click.echo(f"wrote {shown(output)}", err=True)


@click.command("import")
@content_option
@click.option("--drafts", is_flag=True, help="Take what is not finished too, without stamping it.")
@click.option("--language", help="The language of a .docx or .md, if not the site's first.")
@click.argument("path", metavar="FILE", type=click.Path(path_type=Path))
def import_command(content: Path, drafts: bool, language: str | None, path: Path) -> None:
    """Take translations, or the sections of a draft.

    Translations come in a PO, XLIFF or CSV file, a draft in a .docx or .md. What fits is written to
    its place and stamped; what does not, or what `reperes check` would refuse there, is reported,
    and left as it was. Of a draft, each heading 1 begins a new section.
    """
    if path.suffix.lower() in (*MARKDOWN_SUFFIXES, *WORD_SUFFIXES):
        if drafts:
            raise click.UsageError("--drafts is for translations; a .docx or .md is one as it is")
        _import_sections(content, path, language)
        return
    if language is not None:
        raise click.UsageError("--language is for a .docx or .md; translations name their own")
    outcome = import_file(content, path, drafts)
    report(outcome.problems)
    for changed in outcome.changed:
        click.echo(f"changed {changed}")
    for stamped in outcome.stamped:
        click.echo(f"stamped {stamped}")
    for noted in outcome.noted:
        click.echo(f"kept the comments of {noted}")
    texts = "1 text" if outcome.accepted == 1 else f"{outcome.accepted} texts"
    as_drafts = f" ({outcome.drafts} as a draft)" if outcome.drafts else ""
    click.echo(f"{texts} taken{as_drafts}; {count(outcome.problems)}", err=True)
    sys.exit(int(any(problem.is_error for problem in outcome.problems)))


def _import_sections(content: Path, path: Path, language: str | None) -> None:
    imported = import_draft(content, path, language)
    report(imported.problems)
    for written in imported.written:
        click.echo(f"wrote {written}")
    cited = f"{imported.cited} citation{'s' * (imported.cited != 1)}"
    linked = f"{imported.linked} link{'s' * (imported.linked != 1)}"
    click.echo(f"with {cited} and {linked}; `reperes check` says what is left to do", err=True)
