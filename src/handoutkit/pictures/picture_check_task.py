"""What the worker does to check a picture, for nobody vouches for such a file.

The kind is decided by the content alone; the name then has to agree with it.
"""

from __future__ import annotations

from .picture_check import PNG_START, PictureFault, Weight


def check_here(data: bytes, suffix: str, shown_name: str) -> tuple[str | int, ...]:
    """The code, message and hint of what keeps a picture from being printed; its ``Weight`` if nothing does.

    Args:
        suffix: of its name, in small letters.
        shown_name: its name, as messages give it.
    """
    try:
        return tuple(weighed(data, suffix, shown_name))
    except PictureFault as fault:
        return fault.code, fault.message, fault.hint


def weighed(data: bytes, suffix: str, shown_name: str) -> Weight:
    """What a picture takes to print; as ``check_here``. Raises PictureFault."""
    kind = "png" if data.startswith(PNG_START) else "svg" if b"<svg" in data else ""
    if not kind:
        hint = "save it as SVG (best) or PNG"
        raise PictureFault("not-a-picture", f"{shown_name} is neither an SVG nor a PNG", hint)
    if suffix != f".{kind}":
        hint = f"give it a name that ends in .{kind}"
        raise PictureFault(
            "picture-name", f"{shown_name} is {'a PNG' if kind == 'png' else 'an SVG'} by its content", hint
        )
    # Pillow and the XML parser take a while to import; each is needed for one kind of picture only.
    if kind == "png":
        from .png_file import check_png

        return Weight(pixels=check_png(data, shown_name))
    from .svg_file import check_svg

    return Weight(pieces=check_svg(data, shown_name))
