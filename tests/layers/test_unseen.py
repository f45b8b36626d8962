"""Plans of other provinces and years: what is found, against the expectations beside them.

The texts and expectations were written by another reader than the rules. A feature meets an
expectation of its layer when the names agree, or one holds the other at the same words; each
counts once. `FLOORS` holds what is found to the level that was reached; raise it with the rules.
"""

from __future__ import annotations

import re
import tomllib
import unicodedata
from collections import Counter
from dataclasses import dataclass
from functools import cache
from pathlib import Path
from typing import Any

import pytest

from layers.extraction import extract_features, read_tools
from layers.extraction.tools import Reading
from layers.model import Feature
from layers.plans import Document, Plan, read_text

UNSEEN = Path(__file__).parent / "unseen"
NAMES = tuple(sorted(path.stem for path in UNSEEN.glob("*.toml")))
LAYERS = ("layout", "clusters", "parks", "projects", "focus")

# layer: recall, precision, share of the found with the right places, in percent over all texts
FLOORS = {
    "layout": (98, 98, 98),
    "clusters": (98, 98, 95),
    "parks": (99, 98, 98),
    "projects": (97, 98, 97),
    "focus": (94, 92, 98),
    "all": (98, 98, 98),
}

# share of the found with the expected basis, and with the expected industries, in percent
BASIS_FLOOR, INDUSTRY_FLOOR = 98, 92

# rejected words that are read as features all the same, and why
KNOWN_REJECTS: dict[tuple[str, str], str] = {
    (
        "sichuan-2013",
        "一批下游深加工项目",
    ): "a place before 建设 makes the list one of named projects, though 一批 says that it is none",
}


@dataclass(frozen=True)
class Meeting:
    """An expectation and the feature that meets it."""

    expected: dict[str, Any]
    feature: Feature

    @property
    def layer(self) -> str:
        """The layer that the hit counts for."""
        return self.feature.layer

    @property
    def is_placed(self) -> bool:
        """Whether the feature stands where it is expected, if anything is."""
        if "places" not in self.expected:
            return True
        choices = [self.expected["places"], *self.expected.get("places_or", [])]
        return frozenset(self.feature.places) in map(frozenset, choices)

    @property
    def is_based(self) -> bool:
        """Whether the location rests on what it is expected to rest on."""
        return bool(self.feature.basis == self.expected.get("basis", self.feature.basis))

    @property
    def is_classified(self) -> bool:
        """Whether the expected industries of the first level are among the feature's."""
        codes = {code.partition(".")[0] for code in self.feature.industries}
        return set(self.expected.get("industries_first_level", ())) <= codes


@dataclass(frozen=True)
class Outcome:
    """A text against its expectations."""

    met: tuple[Meeting, ...]
    missed: tuple[dict[str, Any], ...]
    extra: tuple[Feature, ...]


@cache
def expectations(name: str) -> dict[str, Any]:
    return tomllib.loads((UNSEEN / f"{name}.toml").read_text(encoding="utf-8"))


@cache
def document(name: str) -> Document:
    said = expectations(name)
    first, last = said["period"].split("-")
    plan = Plan(
        id=name,
        file=f"{name}.txt",
        title=said["title"],
        period_start=int(first),
        period_end=int(last),
        region=said["region"],
    )
    return Document(plan, read_text(UNSEEN / f"{name}.txt"))


@cache
def features(name: str) -> tuple[Feature, ...]:
    """The features of a text in the layers that the expectations speak of."""
    found = extract_features(document(name), read_tools()).features
    return tuple(feature for feature in found if feature.layer in LAYERS)


def plain(text: str) -> str:
    """A name without blanks, with one kind of dash and of width."""
    text = unicodedata.normalize("NFKC", re.sub(r"\s+", "", text))
    return re.sub(r"[-‐‑‒–—－~～]+", "-", text)


def bare(text: str) -> str:
    """A plain name without the words that a list puts behind it."""
    return re.sub(r"(?:等?重点)?项目$|建设$", "", plain(text))


def spots(text: str, words: str) -> list[tuple[int, int]]:
    """Where words stand in a text, blanks and line breaks inside of them ignored."""
    pattern = r"\s*".join(map(re.escape, re.sub(r"\s+", "", words)))
    return [match.span() for match in re.finditer(pattern, text)]


def score(feature: Feature, expected: dict[str, Any], at: list[tuple[int, int]]) -> float:
    """How well a feature meets an expectation; 0 for not at all."""
    if feature.layer not in (expected["layer"], *expected.get("layer_or", ())):
        return 0
    spot = feature.evidence
    here = any(start < spot.end and spot.start < end for start, end in at)
    found, wanted = plain(feature.name), plain(expected["name"])
    if found == wanted:
        return 3 if here or "quote" in expected else 2
    if not here:
        return 0
    if bare(found) == bare(wanted):
        return 3
    if found in wanted or wanted in found:
        return 2
    if feature.layer in ("focus", "clusters") and wanted in plain(spot.quote):
        return 1
    return 0


