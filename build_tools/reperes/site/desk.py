"""The desk: pages for translators, under desk/, that nothing on the readers' pages leads to."""

from __future__ import annotations

import re
from collections.abc import Container, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from decimal import Decimal
from pathlib import Path
from typing import Any
from urllib.parse import quote

from reperes.language.locales import Locale
from reperes.model.baselines import FACTS
from reperes.model.explainer import Explainer
from reperes.model.site import Section
from reperes.site.assets import AssetNames, with_asset_names
from reperes.text.files import write_text
from reperes.text.problems import Place
from reperes.translation.codes import pair_code
from reperes.translation.rows import Row
from reperes.translation.staleness import rows_of, states_of_yaml
from reperes.translation.stamping import code_of
from reperes.translation.status import (
    Count,
    Finding,
    LanguageStatus,
    TextStatus,
    translation_status,
)
from reperes.translation.targets import Target
from reperes.translation.word_differences import Change, word_difference
from reperes.writing.templating import TEMPLATES, render_html

FOLDER = "desk"

_STYLE_SHEET = "desk.css"
_GITHUB = re.compile(r"https://github\.com/[^/]+/[^/]+")


@dataclass(frozen=True, slots=True)
class _Spot:
    """A file, or a line of it, as shown; `url` leads to it in the repository's editor, or is ""."""

    text: str
    url: str


def write_desk(
    explainer: Explainer,
    site: Path,
    assets: AssetNames,
    changed: Container[str] | None = None,
) -> set[str]:
    """Write the desk into a finished site; the files there that are new or have changed.

    `changed` are the texts of which the pages are to be made, by their names; all, where it is not
    given.
    """
    style = (TEMPLATES / FOLDER / _STYLE_SHEET).read_text("utf-8")
    files = {_STYLE_SHEET: style, **desk_pages(explainer, changed)}
    return {
        f"{FOLDER}/{name}"
        for name, text in files.items()
        if write_text(site / FOLDER / name, with_asset_names(text, assets))
    }


def desk_pages(explainer: Explainer, changed: Container[str] | None = None) -> dict[str, str]:
    """The HTML of each page by its path under desk/; of those of texts, only of what has `changed`.

    A choice of the language to read in; in each, the state of the translations, and for every text
    a page that has it beside its translations.
    """
    statuses = translation_status(explainer)
    pages = {"index.html": _Desk(explainer, explainer.languages[0], statuses).choice()}
    for language in explainer.languages:
        desk = _Desk(explainer, language, statuses)
        pages[f"{language}/index.html"] = desk.status_page()
        for name in desk.compared:
            if changed is not None and name not in changed:
                continue
            pages[f"{language}/{name}/index.html"] = desk.compare_page(name)
    return pages


