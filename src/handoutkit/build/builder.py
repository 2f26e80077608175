"""The recipe of a build, which every command shares: load, check, compose, set the PDF if one is needed, export."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, replace

from handoutkit.checks.consistency.ids_of_other_files import unknown_framings
from handoutkit.compose.choose_blocks import (
    BlockChoice,
    names_of_blocks,
    rows_that_cannot_be,
    short_version,
    unknown_blocks,
    unknown_conditions,
)
from handoutkit.compose.choose_notes import NO_FRAMING, chosen_ids
from handoutkit.compose.compose_document import CopyOptions, PacketPart, compose, in_words_of, is_for
from handoutkit.errors import Problem, UsageError, raise_errors, try_each
from handoutkit.export.export_source import ExportSource
from handoutkit.export.output_formats import OutputFile, output_format
from handoutkit.export.run_exporters import export
from handoutkit.files.kept_entries import default_folder
from handoutkit.isolation.dask_cluster import DaskCluster
from handoutkit.isolation.worker import the_worker
from handoutkit.isolation.worker_pool import the_pool
from handoutkit.library.library import Library, unknown
from handoutkit.library.workspace_folder import looks_like_a_file
from handoutkit.loading.load_file import Loaded
from handoutkit.models.document import Document, Format, SecondLanguage, Translation
from handoutkit.models.framing import Framing
from handoutkit.models.handout import Handout
from handoutkit.models.practice import Practice
from handoutkit.models.translatable_text import pairs
from handoutkit.pictures.logo_files import logo_files
from handoutkit.render.render_cache import RenderCache, key_of
from handoutkit.render.sheets.kept_heights import KeptHeights
from handoutkit.render.theme import Theme
from handoutkit.render.worker_typesetter import Rendered, WorkerTypesetter

from .build_options import BuildOptions
from .build_result import BuildResult, BuiltHandout, looks, notices_on_pages, path_of
from .problem_pictures import PROBLEMS, pictured_in
from .refuse_misfits import refuse_misfits


@dataclass(frozen=True, slots=True)
class HandoutRequest:
    """A handout to build.

    Attributes:
        part: what is chosen for it as part of a packet; None if it stands alone.
        framings, format: in place of those chosen for the build.
    """

    handout: Loaded[Handout]
    part: PacketPart | None = None
    framings: tuple[str, ...] | None = None
    format: Format | None = None


class Builder:
    """Builds handouts with one set of options; the practice, framings and theme are loaded once for all of them.

    Args:
        processes: how many handouts are set at a time, each in a worker of its own.
        cluster: whose workers set them, in place of those of this machine.

    Raises:
        UsageError, ContentError: the practice, a framing or the theme is not there or has problems.
    """

    def __init__(
        self,
        library: Library,
        options: BuildOptions,
        cache: RenderCache | None = None,
        processes: int = 1,
        cluster: DaskCluster | None = None,
    ) -> None:
        self._library = library
        self._processes = cluster.capacity if cluster else processes
        self._cluster = cluster
        self.options = options
        self.cache = cache or RenderCache(default_folder())
        _refuse_unknown(library, options)
        self._formats = tuple(output_format(name) for name in options.to)
        self._themes: dict[Format, Theme] = {}
        self.theme = self._theme_in(options.format)
        the_worker().expect(self.theme.roots)  # before the check of the practice's logo starts the worker
        self.practice = _at_location(library.practice(options.practice), options.location)
        if not options.framings:
            raise_errors(unknown_framings(self.practice, library.workspace.framing_files))
        self._blocks = BlockChoice(options.without, options.only, options.short, options.when, options.rows)
        self._framings = try_each(library.framing, chosen_ids(self.practice.model, options.framings))
        self.logo = logo_files(self.practice.model.logo, self.practice.source.path.parent)

    def render(self, wanted: Sequence[str]) -> BuildResult:
        """Build handouts, by id or file; nothing is written yet.

        Raises:
            UsageError, ContentError: with the problems of all of them.
            MachineError: something the machine lacks.
        """
        return self.render_each([HandoutRequest(handout) for handout in try_each(self.handout, wanted)])

    def handout(self, wanted: str) -> Loaded[Handout]:
        """A handout by id or file, in the language of the build. Raises UsageError, ContentError."""
        return self._library.handout(wanted, self.options.language)

    def render_each(self, wanted: Sequence[HandoutRequest]) -> BuildResult:
        """Build handouts, each with options of its own. Raises as ``render`` does."""
        handouts = [one.handout for one in wanted]
        self._refuse_unknown_blocks(handouts)
        framings = try_each(self._framings_of, wanted)
        every = {framing.model.id: framing for some in framings for framing in some}
        warnings = refuse_misfits(handouts, self.practice, every, self.options, self._library, self.theme.drawings)
        pairs_of_both = list(zip(wanted, framings, strict=True))
        finished = tuple(the_pool().try_each(lambda both: self._build(*both), pairs_of_both, self._processes))
        notices = [
            notice
            for one, built in zip(wanted, finished, strict=True)
            for notice in (*self._picked_for_one_side(one.handout), *notices_on_pages(one.handout, built))
        ]
        return BuildResult(finished, (*warnings, *notices))

    def _refuse_unknown_blocks(self, handouts: Sequence[Loaded[Handout]]) -> None:
        """Raises UsageError with every block and condition that was named and is in none of the handouts."""
        models = [handout.model for handout in handouts]
        known = [name for model in models for name in names_of_blocks(model)]
        problems = [unknown("block", name, known) for name in unknown_blocks(models, self._blocks)]
        asked = dict.fromkeys(name for model in models for name in model.conditions)
        problems += [unknown("condition", name, list(asked)) for name in unknown_conditions(models, self._blocks)]
        problems += rows_that_cannot_be(models, self._blocks)
        if problems:
            raise UsageError(problems)

    def _picked_for_one_side(self, handout: Loaded[Handout]) -> Iterator[Problem]:
        """What the program picked for the short version, where neither the author nor the command says it."""
        blocks = [block for block in handout.model.blocks if is_for(block, self.options.audience)]
        if not self._blocks.short or self._blocks.only or any(block.core for block in blocks):
            return
        names = " and ".join(f"`{block.id or block.type}`" for block in short_version(blocks))
        message = f"no block of `{handout.model.id}` says `core: true`, so its short version has {names}"
        hint = "write `core: true` into the blocks that belong there, or name them with --only"
        yield handout.source.problem("picked-for-one-side", message, hint, at=("blocks",), severity="notice")

    def _framings_of(self, wanted: HandoutRequest) -> list[Loaded[Framing]]:
        if wanted.framings is None:
            return self._framings
        return try_each(self._library.framing, wanted.framings)

    def _theme_in(self, format: Format) -> Theme:
        if format not in self._themes:
            self._themes[format] = Theme.find(self.options.theme, self._library.workspace.roots, format)
        return self._themes[format]

    def compose(
        self,
        handout: Loaded[Handout],
        part: PacketPart | None = None,
        framings: Sequence[Loaded[Framing]] | None = None,
        format: Format | None = None,
    ) -> Document:
        """The document that is set of a handout; ``framings`` and ``format`` are by default those of the build.

        Raises:
            ContentError: it is for a clinician, and what only clinicians read is not translated.
        """
        chosen, library, language = self.options, self._library, handout.model.language
        framings = self._framings if framings is None else framings
        document = compose(
            handout.model,
            self.practice_in(language),
            [library.if_translated("framing", framing, language).model for framing in framings],
            CopyOptions(
                chosen.paper,
                chosen.audience,
                chosen.fields,
                format or chosen.format,
                chosen.layout,
                self._blocks,
                note=chosen.note,
            ),
            part,
        )
        if not document.blocks:
            hint = "leave some of it in, or leave the handout out"
            raise UsageError(Problem("nothing-left", f"nothing is left of `{handout.model.id}`", hint))
        second_language = self._second_language(handout, framings) if chosen.second_language else None
        translation = self._for_this_audience(handout.translation)
        return replace(document, translation=translation, second_language=second_language, draft=chosen.draft)

    def _for_this_audience(self, translation: Translation | None) -> Translation | None:
        """A translation, once nothing of it is waited for. Raises ContentError."""
        if translation and self.options.audience == "clinician":
            raise_errors(translation.waiting)
        return replace(translation, waiting=()) if translation else None

    def _second_language(self, handout: Loaded[Handout], framings: Sequence[Loaded[Framing]]) -> SecondLanguage:
        """All that a handout's page says in the second language. Raises UsageError, ContentError."""
        library, first, second = self._library, handout.model.language, self.options.second_language or ""
        if first == second:
            hint = f"name two languages, such as `--lang {first} --beside es`"
            raise UsageError(Problem("same-language", f"`{handout.model.id}` is in `{first}` already", hint))
        other = library.handout(str(handout.source.path), second)
        words: dict[str, str] = {}
        for framing in framings:
            words |= pairs(*(library.if_translated("framing", framing, language).model for language in (first, second)))
        words |= pairs(
            *(library.if_translated("practice", self.practice, language).model for language in (first, second))
        )
        practice = self.practice.model
        words |= pairs(in_words_of(practice, handout.model), in_words_of(practice, other.model))
        translated = {text: again for text, again in words.items() if again != text}
        return SecondLanguage(second, translated, self._for_this_audience(other.translation))

    def _build(self, wanted: HandoutRequest, framings: Sequence[Loaded[Framing]]) -> BuiltHandout:
        document = self.compose(wanted.handout, wanted.part, framings, wanted.format)
        names = self._looks_of(wanted.handout.model, document)
        with pictured_in(path_of(document, names, PROBLEMS)):
            typeset, cached = self._typeset(document, wanted.handout) if self._needs_pdf else (None, False)
        folder = wanted.handout.source.path.parent
        source = ExportSource(document, self._theme_in(document.format), self.logo, folder, typeset)
        with the_pool().borrow():
            files = export(source, self._formats)
        if typeset and typeset.pictures_of_problems:
            files = (*files, OutputFile(PROBLEMS, typeset.pictures_of_problems))
        return BuiltHandout(document, typeset, cached, names, files)

    def _looks_of(self, handout: Handout, document: Document) -> tuple[str, ...]:
        """What its files are called after; what was chosen for blocks of other handouts is no part of it."""
        here = self._blocks.of(handout)
        options = replace(self.options, without=here.without, only=here.only, when=here.when, rows=here.rows)
        return looks(replace(options, format=document.format), document.practice.default_paper)

    def practice_in(self, language: str) -> Practice:
        """The practice as it prints in a language, where it is there in it."""
        return self._library.if_translated("practice", self.practice, language).model

    @property
    def _needs_pdf(self) -> bool:
        return any(format.needs_pdf for format in self._formats)

    def _typeset(self, document: Document, handout: Loaded[Handout]) -> tuple[Rendered, bool]:
        """The PDF of a document, and whether it was in the cache."""
        theme = self._theme_in(document.format)
        pictures = [handout.source.path.parent / name for name in document.pictures]
        key = key_of(document, theme, self.logo, pictures)
        if kept := self.cache.get(key):
            return kept, True
        heights: KeptHeights | None = None
        if document.layout == "sheet":
            heights = KeptHeights(self.cache, document, theme, self.logo, pictures)
        with the_pool().borrow():
            known = heights.known if heights else {}
            rendered = WorkerTypesetter(theme, self._cluster).set(document, handout.source, self.logo, known)
        if heights:
            heights.keep(rendered.measured)
        if not rendered.problems:
            self.cache.put(key, rendered)
        return rendered, False


