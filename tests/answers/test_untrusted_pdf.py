"""A PDF that is not ours, damaged, changed or hostile gives a clear problem and never wrong rows."""

from __future__ import annotations

import os
import time
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pikepdf
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from pikepdf import Array, Dictionary, Name, String

from handoutkit.answers.pdf_strings import MAX_CHARACTERS
from handoutkit.answers.read_answers import Answers, ReadOptions, read_all
from handoutkit.answers.read_form_fields import MAX_DEPTH, MAX_NODES
from handoutkit.errors import Problem
from tests.support.answer_samples import LOW, THOUGHTS, VALUES, WORDS, blank, codes, library, locked, read, simple, told
from tests.support.hand_made_forms import FormPdf, changed, fields_by_name, filled_in, incremental


def refused(answers: Answers) -> Problem:
    """The one problem of a file that gave no rows; it says what to do, and nothing a client wrote."""
    assert answers.rows == ()
    (problem,) = answers.problems
    assert problem.severity == "error"
    assert problem.hint
    assert problem.file.endswith("0.pdf")
    assert WORDS not in str(problem)
    return problem


def with_root(**keys: Any) -> bytes:
    """A PDF whose form has something more."""
    return changed(simple().save(), lambda pdf: pdf.Root.AcroForm.update(Dictionary(**keys)))


def cut_short() -> bytes:
    """An incremental update that was not saved to its end: the older answer still stands whole in front."""
    whole = simple("old").save()
    later = incremental(whole, {"elsewhere.thoughts.answer": WORDS})
    return later[: len(whole) + 40]


def named_twice() -> bytes:
    return simple().text("elsewhere.thoughts.answer", "and another").save()


def circle() -> bytes:
    form = simple()
    form.nodes["elsewhere.thoughts"].Kids.append(form.nodes["elsewhere"])
    return form.save()


def deep(levels: int = MAX_DEPTH + 1) -> bytes:
    return simple().text(".".join(["a"] * levels), WORDS).save()


def wide(kids: int) -> bytes:
    """As many fields as that, and a file that is small: they are one and the same object."""
    form = simple()
    one = form.nodes["elsewhere.thoughts.answer"]
    form.nodes["elsewhere.thoughts"].Kids = Array([one] * kids)
    return form.save()


def packed_field(length: int) -> bytes:
    form = simple()
    form.nodes["elsewhere.thoughts.answer"].V = form.pdf.make_stream(b"a" * length)
    return form.save(object_stream_mode=pikepdf.ObjectStreamMode.generate, compress_streams=True)


def marked(state: str, stored: str) -> bytes:
    """A radio group in which another program has set what shows and what is stored."""
    form = simple().choice("elsewhere.c.answer", ("no", "yes"))
    group = form.nodes["elsewhere.c.answer"]
    group.Kids[0].AS, group.V = Name(state), Name(stored)
    return form.save()


def both_marked() -> bytes:
    form = simple().choice("elsewhere.c.answer", ("no", "yes"), 1)
    form.nodes["elsewhere.c.answer"].Kids[1].AS = Name("/2")
    return form.save()


def without_words() -> bytes:
    form = simple().choice("elsewhere.c.answer", ("no", "yes"), 1)
    del form.nodes["elsewhere.c.answer"].HDKT_Options
    return form.save()


def without_pages() -> bytes:
    return changed(simple().save(), lambda pdf: pdf.pages[0].__delitem__("/Annots"))


def of_any_kind(**keys: Any) -> bytes:
    form = simple()
    return form.put("elsewhere.c.answer", form.pdf.make_indirect(Dictionary(**keys))).save()


def foreign_signature() -> bytes:
    form = blank().text("small-page.mood.signature", WORDS)
    field = form.nodes["small-page.mood.signature"]
    field.FT, field.V = Name.Sig, Dictionary(Name=String(WORDS))
    return form.save()


def flatten(pdf: pikepdf.Pdf) -> None:
    pdf.flatten_annotations("all")
    del pdf.pages[0].Annots
    if "/AcroForm" in pdf.Root:
        del pdf.Root.AcroForm


