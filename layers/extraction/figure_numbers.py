"""Numbers with a unit in a sentence, the words beside them in their clause, and their year.

A clause runs to the next comma outside brackets. Left out are ranges (`7－8个`); the titles of
documents are blanked before, since their years and numbers are no figures.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass

from layers.extraction import figure_words as words

_STRONG = "，。；：！？"
_FULL_WIDTH = str.maketrans("０１２３４５６７８９．％", "0123456789.%")
NOW = -1  # in place of a year: `目前`


@dataclass(frozen=True, slots=True)
class Number:
    """A number with unit in a sentence, and the words left and right of it in its clause."""

    text: str
    start: int
    end: int
    value: float
    unit: str
    left: str
    right: str
    over: bool

    @property
    def counts(self) -> bool:
        """Whether the unit counts things (`个`, `家`)."""
        return words.COUNTED.fullmatch(self.unit) is not None

    @property
    def is_rate(self) -> bool:
        """Whether the unit is one of growth and shares (`%`, `倍`)."""
        return words.RATE.fullmatch(self.unit) is not None


def numbers_in(text: str) -> Iterator[Number]:
    """The numbers with a unit in a sentence, from left to right, without those of ranges."""
    found: dict[int, re.Match[str]] = {}
    for pattern in (words.RANK, words.SCORE, words.RATIO, words.FIGURE):
        for match in pattern.finditer(text):
            found.setdefault(match.start("number"), match)
    for start in sorted(found):
        match = found[start]
        groups = match.groupdict()
        if words.RANGE.match(text, match.end()) or words.IN_RANGE.search(text[:start]):
            continue
        unit = groups["unit"].translate(_FULL_WIDTH)
        value = groups["number"].translate(_FULL_WIDTH).replace(",", "")
        if match.re is words.RATIO and not re.search(r"比[例重]?|贡献", text[:start]):
            continue  # a time of day, or a scale
        yield Number(
            text,
            start,
            match.end("unit"),
            float(value),
            unit,
            "",
            _right(text, match.end()),
            bool(groups.get("over")),
        )


def without_titles(text: str) -> str:
    """The sentence with the titles of documents blanked: their years and numbers are no figures."""
    return words.TITLE.sub(lambda m: "　" * len(m.group()), text)


def left_of(text: str, stop: int, floor: int) -> str:
    """What stands left of a number in its clause, brackets included, behind the figure before."""
    start = stop
    depth = 0
    while start > floor:
        char = text[start - 1]
        depth += (char in "）)") - (char in "（(")
        if depth < 0 or (depth == 0 and _ends_clause(text, start - 1)):
            break
        start -= 1
    return text[start:stop]


def _ends_clause(text: str, offset: int) -> bool:
    if text[offset] != ",":
        return text[offset] in _STRONG
    return words.THOUSANDS.match(text, max(offset - 1, 0)) is None


def _right(text: str, start: int) -> str:
    """What stands right of a unit to the end of its clause."""
    depth = 0
    for offset in range(start, len(text)):
        char = text[offset]
        depth += (char in "（(") - (char in "）)")
        if depth < 0 or (depth == 0 and _ends_clause(text, offset)):
            return text[start:offset]
    return text[start:]


def clause_start(text: str, stop: int) -> int:
    """Where the clause begins that holds the offset before `stop`."""
    return max(text.rfind(mark, 0, stop) for mark in _STRONG) + 1


def time_before(text: str, stop: int) -> int | None:
    """The last year named before an offset, `NOW` for the plan's own day, or None.

    The year of a comparison (`比2000年`) or of a beginning (`自2013年以来`) does not count, unless
    the figure follows at once (`从2010年的476家`).
    """
    found = [(match.start(), NOW) for match in words.NOW.finditer(text, 0, stop)]
    for match in words.YEAR.finditer(text, 0, stop):
        before = words.COMPARED.search(text, max(0, match.start() - 4), match.start())
        if before is None or text[match.end() : stop].strip() in ("", "的"):
            year = int(match["year"]) if match["year"] else words.PLAN_ENDS[match["plan"]]
            found.append((match.start(), year))
    return max(found)[1] if found else None


def year_in(text: str) -> int | None:
    """The last year that a heading or a line names."""
    year = time_before(text, len(text))
    return None if year is NOW else year
