"""The library's handouts as answers are held against them."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from contextlib import suppress
from dataclasses import dataclass, replace

from handoutkit.compose.change_blocks import with_every_part
from handoutkit.compose.compose_document import in_region
from handoutkit.errors import ContentError, HandoutkitError, Problem, UsageError
from handoutkit.library.library import Library
from handoutkit.loading.load_file import Loaded
from handoutkit.models.blocks.prompts import ChoiceResponse, MultiChoiceResponse, Prompt
from handoutkit.models.blocks.scales import Measure
from handoutkit.models.blocks.tables import RecordTable
from handoutkit.models.handout import Handout

from .answer_rows import FormAnswer
from .question_words import AskedField, asked_fields, over
from .scoring import Labels


class HandoutLookup:
    """The library's handouts as answers are held against them; each is loaded once."""

    def __init__(self, library: Library) -> None:
        self._library = library
        self._known: dict[str, KnownHandout | Problem] = {}
        self._region: str | None = None

    def look(self, handout: str) -> KnownHandout | Problem:
        """What is known of a handout, or a warning that it cannot be had; ``handout`` is an id and no path."""
        if handout not in self._known:
            self._known[handout] = self._load(handout)
        return self._known[handout]

    def in_region(self, language: str) -> str:
        """A language as it is written where the workspace's practice is, as far as that is known."""
        if self._region is None:
            self._region = ""
            with suppress(HandoutkitError):
                self._region = self._library.practice().model.region or ""
        return in_region(language, self._region or None) if language else ""

    def _load(self, handout: str) -> KnownHandout | Problem:
        try:
            loaded = self._library.handout(handout)
            return KnownHandout(self._library, loaded)
        except UsageError:
            message = f"the library has no handout `{handout}`; its answers are read, {_UNSCORED}"
            hint = "run this in the workspace that the handout was made in"
            return Problem("unknown-handout", message, hint, severity="warning")
        except ContentError:
            message = f"the handout `{handout}` has problems; its answers are read, {_UNSCORED}"
            hint = f"mend it; `handoutkit check {handout}` shows what is wrong"
            return Problem("handout-with-problems", message, hint, severity="warning")


_UNSCORED = "its measures are not scored, and nobody is told of an alert in them"


@dataclass(frozen=True, slots=True)
class MeasureInLanguages:
    """A measure as it was written, and the words of each of its anchors in all languages that it is there in."""

    measure: Measure
    labels: Labels


class KnownHandout:
    """A handout of the library, with what its fields ask for in each language."""

    def __init__(self, library: Library, loaded: Loaded[Handout]) -> None:
        self._library = library
        self._loaded = loaded = replace(loaded, model=_with_all_rows(loaded.model))
        self._names = loaded.model.field_names
        self._asked = {loaded.model.language: asked_fields(loaded.model)}
        self._asked_by_framings: dict[str, dict[str, AskedField]] = {}
        self._languages = library.languages("handout", loaded)
        self.edition = loaded.model.edition
        measures, self.alert_options = _measures(loaded.model), _alert_options(loaded.model)
        versions = [loaded.model, *(self._translations() if measures or self.alert_options else ())]
        every = [_measures(version) for version in versions]
        self.measures = {
            name: MeasureInLanguages(measure, _labels([version[name] for version in every]))
            for name, measure in measures.items()
        }
        self._alert_words = {
            (block.id, block.response.options[number - 1])
            for version in versions
            for block in version.blocks
            if isinstance(block, Prompt) and isinstance(block.response, ChoiceResponse | MultiChoiceResponse)
            for number in block.response.alert_options
        }

    def version(self, language: str) -> Handout:
        """The handout in a language, or as it was written."""
        if language in self._languages:
            with suppress(ContentError, UsageError):
                return self._in(language)
        return self._loaded.model

    @property
    def as_written(self) -> Handout:
        """The handout in the language that it was written in."""
        return self._loaded.model

    @property
    def only_language(self) -> str:
        """Its language, if there is only one."""
        return self._loaded.model.language if len(self._languages) == 1 else ""

    def has(self, name: str) -> bool:
        """Whether it has a field, as it stands or with what a framing of the library adds."""
        return name in self._names or name in self._by_framings(self._loaded.model.language)

    @property
    def can_call_for_a_talk(self) -> dict[str, str]:
        """The blocks with an answer that somebody must be told of, by id, each with what it asks."""
        measures = {
            block for block, one in self.measures.items() if any(i.alert_from is not None for i in one.measure.items)
        }
        blocks = measures | {name.partition(".")[0] for name in self.alert_options}
        return {
            block.id: over(block, self._loaded.model.title) for block in self._loaded.model.blocks if block.id in blocks
        }

    def calls_for_a_talk(self, answer: FormAnswer) -> bool:
        """Whether the option that was chosen, by its number or its words, is one that somebody must be told of.

        A number says it of this edition only; the words say it of any.
        """
        by_number = answer.option in self.alert_options.get(answer.name, ())
        return bool(answer.option) and (by_number or (answer.block, answer.text) in self._alert_words)

    def asked(self, language: str, name: str) -> AskedField | None:
        """What a field asks for, in a language or as it was written; None if it is not one of a block's."""
        return self._own(language).get(name) or self._by_framings(language).get(name)

    def _by_framings(self, language: str) -> dict[str, AskedField]:
        """The fields that framings add, in a language or as it was written; read when one is met for the first time."""
        if language not in self._asked_by_framings:
            self._asked_by_framings[language] = asked_fields(self._with_framings(self.version(language)))
        return self._asked_by_framings[language]

    @property
    def with_framings(self) -> Handout:
        """The handout as it was written, with a block more for each change of a framing that brings fields."""
        return self._with_framings(self._loaded.model)

    def _with_framings(self, handout: Handout) -> Handout:
        library = self._library
        framings, _ = library.readable(library.framing, library.workspace.framing_files)
        translated = [library.if_translated("framing", one, handout.language).model for one in framings]
        return with_every_part(handout, translated)

    def _own(self, language: str) -> dict[str, AskedField]:
        """The fields of the handout itself."""
        if language not in self._asked:
            self._asked[language] = self._asked[self._loaded.model.language]
            if language in self._languages:
                with suppress(ContentError, UsageError):
                    self._asked[language] = asked_fields(self._in(language))
        return self._asked[language]

    def _in(self, language: str) -> Handout:
        return _with_all_rows(self._library.in_language(language, "handout", self._loaded).model)

    def _translations(self) -> Iterator[Handout]:
        """The handout in its other languages, as far as they are finished."""
        for language in self._languages[1:]:
            with suppress(ContentError):
                yield self._in(language)


def _with_all_rows(handout: Handout) -> Handout:
    """The handout with as many rows in each table as a copy can have: what was filled in may be a long one."""
    every = (
        block.with_rows(block.rows_at_most) if isinstance(block, RecordTable) else block for block in handout.blocks
    )
    return handout.model_copy(update={"blocks": tuple(every)})


def _measures(handout: Handout) -> dict[str, Measure]:
    return {block.id: block for block in handout.blocks if isinstance(block, Measure)}


def _alert_options(handout: Handout) -> dict[str, tuple[int, ...]]:
    """The options that call for a talk, by their field as ``block.field``."""
    prompts = (block for block in handout.blocks if isinstance(block, Prompt))
    return {f"{block.id}.{name}": numbers for block in prompts for name, numbers in block.alerts.items()}


def _labels(measures: Sequence[Measure]) -> Labels:
    """The words of each anchor of one measure in several languages."""
    same = zip(*(measure.anchors for measure in measures), strict=True)
    return [{anchor.label for anchor in anchors} for anchors in same]
