"""The web editor at /admin/: Sveltia CMS from npm, set up for the fields of our schema.

It is no page of readers: it stands beside the site, after the site has been verified, and has a
security policy of its own.
"""

from __future__ import annotations

import json
import re
import shutil
from collections.abc import Iterator, Mapping
from pathlib import Path
from typing import Any

from reperes import paths
from reperes.model.declaring import declared_fields
from reperes.model.documents import Folder
from reperes.model.explainer import Explainer
from reperes.model.images import FOLDER as PICTURES
from reperes.model.schema import DEFAULTS, KINDS, SHARED, VOCABULARY_FILE, Kind
from reperes.model.shapes import (
    Choice,
    Field,
    FileName,
    Flag,
    ListOf,
    OneOrEach,
    Reference,
    Shape,
    Words,
)
from reperes.model.site import Section, Site
from reperes.model.vocabulary import own_words
from reperes.model.words import Vocabulary
from reperes.model.yaml_values import Listing, Table, Value
from reperes.site.assets import FOLDER as ASSETS
from reperes.site.assets import NO_STYLE_SHEET, asset_names, with_asset_names
from reperes.site.editor_files import EntryFile
from reperes.text.files import copy_folder, write_text
from reperes.text.problems import ContentError, Place, Problem, Text
from reperes.text.yaml_out import as_yaml
from reperes.writing.templating import TEMPLATES, render_html

RULE = "admin"

FOLDER = "admin"
"""Where the editor stands under the site's address."""

PACKAGE = "@sveltia/cms"
"""The editor's name on npm, from where it is installed at the version of package.json."""

Settings = dict[str, Any]

_PROGRAM_FOLDER = "sveltia"
_PROGRAM = Path("npm", "index.js")
_COLLECTIONS = {
    "facts": ("figure", "event", "claim", "quotation"),
    "bearings": ("actor", "place", "term", "source", "picture"),
    "site": ("unit", "correction", "gone"),
}
"""The lists of the editor's menu that hold files, and the kinds of entries in each."""

_TITLES = {
    "actor": "names.{language}.full",
    "place": "names.{language}.name",
    "term": "{language}.term",
    "picture": "caption.{language}",
    "unit": "names.{language}.one",
    "correction": "reason.{language}",
    "gone": "day",
}
"""What to call an entry of a kind, where it has no label."""

_ANSWERED_HERE = {
    # It asks what its newest version is; its own copy says that there is none.
    "https://unpkg.com/@sveltia/cms": _PROGRAM_FOLDER,
    # It asks whether GitHub is well; "unknown" is an answer that it has.
    "https://www.githubstatus.com/api/v2/status.json": "data:application/json,{}",
}
"""What the editor would ask other hosts for as it starts, and what it reads instead."""

_FONT = re.compile(
    r"https://cdn\.jsdelivr\.net/fontsource/fonts/([a-z0-9-]+)[^/]*/([a-z0-9-]+)\.woff2"
)
# A browser imports JSON only where it is told that it is JSON.
_LOCALE_IMPORT = re.compile(r"import\(`(\.\./locales/[\w-]+\.json)`\)")

_CHANGED: Mapping[str, tuple[re.Pattern[str], int]] = {
    **{address: (re.compile(re.escape(address)), 1) for address in _ANSWERED_HERE},
    "the address of a font": (_FONT, 3),
    "the import of a language": (_LOCALE_IMPORT, 28),
}
"""What we change in the program, and how often it stands there."""


def check_web_editor(explainer: Explainer, content: Path) -> None:
    """Raise ContentError where the editor is not installed, or has nowhere to write to.

    Or where a field stands in several forms in a file, of which a form on the screen shows one.
    """
    _repository(explainer.site)
    package = installed_editor(content)
    if unknown := list(_unlike_what_we_know(package)):
        program = str(package / _PROGRAM)
        raise ContentError([Problem(Place(program), message, RULE) for message in unknown])
    typed = typed_files(content)
    settings = editor_settings(explainer, "", typed)
    if lost := [*_what_would_be_lost(settings, typed)]:
        raise ContentError(lost)


def installed_editor(content: Path) -> Path:
    """The folder of the editor's package: beside the content or above it, as Node would look.

    Then in a clone of the program. Raises ContentError where it is in neither.
    """
    for folder in (*content.parents, *filter(None, [paths.CLONE])):
        package = folder / "node_modules" / PACKAGE
        if (package / "package.json").is_file():
            return package
    message = f"no web editor; {_how_to_install(content)}"
    raise ContentError([Problem(Place(str(content.parent)), message, RULE)])


def _how_to_install(content: Path) -> str:
    if paths.CLONE:
        return f"install it with `make site ADMIN=1`, or `npm ci` in {paths.CLONE}"
    return (
        f"run `npm install --ignore-scripts {PACKAGE}@{_known_version()}` in {content.parent}"
        ' (npm comes with Node.js, or with `pip install "reperes[editor]"`)'
    )


