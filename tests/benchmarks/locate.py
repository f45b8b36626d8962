"""Place recognition against `cpca` and `jionlp`: the same items, the same machine, one run.

    python tests/benchmarks/locate.py [--check] [--wrong]

**Accuracy** is counted on `located_items.csv` (see `README.md` for how it was drawn): an item is
*exact* when the set of divisions is the one on its label, and its *prefectures* are right when
both sets, lifted to the prefecture, are equal. **Speed** is counted in characters a second over
the plans of `seeds/`, one after the other in one string, best of five after a warm-up.

Each peer gets its fairest use:

- Both are asked in every way that they offer: `cpca.transform` (one address a string),
  `cpca.transform_text_with_addrs` (all addresses of a text), `jionlp.parse_location` (one
  address) and `jionlp.recognize_location` (all places, `top_k` lifted from 3 to 50).
- The region of the item is offered in each way there is: not at all, as the region's name put
  before the item (what only that name brings in is taken out again) and, for `cpca`, as `umap`
  with every county of the region. `jionlp.recognize_location` of this release sorts prefectures
  without 市 (哈尔滨) under "others": a further way has those parsed by `parse_location`. The way
  that gives most exact items over all is reported.
- Old codes (`cpca` knows the divisions of 2016-17) and names (`jionlp` those of about 2021) are
  carried over to today's, so that nobody loses by vintage alone.
- Speed is measured without a region, which is faster. What reads one address a string gets
  the text paragraph by paragraph, for it would stop at the first place otherwise, and
  `jionlp`, which needs a quarter of a minute for a turn, is given two turns.

planmap is asked by `geo.locate.locate` with the year and the region of the item; neither peer
takes a year.
"""

from __future__ import annotations

import argparse
import contextlib
import csv
import importlib
import io
import sys
import time
import tomllib
import warnings
from collections import Counter
from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass
from functools import cache
from pathlib import Path
from typing import Any

ROOT = Path(__file__).resolve().parents[2]
if str(ROOT) not in sys.path:  # run as a script, not installed
    sys.path.insert(0, str(ROOT))

from geo.gazetteer import Division, Gazetteer, load_gazetteer  # noqa: E402 (after the path)
from geo.locate import locate  # noqa: E402

ITEMS = Path(__file__).with_name("located_items.csv")
SEEDS = ROOT / "seeds"
EXACT_TARGET = 0.98
SPEED_TARGET = 1_000_000
"""Characters a second."""
CPCA_VINTAGE = 2017
TURNS = 5

Codes = frozenset[str]


@dataclass(frozen=True, slots=True)
class Item:
    """A piece of text with the divisions of today that it names, labelled by reading."""

    text: str
    year: int
    region: str | None
    adcodes: Codes
    source: str
    kind: str


@dataclass(frozen=True, slots=True)
class Score:
    """What one way of locating got right; `speed` is in characters a second."""

    name: str
    use: str
    answers: tuple[Codes, ...]
    exact: float
    prefectures: float
    speed: float


@dataclass(frozen=True, slots=True)
class Candidate:
    """One function of one library with the ways in which a region can be told to it."""

    name: str
    uses: tuple[tuple[str, Callable[[Item], Codes]], ...]
    read: Callable[[str], object]
    turns: int = TURNS


# --- items ---


def read_items(path: Path = ITEMS, seeds: Path = SEEDS) -> tuple[Item, ...]:
    """The labelled items.

    Raises
    ------
    ValueError
        When a code is none of today's, or an item does not stand in its line of its plan.
    """
    gazetteer = load_gazetteer()
    lines = {plan: text.split("\n") for plan, text in read_plans(seeds).items()}
    items = []
    with path.open(encoding="utf-8", newline="") as file:
        for row in csv.DictReader(file):
            adcodes = frozenset(filter(None, row["adcodes"].split(";")))
            for adcode in (*adcodes, *filter(None, [row["region"]])):
                gazetteer.division(adcode)
            plan, _, line = row["source"].partition(":")
            if plan != "written" and row["item"] not in lines[plan][int(line) - 1]:
                raise ValueError(f"{path.name}: {row['item']} does not stand in {row['source']}")
            items.append(
                Item(
                    row["item"],
                    int(row["year"]),
                    row["region"] or None,
                    adcodes,
                    row["source"],
                    row["kind"],
                )
            )
    return tuple(items)


