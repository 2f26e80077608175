"""Photos and other pictures of pixels: decoded, turned upright, taken down to what print needs, and written anew.

Pillow decodes them. Nothing of the file but its pixels is kept: no place, no camera, no name, no profile of colours,
which are turned into sRGB. HEIC needs pillow-heif, which whoever wants it installs; it brings libraries under the LGPL
and the GPL with it.
"""

from __future__ import annotations

import io
from collections.abc import Iterator
from contextlib import contextmanager
from importlib import import_module
from importlib.util import find_spec
from typing import Any

from PIL import Image, ImageCms, ImageFile, ImageOps
from PIL.JpegImagePlugin import JpegImageFile
from PIL.WebPImagePlugin import WebPImageFile

from .picture_check import PictureFault
from .print_ready import WHITE_GROUND, Concern, ReadyPicture

MAX_PIXELS = 40_000_000
"""Of a file; a camera's are 12 to 40 million."""
MAX_SIDE = 1_800
"""Pixels of the longer side as it is printed: 250 to the inch over the whole width of a page."""
MAX_PNG_BYTES = 1_000_000
"""A photo that was saved as a PNG becomes a JPEG above this."""
_HINT = "open it in a picture program and save it as {} again"
_FROM_HEIC = (
    "save it as JPEG: on an iPhone choose Settings > Camera > Formats > Most Compatible, or send it by email; on a Mac "
    "open it in Preview and export it as JPEG; or type: pipx inject handoutkit pillow-heif   "
    "(or: pip install pillow-heif)"
)


def ready_photo(data: bytes, kind: str, shown_name: str) -> ReadyPicture:
    """A picture of pixels as it is printed. Raises PictureFault.

    Args:
        kind: ``jpeg``, ``png``, ``webp`` or ``heic``.
        shown_name: the name of the picture, as messages give it.
    """
    if kind == "heic" and not find_spec("pillow_heif"):
        raise PictureFault("heic-picture", f"{shown_name} is a HEIC, which cannot be read here", _FROM_HEIC)
    try:
        with _nothing_missing_is_taken():
            image = _decoded(data, kind, shown_name)
            upright = _in_srgb(ImageOps.exif_transpose(image))
            upright.thumbnail((MAX_SIDE, MAX_SIDE), Image.Resampling.LANCZOS, reducing_gap=2.0)
    except (PictureFault, MemoryError):  # the second is for the worker, which says what the limit was
        raise
    except Exception:
        hint = _HINT.format("JPEG" if kind == "heic" else _shown(kind))
        raise PictureFault("damaged-picture", f"{shown_name} is damaged or incomplete", hint) from None
    written, media_type = _written(upright, lossless=kind == "png")
    concerns: tuple[Concern, ...] = ()
    if _is_white(upright):
        concerns = (_white(shown_name),)
    elif _has_white_ground(upright):
        concerns = (_white_ground(shown_name),)
    return ReadyPicture(written, media_type, 0, upright.width * upright.height, concerns)


def refuse_too_many_pixels(width: int, height: int, shown_name: str) -> None:
    """Raises PictureFault: the file has more pixels than are decoded."""
    if width * height > MAX_PIXELS:
        hint = f"save it smaller; {MAX_SIDE:,} pixels along its longer side are plenty"
        message = f"{shown_name} is {width:,} by {height:,} pixels, and at most {MAX_PIXELS // 10**6} million are taken"
        raise PictureFault("picture-too-large", message, hint)


def _decoded(data: bytes, kind: str, shown_name: str) -> Image.Image:
    """The picture as it is stored, perhaps already smaller. Raises PictureFault, or anything if it is damaged."""
    if kind == "png":
        from .png_file import decoded_png

        return decoded_png(data, shown_name)
    image = _opened(data, kind)
    refuse_too_many_pixels(image.width, image.height, shown_name)
    if getattr(image, "is_animated", False) and kind == "webp":
        raise PictureFault("moving-picture", f"{shown_name} is an animation", "save one picture of it as PNG or JPEG")
    if kind == "jpeg":
        image.draft(None, (MAX_SIDE, MAX_SIDE))  # a JPEG can be decoded at a half, a quarter or an eighth
    image.load()
    return image


def _opened(data: bytes, kind: str) -> Image.Image:
    file = io.BytesIO(data)
    if kind == "heic":
        heif: Any = import_module("pillow_heif")
        heif.options.DECODE_THREADS = 1  # the worker has one
        heif.options.THUMBNAILS = heif.options.DEPTH_IMAGES = heif.options.AUX_IMAGES = False
        image: Image.Image = import_module("pillow_heif.as_plugin").HeifImageFile(file)
        return image
    return WebPImageFile(file) if kind == "webp" else JpegImageFile(file)


