"""Figures in running text: what is measured, how much, in which unit, for which year.

A figure is a number with a unit behind a verb or noun of measuring (`增加值490.9亿元`, `达到2.0％`).
Its year is the last one named before it, else that of its heading; from the plan's first year on
it is a target, before that it is actual.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from layers.extraction.drafts import Draft
from layers.extraction.labels import Label, label_for
from layers.extraction.lists import clean_name
from layers.extraction.placing import PRECISION_OF_LEVEL, Location, location_of
from layers.extraction.tools import Reading
from layers.model import Basis
from layers.plans import Paragraph, Sentence, sentences_of

_UNIT = (
    r"万亿元|亿元|万元|元|个百分点|％|%|万吨|吨|公斤|万平方米|平方米|万千瓦|兆瓦|千瓦|万辆|辆|万台|台|万套|套|"
    r"万箱|箱|万头|头|万件|件|万亩|亩|万户|万户（次）|户（次）|户|家|项|个大类|个中类|个小类|个|种|名|人|万人|"
    r"倍|场次|所|座|斤|位"
)
_FIGURE = re.compile(
    rf"(?P<number>[0-9][0-9,]*(?:\.[0-9]+)?)(?P<many>多|余)?\s*(?P<unit>{_UNIT})(?P<over>以上|左右)?"
    r"(?!级|型|大|项目|（含）|的?规模|等级)"
)
_MONEY = frozenset({"万亿元", "亿元", "万元", "元", "%", "个百分点", "万吨", "吨", "倍", "万辆", "万台"})
_MEASURE = (
    r"(?:增加值|收入|投资|税收|企业)?占[^，。；]{2,14}?(?:比重|比例)|(?:工业|农业|年度|累计|总|民间)(?:固定资产|产业)?投资|增加值|总产值|产值|主营业务（[^）]*）收入|主营业务收入|销售收入|业务收入|收入|利润总额|利润|税金|利税|税收|"
    r"固定资产投资|产业投资|投资|产量|签约额|成交额|交易额|成交金额|经费总额|经费|资金|总额|比重|比例|占比|普及率|"
    r"数字化率|数控化率|应用率|产值率|利用率|贡献率|强度|能力|能耗|申请量|拥有量|得分|总面积|面积|总数|数量|户数|"
    r"综合指数|规模|产能"
)
_VERB = re.compile(
    r"(?:力争|预期|累计|将|已经?|分别|再)*(?:达到|已达|达|超过|突破|实现|完成|增加到|增加|提高到|提高至|提高|下降到|降低|"
    r"占|为|超|获得|获|共有|拥有|有|形成|新增|培育|扶持|建设|认定|新组建|组建|建成|引进|集聚|登记|开发|投入|立项|授奖|"
    r"孵化|培养|支持|推进|促进|承担|组织实施|实施|选派|列入|生产|等)(?:了|到|至|约|近)*$"
)
_GROWTH = re.compile(
    r"(?P<what>年均增长|平均增长|同比增长|累计下降|同比下降|年均|增长|下降|降低|提高|增加|高于[^，。；]{0,12})(?:了|约|近)?$"
)
_YEAR = re.compile(r"(?P<year>(?:19|20)[0-9]{2})年")
_PERIOD = re.compile(r"“(?P<name>十五|十一五|十二五|十三五|十四五|十五五)”")
_PERIOD_END = {"十五": 2005, "十一五": 2010, "十二五": 2015, "十三五": 2020, "十四五": 2025, "十五五": 2030}
_LEAD = re.compile(
    r"^(?:其中|同时|全年|预期|力争|努力|计划|到|至|在|使|由|将|并|共|累计|截至|目前|连续[一二三四五]年)+|"
    r"(?:到)?(?:19|20)[0-9]{2}年(?:底|年底|末|前[一二三]个季度)?|“[一二三四五十]+”\s*(?:期间|时期|期末|末)?"
)
_CONDITION = re.compile(r"的(?!比)|(?![，。；、：！？（）和与及及比其占增高低约年]|以上|左右)[一-鿿]")
_NOT_COUNTED = re.compile(r"(?:产业|领域|方面|环节|指标|加工业|产业链|产业集群|阶段|层次|城市|地区|百分点)$")
_NOUN_ENDS = re.compile(r"获批|入选|进入|成功|实现|已|达到|填补|和[0-9]|产学研|深入|增产|正增长|年投资")
_OPENING_VERB = re.compile(
    r"^(?:力争|计划|完成|实现|培育|建设|重点推进|重点扶持|推动|加快|形成|获得?|争取|引进|开发|认定|新增加?的?)+(?=[一-鿿]{2})"
)
_DELIMITERS = "，。；：、！？（）"
_STRONG = "，。；：！？"


@dataclass(frozen=True, slots=True)
class Figure:
    """A figure with the offsets of its number and unit in the plan's text."""

    start: int
    end: int
    subject: str
    measure: str
    value: float
    unit: str
    year: int | None


def extract_figures(reading: Reading, taken: Sequence[tuple[int, int]]) -> Iterator[Draft]:
    """Yield an indicator for every figure in the plan's sentences.

    `taken` are the words of projects: `120万吨乙烯改扩建` is a name and no figure of the plan.
    """
    for paragraph in reading.document.paragraphs:
        if paragraph.kind in ("row", "item"):
            continue
        year = _heading_year(paragraph)
        for sentence in sentences_of(paragraph):
            for figure in _figures(sentence, year):
                year = figure.year
                if not any(a <= figure.start < b for a, b in taken):
                    yield indicator(reading, paragraph, figure)


