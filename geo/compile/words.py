"""`common_words.csv`: the common Chinese words of two characters, from jieba's dictionary.

Recognition needs them to see that a name was cut out of words: 振兴|化工 is not 兴化. A word that
is also the name of a place is left in here; which names are strong depends on the year of the
text, so `geo.recognition` takes those out.
"""

from __future__ import annotations

import csv
from collections import defaultdict
from collections.abc import Iterable
from pathlib import Path

from geo.errors import TableError

COLUMNS = ("first", "seconds")

LENGTH = 2
LEAST_FREQUENCY = 200
"""How often a word is at least counted in jieba's corpus; 上海 has 16,377."""

# Names of persons, mostly foreign ones in Chinese characters (约翰), and what was taken for one.
# Characters of such a name do not say that the text is made of words.
PERSON_NAME = "nrt"


def read_words(path: Path) -> frozenset[str]:
    """Read the common words from `dict.txt`, whose lines hold a word, its frequency and its tag.

    Returns
    -------
    frozenset of str
        The words of `LENGTH` characters that have at least `LEAST_FREQUENCY` and are no
        `PERSON_NAME`.

    Raises
    ------
    TableError
        When a line is of another form.
    """
    words = set()
    for number, line in enumerate(path.read_text(encoding="utf-8").splitlines(), start=1):
        try:
            word, frequency, tag = line.split(" ")
            common = int(frequency) >= LEAST_FREQUENCY
        except ValueError as error:
            raise TableError(
                f"{path}:{number}: {line!r} is not a word, a frequency and a tag"
            ) from error
        if common and len(word) == LENGTH and tag != PERSON_NAME:
            words.add(word)
    return frozenset(words)


def write_words(words: Iterable[str], path: Path) -> None:
    """Write `common_words.csv`: for each first character the second ones, in order."""
    seconds: dict[str, list[str]] = defaultdict(list)
    for word in sorted(words):
        seconds[word[0]].append(word[1])
    with path.open("w", encoding="utf-8", newline="") as stream:
        writer = csv.writer(stream, lineterminator="\n")
        writer.writerow(COLUMNS)
        writer.writerows((first, "".join(rest)) for first, rest in seconds.items())
