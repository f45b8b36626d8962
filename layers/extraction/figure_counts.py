"""Things that are counted: their noun stands behind the unit (`建设7个技术服务平台`) or before it.

A count that only leads in a list of the plan's tasks, or closes it, is no figure.
"""

from __future__ import annotations

import re

from layers.extraction import figure_words as words
from layers.extraction.figure_numbers import Number
from layers.extraction.figure_phrases import (
    REGION,
    Memory,
    Said,
    subject_and_measure,
    without_doing,
)

_NOUN_LIMIT = 40  # code points of a counted noun; more is a sentence


def counted_thing(number: Number, left: str, memory: Memory) -> Said | None:
    """Things counted: their noun stands behind the unit, else before the number."""
    noun, end = noun_behind(number)
    if _lists_tasks(number, left, noun):
        return None
    if noun:
        new = words.NEW.search(left)
        return Said("", (new.group() if new is not None else "") + noun, "", True, end)
    if number.right and not words.GOES_ON.match(number.right) and number.right[0] not in "、和与及":
        return None
    return _before(number, left, memory)


def _lists_tasks(number: Number, left: str, noun: str) -> bool:
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


def _before(number: Number, left: str, memory: Memory) -> Said | None:
    verb = words.LEVEL.search(left)
    head = left[: verb.start()] if verb is not None else left
    if number.unit == "所" and verb is None:
        return None  # `703所` is an institute's name
    head = words.HAS.sub("", words.LEAD.sub("", REGION.sub("", head)))
    if not head:
        goes_on = verb is not None and memory.base
        return Said(memory.subject, memory.base, memory.base) if goes_on else None
    bare = words.BARE_VERB.match(head)
    if bare is not None:
        subject = without_doing(bare["subject"]) or memory.subject or memory.counted
        return Said(subject, bare["measure"], bare["measure"])
    if verb is None and words.PRODUCED.fullmatch(memory.base):
        return Said(head, memory.base, memory.base)  # `产销达到60万辆，发动机和变速箱80万套`
    subject, measure = subject_and_measure(head)
    if not measure:
        measure = without_doing(head)
    if len(measure) < 2 or words.NOT_COUNTED.search(measure):
        return None
    measure = _without_examples(measure)
    return Said(subject, measure, measure, True)


def _without_examples(noun: str) -> str:
    """`新成立甲公司等科技型企业` is about 新成立科技型企业."""
    examples, mark, rest = noun.rpartition("等")
    if not mark or len(rest) < 3:
        return noun
    new = words.NEW.match(examples)
    return (new.group() if new is not None else "") + rest


def noun_behind(number: Number) -> tuple[str, int]:
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
