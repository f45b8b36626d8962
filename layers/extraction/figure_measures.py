"""What a clause measures: growth, capacities, ranks, shares, and a measure with its value.

What stands left of a number is read first (`增加值达到1050亿元`, `比上年增长8%`, `占全省的40%`).
Values that several subjects share (`甲、乙分别增长7.6%、11.8%`) wait in the memory's queue.
"""

from __future__ import annotations

import re
from dataclasses import replace
from itertools import takewhile

from layers.extraction import figure_words as words
from layers.extraction.figure_counts import counted_thing, noun_behind
from layers.extraction.figure_numbers import Number, clause_start, left_of
from layers.extraction.figure_phrases import (
    REGION,
    Memory,
    Said,
    clean,
    subject_and_measure,
    without_doing,
)


def said_of(number: Number, memory: Memory) -> Said | None:
    """What is said of a number, or None where it is no figure of the plan.

    The forms are tried in order: growth, capacity, things counted, a measure and its value, land.
    """
    return _queued(number, memory) or _said_in_clause(number, memory)


def _said_in_clause(number: Number, memory: Memory) -> Said | None:
    left = clean(number.left)
    if left.startswith(("对", "以及")):
        return None
    if not number.unit or number.unit[0] in "∶:：":
        return _level(number, left, memory)
    if number.left.endswith("第"):
        return _rank(clean(left_of(number.text, number.start, 0)), memory)
    return (
        _growth(number, left, memory)
        or _capacity(number, left)
        or (counted_thing(number, left, memory) if number.counts else _level(number, left, memory))
        or _land(number, left)
    )


def _queued(number: Number, memory: Memory) -> Said | None:
    """`甲、乙分别增长7.6%、11.8%`: the second value is of the second subject."""
    if not memory.queue or number.left.strip("、和与及") != "":
        memory.queue = []
        return None
    subject, measure = memory.queue.pop(0)
    return Said(subject, measure, memory.base)


def _growth(number: Number, left: str, memory: Memory) -> Said | None:
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
        return Said(memory.subject, f"{base}（{head.removeprefix('若')}）{tail}", base)
    if head:
        subject, base = subject_and_measure(head)
        if not base and not subject:
            subject = words.TRAIL.sub("", without_doing(head))
        return Said(subject or memory.subject, base + tail, base)
    subject, base = _between(number, memory) or (memory.subject, memory.base)
    subject = subject if subject != base else ""
    if what.startswith(("高于", "低于", "快于", "领先")):
        base = memory.measure
    return Said(subject, base + tail, base) if base else None


def _between(number: Number, memory: Memory) -> tuple[str, str] | None:
    """The measure that a clause without figure names, between the last figure and this one."""
    start = clause_start(number.text, number.start)
    gap = number.text[memory.end : max(start - 1, memory.end)]
    clauses = [c for c in re.split("[，；：,]", gap)[1 if memory.end else 0 :] if c]
    for clause in reversed(clauses):
        match = words.MEASURE_IN.match(clean(clause))
        if match is not None:
            return subject_and_measure(match.group())
    return None


def _apart(number: Number, memory: Memory, tail: str) -> Said | None:
    """Subjects (or measures) that share their values `分别`: the rest waits in the queue."""
    whole = words.FIGURE.sub("", clean(left_of(number.text, number.start, 0)))
    match = words.GROWTH.search(whole) or words.LEVEL.search(whole)
    head = words.TRAIL.sub("", whole[: match.start()] if match is not None else whole)
    memory.apart = _parts(head, memory) or memory.apart
    if not memory.apart:
        return None
    (subject, base), *others = memory.apart
    memory.queue = [(other, measure + tail) for other, measure in others]
    return Said(subject, base + tail, base)


def _parts(head: str, memory: Memory) -> list[tuple[str, str]]:
    """Pairs of subject and measure: `营业收入和利润`, or `水泥、平板玻璃产量`."""
    parts = [part for part in re.split("[、和与及]", head) if part]
    if len(parts) > 1 and all(words.MEASURE.search(part) for part in parts):
        pairs = [subject_and_measure(part) for part in parts]
        return [(subject or pairs[0][0] or memory.subject, base) for subject, base in pairs]
    subject, base = subject_and_measure(head)
    subjects = re.split("[、和与及]", subject if base else head)
    return [(part, base or memory.base) for part in subjects if part]