FAULTS: dict[str, tuple[Callable[[], bytes], str]] = {
    "empty": (lambda: b"", "empty-file"),
    "a text": (lambda: b"Dear Sir", "not-a-pdf"),
    "a picture": (lambda: b"\x89PNG\r\n\x1a\n" + b"\0" * 99, "not-a-pdf"),
    "only a header": (lambda: b"%PDF-1.7\n", "damaged-pdf"),
    "half of it": (lambda: simple().save()[:-300], "damaged-pdf"),
    "a middle that is gone": (lambda: simple().save().replace(b"endobj", b"......"), "damaged-pdf"),
    "saved again, and cut short": (cut_short, "damaged-pdf"),
    "packed with LZW": (lambda: simple().save() + b"%/L#5aWDecode", "damaged-pdf"),
    "locked": (lambda: locked("user"), "encrypted"),
    "a form without fields": (lambda: FormPdf().save(), "no-fields"),
    "flattened": (lambda: changed(simple().save(), flatten), "no-fields"),
    "someone else's form": (lambda: FormPdf().text("Name", WORDS).save(), "not-ours"),
    "no edition": (lambda: FormPdf().text("elsewhere.thoughts.answer", WORDS).save(), "lost-edition"),
    "an edition that is none": (lambda: simple().edition("other", WORDS).save(), "bad-edition"),
    "edition zero": (lambda: simple().edition("other", "0").save(), "bad-edition"),
    "XFA": (lambda: with_root(XFA=String("x")), "xfa-form"),
    "a field named twice": (named_twice, "field-twice"),
    "a field added": (lambda: simple().text("Signature1", WORDS).save(), "unknown-field"),
    "a field deeper": (lambda: simple().text("elsewhere.a.b.c", WORDS).save(), "unknown-field"),
    "a field of a handout without edition": (lambda: simple().text("foreign.a.b", WORDS).save(), "unknown-field"),
    "a field of a name we would not give": (lambda: simple().text(f"elsewhere.a.{WORDS}").save(), "unknown-field"),
    "a field the handout has not": (lambda: blank().text("small-page.mood.sleepy", WORDS).save(), "unknown-field"),
    "fields without their pages": (without_pages, "no-field-on-a-page"),
    "a circle": (circle, "damaged-pdf"),
    "a deep tree": (deep, "too-many-fields"),
    "a wide tree": (lambda: wide(MAX_NODES + 1), "too-many-fields"),
    "a million kids": (lambda: wide(1_000_000), "too-many-fields"),
    "a branch grown twice": (lambda: wide(2), "damaged-pdf"),
    "a long answer": (lambda: simple("x" * (MAX_CHARACTERS + 1)).save(), "too-long"),
    "a very long answer": (lambda: simple("é" * 3_000_000).save(), "too-long"),
    "a packed answer": (lambda: packed_field(30_000_000), "too-long"),
    "a bomb": (lambda: packed_field(90_000_000), "damaged-pdf"),
    "half a letter": (lambda: simple(b"\xfe\xff\xd8\x3d\x00a").save(), "unreadable-value"),
    "no UTF-8": (lambda: simple(b"\xef\xbb\xbf\xff").save(), "unreadable-value"),
    "a number": (lambda: of_any_kind(FT=Name.Tx, V=3), "unreadable-value"),
    "a signature in a handout without one": (foreign_signature, "unknown-field"),
    "a signature under a name of its own": (
        lambda: simple().put("Signature1", Dictionary(FT=Name.Sig, V=Dictionary())).save(),
        "unknown-field",
    ),
    "a signature that is none": (lambda: of_any_kind(FT=Name.Sig, V=String(WORDS)), "unreadable-value"),
    "a field of no kind": (lambda: of_any_kind(V=String(WORDS)), "unreadable-value"),
    "a state that is no option": (lambda: marked("/7", "/7"), "not-an-option"),
    "one shown, another stored": (lambda: marked("/1", "/2"), "two-answers"),
    "stored and not shown": (lambda: marked("/Off", "/1"), "two-answers"),
    "two shown": (both_marked, "two-answers"),
    "options without words": (without_words, "no-words"),
    "a list without that option": (
        lambda: of_any_kind(FT=Name.Ch, Ff=1 << 17, V=String(WORDS), Opt=Array([String("a")])),
        "not-an-option",
    ),
}


def test_of_a_flattened_form_it_is_said_that_no_alert_can_be_told() -> None:
    """What it shows may call for a talk, and there are no fields to know that by."""
    (problem,) = read(changed(blank().save(), flatten)).problems
    assert "flattened" in problem.message
    assert "no alert" in problem.message
    assert problem.hint.startswith("open it and read it")


@pytest.mark.parametrize("fault", FAULTS)
def test_a_clear_problem_and_never_wrong_rows(fault: str) -> None:
    make, code = FAULTS[fault]
    pdf = make()
    started = time.perf_counter()
    assert refused(read(pdf)).code == code
    assert time.perf_counter() - started < 5