def indicator(
    reading: Reading, paragraph: Paragraph, figure: Figure, label: Label | None = None
) -> Draft:
    """The draft of a figure; without a place of its own it is about the plan's region."""
    plan = reading.plan
    own = location_of(
        reading,
        [
            p
            for p in reading.places_between(paragraph.start, figure.end)
            if p.within is None and _clause_start(reading.document.text, figure.start) <= p.start
        ],
        Basis.TEXT,
    )
    level = reading.tools.gazetteer.division(plan.region).level
    scope = Location((plan.region,), (), Basis.CONTEXT, PRECISION_OF_LEVEL[level])
    year = figure.year
    if year is None and any("目标" in title for title in paragraph.path):
        year = plan.period_end
    status = None if year is None else ("target" if year >= plan.period_start else "actual")
    subject = figure.subject or _subject(reading, paragraph)
    suffix = f"（{year}年）" if year is not None else ""
    return Draft(
        "indicators",
        f"{subject}{figure.measure}{suffix}",
        figure.start,
        figure.end,
        own if own.places else scope,
        label or label_for(reading, paragraph, subject + figure.measure),
        {
            "subject": subject,
            "measure": figure.measure,
            "value": figure.value,
            "unit": figure.unit,
            "year": year,
            "status": status,
        },
    )


def _figures(sentence: Sentence, year: int | None) -> Iterator[Figure]:
    text = sentence.text
    subject, measure = "", ""
    for match in _FIGURE.finditer(text):
        year = _year_before(text, match.start()) or year
        unit = match.group("unit").replace("％", "%")
        said = _reading_of(text, match, unit, measure)
        if said is None:
            continue
        if said[0]:
            subject = said[0]
        if unit not in ("%", "个百分点", "倍"):
            measure = said[1]
        yield Figure(
            sentence.start + match.start(),
            sentence.start + match.end("unit"),
            clean_name(said[0] or ("" if said[1] not in measure else subject)),
            clean_name(said[1]),
            float(match.group("number").replace(",", "")),
            unit,
            year,
        )


def _reading_of(
    text: str, match: re.Match[str], unit: str, before: str
) -> tuple[str, str] | None:
    """Return subject and measure of a figure, or None where no word of measuring stands by it.

    `before` is the measure that stood last: what a bare rate of growth is about.
    """
    left = _LEAD.sub("", _left(text, match.start()))
    if left.startswith(("对", "以及")):
        return None
    if unit in _MONEY and _CONDITION.match(text, match.end()):
        return None  # `投资50亿元以上工业园区` says which parks, not how much
    if left.endswith(("等", "和", "及", "与")):
        return _counted(text, match, unit)
    growth = _GROWTH.search(left)
    if growth is not None:
        subject, measure = _split(left[: growth.start()])
        measure = measure or before
        return (subject, measure + growth.group("what")) if measure else None
    verb = _VERB.search(left)
    noun = left[: verb.start()] if verb is not None else left
    if unit in _MONEY or (noun and not _VERB.search(noun)):
        subject, measure = _split(noun)
        return (subject, measure) if len(measure) > 1 else None
    return _counted(text, match, unit) if verb is not None else None


def _counted(text: str, match: re.Match[str], unit: str) -> tuple[str, str] | None:
    """`等5个重点园区`, `建设16个国家级科技产业基地`: the noun to the right is what is counted."""
    right = _right(text, match.end())
    if unit in _MONEY or len(right) < 2 or _NOT_COUNTED.search(right):
        return None
    return "", right


def _left(text: str, stop: int) -> str:
    """What stands left of a number in its clause, brackets included."""
    start = stop
    depth = 0
    while start > 0:
        char = text[start - 1]
        depth += (char in "）)") - (char in "（(")
        if depth < 0 or (depth == 0 and char in _DELIMITERS and char not in "）)（("):
            break
        start -= 1
    return text[start:stop]


def _right(text: str, start: int) -> str:
    """The noun that a count is of: `50户以上…龙头企业`, `16个国家级科技产业基地`."""
    stop = min((i for i in (text.find(m, start) for m in _STRONG) if i >= 0), default=len(text))
    pieces = text[start:stop].split("、")
    piece = pieces[-1] if len(pieces) > 1 and "的" in pieces[-1] else pieces[0]
    noun = _NOUN_ENDS.split(piece)[0]
    return noun.removeprefix("的")[:30]


def _split(core: str) -> tuple[str, str]:
    """Subject and measure: `全市规模以上工业实现增加值` is about 工业, measured by 增加值."""
    noun = re.search(rf"(?:{_MEASURE})$", core)
    if noun is None:
        return "", _OPENING_VERB.sub("", core)
    subject = _VERB.sub("", core[: noun.start()])
    return _OPENING_VERB.sub("", subject), _OPENING_VERB.sub("", noun.group())


def _year_before(text: str, stop: int) -> int | None:
    found = [(m.end(), int(m.group("year"))) for m in _YEAR.finditer(text, 0, stop)]
    found += [(m.end(), _PERIOD_END[m.group("name")]) for m in _PERIOD.finditer(text, 0, stop)]
    return max(found)[1] if found else None


def _heading_year(paragraph: Paragraph) -> int | None:
    for heading in reversed(paragraph.section):
        year = _year_before(heading.title, len(heading.title))
        if year is not None:
            return year
    return None


def _subject(reading: Reading, paragraph: Paragraph) -> str:
    """The heading's industry, else the region that the plan is for."""
    label = label_for(reading, paragraph, "")
    if label.text is not None:
        return label.text
    return reading.tools.gazetteer.division(reading.plan.region).name


def _clause_start(text: str, stop: int) -> int:
    return max(text.rfind(mark, 0, stop) for mark in _STRONG) + 1
