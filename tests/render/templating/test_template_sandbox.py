"""A theme's template reaches data and nothing else, whatever it says."""

from __future__ import annotations

import importlib
from collections.abc import Callable, Iterator
from contextlib import suppress
from typing import Any

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from jinja2.runtime import Context
from markupsafe import Markup

from handoutkit.arrange.arrange_sheet import arrange
from handoutkit.arrange.fold import Frame
from handoutkit.arrange.sheet_grid import SPACINGS
from handoutkit.arrange.tiles import tiles_of
from handoutkit.arrange.writing_room import Grown
from handoutkit.build.build_options import BuildOptions
from handoutkit.build.builder import Builder
from handoutkit.errors import ContentError
from handoutkit.library.library import Library
from handoutkit.library.workspace import Workspace
from handoutkit.loading.load_file import load_framing
from handoutkit.models.base import Model
from handoutkit.models.document import Credit, Document, SecondLanguage, Translation
from handoutkit.packets.front_and_back_matter import ContentsEntry
from handoutkit.render.colour.dark_palette import for_dark
from handoutkit.render.colour.palette import palette
from handoutkit.render.sheets.measuring_page import MeasuredTile, TileAtWidths
from handoutkit.render.sheets.sheet_typesetter import SheetOnPage
from handoutkit.render.templating.document_html import document_to_html
from handoutkit.render.templating.jinja_environment import environment
from handoutkit.render.templating.template_function import TemplateFunction, WordlessContext
from handoutkit.render.templating.template_reach import PROPERTIES, READABLE, RECORDS
from handoutkit.render.templating.template_sandbox import Sandbox
from handoutkit.render.theme import Theme
from tests.conftest import ROOT
from tests.support.template_expressions import OF_JINJA, PLAIN, template, try_template, without_data

REFUSED = (
    "block.parse_raw('a', proto='pickle', allow_pickle=True)",
    "block.parse_file('handoutkit.yaml')",
    "block['parse_file']('handoutkit.yaml')",
    "block.model_construct()",
    "handout.model_dump()",
    "document.pictures",
    "practice.default_paper",
    "block.__class__",
    "block['__class__']",
    "document.__dataclass_fields__",
    "document.blocks | map(attribute='model_dump') | list",
    "document.blocks | map(attribute='response.__class__') | list",
    "document.blocks | sum(attribute='__class__')",
    "document.blocks | groupby('__class__')",
    "document.blocks | sort(attribute='__class__')",
    "document.blocks | selectattr('__class__') | list",
    "document.blocks | min(attribute='__class__')",
    "document.blocks | join(attribute='__class__')",
    "document.blocks | map('attr', '__class__') | list",
    "block | attr('__class__')",
    "block | pprint",
    "block | tojson",
    "block | xmlattr",
    "'{0.__class__}'.format(block)",
    "'{a.__class__}'.format_map({'a': block})",
    "('{0.__class__}' | safe).format(block)",
    "['{0.__class__}'] | map('format', block) | map(attribute='format') | list",
    "'a'.encode()",
    "range.__globals__",
    "range.__call__(3)",
    "_.__globals__",
    "_.__wrapped__",
    "cycler.__init__.__globals__",
    "dict.fromkeys",
    "dict[1:2]",
    "dict[1]",
    "lipsum()",
    "joiner.__init__",
    "namespace.__class__",
    "namespace()._Namespace__attrs",
    "self.__class__",
    "self._TemplateReference__context",
    "(document.blocks | map(attribute='id')).gi_frame",
    "missing._fail_with_undefined_error",
    "missing.__class__",
    "palette.__slots__",
    "[].append(1)",
    "{}.update({})",
    "''.center(99999999)",
    "'%999999999d' % 1",
    "'%1$(a)s %*d' % (999999999, 1)",
    "'%((a))999999999d' % {'(a)': 1}",
    "'%.999999999f' | format(1)",
    "('%999999999d' | safe) % 1",
    "_('%(a)999999999d', a=1)",
    "ngettext('%(num)999999999d', 'a', 1)",
    "'a' * 2**33",
    "[1] * 999999999",
    "(1, 2) * 999999999",
    "2 ** 99999999",
    "2 ** 4000 ** 4000",
    "1 | round(999999999, 'ceil')",
    "'a' | indent(999999999)",
    "[1] | batch(999999999, 1) | list",
    "range(999999999)",
    "range",
    "_",
    "dict",
    "joiner",
    "joiner()",
    "cycler('a')",
    "'a'.upper",
    "{}.items",
    "self",
    "[range]",
    "{'a': range}",
    "namespace(a=range)",
    "document.blocks | map(attribute='id')",
    "[1] | batch(2)",
    "'ab' | reverse | map('upper')",
)


