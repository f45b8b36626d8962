"""Plans: the table of plans, and a plan's text as paragraphs with section path and offsets.

Chinese plans mark their structure by numbering alone: 第一章, 一、, （一）, 1., （1）, ①, dashes,
▲, 【 】, 专栏, 附件. A marker may head a line of its own or run in (`1.目标。到2020年…`), several
may share a line, and each publisher nests them in an order of its own. So depth is not tied to a
style: a style that is already open closes everything below it, a new one opens a level.
"""

from __future__ import annotations

import re
import tomllib
from bisect import bisect_right
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field, replace
from datetime import date
from functools import cached_property
from pathlib import Path
from typing import Any, Literal

from layers.errors import PlanError
from layers.punctuation import widen

Kind = Literal["heading", "body", "item", "row"]


@dataclass(frozen=True, slots=True)
class Plan:
    """One plan as `plans.toml` describes it.

    `region` is today's six-digit code of the place that the plan is for, `subjects` the
    first-level industries that it speaks of (empty: all of them), `missing` what the seed lacks.
    """

    id: str
    file: str
    title: str
    period_start: int
    period_end: int
    region: str
    title_en: str | None = None
    issuer: str | None = None
    issuer_en: str | None = None
    number: str | None = None
    published: date | None = None
    subjects: tuple[str, ...] = ()
    scope_note: str | None = None
    scope_note_en: str | None = None
    missing: tuple[str, ...] = ()

    @property
    def period(self) -> str:
        """`2011-2013`."""
        return f"{self.period_start}-{self.period_end}"

    @property
    def year(self) -> int:
        """The year whose place names the text uses: of publication, else the period's first."""
        return self.published.year if self.published is not None else self.period_start


@dataclass(frozen=True, slots=True)
class Heading:
    """A heading: its numbering style, its title without number and trailing stop, its offsets."""

    style: str
    title: str
    start: int
    end: int


@dataclass(frozen=True, slots=True)
class Paragraph:
    """A stretch of text with one place in the plan's structure.

    `text` is `document.text[start:end]` without surrounding blanks, and may run over a line break
    where the source broke a list in mid-word. `body_start` is where the text goes on behind a
    run-in heading (equal to `end` for a mere heading). `section` is the path of headings that
    hold the paragraph, its own included. `line` counts from 1.
    """

    kind: Kind
    line: int
    start: int
    end: int
    body_start: int
    text: str
    section: tuple[Heading, ...]

    @property
    def body(self) -> str:
        """The text behind the paragraph's own heading."""
        return self.text[self.body_start - self.start :]

    @property
    def path(self) -> tuple[str, ...]:
        """The titles of the section path, outermost first."""
        return tuple(heading.title for heading in self.section)


@dataclass(frozen=True, slots=True)
class Sentence:
    """A sentence of a paragraph: `document.text[start:end] == text`."""

    start: int
    end: int
    text: str
    paragraph: Paragraph


@dataclass(frozen=True)
class Document:
    """A plan with its text, and the structure read off it.

    `source` is the file's text, unchanged. `text` is the same with full-width punctuation,
    half-width digits, and a line feed where a line ends with a carriage return alone; of equal
    length, so that its offsets are offsets into the file.
    """

    plan: Plan
    source: str
    line_starts: tuple[int, ...] = field(init=False, repr=False)

    def __post_init__(self) -> None:
        """Index the line starts once."""
        starts = [0, *(match.end() for match in _LINE_END.finditer(self.source))]
        object.__setattr__(self, "line_starts", tuple(starts))

    @cached_property
    def text(self) -> str:
        """The text that the rules read."""
        return widen(_LONE_RETURN.sub("\n", self.source))

    @cached_property
    def paragraphs(self) -> tuple[Paragraph, ...]:
        """The paragraphs in the order of the text."""
        return tuple(_read_paragraphs(self.text))

    @cached_property
    def sentences(self) -> tuple[Sentence, ...]:
        """The sentences of all running text, in order; rows of tables have none."""
        return tuple(
            sentence
            for paragraph in self.paragraphs
            if paragraph.kind != "row"
            for sentence in sentences_of(paragraph)
        )

    def line_of(self, offset: int) -> int:
        """The 1-based line of an offset."""
        return bisect_right(self.line_starts, offset)


