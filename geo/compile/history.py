"""Divisions through time: yearly tables in, runs of years with today's codes out. Pure.

A *run* is a maximal span of years in which a code had one name and one parent. The entries of
neighbouring years are joined to their successors; following the joins to the last year gives
today's codes.
"""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Callable, Hashable, Iterable, Mapping, Sequence
from dataclasses import dataclass
from types import MappingProxyType
from typing import TypeVar

FIRST_YEAR = 1980
LAST_YEAR = 2024

# Not divisions but headings that the official tables put between a province and its counties.
PLACEHOLDERS = frozenset({"市辖区", "县", "直辖县"})

# Suffixes that say what kind of division it is, longest first; the peoples of an autonomous
# division stand between its name and its kind.
_PEOPLES = (
    "蒙古族|蒙古|回族|藏族|维吾尔|苗族|彝族|壮族|布依族|朝鲜族|满族|侗族|瑶族|白族|土家族|哈尼族|"
    "哈萨克族|哈萨克|傣族|黎族|傈僳族|佤族|畲族|拉祜族|水族|纳西族|景颇族|柯尔克孜|土族|达斡尔族|"
    "仫佬族|羌族|布朗族|撒拉族|毛南族|仡佬族|锡伯族|锡伯|普米族|塔吉克|怒族|鄂温克族|保安族|"
    "裕固族|独龙族|东乡族|各族"
)
_KIND = re.compile(
    rf"(?:(?:{_PEOPLES})*自治[区州县旗]|(?:{_PEOPLES})+区|特别行政区|行政区|地区|林区|特区|矿区|"
    r"新区|[省市县区盟旗])$"
)

Key = tuple[str, str, str]  # level, code, name
_Group = TypeVar("_Group", bound=Hashable)


@dataclass(frozen=True, slots=True)
class Entry:
    """A division in one year; `hint` is the source's own identity, which is not reliable."""

    adcode: str
    name: str
    level: str
    parent: str
    hint: str = ""

    @property
    def key(self) -> Key:
        """Level, code and name: what identifies an entry within a year."""
        return (self.level, self.adcode, self.name)


@dataclass(frozen=True, slots=True)
class Change:
    """In `year`, the county-level `from_adcode` went, wholly or in part, into `to_adcode`."""

    year: int
    from_adcode: str
    to_adcode: str


@dataclass(frozen=True, slots=True)
class Run:
    """A code with one name and one parent, `valid_from` to `valid_to` (None: still valid)."""

    adcode: str
    name: str
    level: str
    parent: str
    valid_from: int
    valid_to: int | None
    today: tuple[str, ...]


class YearTable:
    """All divisions of one year, by key, by code and by parent."""

    def __init__(self, entries: Iterable[Entry]) -> None:
        self.entries: dict[Key, Entry] = {}
        self.by_code: dict[tuple[str, str], Entry] = {}
        self.children: dict[str, list[Entry]] = defaultdict(list)
        for entry in entries:
            self.entries[entry.key] = entry
            self.by_code[entry.level, entry.adcode] = entry
            self.children[entry.parent].append(entry)

    def parent_name(self, entry: Entry) -> str:
        """Name of the entry's parent, or "" for a province."""
        for level in ("prefecture", "province"):
            if parent := self.by_code.get((level, entry.parent)):
                return parent.name
        return ""


def stem(name: str) -> str:
    """The name without what says its kind: 杜尔伯特蒙古族自治县 → 杜尔伯特, 宾县 → 宾县.

    Names of two characters stay whole, as in usage.
    """
    short = _KIND.sub("", name)
    return short if len(short) > 1 else name


def _stem_key(name: str) -> str:
    """As `stem`, but 丰县 and 丰市 are one: a county and the city that it became."""
    short = stem(name)
    return short[0] if len(short) == 2 and short[1] in "市县" else short


