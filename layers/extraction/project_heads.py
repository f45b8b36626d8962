"""What says that a list of projects follows: a heading above it, or the words before its colon."""

from __future__ import annotations

import re
from collections.abc import Sequence

from layers.extraction.lists import Span

_KIND = (
    r"(?:重点|重大|主要|示范|特色|标志性|骨干|储备|招商|建设|产业化|新建|续建|技改|国债|"
    r"另?安排|承接|以下|下列|(?:新?开|竣|完)工|投产|拟建|在建|谋划|前期)"
)
_FORM = r"(?:目录|表|清单|名单|一览表|库)"
_SAID = r"(?:[（(]?共?[0-9一二三四五六七八九十]+[个项][）)]?)?(?:有|包括|如下|为|是)?"
_LIST_TITLE = re.compile(
    rf"{_KIND}[^，。；、任务]{{0,8}}项目{_FORM}?{_SAID}$|^项目{_FORM}?{_SAID}$"
)
_WORKS_TITLE = re.compile(r"(?:重点|重大|示范|标志性)[^，。任务]{0,6}工程$")
# A heading that joins the projects to another subject has prose below it, and lists only
# where a nearer heading says so: `重点领域和国债项目`.
_JOINED = re.compile(r"(?:领域|任务|布局|方向|措施|政策|企业|园区|目标|平台|举措|环节)[和与及、]")
_NO_LIST = re.compile(
    r"(?:方向|要求|机制|措施|目标|原则|思路|任务|政策|现状|布局|分工|职责|服务|管理|考核|标准|条件)$"
)
# Words that no name begins with, so that what follows them is the head and no item.
_GENERIC = (
    r"(?:[我全本各][省市州县区]|[省市]级?|国家级?|各地|一批|一些|若干|这些|上述|以下|下列|主要|重点|重大|"
    r"工业|产业|[0-9]{4}年|[0-9]+[个项大]|[建实]设|实施|推进|推动|加快|抓好|抓紧|组织|安排|"
    r"另外?|拟|其中|今后|近期|要|好|地|的)*"
)
_HEAD = re.compile(
    rf"{_GENERIC}(?:{_KIND}[^，。；、任务]{{0,8}}?)?项目{_FORM}?{_SAID}(?:的?(?:建设|实施|进度))?：?"
)
_LEAD_IN = re.compile(
    r"(?:(?:另外|此外|同时|其中)，)?(?P<head>[^，。；、：]{2,24})(?:(?:，其中)?：|，(?:主要)?(?:包括|有|分别[是为]|即)：?)(?=.)"
)


def lists_projects(path: Sequence[str]) -> bool:
    """Whether what stands under these headings, outermost first, is a list of projects.

    The nearest heading that says what follows counts: `重大项目` says so for the branches below
    it (`（一）汽车产业`), but no longer for `招商方向`.
    """
    if path and _WORKS_TITLE.search(path[-1]):
        return True
    for title in reversed(path):
        if _LIST_TITLE.search(title):
            return _JOINED.search(title) is None
        if _NO_LIST.search(title):
            return False
    return False


def is_head(text: str) -> bool:
    """Whether a text says no more than that projects follow or are to be built.

    `抓好一批重点产业化项目` names none; `某公司微型车技改项目` does, though it ends like a head.
    """
    return _HEAD.fullmatch(text.rstrip("。；")) is not None


def lead_in(sentence: Span) -> Span | None:
    """What stands behind the head of a list in running text: `国债项目有：甲厂扩产、…`."""
    match = _LEAD_IN.match(sentence.text)
    if match is None or not _LIST_TITLE.search(match.group("head")):
        return None
    return sentence.sub(sentence.start + match.end(), sentence.end)
