"""The industry taxonomy and the crosswalk from the plans' own words to its codes.

Two tables in `layers/data` hold everything that a domain expert might correct:

- `industries.csv`: the codes, two levels, with the divisions and groups of GB/T 4754-2017 and
  the classes of 战略性新兴产业分类(2018) that they correspond to;
- `industry_terms.csv`: words and labels with the codes that they mean. A row's `kind` is

  - `term`: a word that may stand inside a name or a sentence (石墨, 软件园) and, alone, serves as
    a label too;
  - `label`: a heading, list heading or table row; all its codes hold together;
  - `umbrella`: a heading under which a plan gathers several industries (交通运输装备产业 is
    aircraft, rail and cars); the item's own name picks among its codes.

What lies between the two readers at the ends is pure: text in, codes out.
"""

from __future__ import annotations

import csv
import re
import unicodedata
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from importlib.resources import files
from importlib.resources.abc import Traversable
from itertools import chain
from pathlib import Path
from typing import Final, Literal, cast, get_args

import ahocorasick

from layers.errors import LayersError, TableError

__all__ = [
    "GENERAL",
    "Industry",
    "Taxonomy",
    "Term",
    "TermKind",
    "TermMatch",
    "UnknownIndustryError",
    "normalise_label",
    "read_taxonomy",
]

TermKind = Literal["label", "umbrella", "term"]

_INDUSTRY_COLUMNS: Final = ("code", "parent", "zh", "en", "gbt4754", "emerging2018", "note")
_TERM_COLUMNS: Final = ("term", "codes", "kind", "note")

_CODE: Final = re.compile(r"[a-z]+(?:-[a-z]+)*(?:\.[a-z]+(?:-[a-z]+)*)?")
_GBT4754: Final = re.compile(r"[0-9]{2,3}")
_EMERGING2018: Final = re.compile(r"[1-9](?:\.[1-9])?")

GENERAL: Final = "general"
"""The class of what names no industry."""

# Endings that plans add to an industry's name or leave out at will, the longest first.
_SUFFIXES: Final = (
    "产业集群",
    "制造业",
    "产业化",
    "产业",
    "工业",
    "行业",
    "领域",
    "技术",
    "业",
)


class UnknownIndustryError(LayersError, LookupError):
    """A code that the taxonomy does not hold."""


@dataclass(frozen=True, slots=True)
class Industry:
    """One class of the taxonomy; `parent` is None on the first level.

    `gbt4754` are divisions (two digits) and groups (three digits) of GB/T 4754-2017, and
    `emerging2018` classes of 战略性新兴产业分类(2018). Both are empty where none fits.
    """

    code: str
    parent: str | None
    zh: str
    en: str
    gbt4754: tuple[str, ...] = ()
    emerging2018: tuple[str, ...] = ()
    note: str = ""


@dataclass(frozen=True, slots=True)
class Term:
    """One row of the crosswalk: a word or label, normalised, and the codes that it means."""

    term: str
    codes: tuple[str, ...]
    kind: TermKind
    note: str = ""


@dataclass(frozen=True, slots=True)
class TermMatch:
    """A term found in a text: `label == text[start:end]`, in Unicode code points."""

    start: int
    end: int
    label: str
    codes: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class _Row:
    """A table row with where it stands, for messages."""

    origin: str
    line: int
    values: Mapping[str, str]

    def error(self, message: str) -> TableError:
        return TableError(f"{self.origin}, line {self.line}: {message}")

    def items(self, column: str) -> tuple[str, ...]:
        cell = self.values[column]
        return tuple(cell.split(";")) if cell else ()