def build_runs(
    years: Mapping[int, Iterable[Entry]],
    changes: Sequence[Change],
    complete: Mapping[str, int] = MappingProxyType({}),
) -> list[Run]:
    """Join the yearly tables into runs, each with the codes of today that hold its ground.

    Parameters
    ----------
    years
        For each year from `FIRST_YEAR` to `LAST_YEAR` every division at the end of that year.
    changes
        Known changes of county-level divisions: they go before what is derived.
    complete
        Provinces (first two digits) of which `changes` hold every change from the given year on:
        there they alone decide, and nothing is derived.

    Returns
    -------
    list of Run
        Ordered by code, then year. `today` is empty where no successor could be known.
    """
    tables = {year: YearTable(entries) for year, entries in years.items()}
    return _runs(tables, _todays(tables, _join_years(tables, changes, complete)))


def _join_years(
    tables: Mapping[int, YearTable], changes: Sequence[Change], complete: Mapping[str, int]
) -> dict[int, dict[Key, tuple[Key, ...]]]:
    joins: dict[int, dict[Key, tuple[Key, ...]]] = {}
    for year in range(FIRST_YEAR, LAST_YEAR):
        old, new = tables[year], tables[year + 1]
        listed = _listed_successors(old, new, [c for c in changes if c.year == year + 1])
        joined = derive_successors(old, new, listed)
        for key in old.entries:
            if key[0] == "county" and year + 1 >= complete.get(key[1][:2], LAST_YEAR + 1):
                joined.pop(key, None)
                if key in listed or key in new.entries:
                    joined[key] = listed.get(key, (key,))
        joins[year] = joined
    return joins


def _listed_successors(
    old: YearTable, new: YearTable, changes: Iterable[Change]
) -> dict[Key, tuple[Key, ...]]:
    goes: dict[Key, list[Key]] = defaultdict(list)
    for change in changes:
        from_key = old.by_code["county", change.from_adcode].key
        goes[from_key].append(new.by_code["county", change.to_adcode].key)
    return {key: tuple(successors) for key, successors in goes.items()}


def derive_successors(
    old: YearTable, new: YearTable, known: Mapping[Key, tuple[Key, ...]] = MappingProxyType({})
) -> dict[Key, tuple[Key, ...]]:
    """What each division of one year became in the next, where the tables let it be known.

    In this order: it is `known`; it stayed; it became the best new entry with its stem in the
    same province, or the one that shares the source's identity and a character of the stem
    (盖县, 盖州市), or the only other change in its prefecture (蒲圻市, 赤壁市; not for districts);
    its code was kept under another name; it was joined to a division of the same stem. A
    county-level city that became a prefecture-level one is the new districts that have no other
    origin, or the whole city when it had districts before. A prefecture that vanished is the new
    prefectures in which its counties lie, and those counties that went to an older one. Where
    nothing fits, the successors are none.
    """
    gone = [
        entry for key, entry in old.entries.items() if key not in new.entries and key not in known
    ]
    fresh = [entry for key, entry in new.entries.items() if key not in old.entries]
    joined: dict[Key, tuple[Key, ...]] = {key: (key,) for key in old.entries if key in new.entries}
    pairs = _match_stems(gone, fresh, old, new)
    pairs |= _match_hints(_unpaired(gone, pairs), _unpaired(fresh, pairs.values()))
    pairs |= _match_last(_unpaired(gone, pairs), _unpaired(fresh, pairs.values()), old, new)
    joined |= {key: (to,) for key, to in pairs.items()}
    joined |= known
    taken = set(pairs.values())
    for entry in gone:
        if entry.key not in joined and entry.level == "county":
            joined[entry.key] = _county_successors(entry, old, new, taken)
    for entry in gone:
        if entry.key not in joined and entry.level == "prefecture":
            joined[entry.key] = _prefecture_successors(entry, old, new, joined)
    return joined


