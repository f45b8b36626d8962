"""The grammar of park names: the nouns that end them, and the words that cannot stand in them.

Everything here is about strings; what places they name is the concern of the callers.
"""

from __future__ import annotations

import re

_ZONES = (
    "园区|开发区|高新区|经开区|新区|工业区|化工区|产业区|经济区|经贸区|保税区|保税港区|投资区|自贸区|港区|"
    "合作区|贸易区|示范区|试验区|实验区|先行区|先导区|引领区|集聚区|聚集区|集中区|加工区|物流区|"
    "工业项目区|产业项目区|旅游度假区"
)
# What makes 谷, 城, 港, 岛 and 区 a park's noun; alone they end the names of places (双城, 甘谷).
_THEME = (
    "产业|科技|科学|知识|石化|港务|生态|创新|创业|物流|商贸|工业|化工|医药|药|光|硅|软件|纳米|智能|智慧|动漫|文化|食品|汽车|电子|"
    "信息|数字|能源|材料|生物|健康|大学|航空|装备|陶瓷|家具|服装|纺织|机器人|中药|酒|茶"
)
PARK_NOUN = re.compile(
    rf"{_ZONES}|(?<![公花校家果茶庄菜田乐儿陵墓])(?<!植物)(?<!动物)园(?![林艺丁地])|(?:{_THEME})(?:[谷岛区]|新?城|港区?)|小镇|"
    r"(?:智慧|智能|数字|生态)[^，。；、的]?都(?=$|[，。；、：（）和与及等])|"
    r"物流中心|(?<!老工业)(?<!工业老)基地"
)
"""The noun of a park, at whose end its name may end."""

_SEPARATORS = "/／，。；、：！？“”《》【】…\t\n"
_REACH = 40  # code points: no name is longer
_NOT_IN_NAME = re.compile(
    r"[，。；、：！？/／]|推进|加快|依托|打造|成为|建成|支持|鼓励|作为|以及|促进|推动|形成|实现|围绕|发挥|培育|聚焦|位于|构建|"
    r"具有|拥有|集聚(?!区)|国内|全国|全省|我省|重点(?!开发开放)|重要|(?<!合作)(?<!产业)共建|共同|等|在|向|把|将|对接|提高|发展(?!示范)|入选|入围|成功|"
    r"列入|晋升|申建|申报|申请|调出|移出|退出|撤销|撤并|裁撤|取消|剔除|已|是|(?<!华)为|辐射|的|新增|新上|不得|(?<!乡村)(?<!农村)(?<!经济)建设(?!兵团)|[0-9]{4}年|"
    r"[两二三四五六七八九十0-9]+[个大]"
)
_CLOSED = re.compile(
    r"$|[，。；、：（）(){}【】”》/／\s]|[和与及等为中内的以在向]|建设|发展|做|核心|依托|升级|集聚|成为|入驻|配套|启动|"
    r"加快|争取|进入|获批|列入|晋升|入围"
)
_PHASE = re.compile(r"（?[一二三四五六]期")
_FIRM = re.compile(
    r"有限|股份|集团|公司|企业|管委会|管理|办公室|招商局|路|站|大道|街道|政府|党工委|[东南西北]区|片区|[域划块型化级式类段]"
)
_PROJECT_TAIL = re.compile(r"[^，。；、：（）]*(?:项目|工程|技改)")
_BREAKS = re.compile(
    r"[和与及、等的（()）“”，。；：]|建设|发展|做[大强优]|依托|升级|集聚(?!区)|成为|入驻|启动|加快|争取|进入|获批|列入|"
    r"晋升|入围|提升|布局|重点(?!开发开放)|推进|推动|突出|控制|引进|承接|要|为|以|在|向"
)
_GAP = 16  # code points between two nouns of one name: 大庆高新区|宏伟化工园区
# `某保税物流中心（B型）`: the type of a bonded centre is a word of its name.
_TYPE = re.compile(r"（[A-ZＡ-Ｚ]型）")
_TAIL_BRACKET = re.compile(r"（(?![A-ZＡ-Ｚ]型)[^（）]*）$")
_NOT_THE_PLACE = re.compile(r"[，、]?(?:含|包括|包含|规划|面积|简称|以下)|各|[一二三四]期")
_PART = re.compile(rf"[^、和与及]+(?:{PARK_NOUN.pattern}|(?<![市县区州旗])片区|组团|分园)")
_ALONE = re.compile(r"园区|园|基地|示范区|试验区|实验区|产业区|先行区|引领区|集中区|小镇")


