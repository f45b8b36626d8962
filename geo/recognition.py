"""Toponyms in running text: every name valid at the text's date, with its span.

Plan texts abbreviate, list, join with dashes and nest names in the names of firms. The recogniser
therefore works in two steps. `NameIndex.matches` finds every known surface form (Aho-Corasick,
one pass). `recognise_toponyms` then keeps the ones that the text around them supports: a form
that can hardly be anything else (`哈尔滨`, `肇东市`) stands by itself; a form that is also a word,
a firm or another place (`平房`, `新兴`, `大同`) needs a neighbour that says so: its parent to the
left, a list that it is a member of, brackets, or the noun of a place to its right.
"""

from __future__ import annotations

import csv
import re
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, replace
from enum import IntEnum
from functools import cached_property
from pathlib import Path
from typing import TYPE_CHECKING, Final, TextIO

import ahocorasick

from geo.errors import DataMissingError, TableError

if TYPE_CHECKING:
    from geo.gazetteer import Division, Gazetteer
    from geo.sites import Site, Town


DATA_DIR: Final = Path(__file__).parent / "data"
BUILT_DIR: Final = Path(__file__).parent / "built"


class Strength(IntEnum):
    """How much a surface form says by itself."""

    PART = -1  # a common word, or cut out of words (振兴|化工 is not 兴化): only its parent, a
    # list or brackets support it
    WORD = 0  # also a common word: the noun of a place behind it supports it too
    HOME = 1  # a prefecture whose name is a word (`白银`): a place in its own province only
    SHORT = 2  # short form of a county-level unit
    FULL = 3  # official name with its generic term, or short form of a prefecture or province


@dataclass(frozen=True, slots=True)
class Candidate:
    """One reading of a surface form.

    `adcodes` are today's codes (several for a joint form or a unit that was split), `level` is
    the level of the place that is meant, `key` the id of a site or town, else the adcode of the
    text's date, and `parent` the adcode of the division above it then (简阳市 was a part of
    资阳市 until 2016), or None where that is not known. `of_year` is false for a name that the
    place bore in other years only.
    """

    key: str
    level: str
    adcodes: tuple[str, ...]
    strength: Strength
    parent: str | None = None
    of_year: bool = True


@dataclass(frozen=True, slots=True)
class Mention:
    """A surface form in a text: `text[start:end] == surface`, and what it may mean."""

    start: int
    end: int
    surface: str
    candidates: tuple[Candidate, ...]


@dataclass(frozen=True, slots=True)
class Guard:
    """A form that is not always a place: what stands right or left of it when it is not.

    `needs_support` lists the readings (adcodes, or `*` for all) that must be backed by the text;
    a prefecture must be so outside the text's region only. `**` is for words that also stand
    before the noun of a place (资源综合利用基地), which then is no support, and `***` for those
    that begin the items of lists as well (`南昌市：新建、扩建`).
    """

    not_before: re.Pattern[str] | None
    not_after: re.Pattern[str] | None
    needs_support: frozenset[str]

    def weakens(self, adcode: str) -> bool:
        """Whether the reading `adcode` of this form needs support."""
        return bool({"*", "**", "***", adcode} & self.needs_support)

    @property
    def before_nouns(self) -> bool:
        """Whether the word stands before the noun of a place too."""
        return bool({"**", "***"} & self.needs_support)

    @property
    def begins_items(self) -> bool:
        """Whether the word begins items of lists too."""
        return "***" in self.needs_support

    def excludes(self, text: str, start: int, end: int) -> bool:
        """Whether the form at `text[start:end]` is no place at all."""
        if self.not_before is not None and self.not_before.match(text, end):
            return True
        # Twelve characters to the left are more than any pattern of the table looks back.
        return self.not_after is not None and bool(
            self.not_after.search(text, max(0, start - 12), start)
        )