@cache
def outcome(name: str) -> Outcome:
    """Pair features and expectations, the best first, each once."""
    wanted, found = expectations(name)["expect"], features(name)
    pairs = []
    for i, expected in enumerate(wanted):
        at = spots(document(name).source, expected.get("quote", expected["name"]))
        for j, feature in enumerate(found):
            points = score(feature, expected, at)
            if points:
                placed = Meeting(expected, feature).is_placed
                same = feature.layer == expected["layer"]
                pairs.append((-points - 0.9 * placed - 0.05 * same, i, j))
    by_wanted: dict[int, int] = {}
    for _, i, j in sorted(pairs):
        if i not in by_wanted and j not in by_wanted.values():
            by_wanted[i] = j
    taken = set(by_wanted.values())
    return Outcome(
        tuple(Meeting(wanted[i], found[j]) for i, j in sorted(by_wanted.items())),
        tuple(
            expected
            for i, expected in enumerate(wanted)
            if i not in by_wanted and not expected.get("optional")
        ),
        tuple(feature for j, feature in enumerate(found) if j not in taken),
    )


def shares(layer: str) -> tuple[float, float, float]:
    """Recall, precision and share of right places over all texts, in percent."""
    outcomes = [outcome(name) for name in NAMES]

    def counts(of: str) -> bool:
        return layer in (of, "all")

    met = [m for o in outcomes for m in o.met if counts(m.layer)]
    owed = [m for m in met if not m.expected.get("optional")]
    missed = sum(counts(expected["layer"]) for o in outcomes for expected in o.missed)
    extra = sum(counts(feature.layer) for o in outcomes for feature in o.extra)
    placed = sum(meeting.is_placed for meeting in met)
    return (
        100 * len(owed) / (len(owed) + missed),
        100 * len(met) / (len(met) + extra),
        100 * placed / len(met),
    )


def test_there_are_sixteen_texts_with_hundreds_of_expectations() -> None:
    assert len(NAMES) == 16
    wanted = Counter(x["layer"] for name in NAMES for x in expectations(name)["expect"])
    assert set(wanted) == set(LAYERS)
    assert sum(wanted.values()) >= 500
    regions = {expectations(name)["region"][:2] for name in NAMES}
    assert len(regions) == 16
    assert len(regions - {"23"}) == 15


@pytest.mark.parametrize("name", NAMES)
def test_what_is_expected_or_rejected_stands_in_the_text(name: str) -> None:
    said, text = expectations(name), document(name).source
    quotes = [expected["quote"] for expected in said["expect"] if "quote" in expected]
    rejects = [reject["text"] for reject in said["reject"]]
    assert [words for words in (*quotes, *rejects) if not spots(text, words)] == []


@pytest.mark.parametrize("layer", [*LAYERS, "all"])
def test_recall_precision_and_places_hold_their_level(layer: str) -> None:
    measured = shares(layer)
    for what, value, floor in zip(
        ("recall", "precision", "places"), measured, FLOORS[layer], strict=True
    ):
        assert value >= floor, f"{layer}: {what} is {value:.1f} %"


def test_basis_and_industries_hold_their_level() -> None:
    met = [meeting for name in NAMES for meeting in outcome(name).met]
    basis = 100 * sum(meeting.is_based for meeting in met) / len(met)
    industry = 100 * sum(meeting.is_classified for meeting in met) / len(met)
    assert basis >= BASIS_FLOOR, f"{basis:.1f} %"
    assert industry >= INDUSTRY_FLOOR, f"{industry:.1f} %"


# -- what must not be read ----------------------------------------------------------------


def rejected(name: str) -> set[tuple[str, str]]:
    """The rejected words that an unexpected feature is made of."""
    found = set()
    for reject in expectations(name)["reject"]:
        words = plain(reject["text"])
        for start, end in spots(document(name).source, reject["text"]):
            for feature in outcome(name).extra:
                spot = feature.evidence
                if reject.get("layer", feature.layer) != feature.layer:
                    continue
                if not (start < spot.end and spot.start < end):
                    continue
                if words in plain(spot.quote) or plain(feature.name) in words:
                    found.add((name, reject["text"]))
    return found


def trapped(name: str) -> set[tuple[str, str]]:
    """The toponyms that are read where the expectations say that they are not meant.

    `甲 is not meant`, `a bank, not 乙县`, `not a 丙区 elsewhere` name what is no place there.
    """
    reading = Reading(document(name), read_tools())
    found = set()
    for reject in expectations(name)["reject"]:
        named = re.search(r"([一-鿿]+) is not meant|not (?:a )?([一-鿿]+)", reject["why"])
        if named is None:
            continue
        false = named[1] or named[2]
        for start, end in spots(document(name).source, reject["text"]):
            found |= {
                (reject["text"], place.surface)
                for place in reading.places
                if place.start < end and start < place.end
                if place.within is None and false.startswith(place.surface)
            }
    return found


@pytest.mark.parametrize("name", NAMES)
def test_bans_mentions_and_generic_words_are_no_features(name: str) -> None:
    assert rejected(name) == {known for known in KNOWN_REJECTS if known[0] == name}


@pytest.mark.parametrize("name", NAMES)
def test_words_that_only_look_like_a_place_give_none(name: str) -> None:
    assert trapped(name) == set()


@pytest.mark.parametrize("name", NAMES)
def test_every_feature_stands_in_its_region_and_quotes_the_file(name: str) -> None:
    source = document(name).source
    region = expectations(name)["region"]
    within = read_tools().gazetteer.within
    for feature in features(name):
        spot = feature.evidence
        assert source[spot.start : spot.end] == spot.quote
        assert source.count("\n", 0, spot.start) + 1 == spot.line
        assert all(within(code, region) for code in feature.places), feature.id
