"""What has gone: ids to which readers may still have an address, and what stands for them now."""

from __future__ import annotations

from collections.abc import Iterable, Mapping

from reperes.model.declaring import Values, optional, record, required
from reperes.model.entries import PROSE, Entry, Localized
from reperes.model.shapes import Choice, Day, Id, Mention, OneOrMore, Reader
from reperes.text.dates import FactDate
from reperes.text.problems import Text

NAMESPACE_OF: Mapping[str, str] = {
    **dict.fromkeys(("figure", "event", "claim", "quotation"), "fact"),
    **{noun: noun for noun in ("actor", "place", "term", "source", "section")},
}
"""The kinds of what can go, each with the namespace in which something may stand for it.

For a fact that is any other fact: a figure may have become an event.
"""


@record
class Gone(Entry):
    """An id that was published and is no more; its addresses lead on, or say why.

    `was` are the kinds of what bore it: an actor and a term may have had the same. Others may bear
    it still. There is what stands for it, `now`, or a reason, or both.
    """

    id: Text = required(Id, "the id that went")
    was: tuple[str, ...] = required(
        OneOrMore(Choice(tuple(NAMESPACE_OF))), "the kind of entry that it was, or several"
    )
    day: FactDate = required(Day(), "the day since when it is gone")
    now: Text | None = optional(Id, "the id of what replaces it, of the same kind")
    reason: Localized | None = optional(PROSE, "why it went, in each language")

    def was_in(self, namespaces: Iterable[str]) -> bool:
        """Whether something of one of these namespaces had its id."""
        return any(NAMESPACE_OF[noun] in namespaces for noun in self.was)


def judge_gone(values: Values, reader: Reader) -> None:
    now: Text | None = values["now"]
    if now is None and values["reason"] is None:
        message = 'neither "now" nor "reason"; write the id of what replaces it, or why it went'
        raise reader.reject(values["id"].place, message)
    if now is not None and now == values["id"]:
        message = "now: the id that went; write that of what replaces it, or why it went"
        raise reader.reject(now.place, message)
    if now is not None:
        # One for each, for what stands for a term is none to who looks for an actor.
        for namespace in dict.fromkeys(NAMESPACE_OF[noun] for noun in values["was"]):
            reader.mentions.append(Mention((namespace,), now, f"{reader.trail}: now"))