ETHNIC = (
    "满族|回族|蒙古族|蒙古|朝鲜族|达斡尔族|鄂伦春族|鄂温克族|锡伯族|土家族|苗族|侗族|壮族|瑶族|彝族|藏族|羌族|"
    "傣族|白族|哈尼族|傈僳族|景颇族|拉祜族|佤族|纳西族|普米族|独龙族|怒族|布朗族|布依族|水族|仡佬族|仫佬族|毛南族|"
    "黎族|畲族|东乡族|保安族|撒拉族|裕固族|土族|哈萨克族|哈萨克|柯尔克孜族|柯尔克孜|塔吉克族|塔吉克|维吾尔族|维吾尔|"
    "俄罗斯族|锡伯|各族"
)
# What says the kind of a division, the longest first: 内蒙古自治区 loses only its last three
# characters, for 内 alone is no name, and 北林区 only its last, for 林区 is no generic term there.
_GENERICS = (
    re.compile(rf"(?:{ETHNIC})+(?:自治区|自治州|自治县|自治旗|区)$"),
    re.compile(r"(?:自治区|自治州|自治县|自治旗|特别行政区|地区|(?<=神农架)林区|矿区|特区|新区)$"),
    re.compile(r"[省市县区盟旗]$"),
)


def short_name(name: str) -> str | None:
    """`name` without its generic term and ethnic epithets, or None where too little remains.

    `杜尔伯特蒙古族自治县` → `杜尔伯特`, `双城市` → `双城`, `郊区` → None. A single character is
    never a short form: `沙县` and `蕲县` are only recognised in full.
    """
    for generic in _GENERICS:
        stem = generic.sub("", name)
        if len(stem) >= 2 and stem != name:
            return stem
    return None


def _open_table(name: str) -> TextIO:
    return (DATA_DIR / name).open(encoding="utf-8", newline="")


def read_guards(path: str = "ambiguous_names.csv") -> dict[str, Guard]:
    """Names that are also words, firms or titles (`geo/data/ambiguous_names.csv`), by name."""
    guards: dict[str, Guard] = {}
    with _open_table(path) as stream:
        for line, row in enumerate(csv.DictReader(stream), start=2):
            try:
                guards[row["name"]] = Guard(
                    re.compile(row["not_before"]) if row["not_before"] else None,
                    re.compile(rf"(?:{row['not_after']})$") if row["not_after"] else None,
                    frozenset(filter(None, row["needs_support"].split(";"))),
                )
            except (KeyError, re.error) as error:
                raise TableError(f"{path}, line {line}: {error}; correct the pattern") from error
    return guards


def read_forms(path: str) -> list[tuple[str, tuple[str, ...]]]:
    """Rows `(form, adcodes)` of `short_forms.csv` or `joint_forms.csv` in `geo/data`."""
    with _open_table(path) as stream:
        return [(row["form"], tuple(row["adcodes"].split(";"))) for row in csv.DictReader(stream)]


def read_common_words(path: Path = BUILT_DIR / "common_words.csv") -> frozenset[str]:
    """Common words of two characters, those of `geo/data/more_words.csv` among them.

    Some are names of places as well; `NameIndex.words` holds only those that are not.

    Raises
    ------
    DataMissingError
        When the file has not been built; the message says how to build it.
    """
    try:
        with path.open(encoding="utf-8", newline="") as stream:
            rows = list(csv.DictReader(stream))
    except FileNotFoundError as error:
        raise DataMissingError(
            f"the common words {path} are not there: run `make install` in a checkout, "
            "or reinstall the package"
        ) from error
    with _open_table("more_words.csv") as stream:
        ours = {row["word"] for row in csv.DictReader(stream)}
    return frozenset(row["first"] + second for row in rows for second in row["seconds"]) | ours


