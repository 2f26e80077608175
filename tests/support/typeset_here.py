"""A handout set in this process and not in the worker, for tests that change how it is set."""

from __future__ import annotations

from pathlib import Path

from handoutkit.build.build_options import BuildOptions
from handoutkit.build.builder import Builder
from handoutkit.library.library import Library
from handoutkit.library.workspace import Workspace
from handoutkit.render.render_cache import RenderCache
from handoutkit.render.theme import Theme
from handoutkit.render.worker_typesetter import Rendered, set_here


def set_in_this_process(folder: Path, handout: str = "small-page") -> Rendered:
    """What setting a handout of a workspace gives. Raises ContentError."""
    library = Library(Workspace(folder))
    loaded = library.handout(handout)
    document = Builder(library, BuildOptions(layout="booklet"), RenderCache(None)).compose(loaded)
    return set_here(Theme.find("base", Workspace(folder).roots), document, loaded.source, None)
