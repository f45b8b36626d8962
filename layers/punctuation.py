"""One form of punctuation and digits, at the same offsets.

Publishers mix `,` and `，`, `(` and `（`, `2015` and `２０１５`. The rules read one form only;
since every character is exchanged for exactly one, offsets into the exchanged text are offsets
into the plan. Full-width letters stay: they are words of names, which are given as the plan writes
them.
"""

from __future__ import annotations

import re

_HAN = r"[一-鿿（）“”《》、，。；：％]"
_PAIRS = (
    (re.compile(r",(?![0-9]{3})"), "，"),
    (re.compile(r";"), "；"),
    (re.compile(rf":(?={_HAN}|\s|$)|(?<=[一-鿿]):"), "："),
    (re.compile(r"\("), "（"),
    (re.compile(r"\)"), "）"),
    (re.compile(r"(?<=[一-鿿）”％])\.(?=[一-鿿“\s]|$)"), "。"),
    (re.compile(r"\?"), "？"),
    (re.compile(r"!"), "！"),
)
_DIGITS = str.maketrans("０１２３４５６７８９", "0123456789")
_POINT = re.compile(r"(?<=[0-9])．(?=[0-9])")
_QUOTE = re.compile(r'"([^"\n]{1,40})"')


def widen(text: str) -> str:
    """Return `text` with full-width punctuation and half-width digits, one for one.

    Left alone is what belongs to Latin text and numbers: `5,000`, `R&D (2.0)` keeps its comma
    and point, `http://` its colon.

    Examples
    --------
    >>> widen("发展(哈尔滨)汽车,5,000辆.")
    '发展（哈尔滨）汽车，5,000辆。'
    >>> widen("２０１５年")
    '2015年'
    """
    text = _POINT.sub(".", text.translate(_DIGITS))
    for pattern, wide in _PAIRS:
        text = pattern.sub(wide, text)
    return _QUOTE.sub("“\\1”", text)