def _known_version() -> str:
    """The version that we know well enough to change a few addresses in its program."""
    return str(json.loads(paths.NODE_PACKAGES.read_text("utf-8"))["dependencies"][PACKAGE])


def _unlike_what_we_know(package: Path) -> Iterator[str]:
    """What we would change in vain, or too often; the editor would then ask other hosts."""
    installed = json.loads((package / "package.json").read_text("utf-8"))["version"]
    program = (package / _PROGRAM).read_text("utf-8")
    for name, (pattern, times) in _CHANGED.items():
        found = len(pattern.findall(program))
        if found != times:
            yield (
                f"{name}: expected {times} of it, as in version {_known_version()}, and found"
                f" {found} in version {installed}; run `npm ci` in {package.parents[2]}"
            )


def _repository(site: Site) -> str:
    """The repository as GitHub names it ("owner/name")."""
    found = re.fullmatch(r"https://github\.com/([\w.-]+/[\w.-]+?)(\.git)?/?", site.repository or "")
    if found is None:
        message = "repository: the web editor writes to GitHub; write https://github.com/OWNER/NAME"
        place = site.repository.place if site.repository else Place(site.base_url.place.path)
        raise ContentError([Problem(place, message, RULE)])
    return found[1]


def write_web_editor(explainer: Explainer, content: Path, site: Path) -> None:
    """Put the editor and its settings into a finished site, which `check_web_editor` let pass."""
    settings = editor_settings(explainer, path_in_repository(content), typed_files(content))
    folder = site / FOLDER
    folder.mkdir()
    _copy_program(installed_editor(content), folder / _PROGRAM_FOLDER)
    write_text(folder / "config.yml", as_yaml(settings))
    language = explainer.languages[0]
    title = explainer.site.title[language]
    page = render_html("admin.html.jinja", lang=language, title=title)
    write_text(folder / "index.html", with_asset_names(page, asset_names(NO_STYLE_SHEET)))
    shutil.copyfile(TEMPLATES / "admin.js", folder / "admin.js")


def path_in_repository(content: Path) -> str:
    """The content folder from the root of the repository that holds it, else its name."""
    for folder in content.parents:
        if (folder / ".git").exists():
            return content.relative_to(folder).as_posix()
    return content.name


def _copy_program(package: Path, target: Path) -> None:
    """The build of the package for bundlers, which brings its fonts and languages along."""
    copy_folder(package / "npm", target / "npm", without=".map")
    copy_folder(package / "locales", target / "locales")
    for name in ("package.json", "LICENSE.txt"):
        shutil.copyfile(package / name, target / name)
    program = target / "npm" / "index.js"
    text = program.read_text("utf-8")
    for address, answer in _ANSWERED_HERE.items():
        text = text.replace(address, answer)
    text = _FONT.sub(lambda font: _own_font(target, *font.groups()), text)
    text = _LOCALE_IMPORT.sub(r"import(`\1`,{with:{type:`json`}})", text)
    write_text(program, text)


def _own_font(target: Path, family: str, style: str) -> str:
    """The address, from the page, of the package's own copy of a font."""
    (path,) = target.glob(f"npm/assets/{family}-{style}-*.woff2")
    return path.relative_to(target.parent).as_posix()


def typed_files(content: Path) -> dict[str, Table]:
    """The YAML files that the editor changes, as they are typed, by their path in the content."""
    folder = Folder(content)
    paths = ("site.yml", VOCABULARY_FILE, *(kind.path for kind in KINDS))
    return {path: folder.read_yaml(path) for path in paths if folder.has(path)}


def _what_would_be_lost(settings: Settings, typed: Mapping[str, Table]) -> Iterator[Problem]:
    """A problem for each value that its widget cannot show, and would not keep."""
    for collection in settings["collections"]:
        for file in collection.get("files", ()):
            table = typed.get(file["file"].removeprefix("/"))
            for key, value in _not_shown(file["fields"], table) if table else ():
                message = f"{key}: typed in several ways in this file, and a form shows one"
                yield Problem(value.place, f"{message}; run `reperes fmt`", RULE)


def _not_shown(fields: list[Settings], table: Table) -> Iterator[tuple[str, Value]]:
    widgets = {field["name"]: field for field in fields}
    for key, value in table.entries.items():
        if key not in widgets or not _holds(widgets[key], value):
            yield key, value
            continue
        parts = value.items if isinstance(value, Listing) else (value,)
        for part in parts:
            if isinstance(part, Table):
                yield from _not_shown(widgets[key]["fields"], part)


