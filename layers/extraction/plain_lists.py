"""Lists of projects that only their heading shows to be such: plain sentences and boxes.

Under `重点项目` a sentence lists projects without a closing 等…项目, and a line of a box does so
whatever its pieces look like; prose that stands there too is told apart by what it says.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence

from layers.extraction.enterprises import is_titled
from layers.extraction.lists import Span, split_at, without_number
from layers.extraction.project_heads import is_head
from layers.extraction.project_lists import (
    TRIGGER,
    ProjectList,
    coordinated,
    fragments_of,
    says_where,
    unstopped,
)
from layers.extraction.tools import Reading

_REST = re.compile(r"(?:等(?:[0-9]+[个项大])?(?:[^，。；、]{0,8}(?:项目|工程))?(?:建设)?)?$")
_ADMINISTRATIVE = re.compile(
    r"(?:建立|完善|明确|加强|坚持|确保|按照|做好|强化|加大|落实|严格|鼓励|优化|健全|落地|形成|实行|对|要|各|由|围绕|"
    r"到[0-9]{4}年|其中|力争|总投资(?!(?:约|超)?[0-9.]+[万亿]+元的)|计划|预计|达产|从|沿|发展|引导|推动|支持|其余|其他|"
    r"面向|拉长|培育)"
)
# What says how a branch is to go, and names nothing that is built.
_DIRECTION = re.compile(
    r"[向从].{2,}(?:引进|集中|集聚|布局|转移|延伸)|以.+为(?:依托|主|重点|龙头|核心|特色|主体)|"
    r"(?:重点|大力|积极|优先|着力|加快)发展|[把将].+(?:做|打造)[成大强]|做文章|"
    r"[市县区州旗镇）](?:要|重点|围绕|发展(?!有限|股份|集团|公司|中心))"
)
# What the name of a work ends with, so that a heading that ends so is one.
_WORK = re.compile(
    r"[^重点大要类]项目$|[一二三四五]期$|(?:扩建|技改|改造|搬迁|扩产|扩能|生产线)(?:工程)?$"
)
# What is done for projects, and what they bring: nothing that is built ends with it.
_NO_WORK = re.compile(
    r"(?:机制|制度|办法|问题|支持|环境|水平|力度|进度|考核|调度|责任|优势|招商|(?<!前期)工作|"
    r"[0-9][十百千万亿]*美?元)$"
)
# What a list adds to a project: who builds it, what it costs, when it will run.
_ABOUT_IT = re.compile(
    r"由.+(?:承担|承建|实施|负责|建设|投资|运营)|(?:项目)?(?:计划|预计|估算)?总?投资[额约]?[0-9].*|"
    r".*[0-9]{4}年.{0,6}(?:达产|投产|建成|竣工|完工|开工).*|"
    r"(?:达产后|建成后|投产后|新增|占地|建筑面积|年产值).*|"
    r"(?:项目)?(?:主要)?(?:建设|承担|项目|责任|牵头|实施|承建)"
    r"(?:期限?|年限|工期|单位|企业|主体|地点|规模|内容|性质).*"
)
# `争取甲、乙列入国家规划`: what is hoped for projects is no part of their names.
_HOPED = re.compile(r"(?:并|同时)?(?:争取|力争)[将把]?")
_TO_BE_LISTED = re.compile(
    r"(?:等?项目)?(?:尽早|早日)?(?:列入|纳入|进入|挤进)[^，。；、]{0,10}(?:规划|计划|盘子|笼子|清单|目录|名单|项目库)$"
)
_LEFT_OUT = re.compile(r"（不(?:含|包括|包含)[^（）]*）$")
_STRAY_NUMBER = re.compile(r"(?<=[一-鿿])[0-9]{1,2}$")


def plain_list(
    reading: Reading, listed: Span, taken: Sequence[tuple[int, int]] = ()
) -> Iterator[ProjectList]:
    """What is a list because its heading says so, without a closing 等…项目.

    `taken` are the words of what is read already.
    """
    whole = without_number(listed.sub(listed.start, listed.start + len(unstopped(listed.text))))
    trigger = TRIGGER.match(whole.text)
    begin = trigger.end() if trigger is not None else 0
    if not whole.text[begin:].strip("：以下项目") or whole.text.endswith("："):
        return
    body = whole.sub(whole.start + begin, whole.end)
    body = body.sub(body.start, body.start + len(_REST.sub("", body.text, count=1)))
    pieces = [
        _without_hope(piece)
        for piece in split_at(body, "，；")
        if not is_about(piece.text) and not _overlaps(piece, taken)
    ]
    items = [_item(item) for piece in pieces for item in _items_of(reading, piece)]
    named = tuple(item for item in items if len(item.text) > 3 and not _says_how(item.text))
    if named and len(named) * 2 > len(items):
        yield ProjectList(named, whole.end)


def _item(item: Span) -> Span:
    """An item without its number and the bracket that says what is no part of it."""
    item = without_number(item)
    return item.sub(item.start, item.start + len(_LEFT_OUT.sub("", item.text)))


def _without_hope(piece: Span) -> Span:
    """What of `争取甲、乙列入国家规划` names projects."""
    hoped, listed = _HOPED.match(piece.text), _TO_BE_LISTED.search(piece.text)
    return piece.sub(
        piece.start + (hoped.end() if hoped is not None else 0),
        piece.end if listed is None else piece.start + listed.start(),
    )


def _items_of(reading: Reading, clause: Span) -> list[Span]:
    """The items of a clause; `甲产业向A、B集中` is one thing, whatever signs it holds."""
    direction = _DIRECTION.search(clause.text)
    if direction is not None and "、" in direction.group():
        return [clause]
    return list(coordinated(reading, fragments_of(clause, reading)))


def _says_how(text: str) -> bool:
    """Whether an item of a list names nothing that is built."""
    return (
        is_administrative(text)
        or is_head(text)
        or _DIRECTION.search(text) is not None
        or _NO_WORK.search(text) is not None
    )


def _overlaps(piece: Span, taken: Sequence[tuple[int, int]]) -> bool:
    return any(start < piece.end and piece.start < end for start, end in taken)


def is_administrative(text: str) -> bool:
    """Whether a stretch says how work is organised, and names nothing that is built."""
    return _ADMINISTRATIVE.match(text) is not None


def is_about(text: str) -> bool:
    """Whether a clause tells of a project named before: what it costs, who builds it, when."""
    return _ABOUT_IT.fullmatch(text) is not None


def named_work(reading: Reading, item: Span) -> bool:
    """Whether an item names a work of its own, by its place, its firm or its last word."""
    return (
        _WORK.search(item.text) is not None
        or is_titled(reading, item)
        or bool(reading.organisations_between(item.start, item.end))
        or says_where(reading, item.start, item.end)
    )


def boxed_items(reading: Reading, body: Span) -> Iterator[Span]:
    """A ▲ line of a box: every piece is an item, whatever it looks like."""
    for piece in split_at(body, "，。；"):
        for fragment in fragments_of(piece, reading):
            yield from _missing_separators(reading, _item(fragment))


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
