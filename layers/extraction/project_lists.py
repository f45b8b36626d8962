"""Project lists: where they begin and end, which items they have, what their head says.

A list opens with a verb of doing (or stands under a heading that says what it is) and closes
with 等…项目; `、` separates items, or `，` where items hold `、`.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from geo.resolution import Resolved
from layers.extraction.enterprises import is_bare, is_titled
from layers.extraction.lists import Span, split_at
from layers.extraction.park_names import PARK_NOUN
from layers.extraction.tools import Reading
from layers.plans import Sentence

_VERB = (
    r"(?:加快|推进|推动|建设|实施|支持|启动|完成|抓好|确保|谋划|新?开工|投产(?!后)|落实|促进|做好|争取|引进|新建|续建|扩建|"
    r"筹建|组织|开展|依托|打造|建成|完善)"
)
_ADVERB = (
    r"(?:同时|其中|还要|重点|大力|全力|积极|尽快|着力|继续|统筹|分别|加大|抓紧|有序|深入|稳步|"
    r"优先|具体|主要|集中力量|力争)"
)
TRIGGER = re.compile(rf"{_ADVERB}*{_VERB}(?:{_ADVERB}|{_VERB})*(?!了)(?:好|一批)?")
_WHERE = re.compile(
    r"(?:依托|结合)?在(?P<where>[^，。；]+?)(?:等地)?(?:分别)?(?=建设|实施|推进|布局|新建|开展)"
)
_INNER_TRIGGER = re.compile(
    r"(?P<where>[^，。；、等]{2,20}?)(?:重点|加快|全力|抓好)(?:推进|建设|实施)(?=[^，。；])"
)
_LISTED = re.compile(
    r"(?P<items>.+?)等?(?:列入|纳入)[^，。；]{0,10}项目(?:清单|名单|库|计划|盘子)$", re.S
)
_ONLY_WORKS = re.compile(r"(?P<item>.*、.*)(?P<tail>建设|加快建设)$", re.S)
_BASIS_OF = re.compile(r"以(?=.+(?:工程|项目)为基础$)")
_NOUN = r"(?:项目|工程|前期工作)"
_TAIL = (
    r"(?:（[^）]*）)?(?:的)?(?:建设|前期工作|开展前期工作|实施|落地|投产|达产|尽快|开工|进度|步伐|加快|早日|按期|如期|顺利|全面|"
    r"竣工|建成|为基础)*"
)
_KIND = rf"[^，。；、：]{{0,22}}?{_NOUN}|[^，。；、：]{{0,14}}?(?:平台|系统|中心)"
_CLOSE = re.compile(
    rf"等(?![地市县区])(?P<head>{_KIND}){_TAIL}(?:和(?P<coda>[^，。；、]+项目){_TAIL})?$|"
    rf"(?<=项目)等(?P<act>建设|实施)$"
)
_BARE_CLOSE = re.compile(rf"(?P<item>.*{_NOUN}(?:（[^）]*）)?)(?P<tail>{_TAIL})$", re.S)
_NAMED = re.compile(
    r"[0-9０-９]+(?:\.[0-9]+)?万?(?:吨|千瓦|兆瓦|辆|台|套|件|立方米|平方米|头|只|支|米|锭|千伏)|[A-ZＡ-Ｚ]{2,}"
)
_STATUS = re.compile(r"在建|续建|新开工|新建|储备|前期工作|谋划")
_COUNTED_KINDS = re.compile(r"[0-9]+[个家座处]")
_FOR_PARKS = re.compile(r"(?:[0-9]+个)?(?:重点|产业|工业)*(?:园区|开发区|集聚区|基地)")
_PLAIN_HEAD = re.compile(r"(?:一批)?(?:重点|重大|工程|建设|骨干)*项目")
_PHASE = re.compile(r"[一二三四五六七八九]期(?:工程)?$")
_COMPANY = re.compile(r"依托[^，。]{2,40}?有限(?:责任)?公司")
_LIST_SIGNS = frozenset("、和与及以")
TOWN = re.compile(r"^[一-鿿]{1,4}?(?:镇|乡|街道)(?!企业)")


@dataclass(frozen=True, slots=True)
class ProjectList:
    """The items of one list, and what the words around them say of all of them.

    `end` is the offset behind the list's head, `status` the state that the head names, `kind` the
    works that it names (`企业信息化工程`), `where` the stretch that says where all of it is.
    """

    items: tuple[Span, ...]
    end: int
    status: str | None = None
    kind: str | None = None
    where: tuple[int, int] | None = None

    @property
    def is_plain(self) -> bool:
        """Whether it closes with 等项目 and says nothing of their kind: a list of names."""
        return self.kind is not None and _PLAIN_HEAD.fullmatch(self.kind) is not None


def project_lists(
    reading: Reading, sentence: Sentence, *, explicit: bool = False
) -> Iterator[ProjectList]:
    """Yield the project lists of a sentence.

    With `explicit` its heading says that it is one, so the items need not show by their own
    words that they are named projects.
    """
    clauses = split_at(_strip_stop(sentence), "，；")
    for clause in clauses:
        listed = _LISTED.match(clause.text)
        if listed is not None:
            items = _items(reading, [clause.sub(clause.start, clause.start + listed.end("items"))])
            yield ProjectList(tuple(items), clause.end)
    opened: list[Span] = []
    for number, clause in enumerate(clauses):
        if _opening(clause) is not None:
            opened = [clause]
        elif opened:
            opened.append(clause)
        if not opened:
            continue
        found = _close(reading, opened, goes_on=_goes_on(clauses[number + 1 :]))
        if found is not None:
            if explicit or _is_named(reading, found, sentence):
                yield found
            opened = []


def _goes_on(following: list[Span]) -> bool:
    """Whether clauses without a verb of their own carry the list on to its end."""
    for clause in following:
        if _opening(clause) is not None:
            return False
        if _CLOSE.search(clause.text) or _BARE_CLOSE.match(clause.text):
            return True
    return False


def _strip_stop(sentence: Sentence) -> Span:
    text = unstopped(sentence.text)
    return Span(sentence.start, sentence.start + len(text), text)


def unstopped(text: str) -> str:
    """A sentence without its stop."""
    return text.rstrip("。！？；")


def _opening(clause: Span) -> int | None:
    """Where the list begins that this clause opens with a verb; None when it opens none."""
    where = _WHERE.match(clause.text)
    after = where.end() if where is not None else 0
    trigger = (
        TRIGGER.match(clause.text, after)
        or _BASIS_OF.match(clause.text)
        or _INNER_TRIGGER.match(clause.text)
    )
    return None if trigger is None else trigger.end()


def _close(reading: Reading, clauses: list[Span], *, goes_on: bool) -> ProjectList | None:
    """The list that runs from the first clause to the last, if the last one closes it."""
    first, last = clauses[0], clauses[-1]
    close = _closing(reading, last, goes_on=goes_on)
    if close is None:
        return None
    stop, said, coda = close
    begin = first.start + (_opening(first) or 0)
    if stop <= begin:
        return None
    pieces = [p for p in (_within(clause, begin, stop) for clause in clauses) if p.text]
    items = list(_items(reading, pieces))
    if coda is not None:
        items.append(coda)
    status = _STATUS.search(said)
    where = _WHERE.match(first.text) or _INNER_TRIGGER.match(first.text)
    if _COUNTED_KINDS.match(items[0].text) or _is_of_parks(said, items):
        return None
    return ProjectList(
        tuple(items),
        last.end,
        status.group() if status is not None else None,
        said or None,
        (first.start + where.start("where"), first.start + where.end("where")) if where else None,
    )


def _is_of_parks(kind: str, items: Sequence[Span]) -> bool:
    """Whether the items are parks, for whose ground something is done: `等园区基础设施项目`."""
    return _FOR_PARKS.match(kind) is not None and all(
        any(noun.end() == len(item.text) for noun in PARK_NOUN.finditer(item.text))
        for item in items
    )


def _closing(
    reading: Reading, clause: Span, *, goes_on: bool
) -> tuple[int, str, Span | None] | None:
    """Where the last item ends, what the head says of the list, and an item behind the head."""
    head = _CLOSE.search(clause.text)
    if head is not None:
        coda = None
        if head.group("coda"):
            coda = clause.sub(clause.start + head.start("coda"), clause.start + head.end("coda"))
        return clause.start + head.start(), head.group("head") or "", coda
    bare = _BARE_CLOSE.match(clause.text) or _works(reading, clause)
    if bare is None or goes_on:
        return None
    return clause.start + bare.end("item"), bare.group("tail"), None


def _works(reading: Reading, clause: Span) -> re.Match[str] | None:
    """`推进甲数据中心、乙研究所三期建设`: a list closed by 建设 alone, if not one of parks."""
    works = _ONLY_WORKS.match(clause.text)
    if works is None:
        return None
    pieces = split_at(clause.sub(clause.start, clause.start + works.end("item")), "、")
    is_other = any(PARK_NOUN.search(p.text) or is_bare(reading, p) for p in pieces)
    return None if is_other else works


def _within(clause: Span, begin: int, stop: int) -> Span:
    return clause.sub(max(begin, clause.start), max(min(stop, clause.end), clause.start))


def _items(reading: Reading, pieces: list[Span]) -> Iterator[Span]:
    if len(pieces) == 1:
        yield from coordinated(reading, fragments_of(pieces[0], reading))
        return
    for piece in pieces:  # `，` separates; a `、` inside does so only behind a whole project
        fragments = fragments_of(piece, reading)
        start = piece.start
        for number, fragment in enumerate(fragments):
            if number + 1 == len(fragments) or fragment.text.endswith("项目"):
                yield piece.sub(start, fragment.end)
                start = fragment.end + 1


def fragments_of(piece: Span, reading: Reading) -> list[Span]:
    """Cut at `、`, but not inside `A、B、C于一体的…` nor inside a list of towns `在A、B等地`."""
    fragments = split_at(piece, "、")
    joined: list[Span] = []
    for fragment in fragments:
        if joined and (_holds_open(reading, piece, joined[-1], fragment)):
            joined[-1] = piece.sub(joined[-1].start, fragment.end)
        else:
            joined.append(fragment)
    last = fragments[-1].text if fragments else ""
    if "于一体的" in last and len(fragments) > 1:
        return [piece.sub(fragments[0].start, fragments[-1].end)]
    return joined


def _holds_open(reading: Reading, piece: Span, left: Span, right: Span) -> bool:
    """Whether the `、` between two fragments separates towns of one item."""
    goes_on = any(m.start == right.start for m in reading.places_between(right.start, right.end))
    towns = reading.places_between(left.start, left.end)
    if not goes_on or not towns or towns[-1].end != left.end:
        return False
    before = reading.document.text[piece.start : towns[0].start]
    return before.endswith("在") or only_places(left, towns)


def only_places(span: Span, places: Sequence[Resolved]) -> bool:
    """Whether a stretch is places with list signs between them and nothing else.

    Two places side by side are no list, unless the second lies in the first: `甲乙至丙`.
    """
    at = span.start
    before: Resolved | None = None
    for place in places:
        gap = span.text[at - span.start : place.start - span.start]
        if before is not None:
            gap = _town_removed(gap)
            if not gap and not _lies_in(place, before):
                return False
        if not set(gap) <= _LIST_SIGNS:
            return False
        at, before = place.end, place
    return set(_town_removed(span.text[at - span.start :])) <= _LIST_SIGNS


def _town_removed(gap: str) -> str:
    """What stands between two places without a town of the first that no table holds."""
    return TOWN.sub("", gap, count=1)


def _lies_in(place: Resolved, outer: Resolved) -> bool:
    """Whether a place written directly behind another is a part of it: `富锦市锦山镇`."""
    if place.level == "township":
        return True
    prefix = {"prefecture": 4, "province": 2}.get(outer.level)
    return prefix is not None and place.adcodes[0][:prefix] == outer.adcodes[0][:prefix]


def coordinated(reading: Reading, fragments: list[Span]) -> Iterator[Span]:
    """Cut `三期和哈尔滨水泥厂重组扩产项目` where a new owner begins behind 和."""
    for fragment in fragments:
        cut = _new_owner(reading, fragment)
        if cut is None:
            yield fragment
        else:
            yield fragment.sub(fragment.start, cut)
            yield fragment.sub(cut + 1, fragment.end)


def _new_owner(reading: Reading, fragment: Span) -> int | None:
    for place in reading.places_between(fragment.start + 2, fragment.end):
        left = fragment.sub(fragment.start, place.start - 1)
        joined = reading.document.text[place.start - 1] in "和及与"
        if joined and len(left.text) > 4 and not is_bare(reading, left):
            return place.start - 1
        if joined and _PHASE.search(left.text):
            return place.start - 1
        if joined and left.text.endswith(("项目", "工程")):
            return place.start - 1
    return None


def _is_named(reading: Reading, found: ProjectList, sentence: Sentence) -> bool:
    """Whether the list names projects, and does not merely speak of kinds of them."""
    begin, end = found.items[0].start, found.items[-1].end
    if reading.organisations_between(begin, end):
        return True
    if found.is_plain and len(found.items) > 1:
        return True  # `等项目` without a kind closes a list of names
    if says_where(reading, begin, end):
        return True
    if any(_NAMED.search(item.text) or is_titled(reading, item) for item in found.items):
        return True
    # A firm or a town that the sentence starts from makes its list a list of named projects.
    return (
        says_where(reading, sentence.start, begin)
        or _COMPANY.search(sentence.text[: begin - sentence.start]) is not None
    )


def says_where(reading: Reading, start: int, end: int) -> bool:
    """Whether a place inside the plan's region is named; the region itself says nothing."""
    return any(
        place.level != "province" and all(map(reading.in_region, place.adcodes))
        for place in reading.places_between(start, end)
    )
