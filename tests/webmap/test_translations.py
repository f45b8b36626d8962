"""The Chinese catalogue is complete, and its compiled form is of the same texts."""

from __future__ import annotations

import re
from io import BytesIO
from pathlib import Path

from babel.messages import mofile, pofile
from babel.messages.extract import extract_from_dir

import webmap

PACKAGE = Path(webmap.__file__).parent
CATALOGUE = PACKAGE / "translations" / "zh" / "LC_MESSAGES"
METHODS = [("**.py", "python"), ("**/templates/**.html", "jinja2")]
KEYWORDS = {"_": None, "gettext": None, "_l": None, "lazy_gettext": None}


def texts_in_use() -> set[str]:
    """Every text that code and templates want translated."""
    found = extract_from_dir(PACKAGE, METHODS, keywords=KEYWORDS)
    return {str(message) for _, _, message, _, _ in found}


def test_every_text_has_a_translation_and_no_other() -> None:
    with (CATALOGUE / "messages.po").open("rb") as file:
        catalogue = pofile.read_po(file, locale="zh")
    translated = {str(message.id) for message in catalogue if message.id and message.string}

    assert translated == texts_in_use()


def test_a_translation_keeps_the_places_for_values() -> None:
    with (CATALOGUE / "messages.po").open("rb") as file:
        catalogue = pofile.read_po(file, locale="zh")
    for message in catalogue:
        pattern = r"%\(\w+\)[sd]"
        expected = sorted(re.findall(pattern, str(message.id)))
        assert sorted(re.findall(pattern, str(message.string))) == expected, message.id


def test_the_compiled_catalogue_is_up_to_date() -> None:
    compiled = BytesIO()
    with (CATALOGUE / "messages.po").open("rb") as file:
        mofile.write_mo(compiled, pofile.read_po(file, locale="zh"))
    with (CATALOGUE / "messages.mo").open("rb") as file:
        committed = mofile.read_mo(file)
    fresh = mofile.read_mo(BytesIO(compiled.getvalue()))

    assert {m.id: m.string for m in committed if m.id} == {m.id: m.string for m in fresh if m.id}
