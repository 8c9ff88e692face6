"""The command line: `reperes check`, `build`, `serve`, `stamp`, and the rest."""

from __future__ import annotations

import json
import os
import re
import signal
import sys
import threading
import time
import traceback
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from functools import partial
from pathlib import Path
from types import FrameType
from typing import Any
from urllib.parse import urlsplit

import click

from reperes import __version__, paths
from reperes.exchange.formats import FORMATS as EXCHANGE_FORMATS
from reperes.exchange.formats import export
from reperes.exchange.importing import import_file
from reperes.model.baselines import FACTS
from reperes.model.explainer import Explainer
from reperes.model.loading import load
from reperes.model.map_plan import MAP_FILE, map_json_schema
from reperes.model.readable import readable_part
from reperes.model.schema import json_schemas
from reperes.rules.checking import check, is_refused
from reperes.serve import preview
from reperes.serve.live_site import PROGRAM_FOLDERS, LiveSite, Superseded, SupersededError, Update
from reperes.site import building
from reperes.site.publishing import Patience, mend_beside
from reperes.text.files import refusal, write_bytes, write_text
from reperes.text.problems import ContentError, Place, Problem
from reperes.text.progress import Progress
from reperes.text.reports import FORMATS, count
from reperes.tools import changes
from reperes.tools.explaining import explain
from reperes.tools.formatting import format_files
from reperes.tools.renaming import rename
from reperes.tools.source_check import check_source, paragraph_digest, read_paragraphs
from reperes.tools.spelling import spell
from reperes.translation import status_reports
from reperes.translation.differences import differences, in_brackets
from reperes.translation.settling import settle
from reperes.translation.stamping import stamp, stamp_as_seen
from reperes.translation.status import translation_status
from reperes.translation.targets import name_and_part
from reperes.translation.word_differences import Change

_content = click.option(
    "--content",
    type=click.Path(path_type=Path),
    default=Path("content"),
    help="The content folder.  [default: content]",
)
_output = click.option(
    "--output",
    type=click.Path(path_type=Path),
    help="Where the site goes.  [default: site, beside the content]",
)


def _web_address(_: click.Context, __: click.Parameter, typed: str | None) -> str | None:
    if typed is not None and not re.fullmatch(r"https?://[^\s<>\"'?#/]+(/[^\s<>\"'?#]*)?", typed):
        raise click.BadParameter(f'"{typed}" is no web address; write https://HOST/PATH/')
    return typed


_admin = click.option("--admin", is_flag=True, help="Add the web editor, at /admin/.")
_desk = click.option("--desk", is_flag=True, help="Add the translators' pages, under desk/.")
_strict = click.option("--strict", is_flag=True, help="Let warnings fail too.")


class _Commands(click.Group):
    """Commands that end with 1 and a line a problem; a bug keeps its traceback."""

    def invoke(self, ctx: click.Context) -> Any:
        try:
            with _ended_by_signals():
                return super().invoke(ctx)
        except ContentError as error:
            _report(error.problems, "text")
            click.echo(f"{count(error.problems)}; nothing was changed", err=True)
        except OSError as error:
            refused = refusal(error)
            if refused is None:
                raise
            click.echo(f"{refused}; nothing was changed", err=True)
        return ctx.exit(1)


@contextmanager
def _ended_by_signals() -> Iterator[None]:
    """Let SIGTERM and SIGHUP end a command as Ctrl-C does: with everything put in order."""

    def end(number: int, _: FrameType | None) -> None:
        for each in before:
            signal.signal(each, signal.SIG_IGN)  # a second one would stop the putting in order
        sys.exit(128 + number)

    before = {}
    if threading.current_thread() is threading.main_thread():
        # `nohup` ignores SIGHUP for what it starts, and means it.
        known = [getattr(signal, name) for name in ("SIGTERM", "SIGHUP") if hasattr(signal, name)]
        wanted = [each for each in known if signal.getsignal(each) is not signal.SIG_IGN]
        before.update({each: signal.signal(each, end) for each in wanted})
    try:
        yield
    finally:
        for each, handler in before.items():
            signal.signal(each, handler)


@click.group(cls=_Commands, context_settings={"help_option_names": ["-h", "--help"]})
@click.version_option(__version__, prog_name="reperes")
def main() -> None:
    """Repères: curated facts and translated sections become a bilingual explainer."""


_format = click.option(
    "--format",
    "format_name",
    type=click.Choice(list(FORMATS)),
    default="text",
    show_default=True,
    help="For people, for programs, or as annotations on a pull request.",
)


@main.command("check")
@_content
@_strict
@_format
def check_command(content: Path, strict: bool, format_name: str) -> None:
    """Say everything that is wrong with the content."""
    for output in mend_beside(content):
        click.echo(f"{_shown(output)}: back in its place; a build was killed on the way", err=True)
    _, problems = check(content)
    _report(problems, format_name)
    click.echo(count(problems), err=True)
    sys.exit(int(is_refused(problems, strict)))