def _holds(field: Settings, value: Value) -> bool:
    """Whether a widget shows a value of such a kind, a text or a list."""
    if field["widget"] == "object":
        return isinstance(value, Table)
    if field["widget"] == "list" or field.get("multiple"):
        kind = Table if "fields" in field else Text
        return isinstance(value, Listing) and all(isinstance(item, kind) for item in value.items)
    return isinstance(value, Text)


def _entry_file(kind: Kind, typed: Mapping[str, Table], explainer: Explainer) -> EntryFile:
    lends = any(source.defaults is not None for source in explainer.sources.values())
    is_short = explainer.site.layout == "short"
    return EntryFile(kind, typed.get(kind.path), explainer.languages, is_short, lends)


def editor_settings(
    explainer: Explainer, root: str, typed: Mapping[str, Table] | None = None
) -> Settings:
    """The editor's config.yml for content that lies at `root` in its repository.

    `typed` are its YAML files: a field of an entry is shown in the form in which they have it, and
    one that they do not have, as `layout` in site.yml says.
    """
    site = explainer.site
    writer = _FieldWriter(explainer)
    typed = typed or {}
    branch = {"branch": site.branch} if site.branch else {}
    return {
        "backend": {
            "name": "github",
            "repo": _repository(site),
            **branch,
            # Signing in by OAuth needs a server of one's own; a token does not.
            "auth_methods": ["token"],
        },
        "site_url": site.base_url,
        "app_title": f"{site.title[explainer.languages[0]]} · Repères",
        "logo": {"src": f"../{ASSETS}/{asset_names(NO_STYLE_SHEET)['favicon.svg']}"},
        "media_folder": f"{root}/{PICTURES}",
        "editor": {"preview": False},
        "output": {"omit_empty_optional_fields": True, "yaml": {"quote": "double"}},
        "i18n": {
            "structure": "multiple_folders",
            "locales": list(explainer.languages),
            "default_locale": explainer.languages[0],
        },
        "collections": [
            _sections(writer, root),
            *(_file_collection(name, writer, root, typed) for name in _COLLECTIONS),
        ],
    }


def _sections(writer: _FieldWriter, root: str) -> Settings:
    # The text follows what readers see of it first; in the file it stands under all of them.
    fields = writer.fields(declared_fields(Section))
    fields.insert(3, _body(writer))
    return {
        "name": "sections",
        "label": writer.wording("editor.sections"),
        "icon": "article",
        "folder": f"{root}/sections",
        "extension": "md",
        "format": "yaml-frontmatter",
        "slug": "{{fields.id}}",
        "summary": "{{title}}",
        "i18n": True,
        "fields": [_in_each_language(field) for field in fields],
    }


def _body(writer: _FieldWriter) -> Settings:
    return {
        "name": "body",
        "label": writer.label("body"),
        "widget": "richtext",
        # The other mode loses the alignment of tables, and puts "\\" into citations.
        "modes": ["raw"],
        "buttons": ["bold", "italic", "link", "bulleted-list", "numbered-list"],
        "editor_components": [],
    }


def _in_each_language(field: Settings) -> Settings:
    inner = {"fields": [_in_each_language(part) for part in field.get("fields", ())]}
    return {**field, **(inner if "fields" in field else {}), "i18n": True}


def _file_collection(
    name: str, writer: _FieldWriter, root: str, typed: Mapping[str, Table]
) -> Settings:
    kinds = [kind for kind in KINDS if kind.noun in _COLLECTIONS[name]]
    entry_files = [_entry_file(kind, typed, writer.explainer) for kind in kinds]
    files = [_file(file, writer, root) for file in entry_files]
    if name == "site":
        files = [_site_file(writer, root), _vocabulary_file(writer, root), *files]
    label = writer.wording(f"editor.{name}")
    return {"name": name, "label": label, "icon": _ICONS[name], "files": files}


_ICONS = {"facts": "fact_check", "bearings": "menu_book", "site": "settings"}


def _site_file(writer: _FieldWriter, root: str) -> Settings:
    label = writer.wording("editor.site")
    fields = writer.fields(declared_fields(Site))
    return {"name": "site", "label": label, "file": f"{root}/site.yml", "fields": fields}


def _vocabulary_file(writer: _FieldWriter, root: str) -> Settings:
    fields = writer.fields(declared_fields(Vocabulary))
    label = writer.wording("editor.vocabulary")
    file = f"{root}/{VOCABULARY_FILE}"
    return {"name": "vocabulary", "label": label, "file": file, "fields": fields}


def _file(file: EntryFile, writer: _FieldWriter, root: str) -> Settings:
    kind = file.kind
    label = writer.wording(f"editor.{kind.root}")
    entries = {
        "name": kind.root,
        "label": label,
        "widget": "list",
        "collapsed": True,
        "fields": writer.fields(file.entry_fields()),
        "label_singular": writer.wording("editor.entry"),
        "required": False,
        "summary": _summary(kind.noun, writer),
    }
    fields = [_defaults(file, writer), entries] if file.may_share else [entries]
    return {"name": kind.root, "label": label, "file": f"{root}/{kind.path}", "fields": fields}


