"""Stretches of a text that are taken already, asked by offset without a look at each of them."""

from __future__ import annotations

from bisect import bisect_left, bisect_right
from collections.abc import Iterable
from itertools import accumulate


class Stretches:
    """Stretches `(start, end)` of a text, which may overlap.

    Sorted once: a long plan has thousands of them and asks for each of its figures.
    """

    def __init__(self, stretches: Iterable[tuple[int, int]]) -> None:
        """Sort the stretches."""
        by_start = sorted(stretches)
        self._starts = [start for start, _ in by_start]
        self._furthest = list(accumulate((end for _, end in by_start), max))
        self._by_end = sorted(by_start, key=lambda stretch: stretch[1])

    def hold(self, offset: int) -> bool:
        """Whether an offset lies inside a stretch, behind its start and before its end."""
        before = bisect_left(self._starts, offset)
        return before > 0 and self._furthest[before - 1] > offset

    def before(self, offset: int) -> tuple[int, int] | None:
        """The last stretch that ends at `offset` or before; of several the longest."""
        behind = bisect_right(self._by_end, offset, key=lambda stretch: stretch[1])
        if not behind:
            return None
        end = self._by_end[behind - 1][1]
        return self._by_end[bisect_left(self._by_end, end, key=lambda stretch: stretch[1])]
