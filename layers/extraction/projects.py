"""Key projects: every item of a plan's project lists, firm and project told apart.

A list stands under a heading of its own (`重点项目`, a 专栏 with ▲ lines), or in a sentence
that opens with a verb of doing and closes with 等…项目. `、` separates items, or `，` where
items hold `、`.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from geo.resolution import Resolved
from layers.extraction.drafts import Draft
from layers.extraction.labels import label_for
from layers.extraction.lists import Span, clean_name, split_at
from layers.extraction.park_names import PARK_NOUN
from layers.extraction.placing import Location, location_of, place_item
from layers.extraction.tools import Reading
from layers.model import Basis, Precision
from layers.plans import Paragraph, Sentence, sentences_of

_LIST_TITLE = re.compile(
    r"(?:重点|重大|主要|示范|特色|标志性|骨干|储备|招商|建设|产业化|新建|续建|技改)[^，。任务]{0,8}项目"
    r"(?:表|清单|名单|一览表|库)?$|^项目(?:表|清单|名单|一览表)?$"
)
_OWN_LIST_TITLE = re.compile(r"(?:重点|重大|示范|标志性)[^，。任务]{0,6}工程$")
_LOOKING_BACK = re.compile(r"回顾|发展基础|现状|面临|形势|成就|存在的?.{0,4}问题")

_VERB = (
    r"(?:加快|推进|推动|建设|实施|支持|启动|完成|抓好|谋划|开工|落实|促进|做好|争取|引进|新建|续建|扩建|"
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
    r"(?:（[^）]*）)?(?:的)?(?:建设|前期工作|开展前期工作|实施|落地|投产|达产|尽快|开工|进度|步伐|加快|早日|顺利|全面|"
    r"竣工|建成|为基础)*"
)
_KIND = rf"[^，。；、：]{{0,22}}?{_NOUN}|[^，。；、：]{{0,14}}?(?:平台|系统|中心)"
_CLOSE = re.compile(
    rf"等(?![地市县区])(?P<head>{_KIND}){_TAIL}(?:和(?P<coda>[^，。；、]+项目){_TAIL})?$|"
    rf"(?<=项目)等(?P<act>建设|实施)$"
)
_BARE_CLOSE = re.compile(rf"(?P<item>.*{_NOUN}(?:（[^）]*）)?)(?P<tail>{_TAIL})$", re.S)
_COUNT = re.compile(r"[0-9一二三四五六七八九十两]+[个项大](?:重点|重大)?项目$")
_NAMED = re.compile(
    r"[0-9０-９]+(?:\.[0-9]+)?万?(?:吨|千瓦|兆瓦|辆|台|套|件|立方米|平方米|头|只|支|米|锭|千伏)|[A-ZＡ-Ｚ]{2,}"
)
_STATUS = re.compile(r"在建|续建|新开工|新建|储备|前期工作|谋划")
_EACH_TOWN = re.compile(
    r"在(?P<towns>[^，。；]{3,80}?)(?:等地|等[市县区]|[两三四五六七八九十]+[市县区地])?(?:各|分别|共同|同步)?"
    r"(?:建设|实施|布局|新建|开展)(?:[一二两三四五六七八九十0-9]*[个批座条])?"
    r"(?P<what>[^，。；、]{3,24}?(?:项目|工程|平台|生产线|中心|示范|加工厂|工厂))(?=$|[，。；])"
)
_COUNTED_KINDS = re.compile(r"[0-9]+[个家座处]")
_PLAIN_HEAD = re.compile(r"(?:一批)?(?:重点|重大|工程|建设|骨干)*项目")
_REST = re.compile(r"(?:等(?:[0-9]+[个项大])?(?:[^，。；、]{0,8}(?:项目|工程))?(?:建设)?)?$")
_ADMINISTRATIVE = re.compile(
    r"(?:建立|完善|明确|加强|坚持|确保|按照|做好|强化|加大|落实|严格|鼓励|优化|健全|落地|形成|实行|对|要|各|由|围绕|"
    r"到[0-9]{4}年|其中|力争|总投资|计划|预计|达产|从|沿|发展|引导|推动|支持|其余|其他)"
)
_LIST_SIGNS = frozenset("、和与及以")
_PHASE = re.compile(r"[一二三四五六七八九]期(?:工程)?$")
_STRAY_NUMBER = re.compile(r"(?<=[一-鿿])[0-9]{1,2}$")


def extract_projects(reading: Reading) -> Iterator[Draft]:
    """Every item of every project list of the plan, in order."""
    for paragraph in reading.document.paragraphs:
        if paragraph.kind in ("heading", "row"):
            continue
        if any(_LOOKING_BACK.search(title) for title in paragraph.path):
            continue
        explicit = _is_list(paragraph)
        if paragraph.kind == "item" and explicit:
            yield from _boxed(reading, paragraph)
            continue
        for sentence in sentences_of(paragraph):
            if not _LIST_TITLE.search(sentence.text):
                yield from _in_sentence(reading, sentence, explicit=explicit)


def _is_list(paragraph: Paragraph) -> bool:
    """Whether a heading above says that what follows is a list of projects."""
    titles = paragraph.path
    return any(_LIST_TITLE.search(title) for title in titles) or (
        bool(titles) and _OWN_LIST_TITLE.search(titles[-1]) is not None
    )


@dataclass(frozen=True, slots=True)
class ProjectList:
    """The items of one list, what its head says, and where in the sentence it says so."""

    items: tuple[Span, ...]
    end: int
    status: str | None
    where: tuple[int, int] | None
    plain: bool = False


def _boxed(reading: Reading, paragraph: Paragraph) -> Iterator[Draft]:
    """A ▲ line of a box: every piece is an item, whatever it looks like."""
    body = Span(paragraph.body_start, paragraph.end, paragraph.body)
    for piece in split_at(body, "，。；"):
        for fragment in _fragments(piece, reading):
            for item in _missing_separators(reading, fragment):
                yield from _drafts(reading, paragraph, item, None, None, None)


def _missing_separators(reading: Reading, piece: Span) -> Iterator[Span]:
    """Cut where the source forgot the separator.

    It left a stray number before an organisation or place, or a blank before a quotation mark.
    """
    for named in reading.places_between(piece.start + 1, piece.end):
        left = piece.sub(piece.start, named.start)
        stray = _STRAY_NUMBER.search(left.text)
        if stray is not None:
            yield left.sub(left.start, left.start + stray.start())
            yield piece.sub(named.start, piece.end)
            return
    blank = re.search(r"(?<=[一-鿿])[ 　]+(?=“)", piece.text)
    if blank is not None:
        yield piece.sub(piece.start, piece.start + blank.start())
        yield piece.sub(piece.start + blank.end(), piece.end)
        return
    yield piece


def _in_sentence(reading: Reading, sentence: Sentence, *, explicit: bool) -> Iterator[Draft]:
    spread = list(_for_each_town(reading, sentence))
    yield from spread
    lists = list(project_lists(reading, sentence, explicit=explicit))
    if explicit and not lists and not spread:
        lists = list(_plain_list(reading, sentence))
    for found in lists:
        if _ADMINISTRATIVE.match(found.items[0].text):
            continue
        where = found.where or _leading_place(reading, found.items[0])
        before: Span | None = None
        for item in found.items:
            owner = _owner_of_phase(before, item)
            yield from _drafts(reading, sentence.paragraph, item, where, found.status, owner)
            before = item


def _plain_list(reading: Reading, sentence: Sentence) -> Iterator[ProjectList]:
    """Under a heading of projects, a sentence that is a list without a closing 等…项目."""
    whole = _strip_stop(sentence)
    trigger = TRIGGER.match(whole.text)
    begin = trigger.end() if trigger is not None else 0
    if not whole.text[begin:].strip("：以下项目") or whole.text.endswith("："):
        return
    body = whole.sub(whole.start + begin, whole.end)
    body = body.sub(body.start, body.end - len(_REST.search(body.text).group()))  # type: ignore[union-attr]
    pieces = split_at(body, "，；")
    items = [item for piece in pieces for item in _coordinated(reading, _fragments(piece, reading))]
    named = tuple(
        item
        for item in items
        if len(item.text) > 3
        and not _ADMINISTRATIVE.match(item.text)
        and not _LIST_TITLE.search(item.text)
    )
    if named and len(named) * 2 > len(items):
        yield ProjectList(named, whole.end, None, None)


def _for_each_town(reading: Reading, sentence: Sentence) -> Iterator[Draft]:
    """`在甲县、乙县分别建设某项目`: the same project once for each town."""
    for match in _EACH_TOWN.finditer(sentence.text):
        start = sentence.start + match.start("towns")
        stop = sentence.start + match.end("towns")
        towns = reading.places_between(start, stop)
        if len(towns) < 2 or not _only_places(match.group("towns"), towns):
            continue
        end = sentence.start + match.end("what")
        label = label_for(reading, sentence.paragraph, match.group("what"))
        for town in towns:
            location = location_of(reading, [town], Basis.TEXT)
            name = clean_name(town.surface + match.group("what"))
            yield Draft("projects", name, town.start, end, location, label)


def _leading_place(reading: Reading, item: Span) -> tuple[int, int] | None:
    """A place in full that opens a list (`大庆市软件开发、金融外包服务`) holds for all of it."""
    for place in reading.places_between(item.start, item.end):
        if (
            place.start == item.start
            and place.within is None
            and place.surface[-1] in "市县区州盟旗"
        ):
            return place.start, place.end
    return None


def _owner_of_phase(before: Span | None, item: Span) -> Span | None:
    """What `三期` is a phase of: `宾州水泥二期、三期`."""
    if before is None or not _PHASE.fullmatch(item.text):
        return None
    phase = _PHASE.search(before.text)
    return before.sub(before.start, before.start + phase.start()) if phase else None


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
            yield ProjectList(tuple(items), clause.end, None, None)
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
    text = sentence.text.rstrip("。！？；")
    return Span(sentence.start, sentence.start + len(text), text)


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
    close = _closing(last, goes_on=goes_on)
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
    if _COUNTED_KINDS.match(items[0].text):
        return None
    return ProjectList(
        tuple(items),
        last.end,
        status.group() if status is not None else None,
        (first.start + where.start("where"), first.start + where.end("where")) if where else None,
        plain=_PLAIN_HEAD.fullmatch(said) is not None,
    )


def _closing(clause: Span, *, goes_on: bool) -> tuple[int, str, Span | None] | None:
    """Where the last item ends, what the head says of the list, and an item behind the head."""
    head = _CLOSE.search(clause.text)
    if head is not None:
        coda = None
        if head.group("coda"):
            coda = clause.sub(clause.start + head.start("coda"), clause.start + head.end("coda"))
        return clause.start + head.start(), head.group("head") or "", coda
    bare = _BARE_CLOSE.match(clause.text) or _works(clause)
    if bare is None or goes_on:
        return None
    return clause.start + bare.end("item"), bare.group("tail"), None


def _works(clause: Span) -> re.Match[str] | None:
    """`推进甲数据中心、乙研究所三期建设`: a list closed by 建设 alone, if not one of parks."""
    works = _ONLY_WORKS.match(clause.text)
    if works is None:
        return None
    pieces = split_at(Span(0, 0, works.group("item")), "、")
    is_other = any(PARK_NOUN.search(p.text) or _bare_organisation(p.text) for p in pieces)
    return None if is_other else works


def _within(clause: Span, begin: int, stop: int) -> Span:
    return clause.sub(max(begin, clause.start), max(min(stop, clause.end), clause.start))


def _items(reading: Reading, pieces: list[Span]) -> Iterator[Span]:
    if len(pieces) == 1:
        yield from _coordinated(reading, _fragments(pieces[0], reading))
        return
    for piece in pieces:  # `，` separates; a `、` inside does so only behind a whole project
        fragments = _fragments(piece, reading)
        start = piece.start
        for number, fragment in enumerate(fragments):
            if number + 1 == len(fragments) or fragment.text.endswith("项目"):
                yield piece.sub(start, fragment.end)
                start = fragment.end + 1


def _fragments(piece: Span, reading: Reading) -> list[Span]:
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
    return before.endswith("在") or _only_places(left.text, towns)


def _only_places(text: str, places: Sequence[Resolved]) -> bool:
    """Whether a text is places and list signs and nothing else."""
    for place in places:
        text = text.replace(place.surface, "")
    return set(text) <= _LIST_SIGNS


def _coordinated(reading: Reading, fragments: list[Span]) -> Iterator[Span]:
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
        left = reading.document.text[fragment.start : place.start - 1]
        joined = reading.document.text[place.start - 1] in "和及与"
        if joined and len(left) > 4 and not _bare_organisation(left):
            return place.start - 1
        if joined and _PHASE.search(left):
            return place.start - 1
        if joined and left.endswith(("项目", "工程", "应用项目")):
            return place.start - 1
    return None


_ORGANISATION_END = (
    r"集团(?:股份)?有限责任公司|集团(?:股份)?有限公司|集团公司|股份有限公司|有限责任公司|有限公司|分公司|公司|集团|"
    r"研究所|研究院|科学院|大学|学院|总厂|制药厂|水泥厂|卷烟厂|涤纶厂|汽轮机厂|锅炉厂|机器厂|[0-9]{3}所|油田|药业|乳业|纸业|"
    r"铜业|矿业|米业|铝业|钢铁|特钢|制药|书店|石化公司|石化|酒业|化工(?=[一-鿿0-9])"
)
_ENTERPRISE = re.compile(
    rf"[^，。；]{{1,34}}?(?:{_ORGANISATION_END})(?:[一-鿿（）()]{{0,16}}?(?:有限责任公司|有限公司|分公司|公司))?"
)


_COMPANY = re.compile(r"依托[^，。]{2,40}?有限(?:责任)?公司")
_BRAND = re.compile(r"[一-鿿]{2,6}")


def _bare_organisation(text: str) -> bool:
    match = _ENTERPRISE.match(text)
    return match is not None and match.end() == len(text)


def enterprise_of(reading: Reading, item: Span) -> str | None:
    """The organisation that an item begins with, in the item's words, or None."""
    known = [
        m for m in reading.organisations_between(item.start, item.end) if m.start == item.start
    ]
    match = _ENTERPRISE.match(item.text)
    written = match.end() if match is not None else 0
    length = written or max((m.end - m.start for m in known), default=0)
    return clean_name(item.text[: length or _brand(reading, item)]) or None


