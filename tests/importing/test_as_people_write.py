"""What files of other people have that no template has: heads of websites, HTML in Markdown, boxes in brackets."""

from __future__ import annotations

import io
from pathlib import Path

import docx
import pikepdf
import pytest

from handoutkit.importing.import_source import ImportedHandout
from tests.conftest import Run
from tests.importing.test_import_source import imported, lost
from tests.support.loading_helpers import problems_of


def blocks_of(made: ImportedHandout) -> list[dict[str, object]]:
    """The blocks of a draft, without the two that every draft ends with."""
    assert problems_of(made.path) == ()
    return [block.data for block in made.draft.blocks if block.data["type"] not in ("next_step", "references")]


def answers_of(made: ImportedHandout) -> list[str]:
    """The types of the answers that a draft asks for."""
    found = [block.get("response") for block in blocks_of(made)]
    return [one["type"] for one in found if isinstance(one, dict)]


def aside(made: ImportedHandout) -> dict[str, list[str]]:
    """What was left out, by the reason."""
    found: dict[str, list[str]] = {}
    for piece in made.draft.left_out:
        found.setdefault(piece.why, []).append(piece.text)
    return found


HEAD = """---
title: "A Walk a Day"
author: Ina Sample
layout: page
tags: [walking]
---

{{% section %}}
## Why

It helps to walk.

{{% /section %}}
{: .wide}
"""


def test_the_head_of_a_markdown_file_is_its_title_and_author_and_the_rest_is_listed(tmp_path: Path) -> None:
    (made,) = imported(tmp_path, "walk.md", HEAD)
    assert made.draft.front["title"][0] == "A Walk a Day"
    assert made.draft.front["sources"][0][0]["author"] == "Ina Sample"
    assert blocks_of(made) == [{"type": "prose", "heading": "Why", "text": "It helps to walk."}]
    assert aside(made) == {
        "file_head": ["layout: page", "tags: ['walking']"],
        "site_mark": ["{{% section %}}", "{{% /section %}}", "{: .wide}"],
    }


@pytest.mark.parametrize("text", ["---\nA line between two rules\n---\n\nThe text.", "---\n\n# Title\n\nWords."])
def test_a_rule_at_the_top_is_no_head(tmp_path: Path, text: str) -> None:
    (made,) = imported(tmp_path, "rule.md", text)
    assert aside(made) == {}
    assert lost(["A line between two rules"] if "A line" in text else ["Title", "Words"], [made]) == []


def test_html_in_markdown_is_read_and_a_tag_of_nobody_is_words(tmp_path: Path) -> None:
    text = "<section><h2>How</h2><ol><li>Sit</li><li>Breathe</li></ol></section>\n\nSay <your name>, then <b>stop</b>."
    (made,) = imported(tmp_path, "how.md", text)
    assert made.draft.front["title"][0] == "How"
    assert blocks_of(made)[0] == {"type": "list", "items": ["Sit", "Breathe"], "style": "steps"}
    assert blocks_of(made)[1]["text"] == "Say \u2039your name\u203a, then **stop**."


def test_empty_lines_below_a_label_are_room_to_write(tmp_path: Path) -> None:
    (made,) = imported(tmp_path, "plan.md", "# Plan\n\nRead this.\n\n**My plan:**\n\n\n\n**Who helps:** ________\n")
    asked = [(block["question"], block["response"]) for block in blocks_of(made) if block["type"] == "prompt"]
    assert asked == [("My plan", {"type": "lines", "count": 2}), ("Who helps", {"type": "line"})]


def test_numbers_before_labels_are_those_of_the_questions(tmp_path: Path) -> None:
    form = "02. Your town: ________\n\n04. Your work?\nPlease choose one.\n[_] Day\n[_] Night\n"
    text = f"Form\nFor the desk of the practice.\n\n{form}"
    (made,) = imported(tmp_path, "form.txt", text)
    town, work = (block for block in blocks_of(made) if block["type"] == "prompt")
    assert (town["question"], work["question"]) == ("Your town", "Your work? Please choose one.")
    assert [block["text"] for block in blocks_of(made) if block["type"] == "prose"] == ["For the desk of the practice."]


FORM = """# Form

1. Your town: [____________]

2. How often do you walk? *Please choose one.*

[_] Every day
[_] Now and then
[_] Other [_______]

3. What helps?

[ ] Rest
[ ] Music

- [ ] ____________
- [ ] ____________
"""


