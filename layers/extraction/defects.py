"""What the source itself lacks or garbles, as issues: shown, never filled in.

Masked names (`***`), page numbers inside words, and separators that a list forgot.
"""

from __future__ import annotations

import re
from collections.abc import Iterator

from layers.extraction.lists import PAGE_NUMBER
from layers.extraction.tools import Reading
from layers.model import Issue

_MASK = re.compile(r"[一-鿿]{0,4}[*＊×]{2,}[一-鿿]{0,12}")
_STRAY = re.compile(r"[一-鿿]{2,8}(?<![第约共等])[0-9]{1,2}(?=[一-鿿]{2,})")


def find_defects(reading: Reading) -> Iterator[Issue]:
    """Yield an issue for each place where the source cannot be read as it was meant."""
    text = reading.document.text
    for match in _MASK.finditer(text):
        yield _issue(reading, "masked", match, "the source masks a part of this name")
    for match in PAGE_NUMBER.finditer(text):
        yield _issue(reading, "page-number", match, "a page number stands inside a word")
    for paragraph in reading.document.paragraphs:
        if paragraph.kind != "item":
            continue
        for match in _STRAY.finditer(text, paragraph.body_start, paragraph.end):
            # Only where a name begins behind the number did the source mean a separator.
            if any(place.start == match.end() for place in reading.places):
                yield _issue(
                    reading, "separator", match, "a stray number stands where a separator should"
                )


def _issue(reading: Reading, kind: str, match: re.Match[str], message: str) -> Issue:
    document = reading.document
    return Issue(
        type=kind,
        plan=reading.plan.id,
        message=message,
        seed=reading.plan.file,
        line=document.line_of(match.start()),
        start=match.start(),
        end=match.end(),
        value=document.source[match.start() : match.end()],
    )
