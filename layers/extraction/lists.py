"""Lists in running text: where items begin and end, and what stands around them.

`、` separates the items of a list, `，` too where the items themselves hold `、`; neither does so
inside brackets or quotation marks. All offsets count from the start of the text handed in.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass

_OPENING = dict(zip("（(“《【「", "）)”》】」", strict=True))
_BRACKET = re.compile(f"[{''.join(_OPENING)}{''.join(_OPENING.values())}]")
PAGE_NUMBER = re.compile(r"(?<=[一-鿿])-[0-9]{1,3}-(?=[一-鿿])")
"""A page number that the source left inside a word: `重点园-5-区`."""


_QUOTED = re.compile("”(?=“)")
_RUN_IN_NUMBER = re.compile(
    r"(?:[①-⑳]|第?[一二三四五六七八九十]{1,2}是|[（(][0-9０-９]{1,2}[）)])\s*(?=\S)|"
    r"[0-9０-９]{1,2}[．、.]\s*(?=[^\s0-9])"
)
# `甲厂　2．乙厂`: a blank before its number sets the next item off, and the sign is the number's.
_NEXT_NUMBER = re.compile(
    r"(?<=[^\s0-9])[ 　]+(?:[①-⑳]|[（(][0-9０-９]{1,2}[）)]|[0-9０-９]{1,2}[．、.])\s*"
    r"(?=[^\s0-9０-９])"
)
_TRAILING_PAGE = re.compile(r"(?<=[一-鿿])[ 　]+[0-9]{1,3}$")


@dataclass(frozen=True, slots=True)
class Span:
    """A stretch `text[start:end]` of a text."""

    start: int
    end: int
    text: str

    def sub(self, start: int, end: int) -> Span:
        """The stretch between two offsets of the same text, without blanks at its ends."""
        piece = self.text[start - self.start : end - self.start]
        lead = len(piece) - len(piece.lstrip())
        return Span(start + lead, start + len(piece.rstrip()), piece.strip())


def top_level(text: str) -> Iterator[tuple[int, str]]:
    """The characters of `text` that stand outside brackets and quotation marks.

    A bracket that is not closed within the text is a character like others: it would swallow
    the rest of its list.
    """
    closed = _closed(text)
    behind = 0
    for offset, char in enumerate(text):
        if offset in closed and offset >= behind:
            behind = closed[offset] + 1
        if offset >= behind:
            yield offset, char


def _closed(text: str) -> dict[int, int]:
    """Where each opening bracket or mark that is closed is closed."""
    pairs: dict[int, int] = {}
    last = {char: text.rfind(char) for char in _OPENING.values()}
    opened: list[tuple[int, str]] = []
    for match in _BRACKET.finditer(text):
        offset, char = match.start(), match[0]
        if char in _OPENING:
            opened.append((offset, _OPENING[char]))
            continue
        # What nothing closes later stands in no one's way: `（甲“乙）`.
        while opened and opened[-1][1] != char and last[opened[-1][1]] < offset:
            opened.pop()
        if opened and opened[-1][1] == char:
            pairs[opened.pop()[0]] = offset
    return pairs


def split_at(span: Span, separators: str) -> list[Span]:
    """Cut a stretch at each separator outside brackets; empty pieces are dropped.

    A number that a blank sets off from the item before parts them like a separator, and is dropped.
    """
    outside = dict(top_level(span.text))
    numbers = [m.span() for m in _NEXT_NUMBER.finditer(span.text) if m.start() in outside]
    signs = [(at, at + 1) for at, char in outside.items() if char in separators]
    cuts = sorted(numbers + [(a, b) for a, b in signs if not _is_within(a, numbers)])
    if "、" in separators:  # `“甲云”“乙云”`: quoted names need no sign between them
        cuts = sorted(cuts + [(m.start() + 1, m.start() + 1) for m in _QUOTED.finditer(span.text)])
    edges = [0, *(edge for cut in cuts for edge in cut), len(span.text)]
    pieces = [
        span.sub(span.start + left, span.start + right)
        for left, right in zip(edges[::2], edges[1::2], strict=True)
    ]
    return [piece for piece in pieces if piece.text]


def _is_within(offset: int, stretches: list[tuple[int, int]]) -> bool:
    return any(start <= offset < end for start, end in stretches)


def without_number(span: Span) -> Span:
    """The stretch behind the number of a list that runs on in a line: `①甲厂`, `二是乙厂`."""
    number = _RUN_IN_NUMBER.match(span.text)
    return span if number is None else span.sub(span.start + number.end(), span.end)


def split_pairs(span: Span, noun: re.Pattern[str]) -> list[Span]:
    """Cut `甲园和乙园` where what stands left of 和 ends with the noun and the right does too.

    `恒丰纸业食品包装纸和汉麻加工项目` stays whole: its left side is no thing of its own.
    """
    for offset, char in top_level(span.text):
        if char not in "和与及" or not offset:
            continue
        left, right = span.text[:offset], span.text[offset + 1 :]
        if _ends_with(noun, left) and _ends_with(noun, right):
            cut = span.start + offset
            return [
                *split_pairs(span.sub(span.start, cut), noun),
                *split_pairs(span.sub(cut + 1, span.end), noun),
            ]
    return [span]


def _ends_with(noun: re.Pattern[str], text: str) -> bool:
    return any(match.end() == len(text) for match in noun.finditer(text))


def clean_name(text: str) -> str:
    """A name without line breaks, stray page numbers and blanks that the source put into it."""
    text = _TRAILING_PAGE.sub("", PAGE_NUMBER.sub("", text))
    text = re.sub(r"\s*\n\s*", "", text).strip(" 　\t；;。，、：:")
    return re.sub(r"(?<=[一-鿿“”])[ 　]+|[ 　]+(?=[一-鿿“”])", "", text)
