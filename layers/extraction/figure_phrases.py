"""What the words beside a number say: subject and measure, and what later clauses lean on.

`全市规模以上工业实现增加值` is about 全市规模以上工业 and measured by 增加值. A clause without a
subject or measure of its own goes on with those before it, which `Memory` holds.
"""

from __future__ import annotations

import re
from dataclasses import dataclass, field

from layers.extraction import figure_words as words
from layers.extraction.lists import clean_name

REGION = re.compile(r"^(?:全省|全市|全区|全县|我省|我市|我区)(?=.)")


@dataclass(frozen=True, slots=True)
class Said:
    """What a clause says of its number: `base` is the measure without a word of growth."""

    subject: str
    measure: str
    base: str = ""
    keeps: bool = False  # a counted noun is no subject for what follows
    noun_end: int = 0  # where a counted noun behind the unit ends


@dataclass(slots=True)
class Memory:
    """What the figure before has left: later clauses lean on it."""

    subject: str = ""
    base: str = ""
    measure: str = ""
    unit: str = ""
    end: int = 0
    skip: int = 0
    queue: list[tuple[str, str]] = field(default_factory=list)
    apart: list[tuple[str, str]] = field(default_factory=list)
    counted: str = ""


def clean(left: str) -> str:
    """The words left of a number without years, leading conjunctions and blanks."""
    left = words.YEAR_WORDS.sub("", re.sub(r"[\s　]+", "", left))
    left = words.WITH_OTHERS.sub("", left)
    return words.LEAD.sub("", left).removesuffix("由").removesuffix("从")


def subject_and_measure(core: str) -> tuple[str, str]:
    """Subject and measure: `全市规模以上工业实现增加值` is about 工业, measured by 增加值.

    Without a measure at its end both are empty.
    """
    of_region = REGION.sub("", core)
    if without_doing(of_region) != of_region:
        core = of_region
    opened = without_doing(core)
    inner = words.INNER.match(core)
    if opened != core:
        inner = words.INNER.match(opened)
        if inner is None:
            return "", opened if words.MEASURE.search(opened) else ""
    if inner is not None and not words.MEASURE.search(inner["subject"]):
        return without_doing(inner["subject"]), without_doing(inner["measure"])
    noun = words.MEASURE.search(core)
    if noun is None:
        return "", ""
    owner, of, measure = core.rpartition("的")
    if of and len(measure) <= 8:
        return owner, measure
    return core[: noun.start()], noun.group()


def without_doing(phrase: str) -> str:
    """The phrase without the verbs of doing that open it."""
    return words.OPENING.sub("", phrase)


def tidy(phrase: str) -> str:
    """A subject or measure without the region that it opens with and verbs of doing inside."""
    phrase = clean_name(phrase).strip("的、").rstrip("和与及由从")
    return re.sub(r"(?<=[一-鿿])实现(?=[一-鿿])|(?<=[一-鿿])了(?=[一-鿿])", "", phrase)
