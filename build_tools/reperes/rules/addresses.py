"""The addresses that a text may lead to, and what to write instead of any other."""

from __future__ import annotations

import re

from reperes.model.references import LINK_SCHEMES, PICTURE
from reperes.text.problems import did_you_mean, quoted

_OTHERS = ", ".join(scheme for scheme in LINK_SCHEMES if scheme != "section")
_ADVICE = f"write section:ID (or {_OTHERS}), or https://…"
_PLACES = {
    "https": re.compile(r"https://[^\s\x00-\x20\x7f/?#\\@<>]+(?:[/?#][^\x00-\x20\x7f\\<>]*)?"),
    "mailto": re.compile(r"mailto:[^\x00-\x20\x7f\\<>]+"),
    "tel": re.compile(r"tel:\+?[0-9][0-9().\-]*"),
}
"""What may leave a text, by its scheme, as a browser reads it: it drops spaces and tabs, turns
backslashes into slashes, and takes what stands before "@" for a name to sign in with."""

_EXAMPLES = {
    "https": "https://example.org/page",
    "mailto": "mailto:name@example.org",
    "tel": "tel:+33123456789",
}
_SCHEME = re.compile(r"([A-Za-z][A-Za-z0-9+.-]*):(.*)", re.DOTALL)
_MAIL = re.compile(r"[^\s@:/]+@[^\s@:/]+\.\w+")


def fault_of_address(address: str) -> str | None:
    """Why a link may not have this address, and what to write; None where it may.

    `address` is what a browser reads: `javascript:`, not `&#106;avascript:`. An anchor of the same
    page ("#ground") is let through: whether it exists, only the page knows.
    """
    if re.fullmatch(r"#[^\x00-\x20\x7f<>]+", address):
        return None
    typed = _SCHEME.fullmatch(address)
    scheme, rest = (typed[1], typed[2]) if typed else ("", "")
    if scheme in _PLACES:
        return None if _PLACES[scheme].fullmatch(address) else _malformed(scheme, address)
    if scheme == PICTURE:
        return f'{quoted(address)} is shown by "![]({address})" alone; write that'
    if scheme in LINK_SCHEMES:
        return f'{quoted(address)} works in "[words]({address})" alone; write that'
    if scheme == "http":
        mended = quoted(address.replace("http:", "https:", 1))
        return f"{quoted(address)} can be read and changed on its way; write {mended}"
    if scheme.lower() in (*LINK_SCHEMES, *_PLACES):
        return f'unknown link scheme "{scheme}:"; write "{scheme.lower()}:", in small letters'
    if scheme and rest:
        hint = did_you_mean(scheme, (*LINK_SCHEMES, *_PLACES))
        return f'unknown link scheme "{scheme}:"{hint}'
    if _MAIL.fullmatch(address):
        return f'{quoted(address)} is no address; write "mailto:{address}"'
    return f"{quoted(address)} is no address; {_ADVICE}"


def _malformed(scheme: str, address: str) -> str:
    if scheme == "https" and re.match(r"https://[^/?#\\]*@", address):
        return f"{quoted(address)} has a name before its host; remove what stands before the @"
    return f'{quoted(address)} is no address; write one such as "{_EXAMPLES[scheme]}"'