def read_plans(seeds: Path = SEEDS) -> dict[str, str]:
    """The texts of the plans by plan id."""
    library = tomllib.loads((seeds / "plans.toml").read_text(encoding="utf-8"))
    return {
        plan["id"]: (seeds / plan["file"]).read_text(encoding="utf-8") for plan in library["plan"]
    }


# --- codes ---


def prefectures_of(adcodes: Iterable[str], gazetteer: Gazetteer) -> Codes:
    """Each code lifted to its prefecture; what is under a province directly stays itself."""
    return frozenset(_prefecture(adcode, gazetteer) for adcode in adcodes)


def _prefecture(adcode: str, gazetteer: Gazetteer) -> str:
    division = gazetteer.division(adcode)
    if division.level != "county" or division.parent is None:
        return adcode
    parent = gazetteer.division(division.parent)
    municipality = parent.level == "province" and parent.name.endswith("市")
    return parent.adcode if parent.level == "prefecture" or municipality else adcode


def today_of(adcode: str, gazetteer: Gazetteer) -> Codes:
    """Today's codes for one of `cpca`'s."""
    current = {division.adcode for division in gazetteer.divisions()}
    old = [
        division
        for division in gazetteer.divisions_ever()
        if division.adcode == adcode and division.valid_in(CPCA_VINTAGE)
    ]
    if old:
        return frozenset(old[-1].today)
    return frozenset({adcode} & current)


class NamePaths:
    """Today's codes by province, city and county as `jionlp` writes them."""

    def __init__(self, gazetteer: Gazetteer) -> None:
        self._names: dict[str, list[Division]] = {}
        for division in sorted(gazetteer.divisions_ever(), key=_newest_first):
            self._names.setdefault(division.name, []).append(division)

    def find(self, province: str | None, city: str | None, county: str | None) -> Codes:
        """The codes of the lowest level that the register knows (zones are in none)."""
        above = next((d.adcode[:2] for d in self._names.get(province or "", ())), "")
        for name, over in ((county, city), (city, None), (province, None)):
            for division in self._names.get(name or "", ()):
                if division.adcode.startswith(above) and self._under(division, over):
                    return frozenset(division.today)
        return frozenset()

    def _under(self, division: Division, city: str | None) -> bool:
        """Whether a division stands under the city that is named with it, if it is one."""
        parents = self._names.get(city or "", ())
        prefectures = {parent.adcode for parent in parents if parent.level == "prefecture"}
        return not prefectures or division.parent in prefectures


def _newest_first(division: Division) -> int:
    return -(division.valid_to or 9999)


# --- ways of locating ---


def planmap_candidate() -> Candidate:
    """`geo.locate.locate` with the year and the region of the item."""

    def answer(item: Item) -> Codes:
        places = locate(item.text, year=item.year, region=item.region)
        return frozenset(place.adcode for place in places)

    def read(text: str) -> object:
        return locate(text, year=2019, region="230000")

    return Candidate("planmap locate", (("year, region", answer),), read)


def cpca_candidates() -> list[Candidate]:
    """`cpca` by string and by text."""
    cpca: Any = importlib.import_module("cpca")
    gazetteer = load_gazetteer()

    @cache
    def today(adcode: str) -> Codes:
        return today_of(adcode, gazetteer)

    def codes(frame: Any) -> Codes:
        found = (value for value in frame["adcode"].tolist() if isinstance(value, str))
        return frozenset(code for value in found for code in today(value))

    def one(text: str, umap: dict[str, str]) -> Codes:
        return codes(cpca.transform([text], umap=umap))

    def every(text: str, umap: dict[str, str]) -> Codes:
        try:
            return codes(cpca.transform_text_with_addrs(text, umap=umap))
        except KeyError:  # what it raises when it finds no address: none is its answer
            return frozenset()

    def paragraphs(text: str) -> object:
        return cpca.transform(text.split("\n"))

    return [
        Candidate("cpca transform", _cpca_uses(one), paragraphs),
        Candidate("cpca transform_text", _cpca_uses(every), cpca.transform_text_with_addrs),
    ]