def _at_location(practice: Loaded[Practice], name: str | None) -> Loaded[Practice]:
    """The practice with one of its locations only. Raises UsageError: it has none of that name."""
    if name is None:
        return practice
    contact = practice.model.contact
    found = tuple(location for location in contact.locations if location.name == name)
    if not found:
        raise UsageError(unknown("location", name, [location.name for location in contact.locations if location.name]))
    contact = contact.model_copy(update={"locations": found})
    return replace(practice, model=practice.model.model_copy(update={"contact": contact}))


def _refuse_unknown(library: Library, options: BuildOptions) -> None:
    """Raises UsageError with every name among the choices that is not there."""
    files = library.workspace
    named: list[tuple[str, str | None, Iterable[str]]] = [
        ("theme", options.theme, files.theme_files),
        ("practice", options.practice, files.named_practice_files),
        *(("framing", framing, [*files.framing_files, NO_FRAMING]) for framing in options.framings),
    ]
    problems = [
        unknown(what, name, known)
        for what, name, known in named
        if name and name not in known and not looks_like_a_file(name)
    ]
    if NO_FRAMING in options.framings and len(set(options.framings)) > 1:
        problems.append(Problem("none-and-some", "`--framing none` stands beside another framing", "keep one of them"))
    if problems:
        raise UsageError(problems)
