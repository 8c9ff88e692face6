"""The line that credits a picture: who made it, by what leave it is shown, where it was found."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass

from reperes.language.locales import Locale
from reperes.model.bearings import Picture, Source
from reperes.text.markup import with_capital


@dataclass(frozen=True, slots=True)
class CreditPart:
    """Words of a credit, plain; they lead to an address, or to a source of ours, or nowhere."""

    text: str
    url: str = ""
    source_id: str = ""


def credit(
    picture: Picture, locale: Locale, sources: Mapping[str, Source]
) -> tuple[CreditPart, ...]:
    """The parts of a picture's credit; together they are the line, as its language writes it.

    "Photo: Jane Doe, 4 July 2018 / CC BY-SA 4.0, via Wikimedia Commons (cropped)". Creative Commons
    asks for all of these: https://wiki.creativecommons.org/wiki/Recommended_practices_for_attribution
    """
    return tuple(_parts(picture, locale, sources))


def credit_line(picture: Picture, locale: Locale, sources: Mapping[str, Source]) -> str:
    """The same as plain text."""
    return "".join(part.text for part in credit(picture, locale, sources))


def _parts(picture: Picture, locale: Locale, sources: Mapping[str, Source]) -> Iterator[CreditPart]:
    url = str(picture.url or "")
    if picture.kind:
        kind = with_capital(locale.label(f"kind.picture.{picture.kind}"))
        yield CreditPart(f"{locale.label('credit.kind', kind=kind)} ")
    if picture.creator:
        # Where nobody is named who offers it, the name leads to where it was found.
        yield CreditPart(picture.creator, "" if picture.via else url)
    if picture.taken:
        yield CreditPart(", " * bool(picture.creator) + locale.date(picture.taken))
    if picture.creator or picture.taken:
        yield CreditPart(" / ")
    if picture.licence:
        yield CreditPart(picture.licence.name, str(picture.licence.url or ""))
    elif picture.rights:
        yield CreditPart(picture.rights[locale.code])
    found = [CreditPart(picture.via, url)] if picture.via else []
    for source_id in dict.fromkeys(pin.source_id for pin in picture.pins):
        if source_id in sources:
            label = sources[source_id].label[locale.code]
            found.append(CreditPart(label, source_id=str(source_id)))
    for number, part in enumerate(found):
        yield CreditPart(", " if number else f", {locale.label('credit.via')} ")
        yield part
    if picture.changes:
        yield CreditPart(f" ({picture.changes[locale.code]})")