_JOINERS = frozenset("、和与及或暨－—–-~～至到/·")
_BOUNDS = _JOINERS | frozenset("，。；：（）()“”等地\n ")
# A bare name before one of these is the name of something smaller, or of no place at all: 唐山镇,
# 大庆路, 杭州湾, 延安精神. What begins another word is spared: 大庆乡村, 哈尔滨路网, 吉林山区.
_SMALLER = re.compile(
    r"镇(?![江域级村区政])|乡(?![村镇土亲情贤])|村(?!镇)|街道|大街|大道|路(?![网桥港面段灯径线])|"
    r"湾(?!区)|河(?![北南西东流道湖口港])|湖(?![北南泊滨])|山(?![东西区林水地核特珍产野货海葡楂药茶羊])|"
    r"精神"
)
_NOT_DISTRICT = re.compile(r"区(?![域位间划块内县])")
# Words that the name of a division and what follows it make by chance.
_HEADS = frozenset({"市长", "县长", "区长"})
# So many years a text may call a division by the name that it lost, or is going to have.
_LATE = 5
_LAST_YEAR = 2024  # of the register
# Names of hills and waters are not the county's alone.
_FEATURES = "山河湖岭楼台"


class NameIndex:
    """All surface forms that are valid in one year, as an Aho-Corasick automaton.

    Parameters
    ----------
    gazetteer
        Divisions of all China with their validity.
    year
        The year of the text; None for today.
    sites, towns
        Named parks and townships; only those valid in `year` are taken.
    """

    def __init__(
        self,
        gazetteer: Gazetteer,
        year: int | None = None,
        sites: Iterable[Site] = (),
        towns: Iterable[Town] = (),
    ) -> None:
        self.gazetteer = gazetteer
        self.year = year
        self.guards: Mapping[str, Guard] = read_guards()
        self._forms: dict[str, list[Candidate]] = {}
        self._bare: set[str] = set()
        self._standing = {division.adcode for division in gazetteer.divisions()}
        self._were_counties = {
            (short_name(division.name), division.today)
            for division in gazetteer.divisions_ever()
            if division.level == "county" and not division.name.endswith("区")
        }
        self._add_divisions()
        self._add_tables()
        for site in sites:
            self._add_site(site)
        for town in towns:
            self._add_town(town)
        self.words = read_common_words() - self._strong_forms()

    def _strong_forms(self) -> set[str]:
        """The forms that stand by themselves: no word that is one of them cuts another."""
        return {
            form
            for form, readings in self._forms.items()
            if max(candidate.strength for candidate in readings) > Strength.WORD
        }

    def _add(self, form: str, candidate: Candidate) -> None:
        readings = self._forms.setdefault(form, [])
        if candidate not in readings:
            readings.append(candidate)

    def _valid(self, place: Site | Town) -> bool:
        return place.valid_to is None if self.year is None else place.valid_in(self.year)

    def _strength(self, form: str, adcode: str, otherwise: Strength) -> Strength:
        guard = self.guards.get(form)
        if guard is None or not guard.weakens(adcode):
            return otherwise
        if adcode.endswith("00"):
            return Strength.HOME
        return Strength.PART if guard.before_nouns else Strength.WORD

    def _add_divisions(self) -> None:
        for division in self.gazetteer.divisions(self.year):
            self._add_full_name(division)
            self._add_short_names(division)
        # A text may be a few years behind or ahead of the register: names of other years are
        # read too, but where the name is valid elsewhere only in the text's region or behind
        # their parent (太平区 of 哈尔滨 until 2004, and of 阜新 still).
        valid = {form: {c.adcodes for c in readings} for form, readings in self._forms.items()}
        weak = {
            form
            for form, readings in self._forms.items()
            if max(c.strength for c in readings) <= Strength.WORD
        }
        for division in self.gazetteer.divisions_ever():
            late = self._years_off(division) <= _LATE
            if division.name in valid:
                if division.today and division.today not in valid[division.name]:
                    self._add_full_name(division, Strength.SHORT, of_year=False)
            elif len(division.name) > 2 or late:
                self._add_full_name(division, Strength.FULL if late else Strength.SHORT)
            stem = short_name(division.name)
            # 莱芜 was a city of that name until 2018, and is a district now.
            lost = stem in weak and division.level == "prefecture"
            if late and (stem not in valid or lost):
                self._add_short_names(division)

    def _years_off(self, division: Division) -> int:
        """Years from the text's to the nearest in which the division stood."""
        year = _LAST_YEAR if self.year is None else self.year
        if year < division.valid_from:
            return division.valid_from - year
        return 0 if division.valid_to is None else max(0, year - division.valid_to)

    def _add_full_name(
        self, division: Division, otherwise: Strength = Strength.FULL, *, of_year: bool = True
    ) -> None:
        # `和县` and `宾县` are too short to stand by themselves outside their region.
        strength = otherwise if len(division.name) > 2 else Strength.SHORT
        self._add_division(division.name, division, strength, of_year=of_year)

    def _add_short_names(self, division: Division) -> None:
        stem = short_name(division.name)
        if stem is None:
            return
        self._bare.add(stem)
        self._add_division(stem, division, self._stem_strength(stem, division))
        # 前郭尔罗斯县, 甘南州: the kind without the people.
        if "自治" in division.name and division.level != "province":
            self._add_division(stem + division.name[-1], division, Strength.FULL)

    def _stem_strength(self, stem: str, division: Division) -> Strength:
        if division.level != "county":
            return Strength.FULL
        if len(stem) > 2 and stem[-1] not in _FEATURES:
            return Strength.FULL  # 张家港, 鲅鱼圈: nothing else is called so
        # The short name of a city district (`平房`, `友好`, `新兴`) is a word too often, but for
        # one that was a county or city of its own and known by that name (`双城`, `萧山`).
        if division.name.endswith("区") and (stem, division.today) not in self._were_counties:
            return Strength.WORD
        return Strength.SHORT

    def _add_division(
        self, form: str, division: Division, otherwise: Strength, *, of_year: bool = True
    ) -> None:
        strength = min(otherwise, self._strength(form, division.adcode, otherwise))
        if division.today:
            candidate = Candidate(
                division.adcode,
                division.level,
                division.today,
                strength,
                division.parent,
                of_year,
            )
        elif division.parent in self._standing:
            # Its ground is not known in today's divisions, but the one above it still stands.
            level = self.gazetteer.division(division.parent).level
            candidate = Candidate(
                division.parent, level, (division.parent,), strength, of_year=of_year
            )
        else:
            return
        self._add(form, candidate)

    def _add_tables(self) -> None:
        for form, adcodes in read_forms("short_forms.csv"):
            division = self.gazetteer.division(adcodes[0])
            strength = self._strength(form, adcodes[0], Strength.SHORT)
            self._add(
                form, Candidate(adcodes[0], division.level, adcodes, strength, division.parent)
            )
            self._bare.add(form)
        for form, adcodes in read_forms("joint_forms.csv"):
            strength = self._strength(form, form, Strength.FULL)
            self._add(form, Candidate(form, "region", adcodes, strength))

    def _add_site(self, site: Site) -> None:
        if not self._valid(site):
            return
        for form in site.names:
            otherwise = Strength.FULL if len(form) > 2 else Strength.SHORT
            strength = self._strength(form, site.adcode, otherwise)
            self._add(form, Candidate(site.id, "site", (site.adcode,), strength))

    def _add_town(self, town: Town) -> None:
        if self._valid(town):
            strength = self._strength(town.name, town.adcode, Strength.SHORT)
            key = f"{town.adcode}:{town.name}"
            self._add(town.name, Candidate(key, "township", (town.adcode,), strength))

    @cached_property
    def automaton(self) -> ahocorasick.Automaton:
        """The automaton over all forms; a value is `(form, length, candidates)`."""
        automaton = ahocorasick.Automaton()
        for form, candidates in self._forms.items():
            automaton.add_word(form, (form, len(form), tuple(candidates)))
        automaton.make_automaton()
        return automaton

    def matches(self, text: str) -> list[Mention]:
        """Every occurrence of every form that is not ruled out, overlaps included.

        What rules a form out is its guard, or that it is the beginning of the name of something
        smaller (大庆 in 大庆路). A form of two characters of which a word beside it needs one
        (振|兴化|工) is marked as `Strength.PART`.
        """
        found: list[Mention] = []
        smaller: list[tuple[int, int]] = []
        for last, (form, length, candidates) in self.automaton.iter(text):
            start, end = last + 1 - length, last + 1
            guard = self.guards.get(form)
            if guard is not None and guard.excludes(text, start, end):
                continue
            if form in self._bare:
                if _SMALLER.match(text, end) and not self._begins(text, end):
                    smaller.append((start, end))
                    continue
                candidates = self._no_district(text, end, form, candidates)
            if length == 2:
                candidates = self._cut_by_words(text, start, end, candidates)
            if candidates:
                found.append(Mention(start, end, form, candidates))
        # What begins in the midst of such a name is none either: 平湖 in 东平|湖.
        return [m for m in found if not any(a < m.start <= b < m.end for a, b in smaller)]

    def _begins(self, text: str, start: int) -> bool:
        """Whether a name begins at `start`: 五常|山河屯 is no 五常山, 宁波|镇海 no town."""
        return any(text[start : start + length] in self._forms for length in (4, 3, 2))

    def _no_district(
        self, text: str, end: int, form: str, candidates: tuple[Candidate, ...]
    ) -> tuple[Candidate, ...]:
        """The readings without a county that is called a district: 潍坊滨海区 is not 滨海县."""
        if _NOT_DISTRICT.match(text, end) and form + "区" not in self._forms:
            return tuple(c for c in candidates if c.level != "county")
        return candidates

    def _cut_by_words(
        self, text: str, start: int, end: int, candidates: tuple[Candidate, ...]
    ) -> tuple[Candidate, ...]:
        """The readings, marked where a common word takes a character of `text[start:end]`.

        It does not where another word or name begins right behind the form (黑河|流域, though
        河流 is a word) or ends right before it, nor where the word is the head of a division
        (郊区|长青). A prefecture or province is more often meant than a word, so that only one
        behind it counts, in the midst of a sentence (小镇和田园). Between the signs of a list
        nothing is cut (、九三等).
        """
        word = text[end - 1 : end + 1]
        right = word in self.words and word not in _HEADS and not self._known(text[end : end + 2])
        left = text[start - 1 : start + 1] in self.words and not self._known(
            text[max(0, start - 2) : start]
        )
        between = text[start - 1 : start] in _BOUNDS and text[end : end + 1] in _BOUNDS
        if between or not (left or right):
            return candidates
        full = right and start > 0 and text[start - 1] not in _BOUNDS
        return tuple(
            replace(c, strength=Strength.PART) if full or c.strength < Strength.FULL else c
            for c in candidates
        )

    def _known(self, two: str) -> bool:
        return two in self.words or two in self._forms


