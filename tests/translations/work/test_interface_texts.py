"""What the program itself says on a page: whole in every language, with its plurals, dates and marks."""

from __future__ import annotations

import re
from datetime import date
from pathlib import Path

import pytest

from handoutkit.errors import ContentError
from handoutkit.library.workspace import Workspace
from handoutkit.render.templating.interface_messages import InterfaceMessages
from handoutkit.render.templating.jinja_environment import day, environment
from handoutkit.render.theme import Theme
from handoutkit.translations.work.interface_texts import Interface
from tests.conftest import ROOT, Run, Tree
from tests.support.po_samples import change, read
from tests.support.samples import FILES, HANDOUT

INTERFACE = Interface(Workspace(ROOT))
LANGUAGES = ("ar", "es", "zh-Hans")
WORDS = re.compile(r">\s*[A-Z][a-z]+[^<{]*<|\"[A-Z][a-z]+ [^\"{<]*\"")


def messages(tag: str) -> InterfaceMessages:
    return InterfaceMessages.of(tag, Theme.find("base", (ROOT,)))


@pytest.mark.parametrize("language", LANGUAGES)
def test_every_word_of_ours_is_translated(language: str) -> None:
    assert INTERFACE.problems(language) == []
    status = INTERFACE.status(language)
    assert (status.done, status.obsolete) == (status.texts, 0)
    path = INTERFACE.own_file(language)
    assert INTERFACE.up_to_date(language) == path.read_text("utf-8"), "say `handoutkit translate update interface`"


def test_no_template_speaks_but_through_the_catalogue() -> None:
    for path in (ROOT / "templates").rglob("*.html"):
        text = re.sub(
            r"\{#.*?#\}|\{\{.*?\}\}|\{%.*?%\}|<style>.*?</style>", "{}", path.read_text("utf-8"), flags=re.DOTALL
        )
        assert not WORDS.findall(text), path


def test_plurals_are_those_of_the_language() -> None:
    assert [messages("en-US").ngettext("Source %(numbers)s", "Sources %(numbers)s", n)[:7] for n in (1, 2)] == [
        "Source ",
        "Sources",
    ]
    arabic = {
        n: messages("ar").ngettext("Source %(numbers)s", "Sources %(numbers)s", n).split(" ")[0] for n in (1, 2, 3, 11)
    }
    assert arabic == {1: "المصدر", 2: "المصدران", 3: "المصادر", 11: "المصادر"}
    assert messages("zh-Hans").ngettext("Source %(numbers)s", "Sources %(numbers)s", 5) == "来源 %(numbers)s"


@pytest.mark.parametrize(("language", "forms"), [("ru", 3), ("pl", 3), ("cy", 5), ("fr", 2), ("ja", 1), ("ar", 6)])
def test_a_new_file_has_the_plural_rule_of_its_language(tmp_path: Path, language: str, forms: int) -> None:
    path = tmp_path / f"{language}.po"
    path.write_text(Interface(Workspace(tmp_path)).up_to_date(language), "utf-8")
    file = read(path)
    assert (file.num_plurals, file.headers["Plural-Forms"].split(";")[0]) == (forms, f"nplurals={forms}")


def test_what_changed_in_a_text_of_ours_stays_beside_it(tree: Tree, run: Run) -> None:
    folder = tree({"handoutkit.yaml": "", "templates/base/parts/about.html": '<p>{{ _("Words of our very own") }}</p>'})
    run("-C", folder, "translate", "update", "interface", "--lang", "es")
    po = folder / "templates/locale/es.po"
    change(po, lambda _place, text: "Propias" if text == "Words of our very own" else None)
    (folder / "templates/base/parts/about.html").write_text('<p>{{ _("Words of our own") }}</p>', "utf-8")
    for _ in range(2):
        assert run("-C", folder, "translate", "update", "interface", "--lang", "es").exit_code == 0
        assert '#, fuzzy\n#| msgid "Words of our very own"\nmsgid "Words of our own"\n' in po.read_text("utf-8")
    shown = run("-C", folder, "translate", "status", "interface", "--lang", "es", "--json").json["translations"]
    assert [each["previous"] for each in shown] == [{"Words of our own": "Words of our very own"}]
    change(po, lambda _place, text: "Mías" if text == "Words of our own" else None)
    run("-C", folder, "translate", "update", "interface", "--lang", "es")
    assert "#|" not in po.read_text("utf-8")


@pytest.mark.parametrize(
    ("tag", "written", "order", "direction"),
    [
        ("en-US", "November 21, 2026", "mdy", "ltr"),
        ("en-GB", "21 November 2026", "dmy", "ltr"),
        ("es-US", "21 de noviembre de 2026", "dmy", "ltr"),
        ("ar-US", "21 نوفمبر 2026", "dmy", "rtl"),
        ("zh-Hans-US", "2026年11月21日", "ymd", "ltr"),
    ],
)
def test_days_are_written_as_the_language_has_them(tag: str, written: str, order: str, direction: str) -> None:
    assert day(date(2026, 11, 21), tag) == written
    assert (messages(tag).date_order, messages(tag).direction) == (order, direction)


