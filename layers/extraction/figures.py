"""Figures in running text: what is measured, how much, in which unit, for which year.

A figure is a number with a unit. What stands left of it in its clause is read first: a rate of
growth, a share, a measure with or without a verb (`增加值达到1050亿元`); where things are counted,
the noun behind the unit (`建设7个技术服务平台`). A number that only describes something else is
none: `5兆瓦母型机`, `投资5亿元以上的项目`, `703所`.

A clause without subject or measure of its own goes on with those before it. The year is the last
one named before the figure, else that of its heading or of the line that leads in a list. From the
plan's first year on a figure is a target, before that, and where the plan says 目前, it is actual.
Left out are ranges (`7－8个`), numbers in words (`近百家`) and words of magnitude (`百亿元`), and
paragraphs under headings about the world around (`面临的挑战`). A ratio such as `17∶83` is one
figure: its value is the first number, its unit the rest as written (`∶83`), so that value and unit
side by side read as in the plan.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field, replace
from itertools import takewhile

from layers.extraction import figure_words as words
from layers.extraction.drafts import Draft
from layers.extraction.labels import Label, label_for
from layers.extraction.lists import clean_name
from layers.extraction.placing import PRECISION_OF_LEVEL, Location, location_of
from layers.extraction.tools import Reading
from layers.model import Basis
from layers.plans import Paragraph, Sentence, sentences_of, style_of

_STRONG = "，。；：！？"
_REGION_WORDS = frozenset(("全省", "全市", "全区", "全县", "我省", "我市", "我区", "本省", "本市"))
_REGION = re.compile(r"^(?:全省|全市|全区|全县|我省|我市|我区)(?=.)")
_NOW = -1  # in place of a year: `目前`
_NOUN_LIMIT = 40  # code points of a counted noun; more is a sentence
_FULL_WIDTH = str.maketrans("０１２３４５６７８９．％", "0123456789.%")


@dataclass(frozen=True, slots=True)
class Figure:
    """A figure with the offsets of its number and unit in the plan's text.

    `present` says that the plan speaks of its own day (`目前`), so that the figure is actual.
    """

    start: int
    end: int
    subject: str
    measure: str
    value: float
    unit: str | None
    year: int | None
    present: bool = False


@dataclass(frozen=True, slots=True)
class _Said:
    """What a clause says of its number: `base` is the measure without a word of growth."""

    subject: str
    measure: str
    base: str = ""
    keeps: bool = False  # a counted noun is no subject for what follows
    noun_end: int = 0  # where a counted noun behind the unit ends


@dataclass(slots=True)
class _Memory:
    """What the figure before has left: later clauses lean on it."""

    subject: str = ""
    base: str = ""
    measure: str = ""
    unit: str = ""
    end: int = 0
    skip: int = 0
    queue: list[tuple[str, str]] = field(default_factory=list)
    apart: list[tuple[str, str]] = field(default_factory=list)
    counted: str = ""


@dataclass(frozen=True, slots=True)
class _Number:
    """A number with unit in a sentence, and the words left and right of it in its clause."""

    text: str
    start: int
    end: int
    value: float
    unit: str
    left: str
    right: str
    over: bool

    @property
    def counts(self) -> bool:
        return words.COUNTED.fullmatch(self.unit) is not None

    @property
    def is_rate(self) -> bool:
        return words.RATE.fullmatch(self.unit) is not None


def extract_figures(reading: Reading, taken: Sequence[tuple[int, int]]) -> Iterator[Draft]:
    """Yield an indicator for every figure in the plan's sentences.

    `taken` are the words of projects: `120万吨乙烯改扩建` is a name and no figure of the plan.
    """
    lead_year: int | None = None
    for paragraph in reading.document.paragraphs:
        if paragraph.kind in ("row", "item") or _of_the_world(paragraph):
            continue
        if style_of(paragraph.text) is None:
            lead_year = None
        heading_year = _heading_year(paragraph)
        year = lead_year if heading_year is None else heading_year
        for figure in _figures_of(reading, paragraph, year):
            if not any(a < figure.start < b for a, b in taken):
                yield indicator(reading, paragraph, _of_project(reading, figure, taken))
        if paragraph.text.endswith(("：", ":")):
            lead_year = _year_in(paragraph.text)


def _of_project(reading: Reading, figure: Figure, taken: Sequence[tuple[int, int]]) -> Figure:
    """The figure with the project as its subject that it stands behind: `甲项目。总投资42亿元`."""
    text = reading.document.text
    before = max((span for span in taken if span[1] <= figure.start), key=_end_of, default=None)
    if figure.subject or before is None:
        return figure
    if words.INVESTED.fullmatch(text, before[1], figure.start) is None:
        return figure
    return replace(figure, subject=clean_name(text[slice(*before)]))


def _end_of(span: tuple[int, int]) -> int:
    return span[1]


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
    if year is None and not figure.present and any("目标" in t for t in paragraph.path):
        year = plan.period_end
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
            "status": _status(figure, year, plan.period_start),
        },
    )


def _status(figure: Figure, year: int | None, period_start: int) -> str | None:
    if figure.present:
        return "actual"
    if year is None:
        return None
    return "target" if year >= period_start else "actual"


def _figures_of(reading: Reading, paragraph: Paragraph, year: int | None) -> Iterator[Figure]:
    """The figures of a paragraph, its heading included."""
    memory = _Memory()
    present = False
    published = reading.plan.published
    for sentence in sentences_of(replace(paragraph, body_start=paragraph.start)):
        masked = _masked(sentence.text)
        for number in _numbers(masked):
            said = _time_before(masked, number.start)
            if said is not None:
                until = re.search(words.UNTIL.format(year=said), masked[: number.start])
                present = said is _NOW or until is not None
                year = said if said is not _NOW else (published.year if published else None)
            figure = _read(sentence, number, memory, masked)
            if figure is not None:
                yield replace(figure, year=year, present=present)
        if not sentence.text.endswith(("；", ";")):
            memory = _Memory(counted=memory.counted)
        else:
            memory.end = memory.skip = 0
            memory.queue = []


def _read(sentence: Sentence, number: _Number, memory: _Memory, masked: str) -> Figure | None:
    """The figure of a number, or None; what it says is left in `memory`."""
    if number.start < memory.skip:
        return None
    number = replace(number, left=_left(masked, number.start, memory.end))
    said = _queued(number, memory) or _said(number, memory)
    if said is None:
        return None
    memory.skip = said.noun_end
    subject, measure = words.TRAIL.sub("", _tidy(said.subject)), _tidy(said.measure)
    if said.keeps:
        memory.counted = measure
    memory.subject = subject or ("" if not said.keeps else measure)
    if said.keeps and said.noun_end:
        memory.subject = subject
    memory.base, memory.measure = _tidy(said.base), measure
    memory.unit, memory.end = number.unit, number.end
    if "累计" in number.left and "累计" not in measure and not number.is_rate:
        measure = "累计" + measure  # over several years: not what one year's figure measures
    return Figure(
        sentence.start + number.start,
        sentence.start + number.end,
        "" if subject in _REGION_WORDS else subject,
        measure,
        number.value,
        number.unit or None,
        None,
    )


# --- numbers -----------------------------------------------------------------------------------


def _numbers(text: str) -> Iterator[_Number]:
    found: dict[int, re.Match[str]] = {}
    for pattern in (words.RANK, words.SCORE, words.RATIO, words.FIGURE):
        for match in pattern.finditer(text):
            found.setdefault(match.start("number"), match)
    for start in sorted(found):
        match = found[start]
        groups = match.groupdict()
        if words.RANGE.match(text, match.end()) or words.IN_RANGE.search(text[:start]):
            continue
        unit = groups["unit"].translate(_FULL_WIDTH)
        value = groups["number"].translate(_FULL_WIDTH).replace(",", "")
        if match.re is words.RATIO and not re.search(r"比[例重]?|贡献", text[:start]):
            continue  # a time of day, or a scale
        yield _Number(
            text,
            start,
            match.end("unit"),
            float(value),
            unit,
            "",
            _right(text, match.end()),
            bool(groups.get("over")),
        )


def _masked(text: str) -> str:
    """The sentence with the titles of documents blanked: their years and numbers are no figures."""
    return words.TITLE.sub(lambda m: "　" * len(m.group()), text)


def _left(text: str, stop: int, floor: int) -> str:
    """What stands left of a number in its clause, brackets included, behind the figure before."""
    start = stop
    depth = 0
    while start > floor:
        char = text[start - 1]
        depth += (char in "）)") - (char in "（(")
        if depth < 0 or (depth == 0 and _ends_clause(text, start - 1)):
            break
        start -= 1
    return text[start:stop]


def _ends_clause(text: str, offset: int) -> bool:
    if text[offset] != ",":
        return text[offset] in _STRONG
    return words.THOUSANDS.match(text, max(offset - 1, 0)) is None


def _right(text: str, start: int) -> str:
    """What stands right of a unit to the end of its clause."""
    depth = 0
    for offset in range(start, len(text)):
        char = text[offset]
        depth += (char in "（(") - (char in "）)")
        if depth < 0 or (depth == 0 and _ends_clause(text, offset)):
            return text[start:offset]
    return text[start:]


# --- years -------------------------------------------------------------------------------------


def _time_before(text: str, stop: int) -> int | None:
    """The last year named before an offset, `_NOW` for the plan's own day, or None.

    The year of a comparison (`比2000年`) or of a beginning (`自2013年以来`) does not count, unless
    the figure follows at once (`从2010年的476家`).
    """
    found = [(match.start(), _NOW) for match in words.NOW.finditer(text, 0, stop)]
    for match in words.YEAR.finditer(text, 0, stop):
        before = words.COMPARED.search(text, max(0, match.start() - 4), match.start())
        if before is None or text[match.end() : stop].strip() in ("", "的"):
            year = int(match["year"]) if match["year"] else words.PLAN_ENDS[match["plan"]]
            found.append((match.start(), year))
    return max(found)[1] if found else None


def _year_in(text: str) -> int | None:
    """The last year that a heading or a line names."""
    year = _time_before(text, len(text))
    return None if year is _NOW else year


def _of_the_world(paragraph: Paragraph) -> bool:
    return bool(paragraph.path) and words.WORLD.search(paragraph.path[-1]) is not None


def _heading_year(paragraph: Paragraph) -> int | None:
    for heading in reversed(paragraph.section):
        year = _year_in(heading.title)
        if year is not None:
            return year
    return None


# --- what a clause says ------------------------------------------------------------------------


def _said(number: _Number, memory: _Memory) -> _Said | None:
    left = _clean(number.left)
    if left.startswith(("对", "以及")):
        return None
    if not number.unit or number.unit[0] in "∶:：":
        return _level(number, left, memory)
    if number.left.endswith("第"):
        return _rank(_clean(_left(number.text, number.start, 0)), memory)
    return (
        _growth(number, left, memory)
        or _capacity(number, left)
        or (_count(number, left, memory) if number.counts else _level(number, left, memory))
        or _land(number, left)
    )


def _queued(number: _Number, memory: _Memory) -> _Said | None:
    """`甲、乙分别增长7.6%、11.8%`: the second value is of the second subject."""
    if not memory.queue or number.left.strip("、和与及") != "":
        memory.queue = []
        return None
    subject, measure = memory.queue.pop(0)
    return _Said(subject, measure, memory.base)


def _growth(number: _Number, left: str, memory: _Memory) -> _Said | None:
    match = words.GROWTH.search(left)
    if match is None:
        return None
    what = match["what"].replace("分别", "")
    if not number.is_rate and not what.startswith(("比", "较", "高于", "低于")):
        return None
    aim = words.AIM.match(number.right)
    tail = what + (aim["aim"] if aim is not None else "")
    if "分别" in match["what"] or words.MORE_VALUES.match(number.right):
        return _apart(number, memory, tail)
    head = words.LEVEL.sub("", left[: match.start()])
    if words.EXCEPT.match(head):
        base = memory.base
        return _Said(memory.subject, f"{base}（{head.removeprefix('若')}）{tail}", base)
    if head:
        subject, base = _split(head)
        if not base and not subject:
            subject = words.TRAIL.sub("", _open(head))
        return _Said(subject or memory.subject, base + tail, base)
    subject, base = _between(number, memory) or (memory.subject, memory.base)
    subject = subject if subject != base else ""
    if what.startswith(("高于", "低于", "快于", "领先")):
        base = memory.measure
    return _Said(subject, base + tail, base) if base else None


def _between(number: _Number, memory: _Memory) -> tuple[str, str] | None:
    """The measure that a clause without figure names, between the last figure and this one."""
    start = _clause_start(number.text, number.start)
    gap = number.text[memory.end : max(start - 1, memory.end)]
    clauses = [c for c in re.split("[，；：,]", gap)[1 if memory.end else 0 :] if c]
    for clause in reversed(clauses):
        match = words.MEASURE_IN.match(_clean(clause))
        if match is not None:
            return _split(match.group())
    return None


def _apart(number: _Number, memory: _Memory, tail: str) -> _Said | None:
    """Subjects (or measures) that share their values `分别`: the rest waits in the queue."""
    whole = words.FIGURE.sub("", _clean(_left(number.text, number.start, 0)))
    match = words.GROWTH.search(whole) or words.LEVEL.search(whole)
    head = words.TRAIL.sub("", whole[: match.start()] if match is not None else whole)
    memory.apart = _parts(head, memory) or memory.apart
    if not memory.apart:
        return None
    (subject, base), *others = memory.apart
    memory.queue = [(other, measure + tail) for other, measure in others]
    return _Said(subject, base + tail, base)


def _parts(head: str, memory: _Memory) -> list[tuple[str, str]]:
    """Pairs of subject and measure: `营业收入和利润`, or `水泥、平板玻璃产量`."""
    parts = [part for part in re.split("[、和与及]", head) if part]
    if len(parts) > 1 and all(words.MEASURE.search(part) for part in parts):
        pairs = [_split(part) for part in parts]
        return [(subject or pairs[0][0] or memory.subject, base) for subject, base in pairs]
    subject, base = _split(head)
    subjects = re.split("[、和与及]", subject if base else head)
    return [(part, base or memory.base) for part in subjects if part]


def _capacity(number: _Number, left: str) -> _Said | None:
    """`汽车发动机90万台生产能力`, `年产5000辆专用车生产能力`, `年产汽车70万辆`."""
    if number.is_rate or number.unit.endswith("元"):
        return None
    yearly = words.YEARLY.search(left)
    behind = words.CAPACITY.match(number.right)
    if behind is not None and behind["measure"] not in ("能力", "规模"):
        noun = behind["noun"] or (yearly["noun"] if yearly else _open(words.LEVEL.sub("", left)))
        return _Said(noun, behind["measure"], behind["measure"])
    if yearly is not None and not number.right.strip("、"):
        return _Said(yearly["noun"], yearly.group()[:2], yearly.group()[:2])
    return None


def _land(number: _Number, left: str) -> _Said | None:
    """`新增1000万亩粳稻基地`: land is counted like things where it is said to be new."""
    if not words.LAND.search(number.unit) or not left.endswith(("新增", "建设", "建成", "发展")):
        return None
    noun, end = _noun(number)
    return _Said("", noun, "", True, end) if noun else None


def _rank(left: str, memory: _Memory) -> _Said | None:
    match = words.RANKED.match(left.removesuffix("第"))
    if match is None:
        return None
    return _Said(match["subject"] or memory.subject, match["measure"])


def _level(number: _Number, left: str, memory: _Memory) -> _Said | None:
    """A measure and its value: money, shares, tons, scores."""
    if number.unit.endswith(("%", "倍")):
        said = _of_noun(number, left) or _times(number, left, memory) or _share(left, memory)
        if said is not None:
            return said
    if _is_condition(number):
        return None
    if "分别" in left:
        return _apart(number, memory, "")
    verb = words.LEVEL.search(left)
    head = left[: verb.start()] if verb is not None else left
    if not head:
        alike = memory.unit in (number.unit, "%") or memory.unit[:1] == number.unit[:1] == "∶"
        goes_on = verb is not None and alike
        return _Said(memory.subject, memory.base, memory.base) if goes_on and memory.base else None
    subject, measure = _split(head)
    subject = subject or _each_of(number, left)
    if not measure and verb is not None and not words.OPENING.fullmatch(head + "一一"):
        measure = _open(_REGION.sub("", head))
    elif not measure and memory.base and memory.unit == number.unit and not number.right:
        subject, measure = head, memory.base  # `产值达到60亿元，其中甲产业20亿元`
    if len(measure) < 2:
        return None
    return _Said(subject or memory.subject, measure, measure)


def _each_of(number: _Number, left: str) -> str:
    """`打造甲产业集群、乙产业集群，收入均超过500亿元`: each of what was listed (`各产业集群`)."""
    if words.EACH.search(left) is None:
        return ""
    listed = number.text[: _clause_start(number.text, number.start)]
    items = [item for item in re.split("[，、和与及]", listed) if item]
    if len(items) < 2:
        return ""
    pairs = zip(reversed(items[-2]), reversed(items[-1]), strict=False)
    shared = len(list(takewhile(lambda pair: pair[0] == pair[1], pairs)))
    return f"各{items[-1][-shared:]}" if shared > 1 else ""


def _of_noun(number: _Number, left: str) -> _Said | None:
    """`集聚起全省84%的高新技术企业`: the part that a noun is held of."""
    if number.unit != "%" or not number.right.startswith("的") or words.MEASURE.search(left):
        return None
    noun, end = _noun(replace(number, right=number.right[1:]))
    if not noun or words.AIM.match(number.right):
        return None
    return _Said("", noun + "占比", "", True, end + 1)


def _times(number: _Number, left: str, memory: _Memory) -> _Said | None:
    match = words.TIMES.search(left) if number.unit == "倍" else None
    if match is None or not memory.base:
        return None
    return _Said(memory.subject, f"{memory.base}相当于{match['what']}的倍数", memory.base)


def _share(left: str, memory: _Memory) -> _Said | None:
    """`占工业增加值的40%`: the measure begins with 占."""
    head = words.LEVEL.sub("", left).removesuffix("的")
    match = words.SHARE.search(head)
    if match is None or (match.group().startswith("完成") and not left.endswith("的")):
        return None
    subject, base = _split(head[: match.start()])
    if not base:
        subject = subject or _open(head[: match.start()])
    measure = base + match.group()
    return _Said(subject or memory.subject, measure, measure)


def _is_condition(number: _Number) -> bool:
    """Whether the figure says which things are meant (`5亿元以上的项目`, `10吨直升机`)."""
    right = number.right
    if number.unit.startswith(("∶", ":", "：")):
        return False
    if not right or words.ROUND.match(right) or words.GOES_ON.match(right):
        return False
    if right.startswith("、"):
        return number.over
    return words.CONDITION.match(right) is not None


# --- counts ------------------------------------------------------------------------------------


def _count(number: _Number, left: str, memory: _Memory) -> _Said | None:
    """Things counted: their noun stands behind the unit, else before the number."""
    noun, end = _noun(number)
    if _lists_tasks(number, left, noun):
        return None
    if noun:
        new = words.NEW.search(left)
        return _Said("", (new.group() if new is not None else "") + noun, "", True, end)
    if number.right and not words.GOES_ON.match(number.right) and number.right[0] not in "、和与及":
        return None
    return _before(number, left, memory)


def _lists_tasks(number: _Number, left: str, noun: str) -> bool:
    """Whether a count only leads in the list of a plan's tasks or closes it.

    `国债项目8项：甲、乙…`, `建设甲、乙、丙6个项目`: what is counted are features of their own.
    """
    if noun:
        colon = number.text.find(noun, number.end) + len(noun)
        closes = words.TASK.fullmatch(noun) is not None and "、" in left
    else:
        colon, closes = number.end, False
    leads = number.text[colon : colon + 1] in ("：", ":")
    return closes or (leads and words.TASK.search(noun or words.HAS.sub("", left)) is not None)


def _before(number: _Number, left: str, memory: _Memory) -> _Said | None:
    verb = words.LEVEL.search(left)
    head = left[: verb.start()] if verb is not None else left
    if number.unit == "所" and verb is None:
        return None  # `703所` is an institute's name
    head = words.HAS.sub("", words.LEAD.sub("", _REGION.sub("", head)))
    if not head:
        goes_on = verb is not None and memory.base
        return _Said(memory.subject, memory.base, memory.base) if goes_on else None
    bare = words.BARE_VERB.match(head)
    if bare is not None:
        subject = _open(bare["subject"]) or memory.subject or memory.counted
        return _Said(subject, bare["measure"], bare["measure"])
    if verb is None and words.PRODUCED.fullmatch(memory.base):
        return _Said(head, memory.base, memory.base)  # `产销达到60万辆，发动机和变速箱80万套`
    subject, measure = _split(head)
    if not measure:
        measure = _open(head)
    if len(measure) < 2 or words.NOT_COUNTED.search(measure):
        return None
    measure = _without_examples(measure)
    return _Said(subject, measure, measure, True)


def _without_examples(noun: str) -> str:
    """`新成立甲公司等科技型企业` is about 新成立科技型企业."""
    examples, mark, rest = noun.rpartition("等")
    if not mark or len(rest) < 3:
        return noun
    new = words.NEW.match(examples)
    return (new.group() if new is not None else "") + rest


def _noun(number: _Number) -> tuple[str, int]:
    """The noun behind a unit and where it ends in the text, or `('', 0)`."""
    right = number.right
    end = number.text.find(right, number.end) if right else 0
    if not right or not re.match(r"[一-鿿“（]", right) or words.GOES_ON.match(right):
        return "", 0
    if right[0] in "的或等" or (right[0] in "和与及" and right[1:2].isdigit()):
        return "", 0
    if words.OTHER_AREA.match(right) or right.startswith(("和", "与", "以及", "及")):
        return "", 0
    first, *others = words.NEXT_COUNT.split(right)
    noun = _of_list(_cut_at_figure(first))
    predicate = words.PREDICATE.search(noun, 2)
    if predicate is not None:
        noun = noun[: predicate.start()]
        if predicate.group() == "分别":
            noun = words.MEASURE.sub("", noun)
    stop = end + len(noun)
    shared = words.SHARED.search(others[-1]) if others else None
    own = words.OWN_CLASS.match(noun)
    if shared is not None:
        noun += shared.group()
    elif own is not None:
        noun = own["head"] + own["kind"]
    elif words.CLASSES.search(noun):
        chain = words.CHAIN.match(number.text[end + len(noun) :])
        if chain is not None:
            noun = (
                chain["head"] + noun if noun.endswith(("类", "型")) else noun + "的" + chain["head"]
            )
    noun = noun.removeprefix("已")
    if number.unit == "所" and words.INSTITUTE.search(noun) is None:
        return "", 0  # `703所燃气轮机产业园`: an institute's name
    if len(noun) < 2 or len(noun) > _NOUN_LIMIT or words.NOT_COUNTED.search(noun):
        return "", 0
    return noun, stop


def _of_list(right: str) -> str:
    """Of `创新工场、众创空间等新型孵化平台` the noun that sums up; else the first of a list."""
    pieces = right.split("、")
    if len(pieces) == 1:
        return right
    if "等" in pieces[-1]:
        return pieces[-1].rpartition("等")[2] or pieces[0]
    return pieces[-1] if "的" in pieces[-1] and "的" not in pieces[0] else pieces[0]


def _cut_at_figure(noun: str) -> str:
    for match in words.FIGURE.finditer(noun):
        behind = noun[match.end() :]
        if not (match["over"] or behind.startswith("的")):
            return noun[: match.start()]
    return noun


# --- words -------------------------------------------------------------------------------------


def _clean(left: str) -> str:
    """The words left of a number without years, leading conjunctions and blanks."""
    left = words.YEAR_WORDS.sub("", re.sub(r"[\s　]+", "", left))
    left = words.WITH_OTHERS.sub("", left)
    return words.LEAD.sub("", left).removesuffix("由").removesuffix("从")


def _split(core: str) -> tuple[str, str]:
    """Subject and measure: `全市规模以上工业实现增加值` is about 工业, measured by 增加值.

    Without a measure at its end both are empty.
    """
    of_region = _REGION.sub("", core)
    if _open(of_region) != of_region:
        core = of_region
    opened = _open(core)
    inner = words.INNER.match(core)
    if opened != core:
        inner = words.INNER.match(opened)
        if inner is None:
            return "", opened if words.MEASURE.search(opened) else ""
    if inner is not None and not words.MEASURE.search(inner["subject"]):
        return _open(inner["subject"]), _open(inner["measure"])
    noun = words.MEASURE.search(core)
    if noun is None:
        return "", ""
    owner, of, measure = core.rpartition("的")
    if of and len(measure) <= 8:
        return owner, measure
    return core[: noun.start()], noun.group()


def _open(phrase: str) -> str:
    """The phrase without the verbs of doing that open it."""
    return words.OPENING.sub("", phrase)


def _tidy(phrase: str) -> str:
    """A subject or measure without the region that it opens with and verbs of doing inside."""
    phrase = clean_name(phrase).strip("的、").rstrip("和与及由从")
    return re.sub(r"(?<=[一-鿿])实现(?=[一-鿿])|(?<=[一-鿿])了(?=[一-鿿])", "", phrase)


def _subject(reading: Reading, paragraph: Paragraph) -> str:
    """The heading's industry, else the region that the plan is for."""
    label = label_for(reading, paragraph, "")
    if label.text is not None and set(label.codes) - {"general"}:
        return label.text
    return reading.tools.gazetteer.division(reading.plan.region).name


def _clause_start(text: str, stop: int) -> int:
    return max(text.rfind(mark, 0, stop) for mark in _STRONG) + 1