@dataclass(frozen=True, slots=True)
class Library:
    """The documents of a folder of plans, in the order of `plans.toml`."""

    documents: tuple[Document, ...]
    folder: Path


_LINE_END = re.compile(r"\r\n|\r|\n")
_LONE_RETURN = re.compile(r"\r(?!\n)")

_NUMBER = "一二三四五六七八九十百〇零"
_STYLES: tuple[tuple[str, re.Pattern[str]], ...] = (
    ("annex", re.compile(r"附[件表录][0-9一二三四五六七八九十]*[：:]?\s*")),
    ("figure", re.compile(r"[图表][0-9]+[-－.][0-9]+\s*")),
    ("box", re.compile(rf"专栏\s*[0-9{_NUMBER}]+[：:\s]*")),
    ("part", re.compile(rf"第[{_NUMBER}0-9]+(?:部分|篇|编)[　\s]*")),
    ("chapter", re.compile(rf"第[{_NUMBER}0-9]+章[　\s]*")),
    ("article", re.compile(rf"第[{_NUMBER}0-9]+[节条][　\s]*")),
    ("han", re.compile(rf"[{_NUMBER}]+(?:、\s*|[ 　]+(?=[一-鿿]{{2,20}}$))")),
    ("han-bracket", re.compile(rf"[（(][{_NUMBER}]+[）)]\s*")),
    ("arabic", re.compile(r"[0-9０-９]{1,2}\s*[、．.](?![0-9０-９])\s*")),
    ("dotted", re.compile(r"[0-9]{1,2}(?:[.．][0-9]{1,2}){1,2}[ 　]+(?=[一-鿿])")),
    ("arabic-blank", re.compile(r"[0-9]{1,2}[ 　]+(?=[一-鿿]{2,20}$)")),
    ("arabic-bracket", re.compile(r"[（(][0-9０-９]{1,2}[）)]\s*")),
    ("circled", re.compile(r"[①-⑳]\s*")),
    ("triangle", re.compile(r"(?:[▲△■□▪◆◇●◎★☆※✓✔➢►·•・]|○(?![○〇一二三四五六七八九十]))\s*")),
    ("dash", re.compile(r"(?:-{2,}|—{1,2}|－{1,2}|–{1,2})\s*(?=[^\s\d])")),
)
_LEAF_STYLES = frozenset(
    {"han-bracket", "arabic", "arabic-bracket", "dotted", "circled", "triangle", "dash", "plain"}
)
_ITEM_STYLES = frozenset({"triangle"})
# What a mark before it only adorns: `■ 第一篇 总体要求` is the heading of a part.
_HEAD_STYLES = frozenset({"part", "chapter", "article", "han", "han-bracket", "box", "annex"})
_HASHES = re.compile(r"(#{1,6})[ 　\t]+")  # a text kept as Markdown: `## 第三部分 …`
_BRACKETED = re.compile(
    r"[【〔［\[]\s*([一-鿿][^【】〔〕［］\[\]：。，；]{1,19}?)\s*[】〕］\]][：　 ]*"
)
_STOP = re.compile(r"[。：:]")
_RUN_IN_LIMIT = 40  # code points: a longer first sentence is a sentence, not a run-in heading
_UNNUMBERED_LIMIT = 20
_DOING = re.compile(
    r"(?:加快|推进|推动|大力|积极|支持|建设|打造|培育|壮大|实施|提升|做强|做大|优化|鼓励|引导|促进)"
)
_SOFT_BREAK = re.compile(r"[ \t]*　{2,}[ 　]*")


