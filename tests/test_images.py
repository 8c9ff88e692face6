"""Image files: what can be shown, and what each other is told, at the place where it was named."""

from __future__ import annotations

import os
import re
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st
from PIL import Image, ImageCms

from reperes.model.images import FAULTS, UnfitError, look_at, upright
from support import TOY, examples, problems_of, replace_in, toy, toy_copy
from support_images import flat, from_a_telephone, noise, written

JPEG = written(flat(), "JPEG")
MOVING = [flat(colour="blue")]
QUAY = "content/pictures.yml:3:12: error: picture quay: file: content/pictures/quay.png"
SMALLER = "save it 2,880 pixels wide, which is more than is shown"


@pytest.mark.parametrize(
    ("name", "data", "found"),
    [
        ("a.jpg", JPEG, (30, 20, False)),
        ("a.JPEG", JPEG, (30, 20, False)),
        ("a.png", written(flat(), "PNG"), (30, 20, True)),
        ("a.png", written(noise(80, 80), "PNG"), (80, 80, False)),
        ("a.png", written(flat(mode="P"), "PNG"), (30, 20, True)),
        ("a.png", written(flat(mode="1"), "PNG"), (30, 20, True)),
        ("a.png", written(Image.new("I;16", (3, 2)), "PNG"), (3, 2, True)),
        ("a.webp", written(flat(), "WEBP"), (30, 20, True)),
        ("a.jpg", written(flat(mode="CMYK"), "JPEG"), (30, 20, False)),
        ("a.jpg", from_a_telephone(flat(30, 20)), (30, 20, False)),
        # What telephones write beside a photograph: a smaller one.
        ("a.jpg", written(flat(), "MPO", save_all=True, append_images=MOVING), (30, 20, False)),
    ],
)
def test_what_can_be_shown(name: str, data: bytes, found: tuple[int, int, bool]) -> None:
    assert look_at(name, data) == found
    image = upright(data, 30)
    assert image.mode == "RGB"
    assert image.info == {}
    assert image.size == found[:2]


@pytest.mark.parametrize(
    ("name", "data", "message"),
    [
        ("a.png", b"<svg onload=x()>", "is an SVG, which can hold scripts; save it as PNG, 2,880"),
        ("a.png", b"\xef\xbb\xbf<?xml version='1.0'?>\n<svg/>", "is an SVG, which can hold"),
        ("a.jpg", b"<!DOCTYPE html><p>Not found", "is a web page; save it as JPEG (a photograph)"),
        ("a.jpg", b"version https://git-lfs.github.com/spec/v1", "is a pointer of Git LFS, which"),
        ("a.jpg", written(flat(), "GIF"), "is a GIF; save it as JPEG (a photograph) or PNG"),
        ("a.jpg", written(flat(), "BMP"), "is a BMP image; save it as JPEG"),
        ("a.jpg", written(flat(), "TIFF"), "is a TIFF image; save it as JPEG"),
        ("a.jpg", written(flat(), "AVIF"), "is an AVIF image; save it as JPEG"),
        ("a.jpg", b"\0\0\0\x18ftypheic", "is a HEIC image; save it as JPEG"),
        ("a.jpg", b"%PDF-1.4", "is a PDF; save it as JPEG"),
        ("a.jpg", b"", "cannot be read as an image; open it and save it anew"),
        ("a.jpg", b"Dear friends", "cannot be read as an image; open it and save it anew"),
        ("a.jpg", written(noise(80, 80), "JPEG")[:-200], "cannot be read as an image; open it"),
        ("a.png", written(noise(80, 80), "PNG")[:-200], "cannot be read as an image; open it"),
        ("b.c.png", JPEG, 'is a JPEG image; rename it to "b.c.jpg", and write that here'),
        ("a.jpg", written(flat(), "WEBP"), 'is a WebP image; rename it to "a.webp"'),
        (
            "a.webp",
            written(flat(), "WEBP", save_all=True, append_images=MOVING),
            "is animated; save one image of it",
        ),
        (
            "a.png",
            written(flat(), "PNG", save_all=True, append_images=MOVING),
            "is animated; save one image of it",
        ),
        (
            "a.png",
            written(Image.new("1", (9_000, 9_000)), "PNG"),
            f"has 81 million pixels, and 50 million are the most; {SMALLER}",
        ),
        (
            "a.png",
            written(Image.new("1", (20_000, 20_000)), "PNG"),
            f"has hundreds of million pixels, and 50 million are the most; {SMALLER}",
        ),
    ],
)
def test_what_cannot_be_shown(name: str, data: bytes, message: str) -> None:
    with pytest.raises(UnfitError) as error:
        look_at(name, data)
    assert str(error.value).startswith(message)


@examples(60)
@given(st.binary(max_size=200), st.integers(0, len(JPEG)), st.sampled_from([JPEG, b""]))
def test_any_bytes_are_an_image_or_refused(data: bytes, at: int, whole: bytes) -> None:
    try:
        look_at("a.jpg", whole[:at] + data + whole[at + len(data) :])
    except UnfitError:
        return


@pytest.mark.parametrize("form", ["PNG", "WEBP"])
@examples(40)
@given(st.data())
def test_a_damaged_image_raises_nothing_else(form: str, data: st.DataObject) -> None:
    whole = bytearray(written(noise(16, 16), form))
    for _ in range(data.draw(st.integers(1, 6))):
        whole[data.draw(st.integers(0, len(whole) - 1))] = data.draw(st.integers(0, 255))
    for use in (lambda: look_at(f"a.{form.lower()}", bytes(whole)), lambda: upright(whole, 8)):
        try:
            use()
        except (UnfitError, *FAULTS):
            pass


