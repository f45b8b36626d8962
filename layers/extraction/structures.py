"""Structures of the layout that stand in running text: a name, and who belongs to it.

`一核，即A，包括…`, `两带：B，由…组成；C，串联…`, `五组团 —— D（X）、E（Y）`, `多点，是指X、Y等F`:
a statement of a section on layout, or a heading in it, that begins with a noun phrase of layout.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from layers.extraction.lists import Span, split_at, split_pairs
from layers.extraction.members import (
    Members,
    free_places,
    joined,
    members_between,
    only_places,
)
from layers.extraction.placing import location_of, named_places
from layers.extraction.tools import Reading
from layers.model import Basis
from layers.plans import Heading, Paragraph, sentences_of

NOUN = (
    r"(?:走廊|廊道|大通道|带|轴线?|核心?|增长?极|组团|板块|圈|环|(?<!产业)基地|产业基地|区|"
    r"(?<!为)中心|节点|(?<![重试特要优焦热难])点|翼|城市群|都市圈|城镇群|枢纽)"
)
_PULL = r"引领|带动|支撑|联动|辐射|协同|驱动"
# A title says what its place does beside the noun (`主城引领`), and a city is its core.
ENDS_AS_LAYOUT = re.compile(rf"(?:{NOUN}$|(?:{NOUN}|主城|中心城区?)(?:{_PULL})$)")
_COUNT = r"[一二两三四五六七八九十多0-9]+[个大]?"
# `三核`, `一核引领`, `“一廊”`: a count and what it counts, in quotation marks anything.
_COUNTED_NOUN = (
    rf"(?:“{_COUNT}[一-鿿]{{1,4}}”|{_COUNT}(?:{NOUN}|[廊城港园线谷湾片极群])"
    rf"(?:{_PULL})?)"
)
_COUNTED = re.compile(_COUNTED_NOUN)
_VERBS = (
    r"(?:加快|着力|大力|积极|重点|优先|规划)*(?:做[强优特大精实]|打造|建设|构建|形成|培育|壮大|提升|优化|"
    r"发展|推进|构筑|建好)"
)
_SEPARATOR = r"\s*(?:[—－–-]{1,2}|[：，])\s*"
# `构建“四区”联动格局：`, behind which the first of the four follows at once.
_ANNOUNCES = rf"{_VERBS}[^，。；：]{{0,16}}(?:布局|格局|结构|框架)\s*："
_LEAD = re.compile(
    rf"(?:{_ANNOUNCES})?"
    rf"(?P<counted>{_COUNTED_NOUN}(?:{_SEPARATOR}|分别|即|是指|指的是|指|为|是)+)?(?:即|是指)?"
    rf"(?P<ordinal>(?:第?[一二三四五六七八九十]是|其[一二三四五六七])[，：]?)?"
    rf"(?P<verb>{_VERBS})?"
)
_BEHIND = (
    r"主要|包括|包含|涵盖|涉及|覆盖|范围|由|以|串联|连接|依托|位于|自|从|是|为|辐射|带动|贯穿|横跨"
)
_NAME = re.compile(
    rf"(?!{_BEHIND})[^，。；：、（的各]{{0,24}}?{NOUN}(?=$|[，：（]|[—－–]{{2}}|{_BEHIND})"
)
_BRACKETED = re.compile(rf"(?P<name>[^（，。；：、]{{0,24}}?{NOUN})（(?P<members>.+)）")
_GATHERED = re.compile(
    rf"(?P<list>.+?)(?:等(?:地区?|[0-9一二三四五六七八九十]+个?[县市区]+|县市|市|县(?!域))?|(?:组成|构成|串联而?成)的|(?=[两二三四五六七八九十][大个]))"
    rf"(?P<name>[^，、等的]{{2,20}}?{NOUN})"
)
# The word for a kind of place, which as a heading names none of them: `（三）重点园区。`
_KIND_OF_PLACE = re.compile(
    r"(?:各类|各级|重点|主要|国家级|省级|市级|产业|工业|经济|技术|高新|出口|加工|发展|建设)*"
    r"(?:开发区|园区|集聚区|集中区|功能区|示范区|试验区|保税区|合作区)"
)
_EXTENT = re.compile(r"(?:区域|空间|地域|覆盖|布局|规划)?范围|(?:主要)?(?:区域|城市)|包括区域")
_BRACKET = re.compile(r"（([^（）]+)）")
_OF_PARKS = re.compile(r"(?:园区|开发区|高新区|保税区|集聚区|集中区|工业区)$")
_PULLS = re.compile(f"(?:{_PULL})$")
_ROLE = (
    ("corridor", re.compile(r"走廊|大通道")),
    ("belt", re.compile(r"(?:带|轴|轴线|环)$")),
    ("bases", re.compile(r"基地$")),
    ("node", re.compile(r"(?:核|核心|极|中心|点|枢纽)$")),
    ("region", re.compile(r"(?:城市群|都市圈|圈|城镇群|板块)$")),
)
_LINKS = frozenset((";", "；"))
_ITEM_SIGN = re.compile(r"\A[-*+]\s+")  # of a list in plain text: `- 东翼，由甲市、乙市组成。`
_PLACE_LINKS = "、和与及—－–-~～至"


@dataclass(frozen=True, slots=True)
class Structure:
    """A named structure: its name, its members, and the words that prove both."""

    name: Span
    members: Members | None
    start: int
    end: int


def title_names(reading: Reading, start: int, end: int) -> list[Span]:
    """The structures that a title names: `做特甲经济区和乙经济区` names two, `两带` none."""
    title = Span(start, end, reading.document.text[start:end])
    if is_counted(title.text):
        return []
    lead = _LEAD.match(title.text)
    body = title.sub(start + (lead.end() if lead is not None else 0), end)
    names = split_pairs(body, ENDS_AS_LAYOUT)
    if all(_KIND_OF_PLACE.fullmatch(name.text) for name in names):
        return []
    return names if all(ENDS_AS_LAYOUT.search(name.text) for name in names) else []


def announces(title: str) -> bool:
    """Whether a title puts a counted noun before its structure: `一环 —— 甲产业环`."""
    lead = _LEAD.match(title)
    return lead is not None and lead.group("counted") is not None


def is_counted(title: str) -> bool:
    """Whether a title is a counted noun and nothing else: `三核`, `“多节点”`."""
    return _COUNTED.fullmatch(title.strip()) is not None


def titled_structure(
    reading: Reading,
    paragraph: Paragraph,
    name: Span,
    *,
    alone: bool,
    below: Span | None = None,
) -> Structure:
    """The structure whose heading the paragraph carries.

    A statement that begins with the name speaks of it; where the heading has one name only,
    so does the first that says who belongs to it, which may be the one `below` the heading.
    """
    named = named_places(reading, name.start, name.end)
    statements = list(_statements(paragraph))
    own = [s for s in statements if s.text.startswith(name.text)]
    for statement in own or (statements if alone else []):
        begin = statement.start + (len(name.text) if own else 0)
        members = members_between(reading, begin, statement.end, named)
        if members is not None:
            members = _with_parts(reading, members, statement, [] if own else statements)
            start = statement.start if own else name.start
            return Structure(name, members, start, members.end)
    if alone and below is not None:
        members = members_between(reading, below.start, below.end, named)
        if members is not None:
            return Structure(name, members, name.start, members.end)
    return Structure(name, None, name.start, name.end)


def extent_below(heading: Heading, paragraph: Paragraph) -> Span | None:
    """What the paragraph below a heading says first: `范围：甲市、乙市。`, `包括甲市、乙市。`.

    A short first sentence is read as a heading of that paragraph, and is what it says then.
    """
    if heading not in paragraph.section:
        return None
    own = paragraph.section[-1]
    if own is heading or own.start < paragraph.start or _EXTENT.fullmatch(own.title):
        return next(_statements(paragraph), None)
    return Span(own.start, own.end, own.title) if own.style == "run-in" else None


def _with_parts(
    reading: Reading, members: Members, first: Span, statements: Sequence[Span]
) -> Members:
    """The members of all parts of a whole: `东翼以甲、乙为支点，…；西翼以丙为支点，…`.

    Only statements that a semicolon links to the first are parts beside it.
    """
    text = reading.document.text
    end = first.end
    for statement in statements:
        if statement.start <= first.start:
            continue
        if text[end : statement.start].strip() not in _LINKS:
            break
        end = statement.end
        part = members_between(reading, statement.start, statement.end)
        if part is not None:
            members = Members(joined(members.location, part.location), part.end)
    return members


def body_structures(reading: Reading, paragraph: Paragraph) -> Iterator[Structure]:
    """The structures that the statements of a paragraph name."""
    own = paragraph.section[-1] if paragraph.section else None
    if own is None or own.start < paragraph.start:
        own = None
    announced = own is not None and is_counted(own.title)
    if own is not None and not announced:  # `——甲带，包括X、Y。` heads and says it
        yield from _read(reading, Span(own.start, own.end, own.title), announced=False)
    read = [s for one in _statements(paragraph) for s in _read(reading, one, announced=announced)]
    yield from read
    if own is not None and announced and not read:  # `一核。以甲为中心…` has no other name
        name = Span(own.start, own.end, own.title)
        structure = titled_structure(reading, paragraph, name, alone=True)
        if structure.members is not None:
            yield structure


def _statements(paragraph: Paragraph) -> Iterator[Span]:
    for sentence in sentences_of(paragraph):
        whole = Span(sentence.start, sentence.end, sentence.text)
        yield whole.sub(whole.start, whole.start + len(sentence.text.rstrip("。；！")))


def _read(reading: Reading, statement: Span, *, announced: bool) -> Iterator[Structure]:
    sign = _ITEM_SIGN.match(statement.text)
    if sign is not None:
        statement = statement.sub(statement.start + sign.end(), statement.end)
    lead, counted = _LEAD.match(statement.text), None
    if lead is not None:
        counted = _counted_name(statement, lead)
        announced = announced or bool(lead.group("counted") or lead.group("ordinal"))
        statement = statement.sub(statement.start + lead.end(), statement.end)
    clause = next(iter(split_at(statement, "，：")), None)
    if clause is None:
        return
    bracketed = _bracketed_clauses(reading, statement, announced=announced)
    if bracketed:
        yield from bracketed
        return
    structure = _gathered(reading, clause) or _named(reading, statement, announced=announced)
    if structure is None and counted is not None:  # `“一核”，即以甲为中心…` has no other name
        members = members_between(reading, statement.start, statement.end)
        end = statement.end if members is None else members.end
        structure = Structure(counted, members, counted.start, end) if members else None
    if structure is not None:
        yield structure


def _counted_name(statement: Span, lead: re.Match[str]) -> Span | None:
    counted = _COUNTED.match(lead["counted"] or "")
    if counted is None:
        return None
    return statement.sub(
        statement.start + counted.group().startswith("“"),
        statement.start + len(counted.group().rstrip("”")),
    )


def _bracketed(reading: Reading, clause: Span, *, announced: bool) -> Iterator[Structure]:
    """`甲组团（X县）、乙组团（Y县）` and `甲带（包括X）和乙带（包括Y）`, each item of that form."""
    items = [part for item in split_at(clause, "、") for part in split_pairs(item, _BRACKETED)]
    matches = [_BRACKETED.fullmatch(item.text) for item in items]
    for item, match in zip(items, matches, strict=True):
        if match is None or None in matches:
            return
        inside = (item.start + match.start("members"), item.start + match.end("members"))
        location = location_of(reading, free_places(reading, *inside), Basis.TEXT)
        name = item.sub(item.start, item.start + match.end("name"))
        members = Members(location, item.end) if location.places else None
        if members is not None or announced:
            yield Structure(name, members, item.start, item.end)


def _bracketed_clauses(reading: Reading, statement: Span, *, announced: bool) -> list[Structure]:
    """`坚持集群化，打造甲区（X市、Y市），乙带（Z市）`: one behind the other, clause by clause.

    Where the statement does not begin with one, one alone proves nothing, and parks are none.
    """
    first, *later = split_at(statement, "，：")
    begin = list(_bracketed(reading, first, announced=announced))
    found: list[Structure] = []
    for clause in later:
        lead = _LEAD.match(clause.text)
        body = clause.sub(clause.start + (lead.end() if lead else 0), clause.end)
        found += _bracketed(reading, body, announced=False)
    of_parks = any(_OF_PARKS.search(structure.name.text) for structure in found)
    if of_parks or not (begin or len(found) > 1):
        return begin
    return begin + found


def _gathered(reading: Reading, clause: Span) -> Structure | None:
    """`X县、Y县等甲基地`, `由X、Y组成的甲带`, `X、Y两大甲区`: the members stand before the name."""
    match = _GATHERED.fullmatch(clause.text)
    if match is None:
        return None
    listed = clause.sub(clause.start, clause.start + match.end("list"))
    if match.end("list") == match.start("name") and not only_places(reading, listed):
        return None  # `甲新城、乙新城两大板块` are structures of their own
    mentions = free_places(reading, listed.start, listed.end)
    location = location_of(reading, mentions, Basis.TEXT)
    if len(location.places) < 2:
        return None
    name = clause.sub(clause.start + match.start("name"), clause.end)
    return Structure(name, Members(location, clause.end), clause.start, clause.end)


def _named(reading: Reading, statement: Span, *, announced: bool) -> Structure | None:
    """`甲带，由X、Y组成，重点发展…`: the name, then its members."""
    begin = _behind_places(reading, statement) - statement.start
    match = _NAME.match(statement.text, begin)
    if match is None or match.end() < 2:
        return None
    name = statement.sub(statement.start, statement.start + match.end())
    if is_counted(name.text):
        return None
    named = named_places(reading, name.start, name.end)
    members = _in_bracket(reading, statement, name) or members_between(
        reading, name.end, statement.end, named
    )
    if members is None and not (announced and named):
        return None
    end = name.end if members is None else members.end
    return Structure(name, members, name.start, end)


def _in_bracket(reading: Reading, statement: Span, name: Span) -> Members | None:
    """`甲带（X市、Y市）重点发展…`: the bracket directly behind a name, which is no park's."""
    match = _BRACKET.match(statement.text, name.end - statement.start)
    if match is None or _OF_PARKS.search(name.text):
        return None
    inside = statement.sub(statement.start + match.start(1), statement.start + match.end(1))
    if not only_places(reading, inside):
        return None
    mentions = free_places(reading, inside.start, inside.end)
    location = location_of(reading, mentions, Basis.TEXT)
    return Members(location, statement.start + match.end()) if location.places else None


def _behind_places(reading: Reading, statement: Span) -> int:
    """Where the run of places ends with which a name begins: `甲—乙、丙` of `甲—乙、丙发展轴`."""
    end = statement.start
    for place in reading.places_between(statement.start, statement.end):
        if statement.text[end - statement.start : place.start - statement.start].strip(
            _PLACE_LINKS
        ):
            break
        end = place.end
    return end


def role_of(name: str) -> str:
    """Tell zone, belt, bases, corridor, region and node apart by the noun that ends a name."""
    name = _PULLS.sub("", name)
    return next((role for role, pattern in _ROLE if pattern.search(name)), "zone")
