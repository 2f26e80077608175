"""A handout by itself with a client's words in it: in its fields and at its top, and nowhere else."""

from __future__ import annotations

import stat
from pathlib import Path

import pikepdf
import pytest

from handoutkit.answers.read_answers import read_all
from handoutkit.build.build_options import BuildOptions
from handoutkit.build.build_result import BuildResult
from handoutkit.build.builder import Builder
from handoutkit.errors import ContentError, UsageError
from handoutkit.library.library import Library
from handoutkit.library.workspace import Workspace
from handoutkit.models.clients.client_ref import ClientRef
from handoutkit.packets.fill_fields import fills_of
from handoutkit.packets.handout_for_client import filled_in
from handoutkit.packets.personalise.personalise_packet import terminal_fields
from handoutkit.render.render_cache import RenderCache
from handoutkit.render.theme import Theme
from tests.conftest import Run
from tests.support.form_sample import FORM
from tests.support.own_fonts import no_font_is_read_here, put_font
from tests.support.packet_sample import PACKET
from tests.support.pdf_reading import alone_on_a_page, failures, opened, text
from tests.support.samples import FILES

REF = ClientRef("QX-7301")
FIELDS = ["small-page.line.answer", "small-page.one.answer", "small-page.several.option-1", "small-page.several.other"]
NOTE = "Start with the walk. Leave out what is too much."


@pytest.fixture(scope="module")
def folder(tmp_path_factory: pytest.TempPathFactory) -> Path:
    folder = tmp_path_factory.mktemp("workspace")
    files = {**FILES, "handouts/small-page.yaml": FORM, "handouts/packets/small-packet.yaml": PACKET}
    for name, content in files.items():
        (folder / name).parent.mkdir(parents=True, exist_ok=True)
        (folder / name).write_text(content, encoding="utf-8")
    return folder


@pytest.fixture(scope="module")
def built(folder: Path) -> tuple[BuildResult, Theme]:
    builder = Builder(Library(Workspace(folder)), BuildOptions(note=True), RenderCache(folder / "cache"))
    return builder.render(["small-page"]), builder.theme


@pytest.fixture(scope="module")
def filled(built: tuple[BuildResult, Theme]) -> bytes:
    fills = ["line=My aunt Ruža", "small-page.one.answer=Soup", "several.option-2=yes"]
    made = filled_in(*built, REF, fills, NOTE)
    assert made.private
    ((file,),) = (one.files for one in made.finished)
    assert file.ending == ".QX-7301.pdf"
    return file.data


def test_words_stand_in_their_fields_and_at_the_top(filled: bytes) -> None:
    with opened(filled) as pdf:
        fields = dict(terminal_fields(pdf))
        note, line = fields["small-page.note-to-you.note"], fields["small-page.line.answer"]
        assert (str(note.V), str(line.V)) == (NOTE, "My aunt Ruža")
        assert int(note.Ff) & 1, "a note is read only"
        assert str(fields["small-page.one.answer"].V) == "/2"
        assert str(fields["small-page.client_ref"].V) == "QX-7301"
        assert text(alone_on_a_page(pdf, note.AP.N)).split() == NOTE.split()


def test_it_is_still_accessible_and_what_is_built_for_all_holds_nothing(
    filled: bytes, built: tuple[BuildResult, Theme], folder: Path
) -> None:
    assert failures(filled) == []
    blank = built[0].finished[0].rendered.pdf
    kept = b"".join(path.read_bytes() for path in (folder / "cache").rglob("*") if path.is_file())
    with opened(blank) as pdf:
        values = [str(field.get("/V", "")) for _, field in terminal_fields(pdf)]
    assert set(values) <= {"", "/Off", "3"}
    for words in ("My aunt Ruža", NOTE, "QX-7301"):
        assert words.encode() not in kept
        assert words not in text(blank)


def test_it_comes_back_with_the_words_and_without_the_note(filled: bytes, folder: Path, tmp_path: Path) -> None:
    path = tmp_path / "back.pdf"
    path.write_bytes(filled)
    read = read_all([path], Library(Workspace(folder)))
    said = {f"{row.block}.{row.field}": row.value for row in read.rows if row.value}
    assert said == {"line.answer": "My aunt Ruža", "one.answer": "Soup", "several.option-2": "Soup"}
    assert {row.client_ref for row in read.rows} == {"QX-7301"}