def name_end(text: str, start: int, known: int) -> int | None:
    """Where the name that begins at `start` ends: behind the last noun that it can reach.

    Parameters
    ----------
    text
        A sentence or heading.
    start
        Where the name begins, an offset into `text`.
    known
        Where the place or organisation ends that it begins with; nothing up to there is looked at.
    """
    reach = _reach(text, start, known)
    ends = [
        noun.end()
        for noun in PARK_NOUN.finditer(text, start + 1, reach)
        if noun.end() - start > 3 and noun.end() >= known
    ]
    best: int | None = None
    for end in ends:
        if best is not None and (end - best > _GAP or _BREAKS.search(text, best, end)):
            break
        if _is_end(text, end):
            best = end
    if best is None:
        return None
    kind = _TYPE.match(text, best)
    return kind.end() if kind is not None else _with_quotation_mark(text, start, best)


def _reach(text: str, start: int, known: int) -> int:
    """The first offset that no name from `start` can hold."""
    limit = min(len(text), start + _REACH)
    stop = _NOT_IN_NAME.search(text, known, limit)
    limit = stop.start() if stop is not None else limit
    depth = 0
    for offset in range(start, limit):
        depth += (text[offset] in "（(") - (text[offset] in "）)")
        if depth < 0:
            return offset
    return limit


def _is_end(text: str, end: int) -> bool:
    if _CLOSED.match(text, end) or _PHASE.match(text, end):
        return True
    return not (_FIRM.match(text, end) or _PROJECT_TAIL.match(text, end))


def _with_quotation_mark(text: str, start: int, end: int) -> int:
    """`某市“某某药港”` ends behind the mark that it opened."""
    is_open = text.count("“", start, end) > text.count("”", start, end)
    return end + 1 if is_open and text[end : end + 1] == "”" else end


def has_phase(text: str, end: int) -> bool:
    """Whether a name is followed by the number of a phase (`二期`)."""
    return _PHASE.match(text, end) is not None


def bracket_behind(text: str, end: int) -> str:
    """The bracket that follows a name and may say where it is, else nothing."""
    match = re.match(r"（[^（）]*）", text[end:])
    return match.group() if match is not None else ""


def place_part(bracket: str) -> str:
    """The part of `（临淄区，含甲片区）` that says where the park as a whole is.

    `（甲产业园、乙片区）` says what the park consists of; the whole is not where the first part is.
    """
    parts = re.split("[、和与及]", bracket.strip("（）"))
    if len(parts) > 1 and all(map(_PART.fullmatch, parts)):
        return ""
    cut = _NOT_THE_PLACE.search(bracket)
    return bracket if cut is None else bracket[: cut.start()]


def without_bracket(text: str) -> str:
    """A name without the bracket behind its noun; one inside of it stays."""
    short = _TAIL_BRACKET.sub("", text)
    return short if short != text and ends_with_noun(short) else text


def ends_with_noun(text: str) -> bool:
    """Whether a text ends with the noun of a park."""
    text = text.rstrip("”")
    return any(match.end() == len(text) for match in PARK_NOUN.finditer(text))


def is_bare_noun(rest: str) -> bool:
    """Whether a name without its place is a noun that needs another word (`某市基地`)."""
    return not rest or _ALONE.fullmatch(rest) is not None


def last_piece(text: str, end: int) -> str:
    """What stands between the last separator before `end` and `end`."""
    begin = max((text.rfind(sign, 0, end) for sign in _SEPARATORS + "（()）"), default=-1)
    return text[begin + 1 : end]