def read_library(folder: Path) -> Library:
    """Read `plans.toml` of `folder` and the texts that it names.

    Raises
    ------
    PlanError
        When the table or a text is missing, is not UTF-8, or lacks what the table must hold;
        the message names the file and says what to do.
    """
    table = folder / "plans.toml"
    try:
        content = tomllib.loads(table.read_text(encoding="utf-8"))
    except FileNotFoundError:
        raise PlanError(f"{table}: not found; a folder of plans needs a plans.toml") from None
    except UnicodeDecodeError as error:
        raise PlanError(f"{table}: not UTF-8 at byte {error.start}; save it as UTF-8") from error
    except tomllib.TOMLDecodeError as error:
        raise PlanError(f"{table}: {error}; correct the TOML") from error
    plans = [_read_plan(entry, table) for entry in content.get("plan", [])]
    if not plans:
        raise PlanError(f"{table}: holds no [[plan]] table; add one for each text")
    ids = [plan.id for plan in plans]
    for plan_id in ids:
        if ids.count(plan_id) > 1:
            raise PlanError(f"{table}: plan id {plan_id!r} stands twice; ids must be unique")
    return Library(tuple(Document(plan, read_text(folder / plan.file)) for plan in plans), folder)


def read_text(path: Path) -> str:
    """The text of a plan, unchanged, so that offsets fit the file.

    Raises
    ------
    PlanError
        When the file is missing, empty, not UTF-8 or holds a control character.
    """
    try:
        text = path.read_bytes().decode("utf-8")
    except FileNotFoundError:
        raise PlanError(
            f"{path}: not found; put the plan's text there or correct plans.toml"
        ) from None
    except UnicodeDecodeError as error:
        line = _line_behind(error.object[: error.start].decode("utf-8"))
        raise PlanError(
            f"{path}, line {line}: not UTF-8; convert it, for example with iconv"
        ) from error
    if not text.strip():
        raise PlanError(f"{path}: is empty; put the plan's text there")
    _refuse_controls(text, path)
    return text


# All of C0 but tab, line feed, form feed and carriage return.
_CONTROL = re.compile(r"[\x00-\x08\x0b\x0e-\x1f]")


def _refuse_controls(text: str, path: Path) -> None:
    control = _CONTROL.search(text)
    if control is not None:
        raise PlanError(
            f"{path}, line {_line_behind(text[: control.start()])}: holds the control character "
            f"U+{ord(control[0]):04X}; remove it, for example with "
            r"tr -d '\000-\010\013\016-\037'"
        )


def _line_behind(text: str) -> int:
    """The 1-based line on which the text behind `text` goes on."""
    return len(_LINE_END.findall(text)) + 1


_REQUIRED = ("id", "file", "title", "period_start", "period_end", "region")
_YEARS = ("period_start", "period_end")
_LISTS = ("subjects", "missing")


def _read_plan(entry: dict[str, Any], table: Path) -> Plan:
    name = entry.get("id", "?")

    def fail(message: str) -> PlanError:
        return PlanError(f"{table}: plan {name!r} {message}")

    for key in _REQUIRED:
        if key not in entry:
            raise fail(f"has no {key}; add it")
    for key, value in entry.items():
        if key not in Plan.__dataclass_fields__:
            raise fail(f"has the unknown key {key!r}; remove it")
        if not _is_of_its_kind(key, value):
            raise fail(f"has {key} = {value!r}; write {_kind_of(key)}")
    start, end = entry["period_start"], entry["period_end"]
    if not 1949 <= start <= end <= 2100:
        raise fail(f"has the period {start}-{end}; write two years, first to last")
    if not re.fullmatch(r"[0-9]{6}", entry["region"]):
        raise fail(f"has the region {entry['region']!r}; write six digits")
    values: dict[str, Any] = {k: tuple(v) if isinstance(v, list) else v for k, v in entry.items()}
    if values.get("subjects") == ("all",):
        values["subjects"] = ()
    return Plan(**values)


