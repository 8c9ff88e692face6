"""The image files of pictures: whether each can be shown, how large it is, and what it holds.

Pillow is imported where a file is looked at: an explainer without pictures does without it.
"""

from __future__ import annotations

import hashlib
import re
import struct
import warnings
import zlib
from dataclasses import dataclass
from io import BytesIO
from pathlib import Path
from typing import TYPE_CHECKING, Literal

from reperes.model.bearings import Picture
from reperes.model.documents import Folder
from reperes.text.problems import ContentError, Problem, did_you_mean, quoted

if TYPE_CHECKING:
    from PIL import Image

RULE = "picture"

FOLDER = "pictures"
"""Where in the content the files lie."""

MOST_PIXELS = 50_000_000
"""How many pixels an image may have: those of a good camera. Some 150 MB of memory hold them."""

_SMALLER = "save it 2,880 pixels wide, which is more than is shown"
_TOO_MANY = f"million pixels, and {MOST_PIXELS // 10**6} million are the most; {_SMALLER}"
_AS_PNG = "save it as PNG, 2,880 pixels wide"

_MOST_COLOURS = 4_096
"""A drawing with smoothed edges has fewer colours, a photograph more."""

Format = Literal["JPEG", "PNG", "WEBP"]

_ENDINGS: dict[Format, tuple[str, ...]] = {
    "JPEG": (".jpg", ".jpeg"),
    "PNG": (".png",),
    "WEBP": (".webp",),
}

_OTHERS = (
    (re.compile(rb"GIF8"), "a GIF"),
    (re.compile(rb"BM"), "a BMP image"),
    (re.compile(rb"II\*\x00|MM\x00\*"), "a TIFF image"),
    (re.compile(rb"....ftyp(?:hei|hev|mif|msf)", re.DOTALL), "a HEIC image"),
    (re.compile(rb"....ftypavi", re.DOTALL), "an AVIF image"),
    (re.compile(rb"\x00\x00\x00\x0cJXL |\xff\x0a"), "a JPEG XL image"),
    (re.compile(rb"%PDF"), "a PDF"),
    (re.compile(rb"(?:\xef\xbb\xbf)?\s*<(?:!doctype\s+html|html)", re.I), "a web page"),
    (re.compile(rb"version https://git-lfs"), "a pointer of Git LFS, which holds no image"),
)
"""What files that are no image of ours begin with, and what they are."""

_XML = re.compile(rb"(?:\xef\xbb\xbf)?\s*<")

FAULTS = (
    *(OSError, SyntaxError, ValueError, TypeError, KeyError, IndexError, AttributeError),
    *(EOFError, ArithmeticError, MemoryError, struct.error, zlib.error),
)
"""What Pillow raises of a file that it cannot read: each kind of file has a reader of its own."""

_TURNS = {
    2: ("FLIP_LEFT_RIGHT",),
    3: ("ROTATE_180",),
    4: ("FLIP_TOP_BOTTOM",),
    5: ("TRANSPOSE",),
    6: ("ROTATE_270",),
    7: ("TRANSVERSE",),
    8: ("ROTATE_90",),
}
"""What puts an image upright, by how a camera says that it was held (Exif, tag 0x0112)."""

_ORIENTATION = 0x0112


@dataclass(frozen=True)
class ImageFile:
    """An image file that can be shown.

    `width` and `height` are pixels of the image upright. `digest` is the SHA-256 of its bytes, in
    hexadecimal. `is_drawing` is for flat colours, which are kept exact.
    """

    path: Path
    width: int
    height: int
    digest: str
    is_drawing: bool


class UnfitError(Exception):
    """A file that cannot be shown; the text says what it is, and what to do."""


def image_of(picture: Picture, folder: Folder, names: list[str]) -> ImageFile:
    """The file of a picture, of which the folder of pictures holds `names`. Raises ContentError."""
    relative = f"{FOLDER}/{picture.file}"
    if picture.file not in names:
        hint = did_you_mean(picture.file, names)
        message = f"no file {quoted(folder.path(relative), 100)}{hint or '; put it there'}"
        raise _refusal(picture, message)
    try:
        data = folder.data(relative, advice=_SMALLER)
    except ContentError as error:
        (problem,) = error.problems
        raise _refusal(picture, f"{folder.path(relative)} {problem.message}") from None
    digest = hashlib.sha256(data).hexdigest()
    try:
        width, height, is_drawing = _looked_at(digest, picture.file, data)
    except UnfitError as error:
        raise _refusal(picture, f"{folder.path(relative)} {error}") from None
    return ImageFile(folder.root / relative, width, height, digest, is_drawing)


def _refusal(picture: Picture, message: str) -> ContentError:
    text = f"picture {picture.id}: file: {message}"
    return ContentError([Problem(picture.file.place, text, RULE)])


