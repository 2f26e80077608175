"""A practice's logo in a packet: each part of it brings the same picture, and the packet holds it once."""

from __future__ import annotations

import io
import os

import pikepdf
from PIL import Image

from handoutkit.build.build_options import BuildOptions
from handoutkit.library.library import Library
from handoutkit.library.workspace import Workspace
from handoutkit.packets.packet_builder import PacketBuilder
from handoutkit.packets.shared_pictures import share_pictures
from handoutkit.render.render_cache import RenderCache
from tests.conftest import Tree
from tests.support.pdf_reading import failures, opened
from tests.support.samples import FILES, HANDOUT

PACKET = """\
id: with-logo
title: A packet with a logo
language: en
handouts: [{handout: small-page}, {handout: other-page}]
"""


def test_a_logo_is_embedded_once(tree: Tree) -> None:
    grain = Image.frombytes("RGBA", (160, 80), os.urandom(160 * 80 * 4))  # nothing to compress, with a mask
    logo = io.BytesIO()
    grain.save(logo, "PNG")
    workspace = tree(
        {
            **FILES,
            "practices/oak-house.yaml": FILES["practices/oak-house.yaml"] + "logo: {file: logo.png, text: An oak}\n",
            "handouts/other-page.yaml": HANDOUT.replace("id: small-page", "id: other-page"),
            "handouts/packets/with-logo.yaml": PACKET,
        }
    )
    (workspace / "practices/logo.png").write_bytes(logo.getvalue())
    packer = PacketBuilder(Library(Workspace(workspace)), BuildOptions(), RenderCache(workspace / "rendered"))
    pdf = packer.lay_out("with-logo").layout.pdf
    with opened(pdf) as document:
        drawn = [page.get_images() for page in document.pages]
        pictures = [item for item in document.objects if isinstance(item, pikepdf.Stream) and "/Width" in item]
    assert sum(map(bool, drawn)) >= 3
    assert len(pictures) == 2  # the logo, and where it is clear
    assert len(pdf) < len(logo.getvalue()) + 200_000
    assert not failures(pdf)


def test_only_what_is_the_same_to_the_last_byte_is_shared() -> None:
    with pikepdf.new() as pdf:
        looks = [(b"one", None), (b"one", None), (b"two", None), (b"one", b"m"), (b"one", b"m"), (b"one", b"n")]
        for bytes_, mask in looks:
            page = pdf.add_blank_page()
            picture = pdf.make_stream(bytes_, Type=pikepdf.Name.XObject, Subtype=pikepdf.Name.Image, Width=1, Height=1)
            if mask:
                picture.SMask = pdf.make_stream(mask, Subtype=pikepdf.Name.Image, Width=1, Height=1)
            page.obj.Resources = pikepdf.Dictionary(XObject=pikepdf.Dictionary(Im0=picture))
        share_pictures(pdf)
        numbers = [page.obj.Resources.XObject.Im0.objgen for page in pdf.pages]
        shown = [
            (im.read_raw_bytes(), im.SMask.read_raw_bytes() if "/SMask" in im else None)
            for im in (page.obj.Resources.XObject.Im0 for page in pdf.pages)
        ]
    assert shown == looks
    assert len(set(numbers)) == 4