def _capacity(number: Number, left: str) -> Said | None:
    """`汽车发动机90万台生产能力`, `年产5000辆专用车生产能力`, `年产汽车70万辆`."""
    if number.is_rate or number.unit.endswith("元"):
        return None
    yearly = words.YEARLY.search(left)
    behind = words.CAPACITY.match(number.right)
    if behind is not None and behind["measure"] not in ("能力", "规模"):
        noun = behind["noun"] or (
            yearly["noun"] if yearly else without_doing(words.LEVEL.sub("", left))
        )
        return Said(noun, behind["measure"], behind["measure"])
    if yearly is not None and not number.right.strip("、"):
        return Said(yearly["noun"], yearly.group()[:2], yearly.group()[:2])
    return None


def _land(number: Number, left: str) -> Said | None:
    """`新增1000万亩粳稻基地`: land is counted like things where it is said to be new."""
    if not words.LAND.search(number.unit) or not left.endswith(("新增", "建设", "建成", "发展")):
        return None
    noun, end = noun_behind(number)
    return Said("", noun, "", True, end) if noun else None


def _rank(left: str, memory: Memory) -> Said | None:
    match = words.RANKED.match(left.removesuffix("第"))
    if match is None:
        return None
    return Said(match["subject"] or memory.subject, match["measure"])


def _level(number: Number, left: str, memory: Memory) -> Said | None:
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
        return Said(memory.subject, memory.base, memory.base) if goes_on and memory.base else None
    subject, measure = subject_and_measure(head)
    subject = subject or _each_of(number, left)
    if not measure and verb is not None and not words.OPENING.fullmatch(head + "一一"):
        measure = without_doing(REGION.sub("", head))
    elif not measure and memory.base and memory.unit == number.unit and not number.right:
        subject, measure = head, memory.base  # `产值达到60亿元，其中甲产业20亿元`
    if len(measure) < 2:
        return None
    return Said(subject or memory.subject, measure, measure)


def _each_of(number: Number, left: str) -> str:
    """`打造甲产业集群、乙产业集群，收入均超过500亿元`: each of what was listed (`各产业集群`)."""
    if words.EACH.search(left) is None:
        return ""
    listed = number.text[: clause_start(number.text, number.start)]
    items = [item for item in re.split("[，、和与及]", listed) if item]
    if len(items) < 2:
        return ""
    pairs = zip(reversed(items[-2]), reversed(items[-1]), strict=False)
    shared = len(list(takewhile(lambda pair: pair[0] == pair[1], pairs)))
    return f"各{items[-1][-shared:]}" if shared > 1 else ""


def _of_noun(number: Number, left: str) -> Said | None:
    """`集聚起全省84%的高新技术企业`: the part that a noun is held of."""
    if number.unit != "%" or not number.right.startswith("的") or words.MEASURE.search(left):
        return None
    noun, end = noun_behind(replace(number, right=number.right[1:]))
    if not noun or words.AIM.match(number.right):
        return None
    return Said("", noun + "占比", "", True, end + 1)


def _times(number: Number, left: str, memory: Memory) -> Said | None:
    match = words.TIMES.search(left) if number.unit == "倍" else None
    if match is None or not memory.base:
        return None
    return Said(memory.subject, f"{memory.base}相当于{match['what']}的倍数", memory.base)


def _share(left: str, memory: Memory) -> Said | None:
    """`占工业增加值的40%`: the measure begins with 占."""
    head = words.LEVEL.sub("", left).removesuffix("的")
    match = words.SHARE.search(head)
    if match is None or (match.group().startswith("完成") and not left.endswith("的")):
        return None
    subject, base = subject_and_measure(head[: match.start()])
    if not base:
        subject = subject or without_doing(head[: match.start()])
    measure = base + match.group()
    return Said(subject or memory.subject, measure, measure)


def _is_condition(number: Number) -> bool:
    """Whether the figure says which things are meant (`5亿元以上的项目`, `10吨直升机`)."""
    right = number.right
    if number.unit.startswith(("∶", ":", "：")):
        return False
    if not right or words.ROUND.match(right) or words.GOES_ON.match(right):
        return False
    if right.startswith("、"):
        return number.over
    return words.CONDITION.match(right) is not None
