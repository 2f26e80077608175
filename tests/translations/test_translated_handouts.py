"""Handouts in another language, from the command to the page and back."""

from __future__ import annotations

from pathlib import Path

import pytest

from handoutkit.answers.read_answers import read_all
from handoutkit.build.build_options import BuildOptions
from handoutkit.build.builder import Builder
from handoutkit.library.library import Library
from handoutkit.library.workspace import Workspace
from tests.conftest import TODAY, Run, Tree
from tests.support.answer_samples import HOPELESS, LOW, MEASURE, RESTED, WORKSPACE
from tests.support.fill_in_viewer import fields
from tests.support.hand_made_forms import FormPdf
from tests.support.pdf_reading import failures, opened, text
from tests.support.po_samples import change, marked
from tests.support.samples import FILES

PO = Path("handouts/locale/es/small-page.po")


@pytest.fixture
def folder(tree: Tree, run: Run) -> Path:
    """A workspace whose handout is there in Spanish, too."""
    folder = tree({"handoutkit.yaml": "", **FILES})
    assert run("-C", folder, "translate", "extract", "small-page", "--lang", "es").exit_code == 0
    change(folder / PO, marked)
    return folder


def test_the_page_is_in_the_language_and_its_fields_are_the_same(folder: Path, run: Run) -> None:
    built = run("-C", folder, "build", "small-page", "--lang", "es", "--json")
    assert built.exit_code == 0
    (output,) = built.json["outputs"]
    assert (output["lang"], Path(output["path"]).name) == ("es", "small-page.es.pdf")
    spanish = (folder / "output" / "oak-house" / "small-page.es.pdf").read_bytes()
    assert run("-C", folder, "build", "small-page").exit_code == 0
    english = (folder / "output" / "oak-house" / "small-page.pdf").read_bytes()
    assert fields(spanish).keys() == fields(english).keys()
    assert "«What do you think?»" in text(spanish)
    assert "«" not in text(english)
    assert str(opened(spanish).Root.Lang).startswith("es")
    assert failures(spanish) == []


def test_practice_and_framing_without_a_translation_are_told(folder: Path, run: Run) -> None:
    built = run("-C", folder, "build", "small-page", "--lang", "es", "--framing", "our-people", "--json")
    assert built.exit_code == 0
    assert [(problem["code"], problem["severity"]) for problem in built.json["problems"]] == [
        ("framing-language", "warning"),
        ("practice-language", "warning"),
    ]
    page = text((folder / "output" / "oak-house" / "small-page.es.pdf").read_bytes())
    assert "Ring us when you are ready." in page
    assert "The note by slot." not in page


def test_with_their_translations_they_are_in_the_language(folder: Path, run: Run) -> None:
    assert run("-C", folder, "translate", "extract", "oak-house", "our-people", "--lang", "es").exit_code == 0
    change(folder / "practices/locale/es/oak-house.po", marked)
    change(folder / "handouts/locale/es/framings/our-people.po", marked)
    built = run("-C", folder, "build", "small-page", "--lang", "es", "--framing", "our-people", "--json")
    assert (built.exit_code, built.json["problems"]) == (0, [])
    page = text((folder / "output" / "oak-house" / "small-page.es.pdf").read_bytes())
    assert "«Ring us when you are ready.»" in page
    assert "«The note by slot.»" in page


def test_a_stale_translation_is_not_built(folder: Path, run: Run) -> None:
    handout = folder / "handouts" / "small-page.yaml"
    handout.write_text(handout.read_text("utf-8").replace("The opening words.", "Other words."), "utf-8")
    built = run("-C", folder, "build", "small-page", "--lang", "es", "--json")
    assert (built.exit_code, [problem["code"] for problem in built.json["problems"]]) == (1, ["translation-stale"])
    assert not (folder / "output").exists()
    assert run("-C", folder, "build", "small-page").exit_code == 0
    assert run("-C", folder, "translate", "update").stdout.endswith("handouts/locale/es/small-page.po\n")
    (status,) = run("-C", folder, "translate", "status", "small-page", "--json").json["translations"]
    assert (status["done"], status["stale"], status["missing"]) == (status["texts"] - 1, 1, 0)
    assert run("-C", folder, "translate", "update").stdout == "Everything is up to date.\n"


