"""Images as cameras, telephones and drawing programs write them."""

from __future__ import annotations

import random
from io import BytesIO
from typing import Any

from PIL import Image


def written(image: Image.Image, form: str, **options: Any) -> bytes:
    """An image as a file."""
    file = BytesIO()
    image.save(file, form, **options)
    return file.getvalue()


def flat(width: int = 30, height: int = 20, colour: str = "red", mode: str = "RGB") -> Image.Image:
    return Image.new("RGB", (width, height), colour).convert(mode)


def noise(width: int, height: int) -> Image.Image:
    """As hard to make small as a photograph of leaves; the same each time."""
    grain = Image.frombytes("L", (width, height), random.Random(7).randbytes(width * height))
    coarse = grain.resize((width // 8, height // 8)).resize((width, height))
    return Image.merge("RGB", (coarse, Image.blend(grain, coarse, 0.8), coarse.rotate(180)))


def from_a_telephone(image: Image.Image) -> bytes:
    """A photograph taken upright: on its side in the file, with the place where it was taken."""
    exif = Image.Exif()
    exif[0x0112] = 6
    exif[0x010F] = "Maker"
    gps = exif.get_ifd(0x8825)
    gps[1], gps[2], gps[3], gps[4] = "N", (48.0, 1.0, 2.0), "W", (4.0, 5.0, 6.0)
    turned = image.transpose(Image.Transpose.ROTATE_90)
    return written(turned, "JPEG", exif=exif, comment=b"a remark", quality=80)