def _in_srgb(image: Image.Image) -> Image.Image:
    """The picture in RGB, grey, or one of these with transparency; colours are those that its profile means."""
    profile = image.info.get("icc_profile")
    if image.mode in ("I", "F") or image.mode.startswith("I;16"):  # grey of 16 bits, which convert() would cut off
        image = image.point(lambda value: value / 256).convert("L")
    see_through = image.has_transparency_data
    if image.mode == "P":
        image = image.convert("RGBA" if see_through else "RGB")
    if profile and image.mode in ("RGB", "RGBA", "CMYK"):
        image = _by_profile(image, profile)
    plain = image.mode in ("1", "L", "LA", "La")
    image = image.convert(("LA" if plain else "RGBA") if see_through else ("L" if plain else "RGB"))
    if see_through and image.getchannel("A").getextrema()[0] == 255:
        image = image.convert("L" if plain else "RGB")
    return image


def _by_profile(image: Image.Image, profile: bytes) -> Image.Image:
    try:
        meant = ImageCms.ImageCmsProfile(io.BytesIO(profile))
        into = "RGB" if image.mode == "CMYK" else image.mode
        done = ImageCms.profileToProfile(image, meant, ImageCms.createProfile("sRGB"), outputMode=into)
    except (ImageCms.PyCMSError, OSError, ValueError):  # a profile for other pictures, or none at all
        return image
    return done or image


def _written(image: Image.Image, *, lossless: bool) -> tuple[bytes, str]:
    """The bytes and the media type. Nothing but pixels is written: no metadata is handed on."""
    image.info = {}
    if lossless or image.mode in ("LA", "RGBA"):
        file = io.BytesIO()
        image.save(file, "PNG", optimize=image.width * image.height < 1_000_000)
        if image.mode in ("LA", "RGBA") or file.tell() <= MAX_PNG_BYTES:
            return file.getvalue(), "image/png"
    file = io.BytesIO()
    image.save(file, "JPEG", quality=90, subsampling=0)
    return file.getvalue(), "image/jpeg"


_NEARLY_WHITE = 245


def _is_white(image: Image.Image) -> bool:
    """Whether nothing of it would be seen on white paper."""
    seen = Image.new("RGB", image.size, "white")
    rgb = image.convert("RGB")
    seen.paste(rgb, mask=image.getchannel("A") if image.mode in ("LA", "RGBA") else None)
    return seen.convert("L").getextrema()[0] >= _NEARLY_WHITE  # type: ignore[operator]  # grey has one pair


def _white(shown_name: str) -> Concern:
    hint = "use the version for white paper here, and give this one as `light`, which stands on dark grounds"
    return Concern("picture-white", f"{shown_name} is white all over, and paper is white, too: nothing is seen", hint)


def _has_white_ground(image: Image.Image) -> bool:
    """Whether nothing of it is clear, and all four edges are white: on a tinted ground it shows as a box."""
    if image.mode in ("LA", "RGBA"):
        return False
    right, foot = image.width - 1, image.height - 1
    edges = ((0, 0, right + 1, 1), (0, foot, right + 1, foot + 1), (0, 0, 1, foot + 1), (right, 0, right + 1, foot + 1))
    darkest = (image.crop(edge).convert("L").getextrema()[0] for edge in edges)
    return all(shade >= _NEARLY_WHITE for shade in darkest)  # type: ignore[operator]  # grey has one pair


def _white_ground(shown_name: str) -> Concern:
    hint = "export it as PNG with nothing behind it (a transparent background), or as SVG"
    message = f"{shown_name} has a white ground of its own, which shows as a box on tinted pages, such as a cover"
    return Concern(WHITE_GROUND, message, hint)


def _shown(kind: str) -> str:
    return {"webp": "WebP"}.get(kind, kind.upper())


@contextmanager
def _nothing_missing_is_taken() -> Iterator[None]:
    """Have Pillow refuse files that are cut short. WeasyPrint sets the opposite for the whole process."""
    before, ImageFile.LOAD_TRUNCATED_IMAGES = ImageFile.LOAD_TRUNCATED_IMAGES, False
    try:
        yield
    finally:
        ImageFile.LOAD_TRUNCATED_IMAGES = before