def _defaults(file: EntryFile, writer: _FieldWriter) -> Settings:
    return {
        "name": DEFAULTS,
        "label": writer.label(DEFAULTS),
        "widget": "object",
        "collapsed": True,
        "required": False,
        "fields": writer.fields(file.shared_fields()),
        "hint": SHARED,
    }


def _title(noun: str, language: str) -> str:
    return _TITLES.get(noun, "label.{language}").format(language=language)


def _summary(noun: str, writer: _FieldWriter) -> str:
    return f"{{{{fields.{_title(noun, writer.language)}}}}} ({{{{fields.id}}}})"


class _FieldWriter:
    """Our fields as the editor's: the shape chooses the widget."""

    def __init__(self, explainer: Explainer) -> None:
        self.explainer = explainer
        self.languages = explainer.languages
        self.language = explainer.languages[0]
        self._locale = explainer.locales[self.language]
        self._own_words = own_words(explainer.vocabulary)
        known = explainer.site.languages
        # A widget shows one form of a value: the one in which it is typed.
        self._editor_named_once = isinstance(explainer.site.editor.name, Text)
        self._names: dict[str, str] = {language.code: language.name for language in known}

    def wording(self, key: str) -> str:
        return self._locale.label(key)

    def label(self, name: str) -> str:
        """What the editor calls a field: in words, with the key that the check's messages name."""
        if name in self._names:
            return self._names[name]
        wording = self.wording(f"editor.field.{name}")
        return wording if wording.lower() == name else f"{wording} ({name})"

    def fields(self, fields: Mapping[str, Field]) -> list[Settings]:
        return [self.field(name, field) for name, field in fields.items()]

    def field(self, name: str, field: Field) -> Settings:
        head = {"name": name, "label": self.label(name), "required": field.required}
        hint = {"hint": field.meaning} if field.meaning else {}
        return {**head, **self._widget(field), **hint}

    def _widget(self, field: Field) -> Settings:
        shape = field.shape
        if isinstance(shape, OneOrEach) and self._editor_named_once:
            shape = shape.shape
        if parts := shape.parts(self.languages):
            return {"widget": "object", "fields": self.fields(parts)}
        if isinstance(shape, ListOf):
            return self.list_of(shape.shape)
        if isinstance(shape, Choice):
            return {"widget": "select", "options": list(shape.words(self._own_words))}
        if isinstance(shape, Flag):
            return {"widget": "select", "options": shape.json_schema(self.languages)["enum"]}
        if isinstance(shape, Reference) and (picker := self._picker(shape)):
            return picker
        if isinstance(shape, FileName):
            # Seen from the file that is being written: so it writes "pictures/quay.png".
            folder = {"media_folder": shape.folder, "public_folder": shape.folder}
            return {"widget": "image", **folder, "accept": shape.accept, "choose_url": False}
        if isinstance(shape, Words):
            return {"widget": "text" if shape.long else "string"}
        pattern = shape.json_schema(self.languages)["pattern"]
        return {"widget": "string", "pattern": [pattern, _expected(field)]}

    def list_of(self, shape: Shape[Any]) -> Settings:
        if isinstance(shape, Reference) and (picker := self._picker(shape)):
            return {**picker, "multiple": True}
        if parts := shape.parts(self.languages):
            fields = self.fields(parts)
            return {"widget": "list", "collapsed": True, "fields": fields}
        return {"widget": "list", "field": self.field("entry", Field(shape))}

    def _picker(self, reference: Reference) -> Settings | None:
        """A choice among the entries of a file, for an id that can be of one file alone."""
        (noun, *others) = reference.namespaces
        place = None if others or reference.with_shipped else self._file_of(noun)
        if place is None:
            return None
        collection, file, root = place
        shown = [f"{root}.*.{_title(noun, self.language)}", f"{root}.*.id"]
        return {
            "widget": "relation",
            "collection": collection,
            "file": file,
            "value_field": f"{root}.*.id",
            "display_fields": shown,
        }

    @staticmethod
    def _file_of(noun: str) -> tuple[str, str, str] | None:
        """The collection, the file in it and the list in that, where entries of a kind stand."""
        if noun in ("side", "topic"):
            return "site", "site", f"{noun}s"
        for collection, nouns in _COLLECTIONS.items():
            if noun in nouns:
                root = next(kind.root for kind in KINDS if kind.noun == noun)
                return collection, root, root
        return None


def _expected(field: Field) -> str:
    """What to say of a value that does not fit: what the check says too, or its meaning."""
    return getattr(field.shape, "expected", "") or field.meaning
