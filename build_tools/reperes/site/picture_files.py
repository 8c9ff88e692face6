"""The files of pictures in a site, as `writing/renditions.py` names them, through Pillow.

They hold pixels and nothing else: of what cameras write, where, when and with what, nothing stays.
"""

from __future__ import annotations

import hashlib
from collections.abc import Iterable, Mapping
from io import BytesIO
from pathlib import Path

from PIL import Image

from reperes.model.bearings import Picture
from reperes.model.explainer import Explainer
from reperes.model.images import FAULTS, RULE, ImageFile, upright
from reperes.text.files import write_bytes
from reperes.text.problems import ContentError, Problem
from reperes.writing.renditions import WIDTHS, Form, Rendition, renditions

_MOST_BYTES = {480: 24_000, 640: 38_000, 960: 80_000, 1440: 150_000}
"""What a photograph of a width may weigh: a telephone of 320 pixels fetches one of the first two,
at a speed of 1.6 Mbit/s in a fifth of a second."""

_QUALITIES = range(78, 34, -6)
"""Of WebP and JPEG: the best that keeps within the bytes, else the last."""

_COLOURS = 256


def write_pictures(explainer: Explainer, site: Path) -> set[str]:
    """Write every file of a picture that a site lacks; the paths of all of them in the site.

    Raises ContentError where an image has changed since it was checked.
    """
    files = set()
    for picture_id, image in explainer.images.items():
        every = renditions(picture_id, image).every
        files |= {rendition.path for rendition in every}
        missing = [rendition for rendition in every if not (site / rendition.path).is_file()]
        if missing:
            whole = _read(explainer.pictures[picture_id], image)
            for path, data in _made(whole, image, missing).items():
                write_bytes(site / path, data)
    return files


def _read(picture: Picture, image: ImageFile) -> Image.Image:
    try:
        data = image.path.read_bytes()
        if hashlib.sha256(data).hexdigest() == image.digest:
            return upright(data, WIDTHS[-1])
    except FAULTS:
        pass  # it is gone, or half written
    message = f"picture {picture.id}: file: {image.path.name} changed meanwhile; build again"
    raise ContentError([Problem(picture.file.place, message, RULE)])


def _made(whole: Image.Image, image: ImageFile, wanted: Iterable[Rendition]) -> Mapping[str, bytes]:
    """The bytes of some files of an image, by their path. The same image gives the same bytes."""
    made = {}
    for rendition in wanted:
        size = rendition.width, rendition.height
        small = whole.resize(size, Image.Resampling.LANCZOS) if whole.size != size else whole
        made[rendition.path] = (
            _drawing(small, rendition.form)
            if image.is_drawing
            else _photograph(small, rendition.form)
        )
    return made


def _drawing(image: Image.Image, form: Form) -> bytes:
    """Flat colours as they are. Of smoothed ones, those that are nearest to the most frequent."""
    few = image.quantize(_COLOURS, dither=Image.Dither.NONE)
    if form == "png":
        return _encoded(few, "PNG", optimize=True)
    exact = _encoded(few.convert("RGB"), "WEBP", lossless=True, quality=100, method=4)
    if len(exact) <= _most_bytes(image):
        return exact
    return min(exact, _photograph(image, form), key=len)


def _most_bytes(image: Image.Image) -> int:
    return next(most for width, most in _MOST_BYTES.items() if image.width <= width)


def _photograph(image: Image.Image, form: Form) -> bytes:
    most, data = _most_bytes(image), b""
    for quality in _QUALITIES:
        if form == "webp":
            data = _encoded(image, "WEBP", quality=quality, method=4)
        else:
            data = _encoded(image, "JPEG", quality=quality, optimize=True, progressive=True)
        if len(data) <= most:
            break
    return data


def _encoded(image: Image.Image, form: str, **options: int) -> bytes:
    file = BytesIO()
    image.save(file, form, **options)
    return file.getvalue()