def test_a_file_that_is_no_file(tmp_path: Path) -> None:
    found = read_all([tmp_path / "none.pdf", tmp_path, Path(os.devnull), tmp_path / "a\0b"], library(), ReadOptions())
    assert [problem.code for problem in found.problems] == ["no-such-file", "is-a-folder", "unreadable", "unreadable"]


def test_every_problem_of_a_file_and_the_field_that_has_it() -> None:
    form = simple("x" * (MAX_CHARACTERS + 1)).text("elsewhere.b.c", b"\xfe\xff\xd8\x00").text("Their own", "x")
    answers = read(form.save())
    assert [(problem.code, problem.path) for problem in answers.problems] == [
        ("too-long", "elsewhere.thoughts.answer"),
        ("unreadable-value", "elsewhere.b.c"),
        ("unknown-field", ""),
    ]


def test_passwords() -> None:
    word, wrong = "open sesame", "open barley"
    assert told(read(locked(word), password=word)) == {"thoughts.answer": WORDS}
    assert refused(read(locked(word), password=wrong)).code == "wrong-password"
    assert told(read(locked(""))) == {"thoughts.answer": WORDS}  # locked against changes only


def test_one_bad_file_does_not_stop_the_others() -> None:
    answers = read(simple("one").save(), b"nothing", named_twice(), simple("two").save())
    assert [row.value for row in answers.rows] == ["one", "two"]
    assert [Path(p.file).name for p in answers.problems if p.severity == "error"] == ["1.pdf", "2.pdf"]
    assert answers.read == 2


def test_a_handout_in_the_pdf_is_no_path() -> None:
    """The name of a handout is looked up among the library's ids, whatever it looks like."""
    answers = read(FormPdf().text("../../x/yaml.a.b", "x").edition("../../x/yaml").save())
    assert "not-ours" in codes(answers)
    assert answers.rows == ()


def mutilated() -> st.SearchStrategy[bytes]:
    """A filled-in PDF with a piece of it replaced by anything."""
    whole = filled_in(blank().save(), VALUES)
    places = st.integers(0, len(whole))
    return st.builds(
        lambda at, gone, new: whole[:at] + new + whole[at + gone :], places, st.integers(0, 40), st.binary(max_size=40)
    )


@given(st.binary(max_size=200).map(lambda data: b"%PDF-1.7\n" + data) | st.binary(max_size=200) | mutilated())
@settings(deadline=None, max_examples=120)
def test_any_bytes_give_rows_or_problems(data: bytes) -> None:
    answers = read(data)
    assert answers.rows or any(problem.severity == "error" for problem in answers.problems)


KEYS = st.sampled_from(
    ["/T", "/FT", "/Ff", "/V", "/Kids", "/AS", "/AP", "/N", "/HDKT_Options", "/Fields", "/XFA", "/Annots", "/1", "/Off"]
)
# As they stand in a file: hypothesis cannot look into objects of pikepdf.
OBJECTS = st.recursive(
    st.sampled_from(["/Tx", "/Btn", "/Off", "/1", "-3", "true", "2.5", "(ab)", "<FEFFD800>", "null"]),
    lambda inner: (
        st.lists(inner, max_size=3).map(lambda items: f"[{' '.join(items)}]")
        | st.dictionaries(KEYS, inner, max_size=4).map(lambda items: f"<<{' '.join(map(' '.join, items.items()))}>>")
    ),
    max_leaves=8,
)
PLACES = st.sampled_from(["root", "form", "page", "group", "text", "radio", "widget"])


@given(st.lists(st.tuples(PLACES, KEYS, OBJECTS), min_size=1, max_size=3))
@settings(deadline=None, max_examples=120)
def test_any_objects_give_rows_or_problems(changes: list[tuple[str, str, str]]) -> None:
    def change(pdf: pikepdf.Pdf) -> None:
        fields = fields_by_name(pdf)
        places = {
            "root": pdf.Root, "form": pdf.Root.AcroForm, "page": pdf.pages[0].obj, "group": pdf.Root.AcroForm.Fields[0],
            "text": fields[THOUGHTS], "radio": fields[LOW], "widget": fields[LOW].Kids[0],
        }  # fmt: skip
        for place, key, value in changes:
            if value != "null":
                places[place][key] = pikepdf.Object.parse(value.encode())
            elif key in places[place]:
                del places[place][key]

    answers = read(changed(filled_in(blank().save(), VALUES), change))
    assert answers.rows or any(problem.severity == "error" for problem in answers.problems)