_PLACE_NOUN = re.compile(
    r"(?:国家级?|省级)?[^，。；、：:（）()“”\s]{0,8}?"
    r"(?:园区|产业园|工业园|科技园|物流园|园(?=[，。；、）])|开发区|新区|工业区|集聚区|集中区|经济区|"
    r"基地|产业集群|产业带|合作区|新城|口岸|机场|灌区|保税区|示范区|加工区|产业区|先导区|"
    r"试验区|实验区|贸易区|小镇)"
)
_AFTER_PLACE = re.compile(
    r"(?:等地|等市|等县|等区|两地|三地|两市|两县|境内|地区|周边|一带|全域|等[^，。；、]{0,6}(?:市|县|区|地)(?![^，。；、]))"
)
# What several cities may have in common: 长吉一体化, 龙广合作.
_JOINT_NOUN = re.compile(
    r"一体化|同城化|城市群|城镇群|都市|经济|产业|工业|走廊|合作|协同|区域|地区|两[省市地]|三[市地]|新区|对口|交流|"
    r"携手|联动|创新|改革|融合|示范|城际"
)
_GENERIC_TAIL = "市县区"
# 郊区|望江镇: a town behind a name at the beginning of a clause says that it is a division's.
_TOWN = re.compile(
    r"(?![城小乡村集古重名强新老]|特色|中心|工业)[一-鿿]{2,3}(?<![城小乡村集])镇(?=$|[^一-鿿]|[和与及布建发])"
)
_CLAUSE_SIGNS = frozenset("，。；、：:\n在")
_ITEM_SIGNS = frozenset("：、，；")
# What a head of places may hold beside them: `（二）金华、衢州市（4个）：`, `1．哈尔滨市：`.
_NO_WORDS = re.compile(
    r"[\s■□▲●○★☆◆◇·•—\-－0-9一二三四五六七八九十（）().．、，和与及市州地区等共个家项处]*"
)
_HEAD_REACH = 400  # code points: so long may be what stands under one head of a list


