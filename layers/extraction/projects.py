"""Key projects: every item of a plan's project lists, firm and project told apart."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from itertools import zip_longest

from geo.resolution import Resolved
from layers.extraction.drafts import Draft
from layers.extraction.enterprises import enterprise_of, is_bare
from layers.extraction.labels import label_for
from layers.extraction.lists import Span, clean_name, split_at, without_number
from layers.extraction.placing import Location, place_item
from layers.extraction.plain_lists import (
    boxed_items,
    is_about,
    is_administrative,
    named_work,
    plain_list,
)
from layers.extraction.project_heads import is_head, lead_in, lists_projects
from layers.extraction.project_lists import ProjectList, only_places, project_lists
from layers.extraction.spread import spread_works
from layers.extraction.tools import Reading
from layers.model import Basis, Precision
from layers.plans import Paragraph, Sentence, sentences_of

_LOOKING_BACK = re.compile(r"回顾|发展基础|现状|面临|形势|成就|存在的?.{0,4}问题")
_COUNT = re.compile(r"[0-9一二三四五六七八九十两]+[个项大](?:重点|重大)?项目$")
_KIND_OF_WORKS = re.compile(r"^(?:一批|重点|重大|在建)*(?:项目|工程|前期工作)?$|^(?:一批)")
_COST = re.compile(r"(?:总?投资(?:额)?|投入)(?:约|超|过)*[0-9.]+[万亿]+元(?:以上)?的")
_PHASE = re.compile(r"[一二三四五六七八九]期(?:工程)?$")
_TOWNS = re.compile(r"(?P<rest>(?:等地|等市|等县|等)?的?)")


def extract_projects(reading: Reading) -> Iterator[Draft]:
    """Every item of every project list of the plan, in order."""
    for paragraph in reading.document.paragraphs:
        if paragraph.kind in ("heading", "row"):
            continue
        if any(_LOOKING_BACK.search(title) for title in paragraph.path):
            continue
        explicit = lists_projects(paragraph.path)
        if paragraph.kind == "item" and explicit:
            yield from _boxed(reading, paragraph)
            continue
        titled = _titled(reading, paragraph)
        if titled is not None:
            yield from _drafts(reading, paragraph, _plain_item(titled), None, None)
            continue
        for sentence, listed in _sentences(paragraph, explicit=explicit):
            yield from _in_sentence(reading, sentence, explicit=listed)


def _titled(reading: Reading, paragraph: Paragraph) -> Span | None:
    """A run-in heading that is itself an item: `2．甲公司扩建。总投资3亿元，建设…`."""
    own = paragraph.section[-1] if paragraph.section else None
    if own is None or not paragraph.start <= own.start < paragraph.body_start:
        return None
    if not lists_projects(paragraph.path[:-1]):
        return None
    whole = Span(own.start, paragraph.end, reading.document.text[own.start : paragraph.end])
    name, *about = split_at(whole, "，。；") or [whole]
    if not about or not is_about(about[0].text) or not named_work(reading, name):
        return None
    return name if reading.tools.taxonomy.codes_of(name.text) is None else None


def _sentences(paragraph: Paragraph, *, explicit: bool) -> Iterator[tuple[Sentence, bool]]:
    """The sentences that may list projects, and whether a heading or head says that each does.

    A head in mid-paragraph (`国债项目有：`) holds as long as ； or numbers carry the list on.
    """
    headed, before = False, ""
    for sentence in sentences_of(paragraph):
        whole = Span(sentence.start, sentence.end, sentence.text)
        is_numbered = without_number(whole).start > whole.start
        headed = headed and (is_numbered or before.endswith("；"))
        if not is_head(sentence.text):
            yield sentence, explicit or headed
        headed = headed or lead_in(whole) is not None
        before = sentence.text


@dataclass(frozen=True, slots=True)
class Item:
    """An item of a list with its full name.

    `place` is the stretch whose words say where it is and whose it is, `start` and `end` are the
    offsets of the words that prove the name.
    """

    name: str
    place: Span
    start: int
    end: int


def _boxed(reading: Reading, paragraph: Paragraph) -> Iterator[Draft]:
    body = Span(paragraph.body_start, paragraph.end, paragraph.body)
    for span in boxed_items(reading, body):
        yield from _drafts(reading, paragraph, _plain_item(span), None, None)


def _in_sentence(reading: Reading, sentence: Sentence, *, explicit: bool) -> Iterator[Draft]:
    spread = list(spread_works(reading, sentence))
    yield from spread
    lists = list(project_lists(reading, sentence, explicit=explicit))
    listed = _listed(sentence, explicit=explicit)
    if listed is not None and not lists:
        taken = [(draft.quote_start, draft.quote_end) for draft in spread]
        lists = list(plain_list(reading, listed, taken))
    for found in lists:
        if is_administrative(found.items[0].text):
            continue
        where = found.where or _leading_place(reading, found.items[0])
        for item in _named_items(reading, found):
            yield from _drafts(reading, sentence.paragraph, item, where, found.status)


def _listed(sentence: Sentence, *, explicit: bool) -> Span | None:
    """What of a sentence is a list by the heading above it or the head that it begins with."""
    whole = Span(sentence.start, sentence.end, sentence.text)
    return lead_in(whole) or (whole if explicit else None)


def _named_items(reading: Reading, found: ProjectList) -> Iterator[Item]:
    """The items with what their neighbours or the head complete their names by."""
    before: Span | None = None
    for span, after in zip_longest(found.items, found.items[1:]):
        item = _trimmed(reading, span)
        owner = _owner_of_phase(before, item)
        kind = _KIND_OF_WORKS.sub("", found.kind or "")
        if owner is not None:  # `宾州水泥二期、三期`
            yield Item(clean_name(owner.text + item.text), owner, owner.start, item.end)
        elif not is_bare(reading, item):
            yield _plain_item(item)
        elif after is not None and (what := _shared_works(reading, item, after)):
            yield Item(clean_name(item.text) + what, item, item.start, after.end)
        elif kind:  # `加快甲集团、乙公司等一批企业信息化工程建设`
            yield Item(clean_name(item.text) + kind, item, item.start, found.end)
        else:
            yield _plain_item(item)
        before = item


def _plain_item(span: Span) -> Item:
    return Item(clean_name(span.text), span, span.start, span.end)


def _shared_works(reading: Reading, item: Span, after: Span) -> str:
    """What two firms of one house do together: `哈药总厂、哈药六厂异地升级改造`."""
    enterprise = enterprise_of(reading, after)
    if enterprise is None or enterprise[:2] != item.text[:2]:
        return ""
    return clean_name(after.text).removeprefix(enterprise)


def _leading_place(reading: Reading, item: Span) -> tuple[int, int] | None:
    """A place in full that opens a list (`大庆市软件开发、金融外包服务`) holds for all of it."""
    for place in reading.places_between(item.start, item.end):
        if (
            place.start == item.start
            and place.within is None
            and place.surface[-1] in "市县区州盟旗"
        ):
            return place.start, place.end
    return None


def _owner_of_phase(before: Span | None, item: Span) -> Span | None:
    """What `三期` is a phase of: `宾州水泥二期、三期`."""
    if before is None or not _PHASE.fullmatch(item.text):
        return None
    phase = _PHASE.search(before.text)
    return before.sub(before.start, before.start + phase.start()) if phase else None


def _drafts(
    reading: Reading,
    paragraph: Paragraph,
    item: Item,
    where: tuple[int, int] | None,
    status: str | None,
) -> Iterator[Draft]:
    if not item.name:
        return
    more = {"enterprise": enterprise_of(reading, item.place), "status": status}
    label = label_for(reading, paragraph, item.name)
    towns = _towns(reading, item.place)
    if len(towns) > 1:
        for name, location in towns:
            yield Draft("projects", name, item.start, item.end, location, label, more)
        return
    location = place_item(reading, paragraph, item.place.start, item.place.end, before=where)
    yield Draft("projects", item.name, item.start, item.end, location, label, more)


def _trimmed(reading: Reading, item: Span) -> Span:
    """An item without its cost, the joining word before it and the number of works behind it."""
    count = _COUNT.search(item.text)
    end = item.end if count is None else item.start + count.start()
    cost = _COST.match(item.text)
    start = item.start + (cost.end() if cost is not None else 0)
    if cost is None and _is_joined(reading, item):
        start += 1
    return item.sub(start, end)


def _is_joined(reading: Reading, item: Span) -> bool:
    """Whether an item begins with a joining word (`、和“甲”中心`) and not with 和平区."""
    if item.text[0] not in "和及与":
        return False
    near = reading.places_between(item.start, item.end)
    firms = reading.organisations_between(item.start + 1, item.end)
    starts = {place.start - item.start for place in near}
    starts |= {firm.start - item.start for firm in firms}
    return 0 not in starts and (1 in starts or item.text[1:2] == "“")


def _towns(reading: Reading, item: Span) -> list[tuple[str, Location]]:
    """One name and location for each town of `甲在A、B等地的某项目` or `A、B等地某项目`."""
    places = [
        p
        for p in reading.places_between(item.start, item.end)
        if p.within is None
        and len(p.adcodes) == 1
        and p.level in ("prefecture", "county", "township")
    ]
    if len(places) < 2 or not _is_enumeration(reading, item, places):
        return []
    text = reading.document.text
    prefix = text[item.start : places[0].start]
    rest = _TOWNS.match(text, places[-1].end)
    suffix = text[rest.end() if rest is not None else places[-1].end : item.end]
    level = {"prefecture": Precision.PREFECTURE, "county": Precision.COUNTY}
    return [
        (
            clean_name(prefix.removesuffix("在") + place.surface + suffix),
            Location(
                place.adcodes,
                (place.surface,),
                Basis.TEXT,
                level.get(place.level, Precision.TOWNSHIP),
            ),
        )
        for place in places
    ]


def _is_enumeration(reading: Reading, item: Span, places: Sequence[Resolved]) -> bool:
    text = reading.document.text
    first, last = places[0].start, places[-1].end
    if not only_places(Span(first, last, text[first:last]), places):
        return False
    prefix = text[item.start : places[0].start]
    return prefix == "" or prefix.endswith(("在", "于"))