def _is_of_its_kind(key: str, value: object) -> bool:
    if key in _YEARS:
        return isinstance(value, int) and not isinstance(value, bool)
    if key in _LISTS:
        return isinstance(value, list) and all(isinstance(part, str) for part in value)
    return isinstance(value, date if key == "published" else str)


def _kind_of(key: str) -> str:
    if key == "region":
        return "six digits in quotation marks"
    if key == "published":
        return "a date: 2011-05-21"
    if key in _LISTS:
        return "a list of texts"
    return "two years, first and last" if key in _YEARS else "a text in quotation marks"


def sentences_of(paragraph: Paragraph) -> Iterator[Sentence]:
    """Split a body at 。！？； outside brackets and quotation marks.

    A run-in title that says what is to be done (`加快甲园建设，支持乙做强。`) is a sentence too.
    """
    own = paragraph.section[-1] if paragraph.section else None
    if (
        own is not None
        and paragraph.start <= own.start < paragraph.body_start < paragraph.end
        and _DOING.match(own.title)
    ):
        yield Sentence(own.start, own.end, own.title, paragraph)
    depth = 0
    start = paragraph.body_start
    for offset in range(paragraph.body_start, paragraph.end):
        char = paragraph.text[offset - paragraph.start]
        depth += (char in "（(《【") - (char in "）)》】")
        if char in "。！？" or (char in "；;" and depth <= 0):
            yield from _sentence(paragraph, start, offset + 1)
            start, depth = offset + 1, 0
    yield from _sentence(paragraph, start, paragraph.end)


def _sentence(paragraph: Paragraph, start: int, end: int) -> Iterator[Sentence]:
    text = paragraph.text[start - paragraph.start : end - paragraph.start]
    start += len(text) - len(text.lstrip())
    text = text.strip()
    if text:
        yield Sentence(start, start + len(text), text, paragraph)


def _read_paragraphs(text: str) -> Iterator[Paragraph]:
    outline = _Outline()
    read = [outline.read(text, line, start, end) for line, start, end in _segments(text)]
    for number, paragraph in enumerate(read):
        below = read[number + 1].section if number + 1 < len(read) else ()
        yield _as_text(paragraph) if _heads_nothing(paragraph, below) else paragraph


def _heads_nothing(paragraph: Paragraph, below: Sequence[Heading]) -> bool:
    """Whether a line that looks like a heading has nothing under it: an item, or a sentence."""
    if paragraph.kind != "heading":
        return False
    own = paragraph.section[-1]
    return own.style in _LEAF_STYLES and bool(own.title) and own not in below


def _as_text(paragraph: Paragraph) -> Paragraph:
    own = paragraph.section[-1]
    return replace(paragraph, kind="body", body_start=own.start, section=paragraph.section[:-1])


def _segments(text: str) -> Iterator[tuple[int, int, int]]:
    """Stretches `(line, start, end)` without surrounding blanks.

    A line is split where the source ran paragraphs together (an indentation in mid-line); lines
    of a box that carry no marker continue the item above, which the source broke in mid-word.
    """
    pending: tuple[int, int, int] | None = None
    offset = -1
    for number, raw in enumerate(text.split("\n"), start=1):
        offset += 1
        if _PAGE_LINE.fullmatch(raw):
            offset += len(raw)
            continue
        for start, end in _pieces(raw, offset):
            piece = text[start:end]
            adjoining = pending is not None and text[pending[2] : start].count("\n") <= 1
            if pending is not None and adjoining and _continues(text[slice(*pending[1:])], piece):
                pending = (pending[0], pending[1], end)
                continue
            if pending is not None:
                yield pending
            pending = (number, start, end)
        offset += len(raw)
    if pending is not None:
        yield pending


_PAGE_LINE = re.compile(r"\s*(?:第\s*[0-9]+\s*页|[-—－]\s*[0-9]{1,3}\s*[-—－])\s*")