class Taxonomy:
    """The industries and the crosswalk, ready for look-ups; build it with `read_taxonomy`.

    Parameters
    ----------
    industries
        In the order in which lists and legends show them; a parent stands before its children.
    terms
        The crosswalk, each term once, in the form that `normalise_label` gives.
    """

    def __init__(self, industries: Sequence[Industry], terms: Sequence[Term]) -> None:
        self._industries = {industry.code: industry for industry in industries}
        self._terms = {term.term: term for term in terms}
        self._children = {
            code: tuple(i.code for i in industries if i.parent == code) for code in self._industries
        }
        self._automaton = _build_automaton(terms)

    @property
    def industries(self) -> tuple[Industry, ...]:
        """All industries, first and second level, in the order of the table."""
        return tuple(self._industries.values())

    @property
    def terms(self) -> tuple[Term, ...]:
        """The rows of the crosswalk, in the order of the table."""
        return tuple(self._terms.values())

    def industry(self, code: str) -> Industry:
        """Return the industry of a code.

        Raises
        ------
        UnknownIndustryError
            When the taxonomy has no such code.
        """
        try:
            return self._industries[code]
        except KeyError:
            first_level = ", ".join(i.code for i in self.industries if i.parent is None)
            message = f"no industry {code!r}; the first level is {first_level}"
            raise UnknownIndustryError(message) from None

    def expand(self, code: str) -> tuple[str, ...]:
        """Return the code and the codes of its second level, which a filter for it includes.

        Raises
        ------
        UnknownIndustryError
            When the taxonomy has no such code.
        """
        return (self.industry(code).code, *self._children[code])

    def term_of(self, label: str) -> Term | None:
        """Return the row of the crosswalk for a plan's label, or None when there is none.

        The label is compared whole, after `normalise_label`. A row of exactly that form wins;
        then the label without an ending such as 产业 or 制造业; then with another such ending.
        """
        return next(
            (self._terms[form] for form in _label_forms(label) if form in self._terms), None
        )

    def codes_of(self, label: str) -> tuple[str, ...] | None:
        """Return the codes of a plan's label, or None when the crosswalk has no row for it."""
        term = self.term_of(label)
        return None if term is None else term.codes

    def is_term(self, text: str) -> bool:
        """Whether a text is a term, or terms, of the crosswalk and nothing else."""
        return bool(text) and sum(m.end - m.start for m in self.find_terms(text)) == len(text)

    def find_terms(self, text: str) -> list[TermMatch]:
        """Find the crosswalk's terms in a text, the leftmost first and each as long as possible.

        Matches do not overlap: in 石墨新材料 the word 石墨新材料 is found, not 新材料 in it.
        Full-width and half-width forms and the case of Latin letters make no difference. The
        offsets count code points of `text` as given.
        """
        folded, origins = _fold_with_origins(text)
        found: list[TermMatch] = []
        reached = 0
        for start, end, codes in _leftmost_longest(self._hits(folded)):
            # A character that folds to several (℃, Ⅳ) belongs to a match as a whole.
            first, last = origins[start], origins[end - 1] + 1
            if first >= reached:
                found.append(TermMatch(first, last, text[first:last], codes))
                reached = last
        return found

    def classify(self, label: str | None, name: str) -> tuple[str, ...]:
        """Return the codes of an item: those of its label, refined by the words of its name.

        A first-level code of the label gives way to those of its second level that the name's
        terms mean: 新材料产业 with 石墨深加工 is `materials.graphite`. Of an umbrella label only
        the codes remain that the name speaks of, all when it speaks of none. Terms that lie
        outside the label's codes add nothing: the plan's own label has the last word, unless it
        names no industry at all (`general`: 战略性新兴产业), which leaves it to the name.

        Parameters
        ----------
        label
            The plan's own label; None where the plan gives none, then the name alone decides.
        name
            The item's name, or any short text that says what it is.

        Returns
        -------
        tuple of str
            Without doubles; in the order of the label's codes, or of the words in the name. Empty
            when the crosswalk knows neither the label nor a word of the name.
        """
        hits = _unique(chain.from_iterable(match.codes for match in self.find_terms(name)))
        if label is None:
            return self._without_parents(hits)
        term = self.term_of(label)
        if term is None:
            return ()
        if term.codes == (GENERAL,):
            return self._without_parents(hits) or term.codes
        refined = {code: self._refine(code, hits) for code in term.codes}
        if term.kind == "umbrella":
            spoken_of = {code: found for code, found in refined.items() if found}
            refined = spoken_of or refined
        chosen = chain.from_iterable(found or (code,) for code, found in refined.items())
        return self._without_parents(_unique(chosen))

    def _refine(self, code: str, hits: Sequence[str]) -> tuple[str, ...]:
        """Return the hits within a code's expansion."""
        within = self.expand(code)
        return tuple(hit for hit in hits if hit in within)

    def _without_parents(self, codes: Sequence[str]) -> tuple[str, ...]:
        """Drop a first-level code when one of its own second level stands beside it."""
        parents = {self._industries[code].parent for code in codes}
        return tuple(code for code in codes if code not in parents)

    def _hits(self, folded: str) -> Iterator[tuple[int, int, tuple[str, ...]]]:
        if not len(self._automaton):  # it refuses to search for nothing
            return
        for last, (length, codes) in self._automaton.iter(folded):
            yield last + 1 - length, last + 1, codes


def normalise_label(label: str) -> str:
    """Return a label in the form in which the crosswalk keeps it.

    NFKC (full-width letters and signs become half-width), lower case, no white space, no full
    stop or colon at the end.
    """
    compact = "".join(_fold(label).split())
    return compact.rstrip("。:")


def read_taxonomy(directory: Path | None = None) -> Taxonomy:
    """Read `industries.csv` and `industry_terms.csv`.

    Parameters
    ----------
    directory
        Where the two tables are; the package's own `layers/data` by default.

    Raises
    ------
    TableError
        When a table is missing, not UTF-8, or a row is wrong; the message names file and line.
    """
    folder: Traversable = files("layers").joinpath("data") if directory is None else directory
    industries: dict[str, Industry] = {}
    for row in _read_table(folder.joinpath("industries.csv"), _INDUSTRY_COLUMNS):
        industry = _industry_of(row, industries)
        industries[industry.code] = industry
    terms: dict[str, Term] = {}
    for row in _read_table(folder.joinpath("industry_terms.csv"), _TERM_COLUMNS):
        term = _term_of(row, industries)
        if term.term in terms:
            raise row.error(f"{term.term!r} stands twice; keep one row")
        terms[term.term] = term
    return Taxonomy(tuple(industries.values()), tuple(terms.values()))