def recognise_toponyms(text: str, index: NameIndex, region: str | None = None) -> list[Mention]:
    """The place names in `text`, in order and without overlap.

    Parameters
    ----------
    text
        Any text; offsets count Unicode code points.
    index
        The names valid at the text's date.
    region
        Six-digit code of the province or prefecture that the text speaks of. Short names of
        counties stand by themselves inside it, and need support outside of it.

    Returns
    -------
    list of Mention
        `mention.surface == text[mention.start:mention.end]`; of the candidates those that the
        text supports, for `geo.resolution` to choose from.
    """
    return _Reader(text, index, region).read()


class _Reader:
    """One reading of one text; holds what was accepted so far."""

    def __init__(self, text: str, index: NameIndex, region: str | None) -> None:
        self.text = text
        self.gazetteer = index.gazetteer
        self.guards = index.guards
        self.region = region
        self.pending = index.matches(text)
        self.by_start: dict[int, list[Mention]] = {}
        self.by_end: dict[int, list[Mention]] = {}
        for mention in self.pending:
            self.by_start.setdefault(mention.start, []).append(mention)
            self.by_end.setdefault(mention.end, []).append(mention)
        self.starts: dict[int, Mention] = {}
        self.ends: dict[int, Mention] = {}
        self.taken = bytearray(len(text))

    def read(self) -> list[Mention]:
        # Longer forms first, of equal ones those that leave whole names beside them, then the
        # stronger; what is accepted blocks its overlaps.
        self.pending.sort(
            key=lambda m: (m.start - m.end, self._bridges(m), -self._strength(m), m.start)
        )
        before = -1
        # A list of short names is settled from its surest member outwards, a member a round.
        while len(self.pending) != before and self.pending:
            before = len(self.pending)
            self.pending = [mention for mention in self.pending if not self._settle(mention)]
        return [self.starts[start] for start in sorted(self.starts)]

    def _bridges(self, mention: Mention) -> bool:
        """Whether two names meet inside of it: 阳江 in 溧阳|江苏."""
        return any(
            at in self.by_end and at in self.by_start
            for at in range(mention.start + 1, mention.end)
        )

    def _settle(self, mention: Mention) -> bool:
        """Accept or discard; False when a later round may know more."""
        if any(self.taken[mention.start : mention.end]):
            return True
        candidates = self._supported_readings(mention)
        if not candidates:
            return False
        accepted = Mention(mention.start, mention.end, mention.surface, candidates)
        self.starts[mention.start] = accepted
        self.ends[mention.end] = accepted
        self.taken[mention.start : mention.end] = b"\1" * (mention.end - mention.start)
        return True

    def _strength(self, mention: Mention) -> int:
        return max(self._strength_here(candidate) for candidate in mention.candidates)

    def _strength_here(self, candidate: Candidate) -> Strength:
        """A county's short name means little outside the region that the text speaks of."""
        if candidate.strength is Strength.HOME:
            at_home = self.region is not None and self._in_region(candidate)
            return Strength.SHORT if at_home else Strength.WORD
        if candidate.strength is Strength.SHORT and not self._in_region(candidate):
            return Strength.WORD
        return candidate.strength

    def _in_region(self, candidate: Candidate) -> bool:
        if self.region is None:
            return True
        return any(self.gazetteer.within(code, self.region) for code in candidate.adcodes)

    def _in_province(self, candidate: Candidate) -> bool:
        return self.region is None or any(code[:2] == self.region[:2] for code in candidate.adcodes)

    def _supported_readings(self, mention: Mention) -> tuple[Candidate, ...]:
        strong = tuple(c for c in mention.candidates if self._strength_here(c) > Strength.WORD)
        backed = tuple(
            # What the text itself backs is as good as a full name.
            replace(c, strength=Strength.FULL)
            for c in mention.candidates
            if c not in strong and self._supported(mention, c, rivals=bool(strong))
        )
        return strong + backed

    def _supported(self, mention: Mention, candidate: Candidate, *, rivals: bool) -> bool:
        """Whether the neighbours say that this word is meant as this place.

        The noun of a place to the right says only that some place is meant, and a list only that
        a place is meant that is like its members; so the noun does not count for a reading that
        has a stronger rival, and the list must hold its kin.
        """
        if candidate.level == "region":
            return _JOINT_NOUN.match(self.text, mention.end) is not None
        if self._parent_left(mention, candidate):
            return True
        if not self._in_province(candidate):
            return self._in_far_list(mention, candidate)
        if self._in_list(mention, candidate, kin=rivals or candidate.strength is Strength.PART):
            return True
        if self._under_head(mention, candidate) or self._beside_head(mention, candidate):
            return True
        if not self._in_region(candidate):
            return False
        if self._in_brackets(mention):
            return True
        if rivals or candidate.level != "county" or candidate.strength is Strength.PART:
            return False
        if mention.start in self.ends:
            return False  # 南京江北新区 is not of 重庆, though that has a 江北 too
        right = _AFTER_PLACE.match(self.text, mention.end) or _PLACE_NOUN.match(
            self.text, mention.end
        )
        return right is not None or self._before_town(mention)

    def _before_town(self, mention: Mention) -> bool:
        before = self.text[: mention.start][-1:]
        return (not before or before in _CLAUSE_SIGNS) and bool(_TOWN.match(self.text, mention.end))

    def _under_head(self, mention: Mention, candidate: Candidate) -> bool:
        """`金华、衢州市（4个）：义乌某小镇、开化某小镇`: an item begins with a part of its head.

        Another item must begin with one too, so that `桂林市：资源综合利用` stays a word.
        """
        text, start = self.text, mention.start
        guard = self.guards.get(mention.surface)
        if start == 0 or text[start - 1] not in _ITEM_SIGNS or (guard and guard.begins_items):
            return False
        colon = text.rfind("：", max(0, start - _HEAD_REACH), start)
        if colon < 0 or "\n" in text[colon:start]:
            return False
        holders = self._head_places(max(text.rfind(sign, 0, colon) for sign in "\n。；") + 1, colon)
        return self._within_any(candidate, holders) and any(
            self._within_any(reading, holders)
            for at in self._items(colon, start)
            for other in self.by_start.get(at, ())
            for reading in other.candidates
        )

    def _within_any(self, candidate: Candidate, holders: list[Candidate]) -> bool:
        return any(nests(candidate, holder, self.gazetteer) for holder in holders)

    def _items(self, colon: int, but: int) -> list[int]:
        """Where the items of the list behind `colon` begin, without the one at `but`."""
        line = self.text[colon : colon + _HEAD_REACH].split("\n", 1)[0]
        begins = (colon + offset + 1 for offset, sign in enumerate(line) if sign in _ITEM_SIGNS)
        return [at for at in begins if at != but]

    def _accepted(self, start: int, end: int) -> list[Mention]:
        return [self.starts[at] for at in range(start, end) if at in self.starts]

    def _head_places(self, start: int, end: int) -> list[Candidate]:
        """The prefectures that `text[start:end]` names when it names nothing else."""
        readings: list[Candidate] = []
        at = start
        for mention in self._accepted(start, end):
            if not _NO_WORDS.fullmatch(self.text, at, mention.start):
                return []
            readings += [c for c in mention.candidates if c.level == "prefecture"]
            at = mention.end
        return readings if _NO_WORDS.fullmatch(self.text, at, end) else []

    def _beside_head(self, mention: Mention, candidate: Candidate) -> bool:
        """`抚远市：…`, in the next line `郊区：…`: heads of one list, one of them accepted."""
        text, start, end = self.text, mention.start, mention.end
        line = text.rfind("\n", 0, start) + 1
        if text[end : end + 1] != "：" or not _NO_WORDS.fullmatch(text, line, start):
            return False
        before = text.rfind("：", max(0, line - _HEAD_REACH), line)
        after = text.find("：", end + 1, end + _HEAD_REACH)
        return any(
            head is not None and self._begins_line(head) and self._kin(candidate, head)
            for head in (
                self.ends.get(before) if _lines(text, before, line) == 1 else None,
                self.ends.get(after) if _lines(text, end, after) == 2 else None,
            )
        )

    def _begins_line(self, mention: Mention) -> bool:
        line = self.text.rfind("\n", 0, mention.start) + 1
        return _NO_WORDS.fullmatch(self.text, line, mention.start) is not None

    def _parent_left(self, mention: Mention, candidate: Candidate) -> bool:
        left = self.ends.get(mention.start)
        return left is not None and any(
            nests(candidate, reading, self.gazetteer) for reading in left.candidates
        )

    def _in_brackets(self, mention: Mention) -> bool:
        left, right = self.text[: mention.start][-1:], self.text[mention.end : mention.end + 1]
        return left in ("（", "(") and right in ("）", ")")

    def _in_list(self, mention: Mention, candidate: Candidate, *, kin: bool) -> bool:
        """Joined by a list sign to a place that is accepted, or to a sibling that waits too.

        With `kin` the accepted place must be of its prefecture.
        """
        text, start, end = self.text, mention.start, mention.end
        if end < len(text) and text[end] in _GENERIC_TAIL:
            end += 1
        if end < len(text) and text[end] in _JOINERS:
            right = self.starts.get(end + 1)
            if right is not None and (not kin or self._kin(candidate, right)):
                return True
            if self._sibling_in(candidate, self.by_start.get(end + 1)):
                return True
        if start > 0 and text[start - 1] in _JOINERS:
            left = self.ends.get(start - 1) or self._left_generic(start - 1)
            if left is not None and (not kin or self._kin(candidate, left)):
                return True
            return self._sibling_in(candidate, self.by_end.get(start - 1))
        return False

    def _in_far_list(self, mention: Mention, candidate: Candidate) -> bool:
        """A name of only one place, between the signs of a list that holds an accepted one."""
        text, start, end = self.text, mention.start, mention.end
        if len(mention.candidates) > 1 or candidate.strength < Strength.SHORT:
            return False
        joined = (start > 0 and text[start - 1] in _JOINERS and start - 1 in self.ends) or (
            end < len(text) and text[end] in _JOINERS and end + 1 in self.starts
        )
        return (
            joined
            and (start == 0 or text[start - 1] in _BOUNDS)
            and (end == len(text) or text[end] in _BOUNDS)
        )

    def _left_generic(self, end: int) -> Mention | None:
        """`大同区、龙凤`: the accepted name to the left may carry its generic term."""
        return self.ends.get(end - 1) if self.text[end - 1 : end] in _GENERIC_TAIL else None

    def _kin(self, candidate: Candidate, other: Mention) -> bool:
        return any(
            self._siblings(candidate, reading) or nests(candidate, reading, self.gazetteer)
            for reading in other.candidates
            if reading.level != "province"
        )

    def _sibling_in(self, candidate: Candidate, mentions: list[Mention] | None) -> bool:
        return any(
            self._siblings(candidate, other)
            for mention in mentions or ()
            for other in mention.candidates
        )

    def _siblings(self, one: Candidate, other: Candidate) -> bool:
        parents = {self.gazetteer.parent(code) for code in one.adcodes}
        return one.key != other.key and any(
            self.gazetteer.parent(code) in parents for code in other.adcodes
        )


def _lines(text: str, start: int, end: int) -> int:
    """How many lines `text[start:end]` touches, but for empty ones; none where it is no stretch."""
    return 0 if start < 0 else sum(map(bool, map(str.strip, text[start:end].split("\n"))))


def nests(inner: Candidate, outer: Candidate, gazetteer: Gazetteer) -> bool:
    """Whether `inner` lies in `outer`, today or at the text's date."""
    return (inner.parent is not None and inner.parent == outer.key) or any(
        gazetteer.within(child, parent) and child != parent
        for parent in outer.adcodes
        for child in inner.adcodes
    )