@pytest.mark.parametrize("ending", ["md", "txt"])
def test_boxes_and_blanks_in_brackets(tmp_path: Path, ending: str) -> None:
    (made,) = imported(tmp_path, f"form.{ending}", FORM if ending == "md" else FORM.replace("*", ""))
    asked = [block for block in blocks_of(made) if block["type"] == "prompt"]
    town, often, helps = asked[:3]
    assert (town["question"], town["response"]) == ("Your town", {"type": "line"})
    assert often["response"] == {"type": "multi_choice", "options": ["Every day", "Now and then"], "other": True}
    assert str(often["question"]).startswith("How often do you walk?")
    assert helps["question"] == "What helps?"
    assert helps["response"] == {"type": "multi_choice", "options": ["Rest", "Music"]}
    assert asked[3]["response"] == {"type": "lines", "count": 2}


def test_a_box_with_a_label_and_a_blank_keeps_the_blank(tmp_path: Path) -> None:
    (made,) = imported(tmp_path, "kit.txt", "My kit\n☐ A song\n☐ Someone to call: ________\n")
    kit, call = blocks_of(made)
    assert (kit["type"], kit["items"], kit["style"]) == ("list", ["A song"], "checklist")
    assert (call["question"], call["response"]) == ("Someone to call", {"type": "line"})


def test_a_heading_that_is_asked_is_said_once(tmp_path: Path) -> None:
    (made,) = imported(tmp_path, "kit.md", "# Kit\n\nRead.\n\n## People who help\n\n1. ______\n2. ______\n")
    assert blocks_of(made)[1] == {
        "type": "prompt",
        "id": "people-who-help",
        "question": "People who help",
        "response": {"type": "lines", "count": 2},
    }


def test_a_heading_over_headings_is_said_in_the_first_of_them_and_is_never_left_alone(tmp_path: Path) -> None:
    text = (
        "# Kit\n\nRead.\n\n## Part one\n\n### See it\n\nLook.\n\n### Say it\n\nTalk.\n\n"
        "## What helps?\n\n### A walk\n\nGo.\n"
    )
    (made,) = imported(tmp_path, "kit.md", text)
    assert [block.get("heading") for block in blocks_of(made)] == [
        None,
        "Part one: See it",
        "Say it",
        "What helps? A walk",
    ]
    assert [guess for block in made.draft.blocks for guess in block.guesses] == [
        "`Part one` stood over several headings; it is said in the first one",
        "`What helps?` stood over several headings; it is said in the first one",
    ]


def test_a_heading_over_a_question_is_the_heading_of_its_block(tmp_path: Path) -> None:
    (made,) = imported(tmp_path, "kit.md", "# Kit\n\nRead.\n\n## Today\n\n### People who help\n\n______\n______\n")
    asked = blocks_of(made)[1]
    assert (asked["type"], asked["heading"], asked["question"]) == ("prompt", "Today", "People who help")


def test_two_headings_that_are_too_long_together_stay_two(tmp_path: Path) -> None:
    long = "All that you can do in an hour when nobody is at home with you"
    (made,) = imported(tmp_path, "kit.md", f"# Kit\n\nRead.\n\n## {long}\n\n### See what is around you\n\nLook.\n")
    assert [block.get("heading") for block in blocks_of(made)] == [None, None, "See what is around you"]
    assert long in str(blocks_of(made)[1]["text"])


LABELS = """# Calma

Lea esto con calma y para su bien.

**Nota de seguridad:** Pare si se marea.

**Cierre reflexivo:** ¿Qué hará hoy?
"""


def test_a_paragraph_with_a_label_that_announces_something_becomes_that(tmp_path: Path) -> None:
    (made,) = imported(tmp_path, "calma.md", LABELS)
    callout, prompt = blocks_of(made)[1:]
    assert callout == {"type": "callout", "role": "caution", "title": "Nota de seguridad", "text": "Pare si se marea."}
    assert (prompt["heading"], prompt["question"]) == ("Cierre reflexivo", "¿Qué hará hoy?")


PAGE = """<!DOCTYPE html><html><head><title>Rest</title></head><body>
<header><h1>THE SITE</h1><nav><a href="/">Home</a></nav></header>
<h1>Rest Well</h1>
<p>
\t\tSleep is a habit,
\t\tand it can be learned.
\t</p>
<dl><dt>Nap</dt><dd><p>
\tA short sleep by day.
\t</p></dd></dl></body></html>"""