class _Desk:
    """The pages for readers of one language."""

    def __init__(
        self, explainer: Explainer, language: str, statuses: Sequence[LanguageStatus]
    ) -> None:
        self.explainer, self.language, self.statuses = explainer, language, statuses
        self.locale: Locale = explainer.locales[language]
        texts = [text for status in statuses for text in status.texts]
        # An orphan has nothing to stand beside; of the YAML texts, only some can be orphans.
        self.compared: dict[str, list[TextStatus]] = {}
        for text in filter(lambda text: text.blocks.all, texts):
            self.compared.setdefault(text.target.name, []).append(text)

    # Pages

    def choice(self) -> str:
        return self._render("choose", "", "")

    def status_page(self) -> str:
        return self._render(
            "status", "../", "", statuses=[self._status(status) for status in self.statuses]
        )

    def compare_page(self, name: str) -> str:
        """A text beside its translation into each language that it has one for."""
        title, title_language = self._title(name)
        return self._render(
            "compare",
            "../../",
            f"{name}/",
            title=title,
            title_language=title_language,
            tables=[self._table(text) for text in self.compared[name]],
            pages=name != FACTS,
            page="" if name == "overview" else f"{name}/",
        )

    def _render(self, template: str, root: str, address: str, **values: object) -> str:
        html = render_html(
            f"{FOLDER}/{template}.html.jinja",
            root=root,
            address=address,
            language=self.language,
            languages=[self._known(code) for code in self.explainer.languages],
            site_title=self.explainer.site.title[self.language],
            label=self.locale.label,
            **values,
        )
        return html.lstrip()

    def _known(self, code: str) -> dict[str, str]:
        """A language as pages name it, and the desk's name in it."""
        known = next(known for known in self.explainer.site.languages if known.code == code)
        desk = self.explainer.locales[code].label("desk.title")
        return {"code": code, "name": known.name, "desk": desk}

    def _title(self, name: str) -> tuple[str, str]:
        """What a text is called, and in which language."""
        section = None if name == FACTS else self.explainer.section_or_other(self.language, name)
        if section is not None:
            return section.title, section.language
        return (self.locale.label("desk.texts") if name == FACTS else name), self.language

    # The state of the translations

    def _status(self, status: LanguageStatus) -> dict[str, Any]:
        return {
            **self._known(status.language),
            "texts": [self._status_of(text) for text in status.texts],
            "blocks": self._share(status.blocks),
            "words": self._share(status.words),
        }

    def _status_of(self, text: TextStatus) -> dict[str, Any]:
        name = text.target.name
        title, title_language = self._title(name)
        return {
            "title": title,
            "title_language": title_language if title_language != self.language else "",
            "url": f"{name}/" if name in self.compared else "",
            "state": text.state,
            "blocks": self._share(text.blocks),
            "words": self._share(text.words),
            "findings": list(self._findings(text)),
        }

    def _findings(self, text: TextStatus) -> Iterator[dict[str, str]]:
        """The blocks and texts to look at; what is said of a text as a whole needs no link."""
        language, name = text.target.key
        for finding in text.findings:
            part = finding.target.part
            if finding.kind == "orphaned" and part:
                orphaned = self.locale.label("desk.kind.orphaned")
                yield {"name": f"{part} ({orphaned})", "url": ""}
            elif part:
                url = f"{name}/#{_anchor(language, part)}"
                kind = self.locale.label(f"desk.kind.{finding.kind}")
                shown = kind if finding.now is None else f"{self._name(part)} ({kind})"
                yield {"name": shown, "url": url}

    def _share(self, count: Count) -> str:
        if not count.all:
            return ""
        fresh, every = (self.locale.number(Decimal(n)) for n in (count.fresh, count.all))
        return self.locale.label("desk.share", fresh=fresh, all=every, percent=str(count.percent))

    def _name(self, part: str) -> str:
        return self.locale.label(f"desk.name.{part}") if part in ("title", "summary") else part

    # A text beside its translation

    def _table(self, text: TextStatus) -> dict[str, Any]:
        language, name = text.target.key
        code = ""
        if name == FACTS:
            original = self.explainer.original_for(language)
            rows = list(self._fact_rows(text))
        else:
            section = self.explainer.original_of(name)
            assert section is not None
            original = section.language
            pair = self.explainer.translated_pair(language, name)
            code = pair_code(*pair) if pair else ""
            rows = list(self._section_rows(text, section))
        missing = text.state == "missing"
        return {
            "original": self._known(original),
            "translation": self._known(language),
            "state": text.state,
            "blocks": self._share(text.blocks),
            "code": "" if text.state == "fresh" else code,
            "stamp": str(text.target) if text.state == "stale" else "",
            "seen": "" if name == FACTS else code,
            "file": self._spot(Place(text.path), whole=True),
            "write": self._new_file(text.path) if missing else None,
            "groups": _in_groups(rows) if name == FACTS else [{"name": "", "rows": rows}],
            "stale": sum(row["is_stale"] for row in rows),
        }

    def _section_rows(self, text: TextStatus, original: Section) -> Iterator[dict[str, Any]]:
        target = text.target
        rows = rows_of(self.explainer, *target.key)
        if not rows:
            for block in original.headed_blocks:
                changes = [Change("same", block.text)]
                yield self._row(target, block.name, "missing", block.text.place, changes)
        for row in rows:
            yield self._row(
                target,
                row.name,
                row.state,
                row.original.text.place if row.original else None,
                _changes(row),
                list(_translations(row)),
                row.along,
                shown="" if row.original is None else self._name(row.name),
            )

    def _fact_rows(self, text: TextStatus) -> Iterator[dict[str, Any]]:
        language = text.target.language
        found: Mapping[str, Finding] = {x.target.part: x for x in text.findings}
        states = states_of_yaml(self.explainer, language)
        for path, (now, ours) in self.explainer.texts_into(language).items():
            finding = found.get(path)
            was = finding.translation_was if finding else ""
            yield self._row(
                text.target,
                path,
                states[path],
                now.place,
                word_difference(finding.was, now) if finding else [Change("same", now)],
                [(ours.place, word_difference(was, ours) if was else [Change("same", ours)])],
            )

    def _row(
        self,
        target: Target,
        name: str,
        state: str,
        place: Place | None,
        changes: Iterable[Change],
        translations: Sequence[tuple[Place | None, Iterable[Change]]] = (),
        along: str = "",
        shown: str | None = None,
    ) -> dict[str, Any]:
        row = replace(target, part=name)
        said = [
            {"changes": list(texts), "place": at and self._spot(at)} for at, texts in translations
        ]
        # What the original has and nothing translates is to be translated first.
        is_said = said or along or place is None
        can_be_stamped = is_said and state not in ("fresh", "unstamped", "missing", "lost")
        return {
            "anchor": _anchor(target.language, name),
            "name": self._name(name) if shown is None else shown,
            "state": state,
            "is_stale": state != "fresh",
            "stamp": str(row) if can_be_stamped else "",
            "seen": code_of(row, self.explainer) if can_be_stamped else "",
            "place": place and self._spot(place),
            "changes": list(changes),
            "translations": said,
            "along": self._name(along) if along else "",
        }

    # Files

    def _spot(self, place: Place, whole: bool = False) -> _Spot:
        text = place.path if whole else f"{place.path}:{place.line}"
        line = "" if whole else f"#L{place.line}"
        return _Spot(text, self._address("edit", quote(self._inside(place.path)) + line))

    def _new_file(self, path: str) -> _Spot:
        folder, _, name = self._inside(path).rpartition("/")
        return _Spot(path, self._address("new", f"{quote(folder)}?filename={quote(name)}"))

    def _address(self, action: str, rest: str) -> str:
        """Where GitHub edits a file; "" for a repository that is kept elsewhere."""
        site = self.explainer.site
        repository = (site.repository or "").rstrip("/").removesuffix(".git")
        if not _GITHUB.fullmatch(repository):
            return ""
        return f"{repository}/{action}/{quote(site.branch or 'main')}/{rest}"

    def _inside(self, path: str) -> str:
        """A file's path in the repository, whose root holds the content folder."""
        root = self.explainer.site.base_url.place.path.removesuffix("site.yml")
        if not path.startswith("/"):
            return path
        return f"{Path(root).name}/{path.removeprefix(root)}"


def _in_groups(rows: Iterable[dict[str, Any]]) -> list[dict[str, Any]]:
    """The rows of YAML texts by the kind of entry that they belong to."""
    groups: dict[str, list[dict[str, Any]]] = {}
    for row in rows:
        groups.setdefault(row["name"].partition("/")[0], []).append(row)
    return [{"name": name, "rows": found} for name, found in groups.items()]


def _changes(row: Row) -> list[Change]:
    """The original of a row, with what changed in it."""
    now = row.original.text if row.original else ""
    if row.state in ("changed", "both", "added", "removed"):
        return word_difference(row.before.original, now)
    return [Change("same", now)] if now else []


def _translations(row: Row) -> Iterator[tuple[Place | None, list[Change]]]:
    """The blocks that say it, with what changed in them; what is gone has no place any more."""
    if row.state in ("edited", "both", "lost") and row.before.translation and not row.along:
        place = row.translations[0].text.place if row.translations else None
        yield place, word_difference(row.before.translation, row.translation)
        return
    for block in row.translations:
        yield block.text.place, [Change("same", block.text)]


def _anchor(language: str, name: str) -> str:
    return f"{language}-{re.sub('[^0-9A-Za-z_-]', '-', name)}"