def _cpca_uses(
    ask: Callable[[str, dict[str, str]], Codes],
) -> tuple[tuple[str, Callable[[Item], Codes]], ...]:
    def plain(text: str) -> Codes:
        return ask(text, {})

    def mapped(item: Item) -> Codes:
        return ask(item.text, counties_of(item.region) if item.region else {})

    return (*_text_uses(plain), ("umap", mapped))


@cache
def counties_of(region: str) -> dict[str, str]:
    """Codes of the counties of a region by name, those of the vintage of `cpca` first."""
    gazetteer = load_gazetteer()
    found: dict[str, str] = {}
    for year in (CPCA_VINTAGE, None):
        for division in gazetteer.divisions(year):
            inside = any(gazetteer.within(code, region) for code in division.today)
            if division.level == "county" and inside:
                found.setdefault(division.name, division.adcode)
    return found


def jionlp_candidates() -> list[Candidate]:
    """`jionlp` by address and by text."""
    with contextlib.redirect_stdout(io.StringIO()):  # it greets
        jionlp: Any = importlib.import_module("jionlp")
        jionlp.recognize_location("哈尔滨市")
        jionlp.parse_location("哈尔滨市")
    names = NamePaths(load_gazetteer())

    def parsed(text: str) -> Codes:
        place = jionlp.parse_location(text)
        return names.find(place["province"], place["city"], place["county"])

    def codes(found: Any) -> Codes:
        return frozenset(
            code
            for place, _count in found["domestic"] or []
            for code in names.find(place["province"], place["city"], place["county"])
        )

    def recognised(text: str) -> Codes:
        return codes(jionlp.recognize_location(text, top_k=50))

    def completed(item: Item) -> Codes:
        found = jionlp.recognize_location(item.text, top_k=50)
        return codes(found).union(*map(parsed, found["others"] or ()))

    def paragraphs(text: str) -> object:
        return [jionlp.parse_location(line) for line in text.split("\n") if line]

    return [
        Candidate("jionlp parse_location", _text_uses(parsed), paragraphs, 2),
        Candidate(
            "jionlp recognize_location",
            (*_text_uses(recognised), ("others parsed", completed)),
            jionlp.recognize_location,
            2,
        ),
    ]


def _text_uses(
    ask: Callable[[str], Codes],
) -> tuple[tuple[str, Callable[[Item], Codes]], ...]:
    """Without a region, and with its name before the item."""

    def alone(item: Item) -> Codes:
        return ask(item.text)

    def named(item: Item) -> Codes:
        found = ask(item.text)
        if item.region is None:
            return found
        gazetteer = load_gazetteer()
        name = gazetteer.path(item.region)
        parent = gazetteer.parent(item.region)
        before = (gazetteer.path(parent) if parent else "") + name
        return (ask(before + item.text) - {item.region}) | (found & {item.region})

    return (("no region", alone), ("region before", named))


# --- measuring ---


def score(candidate: Candidate, items: Sequence[Item], text: str) -> Score:
    """Accuracy of the best use, and speed."""
    gazetteer = load_gazetteer()
    results = []
    for use, ask in candidate.uses:
        answers = tuple(ask(item) for item in items)
        exact = sum(a == i.adcodes for a, i in zip(answers, items, strict=True))
        results.append((exact, use, answers))
    exact, use, answers = max(results, key=lambda result: result[0])
    right = sum(
        prefectures_of(a, gazetteer) == prefectures_of(i.adcodes, gazetteer)
        for a, i in zip(answers, items, strict=True)
    )
    speed = characters_a_second(candidate.read, text, candidate.turns)
    return Score(candidate.name, use, answers, exact / len(items), right / len(items), speed)


def characters_a_second(read: Callable[[str], object], text: str, turns: int) -> float:
    """The best of some turns over a text, after a short warm-up."""
    read(text[:2000])
    seconds = []
    for _ in range(turns):
        start = time.perf_counter()
        read(text)
        seconds.append(time.perf_counter() - start)
    return len(text) / min(seconds)


