"""What is wrong only because of something else: said where it matters, and not said where not."""

from __future__ import annotations

from pathlib import Path

from support import problems_of, replace_in, toy_copy


def test_a_translation_whose_original_is_gone_is_said() -> None:
    with toy_copy() as content:
        (content / "sections/fr/closure.md").unlink()
        message = "there is no sections/fr/closure.md that this would be translated from"
        fix = "bring it back, or remove `original`"
        place = "content/sections/en/closure.md:5:12"
        assert problems_of(content) == [f"{place}: warning: {message}; {fix} [parity]"]


def test_an_original_that_cannot_be_read_is_not_gone() -> None:
    with toy_copy() as content:
        replace_in(content / "sections/fr/closure.md", 'title: "Une', 'titre: "Une')
        assert [problem for problem in problems_of(content) if "there is no" in problem] == []


def test_units_are_not_missing_from_wording_that_cannot_be_read() -> None:
    with toy_copy() as content:
        wording = content / "interface/fr.yml"
        wording.write_text(f"{wording.read_text('utf-8')}=======\n", "utf-8")
        message = "a mark of a merge conflict (=======); settle it, remove its marks"
        found = [problem for problem in problems_of(content) if ": error: " in problem]
        assert found == [f"content/interface/fr.yml:14:1: error: {message} [yaml]"]


def test_units_are_missing_from_wording_that_has_none() -> None:
    with toy_copy() as content:
        Path(content, "interface/fr.yml").unlink()
        found = [problem.split(": ", 2)[2] for problem in problems_of(content)]
        assert 'figure crossings: unit: no wording for "crossing"' in " ".join(found)


def test_an_attribute_of_a_heading_is_refused_at_its_heading() -> None:
    with toy_copy() as content:
        replace_in(content / "sections/fr/closure.md", "{#commuters}", "{#commuters onclick=go}")
        errors = [problem for problem in problems_of(content) if ": error: " in problem]
        message = 'the attribute "onclick"; only headings have one, their {#id}'
        assert errors == [f"content/sections/fr/closure.md:16:4: error: {message} [markdown]"]