def _brand(reading: Reading, item: Span) -> int:
    """Length of the firm's name that stands before the item's place: `伊利大庆液态奶` → 2."""
    for place in reading.places_between(item.start, item.end):
        left = item.text[: place.start - item.start].removesuffix("在")
        return len(left) if _BRAND.fullmatch(left) else 0
    return 0


def _is_named(reading: Reading, found: ProjectList, sentence: Sentence) -> bool:
    """Whether the list names projects, and does not merely speak of kinds of them."""
    begin, end = found.items[0].start, found.items[-1].end
    if reading.organisations_between(begin, end):
        return True
    if found.plain and len(found.items) > 1:
        return True  # `等项目` without a kind closes a list of names
    if any(p.level != "province" for p in reading.places_between(begin, end)):
        return True
    if any(_NAMED.search(item.text) or _is_titled(reading, item) for item in found.items):
        return True
    # A firm or a town that the sentence starts from makes its list a list of named projects.
    return (
        any(
            place.start < begin
            and place.level != "province"
            and reading.in_region(place.adcodes[0])
            for place in reading.places_between(sentence.start, begin)
        )
        or _COMPANY.search(sentence.text[: begin - sentence.start]) is not None
    )


def _is_titled(reading: Reading, item: Span) -> bool:
    """Whether the item begins with a firm, and not with an industry that sounds like one."""
    match = _ENTERPRISE.match(item.text)
    if match is None or match.end() <= 3:
        return False
    return reading.tools.taxonomy.codes_of(match.group().removeprefix("现代")) is None


