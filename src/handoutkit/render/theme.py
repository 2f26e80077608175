"""A theme's files: templates, styles, fonts and pictures, the user's before the shipped ones."""

from __future__ import annotations

import hashlib
from collections.abc import Sequence
from dataclasses import dataclass, replace
from functools import cached_property
from pathlib import Path

from handoutkit.errors import ContentError, Problem
from handoutkit.files.source_file import SourceFile
from handoutkit.files.text_files import read_text, shown
from handoutkit.library.shipped_files import (
    BASE,
    DRAWINGS,
    SETTINGS,
    shipped_root,
    template_folders,
    theme_files,
)
from handoutkit.library.theme_folders import lineage
from handoutkit.loading.load_file import load_theme
from handoutkit.models.document import Format
from handoutkit.models.settings.theme_settings import Lettering, Manner, ThemeLook, ThemeSettings, merged_look

from .look import font_families, look_stylesheet, relative_addresses
from .look.font_files import FONT_ENDINGS, FontFile, as_true_type, described
from .theme_file_reading import bytes_of, digest_of, files_below

ON_A_SCREEN = "/screen"
"""How folders end that hold what is different on a screen."""


@dataclass(frozen=True)
class Theme:
    """One theme in one format, over several ``templates/`` folders.

    Attributes:
        name: a folder inside each ``templates/`` (``base``).
        folders: what is searched below each root, the nearest first: the format's in the theme and in those it comes
            from (``calm/formats/large-print``, ``base/formats/large-print``), then their own (``calm``, ``base``).
        format: for whose eyes, or which printer, it is.
        others: folders below each root that are other themes; nothing of them is used.
        roots: the workspace's ``templates/`` and the shipped one; a file in an earlier one comes first.
        lettering: the family of figures and fields.
        icon_weight: of the strokes of icons, whose box is 24 wide, and of drawings, whose box is 120 wide.
        manner: of drawings; without colours to print, they are lines.
        looks: what each ``theme.yaml`` asks for, by the theme's name; the nearest first.
    """

    name: str
    folders: tuple[str, ...]
    format: Format
    others: frozenset[str]
    roots: tuple[Path, ...]
    lettering: Lettering
    icon_weight: float
    manner: Manner
    looks: tuple[tuple[str, ThemeLook], ...] = ()

    @classmethod
    def find(cls, name: str, roots: Sequence[Path], format: Format = "standard") -> Theme:
        """The theme of that name. Raises UsageError if no root has it, ContentError if it has problems."""
        line = lineage(name, roots)
        names = [one for one, _ in line]
        settings = [loaded.model for _, loaded in line]
        manner: Manner = next((one.drawings for one in settings if one.drawings), "filled")
        if format == "low-ink" and manner != "none":
            manner = "line"
        folders = names if format == "standard" else [*(f"{one}/formats/{format}" for one in names), *names]
        return cls(
            name=name,
            folders=tuple(folders),
            format=format,
            others=frozenset(theme_files(roots).keys() - set(names)),
            roots=template_folders(roots),
            lettering=next(
                _from_templates(one.lettering, name, roots)
                for name, one in zip(names, settings, strict=True)
                if one.lettering
            ),
            icon_weight=next(one.icon_weight for one in settings if one.icon_weight),
            manner=manner,
            looks=tuple((name, _look_of(name, one)) for name, one in zip(names, settings, strict=True)),
        )

    @property
    def shipped_alone(self) -> Theme:
        """This theme without anything of the user's: no file, nor what their settings ask for."""
        ours = Theme.find(BASE, [shipped_root()], self.format)
        return replace(ours, name=self.name, folders=self.folders, others=self.others)

    @cached_property
    def files(self) -> tuple[dict[str, Path], ...]:
        """For each root, its files by their path from there (``base/blocks/prompt.html``).

        Nothing else is ever read for a page, so that what is digested is what is used.

        Raises:
            ContentError: a link leads out of its root, or something is neither file nor folder.
        """
        problems: list[Problem] = []
        files = tuple(dict(files_below(root, self.others, problems)) for root in self.roots)
        if problems:
            raise ContentError(problems)
        return files

    def template(self, name: str, *, shipped: bool = False) -> Path | None:
        """A template of this theme by its name (``blocks/prompt.html``)."""
        roots = self.files[-1:] if shipped else self.files
        found = (files.get(f"{folder}/{name}") for folder in self.folders for files in roots)
        return next((path for path in found if path), None)

    @cached_property
    def look(self) -> ThemeLook:
        """What all of them ask for together."""
        return merged_look([look for _, look in self.looks])

    @cached_property
    def stylesheets(self) -> tuple[Path, ...]:
        """Stylesheets from ``base`` to the theme and then the format, each in the order of their names.

        One of the same name takes the place of the one it comes after.
        """
        return tuple(path for name, path in self._sheets if name.endswith(".css"))

    @cached_property
    def styles(self) -> tuple[SourceFile, ...]:
        """The texts of all stylesheets, with addresses below ``templates/``; what settings ask for is before their own.

        Raises:
            ContentError: a family that a ``theme.yaml`` names is not there.
        """
        return tuple(self._style(name, path) for name, path in self._sheets)

    def _style(self, name: str, path: Path) -> SourceFile:
        if not name.endswith(".css"):
            return self._asked_for(name.removesuffix(f"/{SETTINGS}"), path)
        source = read_text(path)
        return replace(source, text=relative_addresses.in_stylesheet(source.text, name))

    @cached_property
    def _sheets(self) -> tuple[tuple[str, Path], ...]:
        """Stylesheets, and the settings that ask for more, each with its path below ``templates/``."""
        looks = dict(self.looks)
        found: dict[str, tuple[str, Path]] = {}
        for folder in reversed(self.folders):
            here: dict[str, tuple[str, Path]] = {}
            for files in reversed(self.files):
                here |= {path.name: (name, path) for name, path in files.items() if _is_sheet(name, folder)}
            name = folder.removesuffix(ON_A_SCREEN)
            if name in looks:
                file = next(files[f"{name}/{SETTINGS}"] for files in self.files if f"{name}/{SETTINGS}" in files)
                found[f"{folder}/{SETTINGS}"] = f"{folder}/{SETTINGS}", file
            found |= dict(sorted(here.items()))
        return tuple(found.values())

    def _asked_for(self, folder: str, path: Path) -> SourceFile:
        """The stylesheet that comes of a theme's settings. Raises ContentError."""
        name = folder.removesuffix(ON_A_SCREEN)
        look = dict(self.looks)[name]
        fonts = look.fonts
        wanted = {key: family for key, family in (fonts or {}) if family}
        if wanted and (problems := list(font_families.problems_of(wanted, self.fonts, load_theme(path).source))):
            raise ContentError(problems)
        title = font_families.title_family(fonts.title, self.fonts) if fonts and fonts.title else None
        text = font_families.text_family(fonts.text, self.fonts) if fonts and fonts.text else None
        css = (
            look_stylesheet.screen_styles(look, title, text)
            if folder.endswith(ON_A_SCREEN)
            else look_stylesheet.paper_styles(look, title, text, self.format)
        )
        if name == self.looks[0][0] and not self.is_shipped(self.lettering.regular):
            css = f"{self._faces_of_lettering()}\n{css}"
        return SourceFile(shown(path), path, css)

    def _faces_of_lettering(self) -> str:
        """The faces of lettering that is not ours, which no stylesheet has to name."""
        faces = ((400, False, self.lettering.regular), (700, False, self.lettering.bold))
        rules = font_families.ChosenFamily(self.lettering.family, 700, faces).rules
        return f'{rules}\n:root {{ --sans: "{self.lettering.family}" }}'

    @cached_property
    def fonts(self) -> tuple[FontFile, ...]:
        """The fonts that can be named: those in the ``fonts/`` of the theme's folders, and of ``templates/``."""
        folders = ("fonts/", *(f"{folder.removesuffix(ON_A_SCREEN)}/fonts/" for folder in self.folders))
        names = {name for files in self.files for name in files if name.startswith(folders)}
        found = (described(name, self.asset(name)) for name in sorted(names) if name.lower().endswith(FONT_ENDINGS))
        return tuple(font for font in found if font)

    @cached_property
    def drawings(self) -> dict[str, Path]:
        """The theme's drawings by name, the nearest file of each."""
        found: dict[str, Path] = {}
        for folder in reversed(self.folders):
            start = f"{folder}/{DRAWINGS}/"
            for files in reversed(self.files):
                named = {name.removeprefix(start): path for name, path in files.items() if name.startswith(start)}
                found |= {name[:-4]: path for name, path in named.items() if name.endswith(".svg") and "/" not in name}
        return found

    def name_of(self, path: Path) -> str:
        """The path of one of its files below ``templates/``."""
        return next(path.relative_to(root).as_posix() for root in self.roots if path.is_relative_to(root))

    def has(self, asset: str) -> bool:
        """Whether there is a font or picture of that path below a ``templates/`` folder."""
        return any(asset in files for files in self.files)

    def is_shipped(self, asset: str) -> bool:
        """Whether a font or picture of that path is ours, and no one else's in its place."""
        return not any(asset in files for files in self.files[:-1])

    @property
    def own_folder(self) -> Path | None:
        """The folder of the nearest theme that the user made; None if all of them ship, changed or not."""
        shipped = {name.split("/")[0] for name in self.files[-1]}
        own = (name for name in self.folders if "/" not in name and name not in shipped)
        return next((self.roots[0] / name for name in own), None)

    @property
    def is_changed(self) -> bool:
        """Whether any of its templates, stylesheets or settings is not ours."""
        return any(name.endswith((".html", ".css", f"/{SETTINGS}")) for files in self.files[:-1] for name in files)

    def asset(self, name: str) -> bytes:
        """A font or picture below a ``templates/`` folder, by its path from there. Raises ContentError."""
        return bytes_of(self.asset_path(name))

    def font(self, name: str) -> bytes:
        """A font as a TrueType file, whatever kind it is. Raises ContentError."""
        data = self.asset(name)
        try:
            return as_true_type(data)
        except Exception as error:  # whatever a reader of fonts raises, the font is at fault
            message, hint = "this font cannot be read", "put a whole TTF, OTF or WOFF2 file there"
            raise ContentError(Problem("bad-font", message, hint, file=shown(self.asset_path(name)))) from error

    def asset_path(self, name: str) -> Path:
        """The file of a font or picture, as ``asset``. Raises ContentError."""
        for files in self.files:
            if name in files:
                return files[name]
        hint = "put the file below `templates/` and write its path from there"
        raise ContentError(Problem("no-such-asset", f"there is no `{name}` in the templates", hint))

    @cached_property
    def digest(self) -> str:
        """SHA-256 over the name and content of every file a page could be made of."""
        total = hashlib.sha256(repr((self.folders, self.lettering, self.icon_weight, self.manner, self.looks)).encode())
        for files in self.files:
            for name, path in sorted(files.items()):
                total.update(name.encode() + b"\0" + digest_of(path))
        return total.hexdigest()


def _from_templates(lettering: Lettering, name: str, roots: Sequence[Path]) -> Lettering:
    """Lettering with paths below ``templates/``: its files are in the theme's own folder, or in that."""

    def path(file: str) -> str:
        own = f"{name}/{file}"
        return own if any((folder / own).is_file() for folder in template_folders(roots)) else file

    return lettering.model_copy(update={"regular": path(lettering.regular), "bold": path(lettering.bold)})


def _look_of(name: str, settings: ThemeSettings) -> ThemeLook:
    """What a theme's settings ask for, with its pictures by their paths below ``templates/``."""
    bullets, ornament = settings.bullets, settings.ornament
    of_templates: dict[str, object] = {}
    if bullets and bullets.endswith(".svg"):
        of_templates["bullets"] = f"{name}/{bullets}"
    if ornament:
        of_templates["ornament"] = ornament.model_copy(update={"picture": f"{name}/{ornament.picture}"})
    return merged_look([settings]).model_copy(update=of_templates)


def _is_sheet(name: str, folder: str) -> bool:
    return name.startswith(f"{folder}/css/") and name.endswith(".css")