def test_tabs_of_a_pages_source_are_no_blanks_and_its_head_is_no_title(tmp_path: Path) -> None:
    (made,) = imported(tmp_path, "rest.html", PAGE)
    assert made.draft.front["title"][0] == "Rest Well"
    text = " ".join(str(block) for block in blocks_of(made))
    assert "Sleep is a habit, and it can be learned." in text
    assert "Nap" in text
    assert "blank" not in text
    assert aside(made) == {"navigation": ["THE SITE Home"]}


def test_comments_of_word_are_listed(tmp_path: Path) -> None:
    document = docx.Document()
    run = document.add_paragraph("Rest is a habit that can be learned.").runs[0]
    document.add_comment(run, text="Shorter, please.", author="Ina Sample")
    out = io.BytesIO()
    document.save(out)
    (made,) = imported(tmp_path, "rest.docx", out.getvalue())
    assert aside(made)["remark"] == ["Shorter, please."]


def test_lines_of_a_pdf_that_run_on_are_one_paragraph(tmp_path: Path) -> None:
    lines = [
        "Short.",
        "Rest is a habit that many people have to learn again, and it",
        "is easier with somebody beside you.",
        "Another line.",
        "One more.",
    ]
    shown = " ".join(f"({line}) Tj 0 -18 Td" for line in lines)
    with pikepdf.new() as pdf:
        page = pdf.add_blank_page(page_size=(612, 792))
        font = pikepdf.Dictionary(Type=pikepdf.Name.Font, Subtype=pikepdf.Name.Type1, BaseFont=pikepdf.Name.Helvetica)
        page.obj.Resources = pikepdf.Dictionary(Font=pikepdf.Dictionary(F1=pdf.make_indirect(font)))
        page.obj.Contents = pdf.make_stream(f"BT /F1 12 Tf 72 720 Td {shown} ET".encode())
        pdf.save(tmp_path / "made.pdf")
    (made,) = imported(tmp_path, "rest.pdf", (tmp_path / "made.pdf").read_bytes())
    assert "learn again, and it is easier with somebody" in str(blocks_of(made))


def test_a_line_all_in_italics_or_bold_ends_the_list_above_it(tmp_path: Path) -> None:
    asked = "*Do you walk?*\n1. Yes\n2. No\n*Where do you walk?*\n1. Here\n2. There\n**Why?**\nSay it.\n"
    text = f"# Walks\n\nRead this first.\n{asked}"
    (made,) = imported(tmp_path, "walks.md", text)
    items = [block["items"] for block in blocks_of(made) if block["type"] == "list"]
    assert items == [["Yes", "No"], ["Here", "There"]]
    assert lost(["Do you walk?", "Where do you walk?", "Why?", "Say it."], [made]) == []


def test_boxes_that_begin_with_no_are_several_and_yes_and_no_are_one(tmp_path: Path) -> None:
    bed = "# Night\n\nRead.\n\nWhat helps before bed?\n\n- [ ] No screens\n- [ ] A bath\n\n"
    (made,) = imported(tmp_path, "night.md", f"{bed}Did it help?\n\n- [ ] Yes\n- [ ] No\n")
    assert answers_of(made) == ["multi_choice", "choice"]


def test_the_day_of_the_week_is_no_date(tmp_path: Path) -> None:
    (made,) = imported(
        tmp_path, "log.md", "# Log\n\nRead.\n\nDay of the week: ________\n\nDay of the visit: ________\n"
    )
    assert answers_of(made) == ["line", "date"]


FENCED = """# Plan

Read.

```
========
Client: ________
--------
MY SIGNS
--------
1. ______
2. ______
```

```python
def blank(): ...
```
"""


def test_a_form_between_fences_is_a_form_and_code_is_words(tmp_path: Path) -> None:
    (made,) = imported(tmp_path, "plan.md", FENCED)
    found = blocks_of(made)
    assert [block["question"] for block in found if block["type"] == "prompt"] == ["Client", "MY SIGNS"]
    assert "def blank(): ..." in str(found[-1]["text"])
    assert "\\_" not in str(found)


def test_a_list_two_deep_that_becomes_one_is_marked(tmp_path: Path) -> None:
    text = "# Mirror\n\nRead.\n\n1. Write.\n2. Compare.\n    * What is alike?\n        * What is new?\n"
    (made,) = imported(tmp_path, "mirror.md", text)
    listed = made.draft.blocks[1]
    assert listed.data["items"] == ["Write.", "Compare.", "What is alike?", "What is new?"]
    assert listed.guesses == ("a list in a list became one list",)