@pytest.mark.parametrize(
    ("typed", "codes"),
    [
        (["My secret"], ["bad-fill"]),
        (["My secret=x", "nothing.answer=x"], ["no-such-field", "no-such-field"]),
        (["several=x"], ["which-field"]),
        (["one=Soup", "one.answer=Bread"], ["set-twice"]),
    ],
)
def test_wrong_names_are_told_at_once_and_nothing_typed_is_repeated(typed: list[str], codes: list[str]) -> None:
    with pytest.raises(UsageError) as raised:
        fills_of(typed, FIELDS)
    assert [problem.code for problem in raised.value.problems] == codes
    assert "secret" not in str(raised.value)


def test_a_field_is_named_whole_without_its_handout_or_by_its_block() -> None:
    named = fills_of(["one=Soup", "line.answer=a=b", "small-page.several.other=yes"], FIELDS)
    assert named == {FIELDS[1]: "Soup", FIELDS[0]: "a=b", FIELDS[3]: "yes"}


@pytest.mark.parametrize("fill", ["one=Cake and secrets", "line=" + "secrets " * 60])
def test_words_that_do_not_fit_are_a_problem_that_shows_none_of_them(
    fill: str, built: tuple[BuildResult, Theme]
) -> None:
    with pytest.raises(ContentError) as raised:
        filled_in(*built, REF, [fill])
    assert "secrets" not in str(raised.value)


def test_a_build_with_words_is_private_and_named_by_the_reference(folder: Path, run: Run, tmp_path: Path) -> None:
    start = ("-C", folder, "build", "small-page", "-o", tmp_path)
    assert run(*start, "--fill", "line=x").exit_code == 2
    assert run(*start, "--client-ref", "QX-1", "--set", "name=x").exit_code == 2
    told = run(*start, "--client-ref", "QX-1", "--fill", "line=x", "--to", "html")
    assert told.exit_code == 2
    assert "no-place-for-words" in told.stderr
    assert run(*start, "--client-ref", "QX-1", "--fill", "line=x").exit_code == 0
    (made,) = tmp_path.rglob("*.pdf")
    assert made.name == "small-page.QX-1.pdf"
    assert stat.S_IMODE(made.stat().st_mode) == 0o600


def test_a_packet_takes_words_into_any_field(folder: Path, run: Run, tmp_path: Path) -> None:
    start = ("-C", folder, "packet", "small-packet", "--client-ref", "QX-1", "-o", tmp_path)
    twice = run(*start, "--set", "who=x", "--fill", "line=y")
    assert "set-twice" in twice.stderr
    assert run(*start, "--fill", "line=My aunt", "--fill", "hours=7", "--set", "food=Soup").exit_code == 0
    with pikepdf.open(tmp_path / "packets/QX-1.pdf") as pdf:
        fields = dict(terminal_fields(pdf))
        said = [str(fields[f"small-page.{name}.answer"].V) for name in ("line", "hours", "one")]
    assert said == ["My aunt", "7", "/2"]


def test_a_font_of_a_theme_is_read_in_the_worker_alone(
    folder: Path, run: Run, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    theme = folder / "templates/ours"
    put_font(theme / "fonts/mine.woff2", "AtkinsonHyperlegibleNext-Regular.ttf", "Mine", "woff2")
    lettering = "lettering: {family: Mine, regular: fonts/mine.woff2, bold: fonts/mine.woff2}\n"
    (theme / "theme.yaml").write_text(f"title: Ours\ndescription: Mine.\nextends: base\n{lettering}", "utf-8")
    args = ("small-page", "--theme", "ours", "--client-ref", "QX-1", "--fill", "line=Soup", "-o", tmp_path)
    with no_font_is_read_here(monkeypatch):
        made = run("-C", folder, "build", *args)
    assert made.exit_code == 0, made.stderr
    (file,) = tmp_path.rglob("*.pdf")
    with opened(file.read_bytes()) as pdf:
        assert str(dict(terminal_fields(pdf))["small-page.line.answer"].V) == "Soup"