def _read_table(path: Traversable, columns: tuple[str, ...]) -> list[_Row]:
    try:
        text = path.read_text(encoding="utf-8")
    except FileNotFoundError as error:
        raise TableError(f"{path}: the table is missing; put it back from the source") from error
    except UnicodeDecodeError as error:
        raise TableError(f"{path}: not UTF-8 at byte {error.start}; save it as UTF-8") from error
    reader = csv.reader(text.splitlines(keepends=True))
    header = tuple(next(reader, ()))
    if header != columns:
        raise TableError(f"{path}, line 1: the columns must be {','.join(columns)}")
    rows: list[_Row] = []
    for cells in reader:
        if len(cells) != len(columns):
            message = f"{len(cells)} cells instead of {len(columns)}"
            raise TableError(f"{path}, line {reader.line_num}: {message}")
        rows.append(_Row(str(path), reader.line_num, dict(zip(columns, cells, strict=True))))
    return rows


def _industry_of(row: _Row, known: Mapping[str, Industry]) -> Industry:
    code, parent = row.values["code"], row.values["parent"]
    if not _CODE.fullmatch(code):
        raise row.error(f"{code!r} is no code; write it like materials or materials.graphite")
    if code in known:
        raise row.error(f"{code!r} stands twice; keep one row")
    first, dot, _ = code.partition(".")
    if parent != (first if dot else ""):
        raise row.error(f"the parent of {code!r} must be {first if dot else ''!r}, not {parent!r}")
    if parent and parent not in known:
        raise row.error(f"the parent {parent!r} must have a row above")
    if not (row.values["zh"] and row.values["en"]):
        raise row.error(f"{code!r} needs a Chinese and an English name")
    return Industry(
        code=code,
        parent=parent or None,
        zh=row.values["zh"],
        en=row.values["en"],
        gbt4754=_checked(row, "gbt4754", _GBT4754),
        emerging2018=_checked(row, "emerging2018", _EMERGING2018),
        note=row.values["note"],
    )


def _term_of(row: _Row, industries: Mapping[str, Industry]) -> Term:
    term, kind = normalise_label(row.values["term"]), row.values["kind"]
    codes = row.items("codes")
    if not term:
        raise row.error("the term is empty")
    if kind not in get_args(TermKind):
        raise row.error(f"kind {kind!r} must be one of {', '.join(get_args(TermKind))}")
    if not codes:
        raise row.error(f"{term!r} has no codes")
    if unknown := [code for code in codes if code not in industries]:
        raise row.error(f"{term!r} has codes that industries.csv lacks: {', '.join(unknown)}")
    if len(set(codes)) != len(codes):
        raise row.error(f"{term!r} has a code twice")
    return Term(term, codes, cast("TermKind", kind), row.values["note"])


def _checked(row: _Row, column: str, pattern: re.Pattern[str]) -> tuple[str, ...]:
    items = row.items(column)
    if wrong := [item for item in items if not pattern.fullmatch(item)]:
        raise row.error(f"{column} holds {', '.join(map(repr, wrong))}")
    if len(set(items)) != len(items):
        raise row.error(f"{column} has a code twice")
    return items


def _label_forms(label: str) -> Iterator[str]:
    """Yield the forms under which a label may stand in the crosswalk, the exact one first."""
    exact = normalise_label(label)
    yield exact
    suffix = next((s for s in _SUFFIXES if exact.endswith(s)), "")
    stem = exact.removesuffix(suffix)
    # A stem of one character (农 of 农业) names no industry.
    if len(stem) < 2:
        return
    yield stem
    yield from (stem + other for other in _SUFFIXES)


def _fold(text: str) -> str:
    return unicodedata.normalize("NFKC", text).lower()


def _fold_with_origins(text: str) -> tuple[str, list[int]]:
    """Fold a text character by character; also return, for each folded one, where it was."""
    folded: list[str] = []
    origins: list[int] = []
    for position, character in enumerate(text):
        replacement = _fold(character)
        folded.append(replacement)
        origins.extend([position] * len(replacement))
    return "".join(folded), origins


def _leftmost_longest(
    hits: Iterable[tuple[int, int, tuple[str, ...]]],
) -> Iterator[tuple[int, int, tuple[str, ...]]]:
    """Yield hits that do not overlap: the one that starts first, of several there the longest."""
    reached = 0
    for start, end, codes in sorted(hits, key=lambda hit: (hit[0], -hit[1])):
        if start >= reached:
            yield start, end, codes
            reached = end


def _build_automaton(terms: Iterable[Term]) -> ahocorasick.Automaton:
    automaton = ahocorasick.Automaton()
    for term in terms:
        if term.kind == "term":
            automaton.add_word(term.term, (len(term.term), term.codes))
    automaton.make_automaton()
    return automaton


def _unique(codes: Iterable[str]) -> tuple[str, ...]:
    return tuple(dict.fromkeys(codes))