def _pieces(raw: str, offset: int) -> Iterator[tuple[int, int]]:
    breaks = [] if "\t" in raw else [m.span() for m in _SOFT_BREAK.finditer(raw) if m.start()]
    edges = [0, *(edge for span in breaks for edge in span), len(raw)]
    for left, right in zip(edges[::2], edges[1::2], strict=True):
        piece = raw[left:right]
        if "\t" in piece:  # a table row keeps its empty first cells
            stripped = piece.rstrip("\r\n ")
            if stripped.strip():
                yield offset + left, offset + left + len(stripped)
            continue
        stripped = piece.strip(_BLANK)
        if stripped:
            lead = len(piece) - len(piece.lstrip(_BLANK))
            yield offset + left + lead, offset + left + lead + len(stripped)


_BLANK = " \t\r　\ufeff\u00a0\u200b"


def _continues(above: str, piece: str) -> bool:
    """Whether `piece` goes on with the item above, which the source broke in mid-word."""
    if style_of(above) not in _ITEM_STYLES or above[-1] in "。；：":
        return False
    # A list goes on with its items; a sentence or a heading would have its stop or colon.
    is_list = "、" in piece and not re.search(r"[。：]", piece)
    return is_list and style_of(piece) is None and "\t" not in piece


def style_of(text: str) -> str | None:
    """The numbering style that `text` begins with, or None."""
    marker = _marker(text)
    return None if marker is None else marker[0]


def _marker(text: str) -> tuple[str, int] | None:
    """The numbering style that `text` begins with and where the marker ends."""
    hashes = _HASHES.match(text)
    if hashes is not None:
        style, width = _marker(text[hashes.end() :]) or (f"hash-{len(hashes[1])}", 0)
        return style, hashes.end() + width
    for style, pattern in _STYLES:
        match = pattern.match(text)
        if match is None:
            continue
        inner = _marker(text[match.end() :]) if style in _ITEM_STYLES else None
        if inner is not None and inner[0] in _HEAD_STYLES:
            return inner[0], match.end() + inner[1]
        return style, match.end()
    return None


