"""From offsets to what a reader sees: the sentence around a quote, and a text with its marks."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from itertools import pairwise

SENTENCE_ENDS = frozenset("。！？；\n\r\t　")
CLAUSE_ENDS = frozenset("，、：")
REACH = 90
SHORTEST = 24
_HEADING = re.compile(
    r"([一二三四五六七八九十]+、|（[一二三四五六七八九十]+）|[0-9]+[.．、]|（[0-9]+）|[①-⑳]|--|—|▲)"
)
_BLANKS = re.compile(r"\s+")


@dataclass(frozen=True, slots=True)
class Excerpt:
    """A quote in its sentence: `before + quote + after` stands verbatim in the text.

    `cut_before` and `cut_after` say that the sentence goes on beyond what is shown.
    """

    before: str
    quote: str
    after: str
    cut_before: bool
    cut_after: bool


@dataclass(frozen=True, slots=True)
class Span:
    """A stretch of text, by offsets in code points, and the id of the feature that it proves.

    With `is_issue` it is a place where something is wrong, and `id` is that of the issue.
    """

    start: int
    end: int
    id: str
    is_issue: bool = False


@dataclass(frozen=True, slots=True)
class Segment:
    """A run of text under the same marks; `ids` is empty where no feature is marked.

    `issues` are the ids of the issues that the text is about.
    """

    text: str
    ids: tuple[str, ...]
    starts: tuple[str, ...]
    issues: tuple[str, ...] = ()


def sentence_around(text: str, start: int, end: int, *, reach: int = REACH) -> Excerpt:
    """Return the sentence of `text` that holds `text[start:end]`.

    A heading of a few words says little: the sentence behind it is added to it. A plan's lists
    run over thousands of characters without a stop, so at most `reach` characters are taken on
    either side, cut at a comma where there is one.
    """
    left, cut_before = _reach_left(text, start, reach)
    right, cut_after = _reach_right(text, end, reach)
    while not cut_after and right - left < min(SHORTEST, reach):
        resumed = _resume(text, left, right)
        if resumed is None:
            break
        right, cut_after = _reach_right(text, resumed, reach - (right - end))
    return Excerpt(text[left:start], text[start:end], text[end:right], cut_before, cut_after)


def _resume(text: str, left: int, right: int) -> int | None:
    """Return where the text after `right` goes on, or None where it should not be added.

    In its own line a sentence is followed by the next; only a numbered heading is by the
    paragraph below it, since a line of a table has nothing to do with the line below.
    """
    if right < len(text) and not text[right].isspace():
        return right
    if not _HEADING.match(text, left, right):
        return None
    below = _BLANKS.match(text, right)
    return below.end() if below and below.end() < len(text) else None


def _reach_left(text: str, start: int, reach: int) -> tuple[int, bool]:
    """Return where the excerpt begins and whether that is inside the sentence."""
    lowest = max(0, start - reach)
    position = start
    while position > lowest and text[position - 1] not in SENTENCE_ENDS:
        position -= 1
    if position == 0 or text[position - 1] in SENTENCE_ENDS:
        return position, False
    clause = next((i for i in range(position, start) if text[i - 1] in CLAUSE_ENDS), position)
    return clause, True


def _reach_right(text: str, end: int, reach: int) -> tuple[int, bool]:
    """Return where the excerpt ends and whether that is inside the sentence."""
    highest = min(len(text), end + reach)
    position = end
    while position < highest and text[position] not in SENTENCE_ENDS:
        position += 1
    if position == len(text):
        return position, False
    if text[position] in SENTENCE_ENDS:
        return position + (text[position] in "。！？；"), False
    clauses = (i + 1 for i in range(position - 1, end - 1, -1) if text[i] in CLAUSE_ENDS)
    return next(clauses, position), True


def mark_segments(text: str, offset: int, spans: Iterable[Span]) -> Iterator[Segment]:
    """Cut `text`, which begins at `offset` of its file, at the borders of the spans.

    Marks may nest and overlap; each segment names the features over it, the shortest span
    first, and in `starts` those whose mark begins with it. The segments' texts add up to
    `text`.
    """
    here = [span for span in spans if span.start < offset + len(text) and span.end > offset]
    here.sort(key=lambda span: (span.end - span.start, span.id))
    borders = {offset, offset + len(text)}
    for span in here:
        borders |= {max(span.start, offset), min(span.end, offset + len(text))}
    ordered = sorted(borders)
    for left, right in pairwise(ordered):
        over = [span for span in here if span.start <= left and span.end >= right]
        yield Segment(
            text=text[left - offset : right - offset],
            ids=tuple(span.id for span in over if not span.is_issue),
            starts=tuple(
                span.id for span in over if not span.is_issue and max(span.start, offset) == left
            ),
            issues=tuple(span.id for span in over if span.is_issue),
        )