def test_a_clients_copy_does_not_wait_for_the_guide(folder: Path, run: Run) -> None:
    """The guide is never in a client's copy; a clinician's copy is not made half in one language."""
    change(folder / PO, lambda place, _: "" if place.startswith("clinician_guide") else None)
    assert run("-C", folder, "build", "small-page", "--lang", "es").exit_code == 0
    page = text((folder / "output" / "oak-house" / "small-page.es.pdf").read_bytes())
    assert "«What do you think?»" in page
    guides = run("-C", folder, "build", "small-page", "--lang", "es", "--audience", "clinician", "--json")
    assert guides.exit_code == 1
    assert {problem["code"] for problem in guides.json["problems"]} == {"translation-missing"}
    assert {problem["path"].partition(".")[0] for problem in guides.json["problems"]} == {"clinician_guide"}
    checked = run("-C", folder, "translate", "check", "small-page", "--json").json["problems"]
    missing = {problem["severity"] for problem in checked if problem["code"] == "translation-missing"}
    assert missing == {"warning"}


def test_a_file_with_the_source_as_its_translation_is_told(folder: Path, run: Run) -> None:
    change(folder / PO, lambda _, text: text)
    built = run("-C", folder, "build", "small-page", "--lang", "es", "--json")
    assert built.exit_code == 1
    (problem,) = built.json["problems"]
    assert (problem["code"], problem["file"].endswith("small-page.po")) == ("translation-is-source", True)
    change(folder / PO, lambda _, text: text, {"X-Source-Language": "es"})  # between two of a kind, that may be
    assert run("-C", folder, "build", "small-page", "--lang", "es").exit_code == 0


def test_rights_are_translated_or_stay(folder: Path, run: Run) -> None:
    def with_rights(words: str) -> str:
        change(folder / PO, lambda place, _: words if place == "rights" else None)
        assert run("-C", folder, "build", "small-page", "--lang", "es").exit_code == 0
        return text((folder / "output" / "oak-house" / "small-page.es.pdf").read_bytes())

    assert "Todos los derechos reservados" in with_rights("Todos los derechos reservados")
    assert "CC BY 4.0" in with_rights("")
    assert run("-C", folder, "translate", "update", "small-page").exit_code == 0
    assert "translation-missing" not in run("-C", folder, "translate", "check", "small-page").stderr


def test_check_tells_what_is_not_reviewed_and_what_is_not_said_any_more(folder: Path, run: Run) -> None:
    checked = run("-C", folder, "translate", "check", "small-page", "--json")
    assert checked.exit_code == 0
    (problem,) = checked.json["problems"]
    assert (problem["code"], problem["severity"], problem["line"]) == ("translation-unreviewed", "warning", 8)
    assert run("-C", folder, "translate", "check", "small-page", "--strict").exit_code == 1
    change(folder / PO, marked, {"X-Reviewed-By": "Luz Muestra", "X-Reviewed-On": "2026-11-01"})
    assert run("-C", folder, "translate", "check", "small-page").stdout == "No problems found.\n"
    handout = folder / "handouts" / "small-page.yaml"
    handout.write_text(handout.read_text("utf-8").replace("    heading: The opening\n", ""), "utf-8")
    assert [
        problem["code"] for problem in run("-C", folder, "translate", "check", "small-page", "--json").json["problems"]
    ] == ["translation-obsolete"]


def test_lists_and_all_know_what_is_there_in_a_language(folder: Path, run: Run) -> None:
    listed = run("-C", folder, "list", "--lang", "ar-EG", "--json")
    assert listed.json["handouts"] == []
    listed = run("-C", folder, "list", "--lang", "es", "--json").json["handouts"]
    assert {"small-page": "«A small page»"}.items() <= {each["id"]: each["title"] for each in listed}.items()
    assert run("-C", folder, "show", "small-page", "--json").json["languages"] == ["en", "es"]
    assert Library(Workspace(folder)).handouts_in("es") == [each["id"] for each in listed]


def test_a_language_that_is_not_there(folder: Path, run: Run) -> None:
    ran = run("-C", folder, "build", "small-page", "--lang", "fr")
    assert ran.exit_code == 2
    assert "`small-page` is not there in `fr`" in ran.stderr
    assert "it is there in `en`, `es`" in ran.stderr