@pytest.mark.parametrize("expression", ["'a'", "1", "1.5", "true", "handout.reviewed_on", "'a' | safe", "_('Example')"])
def test_texts_numbers_and_days_are_printed(expression: str) -> None:
    assert try_template(f"{{{{ {expression} }}}}").strip()


@pytest.mark.parametrize("expression", REFUSED)
def test_it_is_refused_with_words(expression: str) -> None:
    with pytest.raises(ContentError) as refused:
        try_template(f"{{{{ {expression} }}}}")
    assert all(problem.message and problem.hint for problem in refused.value.problems)


FUNCTIONS = ("range", "_", "joiner()", "cycler('a')", "'a'.upper", "{}.items", "self.body", "[1].index")
WAYS = (
    *(
        "'a' ~ {0}",
        "{0} ~ 'a'",
        "'%s' % {0}",
        "'%r' % ({0},)",
        "[{0}] | join",
        "{0} | string",
        "{0} | e",
        "{0} | upper",
    ),
    *("{0} | title", "{0} | replace('a', 'b')", "{0} | striptags", "{0} | urlencode", "'%s' | format({0})"),
    *("{0} | trim", "{0} | truncate(9)", "{0} | wordwrap", "{0} | indent", "'{{}}' ~ [{0}]", "[[{0}]] | string"),
    *("_('%(a)s', a={0})", "dict(a={0}) | string", "namespace(a={0}) | string", "'a'.join([{0} | string])"),
    *("'a' | replace('a', {0})", "'a' | default({0}) ~ {0}", "[{0}] | map('string') | list", "[{0}] | sum(start='')"),
)


@pytest.mark.parametrize("function", FUNCTIONS)
@pytest.mark.parametrize("way", WAYS)
def test_no_text_is_made_of_a_function(function: str, way: str) -> None:
    """Python's says where it lies in memory, so that two runs give two PDFs."""
    template = f"{{% block body %}}{{{{ {way.format(function)} }}}}{{% endblock %}}"
    with pytest.raises(ContentError):
        try_template(template)


@pytest.mark.parametrize("chosen", ["map('string')", "select", "reject", "batch(2)", "slice(2)", "reverse", "list"])
def test_what_a_filter_chooses_is_a_list_in_words_too(chosen: str) -> None:
    assert " at 0x" not in try_template(f"{{{{ (['a', 'b'] | {chosen}) ~ '' }}}}")


@given(st.data())
@settings(deadline=None, max_examples=400, suppress_health_check=[HealthCheck.too_slow, HealthCheck.data_too_large])
def test_no_template_gets_anything_but_data(data: st.DataObject) -> None:
    with suppress(ContentError):
        page = try_template(template(lambda most: data.draw(st.integers(0, most - 1))))
        assert " at 0x" not in page


class _Walk:
    """Goes through everything that can be reached, once, and holds each to the list."""

    def __init__(self, env: Any) -> None:
        self.env = env
        self.kinds: set[type] = set()
        self._seen: dict[int, object] = {}

    def go(self, value: Any) -> None:
        """Fails on whatever is neither data nor listed."""
        if type(value) in PLAIN or id(value) in self._seen:
            return
        self._seen[id(value)] = value
        kind = type(value)
        assert not list(without_data(value, self.env, depth=0)), value
        assert not callable(value) or self.env.is_safe_callable(value), value
        if kind not in self.kinds:
            self.kinds.add(kind)
            self._nothing_else_can_be_read(value)
        if isinstance(value, dict):
            for key, item in value.items():
                self.go(key)
                self.go(item)
        elif isinstance(value, list | tuple):
            for item in value:
                self.go(item)
        for name in READABLE[kind]:
            if kind not in OF_JINJA:
                self.go(self.env.getattr(value, name))

    def _nothing_else_can_be_read(self, value: Any) -> None:
        for name in {*dir(type(value)), *dir(value)} - READABLE[type(value)]:
            for read in (self.env.getattr, self.env.getitem):
                with pytest.raises(Exception, match=r"`.*` of what is a|has no (attribute|element)|is undefined"):
                    str(read(value, name))


