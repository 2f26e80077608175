"""Parts for some people only, as the app offers them: in a menu, an address and the command that makes the same."""

from __future__ import annotations

from starlette.datastructures import QueryParams

from handoutkit.build.build_options import BuildOptions
from handoutkit.library.library import Library
from handoutkit.library.workspace import Workspace
from handoutkit.webapp.option_menus import all_menus, command, options_of_query, query_of
from tests.conftest import ROOT

USUAL = BuildOptions()


def test_what_is_so_goes_into_the_address_and_comes_back() -> None:
    choices = options_of_query(QueryParams("when=minor,couple"), USUAL)
    assert choices.when == ("minor", "couple")
    assert options_of_query(QueryParams(query_of(choices, USUAL)), USUAL) == choices
    assert command(("build", "consent"), choices) == "handoutkit build consent --set minor=yes --set couple=yes"


def test_an_address_with_anything_else_says_nothing() -> None:
    assert options_of_query(QueryParams("when=,../etc, Minor"), USUAL).when == ()


def test_there_is_a_menu_where_a_handout_asks() -> None:
    library = Library(Workspace(ROOT))
    asked = library.conditions_in_packet(library.packet("new-teen").model)
    assert asked == ("minor",)
    choices = BuildOptions(when=("minor",))
    [menu] = [
        one for one in all_menus(library, choices, USUAL, ("en",), conditions=asked)["menus"] if one.name == "when"
    ]
    assert (menu.chosen, [option.value for option in menu.options]) == ("minor", ["", "minor"])
    assert all(one.name != "when" for one in all_menus(library, choices, USUAL, ("en",))["menus"])
