"""The previous text of a message (``#| msgid``): read, kept, written as gettext writes it, and shown."""

from __future__ import annotations

from pathlib import Path

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from handoutkit.loading.load_file import load_handout
from handoutkit.translations.catalogue import load_catalogue
from handoutkit.translations.catalogue_update import up_to_date
from handoutkit.translations.po_file import po_text, previous_text
from tests.conftest import Run, Tree
from tests.support.po_samples import change, marked, read
from tests.support.samples import FILES, HANDOUT

HEAD = 'msgid ""\nmsgstr "Language: es\\n"\n\n'
GUESS = """# is this right?
#, fuzzy
#| msgctxt "heading"
#| msgid ""
#| "One idea "
#| "is plenty."
msgctxt "key_message"
msgid "One idea is enough."
msgstr "Una idea basta."
"""
OBSOLETE = """#~| msgid "An older line"
#~ msgctxt "gone"
#~ msgid "Old line"
#~ msgstr "Viejo"
"""


def test_an_editors_lines_are_kept_letter_for_letter(tmp_path: Path) -> None:
    path = tmp_path / "a.po"
    path.write_text(HEAD + GUESS + "\n" + OBSOLETE, encoding="utf-8")
    catalogue = load_catalogue(path, "es")
    assert [entry.previous for entry in catalogue.entries] == ["One idea is plenty."]
    assert [(entry.text, entry.previous) for entry in catalogue.obsolete] == [("Old line", "An older line")]
    file = read(path)
    for _ in range(2):  # writing changes nothing of what is written
        assert po_text(file).endswith("\n" + GUESS + "\n" + OBSOLETE)


COMMENTS = (
    '#~| msgid "Earlier"',
    '#~ #| msgid "Earlier"',
    "#~ # a note",
    "#~# a note",
    "#~ #, fuzzy",
    "#~ #. for translators",
    "#~ #: a.yaml:3",
    "#= range",
    "#",
    "#-~ odd",
)
"""Every form of comment that gettext and other programs write before an obsolete message."""


@pytest.mark.parametrize("comment", COMMENTS)
def test_every_form_of_comment_is_read(tmp_path: Path, comment: str) -> None:
    path = tmp_path / "a.po"
    path.write_text(f'{HEAD}{comment}\n#~ msgid "Old line"\n#~ msgstr "Viejo"\n', encoding="utf-8")
    catalogue = load_catalogue(path, "es")
    assert [(entry.text, entry.translation) for entry in catalogue.obsolete] == [("Old line", "Viejo")]
    assert [entry.previous for entry in catalogue.obsolete] == ["Earlier" if "Earlier" in comment else ""]


def test_an_update_keeps_them_until_the_translation_counts(tree: Tree) -> None:
    folder = tree({"handouts/small-page.yaml": HANDOUT})
    handout = load_handout(folder / "handouts" / "small-page.yaml")
    path = folder / "es.po"
    path.write_text(HEAD + GUESS + "\n" + OBSOLETE, encoding="utf-8")
    path.write_text(up_to_date(handout, "es", load_catalogue(path, "es")), encoding="utf-8")
    assert GUESS in path.read_text("utf-8")
    assert path.read_text("utf-8").endswith("\n" + OBSOLETE)
    change(path, marked)
    done = up_to_date(handout, "es", load_catalogue(path, "es"))
    assert "# is this right?" in done
    assert "#| " not in done


def test_the_comment_of_earlier_releases_is_still_read(tree: Tree) -> None:
    folder = tree({"handouts/small-page.yaml": HANDOUT})
    old = "#. a remark\n#. The text was: One idea\n#. is plenty.\n" + GUESS[GUESS.index("#, fuzzy") :]
    old = "".join(line + "\n" for line in old.splitlines() if not line.startswith("#|"))
    path = folder / "es.po"
    path.write_text(HEAD + old, encoding="utf-8")
    text = up_to_date(load_handout(folder / "handouts" / "small-page.yaml"), "es", load_catalogue(path, "es"))
    assert '#. a remark\n#, fuzzy\n#| msgid "One idea is plenty."\nmsgctxt "key_message"\n' in text
    assert "The text was" not in text


def test_a_guess_says_what_it_was_made_from_however_often_the_text_changes(tree: Tree) -> None:
    file = tree({"handouts/small-page.yaml": HANDOUT}) / "handouts" / "small-page.yaml"
    path = file.with_suffix(".po")
    path.write_text(up_to_date(load_handout(file), "es", None), encoding="utf-8")
    change(path, marked)
    for text in ("One idea is plenty.", "One idea will do."):
        file.write_text(HANDOUT.replace("One idea is enough.", text), encoding="utf-8")
        path.write_text(up_to_date(load_handout(file), "es", load_catalogue(path, "es")), encoding="utf-8")
    assert '#| msgid "One idea is enough."\nmsgctxt "key_message"\nmsgid "One idea will do."' in path.read_text("utf-8")


def test_status_counts_and_shows_them(tree: Tree, run: Run) -> None:
    folder = tree({"handoutkit.yaml": "", **FILES, "handouts/small-page.yaml": HANDOUT})
    run("-C", folder, "translate", "extract", "small-page", "--lang", "es")
    path = folder / "handouts" / "locale" / "es" / "small-page.po"
    change(path, marked)
    (folder / "handouts/small-page.yaml").write_text(HANDOUT.replace("One idea is enough.", "One will do."), "utf-8")
    run("-C", folder, "translate", "update", "small-page")
    (status,) = run("-C", folder, "translate", "status", "small-page", "--json").json["translations"]
    assert (status["stale"], status["previous"]) == (1, {"key_message": "One idea is enough."})
    assert "the text was" not in run("-C", folder, "translate", "status", "small-page").stdout
    assert "key_message: the text was: One idea is enough." in run("-v", "-C", folder, "translate", "status").stdout


@settings(max_examples=60, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(st.text(st.characters(exclude_categories=("Cs", "Cc"), include_characters='\n\t"\\'), min_size=1, max_size=300))
def test_a_previous_text_comes_back_as_it_was_written(tmp_path: Path, text: str) -> None:
    path = tmp_path / "a.po"
    path.write_text(HEAD + '#, fuzzy\nmsgctxt "p"\nmsgid "a"\nmsgstr "b"\n', encoding="utf-8")
    file = read(path)
    for message in file:
        if message.id:
            message.previous_id = [text]
    path.write_text(po_text(file), encoding="utf-8")
    assert [previous_text(message) for message in read(path) if message.id] == [text]


@pytest.mark.parametrize("line", ['#| msgid "a" b', '#| msgid "a', "#|", "#~|", '#~| "a"'])
def test_a_previous_text_that_cannot_be_read_is_none_and_stays(tmp_path: Path, line: str) -> None:
    path = tmp_path / "a.po"
    path.write_text(HEAD + line + '\nmsgctxt "p"\nmsgid "a"\nmsgstr "b"\n', encoding="utf-8")
    (message,) = [message for message in read(path) if message.id]
    assert previous_text(message) == ""
