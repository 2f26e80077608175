"""Fills in a form with Poppler, as Evince and Okular do: python3 poppler.py ORDER.json."""

import json
import sys
from pathlib import Path

import gi

gi.require_version("Poppler", "0.18")
from gi.repository import Poppler  # noqa: E402

order = json.loads(Path(sys.argv[1]).read_text(encoding="utf-8"))
document = Poppler.Document.new_from_file(Path(order["from"][0]).absolute().as_uri())
wanted = {value["name"]: value for value in order["values"]}
for number in range(document.get_n_pages()):
    for mapping in document.get_page(number).get_form_field_mapping():
        value = wanted.get(mapping.field.get_name())
        if value and value["kind"] == "text":
            mapping.field.text_set_text(value["value"])
        elif value and max(abs(mapping.area.x1 - value["corner"][0]), abs(mapping.area.y1 - value["corner"][1])) < 1:
            mapping.field.button_set_state(True)
document.save(Path(order["to"]).absolute().as_uri())