class _Outline:
    """The open headings while the text is read from top to bottom."""

    def __init__(self) -> None:
        self.open: list[Heading] = []
        self.titles: set[str] = set()
        self.above = ""

    def read(self, text: str, line: int, start: int, end: int) -> Paragraph:
        paragraph = self._read(text, line, start, end)
        self.above = paragraph.text
        return paragraph

    def _read(self, text: str, line: int, start: int, end: int) -> Paragraph:
        piece = text[start:end]
        if "\t" in piece:
            return self._paragraph("row", text, line, start, end, start, tuple(self.open))
        marker = _marker(piece)
        if marker is not None:
            return self._numbered(*marker, text, line, start, end)
        bracketed = _BRACKETED.match(piece)
        if bracketed is not None:
            return self._bracketed(bracketed, text, line, start, end)
        if self.open and self.open[-1].style == "annex" and not self.open[-1].title:
            self.open[-1] = Heading("annex", piece, start, end)
            return self._paragraph("heading", text, line, start, end, end, tuple(self.open))
        return self._unnumbered(text, line, start, end)

    def _unnumbered(self, text: str, line: int, start: int, end: int) -> Paragraph:
        title_end = _unnumbered_title(text[start:end])
        # Lines that end with ； are the items of a list, and its last one ends with 。
        if not title_end or self.above.endswith("；"):
            return self._paragraph("body", text, line, start, end, start, tuple(self.open))
        title = text[start : start + title_end]
        if start + title_end + 1 >= end:  # a line of its own: it holds what follows
            self._open(Heading("plain", title, start, start + title_end))
            return self._paragraph("heading", text, line, start, end, end, tuple(self.open))
        styles = [opened.style for opened in self.open]
        if "plain" in styles:  # a run-in title is a sibling of the plain ones
            del self.open[styles.index("plain") :]
        section = (*self.open, Heading("run-in", title, start, start + title_end))
        return self._paragraph("body", text, line, start, end, start + title_end + 1, section)

    def _bracketed(
        self, match: re.Match[str], text: str, line: int, start: int, end: int
    ) -> Paragraph:
        """`【重点城市】甲、乙` is a heading like `重点城市：`, and closes the one before it."""
        self._open(Heading("bracketed", match[1], start + match.start(1), start + match.end(1)))
        body = start + match.end()
        kind: Kind = "body" if body < end else "heading"
        return self._paragraph(kind, text, line, start, end, body, tuple(self.open))

    def _numbered(
        self, style: str, marker: int, text: str, line: int, start: int, end: int
    ) -> Paragraph:
        piece = text[start:end]
        stop = self._known_title_end(piece, marker) if style in _ITEM_STYLES else 0
        stop = stop or _title_end(piece, marker, style)
        body = start + stop
        title = _COUNT_BEHIND.sub("", piece[marker:stop].rstrip("。：: 　"))
        heading = Heading(style, title, start + marker, start + marker + len(title))
        self._open(heading)
        section = tuple(self.open)
        if not text[body:end].strip():
            return self._paragraph("heading", text, line, start, end, end, section)
        kind: Kind = "item" if style in _ITEM_STYLES else "body"
        return self._paragraph(kind, text, line, start, end, body, section)

    def _known_title_end(self, piece: str, marker: int) -> int:
        """Where a title ends whose colon the source forgot, but which headed a section before."""
        if _STOP.search(piece, marker, marker + _UNNUMBERED_LIMIT):
            return 0
        known = [title for title in self.titles if piece.startswith(title, marker)]
        return marker + max(map(len, known)) if known else 0

    def _open(self, heading: Heading) -> None:
        if len(heading.title) > 1:
            self.titles.add(heading.title)
        styles = [opened.style for opened in self.open]
        if heading.style in ("annex", "part"):
            self.open.clear()
        elif heading.style in styles:
            del self.open[styles.index(heading.style) :]
        self.open.append(heading)

    @staticmethod
    def _paragraph(
        kind: Kind,
        text: str,
        line: int,
        start: int,
        end: int,
        body: int,
        section: tuple[Heading, ...],
    ) -> Paragraph:
        while body < end and text[body] in _BLANK:
            body += 1
        return Paragraph(kind, line, start, end, body, text[start:end], section)


def _title_end(piece: str, marker: int, style: str) -> int:
    """Where the title ends that begins at `marker`: behind its stop, or the whole piece."""
    stop = _STOP.search(piece, marker)
    if stop is not None and stop.start() - marker <= _RUN_IN_LIMIT:
        return stop.end()
    if stop is None and (style not in _ITEM_STYLES) and len(piece) - marker <= _RUN_IN_LIMIT:
        said = _COUNT_BEHIND.sub("", piece)
        return marker if _STATEMENT.search(said, marker) else len(piece)
    return marker


# What a title does not hold: the end of a clause, or a figure (`增加值达到1050亿元`).
_STATEMENT = re.compile(r"；|[0-9](?:万|千)?(?:亿|元|％|%|户|家|个|项|吨)")
_COUNT_BEHIND = re.compile(r"（共?[0-9]+[个项家]）$")  # `（一）钢铁产业（3项）` is a title
_SENTENCE_WORDS = re.compile(r"[，；！？“”【】]|^(?:在|从|到|力争|预期|同时|其中)")


def _unnumbered_title(piece: str) -> int:
    """Length of a title without number (`乳制品。重点发展…`, `机器人及智能装备。`), or 0."""
    stop = _STOP.search(piece)
    if stop is None or not 2 <= stop.start() <= _UNNUMBERED_LIMIT:
        return 0
    if stop.end() == len(piece) and _DOING.match(piece):
        return 0  # `建设甲产业园。` on a line of its own says what is to be done
    return 0 if _SENTENCE_WORDS.search(piece[: stop.start()]) else stop.start()
