"""Words around the names of parks: verbs that lead to them, bans, aims, reports, levels."""

from __future__ import annotations

import re

NUMBER = "[0-9一二三四五六七八九十两]+"
_VERBS = (
    "加快|推进|推动|规划|重点|抓好|建设|打造|培育|支持|实施|发展|提升|做强|做大|做优|做好|扶持|巩固|壮大|优化|完善|"
    "促进|整合|加强|强化|积极|大力|优先|继续|着力|全力|鼓励|引导|集中|统筹|高标准|高水平|深化|拓展|提高"
)
_TITLE_VERB = re.compile(rf"(?!重点|优先)(?:{_VERBS})")
LEAD_IN = re.compile(
    rf"^(?:我?[省市区州县]|全[省市区州县]|各地)?(?:将|要|应)?(?:以及|{_VERBS}|以|依托|建好|办好|用好|发挥|利用|围绕|新设|增设|设立)+"
)
_FREE_END = re.compile(
    rf"(?:{_VERBS}|依托|发挥|利用|围绕|建好|办好|用好|推荐|启动|新建|续建|扩建|改造|开工|布局|覆盖|辐射|带动|包括|包含|"
    r"涵盖|涉及|其中|保留|恢复|筹建|位于|地处|入驻|落户|引进|争取|确保|以及|[以在由从对向把将和与及至到即是为使让含如被的、]|"
    r"[区园]|(?:^|[拟兴筹])建|形成|串联|连接|成立|设立|新设|增设|开展|前期|建成的?)$"
)
_FUNCTION = re.compile(r"[的以在从对向把将和与及是为使]|" + _VERBS)

_AIM = re.compile(
    r"(?:打造|建成(?!的)|建设成为?|成为|形成|构建|作为|争创|申报|争取建设|列为)(?:[^，。；、]{0,12})$"
)
# `建成甲园、乙园`: a list behind the verb that opens a clause names parks, one name alone an aim.
_BUILDS = re.compile(r"(?:^|[，。；：])(?:打造|建成|形成|构建)$")
_BAN = re.compile(r"不得|严禁|禁止|不再|不予|原则上不|除[^，。；]*外")
_LISTED = r"(?:[^，。；、]{2,20}(?:园|区|基地)[、和与及])*"
_LISTED_BEHIND = r"(?:[、和与及][^，。；、]{2,20}(?:园|区|基地))*"
_TAKEN_AWAY = re.compile(
    rf"(?:取消|撤销|撤并|裁撤|注销|摘除|清退|关停|关闭){_LISTED}[^，。；、]{{0,8}}$"
)
# `甲园取消收费` takes something else away: 取消 and 撤并 speak of the park only where they end.
_GONE = (
    r"(?:调出|移出|退出|撤出|剔除|摘牌|除名|撤销|"
    r"(?:取消|撤并|裁撤)(?:[^，。；、]{0,4}(?:资格|称号|命名))?(?=$|[，。；、）]))"
)
_LEAVES = re.compile(rf"{_LISTED_BEHIND}(?:[^，。；、]{{0,6}}?|因[^。；]{{1,20}}?){_GONE}")
_HANDLES = re.compile("[将把对][^，。；]*$")
_ALL_LEAVE = re.compile(rf"[^，。；]*?{_GONE}")
_ELSEWHERE = re.compile(r"学习|借鉴|考察|参照")
_PAST = re.compile(r"已|“?十[一二三四]?五”?(?:期间|时期|以来)|年底前|以来|目前")
_DONE = re.compile(r"[^，。；：]*?(?:竣工|投产|建成|完工|完成|投运)")
_BANS_REACH = 30

_LIST_TITLE = re.compile(
    r"(?:重点|特色|专业|产业|主要|骨干|国家级|省级|市级|认定|支持)[^，。]{0,6}(?:园区?|开发区|基地|集聚区|集中区|高新区)$|"
    r"^园区|(?:园区|开发区|基地|集聚区)(?:建设|布局|名单|名录|目录|清单)$"
)
PROJECT_TITLE = re.compile(r"项目(?:清单|名单|库|建设|表)?$")

_LEVELS = (("national", re.compile(r"国家级|国家")), ("provincial", re.compile(r"省级")))
_RAISED = re.compile(
    r"[^，。；]*?(?:进入|晋升|升格|升级|获批|列入|入选)[^，。；]{0,4}(国家级|省级)"
)


def is_list_title(title: str) -> bool:
    """Whether what stands under a title are parks; `加快园区建设` heads prose."""
    return _TITLE_VERB.match(title) is None and _LIST_TITLE.search(title) is not None


def level_of(text: str) -> str | None:
    """The level that a name or label states."""
    return next((level for level, pattern in _LEVELS if pattern.search(text)), None)


def level_behind(text: str, end: int) -> str | None:
    """The level that a clause gives the park which it names (`…进入国家级行列`)."""
    match = _RAISED.match(text, end)
    return None if match is None else level_of(match.group(1))


def is_free(piece: str) -> bool:
    """Whether a name may begin behind a piece, or goes on with it (`某厂` of `某厂某市工业园`)."""
    if not piece or _FREE_END.search(piece):
        return True
    rest = LEAD_IN.sub("", piece)
    return len(rest) > 6 or _FUNCTION.search(rest) is not None


def is_aim(before: str, text: str, end: int) -> bool:
    """Whether a name says what something is to become, and not which parks there are to be."""
    if not _AIM.search(before):
        return False
    return not (text[end : end + 1] in ("、", "和", "与", "及") and _BUILDS.search(before))


def is_banned(before: str) -> bool:
    """Whether the words before a name forbid it, or speak of other people's parks."""
    near = before[-_BANS_REACH:]
    clause = re.split(r"[。；]", near)[-1]
    return bool(_BAN.search(clause) or _ELSEWHERE.search(clause))


def is_withdrawn(before: str, text: str, end: int) -> bool:
    """Whether a park is taken off a list (`取消某园资格`, `将甲园、乙园调出目录`)."""
    if _TAKEN_AWAY.search(before) or _LEAVES.match(text, end):
        return True
    return bool(_HANDLES.search(before) and _ALL_LEAVE.match(text, end))


def is_report(text: str, end: int, name: str, *, phase: bool) -> bool:
    """Whether a clause merely reports that a base, or a phase of something, has been built."""
    if not (phase or name.endswith("基地")) or not _DONE.match(text, end):
        return False
    return _PAST.search(text) is not None