def test_an_image_stands_upright() -> None:
    image = Image.new("RGB", (20, 40), "red")
    image.paste("blue", (0, 0, 20, 10))
    shown = upright(from_a_telephone(image), 20)
    assert shown.size == (20, 40)
    red, _, blue = shown.getpixel((10, 3))  # type: ignore[misc]
    assert blue > 200 > 50 > red


def test_what_is_see_through_becomes_white() -> None:
    image = Image.new("RGBA", (4, 4), (200, 0, 0, 0))
    assert upright(written(image, "PNG"), 4).getpixel((1, 1)) == (255, 255, 255)


def test_colours_are_those_of_the_profile() -> None:
    srgb = ImageCms.ImageCmsProfile(ImageCms.createProfile("sRGB"))
    same = written(flat(), "JPEG", icc_profile=srgb.tobytes(), quality=95)
    plain = written(flat(), "JPEG", quality=95)
    assert upright(same, 30).getpixel((1, 1)) == upright(plain, 30).getpixel((1, 1))
    broken = written(flat(), "JPEG", icc_profile=b"not a profile")
    assert upright(broken, 30).size == (30, 20)


def test_a_large_photograph_is_read_at_the_size_that_is_wanted() -> None:
    data = written(flat(1600, 1200), "JPEG")
    assert upright(data, 300).size == (400, 300)
    assert upright(data, 301).size == (800, 600)


# In an explainer


def test_the_files_of_the_toy_explainer() -> None:
    quay, notice = toy().images["quay"], toy().images["notice"]
    assert (quay.width, quay.height, quay.is_drawing) == (1200, 800, True)
    assert (notice.width, notice.height, notice.is_drawing) == (600, 800, False)


def said_of(file: str) -> list[str]:
    """What the check says once the toy explainer names another file."""
    with toy_copy() as content:
        replace_in(content / "pictures.yml", 'file: "notice.jpg"', f'file: "{file}"')
        return [
            problem.removeprefix("content/pictures.yml:18:12: error: picture notice: file: ")
            for problem in problems_of(content)
            if "pictures.yml:18" in problem
        ]


@pytest.mark.parametrize(
    ("file", "message"),
    [
        (
            "notise.jpg",
            'no file "content/pictures/notise.jpg"; did you mean "notice.jpg"? [picture]',
        ),
        ("NOTICE.JPG", 'no file "content/pictures/NOTICE.JPG"; known: notice.jpg, quay.png'),
        ("media/notice.jpg", 'found "media/notice.jpg"; write "notice.jpg" [shape]'),
        ("../site.png", 'found "../site.png"; write "site.png" [shape]'),
        ("notice.gif", 'expected the name of a JPEG, PNG or WebP file in pictures/, found "notice'),
        (
            "plan.svg",
            'an SVG can hold scripts; save it as PNG, 2,880 pixels wide, and write "plan.png"',
        ),
        (".jpg", "expected the name of a JPEG, PNG or WebP file in pictures/"),
    ],
)
def test_a_file_that_is_not_there_or_no_image(file: str, message: str) -> None:
    (problem,) = said_of(file)
    assert message in problem


def test_the_folder_may_stand_before_the_name() -> None:
    """As the web editor writes it."""
    assert said_of("pictures/notice.jpg") == []


def problems_with(name: str, data: bytes) -> list[str]:
    with toy_copy() as content:
        (content / "pictures" / name).write_bytes(data)
        return problems_of(content)


def test_a_file_of_another_kind_is_told_where_it_was_named() -> None:
    assert problems_with("quay.png", JPEG) == [
        (f'{QUAY} is a JPEG image; rename it to "quay.jpg", and write that here [picture]')
    ]


def test_a_file_that_is_too_large() -> None:
    message = f"cannot be read: it has 9.0 MB, and 8 MB are the most; {SMALLER} [picture]"
    assert problems_with("quay.png", b"\x89PNG" + bytes(9_000_000)) == [f"{QUAY} {message}"]


def test_a_file_that_no_picture_names() -> None:
    assert problems_with("left.jpg", JPEG) == [
        (
            "content/pictures/left.jpg:1:1: warning: no picture of pictures.yml names this file;"
            " describe it, or remove it [picture]"
        )
    ]
    assert problems_with(".DS_Store", b"x") == []


@pytest.mark.skipif(os.name == "nt", reason="links need a privilege there")
def test_a_file_that_leads_out_of_the_content() -> None:
    with toy_copy() as content:
        elsewhere = content.parent / "elsewhere.png"
        elsewhere.write_bytes((TOY / "pictures" / "quay.png").read_bytes())
        (content / "pictures" / "quay.png").unlink()
        (content / "pictures" / "quay.png").symlink_to(elsewhere)
        assert problems_of(content) == [
            (f"{QUAY} leads out of the content folder (elsewhere.png); put the file here [picture]")
        ]


def test_what_is_no_file() -> None:
    with toy_copy() as content:
        path = content / "pictures" / "quay.png"
        path.unlink()
        path.mkdir()
        (problem,) = problems_of(content)
        assert "is a folder, not a file" in problem


def test_an_explainer_without_pictures_needs_no_folder() -> None:
    with toy_copy() as content:
        for path in [content / "pictures.yml", *(content / "pictures").iterdir()]:
            Path(path).unlink()
        for path in (content / "sections").rglob("*.md"):
            text = path.read_text("utf-8")
            path.write_text(re.sub(r"!\[\]\(picture:\w+\)\n", "", text), "utf-8")
        assert not [problem for problem in problems_of(content) if "stale" not in problem]
