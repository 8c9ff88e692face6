"""The files of pictures: their sizes and names, what they weigh, and what they do not hold."""

from __future__ import annotations

import hashlib
from dataclasses import replace
from io import BytesIO
from pathlib import Path

import pytest
from PIL import Image

from reperes.model.explainer import Explainer
from reperes.model.images import ImageFile, look_at
from reperes.site.picture_files import write_pictures
from reperes.text.problems import ContentError
from reperes.writing.renditions import Renditions, renditions
from support import toy
from support_images import from_a_telephone, noise, written


def image(width: int, height: int, is_drawing: bool = False) -> ImageFile:
    return ImageFile(Path("a.jpg"), width, height, "0" * 64, is_drawing)


def with_image(folder: Path, data: bytes, name: str = "a.jpg") -> tuple[Explainer, Renditions]:
    """The toy explainer with one picture alone, of these bytes, and the files of that."""
    path = folder / name
    path.write_bytes(data)
    width, height, is_drawing = look_at(name, data)
    found = ImageFile(path, width, height, hashlib.sha256(data).hexdigest(), is_drawing)
    return replace(toy(), images={"quay": found}), renditions("quay", found)


@pytest.mark.parametrize(
    ("width", "webp", "fallback"),
    [
        (4000, [480, 640, 960, 1440], [480, 960]),
        (1440, [480, 640, 960, 1440], [480, 960]),
        (1000, [480, 640, 960, 1000], [480, 960]),
        (960, [480, 640, 960], [480, 960]),
        (500, [480, 500], [480, 500]),
        (480, [480], [480]),
        (90, [90], [90]),
    ],
)
def test_no_file_is_wider_than_the_image(width: int, webp: list[int], fallback: list[int]) -> None:
    files = renditions("a", image(width, width // 2))
    assert [file.width for file in files.webp] == webp
    assert [file.width for file in files.fallback] == fallback
    assert all(abs(file.height - file.width / 2) <= 1 for file in files.every)


def test_a_very_flat_image_keeps_a_line() -> None:
    assert [file.height for file in renditions("a", image(9_000, 1)).every] == [1] * 6


def test_names_change_with_the_image_and_with_nothing_else() -> None:
    first, again = renditions("a", image(900, 600)), renditions("a", image(900, 600))
    assert first == again
    other = renditions("a", replace(image(900, 600), digest="1" * 64))
    assert {file.path for file in first.every}.isdisjoint(file.path for file in other.every)
    assert len({file.path for file in first.every}) == len(first.every)


def test_drawings_fall_back_to_png_and_photographs_to_jpeg() -> None:
    assert {file.form for file in renditions("a", image(90, 60, True)).fallback} == {"png"}
    assert {file.form for file in renditions("a", image(90, 60)).fallback} == {"jpg"}


def test_a_tall_image_is_shown_narrower() -> None:
    assert [renditions("a", image(100, height)).is_tall for height in (100, 115, 116)] == [
        False,
        False,
        True,
    ]


def test_the_files_hold_pixels_and_nothing_else(tmp_path: Path) -> None:
    explainer, files = with_image(tmp_path, from_a_telephone(noise(1000, 1500)))
    write_pictures(explainer, tmp_path / "site")
    for file in files.every:
        data = (tmp_path / "site" / file.path).read_bytes()
        made = Image.open(BytesIO(data))
        assert made.size == (file.width, file.height)
        assert Image.MIME[str(made.format)] == file.media_type
        assert dict(made.getexif()) == {}
        assert not {"exif", "icc_profile", "xmp", "comment", "photoshop"} & made.info.keys()
        assert b"Maker" not in data
        assert b"a remark" not in data


def test_a_hard_photograph_is_light_enough_for_a_telephone(tmp_path: Path) -> None:
    explainer, files = with_image(tmp_path, written(noise(1600, 1072), "JPEG", quality=90))
    write_pictures(explainer, tmp_path / "site")
    weights = [(tmp_path / "site" / file.path).stat().st_size for file in files.webp]
    assert weights == sorted(weights)
    assert weights[1] <= 40_000


def test_the_same_image_gives_the_same_bytes(tmp_path: Path) -> None:
    explainer, files = with_image(tmp_path, written(noise(700, 400), "JPEG"))
    for name in ("one", "two"):
        write_pictures(explainer, tmp_path / name)
    for file in files.every:
        assert (tmp_path / "one" / file.path).read_bytes() == (
            tmp_path / "two" / file.path
        ).read_bytes()


def test_what_the_site_has_is_kept(tmp_path: Path) -> None:
    explainer, files = with_image(tmp_path, written(noise(500, 400), "JPEG"))
    for file in files.every:
        (tmp_path / "site" / file.path).parent.mkdir(parents=True, exist_ok=True)
        (tmp_path / "site" / file.path).write_bytes(b"kept")
    paths = write_pictures(explainer, tmp_path / "site")
    assert paths == {file.path for file in files.every}
    assert {(tmp_path / "site" / path).read_bytes() for path in paths} == {b"kept"}


def test_a_drawing_keeps_its_colours(tmp_path: Path) -> None:
    drawing = Image.new("RGB", (600, 400), (12, 120, 200))
    drawing.paste((250, 250, 250), (100, 100, 300, 300))
    explainer, files = with_image(tmp_path, written(drawing, "PNG"), "a.png")
    write_pictures(explainer, tmp_path / "site")
    for file in files.every:
        data = (tmp_path / "site" / file.path).read_bytes()
        made = Image.open(BytesIO(data)).convert("RGB")
        assert made.getpixel((2, 2)) == (12, 120, 200)
        assert len(data) < 2_000


@pytest.mark.parametrize("later", [None, b"", b"another"])
def test_an_image_that_changes_during_a_build(tmp_path: Path, later: bytes | None) -> None:
    explainer, _ = with_image(tmp_path, written(noise(50, 40), "JPEG"))
    if later is None:
        (tmp_path / "a.jpg").unlink()
    else:
        (tmp_path / "a.jpg").write_bytes(later)
    with pytest.raises(ContentError) as error:
        write_pictures(explainer, tmp_path / "site")
    assert "picture quay: file: a.jpg changed meanwhile; build again" in str(error.value)