def test_all_that_a_page_is_given_is_data() -> None:
    workspace = Workspace(ROOT / "tests" / "every_block")
    library = Library(workspace)
    document = Builder(library, BuildOptions(practice="pale", audience="clinician")).compose(
        library.handout("every-block")
    )
    theme = Theme.find("base", workspace.roots)
    env = environment(theme, document.locale)
    walk = _Walk(env)
    contexts: list[Context] = []

    class Kept(WordlessContext):
        def __init__(self, *args: Any, **kwargs: Any) -> None:
            super().__init__(*args, **kwargs)
            contexts.append(self)

    env.context_class = Kept
    results: list[object] = []
    env.filters = {name: _Keeping(function, results) for name, function in env.filters.items()}
    document_to_html(document, env, theme)
    for context in contexts:
        walk.go(context.get_all())
    for value in (*results, *_found_elsewhere(document), for_dark(palette("#123456"))):
        walk.go(value)
    reached = {f"{kind.__module__}.{kind.__qualname__}" for kind in walk.kinds if not issubclass(kind, Model)}
    functions = f"{TemplateFunction.__module__}.{TemplateFunction.__qualname__}"  # each is looked into above
    assert {name for name in reached if name.startswith("handoutkit.")} == RECORDS | {functions}


def _found_elsewhere(document: Document) -> tuple[object, ...]:
    """What other pages are given: of a packet, of a translation, with a cultural note."""
    note = load_framing(next(ROOT.glob("handouts/framings/*.yaml"))).model.notes[0]
    translation = Translation("en", "A. Writer")
    return (
        ContentsEntry(document.handout, 1),
        SecondLanguage("es", {"a": "b"}, translation),
        Credit(note, "Our people", document.handout.sources),
        _on_a_sheet(document),
        MeasuredTile("1", "block", Grown(document.blocks[0]), 12, 190.0),
        TileAtWidths("1", Markup("<p>"), "12=190.0"),
    )


def _on_a_sheet(document: Document) -> SheetOnPage:
    """Its first blocks on a sheet, each as high as any other."""
    tiles = tiles_of(document.blocks[:2], SPACINGS[0].pitch)
    heights = {(tile.key, span): 30.0 for tile in tiles for span in tile.spans}
    sheet = arrange(
        tiles, [heights] * len(SPACINGS), Frame(width=190, side=250, opening=40, bar=10, contact=48, sources=24)
    )
    assert sheet
    return SheetOnPage(sheet.sides, "1fr")


class _Keeping:
    """A filter that keeps what it returned."""

    def __init__(self, function: Callable[..., Any], results: list[object]) -> None:
        self._function = function
        self._results = results
        if wanted := getattr(function, "jinja_pass_arg", None):
            self.jinja_pass_arg = wanted

    def __call__(self, *args: Any, **kwargs: Any) -> Any:
        made = self._function(*args, **kwargs)
        if not isinstance(made, Iterator):  # the page reads that
            self._results.append(made)
        return made


def test_what_is_listed_is_there() -> None:
    for name in {*RECORDS, *PROPERTIES}:
        module, _, kind = name.rpartition(".")
        found = getattr(importlib.import_module(module), kind)
        assert PROPERTIES.get(name, frozenset()) <= READABLE[found]
        assert all(isinstance(getattr(found, prop), property) for prop in PROPERTIES.get(name, ()))
        assert len(READABLE[found]) > 1


def test_what_themes_really_do_still_works() -> None:
    for expression in (
        "dict(a=1).get('a')",
        "'a,b'.split(',') | join",
        "namespace(a=1).a",
        "cycler(1, 2).next()",
        "joiner()()",
        "range(3) | list | length",
        "block.title is defined",
        "'%-9s|%5.1f' | format('a', 1.5)",
        "'%s %%' % 3",
        "2 * 3 ** 2 % 5",
        "[1, 2] * 2",
        "'1234567 %s' % 1",
        "handout.reviewed_on.year",
        "'a' | indent(4) | upper",
        "[1, 2, 3] | batch(2, 0) | map('list') | list",
        "document.blocks | map(attribute='type') | unique | list",
    ):
        try_template(f"{{{{ ({expression}) | seen }}}}")
    assert Sandbox.intercepted_binops