def _drafts(
    reading: Reading,
    paragraph: Paragraph,
    item: Span,
    where: tuple[int, int] | None,
    status: str | None,
    owner: Span | None,
) -> Iterator[Draft]:
    item = _without_count(item)
    name = clean_name((owner.text if owner is not None else "") + item.text)
    if not name:
        return
    more = {"enterprise": enterprise_of(reading, owner or item), "status": status}
    label = label_for(reading, paragraph, name)
    towns = _towns(reading, item)
    if len(towns) > 1:
        for town_name, location in towns:
            yield Draft("projects", town_name, item.start, item.end, location, label, more)
        return
    span = owner or item
    location = place_item(reading, paragraph, span.start, span.end, before=where)
    yield Draft("projects", name, item.start, item.end, location, label, more)


def _without_count(item: Span) -> Span:
    count = _COUNT.search(item.text)
    return item if count is None else item.sub(item.start, item.start + count.start())


_TOWNS = re.compile(r"(?P<rest>(?:等地|等市|等县|等)?的?)")


def _towns(reading: Reading, item: Span) -> list[tuple[str, Location]]:
    """One name and location for each town of `甲在A、B等地的某项目` or `A、B等地某项目`."""
    places = [
        p
        for p in reading.places_between(item.start, item.end)
        if p.within is None
        and len(p.adcodes) == 1
        and p.level in ("prefecture", "county", "township")
    ]
    if len(places) < 2 or not _is_enumeration(reading, item, places):
        return []
    text = reading.document.text
    prefix = text[item.start : places[0].start]
    rest = _TOWNS.match(text, places[-1].end)
    suffix = text[rest.end() if rest is not None else places[-1].end : item.end]
    level = {"prefecture": Precision.PREFECTURE, "county": Precision.COUNTY}
    return [
        (
            clean_name(prefix + place.surface + suffix),
            Location(
                place.adcodes,
                (place.surface,),
                Basis.TEXT,
                level.get(place.level, Precision.TOWNSHIP),
            ),
        )
        for place in places
    ]


def _is_enumeration(reading: Reading, item: Span, places: Sequence[Resolved]) -> bool:
    text = reading.document.text
    if not _only_places(text[places[0].start : places[-1].end], places):
        return False
    prefix = text[item.start : places[0].start]
    return prefix == "" or prefix.endswith(("在", "于"))