def candidates() -> list[Candidate]:
    """planmap, and the peers that are installed."""
    found = [planmap_candidate()]
    for name, make in (("cpca", cpca_candidates), ("jionlp", jionlp_candidates)):
        try:
            found += make()
        except ModuleNotFoundError as error:
            sys.stderr.write(f"{name} is left out: {error}; try: pip install 'planmap[bench]'\n")
    return found


# --- report ---


def table(scores: Sequence[Score], items: Sequence[Item]) -> str:
    """The one table: a row a candidate, with ratios to planmap and exact sets by kind."""
    ours = scores[0]
    kinds = Counter(item.kind for item in items)
    rows = [
        ["", "use", "exact", "ratio", "prefect.", "ratio", "chars/s", "ratio", *kinds],
        ["", "", "", "", "", "", "", "", *(str(number) for number in kinds.values())],
    ]
    rows += [
        [
            s.name,
            s.use,
            f"{s.exact:.1%}",
            f"{ours.exact / s.exact:.2f}" if s.exact else "-",
            f"{s.prefectures:.1%}",
            f"{ours.prefectures / s.prefectures:.2f}" if s.prefectures else "-",
            f"{s.speed:,.0f}",
            f"{ours.speed / s.speed:,.2f}",
            *(f"{_exact_of(kind, s, items):.0%}" for kind in kinds),
        ]
        for s in scores
    ]
    widths = [max(len(row[column]) for row in rows) for column in range(len(rows[0]))]
    return "\n".join(
        "  ".join(
            cell.ljust(width) if column < 2 else cell.rjust(width)
            for column, (cell, width) in enumerate(zip(row, widths, strict=True))
        ).rstrip()
        for row in rows
    )


def _exact_of(kind: str, scored: Score, items: Sequence[Item]) -> float:
    right = [a == i.adcodes for a, i in zip(scored.answers, items, strict=True) if i.kind == kind]
    return sum(right) / len(right)


def wrong_items(scored: Score, items: Sequence[Item]) -> str:
    """A line for each item that is not exact: what is missing, what is too much."""
    gazetteer = load_gazetteer()

    def names(adcodes: Codes) -> str:
        return " ".join(f"{adcode} {gazetteer.path(adcode)}" for adcode in sorted(adcodes)) or "-"

    return "\n".join(
        f"{item.source} [{item.kind}, {item.year}, {item.region}] {item.text}\n"
        f"    missing: {names(item.adcodes - answer)}   too much: {names(answer - item.adcodes)}"
        for item, answer in zip(items, scored.answers, strict=True)
        if answer != item.adcodes
    )


def main(arguments: Sequence[str] | None = None) -> int:
    """Print the table; with `--check` the targets decide on the exit code."""
    parser = argparse.ArgumentParser(description=(__doc__ or "").split("\n")[0])
    parser.add_argument("--check", action="store_true", help="exit 1 below the targets")
    parser.add_argument("--wrong", action="store_true", help="list what planmap gets wrong")
    options = parser.parse_args(arguments)
    warnings.simplefilter("ignore")  # the peers'
    items = read_items()
    text = "".join(read_plans().values())
    scores = [score(candidate, items, text) for candidate in candidates()]
    ours = scores[0]
    drawn = sum(item.source != "written" for item in items)
    report = [
        f"{len(items)} items ({drawn} from the plans, {len(items) - drawn} written), "
        f"{len(text):,} characters; ratio = planmap / row; by kind: exact",
        table(scores, items),
    ]
    if options.wrong:
        report.append(wrong_items(ours, items))
    passed = ours.exact >= EXACT_TARGET and ours.speed >= SPEED_TARGET
    report.append(
        f"targets: exact {ours.exact:.1%} of {EXACT_TARGET:.0%}, "
        f"{ours.speed:,.0f} of {SPEED_TARGET:,} characters a second: "
        f"{'met' if passed else 'missed'}"
    )
    sys.stdout.write("\n".join(report) + "\n")
    return int(options.check and not passed)


if __name__ == "__main__":
    sys.exit(main())