@main.command("build")
@_content
@_output
@_strict
@click.option(
    "--base-url",
    callback=_web_address,
    help="Where it will be published, if not where site.yml says.",
)
@click.option("--editions", is_flag=True, help="Make a PDF and an EPUB of each language too.")
@_admin
@_desk
@click.option(
    "--wait",
    type=click.FloatRange(min=0),
    default=Patience().seconds,
    show_default=True,
    metavar="SECONDS",
    help="How long to wait for another build of the same output; 0 to fail at once.",
)
def build_command(
    content: Path,
    output: Path | None,
    strict: bool,
    base_url: str | None,
    wait: float,
    **extras: bool,
) -> None:
    """Check the content and build the site, whole or not at all."""
    output = output or _usual_output(content)
    start = time.monotonic()
    built = building.build(
        content,
        output,
        Progress().step,
        strict,
        base_url,
        building.Extras(**extras),
        Patience(wait, _tell),
    )
    problems = built.problems
    _report(problems, "text")
    seconds = time.monotonic() - start
    click.echo(f"{count(problems)}; built {_shown(output)} in {seconds:.1f} s", err=True)
    click.echo(f"look at it with {_how_to_serve(content, output)}", err=True)


def _how_to_serve(content: Path, output: Path) -> str:
    if content == Path("content") and output == content.resolve().parent / "site":
        return "`make serve` (or `reperes serve`)"
    return f"`reperes serve --content {content} --output {_shown(output)}`"


@main.command("serve")
@_content
@_output
@_admin
@click.option(
    "--port",
    type=click.IntRange(0, 65535),
    default=8000,
    show_default=True,
    help="Where to listen on this machine; 0 takes any free port.",
)
def serve_command(content: Path, output: Path | None, port: int, admin: bool) -> None:
    """Show the site on this machine, rebuilt at every save."""
    output = output or _usual_output(content)
    with preview.temporary_folder() as folder:
        extras = building.Extras(admin=admin)
        live = LiveSite(content, output, folder, Progress().step, extras, _tell)
        _report(live.build().problems, "text")
        _serve(live, content, port)


class _Rebuilding:
    """Brings a preview up to date after a save, and says on the terminal what came of it."""

    def __init__(self, live: LiveSite, changes: preview.Changes, content: Path) -> None:
        self.live = live
        self.changes = changes
        self.content = content
        self.start = 0.0
        self.problems = live.problems

    def __call__(self, superseded: Superseded) -> None:
        self.start = time.monotonic()
        try:
            self.live.update(self.show, superseded)
        except SupersededError:
            return
        except Exception as error:
            # The next change gets its rebuild too, whatever it was.
            message = refusal(error) if isinstance(error, OSError) else None
            if message is None:  # a bug of ours, or a template being edited
                traceback.print_exc()
                message = f"the rebuild failed ({error!r}); the terminal says where"
                click.echo("this rebuild failed; the last good site stays", err=True)
            else:
                click.echo(f"{message}; the last good site stays", err=True)
            self.changes.announce((), [Problem(Place(str(self.content)), message, "preview")])

    def show(self, update: Update) -> None:
        self.changes.announce(update.pages, update.problems)
        if update.problems != self.problems:
            self.problems = update.problems
            _report(update.problems, "text")
            kept = is_refused(update.problems, strict=False)
            after = "; the last good site stays" if kept else ""
            click.echo(f"{count(update.problems)}{after}", err=True)
        if update.pages:
            seconds = time.monotonic() - self.start
            name = f"shown anew: {len(update.pages)}"
            click.echo(f"  {name:<16} {seconds:5.2f} s", err=True)


def _serve(live: LiveSite, content: Path, port: int) -> None:
    base_path = urlsplit(live.base_url).path
    changes = preview.Changes(preview.labels_of(live.explainer), live.problems)
    try:
        server = preview.server(
            live.site, base_path, port, changes, partial(stamp_as_seen, content)
        )
    except OSError as error:
        raise click.UsageError(f"port {port}: {error.strerror}; name another with --port") from None
    folders = [content.resolve(), *PROGRAM_FOLDERS]
    watcher = preview.Watcher(folders, _Rebuilding(live, changes, content))
    watcher.start()
    try:
        if live.is_behind:
            watcher.ask()  # for what was saved before anybody watched
        click.echo(f"http://127.0.0.1:{server.server_port}{base_path}  (stop with Ctrl-C)")
        server.serve_forever()
    except KeyboardInterrupt:
        click.echo("", err=True)
    finally:
        watcher.stop()
        server.server_close()


