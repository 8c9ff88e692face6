"""`reperes propose`."""

from __future__ import annotations

import os
import sys
from collections.abc import Collection, Sequence
from pathlib import Path

import click

from reperes.cli.options import content_option, report, shown, usual_output
from reperes.drafts.deciding import Changes, accept_all, drop
from reperes.model.loading import load
from reperes.rules.checking import problems_of
from reperes.site.publishing import workspace_for
from reperes.tools.proposing import UnknownSourceError, read_source, summary
from reperes.tools.reviewing import Terminal, review, told

_NO_TERMINAL = (
    "--review asks for a key at each draft, and there is no terminal to type one at; decide with "
    "`reperes propose --accept ID` or `reperes propose --drop ID`, and list what there is with "
    "`reperes propose`"
)


@click.command("propose")
@content_option
@click.argument("source_id", metavar="[SOURCE]", required=False)
@click.option(
    "--text",
    type=click.Path(path_type=Path),
    help="The source's text, one paragraph a line.",
)
@click.option("--paragraphs", metavar="3-20", help="Search these paragraphs of it alone.")
@click.option("--review", "in_turn", is_flag=True, help="Ask about each draft, here.")
@click.option("--accept", "accepted", metavar="ID", multiple=True, help="Make a fact of a draft.")
@click.option("--drop", "dropped", metavar="ID", multiple=True, help="Nobody wants this draft.")
@click.option("--id", "new_id", metavar="NEW", help="With --accept: under another id.")
@click.option("--label", "labels", metavar="LANG=TEXT", multiple=True, help="With --accept.")
@click.option("--summary", "summaries", metavar="LANG=TEXT", multiple=True, help="The same.")
@click.option("--words", metavar="LANG=TEXT", multiple=True, help="The same, of a quotation.")
@click.option("--value", metavar="VALUE", help="The same: “>350000 death”.")
@click.option("--unit", metavar="ID", help="The same: of units.yml, the program, or a new one.")
@click.option(
    "--noun",
    "nouns",
    metavar="LANG=ONE/MANY[/GENDER]",
    multiple=True,
    help="What a new unit is called.",
)
@click.option("--set", "fields", metavar="FIELD=TEXT", multiple=True, help="Any other field.")
def propose_command(
    content: Path,
    source_id: str | None,
    text: Path | None,
    paragraphs: str | None,
    in_turn: bool,
    accepted: Sequence[str],
    dropped: Sequence[str],
    new_id: str | None,
    labels: Sequence[str],
    summaries: Sequence[str],
    words: Sequence[str],
    value: str | None,
    unit: str | None,
    nouns: Sequence[str],
    fields: Sequence[str],
) -> None:
    """Propose facts from a source's text, and decide about them.

    With --text, its numbers, dates and quotations are written to drafts/SOURCE.yml as drafts, which
    no page shows; --review asks about each, --accept and --drop decide about some.
    """
    texts = workspace_for(content.resolve(), usual_output(content)).source_texts
    typed = {"id": new_id, "value": value, "unit": unit}
    changes: dict[str, str | dict[str, str]] = {k: v for k, v in typed.items() if v is not None}
    pairs = {"label": labels, "summary": summaries, "words": words, "new_unit": nouns}
    changes |= {name: _by_key(each, name) for name, each in pairs.items() if each}
    changes |= _by_key(fields, "set")
    if changes and len(accepted) != 1:
        raise click.UsageError("what is changed belongs to one draft; write one --accept ID")
    if accepted or dropped:
        _decide(content, accepted, dropped, changes)
    elif source_id is None:
        _list(content)
    else:
        if text is not None:
            _read(content, source_id, text, texts, _numbers(paragraphs))
        if in_turn:
            review(content, source_id, texts, _terminal())
        elif text is None:
            _list(content, source_id)


def _decide(
    content: Path, accepted: Sequence[str], dropped: Sequence[str], changes: Changes
) -> None:
    if accepted:
        accept_all(content, dict.fromkeys(accepted, changes), problems_of)
        facts = load(content).explainer.facts
        for each in accepted:
            new_id = str(changes.get("id", each))
            click.echo(told(facts[new_id]))
    if dropped:
        for path in drop(content, dropped):
            click.echo(f"dropped {', '.join(dropped)} ({shown(path)})")


def _read(
    content: Path, source_id: str, text: Path, texts: Path, only: Collection[int] | None
) -> None:
    try:
        reading = read_source(content, source_id, text, texts, only)
    except UnknownSourceError as error:
        report(error.problems)
        click.echo(error.entry, nl=False)
        sys.exit(1)
    report(reading.problems)
    if reading.digests:
        click.echo(f"{source_id} has no digests in sources.yml yet; paste them into its entry:")
        click.echo(reading.digests, nl=False)
    for line in summary(reading):
        click.echo(line)
    if reading.proposed.drafts.proposals:
        click.echo(f"decide with `reperes propose {source_id} --review`")


def _list(content: Path, source_id: str | None = None) -> None:
    """The drafts that nobody has decided about, a line each."""
    explainer = load(content).read()
    found = [d for d in explainer.drafts.values() if source_id in (None, d.source_id)]
    for drafts in found:
        for proposal in drafts.proposals:
            where = f"{drafts.source_id} {proposal.paragraph}: {proposal.evidence}"
            click.echo(f"{proposal.id}  {proposal.kind.noun}, {where}")
    if not any(drafts.proposals for drafts in found):
        of = f" of {source_id}" if source_id else ""
        click.echo(f"no drafts{of}; propose some with `reperes propose SOURCE --text FILE`")


def _by_key(typed: Sequence[str], name: str) -> dict[str, str]:
    pairs = [each.partition("=") for each in typed]
    if wrong := next((key for key, equals, _ in pairs if not equals), None):
        raise click.BadParameter(f'expected "…=…", found "{wrong}"', param_hint=f"--{name}")
    return {key.strip(): value.strip() for key, _, value in pairs}


def _numbers(typed: str | None) -> range | None:
    """Paragraphs as they are typed: "7", or "3-20"."""
    if typed is None:
        return None
    first, dash, last = typed.partition("-")
    if not first.isdecimal() or (dash and not last.isdecimal()):
        raise click.BadParameter(
            f'expected "7" or "3-20", found "{typed}"', param_hint="--paragraphs"
        )
    return range(int(first), int(last if dash else first) + 1)


def _terminal() -> Terminal:
    in_colour = sys.stdout.isatty() and not os.environ.get("NO_COLOR")

    def key(choices: str) -> str:
        click.echo(f"{choices}: ", nl=False)
        try:
            typed = click.getchar()
        except OSError:
            click.echo("")
            raise click.ClickException(_NO_TERMINAL) from None
        click.echo(typed if typed.isprintable() else "")
        return "q" if typed in ("\x03", "\x04", "\x1b", "") else typed.lower()

    def ask(question: str, stands: str) -> str:
        typed: str = click.prompt(f"  {question}", default=stands, show_default=bool(stands))
        return typed.strip()

    def mark(words: str) -> str:
        return click.style(words, reverse=True) if in_colour else f"»{words}«"

    return Terminal(click.echo, key, ask, mark)
