"""How ids, languages and the parts of a field's name are spelled.

It stands apart from the models and imports none of them: the worker that reads returned files needs these and no more.
"""

from __future__ import annotations

ID_PATTERN = r"^[a-z0-9]+(-[a-z0-9]+)*$"
# Names that Windows keeps for devices: a file of that name cannot be made there.
RESERVED_IDS = frozenset({"con", "prn", "aux", "nul"} | {f"{port}{n}" for port in ("com", "lpt") for n in range(1, 10)})
LANGUAGE_PATTERN = r"[a-z]{2,3}(-[A-Z][a-z]{3})?(-([A-Z]{2}|\d{3}))?"
NAME_AND_DATE = "name-and-date"
"""The block, in names of fields, of the lines at the head for a name and a day; so no block has it."""
NOTE = "note-to-you"
"""The block, in names of fields, of the note at the head that is written for one person; so no block has it."""
EDITION = "edition"
"""The name under which a PDF says its handout's edition, among the fields; so no block has it."""
