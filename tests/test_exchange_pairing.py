from __future__ import annotations

from dataclasses import replace

from build_tools.alignment import section_units
from build_tools.exchange.pairing import Pairing, pair_section
from support import text, toy

from build_tools.facts import Section
from build_tools.translations import BaselineUnit, section_code


def section(*blocks: str, title: str = "T", summary: str = "S", **fields: object) -> Section:
    made = replace(
        toy().sections["fr"]["closure"],
        title=text(title),
        summary=text(summary),
        body=text("\n\n".join(blocks)),
    )
    return replace(made, **fields)  # type: ignore[arg-type]


def of(original: Section, translation: Section | None, *known: BaselineUnit) -> list[str]:
    """Each pair as "original = translation (state)"; the head is left out."""
    pairing = pair_section(original, translation, known or None)
    return [f"{p.original.text} = {p.translation} ({p.state})" for p in pairing.pairs[2:]]


def stamped(original: Section, translation: Section) -> list[BaselineUnit]:
    return section_units(original, translation)


def previous(pairing: Pairing) -> list[str | None]:
    return [pair.known.original if pair.known else None for pair in pairing.pairs]


def test_what_was_stamped_is_translated() -> None:
    old, ours = section("un", "deux"), section("one", "two")
    assert of(old, ours, *stamped(old, ours)) == [
        "un = one (translated)",
        "deux = two (translated)",
    ]


def test_nothing_stamped_is_stale() -> None:
    assert of(section("un"), section("one")) == ["un = one (stale)"]


def test_a_section_that_does_not_exist_is_missing() -> None:
    pairing = pair_section(section("un"), None, None)
    assert [pair.state for pair in pairing.pairs] == ["missing"] * 3


def test_a_reviewed_section_is_translated() -> None:
    new = section("un", "deux nouveau")
    ours = section("one", "two", reviewed=text(section_code(new)))
    old = stamped(section("un", "deux"), ours)
    assert of(new, ours, *old) == ["un = one (translated)", "deux nouveau = two (translated)"]


def test_a_reworded_paragraph_is_stale_with_what_it_said() -> None:
    old, ours = section("un", "deux", "trois"), section("one", "two", "three")
    pairing = pair_section(section("un", "deux autres", "trois"), ours, tuple(stamped(old, ours)))
    assert [pair.state for pair in pairing.pairs[2:]] == ["translated", "stale", "translated"]
    assert previous(pairing)[2:] == ["un", "deux", "trois"]
    assert pairing.dropped == ()


def test_a_reworded_paragraph_whose_translation_was_mended_is_known_by_its_number() -> None:
    old, ours = section("un", "deux"), section("one", "two")
    pairing = pair_section(
        section("un", "deux autres"), section("one", "too"), tuple(stamped(old, ours))
    )
    assert previous(pairing)[2:] == ["un", "deux"]


def test_a_new_title_is_stale() -> None:
    old, ours = section(title="Le titre"), section(title="The title")
    pairing = pair_section(section(title="Autre"), ours, tuple(stamped(old, ours)))
    assert [pair.state for pair in pairing.pairs] == ["stale", "translated"]
    assert previous(pairing) == ["Le titre", "S"]


def test_a_new_paragraph_is_missing() -> None:
    old, ours = section("un", "trois"), section("one", "three")
    new = section("un", "deux", "trois")
    assert of(new, ours, *stamped(old, ours)) == [
        "un = one (translated)",
        "deux = None (missing)",
        "trois = three (translated)",
    ]


def test_a_paragraph_that_was_stamped_without_a_translation_is_not_missing() -> None:
    old, one_paragraph = section("un", "deux"), section("one and two")
    for known, ours in (
        (stamped(old, one_paragraph), one_paragraph),
        ([], replace(one_paragraph, reviewed=text(section_code(old)))),
    ):
        pairing = pair_section(old, ours, tuple(known))
        assert [(pair.original.text, pair.state) for pair in pairing.unclear] == [
            ("un", "translated"),
            ("deux", "translated"),
        ]


def test_a_moved_paragraph_keeps_its_translation() -> None:
    old, ours = section("un", "deux", "trois"), section("one", "two", "three")
    assert of(section("trois", "un", "deux"), ours, *stamped(old, ours)) == [
        "trois = three (translated)",
        "un = one (translated)",
        "deux = two (translated)",
    ]


def test_a_removed_paragraph_is_remembered() -> None:
    old, ours = section("un", "deux"), section("one", "two")
    pairing = pair_section(section("un"), ours, tuple(stamped(old, ours)))
    assert [unit.original for unit in pairing.dropped] == ["deux"]


def test_a_repeated_paragraph_is_counted() -> None:
    old, ours = section("un", "un"), section("one", "one again")
    assert of(section("un", "un"), ours, *stamped(old, ours)) == [
        "un = one (translated)",
        "un = one again (translated)",
    ]


def test_a_split_paragraph_goes_to_its_likest_part() -> None:
    old = section("le pont a fermé mercredi soir. la mairie attend", "fin")
    ours = section("the bridge has closed. the town waits", "end")
    new = section("le pont a fermé mercredi soir.", "la mairie attend", "fin")
    assert of(new, ours, *stamped(old, ours)) == [
        "le pont a fermé mercredi soir. = the bridge has closed. the town waits (stale)",
        "la mairie attend = None (missing)",
        "fin = end (translated)",
    ]


def test_headings_of_one_id_belong_together() -> None:
    original = section("un", "## Le délai {#deadline}", "deux", "trois")
    ours = section("one", "and a half", "## The deadline {#deadline}", "two", "three")
    pairing = pair_section(original, ours, None)
    assert [pair.original.text for pair in pairing.unclear] == ["un"]
    assert of(original, ours) == [
        "## Le délai {#deadline} = ## The deadline {#deadline} (stale)",
        "deux = two (stale)",
        "trois = three (stale)",
    ]


def test_where_nothing_says_what_belongs_together_it_is_left_out() -> None:
    original, ours = section("un", "deux"), section("one")
    pairing = pair_section(original, ours, None)
    assert [pair.original.name for pair in pairing.unclear] == ["1", "2"]
    assert of(original, ours) == []