def test_what_is_counted_in_a_blank_stays_beside_it(tmp_path: Path) -> None:
    text = "# Log\n\nRead.\n\n- Time I got up: _______ PM/AM\n- Money I spent: _____ USD\n- Name: ______ Day: ______\n"
    (made,) = imported(tmp_path, "log.md", text)
    frames = [block["frame"] for block in blocks_of(made) if block["type"] == "sentence_frame"]
    assert frames == ["Time I got up: {blank-1} PM/AM", "Money I spent: {blank-1} USD"]
    assert [block["question"] for block in blocks_of(made) if block["type"] == "prompt"] == ["Name", "Day"]


SITES_PAGE = """Leaning on each other

Self-reliance is praised in many places, and so it is learned early by most of us, one day after another.

Inter-reliance is a way of leaning on each other by turns, without losing yourself.

"A quiet hour is a promise that you keep." (The Quiet Hour, Ina Sample, 2019)

A page can say more of a thing than what it is, and so there are words here of which each takes some room.

About Quiet Street
Quiet Street is an invented clinic in an invented town.
"""


def test_the_name_behind_about_is_the_author_and_a_hyphen_parts_no_word_of_the_title(tmp_path: Path) -> None:
    (made,) = imported(tmp_path, "inter-reliance.txt", SITES_PAGE.replace("Leaning on each other\n\n", ""))
    assert made.draft.front["sources"][0][0]["author"] == "Quiet Street"
    message = "Inter-reliance is a way of leaning on each other by turns, without losing yourself."
    assert made.draft.front["key_message"][0] == message


def test_what_is_quoted_is_not_called_the_source_of_all_and_its_rights_are_asked_for(tmp_path: Path, run: Run) -> None:
    (made,) = imported(tmp_path, "leaning.txt", SITES_PAGE, "© 2026 Ana Ejemplo")
    own, quoted = made.draft.front["sources"][0]
    assert (own["idea"], quoted["idea"]) == ("The words and ideas of this handout.", "Named or quoted in the text.")
    told = run("check", "leaning").stderr
    assert "words-not-cleared" in told
    assert "the words of this quotation" in told


def test_tabs_before_html_in_markdown_are_no_blanks(tmp_path: Path) -> None:
    inside = "\t<h4>Now</h4>\n\t<p>Sit down for a while.</p>\n\t<ul>\n\t\t<li>Breathe out.</li>\n\t</ul>\n"
    text = f"# Rest\n\n<div>\n{inside}</div>\n"
    (made,) = imported(tmp_path, "rest.md", text)
    assert [block["type"] for block in blocks_of(made)] == ["prose", "list"]


def test_a_list_below_an_item_stays_there(tmp_path: Path) -> None:
    text = "# Rest\n\n- **At home:** sit down.\n- **On the way:**\n  - Call *Ina*.\n  - Breathe out.\n- Or wait.\n"
    (made,) = imported(tmp_path, "rest.md", text)
    (block,) = blocks_of(made)
    assert block["items"] == ["**At home:** sit down.", "**On the way:**\n- Call *Ina*.\n- Breathe out.", "Or wait."]


def test_the_line_with_a_dash_below_words_set_apart_says_whose_they_are(tmp_path: Path) -> None:
    text = (
        "# Rest\n\nWords to read.\n\n<aside>\n  A quiet hour helps me through the day.\n"
        '  <p>— <a href="https://example.org/ina">Ina</a>, nurse</p>\n</aside>\n\nMore to read.\n'
    )
    (made,) = imported(tmp_path, "rest.md", text)
    before, quoted, after = blocks_of(made)
    assert (before["type"], after["type"]) == ("prose", "prose")
    assert (quoted["type"], quoted["text"], quoted["speaker"]) == (
        "quotation",
        "A quiet hour helps me through the day.",
        "Ina",
    )
    assert "https://example.org/ina" in made.path.read_text(encoding="utf-8")


def test_what_is_said_by_turns_is_no_quotation(tmp_path: Path) -> None:
    text = "# Rest\n\nThey talked.\n\n— Are you tired?\n\n— A little.\n"
    (made,) = imported(tmp_path, "rest.md", text)
    assert [block["type"] for block in blocks_of(made)] == ["prose"]