@main.command("status")
@_content
@click.option(
    "--format",
    "format_name",
    type=click.Choice(list(status_reports.FORMATS)),
    default="text",
    show_default=True,
    metavar="FORMAT",
    help="text, json, github (annotations) or markdown (a summary).",
)
@click.option("--strict", is_flag=True, help="Fail where anything is not up to date.")
def status_command(content: Path, format_name: str, strict: bool) -> None:
    """Show how far each translation is up to date.

    Then where texts are stale, missing, or without their original.
    """
    languages = translation_status(_readable(content))
    text = status_reports.FORMATS[format_name](languages)
    if text:
        click.echo(text)
    sys.exit(int(strict and any(status.findings for status in languages)))


@main.command("changes")
@_content
@click.argument("before", metavar="BEFORE", type=click.Path(path_type=Path))
def changes_command(content: Path, before: Path) -> None:
    """Sum up what a change does, as Markdown.

    BEFORE is the content folder as it was. Which facts say something else, and which translations
    are left behind.
    """
    click.echo(changes.summary(_loaded(before), _loaded(content)), nl=False)


@main.command("diff")
@_content
@click.argument("names", nargs=-1, metavar="[LANGUAGE/ID[:BLOCK]]...")
def diff_command(content: Path, names: Sequence[str]) -> None:
    """Show how originals have changed since they were translated.

    Word by word, with the translation of each block: of a section (en/talks), a block (en/talks:3),
    the texts of YAML (en/facts, en/facts:ID), or all that is stale.
    """
    paint = _in_colours if _has_colours() else in_brackets
    lines = list(differences(names, _readable(content, names), paint))
    for depth, text in lines:
        click.echo("  " * depth + (click.style(text, bold=True) if depth == 0 else text))


def _has_colours() -> bool:
    return sys.stdout.isatty() and not os.environ.get("NO_COLOR")


def _in_colours(change: Change) -> str:
    """Struck through and underlined too, for those who see no red or green."""
    if change.kind == "removed":
        return click.style(change.text, fg="red", strikethrough=True)
    if change.kind == "added":
        return click.style(change.text, fg="green", underline=True)
    return change.text


@main.command("stamp")
@_content
@click.argument("targets", nargs=-1, metavar="[LANGUAGE/ID[:BLOCK]]...")
def stamp_command(content: Path, targets: Sequence[str]) -> None:
    """Say that translations are up to date.

    Name what you have compared: a section (en/talks), a block (en/talks:3), the texts of YAML
    (en/facts, en/facts:ID), or a whole language (en). Without a name, what is `reviewed:` is
    written down, and nothing else declared up to date.
    """
    written, others = stamp(content, targets)
    for target in written:
        click.echo(f"stamped {target}")
    for target in others:
        click.echo(f"not up to date, and not stamped: {target}", err=True)
    if not written:
        click.echo("nothing to stamp", err=True)


@main.command("settle")
@_content
@click.argument("names", nargs=-1, metavar="[LANGUAGE/ID]...")
def settle_command(content: Path, names: Sequence[str]) -> None:
    """Join both sides of a merge in a baseline.

    What either side stamped stays stamped; a text that both stamped otherwise is shown as stale,
    unless one of them is what stands there today.
    """
    for name in settle(content, names):
        click.echo(f"settled {name}")


@main.command("fmt")
@_content
@click.option("--check", "only_check", is_flag=True, help="Change nothing; fail if a file differs.")
@click.argument("files", nargs=-1, metavar="[FILE]...")
def fmt_command(content: Path, only_check: bool, files: Sequence[str]) -> None:
    """Lay out YAML as the web editor writes it.

    A change is one line then. Without a name, every YAML file and section; values stay as they are.
    """
    formatted = format_files(content, files, write=not only_check)
    for path in formatted.changed:
        click.echo(f"differs: {path}" if only_check else f"laid out {path}")
    _report(formatted.problems, "text")
    refused = any(problem.is_error for problem in formatted.problems)
    sys.exit(int(refused or bool(only_check and formatted.changed)))


@main.command("spell")
@_content
@_strict
@_format
def spell_command(content: Path, strict: bool, format_name: str) -> None:
    """Say which words no dictionary has.

    The program hunspell has the dictionaries. A name that an entry records, and a word of
    words/LANGUAGE.txt, is known.
    """
    problems, missing = spell(content)
    _report(problems, format_name)
    for message in missing:
        click.echo(message, err=True)
    if problems or not missing:
        click.echo(count(problems), err=True)
    sys.exit(int(strict and bool(problems or missing)))


@main.command("digest")
@click.argument("text_path", metavar="FILE", type=click.Path(path_type=Path))
def digest_command(text_path: Path) -> None:
    """Print the digests of a source's paragraphs, for sources.yml.

    The file holds the source's text, one paragraph a line.
    """
    paragraphs = read_paragraphs(text_path).values()
    click.echo("    paragraphs:")
    for paragraph in paragraphs:
        click.echo(f'      - "{paragraph_digest(paragraph)}"')