_seen: dict[tuple[str, str], tuple[int, int, bool]] = {}
"""What is known of files, by digest and name: a preview asks again after each save."""


def _looked_at(digest: str, name: str, data: bytes) -> tuple[int, int, bool]:
    key = (digest, Path(name).suffix.lower())
    if key not in _seen:
        _seen[key] = look_at(name, data)
    return _seen[key]


def look_at(name: str, data: bytes) -> tuple[int, int, bool]:
    """The width and height of an image upright, and whether it is a drawing. Raises UnfitError."""
    if _XML.match(data) and b"<svg" in data[:10_000]:
        raise UnfitError(f"is an SVG, which can hold scripts; {_AS_PNG}")
    for pattern, found in _OTHERS:
        if pattern.match(data):
            raise UnfitError(f"is {found}; save it as JPEG (a photograph) or PNG (a drawing)")
    try:
        image = opened(data)
        _check_form(name, image)
        orientation, (width, height) = _orientation(image), image.size
        is_photograph = image.format in ("JPEG", "MPO")
        if is_photograph:
            image.draft("RGB", (width // 8, height // 8))  # enough to find its end
        image.load()
        is_drawing = not is_photograph and _has_few_colours(image)
    except FAULTS as error:
        raise UnfitError("cannot be read as an image; open it and save it anew") from error
    return (height, width, is_drawing) if orientation >= 5 else (width, height, is_drawing)


def _check_form(name: str, image: Image.Image) -> None:
    form: Format = "JPEG" if image.format == "MPO" else image.format  # type: ignore[assignment]
    if not name.lower().endswith(_ENDINGS[form]):
        stem = name.rpartition(".")[0]
        right = f"{stem}{_ENDINGS[form][0]}"
        shown = "WebP" if form == "WEBP" else form
        raise UnfitError(f'is a {shown} image; rename it to "{right}", and write that here')
    # Telephones put a second, smaller image into a JPEG file: an MPO, which does not move.
    if image.format != "MPO" and getattr(image, "is_animated", False):
        raise UnfitError("is animated; save one image of it")
    if image.width * image.height > MOST_PIXELS:
        raise UnfitError(f"has {image.width * image.height // 10**6} {_TOO_MANY}")


def opened(data: bytes) -> Image.Image:
    """An image of which nothing but its head has been read. Raises one of `FAULTS`."""
    from PIL import Image

    with warnings.catch_warnings():
        # Pillow warns of images larger than we take.
        warnings.simplefilter("ignore", Image.DecompressionBombWarning)
        try:
            return Image.open(BytesIO(data), formats=list(_ENDINGS))
        except Image.DecompressionBombError:
            raise UnfitError(f"has hundreds of {_TOO_MANY}") from None


def _orientation(image: Image.Image) -> int:
    """How the camera was held: 1 to 8, of which 1 is upright."""
    try:
        found = image.getexif().get(_ORIENTATION, 1)
    except FAULTS:
        return 1
    return found if found in _TURNS else 1


def _has_few_colours(image: Image.Image) -> bool:
    return image.convert("RGB").getcolors(_MOST_COLOURS) is not None


def upright(data: bytes, wanted: int) -> Image.Image:
    """An image as it is shown: upright, in sRGB, on white, with nothing but its pixels.

    It may be smaller than the file, but no narrower than `wanted`. Raises one of `FAULTS`.
    """
    from PIL import Image

    image = opened(data)
    orientation = _orientation(image)
    profile = image.info.get("icc_profile")
    if image.format in ("JPEG", "MPO"):
        image.draft(None, (wanted, wanted))
    image = _in_srgb(image, profile)
    for turn in _TURNS.get(orientation, ()):
        image = image.transpose(getattr(Image.Transpose, turn))
    clean = Image.new("RGB", image.size, "white")
    clean.paste(image.convert("RGB"), mask=image.getchannel("A") if image.mode == "RGBA" else None)
    return clean


def _in_srgb(image: Image.Image, profile: bytes | None) -> Image.Image:
    """An image in RGB or RGBA, its colours converted by the profile that it came with."""
    from PIL import ImageCms

    if profile and image.mode in ("RGB", "RGBA", "CMYK", "L"):
        try:
            own = ImageCms.ImageCmsProfile(BytesIO(profile))
            mode = "RGBA" if image.mode == "RGBA" else "RGB"
            found = ImageCms.profileToProfile(
                image, own, ImageCms.createProfile("sRGB"), outputMode=mode
            )
            if found is not None:
                return found
        except (ImageCms.PyCMSError, *FAULTS):
            pass  # a profile that says nothing: most images are in sRGB anyway
    if image.mode.startswith("I"):  # sixteen bits a pixel
        image = image.point(lambda value: value / 256).convert("L")
    return image.convert("RGBA" if image.has_transparency_data else "RGB")
