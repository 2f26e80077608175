"""Photos: any kind and size that people have, turned upright, taken down, and with nothing but pixels in them."""

from __future__ import annotations

import io
import struct
import zlib
from pathlib import Path

import pytest
from PIL import Image, ImageCms

from handoutkit.pictures.photo_file import MAX_PNG_BYTES, MAX_SIDE
from handoutkit.pictures.picture_check import PictureFault, check_picture
from handoutkit.pictures.picture_kinds import PNG_START
from handoutkit.pictures.print_ready import ReadyPicture, print_ready

TURNED = 6
"""The EXIF orientation of a phone that was held upright: the stored picture lies on its side."""


def encoded(image: Image.Image, kind: str, **options: object) -> bytes:
    file = io.BytesIO()
    image.save(file, kind, **options)
    return file.getvalue()


def opened(ready: ReadyPicture) -> Image.Image:
    return Image.open(io.BytesIO(ready.data))


def photo(width: int = 120, height: int = 80) -> Image.Image:
    """Red, with a blue quarter at the top left."""
    image = Image.new("RGB", (width, height), "red")
    image.paste((0, 0, 255), (0, 0, width // 2, height // 2))
    return image


def fault_of(data: bytes) -> PictureFault:
    with pytest.raises(PictureFault) as caught:
        print_ready(data, "`photo`")
    return caught.value


@pytest.mark.parametrize(("kind", "media_type"), [("JPEG", "image/jpeg"), ("WEBP", "image/jpeg"), ("PNG", "image/png")])
def test_a_phone_s_photo_stands_upright_and_tells_nothing(kind: str, media_type: str) -> None:
    exif = Image.Exif()
    exif[0x0112], exif[0x010F] = TURNED, "Camera of Ana"
    ready = print_ready(encoded(photo(), kind, exif=exif), "`photo`")
    shown = opened(ready)
    assert (ready.media_type, shown.size) == (media_type, (80, 120))
    assert not shown.getexif()
    assert b"Ana" not in ready.data
    red, _, blue = shown.convert("RGB").getpixel((70, 10))  # type: ignore[misc]  # of three numbers
    assert (blue > 200, red < 50) == (True, True), "the blue quarter is at the top right"


def test_what_a_png_says_beside_its_pixels_is_gone() -> None:
    text = b"tEXtAuthor\0Ana"
    chunk = struct.pack(">I", len(text) - 4) + text + struct.pack(">I", zlib.crc32(text))
    plain = encoded(photo(), "PNG")
    ready = print_ready(plain[:33] + chunk + plain[33:], "`photo`")
    assert b"Ana" not in ready.data
    assert opened(ready).size == (120, 80)


def test_a_large_photo_is_taken_down_to_what_print_needs(tmp_path: Path) -> None:
    large = photo(8_000, 5_000)
    (tmp_path / "large.jpg").write_bytes(encoded(large, "JPEG"))
    assert check_picture(tmp_path, "large.jpg").weight.pixels == MAX_SIDE * MAX_SIDE * 5 // 8
    more = encoded(Image.new("1", (8_001, 5_000)), "PNG")
    fault = fault_of(more)
    assert (fault.code, "40 million" in fault.message, "1,800" in fault.hint) == ("picture-too-large", True, True)


def test_a_photo_that_was_saved_as_png_does_not_fill_the_file() -> None:
    noise = Image.effect_noise((1_500, 1_500), 80).convert("RGB")
    data = encoded(noise, "PNG")
    ready = print_ready(data, "`photo`")
    assert len(data) > MAX_PNG_BYTES
    assert ready.media_type == "image/jpeg"
    flat = print_ready(encoded(photo(), "PNG"), "`photo`")
    assert flat.media_type == "image/png", "a drawing of pixels keeps its edges"


@pytest.mark.parametrize("kind", ["PNG", "WEBP"])
def test_what_is_seen_through_stays_so(kind: str) -> None:
    image = Image.new("RGBA", (20, 20), (0, 0, 0, 0))
    image.paste((10, 60, 50, 255), (5, 5, 15, 15))
    ready = print_ready(encoded(image, kind, lossless=True), "`photo`")
    shown = opened(ready).convert("RGBA")
    assert (shown.getpixel((0, 0))[3], shown.getpixel((10, 10))) == (0, (10, 60, 50, 255))  # type: ignore[index]


def test_a_palette_with_a_clear_colour_stays_clear() -> None:
    image = Image.new("P", (8, 8), 1)
    image.putpalette([255, 255, 255, 20, 80, 70])
    image.putpixel((0, 0), 0)
    ready = print_ready(encoded(image, "PNG", transparency=0), "`photo`")
    shown = opened(ready).convert("RGBA")
    assert (shown.getpixel((0, 0))[3], shown.getpixel((4, 4))) == (0, (20, 80, 70, 255))  # type: ignore[index]


def test_ink_colours_and_profiles_become_those_of_a_screen() -> None:
    ready = print_ready(encoded(Image.new("CMYK", (8, 8), (0, 255, 255, 0)), "JPEG"), "`photo`")
    red, green, blue = opened(ready).getpixel((4, 4))  # type: ignore[misc]
    assert red > 200
    assert max(green, blue) < 100
    other = ImageCms.ImageCmsProfile(ImageCms.createProfile("XYZ")).tobytes()
    whole = encoded(photo(), "JPEG", icc_profile=other)
    assert opened(print_ready(whole, "`photo`")).info.get("icc_profile") is None


def test_grey_of_sixteen_bits_keeps_its_shades() -> None:
    image = Image.new("I;16", (2, 1))
    image.putpixel((0, 0), 40_000)
    shown = opened(print_ready(encoded(image, "PNG"), "`photo`"))
    assert (shown.mode, shown.getpixel((0, 0))) == ("L", 40_000 // 256)


@pytest.mark.parametrize("kind", ["JPEG", "WEBP", "PNG"])
def test_a_photo_that_is_cut_short_is_refused(kind: str) -> None:
    data = encoded(Image.effect_noise((200, 200), 80).convert("RGB"), kind)
    assert fault_of(data[: len(data) // 2]).code == "damaged-picture"


def test_what_moves_is_refused() -> None:
    frames = [Image.new("RGB", (8, 8), colour) for colour in ("red", "blue")]
    assert fault_of(encoded(frames[0], "WEBP", save_all=True, append_images=frames[1:])).code == "moving-picture"


@pytest.mark.parametrize(
    ("data", "code", "way_out"),
    [
        (b"\0\0\0\x18ftypheic" + bytes(40), "heic-picture", "Most Compatible"),
        (b"\0\0\0\x18ftypavif" + bytes(40), "not-a-picture", "PNG or JPEG"),
        (b"GIF89a", "not-a-picture", "PNG or JPEG"),
        (b"II*\0", "not-a-picture", "PNG or JPEG"),
        (b"%PDF-1.7", "not-a-picture", "export it as SVG"),
        (b"\x1f\x8b\x08", "not-a-picture", "plain SVG"),
        (b"words", "not-a-picture", "SVG (best for a logo), PNG or JPEG"),
    ],
)
def test_other_kinds_are_told_how_to_be_saved(data: bytes, code: str, way_out: str) -> None:
    fault = fault_of(data)
    assert fault.code == code
    assert way_out in fault.hint


def test_a_picture_for_dark_grounds_is_told() -> None:
    white = Image.new("RGBA", (20, 20), (255, 255, 255, 0))
    white.paste((255, 255, 255, 255), (5, 5, 15, 15))
    (concern,) = print_ready(encoded(white, "PNG"), "`photo`").concerns
    assert concern.code == "picture-white"
    white.putpixel((10, 10), (0, 90, 80, 255))
    assert not print_ready(encoded(white, "PNG"), "`photo`").concerns


def test_a_white_ground_is_told_that_shows_as_a_box() -> None:
    logo = Image.new("RGB", (60, 40), "white")
    logo.paste((0, 90, 80), (15, 10, 45, 30))
    for kind in ("PNG", "JPEG"):
        (concern,) = print_ready(encoded(logo, kind), "`logo`").concerns
        assert concern.code == "picture-white-ground"
        assert "nothing behind it" in concern.hint
        (again,) = print_ready(encoded(logo, kind), "`mark`").concerns
        assert "`mark`" in again.message  # the same picture under another name is not called by the first one
    clear = logo.convert("RGBA")
    clear.putpixel((0, 0), (255, 255, 255, 0))
    to_the_edge = logo.copy()
    to_the_edge.paste((0, 90, 80), (0, 10, 5, 30))
    assert not any(print_ready(encoded(one, "PNG"), "`logo`").concerns for one in (clear, to_the_edge))


def test_a_name_that_says_another_kind_does_not_matter(tmp_path: Path) -> None:
    (tmp_path / "photo.png").write_bytes(encoded(photo(), "WEBP"))
    assert check_picture(tmp_path, "photo.png").weight.pixels == 120 * 80


def test_a_profile_that_unpacks_to_any_size_is_left_out() -> None:
    body = b"iCCPname\0\0" + zlib.compress(bytes(50_000_000), 9)
    chunk = struct.pack(">I", len(body) - 4) + body + struct.pack(">I", zlib.crc32(body))
    plain = encoded(photo(), "PNG")
    assert plain.startswith(PNG_START)
    assert opened(print_ready(plain[:33] + chunk + plain[33:], "`photo`")).size == (120, 80)