def test_a_language_that_the_program_does_not_speak_is_refused_and_told_how(tree: Tree, run: Run) -> None:
    handout = HANDOUT.replace("language: en", "language: fr")
    folder = tree({"handoutkit.yaml": "", **FILES, "handouts/small-page.yaml": handout})
    built = run("-C", folder, "build", "small-page", "--json")
    assert (built.exit_code, built.json["problems"][0]["code"]) == (1, "interface-language")
    assert "not there in French" in built.json["problems"][0]["message"]
    assert run("-C", folder, "translate", "extract", "interface", "--lang", "fr").exit_code == 0
    unfinished = run("-C", folder, "build", "small-page", "--json")
    assert {problem["code"] for problem in unfinished.json["problems"]} == {"interface-unfinished"}
    path = folder / "templates" / "locale" / "fr.po"
    assert "nplurals=2; plural=(n > 1);" in path.read_text("utf-8")
    change(path, lambda _place, text: text)
    assert run("-C", folder, "translate", "check", "interface", "--lang", "fr").exit_code == 0
    assert run("-C", folder, "build", "small-page").exit_code == 0


def test_words_of_a_users_own_template_need_a_translation_too(tree: Tree, run: Run) -> None:
    own = '{% extends "shipped/parts/about.html" %}{{ _("Words of our own") }}'
    folder = tree(
        {"handoutkit.yaml": "", **FILES, "templates/base/parts/about.html": own + '{{ _("Words of our own") }}'}
    )
    (folder / "templates/base/parts/about.html").write_text('<p>{{ _("Words of our own") }}</p>', "utf-8")
    handout = folder / "handouts" / "small-page.yaml"
    handout.write_text(HANDOUT.replace("language: en", "language: es"), "utf-8")
    built = run("-C", folder, "build", "small-page", "--json")
    assert [(problem["code"], "Words of our own" in problem["message"]) for problem in built.json["problems"]] == [
        ("interface-missing", True)
    ]
    run("-C", folder, "translate", "update", "interface", "--lang", "es")
    change(folder / "templates/locale/es.po", lambda _place, text: "Propias" if text == "Words of our own" else None)
    assert run("-C", folder, "build", "small-page").exit_code == 0


def test_words_of_a_theme_of_ones_own_are_translated_in_its_folder(tree: Tree, run: Run) -> None:
    settings = "title: Ours\ndescription: As we like it.\nextends: calm\n"
    own = {"templates/ours/theme.yaml": settings, "templates/ours/slots/end.html": '<p>{{ _("Words of our own") }}</p>'}
    handout = HANDOUT.replace("language: en", "language: es")
    folder = tree({"handoutkit.yaml": "", **FILES, **own, "handouts/small-page.yaml": handout})
    (problem,) = run("-C", folder, "build", "small-page", "--theme", "ours", "--json").json["problems"]
    po = folder / "templates/ours/locale/es.po"
    assert (problem["code"], problem["file"]) == ("interface-missing", "workspace/templates/ours/locale/es.po")
    po.parent.mkdir()
    po.write_text('msgid "Words of our own"\nmsgstr "Propias"\n', "utf-8")
    assert run("-C", folder, "build", "small-page", "--theme", "ours").exit_code == 0
    assert run("-C", folder, "translate", "check", "interface", "--lang", "es").exit_code == 0
    run("-C", folder, "translate", "update", "interface", "--lang", "es")
    assert "Words of our own" not in (folder / "templates/locale/es.po").read_text("utf-8")


def test_a_page_is_not_made_if_something_has_no_translation(tmp_path: Path) -> None:
    env = environment(Theme.find("base", (ROOT,)), "es-US")
    assert env.from_string("{{ _('Example') }}").render() == "Ejemplo"
    env.from_string("{{ _('Nobody said this') }}").render()
    with pytest.raises(ContentError, match="Nobody said this"):
        env.messages.refuse_missing()
    env.messages.refuse_missing()
    assert tmp_path.exists()


def test_marks_and_commas_are_those_of_the_language() -> None:
    arabic = environment(Theme.find("base", (ROOT,)), "ar")
    assert arabic.from_string("{{ ['a', '', 'b'] | listed }}").render() == "a، b"
    assert arabic.from_string("{{ text | typeset }}").render(text='"نص"') == "«نص»"
    spanish = environment(Theme.find("base", (ROOT,)), "es")
    assert spanish.from_string("{{ text | typeset }}").render(text='"texto"') == "“texto”"


def test_names_keep_their_own_direction() -> None:
    arabic = environment(Theme.find("base", (ROOT,)), "ar")
    assert arabic.from_string("{{ '12 Mill Lane' | apart }}").render() == '<span dir="ltr">12 Mill Lane</span>'
    assert arabic.from_string("{{ text | apart }}").render(text="شارع 12") == "شارع 12"
    assert arabic.messages.attributes("en") == ' lang="en" dir="ltr"'
    assert arabic.messages.attributes("ar-EG") == ""