def _match_stems(
    gone: Sequence[Entry], fresh: Sequence[Entry], old: YearTable, new: YearTable
) -> dict[Key, Key]:
    """Pair vanished with new entries of the same level and stem, the likeliest pairs first."""
    new_provinces = {entry.adcode[:2] for entry in fresh if entry.level == "province"}
    by_stem: dict[tuple[str, str], list[Entry]] = defaultdict(list)
    for entry in fresh:
        by_stem[entry.level, _stem_key(entry.name)].append(entry)
    pairs = [
        (-_likeness(a, b, old, new), a.key, b.key)
        for a in gone
        for b in by_stem[a.level, _stem_key(a.name)]
        if a.adcode[:2] == b.adcode[:2] or b.adcode[:2] in new_provinces
    ]
    matched: dict[Key, Key] = {}
    taken: set[Key] = set()
    for _, a_key, b_key in sorted(pairs):
        if a_key not in matched and b_key not in taken:
            matched[a_key] = b_key
            taken.add(b_key)
    return matched


def _likeness(a: Entry, b: Entry, old: YearTable, new: YearTable) -> int:
    same_parent = _stem_key(old.parent_name(a)) == _stem_key(new.parent_name(b))
    same_hint = bool(a.hint) and a.hint == b.hint
    return 8 * same_parent + 4 * same_hint + 2 * (a.name == b.name) + (a.adcode == b.adcode)


def _unpaired(entries: Iterable[Entry], taken: Iterable[Key]) -> list[Entry]:
    keys = set(taken)
    return [entry for entry in entries if entry.key not in keys and entry.level == "county"]


def _match_hints(gone: Sequence[Entry], fresh: Sequence[Entry]) -> dict[Key, Key]:
    """Pair entries of one province that alone share a hint, and a character of their stems."""

    def by_hint(entries: Sequence[Entry]) -> dict[tuple[str, str], list[Entry]]:
        groups: dict[tuple[str, str], list[Entry]] = defaultdict(list)
        for entry in entries:
            groups[entry.adcode[:2], entry.hint].append(entry)
        return groups

    return _only_pairs(
        by_hint(gone), by_hint(fresh), lambda a, b: bool(set(_stem_key(a.name)) & set(b.name[:-1]))
    )


def _match_last(
    gone: Sequence[Entry], fresh: Sequence[Entry], old: YearTable, new: YearTable
) -> dict[Key, Key]:
    """Pair the only vanished with the only new entry of a prefecture, unless both are districts.

    Districts are cut anew too often for that to say anything. A city that became a prefecture,
    and the districts of such a one, belong to each other and are left out.
    """
    raised = {entry.key: _raised(entry, old, new) for entry in gone}
    cities = {city.adcode for found in raised.values() for city in found}

    def by_prefecture(entries: Iterable[Entry], table: YearTable) -> dict[str, list[Entry]]:
        groups: dict[str, list[Entry]] = defaultdict(list)
        for entry in entries:
            groups[entry.adcode[:2] + _stem_key(table.parent_name(entry))].append(entry)
        return groups

    return _only_pairs(
        by_prefecture((e for e in gone if not raised[e.key]), old),
        by_prefecture((e for e in fresh if not (e.parent in cities and _is_district(e))), new),
        lambda a, b: not (_is_district(a) and _is_district(b)),
    )


def _is_district(entry: Entry) -> bool:
    return entry.level == "county" and entry.name.endswith("区")


def _only_pairs(
    gone: Mapping[_Group, Sequence[Entry]],
    fresh: Mapping[_Group, Sequence[Entry]],
    fits: Callable[[Entry, Entry], bool],
) -> dict[Key, Key]:
    pairs: dict[Key, Key] = {}
    for group, old_entries in gone.items():
        new_entries = fresh.get(group, ())
        if len(old_entries) == len(new_entries) == 1 and fits(old_entries[0], new_entries[0]):
            pairs[old_entries[0].key] = new_entries[0].key
    return pairs


def _county_successors(
    entry: Entry, old: YearTable, new: YearTable, taken: set[Key]
) -> tuple[Key, ...]:
    kept = new.by_code.get((entry.level, entry.adcode))
    if kept and kept.key not in taken and kept.key not in old.entries:
        return (kept.key,)
    if raised := _raised(entry, old, new):
        return _city_ground(entry, raised[0], old, new, taken)
    survivors = [
        other
        for other in _of_stem(entry, new, "county")
        if other.key in old.entries and _near(entry, other, old, new)
    ]
    # A county around a city of its name (邯郸县) went to some of its districts, never to all of it.
    return (survivors[0].key,) if len(survivors) == 1 else ()