@main.command("verify-source")
@_content
@click.argument("source_id", metavar="ID")
@click.option(
    "--text",
    "text_path",
    type=click.Path(path_type=Path),
    required=True,
    help="The source's text, one paragraph a line.",
)
def verify_source_command(content: Path, source_id: str, text_path: Path) -> None:
    """Compare a source's text with what was read.

    Each paragraph must have its recorded digest, and hold the evidence of the facts.
    """
    explainer = _explainer(content)
    problems = check_source(explainer, source_id, text_path)
    _report(problems, "text")
    pinned = sum(fact.pin.source_id == source_id for fact in explainer.facts.values())
    paragraphs = len(explainer.sources[source_id].paragraphs)
    if any(problem.is_error for problem in problems):
        click.echo(count(problems), err=True)
        sys.exit(1)
    click.echo(f"{source_id}: {paragraphs} paragraphs and {pinned} facts agree with the text")


@main.command("explain")
@_content
@click.argument("entry_id", metavar="ID")
def explain_command(content: Path, entry_id: str) -> None:
    """Show what each language says of an id.

    Then where it is cited, and what rests on it.
    """
    for depth, text in explain(_explainer(content), entry_id):
        click.echo("  " * depth + (click.style(text, bold=True) if depth == 0 else text))


@main.command("rename")
@_content
@click.argument("old")
@click.argument("new")
def rename_command(content: Path, old: str, new: str) -> None:
    """Change an id everywhere it is typed."""
    for path in rename(content, old, new):
        click.echo(f"changed {path}")


@main.command("export")
@_content
@click.option(
    "--format",
    "format_name",
    metavar="FORMAT",
    type=click.Choice(EXCHANGE_FORMATS),
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
        click.echo(f"wrote {_shown(output)}", err=True)


@main.command("import")
@_content
@click.option("--drafts", is_flag=True, help="Take what is not finished too, without stamping it.")
@click.argument("path", metavar="FILE", type=click.Path(path_type=Path))
def import_command(content: Path, path: Path, drafts: bool) -> None:
    """Take translations from a PO, XLIFF or CSV file.

    What fits is written to its place and stamped; what does not, or what `reperes check` would
    refuse there, is reported, and left as it was.
    """
    outcome = import_file(content, path, drafts)
    _report(outcome.problems, "text")
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


@main.command("schemas")
@_content
def schemas_command(content: Path) -> None:
    """Write the JSON Schemas by which editors check the files."""
    languages = _explainer(content).languages
    schemas = {**json_schemas(languages), MAP_FILE: map_json_schema(languages)}
    for path, schema in schemas.items():
        target = paths.PACKAGE / "model" / "schemas" / f"{Path(path).stem}.json"
        if write_text(target, json.dumps(schema, ensure_ascii=False, indent=2) + "\n"):
            click.echo(f"wrote {_shown(target)}")


def _explainer(content: Path) -> Explainer:
    """The explainer, where its content is sound enough to speak of it."""
    explainer, problems = check(content)
    errors = [problem for problem in problems if problem.is_error]
    if explainer is None or errors:
        raise ContentError(errors)
    return explainer


def _loaded(content: Path) -> Explainer:
    """The explainer, where its files can be read, whatever ids and rules say of it."""
    loaded = load(content)
    if loaded.explainer is None or loaded.unread:
        raise ContentError(loaded.unread or loaded.problems)
    return loaded.explainer


def _usual_output(content: Path) -> Path:
    return content.resolve().parent / "site"


def _tell(text: str) -> None:
    click.echo(text, err=True)


def _readable(content: Path, names: Sequence[str] = ()) -> Explainer:
    """What of the explainer can be read; what cannot is said, and no reason to stop.

    Unless it is what was asked for, by `names` such as "en/talks:3".
    """
    loaded = load(content)
    if loaded.explainer is None:
        raise ContentError(loaded.problems)
    explainer = readable_part(loaded)
    asked = {name_and_part(name)[0].rpartition("/")[2] for name in names}
    if refused := [p for p in loaded.unread if _stands_in(p.place.path) in asked]:
        raise ContentError(refused)
    for problem in loaded.unread:
        click.echo(str(problem), err=True)
    return explainer


def _stands_in(path: str) -> str:
    """The name under which translators ask for what stands in a file: "talks", or "facts"."""
    return FACTS if path.endswith(".yml") else Path(path).stem


def _report(problems: Sequence[Problem], format_name: str) -> None:
    if problems or format_name == "json":
        click.echo(FORMATS[format_name](problems))


def _shown(path: Path) -> str:
    path = path.resolve()
    return str(path.relative_to(Path.cwd()) if path.is_relative_to(Path.cwd()) else path)


if __name__ == "__main__":
    main()
