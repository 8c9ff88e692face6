"""The glossary as TBX-Basic (ISO 30042:2008), the edition that translators' tools read."""

from __future__ import annotations

from lxml import etree

from reperes.exchange.xml import Element, add, document
from reperes.model.bearings import Term, TermText
from reperes.model.explainer import Explainer

_LANGUAGE = "{http://www.w3.org/XML/1998/namespace}lang"
_LEAVES = frozenset({"p", "title", "descrip", "term", "termNote", "ref"})


def write_tbx(explainer: Explainer) -> bytes:
    """Every term in every language: its definition, its name, and the forms beside it."""
    site = explainer.site
    root = etree.Element("martif", {"type": "TBX"})
    root.set(_LANGUAGE, explainer.languages[0])
    header = add(root, "martifHeader")
    description = add(header, "fileDesc")
    titles = add(description, "titleStmt")
    add(titles, "title", str(site.title[explainer.languages[0]]))
    add(add(description, "sourceDesc"), "p", str(site.base_url))
    encoding = add(header, "encodingDesc")
    add(encoding, "p", "TBXBasicXCSV02.xcs", type="XCSURI")
    body = add(add(root, "text"), "body")
    for term in explainer.terms.values():
        _add_term(body, term, explainer)
    return document(root, _LEAVES)


def _add_term(body: Element, term: Term, explainer: Explainer) -> None:
    entry = add(body, "termEntry", id=str(term.id))
    for other in term.see_also:
        add(entry, "ref", str(other), type="crossReference", target=str(other))
    for language in explainer.languages:
        text = term.texts[language]
        named = add(entry, "langSet")
        named.set(_LANGUAGE, language)
        add(named, "descrip", str(text.definition), type="definition")
        for form, status in _forms(text):
            group = add(named, "tig")
            add(group, "term", form)
            add(group, "termNote", status, type="administrativeStatus")


def _forms(text: TermText) -> list[tuple[str, str]]:
    """The spellings of a term, the preferred one first, each with its status in TBX-Basic."""
    return [
        (str(text.term), "preferredTerm-admn-sts"),
        *((str(form), "admittedTerm-admn-sts") for form in text.forms),
        *((str(form), "deprecatedTerm-admn-sts") for form in text.discouraged),
    ]
