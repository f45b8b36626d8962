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

The flow: `figure_numbers` finds the numbers and the words beside them, `figure_measures` and
`figure_counts` read what those words say of each, and here it gets its year, place and status.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace

from layers.extraction import figure_words as words
from layers.extraction.drafts import Draft
from layers.extraction.figure_measures import said_of
from layers.extraction.figure_numbers import (
    NOW,
    Number,
    clause_start,
    left_of,
    numbers_in,
    time_before,
    without_titles,
    year_in,
)
from layers.extraction.figure_phrases import Memory, tidy
from layers.extraction.labels import Label, label_for
from layers.extraction.lists import clean_name
from layers.extraction.placing import PRECISION_OF_LEVEL, Location, location_of
from layers.extraction.stretches import Stretches
from layers.extraction.tools import Reading
from layers.model import Basis
from layers.plans import Paragraph, Sentence, sentences_of, style_of

_REGION_WORDS = frozenset(("全省", "全市", "全区", "全县", "我省", "我市", "我区", "本省", "本市"))


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


def extract_figures(reading: Reading, taken: Sequence[tuple[int, int]]) -> Iterator[Draft]:
    """Yield an indicator for every figure in the plan's sentences.

    `taken` are the words of projects: `120万吨乙烯改扩建` is a name and no figure of the plan.
    """
    stretches = Stretches(taken)
    lead_year: int | None = None
    for paragraph in reading.document.paragraphs:
        if paragraph.kind in ("row", "item") or _of_the_world(paragraph):
            continue
        if style_of(paragraph.text) is None:
            lead_year = None
        heading_year = _heading_year(paragraph)
        year = lead_year if heading_year is None else heading_year
        for figure in _figures_of(reading, paragraph, year):
            if not stretches.hold(figure.start):
                yield indicator(reading, paragraph, _of_project(reading, figure, stretches))
        if paragraph.text.endswith(("：", ":")):
            lead_year = year_in(paragraph.text)


def _of_project(reading: Reading, figure: Figure, taken: Stretches) -> Figure:
    """The figure with the project as its subject that it stands behind: `甲项目。总投资42亿元`."""
    text = reading.document.text
    before = taken.before(figure.start)
    if figure.subject or before is None:
        return figure
    if words.INVESTED.fullmatch(text, before[1], figure.start) is None:
        return figure
    return replace(figure, subject=clean_name(text[slice(*before)]))


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
            if p.within is None and clause_start(reading.document.text, figure.start) <= p.start
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


def _subject(reading: Reading, paragraph: Paragraph) -> str:
    """The heading's industry, else the region that the plan is for."""
    label = label_for(reading, paragraph, "")
    if label.text is not None and set(label.codes) - {"general"}:
        return label.text
    return reading.tools.gazetteer.division(reading.plan.region).name


def _status(figure: Figure, year: int | None, period_start: int) -> str | None:
    if figure.present:
        return "actual"
    if year is None:
        return None
    return "target" if year >= period_start else "actual"


def _figures_of(reading: Reading, paragraph: Paragraph, year: int | None) -> Iterator[Figure]:
    """The figures of a paragraph, its heading included."""
    memory = Memory()
    present = False
    published = reading.plan.published
    for sentence in sentences_of(replace(paragraph, body_start=paragraph.start)):
        masked = without_titles(sentence.text)
        for number in numbers_in(masked):
            said = time_before(masked, number.start)
            if said is not None:
                until = re.search(words.UNTIL.format(year=said), masked[: number.start])
                present = said is NOW or until is not None
                year = said if said is not NOW else (published.year if published else None)
            figure = _read(sentence, number, memory, masked)
            if figure is not None:
                yield replace(figure, year=year, present=present)
        if not sentence.text.endswith(("；", ";")):
            memory = Memory(counted=memory.counted)
        else:
            memory.end = memory.skip = 0
            memory.queue = []


def _read(sentence: Sentence, number: Number, memory: Memory, masked: str) -> Figure | None:
    """The figure of a number, or None; what it says is left in `memory`."""
    if number.start < memory.skip:
        return None
    number = replace(number, left=left_of(masked, number.start, memory.end))
    said = said_of(number, memory)
    if said is None:
        return None
    memory.skip = said.noun_end
    subject, measure = words.TRAIL.sub("", tidy(said.subject)), tidy(said.measure)
    if said.keeps:
        memory.counted = measure
    memory.subject = subject or ("" if not said.keeps else measure)
    if said.keeps and said.noun_end:
        memory.subject = subject
    memory.base, memory.measure = tidy(said.base), measure
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


def _of_the_world(paragraph: Paragraph) -> bool:
    return bool(paragraph.path) and words.WORLD.search(paragraph.path[-1]) is not None


def _heading_year(paragraph: Paragraph) -> int | None:
    for heading in reversed(paragraph.section):
        year = year_in(heading.title)
        if year is not None:
            return year
    return None