def _raised(entry: Entry, old: YearTable, new: YearTable) -> list[Entry]:
    """The new prefecture-level city of the same stem, as a list of one or none."""
    cities = _of_stem(entry, new, "prefecture")
    return [city for city in cities if city.key not in old.entries][:1]


def _of_stem(entry: Entry, table: YearTable, level: str) -> list[Entry]:
    return [
        other
        for other in table.entries.values()
        if other.level == level
        and other.adcode[:2] == entry.adcode[:2]
        and _stem_key(other.name) == _stem_key(entry.name)
    ]


def _near(entry: Entry, other: Entry, old: YearTable, new: YearTable) -> bool:
    """Whether the two lie (lay) in the same prefecture; names of districts are repeated."""
    return entry.parent == other.parent or (
        _stem_key(old.parent_name(entry)) == _stem_key(new.parent_name(other))
    )


def _city_ground(
    entry: Entry, city: Entry, old: YearTable, new: YearTable, taken: set[Key]
) -> tuple[Key, ...]:
    """The ground of a county-level city within the prefecture-level city that it became."""
    had_districts = any(_is_district(other) for other in old.children[entry.parent])
    districts = tuple(
        other.key
        for other in new.children[city.adcode]
        if _is_district(other) and other.key not in old.entries and other.key not in taken
    )
    return (city.key,) if had_districts or not districts else districts


def _prefecture_successors(
    entry: Entry, old: YearTable, new: YearTable, joined: Mapping[Key, tuple[Key, ...]]
) -> tuple[Key, ...]:
    """Where the counties of a vanished prefecture went.

    A prefecture that is new stands for them; of one that stood before they are only a part.
    """
    for province in new.entries.values():
        if province.level == "province" and province.name == entry.name:
            return (province.key,)
    found: dict[Key, None] = {}
    for county in old.children[entry.adcode]:
        for to in joined.get(county.key, ()):
            parent = new.by_code.get(("prefecture", new.entries[to].parent))
            found[parent.key if parent and parent.key not in old.entries else to] = None
    return tuple(found)


def _todays(
    tables: Mapping[int, YearTable], joins: Mapping[int, Mapping[Key, tuple[Key, ...]]]
) -> dict[int, dict[Key, tuple[str, ...]]]:
    """For each year and entry the codes of the last year, found from the end backwards."""
    todays: dict[int, dict[Key, tuple[str, ...]]] = {
        LAST_YEAR: {key: (key[1],) for key in tables[LAST_YEAR].entries}
    }
    for year in range(LAST_YEAR - 1, FIRST_YEAR - 1, -1):
        later = todays[year + 1]
        todays[year] = {
            key: tuple(dict.fromkeys(code for to in joins[year].get(key, ()) for code in later[to]))
            for key in tables[year].entries
        }
    return todays


def _runs(
    tables: Mapping[int, YearTable], todays: Mapping[int, Mapping[Key, tuple[str, ...]]]
) -> list[Run]:
    open_runs: dict[tuple[Key, str], tuple[int, int]] = {}
    runs: list[Run] = []

    def close(key: Key, parent: str, first: int, last: int) -> None:
        runs.append(
            Run(
                adcode=key[1],
                name=key[2],
                level=key[0],
                parent=parent,
                valid_from=first,
                valid_to=None if last == LAST_YEAR else last,
                today=todays[last][key],
            )
        )

    for year in range(FIRST_YEAR, LAST_YEAR + 1):
        current = {(e.key, e.parent) for e in tables[year].entries.values()}
        for (key, parent), (first, last) in list(open_runs.items()):
            if (key, parent) not in current:
                close(key, parent, first, last)
                del open_runs[key, parent]
        for identity in current:
            first, _ = open_runs.get(identity, (year, year))
            open_runs[identity] = (first, year)
    for (key, parent), (first, last) in open_runs.items():
        close(key, parent, first, last)
    return sorted(runs, key=lambda run: (run.adcode, run.valid_from, run.level, run.name))
