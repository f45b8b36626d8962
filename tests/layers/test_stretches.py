"""Stretches of a text asked by offset: what one look at each of them would say."""

from __future__ import annotations

from hypothesis import given
from hypothesis import strategies as st

from layers.extraction.stretches import Stretches

SPANS = st.lists(st.tuples(st.integers(0, 12), st.integers(0, 6)).map(lambda s: (s[0], sum(s))))


def test_the_ends_of_a_stretch_lie_outside_of_it() -> None:
    stretches = Stretches([(5, 8), (0, 20)])
    assert [stretches.hold(offset) for offset in (0, 1, 6, 19, 20)] == [
        False, True, True, True, False,
    ]  # fmt: skip


def test_the_longest_of_the_last_stretches_before() -> None:
    stretches = Stretches([(4, 6), (2, 6), (0, 3)])
    assert [stretches.before(offset) for offset in (2, 3, 5, 6, 9)] == [
        None, (0, 3), (0, 3), (2, 6), (2, 6),
    ]  # fmt: skip


@given(SPANS, st.integers(0, 20))
def test_as_a_look_at_each(spans: list[tuple[int, int]], offset: int) -> None:
    stretches = Stretches(spans)
    assert stretches.hold(offset) == any(a < offset < b for a, b in spans)
    ended = [span for span in spans if span[1] <= offset]
    last = max(ended, key=lambda span: (span[1], -span[0]), default=None)
    assert stretches.before(offset) == last
