"""Every list item of the five plans ends as a feature or as an issue row.

The lists are walked here once more, with plain string work on the files and none of the rules
that the extractors follow, so that neither can hide what the other one misses.
"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterator
from dataclasses import dataclass
from functools import cache
from itertools import pairwise
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from layers.extraction import Extraction, extract_features, read_tools
from layers.model import Feature, Issue
from layers.pipeline import extract_library, unclassified_issues, unlocated_issues
from layers.plans import Document, Library, Plan, read_library

SEEDS = Path(__file__).parents[2] / "seeds"
PLANS = ("harbin-2006", "projects-2011", "emerging-2016", "innovation-2016", "industry-2019")


@cache
def library() -> Library:
    return read_library(SEEDS)


@cache
def extractions() -> dict[str, Extraction]:
    return {d.plan.id: extract_features(d, read_tools()) for d in library().documents}


@cache
def source_of(plan: str) -> str:
    file = next(d.plan.file for d in library().documents if d.plan.id == plan)
    return (SEEDS / file).read_bytes().decode("utf-8")


# -- the walker ---------------------------------------------------------------------------


@dataclass(frozen=True)
class Item:
    """An item of a list: where it stands in the file, and its words."""

    line: int
    start: int
    end: int
    text: str


def pieces(text: str, separators: str) -> Iterator[tuple[int, int]]:
    """Stretches of a text between separators that stand outside of brackets and quotes."""
    depth, start = 0, 0
    for offset, char in enumerate(text):
        if char in "（(“":
            depth += 1
        elif char in "）)”":
            depth -= 1
        elif depth == 0 and char in separators:
            yield start, offset
            start = offset + 1
    yield start, len(text)


def items(source: str, start: int, end: int, separators: str) -> list[Item]:
    """The items of the list `source[start:end]`."""
    found = []
    for left, right in pieces(source[start:end], separators):
        words = source[start + left : start + right]
        lead = len(words) - len(words.lstrip())
        begin, stop = start + left + lead, start + left + len(words.rstrip())
        if begin < stop:
            line = source.count("\n", 0, begin) + 1
            found.append(Item(line, begin, stop, source[begin:stop]))
    return found


def lists_after(
    plan: str, pattern: str, separators: str = "、", least: int = 1
) -> dict[int, list[Item]]:
    """The lists of `least` items or more that the groups `list` of a pattern match, by line."""
    source = source_of(plan)
    found: dict[int, list[Item]] = {}
    for match in re.finditer(pattern, source):
        listed = items(source, match.start("list"), match.end("list"), separators)
        if len(listed) >= least:
            found.setdefault(listed[0].line, []).extend(listed)
    return found


def boxes() -> dict[int, list[Item]]:
    """The items behind each ▲ of the boxes of `harbin-2006`, by the line of the ▲."""
    source = source_of("harbin-2006")
    titles = {
        match[1] for match in re.finditer(r"(?:^|\n)(?:▲|——)([^：\n]{2,14})(?=：|\n)", source)
    }
    found = {}
    next_part = "▲|专栏|——|[0-9一二三四五六七八九十]+、"
    for match in re.finditer(rf"▲(?P<body>[^\n]+(?:\n(?!{next_part})[^\n]+)?)", source):
        start = match.start("body")
        title = max((t for t in titles if source.startswith(t, start)), key=len)
        start += len(title)
        start += source[start] in "：:"
        found[source.count("\n", 0, start) + 1] = items(source, start, match.end(), "、，。")
    return found


@cache
def spots(plan: str) -> tuple[tuple[int, int], ...]:
    """What features of lists and issues quote."""
    extraction = extractions()[plan]
    quoted = [
        (f.evidence.start, f.evidence.end)
        for f in extraction.features
        if f.layer in ("parks", "projects", "clusters", "layout")
    ]
    return (*quoted, *((issue.start, issue.end) for issue in extraction.issues))


def uncovered(plan: str, listed: list[Item]) -> list[str]:
    """The items of which features and issues do not quote the greater part, with their line."""

    def is_covered(item: Item) -> bool:
        quoted = {
            offset
            for start, end in spots(plan)
            for offset in range(max(start, item.start), min(end, item.end))
        }
        return len(quoted) > (item.end - item.start) / 2

    return [f"{item.line}: {item.text}" for item in listed if not is_covered(item)]


def features_on(plan: str, layer: str, listed: list[Item]) -> list[Feature]:
    """The features of a layer that quote from a list."""
    first, last = listed[0].start, listed[-1].end
    return [
        feature
        for feature in extractions()[plan].features
        if feature.layer == layer and feature.evidence.start < last and first < feature.evidence.end
    ]


# -- projects-2011 ------------------------------------------------------------------------

PARKS_2011 = r"--重点园区。推进建设(?P<list>[^。]+?)等(?P<count>[0-9]+)个"
PROJECTS_2011 = r"--重点项目。加快实施(?P<list>[^。]+?)等重点项目。"
ENTRIES = (10, 5, 4, 6, 5, 10, 9, 4)


def annex_counts() -> tuple[int, ...]:
    """The column of the annex with the number of parks, for the industries that have some."""
    rows = [line.split("\t") for line in source_of("projects-2011").split("\n") if "\t" in line]
    industries = [row for row in rows if row[0].strip().isdecimal() and len(row) == 15]
    return tuple(int(row[4]) for row in industries if row[4].strip())


def test_the_walker_finds_as_many_parks_as_text_and_annex_count() -> None:
    lists = lists_after("projects-2011", PARKS_2011)
    stated = [int(m["count"]) for m in re.finditer(PARKS_2011, source_of("projects-2011"))]
    assert tuple(len(listed) for listed in lists.values()) == ENTRIES
    assert tuple(stated) == ENTRIES
    assert annex_counts() == ENTRIES
    assert sum(ENTRIES) == 53


@pytest.mark.parametrize("number", range(8))
def test_every_park_entry_of_2011_is_a_feature(number: int) -> None:
    listed = list(lists_after("projects-2011", PARKS_2011).values())[number]
    parks = features_on("projects-2011", "parks", listed)
    assert uncovered("projects-2011", listed) == []
    own = [sum(item.start <= park.evidence.start < item.end for park in parks) for item in listed]
    # an entry of two parks joined by 和 is two features
    joined = ["基地和" in item.text or "产业园和" in item.text for item in listed]
    assert own == [1 + pair for pair in joined]
    assert len(parks) == ENTRIES[number] + sum(joined)


def test_every_project_of_2011_is_one_feature() -> None:
    lists = lists_after("projects-2011", PROJECTS_2011)
    assert [len(listed) for listed in lists.values()] == [20, 13, 8, 9, 5, 11, 11, 11, 10, 21]
    for listed in lists.values():
        assert uncovered("projects-2011", listed) == []
        projects = features_on("projects-2011", "projects", listed)
        quotes = [(p.evidence.line, p.evidence.start, p.evidence.quote) for p in projects]
        assert quotes == [(item.line, item.start, item.text) for item in listed]
        names = [re.sub(r"\s", "", item.text) for item in listed]
        assert [project.name for project in projects] == names


# -- harbin-2006 --------------------------------------------------------------------------


def test_the_walker_finds_the_boxes_of_2006() -> None:
    assert len(boxes()) == 26
    assert len(re.findall("▲", source_of("harbin-2006"))) == 26
    assert {line: len(listed) for line, listed in boxes().items()}[168] == 7


@pytest.mark.parametrize("line", sorted(boxes()))
def test_every_item_of_the_boxes_of_2006_is_a_feature(line: int) -> None:
    listed = boxes()[line]
    projects = features_on("harbin-2006", "projects", listed)
    assert uncovered("harbin-2006", listed) == []
    # more only where the source forgot a separator
    assert len(listed) <= len(projects) <= len(listed) + 1
    starts = {project.evidence.start for project in projects}
    assert [item.text for item in listed if item.start not in starts] == []


# -- the other plans ----------------------------------------------------------------------

SENTENCE = (
    r"(?<=[。；，\n　])(?:全力|加快|重点)?(?:推进|建设|加快(?!推动))(?P<list>[^。；]+?)"
    r"(?:等[^，。；、]{0,12})?项目[^，。；、]*[，。；]"
)
LINES = {
    "harbin-2006": (188,),
    "emerging-2016": (24, 28, 34, 36, 50, 60, 70),
    "industry-2019": (60, 111, 127, 155, 174, 181),
}
"""The lines whose sentences of that form list named projects; others speak of kinds."""


@cache
def sentences(plan: str) -> dict[int, list[Item]]:
    """Lists of three items or more in the running text of a plan, by line."""
    return lists_after(plan, SENTENCE, "、，", least=3)


@pytest.mark.parametrize(
    ("plan", "line"), [(plan, line) for plan, lines in LINES.items() for line in lines]
)
def test_every_item_of_the_lists_in_running_text_is_covered(plan: str, line: int) -> None:
    assert uncovered(plan, sentences(plan)[line]) == []


def test_every_line_of_the_annex_of_alliances_is_one() -> None:
    source = source_of("innovation-2016")
    lines = [
        (number, line.strip())
        for number, line in enumerate(source.split("\n"), start=1)
        if re.fullmatch(r"\s*[0-9]+[.．、]?\s*[^，。]+联盟(?:（国家）)?\s*", line)
    ]
    alliances = [f for f in extractions()["innovation-2016"].features if f.layer == "alliances"]
    assert len(lines) == 51
    assert [f.evidence.line for f in alliances] == [number for number, _ in lines]
    assert all(
        line.removesuffix("（国家）").endswith(feature.name)
        for feature, (_, line) in zip(alliances, lines, strict=True)
    )


# -- what holds for every feature and issue -----------------------------------------------


def issues_of(plan: str) -> list[Issue]:
    extraction = extractions()[plan]
    more = [*unlocated_issues(extraction.features), *unclassified_issues(extraction.features)]
    return [*extraction.issues, *more]


@pytest.mark.parametrize("plan", PLANS)
def test_quotes_and_lines_are_those_of_the_file(plan: str) -> None:
    source = source_of(plan)
    starts = [0, *(m.end() for m in re.finditer("\n", source)), len(source) + 1]
    spans = dict(enumerate(pairwise(starts), start=1))
    file = next(d.plan.file for d in library().documents if d.plan.id == plan)
    wrong = []
    for feature in extractions()[plan].features:
        spot = feature.evidence
        first, behind = spans[spot.line]
        is_right = (
            source[spot.start : spot.end] == spot.quote
            and spot.quote == spot.quote.strip() != ""
            and first <= spot.start < behind
            and spot.seed == file
        )
        if not is_right:
            wrong.append(feature.id)
    assert wrong == []


@pytest.mark.parametrize("plan", PLANS)
def test_issues_point_at_the_words_that_they_are_about(plan: str) -> None:
    source = source_of(plan)
    ids = {feature.id for feature in extractions()[plan].features}
    for issue in issues_of(plan):
        assert 0 <= issue.start < issue.end <= len(source)
        assert source.count("\n", 0, issue.start) + 1 == issue.line
        assert issue.plan == plan
        assert issue.message
        if issue.feature is None:
            assert source[issue.start : issue.end] == issue.value
        else:
            assert issue.feature in ids


@pytest.mark.parametrize("plan", PLANS)
def test_ids_are_unique_and_say_plan_and_layer(plan: str) -> None:
    features = extractions()[plan].features
    repeated = [i for i, n in Counter(feature.id for feature in features).items() if n > 1]
    assert repeated == []
    assert all(f.id.startswith(f"{plan}:{f.layer}:") for f in features)
    assert len({feature.layer for feature in features}) >= 4


@pytest.mark.parametrize("plan", PLANS)
def test_places_have_names_words_and_a_basis(plan: str) -> None:
    gazetteer = read_tools().gazetteer
    for feature in extractions()[plan].features:
        assert feature.place_names == tuple(gazetteer.path(code) for code in feature.places)
        assert len(set(feature.places)) == len(feature.places)
        assert all(code.startswith("23") for code in feature.places), feature.id
        assert (feature.places == ()) == (feature.basis.value == "unknown"), feature.id
        assert (feature.places == ()) == (feature.precision.value == "none"), feature.id
        if feature.basis.value == "text":
            assert feature.places_as_written, feature.id
        if feature.precision.value == "region":
            assert len(feature.places) > 1, feature.id
        elif feature.places:
            assert len(feature.places) == 1, feature.id


@pytest.mark.parametrize("plan", PLANS)
def test_names_are_clean(plan: str) -> None:
    dirty = [
        feature.name
        for feature in extractions()[plan].features
        if feature.layer in ("parks", "projects", "clusters", "layout", "alliances")
        and re.search(r"^[、，。；：等]|[、，。；：]$|\n|　|-[0-9]+-(?=[一-鿿])", feature.name)
    ]
    assert dirty == []


def test_two_readings_are_the_same_in_one_process_and_in_two() -> None:
    tools = read_tools()
    again = extract_library(library(), tools, 1, lambda _: None)
    apart = extract_library(library(), tools, 2, lambda _: None)
    assert again == [extractions()[document.plan.id] for document in library().documents]
    assert apart == again


LINES_OF_ALL = tuple(
    line for plan in PLANS for line in source_of(plan).split("\n") if 1 < len(line) < 400
)


@settings(max_examples=40, deadline=None)
@given(st.lists(st.sampled_from(LINES_OF_ALL), max_size=10))
def test_whatever_stands_beside_what_evidence_and_ids_hold(lines: list[str]) -> None:
    text = "\n".join(lines)
    plan = Plan(
        id="mixed",
        file="mixed.txt",
        title="mixed",
        period_start=2011,
        period_end=2015,
        region="230000",
    )
    found = extract_features(Document(plan, text), read_tools())
    for feature in found.features:
        spot = feature.evidence
        assert text[spot.start : spot.end] == spot.quote
        assert text.count("\n", 0, spot.start) + 1 == spot.line
        assert feature.name
        assert (feature.places == ()) == (feature.basis.value == "unknown")
    assert len({feature.id for feature in found.features}) == len(found.features)
    assert all(text[issue.start : issue.end] for issue in found.issues)