@pytest.mark.parametrize(
    ("words", "said"),
    [
        (("extract", "small-page"), "say which language"),
        (("extract", "--lang", "es"), "name what to translate"),
        (("extract", "small-page", "--lang", "../es"), "not the code of a language"),
        (("extract", "smal-page", "--lang", "es"), "did you mean `small-page`?"),
        (("status", "elsewhere/small-page.yaml"), "no file of the library"),
    ],
)
def test_usage(folder: Path, run: Run, words: tuple[str, ...], said: str) -> None:
    ran = run("-C", folder, "translate", *words)
    assert ran.exit_code == 2
    assert said in ran.stderr


def test_extract_leaves_what_is_there(folder: Path, run: Run) -> None:
    before = (folder / PO).read_bytes()
    assert "left as it is" in run("-C", folder, "translate", "extract", "small-page", "--lang", "es").stdout
    assert (folder / PO).read_bytes() == before


def test_a_measure_is_scored_in_every_language_of_its_handout(tree: Tree, run: Run, tmp_path: Path) -> None:
    folder = tree({"handoutkit.yaml": "", **WORKSPACE})
    run("-C", folder, "translate", "extract", "small-page", "--lang", "es")
    change(folder / PO, marked)
    anchors = ("«Not at all»", "«Some days»", "«Nearly every day»")
    form = FormPdf().text("small-page.thoughts.answer")
    for name in (LOW, RESTED, HOPELESS):
        form.choice(name, anchors, 2)
    (tmp_path / "es.pdf").write_bytes(form.edition("small-page", 3).save())
    answers = read_all([tmp_path / "es.pdf"], Library(Workspace(folder)))
    assert answers.problems == ()
    assert {row.field: (row.value, row.option) for row in answers.rows} == {
        **dict.fromkeys(("low", "rested", "hopeless"), ("«Some days»", 2)),
        "score": ("4", None),
        "score.band": ("Some signs", None),
        "score.alert.hopeless": ("«Some days»", 2),
    }
    assert "Some signs" in MEASURE


def test_who_made_a_translation_goes_with_the_page(folder: Path) -> None:
    library = Library(Workspace(folder))
    builder = Builder(library, BuildOptions(language="es", today=TODAY))
    document = builder.compose(library.handout("small-page", "es"))
    assert document.translation
    assert (document.translation.translator, document.translation.source_language) == ("Ana Ejemplo", "en")
    assert not document.translation.reviewed


def test_a_packet_is_in_one_language(folder: Path, run: Run) -> None:
    packet = "id: two\ntitle: Two pages\nlanguage: en\nhandouts:\n  - handout: small-page\n"
    (folder / "handouts" / "packets").mkdir()
    (folder / "handouts" / "packets" / "two.yaml").write_text(packet, encoding="utf-8")
    assert run("-C", folder, "packet", "two", "--lang", "es").exit_code == 2
    assert run("-C", folder, "translate", "extract", "two", "--lang", "es").exit_code == 0
    change(folder / "handouts/locale/es/packets/two.po", marked)
    assert run("-C", folder, "packet", "two", "--lang", "es").exit_code == 0
    page = text((folder / "output" / "packets" / "two.es.pdf").read_bytes())
    assert "«Two pages»" in page
    assert "Lo que hay en este paquete" in page
    assert "«What do you think?»" in page


def test_words_that_the_file_leaves_to_the_model_are_translated_too(tree: Tree, run: Run) -> None:
    """``Yes`` and ``No`` stand in no file, and a reader of another language gets them in theirs."""
    asked = "  - {type: prompt, id: medicine, question: Any medicine?, response: {type: yes_no}}\n"
    folder = tree(
        {"handoutkit.yaml": "", **FILES, "handouts/small-page.yaml": FILES["handouts/small-page.yaml"] + asked}
    )
    assert run("-C", folder, "translate", "extract", "small-page", "--lang", "es").exit_code == 0
    change(folder / PO, marked)
    assert run("-C", folder, "build", "small-page", "--lang", "es", "--to", "txt").exit_code == 0
    page = (folder / "output" / "oak-house" / "small-page.es.txt").read_text("utf-8")
    assert "( ) «Yes»" in page
    assert "( ) «No»" in page
